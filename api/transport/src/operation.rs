//! One operation, from a document to its answer, whatever brought it: HTTP or a socket.
//!
//! [`Operation::of`] refuses what must not be executed, in the order of what it costs to find out:
//! the gate, parser and validator ([`super::lookup`]), the variables, the root fields,
//! introspection without end, the moment ([`super::prepared`]). Then [`Operation::run`] looks at
//! the price, executes it in one transaction, within its time, and completes the answer.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use actix_web::http::StatusCode;
use async_graphql::{Request, Response, ServerError, parser::types::OperationType};
use documents::{Document, DocumentHash};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{
    App, graphql_request::GraphqlRequest, lookup, prepared::Prepared, refusal::Refusal, shape,
};
use crate::schema;
use database::{Access, DatabaseKind};
use domain::{actor::Actor, error::chain};
use graphql::{
    context::{Finished, RequestContext},
    error::{Code, UNREADABLE_NL},
    moment::DocumentMoment,
};

/// How long an operation may take.
const SLOWEST: Duration = Duration::from_secs(10);

/// An operation that may be executed.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) kind: OperationType,
    pub(super) ready: Arc<documents::Operation>,
    /// Of the text of its document.
    pub(super) hash: DocumentHash,
    /// The values of the variables that it declares, as they came.
    pub(super) variables: Map<String, Value>,
    pub(super) moment: DocumentMoment,
    /// Whether it asks nothing but the schema.
    pub(super) is_introspection: bool,
    prepared: Arc<Prepared>,
}

/// What an operation came to.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) response: Response,
    pub(super) finished: Finished,
    /// Whether it is known of what kind the database is; an answer that cannot tell is not kept.
    pub(super) is_kind_known: bool,
}

impl Operation {
    /// Looks at what was asked, as far as that goes without the database.
    pub(super) fn of(requested: GraphqlRequest, app: &App, actor: &Actor) -> Result<Self, Refusal> {
        let document = lookup::find_document(&requested.source, app, actor)?;
        let name = requested.operation_name.as_deref();
        Self::of_document(&document, name, requested.variables, app)
    }

    /// The operation of one of our own pages, whatever documents the public may send.
    pub(super) fn of_page(page: &website::Page, app: &App) -> Result<Self, Refusal> {
        Self::of_own(page.document, page.variables.clone(), app)
    }

    /// The operation of a document of our own.
    pub(super) fn of_own(
        document: &str,
        variables: Map<String, Value>,
        app: &App,
    ) -> Result<Self, Refusal> {
        let document = lookup::own_document(document, app)?;
        Self::of_document(&document, None, variables, app)
    }

    fn of_document(
        document: &Document,
        name: Option<&str>,
        variables: Map<String, Value>,
        app: &App,
    ) -> Result<Self, Refusal> {
        let variables = document.declared(name, variables)?;
        let prepared = app
            .operations
            .prepare(document, name, &variables, &app.types)?;
        Ok(Self {
            kind: prepared.kind,
            ready: prepared.ready.clone(),
            hash: document.hash(),
            variables,
            moment: prepared.moment.clone(),
            is_introspection: prepared.is_introspection,
            prepared,
        })
    }

    /// Refuses what may not come by GET: a mutation, and a subscription of who takes no events.
    pub(super) fn must_not_change(&self, takes_events: bool) -> Result<(), Refusal> {
        match self.kind {
            OperationType::Query => Ok(()),
            OperationType::Subscription if takes_events => Ok(()),
            OperationType::Mutation => Err(Refusal {
                allow: Some("POST"),
                ..Refusal::new(
                    StatusCode::METHOD_NOT_ALLOWED,
                    Code::BadRequest,
                    "Een wijziging gaat met POST.",
                    "A mutation goes by POST.",
                )
            }),
            OperationType::Subscription => Err(by_socket()),
        }
    }

    /// Refuses a subscription of who takes no events.
    pub(super) fn must_be_answerable(&self, takes_events: bool) -> Result<(), Refusal> {
        match self.kind {
            OperationType::Query | OperationType::Mutation => Ok(()),
            OperationType::Subscription if takes_events => Ok(()),
            OperationType::Subscription => Err(by_socket()),
        }
    }

    /// What it is admitted to the database for.
    fn access(&self) -> Access {
        match self.kind {
            OperationType::Query | OperationType::Subscription => Access::Read,
            OperationType::Mutation => Access::Write,
        }
    }

