//! `stm serve`: answers requests until it is told to stop.
//!
//! Takes its address first, so that a port in use is known before anything else is done. Then there
//! are two ways: with a `DATABASE_URL` it only checks what it finds there, because its login may
//! change nothing and other instances may be at work; without one it prepares a private cluster and
//! imports the data set. On SIGINT or SIGTERM it stops in order; the private cluster stops after
//! it.

use std::{fmt::Write as _, path::PathBuf, process::ExitCode, time::Instant};

use entity::ledger_head;
use migration::{Migrator, MigratorTrait as _};
use sd_notify::NotifyState;
use sea_orm::{DatabaseConnection, DbBackend, EntityTrait as _, FromQueryResult, Statement};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::signal::unix::{SignalKind, signal};

use super::{
    CliError, anchors,
    listening::{self, Bound},
    notices, print,
    private::{self, PrivateCluster},
};
use crate::config::Config;
use auth::{DevIssuer, Issuer, Issuers, PseudonymKey, TokenRequest, trial_roles};
use compliance::release;
use database::{
    Database, DbError, RequestedMoment, catalogue,
    endpoint::{self, UnfitEndpoint},
    roles,
};
use dataset::{self, DataSet};
use domain::{actor::Actor, clock::Clock};
use ledger::listen::Heads;
use transport::{self, App, TrustedDocuments};

/// How long the tokens that are printed at the start hold.
const TOKEN_HOURS: i64 = 8;
/// Postgres refuses for want of a privilege.
const INSUFFICIENT_PRIVILEGE: &str = "42501";
/// Postgres knows no such table.
const UNDEFINED_TABLE: &str = "42P01";

/// Serves, from the database of the settings or from a private one.
pub(super) async fn run(config: &Config) -> Result<ExitCode, CliError> {
    let listening = Listening::open(config).await?;
    match &config.database_url {
        Some(url) => {
            endpoint::check(url.expose_secret()).await??;
            let db = connect(config, url).await?;
            must_be_migrated(db.pool()).await?;
            let db = match &config.database_read_url {
                Some(url) => reading_from(db, url).await?,
                None => db,
            };
            listening.serve(db, "the database of DATABASE_URL").await?;
        }
        None => {
            private::with(config, async |cluster| {
                listening.serve_privately(cluster).await
            })
            .await?
        }
    }
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// The address that was taken, and when that was.
pub(super) struct Listening<'a> {
    config: &'a Config,
    bound: Bound,
    began: Instant,
}

impl<'a> Listening<'a> {
    pub(super) async fn open(config: &'a Config) -> Result<Self, CliError> {
        let began = Instant::now();
        let failed = |source| CliError::Listen {
            address: config.listen.to_string(),
            source,
        };
        let bound = listening::open(&config.listen).await.map_err(failed)?;
        Ok(Self {
            config,
            bound,
            began,
        })
    }

    /// Imports the data set and serves, from the private cluster.
    async fn serve_privately(self, cluster: &PrivateCluster) -> Result<(), CliError> {
        // A signal now would end the process at once and leave the cluster to be cleared up by the
        // next start.
        let db = tokio::select! {
            db = import(self.config, cluster) => db?,
            () = interrupted() => return Ok(()),
        };
        let place = format!(
            "{} (PostgreSQL {}; stop the service and remove the folder to begin anew)",
            private::data_dir(self.config)?.display(),
            cluster.version()
        );
        tokio::select! {
            served = self.serve(db, &place) => served,
            // Without its database the service can answer nothing; whoever watches it may start
            // both anew.
            () = cluster.ended() => Err(CliError::ClusterEnded),
        }
    }

