//! What is wrong with a document or its variables: a rule, a sentence in both languages, and where.

use async_graphql::Pos;
use domain::{mistake::did_you_mean, text::Text};

use crate::rules::Rule;

/// The most mistakes that are told of one request.
pub(crate) const MOST: usize = 50;
/// The longest part of a client's text that a sentence repeats.
const LONGEST_SHOWN: usize = 64;

/// One mistake in a document or its variables.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// The rule that is broken.
    pub rule: Rule,
    /// What is wrong, and what to do.
    pub message: Text,
    /// Where it stands in the document; none of what stands only in the variables.
    pub location: Option<Pos>,
    /// The place inside a value, from its variable or argument down, as in `["input", "0", "day"]`.
    pub field: Vec<String>,
    /// Names that look like the one that does not exist.
    pub did_you_mean: Vec<String>,
}

impl Mistake {
    pub(crate) fn new(rule: Rule, location: Option<Pos>, message: Text) -> Self {
        Self {
            rule,
            message,
            location,
            field: Vec::new(),
            did_you_mean: Vec::new(),
        }
    }

    /// The mistake of a name that does not exist, with those of the existing ones that look like
    /// it; `message` ends with a full stop.
    pub(crate) fn unknown<'a>(
        rule: Rule,
        location: Option<Pos>,
        message: Text,
        name: &str,
        existing: impl Iterator<Item = &'a str>,
    ) -> Self {
        let near = did_you_mean(name, existing);
        let message = match near.as_slice() {
            [] => message,
            [..] => Text::new(
                format!("{} Bedoelde u {}?", message.nl, alternatives(&near, "of")),
                format!("{} Did you mean {}?", message.en, alternatives(&near, "or")),
            ),
        };
        Self {
            did_you_mean: near,
            ..Self::new(rule, location, message)
        }
    }

    pub(crate) fn at_field(mut self, field: &[String]) -> Self {
        self.field = field.to_vec();
        self
    }
}

fn alternatives(names: &[String], or: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {or} {last}", rest.join(", ")),
        Some(_) | None => quoted.concat(),
    }
}

/// A client's text as far as a sentence repeats it.
pub(crate) fn shown(text: &str) -> String {
    if text.chars().nth(LONGEST_SHOWN).is_none() {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST_SHOWN).collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_offered_in_both_languages() {
        let mistake = Mistake::unknown(
            Rule::FieldsOnCorrectType,
            None,
            Text::new("Het veld 'ab' bestaat niet.", "There is no field 'ab'."),
            "ab",
            ["abc", "abd", "xyz"].into_iter(),
        );
        assert_eq!(
            mistake.message.nl,
            "Het veld 'ab' bestaat niet. Bedoelde u 'abc' of 'abd'?"
        );
        assert_eq!(
            mistake.message.en,
            "There is no field 'ab'. Did you mean 'abc' or 'abd'?"
        );
        assert_eq!(mistake.did_you_mean, ["abc", "abd"]);
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(shown("a"), "a");
        assert_eq!(shown(&"é".repeat(65)), format!("{}…", "é".repeat(64)));
    }
}
