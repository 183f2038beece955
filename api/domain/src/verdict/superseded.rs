//! What rule set VOORSTEL-2 tells otherwise of a verdict that VOORSTEL-1 gave: by its stored
//! grounds alone, so that a verdict whose facts changed since is not mistaken for one whose rules
//! did.
//!
//! By VOORSTEL-1 a policy of which nothing was known was called not met. That is the whole
//! difference: BB-01 and BB-02 become unknown there, and rule 2 leaves them out.

use super::{
    facts::{ADOPTED_POLICY, AnswerValue, POLICY_UP_TO_DATE, VerdictStatus},
    grounds::{CriterionGround, Grounds, Reason},
    rules::SUPERSEDED_RULE_SET,
};

/// What the rules of today tell otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Otherwise {
    /// The answer to BB-01, and with it to BB-02.
    pub policy: bool,
    /// The verdict itself.
    pub status: bool,
}

/// What the rules of today tell otherwise of a verdict; nothing of one that they gave themselves.
/// A municipality that declares that it has no policy has not met BB-01 by either rule set.
pub fn judged_otherwise(grounds: &Grounds, declares_none: bool) -> Otherwise {
    if grounds.rule_set != SUPERSEDED_RULE_SET || declares_none {
        return Otherwise::default();
    }
    let unknown = grounds.criteria.iter().filter(|one| is_unknown_policy(one));
    let required = unknown.clone().filter(|one| one.required).count();
    let left_out = u32::try_from(required).unwrap_or_default();
    let counts = grounds.counts;
    let is_half = 2 * counts.met >= counts.applicable.saturating_sub(left_out);
    Otherwise {
        policy: unknown.count() > 0,
        status: left_out > 0 && is_half && grounds.rule.status() == VerdictStatus::NotCompliant,
    }
}

/// Whether a criterion about policy was called not met though nobody knew.
fn is_unknown_policy(ground: &CriterionGround) -> bool {
    let says_nothing = |reason: &Reason| {
        matches!(
            reason,
            Reason::NoAdoptionRegistered
                | Reason::AdoptionWithoutDecisionDate { .. }
                | Reason::AdoptionCountsFrom { .. }
                | Reason::InheritanceEnded { .. }
        )
    };
    matches!(
        ground.criterion.as_str(),
        ADOPTED_POLICY | POLICY_UP_TO_DATE
    ) && ground.effective == AnswerValue::NotMet
        && ground.reasons.iter().any(says_nothing)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            fixtures::*,
            grounds::{AnswerSource, Counts, RuleThatFitted},
            rules::{Judgement, judge},
        },
        *,
    };

    /// The grounds that VOORSTEL-1 gave where so many of the other sixteen were met.
    fn of_then(met: usize, reason: &Reason) -> Grounds {
        let inputs = with_first(16 - met, AnswerValue::NotMet).with_adoptions([]);
        let Judgement { mut grounds, .. } = judge(&inputs, day("2026-11-22"));
        grounds.rule_set = SUPERSEDED_RULE_SET.to_owned();
        grounds.rule = RuleThatFitted::PolicyMissing;
        for one in &mut grounds.criteria {
            if ["BB-01", "BB-02"].contains(&one.criterion.as_str()) {
                one.effective = AnswerValue::NotMet;
                one.from = AnswerSource::Computed;
                one.reasons = vec![reason.clone()];
            }
        }
        grounds.counts = Counts::of(&grounds.criteria);
        grounds
    }

    #[test]
    fn what_was_called_not_met_though_nobody_knew_is_judged_otherwise() {
        let nothing = Otherwise::default();
        let otherwise = |met, reason: &Reason| judged_otherwise(&of_then(met, reason), false);
        let (policy, silence) = (true, Reason::NoAdoptionRegistered);
        assert_eq!(
            otherwise(8, &silence),
            Otherwise {
                policy,
                status: true
            }
        );
        assert_eq!(
            otherwise(7, &silence),
            Otherwise {
                policy,
                status: false
            }
        );
        let policy = "plan".to_owned();
        let on = day("2025-01-01");
        let ended = Reason::AdoptionWithdrawn { policy, on };
        assert_eq!(otherwise(16, &ended), nothing);
        assert_eq!(judged_otherwise(&of_then(16, &silence), true), nothing);
        let now = judge(&all_met().with_adoptions([]), on).grounds;
        assert_eq!(judged_otherwise(&now, false), nothing);
    }
}
