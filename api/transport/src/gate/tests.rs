//! The gate as a whole: what passes, what is refused, and that the work is linear.

use std::cell::Cell;

use proptest::prelude::*;

use super::*;

thread_local! {
    pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// The standard introspection query of graphql-js 16.
const INTROSPECTION: &str = "query IntrospectionQuery { __schema { queryType { name kind }
  mutationType { name kind } subscriptionType { name kind } types { ...FullType }
  directives { name description locations args { ...InputValue } } } }
fragment FullType on __Type { kind name description
  fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef }
    isDeprecated deprecationReason }
  inputFields { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name
  ofType { kind name ofType { kind name
  } } } } } } } } } }";

fn shape(document: &str) -> Shape {
    inspect(document, &Limits::default()).unwrap()
}

fn refusal(document: &str) -> Refusal {
    inspect(document, &Limits::default()).unwrap_err()
}

fn unlimited() -> Limits {
    Limits {
        bytes: usize::MAX,
        tokens: usize::MAX,
        depth: usize::MAX,
        expanded_fields: u64::MAX,
        expanded_tokens: u64::MAX,
        aliases: usize::MAX,
        directives: usize::MAX,
    }
}

fn too_deep(found: usize, limit: usize) -> Refusal {
    Refusal::TooDeep { found, limit }
}

fn too_many_fields() -> Refusal {
    Refusal::TooManyFieldsAfterExpansion { limit: 20_000 }
}

fn cycle_of(fragment: &str) -> Refusal {
    Refusal::FragmentCycle {
        fragment: fragment.to_owned(),
    }
}

/// Fragments that each spread the next one twice: 2^`doublings` fields out of a few lines.
fn doubling(doublings: usize) -> String {
    let chain: String = (0..doublings)
        .map(|n| format!("fragment f{n} on Query{{...f{m} ...f{m}}}", m = n + 1))
        .collect();
    format!("{{...f0}}{chain}fragment f{doublings} on Query{{a}}")
}

#[test]
fn a_query_is_measured_in_every_unit() {
    let document = r#"query Q($a: [Int!] = [1, -2.5e3]) @cached {
        a: first(x: {y: "}", z: [$a]}) @include(if: true) { b ...Part ... on T { c }
            ... @skip(if: false) { d } }
    } fragment Part on T { e f: g }"#;
    assert_eq!(
        shape(document),
        Shape {
            tokens: 77,
            depth: 4,
            // a, b, ...Part, e, f, ... on T, c, ... @skip, d
            expanded_fields: 9,
            aliases: 2,
            directives: 3,
        }
    );
}

#[test]
fn the_standard_introspection_query_passes_the_defaults() {
    assert_eq!(
        shape(INTROSPECTION),
        Shape {
            tokens: 163,
            depth: 18,
            expanded_fields: 230,
            aliases: 0,
            directives: 0,
        }
    );
}

#[test]
fn an_empty_document_is_left_to_the_parser() {
    let nothing = Shape {
        tokens: 0,
        depth: 0,
        expanded_fields: 0,
        aliases: 0,
        directives: 0,
    };
    assert_eq!(shape(""), nothing);
    assert_eq!(shape("\u{feff} ,\t\r\n# {[(\r,"), nothing);
}

#[test]
fn bytes_are_limited() {
    let passes = format!("{{a}}{}", " ".repeat(65_533));
    assert_eq!(shape(&passes).tokens, 3);
    assert_eq!(
        refusal(&format!("{passes} ")),
        Refusal::TooManyBytes {
            found: 65_537,
            limit: 65_536
        }
    );
}

#[test]
fn tokens_are_limited() {
    assert_eq!(shape(&format!("{{{}}}", "a ".repeat(7_998))).tokens, 8_000);
    assert_eq!(
        refusal(&format!("{{{}}}", "a ".repeat(7_999))),
        Refusal::TooManyTokens {
            found: 8_001,
            limit: 8_000
        }
    );
}

#[test]
fn depth_is_limited_over_all_brackets_together() {
    let nested = |lists: usize| format!("{{a(x:{}{}){{b}}}}", "[".repeat(lists), "]".repeat(lists));
    assert_eq!(shape(&nested(30)).depth, 32);
    assert_eq!(refusal(&nested(31)), too_deep(33, 32));
}

