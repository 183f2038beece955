//! `/v1/odata` and `/v1/odata/public`: the tables as OData v4.0, for Excel, Power BI and Tableau.
//!
//! Two roots, because a client that starts without a login never asks for one later: `/v1/odata`
//! wants a login from its first request on, `/v1/odata/public` wants none and knows everybody's
//! tables alone. JSON is the only format of data and XML the only one of `$metadata`, whatever
//! `Accept` says: Power BI sends the header of the one with requests for the other.

mod errors;
mod resource;
mod root;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    web,
};
use serde_json::{Value, json};

use self::{
    errors::{Problem, absent, as_odata, error, more, refused, unknown, wrong},
    resource::Resource,
    root::Root,
};
use super::{App, admission, caller, problem};
use database::{DbError, RequestedMoment};
use feeds::{
    caller::{Caller, Opening},
    odata::{
        Wrong, WrongKind, metadata,
        options::{Options, PAGE},
        page::{self, Wanted},
    },
    reach::reach,
    tables::{self, TABLES, Table},
};

/// The addresses, the longer ones first: the first that fits answers.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    let read = |path: &'static str| {
        web::resource(path)
            .route(web::get().to(read))
            .default_service(web::to(read_only))
    };
    config
        .service(read("/v1/odata"))
        .service(read("/v1/odata/"))
        .service(read("/v1/odata/public"))
        .service(read("/v1/odata/public/"))
        .service(read("/v1/odata/public/{set}"))
        .service(read("/v1/odata/public/{set}/{part}"))
        .service(read("/v1/odata/{set}"))
        .service(read("/v1/odata/{set}/{part}"));
}

/// Nothing is changed by OData.
async fn read_only() -> HttpResponse {
    let mut response = error(
        StatusCode::METHOD_NOT_ALLOWED,
        Problem {
            code: "BAD_REQUEST",
            nl: "Via OData wordt alleen gelezen, met GET.",
            en: "OData is for reading alone, by GET.",
            details: Vec::new(),
        },
    );
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static("GET"));
    response
}

/// `GET` of an address below `/v1/odata`.
async fn read(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let (root, resource) = resource::of(request.path());
    match resource {
        Resource::Service => list(root, &request, &app, false).await,
        Resource::Metadata => list(root, &request, &app, true).await,
        Resource::Rows(set) => rows(root, &request, &app, &set, Shape::Page).await,
        Resource::Count(set) => rows(root, &request, &app, &set, Shape::Count).await,
        Resource::Row { table, key } => rows(root, &request, &app, &table, Shape::Row(&key)).await,
        Resource::More(name) => more(&name),
        Resource::Unknown(name) => unknown(&name),
    }
}

/// Whether an address that no route knows is one of OData, whose answers have a form of their own:
/// one with a slash at its end, or with more of them in a key than a route has parts.
pub(super) fn is_below(path: &str) -> bool {
    let below = path.strip_prefix(Root::Signed.path());
    below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

/// The answer of such an address.
pub(super) async fn beyond_routes(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if request.method() == Method::GET {
        read(request, app).await
    } else {
        read_only().await
    }
}

/// The tables that a caller reads; none when its key is not good any more.
async fn readable(
    root: Root,
    app: &App,
    caller: &Caller,
) -> Result<Option<Vec<&'static Table>>, DbError> {
    let opening = Opening::new(app.db.clone());
    let Some(session) = opening.session(caller, RequestedMoment::HEAD).await? else {
        return Ok(None);
    };
    let tables = TABLES.iter().copied().filter(|table| {
        root.knows(table) && caller.may_ask(table) && reach(table, session.mandate()).is_ok()
    });
    let tables = tables.collect();
    session.close().await?;
    Ok(Some(tables))
}

async fn list(root: Root, request: &HttpRequest, app: &App, as_metadata: bool) -> HttpResponse {
    let caller = match root.caller(request, app).await {
        Ok(caller) => caller,
        Err(refused) => return refused,
    };
    caller::note(request, &caller, None);
    let tables = match readable(root, app, &caller).await {
        Ok(Some(tables)) => tables,
        Ok(None) => return as_odata(caller::bad_key()),
        Err(error) => return as_odata(problem::failed(&error)),
    };
    if as_metadata {
        return answer(
            StatusCode::OK,
            "application/xml",
            metadata::document(&tables),
        );
    }
    let sets = tables
        .iter()
        .map(|table| json!({ "name": table.name, "kind": "EntitySet", "url": table.name }));
    let document = json!({
        "@odata.context": format!("{}/$metadata", root.address(request, app)),
        "value": sets.collect::<Value>(),
    });
    answer(StatusCode::OK, JSON, document.to_string())
}

/// What is answered of the rows of a table.
#[derive(Debug, Clone, Copy)]
enum Shape<'a> {
    /// A page of them.
    Page,
    /// Their number.
    Count,
    /// The one of this key.
    Row(&'a str),
}

