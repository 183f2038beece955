//! The schema is read as a text: everything in it is described in English, with the Dutch term at
//! the end, and its names and shapes keep to one form.

use async_graphql::parser::types::{
    BaseType, EnumType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};

use crate::schema::{fields_of, types};

/// Scalars of the library, with its own descriptions or none. The built-in ones (`Int`, `ID` …),
/// the directives `@include`, `@skip`, `@deprecated`, `@specifiedBy`, `@oneOf` and the types of
/// introspection are its own as well; the SDL tells the former only as directives and the latter
/// not at all.
const SCALARS_OF_THE_LIBRARY: [&str; 1] = ["DateTime"];

/// Lists below the root that may be null, each because it may be refused: a refusal costs one
/// field. Of the root fields any may be refused.
const LISTS_THAT_MAY_BE_REFUSED: [&str; 9] = [
    "Assessment.questions",
    "AssessmentVersion.answers",
    "CompliancePicture.counts",
    "CompliancePicture.trend",
    "OpenRound.reports",
    "OpenRound.unreported",
    "PictureGroup.counts",
    "PictureGroup.criteria",
    "Publication.difference",
];

/// Something of the schema with its description.
struct Described {
    place: String,
    text: Option<String>,
}

fn described() -> Vec<Described> {
    let mut all = Vec::new();
    for definition in types() {
        let name = definition.name.node.to_string();
        if SCALARS_OF_THE_LIBRARY.contains(&name.as_str()) {
            continue;
        }
        let text = definition.description.as_ref();
        all.push(Described {
            text: text.map(|text| text.node.clone()),
            place: name.clone(),
        });
        for field in fields(&definition) {
            let place = format!("{name}.{}", field.name.node);
            for argument in &field.arguments {
                all.push(of_input(&place, &argument.node));
            }
            let text = field.description.as_ref();
            all.push(Described {
                text: text.map(|text| text.node.clone()),
                place,
            });
        }
        if let TypeKind::InputObject(input) = &definition.kind {
            all.extend(
                input
                    .fields
                    .iter()
                    .map(|field| of_input(&name, &field.node)),
            );
        }
        if let TypeKind::Enum(values) = &definition.kind {
            all.extend(values.values.iter().map(|value| {
                Described {
                    place: format!("{name}.{}", value.node.value.node),
                    text: value
                        .node
                        .description
                        .as_ref()
                        .map(|text| text.node.clone()),
                }
            }));
        }
    }
    all
}

fn of_input(of: &str, input: &InputValueDefinition) -> Described {
    Described {
        place: format!("{of}({})", input.name.node),
        text: input.description.as_ref().map(|text| text.node.clone()),
    }
}

fn fields(definition: &TypeDefinition) -> Vec<FieldDefinition> {
    let fields = match &definition.kind {
        TypeKind::Object(object) => &object.fields,
        TypeKind::Interface(interface) => &interface.fields,
        TypeKind::Scalar | TypeKind::Union(_) | TypeKind::Enum(_) | TypeKind::InputObject(_) => {
            return Vec::new();
        }
    };
    fields.iter().map(|field| field.node.clone()).collect()
}

/// What is wrong with a description; nothing when it is English sentences and then `NL: <term>.`.
fn mistake(text: Option<&str>) -> Option<&'static str> {
    let Some(text) = text else {
        return Some("no description");
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((english, term)) = text.rsplit_once("NL: ") else {
        return Some("no Dutch term");
    };
    let english = english.trim_end();
    let Some(term) = term.strip_suffix('.') else {
        return Some("no full stop after the Dutch term");
    };
    if english.contains("NL:") {
        return Some("two Dutch terms");
    }
    if !english.ends_with(['.', '!', '?']) || english.len() < 4 {
        return Some("no English sentence before the Dutch term");
    }
    if term.trim().is_empty() || term.contains(". ") || term.ends_with('.') {
        return Some("the Dutch term is empty or more than one sentence");
    }
    None
}

fn none(mistakes: &[String]) {
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
}

