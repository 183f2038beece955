//! Which media type an answer has, by `Accept` (RFC 9110, 12.5.1).
//!
//! `application/graphql-response+json` tells by its status whether a document was executed;
//! `application/json`, which is older, says 200 to every well-formed request. Who accepts anything,
//! or says nothing, gets the older one, as the GraphQL-over-HTTP draft advises. Many clients name
//! `text/event-stream` behind these for every request, and mean it for what has more than one
//! answer; so an answer comes as events to who accepts nothing else, and a subscription to whoever
//! named it. Who accepts none of them is told so with 406.

use super::events;

/// The media type of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Media {
    /// `application/graphql-response+json`.
    Response,
    /// `application/json`.
    Json,
    /// `text/event-stream`: the answer is the one event of a stream.
    Events,
}

impl Media {
    /// The name, without a charset.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Response => "application/graphql-response+json",
            Self::Json => "application/json",
            Self::Events => "text/event-stream",
        }
    }

    /// The value of `Content-Type`.
    pub(super) fn content_type(self) -> String {
        format!("{}; charset=utf-8", self.name())
    }

    /// An answer, which is JSON, as it is written.
    pub(super) fn written(self, answer: String) -> String {
        match self {
            Self::Response | Self::Json => answer,
            Self::Events => events::next(&answer) + events::COMPLETE,
        }
    }

    /// Whether the client takes events, and says so by their name.
    pub(super) fn takes_events<'a>(accept: impl IntoIterator<Item = &'a str>) -> bool {
        let weight = weight(&ranges(accept), Self::Events);
        weight.is_named && weight.per_mille > 0
    }

    /// The one that the client likes best; the older one where it likes both alike and did not name
    /// the newer.
    pub(super) fn accepted<'a>(accept: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let ranges = ranges(accept);
        if ranges.is_empty() {
            return Some(Self::Json);
        }
        let response = weight(&ranges, Self::Response);
        let json = weight(&ranges, Self::Json);
        match (response, json) {
            (Weight { per_mille: 0, .. }, Weight { per_mille: 0, .. }) => {
                let events = weight(&ranges, Self::Events);
                (events.per_mille > 0).then_some(Self::Events)
            }
            (response, json) if response.per_mille > json.per_mille => Some(Self::Response),
            (response, json) if response.per_mille < json.per_mille => Some(Self::Json),
            (response, _) if response.is_named => Some(Self::Response),
            _ => Some(Self::Json),
        }
    }
}

/// A media range with its weight.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    per_mille: u16,
}

#[derive(Clone, Copy)]
struct Weight {
    per_mille: u16,
    is_named: bool,
}

impl<'a> Range<'a> {
    /// None for an empty element, and for a weight that is none: the element is as if it were not
    /// there.
    fn parse(element: &'a str) -> Option<Self> {
        let mut parts = element.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let mut per_mille = 1_000;
        for parameter in parts {
            let Some((name, value)) = parameter.split_once('=') else {
                continue;
            };
            let value = value.trim().trim_matches('"');
            match name.trim() {
                name if name.eq_ignore_ascii_case("q") => per_mille = quality(value)?,
                // The answer is UTF-8; who wants another charset does not want it.
                name if name.eq_ignore_ascii_case("charset")
                    && !value.eq_ignore_ascii_case("utf-8") =>
                {
                    return None;
                }
                _ => {}
            }
        }
        Some(Self {
            kind: kind.trim(),
            subtype: subtype.trim(),
            per_mille,
        })
    }

    /// How exactly the range names a media type: 3 by its name, 1 as anything, 0 not at all.
    fn exactness(&self, media: Media) -> u8 {
        let (kind, subtype) = media.name().split_once('/').unwrap_or_default();
        if self.kind == "*" && self.subtype == "*" {
            1
        } else if !self.kind.eq_ignore_ascii_case(kind) {
            0
        } else if self.subtype == "*" {
            2
        } else if self.subtype.eq_ignore_ascii_case(subtype) {
            3
        } else {
            0
        }
    }
}

/// `0` to `1` with at most three decimals, in thousandths.
fn quality(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1_000),
        _ => None,
    }
}

fn ranges<'a>(accept: impl IntoIterator<Item = &'a str>) -> Vec<Range<'a>> {
    let elements = accept.into_iter().flat_map(|header| header.split(','));
    elements.filter_map(Range::parse).collect()
}

/// What the ranges say of a media type: the most exact one decides.
fn weight(ranges: &[Range<'_>], media: Media) -> Weight {
    let decisive = ranges
        .iter()
        .map(|range| (range.exactness(media), range.per_mille))
        .filter(|(exactness, _)| *exactness > 0)
        .max();
    let (exactness, per_mille) = decisive.unwrap_or((0, 0));
    Weight {
        per_mille,
        is_named: exactness == 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_gets_what_it_likes_best() {
        for (accept, expected) in [
            ("", Some(Media::Json)),
            ("*/*", Some(Media::Json)),
            ("application/*", Some(Media::Json)),
            ("application/json", Some(Media::Json)),
            ("APPLICATION/JSON;charset=\"UTF-8\"", Some(Media::Json)),
            ("application/graphql-response+json", Some(Media::Response)),
            (
                "application/graphql-response+json, application/json",
                Some(Media::Response),
            ),
            (
                "application/json, application/graphql-response+json;q=0.9",
                Some(Media::Json),
            ),
            (
                "application/graphql-response+json;q=0.1, */*;q=0.01",
                Some(Media::Response),
            ),
            ("application/json;q=0, */*", Some(Media::Response)),
            ("text/html, */*;q=0.8", Some(Media::Json)),
            ("text/html", None),
            ("text/event-stream, multipart/mixed", Some(Media::Events)),
            (
                "text/event-stream, application/json;q=0.1",
                Some(Media::Json),
            ),
            ("text/event-stream;q=0, text/html", None),
            ("text/*", Some(Media::Events)),
            ("*/*;q=0", None),
            ("application/json;q=0", None),
            ("application/json;q=0.000, text/plain", None),
        ] {
            assert_eq!(Media::accepted([accept]), expected, "{accept}");
        }
        assert_eq!(Media::accepted([]), Some(Media::Json));
        assert_eq!(
            Media::accepted(["text/html", "application/json"]),
            Some(Media::Json)
        );
    }

    #[test]
    fn events_are_taken_by_who_names_them() {
        for (accept, expected) in [
            ("text/event-stream", true),
            ("application/json, text/event-stream;q=0.5", true),
            ("text/event-stream;q=0", false),
            ("text/*, */*", false),
            ("", false),
        ] {
            assert_eq!(Media::takes_events([accept]), expected, "{accept}");
        }
    }

    #[test]
    fn a_weight_has_at_most_three_decimals() {
        assert_eq!(quality("0.05"), Some(50));
        assert_eq!(quality("1.000"), Some(1_000));
        for wrong in ["1.001", "2", "0.1234", "-1", "", "0.x"] {
            assert_eq!(quality(wrong), None, "{wrong}");
        }
    }
}
