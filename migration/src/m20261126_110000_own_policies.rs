//! A recorded policy is somebody's own, and a municipality says in its own words how far it is.

crate::sql_migration!("m20261126_110000_own_policies");
