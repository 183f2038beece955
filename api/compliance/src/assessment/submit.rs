//! `submitAssessment`, `acceptOnBehalf`: answers become a version that never changes.

use async_graphql::{Enum, InputObject, MaybeUndefined, SimpleObject};
use chrono::NaiveDate;
use graphql::{
    change::{Call, Change, Outcome, Stopped, read_outcome, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};

use super::{
    append::{self, NewVersion},
    history::History,
    repo,
    schema::Assessment,
    target::{RefusalCodes, Target, municipality_of, refusal_codes, refused, target, target_codes},
    version::AssessmentVersion,
    work::{self, DraftAnswer, ToKeep},
};
use crate::framework::schema::Criterion;
use database::{DbError, Session};
use domain::{
    assessment::{
        life_cycle::{self, Event},
        rules::{self, ApprovalMistake},
    },
    mistake::{Mistake, MutationCode, text_mistakes},
    policy::{self, MaySubmit},
    verdict::rules::AnswerValue,
};
use ledger::judge::judge_anew;

/// Characters of a reason.
pub(super) const LONGEST_REASON: usize = 2000;

/// What can be wrong with a submission. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubmitAssessmentErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open yet, or closed. NL: periode niet open.
    PeriodNotOpen,
    /// The draft has no answers, or none that was confirmed. NL: niets om in te dienen.
    NothingToSubmit,
    /// The latest version is confirmed, and no reason was given for correcting it. NL: reden
    /// ontbreekt.
    ReasonMissing,
    /// The reason is empty or longer than 2,000 characters. NL: verkeerde lengte.
    ReasonLength,
    /// No function was named that approved, or its name is too long. NL: functie ontbreekt.
    FunctionEmpty,
    /// The approval lies in the future. NL: akkoord in de toekomst.
    ApprovedInTheFuture,
    /// The text holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// A version was submitted since the one that you saw. NL: versie verouderd.
    Conflict,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

target_codes!(SubmitAssessmentErrorCode);
refusal_codes!(SubmitAssessmentErrorCode: NothingToSubmit, ReasonMissing);

user_error! {
    /// A mistake in a submission. NL: fout bij het indienen.
    SubmitAssessmentError, SubmitAssessmentErrorCode
}

/// A draft to submit. Gaps are accepted and told. NL: in te dienen beoordeling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct SubmitAssessmentInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The function that approved, as in "Portefeuillehouder veiligheid"; never a person. 1 to 200
    /// characters. NL: akkoord door functie.
    approved_by_function: String,
    /// The day of that approval. NL: akkoord op.
    approved_on: NaiveDate,
    /// Why a confirmed version is corrected, 1 to 2,000 characters; required when the latest
    /// version is confirmed. NL: reden.
    reason: Option<String>,
    /// The `ledger` of the latest version that you saw; null when you saw none. Leave out to submit
    /// whatever there is. NL: verwachte versie.
    expected_version: MaybeUndefined<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a submission. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct SubmitAssessmentPayload {
    /// The assessment; null when nothing was submitted. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// The submitted version, with its receipt; null when nothing was submitted. NL: versie.
    pub(super) version: Option<AssessmentVersion>,
    /// Required criteria without an answer: accepted, but they count as unknown. NL: niet
    /// beantwoord.
    pub(super) missing: Vec<Criterion>,
    /// What to repair; empty when it was submitted. NL: fouten.
    pub(super) errors: Vec<SubmitAssessmentError>,
}

/// What can be wrong with an acceptance. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AcceptOnBehalfErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open yet, or closed. NL: periode niet open.
    PeriodNotOpen,
    /// Nothing was filled in on your behalf that waits to be accepted, or not under this number.
    /// NL: niets te aanvaarden.
    NothingToSubmit,
    /// The latest version is confirmed, and no reason was given for correcting it. NL: reden
    /// ontbreekt.
    ReasonMissing,
    /// The reason is empty or longer than 2,000 characters. NL: verkeerde lengte.
    ReasonLength,
    /// No function was named that approved, or its name is too long. NL: functie ontbreekt.
    FunctionEmpty,
    /// The approval lies in the future. NL: akkoord in de toekomst.
    ApprovedInTheFuture,
    /// The text holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

target_codes!(AcceptOnBehalfErrorCode);
refusal_codes!(AcceptOnBehalfErrorCode: NothingToSubmit, ReasonMissing);

user_error! {
    /// A mistake in an acceptance. NL: fout bij het aanvaarden.
    AcceptOnBehalfError, AcceptOnBehalfErrorCode
}

/// What was filled in on behalf, to be accepted as it stands; it is submitted with that. NL: te
/// aanvaarden antwoorden.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct AcceptOnBehalfInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The number of what was filled in, as `Assessment.onBehalf` tells it. NL: nummer.
    filling: i32,
    /// The function that approved, as in "Portefeuillehouder veiligheid"; never a person. 1 to 200
    /// characters. NL: akkoord door functie.
    approved_by_function: String,
    /// The day of that approval. NL: akkoord op.
    approved_on: NaiveDate,
    /// Why a confirmed version is corrected, 1 to 2,000 characters; required when the latest
    /// version is confirmed. NL: reden.
    reason: Option<String>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of an acceptance. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct AcceptOnBehalfPayload {
    /// The assessment; null when nothing was accepted. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// The submitted version, with its receipt; null when nothing was accepted. NL: versie.
    pub(super) version: Option<AssessmentVersion>,
    /// Required criteria without an answer: accepted, but they count as unknown. NL: niet
    /// beantwoord.
    pub(super) missing: Vec<Criterion>,
    /// What to repair; empty when it was accepted. NL: fouten.
    pub(super) errors: Vec<AcceptOnBehalfError>,
}

/// A version that was submitted: of which assessment, and its number.
pub(super) struct Submitted {
    pub(super) subject: String,
    pub(super) number: i32,
}

impl Outcome for Submitted {
    fn read(kept: String) -> Option<Self> {
        let (subject, number) = kept.split_once('#')?;
        Some(Self {
            subject: subject.to_owned(),
            number: number.parse().ok()?,
        })
    }
}

/// The codes that a mutation has for what goes with a submission.
trait SubmissionCodes: RefusalCodes + MutationCode {
    const PERIOD_NOT_OPEN: Self;
    const REASON_LENGTH: Self;
    const FUNCTION_EMPTY: Self;
    const APPROVED_IN_THE_FUTURE: Self;
    const PERSONAL_DATA: Self;
}

macro_rules! submission_codes {
    ($($code:ty),+) => {
        $(impl SubmissionCodes for $code {
            const PERIOD_NOT_OPEN: Self = Self::PeriodNotOpen;
            const REASON_LENGTH: Self = Self::ReasonLength;
            const FUNCTION_EMPTY: Self = Self::FunctionEmpty;
            const APPROVED_IN_THE_FUTURE: Self = Self::ApprovedInTheFuture;
            const PERSONAL_DATA: Self = Self::PersonalData;
        })+
    };
}
submission_codes!(SubmitAssessmentErrorCode, AcceptOnBehalfErrorCode);

/// What somebody submits: the answers, who approved them, and why.
struct ToSubmit<'a> {
    answers: Vec<ToKeep>,
    on_behalf: Option<i32>,
    approved_by_function: &'a str,
    approved_on: NaiveDate,
    reason: Option<&'a str>,
}

