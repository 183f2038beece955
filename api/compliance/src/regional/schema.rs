//! `RegionalAnswer` and the list of an area's answers.

use std::collections::BTreeMap;

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::repo::{self, AnswerRow, AnswersOf, EvidenceRow, RemarkRow};
use crate::{
    assessment::evidence_schema::EvidenceView,
    framework::schema::{Criterion, find_criterion},
};
use domain::{
    assessment::evidence::Evidence,
    policy::{self, RegionalScope, Rule},
    regional::codes::RegionalAnswerState,
    verdict::rules::AnswerValue,
};
use graphql::{
    access::{roles, visible_to},
    coded::{Coded, of_row},
    context::{request, today},
    date::Date,
    error::Failure,
    id::{self, NodeKind},
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
};
use register::territory::schema::{Area, find_area_node, find_municipality, known_area};

/// What VNG asked of a version, or why it returned it. NL: opmerking van VNG.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct RegionalRemark {
    /// QUESTIONED or RETURNED. NL: aanleiding.
    state: Coded<RegionalAnswerState>,
    /// The question or the reason. NL: tekst.
    text: Option<String>,
    /// When VNG decided so, UTC. NL: tijdstip.
    decided_at: DateTime<Utc>,
}

/// What a reporting region answers to a criterion for its members. It counts for a member that gave
/// no answer of its own. NL: regionaal antwoord.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct RegionalAnswer {
    #[graphql(skip)]
    area_code: String,
    #[graphql(skip)]
    criterion_key: String,
    /// The key, as in `VR14/VOORSTEL-1/OH-01`. NL: sleutel.
    key: String,
    /// The number of the version, from 1. NL: versienummer.
    number: i32,
    /// The answer. NL: antwoord.
    answer: Coded<AnswerValue>,
    /// The explanation; null when there is none, or when it was redacted. NL: toelichting.
    explanation: Option<String>,
    /// The evidence, in the order in which it was given. NL: bewijs.
    evidence: Vec<EvidenceView>,
    /// The first day on which it counts. NL: vanaf.
    from: Date,
    /// The first day on which it no longer counts; null while no end is known. A later version that
    /// begins earlier takes its place on that day. NL: tot.
    until: Option<Date>,
    /// How far the review is; for a member only whether it is confirmed. NL: stand.
    state: Coded<RegionalAnswerState>,
    /// When it was submitted, UTC. NL: ingediend op.
    submitted_at: DateTime<Utc>,
    /// When VNG returned or confirmed it, UTC; null before. NL: besloten op.
    decided_at: Option<DateTime<Utc>>,
    /// What VNG asked, and why it returned it, the first remark first; empty for members and the
    /// ministry. NL: opmerkingen.
    remarks: Vec<RegionalRemark>,
    /// Earlier versions, the latest first. NL: eerdere versies.
    earlier: Vec<RegionalAnswer>,
    /// The ledger number of the answer: hand it over as `expectedVersion`. NL: nummer in het
    /// grootboek.
    ledger: i64,
}

#[ComplexObject]
impl RegionalAnswer {
    /// An opaque id for `node`, of this version. NL: id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        let key = format!("{}/{}", self.key, self.number);
        id::id(ctx, NodeKind::RegionalAnswer, &key).await
    }

    /// The area that answers. NL: gebied.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        find_area_node(ctx, &self.area_code).await
    }

    /// The criterion. NL: criterium.
    async fn criterion(&self, ctx: &Context<'_>) -> Result<Option<Criterion>> {
        find_criterion(ctx, &self.criterion_key).await
    }
}

fn to_view(
    row: AnswerRow,
    remarks: &[RemarkRow],
    evidence: &[EvidenceRow],
) -> Result<RegionalAnswer> {
    let criterion_key = format!("{}/{}", row.edition, row.criterion);
    let evidence = evidence
        .iter()
        .filter(|piece| piece.subject_key == row.subject_key && piece.version == row.version)
        .map(|piece| EvidenceView {
            criterion: criterion_key.clone(),
            piece: Evidence::from(piece.clone()),
        })
        .collect();
    let remarks: Vec<RegionalRemark> = remarks
        .iter()
        .filter(|remark| remark.subject_key == row.subject_key && remark.version == row.version)
        .map(|remark| {
            Ok(RegionalRemark {
                state: Coded(of_row(&remark.outcome)?),
                text: remark.remark.clone(),
                decided_at: remark.decided_at,
            })
        })
        .collect::<Result<_>>()?;
    let state = match &row.outcome {
        Some(outcome) => of_row(outcome)?,
        None if remarks.is_empty() => RegionalAnswerState::Submitted,
        None => RegionalAnswerState::Questioned,
    };
    Ok(RegionalAnswer {
        criterion_key,
        evidence,
        area_code: row.area,
        key: row.subject_key,
        number: row.version,
        answer: Coded(of_row(&row.answer)?),
        explanation: row.explanation,
        from: Date(row.valid_from),
        until: row.valid_to.map(Date),
        state: Coded(state),
        submitted_at: row.submitted_at,
        decided_at: row.decided_at,
        remarks,
        earlier: Vec::new(),
        ledger: row.ledger_no,
    })
}

