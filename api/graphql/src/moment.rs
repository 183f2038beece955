//! The moment of a document: `at` on its root fields, or that of a pinned id handed to `node`.
//!
//! A document is read at one moment. Each root field names one: that of its `at`, or now where it
//! leaves `at` out; a root field that can be asked of no other moment goes with any. Whatever is
//! wrong with them, or between them, is told before anything is read.
//!
//! A cursor names no moment of its own. It is of a list at the moment of its document, and pins it
//! to what its first page was read at.

use std::{fmt, sync::Arc};

use async_graphql::{
    InputObject,
    parser::types::{Field, OperationDefinition, Selection, SelectionSet},
};
use async_graphql_value::ConstValue;
use chrono::{DateTime, Utc};

use super::{date::Date, error::Failure, id, page, text::LocalizedText};
use database::{Known, RequestedMoment, Sealed, Words};
use domain::ledger::position::Position;

/// A moment to be told of: what was known then, and the day that is told of. A document has one
/// moment, so each of its root fields that takes one is given the same. NL: moment.
#[derive(InputObject, Debug, Clone, Copy)]
pub struct Moment {
    /// What was known at the end of the transaction of this ledger number, from 0 to the last one.
    /// Not beside `instant`; what is known now when both are left out. NL: stand van het grootboek.
    pub ledger: Option<i64>,
    /// What was known at this instant, not later than now. Not beside `ledger`. From 1950-01-01 to
    /// 2099-12-31. NL: bekend op.
    pub instant: Option<DateTime<Utc>>,
    /// The day to tell of, from 2018-01-01 to 2099-12-31; by default today. NL: peildatum.
    pub day: Option<Date>,
}

/// The moment of a document, and how it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentMoment {
    /// The moment that its root fields name; now when they name none.
    pub named: RequestedMoment,
    /// The moment that it is read at: what is named, or what a cursor pins of it.
    pub read: RequestedMoment,
    /// Whether its objects are told as they are now, though an entry of the ledger is read at its
    /// own number: they have plain ids then, so that whoever keeps them renews them.
    pub is_live: bool,
    /// The cursors that are handed over, with the seals that they bear: nothing is told before it
    /// is known that they were handed out so.
    pub cursors: Arc<[Sealed]>,
}

impl DocumentMoment {
    /// Now, for whoever goes on from a position in the ledger.
    pub fn after(position: Position) -> Self {
        Self {
            read: RequestedMoment::after(position),
            ..Self::default()
        }
    }

    /// The moment of an entry of the ledger that is told as it happens.
    pub fn of_live_entry(number: i64) -> Self {
        Self {
            named: RequestedMoment::HEAD,
            read: RequestedMoment::ledger(number),
            is_live: true,
            cursors: Arc::default(),
        }
    }

    /// The moment of an entry of the ledger that is told again.
    pub fn of_past_entry(number: i64) -> Self {
        let moment = RequestedMoment::ledger(number);
        Self {
            named: moment,
            read: moment,
            ..Self::default()
        }
    }
}

/// What the schema says of a root field of queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// It can be asked of any moment, with `at`.
    At,
    /// It is given an id, which may be pinned to a moment.
    Id,
    /// It tells the same at any moment.
    Nothing,
    /// It tells of now alone.
    Now,
}

/// What a field of the root takes, by its name and whether the schema gives it an argument `at`.
pub fn takes(field: &str, has_at: bool) -> Takes {
    match field {
        _ if has_at => Takes::At,
        "node" => Takes::Id,
        "about" | "codeLists" | "viewer" => Takes::Nothing,
        _ if field.starts_with("__") => Takes::Nothing,
        _ => Takes::Now,
    }
}

