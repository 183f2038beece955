//! What a picture tells, as clients see it: groupings, counts, groups, standings, and what to list.

use async_graphql::{ComplexObject, Context, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;

use crate::{
    framework::schema::{Criterion, ReportingPeriod, find_period},
    publication::schema::{Publication, find_publication},
};
use domain::{
    picture::{
        codes::{OwnRegionWithheld, PictureAvailability},
        rules::{Submission, Submissions},
    },
    text::{Language, Text, pick},
    verdict::rules::VerdictStatus,
};
use graphql::{coded::Coded, date::Date, day::OnDay};
use register::territory::schema::{Area, Municipality, find_area_node};

/// How many municipalities have one verdict. NL: aantal per oordeel.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct VerdictCount {
    /// The verdict. NL: oordeel.
    pub(super) status: Coded<VerdictStatus>,
    /// Municipalities with it; 0 is told as 0. NL: aantal gemeenten.
    pub(super) count: i64,
    #[graphql(skip)]
    pub(super) labels: (String, String),
}

#[ComplexObject]
impl VerdictCount {
    /// The verdict in words, with what must be said beside it. NL: label.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, (&self.labels.0, &self.labels.1))
    }
}

/// What the members of a group handed in. NL: volledigheid en tijdigheid.
#[derive(SimpleObject, Debug, Clone, Copy)]
pub(crate) struct SubmissionCounts {
    /// Municipalities of the group: `received`, `missing` and `exempt` together. NL: verwacht.
    pub(super) expected: i64,
    /// Those that handed in: `onTime` and `late` together. NL: ontvangen.
    pub(super) received: i64,
    /// Those that handed in by the deadline. NL: op tijd.
    pub(super) on_time: i64,
    /// Those that handed in after it. NL: te laat.
    pub(super) late: i64,
    /// Those that handed in nothing. NL: ontbreekt.
    pub(super) missing: i64,
    /// Those that came into being after the deadline and handed in nothing. NL: vrijgesteld.
    pub(super) exempt: i64,
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
    pub(super) criterion: Option<Criterion>,
    /// Those that meet it. NL: voldaan.
    pub(super) met: i64,
    /// Those that meet it in part. NL: deels voldaan.
    pub(super) partly_met: i64,
    /// Those that do not meet it. NL: niet voldaan.
    pub(super) not_met: i64,
    /// Those to which it does not apply. NL: niet van toepassing.
    pub(super) not_applicable: i64,
    /// Those for which nobody answered. NL: onbekend.
    pub(super) unknown: i64,
}

/// A group of municipalities. NL: groep gemeenten.
#[derive(Debug, Clone)]
pub(crate) struct PictureGroup {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) availability: PictureAvailability,
    pub(super) reference_date: NaiveDate,
    pub(super) members: i64,
    pub(super) counts: Option<Vec<VerdictCount>>,
    pub(super) submissions: Option<SubmissionCounts>,
    pub(super) submissions_withheld: Option<Coded<OwnRegionWithheld>>,
    pub(super) criteria: Option<Vec<CriterionCount>>,
    pub(super) publication: Option<String>,
}

/// A group of municipalities. NL: groep gemeenten.
#[Object]
impl PictureGroup {
    /// The code of the area; `NL` for the country, `REST` for the municipalities that are in no
    /// area of the kind. NL: code.
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

    /// Whether you see the verdicts of the group, and whence: as they stand when you see every
    /// member, else as published. NL: beschikbaarheid.
    async fn availability(&self) -> Coded<PictureAvailability> {
        self.availability.into()
    }

    /// The day that the group is told of: the one asked for, or that of the publication; of totals
    /// that are given as of an earlier day (`countsAsOf`), that day within the period. NL:
    /// peildatum.
    async fn reference_date(&self) -> Date {
        Date(self.reference_date)
    }

    /// Municipalities of the group on that day. NL: aantal gemeenten.
    async fn members(&self) -> i64 {
        self.members
    }

    /// All four verdicts, zeros included; they add up to `members`. Null when they are not for you
    /// to see and not published. NL: aantallen per oordeel.
    #[graphql(complexity = "1 + 4 * child_complexity")]
    async fn counts(&self) -> Option<&[VerdictCount]> {
        self.counts.as_deref()
    }

    /// What its members handed in, as it stands when you may see that of each of them; else as
    /// published, else null. A municipality, which sees the state of itself alone, is also told of
    /// its own safety region how many handed in, as it stands now: in a picture `by: SAFETY_REGION`
    /// of the present moment, with the members of the day that counts for the period (its last one,
    /// or today while it is open). Where that would tell it the state of a neighbour it is null,
    /// and `submissionsWithheld` says why. NL: volledigheid en tijdigheid.
    async fn submissions(&self) -> Option<SubmissionCounts> {
        self.submissions
    }

