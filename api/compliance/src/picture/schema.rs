//! `CompliancePicture`: how the country and its areas stand in a period, and each municipality as
//! far as the reader may know.

use graphql::{
    access::{roles, visible_to},
    coded::Coded,
    context::request,
    date::Date,
    day::OnDay,
    error::Failure,
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
    selection::selects,
    text::LocalizedText,
};
use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;

use super::{
    contract::{
        HandedInWords, MunicipalityStanding, PictureGroup, StandingFilter, TrendPoint, VerdictCount,
    },
    facts,
    parts::PictureParts,
    question::PictureQuestion,
    repo::PictureRequest,
    trend,
    view::{Answers, PictureView},
};
use crate::{
    framework::schema::{ReportingPeriod, edition_rules, known_period, latest_period},
    publication::published::PublishedVerdict,
};
use domain::{
    picture::{
        codes::{PictureAvailability, PictureGrouping},
        rules::{self, CountingRule, Judged, Standing, Submission},
        sentences::{HandedIn, counts_as_of},
    },
    policy::{self, Rule},
    text::{Language, pick},
    verdict::{
        label::full_label,
        rules::{Basis, VerdictStatus},
    },
};
use register::territory::schema::{known_area_members, municipalities_on};

/// How the country stands in a period. NL: beeld van gemeenten die aan het kader voldoen.
#[derive(Debug, Clone)]
pub(crate) struct CompliancePicture {
    period: ReportingPeriod,
    basis: Basis,
    rule: CountingRule,
    by: PictureGrouping,
    day: NaiveDate,
    provisional: bool,
    standings: Vec<Standing>,
    country: PictureGroup,
    groups: Vec<PictureGroup>,
    counts_as_of: Option<NaiveDate>,
    published: BTreeMap<String, PublishedVerdict>,
}

/// How the country stands in a period. NL: beeld van gemeenten die aan het kader voldoen.
#[Object]
impl CompliancePicture {
    /// The reporting period. NL: rapportageperiode.
    async fn period(&self) -> &ReportingPeriod {
        &self.period
    }

    /// Which versions are counted. NL: grondslag.
    async fn basis(&self) -> Coded<Basis> {
        self.basis.into()
    }

