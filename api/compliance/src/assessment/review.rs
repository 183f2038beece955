//! `claimReview`, `askQuestions`, `returnAssessment`, `confirmAssessment`: what VNG does with the
//! latest version.
//!
//! A claim is no fact but an arrangement among reviewers: it ends by itself, and of a colleague's
//! it is told that there is one and not whose. Whoever filled in on behalf of a municipality never
//! confirms it.

use async_graphql::{InputObject, SimpleObject};
use chrono::{DateTime, TimeDelta, Utc};

use super::{
    append::{self, DecidedIn, Decision, NewQuestion, NewQuestions},
    errors::{AssessmentError, AssessmentErrorCode, text_mistakes},
    history::History,
    repo::{self, Subjects},
    schema::Assessment,
    target::{NamedPeriod, Target, municipality_of, refused},
    work::{self, ToClaim},
};
use database::{DbError, Session};
use domain::{
    assessment::life_cycle::{self, CLAIM_HOURS, Claimant, Event},
    framework::key::code_in,
    mistake::Mistake,
    policy::{self, MayReview},
    verdict::rules::Edition,
};
use graphql::{
    change::{Call, Change, Outcome, Stopped, stop_at},
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};
use ledger::judge::judge_anew;

/// Questions that one call may ask.
const MOST_QUESTIONS: usize = 50;

/// An assessment to take in hand. NL: in behandeling te nemen beoordeling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ClaimReviewInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// Repeat the call under the same key and nothing changes twice; a claim is prolonged under
    /// another one. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a claim. NL: resultaat.
#[derive(SimpleObject, Debug, Default)]
#[graphql(complex)]
pub(crate) struct ClaimReviewPayload {
    /// The assessment; null when it was not claimed. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// The instant at which the claim ends by itself, UTC; null when it was not claimed. NL:
    /// verloopt op.
    pub(super) expires_at: Option<DateTime<Utc>>,
    /// What to repair; empty when it was claimed. NL: fouten.
    pub(super) errors: Vec<AssessmentError>,
}

graphql::warned! { ClaimReviewPayload }

/// A question to ask. NL: te stellen vraag.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct QuestionInput {
    /// The criterion that it is about, by its code within the edition, as in `BB-03`, or its key,
    /// as in `VOORSTEL-1/BB-03`; null when it is about the whole. NL: criterium.
    criterion: Option<String>,
    /// The question, 1 to 2,000 characters and without personal data. NL: vraag.
    question: String,
}

