//! `startDraft`, `saveDraft`: a municipality, or its region, fills in.
//!
//! A draft begins with what the last assessment said, marked to be confirmed. Saves of different
//! answers do not disturb each other; of one answer the revision that the caller saw must be the
//! one that is there.

use async_graphql::{Enum, InputObject, SimpleObject};
use graphql::{
    change::{Outcome, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    user_error,
};

use super::{
    draft::DraftAnswerView,
    evidence_schema::EvidenceInput,
    repo,
    schema::Assessment,
    target::{Target, answer_codes, answer_mistakes, municipality_of, target, target_codes},
    work::{self, DraftAnswer, ToKeep},
};
use crate::framework;
use database::{DbError, Session};
use domain::{
    assessment::{
        carry,
        evidence::{self, GivenEvidence},
        rules::{self, AnswerMistake, GivenAnswer, Measure},
    },
    mistake::Mistake,
    policy::{self, MayFillDraft},
    verdict::rules::AnswerValue,
};

/// Answers that one save may hold.
pub(super) const MOST_ANSWERS: usize = 100;

/// What can be wrong with the start of a draft. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StartDraftErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open today. NL: periode niet open.
    PeriodNotOpen,
}

target_codes!(StartDraftErrorCode);

user_error! {
    /// A mistake in the start of a draft. NL: fout bij het beginnen van een concept.
    StartDraftError, StartDraftErrorCode, without a key
}

/// A draft to start. NL: te beginnen concept.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct StartDraftInput {
    /// The CBS code of the municipality that is filled in for. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
}

/// What became of a start. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct StartDraftPayload {
    /// The assessment with its draft; null when it was not started. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// What to repair; empty when the draft is there. NL: fouten.
    pub(super) errors: Vec<StartDraftError>,
}

/// What can be wrong with a save. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SaveDraftErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open today. NL: periode niet open.
    PeriodNotOpen,
    /// The edition of the period has no such criterion. NL: onbekend criterium.
    UnknownCriterion,
    /// The criterion is computed, or answered by the region. NL: niet aan u om te beantwoorden.
    NotYoursToAnswer,
    /// The criterion always applies. NL: altijd van toepassing.
    NotApplicableNotAllowed,
    /// The criterion stands twice in the input. NL: dubbel.
    AnsweredTwice,
    /// The explanation has more than 4,000 characters. NL: toelichting te lang.
    ExplanationTooLong,
    /// A text holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The answer was changed since the revision that you saw; `current` tells what it is now. NL:
    /// verouderde revisie.
    StaleRevision,
    /// There is nothing in the input, or more than 100 answers. NL: leeg of te veel.
    WrongNumberOfAnswers,
    /// An answer has more than 20 pieces of evidence. NL: te veel bewijsstukken.
    TooMuchEvidence,
    /// The criterion knows no evidence of this kind. NL: onbekende soort bewijs.
    UnknownEvidenceKind,
    /// A title or reference is empty or longer than 300 characters. NL: verkeerde lengte.
    EvidenceText,
    /// The address is not a whole address over https. NL: ongeldig adres.
    InvalidAddress,
    /// Neither an address nor a reference says where the evidence stands. NL: vindplaats ontbreekt.
    EvidenceNowhere,
    /// The date of the evidence lies in the future. NL: datum in de toekomst.
    EvidenceInTheFuture,
}

target_codes!(SaveDraftErrorCode);

answer_codes!(SaveDraftErrorCode: UnknownCriterion, NotYoursToAnswer, NotApplicableNotAllowed, AnsweredTwice,
    ExplanationTooLong, PersonalData, StaleRevision, TooMuchEvidence, UnknownEvidenceKind, EvidenceText, InvalidAddress,
    EvidenceNowhere, EvidenceInTheFuture);

user_error! {
    /// A mistake in a save. NL: fout bij het opslaan van een concept.
    SaveDraftError, SaveDraftErrorCode, without a key
}

