//! Relay connections, forwards: `first` and `after`, at most 100 at a time.
//!
//! A cursor is the key of the last item, with the position in the ledger, the day and the scope that
//! its page was read at, the moment that its document named, and the fingerprint of its list: the
//! name of the field and its arguments. Whoever hands it over reads on in the same list: the
//! document is read at that moment (see [`super::moment`]), whatever was recorded since. A cursor of
//! another list, moment or scope is refused: the list would have other items, or another order. So
//! is one of a future that is lost, and one that was rewritten: it bears the seal of the database.

use std::borrow::Cow;

use async_graphql::{
    ComplexObject, Context, Name, Object, OutputType, Result, SimpleObject, TypeName, Value,
    indexmap::IndexMap,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    context::request,
    error::{Failure, no_cursor},
    moment::InWords,
    text::LocalizedText,
};
use chrono::NaiveDate;
use database::{Known, Pin, RequestedMoment, Sealed, covers_day};
use domain::ledger::position::Position;
use ledger::content_hash;

/// Items on a page when nothing is asked.
pub const USUAL: usize = 50;
/// Items on a page at most.
pub const MOST: usize = 100;

/// What a page costs: its items as often as they are asked for; a size out of bounds is refused
/// elsewhere.
pub fn page_cost(first: Option<i32>, child_complexity: usize) -> usize {
    let size = first.map_or(USUAL, |first| usize::try_from(first).unwrap_or(1).min(MOST));
    1 + size * child_complexity
}

/// How to go on after this page. NL: paginering.
#[derive(SimpleObject, Debug, Clone, PartialEq, Eq)]
#[graphql(complex)]
pub(crate) struct PageInfo {
    /// Whether there is a next page. NL: er is een volgende pagina.
    has_next_page: bool,
    /// Whether there is a page before this one: true where `after` was given. NL: er is een vorige
    /// pagina.
    has_previous_page: bool,
    #[graphql(skip)]
    first: Option<String>,
    #[graphql(skip)]
    last: Option<String>,
    #[graphql(skip)]
    list: u64,
}

#[ComplexObject]
impl PageInfo {
    /// The cursor of the first item; null on an empty page. NL: eerste cursor.
    async fn start_cursor(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        cursor_of(ctx, self.list, self.first.as_deref()).await
    }

    /// The cursor of the last item; hand it over as `after`. Null on an empty page. NL: laatste
    /// cursor.
    async fn end_cursor(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        cursor_of(ctx, self.list, self.last.as_deref()).await
    }
}

async fn cursor_of(ctx: &Context<'_>, list: u64, key: Option<&str>) -> Result<Option<String>> {
    match key {
        Some(key) => Ok(Some(cursor(ctx, list, key).await?)),
        None => Ok(None),
    }
}

/// An item of a page with its cursor. NL: element van een pagina.
#[derive(Debug)]
pub struct Edge<T: OutputType> {
    node: T,
    key: String,
    list: u64,
}

/// An item of a page with its cursor. NL: element van een pagina.
#[Object(name_type)]
impl<T: OutputType> Edge<T> {
    /// The item. NL: element.
    async fn node(&self) -> &T {
        &self.node
    }

    /// The place of the item in the list. NL: cursor.
    async fn cursor(&self, ctx: &Context<'_>) -> Result<String> {
        cursor(ctx, self.list, &self.key).await
    }
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Edge", T::type_name()))
    }
}

/// A page of a list in a fixed order. NL: pagina.
#[derive(SimpleObject, Debug)]
#[graphql(name_type)]
pub struct Connection<T: OutputType> {
    /// The items with their cursors. NL: elementen met cursor.
    pub edges: Vec<Edge<T>>,
    /// The items alone. NL: elementen.
    pub nodes: Vec<T>,
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

/// The pages beside a page: whether there is one before it, and one after it.
#[derive(Debug, Clone, Copy)]
pub struct Neighbours {
    /// Whether the page goes on after a cursor.
    pub previous: bool,
    /// Whether the list goes on.
    pub next: bool,
}

/// What was asked of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageArgs {
    /// Items on the page, 1 to 100.
    pub first: usize,
    /// The key of the item to go on after; none for the first page.
    pub after: Option<String>,
    /// The fingerprint of the list.
    list: u64,
}

