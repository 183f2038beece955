//! `RegionalDuties`: what a region does for its members, and the half-year report composed from it.

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::repo::{self, BottleneckRow, DecisionRow, ReportRow};
use domain::{
    duties::{
        codes::MeetingKind,
        rules::{Half, Recorded, compose, in_year},
    },
    policy::{self, RegionalScope, Rule},
};
use graphql::{
    access::{roles, visible_to},
    coded::{Coded, of_row},
    context::request,
    cost::STATEMENT,
    date::Date,
    error::Failure,
    moment::Moment,
    text::LocalizedText,
};
use register::{
    partners::schema::{Partner, find_partner},
    plan::schema::{Action, find_action},
    territory::schema::{Area, find_area_node, known_area},
};

/// A meeting that was held. NL: bijeenkomst.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct RegionalMeeting {
    /// The day. NL: datum.
    held_on: Date,
    /// Who met. NL: soort overleg.
    kind: Coded<MeetingKind>,
}

/// Meetings held against meetings agreed, in one year. NL: ritme.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct MeetingCadence {
    /// Who meets. NL: soort overleg.
    kind: Coded<MeetingKind>,
    /// Meetings held in the year. NL: gehouden.
    held: i32,
    /// Meetings a year that a regional policy of the area prints; null when none does. NL:
    /// afgesproken per jaar.
    agreed: Option<i32>,
    /// Meetings that are still to be held; 0 when none, null when none were agreed. NL: nog te
    /// houden.
    remaining: Option<i32>,
}

/// A bottleneck that a region met. NL: knelpunt.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct RegionalBottleneck {
    /// The number within the area, from 1. NL: volgnummer.
    number: i32,
    /// What it is; null when it was redacted. NL: omschrijving.
    text: Option<String>,
    /// Since when. NL: sinds.
    since: Date,
    /// The day on which it was resolved: from that day on it is none. Null while it is one. NL:
    /// opgelost op.
    resolved_on: Option<Date>,
    #[graphql(skip)]
    action_key: Option<String>,
    #[graphql(skip)]
    partner_key: Option<String>,
}

#[ComplexObject]
impl RegionalBottleneck {
    /// The action of the plan that it stands in the way of; null when none was named. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Option<Action>> {
        match &self.action_key {
            Some(key) => find_action(ctx, key).await,
            None => Ok(None),
        }
    }

    /// The partner that takes it up; null when none was named. NL: partner.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Option<Partner>> {
        match &self.partner_key {
            Some(key) => find_partner(ctx, key).await,
            None => Ok(None),
        }
    }
}

/// A decision on policy that a region took or lays before the municipal executives. NL: besluit.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct RegionalDecision {
    /// The number within the area, from 1. NL: volgnummer.
    number: i32,
    /// What was decided; null when it was redacted. NL: omschrijving.
    text: Option<String>,
    /// The day. NL: datum van het besluit.
    decided_on: Date,
    /// Whether the municipal executives have to ratify it. NL: te bekrachtigen door de colleges.
    needs_ratification: bool,
}

/// A version of a half-year report. NL: halfjaarrapportage.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct RegionalReport {
    /// The half year, as in `2026-2`. NL: halfjaar.
    half: String,
    /// The number of the version, from 1. NL: versienummer.
    number: i32,
    /// Progress; null when it was redacted. NL: voortgang.
    progress: Option<String>,
    /// Particulars; null when they were redacted. NL: bijzonderheden.
    particulars: Option<String>,
    /// Bottlenecks; null when they were redacted. NL: knelpunten.
    bottlenecks: Option<String>,
    /// When it was submitted, UTC. NL: ingediend op.
    submitted_at: DateTime<Utc>,
    /// When VNG confirmed it, UTC; null before. NL: bevestigd op.
    confirmed_at: Option<DateTime<Utc>>,
    /// The ledger number of the version: hand it over as `expectedVersion`. NL: nummer in het
    /// grootboek.
    ledger: i64,
}

