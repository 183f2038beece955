//! The database alone: migrations, entities, the second wall, the ledger under attack and under load.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on ends where it stands"
)]

mod embedded;
mod entities;
mod feed_keys;
mod import;
mod ledger;
mod life_cycle;
mod local_facts;
mod migrations;
mod own_region;
mod privileges;
mod public_facts;
mod regional_security;
mod row_security;
