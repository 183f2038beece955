//! A narrower wall for the texts of owners.

crate::sql_migration!("m20261126_180200_bind_owners");
