//! The two criteria that adoptions answer: is there adopted policy (BB-01), and is it up to date
//! (BB-02).
//!
//! Only dates decide here, and the municipality's own word that it has no policy. A regional plan
//! counts through the municipality's own decision, so documents and areas do not occur; neither
//! does what anybody answered. The rule set ([`super::rules`]), paragraphs "BB-01 and BB-02",
//! "Regional policy", "Overdue" and "Reorganisation".
//!
//! The register is not complete, so silence says nothing: without a decision BB-01 is unknown. It
//! is not met only where the municipality says so or its last policy ended, by the same functions
//! that tell the state of its policy ([`crate::policies::rules`]).
//!
//! Months are calendar months, clamped to the end of the month. A day beyond the calendar counts as
//! the last one.

use chrono::{Months, NaiveDate};

use super::{
    facts::{Adoption, AnswerValue, Edition, Inheritance, Inputs},
    grounds::Reason,
};
use crate::policies::rules::{Dates, PolicyState, ended_on, state};

/// "Warn six months ahead."
const WARNING: Months = Months::new(6);

/// A computed answer with its reasons.
pub(super) type Finding = (AnswerValue, Vec<Reason>);

/// An adoption that counts on the day, with the last day on which the norm holds.
struct Counting<'a> {
    adoption: &'a Adoption,
    within_norm_until: NaiveDate,
}

impl Counting<'_> {
    /// The earlier of printed end date and norm.
    fn last_day(&self) -> NaiveDate {
        self.adoption.ends_on.map_or(self.within_norm_until, |end| {
            end.min(self.within_norm_until)
        })
    }

    /// Both reasons where both dates have passed: in public only one of them may be named.
    fn overdue(&self, edition: &Edition, day: NaiveDate) -> impl Iterator<Item = Reason> {
        let policy = &self.adoption.policy;
        let printed = self.adoption.ends_on.filter(|end| *end < day);
        let norm = Some(self.within_norm_until).filter(|end| *end < day);
        let printed = printed.map(|on| Reason::PolicyOverduePrintedEnd {
            policy: policy.clone(),
            on,
        });
        let norm = norm.map(|on| Reason::PolicyOverdueNorm {
            policy: policy.clone(),
            on,
            months: edition.norm_months,
            endorsed: edition.norm_endorsed,
        });
        printed.into_iter().chain(norm)
    }
}

/// What is known of the policy of a municipality on a day.
enum Policy<'a> {
    /// Adoptions count, overdue or not.
    Adopted(Vec<Counting<'a>>),
    /// There is none, and why that is certain.
    None(Reason),
    /// Nobody knows, and why; never without a reason.
    Unknown(Vec<Reason>),
}

impl<'a> Policy<'a> {
    fn on(inputs: &'a Inputs, day: NaiveDate) -> Self {
        let is_own =
            |one: &&Adoption| one.inherited.is_none() && one.passed_on.is_none_or(|on| day < on);
        let own = inputs.adoptions.iter().filter(is_own);
        let own: Vec<Dates> = own.map(Adoption::dates).collect();
        if state(&own, &inputs.declared, day) == PolicyState::NoneDeclared {
            return Self::None(Reason::NoneDeclared);
        }
        let (counting, obstacles) = sorted_out(inputs, day);
        if !counting.is_empty() {
            return Self::Adopted(counting);
        }
        match ended_on(&own, day) {
            Some(on) => Self::None(Reason::PolicyEnded { on }),
            None => Self::Unknown(obstacles),
        }
    }
}

/// BB-01: met if any adoption counts, overdue or not; not met only where it is certain that there
/// is no policy.
pub(super) fn adopted(inputs: &Inputs, day: NaiveDate) -> Finding {
    match Policy::on(inputs, day) {
        Policy::Adopted(counting) => (
            AnswerValue::Met,
            inheritance_notes(&inputs.edition, &counting),
        ),
        Policy::None(reason) => (AnswerValue::NotMet, vec![reason]),
        Policy::Unknown(reasons) => (AnswerValue::Unknown, reasons),
    }
}

