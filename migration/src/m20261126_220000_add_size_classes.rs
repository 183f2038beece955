//! Areas of one more kind: municipalities of about one size.

crate::sql_migration!("m20261126_220000_add_size_classes");
