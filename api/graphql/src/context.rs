//! One request: who asks, at which moment, and the one transaction that answers.
//!
//! A query opens its transaction with the first field that needs one; a mutation opens it after its
//! own commit, so the payload reads what was written. The handler closes it before the first byte
//! leaves.

use std::{
    any::Any,
    future::Future,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use async_graphql::{Context, QueryPathSegment, Value};
use chrono::NaiveDate;
use tokio::sync::OnceCell;

use super::{
    cost::Cost, day::day_of_part, error::Failure, id::Pinned, moment::DocumentMoment,
    text::LocalizedText, warning::Warning,
};
use database::{
    Access, Database, DbError, Known, Memo, Once, PrivilegedReads, RequestedMoment, Session,
};
use domain::{
    actor::Actor,
    policy::{Mandate, Rule},
    publication::publisher::Publisher,
};

/// A request under way. Loaders and resolvers share it; it outlives nothing.
#[derive(Debug)]
pub struct RequestContext {
    db: Database,
    actor: Actor,
    moment: DocumentMoment,
    admitted: OnceCell<Database>,
    /// Or why there is none, until that was told.
    session: OnceCell<Result<Arc<Session>, Mutex<Option<DbError>>>>,
    pub(super) memo: Memo,
    written: Mutex<u32>,
    withheld: Mutex<Vec<Withheld>>,
    warnings: Mutex<Vec<Warning>>,
    cost: OnceLock<Cost>,
}

/// A field that the role may not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The path of the field in the answer.
    pub path: Vec<String>,
    /// The rule that withheld it.
    pub rule: Rule,
}

impl RequestContext {
    /// A request of an actor, of a moment; it opens its session when something is first read.
    pub fn new(db: Database, actor: Actor, moment: DocumentMoment) -> Self {
        Self {
            db,
            actor,
            moment,
            admitted: OnceCell::new(),
            session: OnceCell::new(),
            memo: Memo::default(),
            written: Mutex::new(0),
            withheld: Mutex::new(Vec::new()),
            warnings: Mutex::new(Vec::new()),
            cost: OnceLock::new(),
        }
    }

    /// Notes what the operation costs.
    pub fn costs(&self, cost: Cost) {
        // A request is executed once.
        self.cost.set(cost).ok();
    }

    /// Waits for the turn of this request: from here on it opens its transactions, one after
    /// another, without waiting for those that came later.
    pub async fn admit(&self, access: Access) -> Result<&Database, DbError> {
        self.admitted
            .get_or_try_init(|| self.db.admitted(&self.actor, access))
            .await
    }

    /// The transaction of this request. It is opened once: where that failed, every other field is
    /// told at once, and does not wait for the database as long as the first one did.
    pub async fn session(&self) -> Result<&Session, DbError> {
        let opened = self.session.get_or_init(|| async {
            let opened = async {
                let db = self.admit(Access::Read).await?;
                let session = db.read_when_needed(&self.actor, self.moment.read).await?;
                session.check_seals(self.moment.cursors.iter())?;
                Ok::<_, DbError>(session)
            };
            opened
                .await
                .map(Arc::new)
                .map_err(|error| Mutex::new(Some(error)))
        });
        match opened.await {
            Ok(session) => Ok(session),
            Err(failure) => {
                let first = failure
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take();
                Err(first.unwrap_or_else(DbError::consequence))
            }
        }
    }

