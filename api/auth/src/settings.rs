//! The issuers as an operator configures them: read whole, every mistake told by issuer and field.
//!
//! `docker/issuers.example.toml` shows each field. What is not written is not allowed: an issuer
//! asserts no role that its table does not list, and a key that nobody knows is a mistake and not a
//! remark. Symmetric algorithms and `none` cannot be configured. The caller reads the file; here it
//! is plain values, apart from a look at key sets in files, so that a wrong one is told at the
//! start.

use std::{net::IpAddr, path::PathBuf};

use chrono::TimeDelta;
use jsonwebtoken::Algorithm;
use reqwest::Url;
use serde_json::Value;

use super::{
    claims::{Mapping, OrganisationClaim, RoleClaim},
    fields::{Fields, Mistake},
    keys::{self, KeySet, Pace, Source},
    organisations::{NumberKind, Organisation, Organisations, Row},
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
}

impl IssuerSettings {
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

fn issuer(fields: &mut Fields<'_>) -> Option<IssuerSettings> {
    fields.known(&[
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
    ]);
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

/// An address to fetch keys from: https, or http on this machine.
fn address(text: &str) -> Result<Url, &'static str> {
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
    RoleKind::ALL
        .into_iter()
        .find(|role| *role != RoleKind::Public && role.code() == code)
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

fn mapping(fields: &mut Fields<'_>) -> Mapping {
    let mut mapping = Mapping::default();
    if let Some(table) = fields.table("claims") {
        let mut claims = Fields::new(fields.place, "claims.", table, fields.mistakes);
        claims.known(&["role", "municipality", "area", "partner", "oin", "kvk"]);
        read_role(&mut claims, &mut mapping.role);
        let organisations: [(&str, RoleKind, &mut OrganisationClaim); 3] = [
            (
                "municipality",
                RoleKind::Municipality,
                &mut mapping.municipality,
            ),
            ("area", RoleKind::Region, &mut mapping.area),
            ("partner", RoleKind::Partner, &mut mapping.partner),
        ];
        for (name, role, claim) in organisations {
            let Some((paths, values)) = claims.claim(name) else {
                continue;
            };
            for (value, code) in &values {
                if !Organisation::parse(code).is_some_and(|found| belongs(role, &found)) {
                    claims.wrong(
                        &format!("{name}.values"),
                        format!("makes {value:?} {code:?}: {}", example(role)),
                    );
                }
            }
            *claim = OrganisationClaim { paths, values };
        }
        for (name, kind) in [("oin", NumberKind::Oin), ("kvk", NumberKind::Kvk)] {
            if let Some((paths, values)) = claims.claim(name) {
                if !values.is_empty() {
                    claims.wrong(
                        name,
                        "takes no values: the tables [[issuer.organisation]] say whose number it \
                         is",
                    );
                }
                mapping.numbers.push((kind, paths));
            }
        }
    }
    let shown = fields.mistakes.len();
    mapping.organisations = organisations(fields);
    // A wrong row is not there; that nobody uses it would be a second mistake for one.
    if fields.mistakes.len() == shown {
        numbers_have_rows(fields, &mapping);
    }
    mapping
}

fn read_role(claims: &mut Fields<'_>, role: &mut RoleClaim) {
    let Some((paths, values)) = claims.claim("role") else {
        return;
    };
    role.paths = paths;
    if !values.is_empty() {
        role.values.clear();
    }
    for (value, code) in values {
        match role_named(&code) {
            Some(named) => {
                role.values.insert(value, named);
            }
            None => claims.wrong(
                "role.values",
                format!("makes {value:?} {code:?}: it must be {ROLES}"),
            ),
        }
    }
}

/// A number in tokens needs rows that say whose it is, and rows need a place in tokens.
fn numbers_have_rows(fields: &mut Fields<'_>, mapping: &Mapping) {
    for kind in [NumberKind::Oin, NumberKind::Kvk] {
        let code = kind.code();
        let claim = format!("claims.{}", code.to_ascii_lowercase());
        let has_rows = mapping.organisations.0.iter().any(|row| row.kind == kind);
        let has_claim = mapping.numbers.iter().any(|(own, _)| *own == kind);
        if has_claim && !has_rows {
            fields.wrong(
                &claim,
                format!("needs tables [[issuer.organisation]] with kind = \"{code}\""),
            );
        }
        if has_rows && !has_claim {
            fields.wrong(
                "organisation",
                format!(
                    "lists numbers of kind {code}, but {claim} does not say where tokens have them"
                ),
            );
        }
    }
}

fn organisations(fields: &mut Fields<'_>) -> Organisations {
    let Some(tables) = fields.value("organisation") else {
        return Organisations::default();
    };
    let list = tables.as_array().map(Vec::as_slice).unwrap_or_default();
    if list.is_empty() {
        fields.wrong("organisation", "must be tables [[issuer.organisation]]");
    }
    let mut rows: Vec<Row> = Vec::new();
    for (at, table) in list.iter().enumerate() {
        let prefix = format!("organisation {}, ", at + 1);
        let Some(table) = table.as_object() else {
            fields.wrong("organisation", "must be tables [[issuer.organisation]]");
            continue;
        };
        let mut own = Fields::new(fields.place, &prefix, table, fields.mistakes);
        let Some(row) = row(&mut own) else {
            continue;
        };
        let all_municipalities = |row: &Row| {
            row.organisations
                .iter()
                .all(|organisation| belongs(RoleKind::Municipality, organisation))
        };
        let clashes = rows.iter().any(|other| {
            other.overlaps(&row) && !(all_municipalities(other) && all_municipalities(&row))
        });
        if clashes || (row.organisations.len() > 1 && !all_municipalities(&row)) {
            own.wrong(
                "number",
                "stands for several organisations on one day; only municipalities can share one",
            );
        }
        rows.push(row);
    }
    Organisations(rows)
}

fn row(fields: &mut Fields<'_>) -> Option<Row> {
    fields.known(&["number", "kind", "organisation", "from", "until"]);
    let kind = fields.required("kind").and_then(|code| {
        let kind = NumberKind::parse(code);
        if kind.is_none() {
            fields.wrong("kind", format!("is {code:?}: it must be OIN or KVK"));
        }
        kind
    });
    let number = fields.required("number").and_then(|number| match kind {
        Some(kind) if !kind.fits(number) => {
            fields.wrong(
                "number",
                format!(
                    "is {number:?}: this kind has {} digits, in quotes",
                    kind.digits()
                ),
            );
            None
        }
        Some(_) | None => Some(number.to_owned()),
    });
    if !fields.has("organisation") {
        fields.wrong(
            "organisation",
            "is missing: GM0402, VR14, comensha, VNG or MINISTRY, or a list of municipalities",
        );
    }
    let mut organisations = Vec::new();
    for code in fields.texts("organisation").unwrap_or_default() {
        match Organisation::parse(&code) {
            Some(organisation) => organisations.push(organisation),
            None => fields.wrong(
                "organisation",
                format!("has {code:?}, which is no GM0402, VR14, comensha, VNG or MINISTRY"),
            ),
        }
    }
    if !fields.has("from") {
        fields.wrong("from", "is missing: the first day, like 2026-01-01");
    }
    let from = fields.day("from");
    let until = fields.day("until");
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        fields.wrong(
            "until",
            "is not after from; it is the first day on which the row no longer holds",
        );
    }
    Some(Row {
        kind: kind?,
        number: number?,
        organisations,
        from: from?,
        until,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn right() -> Value {
        json!({
            "issuer": "https://login.example.nl/realms/stm",
            "jwks": "https://login.example.nl/realms/stm/keys",
            "audience": ["samen-tegen-mensenhandel"],
            "algorithms": ["RS256", "PS256"],
            "roles": { "MUNICIPALITY": "any", "REGION": ["VR14"] },
        })
    }

    fn to_view(changes: Value) -> Vec<String> {
        let mut table = right();
        let (Value::Object(fields), Value::Object(changes)) = (&mut table, changes) else {
            panic!("two objects");
        };
        for (name, value) in changes {
            if value.is_null() {
                fields.remove(&name);
            } else {
                fields.insert(name, value);
            }
        }
        match read(&json!([table])) {
            Ok(_) => Vec::new(),
            Err(mistakes) => mistakes.into_iter().map(|mistake| mistake.what).collect(),
        }
    }

    /// That an issuer with these changes has one mistake, which begins so.
    fn assert_mistake(changes: Value, beginning: &str) {
        let shown = to_view(changes.clone());
        assert_eq!(shown.len(), 1, "{changes}: {shown:?}");
        assert!(shown[0].starts_with(beginning), "{changes}: {shown:?}");
    }

    #[test]
    fn a_mistake_in_the_issuer_names_its_field() {
        assert_eq!(to_view(json!({})), Vec::<String>::new());
        assert_mistake(json!({ "issuer": null }), "issuer is missing");
        assert_mistake(json!({ "issuer": "a|b" }), "issuer must be");
        assert_mistake(json!({ "jwks": null }), "jwks is missing");
        assert_mistake(
            json!({ "jwks": "http://login.example.nl/keys" }),
            "jwks must be an https",
        );
        assert_mistake(
            json!({ "jwks": "http://localhost/keys" }),
            "jwks must be an https",
        );
        assert_mistake(
            json!({ "jwks": "file:///etc/keys" }),
            "jwks must be an https",
        );
        assert_mistake(
            json!({ "jwks": "https://u:p@login.example.nl/" }),
            "jwks must be an address without",
        );
        assert_mistake(json!({ "jwks": "https://" }), "jwks is no address");
        assert_mistake(json!({ "jwks": "/nowhere/keys.json" }), "jwks is the file");
        assert_mistake(
            json!({ "jwks": env!("CARGO_MANIFEST_DIR").to_owned() + "/Cargo.toml" }),
            "jwks is the file",
        );
        assert_mistake(json!({ "audience": null }), "audience is missing");
        assert_mistake(json!({ "audience": [] }), "audience must be");
        assert_mistake(json!({ "audience": [""] }), "audience must be");
        assert_mistake(json!({ "algorithms": null }), "algorithms is missing");
        assert_mistake(
            json!({ "algorithms": ["RS256", "HS256"] }),
            "algorithms has \"HS256\"",
        );
        assert_mistake(json!({ "algorithms": "none" }), "algorithms has \"none\"");
        assert_mistake(json!({ "leeway_seconds": 31 }), "leeway_seconds must be");
        assert_mistake(json!({ "leeway_seconds": -1 }), "leeway_seconds must be");
        assert_mistake(
            json!({ "cool_down_seconds": 0 }),
            "cool_down_seconds must be",
        );
        assert_mistake(
            json!({ "renewal_seconds": "600" }),
            "renewal_seconds must be",
        );
    }

    #[test]
    fn a_mistake_in_roles_and_claims_names_its_field() {
        assert_mistake(json!({ "roles": null }), "roles is missing");
        assert_mistake(json!({ "roles": {} }), "roles is empty");
        assert_mistake(
            json!({ "roles": { "SYSTEM": "any" } }),
            "roles.SYSTEM is no role",
        );
        assert_mistake(
            json!({ "roles": { "PUBLIC": "any" } }),
            "roles.PUBLIC is no role",
        );
        assert_mistake(
            json!({ "roles": { "REGION": "all" } }),
            "roles.REGION must be",
        );
        assert_mistake(
            json!({ "roles": { "REGION": ["GM0402"] } }),
            "roles.REGION has \"GM0402\"",
        );
        assert_mistake(
            json!({ "roles": { "VNG": ["vng"] } }),
            "roles.VNG has \"vng\"",
        );
        assert_mistake(json!({ "role": {} }), "role is no field");
        assert_mistake(
            json!({ "claims": { "rol": "x" } }),
            "claims.rol is no field",
        );
        assert_mistake(
            json!({ "claims": { "role": "a..b" } }),
            "claims.role has the path",
        );
        assert_mistake(
            json!({ "claims": { "role": {} } }),
            "claims.role.paths is missing",
        );
        assert_mistake(
            json!({ "claims": { "role": { "paths": "x", "value": {} } } }),
            "claims.role.value is no field",
        );
        assert_mistake(
            json!({ "claims": { "role": { "paths": "x", "values": { "a": "SYSTEM" } } } }),
            "claims.role.values makes \"a\" \"SYSTEM\"",
        );
        assert_mistake(
            json!({ "claims": { "area": { "paths": "x", "values": { "a": "GM0402" } } } }),
            "claims.area.values makes",
        );
    }

    #[test]
    fn a_mistake_in_the_organisations_names_its_row() {
        let oin = |organisation: Value, from: &str, until: &str| {
            json!({
                "kind": "OIN", "number": "00000001002306608000", "organisation": organisation,
                "from": from, "until": until,
            })
        };
        let row = |row: Value| json!({ "claims": { "oin": "oin" }, "organisation": [row] });
        assert_mistake(
            json!({ "claims": { "oin": "oin" } }),
            "claims.oin needs tables",
        );
        assert_mistake(
            json!({ "organisation": [oin(json!("GM0402"), "2024-01-01", "2025-01-01")] }),
            "organisation lists numbers of kind OIN",
        );
        assert_mistake(
            row(oin(json!("GM402"), "2024-01-01", "2025-01-01")),
            "organisation 1, organisation has",
        );
        assert_mistake(
            row(oin(json!("GM0402"), "2024-01-01", "2024-01-01")),
            "organisation 1, until is not after",
        );
        assert_mistake(
            row(oin(json!("GM0402"), "1 januari", "2024-01-01")),
            "organisation 1, from must be a day",
        );
        assert_mistake(
            row(oin(json!(["GM0402", "VR14"]), "2024-01-01", "2025-01-01")),
            "organisation 1, number stands",
        );
        assert_mistake(
            json!({ "claims": { "oin": "oin" }, "organisation": [
                    oin(json!("GM0402"), "2024-01-01", "2025-01-01"),
                    oin(json!("comensha"), "2024-12-31", "2025-01-01"),
                ] }),
            "organisation 2, number stands",
        );
        let short = json!({
            "kind": "KVK", "number": "123", "organisation": "comensha", "from": "2024-01-01",
        });
        assert_eq!(
            to_view(json!({ "claims": { "kvk": "kvk" }, "organisation": [short] }))[0],
            "organisation 1, number is \"123\": this kind has 8 digits, in quotes"
        );
    }

    #[test]
    fn all_mistakes_of_all_issuers_come_at_once() {
        let tables = json!([
            right(),
            right(),
            { "issuer": "https://other", "jwks": "ftp://x", "algorithms": [], "colour": "red" },
            "a text",
        ]);
        let mistakes = read(&tables).unwrap_err();
        let of = |place: &str| {
            let own = mistakes.iter().filter(|mistake| mistake.issuer == place);
            own.count()
        };
        assert_eq!(of("issuer 2 (https://login.example.nl/realms/stm)"), 1);
        // jwks, algorithms, audience, roles, colour
        assert_eq!(of("issuer 3 (https://other)"), 5, "{mistakes:?}");
        assert_eq!(of("issuer 4"), 1, "{mistakes:?}");
        assert!(read(&json!([])).is_err() && read(&json!({})).is_err());
    }

    proptest! {
        #[test]
        fn reading_never_panics(
            field in any::<String>(), text in any::<String>(), number in any::<i64>(),
        ) {
            let mut table = right();
            let names =
                ["jwks", "audience", "algorithms", "roles", "claims", "organisation", &field];
            let object = json!({ field.clone(): text });
            for value in [json!(text), json!([text]), object, json!(number)] {
                for name in names {
                    table[name] = value.clone();
                    let _ = read(&json!([table]));
                }
            }
        }
    }
}
