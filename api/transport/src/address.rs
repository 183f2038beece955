//! The address of the service as its users know it: what the operator set (`STM_PUBLIC_URL`), else
//! what the request itself was sent to. Answers that tell where to go on (a next page, a file for
//! Power BI) are built on it. That a proxy was asked over https is believed of a proxy of our own
//! alone (`STM_PROXIES`).

use actix_web::{
    HttpRequest,
    http::header::{self, HeaderName},
};

use super::App;

/// The address, without a slash at its end.
pub(super) fn of(request: &HttpRequest, app: &App) -> String {
    app.known_as
        .as_deref()
        .map_or_else(|| request_of(request, app), str::to_owned)
}

/// The address that the request was sent to. Who writes another host into it gets back what it
/// wrote, and nobody else does.
fn request_of(request: &HttpRequest, app: &App) -> String {
    let text = |name: HeaderName| {
        let value = request.headers().get(name)?.to_str().ok()?;
        let is_host = |b: u8| b.is_ascii_alphanumeric() || b".-:[]".contains(&b);
        value.bytes().all(is_host).then(|| value.to_owned())
    };
    let host = text(header::HOST).unwrap_or_else(|| app.bound.as_ref().to_owned());
    let scheme = match text(header::X_FORWARDED_PROTO).as_deref() {
        Some("https") if app.limits.proxies > 0 => "https",
        _ => "http",
    };
    format!("{scheme}://{host}")
}
