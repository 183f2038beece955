//! How Postgres plans the statements of a transaction.

use sea_orm::sqlx::{self, Executor as _, PgConnection};

/// For which values a prepared statement is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Plans {
    /// Once per connection, whatever the values. Our own statements are looked up by keys, so one
    /// plan is good for all; to plan them five times for their values, as Postgres does before it
    /// trusts one plan, costs each new connection half a second under row-level security.
    #[default]
    Once,
    /// As Postgres finds best: for statements that a client puts together, in which a value decides
    /// which way through a table is good.
    ByValues,
}

impl Plans {
    /// The setting of Postgres.
    pub(super) fn mode(self) -> &'static str {
        match self {
            Self::Once => "force_generic_plan",
            Self::ByValues => "auto",
        }
    }
}

/// What a connection is told once, before its first transaction. The statement that introduces an
/// actor is planned before it has told anything: the ledger number must be a number by then (0, at
/// which nothing is known), and neither is it to be planned anew each time nor to be compiled.
const FIRST: &str = "select set_config('app.ledger_no', '0', false),
    set_config('plan_cache_mode', 'force_generic_plan', false), set_config('jit', 'off', false)";

/// Tells a new connection what it must know before its first transaction.
pub(super) async fn prepare(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    connection.execute(FIRST).await?;
    Ok(())
}
