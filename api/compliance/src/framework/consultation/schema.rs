//! `EditionConsultation`, `CriterionRemark`, and the query of remarks.

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{edition_consultation, framework_edition};

use super::repo::{self, RemarkRow};
use crate::framework::schema::{Criterion, find_criterion, known_edition};
use domain::{
    framework::key::code_in,
    policy::{self, Rule},
};
use graphql::{
    access::{roles, visible_to},
    context::{request, today},
    date::Date,
    error::Failure,
    known::known,
    page::{Connection, PageArgs, page_cost},
};
use register::territory::schema::{Area, Municipality, find_area_node, find_municipality};

/// A proposed edition that was laid open for comment. NL: consultatie van een editie.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct EditionConsultation {
    /// The last day on which remarks are taken in. NL: laatste dag.
    last_day: Date,
    /// Whether remarks are taken in today. NL: open.
    is_open: bool,
}

/// The consultation on an edition; none when it was never laid open.
pub(in crate::framework) async fn consultation_on(
    ctx: &Context<'_>,
    edition: &framework_edition::Model,
) -> Result<Option<EditionConsultation>> {
    let today = today(ctx).await?;
    let rows = known::<edition_consultation::Entity>(ctx).await?;
    let found = rows.iter().find(|row| row.edition == edition.code);
    Ok(found.map(|row| EditionConsultation {
        last_day: Date(row.last_day),
        is_open: edition.state == "PROPOSED" && today <= row.last_day,
    }))
}

/// How many remarked on a criterion. NL: aantal opmerkingen bij een criterium.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct CriterionRemarkCount {
    #[graphql(skip)]
    criterion_key: String,
    /// Municipalities that remarked on it. NL: gemeenten.
    municipalities: i64,
    /// Regions that remarked on it. NL: regio's.
    regions: i64,
}

#[ComplexObject]
impl CriterionRemarkCount {
    /// The criterion. NL: criterium.
    async fn criterion(&self, ctx: &Context<'_>) -> Result<Option<Criterion>> {
        find_criterion(ctx, &self.criterion_key).await
    }
}

/// What a municipality or a region remarks on a criterion of a proposed edition. NL: opmerking bij
/// een criterium.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct CriterionRemark {
    #[graphql(skip)]
    criterion_key: String,
    #[graphql(skip)]
    municipality_code: Option<String>,
    #[graphql(skip)]
    area_code: Option<String>,
    /// The remark, in Dutch; null when it was redacted by law. NL: opmerking.
    text: Option<String>,
    /// When it was made, or replaced, UTC. NL: opgemerkt op.
    remarked_at: DateTime<Utc>,
}

#[ComplexObject]
impl CriterionRemark {
    /// The criterion; null when the edition has it no more. NL: criterium.
    async fn criterion(&self, ctx: &Context<'_>) -> Result<Option<Criterion>> {
        find_criterion(ctx, &self.criterion_key).await
    }

    /// The municipality that made it; null when a region did. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        match &self.municipality_code {
            Some(code) => find_municipality(ctx, code).await,
            None => Ok(None),
        }
    }

    /// The region that made it; null when a municipality did. NL: regio.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        match &self.area_code {
            Some(code) => find_area_node(ctx, code).await,
            None => Ok(None),
        }
    }
}

impl From<RemarkRow> for CriterionRemark {
    fn from(row: RemarkRow) -> Self {
        Self {
            criterion_key: format!("{}/{}", row.edition, row.criterion),
            municipality_code: row.municipality,
            area_code: row.area,
            text: row.remark,
            remarked_at: row.remarked_at,
        }
    }
}

/// The remark of a key like `VOORSTEL-2/SV-03/GM0402`, as far as the caller reads it.
pub(in crate::framework) async fn find_remark(
    ctx: &Context<'_>,
    key: &str,
) -> Result<Option<CriterionRemark>> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let scope = policy::remarks(session.mandate());
    let mut parts = key.split('/');
    let (edition, criterion) = (parts.next().unwrap_or_default(), parts.next());
    let rows = repo::remarks(session, &scope, edition, criterion).await;
    let mut rows = rows.map_err(Failure::from)?.into_iter();
    Ok(rows.find(|row| row.key == key).map(CriterionRemark::from))
}

/// Queries of remarks.
#[derive(Default)]
pub(crate) struct ConsultationQuery;

#[Object]
impl ConsultationQuery {
    /// The remarks on an edition that was laid open for comment, in the order of its criteria. A
    /// municipality and a region see their own, VNG all; null for others. `NOT_FOUND` for an
    /// unknown edition, `BAD_REQUEST` for a wrong page. NL: opmerkingen bij een editie.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadRemarks)),
        complexity = "page_cost(first, child_complexity)"
    )]
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn criterion_remarks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, as in `VOORSTEL-2`. NL: code van de editie.")] edition: String,
        #[graphql(
            desc = "Only on this criterion, by its code or its key; by default on all. NL: \
                          criterium."
        )]
        criterion: Option<String>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<CriterionRemark>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let scope = policy::remarks(session.mandate());
        if let Some(rule) = scope.hidden_by() {
            request.withhold(ctx, rule);
            return Ok(None);
        }
        let edition = known_edition(ctx, &edition).await?;
        let edition = edition.code_text();
        let criterion = criterion.as_deref().map(|named| code_in(edition, named));
        let rows = repo::remarks(session, &scope, edition, criterion).await;
        let items = rows.map_err(Failure::from)?.into_iter();
        let items = items.map(|row| (row.key.clone(), CriterionRemark::from(row)));
        Ok(Some(Connection::of_whole(items.collect(), &requested)?))
    }

    /// How many municipalities and regions remarked on each criterion of an edition, in its order.
    /// For VNG; null for others. `NOT_FOUND` for an unknown edition, `BAD_REQUEST` for a wrong
    /// page. NL: aantal opmerkingen.
    #[graphql(
        directive = visible_to::apply(roles(Rule::Framework)),
        complexity = "page_cost(first, child_complexity)"
    )]
    async fn criterion_remark_counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, as in `VOORSTEL-2`. NL: code van de editie.")] edition: String,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<CriterionRemarkCount>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let permit = match policy::may_manage_framework(session.mandate()) {
            Ok(permit) => permit,
            Err(denied) => {
                request.withhold(ctx, denied.0);
                return Ok(None);
            }
        };
        let edition = known_edition(ctx, &edition).await?;
        let edition = edition.code_text();
        let rows = repo::counts(session, &permit, edition).await;
        let rows = rows.map_err(Failure::from)?.into_iter();
        let counts = rows.map(|row| {
            let count = CriterionRemarkCount {
                criterion_key: format!("{edition}/{}", row.criterion),
                municipalities: row.municipalities,
                regions: row.areas,
            };
            (row.criterion, count)
        });
        Ok(Some(Connection::of_whole(counts.collect(), &requested)?))
    }
}
