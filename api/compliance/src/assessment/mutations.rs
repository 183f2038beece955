//! The mutations of assessments: filling in and submitting, and what VNG does with it.

use async_graphql::{Context, Object, Result};

use super::{
    draft::{DraftAnswerView, missing},
    extend::{self, ExtendDeadlineError, ExtendDeadlineInput, ExtendDeadlinePayload},
    import::{
        self, ImportAnswerSheetInput, ImportAnswerSheetPayload, ImportAssessmentsInput,
        ImportAssessmentsPayload,
    },
    on_behalf::{self, FillOnBehalfInput, FillOnBehalfPayload},
    reply::{self, AnswerQuestionInput, AnswerQuestionPayload},
    review::{
        self, AskQuestionsInput, AskQuestionsPayload, ClaimReviewInput, ClaimReviewPayload,
        ConfirmAssessmentInput, ConfirmAssessmentPayload, ReturnAssessmentInput,
        ReturnAssessmentPayload,
    },
    save::{self, SaveDraftInput, SaveDraftPayload, Saved, StartDraftInput, StartDraftPayload},
    schema::{Assessment, find_by_key},
    submit::{
        self, AcceptOnBehalfInput, AcceptOnBehalfPayload, SubmitAssessmentInput,
        SubmitAssessmentPayload, Submitted,
    },
    version::AssessmentVersion,
    withdraw::{self, WithdrawAssessmentInput, WithdrawAssessmentPayload},
};
use crate::framework::schema::Criterion;
use domain::{mistake::Mistake, policy::Rule};
use graphql::{
    access::{permitted_to, roles},
    change::{Stopped, settled},
    context::request,
};

/// What most payloads tell: the assessment, or what to repair.
async fn to_view<C, E: From<Mistake<C>>>(
    ctx: &Context<'_>,
    outcome: Result<String, Stopped<C>>,
) -> Result<(Option<Assessment>, Vec<E>)> {
    let (subject, errors) = graphql::change::to_payload(outcome)?;
    let assessment = match subject {
        Some(subject) => find_by_key(ctx, &subject).await?,
        None => None,
    };
    Ok((assessment, errors))
}

/// A submitted version as its payload tells it: with its assessment, and what is missing in it.
async fn version_payload(
    ctx: &Context<'_>,
    submitted: &Submitted,
) -> Result<(
    Option<Assessment>,
    Option<AssessmentVersion>,
    Vec<Criterion>,
)> {
    let assessment = find_by_key(ctx, &submitted.subject).await?;
    let version = assessment
        .as_ref()
        .and_then(|assessment| assessment.version(submitted.number));
    let missing = match &version {
        Some(version) => missing(ctx, version.edition_code(), &version.answered()).await?,
        None => Vec::new(),
    };
    Ok((assessment, version, missing))
}

/// Mutations of filling in and submitting.
#[derive(Default)]
pub(crate) struct AssessmentMutation;

