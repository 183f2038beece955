//! The content of a monitoring overview: how far each action is by one round, with everything that
//! the annex to the letter prints of it; counted by line and in all. A round that is closed under
//! an embargo is told as it was decided, so that its overview can wait beside it.

use std::collections::BTreeSet;

use entity::{
    action, action_line, action_lineage, action_relation, action_title, action_year, budget_cell,
    intended_effect, monitoring_round, operational_goal, round_exclusion, round_report,
    source_document, status_report,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, prelude::Uuid,
};

use crate::{
    monitoring::close,
    release::{self, DecidedRound},
};
use database::{DbError, Session};
use domain::{
    plan::{
        codes::{ActionMonitoring, CauseState, RelationKind},
        rules::{ActionStatus, Counts},
    },
    publication::lines::{Line, Part},
};
use register::plan::schema::PlannedYears;

/// A round that an overview can tell of.
pub(super) struct Round {
    pub(super) row: monitoring_round::Model,
    /// What was decided of a round that is closed at the end of an embargo; none of a closed one.
    pub(super) decided: Option<DecidedRound>,
}

/// A round that is closed, or will be as was decided; none when there is none of this key.
pub(super) async fn find_round(session: &Session, key: &str) -> Result<Option<Round>, DbError> {
    let row = monitoring_round::Entity::find()
        .filter(monitoring_round::Column::Key.eq(key))
        .one(session)
        .await
        .map_err(DbError::doing("reading a round"))?;
    let Some(row) = row else {
        return Ok(None);
    };
    if row.state == "CLOSED" {
        return Ok(Some(Round { row, decided: None }));
    }
    let decided = release::decided_round(session, key).await?;
    Ok(decided.map(|decided| Round {
        row,
        decided: Some(decided),
    }))
}

/// What was reported of an action.
struct Report {
    action: i32,
    status: Option<ActionStatus>,
    explanation_text: Option<Uuid>,
    period: Option<String>,
    delay_amount: Option<String>,
    delay_cause: Option<String>,
    delay_cause_state: Option<String>,
    reported_by: Option<String>,
    source: Place,
}

/// Where something stands.
struct Place {
    document: Option<String>,
    lines: Option<String>,
}

impl From<status_report::Model> for Report {
    fn from(row: status_report::Model) -> Self {
        Self {
            action: row.action,
            status: ActionStatus::from_code(&row.status),
            explanation_text: row.explanation_text,
            period: row.period_text,
            delay_amount: row.delay_amount_text,
            delay_cause: row.delay_cause_nl,
            delay_cause_state: row.delay_cause_state,
            reported_by: row.reported_by,
            source: Place {
                document: row.source_document,
                lines: row.source_lines,
            },
        }
    }
}

impl From<round_report::Model> for Report {
    fn from(row: round_report::Model) -> Self {
        Self {
            action: row.action,
            status: ActionStatus::from_code(&row.status),
            explanation_text: row.explanation_text,
            period: None,
            delay_amount: row.delay_amount_text,
            delay_cause: row.delay_cause_nl,
            delay_cause_state: row.delay_cause_state,
            reported_by: Some(row.reported_by),
            source: Place {
                document: row.source_document,
                lines: row.source_lines,
            },
        }
    }
}

/// Everything that an overview is made of.
struct Overview {
    round: monitoring_round::Model,
    lines: Vec<action_line::Model>,
    goals: Vec<operational_goal::Model>,
    effects: Vec<intended_effect::Model>,
    actions: Vec<action::Model>,
    /// The titles as the document of the round prints them.
    titles: Vec<action_title::Model>,
    years: Vec<action_year::Model>,
    cells: Vec<budget_cell::Model>,
    lineage: Vec<action_lineage::Model>,
    relations: Vec<action_relation::Model>,
    documents: Vec<source_document::Model>,
    reports: Vec<Report>,
    left_out: BTreeSet<i32>,
}

