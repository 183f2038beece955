//! The action plan: documents, versions, lines, actions, monitoring rounds, status reports.

crate::sql_migration!("m20261122_100200_create_plan");