    /// What is computed from the transaction of this request once, however many of its fields ask
    /// for it: kept by its type and a key that names every argument it depends on. Of a mutation it
    /// is what holds after its commit, as everything that the transaction reads.
    ///
    /// # Errors
    /// When it cannot be computed; it is tried again by whoever asks next.
    pub fn once<'a, T: Any + Send + Sync, E: Send + 'a>(
        &'a self,
        key: &str,
        compute: impl Future<Output = Result<T, E>> + Send + 'a,
    ) -> Once<'a, T, E> {
        self.memo.once(key, compute)
    }

    /// The day that the document names; none where it tells of today.
    pub fn named_day(&self) -> Option<NaiveDate> {
        self.moment.named.day
    }

    /// The moment that the document names.
    pub(super) fn named(&self) -> RequestedMoment {
        self.moment.named
    }

    /// What the ids of this request are pinned to: what the document names, and where it is read at
    /// another moment than the present one.
    pub async fn pinned(&self) -> Result<Pinned, DbError> {
        if self.moment.is_live {
            return Ok(Pinned::default());
        }
        let read = self.session().await?.moment();
        let named = self.moment.named;
        let is_past = named.known != Known::Head || read.ledger != read.head;
        let is_other_day = read.day != read.present_day();
        Ok(Pinned {
            ledger: is_past.then_some(read.ledger),
            day: named.day.or(is_other_day.then_some(read.day)),
            round: None,
        })
    }

    /// Whether the document tells of the present moment, in which something can be done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_present(&self) -> Result<bool, DbError> {
        let read = self.session().await?.moment();
        let is_head = read.ledger == read.head && read.day == read.present_day();
        Ok(self.moment.is_live || is_head)
    }

    /// Opens the transaction of a mutation.
    pub async fn write(&self) -> Result<Session, DbError> {
        let admitted = self.admit(Access::Write).await?;
        admitted.write_when_needed(&self.actor).await
    }

    /// Commits a change of working rows alone. What is told of it is read at the moment of its
    /// transaction, unless the document reads at another one or goes on from a cursor; says whether
    /// it is.
    ///
    /// # Errors
    /// When the database refuses; then nothing is kept.
    pub async fn commit_working_rows(&self, session: Session) -> Result<bool, DbError> {
        self.count_written(session.statements());
        if self.moment.read != RequestedMoment::HEAD || !self.moment.cursors.is_empty() {
            session.commit().await?;
            return Ok(false);
        }
        let db = self.admit(Access::Write).await?;
        let reads_on = session.commit_to_read(db).await?;
        Ok(self.session.set(Ok(Arc::new(reads_on))).is_ok())
    }

    /// Whether a mutation has begun to commit.
    pub fn has_written(&self) -> bool {
        *self.written.lock().unwrap_or_else(PoisonError::into_inner) > 0
    }

    /// The actor with what is its own.
    pub async fn mandate(&self) -> Result<&Mandate, DbError> {
        Ok(self.session().await?.mandate())
    }

    /// Counts the statements of a transaction that is not the reading one.
    pub fn count_written(&self, statements: u32) {
        *self.written.lock().unwrap_or_else(PoisonError::into_inner) += statements;
    }

    /// Notes what somebody should look at although the change stands.
    pub fn warn(&self, warnings: impl IntoIterator<Item = Warning>) {
        self.warnings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(warnings);
    }

    /// What somebody should look at, in the order in which it was noted.
    pub fn warnings(&self) -> Vec<Warning> {
        self.warnings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Notes that a field is hidden from this role, decided from role and field alone.
    pub fn withhold(&self, ctx: &Context<'_>, rule: Rule) {
        let path = ctx.path_node.as_ref().map_or_else(Vec::new, |node| {
            let mut path = Vec::new();
            let mut segments = Some(node);
            while let Some(node) = segments {
                path.push(match &node.segment {
                    QueryPathSegment::Index(index) => index.to_string(),
                    QueryPathSegment::Name(name) => (*name).to_owned(),
                });
                segments = node.parent;
            }
            path.reverse();
            path
        });
        self.withheld
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Withheld { path, rule });
    }

    /// Ends the request: closes the transaction and tells what goes into `extensions`.
    pub async fn finish(self: Arc<Self>) -> Finished {
        let mut withheld = self
            .withheld
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        withheld.sort_by(|a, b| a.path.cmp(&b.path));
        let written = *self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let mut finished = Finished {
            statements: written,
            ledger: None,
            day: None,
            withheld,
            cost: self.cost.get().copied(),
            read: None,
        };
        let session = Arc::into_inner(self).and_then(|request| request.session.into_inner());
        let session = session.and_then(Result::ok);
        if let Some(session) = session {
            finished.statements += session.statements();
            finished.ledger = Some(session.moment().ledger);
            finished.day = Some(session.moment().day.to_string());
            finished.read = Some(Reading {
                moment: session.moment(),
                privileged: session.privileged_reads(),
                is_demo: session.is_demo(),
            });
            // Dropping would roll back as well, but only after the answer left.
            if let Some(session) = Arc::into_inner(session)
                && let Err(error) = session.close().await
            {
                let error = domain::error::chain(&error);
                tracing::debug!(%error, "a read could not be closed");
            }
        }
        finished
    }
}

/// What a request leaves behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// SQL statements sent.
    pub statements: u32,
    /// The ledger number that was read at, when anything was read.
    pub ledger: Option<i64>,
    /// The day that was told of, in Europe/Amsterdam, when anything was read.
    pub day: Option<String>,
    /// Fields hidden by role.
    withheld: Vec<Withheld>,
    /// What the operation cost; none when it was not valid.
    pub cost: Option<Cost>,
    /// The transaction that read, when anything was read.
    pub read: Option<Reading>,
}

/// What is left of the transaction that a request read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its moment.
    pub moment: database::Moment,
    /// What it read of others by privilege.
    pub privileged: PrivilegedReads,
    /// Whether the database is a demo.
    pub is_demo: bool,
}

impl Finished {
    /// The hidden fields as `extensions.withheld` tells them.
    pub fn withheld(&self) -> Option<Value> {
        if self.withheld.is_empty() {
            return None;
        }
        let list = self.withheld.iter().map(|withheld| {
            let text = LocalizedText::of(withheld.rule.text());
            async_graphql::value!({
                "path": withheld.path.clone(),
                "rule": withheld.rule.code(),
                "because": { "nl": text.nl, "en": text.en },
            })
        });
        Some(Value::List(list.collect()))
    }
}

/// The request that a resolver belongs to.
pub fn request<'a>(ctx: &'a Context<'_>) -> Result<&'a Arc<RequestContext>, Failure> {
    ctx.data::<Arc<RequestContext>>().map_err(|_| missing())
}

/// The day that this part of the answer is of, in Europe/Amsterdam: that of the document, which is
/// today unless it names another, or that of the thing [`OnDay`](super::day::OnDay) above it.
pub async fn today(ctx: &Context<'_>) -> Result<NaiveDate, Failure> {
    match day_of_part(ctx) {
        Some(day) => Ok(day),
        None => Ok(request(ctx)?.session().await?.today()),
    }
}

/// Who publishes, by the settings of the service.
pub fn publisher<'a>(ctx: &'a Context<'_>) -> Result<&'a Publisher, Failure> {
    let publisher = ctx.data::<Arc<Publisher>>().map_err(|_| missing())?;
    Ok(publisher.as_ref())
}

/// A loader of this request.
pub fn loader<'a, L: Send + Sync + 'static>(ctx: &'a Context<'_>) -> Result<&'a L, Failure> {
    ctx.data::<L>().map_err(|_| missing())
}

fn missing() -> Failure {
    tracing::error!("a resolver runs outside a request");
    Failure::BadRequest(LocalizedText::new(
        "Dit veld kan hier niet worden gevraagd.",
        "This field cannot be asked here.",
    ))
}
