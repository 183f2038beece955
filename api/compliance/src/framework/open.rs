//! `openReportingPeriod`.

use async_graphql::{Enum, InputObject, SimpleObject};
use chrono::NaiveDate;

use super::{
    repo::{self, NewPeriod},
    schema::ReportingPeriod,
};
use crate::verdict;
use domain::{framework::key::PeriodKey, mistake::Mistake, policy, verdict::rules::EditionState};
use graphql::{
    change::{Call, Change, Stopped},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};

/// What can be wrong with a period. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OpenReportingPeriodErrorCode {
    /// The key is not a year, a hyphen and a number. NL: verkeerde sleutel.
    InvalidKey,
    /// There is a period of that key. NL: bestaat al.
    AlreadyExists,
    /// There is no such edition, or no rules for it. NL: onbekende editie.
    UnknownEdition,
    /// A later edition has taken its place. NL: vervallen editie.
    EditionRetired,
    /// Opening, deadline and closing are not in that order. NL: verkeerde volgorde.
    DatesOutOfOrder,
    /// The closing lies in the past. NL: sluiting in het verleden.
    ClosesInThePast,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

user_error! {
    /// A mistake in a period. NL: fout bij het openen van een periode.
    OpenReportingPeriodError, OpenReportingPeriodErrorCode
}

/// A period to open. Deadlines are whole days in Europe/Amsterdam, inclusive. NL: te openen
/// periode.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct OpenReportingPeriodInput {
    /// A year and a number within it, as in `2026-2`. NL: sleutel.
    key: String,
    /// The edition to report under, by code. NL: editie.
    edition: String,
    /// The first day on which municipalities can hand in. NL: opening.
    opens_on: NaiveDate,
    /// The last day on which handing in is on time. NL: uiterste datum.
    deadline_on: NaiveDate,
    /// The last day on which handing in is possible. NL: sluiting.
    closes_on: NaiveDate,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a period. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct OpenReportingPeriodPayload {
    /// The period; null when it was not opened. NL: periode.
    pub(super) period: Option<ReportingPeriod>,
    /// What to repair; empty when it was opened. NL: fouten.
    pub(super) errors: Vec<OpenReportingPeriodError>,
}

type Code = OpenReportingPeriodErrorCode;

/// Opens a period; gives its key.
pub(super) async fn open(
    request: &RequestContext,
    input: &OpenReportingPeriodInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("openReportingPeriod", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let mut mistakes = Vec::new();
    let period = PeriodKey::parse(&input.key);
    match &period {
        None => mistakes.push(Mistake::at(
            Code::InvalidKey,
            &["key"],
            "Een periode heet naar een jaar en een nummer, zoals 2026-2.",
            "A period is named by a year and a number, as in 2026-2.",
        )),
        Some(key) if repo::find_period(change.session(), key).await?.is_some() => {
            mistakes.push(Mistake::at(
                Code::AlreadyExists,
                &["key"],
                "Deze periode bestaat al.",
                "This period exists already.",
            ))
        }
        Some(_) => {}
    }
    match verdict::repo::edition(change.session(), &input.edition).await? {
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
    if input.deadline_on < input.opens_on || input.closes_on < input.deadline_on {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["deadlineOn"],
            "Opening, uiterste datum en sluiting moeten op elkaar volgen.",
            "Opening, deadline and closing must follow each other.",
        ));
    }
    if input.closes_on < change.session().today() {
        mistakes.push(Mistake::at(
            Code::ClosesInThePast,
            &["closesOn"],
            "De sluiting ligt in het verleden.",
            "The closing lies in the past.",
        ));
    }
    let Some(period) = period.filter(|_| mistakes.is_empty()) else {
        return Err(Stopped::Wrong(mistakes));
    };
    let new = NewPeriod {
        key: period,
        edition: input.edition.clone(),
        opens_on: input.opens_on,
        deadline_on: input.deadline_on,
        closes_on: input.closes_on,
    };
    repo::append_period(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, new.key.as_str()).await?)
}
