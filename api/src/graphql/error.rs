//! Errors for the caller and for us: a closed list of codes, and never a text of the database.
//!
//! What a person can repair comes as data in a payload instead ([`UserError`] and its kin in the features).

use async_graphql::{Context, Error, ErrorExtensions as _, Result};

use super::text::LocalizedText;
use crate::{db::DbError, policy::Denied};

/// The codes of top-level errors. `UNAUTHENTICATED` is told by the HTTP layer; no other code leaves the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// Seen, but not to be changed by this actor.
    Forbidden,
    /// No such thing, or none that this actor may know of.
    NotFound,
    /// The request itself is wrong.
    BadRequest,
    /// The request asks too much at once.
    TooComplex,
    /// The request took too long.
    Timeout,
    /// Try again in a moment.
    Unavailable,
    /// Our mistake.
    Internal,
}

impl Code {
    /// All codes.
    pub(crate) const ALL: [Self; 7] = [
        Self::Forbidden,
        Self::NotFound,
        Self::BadRequest,
        Self::TooComplex,
        Self::Timeout,
        Self::Unavailable,
        Self::Internal,
    ];

    /// What it means and what the caller can do, in Dutch and in English.
    pub(crate) fn meaning(self) -> (&'static str, &'static str) {
        match self {
            Self::Forbidden => (
                "U ziet het, maar mag het niet wijzigen; `rule` noemt de regel van het mandaat.",
                "You see it, but may not change it; `rule` names the rule of the mandate.",
            ),
            Self::NotFound => (
                "Het bestaat niet, of niet voor u; `didYouMean` noemt wat erop lijkt.",
                "It does not exist, or not for you; `didYouMean` names what looks like it.",
            ),
            Self::BadRequest => (
                "De aanvraag zelf klopt niet; de melding zegt wat er anders moet.",
                "The request itself is wrong; the message says what to change.",
            ),
            Self::TooComplex => (
                "Te veel tegelijk: vraag minder velden of kleinere lijsten, of verdeel de vraag.",
                "Too much at once: ask for fewer fields or shorter lists, or divide the question.",
            ),
            Self::Timeout => (
                "Het duurde te lang; vraag minder tegelijk.",
                "It took too long; ask for less at once.",
            ),
            Self::Unavailable => (
                "Even niet bereikbaar; probeer het na `Retry-After` opnieuw, met dezelfde sleutel.",
                "Not reachable for a moment; try again after `Retry-After`, under the same key.",
            ),
            Self::Internal => (
                "Onze fout; noem ons de `requestId`.",
                "Our mistake; tell us the `requestId`.",
            ),
        }
    }

    /// The code as clients see it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::BadRequest => "BAD_REQUEST",
            Self::TooComplex => "TOO_COMPLEX",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

/// A failure of a field.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The database failed.
    Db(DbError),
    /// The policy refused.
    Denied(Denied),
    /// A public code that does not exist, with codes that look like it.
    Unknown {
        /// What was looked for, in Dutch and English, as in "gemeente" and "municipality".
        what: (&'static str, &'static str),
        /// The code as asked.
        code: String,
        /// Codes that look like it.
        did_you_mean: Vec<String>,
    },
    /// The request itself is wrong.
    BadRequest(LocalizedText),
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

/// That a public code does not exist, with codes that look like it.
pub(super) fn unknown_text(
    what: (&str, &str),
    code: &str,
    did_you_mean: &[String],
) -> LocalizedText {
    let hint = did_you_mean.join(", ");
    if hint.is_empty() {
        return LocalizedText::new(
            format!("Er is geen {} {code:?}.", what.0),
            format!("There is no {} {code:?}.", what.1),
        );
    }
    LocalizedText::new(
        format!("Er is geen {} {code:?}. Bedoelt u {hint}?", what.0),
        format!("There is no {} {code:?}. Did you mean {hint}?", what.1),
    )
}

/// An error with its code.
pub(crate) fn coded(code: Code, message: &LocalizedText) -> Error {
    let nl = message.nl.clone();
    Error::new(message.en.clone()).extend_with(|_, extensions| {
        extensions.set("code", code.as_str());
        extensions.set("messageNl", nl);
    })
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Db(error) => from_db(&error),
            Failure::Denied(Denied(rule)) => {
                let text = LocalizedText::of(rule.text());
                coded(Code::Forbidden, &text)
                    .extend_with(|_, extensions| extensions.set("rule", rule.code()))
            }
            Failure::Unknown {
                what,
                code,
                did_you_mean,
            } => coded(Code::NotFound, &unknown_text(what, &code, &did_you_mean))
                .extend_with(|_, extensions| extensions.set("didYouMean", did_you_mean)),
            Failure::BadRequest(text) => coded(Code::BadRequest, &text),
        }
    }
}

