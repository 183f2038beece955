//! Errors as data: what the person who calls a mutation can repair.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

use super::{
    error::{did_you_mean, unknown_text},
    text::{LocalizedText, personal_data},
};

/// A mistake in an input: the code of the mutation's own enum, where it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake<C> {
    pub(crate) code: C,
    pub(crate) field: Vec<String>,
    pub(crate) message: LocalizedText,
}

impl<C> Mistake<C> {
    /// A mistake at a place of the input, as in `["answers", "0", "criterion"]`.
    pub(crate) fn at(
        code: C,
        field: &[&str],
        nl: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            code,
            field: field.iter().map(|&part| part.to_owned()).collect(),
            message: LocalizedText::new(nl, en),
        }
    }

    /// The mistake of a key that is not among the existing ones, with those that look like it; `what` is the thing in Dutch
    /// and English.
    pub(crate) fn unknown<'a>(
        code: C,
        field: &[&str],
        what: (&str, &str),
        asked: &str,
        mut existing: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<Self> {
        let candidates = existing.clone();
        if existing.any(|key| key == asked) {
            return None;
        }
        let LocalizedText { nl, en } = unknown_text(what, asked, &did_you_mean(asked, candidates));
        Some(Self::at(code, field, nl, en))
    }

    /// The same mistake under the code of a mutation.
    pub(crate) fn into_code<D: From<C>>(self) -> Mistake<D> {
        Mistake {
            code: self.code.into(),
            field: self.field,
            message: self.message,
        }
    }
}

/// The codes of a mutation. Every mutation can be called with a key that was used before.
pub(crate) trait MutationCode: Copy {
    /// The idempotency key was used for another input.
    const KEY_REUSED: Self;
}

/// What is wrong with a text that people write, at a place of the input: its length, or what would identify a person.
/// `codes` are the mutation's own for the two.
pub(crate) fn text_mistakes<C: Copy>(
    field: &[&str],
    text: Option<&str>,
    longest: usize,
    (length, personal): (C, C),
) -> Vec<Mistake<C>> {
    let Some(text) = text else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    if text.trim().is_empty() || text.chars().count() > longest {
        wrong.push(Mistake::at(
            length,
            field,
            format!("Schrijf 1 tot {longest} tekens."),
            format!("Write 1 to {longest} characters."),
        ));
    }
    if let Some(found) = personal_data(text) {
        let (nl, en) = found.refusal();
        wrong.push(Mistake::at(personal, field, nl, en));
    }
    wrong
}

/// That somebody changed the thing since the version that the caller saw last.
pub(crate) fn outdated<C>(expected: Option<i64>, version: i64, code: C) -> Option<Mistake<C>> {
    let is_outdated = expected.is_some_and(|expected| expected != version);
    is_outdated.then(|| {
        Mistake::at(
            code,
            &["expectedVersion"],
            format!("Dit is intussen gewijzigd; de laatste versie is {version}."),
            format!("This was changed in the meantime; the last version is {version}."),
        )
    })
}

/// What is wrong with the version that a caller expects of a thing that may be new. `version` is the ledger number of its
/// last fact, 0 when there is none: whoever names none means a new thing, so one that exists is told at `field`. `codes` are
/// the mutation's own for a thing that exists and for one that changed.
pub(crate) fn existing_or_outdated<C>(
    field: &[&str],
    expected: Option<i64>,
    version: i64,
    (exists, outdated_code): (C, C),
) -> Option<Mistake<C>> {
    if expected.is_none() && version > 0 {
        return Some(Mistake::at(
            exists,
            field,
            format!(
                "Dit bestaat al. Om het te wijzigen, geef `expectedVersion` mee; de laatste versie is {version}."
            ),
            format!(
                "This exists already. To change it, hand over `expectedVersion`; the last version is {version}."
            ),
        ));
    }
    outdated(expected, version, outdated_code)
}

