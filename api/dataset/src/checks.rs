//! The comparisons of the validation report: what a document prints beside what the data give.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    files::{DataSet, Row},
    report::{Check, Outcome},
};
use domain::{
    budget::rules::{BudgetRowKind, BudgetSheet, BudgetState, Cell, Figure, compare},
    plan::rules::{ActionStatus, ReportSignal, signals},
};

/// The files that the comparisons read.
pub(super) const READ: [&str; 12] = [
    "action_lineage.csv",
    "action_titles.csv",
    "action_years.csv",
    "actions.csv",
    "budget_cells.csv",
    "event_participants.csv",
    "events.csv",
    "known_differences.csv",
    "municipalities.csv",
    "published_counts.csv",
    "published_municipality_counts.csv",
    "status_reports.csv",
];

/// Every comparison, in the order in which they are told.
pub(super) fn all(set: &DataSet) -> Vec<Check> {
    [
        dashboard,
        municipalities,
        titles,
        statuses,
        budget,
        years,
        participants,
    ]
    .iter()
    .flat_map(|check| check(set))
    .collect()
}

/// Whether a row of a file is one of those that a check compares.
pub(super) fn concerns(check: &Check, file: &str, row: &Row) -> bool {
    // A known difference that is gone names the check that found it, and its subject.
    let (name, subject) = match check.check {
        "known_difference" => check.subject.split_once(' ').unwrap_or_default(),
        name => (name, check.subject.as_str()),
    };
    let (first, last) = (
        subject.split('/').next().unwrap_or_default(),
        subject.rsplit('/').next().unwrap_or_default(),
    );
    let numbered = |column| format!("{}/{}", row.text("plan"), row.number(column)) == subject;
    match (name, file) {
        ("dashboard", "status_reports.csv") => row.text("round") == first,
        ("status_text" | "status_period", "status_reports.csv") => numbered("action"),
        ("budget", "budget_cells.csv") => {
            row.text("plan") == first && row.number("year").to_string() == last
        }
        ("budget_year", "budget_cells.csv") => {
            row.text("plan") == first && row.list("actions").any(|number| number == last)
        }
        ("action_title", "action_titles.csv")
        | ("budget_year" | "year_column", "action_years.csv") => numbered("number"),
        _ => false,
    }
}

fn compared(check: &'static str, subject: String, published: String, computed: String) -> Check {
    Check {
        check,
        subject,
        published,
        computed,
        outcome: Outcome::Equal,
    }
}

/// The 42 cells of the dashboard, computed from the actions and their reports.
fn dashboard(set: &DataSet) -> Vec<Check> {
    let line_of: BTreeMap<&str, i64> = set
        .rows("actions.csv")
        .iter()
        .map(|action| (action.subject_key.as_str(), action.number("line")))
        .collect();
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for report in set.rows("status_reports.csv") {
        let action = format!("{}/{}", report.text("plan"), report.number("action"));
        let line = line_of.get(action.as_str()).copied().unwrap_or_default();
        for place in [line.to_string(), "TOTAL".to_owned()] {
            for measure in [report.text("status"), "TOTAL"] {
                let cell = format!("{}/{place}/{measure}", report.text("round"));
                *counts.entry(cell).or_default() += 1;
            }
        }
    }
    set.rows("published_counts.csv")
        .iter()
        .map(|cell| {
            let computed = counts.get(&cell.subject_key).copied().unwrap_or_default();
            compared(
                "dashboard",
                cell.subject_key.clone(),
                cell.number("value").to_string(),
                computed.to_string(),
            )
        })
        .collect()
}

fn municipalities(set: &DataSet) -> Vec<Check> {
    set.rows("published_municipality_counts.csv")
        .iter()
        .filter_map(|published| {
            let day = published.day("day")?;
            let exist = set.rows("municipalities.csv").iter().filter(|row| {
                row.day("valid_from").is_none_or(|from| from <= day)
                    && row.day("valid_to").is_none_or(|to| to > day)
            });
            Some(compared(
                "municipalities",
                day.to_string(),
                published.number("count").to_string(),
                exist.count().to_string(),
            ))
        })
        .collect()
}

/// The share of words that two titles have in common, in thousandths.
fn likeness(a: &str, b: &str) -> usize {
    let words = |text: &str| -> BTreeSet<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 2)
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    shared * 1000 / a.union(&b).count().max(1)
}

/// Titles that two documents give to each other's numbers: each of two overview titles is most like
/// the letter's title of the other.
fn titles(set: &DataSet) -> Vec<Check> {
    let by_source = |document: &str| -> BTreeMap<String, &str> {
        set.rows("action_titles.csv")
            .iter()
            .filter(|row| row.text("source_document") == document)
            .map(|row| {
                (
                    format!("{}/{}", row.text("plan"), row.number("number")),
                    row.text("title_nl"),
                )
            })
            .collect()
    };
    let (overview, letter) = (by_source("monitoring-2025"), by_source("letter-28638-249"));
    let most_like = |action: &str| -> Option<&String> {
        let printed = overview.get(action)?;
        let likeness =
            |other: &String, title: &str| (likeness(printed, title), other.as_str() == action);
        letter
            .iter()
            .max_by_key(|(other, title)| likeness(other, title))
            .map(|(other, _)| other)
    };
    overview
        .iter()
        .filter_map(|(action, printed)| {
            let own = letter.get(action)?;
            let other = most_like(action)?;
            let swapped = other != action && most_like(other) == Some(action);
            let computed = if swapped { printed } else { own };
            Some(compared(
                "action_title",
                action.clone(),
                (*own).to_owned(),
                (*computed).to_owned(),
            ))
        })
        .collect()
}

