//! The public contract: merges the features' queries and mutations, and bounds what a query may
//! cost.

use std::sync::{Arc, LazyLock};

use async_graphql::{
    Interface, MergedObject, Request, Schema, SchemaBuilder, ValidationMode,
    parser::{
        parse_schema,
        types::{TypeDefinition, TypeSystemDefinition},
    },
};
use compliance::{
    assessment::{
        extend::ExtendDeadlineError,
        import::{ImportAnswerSheetError, ImportAssessmentsError},
        mandate::{EndSubmissionMandateError, GiveSubmissionMandateError},
        on_behalf::FillOnBehalfError,
        reply::AnswerQuestionError,
        review::{
            AskQuestionsError, ClaimReviewError, ConfirmAssessmentError, ReturnAssessmentError,
        },
        save::{SaveDraftError, StartDraftError},
        submit::{AcceptOnBehalfError, SubmitAssessmentError},
        withdraw::WithdrawAssessmentError,
    },
    duties::contract::{
        ConfirmRegionalReportError, RaiseRegionalBottleneckError, RecordRegionalDecisionError,
        RecordRegionalMeetingError, ResolveRegionalBottleneckError, SubmitRegionalReportError,
    },
    feed_keys::mutations::{CreateFeedKeyError, RevokeFeedKeyError, RotateFeedKeyError},
    framework::{
        edition::{EndorseEditionError, ProposeEditionError},
        loader::FrameworkLoader,
        open::OpenReportingPeriodError,
        reschedule::RescheduleReportingPeriodError,
    },
    ledger::subscription::Subscription,
    monitoring::{
        close::CloseMonitoringRoundError, correct::CorrectStatusReportError,
        open::OpenMonitoringRoundError, report::ReportStatusError,
    },
    publication::{
        loader::PublicationLoader,
        mutations::{
            PreparePublicationError, PublishError, RespondToVerdictError, WithdrawPublicationError,
        },
    },
    regional::{
        answer::SubmitRegionalAnswerError,
        end::EndRegionalAnswerError,
        review::{
            ConfirmRegionalAnswerError, QuestionRegionalAnswerError, ReturnRegionalAnswerError,
        },
    },
    schema::{ComplianceMutation, ComplianceQuery},
};
use register::{
    budget::set::SetBudgetError,
    goals::record::RecordMeasurementError,
    guidance::{assign::AssignFunctionError, registrar::NameFunctionRegistrarError},
    partners::{assign::AssignPartnerError, register::PartnerError},
    plan::{
        end_action::EndActionError, link_actions::LinkActionsError, plan_action::PlanActionError,
        record_result::RecordResultError,
    },
    policies::{
        adopt::RecordAdoptionError, declare::DeclarePolicyStateError, record::RecordPolicyError,
    },
    schema::{RegisterMutation, RegisterQuery},
    sources::register::RegisterSourceDocumentError,
    territory::{
        mutations::RegisterReportingRegionError, register_area::RegisterAreaError,
        reorganise::RecordReorganisationError, set_members::SetAreaMembersError,
    },
};

use graphql::{
    context::RequestContext,
    cost::{Bounded, OnlyChecked, VALID},
    text::LocalizedText,
};

/// A mistake that the caller of a mutation can repair; each mutation has its own type, with its own
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
    )
)]
pub(crate) enum UserError {
    OpenReportingPeriod(OpenReportingPeriodError),
    RescheduleReportingPeriod(RescheduleReportingPeriodError),
    ProposeEdition(ProposeEditionError),
    EndorseEdition(EndorseEditionError),
    RegisterReportingRegion(RegisterReportingRegionError),
    StartDraft(StartDraftError),
    SaveDraft(SaveDraftError),
    ImportAnswerSheet(ImportAnswerSheetError),
    ImportAssessments(ImportAssessmentsError),
    SubmitAssessment(SubmitAssessmentError),
    WithdrawAssessment(WithdrawAssessmentError),
    AnswerQuestion(AnswerQuestionError),
    AcceptOnBehalf(AcceptOnBehalfError),
    GiveSubmissionMandate(GiveSubmissionMandateError),
    EndSubmissionMandate(EndSubmissionMandateError),
    ClaimReview(ClaimReviewError),
    AskQuestions(AskQuestionsError),
    ReturnAssessment(ReturnAssessmentError),
    ConfirmAssessment(ConfirmAssessmentError),
    ExtendDeadline(ExtendDeadlineError),
    FillOnBehalf(FillOnBehalfError),
    OpenMonitoringRound(OpenMonitoringRoundError),
    ReportStatus(ReportStatusError),
    CloseMonitoringRound(CloseMonitoringRoundError),
    CorrectStatusReport(CorrectStatusReportError),
    PreparePublication(PreparePublicationError),
    RespondToVerdict(RespondToVerdictError),
    Publish(PublishError),
    WithdrawPublication(WithdrawPublicationError),
    PlanAction(PlanActionError),
    EndAction(EndActionError),
    LinkActions(LinkActionsError),
    RecordResult(RecordResultError),
    RecordMeasurement(RecordMeasurementError),
    SetBudget(SetBudgetError),
    Partner(PartnerError),
    AssignPartner(AssignPartnerError),
    RegisterSourceDocument(RegisterSourceDocumentError),
    RecordPolicy(RecordPolicyError),
    RecordAdoption(RecordAdoptionError),
    DeclarePolicyState(DeclarePolicyStateError),
    RegisterArea(RegisterAreaError),
    SetAreaMembers(SetAreaMembersError),
    RecordReorganisation(RecordReorganisationError),
    AssignFunction(AssignFunctionError),
    NameFunctionRegistrar(NameFunctionRegistrarError),
    SubmitRegionalAnswer(SubmitRegionalAnswerError),
    EndRegionalAnswer(EndRegionalAnswerError),
    QuestionRegionalAnswer(QuestionRegionalAnswerError),
    ReturnRegionalAnswer(ReturnRegionalAnswerError),
    ConfirmRegionalAnswer(ConfirmRegionalAnswerError),
    RecordRegionalMeeting(RecordRegionalMeetingError),
    RaiseRegionalBottleneck(RaiseRegionalBottleneckError),
    ResolveRegionalBottleneck(ResolveRegionalBottleneckError),
    RecordRegionalDecision(RecordRegionalDecisionError),
    SubmitRegionalReport(SubmitRegionalReportError),
    ConfirmRegionalReport(ConfirmRegionalReportError),
    CreateFeedKey(CreateFeedKeyError),
    RotateFeedKey(RotateFeedKeyError),
    RevokeFeedKey(RevokeFeedKeyError),
}

/// Everything that can be asked. NL: vragen.
#[derive(MergedObject, Default)]
pub struct Query(RegisterQuery, ComplianceQuery);

/// Everything that can be changed; one mutation field in a document. NL: handelingen.
#[derive(MergedObject, Default)]
pub struct Mutation(RegisterMutation, ComplianceMutation);

/// The schema of the service.
pub(crate) type ApiSchema = Schema<Query, Mutation, Subscription>;

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<UserError>()
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
    let sdl = builder().finish().sdl();
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
        .data(FrameworkLoader::new(context.clone()))
        .data(PublicationLoader::new(context.clone()))
}
