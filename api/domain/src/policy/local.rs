//! The row "Policy adoption, function assignment", and who may register a source: what
//! municipalities, regions and VNG record of the local approach.

use super::{
    Denied, Mandate, Reach, Rule,
    permits::{acting_area, municipal_permit, permit, reaches, reaches_all},
};
use crate::territory::{AreaCode, MunicipalityCode};

/// Of whom a policy or a function is: of one municipality, or of an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// One municipality.
    Municipality(MunicipalityCode),
    /// An area.
    Area(AreaCode),
}

impl Place {
    /// The place that a row of facts names, if it names one.
    #[must_use]
    pub fn of_row(municipality: Option<&str>, area: Option<&str>) -> Option<Self> {
        let municipality = municipality.and_then(MunicipalityCode::parse);
        let area = area.and_then(AreaCode::parse);
        municipality
            .map(Self::Municipality)
            .or(area.map(Self::Area))
    }

    /// The code of the municipality, if it is one.
    #[must_use]
    pub fn municipality(&self) -> Option<&str> {
        match self {
            Self::Municipality(code) => Some(code.as_str()),
            Self::Area(_) => None,
        }
    }

    /// The code of the area, if it is one.
    #[must_use]
    pub fn area(&self) -> Option<&str> {
        match self {
            Self::Area(code) => Some(code.as_str()),
            Self::Municipality(_) => None,
        }
    }
}

municipal_permit! {
    /// Proof that this actor may record that this municipality adopted a policy.
    MayRecordAdoption
}
municipal_permit! {
    /// Proof that this actor may say how far this municipality is with its policy.
    MayDeclarePolicyState
}

/// Proof that this actor may record a policy of this place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayRecordPolicy(Place);

impl MayRecordPolicy {
    /// The place that the permit is for.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.0
    }
}

/// Proof that this actor may record who fills a function of this place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayAssignFunction(Place);

impl MayAssignFunction {
    /// The place that the permit is for.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.0
    }
}

/// Proof that this actor may register a source document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayRegisterSource(());

/// Whether a rule reaches a place today. Of areas a region reaches its own, once VNG has registered
/// it.
fn reaches_place(mandate: &Mandate, rule: Rule, place: &Place) -> bool {
    match place {
        Place::Municipality(code) => reaches(mandate, rule, code),
        Place::Area(area) => match rule.reach(mandate.role().kind()) {
            Reach::All => true,
            Reach::Named => mandate.is_named,
            Reach::OwnRegion => acting_area(mandate) == Some(area),
            Reach::Own | Reach::Mandated | Reach::Nothing | Reach::Published | Reach::Confirmed => {
                false
            }
        },
    }
}

/// A municipality its own policy, a region that of its members and its own, VNG any.
///
/// # Errors
/// Everybody else.
pub fn may_record_policy(mandate: &Mandate, of: &Place) -> Result<MayRecordPolicy, Denied> {
    let rule = Rule::RecordPolicy;
    permit(
        reaches_place(mandate, rule, of),
        rule,
        MayRecordPolicy(of.clone()),
    )
}

/// Whether what is recorded already may be replaced: as if it were recorded now; what is of nobody
/// in particular, by whoever reaches all.
///
/// # Errors
/// Everybody else.
pub fn may_replace(mandate: &Mandate, rule: Rule, of: Option<&Place>) -> Result<(), Denied> {
    let allowed = match of {
        Some(place) => reaches_place(mandate, rule, place),
        None => reaches_all(mandate, rule) || mandate.is_named && rule == Rule::AssignFunction,
    };
    permit(allowed, rule, ())
}

/// A municipality its own adoption, a region those of its members, VNG any.
///
/// # Errors
/// Everybody else.
pub fn may_record_adoption(
    mandate: &Mandate,
    of: &MunicipalityCode,
) -> Result<MayRecordAdoption, Denied> {
    let municipality = of.clone();
    let rule = Rule::RecordPolicy;
    permit(
        reaches(mandate, rule, of),
        rule,
        MayRecordAdoption { municipality },
    )
}

/// How far a municipality is: whoever may record its policy. That there is none: the municipality
/// itself alone.
///
/// # Errors
/// Everybody else.
pub fn may_declare_policy_state(
    mandate: &Mandate,
    of: &MunicipalityCode,
    is_none: bool,
) -> Result<MayDeclarePolicyState, Denied> {
    let municipality = of.clone();
    let rule = if is_none {
        Rule::DeclareNoPolicy
    } else {
        Rule::RecordPolicy
    };
    permit(
        reaches(mandate, rule, of),
        rule,
        MayDeclarePolicyState { municipality },
    )
}

/// Whether somebody speaks for a municipality as that municipality: then its word is the source.
#[must_use]
pub fn speaks_as_municipality(mandate: &Mandate) -> bool {
    Rule::DeclareNoPolicy.reach(mandate.role().kind()) == Reach::Own
}

