//! A reorganisation names the largest predecessor; everybody who decides something registers its
//! source.

crate::sql_migration!("m20261126_110200_record_reorganisations");
