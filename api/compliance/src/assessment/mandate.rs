//! `giveSubmissionMandate`, `endSubmissionMandate`: a municipality lets its region submit for it,
//! between two days.
//!
//! A mandate belongs to no period: it holds on the days that it names, and the region submits on
//! such a day. Ending it is a new fact in the place of the old one, so what was submitted under it
//! stays explained.

use async_graphql::{Context, InputObject, Object, Result};
use chrono::NaiveDate;
use entity::submission_mandate;

use super::{
    append::{self, NewMandate},
    errors::{SubmissionMandateError, SubmissionMandateErrorCode},
    repo,
    target::municipality_or,
};
use domain::{
    mistake::Mistake,
    policy::{self, Rule},
};
use graphql::{
    access::{permitted_to, roles, visible_to},
    change::{Call, Change, Stopped, stop_at},
    context::{RequestContext, request},
    date::Date,
    error::Failure,
    page::{Connection, PageArgs, page_cost},
    payload,
    payload::{IdempotencyKey, payload},
};
use register::territory::schema::{
    Area, Municipality, find_area_node, find_municipality, known_municipality,
};

/// That a municipality lets a region submit for it. NL: indieningsmandaat.
#[derive(Debug, Clone)]
pub struct SubmissionMandate {
    row: submission_mandate::Model,
    today: NaiveDate,
}

/// That a municipality lets a region submit for it. NL: indieningsmandaat.
#[Object]
impl SubmissionMandate {
    /// The municipality that gave it. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, &self.row.municipality).await
    }

    /// The region that may submit. NL: regio.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        find_area_node(ctx, &self.row.area).await
    }

    /// The first day on which it holds. NL: vanaf.
    async fn from(&self) -> Option<Date> {
        self.row.valid_from.map(Date)
    }

    /// The last day on which it holds; null when no end is known. NL: tot en met.
    async fn last_day(&self) -> Option<Date> {
        self.row.valid_to.and_then(|day| day.pred_opt()).map(Date)
    }

    /// Whether it holds today. NL: geldig.
    async fn is_valid(&self) -> bool {
        self.row.valid_from.is_some_and(|from| from <= self.today)
            && self.row.valid_to.is_none_or(|until| self.today < until)
    }

    /// The ledger number of the fact. NL: nummer in het grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }
}

/// A mandate to give. NL: te geven mandaat.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct GiveSubmissionMandateInput {
    /// The CBS code of the municipality that gives it. NL: gemeentecode.
    municipality: String,
    /// The code of its reporting region, as in `VR14`. NL: regio.
    area: String,
    /// The first day on which the region may submit, not in the past. From 2018-01-01 to
    /// 2099-12-31. NL: vanaf.
    from: Date,
    /// The last day, inclusive; null when no end is known. From 2018-01-01 to 2099-12-31. NL: tot
    /// en met.
    last_day: Option<Date>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a mandate. NL: resultaat.
    GiveSubmissionMandatePayload {
        /// The mandate; null when it was not given. NL: mandaat.
        mandate: SubmissionMandate,
        /// What to repair; empty when it was given. NL: fouten.
        errors: SubmissionMandateError,
    }
}

/// A mandate to end. NL: te beëindigen mandaat.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct EndSubmissionMandateInput {
    /// The CBS code of the municipality that gave it. NL: gemeentecode.
    municipality: String,
    /// The code of the region. NL: regio.
    area: String,
    /// The last day on which the region may submit; yesterday ends it at once. From 2018-01-01 to
    /// 2099-12-31. NL: tot en met.
    last_day: Date,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of the end of a mandate. NL: resultaat.
    EndSubmissionMandatePayload {
        /// The mandate as it stands now; null when it was not ended. NL: mandaat.
        mandate: SubmissionMandate,
        /// What to repair; empty when it was ended. NL: fouten.
        errors: SubmissionMandateError,
    }
}

/// Queries of mandates.
#[derive(Default)]
pub(crate) struct MandateQuery;

#[Object]
impl MandateQuery {
    /// The mandates that a municipality has given, the first one first. Null when you may not see
    /// them (see `extensions.withheld`); `NOT_FOUND` for an unknown municipality, `BAD_REQUEST` for
    /// a wrong page. NL: indieningsmandaten.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadReviews)),
        complexity = "page_cost(first, child_complexity)"
    )]
    async fn submission_mandates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The CBS code, as in `GM0402`. NL: gemeentecode.")] municipality: String,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<SubmissionMandate>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let municipality = known_municipality(ctx, &municipality).await?;
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let scope = policy::reviews(session.mandate());
        if let Some(rule) = scope.hidden_by() {
            request.withhold(ctx, rule);
            return Ok(None);
        }
        let sees = policy::sees_mandates_of(session.mandate(), municipality.code_text());
        let rows = repo::mandates(session, municipality.code_text(), sees)
            .await
            .map_err(Failure::from)?;
        let today = session.today();
        let items = rows
            .into_iter()
            .map(|row| (row.id.to_string(), SubmissionMandate { row, today }))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }
}

/// Mutations of mandates.
#[derive(Default)]
pub(crate) struct MandateMutation;

