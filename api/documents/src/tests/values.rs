//! Values of variables and literals: every mistake, its place, both languages.

use async_graphql_value::{ConstValue, Value as ReadyValue};
use serde_json::json;

use super::*;

/// The value of the one argument of the one field.
fn argument(text: &str, values: Value) -> Option<ConstValue> {
    let operation = ready(text, values).unwrap();
    let item = &operation.definition().selection_set.node.items[0].node;
    let async_graphql::parser::types::Selection::Field(field) = item else {
        panic!("a field");
    };
    let value = field
        .node
        .arguments
        .first()
        .map(|(_, value)| value.node.clone());
    value.map(|value| ReadyValue::into_const(value).unwrap())
}

fn wrong(text: &str, values: Value) -> Vec<String> {
    let texts = sentences(ready(text, values)).into_iter();
    texts.map(|(_, en)| en).collect()
}

#[test]
fn built_in_scalars_take_what_the_specification_says() {
    for (ty, given, taken) in [
        ("number: Int", json!(7), Some(json!(7))),
        ("number: Int", json!(7.0), Some(json!(7))),
        (
            "number: Int",
            json!(-2_147_483_648),
            Some(json!(-2_147_483_648)),
        ),
        ("number: Int", json!(2_147_483_648_u32), None),
        ("number: Int", json!(7.5), None),
        ("number: Int", json!("7"), None),
        ("number: Int", json!(true), None),
        ("share: Float", json!(7), Some(json!(7))),
        ("share: Float", json!(0.5), Some(json!(0.5))),
        ("share: Float", json!("0.5"), None),
        ("text: String", json!("a"), Some(json!("a"))),
        ("text: String", json!(7), None),
        ("flag: Boolean", json!(false), Some(json!(false))),
        ("flag: Boolean", json!("true"), None),
        ("flag: Boolean", json!(1), None),
        ("id: ID", json!("a"), Some(json!("a"))),
        ("id: ID", json!(7), Some(json!("7"))),
        ("id: ID", json!(7.5), None),
        ("id: ID", json!(true), None),
        ("day: Date", json!("2026-12-01"), Some(json!("2026-12-01"))),
        ("day: Date", json!("01-12-2026"), None),
        ("day: Date", json!(7), None),
        (
            "at: DateTime",
            json!("2026-12-01T12:00:00Z"),
            Some(json!("2026-12-01T12:00:00Z")),
        ),
        ("at: DateTime", json!("2026-12-01"), None),
        ("key: Key", json!("a"), Some(json!("a"))),
        ("list: [Int!]", json!(7), Some(json!([7]))),
        ("list: [Int!]", json!([7, 8]), Some(json!([7, 8]))),
        ("list: [Int!]", json!([7, null]), None),
        ("number: Int", json!(null), Some(json!(null))),
    ] {
        let (name, of) = ty.split_once(": ").unwrap();
        let text = format!("query ($a: {of}) {{ take({name}: $a) }}");
        let values = json!({ "a": given });
        match taken {
            Some(taken) => {
                let taken = ConstValue::from_json(taken).unwrap();
                assert_eq!(argument(&text, values), Some(taken), "{ty} {given}");
            }
            None => assert_eq!(wrong(&text, values).len(), 1, "{ty} {given}"),
        }
    }
}

#[test]
fn literals_are_read_the_same_way() {
    for (literal, taken) in [
        ("number: 7", Some(json!(7))),
        ("number: 2147483648", None),
        ("number: 7.0", None),
        ("share: 7", Some(json!(7))),
        ("share: 1e3", Some(json!(1000.0))),
        ("share: 1e999", None),
        ("id: 7", Some(json!("7"))),
        (
            "id: 99999999999999999999",
            Some(json!("99999999999999999999")),
        ),
        ("id: 7.5", None),
        ("id: A", None),
        ("text: A", None),
        ("flag: true", Some(json!(true))),
        ("day: \"2026-02-30\"", None),
        ("list: 7", Some(json!([7]))),
        ("list: [7, \"8\"]", None),
        ("list: []", Some(json!([]))),
    ] {
        let text = format!("{{ take({literal}) }}");
        match taken {
            Some(taken) => {
                let taken = ConstValue::from_json(taken).unwrap();
                assert_eq!(argument(&text, json!({})), Some(taken), "{literal}");
            }
            None => assert_eq!(wrong(&text, json!({})).len(), 1, "{literal}"),
        }
    }
}

