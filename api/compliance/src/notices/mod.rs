//! Notices outside the API: an organisation registers one functional mailbox and is told there,
//! once a day at most, what waits for it. NL: berichten.
//!
//! A digest is made of the answer to `openTasks`, asked as the organisation itself, so it says
//! nothing that the organisation may not see. It is kept before it is sent, under its organisation
//! and day: of several instances one makes it and one delivers it. Delivery is at least once, since
//! a mail server that accepted a mail may fail to say so: then the same mail comes again, under the
//! same Message-ID and to the letter the same, and the receiver knows it by that. Neither an address
//! nor a text is ever logged.

pub mod errors;
mod make;
pub(crate) mod mutations;
mod outbox;
mod repo;
pub(crate) mod schema;
mod send;
mod smtp;

pub use self::{
    send::{Turn, Turns, keep_sending, run_turn},
    smtp::{Login, Mailer, MailerError, Security, Server},
};
