//! The moment of an operation: `knownAt` or `atLedger` on any root field, or that of a cursor
//! handed over as `after`, for the whole operation.
//!
//! One operation is read at one ledger number. Fields that name no moment follow the one that is
//! named; two different moments are a mistake of the client and are told so before anything is
//! read.

use async_graphql::{
    Variables,
    parser::types::{ExecutableDocument, OperationDefinition, Selection},
};
use async_graphql_value::{ConstValue, Name};
use chrono::{DateTime, Utc};

use super::{error::Failure, page, text::LocalizedText};
use database::RequestedMoment;

/// The moment that an operation asks for.
pub fn of(
    document: &ExecutableDocument,
    operation: Option<&str>,
    variables: &Variables,
) -> Result<RequestedMoment, Failure> {
    let chosen = document.operations.iter().find(|(name, _)| {
        operation.is_none_or(|requested| name.is_some_and(|name| name.as_str() == requested))
    });
    let Some((_, chosen)) = chosen else {
        return Ok(RequestedMoment::Head);
    };
    let mut found = Vec::new();
    collect(
        document,
        &chosen.node.selection_set.node.items,
        &mut Vec::new(),
        &mut |name, value| {
            let value = value.into_const_with(|variable: Name| {
                let given = variables
                    .get(&variable)
                    .or_else(|| default_of(&chosen.node, &variable));
                Ok::<_, ()>(given.cloned().unwrap_or_default())
            });
            if let Ok(value) = value {
                found.push((name.to_owned(), value));
            }
        },
    );
    let mut moments = Vec::new();
    for (name, value) in found {
        moments.extend(moment(&name, &value)?);
    }
    moments.dedup();
    // A cursor is pinned to a number, and whoever names that number as well says the same twice.
    let pinned: Vec<i64> = moments
        .iter()
        .filter_map(|moment| match moment {
            RequestedMoment::Pinned(pin) => Some(pin.ledger),
            RequestedMoment::Head | RequestedMoment::Ledger(_) | RequestedMoment::Instant(_) => {
                None
            }
        })
        .collect();
    moments.retain(
        |moment| !matches!(moment, RequestedMoment::Ledger(number) if pinned.contains(number)),
    );
    match moments.as_slice() {
        [] => Ok(RequestedMoment::Head),
        [one] => Ok(*one),
        [_, _, ..] => Err(Failure::BadRequest(LocalizedText::new(
            "Eén vraag wordt op één moment gelezen: `knownAt`, `atLedger` en de cursor in `after` spreken elkaar tegen.",
            "One operation is read at one moment: `knownAt`, `atLedger` and the cursor in `after` contradict each other.",
        ))),
    }
}

/// The default of a variable, as the operation declares it.
fn default_of<'a>(operation: &'a OperationDefinition, variable: &Name) -> Option<&'a ConstValue> {
    let mut definitions = operation.variable_definitions.iter();
    let definition = definitions.find(|definition| definition.node.name.node == *variable)?;
    definition
        .node
        .default_value
        .as_ref()
        .map(|value| &value.node)
}

fn moment(name: &str, value: &ConstValue) -> Result<Option<RequestedMoment>, Failure> {
    match (name, value) {
        (_, ConstValue::Null) => Ok(None),
        // The field itself says what is wrong with a cursor that is none.
        ("after", ConstValue::String(cursor)) => {
            Ok(page::decode(cursor).map(|(pin, _)| RequestedMoment::Pinned(pin)))
        }
        ("after", _) => Ok(None),
        ("atLedger", ConstValue::Number(number)) => match number.as_i64() {
            Some(number) if number >= 0 => Ok(Some(RequestedMoment::Ledger(number))),
            Some(_) | None => Err(wrong("atLedger")),
        },
        ("knownAt", ConstValue::String(text)) => match text.parse::<DateTime<Utc>>() {
            Ok(instant) => Ok(Some(RequestedMoment::Instant(instant))),
            Err(_) => Err(wrong("knownAt")),
        },
        _ => Err(wrong(name)),
    }
}

fn wrong(name: &str) -> Failure {
    let (nl, en) = if name == "knownAt" {
        (
            "een tijdstip zoals 2026-11-22T12:00:00Z",
            "an instant like 2026-11-22T12:00:00Z",
        )
    } else {
        (
            "een nummer van het grootboek, 0 of hoger",
            "a ledger number, 0 or higher",
        )
    };
    Failure::BadRequest(LocalizedText::new(
        format!("`{name}` moet {nl} zijn."),
        format!("`{name}` must be {en}."),
    ))
}

/// Visits the moment arguments of all fields, also those in fragments.
fn collect(
    document: &ExecutableDocument,
    selections: &[async_graphql::Positioned<Selection>],
    entered: &mut Vec<Name>,
    visit: &mut dyn FnMut(&str, async_graphql_value::Value),
) {
    for selection in selections {
        match &selection.node {
            Selection::Field(field) => {
                for (name, value) in &field.node.arguments {
                    if matches!(name.node.as_str(), "knownAt" | "atLedger" | "after") {
                        visit(name.node.as_str(), value.node.clone());
                    }
                }
                // Lists below are read on as well.
                collect(
                    document,
                    &field.node.selection_set.node.items,
                    entered,
                    visit,
                );
            }
            Selection::InlineFragment(fragment) => {
                collect(
                    document,
                    &fragment.node.selection_set.node.items,
                    entered,
                    visit,
                );
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                if entered.contains(name) {
                    continue;
                }
                entered.push(name.clone());
                if let Some(fragment) = document.fragments.get(name) {
                    collect(
                        document,
                        &fragment.node.selection_set.node.items,
                        entered,
                        visit,
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn request_of(query: &str) -> Result<RequestedMoment, ()> {
        of(&parse_query(query).unwrap(), None, &Variables::default()).map_err(|_| ())
    }

    #[test]
    fn one_moment_is_for_the_whole_operation() {
        assert_eq!(
            request_of("{ about { licence } }"),
            Ok(RequestedMoment::Head)
        );
        assert_eq!(
            request_of("{ dashboard(atLedger: 7) { asOf } actions { totalCount } }"),
            Ok(RequestedMoment::Ledger(7))
        );
        assert_eq!(
            request_of("{ ...f } fragment f on Query { a: dashboard(atLedger: 7) { asOf } }"),
            Ok(RequestedMoment::Ledger(7))
        );
    }

    #[test]
    fn two_moments_are_refused() {
        assert_eq!(
            request_of("{ a: dashboard(atLedger: 7) { asOf } b: dashboard(atLedger: 8) { asOf } }"),
            Err(())
        );
        assert_eq!(request_of("{ dashboard(atLedger: -1) { asOf } }"), Err(()));
        assert_eq!(
            request_of("{ dashboard(knownAt: \"yesterday\") { asOf } }"),
            Err(())
        );
    }
}
