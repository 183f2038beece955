//! The second wall before public facts: everybody reads them, few append them.

crate::sql_migration!("m20261122_120000_wall_public_facts");
