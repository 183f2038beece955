//! What may be changed: one question per row of the mandate table, each answered with a permit or a
//! refusal.

use super::{Denied, Mandate, Reach, Rule};
use crate::{
    actor::Role,
    territory::{AreaCode, MunicipalityCode},
    verdict::rules::Basis,
};

/// A proof that is for one municipality.
macro_rules! municipal_permit {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            municipality: MunicipalityCode,
        }

        impl $name {
            /// The municipality that the permit is for.
            #[must_use]
            pub fn municipality(&self) -> &MunicipalityCode {
                &self.municipality
            }
        }
    };
}

pub(super) use municipal_permit;

municipal_permit! {
    /// Proof that this actor may read and fill the draft of this municipality.
    MayFillDraft
}
municipal_permit! {
    /// Proof that this actor may submit for this municipality.
    MaySubmit
}
municipal_permit! {
    /// Proof that this actor may review this municipality's assessment, and extend its deadline.
    MayReview
}
municipal_permit! {
    /// Proof that this actor may fill in on behalf of this municipality.
    MayFillOnBehalf
}
municipal_permit! {
    /// Proof that this actor decides for this municipality itself.
    MayDecideForItself
}

/// Proof that this actor may report on this action in an open monitoring round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayReportOn {
    action: String,
    reported_by: String,
}

impl MayReportOn {
    /// The key of the action, as in `2024/30`.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Who reports: the key of the owner, or `MINISTRY`.
    #[must_use]
    pub fn reported_by(&self) -> &str {
        &self.reported_by
    }
}

/// Proof that this actor may keep the regional answers and duties of this area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayKeepRegional {
    area: AreaCode,
}

impl MayKeepRegional {
    /// The area that the permit is for.
    #[must_use]
    pub fn area(&self) -> &AreaCode {
        &self.area
    }
}

/// Proof that this actor may review what this area answered and did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayReviewRegional {
    area: Option<AreaCode>,
}

impl MayReviewRegional {
    /// The area that the permit is for; empty where the caller named none that can be.
    #[must_use]
    pub fn area(&self) -> &str {
        self.area.as_ref().map_or("", AreaCode::as_str)
    }
}

/// Proof that this actor may change the plan: rounds, corrections, roles of partners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayManagePlan(());

/// Proof that this actor may change the framework, its periods, the territory and the reporting
/// regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayManageFramework(());

/// Proof that this actor may read national totals of verdicts on this basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayReadTotals {
    basis: Basis,
    is_by_monday: bool,
}

impl MayReadTotals {
    /// The basis that the totals may be read on.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Whether they are given as of a Monday: to whoever sees no verdict behind them, who could
    /// subtract one total from the next.
    #[must_use]
    pub fn is_by_monday(&self) -> bool {
        self.is_by_monday
    }
}

/// Whether a rule reaches a municipality that somebody would write for today.
pub(super) fn reaches(mandate: &Mandate, rule: Rule, of: &MunicipalityCode) -> bool {
    match rule.reach(mandate.role().kind()) {
        Reach::All => true,
        Reach::Own | Reach::OwnRegion => mandate.writes_for.contains(of),
        Reach::Mandated => mandate.submits_for.contains(of),
        Reach::Named => mandate.is_named,
        Reach::Nothing | Reach::Published | Reach::Confirmed => false,
    }
}

/// Whether a rule reaches everything.
pub(super) fn reaches_all(mandate: &Mandate, rule: Rule) -> bool {
    rule.reach(mandate.role().kind()) == Reach::All
}

/// The area of a reporting region that acts for members today.
pub fn acting_area(mandate: &Mandate) -> Option<&AreaCode> {
    match mandate.role() {
        Role::Region(area) if !mandate.writes_for.is_empty() => Some(area),
        Role::Region(_)
        | Role::Public
        | Role::Partner(_)
        | Role::Municipality(_)
        | Role::Vng
        | Role::Ministry
        | Role::System => None,
    }
}

