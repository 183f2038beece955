//! Row "Remarks on a proposed edition laid open": who remarks, and who reads what was remarked.

use super::{
    Denied, Mandate, Reach, Rule,
    own::own_area,
    permits::{acting_area, permit},
};
use crate::{
    actor::Role,
    territory::{AreaCode, MunicipalityCode},
};

/// Who remarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remarker {
    /// A municipality.
    Municipality(MunicipalityCode),
    /// A reporting region.
    Area(AreaCode),
}

/// Proof that somebody may remark on editions for a municipality or an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayRemark {
    by: Remarker,
}

impl MayRemark {
    /// For whom.
    #[must_use]
    pub fn by(&self) -> &Remarker {
        &self.by
    }

    /// The code of the municipality or of the area.
    #[must_use]
    pub fn code(&self) -> &str {
        match &self.by {
            Remarker::Municipality(code) => code.as_str(),
            Remarker::Area(area) => area.as_str(),
        }
    }
}

/// Row "Remarks on a proposed edition laid open": a municipality its own, a registered reporting
/// region that has members today its own.
///
/// # Errors
/// Everybody else.
pub fn may_remark(mandate: &Mandate, by: Remarker) -> Result<MayRemark, Denied> {
    let rule = Rule::Remark;
    let is_own = match (&by, mandate.role()) {
        (Remarker::Municipality(code), Role::Municipality(_)) => mandate.writes_for.contains(code),
        (Remarker::Area(area), Role::Region(_)) => acting_area(mandate) == Some(area),
        (
            Remarker::Municipality(_) | Remarker::Area(_),
            Role::Public
            | Role::Partner(_)
            | Role::Municipality(_)
            | Role::Region(_)
            | Role::Vng
            | Role::Ministry
            | Role::System,
        ) => false,
    };
    let reaches = rule.reach(mandate.role().kind()) == Reach::Own;
    permit(reaches && is_own, rule, MayRemark { by })
}

/// Which remarks may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RemarkScope {
    /// All.
    All,
    /// Those of these municipalities.
    Municipalities(Vec<String>),
    /// Those of this area.
    Area(String),
    /// None, by role.
    Hidden(Rule),
}

impl RemarkScope {
    /// As bounds of a query: everything, or of whom by code.
    #[must_use]
    pub fn bounds(&self) -> (bool, Vec<String>) {
        match self {
            Self::All => (true, Vec::new()),
            Self::Municipalities(codes) => (false, codes.clone()),
            Self::Area(area) => (false, vec![area.clone()]),
            Self::Hidden(_) => (false, Vec::new()),
        }
    }

    /// The rule that hides all of them from a role.
    #[must_use]
    pub fn hidden_by(&self) -> Option<Rule> {
        match self {
            Self::Hidden(rule) => Some(*rule),
            Self::All | Self::Municipalities(_) | Self::Area(_) => None,
        }
    }
}

/// Row "Remarks on a proposed edition laid open", as far as it is read.
#[must_use]
pub fn remarks(mandate: &Mandate) -> RemarkScope {
    let rule = Rule::ReadRemarks;
    match rule.reach(mandate.role().kind()) {
        Reach::All => RemarkScope::All,
        Reach::Own => match own_area(mandate) {
            Some(area) => RemarkScope::Area(area.to_owned()),
            None => {
                let own = mandate.reads.iter().chain(&mandate.writes_for);
                RemarkScope::Municipalities(own.map(|code| code.as_str().to_owned()).collect())
            }
        },
        Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Nothing
        | Reach::Published
        | Reach::Confirmed => RemarkScope::Hidden(rule),
    }
}
