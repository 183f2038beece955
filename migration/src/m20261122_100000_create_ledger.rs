//! The ledger, its head, free text, and the shape that every table of facts has.

crate::sql_migration!("m20261122_100000_create_ledger");
