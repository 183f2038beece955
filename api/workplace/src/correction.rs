//! The statuses of a closed round, each with a form to correct it: with a reason, and what was known
//! before stays readable.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    round::STATUSES,
    view::{self, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    monitoring_rounds: Option<Vec<Round>>,
    actions: Option<Actions>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Round {
    key: String,
    title: Text,
}

#[derive(Debug, Deserialize)]
struct Actions {
    nodes: Vec<Action>,
}

#[derive(Debug, Deserialize)]
struct Action {
    number: u32,
    title: Text,
    may: Vec<String>,
    monitoring: InRound,
}

#[derive(Debug, Deserialize)]
struct InRound {
    report: Option<Report>,
}

#[derive(Debug, Deserialize)]
struct Report {
    status: Option<String>,
    explanation: Option<String>,
    ledger: i64,
    delay: Option<Delay>,
    origin: Option<Origin>,
    source: Option<Source>,
}

#[derive(Debug, Deserialize)]
struct Delay {
    amount: Option<String>,
    cause: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Origin {
    statement: Text,
}

#[derive(Debug, Deserialize)]
struct Source {
    document: Option<Document>,
}

#[derive(Debug, Deserialize)]
struct Document {
    title: Text,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/correction.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![correcting()],
        layout: body,
    }
}

fn correcting() -> Form {
    Form {
        // Who empties the explanation takes it away; left out it would stay. A status without delay has
        // none, also where the corrected one had.
        emptied: &["explanation"],
        complete: |_, input| {
            if input
                .get("status")
                .is_none_or(|status| status != "IN_PROGRESS_DELAYED")
            {
                input.remove("delay");
            }
        },
        ..Form::new(
            "correctStatusReport",
            "Corrigeren",
            "De stand is gecorrigeerd; wat eerder bekend was, blijft leesbaar.",
        )
    }
    .with([
        Part::fixed("round"),
        Part {
            kind: Kind::FixedNumber,
            ..Part::fixed("action")
        },
        Part::optional("expectedVersion", Kind::FixedNumber, ""),
        Part::required("status", Kind::Choice(&STATUSES), "Stand"),
        Part::optional("explanation", Kind::Text, "Toelichting")
            .hinted("Schrijf niet over personen."),
        Part::optional("delay.amount", Kind::Line, "Hoeveel vertraging")
            .hinted("Alleen bij een stand met vertraging."),
        Part::optional("delay.cause", Kind::Line, "Oorzaak van de vertraging")
            .hinted("Alleen bij een stand met vertraging."),
        Part::required("reason", Kind::Text, "Reden van de correctie")
            .hinted("Iedereen kan de reden bij de stand lezen."),
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let key = page.variable("round");
    let mut rounds = answer.monitoring_rounds.iter().flatten();
    let round = rounds.find(|round| round.key == key);
    let (Some(round), "MINISTRY") = (round, answer.viewer.role.as_str()) else {
        return Err(Unmade::NotThere);
    };
    let actions = answer.actions.iter().flat_map(|actions| &actions.nodes);
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href={ (HOME) "/rondes" } { "Terug naar de rondes" } }
        p.utrecht-paragraph {
            "Deze ronde is gesloten. Klopt een stand niet, corrigeer die dan met een reden. De reden staat er voortaan bij."
        }
        @for action in actions {
            @if let Some(report) = &action.monitoring.report {
                (row((page, visit), &answer.code_lists, action, report))
            }
        }
    };
    Ok(Body {
        title: format!("Correcties bij {}", round.title.nl),
        content,
    })
}

/// An action with what the round tells of it.
fn row(on: (&Page, &Visit<'_>), lists: &[CodeList], action: &Action, report: &Report) -> Markup {
    let (page, visit) = on;
    let number = action.number.to_string();
    let ledger = report.ledger.to_string();
    let form = correcting();
    let id = form.id(&number);
    let is_tried = visit.attempt.is_some_and(|attempt| attempt.form == id);
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let delay = report.delay.as_ref();
    let status = text(report.status.as_ref());
    let explanation = text(report.explanation.as_ref());
    let amount = text(delay.and_then(|delay| delay.amount.as_ref()));
    let cause = text(delay.and_then(|delay| delay.cause.as_ref()));
    let fixed = [
        ("round", page.variable("round")),
        ("action", number.as_str()),
        ("expectedVersion", ledger.as_str()),
        ("status", status.as_str()),
        ("explanation", explanation.as_str()),
        ("delay.amount", amount.as_str()),
        ("delay.cause", cause.as_str()),
    ];
    let source = report.source.as_ref();
    let document = source.and_then(|source| source.document.as_ref());
    html! {
        details id=(number) open[is_tried] {
            summary {
                (action.number) ". " (action.title.nl) ": "
                strong { (report.status.as_deref().map_or("zonder stand", |code| view::label(lists, code))) }
            }
            @if let Some(origin) = &report.origin { p.stm-source { (origin.statement.nl) } }
            @else if let Some(document) = document { p.stm-source { "Bron: " (document.title.nl) } }
            @if action.may.iter().any(|one| one == "correctStatusReport") {
                (form.view(on, &number, &fixed, &html! {}))
            }
        }
    }
}
