//! Errors for the caller and for us: a closed list of codes, and never a text of the database.
//!
//! What a person can repair comes as data in a payload instead (the interface `UserError` of the
//! contract).

use async_graphql::{Context, Error, ErrorExtensions as _, Result};

use super::text::LocalizedText;
use database::DbError;
use domain::{error::chain, mistake::unknown_text, policy::Denied};

/// The codes of top-level errors. `UNAUTHENTICATED` is told by the HTTP layer; no other code leaves
/// the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Seen, but not to be changed by this actor.
    Forbidden,
    /// No such thing, or none that this actor may know of.
    NotFound,
    /// The request itself is wrong.
    BadRequest,
    /// The request asks too much at once.
    TooComplex,
    /// The caller asks too often.
    RateLimited,
    /// The id names no trusted document.
    PersistedQueryNotFound,
    /// Only trusted documents may be asked here.
    PersistedQueryNotSupported,
    /// Whoever goes on does so from a position that the ledger does not have.
    PositionLost,
    /// The request took too long.
    Timeout,
    /// Try again in a moment.
    Unavailable,
    /// Our mistake.
    Internal,
}

impl Code {
    /// All codes.
    pub const ALL: [Self; 11] = [
        Self::Forbidden,
        Self::NotFound,
        Self::BadRequest,
        Self::TooComplex,
        Self::RateLimited,
        Self::PersistedQueryNotFound,
        Self::PersistedQueryNotSupported,
        Self::PositionLost,
        Self::Timeout,
        Self::Unavailable,
        Self::Internal,
    ];

    /// What it means and what the caller can do, in Dutch and in English.
    pub fn meaning(self) -> (&'static str, &'static str) {
        match self {
            Self::Forbidden => (
                "U ziet het, maar mag het niet wijzigen; `rule` noemt de regel van het mandaat.",
                "You see it, but may not change it; `rule` names the rule of the mandate.",
            ),
            Self::NotFound => (
                "Het bestaat niet, nog niet, of niet voor u; `didYouMean` noemt wat erop lijkt, \
                 `rule` waarom het er nog niet is.",
                "It does not exist, not yet, or not for you; `didYouMean` names what looks like \
                 it, `rule` why it is not there yet.",
            ),
            Self::BadRequest => (
                "De aanvraag zelf klopt niet; de melding zegt wat er anders moet.",
                "The request itself is wrong; the message says what to change.",
            ),
            Self::TooComplex => (
                "Te veel tegelijk: vraag minder velden of kleinere lijsten, of verdeel de vraag.",
                "Too much at once: ask for fewer fields or shorter lists, or divide the question.",
            ),
            Self::RateLimited => (
                "U vraagt te vaak; probeer het na `Retry-After` opnieuw.",
                "You ask too often; try again after `Retry-After`.",
            ),
            Self::PersistedQueryNotFound => (
                "Het document van `documentId` is hier niet bekend; stuur de tekst ervan.",
                "The document of `documentId` is not known here; send its text.",
            ),
            Self::PersistedQueryNotSupported => (
                "Hier worden alleen vaste vragen beantwoord; een hash van een eigen vraag helpt niet.",
                "Only trusted documents are answered here; a hash of your own query does not help.",
            ),
            Self::PositionLost => (
                "De positie of cursor ligt voor op het grootboek, of is van vóór het terugzetten \
                 van een reservekopie: gooi weg wat u bewaarde en haal alles opnieuw op.",
                "The position or cursor is ahead of the ledger, or from before a backup was \
                 restored: throw away what you kept and fetch everything anew.",
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
                "Er ging bij ons iets mis; vermeld bij een melding de `requestId`.",
                "Our mistake; tell us the `requestId`.",
            ),
        }
    }

    /// The code as clients see it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::BadRequest => "BAD_REQUEST",
            Self::TooComplex => "TOO_COMPLEX",
            Self::RateLimited => "RATE_LIMITED",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::PersistedQueryNotSupported => "PERSISTED_QUERY_NOT_SUPPORTED",
            Self::PositionLost => "POSITION_LOST",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

/// A failure of a field.
#[derive(Debug)]
pub enum Failure {
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
    /// What was asked for does not exist yet.
    NotYet {
        /// The rule, as in `NO_PERIOD`.
        rule: &'static str,
        /// What is missing.
        text: LocalizedText,
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

/// An error with its code.
pub fn coded(code: Code, message: &LocalizedText) -> Error {
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
            } => coded(
                Code::NotFound,
                &unknown_text(what, &code, &did_you_mean).into(),
            )
            .extend_with(|_, extensions| extensions.set("didYouMean", did_you_mean)),
            Failure::NotYet { rule, text } => coded(Code::NotFound, &text)
                .extend_with(|_, extensions| extensions.set("rule", rule)),
            Failure::BadRequest(text) => coded(Code::BadRequest, &text),
        }
    }
}

