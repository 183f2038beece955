//! `Verdict` and its grounds.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;
use database::{DbError, Session};
use graphql::{
    access::{roles, visible_to},
    coded::Coded,
    context::request,
    cost::STATEMENT,
    date::Date,
    error::Failure,
    moment::Moment,
    text::LocalizedText,
};

use super::repo::{self, Stored, VerdictOf};
use crate::{
    framework::schema::{
        Criterion, FrameworkEdition, ReportingPeriod, find_criterion, find_edition, known_period,
    },
    ledger::titles::titles,
    publication::{
        published::{PublishedVerdict, published_verdict},
        schema::{Publication, find_publication},
    },
};
use domain::{
    ledger::things::Titles,
    policy::{self, Rule},
    text::{Language, pick},
    verdict::{
        codes::VerdictRun,
        label::full_label,
        rules::{
            AnswerSource, AnswerValue, Basis, EditionState, Grounds, Judgement, Reason,
            VerdictStatus, reason_texts, rule_text,
        },
    },
};
use register::territory::schema::{
    Area, Municipality, existed_on, find_area_node, known_municipality,
};

/// What the rules say of a municipality in a period. NL: oordeel over een gemeente.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    municipality: Municipality,
    period: ReportingPeriod,
    basis: Basis,
    provisional: bool,
    run: VerdictRun,
    /// The day that a re-run is told of: a closed period may be asked of a day that none reaches.
    rerun_on: NaiveDate,
    stored: Option<Stored>,
    /// What was published by name, for whoever does not see the verdict itself.
    published: Option<PublishedVerdict>,
}

impl Verdict {
    /// The verdict that is told.
    fn to_view(&self) -> VerdictStatus {
        let published = || VerdictStatus::from_code(&self.published.as_ref()?.status);
        let stored = self.stored.as_ref().map(|stored| stored.status);
        stored
            .or_else(published)
            .unwrap_or(VerdictStatus::NotAssessed)
    }
}

impl Verdict {
    /// What was judged of a municipality while a period was open.
    pub(super) fn of(
        municipality: Municipality,
        period: ReportingPeriod,
        basis: Basis,
        stored: Stored,
        rerun_on: NaiveDate,
    ) -> Self {
        Self {
            municipality,
            period,
            basis,
            provisional: stored.grounds.provisional,
            run: VerdictRun::InPeriod,
            rerun_on,
            stored: Some(stored),
            published: None,
        }
    }

    /// What was published by name, for whoever does not see the verdict itself; only what VNG
    /// confirmed is published.
    async fn published(
        session: &Session,
        municipality: Municipality,
        period: ReportingPeriod,
        basis: Basis,
    ) -> Result<Option<Self>, DbError> {
        if basis != Basis::Confirmed {
            return Ok(None);
        }
        let published = published_verdict(session, period.key(), municipality.code_text()).await?;
        Ok(published.map(|published| Self {
            municipality,
            period,
            basis,
            // Nobody is published by name under a provisional edition.
            provisional: false,
            run: VerdictRun::InPeriod,
            rerun_on: session.today(),
            stored: None,
            published: Some(published),
        }))
    }
}

/// What the rules say of a municipality in a period. NL: oordeel over een gemeente.
#[Object]
impl Verdict {
    /// The municipality. NL: gemeente.
    async fn municipality(&self) -> &Municipality {
        &self.municipality
    }

    /// The reporting period. NL: rapportageperiode.
    async fn period(&self) -> &ReportingPeriod {
        &self.period
    }

    /// Which version it is about. NL: grondslag.
    async fn basis(&self) -> Coded<Basis> {
        self.basis.into()
    }

    /// The verdict. NL: oordeel.
    async fn status(&self) -> Coded<VerdictStatus> {
        self.to_view().into()
    }