#[Object]
impl AssessmentMutation {
    /// Starts a draft, with what the last assessment said: each of these answers counts only once
    /// it is saved. Where there is a draft, nothing changes. For a municipality its own, for a
    /// region its members. NL: concept beginnen.
    #[graphql(directive = permitted_to::apply(roles(Rule::FillDraft)))]
    async fn start_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment. NL: invoer.")] input: StartDraftInput,
    ) -> Result<StartDraftPayload> {
        let (assessment, errors) = to_view(ctx, save::start(request(ctx)?, &input).await).await?;
        Ok(StartDraftPayload { assessment, errors })
    }

    /// Keeps answers of a draft, all or none; saves of different answers do not disturb each other.
    /// For a municipality its own, for a region its members. NL: concept opslaan.
    #[graphql(directive = permitted_to::apply(roles(Rule::FillDraft)))]
    async fn save_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answers. NL: invoer.")] input: SaveDraftInput,
    ) -> Result<SaveDraftPayload> {
        let refused = |mistakes: Vec<Mistake<_>>, current: Vec<DraftAnswerView>| SaveDraftPayload {
            assessment: None,
            current,
            errors: mistakes.into_iter().map(Into::into).collect(),
        };
        Ok(match settled(save::save(request(ctx)?, &input).await)? {
            Ok(Saved::Kept(subject)) => SaveDraftPayload {
                assessment: find_by_key(ctx, &subject).await?,
                current: Vec::new(),
                errors: Vec::new(),
            },
            Ok(Saved::Refused(mistakes, current)) => {
                let current = current.iter().map(DraftAnswerView::from).collect();
                refused(mistakes, current)
            }
            Err(mistakes) => refused(mistakes, Vec::new()),
        })
    }

    /// Reads an answer sheet back into the draft, whole or not at all; answers that it repeats stay
    /// as they are. For a municipality its own, for a region its members. NL: antwoordblad inlezen.
    #[graphql(directive = permitted_to::apply(roles(Rule::FillDraft)))]
    async fn import_answer_sheet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The sheet. NL: invoer.")] input: ImportAnswerSheetInput,
    ) -> Result<ImportAnswerSheetPayload> {
        Ok(
            match settled(import::import_sheet(request(ctx)?, &input).await)? {
                Ok(read) => ImportAnswerSheetPayload {
                    assessment: find_by_key(ctx, &read.subject).await?,
                    changed: Some(read.changed),
                    errors: Vec::new(),
                },
                Err(mistakes) => ImportAnswerSheetPayload {
                    assessment: None,
                    changed: None,
                    errors: mistakes.into_iter().map(Into::into).collect(),
                },
            },
        )
    }

    /// Fills in for many municipalities from a table, all or none of them: for VNG on their behalf,
    /// each to be accepted by the municipality; for a region in the drafts of its members. NL:
    /// beoordelingen inlezen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ImportAssessments)))]
    async fn import_assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The table. NL: invoer.")] input: ImportAssessmentsInput,
    ) -> Result<ImportAssessmentsPayload> {
        Ok(
            match settled(import::import_many(request(ctx)?, &input).await)? {
                Ok(read) => ImportAssessmentsPayload {
                    municipalities: Some(read.municipalities),
                    answers: Some(read.answers),
                    errors: Vec::new(),
                },
                Err(mistakes) => ImportAssessmentsPayload {
                    municipalities: None,
                    answers: None,
                    errors: mistakes.into_iter().map(Into::into).collect(),
                },
            },
        )
    }

    /// Submits the draft as a version that never changes. A later version takes its place; of a
    /// confirmed one it is a correction, with a reason. For a municipality its own, for a region
    /// the members that gave it a mandate. NL: beoordeling indienen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Submit)))]
    async fn submit_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to submit. NL: invoer.")] input: SubmitAssessmentInput,
    ) -> Result<SubmitAssessmentPayload> {
        Ok(
            match settled(submit::submit(request(ctx)?, &input).await)? {
                Ok(submitted) => {
                    let (assessment, version, missing) = version_payload(ctx, &submitted).await?;
                    SubmitAssessmentPayload {
                        assessment,
                        version,
                        missing,
                        errors: Vec::new(),
                    }
                }
                Err(mistakes) => SubmitAssessmentPayload {
                    assessment: None,
                    version: None,
                    missing: Vec::new(),
                    errors: mistakes.into_iter().map(Into::into).collect(),
                },
            },
        )
    }

    /// Accepts what VNG filled in on your behalf, as it stands, and submits it. For a municipality
    /// its own. NL: namens u ingevulde antwoorden aanvaarden.
    #[graphql(directive = permitted_to::apply(roles(Rule::DecideForItself)))]
    async fn accept_on_behalf(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to accept. NL: invoer.")] input: AcceptOnBehalfInput,
    ) -> Result<AcceptOnBehalfPayload> {
        Ok(
            match settled(submit::accept(request(ctx)?, &input).await)? {
                Ok(submitted) => {
                    let (assessment, version, missing) = version_payload(ctx, &submitted).await?;
                    AcceptOnBehalfPayload {
                        assessment,
                        version,
                        missing,
                        errors: Vec::new(),
                    }
                }
                Err(mistakes) => AcceptOnBehalfPayload {
                    assessment: None,
                    version: None,
                    missing: Vec::new(),
                    errors: mistakes.into_iter().map(Into::into).collect(),
                },
            },
        )
    }

    /// Takes the latest version back, until the period closes; a confirmed version stays. For a
    /// municipality its own, for a region the members that gave it a mandate. NL: beoordeling
    /// intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::Submit)))]
    async fn withdraw_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to withdraw, and why. NL: invoer.")] input: WithdrawAssessmentInput,
    ) -> Result<WithdrawAssessmentPayload> {
        let outcome = withdraw::withdraw(request(ctx)?, &input).await;
        let (assessment, errors) = to_view(ctx, outcome).await?;
        Ok(WithdrawAssessmentPayload { assessment, errors })
    }

    /// Replies to a question of VNG about the latest version. For a municipality its own, for a
    /// region the members that gave it a mandate. NL: vraag beantwoorden.
    #[graphql(directive = permitted_to::apply(roles(Rule::Submit)))]
    async fn answer_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reply. NL: invoer.")] input: AnswerQuestionInput,
    ) -> Result<AnswerQuestionPayload> {
        let outcome = reply::reply(request(ctx)?, &input).await;
        let (assessment, errors) = to_view(ctx, outcome).await?;
        Ok(AnswerQuestionPayload { assessment, errors })
    }
}

