//! The one source of random ids: row ids in order of time, nonces, request ids.

use uuid::Uuid;

/// A new id of a row; later ids sort after earlier ones.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that makes ids"
)]
pub fn row_id() -> Uuid {
    Uuid::now_v7()
}

/// Sixteen random bytes that keep a digest from being guessed.
///
/// # Panics
/// When the operating system gives no random bytes: then nothing safe can go on.
#[must_use]
pub fn nonce() -> [u8; 16] {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
