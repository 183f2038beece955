//! Gathers what the service says in two ways, for the checks of `domain::quality::contradictions`.
//!
//! Each check reads what its reader may read: of verdicts the public sees none, so that nothing
//! follows for it; the auditor sees all.

mod verdicts;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    budget::rules::{
        BudgetComparisonKind, BudgetRowKind, BudgetSheet, BudgetState, Cell, Figure, compare,
    },
    goals::{
        codes::{FigureKind, TrendDirection},
        rules::{When, goal_progress},
    },
    plan::rules::{ActionStatus, Counts},
    quality::contradictions::{
        Contradiction, CoverageBesideSource, FeedBesideGraph, LabelBesideSource, Labelled,
        ProgressBesideRound, SentenceBesideCell, TrendBesideFigures, YearValue,
    },
    sources::codes::{MotionOutcome, SourceDocumentKind},
    territory::codes::AreaKind,
    verdict::facts::EditionState,
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};

use database::DbError;

/// Everything that contradicts itself on a day, as far as the connection may read it.
///
/// # Errors
/// When the database fails.
pub async fn contradictions<C: ConnectionTrait>(
    db: &C,
    day: NaiveDate,
) -> Result<Vec<Contradiction>, DbError> {
    let mut found = verdicts::find(db, day).await?;
    found.extend(budgets(db).await?);
    found.extend(sentences(db).await?);
    found.extend(labels(db).await?);
    found.extend(coverage(db, day).await?);
    found.extend(deadlines(db, day).await?);
    found.extend(trends(db).await?);
    Ok(found)
}

async fn rows<R: FromQueryResult, C: ConnectionTrait>(
    db: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<R>, DbError> {
    R::find_by_statement(Statement::from_sql_and_values(
        DbBackend::Postgres,
        sql,
        values,
    ))
    .all(db)
    .await
    .map_err(DbError::doing("reading what the service says in two ways"))
}

#[derive(FromQueryResult)]
struct StoredCell {
    subject_key: String,
    plan: String,
    sheet: String,
    kind: String,
    line: Option<i32>,
    year: i32,
    state: String,
    amount_euros: Option<i32>,
}

#[derive(FromQueryResult)]
struct FedTotal {
    plan_key: String,
    line_key: Option<String>,
    year: i64,
    difference_euros: Option<i64>,
}

/// The differences of the table `total_budget` beside those of GraphQL.
async fn budgets<C: ConnectionTrait>(db: &C) -> Result<Vec<Contradiction>, DbError> {
    let stored: Vec<StoredCell> = rows(
        db,
        "select subject_key, plan, sheet, kind, line, year, state, amount_euros
         from known.budget_cell",
        Vec::new(),
    )
    .await?;
    let fed: Vec<FedTotal> = rows(
        db,
        "select plan_key, line_key, year::bigint as year, difference_euros::bigint
            as difference_euros
         from bi.total_budget",
        Vec::new(),
    )
    .await?;
    let mut plans: BTreeMap<&str, Vec<Cell<'_>>> = BTreeMap::new();
    for row in &stored {
        let cells = plans.entry(row.plan.as_str()).or_default();
        cells.extend(plain_cell(row));
    }
    let mut found = Vec::new();
    for (plan, cells) in plans {
        let compared = compare(&cells).into_iter();
        for one in compared.filter(|one| one.kind != BudgetComparisonKind::LineTotal) {
            let line = one.line.map(|line| format!("{plan}/{line}"));
            let in_feed = fed.iter().find(|row| {
                row.plan_key == plan && row.line_key == line && row.year == i64::from(one.year)
            });
            let beside = FeedBesideGraph {
                subject: one.key,
                in_feed: in_feed.and_then(|row| row.difference_euros),
                in_graph: one.difference(),
            };
            found.extend(beside.contradiction());
        }
    }
    Ok(found)
}

fn plain_cell(row: &StoredCell) -> Option<Cell<'_>> {
    Some(Cell {
        key: &row.subject_key,
        sheet: BudgetSheet::from_code(&row.sheet)?,
        kind: BudgetRowKind::from_code(&row.kind)?,
        line: row.line,
        actions: Vec::new(),
        is_new: false,
        year: row.year,
        figure: Figure {
            state: BudgetState::from_code(&row.state)?,
            euros: row.amount_euros.map(i64::from),
        },
    })
}

#[derive(FromQueryResult)]
struct Reported {
    round: String,
    status: String,
}

#[derive(FromQueryResult)]
struct Shown {
    round_key: String,
    status: String,
    action_count: i64,
}

