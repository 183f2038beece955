//! What the demo invents, from a seed: the same seed says the same, on every machine. Pure.

use chrono::{Months, NaiveDate};

/// A source of numbers that look like chance and are none (splitmix64).
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// The dice of a thing: other things of the same seed have others.
    pub(super) fn of(seed: u64, thing: &[&str]) -> Self {
        // FNV-1a over the parts, so that a thing has the same dice whatever was thrown before.
        let mut state = 0xcbf2_9ce4_8422_2325 ^ seed;
        for byte in thing.join("/").bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Self(state)
    }

    /// A number below 100.
    pub(super) fn percent(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % 100
    }

    /// Whether something comes true that does so this often of 100 times.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.percent() < percent
    }
}

/// Blaricum: in every period it meets all that it answers, and its decision is all that is left to
/// record.
pub(super) const EXEMPLARY: &str = "GM0376";

/// How a municipality takes part in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The municipality, by code.
    pub(super) municipality: String,
    /// Whether its last version comes after the deadline.
    pub(super) is_late: bool,
    /// Whether VNG confirms its last version.
    pub(super) is_confirmed: bool,
}

/// How a municipality takes part in the period of a place, from 0; none when it hands nothing in.
/// More do with each period, and of the last one, which is still open, VNG has confirmed few.
pub(super) fn part(seed: u64, municipality: &str, period: usize) -> Option<Part> {
    let (handing_in, late, confirmed) = match period {
        0 => (75, 12, 85),
        1 => (85, 8, 85),
        _ => (65, 0, 30),
    };
    let mut dice = Dice::of(seed, &[municipality, &period.to_string(), "part"]);
    let is_exemplary = municipality == EXEMPLARY;
    (dice.chance(handing_in) || is_exemplary).then(|| Part {
        municipality: municipality.to_owned(),
        is_late: dice.chance(late) && !is_exemplary,
        is_confirmed: dice.chance(confirmed),
    })
}

/// What a municipality decided and declared of its policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Policy {
    /// The day of its decision; none when none is known.
    pub(super) adopted_on: Option<NaiveDate>,
    /// What it declares, by code; nothing when it declares nothing.
    pub(super) declared: Option<&'static str>,
}

/// What a municipality decided and declared of its policy by a day: nearly half adopted one in the
/// six years before, some renew it; few declare that they have none or are making one, and of the
/// rest nothing is known.
pub(super) fn policy(seed: u64, municipality: &str, today: NaiveDate) -> Policy {
    let mut dice = Dice::of(seed, &[municipality, "policy"]);
    let throw = dice.percent();
    let months = dice.percent() * 72 / 100 + 1;
    let months = Months::new(u32::try_from(months).unwrap_or(1));
    let is_adopted = throw < 48;
    Policy {
        adopted_on: is_adopted
            .then(|| today.checked_sub_months(months))
            .flatten(),
        declared: match throw {
            0..6 => Some("BEING_UPDATED"),
            48..56 => Some("NONE_DECLARED"),
            56..62 => Some("IN_DEVELOPMENT"),
            _ => None,
        },
    }
}

/// What a region answers to the criterion that is its own, by code; nothing of one that does not
/// act.
pub(super) fn regional_answer(seed: u64, area: &str) -> Option<&'static str> {
    let mut dice = Dice::of(seed, &[area, "region"]);
    match dice.percent() {
        0..70 => Some("MET"),
        70..80 => Some("PARTLY_MET"),
        80..85 => Some("NOT_MET"),
        _ => None,
    }
}

/// An invented answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer<'a> {
    /// The criterion, by code.
    pub(super) criterion: &'a str,
    /// The answer, by code.
    pub(super) answer: &'static str,
    /// What explains it; rarely there.
    pub(super) explanation: Option<&'static str>,
}

/// Which version it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    /// The place of its period, from 0.
    pub(super) period: usize,
    /// Its number in that period, from 1.
    pub(super) version: usize,
    /// How many versions there are in a period.
    pub(super) versions: usize,
}

/// The answers of a version. A municipality is good at it or less so, and gets better with each
/// period and each version.
pub(super) fn answers<'a>(
    seed: u64,
    municipality: &str,
    turn: Turn,
    criteria: &'a [String],
) -> Vec<Answer<'a>> {
    let Turn {
        period,
        version,
        versions,
    } = turn;
    let level = 40 + Dice::of(seed, &[municipality]).percent() * 55 / 100;
    let progress = u64::try_from(period * 6 + version * 6 / versions.max(1)).unwrap_or_default();
    let (met, partly) = (level + progress, level + progress + 12);
    criteria
        .iter()
        .map(|criterion| {
            // The same throw for every version of a period, so that a later one is as good or
            // better.
            let place = period.to_string();
            let mut dice = Dice::of(seed, &[municipality, &place, criterion]);
            let throw = dice.percent();
            let answer = if throw < met || municipality == EXEMPLARY {
                "MET"
            } else if throw < partly {
                "PARTLY_MET"
            } else if dice.chance(70) {
                "NOT_MET"
            } else {
                "UNKNOWN"
            };
            Answer {
                criterion,
                answer,
                explanation: dice
                    .chance(5)
                    .then_some("DEMO: verzonnen toelichting, er is geen bron."),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_says_the_same_and_another_says_something_else() {
        let criteria: Vec<String> = (1..=20).map(|i| format!("SV-{i:02}")).collect();
        let first = Turn {
            period: 0,
            version: 1,
            versions: 1,
        };
        let of = |seed| answers(seed, "GM0402", first, &criteria);
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
        assert_eq!(part(1, "GM0402", 0), part(1, "GM0402", 0));
    }

    #[test]
    fn a_later_version_is_as_good_or_better() {
        let criteria: Vec<String> = (1..=20).map(|i| format!("SV-{i:02}")).collect();
        let met = |version| {
            let turn = Turn {
                period: 1,
                version,
                versions: 9,
            };
            let answers = answers(7, "GM0363", turn, &criteria);
            answers.iter().filter(|one| one.answer == "MET").count()
        };
        assert!((1..9).all(|version| met(version) <= met(version + 1)));
    }

    #[test]
    fn every_state_of_a_policy_is_invented() {
        let today = "2025-09-01".parse().unwrap();
        let all: Vec<Policy> = (0..1000)
            .map(|i| policy(3, &format!("GM{i:04}"), today))
            .collect();
        let declaring = |code: Option<&str>| {
            let declared = all.iter().filter(|one| one.declared == code);
            declared
                .map(|one| one.adopted_on.is_some())
                .collect::<Vec<bool>>()
        };
        for (code, is_adopted) in [
            (Some("BEING_UPDATED"), true),
            (Some("NONE_DECLARED"), false),
            (Some("IN_DEVELOPMENT"), false),
        ] {
            let found = declaring(code);
            assert!((30..120).contains(&found.len()), "{code:?}");
            assert!(found.iter().all(|one| *one == is_adopted), "{code:?}");
        }
        let silent = declaring(None);
        assert!(silent.contains(&true) && silent.contains(&false));
    }

    #[test]
    fn about_as_many_hand_in_as_they_should() {
        let handing_in = (0..1000).filter(|i| part(3, &format!("GM{i:04}"), 0).is_some());
        let count = handing_in.count();
        assert!((700..800).contains(&count), "{count}");
    }
}
