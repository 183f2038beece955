//! `claimReview`, `askQuestions`, `returnAssessment`, `confirmAssessment`: what VNG does with the
//! latest version.
//!
//! A claim is no fact but an arrangement among reviewers: it ends by itself, and of a colleague's
//! it is told that there is one and not whose. Whoever filled in on behalf of a municipality never
//! confirms it.

use async_graphql::{Enum, InputObject, SimpleObject};
use chrono::{DateTime, TimeDelta, Utc};

use super::{
    append::{self, Decision, NewQuestion},
    history::History,
    repo,
    schema::Assessment,
    submit::LONGEST_REASON,
    target::{
        RefusalCodes, Target, TargetCodes, municipality_of, refusal_codes, refused, target,
        target_codes,
    },
    work,
};
use domain::{
    assessment::life_cycle::{self, CLAIM_HOURS, Claimant, Event, State},
    mistake::{Mistake, MutationCode, text_mistakes},
    policy::{self, MayReview},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};
use ledger::judge::judge_anew;

/// Questions that one call may ask.
const MOST_QUESTIONS: usize = 50;

/// What can be wrong with a claim. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClaimReviewErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// Nothing was submitted. NL: niets ingediend.
    NothingSubmitted,
    /// The latest version is decided. NL: al beslist.
    AlreadyDecided,
    /// The latest version is withdrawn. NL: ingetrokken.
    Withdrawn,
    /// Another reviewer has it in hand. NL: in behandeling bij een ander.
    ClaimedByAnother,
}

target_codes!(ClaimReviewErrorCode);
refusal_codes!(ClaimReviewErrorCode: NothingSubmitted, AlreadyDecided, Withdrawn, ClaimedByAnother);

user_error! {
    /// A mistake in a claim. NL: fout bij het in behandeling nemen.
    ClaimReviewError, ClaimReviewErrorCode, without a key
}

/// An assessment to take in hand. NL: in behandeling te nemen beoordeling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ClaimReviewInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
}

/// What became of a claim. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct ClaimReviewPayload {
    /// The assessment; null when it was not claimed. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// The instant at which the claim ends by itself, UTC; null when it was not claimed. NL:
    /// verloopt op.
    pub(super) expires_at: Option<DateTime<Utc>>,
    /// What to repair; empty when it was claimed. NL: fouten.
    pub(super) errors: Vec<ClaimReviewError>,
}

/// What can be wrong with questions. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskQuestionsErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// Nothing was submitted. NL: niets ingediend.
    NothingSubmitted,
    /// A later version was submitted, or there is none of this number. NL: niet de laatste versie.
    NotTheLatest,
    /// The version is decided. NL: al beslist.
    AlreadyDecided,
    /// The version is withdrawn. NL: ingetrokken.
    Withdrawn,
    /// You have not claimed it, or your claim has ended. NL: niet in behandeling.
    NotClaimed,
    /// Another reviewer has it in hand. NL: in behandeling bij een ander.
    ClaimedByAnother,
    /// There is no question, or more than 50. NL: geen of te veel vragen.
    WrongNumberOfQuestions,
    /// The edition of the period has no such criterion. NL: onbekend criterium.
    UnknownCriterion,
    /// A question is empty or longer than 2,000 characters. NL: verkeerde lengte.
    QuestionLength,
    /// A question holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

target_codes!(AskQuestionsErrorCode);
refusal_codes!(AskQuestionsErrorCode: NothingSubmitted, AlreadyDecided, Withdrawn, NotClaimed, ClaimedByAnother);

user_error! {
    /// A mistake in questions. NL: fout bij het stellen van vragen.
    AskQuestionsError, AskQuestionsErrorCode
}

/// A question to ask. NL: te stellen vraag.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct QuestionInput {
    /// The criterion that it is about, by its code within the edition, as in `BB-03`; null when it
    /// is about the whole. NL: criterium.
    criterion: Option<String>,
    /// The question, 1 to 2,000 characters and without personal data. NL: vraag.
    question: String,
}

