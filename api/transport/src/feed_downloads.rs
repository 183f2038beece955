//! `/v1/feeds/`: the list of tables, and each table as CSV and NDJSON.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{self, Bytes},
};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::{Value, json};

use super::{
    App, admission,
    caller::{bad_key, caller, hidden, not_named, note},
    operation::BUILD,
    problem::{self, Reason, failed},
    version,
};
use database::{DbError, RequestedMoment, Words, beyond_head, renamed};
use domain::{actor::Actor, clock::with_plus, error::chain, mistake::did_you_mean, text::Text};
use feeds::{
    caller::{Caller, Opening},
    csv::Dialect,
    feed::{Feed, FeedRequest, Format, NoFeed, Since},
    reach::reach,
    repo::{self, Selection},
    tables::{self, Refresh, TABLES, Table},
};

/// A mistake in a query, in Dutch and in English.
type Mistake = (String, String);

fn wrong(nl: impl Into<String>, en: impl Into<String>) -> Mistake {
    (nl.into(), en.into())
}

fn repeated(name: &str) -> Mistake {
    let name: String = name.chars().take(32).collect();
    wrong(
        format!("Geef `{name}` niet meer dan één keer."),
        format!("Give `{name}` no more than once."),
    )
}

fn of_text(text: Text) -> Mistake {
    (text.nl, text.en)
}

/// The parameters of an address, as far as they are given.
#[derive(Default)]
struct Parameters {
    dialect: Option<Dialect>,
    since: Option<Since>,
    words: Words,
}

impl Parameters {
    /// Takes one in, or tells what is wrong with it.
    fn take(&mut self, name: &str, value: &str, is_csv: bool) -> Result<(), Mistake> {
        let unknown = || {
            let name: String = name.chars().take(32).collect();
            wrong(
                format!("`{name}` kan hier niet zo gevraagd worden; zie /v1/feeds/."),
                format!("`{name}` cannot be asked so here; see /v1/feeds/."),
            )
        };
        match name {
            "dialect" if is_csv => {
                let dialect = match value {
                    "nl" => Dialect::Dutch,
                    "rfc4180" => Dialect::Rfc4180,
                    _ => return Err(unknown()),
                };
                self.dialect = Some(dialect);
            }
            "since" => self.since = Some(Since::parse(value).ok_or_else(unknown)?),
            "ledger" => self.words.ledger = Some(value.to_owned()),
            "instant" => {
                let instant = with_plus(value).unwrap_or_else(|| value.to_owned());
                self.words.instant = Some(instant);
            }
            "day" => self.words.day = Some(value.to_owned()),
            _ => return Err(renamed(name).map_or_else(unknown, of_text)),
        }
        Ok(())
    }
}

