//! An open monitoring round as a list to fill in: each action that one may report on, and for the
//! ministry its closing.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Mistake, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, Code, CodeList, Text},
};

/// The field of an action that a round leaves out.
const LEFT_OUT: &str = "buiten";

/// How far an action can be.
pub(crate) const STATUSES: [(&str, &str); 5] = [
    ("COMPLETED", "Afgerond"),
    ("IN_PROGRESS", "In uitvoering"),
    ("IN_PROGRESS_DELAYED", "In uitvoering, vertraging"),
    ("ONGOING", "Doorlopend"),
    ("NOT_STARTED", "Nog niet gestart"),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    open_rounds: Option<Rounds>,
    actions: Option<Actions>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
    organisation: Option<Code>,
}

#[derive(Debug, Deserialize)]
struct Rounds {
    nodes: Vec<Round>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Round {
    key: String,
    title: Text,
    date_earliest: String,
    date_latest: String,
    /// For the ministry alone.
    closing: Option<Closing>,
    /// For the ministry alone.
    unreported: Option<Vec<Unreported>>,
    reports: Option<Vec<Report>>,
}

#[derive(Debug, Deserialize)]
struct Unreported {
    action: Option<Named>,
}

#[derive(Debug, Deserialize)]
struct Named {
    number: u32,
    title: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Closing {
    state: String,
    embargo_until: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    status: Option<String>,
    explanation: Option<String>,
    delay_amount: Option<String>,
    delay_cause: Option<String>,
    ledger: i64,
    reported_by: Organisation,
    action: Option<Number>,
}

#[derive(Debug, Deserialize)]
struct Organisation {
    code: String,
    name: Text,
}

#[derive(Debug, Deserialize)]
struct Number {
    number: u32,
}

#[derive(Debug, Deserialize)]
struct Actions {
    nodes: Vec<Action>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    number: u32,
    title: Text,
    status_label: Option<String>,
    may: Vec<String>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/round.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![reporting(), closing()],
        layout: body,
    }
}

fn reporting() -> Form {
    Form {
        // Who empties a text takes it away, and who saw no report replaces none; left out the text
        // would stay, and the last word win.
        emptied: &["explanation", "expectedVersion"],
        ..Form::new("reportStatus", "Rapporteren", "De stand is gerapporteerd.").with([
            Part::fixed("round"),
            Part {
                kind: Kind::FixedNumber,
                ..Part::fixed("action")
            },
            // None of an action on which nobody reported yet.
            Part::optional("expectedVersion", Kind::FixedNumber, ""),
            Part::required("status", Kind::Choice(&STATUSES), "Stand"),
            Part::optional("explanation", Kind::Text, "Toelichting")
                .hinted("Schrijf niet over personen."),
            Part::optional("delay.amount", Kind::Line, "Hoeveel vertraging"),
            Part::optional("delay.cause", Kind::Line, "Oorzaak van de vertraging"),
        ])
    }
}

fn closing() -> Form {
    Form {
        check: |given| {
            let unread = given
                .values(LEFT_OUT)
                .filter(|number| number.parse::<i32>().is_err());
            unread
                .map(|number| {
                    Mistake::of_no_field(format!(
                        "‘{number}’ is geen nummer van een actie. De ronde is niet gesloten; kies opnieuw."
                    ))
                })
                .collect()
        },
        shown: |name, value| {
            (name == LEFT_OUT).then(|| ("Actie die de ronde weglaat".to_owned(), value.to_owned()))
        },
        complete: |given, input| {
            let numbers = given.values(LEFT_OUT).map(str::parse::<i32>);
            // With one that is no number nothing is sent.
            let numbers: Vec<i32> = numbers.filter_map(Result::ok).collect();
            if !numbers.is_empty() {
                input.insert("leftOut".to_owned(), numbers.into());
            }
        },
        ..Form::new(
            "closeMonitoringRound",
            "Ronde sluiten",
            "De ronde is gesloten. Wat is gerapporteerd, is nu openbaar, of wordt dat na het embargo.",
        )
    }
    .with([
        Part::fixed("round"),
        Part::optional("embargoUntil", Kind::Moment, "Embargo tot")
            .hinted("Nederlandse tijd. Tot dan ziet niemand anders de nieuwe standen."),
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let key = page.variable("round");
    let rounds = answer.open_rounds.iter().flat_map(|rounds| &rounds.nodes);
    let mut rounds = rounds.filter(|round| round.key == key);
    let Some(round) = rounds.next() else {
        return closed(visit);
    };
    let decided = round.closing.as_ref();
    if let Some(decided) = decided.filter(|closing| closing.state == "CLOSING_DECIDED") {
        return Ok(waiting(round, decided));
    }
    let reports = round.reports.as_deref().ok_or(Unmade::NotThere)?;
    let actions = answer.actions.iter().flat_map(|actions| &actions.nodes);
    let mine = actions.filter(|action| action.may.iter().any(|one| one == "reportStatus"));
    let content = html! {
        p.stm-lead { "Gerapporteerde acties: " (reports.len()) "." }
        p.utrecht-paragraph {
            "Stand tussen " (view::day(&round.date_earliest)) " en " (view::day(&round.date_latest))
            ". Tot de ronde sluit, zien alleen de actiehouder en het ministerie wat is gerapporteerd."
        }
        @if answer.viewer.role == "MINISTRY" {
            p.utrecht-paragraph { a.utrecht-link href={ (HOME) "/rondes/" (key) "/blad" } { "Als tabel invullen" } }
        }
        @for action in mine {
            @let of_action: Vec<&Report> = reports.iter().filter(|report| report.is_of(action.number)).collect();
            (row((page, visit), &answer, action, &of_action))
        }
        @if answer.viewer.role == "MINISTRY" {
            h2.utrecht-heading-2 { "Sluiten" }
            p.utrecht-paragraph { "Alles wat is gerapporteerd, wordt overgenomen. Daarna verandert er niets meer, behalve met een correctie." }
            (closing().view((page, visit), "", &[("round", key)], &left_out(visit, round)))
        }
    };
    Ok(Body {
        title: round.title.nl.clone(),
        content,
    })
}

/// The actions without a report, each to be left out by the round, and called so.
fn left_out(visit: &Visit<'_>, round: &Round) -> Markup {
    let unreported = round.unreported.iter().flatten();
    let actions: Vec<&Named> = unreported.filter_map(|one| one.action.as_ref()).collect();
    let is_chosen = |number: &str| {
        let attempt = visit.attempt;
        attempt.is_some_and(|attempt| attempt.given.values(LEFT_OUT).any(|one| one == number))
    };
    html! {
        @if !actions.is_empty() {
            details open[visit.tries(&closing(), "")] {
                summary { "Niet gerapporteerd: " (actions.len()) (if actions.len() == 1 { " actie" } else { " acties" }) }
                fieldset {
                    legend { "Welke acties laat de ronde bewust weg?" }
                    ul.stm-rows {
                        @for action in &actions {
                            @let number = action.number.to_string();
                            @let id = format!("{LEFT_OUT}.{number}");
                            li {
                                input type="checkbox" id=(id) name=(LEFT_OUT) value=(number) checked[is_chosen(&number)];
                                " " label for=(id) { (number) ". " (action.title.nl) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A round whose closing is decided and waits for the end of its embargo.
fn waiting(round: &Round, closing: &Closing) -> Body {
    Body {
        title: round.title.nl.clone(),
        content: html! {
            p.utrecht-paragraph {
                "Deze ronde is gesloten."
                @if let Some(until) = &closing.embargo_until {
                    " Wat is gerapporteerd, wordt bekend op " (view::moment(until)) "."
                }
            }
        },
    }
}

/// A round that is not open: the page that follows its closing, and nothing else.
fn closed(visit: &Visit<'_>) -> Result<Body, Unmade> {
    visit.done.ok_or(Unmade::NotThere)?;
    Ok(Body {
        title: "Monitoringsronde".to_owned(),
        content: html! { p.utrecht-paragraph { "Deze ronde is gesloten." } },
    })
}

impl Report {
    fn is_of(&self, number: u32) -> bool {
        let action = self.action.as_ref();
        action.is_some_and(|action| action.number == number)
    }

    /// Whether whoever looks made it. VNG reports as the partner `vng`.
    fn is_of_viewer(&self, viewer: &Viewer) -> bool {
        let own = viewer.organisation.as_ref();
        own.is_some_and(|own| own.code.eq_ignore_ascii_case(&self.reported_by.code))
    }
}

/// An action with what was reported on it. Each reporter has a report of its own, so only that of
/// whoever looks is filled in and replaced.
fn row(on: (&Page, &Visit<'_>), answer: &Answer, action: &Action, reports: &[&Report]) -> Markup {
    let (page, visit) = on;
    let mut own = reports.iter().copied();
    let report = own.find(|report| report.is_of_viewer(&answer.viewer));
    let number = action.number.to_string();
    let form = reporting();
    let id = form.id(&number);
    let is_tried = visit.attempt.is_some_and(|attempt| attempt.form == id);
    let ledger = report.map_or_else(String::new, |report| report.ledger.to_string());
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let status = text(report.and_then(|report| report.status.as_ref()));
    let explanation = text(report.and_then(|report| report.explanation.as_ref()));
    let amount = text(report.and_then(|report| report.delay_amount.as_ref()));
    let cause = text(report.and_then(|report| report.delay_cause.as_ref()));
    let fixed = [
        ("round", page.variable("round")),
        ("action", number.as_str()),
        ("expectedVersion", ledger.as_str()),
        ("status", status.as_str()),
        ("explanation", explanation.as_str()),
        ("delay.amount", amount.as_str()),
        ("delay.cause", cause.as_str()),
    ];
    html! {
        details id=(number) open[is_tried] {
            summary {
                (action.number) ". " (action.title.nl) ": "
                @if reports.is_empty() {
                    "nog niet gerapporteerd; vorige stand: " (action.status_label.as_deref().unwrap_or("geen"))
                }
                @for (at, report) in reports.iter().enumerate() {
                    @if at > 0 { "; " }
                    strong { (report.status.as_deref().map_or("gerapporteerd", |code| view::label(&answer.code_lists, code))) }
                    " (gerapporteerd door " (report.reported_by.name.nl) ")"
                }
            }
            @for report in reports.iter().filter(|report| !report.is_of_viewer(&answer.viewer)) {
                @if let Some(explanation) = &report.explanation {
                    p.utrecht-paragraph { (report.reported_by.name.nl) ": " (explanation) }
                }
            }
            (form.view(on, &number, &fixed, &html! {}))
        }
    }
}
