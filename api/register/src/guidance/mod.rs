//! Whom to turn to and what there is to go by: functions and who fills them, the route for signals,
//! reporting points, building blocks, policy that lies beside the plan.
//!
//! Information only. This service takes no signals, knows no cases and no names of people: a
//! function is filled by an organisation or a team. What the sources count and what they name are
//! told apart. NL: functies, meldroutes, handreikingen.

mod assign;
mod coverage;
pub mod errors;
mod functions;
mod materials;
pub mod mutations;
mod registrar;
mod repo;
mod reporting;
pub mod schema;
mod vacancy;
