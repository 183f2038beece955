//! The rules that documents and variables follow: those of the specification's chapter on
//! validation, by its own names, with what breaks each.

use domain::text::Text;

macro_rules! rules {
    ($($(#[doc = $text:literal])+ $rule:ident = $code:literal, $nl:literal, $en:literal;)+) => {
        /// A rule that documents and variables follow.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[doc = $text])+ $rule,)+
        }

        impl Rule {
            /// All rules.
            pub const ALL: &[Self] = &[$(Self::$rule),+];

            /// The rule as clients see it.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$rule => $code,)+
                }
            }

            /// What breaks it, at a part of the document.
            pub(crate) fn sentence(self, part: &str) -> Text {
                let (nl, en) = match self {
                    $(Self::$rule => ($nl, $en),)+
                };
                Text::new(nl.replace("{}", part), en.replace("{}", part))
            }
        }
    };
}

rules! {
    /// The grammar.
    Syntax = "SYNTAX",
        "De vraag is geen GraphQL bij `{}`.",
        "The query is no GraphQL at `{}`.";
    /// A document has operations and fragments alone.
    ExecutableDefinitions = "EXECUTABLE_DEFINITIONS",
        "Een document heeft alleen handelingen en fragmenten; `{}` is geen van beide.",
        "A document has operations and fragments alone; `{}` is neither.";
    /// Operations of one document have different names.
    UniqueOperationNames = "UNIQUE_OPERATION_NAMES",
        "Er is al een handeling '{}' in dit document.",
        "There is an operation '{}' in this document already.";
    /// An operation without a name stands alone.
    LoneAnonymousOperation = "LONE_ANONYMOUS_OPERATION",
        "Een handeling zonder naam moet de enige van het document zijn.",
        "An operation without a name must be the only one of the document.";
    /// The schema has operations of this kind.
    KnownOperationTypes = "KNOWN_OPERATION_TYPES",
        "Dit soort handeling bestaat hier niet.",
        "There are no operations of this kind here.";
    /// A subscription has one root field, which is there whatever the variables.
    SingleFieldSubscriptions = "SINGLE_FIELD_SUBSCRIPTIONS",
        "Een abonnement heeft één veld, zonder voorwaarde en niet van het schema zelf.",
        "A subscription has one field, without a condition and not of the schema itself.";
    /// Types that are named exist.
    KnownTypeNames = "KNOWN_TYPE_NAMES",
        "Het type '{}' bestaat niet.",
        "There is no type '{}'.";
    /// Fragments are on types that have fields.
    FragmentsOnCompositeTypes = "FRAGMENTS_ON_COMPOSITE_TYPES",
        "Het fragment '{}' staat op een type zonder velden.",
        "The fragment '{}' is on a type without fields.";
    /// Variables are of types that can be handed over.
    VariablesAreInputTypes = "VARIABLES_ARE_INPUT_TYPES",
        "'{}' kan geen variabele zijn: het type is geen invoertype.",
        "The type of '{}' cannot be that of a variable: it is no input.";
    /// Objects have a selection, values have none.
    ScalarLeafs = "SCALAR_LEAFS",
        "Noem de velden van '{}' als het een object is; een waarde heeft geen velden.",
        "Name the fields of '{}' if it is an object; a value has no fields.";
    /// Fields that are selected exist.
    FieldsOnCorrectType = "FIELDS_ON_CORRECT_TYPE",
        "Het veld '{}' bestaat hier niet.",
        "There is no field '{}' here.";
    /// Fragments of one document have different names.
    UniqueFragmentNames = "UNIQUE_FRAGMENT_NAMES",
        "Er is al een fragment '{}' in dit document.",
        "There is a fragment '{}' in this document already.";
    /// Fragments that are spread exist.
    KnownFragmentNames = "KNOWN_FRAGMENT_NAMES",
        "Het fragment '{}' bestaat niet in dit document.",
        "There is no fragment '{}' in this document.";
    /// Fragments are used.
    NoUnusedFragments = "NO_UNUSED_FRAGMENTS",
        "Het fragment '{}' wordt niet gebruikt.",
        "The fragment '{}' is not used.";
    /// A fragment can apply where it stands.
    PossibleFragmentSpreads = "POSSIBLE_FRAGMENT_SPREADS",
        "Het fragment '{}' kan hier nooit gelden: geen waarde heeft beide typen.",
        "The fragment '{}' can never apply here: no value has both types.";
    /// A fragment does not spread itself.
    NoFragmentCycles = "NO_FRAGMENT_CYCLES",
        "Het fragment '{}' verwijst naar zichzelf.",
        "The fragment '{}' refers to itself.";
    /// Variables of one operation have different names.
    UniqueVariableNames = "UNIQUE_VARIABLE_NAMES",
        "De variabele in '{}' is al gedeclareerd.",
        "The variable in '{}' is declared already.";
    /// Variables that are used are declared.
    NoUndefinedVariables = "NO_UNDEFINED_VARIABLES",
        "De variabele '{}' is niet gedeclareerd.",
        "The variable '{}' is not declared.";
    /// Variables that are declared are used.
    NoUnusedVariables = "NO_UNUSED_VARIABLES",
        "De variabele '{}' wordt niet gebruikt.",
        "The variable '{}' is not used.";
    /// Directives exist, and stand where they may.
    KnownDirectives = "KNOWN_DIRECTIVES",
        "De aanwijzing '{}' mag hier niet staan.",
        "The directive '{}' may not stand here.";
    /// A directive stands once in a place.
    UniqueDirectivesPerLocation = "UNIQUE_DIRECTIVES_PER_LOCATION",
        "De aanwijzing '{}' staat hier twee keer.",
        "The directive '{}' stands here twice.";
    /// Arguments that are given exist.
    KnownArgumentNames = "KNOWN_ARGUMENT_NAMES",
        "Het argument in '{}' bestaat hier niet.",
        "The argument in '{}' does not exist here.";
    /// An argument is given once.
    UniqueArgumentNames = "UNIQUE_ARGUMENT_NAMES",
        "Het argument in '{}' is al gegeven.",
        "The argument in '{}' is given already.";
    /// A field of an input object is given once.
    UniqueInputFieldNames = "UNIQUE_INPUT_FIELD_NAMES",
        "Het veld in '{}' is al gegeven.",
        "The field in '{}' is given already.";
    /// Values have the type of their place.
    ValuesOfCorrectType = "VALUES_OF_CORRECT_TYPE",
        "De waarde '{}' past hier niet.",
        "The value '{}' does not fit its place.";
    /// Required arguments are given.
    ProvidedRequiredArguments = "PROVIDED_REQUIRED_ARGUMENTS",
        "Bij '{}' ontbreekt een verplicht argument.",
        "A required argument is missing at '{}'.";
    /// A variable stands where its type fits.
    VariablesInAllowedPosition = "VARIABLES_IN_ALLOWED_POSITION",
        "Het type van de variabele in '{}' past hier niet.",
        "The type of the variable in '{}' does not fit its place.";
    /// Fields under one key are the same field with the same arguments.
    OverlappingFieldsCanBeMerged = "OVERLAPPING_FIELDS_CAN_BE_MERGED",
        "Bij '{}' wordt onder één naam niet overal hetzelfde gevraagd.",
        "At '{}' not the same is asked everywhere under one name.";
    /// The operation that is to run is one of the document.
    KnownOperation = "KNOWN_OPERATION",
        "Bij '{}' past de vraag niet in het schema.",
        "The query does not fit the schema at '{}'.";
    /// The values of variables have the types of their variables.
    VariableValues = "VARIABLE_VALUES",
        "Bij '{}' past de vraag niet in het schema.",
        "The query does not fit the schema at '{}'.";
    /// A document nests no deeper than can be looked at.
    NestingDepth = "NESTING_DEPTH",
        "De vraag is te diep genest bij '{}'.",
        "The query nests too deeply at '{}'.";
    /// With everything written out an operation stays within bounds.
    Repetition = "REPETITION",
        "Met alle fragmenten en variabelen uitgeschreven is de vraag te groot: herhaal lange waarden \
         en brede selecties minder vaak.",
        "With its fragments and variables written out the query is too large: repeat long values \
         and wide selections less often.";
    /// Any other rule.
    Other = "DOCUMENT",
        "Bij '{}' past de vraag niet in het schema.",
        "The query does not fit the schema at '{}'.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_rules_share_a_code() {
        let codes: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        assert_eq!(codes.len(), Rule::ALL.len());
    }

    #[test]
    fn a_sentence_names_the_part_in_both_languages() {
        for rule in Rule::ALL {
            let text = rule.sentence("abc");
            assert!(
                !text.nl.contains("{}") && !text.en.contains("{}"),
                "{rule:?}"
            );
            assert_ne!(text.nl, text.en);
        }
    }
}