/// A report as it would stand by what was recorded; the region reads it over and submits it. NL:
/// concept van een halfjaarrapportage.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct RegionalReportDraft {
    /// Meetings held, in Dutch. NL: voortgang.
    progress: String,
    /// Decisions, in Dutch, one a line. NL: bijzonderheden.
    particulars: String,
    /// Bottlenecks that stood in the half year, in Dutch, one a line. NL: knelpunten.
    bottlenecks: String,
}

/// What a region does for its members, as far as you see it: a member of today its own region's,
/// the region its own, VNG all; the ministry reports that VNG confirmed. NL: taken van een regio.
#[derive(SimpleObject, Debug)]
#[graphql(complex)]
pub(crate) struct RegionalDuties {
    #[graphql(skip)]
    code: String,
    #[graphql(skip)]
    scope: RegionalScope,
    /// Meetings held, the latest first. NL: bijeenkomsten.
    meetings: Vec<RegionalMeeting>,
    /// Bottlenecks, the latest first. NL: knelpunten.
    bottlenecks: Vec<RegionalBottleneck>,
    /// Decisions, the latest first. NL: besluiten.
    decisions: Vec<RegionalDecision>,
    /// All versions of half-year reports, the latest first. NL: halfjaarrapportages.
    reports: Vec<RegionalReport>,
}

#[ComplexObject]
impl RegionalDuties {
    /// The area. NL: gebied.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        find_area_node(ctx, &self.code).await
    }

    /// Meetings held against meetings agreed, in a year; empty for the ministry, which sees
    /// confirmed reports alone. NL: ritme van bijeenkomsten.
    #[graphql(complexity = "STATEMENT + 2 * child_complexity")]
    async fn cadence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The year, as in 2026. From 2018 to 2099. NL: jaar.")] year: i32,
    ) -> Result<Vec<MeetingCadence>> {
        if self.scope == RegionalScope::Confirmed {
            return Ok(Vec::new());
        }
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let agreed = repo::cadence(session, &self.code)
            .await
            .map_err(Failure::from)?;
        Ok(MeetingKind::ALL
            .into_iter()
            .map(|kind| {
                let held = self
                    .meetings
                    .iter()
                    .filter(|meeting| meeting.kind.0 == kind && in_year(meeting.held_on.0, year))
                    .count();
                let held = i32::try_from(held).unwrap_or(i32::MAX);
                let agreed = agreed
                    .iter()
                    .find(|(agreed, _)| *agreed == kind)
                    .map(|(_, times)| *times);
                MeetingCadence {
                    kind: Coded(kind),
                    held,
                    agreed,
                    remaining: agreed.map(|agreed| (agreed - held).max(0)),
                }
            })
            .collect())
    }

    /// The report of a half year, composed from what was recorded; for the region itself. Null for
    /// others, and `BAD_REQUEST` for a text that is no half year. NL: concept van de
    /// halfjaarrapportage.
    #[graphql(complexity = "STATEMENT + child_complexity")]
    async fn draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The half year, as in `2026-2`. NL: halfjaar.")] half: String,
    ) -> Result<Option<RegionalReportDraft>> {
        if self.scope != RegionalScope::Area(self.code.clone()) {
            return Ok(None);
        }
        let Some(half) = Half::parse(&half) else {
            return Err(Failure::BadRequest(LocalizedText::new(
                "Een halfjaar schrijft u als 2026-1 of 2026-2.",
                "A half year is written as 2026-1 or 2026-2.",
            ))
            .into());
        };
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let agreed = repo::cadence(session, &self.code)
            .await
            .map_err(Failure::from)?;
        let recorded = Recorded {
            meetings: self
                .meetings
                .iter()
                .map(|meeting| (meeting.held_on.0, meeting.kind.code().to_owned()))
                .collect(),
            agreed: agreed
                .into_iter()
                .map(|(kind, times)| (kind.code(), times))
                .collect(),
            bottlenecks: self
                .bottlenecks
                .iter()
                .rev()
                .map(|one| {
                    let text = one.text.clone().unwrap_or_default();
                    let resolved_on = one.resolved_on.map(|day| day.0);
                    (one.number, text, one.since.0, resolved_on)
                })
                .collect(),
            decisions: self
                .decisions
                .iter()
                .rev()
                .map(|one| {
                    let text = one.text.clone().unwrap_or_default();
                    (one.number, text, one.decided_on.0, one.needs_ratification)
                })
                .collect(),
        };
        let composed = compose(half, &recorded);
        Ok(Some(RegionalReportDraft {
            progress: composed.progress,
            particulars: composed.particulars,
            bottlenecks: composed.bottlenecks,
        }))
    }
}