    /// The basis in words, as it must be said beside the figures, with the day of `countsAsOf` where
    /// there is one. NL: label van de grondslag.
    async fn basis_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        let (nl, en) = self.basis.label();
        match self.counts_as_of {
            None => pick(language.0, (nl, en)),
            Some(day) => counts_as_of(language.0, (nl, en), day),
        }
    }

    /// The day as of which `counts` and the counts of `country` are given, where they are not told
    /// as they stand: of what is not confirmed the ministry sees totals and no verdict, and two
    /// totals shortly after each other would give one away. So they are given as of the last
    /// Monday, as it began, on which at least five verdicts had changed since the Monday given
    /// before, these neither all nor all but one in the same way; until the first such Monday, as
    /// of the first day of the period, on which nothing of it was judged. At an earlier moment it
    /// is the Monday that held then: `at.day` sees Mondays up to that day, `at.ledger` and
    /// `at.instant` those up to the day of the last entry of the moment. It holds for `trend` and
    /// for the table `total_compliance` alike; by `MUNICIPALITY_OR_REGION` a municipality counts
    /// there by what VNG confirmed of its region. Null where counts are told as they stand or as
    /// published. NL: stand van de aantallen.
    async fn counts_as_of(&self) -> Option<Date> {
        self.counts_as_of.map(Date)
    }

    /// What counts as meeting the framework. NL: telregel.
    async fn counting_rule(&self) -> Coded<CountingRule> {
        self.rule.into()
    }

    /// The counting rule in words. NL: telregel in woorden.
    async fn counting_rule_text(&self) -> LocalizedText {
        LocalizedText::of(self.rule.text())
    }

    /// By what it is counted. NL: indeling.
    async fn by(&self) -> Coded<PictureGrouping> {
        self.by.into()
    }

    /// The day that is told of. NL: peildatum.
    async fn reference_date(&self) -> Date {
        Date(self.day)
    }

    /// Municipalities that exist on that day: the denominator. NL: aantal gemeenten.
    async fn members(&self) -> i64 {
        i64::try_from(self.standings.len()).unwrap_or(i64::MAX)
    }

    /// Whether you see the counts of the country, and whence. NL: beschikbaarheid.
    async fn availability(&self) -> Coded<PictureAvailability> {
        self.country.availability.into()
    }

    /// All four verdicts of the country, zeros included; they add up to the
    /// `members` of `country`. Null for roles that see published totals only, until they are
    /// published; of another day where `countsAsOf` says so. NL: aantallen per oordeel.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadTotals)),
        complexity = "1 + 4 * child_complexity"
    )]
    async fn counts(&self) -> Option<&[VerdictCount]> {
        self.country.counts.as_deref()
    }

    /// The country as one group, with what was handed in and the answers. NL: landelijk.
    async fn country(&self) -> &PictureGroup {
        &self.country
    }

    /// The areas of the kind asked for, by code, by the borders of that day; municipalities in none
    /// of them stand in `REST`. For the country it is the one group. NL: groepen.
    #[graphql(complexity = "1 + 26 * child_complexity")]
    async fn groups(&self) -> &[PictureGroup] {
        &self.groups
    }

    /// Every municipality of that day, by code, in one list for maps; at most some 400. NL: alle
    /// gemeenten.
    #[graphql(complexity = "1 + 345 * child_complexity")]
    async fn municipalities(&self, ctx: &Context<'_>) -> Result<Vec<MunicipalityStanding>> {
        self.each(ctx).await
    }

    /// Municipalities by their verdict, what they handed in, or their area, by code. `NOT_FOUND`
    /// for an unknown area, `BAD_REQUEST` for a wrong page. NL: gemeenten per oordeel.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn standings(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Which municipalities to list; by default all. NL: filter.",
            default
        )]
        filter: StandingFilter,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<MunicipalityStanding>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let members = match &filter.area {
            Some(area) => Some(known_area_members(ctx, area, self.day).await?),
            None => None,
        };
        let fits = |standing: &MunicipalityStanding| {
            let code = standing.municipality.code_text();
            let has_status = |wanted: &Vec<Coded<VerdictStatus>>| {
                standing
                    .status
                    .is_some_and(|status| wanted.contains(&status))
            };
            let handed_in = |wanted: &Vec<Coded<Submission>>| {
                standing
                    .submission
                    .is_some_and(|state| wanted.contains(&state))
            };
            filter.status.as_ref().is_none_or(has_status)
                && filter.submission.as_ref().is_none_or(handed_in)
                && members
                    .as_ref()
                    .is_none_or(|members| members.contains(code))
        };
        let items = self.each(ctx).await?.into_iter().filter(fits);
        let items = items.map(|standing| (standing.municipality.code_text().to_owned(), standing));
        Ok(Some(Connection::of_whole(items.collect(), &requested)?))
    }

    /// The country in each period that had opened by the day, the first one first; each
    /// municipality by its own verdict. Null for roles that see published totals only, as long as
    /// no period is published; then the published ones. NL: trend.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn trend(&self, ctx: &Context<'_>) -> Result<Option<Vec<TrendPoint>>> {
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let Self {
            basis,
            day,
            provisional,
            ..
        } = *self;
        let key = format!("{basis:?} {day} {provisional}");
        let read = trend::read(session, basis, day, provisional);
        let points = request.once(&key, read).await.map_err(Failure::from)?;
        Ok((!points.is_empty()).then(|| points.clone()))
    }
}

impl CompliancePicture {
    /// Each municipality as the reader may know it.
    async fn each(&self, ctx: &Context<'_>) -> Result<Vec<MunicipalityStanding>> {
        let rows = municipalities_on(ctx, self.day).await?;
        let standings: BTreeMap<&str, &Standing> =
            rules::codes(&self.standings).zip(&self.standings).collect();
        let mut shown = Vec::with_capacity(rows.len());
        for municipality in rows {
            let code = municipality.code_text();
            let standing = standings.get(code);
            let published = self.published.get(code);
            let live_state = standing.and_then(|standing| {
                let state = standing.submission?;
                Some(HandedIn::of(state, standing.wait))
            });
            let state = live_state.or_else(|| published?.state.handed_in());
            let live = standing.and_then(|standing| standing.verdict);
            let (availability, verdict) = match (live, published) {
                (Some(verdict), _) => (PictureAvailability::Visible, Some(verdict)),
                (None, Some(row)) => (
                    PictureAvailability::Published,
                    VerdictStatus::from_code(&row.status).map(|status| Judged {
                        status,
                        since: row.verdict_from,
                        judged_from: None,
                        provisional: false,
                    }),
                ),
                (None, None) => (PictureAvailability::NotPublished, None),
            };
            shown.push(MunicipalityStanding {
                availability: Coded(availability),
                status: verdict.map(|verdict| verdict.status.into()),
                since: verdict.and_then(|verdict| verdict.since).map(Date),
                counts_by_region: live
                    .and(standing)
                    .map(|standing| standing.by_region.is_some()),
                submission: state.as_ref().map(|state| state.submission.into()),
                waiting_since: state
                    .as_ref()
                    .and_then(|state| state.waiting_since)
                    .map(Date),
                handed_in: HandedInWords(state.map(|state| state.text)),
                response: published.and_then(|row| row.response.clone()),
                published_in: published.map(|row| row.publication.clone()),
                labels: verdict
                    .map(|verdict| full_label(verdict.status, self.basis, verdict.provisional)),
                municipality: OnDay::new(self.day, municipality),
            });
        }
        Ok(shown)
    }
}

