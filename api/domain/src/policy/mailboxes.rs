//! Row "Notices": every organisation its own functional mailbox; VNG and the ministry see whom to
//! remind.

use super::{
    Denied, Mandate, MayManagePlan, MayReviewAll, Reach, Rule, may_manage_plan, may_review_all,
};

/// Proof that this actor may register and withdraw the functional mailbox of its own organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayManageMailbox {
    role: &'static str,
    organisation: String,
}

impl MayManageMailbox {
    /// The role whose tasks the mailbox is told of.
    #[must_use]
    pub fn role(&self) -> &'static str {
        self.role
    }

    /// The organisation whose mailbox it is.
    #[must_use]
    pub fn organisation(&self) -> &str {
        &self.organisation
    }
}

/// Row "Notices": register and withdraw. Who acts for several municipalities has one mailbox for
/// them together.
///
/// # Errors
/// The public.
pub fn may_manage_mailbox(mandate: &Mandate) -> Result<MayManageMailbox, Denied> {
    let rule = Rule::ManageMailbox;
    match rule.reach(mandate.role().kind()) {
        Reach::Own | Reach::All => mandate
            .role()
            .organisation()
            .map(|organisation| MayManageMailbox {
                role: mandate.role().kind().code(),
                organisation,
            })
            .ok_or(Denied(rule)),
        Reach::Nothing
        | Reach::Published
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed => Err(Denied(rule)),
    }
}

/// Whom somebody reminds: of assessments, or of reports on actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reminders {
    /// Municipalities that have not handed in.
    Assessments(MayReviewAll),
    /// Owners of actions that have not reported in the open round.
    Reports(MayManagePlan),
}

/// Row "Notices": whom to remind.
///
/// # Errors
/// Everybody but VNG and the ministry.
pub fn reminders(mandate: &Mandate) -> Result<Reminders, Denied> {
    let rule = Rule::ReadReminders;
    match rule.reach(mandate.role().kind()) {
        Reach::Own => match (may_review_all(mandate), may_manage_plan(mandate)) {
            (Ok(permit), _) => Ok(Reminders::Assessments(permit)),
            (Err(_), Ok(permit)) => Ok(Reminders::Reports(permit)),
            (Err(_), Err(_)) => Err(Denied(rule)),
        },
        Reach::All
        | Reach::Nothing
        | Reach::Published
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed => Err(Denied(rule)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actor::{Actor, PartnerKey, Role},
        territory::{AreaCode, MunicipalityCode},
    };

    fn mandate(role: Role) -> Mandate {
        Mandate::of(Actor {
            role,
            pseudonym: None,
            former_pseudonym: None,
        })
    }

    #[test]
    fn everybody_who_is_signed_in_has_a_mailbox_and_two_remind() {
        let code = |text| MunicipalityCode::parse(text).unwrap();
        let roles = [
            (Role::Public, None, false),
            (
                Role::Partner(PartnerKey::parse("comensha").unwrap()),
                Some(("PARTNER", "comensha")),
                false,
            ),
            (
                Role::Municipality(vec![code("GM0402"), code("GM0406")]),
                Some(("MUNICIPALITY", "GM0402+GM0406")),
                false,
            ),
            (
                Role::Region(AreaCode::parse("VR14").unwrap()),
                Some(("REGION", "VR14")),
                false,
            ),
            (Role::Vng, Some(("VNG", "VNG")), true),
            (Role::Ministry, Some(("MINISTRY", "MINISTRY")), true),
            (Role::System, None, false),
        ];
        for (role, own, reminds) in roles {
            let mandate = mandate(role);
            let permit = may_manage_mailbox(&mandate).ok();
            let found = permit.as_ref().map(|own| (own.role(), own.organisation()));
            assert_eq!(found, own);
            assert_eq!(reminders(&mandate).is_ok(), reminds, "{:?}", mandate.role());
        }
        assert!(matches!(
            reminders(&mandate(Role::Vng)),
            Ok(Reminders::Assessments(_))
        ));
        assert!(matches!(
            reminders(&mandate(Role::Ministry)),
            Ok(Reminders::Reports(_))
        ));
    }
}
