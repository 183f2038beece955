//! Feeds of what changed in public, as Atom, behind the pages that they belong to: of everything, an action line, a partner
//! and a region. They are made and kept as pages are.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{App, admission, pictures, site};

/// Where feeds stand, in Dutch; behind `/en` in English.
const PLACES: [&str; 4] = [
    "/wijzigingen.atom",
    "/plannen/{plan}/lijnen/{number}/wijzigingen.atom",
    "/partners/{key}/wijzigingen.atom",
    "/regios/{code}/wijzigingen.atom",
];

pub(super) fn routes(config: &mut web::ServiceConfig) {
    for place in PLACES {
        for prefix in ["", "/en"] {
            let place = format!("{prefix}{place}");
            config.service(web::resource(place).route(web::get().to(feed)));
        }
    }
}

/// `GET` of a feed. It goes back from the end of the ledger, as that is now.
async fn feed(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return site::too_often(&request, &app, refused).await;
    }
    let Some(head) = app.db.head().await else {
        return pictures::unavailable();
    };
    let page = website::find_feed(request.path(), head.ledger);
    pictures::as_file(site::made(&request, &app, page).await)
}
