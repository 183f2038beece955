//! What people write in an input, at any depth, looked through once before anything of it is kept:
//! what would identify a person is refused, and signs of a person are warned of.
//!
//! Every string counts, keys too: what is kept under a key stays as well. A table is looked through
//! cell by cell where it is read.

use async_graphql::Value;
use domain::{
    mistake::{Mistake, MutationCode},
    personal_data::{personal_data, sign_beside_a_function, sign_of_a_person},
};

use super::warning::{Warning, WarningCode};

/// The input field that holds a table.
const TABLE: &str = "table";
/// The input field that holds the address of a functional mailbox: the one that is kept. Whether it
/// is one of a person is looked at where it is read.
const MAILBOX: &str = "mailboxAddress";
/// The key of the caller's own making: nobody reads it, so that it needs no warning.
const IDEMPOTENCY_KEY: &str = "idempotencyKey";
/// How an input field is called in which a function stands, and no name.
const FUNCTION: &str = "Function";

/// A step on the way to a string: an input field, or a place in a list.
#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Place(usize),
}

/// A string and its place in the input. The place is put in words only where there is something to
/// tell of the string.
#[derive(Clone, Copy)]
struct Written<'s, 'a> {
    path: &'s [Step<'a>],
    text: &'a str,
}

/// Looks through an input.
///
/// # Errors
/// Everything in it that would identify a person, each at its place.
pub fn look_through<C: MutationCode>(input: &Value) -> Result<Vec<Warning>, Vec<Mistake<C>>> {
    let mut mistakes = Vec::new();
    visit(input, &mut Vec::new(), &mut |one| {
        mistakes.extend(refusal(one));
    });
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut warnings = Vec::new();
    visit(input, &mut Vec::new(), &mut |one| {
        if one.is_read() && sign_of_a_person(one.text).is_some() {
            warnings.extend(warning(&one.place(), one.text));
        }
    });
    Ok(warnings)
}

/// A warning when a text has a sign of a person; `place` is where it stands in the input.
pub fn warning(place: &[impl AsRef<str>], text: &str) -> Option<Warning> {
    let (nl, en) = sign_of_a_person(text)?;
    let place: Vec<&str> = place.iter().map(AsRef::as_ref).collect();
    Some(Warning::at(
        WarningCode::PossiblePersonalData,
        &place,
        format!(
            "Deze tekst lijkt {nl} te bevatten. Deze dienst noemt functies en organisaties, geen \
             personen."
        ),
        format!(
            "This text seems to hold {en}. This service names functions and organisations, no \
             persons."
        ),
    ))
}

impl Written<'_, '_> {
    /// The name of the input field that it stands in; none in a list.
    fn name(&self) -> &str {
        match self.path.last() {
            Some(Step::Field(name)) => name,
            Some(Step::Place(_)) | None => "",
        }
    }

    fn is_read(&self) -> bool {
        self.name() != IDEMPOTENCY_KEY
    }

    /// Where it stands, as clients are told.
    fn place(&self) -> Vec<String> {
        let steps = self.path.iter().map(|step| match step {
            Step::Field(name) => (*name).to_owned(),
            Step::Place(at) => at.to_string(),
        });
        steps.collect()
    }
}

/// Goes through all strings of an input, in their order.
fn visit<'a>(value: &'a Value, path: &mut Vec<Step<'a>>, seen: &mut impl FnMut(Written<'_, 'a>)) {
    match value {
        Value::String(text) => seen(Written { path, text }),
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Step::Place(at));
                visit(item, path, seen);
                path.pop();
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                if ![TABLE, MAILBOX].contains(&name.as_str()) {
                    path.push(Step::Field(name));
                    visit(member, path, seen);
                    path.pop();
                }
            }
        }
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => {}
    }
}

fn refusal<C: MutationCode>(one: Written<'_, '_>) -> Option<Mistake<C>> {
    let refused = |nl: String, en: String| {
        let place = one.place();
        let place: Vec<&str> = place.iter().map(String::as_str).collect();
        Mistake::at(C::PERSONAL_DATA, &place, nl, en)
    };
    if let Some(found) = personal_data(one.text) {
        let (nl, en) = found.refusal();
        return Some(refused(nl.to_owned(), en.to_owned()));
    }
    if !one.name().ends_with(FUNCTION) {
        return None;
    }
    let (nl, en) = sign_beside_a_function(one.text)?;
    Some(refused(
        format!(
            "Deze tekst lijkt {nl} te bevatten. Noem de functie, zoals 'portefeuillehouder zorg en \
             veiligheid', en geen naam."
        ),
        format!(
            "This text seems to hold {en}. Name the function, as in 'alderman for care and \
             safety', and no name."
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Code {
        KeyReused,
        PersonalData,
    }

    impl MutationCode for Code {
        const KEY_REUSED: Self = Self::KeyReused;
        const PERSONAL_DATA: Self = Self::PersonalData;
    }

    fn places(input: &Value) -> Result<Vec<String>, Vec<String>> {
        match look_through::<Code>(input) {
            Ok(warnings) => Ok(warnings.iter().map(|one| one.field.join(".")).collect()),
            Err(mistakes) => Err(mistakes.iter().map(|one| one.field.join(".")).collect()),
        }
    }

    #[test]
    fn every_string_at_any_depth_is_looked_through() {
        let input = async_graphql::value!({
            "key": "burger-111222333",
            "idempotencyKey": "111222333",
            "number": 111_222_333,
            "table": "criterion,explanation\nBB-03,111222333\n",
            "mailboxAddress": "mensenhandel@gemeente.nl",
            "items": [{ "text": "niets" }, { "text": "mail anna@gemeente.nl" }],
        });
        let mut found = places(&input).unwrap_err();
        found.sort_unstable();
        assert_eq!(found, ["idempotencyKey", "items.1.text", "key"]);
    }

    #[test]
    fn signs_of_a_person_are_warned_of_and_refused_where_a_function_stands() {
        let input = |function: &str| {
            async_graphql::value!({
                "approvedByFunction": function,
                "idempotencyKey": "mevrouw Jansen",
                "items": [{ "text": "gesproken met mevrouw Jansen" }],
            })
        };
        let warned = places(&input("Portefeuillehouder zorg en veiligheid"));
        assert_eq!(warned, Ok(vec!["items.0.text".to_owned()]));
        for name in ["mr. J. de Vries", "Jan Jansen"] {
            let refused = places(&input(name));
            assert_eq!(
                refused,
                Err(vec!["approvedByFunction".to_owned()]),
                "{name}"
            );
        }
    }
}