/// An answer to keep in the draft. NL: op te slaan antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct DraftAnswerInput {
    /// The code of the criterion within the edition of the period, as in `BB-03`. NL: code van het
    /// criterium.
    criterion: String,
    /// The answer; `UNKNOWN` takes an earlier answer back. NL: antwoord.
    answer: Coded<AnswerValue>,
    /// The explanation, at most 4,000 characters and without personal data; null for none. NL:
    /// toelichting.
    explanation: Option<String>,
    /// All evidence of the answer, at most 20 pieces; leave out to keep what is there. NL: bewijs.
    evidence: Option<Vec<EvidenceInput>>,
    /// The revision that you saw; null for an answer that you have not seen before. NL: revisie.
    revision: Option<i32>,
}

/// Answers to keep; others of the draft stay as they are. NL: op te slaan concept.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct SaveDraftInput {
    /// The CBS code of the municipality that is filled in for. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The answers to keep, 1 to 100. NL: antwoorden.
    answers: Vec<DraftAnswerInput>,
}

/// What became of a save. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct SaveDraftPayload {
    /// The assessment with its draft; null when nothing was saved. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// Of each answer that was changed since the revision that you saw: what it is now. NL: huidige
    /// antwoorden.
    pub(super) current: Vec<DraftAnswerView>,
    /// What to repair; empty when everything was saved, and otherwise nothing was. NL: fouten.
    pub(super) errors: Vec<SaveDraftError>,
}

/// Starts a draft; gives the subject.
pub(super) async fn start(
    request: &RequestContext,
    input: &StartDraftInput,
) -> Result<String, Stopped<StartDraftErrorCode>> {
    let municipality = municipality_of(&input.municipality)?;
    let session = request.write().await?;
    let permit = policy::may_fill_draft(session.mandate(), &municipality)?;
    let target = target(&session, municipality, &input.period).await?;
    stop_at(
        target
            .not_open(&session, StartDraftErrorCode::PeriodNotOpen)
            .into_iter()
            .collect(),
    )?;
    begin(&session, &permit, &target, &[]).await?;
    request.count_written(session.statements());
    session.commit().await?;
    Ok(target.subject())
}

/// Makes the draft when there is none, with what the last assessment said of all but these
/// criteria, and locks it.
pub(super) async fn begin(
    session: &Session,
    permit: &MayFillDraft,
    target: &Target,
    except: &[&str],
) -> Result<(), DbError> {
    let made = work::make_draft(session, permit, &target.period, &target.edition.code).await?;
    if !made {
        return work::lock_draft(session, permit, target.period.as_str()).await;
    }
    let scope = policy::answers(session.mandate());
    let (municipality, period) = (target.municipality.as_str(), target.period.as_str());
    let Some(earlier) = repo::earlier(session, &scope, municipality, period).await? else {
        return Ok(());
    };
    let answers = repo::carried(session, &scope, municipality, &earlier).await?;
    let lineage = repo::lineage(session).await?;
    let carried = carry::carry_over(&target.edition, (&earlier.edition, &answers), &lineage);
    let carried: Vec<ToKeep> = carried
        .into_iter()
        .filter(|one| !except.contains(&one.criterion.as_str()))
        .map(ToKeep::from)
        .collect();
    let from = Some(earlier.period.as_str());
    work::keep_draft_answers(session, permit, &target.period, (&carried, from)).await
}

/// What a save led to: the subject, or what is there of answers that the caller saw an earlier
/// revision of.
pub(super) enum Saved {
    Kept(String),
    Refused(Vec<Mistake<SaveDraftErrorCode>>, Vec<DraftAnswer>),
}

impl Outcome for Saved {
    fn read(subject: String) -> Option<Self> {
        Some(Self::Kept(subject))
    }
}

