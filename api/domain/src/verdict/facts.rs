//! What goes into a verdict: the words of the framework and the facts about one municipality.
//!
//! Plain values with no behaviour beyond their codes. Whoever gathers them (the repository) has already chosen what
//! counts: the period, the basis, what was known at a ledger number, which areas the municipality belonged to and
//! which predecessor was the largest. Here nothing is looked up, so a verdict can be tested with a literal.
//!
//! Codes are written out once per value and serve JSON, database and contract alike. A published code keeps its
//! meaning.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The criterion that says whether there is adopted policy (NL: vastgesteld beleid).
///
/// The rule set names two codes although criteria are data, because the rules themselves do: the second rule for a
/// verdict reads "BB-01 is NOT_MET", and BB-01 and BB-02 are the two questions that adoptions answer
/// (the rule set, first paragraph). `AnsweredBy::Computed` says *that* a criterion is computed, only the code says *what*
/// is computed. An edition that numbers them otherwise needs a rule set of its own.
pub const ADOPTED_POLICY: &str = "BB-01";

/// The criterion that says whether the policy is up to date (NL: actueel beleid). See [`ADOPTED_POLICY`].
pub const POLICY_UP_TO_DATE: &str = "BB-02";

/// An enum whose values have one code each, the same in JSON, in the database and in the contract.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $code)] $variant,)+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code by which database, contract and stored grounds know this value.
            pub const fn as_code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value with exactly this code.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(super) use coded;

coded! {
    /// The verdict on a municipality (NL: oordeel).
    ///
    /// The order is that of the rule set: not < partly < compliant. `NotAssessed` stands outside it and
    /// sorts first only because something must; never read "worse" into that.
    VerdictStatus {
        /// No version was submitted for the period (NL: niet beoordeeld).
        NotAssessed = "NOT_ASSESSED",
        /// Does not meet the framework (NL: voldoet niet).
        NotCompliant = "NOT_COMPLIANT",
        /// Partly meets the framework (NL: voldoet deels).
        PartlyCompliant = "PARTLY_COMPLIANT",
        /// Meets the framework (NL: voldoet).
        Compliant = "COMPLIANT",
    }
}

coded! {
    /// The answer to one criterion (NL: antwoord).
    AnswerValue {
        /// NL: voldaan.
        Met = "MET",
        /// NL: deels voldaan. For a verdict this is not `Met`.
        PartlyMet = "PARTLY_MET",
        /// NL: niet voldaan.
        NotMet = "NOT_MET",
        /// NL: niet van toepassing. Takes the criterion out of the count, where the criterion allows it.
        NotApplicable = "NOT_APPLICABLE",
        /// Nobody answered (NL: onbekend). Shown apart from `NotMet`.
        Unknown = "UNKNOWN",
    }
}

coded! {
    /// Who must show that a criterion is met.
    CriterionScope {
        /// The municipality itself; a regional answer never counts.
        LocalOnly = "LOCAL_ONLY",
        /// An area may answer for its members; a member's own answer goes first.
        RegionalAllowed = "REGIONAL_ALLOWED",
        /// Exists only at regional level; a municipality's own answer never counts.
        RegionalOnly = "REGIONAL_ONLY",
        /// The document may be regional, the decision is each municipality's own; a regional answer never counts.
        RegionalDocumentLocalAdoption = "REGIONAL_DOCUMENT_LOCAL_ADOPTION",
    }
}

coded! {
    /// Who is asked. Between municipality and region the scope decides whose answer counts.
    AnsweredBy {
        /// NL: gemeente.
        Municipality = "MUNICIPALITY",
        /// NL: regio.
        Region = "REGION",
        /// Nobody: follows from registered adoptions (NL: berekend).
        Computed = "COMPUTED",
    }
}

coded! {
    /// The life of an edition of the framework.
    EditionState {
        /// Our wording; VNG has not confirmed it (NL: voorstel).
        Proposed = "PROPOSED",
        /// Confirmed by VNG (NL: bekrachtigd).
        Endorsed = "ENDORSED",
        /// No longer in use (NL: vervallen).
        Retired = "RETIRED",
    }
}

coded! {
    /// Which version of the assessment is judged.
    Basis {
        /// The last one submitted (NL: ingediend).
        Submitted = "SUBMITTED",
        /// The last one that VNG confirmed (NL: bevestigd).
        Confirmed = "CONFIRMED",
    }
}

/// What an edition says about one criterion, as far as a verdict needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionRule {
    /// The code within the edition: `BB-01`.
    pub code: String,
    /// Only required criteria (level BASIS) enter a verdict.
    pub required: bool,
    /// Whose answer counts.
    pub scope: CriterionScope,
    /// Who is asked.
    pub answered_by: AnsweredBy,
    /// Whether `NotApplicable` is an answer here; in VOORSTEL-1 nowhere.
    pub not_applicable_allowed: bool,
    /// After how many months evidence is shown as stale. No rule reads it: a stale result stays counted until the next
    /// assessment (the rule set, "Evidence expiry").
    pub review_months: Option<u32>,
}

