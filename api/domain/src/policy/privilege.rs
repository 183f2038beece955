//! What is privileged: reading what other organisations filled in. It is allowed, and it leaves a
//! line in the log.

use super::{Mandate, Reach, Rule};

/// The rules under which somebody may read the answers of others.
const PRIVILEGED: &[Rule] = &[Rule::ReadAnswers, Rule::FillDraft];

/// Whether reading under a rule is privileged for this actor: it reaches further than its own
/// organisation. The import reads for nobody.
#[must_use]
pub fn is_privileged(mandate: &Mandate, rule: Rule) -> bool {
    let reaches_others = match rule.reach(mandate.role().kind()) {
        Reach::OwnRegion | Reach::Mandated | Reach::Confirmed | Reach::All => true,
        Reach::Nothing | Reach::Published | Reach::Own | Reach::Named => false,
    };
    let is_somebody = mandate.role() != &crate::actor::Role::System;
    reaches_others && is_somebody && PRIVILEGED.contains(&rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actor::{Actor, Role},
        territory::{AreaCode, MunicipalityCode},
    };

    #[test]
    fn whoever_reads_the_answers_of_others_is_privileged() {
        let own = MunicipalityCode::parse("GM0402").unwrap();
        let region = Role::Region(AreaCode::parse("VR14").unwrap());
        for (role, answers, draft) in [
            (Role::Public, false, false),
            (Role::Municipality(vec![own]), false, false),
            (region, true, true),
            (Role::Vng, true, false),
            (Role::Ministry, true, false),
            (Role::System, false, false),
        ] {
            let mandate = Mandate::of(Actor {
                role,
                pseudonym: None,
                former_pseudonym: None,
            });
            assert_eq!(is_privileged(&mandate, Rule::ReadAnswers), answers);
            assert_eq!(is_privileged(&mandate, Rule::FillDraft), draft);
            assert!(!is_privileged(&mandate, Rule::ReadVerdicts));
        }
    }
}
