//! Who may see what is asked of the present day, whatever day an answer tells of.

crate::sql_migration!("m20261130_170000_keep_scope_present");