/// An edition of the framework with the settings of its rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// `VOORSTEL-1`.
    pub code: String,
    /// Whether VNG stands behind it.
    pub state: EditionState,
    /// The rule set the edition asks for; the caller picks the rules by it, see [`super::rules::RULE_SET`].
    pub rule_set: String,
    /// How long an adoption or revision keeps a policy up to date, in calendar months.
    pub norm_months: u32,
    /// Whether VNG endorsed that norm. Changes no verdict, only what may be said in public.
    pub norm_endorsed: bool,
    /// How long a predecessor's policy counts after a reorganisation, in calendar months.
    pub inheritance_grace_months: u32,
    /// The criteria in the order in which they are shown; codes are unique.
    pub criteria: Vec<CriterionRule>,
}

/// The municipality's own answer to one criterion in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAnswer {
    /// The code within the edition.
    pub criterion: String,
    /// What was answered.
    pub value: AnswerValue,
}

/// The answer of an area, for the days on which it counts for *this* municipality: the answer's own validity cut down
/// to the days of membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionalAnswer {
    /// The area's code: `VR14`.
    pub area: String,
    /// The code within the edition.
    pub criterion: String,
    /// What was answered.
    pub value: AnswerValue,
    /// The first day.
    pub from: NaiveDate,
    /// The first day on which it no longer counts.
    pub until: Option<NaiveDate>,
}

/// A policy document adopted by, or inherited by, this municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The key of the policy document.
    pub policy: String,
    /// The day of the decision; unknown means that the adoption never counts.
    pub adopted_on: Option<NaiveDate>,
    /// The last revision of the document; before that day it is as if there were none.
    pub revised_on: Option<NaiveDate>,
    /// The end date printed in the document; that day still counts.
    pub ends_on: Option<NaiveDate>,
    /// The first day on which it no longer counts.
    pub withdrawn_on: Option<NaiveDate>,
    /// Whether the document is a regional plan (level REGIONAL). No verdict reads it: to a municipality any adopted policy is its own.
    pub regional: bool,
    /// Set when the decision is not this municipality's but its largest predecessor's.
    pub inherited: Option<Inheritance>,
}

/// How a policy came from a predecessor (NL: herindeling).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inheritance {
    /// The code of the predecessor that adopted it: `GM0402`.
    pub from_municipality: String,
    /// The first day of the successor; the inherited policy counts from here.
    pub reorganised_on: NaiveDate,
}

/// One immutable version of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number within municipality and period.
    pub number: u32,
    /// At most one answer per criterion.
    pub answers: Vec<OwnAnswer>,
}

/// All that a verdict on one municipality in one period depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// The edition by which the period is judged.
    pub edition: Edition,
    /// By which basis the rest was gathered.
    pub basis: Basis,
    /// The version judged, if there is one on this basis.
    pub version: Option<Version>,
    /// Own and inherited adoptions, in any order.
    pub adoptions: Vec<Adoption>,
    /// Answers of areas, in any order.
    pub regional_answers: Vec<RegionalAnswer>,
}

impl Inputs {
    /// Whether the version answers a criterion itself.
    pub fn has_own_answer(&self, criterion: &str) -> bool {
        self.version.iter().any(|version| {
            version
                .answers
                .iter()
                .any(|answer| answer.criterion == criterion && answer.value != AnswerValue::Unknown)
        })
    }

    /// The same, with an area answering a criterion so and in no other way; UNKNOWN is no answer.
    #[must_use]
    pub fn with_area_answering(mut self, answer: &RegionalAnswer) -> Self {
        self.regional_answers
            .retain(|other| other.area != answer.area || other.criterion != answer.criterion);
        self.regional_answers.push(answer.clone());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_and_is_the_json_form() {
        macro_rules! check {
            ($($name:ident),+) => {$(
                for value in $name::ALL {
                    let json = format!("\"{}\"", value.as_code());
                    assert_eq!($name::parse(value.as_code()), Some(*value));
                    assert_eq!(serde_json::to_string(value).unwrap(), json);
                    assert_eq!(serde_json::from_str::<$name>(&json).unwrap(), *value);
                }
            )+};
        }
        check!(
            VerdictStatus,
            AnswerValue,
            CriterionScope,
            AnsweredBy,
            EditionState,
            Basis
        );
        assert_eq!(AnswerValue::parse("met"), None);
    }

    #[test]
    fn statuses_are_ordered_as_the_framework_orders_them() {
        assert!(VerdictStatus::NotCompliant < VerdictStatus::PartlyCompliant);
        assert!(VerdictStatus::PartlyCompliant < VerdictStatus::Compliant);
    }
}
