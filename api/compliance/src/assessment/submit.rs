//! `submitAssessment`, `acceptOnBehalf`: answers become a version that never changes.

use async_graphql::{InputObject, SimpleObject};
use chrono::NaiveDate;
use graphql::{
    change::{Call, Change, Outcome, Stopped, read_outcome, stop_at},
    context::RequestContext,
    date::Date,
    member::Member,
    payload::IdempotencyKey,
};

use super::{
    append::{self, NewVersion},
    errors::{AssessmentError, AssessmentErrorCode, text_mistakes},
    history::History,
    repo,
    same::same_as_before,
    schema::Assessment,
    target::{Target, municipality_of, refused},
    version::AssessmentVersion,
    work::{self, DraftAnswer, ToKeep},
};
use crate::framework::schema::Criterion;
use database::{DbError, Session};
use domain::{
    assessment::{
        life_cycle::{self, Event},
        rules,
    },
    mistake::Mistake,
    policy::{self, Denied, Mandate, MayFillDraft, MayRecordAdoption, MaySubmit},
    territory::MunicipalityCode,
    verdict::rules::AnswerValue,
};
use ledger::judge::{Concerned, judge_anew};
use register::policies::adopt::{self, AdoptionInput, AdoptionMistake, Checked};

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
    /// The day of that approval. From 2018-01-01 to 2099-12-31. NL: akkoord op.
    approved_on: Date,
    /// Why a confirmed version is corrected, 1 to 2,000 characters; required when the latest
    /// version is confirmed. NL: reden.
    reason: Option<String>,
    /// The decision to adopt a policy, to record with the submission, as `recordAdoption` does;
    /// leave out when it is recorded already. NL: vaststellingsbesluit.
    adoption: Option<AdoptionInput>,
    /// The `ledger` of the latest version that you saw last; null when you saw none. Left out, the
    /// last word wins. NL: verwachte versie.
    expected_version: Member<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a submission. NL: resultaat.
#[derive(SimpleObject, Debug)]
#[graphql(complex)]
pub(crate) struct SubmitAssessmentPayload {
    /// The assessment; null when nothing was submitted. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// The submitted version, with its receipt; null when nothing was submitted. NL: versie.
    pub(super) version: Option<AssessmentVersion>,
    /// Required criteria without an answer, and BB-01 while no decision with a date is recorded:
    /// accepted, but they count as unknown. NL: niet beantwoord.
    pub(super) missing: Vec<Criterion>,
    /// What to repair; empty when it was submitted. NL: fouten.
    pub(super) errors: Vec<AssessmentError>,
}

graphql::warned! { SubmitAssessmentPayload }

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
    /// The day of that approval. From 2018-01-01 to 2099-12-31. NL: akkoord op.
    approved_on: Date,
    /// Why a confirmed version is corrected, 1 to 2,000 characters; required when the latest
    /// version is confirmed. NL: reden.
    reason: Option<String>,
    /// The decision to adopt a policy, to record with the acceptance, as `recordAdoption` does;
    /// leave out when it is recorded already. NL: vaststellingsbesluit.
    adoption: Option<AdoptionInput>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of an acceptance. NL: resultaat.
#[derive(SimpleObject, Debug)]
#[graphql(complex)]
pub(crate) struct AcceptOnBehalfPayload {
    /// The assessment; null when nothing was accepted. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// The submitted version, with its receipt; null when nothing was accepted. NL: versie.
    pub(super) version: Option<AssessmentVersion>,
    /// Required criteria without an answer, and BB-01 while no decision with a date is recorded:
    /// accepted, but they count as unknown. NL: niet beantwoord.
    pub(super) missing: Vec<Criterion>,
    /// What to repair; empty when it was accepted. NL: fouten.
    pub(super) errors: Vec<AssessmentError>,
}

graphql::warned! { AcceptOnBehalfPayload }

/// A version that was submitted: of which assessment, and its number.
pub(super) struct Submitted {
    pub(super) subject: String,
    pub(super) number: i32,
}

impl Submitted {
    /// The code of its municipality.
    pub(super) fn municipality(&self) -> &str {
        let code = self.subject.split_once('/');
        code.map_or("", |(municipality, _)| municipality)
    }
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

type Code = AssessmentErrorCode;

/// What somebody submits: the answers, who approved them, and why.
struct Submission<'a> {
    answers: Vec<ToKeep>,
    on_behalf: Option<i32>,
    approved_by_function: &'a str,
    approved_on: NaiveDate,
    reason: Option<&'a str>,
}

