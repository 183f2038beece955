//! Mistakes in an input as data: what the person who made it can repair.

use crate::text::Text;

/// A mistake in an input: the code of the mutation's own enum, where it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake<C> {
    /// The code by which a program tells it from others.
    pub code: C,
    /// The place in the input, from the outside in, as in `["answers", "0", "criterion"]`.
    pub field: Vec<String>,
    /// What is wrong and what to do, for the person who made it.
    pub message: Text,
}

impl<C> Mistake<C> {
    /// A mistake at a place of the input, as in `["answers", "0", "criterion"]`.
    pub fn at(code: C, field: &[&str], nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            field: field.iter().map(|&part| part.to_owned()).collect(),
            message: Text::new(nl, en),
        }
    }

    /// The mistake of a key that is not among the existing ones, with those that look like it;
    /// `what` is the thing in Dutch and English.
    pub fn unknown<'a>(
        code: C,
        field: &[&str],
        what: (&str, &str),
        requested: &str,
        mut existing: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<Self> {
        let candidates = existing.clone();
        if existing.any(|key| key == requested) {
            return None;
        }
        let Text { nl, en } = unknown_text(what, requested, &did_you_mean(requested, candidates));
        Some(Self::at(code, field, nl, en))
    }

    /// The same mistake under the code of a mutation.
    pub fn into_code<D: From<C>>(self) -> Mistake<D> {
        Mistake {
            code: self.code.into(),
            field: self.field,
            message: self.message,
        }
    }
}

/// The codes of a mutation. Every mutation can be called with a key that was used before, and with
/// texts that would identify a person or feign a redaction.
pub trait MutationCode: Copy {
    /// The idempotency key was used for another input.
    const KEY_REUSED: Self;
    /// A text would identify a person, or feigns that words were blanked by law.
    const PERSONAL_DATA: Self;
}

/// The codes of a noun for what can be wrong with the version that a caller expects.
#[derive(Debug, Clone, Copy)]
pub struct VersionCodes<C> {
    /// The thing exists, and no version of it was expected.
    pub exists: C,
    /// It was changed since the version that was expected.
    pub outdated: C,
}

impl<C> VersionCodes<C> {
    /// The codes for a thing that exists and for one that was changed.
    pub const fn new(exists: C, outdated: C) -> Self {
        Self { exists, outdated }
    }
}

/// That a text that people write, at a place of the input, is empty or too long. Whether it would
/// identify a person is looked at in all texts of the input together.
pub fn text_mistakes<C>(
    field: &[&str],
    text: Option<&str>,
    longest: usize,
    code: C,
) -> Vec<Mistake<C>> {
    let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= longest;
    let wrong = text.filter(|text| !fits(text)).map(|_| {
        Mistake::at(
            code,
            field,
            format!("Schrijf 1 tot {longest} tekens."),
            format!("Write 1 to {longest} characters."),
        )
    });
    Vec::from_iter(wrong)
}

/// That somebody changed the thing since the version that the caller saw last.
pub fn outdated<C>(expected: Option<i64>, version: i64, code: C) -> Option<Mistake<C>> {
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

/// What is wrong with the version that a caller expects of a thing that may be new. `version` is
/// the ledger number of its last fact, 0 when there is none: whoever names none means a new thing,
/// so one that exists is told at `field`. `codes` are the mutation's own for a thing that exists
/// and for one that changed.
pub fn existing_or_outdated<C>(
    field: &[&str],
    expected: Option<i64>,
    version: i64,
    codes: VersionCodes<C>,
) -> Option<Mistake<C>> {
    if expected.is_none() && version > 0 {
        return Some(Mistake::at(
            codes.exists,
            field,
            format!(
                "Dit bestaat al. Om het te wijzigen, geef `expectedVersion` mee; de laatste versie \
                 is {version}."
            ),
            format!(
                "This exists already. To change it, hand over `expectedVersion`; the last version \
                 is {version}."
            ),
        ));
    }
    outdated(expected, version, codes.outdated)
}

/// What speaks against recording something under a natural key: it is there already and the caller
/// does not name its version, or names another one, or names one of something that is not there.
pub fn version_mistake<C>(
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
pub fn key_mistake<C>(field: &str, key: &str, code: C) -> Option<Mistake<C>> {
    let is_sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let fits = (2..=80).contains(&key.len()) && key.bytes().all(is_sign);
    (!fits || key.starts_with('-') || key.ends_with('-')).then(|| {
        Mistake::at(
            code,
            &[field],
            "Een sleutel bestaat uit 2 tot 80 kleine letters, cijfers en koppeltekens, zoals \
             de-bilt-2024.",
            "A key has 2 to 80 lower-case letters, digits and hyphens, as in de-bilt-2024.",
        )
    })
}

/// That an idempotency key was used for another input.
pub fn key_reused<C>(code: C) -> Mistake<C> {
    Mistake::at(
        code,
        &["idempotencyKey"],
        "Deze sleutel is al voor een andere invoer gebruikt.",
        "This key was used for another input.",
    )
}

/// That a public code does not exist, with codes that look like it.
pub fn unknown_text(what: (&str, &str), code: &str, did_you_mean: &[String]) -> Text {
    let hint = did_you_mean.join(", ");
    if hint.is_empty() {
        return Text::new(
            format!("Er is geen {} {code:?}.", what.0),
            format!("There is no {} {code:?}.", what.1),
        );
    }
    Text::new(
        format!("Er is geen {} {code:?}. Bedoelde u {hint}?", what.0),
        format!("There is no {} {code:?}. Did you mean {hint}?", what.1),
    )
}

/// Up to three of the candidates that look most like a code, by edit distance.
pub fn did_you_mean<'a>(requested: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<String> {
    let requested = requested.to_uppercase();
    let mut near: Vec<(usize, &str)> = candidates
        .map(|candidate| (distance(&requested, &candidate.to_uppercase()), candidate))
        .filter(|(distance, _)| *distance <= 2)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter()
        .take(3)
        .map(|(_, candidate)| candidate.to_owned())
        .collect()
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().take(64).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = corner + usize::from(from != *to);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_codes_are_offered_and_far_ones_are_not() {
        let codes = ["GM0402", "GM0406", "GM0363", "VR14"];
        assert_eq!(
            did_you_mean("gm0403", codes.into_iter()),
            ["GM0402", "GM0406", "GM0363"]
        );
        assert_eq!(did_you_mean("VR15", codes.into_iter()), ["VR14"]);
        assert_eq!(did_you_mean("Hilversum", codes.into_iter()), [""; 0]);
    }
}