/// What the query of an address asks, all mistakes at once.
fn parse(table: &'static Table, is_csv: bool, query: &str) -> Result<FeedRequest, Vec<Mistake>> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map(web::Query::into_inner)
        .unwrap_or_default();
    let mut given = Parameters::default();
    let mut names: Vec<&str> = Vec::new();
    let mut mistakes: Vec<Mistake> = Vec::new();
    for (name, value) in &pairs {
        if names.contains(&name.as_str()) {
            mistakes.push(repeated(name));
        } else {
            names.push(name);
            mistakes.extend(given.take(name, value, is_csv).err());
        }
    }
    if table.refresh == Refresh::Incremental && given.words.day.take().is_some() {
        mistakes.push(wrong(
            "`day` hoort bij een tabel die van de dag afhangt, op _current.",
            "`day` belongs to a table that depends on the day, on _current.",
        ));
    }
    let moment = RequestedMoment::parse(&given.words).unwrap_or_else(|wrong| {
        mistakes.extend(wrong.into_iter().map(of_text));
        RequestedMoment::HEAD
    });
    if table.refresh == Refresh::Full && given.since.is_some() {
        mistakes.push(wrong(
            "`since` hoort bij een tabel op _history; deze hangt van de dag af en wordt heel \
             opgehaald.",
            "`since` belongs to a table on _history; this one depends on the day and is fetched \
             whole.",
        ));
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(FeedRequest {
        table,
        format: if is_csv {
            Format::Csv(given.dialect.unwrap_or_default())
        } else {
            Format::Ndjson
        },
        moment,
        since: given.since,
    })
}

/// `GET /v1/feeds/{table}.csv`.
pub(super) async fn csv(
    request: HttpRequest,
    app: web::Data<App>,
    table: web::Path<String>,
) -> HttpResponse {
    answer(&request, &app, &table, true).await
}

/// `GET /v1/feeds/{table}.ndjson`.
pub(super) async fn ndjson(
    request: HttpRequest,
    app: web::Data<App>,
    table: web::Path<String>,
) -> HttpResponse {
    answer(&request, &app, &table, false).await
}

async fn answer(request: &HttpRequest, app: &App, name: &str, is_csv: bool) -> HttpResponse {
    let Some(table) = tables::find(name) else {
        return unknown(name);
    };
    let caller = match caller(request, app).await {
        Ok(caller) => caller,
        Err(refused) => return refused,
    };
    if !caller.may_ask(table) {
        return not_named();
    }
    let requested = match parse(table, is_csv, request.query_string()) {
        Ok(requested) => requested,
        Err(mistakes) => return bad(&mistakes),
    };
    let actor = caller.actor().clone();
    match streamed(request, app, caller, requested).await {
        Ok(response) => response,
        Err(no_feed) => refused(no_feed, &actor),
    }
}

async fn streamed(
    request: &HttpRequest,
    app: &App,
    caller: Caller,
    requested: FeedRequest,
) -> Result<HttpResponse, NoFeed> {
    note(request, &caller, Some(requested.table.name));
    let address = admission::address(request, app.limits.proxies);
    let feed = Feed::begin(Opening::new(app.db.at(address)), caller, requested).await?;
    let (pin, state, table) = (feed.pin, feed.state, requested.table);
    let next = Since::of(pin).to_string();
    let (extension, content_type) = match requested.format {
        Format::Csv(_) => ("csv", "text/csv; charset=utf-8; header=present"),
        Format::Ndjson => ("ndjson", "application/x-ndjson; charset=utf-8"),
    };
    let form = match requested.format {
        Format::Csv(Dialect::Dutch) => "nl",
        Format::Csv(Dialect::Rfc4180) | Format::Ndjson => extension,
    };
    let from = requested
        .since
        .map_or_else(String::new, |since| since.to_string());
    let build = &BUILD[..16];
    let tag = format!(
        "W/\"{}.{form}/{build}/{state}/{next}/{}/{from}\"",
        table.name, pin.day
    );
    let shared = if table.is_public() {
        "public"
    } else {
        "private"
    };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::ETAG, tag.clone()))
        .insert_header((header::CACHE_CONTROL, format!("{shared}, no-cache")))
        .insert_header((header::VARY, "authorization"))
        .insert_header(("stm-ledger", pin.at.number.to_string()))
        .insert_header(("stm-day", pin.day.to_string()))
        .insert_header(("stm-since", next));
    if version::is_known(request, &tag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let (first, rest) = feed.start().await?;
    let pages = stream::once(std::future::ready(Ok(first)))
        .chain(rest)
        .map_ok(Bytes::from)
        .map_err(|cause| {
            // The head has left: a cut connection is all that can still tell the client.
            tracing::warn!(cause = %to_view(&cause), "a feed broke off");
            actix_web::error::ErrorServiceUnavailable("the feed broke off")
        });
    Ok(response
        .content_type(content_type)
        .insert_header((
            header::CONTENT_DISPOSITION,
            as_file(app, table, extension).await?,
        ))
        .streaming(pages))
}

/// What a table is called when it is kept as a file. That of a demo says so, wherever it wanders.
pub(super) async fn as_file(app: &App, table: &Table, extension: &str) -> Result<String, DbError> {
    let demo = app.db.kind().await?.prefix();
    let name = table.name;
    Ok(format!("attachment; filename=\"{demo}{name}.{extension}\""))
}

fn to_view(cause: &NoFeed) -> String {
    match cause {
        NoFeed::Db(error) => chain(error),
        NoFeed::Hidden(rule) => rule.code().to_owned(),
        NoFeed::Refused => "the key is not good any more".to_owned(),
        NoFeed::FullReload => "the scope changed, or words were blanked".to_owned(),
        NoFeed::ForeignPlace => "the place is not as it was handed out".to_owned(),
    }
}

fn refused(no_feed: NoFeed, caller: &Actor) -> HttpResponse {
    match no_feed {
        NoFeed::Hidden(_) => hidden(caller),
        NoFeed::Refused => bad_key(),
        NoFeed::Db(error) if error.is_beyond_head() => bad(&[of_text(beyond_head())]),
        NoFeed::Db(error) if !error.is_scope_moved() && !error.is_position_lost() => failed(&error),
        NoFeed::FullReload | NoFeed::ForeignPlace | NoFeed::Db(_) => problem::refusal(
            StatusCode::GONE,
            &Reason {
                code: "FULL_RELOAD",
                rule: "SINCE",
                nl: "Vanaf hier kan niet worden bijgeladen: u mag inmiddels andere rijen zien, \
                     woorden zijn om wettelijke redenen geschrapt, of de gegevens zijn teruggezet \
                     uit een reservekopie. Haal de tabel opnieuw heel op.",
                en: "Loading cannot go on from here: you may see other rows by now, words were \
                     blanked by law, or the data were restored from a backup. Fetch the whole \
                     table again.",
            },
        ),
    }
}