impl CompliancePicture {
    /// Composes a picture, as far as the reader may know it.
    async fn compose(ctx: &Context<'_>, question: PictureQuestion) -> Result<Self> {
        let PictureQuestion {
            period,
            basis,
            rule,
            by,
            day,
            parts,
        } = question;
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let edition = edition_rules(ctx, period.edition_code()).await?;
        let requested = PictureRequest {
            period: period.key(),
            edition: period.edition_code(),
            basis,
            day,
            rule,
            parts,
        };
        let counted = facts::read_standings(session, &requested)
            .await
            .map_err(Failure::from)?;
        let figures = facts::read_published(session, &requested)
            .await
            .map_err(Failure::from)?;
        let groups = facts::read_groups(session, by, &requested, &counted.standings)
            .await
            .map_err(Failure::from)?;
        let own_regions = facts::read_own_regions(session, by, &requested)
            .await
            .map_err(Failure::from)?;
        let codes = if parts.criteria && counted.total.is_none() {
            edition.codes
        } else {
            Vec::new()
        };
        let view = PictureView {
            standings: &counted.standings,
            basis,
            day,
            provisional: edition.provisional,
            answers: &Answers::by(ctx, requested.edition, codes, &counted.criteria).await?,
            figures: &figures,
            own_regions: &own_regions,
        };
        let (country, groups) = view
            .all_groups(ctx, by, &groups, counted.total.as_ref())
            .await?;
        Ok(Self {
            basis,
            rule,
            by,
            day,
            provisional: edition.provisional,
            country,
            groups,
            counts_as_of: counted.total.map(|total| total.day),
            published: figures.verdicts,
            standings: counted.standings,
            period,
        })
    }
}

/// Queries of the picture.
#[derive(Default)]
pub(crate) struct PictureQuery;

#[Object]
impl PictureQuery {
    /// How many municipalities have which verdict, in the country and by area, and each
    /// municipality as far as you may know: as it stands where you see it, else as published. By
    /// the borders of the day that `at` names; without one, of a closed period of its last day.
    /// `NOT_FOUND` for an unknown period, and with rule `NO_PERIOD` when none had opened by the
    /// day. NL: beeld van gemeenten die aan het kader voldoen.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn compliance_picture(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The key of the period, as in `2026-2`; by default the latest that had opened \
                by the day. NL: periode."
        )]
        period: Option<String>,
        #[graphql(
            desc = "Which versions; by default those that VNG confirmed. NL: grondslag.",
            default_with = "Coded(Basis::Confirmed)"
        )]
        basis: Coded<Basis>,
        #[graphql(
            desc = "By what to count. NL: indeling.",
            default_with = "Coded(PictureGrouping::Country)"
        )]
        by: Coded<PictureGrouping>,
        #[graphql(
            desc = "What counts as meeting the framework. NL: telregel.",
            default_with = "Coded(CountingRule::EveryMunicipality)"
        )]
        counting_rule: Coded<CountingRule>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Arc<CompliancePicture>>> {
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let period = match period {
            Some(key) => known_period(ctx, &key).await?,
            None => latest_period(ctx, session.today()).await?,
        };
        let named = request.named_day();
        let question = PictureQuestion {
            day: named.unwrap_or_else(|| period.reference_day(session.today())),
            period,
            basis: basis.0,
            rule: counting_rule.0,
            by: by.0,
            parts: wanted_parts(ctx),
        };
        let key = question.key();
        let composed = async {
            CompliancePicture::compose(ctx, question)
                .await
                .map(Arc::new)
        };
        let picture = request.once(&key, composed).await?;
        let totals = policy::may_read_totals(session.mandate(), picture.basis);
        if let (None, Err(denied)) = (&picture.country.counts, totals) {
            request.withhold(ctx, denied.0);
        }
        Ok(Some(Arc::clone(picture)))
    }
}

/// What a document wants of a picture. A label says whether criteria are provisional, and a list of
/// standings may be one of those that handed in so.
fn wanted_parts(ctx: &Context<'_>) -> PictureParts {
    const HANDED_IN: [&str; 6] = [
        "submission",
        "submissionLabel",
        "waitingSince",
        "submissions",
        "submissionsWithheld",
        "standings",
    ];
    let look = ctx.look_ahead();
    let (groups, country) = (look.field("groups"), look.field("country"));
    PictureParts {
        criteria: groups.field("criteria").exists() || country.field("criteria").exists(),
        submissions: selects(ctx, &HANDED_IN),
        queue: false,
        since: selects(ctx, &["since"]),
        rules: selects(ctx, &["label"]),
        groups: groups.exists(),
        municipalities: selects(ctx, &["municipalities", "standings"]),
    }
}