/// The fingerprint of the list that a field asks for: its name and its arguments, but for the page
/// itself and the moment, which a cursor holds anyway.
fn fingerprint(ctx: &Context<'_>) -> Result<u64, Failure> {
    let field = &ctx.item.node;
    let of_list = |name: &str| !["first", "after", "at"].contains(&name);
    let arguments: IndexMap<Name, Value> = field
        .arguments
        .iter()
        .filter(|(name, _)| of_list(&name.node))
        .filter_map(|(name, value)| Some((name.node.clone(), value.node.clone().into_const()?)))
        .collect();
    let list = IndexMap::from([(field.name.node.clone(), Value::Object(arguments))]);
    let json = Value::Object(list)
        .into_json()
        .map_err(|_| foreign_cursor())?;
    let [a, b, c, d, e, f, g, h, ..] = content_hash(&json);
    Ok(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}

fn bad(nl: String, en: String) -> Failure {
    Failure::BadRequest(LocalizedText::new(nl, en))
}

/// A cursor of another list.
pub fn foreign_cursor() -> Failure {
    bad(
        "`after` is geen cursor van deze lijst.".to_owned(),
        "`after` is no cursor of this list.".to_owned(),
    )
}

impl PageArgs {
    /// Checks `first` and `after`, both mistakes at once.
    pub fn parse(
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Self, Failure> {
        Self::of_list(fingerprint(ctx)?, first, after)
    }

    fn of_list(list: u64, first: Option<i32>, after: Option<String>) -> Result<Self, Failure> {
        let size = match first {
            None => Some(USUAL),
            Some(first) => usize::try_from(first)
                .ok()
                .filter(|size| (1..=MOST).contains(size)),
        };
        let cursor = after.as_deref().map(|after| Some(decode(after)?.0));
        match (size, cursor) {
            (Some(first), None) => Ok(Self {
                first,
                after: None,
                list,
            }),
            (Some(_), Some(Some(cursor))) if cursor.list.is_some_and(|of| of != list) => {
                Err(foreign_cursor())
            }
            (Some(first), Some(Some(cursor))) => Ok(Self {
                first,
                after: Some(cursor.key),
                list,
            }),
            (size, cursor) => {
                let (mut nl, mut en) = (Vec::new(), Vec::new());
                if size.is_none() {
                    nl.push(format!("`first` moet tussen 1 en {MOST} liggen."));
                    en.push(format!("`first` must be between 1 and {MOST}."));
                }
                if cursor == Some(None) {
                    let text = no_cursor();
                    nl.push(text.nl);
                    en.push(text.en);
                }
                Err(bad(nl.join(" "), en.join(" ")))
            }
        }
    }
}

/// What a cursor of ours holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    /// What its list is pinned to.
    pub(super) pin: Pin,
    /// The moment that its document named.
    pub(super) named: RequestedMoment,
    /// The fingerprint of its list; none in one of 1.0.0-rc.1.
    list: Option<u64>,
    key: String,
}

/// What a cursor of ours holds, and the seal that it bears; none in one of 1.0.0-rc.1.
pub(super) type Read = (Cursor, Option<Sealed>);

/// The cursor of an item: its key, at the moment and for the scope of this operation.
async fn cursor(ctx: &Context<'_>, list: u64, key: &str) -> Result<String> {
    let request = request(ctx)?;
    let session = request.session().await.map_err(Failure::from)?;
    let cursor = Cursor {
        pin: session.pin(),
        named: request.named(),
        list: Some(list),
        key: key.to_owned(),
    };
    let sealed = session.sealed(cursor.text());
    Ok(URL_SAFE_NO_PAD.encode(sealed.to_bytes()))
}

impl Cursor {
    /// What the seal is on.
    fn text(&self) -> String {
        let Self {
            pin,
            named,
            list,
            key,
        } = self;
        let (at, day) = (pin.at, pin.day);
        let scope = pin.scope.unwrap_or_default();
        match list {
            None => format!("2:{at}:{day}:{scope:016x}:{key}"),
            Some(list) => {
                let named = InWords(*named);
                format!("5|{at}|{day}|{scope:016x}|{named}|{list:016x}|{key}")
            }
        }
    }
}

/// What a cursor of ours holds; none for a text that we never gave out.
pub(super) fn decode(cursor: &str) -> Option<Read> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    if !bytes.starts_with(b"5|") {
        return Some((read(std::str::from_utf8(&bytes).ok()?)?, None));
    }
    let sealed = Sealed::of_bytes(&bytes)?;
    Some((read(sealed.text())?, Some(sealed)))
}

