//! The ledger under attack and under load.

use std::sync::Arc;

use acceptance::{TestDatabase, furnish};
use database::{
    Database, DbError,
    cluster::{Cluster, ClusterSettings},
    roles,
};
use dataset::{DataSet, import};
use domain::actor::Actor;
use domain::clock::Clock;
use entity::source_document;
use ledger::{Anchor, EntryDraft, Report, Writer, verify};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _,
    prelude::Uuid,
};

async fn check(database: &TestDatabase, anchor: Option<&Anchor>) -> Report {
    let auditor = database.connect(roles::AUDITOR).await;
    let report = verify(&auditor, anchor).await.unwrap();
    auditor.close().await.unwrap();
    report
}

/// What views of what is known look for.
const KNOWN: &str = "set app.ledger_no = '9223372036854775807'";

async fn intrude(database: &TestDatabase, sql: &str) {
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(&format!("set session_replication_role = replica; {sql}"))
        .await
        .unwrap();
    superuser.close().await.unwrap();
}

async fn connect(database: &TestDatabase, connections: u32) -> Database {
    Database::connect(&database.url(roles::APP), connections, Clock::system())
        .await
        .unwrap()
}

/// Appends a fact of no consequence.
pub(crate) async fn append(db: &Database, key: &str) -> i64 {
    try_append(db, key).await.unwrap()
}

async fn try_append(db: &Database, key: &str) -> Result<i64, DbError> {
    let session = db.write(&Actor::system()).await?;
    let mut writer = Writer::lock(session).await?;
    let number = writer.entry(EntryDraft::public(
        "test.appended",
        "SourceDocument",
        key.to_owned(),
    ));
    source_document::Entity::insert(source_document::ActiveModel {
        id: Set(Uuid::from_u128(u128::from(number.unsigned_abs()))),
        ledger_no: Set(number),
        subject_key: Set(key.to_owned()),
        withdrawn: Set(false),
        key: Set(key.to_owned()),
        kind: Set("TEST".to_owned()),
        title_nl: Set(key.to_owned()),
        title_en: Set(key.to_owned()),
        date_text: Set("never".to_owned()),
        ..Default::default()
    })
    .exec_without_returning(writer.session())
    .await
    .map_err(DbError::doing("appending a fact of no consequence"))?;
    writer.commit().await
}

#[tokio::test]
async fn an_untouched_ledger_is_green() {
    let database = TestDatabase::with_data();
    let report = check(&database, None).await;
    assert_eq!(report.findings, [""; 0]);
    let entries = database.count("select number from ledger_head").await;
    assert_eq!(report.entries, entries);
    assert_eq!(
        i64::try_from(report.facts).unwrap(),
        entries,
        "the import makes an entry per row"
    );
    let anchor: Anchor = format!("{}:{}", report.entries, report.hash)
        .parse()
        .unwrap();
    assert_eq!(check(&database, Some(&anchor)).await.findings, [""; 0]);
}

#[tokio::test]
async fn a_changed_fact_is_named() {
    let database = TestDatabase::with_data();
    let number = database
        .count("select ledger_no from fact.action where subject_key = '2024/32'")
        .await;
    intrude(
        &database,
        "update fact.action set title_nl = 'Anders' where subject_key = '2024/32'",
    )
    .await;
    assert_eq!(
        check(&database, None).await.findings,
        [format!(
            "the facts of entry {number} (Action 2024/32) were changed"
        )]
    );
}

