//! The first statement of a transaction: it tells Postgres who asks and when, reads what only the
//! database knows of the actor, and tells that as well.
//!
//! It is one statement because it is one round trip, and the order in it is no accident. The row of
//! `introduced` holds every setting, so whatever is read beside it, laterally and behind an
//! `offset 0` that keeps the planner from joining the two, is read with these settings, under
//! row-level security as any other read. The settings that follow from what was found are made from
//! that row in turn. Nothing in `introduced` itself reads a table whose policy knows a setting.

use chrono::{DateTime, Utc};
use sea_orm::{DbBackend, DbErr, FromQueryResult, Statement, Value};

use super::{
    super::{
        DbError,
        clocks::Clocks,
        mandate::{self, Found},
        requested::{Known, RequestedMoment},
        seal::Seal,
    },
    Opening, Session,
    plans::Plans,
};
use domain::ledger::position::Position;

/// Milliseconds after which Postgres ends a statement.
pub(super) const STATEMENT_TIMEOUT_MS: &str = "5000";
/// Milliseconds that a statement waits for another writer; then the caller is told to try again.
pub(super) const LOCK_TIMEOUT_MS: &str = "4000";

#[derive(FromQueryResult)]
struct Opened {
    head: i64,
    head_hash: i64,
    head_at: DateTime<Utc>,
    database_at: DateTime<Utc>,
    ledger: Option<i64>,
    ledger_hash: Option<i64>,
    seen_hash: Option<i64>,
    seal_key: Vec<u8>,
    seal_after: i64,
    next_release: Option<DateTime<Utc>>,
    is_demo: bool,
    #[sea_orm(nested)]
    found: Found,
}

