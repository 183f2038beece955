//! Embargoes: decisions that become known at an instant to come.

crate::sql_migration!("m20261126_150000_create_timed_release");