    /// The verdict in words, with what must be said beside it: provisional criteria, not checked.
    /// NL: label.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        let (nl, en) = full_label(self.to_view(), self.basis, self.provisional);
        pick(language.0, (&nl, &en))
    }

    /// Whether it was judged while the period was open, or stands beside. NL: moment van
    /// beoordelen.
    async fn run(&self) -> Coded<VerdictRun> {
        self.run.into()
    }

    /// What was judged after the period had closed, by what became known later: it stands beside
    /// and is counted nowhere. Null when nothing was, and of a re-run itself. NL: herberekend
    /// oordeel.
    #[graphql(complexity = "STATEMENT + child_complexity")]
    async fn rerun(&self, ctx: &Context<'_>) -> Result<Option<Verdict>> {
        if self.run == VerdictRun::AfterClosing {
            return Ok(None);
        }
        let request = request(ctx)?;
        let scope = policy::verdicts(request.mandate().await.map_err(Failure::from)?, self.basis);
        let session = request.session().await.map_err(Failure::from)?;
        let of = VerdictOf {
            municipality: self.municipality.code_text(),
            period: self.period.key(),
            basis: self.basis,
            run: VerdictRun::AfterClosing,
            day: self.rerun_on,
        };
        let stored = repo::find(session, &scope, of)
            .await
            .map_err(Failure::from)?;
        Ok(stored.map(|stored| Verdict {
            provisional: stored.grounds.provisional,
            run: VerdictRun::AfterClosing,
            stored: Some(stored),
            ..self.clone()
        }))
    }

    /// The first day since which it is so without a break, in this period and on this basis; null
    /// while nothing was judged. NL: sinds.
    async fn since(&self) -> Option<Date> {
        let since = match &self.published {
            Some(published) => published.verdict_from,
            None => self.stored.as_ref().map(|stored| stored.since),
        };
        since.map(Date)
    }

    /// The day from which it was judged as it stands, with these grounds: on it or after `since`.
    /// Null while nothing was judged, and of a verdict that a publication tells. NL: beoordeeld
    /// vanaf.
    async fn judged_from(&self) -> Option<Date> {
        let stored = self.stored.as_ref();
        stored.map(|stored| Date(stored.judged_from))
    }

    /// The rule set by which it was judged, as in `VOORSTEL-2`; null while nothing was judged, and
    /// of a verdict that a publication tells, which names it itself. NL: regelset.
    async fn rule_set(&self) -> Option<&str> {
        let stored = self.stored.as_ref();
        stored.map(|stored| stored.grounds.rule_set.as_str())
    }

    /// The publication that it is told from; null when you see the verdict itself. NL: publicatie.
    async fn publication(&self, ctx: &Context<'_>) -> Result<Option<Publication>> {
        match &self.published {
            Some(published) => find_publication(ctx, &published.publication).await,
            None => Ok(None),
        }
    }

    /// What the municipality says beside its published verdict. NL: reactie van de gemeente.
    async fn response(&self) -> Option<&str> {
        self.published.as_ref()?.response.as_deref()
    }

    /// The ledger number that it came in with; null while nothing was judged. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> Option<i64> {
        self.stored.as_ref().map(|stored| stored.ledger)
    }

    /// Why: per criterion the answer that counts and its reasons, and what would change the
    /// verdict. Null while nothing was judged. NL: gronden.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadAnswers)))]
    async fn grounds(&self) -> Option<VerdictGrounds> {
        self.stored.as_ref().map(|stored| VerdictGrounds {
            grounds: stored.grounds.clone(),
        })
    }
}

/// What a verdict would be; nothing of it is kept. NL: vooruitblik op een oordeel.
#[derive(Debug, Clone)]
pub(crate) struct VerdictPreview {
    judgement: Judgement,
}

impl From<Judgement> for VerdictPreview {
    fn from(judgement: Judgement) -> Self {
        Self { judgement }
    }
}

/// What a verdict would be; nothing of it is kept. NL: vooruitblik op een oordeel.
#[Object]
impl VerdictPreview {
    /// The verdict that would follow. NL: oordeel.
    async fn status(&self) -> Coded<VerdictStatus> {
        self.judgement.status.into()
    }

    /// The verdict in words, with what must be said beside it: provisional criteria, not checked.
    /// NL: label.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        let provisional = self.judgement.grounds.provisional;
        let (nl, en) = full_label(self.judgement.status, Basis::Submitted, provisional);
        pick(language.0, (&nl, &en))
    }

    /// Why, and what would change it. NL: gronden.
    async fn grounds(&self) -> VerdictGrounds {
        VerdictGrounds {
            grounds: self.judgement.grounds.clone(),
        }
    }
}

/// Why a verdict is what it is. NL: gronden van een oordeel.
#[derive(Debug, Clone)]
pub(crate) struct VerdictGrounds {
    grounds: Grounds,
}

/// Why a verdict is what it is. NL: gronden van een oordeel.
#[Object]
impl VerdictGrounds {
    /// The edition of the framework. NL: editie van het kader.
    async fn edition(&self, ctx: &Context<'_>) -> Result<Option<FrameworkEdition>> {
        find_edition(ctx, &self.grounds.edition).await
    }

