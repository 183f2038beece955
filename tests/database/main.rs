//! The database alone: migrations, entities, the second wall, the ledger under attack and under load.

mod embedded;
mod entities;
mod ledger;
mod migrations;
mod privileges;
mod row_security;
