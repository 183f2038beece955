//! The key of a reporting period, as a newtype; and how a criterion is named.

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

/// The code within an edition of a criterion that is named by its code, as in `BB-01`, or by its
/// key, as in `VOORSTEL-1/BB-01`. The key of another edition stays whole: it is no code of this
/// one.
#[must_use]
pub fn code_in<'a>(edition: &str, named: &'a str) -> &'a str {
    let code = named.strip_prefix(edition);
    let code = code.and_then(|rest| rest.strip_prefix('/'));
    code.unwrap_or(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_criterion_is_named_by_its_code_or_by_its_key() {
        for (named, code) in [
            ("BB-01", "BB-01"),
            ("VOORSTEL-1/BB-01", "BB-01"),
            ("VOORSTEL-2/BB-01", "VOORSTEL-2/BB-01"),
            ("VOORSTEL-1BB-01", "VOORSTEL-1BB-01"),
            ("VOORSTEL-1/", ""),
        ] {
            assert_eq!(code_in("VOORSTEL-1", named), code, "{named}");
        }
    }

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
