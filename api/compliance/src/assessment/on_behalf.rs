//! `fillOnBehalf`: VNG fills in what a municipality told it by telephone or letter. It counts only
//! once the municipality accepts it ([`super::submit::accept`]), and whoever filled it in never
//! confirms it.

use async_graphql::InputObject;

use super::{
    append::{self, FillingFacts, NewFilling},
    errors::{AssessmentError, AssessmentErrorCode, text_mistakes},
    repo,
    save::MOST_ANSWERS,
    schema::Assessment,
    target::{Target, municipality_of},
    work::ToKeep,
};
use domain::{
    assessment::{
        codes::FillingChannel,
        rules::{self, GivenAnswer, Measure},
    },
    framework::key::code_in,
    mistake::Mistake,
    policy,
    verdict::rules::AnswerValue,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};

/// An answer to fill in on behalf of a municipality. NL: antwoord namens de gemeente.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct OnBehalfAnswerInput {
    /// The criterion, by its code within the edition of the period, as in `BB-03`, or its key, as
    /// in `VOORSTEL-1/BB-03`. NL: criterium.
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

payload! {
    /// What became of filling in on behalf. NL: resultaat.
    FillOnBehalfPayload {
        /// The assessment; null when nothing was filled in. NL: beoordeling.
        assessment: Assessment,
        /// What to repair; empty when it was filled in. NL: fouten.
        errors: AssessmentError,
    }
}

/// Fills in on behalf of a municipality; gives the subject.
pub(super) async fn fill(
    request: &RequestContext,
    input: &FillOnBehalfInput,
) -> Result<String, Stopped<AssessmentErrorCode>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("fillOnBehalf", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_fill_on_behalf(mandate, &municipality);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let target = Target::find(session, municipality, &input.period).await?;
    let mut mistakes = Vec::from_iter(target.period.not_open(session));
    if input.answers.is_empty() || input.answers.len() > MOST_ANSWERS {
        mistakes.push(Mistake::at(
            AssessmentErrorCode::ListLength,
            &["answers"],
            format!("Vul 1 tot {MOST_ANSWERS} antwoorden tegelijk in."),
            format!("Fill in 1 to {MOST_ANSWERS} answers at once."),
        ));
    }
    mistakes.extend(text_mistakes(&["reason"], Some(&input.reason)));
    let edition = &target.period.edition.code;
    let answers: Vec<ToKeep> = input
        .answers
        .iter()
        .map(|one| one.to_keep(edition))
        .collect();
    let given: Vec<GivenAnswer<'_>> = answers.iter().map(ToKeep::given).collect();
    let measure = Measure {
        edition: &target.period.edition,
        kinds: &[],
        today: session.today(),
    };
    let wrong = rules::check_answers(measure, &given);
    mistakes.extend(wrong.into_iter().map(Mistake::into_code));
    stop_at(mistakes)?;
    let answers: Vec<ToKeep> = answers
        .into_iter()
        .map(|one| ToKeep {
            explanation: rules::explanation(one.explanation.as_deref()),
            ..one
        })
        .collect();
    let scope = policy::reviews(session.mandate());
    let before = repo::last_filling(session, &scope, target.code(), target.key()).await?;
    let shown = FillingFacts {
        period: &target.period.key,
        edition: &target.period.edition.code,
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

impl OnBehalfAnswerInput {
    /// As it is kept, its criterion named by the code within an edition.
    fn to_keep(&self, edition: &str) -> ToKeep {
        ToKeep {
            criterion: code_in(edition, &self.criterion).to_owned(),
            answer: self.answer.0,
            explanation: self.explanation.clone(),
            evidence: Vec::new(),
        }
    }
}

impl ToKeep {
    /// For the rules.
    fn given(&self) -> GivenAnswer<'_> {
        GivenAnswer {
            criterion: &self.criterion,
            answer: self.answer,
            explanation: self.explanation.as_deref(),
            evidence: None,
            revision: None,
            kept: None,
        }
    }
}
