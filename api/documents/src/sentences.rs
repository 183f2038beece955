//! Mistakes of a document in sentences that name what is meant: the type of a field, the owner of
//! an argument, what there is instead.

use apollo_compiler::{ast::DirectiveLocation, schema::ExtendedType};
use domain::text::Text;

use crate::{
    mistakes::{Mistake, shown},
    places::Places,
    position::Lines,
    rules::Rule,
    schema::Schema,
    validate::Found,
};

fn stands_in_documents(location: DirectiveLocation) -> bool {
    matches!(
        location,
        DirectiveLocation::Query
            | DirectiveLocation::Mutation
            | DirectiveLocation::Subscription
            | DirectiveLocation::Field
            | DirectiveLocation::FragmentDefinition
            | DirectiveLocation::FragmentSpread
            | DirectiveLocation::InlineFragment
            | DirectiveLocation::VariableDefinition
    )
}

/// The mistakes of one document.
pub(crate) struct Sentences<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) lines: &'a Lines,
    pub(crate) text: &'a str,
    pub(crate) places: Places<'a>,
}

impl Sentences<'_> {
    /// The mistake that was found.
    pub(crate) fn mistake(&self, found: &Found) -> Mistake {
        let special = match found.rule {
            Rule::FieldsOnCorrectType => self.unknown_field(found),
            Rule::KnownArgumentNames => self.unknown_argument(found),
            Rule::KnownTypeNames => Some(self.unknown_type(found)),
            Rule::KnownDirectives if found.name == "UndefinedDirective" => {
                Some(self.unknown_directive(found))
            }
            Rule::KnownFragmentNames => self.unknown_fragment(found),
            Rule::ProvidedRequiredArguments => self.missing_arguments(found),
            Rule::ScalarLeafs => self.wrong_selection(found),
            Rule::OverlappingFieldsCanBeMerged => self.conflict(found),
            _ => None,
        };
        special.unwrap_or_else(|| self.plain(found))
    }

    fn at(&self, found: &Found, nl: String, en: String) -> Mistake {
        let location = Some(self.lines.position(found.start));
        Mistake::new(found.rule, location, Text::new(nl, en))
    }

    fn unknown<'b>(
        &self,
        found: &Found,
        name: &str,
        text: Text,
        existing: impl Iterator<Item = &'b str>,
    ) -> Mistake {
        let location = Some(self.lines.position(found.start));
        Mistake::unknown(found.rule, location, text, name, existing)
    }

    fn unknown_field(&self, found: &Found) -> Option<Mistake> {
        let of = *self.places.parents.get(&found.start)?;
        let name = found.part(self.text);
        let fields: Vec<&str> = match self.schema.types().types.get(of)? {
            ExtendedType::Object(object) => {
                object.fields.keys().map(|name| name.as_str()).collect()
            }
            ExtendedType::Interface(of) => of.fields.keys().map(|name| name.as_str()).collect(),
            ExtendedType::Union(_)
            | ExtendedType::Scalar(_)
            | ExtendedType::Enum(_)
            | ExtendedType::InputObject(_) => Vec::new(),
        };
        let text = Text::new(
            format!("Het veld '{name}' bestaat niet op {of}."),
            format!("There is no field '{name}' on {of}."),
        );
        Some(self.unknown(found, &name, text, fields.into_iter()))
    }

    fn unknown_argument(&self, found: &Found) -> Option<Mistake> {
        let place = self.places.arguments.get(&found.start)?;
        let (name, owner) = (shown(place.name), &place.owner);
        let text = Text::new(
            format!("Het argument '{name}' bestaat niet op {owner}."),
            format!("There is no argument '{name}' on {owner}."),
        );
        let existing = place
            .existing
            .iter()
            .map(|definition| definition.name.as_str());
        Some(self.unknown(found, &name, text, existing))
    }

    fn unknown_type(&self, found: &Found) -> Mistake {
        let name = match self.places.variables.get(&found.start) {
            Some(name) => shown(name),
            None => found.part(self.text),
        };
        let is_input = self.places.variables.contains_key(&found.start);
        let existing = self.schema.types().types.iter();
        let existing = existing.filter(|(_, definition)| match is_input {
            true => definition.is_input_type(),
            false => self.schema.possible_types(definition.name()).is_some(),
        });
        let text = Text::new(
            format!("Het type '{name}' bestaat niet."),
            format!("There is no type '{name}'."),
        );
        self.unknown(found, &name, text, existing.map(|(name, _)| name.as_str()))
    }

    fn unknown_directive(&self, found: &Found) -> Mistake {
        let part = found.part(self.text);
        let is_name = |character: &char| character.is_alphanumeric() || *character == '_';
        let name = part.trim_start_matches('@').chars();
        let name = format!("@{}", name.take_while(is_name).collect::<String>());
        let text = Text::new(
            format!("De aanwijzing '{name}' bestaat niet."),
            format!("There is no directive '{name}'."),
        );
        let existing = self.schema.types().directive_definitions.values();
        let existing = existing.filter(|definition| {
            let mut locations = definition.locations.iter();
            locations.any(|location| stands_in_documents(*location))
        });
        let existing: Vec<String> = existing
            .map(|definition| format!("@{}", definition.name))
            .collect();
        self.unknown(found, &name, text, existing.iter().map(String::as_str))
    }

    fn unknown_fragment(&self, found: &Found) -> Option<Mistake> {
        let name = shown(self.places.fragments.get(&found.start)?);
        let text = Text::new(
            format!("Het fragment '{name}' bestaat niet in dit document."),
            format!("There is no fragment '{name}' in this document."),
        );
        Some(self.unknown(found, &name, text, self.places.defined.iter().copied()))
    }

    fn missing_arguments(&self, found: &Found) -> Option<Mistake> {
        let owner = self.places.owners.get(&found.start)?;
        let missing = owner.missing();
        let missing: Vec<String> = missing
            .iter()
            .map(|definition| format!("{}: {}", definition.name, definition.ty))
            .collect();
        let (name, missing) = (owner.name, missing.join(", "));
        Some(self.at(
            found,
            format!("Bij '{name}' ontbreekt: {missing}."),
            format!("Missing at '{name}': {missing}."),
        ))
    }

    fn wrong_selection(&self, found: &Found) -> Option<Mistake> {
        let owner = self.places.owners.get(&found.start)?;
        let (name, ty) = (owner.name, owner.ty?);
        let (nl, en) = if found.name == "MissingSubselection" {
            (
                format!("'{name}' is een object ({ty}): noem de velden ervan."),
                format!("'{name}' is an object ({ty}): name its fields."),
            )
        } else {
            (
                format!("'{name}' is een waarde ({ty}) en heeft geen velden."),
                format!("'{name}' is a value ({ty}) and has no fields."),
            )
        };
        Some(self.at(found, nl, en))
    }

    fn conflict(&self, found: &Found) -> Option<Mistake> {
        let key = self.places.owners.get(&found.start)?.key;
        Some(self.at(
            found,
            format!(
                "Onder '{key}' wordt niet overal hetzelfde gevraagd: geef een van beide een andere naam."
            ),
            format!(
                "Not the same is asked everywhere under '{key}': give one of them another name."
            ),
        ))
    }

    /// A sentence that needs no more than the part of the document.
    pub(crate) fn plain(&self, found: &Found) -> Mistake {
        let part = match self.places.fragments.get(&found.start) {
            Some(name) => shown(name),
            None => found.part(self.text),
        };
        let location = Some(self.lines.position(found.start));
        Mistake::new(found.rule, location, found.rule.sentence(&part))
    }
}
