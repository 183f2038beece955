//! What the sheet of a round shows of each action.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Value};

use database::{DbError, Session};

/// An action of a plan with those who own it today.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct ActionRow {
    pub(super) number: i32,
    pub(super) title_nl: String,
    pub(super) title_en: String,
    pub(super) valid_to: Option<NaiveDate>,
    pub(super) owners: String,
}

/// The actions of a plan, by number.
pub(super) async fn actions(session: &Session, plan: &str) -> Result<Vec<ActionRow>, DbError> {
    session
        .rows(
            "reading the actions of a round",
            "select a.number, a.title_nl, a.title_en, a.valid_to, coalesce((
                select string_agg(p.name, '; ' order by p.name)
                from known.action_partner o join known.partner p on p.key = o.partner
                where o.plan = a.plan and o.number = a.number and o.role = 'OWNER'
                  and (o.valid_from is null or o.valid_from <= $2)
                  and (o.valid_to is null or o.valid_to > $2)), '') as owners
             from known.action a where a.plan = $1 order by a.number",
            [Value::from(plan), Value::from(session.today())],
        )
        .await
}

/// What the latest closed round that tells of an action says of it.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct StatusRow {
    pub(super) action: i32,
    pub(super) round: String,
    pub(super) status: String,
    pub(super) explanation: Option<String>,
    pub(super) delay_amount: Option<String>,
    pub(super) delay_cause: Option<String>,
    pub(super) delay_cause_state: Option<String>,
    pub(super) reported_by: Option<String>,
    pub(super) ledger_no: i64,
}

/// The last status of each action of a plan in the closed rounds.
pub(super) async fn last_statuses(
    session: &Session,
    plan: &str,
) -> Result<Vec<StatusRow>, DbError> {
    session
        .rows(
            "reading the last status of each action",
            "select distinct on (s.action) s.action, s.round, s.status, t.body as explanation,
                s.delay_amount_text as delay_amount, s.delay_cause_nl as delay_cause,
                s.delay_cause_state, s.reported_by, s.ledger_no
             from known.status_report s
             join known.monitoring_round m on m.key = s.round
             left join known.public_text t on t.id = s.explanation_text
             where s.plan = $1 and m.state = 'CLOSED'
             order by s.action, m.date_latest desc, m.key desc",
            [Value::from(plan)],
        )
        .await
}

#[derive(FromQueryResult)]
struct Named {
    key: String,
    name: String,
}

/// The names of partners, by key.
pub(super) async fn partner_names(
    session: &Session,
    keys: Vec<String>,
) -> Result<BTreeMap<String, String>, DbError> {
    let rows: Vec<Named> = session
        .rows(
            "reading the names of partners",
            "select key, name from known.partner where key = any ($1)",
            [Value::from(keys)],
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.name)).collect())
}