#[test]
fn everything_is_described_in_two_languages() {
    let described = described();
    assert!(
        described.len() > 500,
        "only {} descriptions were found",
        described.len()
    );
    let mistakes: Vec<String> = described
        .iter()
        .filter_map(|one| {
            let mistake = mistake(one.text.as_deref())?;
            Some(format!(
                "{}: {mistake}: {:?}",
                one.place,
                one.text.as_deref().unwrap_or_default()
            ))
        })
        .collect();
    none(&mistakes);
}

#[test]
fn a_description_without_a_dutch_term_is_found() {
    assert_eq!(mistake(Some("The code. NL: code.")), None);
    assert_eq!(mistake(Some("The code,\nlong. NL: code\nvan iets.")), None);
    for wrong in [
        None,
        Some("The code."),
        Some("NL: code."),
        Some("The code NL: code."),
        Some("The code. NL: code"),
        Some("The code. NL: code. More."),
    ] {
        assert!(mistake(wrong).is_some(), "{wrong:?}");
    }
}

fn is_camel_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_pascal_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_screaming_snake_case(name: &str) -> bool {
    let fits = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    name.split('_').all(fits) && name.starts_with(|c: char| c.is_ascii_uppercase())
}

fn values(values: &EnumType) -> impl Iterator<Item = &str> {
    values
        .values
        .iter()
        .map(|value| value.node.value.node.as_str())
}

#[test]
fn names_keep_to_one_form() {
    let mut mistakes = Vec::new();
    for definition in types() {
        let name = definition.name.node.as_str();
        let mut check = |fits: bool, part: &str| {
            if !fits {
                mistakes.push(format!("{name}.{part}"));
            }
        };
        check(is_pascal_case(name), "");
        for field in fields(&definition) {
            check(is_camel_case(&field.name.node), &field.name.node);
            for argument in &field.arguments {
                check(
                    is_camel_case(&argument.node.name.node),
                    &argument.node.name.node,
                );
            }
        }
        match &definition.kind {
            TypeKind::Enum(one) => {
                // The values of one enum are names of fields.
                let is_value = |value: &str| match name {
                    "Operation" => is_camel_case(value),
                    _ => is_screaming_snake_case(value),
                };
                values(one).for_each(|value| check(is_value(value), value));
            }
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    check(is_camel_case(&field.node.name.node), &field.node.name.node);
                }
            }
            TypeKind::Scalar
            | TypeKind::Union(_)
            | TypeKind::Object(_)
            | TypeKind::Interface(_) => {}
        }
    }
    none(&mistakes);
}

/// Whether a list of this type, however deep, may hold null.
fn has_nullable_element(ty: &Type) -> bool {
    match &ty.base {
        BaseType::Named(_) => false,
        BaseType::List(element) => element.nullable || has_nullable_element(element),
    }
}

fn is_list(ty: &Type) -> bool {
    matches!(ty.base, BaseType::List(_))
}

#[test]
fn lists_and_their_elements_are_never_null() {
    let mut nullable = Vec::new();
    let mut holes = Vec::new();
    for definition in types() {
        for field in fields(&definition) {
            let place = format!("{}.{}", definition.name.node, field.name.node);
            let ty = &field.ty.node;
            if is_list(ty) && ty.nullable && definition.name.node != "Query" {
                nullable.push(place.clone());
            }
            let arguments = field
                .arguments
                .iter()
                .map(|argument| &argument.node.ty.node);
            if arguments
                .chain([ty])
                .any(|ty| is_list(ty) && has_nullable_element(ty))
            {
                holes.push(place);
            }
        }
        // An input list may be left out; its elements may not be null either.
        if let TypeKind::InputObject(input) = &definition.kind {
            for field in &input.fields {
                if has_nullable_element(&field.node.ty.node) {
                    holes.push(format!("{}.{}", definition.name.node, field.node.name.node));
                }
            }
        }
    }
    none(&holes);
    assert_eq!(nullable, LISTS_THAT_MAY_BE_REFUSED);
}

#[test]
fn no_scalar_stands_for_anything_at_all() {
    let scalars: Vec<String> = types()
        .iter()
        .filter(|definition| matches!(definition.kind, TypeKind::Scalar))
        .map(|definition| definition.name.node.to_string())
        .collect();
    assert_eq!(scalars, ["Date", "DateTime", "IdempotencyKey", "Position"]);
}

