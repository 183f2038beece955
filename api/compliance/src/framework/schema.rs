//! `FrameworkEdition`, `Theme`, `Criterion`, `ReportingPeriod`.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::{criterion, criterion_lineage, framework_edition, reporting_period, theme};

use super::{
    consultation::schema::{EditionConsultation, consultation_on},
    loader::{self, CriterionByKey},
    reschedule::has_closed,
};
use domain::{
    assessment::rules::Days,
    framework::{
        answering,
        codes::{Change, CriterionBasis, CriterionLevel, PeriodState},
    },
    mistake::did_you_mean,
    policy::{self, Operation},
    verdict::rules::{AnsweredBy, CriterionScope, EditionState},
};
use graphql::{
    coded::Coded,
    context::{request, today},
    date::Date,
    error::Failure,
    id::{self, NodeKind},
    index::index_of_shared,
    known::known,
    moment::Moment,
    text::LocalizedText,
};
use register::sources::schema::{Source, in_both};

/// An edition of the framework. NL: editie van het VNG-kader.
#[derive(Debug, Clone)]
pub(crate) struct FrameworkEdition {
    row: Arc<framework_edition::Model>,
}

impl FrameworkEdition {
    /// The code.
    pub(crate) fn code_text(&self) -> &str {
        &self.row.code
    }

    /// Whether verdicts under it must be called provisional.
    pub(crate) fn is_provisional(&self) -> bool {
        self.row.state != "ENDORSED"
    }
}

/// An edition of the framework. NL: editie van het VNG-kader.
#[Object]
impl FrameworkEdition {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::FrameworkEdition, &self.row.code).await
    }

    /// The code, as in `VOORSTEL-1`. NL: code.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// The title. NL: titel.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// How far the edition is. NL: stand van de editie.
    async fn state(&self) -> Coded<EditionState> {
        let state = EditionState::from_code(&self.row.state);
        state.unwrap_or(EditionState::Proposed).into()
    }

    /// The rule set by which it is judged. NL: regelset.
    async fn rule_set(&self) -> &str {
        &self.row.rule_set
    }

    /// Months after its adoption or revision in which a policy must be renewed. NL: termijn in
    /// maanden.
    async fn norm_months(&self) -> i32 {
        self.row.norm_months
    }

    /// Whether VNG has endorsed that term; only then may a policy be called overdue by it in
    /// public. NL: termijn vastgesteld.
    async fn norm_endorsed(&self) -> bool {
        self.row.norm_endorsed
    }

    /// Months in which the policy of a predecessor counts for a new municipality. NL:
    /// overgangstermijn in maanden.
    async fn inheritance_grace_months(&self) -> i32 {
        self.row.inheritance_grace_months
    }

    /// The themes, in their order. NL: thema's.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<Theme>> {
        let themes = loader::themes(ctx).await?;
        let own = themes.iter().filter(|theme| theme.edition == self.row.code);
        Ok(own.map(|row| Theme { row: row.clone() }).collect())
    }

    /// The criteria, in their order. NL: criteria.
    #[graphql(complexity = "1 + 25 * child_complexity")]
    async fn criteria(&self, ctx: &Context<'_>) -> Result<Vec<Criterion>> {
        let criteria = loader::criteria(ctx).await?;
        let own = criteria.iter().filter(|row| row.edition == self.row.code);
        Ok(own.map(|row| Criterion { row: row.clone() }).collect())
    }

    /// The reporting periods under this edition, the first to open first. NL: rapportageperioden.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn periods(&self, ctx: &Context<'_>) -> Result<Vec<ReportingPeriod>> {
        let periods = loader::periods(ctx).await?;
        let own = periods.iter().filter(|row| row.edition == self.row.code);
        Ok(own
            .map(|row| ReportingPeriod { row: row.clone() })
            .collect())
    }

    /// What became of each criterion of the edition before, the dropped ones last; empty for a
    /// first edition. NL: herkomst van de criteria.
    #[graphql(complexity = "1 + 25 * child_complexity")]
    async fn lineage(&self, ctx: &Context<'_>) -> Result<Vec<CriterionLineage>> {
        let rows = known::<criterion_lineage::Entity>(ctx).await?;
        let own = rows.iter().filter(|row| row.edition == self.row.code);
        Ok(own.filter_map(CriterionLineage::of).collect())
    }

    /// Until when it is laid open for comment; null when it never was. NL: consultatie.
    async fn consultation(&self, ctx: &Context<'_>) -> Result<Option<EditionConsultation>> {
        consultation_on(ctx, &self.row).await
    }

    /// The number of its last entry in the ledger, for `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        register::source_of!(self.row)
    }
}