#[tokio::test]
async fn a_changed_text_an_extra_fact_and_a_missing_one_are_named() {
    let database = TestDatabase::with_data();
    let text = database.count("select min(ledger_no) from free_text").await;
    let extra = database
        .count("select min(ledger_no) from fact.theme")
        .await;
    let missing = database
        .count("select min(ledger_no) from fact.reorganisation")
        .await;
    intrude(
        &database,
        &format!(
            "update free_text set body = 'Anders' where ledger_no = {text};
             insert into fact.theme (id, ledger_no, subject_key, edition, code, position,
             title_nl, title_en)
                values (gen_random_uuid(), {extra}, 'x', 'x', 'x', 1, 'x', 'x');
             delete from fact.reorganisation where ledger_no = {missing}"
        ),
    )
    .await;
    let findings = check(&database, None).await.findings.join("\n");
    assert!(
        findings.contains(&format!("a text of entry {text} was changed")),
        "{findings}"
    );
    assert!(
        findings.contains(&format!("the facts of entry {extra} (Theme")),
        "{findings}"
    );
    assert!(
        findings.contains(&format!("the facts of entry {missing} (Reorganisation")),
        "{findings}"
    );
    assert_eq!(findings.lines().count(), 3, "{findings}");
}

#[tokio::test]
async fn a_text_that_no_fact_of_its_entry_holds_is_named() {
    let database = TestDatabase::with_data();
    intrude(
        &database,
        "insert into free_text (id, ledger_no, kind, nonce, digest, body)
         select gen_random_uuid(), 1, kind, nonce, digest, body from free_text limit 1",
    )
    .await;
    assert_eq!(
        check(&database, None).await.findings,
        ["a text of entry 1 stands in no fact of that entry"]
    );
}

#[tokio::test]
async fn a_changed_entry_and_a_missing_one_are_named() {
    let database = TestDatabase::with_data();
    intrude(
        &database,
        "update ledger set actor_role = 'VNG' where number = 7",
    )
    .await;
    assert_eq!(
        check(&database, None).await.findings,
        ["entry 7 was changed"]
    );
    intrude(&database, "delete from ledger where number = 9").await;
    let findings = check(&database, None).await.findings;
    assert_eq!(
        findings[..3],
        [
            "entry 7 was changed".to_owned(),
            "entry 9 is missing".to_owned(),
            "entry 10 does not follow from the entry before it".to_owned()
        ]
    );
}

#[tokio::test]
async fn a_cut_tail_is_found_and_an_anchor_sees_through_a_forged_head() {
    let database = TestDatabase::with_data();
    let before = check(&database, None).await;
    let anchor: Anchor = format!("{}:{}", before.entries, before.hash)
        .parse()
        .unwrap();
    let last = before.entries;
    let cut = format!(
        "delete from fact.known_gap where ledger_no > {0}; delete from fact.data_decision where
         ledger_no > {0};
         update ledger_instant set number = {0}, hash = (select hash from ledger where number = \
         {0});
         delete from ledger where number > {0}",
        last - 5
    );
    intrude(&database, &cut).await;
    assert_eq!(
        check(&database, None).await.findings,
        [format!(
            "the tail was cut: the head stands at {last} and the ledger ends at {}",
            last - 5
        )]
    );
    intrude(
        &database,
        &format!(
            "update ledger_head set number = {0}, hash = (select hash from ledger where number = \
                {0})",
            last - 5
        ),
    )
    .await;
    assert_eq!(
        check(&database, None).await.findings,
        [""; 0],
        "no one without an anchor can tell"
    );
    assert_eq!(
        check(&database, Some(&anchor)).await.findings,
        ["the entry of the anchor is not in the ledger"]
    );
}

#[tokio::test]
async fn a_moved_instant_a_blanked_text_and_a_fact_beyond_the_end_are_named() {
    let database = TestDatabase::with_data();
    let last = database.count("select number from ledger_head").await;
    let text = database.count("select min(ledger_no) from free_text").await;
    intrude(
        &database,
        &format!(
            "update ledger_instant set recorded_at = recorded_at - interval '1 day' where number =
             {last};
             update free_text set body = null, redacted_by = 1 where ledger_no = {text};
             insert into fact.theme (id, ledger_no, subject_key, edition, code, position,
             title_nl, title_en)
                values (gen_random_uuid(), {last} + 5, 'x', 'x', 'x', 1, 'x', 'x')"
        ),
    )
    .await;
    assert_eq!(
        check(&database, None).await.findings,
        [
            format!("a text of entry {text} was blanked without a redaction"),
            format!(
                "there are facts of entry {}, which is not in the ledger",
                last + 5
            ),
            "the instant of entry 1 was changed".to_owned(),
        ]
    );
}

