//! How far the plan is, from facts alone: statuses, counts, the sentence that says them.

use async_graphql::Enum;
use chrono::{Datelike as _, NaiveDate};

/// The status of an action, as the legend of the monitoring overview defines it. NL: status van een actie.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum ActionStatus {
    /// The action is completed. NL: Afgerond.
    Completed,
    /// The action is being carried out. NL: In uitvoering.
    InProgress,
    /// The action is being carried out and is delayed; not counted under IN_PROGRESS. NL: In uitvoering, vertraging.
    InProgressDelayed,
    /// The action goes on without a clear end; it is never late. NL: Doorlopend.
    Ongoing,
    /// The action is planned and has not begun. NL: Nog niet gestart.
    NotStarted,
}

impl ActionStatus {
    /// All statuses in the order of the dashboard.
    pub(crate) const ALL: [Self; 5] = [
        Self::Completed,
        Self::InProgress,
        Self::InProgressDelayed,
        Self::Ongoing,
        Self::NotStarted,
    ];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Completed => "COMPLETED",
            Self::InProgress => "IN_PROGRESS",
            Self::InProgressDelayed => "IN_PROGRESS_DELAYED",
            Self::Ongoing => "ONGOING",
            Self::NotStarted => "NOT_STARTED",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    pub(crate) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Completed => ("Afgerond", "Completed"),
            Self::InProgress => ("In uitvoering", "In progress"),
            Self::InProgressDelayed => ("In uitvoering, vertraging", "In progress, delayed"),
            Self::Ongoing => ("Doorlopend", "Ongoing"),
            Self::NotStarted => ("Nog niet gestart", "Not started"),
        }
    }

    /// The definition of the legend (monitoring overview, lines 15 to 24), with our translation.
    pub(crate) fn definition(self) -> (&'static str, &'static str) {
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
pub(crate) struct Counts([i32; 5]);

impl Counts {
    pub(crate) fn of(statuses: impl Iterator<Item = ActionStatus>) -> Self {
        let mut counts = Self::default();
        for status in statuses {
            for (count, each) in counts.0.iter_mut().zip(ActionStatus::ALL) {
                *count += i32::from(each == status);
            }
        }
        counts
    }

    pub(crate) fn total(&self) -> i32 {
        self.0.iter().sum()
    }

    pub(crate) fn each(&self) -> impl Iterator<Item = (ActionStatus, i32)> {
        ActionStatus::ALL.into_iter().zip(self.0)
    }

    fn get(&self, status: ActionStatus) -> i32 {
        self.each()
            .find(|(each, _)| *each == status)
            .map_or(0, |(_, count)| count)
    }
}

/// What a report's text says beside its status. NL: signaal.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportSignal {
    /// The text tells of a delay and the status does not. NL: vertraging in de tekst.
    DelayInText,
    /// The action is completed and the printed period runs on. NL: looptijd na afronding.
    PeriodAfterCompletion,
}

/// Words by which a source tells of a delay.
const DELAY_WORDS: [&str; 2] = ["langer dan gepland", "vertraagd"];

/// What the text of a report says that its status does not. A signal never changes the status.
pub(crate) fn signals(
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

/// The dashboard as one sentence, in Dutch and English.
pub(crate) fn statement(
    counts: &Counts,
    round_nl: &str,
    round_en: &str,
    in_plan: i32,
) -> (String, String) {
    let get = |status| counts.get(status);
    let total = counts.total();
    let [done, going, delayed, ongoing, waiting] = ActionStatus::ALL.map(get);
    (
        format!(
            "Van de {in_plan} acties in het plan zijn er {total} opgenomen in {round_nl}: {done} afgerond, \
             {going} in uitvoering, {delayed} in uitvoering met vertraging, {ongoing} doorlopend en \
             {waiting} nog niet gestart."
        ),
        format!(
            "Of the {in_plan} actions in the plan {total} are included in {round_en}: {done} completed, \
             {going} in progress, {delayed} in progress but delayed, {ongoing} ongoing and {waiting} not started."
        ),
    )
}

/// Whole months between two days, never below zero.
pub(crate) fn months_between(from: NaiveDate, to: NaiveDate) -> i32 {
    let months = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0);
    let whole = months(to) - months(from) - i32::from(to.day() < from.day());
    whole.max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_hold_zeros_and_keep_delayed_apart() {
        use ActionStatus::{Completed, InProgress, InProgressDelayed};
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
}
