//! What an address may say behind its `?`: which rows its page shows, and from where on.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{HOME, Page, address::within_address, office, queue, reminders};

/// Takes in what an address says of one thing; whether the page knows it.
type Narrow = fn(&str, &str, &mut Map<String, Value>) -> bool;

/// What says where a page goes on, or what is chosen on it: not of the page that follows a form.
const PASSING: [&str; 2] = ["na", queue::CHOICE];

fn narrowing(path: &str) -> Option<Narrow> {
    match path.strip_prefix(HOME)? {
        "/controle" => Some(queue::narrow),
        "/herinneren" => Some(reminders::narrow),
        "" | "/namens" | "/publicaties" => Some(after),
        rest if rest.starts_with("/edities/") => Some(after),
        _ => None,
    }
}

/// The row that a list goes on after, of a page with nothing else behind the `?`.
pub(crate) fn after(name: &str, value: &str, variables: &mut Map<String, Value>) -> bool {
    if name == "na" {
        variables.insert("after".to_owned(), value.into());
    }
    name == "na"
}

/// How a list goes on after the rows of a page.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

impl Page {
    /// The same page with what its address says behind the `?`, as far as the page knows it: names
    /// and values, as they were sent, each name once.
    #[must_use]
    pub fn narrowed(mut self, parameters: &[(String, String)]) -> Self {
        if let Some(chosen) = self.chosen(parameters) {
            return chosen;
        }
        let Some(narrow) = narrowing(&self.path) else {
            return self;
        };
        let mut known: Vec<&str> = Vec::new();
        for (name, value) in parameters {
            let is_new = !value.is_empty() && !known.contains(&name.as_str());
            if is_new && narrow(name, value, &mut self.variables) {
                known.push(name);
                self.path = with(&self.path, name, value);
            }
        }
        self
    }

    /// The page of a municipality in a period, where both were chosen on the page of all.
    fn chosen(&self, parameters: &[(String, String)]) -> Option<Self> {
        let all = self.path.strip_prefix(HOME)?;
        let value = |wanted: &str| {
            let mut named = parameters.iter().filter(|(name, _)| name == wanted);
            let (_, value) = named.next()?;
            let is_key = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
            (!value.is_empty() && value.bytes().all(is_key)).then_some(value.as_str())
        };
        let (period, municipality) = (value("periode")?, value("gemeente")?);
        let parts = [all.strip_prefix('/')?, period, municipality];
        let page = office::find(&parts).filter(|_| all == "/namens")?;
        Some(Self {
            path: format!("{HOME}/{}", parts.join("/")),
            ..page
        })
    }

    /// Its address from the first row on, with nothing chosen yet.
    #[must_use]
    pub fn beginning(&self) -> String {
        without(&self.path, &PASSING)
    }

    /// Its address from the first row on, with one thing more.
    #[must_use]
    pub fn beginning_with(&self, name: &str, value: &str) -> String {
        with(&self.beginning(), name, value)
    }

    /// How many rows of a list it shows; none where these are all.
    pub(crate) fn part(&self, shown: usize, all: usize) -> Option<String> {
        if self.goes_on() {
            return Some(format!("{shown} van {all}."));
        }
        (all > shown).then(|| format!("De eerste {shown} van {all}."))
    }

    /// The links to the rows after these, and to the first ones.
    pub(crate) fn paging(&self, info: &PageInfo, next: &str) -> Markup {
        html! {
            @if let (true, Some(cursor)) = (info.has_next_page, &info.end_cursor) {
                p.utrecht-paragraph { a.utrecht-link rel="next" href=(self.beginning_with("na", cursor)) { (next) } }
            }
            @if self.goes_on() {
                p.utrecht-paragraph { a.utrecht-link href=(self.beginning()) { "Naar het begin" } }
            }
        }
    }

    fn goes_on(&self) -> bool {
        self.variables.contains_key("after")
    }

    /// Its address with a name that has this value.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        with(&self.without(name), name, value)
    }

    /// Its address without a name.
    pub(crate) fn without(&self, name: &str) -> String {
        without(&self.path, &[name])
    }
}

fn without(address: &str, names: &[&str]) -> String {
    let Some((path, query)) = address.split_once('?') else {
        return address.to_owned();
    };
    let is_named = |pair: &&str| names.contains(&pair.split('=').next().unwrap_or_default());
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_named(pair)).collect();
    if kept.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", kept.join("&"))
    }
}

fn with(address: &str, name: &str, value: &str) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}{name}={}", within_address(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{fillings, periods};

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn an_address_narrows_its_page_and_leads_back_to_its_beginning() {
        let given = pairs(&[
            ("periode", "2026-2"),
            ("regio", ""),
            ("stand", "collega"),
            ("na", "a+b="),
            ("stand", "onzin"),
            ("admin", "ja"),
        ]);
        let page = Page {
            path: "/werkplek/controle".to_owned(),
            ..queue::page()
        };
        let page = page.narrowed(&given);
        assert_eq!(
            json!(page.variables),
            json!({ "period": "2026-2", "claimed": true, "claimedByMe": false, "after": "a+b=" })
        );
        assert_eq!(
            page.path,
            "/werkplek/controle?periode=2026-2&stand=collega&na=a%2Bb%3D"
        );
        let beginning = "/werkplek/controle?periode=2026-2&stand=collega";
        assert_eq!(page.beginning(), beginning);
        assert_eq!(
            page.beginning_with("gedaan", "claimReviews"),
            format!("{beginning}&gedaan=claimReviews")
        );
    }

    #[test]
    fn an_address_says_each_thing_once() {
        let page = Page {
            path: "/werkplek/controle".to_owned(),
            ..queue::page()
        };
        let given = [
            ("stand", "wacht"),
            ("kies", "alles"),
            ("stand", "vrij"),
            ("kies", "alles"),
        ];
        let page = page.narrowed(&pairs(&given));
        assert_eq!(json!(page.variables), json!({ "awaitsReply": true }));
        let address = "/werkplek/controle?stand=wacht&kies=alles";
        assert_eq!(page.path, address);
        assert_eq!(page.with("kies", "alles"), address);
        assert_eq!(page.without("kies"), "/werkplek/controle?stand=wacht");
        assert_eq!(
            page.with("stand", "vrij"),
            "/werkplek/controle?kies=alles&stand=vrij"
        );
    }

    #[test]
    fn a_municipality_is_chosen_on_the_page_of_all() {
        let all = || Page {
            path: "/werkplek/namens".to_owned(),
            ..fillings::page()
        };
        let page = all().narrowed(&pairs(&[("periode", "2026-2"), ("gemeente", "GM0402")]));
        assert_eq!(page.path, "/werkplek/namens/2026-2/GM0402");
        assert_eq!(page.variables["municipality"], "GM0402");
        for given in [
            [("periode", "2026-2"), ("gemeente", "")],
            [("periode", "2026-2"), ("gemeente", "../x")],
            [("periode", "2026-2"), ("gemeenten", "GM0402")],
        ] {
            assert_eq!(all().narrowed(&pairs(&given)).path, "/werkplek/namens");
        }
    }

    #[test]
    fn a_page_that_is_not_narrowed_stays_as_it_is() {
        let given = pairs(&[("periode", "2026-2"), ("na", "x")]);
        let page = Page {
            path: "/werkplek/perioden".to_owned(),
            ..periods::page()
        };
        let page = page.narrowed(&given);
        assert!(page.variables.is_empty());
        assert_eq!(page.beginning(), "/werkplek/perioden");
        assert_eq!(
            page.beginning_with("gedaan", "x"),
            "/werkplek/perioden?gedaan=x"
        );
    }
}