/// Questions about the latest version; it must be claimed by the same reviewer. NL: te stellen
/// vragen.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct AskQuestionsInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The number of the version that you read. NL: versienummer.
    version: i32,
    /// The questions, 1 to 50. NL: vragen.
    questions: Vec<QuestionInput>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of questions. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct AskQuestionsPayload {
    /// The assessment; null when nothing was asked. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// What to repair; empty when the questions were asked. NL: fouten.
    pub(super) errors: Vec<AskQuestionsError>,
}

/// What can be wrong with a return. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReturnAssessmentErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// Nothing was submitted. NL: niets ingediend.
    NothingSubmitted,
    /// A later version was submitted, or there is none of this number. NL: niet de laatste versie.
    NotTheLatest,
    /// The version is decided. NL: al beslist.
    AlreadyDecided,
    /// The version is withdrawn. NL: ingetrokken.
    Withdrawn,
    /// You have not claimed it, or your claim has ended. NL: niet in behandeling.
    NotClaimed,
    /// Another reviewer has it in hand. NL: in behandeling bij een ander.
    ClaimedByAnother,
    /// The reason is empty or longer than 2,000 characters. NL: verkeerde lengte.
    ReasonLength,
    /// The reason holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

target_codes!(ReturnAssessmentErrorCode);
refusal_codes!(ReturnAssessmentErrorCode: NothingSubmitted, AlreadyDecided, Withdrawn, NotClaimed, ClaimedByAnother);

user_error! {
    /// A mistake in a return. NL: fout bij het teruggeven.
    ReturnAssessmentError, ReturnAssessmentErrorCode
}

/// A version to return; it must be claimed by the same reviewer. NL: terug te geven versie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ReturnAssessmentInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The number of the version that you read. NL: versienummer.
    version: i32,
    /// Why, 1 to 2,000 characters and without personal data. NL: reden.
    reason: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a return. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct ReturnAssessmentPayload {
    /// The assessment; null when it was not returned. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// What to repair; empty when it was returned. NL: fouten.
    pub(super) errors: Vec<ReturnAssessmentError>,
}

/// What can be wrong with a confirmation. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConfirmAssessmentErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// Nothing was submitted. NL: niets ingediend.
    NothingSubmitted,
    /// A later version was submitted, or there is none of this number. NL: niet de laatste versie.
    NotTheLatest,
    /// The version is decided. NL: al beslist.
    AlreadyDecided,
    /// The version is withdrawn. NL: ingetrokken.
    Withdrawn,
    /// You have not claimed it, or your claim has ended. NL: niet in behandeling.
    NotClaimed,
    /// Another reviewer has it in hand. NL: in behandeling bij een ander.
    ClaimedByAnother,
    /// A question is still open. NL: vragen staan open.
    QuestionsOpen,
    /// You filled in on behalf of this municipality. NL: door u ingevuld.
    FilledInByYou,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

target_codes!(ConfirmAssessmentErrorCode);
refusal_codes!(ConfirmAssessmentErrorCode: NothingSubmitted, AlreadyDecided, Withdrawn, NotClaimed, ClaimedByAnother,
    QuestionsOpen, FilledInByYou);

user_error! {
    /// A mistake in a confirmation. NL: fout bij het bevestigen.
    ConfirmAssessmentError, ConfirmAssessmentErrorCode
}

/// A version to confirm; it must be claimed by the same reviewer. NL: te bevestigen versie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ConfirmAssessmentInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The number of the version that you read. NL: versienummer.
    version: i32,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a confirmation. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct ConfirmAssessmentPayload {
    /// The assessment; null when it was not confirmed. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// What to repair; empty when it was confirmed. NL: fouten.
    pub(super) errors: Vec<ConfirmAssessmentError>,
}

/// A claim that was made: of which assessment, and when it ends.
pub(super) struct Claimed {
    pub(super) subject: String,
    pub(super) expires_at: DateTime<Utc>,
}

