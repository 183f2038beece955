//! Partners, their roles in actions, mentions, and meetings.

crate::sql_migration!("m20261122_110300_create_partners");
