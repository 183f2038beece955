//! `recordMotion`, `withdrawMotion`: what the House asked of the plan or was promised, with what
//! answers it, comes in as a document prints it; what was recorded by mistake is taken back.

use async_graphql::InputObject;
use entity::{action, motion, motion_answer, plan_version};

use super::{
    errors::{MotionError, MotionErrorCode as Code},
    input::{SourceInput, data_set_mistake, source_mistakes},
    motion::Motion,
    motion_repo::{self as repo, NewAnswer, NewMotion},
};
use domain::{
    mistake::{Mistake, VersionCodes, existing_or_outdated, key_mistake, outdated, text_mistakes},
    plan::CURRENT_PLAN,
    policy::{self, MayManagePlan},
    sources::codes::{MotionKind, MotionOutcome},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

/// Characters of a title and of an answer at most.
const LONGEST_LINE: usize = 500;
/// Characters of what is asked for at most.
const LONGEST_TEXT: usize = 4000;
/// Characters of a reference at most.
const LONGEST_REFERENCE: usize = 200;
/// Answers to one motion at most.
const MOST_ANSWERS: usize = 50;

/// What answers a motion: an action, or a change of the plan as a whole. NL: uitvoering van een
/// motie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct MotionAnswerInput {
    /// The plan version in which it is answered. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The number of the action that answers it; left out, the plan as a whole does. NL:
    /// actienummer.
    action: Option<i32>,
    /// How it is answered, in Dutch, at most 500 characters. NL: omschrijving.
    text_nl: String,
    /// The same in English, at most 500 characters. NL: omschrijving in het Engels.
    text_en: String,
}

/// A motion, commitment, amendment or request as a document prints it. An optional member that is
/// left out stays as it is, and null clears it. NL: vast te leggen motie of toezegging.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordMotionInput {
    /// The key, as in `motie-krul-bikker`: 2 to 80 lower-case letters, digits and hyphens. NL:
    /// sleutel.
    key: String,
    /// The kind. NL: soort.
    kind: Coded<MotionKind>,
    /// The name in Dutch, at most 500 characters. NL: naam.
    title_nl: String,
    /// The name in English, at most 500 characters. NL: naam in het Engels.
    title_en: String,
    /// What it asks or promises, in Dutch, at most 4,000 characters. NL: verzoek of toezegging.
    asks_nl: String,
    /// The same in English, at most 4,000 characters. NL: verzoek in het Engels.
    asks_en: String,
    /// What became of it by the document; of one that is not there yet, or with null, UNKNOWN. NL:
    /// uitkomst.
    outcome: Member<Coded<MotionOutcome>>,
    /// The parliamentary paper as printed, at most 200 characters. NL: kamerstuk.
    reference: Member<String>,
    /// Money that it is about, in whole euros, 0 or more; never part of a sum. NL: bedrag.
    amount_euros: Member<i32>,
    /// What answers it, in the order of the document, at most 50, all of them; null takes all of
    /// them away. NL: uitvoering.
    answers: Member<Vec<MotionAnswerInput>>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the motion that you saw last; null or left out when you saw none, for a new
    /// one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a motion. NL: resultaat.
    RecordMotionPayload {
        /// The motion; null when it was not recorded. NL: motie of toezegging.
        motion: Motion,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: MotionError,
    }
}

impl RecordMotionInput {
    fn answers(&self) -> &[MotionAnswerInput] {
        self.answers.value().map_or(&[], Vec::as_slice)
    }

    /// The motion, with what the input leaves out as it was.
    fn beside(&self, before: Option<&motion::Model>) -> NewMotion {
        let unknown = MotionOutcome::Unknown.code().to_owned();
        let kept = before.map(|row| row.outcome.clone());
        NewMotion {
            key: self.key.clone(),
            kind: self.kind.0.code(),
            title_nl: self.title_nl.trim().to_owned(),
            title_en: self.title_en.trim().to_owned(),
            asks_nl: self.asks_nl.trim().to_owned(),
            asks_en: self.asks_en.trim().to_owned(),
            outcome: match self.outcome {
                Member::LeftOut => kept.unwrap_or(unknown),
                Member::Null => unknown,
                Member::Value(Coded(outcome)) => outcome.code().to_owned(),
            },
            reference: self
                .reference
                .clone()
                .or_kept(before.and_then(|row| row.reference.clone())),
            amount_euros: self
                .amount_euros
                .or_kept(before.and_then(|row| row.amount_euros)),
            source: self.source.pair(),
        }
    }
}

