//! `extendDeadline`: VNG gives one municipality until later, still within the period.

use async_graphql::{InputObject, SimpleObject};
use chrono::NaiveDate;

use super::{
    append,
    errors::{AssessmentError, AssessmentErrorCode, text_mistakes},
    schema::Assessment,
    target::{Target, municipality_of},
};
use domain::{assessment::rules::Days, mistake::Mistake, policy};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    date::Date,
    payload::IdempotencyKey,
};

/// A later deadline for one municipality. NL: te verlenen uitstel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ExtendDeadlineInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The last day on which handing in is on time for it, inclusive; at most the closing of the
    /// period. From 2018-01-01 to 2099-12-31. NL: uiterste datum.
    pub(super) deadline_on: Date,
    /// Why, 1 to 2,000 characters and without personal data. NL: reden.
    reason: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of an extension. NL: resultaat.
#[derive(SimpleObject, Debug, Default)]
#[graphql(complex)]
pub(crate) struct ExtendDeadlinePayload {
    /// The assessment; null when there is none yet, and when nothing was extended. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// The last day on which handing in is on time now; null when nothing was extended. NL:
    /// uiterste datum.
    pub(super) deadline_on: Option<Date>,
    /// What to repair; empty when it was extended. NL: fouten.
    pub(super) errors: Vec<AssessmentError>,
}

graphql::warned! { ExtendDeadlinePayload }

type Code = AssessmentErrorCode;

/// Extends the deadline of one municipality; gives the subject.
pub(super) async fn extend(
    request: &RequestContext,
    input: &ExtendDeadlineInput,
) -> Result<String, Stopped<Code>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("extendDeadline", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_review(mandate, &municipality);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let target = Target::find(session, municipality, &input.period).await?;
    let mut mistakes = day_mistakes(input.deadline_on.0, target.period.days, session.today());
    mistakes.extend(text_mistakes(&["reason"], Some(&input.reason)));
    stop_at(mistakes)?;
    let (writer, permit, period) = (&mut change.writer, &change.permit, &target.period.key);
    append::extension(writer, permit, period, input.deadline_on.0, &input.reason).await?;
    Ok(change.seal(request, target.subject()).await?)
}

/// The latest day to which a deadline can be moved; none when it cannot be.
pub(super) fn later_deadline(days: Days, today: NaiveDate) -> Option<NaiveDate> {
    let last = days.closes_on;
    day_mistakes(last, days, today).is_empty().then_some(last)
}

/// What is wrong with a day as the later deadline.
fn day_mistakes(day: NaiveDate, days: Days, today: NaiveDate) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    let mut wrong = |code, nl: String, en: String| {
        mistakes.push(Mistake::at(code, &["deadlineOn"], nl, en));
    };
    let Days {
        deadline_on,
        closes_on,
        ..
    } = days;
    if day <= deadline_on {
        wrong(
            Code::NotLater,
            format!("De uiterste datum is nu {deadline_on}; kies een latere dag."),
            format!("The deadline is {deadline_on} now; choose a later day."),
        );
    }
    if day > closes_on {
        wrong(
            Code::AfterClosing,
            format!("De periode sluit op {closes_on}."),
            format!("The period closes on {closes_on}."),
        );
    }
    if day < today {
        wrong(
            Code::DateInPast,
            "Deze dag is al voorbij.".to_owned(),
            "This day has passed.".to_owned(),
        );
    }
    mistakes
}
