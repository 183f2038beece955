//! What is known in public of each municipality, as a map and as a table.

use std::collections::HashMap;

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    figure::{Figure, Shown, Square},
    language::Text,
    picture::{self, Part, Tile},
    shared::{self, CodeList, heading},
};

/// What a map is made of.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Known {
    pub(super) code_lists: Vec<CodeList>,
    reporting_periods: Vec<Period>,
    #[serde(default)]
    regions: Vec<Region>,
    pictures: Pictures,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    key: String,
    deadline_on: String,
}

/// A region with its members.
#[derive(Debug, Deserialize)]
pub(crate) struct Region {
    code: String,
    name: String,
    municipalities: Vec<Municipality>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
    tile: Option<Tile>,
}

/// The compliance pictures that were published, the latest first.
#[derive(Debug, Deserialize)]
struct Pictures {
    nodes: Vec<Picture>,
}

#[derive(Debug, Deserialize)]
struct Picture {
    key: String,
    colophon: Option<Titled>,
    manifest: Manifest,
    verdicts: Vec<Verdict>,
    lines: Vec<Line>,
}

/// A line of a publication, as far as it counts.
#[derive(Debug, Deserialize)]
struct Line {
    part: String,
    values: Vec<Cell>,
}

#[derive(Debug, Deserialize)]
struct Cell {
    column: String,
    number: Option<i64>,
}

/// What names a publication.
#[derive(Debug, Deserialize)]
pub(super) struct Titled {
    title: Text,
}

#[derive(Debug, Deserialize)]
struct Manifest {
    /// What must be said beside every verdict.
    label: Option<Text>,
}

#[derive(Debug, Deserialize)]
struct Verdict {
    municipality: Option<Code>,
    status: String,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

impl Titled {
    /// The title of a publication; of one without a colophon its key.
    pub(super) fn of<'a>(colophon: Option<&'a Self>, language: Language, key: &'a str) -> &'a str {
        colophon.map_or(key, |colophon| language.of(&colophon.title))
    }
}

/// The columns that count verdicts, with the status of each.
const COUNTS: [(&str, &str); 4] = [
    ("compliant", "COMPLIANT"),
    ("partly_compliant", "PARTLY_COMPLIANT"),
    ("not_compliant", "NOT_COMPLIANT"),
    ("not_assessed", "NOT_ASSESSED"),
];

impl Picture {
    /// How many municipalities of the country have each verdict; none where that is withheld.
    fn total(&self) -> Option<[u32; 4]> {
        let mut lines = self.lines.iter();
        let total = lines.find(|line| line.part == "TOTAL")?;
        let mut counts = [0; 4];
        for (count, (column, _)) in counts.iter_mut().zip(COUNTS) {
            let mut cells = total.values.iter();
            let cell = cells.find(|cell| cell.column == column)?;
            *count = u32::try_from(cell.number?).ok()?;
        }
        Some(counts)
    }

    fn title(&self, language: Language) -> &str {
        Titled::of(self.colophon.as_ref(), language, &self.key)
    }
}

impl Known {
    /// What is known of the members of one region.
    pub(crate) fn only(self, region: Region) -> Self {
        Self {
            regions: vec![region],
            ..self
        }
    }

    /// The latest publication by name.
    fn named(&self) -> Option<&Picture> {
        let mut pictures = self.pictures.nodes.iter();
        pictures.find(|one| !one.verdicts.is_empty())
    }
}

/// What was published of municipalities, by their codes.
struct Published<'a> {
    language: Language,
    lists: &'a [CodeList],
    statuses: HashMap<&'a str, &'a str>,
}

impl<'a> Published<'a> {
    /// By the latest publication by name.
    fn of(language: Language, known: &'a Known) -> Self {
        let verdicts = known.named().into_iter().flat_map(|one| &one.verdicts);
        let statuses = verdicts.filter_map(|verdict| {
            let municipality = verdict.municipality.as_ref()?;
            Some((municipality.code.as_str(), verdict.status.as_str()))
        });
        Self {
            language,
            lists: &known.code_lists,
            statuses: statuses.collect(),
        }
    }

