//! `Source`, `SourceDocument` and what documents cite.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use dataset::translations::in_both_languages;
use domain::{
    mistake::did_you_mean,
    sources::{
        codes::{CitationKind, SourceDocumentKind},
        rules::{Quoted, citation},
    },
    text::{Language, pick},
};
use entity::{reference_citation, source_document};
use graphql::{
    coded::{self, Coded},
    date::Date,
    error::Failure,
    id::{self, NodeKind},
    index::index,
    known::known,
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
    text::LocalizedText,
};

use super::lookup::{CitationByDocument, DecisionByDocument, DocumentByKey};
use crate::quality::schema::DataDecision;

/// Words of the data set in both languages; what an organisation wrote stands as written in both.
pub fn in_both(words: &str) -> LocalizedText {
    in_both_languages(words).into()
}

/// The document and the place in it that a fact comes from. NL: bron.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    document: String,
    lines: String,
    note: Option<String>,
}

impl Source {
    /// The source of a row; none for a row that a user brought in.
    pub fn of(
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
#[macro_export]
macro_rules! source_of {
    ($row:expr) => {
        $crate::sources::schema::Source::of(
            $row.source_document.as_ref(),
            $row.source_lines.as_ref(),
            $row.note.as_ref(),
        )
    };
}

/// The document and the place in it that a fact comes from. NL: bron.
#[Object]
impl Source {
    /// The document. NL: document.
    async fn document(&self, ctx: &Context<'_>) -> Result<Option<SourceDocument>> {
        find_document(ctx, &self.document).await
    }

    /// Line numbers in the document, as in `143-145` or `27;68`, or the place in words. NL: regels.
    async fn lines(&self) -> &str {
        &self.lines
    }

    /// What a reader should know: a repair of the text, a doubt; null when there is nothing. What
    /// an organisation wrote itself stands as written in both languages. NL: toelichting bij de
    /// bron.
    async fn note(&self) -> Option<LocalizedText> {
        self.note.as_deref().map(in_both)
    }

    /// A quotation that can be pasted into a text: the title, the official reference, the date as
    /// printed or that none is, and the lines. NL: bronvermelding.
    async fn citation(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language of the quotation. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<Option<String>> {
        let document = find_document(ctx, &self.document).await?;
        Ok(document.map(|document| {
            let (nl, en) = citation(Quoted {
                title: (&document.row.title_nl, &document.row.title_en),
                reference: document.row.reference.as_deref(),
                date: &document.row.date_text,
                lines: &self.lines,
            });
            pick(language.0, (&nl, &en))
        }))
    }
}

/// A document that facts come from. NL: brondocument.
#[derive(Debug, Clone)]
pub struct SourceDocument {
    row: source_document::Model,
}

/// A document that facts come from. NL: brondocument.
#[Object]
impl SourceDocument {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::SourceDocument, &self.row.key).await
    }

    /// The key, as in `monitoring-2025`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The kind. NL: soort.
    async fn kind(&self) -> Coded<SourceDocumentKind> {
        SourceDocumentKind::of_row(&self.row.kind).into()
    }

    /// The kind in words. NL: label van de soort.
    async fn kind_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(
            language.0,
            SourceDocumentKind::of_row(&self.row.kind).label(),
        )
    }

    /// The title; of an untitled document it is ours. NL: titel.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// The day that the document prints; null when it prints none. NL: datum.
    async fn dated_on(&self) -> Option<Date> {
        self.row.dated_on.map(Date)
    }

    /// The date as printed, the same in both languages, or that it is not printed. NL: datum zoals
    /// gedrukt.
    async fn date_text(&self) -> LocalizedText {
        in_both(&self.row.date_text)
    }

    /// The official reference, as in a parliamentary paper's number; null when there is none. NL:
    /// kenmerk.
    async fn reference(&self) -> Option<&str> {
        self.row.reference.as_deref()
    }

    /// The name of the file whose lines the sources count; null when there is none. NL: bestand.
    async fn file(&self) -> Option<&str> {
        self.row.file.as_deref()
    }

