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

use documents::{Document, DocumentHash};
use serde_json::Map;

use super::gate;
use crate::schema;

/// The documents of the folder.
#[derive(Debug, Clone, Default)]
pub struct TrustedDocuments(Arc<BTreeMap<DocumentHash, Arc<Document>>>);

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
        let mut documents = BTreeMap::new();
        let mut mistakes = Vec::new();
        for file in files {
            let text = fs::read_to_string(&file).map_err(unreadable)?;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            match prepare(&text).await {
                Ok(document) => {
                    documents.insert(document.hash(), Arc::new(document));
                }
                Err(wrong) => {
                    mistakes.extend(wrong.into_iter().map(|wrong| format!("{name}: {wrong}")));
                }
            }
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

    /// A document by its hash.
    pub(super) fn find(&self, hash: &DocumentHash) -> Option<Arc<Document>> {
        self.0.get(hash).cloned()
    }
}

/// Makes a document ready and checks it as a request is checked, as far as that goes without the
/// values of variables that it requires.
async fn prepare(text: &str) -> Result<Document, Vec<String>> {
    gate::inspect(text, &gate::Limits::default()).map_err(|refusal| vec![refusal.to_string()])?;
    let document = Document::prepare(&schema::contract(), text);
    let document = document.map_err(|mistakes| {
        let mistakes = mistakes.into_iter();
        mistakes
            .map(|mistake| mistake.message.en)
            .collect::<Vec<_>>()
    })?;
    let mut mistakes = Vec::new();
    for name in document.operation_names() {
        if let Ok(operation) = document.operation(name, &Map::new()) {
            mistakes.extend(schema::check(&operation).await);
        }
    }
    if mistakes.is_empty() {
        Ok(document)
    } else {
        Err(mistakes)
    }
}
