//! The days, instants and years that an input takes. Every one has bounds, which its description in
//! the contract names: what stands there is what holds, so the two cannot differ. A day that makes
//! no sense (a year 0, a slip of the keyboard) is refused before anything is looked up.

/// Days or years that make sense for an input; first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    /// As the descriptions of the contract name it, after "from".
    pub text: &'static str,
    /// What belongs in the place, in Dutch, as in "een dag van … tot en met …".
    pub nl: &'static str,
    /// The same in English.
    pub en: &'static str,
    first: &'static str,
    last: &'static str,
}

/// Days of the service itself: periods, rounds, mandates, members, roles, publications.
pub const SERVICE: DayRange = DayRange {
    text: "2018-01-01 to 2099-12-31",
    nl: "een dag van 2018-01-01 tot en met 2099-12-31",
    en: "a day from 2018-01-01 to 2099-12-31",
    first: "2018-01-01",
    last: "2099-12-31",
};

/// Days that a document prints or a decision has: they may lie before the service and the plan.
/// Every other day is one of these at least.
pub const RECORD: DayRange = DayRange {
    text: "1950-01-01 to 2099-12-31",
    nl: "een dag van 1950-01-01 tot en met 2099-12-31",
    en: "a day from 1950-01-01 to 2099-12-31",
    first: "1950-01-01",
    last: "2099-12-31",
};

/// Years of the service itself.
pub const SERVICE_YEARS: DayRange = DayRange {
    text: "2018 to 2099",
    nl: "een jaar van 2018 tot en met 2099",
    en: "a year from 2018 to 2099",
    first: "2018",
    last: "2099",
};

/// Years that a source tells of.
pub const RECORD_YEARS: DayRange = DayRange {
    text: "1950 to 2099",
    nl: "een jaar van 1950 tot en met 2099",
    en: "a year from 1950 to 2099",
    first: "1950",
    last: "2099",
};

impl DayRange {
    /// The ranges of days.
    pub const DAYS: &'static [Self] = &[SERVICE, RECORD];
    /// The ranges of years.
    pub const YEARS: &'static [Self] = &[SERVICE_YEARS, RECORD_YEARS];

    /// The range among these that a description names.
    #[must_use]
    pub fn named(among: &[Self], description: &str) -> Option<Self> {
        if among.is_empty() {
            return None;
        }
        // A description is broken into lines anywhere.
        let words: Vec<&str> = description.split_whitespace().collect();
        let description = words.join(" ");
        let mut among = among.iter();
        among
            .find(|range| description.contains(range.text))
            .copied()
    }

    /// Whether a day, an instant or a year that is well written lies in it. Days of four, two and
    /// two digits are in the order of their texts, and of an instant only the day counts.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        let day = text.split('T').next().unwrap_or_default();
        day.len() == self.first.len() && self.first <= day && day <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_day_belong_to_a_range() {
        for (text, holds) in [
            ("2017-12-31", false),
            ("2018-01-01", true),
            ("2018-01-01T00:00:00Z", true),
            ("2099-12-31", true),
            ("2100-01-01", false),
            ("0000-01-01", false),
            ("9999-12-31T23:59:59Z", false),
            ("", false),
        ] {
            assert_eq!(SERVICE.holds(text), holds, "{text}");
        }
        for (year, holds) in [
            ("1949", false),
            ("1950", true),
            ("2099", true),
            ("2100", false),
        ] {
            assert_eq!(RECORD_YEARS.holds(year), holds, "{year}");
        }
        for year in ["-2020", "20", "20200"] {
            assert!(!SERVICE_YEARS.holds(year), "{year}");
        }
    }

    #[test]
    fn a_description_names_its_range() {
        let named = |text| DayRange::named(DayRange::DAYS, text);
        let text = "The first day. From 2018-01-01\nto 2099-12-31. NL: vanaf.";
        assert_eq!(named(text), Some(SERVICE));
        assert_eq!(named("The first day. NL: vanaf."), None);
        // The years of a range of days are no range of years.
        assert_eq!(DayRange::named(DayRange::YEARS, text), None);
    }
}