async fn rows(
    root: Root,
    request: &HttpRequest,
    app: &App,
    set: &str,
    shape: Shape<'_>,
) -> HttpResponse {
    let caller = match root.caller(request, app).await {
        Ok(caller) => caller,
        Err(refused) => return refused,
    };
    let Some(table) = tables::find(set).filter(|table| root.knows(table)) else {
        return unknown(set);
    };
    if !caller.may_ask(table) {
        return as_odata(caller::not_named());
    }
    if is_older(request) {
        return wrong(&[Wrong {
            kind: WrongKind::BadRequest,
            nl: "Deze dienst spreekt OData 4.0.".to_owned(),
            en: "This service speaks OData 4.0.".to_owned(),
        }]);
    }
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let pairs = pairs.map(web::Query::into_inner).unwrap_or_default();
    let options = match shape {
        Shape::Page | Shape::Count => Options::parse(table, pairs),
        Shape::Row(key) => Options::of_row(table, pairs, key),
    };
    let options = match options {
        Ok(options) => options,
        Err(mistakes) => return wrong(&mistakes),
    };
    caller::note(request, &caller, Some(table.name));
    let preferred = preferred_size(request);
    let wanted = match shape {
        Shape::Page => Wanted::Rows(preferred.unwrap_or(PAGE)),
        Shape::Count => Wanted::Count,
        Shape::Row(_) => Wanted::Rows(1),
    };
    let address = admission::address(request, app.limits.proxies);
    let opening = Opening::new(app.db.at(address));
    let read = match page::read(&opening, &caller, table, &options, wanted).await {
        Ok(read) => read,
        Err(no_feed) => return refused(no_feed, caller.actor()),
    };
    let root = root.address(request, app);
    let (content_type, body) = match shape {
        Shape::Page => (JSON, body(&root, set, &options, &read)),
        Shape::Count => {
            let count = read.count.unwrap_or_default();
            ("text/plain; charset=utf-8", count.to_string())
        }
        Shape::Row(_) => {
            let context = format!("{root}/$metadata#{set}{}/$entity", selected(&options));
            match page::row(&read, &options, &context) {
                Some(row) => (JSON, row),
                None => return absent(set),
            }
        }
    };
    let mut response = answer(StatusCode::OK, content_type, body);
    if matches!(shape, Shape::Count) {
        return response;
    }
    let headers = response.headers_mut();
    if let Ok(ledger) = HeaderValue::from_str(&read.ledger.to_string()) {
        headers.insert(HeaderName::from_static("stm-ledger"), ledger);
    }
    let applied = preferred.map(|size| format!("odata.maxpagesize={size}"));
    if let Some(applied) = applied.and_then(|applied| HeaderValue::from_str(&applied).ok()) {
        headers.insert(HeaderName::from_static("preference-applied"), applied);
    }
    response
}

/// The columns of an answer as its context names them; nothing when they are all.
fn selected(options: &Options) -> String {
    if !options.is_selected {
        return String::new();
    }
    let names: Vec<&str> = options.columns.iter().map(|column| column.name).collect();
    format!("({})", names.join(","))
}

/// A page as JSON: its rows, what they are of, and where the next ones are.
fn body(root: &str, set: &str, options: &Options, read: &page::Page) -> String {
    let context = format!("{root}/$metadata#{set}{}", selected(options));
    let next = read.next.clone().map(|token| {
        let mut query = options.repeated.clone();
        query.push(("$skiptoken".to_owned(), token));
        format!("{root}/{set}?{}", encoded(&query))
    });
    page::body(read, options, Some(&context), next.as_deref())
}

/// The content type of data. Power Query reads none without `odata.metadata`.
const JSON: &str = "application/json;odata.metadata=minimal;odata.streaming=true;\
                    IEEE754Compatible=false;charset=utf-8";

/// Query options as text of an address.
fn encoded(pairs: &[(String, String)]) -> String {
    let escaped = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"$-_.~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
        out
    };
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// How many rows on a page the client prefers.
fn preferred_size(request: &HttpRequest) -> Option<i64> {
    let mut headers = request.headers().get_all("prefer");
    headers.find_map(|value| {
        let mut preferences = value.to_str().ok()?.split([',', ';']);
        preferences.find_map(|preference| {
            let (name, size) = preference.split_once('=')?;
            let is_size = matches!(name.trim(), "odata.maxpagesize" | "maxpagesize");
            let size = size.trim().parse::<i64>().ok().filter(|size| *size > 0)?;
            is_size.then_some(size.min(PAGE))
        })
    })
}

/// Whether the client understands no answer of version 4.0.
fn is_older(request: &HttpRequest) -> bool {
    let most = request.headers().get("odata-maxversion");
    most.and_then(|value| value.to_str().ok())
        .is_some_and(|version| version.trim().starts_with(['1', '2', '3']))
}

fn answer(status: StatusCode, content_type: &str, body: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type(content_type)
        .insert_header(("odata-version", "4.0"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::VARY, "authorization"))
        .body(body)
}
