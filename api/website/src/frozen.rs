//! Pictures of what was frozen with a publication: they are made of its lines, so they stay as they are whatever changes
//! later.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    figure::{Bar, Figure, Frozen, Shown, Square, outside},
    home::{class_of, title_of_progress, titled},
    language::Text,
    line,
    picture::{self, StatusCount},
    places::Places,
    shared::{self, CodeList, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/frozen.graphql");

/// The columns that count actions, in the order of the dashboard, with the status of each.
const COUNTS: [(&str, &str); 5] = [
    ("completed", "COMPLETED"),
    ("in_progress", "IN_PROGRESS"),
    ("in_progress_delayed", "IN_PROGRESS_DELAYED"),
    ("ongoing", "ONGOING"),
    ("not_started", "NOT_STARTED"),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    publication: Option<Publication>,
    /// Where municipalities lay then; none of what has no map.
    places: Option<Places>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Publication {
    key: String,
    kind: String,
    state: String,
    reference_date: String,
    colophon: Option<Colophon>,
    manifest: Manifest,
    lines: Vec<Line>,
}

#[derive(Debug, Deserialize)]
struct Colophon {
    title: Text,
    licence: String,
}

#[derive(Debug, Deserialize)]
struct Manifest {
    /// What must be said beside every verdict.
    label: Option<Text>,
}

#[derive(Debug, Deserialize)]
struct Line {
    part: String,
    key: String,
    name: String,
    values: Vec<Cell>,
}

#[derive(Debug, Deserialize)]
struct Cell {
    column: String,
    number: Option<i64>,
    text: String,
}

impl Line {
    fn cell(&self, column: &str) -> Option<&Cell> {
        self.values.iter().find(|cell| cell.column == column)
    }

    fn count(&self, column: &str) -> Option<u32> {
        u32::try_from(self.cell(column)?.number?).ok()
    }

    fn title(&self, language: Language) -> &str {
        let english = self.cell("title_en").map(|cell| cell.text.as_str());
        language.pick(&self.name, english.unwrap_or(&self.name))
    }

    /// Its counts; none of a line that counts nothing.
    fn statuses(&self, language: Language, lists: &[CodeList]) -> Option<Vec<StatusCount>> {
        let counts = COUNTS.iter().map(|(column, status)| {
            Some(StatusCount {
                status: (*status).to_owned(),
                count: self.count(column)?,
                label: shared::label(language, lists, Some(status))
                    .unwrap_or(status)
                    .to_owned(),
            })
        });
        counts.collect()
    }
}

impl Publication {
    /// The publication of an answer, while everybody may read what is in it and it is of this kind.
    fn of<'a>(answer: &'a Answer, kind: &str) -> Result<&'a Self, Unmade> {
        let publication = answer.publication.as_ref();
        let released = publication.filter(|one| one.state == "RELEASED" && one.kind == kind);
        released.ok_or(Unmade::NotThere)
    }

    fn of_part<'a>(&'a self, part: &'a str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.part == part)
    }

    /// How many actions the round of an overview leaves out, in all or of one line.
    fn outside(&self, number: Option<u32>) -> u32 {
        let left_out = self.of_part("ACTION").filter(|line| {
            let monitoring = line.cell("monitoring");
            let is_outside = monitoring.is_some_and(|cell| cell.text == "OUTSIDE_ROUND");
            is_outside && (number.is_none() || line.count("line") == number)
        });
        u32::try_from(left_out.count()).unwrap_or(u32::MAX)
    }

    /// The progress in all and by line, of a monitoring overview.
    fn bars(&self, language: Language, lists: &[CodeList]) -> Option<Vec<Bar>> {
        let total = self.of_part("TOTAL").next();
        let mut bars = vec![Bar {
            name: language.pick("Alle acties", "All actions").to_owned(),
            statuses: total.and_then(|total| total.statuses(language, lists))?,
            outside: self.outside(None),
        }];
        for line in self.of_part("ACTION_LINE") {
            let Some(statuses) = line.statuses(language, lists) else {
                continue;
            };
            let number = line.count("line").unwrap_or_default();
            bars.push(Bar {
                name: format!("{number}. {}", line.title(language)),
                statuses,
                outside: self.outside(Some(number)),
            });
        }
        Some(bars)
    }

    /// The municipalities of the country or of a region, of a compliance picture by name.
    fn squares(&self, language: Language, answer: &Answer, region: Option<&str>) -> Vec<Square> {
        let squares = self.of_part("MUNICIPALITY").filter_map(|line| {
            let status = line.cell("status")?.text.as_str();
            let places = answer.places.as_ref();
            let (of, tile) = places.and_then(|places| places.of(&line.key)).unzip();
            let is_wanted = region.is_none_or(|code| of.is_some_and(|of| of.code == code));
            is_wanted.then(|| Square {
                tile: tile.flatten(),
                code: line.key.clone(),
                name: line.name.clone(),
                region: of.map_or_else(String::new, |of| of.name.clone()),
                label: shared::label(language, &answer.code_lists, Some(status))
                    .unwrap_or(status)
                    .to_owned(),
                class: class_of(Some(status)),
            })
        });
        squares.collect()
    }

    fn figure(&self, language: Language, title: String, shown: Shown) -> Figure {
        let colophon = self.colophon.as_ref();
        let name = colophon.map_or(self.key.as_str(), |colophon| language.of(&colophon.title));
        let mut source = format!(
            "{}{name} ({}{}).",
            language.pick("Bron: ", "Source: "),
            language.pick("publicatie ", "publication "),
            self.key
        );
        if let Some(label) = &self.manifest.label {
            source.push(' ');
            source.push_str(language.of(label));
        }
        Figure {
            title,
            shown,
            source: Some(source),
            frozen: Some(Frozen {
                day: self.reference_date.clone(),
                licence: colophon.map(|colophon| colophon.licence.clone()),
            }),
        }
    }
}