/// Records a motion; gives its key.
pub(super) async fn record(
    request: &RequestContext,
    input: &RecordMotionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("recordMotion", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let motions = change.known::<motion::Entity>().await?;
    let before = motions.iter().find(|row| row.key == input.key).cloned();
    let mut mistakes = form_mistakes(input);
    mistakes.extend(answer_mistakes(&change, input.answers()).await?);
    let version = before.as_ref().map_or(0, |row| row.ledger_no);
    let codes = VersionCodes::new(Code::AlreadyExists, Code::Conflict);
    mistakes.extend(existing_or_outdated(
        &["key"],
        input.expected_version,
        version,
        codes,
    ));
    mistakes
        .extend(source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?);
    stop_at(mistakes)?;
    let known = answers_of(&change, &input.key).await?;
    let new = input.beside(before.as_ref());
    let Change { writer, permit, .. } = &mut change;
    repo::append_motion(writer, permit, &new, before.as_ref()).await?;
    if !input.answers.is_left_out() {
        let answers: Vec<NewAnswer> = input.answers().iter().map(NewAnswer::from).collect();
        repo::append_answers(writer, permit, &new, &answers, &known).await?;
    }
    Ok(change.seal(request, &input.key).await?)
}

impl From<&MotionAnswerInput> for NewAnswer {
    fn from(input: &MotionAnswerInput) -> Self {
        Self {
            plan: input.plan.clone(),
            number: input.action,
            text_nl: input.text_nl.trim().to_owned(),
            text_en: input.text_en.trim().to_owned(),
        }
    }
}

/// What answers a motion so far, in its order.
async fn answers_of(
    change: &Change<MayManagePlan>,
    motion: &str,
) -> Result<Vec<motion_answer::Model>, Stopped<Code>> {
    let rows = change.known::<motion_answer::Entity>().await?;
    let own = rows.iter().filter(|row| row.motion == motion);
    Ok(own.cloned().collect())
}

/// What is wrong with the input itself.
fn form_mistakes(input: &RecordMotionInput) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    mistakes.extend(key_mistake("key", &input.key, Code::InvalidKey));
    for (field, text, longest) in [
        ("titleNl", Some(input.title_nl.as_str()), LONGEST_LINE),
        ("titleEn", Some(input.title_en.as_str()), LONGEST_LINE),
        ("asksNl", Some(input.asks_nl.as_str()), LONGEST_TEXT),
        ("asksEn", Some(input.asks_en.as_str()), LONGEST_TEXT),
        ("reference", input.reference.text(), LONGEST_REFERENCE),
    ] {
        mistakes.extend(text_mistakes(&[field], text, longest, Code::TextLength));
    }
    if input.amount_euros.value().is_some_and(|euros| *euros < 0) {
        mistakes.push(Mistake::at(
            Code::InvalidAmount,
            &["amountEuros"],
            "Een bedrag is 0 of meer.",
            "An amount is 0 or more.",
        ));
    }
    let answers = input.answers();
    if answers.len() > MOST_ANSWERS {
        mistakes.push(Mistake::at(
            Code::TooManyAnswers,
            &["answers"],
            format!("Noem ten hoogste {MOST_ANSWERS} onderdelen van de uitvoering."),
            format!("Name at most {MOST_ANSWERS} answers."),
        ));
    }
    for (i, answer) in answers.iter().enumerate() {
        for (field, text) in [("textNl", &answer.text_nl), ("textEn", &answer.text_en)] {
            mistakes.extend(text_mistakes(
                &["answers", &i.to_string(), field],
                Some(text),
                LONGEST_LINE,
                Code::TextLength,
            ));
        }
    }
    mistakes
}

/// The plans and actions of the answers that do not exist; without its plan no action can be
/// judged.
async fn answer_mistakes(
    change: &Change<MayManagePlan>,
    answers: &[MotionAnswerInput],
) -> Result<Vec<Mistake<Code>>, Stopped<Code>> {
    let versions = change.known::<plan_version::Entity>().await?;
    let actions = change.known::<action::Entity>().await?;
    let mut mistakes = Vec::new();
    for (i, answer) in answers.iter().enumerate() {
        let index = i.to_string();
        let keys = versions.iter().map(|row| row.key.as_str());
        let at = ["answers", index.as_str(), "plan"];
        let what = ("planversie", "plan version");
        let unknown = Mistake::unknown(Code::UnknownPlan, &at, what, &answer.plan, keys);
        if let Some(mistake) = unknown {
            mistakes.push(mistake);
            continue;
        }
        let Some(number) = answer.action else {
            continue;
        };
        let keys = actions.iter().map(|row| row.subject_key.as_str());
        let at = ["answers", index.as_str(), "action"];
        let key = format!("{}/{number}", answer.plan);
        let what = ("actie", "action");
        mistakes.extend(Mistake::unknown(Code::UnknownAction, &at, what, &key, keys));
    }
    Ok(mistakes)
}

/// A motion that was recorded by mistake. NL: in te trekken motie of toezegging.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawMotionInput {
    /// The key of the motion. NL: sleutel.
    key: String,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the motion that you saw last; null or left out, the last word wins. NL:
    /// verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of withdrawing a motion. NL: resultaat.
    WithdrawMotionPayload {
        /// The key of the motion; null when it was not withdrawn. NL: ingetrokken motie.
        withdrawn: String,
        /// What to repair; empty when it was withdrawn. NL: fouten.
        errors: MotionError,
    }
}

/// Takes a motion back with its answers; gives its key.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawMotionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawMotion", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let mut mistakes =
        source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?;
    let motions = change.known::<motion::Entity>().await?;
    let keys = motions.iter().map(|row| row.key.as_str());
    let what = ("motie of toezegging", "motion");
    mistakes.extend(Mistake::unknown(
        Code::UnknownMotion,
        &["key"],
        what,
        &input.key,
        keys,
    ));
    let found = motions.iter().find(|row| row.key == input.key).cloned();
    let version = found.as_ref().map_or(0, |row| row.ledger_no);
    let seen = input.expected_version.filter(|_| found.is_some());
    mistakes.extend(outdated(seen, version, Code::Conflict));
    let (session, subject) = (change.session(), ("Motion", input.key.as_str()));
    mistakes.extend(data_set_mistake(session, subject, "key", Code::OfDataSet).await?);
    let Some(before) = found.filter(|_| mistakes.is_empty()) else {
        return Err(Stopped::Wrong(mistakes));
    };
    let answers = answers_of(&change, &input.key).await?;
    let Change { writer, permit, .. } = &mut change;
    repo::append_withdrawal(writer, permit, (&before, &answers), input.source.pair()).await?;
    Ok(change.seal(request, &input.key).await?)
}
