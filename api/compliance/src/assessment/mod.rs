//! The assessment of a municipality in a period: filled in as a draft, submitted as versions,
//! reviewed by VNG. NL: beoordeling.
//!
//! [`life_cycle`] says what may follow what; [`rules`], [`evidence`] and [`carry`] what an answer
//! must be and what goes on from period to period. All four are pure. A file per decision tells its
//! input and its steps; [`errors`] holds the mistakes of all, [`history`] reads what has happened
//! so far, [`append`] adds what happens now. Answers also come and go as tables: [`sheet`].

pub mod answer_sheet;
mod append;
mod draft;
pub mod errors;
pub(crate) mod evidence_schema;
mod extend;
mod history;
mod import_answer_sheet;
mod import_assessments;
pub mod mandate;
pub(crate) mod may;
pub(crate) mod mutations;
mod named;
mod on_behalf;
mod parts;
mod question;
mod reply;
mod repo;
mod review;
mod review_many;
mod save;
pub mod schema;
mod sheet;
mod submit;
mod submitted;
mod target;
mod version;
mod withdraw;
mod work;
