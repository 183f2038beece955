//! The head of the ledger as all who wait for it read it: over connections that are lost, over a
//! Postgres that hangs, and never past an embargo that is due.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use acceptance::{TestDatabase, noon};
use chrono::TimeDelta;
use database::{Database, Moment, RequestedMoment, roles};
use domain::{actor::Actor, clock::Clock};
use futures_util::future::join_all;
use ledger::listen::Heads;
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{UnixListener, UnixStream},
    sync::{oneshot, watch},
};

/// Longer than any wait for the head may be.
const LONGEST: Duration = Duration::from_secs(4);
/// Longer than it takes to give up an address and to read the head without it.
const LONGEST_LISTENING: Duration = Duration::from_secs(20);
/// Longer than it takes to be told at once.
const AT_ONCE: Duration = Duration::from_secs(1);

/// A way to Postgres on which everything can be halted: what was sent stays where it is, and no
/// connection ends.
struct Way {
    url: String,
    is_open: watch::Sender<bool>,
    folder: PathBuf,
}

impl Way {
    fn to(database: &TestDatabase) -> Self {
        let url = database.url(roles::APP);
        let (_, socket) = url.split_once("host=").unwrap();
        let (socket, _) = socket.split_once('&').unwrap();
        let folder = std::env::temp_dir().join(format!("stm-way-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let name = ".s.PGSQL.5432";
        let server = PathBuf::from(socket).join(name);
        let listener = UnixListener::bind(folder.join(name)).unwrap();
        let (is_open, opened) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = UnixStream::connect(&server).await else {
                    break;
                };
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = server.into_split();
                tokio::spawn(carry(from_client, to_server, opened.clone()));
                tokio::spawn(carry(from_server, to_client, opened.clone()));
            }
        });
        let shown = folder.display().to_string();
        Self {
            url: url.replace(socket, &shown),
            is_open,
            folder,
        }
    }

    fn halt(&self) {
        self.is_open.send_replace(false);
    }

    fn go_on(&self) {
        self.is_open.send_replace(true);
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut is_open: watch::Receiver<bool>,
) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(count) = from.read(&mut bytes).await {
        if count == 0 || is_open.wait_for(|is_open| *is_open).await.is_err() {
            break;
        }
        if to.write_all(&bytes[..count]).await.is_err() {
            break;
        }
    }
}

async fn connect(url: &str, clock: Clock) -> Database {
    Database::connect(url, 2, clock).await.unwrap()
}

fn numbers(moments: Vec<Option<Moment>>) -> Vec<Option<i64>> {
    let number = |moment: Moment| moment.head;
    moments.into_iter().map(|one| one.map(number)).collect()
}

#[tokio::test]
async fn a_connection_that_was_lost_costs_nobody_the_head() {
    let database = TestDatabase::with_data();
    let db = connect(&database.url(roles::APP), Clock::system()).await;
    let head = database.count("select number from ledger_head").await;
    for _ in 0..3 {
        assert_eq!(db.head().await.map(|moment| moment.head), Some(head));
        let ended = database.count(
            "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity
             where datname = current_database() and usename = 'stm_app'",
        );
        assert!(ended.await >= 1);
    }
    let reads = db.head_reads();
    let all = join_all((0..20).map(|_| db.head())).await;
    assert_eq!(numbers(all), [Some(head); 20]);
    assert!(db.head_reads() <= reads + 2);
}

