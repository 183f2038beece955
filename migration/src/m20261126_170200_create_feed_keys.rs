//! Keys with which a program of an organisation pulls feeds: the hash of a secret, never the
//! secret.

crate::sql_migration!("m20261126_170200_create_feed_keys");
