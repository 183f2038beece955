//! The database alone: migrations, entities, the second wall, the ledger under attack and under
//! load.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on ends where it stands"
)]

mod blanked_search;
mod browser_sessions;
mod catalogue;
mod code_lists;
mod contradictions;
mod embedded;
mod endpoint;
mod entities;
mod feed_keys;
mod final_facts;
mod head;
mod held_versions;
mod import;
mod ledger;
mod life_cycle;
mod local_facts;
mod mailboxes;
mod mandates;
mod migrations;
mod own_region;
mod page_plans;
mod plan_starts;
mod privileges;
mod prose;
mod public_facts;
mod regional_security;
mod remark_security;
mod replica;
mod row_security;
mod session;
mod snapshot;
mod star_schema;
mod verdict_since;
mod verdicts_by_month;
mod verify_data;
mod withholding;
mod words;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

/// The texts in the first column.
async fn texts(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let rows = connection.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect()
}
