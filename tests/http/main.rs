//! The service over real HTTP, on a real Postgres, as the application's own role.

mod budget;
mod changes;
mod dashboard;
mod documentation;
mod functions;
mod goals;
mod guidance;
mod monitoring;
mod partner_page;
mod partners;
mod plan;
mod policies;
mod quality;
mod recorded_policy;
mod refusals;
mod regional;
mod releases;
mod reorganisation;
mod search;
mod sources;
mod story;
mod territory;
mod tokens;
mod transport;
mod verdicts;
