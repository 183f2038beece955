//! The mutations of assessments: filling in and submitting, and what VNG does with it.

use async_graphql::{Context, Object, Result};

use super::{
    draft::missing,
    errors::{AssessmentError, AssessmentErrorCode},
    extend::{self, ExtendDeadlineInput, ExtendDeadlinePayload},
    import_answer_sheet::{self, ImportAnswerSheetInput, ImportAnswerSheetPayload},
    import_assessments::{self, ImportAssessmentsInput, ImportAssessmentsPayload},
    on_behalf::{self, FillOnBehalfInput, FillOnBehalfPayload},
    reply::{self, AnswerQuestionInput, AnswerQuestionPayload},
    review::{
        self, AskQuestionsInput, AskQuestionsPayload, ClaimReviewInput, ClaimReviewPayload,
        ConfirmAssessmentInput, ConfirmAssessmentPayload, ReturnAssessmentInput,
        ReturnAssessmentPayload,
    },
    review_many::{
        self, ClaimReviewsInput, ClaimReviewsPayload, ConfirmAssessmentsInput,
        ConfirmAssessmentsPayload, ReturnAssessmentsInput, ReturnAssessmentsPayload,
    },
    save::{self, SaveDraftInput, SaveDraftPayload, Saved, StartDraftInput, StartDraftPayload},
    schema::{Assessment, find_by_key},
    submit::{
        self, AcceptOnBehalfInput, AcceptOnBehalfPayload, SubmitAssessmentInput,
        SubmitAssessmentPayload, Submitted,
    },
    version::{AssessmentVersion, Wanted},
    withdraw::{self, WithdrawAssessmentInput, WithdrawAssessmentPayload},
};
use crate::framework::schema::Criterion;
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    change::{Stopped, settled},
    context::request,
    error::Failure,
    payload::{errors, payload},
};

/// What the payloads of a submission tell: the version with its assessment, and what is missing in
/// it; or what to repair.
#[derive(Default)]
struct SubmittedVersion {
    assessment: Option<Assessment>,
    version: Option<AssessmentVersion>,
    missing: Vec<Criterion>,
    errors: Vec<AssessmentError>,
}

impl SubmittedVersion {
    async fn find(
        ctx: &Context<'_>,
        outcome: Result<Submitted, Stopped<AssessmentErrorCode>>,
    ) -> Result<Self> {
        let submitted = match settled(outcome)? {
            Ok(submitted) => submitted,
            Err(mistakes) => {
                return Ok(Self {
                    errors: errors(mistakes),
                    ..Self::default()
                });
            }
        };
        let (mut wanted, with_missing) = {
            let look = ctx.look_ahead();
            (
                Wanted::of(&look.field("version")),
                look.field("missing").exists(),
            )
        };
        wanted.answers |= with_missing;
        let fields = ["assessment", "version", "missing"];
        let assessment = find_wanted(ctx, &submitted.subject, &fields).await?;
        let version = match &assessment {
            Some(assessment) => assessment.version(ctx, submitted.number, wanted).await?,
            None => None,
        };
        let missing = match &version {
            Some(version) if with_missing => {
                let (edition, answered) = (version.edition_code(), version.answered());
                missing(ctx, submitted.municipality(), edition, &answered).await?
            }
            Some(_) | None => Vec::new(),
        };
        Ok(Self {
            assessment,
            version,
            missing,
            errors: Vec::new(),
        })
    }
}

/// The assessment of a payload that wants one of these fields; for another one, only the
/// transaction is opened that tells at which ledger number the payload is.
async fn find_wanted(
    ctx: &Context<'_>,
    subject: &str,
    fields: &[&str],
) -> Result<Option<Assessment>> {
    let is_wanted = |field: &&str| ctx.look_ahead().field(field).exists();
    if fields.iter().any(is_wanted) {
        return find_by_key(ctx, subject).await;
    }
    request(ctx)?.session().await.map_err(Failure::from)?;
    Ok(None)
}

/// Mutations of filling in and submitting.
#[derive(Default)]
pub(crate) struct AssessmentMutation;

