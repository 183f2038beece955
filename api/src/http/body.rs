//! Reads a body: bounded in bytes and in time, because the framework bounds neither for us.

use std::time::Duration;

use actix_web::web::{self, Bytes, BytesMut};
use futures_util::StreamExt as _;

/// Bytes that a body may have.
pub(super) const LARGEST: usize = 256 * 1024;
/// How long a body may take to arrive.
pub(super) const SLOWEST: Duration = Duration::from_secs(10);

/// Why a body was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// More than [`LARGEST`].
    TooLarge,
    /// Not here in time.
    TooSlow,
    /// The connection broke.
    Broken,
}

/// The whole body, or why not.
pub(super) async fn read(payload: web::Payload) -> Result<Bytes, Refused> {
    tokio::time::timeout(SLOWEST, collect(payload))
        .await
        .unwrap_or(Err(Refused::TooSlow))
}

async fn collect(mut payload: web::Payload) -> Result<Bytes, Refused> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Refused::Broken)?;
        if body.len() + chunk.len() > LARGEST {
            return Err(Refused::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
