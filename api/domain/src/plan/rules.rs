//! How far the plan is, from facts alone: statuses, counts, the sentence that says them.

use crate::code_list::code_list;
use chrono::{Datelike as _, NaiveDate};

code_list! {
    /// The status of an action, as the legend of the monitoring overview defines it. NL: status van
    /// een actie.
    pub enum ActionStatus {
        /// The action is completed. NL: Afgerond.
        Completed = "COMPLETED", "Afgerond", "Completed",
            "De actie is afgerond.";
        /// The action is being carried out. NL: In uitvoering.
        InProgress = "IN_PROGRESS", "In uitvoering", "In progress",
            "De actie wordt uitgevoerd.";
        /// The action is being carried out and is delayed; not counted under IN_PROGRESS. NL: In
        /// uitvoering, vertraging.
        InProgressDelayed = "IN_PROGRESS_DELAYED",
            "In uitvoering, vertraging",
            "In progress, delayed",
            "De actie wordt uitgevoerd en is vertraagd; zij telt niet mee onder `IN_PROGRESS`.";
        /// The action goes on without a clear end; it is never late. NL: Doorlopend.
        Ongoing = "ONGOING", "Doorlopend", "Ongoing",
            "De actie loopt door zonder vast einde; zij is nooit te laat.";
        /// The action is planned and has not begun. NL: Nog niet gestart.
        NotStarted = "NOT_STARTED", "Nog niet gestart", "Not started",
            "De actie is gepland en nog niet begonnen.";
    }
}

impl ActionStatus {
    /// The definition of the legend (monitoring overview, lines 15 to 24), with our translation.
    pub fn definition(self) -> (&'static str, &'static str) {
        match self {
            Self::Completed => ("De actie is afgerond.", "The action is completed."),
            Self::InProgress => (
                "De actie is momenteel in uitvoering.",
                "The action is now being carried out.",
            ),
            Self::InProgressDelayed => (
                "De actie is in uitvoering, maar loopt vertraging op.",
                "The action is being carried out, but is being delayed.",
            ),
            Self::Ongoing => (
                "De actie heeft een doorlopend karakter, zonder duidelijke einddatum.",
                "The action is of a continuing kind, without a clear end date.",
            ),
            Self::NotStarted => (
                "De actie is gepland, maar nog niet begonnen.",
                "The action is planned, but has not begun.",
            ),
        }
    }
}

/// How often each status occurs, zeros included, in the order of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([i32; 5]);

impl Counts {
    /// Counts the actions of each status.
    pub fn of(statuses: impl Iterator<Item = ActionStatus>) -> Self {
        let mut counts = Self::default();
        for status in statuses {
            for (count, each) in counts.0.iter_mut().zip(ActionStatus::ALL) {
                *count += i32::from(each == status);
            }
        }
        counts
    }

    /// How many actions were counted.
    pub fn total(&self) -> i32 {
        self.0.iter().sum()
    }

    /// Every status with its count, zeros included, in the order of the dashboard.
    pub fn each(&self) -> impl Iterator<Item = (ActionStatus, i32)> {
        ActionStatus::ALL.into_iter().zip(self.0)
    }

    /// The count of one status.
    pub fn get(&self, status: ActionStatus) -> i32 {
        self.each()
            .find(|(each, _)| *each == status)
            .map_or(0, |(_, count)| count)
    }
}

code_list! {
    /// What a report's text says beside its status. NL: signaal.
    pub enum ReportSignal {
        /// The text tells of a delay and the status does not. NL: vertraging in de tekst.
        DelayInText = "DELAY_IN_TEXT", "Vertraging in de tekst", "Delay in text",
            "De tekst vermeldt een vertraging en de status niet.";
        /// The action is completed and the printed period runs on. NL: looptijd na afronding.
        PeriodAfterCompletion = "PERIOD_AFTER_COMPLETION",
            "Looptijd na afronding",
            "Period after completion",
            "De actie is afgerond en de gedrukte looptijd gaat door.";
    }
}

/// Words by which a source tells of a delay.
const DELAY_WORDS: [&str; 2] = ["langer dan gepland", "vertraagd"];