    /// Why a municipality is not told how many of its own safety region handed in: another moment
    /// is asked for, so that two of them would tell who handed in between; fewer than four of the
    /// members are others; or all other members, or all but one, are in one state, so that whoever
    /// knows itself would know theirs. Null where it is told, and for everybody else. NL: reden van
    /// weglaten.
    async fn submissions_withheld(&self) -> Option<Coded<OwnRegionWithheld>> {
        // A group that was published is told as published, whatever may be told of now.
        self.submissions_withheld
            .filter(|_| self.submissions.is_none())
    }

    /// The answers that count, per criterion, over its assessed members; null when they are not for
    /// you to see and not published. NL: aantallen per criterium.
    #[graphql(complexity = "1 + 25 * child_complexity")]
    async fn criteria(&self) -> Option<&[CriterionCount]> {
        self.criteria.as_deref()
    }

    /// The publication that the figures come from; null when you see them as they stand. NL:
    /// publicatie.
    async fn publication(&self, ctx: &Context<'_>) -> Result<Option<Publication>> {
        match &self.publication {
            Some(key) => find_publication(ctx, key).await,
            None => Ok(None),
        }
    }
}

/// What a municipality handed in, in words: a field of every type that tells what it handed in.
#[derive(Debug, Clone)]
pub(crate) struct HandedInWords(pub(crate) Option<Text>);

#[Object]
impl HandedInWords {
    /// What it handed in, in words, as in "Op tijd ingediend, wacht sinds 22 november 2026 op
    /// controle door VNG"; null when `submission` is. NL: stand van indienen in woorden.
    async fn submission_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Option<String> {
        let Text { nl, en } = self.0.as_ref()?;
        Some(pick(language.0, (nl, en)))
    }
}

/// How a municipality stands in a period, as far as you may know. NL: stand van een gemeente.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct MunicipalityStanding {
    /// The municipality, with its square on the map. NL: gemeente.
    pub(super) municipality: OnDay<Municipality>,
    /// Whether you see its verdict, and whence. NL: beschikbaarheid.
    pub(super) availability: Coded<PictureAvailability>,
    /// Its own verdict, whatever the counting rule; null when it is not for you to see and not
    /// published. NL: oordeel.
    pub(super) status: Option<Coded<VerdictStatus>>,
    /// The first day on which it is so; null while nothing was judged. NL: sinds.
    pub(super) since: Option<Date>,
    /// Whether it counts as compliant by its region, under the counting rule
    /// `MUNICIPALITY_OR_REGION`; false under the other. Null when its verdict is not for you to see
    /// as it stands. NL: telt mee door de regio.
    pub(super) counts_by_region: Option<bool>,
    /// What it handed in: as it stands when that is for you to see, else as published by name, else
    /// null. NL: stand van indienen.
    pub(super) submission: Option<Coded<Submission>>,
    /// The day on which the version was submitted that VNG has yet to review; null when none waits,
    /// or `submission` is. NL: wacht sinds.
    pub(super) waiting_since: Option<Date>,
    /// What the municipality says beside its published verdict. NL: reactie van de gemeente.
    pub(super) response: Option<String>,
    #[graphql(skip)]
    pub(super) labels: Option<(String, String)>,
    #[graphql(flatten)]
    pub(super) handed_in: HandedInWords,
    #[graphql(skip)]
    pub(super) published_in: Option<String>,
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
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Option<String> {
        let (nl, en) = self.labels.as_ref()?;
        Some(pick(language.0, (nl, en)))
    }
}

/// How the country stood in one period. NL: punt van de trend.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct TrendPoint {
    #[graphql(skip)]
    pub(super) period_key: String,
    /// The day that is told of: the last of the period, or the day asked for while it is open; for
    /// the ministry, of what is not confirmed, the day of which `countsAsOf` tells. NL: peildatum.
    pub(super) reference_date: Date,
    /// Municipalities that existed then. NL: aantal gemeenten.
    pub(super) members: i64,
    /// All four verdicts, zeros included. NL: aantallen per oordeel.
    pub(super) counts: Vec<VerdictCount>,
}

#[ComplexObject]
impl TrendPoint {
    /// The period. NL: rapportageperiode.
    async fn period(&self, ctx: &Context<'_>) -> Result<Option<ReportingPeriod>> {
        find_period(ctx, &self.period_key).await
    }
}

/// Which municipalities to list; all conditions hold together. NL: filter op gemeenten.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct StandingFilter {
    /// Only those with one of these verdicts, of which you see the verdict. NL: oordelen.
    pub(super) status: Option<Vec<Coded<VerdictStatus>>>,
    /// Only those that handed in so, of which you see it. NL: stand van indienen.
    pub(super) submission: Option<Vec<Coded<Submission>>>,
    /// Only members of this area, by code. NL: gebied.
    pub(super) area: Option<String>,
}
