//! `planAction`.

use std::collections::BTreeMap;

use async_graphql::InputObject;
use entity::{
    action, action_goal, action_line, action_title, action_year, operational_goal, plan_version,
};

use super::{
    action::Action,
    errors::{ActionError, ActionErrorCode},
    repo::{self, Planned},
};
use crate::sources::input::{SourceInput, source_mistakes};
use domain::{
    mistake::{Mistake, VersionCodes, existing_or_outdated, text_mistakes},
    plan::{CURRENT_PLAN, timeline::YEARS},
    policy::{self, MayManagePlan},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

/// Characters of a title at most.
pub(super) const LONGEST_TITLE: usize = 500;
/// The highest number of an action.
const HIGHEST: i32 = 999;

/// Whether an action is carried out in a year, by the document. NL: uitvoeringsjaar.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct PlannedYearInput {
    /// The year, 2024 to 2027. NL: jaar.
    year: i32,
    /// Whether it is carried out in that year. NL: uitvoeringsjaar.
    is_planned: bool,
}

/// An action as it is planned from now on. NL: te plannen actie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct PlanActionInput {
    /// The plan version. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The number within the plan version, 1 to 999. NL: actienummer.
    number: i32,
    /// The number of the line. NL: actielijn.
    line: i32,
    /// The title in Dutch as the document prints it, at most 500 characters. NL: titel.
    title_nl: String,
    /// The title in English, at most 500 characters. NL: titel in het Engels.
    title_en: String,
    /// Whether the action is new in this plan version; left out, it stays as it is, and of an
    /// action that is not there yet, or with null, it is. NL: nieuw in deze versie.
    is_new: Member<bool>,
    /// Years of which the document says whether the action is carried out. They stand beside what
    /// other documents say. NL: uitvoeringsjaren.
    #[graphql(default)]
    years: Vec<PlannedYearInput>,
    /// The goals of its line that the action serves, by number, all of them; left out, they stay as
    /// they are, and null takes all of them away. NL: doelen.
    goals: Member<Vec<i32>>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the action that you saw last; null or left out when you saw none, for a new
    /// one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of an action. NL: resultaat.
    PlanActionPayload {
        /// The action; null when it was not planned. NL: actie.
        action: Action,
        /// What to repair; empty when it was planned. NL: fouten.
        errors: ActionError,
    }
}

type Code = ActionErrorCode;

impl PlanActionInput {
    fn goals(&self) -> &[i32] {
        self.goals.value().map_or(&[], Vec::as_slice)
    }
}

/// Plans an action; gives its key.
pub(super) async fn plan(
    request: &RequestContext,
    input: &PlanActionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("planAction", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let subject = format!("{}/{}", input.plan, input.number);
    let actions = change.known::<action::Entity>().await?;
    let before = actions
        .iter()
        .find(|row| row.subject_key == subject)
        .cloned();
    let is_new = before.as_ref().map(|row| row.is_new);
    let planned = Planned {
        plan: input.plan.clone(),
        number: input.number,
        line: input.line,
        title_nl: input.title_nl.trim().to_owned(),
        title_en: input.title_en.trim().to_owned(),
        is_new: input.is_new.or_kept(is_new).unwrap_or(true),
        source: input.source.pair(),
    };
    let mut mistakes = form_mistakes(input);
    mistakes.extend(code_mistakes(&change, input).await?);
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
    let titles = change.known::<action_title::Entity>().await?.to_vec();
    let years = change.known::<action_year::Entity>().await?.to_vec();
    let goals = change.known::<action_goal::Entity>().await?.to_vec();
    let planned_years: BTreeMap<i32, bool> = input
        .years
        .iter()
        .map(|year| (year.year, year.is_planned))
        .collect();
    let Change { writer, permit, .. } = &mut change;
    repo::append_action(writer, permit, &planned, before.as_ref()).await?;
    repo::append_title(writer, permit, &planned, &titles).await?;
    repo::append_years(writer, permit, &planned, &planned_years, &years).await?;
    if !input.goals.is_left_out() {
        let requested = input.goals();
        repo::append_goals(writer, permit, &planned, requested, &goals).await?;
    }
    Ok(change.seal(request, subject).await?)
}

/// What is wrong with the input itself.
fn form_mistakes(input: &PlanActionInput) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if !(1..=HIGHEST).contains(&input.number) {
        mistakes.push(Mistake::at(
            Code::InvalidNumber,
            &["number"],
            format!("Een actie heeft een nummer van 1 tot {HIGHEST}."),
            format!("An action has a number from 1 to {HIGHEST}."),
        ));
    }
    for (field, title) in [("titleNl", &input.title_nl), ("titleEn", &input.title_en)] {
        mistakes.extend(text_mistakes(
            &[field],
            Some(title),
            LONGEST_TITLE,
            Code::TextLength,
        ));
    }
    for (i, year) in input.years.iter().enumerate() {
        let at = ["years", &i.to_string(), "year"];
        if !YEARS.contains(&year.year) {
            mistakes.push(Mistake::at(
                Code::OutsidePlan,
                &at,
                format!(
                    "Het plan loopt van {} tot en met {}.",
                    YEARS.start(),
                    YEARS.end()
                ),
                format!("The plan runs from {} to {}.", YEARS.start(), YEARS.end()),
            ));
        }
        if input.years[..i].iter().any(|other| other.year == year.year) {
            mistakes.push(repeated(&at));
        }
    }
    let goals = input.goals();
    for (i, goal) in goals.iter().enumerate() {
        if goals[..i].contains(goal) {
            mistakes.push(repeated(&["goals", &i.to_string()]));
        }
    }
    mistakes
}

/// That something stands in a list of the input twice.
pub(super) fn repeated(at: &[&str]) -> Mistake<Code> {
    Mistake::at(
        Code::Repeated,
        at,
        "Dit staat er al.",
        "This stands there already.",
    )
}

/// The codes of the input that do not exist; without its plan or line nothing below it can be
/// judged.
async fn code_mistakes(
    change: &Change<MayManagePlan>,
    input: &PlanActionInput,
) -> Result<Vec<Mistake<Code>>, Stopped<Code>> {
    let plan = &input.plan;
    let versions = change.known::<plan_version::Entity>().await?;
    let keys = versions.iter().map(|row| row.key.as_str());
    let what = ("planversie", "plan version");
    if let Some(mistake) = Mistake::unknown(Code::UnknownPlan, &["plan"], what, plan, keys) {
        return Ok(vec![mistake]);
    }
    let lines = change.known::<action_line::Entity>().await?;
    let keys = lines.iter().map(|row| row.subject_key.as_str());
    let line = format!("{plan}/{}", input.line);
    let what = ("actielijn", "action line");
    if let Some(mistake) = Mistake::unknown(Code::UnknownLine, &["line"], what, &line, keys) {
        return Ok(vec![mistake]);
    }
    let goals = change.known::<operational_goal::Entity>().await?;
    let mut mistakes = Vec::new();
    for (i, goal) in input.goals().iter().enumerate() {
        let keys = goals.iter().map(|row| row.subject_key.as_str());
        let at = ["goals", &i.to_string()];
        let what = ("operationeel doel", "operational goal");
        let key = format!("{line}/{goal}");
        mistakes.extend(Mistake::unknown(Code::UnknownGoal, &at, what, &key, keys));
    }
    Ok(mistakes)
}
