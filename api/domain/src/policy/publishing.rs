//! Publications: who prepares, responds, publishes, and who sees what is not public yet.

use super::{
    Denied, Mandate, Reach, Rule,
    permits::{permit, reaches, reaches_all},
};
use crate::territory::MunicipalityCode;

/// Proof that this actor may prepare a publication of the kind that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayPrepare(());

/// Proof that this actor may publish and withdraw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayPublish(());

/// Proof that this actor may respond to the verdict of this municipality that will be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayRespond {
    municipality: MunicipalityCode,
}

impl MayRespond {
    /// The municipality that the permit is for.
    #[must_use]
    pub fn municipality(&self) -> &MunicipalityCode {
        &self.municipality
    }
}

/// Row "Publication": preparing. A publication about municipalities is prepared by VNG or the
/// ministry, one about the plan by whoever publishes it.
///
/// # Errors
/// Everybody else.
pub fn may_prepare(mandate: &Mandate, is_compliance: bool) -> Result<MayPrepare, Denied> {
    let rule = if is_compliance {
        Rule::PreparePublication
    } else {
        Rule::Publish
    };
    permit(reaches_all(mandate, rule), rule, MayPrepare(()))
}

/// Row "Publication": publishing and withdrawing.
///
/// # Errors
/// Everybody but the ministry.
pub fn may_publish(mandate: &Mandate) -> Result<MayPublish, Denied> {
    let rule = Rule::Publish;
    permit(reaches_all(mandate, rule), rule, MayPublish(()))
}

/// Row "Publication: compliance": a municipality responds to its own verdict.
///
/// # Errors
/// Everybody else.
pub fn may_respond(mandate: &Mandate, of: &MunicipalityCode) -> Result<MayRespond, Denied> {
    let municipality = of.clone();
    let rule = Rule::RespondToVerdict;
    permit(
        reaches(mandate, rule, of),
        rule,
        MayRespond { municipality },
    )
}

/// Which publications may be read, besides those that everybody reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Publications {
    /// All, in every state.
    All,
    /// Those about municipalities, in every state.
    Compliance,
    /// Those that name one of these municipalities, with its own verdict and without the rest of
    /// the content.
    NamingOwn(Vec<String>),
    /// None.
    Released,
}

impl Publications {
    /// Whether the content of a publication may be read before everybody reads it.
    #[must_use]
    pub fn sees_content(&self, is_compliance: bool) -> bool {
        match self {
            Self::All => true,
            Self::Compliance => is_compliance,
            Self::NamingOwn(_) | Self::Released => false,
        }
    }
}

/// Row "Publication": what is not public yet.
#[must_use]
pub fn publications(mandate: &Mandate) -> Publications {
    let kind = mandate.role().kind();
    match Rule::ReadPreparedPublications.reach(kind) {
        Reach::All if Rule::Publish.reach(kind) == Reach::All => Publications::All,
        Reach::All => Publications::Compliance,
        Reach::Own => Publications::NamingOwn(
            mandate
                .reads
                .iter()
                .map(MunicipalityCode::as_str)
                .map(str::to_owned)
                .collect(),
        ),
        Reach::Nothing
        | Reach::Published
        | Reach::OwnRegion
        | Reach::Mandated
        | Reach::Named
        | Reach::Confirmed => Publications::Released,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Actor, Role};

    fn of(role: Role) -> Mandate {
        Mandate::of(Actor {
            role,
            pseudonym: None,
            former_pseudonym: None,
        })
    }

    #[test]
    fn the_row_of_the_mandate_table() {
        let hilversum = MunicipalityCode::parse("GM0402").unwrap();
        let own = Mandate {
            reads: vec![hilversum.clone()],
            writes_for: vec![hilversum.clone()],
            ..of(Role::Municipality(vec![hilversum.clone()]))
        };
        let (vng, ministry) = (of(Role::Vng), of(Role::Ministry));
        let amsterdam = MunicipalityCode::parse("GM0363").unwrap();
        assert!(may_respond(&own, &hilversum).is_ok());
        assert!(may_respond(&own, &amsterdam).is_err());
        assert!(may_respond(&vng, &hilversum).is_err());
        assert!(may_prepare(&vng, true).is_ok() && may_prepare(&ministry, true).is_ok());
        assert!(may_prepare(&vng, false).is_err() && may_prepare(&ministry, false).is_ok());
        assert!(may_publish(&vng).is_err() && may_publish(&ministry).is_ok());
        assert_eq!(publications(&vng), Publications::Compliance);
        assert_eq!(publications(&ministry), Publications::All);
        assert_eq!(publications(&of(Role::Public)), Publications::Released);
        let named = Publications::NamingOwn(vec!["GM0402".to_owned()]);
        assert_eq!(publications(&own), named);
        assert!(!named.sees_content(true) && !Publications::Compliance.sees_content(false));
    }
}