/// Whether it is unknown that a municipality has adopted policy, so that recording the decision is
/// a task.
pub fn is_unknown(inputs: &Inputs, day: NaiveDate) -> bool {
    matches!(Policy::on(inputs, day), Policy::Unknown(_))
}

/// BB-02: met if any adoption that counts is not overdue, and unknown where BB-01 is. Grace after a
/// reorganisation stands in for the successor's own decision, not for the dates: an inherited
/// policy can be overdue.
pub(super) fn up_to_date(inputs: &Inputs, day: NaiveDate) -> Finding {
    let edition = &inputs.edition;
    let counting = match Policy::on(inputs, day) {
        Policy::Adopted(counting) => counting,
        Policy::None(reason) => return (AnswerValue::NotMet, vec![reason]),
        Policy::Unknown(reasons) => return (AnswerValue::Unknown, reasons),
    };
    let (current, overdue): (Vec<_>, Vec<_>) =
        counting.into_iter().partition(|one| day <= one.last_day());
    let longest = current
        .iter()
        .max_by_key(|one| (one.last_day(), &one.adoption.policy));
    let Some(longest) = longest else {
        return (
            AnswerValue::NotMet,
            overdue
                .iter()
                .flat_map(|one| one.overdue(edition, day))
                .collect(),
        );
    };
    let mut notes = inheritance_notes(edition, &current);
    let on = longest.last_day();
    if warned_from(on) <= day {
        notes.push(Reason::PolicyExpiresWithinSixMonths {
            policy: longest.adoption.policy.clone(),
            on,
        });
    }
    (AnswerValue::Met, notes)
}

/// Whether an adoption of a regional plan counts, overdue or not.
pub(super) fn has_regional_plan(inputs: &Inputs, day: NaiveDate) -> bool {
    match Policy::on(inputs, day) {
        Policy::Adopted(counting) => counting.iter().any(|one| one.adoption.regional),
        Policy::None(_) | Policy::Unknown(_) => false,
    }
}

/// Every day on which one of the two answers, or a reason for it, can change because of this
/// adoption.
pub(super) fn turning_days(
    adoption: &Adoption,
    edition: &Edition,
) -> impl Iterator<Item = NaiveDate> {
    let events = [
        adoption.adopted_on,
        adoption.proven_on,
        adoption.revised_on,
        adoption.withdrawn_on,
        adoption.passed_on,
        adoption
            .inherited
            .as_ref()
            .map(|inherited| inherited.reorganised_on),
        adoption
            .inherited
            .as_ref()
            .map(|inherited| grace_end(inherited, edition)),
    ];
    let norm_end = |start: NaiveDate| later(start, edition.norm_months);
    let last_days = [
        adoption.ends_on,
        adoption.adopted_on.map(norm_end),
        adoption.revised_on.map(norm_end),
    ];
    let around = last_days
        .into_iter()
        .flatten()
        .flat_map(|end| [Some(warned_from(end)), end.succ_opt()]);
    events.into_iter().chain(around).flatten()
}

/// Those that count on the day, and for the others why not: never nothing when none counts.
fn sorted_out(inputs: &Inputs, day: NaiveDate) -> (Vec<Counting<'_>>, Vec<Reason>) {
    let mut counting = Vec::new();
    let mut obstacles = Vec::new();
    for adoption in &inputs.adoptions {
        match standing(adoption, &inputs.edition, day) {
            Ok(one) => counting.push(one),
            Err(obstacle) => obstacles.extend(obstacle),
        }
    }
    let is_registered = obstacles.iter().any(|obstacle| {
        matches!(
            obstacle,
            Reason::AdoptionWithoutDecisionDate { .. } | Reason::AdoptionCountsFrom { .. }
        )
    });
    if !is_registered {
        obstacles.push(Reason::NoAdoptionRegistered);
    }
    (counting, obstacles)
}

