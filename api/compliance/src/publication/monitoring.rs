//! The content of a monitoring overview: how far each action is by one closed round, counted by
//! line and in all.

use entity::{action, action_line, monitoring_round, round_exclusion, status_report};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use database::{DbError, Session};
use domain::{
    plan::rules::{ActionStatus, Counts},
    publication::lines::{Line, Part},
};

/// A closed round; none when there is none of this key.
pub(super) async fn closed_round(
    session: &Session,
    key: &str,
) -> Result<Option<monitoring_round::Model>, DbError> {
    monitoring_round::Entity::find()
        .filter(monitoring_round::Column::Key.eq(key))
        .filter(monitoring_round::Column::State.eq("CLOSED"))
        .one(session)
        .await
        .map_err(DbError::doing("reading a round"))
}

fn counted(line: Line, counts: &Counts) -> Line {
    let line = line.number("actions", i64::from(counts.total()));
    counts.each().fold(line, |line, (status, count)| {
        line.number(&status.code().to_lowercase(), i64::from(count))
    })
}

/// The lines of an overview: the total, each action line, each action.
pub(super) async fn compose(
    session: &Session,
    round: &monitoring_round::Model,
) -> Result<Vec<Line>, DbError> {
    let doing = || DbError::doing("reading a monitoring overview");
    let lines = action_line::Entity::find()
        .filter(action_line::Column::Plan.eq(&round.plan))
        .order_by_asc(action_line::Column::Number)
        .all(session)
        .await
        .map_err(doing())?;
    let actions = action::Entity::find()
        .filter(action::Column::Plan.eq(&round.plan))
        .order_by_asc(action::Column::Number)
        .all(session)
        .await
        .map_err(doing())?;
    let reports = status_report::Entity::find()
        .filter(status_report::Column::Round.eq(&round.key))
        .filter(status_report::Column::Plan.eq(&round.plan))
        .all(session)
        .await
        .map_err(doing())?;
    let left_out = round_exclusion::Entity::find()
        .filter(round_exclusion::Column::Round.eq(&round.key))
        .filter(round_exclusion::Column::Plan.eq(&round.plan))
        .all(session)
        .await
        .map_err(doing())?;
    let status = |number: i32| {
        let report = reports.iter().find(|report| report.action == number)?;
        ActionStatus::from_code(&report.status)
    };
    let counts = |line: Option<i32>| {
        let own = actions
            .iter()
            .filter(|action| line.is_none_or(|line| action.line == line));
        Counts::of(own.filter_map(|action| status(action.number)))
    };
    let total = Line::new(Part::Total, round.plan.clone(), "Totaal alle actielijnen");
    let mut shown = vec![counted(total, &counts(None))];
    for line in &lines {
        let key = format!("{}/{}", line.plan, line.number);
        let public_line = Line::new(Part::ActionLine, key, line.title_nl.clone());
        shown.push(counted(public_line, &counts(Some(line.number))));
    }
    for action in &actions {
        let status = status(action.number);
        let monitoring = match status {
            Some(_) => "REPORTED",
            None if left_out.iter().any(|row| row.action == action.number) => "OUTSIDE_ROUND",
            None => "NO_REPORT",
        };
        shown.push(
            Line::new(
                Part::Action,
                action.subject_key.clone(),
                action.title_nl.clone(),
            )
            .text("monitoring", Some(monitoring))
            .text("status", status.map(ActionStatus::code))
            .text("status_label_nl", status.map(|status| status.label().0))
            .text("status_label_en", status.map(|status| status.label().1)),
        );
    }
    Ok(shown)
}
