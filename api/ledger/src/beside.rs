//! What no hash binds and yet belongs to the ledger: the instant of its head, what search shows, of
//! which kind the database is, and that nothing is kept that no table holds.

use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr, FromQueryResult, Statement,
};

#[derive(FromQueryResult)]
struct Finding {
    finding: String,
}

/// The instant of the head must be that of the last entry, or the next one lies anywhere; what the
/// database says of itself must be what it holds; and large objects are not ours: nobody is
/// walled off from them, and the auditor cannot take them along.
const OF_THE_DATABASE: &str = "
    select format('the head is of %s and its entry %s of %s', h.recorded_at, l.number,
        l.recorded_at) as finding
    from ledger_head h join ledger l on l.number = h.number
    where h.recorded_at <> l.recorded_at
    union all
    select format('the database says that it is %s, and %s', k.kind,
        case when k.kind = 'REAL' then 'assessments in it are invented'
            else 'nothing in it is invented' end)
    from database_kind k
    where (k.kind = 'DEMO') <> exists (select from ledger
        where operation = 'assessment.submitted' and actor_role = 'SYSTEM')
      and (k.kind = 'REAL' or exists (select from ledger where operation = 'assessment.submitted'))
    union all
    select format('%s large objects are in the database, which keeps none; remove them with '
        'lo_unlink', count(*))
    from pg_largeobject_metadata having count(*) > 0";

/// What search shows of a thing must be what its facts say, and its words those of its text.
const OF_SEARCH: &str = "
    select format('what search shows of %s %s is not what the facts say', coalesce(s.kind, d.kind),
        coalesce(s.key, d.key)) as finding
    from search_source s
    full join (
        select distinct on (kind, key) kind, key, title_nl, title_en, names, body, terms, factor
        from search_document order by kind, key, ledger_no desc
    ) d on d.kind = s.kind and d.key = s.key
    where (s.title_nl, s.title_en, s.names, nullif(s.body, ''), s.terms,
            coalesce(s.factor, 0)::real)
        is distinct from (d.title_nl, d.title_en, d.names, d.body, d.terms, d.factor)
    union all
    select format('the words by which search finds %s %s are not those of its text', d.kind, d.key)
    from search_document d
    where d.words is distinct from
        setweight(to_tsvector('stm_dutch', plain_words(concat_ws(E'\\n', d.title_nl, d.title_en))),
            'A')
        || setweight(to_tsvector('stm_dutch',
            plain_words(concat_ws(E'\\n', d.names, translate(d.key, '/-_', '   ')))), 'B')
        || setweight(to_tsvector('stm_dutch', plain_words(coalesce(d.body, ''))), 'C')
        || setweight(to_tsvector('stm_dutch', plain_words(coalesce(d.terms, ''))), 'D')
    order by 1 limit 50";

/// Adds what does not hold beside the ledger; of search only once everything else holds, because it
/// is held against the facts.
pub(super) async fn check(tx: &DatabaseTransaction, found: &mut Vec<String>) -> Result<(), DbErr> {
    found.extend(findings(tx, OF_THE_DATABASE).await?);
    if found.is_empty() {
        let head =
            "select set_config('app.ledger_no', (select number from ledger_head)::text, true)";
        tx.execute_unprepared(head).await?;
        found.extend(findings(tx, OF_SEARCH).await?);
    }
    Ok(())
}

async fn findings(tx: &DatabaseTransaction, sql: &str) -> Result<Vec<String>, DbErr> {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let found = Finding::find_by_statement(statement).all(tx).await?;
    Ok(found.into_iter().map(|one| one.finding).collect())
}