/// Takes the latest version in hand.
pub(super) async fn claim(
    request: &RequestContext,
    input: &ClaimReviewInput,
) -> Result<Claimed, Stopped<ClaimReviewErrorCode>> {
    let municipality = municipality_of(&input.municipality)?;
    let session = request.write().await?;
    let permit = policy::may_review(session.mandate(), &municipality)?;
    let target = target(&session, municipality, &input.period).await?;
    let (code, period) = (target.municipality.as_str(), target.period.as_str());
    let history = History::read(&session, code, period).await?;
    let own = session.mandate().actor.pseudonym.as_deref();
    let claim = |claimant| {
        life_cycle::next(history.state(true), Event::Claim(claimant))
            .map_err(|why| refused(why, &["municipality"]))
    };
    claim(history.claimant(own))?;
    let version = (
        &target.period,
        history.latest().map_or(0, |latest| latest.number),
    );
    // A colleague may have been a moment earlier: the row decides.
    if !work::claim(&session, &permit, version, CLAIM_HOURS).await? {
        claim(Claimant::Another)?;
    }
    let expires_at = session.moment().instant + TimeDelta::hours(CLAIM_HOURS);
    request.count_written(session.statements());
    session.commit().await?;
    Ok(Claimed {
        subject: target.subject(),
        expires_at,
    })
}

/// The codes that a mutation has for a version that is to be decided on.
trait ReviewCodes: TargetCodes + RefusalCodes + MutationCode {
    const NOT_THE_LATEST: Self;
}

macro_rules! review_codes {
    ($($code:ty),+) => {
        $(impl ReviewCodes for $code {
            const NOT_THE_LATEST: Self = Self::NotTheLatest;
        })+
    };
}
review_codes!(
    AskQuestionsErrorCode,
    ReturnAssessmentErrorCode,
    ConfirmAssessmentErrorCode
);

/// A version under review: the change under way, what it is about, and what has happened so far.
struct Review {
    change: Change<MayReview>,
    target: Target,
    history: History,
}

impl Review {
    /// Locks the claim and the ledger, and finds the version, which must be the latest.
    async fn begin<C: ReviewCodes>(
        request: &RequestContext,
        call: Call<'_>,
        (municipality, period, version): (&str, &str, i32),
    ) -> Result<Self, Stopped<C>> {
        let municipality = municipality_of(municipality)?;
        let opened = Change::open(request, call, |mandate| {
            policy::may_review(mandate, &municipality)
        })
        .await?;
        work::lock_claim(opened.session(), &municipality, (period, version)).await?;
        let change = opened.lock().await?;
        let target = target(change.session(), municipality, period).await?;
        let (code, period) = (target.municipality.as_str(), target.period.as_str());
        let history = History::read(change.session(), code, period).await?;
        if let Some(latest) = history.latest()
            && latest.number != version
        {
            return Err(Stopped::Wrong(vec![Mistake::at(
                C::NOT_THE_LATEST,
                &["version"],
                format!("De laatste versie is {}.", latest.number),
                format!("The latest version is {}.", latest.number),
            )]));
        }
        Ok(Self {
            change,
            target,
            history,
        })
    }

    fn claimant(&self) -> Claimant {
        let actor = &self.change.session().mandate().actor;
        self.history.claimant(actor.pseudonym.as_deref())
    }

    /// What follows an event, or the mistake that it is.
    fn next<C: ReviewCodes>(&self, event: Event) -> Result<State, Stopped<C>> {
        life_cycle::next(self.history.state(true), event).map_err(|why| refused(why, &["version"]))
    }

    /// Whether the period is closed: what is decided now stands beside what it closed with.
    fn is_closed(&self) -> bool {
        self.change.session().today() > self.target.days.closes_on
    }
}

