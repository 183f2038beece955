//! Trusted documents: queries that the operator put into a folder, asked by the hash of their text.
//!
//! They are read and checked against the schema once, at the start, so a folder that does not fit
//! the build stops it with every mistake. A document is known by the SHA-256 of its text, with or
//! without `sha256:` before it; a change of a letter is another document. Nothing is ever added by
//! a client.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use actix_web::http::StatusCode;
use sha2::{Digest as _, Sha256};

use super::{gate, graphql_request, refusal::Refusal};
use crate::{limits::Limits, schema};
use domain::actor::Actor;
use graphql::error::Code;

/// The SHA-256 of a document, 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DocumentId(String);

impl DocumentId {
    /// None for what is no hash.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let hash = text.strip_prefix("sha256:").unwrap_or(text);
        let fits = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then(|| Self(hash.to_ascii_lowercase()))
    }

    fn of(document: &str) -> Self {
        Self(hex::encode(Sha256::digest(document)))
    }
}

/// The documents of the folder.
#[derive(Debug, Clone, Default)]
pub struct TrustedDocuments(Arc<BTreeMap<DocumentId, Arc<str>>>);

/// The folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustedDocumentsError {
    /// It cannot be read.
    #[error("the folder of trusted documents {0} cannot be read")]
    Folder(PathBuf, #[source] io::Error),
    /// Documents do not fit the schema; a line for each mistake.
    #[error("trusted documents do not fit the schema: {}", .0.join("; "))]
    Unfit(Vec<String>),
}

impl TrustedDocuments {
    /// Reads the files `*.graphql` of a folder, and checks each as a request is checked.
    ///
    /// # Errors
    /// When the folder cannot be read, or with every mistake in its documents.
    pub async fn read(folder: &Path) -> Result<Self, TrustedDocumentsError> {
        let unreadable = |source| TrustedDocumentsError::Folder(folder.to_owned(), source);
        let mut files: Vec<PathBuf> = fs::read_dir(folder)
            .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
            .map_err(unreadable)?;
        files.retain(|file| {
            file.extension()
                .is_some_and(|extension| extension == "graphql")
        });
        files.sort();
        let schema = schema::build();
        let mut documents = BTreeMap::new();
        let mut mistakes = Vec::new();
        for file in files {
            let text = fs::read_to_string(&file).map_err(unreadable)?;
            let wrong = match gate::inspect(&text, &gate::Limits::default()) {
                Ok(_) => schema::check(&schema, &text).await,
                Err(refusal) => vec![refusal.to_string()],
            };
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            mistakes.extend(wrong.into_iter().map(|wrong| format!("{name}: {wrong}")));
            documents.insert(DocumentId::of(&text), text.into());
        }
        if mistakes.is_empty() {
            Ok(Self(Arc::new(documents)))
        } else {
            Err(TrustedDocumentsError::Unfit(mistakes))
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of a document.
    pub(super) fn find(&self, id: &DocumentId) -> Result<Arc<str>, Refusal> {
        self.0
            .get(id)
            .cloned()
            .ok_or_else(graphql_request::not_found)
    }

    /// Whether a caller may send a text of its own; where only trusted documents are for the
    /// public, it may send the text of one.
    pub(super) fn may_ask(
        &self,
        text: &str,
        limits: &Limits,
        actor: &Actor,
    ) -> Result<(), Refusal> {
        let is_bound = limits.public_trusted_only && actor.pseudonym.is_none();
        if !is_bound || self.0.contains_key(&DocumentId::of(text)) {
            return Ok(());
        }
        Err(Refusal::new(
            StatusCode::FORBIDDEN,
            Code::Forbidden,
            "Zonder token kunt u hier alleen de vaste vragen stellen, met `documentId`.",
            "Without a token you may ask trusted documents only, by `documentId`.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_hash() {
        let id = DocumentId::of("{ viewer { role } }");
        assert_eq!(DocumentId::parse(&id.0), Some(id.clone()));
        assert_eq!(
            DocumentId::parse(&format!("sha256:{}", id.0.to_uppercase())),
            Some(id)
        );
        for wrong in ["", "sha256:", "md5:00", &"g".repeat(64), &"0".repeat(63)] {
            assert_eq!(DocumentId::parse(wrong), None, "{wrong}");
        }
    }
}
