//! The framework: editions, themes, criteria, reporting periods.

crate::sql_migration!("m20261122_100300_create_framework");