impl ToSubmit<'_> {
    fn mistakes<C: SubmissionCodes>(&self, session: &Session, target: &Target) -> Vec<Mistake<C>> {
        let today = session.today();
        let mut mistakes: Vec<_> = target
            .not_open(session, C::PERIOD_NOT_OPEN)
            .into_iter()
            .collect();
        let approval = rules::check_approval(self.approved_by_function, self.approved_on, today);
        mistakes.extend(approval.into_iter().map(|mistake| Mistake {
            code: match mistake.code {
                ApprovalMistake::FunctionEmpty => C::FUNCTION_EMPTY,
                ApprovalMistake::PersonalData => C::PERSONAL_DATA,
                ApprovalMistake::InTheFuture => C::APPROVED_IN_THE_FUTURE,
            },
            field: mistake.field,
            message: mistake.message,
        }));
        let codes = (C::REASON_LENGTH, C::PERSONAL_DATA);
        mistakes.extend(text_mistakes(
            &["reason"],
            self.reason,
            LONGEST_REASON,
            codes,
        ));
        mistakes
    }
}

/// Submits the draft.
pub(super) async fn submit(
    request: &RequestContext,
    input: &SubmitAssessmentInput,
) -> Result<Submitted, Stopped<SubmitAssessmentErrorCode>> {
    use SubmitAssessmentErrorCode as Code;
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("submitAssessment", &input.idempotency_key, input);
    let opened = Change::open(request, call, |mandate| {
        let drafts = policy::may_fill_draft(mandate, &municipality);
        policy::may_submit(mandate, &municipality)
            .and_then(|permit| drafts.map(|drafts| (permit, drafts)))
    })
    .await?;
    work::lock_draft(opened.session(), &opened.permit().1, &input.period).await?;
    let mut change = opened.lock().await?;
    let target = target(change.session(), municipality, &input.period).await?;
    let (permit, drafts) = &change.permit;
    let rows = work::draft_answers(change.session(), drafts, target.period.as_str()).await?;
    let to_submit = ToSubmit {
        answers: counted(&rows)?,
        on_behalf: None,
        approved_by_function: &input.approved_by_function,
        approved_on: input.approved_on,
        reason: input.reason.as_deref(),
    };
    let history = history(change.session(), &target).await?;
    let mut mistakes = to_submit.mistakes(change.session(), &target);
    let latest = history.latest().map(|version| version.ledger_no);
    // Absent: whatever there is. Null: the caller saw none.
    let is_outdated = match input.expected_version {
        MaybeUndefined::Undefined => false,
        MaybeUndefined::Null => latest.is_some(),
        MaybeUndefined::Value(number) => latest != Some(number),
    };
    if is_outdated {
        mistakes.push(Mistake::at(
            Code::Conflict,
            &["expectedVersion"],
            "Er is intussen een andere versie ingediend.",
            "Another version was submitted meanwhile.",
        ));
    }
    let permit = permit.clone();
    let outcome = append_version(
        &mut change,
        (&permit, &target, &history),
        (to_submit, mistakes),
    )
    .await?;
    Ok(read_outcome(change.seal(request, outcome).await?)?)
}

