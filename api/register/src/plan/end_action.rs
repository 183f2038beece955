//! `endAction`.

use async_graphql::{Enum, InputObject, SimpleObject};
use chrono::{Datelike as _, Days, NaiveDate};
use entity::{action, action_relation, budget_cell, monitoring_round, status_report};
use graphql::{
    change::{Call, Change, Outcome, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
    warning::{Warning, WarningCode, text_warnings},
};

use super::{
    action::Action,
    codes::action_mistake,
    plan_action::LONGEST_TITLE,
    repo::{self, Ending},
    report::last_words,
};
use crate::sources::input::{SourceInput, source_mistakes};
use domain::{
    mistake::{Mistake, existing_or_outdated, outdated, text_mistakes},
    plan::rules::{self, ActionStatus},
    policy::{self, MayManagePlan},
};

/// What can be wrong with the end of an action. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndActionErrorCode {
    /// The plan has no action of that number. NL: onbekende actie.
    UnknownAction,
    /// The action has an end already, and no version of it was expected. NL: al beëindigd.
    AlreadyEnded,
    /// The last day lies outside the plan, 2023 to 2027. NL: dag buiten het plan.
    DayOutsidePlan,
    /// A reason is empty or too long. NL: verkeerde lengte.
    TextLength,
    /// A reason holds a citizen service number or an e-mail address. NL: persoonsgegevens.
    PersonalData,
    /// There is no source document of that key, or the place in it is no place. NL: onbekende bron.
    UnknownSource,
    /// The action was changed since the version that you expected. NL: intussen gewijzigd.
    Conflict,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

user_error! {
    /// A mistake in the end of an action. NL: fout bij het beëindigen van een actie.
    EndActionError, EndActionErrorCode
}

/// An action that ends. Its reports, budget and partners stay readable. NL: te beëindigen actie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct EndActionInput {
    /// The plan version. NL: planversie.
    #[graphql(default = "2024")]
    plan: String,
    /// The number of the action. NL: actienummer.
    action: i32,
    /// The last day on which it runs; it may lie ahead. NL: laatste dag.
    last_day: NaiveDate,
    /// Why it ends, in Dutch, at most 500 characters. NL: reden.
    reason_nl: String,
    /// Why it ends, in English, at most 500 characters. NL: reden in het Engels.
    reason_en: String,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `version` of the action that you saw last; needed to change an end. NL: verwachte
    /// versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of the end of an action. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct EndActionPayload {
    /// The action; null when it was not ended. NL: actie.
    pub(super) action: Option<Action>,
    /// What to look at; the end stands. NL: waarschuwingen.
    pub(super) warnings: Vec<Warning>,
    /// What to repair; empty when it was ended. NL: fouten.
    pub(super) errors: Vec<EndActionError>,
}

type Code = EndActionErrorCode;

/// The action that ended, and what to look at.
pub(super) struct Ended {
    pub(super) key: String,
    pub(super) warnings: Vec<Warning>,
}

impl Outcome for Ended {
    fn read(key: String) -> Option<Self> {
        Some(Self {
            key,
            warnings: Vec::new(),
        })
    }
}

/// Ends an action.
pub(super) async fn end(
    request: &RequestContext,
    input: &EndActionInput,
) -> Result<Ended, Stopped<Code>> {
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
    if let Some(row) = &before {
        let (expected, version) = (input.expected_version, row.ledger_no);
        mistakes.extend(match row.valid_to {
            Some(_) => {
                let codes = (Code::AlreadyEnded, Code::Conflict);
                existing_or_outdated(&["action"], expected, version, codes)
            }
            None => outdated(expected, version, Code::Conflict),
        });
    }
    if !(2023..=2027).contains(&input.last_day.year()) {
        mistakes.push(Mistake::at(
            Code::DayOutsidePlan,
            &["lastDay"],
            "Het plan loopt van 2023 tot en met 2027.",
            "The plan runs from 2023 to 2027.",
        ));
    }
    let codes = (Code::TextLength, Code::PersonalData);
    let reasons = [
        ("reasonNl", &input.reason_nl),
        ("reasonEn", &input.reason_en),
    ];
    for (field, reason) in reasons {
        mistakes.extend(text_mistakes(&[field], Some(reason), LONGEST_TITLE, codes));
    }
    mistakes
        .extend(source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?);
    stop_at(mistakes)?;
    let mut warnings = warnings(&change, input).await?;
    for (field, reason) in reasons {
        warnings.extend(text_warnings([([field].as_slice(), Some(reason.as_str()))]));
    }
    if let Some(before) = before {
        let ending = Ending {
            until: input.last_day + Days::new(1),
            reason_nl: input.reason_nl.trim().to_owned(),
            reason_en: input.reason_en.trim().to_owned(),
            source: input.source.pair(),
        };
        repo::append_ending(&mut change.writer, &change.permit, &before, ending).await?;
    }
    let key = change.seal(request, key).await?;
    Ok(Ended { key, warnings })
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
    let status = rules::last_status(&last_words(rounds, reports, own));
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
        .filter(|cell| cell.year > input.last_day.year() && cell.amount_euros > Some(0))
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
