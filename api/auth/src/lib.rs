//! Who asks: a bearer token becomes claims, claims become an [`Actor`](domain::actor::Actor). What
//! the actor may do is not known here: that is the policy of the domain.
//!
//! [`read_issuers`] reads which issuers are trusted and with what; for each [`Issuer`] the module
//! `keys` keeps its public keys, `token` checks a token, `claims` makes a role of what it says, and
//! `organisations` knows which organisation bears a number, and `sign_in` how somebody gets a token
//! with a browser. [`DevIssuer`] signs tokens for
//! development, and [`PseudonymKey`] makes pseudonyms of persons for the ledger.

mod claims;
mod dev_issuer;
mod fields;
mod keys;
mod organisations;
mod outside;
mod pseudonym;
mod settings;
mod sign_in;
mod token;
mod token_error;

pub use dev_issuer::{DevIssuer, DevIssuerError, TokenRequest, trial_name, trial_roles};
pub use fields::Mistake;
pub use keys::KeysError;
pub use pseudonym::{PseudonymKey, PseudonymKeyError};
pub use settings::{IssuerSettings, read as read_issuers};
pub use sign_in::{SignIn, SignInError};
pub(crate) use token::AUDIENCE;
pub use token::{Bearer, Ended, Issuer, Issuers, LONGEST_LIFETIME};
pub use token_error::TokenError;