/// An adoption counts from its decision (never without one, whatever else is dated) until it is
/// withdrawn; an inherited one from the first day of the successor until the grace is over. One
/// that has passed to a predecessor is no longer the municipality's own, and no obstacle either.
fn standing<'a>(
    adoption: &'a Adoption,
    edition: &Edition,
    day: NaiveDate,
) -> Result<Counting<'a>, Option<Reason>> {
    let policy = || adoption.policy.clone();
    if adoption.passed_on.is_some_and(|on| on <= day) {
        return Err(None);
    }
    if let Some(on) = adoption.withdrawn_on.filter(|on| *on <= day) {
        return Err(Some(Reason::AdoptionWithdrawn {
            policy: policy(),
            on,
        }));
    }
    let Some(adopted_on) = adoption.adopted_on else {
        let policy = policy();
        return Err(Some(Reason::AdoptionWithoutDecisionDate { policy }));
    };
    let mut counts_from = adopted_on;
    if let Some(inherited) = &adoption.inherited {
        let on = grace_end(inherited, edition);
        if on <= day {
            return Err(Some(Reason::InheritanceEnded {
                policy: policy(),
                on,
            }));
        }
        counts_from = counts_from.max(inherited.reorganised_on);
    }
    if day < counts_from {
        return Err(Some(Reason::AdoptionCountsFrom {
            policy: policy(),
            on: counts_from,
        }));
    }
    let renewed_on = adoption
        .revised_on
        .filter(|on| *on <= day)
        .map_or(adopted_on, |on| on.max(adopted_on));
    Ok(Counting {
        adoption,
        within_norm_until: later(renewed_on, edition.norm_months),
    })
}

/// Said only where nothing but predecessors' policy carries the answer.
fn inheritance_notes(edition: &Edition, carrying: &[Counting<'_>]) -> Vec<Reason> {
    let note = |one: &Counting<'_>| {
        one.adoption
            .inherited
            .as_ref()
            .map(|inherited| Reason::InheritedPolicy {
                policy: one.adoption.policy.clone(),
                from: inherited.from_municipality.clone(),
                until: grace_end(inherited, edition),
            })
    };
    carrying
        .iter()
        .map(note)
        .collect::<Option<Vec<_>>>()
        .unwrap_or_default()
}

/// The first day on which an inherited policy no longer counts.
fn grace_end(inherited: &Inheritance, edition: &Edition) -> NaiveDate {
    later(inherited.reorganised_on, edition.inheritance_grace_months)
}

/// The day so many calendar months later, clamped to the end of its month and to the calendar.
pub fn later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

