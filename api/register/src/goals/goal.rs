//! Operational goals with their targets.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::{action_goal, effect_indicator, goal_lineage, goal_target, operational_goal};
use graphql::{
    coded::{self, Coded},
    date::Date,
    id::{self, NodeKind},
    index::index,
    known::known,
    text::LocalizedText,
};

use super::{
    lookup::{
        GoalByNumber, LineageByEarlier, LineageByLater, MeasurementByGoal, ServiceByGoal,
        TargetByGoal,
    },
    measurement::Measurement,
    target::{GoalDate, GoalTarget},
};
use crate::{
    plan::schema::{Action, ActionLine, PlanVersion, find_action, find_line, plan_of, round_at},
    sources::schema::Source,
};
use domain::{
    goals::{
        codes::{GoalProgress, SmartPart},
        rules::{self, Measured, Target, When},
    },
    text::{Language, pick},
};

/// An action that serves a goal. NL: actie bij een doel.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct GoalAction {
    /// The action. NL: actie.
    action: Action,
    /// Where the sources show the link; its note says how. NL: bron.
    source: Option<Source>,
}

/// A goal that an action serves. NL: doel bij een actie.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionGoal {
    /// The goal. NL: doel.
    pub(super) goal: OperationalGoal,
    /// Where the sources show the link; its note says how. NL: bron.
    pub(super) source: Option<Source>,
}

/// A link between a goal and its wording in another version of the plan. NL: herkomst van een doel.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct GoalLink {
    /// The goal in the other version. NL: doel.
    goal: OperationalGoal,
    /// What changed from the earlier wording to the later one. NL: wijziging.
    change: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

/// What a line wants to have reached by when. NL: operationeel doel.
#[derive(Debug, Clone)]
pub struct OperationalGoal {
    row: operational_goal::Model,
    as_of: NaiveDate,
}

impl OperationalGoal {
    pub(crate) fn of(row: &operational_goal::Model, as_of: NaiveDate) -> Self {
        Self {
            row: row.clone(),
            as_of,
        }
    }

    async fn when(&self, ctx: &Context<'_>) -> Result<When> {
        let round = round_at(ctx, &self.row.plan, None, self.as_of).await?;
        Ok(When {
            deadline: self.row.deadline_on,
            as_of: self.as_of,
            last_round: round.map(|round| round.date_latest),
        })
    }

    /// The plan version, the line and the number.
    fn place(&self) -> (&str, i32, i32) {
        (&self.row.plan, self.row.line, self.row.number)
    }

    async fn own_measurements(&self, ctx: &Context<'_>) -> Result<Vec<Measurement>> {
        let row = &self.row;
        let rows = index::<MeasurementByGoal>(ctx).await?;
        let own = rows.rows_of((&row.plan, Some(row.line), Some(row.number)));
        own.map(Measurement::of).collect()
    }

    async fn own_targets(&self, ctx: &Context<'_>) -> Result<Vec<(goal_target::Model, Target)>> {
        let mut found = Vec::new();
        let targets = index::<TargetByGoal>(ctx).await?;
        for target in targets.rows_of(self.place()) {
            let plain = Target {
                number: target.position,
                kind: coded::of_row(&target.kind)?,
                direction: coded::of_row(&target.direction)?,
                value: i64::from(target.value),
                value_to: target.value_to.map(i64::from),
            };
            found.push((target.clone(), plain));
        }
        Ok(found)
    }

    pub(super) async fn progress_now(&self, ctx: &Context<'_>) -> Result<GoalProgress> {
        let measured = self.own_measurements(ctx).await?;
        let measured: Vec<Measured<'_>> = measured.iter().map(Measurement::plain).collect();
        let targets = self.own_targets(ctx).await?;
        let targets: Vec<Target> = targets.iter().map(|(_, target)| *target).collect();
        let when = self.when(ctx).await?;
        Ok(rules::goal_progress(&targets, &measured, when))
    }

    pub(super) async fn lacks(&self, ctx: &Context<'_>) -> Result<Vec<SmartPart>> {
        let measured = self.own_measurements(ctx).await?;
        let measured: Vec<Measured<'_>> = measured.iter().map(Measurement::plain).collect();
        let targets = self.own_targets(ctx).await?;
        let targets: Vec<Target> = targets.iter().map(|(_, target)| *target).collect();
        let indicators = known::<effect_indicator::Entity>(ctx).await?;
        let has_indicator = indicators
            .iter()
            .any(|one| one.plan == self.row.plan && one.line == self.row.line);
        let when = self.when(ctx).await?;
        Ok(rules::missing_parts(
            &targets,
            &measured,
            has_indicator,
            when,
        ))
    }

    async fn links(&self, ctx: &Context<'_>, forwards: bool) -> Result<Vec<GoalLink>> {
        let goals = index::<GoalByNumber>(ctx).await?;
        let links: Vec<&goal_lineage::Model> = if forwards {
            let rows = index::<LineageByEarlier>(ctx).await?;
            rows.rows_of(self.place()).collect()
        } else {
            let rows = index::<LineageByLater>(ctx).await?;
            rows.rows_of(self.place()).collect()
        };
        let link = |row: &goal_lineage::Model| {
            let there = if forwards {
                (row.to_plan.as_str(), row.to_line, row.to_goal)
            } else {
                (row.from_plan.as_str(), row.from_line, row.from_goal)
            };
            Some(GoalLink {
                goal: Self::of(goals.first_of(there)?, self.as_of),
                change: LocalizedText::new(&row.change_nl, &row.change_en),
                source: crate::source_of!(row),
            })
        };
        Ok(links.into_iter().filter_map(link).collect())
    }
}

