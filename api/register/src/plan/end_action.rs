//! `endAction`.

use async_graphql::InputObject;
use chrono::{Datelike as _, Days};
use entity::{action, action_relation, budget_cell, monitoring_round, status_report};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    date::Date,
    payload,
    payload::IdempotencyKey,
    warning::{Warning, WarningCode},
};

use super::{
    action::Action,
    codes::action_mistake,
    errors::{ActionError, ActionErrorCode},
    plan_action::LONGEST_TITLE,
    repo::{self, Ending},
    report::last_words,
};
use crate::sources::input::{SourceInput, source_mistakes};
use domain::{
    mistake::{Mistake, VersionCodes, existing_or_outdated, outdated, text_mistakes},
    plan::{
        CURRENT_PLAN,
        rules::{self, ActionStatus},
    },
    policy::{self, MayManagePlan},
};

/// An action that ends. Its reports, budget and partners stay readable. NL: te beëindigen actie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct EndActionInput {
    /// The plan version. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The number of the action. NL: actienummer.
    action: i32,
    /// The last day on which it runs; it may lie ahead. From 2018-01-01 to 2099-12-31. NL: laatste
    /// dag.
    last_day: Date,
    /// Why it ends, in Dutch, at most 500 characters. NL: reden.
    reason_nl: String,
    /// Why it ends, in English, at most 500 characters. NL: reden in het Engels.
    reason_en: String,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the action that you saw last; needed to change an end. NL: verwachte
    /// versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of the end of an action. NL: resultaat.
    EndActionPayload {
        /// The action; null when it was not ended. NL: actie.
        action: Action,
        /// What to repair; empty when it was ended. NL: fouten.
        errors: ActionError,
    }
}

type Code = ActionErrorCode;

/// Ends an action; gives its key, and warns of what the end leaves behind.
pub(super) async fn end(
    request: &RequestContext,
    input: &EndActionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("endAction", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let mut mistakes = Vec::new();
    let actions = change.known::<action::Entity>().await?;
    mistakes.extend(action_mistake(
        &input.plan,
        input.action,
        actions,
        Code::UnknownAction,
    ));
    let key = format!("{}/{}", input.plan, input.action);
    let before = actions.iter().find(|row| row.subject_key == key).cloned();
    let version = |row| version_mistake(input.expected_version, row);
    mistakes.extend(before.as_ref().and_then(version));
    mistakes.extend(form_mistakes(input));
    mistakes
        .extend(source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?);
    stop_at(mistakes)?;
    request.warn(warnings(&change, input).await?);
    if let Some(before) = before {
        let ending = Ending {
            until: input.last_day.0 + Days::new(1),
            reason_nl: input.reason_nl.trim().to_owned(),
            reason_en: input.reason_en.trim().to_owned(),
            source: input.source.pair(),
        };
        repo::append_ending(&mut change.writer, &change.permit, &before, ending).await?;
    }
    Ok(change.seal(request, key).await?)
}

/// The reasons at their places in the input.
fn reasons(input: &EndActionInput) -> [(&'static str, &str); 2] {
    [
        ("reasonNl", &input.reason_nl),
        ("reasonEn", &input.reason_en),
    ]
}

/// That the action is another than the caller thinks. Who ends it first need not name its version;
/// who changes an end does.
fn version_mistake(expected: Option<i64>, before: &action::Model) -> Option<Mistake<Code>> {
    let version = before.ledger_no;
    if before.valid_to.is_none() {
        return outdated(expected, version, Code::Conflict);
    }
    let codes = VersionCodes::new(Code::AlreadyEnded, Code::Conflict);
    existing_or_outdated(&["action"], expected, version, codes)
}

/// What is wrong with the input itself.
fn form_mistakes(input: &EndActionInput) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if !(2023..=2027).contains(&input.last_day.0.year()) {
        mistakes.push(Mistake::at(
            Code::OutsidePlan,
            &["lastDay"],
            "Het plan loopt van 2023 tot en met 2027.",
            "The plan runs from 2023 to 2027.",
        ));
    }
    for (field, reason) in reasons(input) {
        mistakes.extend(text_mistakes(
            &[field],
            Some(reason),
            LONGEST_TITLE,
            Code::TextLength,
        ));
    }
    mistakes
}

/// What the end leaves behind: actions that wait for this one, and money of later years.
async fn warnings(
    change: &Change<MayManagePlan>,
    input: &EndActionInput,
) -> Result<Vec<Warning>, Stopped<Code>> {
    let mut warnings = Vec::new();
    let rounds = change.known::<monitoring_round::Entity>().await?;
    let reports = change.known::<status_report::Entity>().await?;
    let own = (input.plan.as_str(), input.action);
    let status = rules::last_status(&last_words(rounds, reports, own.0, own.1));
    if status != Some(ActionStatus::Completed) {
        for row in change.known::<action_relation::Entity>().await? {
            if row.kind != "STARTS_AFTER" || (row.to_plan.as_str(), row.to_number) != own {
                continue;
            }
            warnings.push(Warning::at(
                WarningCode::AnotherStartsAfter,
                &["action"],
                format!(
                    "Actie {} start na deze actie, en die is niet afgerond.",
                    row.number
                ),
                format!(
                    "Action {} starts after this one, which is not completed.",
                    row.number
                ),
            ));
        }
    }
    let number = input.action.to_string();
    let mut years: Vec<i32> = change
        .known::<budget_cell::Entity>()
        .await?
        .iter()
        .filter(|cell| cell.plan == input.plan && cell.actions.contains(&number))
        .filter(|cell| cell.year > input.last_day.0.year() && cell.amount_euros > Some(0))
        .map(|cell| cell.year)
        .collect();
    years.dedup();
    for year in years {
        warnings.push(Warning::at(
            WarningCode::MoneyAfterEnd,
            &["lastDay"],
            format!("De begroting heeft in {year} geld voor deze actie."),
            format!("The budget has money for this action in {year}."),
        ));
    }
    Ok(warnings)
}
