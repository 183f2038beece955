//! Answers that a reporting region gives for its members, with their evidence, and what VNG says of
//! them.

crate::sql_migration!("m20261126_140100_create_regional_answers");
