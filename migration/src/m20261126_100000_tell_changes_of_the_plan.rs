//! What the ministry and the owners of actions bring in themselves: who reported it, why an action
//! ended, roles with dates.

crate::sql_migration!("m20261126_100000_tell_changes_of_the_plan");
