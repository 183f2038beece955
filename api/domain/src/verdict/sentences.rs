//! Reasons and rules in plain words, one sentence each, Dutch and English side by side.
//!
//! The wording is neutral ("meets", "does not meet"), never "in breach": the framework is a
//! yardstick and not mandatory. "Overdue" does not occur either, so that these sentences need no
//! second, public version; when that word may be used is decided by
//! [`crate::policies::deadlines`]. Wording may improve at any time: stored are the codes.

use chrono::NaiveDate;

use super::{
    facts::{Basis, VerdictStatus},
    grounds::{Reason, RuleThatFitted},
    next::Next,
};
use crate::dates::{en_date, nl_date};

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// In Dutch.
    pub nl: String,
    /// In English.
    pub en: String,
}

fn say(nl: impl Into<String>, en: impl Into<String>) -> Sentence {
    Sentence {
        nl: nl.into(),
        en: en.into(),
    }
}

/// A sentence that names a day, which each language writes in its own way.
fn say_of_day(
    day: NaiveDate,
    nl: impl FnOnce(String) -> String,
    en: impl FnOnce(String) -> String,
) -> Sentence {
    say(nl(nl_date(day)), en(en_date(day)))
}

/// A reason in plain words.
pub fn reason_text(reason: &Reason) -> Sentence {
    match reason {
        Reason::NotSubmitted => say(
            "Dit criterium is niet beoordeeld.",
            "This criterion was not assessed.",
        ),
        Reason::NoneDeclared => say(
            "De gemeente heeft opgegeven dat zij geen vastgesteld beleid heeft.",
            "The municipality has declared that it has no adopted policy.",
        ),
        Reason::PolicyEnded { on } => say_of_day(
            *on,
            |day| format!("Het vastgestelde beleid is op {day} beëindigd en niet opgevolgd."),
            |day| format!("The adopted policy ended on {day} and nothing has taken its place."),
        ),
        Reason::NoAdoptionRegistered => say(
            "Er is geen vaststellingsbesluit geregistreerd; of de gemeente vastgesteld beleid \
             heeft, is niet bekend.",
            "No decision to adopt a policy is registered; whether the municipality has adopted \
             policy is not known.",
        ),
        Reason::AdoptionWithoutDecisionDate { .. } => say(
            "Er is een vaststellingsbesluit geregistreerd, maar de datum ervan is niet bekend.",
            "A decision to adopt a policy is registered, but its date is not known.",
        ),
        Reason::AdoptionCountsFrom { policy, on } => say_of_day(
            *on,
            |day| format!("Het besluit over {policy} telt pas vanaf {day}."),
            |day| format!("The decision on {policy} counts only from {day}."),
        ),
        Reason::AdoptionWithdrawn { policy, on } => say_of_day(
            *on,
            |day| format!("Het besluit over {policy} is met ingang van {day} ingetrokken."),
            |day| format!("The decision on {policy} was withdrawn as of {day}."),
        ),
        Reason::InheritanceEnded { policy, on } => say_of_day(
            *on,
            |day| format!("{policy} van een voorganger telt sinds {day} niet meer mee."),
            |day| format!("{policy} of a predecessor has not counted since {day}."),
        ),
        Reason::InheritedPolicy {
            policy,
            from,
            until,
        } => inherited_text(policy, from, *until),
        Reason::PolicyOverduePrintedEnd { policy, on } => say_of_day(
            *on,
            |day| format!("De einddatum die in {policy} staat, {day}, is verstreken."),
            |day| format!("The end date printed in {policy}, {day}, has passed."),
        ),
        Reason::PolicyOverdueNorm {
            policy,
            on,
            months,
            endorsed,
        } => overdue_norm_text(policy, *on, *months, *endorsed),
        Reason::PolicyExpiresWithinSixMonths { policy, on } => say_of_day(
            *on,
            |day| format!("{policy} is nog actueel tot en met {day}."),
            |day| format!("{policy} is up to date up to and including {day}."),
        ),
        Reason::AnsweredNotMet => say("Het antwoord is: niet voldaan.", "The answer is: not met."),
        Reason::AnsweredPartlyMet => say(
            "Het antwoord is: deels voldaan.",
            "The answer is: partly met.",
        ),
        Reason::NobodyAnswered => say(
            "Voor dit criterium telt nog geen antwoord.",
            "No answer to this criterion counts yet.",
        ),
        Reason::ConflictingRegions { areas } => conflict_text(areas),
        Reason::OwnAnswerNotAllowed => say(
            "Een eigen antwoord van de gemeente telt bij dit criterium niet.",
            "An answer by the municipality itself does not count for this criterion.",
        ),
        Reason::NotApplicableNotAllowed => say(
            "\u{201c}Niet van toepassing\u{201d} is bij dit criterium geen geldig antwoord.",
            "\u{201c}Not applicable\u{201d} is no valid answer to this criterion.",
        ),
        Reason::NoComputationKnown => say(
            "Dit criterium wordt berekend, maar deze regels kennen er geen berekening voor.",
            "This criterion is computed, but these rules know no computation for it.",
        ),
    }
}

