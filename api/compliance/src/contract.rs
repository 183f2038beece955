//! The contract as a whole: merges the queries and the mutations of all features, and executes what
//! is asked of them.
//!
//! It stands in the highest of the crates with features, and hands out streams whose type says
//! nothing of what is in them: the code that resolves a graph of some hundred types is made where
//! its future is first polled, and that shall be one crate. The subscriptions here need it as
//! well.

use std::sync::{Arc, LazyLock};

use async_graphql::{
    Interface, MergedObject, Request, Response, SDLExportOptions, Schema, SchemaBuilder,
    ServerError, ValidationMode, parser::types::ExecutableDocument,
};
use futures_util::{StreamExt as _, stream::BoxStream};
use register::{
    budget::errors::BudgetError,
    goals::errors::{MeasurementError, OperationalGoalError},
    guidance::errors::FunctionError,
    partners::errors::{ActionRoleError, PartnerError},
    plan::errors::{ActionError, ActionLineError, ActionResultError, PlanVersionError},
    policies::errors::PolicyError,
    schema::{RegisterMutation, RegisterQuery},
    sources::errors::{MotionError, SourceDocumentError},
    territory::errors::{AreaError, ReorganisationError},
};

use crate::{
    assessment::errors::{AssessmentError, SubmissionMandateError},
    duties::errors::RegionalDutyError,
    feed_keys::errors::FeedKeyError,
    framework::errors::{FrameworkEditionError, ReportingPeriodError},
    ledger::subscription::Subscription,
    monitoring::errors::{MonitoringRoundError, StatusReportError},
    notices::errors::MailboxError,
    publication::{errors::PublicationError, loader::PublicationLoader},
    regional::errors::RegionalAnswerError,
    schema::{ComplianceMutation, ComplianceQuery},
};
use graphql::{
    access::RolesInDescriptions,
    code_lists::CodeListsQuery,
    context::RequestContext,
    cost::{Bounded, Cost, Estimate},
    text::LocalizedText,
};

/// A mistake that the caller of a mutation can repair; each noun has its own type, with its own
/// codes. NL: fout van de gebruiker.
#[derive(Interface)]
#[graphql(
    field(
        name = "message",
        ty = "&LocalizedText",
        desc = "What is wrong and what to do, for people. NL: melding."
    ),
    field(
        name = "field",
        ty = "&Vec<String>",
        desc = "The path of the input field that is wrong, from `input` down. NL: veld."
    ),
    field(
        name = "code_text",
        ty = "&'static str",
        desc = "The name of the code, for programs that treat the errors of all nouns alike. \
                NL: naam van de foutcode."
    )
)]
pub(crate) enum UserError {
    Assessment(AssessmentError),
    SubmissionMandate(SubmissionMandateError),
    RegionalAnswer(RegionalAnswerError),
    RegionalDuty(RegionalDutyError),
    ReportingPeriod(ReportingPeriodError),
    FrameworkEdition(FrameworkEditionError),
    MonitoringRound(MonitoringRoundError),
    StatusReport(StatusReportError),
    Publication(PublicationError),
    FeedKey(FeedKeyError),
    Mailbox(MailboxError),
    PlanVersion(PlanVersionError),
    ActionLine(ActionLineError),
    Action(ActionError),
    ActionResult(ActionResultError),
    OperationalGoal(OperationalGoalError),
    Measurement(MeasurementError),
    Budget(BudgetError),
    Partner(PartnerError),
    ActionRole(ActionRoleError),
    Motion(MotionError),
    SourceDocument(SourceDocumentError),
    Policy(PolicyError),
    Function(FunctionError),
    Area(AreaError),
    Reorganisation(ReorganisationError),
}

/// Everything that can be asked. NL: vragen.
#[derive(MergedObject, Default)]
pub struct Query(RegisterQuery, ComplianceQuery, CodeListsQuery);

/// Everything that can be changed; one mutation field in a document. NL: handelingen.
#[derive(MergedObject, Default)]
pub struct Mutation(RegisterMutation, ComplianceMutation);

/// The schema of the service.
pub type ApiSchema = Schema<Query, Mutation, Subscription>;

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<UserError>()
        .register_output_type::<RolesInDescriptions>()
        // Documents come validated; what this mode goes on counting is what they cost.
        .validation_mode(ValidationMode::Fast)
}

/// The schema, ready to execute. It has no extension: the library would call each of them around
/// every field and every item of a list.
#[must_use]
pub fn build() -> ApiSchema {
    static SCHEMA: LazyLock<ApiSchema> = LazyLock::new(|| builder().finish());
    SCHEMA.clone()
}

/// What an operation costs, or what is wrong with it by its bounds; nothing is executed.
///
/// # Errors
/// With the mistakes of the operation, or that it asks too much.
pub async fn price(document: ExecutableDocument) -> Result<Cost, Vec<ServerError>> {
    static PRICED: LazyLock<ApiSchema> = LazyLock::new(|| builder().extension(Bounded).finish());
    let estimate = Estimate::default();
    let mut request = Request::new("").data(estimate.clone());
    request.set_parsed_query(document);
    let errors = answer(&PRICED, request).await.errors;
    estimate.cost().ok_or(errors)
}

/// The answer of a query or mutation; of a subscription its first, or an empty one when nothing
/// comes.
pub async fn answer(schema: &ApiSchema, request: Request) -> Response {
    let mut answers = answers(schema, request);
    answers.next().await.unwrap_or_default()
}

/// Apart from its caller, so that whoever polls the answers does not make their code anew.
#[inline(never)]
fn answers(schema: &ApiSchema, request: Request) -> BoxStream<'static, Response> {
    schema.execute_stream(request)
}

/// The schema as a text: the contents of `schema.graphql`.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new().include_specified_by();
    let sdl = build().sdl_with_options(options);
    format!("{}\n", sdl.trim_end())
}

/// Hands a request its context and its loaders.
pub fn equip(request: Request, context: &Arc<RequestContext>) -> Request {
    request
        .data(context.clone())
        .data(PublicationLoader::new(context.clone()))
}