    /// Serves until a signal comes.
    pub(super) async fn serve(self, db: Database, place: &str) -> Result<(), CliError> {
        let config = self.config;
        let clock = db.clock().clone();
        let pool = db.pool().clone();
        walls_must_stand(&pool).await?;
        let dev_issuer = if config.dev_issuer {
            Some(DevIssuer::open(&private::data_dir(config)?)?)
        } else {
            None
        };
        let is_demo = db.is_demo().await?;
        if is_demo && !config.issuers.is_empty() {
            return Err(CliError::DemoIssuers);
        }
        let place = &if is_demo {
            format!("DEMO, everything about municipalities is invented: {place}")
        } else {
            place.to_owned()
        };
        for missing in config.publisher_gaps(db.kind().await?) {
            tracing::warn!(setting = missing.setting, "{}", missing.text.en);
        }
        let issuers = issuers(config, dev_issuer.as_ref())?;
        issuers.prepare(&clock).await;
        let documents = match &config.trusted_documents {
            Some(folder) => TrustedDocuments::read(folder).await?,
            None => TrustedDocuments::default(),
        };
        let mut app = App::new(db, issuers, pseudonyms(config)?)
            .limited(config.limits.clone())
            .working_with(config.workers)
            .known_as(config.known_as())
            .published_by(config.publisher.clone())
            .trusting(documents);
        config.limits.room().check().map_err(CliError::TmpFolder)?;
        if let Some(url) = &config.database_listen_url {
            app = app.following(Heads::at(url.expose_secret()).map_err(CliError::ListenUrl)?);
        }
        if let Some(collector) = &config.trace_collector {
            app = app.tracing_to(collector.clone());
        }
        let tokens = dev_issuer
            .as_ref()
            .map(|issuer| tokens(issuer, &clock))
            .transpose()?;
        let app = app.trying_out(dev_issuer);
        let (drain, heads) = (app.drain(), app.heads());
        let (timer, digests) = (app.timer(), app.digests());
        let db = app.database().clone();
        let Bound {
            listener,
            address,
            file: _file,
        } = self.bound;
        let server = transport::serve(listener, app).map_err(CliError::Serve)?;
        let url = config.public_url(&address);
        let notices = notices::begin((config, url.as_str()), db.clone(), digests)?;
        if let Some(tokens) = &tokens {
            print(&welcome(&url, place, tokens))?;
        }
        tracing::info!(
            duration_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX),
            listen = address,
            url,
            "ready"
        );
        tell_supervisor(NotifyState::Ready);
        let anchors = actix_web::rt::spawn(anchors::keep_logging(db.clone(), heads));
        let embargoes = actix_web::rt::spawn(release::keep_time(db, timer));
        let handle = server.handle();
        let stopping = actix_web::rt::spawn(async move {
            interrupted().await;
            tell_supervisor(NotifyState::Stopping);
            drain.stop(&handle).await;
        });
        let served = server.run().await;
        anchors.abort();
        embargoes.abort();
        if let Some(notices) = notices {
            notices.abort();
        }
        stopping.abort();
        served.map_err(CliError::Serve)
    }
}

/// The issuers of the settings, and the development issuer where it is on.
fn issuers(config: &Config, dev_issuer: Option<&DevIssuer>) -> Result<Issuers, CliError> {
    let mut issuers = Vec::new();
    for settings in &config.issuers {
        issuers.push(Issuer::new(settings.clone()).map_err(CliError::Issuer)?);
    }
    if let Some(dev_issuer) = dev_issuer {
        if !issuers.is_empty() {
            tracing::warn!(
                "tokens made on this machine open the service, beside those of its issuers"
            );
        }
        issuers.push(dev_issuer.issuer()?);
    }
    if issuers.is_empty() {
        tracing::warn!(
            "no issuer of tokens is known: everybody reads as the public, and nobody changes \
             anything"
        );
    }
    Ok(Issuers::new(issuers, config.token_lifetime))
}

/// The pool of the service, once its login is known to be a lesser one.
async fn connect(config: &Config, url: &SecretString) -> Result<Database, CliError> {
    let db =
        Database::connect(url.expose_secret(), u32::from(config.pool), Clock::system()).await?;
    roles::check_login(db.pool()).await??;
    Ok(db)
}

/// The same database with its replica, which may be away: then reads go to the primary until it is
/// there. The first read is made here, so that what there is to tell of it stands in the log.
async fn reading_from(db: Database, url: &SecretString) -> Result<Database, CliError> {
    let url = url.expose_secret();
    if let Ok(Err(unfit)) = endpoint::check(url).await
        && unfit != UnfitEndpoint::Standby
    {
        return Err(CliError::UnfitReplica(unfit));
    }
    let db = db.reading_from(url).await?;
    // One that is away is looked at when it is first read from.
    if let Some(pool) = db.replica_pool()
        && let Ok(Err(mighty)) = roles::check_login(pool).await
    {
        return Err(CliError::MightyReplica(mighty));
    }
    let session = db.read(&Actor::public(), RequestedMoment::HEAD).await?;
    session.close().await?;
    Ok(db)
}

/// Connects, and imports the data set into a ledger that is empty: a later start must not undo what
/// was corrected since.
async fn import(config: &Config, cluster: &PrivateCluster) -> Result<Database, CliError> {
    let db = connect(config, &cluster.url(roles::APP)).await?;
    if head(db.pool()).await?.is_some_and(|head| head.number > 0) {
        return Ok(db);
    }
    let (imported, _) = dataset::import(&db, &DataSet::built_in()?).await?;
    tracing::info!(
        rows.added = imported.added,
        rows.corrected = imported.corrected,
        rows.withdrawn = imported.withdrawn,
        ledger.number = imported.ledger,
        "the data set is imported"
    );
    Ok(db)
}

#[derive(FromQueryResult)]
struct Applied {
    version: String,
}

