//! What a request says of kept answers, by `Cache-Control` (RFC 9111, 5.2.1).
//!
//! An answer that is kept here is checked against the head of the ledger before it is given, so it
//! is as good as one that is computed, and no request needs to say anything. Who wants to see that
//! it is so, or measures, says `no-cache` and has it computed; `no-store` keeps it from being kept
//! as well.

use actix_web::{HttpRequest, http::header};

/// What a request says of kept answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Directive {
    /// Nothing: an answer that is kept may be given.
    Usual,
    /// `no-cache`: it is computed, and then kept.
    Anew,
    /// `no-store`: it is computed, and not kept.
    Never,
}

impl Directive {
    /// The directive of a request.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let values = request.headers().get_all(header::CACHE_CONTROL);
        let values = values.filter_map(|value| value.to_str().ok());
        let mut found = Self::Usual;
        for directive in values.flat_map(|value| value.split(',')).map(str::trim) {
            if directive.eq_ignore_ascii_case("no-store") {
                return Self::Never;
            }
            if directive.eq_ignore_ascii_case("no-cache") {
                found = Self::Anew;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{http::header, test::TestRequest};

    use super::*;

    #[test]
    fn a_request_may_want_its_answer_computed() {
        for (control, expected) in [
            ("no-cache", Directive::Anew),
            ("No-Cache, max-age=0", Directive::Anew),
            ("no-cache, no-store", Directive::Never),
            ("max-age=0", Directive::Usual),
            ("", Directive::Usual),
        ] {
            let request = TestRequest::default()
                .insert_header((header::CACHE_CONTROL, control))
                .to_http_request();
            assert_eq!(Directive::of(&request), expected, "{control}");
        }
        let without = TestRequest::default().to_http_request();
        assert_eq!(Directive::of(&without), Directive::Usual);
    }
}