/// Tells Postgres who asks and when, and finds the head and the moment that is asked for. Beside it
/// comes what [`mandate::sql`] finds of the actor.
const INTRODUCTION: &str = "with head as (
        select h.number, h.recorded_at, hash_start(h.hash) as hash,
            case
                when $6::bigint > h.number then null
                when $6 > 0 then (
                    select i.number from ledger_instant i
                    where i.number >= $6 order by i.number limit 1)
                when $6 is not null then 0
                when $7::timestamptz is not null then coalesce((
                    select i.number from ledger_instant i
                    where i.recorded_at <= $7 order by i.recorded_at desc limit 1), 0)
                else h.number
            end as ledger
        from ledger_head h
     ), introduced as materialized (
     select number as head, hash as head_hash, recorded_at as head_at, ledger,
        clock_timestamp() as database_at,
        case when ledger = number then hash else (
            select hash_start(i.hash) from ledger_instant i
            where i.number = head.ledger) end as ledger_hash,
        (select hash_start(i.hash) from ledger_instant i
            where i.number >= $13::bigint order by i.number limit 1) as seen_hash,
        (select key from position_seal) as seal_key,
        (select after_number from position_seal) as seal_after,
        (select min(release_at) from work.timed_release) as next_release,
        exists (select from database_kind where kind = 'DEMO') as is_demo,
        $16::text[] as own,
        set_config('app.role', $1, true),
        set_config('app.subject', $2, true),
        -- The mandate is that of the present: the moment asked for is set after it.
        set_config('app.day', $3, true),
        set_config('app.present_day', $3, true),
        set_config('app.instant', $4, true),
        set_config('app.ledger_no', number::text, true),
        set_config('app.municipalities', '', true),
        set_config('app.subjects', '', true),
        set_config('app.writes_for', '', true),
        set_config('app.purpose', '', true),
        set_config('app.partner', $9, true),
        -- A region reads which mandates it was given before its own is known; then it
        -- acts as the area that is registered.
        set_config('app.area', $10, true),
        set_config('app.former_subject', $12, true),
        set_config('application_name', $11, true),
        set_config('timezone', 'UTC', true),
        -- A plan under many policies looks dear; compiling it would cost seconds and
        -- save none.
        set_config('jit', 'off', true),
        set_config('plan_cache_mode', $15, true),
        set_config('transaction_read_only', $17, true),
        set_config('statement_timeout', $5, true),
        set_config('lock_timeout', $8, true),
        set_config('idle_in_transaction_session_timeout', '15000', true)
     from head)
     select i.head, i.head_hash, i.head_at, i.ledger, i.database_at, i.ledger_hash, i.seen_hash,
        i.seal_key, i.seal_after, i.next_release, i.is_demo,
        m.reads, m.writes_for, m.submits_for, m.subjects, m.owns, m.is_named,
        set_config('app.municipalities', array_to_string(m.reads, ','), true),
        set_config('app.writes_for', array_to_string(m.writes_for, ','), true),
        set_config('app.subjects', array_to_string(m.subjects, ','), true),
        set_config('app.area', case when m.writes_for = '{}' then '' else $10 end, true),
        set_config('app.ledger_no', i.ledger::text, true),
        set_config('app.day', $14, true)
     from introduced i cross join lateral (";

impl Session {
    /// Tells Postgres who asks and when, with facts known at the moment asked for, and what the
    /// actor may act for at the present one.
    pub(super) async fn introduce(&mut self, requested: RequestedMoment) -> Result<(), DbError> {
        let sent_at = self.clock.now();
        let statement = self.introduction(requested, self.tx.opening)?;
        let opened = Opened::find_by_statement(statement)
            .one(self)
            .await
            .map_err(DbError::doing("introducing the actor"))?
            .ok_or_else(|| {
                DbError::doing("reading the head")(DbErr::RecordNotFound("ledger_head".into()))
            })?;
        // What a demo invents may lie in the future.
        let head_ahead = Some(opened.head_at - sent_at).filter(|_| !opened.is_demo);
        self.clocks = Clocks::new(
            self.clock.ahead_of(opened.database_at, sent_at),
            head_ahead.unwrap_or_default(),
        );
        self.moment.head = opened.head;
        self.moment.state = Position::of_stored(opened.head, Some(opened.head_hash));
        self.seal = Seal {
            key: opened.seal_key,
            after: opened.seal_after,
        };
        // A position that is lost is told as such, also where its number has not come.
        if requested
            .position
            .is_some_and(|position| self.seal.is_lost(position, opened.head, opened.seen_hash))
        {
            return Err(DbError::position_lost());
        }
        self.known_hash = Position::of_stored(0, opened.ledger_hash).hash;
        self.moment.ledger = opened.ledger.ok_or_else(DbError::beyond_head)?;
        self.moment.day = requested.day.unwrap_or(self.moment.day);
        self.moment.next_release = opened.next_release;
        self.is_demo = opened.is_demo;
        self.mandate = opened.found.into_mandate(self.mandate.actor.clone())?;
        Ok(())
    }

    /// Reads the mandate again, now that the ledger is locked and others wrote since it was read:
    /// what was permitted then may not be now.
    ///
    /// # Errors
    /// When it is another by now, or the database fails.
    pub(super) async fn confirm_mandate(&self) -> Result<(), DbError> {
        const DOING: &str = "reading a mandate again";
        let opening = Opening {
            is_read_only: false,
            plans: Plans::default(),
        };
        let statement = self.introduction(RequestedMoment::HEAD, opening)?;
        let opened = Opened::find_by_statement(statement)
            .one(self)
            .await
            .map_err(DbError::doing(DOING))?
            .ok_or_else(|| DbError::doing(DOING)(DbErr::RecordNotFound("ledger_head".into())))?;
        let found = opened.found.into_mandate(self.mandate.actor.clone())?;
        if found != self.mandate {
            return Err(DbError::mandate_moved());
        }
        self.set("app.ledger_no", i64::MAX.to_string()).await
    }

    /// The statement that does so.
    fn introduction(
        &self,
        requested: RequestedMoment,
        opening: Opening,
    ) -> Result<Statement, DbError> {
        let moment = self.moment;
        let actor = &self.mandate.actor;
        let (number, instant) = match requested.known {
            Known::Head => (None, None),
            Known::Ledger(number) => (Some(number), None),
            Known::Instant(instant) if instant > moment.instant => {
                return Err(DbError::beyond_head());
            }
            // Nothing was recorded before 1970, and Postgres does not know every earlier instant.
            Known::Instant(instant) => (None, Some(instant.max(DateTime::UNIX_EPOCH))),
        };
        Ok(Statement::from_sql_and_values(
            DbBackend::Postgres,
            [INTRODUCTION, mandate::sql(&actor.role)].concat(),
            [
                Value::from(actor.role.kind().code()),
                Value::from(actor.pseudonym.clone().unwrap_or_default()),
                Value::from(moment.day.to_string()),
                Value::from(moment.instant.to_rfc3339()),
                Value::from(STATEMENT_TIMEOUT_MS),
                Value::from(number),
                Value::from(instant),
                Value::from(LOCK_TIMEOUT_MS),
                Value::from(actor.role.partner().unwrap_or_default()),
                Value::from(actor.role.area().unwrap_or_default()),
                Value::from(self.under_way.name()),
                Value::from(actor.former_pseudonym.clone().unwrap_or_default()),
                Value::from(requested.position.map(|position| position.number)),
                Value::from(requested.day.unwrap_or(moment.day).to_string()),
                Value::from(opening.plans.mode()),
                Value::from(mandate::own(&actor.role)),
                Value::from(if opening.is_read_only { "on" } else { "off" }),
            ],
        ))
    }
}
