//! The star schema that BI tools pull, its public half: dimensions, bridges, facts and totals over
//! what is known.

crate::sql_migration!("m20261126_170000_create_star_schema");