/// The progress in all and by line, as a monitoring overview froze it.
pub(crate) fn progress_figure(page: &Page, data: Value) -> Result<Figure, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let publication = Publication::of(&answer, "MONITORING_OVERVIEW")?;
    let language = page.language;
    let bars = publication.bars(language, &answer.code_lists);
    let bars = bars.ok_or(Unmade::NotThere)?;
    let title = title_of_progress(language).to_owned();
    Ok(publication.figure(language, title, Shown::Bars(bars)))
}

/// The progress of one line, as a monitoring overview froze it.
pub(crate) fn line_figure(page: &Page, data: Value) -> Result<Figure, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let publication = Publication::of(&answer, "MONITORING_OVERVIEW")?;
    let language = page.language;
    let key = page.line_of_picture().ok_or(Unmade::NotThere)?;
    let mut lines = publication.of_part("ACTION_LINE");
    let line = lines.find(|line| line.key == key).ok_or(Unmade::NotThere)?;
    let statuses = line.statuses(language, &answer.code_lists);
    let bar = Bar {
        name: language.pick("Acties", "Actions").to_owned(),
        statuses: statuses.ok_or(Unmade::NotThere)?,
        outside: publication.outside(line.count("line")),
    };
    let number = line
        .count("line")
        .and_then(|number| u16::try_from(number).ok());
    let title = line::name(language, number.unwrap_or_default(), line.title(language));
    Ok(publication.figure(language, title, Shown::Bars(vec![bar])))
}

/// The municipalities of the country or of a region, as a compliance picture by name froze them.
pub(crate) fn map_figure(page: &Page, data: Value) -> Result<Figure, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let publication = Publication::of(&answer, "COMPLIANCE_PICTURE")?;
    let language = page.language;
    let region = page.region_of_map();
    let squares = publication.squares(language, &answer, region);
    let first = squares.first().ok_or(Unmade::NotThere)?;
    let title = titled(language, region, Some(&first.region))?;
    Ok(publication.figure(language, title, Shown::Squares(squares)))
}

