//! Notices outside the service: what the daily digest to a functional mailbox says, and when it is
//! sent. NL: berichten.

pub mod codes;
pub mod digest;
pub mod page;
pub mod times;