/// Tells all mistakes of one field at once; fine when there is none.
pub fn fail_with_all(
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
        return answer(
            Code::Unavailable,
            "De gegevens zijn even niet bereikbaar. Probeer het zo weer.",
            "The data cannot be reached for a moment. Please try again.",
        );
    }
    if error.is_too_much() {
        tracing::warn!(error = %chain(error), "a statement brought too much");
        return answer(
            Code::TooComplex,
            "De vraag haalt te veel op. Vraag minder tegelijk.",
            "The request fetches too much. Ask for less at once.",
        );
    }
    if error.is_scope_moved() {
        return answer(
            Code::BadRequest,
            "Deze cursor is van een lijst voor een ander bereik; begin weer bij de eerste pagina.",
            "This cursor is of a list for another scope; begin with the first page again.",
        );
    }
    if error.is_position_lost() {
        let (nl, en) = Code::PositionLost.meaning();
        return answer(Code::PositionLost, nl, en);
    }
    if error.is_unsealed() {
        return coded(Code::BadRequest, &no_cursor());
    }
    if error.is_beyond_head() {
        return coded(Code::BadRequest, &database::beyond_head().into());
    }
    if error.is_timeout() {
        tracing::warn!(error = %chain(error), "a statement took too long");
        return answer(
            Code::Timeout,
            "De vraag duurde te lang. Vraag minder tegelijk.",
            "The request took too long. Ask for less at once.",
        );
    }
    if error.is_unstorable() {
        tracing::warn!(error = error.logged(), "a value cannot be stored");
        return answer(
            Code::BadRequest,
            "Een waarde is buiten bereik of bevat tekens die niet bewaard kunnen worden.",
            "A value is out of range or holds characters that cannot be stored.",
        );
    }
    tracing::error!(error = %chain(error), "the database failed");
    answer(
        Code::Internal,
        "Er ging bij ons iets mis.",
        "Something went wrong on our side.",
    )
}

/// That a cursor is none that was handed out.
pub(super) fn no_cursor() -> LocalizedText {
    LocalizedText::new(
        "`after` is geen cursor van deze dienst.",
        "`after` is no cursor of this service.",
    )
}

fn answer(code: Code, nl: &str, en: &str) -> Error {
    coded(code, &LocalizedText::new(nl, en))
}

/// What an error without a Dutch text says: the scalar's own reader refused a value.
pub const UNREADABLE_NL: &str = "Een waarde heeft niet de vorm die het veld vraagt.";

/// Two checks of one request: mistakes that both find are told at once.
pub fn both<A, B>(a: Result<A, Failure>, b: Result<B, Failure>) -> Result<(A, B), Failure> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(Failure::BadRequest(a)), Err(Failure::BadRequest(b))) => Err(Failure::BadRequest(
            LocalizedText::new(format!("{} {}", a.nl, b.nl), format!("{} {}", a.en, b.en)),
        )),
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    }
}

/// Characters that a name to look for may have: it is compared with many others.
pub const LONGEST_SEARCH: usize = 200;

/// The mistake of a name to look for that is too long, or has neither a letter nor a digit and so
/// is that of nothing; `field` is its name in the contract.
pub fn unfit_name(field: &str, text: &str) -> Option<Failure> {
    let fits = text.contains(char::is_alphanumeric) && text.chars().count() <= LONGEST_SEARCH;
    (!fits).then(|| {
        Failure::BadRequest(LocalizedText::new(
            format!(
                "`{field}` moet 1 tot {LONGEST_SEARCH} tekens hebben, waaronder een letter of een \
                 cijfer."
            ),
            format!(
                "`{field}` must have 1 to {LONGEST_SEARCH} characters, a letter or a digit among \
                 them."
            ),
        ))
    })
}
