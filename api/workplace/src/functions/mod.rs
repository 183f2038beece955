//! Who fills each function in a municipality, an organisation or a team and never a person, and
//! which of them nobody fills.

pub(crate) mod record;
pub(crate) mod shape;

use maud::{Markup, html};
use serde_json::{Map, Value};

use self::{
    record::{OF_MUNICIPALITY, Recorder},
    shape::{Answer, Assignment, Function, Vacancy},
};
use crate::{
    Page, Unmade, Visit, documents,
    frame::Body,
    view::{self, CodeList},
};

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../documents/functions.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || record::forms(OF_MUNICIPALITY),
        layout: body,
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let code = page.variable("municipality");
    let one = answer.municipality.as_ref().ok_or(Unmade::NotThere)?;
    let mut own = answer.viewer.acts_for.iter();
    if !own.any(|own| own.code == code) {
        return Err(Unmade::NotThere);
    }
    let chosen = answer.source_document.as_ref();
    let recorder = Recorder {
        on: (page, visit),
        place: (OF_MUNICIPALITY, code),
        choices: documents::choices(answer.documents(code)),
        chosen: chosen.map_or("", |document| document.key.as_str()),
    };
    let content = html! {
        p.utrecht-paragraph {
            "Hier staat wie de functies vandaag vervult. Wat later ingaat, staat hier vanaf die dag. Alles op deze pagina is openbaar."
        }
        @for function in answer.functions.iter().flat_map(|all| &all.nodes) {
            (shown(&answer, &recorder, function))
        }
        h2.utrecht-heading-2 { "Vastleggen" }
        (recorder.first_time())
    };
    Ok(Body {
        title: format!("Functies van {}", one.name),
        content,
    })
}

fn shown(answer: &Answer, recorder: &Recorder<'_>, function: &Function) -> Markup {
    let (_, code) = recorder.place;
    let assignments: Vec<&Assignment> = function.assignments_of(code).collect();
    let vacancies = answer.vacancies_of(code);
    let vacancies: Vec<&Vacancy> = vacancies
        .filter(|vacancy| vacancy.role == function.code)
        .collect();
    let regional: Vec<&str> = answer.regional(&function.code).collect();
    let region = answer.region_name();
    html! {
        section aria-labelledby={ (function.code) "-titel" } {
            h2.utrecht-heading-2 id={ (function.code) "-titel" } { (function.title.nl) }
            details { summary { "Wat deze functie doet" } p.utrecht-paragraph { (function.does.nl) } }
            @if assignments.is_empty() && vacancies.is_empty() {
                p.utrecht-paragraph { "Van deze gemeente is niet bekend wie deze functie vervult." }
            }
            @for one in assignments {
                div id=(one.key) {
                    (assignment(&answer.code_lists, one, None))
                    (recorder.assignment(one, &function.code))
                }
            }
            @for one in vacancies {
                div id=(one.key) {
                    (vacancy(one, None))
                    (recorder.vacancy(one))
                }
            }
            @for organisation in regional {
                p.utrecht-paragraph { "In de regio " (region) ": " (organisation) "." }
            }
        }
    }
}

/// Who fills a function, and for what place where the page is not of that place.
pub(crate) fn assignment(lists: &[CodeList], one: &Assignment, of: Option<&str>) -> Markup {
    let source = one.source.as_ref();
    let document = source.and_then(|source| source.document.as_ref());
    html! {
        p.utrecht-paragraph {
            strong { (one.organisation) }
            @if let Some(of) = of { ", voor " (of) }
            (period(one.from.as_deref(), one.until.as_deref()))
            "; getraind: " (view::label(lists, &one.trained).to_lowercase())
            "; voldoende uren: " (view::label(lists, &one.enough_time).to_lowercase()) "."
            @if let Some(text) = &one.text { " " (text) }
            @if let Some(document) = document { " Bron: " (document.title.nl) "." }
        }
    }
}

/// That nobody fills a function, and for what place where the page is not of that place.
pub(crate) fn vacancy(one: &Vacancy, of: Option<&str>) -> Markup {
    html! {
        p.utrecht-paragraph {
            strong {
                "Niemand vervult deze functie"
                @if let Some(of) = of { " voor " (of) }
            }
            (period(one.from.as_deref(), one.until.as_deref())) "."
            @if let Some(text) = &one.text { " " (text) }
        }
    }
}

/// From when and until when, behind what it is of.
fn period(from: Option<&str>, until: Option<&str>) -> String {
    let from = from.map(|day| format!(", vanaf {}", view::day(day)));
    let until = until.map(|day| format!(", tot {}", view::day(day)));
    [from, until].into_iter().flatten().collect()
}
