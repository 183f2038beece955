//! What the verdicts of the last period would be under an edition that is proposed: counts, for VNG
//! alone, which reads every verdict behind them.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use chrono::NaiveDate;
use sea_orm::DbErr;

use super::{
    append_edition::NewCriterion,
    edition_input::ProposeEditionInput,
    repo,
    schema::{ReportingPeriod, find_period},
};
use database::{DbError, Session};
use domain::{
    framework::{codes::Change, lineage::Lineage},
    policy::MayManageFramework,
    verdict::rules::{
        AnsweredBy, Basis, CriterionRule, CriterionScope, Edition, EditionState, RULE_SET,
        VerdictStatus,
    },
};
use graphql::{coded::Coded, date::Date};
use ledger::judge::tried::{Trial, Tried, tried};

/// What the verdicts of a period would be under an edition that was tried. NL: gevolgen voor de
/// oordelen.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct ProposedVerdicts {
    #[graphql(skip)]
    period_key: String,
    #[graphql(skip)]
    on: NaiveDate,
    /// How many verdicts become what, on each basis: of the municipalities that handed in. A
    /// criterion that changed or is new counts as not answered. NL: aantallen.
    #[graphql(complexity = "1 + 32 * child_complexity")]
    counts: Vec<ProposedVerdictCount>,
}

#[ComplexObject]
impl ProposedVerdicts {
    /// The period whose verdicts were tried. NL: rapportageperiode.
    async fn period(&self, ctx: &Context<'_>) -> Result<Option<ReportingPeriod>> {
        find_period(ctx, &self.period_key).await
    }

    /// The day on which the verdicts are told: today, or the last day of a period that has closed.
    /// NL: peildatum.
    async fn reference_date(&self) -> Date {
        Date(self.on)
    }
}

/// How many verdicts would become what. NL: aantal oordelen.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ProposedVerdictCount {
    /// On which versions. NL: grondslag van het oordeel.
    basis: Coded<Basis>,
    /// What the verdict is. NL: oordeel nu.
    before: Coded<VerdictStatus>,
    /// What it would be. NL: oordeel straks.
    after: Coded<VerdictStatus>,
    /// How many municipalities, at least one. NL: aantal gemeenten.
    count: i32,
}

impl From<Tried> for ProposedVerdictCount {
    fn from(tried: Tried) -> Self {
        Self {
            basis: tried.basis.into(),
            before: tried.before.into(),
            after: tried.after.into(),
            count: i32::try_from(tried.count).unwrap_or(i32::MAX),
        }
    }
}

/// A proposal to try.
pub(super) struct ToTry<'a> {
    pub(super) input: &'a ProposeEditionInput,
    /// Its criteria, in their order.
    pub(super) criteria: &'a [NewCriterion],
    pub(super) lineage: &'a [Lineage],
}

impl ToTry<'_> {
    /// What the verdicts of the last period under the old edition would be; none when no period
    /// under it has opened.
    pub(super) async fn verdicts(
        &self,
        session: &Session,
        permit: &MayManageFramework,
    ) -> Result<Option<ProposedVerdicts>, DbError> {
        let Some(period) = repo::last_opened(session, &self.input.from).await? else {
            return Ok(None);
        };
        let edition = self.edition()?;
        let carried = self
            .lineage
            .iter()
            .filter(|row| row.change == Change::Carried);
        let trial = Trial {
            period: &period.key,
            day: session.today().min(period.closes_on),
            edition: &edition,
            carried: carried.filter_map(|row| row.criterion.as_deref()).collect(),
        };
        let counts = tried(session, permit, &trial).await?;
        Ok(Some(ProposedVerdicts {
            on: trial.day,
            counts: counts.into_iter().map(Into::into).collect(),
            period_key: period.key,
        }))
    }

    /// The edition as the rules need it.
    fn edition(&self) -> Result<Edition, DbError> {
        let months = |months: i32| u32::try_from(months).unwrap_or_default();
        let rules = self.criteria.iter().map(|one| {
            Some(CriterionRule {
                code: one.code.clone(),
                required: one.required,
                scope: CriterionScope::from_code(&one.scope)?,
                answered_by: AnsweredBy::from_code(&one.answered_by)?,
                not_applicable_allowed: one.not_applicable_allowed,
                review_months: u32::try_from(one.review_months).ok(),
            })
        });
        let criteria: Option<Vec<CriterionRule>> = rules.collect();
        Ok(Edition {
            code: self.input.code.clone(),
            state: EditionState::Proposed,
            rule_set: RULE_SET.to_owned(),
            norm_months: months(self.input.norm_months),
            norm_endorsed: false,
            inheritance_grace_months: months(self.input.inheritance_grace_months),
            criteria: criteria.ok_or_else(|| {
                DbError::doing("trying an edition")(DbErr::Type("a criterion".to_owned()))
            })?,
        })
    }
}
