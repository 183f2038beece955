//! Relay connections, forwards: `first` and `after`, at most 100 at a time.
//!
//! A cursor is the key of the last item, and not yet pinned to a ledger number and day as the design wants it: that comes
//! with the feeds, which need the same. Until then, whoever wants all pages of one and the same answer asks each of them
//! with the ledger number of the first (`atLedger`), which stands in its `extensions`.

use std::borrow::Cow;

use async_graphql::{OutputType, SimpleObject, TypeName};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{error::Failure, text::LocalizedText};

/// Items on a page when nothing is asked.
pub(crate) const USUAL: usize = 50;
/// Items on a page at most.
pub(crate) const MOST: usize = 100;

/// What a page costs: its items as often as they are asked for; a size out of bounds is refused elsewhere.
pub(crate) fn page_cost(first: Option<i32>, child_complexity: usize) -> usize {
    let size = first.map_or(USUAL, |first| usize::try_from(first).unwrap_or(1).min(MOST));
    1 + size * child_complexity
}

/// How to go on after this page. NL: paginering.
#[derive(SimpleObject, Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageInfo {
    /// Whether there is a next page. NL: er is een volgende pagina.
    pub(crate) has_next_page: bool,
    /// The cursor of the last item; hand it over as `after`. Null on an empty page. NL: laatste cursor.
    pub(crate) end_cursor: Option<String>,
}

/// An item of a page with its cursor. NL: element van een pagina.
#[derive(SimpleObject, Debug)]
#[graphql(name_type)]
pub(crate) struct Edge<T: OutputType> {
    /// The item. NL: element.
    pub(crate) node: T,
    /// The place of the item in the list. NL: cursor.
    pub(crate) cursor: String,
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Edge", T::type_name()))
    }
}

/// A page of a list in a fixed order. NL: pagina.
#[derive(SimpleObject, Debug)]
#[graphql(name_type)]
pub(crate) struct Connection<T: OutputType> {
    /// The items with their cursors. NL: elementen met cursor.
    pub(crate) edges: Vec<Edge<T>>,
    /// The items alone. NL: elementen.
    pub(crate) nodes: Vec<T>,
    /// How to go on. NL: paginering.
    pub(crate) page_info: PageInfo,
    /// Items in the whole list, as far as you may see them. NL: totaal aantal.
    pub(crate) total_count: i64,
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Connection", T::type_name()))
    }
}

/// What was asked of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageAsked {
    pub(crate) first: usize,
    pub(crate) after: Option<String>,
}

fn bad(nl: String, en: String) -> Failure {
    Failure::BadRequest(LocalizedText::new(nl, en))
}

/// A cursor of another list.
pub(crate) fn foreign_cursor() -> Failure {
    bad(
        "`after` is geen cursor van deze lijst.".to_owned(),
        "`after` is no cursor of this list.".to_owned(),
    )
}

impl PageAsked {
    /// Checks `first` and `after`, both mistakes at once.
    pub(crate) fn parse(first: Option<i32>, after: Option<String>) -> Result<Self, Failure> {
        let size = match first {
            None => Some(USUAL),
            Some(first) => usize::try_from(first)
                .ok()
                .filter(|size| (1..=MOST).contains(size)),
        };
        let key = after.as_deref().map(decode);
        match (size, key) {
            (Some(first), None) => Ok(Self { first, after: None }),
            (Some(first), Some(Some(key))) => Ok(Self {
                first,
                after: Some(key),
            }),
            (size, key) => {
                let (mut nl, mut en) = (Vec::new(), Vec::new());
                if size.is_none() {
                    nl.push(format!("`first` moet tussen 1 en {MOST} liggen."));
                    en.push(format!("`first` must be between 1 and {MOST}."));
                }
                if key == Some(None) {
                    nl.push("`after` is geen cursor van deze dienst.".to_owned());
                    en.push("`after` is no cursor of this service.".to_owned());
                }
                Err(bad(nl.join(" "), en.join(" ")))
            }
        }
    }
}

fn encode(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("1:{key}"))
}

fn decode(cursor: &str) -> Option<String> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    text.strip_prefix("1:").map(str::to_owned)
}

impl<T: OutputType + Clone> Connection<T> {
    /// A page of a list that is bounded by nature and read whole; `items` in their order, with their keys. A cursor of
    /// another list is a mistake, and not the end of this one.
    pub(crate) fn of_whole(items: Vec<(String, T)>, asked: &PageAsked) -> Result<Self, Failure> {
        let total = items.len();
        let start = match &asked.after {
            None => 0,
            Some(after) => match items.iter().position(|(key, _)| key == after) {
                Some(at) => at + 1,
                None => return Err(foreign_cursor()),
            },
        };
        let page: Vec<(String, T)> = items.into_iter().skip(start).take(asked.first).collect();
        let more = start + page.len() < total;
        Ok(Self::of_page(
            page,
            more,
            i64::try_from(total).unwrap_or(i64::MAX),
        ))
    }

    /// A page that the database has cut.
    pub(crate) fn of_page(page: Vec<(String, T)>, has_next_page: bool, total_count: i64) -> Self {
        let end_cursor = page.last().map(|(key, _)| encode(key));
        let nodes = page.iter().map(|(_, node)| node.clone()).collect();
        let edges = page
            .into_iter()
            .map(|(key, node)| Edge {
                node,
                cursor: encode(&key),
            })
            .collect();
        Self {
            edges,
            nodes,
            page_info: PageInfo {
                has_next_page,
                end_cursor,
            },
            total_count,
        }
    }
}