/// That a policy came from a predecessor, and until when it counts.
fn inherited_text(policy: &str, from: &str, until: NaiveDate) -> Sentence {
    say_of_day(
        until,
        |day| format!("{policy} is overgenomen van voorganger {from} en telt mee tot {day}."),
        |day| format!("{policy} is inherited from predecessor {from} and stops counting on {day}."),
    )
}

/// That the answers of these regions contradict each other.
fn conflict_text(areas: &[String]) -> Sentence {
    let (nl, en) = (listed(areas, "en"), listed(areas, "and"));
    say(
        format!("De antwoorden van {nl} spreken elkaar tegen."),
        format!("The answers of {en} contradict each other."),
    )
}

/// That the norm has passed, and whether it is a norm that VNG endorsed.
fn overdue_norm_text(policy: &str, on: NaiveDate, months: u32, endorsed: bool) -> Sentence {
    let (norm_nl, norm_en) = if endorsed {
        ("norm van VNG", "norm of VNG")
    } else {
        ("voorgestelde norm", "proposed norm")
    };
    say_of_day(
        on,
        |day| {
            format!(
                "{policy} was volgens de {norm_nl} van {months} maanden actueel tot en met \
                 {day}."
            )
        },
        |day| {
            format!(
                "By the {norm_en} of {months} months, {policy} was up to date up to and \
                 including {day}."
            )
        },
    )
}

/// A rule in plain words, as it reads when it fitted. Without a version it matters which one was
/// looked for.
pub fn rule_text(rule: RuleThatFitted, basis: Basis) -> Sentence {
    match rule {
        RuleThatFitted::NoVersion => match basis {
            Basis::Submitted => say(
                "Voor deze periode is geen beoordeling ingediend.",
                "No assessment was submitted for this period.",
            ),
            Basis::Confirmed => say(
                "Voor deze periode is geen beoordeling bevestigd.",
                "No assessment was confirmed for this period.",
            ),
        },
        RuleThatFitted::PolicyMissing => say(
            "Aan BB-01 (vastgesteld beleid) is niet voldaan.",
            "BB-01 (adopted policy) is not met.",
        ),
        RuleThatFitted::FewerThanHalfMet => say(
            "Aan minder dan de helft van de criteria die meetellen, is voldaan.",
            "Fewer than half of the criteria that count are met.",
        ),
        RuleThatFitted::AllMet => say(
            "Aan alle toepasselijke criteria is voldaan.",
            "Every applicable criterion is met.",
        ),
        RuleThatFitted::Otherwise => say(
            "Aan ten minste de helft van de criteria die meetellen, is voldaan, maar niet aan alle \
             toepasselijke criteria.",
            "At least half of the criteria that count are met, but not every applicable one.",
        ),
    }
}