#[test]
fn strings_are_read_as_the_specification_says() {
    for (literal, read) in [
        (r#""\uD83D\uDE00""#, "😀"),
        (r#""\u{1F600}""#, "😀"),
        (r#""\u00e9\n\/\"""#, "é\n/\""),
        ("\"\"\"a \\\"\"\" b\"\"\"", "a \"\"\" b"),
        ("\"\"\"\n    a\n      b\n    \"\"\"", "a\n  b"),
        (r#""""\u00e9""""#, "\\u00e9"),
    ] {
        let text = format!("{{ take(text: {literal}) }}");
        assert_eq!(argument(&text, json!({})), Some(read.into()), "{literal}");
    }
    for lone in [
        r#""\uD83D""#,
        r#""\uDE00""#,
        r#""\uDE00\uD83D""#,
        r#""\u{D83D}""#,
        r#""\q""#,
    ] {
        let text = format!("{{ take(text: {lone}) }}");
        let rules: Vec<Rule> = broken(&text).iter().map(|(rule, ..)| *rule).collect();
        assert_eq!(rules, [Rule::Syntax], "{lone}");
    }
}

#[test]
fn what_is_left_out_follows_its_place() {
    let plan = "query ($a: String) { action(plan: $a, number: 1) { key } }";
    assert_eq!(argument(plan, json!({ "a": "2025" })), Some("2025".into()));
    // The default of the argument is the executor's to give; the first argument is now the number.
    assert_eq!(argument(plan, json!({})), Some(1.into()));
    assert_eq!(
        wrong(plan, json!({ "a": null })),
        ["'plan' may not be null; String! belongs here."]
    );
    let default = "query ($a: Int = 7) { take(number: $a) }";
    assert_eq!(argument(default, json!({})), Some(7.into()));
    assert_eq!(
        argument(default, json!({ "a": null })),
        Some(ConstValue::Null)
    );
    assert_eq!(
        argument(default, json!({ "a": 8, "unknown": 9 })),
        Some(8.into())
    );
    let list = "query ($a: Int) { take(text: null, input: { number: 1, order: null, days: [] }) n: take(number: $a) }";
    assert!(ready(list, json!({})).is_ok());
    assert_eq!(
        sentences(ready("query ($a: Int!) { take(number: $a) }", json!({}))),
        [(
            "De variabele '$a' ontbreekt; zij is Int!.".to_owned(),
            "The variable '$a' is missing; it is Int!.".to_owned()
        )]
    );
}

#[test]
fn every_mistake_of_an_input_has_its_place() {
    let text = "query ($input: Input!) { take(input: $input) }";
    let values = json!({ "input": {
        "text": 7, "order": "NUMBR", "days": ["2026-12-01", "01-12-2026"], "flg": true,
        "inner": { "number": "1" },
    } });
    let mistakes = ready(text, values).unwrap_err();
    let found: Vec<(String, String)> = mistakes
        .iter()
        .map(|mistake| (mistake.field.join("."), mistake.message.nl.clone()))
        .collect();
    let expected = [
        (
            "input.flg",
            "Het veld 'flg' bestaat niet op Input. Bedoelde u 'flag'?",
        ),
        (
            "input.number",
            "'$input.number' ontbreekt; hier hoort Int!.",
        ),
        (
            "input.text",
            "'$input.text' is 7; hier hoort een tekst (String).",
        ),
        (
            "input.order",
            "Order kent geen waarde NUMBR (bij '$input.order'). Bedoelde u 'NUMBER'?",
        ),
        (
            "input.days.1",
            "'$input.days[1]' is \"01-12-2026\"; hier hoort een datum zoals 2026-12-01 (Date).",
        ),
        (
            "input.inner.number",
            "'$input.inner.number' is \"1\"; hier hoort een geheel getal van -2147483648 tot en met 2147483647 (Int).",
        ),
    ];
    let expected = expected.map(|(field, text)| (field.to_owned(), text.to_owned()));
    assert_eq!(found, expected);
    assert!(
        mistakes
            .iter()
            .all(|mistake| mistake.rule == Rule::VariableValues)
    );
    // The same in a literal.
    let literal = "{ take(input: { text: 7, days: [\"x\"], flg: true }) }";
    assert_eq!(wrong(literal, json!({})).len(), 4);
    // So many and no more.
    let many: Vec<i32> = (0..1_000).collect();
    let values = json!({ "input": { "number": 1, "days": many } });
    assert_eq!(ready(text, values).unwrap_err().len(), 50);
}

#[test]
fn days_and_years_lie_within_the_bounds_that_descriptions_name() {
    let text = "query ($input: Input) { take(input: $input) }";
    for (member, value, sentence) in [
        ("since", json!("2018-01-01"), None),
        ("since", json!("2099-12-31"), None),
        (
            "since",
            json!("2017-12-31"),
            Some(
                "'$input.since' is \"2017-12-31\"; a day from 2018-01-01 to 2099-12-31 belongs \
                 here (Date).",
            ),
        ),
        ("year", json!(1950), None),
        (
            "year",
            json!(1949),
            Some("'$input.year' is 1949; a year from 1950 to 2099 belongs here (Int)."),
        ),
        ("days", json!(["1950-01-01"]), None),
        (
            "days",
            json!(["1950-01-01", "0000-01-01"]),
            Some(
                "'$input.days[1]' is \"0000-01-01\"; a day from 1950-01-01 to 2099-12-31 belongs \
                 here (Date).",
            ),
        ),
    ] {
        let mut input = json!({ "number": 1 });
        input[member] = value;
        let found = ready(text, json!({ "input": input }));
        let found = found
            .err()
            .map(|mistakes| sentences(Err::<(), _>(mistakes)));
        let found = found.map(|texts| texts.into_iter().map(|(_, en)| en).collect());
        let expected = sentence.map(|text| vec![text.to_owned()]);
        assert_eq!(found, expected, "{member}");
    }
    // In a literal, and by a variable that stands in one.
    let literal = "{ take(input: { number: 1, since: \"2017-12-31\" }) }";
    assert_eq!(wrong(literal, json!({})).len(), 1);
    let variable = "query ($day: Date) { take(input: { number: 1, since: $day }) }";
    assert_eq!(wrong(variable, json!({ "day": "2017-12-31" })).len(), 1);
    assert!(ready(variable, json!({ "day": "2018-01-01" })).is_ok());
    // Wherever it is to stand, it is a day of some record.
    let anywhere = "query ($day: Date) { take(day: $day) }";
    assert_eq!(wrong(anywhere, json!({ "day": "1949-12-31" })).len(), 1);
    assert!(ready(anywhere, json!({ "day": "1950-01-01" })).is_ok());
}

#[test]
fn exactly_one_field_is_given_where_one_is_required() {
    let text = "query ($in: Place!) { place(in: $in) { version } }";
    assert!(ready(text, json!({ "in": { "code": "a" } })).is_ok());
    for values in [
        json!({}),
        json!({ "code": null }),
        json!({ "code": "a", "number": 1 }),
        json!({ "code": "a", "number": null }),
    ] {
        assert_eq!(
            wrong(text, json!({ "in": values })),
            ["Give exactly one of these at '$in', and not null: code, number."],
            "{values}"
        );
    }
    for literal in ["{}", "{ code: null }", "{ code: \"a\", number: 1 }"] {
        let text = format!("{{ place(in: {literal}) {{ version }} }}");
        let rules: Vec<Rule> = broken(&text).iter().map(|(rule, ..)| *rule).collect();
        assert_eq!(rules, [Rule::ValuesOfCorrectType], "{literal}");
    }
    // A variable may not bring null there.
    let nullable = "query ($a: Int) { place(in: { number: $a }) { version } }";
    assert_eq!(broken(nullable).len(), 1);
    assert_eq!(broken(&nullable.replace("Int)", "Int!)")), []);
}

#[test]
fn an_enum_stands_without_quotes_in_a_document_and_with_them_in_variables() {
    let text = "query ($a: Order) { actions(order: $a) { key } }";
    let name = ConstValue::Enum(async_graphql_value::Name::new("DEADLINE"));
    assert_eq!(
        argument(text, json!({ "a": "DEADLINE" })),
        Some(name.clone())
    );
    assert_eq!(
        argument("{ actions(order: DEADLINE) { key } }", json!({})),
        Some(name)
    );
    assert_eq!(
        wrong("{ actions(order: \"DEADLINE\") { key } }", json!({})),
        ["Write DEADLINE without quotes at 'order'."]
    );
    assert_eq!(
        wrong("{ actions(order: 7) { key } }", json!({})),
        ["'order' is 7; the name of a value belongs here (Order)."]
    );
}
