//! `startDraft`, `saveDraft`: a municipality, or its region, fills in.
//!
//! A draft begins with what the last assessment said, marked to be confirmed. Saves of different
//! answers do not disturb each other; of one answer the revision that the caller saw must be the
//! one that is there.

use std::collections::BTreeMap;

use async_graphql::{InputObject, SimpleObject};
use graphql::{
    change::{Call, Change, Input as _, Outcome, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    member::Member,
    payload,
    payload::IdempotencyKey,
    written::look_through,
};

use super::{
    draft::DraftAnswerView,
    errors::{AssessmentError, AssessmentErrorCode},
    evidence_schema::EvidenceInput,
    history,
    parts::Parts,
    repo::{self, Subjects},
    schema::Assessment,
    sheet::Given,
    submitted,
    target::{Target, municipality_of},
    work::{self, DraftAnswer, ToKeep},
};
use chrono::{DateTime, Utc};
use database::{DbError, Session};
use domain::{
    assessment::{
        carry,
        evidence::{self, GivenEvidence},
        rules::{self, AnswerMistake, GivenAnswer, Measure},
    },
    framework::key::code_in,
    mistake::Mistake,
    policy::{self, MayFillDraft},
    verdict::rules::AnswerValue,
};

/// Answers that one save may hold.
pub(super) const MOST_ANSWERS: usize = 100;

/// A draft to start. NL: te beginnen concept.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct StartDraftInput {
    /// The CBS code of the municipality that is filled in for. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a start. NL: resultaat.
    StartDraftPayload {
        /// The assessment with its draft; null when it was not started. NL: beoordeling.
        assessment: Assessment,
        /// What to repair; empty when the draft is there. NL: fouten.
        errors: AssessmentError,
    }
}

/// An answer to keep in the draft. NL: op te slaan antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct DraftAnswerInput {
    /// The criterion, by its code within the edition of the period, as in `BB-03`, or its key, as
    /// in `VOORSTEL-1/BB-03`. NL: criterium.
    criterion: String,
    /// The answer; `UNKNOWN` takes an earlier answer back. NL: antwoord.
    answer: Coded<AnswerValue>,
    /// The explanation, at most 4,000 characters and without personal data; left out, it stays as
    /// it is, and null clears it. NL: toelichting.
    explanation: Member<String>,
    /// All evidence of the answer, at most 20 pieces; left out, it stays as it is, and null clears
    /// it. NL: bewijs.
    evidence: Member<Vec<EvidenceInput>>,
    /// The revision that you saw; null for an answer that you have not seen before. The same answer
    /// with the same revision once more is a repeat and changes nothing. NL: revisie.
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
#[derive(SimpleObject, Debug, Default)]
#[graphql(complex)]
pub(crate) struct SaveDraftPayload {
    /// The assessment with its draft; null when nothing was saved. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// Of each answer that was changed since the revision that you saw: what it is now. NL: huidige
    /// antwoorden.
    pub(super) current: Vec<DraftAnswerView>,
    /// What to repair; empty when everything was saved, and otherwise nothing was. NL: fouten.
    pub(super) errors: Vec<AssessmentError>,
}

graphql::warned! { SaveDraftPayload }

type Code = AssessmentErrorCode;

/// Starts a draft; gives the subject.
pub(super) async fn start(
    request: &RequestContext,
    input: &StartDraftInput,
) -> Result<String, Stopped<Code>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("startDraft", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_fill_draft(mandate, &municipality);
    let opened = Change::open(request, call, may).await?;
    let (session, permit) = (opened.session(), opened.permit());
    let target = Target::find(session, municipality.clone(), &input.period).await?;
    stop_at(Vec::from_iter(target.period.not_open(session)))?;
    begin(session, permit, &target, &[]).await?;
    Ok(opened.seal(request, target.subject()).await?)
}

/// Makes the draft when there is none, with what the last assessment said of all but these
/// criteria, and locks it.
pub(super) async fn begin(
    session: &Session,
    permit: &MayFillDraft,
    target: &Target,
    except: &[&str],
) -> Result<(), DbError> {
    let (period, edition) = (&target.period.key, &target.period.edition);
    if !work::open_draft(session, permit, period, &edition.code).await? {
        return Ok(());
    }
    let scope = policy::answers(session.mandate());
    let municipality = target.code();
    let Some(earlier) = repo::earlier(session, &scope, municipality, period.as_str()).await? else {
        return Ok(());
    };
    let answers = submitted::carried(session, &scope, municipality, &earlier).await?;
    let lineage = repo::lineage(session).await?;
    let carried = carry::carry_over(edition, &earlier.edition, &answers, &lineage);
    let carried: Vec<ToKeep> = carried
        .into_iter()
        .filter(|one| !except.contains(&one.criterion.as_str()))
        .map(ToKeep::from)
        .collect();
    work::keep_draft_answers(session, permit, period, &carried, Some(&earlier.period)).await
}

