//! What goes into a verdict: the words of the framework and the facts about one municipality.
//!
//! Plain values with no behaviour beyond their codes. Whoever gathers them (the repository) has
//! already chosen what counts: the period, the basis, what was known at a ledger number, which
//! areas the municipality belonged to and which predecessor was the largest. Here nothing is looked
//! up, so a verdict can be tested with a literal.
//!
//! Codes are written out once per value and serve JSON, database and contract alike. A published
//! code keeps its meaning.

use chrono::NaiveDate;

use crate::{
    code_list::code_list,
    policies::rules::{Dates, Declared},
};

/// The criterion that says whether there is adopted policy (NL: vastgesteld beleid).
///
/// The rule set names two codes although criteria are data, because the rules themselves do: the
/// second rule for a verdict reads "BB-01 is NOT_MET", and BB-01 and BB-02 are the two questions
/// that adoptions answer (the rule set, first paragraph). `AnsweredBy::Computed` says *that* a
/// criterion is computed, only the code says *what* is computed. An edition that numbers them
/// otherwise needs a rule set of its own.
pub const ADOPTED_POLICY: &str = "BB-01";

/// The criterion that says whether the policy is up to date (NL: actueel beleid). See
/// [`ADOPTED_POLICY`].
pub const POLICY_UP_TO_DATE: &str = "BB-02";

code_list! {
    /// Whether a municipality meets the framework. NL: oordeel.
    // The order is that of the rule set: not < partly < compliant. `NotAssessed` stands outside it
    // and sorts first only because something must; never read "worse" into that.
    pub enum VerdictStatus {
        /// No version was submitted, or none confirmed: says nothing of the municipality. NL: niet
        /// beoordeeld.
        NotAssessed = "NOT_ASSESSED", "Niet beoordeeld", "Not assessed",
            "Er is geen versie ingediend, of geen versie bevestigd; over de gemeente zegt dit \
             niets.";
        /// BB-01 (adopted policy) is not met, or fewer than half of the criteria are, of which
        /// BB-01 and BB-02 are left out while they are unknown. NL: voldoet niet.
        NotCompliant = "NOT_COMPLIANT", "Voldoet niet", "Not compliant",
            "Aan BB-01 (vastgesteld beleid) is niet voldaan, of er is aan minder dan de helft van \
             de criteria voldaan; BB-01 en BB-02 tellen niet mee zolang zij onbekend zijn.";
        /// At least half of the criteria are met, but not all; whether there is adopted policy can
        /// be unknown. NL: voldoet deels.
        PartlyCompliant = "PARTLY_COMPLIANT", "Voldoet deels", "Partly compliant",
            "Aan ten minste de helft van de criteria is voldaan, maar niet aan alle; of er \
             vastgesteld beleid is, kan onbekend zijn.";
        /// Every applicable criterion is met. NL: voldoet.
        Compliant = "COMPLIANT", "Voldoet", "Compliant",
            "Aan elk criterium dat van toepassing is, is voldaan.";
    }
}

code_list! {
    /// An answer to a criterion. NL: antwoord.
    pub enum AnswerValue {
        /// The criterion is met. NL: voldaan.
        Met = "MET", "Voldaan", "Met",
            "Aan het criterium is voldaan.";
        /// The criterion is met in part; it does not count as met. NL: deels voldaan.
        PartlyMet = "PARTLY_MET", "Deels voldaan", "Partly met",
            "Aan het criterium is deels voldaan; dat telt niet als voldaan.";
        /// The criterion is not met. NL: niet voldaan.
        NotMet = "NOT_MET", "Niet voldaan", "Not met",
            "Aan het criterium is niet voldaan.";
        /// The criterion does not apply; only where it allows that. NL: niet van toepassing.
        NotApplicable = "NOT_APPLICABLE", "Niet van toepassing", "Not applicable",
            "Het criterium is niet van toepassing; alleen waar het criterium dat toestaat.";
        /// Nobody has answered, or the register does not tell; something else than not met. NL:
        /// onbekend.
        Unknown = "UNKNOWN", "Onbekend", "Unknown",
            "Niemand heeft geantwoord, of het register zegt het niet; dat is iets anders dan niet \
             voldaan.";
    }
}

code_list! {
    /// At which level a criterion can be met. NL: reikwijdte.
    pub enum CriterionScope {
        /// The municipality itself must show it. NL: alleen lokaal.
        // A regional answer never counts.
        LocalOnly = "LOCAL_ONLY", "Alleen lokaal", "Local only",
            "De gemeente moet het zelf laten zien.";
        /// What a region answers counts for its members that do not answer themselves. NL:
        /// regionaal toegestaan.
        // A member's own answer goes first.
        RegionalAllowed = "REGIONAL_ALLOWED", "Regionaal toegestaan", "Regional allowed",
            "Wat een regio antwoordt, telt voor haar gemeenten die zelf niet antwoorden.";
        /// It exists at the level of a region only. NL: alleen regionaal.
        // A municipality's own answer never counts.
        RegionalOnly = "REGIONAL_ONLY", "Alleen regionaal", "Regional only",
            "Het bestaat alleen op het niveau van een regio.";
        /// The document may be regional, the decision to adopt it is the municipality's own. NL:
        /// regionaal document, lokale vaststelling.
        // A regional answer never counts.
        RegionalDocumentLocalAdoption = "REGIONAL_DOCUMENT_LOCAL_ADOPTION",
            "Regionaal document, lokale vaststelling",
            "Regional document, local adoption",
            "Het document mag regionaal zijn; het besluit om het vast te stellen neemt de \
             gemeente zelf.";
    }
}

