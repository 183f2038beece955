//! `PlanVersion`, how it came about, and what differs between two versions.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use domain::plan::codes::{Confidence, PlanState, PlanStepKind};
use entity::{action, action_line, action_lineage, action_title, plan_step, plan_version};
use graphql::{
    coded::Coded,
    date::Date,
    id::{self, NodeKind},
    known::{known, shared},
    text::LocalizedText,
};

use super::schema::{Action, ActionLine};
use crate::sources::schema::Source;

/// A version of the action plan. NL: versie van het actieplan.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct PlanVersion {
    /// The year of the version, which is its key, as in `2024`. NL: sleutel.
    key: String,
    /// The title. NL: titel.
    title: LocalizedText,
    /// How far the version itself is; null for a state that this service does not know. NL: stand
    /// van de versie.
    state: Option<Coded<PlanState>>,
    /// The number of its last entry in the ledger, for `expectedVersion`. NL: nummer in het
    /// grootboek.
    ledger: i64,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl PlanVersion {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::PlanVersion, &self.key).await
    }

    /// The lines of the version, by number. NL: actielijnen.
    #[graphql(complexity = "1 + 6 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<ActionLine>> {
        let lines = known::<action_line::Entity>(ctx).await?;
        let own = lines.iter().filter(|line| line.plan == self.key);
        Ok(own.map(ActionLine::from).collect())
    }

    /// Actions of the version that the sources tell of: of version 2023 only those of line 4. NL:
    /// bekende acties.
    async fn known_actions(&self, ctx: &Context<'_>) -> Result<i32> {
        let actions = known::<action::Entity>(ctx).await?;
        let own = actions.iter().filter(|action| action.plan == self.key);
        Ok(i32::try_from(own.count())?)
    }

    /// How the version came about: states, methods, groups that were consulted. NL: totstandkoming.
    #[graphql(complexity = "1 + 12 * child_complexity")]
    async fn steps(&self, ctx: &Context<'_>) -> Result<Vec<PlanStep>> {
        let steps = known::<plan_step::Entity>(ctx).await?;
        let own = steps.iter().filter(|step| step.plan == self.key);
        Ok(own.map(PlanStep::from).collect())
    }
}

impl From<&plan_version::Model> for PlanVersion {
    fn from(row: &plan_version::Model) -> Self {
        Self {
            key: row.key.clone(),
            title: LocalizedText::new(&row.title_nl, &row.title_en),
            state: PlanState::from_code(&row.state).map(Into::into),
            ledger: row.ledger_no,
            source: crate::source_of!(row),
        }
    }
}

/// A step in the making of a version of the plan. NL: totstandkoming.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PlanStep {
    /// What the step is; null for a kind that this service does not know. NL: soort.
    kind: Option<Coded<PlanStepKind>>,
    /// The state that the version came into; null for a method or a group. NL: stand.
    state: Option<Coded<PlanState>>,
    /// When, as printed in Dutch; null when no date is printed. NL: datum zoals gedrukt.
    date_text: Option<String>,
    /// First day that it may be; null when unknown. NL: vroegste datum.
    date_earliest: Option<Date>,
    /// Last day that it may be; null when unknown. NL: laatste datum.
    date_latest: Option<Date>,
    /// What happened. NL: omschrijving.
    text: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&plan_step::Model> for PlanStep {
    fn from(row: &plan_step::Model) -> Self {
        Self {
            kind: PlanStepKind::from_code(&row.kind).map(Into::into),
            state: row
                .state
                .as_deref()
                .and_then(PlanState::from_code)
                .map(Into::into),
            date_text: row.date_text.clone(),
            date_earliest: row.date_earliest.map(Date),
            date_latest: row.date_latest.map(Date),
            text: LocalizedText::new(&row.text_nl, &row.text_en),
            source: crate::source_of!(row),
        }
    }
}

/// An action that has another number in another version of the plan. NL: vernummerde actie.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct RenumberedAction {
    /// The action in the earlier version. NL: vroegere actie.
    before: Action,
    /// The action in the later version. NL: latere actie.
    after: Action,
    /// How sure it is that they are the same. NL: zekerheid.
    confidence: Coded<Confidence>,
    /// Whether their titles differ. NL: titel gewijzigd.
    is_renamed: bool,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

/// A line whose title differs between two versions. NL: gewijzigde actielijn.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct RenamedLine {
    /// The line in the earlier version. NL: vroegere actielijn.
    before: ActionLine,
    /// The line in the later version. NL: latere actielijn.
    after: ActionLine,
}

