//! `recordGoal`, `withdrawGoal`: a goal of a line with its target values, as a document prints
//! them; what was recorded by mistake, and on which nothing rests, is taken back.

use async_graphql::InputObject;
use entity::{action_goal, action_line, goal_lineage, goal_target, measurement, operational_goal};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    date::Date,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

use super::{
    errors::{OperationalGoalError, OperationalGoalErrorCode as Code},
    goal::OperationalGoal,
    goal_repo::{self as repo, NewGoal, NewTarget, Term},
};
use crate::{
    plan::record_result::UnitInput,
    sources::input::{SourceInput, data_set_mistake, source_mistakes},
};
use domain::{
    goals::codes::{BaselineState, TargetDirection, TargetKind},
    mistake::{Mistake, VersionCodes, existing_or_outdated, outdated, text_mistakes},
    plan::CURRENT_PLAN,
    policy::{self, MayManagePlan},
};

/// Characters of a goal and of the words of a target at most.
const LONGEST_TEXT: usize = 4000;
/// Characters of a unit at most.
const LONGEST_UNIT: usize = 500;
/// The highest number of a goal.
const HIGHEST: i32 = 99;
/// Target values of one goal at most.
const MOST_TARGETS: usize = 20;

/// A target value of a goal. NL: streefwaarde.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct GoalTargetInput {
    /// What kind of target it is. NL: soort.
    kind: Coded<TargetKind>,
    /// How the value is meant. NL: richting.
    direction: Coded<TargetDirection>,
    /// The value, or the lower end of a range, 0 or more. NL: waarde.
    value: i32,
    /// The upper end of a range, above the lower one; of BETWEEN and of no other. NL: bovengrens.
    value_to: Option<i32>,
    /// Of what. NL: eenheid.
    unit: UnitInput,
    /// The words of the document, in Dutch, at most 4,000 characters. NL: tekst van de bron.
    text: String,
    /// Whether there is a baseline to compare with, by the document; of a COUNT none is needed. NL:
    /// nulmeting.
    baseline: Coded<BaselineState>,
}

/// A goal of a line as a document prints it. An optional member that is left out stays as it is,
/// and null clears it. NL: vast te leggen operationeel doel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordGoalInput {
    /// The plan version. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The number of the line. NL: actielijn.
    line: i32,
    /// The number within the line, 1 to 99; 0 is the overarching goal of the line. NL: nummer.
    number: i32,
    /// The goal in Dutch as the document prints it, at most 4,000 characters. NL: doel.
    text_nl: String,
    /// The same in English, at most 4,000 characters. NL: vertaling.
    text_en: String,
    /// The first day of its term. From 1950-01-01 to 2099-12-31. NL: begin.
    starts_on: Member<Date>,
    /// The last day to reach it, the first day or later. From 1950-01-01 to 2099-12-31. NL:
    /// termijn.
    deadline_on: Member<Date>,
    /// The target values, at most 20, all of them in their order: measurements name them by their
    /// place, so that one which was measured keeps its place. NL: streefwaarden.
    targets: Member<Vec<GoalTargetInput>>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the goal that you saw last; null or left out when you saw none, for a new
    /// one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a goal. NL: resultaat.
    RecordGoalPayload {
        /// The goal; null when it was not recorded. NL: operationeel doel.
        goal: OperationalGoal,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: OperationalGoalError,
    }
}

/// A term of which a day is given, or the one that is kept.
fn term(given: Member<Date>, kept: Option<Term>) -> Term {
    match given {
        Member::LeftOut => kept.unwrap_or_default(),
        Member::Null => Term::default(),
        Member::Value(day) => (None, Some(day.0)),
    }
}

impl RecordGoalInput {
    fn targets(&self) -> &[GoalTargetInput] {
        self.targets.value().map_or(&[], Vec::as_slice)
    }

    /// The goal, with what the input leaves out as it was.
    fn beside(&self, before: Option<&operational_goal::Model>) -> NewGoal {
        let starts = before.map(|row| (row.starts_text.clone(), row.starts_on));
        let deadline = before.map(|row| (row.deadline_text.clone(), row.deadline_on));
        NewGoal {
            plan: self.plan.clone(),
            line: self.line,
            number: self.number,
            text_nl: self.text_nl.trim().to_owned(),
            text_en: self.text_en.trim().to_owned(),
            starts: term(self.starts_on, starts),
            deadline: term(self.deadline_on, deadline),
            source: self.source.pair(),
        }
    }
}

impl From<&GoalTargetInput> for NewTarget {
    fn from(input: &GoalTargetInput) -> Self {
        Self {
            kind: input.kind.0.code(),
            direction: input.direction.0.code(),
            value: input.value,
            value_to: input.value_to,
            unit_nl: input.unit.nl.trim().to_owned(),
            unit_en: input.unit.en.trim().to_owned(),
            text_nl: input.text.trim().to_owned(),
            baseline: input.baseline.0.code(),
        }
    }
}