fn bad(mistakes: &[Mistake]) -> HttpResponse {
    let join = |texts: Vec<&str>| texts.join(" ");
    let nl = join(mistakes.iter().map(|mistake| mistake.0.as_str()).collect());
    let en = join(mistakes.iter().map(|mistake| mistake.1.as_str()).collect());
    problem::refusal(
        StatusCode::BAD_REQUEST,
        &Reason {
            code: "BAD_REQUEST",
            rule: "QUERY",
            nl: &nl,
            en: &en,
        },
    )
}

pub(super) fn unknown(name: &str) -> HttpResponse {
    let near = did_you_mean(name, TABLES.iter().map(|table| table.name)).join(", ");
    let (mut nl, mut en) = (
        "Er is geen tabel van die naam; /v1/feeds/ noemt ze.".to_owned(),
        "There is no table of that name; /v1/feeds/ lists them.".to_owned(),
    );
    if !near.is_empty() {
        nl = format!("{nl} Bedoelde u {near}?");
        en = format!("{en} Did you mean {near}?");
    }
    problem::refusal(
        StatusCode::NOT_FOUND,
        &Reason {
            code: "NOT_FOUND",
            rule: "TABLE",
            nl: &nl,
            en: &en,
        },
    )
}

/// `GET /v1/feeds/`: every table with its grain, its columns and where to fetch it; of those that
/// the caller reads, how many rows there are and from where to go on.
pub(super) async fn list(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let caller = match caller(&request, &app).await {
        Ok(caller) => caller,
        Err(refused) => return refused,
    };
    note(&request, &caller, None);
    match listed(&app, &caller).await {
        Ok(Some(list)) => HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "private, no-cache"))
            .insert_header((header::VARY, "authorization"))
            .content_type("application/json")
            .body(list.to_string()),
        Ok(None) => bad_key(),
        Err(error) => failed(&error),
    }
}

async fn listed(app: &App, caller: &Caller) -> Result<Option<Value>, DbError> {
    let opening = Opening::new(app.db.clone());
    let Some(session) = opening.session(caller, RequestedMoment::HEAD).await? else {
        return Ok(None);
    };
    let mut list = Vec::new();
    for table in TABLES.iter().copied() {
        let reached = reach(table, session.mandate()).ok();
        let mut pin = session.pin();
        if table.is_public() {
            pin.scope = None;
        }
        let readable = reached.filter(|_| caller.may_ask(table));
        let (mut rows, mut since) = (None, None);
        if let Some(reached) = readable {
            repo::prepare(&session, table).await?;
            rows = Some(repo::count(&session, &Selection::of(table, reached, 0)).await?);
            since = Some(Since::of(pin).to_string());
        }
        list.push(json!({
            "name": table.name,
            "grain": { "nl": table.grain.0, "en": table.grain.1 },
            "isPublic": table.is_public(),
            "isIncremental": table.refresh == Refresh::Incremental,
            "rows": rows,
            "since": since.filter(|_| table.refresh == Refresh::Incremental),
            "csv": format!("/v1/feeds/{}.csv", table.name),
            "ndjson": format!("/v1/feeds/{}.ndjson", table.name),
            "pbids": format!("/v1/feeds/{}.pbids", table.name),
            "columns": table.columns.iter().map(|column| json!({
                "name": column.name,
                "type": column.kind.code(),
                "isKey": column.is_key,
                "isNullable": column.is_nullable,
                "label": { "nl": column.label.0, "en": column.label.1 },
            })).collect::<Vec<_>>(),
        }));
    }
    let (moment, kind) = (session.moment(), session.kind());
    session.close().await?;
    Ok(Some(json!({
        "database": kind.code(),
        "ledger": moment.ledger,
        "day": moment.day.to_string(),
        "tables": list,
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request_of(table: &str, query: &str) -> Result<FeedRequest, usize> {
        parse(tables::find(table).unwrap(), true, query).map_err(|mistakes| mistakes.len())
    }

    #[test]
    fn all_mistakes_of_a_query_are_named() {
        let request_for = |query| request_of("fact_verdict_history", query);
        assert_eq!(
            request_for("since=12").unwrap().since.unwrap().at.number,
            12
        );
        assert!(request_for("").unwrap().since.is_none());
        assert_eq!(
            request_for("since=x&day=2026-13-01&colour=red").unwrap_err(),
            3
        );
        assert_eq!(request_for("day=2026-01-01").unwrap_err(), 1);
        assert_eq!(request_of("dim_action", "since=1").unwrap_err(), 1);
        let dutch = request_of("dim_action", "dialect=nl&day=2026-01-01").unwrap();
        assert_eq!(dutch.format, Format::Csv(Dialect::Dutch));
        let ndjson = parse(tables::find("dim_action").unwrap(), false, "dialect=nl");
        assert_eq!(ndjson.unwrap_err().len(), 1);
    }
}
