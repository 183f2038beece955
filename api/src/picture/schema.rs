//! `CompliancePicture`: how the country and its areas stand in a period, and each municipality as far as the reader may know.

use std::collections::BTreeMap;

use async_graphql::{
    ComplexObject, Context, Enum, InputObject, Lookahead, Object, Result, SimpleObject,
};
use chrono::{DateTime, NaiveDate, Utc};
use entity::{published_criterion_count, published_verdict_count};

use super::{
    repo::{self, Asked, Seen},
    rules::{self, Group, Judged, Standing, Submissions, Verdicts},
};
use crate::{
    framework::schema::{
        Criterion, ReportingPeriod, edition_rules, find_criterion, known_period, latest_period,
    },
    graphql::{
        access::{roles, visible_to},
        context::asking,
        error::Failure,
        page::{Connection, PageAsked, page_cost},
        text::{Language, LocalizedText, pick},
    },
    policy::{self, Rule},
    publication::{
        repo::{self as publications, PublishedVerdict},
        schema::{Publication, find_publication},
    },
    territory::schema::{
        Area, Municipality, find_area_node, known_area_members, municipalities_on,
    },
    verdict::{
        label::full_label,
        rules::{AnswerValue, Basis, CriterionGround, VerdictStatus},
        schema::{BasisCode, VerdictStatusCode},
    },
};

/// By what a picture is counted. NL: indeling.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PictureGrouping {
    /// The country as one group. NL: landelijk.
    Country,
    /// By province. NL: provincie.
    Province,
    /// By safety region. NL: veiligheidsregio.
    SafetyRegion,
    /// By regional police unit. NL: politie-eenheid.
    PoliceUnit,
    /// By regional information and expertise centre. NL: RIEC.
    Riec,
    /// By area of municipalities that work together; a municipality may be in several. NL: samenwerkingsgebied.
    CooperationArea,
}

impl PictureGrouping {
    /// The kind of area, by code; none for the country.
    pub(crate) fn area_kind(self) -> Option<&'static str> {
        match self {
            Self::Country => None,
            Self::Province => Some("PROVINCE"),
            Self::SafetyRegion => Some("SAFETY_REGION"),
            Self::PoliceUnit => Some("POLICE_UNIT"),
            Self::Riec => Some("RIEC"),
            Self::CooperationArea => Some("COOPERATION_AREA"),
        }
    }
}

/// What counts as meeting the framework. NL: telregel.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "super::rules::CountingRule", name = "CountingRule")]
pub(crate) enum CountingRuleCode {
    /// Every municipality counts with its own verdict. NL: elke gemeente.
    EveryMunicipality,
    /// A municipality also counts as compliant where its region answered, as met, all that a region may answer for it, and it adopted
    /// the policy itself. NL: gemeente of regio.
    MunicipalityOrRegion,
}

/// Whether you see a figure, and whence. NL: beschikbaarheid.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PictureAvailability {
    /// You see it as it stands. NL: zichtbaar.
    Visible,
    /// You see what was published. NL: gepubliceerd.
    Published,
    /// It is not published, and not for you to see. NL: niet gepubliceerd.
    NotPublished,
}

/// What a municipality handed in. NL: stand van indienen.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "super::rules::Submission", name = "SubmissionState")]
pub(crate) enum SubmissionStateCode {
    /// It handed in by the deadline. NL: op tijd.
    OnTime,
    /// It handed in after the deadline. NL: te laat.
    Late,
    /// It handed in nothing. NL: ontbreekt.
    Missing,
    /// It came into being after the deadline, so that there was no day on which to hand in. NL: vrijgesteld.
    Exempt,
}

/// How many municipalities have one verdict. NL: aantal per oordeel.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct VerdictCount {
    /// The verdict. NL: oordeel.
    status: VerdictStatusCode,
    /// Municipalities with it; 0 is told as 0. NL: aantal gemeenten.
    count: i64,
    #[graphql(skip)]
    labels: (String, String),
}

#[ComplexObject]
impl VerdictCount {
    /// The verdict in words, with what must be said beside it. NL: label.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Language::Nl"
        )]
        language: Language,
    ) -> String {
        pick(language, (&self.labels.0, &self.labels.1))
    }
}

