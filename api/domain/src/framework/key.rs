//! The key of a reporting period, as a newtype.

/// A year and a number within it, as in `2026-2`. NL: rapportageperiode.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PeriodKey(String);

impl PeriodKey {
    /// Four digits, a hyphen and a number from 1 to 99 without a zero in front, so that one period
    /// has one key; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, number) = text.split_once('-')?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let fits = year.len() == 4
            && digits(year)
            && number.len() <= 2
            && digits(number)
            && !number.starts_with('0');
        fits.then(|| Self(text.to_owned()))
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_form() {
        assert_eq!(PeriodKey::parse("2026-2").unwrap().as_str(), "2026-2");
        for wrong in [
            "2026", "26-2", "2026-", "2026-123", "2026-2/x", "", "2026-02", "2026-0",
        ] {
            assert_eq!(PeriodKey::parse(wrong), None, "{wrong}");
        }
    }
}