/// What a save led to: the subject, or what is there of answers that the caller saw an earlier
/// revision of.
pub(super) enum Saved {
    Kept(String),
    Refused(Vec<Mistake<Code>>, Vec<DraftAnswerView>),
}

impl Outcome for Saved {
    fn read(subject: String) -> Option<Self> {
        Some(Self::Kept(subject))
    }
}

/// Keeps answers of a draft. Whoever wants the assessment told gets it from the same transaction.
pub(super) async fn save(
    request: &RequestContext,
    input: &SaveDraftInput,
    wants_assessment: bool,
) -> Result<Saved, Stopped<Code>> {
    let municipality = municipality_of(&input.municipality)?;
    let session = request.write().await?;
    let permit = policy::may_fill_draft(session.mandate(), &municipality)?;
    let target = Target::find_for_draft(&session, municipality, &input.period).await?;
    let mut mistakes = Vec::from_iter(target.period.not_open(&session));
    if input.answers.is_empty() || input.answers.len() > MOST_ANSWERS {
        mistakes.push(Mistake::at(
            Code::ListLength,
            &["answers"],
            format!("Sla 1 tot {MOST_ANSWERS} antwoorden tegelijk op."),
            format!("Save 1 to {MOST_ANSWERS} answers at once."),
        ));
        return Err(Stopped::Wrong(mistakes));
    }
    let given: Vec<ToCheck> = input.answers.iter().map(ToCheck::from).collect();
    let draft = match fill(&session, &permit, &target, &given).await? {
        Ok(draft) => draft,
        Err(unfit) => {
            mistakes.extend(unfit.mistakes.into_iter().map(Mistake::into_code));
            let edition = &target.period.edition.code;
            let current = unfit.current.iter();
            let current = current.map(|row| DraftAnswerView::of(row, edition));
            return Ok(Saved::Refused(mistakes, current.collect()));
        }
    };
    stop_at(mistakes)?;
    request.warn(look_through::<Code>(&input.to_contract_value()).map_err(Stopped::Wrong)?);
    let (code, period) = (target.code(), target.key());
    let mut latest = BTreeMap::new();
    if wants_assessment {
        latest = history::latest(&session, &Subjects::of([(code, period)])).await?;
    }
    if request.commit_working_rows(session).await? && wants_assessment {
        let parts = Parts::of(request, code, period);
        parts.keep(latest.into_values().next(), draft).await?;
    }
    Ok(Saved::Kept(target.subject()))
}

/// An answer that somebody gives, before it is checked.
#[derive(Debug, Clone)]
pub(super) struct ToCheck {
    pub(super) criterion: String,
    pub(super) answer: AnswerValue,
    pub(super) explanation: Member<String>,
    pub(super) evidence: Member<Vec<GivenEvidence>>,
    pub(super) revision: Option<i32>,
    /// Whether the call is known again by its revisions alone, and not by a key of its own.
    pub(super) repeats_by_revision: bool,
}

impl From<&DraftAnswerInput> for ToCheck {
    fn from(input: &DraftAnswerInput) -> Self {
        Self {
            criterion: input.criterion.clone(),
            answer: input.answer.0,
            explanation: input.explanation.clone(),
            evidence: match &input.evidence {
                Member::LeftOut => Member::LeftOut,
                Member::Null => Member::Null,
                Member::Value(pieces) => {
                    Member::Value(pieces.iter().map(GivenEvidence::from).collect())
                }
            },
            revision: input.revision,
            repeats_by_revision: true,
        }
    }
}

impl From<&Given> for ToCheck {
    fn from(given: &Given) -> Self {
        Self {
            criterion: given.criterion.clone(),
            answer: given.answer,
            explanation: given.explanation.clone(),
            evidence: Member::LeftOut,
            revision: given.revision,
            repeats_by_revision: false,
        }
    }
}

impl ToCheck {
    /// The same, its criterion named by the code within an edition.
    fn in_edition(&self, edition: &str) -> Self {
        Self {
            criterion: code_in(edition, &self.criterion).to_owned(),
            ..self.clone()
        }
    }