/// What the members of a group handed in. NL: volledigheid en tijdigheid.
#[derive(SimpleObject, Debug, Clone, Copy)]
pub(crate) struct SubmissionCounts {
    /// Municipalities of the group: `received`, `missing` and `exempt` together. NL: verwacht.
    expected: i64,
    /// Those that handed in: `onTime` and `late` together. NL: ontvangen.
    received: i64,
    /// Those that handed in by the deadline. NL: op tijd.
    on_time: i64,
    /// Those that handed in after it. NL: te laat.
    late: i64,
    /// Those that handed in nothing. NL: ontbreekt.
    missing: i64,
    /// Those that came into being after the deadline and handed in nothing. NL: vrijgesteld.
    exempt: i64,
}

impl From<Submissions> for SubmissionCounts {
    fn from(counts: Submissions) -> Self {
        Self {
            expected: counts.expected(),
            received: counts.received(),
            on_time: counts.on_time,
            late: counts.late,
            missing: counts.missing,
            exempt: counts.exempt,
        }
    }
}

/// How many assessed municipalities have which answer to a criterion. NL: aantallen per criterium.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct CriterionCount {
    /// The criterion. NL: criterium.
    criterion: Option<Criterion>,
    /// The code of the criterion within its edition, as in `BB-01`. NL: code.
    code: String,
    /// Those that meet it. NL: voldaan.
    met: i64,
    /// Those that meet it in part. NL: deels voldaan.
    partly_met: i64,
    /// Those that do not meet it. NL: niet voldaan.
    not_met: i64,
    /// Those to which it does not apply. NL: niet van toepassing.
    not_applicable: i64,
    /// Those for which nobody answered. NL: onbekend.
    unknown: i64,
}

/// A group of municipalities. NL: groep gemeenten.
#[derive(Debug, Clone)]
pub(crate) struct PictureGroup {
    code: String,
    name: String,
    availability: PictureAvailability,
    reference_date: NaiveDate,
    members: i64,
    counts: Option<Vec<VerdictCount>>,
    submissions: Option<SubmissionCounts>,
    criteria: Option<Vec<CriterionCount>>,
    publication: Option<String>,
}

/// A group of municipalities. NL: groep gemeenten.
#[Object]
impl PictureGroup {
    /// The code of the area; `NL` for the country, `REST` for the municipalities that are in no area of the kind. NL: code.
    async fn code(&self) -> &str {
        &self.code
    }

    /// The name. NL: naam.
    async fn name(&self) -> &str {
        &self.name
    }

    /// The area; null for the country and the rest. NL: gebied.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        find_area_node(ctx, &self.code).await
    }

    /// Whether you see the verdicts of the group, and whence: as they stand when you see every member, else as published. NL:
    /// beschikbaarheid.
    async fn availability(&self) -> PictureAvailability {
        self.availability
    }

    /// The day that the group is told of: the one asked for, or that of the publication. NL: peildatum.
    async fn reference_date(&self) -> NaiveDate {
        self.reference_date
    }

    /// Municipalities of the group on that day. NL: aantal gemeenten.
    async fn members(&self) -> i64 {
        self.members
    }

    /// All four verdicts, zeros included; they add up to `members`. Null when they are not for you to see and not published. NL:
    /// aantallen per oordeel.
    #[graphql(complexity = "1 + 4 * child_complexity")]
    async fn counts(&self) -> Option<Vec<VerdictCount>> {
        self.counts.clone()
    }

    /// What its members handed in; null when you may not see that of each of them. NL: volledigheid en tijdigheid.
    async fn submissions(&self) -> Option<SubmissionCounts> {
        self.submissions
    }

    /// The answers that count, per criterion, over its assessed members; null when they are not for you to see and not published. NL:
    /// aantallen per criterium.
    #[graphql(complexity = "1 + 25 * child_complexity")]
    async fn criteria(&self) -> Option<Vec<CriterionCount>> {
        self.criteria.clone()
    }

    /// The publication that the figures come from; null when you see them as they stand. NL: publicatie.
    async fn publication(&self, ctx: &Context<'_>) -> Result<Option<Publication>> {
        match &self.publication {
            Some(key) => find_publication(ctx, key).await,
            None => Ok(None),
        }
    }
}