impl QuestionInput {
    /// The code of its criterion within an edition.
    fn code_in(&self, edition: &str) -> Option<&str> {
        Some(code_in(edition, self.criterion.as_deref()?))
    }
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

payload! {
    /// What became of questions. NL: resultaat.
    AskQuestionsPayload {
        /// The assessment; null when nothing was asked. NL: beoordeling.
        assessment: Assessment,
        /// What to repair; empty when the questions were asked. NL: fouten.
        errors: AssessmentError,
    }
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

payload! {
    /// What became of a return. NL: resultaat.
    ReturnAssessmentPayload {
        /// The assessment; null when it was not returned. NL: beoordeling.
        assessment: Assessment,
        /// What to repair; empty when it was returned. NL: fouten.
        errors: AssessmentError,
    }
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

payload! {
    /// What became of a confirmation. NL: resultaat.
    ConfirmAssessmentPayload {
        /// The assessment; null when it was not confirmed. NL: beoordeling.
        assessment: Assessment,
        /// What to repair; empty when it was confirmed. NL: fouten.
        errors: AssessmentError,
    }
}

type Code = AssessmentErrorCode;

/// A claim that was made: of which assessment, and when it ends.
pub(super) struct Claimed {
    pub(super) subject: String,
    pub(super) expires_at: DateTime<Utc>,
}

impl Claimed {
    /// The text that is kept under the key.
    fn to_text(&self) -> String {
        format!("{}#{}", self.subject, self.expires_at.to_rfc3339())
    }
}

impl Outcome for Claimed {
    fn read(kept: String) -> Option<Self> {
        let (subject, expires_at) = kept.split_once('#')?;
        Some(Self {
            subject: subject.to_owned(),
            expires_at: expires_at.parse().ok()?,
        })
    }
}

/// Takes the latest version in hand.
pub(super) async fn claim(
    request: &RequestContext,
    input: &ClaimReviewInput,
) -> Result<Claimed, Stopped<Code>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("claimReview", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_review(mandate, &municipality);
    let opened = Change::open(request, call, may).await?;
    let (session, permit) = (opened.session(), opened.permit());
    let target = Target::find(session, municipality.clone(), &input.period).await?;
    let history = History::read(session, target.code(), target.key()).await?;
    let claim = |claimant| {
        life_cycle::next(history.state(true), Event::Claim(claimant))
            .map_err(|why| Stopped::Wrong(vec![refused(why, &["municipality"])]))
    };
    claim(history.claimant(&session.mandate().actor))?;
    let version = history.latest().map_or(0, |latest| latest.number);
    let expires_at = session.moment().instant + TimeDelta::hours(CLAIM_HOURS);
    let to_claim = ToClaim {
        period: &target.period.key,
        versions: vec![(permit, version)],
        expires_at,
    };
    // A colleague may have been a moment earlier: the row decides.
    if work::claim(session, to_claim).await?.is_empty() {
        claim(Claimant::Another)?;
    }
    let claimed = Claimed {
        subject: target.subject(),
        expires_at,
    };
    opened.seal(request, claimed.to_text()).await?;
    Ok(claimed)
}

/// The version that an input names.
struct NamedVersion<'a> {
    municipality: &'a str,
    period: &'a str,
    number: i32,
}

/// A version under review: the change under way, what it is about, and what has happened so far.
struct Review {
    change: Change<MayReview>,
    target: Target,
    history: History,
}

impl Review {
    /// Locks the claim and the ledger, and finds the version, which must be the latest.
    async fn begin(
        request: &RequestContext,
        call: Call<'_>,
        version: NamedVersion<'_>,
    ) -> Result<Self, Stopped<Code>> {
        let municipality = municipality_of(version.municipality)?;
        let may = |mandate: &_| policy::may_review(mandate, &municipality);
        let opened = Change::open(request, call, may).await?;
        let (session, number) = (opened.session(), version.number);
        work::lock_claims(session, version.period, &[(municipality.as_str(), number)]).await?;
        let change = opened.lock().await?;
        let target = Target::find(change.session(), municipality, version.period).await?;
        let history = History::read(change.session(), target.code(), target.key()).await?;
        let latest = not_the_latest(&history, version.number, &["version"]);
        stop_at(Vec::from_iter(latest))?;
        Ok(Self {
            change,
            target,
            history,
        })
    }

    fn claimant(&self) -> Claimant {
        let session = self.change.session();
        self.history.claimant(&session.mandate().actor)
    }

    /// Stops when an event does not fit.
    fn check(&self, event: Event) -> Result<(), Stopped<Code>> {
        let next = life_cycle::next(self.history.state(true), event);
        stop_at(Vec::from_iter(
            next.err().map(|why| refused(why, &["version"])),
        ))
    }

    /// Appends the decision, with the reason when the version is returned.
    async fn decide(&mut self, version: i32, returned_for: Option<&str>) -> Result<(), DbError> {
        let Self { change, target, .. } = self;
        let decision = Decision {
            permit: &change.permit,
            version,
            returned_for,
        };
        let shown = decided_in(&target.period, change.writer.session());
        append::decisions(&mut change.writer, shown, &[decision]).await?;
        Ok(())
    }
}

/// Decisions of today on versions of a period: what is decided once it has closed stands beside
/// what it closed with.
pub(super) fn decided_in<'a>(period: &'a NamedPeriod, session: &Session) -> DecidedIn<'a> {
    DecidedIn {
        period: &period.key,
        after_closing: session.today() > period.days.closes_on,
    }
}

