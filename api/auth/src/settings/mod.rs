//! The issuers as an operator configures them: read whole, every mistake told by issuer and field.
//!
//! `docker/issuers.example.toml` shows each field. What is not written is not allowed: an issuer
//! asserts no role that its table does not list, and a key that nobody knows is a mistake and not a
//! remark. Symmetric algorithms and `none` cannot be configured. The caller reads the file; here it
//! is plain values, apart from a look at key sets in files, so that a wrong one is told at the
//! start.

mod browser;
mod mapping;
#[cfg(test)]
mod tests;

use std::{net::IpAddr, path::PathBuf};

use chrono::TimeDelta;
use jsonwebtoken::Algorithm;
use reqwest::Url;
use serde_json::Value;

pub(super) use self::browser::BrowserSettings;
use self::mapping::mapping;
use super::{
    claims::Mapping,
    fields::{Fields, Mistake},
    keys::{self, KeySet, Pace, Source},
    organisations::Organisation,
};
use domain::{actor::RoleKind, error::chain};

/// The algorithms that may be configured, all with a public key.
const ALGORITHMS: [(&str, Algorithm); 3] = [
    ("RS256", Algorithm::RS256),
    ("PS256", Algorithm::PS256),
    ("ES256", Algorithm::ES256),
];
/// Seconds by which the clocks of issuer and service may differ, at most and unless set.
const LEEWAY_SECONDS: i64 = 30;
/// Seconds between two requests to a key server, unless set.
const COOL_DOWN_SECONDS: i64 = 60;
/// Seconds after which keys are read again without a reason, unless set.
const RENEWAL_SECONDS: i64 = 600;

/// An issuer as configured and found right.
#[derive(Debug, Clone)]
pub struct IssuerSettings {
    pub(super) name: String,
    pub(super) keys: Source,
    pub(super) audience: Vec<String>,
    pub(super) algorithms: Vec<Algorithm>,
    /// What `typ` in the header of an access token is.
    pub(super) types: Vec<String>,
    pub(super) leeway: TimeDelta,
    pub(super) pace: Pace,
    pub(super) may_assert: Vec<(RoleKind, Allowed)>,
    pub(super) mapping: Mapping,
    /// The client that this service is there, where people sign in with a browser.
    pub(super) browser: Option<BrowserSettings>,
}

impl IssuerSettings {
    /// What its tokens name it: `iss`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// An issuer of our own making: it may assert everything, and its keys never change.
    pub(super) fn of_ours(name: &str, audience: &str, keys: Vec<u8>, algorithm: Algorithm) -> Self {
        Self {
            name: name.to_owned(),
            keys: Source::Given(keys),
            audience: vec![audience.to_owned()],
            algorithms: vec![algorithm],
            types: usual_types(),
            leeway: TimeDelta::seconds(LEEWAY_SECONDS),
            pace: Pace {
                cool_down: TimeDelta::seconds(COOL_DOWN_SECONDS),
                renewal: TimeDelta::MAX,
            },
            may_assert: RoleKind::ALL
                .into_iter()
                .filter(|role| *role != RoleKind::Public)
                .map(|role| (role, Allowed::Any))
                .collect(),
            mapping: Mapping::default(),
            browser: None,
        }
    }
}

/// The organisations for which an issuer may assert a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Allowed {
    /// Every organisation of the role's kind.
    Any,
    /// These, by the code that the ledger writes.
    Only(Vec<String>),
}

