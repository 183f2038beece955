//! Who sees a verdict or a submission is asked once per statement and not once per row.

crate::sql_migration!("m20261126_190100_see_verdicts_at_once");
