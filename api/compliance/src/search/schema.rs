//! `search` and `SearchHit`. What a hit computes, its `subject` above all, stands in
//! [`crate::node`], which alone knows every node.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::repo::{self, Bounds, Found};
use domain::search::{
    codes::SearchKind,
    excerpt::{excerpt, lexemes},
};
use graphql::{
    coded::Coded,
    context::request,
    error::{Failure, both},
    moment::Moment,
    page::{Connection, Neighbours, PageArgs, foreign_cursor, page_cost},
    searched::{no_word, searched},
    text::LocalizedText,
};

/// Something that a search found. NL: zoekresultaat.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct SearchHit {
    /// The kind of thing. NL: soort.
    pub kind: Coded<SearchKind>,
    /// Its key among things of its kind, as in `2024/33` or `comensha`. NL: sleutel.
    pub key: String,
    /// Its title or name. NL: titel.
    title: LocalizedText,
    /// The first passage of its texts in which a word of the search stands, verbatim, in Dutch
    /// where the Dutch text has it, cut to about 240 letters; null when the words stand in its
    /// title or names alone. NL: fragment.
    excerpt: Option<String>,
    /// How well it fits, from 0, for comparison within one answer only: below 1 by its words, 1 and
    /// more when it bears the very name that was typed or that name has a role in it. NL:
    /// relevantie.
    rank: f64,
}

impl SearchHit {
    fn of(found: Found, lexemes: &[String]) -> Option<Self> {
        let kind = SearchKind::from_code(&found.kind)?;
        Some(Self {
            kind: Coded(kind),
            key: found.key,
            title: LocalizedText::new(found.title_nl, found.title_en),
            excerpt: found.body.and_then(|body| excerpt(&body, lexemes)),
            rank: found.rank,
        })
    }
}

/// Queries that find things by their words.
#[derive(Default)]
pub(crate) struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Finds public things by their words: every word must be found, each may be the beginning of a
    /// longer one, without regard to accents, in any form of the word, by any spelling of a name.
    /// Best first, then by kind and key. `BAD_REQUEST` for a text without a word to look for or of
    /// more than 200 characters, and for a wrong page. NL: zoeken.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What to look for, in Dutch or English, at most 200 characters. NL: zoektekst."
        )]
        text: String,
        #[graphql(desc = "Only things of these kinds; by default all. NL: soorten.")] kinds: Option<
            Vec<Coded<SearchKind>>,
        >,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<SearchHit>>> {
        let (words, requested) = both(searched("text", &text), PageArgs::parse(ctx, first, after))?;
        let kinds: Option<Vec<&str>> =
            kinds.map(|kinds| kinds.into_iter().map(|kind| kind.code()).collect());
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let bounds = Bounds {
            after: requested.after.as_deref(),
            // One more than asked tells whether there is a next page.
            first: requested.first + 1,
        };
        let mut page = repo::find(session, &words, kinds.as_deref(), bounds)
            .await
            .map_err(Failure::from)?;
        if !page.has_words {
            return Err(no_word("text").into());
        }
        if !page.continues {
            return Err(foreign_cursor().into());
        }
        let has = Neighbours {
            previous: requested.after.is_some(),
            next: page.found.len() > requested.first,
        };
        page.found.truncate(requested.first);
        let lexemes = lexemes(&page.query);
        let hits = page.found.into_iter().filter_map(|found| {
            let place = format!("{}/{}", found.kind, found.key);
            Some((place, SearchHit::of(found, &lexemes)?))
        });
        Ok(Some(Connection::of_page(
            hits.collect(),
            has,
            page.total,
            &requested,
        )))
    }
}
