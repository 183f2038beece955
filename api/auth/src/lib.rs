//! Who asks: a bearer token becomes claims, claims become an [`Actor`]. What the actor may do is not known here.
//!
//! [`settings`] reads which issuers are trusted and with what, [`keys`] keeps their public keys, [`token`] checks a
//! token, [`claims`] makes a role of what it says, and [`organisations`] knows which organisation bears a number.

mod claims;
mod dev_issuer;
mod fields;
mod keys;
mod organisations;
mod pseudonym;
mod settings;
mod token;

pub use dev_issuer::{DevIssuer, DevIssuerError, TokenRequest};
pub use fields::Mistake;
pub use keys::KeysError;
pub use pseudonym::{PseudonymKey, PseudonymKeyError};
pub use settings::{IssuerSettings, read as read_issuers};
pub use token::{AUDIENCE, Bearer, Issuer, Issuers, TokenError};
