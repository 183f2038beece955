//! What a period closed with is read as it was known then.

crate::sql_migration!("m20261126_220200_know_what_a_period_closed_with");
