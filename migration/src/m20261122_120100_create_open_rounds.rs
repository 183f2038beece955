//! Reports in an open monitoring round: they exist for their reporter and the ministry alone until
//! the round is closed.

crate::sql_migration!("m20261122_120100_create_open_rounds");