/// The first day on which the last day of a policy is warned of.
pub(crate) fn warned_from(last_day: NaiveDate) -> NaiveDate {
    last_day
        .checked_sub_months(WARNING)
        .unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            facts::AnswerValue::{Met, NotMet, Unknown},
            fixtures::*,
        },
        *,
    };

    use crate::policies::rules::{Declared, PolicyState};

    fn bb01(adoptions: &[Adoption], on: &str) -> Finding {
        adopted(&all_met().with_adoptions(adoptions), day(on))
    }

    fn bb02(adoptions: &[Adoption], on: &str) -> Finding {
        up_to_date(&all_met().with_adoptions(adoptions), day(on))
    }

    fn plan(on: &str) -> Adoption {
        an_adoption("plan", on)
    }

    fn norm(on: &str) -> Reason {
        Reason::PolicyOverdueNorm {
            policy: "plan".into(),
            on: day(on),
            months: 48,
            endorsed: false,
        }
    }

    fn printed(on: &str) -> Reason {
        Reason::PolicyOverduePrintedEnd {
            policy: "plan".into(),
            on: day(on),
        }
    }

    fn expires(policy: &str, on: &str) -> Reason {
        Reason::PolicyExpiresWithinSixMonths {
            policy: policy.into(),
            on: day(on),
        }
    }

    #[test]
    fn an_adoption_counts_from_the_day_of_the_decision() {
        let eersel = [plan("2023-01-24")];
        let later = Reason::AdoptionCountsFrom {
            policy: "plan".into(),
            on: day("2023-01-24"),
        };
        assert_eq!(bb01(&eersel, "2023-01-23"), (Unknown, vec![later.clone()]));
        assert_eq!(bb02(&eersel, "2023-01-23"), (Unknown, vec![later]));
        assert_eq!(bb01(&eersel, "2023-01-24"), (Met, vec![]));
        assert_eq!(bb02(&eersel, "2023-01-24"), (Met, vec![]));
    }

    #[test]
    fn without_a_decision_date_it_never_counts() {
        let undated = Adoption {
            adopted_on: None,
            revised_on: Some(day("2025-01-01")),
            ends_on: Some(day("2030-01-01")),
            ..plan("2025-01-01")
        };
        let reasons = vec![Reason::AdoptionWithoutDecisionDate {
            policy: "plan".into(),
        }];
        assert_eq!(
            bb01(std::slice::from_ref(&undated), "2026-01-01"),
            (Unknown, reasons.clone())
        );
        assert_eq!(
            bb02(std::slice::from_ref(&undated), "2026-01-01"),
            (Unknown, reasons)
        );
        assert_eq!(
            bb01(&[undated, plan("2025-06-01")], "2026-01-01"),
            (Met, vec![])
        );
    }

    #[test]
    fn silence_says_nothing() {
        let reasons = vec![Reason::NoAdoptionRegistered];
        assert_eq!(bb01(&[], "2026-01-01"), (Unknown, reasons.clone()));
        assert_eq!(bb02(&[], "2026-01-01"), (Unknown, reasons));
    }

    #[test]
    fn its_own_word_that_there_is_none_counts_until_a_decision_or_another_word() {
        let word = |state, from: &str| Declared {
            state,
            from: day(from),
            until: None,
        };
        let declared = vec![
            word(PolicyState::NoneDeclared, "2025-01-01"),
            word(PolicyState::InDevelopment, "2026-06-01"),
        ];
        let on = |adoptions: &[Adoption], text: &str| {
            let inputs = Inputs {
                declared: declared.clone(),
                ..all_met().with_adoptions(adoptions)
            };
            let (bb01, bb02) = (adopted(&inputs, day(text)), up_to_date(&inputs, day(text)));
            assert!((bb01.0 == Met) || bb01 == bb02, "{text}");
            bb01
        };
        let none = (NotMet, vec![Reason::NoneDeclared]);
        let unknown = (Unknown, vec![Reason::NoAdoptionRegistered]);
        assert_eq!(on(&[], "2024-12-31"), unknown);
        assert_eq!(on(&[], "2025-01-01"), none);
        assert_eq!(on(&[], "2026-05-31"), none);
        assert_eq!(on(&[], "2026-06-01"), unknown);
        assert_eq!(on(&[plan("2025-06-01")], "2025-05-31"), none);
        assert_eq!(on(&[plan("2025-06-01")], "2025-06-01"), (Met, vec![]));
        // One that came into force since, though nobody knows when it was decided, is not none.
        let undated = Adoption {
            adopted_on: None,
            proven_on: Some(day("2025-03-01")),
            ..plan("2025-03-01")
        };
        let without_date = Reason::AdoptionWithoutDecisionDate {
            policy: "plan".into(),
        };
        let undated = [undated];
        assert_eq!(on(&undated, "2025-02-28"), none);
        assert_eq!(on(&undated, "2025-03-01"), (Unknown, vec![without_date]));
        // What had expired before the word does not speak against it.
        let expired = Adoption {
            ends_on: Some(day("2024-06-30")),
            ..plan("2020-01-01")
        };
        let expired = [expired];
        assert_eq!(on(&expired, "2024-12-31"), (Met, vec![]));
        assert_eq!(on(&expired, "2025-01-01"), none);
    }

    #[test]
    fn a_withdrawn_adoption_stops_on_the_day_of_withdrawal() {
        let withdrawn = [Adoption {
            withdrawn_on: Some(day("2025-06-01")),
            ..plan("2024-01-15")
        }];
        let reason = Reason::PolicyEnded {
            on: day("2025-06-01"),
        };
        assert_eq!(bb01(&withdrawn, "2025-05-31"), (Met, vec![]));
        assert_eq!(bb01(&withdrawn, "2025-06-01"), (NotMet, vec![reason]));
        // One of which no day is known may have followed.
        let undated = Adoption {
            policy: "later".into(),
            adopted_on: None,
            ..plan("2025-01-01")
        };
        let both = [withdrawn[0].clone(), undated];
        let reasons = vec![
            Reason::AdoptionWithdrawn {
                policy: "plan".into(),
                on: day("2025-06-01"),
            },
            Reason::AdoptionWithoutDecisionDate {
                policy: "later".into(),
            },
        ];
        assert_eq!(bb01(&both, "2025-06-01"), (Unknown, reasons));
    }

    #[test]
    fn overdue_from_the_day_after_the_norm() {
        let plans = [plan("2022-04-12")];
        assert_eq!(
            bb02(&plans, "2026-04-12"),
            (Met, vec![expires("plan", "2026-04-12")])
        );
        assert_eq!(
            bb02(&plans, "2026-04-13"),
            (NotMet, vec![norm("2026-04-12")])
        );
        assert_eq!(
            bb01(&plans, "2026-04-13"),
            (Met, vec![]),
            "overdue policy is adopted policy"
        );
    }

    #[test]
    fn overdue_from_the_day_after_the_printed_end() {
        let plans = [Adoption {
            ends_on: Some(day("2025-12-31")),
            ..plan("2024-01-15")
        }];
        assert_eq!(
            bb02(&plans, "2025-12-31"),
            (Met, vec![expires("plan", "2025-12-31")])
        );
        assert_eq!(
            bb02(&plans, "2026-01-01"),
            (NotMet, vec![printed("2025-12-31")])
        );
        assert_eq!(
            bb02(&plans, "2028-01-15"),
            (NotMet, vec![printed("2025-12-31")])
        );
        assert_eq!(
            bb02(&plans, "2028-01-16"),
            (NotMet, vec![printed("2025-12-31"), norm("2028-01-15")])
        );
    }

    #[test]
    fn a_printed_end_beyond_the_norm_does_not_stretch_it() {
        let plans = [Adoption {
            ends_on: Some(day("2030-12-31")),
            ..plan("2022-04-12")
        }];
        assert_eq!(
            bb02(&plans, "2026-04-13"),
            (NotMet, vec![norm("2026-04-12")])
        );
    }

    #[test]
    fn calendar_months_are_clamped_to_the_end_of_the_month() {
        let leap = [plan("2020-02-29")];
        assert_eq!(bb02(&leap, "2024-02-29").0, Met);
        assert_eq!(
            bb02(&leap, "2024-03-01"),
            (NotMet, vec![norm("2024-02-29")])
        );
        let century = [plan("2096-02-29")];
        assert_eq!(bb02(&century, "2100-02-28").0, Met);
        assert_eq!(
            bb02(&century, "2100-03-01"),
            (NotMet, vec![norm("2100-02-28")])
        );
    }

    #[test]
    fn a_revision_renews_from_its_own_day() {
        let plans = [Adoption {
            revised_on: Some(day("2026-06-01")),
            ..plan("2022-04-12")
        }];
        assert_eq!(
            bb02(&plans, "2026-05-31"),
            (NotMet, vec![norm("2026-04-12")])
        );
        assert_eq!(bb02(&plans, "2026-06-01"), (Met, vec![]));
        assert_eq!(bb02(&plans, "2030-06-01").0, Met);
        assert_eq!(
            bb02(&plans, "2030-06-02"),
            (NotMet, vec![norm("2030-06-01")])
        );
    }

    #[test]
    fn a_revision_before_the_adoption_shortens_nothing() {
        let plans = [Adoption {
            revised_on: Some(day("2020-01-01")),
            ..plan("2022-04-12")
        }];
        assert_eq!(bb02(&plans, "2026-04-12").0, Met);
    }

    #[test]
    fn the_warning_starts_six_months_ahead() {
        let plans = [plan("2022-04-12")];
        assert_eq!(bb02(&plans, "2025-10-11"), (Met, vec![]));
        assert_eq!(
            bb02(&plans, "2025-10-12"),
            (Met, vec![expires("plan", "2026-04-12")])
        );
    }

    #[test]
    fn the_policy_that_lasts_longest_carries_and_warns() {
        let newer = Adoption {
            policy: "nieuw".into(),
            ..plan("2024-01-15")
        };
        let plans = [newer, plan("2022-04-12")];
        assert_eq!(bb02(&plans, "2026-04-01"), (Met, vec![]));
        assert_eq!(bb02(&plans, "2026-04-13"), (Met, vec![]));
        assert_eq!(
            bb02(&plans, "2027-07-15"),
            (Met, vec![expires("nieuw", "2028-01-15")])
        );
    }

    #[test]
    fn an_inherited_policy_counts_from_the_reorganisation_until_the_grace_ends() {
        let plans = [inherited("oud", "2021-05-01", "2023-01-01")];
        let later = Reason::AdoptionCountsFrom {
            policy: "oud".into(),
            on: day("2023-01-01"),
        };
        let note = Reason::InheritedPolicy {
            policy: "oud".into(),
            from: "GM0402".into(),
            until: day("2025-01-01"),
        };
        let ended = Reason::InheritanceEnded {
            policy: "oud".into(),
            on: day("2025-01-01"),
        };
        assert_eq!(bb01(&plans, "2022-12-31"), (Unknown, vec![later]));
        assert_eq!(bb01(&plans, "2023-01-01"), (Met, vec![note.clone()]));
        assert_eq!(bb01(&plans, "2024-12-31"), (Met, vec![note.clone()]));
        assert_eq!(
            bb02(&plans, "2024-12-31"),
            (Met, vec![note, expires("oud", "2025-05-01")])
        );
        // A successor without a decision of its own: nobody knows.
        let after = vec![ended, Reason::NoAdoptionRegistered];
        assert_eq!(bb01(&plans, "2025-01-01"), (Unknown, after.clone()));
        assert_eq!(bb02(&plans, "2025-01-01"), (Unknown, after));
    }

    #[test]
    fn what_passed_to_a_predecessor_of_the_same_code_did_not_end() {
        let passed = Adoption {
            passed_on: Some(day("2023-01-01")),
            ..plan("2021-05-01")
        };
        let plans = [passed, inherited("plan", "2021-05-01", "2023-01-01")];
        assert_eq!(bb01(&plans, "2022-12-31"), (Met, vec![]));
        assert_eq!(bb01(&plans, "2024-12-31").0, Met);
        assert_eq!(bb01(&plans, "2025-01-01").0, Unknown);
    }

    #[test]
    fn an_inherited_policy_can_be_overdue() {
        let plans = [inherited("plan", "2019-05-01", "2023-01-01")];
        assert_eq!(bb01(&plans, "2023-05-02").0, Met);
        assert_eq!(
            bb02(&plans, "2023-05-02"),
            (NotMet, vec![norm("2023-05-01")])
        );
    }

    #[test]
    fn an_own_adoption_takes_the_note_away() {
        let plans = [
            inherited("oud", "2021-05-01", "2023-01-01"),
            plan("2023-09-01"),
        ];
        assert_eq!(bb01(&plans, "2024-01-01"), (Met, vec![]));
        assert_eq!(bb02(&plans, "2024-01-01"), (Met, vec![]));
    }

    #[test]
    fn dates_beyond_the_calendar_do_not_break_anything() {
        let mut inputs = all_met();
        inputs.edition.norm_months = u32::MAX;
        assert_eq!(up_to_date(&inputs, day("2026-01-01")), (Met, vec![]));
        assert_eq!(
            turning_days(&inputs.adoptions[0], &inputs.edition).count(),
            2
        );
    }
}
