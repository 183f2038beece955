//! Signing in with a browser, by OpenID Connect: the authorization code flow with PKCE.
//!
//! The library builds the address that a person is sent to, and exchanges the code that comes back.
//! Whether the tokens hold is checked here by the same keys and rules as every token: the ID token
//! proves that the answer belongs to the sign-in that this browser began, and the access token says
//! who may do what, as it would in a header. So an issuer signs people in only where its access
//! token is a JWT for this service.
//!
//! `openidconnect` would do all of it, and brings a second implementation of signatures (with `rsa`,
//! RUSTSEC-2023-0071) beside the one that checks all other tokens.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, TimeDelta, Utc};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, Client, CsrfToken, ExtraTokenFields, HttpRequest,
    HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    StandardRevocableToken, StandardTokenResponse, TokenResponse as _, TokenUrl,
    basic::{
        BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
        BasicTokenType,
    },
};
use reqwest::{Url, header};
use serde::{Deserialize, Serialize};

use super::{
    KeysError, TokenError, outside,
    settings::{BrowserSettings, address},
};

/// Signs of an error of the issuer that are told in the log.
const LONGEST_ERROR: usize = 64;

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Nobody signs in with a browser at an issuer of this name.
    #[error("no issuer of this name is marked for browsers")]
    NoIssuer,
    /// The issuer was not reached, was too slow, or broke off.
    #[error("the issuer does not answer")]
    Silent(#[source] KeysError),
    /// The issuer answered something else than 200 where it tells its addresses.
    #[error("the issuer answers {0} to a request for its addresses")]
    Status(u16),
    /// What the issuer tells of itself cannot be used.
    #[error("what the issuer tells of itself cannot be used: {0}")]
    Metadata(String),
    /// The issuer does not take the code.
    #[error("the issuer refuses the code ({0})")]
    Code(String),
    /// The issuer answers with something else than tokens.
    #[error("the issuer answers the code with something else than tokens")]
    Answer,
    /// The answer came from another issuer than the one that was asked.
    #[error("the answer is not of the issuer at which the sign-in began")]
    OtherIssuer,
    /// The ID token does not hold.
    #[error("the ID token {0}")]
    IdToken(&'static str),
    /// The access token opens nothing here.
    #[error("the access token does not hold")]
    Token(#[source] TokenError),
}

impl SignInError {
    /// The code of the rule, for the log.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoIssuer => "NO_ISSUER",
            Self::Silent(_) | Self::Status(_) => "ISSUER_AWAY",
            Self::Metadata(_) => "ISSUER_METADATA",
            Self::Code(_) => "CODE_REFUSED",
            Self::Answer => "ISSUER_ANSWER",
            Self::OtherIssuer => "OTHER_ISSUER",
            Self::IdToken(_) => "ID_TOKEN",
            Self::Token(error) => error.code(),
        }
    }
}

/// What one sign-in is known by, to the issuer and to nobody else. Each is made of a secret of the
/// browser that began it.
pub struct SignIn {
    /// The address to which the issuer sends the browser back.
    pub return_address: String,
    /// Comes back beside the code.
    pub state: String,
    /// Comes back in the ID token.
    pub nonce: String,
    /// Of which the issuer knows the digest until the code is exchanged (RFC 7636).
    pub verifier: String,
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignIn(to {})", self.return_address)
    }
}

/// What an issuer tells of itself (OpenID Connect Discovery, section 3), as far as it is used.
#[derive(Debug, Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    code_challenge_methods_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// Where and how people sign in at an issuer.
#[derive(Debug)]
struct Metadata {
    authorization: Url,
    token: Url,
    auth_type: AuthType,
    /// Whether its answers name it (RFC 9207).
    names_itself: bool,
}