/// `openReportingPeriod` is `OpenReportingPeriod` in the names of its types.
fn pascal(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The type of the errors of a payload, which the mutations of one noun share: none of the mutation
/// alone.
fn error_of(mutation: &str, payload: &[FieldDefinition]) -> Option<String> {
    let errors = payload.iter().find(|field| field.name.node == "errors")?;
    let ty = errors.ty.node.to_string();
    let name = ty.strip_prefix('[')?.strip_suffix("!]!")?;
    let is_of_noun = name.ends_with("Error") && name != format!("{}Error", pascal(mutation));
    is_of_noun.then(|| name.to_owned())
}

#[test]
fn a_mutation_takes_one_input_and_gives_a_payload_with_errors_of_a_noun() {
    let types = types();
    let mut mistakes = Vec::new();
    for mutation in fields_of(&types, "Mutation") {
        let name = mutation.name.node.as_str();
        let own = pascal(name);
        let mut check = |fits: bool, what: String| {
            if !fits {
                mistakes.push(format!("{name}: {what}"));
            }
        };
        let arguments: Vec<String> = mutation
            .arguments
            .iter()
            .map(|argument| format!("{}: {}", argument.node.name.node, argument.node.ty.node))
            .collect();
        check(
            arguments == [format!("input: {own}Input!")],
            format!("takes {arguments:?}"),
        );
        let ty = mutation.ty.node.to_string();
        check(ty == format!("{own}Payload!"), format!("gives {ty}"));
        let payload = fields_of(&types, &format!("{own}Payload"));
        check(
            error_of(name, &payload).is_some(),
            "has no list of errors of a noun".to_owned(),
        );
        for field in payload.iter().filter(|field| field.name.node != "errors") {
            let ty = &field.ty.node;
            check(
                ty.nullable || is_list(ty),
                format!(
                    "{}: {ty} stands there even when nothing was done",
                    field.name.node
                ),
            );
        }
    }
    none(&mistakes);
}

#[test]
fn every_error_of_a_payload_is_a_user_error_with_a_code_of_its_own() {
    let types = types();
    let mut mistakes = Vec::new();
    for mutation in fields_of(&types, "Mutation") {
        let payload = fields_of(&types, &format!("{}Payload", pascal(&mutation.name.node)));
        let Some(name) = error_of(&mutation.name.node, &payload) else {
            mistakes.push(format!("{} has no errors", mutation.name.node));
            continue;
        };
        let error = types
            .iter()
            .find(|definition| definition.name.node == name.as_str());
        let Some(TypeKind::Object(object)) = error.map(|error| &error.kind) else {
            mistakes.push(format!("there is no object type {name}"));
            continue;
        };
        let implements: Vec<&str> = object
            .implements
            .iter()
            .map(|one| one.node.as_str())
            .collect();
        if implements != ["UserError"] {
            mistakes.push(format!("{name} implements {implements:?}"));
        }
        let code = fields_of(&types, &name)
            .iter()
            .find(|field| field.name.node == "code")
            .map(|field| field.ty.node.to_string());
        if code != Some(format!("{name}Code!")) {
            mistakes.push(format!("{name} has code {code:?}"));
        }
        let is_enum = types.iter().any(|definition| {
            definition.name.node == format!("{name}Code").as_str()
                && matches!(definition.kind, TypeKind::Enum(_))
        });
        if !is_enum {
            mistakes.push(format!("{name}Code is no enum"));
        }
    }
    none(&mistakes);
}

#[test]
fn an_error_of_one_mutation_alone_is_found() {
    let sdl = "type P { errors: [ActionError!]! } type Q { errors: [PlanActionError!]! }";
    let document = async_graphql::parser::parse_schema(sdl).expect("GraphQL");
    let types: Vec<TypeDefinition> = document
        .definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
        })
        .collect();
    let error = |of| error_of("planAction", &fields_of(&types, of));
    assert_eq!(error("P").as_deref(), Some("ActionError"));
    assert_eq!(error("Q"), None);
}
