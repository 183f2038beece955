//! The functions of a region: who fills each for it, an organisation or a team and never a person,
//! and for which members it is known to be filled, known not to be, or not known.

mod shape;

use maud::{Markup, html};
use serde_json::{Map, Value};

use self::shape::{Answer, Assignment, Coverage, Member};
use super::menu;
use crate::{Page, Unmade, Visit, frame::Body, view};

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
        forms: Vec::new,
        layout: body,
    }
}

fn body(page: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let area = answer.viewer.viewer.own_area(page)?;
    let content = html! {
        (menu(page, area))
        p.utrecht-paragraph {
            "Hier staat wie de functies vandaag vervult, voor zover een bron dat zegt. Dat iets niet bekend is, zegt niet dat niemand de functie vervult."
        }
        @for function in answer.functions() { (shown(&answer, area, function)) }
    };
    Ok(Body {
        title: format!("Functies van regio {area}"),
        content,
    })
}

fn shown(answer: &Answer, area: &str, function: &Coverage) -> Markup {
    let role = &function.role;
    let members = &answer.viewer.acts_for;
    let filled: Vec<&Assignment> = answer.filled(&role.code).collect();
    html! {
        section id=(role.code) aria-labelledby={ (role.code) "-titel" } {
            h2.utrecht-heading-2 id={ (role.code) "-titel" } { (role.title.nl) }
            details {
                summary { "Wat de functie doet" }
                p.utrecht-paragraph { (role.does.nl) }
            }
            @if filled.is_empty() {
                p.utrecht-paragraph { "Van de regio is niet bekend wie deze functie vervult." }
            }
            @for one in filled { (assignment(answer, area, one)) }
            @if !members.is_empty() { (coverage(members, function)) }
            @for (vacancy, member) in function.vacancies(area, members) {
                p.utrecht-paragraph id=(vacancy.key) {
                    strong { "Niemand vervult deze functie voor " (member.unwrap_or("de regio")) }
                    (period(vacancy.from.as_deref(), vacancy.until.as_deref())) "."
                    @if let Some(text) = &vacancy.text { " " (text) }
                }
            }
        }
    }
}

fn assignment(answer: &Answer, area: &str, one: &Assignment) -> Markup {
    let lists = &answer.code_lists;
    let document = one
        .source
        .as_ref()
        .and_then(|source| source.document.as_ref());
    html! {
        p.utrecht-paragraph id=(one.key) {
            strong { (one.organisation) }
            @if let Some(own) = one.area.as_ref().filter(|own| own.code != area) { ", voor " (own.name) }
            (period(one.from.as_deref(), one.until.as_deref()))
            "; getraind: " (view::label(lists, &one.trained).to_lowercase())
            "; voldoende tijd: " (view::label(lists, &one.enough_time).to_lowercase()) "."
            @if let Some(text) = &one.text { " “" (text) "”" }
            @if let Some(document) = document { " Bron: " (document.title.nl) "." }
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

/// From when and until when, behind what it is of.
fn period(from: Option<&str>, until: Option<&str>) -> String {
    let from = from.map(|day| format!(", vanaf {}", view::day(day)));
    let until = until.map(|day| format!(", tot {}", view::day(day)));
    [from, until].into_iter().flatten().collect()
}
