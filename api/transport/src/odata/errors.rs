//! Errors in the form that OData wants (Protocol, 9.4): a code, a sentence, and each mistake of the
//! request in `details`; the Dutch sentence stands in `innererror`.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use serde_json::{Value, json};

use super::{
    super::{caller, problem},
    JSON, answer,
};
use database::beyond_head;
use domain::{actor::Actor, mistake::did_you_mean};
use feeds::{
    feed::NoFeed,
    odata::{Wrong, WrongKind, options::unreadable},
    tables::TABLES,
};

/// What an error says.
pub(super) struct Problem<'a> {
    pub(super) code: &'a str,
    pub(super) nl: &'a str,
    pub(super) en: &'a str,
    /// The mistakes of the request, one by one.
    pub(super) details: Vec<Value>,
}

pub(super) fn error(status: StatusCode, problem: Problem<'_>) -> HttpResponse {
    let Problem {
        code,
        nl,
        en,
        details,
    } = problem;
    let mut error = json!({ "code": code, "message": en, "innererror": { "messageNl": nl } });
    if !details.is_empty() {
        error["details"] = details.into();
    }
    let mut response = answer(status, JSON, json!({ "error": error }).to_string());
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The mistakes of a request, each in `details`.
pub(super) fn wrong(mistakes: &[Wrong]) -> HttpResponse {
    let is_more = mistakes
        .iter()
        .all(|mistake| mistake.kind == WrongKind::NotImplemented);
    let status = if is_more {
        StatusCode::NOT_IMPLEMENTED
    } else {
        StatusCode::BAD_REQUEST
    };
    let join = |text: fn(&Wrong) -> &str| mistakes.iter().map(text).collect::<Vec<_>>().join(" ");
    let details = mistakes
        .iter()
        .map(|mistake| json!({ "code": "BAD_REQUEST", "message": mistake.en }));
    let (nl, en) = (join(|mistake| &mistake.nl), join(|mistake| &mistake.en));
    error(
        status,
        Problem {
            code: "BAD_REQUEST",
            nl: &nl,
            en: &en,
            details: details.collect(),
        },
    )
}

/// What is OData and more than this service does, by its name: batches, joins, parts of a row.
pub(super) fn more(name: &str) -> HttpResponse {
    let name: String = name.chars().take(40).collect();
    wrong(&[Wrong {
        kind: WrongKind::NotImplemented,
        nl: format!(
            "Deze dienst kent `{name}` niet. Hij geeft rijen van een tabel, met `$filter`, en één \
             rij bij haar sleutel."
        ),
        en: format!(
            "This service does not know `{name}`. It gives rows of a table, by `$filter`, and one \
             row by its key."
        ),
    }])
}

/// That a table has no row of a key, or none that may be seen.
pub(super) fn absent(set: &str) -> HttpResponse {
    error(
        StatusCode::NOT_FOUND,
        Problem {
            code: "NOT_FOUND",
            nl: &format!("`{set}` heeft geen rij met deze sleutel, of geen die u mag zien."),
            en: &format!("`{set}` has no row of this key, or none that you may see."),
            details: Vec::new(),
        },
    )
}

pub(super) fn unknown(set: &str) -> HttpResponse {
    let near = did_you_mean(set, TABLES.iter().map(|table| table.name)).join(", ");
    let (mut nl, mut en) = (
        "Er is geen tabel van die naam.".to_owned(),
        "There is no table of that name.".to_owned(),
    );
    if !near.is_empty() {
        nl = format!("{nl} Bedoelde u {near}?");
        en = format!("{en} Did you mean {near}?");
    }
    error(
        StatusCode::NOT_FOUND,
        Problem {
            code: "NOT_FOUND",
            nl: &nl,
            en: &en,
            details: Vec::new(),
        },
    )
}

pub(super) fn refused(no_feed: NoFeed, caller: &Actor) -> HttpResponse {
    match no_feed {
        NoFeed::Hidden(_) => as_odata(caller::hidden(caller)),
        NoFeed::Refused => as_odata(caller::bad_key()),
        NoFeed::Db(cause) if cause.is_beyond_head() => {
            let text = beyond_head();
            error(
                StatusCode::BAD_REQUEST,
                Problem {
                    code: "BAD_REQUEST",
                    nl: &text.nl,
                    en: &text.en,
                    details: Vec::new(),
                },
            )
        }
        NoFeed::ForeignPlace => wrong(&[unreadable("$skiptoken")]),
        NoFeed::Db(cause) if !cause.is_scope_moved() && !cause.is_position_lost() => {
            as_odata(problem::failed(&cause))
        }
        NoFeed::FullReload | NoFeed::Db(_) => error(
            StatusCode::GONE,
            Problem {
                code: "FULL_RELOAD",
                nl: "U mag inmiddels andere rijen zien, of de gegevens zijn teruggezet uit een \
                     reservekopie. Begin weer bij de eerste pagina.",
                en: "You may see other rows by now, or the data were restored from a backup. Begin \
                     with the first page again.",
                details: Vec::new(),
            },
        ),
    }
}

/// An answer of the rest of the service in the form that OData wants: the status stays, and how to
/// come back with success.
pub(super) fn as_odata(response: HttpResponse) -> HttpResponse {
    let status = response.status();
    let mut kept: Vec<(HeaderName, HeaderValue)> = Vec::new();
    for name in [header::WWW_AUTHENTICATE, header::RETRY_AFTER] {
        let values = response.headers().get_all(&name).cloned();
        kept.extend(values.map(|value| (name.clone(), value)));
    }
    let (code, nl, en) = match status {
        StatusCode::UNAUTHORIZED => (
            "UNAUTHENTICATED",
            "Meld u aan met een feedsleutel (als wachtwoord) of een token; zonder aanmelden is er \
             /v1/odata/public.",
            "Sign in with a feed key (as the password) or a token; without a login there is \
             /v1/odata/public.",
        ),
        StatusCode::FORBIDDEN => (
            "FORBIDDEN",
            "Deze tabel is er niet voor deze feedsleutel of deze organisatie.",
            "This table is not there for this feed key or this organisation.",
        ),
        StatusCode::BAD_REQUEST => (
            "BAD_REQUEST",
            "De vraag is niet te lezen.",
            "The request cannot be read.",
        ),
        StatusCode::TOO_MANY_REQUESTS => (
            "RATE_LIMITED",
            "U vraagt te vaak. Probeer het weer na het aantal seconden van `Retry-After`.",
            "You ask too often. Please try again after the seconds of `Retry-After`.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "UNAVAILABLE",
            "De gegevens zijn even niet bereikbaar. Probeer het zo weer.",
            "The data cannot be reached for a moment. Please try again.",
        ),
        _ => (
            "INTERNAL",
            "Er ging bij ons iets mis.",
            "Something went wrong on our side.",
        ),
    };
    let mut answer = error(
        status,
        Problem {
            code,
            nl,
            en,
            details: Vec::new(),
        },
    );
    for (name, value) in kept {
        answer.headers_mut().append(name, value);
    }
    answer
}