/// How a municipality stands in a period, as far as you may know. NL: stand van een gemeente.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct MunicipalityStanding {
    /// The municipality, with its square on the map. NL: gemeente.
    municipality: Municipality,
    /// Whether you see its verdict, and whence. NL: beschikbaarheid.
    availability: PictureAvailability,
    /// Its verdict; null when it is not for you to see and not published. NL: oordeel.
    status: Option<VerdictStatusCode>,
    /// The first day on which it is so; null while nothing was judged. NL: sinds.
    since: Option<NaiveDate>,
    /// What it handed in; null when that is not for you to see. NL: stand van indienen.
    submission: Option<SubmissionStateCode>,
    /// What the municipality says beside its published verdict. NL: reactie van de gemeente.
    response: Option<String>,
    #[graphql(skip)]
    labels: Option<(String, String)>,
    #[graphql(skip)]
    published_in: Option<String>,
}

#[ComplexObject]
impl MunicipalityStanding {
    /// The publication that tells its verdict by name; null when none does. NL: publicatie.
    async fn publication(&self, ctx: &Context<'_>) -> Result<Option<Publication>> {
        match &self.published_in {
            Some(key) => find_publication(ctx, key).await,
            None => Ok(None),
        }
    }

    /// The verdict in words, with what must be said beside it; null when the verdict is. NL: label.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Language::Nl"
        )]
        language: Language,
    ) -> Option<String> {
        let (nl, en) = self.labels.as_ref()?;
        Some(pick(language, (nl, en)))
    }
}

/// How the country stood in one period. NL: punt van de trend.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct TrendPoint {
    /// The key of the period, as in `2026-2`. NL: periode.
    period: String,
    /// The day that is told of: the last of the period, or the day asked for while it is open. NL: peildatum.
    reference_date: NaiveDate,
    /// Municipalities that existed then. NL: aantal gemeenten.
    members: i64,
    /// All four verdicts, zeros included. NL: aantallen per oordeel.
    counts: Vec<VerdictCount>,
}

/// Which municipalities to list; all conditions hold together. NL: filter op gemeenten.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct StandingFilter {
    /// Only those with one of these verdicts, of which you see the verdict. NL: oordelen.
    status: Option<Vec<VerdictStatusCode>>,
    /// Only those that handed in so, of which you see it. NL: stand van indienen.
    submission: Option<Vec<SubmissionStateCode>>,
    /// Only members of this area, by code. NL: gebied.
    area: Option<String>,
}

/// How the country stands in a period. NL: beeld van gemeenten die aan het kader voldoen.
#[derive(Debug, Clone)]
pub(crate) struct CompliancePicture {
    period: ReportingPeriod,
    basis: Basis,
    rule: rules::CountingRule,
    by: PictureGrouping,
    day: NaiveDate,
    provisional: bool,
    standings: Vec<Standing>,
    country: PictureGroup,
    groups: Vec<PictureGroup>,
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
    async fn basis(&self) -> BasisCode {
        self.basis.into()
    }