/// Nobody waits in line for one read after another that comes to nothing.
#[tokio::test]
async fn a_postgres_that_hangs_is_waited_for_once_and_then_by_nobody() {
    let database = TestDatabase::with_data();
    let head = database.count("select number from ledger_head").await;
    let way = Way::to(&database);
    let db = connect(&way.url, Clock::system()).await;
    assert_eq!(db.head().await.map(|moment| moment.head), Some(head));
    way.halt();
    // Those who come while the first waits are told with it, and not after a wait of their own.
    let began = Instant::now();
    let all = join_all((0..50).map(|_| db.head())).await;
    assert_eq!(numbers(all), [None; 50]);
    assert!(began.elapsed() < LONGEST, "{:?}", began.elapsed());
    let began = Instant::now();
    for _ in 0..50 {
        assert_eq!(db.head().await, None);
    }
    assert!(began.elapsed() < AT_ONCE, "{:?}", began.elapsed());
    // It heals by itself, on connections that are made anew.
    way.go_on();
    let heals = async {
        while db.head().await.is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(3 * LONGEST, heals).await.unwrap();
    assert_eq!(db.head().await.map(|moment| moment.head), Some(head));
    assert_eq!(db.waiting_for_head(), 0);
}

/// A statement that waits for a lock is ended by Postgres itself, and its connection goes on.
#[tokio::test]
async fn a_head_that_is_locked_is_waited_for_once() {
    let database = TestDatabase::with_data();
    let db = connect(&database.url(roles::APP), Clock::system()).await;
    assert!(db.head().await.is_some());
    let superuser = database.superuser().await;
    let hold = "begin; lock table ledger_head in access exclusive mode";
    superuser.execute_unprepared(hold).await.unwrap();
    let began = Instant::now();
    let all = join_all((0..50).map(|_| db.head())).await;
    assert_eq!(numbers(all), [None; 50]);
    assert!(began.elapsed() < LONGEST, "{:?}", began.elapsed());
    let waiting = database.count(
        "select count(*) from pg_stat_activity
         where datname = current_database() and usename = 'stm_app' and state = 'active'",
    );
    assert_eq!(waiting.await, 0);
    superuser.execute_unprepared("commit").await.unwrap();
    superuser.close().await.unwrap();
    let heals = async {
        while db.head().await.is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(2 * LONGEST, heals).await.unwrap();
}

/// Who waits for the head never waits for a release: where one is due there is no head, and an
/// ordinary session carries it out.
#[tokio::test]
async fn where_a_release_is_due_there_is_no_head() {
    let database = TestDatabase::with_data();
    let clock = Clock::settable(noon());
    let db = connect(&database.url(roles::APP), clock.clone()).await;
    let until = noon() + TimeDelta::hours(1);
    let superuser = database.superuser().await;
    let insert = format!(
        "insert into work.timed_release (kind, key, release_at, decision, decided_by) values
            ('MONITORING_ROUND', '2026-1', '{}', '{{}}', 'somebody')",
        until.to_rfc3339(),
    );
    superuser.execute_unprepared(&insert).await.unwrap();
    clock.set(until - TimeDelta::microseconds(1));
    let before = db.head().await.unwrap();
    assert_eq!(before.next_release, Some(until));
    clock.set(until);
    assert_eq!(db.head().await, None);
    // It is no failure: the next one is read at once.
    superuser
        .execute_unprepared("delete from work.timed_release")
        .await
        .unwrap();
    superuser.close().await.unwrap();
    assert_eq!(db.head().await.unwrap().head, before.head);
    // An instance whose clock is not to be trusted ends no embargo, so none is due for it.
    clock.set_ahead(TimeDelta::seconds(10));
    assert!(db.head().await.is_some());
}

/// A program ends although nothing comes on its connections any more.
#[tokio::test]
async fn closing_does_not_wait_for_what_hangs() {
    let database = TestDatabase::with_data();
    let db = connect(&database.url(roles::APP), Clock::system()).await;
    let public = Actor::public();
    let session = db.read(&public, RequestedMoment::HEAD).await.unwrap();
    let closed = tokio::time::timeout(5 * LONGEST, db.clone().close()).await;
    // The session holds its connection for longer than closing waits.
    assert!(closed.unwrap().unwrap_err().is_unavailable());
    drop(session);
}

/// Follows the head, and what a test waits for.
async fn following<T>(
    heads: &Heads,
    pool: &DatabaseConnection,
    wanted: impl Future<Output = T>,
) -> T {
    let (_enough, stop) = oneshot::channel();
    tokio::select! {
        () = heads.clone().listen(pool.clone(), stop) => panic!("nobody stopped it"),
        found = tokio::time::timeout(LONGEST_LISTENING, wanted) => found.unwrap(),
    }
}

#[tokio::test]
async fn the_head_is_known_where_nothing_can_be_listened_to() {
    let database = TestDatabase::with_data();
    let pool = database.connect(roles::APP).await;
    let head = database.count("select number from ledger_head").await;
    assert!(head > 0);

    let deaf = Heads::at("postgres://stm_app@127.0.0.1:1/stm").unwrap();
    let mut followed = deaf.follow();
    let known = followed.wait_for(|known| *known == head);
    assert!(following(&deaf, &pool, known).await.is_ok());
    assert!(!deaf.is_listening());

    // Where something can, that is known before anything is recorded.
    let heads = Heads::default();
    let heard = async {
        while !heads.is_listening() {
            tokio::task::yield_now().await;
        }
    };
    following(&heads, &pool, heard).await;
    assert_eq!(heads.now(), head);
}
