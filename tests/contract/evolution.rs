//! What of the contract may change and how clients hear of it: breaks by name in the changelog, new
//! values of enums as safe or not, deprecations with their term.
//!
//! Everything here is plain: two schemas and a changelog go in, what is missing comes out.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::{
    parse_schema,
    types::{FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition},
};
use chrono::{Months, NaiveDate};

/// How long a deprecated element stays at least.
const DEPRECATED_FOR: Months = Months::new(6);

/// Something that clients lean on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    kind: Kind,
    /// The type, as in `[Area!]!`; of a type its kind.
    ty: String,
    /// What holds when it is left out.
    default: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Type,
    /// A value of an enum, a member of a union, an interface of a type.
    Member,
    Output,
    Input,
}

impl Element {
    fn of(kind: Kind, ty: impl Into<String>) -> Self {
        Self {
            kind,
            ty: ty.into(),
            default: None,
        }
    }

    fn input(definition: &InputValueDefinition) -> Self {
        Self {
            kind: Kind::Input,
            ty: definition.ty.node.to_string(),
            default: definition
                .default_value
                .as_ref()
                .map(|value| value.node.to_string()),
        }
    }

    /// Whether it must be given.
    fn is_required(&self) -> bool {
        self.kind == Kind::Input && self.ty.ends_with('!') && self.default.is_none()
    }

    /// Whether a client of the old one is served by the new one. An output that is no longer null,
    /// and an input that need no longer be given, hurt nobody.
    fn holds_as(&self, new: &Self) -> bool {
        let is_same = self.kind == new.kind && self.default == new.default;
        is_same
            && match self.kind {
                Kind::Type | Kind::Member => self.ty == new.ty,
                Kind::Output => {
                    new.ty == self.ty || new.ty.strip_suffix('!') == Some(self.ty.as_str())
                }
                Kind::Input => {
                    new.ty == self.ty || self.ty.strip_suffix('!') == Some(new.ty.as_str())
                }
            }
    }

    /// The name of its type, without lists and signs.
    fn base(&self) -> &str {
        self.ty.trim_matches(['[', ']', '!'])
    }
}

type Elements = BTreeMap<String, Element>;

/// What clients lean on, by name: `Area`, `Area.name`, `Query.area(code)`, `Language.NL`.
pub(crate) fn elements(sdl: &str) -> Elements {
    let document = parse_schema(sdl).expect("the schema is GraphQL");
    let mut found = BTreeMap::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let of = definition.node.name.node.as_str();
        let mut member = |name: &str| {
            found.insert(format!("{of}.{name}"), Element::of(Kind::Member, ""));
        };
        let kind = match &definition.node.kind {
            TypeKind::Object(object) => {
                object.implements.iter().for_each(|one| member(&one.node));
                let fields = object.fields.iter().map(|field| &field.node);
                insert_fields(&mut found, of, fields);
                "type"
            }
            TypeKind::Interface(interface) => {
                let fields = interface.fields.iter().map(|field| &field.node);
                insert_fields(&mut found, of, fields);
                "interface"
            }
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    let name = format!("{of}.{}", field.node.name.node);
                    found.insert(name, Element::input(&field.node));
                }
                "input"
            }
            TypeKind::Enum(list) => {
                list.values
                    .iter()
                    .for_each(|one| member(&one.node.value.node));
                "enum"
            }
            TypeKind::Union(union) => {
                union.members.iter().for_each(|one| member(&one.node));
                "union"
            }
            TypeKind::Scalar => "scalar",
        };
        found.insert(of.to_owned(), Element::of(Kind::Type, kind));
    }
    found
}

fn insert_fields<'a>(
    found: &mut Elements,
    of: &str,
    fields: impl Iterator<Item = &'a FieldDefinition>,
) {
    for field in fields {
        let name = format!("{of}.{}", field.name.node);
        for argument in &field.arguments {
            let of_argument = format!("{name}({})", argument.node.name.node);
            found.insert(of_argument, Element::input(&argument.node));
        }
        found.insert(name, Element::of(Kind::Output, field.ty.node.to_string()));
    }
}

/// The type that an element is of, as of `Query.area(code)` it is `Query`.
fn parent(name: &str) -> &str {
    name.split(['(', '.']).next().unwrap_or_default()
}

