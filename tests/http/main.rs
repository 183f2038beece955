//! The service over real HTTP, on a real Postgres, as the application's own role.

mod audit;
mod budget;
mod changes;
mod dashboard;
mod demo;
mod documentation;
mod goals;
mod guidance;
mod monitoring;
mod partner_page;
mod partners;
mod plan;
mod policies;
mod quality;
mod refusals;
mod regional;
mod releases;
mod search;
mod sources;
mod story;
mod territory;
mod tokens;
mod transport;
mod verdicts;