code_list! {
    /// Who answers a criterion. NL: wie antwoordt.
    // Between municipality and region the scope decides whose answer counts.
    pub enum AnsweredBy as "CriterionAnsweredBy" {
        /// The municipality. NL: gemeente.
        Municipality = "MUNICIPALITY", "Gemeente", "Municipality",
            "De gemeente.";
        /// The region, for its members. NL: regio.
        Region = "REGION", "Regio", "Region",
            "De regio, voor haar gemeenten.";
        /// Nobody: it follows from registered adoptions. NL: berekend.
        Computed = "COMPUTED", "Berekend", "Computed",
            "Niemand: het volgt uit geregistreerde vaststellingen.";
    }
}

code_list! {
    /// How far an edition of the framework is. NL: stand van de editie.
    pub enum EditionState {
        /// A proposal that VNG has not endorsed; verdicts under it say so and cannot be published
        /// by name. NL: voorstel.
        Proposed = "PROPOSED", "Voorstel", "Proposed",
            "Een voorstel dat VNG niet heeft vastgesteld; oordelen op grond daarvan \
             vermelden dat en kunnen niet met naam worden gepubliceerd.";
        /// VNG has endorsed it. NL: vastgesteld door VNG.
        Endorsed = "ENDORSED", "Vastgesteld door VNG", "Endorsed by VNG",
            "VNG heeft de editie vastgesteld.";
        /// A later edition has taken its place. NL: vervallen.
        Retired = "RETIRED", "Vervallen", "Retired",
            "Een latere editie is in de plaats gekomen.";
    }
}

code_list! {
    /// Which versions a verdict is about. NL: grondslag van het oordeel.
    pub enum Basis as "VerdictBasis" {
        /// The latest submitted version, not checked by VNG. NL: ingediend, niet gecontroleerd.
        Submitted = "SUBMITTED", "ingediend, niet gecontroleerd", "submitted, not checked",
            "De laatst ingediende versie, niet gecontroleerd door VNG.";
        /// The latest version that VNG confirmed. NL: bevestigd door VNG.
        Confirmed = "CONFIRMED", "bevestigd door VNG", "confirmed by VNG",
            "De laatste versie die VNG heeft bevestigd.";
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
    /// After how many months evidence is shown as stale. No rule reads it: a stale result stays
    /// counted until the next assessment (the rule set, "Evidence expiry").
    pub review_months: Option<u32>,
}

/// An edition of the framework with the settings of its rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// `VOORSTEL-1`.
    pub code: String,
    /// Whether VNG stands behind it.
    pub state: EditionState,
    /// The rule set the edition asks for; the caller picks the rules by it, see
    /// [`super::rules::RULE_SET`].
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

/// The answer of an area, for the days on which it counts for *this* municipality: the answer's own
/// validity cut down to the days of membership.
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
    /// The earliest other day that proves that there was a decision: its entry into force or its
    /// publication. It makes nothing count, but a municipality with it has not declared none.
    pub proven_on: Option<NaiveDate>,
    /// The last revision of the document; before that day it is as if there were none.
    pub revised_on: Option<NaiveDate>,
    /// The end date printed in the document; that day still counts.
    pub ends_on: Option<NaiveDate>,
    /// The first day on which the decision no longer holds: it was withdrawn, or ended.
    pub withdrawn_on: Option<NaiveDate>,
    /// The first day of another municipality that bears the same code: from then on the decision is
    /// a predecessor's and not its own, though nobody ended it.
    pub passed_on: Option<NaiveDate>,
    /// Whether the document is a regional plan (level REGIONAL). No verdict reads it: to a
    /// municipality any adopted policy is its own.
    pub regional: bool,
    /// Set when the decision is not this municipality's but its largest predecessor's.
    pub inherited: Option<Inheritance>,
}

impl Adoption {
    /// The dates by which the state of the policy is told.
    pub(super) fn dates(&self) -> Dates {
        Dates {
            adopted_on: self.adopted_on,
            in_force_on: self.proven_on,
            published_on: None,
            revised_on: self.revised_on,
            ends_on: self.ends_on,
            until: self.withdrawn_on,
        }
    }
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
    /// What was declared of the municipality's own policy, in any order.
    pub declared: Vec<Declared>,
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
                    let json = format!("\"{}\"", value.code());
                    assert_eq!($name::from_code(value.code()), Some(value));
                    assert_eq!(serde_json::to_string(&value).unwrap(), json);
                    assert_eq!(serde_json::from_str::<$name>(&json).unwrap(), value);
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
        assert_eq!(AnswerValue::from_code("met"), None);
    }

    #[test]
    fn statuses_are_ordered_as_the_framework_orders_them() {
        assert!(VerdictStatus::NotCompliant < VerdictStatus::PartlyCompliant);
        assert!(VerdictStatus::PartlyCompliant < VerdictStatus::Compliant);
    }
}