/// What a client of the old schema would trip over: what is gone, what is no longer what it was,
/// and what must be given that nobody gave before.
fn broken(old: &Elements, new: &Elements) -> Vec<String> {
    let gone = old.iter().filter(|(name, was)| {
        let is = new.get(*name);
        !is.is_some_and(|is| was.holds_as(is))
    });
    let demanded = new.iter().filter(|(name, is)| {
        let knew_place = match name.split_once('(') {
            Some((field, _)) => old.contains_key(field),
            None => old.contains_key(parent(name)),
        };
        is.is_required() && !old.contains_key(*name) && knew_place
    });
    gone.chain(demanded).map(|(name, _)| name.clone()).collect()
}

/// Whether a text names something as code.
pub(crate) fn names(text: &str, name: &str) -> bool {
    text.contains(&format!("`{name}`"))
}

/// What breaks a client of the old schema and is not announced. What is gone everywhere, as a type
/// or an argument, is announced by its name alone, and so is every element that was of such a type;
/// of an enum that is gone, each value that no enum has any more by its own.
pub(crate) fn unannounced(old: &str, new: &str, changelog: &str) -> Vec<String> {
    let (old, new) = (elements(old), elements(new));
    let codes: BTreeSet<&str> = new
        .iter()
        .filter(|(_, element)| element.kind == Kind::Member)
        .filter_map(|(name, _)| Some(name.split_once('.')?.1))
        .collect();
    let arguments: BTreeSet<&str> = new.keys().filter_map(|name| argument(name)).collect();
    // The enum of the codes of an error goes with the error.
    let is_named_error = |name: &str| {
        let error = name.strip_suffix("Code");
        error.is_some_and(|error| !new.contains_key(error) && names(changelog, error))
    };
    let is_announced_type =
        |name: &str| !new.contains_key(name) && (names(changelog, name) || is_named_error(name));
    let is_named = |name: &String| {
        let of = parent(name);
        let is_gone = !new.contains_key(of);
        let was = old.get(name);
        if is_gone && was.is_some_and(|was| was.kind == Kind::Member) {
            let value = name.split_once('.').map_or("", |(_, value)| value);
            return is_announced_type(of) && (codes.contains(value) || names(changelog, value));
        }
        if is_gone {
            return is_announced_type(of);
        }
        if let Some(argument) = argument(name)
            && !arguments.contains(argument)
            && names(changelog, argument)
        {
            return true;
        }
        names(changelog, name) || was.is_some_and(|was| is_announced_type(was.base()))
    };
    let mut missing = broken(&old, &new);
    missing.retain(|name| !is_named(name));
    missing
}

/// The argument that an element is.
fn argument(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once('(')?;
    rest.strip_suffix(')')
}

/// The values that enums of the old schema have got, each as the changelog announces it. One that
/// an answer may hold is not safe: a client that knows all values meets one that it does not. One
/// that is only given is safe.
pub(crate) fn new_values(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (elements(old), elements(new));
    let answered: BTreeSet<&str> = new
        .values()
        .filter(|element| element.kind == Kind::Output)
        .map(Element::base)
        .collect();
    let is_enum = |of: &str| old.get(of).is_some_and(|element| element.ty == "enum");
    let added = new.iter().filter(|(name, element)| {
        element.kind == Kind::Member && is_enum(parent(name)) && !old.contains_key(*name)
    });
    added
        .map(|(name, _)| {
            let safe = if answered.contains(parent(name)) {
                "not safe"
            } else {
                "safe"
            };
            format!("`{name}` ({safe})")
        })
        .collect()
}

/// Whether the reason of a deprecation is whole: words, and then the day from which and the day
/// until which it stays, six months later or more.
pub(crate) fn is_announced(reason: &str) -> bool {
    let Some((why, days)) = reason.split_once("Deprecated since ") else {
        return false;
    };
    let Some((since, until)) = days.split_once("; stays until ") else {
        return false;
    };
    let day = |text: &str| text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    let whole = day(since).zip(day(until));
    why.trim_matches(['"', ' ']).len() > 3
        && whole.is_some_and(|(since, until)| since + DEPRECATED_FOR <= until)
}

