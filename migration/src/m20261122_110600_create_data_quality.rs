//! What is known of the data themselves: differences, gaps, decisions.

crate::sql_migration!("m20261122_110600_create_data_quality");
