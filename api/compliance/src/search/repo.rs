//! What is found, in one statement: the state of each document at the ledger number of the
//! transaction.

use sea_orm::{FromQueryResult, Value};

use database::{DbError, Session};
use domain::search::words::Words;

/// Something that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) kind: String,
    pub(super) key: String,
    pub(super) title_nl: String,
    pub(super) title_en: String,
    pub(super) body: Option<String>,
    pub(super) rank: f64,
}

/// A page of what was found.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// Whether any word was left to look for: words like `de` and `van` are none.
    pub(super) has_words: bool,
    /// The query as Postgres reads it.
    pub(super) query: String,
    /// How many were found, on all pages.
    pub(super) total: i64,
    /// Whether the place to go on after is in the list.
    pub(super) continues: bool,
    pub(super) found: Vec<Found>,
}

/// Where a page begins and ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds<'a> {
    /// The last of the page before, as `KIND/key`.
    pub(super) after: Option<&'a str>,
    pub(super) first: usize,
}

#[derive(FromQueryResult)]
struct Row {
    query: Option<String>,
    total: i64,
    continues: bool,
    kind: Option<String>,
    key: Option<String>,
    title_nl: Option<String>,
    title_en: Option<String>,
    body: Option<String>,
    rank: Option<f64>,
}

/// Looks for words, in things of these kinds or of all. What bears the very name that was typed
/// comes first, whatever signs part its words (`Bergen (L.)`): a partner or municipality, an area,
/// then the actions in which that partner has a role. After it comes what has the words in its
/// title, its names, its texts, in what it is linked to. Each word is looked for by its stem and as
/// it stands: the stem of `school` does not begin `schoolwerkers`.
pub(super) async fn find(
    session: &Session,
    words: &Words,
    kinds: Option<&[&str]>,
    bounds: Bounds<'_>,
) -> Result<Page, DbError> {
    let first = i64::try_from(bounds.first).unwrap_or(i64::MAX);
    let rows: Vec<Row> = session
        .rows(
            "searching",
            "with word as (
                select to_tsquery('stm_dutch', plain_words(word)) as stem,
                    to_tsquery('simple', plain_words(word)) as whole
                from unnest(string_to_array($1, E'\\n')) word
             ), terms as (
                select string_agg('(' || (stem || whole)::text || ')', ' & ')::tsquery as query
                from word where numnode(stem) > 0
             ), found as (
                select d.kind, d.key, d.title_nl, d.title_en, d.body,
                    (ts_rank('{0.1, 0.2, 0.9, 1.0}', d.words, a.query, 32) * d.factor + case
                        when plain_words($2) =
                            any (string_to_array(plain_words(d.names), E'\\n'))
                            or d.kind in ('PARTNER', 'MUNICIPALITY', 'AREA')
                            and regexp_replace(plain_words($2), '[^[:alnum:]]+', '', 'g') =
                            regexp_replace(plain_words(d.title_nl), '[^[:alnum:]]+', '', 'g') then
                            case d.kind when 'PARTNER' then 3 when 'MUNICIPALITY' then 3
                                when 'AREA' then 2 else 1 end
                        else 0 end)::float8 as rank
                from search_document d join terms a on d.words @@ a.query
                where d.title_nl is not null
                  and d.ledger_no <= current_setting('app.ledger_no')::bigint
                  and ($3::text is null or d.kind = any (string_to_array($3, ',')))
                  and not exists (
                      select from search_document later
                      where later.kind = d.kind and later.key = d.key
                          and later.ledger_no > d.ledger_no
                        and later.ledger_no <= current_setting('app.ledger_no')::bigint)
             ), placed as (
                select *, row_number() over (
                    order by rank desc, kind, length(key), key collate \"C\") as place
                from found
             ), page as (
                select * from placed
                where place > coalesce((select place from placed where kind || '/' || key = $4), 0)
                order by place limit $5
             )
             select a.query::text as query, (select count(*) from placed) as total,
                $4::text is null or exists (
                    select from placed where kind || '/' || key = $4) as continues,
                p.kind, p.key, p.title_nl, p.title_en, p.body, p.rank
             from terms a left join page p on true
             order by p.place",
            [
                Value::from(words.queries.as_str()),
                Value::from(words.name.as_str()),
                Value::from(kinds.map(|kinds| kinds.join(","))),
                Value::from(bounds.after.map(str::to_owned)),
                Value::from(first),
            ],
        )
        .await?;
    let head = rows.first();
    Ok(Page {
        has_words: head.is_some_and(|row| row.query.is_some()),
        query: head.and_then(|row| row.query.clone()).unwrap_or_default(),
        total: head.map_or(0, |row| row.total),
        continues: head.is_none_or(|row| row.continues),
        found: rows.into_iter().filter_map(found).collect(),
    })
}

fn found(row: Row) -> Option<Found> {
    Some(Found {
        kind: row.kind?,
        key: row.key?,
        title_nl: row.title_nl?,
        title_en: row.title_en?,
        body: row.body,
        rank: row.rank?,
    })
}
