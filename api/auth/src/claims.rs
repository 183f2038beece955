//! Claims of a verified token become a role with its organisation, by the mapping of the issuer's
//! configuration.
//!
//! Pure: a signature was checked before, and nothing is looked up outside. What an issuer calls
//! things differs from one to the next, so each claim has paths (`realm_access.roles`) and names
//! for values (`"stm-gemeente"` is `MUNICIPALITY`). Everything is read strictly: two roles, an
//! organisation too many or one of another kind refuse the token, because a guess here is somebody
//! else's data.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{
    TokenError,
    organisations::{NumberKind, Organisation, Organisations},
};
use domain::actor::{Role, RoleKind};

/// The claims of a token.
pub(super) type Claims = Map<String, Value>;

/// Where a claim stands: names from the outside inwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClaimPath(Vec<String>);

impl ClaimPath {
    /// Names with dots between them (`realm_access.roles`), or for names that have dots themselves
    /// a JSON pointer (RFC 6901: `/urn:example:1.9/roles`).
    pub(super) fn parse(text: &str) -> Option<Self> {
        let names: Vec<String> = match text.strip_prefix('/') {
            Some(pointer) => pointer
                .split('/')
                .map(|name| name.replace("~1", "/").replace("~0", "~"))
                .collect(),
            None => text.split('.').map(str::to_owned).collect(),
        };
        names
            .iter()
            .all(|name| !name.is_empty())
            .then_some(Self(names))
    }

    fn find<'a>(&self, claims: &'a Claims) -> Option<&'a Value> {
        let (first, inner) = self.0.split_first()?;
        let outermost = claims.get(first)?;
        inner
            .iter()
            .try_fold(outermost, |value, name| value.as_object()?.get(name))
    }

    /// The texts at this place: one, a list of them, or none where the claim is absent or null.
    fn texts<'a>(&self, claims: &'a Claims) -> Result<Vec<&'a str>, TokenError> {
        match self.find(claims) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::String(text)) => Ok(vec![text]),
            Some(Value::Array(list)) => list
                .iter()
                .map(|value| value.as_str().ok_or(TokenError::Claims))
                .collect(),
            Some(Value::Bool(_) | Value::Number(_) | Value::Object(_)) => Err(TokenError::Claims),
        }
    }
}

/// Makes an organisation of one kind of a code.
type Reader = fn(&str) -> Option<Organisation>;

fn texts_of<'a>(paths: &[ClaimPath], claims: &'a Claims) -> Result<Vec<&'a str>, TokenError> {
    let mut texts = Vec::new();
    for path in paths {
        texts.extend(path.texts(claims)?);
    }
    Ok(texts)
}

/// Where the role stands, and what the issuer calls each role. Other values at that place mean
/// nothing: a token of Keycloak lists roles of many services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RoleClaim {
    pub(super) paths: Vec<ClaimPath>,
    pub(super) values: BTreeMap<String, RoleKind>,
}

/// Where organisations of one kind stand, and what the issuer calls those that it does not call by
/// their code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OrganisationClaim {
    pub(super) paths: Vec<ClaimPath>,
    pub(super) values: BTreeMap<String, String>,
}

/// How the claims of one issuer are read.
#[derive(Debug, Clone)]
pub(super) struct Mapping {
    pub(super) role: RoleClaim,
    pub(super) municipality: OrganisationClaim,
    pub(super) area: OrganisationClaim,
    pub(super) partner: OrganisationClaim,
    /// Where a number stands by which an organisation is found in the dated table.
    pub(super) numbers: Vec<(NumberKind, Vec<ClaimPath>)>,
    pub(super) organisations: Organisations,
}