/// What speaks against recording something under a natural key: it is there already and the caller does not name its version, or
/// names another one, or names one of something that is not there.
pub(crate) fn version_mistake<C>(
    expected: Option<i64>,
    known: Option<i64>,
    code: C,
) -> Option<Mistake<C>> {
    let at = |nl: String, en: String| Some(Mistake::at(code, &["expectedVersion"], nl, en));
    match (expected, known) {
        (None, None) => None,
        (Some(expected), Some(version)) if expected == version => None,
        (Some(_), Some(version)) => at(
            format!("Dit is intussen gewijzigd; de laatste versie is {version}."),
            format!("This was changed in the meantime; the last version is {version}."),
        ),
        (None, Some(version)) => at(
            format!("Dit is al vastgelegd; noem versie {version} om het te wijzigen."),
            format!("This is recorded already; name version {version} to change it."),
        ),
        (Some(_), None) => at(
            "Hiervan is nog niets vastgelegd; laat de versie weg.".to_owned(),
            "Nothing is recorded of this yet; leave the version out.".to_owned(),
        ),
    }
}

/// That a text is no key that people could say: 2 to 80 lower-case letters, digits and hyphens.
pub(crate) fn key_mistake<C>(field: &str, key: &str, code: C) -> Option<Mistake<C>> {
    let is_sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let fits = (2..=80).contains(&key.len()) && key.bytes().all(is_sign);
    (!fits || key.starts_with('-') || key.ends_with('-')).then(|| {
        Mistake::at(
            code,
            &[field],
            "Een sleutel bestaat uit 2 tot 80 kleine letters, cijfers en koppeltekens, zoals de-bilt-2024.",
            "A key has 2 to 80 lower-case letters, digits and hyphens, as in de-bilt-2024.",
        )
    })
}

/// That an idempotency key was used for another input.
pub(crate) fn key_reused<C>(code: C) -> Mistake<C> {
    Mistake::at(
        code,
        &["idempotencyKey"],
        "Deze sleutel is al voor een andere invoer gebruikt.",
        "This key was used for another input.",
    )
}

/// A key of the caller's own making, at most 200 characters, under which a call may be repeated without changing
/// anything twice. NL: idempotentiesleutel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdempotencyKey(pub(crate) String);

/// A key of the caller's own making, at most 200 characters, under which a call may be repeated without changing
/// anything twice. NL: idempotentiesleutel.
#[Scalar]
impl ScalarType for IdempotencyKey {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(key) if !key.is_empty() && key.chars().count() <= 200 => Ok(Self(key)),
            _ => Err(InputValueError::custom("A key has 1 to 200 characters.")
                .with_extension("messageNl", "Een sleutel heeft 1 tot 200 tekens.")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// Makes the error type of a mutation: its own codes, under the interface `UserError`. A mutation that takes no idempotency
/// key, because repeating it changes nothing by itself, says `without a key`.
macro_rules! user_error {
    ($(#[$doc:meta])* $name:ident, $code:ty) => {
        crate::graphql::payload::user_error! { $(#[$doc])* $name, $code, without a key }

        impl crate::graphql::payload::MutationCode for $code {
            const KEY_REUSED: Self = Self::KeyReused;
        }
    };
    ($(#[$doc:meta])* $name:ident, $code:ty, without a key) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject, Debug, Clone)]
        pub(crate) struct $name {
            /// What is wrong, for programs. NL: foutcode.
            pub(crate) code: $code,
            /// What is wrong and what to do, for people. NL: melding.
            pub(crate) message: crate::graphql::text::LocalizedText,
            /// The path of the input field that is wrong, from `input` down. NL: veld.
            pub(crate) field: Vec<String>,
        }

        impl From<crate::graphql::payload::Mistake<$code>> for $name {
            fn from(mistake: crate::graphql::payload::Mistake<$code>) -> Self {
                Self {
                    code: mistake.code,
                    message: mistake.message,
                    field: mistake.field,
                }
            }
        }
    };
}
pub(crate) use user_error;
