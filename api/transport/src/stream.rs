//! A stream of answers, over a socket or as events: a query or mutation with its one answer, or a
//! subscription that follows the ledger.
//!
//! A subscription is a cursor on the ledger. It wakes when the head has grown, reads what is new
//! within the scope of that moment, and tells each event by a request of its own at the number of
//! its entry. While the database is away it waits and goes on where it was: nothing is lost and
//! nothing comes twice.

use std::{sync::Arc, time::Duration};

use actix_web::web;
use async_graphql::parser::types::OperationType;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{
    App,
    operation::{Answered, Operation},
    refusal::Refusal,
    request_log::name_logged,
};
use compliance::ledger::subscription::{self, Interest, Occasion, Occurrence};
use database::{Database, DbError};
use domain::{actor::Actor, error::chain, ledger::position::Position};
use graphql::{context::RequestContext, error::Code, moment::DocumentMoment};

/// How long to wait while the database is away.
const CALM: Duration = Duration::from_secs(1);

/// Somebody's stream, by a name that tells it from others of the same outlet.
pub(super) struct Stream<Name> {
    pub(super) app: web::Data<App>,
    /// The database, by the turns of the address that asks.
    pub(super) db: Database,
    pub(super) actor: Actor,
    pub(super) request_id: Arc<str>,
    pub(super) name: Name,
    pub(super) outlet: mpsc::Sender<(Name, StreamEvent)>,
}

/// What a stream tells.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum StreamEvent {
    /// An answer.
    Next(Value),
    /// That it cannot go on; these are the errors.
    Failed(Value),
    /// That it is over.
    Done,
}

/// A subscription that was opened: what it waits for, and after which position in the ledger.
pub(super) struct Opened {
    interest: Interest,
    after: Position,
    /// The last number when it was opened: what comes up to here is told again.
    head: i64,
}

/// Why a subscription was not opened.
pub(super) enum NotOpened {
    /// It was not executed.
    Refused(Refusal),
    /// It was, and this is what came of it.
    Answered(Box<Answered>),
}

/// Why a stream ends early.
enum Ended {
    /// With errors that the client is told.
    Failed(Value),
    /// Whoever listened is gone.
    Gone,
}

impl From<Refusal> for Ended {
    fn from(refusal: Refusal) -> Self {
        // The id is put in where it is told.
        Self::Failed(json!(refusal.errors("")))
    }
}

impl From<NotOpened> for Ended {
    fn from(not_opened: NotOpened) -> Self {
        match not_opened {
            NotOpened::Refused(refusal) => refusal.into(),
            NotOpened::Answered(answered) => errors(&answered),
        }
    }
}

impl<Name: Clone> Stream<Name> {
    /// Answers what came over a socket, and says how it ended.
    pub(super) async fn answer(self, operation: Result<Operation, Refusal>) {
        let _counted = self.app.metrics.stream();
        let done = match operation {
            Ok(operation) => self.execute(&operation).await,
            Err(refusal) => Err(refusal.into()),
        };
        self.end(done).await;
    }

    /// Follows what was opened, and says how it ended.
    pub(super) async fn carry_on(&self, operation: &Operation, opened: Opened) {
        let _counted = self.app.metrics.stream();
        let done = self.follow(operation, opened).await;
        self.end(done).await;
    }

    async fn end(&self, done: Result<(), Ended>) {
        let shown = match done {
            Ok(()) => StreamEvent::Done,
            Err(Ended::Failed(errors)) => StreamEvent::Failed(self.signed(errors)),
            Err(Ended::Gone) => return,
        };
        self.outlet.send((self.name.clone(), shown)).await.ok();
    }

    fn signed(&self, mut errors: Value) -> Value {
        for error in errors.as_array_mut().into_iter().flatten() {
            error["extensions"]["requestId"] = (*self.request_id).into();
        }
        errors
    }

    async fn execute(&self, operation: &Operation) -> Result<(), Ended> {
        match operation.kind {
            OperationType::Query | OperationType::Mutation => {
                let context = self.context(operation.moment.clone());
                let answered = operation.run(&self.app, context, &self.request_id).await;
                self.log(operation, &answered);
                let answered = answered?;
                if answered.is_request_error() {
                    return Err(errors(&answered));
                }
                self.write_to(&answered).await
            }
            OperationType::Subscription => {
                let opened = self.open(operation).await;
                self.log_opened(operation, opened.is_ok());
                self.follow(operation, opened?).await
            }
        }
    }

    fn context(&self, moment: DocumentMoment) -> Arc<RequestContext> {
        let (db, actor) = (self.db.clone(), self.actor.clone());
        Arc::new(RequestContext::new(db, actor, moment))
    }

    /// Checks a subscription: tells what it waits for, from the present head on where it names no
    /// number.
    pub(super) async fn open(&self, operation: &Operation) -> Result<Opened, NotOpened> {
        let context = self.context(DocumentMoment {
            cursors: operation.moment.cursors.clone(),
            ..DocumentMoment::default()
        });
        let head = match context.session().await {
            Ok(session) => session.moment().state,
            Err(error) => return Err(NotOpened::Refused(Refusal::of_moment(error))),
        };
        let occasion = Arc::new(Occasion::opening());
        let brought = occasion.clone();
        let answered = operation
            .run_with(&self.app, context, &self.request_id, |request| {
                request.data(brought)
            })
            .await
            .map_err(NotOpened::Refused)?;
        if !answered.response.errors.is_empty() {
            return Err(NotOpened::Answered(Box::new(answered)));
        }
        match occasion.interest() {
            Some(interest) => Ok(Opened {
                interest: interest.clone(),
                after: interest.since.unwrap_or(head),
                head: head.number,
            }),
            None => Err(NotOpened::Refused(Refusal::internal())),
        }
    }

