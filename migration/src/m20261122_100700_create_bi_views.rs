//! The first table of the star schema: a verdict per municipality, period and basis.

crate::sql_migration!("m20261122_100700_create_bi_views");