#[tokio::test]
async fn what_no_hash_binds_is_named_too() {
    let database = TestDatabase::with_data();
    let last = database.count("select number from ledger_head").await;
    for (forged, mended, finding) in [
        (
            "update ledger_head set recorded_at = '2099-01-01'",
            "update ledger_head set recorded_at =
                (select recorded_at from ledger order by number desc limit 1)",
            format!("the head is of 2099-01-01 00:00:00+00 and its entry {last} of "),
        ),
        (
            "update search_document set body = 'Dat was niet zo.' where kind = 'ACTION'
                and key = '2024/30'",
            "select refresh_search(9223372036854775807)",
            "what search shows of ACTION 2024/30 is not what the facts say".to_owned(),
        ),
        (
            "select lo_create(4711)",
            "select lo_unlink(4711)",
            "1 large objects are in the database".to_owned(),
        ),
    ] {
        intrude(&database, &format!("{KNOWN}; {forged}")).await;
        let findings = check(&database, None).await.findings;
        let is_named = findings.iter().any(|one| one.starts_with(&finding));
        assert!(is_named, "{findings:?}");
        intrude(&database, &format!("{KNOWN}; {mended}")).await;
        if forged.contains("search_document") {
            // What was forged stands in the past of search, with words that are not its own.
            intrude(
                &database,
                "delete from search_document where body = 'Dat was niet zo.'",
            )
            .await;
        }
        assert_eq!(check(&database, None).await.findings, [""; 0], "{forged}");
    }
    // Words by which something is found that its text does not hold.
    intrude(
        &database,
        "update search_document set words = to_tsvector('stm_dutch', 'fiets')
         where kind = 'ACTION' and key = '2024/30'",
    )
    .await;
    assert_eq!(
        check(&database, None).await.findings,
        ["the words by which search finds ACTION 2024/30 are not those of its text"]
    );
}

#[tokio::test]
async fn a_database_whose_kind_was_changed_is_named() {
    let database = TestDatabase::with_data();
    intrude(
        &database,
        "update ledger set operation = 'assessment.submitted' where number = 1",
    )
    .await;
    let findings = check(&database, None).await.findings;
    assert!(
        findings.contains(
            &"the database says that it is REAL, and assessments in it are invented".to_owned()
        ),
        "{findings:?}"
    );
}

#[tokio::test]
async fn importing_twice_adds_nothing() {
    let database = TestDatabase::with_data();
    let db = connect(&database, 1).await;
    let before = database.count("select number from ledger_head").await;
    let (done, _) = import(&db, &DataSet::built_in().unwrap()).await.unwrap();
    assert_eq!((done.added, done.corrected, done.withdrawn), (0, 0, 0));
    assert_eq!(
        database.count("select number from ledger_head").await,
        before
    );
    db.pool().clone().close().await.unwrap();
}

#[tokio::test]
async fn fifty_writers_at_once_leave_no_gap_and_lose_nothing() {
    let database = TestDatabase::with_data();
    let before = database.count("select number from ledger_head").await;
    let db = Arc::new(connect(&database, 20).await);
    let writers = (0..50).map(|i| {
        let db = db.clone();
        tokio::spawn(async move { append(&db, &format!("writer-{i}")).await })
    });
    let mut numbers = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        numbers.push(writer.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (before + 1..=before + 50).collect::<Vec<_>>());
    assert_eq!(check(&database, None).await.findings, [""; 0]);
    assert_eq!(
        database
            .count("select count(*) from fact.source_document where kind = 'TEST'")
            .await,
        50
    );
    let order = database
        .count(
            "select count(*) from ledger a join ledger b on b.number = a.number + 1 where \
            b.recorded_at < a.recorded_at",
        )
        .await;
    assert_eq!(order, 0);
    db.pool().clone().close().await.unwrap();
}

