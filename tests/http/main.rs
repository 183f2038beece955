//! The service over real HTTP, on a real Postgres, as the application's own role.

mod budget;
mod dashboard;
mod goals;
mod refusals;
mod story;
mod territory;
mod transport;