/// What became of a criterion. NL: herkomst van een criterium.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct CriterionLineage {
    /// What became of it. NL: verandering.
    change: Coded<Change>,
    #[graphql(skip)]
    criterion: Option<String>,
    #[graphql(skip)]
    from: Option<String>,
}

impl CriterionLineage {
    fn of(row: &criterion_lineage::Model) -> Option<Self> {
        let key = |edition: &str, code: &Option<String>| {
            code.as_ref().map(|code| format!("{edition}/{code}"))
        };
        Some(Self {
            change: Change::from_code(&row.change)?.into(),
            criterion: key(&row.edition, &row.criterion),
            from: key(&row.from_edition, &row.from_criterion),
        })
    }
}

#[ComplexObject]
impl CriterionLineage {
    /// The criterion of this edition; null when it went. NL: criterium.
    async fn criterion(&self, ctx: &Context<'_>) -> Result<Option<Criterion>> {
        match &self.criterion {
            Some(key) => find_criterion(ctx, key).await,
            None => Ok(None),
        }
    }

    /// The criterion of the edition before; null when it is new. NL: vorig criterium.
    async fn from(&self, ctx: &Context<'_>) -> Result<Option<Criterion>> {
        match &self.from {
            Some(key) => find_criterion(ctx, key).await,
            None => Ok(None),
        }
    }
}

/// A theme of an edition. NL: thema.
#[derive(Debug, Clone)]
pub(crate) struct Theme {
    row: Arc<theme::Model>,
}

/// A theme of an edition. NL: thema.
#[Object]
impl Theme {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        let key = format!("{}/{}", self.row.edition, self.row.code);
        id::id(ctx, NodeKind::Theme, &key).await
    }

    /// The code, as in `BB`. NL: code.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// The title. NL: titel.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// The criteria of the theme, in their order. NL: criteria.
    #[graphql(complexity = "1 + 8 * child_complexity")]
    async fn criteria(&self, ctx: &Context<'_>) -> Result<Vec<Criterion>> {
        let criteria = loader::criteria(ctx).await?;
        let own = criteria
            .iter()
            .filter(|row| row.edition == self.row.edition && row.theme == self.row.code);
        Ok(own.map(|row| Criterion { row: row.clone() }).collect())
    }
}

/// A criterion of an edition. NL: criterium.
#[derive(Debug, Clone)]
pub(crate) struct Criterion {
    row: Arc<criterion::Model>,
}

impl Criterion {
    /// Months after which evidence is called stale.
    pub(crate) fn months(&self) -> Option<u32> {
        u32::try_from(self.row.review_months).ok()
    }
}

