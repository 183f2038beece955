//! The assessment of a municipality in a period: filled in as a draft, submitted as versions,
//! reviewed by VNG. NL: beoordeling.
//!
//! [`life_cycle`] says what may follow what; [`rules`], [`evidence`] and [`carry`] what an answer
//! must be and what goes on from period to period. All four are pure. A file per decision tells its
//! input, its mistakes and its steps; [`history`] reads what has happened so far, [`append`] adds
//! what happens now. Answers also come and go as tables: [`sheet`].

pub mod answer_sheet;
mod append;
mod draft;
pub(crate) mod evidence_schema;
pub mod extend;
mod history;
pub mod import;
pub mod mandate;
pub(crate) mod mutations;
pub mod on_behalf;
pub mod reply;
mod repo;
pub mod review;
pub mod save;
pub(crate) mod schema;
mod sheet;
pub mod submit;
mod table;
mod target;
mod version;
pub mod withdraw;
mod work;
