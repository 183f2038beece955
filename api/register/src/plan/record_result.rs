//! `recordResult`.

use async_graphql::InputObject;
use domain::{
    actor::RoleKind,
    mistake::{Mistake, outdated, text_mistakes},
    plan::{
        CURRENT_PLAN,
        codes::{Qualifier, ResultKind},
    },
    policy::{self, MayReportOn},
};
use entity::{action, action_result};
use graphql::{
    change::{Call, Change, Stopped, seen_version, stop_at},
    coded::Coded,
    context::RequestContext,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

use super::{
    codes::action_mistake,
    errors::{ActionResultError, ActionResultErrorCode},
    repo::{self, NewResult},
    results::ActionResult,
};
use crate::sources::input::{SourceInput, source_mistakes};

/// Characters of an explanation at most.
const LONGEST_EXPLANATION: usize = 4000;
/// Characters of a unit, a qualifier or a summary at most.
const LONGEST_LINE: usize = 500;

/// The unit of a figure, in both languages. NL: eenheid.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct UnitInput {
    /// The unit in Dutch, as in `meldpunten`, at most 500 characters. NL: eenheid.
    pub nl: String,
    /// The unit in English. NL: eenheid in het Engels.
    pub en: String,
}

/// What an action reached; everybody sees it at once. Of a result that is told anew, what belongs
/// to its kind and is left out stays as it is, and null clears it. NL: vast te leggen resultaat.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordResultInput {
    /// The plan version. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The number of the action. NL: actienummer.
    action: i32,
    /// The `position` of the result that is told anew; left out for a new one. NL: volgorde.
    position: Option<i32>,
    /// What it is. NL: soort.
    kind: Coded<ResultKind>,
    /// The figure, or the lower end of a range, 0 or more; of a FIGURE only. NL: waarde.
    value: Member<i32>,
    /// The upper end of a RANGE. NL: bovengrens.
    value_to: Member<i32>,
    /// How sure the figure is; NONE for what is no figure. NL: nauwkeurigheid.
    qualifier: Coded<Qualifier>,
    /// The qualifier in Dutch words, as in `ruim`, at most 500 characters. NL: nauwkeurigheid in
    /// woorden.
    qualifier_text: Member<String>,
    /// What the figure counts; of a FIGURE only. NL: eenheid.
    unit: Member<UnitInput>,
    /// What was reached, in Dutch, at most 4,000 characters; no names of people, no cases. NL:
    /// toelichting.
    explanation: String,
    /// The same in English, at most 500 characters. NL: vertaling.
    summary: String,
    /// The document that says so; without it the reporter is the source, also of a result that is
    /// told anew. NL: bron.
    source: Option<SourceInput>,
    /// The `ledger` of the result that you saw last; null when you saw none. Left out, the last
    /// word wins. NL: verwachte versie.
    expected_version: Member<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a result. NL: resultaat.
    RecordResultPayload {
        /// The result; null when it was not recorded. NL: resultaat.
        result: ActionResult,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: ActionResultError,
    }
}

type Code = ActionResultErrorCode;

impl RecordResultInput {
    /// The input with what it leaves out as the result has it: of a figure that stays one the value
    /// and the unit, of a range the upper end, and the words as long as the qualifier is the same.
    fn beside(&self, before: Option<&action_result::Model>) -> Self {
        let mut input = self.clone();
        let Some(row) = before else {
            return input;
        };
        if self.kind.0 == ResultKind::Figure {
            input.value.keep(row.value);
            let unit = row.unit_nl.clone().zip(row.unit_en.clone());
            input.unit.keep(unit.map(|(nl, en)| UnitInput { nl, en }));
        }
        if self.qualifier.0 == Qualifier::Range {
            input.value_to.keep(row.value_to);
        }
        if self.qualifier.code() == row.qualifier {
            input.qualifier_text.keep(row.qualifier_text.clone());
        }
        input
    }
}

