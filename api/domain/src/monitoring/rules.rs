//! What a report must say, and what it should be warned of. Facts go in, mistakes and warnings come
//! out.

use chrono::NaiveDate;

use crate::{
    mistake::{Mistake, text_mistakes},
    plan::rules::ActionStatus,
};

/// Characters of an explanation at most.
pub(super) const LONGEST_EXPLANATION: usize = 4000;
/// Characters of a cause, an amount or a reason at most.
pub const LONGEST_LINE: usize = 500;

/// The kind of a decision that waits for its instant and closes a round.
pub const CLOSING: &str = "MONITORING_ROUND";

/// Whether a round takes in reports: it is open, and its closing is not decided yet.
pub fn takes_in(state: &str, closing_waits: bool) -> bool {
    state == "OPEN" && !closing_waits
}

/// Whether an action had ended before a round began; the day is the first on which it no longer
/// runs.
pub fn had_ended(until: Option<NaiveDate>, begins: NaiveDate) -> bool {
    until.is_some_and(|until| until <= begins)
}

/// What can be wrong with what a report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// A delay without the status of delay.
    DelayWithoutStatus,
    /// The status of delay without a word on its cause.
    DelayWithoutCause,
    /// A cause is given and said not to be known.
    CauseContradicts,
    /// A text is empty or too long.
    TextLength,
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReport {
    /// The status of the action.
    pub status: ActionStatus,
    /// The explanation, 1 to 4000 characters; none when there is none. NL: toelichting.
    pub explanation: Option<String>,
    /// What it says of a delay; refused with any status but `InProgressDelayed`. NL: vertraging.
    pub delay: Option<ReportedDelay>,
}

/// What a report says of a delay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedDelay {
    /// How long, 1 to 500 characters; none when it is not said. NL: omvang.
    pub amount: Option<String>,
    /// Why, 1 to 500 characters; none when it is not known. NL: oorzaak.
    pub cause: Option<String>,
    /// Whether it says that the cause is not known; refused beside a `cause`.
    pub cause_is_unknown: bool,
}

impl ReportedDelay {
    /// The delay that a row holds, if it holds one: how long, why, and whether the cause is known.
    pub fn of_row(
        amount: Option<String>,
        cause: Option<String>,
        cause_state: Option<&str>,
    ) -> Option<Self> {
        let cause_is_unknown = cause.is_none();
        cause_state.map(|_| Self {
            amount,
            cause,
            cause_is_unknown,
        })
    }
}

/// Everything that is wrong with a report, at the places of the input.
pub fn mistakes(given: &StatusReport) -> Vec<Mistake<Wrong>> {
    let mut wrong = Vec::new();
    match (
        &given.delay,
        given.status == ActionStatus::InProgressDelayed,
    ) {
        (Some(_), false) => wrong.push(Mistake::at(
            Wrong::DelayWithoutStatus,
            &["delay"],
            "Een vertraging hoort bij de status ‘In uitvoering, vertraging’.",
            "A delay belongs to the status IN_PROGRESS_DELAYED.",
        )),
        (None, true) => wrong.push(Mistake::at(
            Wrong::DelayWithoutCause,
            &["delay"],
            "Noem de oorzaak van de vertraging, of geef op dat die niet bekend is.",
            "Give the cause of the delay, or that it is not known.",
        )),
        (None, false) => {}
        (Some(delay), true) => match (&delay.cause, delay.cause_is_unknown) {
            (None, false) => wrong.push(Mistake::at(
                Wrong::DelayWithoutCause,
                &["delay", "cause"],
                "Noem de oorzaak van de vertraging, of geef op dat die niet bekend is \
                 (`causeIsUnknown`).",
                "Give the cause of the delay, or that it is not known (`causeIsUnknown`).",
            )),
            (Some(_), true) => wrong.push(Mistake::at(
                Wrong::CauseContradicts,
                &["delay", "causeIsUnknown"],
                "De oorzaak is ingevuld en tegelijk als onbekend opgegeven.",
                "The cause is given and yet called unknown.",
            )),
            (Some(_), false) | (None, true) => {}
        },
    }
    let delay = given.delay.as_ref();
    let amount = delay.and_then(|delay| delay.amount.as_deref());
    let cause = delay.and_then(|delay| delay.cause.as_deref());
    let explanation = given.explanation.as_deref();
    wrong.extend(text_mistakes(
        &["explanation"],
        explanation,
        LONGEST_EXPLANATION,
        Wrong::TextLength,
    ));
    wrong.extend(text_mistakes(
        &["delay", "amount"],
        amount,
        LONGEST_LINE,
        Wrong::TextLength,
    ));
    wrong.extend(text_mistakes(
        &["delay", "cause"],
        cause,
        LONGEST_LINE,
        Wrong::TextLength,
    ));
    wrong
}

