//! Why a token opens nothing: each rule with its code and its words.

/// The rule by which a token was refused. Nothing of the token is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().1)]
pub enum TokenError {
    /// Longer than any honest token.
    TooLong,
    /// Not a signed JWT, or one with an extension that must be understood (`crit`).
    Header,
    /// Not an access token: of another `typ` than this issuer's, or made for something else.
    Type,
    /// No `kid`.
    KeyId,
    /// No `iss`, or none that we know.
    Issuer,
    /// The issuer's key set has no such key.
    UnknownKey,
    /// Not an algorithm of this issuer and this key.
    Algorithm,
    /// The signature does not hold.
    Signature,
    /// Claims that are no object, or one of another type than it should be.
    Claims,
    /// No `aud`, or not for this service.
    Audience,
    /// No `sub`.
    Subject,
    /// No `exp`.
    Expiry,
    /// `exp` has passed.
    Expired,
    /// `exp` is further away than this service allows, as where it is written in milliseconds.
    Lifetime,
    /// `nbf` has not come.
    NotYetValid,
    /// No role that means something here.
    Role,
    /// More than one role.
    TwoRoles,
    /// No organisation, one of another kind than the role, or several.
    Organisation,
    /// A code or number that is no organisation's, or was not on this day.
    UnknownOrganisation,
    /// The issuer may not assert this role.
    RoleNotAllowed,
    /// The issuer may not assert this role for this organisation.
    OrganisationNotAllowed,
}

impl TokenError {
    /// The code of the rule, as clients see it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLong => "TOKEN_TOO_LONG",
            Self::Header => "TOKEN_HEADER",
            Self::Type => "TOKEN_TYPE",
            Self::KeyId => "TOKEN_KEY_ID",
            Self::Issuer => "TOKEN_ISSUER",
            Self::UnknownKey => "TOKEN_UNKNOWN_KEY",
            Self::Algorithm => "TOKEN_ALGORITHM",
            Self::Signature => "TOKEN_SIGNATURE",
            Self::Claims => "TOKEN_CLAIMS",
            Self::Audience => "TOKEN_AUDIENCE",
            Self::Subject => "TOKEN_SUBJECT",
            Self::Expiry => "TOKEN_EXPIRY",
            Self::Expired => "TOKEN_EXPIRED",
            Self::Lifetime => "TOKEN_LIFETIME",
            Self::NotYetValid => "TOKEN_NOT_YET_VALID",
            Self::Role => "TOKEN_ROLE",
            Self::TwoRoles => "TOKEN_TWO_ROLES",
            Self::Organisation => "TOKEN_ORGANISATION",
            Self::UnknownOrganisation => "TOKEN_UNKNOWN_ORGANISATION",
            Self::RoleNotAllowed => "TOKEN_ROLE_NOT_ALLOWED",
            Self::OrganisationNotAllowed => "TOKEN_ORGANISATION_NOT_ALLOWED",
        }
    }

    /// What the rule says, in Dutch and in English; the English without quotes, for
    /// `WWW-Authenticate`.
    #[must_use]
    pub fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::TooLong => (
                "Het token is langer dan 8.192 bytes.",
                "The token is longer than 8,192 bytes.",
            ),
            Self::Header => (
                "Het token is geen ondertekend JWT met een leesbare kop.",
                "The token is no signed JWT with a readable header.",
            ),
            Self::Type => (
                "Het token is geen toegangstoken van deze uitgever (typ).",
                "The token is no access token of this issuer (typ).",
            ),
            Self::KeyId => (
                "De kop van het token noemt geen sleutel (kid).",
                "The header of the token names no key (kid).",
            ),
            Self::Issuer => (
                "Het token noemt geen uitgever (iss) die deze dienst kent.",
                "The token names no issuer (iss) that this service knows.",
            ),
            Self::UnknownKey => (
                "De uitgever van het token heeft geen sleutel met deze kid.",
                "The issuer of the token has no key with this kid.",
            ),
            Self::Algorithm => (
                "Deze uitgever en sleutel ondertekenen niet met dit algoritme (alg).",
                "This issuer and key do not sign with this algorithm (alg).",
            ),
            Self::Signature => (
                "De handtekening van het token klopt niet.",
                "The signature of the token does not hold.",
            ),
            Self::Claims => (
                "De gegevens in het token hebben niet de goede vorm.",
                "The claims of the token do not have the right form.",
            ),
            Self::Audience => (
                "Het token is niet voor deze dienst bestemd (aud).",
                "The token is not meant for this service (aud).",
            ),
            Self::Subject => (
                "Het token noemt niet voor wie het is (sub).",
                "The token does not name whom it is for (sub).",
            ),
            Self::Expiry => (
                "Het token noemt geen einde (exp).",
                "The token names no end (exp).",
            ),
            Self::Expired => (
                "Het token is verlopen (exp).",
                "The token has expired (exp).",
            ),
            Self::Lifetime => (
                "Het token is langer geldig dan deze dienst toestaat (exp, in seconden).",
                "The token is valid for longer than this service allows (exp, in seconds).",
            ),
            Self::NotYetValid => (
                "Het token is nog niet geldig (nbf).",
                "The token is not valid yet (nbf).",
            ),
            Self::Role => (
                "Het token geeft geen rol die deze dienst kent.",
                "The token gives no role that this service knows.",
            ),
            Self::TwoRoles => (
                "Het token geeft meer dan één rol.",
                "The token gives more than one role.",
            ),
            Self::Organisation => (
                "Bij deze rol hoort precies haar eigen soort organisatie.",
                "This role needs exactly its own kind of organisation.",
            ),
            Self::UnknownOrganisation => (
                "Het token noemt een organisatie die deze dienst vandaag niet kent.",
                "The token names an organisation that this service does not know today.",
            ),
            Self::RoleNotAllowed => (
                "De uitgever van het token mag deze rol niet geven.",
                "The issuer of the token may not assert this role.",
            ),
            Self::OrganisationNotAllowed => (
                "De uitgever van het token mag deze rol niet voor deze organisatie geven.",
                "The issuer of the token may not assert this role for this organisation.",
            ),
        }
    }
}
