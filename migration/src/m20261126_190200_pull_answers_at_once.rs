//! Answers as a feed reads them: page after page in the time of a page, whatever came before.

crate::sql_migration!("m20261126_190200_pull_answers_at_once");
