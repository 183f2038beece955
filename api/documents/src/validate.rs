//! A document against the rules of the specification: the library says which rule is broken and
//! where, this module says it in our words.
//!
//! Of the library only the name of the rule and the span in the text are used; no sentence of it is
//! read. What it lets through (values of scalars, `@oneOf`, null as a default) is checked by
//! [`literals`](crate::literals).

use apollo_compiler::{
    diagnostic::ToCliReport as _,
    executable::ExecutableDocument,
    parser::Parser,
    validation::{DiagnosticList, Valid},
};
use domain::text::Text;

use crate::{
    literals,
    mistakes::{MOST, Mistake, shown},
    places::Places,
    position::Lines,
    rules::Rule,
    schema::Schema,
    sentences::Sentences,
};

/// Levels that the parser follows; the gate lets fewer through, as far as the text is GraphQL.
const DEEPEST: usize = 100;

/// A document that follows every rule.
pub(crate) type Validated = Valid<ExecutableDocument>;

/// Parses and validates, or tells every mistake in the order of the document.
pub(crate) fn validate(
    schema: &Schema,
    lines: &Lines,
    text: &str,
) -> Result<Validated, Vec<Mistake>> {
    let mut parser = Parser::new().recursion_limit(DEEPEST);
    let written = parser.parse_ast(text, "document").map_err(|wrong| {
        let found = Found::of(&wrong.errors);
        vec![syntax(found.first(), lines, text)]
    })?;
    let wrong = match written.to_executable_validate(schema.types()) {
        Ok(document) => {
            let mistakes = literals::check(schema, lines, &document);
            return if mistakes.is_empty() {
                Ok(document)
            } else {
                Err(in_order(mistakes))
            };
        }
        Err(wrong) => wrong,
    };
    let found = Found::of(&wrong.errors);
    let sentences = Sentences {
        schema,
        lines,
        text,
        places: Places::of(schema, &written),
    };
    let mut mistakes = literals::check(schema, lines, &wrong.partial);
    let own: Vec<Rule> = mistakes.iter().map(|mistake| mistake.rule).collect();
    for one in &found {
        if mistakes.len() >= MOST {
            break;
        }
        // The library does not see all of what values break, and what it sees is told already.
        if !own.contains(&one.rule) && !one.follows_from(&found, &sentences.places) {
            mistakes.push(sentences.mistake(one));
        }
    }
    if mistakes.is_empty() {
        mistakes.extend(found.iter().map(|one| sentences.plain(one)));
    }
    Err(in_order(mistakes))
}

fn in_order(mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    mistakes.sort_by_key(|mistake| mistake.location.map(|at| (at.line, at.column)));
    mistakes.dedup();
    mistakes.truncate(MOST);
    mistakes
}

fn syntax(found: Option<&Found>, lines: &Lines, text: &str) -> Mistake {
    let part = found.map(|found| found.part(text)).unwrap_or_default();
    let sentence = if part.is_empty() {
        Text::new(
            "De vraag is geen GraphQL: zij houdt te vroeg op.",
            "The query is no GraphQL: it ends too early.",
        )
    } else {
        Text::new(
            format!("De vraag is geen GraphQL bij `{part}`."),
            format!("The query is no GraphQL at `{part}`."),
        )
    };
    let location = found.map(|found| lines.position(found.start));
    Mistake::new(Rule::Syntax, location, sentence)
}

/// A rule that the library found broken, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) rule: Rule,
    /// The library's name for it: some rules of ours are two of its.
    pub(crate) name: &'static str,
    pub(crate) start: usize,
    end: usize,
}

impl Found {
    fn of(errors: &DiagnosticList) -> Vec<Self> {
        let found = errors.iter().map(|diagnostic| {
            let name = diagnostic.error.unstable_error_name().unwrap_or_default();
            let span = diagnostic.error.location();
            Self {
                rule: rule_of(name),
                name,
                start: span.map_or(0, |span| span.offset()),
                end: span.map_or(0, |span| span.end_offset()),
            }
        });
        found.collect()
    }