/// Signals: a text that tells of a delay under a status that does not, and a finished action whose
/// period runs on. A signal never changes the reported status.
fn statuses(set: &DataSet) -> Vec<Check> {
    let action = |report: &Row| format!("{}/{}", report.text("plan"), report.number("action"));
    let mut checks = Vec::new();
    for report in set.rows("status_reports.csv") {
        let status = report.text("status");
        let period = report.text("period_text");
        let signals = ActionStatus::from_code(status).map_or_else(Vec::new, |status| {
            let period = (!period.is_empty()).then_some(period);
            signals(status, report.free_text.as_deref(), period)
        });
        let shown = if signals.contains(&ReportSignal::DelayInText) {
            ActionStatus::InProgressDelayed.code()
        } else {
            status
        };
        checks.push(compared(
            "status_text",
            action(report),
            status.to_owned(),
            shown.to_owned(),
        ));
        let shown = if signals.contains(&ReportSignal::PeriodAfterCompletion) {
            period
        } else {
            status
        };
        checks.push(compared(
            "status_period",
            action(report),
            status.to_owned(),
            shown.to_owned(),
        ));
    }
    checks
}

/// The figures of a budget as everybody compares them: each line and each total of one table beside
/// the sum of the rows below it. A dash and a blank say that there is no money: they differ from a
/// sum only when there is some.
fn budget(set: &DataSet) -> Vec<Check> {
    let rows = set.rows("budget_cells.csv");
    let plans: BTreeSet<&str> = rows.iter().map(|row| row.text("plan")).collect();
    let euros = |figure: Figure| figure.euros.unwrap_or_default().to_string();
    let mut checks = Vec::new();
    for plan in plans {
        let of_plan = rows.iter().filter(|row| row.text("plan") == plan);
        let cells: Vec<Cell<'_>> = of_plan.filter_map(budget_cell).collect();
        checks.extend(compare(&cells).into_iter().map(|one| {
            let key = one.key.to_owned();
            compared("budget", key, euros(one.published), euros(one.computed))
        }));
    }
    checks
}

/// A row of the budget as a plain value; none for one that a later version of the service wrote.
fn budget_cell(row: &Row) -> Option<Cell<'_>> {
    Some(Cell {
        key: &row.subject_key,
        sheet: BudgetSheet::from_code(row.text("sheet"))?,
        kind: BudgetRowKind::from_code(row.text("kind"))?,
        line: row.figure("line").and_then(|line| line.try_into().ok()),
        actions: row
            .list("actions")
            .filter_map(|number| number.parse().ok())
            .collect(),
        is_new: row.is("is_new"),
        year: row.number("year").try_into().ok()?,
        figure: Figure {
            state: BudgetState::from_code(row.text("state"))?,
            euros: row.figure("amount_euros"),
        },
    })
}

/// Years of an action: the money of the budget beside the printed statements of the same action,
/// and the year columns of the first plan beside its sentences.
fn years(set: &DataSet) -> Vec<Check> {
    let claims = set.rows("action_years.csv");
    let action = |row: &Row| format!("{}/{}", row.text("plan"), row.number("number"));
    let listed = |years: &BTreeSet<i64>| {
        let years: Vec<String> = years.iter().map(i64::to_string).collect();
        years.join(", ")
    };
    let planned = |of: &str, place: &dyn Fn(&str) -> bool, planned: &str| -> BTreeSet<i64> {
        claims
            .iter()
            .filter(|claim| action(claim) == of && place(claim.text("place")))
            .filter(|claim| claim.text("planned") == planned)
            .map(|claim| claim.number("year"))
            .collect()
    };
    let actions: BTreeSet<String> = claims.iter().map(action).collect();
    let mut checks = Vec::new();
    for of in &actions {
        let in_column = planned(of, &|place| place == "COLUMN", "YES");
        let in_text = planned(of, &|place| place == "TEXT", "YES");
        if !in_column.is_empty() && !in_text.is_empty() {
            checks.push(compared(
                "year_column",
                of.clone(),
                listed(&in_column),
                listed(&in_text),
            ));
        }
        let not_planned = planned(of, &|place| place != "COLUMN", "NO");
        let paid: BTreeSet<i64> = set
            .rows("budget_cells.csv")
            .iter()
            .filter(|cell| {
                cell.list("actions")
                    .any(|number| format!("{}/{number}", cell.text("plan")) == *of)
            })
            .filter(|cell| cell.number("amount_euros") > 0)
            .map(|cell| cell.number("year"))
            .collect();
        if !not_planned.is_empty() {
            let runs = planned(of, &|place| place != "COLUMN", "YES");
            checks.push(compared(
                "budget_year",
                of.clone(),
                listed(&paid),
                listed(&runs),
            ));
        }
    }
    checks
}

/// Lists of participants: the lines as printed beside the organisations among them.
fn participants(set: &DataSet) -> Vec<Check> {
    set.rows("events.csv")
        .iter()
        .map(|event| {
            let lines: Vec<&Row> = set
                .rows("event_participants.csv")
                .iter()
                .filter(|line| line.text("event") == event.subject_key)
                .collect();
            let partners: BTreeSet<&str> = lines
                .iter()
                .map(|line| line.text("partner"))
                .filter(|partner| !partner.is_empty())
                .collect();
            compared(
                "participants",
                event.subject_key.clone(),
                lines.len().to_string(),
                partners.len().to_string(),
            )
        })
        .collect()
}