impl Submission<'_> {
    /// What is wrong with it, whatever was submitted before.
    fn mistakes(&self, session: &Session, target: &Target) -> Vec<Mistake<Code>> {
        let mut mistakes = Vec::from_iter(target.period.not_open(session));
        let (function, day) = (self.approved_by_function, self.approved_on);
        let approval = rules::check_approval(function, day, session.today());
        mistakes.extend(approval.into_iter().map(Mistake::into_code));
        mistakes.extend(text_mistakes(&["reason"], self.reason));
        mistakes
    }

    /// The mistake that it does not follow on what was submitted before, if it does not.
    fn life_cycle_mistake(&self, history: &History) -> Option<Mistake<Code>> {
        let event = Event::Submit {
            has_answers: !self.answers.is_empty(),
            has_reason: self.reason.is_some(),
        };
        let why = life_cycle::next(history.state(true), event).err()?;
        let field = if self.answers.is_empty() {
            "period"
        } else {
            "reason"
        };
        Some(refused(why, &[field]))
    }

    /// Appends it as the next version; gives the outcome that is kept under the key.
    async fn append<P>(
        &self,
        change: &mut Change<P>,
        permit: &MaySubmit,
        target: &Target,
        history: &History,
    ) -> Result<String, DbError> {
        let number = history.next_number();
        let period = &target.period;
        let new = NewVersion {
            period: &period.key,
            number,
            edition: &period.edition.code,
            on_time: period.days.on_time(change.session().today()),
            approved_by_function: self.approved_by_function.trim(),
            approved_on: self.approved_on,
            reason: self.reason,
            on_behalf: self.on_behalf,
            answers: &self.answers,
        };
        append::version(&mut change.writer, permit, &new).await?;
        Ok(format!("{}#{number}", target.subject()))
    }
}

/// What whoever submits needs: to submit, and to go on with the draft.
struct Permits<S> {
    submit: S,
    draft: MayFillDraft,
    /// To record the adoption that the submission brings along; none when it brings none.
    adoption: Option<MayRecordAdoption>,
}

/// The permit to record the adoption that comes along; none when none does.
fn may_bring_along(
    mandate: &Mandate,
    municipality: &MunicipalityCode,
    adoption: Option<&AdoptionInput>,
) -> Result<Option<MayRecordAdoption>, Denied> {
    adoption
        .map(|_| policy::may_record_adoption(mandate, municipality))
        .transpose()
}

/// The adoption that comes along, checked, or what is wrong with it; its places are of the whole
/// input.
async fn check_adoption(
    session: &Session,
    target: &Target,
    adoption: Option<&AdoptionInput>,
) -> Result<Result<Option<Checked>, Vec<Mistake<Code>>>, DbError> {
    let Some(adoption) = adoption else {
        return Ok(Ok(None));
    };
    let checked = adopt::check(session, &target.municipality, adoption).await?;
    Ok(checked.map(Some).map_err(|mistakes| {
        let in_whole = |mistake: Mistake<AdoptionMistake>| {
            let mut mistake: Mistake<Code> = mistake.into_code();
            mistake.field.insert(0, "adoption".to_owned());
            mistake
        };
        mistakes.into_iter().map(in_whole).collect()
    }))
}

/// Records the adoption that comes along, if one does; gives whom to judge anew for the whole.
async fn record_adoption<S>(
    change: &mut Change<Permits<S>>,
    target: &Target,
    adoption: Option<Checked>,
) -> Result<Concerned, DbError> {
    match (adoption, &change.permit.adoption) {
        (Some(adoption), Some(permit)) => {
            let appended = adopt::append(&mut change.writer, permit, adoption).await?;
            Ok(appended.concerned)
        }
        (_, _) => Ok(target.concerned()),
    }
}

