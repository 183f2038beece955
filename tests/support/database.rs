//! One server per test process on a kept folder, one template with the real data, one database per
//! test.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use database::{
    Database,
    cluster::{Cluster, ClusterSettings, EmbeddedError, SUPERUSER, default_folder},
    roles,
};
use dataset::{DataSet, import};
use domain::clock::Clock;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

const TEMPLATE: &str = "stm_template";
/// May what the application's role may, and is not bound by row-level security. For tests of the
/// first wall alone.
pub(crate) const UNWALLED: &str = "stm_unwalled";

/// Runs asynchronous set-up from anywhere, also from inside a test's own runtime.
pub(crate) fn wait<T: Send>(work: impl Future<Output = T> + Send) -> T {
    thread::scope(|scope| {
        scope
            .spawn(|| {
                tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("a runtime starts")
                    .block_on(work)
            })
            .join()
            .expect("set-up does not panic")
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests read PATH as the program's configuration does"
)]
fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let settings = ClusterSettings {
            folder: folder(),
            bin_dir: None,
            search_path: std::env::var_os("PATH"),
            durable: false,
            fetch: true,
            max_connections: 400,
        };
        let cluster = start(&settings);
        wait(prepare(&cluster));
        cluster
    })
}

/// Where the server lives: in memory where there is plenty of it, else on the disk under `target`.
/// A copy of the template is some 1,400 files, and a file system on a disk spends more on making
/// and forgetting them than the tests on all else.
fn folder() -> PathBuf {
    const IN_MEMORY: &str = "/dev/shm";
    const PLENTY: u64 = 4 << 30;
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/test");
    std::fs::create_dir_all(&target).expect("the target folder can be written");
    let has_plenty =
        rustix::fs::statvfs(IN_MEMORY).is_ok_and(|found| found.f_bavail * found.f_frsize > PLENTY);
    if has_plenty {
        let mut hasher = DefaultHasher::new();
        (&target, rustix::process::geteuid().as_raw()).hash(&mut hasher);
        let checkout = hasher.finish();
        Path::new(IN_MEMORY).join(format!("stm-test-{checkout:016x}"))
    } else {
        default_folder(&target).join("postgres")
    }
}

/// Another test process may just be ending; its server stops with it.
fn start(settings: &ClusterSettings) -> Cluster {
    let patience = Instant::now() + Duration::from_secs(120);
    loop {
        match Cluster::start(settings) {
            Err(EmbeddedError::InUse { .. }) if Instant::now() < patience => thread::yield_now(),
            started => {
                return started
                    .unwrap_or_else(|error| panic!("no Postgres for the tests: {error}"));
            }
        }
    }
}

/// Makes the roles and a database with the real data on a cluster, at the instant that `clock`
/// shows.
pub async fn furnish(cluster: &Cluster, database: &str, clock: Clock) {
    let superuser = connect(&cluster.url(SUPERUSER, "postgres")).await;
    roles::make_database(&superuser, database)
        .await
        .expect("the database is made");
    superuser.close().await.expect("closed");
    let superuser = connect(&cluster.url(SUPERUSER, database)).await;
    roles::provision(&superuser).await.expect("roles are made");
    superuser.close().await.expect("closed");
    let owner = connect(&cluster.url(roles::OWNER, database)).await;
    migration::up(&owner).await.expect("migrations run");
    owner.close().await.expect("closed");
    let app = Database::connect(&cluster.url(roles::APP, database), 1, clock)
        .await
        .expect("the application connects");
    let set = DataSet::built_in().expect("the data set is whole");
    import(&app, &set).await.expect("the data set is imported");
    app.pool().clone().close().await.expect("closed");
}