/// What the text of a report says that its status does not. A signal never changes the status.
pub fn signals(
    status: ActionStatus,
    text: Option<&str>,
    period: Option<&str>,
) -> Vec<ReportSignal> {
    let text = text.unwrap_or_default().to_lowercase();
    let tells_of_delay = DELAY_WORDS.iter().any(|words| text.contains(words));
    let mut signals = Vec::new();
    if tells_of_delay && status != ActionStatus::InProgressDelayed {
        signals.push(ReportSignal::DelayInText);
    }
    if period.is_some() && status == ActionStatus::Completed {
        signals.push(ReportSignal::PeriodAfterCompletion);
    }
    signals
}

/// Whole months between two days, never below zero.
pub fn months_between(from: NaiveDate, to: NaiveDate) -> i32 {
    let months = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0);
    let whole = months(to) - months(from) - i32::from(to.day() < from.day());
    whole.max(0)
}

/// The status that the latest round told, of what each round told of an action by its last day.
pub fn last_status(shown: &[(NaiveDate, Option<ActionStatus>)]) -> Option<ActionStatus> {
    shown.iter().max_by_key(|(day, _)| *day)?.1
}

/// The circle in which a thing waits for itself, from it and back to it; none when it does not.
/// Each pair is one that waits and the one that it waits for.
pub fn circle<'a>(waits: &[(&'a str, &'a str)], start: &'a str) -> Option<Vec<&'a str>> {
    let mut reached: Vec<(&str, usize)> = vec![(start, 0)];
    let mut at = 0;
    while at < reached.len() {
        let (from, _) = reached[at];
        for (_, to) in waits.iter().filter(|(waiting, _)| *waiting == from) {
            if *to == start {
                let mut circle = vec![start];
                let mut back = at;
                while back > 0 {
                    circle.push(reached[back].0);
                    back = reached[back].1;
                }
                circle.push(start);
                circle.reverse();
                return Some(circle);
            }
            if !reached.iter().any(|(known, _)| known == to) {
                reached.push((to, at));
            }
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{
        ActionStatus::{Completed, InProgress, InProgressDelayed, NotStarted},
        *,
    };

    #[test]
    fn counts_hold_zeros_and_keep_delayed_apart() {
        let counts =
            Counts::of([Completed, InProgress, InProgressDelayed, InProgressDelayed].into_iter());
        let each: Vec<i32> = counts.each().map(|(_, count)| count).collect();
        assert_eq!(each, [1, 1, 2, 0, 0]);
        assert_eq!(counts.total(), 4);
    }

    #[test]
    fn codes_round_trip() {
        for status in ActionStatus::ALL {
            assert_eq!(ActionStatus::from_code(status.code()), Some(status));
        }
        assert_eq!(ActionStatus::from_code("DONE"), None);
    }

    #[test]
    fn months_are_whole() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(months_between(day("2025-06-30"), day("2026-06-29")), 11);
        assert_eq!(months_between(day("2025-06-30"), day("2026-06-30")), 12);
        assert_eq!(months_between(day("2026-06-30"), day("2025-06-30")), 0);
    }

    #[test]
    fn a_circle_is_listed_from_its_beginning() {
        let waits = [
            ("13", "11"),
            ("14", "11"),
            ("11", "7"),
            ("7", "9"),
            ("9", "13"),
        ];
        assert_eq!(circle(&waits, "13"), Some(vec!["13", "11", "7", "9", "13"]));
        assert_eq!(circle(&waits, "14"), None);
        assert_eq!(circle(&[("1", "1")], "1"), Some(vec!["1", "1"]));
    }

    #[test]
    fn the_last_round_has_the_last_word() {
        let day = |text: &str| text.parse().unwrap();
        let shown = [
            (day("2026-10-31"), Some(Completed)),
            (day("2025-06-30"), Some(NotStarted)),
        ];
        assert_eq!(last_status(&shown), Some(Completed));
        assert_eq!(last_status(&[]), None);
    }

    proptest::proptest! {
        /// Links that are made one by one, without those that would close a circle, can be put in
        /// an order.
        #[test]
        fn links_without_circles_have_an_order(
            requested in proptest::collection::vec((0..8usize, 0..8usize), 0..30),
        ) {
            let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
            let mut waits: Vec<(&str, &str)> = Vec::new();
            for (from, to) in requested {
                waits.push((names[from], names[to]));
                if circle(&waits, names[from]).is_some() {
                    waits.pop();
                }
            }
            let mut left = names.to_vec();
            while let Some(free) = left.iter().position(|name| {
                waits.iter().all(|(from, to)| from != name || !left.contains(to))
            }) {
                left.remove(free);
            }
            proptest::prop_assert!(left.is_empty(), "{left:?} in {waits:?}");
        }
    }
}
