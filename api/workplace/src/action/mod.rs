//! The actions on which an organisation reports, and each with what it reached and what was measured.
//!
//! How far an action is, is reported in an open round; results and measurements are recorded at any
//! time, and everybody sees them at once.

mod measurement;
mod result;
mod shape;

use maud::{Markup, html};
use serde_json::{Map, Value};

use self::shape::{Action, Answer, List, Organisation};
use crate::{
    HOME, Page, Unmade, Visit,
    documents::{self, Source},
    form::Form,
    frame::Body,
};

/// The page with all of them.
pub(crate) fn list() -> Page {
    Page {
        document: include_str!("../../documents/actions.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: Vec::new,
        layout: all,
    }
}

/// The page of one.
pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../documents/action.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || {
            vec![
                measurement::recording(),
                result::recording(),
                documents::registering(),
            ]
        },
        layout: body,
    }
}

fn all(_: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: List = serde_json::from_value(data)?;
    if !["PARTNER", "VNG", "MINISTRY"].contains(&answer.viewer.role.as_str()) {
        return Err(Unmade::NotThere);
    }
    let actions = answer.actions.iter().flat_map(|all| &all.nodes);
    let own: Vec<_> = actions
        .filter(|action| action.may.iter().any(|one| one == "recordResult"))
        .collect();
    let rounds = answer.open_rounds.iter().flat_map(|all| &all.nodes);
    let content = html! {
        @for round in rounds.filter(|round| round.reports.is_some()) {
            p.utrecht-paragraph {
                "Nu open: " a.utrecht-link href={ (HOME) "/rondes/" (round.key) } { (round.title.nl) }
                ". Daar rapporteert u hoe ver de acties zijn."
            }
        }
        @if own.is_empty() {
            p.utrecht-paragraph { "Uw organisatie is van geen actie de actiehouder. Het ministerie wijst actiehouders aan." }
        } @else {
            ul {
                @for action in own {
                    li {
                        a.utrecht-link href={ (HOME) "/acties/" (action.number) } { (action.number) ". " (action.title.nl) }
                        p.stm-source {
                            "Laatst bekende stand: " (action.status_label.as_deref().unwrap_or("geen").to_lowercase())
                            "; resultaten: " (action.results.len()) "; metingen: " (action.measurements.len()) "."
                        }
                    }
                }
            }
        }
    };
    Ok(Body {
        title: (if answer.viewer.role == "MINISTRY" {
            "Resultaten en metingen"
        } else {
            "Mijn acties"
        })
        .to_owned(),
        content,
    })
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let action = answer.action.as_ref().ok_or(Unmade::NotThere)?;
    if action.may.iter().all(|one| one != "recordResult") {
        return Err(Unmade::NotThere);
    }
    let shown = Shown {
        on: (page, visit),
        answer: &answer,
        action,
        choices: documents::choices(answer.documents()),
    };
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href={ (HOME) "/acties" } { "Terug naar de acties" } }
        p.stm-lead {
            "Laatst bekende stand: " (action.status_label.as_deref().unwrap_or("geen").to_lowercase())
            @if let Some(round) = &action.status_round { " (" (round.title.nl) ")" }
            "."
        }
        @if let Some(explanation) = &action.explanation { p.utrecht-paragraph { (explanation) } }
        p.utrecht-paragraph { "Resultaten en metingen ziet iedereen meteen." }
        (shown.results())
        (shown.measurements())
        (shown.document())
    };
    Ok(Body {
        title: format!("Actie {}: {}", action.number, action.title.nl),
        content,
    })
}

/// What an action is shown with.
struct Shown<'a> {
    on: (&'a Page, &'a Visit<'a>),
    answer: &'a Answer,
    action: &'a Action,
    choices: Vec<(String, String)>,
}

impl Shown<'_> {
    /// The document that was registered last.
    fn chosen(&self) -> &str {
        let document = self.answer.source_document.as_ref();
        document.map_or("", |document| document.key.as_str())
    }

    /// A form with the documents to choose from.
    fn choosing(&self, form: Form) -> Form {
        form.choosing("source.document", self.choices.clone())
    }

    fn is_tried(&self, form: &Form, about: &str) -> bool {
        let (_, visit) = self.on;
        let id = form.id(about);
        visit.attempt.is_some_and(|attempt| attempt.form == id)
    }

    /// Who told something, and where it stands.
    fn reporter(&self, by: Option<&Organisation>, source: Option<&Source>) -> Markup {
        let document = source.and_then(|source| source.document.as_ref());
        html! {
            p.stm-source {
                @match by {
                    Some(by) => { "Vastgelegd door " (by.name.nl) "." }
                    None => { "Overgenomen uit een document; alleen het ministerie wijzigt dit." }
                }
                @if let (Some(document), Some(source)) = (document, source) {
                    " Bron: " (document.title.nl) ", "
                    @if source.lines.starts_with(|sign: char| sign.is_ascii_digit()) { "regel " }
                    (source.lines) "."
                }
            }
        }
    }

    /// A document in which something stands, to name as a source.
    fn document(&self) -> Markup {
        let (_, visit) = self.on;
        let form = documents::registering();
        let key = format!("actie-{}-{}", self.action.number, visit.key);
        let fixed = [("key", key.as_str()), ("kind", "OTHER")];
        html! {
            h2.utrecht-heading-2 { "Bron" }
            p.utrecht-paragraph { "Uw organisatie is zelf de bron. Staat het in een document, leg dat dan hier eerst vast; daarna kunt u het hierboven kiezen." }
            details open[self.is_tried(&form, "")] {
                summary { "Een document vastleggen" }
                (form.view(self.on, "", &fixed, &html! {}))
            }
        }
    }
}

/// What is given in part, with nothing for the rest, so that the mistake stands at its field.
fn fill(input: &mut Map<String, Value>, name: &str, parts: [&str; 2]) {
    if let Some(Value::Object(given)) = input.get_mut(name) {
        for part in parts {
            given.entry(part).or_insert_with(|| "".into());
        }
    }
}
