//! The part of a subject's key that a stream is bound to.

/// The part of a subject's key that a stream is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyPart {
    /// Whatever the key is.
    Any,
    /// What it begins with.
    Begins(String),
    /// What it ends with.
    Ends(String),
    /// The whole of it.
    Is(String),
}

impl KeyPart {
    /// Whether a key has the part.
    pub(super) fn fits(&self, key: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Begins(part) => key.starts_with(part),
            Self::Ends(part) => key.ends_with(part),
            Self::Is(whole) => key == whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_bound_to_a_part_of_the_key() {
        let part = |text: &str| text.to_owned();
        for (bound, key, expected) in [
            (KeyPart::Any, "GM0402/2026-2", true),
            (KeyPart::Begins(part("GM0402/")), "GM0402/2026-2", true),
            (KeyPart::Begins(part("GM0402/")), "GM0363/2026-2", false),
            (KeyPart::Ends(part("/2024/3")), "2025-1/2024/3", true),
            (KeyPart::Ends(part("/2024/3")), "2025-1/2024/33", false),
            (KeyPart::Is(part("GM0402/2026-2")), "GM0402/2026-2", true),
            (KeyPart::Is(part("GM0402/2026-2")), "GM0402/2026-21", false),
        ] {
            assert_eq!(bound.fits(key), expected, "{bound:?} {key}");
        }
    }
}
