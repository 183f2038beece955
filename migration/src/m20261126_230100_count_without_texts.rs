//! National totals are counted without the texts of what is counted.

crate::sql_migration!("m20261126_230100_count_without_texts");
