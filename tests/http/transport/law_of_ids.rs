//! The law of ids, by documents that are made of the schema: two answers with one id have one value
//! for one field with the same arguments, two root fields with the same name and arguments name one
//! object, and `node` gives the object of an id.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{
    App, Client, a_draft, a_period, a_reporting_region, a_submission, met, municipality, spawn_app,
    vng,
};
use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition},
};
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Value, json};

use crate::changes::{correct_44, second_round};

/// Levels of a document.
const DEEPEST: usize = 4;
/// Fields of one selection.
const WIDEST: u32 = 5;
/// Ids that are asked of `node`, spread over all that were answered.
const IDS: usize = 300;
/// Documents whose answers are compared.
const DOCUMENTS: usize = 500;

/// Values for arguments, by field and argument; an argument that is not named here is left out.
const VALUES: [(&str, &str, &[&str]); 22] = [
    ("action", "number", &["44", "2", "32"]),
    ("action", "round", &["null", "\"2025-1\""]),
    ("actions", "first", &["3"]),
    ("actionLines", "round", &["null", "\"2025-1\""]),
    ("areas", "first", &["3"]),
    ("area", "code", &["\"PE03\"", "\"VR14\""]),
    ("assessment", "municipality", &["\"GM0402\""]),
    ("assessment", "period", &["\"2026-2\""]),
    ("compliancePicture", "by", &["SAFETY_REGION", "COUNTRY"]),
    (
        "coverage",
        "role",
        &["CHAIN_COORDINATOR", "CARE_COORDINATOR"],
    ),
    ("dashboard", "round", &["null", "\"2025-1\""]),
    ("functionsInArea", "area", &["\"VR14\"", "\"VR09\""]),
    (
        "municipality",
        "code",
        &["\"GM0402\"", "\"GM0457\"", "\"GM0363\""],
    ),
    ("municipalities", "first", &["3"]),
    ("partner", "name", &["\"comensha\"", "\"nidos\""]),
    ("partners", "first", &["3"]),
    ("policies", "first", &["3"]),
    ("policyState", "municipality", &["\"GM0402\"", "\"GM0310\""]),
    ("region", "code", &["\"VR14\"", "\"VR09\""]),
    ("reorganisations", "first", &["3"]),
    ("standings", "first", &["2"]),
    ("verdict", "municipality", &["\"GM0402\""]),
];

fn values(field: &str, argument: &str) -> Option<&'static [&'static str]> {
    let named = |row: &&(&str, &str, &'static [&'static str])| row.0 == field && row.1 == argument;
    let found = VALUES.iter().find(named).map(|row| row.2);
    found.or(match (field, argument) {
        ("verdict", "period") => Some(&["\"2026-2\""]),
        (_, "first") => Some(&["2"]),
        _ => None,
    })
}

/// Throws that are the same in every run.
struct Dice(TestRng);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        use proptest::prelude::Rng as _;
        self.0.next_u32() as usize % sides.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len());
        from.get(at)
    }
}

/// The types of the schema, as far as documents are made of them.
#[derive(Default)]
struct Types {
    fields: BTreeMap<String, Vec<FieldDefinition>>,
    /// The object types of interfaces and unions.
    possible: BTreeMap<String, Vec<String>>,
}

impl Types {
    fn read() -> Self {
        let mut types = Self::default();
        let sdl = transport::schema::sdl();
        for definition in parse_schema(sdl)
            .expect("the schema is GraphQL")
            .definitions
        {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let name = definition.node.name.node.to_string();
            let fields = match definition.node.kind {
                TypeKind::Object(object) => {
                    for of in object.implements {
                        types
                            .possible
                            .entry(of.node.to_string())
                            .or_default()
                            .push(name.clone());
                    }
                    object.fields
                }
                TypeKind::Interface(interface) => interface.fields,
                TypeKind::Union(union) => {
                    let members = union.members.iter().map(|member| member.node.to_string());
                    types.possible.entry(name).or_default().extend(members);
                    continue;
                }
                TypeKind::Scalar | TypeKind::Enum(_) | TypeKind::InputObject(_) => continue,
            };
            let fields = fields.into_iter().map(|field| field.node).collect();
            types.fields.insert(name, fields);
        }
        types
    }

