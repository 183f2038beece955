//! `openReportingPeriod`.

use async_graphql::InputObject;

use super::{
    errors::{ReportingPeriodError, ReportingPeriodErrorCode as Code},
    repo::{self, NewPeriod},
    schema::ReportingPeriod,
};
use database::{DbError, Session};
use domain::{framework::key::PeriodKey, mistake::Mistake, policy, verdict::rules::EditionState};
use graphql::{
    change::{Call, Change, Stopped},
    context::RequestContext,
    date::Date,
    payload,
    payload::IdempotencyKey,
};
use ledger::judge::inputs;

/// A period to open. Deadlines are whole days in Europe/Amsterdam, inclusive. NL: te openen
/// periode.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct OpenReportingPeriodInput {
    /// A year and a number within it, as in `2026-2`. NL: sleutel.
    key: String,
    /// The edition to report under, by code. NL: editie.
    edition: String,
    /// The first day on which municipalities can hand in. From 2018-01-01 to 2099-12-31. NL:
    /// opening.
    opens_on: Date,
    /// The last day on which handing in is on time. From 2018-01-01 to 2099-12-31. NL: uiterste
    /// datum.
    deadline_on: Date,
    /// The last day on which handing in is possible. From 2018-01-01 to 2099-12-31. NL: sluiting.
    last_day: Date,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a period. NL: resultaat.
    OpenReportingPeriodPayload {
        /// The period; null when it was not opened. NL: periode.
        period: ReportingPeriod,
        /// What to repair; empty when it was opened. NL: fouten.
        errors: ReportingPeriodError,
    }
}

/// Opens a period; gives its key.
pub(super) async fn open(
    request: &RequestContext,
    input: &OpenReportingPeriodInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("openReportingPeriod", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let period = PeriodKey::parse(&input.key);
    let mistakes = mistakes(change.session(), input, period.as_ref()).await?;
    let Some(period) = period.filter(|_| mistakes.is_empty()) else {
        return Err(Stopped::Wrong(mistakes));
    };
    let new = NewPeriod {
        key: period,
        edition: input.edition.clone(),
        opens_on: input.opens_on.0,
        deadline_on: input.deadline_on.0,
        closes_on: input.last_day.0,
    };
    repo::append_period(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, new.key.as_str()).await?)
}

/// What is wrong with a period; `period` is its key, when it is one.
async fn mistakes(
    session: &Session,
    input: &OpenReportingPeriodInput,
    period: Option<&PeriodKey>,
) -> Result<Vec<Mistake<Code>>, DbError> {
    let mut mistakes = Vec::new();
    match period {
        None => mistakes.push(Mistake::at(
            Code::InvalidKey,
            &["key"],
            "De code van een periode is een jaar en een volgnummer, zoals 2026-2.",
            "A period is named by a year and a number, as in 2026-2.",
        )),
        Some(key) if repo::find_period(session, key).await?.is_some() => {
            mistakes.push(Mistake::at(
                Code::AlreadyExists,
                &["key"],
                "Deze periode bestaat al.",
                "This period exists already.",
            ))
        }
        Some(_) => {}
    }
    match inputs::edition(session, &input.edition).await? {
        None => mistakes.push(Mistake::at(
            Code::UnknownEdition,
            &["edition"],
            "Deze editie is niet bekend.",
            "This edition is not known.",
        )),
        Some(edition) if edition.state == EditionState::Retired => mistakes.push(Mistake::at(
            Code::EditionRetired,
            &["edition"],
            "Deze editie is vervallen.",
            "This edition is retired.",
        )),
        Some(_) => {}
    }
    if input.deadline_on.0 < input.opens_on.0 || input.last_day.0 < input.deadline_on.0 {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["deadlineOn"],
            "Opening, uiterste datum en sluiting moeten op elkaar volgen.",
            "Opening, deadline and closing must follow each other.",
        ));
    }
    if input.last_day.0 < session.today() {
        mistakes.push(Mistake::at(
            Code::DateInPast,
            &["lastDay"],
            "De sluiting ligt in het verleden.",
            "The closing lies in the past.",
        ));
    }
    Ok(mistakes)
}