/// The counts of the sentence on the plan beside the cells of the dashboard.
async fn sentences<C: ConnectionTrait>(db: &C) -> Result<Vec<Contradiction>, DbError> {
    let reported: Vec<Reported> = rows(
        db,
        "select s.round, s.status from known.status_report s
         join known.monitoring_round r on r.key = s.round and r.plan = s.plan
            and r.state = 'CLOSED'",
        Vec::new(),
    )
    .await?;
    let shown: Vec<Shown> = rows(
        db,
        "select round_key, status, action_count::bigint as action_count
         from bi.total_dashboard where place = 'TOTAL'",
        Vec::new(),
    )
    .await?;
    let mut found = Vec::new();
    for cell in &shown {
        let Some(status) = ActionStatus::from_code(&cell.status) else {
            continue;
        };
        let of_round = reported.iter().filter(|row| row.round == cell.round_key);
        let counts = Counts::of(of_round.filter_map(|row| ActionStatus::from_code(&row.status)));
        let beside = SentenceBesideCell {
            round: &cell.round_key,
            status,
            in_sentence: counts.get(status),
            in_cell: i32::try_from(cell.action_count).unwrap_or(i32::MAX),
        };
        found.extend(beside.contradiction());
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct LabelRow {
    subject: String,
    is_edition: bool,
    label: String,
    source: Option<String>,
}

/// Labels beside the kinds of their documents.
async fn labels<C: ConnectionTrait>(db: &C) -> Result<Vec<Contradiction>, DbError> {
    let labelled: Vec<LabelRow> = rows(
        db,
        "select e.code as subject, true as is_edition, e.state as label, d.kind as source
         from known.framework_edition e left join known.source_document d
            on d.key = e.source_document
         union all
         select m.key, false, m.outcome, d.kind
         from known.motion m left join known.source_document d on d.key = m.source_document
         order by 2, 1",
        Vec::new(),
    )
    .await?;
    let mut found = Vec::new();
    for row in &labelled {
        let label = if row.is_edition {
            EditionState::from_code(&row.label).map(Labelled::Edition)
        } else {
            MotionOutcome::from_code(&row.label).map(Labelled::Motion)
        };
        let Some(label) = label else {
            continue;
        };
        let beside = LabelBesideSource {
            subject: &row.subject,
            label,
            source: row.source.as_deref().map(SourceDocumentKind::of_row),
        };
        found.extend(beside.contradiction());
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct Covering {
    key: String,
    area_kind: Option<String>,
    source: Option<String>,
}

/// Assignments by which somebody is covered beside the documents that say so.
async fn coverage<C: ConnectionTrait>(
    db: &C,
    day: NaiveDate,
) -> Result<Vec<Contradiction>, DbError> {
    let covering: Vec<Covering> = rows(
        db,
        "select f.key, a.kind as area_kind, d.kind as source
         from known.function_assignment f
         left join known.area a on a.code = f.area
         left join known.source_document d on d.key = f.source_document
         where (f.area is not null or f.municipality is not null)
            and (f.valid_from is null or f.valid_from <= $1)
            and (f.valid_to is null or f.valid_to > $1)
         order by f.key",
        vec![day.into()],
    )
    .await?;
    let beside = covering.iter().map(|row| CoverageBesideSource {
        subject: &row.key,
        area: row.area_kind.as_deref().and_then(AreaKind::from_code),
        source: row.source.as_deref().map(SourceDocumentKind::of_row),
    });
    Ok(beside.filter_map(|one| one.contradiction()).collect())
}

#[derive(FromQueryResult)]
struct Due {
    subject_key: String,
    deadline_on: NaiveDate,
    last_round: Option<NaiveDate>,
}

/// Goals whose deadline has passed beside the last round that was closed by the day.
async fn deadlines<C: ConnectionTrait>(
    db: &C,
    day: NaiveDate,
) -> Result<Vec<Contradiction>, DbError> {
    let due: Vec<Due> = rows(
        db,
        "select g.subject_key, g.deadline_on, (
            select max(r.date_latest) from known.monitoring_round r
            where r.plan = g.plan and r.state = 'CLOSED' and r.date_latest <= $1) as last_round
         from known.operational_goal g where g.deadline_on < $1 order by g.subject_key",
        vec![day.into()],
    )
    .await?;
    let beside = due.iter().map(|row| {
        let when = When {
            deadline: Some(row.deadline_on),
            as_of: day,
            last_round: row.last_round,
        };
        ProgressBesideRound {
            subject: &row.subject_key,
            progress: goal_progress(&[], &[], when),
            when,
        }
    });
    Ok(beside.filter_map(|one| one.contradiction()).collect())
}

#[derive(FromQueryResult)]
struct FigureRow {
    key: String,
    series: String,
    kind: String,
    direction: Option<String>,
    year_to: Option<i32>,
    value: Option<i32>,
    text_nl: String,
}

/// Trends beside the figures of their series.
async fn trends<C: ConnectionTrait>(db: &C) -> Result<Vec<Contradiction>, DbError> {
    let figures: Vec<FigureRow> = rows(
        db,
        "select key, series, kind, direction, year_to, value, text_nl
         from known.national_figure order by key",
        Vec::new(),
    )
    .await?;
    let mut found = Vec::new();
    for row in &figures {
        let Some(kind) = FigureKind::from_code(&row.kind) else {
            continue;
        };
        let of_series = figures.iter().filter(|other| other.series == row.series);
        let values: Vec<YearValue> = of_series
            .filter_map(|other| {
                Some(YearValue {
                    year: other.year_to?,
                    value: i64::from(other.value?),
                })
            })
            .collect();
        let beside = TrendBesideFigures {
            subject: &row.key,
            kind,
            direction: row.direction.as_deref().and_then(TrendDirection::from_code),
            figures: &values,
            text: &row.text_nl,
        };
        found.extend(beside.contradiction());
    }
    Ok(found)
}
