//! `AssessmentDraft`: answers being filled in, with a preview of the verdict.

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};

use super::{evidence_schema::EvidenceView, version::answer_code, work::DraftAnswer};
use crate::{
    framework::schema::{Criterion, ReportingPeriod, find_criterion, find_period},
    regional::schema::{RegionalAnswer, find_for},
    verdict::schema::VerdictPreview,
};
use domain::{
    policy::ViewerRole,
    verdict::rules::{ADOPTED_POLICY, AnswerValue, AnsweredBy, OwnAnswer},
};
use graphql::{
    coded::{Coded, of_row},
    context::request,
    cost::STATEMENT,
    error::Failure,
};
use ledger::judge::{
    inputs,
    preview::{policy_unknown, preview},
};

/// Answers being filled in. NL: concept.
#[derive(Debug, Clone)]
pub(crate) struct AssessmentDraft {
    pub(super) municipality: String,
    pub(super) edition: String,
    pub(super) answers: Vec<DraftAnswer>,
}

impl AssessmentDraft {
    /// The answers that count when it is submitted.
    fn counting(&self) -> impl Iterator<Item = &DraftAnswer> {
        self.answers.iter().filter(|one| one.counts())
    }
}

/// Answers being filled in. NL: concept.
#[Object]
impl AssessmentDraft {
    /// The answers so far, by criterion, with those that were carried over and wait to be
    /// confirmed. NL: antwoorden.
    #[graphql(complexity = "1 + 25 * child_complexity")]
    async fn answers(&self) -> Vec<DraftAnswerView> {
        let answers = self.answers.iter();
        answers
            .map(|row| DraftAnswerView::of(row, &self.edition))
            .collect()
    }

    /// Required criteria that are yours to answer and have no answer that counts yet, and BB-01
    /// while no decision with a date to adopt a policy is recorded. NL: nog te beantwoorden.
    #[graphql(complexity = "8 * STATEMENT + 25 * child_complexity")]
    async fn missing(&self, ctx: &Context<'_>) -> Result<Vec<Criterion>> {
        let given = self.counting().filter(|one| one.answer != "UNKNOWN");
        let answered: Vec<&str> = given.map(|one| one.criterion.as_str()).collect();
        missing(ctx, &self.municipality, &self.edition, &answered).await
    }

    /// What the verdict would be if it were submitted as it stands; nothing of it is kept. Null
    /// when nobody can judge by its edition. NL: vooruitblik op het oordeel.
    #[graphql(complexity = "8 * STATEMENT + child_complexity")]
    async fn preview(&self, ctx: &Context<'_>) -> Result<Option<VerdictPreview>> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let answers = self.counting().map(|row| OwnAnswer {
            criterion: row.criterion.clone(),
            value: AnswerValue::from_code(&row.answer).unwrap_or(AnswerValue::Unknown),
        });
        let judgement = preview(
            session,
            &self.municipality,
            &self.edition,
            answers.collect(),
        )
        .await
        .map_err(Failure::from)?;
        Ok(judgement.map(VerdictPreview::from))
    }

    /// What the safety region of the municipality answers for it, by criterion: the latest version
    /// of each that has not ended, though an answer of your own counts instead. Empty where it
    /// answers none. NL: antwoorden van de regio.
    #[graphql(complexity = "4 * STATEMENT + 10 * child_complexity")]
    async fn regional_answers(&self, ctx: &Context<'_>) -> Result<Vec<RegionalAnswer>> {
        find_for(ctx, &self.municipality, &self.edition).await
    }
}

/// An answer being filled in. NL: conceptantwoord.
#[derive(Debug, Clone)]
pub(crate) struct DraftAnswerView {
    row: DraftAnswer,
    edition: String,
}

impl DraftAnswerView {
    /// An answer to a criterion of an edition.
    pub(super) fn of(row: &DraftAnswer, edition: &str) -> Self {
        Self {
            row: row.clone(),
            edition: edition.to_owned(),
        }
    }

    fn criterion_key(&self) -> String {
        format!("{}/{}", self.edition, self.row.criterion)
    }
}

/// An answer being filled in. NL: conceptantwoord.
#[Object(name = "DraftAnswer")]
impl DraftAnswerView {
    /// The criterion. NL: criterium.
    async fn criterion(&self, ctx: &Context<'_>) -> Result<Option<Criterion>> {
        find_criterion(ctx, &self.criterion_key()).await
    }

    /// The answer. NL: antwoord.
    async fn answer(&self) -> Coded<AnswerValue> {
        answer_code(&self.row.answer)
    }

    /// The explanation; null when there is none. NL: toelichting.
    async fn explanation(&self) -> Option<&str> {
        self.row.explanation.as_deref()
    }

    /// The evidence, in the order in which it was given. NL: bewijs.
    async fn evidence(&self) -> Result<Vec<EvidenceView>> {
        let pieces = self.row.evidence().map_err(Failure::from)?.into_iter();
        let views = pieces.map(|piece| EvidenceView {
            criterion: self.criterion_key(),
            piece,
        });
        Ok(views.collect())
    }

    /// Whether it was carried over from an earlier period and waits to be confirmed: save it, and
    /// it counts. NL: te bevestigen.
    async fn is_to_confirm(&self) -> bool {
        !self.row.counts()
    }

    /// The period that it was carried over from; null once somebody saved it. NL: overgenomen uit.
    async fn carried_from(&self, ctx: &Context<'_>) -> Result<Option<ReportingPeriod>> {
        find_period(ctx, self.row.carried_from.as_deref().unwrap_or_default()).await
    }

    /// How often it was saved, from 1; hand it over with the next save. NL: revisie.
    async fn revision(&self) -> i32 {
        self.row.revision
    }

    /// The role that saved it last: `MUNICIPALITY` or `REGION`. NL: gewijzigd door.
    async fn changed_by_role(&self) -> Result<Coded<ViewerRole>> {
        of_row(&self.row.changed_by_role).map(Coded)
    }

    /// When it was saved last, UTC. NL: gewijzigd op.
    async fn changed_at(&self) -> DateTime<Utc> {
        self.row.changed_at
    }
}

/// Required criteria that a municipality answers itself and that are not among those answered, and
/// BB-01 while its policy is unknown: recording the decision is part of handing in.
pub(super) async fn missing(
    ctx: &Context<'_>,
    municipality: &str,
    edition: &str,
    answered: &[&str],
) -> Result<Vec<Criterion>> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let Some(rules) = inputs::edition(session, edition)
        .await
        .map_err(Failure::from)?
    else {
        return Ok(Vec::new());
    };
    let without_policy = policy_unknown(session, vec![municipality.to_owned()], &rules)
        .await
        .map_err(Failure::from)?;
    let mut criteria = Vec::new();
    for rule in rules.criteria {
        let is_missing = match rule.answered_by {
            AnsweredBy::Municipality => !answered.contains(&rule.code.as_str()),
            AnsweredBy::Computed => rule.code == ADOPTED_POLICY && !without_policy.is_empty(),
            AnsweredBy::Region => false,
        };
        if rule.required && is_missing {
            criteria.extend(find_criterion(ctx, &format!("{edition}/{}", rule.code)).await?);
        }
    }
    Ok(criteria)
}
