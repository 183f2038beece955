//! A refusal before execution, in the form of GraphQL: a code, a sentence in Dutch and English, and
//! what helps.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

use super::gate;
use database::DbError;
use documents::Mistake;
use domain::error::chain;
use graphql::{
    error::{Code, Failure},
    text::LocalizedText,
};

/// Why a request is not executed.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) code: Code,
    pub(super) message: LocalizedText,
    pub(super) more: Map<String, Value>,
    /// Whether the request was well formed, and only its document or variables are wrong. Then the
    /// older media type says 200.
    pub(super) is_of_document: bool,
    /// The methods that the address does know for this request.
    pub(super) allow: Option<&'static str>,
    /// Seconds after which to try again.
    pub(super) retry_after: Option<u64>,
    /// What is wrong with the document or its variables, where it is that; each is told.
    pub(super) mistakes: Arc<Vec<Mistake>>,
}

/// A text in both languages, as it stands in the program.
pub(super) struct Words<'a> {
    pub(super) nl: &'a str,
    pub(super) en: &'a str,
}

/// How much more a document asks than it may.
pub(super) struct Excess<'a> {
    /// What is counted.
    pub(super) unit: Words<'a>,
    pub(super) found: u64,
    pub(super) limit: u64,
    /// What helps.
    pub(super) hint: Words<'a>,
}

impl Refusal {
    /// A refusal of a request.
    pub(super) fn new(status: StatusCode, code: Code, nl: &str, en: &str) -> Self {
        Self {
            status,
            code,
            message: LocalizedText::new(nl, en),
            more: Map::new(),
            is_of_document: false,
            allow: None,
            retry_after: None,
            mistakes: Arc::default(),
        }
    }

    /// The request is not formed as the draft wants it.
    pub(super) fn malformed(nl: &str, en: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadRequest, nl, en)
    }

    /// The document or its variables are wrong.
    pub(super) fn of_document(nl: &str, en: &str) -> Self {
        Self {
            is_of_document: true,
            ..Self::malformed(nl, en)
        }
    }

    /// The document asks too much.
    pub(super) fn too_complex(excess: &Excess<'_>) -> Self {
        let Excess { found, limit, .. } = *excess;
        let (unit, hint) = (&excess.unit, &excess.hint);
        let refusal = Self::of_document(
            &format!("De vraag kost {found} {}; {limit} mag.", unit.nl),
            &format!("The query costs {found} {}; {limit} are allowed.", unit.en),
        );
        Self {
            code: Code::TooComplex,
            ..refusal
        }
        .with("cost", found)
        .with("limit", limit)
        .with("hint", json!({ "nl": hint.nl, "en": hint.en }))
    }

    /// The answer takes too long.
    pub(super) fn timeout() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            Code::Timeout,
            "De vraag duurde te lang. Vraag minder tegelijk.",
            "The request took too long. Ask for less at once.",
        )
    }

    /// The database is not there for a moment: nothing was kept, or its outcome is found again by
    /// the idempotency key.
    pub(super) fn unavailable() -> Self {
        Self {
            retry_after: Some(1),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                Code::Unavailable,
                "De gegevens zijn even niet bereikbaar. Probeer het zo weer.",
                "The data cannot be reached for a moment. Please try again.",
            )
        }
    }

    /// The moment cannot be read that a document is of: it has not come or is lost, a list cannot be
    /// read on, or the database is away.
    pub(super) fn of_moment(error: DbError) -> Self {
        if error.is_position_lost() {
            return Self {
                code: Code::PositionLost,
                ..Self::from(async_graphql::Error::from(Failure::from(error)))
            };
        }
        if error.is_beyond_head() || error.is_scope_moved() || error.is_unsealed() {
            return async_graphql::Error::from(Failure::from(error)).into();
        }
        tracing::warn!(error = %chain(&error), "a moment could not be read");
        Self::unavailable()
    }

    /// Our mistake.
    pub(super) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            Code::Internal,
            "Er ging bij ons iets mis.",
            "Something went wrong on our side.",
        )
    }

    /// Tells one thing more in `extensions`.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    /// The errors as GraphQL writes them.
    pub(super) fn errors(&self, request_id: &str) -> Vec<Value> {
        if self.mistakes.is_empty() {
            return vec![self.error(request_id)];
        }
        let mistakes = self.mistakes.iter();
        mistakes
            .map(|mistake| self.error_of_mistake(mistake, request_id))
            .collect()
    }

    fn error_of_mistake(&self, mistake: &Mistake, request_id: &str) -> Value {
        let mut extensions = json!({
            "code": self.code.as_str(),
            "messageNl": mistake.message.nl,
            "rule": mistake.rule.code(),
        });
        if !mistake.field.is_empty() {
            extensions["field"] = json!(mistake.field);
        }
        if !mistake.did_you_mean.is_empty() {
            extensions["didYouMean"] = json!(mistake.did_you_mean);
        }
        extensions["requestId"] = request_id.into();
        let mut error = json!({ "message": mistake.message.en });
        if let Some(at) = mistake.location {
            error["locations"] = json!([{ "line": at.line, "column": at.column }]);
        }
        error["extensions"] = extensions;
        error
    }

    /// The one error of a refusal that is not about the document.
    fn error(&self, request_id: &str) -> Value {
        let mut extensions = Map::new();
        extensions.insert("code".to_owned(), self.code.as_str().into());
        extensions.insert("messageNl".to_owned(), self.message.nl.clone().into());
        extensions.extend(self.more.clone());
        extensions.insert("requestId".to_owned(), request_id.into());
        json!({ "message": self.message.en, "extensions": extensions })
    }
}

impl From<gate::Refusal> for Refusal {
    fn from(refusal: gate::Refusal) -> Self {
        let (nl, en) = refusal.hint();
        match refusal.too_much() {
            Some((unit, found, limit)) => Self::too_complex(&Excess {
                unit: Words {
                    nl: unit.0,
                    en: unit.1,
                },
                found,
                limit,
                hint: Words { nl, en },
            }),
            None => Self::of_document(nl, en),
        }
    }
}

impl From<Vec<Mistake>> for Refusal {
    /// Every mistake in the document or its variables is told.
    fn from(mistakes: Vec<Mistake>) -> Self {
        Self {
            mistakes: Arc::new(mistakes),
            ..Self::of_document(
                "De vraag past niet bij het schema.",
                "The query does not fit the schema.",
            )
        }
    }
}

impl From<async_graphql::Error> for Refusal {
    /// A mistake of the client that the library's form tells of.
    fn from(error: async_graphql::Error) -> Self {
        let nl = error
            .extensions
            .as_ref()
            .and_then(|extensions| extensions.get("messageNl"))
            .and_then(|value| value.clone().into_json().ok())
            .and_then(|value| value.as_str().map(str::to_owned));
        Self::of_document(nl.as_deref().unwrap_or_default(), &error.message)
    }
}
