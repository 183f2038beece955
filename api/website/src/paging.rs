//! Lists that go on at a next address of their page, which names the row to go on after.

use maud::{Markup, html};
use serde::Deserialize;

use crate::{Page, address::encoded};

/// What an address calls the row to go on after.
pub const AFTER: &str = "na";

/// How a list goes on after the rows of a page.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageInfo {
    pub(crate) has_next_page: bool,
    end_cursor: Option<String>,
}

impl Page {
    /// The same page from behind a row on, where its list has pages.
    #[must_use]
    pub fn after(mut self, cursor: &str) -> Self {
        if !cursor.is_empty() && self.document.contains("$after: String") {
            self.address = with(&self.address, cursor);
            self.variables.insert("after".to_owned(), cursor.into());
        }
        self
    }

    /// Whether it begins behind a row that its address names.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.variables.contains_key("after")
    }

    /// Its address from the first row on.
    fn beginning(&self) -> &str {
        let marks = [format!("?{AFTER}="), format!("&{AFTER}=")];
        let end = marks.iter().find_map(|mark| self.address.find(mark));
        &self.address[..end.unwrap_or(self.address.len())]
    }

    /// The way to the publications that a page leaves out, as it names the latest ones.
    pub(crate) fn earlier_publications(&self) -> Markup {
        let language = self.language;
        html! {
            p.utrecht-paragraph {
                (language.pick("Eerdere staan bij de ", "Earlier ones are among the "))
                a.utrecht-link href=(self.to("/publicaties")) { (language.pick("publicaties", "publications")) } "."
            }
        }
    }

    /// The links to the rows after these, and to the first ones.
    pub(crate) fn paging(&self, info: &PageInfo) -> Markup {
        let language = self.language;
        html! {
            @if let (true, Some(cursor)) = (info.has_next_page, &info.end_cursor) {
                p.utrecht-paragraph {
                    a.utrecht-link rel="next" href=(self.to(&with(self.beginning(), cursor))) { (language.pick("Volgende", "Next")) }
                }
            }
            @if self.goes_on() {
                p.utrecht-paragraph {
                    a.utrecht-link href=(self.to(self.beginning())) { (language.pick("Naar het begin", "To the beginning")) }
                }
            }
        }
    }
}

fn with(address: &str, cursor: &str) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}{AFTER}={}", encoded(cursor))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{find, find_search};

    #[test]
    fn a_list_goes_on_at_an_address_in_both_languages() {
        let info = json!({ "hasNextPage": true, "endCursor": "b=" });
        let info: PageInfo = serde_json::from_value(info).unwrap();
        let last = json!({ "hasNextPage": false, "endCursor": null });
        let last: PageInfo = serde_json::from_value(last).unwrap();
        let search = || find_search("/en/zoeken", "een & twee").unwrap();
        for (page, next, beginning) in [
            (
                find("/bronnen").unwrap(),
                "/bronnen?na=b%3D",
                "\"/bronnen\"",
            ),
            (
                search(),
                "/en/zoeken?q=een%20%26%20twee&amp;na=b%3D",
                "\"/en/zoeken?q=een%20%26%20twee\"",
            ),
        ] {
            let first = page.paging(&info).into_string();
            assert!(first.contains(next), "{first}");
            assert!(!first.contains(beginning), "{first}");
            let page = page.after("a+b");
            assert_eq!(page.variables["after"], "a+b");
            assert!(page.address.ends_with("na=a%2Bb"), "{}", page.address);
            let second = page.paging(&info).into_string();
            assert!(second.contains(next), "{second}");
            let second = page.paging(&last).into_string();
            assert!(
                second.contains(beginning) && !second.contains("rel"),
                "{second}"
            );
        }
        assert_eq!(search().after("").address, search().address);
    }

    #[test]
    fn a_page_without_such_a_list_stays_as_it_is() {
        let page = find("/regios").unwrap().after("a");
        assert!(!page.goes_on());
        assert_eq!(page.address, "/regios");
    }
}