    /// Whether the draft holds exactly this since the revision that the caller saw: the call is a
    /// repeat.
    fn is_kept(&self, kept: Option<&DraftAnswer>, now: DateTime<Utc>) -> Result<bool, DbError> {
        let follows = |row: &&DraftAnswer| {
            row.revision - 1 == self.revision.unwrap_or_default() && row.counts()
        };
        let Some(row) = kept.filter(|row| self.repeats_by_revision && follows(row)) else {
            return Ok(false);
        };
        let given = self.to_keep(kept, now)?;
        Ok(row.answer == given.answer.code()
            && row.explanation == given.explanation
            && row.evidence()? == given.evidence)
    }

    /// Beside the revision of the criterion in the draft, for the rules.
    fn beside(&self, kept: Option<i32>) -> GivenAnswer<'_> {
        GivenAnswer {
            criterion: &self.criterion,
            answer: self.answer,
            explanation: self.explanation.text(),
            evidence: self.evidence.value().map(Vec::as_slice),
            revision: self.revision,
            kept,
        }
    }

    /// As it is kept: what is given takes the place of what the draft has, null clears it, and what
    /// is left out stays.
    fn to_keep(&self, kept: Option<&DraftAnswer>, now: DateTime<Utc>) -> Result<ToKeep, DbError> {
        let before = kept.map_or(Ok(Vec::new()), DraftAnswer::evidence)?;
        Ok(ToKeep {
            criterion: self.criterion.clone(),
            answer: self.answer,
            explanation: match &self.explanation {
                Member::LeftOut => kept.and_then(|row| row.explanation.clone()),
                given @ (Member::Null | Member::Value(_)) => rules::explanation(given.text()),
            },
            evidence: match &self.evidence {
                Member::LeftOut => before,
                Member::Null => Vec::new(),
                Member::Value(pieces) => evidence::received(pieces, &before, now),
            },
        })
    }
}

/// Answers that were not kept: why, and what is there where the caller saw an earlier revision.
#[derive(Debug)]
pub(super) struct Unfit {
    pub(super) mistakes: Vec<Mistake<AnswerMistake>>,
    pub(super) current: Vec<DraftAnswer>,
}

/// Makes the draft when there is none and keeps the answers, all or none of them; gives those of the
/// draft as they are then. The caller commits.
pub(super) async fn fill(
    session: &Session,
    permit: &MayFillDraft,
    target: &Target,
    given: &[ToCheck],
) -> Result<Result<Vec<DraftAnswer>, Unfit>, DbError> {
    let edition = &target.period.edition;
    let given: Vec<ToCheck> = given
        .iter()
        .map(|one| one.in_edition(&edition.code))
        .collect();
    let codes: Vec<&str> = given.iter().map(|one| one.criterion.as_str()).collect();
    begin(session, permit, target, &codes).await?;
    let before = work::draft_answers(session, permit, target.key()).await?;
    let kept = |criterion: &str| before.iter().find(|row| row.criterion == criterion);
    let now = session.moment().instant;
    let repeats = given
        .iter()
        .map(|one| one.is_kept(kept(&one.criterion), now))
        .collect::<Result<Vec<_>, _>>()?;
    let revision_of = |one: &ToCheck, is_repeat: bool| match kept(&one.criterion) {
        Some(_) if is_repeat => one.revision,
        row => row.map(|row| row.revision),
    };
    let requested: Vec<GivenAnswer<'_>> = given
        .iter()
        .zip(&repeats)
        .map(|(one, is_repeat)| one.beside(revision_of(one, *is_repeat)))
        .collect();
    let measure = Measure {
        edition,
        kinds: &target.period.evidence_kinds,
        today: session.today(),
    };
    let mistakes = rules::check_answers(measure, &requested);
    if !mistakes.is_empty() {
        let stale = requested.iter().filter(|one| one.revision != one.kept);
        let current = stale.filter_map(|one| kept(one.criterion).cloned());
        return Ok(Err(Unfit {
            current: current.collect(),
            mistakes,
        }));
    }
    let keep = given
        .iter()
        .zip(&repeats)
        .filter(|(_, is_repeat)| !**is_repeat)
        .map(|(one, _)| one.to_keep(kept(&one.criterion), now))
        .collect::<Result<Vec<_>, _>>()?;
    let period = &target.period.key;
    if keep.iter().all(|one| kept(&one.criterion).is_some()) {
        work::change_draft_answers(session, permit, period, &keep).await?;
    } else {
        work::keep_draft_answers(session, permit, period, &keep, None).await?;
    }
    Ok(Ok(work::with_kept(session, before, &keep)?))
}
