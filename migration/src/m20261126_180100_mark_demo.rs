//! A database is real or a demo for ever; in a demo, and nowhere else, the program invents
//! assessments.

crate::sql_migration!("m20261126_180100_mark_demo");
