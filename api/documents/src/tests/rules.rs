//! Each rule of the specification once broken, and the sentences that clients read.

use super::*;

/// A document, the rule that it breaks, and the column at which it does.
type Case = (&'static str, Rule, usize);

/// A document and its operations.
const OF_DOCUMENTS: &[Case] = &[
    ("{ about { version }", Rule::Syntax, 20),
    ("", Rule::Syntax, 1),
    ("{ }", Rule::Syntax, 3),
    (
        "fragment on on Query { about { version } }",
        Rule::Syntax,
        10,
    ),
    ("{ action(number: 01) { key } }", Rule::Syntax, 18),
    (
        "{ about { version } } scalar A",
        Rule::ExecutableDefinitions,
        23,
    ),
    (
        "query a { about { version } } query a { about { version } }",
        Rule::UniqueOperationNames,
        37,
    ),
    (
        "{ about { version } } query a { about { version } }",
        Rule::LoneAnonymousOperation,
        1,
    ),
    (
        "subscription { changed { key } b: changed { key } }",
        Rule::SingleFieldSubscriptions,
        1,
    ),
    (
        "subscription { __typename }",
        Rule::SingleFieldSubscriptions,
        16,
    ),
    (
        "subscription { changed @skip(if: true) { key } }",
        Rule::SingleFieldSubscriptions,
        24,
    ),
];

/// Names: of types, fields, fragments, variables and directives.
const OF_NAMES: &[Case] = &[
    (
        "query ($a: Nothing) { take(text: $a) }",
        Rule::KnownTypeNames,
        8,
    ),
    (
        "{ ... on Nothing { about { version } } }",
        Rule::KnownTypeNames,
        10,
    ),
    (
        "{ ... on Order { about } }",
        Rule::FragmentsOnCompositeTypes,
        3,
    ),
    (
        "query ($a: About) { take(text: $a) }",
        Rule::VariablesAreInputTypes,
        8,
    ),
    ("{ about }", Rule::ScalarLeafs, 3),
    ("{ about { version { a } } }", Rule::ScalarLeafs, 11),
    ("{ nothing }", Rule::FieldsOnCorrectType, 3),
    ("{ thing { id } }", Rule::FieldsOnCorrectType, 11),
    (
        "{ ...A } fragment A on Query { about { version } } fragment A on Query { __typename }",
        Rule::UniqueFragmentNames,
        61,
    ),
    ("{ ...A }", Rule::KnownFragmentNames, 3),
    (
        "{ about { version } } fragment A on About { version }",
        Rule::NoUnusedFragments,
        23,
    ),
    (
        "{ about { ... on Action { key } } }",
        Rule::PossibleFragmentSpreads,
        11,
    ),
    (
        "{ about { ...A } } fragment A on About { ...A }",
        Rule::NoFragmentCycles,
        20,
    ),
    (
        "query ($a: Int, $a: Int) { take(number: $a) }",
        Rule::UniqueVariableNames,
        17,
    ),
    ("{ take(list: [$a]) }", Rule::NoUndefinedVariables, 15),
    ("{ take(number: $a) }", Rule::NoUndefinedVariables, 16),
    (
        "query ($a: Int) { about { version } }",
        Rule::NoUnusedVariables,
        8,
    ),
    ("{ about @nothing { version } }", Rule::KnownDirectives, 9),
    ("{ about @visible { version } }", Rule::KnownDirectives, 9),
    (
        "{ about @skip(if: true) @skip(if: true) { version } }",
        Rule::UniqueDirectivesPerLocation,
        25,
    ),
    ("{ take(nothing: 1) }", Rule::KnownArgumentNames, 8),
    (
        "{ take(number: 1, number: 2) }",
        Rule::UniqueArgumentNames,
        19,
    ),
];

/// Values and variables in their places, and fields under one key.
const OF_VALUES: &[Case] = &[
    (
        "{ take(input: { number: 1, number: 2 }) }",
        Rule::UniqueInputFieldNames,
        36,
    ),
    ("{ take(number: \"1\") }", Rule::ValuesOfCorrectType, 16),
    (
        "{ actions(order: \"NUMBER\") { key } }",
        Rule::ValuesOfCorrectType,
        18,
    ),
    (
        "{ action(number: null) { key } }",
        Rule::ValuesOfCorrectType,
        18,
    ),
    (
        "{ about @include(if: [[true]]) { version } }",
        Rule::ValuesOfCorrectType,
        22,
    ),
    (
        "query ($a: Int = \"x\") { take(number: $a) }",
        Rule::ValuesOfCorrectType,
        18,
    ),
    ("{ action { key } }", Rule::ProvidedRequiredArguments, 3),
    (
        "{ about @skip { version } }",
        Rule::ProvidedRequiredArguments,
        9,
    ),
    (
        "query ($a: Int) { action(number: $a) { key } }",
        Rule::VariablesInAllowedPosition,
        34,
    ),
    (
        "query ($a: Int = null) { action(number: $a) { key } }",
        Rule::VariablesInAllowedPosition,
        41,
    ),
    (
        "query ($a: ID!) { take(text: $a) }",
        Rule::VariablesInAllowedPosition,
        30,
    ),
    (
        "query ($a: Int) { take(list: [$a]) }",
        Rule::VariablesInAllowedPosition,
        31,
    ),
    (
        "{ about { a: version a: license } }",
        Rule::OverlappingFieldsCanBeMerged,
        22,
    ),
];

#[test]
fn each_rule_is_given_by_its_name_and_place() {
    let mut different = Vec::new();
    for (text, rule, column) in [OF_DOCUMENTS, OF_NAMES, OF_VALUES].concat() {
        let found = broken(text);
        if found != [(rule, 1, column)] {
            different.push(format!("{text}: {found:?}, and not {rule:?} at {column}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn what_is_valid_passes() {
    for text in [
        "{ about { version } }",
        "query ($w: Boolean = true) { about { version @include(if: $w) } }",
        "query ($p: String) { action(number: 1, plan: $p) { key } }",
        "query ($p: String! = \"x\") { action(number: 1, plan: $p) { key } }",
        "{ node(id: 1) { ... on Action { key } ... on Node { parent { id } } } }",
        "{ thing { ... on Node { id } ... on Person { name } __typename } }",
        "{ take(share: 1, id: 7, list: 1, input: { number: 1, days: \"2026-12-01\" }) }",
        "query ($n: Int!) { place(in: { number: $n }) { version } }",
        "{ __schema { types { name isOneOf } } __type(name: \"A\") { specifiedByURL } }",
        "mutation { end(number: 1) { key } }",
        "subscription ($a: Int) { changed(of: $a) { key } }",
    ] {
        assert_eq!(broken(text), [], "{text}");
    }
}

#[test]
fn fields_conflict_at_any_depth_and_across_fragments_and_types() {
    for text in [
        "{ action(number: 1) { owner { n: name } owner { n: id } } }",
        "{ action(number: 1) { owner { n: name } ...A } } fragment A on Action { owner { n: id } }",
        "{ action(number: 1) { key } action(number: 2) { key } }",
        "{ node(id: 1) { ... on Person { n: name } ... on Region { n: parent { id } } } }",
        "{ action(number: 1) { notes(first: 1) notes } }",
    ] {
        let rules: Vec<Rule> = broken(text).iter().map(|(rule, ..)| *rule).collect();
        assert_eq!(rules, [Rule::OverlappingFieldsCanBeMerged], "{text}");
    }
    // Two types that no value has at once may differ in the field, as long as the form is one.
    let apart = "{ node(id: 1) { ... on Person { n: name } ... on Region { n: code } } }";
    assert_eq!(broken(apart), []);
}

#[test]
fn an_unknown_name_is_refused_with_what_looks_like_it() {
    let first = |text: &str| sentences(Document::prepare(&SMALL, text)).remove(0);
    let both = |nl: &str, en: &str| (nl.to_owned(), en.to_owned());
    assert_eq!(
        first("{ action(number: 1) { deadline } }"),
        both(
            "Het veld 'deadline' bestaat niet op Action. Bedoelde u 'deadlineOn'?",
            "There is no field 'deadline' on Action. Did you mean 'deadlineOn'?"
        )
    );
    assert_eq!(
        first("{ action(numbr: 1, number: 1) { key } }"),
        both(
            "Het argument 'numbr' bestaat niet op Query.action. Bedoelde u 'number'?",
            "There is no argument 'numbr' on Query.action. Did you mean 'number'?"
        )
    );
    assert_eq!(
        first("{ about @includ(if: true) { version } }"),
        both(
            "De aanwijzing '@includ' bestaat niet. Bedoelde u '@include'?",
            "There is no directive '@includ'. Did you mean '@include'?"
        )
    );
    assert_eq!(
        first("query ($a: Plaze!) { place(in: $a) { version } }"),
        both(
            "Het type 'Plaze' bestaat niet. Bedoelde u 'Place'?",
            "There is no type 'Plaze'. Did you mean 'Place'?"
        )
    );
    assert_eq!(
        first("{ action { key } }"),
        both(
            "Bij 'action' ontbreekt: number: Int!.",
            "Missing at 'action': number: Int!."
        )
    );
    assert_eq!(
        first("{ about { a: version a: license } }"),
        both(
            "Onder 'a' wordt niet overal hetzelfde gevraagd: geef een van beide een andere naam.",
            "Not the same is asked everywhere under 'a': give one of them another name."
        )
    );
}

#[test]
fn every_mistake_comes_in_the_order_of_the_text() {
    let text = "{\n  nothing\n  about { versio }\n  action(number: \"1\") { key }\n}";
    assert_eq!(
        broken(text),
        [
            (Rule::FieldsOnCorrectType, 2, 3),
            (Rule::FieldsOnCorrectType, 3, 11),
            (Rule::ValuesOfCorrectType, 4, 18),
        ]
    );
    let many: String = (0..90).map(|n| format!("a{n} ")).collect();
    assert_eq!(broken(&format!("{{ {many} }}")).len(), 50);
}

#[test]
fn no_sentence_of_a_rule_is_left_open() {
    for text in [
        "{ take(number: 1, number: 2) }",
        "query a { about }",
        "{ ...A }",
    ] {
        for (nl, en) in sentences(Document::prepare(&SMALL, text)) {
            assert!(!nl.contains("{}") && !en.contains("{}"), "{nl} {en}");
            assert_ne!(nl, en);
        }
    }
}