/// Submits the draft.
pub(super) async fn submit(
    request: &RequestContext,
    input: &SubmitAssessmentInput,
) -> Result<Submitted, Stopped<Code>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("submitAssessment", &input.idempotency_key, input);
    let may = |mandate: &_| {
        Ok(Permits {
            submit: policy::may_submit(mandate, &municipality)?,
            draft: policy::may_fill_draft(mandate, &municipality)?,
            adoption: may_bring_along(mandate, &municipality, input.adoption.as_ref())?,
        })
    };
    let opened = Change::open(request, call, may).await?;
    work::lock_draft(opened.session(), &opened.permit().draft, &input.period).await?;
    let mut change = opened.lock().await?;
    let session = change.session();
    let target = Target::find(session, municipality, &input.period).await?;
    let rows = work::draft_answers(session, &change.permit.draft, target.key()).await?;
    let submission = Submission {
        answers: counted(&rows)?,
        on_behalf: None,
        approved_by_function: &input.approved_by_function,
        approved_on: input.approved_on.0,
        reason: input.reason.as_deref(),
    };
    let history = History::read(session, target.code(), target.key()).await?;
    let mut mistakes = submission.mistakes(session, &target);
    let latest = history.latest().map(|version| version.ledger_no);
    // Absent: whatever there is. Null: the caller saw none.
    let is_outdated = match input.expected_version {
        Member::LeftOut => false,
        Member::Null => latest.is_some(),
        Member::Value(number) => latest != Some(number),
    };
    if is_outdated {
        mistakes.push(Mistake::at(
            Code::Conflict,
            &["expectedVersion"],
            "Er is intussen een andere versie ingediend.",
            "Another version was submitted meanwhile.",
        ));
    }
    mistakes.extend(submission.life_cycle_mistake(&history));
    let adoption = check_adoption(session, &target, input.adoption.as_ref()).await?;
    let adoption = adoption.unwrap_or_else(|wrong| {
        mistakes.extend(wrong);
        None
    });
    stop_at(mistakes)?;
    request.warn(same_as_before(session, &target, &history, &submission.answers).await?);
    let concerned = record_adoption(&mut change, &target, adoption).await?;
    let permit = change.permit.submit.clone();
    let outcome = submission
        .append(&mut change, &permit, &target, &history)
        .await?;
    judge_anew(&mut change.writer, &concerned).await?;
    Ok(read_outcome(change.seal(request, outcome).await?)?)
}

/// Accepts what VNG filled in, and submits it.
pub(super) async fn accept(
    request: &RequestContext,
    input: &AcceptOnBehalfInput,
) -> Result<Submitted, Stopped<Code>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("acceptOnBehalf", &input.idempotency_key, input);
    let may = |mandate: &_| {
        Ok(Permits {
            submit: policy::may_decide_for_itself(mandate, &municipality)?,
            draft: policy::may_fill_draft(mandate, &municipality)?,
            adoption: may_bring_along(mandate, &municipality, input.adoption.as_ref())?,
        })
    };
    let opened = Change::open(request, call, may).await?;
    work::lock_draft(opened.session(), &opened.permit().draft, &input.period).await?;
    let mut change = opened.lock().await?;
    let session = change.session();
    let target = Target::find(session, municipality, &input.period).await?;
    let history = History::read(session, target.code(), target.key()).await?;
    let submission = Submission {
        answers: pending_answers(session, &target, &history, input.filling).await?,
        on_behalf: Some(input.filling),
        approved_by_function: &input.approved_by_function,
        approved_on: input.approved_on.0,
        reason: input.reason.as_deref(),
    };
    let mut mistakes = submission.mistakes(session, &target);
    mistakes.extend(submission.life_cycle_mistake(&history));
    let adoption = check_adoption(session, &target, input.adoption.as_ref()).await?;
    let adoption = adoption.unwrap_or_else(|wrong| {
        mistakes.extend(wrong);
        None
    });
    stop_at(mistakes)?;
    request.warn(same_as_before(session, &target, &history, &submission.answers).await?);
    // From here on the municipality goes on with these answers as its own.
    let (draft, period) = (&change.permit.draft, &target.period);
    work::open_draft(session, draft, &period.key, &period.edition.code).await?;
    work::keep_draft_answers(session, draft, &period.key, &submission.answers, None).await?;
    let permit = MaySubmit::from(&change.permit.submit);
    let concerned = record_adoption(&mut change, &target, adoption).await?;
    let outcome = submission
        .append(&mut change, &permit, &target, &history)
        .await?;
    judge_anew(&mut change.writer, &concerned).await?;
    Ok(read_outcome(change.seal(request, outcome).await?)?)
}

/// The answers that VNG filled in under a number since the latest version; none when it did not.
async fn pending_answers(
    session: &Session,
    target: &Target,
    history: &History,
    number: i32,
) -> Result<Vec<ToKeep>, DbError> {
    let scope = policy::reviews(session.mandate());
    let (municipality, period) = (target.code(), target.key());
    let latest = history.latest().map_or(0, |version| version.ledger_no);
    let filling = repo::last_filling(session, &scope, municipality, period)
        .await?
        .filter(|filling| filling.ledger_no > latest)
        .filter(|filling| filling.edition == target.period.edition.code)
        .filter(|filling| filling.number == number);
    let Some(filling) = filling else {
        return Ok(Vec::new());
    };
    let rows = repo::filled_answers(session, municipality, period, &filling).await?;
    rows.into_iter()
        .map(|row| {
            Ok(ToKeep {
                answer: readable(&row.answer)?,
                criterion: row.criterion,
                explanation: row.explanation,
                evidence: Vec::new(),
            })
        })
        .collect()
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