    /// The basis in words, as it must be said beside the figures. NL: label van de grondslag.
    async fn basis_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Language::Nl"
        )]
        language: Language,
    ) -> String {
        let pair = match self.basis {
            Basis::Submitted => ("ingediend, niet gecontroleerd", "submitted, not checked"),
            Basis::Confirmed => ("bevestigd door VNG", "confirmed by VNG"),
        };
        pick(language, pair)
    }

    /// What counts as meeting the framework. NL: telregel.
    async fn counting_rule(&self) -> CountingRuleCode {
        self.rule.into()
    }

    /// The counting rule in words. NL: telregel in woorden.
    async fn counting_rule_text(&self) -> LocalizedText {
        LocalizedText::of(self.rule.text())
    }

    /// By what it is counted. NL: indeling.
    async fn by(&self) -> PictureGrouping {
        self.by
    }

    /// The day that is told of. NL: peildatum.
    async fn reference_date(&self) -> NaiveDate {
        self.day
    }

    /// Municipalities that exist on that day: the denominator. NL: aantal gemeenten.
    async fn members(&self) -> i64 {
        i64::try_from(self.standings.len()).unwrap_or(i64::MAX)
    }

    /// Whether you see the counts of the country, and whence. NL: beschikbaarheid.
    async fn availability(&self) -> PictureAvailability {
        self.country.availability
    }

    /// All four verdicts of the country, zeros included; they add up to `members`. Null for roles that see published totals
    /// only, until they are published. NL: aantallen per oordeel.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadTotals)),
        complexity = "1 + 4 * child_complexity"
    )]
    async fn counts(&self) -> Option<Vec<VerdictCount>> {
        self.country.counts.clone()
    }

    /// The country as one group, with what was handed in and the answers. NL: landelijk.
    async fn country(&self) -> &PictureGroup {
        &self.country
    }

    /// The areas of the kind asked for, by code, by the borders of that day; municipalities in none of them stand in `REST`. For the
    /// country it is the one group. NL: groepen.
    #[graphql(complexity = "1 + 26 * child_complexity")]
    async fn groups(&self) -> &[PictureGroup] {
        &self.groups
    }

    /// Every municipality of that day, by code, in one list for maps; at most some 400. NL: alle gemeenten.
    #[graphql(complexity = "1 + 345 * child_complexity")]
    async fn municipalities(&self, ctx: &Context<'_>) -> Result<Vec<MunicipalityStanding>> {
        self.each(ctx).await
    }

    /// Municipalities by their verdict, what they handed in, or their area, by code. `NOT_FOUND` for an unknown area, `BAD_REQUEST` for a
    /// wrong page. NL: gemeenten per oordeel.
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
    ) -> Result<Connection<MunicipalityStanding>> {
        let asked = PageAsked::parse(first, after)?;
        let members = match &filter.area {
            Some(area) => Some(known_area_members(ctx, area, self.day).await?),
            None => None,
        };
        let fits = |standing: &MunicipalityStanding| {
            let code = standing.municipality.code_text();
            let has_status = |wanted: &Vec<VerdictStatusCode>| {
                standing
                    .status
                    .is_some_and(|status| wanted.contains(&status))
            };
            let handed_in = |wanted: &Vec<SubmissionStateCode>| {
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
        Ok(Connection::of_whole(items.collect(), &asked)?)
    }

    /// The country in each period that had opened by the day, the first one first; each municipality by its own verdict. Null for roles that see published
    /// totals only, as long as no period is published; then the published ones. NL: trend.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn trend(&self, ctx: &Context<'_>) -> Result<Option<Vec<TrendPoint>>> {
        let session = asking(ctx)?.session().await.map_err(Failure::from)?;
        let points = match policy::may_read_totals(session.mandate(), self.basis) {
            Ok(permit) => {
                let rows = repo::trend(session, &permit, self.day)
                    .await
                    .map_err(Failure::from)?;
                self.live_trend(rows)
            }
            Err(_) => self.published_trend(
                publications::published_totals(session)
                    .await
                    .map_err(Failure::from)?,
            ),
        };
        Ok((!points.is_empty()).then_some(points))
    }
}

impl CompliancePicture {
    fn live_trend(&self, rows: Vec<repo::TrendRow>) -> Vec<TrendPoint> {
        let mut points: Vec<(String, NaiveDate, Vec<VerdictStatus>)> = Vec::new();
        for row in rows {
            if points
                .last()
                .is_none_or(|(period, _, _)| *period != row.period)
            {
                points.push((row.period, row.reference_date, Vec::new()));
            }
            let status = row.status.as_deref().and_then(VerdictStatus::parse);
            let count = usize::try_from(row.municipalities).unwrap_or_default();
            if let Some((_, _, statuses)) = points.last_mut() {
                let status = status.unwrap_or(VerdictStatus::NotAssessed);
                statuses.extend(std::iter::repeat_n(status, count));
            }
        }
        points
            .into_iter()
            .map(|(period, reference_date, statuses)| {
                let verdicts = Verdicts::count(statuses);
                TrendPoint {
                    period,
                    reference_date,
                    members: verdicts.members(),
                    counts: told(&verdicts, self.basis, self.provisional),
                }
            })
            .collect()
    }

    fn published_trend(&self, rows: Vec<published_verdict_count::Model>) -> Vec<TrendPoint> {
        rows.into_iter()
            .filter(|_| self.basis == Basis::Confirmed)
            .map(|row| TrendPoint {
                members: i64::from(row.members),
                counts: told_of_row(&row),
                reference_date: row.reference_date,
                period: row.period,
            })
            .collect()
    }

