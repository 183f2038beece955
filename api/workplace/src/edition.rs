//! One edition of the framework: what became of each criterion, and what municipalities and regions
//! remarked on it.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Page, Unmade, Visit,
    frame::Body,
    narrow::PageInfo,
    view::{self, Code, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    framework: Option<Edition>,
    criterion_remark_counts: Option<Counts>,
    criterion_remarks: Option<Remarks>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Edition {
    code: String,
    title: Text,
    state: String,
    criteria: Vec<Criterion>,
    lineage: Vec<Lineage>,
    consultation: Option<Consultation>,
}

#[derive(Debug, Deserialize)]
struct Criterion {
    code: String,
    title: Text,
    #[serde(default)]
    required: bool,
}

#[derive(Debug, Deserialize)]
struct Lineage {
    change: String,
    criterion: Option<Criterion>,
    from: Option<Criterion>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consultation {
    last_day: String,
    is_open: bool,
}

#[derive(Debug, Deserialize)]
struct Counts {
    nodes: Vec<Count>,
}

#[derive(Debug, Deserialize)]
struct Count {
    municipalities: u32,
    regions: u32,
    criterion: Option<Code>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remarks {
    total_count: usize,
    page_info: PageInfo,
    nodes: Vec<Remark>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remark {
    text: Option<String>,
    remarked_at: String,
    criterion: Option<Criterion>,
    municipality: Option<Name>,
    area: Option<Name>,
}

#[derive(Debug, Deserialize)]
struct Name {
    name: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/edition.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: Vec::new,
        layout: body,
    }
}

fn body(page: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    if answer.viewer.role != "VNG" {
        return Err(Unmade::NotThere);
    }
    let edition = answer.framework.as_ref().ok_or(Unmade::NotThere)?;
    // Nobody could remark on an edition that was never laid open.
    let counts = answer.criterion_remark_counts.as_ref();
    let counts = counts.filter(|_| edition.consultation.is_some());
    let counts = counts.map(|counts| counts.nodes.as_slice());
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href={ (HOME) "/edities" } { "Terug naar de edities" } }
        p.stm-lead { (view::capitalised(view::label(&answer.code_lists, &edition.state))) ": " (edition.title.nl) "." }
        p.utrecht-paragraph {
            a.utrecht-link href={ "/v1/editions/" (edition.code) ".xlsx" } { "Deze editie in Excel" }
            ", of "
            a.utrecht-link href={ "/v1/editions/" (edition.code) ".xlsx?next=true" } { "als begin van een volgende" } "."
        }
        h2.utrecht-heading-2 { "Criteria" }
        (criteria(edition, counts.unwrap_or_default()))
        @if !edition.lineage.is_empty() {
            h2.utrecht-heading-2 { "Wat er van de criteria werd" }
            (lineage(&answer.code_lists, &edition.lineage))
        }
        h2.utrecht-heading-2 { "Opmerkingen" }
        @if let Some(consultation) = &edition.consultation {
            p.utrecht-paragraph {
                (if consultation.is_open { "Gemeenten en regio’s kunnen opmerkingen maken tot en met " } else { "Gemeenten en regio’s konden opmerkingen maken tot en met " })
                (view::day(&consultation.last_day)) "."
            }
        }
        @if let Some(all) = &answer.criterion_remarks { (remarks(page, all)) }
    };
    Ok(Body {
        title: format!("Editie {}", edition.code),
        content,
    })
}

fn criteria(edition: &Edition, counts: &[Count]) -> Markup {
    let of = |code: &str| {
        let mut counts = counts.iter();
        counts.find(|count| count.criterion.as_ref().is_some_and(|own| own.code == code))
    };
    html! {
        ul {
            @for one in &edition.criteria {
                li {
                    (one.code) " " (one.title.nl)
                    @if !one.required { " (niet vereist)" }
                    @if let Some(count) = of(&one.code) {
                        p.stm-source { "Opmerkingen: " (count.municipalities) " van gemeenten, " (count.regions) " van regio’s." }
                    }
                }
            }
        }
    }
}

fn lineage(lists: &[CodeList], all: &[Lineage]) -> Markup {
    html! {
        ul {
            @for one in all {
                li {
                    @match (&one.from, &one.criterion) {
                        (Some(from), Some(now)) if from.code == now.code => { (now.code) ", " (now.title.nl) }
                        (Some(from), Some(now)) => { (from.code) " wordt " (now.code) ", " (now.title.nl) }
                        (Some(from), None) => { (from.code) ", " (from.title.nl) }
                        (None, Some(now)) => { (now.code) ", " (now.title.nl) }
                        (None, None) => {}
                    }
                    ": " (view::label(lists, &one.change))
                }
            }
        }
    }
}

fn remarks(page: &Page, all: &Remarks) -> Markup {
    html! {
        p.utrecht-paragraph {
            @if all.total_count == 0 { "Er zijn nog geen opmerkingen." }
            @else { "In totaal " (all.total_count) ", in de volgorde van de criteria." }
        }
        dl {
            @for remark in &all.nodes {
                dt {
                    @if let Some(criterion) = &remark.criterion { (criterion.code) " " (criterion.title.nl) ", " }
                    @if let Some(by) = remark.municipality.as_ref().or(remark.area.as_ref()) { (by.name) ", " }
                    (view::day(&remark.remarked_at))
                }
                dd { p.utrecht-paragraph { (remark.text.as_deref().unwrap_or("Deze tekst is verwijderd.")) } }
            }
        }
        (page.paging(&all.page_info, "Volgende opmerkingen"))
    }
}