    /// What a reader should know of the document: what is lost, what was repaired; null when there
    /// is nothing. NL: toelichting.
    async fn note(&self) -> Option<LocalizedText> {
        self.row.note.as_deref().map(in_both)
    }

    /// What the document cites, by key. NL: verwijzingen.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn citations(&self, ctx: &Context<'_>) -> Result<Vec<ReferenceCitation>> {
        let rows = index::<CitationByDocument>(ctx).await?;
        rows.rows_of(Some(&self.row.key))
            .map(ReferenceCitation::of)
            .collect()
    }

    /// What was decided when the document was read, by key: units, repairs of its text, conflicts.
    /// NL: gegevensbeslissingen.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn decisions(&self, ctx: &Context<'_>) -> Result<Vec<DataDecision>> {
        let rows = index::<DecisionByDocument>(ctx).await?;
        rows.rows_of(Some(&self.row.key))
            .map(DataDecision::of)
            .collect()
    }
}

/// Something that a document cites: a paper, a report, a law, a website. NL: verwijzing.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct ReferenceCitation {
    /// The key, as in `kst-28638-247`. NL: sleutel.
    key: String,
    /// The kind. NL: soort.
    kind: Coded<CitationKind>,
    /// The citation as printed, verbatim in Dutch. NL: verwijzing zoals gedrukt.
    text: String,
    /// The number of the parliamentary dossier, as in `28638`; null for anything but a
    /// parliamentary paper. NL: dossier.
    dossier: Option<String>,
    /// The number within the dossier; null for anything but a parliamentary paper. NL: nummer.
    number: Option<String>,
    /// The session of parliament, as in `2023/24`; null for anything but a parliamentary paper. NL:
    /// vergaderjaar.
    session: Option<String>,
    /// What it is cited for; null when the document does not say. NL: waarover.
    about: Option<LocalizedText>,
    /// Where it is cited. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl ReferenceCitation {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::ReferenceCitation, &self.key).await
    }
}

impl ReferenceCitation {
    pub(crate) fn of(row: &reference_citation::Model) -> Result<Self> {
        let about = row.about_nl.as_ref().zip(row.about_en.as_ref());
        Ok(Self {
            key: row.key.clone(),
            kind: Coded(coded::of_row(&row.kind)?),
            text: row.text_nl.clone(),
            dossier: row.dossier.clone(),
            number: row.number.clone(),
            session: row.session.clone(),
            about: about.map(|(nl, en)| LocalizedText::new(nl, en)),
            source: crate::source_of!(row),
        })
    }
}

/// Queries of the sources.
#[derive(Default)]
pub struct SourcesQuery;

#[Object]
impl SourcesQuery {
    /// The documents that facts come from, by key. `BAD_REQUEST` for a wrong page. NL:
    /// brondocumenten.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn source_documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<SourceDocument>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let rows = known::<source_document::Entity>(ctx).await?;
        let items = rows
            .iter()
            .map(|row| (row.key.clone(), SourceDocument::from(row)))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// One document. `NOT_FOUND` for an unknown key. NL: brondocument.
    async fn source_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key, as in `monitoring-2025`. NL: sleutel.")] key: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<SourceDocument>> {
        let key = key.trim().to_lowercase();
        if let Some(found) = find_document(ctx, &key).await? {
            return Ok(Some(found));
        }
        let rows = known::<source_document::Entity>(ctx).await?;
        Err(Failure::Unknown {
            what: ("brondocument", "source document"),
            did_you_mean: did_you_mean(&key, rows.iter().map(|row| row.key.as_str())),
            code: key,
        }
        .into())
    }
}

impl From<&source_document::Model> for SourceDocument {
    fn from(row: &source_document::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// A document by its key.
pub async fn find_document(ctx: &Context<'_>, key: &str) -> Result<Option<SourceDocument>> {
    let rows = index::<DocumentByKey>(ctx).await?;
    Ok(rows.first_of(key).map(SourceDocument::from))
}
