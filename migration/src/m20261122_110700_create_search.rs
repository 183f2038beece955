//! The search over public facts: its words, its documents, and how they follow the facts.

crate::sql_migration!("m20261122_110700_create_search");