/// What a line wants to have reached by when. NL: operationeel doel.
#[Object]
impl OperationalGoal {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id_on(
            ctx,
            NodeKind::OperationalGoal,
            &self.row.subject_key,
            self.as_of,
        )
        .await
    }

    /// The key: plan version, line and number, as in `2024/2/1`; the overarching goal of a line has
    /// number 0. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.subject_key
    }

    /// The version of the plan that it is of. NL: planversie.
    async fn plan(&self, ctx: &Context<'_>) -> Result<PlanVersion> {
        plan_of(ctx, &self.row.plan).await
    }

    /// The line. NL: actielijn.
    async fn line(&self, ctx: &Context<'_>) -> Result<Option<ActionLine>> {
        find_line(ctx, &format!("{}/{}", self.row.plan, self.row.line)).await
    }

    /// The number within the line, in the order of print. NL: nummer.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// Whether it stands above the other goals of its line. NL: overkoepelend.
    async fn is_overarching(&self) -> bool {
        self.row.is_overarching
    }

    /// The goal, verbatim in Dutch. NL: doel.
    async fn text(&self) -> &str {
        &self.row.text_nl
    }

    /// Our translation of the goal, in English. NL: vertaling.
    async fn translation(&self) -> &str {
        &self.row.text_en
    }

    /// When it begins, as in `Vanaf 2025`; null when the source names no start. NL: begin.
    async fn start(&self) -> Option<GoalDate> {
        GoalDate::of(self.row.starts_text.as_ref(), self.row.starts_on)
    }

    /// The last day to reach it, included; null when the source names no deadline. NL: termijn.
    async fn deadline(&self) -> Option<GoalDate> {
        GoalDate::of(self.row.deadline_text.as_ref(), self.row.deadline_on)
    }

    /// The day that the goal is asked for: progress and what is missing are told of this day. NL:
    /// peildatum.
    async fn day(&self) -> Date {
        Date(self.as_of)
    }

    /// Whether the deadline lies before `day`; that alone says nothing about progress. Without a
    /// deadline it has not passed. NL: termijn verstreken.
    async fn is_deadline_passed(&self) -> bool {
        rules::is_passed(self.row.deadline_on, self.as_of)
    }

    /// The target values; none when the sources print none. NL: streefwaarden.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn targets(&self, ctx: &Context<'_>) -> Result<Vec<GoalTarget>> {
        let measurements = self.own_measurements(ctx).await?;
        let measured: Vec<Measured<'_>> = measurements.iter().map(Measurement::plain).collect();
        let when = self.when(ctx).await?;
        let of = |(row, plain): (goal_target::Model, Target)| GoalTarget {
            progress: rules::target_progress(&plain, &measured, when),
            measurements: measurements
                .iter()
                .filter(|one| one.target() == Some(plain.number))
                .cloned()
                .collect(),
            row,
            plain,
        };
        Ok(self.own_targets(ctx).await?.into_iter().map(of).collect())
    }

    /// How far the goal is on the day asked for: met when all of its targets are, and met or not
    /// met only from reported measurements. NL: voortgang.
    async fn progress(&self, ctx: &Context<'_>) -> Result<Coded<GoalProgress>> {
        Ok(Coded(self.progress_now(ctx).await?))
    }

    /// How far the goal is, in words. NL: label van de voortgang.
    async fn progress_label(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        Ok(pick(language.0, self.progress_now(ctx).await?.label()))
    }

    /// Which parts the goal lacks to be SMART on the day asked for; each value says how it is
    /// decided. NL: ontbrekende SMART-onderdelen.
    async fn missing_parts(&self, ctx: &Context<'_>) -> Result<Vec<Coded<SmartPart>>> {
        Ok(self.lacks(ctx).await?.into_iter().map(Coded).collect())
    }

    /// The missing parts in words. NL: labels van ontbrekende onderdelen.
    async fn missing_part_labels(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language of the labels. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<Vec<String>> {
        let parts = self.lacks(ctx).await?;
        Ok(parts
            .into_iter()
            .map(|part| pick(language.0, part.label()))
            .collect())
    }

    /// The measurements of the goal and of its targets, those that are under way included. NL:
    /// metingen.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn measurements(&self, ctx: &Context<'_>) -> Result<Vec<Measurement>> {
        self.own_measurements(ctx).await
    }

    /// The actions that serve the goal, only where a source shows it: an empty list says that no
    /// source does. NL: acties.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<GoalAction>> {
        let mut found = Vec::new();
        // Asked whether there are any or not, so that a list costs the same for any of its rows.
        find_action(ctx, "").await?;
        let links = index::<ServiceByGoal>(ctx).await?;
        let links: Vec<&action_goal::Model> = links.rows_of(self.place()).collect();
        for link in links {
            let action = find_action(ctx, &format!("{}/{}", link.plan, link.number)).await?;
            found.extend(action.map(|action| GoalAction {
                action,
                source: crate::source_of!(link),
            }));
        }
        Ok(found)
    }

    /// The goal in an earlier version of the plan. NL: voorgangers.
    #[graphql(complexity = "1 + child_complexity")]
    async fn predecessors(&self, ctx: &Context<'_>) -> Result<Vec<GoalLink>> {
        self.links(ctx, false).await
    }

    /// The goal in a later version of the plan. NL: opvolgers.
    #[graphql(complexity = "1 + child_complexity")]
    async fn successors(&self, ctx: &Context<'_>) -> Result<Vec<GoalLink>> {
        self.links(ctx, true).await
    }

    /// The number of its last entry in the ledger, for `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
