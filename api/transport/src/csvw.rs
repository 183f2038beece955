//! `/v1/feeds/{table}.csv-metadata.json`: what the columns of a CSV feed are, for programs that
//! know CSV on the Web, and the `Link` headers by which a feed names it and its licence.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};

use super::{
    App, address, feed_downloads,
    problem::{self, Reason},
};
use feeds::{
    csv::Dialect,
    csvw::{self, Described},
    tables::{self, Table},
};

/// How the address of a metadata document ends.
const ENDING: &str = "csv-metadata.json";
/// The query by which a feed comes in the dialect of Dutch spreadsheets.
const DUTCH: &str = "?dialect=nl";

fn query(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Rfc4180 => "",
        Dialect::Dutch => DUTCH,
    }
}

/// The values of `Link` of a feed: its licence, and of a CSV feed with all columns what describes
/// it.
pub(super) fn links(app: &App, table: &Table, described: Option<Dialect>) -> Vec<String> {
    let licence = app.publisher.licence_address();
    let licence = licence.map(|address| format!("<{address}>; rel=\"license\""));
    let described = described.map(|dialect| {
        format!(
            "<{}.{ENDING}{}>; rel=\"describedby\"; type=\"application/csvm+json\"",
            table.name,
            query(dialect)
        )
    });
    licence.into_iter().chain(described).collect()
}

/// `GET /v1/feeds/{table}.csv-metadata.json`: of the feed as it is, or with `?dialect=nl` of the
/// dialect of Dutch spreadsheets.
pub(super) async fn metadata(
    request: HttpRequest,
    app: web::Data<App>,
    table: web::Path<String>,
) -> HttpResponse {
    let Some(table) = tables::find(&table) else {
        return feed_downloads::unknown(&table);
    };
    let dialect = match request.query_string() {
        "" | "dialect=rfc4180" => Dialect::Rfc4180,
        "dialect=nl" => Dialect::Dutch,
        _ => {
            return problem::refusal(
                StatusCode::BAD_REQUEST,
                &Reason {
                    code: "BAD_REQUEST",
                    rule: "QUERY",
                    nl: "Hier kan alleen `dialect` gevraagd worden, met `nl` of `rfc4180`.",
                    en: "Only `dialect` can be asked here, as `nl` or `rfc4180`.",
                },
            );
        }
    };
    let root = address::of(&request, &app);
    let described = Described {
        dialect,
        address: format!("{root}/v1/feeds/{}.csv{}", table.name, query(dialect)),
        licence: app.publisher.licence_address(),
        publisher: &app.publisher,
    };
    HttpResponse::Ok()
        .content_type("application/csvm+json")
        // The address in it is that of the request, where none is set.
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .body(csvw::metadata(table, &described).to_string())
}
