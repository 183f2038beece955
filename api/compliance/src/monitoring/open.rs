//! `openMonitoringRound`.

use async_graphql::InputObject;

use super::{
    errors::{MonitoringRoundError, MonitoringRoundErrorCode as Code},
    repo::{self, NewRound},
    schema::OpenRound,
};
use database::{DbError, Session};
use domain::{
    mistake::{Mistake, text_mistakes},
    monitoring::rules::LONGEST_LINE,
    plan::CURRENT_PLAN,
    policy,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    date::Date,
    payload,
    payload::IdempotencyKey,
};

/// A round to open. NL: te openen ronde.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct OpenMonitoringRoundInput {
    /// A year and a number within it, as in `2026-1`. NL: sleutel.
    key: String,
    /// The plan version that is reported on. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The title in Dutch, at most 500 characters. NL: titel.
    title_nl: String,
    /// The title in English, at most 500 characters. NL: titel in het Engels.
    title_en: String,
    /// The first day that the round tells of. From 2018-01-01 to 2099-12-31. NL: eerste dag.
    date_earliest: Date,
    /// The last day that the round tells of; its statuses count from here. From 2018-01-01 to
    /// 2099-12-31. NL: laatste dag.
    date_latest: Date,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a round. NL: resultaat.
    OpenMonitoringRoundPayload {
        /// The round; null when it was not opened. NL: ronde.
        round: OpenRound,
        /// What to repair; empty when it was opened. NL: fouten.
        errors: MonitoringRoundError,
    }
}

/// Opens a round; gives its key.
pub(super) async fn open(
    request: &RequestContext,
    input: &OpenMonitoringRoundInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("openMonitoringRound", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    stop_at(mistakes(change.session(), input).await?)?;
    let new = NewRound {
        key: input.key.clone(),
        plan: input.plan.clone(),
        title_nl: input.title_nl.clone(),
        title_en: input.title_en.clone(),
        date_earliest: input.date_earliest.0,
        date_latest: input.date_latest.0,
    };
    repo::append_round(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, &input.key).await?)
}

async fn mistakes(
    session: &Session,
    input: &OpenMonitoringRoundInput,
) -> Result<Vec<Mistake<Code>>, DbError> {
    let mut mistakes = Vec::new();
    if !is_round_key(&input.key) {
        mistakes.push(Mistake::at(
            Code::InvalidKey,
            &["key"],
            "De code van een ronde is een jaar en een volgnummer, zoals 2026-1.",
            "A round is named by a year and a number, as in 2026-1.",
        ));
    } else if repo::find_round(session, &input.key).await?.is_some() {
        mistakes.push(Mistake::at(
            Code::AlreadyExists,
            &["key"],
            "Deze ronde bestaat al.",
            "This round exists already.",
        ));
    }
    let open = repo::open_rounds(session).await?;
    if let Some(other) = open.iter().find(|round| round.plan == input.plan) {
        mistakes.push(Mistake::at(
            Code::AnotherIsOpen,
            &["plan"],
            format!("Ronde {} is nog open; sluit die eerst.", other.key),
            format!("Round {} is still open; close it first.", other.key),
        ));
    }
    if !repo::plan_exists(session, &input.plan).await? {
        mistakes.push(Mistake::at(
            Code::UnknownPlan,
            &["plan"],
            "Deze planversie is niet bekend.",
            "This plan version is not known.",
        ));
    }
    if input.date_earliest.0 > input.date_latest.0 {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["dateLatest"],
            "De eerste dag ligt na de laatste.",
            "The first day is after the last.",
        ));
    }
    for (field, title) in [("titleNl", &input.title_nl), ("titleEn", &input.title_en)] {
        mistakes.extend(text_mistakes(
            &[field],
            Some(title),
            LONGEST_LINE,
            Code::TextLength,
        ));
    }
    Ok(mistakes)
}

/// A year and a number within it, as in `2026-1`.
fn is_round_key(key: &str) -> bool {
    key.split_once('-').is_some_and(|(year, number)| {
        year.len() == 4
            && year.bytes().all(|b| b.is_ascii_digit())
            && (1..=2).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && !number.starts_with('0')
    })
}
