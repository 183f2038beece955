//! Goals with their targets, measurements, effects, and the national figures beside them.

crate::sql_migration!("m20261122_110100_create_goals");
