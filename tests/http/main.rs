//! The service over real HTTP, on a real Postgres, as the application's own role.

mod dashboard;
mod guidance;
mod partners;
mod policies;
mod refusals;
mod story;
mod territory;
mod transport;
