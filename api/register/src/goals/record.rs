//! `recordMeasurement`.

use async_graphql::InputObject;
use chrono::NaiveDate;
use entity::{action, goal_target, measurement, operational_goal};
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
    errors::{MeasurementError, MeasurementErrorCode},
    measurement::Measurement,
    repo::{self, NewMeasurement},
};
use crate::{
    plan::{
        codes::action_mistake,
        record_result::{UnitInput, may_change},
    },
    sources::input::{SourceInput, source_mistakes},
};
use domain::{
    actor::PartnerKey,
    goals::codes::{MeasurementKind, MeasurementState},
    mistake::{Mistake, VersionCodes, existing_or_outdated, text_mistakes},
    plan::CURRENT_PLAN,
    policy::{self, MayReportOn},
};

/// Characters of an explanation at most.
const LONGEST_EXPLANATION: usize = 4000;
/// Characters of a unit, a group or a summary at most.
const LONGEST_LINE: usize = 500;

/// The target that a measurement is of. NL: streefwaarde van een meting.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct MeasuredTargetInput {
    /// The key of the goal, as in `2024/1/1`. NL: doel.
    goal: String,
    /// The target of that goal, by number from 1; left out when it is of the goal as a whole. NL:
    /// streefwaarde.
    target: Option<i32>,
}

/// The group that is measured, in both languages. NL: groep.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct MeasuredGroupInput {
    /// The group in Dutch, as in `schoolwerkers`, at most 500 characters: functions, never persons.
    /// NL: groep.
    nl: String,
    /// The group in English. NL: groep in het Engels.
    en: String,
}

/// A measurement as it stands from now on; everybody sees it at once. An optional member that is
/// left out stays as it is, and null clears it. NL: vast te leggen meting.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordMeasurementInput {
    /// The key, as in `nulmeting-schoolwerkers`: lower-case letters, digits and hyphens, at
    /// most 64. NL: sleutel.
    key: String,
    /// The plan version. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The number of the action that measures. NL: actienummer.
    action: i32,
    /// The goal that it is of, and its target; null when it is of none. NL: doel.
    of: Member<MeasuredTargetInput>,
    /// Which measurement it is. NL: soort meting.
    kind: Coded<MeasurementKind>,
    /// How far it is. NL: stand.
    state: Coded<MeasurementState>,
    /// The group that is measured; null when it is none in particular. NL: groep.
    group: Member<MeasuredGroupInput>,
    /// The figure, 0 or more; of what is REPORTED only. NL: waarde.
    value: Member<i32>,
    /// What the figure counts. NL: eenheid.
    unit: Member<UnitInput>,
    /// The day of the measurement; not ahead. From 1950-01-01 to 2099-12-31. NL: meetdatum.
    measured_on: Member<Date>,
    /// What was measured and how, in Dutch, at most 4,000 characters; no names of people, no cases.
    /// NL: toelichting.
    explanation: String,
    /// The same in English, at most 500 characters. NL: vertaling.
    summary: String,
    /// The document that says so; without it the reporter is the source, also of a measurement that
    /// is told anew. NL: bron.
    source: Option<SourceInput>,
    /// The `ledger` of the measurement that you saw last; null or left out when you saw none, for
    /// a new one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a measurement. NL: resultaat.
    RecordMeasurementPayload {
        /// The measurement; null when it was not recorded. NL: meting.
        measurement: Measurement,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: MeasurementError,
    }
}

type Code = MeasurementErrorCode;