/// Reads the list of `[[issuer]]` tables.
///
/// # Errors
/// With every mistake there is.
pub fn read(tables: &Value) -> Result<Vec<IssuerSettings>, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut issuers: Vec<IssuerSettings> = Vec::new();
    let list = tables.as_array().map(Vec::as_slice).unwrap_or_default();
    if list.is_empty() {
        mistakes.push(Mistake {
            issuer: "issuer".to_owned(),
            what: "must be one or more tables [[issuer]]".to_owned(),
        });
    }
    for (at, table) in list.iter().enumerate() {
        let name = table.get("issuer").and_then(Value::as_str);
        let place = match name {
            Some(name) => format!("issuer {} ({name})", at + 1),
            None => format!("issuer {}", at + 1),
        };
        let Some(table) = table.as_object() else {
            mistakes.push(Mistake {
                issuer: place,
                what: "must be a table".to_owned(),
            });
            continue;
        };
        let mut fields = Fields::new(&place, "", table, &mut mistakes);
        let issuer = issuer(&mut fields);
        if let Some(issuer) = issuer {
            if issuers.iter().any(|other| other.name == issuer.name) {
                fields.wrong("issuer", "is there twice: one table an issuer");
            }
            issuers.push(issuer);
        }
    }
    if mistakes.is_empty() {
        Ok(issuers)
    } else {
        Err(mistakes)
    }
}

/// The fields of an issuer, beside those of one for browsers.
const FIELDS: [&str; 11] = [
    "issuer",
    "jwks",
    "audience",
    "algorithms",
    "types",
    "leeway_seconds",
    "cool_down_seconds",
    "renewal_seconds",
    "roles",
    "claims",
    "organisation",
];

fn issuer(fields: &mut Fields<'_>) -> Option<IssuerSettings> {
    fields.known(&[&FIELDS[..], &browser::FIELDS[..]].concat());
    let name = fields.required("issuer").and_then(|name| {
        // The vertical bar separates issuer and subject where pseudonyms are made.
        let fits = !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '|');
        if !fits {
            fields.wrong(
                "issuer",
                "must be the exact text of the claim iss, like https://login.example.nl/realms/stm",
            );
        }
        fits.then(|| name.to_owned())
    });
    let algorithms = algorithms(fields);
    let keys = source(fields, &algorithms);
    let audience = fields.texts("audience");
    if !fields.has("audience") {
        fields.wrong(
            "audience",
            "is missing: a list of the values of the claim aud that mean this service, like \
             [\"samen-tegen-mensenhandel\"]",
        );
    }
    let types = types(fields);
    let leeway = fields.seconds("leeway_seconds", LEEWAY_SECONDS, 0, LEEWAY_SECONDS);
    let cool_down = fields.seconds("cool_down_seconds", COOL_DOWN_SECONDS, 1, 3600);
    let renewal = fields.seconds("renewal_seconds", RENEWAL_SECONDS, 60, 86_400);
    let may_assert = may_assert(fields);
    let mapping = mapping(fields);
    let browser = browser::browser(fields, name.as_deref().unwrap_or_default());
    Some(IssuerSettings {
        name: name?,
        keys: keys?,
        audience: audience?,
        algorithms,
        types,
        leeway,
        pace: Pace {
            cool_down,
            renewal: renewal.max(cool_down),
        },
        may_assert,
        mapping,
        browser,
    })
}

fn algorithms(fields: &mut Fields<'_>) -> Vec<Algorithm> {
    const RIGHT: &str = "a list of RS256, PS256 and ES256";
    let mut algorithms = Vec::new();
    for name in fields.texts("algorithms").unwrap_or_default() {
        match ALGORITHMS.iter().find(|(own, _)| *own == name) {
            Some((_, algorithm)) => algorithms.push(*algorithm),
            None => fields.wrong("algorithms", format!("has {name:?}: it must be {RIGHT}")),
        }
    }
    if !fields.has("algorithms") {
        fields.wrong("algorithms", format!("is missing: {RIGHT}"));
    }
    algorithms
}

/// What the header of an access token may say it is (RFC 7519, section 5.1; RFC 9068, section 2.1).
const TYPES: [&str; 2] = ["JWT", "at+jwt"];

fn usual_types() -> Vec<String> {
    TYPES.map(str::to_owned).to_vec()
}

fn types(fields: &mut Fields<'_>) -> Vec<String> {
    if !fields.has("types") {
        return usual_types();
    }
    let given = fields.texts("types").unwrap_or_default();
    for other in given
        .iter()
        .filter(|given| !TYPES.contains(&given.as_str()))
    {
        fields.wrong(
            "types",
            format!("has {other:?}: it must be a list of JWT and at+jwt"),
        );
    }
    given
}

