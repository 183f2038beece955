//! A submitted version is final for the application's login too: no row takes its place, and
//! nothing is added to it later.

crate::sql_migration!("m20261126_190000_seal_submitted_versions");