    /// Each municipality as the reader may know it.
    async fn each(&self, ctx: &Context<'_>) -> Result<Vec<MunicipalityStanding>> {
        let rows = municipalities_on(ctx, self.day).await?;
        let mut told = Vec::with_capacity(rows.len());
        for municipality in rows {
            let code = municipality.code_text();
            let standing = self
                .standings
                .iter()
                .find(|standing| standing.municipality == code);
            let published = self.published.get(code);
            let live = standing.and_then(|standing| standing.verdict);
            let (availability, verdict) = match (live, published) {
                (Some(verdict), _) => (PictureAvailability::Visible, Some(verdict)),
                (None, Some(row)) => (
                    PictureAvailability::Published,
                    VerdictStatus::parse(&row.status).map(|status| Judged {
                        status,
                        since: row.verdict_from,
                        provisional: false,
                    }),
                ),
                (None, None) => (PictureAvailability::NotPublished, None),
            };
            told.push(MunicipalityStanding {
                availability,
                status: verdict.map(|verdict| verdict.status.into()),
                since: verdict.and_then(|verdict| verdict.since),
                submission: standing
                    .and_then(|standing| standing.submission)
                    .map(SubmissionStateCode::from),
                response: published.and_then(|row| row.response.clone()),
                published_in: published.map(|row| row.publication.clone()),
                labels: verdict
                    .map(|verdict| full_label(verdict.status, self.basis, verdict.provisional)),
                municipality,
            });
        }
        Ok(told)
    }
}

/// Counts as clients see them.
fn told(verdicts: &Verdicts, basis: Basis, provisional: bool) -> Vec<VerdictCount> {
    verdicts
        .each()
        .map(|(status, count)| VerdictCount {
            status: status.into(),
            count,
            labels: full_label(
                status,
                basis,
                provisional && status != VerdictStatus::NotAssessed,
            ),
        })
        .collect()
}

fn told_of_row(row: &published_verdict_count::Model) -> Vec<VerdictCount> {
    let of = |status: VerdictStatus| match status {
        VerdictStatus::NotAssessed => row.not_assessed,
        VerdictStatus::NotCompliant => row.not_compliant,
        VerdictStatus::PartlyCompliant => row.partly_compliant,
        VerdictStatus::Compliant => row.compliant,
    };
    VerdictStatus::ALL
        .iter()
        .map(|status| VerdictCount {
            status: (*status).into(),
            count: i64::from(of(*status)),
            labels: full_label(
                *status,
                Basis::Confirmed,
                row.provisional && *status != VerdictStatus::NotAssessed,
            ),
        })
        .collect()
}

/// What the reader sees of the rows themselves.
enum View {
    /// The rows that the scopes reach.
    Rows(Seen),
    /// The counts of the country and nothing of anybody.
    Totals(Seen),
}

/// What is published of the period, for those who do not see everything.
#[derive(Default)]
struct PublishedFigures {
    counts: Vec<published_verdict_count::Model>,
    criteria: Vec<published_criterion_count::Model>,
}

/// How the answers of a group are counted, and by which edition.
struct Answers<'a> {
    edition: &'a str,
    codes: Vec<String>,
    of: &'a BTreeMap<String, Vec<CriterionGround>>,
}

impl Answers<'_> {
    async fn count(&self, ctx: &Context<'_>, group: &Group) -> Result<Vec<CriterionCount>> {
        let mut told = Vec::with_capacity(self.codes.len());
        for code in &self.codes {
            let effective: Vec<AnswerValue> = group
                .members
                .iter()
                .filter_map(|member| self.of.get(member))
                .flatten()
                .filter(|ground| ground.criterion == *code)
                .map(|ground| ground.effective)
                .collect();
            let count = |wanted: AnswerValue| {
                let found = effective.iter().filter(|value| **value == wanted).count();
                i64::try_from(found).unwrap_or(i64::MAX)
            };
            told.push(CriterionCount {
                criterion: find_criterion(ctx, &format!("{}/{code}", self.edition)).await?,
                code: code.clone(),
                met: count(AnswerValue::Met),
                partly_met: count(AnswerValue::PartlyMet),
                not_met: count(AnswerValue::NotMet),
                not_applicable: count(AnswerValue::NotApplicable),
                unknown: count(AnswerValue::Unknown),
            });
        }
        Ok(told)
    }
}

