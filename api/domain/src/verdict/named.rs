//! Reasons and the way up with titles in the place of keys: a sentence says what a policy is called
//! and not under which key it is kept. Stored are the keys.

use super::{
    grounds::Reason,
    next::{AtLeast, Next},
    sentences::{Sentence, next_text, reason_text},
};
use crate::{
    ledger::things::{Named, Thing, Titles},
    text::Text,
};

/// A language of a text.
type Pick = fn(Text) -> String;

impl Reason {
    /// What it names by key.
    #[must_use]
    pub fn names(&self) -> Vec<Named> {
        let mut names = Vec::new();
        let mut reason = self.clone();
        reason.each_key(|thing, key| names.push(Named::new(thing, key.as_str())));
        names
    }

    /// The same with titles in the place of keys.
    fn titled(&self, titles: &Titles, pick: Pick) -> Self {
        let mut titled = self.clone();
        titled.each_key(|thing, key| put_title(key, thing, titles, pick));
        titled
    }

    /// Visits each key in it, with what it is a key of.
    fn each_key(&mut self, mut visit: impl FnMut(Thing, &mut String)) {
        match self {
            Self::AdoptionWithoutDecisionDate { policy }
            | Self::AdoptionCountsFrom { policy, .. }
            | Self::AdoptionWithdrawn { policy, .. }
            | Self::InheritanceEnded { policy, .. }
            | Self::PolicyOverduePrintedEnd { policy, .. }
            | Self::PolicyOverdueNorm { policy, .. }
            | Self::PolicyExpiresWithinSixMonths { policy, .. } => visit(Thing::Policy, policy),
            Self::InheritedPolicy { policy, from, .. } => {
                visit(Thing::Policy, policy);
                visit(Thing::Municipality, from);
            }
            Self::ConflictingRegions { areas } => {
                for area in areas {
                    visit(Thing::Area, area);
                }
            }
            Self::NotSubmitted
            | Self::NoAdoptionRegistered
            | Self::NoneDeclared
            | Self::PolicyEnded { .. }
            | Self::AnsweredNotMet
            | Self::AnsweredPartlyMet
            | Self::NobodyAnswered
            | Self::OwnAnswerNotAllowed
            | Self::NotApplicableNotAllowed
            | Self::NoComputationKnown => {}
        }
    }
}

/// Puts what a thing is called in the place of its key, where a title is known.
fn put_title(key: &mut String, thing: Thing, titles: &Titles, pick: Pick) {
    let named = Named::new(thing, key.as_str());
    if titles.contains_key(&named) {
        *key = pick(named.phrase(titles));
    }
}

/// The reasons at a criterion, one sentence each, with titles in the place of keys.
#[must_use]
pub fn reason_texts(reasons: &[Reason], titles: &Titles) -> Vec<Sentence> {
    // Where an answer was left aside, somebody answered.
    if let [Reason::NobodyAnswered] = reasons {
        return vec![Sentence {
            nl: "Dit criterium is nog niet beantwoord.".to_owned(),
            en: "This criterion has not been answered yet.".to_owned(),
        }];
    }
    let one = |reason: &Reason| Sentence {
        nl: reason_text(&reason.titled(titles, |text| text.nl)).nl,
        en: reason_text(&reason.titled(titles, |text| text.en)).en,
    };
    reasons.iter().map(one).collect()
}

/// The names of criteria of an edition.
fn criteria<'a>(
    edition: &'a str,
    codes: impl IntoIterator<Item = &'a String>,
) -> impl Iterator<Item = Named> {
    let named = move |code| Named::new(Thing::Criterion, format!("{edition}/{code}"));
    codes.into_iter().map(named)
}

impl Next {
    /// The criteria of the edition that it names.
    #[must_use]
    pub fn names(&self, edition: &str) -> Vec<Named> {
        let choice = self.at_least.iter().flat_map(|choice| &choice.of);
        criteria(edition, self.all_of.iter().chain(choice)).collect()
    }

    /// The way up in plain words, each criterion of the edition with its title.
    #[must_use]
    pub fn sentence(&self, edition: &str, titles: &Titles) -> Sentence {
        Sentence {
            nl: next_text(&self.titled(edition, titles, |text| text.nl)).nl,
            en: next_text(&self.titled(edition, titles, |text| text.en)).en,
        }
    }

    fn titled(&self, edition: &str, titles: &Titles, pick: Pick) -> Self {
        let titled = |codes: &[String]| -> Vec<String> {
            let title = |(named, code): (Named, &String)| match titles.get(&named) {
                Some(title) => format!("{code} ({})", pick(title.clone())),
                None => code.clone(),
            };
            criteria(edition, codes).zip(codes).map(title).collect()
        };
        Self {
            status: self.status,
            all_of: titled(&self.all_of),
            at_least: self.at_least.as_ref().map(|choice| AtLeast {
                n: choice.n,
                of: titled(&choice.of),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{facts::VerdictStatus, fixtures::day},
        *,
    };

    fn titles() -> Titles {
        let title =
            |thing, key: &str, nl: &str, en: &str| (Named::new(thing, key), Text::new(nl, en));
        Titles::from([
            title(Thing::Policy, "plan-2023", "Beleid 2023", "Beleid 2023"),
            title(
                Thing::Area,
                "VR14",
                "veiligheidsregio Gooi",
                "safety region Gooi",
            ),
            title(
                Thing::Criterion,
                "E-1/BB-03",
                "Bestuurlijk eigenaarschap",
                "Ownership",
            ),
        ])
    }

    #[test]
    fn a_reason_names_a_policy_and_areas_by_their_titles() {
        let policy = "plan-2023".to_owned();
        let on = day("2027-05-23");
        let areas = vec!["VR14".to_owned(), "VR15".to_owned()];
        let reasons = [
            Reason::PolicyExpiresWithinSixMonths { policy, on },
            Reason::ConflictingRegions { areas },
        ];
        let [first, second] = &reason_texts(&reasons, &titles())[..] else {
            panic!("two sentences");
        };
        assert!(first.nl.contains("“Beleid 2023”") && !first.nl.contains("plan-2023"));
        assert_eq!(
            second.nl,
            "De antwoorden van veiligheidsregio Gooi en VR15 spreken elkaar tegen."
        );
        assert_eq!(
            second.en,
            "The answers of safety region Gooi and VR15 contradict each other."
        );
    }

    #[test]
    fn that_nobody_answered_is_written_only_where_nobody_did() {
        let sentence = |reasons: &[Reason]| reason_texts(reasons, &Titles::new())[0].nl.clone();
        assert_eq!(
            sentence(&[Reason::NobodyAnswered]),
            "Dit criterium is nog niet beantwoord."
        );
        assert_eq!(
            sentence(&[Reason::NobodyAnswered, Reason::OwnAnswerNotAllowed]),
            "Voor dit criterium telt nog geen antwoord."
        );
    }

    #[test]
    fn the_way_up_names_criteria_by_code_and_title() {
        let next = Next {
            status: VerdictStatus::Compliant,
            all_of: vec!["BB-03".to_owned(), "SV-01".to_owned()],
            at_least: None,
        };
        let Sentence { nl, en } = next.sentence("E-1", &titles());
        assert_eq!(
            nl,
            "De gemeente voldoet zodra ook is voldaan aan BB-03 (Bestuurlijk eigenaarschap) en \
             SV-01."
        );
        assert!(en.contains("BB-03 (Ownership) and SV-01"), "{en}");
    }
}
