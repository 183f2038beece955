//! `recordActionLine`, `withdrawActionLine`: a line of the plan as a document prints it; one that
//! was recorded by mistake, and on which nothing rests, is taken back.

use async_graphql::InputObject;
use entity::{action, action_line, budget_cell, intended_effect, operational_goal, plan_version};

use super::{
    errors::{ActionLineError, ActionLineErrorCode as Code},
    outline_repo::{self as repo, NewLine},
    plan_action::LONGEST_TITLE,
    schema::ActionLine,
};
use crate::sources::input::{SourceInput, data_set_mistake, source_mistakes};
use domain::{
    mistake::{Mistake, VersionCodes, existing_or_outdated, outdated, text_mistakes},
    plan::CURRENT_PLAN,
    policy::{self, MayManagePlan},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

/// Characters of what a line is about at most.
const LONGEST_NARRATIVE: usize = 4000;
/// The highest number of a line.
const HIGHEST: i32 = 99;

/// A line of the plan as a document prints it. An optional member that is left out stays as it is,
/// and null clears it. NL: vast te leggen actielijn.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordActionLineInput {
    /// The plan version. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The number within the plan version, 1 to 99. NL: nummer.
    number: i32,
    /// The title in Dutch, at most 500 characters. NL: titel.
    title_nl: String,
    /// The title in English, at most 500 characters. NL: titel in het Engels.
    title_en: String,
    /// The short Dutch title of the dashboard, at most 500 characters. NL: korte titel.
    short_title_nl: Member<String>,
    /// What the line is about, in Dutch, at most 4,000 characters. NL: beschrijving.
    narrative_nl: Member<String>,
    /// Whether the line is new in this plan version; of one that is not there yet, or with null, it
    /// is. NL: nieuw in deze versie.
    is_new: Member<bool>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the line that you saw last; null or left out when you saw none, for a new
    /// one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a line. NL: resultaat.
    RecordActionLinePayload {
        /// The line; null when it was not recorded. NL: actielijn.
        line: ActionLine,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: ActionLineError,
    }
}

impl RecordActionLineInput {
    /// The line, with what the input leaves out as it was.
    fn beside(&self, before: Option<&action_line::Model>) -> NewLine {
        let short_title = before.and_then(|row| row.short_title_nl.clone());
        let narrative = before.and_then(|row| row.narrative_nl.clone());
        let is_new = before.map(|row| row.is_new);
        NewLine {
            plan: self.plan.clone(),
            number: self.number,
            title_nl: self.title_nl.trim().to_owned(),
            title_en: self.title_en.trim().to_owned(),
            short_title_nl: self.short_title_nl.clone().or_kept(short_title),
            narrative_nl: self.narrative_nl.clone().or_kept(narrative),
            is_new: self.is_new.or_kept(is_new).unwrap_or(true),
            source: self.source.pair(),
        }
    }
}

/// Records a line; gives its key.
pub(super) async fn record(
    request: &RequestContext,
    input: &RecordActionLineInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("recordActionLine", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let subject = format!("{}/{}", input.plan, input.number);
    let lines = change.known::<action_line::Entity>().await?;
    let before = lines.iter().find(|row| row.subject_key == subject).cloned();
    let mut mistakes = form_mistakes(input);
    let versions = change.known::<plan_version::Entity>().await?;
    let keys = versions.iter().map(|row| row.key.as_str());
    let what = ("planversie", "plan version");
    let unknown = Mistake::unknown(Code::UnknownPlan, &["plan"], what, &input.plan, keys);
    mistakes.extend(unknown);
    let version = before.as_ref().map_or(0, |row| row.ledger_no);
    let codes = VersionCodes::new(Code::AlreadyExists, Code::Conflict);
    mistakes.extend(existing_or_outdated(
        &["number"],
        input.expected_version,
        version,
        codes,
    ));
    mistakes
        .extend(source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?);
    stop_at(mistakes)?;
    let new = input.beside(before.as_ref());
    let Change { writer, permit, .. } = &mut change;
    repo::append_line(writer, permit, new, before.as_ref()).await?;
    Ok(change.seal(request, subject).await?)
}

/// What is wrong with the input itself.
fn form_mistakes(input: &RecordActionLineInput) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if !(1..=HIGHEST).contains(&input.number) {
        mistakes.push(Mistake::at(
            Code::InvalidNumber,
            &["number"],
            format!("Een actielijn heeft een nummer van 1 tot {HIGHEST}."),
            format!("A line has a number from 1 to {HIGHEST}."),
        ));
    }
    for (field, text, longest) in [
        ("titleNl", Some(input.title_nl.as_str()), LONGEST_TITLE),
        ("titleEn", Some(input.title_en.as_str()), LONGEST_TITLE),
        ("shortTitleNl", input.short_title_nl.text(), LONGEST_TITLE),
        ("narrativeNl", input.narrative_nl.text(), LONGEST_NARRATIVE),
    ] {
        mistakes.extend(text_mistakes(&[field], text, longest, Code::TextLength));
    }
    mistakes
}

