//! `rescheduleReportingPeriod`: the days of a period change, as a fact in the place of the one
//! before.
//!
//! A day that has passed stays as it was: a period that has opened keeps its opening, and one that
//! has closed keeps all.

use async_graphql::InputObject;
use chrono::NaiveDate;

use super::{
    errors::{ReportingPeriodError, ReportingPeriodErrorCode as Code},
    repo::{self, NewDays},
    schema::ReportingPeriod,
};
use domain::{
    framework::key::PeriodKey,
    mistake::{Mistake, text_mistakes},
    policy,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    date::Date,
    payload,
    payload::IdempotencyKey,
};

/// Characters of a reason.
const LONGEST_REASON: usize = 500;

/// New days of a period; those that are left out, or null, stay as they are: a period always has
/// all three. NL: te verzetten periode.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RescheduleReportingPeriodInput {
    /// The key of the period. NL: periode.
    period: String,
    /// The first day on which municipalities can hand in. From 2018-01-01 to 2099-12-31. NL:
    /// opening.
    opens_on: Option<Date>,
    /// The last day on which handing in is on time. From 2018-01-01 to 2099-12-31. NL: uiterste
    /// datum.
    deadline_on: Option<Date>,
    /// The last day on which handing in is possible. From 2018-01-01 to 2099-12-31. NL: sluiting.
    last_day: Option<Date>,
    /// Why, in Dutch, 1 to 500 characters; everybody may read it. NL: reden.
    reason: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of the new days. NL: resultaat.
    RescheduleReportingPeriodPayload {
        /// The period as it stands now; null when nothing changed. NL: periode.
        period: ReportingPeriod,
        /// What to repair; empty when the days were changed. NL: fouten.
        errors: ReportingPeriodError,
    }
}

/// Changes the days of a period; gives its key.
pub(super) async fn reschedule(
    request: &RequestContext,
    input: &RescheduleReportingPeriodInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("rescheduleReportingPeriod", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let found = match PeriodKey::parse(&input.period) {
        Some(key) => repo::find_period(change.session(), &key).await?,
        None => None,
    };
    let Some(row) = found else {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::UnknownPeriod,
            &["period"],
            "Deze periode is niet bekend.",
            "This period is not known.",
        )]));
    };
    let before = NewDays {
        opens_on: row.opens_on,
        deadline_on: row.deadline_on,
        closes_on: row.closes_on,
    };
    let after = NewDays {
        opens_on: input.opens_on.map_or(row.opens_on, NaiveDate::from),
        deadline_on: input.deadline_on.map_or(row.deadline_on, NaiveDate::from),
        closes_on: input.last_day.map_or(row.closes_on, NaiveDate::from),
    };
    let mut mistakes = mistakes(before, after, change.session().today());
    let reason = Some(input.reason.as_str());
    mistakes.extend(text_mistakes(
        &["reason"],
        reason,
        LONGEST_REASON,
        Code::TextLength,
    ));
    stop_at(mistakes)?;
    repo::append_days(
        &mut change.writer,
        &change.permit,
        &row,
        after,
        &input.reason,
    )
    .await?;
    Ok(change.seal(request, row.key.as_str()).await?)
}

/// Whether a period has closed: then no day of it can change.
pub(super) fn has_closed(closes_on: NaiveDate, today: NaiveDate) -> bool {
    closes_on < today
}

fn mistakes(before: NewDays, after: NewDays, today: NaiveDate) -> Vec<Mistake<Code>> {
    if has_closed(before.closes_on, today) {
        return vec![Mistake::at(
            Code::AlreadyClosed,
            &["period"],
            "Deze periode is gesloten.",
            "This period has closed.",
        )];
    }
    let mut mistakes = Vec::new();
    if before == after {
        mistakes.push(Mistake::at(
            Code::NothingChanges,
            &["period"],
            "Noem ten minste één dag die wijzigt.",
            "Name a day that becomes another.",
        ));
    }
    if after.deadline_on < after.opens_on || after.closes_on < after.deadline_on {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["deadlineOn"],
            "Opening, uiterste datum en sluiting moeten op elkaar volgen.",
            "Opening, deadline and closing must follow each other.",
        ));
    }
    let days = [
        ("opensOn", before.opens_on, after.opens_on),
        ("deadlineOn", before.deadline_on, after.deadline_on),
        ("lastDay", before.closes_on, after.closes_on),
    ];
    for (field, was, becomes) in days {
        if was != becomes && (was < today || becomes < today) {
            mistakes.push(Mistake::at(
                Code::DateInPast,
                &[field],
                format!("{was} kan geen {becomes} worden: wat voorbij is, blijft."),
                format!("{was} cannot become {becomes}: what has passed stays."),
            ));
        }
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(opens: &str, deadline: &str, closes: &str) -> NewDays {
        let day = |text: &str| text.parse().unwrap();
        NewDays {
            opens_on: day(opens),
            deadline_on: day(deadline),
            closes_on: day(closes),
        }
    }

    fn codes(before: NewDays, after: NewDays) -> Vec<Code> {
        mistakes(before, after, "2026-11-22".parse().unwrap())
            .into_iter()
            .map(|mistake| mistake.code)
            .collect()
    }

    #[test]
    fn a_deadline_moves_within_its_period() {
        let before = days("2026-11-01", "2026-11-30", "2026-12-15");
        let later = days("2026-11-01", "2026-12-10", "2026-12-31");
        assert_eq!(codes(before, later), []);
        assert_eq!(codes(before, before), [Code::NothingChanges]);
        let past = days("2026-11-02", "2026-11-21", "2026-11-20");
        assert_eq!(
            codes(before, past),
            [
                Code::DatesOutOfOrder,
                Code::DateInPast,
                Code::DateInPast,
                Code::DateInPast
            ]
        );
        let closed = days("2026-09-01", "2026-10-01", "2026-11-21");
        assert_eq!(codes(closed, later), [Code::AlreadyClosed]);
    }
}