/// The answers of an area that the scope reaches, or the one to a criterion: the latest version of
/// each, with those before it.
async fn find(
    ctx: &Context<'_>,
    scope: &RegionalScope,
    of: AnswersOf<'_>,
) -> Result<Vec<RegionalAnswer>> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let rows = repo::answers(session, scope, of)
        .await
        .map_err(Failure::from)?;
    let remarks = repo::remarks(session, scope, of.area)
        .await
        .map_err(Failure::from)?;
    let evidence = repo::evidence(session, of).await.map_err(Failure::from)?;
    let mut answers: BTreeMap<String, RegionalAnswer> = BTreeMap::new();
    for row in rows {
        let version = to_view(row, &remarks, &evidence)?;
        match answers.get_mut(&version.key) {
            Some(latest) => latest.earlier.push(version),
            None => {
                answers.insert(version.key.clone(), version);
            }
        }
    }
    Ok(answers.into_values().collect())
}

/// What the safety region of a municipality answers to criteria of an edition, as far as the reader
/// sees it: the latest version of each that has not ended.
pub(crate) async fn find_for(
    ctx: &Context<'_>,
    municipality: &str,
    edition: &str,
) -> Result<Vec<RegionalAnswer>> {
    let Some(municipality) = find_municipality(ctx, municipality).await? else {
        return Ok(Vec::new());
    };
    let Some(area) = municipality.region_code(ctx).await? else {
        return Ok(Vec::new());
    };
    let scope = policy::regional(request(ctx)?.mandate().await.map_err(Failure::from)?);
    let today = today(ctx).await?;
    let of_edition = format!("{edition}/");
    let mut answers = find(ctx, &scope, AnswersOf::area(&area)).await?;
    answers.retain(|one| {
        let has_ended = one.until.as_ref().is_some_and(|until| until.0 <= today);
        one.criterion_key.starts_with(&of_edition) && !has_ended
    });
    Ok(answers)
}

/// The answer of a key, as far as the reader sees it: what a mutation tells of.
pub(super) async fn find_by_key(ctx: &Context<'_>, key: &str) -> Result<Option<RegionalAnswer>> {
    let request = request(ctx)?;
    let scope = policy::regional(request.mandate().await.map_err(Failure::from)?);
    let Some((area, _)) = key.split_once('/') else {
        return Ok(None);
    };
    Ok(find(ctx, &scope, AnswersOf::subject(area, key))
        .await?
        .pop())
}

/// A version of an answer, as in `VR14/VOORSTEL-1/OH-01/2`, for `node`.
pub(crate) async fn find_version(ctx: &Context<'_>, key: &str) -> Result<Option<RegionalAnswer>> {
    let Some((subject, number)) = key.rsplit_once('/') else {
        return Ok(None);
    };
    let Some(mut latest) = find_by_key(ctx, subject).await? else {
        return Ok(None);
    };
    let number: Option<i32> = number.parse().ok();
    if number == Some(latest.number) {
        return Ok(Some(latest));
    }
    let place = latest
        .earlier
        .iter()
        .position(|one| number == Some(one.number));
    Ok(place.map(|place| latest.earlier.swap_remove(place)))
}

/// Queries of regional answers.
#[derive(Default)]
pub(crate) struct RegionalQuery;

#[Object]
impl RegionalQuery {
    /// What an area answers for its members, by criterion: the latest version of each, with those
    /// before it. A municipality sees what counts on a day of its own membership, the ministry what
    /// VNG confirmed. Null for roles that see none (see `extensions.withheld`); `NOT_FOUND` for an
    /// unknown area, `BAD_REQUEST` for a wrong page. NL: regionale antwoorden.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadRegional)),
        complexity = "page_cost(first, child_complexity)"
    )]
    async fn regional_answers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code of the area, as in `VR14`. NL: gebiedscode.")] area: String,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<RegionalAnswer>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let request = request(ctx)?;
        let area = known_area(ctx, &area, None).await?.code.clone();
        let scope = policy::regional(request.mandate().await.map_err(Failure::from)?);
        if let RegionalScope::Hidden(rule) = scope {
            request.withhold(ctx, rule);
            return Ok(None);
        }
        let items = find(ctx, &scope, AnswersOf::area(&area))
            .await?
            .into_iter()
            .map(|answer| (answer.key.clone(), answer))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }
}
