//! A municipality is told how many of its own region handed in, and the state of none of them.

crate::sql_migration!("m20261126_220100_count_own_region");
