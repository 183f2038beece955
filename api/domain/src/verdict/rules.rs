//! The rules by which a municipality is judged: rule set VOORSTEL-2, a proposal until VNG endorses
//! one.
//!
//! Facts go in, a value comes out: no database, no clock, no log, and no second evaluator in SQL.
//! The result is stored with its grounds, so this module is the only place that answers "why is
//! this municipality partly compliant?". It does not know who may see a verdict, what is published,
//! or how a region or the country is counted.
//!
//! One subject per file, because together they are too long to read in one go: `facts` (what goes
//! in), `adoption` (BB-01 and BB-02 from dates), `grounds` (what comes out), `sentences` (the same
//! in plain words) and `next` (what would raise the verdict). All of them are pure; callers import
//! from here.
//!
//! # The rule set
//!
//! **The answer that counts for a criterion**, the first of these that there is: computed from
//! adoptions (BB-01, BB-02); the municipality's own, unless it is UNKNOWN or the criterion is
//! regional only; that of the area that counts for it (areas that disagree: UNKNOWN, with the
//! ground CONFLICTING_REGIONS); UNKNOWN.
//!
//! **BB-01 and BB-02.** BB-01 is MET where a decision with a date is in force; NOT_MET where the
//! municipality itself declared that it has no policy, or its last policy was withdrawn or ended
//! and nothing followed; UNKNOWN in all other cases: no decision is registered (the register is not
//! complete, so silence says nothing), or the date of the decision is not known. BB-02 is UNKNOWN
//! where BB-01 is.
//!
//! **The verdict**, the first rule that fits, over the required criteria that are not
//! NOT_APPLICABLE:
//! 1. NOT_ASSESSED: no version was submitted (or, on the basis CONFIRMED, none confirmed).
//! 2. NOT_COMPLIANT: BB-01 is NOT_MET, or fewer than half are MET, where BB-01 and BB-02 are left
//!    out of both numbers while they are UNKNOWN.
//! 3. COMPLIANT: all are MET.
//! 4. PARTLY_COMPLIANT: everything else.
//!
//! So registering a decision where none was known never worsens a verdict, provided that BB-01 is
//! required wherever BB-02 is.
//!
//! **Regional policy.** A plan counts for a municipality from the day of its own decision to adopt
//! it, and never without one. An adoption whose source tells no day of decision leaves BB-01
//! UNKNOWN.
//!
//! **Overdue** (BB-02). A policy is overdue from the day after the earlier of its own printed end
//! and its adoption or last revision plus the norm of the edition; a warning comes six months
//! before. In public it is called so only by a printed end, or by a norm that VNG endorsed.
//!
//! **Reorganisation.** A new municipality needs its own decision; until the grace of the edition
//! ends, the policy of its largest predecessor counts as MET with the note that it is inherited.
//!
//! **Evidence expiry.** A result whose evidence is older than the criterion's review period is
//! called stale and still counts until the next assessment.
//!
//! Where the rule set leaves a choice:
//! - NOT_APPLICABLE where the criterion does not allow it counts as UNKNOWN: an answer that does
//!   not exist says nothing, so neither "not met" nor a smaller denominator may follow from it. The
//!   regional answer then gets its turn.
//! - UNKNOWN answered by an area is no answer, so it contradicts nobody.
//! - Of one area the latest answer speaks, should two of them be valid on the same day.
//! - LOCAL_ONLY takes no regional answer, nor does REGIONAL_DOCUMENT_LOCAL_ADOPTION: there too the
//!   municipality decides.
//! - Without a version no criterion is judged at all, not even the computed ones.
//! - Its own word that it has no policy goes before what a municipality inherits, and before a
//!   policy whose printed end lies before that word.
//! - With nothing applicable, everything applicable is met. Such an edition is to be refused where
//!   it is registered; the rules stay literal.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{adoption, next};

pub use super::{
    adoption::is_unknown as is_policy_unknown,
    by_region::counts_by_region,
    facts::{
        ADOPTED_POLICY, Adoption, AnswerValue, AnsweredBy, Basis, CriterionRule, CriterionScope,
        Edition, EditionState, Inheritance, Inputs, OwnAnswer, POLICY_UP_TO_DATE, RegionalAnswer,
        VerdictStatus, Version,
    },
    grounds::{AnswerSource, Counts, CriterionGround, Grounds, Reason, RuleThatFitted},
    named::reason_texts,
    next::{AtLeast, Next},
    sentences::{Sentence, next_text, reason_text, rule_text},
};

/// The rule set that this module implements. An edition that asks for another one must not be
/// judged here.
pub const RULE_SET: &str = "VOORSTEL-2";