impl From<BottleneckRow> for RegionalBottleneck {
    fn from(row: BottleneckRow) -> Self {
        Self {
            number: row.number,
            text: row.text,
            since: Date(row.valid_from),
            resolved_on: row.valid_to.map(Date),
            action_key: row.action,
            partner_key: row.partner,
        }
    }
}

impl From<DecisionRow> for RegionalDecision {
    fn from(row: DecisionRow) -> Self {
        Self {
            number: row.number,
            text: row.text,
            decided_on: Date(row.decided_on),
            needs_ratification: row.needs_ratification,
        }
    }
}

impl From<ReportRow> for RegionalReport {
    fn from(row: ReportRow) -> Self {
        Self {
            half: row.half,
            number: row.version,
            progress: row.progress,
            particulars: row.particulars,
            bottlenecks: row.bottlenecks,
            submitted_at: row.submitted_at,
            confirmed_at: row.confirmed_at,
            ledger: row.ledger_no,
        }
    }
}

/// The duties of an area, as far as a scope reaches.
pub(super) async fn find(
    ctx: &Context<'_>,
    scope: RegionalScope,
    area: &str,
) -> Result<RegionalDuties> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let meetings = repo::meetings(session, &scope, area)
        .await
        .map_err(Failure::from)?;
    let bottlenecks = repo::bottlenecks(session, &scope, area)
        .await
        .map_err(Failure::from)?;
    let decisions = repo::decisions(session, &scope, area)
        .await
        .map_err(Failure::from)?;
    let reports = repo::reports(session, &scope, area)
        .await
        .map_err(Failure::from)?;
    Ok(RegionalDuties {
        code: area.to_owned(),
        scope,
        meetings: meetings
            .into_iter()
            .map(|row| {
                Ok(RegionalMeeting {
                    held_on: Date(row.held_on),
                    kind: Coded(of_row(&row.kind)?),
                })
            })
            .collect::<Result<_>>()?,
        bottlenecks: bottlenecks.into_iter().map(Into::into).collect(),
        decisions: decisions.into_iter().map(Into::into).collect(),
        reports: reports.into_iter().map(Into::into).collect(),
    })
}

/// The duties of an area that a mutation changed, as whoever changed them sees them.
pub(super) async fn find_changed(ctx: &Context<'_>, area: &str) -> Result<Option<RegionalDuties>> {
    let request = request(ctx)?;
    let scope = policy::regional(request.mandate().await.map_err(Failure::from)?);
    Ok(Some(find(ctx, scope, area).await?))
}

/// Queries of regional duties.
#[derive(Default)]
pub(crate) struct DutiesQuery;

#[Object]
impl DutiesQuery {
    /// What a region does for its members: meetings against what was agreed, bottlenecks,
    /// decisions, half-year reports. Null for roles that see none (see `extensions.withheld`);
    /// `NOT_FOUND` for an unknown area. NL: taken van een regio.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadRegional)),
        complexity = "1 + 20 * child_complexity"
    )]
    async fn regional_duties(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code of the area, as in `VR14`. NL: gebiedscode.")] area: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<RegionalDuties>> {
        let request = request(ctx)?;
        let area = known_area(ctx, &area, None).await?.code.clone();
        let scope = policy::regional(request.mandate().await.map_err(Failure::from)?);
        if let RegionalScope::Hidden(rule) = scope {
            request.withhold(ctx, rule);
            return Ok(None);
        }
        Ok(Some(find(ctx, scope, &area).await?))
    }
}
