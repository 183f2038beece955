//! A page, made of the answer to its own document: by the same executor and within the same scope as everybody's, as the
//! public. It has the version of that answer, so a browser that has it is told so, and it is kept as answers are.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::ContentEncoding},
    web::Bytes,
};
use domain::actor::{Role, RoleKind};
use website::{Colophon, Notice, Page};

use super::{
    App,
    kept::KeptAnswer,
    page_data,
    site::{Imprint, as_page},
    version::{Question, Version},
};

/// A page that is kept, that the browser has, or that is made now.
pub(super) async fn answer(
    request: &HttpRequest,
    app: &App,
    page: &Page,
) -> Result<HttpResponse, Notice> {
    let operation = page_data::operation_of(page, app)?;
    let imprint = Imprint::of(request, app);
    let question = Question::of_page(&app.edition, &operation, page, &imprint.address);
    let place = (question, ContentEncoding::Identity);
    if let Some(head) = app.db.head().await {
        let version = Version::of(&question, &Role::Public, &head);
        if version.is_known_to(request) {
            return Ok(version.not_modified());
        }
        if let Some(kept) = app.kept.find(&head, RoleKind::Public, &place) {
            app.kept.count_hit();
            let mut response = as_page(StatusCode::OK, page.content_type(), Some(&version));
            return Ok(response.body(kept.body));
        }
    }
    let answered = page_data::execute(request, app, page, &operation).await?;
    let data = page_data::whole(request, app, page, &answered).await?;
    let is_demo = app.db.is_demo().await.unwrap_or_default();
    let colophon = Colophon {
        day: answered.finished.day.as_deref(),
        ..imprint.colophon(app, is_demo)
    };
    let laid_out = page.lay_out(data, colophon);
    let html = laid_out.map_err(|error| page_data::unmade(page, &error))?;
    let html = Bytes::from(html);
    let read = answered.finished.read.as_ref();
    let version = read.map(|read| Version::of(&question, &Role::Public, &read.moment));
    if let Some(read) = read.filter(|_| answered.is_kind_known) {
        app.kept.count_miss();
        let answer = KeptAnswer {
            body: html.clone(),
            privileged: read.privileged.clone(),
        };
        app.kept.keep(&read.moment, RoleKind::Public, place, answer);
    }
    let mut response = as_page(StatusCode::OK, page.content_type(), version.as_ref());
    Ok(response.body(html))
}
