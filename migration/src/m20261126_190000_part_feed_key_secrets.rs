//! Secrets of feed keys in a table of their own, so that whoever lists keys reads no hash.

crate::sql_migration!("m20261126_190000_part_feed_key_secrets");