impl Default for Mapping {
    /// The claims as this service names them itself: `role` in lower case, and `municipality`,
    /// `area` or `partner`.
    fn default() -> Self {
        let at = |name: &str| vec![ClaimPath(vec![name.to_owned()])];
        let organisation = |name: &str| OrganisationClaim {
            paths: at(name),
            values: BTreeMap::new(),
        };
        Self {
            role: RoleClaim {
                paths: at("role"),
                values: RoleKind::ALL
                    .into_iter()
                    .filter(|role| *role != RoleKind::Public)
                    .map(|role| (role.code().to_ascii_lowercase(), role))
                    .collect(),
            },
            municipality: organisation("municipality"),
            area: organisation("area"),
            partner: organisation("partner"),
            numbers: Vec::new(),
            organisations: Organisations::default(),
        }
    }
}

impl Mapping {
    /// The role of these claims on a day, with exactly its own kind of organisation.
    pub(super) fn role(&self, claims: &Claims, day: NaiveDate) -> Result<Role, TokenError> {
        let mut kinds = texts_of(&self.role.paths, claims)?
            .into_iter()
            .filter_map(|value| self.role.values.get(value).copied());
        let kind = kinds.next().ok_or(TokenError::Role)?;
        if kinds.any(|other| other != kind) {
            return Err(TokenError::TwoRoles);
        }
        role_of(kind, self.organisations(claims, day)?)
    }

    /// The organisations that the claims name by code and by number. Where both are there, both
    /// must say the same.
    fn organisations(
        &self,
        claims: &Claims,
        day: NaiveDate,
    ) -> Result<BTreeSet<Organisation>, TokenError> {
        let mut named = BTreeSet::new();
        let readers: [(&OrganisationClaim, Reader); 3] = [
            (&self.municipality, Organisation::municipality),
            (&self.area, Organisation::area),
            (&self.partner, Organisation::partner),
        ];
        for (claim, read) in readers {
            for value in texts_of(&claim.paths, claims)? {
                let code = claim.values.get(value).map_or(value, String::as_str);
                named.insert(read(code).ok_or(TokenError::UnknownOrganisation)?);
            }
        }
        let mut numbered = BTreeSet::new();
        for (kind, paths) in &self.numbers {
            for number in texts_of(paths, claims)? {
                let found = self.organisations.find(*kind, number, day);
                if found.is_empty() {
                    return Err(TokenError::UnknownOrganisation);
                }
                numbered.extend(found.into_iter().cloned());
            }
        }
        match (named.is_empty(), numbered.is_empty()) {
            (_, true) => Ok(named),
            (true, false) => Ok(numbered),
            (false, false) if named == numbered => Ok(named),
            (false, false) => Err(TokenError::Organisation),
        }
    }
}

