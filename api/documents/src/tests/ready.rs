//! The operation that the executor gets.

use std::fmt::Write as _;

use async_graphql::parser::types::{OperationType, Selection, SelectionSet};
use serde_json::json;

use super::*;

/// A selection as a text.
fn written(set: &SelectionSet) -> String {
    let mut text = String::new();
    for item in &set.items {
        let below = match &item.node {
            Selection::Field(field) => {
                let field = &field.node;
                if let Some(alias) = &field.alias {
                    let _ = write!(text, "{}:", alias.node);
                }
                text.push_str(&field.name.node);
                let arguments = field.arguments.iter();
                let arguments: Vec<String> = arguments
                    .map(|(name, value)| format!("{}:{}", name.node, value.node))
                    .collect();
                if !arguments.is_empty() {
                    let _ = write!(text, "({})", arguments.join(","));
                }
                assert!(field.directives.is_empty());
                &field.selection_set.node
            }
            Selection::InlineFragment(fragment) => {
                let on = fragment.node.type_condition.as_ref().unwrap();
                let _ = write!(text, "…{}", on.node.on.node);
                &fragment.node.selection_set.node
            }
            Selection::FragmentSpread(_) => panic!("fragments are laid open"),
        };
        if below.items.is_empty() {
            text.push(' ');
        } else {
            let _ = write!(text, "{{{}}}", written(below));
        }
    }
    text.trim_end().to_owned()
}

fn carried_out(text: &str, values: Value) -> String {
    let operation = ready(text, values).unwrap();
    written(&operation.definition().selection_set.node)
}

#[test]
fn conditions_are_carried_out() {
    let text = "query ($w: Boolean = true) { about { version @include(if: $w) t: __typename } }";
    assert_eq!(carried_out(text, json!({})), "about{version t:__typename}");
    assert_eq!(
        carried_out(text, json!({ "w": false })),
        "about{t:__typename}"
    );
    assert_eq!(
        sentences(ready(text, json!({ "w": null }))),
        [(
            "'if' mag niet null zijn; hier hoort Boolean!.".to_owned(),
            "'if' may not be null; Boolean! belongs here.".to_owned()
        )]
    );
    let required = "query ($w: Boolean!) { about { version @include(if: $w) } }";
    assert_eq!(sentences(ready(required, json!({}))).len(), 1);
    let both = "{ about @include(if: true) @skip(if: true) { version } take }";
    assert_eq!(carried_out(both, json!({})), "take");
    let fragments = "query ($s: Boolean!) { ...A @skip(if: $s) ... @include(if: $s) { take } }
        fragment A on Query { about { version } }";
    assert_eq!(carried_out(fragments, json!({ "s": true })), "take");
    assert_eq!(
        carried_out(fragments, json!({ "s": false })),
        "about{version}"
    );
}

#[test]
fn an_empty_selection_keeps_its_place() {
    assert_eq!(
        carried_out("{ about { version @skip(if: true) } }", json!({})),
        "about{{}:__typename}"
    );
    assert_eq!(
        carried_out("{ about @skip(if: true) { version } }", json!({})),
        "{}:__typename"
    );
    // Whatever else the node is, it is an object.
    assert_eq!(
        carried_out("{ node(id: 7) { ... on Action { key } } }", json!({})),
        "node(id:\"7\"){…Action{key}{}:__typename}"
    );
    // Each possible type has a field.
    assert_eq!(
        carried_out(
            "{ thing { ... on Action { key } ... on Person { name } } }",
            json!({})
        ),
        "thing{…Action{key}…Person{name}}"
    );
}

#[test]
fn one_response_key_is_carried_out_once() {
    assert_eq!(
        carried_out(
            "{ action(number: 1) { owner { id } key } ...A action(number: 1) { owner { name } } }
             fragment A on Query { action(number: 1) { key ... on Node { id } } }",
            json!({})
        ),
        "action(number:1){owner{id name}key id}"
    );
    assert_eq!(
        carried_out(
            "mutation { end(number: 1) { key } end(number: 1) { id } }",
            json!({})
        ),
        "end(number:1){key id}"
    );
    // A condition that says nothing is left out, one that cannot hold as well.
    assert_eq!(
        carried_out(
            "{ action(number: 1) { ... on Node { ... on Action { key } } ... { id } } }",
            json!({})
        ),
        "action(number:1){key id}"
    );
}

#[test]
fn what_holds_for_some_types_stays_under_their_condition() {
    assert_eq!(
        carried_out(
            "{ node(id: 1) { ... on Person { name born } id ... on Region { name }
               ... on Person { id name parent { id } } } }",
            json!({})
        ),
        "node(id:\"1\"){…Person{name}…Region{name}…Person{born}id …Person{parent{id}}}"
    );
    // Conditions inside one another come to the types that meet all.
    assert_eq!(
        carried_out(
            "{ node(id: 1) { id ... on Node { ... on Action { key } } } }",
            json!({})
        ),
        "node(id:\"1\"){id …Action{key}}"
    );
    // The executor knows no condition on a union: its members stand for it.
    assert_eq!(
        carried_out(
            "{ node(id: 1) { ...T } } fragment T on Thing { ... on Node { id } }",
            json!({})
        ),
        "node(id:\"1\"){…Action{id}…Person{id}{}:__typename}"
    );
    // What is asked of all and more of some.
    assert_eq!(
        carried_out(
            "{ node(id: 1) { parent { id } ... on Action { parent { ... on Person { name } } } } }",
            json!({})
        ),
        "node(id:\"1\"){parent{id}…Action{parent{…Person{name}{}:__typename}}}"
    );
}

