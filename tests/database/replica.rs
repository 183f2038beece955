//! Reads on a standby: they go there when it has all that the primary had, and nobody notices when
//! it is behind, ends a session or is away. Two instances under load are tried in `tests/clients`
//! (`operation`).

use std::{
    fs::{self, OpenOptions, Permissions},
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use acceptance::furnish;
use database::{
    Database, ReplicaReads, RequestedMoment, Session, Sql,
    cluster::{Cluster, SUPERUSER},
    roles,
};
use domain::{actor::Actor, clock::Clock};
use sea_orm::{ConnectionTrait as _, FromQueryResult};

use crate::ledger::private_cluster;

/// Longer than a standby takes to catch up, or to be there again.
const LONGEST: Duration = Duration::from_secs(60);

/// Goes when it is not needed any more.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A primary and a standby that follows it; they end before their folder goes.
struct Servers {
    standby: Option<Cluster>,
    primary: Cluster,
    folder: Folder,
}

impl Servers {
    async fn start(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("stm-{name}-{}", std::process::id()));
        let [one, other] = ["primary", "standby"].map(|name| folder.join(name));
        let primary = private_cluster(&one);
        furnish(&primary, "stm", Clock::system()).await;
        let url = primary.url(SUPERUSER, "stm");
        primary.stop().unwrap();
        copy_to_follow(&one, &other, &url);
        Self {
            primary: private_cluster(&one),
            standby: Some(private_cluster(&other)),
            folder: Folder(folder),
        }
    }

    fn standby(&self) -> &Cluster {
        self.standby.as_ref().unwrap()
    }

    fn start_standby(&mut self) {
        self.standby = Some(private_cluster(&self.folder.0.join("standby")));
    }

    /// A database that reads on the standby as this role.
    async fn connect(&self, reader: &str) -> Database {
        let url = self.primary.url(roles::APP, "stm");
        let db = Database::connect(&url, 4, Clock::system()).await.unwrap();
        let standby = self.standby().url(reader, "stm");
        db.reading_from(&standby).await.unwrap()
    }
}

/// Makes a standby of a primary that is stopped: its files, and where to follow it.
fn copy_to_follow(primary: &Path, standby: &Path, url: &str) {
    fs::create_dir_all(standby).unwrap();
    fs::set_permissions(standby, Permissions::from_mode(0o755)).unwrap();
    let copied = Command::new("cp")
        .arg("-a")
        .arg(primary.join("data"))
        .arg(standby)
        .status()
        .unwrap();
    assert!(copied.success());
    let data = standby.join("data");
    fs::write(data.join("standby.signal"), "").unwrap();
    let (_, socket) = url.split_once("host=").unwrap();
    let (socket, _) = socket.split_once('&').unwrap();
    let mut settings = OpenOptions::new()
        .append(true)
        .open(data.join("postgresql.auto.conf"))
        .unwrap();
    writeln!(
        settings,
        "primary_conninfo = 'host={socket} port=5432 user={SUPERUSER}'"
    )
    .unwrap();
}

/// Runs statements as the superuser of a server.
async fn tell(server: &Cluster, sql: &str) {
    let mut options = sea_orm::ConnectOptions::new(server.url(SUPERUSER, "stm"));
    options.max_connections(1).sqlx_logging(false);
    let superuser = sea_orm::Database::connect(options).await.unwrap();
    superuser.execute_unprepared(sql).await.unwrap();
    superuser.close().await.unwrap();
}

#[derive(Debug, PartialEq, FromQueryResult)]
struct Seen {
    is_standby: bool,
    login: String,
    settings: String,
    embargoes: i64,
}

/// Where a session reads, as whom and with which settings, and how many working rows it sees.
async fn seen(session: &Session) -> Seen {
    let found = session.row(
        "reading where a session reads",
        "select pg_is_in_recovery() as is_standby, current_user::text as login,
            (select string_agg(name || '=' || coalesce(current_setting(name, true), '-'), ' '
                order by name)
             from unnest(array['app.role', 'app.subject', 'app.day', 'app.present_day',
                'app.instant', 'app.ledger_no', 'app.municipalities', 'app.purpose', 'app.browser',
                'transaction_read_only', 'plan_cache_mode', 'statement_timeout', 'TimeZone']) name)
                as settings,
            (select count(*) from work.timed_release) as embargoes",
        [],
    );
    found.await.unwrap().unwrap()
}

#[derive(FromQueryResult)]
struct Purpose {
    purpose: String,
}

async fn read(db: &Database) -> Session {
    let public = Actor::public();
    db.read(&public, RequestedMoment::HEAD).await.unwrap()
}

async fn read_when_needed(db: &Database) -> Session {
    let public = Actor::public();
    let opened = db.read_when_needed(&public, RequestedMoment::HEAD).await;
    opened.unwrap()
}

