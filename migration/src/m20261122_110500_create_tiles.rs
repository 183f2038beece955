//! Tiles for maps, and reorganisations that are only planned.

crate::sql_migration!("m20261122_110500_create_tiles");
