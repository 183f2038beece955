//! What comes out beside a verdict: its grounds, in closed codes that a machine can count.
//! `sentences` says them to people.
//!
//! Grounds are stored as JSON with the span they belong to and never change afterwards; an absent
//! value is left out. Whoever adds a value here gives the stored form a new number: see
//! [`Document::FORM`]. They name no day: a span holds many days, and equal grounds on neighbouring
//! days are one span. Reasons are sorted, so that the order in which facts were gathered leaves no
//! trace.

use crate::{code_list::code_list, document::Document};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    facts::{ADOPTED_POLICY, AnswerValue, Basis, EditionState, POLICY_UP_TO_DATE, VerdictStatus},
    next::Next,
};

code_list! {
    /// Where the answer that counts comes from. NL: herkomst van het antwoord.
    pub enum AnswerSource {
        /// Computed from registered adoptions. NL: berekend.
        Computed = "COMPUTED", "Berekend", "Computed",
            "Berekend uit geregistreerde vaststellingen.";
        /// The municipality's own answer. NL: eigen antwoord.
        Own = "OWN", "Eigen antwoord", "Own answer",
            "Het eigen antwoord van de gemeente.";
        /// The answer of the region that counts for it. NL: regionaal antwoord.
        Regional = "REGIONAL", "Regionaal antwoord", "Regional answer",
            "Het antwoord van de regio dat voor de gemeente telt.";
        /// Nobody answered. NL: niemand.
        Nobody = "NOBODY", "Niemand", "Nobody",
            "Niemand heeft geantwoord.";
    }
}

code_list! {
    /// The first rule that fitted: the list "The verdict" of the rule set. NL: regel van het
    /// oordeel.
    pub enum RuleThatFitted {
        /// Rule 1. NL: geen versie.
        NoVersion = "NO_VERSION", "Geen versie", "No version",
            "Regel 1.";
        /// Rule 2, first half: BB-01 is NOT_MET. NL: BB-01 niet voldaan.
        PolicyMissing = "POLICY_MISSING", "BB-01 niet voldaan", "BB-01 not met",
            "Regel 2, eerste deel: aan BB-01 is niet voldaan.";
        /// Rule 2, second half. NL: minder dan de helft voldaan.
        FewerThanHalfMet = "FEWER_THAN_HALF_MET",
            "Minder dan de helft voldaan",
            "Fewer than half met",
            "Regel 2, tweede deel: aan minder dan de helft is voldaan.";
        /// Rule 3. NL: alles voldaan.
        AllMet = "ALL_MET", "Alles voldaan", "All met",
            "Regel 3.";
        /// Rule 4. NL: overige gevallen.
        Otherwise = "OTHERWISE", "Overige gevallen", "All other cases",
            "Regel 4.";
    }
}

impl RuleThatFitted {
    /// The verdict this rule leads to.
    pub const fn status(self) -> VerdictStatus {
        match self {
            Self::NoVersion => VerdictStatus::NotAssessed,
            Self::PolicyMissing | Self::FewerThanHalfMet => VerdictStatus::NotCompliant,
            Self::AllMet => VerdictStatus::Compliant,
            Self::Otherwise => VerdictStatus::PartlyCompliant,
        }
    }
}

