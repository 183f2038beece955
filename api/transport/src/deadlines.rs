//! `/v1/deadlines.ics`: the days that everybody may plan by, as one calendar to subscribe to.
//!
//! It is read as the public, whoever asks, and wants no token and no key: an address with a secret
//! in it would be passed on with the calendar. Its checksum is its `ETag`.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use sha2::{Digest as _, Sha256};

use super::{
    App, admission,
    calendar::{Event, calendar},
    problem::failed,
    version::is_known,
};
use compliance::deadlines::{Deadline, find_all};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::actor::Actor;

/// A calendar may be kept, and is asked for again each time: a day can be set to another.
const KEPT: &str = "public, no-cache";

/// `GET /v1/deadlines.ics`.
pub(super) async fn file(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return refused;
    }
    let read: Result<_, DbError> = async {
        let session = app
            .database()
            .read(&Actor::public(), RequestedMoment::HEAD)
            .await?;
        let deadlines = find_all(&session).await?;
        let kind = session.kind();
        session.close().await?;
        Ok((deadlines, kind))
    }
    .await;
    let (deadlines, kind) = match read {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    let events: Vec<Event> = deadlines.into_iter().map(|one| event(one, kind)).collect();
    let name = labelled("Termijnen van het actieplan tegen mensenhandel", kind);
    let body = calendar(&name, &events);
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(body.as_bytes())));
    let is_known = is_known(&request, &tag);
    let mut response = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, KEPT));
    if is_known {
        return response.finish();
    }
    response
        .content_type("text/calendar; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}deadlines.ics\"", kind.prefix()),
        ))
        .body(body)
}

fn event(deadline: Deadline, kind: DatabaseKind) -> Event {
    Event {
        uid: format!("{}{}@stm", kind.prefix(), deadline.key),
        day: deadline.day,
        summary: labelled(&deadline.title.nl, kind),
        description: labelled(&deadline.title.en, kind),
        changed_at: deadline.recorded_at,
    }
}

/// What people read of an invented day says that it is invented.
fn labelled(text: &str, kind: DatabaseKind) -> String {
    match kind {
        DatabaseKind::Real => text.to_owned(),
        DatabaseKind::Demo => format!("DEMO: {text}"),
    }
}