/// Asks questions about the latest version; gives the subject.
pub(super) async fn ask(
    request: &RequestContext,
    input: &AskQuestionsInput,
) -> Result<String, Stopped<AskQuestionsErrorCode>> {
    use AskQuestionsErrorCode as Code;
    let call = Call::of("askQuestions", &input.idempotency_key, input);
    let named = (
        input.municipality.as_str(),
        input.period.as_str(),
        input.version,
    );
    let mut review = Review::begin::<Code>(request, call, named).await?;
    let mut mistakes = Vec::new();
    if input.questions.is_empty() || input.questions.len() > MOST_QUESTIONS {
        mistakes.push(Mistake::at(
            Code::WrongNumberOfQuestions,
            &["questions"],
            format!("Stel 1 tot {MOST_QUESTIONS} vragen tegelijk."),
            format!("Ask 1 to {MOST_QUESTIONS} questions at once."),
        ));
    }
    let edition = &review.target.edition;
    for (i, one) in input.questions.iter().enumerate() {
        let index = i.to_string();
        let codes = (Code::QuestionLength, Code::PersonalData);
        let question = Some(one.question.as_str());
        let place = ["questions", &index, "question"];
        mistakes.extend(text_mistakes(&place, question, LONGEST_REASON, codes));
        if let Some(criterion) = &one.criterion
            && !edition.criteria.iter().any(|rule| rule.code == *criterion)
        {
            mistakes.push(Mistake::at(
                Code::UnknownCriterion,
                &["questions", &index, "criterion"],
                format!(
                    "Editie {} heeft geen criterium {criterion:?}.",
                    edition.code
                ),
                format!("Edition {} has no criterion {criterion:?}.", edition.code),
            ));
        }
    }
    stop_at(mistakes)?;
    review.next::<Code>(Event::Ask(review.claimant()))?;
    let first = review
        .history
        .questions
        .last()
        .map_or(1, |last| last.number + 1);
    let questions: Vec<NewQuestion<'_>> = input
        .questions
        .iter()
        .map(|one| NewQuestion {
            criterion: one.criterion.as_deref(),
            question: &one.question,
        })
        .collect();
    let about = (&review.target.period, input.version, first);
    let change = &mut review.change;
    append::questions(&mut change.writer, &change.permit, about, &questions).await?;
    Ok(review.change.seal(request, review.target.subject()).await?)
}

/// Returns the latest version to the municipality; gives the subject.
pub(super) async fn give_back(
    request: &RequestContext,
    input: &ReturnAssessmentInput,
) -> Result<String, Stopped<ReturnAssessmentErrorCode>> {
    use ReturnAssessmentErrorCode as Code;
    let call = Call::of("returnAssessment", &input.idempotency_key, input);
    let named = (
        input.municipality.as_str(),
        input.period.as_str(),
        input.version,
    );
    let mut review = Review::begin::<Code>(request, call, named).await?;
    let codes = (Code::ReasonLength, Code::PersonalData);
    let reason = Some(input.reason.as_str());
    stop_at(text_mistakes(&["reason"], reason, LONGEST_REASON, codes))?;
    review.next::<Code>(Event::Return(review.claimant()))?;
    let decision = Decision {
        period: &review.target.period,
        version: input.version,
        returned_for: reason,
        after_closing: review.is_closed(),
    };
    let change = &mut review.change;
    append::decision(&mut change.writer, &change.permit, &decision).await?;
    Ok(review.change.seal(request, review.target.subject()).await?)
}

/// Confirms the latest version and has it judged; gives the subject.
pub(super) async fn confirm(
    request: &RequestContext,
    input: &ConfirmAssessmentInput,
) -> Result<String, Stopped<ConfirmAssessmentErrorCode>> {
    use ConfirmAssessmentErrorCode as Code;
    let call = Call::of("confirmAssessment", &input.idempotency_key, input);
    let named = (
        input.municipality.as_str(),
        input.period.as_str(),
        input.version,
    );
    let mut review = Review::begin::<Code>(request, call, named).await?;
    let (session, period) = (review.change.session(), review.target.period.as_str());
    let event = Event::Confirm {
        claimant: review.claimant(),
        has_filled_in: repo::has_filled_in(session, &review.change.permit, period).await?,
    };
    review.next::<Code>(event)?;
    let decision = Decision {
        period: &review.target.period,
        version: input.version,
        returned_for: None,
        after_closing: review.is_closed(),
    };
    let change = &mut review.change;
    append::decision(&mut change.writer, &change.permit, &decision).await?;
    judge_anew(&mut change.writer, &review.target.concerned()).await?;
    Ok(review.change.seal(request, review.target.subject()).await?)
}