async fn prepare(cluster: &Cluster) {
    let superuser = connect(&cluster.url(SUPERUSER, "postgres")).await;
    let left = superuser
        .query_all_raw(Statement::from_string(
            DbBackend::Postgres,
            "select datname from pg_database where datname like 'stm%'",
        ))
        .await
        .expect("databases are listed");
    for row in left {
        let name: String = row.try_get("", "datname").expect("a name");
        run(
            &superuser,
            &format!("drop database \"{name}\" with (force)"),
        )
        .await;
    }
    superuser.close().await.expect("closed");
    let long_ago = Clock::settable(crate::noon() - chrono::TimeDelta::days(30));
    furnish(cluster, TEMPLATE, long_ago).await;
    let superuser = connect(&cluster.url(SUPERUSER, "postgres")).await;
    run(&superuser, &format!("drop role if exists {UNWALLED}")).await;
    let grant = format!(
        "create role {UNWALLED} login bypassrls in role {}",
        roles::APP
    );
    run(&superuser, &grant).await;
    superuser.close().await.expect("closed");
}

pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(url);
    // One connection, so that a setting made on it stays.
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options)
        .await
        .expect("Postgres answers")
}

async fn run(connection: &DatabaseConnection, sql: &str) {
    connection
        .execute_unprepared(sql)
        .await
        .expect("the statement runs");
}

/// The address of the superuser on a database of this process; for what only an intruder would do.
#[must_use]
pub fn superuser_url(database: &str) -> String {
    cluster().url(SUPERUSER, database)
}

/// The folder of the PostgreSQL programs, as `pg_dump`.
#[must_use]
pub fn programs() -> &'static Path {
    cluster().programs()
}

/// A database with the real data, for one test; it goes when the test ends.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
}

impl TestDatabase {
    /// A copy of the template: the real data, nothing else.
    #[must_use]
    pub fn with_data() -> Self {
        Self::copy_of(TEMPLATE)
    }

    /// An empty database that `stm_owner` owns.
    #[must_use]
    pub fn empty() -> Self {
        Self::copy_of("template1")
    }

    /// A database that was made by other means; it goes when the test ends.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
        }
    }

    fn copy_of(template: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("stm_test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let cluster = cluster();
        wait(async {
            let superuser = connect(&cluster.url(SUPERUSER, "postgres")).await;
            run(
                &superuser,
                &format!("create database {name} template {template} strategy file_copy"),
            )
            .await;
            superuser.close().await.expect("closed");
            // The rights on a database are not copied with it.
            let superuser = connect(&cluster.url(SUPERUSER, &name)).await;
            roles::provision(&superuser)
                .await
                .expect("rights are given");
            superuser.close().await.expect("closed");
        });
        Self { name }
    }

    /// The address of this database for a role.
    #[must_use]
    pub fn url(&self, role: &str) -> String {
        cluster().url(role, &self.name)
    }

    /// A connection as a role.
    pub async fn connect(&self, role: &str) -> DatabaseConnection {
        connect(&self.url(role)).await
    }

    /// A connection as the superuser, whom no wall stops.
    pub async fn superuser(&self) -> DatabaseConnection {
        connect(&superuser_url(&self.name)).await
    }

    /// One number, asked as the superuser.
    pub async fn count(&self, sql: &str) -> i64 {
        let superuser = self.superuser().await;
        let row = superuser
            .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
            .await
            .expect("the statement runs")
            .expect("a row");
        let number = row.try_get_by_index(0).expect("a number");
        superuser.close().await.expect("closed");
        number
    }

    /// The position of an entry of the ledger, as clients keep it.
    pub async fn position(&self, number: i64) -> String {
        let hash = format!(
            "select hash_start(hash) from ledger_instant where number >= {number}
             order by number limit 1"
        );
        format!("{number}.{:016x}", self.count(&hash).await)
    }

    /// The numbers in the first column, asked as the superuser.
    ///
    /// # Panics
    /// When the statement fails, or finds something else.
    pub async fn numbers(&self, sql: &str) -> Vec<i64> {
        let superuser = self.superuser().await;
        let rows = superuser
            .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
            .await
            .expect("the statement runs");
        superuser.close().await.expect("closed");
        rows.iter()
            .map(|row| row.try_get_by_index(0).expect("a number"))
            .collect()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = &self.name;
        wait(async {
            let superuser = connect(&cluster().url(SUPERUSER, "postgres")).await;
            run(
                &superuser,
                &format!("drop database if exists {name} with (force)"),
            )
            .await;
        });
    }
}