/// A municipality its own functions, a region those of its members and its own, VNG and whom it
/// named any.
///
/// # Errors
/// Everybody else.
pub fn may_assign_function(mandate: &Mandate, of: &Place) -> Result<MayAssignFunction, Denied> {
    let rule = Rule::AssignFunction;
    permit(
        reaches_place(mandate, rule, of),
        rule,
        MayAssignFunction(of.clone()),
    )
}

/// Whoever is signed in: everybody who decides something names where it stands.
///
/// # Errors
/// The public.
pub fn may_register_source(mandate: &Mandate) -> Result<MayRegisterSource, Denied> {
    let rule = Rule::RegisterSource;
    permit(reaches_all(mandate, rule), rule, MayRegisterSource(()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Actor, PartnerKey, Role};

    fn code(text: &str) -> MunicipalityCode {
        MunicipalityCode::parse(text).unwrap()
    }

    fn area(text: &str) -> AreaCode {
        AreaCode::parse(text).unwrap()
    }

    fn mandate(role: Role, writes_for: &[&str]) -> Mandate {
        Mandate {
            writes_for: writes_for.iter().map(|text| code(text)).collect(),
            ..Mandate::of(Actor {
                role,
                pseudonym: None,
                former_pseudonym: None,
            })
        }
    }

    fn allowed<P>(ask: impl Fn(&Mandate) -> Result<P, Denied>) -> Vec<&'static str> {
        let partner = || Role::Partner(PartnerKey::parse("comensha").unwrap());
        let mandates = [
            ("public", mandate(Role::Public, &[])),
            ("partner", mandate(partner(), &[])),
            (
                "named",
                Mandate {
                    is_named: true,
                    ..mandate(partner(), &[])
                },
            ),
            (
                "municipality",
                mandate(Role::Municipality(vec![code("GM0402")]), &["GM0402"]),
            ),
            (
                "region",
                mandate(Role::Region(area("VR14")), &["GM0402", "GM0376"]),
            ),
            ("unregistered", mandate(Role::Region(area("VR13")), &[])),
            ("vng", mandate(Role::Vng, &[])),
            ("ministry", mandate(Role::Ministry, &[])),
            ("system", mandate(Role::System, &[])),
        ];
        mandates
            .iter()
            .filter(|(_, mandate)| ask(mandate).is_ok())
            .map(|(name, _)| *name)
            .collect()
    }

    #[test]
    fn policy_is_recorded_by_whose_it_is() {
        let (own, neighbour, other) = (code("GM0402"), code("GM0376"), code("GM0363"));
        let adoption = |of: &MunicipalityCode| allowed(|m| may_record_adoption(m, of));
        assert_eq!(adoption(&own), ["municipality", "region", "vng"]);
        assert_eq!(adoption(&neighbour), ["region", "vng"]);
        assert_eq!(adoption(&other), ["vng"]);
        let policy = |of: Place| allowed(|m| may_record_policy(m, &of));
        assert_eq!(
            policy(Place::Municipality(own.clone())),
            ["municipality", "region", "vng"]
        );
        assert_eq!(policy(Place::Area(area("VR14"))), ["region", "vng"]);
        assert_eq!(policy(Place::Area(area("VR13"))), ["vng"]);
    }

    #[test]
    fn what_is_of_nobody_is_replaced_by_whoever_reaches_all() {
        let replaced = |rule| allowed(|m| may_replace(m, rule, None));
        assert_eq!(replaced(Rule::RecordPolicy), ["vng"]);
        assert_eq!(replaced(Rule::AssignFunction), ["named", "vng"]);
        let own = Place::Municipality(code("GM0402"));
        let own = allowed(|m| may_replace(m, Rule::RecordPolicy, Some(&own)));
        assert_eq!(own, ["municipality", "region", "vng"]);
    }

    #[test]
    fn that_there_is_none_says_the_municipality_alone() {
        let own = code("GM0402");
        let declared = |is_none| allowed(|m| may_declare_policy_state(m, &own, is_none));
        assert_eq!(declared(true), ["municipality"]);
        assert_eq!(declared(false), ["municipality", "region", "vng"]);
    }

    #[test]
    fn functions_are_also_recorded_by_partners_that_vng_named() {
        let of = |place: Place| allowed(|m| may_assign_function(m, &place));
        assert_eq!(
            of(Place::Municipality(code("GM0402"))),
            ["named", "municipality", "region", "vng"]
        );
        assert_eq!(of(Place::Area(area("VR13"))), ["named", "vng"]);
        assert_eq!(of(Place::Area(area("VR14"))), ["named", "region", "vng"]);
    }

    #[test]
    fn a_source_is_registered_by_anybody_who_is_signed_in() {
        assert_eq!(
            allowed(may_register_source),
            [
                "partner",
                "named",
                "municipality",
                "region",
                "unregistered",
                "vng",
                "ministry"
            ]
        );
    }
}