    /// Tells what happens, for as long as somebody listens.
    async fn follow(
        &self,
        operation: &Operation,
        Opened {
            interest,
            after,
            head: opened_at,
        }: Opened,
    ) -> Result<(), Ended> {
        let mut seen = after;
        let mut heads = self.app.heads.follow();
        let mut is_failing = false;
        loop {
            let head = *heads.borrow_and_update();
            while seen.number < head {
                let (occurrences, upto) = match self.read(&interest, seen).await {
                    Ok(found) => found,
                    // A backup was restored: what comes is no continuation of what was told.
                    Err(error) if error.is_position_lost() => {
                        return Err(Refusal::of_moment(error).into());
                    }
                    Err(error) => {
                        // Once per outage, however long it lasts.
                        if !is_failing {
                            self.warn(&error, "a subscription waits");
                        }
                        is_failing = true;
                        tokio::time::sleep(CALM).await;
                        continue;
                    }
                };
                is_failing = false;
                for occurrence in occurrences {
                    seen = occurrence.position();
                    let moment = if seen.number > opened_at {
                        DocumentMoment::of_live_entry(seen.number)
                    } else {
                        DocumentMoment::of_past_entry(seen.number)
                    };
                    self.event(operation, occurrence, moment).await?;
                }
                if upto.number > seen.number {
                    seen = upto;
                }
            }
            if heads.changed().await.is_err() {
                return Ok(());
            }
        }
    }

    /// What is new after a position, and the position up to which it is; fails while the database is
    /// away, and when the ledger does not have the position.
    async fn read(
        &self,
        interest: &Interest,
        seen: Position,
    ) -> Result<(Vec<Occurrence>, Position), DbError> {
        let context = self.context(DocumentMoment::after(seen));
        let session = context.session().await?;
        let found = subscription::after(session, interest, seen).await;
        context.finish().await;
        found
    }

    /// Tells one event, as it is known at the moment of its entry.
    async fn event(
        &self,
        operation: &Operation,
        occurrence: Occurrence,
        moment: DocumentMoment,
    ) -> Result<(), Ended> {
        let occasion = Arc::new(Occasion::Event(occurrence));
        let answered = loop {
            let brought = occasion.clone();
            let context = self.context(moment.clone());
            let answered = operation
                .run_with(&self.app, context, &self.request_id, |request| {
                    request.data(brought)
                })
                .await;
            match answered {
                Err(refusal) if refusal.code == Code::Unavailable => {
                    tokio::time::sleep(CALM).await;
                }
                answered => break answered?,
            }
        };
        self.app
            .metrics
            .executed("event", &answered.outcome(), answered.finished.statements);
        self.write_to(&answered).await
    }

    /// Tells the operator why a stream does not go on.
    fn warn(&self, error: &DbError, what: &str) {
        let error = chain(error);
        tracing::warn!(request_id = &*self.request_id, %error, "{what}");
    }

    async fn write_to(&self, answered: &Answered) -> Result<(), Ended> {
        let payload = serde_json::to_value(&answered.response).map_err(|error| {
            tracing::error!(%error, "an answer could not be written");
            Ended::from(Refusal::internal())
        })?;
        let next = (self.name.clone(), StreamEvent::Next(payload));
        self.outlet.send(next).await.map_err(|_| Ended::Gone)?;
        self.app.metrics.sent_event();
        Ok(())
    }

    fn log(&self, operation: &Operation, answered: &Result<Answered, Refusal>) {
        let (outcome, statements) = match answered {
            Ok(answered) => {
                for rule in answered.rules() {
                    self.app.metrics.refused(&rule);
                }
                (answered.outcome(), answered.finished.statements)
            }
            Err(refusal) => (refusal.code.as_str().to_owned(), 0),
        };
        let kind = match operation.kind {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        };
        self.app.metrics.executed(kind, &outcome, statements);
        tracing::info!(
            request_id = &*self.request_id,
            operation.name = name_logged(operation.ready.name.as_deref()),
            operation.kind = kind,
            role = self.actor.role.kind().code(),
            organisation = self.actor.role.organisation(),
            outcome,
            statements,
            "asked over a socket"
        );
    }

    fn log_opened(&self, operation: &Operation, is_open: bool) {
        let outcome = if is_open { "OK" } else { "REFUSED" };
        self.app.metrics.executed("subscription", outcome, 0);
        tracing::info!(
            request_id = &*self.request_id,
            operation.name = name_logged(operation.ready.name.as_deref()),
            operation.kind = "subscription",
            role = self.actor.role.kind().code(),
            organisation = self.actor.role.organisation(),
            outcome,
            "asked over a socket"
        );
    }
}

fn errors(answered: &Answered) -> Ended {
    Ended::Failed(json!(answered.response.errors))
}