    fn class(&self, code: &str) -> &'static str {
        class_of(self.statuses.get(code).copied())
    }

    fn label(&self, code: &str) -> &'a str {
        let status = self.statuses.get(code).copied();
        let unknown = self.language.pick("Niet gepubliceerd", "Not published");
        shared::label(self.language, self.lists, status).unwrap_or(unknown)
    }

    /// All municipalities, or those of one region.
    fn squares(&self, known: &Known, region: Option<&str>) -> Vec<Square> {
        let regions = known.regions.iter();
        let regions = regions.filter(|one| region.is_none_or(|code| one.code == code));
        let squares = regions.flat_map(|region| {
            region
                .municipalities
                .iter()
                .map(move |municipality| Square {
                    tile: municipality.tile,
                    code: municipality.code.clone(),
                    name: municipality.name.clone(),
                    region: region.name.clone(),
                    label: self.label(&municipality.code).to_owned(),
                    class: self.class(&municipality.code),
                })
        });
        squares.collect()
    }
}

/// The class by which what was published of a municipality is filled.
pub(crate) fn class_of(status: Option<&str>) -> &'static str {
    match status {
        Some("COMPLIANT") => "completed",
        Some("PARTLY_COMPLIANT") => "in-progress",
        Some("NOT_COMPLIANT") => "delayed",
        Some("NOT_ASSESSED") => "not-started",
        Some(_) | None => "outside",
    }
}

fn title(language: Language) -> &'static str {
    language.pick(
        "Gemeenten en het VNG-kader",
        "Municipalities and the VNG framework",
    )
}

/// What is said of municipalities as long as nothing was published by name.
fn nothing_yet(language: Language, known: &Known) -> String {
    match (language, known.reporting_periods.last()) {
        (Language::Dutch, Some(period)) => format!(
            "De laatste dag om voor periode {} in te dienen is {}. Er is nog geen oordeel met naam gepubliceerd; wat niet \
             is gepubliceerd, is hier niet bekend.",
            period.key,
            language.day(&period.deadline_on)
        ),
        (Language::English, Some(period)) => format!(
            "The last day to hand in for period {} is {}. No verdict was published by name yet; what was not published is not known here.",
            period.key,
            language.day(&period.deadline_on)
        ),
        (Language::Dutch, None) => {
            "Er is nog geen periode geopend waarin gemeenten aan het kader worden getoetst. Van \
                                    geen enkele gemeente is dus bekend of zij voldoet."
                .to_owned()
        }
        (Language::English, None) => {
            "No period in which municipalities are judged by the framework has opened yet. So \
                                      of no municipality is it known whether it is compliant."
                .to_owned()
        }
    }
}

/// According to which publication a map is filled, or why it is not.
fn according_to(page: &Page, known: &Known) -> Markup {
    let language = page.language;
    html! {
        p.utrecht-paragraph {
            @match known.named() {
                Some(publication) => {
                    (language.pick("Volgens ", "According to "))
                    a.utrecht-link href=(page.to(&format!("/publicaties/{}", publication.key))) { (publication.title(language)) } ". "
                    @if let Some(label) = &publication.manifest.label { (language.of(label)) }
                }
                None => (nothing_yet(language, known)),
            }
        }
    }
}

/// How many municipalities of the country have each verdict, by the latest publication that counts them. Where that is the one
/// by which the map is filled, the map says it.
fn country(page: &Page, known: &Known) -> Markup {
    let language = page.language;
    let mut pictures = known.pictures.nodes.iter();
    let counted = pictures.find_map(|picture| Some((picture, picture.total()?)));
    let named = known.named().map(|picture| picture.key.as_str());
    let counted = counted.filter(|(picture, _)| named != Some(picture.key.as_str()));
    let Some((picture, counts)) = counted else {
        return html! {};
    };
    let parts = COUNTS.iter().zip(counts).filter(|(_, count)| *count > 0);
    let parts = parts.map(|((_, status), count)| Part {
        class: class_of(Some(*status)),
        label: shared::label(language, &known.code_lists, Some(*status)).unwrap_or(*status),
        count,
    });
    let parts: Vec<Part<'_>> = parts.collect();
    let title = language.pick("Alle gemeenten", "All municipalities");
    html! {
        p.utrecht-paragraph {
            (language.pick("Landelijk, volgens ", "In the country, according to "))
            a.utrecht-link href=(page.to(&format!("/publicaties/{}", picture.key))) { (picture.title(language)) } ":"
            @if let Some(label) = &picture.manifest.label { " " (language.of(label)) }
        }
        (picture::bar(title, &parts))
        (picture::legend(&parts))
    }
}

