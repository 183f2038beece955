//! Municipalities, reorganisations, areas, their members, and the regions that report.

crate::sql_migration!("m20261122_100100_create_territory");
