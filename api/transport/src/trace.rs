//! The trace that a request belongs to (W3C Trace Context): taken over from the caller, or begun
//! here.
//!
//! It stands in the log line and in the header `traceparent` of the answer, so that whoever keeps
//! spans finds the line; and where spans are collected ([`super::spans`]), the request is one.

use std::fmt;

use database::ids;

/// A trace, and the part of it that this request is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trace {
    id: String,
    span: String,
    parent: Option<String>,
    flags: String,
}

impl Trace {
    /// Goes on with the caller's trace where its header holds; a header that is wrong is as if it
    /// were not there. A trace that begins here is sampled where spans are collected.
    pub(super) fn of(traceparent: Option<&str>, collected: bool) -> Self {
        let random = ids::row_id().simple().to_string();
        let span = random[16..].to_owned();
        match traceparent.and_then(parse) {
            Some((id, parent, flags)) => Self {
                id: id.to_owned(),
                span,
                parent: Some(parent.to_owned()),
                flags: flags.to_owned(),
            },
            None => Self {
                id: random,
                span,
                parent: None,
                flags: if collected { "01" } else { "00" }.to_owned(),
            },
        }
    }

    /// The id of the trace, 32 hexadecimal digits.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The id of the part that this request is, 16 hexadecimal digits.
    pub(super) fn span(&self) -> &str {
        &self.span
    }

    /// The part of the caller that this request was made for.
    pub(super) fn parent(&self) -> Option<&str> {
        self.parent.as_deref()
    }

    /// Whether the trace is kept: the last of its flags.
    pub(super) fn is_sampled(&self) -> bool {
        u8::from_str_radix(&self.flags, 16).is_ok_and(|flags| flags & 1 == 1)
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{}-{}-{}", self.id, self.span, self.flags)
    }
}

/// The trace, the caller's part of it and the flags. Later versions may have more parts after these
/// four.
fn parse(header: &str) -> Option<(&str, &str, &str)> {
    let is_hex = |text: &str, digits: usize| {
        text.len() == digits
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let is_some = |text: &str| text.bytes().any(|byte| byte != b'0');
    let mut parts = header.trim().split('-');
    let (version, id, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_known = version != "00" || parts.next().is_none();
    let holds = is_hex(version, 2)
        && version != "ff"
        && is_known
        && is_hex(id, 32)
        && is_some(id)
        && is_hex(parent, 16)
        && is_some(parent)
        && is_hex(flags, 2);
    holds.then_some((id, parent, flags))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

    #[test]
    fn a_trace_is_taken_over_with_a_span_of_our_own() {
        let trace = Trace::of(Some(&format!("00-{ID}-00f067aa0ba902b7-01")), false);
        assert_eq!(trace.id(), ID);
        let shown = trace.to_string();
        assert!(shown.starts_with(&format!("00-{ID}-")) && shown.ends_with("-01"));
        assert!(!shown.contains("00f067aa0ba902b7"));
        assert_eq!(parse(&shown).unwrap(), (ID, trace.span(), "01"));
        assert_eq!(trace.parent(), Some("00f067aa0ba902b7"));
        assert!(trace.is_sampled());
    }

    #[test]
    fn a_header_that_is_wrong_is_as_if_it_were_not_there() {
        let zeros = "0".repeat(32);
        for wrong in [
            "",
            "00",
            &format!("00-{ID}-00f067aa0ba902b7"),
            &format!("00-{ID}-00f067aa0ba902b7-01-more"),
            &format!("ff-{ID}-00f067aa0ba902b7-01"),
            &format!("00-{zeros}-00f067aa0ba902b7-01"),
            &format!("00-{ID}-0000000000000000-01"),
            &format!("00-{}-00f067aa0ba902b7-01", ID.to_uppercase()),
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert_eq!(
            parse(&format!("01-{ID}-00f067aa0ba902b7-01-more")),
            Some((ID, "00f067aa0ba902b7", "01"))
        );
        let (one, other) = (Trace::of(None, false), Trace::of(Some(""), true));
        assert!(parse(&one.to_string()).is_some());
        assert_ne!(one.id(), other.id());
        assert_eq!((one.is_sampled(), other.is_sampled()), (false, true));
    }
}