/// Whether a rule reaches the own area of somebody, and not municipalities.
fn is_of_area(mandate: &Mandate, rule: Rule) -> bool {
    let is_region = matches!(mandate.role(), Role::Region(_));
    rule == Rule::KeepRegional || (rule == Rule::Remark && is_region)
}

/// For whom or what a changing rule reaches today, by key; none when it reaches everything.
#[must_use]
pub fn own_subjects(mandate: &Mandate, rule: Rule) -> Option<Vec<String>> {
    let texts = |codes: &[MunicipalityCode]| {
        let codes = codes.iter().map(MunicipalityCode::as_str);
        Some(codes.map(str::to_owned).collect())
    };
    match rule.reach(mandate.role().kind()) {
        Reach::All | Reach::Confirmed => None,
        Reach::Named if mandate.is_named => None,
        Reach::Own if rule == Rule::ReportStatus => Some(mandate.owns.clone()),
        Reach::Own if is_of_area(mandate, rule) => {
            let area = acting_area(mandate);
            Some(area.iter().map(|area| area.as_str().to_owned()).collect())
        }
        Reach::Own
            if matches!(
                rule,
                Rule::ManageFeedKeys | Rule::OverseeFeedKeys | Rule::ManageMailbox
            ) =>
        {
            Some(mandate.role().organisation().into_iter().collect())
        }
        Reach::Own | Reach::OwnRegion => texts(&mandate.writes_for),
        Reach::Mandated => texts(&mandate.submits_for),
        Reach::Named | Reach::Nothing | Reach::Published => Some(Vec::new()),
    }
}

pub(super) fn permit<P>(allowed: bool, rule: Rule, permit: P) -> Result<P, Denied> {
    if allowed {
        Ok(permit)
    } else {
        Err(Denied(rule))
    }
}

/// Row "Draft": a municipality its own, a region its members today.
///
/// # Errors
/// Everybody else.
pub fn may_fill_draft(mandate: &Mandate, of: &MunicipalityCode) -> Result<MayFillDraft, Denied> {
    let municipality = of.clone();
    let rule = Rule::FillDraft;
    permit(
        reaches(mandate, rule, of),
        rule,
        MayFillDraft { municipality },
    )
}

/// Row "Submit, withdraw": a municipality its own, a region the members that gave it a mandate.
///
/// # Errors
/// Everybody else.
pub fn may_submit(mandate: &Mandate, of: &MunicipalityCode) -> Result<MaySubmit, Denied> {
    let municipality = of.clone();
    let rule = Rule::Submit;
    permit(reaches(mandate, rule, of), rule, MaySubmit { municipality })
}

/// Row "Submit, withdraw", as far as only the municipality itself decides.
///
/// # Errors
/// Everybody else.
pub fn may_decide_for_itself(
    mandate: &Mandate,
    of: &MunicipalityCode,
) -> Result<MayDecideForItself, Denied> {
    let municipality = of.clone();
    let rule = Rule::DecideForItself;
    permit(
        reaches(mandate, rule, of),
        rule,
        MayDecideForItself { municipality },
    )
}

impl From<&MayDecideForItself> for MaySubmit {
    /// Who decides for a municipality also submits for it.
    fn from(permit: &MayDecideForItself) -> Self {
        Self {
            municipality: permit.municipality.clone(),
        }
    }
}

/// Row "Claim, question, return, confirm; extension".
///
/// # Errors
/// Everybody but VNG.
pub fn may_review(mandate: &Mandate, of: &MunicipalityCode) -> Result<MayReview, Denied> {
    let municipality = of.clone();
    let rule = Rule::Review;
    permit(reaches(mandate, rule, of), rule, MayReview { municipality })
}

/// Row "Draft": filling in on behalf.
///
/// # Errors
/// Everybody but VNG.
pub fn may_fill_on_behalf(
    mandate: &Mandate,
    of: &MunicipalityCode,
) -> Result<MayFillOnBehalf, Denied> {
    let municipality = of.clone();
    let rule = Rule::FillOnBehalf;
    permit(
        reaches(mandate, rule, of),
        rule,
        MayFillOnBehalf { municipality },
    )
}