/// What differs between two versions of the plan, as far as the sources tell of both. NL: verschil
/// tussen versies.
#[derive(Debug, Clone)]
pub(crate) struct PlanDifference {
    pub(super) from: plan_version::Model,
    pub(super) to: plan_version::Model,
}

/// What differs between two versions of the plan, as far as the sources tell of both. NL: verschil
/// tussen versies.
#[async_graphql::Object]
impl PlanDifference {
    /// The earlier version. NL: van versie.
    async fn from(&self) -> PlanVersion {
        PlanVersion::from(&self.from)
    }

    /// The later version. NL: naar versie.
    async fn to(&self) -> PlanVersion {
        PlanVersion::from(&self.to)
    }

    /// Lines that are new in the later version. NL: nieuwe actielijnen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn added_lines(&self, ctx: &Context<'_>) -> Result<Vec<ActionLine>> {
        let lines = known::<action_line::Entity>(ctx).await?;
        let was = |number: i32| {
            lines
                .iter()
                .any(|line| line.plan == self.from.key && line.number == number)
        };
        let added = lines
            .iter()
            .filter(|line| line.plan == self.to.key && !was(line.number));
        Ok(added.map(ActionLine::from).collect())
    }

    /// Lines whose titles differ. NL: gewijzigde actielijnen.
    #[graphql(complexity = "1 + 4 * child_complexity")]
    async fn renamed_lines(&self, ctx: &Context<'_>) -> Result<Vec<RenamedLine>> {
        let lines = known::<action_line::Entity>(ctx).await?;
        let before = lines.iter().filter(|line| line.plan == self.from.key);
        Ok(before
            .filter_map(|before| {
                let after = lines
                    .iter()
                    .find(|line| line.plan == self.to.key && line.number == before.number)?;
                (before.title_nl != after.title_nl).then(|| RenamedLine {
                    before: ActionLine::from(before),
                    after: ActionLine::from(after),
                })
            })
            .collect())
    }

    /// Actions that the source of the later version marks as new. NL: nieuwe acties.
    #[graphql(complexity = "1 + 15 * child_complexity")]
    async fn added_actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let actions = shared::<action::Entity>(ctx).await?;
        let added = actions
            .iter()
            .filter(|action| action.plan == self.to.key && action.is_new);
        Ok(added.map(Action::from).collect())
    }

    /// Actions of which the sources tell both numbers. NL: vernummerde acties.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn renumbered_actions(&self, ctx: &Context<'_>) -> Result<Vec<RenumberedAction>> {
        let actions = shared::<action::Entity>(ctx).await?;
        let titles = known::<action_title::Entity>(ctx).await?;
        let find = |plan: &str, number: i32| {
            actions
                .iter()
                .find(|action| action.plan == plan && action.number == number)
        };
        let titles_of = |action: &action::Model| -> Vec<&str> {
            titles
                .iter()
                .filter(|title| title.plan == action.plan && title.number == action.number)
                .map(|title| title.title_nl.as_str())
                .collect()
        };
        let lineage = known::<action_lineage::Entity>(ctx).await?;
        Ok(lineage
            .iter()
            .filter(|link| link.from_plan == self.from.key && link.to_plan == self.to.key)
            .filter_map(|link| {
                let before = find(&link.from_plan, link.from_number)?;
                let after = find(&link.to_plan, link.to_number)?;
                let kept = titles_of(after).contains(&before.title_nl.as_str());
                Some(RenumberedAction {
                    before: Action::from(before),
                    after: Action::from(after),
                    confidence: Confidence::from_code(&link.confidence)
                        .unwrap_or(Confidence::Likely)
                        .into(),
                    is_renamed: !kept,
                    source: crate::source_of!(link),
                })
            })
            .collect())
    }

    /// What the sources do not tell, so that an absent action is not taken for a dropped one. NL:
    /// voorbehoud.
    async fn caveat(&self) -> LocalizedText {
        LocalizedText::new(
            "Van versie 2023 zijn alleen de acties van actielijn 4 bekend: een actie die hier \
             ontbreekt, is niet daarom nieuw of vervallen. Nieuw is wat de bron als nieuw \
             markeert.",
            "Of version 2023 only the actions of line 4 are known: an action that is absent here \
             is not therefore new or dropped. New is what the source marks as new.",
        )
    }
}