/// A criterion of an edition. NL: criterium.
#[Object]
impl Criterion {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::Criterion, &self.row.subject_key).await
    }

    /// The key, as in `VOORSTEL-1/BB-01`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.subject_key
    }

    /// The code within the edition, as in `BB-01`. NL: code.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// The title. NL: titel.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// What must be so for it to be met. NL: tekst.
    async fn text(&self) -> LocalizedText {
        LocalizedText::new(&self.row.text_nl, &self.row.text_en)
    }

    /// The level. NL: niveau (in het kader: plateau).
    async fn level(&self) -> Coded<CriterionLevel> {
        let level = CriterionLevel::from_code(&self.row.level);
        level.unwrap_or(CriterionLevel::Advanced).into()
    }

    /// Whether it counts for the verdict. NL: vereist.
    async fn required(&self) -> bool {
        self.row.required
    }

    /// Who answers it. NL: wie antwoordt.
    async fn answered_by(&self) -> Coded<AnsweredBy> {
        let by = AnsweredBy::from_code(&self.row.answered_by);
        by.unwrap_or(AnsweredBy::Municipality).into()
    }

    /// The mutations by which it is answered: a municipality saves its answer and submits it, a region
    /// submits one for its members, and what is computed follows from what is recorded of its
    /// policy. NL: handelingen.
    async fn mutations(&self) -> Vec<Coded<Operation>> {
        let by = AnsweredBy::from_code(&self.row.answered_by);
        let by = by.unwrap_or(AnsweredBy::Municipality);
        let scope = CriterionScope::from_code(&self.row.scope);
        let scope = scope.unwrap_or(CriterionScope::LocalOnly);
        let mutations = answering::mutations(&self.row.code, by, scope);
        mutations.iter().copied().map(Coded).collect()
    }

    /// At which level it can be met. NL: reikwijdte.
    async fn scope(&self) -> Coded<CriterionScope> {
        let scope = CriterionScope::from_code(&self.row.scope);
        scope.unwrap_or(CriterionScope::LocalOnly).into()
    }

    /// Whether "not applicable" is an answer. NL: niet van toepassing toegestaan.
    async fn not_applicable_allowed(&self) -> bool {
        self.row.not_applicable_allowed
    }

    /// Months after which evidence is called stale; it still counts. NL: herzieningstermijn in
    /// maanden.
    async fn review_months(&self) -> i32 {
        self.row.review_months
    }

    /// Codes of evidence that fits. NL: soorten bewijs.
    async fn evidence_kinds(&self) -> Vec<String> {
        self.row.evidence_kinds.clone()
    }

    /// What it rests on. NL: grondslag.
    async fn basis(&self) -> Coded<CriterionBasis> {
        let basis = CriterionBasis::from_code(&self.row.basis);
        basis.unwrap_or(CriterionBasis::OurProposal).into()
    }

    /// Which sources it rests on; null when there is nothing to add. NL: toelichting op de
    /// grondslag.
    async fn basis_note(&self) -> Option<LocalizedText> {
        self.row.basis_note.as_deref().map(in_both)
    }
}

/// A period in which municipalities report. NL: rapportageperiode.
#[derive(Debug, Clone)]
pub(crate) struct ReportingPeriod {
    row: Arc<reporting_period::Model>,
}

impl ReportingPeriod {
    /// The key.
    pub(crate) fn key(&self) -> &str {
        &self.row.key
    }

    /// The last day on which handing in is on time.
    pub(crate) fn deadline(&self) -> NaiveDate {
        self.row.deadline_on
    }

    /// Its days.
    pub(crate) fn days(&self) -> Days {
        Days {
            opens_on: self.row.opens_on,
            deadline_on: self.row.deadline_on,
            closes_on: self.row.closes_on,
        }
    }

    /// The code of its edition.
    pub(crate) fn edition_code(&self) -> &str {
        &self.row.edition
    }

    /// The day that is told of when nobody names one: today, and once the period has closed its
    /// last day.
    pub(crate) fn reference_day(&self, today: NaiveDate) -> NaiveDate {
        today.min(self.row.closes_on)
    }
}

