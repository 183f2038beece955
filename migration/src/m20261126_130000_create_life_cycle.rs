//! The rest of an assessment's life: evidence, questions, withdrawal, extension, mandates, filling
//! in on behalf.

crate::sql_migration!("m20261126_130000_create_life_cycle");