/// Keeps answers of a draft.
pub(super) async fn save(
    request: &RequestContext,
    input: &SaveDraftInput,
) -> Result<Saved, Stopped<SaveDraftErrorCode>> {
    use SaveDraftErrorCode as Code;
    let municipality = municipality_of(&input.municipality)?;
    let session = request.write().await?;
    let permit = policy::may_fill_draft(session.mandate(), &municipality)?;
    let target = target(&session, municipality, &input.period).await?;
    let mut mistakes: Vec<_> = target
        .not_open(&session, Code::PeriodNotOpen)
        .into_iter()
        .collect();
    if input.answers.is_empty() || input.answers.len() > MOST_ANSWERS {
        mistakes.push(Mistake::at(
            Code::WrongNumberOfAnswers,
            &["answers"],
            format!("Sla 1 tot {MOST_ANSWERS} antwoorden tegelijk op."),
            format!("Save 1 to {MOST_ANSWERS} answers at once."),
        ));
        return Err(Stopped::Wrong(mistakes));
    }
    let given: Vec<ToCheck> = input.answers.iter().map(ToCheck::from).collect();
    let kept = fill(&session, &permit, &target, &given).await?;
    match kept {
        Ok(()) if mistakes.is_empty() => {}
        Ok(()) => return Err(Stopped::Wrong(mistakes)),
        Err(Unfit {
            mistakes: wrong,
            current,
        }) => {
            mistakes.extend(answer_mistakes(wrong)?);
            return Ok(Saved::Refused(mistakes, current));
        }
    }
    request.count_written(session.statements());
    session.commit().await?;
    Ok(Saved::Kept(target.subject()))
}

/// An answer that somebody gives, before it is checked.
#[derive(Debug, Clone)]
pub(super) struct ToCheck {
    pub(super) criterion: String,
    pub(super) answer: AnswerValue,
    pub(super) explanation: Option<String>,
    pub(super) evidence: Option<Vec<GivenEvidence>>,
    pub(super) revision: Option<i32>,
}

impl From<&DraftAnswerInput> for ToCheck {
    fn from(input: &DraftAnswerInput) -> Self {
        let pieces = input.evidence.as_ref();
        Self {
            criterion: input.criterion.clone(),
            answer: input.answer.0,
            explanation: input.explanation.clone(),
            evidence: pieces.map(|pieces| pieces.iter().map(GivenEvidence::from).collect()),
            revision: input.revision,
        }
    }
}

/// Answers that were not kept: why, and what is there where the caller saw an earlier revision.
#[derive(Debug)]
pub(super) struct Unfit {
    pub(super) mistakes: Vec<Mistake<AnswerMistake>>,
    pub(super) current: Vec<DraftAnswer>,
}

/// Makes the draft when there is none and keeps the answers, all or none of them. The caller
/// commits.
pub(super) async fn fill(
    session: &Session,
    permit: &MayFillDraft,
    target: &Target,
    given: &[ToCheck],
) -> Result<Result<(), Unfit>, DbError> {
    let codes: Vec<&str> = given.iter().map(|one| one.criterion.as_str()).collect();
    begin(session, permit, target, &codes).await?;
    let period = target.period.as_str();
    let before = work::draft_answers(session, permit, period).await?;
    let criteria = framework::repo::criteria(session, &target.edition.code).await?;
    let kinds: Vec<(String, Vec<String>)> = criteria
        .into_iter()
        .map(|row| (row.code, row.evidence_kinds))
        .collect();
    let of = |criterion: &str| before.iter().find(|row| row.criterion == criterion);
    let requested: Vec<GivenAnswer<'_>> = given
        .iter()
        .map(|one| GivenAnswer {
            criterion: &one.criterion,
            answer: one.answer,
            explanation: one.explanation.as_deref(),
            evidence: one.evidence.as_deref(),
            revision: one.revision,
            kept: of(&one.criterion).map(|row| row.revision),
        })
        .collect();
    let measure = Measure {
        edition: &target.edition,
        kinds: &kinds,
        today: session.today(),
    };
    let mistakes = rules::check_answers(measure, &requested);
    if !mistakes.is_empty() {
        let stale = requested.iter().filter(|one| one.revision != one.kept);
        let current = stale.filter_map(|one| of(one.criterion).cloned());
        return Ok(Err(Unfit {
            current: current.collect(),
            mistakes,
        }));
    }
    let now = session.moment().instant;
    let keep: Vec<ToKeep> = given
        .iter()
        .map(|one| {
            let there = match of(&one.criterion) {
                Some(row) => row.evidence()?,
                None => Vec::new(),
            };
            Ok(ToKeep {
                criterion: one.criterion.clone(),
                answer: one.answer,
                explanation: rules::explanation(one.explanation.as_deref()),
                evidence: match &one.evidence {
                    Some(pieces) => evidence::received(pieces, &there, now),
                    None => there,
                },
            })
        })
        .collect::<Result<_, DbError>>()?;
    work::keep_draft_answers(session, permit, &target.period, (&keep, None)).await?;
    Ok(Ok(()))
}