#[test]
fn arguments_have_their_values() {
    assert_eq!(
        carried_out(
            "query ($n: Int!, $p: String, $t: [String!]!) {
                action(number: $n, plan: $p) { notes } actions(tags: [[\"a\"], $t], order: DEADLINE) { key } }",
            json!({ "n": 7, "t": "b" })
        ),
        "action(number:7){notes}actions(tags:[[\"a\"], [\"b\"]],order:DEADLINE){key}"
    );
    // A field of an input that a variable leaves out is not there; null is.
    assert_eq!(
        carried_out(
            "query ($a: String, $b: Float) { take(input: { number: 1, text: $a, share: $b }) }",
            json!({ "b": null })
        ),
        "take(input:{number: 1, share: null})"
    );
}

#[test]
fn positions_and_names_are_those_of_the_document() {
    let text = "query A { about { version } }\nmutation B {\n  é: end(number: 1) { key } }";
    assert!(Document::prepare(&SMALL, text).is_err());
    let text = text.replace('é', "e");
    let document = Document::prepare(&SMALL, &text).unwrap();
    let names: Vec<_> = document.operation_names().collect();
    assert_eq!(names, [Some("A"), Some("B")]);
    let operation = document.operation(Some("B"), &Map::new()).unwrap();
    assert_eq!(operation.name.as_deref(), Some("B"));
    assert_eq!(operation.definition().ty, OperationType::Mutation);
    assert_eq!(operation.root_fields(), ["end"]);
    let at = operation.definition().selection_set.node.items[0].pos;
    assert_eq!((at.line, at.column), (3, 3));
    for name in [None, Some("C")] {
        let mistakes = document.operation(name, &Map::new()).unwrap_err();
        assert_eq!(mistakes[0].rule, Rule::KnownOperation);
    }
}

#[test]
fn one_set_of_types_found_by_two_conditions_is_answered_once() {
    assert_eq!(
        carried_out(
            "{ node(id: 1) { ... on Action { key } ... on Thing { ... on Action { key owner { id } } }
               ... on Thing { ... on Action { owner { name } } } } }",
            json!({})
        ),
        "node(id:\"1\"){…Action{key owner{id name}}{}:__typename}"
    );
}

/// The rules that an operation breaks when it is made ready.
fn too_large(text: &str, values: Value) -> Vec<Rule> {
    let mistakes = ready(text, values).err().unwrap_or_default();
    mistakes.into_iter().map(|mistake| mistake.rule).collect()
}

#[test]
fn a_long_value_is_repeated_so_often_and_no_more() {
    // 16,000 values of text; three places are within the bound, five are not.
    let long = "x".repeat(64 * 15_999);
    let places = |number: usize| {
        let fields: String = (0..number)
            .map(|n| format!("a{n}: action(number: {n}, plan: $p) {{ key }} "))
            .collect();
        format!("query ($p: String!) {{ {fields} }}")
    };
    assert_eq!(too_large(&places(3), json!({ "p": long })), []);
    assert_eq!(
        sentences(ready(&places(5), json!({ "p": long }))),
        [(
            "Met alle fragmenten en variabelen uitgeschreven is de vraag te groot: herhaal lange \
             waarden en brede selecties minder vaak."
                .to_owned(),
            "With its fragments and variables written out the query is too large: repeat long \
             values and wide selections less often."
                .to_owned()
        )]
    );
    // The same inside one value, and of values that are many and not long.
    let list = "query ($p: String!) { actions(tags: [[$p, $p, $p, $p, $p]]) { key } }";
    assert_eq!(too_large(list, json!({ "p": long })), [Rule::Repetition]);
    let many = json!({ "t": vec!["a"; 30_000] });
    let tags = |number: usize| {
        let fields: String = (0..number)
            .map(|n| format!("a{n}: actions(tags: [$t]) {{ key }} "))
            .collect();
        format!("query ($t: [String!]!) {{ {fields} }}")
    };
    assert_eq!(too_large(&tags(2), many.clone()), []);
    assert_eq!(too_large(&tags(3), many), [Rule::Repetition]);
}

#[test]
fn a_literal_in_a_fragment_counts_wherever_it_is_spread() {
    // A value for the number, and a thousand for the text.
    let spreads = |number: usize| {
        let fields: String = (0..number)
            .map(|n| format!("a{n}: action(number: {n}) {{ ...F }} "))
            .collect();
        let words = "x".repeat(64 * 999);
        format!("{{ {fields} }} fragment F on Action {{ worded(words: \"{words}\") }}")
    };
    assert_eq!(too_large(&spreads(49), json!({})), []);
    assert_eq!(too_large(&spreads(50), json!({})), [Rule::Repetition]);
}

/// Under a condition on a union a field stands once for each type, and so do its values.
#[test]
fn a_value_counts_for_each_type_of_a_union() {
    let fields = |number: usize| {
        let words = "x".repeat(64 * 9_999);
        let fields: String = (0..number)
            .map(|n| format!("a{n}: worded(words: \"{words}\") "))
            .collect();
        format!("{{ node(id: 1) {{ ... on Thing {{ ... on Node {{ {fields} }} }} }} }}")
    };
    assert_eq!(too_large(&fields(2), json!({})), []);
    assert_eq!(too_large(&fields(3), json!({})), [Rule::Repetition]);
}

/// A condition on a union stands for each of its types, so that inside one another they double.
#[test]
fn unions_inside_one_another_do_not_double_without_end() {
    let nested = |levels: usize| {
        let (open, close) = (
            "... on Thing { ... on Node { parent { ".repeat(levels),
            " } } }".repeat(levels),
        );
        format!("{{ node(id: 1) {{ {open} id {close} }} }}")
    };
    assert_eq!(too_large(&nested(10), json!({})), []);
    assert_eq!(too_large(&nested(20), json!({})), [Rule::Repetition]);
}
