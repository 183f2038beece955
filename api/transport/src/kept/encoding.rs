//! In which encoding a kept answer leaves: the one in which `Compress`, the middleware, would send
//! it, made by the same encoders. What bears `Content-Encoding` the middleware lets through.

use actix_http::encoding::Encoder;
use actix_web::{
    HttpMessage as _, HttpRequest, body,
    dev::ResponseHead,
    http::{
        StatusCode,
        header::{AcceptEncoding, ContentEncoding, Encoding},
    },
    web::Bytes,
};

use super::store::{KeptAnswer, KeptAnswers};
use crate::version::Question;
use database::Moment;
use domain::actor::RoleKind;

/// The encodings that the middleware knows, by the features of this build.
static SUPPORTED: [Encoding; 4] = [
    Encoding::identity(),
    Encoding::brotli(),
    Encoding::gzip(),
    Encoding::deflate(),
];

/// The encoding that a client likes best; none where the middleware would refuse it.
pub(super) fn preferred(request: &HttpRequest) -> Option<ContentEncoding> {
    let Some(accepted) = request.get_header::<AcceptEncoding>() else {
        return Some(ContentEncoding::Identity);
    };
    match accepted.negotiate(SUPPORTED.iter()) {
        Some(Encoding::Known(encoding)) => Some(encoding),
        Some(Encoding::Unknown(_)) | None => None,
    }
}

/// A body in an encoding; none where it cannot be made.
pub(super) async fn encoded(body: Bytes, encoding: ContentEncoding) -> Option<Bytes> {
    let mut head = ResponseHead::new(StatusCode::OK);
    let encoder = Encoder::response(encoding, &mut head, body);
    match body::to_bytes(encoder).await {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            tracing::warn!(%error, "an answer cannot be compressed to be kept");
            None
        }
    }
}

/// The answer that is kept at a head to a question of a role, in the encoding that the client likes
/// best; it is compressed once.
pub(super) async fn preferred_answer(
    kept: &KeptAnswers,
    head: &Moment,
    (role, question): (RoleKind, Question),
    request: &HttpRequest,
) -> Option<(KeptAnswer, ContentEncoding)> {
    let encoding = preferred(request)?;
    if let Some(answer) = kept.find(head, role, &(question, encoding)) {
        return Some((answer, encoding));
    }
    let plain = (question, ContentEncoding::Identity);
    let plain = kept.find(head, role, &plain)?;
    let answer = KeptAnswer {
        body: encoded(plain.body, encoding).await?,
        ..plain
    };
    kept.keep(head, role, (question, encoding), answer.clone());
    Some((answer, encoding))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use actix_web::{http::header, test::TestRequest};

    use super::*;

    #[test]
    fn the_client_gets_the_encoding_that_it_likes_best() {
        use ContentEncoding::{Brotli, Deflate, Gzip, Identity};
        for (accepted, expected) in [
            ("gzip", Some(Gzip)),
            ("br;q=0.5, gzip", Some(Gzip)),
            ("br", Some(Brotli)),
            ("deflate", Some(Deflate)),
            ("identity", Some(Identity)),
            ("zstd", Some(Identity)),
            ("zstd, identity;q=0", None),
        ] {
            let request = TestRequest::default()
                .insert_header((header::ACCEPT_ENCODING, accepted))
                .to_http_request();
            assert_eq!(preferred(&request), expected, "{accepted}");
        }
        let without = TestRequest::default().to_http_request();
        assert_eq!(preferred(&without), Some(Identity));
    }

    #[actix_web::test]
    async fn what_is_compressed_is_the_same_again() {
        let body = Bytes::from("an answer, ".repeat(500));
        let packed = encoded(body.clone(), ContentEncoding::Gzip).await.unwrap();
        assert!(packed.len() < body.len() / 10);
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(packed.as_ref())
            .read_to_end(&mut plain)
            .unwrap();
        assert_eq!(plain, body);
        let same = encoded(body.clone(), ContentEncoding::Identity).await;
        assert_eq!(same.unwrap(), body);
    }
}