#[tokio::test]
async fn an_unfinished_transaction_leaves_nothing() {
    let database = TestDatabase::with_data();
    let before = database.count("select number from ledger_head").await;
    let db = connect(&database, 2).await;
    let session = db.write(&Actor::system()).await.unwrap();
    let mut writer = Writer::lock(session).await.unwrap();
    writer.entry(EntryDraft::public(
        "test.appended",
        "SourceDocument",
        "lost".to_owned(),
    ));
    writer.abandon().await.unwrap();
    assert_eq!(append(&db, "kept").await, before + 1);
    assert_eq!(check(&database, None).await.findings, [""; 0]);
    db.pool().clone().close().await.unwrap();
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests read PATH as the program's configuration does"
)]
pub(crate) fn private_cluster(folder: &std::path::Path) -> Cluster {
    Cluster::start(&ClusterSettings {
        folder: folder.to_owned(),
        bin_dir: None,
        search_path: std::env::var_os("PATH"),
        durable: true,
        fetch: true,
        max_connections: 50,
    })
    .unwrap()
}

#[tokio::test]
async fn a_server_killed_amid_writers_loses_nothing_that_was_acknowledged() {
    let folder = std::env::temp_dir().join(format!("stm-killed-{}", std::process::id()));
    let cluster = private_cluster(&folder);
    furnish(&cluster, "stm", Clock::system()).await;
    let db = Arc::new(
        Database::connect(&cluster.url(roles::APP, "stm"), 20, Clock::system())
            .await
            .unwrap(),
    );
    let (acknowledge, mut acknowledged) = tokio::sync::mpsc::unbounded_channel();
    let writers: Vec<_> = (0..50)
        .map(|i| {
            let (db, acknowledge) = (db.clone(), acknowledge.clone());
            tokio::spawn(async move {
                for turn in 0.. {
                    let key = format!("writer-{i}-{turn}");
                    match try_append(&db, &key).await {
                        Ok(number) => acknowledge.send((number, key)).unwrap(),
                        Err(_) => return,
                    }
                }
            })
        })
        .collect();
    drop(acknowledge);
    let mut kept = Vec::new();
    while kept.len() < 40 {
        kept.push(acknowledged.recv().await.unwrap());
    }
    let pid: i32 = std::fs::read_to_string(folder.join("data/postmaster.pid"))
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .parse()
        .unwrap();
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(pid).unwrap(),
        rustix::process::Signal::KILL,
    )
    .unwrap();
    db.pool().clone().close().await.unwrap();
    while let Some(one) = acknowledged.recv().await {
        kept.push(one);
    }
    for writer in writers {
        writer.await.unwrap();
    }
    drop(db);
    drop(cluster);

    let cluster = private_cluster(&folder);
    let mut options = sea_orm::ConnectOptions::new(cluster.url(roles::AUDITOR, "stm"));
    options.max_connections(1).sqlx_logging(false);
    let auditor = sea_orm::Database::connect(options).await.unwrap();
    auditor
        .execute_unprepared("set app.ledger_no = '9223372036854775807'")
        .await
        .unwrap();
    assert_eq!(verify(&auditor, None).await.unwrap().findings, [""; 0]);
    let stored: Vec<(i64, String)> = source_document::Entity::find()
        .filter(source_document::Column::Kind.eq("TEST"))
        .all(&auditor)
        .await
        .unwrap()
        .into_iter()
        .map(|row| (row.ledger_no, row.key))
        .collect();
    for one in &kept {
        assert!(stored.contains(one), "{one:?} was acknowledged and is lost");
    }
    auditor.close().await.unwrap();
    cluster.stop().unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
}
