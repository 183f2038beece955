//! The codes of municipalities and areas, as newtypes: a code that exists as a value has the right
//! form.

/// The code of a municipality as Statistics Netherlands gives it: `GM` and four digits. NL:
/// gemeentecode (CBS).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MunicipalityCode(String);

impl MunicipalityCode {
    /// `GM` and four digits, in any case; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.trim().to_ascii_uppercase();
        let digits = code.strip_prefix("GM")?;
        (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(Self(code))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The code of an area: two letters and two digits (`VR14`, `PV27`, `PE03`). NL: gebiedscode.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaCode(String);

impl AreaCode {
    /// Two letters and two digits, in any case; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.trim().to_ascii_uppercase();
        let bytes = code.as_bytes();
        let fits = bytes.len() == 4
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..].iter().all(u8::is_ascii_digit);
        fits.then_some(Self(code))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_form() {
        assert_eq!(
            MunicipalityCode::parse(" gm0402 ").unwrap().as_str(),
            "GM0402"
        );
        for wrong in ["GM402", "GM04022", "VR14", "GM04O2", "", "GM0402,GM0363"] {
            assert_eq!(MunicipalityCode::parse(wrong), None, "{wrong}");
        }
        assert_eq!(AreaCode::parse("vr14").unwrap().as_str(), "VR14");
        for wrong in ["VR1", "V114", "GM0402", "VR14,"] {
            assert_eq!(AreaCode::parse(wrong), None, "{wrong}");
        }
    }
}
