//! `Source` and `SourceDocument`.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;

use super::loader::SourceLoader;
use crate::graphql::{context::loader, error::Failure, text::LocalizedText};

/// The document and the place in it that a fact comes from. NL: bron.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    document: String,
    lines: String,
    note: Option<String>,
}

impl Source {
    /// The source of a row; none for a row that a user brought in.
    pub(crate) fn of(
        document: Option<&String>,
        lines: Option<&String>,
        note: Option<&String>,
    ) -> Option<Self> {
        Some(Self {
            document: document?.clone(),
            lines: lines?.clone(),
            note: note.cloned(),
        })
    }
}

/// The source of a row of facts, whichever table it is of: all begin with the same columns.
macro_rules! source_of {
    ($row:expr) => {
        $crate::sources::schema::Source::of(
            $row.source_document.as_ref(),
            $row.source_lines.as_ref(),
            $row.note.as_ref(),
        )
    };
}
pub(crate) use source_of;

/// The document and the place in it that a fact comes from. NL: bron.
#[Object]
impl Source {
    /// The document. NL: document.
    async fn document(&self, ctx: &Context<'_>) -> Result<Option<SourceDocument>> {
        let documents = loader::<SourceLoader>(ctx)?
            .documents()
            .await
            .map_err(Failure::from)?;
        Ok(documents.get(&self.document).map(SourceDocument::from))
    }

    /// Line numbers in the document, as in `143-145` or `27;68`. NL: regels.
    async fn lines(&self) -> &str {
        &self.lines
    }

    /// What a reader should know, in English: a repair of the text, a doubt. NL: toelichting bij de bron.
    async fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }
}

/// A document that facts come from. NL: brondocument.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct SourceDocument {
    /// The key, as in `monitoring-2025`. NL: sleutel.
    key: String,
    /// The kind, as in `MONITORING_OVERVIEW`. NL: soort.
    kind: String,
    /// The title; of an untitled document it is ours. NL: titel.
    title: LocalizedText,
    /// The day that the document prints; null when it prints none. NL: datum.
    dated_on: Option<NaiveDate>,
    /// The date as printed, or that it is not. NL: datum zoals gedrukt.
    date_text: String,
    /// The official reference, as in a parliamentary paper's number. NL: kenmerk.
    reference: Option<String>,
}

impl From<&entity::source_document::Model> for SourceDocument {
    fn from(row: &entity::source_document::Model) -> Self {
        Self {
            key: row.key.clone(),
            kind: row.kind.clone(),
            title: LocalizedText::new(&row.title_nl, &row.title_en),
            dated_on: row.dated_on,
            date_text: row.date_text.clone(),
            reference: row.reference.clone(),
        }
    }
}
