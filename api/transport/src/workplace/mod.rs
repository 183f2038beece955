//! The workplace under `/werkplek`: officers sign in with a browser, and read and change with forms
//! what they could with the API.
//!
//! A cookie is read here and nowhere else: `/v1` knows none. It opens a token that was given at
//! sign-in ([`sessions`]), which is checked with every request as one in a header would be; from
//! there a page is the answer to its document, and a form is its mutation, by the same executor and
//! policy. Every form carries a value that only a page of the same session has. Nothing of it is kept
//! anywhere on the way.

mod answer;
mod cookies;
mod entrance;
mod pages;
mod receipt;
mod return_to;
mod run;
mod sheet;
mod tables;
mod upload;
mod visitor;

use actix_web::{HttpRequest, HttpResponse, web};

use self::visitor::Absent;
use super::{App, site};
use workplace::Notice;

/// Where pages with forms stand.
const PLACES: &[&str] = &[
    workplace::HOME,
    "/werkplek/acties",
    "/werkplek/acties/{number}",
    "/werkplek/acties/{number}/{document}",
    "/werkplek/beoordelingen/{municipality}/{period}",
    "/werkplek/beoordelingen/{municipality}/{period}/antwoorden",
    "/werkplek/beoordelingen/{municipality}/{period}/antwoorden/{criterion}",
    "/werkplek/beoordelingen/{municipality}/{period}/besluit",
    "/werkplek/beoordelingen/{municipality}/{period}/versies/{version}",
    "/werkplek/beoordelingen/{municipality}/{period}/afdruk",
    "/werkplek/beleid/{municipality}",
    "/werkplek/consultaties",
    "/werkplek/consultaties/{edition}",
    "/werkplek/controle",
    "/werkplek/controle/{period}/{municipality}",
    "/werkplek/edities",
    "/werkplek/edities/{edition}",
    "/werkplek/functies/{municipality}",
    "/werkplek/functies/{municipality}/{document}",
    "/werkplek/mandaten/{municipality}",
    "/werkplek/namens",
    "/werkplek/namens/{period}/{municipality}",
    "/werkplek/rondes",
    "/werkplek/rondes/{round}/correcties",
    "/werkplek/rondes/{round}",
    "/werkplek/postvak",
    "/werkplek/publicaties",
    "/werkplek/publicaties/{key}",
    "/werkplek/perioden",
    "/werkplek/herinneren",
    "/werkplek/reacties",
    "/werkplek/regio/{area}",
    "/werkplek/regio/{area}/beleid",
    "/werkplek/regio/{area}/beleid/{document}",
    "/werkplek/regio/{area}/functies",
    "/werkplek/regio/{area}/functies/{document}",
    "/werkplek/regio/{area}/gemeenten",
    "/werkplek/regio/{area}/gemeenten/{municipality}",
    "/werkplek/regio/{area}/gemeenten/{municipality}/{document}",
    "/werkplek/regio/{area}/rapportages/{half}",
    "/werkplek/regio/{area}/taken",
    "/werkplek/regios",
    "/werkplek/regios/{area}",
];

/// Where pages with a form for a file stand.
const UPLOADS: [&str; 4] = [
    "/werkplek/edities/werkboek",
    "/werkplek/perioden/{period}/tabel",
    "/werkplek/regio/{area}/tabel/{period}",
    "/werkplek/rondes/{round}/blad",
];

/// Whether an address lies below the first page.
pub(super) fn is_below(path: &str) -> bool {
    let rest = path.strip_prefix(workplace::HOME);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// That no page has this address: with the way back to the first page for whoever is signed in, and
/// as everywhere else for others.
pub(super) async fn nothing_here(app: &App, request: &HttpRequest) -> HttpResponse {
    match visitor::enter(request, app).await {
        Ok(visitor) => answer::notice(app, &visitor, Notice::NotFound, None),
        Err(Absent::TooOften(response, _)) => *response,
        Err(_) => site::nothing_here(app, request).await,
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    // Before the places with a name where one of these has a word.
    for place in UPLOADS {
        config.service(
            web::resource(place)
                .route(web::get().to(pages::get))
                .route(web::post().to(upload::receive)),
        );
    }
    for &place in PLACES {
        config.service(
            web::resource(place)
                .route(web::get().to(pages::get))
                .route(web::post().to(pages::post)),
        );
    }
    config
        .service(web::resource(workplace::ENTRANCE).route(web::get().to(entrance::page)))
        .service(web::resource(workplace::SIGN_IN).route(web::get().to(entrance::begin)))
        .service(web::resource(workplace::RETURN).route(web::get().to(return_to::back)))
        .service(web::resource(workplace::TRY_OUT).route(web::post().to(entrance::try_out)))
        .service(web::resource(workplace::SIGN_OUT).route(web::post().to(entrance::sign_out)))
        .service(
            web::resource("/werkplek/beoordelingen/{municipality}/{period}/blad")
                .route(web::get().to(sheet::page))
                .route(web::post().to(sheet::receive)),
        )
        .service(
            web::resource("/werkplek/ontvangstbewijzen/{municipality}/{period}.json")
                .route(web::get().to(receipt::file)),
        )
        .service(
            web::resource("/werkplek/bladen/{municipality}/{period}.{form}")
                .route(web::get().to(sheet::file)),
        )
        .service(
            web::resource("/werkplek/invultabellen/{period}.{form}")
                .route(web::get().to(tables::of_period)),
        )
        .service(
            web::resource("/werkplek/statusbladen/{round}.{form}")
                .route(web::get().to(tables::of_round)),
        );
}
