//! What a call's hash was made of is told beside it, so that hashes of two forms are never
//! compared.

crate::sql_migration!("m20261130_100000_tell_form_of_repeats");
