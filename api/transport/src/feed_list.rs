//! The addresses of the tables: their routes, and `/v1/feeds/`, which lists the tables.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde_json::{Value, json};

use super::{
    App,
    caller::{bad_key, caller, note},
    catalog, csvw, feed_downloads, pbids,
    problem::failed,
};
use database::{DbError, RequestedMoment};
use feeds::{
    caller::{Caller, Opening},
    feed::Since,
    form::Form,
    reach::reach,
    repo,
    selection::Selection,
    tables::{Refresh, TABLES},
};

/// Feeds in each form ([`Form::ALL`]), what describes them, and the catalogue of them.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/v1/feeds/").route(web::get().to(list)))
        .service(web::resource("/v1/feeds/{table}.csv").route(web::get().to(feed_downloads::csv)))
        .service(
            web::resource("/v1/feeds/{table}.ndjson").route(web::get().to(feed_downloads::ndjson)),
        )
        .service(web::resource("/v1/feeds/{table}.xlsx").route(web::get().to(feed_downloads::xlsx)))
        .service(
            web::resource("/v1/feeds/{table}.parquet")
                .route(web::get().to(feed_downloads::parquet)),
        )
        .service(
            web::resource("/v1/feeds/{table}.csv-metadata.json")
                .route(web::get().to(csvw::metadata)),
        )
        .service(web::resource("/v1/feeds/{table}.pbids").route(web::get().to(pbids::pbids)))
        .service(web::resource("/catalog").route(web::get().to(catalog::negotiated)))
        .service(web::resource("/catalog.jsonld").route(web::get().to(catalog::json_ld)))
        .service(web::resource("/catalog.ttl").route(web::get().to(catalog::turtle)));
}

/// `GET /v1/feeds/`: every table with its grain, its columns and where to fetch it; of those that
/// the caller reads, how many rows there are and from where to go on.
async fn list(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
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
        let mut entry = json!({
            "name": table.name,
            "grain": { "nl": table.grain.0, "en": table.grain.1 },
            "isPublic": table.is_public(),
            "isIncremental": table.refresh == Refresh::Incremental,
            "rows": rows,
            "since": since.filter(|_| table.refresh == Refresh::Incremental),
            "pbids": format!("/v1/feeds/{}.pbids", table.name),
            "csvMetadata": format!("/v1/feeds/{}.csv-metadata.json", table.name),
            "columns": table.columns.iter().map(|column| json!({
                "name": column.name,
                "type": column.kind.code(),
                "isKey": column.is_key,
                "isNullable": column.is_nullable,
                "label": { "nl": column.label.0, "en": column.label.1 },
            })).collect::<Vec<_>>(),
        });
        for form in Form::ALL {
            let extension = form.extension();
            entry[extension] = format!("/v1/feeds/{}.{extension}", table.name).into();
        }
        list.push(entry);
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
