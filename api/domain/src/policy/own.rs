//! What is somebody's own: to do, the municipalities, the actions, and for VNG the reviews, from
//! which tasks follow; to count, its region.

use super::{
    Denied, Mandate, Reach, Rule,
    permits::{permit, reaches_all},
};
use crate::{actor::Role, territory::MunicipalityCode};

/// Proof that this actor may review the assessments of all municipalities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayReviewAll(());

/// Proof that this actor may be told how many of its own region handed in, although it reads the
/// state of itself alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayCountOwnRegion(());

/// The municipalities that somebody does something for today, as its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnMunicipalities(Vec<String>);

impl OwnMunicipalities {
    /// Their codes.
    #[must_use]
    pub fn codes(&self) -> Vec<String> {
        self.0.clone()
    }
}

/// The actions that somebody owns, and as whom it reports on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnActions {
    actions: Vec<String>,
    reported_by: String,
}

impl OwnActions {
    /// Their keys, as in `2024/30`.
    #[must_use]
    pub fn actions(&self) -> &[String] {
        &self.actions
    }

    /// The key of the owner.
    #[must_use]
    pub fn reported_by(&self) -> &str {
        &self.reported_by
    }
}

/// Row "Claim, question, return, confirm", for all municipalities at once.
///
/// # Errors
/// Everybody but VNG.
pub fn may_review_all(mandate: &Mandate) -> Result<MayReviewAll, Denied> {
    let rule = Rule::Review;
    permit(reaches_all(mandate, rule), rule, MayReviewAll(()))
}

/// Row "Submission state", counts of the own region, for those that read the state of themselves
/// alone; whoever reads that of every member counts what it reads.
///
/// # Errors
/// Everybody but a municipality.
pub fn may_count_own_region(mandate: &Mandate) -> Result<MayCountOwnRegion, Denied> {
    let (rule, role) = (Rule::CountSubmissions, mandate.role().kind());
    let counts = rule.reach(role) == Reach::OwnRegion;
    let reads_itself_alone = Rule::ReadSubmissions.reach(role) == Reach::Own;
    permit(counts && reads_itself_alone, rule, MayCountOwnRegion(()))
}

/// The municipalities for which a rule lets somebody do something as its own; none when the rule
/// reaches no own.
#[must_use]
pub fn own_municipalities(mandate: &Mandate, rule: Rule) -> Option<OwnMunicipalities> {
    let codes = mandate.writes_for.iter().map(MunicipalityCode::as_str);
    match rule.reach(mandate.role().kind()) {
        Reach::Own | Reach::OwnRegion => {
            Some(OwnMunicipalities(codes.map(str::to_owned).collect()))
        }
        Reach::Nothing
        | Reach::Published
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed
        | Reach::All => None,
    }
}

/// These municipalities, of which whoever reviews all of them sees what each has to do.
#[must_use]
pub fn reminded_municipalities(_permit: &MayReviewAll, codes: Vec<String>) -> OwnMunicipalities {
    OwnMunicipalities(codes)
}

/// The municipalities that gave somebody a mandate for what a rule lets it do for them today; none
/// when the rule asks no mandate of its role, or nobody gave one.
#[must_use]
pub fn mandated_municipalities(mandate: &Mandate, rule: Rule) -> Option<OwnMunicipalities> {
    let codes = mandate.submits_for.iter().map(MunicipalityCode::as_str);
    let codes: Vec<String> = codes.map(str::to_owned).collect();
    match rule.reach(mandate.role().kind()) {
        Reach::Mandated if !codes.is_empty() => Some(OwnMunicipalities(codes)),
        Reach::Mandated
        | Reach::Own
        | Reach::OwnRegion
        | Reach::Nothing
        | Reach::Published
        | Reach::Named
        | Reach::Confirmed
        | Reach::All => None,
    }
}

/// The area that somebody keeps regional answers of; none for a role that keeps none.
#[must_use]
pub fn own_area(mandate: &Mandate) -> Option<&str> {
    match mandate.role() {
        Role::Region(area) => Some(area.as_str()),
        Role::Public
        | Role::Partner(_)
        | Role::Municipality(_)
        | Role::Vng
        | Role::Ministry
        | Role::System => None,
    }
}

/// The actions that somebody owns; none for a role that owns none.
#[must_use]
pub fn own_actions(mandate: &Mandate) -> Option<OwnActions> {
    match Rule::ReportStatus.reach(mandate.role().kind()) {
        Reach::Own => Some(OwnActions {
            actions: mandate.owns.clone(),
            reported_by: mandate.role().partner()?,
        }),
        Reach::Nothing
        | Reach::Published
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed
        | Reach::All => None,
    }
}