/// Accepts what VNG filled in, and submits it.
pub(super) async fn accept(
    request: &RequestContext,
    input: &AcceptOnBehalfInput,
) -> Result<Submitted, Stopped<AcceptOnBehalfErrorCode>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("acceptOnBehalf", &input.idempotency_key, input);
    let opened = Change::open(request, call, |mandate| {
        let drafts = policy::may_fill_draft(mandate, &municipality);
        policy::may_decide_for_itself(mandate, &municipality)
            .and_then(|permit| drafts.map(|drafts| (permit, drafts)))
    })
    .await?;
    work::lock_draft(opened.session(), &opened.permit().1, &input.period).await?;
    let mut change = opened.lock().await?;
    let target = target(change.session(), municipality, &input.period).await?;
    let history = history(change.session(), &target).await?;
    let pending = pending(change.session(), &target, &history).await?;
    let answers = match pending.filter(|filling| filling.number == input.filling) {
        None => Vec::new(),
        Some(filling) => {
            let (municipality, period) = (target.municipality.as_str(), target.period.as_str());
            let rows =
                repo::filled_answers(change.session(), municipality, period, &filling).await?;
            rows.into_iter()
                .map(|row| {
                    Ok(ToKeep {
                        answer: readable(&row.answer)?,
                        criterion: row.criterion,
                        explanation: row.explanation,
                        evidence: Vec::new(),
                    })
                })
                .collect::<Result<_, DbError>>()?
        }
    };
    let to_submit = ToSubmit {
        answers,
        on_behalf: Some(input.filling),
        approved_by_function: &input.approved_by_function,
        approved_on: input.approved_on,
        reason: input.reason.as_deref(),
    };
    let mistakes = to_submit.mistakes(change.session(), &target);
    // From here on the municipality goes on with these answers as its own.
    let (permit, drafts) = change.permit.clone();
    work::make_draft(
        change.session(),
        &drafts,
        &target.period,
        &target.edition.code,
    )
    .await?;
    let taken = (to_submit.answers.as_slice(), None);
    work::keep_draft_answers(change.session(), &drafts, &target.period, taken).await?;
    let permit = MaySubmit::from(&permit);
    let outcome = append_version(
        &mut change,
        (&permit, &target, &history),
        (to_submit, mistakes),
    )
    .await?;
    Ok(read_outcome(change.seal(request, outcome).await?)?)
}

