//! The register: the plan and what surrounds it, as the sources say it and as it is changed since.
//!
//! One folder per noun: plan, budget, goals, partners, sources, territory, policies, functions, and
//! the quality of the data. Nothing here knows of compliance: that links back to municipalities and
//! areas.

pub mod budget;
pub mod goals;
pub mod guidance;
pub mod nodes;
pub mod partners;
pub mod plan;
pub mod policies;
pub mod quality;
pub mod schema;
pub mod sources;
pub mod territory;