    /// The state of the edition when it was judged. NL: stand van de editie.
    async fn edition_state(&self) -> Coded<EditionState> {
        self.grounds.edition_state.into()
    }

    /// The rule set, as in `VOORSTEL-2`. NL: regelset.
    async fn rule_set(&self) -> &str {
        &self.grounds.rule_set
    }

    /// The number of the version of the assessment that was judged, from 1; null when there was
    /// none. NL: nummer van de beoordeelde versie.
    async fn version_number(&self) -> Option<u32> {
        self.grounds.version
    }

    /// The rule that decided, as one sentence. NL: toegepaste regel.
    async fn rule(&self) -> LocalizedText {
        let sentence = rule_text(self.grounds.rule, self.grounds.basis);
        LocalizedText::new(sentence.nl, sentence.en)
    }

    /// How the required criteria were counted. NL: telling.
    async fn counts(&self) -> GroundCounts {
        let counts = self.grounds.counts;
        GroundCounts {
            required: counts.required,
            applicable: counts.applicable,
            met: counts.met,
            partly_met: counts.partly_met,
            not_met: counts.not_met,
            unknown: counts.unknown,
            not_applicable: counts.not_applicable,
            left_out: counts.left_out,
        }
    }

    /// Each criterion of the edition with the answer that counts, in the order of the edition. NL:
    /// per criterium.
    #[graphql(complexity = "1 + 25 * child_complexity")]
    async fn criteria(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only required criteria that are not met. NL: alleen wat ontbreekt.",
            default
        )]
        missing: bool,
    ) -> Result<Vec<CriterionGround>> {
        let reasons = self.grounds.criteria.iter();
        let reasons = reasons.flat_map(|ground| &ground.reasons);
        let titles = titles(ctx, reasons.flat_map(Reason::names)).await?;
        let mut shown = Vec::new();
        for ground in &self.grounds.criteria {
            let settled = matches!(
                ground.effective,
                AnswerValue::Met | AnswerValue::NotApplicable
            );
            if missing && (settled || !ground.required) {
                continue;
            }
            shown.push(CriterionGround {
                criterion: find_criterion(
                    ctx,
                    &format!("{}/{}", self.grounds.edition, ground.criterion),
                )
                .await?,
                required: ground.required,
                answer: ground.effective.into(),
                answered_by: ground.from.into(),
                area: find_area_node(ctx, ground.area.as_deref().unwrap_or_default()).await?,
                reasons: sentences(&ground.reasons, &titles),
            });
        }
        Ok(shown)
    }

    /// What would give the next higher verdict; null when there is none. NL: wat het oordeel zou
    /// verbeteren.
    async fn next(&self, ctx: &Context<'_>) -> Result<Option<VerdictNext>> {
        let Some(next) = &self.grounds.next else {
            return Ok(None);
        };
        let edition = self.grounds.edition.as_str();
        let titles = titles(ctx, next.names(edition)).await?;
        let sentence = next.sentence(edition, &titles);
        Ok(Some(VerdictNext {
            sentence: LocalizedText::new(sentence.nl, sentence.en),
            status: next.status.into(),
            all_of: criteria(ctx, edition, &next.all_of).await?,
            at_least: match &next.at_least {
                Some(choice) => Some(VerdictNextChoice {
                    n: choice.n,
                    of: criteria(ctx, edition, &choice.of).await?,
                }),
                None => None,
            },
        }))
    }
}

/// Reasons in words, each sentence once: two decisions without a date are one thing to say.
fn sentences(reasons: &[Reason], titles: &Titles) -> Vec<LocalizedText> {
    let mut sentences = reason_texts(reasons, titles);
    sentences.dedup();
    let texts = sentences.into_iter();
    texts
        .map(|one| LocalizedText::new(one.nl, one.en))
        .collect()
}

/// How many required criteria got which answer. NL: telling van vereiste criteria.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct GroundCounts {
    /// Required criteria of the edition. NL: vereist.
    required: u32,
    /// Required criteria that apply; the others are left out of the judgement. NL: van toepassing.
    applicable: u32,
    /// Applicable criteria that are met. NL: voldaan.
    met: u32,
    /// Applicable criteria that are met in part. NL: deels voldaan.
    partly_met: u32,
    /// Applicable criteria that are not met. NL: niet voldaan.
    not_met: u32,
    /// Applicable criteria that nobody answered, or of which the register does not tell. NL:
    /// onbekend.
    unknown: u32,
    /// Required criteria that do not apply. NL: niet van toepassing.
    not_applicable: u32,
    /// BB-01 and BB-02 while they are unknown: "half of the criteria" leaves them out. NL: buiten
    /// beschouwing gelaten.
    left_out: u32,
}