async fn published_answers(
    ctx: &Context<'_>,
    edition: &str,
    rows: &[published_criterion_count::Model],
) -> Result<Option<Vec<CriterionCount>>> {
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        told.push(CriterionCount {
            criterion: find_criterion(ctx, &format!("{edition}/{}", row.criterion)).await?,
            code: row.criterion.clone(),
            met: row.met.into(),
            partly_met: row.partly_met.into(),
            not_met: row.not_met.into(),
            not_applicable: row.not_applicable.into(),
            unknown: row.unknown.into(),
        });
    }
    Ok((!told.is_empty()).then_some(told))
}

/// Queries of the picture.
#[derive(Default)]
pub(crate) struct PictureQuery;

#[Object]
impl PictureQuery {
    /// How many municipalities have which verdict, in the country and by area, and each municipality as far as you may know: as it stands
    /// where you see it, else as published. `NOT_FOUND` for an unknown period, `BAD_REQUEST` when none had opened by the day. NL: beeld
    /// van gemeenten die aan het kader voldoen.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn compliance_picture(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The key of the period, as in `2026-2`; by default the latest that had opened by the day. NL: periode."
        )]
        period: Option<String>,
        #[graphql(
            desc = "Which versions; by default those that VNG confirmed. NL: grondslag.",
            default_with = "BasisCode::Confirmed"
        )]
        basis: BasisCode,
        #[graphql(
            desc = "The day to tell of, by the borders of that day; by default today, of a closed period its last day. NL: peildatum."
        )]
        as_of: Option<NaiveDate>,
        #[graphql(
            desc = "By what to count. NL: indeling.",
            default_with = "PictureGrouping::Country"
        )]
        by: PictureGrouping,
        #[graphql(
            desc = "What counts as meeting the framework. NL: telregel.",
            default_with = "CountingRuleCode::EveryMunicipality"
        )]
        counting_rule: CountingRuleCode,
        #[graphql(
            name = "knownAt",
            desc = "Read what was known at this instant; for the whole operation. NL: bekend op."
        )]
        _known_at: Option<DateTime<Utc>>,
        #[graphql(
            name = "atLedger",
            desc = "Read what was known at this ledger number; for the whole operation. NL: stand van het grootboek."
        )]
        _at_ledger: Option<i64>,
    ) -> Result<CompliancePicture> {
        let asking = asking(ctx)?;
        let session = asking.session().await.map_err(Failure::from)?;
        let period = match period {
            Some(key) => known_period(ctx, &key).await?,
            None => latest_period(ctx, as_of.unwrap_or(session.today())).await?,
        };
        let day = as_of.unwrap_or_else(|| period.reference_day(session.today()));
        let edition = edition_rules(ctx, period.edition_code()).await?;
        let (basis, rule) = (Basis::from(basis), rules::CountingRule::from(counting_rule));
        let asked = Asked {
            period: period.key(),
            basis,
            day,
            rule,
            with_criteria: asks_for_answers(&ctx.look_ahead()),
            regional: edition.regional,
        };
        let mandate = session.mandate();
        let verdicts = policy::verdicts(mandate, basis);
        let submissions = policy::submissions(mandate);
        let totals = policy::may_read_totals(mandate, basis);
        let view = match (verdicts.hidden_by(), &totals) {
            (Some(_), Ok(permit)) => View::Totals(
                repo::for_totals(session, permit, &submissions, &asked)
                    .await
                    .map_err(Failure::from)?,
            ),
            (Some(_) | None, Ok(_) | Err(_)) => View::Rows(
                repo::standings(session, (&verdicts, &submissions), &asked)
                    .await
                    .map_err(Failure::from)?,
            ),
        };
        let reads_published = totals.is_err() && basis == Basis::Confirmed;
        let figures = if reads_published {
            PublishedFigures {
                counts: publications::published_counts(session, period.key(), rule.code())
                    .await
                    .map_err(Failure::from)?,
                criteria: if asked.with_criteria {
                    publications::published_criteria(session, period.key())
                        .await
                        .map_err(Failure::from)?
                } else {
                    Vec::new()
                },
            }
        } else {
            PublishedFigures::default()
        };
        let published = if reads_published {
            publications::published_verdicts(session, period.key())
                .await
                .map_err(Failure::from)?
        } else {
            Vec::new()
        };
        let (mut standings, criteria, total) = match view {
            View::Rows(seen) => (seen.standings, seen.criteria, None),
            View::Totals(seen) => {
                let country = Group::country(&seen.standings);
                let total = country.verdicts(&seen.standings);
                (seen.standings, BTreeMap::new(), total)
            }
        };
        if total.is_some() {
            // Counted together, and seen by nobody alone.
            for standing in &mut standings {
                standing.verdict = None;
            }
        }
        let answers = Answers {
            edition: period.edition_code(),
            codes: if asked.with_criteria && total.is_none() {
                edition.codes
            } else {
                Vec::new()
            },
            of: &criteria,
        };
        let groups = match by.area_kind() {
            None => Vec::new(),
            Some(kind) => rules::groups(
                repo::memberships(session, kind, day)
                    .await
                    .map_err(Failure::from)?,
                &standings,
            ),
        };
        let telling = Telling {
            standings: &standings,
            basis,
            day,
            provisional: edition.provisional,
            answers: &answers,
            figures: &figures,
        };
        let country = telling
            .group(ctx, &Group::country(&standings), ("COUNTRY", total))
            .await?;
        if let (None, Err(denied)) = (&country.counts, &totals) {
            asking.withhold(ctx, denied.0);
        }
        let mut told_groups = Vec::with_capacity(groups.len());
        for group in &groups {
            let kind = by.area_kind().unwrap_or_default();
            told_groups.push(telling.group(ctx, group, (kind, None)).await?);
        }
        if by == PictureGrouping::Country {
            told_groups.push(country.clone());
        }
        Ok(CompliancePicture {
            basis,
            rule,
            by,
            day,
            provisional: edition.provisional,
            country,
            groups: told_groups,
            published: published
                .into_iter()
                .map(|row| (row.municipality.clone(), row))
                .collect(),
            standings,
            period,
        })
    }
}

