//! Answers and verdicts as tables tell them: a page in the time of a page, however long the history
//! is.

crate::sql_migration!("m20261126_210000_pull_tables_at_once");
