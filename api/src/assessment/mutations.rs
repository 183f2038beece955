//! `saveDraft`, `submitAssessment`, `claimReview`, `confirmAssessment`.

use async_graphql::{Context, MaybeUndefined, Object, Result};
use chrono::{DateTime, Utc};
use entity::reporting_period;

use super::{
    contract::{
        ClaimReviewErrorCode, ClaimReviewInput, ClaimReviewPayload, ConfirmAssessmentErrorCode,
        ConfirmAssessmentInput, ConfirmAssessmentPayload, SaveDraftErrorCode, SaveDraftInput,
        SaveDraftPayload, SubmitAssessmentErrorCode, SubmitAssessmentInput,
        SubmitAssessmentPayload, TargetCodes,
    },
    repo::{self, NewVersion},
    rules::{self, AnswerMistake, ApprovalMistake, Asked, Days},
    schema::{find_by_key, missing},
};
use crate::{
    db::Session,
    framework::{PeriodKey, repo::find_period},
    graphql::{
        access::{permitted_to, roles},
        context::{Asking, asking},
        error::Failure,
        payload::Mistake,
    },
    ledger::{Key, Seen, Writer},
    policy::{self, Rule},
    territory::MunicipalityCode,
    verdict::{
        self,
        judging::{Concerned, judge_anew},
        rules::{AnswerValue, Edition},
    },
};

/// Mutations of assessments.
#[derive(Default)]
pub(crate) struct AssessmentMutation;

