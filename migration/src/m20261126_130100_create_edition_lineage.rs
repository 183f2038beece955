//! Which edition of the framework takes the place of which, and what became of each criterion.

crate::sql_migration!("m20261126_130100_create_edition_lineage");
