//! The members of a region and how far each is: what it handed in, its verdict, its policy, whether
//! the region may submit for it, and what waits for whom. Only what the region may see.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Viewer, menu};
use crate::{
    HOME, Page, Unmade, Visit,
    frame::Body,
    view::{self, Code, CodeList, Key},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Own,
    code_lists: Vec<CodeList>,
    submitted: Option<Picture>,
    confirmed: Option<Picture>,
    open_tasks: Option<Tasks>,
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
#[serde(rename_all = "camelCase")]
struct Member {
    code: String,
    name: String,
    policy_state: String,
}

#[derive(Debug, Deserialize)]
struct Permission {
    of: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Picture {
    period: Period,
    standings: Option<Standings>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    key: String,
    state: String,
    deadline_on: String,
}

#[derive(Debug, Deserialize)]
struct Standings {
    nodes: Vec<Standing>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Standing {
    municipality: Code,
    label: Option<String>,
    submission_label: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Tasks {
    nodes: Vec<Task>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    label: String,
    due: Option<String>,
    is_overdue: bool,
    municipality: Option<Code>,
    period: Option<Key>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../documents/members.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: Vec::new,
        layout: body,
    }
}

fn body(page: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let area = answer.viewer.viewer.own_area(page)?;
    let members = &answer.viewer.acts_for;
    let content = html! {
        (menu(page, area))
        @if members.is_empty() {
            p.utrecht-paragraph { "Dit gebied is nu geen rapporterende regio: VNG registreert dat." }
        }
        @if let Some(picture) = &answer.submitted {
            p.stm-lead {
                "Periode " (picture.period.key) ", op tijd tot en met " (view::day(&picture.period.deadline_on)) "."
            }
            @if view::is_open(&picture.period.state) && !members.is_empty() {
                p.utrecht-paragraph {
                    a.utrecht-link href={ (HOME) "/regio/" (area) "/tabel/" (picture.period.key) } {
                        "Vul voor alle gemeenten tegelijk in met een tabel"
                    }
                }
            }
        } @else {
            p.utrecht-paragraph { "Er is nog geen rapportageperiode geopend." }
        }
        @for member in members { (shown(&answer, area, member)) }
    };
    Ok(Body {
        title: format!("Gemeenten van {}", answer.viewer.viewer.region()),
        content,
    })
}

fn shown(answer: &Answer, area: &str, member: &Member) -> Markup {
    let code = member.code.as_str();
    let policy = view::label(&answer.code_lists, &member.policy_state);
    let mut may = answer.viewer.may.iter().flat_map(|one| &one.of);
    let is_mandated = may.any(|own| own == code);
    let submitted = standing(answer.submitted.as_ref(), code);
    let confirmed = standing(answer.confirmed.as_ref(), code);
    html! {
        section id=(code) aria-labelledby={ (code) "-titel" } {
            h2.utrecht-heading-2 id={ (code) "-titel" } {
                a.utrecht-link href={ (HOME) "/regio/" (area) "/gemeenten/" (code) } { (member.name) }
            }
            dl {
                @if let Some(label) = submitted.and_then(|one| one.submission_label.as_ref()) {
                    dt { "Indienen" } dd { (label) }
                }
                @if let Some(label) = submitted.and_then(|one| one.label.as_ref()) {
                    dt { "Oordeel over wat is ingediend" } dd { (label) }
                }
                @if let Some(label) = confirmed.and_then(|one| one.label.as_ref()) {
                    dt { "Oordeel over wat VNG bevestigde" } dd { (label) }
                }
                dt { "Beleid" } dd { (policy) }
                dt { "Indienen door de regio" }
                dd { (if is_mandated { "mag: de gemeente gaf een mandaat" } else { "mag niet: er is vandaag geen mandaat" }) }
            }
            (fill_in(answer.submitted.as_ref(), member))
            (waiting(answer.open_tasks.as_ref(), code))
        }
    }
}

fn standing<'a>(picture: Option<&'a Picture>, code: &str) -> Option<&'a Standing> {
    let mut standings = picture?.standings.as_ref()?.nodes.iter();
    standings.find(|one| one.municipality.code == code)
}

/// The way to the assessment of a member, while its period is open.
fn fill_in(picture: Option<&Picture>, member: &Member) -> Markup {
    let period = picture.map(|picture| &picture.period);
    html! {
        @if let Some(period) = period.filter(|period| view::is_open(&period.state)) {
            p.utrecht-paragraph {
                a.utrecht-link href={ (HOME) "/beoordelingen/" (member.code) "/" (period.key) } {
                    "Invullen voor " (member.name)
                }
            }
        }
    }
}

/// What waits for a member or for the region, about a member.
fn waiting(tasks: Option<&Tasks>, code: &str) -> Markup {
    let tasks = tasks.iter().flat_map(|tasks| &tasks.nodes);
    let of_member = |task: &&Task| {
        let own = task.municipality.as_ref();
        own.is_some_and(|own| own.code == code)
    };
    let tasks: Vec<&Task> = tasks.filter(of_member).collect();
    html! {
        @if !tasks.is_empty() {
            p.utrecht-paragraph { "Wat er wacht:" }
            ul {
                @for task in tasks {
                    li {
                        (task.label)
                        @if let Some(period) = &task.period { ", periode " (period.key) }
                        @if let Some(due) = &task.due { "; uiterlijk " (view::day(due)) }
                        @if task.is_overdue { " " strong { "(te laat)" } }
                    }
                }
            }
        }
    }
}
