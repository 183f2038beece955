//! The files of publications: bytes that were written once, for everybody, from their release on.
//!
//! They are read as the public, whoever asks: a publication that is not released answers as one
//! that never was. Its checksum is its `ETag`, so a copy is proved fresh by asking for nothing but
//! that.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};

use super::{
    App, admission,
    problem::{failed, problem},
    request_log::RequestLog,
    version::is_known,
};
use compliance::publication::repo::{self, Served};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::actor::Actor;

/// A file may be kept, and is asked for again each time: it can be withdrawn, or a text in it
/// blanked by law.
const KEPT: &str = "public, no-cache";

/// A form in which a publication is kept.
struct Form {
    /// How the name of the file ends.
    ending: &'static str,
    /// As the database calls it.
    format: &'static str,
    content_type: &'static str,
}

/// The forms; one whose ending is part of another's stands after it.
const FILES: [Form; 5] = [
    Form {
        ending: ".json.mdto.xml",
        format: "MDTO_JSON",
        content_type: XML,
    },
    Form {
        ending: ".csv.mdto.xml",
        format: "MDTO_CSV",
        content_type: XML,
    },
    Form {
        ending: ".mdto.xml",
        format: "MDTO",
        content_type: XML,
    },
    Form {
        ending: ".json",
        format: "JSON",
        content_type: "application/json",
    },
    Form {
        ending: ".csv",
        format: "CSV",
        content_type: "text/csv; charset=utf-8; header=present",
    },
];

const XML: &str = "application/xml; charset=utf-8";

/// A file, and of which kind the database is.
struct Found {
    served: Served,
    database: DatabaseKind,
}

/// `GET /v1/publications/{file}`: the publication as JSON or CSV, and as the archives want to know
/// of it (MDTO): of the publication, and of each of the two.
pub(super) async fn file(
    request: HttpRequest,
    app: web::Data<App>,
    path: web::Path<String>,
) -> HttpResponse {
    let name = path.into_inner();
    let Some(file) = FILES.iter().find(|file| name.ends_with(file.ending)) else {
        return absent();
    };
    let key = name
        .strip_suffix(file.ending)
        .unwrap_or_default()
        .to_owned();
    if let Err(refused) = admission::admit_address(&request, &app) {
        return refused;
    }
    let read: Result<_, DbError> = async {
        let session = app
            .database()
            .read(&Actor::public(), RequestedMoment::HEAD)
            .await?;
        let served = repo::served(&session, &key, file.format).await?;
        let database = session.kind();
        session.close().await?;
        Ok(served.map(|served| Found { served, database }))
    }
    .await;
    let Found { served, database } = match read {
        Ok(Some(found)) => found,
        Ok(None) => return absent(),
        Err(error) => return failed(&error),
    };
    let (Some(body), Some(sha256)) = (served.body, served.sha256) else {
        return withdrawn(&served.state);
    };
    let tag = format!("\"{sha256}\"");
    RequestLog::of(&request).borrow_mut().object = Some(key.clone());
    let mut response = if is_known(&request, &tag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, tag.as_str()))
        .insert_header((header::CACHE_CONTROL, KEPT));
    if is_known(&request, &tag) {
        return response.finish();
    }
    response
        .content_type(file.content_type)
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}{name}\"", database.prefix()),
        ))
        .body(body)
}

fn absent() -> HttpResponse {
    unkept(problem(
        StatusCode::NOT_FOUND,
        "NOT_FOUND",
        "There is no publication of that name, or it is not public yet.",
    ))
}

/// A publication that was released and taken back: why stands in the field `publication` of
/// GraphQL.
fn withdrawn(state: &str) -> HttpResponse {
    tracing::debug!(state, "a withdrawn publication was asked for");
    unkept(problem(
        StatusCode::GONE,
        "NOT_FOUND",
        "This publication was withdrawn. The field `publication` of GraphQL tells when and why.",
    ))
}

/// What may change at any instant is kept by nobody.
fn unkept(mut response: HttpResponse) -> HttpResponse {
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    response
}