impl Overview {
    async fn read(session: &Session, round: Round) -> Result<Self, DbError> {
        let doing = || DbError::doing("reading a monitoring overview");
        let Round { row, decided } = round;
        macro_rules! all {
            ($entity:ident, $plan:expr, $($order:ident),+) => {
                $entity::Entity::find()
                    .filter($entity::Column::Plan.eq($plan))
                    $(.order_by_asc($entity::Column::$order))+
                    .all(session)
                    .await
                    .map_err(doing())?
            };
        }
        let document = row.source_document.clone().unwrap_or_default();
        let mut titles = all!(action_title, &row.plan, Number);
        titles.retain(|title| title.source_document.as_ref() == Some(&document));
        let (reports, left_out) = match &decided {
            Some(DecidedRound { decided, .. }) => {
                let reports = close::decided_reports(session, decided).await?;
                let reports = reports.into_iter().map(Report::from).collect();
                (reports, decided.left_out.clone())
            }
            None => {
                let reports = all!(status_report, &row.plan, Action).into_iter();
                let reports = reports.filter(|report| report.round == row.key);
                let left_out = all!(round_exclusion, &row.plan, Action).into_iter();
                let left_out = left_out.filter(|excluded| excluded.round == row.key);
                (
                    reports.map(Report::from).collect(),
                    left_out.map(|excluded| excluded.action).collect(),
                )
            }
        };
        Ok(Self {
            lines: all!(action_line, &row.plan, Number),
            goals: all!(operational_goal, &row.plan, Line, Number),
            effects: all!(intended_effect, &row.plan, Line, Number),
            actions: all!(action, &row.plan, Number),
            titles,
            years: action_year::Entity::find()
                .all(session)
                .await
                .map_err(doing())?,
            cells: all!(budget_cell, &row.plan, Position, Year),
            lineage: action_lineage::Entity::find()
                .all(session)
                .await
                .map_err(doing())?,
            relations: all!(action_relation, &row.plan, Number, Kind, ToNumber),
            documents: source_document::Entity::find()
                .all(session)
                .await
                .map_err(doing())?,
            reports,
            left_out,
            round: row,
        })
    }

    fn report(&self, action: i32) -> Option<&Report> {
        self.reports.iter().find(|report| report.action == action)
    }

    fn status(&self, action: i32) -> Option<ActionStatus> {
        self.report(action)?.status
    }

    fn counts(&self, line: Option<i32>) -> Counts {
        let own = self
            .actions
            .iter()
            .filter(|action| line.is_none_or(|line| action.line == line));
        Counts::of(own.filter_map(|action| self.status(action.number)))
    }

    /// Where a line stands, with the title of the document.
    fn sourced(&self, line: Line, document: Option<&str>, lines: Option<&str>) -> Line {
        let found = document.and_then(|key| self.documents.iter().find(|one| one.key == key));
        line.text("source_document", document)
            .text("source_title_nl", found.map(|one| one.title_nl.as_str()))
            .text("source_title_en", found.map(|one| one.title_en.as_str()))
            .text("source_lines", lines)
    }

    fn goal(&self, goal: &operational_goal::Model) -> Line {
        let key = goal.subject_key.clone();
        let line = Line::new(Part::Goal, key, goal.text_nl.clone())
            .number("line", i64::from(goal.line))
            .text("title_en", Some(&goal.text_en))
            .text("deadline", goal.deadline_text.as_deref())
            .text(
                "deadline_on",
                goal.deadline_on.map(|day| day.to_string()).as_deref(),
            );
        self.sourced(
            line,
            goal.source_document.as_deref(),
            goal.source_lines.as_deref(),
        )
    }

    fn effect(&self, effect: &intended_effect::Model) -> Line {
        let key = effect.subject_key.clone();
        let line = Line::new(Part::Effect, key, effect.text_nl.clone())
            .number("line", i64::from(effect.line))
            .text("title_en", Some(&effect.text_en));
        self.sourced(
            line,
            effect.source_document.as_deref(),
            effect.source_lines.as_deref(),
        )
    }

