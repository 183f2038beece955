//! `recordPlanVersion`, `withdrawPlanVersion`: a version of the plan and how far it is, by a
//! document; one that was recorded by mistake, and on which nothing rests, is taken back.

use async_graphql::InputObject;
use entity::{action, action_line, budget_cell, monitoring_round, motion_answer, plan_version};

use super::{
    errors::{PlanVersionError, PlanVersionErrorCode as Code},
    outline_repo::{self as repo, NewVersion},
    plan_action::LONGEST_TITLE,
    version::PlanVersion,
};
use crate::sources::input::{SourceInput, data_set_mistake, source_mistakes};
use domain::{
    mistake::{Mistake, VersionCodes, existing_or_outdated, outdated, text_mistakes},
    plan::codes::PlanState,
    policy::{self, MayManagePlan},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};

/// A version of the plan as a document tells of it. NL: vast te leggen planversie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordPlanVersionInput {
    /// The year of the version, four digits, as in `2024`. NL: sleutel.
    key: String,
    /// The title in Dutch, at most 500 characters. NL: titel.
    title_nl: String,
    /// The title in English, at most 500 characters. NL: titel in het Engels.
    title_en: String,
    /// How far the version is. NL: stand van de versie.
    state: Coded<PlanState>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the version that you saw last; null or left out when you saw none, for a new
    /// one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a version of the plan. NL: resultaat.
    RecordPlanVersionPayload {
        /// The version; null when it was not recorded. NL: planversie.
        plan: PlanVersion,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: PlanVersionError,
    }
}

/// Records a version of the plan; gives its key.
pub(super) async fn record(
    request: &RequestContext,
    input: &RecordPlanVersionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("recordPlanVersion", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let versions = change.known::<plan_version::Entity>().await?;
    let before = versions.iter().find(|row| row.key == input.key).cloned();
    let mut mistakes = Vec::new();
    if input.key.len() != 4 || !input.key.bytes().all(|b| b.is_ascii_digit()) {
        mistakes.push(Mistake::at(
            Code::InvalidKey,
            &["key"],
            "De sleutel van een planversie is een jaar, zoals 2024.",
            "The key of a plan version is a year, as in 2024.",
        ));
    }
    for (field, title) in [("titleNl", &input.title_nl), ("titleEn", &input.title_en)] {
        mistakes.extend(text_mistakes(
            &[field],
            Some(title),
            LONGEST_TITLE,
            Code::TextLength,
        ));
    }
    let version = before.as_ref().map_or(0, |row| row.ledger_no);
    let codes = VersionCodes::new(Code::AlreadyExists, Code::Conflict);
    mistakes.extend(existing_or_outdated(
        &["key"],
        input.expected_version,
        version,
        codes,
    ));
    mistakes
        .extend(source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?);
    stop_at(mistakes)?;
    let new = NewVersion {
        key: input.key.clone(),
        title_nl: input.title_nl.trim().to_owned(),
        title_en: input.title_en.trim().to_owned(),
        state: input.state.0.code(),
        source: input.source.pair(),
    };
    let Change { writer, permit, .. } = &mut change;
    repo::append_version(writer, permit, new, before.as_ref()).await?;
    Ok(change.seal(request, &input.key).await?)
}

/// A version of the plan that was recorded by mistake, and on which nothing rests. NL: in te
/// trekken planversie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawPlanVersionInput {
    /// The key of the version, as in `2024`. NL: sleutel.
    key: String,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the version that you saw last; null or left out, the last word wins. NL:
    /// verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of withdrawing a version of the plan. NL: resultaat.
    WithdrawPlanVersionPayload {
        /// The key of the version; null when it was not withdrawn. NL: ingetrokken planversie.
        withdrawn: String,
        /// What to repair; empty when it was withdrawn. NL: fouten.
        errors: PlanVersionError,
    }
}

/// Takes a version of the plan back; gives its key.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawPlanVersionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawPlanVersion", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let mut mistakes =
        source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?;
    let versions = change.known::<plan_version::Entity>().await?;
    let keys = versions.iter().map(|row| row.key.as_str());
    let what = ("planversie", "plan version");
    let unknown = Mistake::unknown(Code::UnknownPlan, &["key"], what, &input.key, keys);
    mistakes.extend(unknown);
    let found = versions.iter().find(|row| row.key == input.key).cloned();
    if let Some(version) = &found {
        mistakes.extend(outdated(
            input.expected_version,
            version.ledger_no,
            Code::Conflict,
        ));
        mistakes.extend(in_use(&change, &version.key).await?);
        let subject = ("PlanVersion", version.key.as_str());
        let session = change.session();
        mistakes.extend(data_set_mistake(session, subject, "key", Code::OfDataSet).await?);
    }
    let Some(before) = found.filter(|_| mistakes.is_empty()) else {
        return Err(Stopped::Wrong(mistakes));
    };
    let Change { writer, permit, .. } = &mut change;
    repo::take_version(writer, permit, &before, input.source.pair()).await?;
    Ok(change.seal(request, &input.key).await?)
}

/// That a version has lines, actions, rounds or money, or that a motion is answered in it.
async fn in_use(
    change: &Change<MayManagePlan>,
    plan: &str,
) -> Result<Option<Mistake<Code>>, Stopped<Code>> {
    let lines = change.known::<action_line::Entity>().await?;
    let actions = change.known::<action::Entity>().await?;
    let rounds = change.known::<monitoring_round::Entity>().await?;
    let cells = change.known::<budget_cell::Entity>().await?;
    let answers = change.known::<motion_answer::Entity>().await?;
    let is_used = lines.iter().any(|row| row.plan == plan)
        || actions.iter().any(|row| row.plan == plan)
        || rounds.iter().any(|row| row.plan == plan)
        || cells.iter().any(|row| row.plan == plan)
        || answers.iter().any(|row| row.plan == plan);
    Ok(is_used.then(|| {
        Mistake::at(
            Code::InUse,
            &["key"],
            "Deze planversie heeft actielijnen, acties, monitoringsrondes of geld, of er wordt een \
             motie of toezegging in uitgevoerd.",
            "This plan version has lines, actions, monitoring rounds or money, or a motion or \
             commitment is answered in it.",
        )
    }))
}
