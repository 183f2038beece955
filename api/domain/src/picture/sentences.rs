//! What a municipality handed in, in words: one function for GraphQL, feeds and the files of
//! publications.

use chrono::NaiveDate;

use super::rules::Submission;
use crate::text::{Language, Text, day};

/// What a municipality handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Whether and when.
    pub submission: Submission,
    /// The day on which the version was submitted that VNG has yet to review.
    pub waiting_since: Option<NaiveDate>,
    /// The same in words.
    pub text: Text,
}

impl HandedIn {
    /// What was handed in, with its words.
    pub fn of(submission: Submission, waiting_since: Option<NaiveDate>) -> Self {
        Self {
            submission,
            waiting_since,
            text: text(submission, waiting_since),
        }
    }

    /// What was handed in, with the words in which it was printed; none for a state that this
    /// version does not know.
    pub fn printed(code: &str, waiting_since: Option<NaiveDate>, text: Text) -> Option<Self> {
        Some(Self {
            submission: Submission::from_code(code)?,
            waiting_since,
            text,
        })
    }
}

/// What a municipality handed in and, while it waits for VNG, since which day.
fn text(state: Submission, waiting_since: Option<NaiveDate>) -> Text {
    let (nl, en) = match state {
        Submission::OnTime => ("Op tijd ingediend", "Submitted on time"),
        Submission::Late => ("Te laat ingediend", "Submitted late"),
        Submission::Missing => ("Niet ingediend", "Not submitted"),
        Submission::Exempt => ("Vrijgesteld", "Exempt"),
    };
    match waiting_since {
        None => Text::new(nl, en),
        Some(since) => Text::new(
            format!(
                "{nl}, wacht sinds {} op controle door VNG",
                day(Language::Nl, since)
            ),
            format!(
                "{en}, waiting since {} for review by VNG",
                day(Language::En, since)
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_printed_with_its_day() {
        let since: NaiveDate = "2026-11-22".parse().unwrap();
        assert_eq!(
            HandedIn::of(Submission::OnTime, Some(since)).text,
            Text::new(
                "Op tijd ingediend, wacht sinds 22 november 2026 op controle door VNG",
                "Submitted on time, waiting since 22 November 2026 for review by VNG",
            )
        );
        for (state, nl, en) in [
            (Submission::OnTime, "Op tijd ingediend", "Submitted on time"),
            (Submission::Late, "Te laat ingediend", "Submitted late"),
            (Submission::Missing, "Niet ingediend", "Not submitted"),
            (Submission::Exempt, "Vrijgesteld", "Exempt"),
        ] {
            assert_eq!(HandedIn::of(state, None).text, Text::new(nl, en));
        }
    }
}
