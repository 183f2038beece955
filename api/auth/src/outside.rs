//! The one way to servers of issuers: bounded in time and in bytes, never by a redirect or a proxy
//! of the environment.

use std::time::Duration;

use reqwest::{Client, Response, redirect::Policy};

use super::keys::KeysError;

/// How long a request may take, its body included.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest answer that is read, in bytes.
pub(super) const LARGEST: usize = 256 * 1024;

/// A client for the server of an issuer; of one with an https address it takes nothing else.
pub(super) fn client(is_https: bool) -> Result<Client, KeysError> {
    Client::builder()
        .user_agent(concat!("stm/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .timeout(PATIENCE)
        // A connection belongs to the thread that opened it, and is needed once in minutes.
        .pool_max_idle_per_host(0)
        // Settings are read in one place, and a proxy of the environment is none of them.
        .no_proxy()
        // Plain http was allowed for an address of this machine only, when the configuration was
        // read.
        .https_only(is_https)
        .build()
        .map_err(KeysError::Client)
}

/// The whole body of an answer, as far as it is not larger than any honest one.
pub(super) async fn read_whole(mut response: Response) -> Result<Vec<u8>, KeysError> {
    let silent = |error: reqwest::Error| KeysError::Silent(error.without_url());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(silent)? {
        if body.len() + chunk.len() > LARGEST {
            return Err(KeysError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
