//! What would raise a verdict to the next higher one, as a promise that can be kept: making exactly
//! these criteria met, and nothing else, gives exactly the status named, and with one fewer it does
//! not.
//!
//! It speaks of criteria, not of deeds. One deed may meet two of them (adopting a new policy meets
//! BB-01 and BB-02), so a municipality can land higher than promised, never lower.

use serde::{Deserialize, Serialize};

use super::{
    facts::{ADOPTED_POLICY, AnswerValue, VerdictStatus},
    grounds::{Counts, CriterionGround},
};

/// The way up. Both conditions together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// What the verdict becomes. From NOT_COMPLIANT this is COMPLIANT where the missing policy is
    /// all that is missing.
    pub status: VerdictStatus,
    /// Criteria that must all become met.
    pub all_of: Vec<String>,
    /// Of these others any `n`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<AtLeast>,
}

/// A free choice. Always more to choose from than needed, otherwise they stand in `all_of`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtLeast {
    /// How many.
    pub n: u32,
    /// Out of which.
    pub of: Vec<String>,
}

/// The way up from this status. None at the top, and none before submitting: that comes first, and
/// what it will bring is for a preview to say.
pub fn from(status: VerdictStatus, criteria: &[CriterionGround], counts: Counts) -> Option<Next> {
    match status {
        VerdictStatus::NotAssessed | VerdictStatus::Compliant => None,
        VerdictStatus::NotCompliant => Some(out_of_not_compliant(criteria, counts)),
        VerdictStatus::PartlyCompliant => Some(Next {
            status: VerdictStatus::Compliant,
            all_of: codes(unmet(criteria)),
            at_least: None,
        }),
    }
}

/// Undoes both halves of rule 2: the policy, and as many others as half of what is known still
/// lacks. What is left out while it is unknown is no choice: it would raise that half as well.
fn out_of_not_compliant(criteria: &[CriterionGround], counts: Counts) -> Next {
    let mut all_of = codes(unmet(criteria).filter(|ground| is_missing_policy(ground)));
    let others = unmet(criteria).filter(|ground| !is_missing_policy(ground));
    let others = codes(others.filter(|ground| !ground.is_left_out()));
    let met = counts.met + count(&all_of);
    let n = counts.known().div_ceil(2).saturating_sub(met);

    let at_least = if n >= count(&others) {
        all_of.extend(others);
        None
    } else if n == 0 {
        None
    } else {
        Some(AtLeast { n, of: others })
    };
    let reached = counts.met + count(&all_of) + at_least.as_ref().map_or(0, |choice| choice.n);
    let status = if reached == counts.applicable {
        VerdictStatus::Compliant
    } else {
        VerdictStatus::PartlyCompliant
    };
    Next {
        status,
        all_of,
        at_least,
    }
}

/// Rule 2 of the rule set, first half. Only NOT_MET counts as missing, UNKNOWN does not.
pub(super) fn is_missing_policy(ground: &CriterionGround) -> bool {
    ground.required && ground.criterion == ADOPTED_POLICY && ground.effective == AnswerValue::NotMet
}

fn unmet(criteria: &[CriterionGround]) -> impl Iterator<Item = &CriterionGround> {
    criteria
        .iter()
        .filter(|ground| ground.is_applicable() && ground.effective != AnswerValue::Met)
}

fn codes<'a>(grounds: impl Iterator<Item = &'a CriterionGround>) -> Vec<String> {
    grounds.map(|ground| ground.criterion.clone()).collect()
}

fn count(codes: &[String]) -> u32 {
    u32::try_from(codes.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            fixtures::*,
            rules::{AnswerValue, Inputs, VerdictStatus, judge},
        },
        *,
    };

    fn next(inputs: &Inputs) -> Option<Next> {
        judge(inputs, day("2026-11-22")).grounds.next
    }

    fn list(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    #[test]
    fn nothing_stands_above_compliant_and_submitting_comes_first() {
        assert_eq!(next(&all_met()), None);
        assert_eq!(
            next(&Inputs {
                version: None,
                ..all_met()
            }),
            None
        );
    }

    #[test]
    fn from_partly_everything_unmet_is_needed() {
        let inputs = with_first(1, AnswerValue::PartlyMet)
            .silent_on("OH-02")
            .answering("OH-05", AnswerValue::NotMet);
        let all_of = list(&["BB-03", "OH-02"]);
        assert_eq!(
            next(&inputs),
            Some(Next {
                status: VerdictStatus::Compliant,
                all_of,
                at_least: None
            })
        );
    }

    #[test]
    fn below_half_any_of_the_unmet_will_do() {
        let of = list(&OWN[..11]);
        let at_least = Some(AtLeast { n: 2, of });
        let expected = Next {
            status: VerdictStatus::PartlyCompliant,
            all_of: vec![],
            at_least,
        };
        assert_eq!(next(&with_first(11, AnswerValue::NotMet)), Some(expected));
    }

    #[test]
    fn a_missing_policy_is_needed_and_counts_towards_half() {
        // 18 - 2 - 9 = 7 met; the policy makes 8, so one more of the other ten.
        let inputs = with_first(9, AnswerValue::NotMet).declaring_none("2026-01-01");
        let mut of = list(&["BB-02"]);
        of.extend(list(&OWN[..9]));
        let expected = Next {
            status: VerdictStatus::PartlyCompliant,
            all_of: list(&["BB-01"]),
            at_least: Some(AtLeast { n: 1, of }),
        };
        assert_eq!(next(&inputs), Some(expected));
        let inputs = with_first(8, AnswerValue::NotMet).declaring_none("2026-01-01");
        let all_of = list(&["BB-01"]);
        assert_eq!(
            next(&inputs),
            Some(Next {
                status: VerdictStatus::PartlyCompliant,
                all_of,
                at_least: None
            })
        );
    }

    #[test]
    fn a_policy_of_which_nothing_is_known_is_no_choice_and_needed_for_the_top() {
        // 16 are known, 7 of them met: one more of the other nine.
        let inputs = with_first(9, AnswerValue::NotMet).with_adoptions([]);
        let expected = Next {
            status: VerdictStatus::PartlyCompliant,
            all_of: vec![],
            at_least: Some(AtLeast {
                n: 1,
                of: list(&OWN[..9]),
            }),
        };
        assert_eq!(next(&inputs), Some(expected));
        let all_of = list(&["BB-01", "BB-02"]);
        assert_eq!(
            next(&all_met().with_adoptions([])),
            Some(Next {
                status: VerdictStatus::Compliant,
                all_of,
                at_least: None
            })
        );
    }

    #[test]
    fn where_only_the_policy_is_missing_it_leads_to_the_top() {
        let mut inputs = all_met().declaring_none("2026-01-01");
        inputs.rule_mut("BB-02").required = false;
        let all_of = list(&["BB-01"]);
        assert_eq!(
            next(&inputs),
            Some(Next {
                status: VerdictStatus::Compliant,
                all_of,
                at_least: None
            })
        );
    }

    #[test]
    fn what_leaves_no_choice_is_not_offered_as_one() {
        let mut inputs = with_first(1, AnswerValue::NotMet);
        inputs.edition.criteria.retain(|rule| rule.code == "BB-03");
        let all_of = list(&["BB-03"]);
        assert_eq!(
            next(&inputs),
            Some(Next {
                status: VerdictStatus::Compliant,
                all_of,
                at_least: None
            })
        );
    }
}