/// The way up in plain words: exactly what has to be met, and what that gives.
pub fn next_text(next: &Next) -> Sentence {
    let (becomes_nl, becomes_en) = match next.status {
        VerdictStatus::Compliant => ("voldoet", "meets the framework"),
        VerdictStatus::PartlyCompliant => ("voldoet deels", "partly meets the framework"),
        VerdictStatus::NotCompliant => ("voldoet niet", "does not meet the framework"),
        VerdictStatus::NotAssessed => ("is niet beoordeeld", "is not assessed"),
    };
    let mut needed = (Vec::new(), Vec::new());
    if !next.all_of.is_empty() {
        needed.0.push(format!("aan {}", listed(&next.all_of, "en")));
        needed.1.push(listed(&next.all_of, "and"));
    }
    if let Some(choice) = &next.at_least {
        needed.0.push(format!(
            "aan ten minste {} van {}",
            choice.n,
            listed(&choice.of, "en")
        ));
        needed.1.push(format!(
            "at least {} of {}",
            choice.n,
            listed(&choice.of, "and")
        ));
    }
    say(
        format!(
            "De gemeente {becomes_nl} zodra ook is voldaan {}.",
            listed(&needed.0, "en")
        ),
        format!(
            "The municipality {becomes_en} as soon as it also meets {}.",
            needed.1.join(", and ")
        ),
    )
}

