//! `GET` of the receipt of a version as a file, for whoever may read its answers.

use actix_web::{HttpRequest, HttpResponse, web};
use compliance::assessment::receipt::{Form, Receipt, Wanted};

use super::{
    super::{App, receipts},
    answer,
    entrance::parameter,
    visitor,
};
use workplace::Notice;

pub(super) async fn file(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> HttpResponse {
    let visitor = match visitor::enter(&request, &app).await {
        Ok(visitor) => visitor,
        Err(absent) => return answer::outside(&request, &app, absent),
    };
    let not_found = || answer::notice(&app, &visitor, Notice::NotFound, None);
    let version = parameter(&request, "versie").and_then(|number| number.parse().ok());
    let Some(1..) = version else {
        return not_found();
    };
    let (municipality, period) = path.into_inner();
    let wanted = Wanted {
        municipality,
        period,
        version,
        form: Form::Json,
        service: app.known_as.as_deref().map(str::to_owned),
    };
    match receipts::find(&request, &app, visitor.actor(), &wanted).await {
        Ok((Receipt::File(file), kind)) => receipts::as_file(file, &wanted, kind),
        Ok((Receipt::NotFound | Receipt::NotForThisRole | Receipt::Redacted, _)) => not_found(),
        Err(error) => answer::failed(&app, &error),
    }
}
