//! Verdict spans: what the rules say of a municipality, from which day on.

crate::sql_migration!("m20261122_100600_create_verdict");
