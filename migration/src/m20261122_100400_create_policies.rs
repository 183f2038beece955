//! Policy documents and their adoptions, which are two things.

crate::sql_migration!("m20261122_100400_create_policies");