/// Proof that this actor may fill in for many municipalities at once: for which, each row asks
/// anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayImportAssessments(());

/// Row "Draft", for many municipalities at once.
///
/// # Errors
/// Everybody but VNG, and a region that reports.
pub fn may_import_assessments(mandate: &Mandate) -> Result<MayImportAssessments, Denied> {
    let rule = Rule::ImportAssessments;
    let allowed = match rule.reach(mandate.role().kind()) {
        Reach::All => true,
        Reach::Own | Reach::OwnRegion => !mandate.writes_for.is_empty(),
        Reach::Mandated | Reach::Named | Reach::Nothing | Reach::Published | Reach::Confirmed => {
            false
        }
    };
    permit(allowed, rule, MayImportAssessments(()))
}

/// Row "Regional answer, regional duties": a registered reporting region that has members today,
/// its own.
///
/// # Errors
/// Everybody else.
pub fn may_keep_regional(mandate: &Mandate, area: &AreaCode) -> Result<MayKeepRegional, Denied> {
    let rule = Rule::KeepRegional;
    let allowed = match rule.reach(mandate.role().kind()) {
        Reach::All => true,
        Reach::Own => acting_area(mandate) == Some(area),
        Reach::Nothing
        | Reach::Published
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed => false,
    };
    let area = area.clone();
    permit(allowed, rule, MayKeepRegional { area })
}

/// Rows "Regional answer, regional duties" and "Claim, question, return, confirm". Without an area
/// it is a permit for nothing.
///
/// # Errors
/// Everybody but VNG.
pub fn may_review_regional(
    mandate: &Mandate,
    area: Option<&AreaCode>,
) -> Result<MayReviewRegional, Denied> {
    let rule = Rule::Review;
    let area = area.cloned();
    permit(reaches_all(mandate, rule), rule, MayReviewRegional { area })
}

/// Row "Framework, periods, territory, reporting regions".
///
/// # Errors
/// Everybody but VNG.
pub fn may_manage_framework(mandate: &Mandate) -> Result<MayManageFramework, Denied> {
    let rule = Rule::Framework;
    permit(reaches_all(mandate, rule), rule, MayManageFramework(()))
}

/// Row "Status report, result, measurement": an owner its own actions, VNG as the partner `vng`;
/// the ministry all.
///
/// # Errors
/// Everybody else.
pub fn may_report_on(mandate: &Mandate, action: &str) -> Result<MayReportOn, Denied> {
    let owns = mandate.owns.iter().any(|own| own == action);
    let reported_by = match Rule::ReportStatus.reach(mandate.role().kind()) {
        Reach::All => Some(mandate.role().kind().code().to_owned()),
        Reach::Own => mandate.role().partner().filter(|_| owns),
        Reach::Nothing
        | Reach::Published
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed => None,
    };
    let reported_by = reported_by.ok_or(Denied(Rule::ReportStatus))?;
    Ok(MayReportOn {
        action: action.to_owned(),
        reported_by,
    })
}

/// Row "Plan, lines, goals, budget, partners, roles, rounds".
///
/// # Errors
/// Everybody but the ministry.
pub fn may_manage_plan(mandate: &Mandate) -> Result<MayManagePlan, Denied> {
    let rule = Rule::ManagePlan;
    permit(reaches_all(mandate, rule), rule, MayManagePlan(()))
}