/// The rule set whose place [`RULE_SET`] takes. Editions that name it are corrected by the import;
/// periods that were closed under it keep its verdicts.
pub const SUPERSEDED_RULE_SET: &str = "VOORSTEL-1";

/// A verdict with its grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub status: VerdictStatus,
    /// Why.
    pub grounds: Grounds,
}

/// The days from `from` until the next span, on all of which the judgement is the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// What holds from that day.
    pub judgement: Judgement,
}

/// The verdict on a reference day.
pub fn judge(inputs: &Inputs, day: NaiveDate) -> Judgement {
    let edition = &inputs.edition;
    let criteria: Vec<_> = edition
        .criteria
        .iter()
        .map(|rule| match &inputs.version {
            Some(version) => effective(rule, inputs, version, day),
            None => ground(
                rule,
                AnswerValue::Unknown,
                AnswerSource::Nobody,
                vec![Reason::NotSubmitted],
            ),
        })
        .collect();
    let counts = Counts::of(&criteria);
    let rule = first_rule_that_fits(inputs, &criteria, counts);
    let status = rule.status();
    let provisional = match edition.state {
        EditionState::Proposed | EditionState::Retired => true,
        EditionState::Endorsed => false,
    };
    Judgement {
        status,
        grounds: Grounds {
            edition: edition.code.clone(),
            edition_state: edition.state,
            provisional,
            rule_set: edition.rule_set.clone(),
            basis: inputs.basis,
            version: inputs.version.as_ref().map(|version| version.number),
            rule,
            counts,
            next: next::from(status, &criteria, counts),
            criteria,
        },
    }
}

/// The judgement on `from` and on every later day on which it changes by the mere passing of time:
/// a decision still to take effect, a policy that becomes overdue or is about to, the end of a
/// grace, of a regional answer, of an adoption. Spans follow each other without gaps; the last one
/// is open. Two neighbours differ, be it only in their grounds.
pub fn spans(inputs: &Inputs, from: NaiveDate) -> Vec<Span> {
    let adoptions = inputs
        .adoptions
        .iter()
        .flat_map(|one| adoption::turning_days(one, &inputs.edition));
    let regional = inputs
        .regional_answers
        .iter()
        .flat_map(|one| [Some(one.from), one.until])
        .flatten();
    let declared = inputs
        .declared
        .iter()
        .flat_map(|one| [Some(one.from), one.until])
        .flatten();
    let days: BTreeSet<NaiveDate> = adoptions
        .chain(regional)
        .chain(declared)
        .filter(|day| *day > from)
        .collect();

    let mut spans = vec![Span {
        from,
        judgement: judge(inputs, from),
    }];
    for day in days {
        let judgement = judge(inputs, day);
        if spans.last().is_none_or(|last| last.judgement != judgement) {
            spans.push(Span {
                from: day,
                judgement,
            });
        }
    }
    spans
}

/// Section 3, "Per municipality": the four rules in their order; the second one has two halves.
fn first_rule_that_fits(
    inputs: &Inputs,
    criteria: &[CriterionGround],
    counts: Counts,
) -> RuleThatFitted {
    if inputs.version.is_none() {
        RuleThatFitted::NoVersion
    } else if criteria.iter().any(next::is_missing_policy) {
        RuleThatFitted::PolicyMissing
    } else if 2 * counts.met < counts.known() {
        RuleThatFitted::FewerThanHalfMet
    } else if counts.met == counts.applicable {
        RuleThatFitted::AllMet
    } else {
        RuleThatFitted::Otherwise
    }
}

/// Section 3, "Effective answer of a criterion": computed, else own, else regional, else unknown.
fn effective(
    rule: &CriterionRule,
    inputs: &Inputs,
    version: &Version,
    day: NaiveDate,
) -> CriterionGround {
    let own = own_answer(rule, version);
    match rule.answered_by {
        AnsweredBy::Computed => computed(rule, inputs, own, day),
        AnsweredBy::Municipality | AnsweredBy::Region => answered(rule, inputs, own, day),
    }
}

fn computed(
    rule: &CriterionRule,
    inputs: &Inputs,
    own: Option<AnswerValue>,
    day: NaiveDate,
) -> CriterionGround {
    let found = match rule.code.as_str() {
        ADOPTED_POLICY => Some(adoption::adopted(inputs, day)),
        POLICY_UP_TO_DATE => Some(adoption::up_to_date(inputs, day)),
        _ => None,
    };
    let (value, source, mut reasons) = match found {
        Some((value, reasons)) => (value, AnswerSource::Computed, reasons),
        None => (
            AnswerValue::Unknown,
            AnswerSource::Nobody,
            vec![Reason::NoComputationKnown],
        ),
    };
    if own.is_some() {
        reasons.push(Reason::OwnAnswerNotAllowed);
    }
    ground(rule, value, source, reasons)
}