/// What VNG filled in since the latest version, when it did.
pub(super) async fn pending(
    session: &Session,
    target: &Target,
    history: &History,
) -> Result<Option<repo::FillingRow>, DbError> {
    let scope = policy::reviews(session.mandate());
    let (municipality, period) = (target.municipality.as_str(), target.period.as_str());
    let filling = repo::last_filling(session, &scope, municipality, period).await?;
    let latest = history.latest().map_or(0, |version| version.ledger_no);
    Ok(filling
        .filter(|filling| filling.ledger_no > latest && filling.edition == target.edition.code))
}

async fn history(session: &Session, target: &Target) -> Result<History, DbError> {
    History::read(
        session,
        target.municipality.as_str(),
        target.period.as_str(),
    )
    .await
}

/// The answers of a draft that count: those that were carried over and not confirmed stay behind.
fn counted(rows: &[DraftAnswer]) -> Result<Vec<ToKeep>, DbError> {
    let counting = rows.iter().filter(|row| row.counts());
    counting
        .map(|row| {
            Ok(ToKeep {
                criterion: row.criterion.clone(),
                answer: readable(&row.answer)?,
                explanation: row.explanation.clone(),
                evidence: row.evidence()?,
            })
        })
        .collect()
}

fn readable(answer: &str) -> Result<AnswerValue, DbError> {
    AnswerValue::from_code(answer).ok_or_else(|| {
        DbError::doing("reading an answer")(sea_orm::DbErr::Type("an answer".to_owned()))
    })
}

/// Appends the next version and has it judged; gives the outcome that is kept under the key.
async fn append_version<P, C: SubmissionCodes>(
    change: &mut Change<P>,
    (permit, target, history): (&MaySubmit, &Target, &History),
    (submission, mut mistakes): (ToSubmit<'_>, Vec<Mistake<C>>),
) -> Result<String, Stopped<C>> {
    let event = Event::Submit {
        has_answers: !submission.answers.is_empty(),
        has_reason: submission.reason.is_some(),
    };
    if let Err(why) = life_cycle::next(history.state(true), event) {
        let field = if submission.answers.is_empty() {
            "period"
        } else {
            "reason"
        };
        match refused(why, &[field]) {
            Stopped::Wrong(wrong) => mistakes.extend(wrong),
            stopped => return Err(stopped),
        }
    }
    stop_at(mistakes)?;
    let today = change.session().today();
    let number = history.next_number();
    let new = NewVersion {
        period: &target.period,
        number,
        edition: &target.edition.code,
        on_time: target.days.on_time(today),
        approved_by_function: submission.approved_by_function.trim(),
        approved_on: submission.approved_on,
        reason: submission.reason,
        on_behalf: submission.on_behalf,
        answers: &submission.answers,
    };
    append::version(&mut change.writer, permit, &new).await?;
    judge_anew(&mut change.writer, &target.concerned()).await?;
    Ok(format!("{}#{number}", target.subject()))
}