/// Row "Verdicts and counts of verdicts": national totals. VNG on both bases; the ministry too, on
/// the basis SUBMITTED labelled as not checked and as of a Monday. All others see published totals
/// only.
///
/// # Errors
/// Everybody else.
pub fn may_read_totals(mandate: &Mandate, basis: Basis) -> Result<MayReadTotals, Denied> {
    let rule = Rule::ReadTotals;
    let totals = MayReadTotals {
        basis,
        is_by_monday: super::verdicts(mandate, basis).hidden_by().is_some(),
    };
    permit(reaches_all(mandate, rule), rule, totals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Actor, PartnerKey};

    fn code(text: &str) -> MunicipalityCode {
        MunicipalityCode::parse(text).unwrap()
    }

    fn mandate(role: Role, writes_for: &[&str]) -> Mandate {
        Mandate {
            actor: Actor {
                role,
                pseudonym: None,
                former_pseudonym: None,
            },
            reads: vec![],
            submits_for: vec![],
            writes_for: writes_for.iter().map(|c| code(c)).collect(),
            subjects: vec![],
            owns: vec!["2024/30".to_owned()],
            is_named: false,
        }
    }

    fn everybody() -> Vec<Mandate> {
        vec![
            mandate(Role::Public, &[]),
            mandate(Role::Partner(PartnerKey::parse("comensha").unwrap()), &[]),
            mandate(Role::Municipality(vec![code("GM0402")]), &["GM0402"]),
            mandate(
                Role::Region(AreaCode::parse("VR14").unwrap()),
                &["GM0402", "GM0377"],
            ),
            mandate(Role::Vng, &[]),
            mandate(Role::Ministry, &[]),
            mandate(Role::System, &[]),
        ]
    }

    fn allowed<P>(ask: impl Fn(&Mandate) -> Result<P, Denied>) -> Vec<&'static str> {
        everybody()
            .iter()
            .filter(|mandate| ask(mandate).is_ok())
            .map(|mandate| mandate.role().kind().code())
            .collect()
    }

    #[test]
    fn a_region_submits_for_those_that_gave_it_a_mandate() {
        let mut gooi = mandate(
            Role::Region(AreaCode::parse("VR14").unwrap()),
            &["GM0402", "GM0377"],
        );
        gooi.submits_for = vec![code("GM0402")];
        assert!(may_submit(&gooi, &code("GM0402")).is_ok());
        assert!(may_submit(&gooi, &code("GM0377")).is_err());
        assert!(may_decide_for_itself(&gooi, &code("GM0402")).is_err());
        assert_eq!(
            own_subjects(&gooi, Rule::Submit),
            Some(vec!["GM0402".to_owned()])
        );
    }

    #[test]
    fn each_row_of_the_mandate_table() {
        let (own, other) = (code("GM0402"), code("GM0363"));
        assert_eq!(
            allowed(|m| may_fill_draft(m, &own)),
            ["MUNICIPALITY", "REGION"]
        );
        assert_eq!(allowed(|m| may_fill_draft(m, &other)), [""; 0]);
        assert_eq!(allowed(|m| may_submit(m, &own)), ["MUNICIPALITY"]);
        assert_eq!(allowed(|m| may_submit(m, &other)), [""; 0]);
        assert_eq!(allowed(|m| may_review(m, &own)), ["VNG"]);
        assert_eq!(allowed(|m| may_fill_on_behalf(m, &own)), ["VNG"]);
        assert_eq!(
            allowed(|m| may_decide_for_itself(m, &own)),
            ["MUNICIPALITY"]
        );
        assert_eq!(allowed(may_import_assessments), ["REGION", "VNG"]);
        assert_eq!(
            allowed(crate::policy::may_count_own_region),
            ["MUNICIPALITY"]
        );
        assert_eq!(allowed(may_manage_framework), ["VNG"]);
        assert_eq!(allowed(may_manage_plan), ["MINISTRY"]);
        let area = |code| AreaCode::parse(code).unwrap();
        assert_eq!(allowed(|m| may_keep_regional(m, &area("VR14"))), ["REGION"]);
        assert_eq!(allowed(|m| may_keep_regional(m, &area("VR13"))), [""; 0]);
        assert_eq!(
            allowed(|m| may_review_regional(m, Some(&area("VR14")))),
            ["VNG"]
        );
        assert_eq!(
            allowed(|m| may_report_on(m, "2024/30")),
            ["PARTNER", "VNG", "MINISTRY"]
        );
        assert_eq!(allowed(|m| may_report_on(m, "2024/31")), ["MINISTRY"]);
        assert_eq!(
            allowed(|m| may_read_totals(m, Basis::Submitted)),
            ["VNG", "MINISTRY", "SYSTEM"]
        );
    }
}