fn source(fields: &mut Fields<'_>, algorithms: &[Algorithm]) -> Option<Source> {
    let text = fields.required("jwks")?;
    if text.contains("://") {
        return match address(text) {
            Ok(address) => Some(Source::Address(address)),
            Err(what) => {
                fields.wrong("jwks", what);
                None
            }
        };
    }
    let path = PathBuf::from(text);
    let usable = keys::read_file(&path).and_then(|json| KeySet::read(&json, algorithms));
    match usable {
        Ok(_) => Some(Source::File(path)),
        // Without an algorithm no key fits, and that is told already.
        Err(_) if algorithms.is_empty() => None,
        Err(error) => {
            fields.wrong("jwks", format!("is the file {text:?}: {}", chain(&error)));
            None
        }
    }
}

/// An address of an issuer: https, or http on this machine.
pub(super) fn address(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "is no address like https://login.example.nl/keys")?;
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err("must be an address without a user, a password and a part after #");
    }
    let is_loopback = url.host_str().is_some_and(|host| {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    });
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback => Ok(url),
        _ => Err("must be an https address; http is for 127.0.0.1 and [::1] only"),
    }
}

fn role_named(code: &str) -> Option<RoleKind> {
    RoleKind::parse(code).filter(|role| *role != RoleKind::Public)
}

const ROLES: &str = "one of MUNICIPALITY, REGION, PARTNER, VNG and MINISTRY";

fn may_assert(fields: &mut Fields<'_>) -> Vec<(RoleKind, Allowed)> {
    let Some(table) = fields.table("roles") else {
        if !fields.has("roles") {
            fields.wrong(
                "roles",
                "is missing: a table of the roles that this issuer may assert, each with \"any\" \
                 or a list of organisations",
            );
        }
        return Vec::new();
    };
    if table.is_empty() {
        fields.wrong(
            "roles",
            "is empty: no token of this issuer would open anything",
        );
    }
    let mut may_assert = Vec::new();
    for (code, value) in table {
        let field = format!("roles.{code}");
        let Some(role) = role_named(code) else {
            fields.wrong(&field, format!("is no role: it must be {ROLES}"));
            continue;
        };
        if value.as_str() == Some("any") {
            may_assert.push((role, Allowed::Any));
            continue;
        }
        let mut codes = Vec::new();
        let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
        if list.is_empty() {
            fields.wrong(&field, "must be \"any\" or a list of organisations");
        }
        for value in list {
            let own = value
                .as_str()
                .and_then(Organisation::parse)
                .filter(|organisation| belongs(role, organisation));
            match own {
                Some(organisation) => codes.push(organisation.code().to_owned()),
                None => fields.wrong(
                    &field,
                    format!(
                        "has {value}, which is no organisation of this role: {}",
                        example(role)
                    ),
                ),
            }
        }
        may_assert.push((role, Allowed::Only(codes)));
    }
    may_assert
}

fn belongs(role: RoleKind, organisation: &Organisation) -> bool {
    let own = match organisation {
        Organisation::Municipality(_) => RoleKind::Municipality,
        Organisation::Area(_) => RoleKind::Region,
        Organisation::Partner(_) => RoleKind::Partner,
        Organisation::Vng => RoleKind::Vng,
        Organisation::Ministry => RoleKind::Ministry,
    };
    role == own
}

fn example(role: RoleKind) -> &'static str {
    match role {
        RoleKind::Municipality => "codes of municipalities are like \"GM0402\"",
        RoleKind::Region => "codes of areas are like \"VR14\"",
        RoleKind::Partner => "keys of partners are like \"comensha\"",
        RoleKind::Vng => "it is \"VNG\"",
        RoleKind::Ministry => "it is \"MINISTRY\"",
        RoleKind::Public | RoleKind::System => "it has none",
    }
}