    /// The relations of an action, by code and in words.
    fn related(&self, action: &action::Model, line: Line) -> Line {
        let own = self
            .relations
            .iter()
            .filter(|relation| relation.number == action.number);
        let (mut codes, mut nl, mut en) = (Vec::new(), Vec::new(), Vec::new());
        for relation in own {
            let to = format!("{}/{}", relation.to_plan, relation.to_number);
            codes.push(format!("{} {to}", relation.kind));
            if let Some(kind) = RelationKind::from_code(&relation.kind) {
                let (label_nl, label_en) = kind.label();
                nl.push(format!("{label_nl}: {to}"));
                en.push(format!("{label_en}: {to}"));
            }
        }
        let joined = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join("; "));
        line.text("relations", joined(codes).as_deref())
            .text("relations_nl", joined(nl).as_deref())
            .text("relations_en", joined(en).as_deref())
    }

    fn years(&self, action: &action::Model) -> Option<String> {
        let years = PlannedYears {
            row: action,
            actions: &self.actions,
            printed: &self.years,
            cells: &self.cells,
            lineage: &self.lineage,
        };
        let known: Vec<String> = years.known().iter().map(i32::to_string).collect();
        (!known.is_empty()).then(|| known.join("; "))
    }

    fn monitoring(&self, action: i32) -> ActionMonitoring {
        match self.status(action) {
            Some(_) => ActionMonitoring::Reported,
            None if self.left_out.contains(&action) => ActionMonitoring::OutsideRound,
            None => ActionMonitoring::NoReport,
        }
    }

    fn action(&self, action: &action::Model) -> Line {
        let number = action.number;
        let printed = self.titles.iter().find(|title| title.number == number);
        let title = printed.map_or(&action.title_nl, |printed| &printed.title_nl);
        let monitoring = self.monitoring(number);
        let status = self.status(number);
        let mut line = Line::new(
            Part::Action,
            action.subject_key.clone(),
            action.title_nl.clone(),
        )
        .number("line", i64::from(action.line))
        .text("title_nl", Some(title))
        .text("title_en", Some(&action.title_en))
        .text("monitoring", Some(monitoring.code()))
        .text("monitoring_label_nl", Some(monitoring.label().0))
        .text("monitoring_label_en", Some(monitoring.label().1))
        .text("status", status.map(ActionStatus::code))
        .text("status_label_nl", status.map(|status| status.label().0))
        .text("status_label_en", status.map(|status| status.label().1))
        .text("years", self.years(action).as_deref());
        line = self.related(action, line);
        match self.report(number) {
            Some(report) => self.reported(report, line),
            None => line,
        }
    }

    fn reported(&self, report: &Report, line: Line) -> Line {
        let cause = report.delay_cause_state.as_deref();
        let label = cause.and_then(CauseState::from_code).map(CauseState::label);
        let mut line = line
            .text("period", report.period.as_deref())
            .text("delay_amount", report.delay_amount.as_deref())
            .text("delay_cause", report.delay_cause.as_deref())
            .text("delay_cause_state", cause)
            .text("delay_cause_label_nl", label.map(|label| label.0))
            .text("delay_cause_label_en", label.map(|label| label.1))
            .text("reported_by", report.reported_by.as_deref());
        line.explanation_text = report.explanation_text.map(|id| id.to_string());
        let Place { document, lines } = &report.source;
        self.sourced(line, document.as_deref(), lines.as_deref())
    }

    /// An action line with its goals, its effects and its actions.
    fn action_line(&self, line: &action_line::Model) -> Vec<Line> {
        let key = format!("{}/{}", line.plan, line.number);
        let counted = counted(
            Line::new(Part::ActionLine, key, line.title_nl.clone())
                .number("line", i64::from(line.number))
                .text("title_en", Some(&line.title_en)),
            &self.counts(Some(line.number)),
        );
        let mut lines = vec![self.sourced(
            counted,
            line.source_document.as_deref(),
            line.source_lines.as_deref(),
        )];
        let goals = self.goals.iter().filter(|goal| goal.line == line.number);
        lines.extend(goals.map(|goal| self.goal(goal)));
        let effects = self.effects.iter();
        let effects = effects.filter(|effect| effect.line == line.number);
        lines.extend(effects.map(|effect| self.effect(effect)));
        let actions = self.actions.iter();
        let actions = actions.filter(|action| action.line == line.number);
        lines.extend(actions.map(|action| self.action(action)));
        lines
    }
}

fn counted(line: Line, counts: &Counts) -> Line {
    let line = line.number("actions", i64::from(counts.total()));
    counts.each().fold(line, |line, (status, count)| {
        line.number(&status.code().to_lowercase(), i64::from(count))
    })
}

/// The lines of an overview: the total, and each action line with its goals, effects and actions.
pub(super) async fn compose(session: &Session, round: Round) -> Result<Vec<Line>, DbError> {
    let overview = Overview::read(session, round).await?;
    let total = Line::new(
        Part::Total,
        overview.round.plan.clone(),
        "Totaal alle actielijnen",
    );
    let total = counted(total, &overview.counts(None));
    let mut lines = vec![total.text("title_en", Some("Total of all action lines"))];
    let of_lines = overview.lines.iter();
    lines.extend(of_lines.flat_map(|line| overview.action_line(line)));
    Ok(lines)
}