/// Records a goal; gives its key.
pub(super) async fn record(
    request: &RequestContext,
    input: &RecordGoalInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("recordGoal", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let subject = format!("{}/{}/{}", input.plan, input.line, input.number);
    let goals = change.known::<operational_goal::Entity>().await?;
    let before = goals.iter().find(|row| row.subject_key == subject).cloned();
    let new = input.beside(before.as_ref());
    let mut mistakes = form_mistakes(input, &new);
    let lines = change.known::<action_line::Entity>().await?;
    let keys = lines.iter().map(|row| row.subject_key.as_str());
    let line = format!("{}/{}", input.plan, input.line);
    let what = ("actielijn", "action line");
    mistakes.extend(Mistake::unknown(
        Code::UnknownLine,
        &["line"],
        what,
        &line,
        keys,
    ));
    let known = targets_of(&change, &new).await?;
    if !input.targets.is_left_out() {
        mistakes.extend(measured_mistakes(&change, &new, input.targets().len()).await?);
    }
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
    let Change { writer, permit, .. } = &mut change;
    repo::append_goal(writer, permit, &new, before.as_ref()).await?;
    if !input.targets.is_left_out() {
        let targets: Vec<NewTarget> = input.targets().iter().map(NewTarget::from).collect();
        repo::append_targets(writer, permit, &new, &targets, &known).await?;
    }
    Ok(change.seal(request, subject).await?)
}

/// The target values of a goal so far, in their order.
async fn targets_of(
    change: &Change<MayManagePlan>,
    goal: &NewGoal,
) -> Result<Vec<goal_target::Model>, Stopped<Code>> {
    let rows = change.known::<goal_target::Entity>().await?;
    let place = (goal.plan.as_str(), goal.line, goal.number);
    let own = rows
        .iter()
        .filter(|row| (row.plan.as_str(), row.line, row.goal) == place);
    Ok(own.cloned().collect())
}

/// That a target value would go which was measured: its measurements name it by its place.
async fn measured_mistakes(
    change: &Change<MayManagePlan>,
    goal: &NewGoal,
    count: usize,
) -> Result<Option<Mistake<Code>>, Stopped<Code>> {
    let rows = change.known::<measurement::Entity>().await?;
    let place = (goal.plan.as_str(), Some(goal.line), Some(goal.number));
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    let mut own = rows
        .iter()
        .filter(|row| (row.plan.as_str(), row.line, row.goal) == place);
    let measured = own.find(|row| row.target.is_some_and(|target| target > count));
    Ok(measured.map(|row| {
        Mistake::at(
            Code::InUse,
            &["targets"],
            format!(
                "Meting {} is van een streefwaarde die zou vervallen.",
                row.key
            ),
            format!(
                "Measurement {} is of a target value that would go.",
                row.key
            ),
        )
    }))
}

/// What is wrong with the input itself.
fn form_mistakes(input: &RecordGoalInput, new: &NewGoal) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if !(0..=HIGHEST).contains(&input.number) {
        mistakes.push(Mistake::at(
            Code::InvalidNumber,
            &["number"],
            format!("Een doel heeft een nummer van 0 tot {HIGHEST}; 0 is het overkoepelende doel."),
            format!("A goal has a number from 0 to {HIGHEST}; 0 is the overarching goal."),
        ));
    }
    for (field, text) in [("textNl", &input.text_nl), ("textEn", &input.text_en)] {
        mistakes.extend(text_mistakes(
            &[field],
            Some(text),
            LONGEST_TEXT,
            Code::TextLength,
        ));
    }
    if new
        .starts
        .1
        .zip(new.deadline.1)
        .is_some_and(|(first, last)| first > last)
    {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["deadlineOn"],
            "De termijn eindigt voor zij begint.",
            "The term ends before it begins.",
        ));
    }
    let targets = input.targets();
    if targets.len() > MOST_TARGETS {
        mistakes.push(Mistake::at(
            Code::TooManyTargets,
            &["targets"],
            format!("Een doel heeft ten hoogste {MOST_TARGETS} streefwaarden."),
            format!("A goal has at most {MOST_TARGETS} target values."),
        ));
    }
    for (i, target) in targets.iter().enumerate() {
        mistakes.extend(target_mistakes(target, &i.to_string()));
    }
    mistakes
}

