//! The budget tables as printed, and the money behind them.

crate::sql_migration!("m20261122_110200_create_budget");
