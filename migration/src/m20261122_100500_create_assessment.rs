//! Drafts, claims and idempotency keys to work with; submitted versions, answers and decisions as
//! facts.

crate::sql_migration!("m20261122_100500_create_assessment");
