//! Reads a body: bounded in bytes and in time, because the framework bounds neither for us.
//!
//! The public may send 256 kB; whoever signed in may send more, because imports carry many answers
//! at once. A body may come compressed by gzip: it is inflated only as far as its bound, so a small
//! bomb stays small. Brotli is not taken in, since it inflates further than anything honest needs.

use std::{io::Read as _, time::Duration};

use actix_web::{
    HttpRequest,
    http::{StatusCode, header},
    web::{self, Bytes, BytesMut},
};
use flate2::read::MultiGzDecoder;
use futures_util::StreamExt as _;

use super::refusal::Refusal;
use graphql::error::Code;

/// Bytes that a body of the public may have, inflated.
pub(super) const LARGEST: usize = 256 * 1024;
/// Bytes that a body of somebody signed in may have, inflated.
pub(super) const LARGEST_SIGNED_IN: usize = 4 * 1024 * 1024;
/// How long a body may take to arrive.
pub(super) const SLOWEST: Duration = Duration::from_secs(10);

/// Why a body was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// More bytes than these.
    TooLarge(usize),
    /// Not here in time.
    TooSlow,
    /// The connection broke, or what came is not compressed as it says.
    Broken,
    /// Compressed by something else than gzip.
    Encoding,
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::TooLarge(largest) => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                Code::TooComplex,
                "Het verzoek is te groot.",
                "The request is too large.",
            )
            .with("limit", largest),
            Refused::TooSlow => Self::new(
                StatusCode::REQUEST_TIMEOUT,
                Code::Timeout,
                "Het verzoek kwam te langzaam binnen.",
                "The request came in too slowly.",
            ),
            Refused::Broken => {
                Self::malformed("Het verzoek is afgebroken.", "The request broke off.")
            }
            Refused::Encoding => Self::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Code::BadRequest,
                "Stuur het verzoek zonder `Content-Encoding`, of met `gzip`.",
                "Send the request without `Content-Encoding`, or with `gzip`.",
            ),
        }
    }
}

/// The whole body as it was meant, or why not.
pub(super) async fn read(
    request: &HttpRequest,
    payload: web::Payload,
    largest: usize,
) -> Result<Bytes, Refused> {
    let header = |name| {
        let value = request.headers().get(name)?;
        value.to_str().ok().map(str::trim)
    };
    let is_gzip = match header(header::CONTENT_ENCODING) {
        None => false,
        Some(encoding) if encoding.eq_ignore_ascii_case("identity") => false,
        Some(encoding) if encoding.eq_ignore_ascii_case("gzip") => true,
        Some(_) => return Err(Refused::Encoding),
    };
    let announced = header(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > largest as u64) {
        return Err(Refused::TooLarge(largest));
    }
    let body = tokio::time::timeout(SLOWEST, collect(payload, largest))
        .await
        .unwrap_or(Err(Refused::TooSlow))?;
    if is_gzip {
        inflate(&body, largest)
    } else {
        Ok(body)
    }
}

/// How a body begins: as much of it as the public may send, and is here in time. What comes after is
/// read too, as a browser that still sends may hear no answer, and is not kept.
pub(super) async fn beginning(mut payload: web::Payload) -> Bytes {
    let (mut body, mut seen) = (BytesMut::new(), 0);
    let reading = async {
        while let Some(Ok(chunk)) = payload.next().await {
            seen += chunk.len();
            if seen > LARGEST_SIGNED_IN {
                break;
            }
            let room = LARGEST - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        }
    };
    _ = tokio::time::timeout(SLOWEST, reading).await;
    body.freeze()
}

async fn collect(mut payload: web::Payload, largest: usize) -> Result<Bytes, Refused> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Refused::Broken)?;
        if body.len() + chunk.len() > largest {
            return Err(Refused::TooLarge(largest));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Inflates up to one byte more than may be.
fn inflate(body: &[u8], largest: usize) -> Result<Bytes, Refused> {
    let mut inflated = Vec::new();
    MultiGzDecoder::new(body)
        .take(largest as u64 + 1)
        .read_to_end(&mut inflated)
        .map_err(|_| Refused::Broken)?;
    if inflated.len() > largest {
        return Err(Refused::TooLarge(largest));
    }
    Ok(inflated.into())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_body_is_inflated_as_far_as_its_bound() {
        assert_eq!(inflate(&gzip(b"{}"), 2).unwrap(), "{}");
        assert_eq!(inflate(&gzip(b"{} "), 2), Err(Refused::TooLarge(2)));
        let bomb = gzip(&vec![b' '; 8 * 1024 * 1024]);
        assert!(bomb.len() < 16 * 1024);
        assert_eq!(inflate(&bomb, LARGEST), Err(Refused::TooLarge(LARGEST)));
    }

    #[test]
    fn what_is_no_gzip_is_broken() {
        assert_eq!(inflate(b"{}", 100), Err(Refused::Broken));
        let cut = gzip(b"{\"query\":\"{ viewer { role } }\"}");
        assert_eq!(inflate(&cut[..cut.len() - 9], 100), Err(Refused::Broken));
    }
}
