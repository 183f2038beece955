//! What the columns of one row say of each other, and the criteria of an edition. Here it is told
//! with file and line before anything is changed; most of it the tables hold as constraints too.

use serde_json::Value;

use super::files::Row;
use domain::{framework::rules::policy_order, personal_data::personal_data};

/// What is wrong with an edition: that BB-02 is required in it and BB-01 is not.
pub(super) fn policy_mistake(edition: &Row, criteria: &[Row]) -> Option<String> {
    let code = edition.text("code");
    let own = criteria.iter().filter(|row| row.text("edition") == code);
    let required = own.filter(|row| row.is("required"));
    let required: Vec<&str> = required.map(|row| row.text("code")).collect();
    policy_order(&required).map(|what| format!("{code}: {}", what.en))
}

/// Two days or figures that must not stand the other way round.
const IN_ORDER: [(&str, &str); 5] = [
    ("date_earliest", "date_latest"),
    ("starts_on", "deadline_on"),
    ("valid_from", "valid_to"),
    ("year_from", "year_to"),
    ("value", "value_to"),
];

/// The texts of a row with their columns; one that is kept apart stands there as `explanation`.
pub(super) fn texts(row: &Row) -> impl Iterator<Item = (&str, &str)> {
    let of_columns = row.values.iter().flat_map(|(column, value)| {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let texts = items.iter().filter_map(Value::as_str);
        texts.map(move |text| (column.as_str(), text))
    });
    let apart = row.free_text.as_deref();
    of_columns.chain(apart.map(|text| ("explanation", text)))
}

/// What contradicts itself in a row, and what in it would identify a person.
pub(super) fn contradictions(file: &str, row: &Row) -> Vec<String> {
    let has = |column: &str| row.values.contains_key(column);
    let is = |column: &str, code: &str| row.text(column) == code;
    let mut wrong = Vec::new();
    for (column, text) in texts(row) {
        if let Some(found) = personal_data(text) {
            wrong.push(format!("{column}: {}", found.refusal().1));
        }
    }
    for (low, high) in IN_ORDER {
        let days = row.day(low).zip(row.day(high));
        let figures = row.figure(low).zip(row.figure(high));
        if days.is_some_and(|(low, high)| low > high)
            || figures.is_some_and(|(low, high)| low > high)
        {
            wrong.push(format!("{low} is after {high}"));
        }
    }
    // The first column is there if and only if the condition holds.
    let mut only_if = |column: &str, condition: bool, when: &str| {
        if has(column) != condition {
            wrong.push(format!("{column} belongs to {when}, and to nothing else"));
        }
    };
    match file {
        "plan_steps.csv" => only_if("state", is("kind", "STATE"), "a step of kind STATE"),
        "action_results.csv" => {
            only_if("value", is("kind", "FIGURE"), "a result of kind FIGURE");
            only_if("value", !is("qualifier", "NONE"), "a qualifier");
            only_if("value_to", is("qualifier", "RANGE"), "the qualifier RANGE");
        }
        "goal_targets.csv" => {
            only_if(
                "value_to",
                is("direction", "BETWEEN"),
                "the direction BETWEEN",
            );
        }
        "measurements.csv" => only_if("value", is("state", "REPORTED"), "the state REPORTED"),
        "national_figures.csv" => {
            only_if("value", !is("qualifier", "NONE"), "a qualifier");
            only_if(
                "direction",
                is("kind", "TREND") || is("kind", "VISIBILITY"),
                "a figure of kind TREND or VISIBILITY",
            );
            only_if(
                "reason_nl",
                is("kind", "UNKNOWN"),
                "a figure of kind UNKNOWN",
            );
            let visible = ["MORE_VISIBLE", "HARDLY_VISIBLE"].contains(&row.text("direction"));
            if has("direction") && visible != is("kind", "VISIBILITY") {
                wrong.push("MORE_VISIBLE and HARDLY_VISIBLE belong to VISIBILITY".to_owned());
            }
        }
        "budget_cells.csv" => {
            let printed = is("state", "AMOUNT") || is("state", "ZERO");
            only_if("amount_euros", printed, "a printed amount or zero");
            only_if("printed", !is("state", "BLANK"), "a cell that is not blank");
            if printed && (row.figure("amount_euros") == Some(0)) != is("state", "ZERO") {
                wrong.push("amount_euros is 0 if and only if a zero is printed".to_owned());
            }
        }
        "operational_goals.csv"
            if row.is("is_overarching") != (row.figure("number") == Some(0)) =>
        {
            wrong.push("number is 0 if and only if the goal is overarching".to_owned());
        }
        "funding.csv" if row.is("counts") && !(is("kind", "BASE") || is("kind", "EXTRA")) => {
            wrong.push("money of kind OTHER or REJECTED does not count".to_owned());
        }
        "action_partners.csv" if has("implementation") && !is("role", "IMPLEMENTER") => {
            wrong.push("implementation belongs to the role IMPLEMENTER".to_owned());
        }
        _ => {}
    }
    wrong
}