#[test]
fn a_break_is_seen() {
    let all = |old: &str, new: &str| broken(&elements(old), &elements(new));
    let old = "type Query { a(b: Int): Int! c: Int d: String } enum E { X Y }";
    let same = "type Query { a(b: Int, e: Int): Int! c: Int! d: String f: Int } enum E { X Y Z }";
    assert_eq!(all(old, same), [""; 0]);
    let new = "type Query { a(b: Int!): Int c: Int d: ID } enum E { X }";
    assert_eq!(all(old, new), ["E.Y", "Query.a", "Query.a(b)", "Query.d"]);
    let demanding = "type Query { a(b: Int, e: Int!): Int! c: Int d: String } enum E { X Y }";
    assert_eq!(all(old, demanding), ["Query.a(e)"]);
    let old = "type Query { a(b: Int = 1): U } union U = A | B type A implements N { n: Int }
        type B { n: Int } interface N { n: Int } input I { a: Int! } scalar S";
    let new = "type Query { a(b: Int = 2): U } union U = A type A { n: Int } type B { n: Int }
        interface N { n: Int } input I { a: Int! b: Int! }";
    assert_eq!(all(old, new), ["A.N", "Query.a(b)", "S", "U.B", "I.b"]);
}

/// The contract itself, changed in each way that hurts a client: the changelog of today does not
/// announce it, so each is demanded.
#[test]
fn each_break_of_the_contract_is_demanded() {
    let sdl = transport::schema::sdl();
    let changed = |within: &str, from: &str, to: &str| {
        let (before, after) = sdl.split_once(within).expect("the type");
        assert!(after.contains(from), "{from}");
        let changed = format!("{before}{within}{}", after.replacen(from, to, 1));
        unannounced(&sdl, &changed, "")
    };
    assert_eq!(unannounced(&sdl, &sdl, ""), [""; 0]);
    for (within, from, to, broken) in [
        (
            "\ntype Partner ",
            "\twebsite: ",
            "\tsite: ",
            "Partner.website",
        ),
        (
            "\ntype Partner ",
            "\tkey: String!",
            "\tkey: String",
            "Partner.key",
        ),
        (
            "\ntype Partner ",
            "\t\tended: Boolean! = false",
            "\t\tended: Boolean! = true",
            "Partner.roles(ended)",
        ),
        (
            "\ninput RegisterPartnerInput ",
            "\twebsite: String\n",
            "\twebsite: String!\n",
            "RegisterPartnerInput.website",
        ),
        (
            "\nenum DeclaredPolicyState ",
            "\tBEING_UPDATED\n",
            "\tRENEWED\n",
            "DeclaredPolicyState.BEING_UPDATED",
        ),
    ] {
        assert_eq!(changed(within, from, to), [broken]);
    }
}

#[test]
fn what_is_announced_is_not_demanded() {
    let old =
        "type Query { a(at: Int): D b(at: Int): [D!]! c: E } scalar D enum E { X Y } enum F { Y }";
    let new = "type Query { a: T b: [T!]! c: F } scalar T enum F { Y }";
    assert_eq!(
        unannounced(old, new, ""),
        [
            "D",
            "E",
            "E.X",
            "E.Y",
            "Query.a",
            "Query.a(at)",
            "Query.b",
            "Query.b(at)",
            "Query.c"
        ]
    );
    assert_eq!(
        unannounced(old, new, "`D` is `T`; `at` is gone; `E` is `F`."),
        ["E.X"]
    );
    assert_eq!(
        unannounced(
            old,
            new,
            "`D` is `T`; `at` is gone; `E` is `F`, `X` is `Y`."
        ),
        [""; 0]
    );
    // An argument that others still have is announced by its whole name.
    let new = "type Query { a: D b(at: Int): [D!]! c: E } scalar D enum E { X Y } enum F { Y }";
    assert_eq!(
        unannounced(old, new, "`at` of `a` is gone."),
        ["Query.a(at)"]
    );
    assert_eq!(unannounced(old, new, "`Query.a(at)` is gone."), [""; 0]);
}

#[test]
fn a_new_value_is_safe_where_it_is_only_given() {
    let old = "type Query { a(g: Given): Got } enum Given { X } enum Got { X }";
    let new = "type Query { a(g: Given): Got } enum Given { X Y } enum Got { X Y } enum New { Z }";
    assert_eq!(
        new_values(old, new),
        ["`Given.Y` (safe)", "`Got.Y` (not safe)"]
    );
}

#[test]
fn a_deprecation_says_why_and_stays_six_months() {
    let whole = "\"Ask `at`. Deprecated since 2026-12-01; stays until 2027-06-01.\")";
    assert!(is_announced(whole));
    for wrong in [
        "\"Ask `at`. Deprecated since 2026-12-01; stays until 2027-05-31.\")",
        "\"Deprecated since 2026-12-01; stays until 2027-06-01.\")",
        "\"Ask `at`. Gone on 2027-06-01.\")",
        "\"\")",
    ] {
        assert!(!is_announced(wrong), "{wrong}");
    }
}
