//! Who takes part: partners, what they do in which action, where they are only mentioned, and the
//! meetings that they came to.
//!
//! A role is what a source says that a partner does. A mention is a name without a role, and an
//! unnamed party is a word for somebody that the source does not name; both stand apart and never
//! count as a role. The spellings of a partner are facts; which of them a text means is a rule
//! ([`rules`]). NL: partners.

mod assign;
pub mod errors;
mod events;
pub(crate) mod lookup;
pub mod mutations;
mod organisation;
mod parties;
mod partner;
mod register;
mod repo;
pub mod schema;
