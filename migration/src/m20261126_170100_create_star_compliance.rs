//! The scoped half of the star schema: submissions, answers, verdicts and their national totals.

crate::sql_migration!("m20261126_170100_create_star_compliance");
