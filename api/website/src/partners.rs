//! The page that tells who does what: a matrix of parties and lines, by action the parties with a role, those that the
//! text names without one, and those that it leaves unnamed; and all parties that the sources know.

use std::collections::BTreeMap;

use domain::plan::CURRENT_PLAN;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, Citation, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/partners.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    who_does_what: Option<Vec<Parties>>,
    action_lines: Option<Vec<Line>>,
    partners: Option<All>,
}

#[derive(Debug, Deserialize)]
struct Line {
    number: u16,
    title: Text,
}

#[derive(Debug, Deserialize)]
struct All {
    nodes: Vec<Known>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    key: String,
    name: Text,
    kind_label: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parties {
    action: Action,
    roles: Vec<Role>,
    mentions: Vec<Mention>,
    unnamed_parties: Vec<Unnamed>,
}

#[derive(Debug, Deserialize)]
struct Action {
    number: u16,
    title: Text,
    line: Number,
}

#[derive(Debug, Deserialize)]
struct Number {
    number: u16,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Role {
    partner: Partner,
    role_label: String,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Mention {
    partner: Partner,
}

#[derive(Debug, Deserialize)]
struct Partner {
    key: String,
    name: Text,
}

#[derive(Debug, Deserialize)]
struct Unnamed {
    text: String,
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let language = page.language;
    let rows = answer.who_does_what.unwrap_or_default();
    let without = rows.iter().filter(|row| row.roles.is_empty()).count();
    let all = rows.len();
    let title = language.pick("Wie doet wat", "Who does what");
    let description = match language {
        Language::Dutch => {
            format!("Bij {without} van de {all} acties noemen de bronnen geen partij met een rol.")
        }
        Language::English => {
            format!("With {without} of the {all} actions the sources name no party with a role.")
        }
    };
    let content = html! {
        p.stm-lead { (description) }
        p.utrecht-paragraph {
            (language.pick(
                "Een rol staat hier alleen als een bron haar noemt of als het ministerie haar heeft toegewezen.",
                "A role stands here only where a source names it or the ministry assigned it.",
            ))
        }
        (matrix(page, &answer.action_lines.unwrap_or_default(), &rows))
        (heading(language.pick("Per actie", "By action")))
        (table(page, &rows))
        (all_parties(page, &answer.partners.map_or_else(Vec::new, |found| found.nodes)))
    };
    Ok(Body {
        title: title.to_owned(),
        description,
        content,
    })
}

fn link(page: &Page, key: &str, name: &Text) -> Markup {
    html! { a.utrecht-link href=(page.to(&format!("/partners/{key}"))) { (page.language.of(name)) } }
}

/// The roles of a party, each in its action.
type Held<'a> = Vec<(&'a Action, &'a Role)>;

/// In which actions of which line a party has which role. It is a role and no more: an action is of a party only where
/// the ministry assigned it.
fn matrix(page: &Page, lines: &[Line], rows: &[Parties]) -> Markup {
    let language = page.language;
    let mut parties: BTreeMap<&str, (&Partner, Held<'_>)> = BTreeMap::new();
    for row in rows {
        for role in &row.roles {
            let (_, roles) = parties
                .entry(language.of(&role.partner.name))
                .or_insert((&role.partner, Vec::new()));
            roles.push((&row.action, role));
        }
    }
    let caption = language.pick(
        "Rollen per partij en actielijn",
        "Roles by party and action line",
    );
    html! {
        (heading(caption))
        div.stm-scroll tabindex="0" role="region" aria-label=(caption) {
            table.utrecht-table {
                caption.utrecht-table__caption { (language.pick("Acties waarin een partij een rol heeft, met die rol", "Actions in which a party has a role, with that role")) }
                thead.utrecht-table__header { tr {
                    th.utrecht-table__header-cell scope="col" { (language.pick("Partij", "Party")) }
                    @for line in lines { th.utrecht-table__header-cell scope="col" { (line.number) ". " (language.of(&line.title)) } }
                } }
                tbody.utrecht-table__body {
                    @for (partner, roles) in parties.values() {
                        tr {
                            th.utrecht-table__cell scope="row" { (link(page, &partner.key, &partner.name)) }
                            @for line in lines {
                                td.utrecht-table__cell {
                                    @for (action, role) in roles.iter().filter(|(action, _)| action.line.number == line.number) {
                                        p.utrecht-paragraph {
                                            a.utrecht-link href=(page.to(&format!("/plannen/{CURRENT_PLAN}/acties/{}", action.number))) { (action.number) }
                                            " (" (role.role_label.to_lowercase()) ")"
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Every party that the sources know, with a role or without.
fn all_parties(page: &Page, parties: &[Known]) -> Markup {
    html! {
        (heading(page.language.pick("Alle partijen", "All parties")))
        ul.utrecht-unordered-list.stm-columns {
            @for party in parties {
                li.utrecht-unordered-list__item { (link(page, &party.key, &party.name)) " (" (party.kind_label.to_lowercase()) ")" }
            }
        }
    }
}

fn table(page: &Page, rows: &[Parties]) -> Markup {
    let language = page.language;
    html! {
        div.stm-scroll tabindex="0" role="region" aria-label=(language.pick("Tabel: partijen per actie", "Table: parties by action")) {
            table.utrecht-table {
                caption.utrecht-table__caption { (language.pick("Partijen per actie", "Parties by action")) }
                thead.utrecht-table__header { tr {
                    th.utrecht-table__header-cell scope="col" { (language.pick("Actie", "Action")) }
                    th.utrecht-table__header-cell scope="col" { (language.pick("Partijen met een rol", "Parties with a role")) }
                    th.utrecht-table__header-cell scope="col" { (language.pick("Genoemd zonder rol", "Named without a role")) }
                } }
                tbody.utrecht-table__body {
                    @for row in rows {
                        tr {
                            th.utrecht-table__cell scope="row" { (shared::action_of_plan(page, row.action.number, &row.action.title)) }
                            td.utrecht-table__cell {
                                @if row.roles.is_empty() { (language.pick("Geen", "None")) }
                                @for role in &row.roles {
                                    p.utrecht-paragraph {
                                        (link(page, &role.partner.key, &role.partner.name)) ": " (role.role_label)
                                        (shared::source_in_table(language, role.source.as_ref()))
                                    }
                                }
                            }
                            td.utrecht-table__cell { (named(page, row)) }
                        }
                    }
                }
            }
        }
    }
}

/// Whom the text of an action names without a role, and where it leaves open whom it means.
fn named(page: &Page, row: &Parties) -> Markup {
    let language = page.language;
    let mut parties: Vec<&Partner> = row
        .mentions
        .iter()
        .map(|mention| &mention.partner)
        .collect();
    parties.dedup_by(|one, other| one.key == other.key);
    html! {
        @for (index, partner) in parties.iter().enumerate() {
            @if index > 0 { ", " }
            (link(page, &partner.key, &partner.name))
        }
        @for unnamed in &row.unnamed_parties {
            p.stm-source {
                (language.pick("Partij niet genoemd: ", "Party not named: ")) q lang="nl" { (unnamed.text) }
            }
        }
    }
}
