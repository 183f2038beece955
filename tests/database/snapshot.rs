//! What everybody may read is read once for all: which tables these are, and that nobody reads
//! otherwise than Postgres tells.

use acceptance::TestDatabase;
use database::{Database, DbError, Memo, PUBLIC_TEXT, RequestedMoment, Session, UNGUARDED, roles};
use domain::{actor::Actor, clock::Clock};
use entity::{
    action, answer, area, area_membership, municipality, public_text, source_document, tile,
};
use ledger::Writer;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, EntityTrait as _, QueryOrder as _};

use crate::{ledger::append, texts};

/// The views in `known` that depend on the ledger number alone: each reads one table of facts, of
/// which the service may select every row, and of the settings of a transaction that number.
const OPEN_TO_ALL: &str = r"with recursive reads (view, relation) as (
        select oid, oid from pg_class where relnamespace = 'known'::regnamespace and relkind = 'v'
        union
        select reads.view, d.refobjid from reads
        join pg_rewrite r on r.ev_class = reads.relation
        join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
            and d.refclassid = 'pg_class'::regclass and d.refobjid <> reads.relation
    )
    select v.relname::text from pg_class v, pg_get_viewdef(v.oid) d (definition)
    where v.relnamespace = 'known'::regnamespace and v.relkind = 'v'
        and 'security_invoker=true' = any (v.reloptions)
        and (select array_agg(relation) from reads where view = v.oid and relation <> v.oid)
            = array[to_regclass(format('fact.%I', v.relname))::oid]
        and exists (select from pg_class t where t.oid = to_regclass(format('fact.%I', v.relname))
            and t.relrowsecurity and t.relforcerowsecurity)
        and (select array_agg((p.permissive, p.qual)::text) from pg_policies p
            where p.schemaname = 'fact' and p.tablename = v.relname and p.cmd in ('SELECT', 'ALL')
                and exists (select from unnest(p.roles) r
                    where r = 'public' or pg_has_role('stm_app', r, 'member')))
            = array['(PERMISSIVE,true)']
        and not exists (select from pg_rewrite r
            join pg_depend f on f.classid = 'pg_rewrite'::regclass and f.objid = r.oid
            where r.ev_class = v.oid and f.refclassid = 'pg_proc'::regclass)
        and d.definition !~ '\m(CURRENT_|SESSION_USER|LOCALTIME|USER\M)'
        and not exists (select from regexp_matches(d.definition, '([a-z_.]+)\(', 'g') called
            where called[1] <> 'current_setting')
        and not exists (select from regexp_matches(d.definition,
                'current_setting\(([^)]*)\)', 'g') setting
            where setting[1] <> '''app.ledger_no''::text')
    order by v.relname";

async fn open_to_all(connection: &DatabaseConnection) -> Vec<String> {
    texts(connection, OPEN_TO_ALL).await
}

#[tokio::test]
async fn what_is_kept_for_everybody_is_what_the_catalogue_says_no_wall_guards() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    assert_eq!(open_to_all(&superuser).await, UNGUARDED);
    assert!(!UNGUARDED.contains(&PUBLIC_TEXT), "a part of its table");
    // Whatever makes a table depend on more than the number takes it off the list.
    let view = "create or replace view known.area with (security_invoker = true) as
        select f.* from fact.area f where";
    let number = "f.ledger_no <= current_setting('app.ledger_no')::bigint";
    for change in [
        "alter policy app_reads on fact.area using (kind <> 'PROVINCE')".to_owned(),
        "drop policy app_reads on fact.area".to_owned(),
        "create policy other on fact.area for select to stm_app using (true)".to_owned(),
        "create policy other on fact.area as restrictive for select using (kind <> 'PROVINCE')"
            .to_owned(),
        "create policy other on fact.area for all to stm_app using (name <> 'x')".to_owned(),
        "alter table fact.area disable row level security".to_owned(),
        "alter table fact.area no force row level security".to_owned(),
        "alter view known.area set (security_invoker = false)".to_owned(),
        format!("{view} {number} and f.kind <> current_setting('app.role')"),
        format!("{view} {number} and (select app_role()) <> 'PUBLIC'"),
        format!("{view} {number} and f.valid_from < current_date"),
        format!("{view} {number} and f.valid_from < now()"),
        format!("{view} {number} and exists (select from fact.answer)"),
        format!("{view} {number} and exists (select from known.tile)"),
    ] {
        let changed = format!("begin; {change}");
        superuser.execute_unprepared(&changed).await.unwrap();
        let left = open_to_all(&superuser).await;
        let missing: Vec<_> = UNGUARDED
            .iter()
            .filter(|name| !left.iter().any(|one| one == *name))
            .collect();
        assert_eq!(missing, [&"area"], "{change}");
        superuser.execute_unprepared("rollback").await.unwrap();
    }
    // A table that a wall guarded and guards no longer is missed.
    let opened = "begin; alter policy app_reads on fact.submission_mandate using (true)";
    superuser.execute_unprepared(opened).await.unwrap();
    let more = open_to_all(&superuser).await;
    assert!(more.iter().any(|name| name == "submission_mandate"));
    superuser.execute_unprepared("rollback").await.unwrap();
    superuser.close().await.unwrap();
}

async fn connect(database: &TestDatabase) -> Database {
    Database::connect(&database.url(roles::APP), 4, Clock::system())
        .await
        .unwrap()
}

async fn open(db: &Database, requested: RequestedMoment) -> Session {
    db.read(&Actor::public(), requested).await.unwrap()
}

/// The keys of the documents that are known, and how many statements it took to read them.
async fn documents(db: &Database, requested: RequestedMoment) -> (Vec<String>, u32) {
    let session = open(db, requested).await;
    let opened = session.statements();
    let memo = Memo::default();
    let rows = memo.rows::<source_document::Entity>(&session).await;
    let keys = rows.unwrap().iter().map(|row| row.key.clone()).collect();
    let read = session.statements() - opened;
    session.close().await.unwrap();
    (keys, read)
}

fn holds((keys, _): &(Vec<String>, u32), key: &str) -> bool {
    keys.iter().any(|one| one == key)
}

/// The rows of a snapshot are those of the table, whoever read them.
macro_rules! reads_as_the_table {
    ($session:ident, $entity:ident) => {
        let memo = Memo::default();
        let kept = memo.rows::<$entity::Entity>(&$session).await.unwrap();
        let mut kept = kept.to_vec();
        kept.sort_by_key(|row| row.id);
        let rows = $entity::Entity::find()
            .order_by_asc($entity::Column::Id)
            .all(&$session)
            .await
            .unwrap();
        assert!(kept == rows, stringify!($entity));
    };
}

#[tokio::test]
async fn rows_are_read_once_for_all_and_are_those_of_the_table_now_and_at_a_past_number() {
    let database = TestDatabase::with_data();
    let db = connect(&database).await;
    append(&db, "later").await;
    let head = open(&db, RequestedMoment::HEAD).await.moment().head;
    for number in [head, head - 1, 20, 0] {
        for _ in 0..2 {
            let session = open(&db, RequestedMoment::ledger(number)).await;
            reads_as_the_table!(session, action);
            reads_as_the_table!(session, area);
            reads_as_the_table!(session, area_membership);
            reads_as_the_table!(session, municipality);
            reads_as_the_table!(session, source_document);
            reads_as_the_table!(session, tile);
            session.close().await.unwrap();
        }
    }
    // Somebody read all of them: a request asks nothing, and each request has the same rows.
    let (one, other) = (
        open(&db, RequestedMoment::HEAD).await,
        open(&db, RequestedMoment::HEAD).await,
    );
    let (first, second) = (Memo::default(), Memo::default());
    let opened = one.statements();
    let rows = first.rows::<area::Entity>(&one).await.unwrap();
    let same = second.rows::<area::Entity>(&other).await.unwrap();
    assert!(std::ptr::eq(rows, same));
    assert_eq!((one.statements(), other.statements()), (opened, opened));
    // What a wall guards is asked by each, once.
    for (memo, session) in [(&first, &one), (&second, &other)] {
        for _ in 0..2 {
            memo.rows::<answer::Entity>(session).await.unwrap();
        }
        assert_eq!(session.statements(), opened + 1);
    }
}

#[tokio::test]
async fn all_who_ask_at_once_wait_for_one_statement() {
    let database = TestDatabase::with_data();
    let db = connect(&database).await;
    let (one, other) = (
        open(&db, RequestedMoment::HEAD).await,
        open(&db, RequestedMoment::HEAD).await,
    );
    let opened = one.statements() + other.statements();
    let (first, second) = (Memo::default(), Memo::default());
    let (rows, same) = tokio::join!(
        first.rows::<action::Entity>(&one),
        second.rows::<action::Entity>(&other)
    );
    assert!(std::ptr::eq(rows.unwrap(), same.unwrap()));
    assert_eq!(one.statements() + other.statements(), opened + 1);
}

#[tokio::test]
async fn after_an_entry_what_changed_is_read_anew_and_nothing_else() {
    let database = TestDatabase::with_data();
    // Two instances.
    let (db, beside) = (connect(&database).await, connect(&database).await);
    let (now, then) = (
        RequestedMoment::HEAD,
        RequestedMoment::ledger(open(&db, RequestedMoment::HEAD).await.moment().head),
    );
    let areas = async || {
        let session = open(&db, RequestedMoment::HEAD).await;
        let opened = session.statements();
        let memo = Memo::default();
        memo.rows::<area::Entity>(&session).await.unwrap();
        session.statements() - opened
    };
    assert_eq!(documents(&db, now).await.1, 1);
    assert_eq!(documents(&beside, now).await.1, 1);
    assert_eq!(areas().await, 1);
    assert_eq!((documents(&db, now).await.1, areas().await), (0, 0));
    append(&beside, "later").await;
    // Which tables changed, and the one that did.
    let read = documents(&db, now).await;
    assert!(holds(&read, "later"));
    assert_eq!((read.1, areas().await), (2, 0));
    let read = documents(&beside, now).await;
    assert!(holds(&read, "later"));
    assert_eq!(read.1, 2);
    assert_eq!(documents(&db, now).await.1, 0);
    // At the number of before, where it is not known.
    for statements in [2, 0] {
        let read = documents(&db, then).await;
        assert!(!holds(&read, "later"));
        assert_eq!(read.1, statements);
    }
}

#[tokio::test]
async fn what_a_transaction_writes_is_known_to_it_alone_until_it_commits() {
    let database = TestDatabase::with_data();
    let db = connect(&database).await;
    let now = RequestedMoment::HEAD;
    assert_eq!(documents(&db, now).await.1, 1);
    let session = db.write(&Actor::system()).await.unwrap();
    let writer = Writer::lock(session).await.unwrap();
    let next = writer.head() + 1;
    let sql = format!(
        "insert into fact.source_document (id, ledger_no, subject_key, key, kind, title_nl,
            title_en, date_text)
         values (gen_random_uuid(), {next}, 'mine', 'mine', 'TEST', 'x', 'x', 'never')"
    );
    writer.session().execute_unprepared(&sql).await.unwrap();
    // It asks Postgres itself, as often as it asks.
    for _ in 0..2 {
        let (memo, before) = (Memo::default(), writer.session().statements());
        let rows = memo.rows::<source_document::Entity>(writer.session()).await;
        assert!(rows.unwrap().iter().any(|row| row.key == "mine"));
        assert_eq!(writer.session().statements(), before + 1);
    }
    let read = documents(&db, now).await;
    assert_eq!((holds(&read, "mine"), read.1), (false, 0));
    writer.abandon().await.unwrap();
    let read = documents(&db, now).await;
    assert_eq!((holds(&read, "mine"), read.1), (false, 0));
}

/// How many areas there are, derived once for all.
async fn count_areas(db: &Database) -> (usize, u32) {
    let session = open(db, RequestedMoment::HEAD).await;
    let opened = session.statements();
    let memo = Memo::default();
    let count = memo.shared(&session, "areas", |tables| async move {
        let rows = tables.rows::<area::Entity>().await?;
        Ok::<usize, DbError>(rows.len())
    });
    let count = *count.await.unwrap();
    (count, session.statements() - opened)
}

#[tokio::test]
async fn what_is_derived_from_tables_of_everybody_lasts_as_long_as_their_rows() {
    let database = TestDatabase::with_data();
    let db = connect(&database).await;
    let areas = "select count(*) from fact.area f where not withdrawn
        and not exists (select from fact.area c where c.corrects = f.id)";
    let areas = usize::try_from(database.count(areas).await).unwrap();
    assert_eq!(count_areas(&db).await, (areas, 1));
    assert_eq!(count_areas(&db).await, (areas, 0));
    append(&db, "of no area").await;
    assert_eq!(count_areas(&db).await, (areas, 1), "which tables changed");
    assert_eq!(count_areas(&db).await, (areas, 0));
    // A transaction that writes shares it until it locks the ledger; then it is its own.
    let session = db.write(&Actor::system()).await.unwrap();
    let (memo, before) = (Memo::default(), session.statements());
    let rows = memo.rows::<area::Entity>(&session).await.unwrap();
    assert_eq!((rows.len(), session.statements()), (areas, before));
    let writer = Writer::lock(session).await.unwrap();
    let session = writer.session();
    let (memo, before) = (Memo::default(), session.statements());
    for _ in 0..2 {
        let count = memo.shared(session, "areas", |tables| async move {
            let rows = tables.rows::<area::Entity>().await?;
            Ok::<usize, DbError>(rows.len())
        });
        assert_eq!(*count.await.unwrap(), areas);
    }
    assert_eq!(session.statements(), before + 1);
    writer.abandon().await.unwrap();
}

/// The texts that everybody may read, and how many statements it took to read them.
async fn public_texts(db: &Database) -> (usize, u32) {
    let session = open(db, RequestedMoment::HEAD).await;
    let opened = session.statements();
    let memo = Memo::default();
    let rows = memo.rows::<public_text::Entity>(&session).await.unwrap();
    let found = (rows.len(), session.statements() - opened);
    session.close().await.unwrap();
    found
}

#[tokio::test]
async fn texts_of_everybody_are_kept_for_one_state_of_the_ledger_and_go_over_to_none() {
    let database = TestDatabase::with_data();
    let db = connect(&database).await;
    let texts = "select count(*) from free_text where kind in ('PUBLIC', 'FUNCTION')";
    let texts = usize::try_from(database.count(texts).await).unwrap();
    assert!(texts > 0);
    assert_eq!(public_texts(&db).await, (texts, 1));
    assert_eq!(public_texts(&db).await, (texts, 0));
    append(&db, "of no text").await;
    // Which tables changed, and the texts once more.
    assert_eq!(public_texts(&db).await, (texts, 2));
    assert_eq!(public_texts(&db).await, (texts, 0));
}

/// The wall lets them through to every role, also where it knows no role.
#[tokio::test]
async fn texts_of_everybody_are_the_same_to_every_role() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    app.execute_unprepared("set app.ledger_no = '1000000'")
        .await
        .unwrap();
    let all = "select md5(string_agg(id || coalesce(body, ''), ' ' order by id))
        from free_text where kind in ('PUBLIC', 'FUNCTION')";
    let superuser = database.superuser().await;
    let expected = texts(&superuser, all).await;
    superuser.close().await.unwrap();
    let shown = "select md5(string_agg(id || coalesce(body, ''), ' ' order by id))
        from known.public_text";
    for role in [
        "",
        "PUBLIC",
        "PARTNER",
        "MUNICIPALITY",
        "REGION",
        "VNG",
        "MINISTRY",
        "SYSTEM",
    ] {
        let set = format!("set app.role = '{role}'");
        app.execute_unprepared(&set).await.unwrap();
        assert_eq!(texts(&app, shown).await, expected, "{role}");
    }
    app.close().await.unwrap();
}
