//! The functions of a region: who fills each for it, an organisation or a team and never a person,
//! and for which members it is known to be filled, known not to be, or not known.

mod shape;

use maud::{Markup, html};
use serde_json::{Map, Value};

use self::shape::{Answer, Coverage, Member, OfArea};
use super::menu;
use crate::{
    HOME, Page, Unmade, Visit, documents,
    frame::Body,
    functions::{
        self,
        record::{self, OF_AREA, Recorder},
        shape::Vacancy,
    },
    view,
};

/// What can be known of a function for a member: the code, and what stands before their names.
const STATES: [(&str, &str); 3] = [
    ("COVERED", "Ingevuld voor"),
    ("NOT_COVERED", "Niet ingevuld voor"),
    ("UNKNOWN", "Niet bekend voor"),
];

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../../documents/region_functions.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || record::forms(OF_AREA),
        layout: body,
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let area = answer.viewer.viewer.own_area(page)?;
    let chosen = answer.source_document.as_ref();
    let recorder = Recorder {
        on: (page, visit),
        place: (OF_AREA, area),
        choices: documents::choices(answer.documents(area)),
        chosen: chosen.map_or("", |document| document.key.as_str()),
    };
    let content = html! {
        (menu(page, area))
        p.utrecht-paragraph {
            "Hier staat wie de functies vandaag vervult, voor zover een bron dat zegt. Dat iets niet bekend is, zegt niet dat niemand de functie vervult. Alles op deze pagina is openbaar."
        }
        @for function in answer.functions() { (shown(&answer, &recorder, function)) }
        h2.utrecht-heading-2 { "Vastleggen voor de regio" }
        (recorder.first_time())
        h2.utrecht-heading-2 { "Vastleggen voor een gemeente" }
        ul {
            @for member in &answer.viewer.acts_for {
                li { a.utrecht-link href={ (HOME) "/functies/" (member.code) } { (member.name) } }
            }
        }
    };
    Ok(Body {
        title: format!("Functies van {}", answer.viewer.viewer.region()),
        content,
    })
}

fn shown(answer: &Answer, recorder: &Recorder<'_>, function: &Coverage) -> Markup {
    let (_, area) = recorder.place;
    let role = &function.role;
    let members = &answer.viewer.acts_for;
    let filled: Vec<&OfArea> = answer.filled(&role.code).collect();
    let vacancies: Vec<&Vacancy> = function.vacancies_of(area).collect();
    html! {
        section aria-labelledby={ (role.code) "-titel" } {
            h2.utrecht-heading-2 id={ (role.code) "-titel" } { (role.title.nl) }
            details { summary { "Wat deze functie doet" } p.utrecht-paragraph { (role.does.nl) } }
            @if filled.is_empty() && vacancies.is_empty() {
                p.utrecht-paragraph { "Van de regio is niet bekend wie de functie vervult." }
            }
            @for own in filled { (assignment(answer, recorder, own)) }
            @for one in vacancies {
                div id=(one.key) {
                    (functions::vacancy(one, Some("de regio")))
                    (recorder.vacancy(one))
                }
            }
            @if !members.is_empty() { (coverage(members, function)) }
            @for (one, member) in function.vacancies_of_members(members) {
                (functions::vacancy(one, Some(member)))
            }
        }
    }
}

/// Who fills a function: for the region, which may change it, or for a larger area.
fn assignment(answer: &Answer, recorder: &Recorder<'_>, own: &OfArea) -> Markup {
    let (_, area) = recorder.place;
    let larger = own.area.as_ref().filter(|own| own.code != area);
    let of = larger.map(|larger| larger.name.as_str());
    html! {
        div id=(own.one.key) {
            (functions::assignment(&answer.code_lists, &own.one, of))
            @if of.is_none() { (recorder.assignment(&own.one, own.role())) }
        }
    }
}

/// For which members it is filled, for which it is not, and of which that is not known.
fn coverage(members: &[Member], function: &Coverage) -> Markup {
    html! {
        p.stm-source { "Stand op " (view::day(&function.day)) ", van " (members.len()) " gemeenten:" }
        ul {
            @for (state, label) in STATES {
                @let own = function.members(members, state);
                li {
                    (label) " " (own.len())
                    @if !own.is_empty() {
                        ": " (own.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", "))
                    }
                    "."
                }
            }
        }
    }
}