impl Metadata {
    fn read(json: &[u8], issuer: &str) -> Result<Self, SignInError> {
        let document: Document = serde_json::from_slice(json)
            .map_err(|error| SignInError::Metadata(error.to_string()))?;
        let wrong = |what: &str| SignInError::Metadata(what.to_owned());
        if document.issuer != issuer {
            return Err(wrong("its issuer has another name"));
        }
        let methods = document.code_challenge_methods_supported;
        if methods.is_some_and(|methods| methods.iter().all(|method| method != "S256")) {
            return Err(wrong("it knows no PKCE with S256"));
        }
        let ways = document.token_endpoint_auth_methods_supported;
        // Where it says nothing it takes HTTP Basic.
        let takes = |way: &str| {
            ways.as_ref()
                .is_none_or(|ways| ways.iter().any(|one| one == way))
        };
        Ok(Self {
            authorization: address(&document.authorization_endpoint)
                .map_err(|what| SignInError::Metadata(format!("authorization_endpoint {what}")))?,
            token: address(&document.token_endpoint)
                .map_err(|what| SignInError::Metadata(format!("token_endpoint {what}")))?,
            auth_type: if takes("client_secret_basic") {
                AuthType::BasicAuth
            } else {
                AuthType::RequestBody
            },
            names_itself: document.authorization_response_iss_parameter_supported,
        })
    }
}

/// What an issuer told of itself, and when.
type Known = Option<(DateTime<Utc>, Arc<Metadata>)>;

/// The tokens that the issuer gives for a code.
type Tokens = StandardTokenResponse<WithIdToken, BasicTokenType>;

/// The client of the library, with an ID token among what it reads.
type CodeClient = Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;

#[derive(Clone, Serialize, Deserialize)]
struct WithIdToken {
    id_token: Option<String>,
}

impl fmt::Debug for WithIdToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WithIdToken")
    }
}

impl ExtraTokenFields for WithIdToken {}

/// The tokens of somebody who signed in, of which nothing was checked yet.
pub(super) struct Returned {
    pub(super) access: String,
    pub(super) id: String,
}

/// How people sign in at one issuer.
#[derive(Debug)]
pub(super) struct Entrance {
    issuer: String,
    pub(super) settings: BrowserSettings,
    /// How long what the issuer told of itself is used.
    renewal: TimeDelta,
    client: reqwest::Client,
    known: RwLock<Known>,
}

impl Entrance {
    pub(super) fn new(
        issuer: &str,
        settings: BrowserSettings,
        renewal: TimeDelta,
    ) -> Result<Self, KeysError> {
        let is_https = settings.discovery.scheme() == "https";
        Ok(Self {
            issuer: issuer.to_owned(),
            client: outside::client(is_https)?,
            settings,
            renewal,
            known: RwLock::default(),
        })
    }

    /// The address to which somebody is sent to sign in.
    pub(super) async fn address(
        &self,
        sign_in: SignIn,
        now: DateTime<Utc>,
    ) -> Result<String, SignInError> {
        let metadata = self.metadata(now).await?;
        let verifier = PkceCodeVerifier::new(sign_in.verifier);
        let client = CodeClient::new(self.settings.client_id.clone())
            .set_auth_uri(AuthUrl::from_url(metadata.authorization.clone()))
            .set_redirect_uri(redirect(sign_in.return_address)?);
        let scopes = self.settings.scopes.iter().cloned().map(Scope::new);
        let (address, _) = client
            .authorize_url(|| CsrfToken::new(sign_in.state))
            .add_scopes(scopes)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_extra_param("nonce", sign_in.nonce)
            .url();
        Ok(address.into())
    }

