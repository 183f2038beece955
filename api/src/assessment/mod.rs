//! The assessment of a municipality in a period: filled in as a draft, submitted as versions, reviewed by VNG.
//! NL: beoordeling.
//!
//! [`life_cycle`] says what may follow what; [`rules`], [`evidence`] and [`carry`] what an answer must be and what goes on
//! from period to period. All four are pure. A file per decision tells its input, its mistakes and its steps; [`history`]
//! reads what has happened so far, [`append`] adds what happens now. Answers also come and go as tables: [`sheet`].

pub(crate) mod answer_sheet;
mod append;
mod carry;
mod draft;
pub(crate) mod evidence;
pub(crate) mod evidence_schema;
pub(crate) mod extend;
mod history;
pub(crate) mod import;
mod life_cycle;
pub(crate) mod mandate;
pub(crate) mod mutations;
pub(crate) mod on_behalf;
pub(crate) mod reply;
mod repo;
pub(crate) mod review;
mod rules;
pub(crate) mod save;
pub(crate) mod schema;
mod sheet;
pub(crate) mod submit;
mod table;
mod target;
mod version;
pub(crate) mod withdraw;
mod work;
