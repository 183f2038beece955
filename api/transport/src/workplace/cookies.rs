//! The two cookies of the workplace: one of a session, one of a sign-in that is under way.
//!
//! By the prefix `__Host-` a browser takes such a cookie from this very host over https alone, and
//! no other host can plant one. Browsers take http on this machine for safe too.

use actix_web::{HttpRequest, http::header};

use super::super::{App, address};
use sessions::Secret;

/// The cookie of a session.
pub(super) const SESSION: &str = "__Host-stm-werkplek";
/// The cookie of a sign-in that is under way.
pub(super) const SIGN_IN: &str = "__Host-stm-aanmelding";

/// What a browser sends of a cookie.
fn values<'a>(request: &'a HttpRequest, name: &'a str) -> impl Iterator<Item = &'a str> {
    let headers = request.headers().get_all(header::COOKIE);
    headers
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(own, _)| *own == name)
        .map(|(_, value)| value)
}

/// The secret of a cookie; none where it is absent, is none, or stands there twice.
pub(super) fn read(request: &HttpRequest, name: &str) -> Option<Secret> {
    let mut found = values(request, name);
    let value = found.next()?;
    if found.next().is_some() {
        return None;
    }
    Secret::parse(value)
}

/// The header that gives a browser a cookie for so many seconds.
pub(super) fn set(name: &str, secret: &Secret, seconds: i64) -> String {
    let value = secret.to_text();
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax")
}

/// The header that takes a cookie away.
pub(super) fn forget(name: &str) -> String {
    format!("{name}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax")
}

/// The header that takes a cookie away where the browser sent it. A form of another site comes
/// without the cookie, and the answer to it signs nobody out.
pub(super) fn forget_sent(request: &HttpRequest, name: &str) -> Option<String> {
    values(request, name).next().map(|_| forget(name))
}

/// Whether a browser keeps these cookies at the address that it asked: https, or this machine.
pub(super) fn are_kept(request: &HttpRequest, app: &App) -> bool {
    is_safe(&address::of(request, app))
}

fn is_safe(address: &str) -> bool {
    if address.starts_with("https://") {
        return true;
    }
    let Some(rest) = address.strip_prefix("http://") else {
        return false;
    };
    let host = match rest.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => rest.split([':', '/']).next().unwrap_or_default(),
    };
    let is_loopback = host
        .parse::<std::net::IpAddr>()
        .is_ok_and(|ip| ip.is_loopback());
    host == "localhost" || host.ends_with(".localhost") || is_loopback
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_cookie_is_read_when_it_stands_there_once() {
        let secret = Secret::random();
        let own = format!("{SESSION}={}", secret.to_text());
        let read = |cookies: &[&str]| {
            let mut request = TestRequest::default();
            for cookie in cookies {
                request = request.append_header((header::COOKIE, *cookie));
            }
            read(&request.to_http_request(), SESSION).map(|found| found.to_text())
        };
        let expected = Some(secret.to_text());
        assert_eq!(read(&[&own]), expected);
        assert_eq!(read(&[&format!("a=b; {own}; c=d")]), expected);
        assert_eq!(read(&["a=b", &own]), expected);
        assert_eq!(read(&[&format!("{own}; {own}")]), None);
        assert_eq!(read(&[&own, &own]), None);
        assert_eq!(read(&[&own.replace("__Host-", "")]), None);
        assert_eq!(read(&[&format!("{SESSION}=x")]), None);
    }

    #[test]
    fn a_cookie_is_taken_away_where_it_was_sent() {
        let forgotten = |cookie: &str| {
            let request = TestRequest::default().append_header((header::COOKIE, cookie));
            forget_sent(&request.to_http_request(), SESSION)
        };
        assert_eq!(forgotten("a=b"), None);
        assert_eq!(
            forgotten(&format!("a=b; {SESSION}=x")),
            Some(forget(SESSION))
        );
    }

    #[test]
    fn what_a_browser_takes_for_safe_is_https_and_this_machine() {
        for safe in [
            "https://monitor.example.nl",
            "http://localhost:8080",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
        ] {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_ in [
            "http://monitor.example.nl",
            "http://localhost.example.nl",
            "http://10.0.0.1:8080",
            "http://127.0.0.1.example.nl",
            "localhost",
        ] {
            assert!(!is_safe(unsafe_), "{unsafe_}");
        }
    }
}
