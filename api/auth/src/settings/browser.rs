//! What an operator sets of an issuer at which people sign in with a browser: `browser = true`, and
//! the client that this service is there.

use std::{fs, path::Path};

use oauth2::{ClientId, ClientSecret};
use reqwest::Url;

use super::address;
use crate::fields::Fields;

/// The largest file of a client secret, in bytes.
const LARGEST_SECRET: usize = 4096;
/// The scope without which there is no ID token (OpenID Connect Core, section 3.1.2.1).
const OPENID: &str = "openid";

/// The names of these fields.
pub(super) const FIELDS: [&str; 5] = [
    "browser",
    "client_id",
    "client_secret_file",
    "scopes",
    "title",
];

/// The client that this service is at an issuer.
#[derive(Debug, Clone)]
pub(crate) struct BrowserSettings {
    /// Where the issuer tells its addresses: `/.well-known/openid-configuration` behind its name.
    pub(crate) discovery: Url,
    pub(crate) client_id: ClientId,
    /// None of a public client, which has proof by PKCE alone.
    pub(crate) client_secret: Option<ClientSecret>,
    pub(crate) scopes: Vec<String>,
    /// What stands on the link that leads there.
    pub(crate) title: String,
}

/// Reads the fields; none where the issuer is not marked for browsers.
pub(super) fn browser(fields: &mut Fields<'_>, name: &str) -> Option<BrowserSettings> {
    if !is_marked(fields) {
        let others = FIELDS.iter().skip(1).filter(|field| fields.has(field));
        for field in others.copied().collect::<Vec<_>>() {
            fields.wrong(field, "means nothing without browser = true");
        }
        return None;
    }
    let discovery = discovery(fields, name);
    let client_id = fields.required("client_id").map(str::to_owned);
    let client_secret = secret(fields);
    let scopes = scopes(fields);
    let title = if fields.has("title") {
        fields.required("title").map(str::to_owned)
    } else {
        let host = discovery.as_ref().and_then(Url::host_str);
        host.map(str::to_owned)
    };
    Some(BrowserSettings {
        client_id: ClientId::new(client_id?),
        client_secret: client_secret.ok()?,
        scopes,
        title: title?,
        discovery: discovery?,
    })
}

fn is_marked(fields: &mut Fields<'_>) -> bool {
    match fields.value("browser") {
        None => false,
        Some(value) => value.as_bool().unwrap_or_else(|| {
            fields.wrong("browser", "must be true or false");
            false
        }),
    }
}

/// The address of discovery is the name of the issuer and what the standard puts behind it (OpenID
/// Connect Discovery, section 4).
fn discovery(fields: &mut Fields<'_>, name: &str) -> Option<Url> {
    let text = format!(
        "{}/.well-known/openid-configuration",
        name.trim_end_matches('/')
    );
    let found = address(&text);
    if let Err(what) = &found {
        fields.wrong("issuer", format!("{what}, where browser = true"));
    }
    found.ok()
}

/// The secret of the client, none where no file is named.
fn secret(fields: &mut Fields<'_>) -> Result<Option<ClientSecret>, ()> {
    const FIELD: &str = "client_secret_file";
    if !fields.has(FIELD) {
        return Ok(None);
    }
    let path = fields.required(FIELD).ok_or(())?;
    // What is no whole path may be the secret itself, in the place of its file.
    let shown = if path.starts_with('/') {
        format!("is the file {path:?}")
    } else {
        "is no whole path of a file".to_owned()
    };
    read_secret(Path::new(path))
        .map(|secret| Some(ClientSecret::new(secret)))
        .map_err(|what| fields.wrong(FIELD, format!("{shown}: {what}")))
}

fn read_secret(path: &Path) -> Result<String, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let secret = text.trim_end_matches(['\r', '\n']);
    let fits = !secret.is_empty()
        && secret.len() <= LARGEST_SECRET
        && !secret.contains(|c: char| c.is_control());
    if fits {
        Ok(secret.to_owned())
    } else {
        Err("it must be one line with the secret".to_owned())
    }
}

fn scopes(fields: &mut Fields<'_>) -> Vec<String> {
    if !fields.has("scopes") {
        return vec![OPENID.to_owned()];
    }
    let scopes = fields.texts("scopes").unwrap_or_default();
    if !scopes.is_empty() && scopes.iter().all(|scope| scope != OPENID) {
        fields.wrong("scopes", "must have \"openid\" among them");
    }
    scopes
}
