//! `extendDeadline`: VNG gives one municipality until later, still within the period.

use async_graphql::{Enum, InputObject, SimpleObject};
use chrono::NaiveDate;

use super::{
    append,
    schema::Assessment,
    submit::LONGEST_REASON,
    target::{municipality_of, target, target_codes},
};
use domain::{
    mistake::{Mistake, text_mistakes},
    policy,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};

/// What can be wrong with an extension. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExtendDeadlineErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The day is not after the deadline that holds now. NL: niet later.
    NotLater,
    /// The day is after the closing of the period. NL: na de sluiting.
    AfterClosing,
    /// The day lies in the past. NL: in het verleden.
    InThePast,
    /// The reason is empty or longer than 2,000 characters. NL: verkeerde lengte.
    ReasonLength,
    /// The reason holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

target_codes!(ExtendDeadlineErrorCode);

user_error! {
    /// A mistake in an extension. NL: fout bij het verlenen van uitstel.
    ExtendDeadlineError, ExtendDeadlineErrorCode
}

/// A later deadline for one municipality. NL: te verlenen uitstel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ExtendDeadlineInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The last day on which handing in is on time for it, inclusive; at most the closing of the
    /// period. NL: uiterste datum.
    pub(super) deadline_on: NaiveDate,
    /// Why, 1 to 2,000 characters and without personal data. NL: reden.
    reason: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of an extension. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct ExtendDeadlinePayload {
    /// The assessment; null when there is none yet, and when nothing was extended. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// The last day on which handing in is on time now; null when nothing was extended. NL:
    /// uiterste datum.
    pub(super) deadline_on: Option<NaiveDate>,
    /// What to repair; empty when it was extended. NL: fouten.
    pub(super) errors: Vec<ExtendDeadlineError>,
}

type Code = ExtendDeadlineErrorCode;

/// Extends the deadline of one municipality; gives the subject.
pub(super) async fn extend(
    request: &RequestContext,
    input: &ExtendDeadlineInput,
) -> Result<String, Stopped<Code>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("extendDeadline", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, |mandate| {
        policy::may_review(mandate, &municipality)
    })
    .await?;
    let target = target(change.session(), municipality, &input.period).await?;
    let (day, days, today) = (input.deadline_on, target.days, change.session().today());
    let mut mistakes = Vec::new();
    let mut wrong = |code, nl: String, en: String| {
        mistakes.push(Mistake::at(code, &["deadlineOn"], nl, en));
    };
    if day <= days.deadline_on {
        wrong(
            Code::NotLater,
            format!(
                "De uiterste datum is nu {}; kies een latere dag.",
                days.deadline_on
            ),
            format!(
                "The deadline is {} now; choose a later day.",
                days.deadline_on
            ),
        );
    }
    if day > days.closes_on {
        wrong(
            Code::AfterClosing,
            format!("De periode sluit op {}.", days.closes_on),
            format!("The period closes on {}.", days.closes_on),
        );
    }
    if day < today {
        wrong(
            Code::InThePast,
            "Deze dag is al voorbij.".to_owned(),
            "This day has passed.".to_owned(),
        );
    }
    let codes = (Code::ReasonLength, Code::PersonalData);
    let reason = Some(input.reason.as_str());
    mistakes.extend(text_mistakes(&["reason"], reason, LONGEST_REASON, codes));
    stop_at(mistakes)?;
    let later = (&target.period, day);
    append::extension(&mut change.writer, &change.permit, later, &input.reason).await?;
    Ok(change.seal(request, target.subject()).await?)
}