#[Object]
impl MandateMutation {
    /// Lets a region submit for you, from a day on. For a municipality its own. NL:
    /// indieningsmandaat geven.
    #[graphql(directive = permitted_to::apply(roles(Rule::DecideForItself)))]
    async fn give_submission_mandate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mandate. NL: invoer.")] input: GiveSubmissionMandateInput,
    ) -> Result<GiveSubmissionMandatePayload> {
        let outcome = give(request(ctx)?, &input).await;
        payload(outcome, async |subject: String| find(ctx, &subject).await).await
    }

    /// Ends a mandate. What was submitted under it stands. For a municipality its own. NL:
    /// indieningsmandaat beëindigen.
    #[graphql(directive = permitted_to::apply(roles(Rule::DecideForItself)))]
    async fn end_submission_mandate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mandate and its last day. NL: invoer.")]
        input: EndSubmissionMandateInput,
    ) -> Result<EndSubmissionMandatePayload> {
        let outcome = end(request(ctx)?, &input).await;
        payload(outcome, async |subject: String| find(ctx, &subject).await).await
    }
}

type Code = SubmissionMandateErrorCode;

/// Gives a mandate; gives its subject.
async fn give(
    request: &RequestContext,
    input: &GiveSubmissionMandateInput,
) -> Result<String, Stopped<Code>> {
    let municipality = municipality_or(&input.municipality, Code::UnknownMunicipality)?;
    let call = Call::of("giveSubmissionMandate", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_decide_for_itself(mandate, &municipality);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let mut mistakes = Vec::new();
    if !repo::is_reporting_region(session, &municipality, &input.area, input.from.0).await? {
        mistakes.push(Mistake::at(
            Code::NotItsReportingRegion,
            &["area"],
            "Dit gebied rapporteert op die dag niet voor deze gemeente.",
            "This area does not report for this municipality on that day.",
        ));
    }
    let given = repo::mandates(session, municipality.as_str(), true).await?;
    mistakes.extend(day_mistakes(input, &given, session.today()));
    stop_at(mistakes)?;
    let new = NewMandate {
        area: &input.area,
        from: input.from.0,
        until: input.until(),
        ends: None,
    };
    let subject = append::mandate(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, subject).await?)
}

impl GiveSubmissionMandateInput {
    /// The first day on which it no longer holds.
    fn until(&self) -> Option<NaiveDate> {
        self.last_day.and_then(|day| day.0.succ_opt())
    }

    /// Whether it holds on a day on which a mandate of the same region holds.
    fn overlaps(&self, row: &submission_mandate::Model) -> bool {
        let begins = |until| row.valid_from.is_none_or(|from| from < until);
        row.area == self.area
            && row.valid_to.is_none_or(|end| self.from < end)
            && self.until().is_none_or(begins)
    }
}

/// What is wrong with the days of a mandate, beside those that were given before.
fn day_mistakes(
    input: &GiveSubmissionMandateInput,
    given: &[submission_mandate::Model],
    today: NaiveDate,
) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if input.last_day.is_some_and(|last| last < input.from) {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["lastDay"],
            "De laatste dag ligt voor de eerste.",
            "The last day is before the first.",
        ));
    }
    if input.from.0 < today {
        mistakes.push(Mistake::at(
            Code::DateInPast,
            &["from"],
            "De eerste dag ligt in het verleden.",
            "The first day lies in the past.",
        ));
    }
    if given.iter().any(|row| input.overlaps(row)) {
        mistakes.push(Mistake::at(
            Code::AlreadyGiven,
            &["from"],
            "Deze regio heeft in die dagen al een mandaat.",
            "This region has a mandate in those days already.",
        ));
    }
    mistakes
}

/// Ends a mandate; gives its subject.
async fn end(
    request: &RequestContext,
    input: &EndSubmissionMandateInput,
) -> Result<String, Stopped<Code>> {
    let municipality = municipality_or(&input.municipality, Code::UnknownMunicipality)?;
    let call = Call::of("endSubmissionMandate", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_decide_for_itself(mandate, &municipality);
    let mut change = Change::begin(request, call, may).await?;
    let (session, until) = (change.session(), input.last_day.0.succ_opt());
    let given = repo::mandates(session, municipality.as_str(), true).await?;
    let goes_on = |row: &&submission_mandate::Model| {
        row.area == input.area
            && row
                .valid_to
                .is_none_or(|end| until.is_some_and(|day| day < end))
    };
    let Some(row) = given.iter().find(goes_on) else {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::NoMandate,
            &["area"],
            "Deze regio heeft geen mandaat dat na die dag doorloopt.",
            "This region has no mandate that goes on after that day.",
        )]));
    };
    let begins = row.valid_from.unwrap_or(input.last_day.0);
    let yesterday = session.today().pred_opt().unwrap_or(session.today());
    if input.last_day.0 < yesterday || input.last_day.0 < begins {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::DateInPast,
            &["lastDay"],
            format!("Kies een dag vanaf {}.", yesterday.max(begins)),
            format!("Choose a day from {} on.", yesterday.max(begins)),
        )]));
    }
    let new = NewMandate {
        area: &input.area,
        from: begins,
        until,
        ends: Some(row.id),
    };
    let subject = append::mandate(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, subject).await?)
}

/// The last mandate of a subject, as in `GM0402/VR14`.
async fn find(ctx: &Context<'_>, subject: &str) -> Result<Option<SubmissionMandate>> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let municipality = subject.split('/').next().unwrap_or_default();
    let rows = repo::mandates(session, municipality, true)
        .await
        .map_err(Failure::from)?;
    let row = rows
        .into_iter()
        .filter(|row| row.subject_key == subject)
        .max_by_key(|row| row.ledger_no);
    Ok(row.map(|row| SubmissionMandate {
        row,
        today: session.today(),
    }))
}
