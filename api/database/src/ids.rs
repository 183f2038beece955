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

/// Sixteen random bytes that nobody can guess: beside what a digest is made of, and as the key of a
/// form.
///
/// # Panics
/// When the operating system gives no random bytes: then nothing safe can go on.
#[must_use]
pub fn nonce() -> [u8; 16] {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// The secret of a feed key: thirty-two random bytes.
///
/// # Panics
/// When the operating system gives no random bytes: then nothing safe can go on.
#[must_use]
pub fn secret() -> [u8; 32] {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// Twelve random digits that name a feed key and open nothing.
#[must_use]
pub fn key_name() -> String {
    let number = u128::from_be_bytes(nonce()) % 1_000_000_000_000;
    format!("{number:012}")
}