/// The picture of a publication as a part of its own page, with links to its files; nothing of what has none.
pub(crate) fn on_page(page: &Page, data: Value) -> Result<Markup, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let (language, lists) = (page.language, &answer.code_lists);
    let links = |file: &str, key: &str| shared::picture_links(language, file, Some(key));
    if let Ok(publication) = Publication::of(&answer, "MONITORING_OVERVIEW") {
        let bars = publication.bars(language, lists).unwrap_or_default();
        return Ok(html! {
            @for (index, bar) in bars.iter().enumerate() {
                @let parts = picture::parts(&bar.statuses, (outside(language), bar.outside));
                @if index == 0 { (heading(&bar.name)) } @else { h3.utrecht-heading-3 { (bar.name) } }
                (picture::bar(&bar.name, &parts))
                (picture::legend(&parts))
                @if index == 0 {
                    (links("dashboard", &publication.key))
                    (heading(title_of_progress(language)))
                }
            }
        });
    }
    let Ok(publication) = Publication::of(&answer, "COMPLIANCE_PICTURE") else {
        return Ok(html! {});
    };
    let squares = publication.squares(language, &answer, None);
    let title = titled(language, None, None)?;
    let filled = squares.iter();
    let filled: Vec<_> = filled
        .map(|square| (square.class, square.label.as_str()))
        .collect();
    Ok(html! {
        @if !squares.is_empty() {
            (heading(&title))
            (picture::map(page, &title, &squares))
            (picture::legend(&picture::counts(&filled)))
            (links("map", &publication.key))
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::find_picture;

    fn answer(state: &str) -> Value {
        let label = |text: &str| json!({ "nl": text, "en": text });
        let counts = |numbers: [i64; 5]| -> Vec<Value> {
            let columns = COUNTS.iter().zip(numbers);
            let cells = columns.map(|((column, _), number)| {
                json!({ "column": column, "number": number, "text": number.to_string() })
            });
            cells.collect()
        };
        let text =
            |column: &str, text: &str| json!({ "column": column, "number": null, "text": text });
        let mut of_line = counts([1, 0, 2, 0, 0]);
        of_line.push(json!({ "column": "line", "number": 4, "text": "4" }));
        of_line.push(text("title_en", "Working together"));
        json!({
            "codeLists": [{ "values": [{ "code": "COMPLETED", "label": label("Afgerond") }] }],
            "publication": {
                "key": "monitoring-2025-1-1", "kind": "MONITORING_OVERVIEW", "state": state,
                "referenceDate": "2025-06-30",
                "colophon": { "title": label("Monitoringsoverzicht 2025"), "licence": "CC-BY-4.0" },
                "manifest": { "ledger": 3500, "label": null },
                "lines": [
                    { "part": "TOTAL", "key": "2024", "name": "Totaal", "values": counts([1, 0, 2, 0, 0]) },
                    { "part": "ACTION_LINE", "key": "2024/4", "name": "Samenwerken", "values": of_line },
                    { "part": "ACTION", "key": "2024/44", "name": "Actie", "values": [
                        text("monitoring", "OUTSIDE_ROUND"), { "column": "line", "number": 4, "text": "4" },
                    ] },
                ],
            },
        })
    }

    const COLOPHON: crate::Colophon<'static> = crate::Colophon {
        is_demo: false,
        day: Some("2026-12-01"),
        address: "https://example.nl",
        publisher: None,
        licence_code: "CC0-1.0",
        licence: None,
        accessibility: None,
        privacy: None,
        email: None,
        telephone: None,
    };

    fn file(path: &str, state: &str) -> Result<String, Unmade> {
        let page = find_picture(path, Language::Dutch, Some("monitoring-2025-1-1")).unwrap();
        let file = page.lay_out(answer(state), COLOPHON)?;
        Ok(String::from_utf8(file).unwrap())
    }

    #[test]
    fn a_frozen_picture_has_the_day_and_the_licence_of_its_publication() {
        let svg = file("/v1/pictures/dashboard.svg", "RELEASED").unwrap();
        for text in [
            "Alle acties: 1 afgerond; 2 in_progress_delayed; 1 buiten de ronde",
            "4. Samenwerken: 1 afgerond",
            "Bron: Monitoringsoverzicht 2025 (publicatie monitoring-2025-1-1).",
            "Peildatum: 30 juni 2025. Licentie: CC-BY-4.0. https://example.nl",
        ] {
            assert!(svg.contains(text), "{text} in {svg}");
        }
        let svg = file("/v1/pictures/lines/2024/4.svg", "RELEASED").unwrap();
        assert!(svg.contains("Actielijn 4: Samenwerken"), "{svg}");
    }

    #[test]
    fn the_table_behind_it_has_the_same_numbers() {
        let csv = file("/v1/pictures/dashboard.csv", "RELEASED").unwrap();
        let rows: Vec<&str> = csv.lines().collect();
        assert_eq!(rows.len(), 3);
        assert!(
            rows[0].ends_with(",In de ronde,Buiten de ronde,Bron"),
            "{csv}"
        );
        assert!(rows[1].starts_with("Alle acties,1,0,2,0,0,3,1,"), "{csv}");
        assert!(
            rows[2].starts_with("4. Samenwerken,1,0,2,0,0,3,1,"),
            "{csv}"
        );
    }

    #[test]
    fn a_map_shows_municipalities_where_they_lay_when_it_was_published() {
        let path = "/v1/pictures/map/VR14.csv";
        let page = find_picture(path, Language::Dutch, Some("compliance-2026-2-1")).unwrap();
        let mut data = answer("RELEASED");
        assert!(page.beside(&data).is_none());
        data["publication"]["kind"] = json!("COMPLIANCE_PICTURE");
        let of = |code: &str, name: &str| {
            let status = json!([{ "column": "status", "number": null, "text": "NOT_ASSESSED" }]);
            json!({ "part": "MUNICIPALITY", "key": code, "name": name, "values": status })
        };
        data["publication"]["lines"] =
            json!([of("GM1696", "Wijdemeren"), of("GM0014", "Groningen")]);
        let beside = page.beside(&data).unwrap();
        assert_eq!(
            Value::Object(beside.variables),
            json!({ "at": { "ledger": 3500, "day": "2025-06-30" } })
        );
        let members = json!([{ "code": "GM1696", "tile": { "row": 11, "column": 9 } }]);
        let regions =
            json!([{ "code": "VR14", "name": "Gooi en Vechtstreek", "municipalities": members }]);
        Page::join(&mut data, json!({ "regions": regions }));
        let csv = page.lay_out(data, COLOPHON).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(csv.lines().count(), 2, "{csv}");
        assert!(
            csv.contains("\nGM1696,Wijdemeren,Gooi en Vechtstreek,NOT_ASSESSED,"),
            "{csv}"
        );
    }

    #[test]
    fn what_is_not_public_or_of_another_kind_is_not_there() {
        for (path, state) in [
            ("/v1/pictures/dashboard.svg", "WITHDRAWN"),
            ("/v1/pictures/map.svg", "RELEASED"),
            ("/v1/pictures/lines/2024/5.svg", "RELEASED"),
        ] {
            assert!(matches!(file(path, state), Err(Unmade::NotThere)), "{path}");
        }
    }
}