#[Object]
impl AssessmentMutation {
    /// Keeps answers of a draft, all or none; saves of different answers do not disturb each other. For a municipality its
    /// own, for a region its members. NL: concept opslaan.
    #[graphql(directive = permitted_to::apply(roles(Rule::FillDraft)))]
    async fn save_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answers. NL: invoer.")] input: SaveDraftInput,
    ) -> Result<SaveDraftPayload> {
        match save(asking(ctx)?, &input).await? {
            Ok(key) => Ok(SaveDraftPayload {
                assessment: find_by_key(ctx, &key).await?,
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(SaveDraftPayload {
                assessment: None,
                errors: mistakes.into_iter().map(Into::into).collect(),
            }),
        }
    }

    /// Submits the draft as a version that never changes. For a municipality its own. NL: beoordeling indienen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Submit)))]
    async fn submit_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to submit. NL: invoer.")] input: SubmitAssessmentInput,
    ) -> Result<SubmitAssessmentPayload> {
        match submit(asking(ctx)?, &input).await? {
            Ok((key, number)) => {
                let assessment = find_by_key(ctx, &key).await?;
                let version = assessment
                    .as_ref()
                    .and_then(|assessment| assessment.version(number));
                let missing = match &version {
                    Some(version) => {
                        missing(ctx, version.edition_code(), &version.answered()).await?
                    }
                    None => Vec::new(),
                };
                Ok(SubmitAssessmentPayload {
                    assessment,
                    version,
                    missing,
                    errors: Vec::new(),
                })
            }
            Err(mistakes) => Ok(SubmitAssessmentPayload {
                assessment: None,
                version: None,
                missing: Vec::new(),
                errors: mistakes.into_iter().map(Into::into).collect(),
            }),
        }
    }

    /// Takes the latest version in hand for two hours, so that no two reviewers work on it. Claiming again prolongs. For
    /// VNG. NL: in behandeling nemen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn claim_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assessment. NL: invoer.")] input: ClaimReviewInput,
    ) -> Result<ClaimReviewPayload> {
        match claim(asking(ctx)?, &input).await? {
            Ok((key, expires_at)) => Ok(ClaimReviewPayload {
                assessment: find_by_key(ctx, &key).await?,
                expires_at: Some(expires_at),
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(ClaimReviewPayload {
                assessment: None,
                expires_at: None,
                errors: mistakes.into_iter().map(Into::into).collect(),
            }),
        }
    }

    /// Confirms the latest version, which must be claimed. From then on the verdict on the basis CONFIRMED stands. For VNG.
    /// NL: beoordeling bevestigen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn confirm_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version. NL: invoer.")] input: ConfirmAssessmentInput,
    ) -> Result<ConfirmAssessmentPayload> {
        match confirm(asking(ctx)?, &input).await? {
            Ok(key) => Ok(ConfirmAssessmentPayload {
                assessment: find_by_key(ctx, &key).await?,
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(ConfirmAssessmentPayload {
                assessment: None,
                errors: mistakes.into_iter().map(Into::into).collect(),
            }),
        }
    }
}

/// The period and edition that an input names; a mistake of the input when there are none.
struct Named {
    municipality: MunicipalityCode,
    key: PeriodKey,
    days: Days,
    edition: Edition,
}

impl Named {
    fn subject(&self) -> String {
        format!("{}/{}", self.municipality.as_str(), self.key.as_str())
    }
}

fn municipality_of<C: TargetCodes>(text: &str) -> Result<MunicipalityCode, Mistake<C>> {
    MunicipalityCode::parse(text).ok_or_else(|| unknown_municipality(text))
}

fn unknown_municipality<C: TargetCodes>(text: &str) -> Mistake<C> {
    Mistake::at(
        C::UNKNOWN_MUNICIPALITY,
        &["municipality"],
        format!("Er is geen gemeente {text:?}."),
        format!("There is no municipality {text:?}."),
    )
}

async fn named<C: TargetCodes>(
    session: &Session,
    municipality: MunicipalityCode,
    period: &str,
) -> Result<Result<Named, Vec<Mistake<C>>>, Failure> {
    let mut mistakes = Vec::new();
    if !repo::municipality_was(session, &municipality).await? {
        mistakes.push(unknown_municipality(municipality.as_str()));
    }
    let key = PeriodKey::parse(period);
    let row: Option<reporting_period::Model> = match &key {
        Some(key) => find_period(session, key).await?,
        None => None,
    };
    let edition = match &row {
        Some(row) => verdict::repo::edition(session, &row.edition).await?,
        None => None,
    };
    match (key, row, edition) {
        (Some(key), Some(row), Some(edition)) if mistakes.is_empty() => Ok(Ok(Named {
            municipality,
            key,
            days: Days {
                opens_on: row.opens_on,
                deadline_on: row.deadline_on,
                closes_on: row.closes_on,
            },
            edition,
        })),
        (_, row, _) => {
            if row.is_none() {
                mistakes.push(Mistake::at(
                    C::UNKNOWN_PERIOD,
                    &["period"],
                    format!("Er is geen periode {period:?}."),
                    format!("There is no period {period:?}."),
                ));
            }
            Ok(Err(mistakes))
        }
    }
}

fn not_open<C>(code: C, days: Days) -> Mistake<C> {
    Mistake::at(
        code,
        &["period"],
        format!(
            "Indienen kan van {} tot en met {}.",
            days.opens_on, days.closes_on
        ),
        format!(
            "Handing in is possible from {} to {}, inclusive.",
            days.opens_on, days.closes_on
        ),
    )
}

fn key_reused<C>(code: C) -> Vec<Mistake<C>> {
    vec![Mistake::at(
        code,
        &["idempotencyKey"],
        "Deze sleutel is al voor een andere invoer gebruikt.",
        "This key was used for another input.",
    )]
}

async fn save(
    asking: &Asking,
    input: &SaveDraftInput,
) -> Result<Result<String, Vec<Mistake<SaveDraftErrorCode>>>, Failure> {
    use SaveDraftErrorCode as Code;
    let municipality = match municipality_of(&input.municipality) {
        Ok(code) => code,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    let session = asking.write().await?;
    let permit = policy::may_fill_draft(session.mandate(), &municipality)?;
    let named = match named(&session, municipality, &input.period).await? {
        Ok(named) => named,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let mut mistakes = Vec::new();
    if !named.days.accepts(session.today()) {
        mistakes.push(not_open(Code::PeriodNotOpen, named.days));
    }
    if input.answers.is_empty() || input.answers.len() > 100 {
        mistakes.push(Mistake::at(
            Code::WrongNumberOfAnswers,
            &["answers"],
            "Sla 1 tot 100 antwoorden tegelijk op.",
            "Save 1 to 100 answers at once.",
        ));
        return Ok(Err(mistakes));
    }
    repo::make_draft(&session, &permit, &named.key, &named.edition.code).await?;
    repo::lock_draft(&session, &permit, named.key.as_str()).await?;
    let kept = repo::draft_answers(&session, &permit, named.key.as_str()).await?;
    let asked: Vec<Asked<'_>> = input
        .answers
        .iter()
        .map(|one| Asked {
            criterion: &one.criterion,
            answer: AnswerValue::from(one.answer),
            explanation: one.explanation.as_deref(),
            revision: one.revision,
            kept: kept
                .iter()
                .find(|row| row.criterion == one.criterion)
                .map(|row| row.revision),
        })
        .collect();
    mistakes.extend(
        rules::check_answers(&named.edition, &asked)
            .into_iter()
            .map(|mistake| Mistake {
                code: match mistake.code {
                    AnswerMistake::UnknownCriterion => Code::UnknownCriterion,
                    AnswerMistake::NotYoursToAnswer => Code::NotYoursToAnswer,
                    AnswerMistake::NotApplicableNotAllowed => Code::NotApplicableNotAllowed,
                    AnswerMistake::AnsweredTwice => Code::AnsweredTwice,
                    AnswerMistake::ExplanationTooLong => Code::ExplanationTooLong,
                    AnswerMistake::PersonalData => Code::PersonalData,
                    AnswerMistake::StaleRevision => Code::StaleRevision,
                },
                field: mistake.field,
                message: mistake.message,
            }),
    );
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    for one in &asked {
        let explanation = one
            .explanation
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let answer = (one.criterion, one.answer.as_code(), explanation);
        repo::keep_draft_answer(&session, &permit, &named.key, answer).await?;
    }
    asking.count_written(session.statements());
    session.commit().await?;
    Ok(Ok(named.subject()))
}

async fn submit(
    asking: &Asking,
    input: &SubmitAssessmentInput,
) -> Result<Result<(String, i32), Vec<Mistake<SubmitAssessmentErrorCode>>>, Failure> {
    use SubmitAssessmentErrorCode as Code;
    let municipality = match municipality_of(&input.municipality) {
        Ok(code) => code,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    let session = asking.write().await?;
    let permit = policy::may_submit(session.mandate(), &municipality)?;
    let drafts = policy::may_fill_draft(session.mandate(), &municipality)?;
    // Absent: whatever there is. Null: the caller saw none.
    let expected: Option<Option<i64>> = match input.expected_version {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(number) => Some(Some(number)),
    };
    let key = Key::new(
        "submitAssessment",
        input.idempotency_key.0.clone(),
        &serde_json::json!([
            municipality.as_str(),
            input.period,
            input.approved_by_function,
            input.approved_on,
            expected
        ])
        .to_string(),
    );
    match key.take(&session).await? {
        Seen::Same(outcome) => {
            let number = outcome
                .rsplit_once('#')
                .map(|(subject, number)| (subject.to_owned(), number.parse()));
            return Ok(match number {
                Some((subject, Ok(number))) => Ok((subject, number)),
                Some((_, Err(_))) | None => Err(key_reused(Code::KeyReused)),
            });
        }
        Seen::Other => return Ok(Err(key_reused(Code::KeyReused))),
        Seen::New => {}
    }
    repo::lock_draft(&session, &drafts, &input.period).await?;
    let mut writer = Writer::lock(session).await?;
    let named = match named(writer.session(), municipality, &input.period).await? {
        Ok(named) => named,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let session = writer.session();
    let today = session.today();
    let answers = repo::draft_answers(session, &drafts, named.key.as_str()).await?;
    let scope = policy::submissions(session.mandate());
    let versions = repo::versions(
        session,
        &scope,
        named.municipality.as_str(),
        named.key.as_str(),
    )
    .await?;
    let mut mistakes = Vec::new();
    if !named.days.accepts(today) {
        mistakes.push(not_open(Code::PeriodNotOpen, named.days));
    }
    if answers.is_empty() {
        mistakes.push(Mistake::at(
            Code::NothingToSubmit,
            &["period"],
            "Er is nog niets ingevuld.",
            "Nothing was filled in yet.",
        ));
    }
    let latest = versions.last().map(|version| version.ledger_no);
    if expected.is_some_and(|expected| expected != latest) {
        mistakes.push(Mistake::at(
            Code::Conflict,
            &["expectedVersion"],
            "Er is intussen een andere versie ingediend.",
            "Another version was submitted meanwhile.",
        ));
    }
    let approval = rules::check_approval(&input.approved_by_function, input.approved_on, today);
    mistakes.extend(approval.into_iter().map(|mistake| Mistake {
        code: match mistake.code {
            ApprovalMistake::FunctionEmpty => Code::FunctionEmpty,
            ApprovalMistake::PersonalData => Code::PersonalData,
            ApprovalMistake::InTheFuture => Code::ApprovedInTheFuture,
        },
        field: mistake.field,
        message: mistake.message,
    }));
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    let number = versions.last().map_or(1, |version| version.number + 1);
    let new = NewVersion {
        period: &named.key,
        number,
        edition: &named.edition.code,
        on_time: named.days.on_time(today),
        approved_by_function: input.approved_by_function.trim(),
        approved_on: input.approved_on,
        answers: &answers,
    };
    repo::append_version(&mut writer, &permit, &new).await?;
    let subject = named.subject();
    let concerned = Concerned::municipalities([permit.municipality().as_str()]);
    judge_anew(&mut writer, &concerned.in_period(named.key.as_str())).await?;
    key.keep(writer.session(), &format!("{subject}#{number}"))
        .await?;
    asking.count_written(writer.session().statements());
    writer.commit().await?;
    Ok(Ok((subject, number)))
}

async fn claim(
    asking: &Asking,
    input: &ClaimReviewInput,
) -> Result<Result<(String, DateTime<Utc>), Vec<Mistake<ClaimReviewErrorCode>>>, Failure> {
    use ClaimReviewErrorCode as Code;
    let municipality = match municipality_of(&input.municipality) {
        Ok(code) => code,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    let session = asking.write().await?;
    let permit = policy::may_claim_review(session.mandate(), &municipality)?;
    let named = match named(&session, municipality, &input.period).await? {
        Ok(named) => named,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let scope = policy::submissions(session.mandate());
    let versions = repo::versions(
        &session,
        &scope,
        named.municipality.as_str(),
        named.key.as_str(),
    )
    .await?;
    let Some(latest) = versions.last() else {
        return Ok(Err(vec![Mistake::at(
            Code::NothingSubmitted,
            &["period"],
            "Er is nog niets ingediend.",
            "Nothing was submitted yet.",
        )]));
    };
    if latest.outcome.is_some() {
        return Ok(Err(vec![Mistake::at(
            Code::AlreadyDecided,
            &["period"],
            "Over de laatste versie is al beslist.",
            "The latest version is decided already.",
        )]));
    }
    let version = (&named.key, latest.number);
    if !repo::claim(&session, &permit, version, rules::CLAIM_HOURS).await? {
        return Ok(Err(vec![Mistake::at(
            Code::ClaimedByAnother,
            &["municipality"],
            "Een collega heeft deze beoordeling in behandeling.",
            "A colleague has this assessment in hand.",
        )]));
    }
    let expires_at = session.moment().instant + chrono::TimeDelta::hours(rules::CLAIM_HOURS);
    asking.count_written(session.statements());
    session.commit().await?;
    Ok(Ok((named.subject(), expires_at)))
}

async fn confirm(
    asking: &Asking,
    input: &ConfirmAssessmentInput,
) -> Result<Result<String, Vec<Mistake<ConfirmAssessmentErrorCode>>>, Failure> {
    use ConfirmAssessmentErrorCode as Code;
    let municipality = match municipality_of(&input.municipality) {
        Ok(code) => code,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    let session = asking.write().await?;
    let permit = policy::may_confirm(session.mandate(), &municipality)?;
    let key = Key::new(
        "confirmAssessment",
        input.idempotency_key.0.clone(),
        &serde_json::json!([municipality.as_str(), input.period, input.version]).to_string(),
    );
    match key.take(&session).await? {
        Seen::Same(subject) => return Ok(Ok(subject)),
        Seen::Other => return Ok(Err(key_reused(Code::KeyReused))),
        Seen::New => {}
    }
    let held = repo::lock_claim(&session, &municipality, (&input.period, input.version)).await?;
    let mut writer = Writer::lock(session).await?;
    let named = match named(writer.session(), municipality, &input.period).await? {
        Ok(named) => named,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let version = (&named.key, input.version);
    let session = writer.session();
    let scope = policy::submissions(session.mandate());
    let versions = repo::versions(
        session,
        &scope,
        named.municipality.as_str(),
        named.key.as_str(),
    )
    .await?;
    let own = session
        .mandate()
        .actor
        .pseudonym
        .clone()
        .unwrap_or_default();
    let is_held = held
        .is_some_and(|claim| claim.holder == own && claim.expires_at > session.moment().instant);
    let mistake = match versions.iter().find(|row| row.number == input.version) {
        None => Some((
            Code::UnknownVersion,
            (
                "Er is geen versie met dit nummer.",
                "There is no version of this number.",
            ),
        )),
        Some(row) if row.outcome.is_some() => Some((
            Code::AlreadyDecided,
            (
                "Over deze versie is al beslist.",
                "This version is decided already.",
            ),
        )),
        Some(row)
            if versions
                .last()
                .is_some_and(|last| last.number != row.number) =>
        {
            Some((
                Code::NotTheLatest,
                (
                    "Er is een latere versie ingediend.",
                    "A later version was submitted.",
                ),
            ))
        }
        Some(_) if !is_held => Some((
            Code::NotClaimed,
            (
                "Neem de beoordeling eerst in behandeling.",
                "Claim the assessment first.",
            ),
        )),
        Some(_) => None,
    };
    if let Some((code, (nl, en))) = mistake {
        return Ok(Err(vec![Mistake::at(code, &["version"], nl, en)]));
    }
    repo::append_confirmation(&mut writer, &permit, version).await?;
    let subject = named.subject();
    let concerned = Concerned::municipalities([permit.municipality().as_str()]);
    judge_anew(&mut writer, &concerned.in_period(named.key.as_str())).await?;
    key.keep(writer.session(), &subject).await?;
    asking.count_written(writer.session().statements());
    writer.commit().await?;
    Ok(Ok(subject))
}