impl RecordMeasurementInput {
    /// The input with what it leaves out as the measurement has it: the value as long as it is
    /// reported.
    fn beside(&self, before: Option<&measurement::Model>) -> Self {
        let mut input = self.clone();
        let Some(row) = before else {
            return input;
        };
        let goal = row.line.zip(row.goal);
        input.of.keep(goal.map(|(line, goal)| MeasuredTargetInput {
            goal: format!("{}/{line}/{goal}", row.plan),
            target: row.target,
        }));
        let group = row.group_nl.clone().zip(row.group_en.clone());
        input
            .group
            .keep(group.map(|(nl, en)| MeasuredGroupInput { nl, en }));
        if self.state.0 == MeasurementState::Reported {
            input.value.keep(row.value);
        }
        let unit = row.unit_nl.clone().zip(row.unit_en.clone());
        input.unit.keep(unit.map(|(nl, en)| UnitInput { nl, en }));
        input.measured_on.keep(row.measured_on.map(Date));
        input
    }
}

/// Records a measurement; gives its key.
pub(super) async fn record(
    request: &RequestContext,
    input: &RecordMeasurementInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("recordMeasurement", &input.idempotency_key, input);
    let action = format!("{}/{}", input.plan, input.action);
    let mut change = Change::begin(request, call, |mandate| {
        policy::may_report_on(mandate, &action)
    })
    .await?;
    let measurements = change.known::<measurement::Entity>().await?;
    let before = measurements.iter().find(|row| row.key == input.key);
    // A day that is not given stays as it is printed, which need not be a day.
    let date_text = before.filter(|_| input.measured_on.is_left_out());
    let date_text = date_text.and_then(|row| row.date_text.clone());
    let input = &input.beside(before);
    let mut mistakes = form_mistakes(input, change.session().today());
    let actions = change.known::<action::Entity>().await?;
    mistakes.extend(action_mistake(
        &input.plan,
        input.action,
        actions,
        Code::UnknownAction,
    ));
    mistakes.extend(before_mistakes(input, before, &change.permit));
    let goals = change.known::<operational_goal::Entity>().await?;
    let targets = change.known::<goal_target::Entity>().await?;
    let of = input.of.value();
    if let Some(of) = of {
        mistakes.extend(goal_mistakes(&input.plan, of, goals, targets));
    }
    mistakes.extend(
        source_mistakes(change.session(), input.source.as_ref(), Code::UnknownSource).await?,
    );
    stop_at(mistakes)?;
    let goal = of.and_then(|of| goals.iter().find(|goal| goal.subject_key == of.goal));
    let pair = |nl: &str, en: &str| (nl.trim().to_owned(), en.trim().to_owned());
    let new = NewMeasurement {
        key: input.key.clone(),
        line: goal.map(|goal| goal.line),
        goal: goal.map(|goal| goal.number),
        target: of.and_then(|of| of.target),
        kind: input.kind.code(),
        group: input.group.value().map(|group| pair(&group.nl, &group.en)),
        state: input.state.code(),
        value: input.value.value().copied(),
        unit: input.unit.value().map(|unit| pair(&unit.nl, &unit.en)),
        measured_on: input.measured_on.day(),
        date_text,
        explanation: input.explanation.trim().to_owned(),
        summary_en: input.summary.trim().to_owned(),
        source: input.source.as_ref().map(SourceInput::pair),
        before: before.map(|row| row.id),
    };
    repo::append_measurement(&mut change.writer, &change.permit, new).await?;
    Ok(change.seal(request, &input.key).await?)
}

/// The texts of a measurement at their places in the input.
fn texts(input: &RecordMeasurementInput) -> [(&'static [&'static str], Option<&str>, usize); 6] {
    let (unit, group) = (input.unit.value(), input.group.value());
    [
        (
            &["explanation"],
            Some(&input.explanation),
            LONGEST_EXPLANATION,
        ),
        (&["summary"], Some(&input.summary), LONGEST_LINE),
        (
            &["unit", "nl"],
            unit.map(|unit| unit.nl.as_str()),
            LONGEST_LINE,
        ),
        (
            &["unit", "en"],
            unit.map(|unit| unit.en.as_str()),
            LONGEST_LINE,
        ),
        (
            &["group", "nl"],
            group.map(|group| group.nl.as_str()),
            LONGEST_LINE,
        ),
        (
            &["group", "en"],
            group.map(|group| group.en.as_str()),
            LONGEST_LINE,
        ),
    ]
}