/// A report on an action: who made it, and its ledger number.
#[derive(Debug, Clone, Copy)]
pub struct Reported<'a> {
    /// The role, or the key of the partner, that reported.
    pub by: &'a str,
    /// The number of its entry.
    pub ledger_no: i64,
}

/// Whether a report goes before another on the same action when a round is closed: the ministry's
/// own before an owner's, and of two owners' the later one.
pub fn goes_before(one: &Reported<'_>, other: &Reported<'_>) -> bool {
    let weight = |report: &Reported<'_>| (report.by == "MINISTRY", report.ledger_no);
    weight(one) > weight(other)
}

/// Actions that should be completed before this one starts and are not, by number; empty when
/// nothing speaks against it. `before` are the actions that it starts after, with the last status
/// known of each.
pub fn unfinished_before(status: ActionStatus, before: &[(i32, Option<ActionStatus>)]) -> Vec<i32> {
    if status == ActionStatus::NotStarted {
        return Vec::new();
    }
    before
        .iter()
        .filter(|(_, status)| *status != Some(ActionStatus::Completed))
        .map(|(number, _)| *number)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{
        ActionStatus::{Completed, InProgress, InProgressDelayed, NotStarted},
        *,
    };

    fn statement_of(status: ActionStatus, delay: Option<ReportedDelay>) -> Vec<Wrong> {
        let given = StatusReport {
            status,
            explanation: None,
            delay,
        };
        mistakes(&given)
            .iter()
            .map(|mistake| mistake.code)
            .collect()
    }

    fn delay(cause: Option<&str>, cause_is_unknown: bool) -> Option<ReportedDelay> {
        Some(ReportedDelay {
            amount: None,
            cause: cause.map(str::to_owned),
            cause_is_unknown,
        })
    }

    #[test]
    fn a_delay_needs_a_cause_or_the_word_that_there_is_none() {
        assert_eq!(
            statement_of(InProgressDelayed, None),
            [Wrong::DelayWithoutCause]
        );
        assert_eq!(
            statement_of(InProgressDelayed, delay(None, false)),
            [Wrong::DelayWithoutCause]
        );
        assert_eq!(
            statement_of(InProgressDelayed, delay(Some("ziekte"), true)),
            [Wrong::CauseContradicts]
        );
        assert_eq!(statement_of(InProgressDelayed, delay(None, true)), []);
        assert_eq!(
            statement_of(InProgressDelayed, delay(Some("ziekte"), false)),
            []
        );
        assert_eq!(
            statement_of(InProgress, delay(Some("ziekte"), false)),
            [Wrong::DelayWithoutStatus]
        );
    }

    #[test]
    fn all_mistakes_come_at_once() {
        let given = StatusReport {
            status: ActionStatus::InProgressDelayed,
            explanation: Some("x".repeat(LONGEST_EXPLANATION + 1)),
            delay: Some(ReportedDelay {
                amount: Some(" ".to_owned()),
                cause: Some("x".repeat(LONGEST_LINE + 1)),
                cause_is_unknown: true,
            }),
        };
        let shown: Vec<(Wrong, String)> = mistakes(&given)
            .into_iter()
            .map(|mistake| (mistake.code, mistake.field.join(".")))
            .collect();
        assert_eq!(
            shown,
            [
                (Wrong::CauseContradicts, "delay.causeIsUnknown".to_owned()),
                (Wrong::TextLength, "explanation".to_owned()),
                (Wrong::TextLength, "delay.amount".to_owned()),
                (Wrong::TextLength, "delay.cause".to_owned()),
            ]
        );
    }

    #[test]
    fn the_ministry_has_the_last_word_and_then_the_later_owner() {
        let by = |by, ledger_no| Reported { by, ledger_no };
        assert!(goes_before(&by("MINISTRY", 1), &by("comensha", 9)));
        assert!(!goes_before(&by("comensha", 9), &by("MINISTRY", 1)));
        assert!(goes_before(&by("vng", 9), &by("comensha", 8)));
    }

    #[test]
    fn a_start_before_the_predecessor_is_completed_is_noticed() {
        let before = [(11, Some(InProgress)), (12, Some(Completed)), (9, None)];
        assert_eq!(unfinished_before(InProgress, &before), [11, 9]);
        assert_eq!(unfinished_before(NotStarted, &before), [0; 0]);
    }
}
