//! The public contract: merges the features' queries and mutations, and bounds what a query may cost.

use std::sync::Arc;

use async_graphql::{
    ComplexObject, Context, ID, Interface, MergedObject, Object, Request, Result, Schema,
    SchemaBuilder,
    parser::{
        parse_schema,
        types::{TypeDefinition, TypeSystemDefinition},
    },
};

use compliance::{about::schema::AboutQuery, assessment::{extend::ExtendDeadlineError, import::{ImportAnswerSheetError, ImportAssessmentsError}, mandate::{EndSubmissionMandateError, GiveSubmissionMandateError, MandateMutation, MandateQuery}, mutations::{AssessmentMutation, ReviewMutation}, on_behalf::FillOnBehalfError, reply::AnswerQuestionError, review::{AskQuestionsError, ClaimReviewError, ConfirmAssessmentError, ReturnAssessmentError}, save::{SaveDraftError, StartDraftError}, schema::{Assessment, AssessmentQuery, find_by_key}, submit::{AcceptOnBehalfError, SubmitAssessmentError}, withdraw::WithdrawAssessmentError}, feed_keys::{mutations::{CreateFeedKeyError, FeedKeyMutation, RevokeFeedKeyError, RotateFeedKeyError}, schema::FeedKeyQuery}, duties::{contract::{ConfirmRegionalReportError, RaiseRegionalBottleneckError, RecordRegionalDecisionError, RecordRegionalMeetingError, ResolveRegionalBottleneckError, SubmitRegionalReportError}, mutations::DutiesMutation, schema::DutiesQuery}, framework::{edition::{EndorseEditionError, ProposeEditionError}, loader::FrameworkLoader, mutations::FrameworkMutation, open::OpenReportingPeriodError, reschedule::RescheduleReportingPeriodError, schema::{Criterion, FrameworkEdition, FrameworkQuery, ReportingPeriod, find_criterion, find_edition, find_period}}, ledger::{changes::ChangesQuery, schema::LedgerQuery, subscription::Subscription}, monitoring::{close::CloseMonitoringRoundError, correct::CorrectStatusReportError, mutations::MonitoringMutation, open::OpenMonitoringRoundError, report::ReportStatusError, schema::MonitoringQuery}, picture::schema::PictureQuery, publication::{loader::PublicationLoader, mutations::{PreparePublicationError, PublicationMutation, PublishError, RespondToVerdictError, WithdrawPublicationError}, schema::PublicationQuery}, regional::{answer::SubmitRegionalAnswerError, end::EndRegionalAnswerError, mutations::RegionalMutation, preview::RegionalPreviewQuery, review::{ConfirmRegionalAnswerError, QuestionRegionalAnswerError, ReturnRegionalAnswerError}, schema::RegionalQuery}, search::schema::{SearchHit, SearchQuery}, tasks::schema::TaskQuery, verdict::{history::VerdictHistoryQuery, schema::VerdictQuery}};
use register::{budget::{mutations::BudgetMutation, schema::BudgetQuery, set::SetBudgetError}, goals::{mutations::GoalsMutation, record::RecordMeasurementError, schema::GoalsQuery}, guidance::{assign::AssignFunctionError, mutations::GuidanceMutation, registrar::NameFunctionRegistrarError, schema::GuidanceQuery}, partners::{assign::AssignPartnerError, mutations::PartnersMutation, register::RegisterPartnerError, schema::{Partner, PartnersQuery, find_partner}}, plan::{end_action::EndActionError, link_actions::LinkActionsError, mutations::PlanMutation, plan_action::PlanActionError, query::PlanQuery, record_result::RecordResultError, schema::{Action, ActionLine, find_action, find_line}}, policies::{adopt::RecordAdoptionError, declare::DeclarePolicyStateError, mutations::PoliciesMutation, record::RecordPolicyError, schema::PoliciesQuery}, quality::schema::QualityQuery, sources::{motion::MotionQuery, proposal::ProposalQuery, register::{RegisterSourceDocumentError, SourcesMutation}, schema::SourcesQuery}, territory::{mutations::{RegisterReportingRegionError, TerritoryMutation}, register_area::RegisterAreaError, reorganise::RecordReorganisationError, schema::{Area, Municipality, TerritoryQuery, find_area_node, find_municipality}, set_members::SetAreaMembersError}};
use graphql::{context::Asking, cost::{Bounded, OnlyChecked, VALID}, id::{self, NodeKind}, text::LocalizedText};
use domain::text::{Language, pick};

