//! What waits for VNG: the queue, by period, region and state, with claims, confirmations and returns of
//! many at once.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    FORM, HOME, KEY, Page, TOKEN, Unmade, Visit,
    form::{Form, Given, Kind, Part},
    frame::Body,
    narrow::{self, PageInfo},
    row::{self, ROW, Row},
    view,
};

/// The states by which the queue is narrowed: as it stands in the address, and what people call it.
const STATES: [(&str, &str); 4] = [
    ("vrij", "Nog bij niemand in behandeling"),
    ("mijn", "Bij mij in behandeling"),
    ("collega", "Bij een collega in behandeling"),
    ("wacht", "Wacht op antwoord van de gemeente"),
];

/// The id under which the forms of a period stand.
const MANY: &str = "reeks";

/// How an address says that every row of its page is chosen.
pub(crate) const CHOICE: &str = "kies";
const ALL: &str = "alles";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    reporting_periods: Option<Vec<Period>>,
    regions: Option<Vec<Municipality>>,
    review_queue: Option<Queue>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Queue {
    total_count: usize,
    page_info: PageInfo,
    nodes: Vec<Item>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    version_number: u32,
    submitted_at: String,
    on_time: bool,
    waiting_days: i64,
    is_claimed: bool,
    is_claimed_by_me: bool,
    claimed_until: Option<String>,
    awaits_reply: bool,
    period: Option<Period>,
    municipality: Option<Municipality>,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
}

/// A municipality, or a region.
#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/queue.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![claiming(), confirming(), returning()],
        layout: body,
    }
}

/// What the address of the queue says.
pub(crate) fn narrow(name: &str, value: &str, variables: &mut Map<String, Value>) -> bool {
    let taken: Vec<(&str, Value)> = match (name, value) {
        ("periode", key) => vec![("period", key.into())],
        ("regio", code) => vec![("area", code.into())],
        ("stand", "vrij") => vec![("claimed", false.into())],
        ("stand", "mijn") => vec![("claimedByMe", true.into())],
        ("stand", "collega") => vec![("claimed", true.into()), ("claimedByMe", false.into())],
        ("stand", "wacht") => vec![("awaitsReply", true.into())],
        (CHOICE, ALL) => Vec::new(),
        _ => return narrow::after(name, value, variables),
    };
    let taken = taken.into_iter();
    variables.extend(taken.map(|(name, value)| (name.to_owned(), value)));
    true
}

