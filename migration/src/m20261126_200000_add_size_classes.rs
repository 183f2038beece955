//! Areas of one more kind: municipalities of about one size.

crate::sql_migration!("m20261126_200000_add_size_classes");
