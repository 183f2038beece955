//! Who asks: a bearer token becomes claims, claims become an [`Actor`]. What the actor may do is not known here.

mod actor;
mod dev_issuer;
mod pseudonym;
mod token;

pub use actor::{Actor, PartnerKey, Role, RoleKind};
pub use dev_issuer::{DevIssuer, DevIssuerError, TokenRequest};
pub use pseudonym::{PseudonymKey, PseudonymKeyError};
pub use token::{AUDIENCE, Issuer, Issuers, TokenError};