    /// The part of the document, as far as a sentence repeats it.
    pub(crate) fn part(&self, text: &str) -> String {
        let part = text.get(self.start..self.end).unwrap_or_default();
        shown(part.lines().next().unwrap_or_default().trim())
    }

    /// Whether this is wrong only because something else is, which has its own sentence.
    fn follows_from(&self, others: &[Self], places: &Places<'_>) -> bool {
        let is_inside =
            |other: &Self| other != self && self.start <= other.start && other.end <= self.end;
        match self.name {
            // A field of a type that has none, which is told of its fragment.
            "UndefinedField" => !places.parents.contains_key(&self.start),
            // A selection all of whose fields are unknown.
            "MissingSubselection" => others.iter().any(is_inside),
            // A fragment on a type that does not exist.
            "UndefinedFragment" => {
                let name = places.fragments.get(&self.start);
                name.is_some_and(|name| places.defined.contains(name))
            }
            // Given as null, which is no value of its type.
            "RequiredArgument" => {
                let owner = places.owners.get(&self.start);
                owner.is_some_and(|owner| owner.missing().is_empty())
            }
            // A variable whose declaration is wrong.
            "DisallowedVariableUsage" => others.iter().any(|other| {
                let declarations = ["UndefinedDefinition", "VariableInputType", "UniqueVariable"];
                declarations.contains(&other.name)
            }),
            _ => false,
        }
    }
}

/// The rule of the specification that the library's name stands for.
fn rule_of(name: &str) -> Rule {
    match name {
        "" => Rule::Syntax,
        "TypeSystemDefinition" => Rule::ExecutableDefinitions,
        "OperationNameCollision" => Rule::UniqueOperationNames,
        "AmbiguousAnonymousOperation" => Rule::LoneAnonymousOperation,
        "UndefinedRootOperation" => Rule::KnownOperationTypes,
        "SubscriptionUsesMultipleFields"
        | "SubscriptionUsesIntrospection"
        | "SubscriptionUsesConditionalSelection" => Rule::SingleFieldSubscriptions,
        "UndefinedDefinition"
        | "UndefinedTypeInNamedFragmentTypeCondition"
        | "UndefinedTypeInInlineFragmentTypeCondition" => Rule::KnownTypeNames,
        "InvalidFragmentTarget" => Rule::FragmentsOnCompositeTypes,
        "VariableInputType" => Rule::VariablesAreInputTypes,
        "MissingSubselection" | "SubselectionOnScalarType" | "SubselectionOnEnumType" => {
            Rule::ScalarLeafs
        }
        "UndefinedField" => Rule::FieldsOnCorrectType,
        "FragmentNameCollision" => Rule::UniqueFragmentNames,
        "UndefinedFragment" => Rule::KnownFragmentNames,
        "UnusedFragment" => Rule::NoUnusedFragments,
        "InvalidFragmentSpread" => Rule::PossibleFragmentSpreads,
        "RecursiveFragmentDefinition" => Rule::NoFragmentCycles,
        "UniqueVariable" => Rule::UniqueVariableNames,
        "UndefinedVariable" => Rule::NoUndefinedVariables,
        "UnusedVariable" => Rule::NoUnusedVariables,
        "UndefinedDirective" | "UnsupportedLocation" => Rule::KnownDirectives,
        "UniqueDirective" => Rule::UniqueDirectivesPerLocation,
        "UndefinedArgument" => Rule::KnownArgumentNames,
        "UniqueArgument" => Rule::UniqueArgumentNames,
        "UniqueInputValue" => Rule::UniqueInputFieldNames,
        "UnsupportedValueType"
        | "IntCoercionError"
        | "FloatCoercionError"
        | "UndefinedEnumValue"
        | "UndefinedInputValue"
        | "RequiredField" => Rule::ValuesOfCorrectType,
        "RequiredArgument" => Rule::ProvidedRequiredArguments,
        "DisallowedVariableUsage" => Rule::VariablesInAllowedPosition,
        "ConflictingFieldType" | "ConflictingFieldName" | "ConflictingFieldArgument" => {
            Rule::OverlappingFieldsCanBeMerged
        }
        "RecursionError" | "RecursionLimitError" | "DeeplyNestedType" => Rule::NestingDepth,
        _ => Rule::Other,
    }
}