/// Why a criterion has its effective answer, or what to know about it.
///
/// `on` is always the last good day of a period and the deciding day of an event; `policy` the key
/// of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// No version of the assessment, so nothing was judged.
    NotSubmitted,
    /// The municipality itself declared that it has no adopted policy.
    NoneDeclared,
    /// The last policy was withdrawn or its adoption ended, and nothing followed.
    PolicyEnded {
        /// The first day on which it no longer held.
        on: NaiveDate,
    },
    /// No adoption of any policy is registered, which says nothing of the municipality.
    NoAdoptionRegistered,
    /// Registered, but nobody knows when it was decided.
    AdoptionWithoutDecisionDate {
        /// Which policy.
        policy: String,
    },
    /// The adoption counts only from a later day: that of the decision or, if inherited, of the
    /// reorganisation.
    AdoptionCountsFrom {
        /// Which policy.
        policy: String,
        /// The first day.
        on: NaiveDate,
    },
    /// The adoption was withdrawn.
    AdoptionWithdrawn {
        /// Which policy.
        policy: String,
        /// The first day on which it no longer counted.
        on: NaiveDate,
    },
    /// The grace after a reorganisation is over.
    InheritanceEnded {
        /// Which policy.
        policy: String,
        /// The first day on which it no longer counted.
        on: NaiveDate,
    },
    /// A note at `Met`: the policy is a predecessor's.
    InheritedPolicy {
        /// Which policy.
        policy: String,
        /// Whose decision it was.
        from: String,
        /// The first day on which it no longer counts.
        until: NaiveDate,
    },
    /// The end date printed in the document has passed. This may be called overdue in public.
    PolicyOverduePrintedEnd {
        /// Which policy.
        policy: String,
        /// The printed date.
        on: NaiveDate,
    },
    /// Adoption or last revision is longer ago than the norm of the edition.
    PolicyOverdueNorm {
        /// Which policy.
        policy: String,
        /// The last day within the norm.
        on: NaiveDate,
        /// The norm.
        months: u32,
        /// Whether VNG endorsed it.
        endorsed: bool,
    },
    /// A note at `Met`: on this day or within six months before it, and no other policy lasts
    /// longer.
    PolicyExpiresWithinSixMonths {
        /// Which policy.
        policy: String,
        /// The last day on which it is up to date.
        on: NaiveDate,
    },
    /// The answer that counts is `NotMet`.
    AnsweredNotMet,
    /// The answer that counts is `PartlyMet`.
    AnsweredPartlyMet,
    /// Nobody who may answer gave an answer that counts.
    NobodyAnswered,
    /// Areas of which the municipality is a member disagree.
    ConflictingRegions {
        /// Their codes.
        areas: Vec<String>,
    },
    /// The municipality answered what only a region or a computation can answer; that answer was
    /// left aside.
    OwnAnswerNotAllowed,
    /// "Not applicable" was answered where the criterion has no such answer; it was left aside.
    NotApplicableNotAllowed,
    /// The edition calls the criterion computed, but this rule set knows no computation for its
    /// code.
    NoComputationKnown,
}

/// How one criterion stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionGround {
    /// The code within the edition.
    pub criterion: String,
    /// Whether it enters the verdict; an advanced criterion is only shown.
    pub required: bool,
    /// The answer that counts.
    pub effective: AnswerValue,
    /// Where it came from.
    pub from: AnswerSource,
    /// The area that answered; of several that agree, the first by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Why, sorted; empty where the answer speaks for itself.
    pub reasons: Vec<Reason>,
}

impl CriterionGround {
    /// Whether it is among those of which a verdict asks that all are met.
    pub(super) fn is_applicable(&self) -> bool {
        self.required && self.effective != AnswerValue::NotApplicable
    }

    /// Whether it is about policy of which nothing is known: rule 2 leaves it out.
    pub(super) fn is_left_out(&self) -> bool {
        let is_policy = matches!(self.criterion.as_str(), ADOPTED_POLICY | POLICY_UP_TO_DATE);
        self.required && is_policy && self.effective == AnswerValue::Unknown
    }
}

/// The required criteria, counted. The five answers add up to `required`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// All required criteria of the edition.
    pub required: u32,
    /// Those that are not `NotApplicable`: the denominator.
    pub applicable: u32,
    /// `Met`.
    pub met: u32,
    /// `PartlyMet`.
    pub partly_met: u32,
    /// `NotMet`.
    pub not_met: u32,
    /// `Unknown`.
    pub unknown: u32,
    /// `NotApplicable`.
    pub not_applicable: u32,
    /// Those about policy that are `Unknown`: "half" leaves them out of both its numbers.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: u32,
}

/// A number that is kept only where there is something to count.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Counts {
    /// Of how many applicable criteria anything is known: the number whose half rule 2 wants met.
    pub(super) fn known(self) -> u32 {
        self.applicable - self.left_out
    }

    /// Counts the required ones among these.
    pub fn of(criteria: &[CriterionGround]) -> Self {
        let mut counts = Self::default();
        for ground in criteria.iter().filter(|ground| ground.required) {
            counts.required += 1;
            counts.left_out += u32::from(ground.is_left_out());
            counts.applicable += u32::from(ground.is_applicable());
            *match ground.effective {
                AnswerValue::Met => &mut counts.met,
                AnswerValue::PartlyMet => &mut counts.partly_met,
                AnswerValue::NotMet => &mut counts.not_met,
                AnswerValue::NotApplicable => &mut counts.not_applicable,
                AnswerValue::Unknown => &mut counts.unknown,
            } += 1;
        }
        counts
    }
}

