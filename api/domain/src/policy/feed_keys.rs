//! Row "Feed keys": every organisation its own; VNG and the ministry list and revoke all.

use super::{Denied, Mandate, Reach, Rule};

/// Proof that this actor may make and rotate feed keys of its own organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayManageFeedKeys {
    role: &'static str,
    organisation: String,
}

impl MayManageFeedKeys {
    /// The role whose scope the keys have.
    #[must_use]
    pub fn role(&self) -> &'static str {
        self.role
    }

    /// The organisation whose keys they are.
    #[must_use]
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// Whether a key of this role and organisation is its own: of all its municipalities, and of no
    /// other.
    #[must_use]
    pub fn owns(&self, role: &str, organisation: &str) -> bool {
        self.role == role && self.organisation == organisation
    }
}

/// Whose feed keys may be listed and revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedKeyScope {
    /// Everybody's.
    All,
    /// Those that read what the own organisation keeps to itself: its own, and those of an officer
    /// who acts for it and for another municipality.
    Own(MayManageFeedKeys),
    /// Nobody's.
    Nobody,
}

fn own(mandate: &Mandate) -> Option<MayManageFeedKeys> {
    Some(MayManageFeedKeys {
        role: mandate.role().kind().code(),
        organisation: mandate.role().organisation()?,
    })
}

/// Row "Feed keys": create and rotate.
///
/// # Errors
/// The public.
pub fn may_manage_feed_keys(mandate: &Mandate) -> Result<MayManageFeedKeys, Denied> {
    let rule = Rule::ManageFeedKeys;
    match rule.reach(mandate.role().kind()) {
        Reach::Own | Reach::All => own(mandate).ok_or(Denied(rule)),
        Reach::Nothing
        | Reach::Published
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed => Err(Denied(rule)),
    }
}

/// Row "Feed keys": list and revoke.
#[must_use]
pub fn feed_keys(mandate: &Mandate) -> FeedKeyScope {
    match Rule::OverseeFeedKeys.reach(mandate.role().kind()) {
        Reach::All => FeedKeyScope::All,
        Reach::Own => own(mandate).map_or(FeedKeyScope::Nobody, FeedKeyScope::Own),
        Reach::Nothing
        | Reach::Published
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed => FeedKeyScope::Nobody,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Actor, PartnerKey, Role};

    fn mandate(role: Role) -> Mandate {
        Mandate::of(Actor {
            role,
            pseudonym: None,
            former_pseudonym: None,
        })
    }

    #[test]
    fn own_keys_are_ones_own_and_vng_and_the_ministry_oversee_all() {
        let comensha = mandate(Role::Partner(PartnerKey::parse("comensha").unwrap()));
        let permit = may_manage_feed_keys(&comensha).unwrap();
        assert!(permit.owns("PARTNER", "comensha"));
        assert!(!permit.owns("PARTNER", "fairwork") && !permit.owns("VNG", "comensha"));
        assert_eq!(feed_keys(&comensha), FeedKeyScope::Own(permit));
        let public = mandate(Role::Public);
        assert_eq!(
            may_manage_feed_keys(&public),
            Err(Denied(Rule::ManageFeedKeys))
        );
        assert_eq!(feed_keys(&public), FeedKeyScope::Nobody);
        for role in [Role::Vng, Role::Ministry] {
            assert!(may_manage_feed_keys(&mandate(role.clone())).is_ok());
            assert_eq!(feed_keys(&mandate(role)), FeedKeyScope::All);
        }
    }
}