/// The answer that counts for one criterion, with its reasons. NL: grond per criterium.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct CriterionGround {
    /// The criterion. NL: criterium.
    criterion: Option<Criterion>,
    /// Whether the criterion counts for the verdict. NL: vereist.
    required: bool,
    /// The answer that counts. NL: antwoord dat telt.
    answer: Coded<AnswerValue>,
    /// Where it comes from. NL: herkomst.
    answered_by: Coded<AnswerSource>,
    /// The area whose answer counts; null when none does. NL: gebied.
    area: Option<Area>,
    /// Why it counts so, one sentence each; empty when it speaks for itself. NL: redenen.
    reasons: Vec<LocalizedText>,
}

/// What would give the next higher verdict. NL: volgende stap.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct VerdictNext {
    /// The verdict that would follow. NL: oordeel.
    status: Coded<VerdictStatus>,
    /// Criteria that all must be met. NL: allemaal.
    all_of: Vec<Criterion>,
    /// A number of others, of free choice; null when there is no choice. NL: ten minste.
    at_least: Option<VerdictNextChoice>,
    /// The same in one sentence, each criterion with its title. NL: in woorden.
    sentence: LocalizedText,
}

/// A number of criteria out of several. NL: keuze.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct VerdictNextChoice {
    /// How many must be met. NL: aantal.
    n: u32,
    /// Out of which. NL: uit.
    of: Vec<Criterion>,
}

/// The criteria of an edition of these codes, in this order.
async fn criteria(ctx: &Context<'_>, edition: &str, codes: &[String]) -> Result<Vec<Criterion>> {
    let mut found = Vec::with_capacity(codes.len());
    for code in codes {
        found.extend(find_criterion(ctx, &format!("{edition}/{code}")).await?);
    }
    Ok(found)
}

/// Queries of verdicts.
#[derive(Default)]
pub(crate) struct VerdictQuery;

#[Object]
impl VerdictQuery {
    /// The verdict on a municipality in a period; of a closed period the one that it closed with.
    /// Whoever may not see it is told what was published by name. Null when nothing was (see
    /// `extensions.withheld`), and on a day on which the municipality does not exist. `NOT_FOUND`
    /// for an unknown municipality or period. NL: oordeel over een gemeente.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(directive = visible_to::apply(roles(Rule::ReadVerdicts)))]
    async fn verdict(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The CBS code, as in `GM0402`. NL: gemeentecode.")] municipality: String,
        #[graphql(desc = "The key of the period, as in `2026-2`. NL: periode.")] period: String,
        #[graphql(
            desc = "Which versions; by default those that VNG confirmed. NL: grondslag.",
            default_with = "Coded(Basis::Confirmed)"
        )]
        basis: Coded<Basis>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Verdict>> {
        let Coded(basis) = basis;
        let request = request(ctx)?;
        let municipality = known_municipality(ctx, &municipality).await?;
        let period = known_period(ctx, &period).await?;
        let scope = policy::verdicts(request.mandate().await.map_err(Failure::from)?, basis);
        let session = request.session().await.map_err(Failure::from)?;
        if !scope.reaches(municipality.code_text(), period.key()) {
            let published = Verdict::published(session, municipality, period, basis)
                .await
                .map_err(Failure::from)?;
            if let (None, Some(rule)) = (&published, scope.hidden_by()) {
                request.withhold(ctx, rule);
            }
            return Ok(published);
        }
        let named = request.named_day();
        let day = named.unwrap_or_else(|| period.reference_day(session.today()));
        let of = VerdictOf {
            municipality: municipality.code_text(),
            period: period.key(),
            basis,
            run: VerdictRun::InPeriod,
            day,
        };
        let stored = repo::find(session, &scope, of)
            .await
            .map_err(Failure::from)?;
        if !existed_on(ctx, municipality.code_text(), day).await? {
            return Ok(None);
        }
        let provisional = match find_edition(ctx, period.edition_code()).await? {
            Some(edition) => edition.is_provisional(),
            None => true,
        };
        Ok(Some(Verdict {
            municipality,
            period,
            basis,
            provisional: stored
                .as_ref()
                .map_or(provisional, |stored| stored.grounds.provisional),
            run: VerdictRun::InPeriod,
            rerun_on: session.today(),
            stored,
            published: None,
        }))
    }
}