/// The moment that an operation is of, which was made ready: its values are written out, and no
/// directive and no named fragment is in it. What its root fields take is looked up in the schema.
pub fn of(
    operation: &OperationDefinition,
    takes: impl Fn(&str) -> Takes,
) -> Result<DocumentMoment, Failure> {
    let roots = fields_of(&operation.selection_set.node);
    let mut first: Option<Named<'_>> = None;
    for field in &roots {
        let name = field.name.node.as_str();
        let moment = match takes(name) {
            Takes::Nothing => continue,
            Takes::Now => RequestedMoment::HEAD,
            Takes::At => at(field)?,
            Takes::Id => match pinned(field) {
                Some(moment) => moment,
                None => continue,
            },
        };
        let named = Named {
            field: name,
            moment,
        };
        match first {
            None => first = Some(named),
            Some(other) if other.moment != moment => {
                return Err(contradiction([other, named], takes));
            }
            Some(_) => {}
        }
    }
    let named = first.map_or(RequestedMoment::HEAD, |first| first.moment);
    let (pinned, cursors) = pinned_by_cursors(roots, named)?;
    Ok(DocumentMoment {
        named,
        read: pinned.unwrap_or(named),
        is_live: false,
        cursors: cursors.into(),
    })
}

/// The fields of a selection, those under the condition of a type among them.
fn fields_of(set: &SelectionSet) -> Vec<&Field> {
    let mut fields = Vec::new();
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => fields.push(&field.node),
            Selection::InlineFragment(fragment) => {
                fields.extend(fields_of(&fragment.node.selection_set.node));
            }
            Selection::FragmentSpread(_) => {}
        }
    }
    fields
}

/// The value of an argument; one that is not given is null.
fn argument(field: &Field, name: &str) -> ConstValue {
    let value = field.get_argument(name);
    let value = value.and_then(|value| value.node.clone().into_const());
    value.unwrap_or_default()
}

/// The moment that a root field names with `at`.
fn at(field: &Field) -> Result<RequestedMoment, Failure> {
    match argument(field, "at") {
        ConstValue::Object(given) => {
            let [ledger, instant, day] = ["ledger", "instant", "day"].map(|name| {
                let value = given
                    .get(name)
                    .filter(|value| **value != ConstValue::Null)?;
                Some(match value {
                    ConstValue::String(text) => text.clone(),
                    other => other.to_string(),
                })
            });
            let words = Words {
                ledger,
                instant,
                day,
            };
            RequestedMoment::parse(&words).map_err(|mistakes| {
                let (nl, en): (Vec<String>, Vec<String>) = mistakes
                    .into_iter()
                    .map(|mistake| (mistake.nl, mistake.en))
                    .unzip();
                Failure::BadRequest(LocalizedText::new(nl.join(" "), en.join(" ")))
            })
        }
        // Null is now; whatever else is no moment is refused with the document.
        _ => Ok(RequestedMoment::HEAD),
    }
}

/// The moment that the id of `node` is pinned to; none of what is no id of ours.
fn pinned(field: &Field) -> Option<RequestedMoment> {
    match argument(field, "id") {
        ConstValue::String(given) => Some(id::decode(&given)?.pinned.moment()),
        _ => None,
    }
}

/// The moment that the cursors of a document pin, and those that bear a seal. They are of lists at
/// the moment that is named, and all of one.
fn pinned_by_cursors(
    mut fields: Vec<&Field>,
    named: RequestedMoment,
) -> Result<(Option<RequestedMoment>, Vec<Sealed>), Failure> {
    let mut pinned: Option<RequestedMoment> = None;
    let mut cursors = Vec::new();
    while let Some(field) = fields.pop() {
        fields.extend(fields_of(&field.selection_set.node));
        let ConstValue::String(given) = argument(field, "after") else {
            continue;
        };
        // The field itself says what is wrong with a cursor that is none.
        let Some((cursor, sealed)) = page::decode(&given) else {
            continue;
        };
        let moment = RequestedMoment::from(cursor.pin);
        if cursor.named != named || pinned.is_some_and(|pinned| pinned != moment) {
            return Err(Failure::BadRequest(LocalizedText::new(
                "De cursor in `after` is van een lijst van een ander moment: geef `at` zoals \
                 bij de eerste pagina, of begin weer bij de eerste pagina.",
                "The cursor in `after` is of a list of another moment: give `at` as for the \
                 first page, or begin with the first page again.",
            )));
        }
        pinned = Some(moment);
        cursors.extend(sealed);
    }
    Ok((pinned, cursors))
}

