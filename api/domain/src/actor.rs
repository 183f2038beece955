//! The actor: a role that carries its organisation. A municipal user without a municipality cannot
//! be built.

use crate::territory::{AreaCode, MunicipalityCode};

/// The natural key of a partner organisation (`comensha`). NL: partner.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartnerKey(String);

impl PartnerKey {
    /// Lower-case letters, digits and hyphens, at most 64; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = !text.is_empty()
            && text.len() <= 64
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Self(text.to_owned()))
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A role of the mandate table with its organisation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Role {
    /// Nobody signed in.
    Public,
    /// An organisation that takes part in the plan.
    Partner(PartnerKey),
    /// One or several municipalities (a shared civil service); never none.
    Municipality(Vec<MunicipalityCode>),
    /// The office that coordinates the chain in an area.
    Region(AreaCode),
    /// The association of municipalities, owner of the framework.
    Vng,
    /// The ministry of Justice and Security, owner of the plan.
    Ministry,
    /// The import of the data set. No token gives this role.
    System,
}

/// A role without its organisation: a column of the mandate table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoleKind {
    /// See [`Role::Public`].
    Public,
    /// See [`Role::Partner`].
    Partner,
    /// See [`Role::Municipality`].
    Municipality,
    /// See [`Role::Region`].
    Region,
    /// See [`Role::Vng`].
    Vng,
    /// See [`Role::Ministry`].
    Ministry,
    /// See [`Role::System`].
    System,
}

impl RoleKind {
    /// The roles that a person or program can have, in the order of the mandate table.
    pub const ALL: [Self; 6] = [
        Self::Public,
        Self::Partner,
        Self::Municipality,
        Self::Region,
        Self::Vng,
        Self::Ministry,
    ];

    /// The role with this code, of those that a person or program can have.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The code that stands in tokens (lower case), the ledger and row-level security.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Partner => "PARTNER",
            Self::Municipality => "MUNICIPALITY",
            Self::Region => "REGION",
            Self::Vng => "VNG",
            Self::Ministry => "MINISTRY",
            Self::System => "SYSTEM",
        }
    }
}

impl Role {
    /// The role of an organisation, by the code of the role and by the name that
    /// [`Role::organisation`] gives it; none for the public, which is no organisation, and for the
    /// import.
    #[must_use]
    pub fn of_organisation(code: &str, organisation: &str) -> Option<Self> {
        match RoleKind::parse(code)? {
            RoleKind::Partner => PartnerKey::parse(organisation).map(Self::Partner),
            RoleKind::Municipality => {
                let codes = organisation.split('+').map(MunicipalityCode::parse);
                codes.collect::<Option<Vec<_>>>().map(Self::Municipality)
            }
            RoleKind::Region => AreaCode::parse(organisation).map(Self::Region),
            RoleKind::Vng => Some(Self::Vng),
            RoleKind::Ministry => Some(Self::Ministry),
            RoleKind::Public | RoleKind::System => None,
        }
    }

    /// The role without its organisation.
    #[must_use]
    pub fn kind(&self) -> RoleKind {
        match self {
            Self::Public => RoleKind::Public,
            Self::Partner(_) => RoleKind::Partner,
            Self::Municipality(_) => RoleKind::Municipality,
            Self::Region(_) => RoleKind::Region,
            Self::Vng => RoleKind::Vng,
            Self::Ministry => RoleKind::Ministry,
            Self::System => RoleKind::System,
        }
    }

    /// The key of the partner that the role acts as on actions of the plan: a partner's own, and
    /// `vng` for VNG.
    #[must_use]
    pub fn partner(&self) -> Option<String> {
        match self {
            Self::Partner(key) => Some(key.as_str().to_owned()),
            Self::Vng => Some("vng".to_owned()),
            Self::Public
            | Self::Municipality(_)
            | Self::Region(_)
            | Self::Ministry
            | Self::System => None,
        }
    }

    /// The area of a region.
    #[must_use]
    pub fn area(&self) -> Option<String> {
        match self {
            Self::Region(area) => Some(area.as_str().to_owned()),
            Self::Public
            | Self::Partner(_)
            | Self::Municipality(_)
            | Self::Vng
            | Self::Ministry
            | Self::System => None,
        }
    }

    /// The organisation as the ledger names it: `GM0402`, `VR14`, `comensha`, `VNG`; none for the
    /// public.
    #[must_use]
    pub fn organisation(&self) -> Option<String> {
        match self {
            Self::Public => None,
            Self::Partner(key) => Some(key.as_str().to_owned()),
            Self::Municipality(codes) => {
                let codes: Vec<&str> = codes.iter().map(MunicipalityCode::as_str).collect();
                Some(codes.join("+"))
            }
            Self::Region(area) => Some(area.as_str().to_owned()),
            Self::Vng | Self::Ministry | Self::System => Some(self.kind().code().to_owned()),
        }
    }
}

/// Who asks: a role and, when signed in, the pseudonym under which the ledger remembers the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The role with its organisation.
    pub role: Role,
    /// HMAC of issuer and subject under this year's key; none for the public and the import.
    pub pseudonym: Option<String>,
    /// The same under last year's key: only to recognise what the person did before New Year, such
    /// as a call that is repeated or a review taken in hand. Nothing is written under it.
    pub former_pseudonym: Option<String>,
}

impl Actor {
    /// Whether a pseudonym is this person's: this year's or last year's.
    #[must_use]
    pub fn is_called(&self, pseudonym: &str) -> bool {
        self.pseudonyms().any(|own| own == pseudonym)
    }

    /// The pseudonyms of this person: this year's and last year's.
    pub fn pseudonyms(&self) -> impl Iterator<Item = &str> {
        [&self.pseudonym, &self.former_pseudonym]
            .into_iter()
            .filter_map(|one| one.as_deref())
    }

    /// Nobody signed in.
    #[must_use]
    pub fn public() -> Self {
        Self {
            role: Role::Public,
            pseudonym: None,
            former_pseudonym: None,
        }
    }

    /// The import of the data set.
    #[must_use]
    pub fn system() -> Self {
        Self {
            role: Role::System,
            pseudonym: None,
            former_pseudonym: None,
        }
    }
}
