//! What a reporting region does for its members: meetings, bottlenecks, decisions, half-year
//! reports.

crate::sql_migration!("m20261126_140200_create_regional_duties");