fn form_mistakes(input: &RecordMeasurementInput, today: NaiveDate) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if PartnerKey::parse(&input.key).is_none() {
        mistakes.push(Mistake::at(
            Code::InvalidKey,
            &["key"],
            "Een sleutel heeft 1 tot 64 kleine letters, cijfers en koppeltekens.",
            "A key has 1 to 64 lower-case letters, digits and hyphens.",
        ));
    }
    let (value, measured_on) = (input.value.value(), input.measured_on.value());
    let is_whole = value.is_some_and(|value| *value >= 0)
        && input.unit.value().is_some()
        && measured_on.is_some();
    let fits = match input.state.0 {
        MeasurementState::Reported => is_whole,
        MeasurementState::Running | MeasurementState::HardToMeasure => value.is_none(),
    };
    if !fits {
        mistakes.push(Mistake::at(
            Code::ValueAndState,
            &["value"],
            "Wat gerapporteerd is, heeft een waarde vanaf 0, een eenheid en een dag; iets anders \
             heeft geen waarde.",
            "What is REPORTED has a value from 0 up, a unit and a day; nothing else has a value.",
        ));
    }
    if measured_on.is_some_and(|day| *day > today) {
        mistakes.push(Mistake::at(
            Code::DateInFuture,
            &["measuredOn"],
            "De dag van de meting ligt in de toekomst.",
            "The day of the measurement lies ahead.",
        ));
    }
    for (field, text, longest) in texts(input) {
        mistakes.extend(text_mistakes(field, text, longest, Code::TextLength));
    }
    mistakes
}

/// What is wrong with the measurement of that key, if there is one.
fn before_mistakes(
    input: &RecordMeasurementInput,
    before: Option<&measurement::Model>,
    permit: &MayReportOn,
) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    let version = before.map_or(0, |row| row.ledger_no);
    let codes = VersionCodes::new(Code::AlreadyExists, Code::Conflict);
    mistakes.extend(existing_or_outdated(
        &["key"],
        input.expected_version,
        version,
        codes,
    ));
    let Some(before) = before else {
        return mistakes;
    };
    if (before.plan.as_str(), before.action) != (&input.plan, Some(input.action)) {
        mistakes.push(Mistake::at(
            Code::OfAnotherAction,
            &["action"],
            "De meting met deze sleutel is van een andere actie.",
            "The measurement of this key is of another action.",
        ));
    } else if !may_change(permit, before.reported_by.as_deref()) {
        mistakes.push(Mistake::at(
            Code::NotYours,
            &["key"],
            "Deze meting komt van een andere organisatie of uit een document; het ministerie kan \
             haar wijzigen.",
            "Another organisation or a document told this measurement; the ministry can change it.",
        ));
    }
    mistakes
}

fn goal_mistakes(
    plan: &str,
    of: &MeasuredTargetInput,
    goals: &[operational_goal::Model],
    targets: &[goal_target::Model],
) -> Option<Mistake<Code>> {
    let of_plan = goals.iter().filter(|goal| goal.plan == plan);
    let keys = of_plan.map(|goal| goal.subject_key.as_str());
    let what = ("operationeel doel", "operational goal");
    let unknown = Mistake::unknown(Code::UnknownGoal, &["of", "goal"], what, &of.goal, keys);
    unknown.or_else(|| {
        let target = of.target?;
        let is_known = targets.iter().any(|row| {
            format!("{}/{}/{}", row.plan, row.line, row.goal) == of.goal && row.position == target
        });
        (!is_known).then(|| {
            Mistake::at(
                Code::UnknownTarget,
                &["of", "target"],
                format!("Doel {} heeft geen streefwaarde {target}.", of.goal),
                format!("Goal {} has no target {target}.", of.goal),
            )
        })
    })
}
