//! The two languages of the pages.

use serde::Deserialize;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Dutch, at `/…`.
    Dutch,
    /// English, at `/en/…`.
    English,
}

/// A text in both languages, as the API gives it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Text {
    nl: String,
    en: String,
}

impl Language {
    /// The language of an address.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        match path.strip_prefix("/en") {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => Self::English,
            Some(_) | None => Self::Dutch,
        }
    }

    /// The tag of the language in HTML.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.pick("nl", "en")
    }

    /// The value of `Language` in the API.
    pub(crate) fn code(self) -> &'static str {
        self.pick("NL", "EN")
    }

    /// The one of two texts that is in this language.
    pub(crate) fn pick<'a>(self, dutch: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Dutch => dutch,
            Self::English => english,
        }
    }

    /// A text of the API in this language.
    pub(crate) fn of(self, text: &Text) -> &str {
        self.pick(&text.nl, &text.en)
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Self::Dutch => Self::English,
            Self::English => Self::Dutch,
        }
    }

    /// Where the page with this Dutch address is in this language.
    pub(crate) fn address(self, address: &str) -> String {
        match (self, address) {
            (Self::Dutch, _) => address.to_owned(),
            (Self::English, "/") => "/en".to_owned(),
            (Self::English, _) => format!("/en{address}"),
        }
    }

    /// A day as people write it, as in `20 november 2026`; a text that is no day stays.
    pub(crate) fn day(self, day: &str) -> String {
        const DUTCH: [&str; 12] = [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ];
        const ENGLISH: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let written = || {
            let (year, rest) = day.get(..10)?.split_once('-')?;
            let (month, day) = rest.split_once('-')?;
            let month: usize = month.parse().ok()?;
            let names = match self {
                Self::Dutch => DUTCH,
                Self::English => ENGLISH,
            };
            let name = names.get(month.checked_sub(1)?)?;
            Some(format!("{} {name} {year}", day.trim_start_matches('0')))
        };
        written().unwrap_or_else(|| day.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_out() {
        for (day, dutch, english) in [
            ("2026-11-20", "20 november 2026", "20 November 2026"),
            ("2025-05-08", "8 mei 2025", "8 May 2025"),
            (
                "2026-11-24T09:00:00Z",
                "24 november 2026",
                "24 November 2026",
            ),
            ("2026-13-01", "2026-13-01", "2026-13-01"),
            ("eind Q2", "eind Q2", "eind Q2"),
        ] {
            assert_eq!(Language::Dutch.day(day), dutch);
            assert_eq!(Language::English.day(day), english);
        }
    }

    #[test]
    fn english_stands_behind_en() {
        assert_eq!(Language::English.address("/"), "/en");
        assert_eq!(Language::English.address("/regios"), "/en/regios");
        assert_eq!(Language::Dutch.address("/regios"), "/regios");
    }
}
