//! Who fills a function is recorded by whoever it is of, and by partners whom VNG named.

crate::sql_migration!("m20261126_110100_own_functions");
