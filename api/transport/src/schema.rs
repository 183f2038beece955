//! The public contract: merges the features' queries and mutations, and bounds what a query may
//! cost.

use std::sync::{Arc, LazyLock};

use async_graphql::{
    Interface, MergedObject, Request, SDLExportOptions, Schema, SchemaBuilder, ValidationMode,
    parser::{
        parse_schema,
        types::{TypeDefinition, TypeSystemDefinition},
    },
};
use compliance::{
    assessment::errors::{AssessmentError, SubmissionMandateError},
    duties::errors::RegionalDutyError,
    feed_keys::errors::FeedKeyError,
    framework::errors::{FrameworkEditionError, ReportingPeriodError},
    ledger::subscription::Subscription,
    monitoring::errors::{MonitoringRoundError, StatusReportError},
    publication::{errors::PublicationError, loader::PublicationLoader},
    regional::errors::RegionalAnswerError,
    schema::{ComplianceMutation, ComplianceQuery},
};
use register::{
    budget::errors::BudgetError,
    goals::errors::MeasurementError,
    guidance::errors::FunctionError,
    partners::errors::{ActionRoleError, PartnerError},
    plan::errors::{ActionError, ActionResultError},
    policies::errors::PolicyError,
    schema::{RegisterMutation, RegisterQuery},
    sources::errors::SourceDocumentError,
    territory::errors::{AreaError, ReorganisationError},
};

use graphql::{
    access::RolesInDescriptions,
    code_lists::CodeListsQuery,
    context::RequestContext,
    cost::{Bounded, OnlyChecked, VALID},
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
    Action(ActionError),
    ActionResult(ActionResultError),
    Measurement(MeasurementError),
    Budget(BudgetError),
    Partner(PartnerError),
    ActionRole(ActionRoleError),
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
pub(crate) type ApiSchema = Schema<Query, Mutation, Subscription>;

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<UserError>()
        .register_output_type::<RolesInDescriptions>()
        // Documents come validated; what this mode goes on counting is what they cost.
        .validation_mode(ValidationMode::Fast)
        .extension(Bounded)
}

/// The schema, ready to execute.
pub(crate) fn build() -> ApiSchema {
    builder().finish()
}

/// The schema as a text: the contents of `schema.graphql`.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new().include_specified_by();
    let sdl = builder().finish().sdl_with_options(options);
    format!("{}\n", sdl.trim_end())
}

/// The types that documents are checked against.
pub(crate) fn contract() -> Arc<documents::Schema> {
    static CONTRACT: LazyLock<Arc<documents::Schema>> = LazyLock::new(|| {
        let contract = documents::Schema::parse(&sdl());
        Arc::new(contract.expect("the schema of this build is valid, as each of its tests needs"))
    });
    CONTRACT.clone()
}

/// What is wrong with an operation by its bounds; nothing is executed.
pub(crate) async fn check(schema: &ApiSchema, operation: &documents::Operation) -> Vec<String> {
    let mut request = Request::new("").data(OnlyChecked);
    request.set_parsed_query(operation.to_document());
    let errors = schema.execute(request).await.errors;
    let mistakes = errors.into_iter().map(|error| error.message);
    mistakes.filter(|message| message != VALID).collect()
}

/// The types of the schema with their descriptions, for pages that are made from it.
pub(crate) fn types() -> Vec<TypeDefinition> {
    let Ok(document) = parse_schema(sdl()) else {
        return Vec::new();
    };
    let definitions = document.definitions.into_iter();
    let types = definitions.filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
    });
    types.collect()
}

/// Hands a request its context and its loaders.
pub(crate) fn equip(request: Request, context: &Arc<RequestContext>) -> Request {
    request
        .data(context.clone())
        .data(PublicationLoader::new(context.clone()))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::types::TypeKind;
    use graphql::cost::DEAR;

    use super::*;

    #[test]
    fn what_is_dear_is_a_root_field() {
        let query = types()
            .into_iter()
            .find(|one| one.name.node == "Query")
            .unwrap();
        let TypeKind::Object(query) = query.kind else {
            panic!("no object");
        };
        for (name, _) in DEAR {
            let mut fields = query.fields.iter();
            assert!(fields.any(|field| field.node.name.node == name), "{name}");
        }
    }
}