/// Makes the list of what was chosen, of each row.
fn items(given: &Given, input: &mut Map<String, Value>, make: impl Fn(Row<'_>) -> Value) {
    let items = row::rows(given).map(make);
    input.insert("items".to_owned(), items.collect());
}

fn claiming() -> Form {
    Form {
        has_rows: true,
        check: row::mistakes,
        complete: |given, input| {
            items(
                given,
                input,
                |row| json!({ "municipality": row.municipality }),
            );
        },
        ..Form::new(
            "claimReviews",
            "In behandeling nemen",
            "De gekozen beoordelingen zijn bij u in behandeling.",
        )
        .with([Part::fixed("period")])
    }
}

fn confirming() -> Form {
    Form {
        has_rows: true,
        check: row::mistakes,
        complete: |given, input| {
            items(
                given,
                input,
                |row| json!({ "municipality": row.municipality, "version": row.version }),
            );
        },
        ..Form::new(
            "confirmAssessments",
            "Bevestigen",
            "De gekozen beoordelingen zijn bevestigd.",
        )
        .with([Part::fixed("period")])
    }
}

fn returning() -> Form {
    Form {
        has_rows: true,
        check: row::mistakes,
        complete: |given, input| {
            let reason = input.remove("reason").unwrap_or_default();
            items(
                given,
                input,
                |row| json!({ "municipality": row.municipality, "version": row.version, "reason": reason }),
            );
        },
        ..Form::new(
            "returnAssessments",
            "Teruggeven",
            "De gekozen beoordelingen zijn teruggegeven.",
        )
        .with([
            Part::fixed("period"),
            Part::required("reason", Kind::Text, "Reden van teruggave"),
        ])
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    if answer.viewer.role != "VNG" {
        return Err(Unmade::NotThere);
    }
    let queue = answer.review_queue.as_ref().ok_or(Unmade::NotThere)?;
    let mut periods: Vec<&str> = queue
        .nodes
        .iter()
        .filter_map(|item| Some(item.period.as_ref()?.key.as_str()))
        .collect();
    periods.sort_unstable();
    periods.dedup();
    let is_narrowed = page.path.contains('?');
    let content = html! {
        ul {
            li { a.utrecht-link href={ (HOME) "/namens" } { "Invullen namens een gemeente" } }
            li { a.utrecht-link href={ (HOME) "/regios" } { "Antwoorden en rapportages van regio’s" } }
        }
        (narrowing(page, &answer))
        @if queue.nodes.is_empty() {
            p.utrecht-paragraph {
                (if is_narrowed { "Er wacht niets dat hieraan voldoet." } else { "Er wacht niets op controle." })
            }
        } @else {
            p.utrecht-paragraph {
                "Wacht op controle: " (queue.total_count) "; op deze pagina: " (queue.nodes.len()) ". "
                @if is_all_chosen(page) {
                    a.utrecht-link href=(page.without(CHOICE)) { "Kies niets" }
                } @else {
                    a.utrecht-link href=(page.with(CHOICE, ALL)) { "Kies alles op deze pagina" }
                }
            }
        }
        @for period in periods {
            h2.utrecht-heading-2 { "Periode " (period) }
            (many(page, visit, period, &queue.nodes))
        }
        (page.paging(&queue.page_info, "Volgende beoordelingen"))
    };
    Ok(Body {
        title: "Wachtrij van de controle".to_owned(),
        content,
    })
}

/// Narrows the queue: a form that is sent by GET, so that its address can be kept.
fn narrowing(page: &Page, answer: &Answer) -> Markup {
    let periods = answer.reporting_periods.iter().flatten();
    let periods: Vec<(&str, &str)> = periods
        .map(|period| (period.key.as_str(), period.key.as_str()))
        .collect();
    let regions = answer.regions.iter().flatten();
    let regions: Vec<(&str, &str)> = regions
        .map(|region| (region.code.as_str(), region.name.as_str()))
        .collect();
    let is = |name: &str| page.variables.get(name).and_then(Value::as_bool);
    let state = match (is("claimed"), is("claimedByMe"), is("awaitsReply")) {
        (_, _, Some(true)) => "wacht",
        (_, Some(true), _) => "mijn",
        (Some(true), _, _) => "collega",
        (Some(false), _, _) => "vrij",
        _ => "",
    };
    html! {
        form.stm-form method="get" action={ (HOME) "/controle" } {
            (view::chosen(("periode", "Periode"), &periods, page.variable("period")))
            (view::chosen(("regio", "Regio"), &regions, page.variable("area")))
            (view::chosen(("stand", "Stand"), &STATES, state))
            button.stm-button type="submit" { "Toon" }
        }
    }
}

fn is_all_chosen(page: &Page) -> bool {
    page.path.contains(&format!("{CHOICE}={ALL}"))
}

/// The rows of a period as one form, with a button for each of what can be done with many.
fn many(page: &Page, visit: &Visit<'_>, period: &str, all: &[Item]) -> Markup {
    let attempt = visit.attempt.filter(|attempt| {
        let about = attempt.form.split_once('-');
        about.is_some_and(|(_, own)| own == period)
    });
    let mistakes = attempt.map(|attempt| attempt.mistakes.as_slice());
    let mistakes = mistakes.unwrap_or_default();
    let are_all = is_all_chosen(page);
    let is_chosen = |row: &str| match attempt {
        Some(attempt) => attempt.given.values(ROW).any(|chosen| chosen == row),
        None => are_all,
    };
    let reason = attempt.and_then(|attempt| attempt.given.value("reason"));
    let id = format!("{MANY}-{period}");
    let reason_id = format!("returnAssessments-{period}.reason");
    let wrong_reason = view::wrong(&reason_id, mistakes);
    html! {
        form.stm-form method="post" action=(page.path) id=(id) {
            input type="hidden" name=(TOKEN) value=(visit.form_token);
            input type="hidden" name=(KEY) value={ (visit.key) "-" (id) };
            input type="hidden" name="period" value=(period);
            ul.stm-rows {
                @for item in all.iter().filter(|item| item.period.as_ref().is_some_and(|own| own.key == period)) {
                    @if let Some(municipality) = &item.municipality {
                        @let row = format!("{}/{}", municipality.code, item.version_number);
                        @let row_id = format!("{ROW}.{period}.{row}");
                        @let wrong = view::wrong(&row_id, mistakes);
                        li.stm-wrong[wrong.is_some()] {
                            @if let Some((_, text)) = &wrong { (text) }
                            input type="checkbox" id=(row_id) name=(ROW) value=(row) checked[is_chosen(&row)] aria-describedby=[wrong.as_ref().map(|(id, _)| id)] aria-invalid=[wrong.as_ref().map(|_| "true")];
                            " " label for=(row_id) { (municipality.name) ", versie " (item.version_number) }
                            " " a.utrecht-link href={ (HOME) "/controle/" (period) "/" (municipality.code) } { "Bekijk" }
                            p.stm-source {
                                "Ingediend op " (view::day(&item.submitted_at))
                                (if item.on_time { ", op tijd" } else { ", te laat" })
                                "; wacht " (view::days(item.waiting_days))
                                (claim(item))
                                @if item.awaits_reply { "; wacht op antwoord van de gemeente" }
                                "."
                            }
                        }
                    }
                }
            }
            button.stm-button type="submit" name=(FORM) value={ "claimReviews-" (period) } { "In behandeling nemen" }
            " "
            button.stm-button type="submit" name=(FORM) value={ "confirmAssessments-" (period) } { "Bevestigen" }
            div.stm-field.stm-wrong[wrong_reason.is_some()] {
                label for=(reason_id) { "Reden van teruggave" }
                @if let Some((_, text)) = &wrong_reason { (text) }
                textarea id=(reason_id) name="reason" rows="3" aria-describedby=[wrong_reason.as_ref().map(|(id, _)| id)] aria-invalid=[wrong_reason.as_ref().map(|_| "true")] { (reason.unwrap_or_default()) }
            }
            button.stm-button type="submit" name=(FORM) value={ "returnAssessments-" (period) } { "Teruggeven" }
        }
    }
}

fn claim(item: &Item) -> String {
    let until = item.claimed_until.as_deref().map(view::day);
    let until = until
        .map(|until| format!(" tot {until}"))
        .unwrap_or_default();
    match (item.is_claimed_by_me, item.is_claimed) {
        (true, _) => format!("; bij u in behandeling{until}"),
        (false, true) => format!("; bij een collega in behandeling{until}"),
        (false, false) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(reason: &str) -> Given {
        let pairs = [
            (KEY, "k"),
            ("period", "2026-2"),
            (ROW, "GM0402/2"),
            (ROW, "GM0406/1"),
            ("reason", reason),
        ];
        Given::new(
            pairs
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        )
    }

    #[test]
    fn rows_become_items() {
        let variables = returning().variables(&given("Bewijs ontbreekt.")).unwrap();
        assert_eq!(
            Value::from(variables),
            json!({ "input": {
                "period": "2026-2", "idempotencyKey": "k-returnAssessments",
                "items": [
                    { "municipality": "GM0402", "version": 2, "reason": "Bewijs ontbreekt." },
                    { "municipality": "GM0406", "version": 1, "reason": "Bewijs ontbreekt." },
                ],
            } })
        );
        let variables = claiming().variables(&given("")).unwrap();
        assert_eq!(
            variables["input"]["items"],
            json!([{ "municipality": "GM0402" }, { "municipality": "GM0406" }])
        );
        assert!(returning().variables(&given("")).is_err());
        let none = Given::new(vec![("period".to_owned(), "2026-2".to_owned())]);
        let mistakes = confirming().variables(&none).unwrap_err();
        assert_eq!(mistakes[0].text, "Kies een of meer beoordelingen.");
    }

    #[test]
    fn nothing_is_sent_with_a_row_that_is_none() {
        let rows = [ROW, ROW].into_iter().zip(["GM0402/2", "broken"]);
        let rows = rows.chain([("period", "2026-2")]);
        let rows = rows.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mistakes = claiming()
            .variables(&Given::new(rows.collect()))
            .unwrap_err();
        let texts: Vec<&str> = mistakes.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(
            texts,
            ["‘broken’ is geen beoordeling uit deze lijst. Er is niets gedaan; kies opnieuw."]
        );
    }

    #[test]
    fn what_stands_in_the_way_of_a_row_is_shown_with_its_municipality() {
        let data = json!({ "confirmAssessments": { "errors": [
            { "code": "X", "field": ["items", "1"], "message": { "nl": "Er is niets ingediend." } },
        ] } });
        let mistakes = confirming().mistakes(&data, &given("")).unwrap();
        assert_eq!(mistakes[0].text, "GM0406: Er is niets ingediend.");
        assert_eq!(mistakes[0].field.as_deref(), Some("rij.2026-2.GM0406/1"));
    }
}