    fn has_id(&self, of: &str) -> bool {
        let fields = self.fields.get(of).into_iter().flatten();
        fields.into_iter().any(|field| field.name.node == "id")
    }

    fn has_fields(&self, of: &str) -> bool {
        self.fields.contains_key(of) || self.possible.contains_key(of)
    }
}

fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(of) => named(of),
    }
}

/// Makes documents.
struct Maker {
    types: Types,
    dice: Dice,
}

impl Maker {
    /// A selection on a type: its id, and some of its fields.
    fn selection(&mut self, of: &str, depth: usize) -> String {
        let mut text = "__typename ".to_owned();
        if self.types.has_id(of) {
            text += "id ";
        }
        if let Some(possible) = self.types.possible.get(of).cloned() {
            for _ in 0..2 {
                if let Some(one) = self.dice.pick(&possible) {
                    text += &format!("... on {one} {{ {} }} ", self.selection(one, depth));
                }
            }
            return text;
        }
        let fields = self.types.fields[of].clone();
        let mut taken = BTreeSet::new();
        for _ in 0..WIDEST {
            let Some(field) = self.dice.pick(&fields) else {
                break;
            };
            if field.name.node != "id" && taken.insert(field.name.node.to_string()) {
                text += &self.field(of, field, depth, None).unwrap_or_default();
            }
        }
        text
    }

    /// A field under a key that says its type, its name and its arguments; none where it cannot be
    /// asked.
    fn field(
        &mut self,
        of: &str,
        field: &FieldDefinition,
        depth: usize,
        at: Option<&str>,
    ) -> Option<String> {
        let name = field.name.node.as_str();
        let mut arguments: Vec<String> = Vec::new();
        let mut key = format!("{of}__{name}");
        for argument in &field.arguments {
            let argument = &argument.node;
            match (values(name, &argument.name.node), at) {
                (Some(values), _) => {
                    let value = self.dice.pick(values)?;
                    let readable = value.replace(|letter: char| !letter.is_alphanumeric(), "");
                    key += &format!("__{readable}");
                    arguments.push(format!("{}: {value}", argument.name.node));
                }
                (None, Some(at)) if argument.name.node == "at" => {
                    arguments.push(format!("at: {at}"));
                }
                (None, _) => {
                    let is_required = !argument.ty.node.nullable;
                    if is_required && argument.default_value.is_none() {
                        return None;
                    }
                }
            }
        }
        let ty = named(&field.ty.node).to_owned();
        let below = if self.types.has_fields(&ty) {
            if depth == 0 {
                return None;
            }
            format!("{{ {} }}", self.selection(&ty, depth - 1))
        } else {
            String::new()
        };
        let arguments = if arguments.is_empty() {
            String::new()
        } else {
            format!("({})", arguments.join(", "))
        };
        Some(format!("{key}: {name}{arguments} {below} "))
    }

    /// A document of one root field at a moment; none of a field that is not asked here.
    fn document(&mut self, root: &FieldDefinition, at: &str) -> Option<String> {
        let depth = 1 + self.dice.below(DEEPEST);
        let field = self.field("Query", root, depth, Some(at))?;
        Some(format!("{{ {field} }}"))
    }
}

/// What was answered, by the id or the root field that it belongs to and the way from there.
#[derive(Default)]
struct Kept {
    values: BTreeMap<String, (Value, String)>,
    /// The ids, with their types.
    ids: BTreeMap<String, String>,
    breaches: Vec<String>,
}

