//! `/v1/feeds/{table}.pbids`: a file that opens Power BI Desktop at a table, by OData, because that
//! is what Power Query filters at the source. It holds an address and no key: Power BI asks for one
//! and keeps it itself.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde_json::json;

use super::{App, address, feed_downloads, problem};
use feeds::tables;

/// `GET /v1/feeds/{table}.pbids`.
pub(super) async fn pbids(
    request: HttpRequest,
    app: web::Data<App>,
    table: web::Path<String>,
) -> HttpResponse {
    let Some(table) = tables::find(&table) else {
        return feed_downloads::unknown(&table);
    };
    let root = address::of(&request, &app);
    let set = if table.is_public() { "public/" } else { "" };
    let file = json!({
        "version": "0.1",
        "connections": [{
            "details": {
                "protocol": "odata",
                "address": { "url": format!("{root}/v1/odata/{set}{}", table.name) },
            },
            "mode": "Import",
        }],
    });
    let name = match feed_downloads::as_file(&app, table, "pbids").await {
        Ok(name) => name,
        Err(error) => return problem::failed(&error),
    };
    HttpResponse::Ok()
        .content_type("application/json")
        // The address in it is that of the request, where none is set.
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(file.to_string())
}