/// A period in which municipalities report. NL: rapportageperiode.
#[Object]
impl ReportingPeriod {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::ReportingPeriod, &self.row.key).await
    }

    /// The key, as in `2026-2`. NL: sleutel.
    #[graphql(name = "key")]
    async fn key_text(&self) -> &str {
        &self.row.key
    }

    /// The edition that is reported under. NL: editie.
    async fn edition(&self, ctx: &Context<'_>) -> Result<Option<FrameworkEdition>> {
        find_edition(ctx, &self.row.edition).await
    }

    /// The first day on which municipalities can hand in. NL: opening.
    async fn opens_on(&self) -> Date {
        Date(self.row.opens_on)
    }

    /// The last day on which handing in is on time. NL: uiterste datum.
    async fn deadline_on(&self) -> Date {
        Date(self.row.deadline_on)
    }

    /// The last day on which handing in is possible. NL: sluiting.
    async fn last_day(&self) -> Date {
        Date(self.row.closes_on)
    }

    /// Why its days were changed last, in Dutch; null when they stand as they were opened. NL:
    /// reden van verzetten.
    async fn rescheduled_because(&self) -> Option<&str> {
        self.row.corrects.and(self.row.note.as_deref())
    }

    /// What you may do with the period now, by mutation; empty for what is told of another moment.
    /// NL: toegestane handelingen.
    async fn may(&self, ctx: &Context<'_>) -> Result<Vec<Coded<Operation>>> {
        let request = request(ctx)?;
        if !request.is_present().await.map_err(Failure::from)? {
            return Ok(Vec::new());
        }
        let mandate = request.mandate().await.map_err(Failure::from)?;
        let today = today(ctx).await?;
        let allows = |operation: &Operation| match operation {
            Operation::RescheduleReportingPeriod => {
                policy::may_manage_framework(mandate).is_ok()
                    && !has_closed(self.row.closes_on, today)
            }
            Operation::ImportAssessments => {
                policy::may_import_assessments(mandate).is_ok() && self.days().accepts(today)
            }
            // Reviews go on when the period has closed.
            Operation::ClaimReviews
            | Operation::ConfirmAssessments
            | Operation::ReturnAssessments => {
                policy::may_review_all(mandate).is_ok() && self.row.opens_on <= today
            }
            _ => false,
        };
        Ok(Operation::ALL
            .into_iter()
            .filter(allows)
            .map(Coded)
            .collect())
    }

    /// Whether municipalities can hand in today. NL: stand van de periode.
    async fn state(&self, ctx: &Context<'_>) -> Result<Coded<PeriodState>> {
        let today = today(ctx).await?;
        let state = if today < self.row.opens_on {
            PeriodState::Planned
        } else if today <= self.row.deadline_on {
            PeriodState::Open
        } else if today <= self.row.closes_on {
            PeriodState::Late
        } else {
            PeriodState::Closed
        };
        Ok(Coded(state))
    }
}

/// Queries of the framework.
#[derive(Default)]
pub(crate) struct FrameworkQuery;

#[Object]
impl FrameworkQuery {
    /// An edition of the framework; by default the latest that is not retired. `NOT_FOUND` for an
    /// unknown code. NL: kader.
    async fn framework(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, as in `VOORSTEL-1`. NL: code van de editie.")] edition: Option<
            String,
        >,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<FrameworkEdition>> {
        let editions = loader::editions(ctx).await?;
        let Some(code) = edition else {
            let latest = editions
                .iter()
                .filter(|row| row.state != "RETIRED")
                .max_by_key(|row| row.ledger_no);
            return Ok(latest.map(|row| FrameworkEdition { row: row.clone() }));
        };
        known_edition(ctx, &code).await.map(Some)
    }

    /// All editions of the framework, by code: proposed, endorsed and retired. At most 50: one in a
    /// few years. NL: edities van het kader.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn framework_editions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<FrameworkEdition>>> {
        let editions = loader::editions(ctx).await?;
        let all = editions.iter();
        let all = all.map(|row| FrameworkEdition { row: row.clone() });
        Ok(Some(all.collect()))
    }

    /// All reporting periods, the first to open first. At most 50: two a year. NL:
    /// rapportageperioden.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn reporting_periods(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<ReportingPeriod>>> {
        let periods = loader::periods(ctx).await?;
        Ok(Some(
            periods
                .iter()
                .map(|row| ReportingPeriod { row: row.clone() })
                .collect(),
        ))
    }
}