/// Everything needed to explain a verdict without computing it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// The edition's code.
    pub edition: String,
    /// Its state when judged.
    pub edition_state: EditionState,
    /// Whether the label "volgens voorlopige criteria" belongs beside the verdict: the edition is
    /// not endorsed.
    pub provisional: bool,
    /// The rule set applied.
    pub rule_set: String,
    /// Which basis the facts were gathered on.
    pub basis: Basis,
    /// The number of the version judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The rule that decided.
    pub rule: RuleThatFitted,
    /// Required criteria, counted.
    pub counts: Counts,
    /// Every criterion of the edition, in its order.
    pub criteria: Vec<CriterionGround>,
    /// What would raise the status; absent at the top, and before submitting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Next>,
}

impl Document for Grounds {
    const NAME: &'static str = "the grounds of a verdict";

    // Form 1 knows neither `left_out` nor that policy has ended or is declared not to be there; as
    // it stands it reads as form 2.
    const FORM: u64 = 2;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        super::{
            fixtures::*,
            rules::{Inputs, judge},
        },
        *,
    };

    #[test]
    fn stored_grounds_read_back() {
        let conflicting = with_first(10, AnswerValue::PartlyMet)
            .silent_on("SV-03")
            .with_regional(regional("VR14", "SV-03", AnswerValue::Met))
            .with_regional(regional("VR15", "SV-03", AnswerValue::NotMet))
            .with_adoptions([inherited("oud", "2021-05-01", "2023-01-01")]);
        for inputs in [
            all_met(),
            conflicting,
            Inputs {
                version: None,
                ..all_met()
            },
        ] {
            let grounds = judge(&inputs, day("2024-12-31")).grounds;
            let text = serde_json::to_string(&grounds).unwrap();
            assert_eq!(serde_json::from_str::<Grounds>(&text).unwrap(), grounds);
            assert!(!text.contains("null"), "{text}");
        }
    }

    #[test]
    fn the_stored_form_is_a_contract() {
        let mut inputs = all_met().with_adoptions([an_adoption("plan", "2022-04-12")]);
        inputs
            .edition
            .criteria
            .retain(|rule| ["BB-01", "BB-02", "SK-01"].contains(&rule.code.as_str()));
        let grounds = judge(&inputs, day("2026-11-22")).grounds;
        let expected = json!({
            "edition": "VOORSTEL-1", "edition_state": "PROPOSED", "provisional": true,
            "rule_set": "VOORSTEL-2", "basis": "SUBMITTED", "version": 1, "rule": "OTHERWISE",
            "counts": {
                "required": 3, "applicable": 3, "met": 2, "partly_met": 0, "not_met": 1,
                "unknown": 0, "not_applicable": 0
            },
            "criteria": [
                {"criterion": "BB-01", "required": true, "effective": "MET", "from": "COMPUTED",
                 "reasons": []},
                {"criterion": "BB-02", "required": true, "effective": "NOT_MET", "from": "COMPUTED",
                 "reasons": [{"code": "POLICY_OVERDUE_NORM", "policy": "plan", "on": "2026-04-12",
                              "months": 48, "endorsed": false}]},
                {"criterion": "SK-01", "required": true, "effective": "MET", "from": "REGIONAL",
                 "area": "VR14", "reasons": []}
            ],
            "next": {"status": "COMPLIANT", "all_of": ["BB-02"]}
        });
        assert_eq!(serde_json::to_value(&grounds).unwrap(), expected);
        assert_eq!(
            serde_json::from_value::<Grounds>(expected).unwrap(),
            grounds
        );
    }

    #[test]
    fn an_endorsed_norm_changes_the_reason_and_not_the_answer() {
        let mut inputs = all_met().with_adoptions([an_adoption("plan", "2022-04-12")]);
        let proposed = judge(&inputs, day("2026-11-22"));
        inputs.edition.norm_endorsed = true;
        let endorsed = judge(&inputs, day("2026-11-22"));
        assert_eq!(proposed.status, endorsed.status);
        let reason = |endorsed| Reason::PolicyOverdueNorm {
            policy: "plan".into(),
            on: day("2026-04-12"),
            months: 48,
            endorsed,
        };
        assert_eq!(proposed.of("BB-02").reasons[0], reason(false));
        assert_eq!(endorsed.of("BB-02").reasons[0], reason(true));
    }
}
