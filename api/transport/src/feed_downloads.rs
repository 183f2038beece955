//! `/v1/feeds/{table}`: each table as CSV, NDJSON, Excel and Parquet.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{self, Bytes},
};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::{
    App, address, admission,
    caller::{bad_key, caller, hidden, not_named, note},
    csvw, feed_files,
    kept::{TableInquiry, kept_at_end},
    operation::BUILD,
    problem::{self, Reason, failed},
    read_ahead::{broken_off, read_ahead},
    version,
};
use database::{DbError, RequestedMoment, Words, beyond_head, renamed};
use domain::{actor::Actor, clock::with_plus, error::chain, mistake::did_you_mean, text::Text};
use feeds::{
    caller::{Caller, Opening},
    choice::Choice,
    csv::Dialect,
    feed::{Feed, FeedRequest, Format, NoFeed, Since},
    form::Form,
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
    columns: Option<String>,
    filter: Option<String>,
    words: Words,
}

impl Parameters {
    /// Takes one in, or tells what is wrong with it.
    fn take(&mut self, name: &str, value: &str, form: Form) -> Result<(), Mistake> {
        let unknown = || {
            let name: String = name.chars().take(32).collect();
            wrong(
                format!("`{name}` kan hier niet zo gevraagd worden; zie /v1/feeds/."),
                format!("`{name}` cannot be asked so here; see /v1/feeds/."),
            )
        };
        match name {
            "dialect" if form == Form::Csv => {
                let dialect = match value {
                    "nl" => Dialect::Dutch,
                    "rfc4180" => Dialect::Rfc4180,
                    _ => return Err(unknown()),
                };
                self.dialect = Some(dialect);
            }
            "since" => self.since = Some(Since::parse(value).ok_or_else(unknown)?),
            "columns" => self.columns = Some(value.to_owned()),
            "filter" => self.filter = Some(value.to_owned()),
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
fn parse(table: &'static Table, form: Form, query: &str) -> Result<FeedRequest, Vec<Mistake>> {
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
            mistakes.extend(given.take(name, value, form).err());
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
    let (columns, filter) = (given.columns.as_deref(), given.filter.as_deref());
    let choice = Choice::parse(table, columns, filter).unwrap_or_else(|wrong| {
        mistakes.extend(wrong.into_iter().map(of_text));
        Choice::whole(table)
    });
    mistakes.extend(
        given
            .since
            .and_then(|_| without_since(table, form, &choice)),
    );
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(FeedRequest {
        table,
        format: match form {
            Form::Csv => Format::Csv(given.dialect.unwrap_or_default()),
            Form::Ndjson | Form::Xlsx | Form::Parquet => Format::Ndjson,
        },
        choice,
        moment,
        since: given.since,
    })
}

/// Why what changed cannot be given so.
fn without_since(table: &Table, form: Form, choice: &Choice) -> Option<Mistake> {
    if form.is_file() {
        return Some(wrong(
            "`since` hoort bij .csv en .ndjson; een .xlsx of .parquet is de hele tabel.",
            "`since` belongs to .csv and .ndjson; an .xlsx or .parquet is the whole table.",
        ));
    }
    if choice.has_key_of(table) {
        return None;
    }
    let key: Vec<&str> = table.key().map(|column| column.name).collect();
    let key = key.join(",");
    Some(wrong(
        format!("Noem naast `since` in `columns` ook de sleutel: {key}."),
        format!("Beside `since`, name the key in `columns` too: {key}."),
    ))
}

/// `GET /v1/feeds/{table}.csv`.
pub(super) async fn csv(
    request: HttpRequest,
    app: web::Data<App>,
    table: web::Path<String>,
) -> HttpResponse {
    answer(&request, &app, &table, Form::Csv).await
}

/// `GET /v1/feeds/{table}.ndjson`.
pub(super) async fn ndjson(
    request: HttpRequest,
    app: web::Data<App>,
    table: web::Path<String>,
) -> HttpResponse {
    answer(&request, &app, &table, Form::Ndjson).await
}

/// `GET /v1/feeds/{table}.xlsx`.
pub(super) async fn xlsx(
    request: HttpRequest,
    app: web::Data<App>,
    table: web::Path<String>,
) -> HttpResponse {
    answer(&request, &app, &table, Form::Xlsx).await
}

/// `GET /v1/feeds/{table}.parquet`.
pub(super) async fn parquet(
    request: HttpRequest,
    app: web::Data<App>,
    table: web::Path<String>,
) -> HttpResponse {
    answer(&request, &app, &table, Form::Parquet).await
}

async fn answer(request: &HttpRequest, app: &App, name: &str, form: Form) -> HttpResponse {
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
    let requested = match parse(table, form, request.query_string()) {
        Ok(requested) => requested,
        Err(mistakes) => return bad(&mistakes),
    };
    let actor = caller.actor().clone();
    match streamed(request, app, caller, (form, requested)).await {
        Ok(response) => response,
        Err(no_feed) => refused(no_feed, &actor),
    }
}

async fn streamed(
    request: &HttpRequest,
    app: &App,
    caller: Caller,
    (form, requested): (Form, FeedRequest),
) -> Result<HttpResponse, NoFeed> {
    let FeedRequest { table, format, .. } = requested;
    note(request, &caller, Some(table.name));
    let role = caller.actor().role.clone();
    let peer = admission::address(request, app.limits.proxies);
    let chosen = requested.choice.mark().map(str::to_owned);
    let from = requested
        .since
        .map_or_else(String::new, |since| since.to_string());
    let feed = Feed::begin(Opening::new(app.db.at(peer)), caller, requested).await?;
    let (pin, state) = (feed.pin, feed.state);
    let next = Since::of(pin).to_string();
    let extension = form.extension();
    let written = match format {
        Format::Csv(Dialect::Dutch) => "nl",
        Format::Csv(Dialect::Rfc4180) | Format::Ndjson => extension,
    };
    // A file names its publisher, so it is of an edition of the service; rows are of a build.
    let version: &str = if form.is_file() {
        &app.edition
    } else {
        &BUILD[..16]
    };
    let of_choice = chosen
        .as_ref()
        .map_or_else(String::new, |mark| format!("/{mark}"));
    let tag = format!(
        "W/\"{}.{written}/{version}/{state}/{next}/{}/{from}{of_choice}\"",
        table.name, pin.day
    );
    let shared = if table.is_public() {
        "public"
    } else {
        "private"
    };
    let described = match format {
        Format::Csv(dialect) if chosen.is_none() && from.is_empty() => Some(dialect),
        Format::Csv(_) | Format::Ndjson => None,
    };
    let mut response = HttpResponse::Ok();
    for link in csvw::links(app, table, described) {
        response.append_header((header::LINK, link));
    }
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
    let name = as_file(app, table, extension).await?;
    if form.is_file() {
        response.insert_header((header::CONTENT_DISPOSITION, name));
        let source = address::of(request, app) + request.path();
        return feed_files::answered(app, (form, feed), source, response).await;
    }
    response
        .content_type(form.content_type())
        .insert_header((header::CONTENT_DISPOSITION, name));
    let parts = [tag.as_str(), &request.uri().to_string()];
    let inquiry = TableInquiry::new((request, app), &role, &parts);
    if let Some(kept) = inquiry.find_at(&feed.moment).await {
        return Ok(kept.into_response(response));
    }
    let keeper = inquiry.keeper(&feed.moment);
    let (first, rest) = feed.start().await?;
    let pages = stream::once(std::future::ready(Ok(first)))
        .chain(rest)
        .map_ok(Bytes::from);
    let pages = kept_at_end(keeper, pages).map_err(|cause| {
        tracing::warn!(cause = %to_view(&cause), "a feed broke off");
        broken_off()
    });
    Ok(response.streaming(read_ahead(pages)))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn request_of(table: &str, query: &str) -> Result<FeedRequest, usize> {
        parse(tables::find(table).unwrap(), Form::Csv, query).map_err(|mistakes| mistakes.len())
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
        let action = tables::find("dim_action").unwrap();
        let ndjson = parse(action, Form::Ndjson, "dialect=nl");
        assert_eq!(ndjson.unwrap_err().len(), 1);
        let unknown = "columns=action_key,colour,size&filter=colour%20eq%20'x'";
        assert_eq!(request_of("dim_action", unknown).unwrap_err(), 3);
    }

    #[test]
    fn what_changed_comes_by_key_and_streamed() {
        let history = tables::find("fact_budget_history").unwrap();
        let mistakes = |form, query| parse(history, form, query).map_err(|wrong| wrong.len());
        assert!(mistakes(Form::Csv, "since=1&columns=budget_row_key,year").is_ok());
        assert_eq!(mistakes(Form::Csv, "since=1&columns=year").unwrap_err(), 1);
        assert_eq!(mistakes(Form::Xlsx, "since=1").unwrap_err(), 1);
        assert_eq!(mistakes(Form::Parquet, "since=1").unwrap_err(), 1);
    }
}