/// The edition of a code.
pub(crate) async fn find_edition(
    ctx: &Context<'_>,
    code: &str,
) -> Result<Option<FrameworkEdition>> {
    let editions = loader::editions(ctx).await?;
    let row = editions.iter().find(|row| row.code == code);
    Ok(row.map(|row| FrameworkEdition { row: row.clone() }))
}

/// The edition of a code; `NOT_FOUND` for an unknown one.
pub(crate) async fn known_edition(ctx: &Context<'_>, code: &str) -> Result<FrameworkEdition> {
    if let Some(edition) = find_edition(ctx, code).await? {
        return Ok(edition);
    }
    let editions = loader::editions(ctx).await?;
    Err(Failure::Unknown {
        what: ("editie", "edition"),
        did_you_mean: did_you_mean(code, editions.iter().map(|row| row.code.as_str())),
        code: code.to_owned(),
    }
    .into())
}

/// The theme of a key, as in `VOORSTEL-1/BB`, for `node`.
pub(crate) async fn find_theme(ctx: &Context<'_>, key: &str) -> Result<Option<Theme>> {
    let themes = loader::themes(ctx).await?;
    let is_it = |row: &&Arc<theme::Model>| key.split_once('/') == Some((&row.edition, &row.code));
    let row = themes.iter().find(is_it);
    Ok(row.map(|row| Theme { row: row.clone() }))
}

/// The criterion of a key, as in `VOORSTEL-1/BB-01`.
pub(crate) async fn find_criterion(ctx: &Context<'_>, key: &str) -> Result<Option<Criterion>> {
    let criteria = index_of_shared::<CriterionByKey>(ctx).await?;
    let row = criteria.first_of(key);
    Ok(row.map(|row| Criterion { row: row.clone() }))
}

/// The period of a key, for `node`.
pub(crate) async fn find_period(ctx: &Context<'_>, key: &str) -> Result<Option<ReportingPeriod>> {
    let periods = loader::periods(ctx).await?;
    let row = periods.iter().find(|row| row.key == key);
    Ok(row.map(|row| ReportingPeriod { row: row.clone() }))
}

/// The period that had opened last by a day.
pub(crate) async fn latest_period(ctx: &Context<'_>, day: NaiveDate) -> Result<ReportingPeriod> {
    let periods = loader::periods(ctx).await?;
    match periods.iter().rfind(|row| row.opens_on <= day) {
        Some(row) => Ok(ReportingPeriod { row: row.clone() }),
        None => Err(Failure::NotYet {
            rule: "NO_PERIOD",
            text: LocalizedText::new(
                format!("Op {day} was nog geen rapportageperiode opengegaan."),
                format!("No reporting period had opened by {day}."),
            ),
        }
        .into()),
    }
}

/// What a count of verdicts must know of an edition.
pub(crate) struct EditionRules {
    /// Whether verdicts under it must be called provisional.
    pub(crate) provisional: bool,
    /// Its criteria, in its order, by code.
    pub codes: Vec<String>,
}

/// The rules of an edition; of an unknown one nothing, and that it is provisional.
pub(crate) async fn edition_rules(ctx: &Context<'_>, code: &str) -> Result<EditionRules> {
    let edition = find_edition(ctx, code).await?;
    let criteria = loader::criteria(ctx).await?;
    let own = criteria.iter().filter(|row| row.edition == code);
    Ok(EditionRules {
        provisional: edition.is_none_or(|edition| edition.is_provisional()),
        codes: own.map(|row| row.code.clone()).collect(),
    })
}

/// The period of a key, or the error that says which keys look like it.
pub(crate) async fn known_period(ctx: &Context<'_>, key: &str) -> Result<ReportingPeriod> {
    match find_period(ctx, key).await? {
        Some(period) => Ok(period),
        None => {
            let periods = loader::periods(ctx).await?;
            Err(Failure::Unknown {
                what: ("rapportageperiode", "reporting period"),
                code: key.to_owned(),
                did_you_mean: did_you_mean(key, periods.iter().map(|row| row.key.as_str())),
            }
            .into())
        }
    }
}
