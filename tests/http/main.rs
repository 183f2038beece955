//! The service over real HTTP, on a real Postgres, as the application's own role.

mod dashboard;
mod quality;
mod refusals;
mod search;
mod sources;
mod story;
mod territory;
mod transport;