/// Something with an id. NL: object met id.
#[expect(
    clippy::large_enum_variant,
    reason = "one at a time, and the macro takes no boxes"
)]
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "An opaque id for `node`. NL: id."))]
pub(crate) enum Node {
    Action(Action),
    ActionLine(ActionLine),
    Area(Area),
    Assessment(Assessment),
    Criterion(Criterion),
    FrameworkEdition(FrameworkEdition),
    Municipality(Municipality),
    Partner(Partner),
    ReportingPeriod(ReportingPeriod),
}

/// A mistake that the caller of a mutation can repair; each mutation has its own type, with its own codes. NL: fout van
/// de gebruiker.
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
    RegisterPartner(RegisterPartnerError),
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

/// Finds anything by its id.
#[derive(Default)]
pub(crate) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The thing of an id. Null when there is none, or none that you may see. NL: object bij id.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An id that this service gave out. NL: id.")] id: ID,
    ) -> Result<Option<Node>> {
        let Some((kind, key)) = id::decode(&id) else {
            return Ok(None);
        };
        find_node(ctx, kind, &key).await
    }
}

// Stands here because its node may be any.
#[ComplexObject]
impl SearchHit {
    /// The kind in words. NL: label van de soort.
    async fn kind_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Language::Nl"
        )]
        language: Language,
    ) -> String {
        pick(language, self.kind.label())
    }

    /// The thing itself, where things of its kind have an id; null for the other kinds, which have a field of their own
    /// in `Query`. NL: object.
    async fn node(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        match self.kind.node() {
            Some(kind) => find_node(ctx, kind, &self.key).await,
            None => Ok(None),
        }
    }
}

async fn find_node(ctx: &Context<'_>, kind: NodeKind, key: &str) -> Result<Option<Node>> {
    Ok(match kind {
        NodeKind::Action => find_action(ctx, key).await?.map(Node::Action),
        NodeKind::ActionLine => find_line(ctx, key).await?.map(Node::ActionLine),
        NodeKind::Area => find_area_node(ctx, key).await?.map(Node::Area),
        NodeKind::Assessment => find_by_key(ctx, key).await?.map(Node::Assessment),
        NodeKind::Criterion => find_criterion(ctx, key).await?.map(Node::Criterion),
        NodeKind::FrameworkEdition => find_edition(ctx, key).await?.map(Node::FrameworkEdition),
        NodeKind::Municipality => find_municipality(ctx, key).await?.map(Node::Municipality),
        NodeKind::Partner => find_partner(ctx, key).await?.map(Node::Partner),
        NodeKind::ReportingPeriod => find_period(ctx, key).await?.map(Node::ReportingPeriod),
    })
}

/// Everything that can be asked. NL: vragen.
#[derive(MergedObject, Default)]
pub struct Query(
    AboutQuery,
    PlanQuery,
    BudgetQuery,
    GoalsQuery,
    SourcesQuery,
    MotionQuery,
    ProposalQuery,
    QualityQuery,
    SearchQuery,
    TerritoryQuery,
    FrameworkQuery,
    AssessmentQuery,
    MandateQuery,
    VerdictQuery,
    VerdictHistoryQuery,
    PictureQuery,
    PublicationQuery,
    TaskQuery,
    RegionalQuery,
    RegionalPreviewQuery,
    DutiesQuery,
    MonitoringQuery,
    LedgerQuery,
    ChangesQuery,
    PartnersQuery,
    PoliciesQuery,
    GuidanceQuery,
    FeedKeyQuery,
    NodeQuery,
);

/// Everything that can be changed; one mutation field in a document. NL: handelingen.
#[derive(MergedObject, Default)]
pub struct Mutation(
    MonitoringMutation,
    PlanMutation,
    BudgetMutation,
    GoalsMutation,
    PartnersMutation,
    FrameworkMutation,
    TerritoryMutation,
    AssessmentMutation,
    ReviewMutation,
    MandateMutation,
    PublicationMutation,
    SourcesMutation,
    PoliciesMutation,
    GuidanceMutation,
    RegionalMutation,
    DutiesMutation,
    FeedKeyMutation,
);

/// The schema of the service.
pub(crate) type ApiSchema = Schema<Query, Mutation, Subscription>;

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<UserError>()
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

/// What is wrong with a document, by the rules of this schema and by its bounds; nothing is executed.
pub(crate) async fn check(schema: &ApiSchema, document: &str) -> Vec<String> {
    let request = Request::new(document).data(OnlyChecked);
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
pub(crate) fn equip(request: Request, asking: &Arc<Asking>) -> Request {
    request
        .data(asking.clone())
        .data(FrameworkLoader::new(asking.clone()))
        .data(PublicationLoader::new(asking.clone()))
}