fn target_mistakes(target: &GoalTargetInput, index: &str) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    let is_range = target.direction.0 == TargetDirection::Between;
    let fits = match target.value_to {
        Some(end) => is_range && target.value < end,
        None => !is_range,
    };
    if !fits || target.value < 0 {
        mistakes.push(Mistake::at(
            Code::InvalidRange,
            &["targets", index, "value"],
            "Een waarde is 0 of meer; alleen BETWEEN heeft een bovengrens, hoger dan de waarde.",
            "A value is 0 or more; only BETWEEN has an upper end, above the value.",
        ));
    }
    let is_count = target.kind.0 == TargetKind::Count;
    if is_count != (target.baseline.0 == BaselineState::NotNeeded) {
        mistakes.push(Mistake::at(
            Code::BaselineAndKind,
            &["targets", index, "baseline"],
            "Een aantal heeft geen nulmeting nodig (NOT_NEEDED), een stijging wel.",
            "A count needs no baseline (NOT_NEEDED), a rise does.",
        ));
    }
    for (field, text, longest) in [
        (&["text"][..], &target.text, LONGEST_TEXT),
        (&["unit", "nl"][..], &target.unit.nl, LONGEST_UNIT),
        (&["unit", "en"][..], &target.unit.en, LONGEST_UNIT),
    ] {
        let place = [&["targets", index][..], field].concat();
        mistakes.extend(text_mistakes(&place, Some(text), longest, Code::TextLength));
    }
    mistakes
}

/// A goal that was recorded by mistake, and on which nothing rests. NL: in te trekken doel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawGoalInput {
    /// The key of the goal, as in `2024/2/1`. NL: sleutel.
    goal: String,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the goal that you saw last; null or left out, the last word wins. NL:
    /// verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of withdrawing a goal. NL: resultaat.
    WithdrawGoalPayload {
        /// The key of the goal; null when it was not withdrawn. NL: ingetrokken doel.
        withdrawn: String,
        /// What to repair; empty when it was withdrawn. NL: fouten.
        errors: OperationalGoalError,
    }
}

/// Takes a goal back with its target values; gives its key.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawGoalInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawGoal", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let mut mistakes =
        source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?;
    let goals = change.known::<operational_goal::Entity>().await?;
    let keys = goals.iter().map(|row| row.subject_key.as_str());
    let what = ("operationeel doel", "operational goal");
    mistakes.extend(Mistake::unknown(
        Code::UnknownGoal,
        &["goal"],
        what,
        &input.goal,
        keys,
    ));
    let found = goals
        .iter()
        .find(|row| row.subject_key == input.goal)
        .cloned();
    if let Some(goal) = &found {
        mistakes.extend(outdated(
            input.expected_version,
            goal.ledger_no,
            Code::Conflict,
        ));
        mistakes.extend(in_use(&change, goal).await?);
        let subject = ("OperationalGoal", input.goal.as_str());
        let session = change.session();
        mistakes.extend(data_set_mistake(session, subject, "goal", Code::OfDataSet).await?);
    }
    let Some(before) = found.filter(|_| mistakes.is_empty()) else {
        return Err(Stopped::Wrong(mistakes));
    };
    let rows = change.known::<goal_target::Entity>().await?;
    let place = (before.plan.as_str(), before.line, before.number);
    let own = rows
        .iter()
        .filter(|row| (row.plan.as_str(), row.line, row.goal) == place);
    let targets: Vec<goal_target::Model> = own.cloned().collect();
    let Change { writer, permit, .. } = &mut change;
    repo::append_withdrawal(writer, permit, (&before, &targets), input.source.pair()).await?;
    Ok(change.seal(request, &input.goal).await?)
}

/// That something rests on a goal: an action that serves it, a measurement of it, its wording in
/// another version of the plan.
async fn in_use(
    change: &Change<MayManagePlan>,
    goal: &operational_goal::Model,
) -> Result<Option<Mistake<Code>>, Stopped<Code>> {
    let place = (goal.plan.as_str(), goal.line, goal.number);
    let services = change.known::<action_goal::Entity>().await?;
    let serves = |row: &&action_goal::Model| (row.plan.as_str(), row.line, row.goal) == place;
    let served = services.iter().find(serves);
    let served = served.map(|row| format!("actie {}/{}", row.plan, row.number));
    let measurements = change.known::<measurement::Entity>().await?;
    let measures = |row: &&measurement::Model| {
        let of = (row.plan.as_str(), row.line, row.goal);
        of == (place.0, Some(place.1), Some(place.2))
    };
    let measured = measurements.iter().find(measures);
    let measured = measured.map(|row| format!("meting {}", row.key));
    let links = change.known::<goal_lineage::Entity>().await?;
    let is_linked = links.iter().any(|row| {
        (row.from_plan.as_str(), row.from_line, row.from_goal) == place
            || (row.to_plan.as_str(), row.to_line, row.to_goal) == place
    });
    let linked = is_linked.then(|| "een andere planversie".to_owned());
    Ok(served.or(measured).or(linked).map(|by| {
        Mistake::at(
            Code::InUse,
            &["goal"],
            format!("Op dit doel berust iets: {by}. Wijzig het doel, of haal dat eerst weg."),
            "Something rests on this goal: an action, a measurement or another plan version. \
             Change the goal, or take that away first.",
        )
    }))
}
