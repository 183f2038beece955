//! Introspection says what `schema.graphql` says, word for word: a client that is generated from
//! the one and documented from the other must not find two contracts.

use std::collections::BTreeMap;

use acceptance::spawn_app;
use async_graphql::parser::{
    parse_schema,
    types::{FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition},
};
use serde_json::Value;

const EVERY_TEXT: &str = "{ __schema {
    types { name description specifiedByURL
        fields(includeDeprecated: true) { name description args { name description } }
        inputFields { name description }
        enumValues(includeDeprecated: true) { name description } }
    directives { name description } } }";

/// Directives that the specification defines (3.13). Arguments of directives are not compared: the
/// library writes their descriptions into introspection alone.
const OF_EVERY_SCHEMA: [&str; 5] = ["deprecated", "include", "oneOf", "skip", "specifiedBy"];

/// Descriptions by what they describe: `Type`, `Type.field`, `Type.field(argument)`.
type Texts = BTreeMap<String, String>;

fn of_introspection(schema: &Value) -> Texts {
    let mut texts = Texts::new();
    let all = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut keep = |name: String, thing: &Value| {
        let description = thing["description"].as_str().unwrap_or_default();
        texts.insert(name, description.to_owned());
    };
    for thing in all(&schema["types"]) {
        let name = thing["name"].as_str().unwrap().to_owned();
        let is_of_every_schema = ["Boolean", "Float", "ID", "Int", "String"].contains(&&*name);
        if name.starts_with("__") || is_of_every_schema {
            continue;
        }
        keep(name.clone(), &thing);
        if let Some(url) = thing["specifiedByURL"].as_str() {
            let specified = serde_json::json!({ "description": url });
            keep(format!("{name} @specifiedBy"), &specified);
        }
        for list in ["fields", "inputFields", "enumValues"] {
            for part in all(&thing[list]) {
                let part_name = format!("{name}.{}", part["name"].as_str().unwrap());
                keep(part_name.clone(), &part);
                for argument in all(&part["args"]) {
                    let argument_name = argument["name"].as_str().unwrap();
                    keep(format!("{part_name}({argument_name})"), &argument);
                }
            }
        }
    }
    for directive in all(&schema["directives"]) {
        let name = directive["name"].as_str().unwrap();
        if !OF_EVERY_SCHEMA.contains(&name) {
            keep(format!("@{name}"), &directive);
        }
    }
    texts
}

fn of_text(text: &str) -> Texts {
    let mut texts = Texts::new();
    for definition in parse_schema(text)
        .expect("the schema is GraphQL")
        .definitions
    {
        match definition {
            TypeSystemDefinition::Schema(_) => {}
            TypeSystemDefinition::Directive(directive) => {
                let directive = directive.node;
                let name = directive.name.node.as_str();
                if !OF_EVERY_SCHEMA.contains(&name) {
                    let description = directive.description.map(|text| text.node);
                    texts.insert(format!("@{name}"), description.unwrap_or_default());
                }
            }
            TypeSystemDefinition::Type(definition) => {
                let definition = definition.node;
                let name = definition.name.node.to_string();
                for directive in &definition.directives {
                    let url = directive.node.get_argument("url");
                    if let Some(url) = url.filter(|_| directive.node.name.node == "specifiedBy") {
                        let url = url.node.to_string().trim_matches('"').to_owned();
                        texts.insert(format!("{name} @specifiedBy"), url);
                    }
                }
                match definition.kind {
                    TypeKind::Object(object) => keep_fields(&mut texts, &name, &object.fields),
                    TypeKind::Interface(interface) => {
                        keep_fields(&mut texts, &name, &interface.fields);
                    }
                    TypeKind::InputObject(input) => {
                        keep_inputs(&mut texts, &input.fields, |field| format!("{name}.{field}"));
                    }
                    TypeKind::Enum(list) => {
                        for value in list.values {
                            let description = value.node.description.map(|text| text.node);
                            let value = format!("{name}.{}", value.node.value.node);
                            texts.insert(value, description.unwrap_or_default());
                        }
                    }
                    TypeKind::Scalar | TypeKind::Union(_) => {}
                }
                let description = definition.description.map(|text| text.node);
                texts.insert(name, description.unwrap_or_default());
            }
        }
    }
    texts
}

type Placed<T> = async_graphql::Positioned<T>;

fn keep_fields(texts: &mut Texts, parent: &str, fields: &[Placed<FieldDefinition>]) {
    for field in fields {
        let name = format!("{parent}.{}", field.node.name.node);
        keep_inputs(texts, &field.node.arguments, |argument| {
            format!("{name}({argument})")
        });
        let description = field.node.description.as_ref();
        let description = description.map(|text| text.node.clone());
        texts.insert(name, description.unwrap_or_default());
    }
}

fn keep_inputs(
    texts: &mut Texts,
    inputs: &[Placed<InputValueDefinition>],
    name: impl Fn(&str) -> String,
) {
    for input in inputs {
        let description = input.node.description.as_ref();
        let description = description.map(|text| text.node.clone());
        texts.insert(name(&input.node.name.node), description.unwrap_or_default());
    }
}

#[tokio::test]
async fn introspection_and_the_text_describe_the_same_alike() {
    let app = spawn_app();
    let introspected = of_introspection(&app.public().ask(EVERY_TEXT).await.data()["__schema"]);
    let written = of_text(&app.public().get("/schema.graphql").await.body);
    assert!(written.len() > 3_500, "{}", written.len());
    let names = introspected.keys().chain(written.keys());
    let differing: BTreeMap<&String, _> = names
        .map(|name| (name, (introspected.get(name), written.get(name))))
        .filter(|(_, (introspected, written))| introspected != written)
        .collect();
    assert!(
        differing.is_empty(),
        "{} differ, such as {:#?}",
        differing.len(),
        differing.iter().take(20).collect::<Vec<_>>()
    );
}
