//! Texts that were blanked by law: which, why, and by which entry; the owner alone blanks.

crate::sql_migration!("m20261126_180000_create_redaction");
