//! The assessment of a municipality in a period: filled in as a draft, submitted as versions,
//! reviewed by VNG. NL: beoordeling.
//!
//! [`life_cycle`] says what may follow what; [`rules`], [`evidence`] and [`carry`] what an answer
//! must be and what goes on from period to period. All four are pure. A file per decision tells its
//! input and its steps; [`errors`] holds the mistakes of all, [`history`] reads what has happened
//! so far, [`append`] adds what happens now. Answers also come and go as tables: [`sheet`]; what was
//! submitted is kept and checked as a file: [`receipt`].

pub mod answer_sheet;
mod append;
pub mod assessment_table;
mod draft;
pub mod errors;
pub(crate) mod evidence_schema;
mod extend;
mod history;
mod import_answer_sheet;
mod import_assessments;
mod left_out;
pub mod mandate;
pub(crate) mod may;
pub(crate) mod mutations;
mod named;
mod on_behalf;
mod parts;
mod question;
pub mod receipt;
mod reply;
mod repo;
mod review;
mod review_many;
mod same;
mod save;
pub mod schema;
mod sheet;
mod submit;
mod submitted;
mod target;
mod version;
mod withdraw;
mod work;