    /// Refuses a moment that has not come, and a list that cannot be read on, before anything runs.
    async fn opens_at_its_moment(&self, context: &RequestContext) -> Result<(), Refusal> {
        // A mutation reads after its own commit.
        if self.kind != OperationType::Query || self.moment == DocumentMoment::default() {
            return Ok(());
        }
        let opened = context.session().await;
        opened.map(|_| ()).map_err(Refusal::of_moment)
    }

    /// The operation as a request of the library, with what it brings along.
    fn request(&self, context: &Arc<RequestContext>) -> Request {
        let mut request = Request::new("");
        request.set_parsed_query(self.ready.to_document());
        schema::equip(request, context)
    }

    /// Executes the operation once. `Err` when it took too long, or when the database is away.
    pub(super) async fn run(
        &self,
        app: &App,
        context: Arc<RequestContext>,
        request_id: &str,
    ) -> Result<Answered, Refusal> {
        self.run_with(app, context, request_id, |request| request)
            .await
    }

    /// The same for one event of a subscription, which the request brings along.
    pub(super) async fn run_with(
        &self,
        app: &App,
        context: Arc<RequestContext>,
        request_id: &str,
        bring: impl FnOnce(Request) -> Request,
    ) -> Result<Answered, Refusal> {
        // Waiting for its turn is not the time that it takes.
        if !self.is_introspection
            && let Err(error) = context.admit(self.access()).await
        {
            tracing::warn!(error = %chain(&error), "an operation did not get its turn");
            return Err(Refusal::unavailable());
        }
        self.opens_at_its_moment(&context).await?;
        let response = match app.operations.price(&self.prepared).await {
            Ok(cost) => {
                context.costs(cost);
                let request = bring(self.request(&context)).data(app.publisher.clone());
                // What a mutation changed is kept, or will be in a moment: whoever changed it is
                // owed the answer.
                let is_owed = || context.has_written();
                within(SLOWEST, schema::answer(&app.schema, request), is_owed).await
            }
            Err(errors) => Some(Response::from_errors(errors)),
        };
        let finished = context.finish().await;
        let mut response = response.ok_or_else(|| ended(self.kind))?;
        let is_away = |error: &ServerError| {
            let extensions = error.extensions.as_ref();
            let code = extensions.and_then(|extensions| extensions.get("code"));
            code == Some(&Code::Unavailable.as_str().into())
        };
        if response.errors.iter().any(is_away) {
            return Err(Refusal::unavailable());
        }
        // Whatever was read tells it; only of what reads nothing it is asked apart.
        let is_demo = match &finished.read {
            Some(read) => Some(read.is_demo),
            None => app.db.is_demo().await.ok(),
        };
        self.complete(&mut response, request_id);
        write_extensions(&mut response, &finished, is_demo.unwrap_or_default());
        Ok(Answered {
            response,
            finished,
            is_kind_known: is_demo.is_some(),
        })
    }

    /// Notes that it was executed before, so that its price is no obstacle: it is kept as it was
    /// made ready.
    pub(super) fn was_executed(&self, app: &App) {
        app.operations.keep(&self.prepared);
    }

    /// The form that the specification wants, and codes for the library's errors.
    fn complete(&self, response: &mut Response, request_id: &str) {
        let data = std::mem::take(&mut response.data);
        response.data = shape::mend(data, &response.errors, &self.prepared.plan);
        keep_one_of_each(&mut response.errors);
        for error in &mut response.errors {
            let extensions = error.extensions.get_or_insert_default();
            if extensions.get("code").is_none() {
                extensions.set("code", Code::BadRequest.as_str());
            }
            if extensions.get("messageNl").is_none() {
                extensions.set("messageNl", UNREADABLE_NL);
            }
            extensions.set("requestId", request_id);
        }
    }
}

/// Writes the extensions of an answer: what it was read at, and what it cost.
fn write_extensions(response: &mut Response, finished: &Finished, is_demo: bool) {
    let mut write = |name: &str, value: async_graphql::Value| {
        response.extensions.insert(name.to_owned(), value);
    };
    if let Some(ledger) = finished.ledger {
        write("ledger", ledger.into());
    }
    if is_demo {
        write("database", DatabaseKind::Demo.code().into());
    }
    if let Some(day) = &finished.day {
        write("day", day.clone().into());
    }
    if let Some(withheld) = finished.withheld() {
        write("withheld", withheld);
    }
    if let Some(cost) = finished.cost {
        write("cost", cost.to_value());
    }
    write("statements", finished.statements.into());
}