/// Tells all mistakes of one field at once; fine when there is none.
pub(crate) fn tell_all(
    ctx: &Context<'_>,
    mistakes: impl IntoIterator<Item = impl Into<Error>>,
) -> Result<()> {
    let mut mistakes: Vec<Error> = mistakes.into_iter().map(Into::into).collect();
    let Some(last) = mistakes.pop() else {
        return Ok(());
    };
    for mistake in mistakes {
        let mistake = mistake.into_server_error(ctx.item.pos);
        ctx.add_error(ctx.set_error_path(mistake));
    }
    Err(last)
}

/// The chain of causes goes to the log, once; the client gets a code.
fn from_db(error: &DbError) -> Error {
    if error.is_unavailable() || error.is_consequence() {
        if !error.is_consequence() {
            tracing::warn!(error = %chain(error), "the database is unavailable");
        }
        return coded(
            Code::Unavailable,
            &LocalizedText::new(
                "De gegevens zijn even niet bereikbaar. Probeer het zo weer.",
                "The data cannot be reached for a moment. Please try again.",
            ),
        );
    }
    if error.is_scope_moved() {
        return coded(
            Code::BadRequest,
            &LocalizedText::new(
                "Deze cursor is van een lijst voor een ander bereik; begin weer bij de eerste pagina.",
                "This cursor is of a list for another scope; begin with the first page again.",
            ),
        );
    }
    if error.is_timeout() {
        tracing::warn!(error = %chain(error), "a statement took too long");
        return coded(
            Code::Timeout,
            &LocalizedText::new(
                "De vraag duurde te lang. Vraag minder tegelijk.",
                "The request took too long. Ask for less at once.",
            ),
        );
    }
    if error.is_unstorable() {
        tracing::warn!(error = %chain(error), "a value cannot be stored");
        return coded(
            Code::BadRequest,
            &LocalizedText::new(
                "Een waarde is buiten bereik of bevat tekens die niet bewaard kunnen worden.",
                "A value is out of range or holds characters that cannot be stored.",
            ),
        );
    }
    tracing::error!(error = %chain(error), "the database failed");
    coded(
        Code::Internal,
        &LocalizedText::new(
            "Er ging bij ons iets mis.",
            "Something went wrong on our side.",
        ),
    )
}

/// What an error of the library says, in Dutch: the library speaks English alone, so its kind is told and not its detail.
pub(crate) fn in_dutch(message: &str) -> &'static str {
    const KINDS: [(&str, &str); 9] = [
        (
            "Query is too complex",
            "De vraag is te omvangrijk. Vraag minder tegelijk.",
        ),
        (
            "too deep",
            "De vraag is te diep genest. Vraag minder tegelijk.",
        ),
        (
            "Failed to parse",
            "Een waarde heeft niet de vorm die haar veld vraagt.",
        ),
        (
            "Invalid value",
            "Een waarde heeft niet de vorm die haar veld vraagt.",
        ),
        (
            "Expected input type",
            "Een waarde heeft niet de vorm die haar veld vraagt.",
        ),
        (
            "ariable",
            "Een variabele ontbreekt, is te veel, of heeft niet het type dat gevraagd is.",
        ),
        (
            "Unknown",
            "Een naam in de vraag bestaat niet in het schema.",
        ),
        ("is required", "Een verplicht argument ontbreekt."),
        (
            "subfields",
            "Noem van een object de velden, en van een waarde geen velden.",
        ),
    ];
    KINDS
        .iter()
        .find(|(part, _)| message.contains(part))
        .map_or("De vraag past niet bij het schema.", |(_, nl)| nl)
}

/// Two checks of one request: mistakes that both find are told at once.
pub(crate) fn both<A, B>(a: Result<A, Failure>, b: Result<B, Failure>) -> Result<(A, B), Failure> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(Failure::BadRequest(a)), Err(Failure::BadRequest(b))) => Err(Failure::BadRequest(
            LocalizedText::new(format!("{} {}", a.nl, b.nl), format!("{} {}", a.en, b.en)),
        )),
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    }
}

/// An error with all its causes, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// Characters that a text to look for may have: it is compared with many others.
pub(crate) const LONGEST_ASKED: usize = 200;

/// The mistake of a text to look for that is empty or too long; `field` is its name in the contract.
pub(crate) fn unfit_text(field: &str, text: &str) -> Option<Failure> {
    let fits = !text.trim().is_empty() && text.chars().count() <= LONGEST_ASKED;
    (!fits).then(|| {
        Failure::BadRequest(LocalizedText::new(
            format!("`{field}` moet 1 tot {LONGEST_ASKED} tekens hebben."),
            format!("`{field}` must have 1 to {LONGEST_ASKED} characters."),
        ))
    })
}

/// Up to three of the candidates that look most like a code, by edit distance.
pub(crate) fn did_you_mean<'a>(
    asked: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let asked = asked.to_uppercase();
    let mut near: Vec<(usize, &str)> = candidates
        .map(|candidate| (distance(&asked, &candidate.to_uppercase()), candidate))
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