/// The mistake that a version is not the latest one, when another one is.
pub(super) fn not_the_latest(
    history: &History,
    number: i32,
    field: &[&str],
) -> Option<Mistake<Code>> {
    let latest = history.latest()?.number;
    (latest != number).then(|| {
        Mistake::at(
            Code::NotTheLatest,
            field,
            format!("De laatste versie is {latest}."),
            format!("The latest version is {latest}."),
        )
    })
}

/// Asks questions about the latest version; gives the subject.
pub(super) async fn ask(
    request: &RequestContext,
    input: &AskQuestionsInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("askQuestions", &input.idempotency_key, input);
    let version = NamedVersion {
        municipality: &input.municipality,
        period: &input.period,
        number: input.version,
    };
    let mut review = Review::begin(request, call, version).await?;
    stop_at(question_mistakes(
        &review.target.period.edition,
        &input.questions,
    ))?;
    review.check(Event::Ask(review.claimant()))?;
    let questions: Vec<NewQuestion<'_>> = input
        .questions
        .iter()
        .map(|one| NewQuestion {
            criterion: one.code_in(&review.target.period.edition.code),
            question: &one.question,
        })
        .collect();
    let last = review.history.questions.last();
    let new = NewQuestions {
        period: &review.target.period.key,
        version: input.version,
        first: last.map_or(1, |last| last.number + 1),
        questions: &questions,
    };
    let change = &mut review.change;
    append::questions(&mut change.writer, &change.permit, &new).await?;
    Ok(review.change.seal(request, review.target.subject()).await?)
}

/// What is wrong with questions about a version of an edition.
fn question_mistakes(edition: &Edition, questions: &[QuestionInput]) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if questions.is_empty() || questions.len() > MOST_QUESTIONS {
        mistakes.push(Mistake::at(
            Code::ListLength,
            &["questions"],
            format!("Stel 1 tot {MOST_QUESTIONS} vragen tegelijk."),
            format!("Ask 1 to {MOST_QUESTIONS} questions at once."),
        ));
    }
    for (i, one) in questions.iter().enumerate() {
        let index = i.to_string();
        let place = |field| ["questions", &index, field];
        mistakes.extend(text_mistakes(&place("question"), Some(&one.question)));
        if let Some(criterion) = one.code_in(&edition.code)
            && !edition.criteria.iter().any(|rule| rule.code == criterion)
        {
            let code = &edition.code;
            mistakes.push(Mistake::at(
                Code::UnknownCriterion,
                &place("criterion"),
                format!("Editie {code} heeft geen criterium {criterion:?}."),
                format!("Edition {code} has no criterion {criterion:?}."),
            ));
        }
    }
    mistakes
}

/// Returns the latest version to the municipality; gives the subject.
pub(super) async fn give_back(
    request: &RequestContext,
    input: &ReturnAssessmentInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("returnAssessment", &input.idempotency_key, input);
    let version = NamedVersion {
        municipality: &input.municipality,
        period: &input.period,
        number: input.version,
    };
    let mut review = Review::begin(request, call, version).await?;
    let reason = Some(input.reason.as_str());
    stop_at(text_mistakes(&["reason"], reason))?;
    review.check(Event::Return(review.claimant()))?;
    review.decide(input.version, reason).await?;
    Ok(review.change.seal(request, review.target.subject()).await?)
}

/// Confirms the latest version and has it judged; gives the subject.
pub(super) async fn confirm(
    request: &RequestContext,
    input: &ConfirmAssessmentInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("confirmAssessment", &input.idempotency_key, input);
    let version = NamedVersion {
        municipality: &input.municipality,
        period: &input.period,
        number: input.version,
    };
    let mut review = Review::begin(request, call, version).await?;
    let session = review.change.session();
    let permit = policy::may_review_all(session.mandate())?;
    let of = Subjects::of([(review.target.code(), review.target.key())]);
    let filled_in = repo::filled_in_by_caller(session, &permit, &of).await?;
    review.check(Event::Confirm {
        claimant: review.claimant(),
        has_filled_in: !filled_in.is_empty(),
    })?;
    review.decide(input.version, None).await?;
    let concerned = review.target.concerned();
    judge_anew(&mut review.change.writer, &concerned).await?;
    Ok(review.change.seal(request, review.target.subject()).await?)
}
