//! Publications: prepared, responded to, published, and what they made public of municipalities.

crate::sql_migration!("m20261126_150100_create_publication");