/// A line that was recorded by mistake, and on which nothing rests. NL: in te trekken actielijn.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawActionLineInput {
    /// The plan version. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The number within the plan version. NL: nummer.
    number: i32,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the line that you saw last; null or left out, the last word wins. NL:
    /// verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of withdrawing a line. NL: resultaat.
    WithdrawActionLinePayload {
        /// The key of the line, as in `2024/7`; null when it was not withdrawn. NL: ingetrokken
        /// actielijn.
        withdrawn: String,
        /// What to repair; empty when it was withdrawn. NL: fouten.
        errors: ActionLineError,
    }
}

/// Takes a line back; gives its key.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawActionLineInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawActionLine", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let mut mistakes =
        source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?;
    let subject = format!("{}/{}", input.plan, input.number);
    let lines = change.known::<action_line::Entity>().await?;
    let keys = lines.iter().map(|row| row.subject_key.as_str());
    let what = ("actielijn", "action line");
    let unknown = Mistake::unknown(Code::UnknownLine, &["number"], what, &subject, keys);
    mistakes.extend(unknown);
    let found = lines.iter().find(|row| row.subject_key == subject).cloned();
    if let Some(line) = &found {
        mistakes.extend(outdated(
            input.expected_version,
            line.ledger_no,
            Code::Conflict,
        ));
        mistakes.extend(in_use(&change, line).await?);
        let (session, key) = (change.session(), ("ActionLine", subject.as_str()));
        mistakes.extend(data_set_mistake(session, key, "number", Code::OfDataSet).await?);
    }
    let Some(before) = found.filter(|_| mistakes.is_empty()) else {
        return Err(Stopped::Wrong(mistakes));
    };
    let Change { writer, permit, .. } = &mut change;
    repo::take_line(writer, permit, &before, input.source.pair()).await?;
    Ok(change.seal(request, subject).await?)
}

/// That a line has actions, goals, effects or money.
async fn in_use(
    change: &Change<MayManagePlan>,
    line: &action_line::Model,
) -> Result<Option<Mistake<Code>>, Stopped<Code>> {
    let place = (line.plan.as_str(), line.number);
    let actions = change.known::<action::Entity>().await?;
    let goals = change.known::<operational_goal::Entity>().await?;
    let effects = change.known::<intended_effect::Entity>().await?;
    let cells = change.known::<budget_cell::Entity>().await?;
    let has_money = cells
        .iter()
        .any(|row| (row.plan.as_str(), row.line) == (place.0, Some(place.1)));
    let is_used = actions
        .iter()
        .any(|row| (row.plan.as_str(), row.line) == place)
        || goals
            .iter()
            .any(|row| (row.plan.as_str(), row.line) == place)
        || effects
            .iter()
            .any(|row| (row.plan.as_str(), row.line) == place)
        || has_money;
    Ok(is_used.then(|| {
        Mistake::at(
            Code::InUse,
            &["number"],
            "Deze actielijn heeft acties, doelen, beoogde effecten of geld.",
            "This line has actions, goals, intended effects or money.",
        )
    }))
}
