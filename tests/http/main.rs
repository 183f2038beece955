//! The service over real HTTP, on a real Postgres, as the application's own role.

mod changes;
mod dashboard;
mod plan;
mod refusals;
mod story;
mod territory;
mod tokens;
mod transport;
