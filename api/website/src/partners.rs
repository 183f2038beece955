//! The page that tells who does what: by action the parties with a role, those that the text names without one, and
//! those that it leaves unnamed.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, Citation},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/partners.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    who_does_what: Option<Vec<Parties>>,
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
                "Een rol staat hier alleen als een bron haar noemt of als het ministerie haar heeft toegekend.",
                "A role stands here only where a source names it or the ministry assigned it.",
            ))
        }
        (table(page, &rows))
    };
    Ok(Body {
        title: title.to_owned(),
        description,
        content,
    })
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
                                    p.utrecht-paragraph { (language.of(&role.partner.name)) ": " (role.role_label) }
                                    (shared::source(language, role.source.as_ref()))
                                }
                            }
                            td.utrecht-table__cell { (named(language, row)) }
                        }
                    }
                }
            }
        }
    }
}

/// Whom the text of an action names without a role, and where it leaves open whom it means.
fn named(language: Language, row: &Parties) -> Markup {
    let mut names: Vec<&str> = row
        .mentions
        .iter()
        .map(|mention| language.of(&mention.partner.name))
        .collect();
    names.dedup();
    html! {
        (names.join(", "))
        @for unnamed in &row.unnamed_parties {
            p.stm-source {
                (language.pick("Partij niet genoemd: ", "Party not named: ")) q lang="nl" { (unnamed.text) }
            }
        }
    }
}
