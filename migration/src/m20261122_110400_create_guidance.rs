//! What a regional policy says, functions and who fills them, and where to report.

crate::sql_migration!("m20261122_110400_create_guidance");