/// A session that is opened so, on the standby, once that has caught up.
async fn on_standby(db: &Database, open: impl AsyncFn(&Database) -> Session) -> Session {
    let catches_up = async {
        loop {
            let session = open(db).await;
            if seen(&session).await.is_standby {
                return session;
            }
            session.close().await.unwrap();
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONGEST, catches_up).await.unwrap()
}

fn reads(db: &Database) -> ReplicaReads {
    db.replica_reads().unwrap()
}

/// That all reads are on the primary, of either kind, and none of them is counted at the replica.
async fn are_on_primary(db: &Database, embargoes: i64) {
    let before = reads(db);
    for session in [read(db).await, read_when_needed(db).await] {
        let seen = seen(&session).await;
        assert_eq!((seen.is_standby, seen.embargoes), (false, embargoes));
        session.close().await.unwrap();
    }
    let after = reads(db);
    assert_eq!(after.on_replica, before.on_replica);
    assert_eq!(after.on_primary, before.on_primary + 2);
}

const EMBARGO: &str = "insert into work.timed_release (kind, key, release_at, decision, decided_by)
    values ('MONITORING_ROUND', '2026-1', '2099-01-01', '{}', 'somebody')";

#[tokio::test]
async fn reads_are_on_the_standby_unless_it_lacks_anything() {
    let servers = Servers::start("behind").await;
    let db = servers.connect(roles::APP).await;
    // Of either kind, as the role of the service, and without a right to write.
    let at_once = on_standby(&db, read).await;
    let late = on_standby(&db, read_when_needed).await;
    for session in [at_once, late] {
        let there = seen(&session).await;
        assert!(there.is_standby && there.login == "stm_app", "{there:?}");
        assert!(there.settings.contains("transaction_read_only=on"));
        assert_eq!(there.embargoes, 0);
        // What a standby cannot do is tried on the primary, which refuses it to whoever reads.
        let lock = "select from ledger_head for update";
        let refused = session.change("locking", lock, []).await.unwrap_err();
        assert_eq!(refused.sqlstate().as_deref(), Some("25006"));
        session.close().await.unwrap();
    }
    let primary = db.on_primary();
    let session = read(&primary).await;
    assert!(!seen(&session).await.is_standby);
    session.close().await.unwrap();

    // It stops replaying: neither an entry nor a working row that it lacks is missed.
    let pause = "select pg_wal_replay_pause()";
    tell(servers.standby(), pause).await;
    tell(&servers.primary, EMBARGO).await;
    are_on_primary(&db, 1).await;
    let number = read(&db).await.moment().head;
    tell(
        &servers.primary,
        "set session_replication_role = replica;
         insert into ledger_instant (number, recorded_at, hash)
            select number + 1, now(), sha256('next') from ledger_head;
         update ledger_head set number = number + 1, hash = sha256('next'), recorded_at = now()",
    )
    .await;
    are_on_primary(&db, 1).await;
    assert_eq!(reads(&db).lacking, 1);
    assert_eq!(read(&db).await.moment().head, number + 1);
    tell(servers.standby(), "select pg_wal_replay_resume()").await;
    let session = on_standby(&db, read).await;
    assert_eq!(seen(&session).await.embargoes, 1);
    assert_eq!(session.moment().head, number + 1);
    session.close().await.unwrap();
    assert_eq!(reads(&db).lacking, 0);

    // A login that no wall binds reads nothing there.
    let mighty = servers.connect(SUPERUSER).await;
    are_on_primary(&mighty, 1).await;

    // What follows nobody any more is never read.
    tell(servers.standby(), "select pg_promote()").await;
    are_on_primary(&db, 1).await;
    assert!(reads(&db).is_reachable);
}

/// A statement of its own that fails on the standby for a reason of the standby is answered by the
/// primary, with the settings that the session had.
#[tokio::test]
async fn a_standby_that_goes_away_costs_no_session() {
    let mut servers = Servers::start("away").await;
    let db = servers.connect(roles::APP).await;
    let at_once = on_standby(&db, read).await;
    let late = on_standby(&db, read_when_needed).await;
    for session in [&late, &at_once] {
        session.set("app.browser", "one".to_owned()).await.unwrap();
    }
    let before = [seen(&late).await, seen(&at_once).await];
    assert!(before.iter().all(|seen| seen.is_standby), "{before:?}");
    let purpose = late.for_purpose("TOTALS").await.unwrap();
    let ended = servers.standby.take().unwrap().stop();
    ended.unwrap();
    let sql = "select current_setting('app.purpose') as purpose";
    let kept: Option<Purpose> = Sql::row(&purpose, "reading", sql, []).await.unwrap();
    assert_eq!(kept.unwrap().purpose, "TOTALS");
    purpose.end().await.unwrap();
    for (session, before) in [&late, &at_once].into_iter().zip(before) {
        let expected = Seen {
            is_standby: false,
            ..before
        };
        assert_eq!(seen(session).await, expected);
    }
    // Who comes now does not try it, and who asks is told.
    let began = reads(&db);
    assert!(!began.is_reachable);
    are_on_primary(&db, 0).await;
    late.close().await.unwrap();
    at_once.close().await.unwrap();

    servers.start_standby();
    let session = on_standby(&db, read_when_needed).await;
    session.close().await.unwrap();
    assert!(reads(&db).is_reachable);
}
