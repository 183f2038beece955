//! `fillOnBehalf`: VNG fills in what a municipality told it by telephone or letter. It counts only
//! once the municipality accepts it ([`super::submit::accept`]), and whoever filled it in never
//! confirms it.

use async_graphql::{Enum, InputObject, SimpleObject};

use super::{
    append::{self, FillingFacts, NewFilling},
    repo,
    save::MOST_ANSWERS,
    schema::Assessment,
    submit::LONGEST_REASON,
    target::{answer_codes, answer_mistakes, municipality_of, target, target_codes},
    work::ToKeep,
};
use domain::{
    assessment::{
        codes::FillingChannel,
        rules::{self, GivenAnswer, Measure},
    },
    mistake::{Mistake, text_mistakes},
    policy,
    verdict::rules::AnswerValue,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};

/// What can be wrong with filling in on behalf. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FillOnBehalfErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open today. NL: periode niet open.
    PeriodNotOpen,
    /// There is nothing in the input, or more than 100 answers. NL: leeg of te veel.
    WrongNumberOfAnswers,
    /// The reason is empty or longer than 2,000 characters. NL: verkeerde lengte.
    ReasonLength,
    /// The edition of the period has no such criterion. NL: onbekend criterium.
    UnknownCriterion,
    /// The criterion is computed, or answered by the region. NL: niet aan de gemeente om te
    /// beantwoorden.
    NotYoursToAnswer,
    /// The criterion always applies. NL: altijd van toepassing.
    NotApplicableNotAllowed,
    /// The criterion stands twice in the input. NL: dubbel.
    AnsweredTwice,
    /// The explanation has more than 4,000 characters. NL: toelichting te lang.
    ExplanationTooLong,
    /// A text holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

target_codes!(FillOnBehalfErrorCode);
answer_codes!(FillOnBehalfErrorCode: UnknownCriterion, NotYoursToAnswer, NotApplicableNotAllowed, AnsweredTwice,
    ExplanationTooLong, PersonalData);

user_error! {
    /// A mistake in filling in on behalf. NL: fout bij het invullen namens een gemeente.
    FillOnBehalfError, FillOnBehalfErrorCode
}

/// An answer to fill in on behalf of a municipality. NL: antwoord namens de gemeente.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct OnBehalfAnswerInput {
    /// The code of the criterion within the edition of the period, as in `BB-03`. NL: code van het
    /// criterium.
    criterion: String,
    /// The answer. NL: antwoord.
    answer: Coded<AnswerValue>,
    /// The explanation, at most 4,000 characters and without personal data; null for none. NL:
    /// toelichting.
    explanation: Option<String>,
}

/// Answers that a municipality told VNG. NL: namens een gemeente in te vullen antwoorden.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct FillOnBehalfInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// Why VNG fills in, 1 to 2,000 characters and without personal data. NL: reden.
    reason: String,
    /// How the municipality told it. NL: kanaal.
    channel: Coded<FillingChannel>,
    /// All the answers, 1 to 100; what was filled in on behalf before is not added to. NL:
    /// antwoorden.
    answers: Vec<OnBehalfAnswerInput>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of filling in on behalf. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct FillOnBehalfPayload {
    /// The assessment; null when nothing was filled in. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// What to repair; empty when it was filled in. NL: fouten.
    pub(super) errors: Vec<FillOnBehalfError>,
}

type Code = FillOnBehalfErrorCode;

/// Fills in on behalf of a municipality; gives the subject.
pub(super) async fn fill(
    request: &RequestContext,
    input: &FillOnBehalfInput,
) -> Result<String, Stopped<Code>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("fillOnBehalf", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_fill_on_behalf(mandate, &municipality);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let target = target(session, municipality.clone(), &input.period).await?;
    let mut mistakes: Vec<_> = target
        .not_open(session, Code::PeriodNotOpen)
        .into_iter()
        .collect();
    if input.answers.is_empty() || input.answers.len() > MOST_ANSWERS {
        mistakes.push(Mistake::at(
            Code::WrongNumberOfAnswers,
            &["answers"],
            format!("Vul 1 tot {MOST_ANSWERS} antwoorden tegelijk in."),
            format!("Fill in 1 to {MOST_ANSWERS} answers at once."),
        ));
    }
    let codes = (Code::ReasonLength, Code::PersonalData);
    let reason = Some(input.reason.as_str());
    mistakes.extend(text_mistakes(&["reason"], reason, LONGEST_REASON, codes));
    let requested: Vec<GivenAnswer<'_>> = input
        .answers
        .iter()
        .map(|one| GivenAnswer {
            criterion: &one.criterion,
            answer: one.answer.0,
            explanation: one.explanation.as_deref(),
            evidence: None,
            revision: None,
            kept: None,
        })
        .collect();
    let measure = Measure {
        edition: &target.edition,
        kinds: &[],
        today: session.today(),
    };
    mistakes.extend(answer_mistakes(rules::check_answers(measure, &requested))?);
    stop_at(mistakes)?;
    let answers: Vec<ToKeep> = requested
        .iter()
        .map(|one| ToKeep {
            criterion: one.criterion.to_owned(),
            answer: one.answer,
            explanation: rules::explanation(one.explanation),
            evidence: Vec::new(),
        })
        .collect();
    let (code, period) = (target.municipality.as_str(), target.period.as_str());
    let scope = policy::reviews(session.mandate());
    let before = repo::last_filling(session, &scope, code, period).await?;
    let shown = FillingFacts {
        period: &target.period,
        edition: &target.edition.code,
        reason: &input.reason,
        channel: input.channel.code(),
    };
    let permit = change.permit.clone();
    let filling = NewFilling {
        permit: &permit,
        number: before.map_or(1, |before| before.number + 1),
        answers: &answers,
    };
    append::fillings(&mut change.writer, shown, &[filling]).await?;
    Ok(change.seal(request, target.subject()).await?)
}
