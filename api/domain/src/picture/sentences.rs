//! What a municipality handed in, in words: one function for GraphQL, feeds and the files of
//! publications.

use chrono::NaiveDate;

use super::rules::{Submission, Wait};
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
    pub fn of(submission: Submission, wait: Option<Wait>) -> Self {
        let waiting_since = match wait {
            Some(Wait::Since(day)) => Some(day),
            Some(Wait::ReviewedAfter(_)) | None => None,
        };
        Self {
            submission,
            waiting_since,
            text: text(submission, wait),
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

/// What a municipality handed in and, while it waits for VNG, since which day; of what was reviewed
/// after the day that is told of, that it was.
fn text(state: Submission, wait: Option<Wait>) -> Text {
    let (nl, en) = match state {
        Submission::OnTime => ("Op tijd ingediend", "Submitted on time"),
        Submission::Late => ("Te laat ingediend", "Submitted late"),
        Submission::Missing => ("Niet ingediend", "Not submitted"),
        Submission::Exempt => ("Vrijgesteld", "Exempt"),
    };
    match wait {
        None => Text::new(nl, en),
        Some(Wait::Since(since)) => Text::new(
            format!(
                "{nl}, wacht sinds {} op controle door VNG",
                day(Language::Nl, since)
            ),
            format!(
                "{en}, waiting since {} for review by VNG",
                day(Language::En, since)
            ),
        ),
        Some(Wait::ReviewedAfter(on)) => Text::new(
            format!("{nl}, na {} door VNG gecontroleerd", day(Language::Nl, on)),
            format!("{en}, reviewed by VNG after {}", day(Language::En, on)),
        ),
    }
}

/// On which basis is counted, and as of which day.
pub fn counts_as_of(language: Language, basis: (&str, &str), as_of: NaiveDate) -> String {
    let as_of = day(language, as_of);
    match language {
        Language::Nl => format!("{}, stand van {as_of}", basis.0),
        Language::En => format!("{}, as of {as_of}", basis.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basis_names_the_day_of_its_counts() {
        let as_of: NaiveDate = "2026-11-23".parse().unwrap();
        let basis = ("ingediend, niet gecontroleerd", "submitted, not checked");
        assert_eq!(
            counts_as_of(Language::Nl, basis, as_of),
            "ingediend, niet gecontroleerd, stand van 23 november 2026"
        );
        assert_eq!(
            counts_as_of(Language::En, basis, as_of),
            "submitted, not checked, as of 23 November 2026"
        );
    }

    #[test]
    fn a_wait_is_printed_with_its_day() {
        let since: NaiveDate = "2026-11-22".parse().unwrap();
        assert_eq!(
            HandedIn::of(Submission::OnTime, Some(Wait::Since(since))).text,
            Text::new(
                "Op tijd ingediend, wacht sinds 22 november 2026 op controle door VNG",
                "Submitted on time, waiting since 22 November 2026 for review by VNG",
            )
        );
        let closed: NaiveDate = "2026-12-15".parse().unwrap();
        let reviewed = HandedIn::of(Submission::Late, Some(Wait::ReviewedAfter(closed)));
        assert_eq!(reviewed.waiting_since, None);
        assert_eq!(
            reviewed.text,
            Text::new(
                "Te laat ingediend, na 15 december 2026 door VNG gecontroleerd",
                "Submitted late, reviewed by VNG after 15 December 2026",
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
