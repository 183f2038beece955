//! Browsers that are signed in at the workplace.
//!
//! A browser has a cookie with 32 random bytes, and nothing else. What is kept of a session is its
//! token and when that ends: the token sealed with a key that is made of the cookie, under a digest
//! that is made of it too. So whoever reads the table, or a backup of it, opens nothing with it, and
//! there is no key to keep. Who the token is of and what it allows is not known here; whoever opens a
//! session checks the token again, each time.
//!
//! The rows are in the database, so that every instance knows a session and it ends everywhere at
//! once: at sign-out, at the end of the token, when the token does not hold any more, and when the
//! operator ends them all. Policies of row-level security show a browser its own row.

mod repo;
mod secret;

pub use repo::{
    Began, Opened, begin_sign_in, end_all_sessions, end_session, keep_session, open_session,
    take_sign_in,
};
pub use secret::Secret;