fn read(text: &str) -> Option<Cursor> {
    // Those of 1.0.0-rc.1 name no moment and no list, and of a position the number alone.
    let (is_of_release, mut parts) = match text.split_at_checked(2)? {
        ("2:", rest) => (true, rest.splitn(4, ':')),
        ("5|", rest) => (false, rest.splitn(6, '|')),
        _ => return None,
    };
    let at = Position::parse(parts.next()?)?;
    if at.hash.is_some() == is_of_release {
        return None;
    }
    let pin = Pin {
        at,
        day: day(parts.next()?)?,
        scope: Some(u64::from_str_radix(parts.next()?, 16).ok()?),
    };
    if is_of_release {
        return Some(Cursor {
            pin,
            named: RequestedMoment::HEAD,
            list: None,
            key: parts.next()?.to_owned(),
        });
    }
    Some(Cursor {
        pin,
        named: named(parts.next()?)?,
        list: Some(u64::from_str_radix(parts.next()?, 16).ok()?),
        key: parts.next()?.to_owned(),
    })
}

fn ledger(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number| *number >= 0)
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|day| covers_day(*day))
}

/// The moment of its words.
fn named(words: &str) -> Option<RequestedMoment> {
    let mut moment = RequestedMoment::HEAD;
    for part in words.split(", ").filter(|part| !part.is_empty()) {
        match part.split_once(' ')? {
            ("ledger", number) => moment.known = Known::Ledger(ledger(number)?),
            ("instant", instant) => moment.known = Known::Instant(instant.parse().ok()?),
            ("day", text) => moment.day = Some(day(text)?),
            _ => return None,
        }
    }
    Some(moment)
}

impl<T: OutputType + Clone> Connection<T> {
    /// A page of a list that is bounded by nature and read whole; `items` in their order, with
    /// their keys. A cursor of another list is a mistake, and not the end of this one.
    pub fn of_whole(items: Vec<(String, T)>, requested: &PageArgs) -> Result<Self, Failure> {
        let total = items.len();
        let start = match &requested.after {
            None => 0,
            Some(after) => match items.iter().position(|(key, _)| key == after) {
                Some(at) => at + 1,
                None => return Err(foreign_cursor()),
            },
        };
        let page: Vec<(String, T)> = items
            .into_iter()
            .skip(start)
            .take(requested.first)
            .collect();
        let has = Neighbours {
            previous: start > 0,
            next: start + page.len() < total,
        };
        let total = i64::try_from(total).unwrap_or(i64::MAX);
        Ok(Self::of_page(page, has, total, requested))
    }

    /// A page that the database has cut.
    pub fn of_page(
        page: Vec<(String, T)>,
        has: Neighbours,
        total_count: i64,
        requested: &PageArgs,
    ) -> Self {
        let list = requested.list;
        let key_of = |item: Option<&(String, T)>| item.map(|(key, _)| key.clone());
        let (first, last) = (key_of(page.first()), key_of(page.last()));
        let nodes = page.iter().map(|(_, node)| node.clone()).collect();
        let edges = page
            .into_iter()
            .map(|(key, node)| Edge { node, key, list })
            .collect();
        Self {
            edges,
            nodes,
            page_info: PageInfo {
                has_next_page: has.next,
                has_previous_page: has.previous,
                first,
                last,
                list,
            },
            total_count,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What a cursor holds comes back as it was written, whatever the key.
        #[test]
        fn cursors_round_trip(
            ledger in 0..i64::MAX,
            hash: i64,
            scope: u64,
            names_day: bool,
            known in prop_oneof![
                Just(Known::Head),
                (0..i64::MAX).prop_map(Known::Ledger),
                (0..4_000_000_000_000_000_i64).prop_map(|micros| {
                    Known::Instant(chrono::DateTime::from_timestamp_micros(micros).unwrap())
                }),
            ],
            list in prop_oneof![Just(None), any::<u64>().prop_map(Some)],
            key in "\\PC{0,40}",
        ) {
            let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
            let named = match list {
                None => RequestedMoment::HEAD,
                Some(_) => RequestedMoment {
                    known,
                    day: names_day.then_some(day),
                    ..RequestedMoment::HEAD
                },
            };
            let mut at = Position::of_stored(ledger, Some(hash));
            at.hash = at.hash.filter(|_| list.is_some());
            let pin = Pin { at, day, scope: Some(scope) };
            let cursor = Cursor { pin, named, list, key };
            prop_assert_eq!(read(&cursor.text()), Some(cursor));
        }

        /// Whatever is sent as a cursor is read or refused.
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
            let _ = decode(&text);
            let _ = decode(&URL_SAFE_NO_PAD.encode(&text));
        }
    }
}
