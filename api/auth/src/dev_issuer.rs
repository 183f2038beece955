//! The issuer for development: its key stands in the data folder and its tokens open this
//! installation only.
//!
//! It exists for the embedded default, and with a `DATABASE_URL` only when the operator says in so
//! many words that this is not production.

use std::{fs, io, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use aws_lc_rs::{
    encoding::{AsDer as _, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header, encode,
    jwk::{Jwk, JwkSet, ThumbprintHash},
};
use serde::Serialize;

use super::{AUDIENCE, Issuer, IssuerSettings, KeysError};
use domain::{
    actor::{PartnerKey, Role},
    clock::Clock,
    territory::{AreaCode, MunicipalityCode},
};

/// The name under which the development issuer signs.
const NAME: &str = "https://development.invalid/samen-tegen-mensenhandel";

/// The development key cannot be read, made or used.
#[derive(Debug, thiserror::Error)]
pub enum DevIssuerError {
    /// Reading or writing the key file failed.
    #[error("cannot read or make the development key {path}")]
    File {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The key file holds no RSA key.
    #[error("the development key cannot be used; remove it and a new one is made")]
    Key(#[source] jsonwebtoken::errors::Error),
    /// The public half cannot be written.
    #[error("the public half of the development key cannot be written")]
    KeySet(#[source] serde_json::Error),
    /// The issuer cannot be made.
    #[error("the development issuer cannot be made")]
    Keys(#[source] KeysError),
    /// Making a key failed.
    #[error("cannot make an RSA key")]
    Generate,
}

/// For whom, and for how long, a token is made.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// The role with its organisation; `PUBLIC` and `SYSTEM` have no tokens.
    pub role: Role,
    /// The person, as the issuer knows it.
    pub subject: String,
    /// Seconds from now.
    pub lifetime_seconds: i64,
}

/// The five roles that sign in, each with an organisation to try the service as.
#[must_use]
pub fn trial_roles() -> Vec<Role> {
    let roles = [
        MunicipalityCode::parse("GM0402").map(|code| Role::Municipality(vec![code])),
        AreaCode::parse("VR14").map(Role::Region),
        PartnerKey::parse("comensha").map(Role::Partner),
        Some(Role::Vng),
        Some(Role::Ministry),
    ];
    roles.into_iter().flatten().collect()
}

/// What people call the organisation of a role to try the service as; none where the role says it.
#[must_use]
pub fn trial_name(role: &Role) -> Option<&'static str> {
    match role {
        Role::Municipality(_) => Some("Hilversum"),
        Role::Region(_) => Some("Gooi en Vechtstreek"),
        Role::Partner(_) => Some("CoMensha"),
        Role::Vng | Role::Ministry | Role::Public | Role::System => None,
    }
}

/// Signs tokens for development and says which keys prove them.
pub struct DevIssuer {
    key: EncodingKey,
    kid: String,
    jwk: Jwk,
}

impl std::fmt::Debug for DevIssuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DevIssuer({})", self.kid)
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    iat: i64,
    exp: i64,
    role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    municipality: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partner: Option<&'a str>,
}

impl DevIssuer {
    /// Reads the key of the folder, making one first when there is none.
    ///
    /// # Errors
    /// When the key can be neither read nor made.
    pub fn open(folder: &Path) -> Result<Self, DevIssuerError> {
        let path = folder.join("dev-issuer.pem");
        let failed = |source| DevIssuerError::File {
            path: path.display().to_string(),
            source,
        };
        if !path.exists() {
            write_private(&path, new_key()?.as_bytes()).map_err(failed)?;
        }
        let pem = fs::read(&path).map_err(failed)?;
        let key = EncodingKey::from_rsa_pem(&pem).map_err(DevIssuerError::Key)?;
        let mut jwk =
            Jwk::from_encoding_key(&key, Algorithm::RS256).map_err(DevIssuerError::Key)?;
        let kid = jwk
            .thumbprint(ThumbprintHash::SHA256)
            .map_err(DevIssuerError::Key)?;
        jwk.common.key_id = Some(kid.clone());
        Ok(Self { key, kid, jwk })
    }

    /// The issuer as the service must know it to accept its tokens.
    ///
    /// # Errors
    /// When the key cannot be written as a key set, or the issuer cannot be made.
    pub fn issuer(&self) -> Result<Issuer, DevIssuerError> {
        let keys = JwkSet {
            keys: vec![self.jwk.clone()],
        };
        let keys = serde_json::to_vec(&keys).map_err(DevIssuerError::KeySet)?;
        let settings = IssuerSettings::of_ours(NAME, AUDIENCE, keys, Algorithm::RS256);
        Issuer::new(settings).map_err(DevIssuerError::Keys)
    }

    /// Signs a token.
    ///
    /// # Errors
    /// When signing fails.
    pub fn token(&self, request: &TokenRequest, clock: &Clock) -> Result<String, DevIssuerError> {
        let now = clock.now().timestamp();
        let role = &request.role;
        let claims = Claims {
            iss: NAME,
            aud: AUDIENCE,
            sub: &request.subject,
            iat: now,
            exp: now + request.lifetime_seconds,
            role: role.kind().code().to_ascii_lowercase(),
            municipality: match role {
                Role::Municipality(codes) => {
                    Some(codes.iter().map(MunicipalityCode::as_str).collect())
                }
                Role::Public
                | Role::Partner(_)
                | Role::Region(_)
                | Role::Vng
                | Role::Ministry
                | Role::System => None,
            },
            area: match role {
                Role::Region(area) => Some(area.as_str()),
                Role::Public
                | Role::Partner(_)
                | Role::Municipality(_)
                | Role::Vng
                | Role::Ministry
                | Role::System => None,
            },
            partner: match role {
                Role::Partner(key) => Some(key.as_str()),
                Role::Public
                | Role::Municipality(_)
                | Role::Region(_)
                | Role::Vng
                | Role::Ministry
                | Role::System => None,
            },
        };
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(self.kid.clone());
        encode(&header, &claims, &self.key).map_err(DevIssuerError::Key)
    }
}

fn new_key() -> Result<String, DevIssuerError> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| DevIssuerError::Generate)?;
    let der: Pkcs8V1Der<'static> = pair.as_der().map_err(|_| DevIssuerError::Generate)?;
    let text = STANDARD.encode(der.as_ref());
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    Ok(format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        lines.join("\n")
    ))
}

/// Writes a new file that only its owner can read; two that start at once end with one whole file.
pub(super) fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    match fs::hard_link(&draft, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        Ok(()) | Err(_) => {}
    }
    fs::remove_file(&draft)
}