    /// The tokens that the issuer gives for a code. `named` is the issuer that the answer names.
    pub(super) async fn exchange(
        &self,
        code: String,
        named: Option<&str>,
        sign_in: SignIn,
        now: DateTime<Utc>,
    ) -> Result<Returned, SignInError> {
        let metadata = self.metadata(now).await?;
        let is_other = named.map_or(metadata.names_itself, |named| named != self.issuer);
        if is_other {
            return Err(SignInError::OtherIssuer);
        }
        let mut client = CodeClient::new(self.settings.client_id.clone())
            .set_auth_type(metadata.auth_type.clone());
        if let Some(secret) = &self.settings.client_secret {
            client = client.set_client_secret(secret.clone());
        }
        let client = client
            .set_token_uri(TokenUrl::from_url(metadata.token.clone()))
            .set_redirect_uri(redirect(sign_in.return_address)?);
        let http = |request: HttpRequest| send(&self.client, request);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(sign_in.verifier))
            .request_async(&http)
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(error) => {
                    let code: &str = error.error().as_ref();
                    SignInError::Code(code.chars().take(LONGEST_ERROR).collect())
                }
                RequestTokenError::Request(error) => SignInError::Silent(error),
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => SignInError::Answer,
            })?;
        let id = tokens.extra_fields().id_token.clone();
        Ok(Returned {
            access: tokens.access_token().secret().clone(),
            id: id.ok_or(SignInError::Answer)?,
        })
    }

    /// What the issuer tells of itself, read again when it is old. While it cannot be read, what it
    /// told before goes on.
    async fn metadata(&self, now: DateTime<Utc>) -> Result<Arc<Metadata>, SignInError> {
        let known = self
            .known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        match known {
            Some((read, metadata)) if (now - read).abs() < self.renewal => Ok(metadata),
            known => match self.read().await {
                Ok(metadata) => {
                    let metadata = Arc::new(metadata);
                    let mut place = self.known.write().unwrap_or_else(PoisonError::into_inner);
                    *place = Some((now, Arc::clone(&metadata)));
                    Ok(metadata)
                }
                Err(error) => known.map(|(_, metadata)| metadata).ok_or(error),
            },
        }
    }

    async fn read(&self) -> Result<Metadata, SignInError> {
        let response = self
            .client
            .get(self.settings.discovery.clone())
            .header(header::ACCEPT, "application/json")
            .send()
            .await
            .map_err(silent)?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(SignInError::Status(response.status().as_u16()));
        }
        let json = outside::read_whole(response).await;
        Metadata::read(&json.map_err(SignInError::Silent)?, &self.issuer)
    }
}

fn silent(error: reqwest::Error) -> SignInError {
    SignInError::Silent(KeysError::Silent(error.without_url()))
}

fn redirect(address: String) -> Result<RedirectUrl, SignInError> {
    RedirectUrl::new(address)
        .map_err(|_| SignInError::Metadata("this service has no address to return to".to_owned()))
}

/// Sends a request of the library by the client for issuers.
async fn send(client: &reqwest::Client, request: HttpRequest) -> Result<HttpResponse, KeysError> {
    let silent = |error: reqwest::Error| KeysError::Silent(error.without_url());
    let request = reqwest::Request::try_from(request).map_err(silent)?;
    let response = client.execute(request).await.map_err(silent)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut answer = HttpResponse::new(outside::read_whole(response).await?);
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ISSUER: &str = "https://login.example.nl";

    fn read(changes: Value) -> Result<Metadata, String> {
        let mut document = json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://login.example.nl/auth",
            "token_endpoint": "https://login.example.nl/token",
        });
        for (name, value) in changes.as_object().unwrap() {
            document[name] = value.clone();
        }
        Metadata::read(document.to_string().as_bytes(), ISSUER).map_err(|error| error.to_string())
    }

    #[test]
    fn what_an_issuer_tells_of_itself_is_believed_as_far_as_it_fits() {
        let plain = read(json!({})).unwrap();
        assert_eq!(plain.token.as_str(), "https://login.example.nl/token");
        assert!(matches!(plain.auth_type, AuthType::BasicAuth) && !plain.names_itself);
        let other = read(json!({
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "authorization_response_iss_parameter_supported": true,
            "code_challenge_methods_supported": ["plain", "S256"],
        }));
        let other = other.unwrap();
        assert!(matches!(other.auth_type, AuthType::RequestBody) && other.names_itself);
        for (changes, why) in [
            (
                json!({ "issuer": "https://login.example.nl/" }),
                "another name",
            ),
            (
                json!({ "code_challenge_methods_supported": ["plain"] }),
                "no PKCE",
            ),
            (
                json!({ "token_endpoint": "http://login.example.nl/token" }),
                "token_endpoint must",
            ),
            (
                json!({ "authorization_endpoint": "x" }),
                "authorization_endpoint is no address",
            ),
            (json!({ "token_endpoint": 7 }), "invalid type"),
        ] {
            let refused = read(changes.clone()).unwrap_err();
            assert!(refused.contains(why), "{changes}: {refused}");
        }
    }
}
