//! One member of a region: what waits for it, the mandates that it gave to submit, and its policy.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    Viewer, menu,
    policy_state::{self, Declared},
};
use crate::{
    HOME, Page, Unmade, Visit,
    documents::Document,
    frame::Body,
    home,
    view::{self, Code, CodeList, Key, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Own,
    code_lists: Vec<CodeList>,
    reporting_periods: Option<Vec<Period>>,
    municipality: Option<Municipality>,
    submission_mandates: Option<Mandates>,
    open_tasks: Option<Tasks>,
    policy_state: Option<Declared>,
    /// The document that the address names.
    source_document: Option<Document>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Own {
    #[serde(flatten)]
    viewer: Viewer,
    acts_for: Vec<Member>,
    may: Vec<Permission>,
}

#[derive(Debug, Deserialize)]
struct Member {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Permission {
    operation: String,
    reach: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    key: String,
    state: String,
    deadline_on: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Municipality {
    policy_state: String,
    policies: Vec<Adoption>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Adoption {
    policy: Policy,
    body: String,
    adopted_on: Option<String>,
    in_force_on: Option<String>,
    counts_for_municipality: bool,
    reason: Option<Text>,
}

#[derive(Debug, Deserialize)]
struct Policy {
    title: String,
}

#[derive(Debug, Deserialize)]
struct Mandates {
    nodes: Vec<Mandate>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mandate {
    from: Option<String>,
    last_day: Option<String>,
    is_valid: bool,
    area: Option<Area>,
}

#[derive(Debug, Deserialize)]
struct Area {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Tasks {
    nodes: Vec<Task>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    label: String,
    kind: String,
    title: Text,
    since: String,
    due: Option<String>,
    is_overdue: bool,
    municipality: Option<Code>,
    period: Option<Key>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../documents/member.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: policy_state::forms,
        layout: body,
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let area = answer.viewer.viewer.own_area(page)?;
    let code = page.variable("municipality");
    let mut members = answer.viewer.acts_for.iter();
    let member = members
        .find(|member| member.code == code)
        .ok_or(Unmade::NotThere)?;
    let content = html! {
        (menu(page, area))
        p.utrecht-paragraph {
            a.utrecht-link href={ (HOME) "/regio/" (area) "/gemeenten" } { "Alle gemeenten van de regio" }
        }
        h2.utrecht-heading-2 { "Beoordelingen" }
        (assessments(&answer, code))
        h2.utrecht-heading-2 { "Wat er wacht" }
        (waiting(&answer, code))
        h2.utrecht-heading-2 { "Mandaat om in te dienen" }
        (mandates(&answer, area))
        h2.utrecht-heading-2 { "Beleid" }
        @if let Some(municipality) = &answer.municipality { (policy(&answer.code_lists, municipality)) }
        @if let Some(declared) = &answer.policy_state {
            (policy_state::view((page, visit), code, declared, answer.source_document.as_ref()))
        }
    };
    Ok(Body {
        title: member.name.clone(),
        content,
    })
}

/// The ways to the assessments that can be filled in.
fn assessments(answer: &Answer, code: &str) -> Markup {
    let periods = answer.reporting_periods.iter().flatten();
    let open: Vec<&Period> = periods
        .filter(|period| view::is_open(&period.state))
        .collect();
    html! {
        @if open.is_empty() { p.utrecht-paragraph { "Er is nu geen rapportageperiode open." } }
        ul {
            @for period in open {
                li {
                    a.utrecht-link href={ (HOME) "/beoordelingen/" (code) "/" (period.key) } { "Periode " (period.key) }
                    ": stand, concept en versies; op tijd tot en met " (view::day(&period.deadline_on))
                }
            }
        }
    }
}

fn waiting(answer: &Answer, code: &str) -> Markup {
    let tasks = answer.open_tasks.iter().flat_map(|tasks| &tasks.nodes);
    let of_member = |task: &&Task| {
        let own = task.municipality.as_ref();
        own.is_some_and(|own| own.code == code)
    };
    let tasks: Vec<&Task> = tasks.filter(of_member).collect();
    html! {
        @if tasks.is_empty() { p.utrecht-paragraph { "Er wacht nu niets." } }
        ul.stm-tasks {
            @for task in tasks {
                li {
                    @match &task.period {
                        Some(period) => {
                            a.utrecht-link href=(home::place_of(&task.kind, code, &period.key)) { (task.label) }
                        }
                        None => { strong { (task.label) } }
                    }
                    ": " (task.title.nl)
                    p.stm-source {
                        "Sinds " (view::day(&task.since))
                        @if let Some(due) = &task.due { "; uiterlijk " (view::day(due)) }
                        @if task.is_overdue { " " strong { "(te laat)" } }
                    }
                }
            }
        }
    }
}

/// Which regions may submit for the member on which days, and what a mandate gives.
fn mandates(answer: &Answer, area: &str) -> Markup {
    let given = answer.submission_mandates.iter();
    let given: Vec<&Mandate> = given.flat_map(|all| &all.nodes).collect();
    let mandated = answer
        .viewer
        .may
        .iter()
        .filter(|one| one.reach == "MANDATED");
    let names: Vec<String> = mandated
        .map(|one| view::label(&answer.code_lists, &one.operation).to_lowercase())
        .collect();
    html! {
        @if given.is_empty() {
            p.utrecht-paragraph { "De gemeente gaf geen mandaat. Dat kan alleen de gemeente zelf doen, op de eigen werkplek." }
        }
        ul {
            @for one in &given {
                @if let Some(own) = &one.area {
                    li {
                        (own.name) " (" (own.code) ")"
                        @if let Some(from) = &one.from { ", vanaf " (view::day(from)) }
                        @match &one.last_day {
                            Some(day) => { " tot en met " (view::day(day)) }
                            None => { ", zonder einde" }
                        }
                        ": " strong { (if one.is_valid { "geldt vandaag" } else { "geldt vandaag niet" }) }
                        @if own.code != area { " (niet uw regio)" }
                        "."
                    }
                }
            }
        }
        @if !names.is_empty() {
            p.stm-source {
                "Met een mandaat dat geldt, kunt u voor de gemeente: " (names.join(", ")) ". Invullen kan ook zonder."
            }
        }
    }
}

fn policy(lists: &[CodeList], municipality: &Municipality) -> Markup {
    html! {
        p.utrecht-paragraph { "Stand: " (view::label(lists, &municipality.policy_state)) "." }
        @if municipality.policy_state == "NOT_REGISTERED" {
            p.utrecht-paragraph { "Dit zegt alleen dat hier geen besluit bekend is dat nu geldt, niet dat er geen beleid is." }
        }
        ul {
            @for one in &municipality.policies {
                li {
                    (one.policy.title) ": " (view::label(lists, &one.body))
                    @if let Some(on) = &one.adopted_on { ", vastgesteld op " (view::day(on)) }
                    @if let Some(on) = &one.in_force_on { ", geldt vanaf " (view::day(on)) }
                    (if one.counts_for_municipality { ". Telt voor de gemeente." } else { ". Telt niet voor de gemeente." })
                    @if let Some(reason) = &one.reason { " " (reason.nl) }
                }
            }
        }
    }
}