/// Mutations of reviewing.
#[derive(Default)]
pub(crate) struct ReviewMutation;

#[Object]
impl ReviewMutation {
    /// Takes the latest version in hand for two hours, so that no two reviewers work on it.
    /// Claiming again prolongs. For VNG. NL: in behandeling nemen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn claim_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment. NL: invoer.")] input: ClaimReviewInput,
    ) -> Result<ClaimReviewPayload> {
        let claimed = review::claim(request(ctx)?, &input).await;
        let expires_at = claimed.as_ref().ok().map(|claimed| claimed.expires_at);
        let (assessment, errors) = to_view(ctx, claimed.map(|claimed| claimed.subject)).await?;
        Ok(ClaimReviewPayload {
            assessment,
            expires_at,
            errors,
        })
    }

    /// Asks the municipality questions about the latest version, which must be claimed. It cannot
    /// be confirmed while one is open. For VNG. NL: vragen stellen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn ask_questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The questions. NL: invoer.")] input: AskQuestionsInput,
    ) -> Result<AskQuestionsPayload> {
        let outcome = review::ask(request(ctx)?, &input).await;
        let (assessment, errors) = to_view(ctx, outcome).await?;
        Ok(AskQuestionsPayload { assessment, errors })
    }

    /// Gives the latest version, which must be claimed, back to the municipality with a reason. For
    /// VNG. NL: beoordeling teruggeven.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn return_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version, and why. NL: invoer.")] input: ReturnAssessmentInput,
    ) -> Result<ReturnAssessmentPayload> {
        let outcome = review::give_back(request(ctx)?, &input).await;
        let (assessment, errors) = to_view(ctx, outcome).await?;
        Ok(ReturnAssessmentPayload { assessment, errors })
    }

    /// Confirms the latest version, which must be claimed. From then on the verdict on the basis
    /// CONFIRMED stands; once the period has closed it stands beside the one that the period closed
    /// with. Never by whoever filled in on behalf of the municipality. For VNG. NL: beoordeling
    /// bevestigen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn confirm_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version. NL: invoer.")] input: ConfirmAssessmentInput,
    ) -> Result<ConfirmAssessmentPayload> {
        let outcome = review::confirm(request(ctx)?, &input).await;
        let (assessment, errors) = to_view(ctx, outcome).await?;
        Ok(ConfirmAssessmentPayload { assessment, errors })
    }

    /// Gives one municipality a later deadline, at most until the period closes. For VNG. NL:
    /// uitstel verlenen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn extend_deadline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The deadline, and why. NL: invoer.")] input: ExtendDeadlineInput,
    ) -> Result<ExtendDeadlinePayload> {
        let outcome = extend::extend(request(ctx)?, &input).await;
        let (assessment, errors): (_, Vec<ExtendDeadlineError>) = to_view(ctx, outcome).await?;
        Ok(ExtendDeadlinePayload {
            assessment,
            deadline_on: errors.is_empty().then_some(input.deadline_on),
            errors,
        })
    }

    /// Fills in what a municipality told VNG. It counts only once the municipality accepts it, and
    /// whoever fills it in never confirms it. For VNG. NL: invullen namens een gemeente.
    #[graphql(directive = permitted_to::apply(roles(Rule::FillOnBehalf)))]
    async fn fill_on_behalf(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answers. NL: invoer.")] input: FillOnBehalfInput,
    ) -> Result<FillOnBehalfPayload> {
        let outcome = on_behalf::fill(request(ctx)?, &input).await;
        let (assessment, errors) = to_view(ctx, outcome).await?;
        Ok(FillOnBehalfPayload { assessment, errors })
    }
}