fn answered(
    rule: &CriterionRule,
    inputs: &Inputs,
    own: Option<AnswerValue>,
    day: NaiveDate,
) -> CriterionGround {
    let (takes_own, takes_regional) = match rule.scope {
        CriterionScope::LocalOnly | CriterionScope::RegionalDocumentLocalAdoption => (true, false),
        CriterionScope::RegionalAllowed => (true, true),
        CriterionScope::RegionalOnly => (false, true),
    };
    let mut set_aside = Vec::new();
    match own {
        Some(_) if !takes_own => set_aside.push(Reason::OwnAnswerNotAllowed),
        Some(value) if !exists(rule, value) => set_aside.push(Reason::NotApplicableNotAllowed),
        Some(value) => return ground(rule, value, AnswerSource::Own, statement_of(value)),
        None => {}
    }
    let regional = if takes_regional {
        answers_of_areas(rule, inputs, day)
    } else {
        BTreeSet::new()
    };
    let (valid, invalid): (Vec<_>, Vec<_>) = regional
        .into_iter()
        .partition(|(_, value)| exists(rule, *value));
    if !invalid.is_empty() {
        set_aside.push(Reason::NotApplicableNotAllowed);
    }
    match valid.as_slice() {
        [] => set_aside.push(Reason::NobodyAnswered),
        [(area, value), others @ ..] if others.iter().all(|(_, other)| other == value) => {
            set_aside.extend(statement_of(*value));
            let answer = ground(rule, *value, AnswerSource::Regional, set_aside);
            return CriterionGround {
                area: Some((*area).to_owned()),
                ..answer
            };
        }
        conflicting => {
            let areas: BTreeSet<_> = conflicting
                .iter()
                .map(|(area, _)| (*area).to_owned())
                .collect();
            set_aside.push(Reason::ConflictingRegions {
                areas: areas.into_iter().collect(),
            });
        }
    }
    ground(rule, AnswerValue::Unknown, AnswerSource::Nobody, set_aside)
}

/// The municipality's answer other than UNKNOWN. Two different ones cannot be stored for one
/// version; should they come in, neither counts, so that their order never matters.
fn own_answer(rule: &CriterionRule, version: &Version) -> Option<AnswerValue> {
    let to_this = version
        .answers
        .iter()
        .filter(|answer| answer.criterion == rule.code);
    let mut values = to_this
        .map(|answer| answer.value)
        .filter(|value| *value != AnswerValue::Unknown);
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

/// What areas answer on the day, sorted by area. More than one answer per area only if two begin on
/// the same day.
pub(super) fn answers_of_areas<'a>(
    rule: &CriterionRule,
    inputs: &'a Inputs,
    day: NaiveDate,
) -> BTreeSet<(&'a str, AnswerValue)> {
    let valid = |one: &&RegionalAnswer| {
        one.criterion == rule.code && one.from <= day && one.until.is_none_or(|until| day < until)
    };
    let mut latest: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for one in inputs.regional_answers.iter().filter(valid) {
        let from = latest.entry(&one.area).or_insert(one.from);
        *from = one.from.max(*from);
    }
    inputs
        .regional_answers
        .iter()
        .filter(valid)
        .filter(|one| latest.get(one.area.as_str()) == Some(&one.from))
        .filter(|one| one.value != AnswerValue::Unknown)
        .map(|one| (one.area.as_str(), one.value))
        .collect()
}

/// Whether the criterion knows this answer.
fn exists(rule: &CriterionRule, value: AnswerValue) -> bool {
    value != AnswerValue::NotApplicable || rule.not_applicable_allowed
}

/// The reason that the answer itself gives.
fn statement_of(value: AnswerValue) -> Vec<Reason> {
    match value {
        AnswerValue::NotMet => vec![Reason::AnsweredNotMet],
        AnswerValue::PartlyMet => vec![Reason::AnsweredPartlyMet],
        AnswerValue::Met | AnswerValue::NotApplicable | AnswerValue::Unknown => Vec::new(),
    }
}

fn ground(
    rule: &CriterionRule,
    value: AnswerValue,
    from: AnswerSource,
    mut reasons: Vec<Reason>,
) -> CriterionGround {
    reasons.sort_unstable();
    reasons.dedup();
    CriterionGround {
        criterion: rule.code.clone(),
        required: rule.required,
        effective: value,
        from,
        area: None,
        reasons,
    }
}