#[test]
fn depth_is_limited_after_expansion() {
    let spread_at = |depth: usize| {
        format!(
            "{}...F{} fragment F on T {}b{}",
            "{a".repeat(depth),
            "}".repeat(depth),
            "{a".repeat(16),
            "}".repeat(16)
        )
    };
    assert_eq!(shape(&spread_at(16)).depth, 32);
    assert_eq!(refusal(&spread_at(17)), too_deep(33, 32));
}

#[test]
fn expanded_fields_are_limited() {
    // 100 spreads of 199 fields each, and the spreads themselves; then one field more.
    let spreads = |more: &str| {
        format!(
            "{{{}{more}}} fragment F on T {{{}}}",
            "...F ".repeat(100),
            "a ".repeat(199)
        )
    };
    assert_eq!(shape(&spreads("")).expanded_fields, 20_000);
    assert_eq!(refusal(&spreads("a")), too_many_fields());
}

#[test]
fn expanded_tokens_are_limited() {
    // 25 spreads of a fragment of 7,900 tokens; and one more.
    let spreads = |number: usize| {
        let spreads: String = (0..number).map(|_| "...F ").collect();
        format!(
            "{{{spreads}}} fragment F on T {{a(b:[{}])}}",
            "1 ".repeat(7_888)
        )
    };
    assert!(inspect(&spreads(25), &Limits::default()).is_ok());
    assert_eq!(
        refusal(&spreads(26)),
        Refusal::TooManyTokensAfterExpansion { limit: 200_000 }
    );
}

#[test]
fn aliases_are_limited() {
    assert_eq!(shape(&format!("{{{}}}", "a:b ".repeat(200))).aliases, 200);
    assert_eq!(
        refusal(&format!("{{{}}}", "a:b ".repeat(201))),
        Refusal::TooManyAliases {
            found: 201,
            limit: 200
        }
    );
}

#[test]
fn directives_are_limited() {
    assert_eq!(shape(&format!("{{a{}}}", "@d".repeat(100))).directives, 100);
    assert_eq!(
        refusal(&format!("{{a{}}}", "@d".repeat(101))),
        Refusal::TooManyDirectives {
            found: 101,
            limit: 100
        }
    );
}

#[test]
fn arguments_and_object_fields_are_neither_fields_nor_aliases() {
    let found = shape("query($v: In = {k: {l: m}}) {a(x: {y: z, w: [{u: v}]}, b: c)}");
    assert_eq!((found.expanded_fields, found.aliases), (1, 0));
}

