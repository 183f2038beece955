//! Facts of which `known.*` looks for no correction take none.

crate::sql_migration!("m20261126_230000_keep_final_facts_final");