/// Records a result; gives its subject, as in `2024/33/2`.
pub(super) async fn record(
    request: &RequestContext,
    input: &RecordResultInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("recordResult", &input.idempotency_key, input);
    let key = format!("{}/{}", input.plan, input.action);
    let mut change = Change::begin(request, call, |mandate| {
        policy::may_report_on(mandate, &key)
    })
    .await?;
    let results = change.known::<action_result::Entity>().await?;
    let own: Vec<&action_result::Model> = results
        .iter()
        .filter(|row| (row.plan.as_str(), row.number) == (&input.plan, input.action))
        .collect();
    let before = own.iter().find(|row| Some(row.position) == input.position);
    let input = &input.beside(before.copied());
    let mut mistakes = form_mistakes(input);
    let actions = change.known::<action::Entity>().await?;
    mistakes.extend(action_mistake(
        &input.plan,
        input.action,
        actions,
        Code::UnknownAction,
    ));
    mistakes.extend(before_mistakes(input, before.copied(), &change.permit));
    mistakes.extend(
        source_mistakes(change.session(), input.source.as_ref(), Code::UnknownSource).await?,
    );
    stop_at(mistakes)?;
    let last = own.iter().map(|row| row.position).max().unwrap_or_default();
    let trimmed = |text: &String| text.trim().to_owned();
    let new = NewResult {
        position: input.position.unwrap_or(last + 1),
        kind: input.kind.code(),
        value: input.value.value().copied(),
        value_to: input.value_to.value().copied(),
        qualifier: input.qualifier.code(),
        qualifier_text: input.qualifier_text.value().map(trimmed),
        unit: input
            .unit
            .value()
            .map(|unit| (trimmed(&unit.nl), trimmed(&unit.en))),
        explanation: Some(trimmed(&input.explanation)),
        summary_en: trimmed(&input.summary),
        source: input.source.as_ref().map(SourceInput::pair),
        before: before.map(|row| row.id),
    };
    let subject = repo::append_result(&mut change.writer, &change.permit, new).await?;
    Ok(change.seal(request, subject).await?)
}

/// The texts of a result at their places in the input.
fn texts(input: &RecordResultInput) -> [(&'static [&'static str], Option<&str>, usize); 5] {
    let unit = input.unit.value();
    [
        (
            &["explanation"],
            Some(&input.explanation),
            LONGEST_EXPLANATION,
        ),
        (&["summary"], Some(&input.summary), LONGEST_LINE),
        (
            &["qualifierText"],
            input.qualifier_text.text(),
            LONGEST_LINE,
        ),
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
    ]
}

fn form_mistakes(input: &RecordResultInput) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    let is_figure = input.kind.0 == ResultKind::Figure;
    let (value, value_to) = (input.value.value(), input.value_to.value());
    let has_value = value.is_some_and(|value| *value >= 0);
    if is_figure != has_value
        || is_figure != input.unit.value().is_some()
        || (!is_figure && value.is_some())
    {
        mistakes.push(Mistake::at(
            Code::ValueAndKind,
            &["value"],
            "Een cijfer heeft een waarde vanaf 0 en een eenheid; iets anders heeft die \
             niet.",
            "A FIGURE has a value from 0 up and a unit; nothing else has one.",
        ));
    }
    if is_figure == (input.qualifier.0 == Qualifier::None) {
        mistakes.push(Mistake::at(
            Code::QualifierAndKind,
            &["qualifier"],
            "Geef bij een cijfer op hoe nauwkeurig het is, en bij iets anders niet.",
            "Say of a FIGURE, and of nothing else, how sure it is.",
        ));
    }
    let is_range = input.qualifier.0 == Qualifier::Range;
    let rises = value.zip(value_to).is_some_and(|(low, high)| low < high);
    if is_range != value_to.is_some() || (is_range && !rises) {
        mistakes.push(Mistake::at(
            Code::InvalidRange,
            &["valueTo"],
            "Alleen een bereik heeft een bovengrens, en die ligt boven de ondergrens.",
            "A RANGE, and nothing else, has an upper end above its lower end.",
        ));
    }
    for (field, text, longest) in texts(input) {
        mistakes.extend(text_mistakes(field, text, longest, Code::TextLength));
    }
    mistakes
}

/// What is wrong with telling this result anew.
fn before_mistakes(
    input: &RecordResultInput,
    before: Option<&action_result::Model>,
    permit: &MayReportOn,
) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    let version = before.map_or(0, |row| row.ledger_no);
    mistakes.extend(outdated(
        seen_version(&input.expected_version),
        version,
        Code::Conflict,
    ));
    match (input.position, before) {
        (Some(position), None) => mistakes.push(Mistake::at(
            Code::UnknownResult,
            &["position"],
            format!("Deze actie heeft geen resultaat {position}."),
            format!("This action has no result {position}."),
        )),
        (Some(_), Some(row)) if !may_change(permit, row.reported_by.as_deref()) => {
            mistakes.push(Mistake::at(
                Code::NotYours,
                &["position"],
                "Dit resultaat komt van een andere organisatie of uit een document; het \
                 ministerie kan het wijzigen.",
                "Another organisation or a document told this result; the ministry can change it.",
            ));
        }
        (Some(_), Some(_)) | (None, _) => {}
    }
    mistakes
}

/// Whether somebody may put its word in the place of an earlier one: of its own, and the ministry
/// of anybody's.
pub(crate) fn may_change(permit: &MayReportOn, reported_by: Option<&str>) -> bool {
    let by = permit.reported_by();
    by == RoleKind::Ministry.code() || reported_by == Some(by)
}