pub(super) fn municipalities(page: &Page, known: &Known) -> Markup {
    let language = page.language;
    let published = Published::of(language, known);
    let squares = published.squares(known, None);
    html! {
        (heading(title(language)))
        (country(page, known))
        (according_to(page, known))
        (picture::map(page, title(language), &squares))
        (picture::legend(&picture::counts(&filled(&squares))))
        (links(language, "map", known))
        details {
            summary { (language.pick("De gemeenten als tabel", "The municipalities as a table")) }
            (table(page, &known.regions, &published))
        }
    }
}

/// The members of a region, as a map and as a list with what was published of each.
pub(crate) fn of_region(page: &Page, code: &str, known: &Known) -> Markup {
    let language = page.language;
    let published = Published::of(language, known);
    let mut squares = published.squares(known, None);
    squares.sort_by(|one, other| one.name.cmp(&other.name));
    html! {
        (heading(language.pick("Gemeenten", "Municipalities")))
        (according_to(page, known))
        (picture::map(page, title(language), &squares))
        (picture::legend(&picture::counts(&filled(&squares))))
        (links(language, &format!("map/{code}"), known))
        ul.utrecht-unordered-list.stm-columns {
            @for square in &squares {
                li.utrecht-unordered-list__item {
                    a.utrecht-link href=(page.to(&format!("/gemeenten/{}", square.code))) { (square.name) }
                    @if known.named().is_some() { ": " (square.label.to_lowercase()) }
                }
            }
        }
    }
}

fn filled(squares: &[Square]) -> Vec<(&'static str, &str)> {
    let filled = squares.iter();
    let filled = filled.map(|square| (square.class, square.label.as_str()));
    filled.collect()
}

/// Links to a map as a file: what is copied is that of the publication by which it is filled.
fn links(language: Language, file: &str, known: &Known) -> Markup {
    let frozen = known.named().map(|publication| publication.key.as_str());
    shared::picture_links(language, file, frozen)
}

/// The map as a picture that stands alone, of the country or of the region that its address names.
pub(crate) fn map(page: &Page, data: Value) -> Result<Figure, Unmade> {
    let known: Known = serde_json::from_value(data)?;
    let language = page.language;
    let region = page.region_of_map();
    let squares = Published::of(language, &known).squares(&known, region);
    let name = squares.first().map(|square| square.region.as_str());
    let source = match known.named() {
        Some(publication) => {
            let label = publication.manifest.label.as_ref();
            format!(
                "{}{}. {}",
                language.pick("Bron: ", "Source: "),
                publication.title(language),
                label.map(|label| language.of(label)).unwrap_or_default()
            )
            .trim_end()
            .to_owned()
        }
        None => nothing_yet(language, &known),
    };
    Ok(Figure {
        title: titled(language, region, name)?,
        shown: Shown::Squares(squares),
        source: Some(source),
        frozen: None,
    })
}

/// The title of a map, with the region that it is of; none of a region without municipalities.
pub(crate) fn titled(
    language: Language,
    region: Option<&str>,
    name: Option<&str>,
) -> Result<String, Unmade> {
    match (region, name) {
        (None, _) => Ok(title(language).to_owned()),
        (Some(_), Some(name)) => Ok(format!("{}: {name}", title(language))),
        (Some(_), None) => Err(Unmade::NotThere),
    }
}

fn table(page: &Page, regions: &[Region], published: &Published<'_>) -> Markup {
    let language = page.language;
    html! {
        table.utrecht-table {
            caption.utrecht-table__caption { (language.pick("Alle gemeenten met hun veiligheidsregio en gepubliceerde oordeel", "All municipalities with their safety region and published verdict")) }
            thead.utrecht-table__header { tr {
                th.utrecht-table__header-cell scope="col" { (language.pick("Gemeente", "Municipality")) }
                th.utrecht-table__header-cell scope="col" { (language.pick("Veiligheidsregio", "Safety region")) }
                th.utrecht-table__header-cell scope="col" { (language.pick("Gepubliceerd oordeel", "Published verdict")) }
            } }
            tbody.utrecht-table__body {
                @for region in regions {
                    @for municipality in &region.municipalities {
                        tr {
                            th.utrecht-table__cell scope="row" {
                                a.utrecht-link href=(page.to(&format!("/gemeenten/{}", municipality.code))) { (municipality.name) }
                            }
                            td.utrecht-table__cell { a.utrecht-link href=(page.to(&format!("/regios/{}", region.code))) { (region.name) } }
                            td.utrecht-table__cell { (published.label(&municipality.code)) }
                        }
                    }
                }
            }
        }
    }
}
