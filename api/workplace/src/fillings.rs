//! What VNG fills in on behalf of municipalities: what waits to be accepted, and where to begin.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{HOME, Page, Unmade, Visit, frame::Body, narrow::PageInfo, view};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    reporting_periods: Option<Vec<Period>>,
    regions: Option<Vec<Region>>,
    acceptance_queue: Option<Queue>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
    #[serde(default)]
    state: String,
}

#[derive(Debug, Deserialize)]
struct Region {
    name: String,
    municipalities: Vec<Municipality>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Queue {
    total_count: usize,
    page_info: PageInfo,
    nodes: Vec<Item>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    filled_at: String,
    waiting_days: i64,
    municipality: Option<Municipality>,
    period: Option<Period>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/fillings.graphql"),
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
    let queue = answer.acceptance_queue.as_ref().ok_or(Unmade::NotThere)?;
    let periods = answer.reporting_periods.iter().flatten();
    let open: Vec<&Period> = periods.filter(|one| view::is_open(&one.state)).collect();
    let regions = answer.regions.as_deref().unwrap_or_default();
    let content = html! {
        p.utrecht-paragraph {
            "Vraagt een gemeente u om namens haar in te vullen, dan kan dat hier, met reden en kanaal. Het telt pas als de gemeente het accepteert; wie invulde, bevestigt het niet."
        }
        @if open.is_empty() { p.utrecht-paragraph { "Er is nu geen rapportageperiode open." } }
        @for period in &open {
            h2.utrecht-heading-2 { "Periode " (period.key) }
            p.utrecht-paragraph {
                a.utrecht-link href={ (HOME) "/perioden/" (period.key) "/tabel" } { "Veel gemeenten tegelijk, met een tabel" }
            }
            (municipalities(&period.key, regions))
        }
        h2.utrecht-heading-2 { "Wacht op de gemeente" }
        (waiting(page, queue))
    };
    Ok(Body {
        title: "Invullen namens gemeenten".to_owned(),
        content,
    })
}

/// Chooses a municipality to fill in for: a form that is sent by GET, to where it is filled in for.
fn municipalities(period: &str, regions: &[Region]) -> Markup {
    let id = format!("gemeente-{period}");
    html! {
        form.stm-form method="get" action={ (HOME) "/namens" } {
            input type="hidden" name="periode" value=(period);
            div.stm-field {
                label for=(id) { "Gemeente" }
                select id=(id) name="gemeente" {
                    option value="" { "Kies" }
                    @for region in regions {
                        optgroup label=(region.name) {
                            @for one in &region.municipalities { option value=(one.code) { (one.name) } }
                        }
                    }
                }
            }
            button.stm-button type="submit" { "Verder" }
        }
    }
}

fn waiting(page: &Page, queue: &Queue) -> Markup {
    html! {
        @if queue.nodes.is_empty() { p.utrecht-paragraph { "Er wacht niets op acceptatie door een gemeente." } }
        @if let Some(part) = page.part(queue.nodes.len(), queue.total_count) {
            p.utrecht-paragraph { (part) " Wat het langst wacht, staat vooraan." }
        }
        ul {
            @for item in &queue.nodes {
                @if let (Some(municipality), Some(period)) = (&item.municipality, &item.period) {
                    li {
                        a.utrecht-link href={ (HOME) "/namens/" (period.key) "/" (municipality.code) } { (municipality.name) }
                        ", periode " (period.key)
                        p.stm-source { "Ingevuld op " (view::day(&item.filled_at)) "; wacht " (view::days(item.waiting_days)) "." }
                    }
                }
            }
        }
        (page.paging(&queue.page_info, "Volgende"))
    }
}