/// Refuses a database that is behind this program. One that is ahead will do: it is migrated before
/// the last old instance stops.
pub(super) async fn must_be_migrated(pool: &DatabaseConnection) -> Result<(), CliError> {
    let statement =
        Statement::from_string(DbBackend::Postgres, "select version from seaql_migrations");
    let applied = Applied::find_by_statement(statement)
        .all(pool)
        .await
        .map_err(DbError::doing("reading which migrations have run"));
    let applied = match applied {
        Ok(applied) => applied,
        Err(error) => match error.sqlstate().as_deref() {
            Some(UNDEFINED_TABLE) => Vec::new(),
            // Migrated by other means than `stm migrate`, which lets us read the list.
            Some(INSUFFICIENT_PRIVILEGE) => return must_have_a_ledger(pool).await,
            Some(_) | None => return Err(error.into()),
        },
    };
    let lacking: Vec<String> = Migrator::get_migration_files()
        .iter()
        .map(|migration| migration.name().to_owned())
        .filter(|name| applied.iter().all(|applied| applied.version != *name))
        .collect();
    match lacking.first() {
        None => Ok(()),
        Some(first) => Err(CliError::NotMigrated {
            lacking: lacking.len(),
            first: first.clone(),
        }),
    }
}

/// Refuses a database with an open wall, and tells what else is otherwise in it.
async fn walls_must_stand(pool: &DatabaseConnection) -> Result<(), CliError> {
    let ours = Migrator::get_migration_files();
    let statement =
        Statement::from_string(DbBackend::Postgres, "select version from seaql_migrations");
    // Where the list cannot be read, nothing says that a later migration has run.
    let applied = Applied::find_by_statement(statement).all(pool).await;
    let is_migrated_later = applied.unwrap_or_default().iter().any(|applied| {
        let mut ours = ours.iter();
        ours.all(|migration| migration.name() != applied.version)
    });
    catalogue::check(pool, is_migrated_later).await??;
    Ok(())
}

async fn must_have_a_ledger(pool: &DatabaseConnection) -> Result<(), CliError> {
    match head(pool).await {
        Ok(_) => Ok(()),
        Err(error) if error.is_unavailable() => Err(error.into()),
        Err(error) => Err(CliError::NoLedger(error)),
    }
}

pub(super) async fn head(pool: &DatabaseConnection) -> Result<Option<ledger_head::Model>, DbError> {
    ledger_head::Entity::find()
        .one(pool)
        .await
        .map_err(DbError::doing("reading the head of the ledger"))
}

/// The key of the pseudonyms: the one of the settings, or one of our own where the development
/// issuer is on.
fn pseudonyms(config: &Config) -> Result<PseudonymKey, CliError> {
    match &config.pseudonym_key_file {
        Some(file) => Ok(PseudonymKey::read(file)?),
        None => {
            let file: PathBuf = private::data_dir(config)?.join("pseudonym.key");
            Ok(PseudonymKey::read_or_make(&file)?)
        }
    }
}

/// A token for somebody who tries the service out.
struct TrialToken {
    /// The variable of the shell that holds it.
    variable: String,
    token: String,
}

/// A token for each role.
fn tokens(issuer: &DevIssuer, clock: &Clock) -> Result<Vec<TrialToken>, CliError> {
    let mut tokens = Vec::new();
    for role in trial_roles() {
        let variable = format!("STM_TOKEN_{}", role.kind().code());
        let request = TokenRequest {
            role,
            subject: "developer".to_owned(),
            lifetime_seconds: TOKEN_HOURS * 60 * 60,
        };
        let token = issuer.token(&request, clock)?;
        tokens.push(TrialToken { variable, token });
    }
    Ok(tokens)
}

/// What somebody who just started the service wants to know. A first start logs at most five lines
/// around it, and all of it together fits on a small screen.
fn welcome(url: &str, place: &str, tokens: &[TrialToken]) -> String {
    let mut text = format!(
        "The monitor of the Dutch action plan \"Samen tegen mensenhandel\", to try out: {url}/
  explorer    {url}/explorer
  workplace   {url}/werkplek
  GraphQL     {url}/v1/graphql
  data        {place}
Tokens for {TOKEN_HOURS} hours, for this service alone (municipality GM0402, region VR14, partner \
comensha). Paste one into a shell, and send \"Authorization: Bearer $STM_TOKEN_VNG\":
"
    );
    for TrialToken { variable, token } in tokens {
        // Writing to a String cannot fail.
        writeln!(text, "export {variable}={token}").ok();
    }
    text
}

/// Says to systemd, where that started the program, how far it is (`Type=notify`).
fn tell_supervisor(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(error = %error, "the supervisor of this process cannot be told its state");
    }
}

/// Ends when the process is asked to end.
pub(super) async fn interrupted() {
    match (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    ) {
        (Ok(mut interrupt), Ok(mut terminate)) => {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        }
        // Then a signal does what it does to any program.
        (Err(_), _) | (_, Err(_)) => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_welcome_can_be_pasted() {
        let text = welcome(
            "http://localhost:8080",
            "/x",
            &[TrialToken {
                variable: "STM_TOKEN_VNG".to_owned(),
                token: "abc".to_owned(),
            }],
        );
        assert!(
            text.contains("\n  explorer    http://localhost:8080/explorer\n"),
            "{text}"
        );
        assert!(text.contains("\nexport STM_TOKEN_VNG=abc\n"), "{text}");
        assert_eq!(text.lines().count(), 7, "{text}");
    }
}
