//! The pages of the safety regions: all of them, and one with its members, its policy, who fills its functions and for how
//! many members that is known, and what publications count of it.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    home::{self, Known},
    language::Text,
    paging::PageInfo,
    shared::{self, Citation, heading},
};

pub(crate) const LIST: &str = include_str!("../documents/regions.graphql");
pub(crate) const DOCUMENT: &str = include_str!("../documents/region.graphql");

#[derive(Debug, Deserialize)]
struct Regions {
    regions: Option<Vec<Listed>>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    code: String,
    name: String,
    municipalities: Vec<Code>,
}

#[derive(Debug, Deserialize)]
struct Answer {
    region: Option<Region>,
    chain: Option<Coverage>,
    care: Option<Coverage>,
    officer: Option<Coverage>,
    policies: Option<Policies>,
    pictures: Option<Publications>,
}

/// For how many members of each region a function is known to be filled.
#[derive(Debug, Deserialize)]
struct Coverage {
    role: Role,
    areas: Vec<Covered>,
}

#[derive(Debug, Deserialize)]
struct Covered {
    area: Code,
    counts: Counts,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    municipalities: u32,
    covered: u32,
    not_covered: u32,
    unknown: u32,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Publications {
    page_info: PageInfo,
    nodes: Vec<Publication>,
}

#[derive(Debug, Deserialize)]
struct Publication {
    key: String,
    colophon: Option<Colophon>,
    lines: Vec<Line>,
}

#[derive(Debug, Deserialize)]
struct Colophon {
    title: Text,
}

#[derive(Debug, Deserialize)]
struct Line {
    part: String,
    key: String,
    withheld: Option<String>,
    values: Vec<Cell>,
}

#[derive(Debug, Deserialize)]
struct Cell {
    column: String,
    number: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parent {
    name: String,
    kind_label: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    code: String,
    name: String,
    kind_label: String,
    parent: Option<Parent>,
    functions: Vec<Function>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Function {
    assignment: Assignment,
}

#[derive(Debug, Deserialize)]
struct Assignment {
    function: Role,
    organisation: String,
    from: Option<String>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Role {
    title: Text,
}

#[derive(Debug, Deserialize)]
struct Policies {
    nodes: Vec<Policy>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    title: String,
    level_label: String,
    source: Option<Citation>,
}

pub(crate) fn list(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Regions = serde_json::from_value(data)?;
    let language = page.language;
    let regions = answer.regions.unwrap_or_default();
    let title = language.pick("Veiligheidsregio’s", "Safety regions");
    let content = html! {
        ul.utrecht-unordered-list {
            @for region in &regions {
                li.utrecht-unordered-list__item {
                    a.utrecht-link href=(page.to(&format!("/regios/{}", region.code))) { (region.name) }
                    (match language {
                        Language::Dutch => format!(": {} gemeenten", region.municipalities.len()),
                        Language::English => format!(": {} municipalities", region.municipalities.len()),
                    })
                }
            }
        }
    };
    Ok(Body {
        title: title.to_owned(),
        description: title.to_owned(),
        content,
    })
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data.clone())?;
    let region = answer.region.as_ref().ok_or(Unmade::NotThere)?;
    let members: home::Region = serde_json::from_value(data["region"].clone())?;
    let known: Known = serde_json::from_value(data)?;
    let language = page.language;
    let policies = answer.policies.as_ref();
    let policies = policies.map_or(&[][..], |found| found.nodes.as_slice());
    let content = html! {
        p.stm-lead {
            (region.kind_label) " " (region.code)
            @if let Some(parent) = &region.parent { ", " (parent.kind_label.to_lowercase()) " " (parent.name) }
        }
        (home::of_region(page, &region.code, &known.only(members)))
        (policy(language, policies))
        (functions(language, &region.functions))
        (coverage(language, &region.code, &answer))
        (published(page, &region.code, answer.pictures.as_ref()))
        (shared::source_of(language, language.pick("Bron van de indeling: ", "Source of the division: "), region.source.as_ref()))
    };
    Ok(Body {
        title: region.name.clone(),
        description: format!("{} {}", region.kind_label, region.name),
        content,
    })
}

fn policy(language: Language, policies: &[Policy]) -> Markup {
    html! {
        (heading(language.pick("Beleid", "Policy")))
        @if policies.is_empty() {
            p.utrecht-paragraph { (language.pick("Er is hier geen beleid van deze regio geregistreerd; dat wil niet zeggen dat het er niet is.", "No policy of this region is registered here; that is not to say that there is none.")) }
        } @else {
            ul.utrecht-unordered-list {
                @for policy in policies {
                    li.utrecht-unordered-list__item {
                        span lang="nl" { (policy.title) } " (" (policy.level_label.to_lowercase()) ")"
                        (shared::source(language, policy.source.as_ref()))
                    }
                }
            }
        }
    }
}

fn functions(language: Language, functions: &[Function]) -> Markup {
    html! {
        (heading(language.pick("Functies", "Functions")))
        @if functions.is_empty() {
            p.utrecht-paragraph { (language.pick("Geen bron vermeldt wie hier de functies vervult.", "No source says who fills the functions here.")) }
        } @else {
            ul.utrecht-unordered-list {
                @for Function { assignment } in functions {
                    li.utrecht-unordered-list__item {
                        (language.of(&assignment.function.title)) ": " span lang="nl" { (assignment.organisation) }
                        @if let Some(from) = &assignment.from { (language.pick(", vanaf ", ", from ")) (language.day(from)) }
                        (shared::source(language, assignment.source.as_ref()))
                    }
                }
            }
        }
    }
}

/// For how many members each function is known to be filled. That it is not known is not that it is not filled.
fn coverage(language: Language, region: &str, answer: &Answer) -> Markup {
    let functions = [&answer.chain, &answer.care, &answer.officer];
    let functions = functions.into_iter().flatten();
    let found: Vec<(&Role, &Counts)> = functions
        .filter_map(|coverage| {
            let mut areas = coverage.areas.iter();
            let own = areas.find(|one| one.area.code == region)?;
            Some((&coverage.role, &own.counts))
        })
        .collect();
    let caption = language.pick(
        "Voor hoeveel gemeenten de functie is ingevuld",
        "For how many municipalities the function is filled",
    );
    let heads = [
        language.pick("Functie", "Function"),
        language.pick("Gemeenten", "Municipalities"),
        language.pick("Ingevuld", "Filled"),
        language.pick("Niet ingevuld", "Not filled"),
        language.pick("Onbekend", "Unknown"),
    ];
    let rows = html! {
        @for (role, counts) in &found {
            tr {
                th.utrecht-table__cell scope="row" { (language.of(&role.title)) }
                @for count in [counts.municipalities, counts.covered, counts.not_covered, counts.unknown] {
                    td.utrecht-table__cell.stm-number { (count) }
                }
            }
        }
    };
    html! {
        @if !found.is_empty() {
            (shared::table(caption, &heads, 1, &rows))
            p.utrecht-paragraph {
                (language.pick("Onbekend wil zeggen dat geen bron het vermeldt, niet dat de functie niet is ingevuld.", "Unknown means that no source says so, and not that the function is not filled."))
            }
        }
    }
}

/// What publications count of the region.
fn published(page: &Page, region: &str, publications: Option<&Publications>) -> Markup {
    let language = page.language;
    let are_earlier = publications.is_some_and(|all| all.page_info.has_next_page);
    let publications = publications.map_or(&[][..], |found| found.nodes.as_slice());
    let found = publications.iter().filter_map(|publication| {
        let mut lines = publication.lines.iter();
        let line = lines.find(|line| line.part == "GROUP" && line.key == region)?;
        Some((publication, line))
    });
    let found: Vec<(&Publication, &Line)> = found.collect();
    html! {
        (heading(language.pick("Publicaties", "Publications")))
        @if found.is_empty() && are_earlier {
            p.utrecht-paragraph { (language.pick("De laatste vijf publicaties over het kader noemen deze regio niet.", "The latest five publications on the framework do not name this region.")) }
        } @else if found.is_empty() {
            p.utrecht-paragraph { (language.pick("Er is nog geen publicatie die deze regio noemt.", "There is no publication yet that names this region.")) }
        } @else {
            ul.utrecht-unordered-list {
                @for (publication, line) in found {
                    @let title = publication.colophon.as_ref().map_or(publication.key.as_str(), |colophon| language.of(&colophon.title));
                    li.utrecht-unordered-list__item {
                        a.utrecht-link href=(page.to(&format!("/publicaties/{}", publication.key))) { (title) } ": "
                        (counted(language, line))
                    }
                }
            }
        }
        @if are_earlier { (page.earlier_publications()) }
    }
}

/// The verdicts that a publication counts of a region, or that it withholds them.
fn counted(language: Language, line: &Line) -> String {
    const VERDICTS: [(&str, &str, &str); 4] = [
        ("compliant", "voldoet", "compliant"),
        ("partly_compliant", "voldoet deels", "partly compliant"),
        ("not_compliant", "voldoet niet", "not compliant"),
        ("not_assessed", "niet beoordeeld", "not assessed"),
    ];
    if line.withheld.is_some() {
        let withheld = language.pick(
            "de aantallen zijn weggelaten, omdat er een oordeel over een gemeente uit af te leiden zou zijn.",
            "the counts are withheld, because the verdict on a municipality could be derived from them.",
        );
        return withheld.to_owned();
    }
    let parts = VERDICTS.iter().filter_map(|(column, dutch, english)| {
        let mut cells = line.values.iter();
        let number = cells.find(|cell| cell.column == *column)?.number?;
        Some(format!("{}: {number}", language.pick(dutch, english)))
    });
    format!("{}.", parts.collect::<Vec<_>>().join("; "))
}