/// A role needs exactly its own kind of organisation: one too many is as wrong as one too few.
fn role_of(kind: RoleKind, organisations: BTreeSet<Organisation>) -> Result<Role, TokenError> {
    let count = organisations.len();
    let mut organisations = organisations.into_iter();
    match (kind, organisations.next(), count) {
        (RoleKind::Municipality, Some(Organisation::Municipality(first)), _) => {
            let mut codes = vec![first];
            for organisation in organisations {
                match organisation {
                    Organisation::Municipality(code) => codes.push(code),
                    Organisation::Area(_)
                    | Organisation::Partner(_)
                    | Organisation::Vng
                    | Organisation::Ministry => return Err(TokenError::Organisation),
                }
            }
            Ok(Role::Municipality(codes))
        }
        (RoleKind::Region, Some(Organisation::Area(area)), 1) => Ok(Role::Region(area)),
        (RoleKind::Partner, Some(Organisation::Partner(key)), 1) => Ok(Role::Partner(key)),
        (RoleKind::Vng, None, _) | (RoleKind::Vng, Some(Organisation::Vng), 1) => Ok(Role::Vng),
        (RoleKind::Ministry, None, _) | (RoleKind::Ministry, Some(Organisation::Ministry), 1) => {
            Ok(Role::Ministry)
        }
        (
            RoleKind::Municipality
            | RoleKind::Region
            | RoleKind::Partner
            | RoleKind::Vng
            | RoleKind::Ministry,
            _,
            _,
        ) => Err(TokenError::Organisation),
        // No mapping names them.
        (RoleKind::Public | RoleKind::System, _, _) => Err(TokenError::Role),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn claims(value: Value) -> Claims {
        match value {
            Value::Object(claims) => claims,
            other => panic!("{other} is no object"),
        }
    }

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    fn read(value: Value) -> Result<String, TokenError> {
        let role = Mapping::default().role(&claims(value), day())?;
        Ok(format!(
            "{} {}",
            role.kind().code(),
            role.organisation().unwrap_or_default()
        ))
    }

    #[test]
    fn a_path_walks_through_objects() {
        let claims = claims(json!({ "a": { "b.c": ["x", "y"], "d": null, "e": 7 }, "a.b": "z" }));
        let texts = |path: &str| ClaimPath::parse(path).unwrap().texts(&claims);
        assert_eq!(texts("/a/b.c"), Ok(vec!["x", "y"]));
        assert_eq!(texts("/a.b"), Ok(vec!["z"]));
        for absent in ["a.b", "a.d", "b", "/a/b.c/0", "a.d.x"] {
            assert_eq!(texts(absent), Ok(Vec::new()), "{absent}");
        }
        for wrong in ["a", "a.e"] {
            assert_eq!(texts(wrong), Err(TokenError::Claims), "{wrong}");
        }
        for unreadable in ["", "/", ".", "a.", ".a", "a..b", "//a"] {
            assert_eq!(ClaimPath::parse(unreadable), None, "{unreadable}");
        }
    }

    #[test]
    fn one_role_with_its_own_organisation() {
        assert_eq!(
            read(json!({ "role": ["municipality", "x"], "municipality": ["gm0406", "GM0402"] })),
            Ok("MUNICIPALITY GM0402+GM0406".to_owned())
        );
        assert_eq!(
            read(json!({ "role": "region", "area": "VR14", "partner": null })),
            Ok("REGION VR14".to_owned())
        );
        assert_eq!(
            read(json!({ "role": ["vng", "vng"] })),
            Ok("VNG VNG".to_owned())
        );
        for (value, refused) in [
            (json!({}), TokenError::Role),
            (json!({ "role": [] }), TokenError::Role),
            (json!({ "role": "system" }), TokenError::Role),
            (json!({ "role": "public" }), TokenError::Role),
            (json!({ "role": ["vng", "ministry"] }), TokenError::TwoRoles),
            (
                json!({ "role": { "vng": true }, "x": 1 }),
                TokenError::Claims,
            ),
            (json!({ "role": "municipality" }), TokenError::Organisation),
            (
                json!({ "role": "region", "area": ["VR14", "VR25"] }),
                TokenError::Organisation,
            ),
            (
                json!({ "role": "vng", "partner": "comensha" }),
                TokenError::Organisation,
            ),
            (
                json!({ "role": "partner", "partner": "Co Mensha" }),
                TokenError::UnknownOrganisation,
            ),
            (
                json!({ "role": "municipality", "municipality": ["GM0402", 363] }),
                TokenError::Claims,
            ),
        ] {
            assert_eq!(read(value.clone()), Err(refused), "{value}");
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let words = prop::sample::select(vec![
            "role",
            "vng",
            "municipality",
            "region",
            "area",
            "partner",
            "GM0402",
            "VR14",
            "comensha",
            "00000001234567890000",
            "",
        ]);
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            words.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(words.clone().prop_map(str::to_owned), inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_invents_no_organisation(
            value in any_json(),
            path in any::<String>(),
        ) {
            let claims = match value {
                Value::Object(claims) => claims,
                other => claims(json!({ "role": other.clone(), "municipality": other })),
            };
            if let Some(path) = ClaimPath::parse(&path) {
                let _ = path.texts(&claims);
            }
            if let Ok(role) = Mapping::default().role(&claims, day()) {
                let shown = Value::Object(claims).to_string().to_ascii_uppercase();
                for code in role.organisation().unwrap_or_default().split('+') {
                    prop_assert!(shown.contains(&code.to_ascii_uppercase()), "{code}");
                }
            }
        }
    }
}