#[Object]
impl AssessmentMutation {
    /// Starts a draft, with what the last assessment said: each of these answers counts only once
    /// it is saved, and a question that changed since begins empty. Where there is a draft, nothing
    /// changes. For a municipality its own, for a region its members. NL: concept beginnen.
    #[graphql(directive = permitted_to::apply(roles(Rule::FillDraft)))]
    async fn start_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment. NL: invoer.")] input: StartDraftInput,
    ) -> Result<StartDraftPayload> {
        let outcome = save::start(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
    }

    /// Keeps answers of a draft, all or none; saves of different answers do not disturb each other.
    /// For a municipality its own, for a region its members. NL: concept opslaan.
    #[graphql(directive = permitted_to::apply(roles(Rule::FillDraft)))]
    async fn save_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answers. NL: invoer.")] input: SaveDraftInput,
    ) -> Result<SaveDraftPayload> {
        let wants_assessment = ctx.look_ahead().field("assessment").exists();
        let outcome = save::save(request(ctx)?, &input, wants_assessment).await;
        Ok(match settled(outcome)? {
            Ok(Saved::Kept(subject)) => SaveDraftPayload {
                assessment: find_wanted(ctx, &subject, &["assessment"]).await?,
                ..SaveDraftPayload::default()
            },
            Ok(Saved::Refused(mistakes, current)) => SaveDraftPayload {
                current,
                errors: errors(mistakes),
                ..SaveDraftPayload::default()
            },
            Err(mistakes) => SaveDraftPayload {
                errors: errors(mistakes),
                ..SaveDraftPayload::default()
            },
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
        let outcome = import_answer_sheet::import(request(ctx)?, &input).await;
        Ok(match settled(outcome)? {
            Ok(read) => ImportAnswerSheetPayload {
                assessment: find_by_key(ctx, &read.subject).await?,
                changed: Some(read.changed),
                to_confirm: Some(read.to_confirm),
                changes: read.changes,
                errors: Vec::new(),
            },
            Err(mistakes) => ImportAnswerSheetPayload {
                errors: errors(mistakes),
                ..ImportAnswerSheetPayload::default()
            },
        })
    }

    /// Fills in for many municipalities from a table, all or none of them; with `skipUnfit` those
    /// that can be. For VNG on their behalf, each an entry of its own in the ledger and to be
    /// accepted by the municipality; for a region in the drafts of its members. NL: beoordelingen
    /// inlezen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ImportAssessments)))]
    async fn import_assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The table. NL: invoer.")] input: ImportAssessmentsInput,
    ) -> Result<ImportAssessmentsPayload> {
        let outcome = import_assessments::import(request(ctx)?, &input).await;
        Ok(match settled(outcome)? {
            Ok(read) => read.into(),
            Err(mistakes) => ImportAssessmentsPayload {
                errors: errors(mistakes),
                ..ImportAssessmentsPayload::default()
            },
        })
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
        let outcome = submit::submit(request(ctx)?, &input).await;
        let submitted = SubmittedVersion::find(ctx, outcome).await?;
        Ok(SubmitAssessmentPayload {
            assessment: submitted.assessment,
            version: submitted.version,
            missing: submitted.missing,
            errors: submitted.errors,
        })
    }

    /// Accepts what VNG filled in on your behalf, as it stands, and submits it. For a municipality
    /// its own. NL: namens u ingevulde antwoorden aanvaarden.
    #[graphql(directive = permitted_to::apply(roles(Rule::DecideForItself)))]
    async fn accept_on_behalf(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to accept. NL: invoer.")] input: AcceptOnBehalfInput,
    ) -> Result<AcceptOnBehalfPayload> {
        let outcome = submit::accept(request(ctx)?, &input).await;
        let submitted = SubmittedVersion::find(ctx, outcome).await?;
        Ok(AcceptOnBehalfPayload {
            assessment: submitted.assessment,
            version: submitted.version,
            missing: submitted.missing,
            errors: submitted.errors,
        })
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
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
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
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
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
        let outcome = review::claim(request(ctx)?, &input).await;
        Ok(match settled(outcome)? {
            Ok(claimed) => ClaimReviewPayload {
                assessment: find_by_key(ctx, &claimed.subject).await?,
                expires_at: Some(claimed.expires_at),
                errors: Vec::new(),
            },
            Err(mistakes) => ClaimReviewPayload {
                errors: errors(mistakes),
                ..ClaimReviewPayload::default()
            },
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
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
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
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
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
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
    }

    /// Takes the latest versions of up to 400 municipalities in hand for two hours, all or none of
    /// them; with `skipUnfit` those that can be. For VNG. NL: in behandeling nemen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn claim_reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessments. NL: invoer.")] input: ClaimReviewsInput,
    ) -> Result<ClaimReviewsPayload> {
        let outcome = review_many::claim(request(ctx)?, &input).await;
        Ok(settled(outcome)?.into())
    }

    /// Gives the latest versions of up to 400 municipalities, which must be claimed, back with a
    /// reason each, all or none of them; with `skipUnfit` those that can be. Each is an entry of
    /// its own in the ledger. For VNG. NL: beoordelingen teruggeven.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn return_assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The versions, and why. NL: invoer.")] input: ReturnAssessmentsInput,
    ) -> Result<ReturnAssessmentsPayload> {
        let outcome = review_many::give_back(request(ctx)?, &input).await;
        Ok(settled(outcome)?.into())
    }

    /// Confirms the latest versions of up to 400 municipalities, which must be claimed, all or none
    /// of them; with `skipUnfit` those that can be. Each is an entry of its own in the ledger, and
    /// as `confirmAssessment` in all else. For VNG. NL: beoordelingen bevestigen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn confirm_assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The versions. NL: invoer.")] input: ConfirmAssessmentsInput,
    ) -> Result<ConfirmAssessmentsPayload> {
        let outcome = review_many::confirm(request(ctx)?, &input).await;
        Ok(settled(outcome)?.into())
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
        Ok(match settled(outcome)? {
            Ok(subject) => ExtendDeadlinePayload {
                assessment: find_by_key(ctx, &subject).await?,
                deadline_on: Some(input.deadline_on),
                errors: Vec::new(),
            },
            Err(mistakes) => ExtendDeadlinePayload {
                errors: errors(mistakes),
                ..ExtendDeadlinePayload::default()
            },
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
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
    }
}