impl Answered {
    /// Counts statements that were sent for the request before the operation ran.
    pub(super) fn count_statements(&mut self, before: u32) {
        self.finished.statements += before;
        let extensions = &mut self.response.extensions;
        extensions.insert("statements".to_owned(), self.finished.statements.into());
    }

    /// The code of the first error, or `OK`.
    pub(super) fn outcome(&self) -> String {
        let error = self.response.errors.first();
        let extensions = error.and_then(|error| error.extensions.as_ref());
        match extensions.and_then(|extensions| extensions.get("code")) {
            Some(code) => code.to_string().trim_matches('"').to_owned(),
            None if error.is_some() => Code::BadRequest.as_str().to_owned(),
            None => "OK".to_owned(),
        }
    }

    /// The rules that refused a field of it.
    pub(super) fn rules(&self) -> Vec<String> {
        let errors = self.response.errors.iter();
        let rules = errors.filter_map(|error| error.extensions.as_ref()?.get("rule"));
        rules
            .map(|rule| rule.to_string().trim_matches('"').to_owned())
            .collect()
    }

    /// Whether the operation was never executed: it is not valid, or asks too much.
    pub(super) fn is_request_error(&self) -> bool {
        let errors = &self.response.errors;
        self.response.data == async_graphql::Value::Null
            && !errors.is_empty()
            && errors.iter().all(|error| error.path.is_empty())
    }
}

/// A field that is asked both for all values and for those of a type is read for each, and fails
/// for each.
fn keep_one_of_each(errors: &mut Vec<ServerError>) {
    let mut kept: Vec<ServerError> = Vec::with_capacity(errors.len());
    for error in errors.drain(..) {
        let is_same =
            |other: &ServerError| other.path == error.path && other.message == error.message;
        if error.path.is_empty() || !kept.iter().any(is_same) {
            kept.push(error);
        }
    }
    *errors = kept;
}

fn by_socket() -> Refusal {
    Refusal::of_document(
        "Een abonnement gaat over een WebSocket op dit adres, met het protocol \
         `graphql-transport-ws`, of met `Accept: text/event-stream`.",
        "A subscription goes over a WebSocket at this address, by the protocol \
         `graphql-transport-ws`, or with `Accept: text/event-stream`.",
    )
}

/// An answer that comes in time, or, where one is owed, in as much time again.
async fn within<T>(
    time: Duration,
    answer: impl Future<Output = T>,
    is_owed: impl Fn() -> bool,
) -> Option<T> {
    let mut answer = std::pin::pin!(answer);
    match tokio::time::timeout(time, &mut answer).await {
        Ok(answer) => Some(answer),
        Err(_) if is_owed() => tokio::time::timeout(time, answer).await.ok(),
        Err(_) => None,
    }
}

/// The answer to what took too long. How much a query reads is up to whoever asks; a mutation waited
/// for others, so it may come back.
fn ended(kind: OperationType) -> Refusal {
    if kind == OperationType::Mutation {
        tracing::warn!("a mutation was ended, as it waited too long for others");
        return Refusal::unavailable();
    }
    Refusal::timeout()
}

/// This build: the program, by its version and its sources, and the contract that it serves.
pub(super) static BUILD: LazyLock<String> = LazyLock::new(|| {
    let (program, sources) = (env!("CARGO_PKG_VERSION"), env!("STM_SOURCES"));
    let contract = schema::sdl();
    hex::encode(Sha256::digest(format!("{program}\n{sources}\n{contract}")))
});

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn an_answer_that_is_owed_is_waited_for() {
        let (sender, receiver) = oneshot::channel();
        let sender = Cell::new(Some(sender));
        let is_owed = || sender.take().is_some_and(|sender| sender.send(7).is_ok());
        assert_eq!(within(Duration::ZERO, receiver, is_owed).await, Some(Ok(7)));
        let (_sender, receiver) = oneshot::channel::<i32>();
        assert_eq!(within(Duration::ZERO, receiver, || false).await, None);
    }

    #[test]
    fn a_mutation_that_took_too_long_may_come_back_and_a_query_asks_for_less() {
        for (kind, code, retry_after) in [
            (OperationType::Mutation, Code::Unavailable, Some(1)),
            (OperationType::Query, Code::Timeout, None),
            (OperationType::Subscription, Code::Timeout, None),
        ] {
            let refusal = ended(kind);
            assert_eq!(refusal.status, 503);
            assert_eq!(refusal.code, code);
            assert_eq!(refusal.retry_after, retry_after);
        }
    }
}
