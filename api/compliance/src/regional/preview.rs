//! `previewRegionalAnswer`: what an answer would do to each member, before anybody gives it.

use async_graphql::{ComplexObject, Context, InputObject, Object, Result, SimpleObject};

use super::{
    answer::{find_criterion, not_found, permit},
    errors::RegionalAnswerError,
    repo,
};
use crate::framework::schema::{ReportingPeriod, find_period};
use domain::{
    mistake::Mistake,
    policy::{self, Rule},
    regional::rules::{self, RegionalStatement},
    verdict::rules::{AnswerValue, Basis, RegionalAnswer, VerdictStatus},
};
use graphql::{
    access::{roles, visible_to},
    coded::Coded,
    context::request,
    date::Date,
    error::Failure,
};
use ledger::judge::{self, Effect};
use register::territory::schema::{Municipality, find_municipality};

/// An answer to try. NL: uit te proberen antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct PreviewRegionalAnswerInput {
    /// The code of the area: your own. NL: gebiedscode.
    area: String,
    /// The criterion, by its key, as in `VOORSTEL-1/OH-01`, or its code in the edition that is in
    /// use, as in `OH-01`. NL: criterium.
    criterion: String,
    /// The answer; null to see what happens when the present one ends. NL: antwoord.
    answer: Option<Coded<AnswerValue>>,
    /// The first day on which it would count; without an answer, the day on which the present one
    /// would end. From 2018-01-01 to 2099-12-31. NL: vanaf.
    from: Date,
}

/// What an answer would do. NL: voorbeeld van het effect.
#[derive(SimpleObject, Debug)]
pub(crate) struct RegionalAnswerPreview {
    /// The verdict of each member that has submitted, in each open period, by period and code. NL:
    /// effecten.
    effects: Vec<RegionalAnswerEffect>,
    /// What would have to be repaired to submit it; then there are no effects. NL: fouten.
    errors: Vec<RegionalAnswerError>,
}

/// What an answer would do to the verdict of a member. NL: effect voor een gemeente.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct RegionalAnswerEffect {
    #[graphql(skip)]
    code: String,
    #[graphql(skip)]
    period_key: String,
    /// The verdict on what was submitted, on the first day of the answer (today, when that has
    /// passed). NL: oordeel nu.
    before: Coded<VerdictStatus>,
    /// The verdict with the answer, on that day. NL: oordeel straks.
    after: Coded<VerdictStatus>,
    /// Whether the member answered the criterion itself; then nothing changes, except for a
    /// criterion that is regional only. NL: eigen antwoord.
    has_own_answer: bool,
}

#[ComplexObject]
impl RegionalAnswerEffect {
    /// The reporting period. NL: rapportageperiode.
    async fn period(&self, ctx: &Context<'_>) -> Result<Option<ReportingPeriod>> {
        find_period(ctx, &self.period_key).await
    }

    /// The member. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, &self.code).await
    }
}

impl From<Effect> for RegionalAnswerEffect {
    fn from(effect: Effect) -> Self {
        Self {
            code: effect.municipality,
            period_key: effect.period,
            before: effect.before.into(),
            after: effect.after.into(),
            has_own_answer: effect.has_own_answer,
        }
    }
}

/// The preview of a regional answer.
#[derive(Default)]
pub(crate) struct RegionalPreviewQuery;

#[Object]
impl RegionalPreviewQuery {
    /// What an answer to a criterion would do to the verdicts of your members, or what its end
    /// would. Nothing is kept. Null for whoever may not give it (see `extensions.withheld`): a
    /// registered reporting region sees its own. NL: effect van een regionaal antwoord.
    #[graphql(
        directive = visible_to::apply(roles(Rule::KeepRegional)),
        complexity = "1 + 50 * child_complexity"
    )]
    async fn preview_regional_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer. NL: invoer.")] input: PreviewRegionalAnswerInput,
    ) -> Result<Option<RegionalAnswerPreview>> {
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let permit = match permit(session.mandate(), &input.area) {
            Ok(permit) => permit,
            Err(denied) => {
                request.withhold(ctx, denied.0);
                return Ok(None);
            }
        };
        let wrong = |mistakes: Vec<Mistake<_>>| {
            Ok(Some(RegionalAnswerPreview {
                effects: Vec::new(),
                errors: mistakes.into_iter().map(Into::into).collect(),
            }))
        };
        let found = find_criterion(session, &input.criterion)
            .await
            .map_err(Failure::from)?;
        let Some((edition, rule)) = found else {
            let mistake = not_found(session, &input.criterion)
                .await
                .map_err(Failure::from)?;
            return wrong(vec![mistake]);
        };
        let value = input.answer.map(|answer| answer.0);
        if let Some(answer) = value {
            let given = RegionalStatement {
                answer,
                explanation: None,
                from: input.from.0,
                until: None,
            };
            let mistakes = rules::mistakes(&given, &rule);
            if !mistakes.is_empty() {
                return wrong(mistakes.into_iter().map(Mistake::into_code).collect());
            }
        }
        let area = permit.area().as_str();
        let answer = RegionalAnswer {
            area: area.to_owned(),
            criterion: rule.code,
            value: value.unwrap_or(AnswerValue::Unknown),
            from: input.from.0,
            until: None,
        };
        let members = repo::members(session, area).await.map_err(Failure::from)?;
        let effects = judge::effects(session, members, &edition, &answer)
            .await
            .map_err(Failure::from)?;
        let scope = policy::verdicts(session.mandate(), Basis::Submitted);
        Ok(Some(RegionalAnswerPreview {
            effects: effects
                .into_iter()
                .filter(|effect| scope.reaches(&effect.municipality, &effect.period))
                .map(Into::into)
                .collect(),
            errors: Vec::new(),
        }))
    }
}