/// A moment in the words of its input, so that it can be told and kept in a cursor.
pub(crate) struct InWords(pub(crate) RequestedMoment);

impl fmt::Display for InWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = match self.0.known {
            Known::Head => None,
            Known::Ledger(number) => Some(format!("ledger {number}")),
            Known::Instant(instant) => Some(format!("instant {}", instant.to_rfc3339())),
        };
        let day = self.0.day.map(|day| format!("day {day}"));
        let words: Vec<String> = known.into_iter().chain(day).collect();
        f.write_str(&words.join(", "))
    }
}

/// A root field with the moment that it names.
#[derive(Clone, Copy)]
struct Named<'a> {
    field: &'a str,
    moment: RequestedMoment,
}

/// Two root fields that name two moments, and the way out.
fn contradiction(fields: [Named<'_>; 2], takes: impl Fn(&str) -> Takes) -> Failure {
    let shown = |Named { field, moment }: Named<'_>, now: &str| {
        let words = InWords(moment).to_string();
        if words.is_empty() {
            format!("`{field}` ({now})")
        } else {
            format!("`{field}` ({words})")
        }
    };
    let [one, other] = fields;
    let (nl, en) = if fields.iter().any(|named| takes(named.field) == Takes::Now) {
        (
            "Wat alleen nu gevraagd kan worden, vraagt u apart.",
            "Ask what can be asked of now alone in a document of its own.",
        )
    } else {
        (
            "Geef elk veld dat `at` kent hetzelfde moment.",
            "Give every field that takes `at` the same moment.",
        )
    };
    Failure::BadRequest(LocalizedText::new(
        format!(
            "Eén document wordt op één moment gelezen, en {} en {} zijn er twee. {nl}",
            shown(one, "nu"),
            shown(other, "nu")
        ),
        format!(
            "A document is read at one moment, and {} and {} are two. {en}",
            shown(one, "now"),
            shown(other, "now")
        ),
    ))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn known(query: &str) -> Option<Known> {
        let document = parse_query(query).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let has_at = |field: &str| matches!(field, "dashboard" | "actions");
        let moment = of(&operation.node, |field| takes(field, has_at(field))).ok()?;
        assert_eq!(moment.named, moment.read);
        Some(moment.named.known)
    }

    #[test]
    fn one_moment_is_for_the_whole_document() {
        for (query, expected) in [
            ("{ about { licence } }", Known::Head),
            (
                "{ dashboard(at: null) { day } openTasks { totalCount } }",
                Known::Head,
            ),
            (
                "{ dashboard(at: {ledger: 7}) { day } about { licence } codeLists { name } \
                 __typename }",
                Known::Ledger(7),
            ),
        ] {
            assert_eq!(known(query), Some(expected), "{query}");
        }
    }

    #[test]
    fn two_moments_are_refused() {
        for query in [
            "{ a: dashboard(at: {ledger: 7}) { day } b: dashboard(at: {ledger: 8}) { day } }",
            "{ dashboard(at: {ledger: 7}) { day } actions { totalCount } }",
            "{ dashboard(at: {ledger: 7}) { day } openTasks { totalCount } }",
            "{ dashboard(at: {day: \"2021-06-01\"}) { day } \
             actions(at: {day: \"2021-06-02\"}) { totalCount } }",
            "{ dashboard(at: {ledger: 7}) { day } node(id: \"area_VlIxNA\") { id } }",
        ] {
            assert_eq!(known(query), None, "{query}");
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for at in [
            "{ledger: -1}",
            "{instant: \"yesterday\"}",
            "{day: \"2017-12-31\"}",
            "{day: \"2100-01-01\"}",
            "{ledger: 1, instant: \"2026-11-22T12:00:00Z\"}",
        ] {
            let query = format!("{{ dashboard(at: {at}) {{ day }} }}");
            assert_eq!(known(&query), None, "{at}");
        }
    }
}