#[test]
fn killers_by_depth_are_refused() {
    let refused = too_deep(33, 32);
    let lists = format!(
        "{{__typename @include(if:{}{})}}",
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    assert_eq!(refusal(&lists), refused);
    assert_eq!(refusal(&format!("{{a(x:{}", "[".repeat(5_000))), refused);
    assert_eq!(refusal(&format!("{{a(x:{}", "{y:".repeat(2_000))), refused);
    assert_eq!(refusal(&"{a:".repeat(5_000)), refused);
    assert_eq!(refusal(&"{a".repeat(5_000)), refused);
    assert_eq!(refusal(&format!("query($a:{}", "[".repeat(5_000))), refused);
    assert_eq!(refusal(&format!("{{...{}", "{...".repeat(5_000))), refused);
}

#[test]
fn doubling_fragments_are_refused() {
    assert_eq!(shape(&doubling(12)).expanded_fields, 12_287);
    assert_eq!(refusal(&doubling(13)), too_many_fields());
    assert_eq!(refusal(&doubling(22)), too_many_fields());
    assert_eq!(refusal(&doubling(60)), too_many_fields());
    let sum = inspect(&doubling(100), &unlimited())
        .unwrap()
        .expanded_fields;
    assert_eq!(sum, u64::MAX, "the sum saturates");
}

#[test]
fn doubling_fragments_that_nobody_spreads_are_refused() {
    let unused = doubling(22).replacen("{...f0}", "{a}", 1);
    assert_eq!(refusal(&unused), too_many_fields());
}

#[test]
fn every_operation_counts() {
    let part = "fragment F on T {a b c}";
    assert_eq!(
        shape(&format!("query A{{...F}} query B{{...F}} {part}")).expanded_fields,
        8
    );
}

#[test]
fn a_chain_of_ten_thousand_fragments_is_walked_without_recursion() {
    let chain: String = (0..10_000)
        .map(|n| format!("fragment f{n} on T{{...f{}}}", n + 1))
        .collect();
    let document = format!("{{...f0}}{chain}fragment f10000 on T{{a}}");
    let found = inspect(&document, &unlimited()).unwrap();
    assert_eq!((found.expanded_fields, found.depth), (10_002, 10_002));
    let shallow = Limits {
        depth: 32,
        ..unlimited()
    };
    assert_eq!(inspect(&document, &shallow), Err(too_deep(33, 32)));
}

#[test]
fn cycles_are_refused_also_where_no_operation_reaches_them() {
    assert_eq!(refusal("{...A} fragment A on T {...A}"), cycle_of("A"));
    assert_eq!(
        refusal("{...A} fragment A on T {b{...B}} fragment B on T {...A}"),
        cycle_of("A")
    );
    assert_eq!(
        refusal("{a} fragment A on T {...B} fragment B on T {...A}"),
        cycle_of("A")
    );
    let long = "x".repeat(1_000);
    assert_eq!(
        refusal(&format!("fragment {long} on T {{...{long}}}")),
        cycle_of(&long[..64])
    );
}

#[test]
fn an_unknown_fragment_is_left_to_the_validator() {
    assert_eq!(shape("{...Missing}").expanded_fields, 1);
}

#[test]
fn two_fragments_of_one_name_are_added_up() {
    assert_eq!(
        shape("{...F} fragment F on T {a} fragment F on T {b}").expanded_fields,
        3
    );
    assert_eq!(
        refusal("{...F} fragment F on T {a} fragment F on T {...F}"),
        cycle_of("F")
    );
}

#[test]
fn where_async_graphql_is_laxer_than_the_specification_the_gate_follows_it() {
    assert_eq!(refusal("{...X} fragmentX on T {...X}"), cycle_of("X"));
    for spread in ["...on", "...on #\n T{a}", "...on#\nT{a}", "...on@d"] {
        assert_eq!(
            refusal(&format!("fragment on on T {{{spread}}}")),
            cycle_of("on"),
            "{spread}"
        );
    }
    assert_eq!(
        shape("fragment on on T {... # x\n on,\u{feff}T{a}}").expanded_fields,
        2
    );
    assert_eq!(shape("{...onX} fragment onX on T {a}").expanded_fields, 2);
    assert_eq!(
        shape("{...fragment} fragment fragment on T {a}").expanded_fields,
        2
    );
}

#[test]
fn brackets_in_strings_and_comments_do_not_count() {
    let many = "([{".repeat(100);
    for document in [
        format!(r#"{{a(x:"{many}\"{many}\\")}}"#),
        format!(
            r#"{{a(x:"""{many}"\"""{many}
            {many}\""")}}"#
        )
        .replace(r#"\""")}"#, r#"\\""" """)}"#),
        format!("{{a #{many}\"\n(x:1)}}"),
        format!("{{a #{many}\"\"\"\r(x:1)}}"),
    ] {
        assert_eq!(shape(&document).depth, 2, "{document}");
    }
}

#[test]
fn quotes_end_a_string_where_the_parser_says_so() {
    let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
    for before in [
        r#""""#,
        r#""\\""#,
        r#""""""""#,
        r##""""\"""#""""##,
        r#"""" \\""" """"#,
        "\"#\"",
    ] {
        assert_eq!(
            refusal(&format!("{{a(x:[{before} {deep}])}}")),
            too_deep(33, 32),
            "{before}"
        );
    }
}

#[test]
fn unterminated_strings_are_refused_with_their_place() {
    let at = |line, column| Refusal::UnterminatedString { line, column };
    assert_eq!(refusal(r#"{a(x:"b)}"#), at(1, 6));
    assert_eq!(refusal("{\n é(x:\"b\n\")}"), at(2, 6));
    assert_eq!(refusal(r#"{a(x:"b\"#), at(1, 6));
    assert_eq!(refusal("{a(x:\"b\\\n\")}"), at(1, 6));
    assert_eq!(refusal(r#"{a(x:"""b")}"#), at(1, 6));
    assert_eq!(refusal(r#"{a(x:"""b\""")}"#), at(1, 6));
    assert_eq!(refusal(r#"{a(x:"""""["#), at(1, 6));
}

#[test]
fn unbalanced_brackets_are_refused_with_their_place() {
    let at = |line, column| Refusal::UnbalancedBrackets { line, column };
    assert_eq!(refusal("{a"), at(1, 1));
    assert_eq!(refusal("{a(b:[1)}"), at(1, 8));
    assert_eq!(refusal("{a}}"), at(1, 4));
    assert_eq!(refusal("{a\n (x: {y: 1]"), at(2, 11));
    assert_eq!(refusal("]"), at(1, 1));
}

#[test]
fn refusals_carry_numbers_and_hints() {
    let deep = refusal(&"{a".repeat(40));
    assert_eq!(
        deep.too_much(),
        Some((("niveaus diep", "levels of depth"), 33, 32))
    );
    assert_eq!(
        deep.to_string(),
        "brackets are nested 33 deep or more, the limit is 32"
    );
    assert_eq!(
        refusal(&doubling(22)).too_much(),
        Some((("velden", "fields"), 20_001, 20_000))
    );
    let open = refusal("{a");
    assert_eq!(open.too_much(), None);
    assert_eq!(
        open.hint(),
        (
            "Geef elk haakje een tegenhanger van dezelfde soort.",
            "Give every bracket a counterpart of the same kind.",
        )
    );
}

#[test]
fn json_depth_is_limited_and_strings_are_skipped() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(inspect_json_depth(nested(64).as_bytes(), 64), Ok(()));
    assert_eq!(
        inspect_json_depth(nested(65).as_bytes(), 64),
        Err(too_deep(65, 64))
    );
    assert_eq!(
        inspect_json_depth(br#"{"a":"[[[\"[[[\\","b":["]]"]}"#, 2),
        Ok(())
    );
    assert_eq!(inspect_json_depth(br#"["\\",[{"#, 2), Err(too_deep(3, 2)));
    assert_eq!(inspect_json_depth(b"[],{},]]]][[", 2), Ok(()));
    assert_eq!(inspect_json_depth(b"\xff\"\\", 0), Ok(()));
}

/// Pieces that matter to the lexer, whole and broken.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "{", "}", "(", ")", "[", "]", "...", ".", "..", ":", "@", "$", "!", "=", "|", "&", ",", " ",
    "\n", "\r", "#", "\"", "\"\"\"", "\\", "\\\"\"\"", "\u{feff}", "é", "a", "on", "on ", "on T",
    "fragment", "fragment ", "fragment a on T{", "...a", "query ", "-1.5e3", "0", "1.", "e", "a:b",
    "@d(x:1)", "{a}", "\"s\"",
];

/// Some thousands of cases; a million by hand: `PROPTEST_CASES=1000000 cargo test -p api --lib gate
/// --release`.
fn many() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: if usual.cases == 256 {
            2_000
        } else {
            usual.cases
        },
        ..usual
    }
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn arbitrary_text_never_panics(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let _ = inspect(&text, &Limits::default());
        let _ = inspect(&text, &unlimited());
        let _ = inspect_json_depth(&bytes, 32);
    }

    #[test]
    fn mixtures_of_tokens_never_panic_and_take_linear_work(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..400),
        repeats in 1_usize..20,
    ) {
        let document = pieces.concat().repeat(repeats);
        STEPS.with(|steps| steps.set(0));
        let found = inspect(&document, &unlimited());
        let steps = STEPS.with(Cell::get);
        prop_assert!(steps <= 8 * document.len() + 8, "{steps} steps for {} bytes", document.len());
        if let Ok(shape) = found {
            prop_assert!(shape.tokens <= document.len());
            prop_assert_eq!(inspect(&document, &Limits {
                tokens: shape.tokens,
                depth: shape.depth,
                expanded_fields: shape.expanded_fields,
                expanded_tokens: u64::MAX,
                aliases: shape.aliases,
                directives: shape.directives,
                bytes: document.len(),
            }), Ok(shape), "a document passes limits equal to its own shape");
        }
    }

    /// The parser recurses; whatever the gate lets through must come back from it, as a document or
    /// as an error.
    #[test]
    fn what_passes_the_gate_comes_back_from_the_parser(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60),
        (open, middle, close) in prop::sample::select(NESTED),
        depth in 0_usize..80,
    ) {
        let nested = format!("{}{middle}{}", open.repeat(depth), close.repeat(depth));
        for document in [pieces.concat(), nested] {
            if inspect(&document, &Limits::default()).is_ok() {
                let _ = async_graphql::parser::parse_query(&document);
            }
        }
    }
}

/// What can be put into itself.
const NESTED: &[(&str, &str, &str)] = &[
    ("{a", "", "}"),
    ("{a:b", "", "}"),
    ("{...", "{a}", "}"),
    ("{a(b:", "1", "){c}}"),
    ("{a(b:[", "99999999999999999999999999999e999", "]){c}}"),
    ("query($a:[", "Int", "])"),
    ("{a @include(if:{b:", "true", "})}"),
];