impl Kept {
    fn keep(&mut self, place: &str, value: &Value, document: &str) {
        match value {
            Value::Object(fields) => {
                let id = fields.get("id").and_then(Value::as_str);
                let owner = id.unwrap_or(place);
                if let Some(id) = id {
                    self.record(place, json!(id), document);
                    let kind = fields["__typename"].as_str().unwrap_or_default();
                    self.ids.insert(id.to_owned(), kind.to_owned());
                }
                for (key, value) in fields {
                    if key != "id" {
                        self.keep(&format!("{owner}/{key}"), value, document);
                    }
                }
            }
            Value::Array(items) => {
                self.record(&format!("{place}#"), json!(items.len()), document);
                for (index, item) in items.iter().enumerate() {
                    self.keep(&format!("{place}/{index}"), item, document);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                self.record(place, value.clone(), document);
            }
        }
    }

    /// Keeps a value, and the breach where another one stood there.
    fn record(&mut self, place: &str, value: Value, document: &str) {
        let before = self.values.get(place);
        match before {
            Some((before, other)) if *before != value => self.breaches.push(format!(
                "{place}: {before} and {value}, by\n  {other}\nand\n  {document}"
            )),
            Some(_) => {}
            None => {
                let kept = (value, document.to_owned());
                self.values.insert(place.to_owned(), kept);
            }
        }
    }
}

/// The moments that are asked of, once the ledger has moved between them.
async fn moments(app: &App) -> Vec<String> {
    let head = "select number from ledger_head";
    let reviewer = app.with(&vng());
    let first = app.database.count(head).await;
    correct_44(app).await;
    let second = app.database.count(head).await;
    second_round(app).await;
    a_period().sent_by(&reviewer).await;
    a_reporting_region("VR14").sent_by(&reviewer).await;
    let hilversum = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["BB-03"])).sent_by(&hilversum).await;
    a_submission("GM0402").sent_by(&hilversum).await;
    vec![
        "null".to_owned(),
        format!("{{ ledger: {first} }}"),
        format!("{{ ledger: {second} }}"),
        "{ day: \"2022-03-23\" }".to_owned(),
        "{ day: \"2025-12-31\" }".to_owned(),
        "{ day: \"2027-03-01\" }".to_owned(),
        format!("{{ ledger: {second}, day: \"2018-12-31\" }}"),
    ]
}

/// Asks, and keeps what is answered without an error.
async fn ask(client: &Client, kept: &mut Kept, owner: &str, document: &str) -> bool {
    let answer = client.ask(document).await.json();
    if answer.get("errors").is_some() {
        return false;
    }
    for (key, value) in answer["data"].as_object().into_iter().flatten() {
        let place = if key == "node" {
            owner.to_owned()
        } else {
            format!("{owner}/{key}")
        };
        kept.keep(&place, value, document);
    }
    true
}

#[tokio::test]
async fn one_id_is_one_thing_in_whatever_document_it_stands() {
    let app = spawn_app();
    let moments = moments(&app).await;
    let client = app.with(&vng());
    let mut maker = Maker {
        types: Types::read(),
        dice: Dice(TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let mut kept = Kept::default();
    let roots: Vec<FieldDefinition> = maker.types.fields["Query"]
        .iter()
        .filter(|field| {
            field
                .arguments
                .iter()
                .any(|argument| argument.node.name.node == "at")
        })
        .cloned()
        .collect();
    let mut of_roots: BTreeSet<String> = BTreeSet::new();
    let mut answered = 0;
    for _ in 0..DOCUMENTS {
        let root = maker.dice.pick(&roots).expect("root fields").clone();
        let at = maker.dice.pick(&moments).expect("moments").clone();
        let Some(document) = maker.document(&root, &at) else {
            continue;
        };
        if ask(&client, &mut kept, &format!("at {at}"), &document).await {
            of_roots.insert(root.name.node.to_string());
            answered += 1;
        }
    }
    // Whatever has an id is found by it, and is the same thing.
    let ids: Vec<(String, String)> = kept.ids.clone().into_iter().collect();
    let mut found = 0;
    let by_id = ids.iter().step_by(1 + ids.len() / IDS);
    for (id, kind) in by_id.clone() {
        let selection = maker.selection(kind, 2);
        let document =
            format!("{{ node(id: \"{id}\") {{ __typename id ... on {kind} {{ {selection} }} }} }}");
        if ask(&client, &mut kept, id, &document).await {
            found += 1;
        }
    }
    assert!(
        kept.breaches.is_empty(),
        "{} breaches:\n{}",
        kept.breaches.len(),
        kept.breaches
            .iter()
            .take(12)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
    let pinned = ids.iter().filter(|(id, _)| id.contains('.')).count();
    assert!(
        pinned > 100 && ids.len() - pinned > 100,
        "{pinned} of {}",
        ids.len()
    );
    assert!(
        answered > DOCUMENTS / 2 && found > by_id.len() / 2,
        "{answered} {found} {}",
        ids.len()
    );
    assert!(of_roots.len() > 35, "{of_roots:?}");
}