/// Whether the answers to criteria are asked for, which are read only then.
fn asks_for_answers(look: &Lookahead<'_>) -> bool {
    look.field("groups").field("criteria").exists()
        || look.field("country").field("criteria").exists()
}

/// What a picture tells of its groups.
struct Telling<'a> {
    standings: &'a [Standing],
    basis: Basis,
    day: NaiveDate,
    provisional: bool,
    answers: &'a Answers<'a>,
    figures: &'a PublishedFigures,
}

impl Telling<'_> {
    /// A group as it stands when the reader sees all of it, else as published. `total` is told to whoever sees totals alone.
    async fn group(
        &self,
        ctx: &Context<'_>,
        group: &Group,
        (area_kind, total): (&str, Option<Verdicts>),
    ) -> Result<PictureGroup> {
        let submissions = group
            .submissions(self.standings)
            .map(SubmissionCounts::from);
        let own = group.verdicts(self.standings);
        let seen = own.or(total);
        let members = i64::try_from(group.members.len())?;
        let base = PictureGroup {
            code: group.code.clone(),
            name: group.name.clone(),
            availability: PictureAvailability::NotPublished,
            reference_date: self.day,
            members,
            counts: None,
            submissions,
            criteria: None,
            publication: None,
        };
        if let Some(verdicts) = seen {
            let provisional = self.provisional || group.is_provisional(self.standings);
            let criteria = if own.is_some() && !self.answers.codes.is_empty() {
                Some(self.answers.count(ctx, group).await?)
            } else {
                None
            };
            return Ok(PictureGroup {
                availability: PictureAvailability::Visible,
                counts: Some(told(&verdicts, self.basis, provisional)),
                criteria,
                ..base
            });
        }
        let published = self
            .figures
            .counts
            .iter()
            .find(|row| row.area_kind == area_kind && row.area == group.code);
        Ok(match published {
            Some(row) => PictureGroup {
                availability: PictureAvailability::Published,
                reference_date: row.reference_date,
                members: row.members.into(),
                counts: Some(told_of_row(row)),
                submissions: Some(
                    Submissions {
                        on_time: row.on_time.into(),
                        late: row.late.into(),
                        missing: row.missing.into(),
                        exempt: row.exempt.into(),
                    }
                    .into(),
                ),
                criteria: if area_kind == "COUNTRY" {
                    published_answers(ctx, self.answers.edition, &self.figures.criteria).await?
                } else {
                    None
                },
                publication: Some(row.publication.clone()),
                ..base
            },
            None => base,
        })
    }
}