fn listed(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{fixtures::day, next::AtLeast},
        *,
    };

    fn text(reason: &Reason) -> (String, String) {
        let sentence = reason_text(reason);
        (sentence.nl, sentence.en)
    }

    #[test]
    fn dates_and_lists_read_as_people_write_them() {
        let areas = |codes: &[&str]| Reason::ConflictingRegions {
            areas: codes.iter().map(|c| (*c).into()).collect(),
        };
        assert_eq!(
            text(&Reason::PolicyOverduePrintedEnd {
                policy: "CVDR722654".into(),
                on: day("2025-03-01")
            }),
            (
                "De einddatum die in CVDR722654 staat, 1 maart 2025, is verstreken.".into(),
                "The end date printed in CVDR722654, 1 March 2025, has passed.".into()
            )
        );
        assert_eq!(
            text(&areas(&["VR13", "VR14", "VR15"])),
            (
                "De antwoorden van VR13, VR14 en VR15 spreken elkaar tegen.".into(),
                "The answers of VR13, VR14 and VR15 contradict each other.".into()
            )
        );
        assert_eq!(
            text(&areas(&["VR13", "VR14"])).1,
            "The answers of VR13 and VR14 contradict each other."
        );
    }

    #[test]
    fn a_norm_that_vng_did_not_endorse_is_called_a_proposal() {
        let norm = |endorsed| Reason::PolicyOverdueNorm {
            policy: "plan".into(),
            on: day("2026-12-12"),
            months: 48,
            endorsed,
        };
        assert_eq!(
            text(&norm(false)).0,
            "plan was volgens de voorgestelde norm van 48 maanden actueel tot en met 12 \
             december 2026."
        );
        assert_eq!(
            text(&norm(true)).1,
            "By the norm of VNG of 48 months, plan was up to date up to and including 12 \
             December 2026."
        );
    }

    #[test]
    fn what_is_unknown_of_policy_is_never_called_no_policy() {
        let policy = "plan".to_owned();
        let undated = Reason::AdoptionWithoutDecisionDate { policy };
        let on = day("2025-03-01");
        let shown = |reason: &Reason| text(reason).0;
        assert_eq!(
            shown(&Reason::NoAdoptionRegistered),
            "Er is geen vaststellingsbesluit geregistreerd; of de gemeente vastgesteld beleid \
             heeft, is niet bekend."
        );
        assert_eq!(
            shown(&undated),
            "Er is een vaststellingsbesluit geregistreerd, maar de datum ervan is niet bekend."
        );
        assert_eq!(
            shown(&Reason::NoneDeclared),
            "De gemeente heeft opgegeven dat zij geen vastgesteld beleid heeft."
        );
        assert_eq!(
            shown(&Reason::PolicyEnded { on }),
            "Het vastgestelde beleid is op 1 maart 2025 beëindigd en niet opgevolgd."
        );
        let rules = RuleThatFitted::ALL.iter();
        let rules = rules.map(|rule| rule_text(*rule, Basis::Submitted).nl);
        let unknown = [Reason::NoAdoptionRegistered, undated];
        for nl in unknown.iter().map(shown).chain(rules) {
            assert!(!nl.contains("geen vastgesteld beleid"), "{nl}");
        }
    }

    #[test]
    fn the_way_up_is_one_sentence() {
        let list = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        let mut next = Next {
            status: VerdictStatus::PartlyCompliant,
            all_of: list(&["BB-01"]),
            at_least: Some(AtLeast {
                n: 2,
                of: list(&["BB-03", "SV-01", "OH-01"]),
            }),
        };
        let shown = |next: &Next| {
            let sentence = next_text(next);
            (sentence.nl, sentence.en)
        };
        assert_eq!(
            shown(&next),
            (
                "De gemeente voldoet deels zodra ook is voldaan aan BB-01 en aan ten minste 2 van \
                 BB-03, SV-01 en OH-01."
                    .to_owned(),
                "The municipality partly meets the framework as soon as it also meets BB-01, and \
                 at least 2 of BB-03, SV-01 and OH-01."
                    .to_owned(),
            )
        );
        next.status = VerdictStatus::Compliant;
        next.at_least = None;
        assert_eq!(
            shown(&next).0,
            "De gemeente voldoet zodra ook is voldaan aan BB-01."
        );
    }

    #[test]
    fn without_a_version_the_basis_decides_the_sentence() {
        let given = Basis::ALL
            .iter()
            .map(|basis| rule_text(RuleThatFitted::NoVersion, *basis).en);
        assert_eq!(
            given.collect::<Vec<_>>(),
            [
                "No assessment was submitted for this period.",
                "No assessment was confirmed for this period."
            ]
        );
    }

    #[test]
    fn every_sentence_is_one_sentence_and_neutral() {
        let (policy, on, from) = ("plan".to_owned(), day("2025-01-01"), "GM0402".to_owned());
        let p = || policy.clone();
        let reasons = [
            Reason::NotSubmitted,
            Reason::NoneDeclared,
            Reason::PolicyEnded { on },
            Reason::NoAdoptionRegistered,
            Reason::AdoptionWithoutDecisionDate { policy: p() },
            Reason::AdoptionCountsFrom { policy: p(), on },
            Reason::AdoptionWithdrawn { policy: p(), on },
            Reason::InheritanceEnded { policy: p(), on },
            Reason::InheritedPolicy {
                policy: p(),
                from,
                until: on,
            },
            Reason::PolicyOverduePrintedEnd { policy: p(), on },
            Reason::PolicyOverdueNorm {
                policy: p(),
                on,
                months: 48,
                endorsed: true,
            },
            Reason::PolicyExpiresWithinSixMonths { policy: p(), on },
            Reason::AnsweredNotMet,
            Reason::AnsweredPartlyMet,
            Reason::NobodyAnswered,
            Reason::ConflictingRegions {
                areas: vec!["VR14".into(), "VR15".into()],
            },
            Reason::OwnAnswerNotAllowed,
            Reason::NotApplicableNotAllowed,
            Reason::NoComputationKnown,
        ];
        let rules = RuleThatFitted::ALL
            .iter()
            .flat_map(|rule| Basis::ALL.iter().map(|basis| rule_text(*rule, *basis)));
        for Sentence { nl, en } in reasons.iter().map(reason_text).chain(rules) {
            for text in [&nl, &en] {
                assert!(
                    text.ends_with('.') && text.matches(". ").count() == 0,
                    "{text}"
                );
                assert!(
                    !text.contains("overdue") && !text.contains("breach"),
                    "{text}"
                );
            }
            assert_ne!(nl, en);
        }
    }
}
