//! What regions recorded of their duties, as far as the scope reaches; every append wants a permit.

use chrono::{DateTime, NaiveDate, Utc};
use database::{DbError, Session};
use domain::{
    duties::codes::MeetingKind,
    ledger::REGIONAL,
    policy::{MayKeepRegional, MayReviewRegional, RegionalScope},
};
use entity::{
    regional_bottleneck, regional_decision, regional_meeting, regional_report,
    regional_report_review,
};
use ledger::{EntryDraft, Head, Part, TextKind, Writer, fact};
use sea_orm::{EntityTrait as _, FromQueryResult, Value, prelude::Uuid};

/// Whether a row of the area `$1` is seen: `$2` all, `$3` of these areas, `$4` of areas of which
/// one of these municipalities is a member on the day `$5`, by what is known now.
macro_rules! seen {
    ($select:literal, $order:literal) => {
        concat!(
            $select,
            " where f.area = $1 and ($2 or f.area = any ($3) or exists (
                select from present_area_membership() m
                where m.area = f.area and m.municipality = any ($4)
                  and (m.valid_from is null or m.valid_from <= $5)
                  and (m.valid_to is null or m.valid_to > $5))) ",
            $order
        )
    };
}

fn seen_values(session: &Session, scope: &RegionalScope, area: &str) -> [Value; 5] {
    let (all, _, areas, municipalities) = scope.bounds();
    [
        Value::from(area),
        Value::from(all),
        Value::from(areas),
        Value::from(municipalities),
        // Who may see it is asked of the present day, whatever day is told of.
        Value::from(session.moment().present_day()),
    ]
}

/// Whether a scope is bound to what VNG confirmed: of duties, that is reports.
fn only_confirmed(scope: &RegionalScope) -> bool {
    let (_, confirmed, _, _) = scope.bounds();
    confirmed
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct MeetingRow {
    pub(super) held_on: NaiveDate,
    pub(super) kind: String,
}

/// The meetings of an area, the latest first.
pub(super) async fn meetings(
    session: &Session,
    scope: &RegionalScope,
    area: &str,
) -> Result<Vec<MeetingRow>, DbError> {
    if only_confirmed(scope) {
        return Ok(Vec::new());
    }
    session
        .rows(
            "reading meetings",
            seen!(
                "select f.held_on, f.kind from known.regional_meeting f",
                "order by f.held_on desc, f.kind"
            ),
            seen_values(session, scope, area),
        )
        .await
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct BottleneckRow {
    pub(super) id: Uuid,
    pub(super) number: i32,
    pub(super) remark_text: Uuid,
    pub(super) text: Option<String>,
    pub(super) valid_from: NaiveDate,
    pub(super) valid_to: Option<NaiveDate>,
}

/// The bottlenecks of an area, the latest first.
pub(super) async fn bottlenecks(
    session: &Session,
    scope: &RegionalScope,
    area: &str,
) -> Result<Vec<BottleneckRow>, DbError> {
    if only_confirmed(scope) {
        return Ok(Vec::new());
    }
    session
        .rows(
            "reading bottlenecks",
            seen!(
                "select f.id, f.number, f.remark_text, t.body as text, f.valid_from, f.valid_to
                 from known.regional_bottleneck f left join free_text t on t.id = f.remark_text",
                "order by f.number desc"
            ),
            seen_values(session, scope, area),
        )
        .await
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct DecisionRow {
    pub(super) number: i32,
    pub(super) text: Option<String>,
    pub(super) decided_on: NaiveDate,
    pub(super) needs_ratification: bool,
}

/// The decisions of an area, the latest first.
pub(super) async fn decisions(
    session: &Session,
    scope: &RegionalScope,
    area: &str,
) -> Result<Vec<DecisionRow>, DbError> {
    if only_confirmed(scope) {
        return Ok(Vec::new());
    }
    session
        .rows(
            "reading decisions",
            seen!(
                "select f.number, t.body as text, f.decided_on, f.needs_ratification
                 from known.regional_decision f left join free_text t on t.id = f.remark_text",
                "order by f.number desc"
            ),
            seen_values(session, scope, area),
        )
        .await
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct ReportRow {
    pub(super) ledger_no: i64,
    pub(super) half: String,
    pub(super) version: i32,
    pub(super) progress: Option<String>,
    pub(super) particulars: Option<String>,
    pub(super) bottlenecks: Option<String>,
    pub(super) submitted_at: DateTime<Utc>,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
}

/// All versions of the half-year reports of an area, the latest first; for a reader of confirmed
/// ones, of those alone.
pub(super) async fn reports(
    session: &Session,
    scope: &RegionalScope,
    area: &str,
) -> Result<Vec<ReportRow>, DbError> {
    let mut values = seen_values(session, scope, area).to_vec();
    values.push(Value::from(only_confirmed(scope)));
    session
        .rows(
            "reading half-year reports",
            seen!(
                "select f.ledger_no, f.half, f.version, p.body as progress, b.body as particulars,
                    k.body as bottlenecks, f.submitted_at, r.confirmed_at
                 from known.regional_report f
                 left join free_text p on p.id = f.progress_text
                 left join free_text b on b.id = f.particulars_text
                 left join free_text k on k.id = f.bottlenecks_text
                 left join known.regional_report_review r
                    on r.area = f.area and r.half = f.half and r.version = f.version",
                "and (not $6 or r.version is not null) order by f.half desc, f.version desc"
            ),
            values,
        )
        .await
}

#[derive(Debug, Clone, FromQueryResult)]
struct CadenceRow {
    group_nl: String,
    times_per_year: i32,
}

/// How often a year each table of an area is to meet, where a regional policy of that area prints
/// it.
pub(super) async fn cadence(
    session: &Session,
    area: &str,
) -> Result<Vec<(MeetingKind, i32)>, DbError> {
    let rows: Vec<CadenceRow> = session
        .rows(
            "reading how often a region meets",
            "select p.group_nl, max(p.times_per_year) as times_per_year
             from known.policy_provision p
             join known.policy_document d on d.key = p.policy and d.level = 'REGIONAL'
             join known.area a on a.name = d.area_name
             where a.code = $1 and p.kind = 'CADENCE' and p.group_nl is not null
                and p.times_per_year is not null
             group by p.group_nl",
            [Value::from(area)],
        )
        .await?;
    let times = |kind: MeetingKind| {
        let row = rows.iter().find(|row| row.group_nl == kind.group());
        row.map(|row| (kind, row.times_per_year))
    };
    Ok(MeetingKind::ALL.into_iter().filter_map(times).collect())
}

/// An entry on a duty, which is the area's own; `rest` is its key within the area.
struct DutyEntry<'a> {
    operation: &'static str,
    subject_kind: &'static str,
    area: &'a str,
    rest: String,
}

impl DutyEntry<'_> {
    fn open(self, writer: &mut Writer) -> Head {
        let area = self.area;
        writer.open_entry(EntryDraft {
            operation: self.operation,
            subject_kind: self.subject_kind,
            subject_key: format!("{area}/{}", self.rest),
            source: None,
            part: Part::Compliance,
            own: Some((area.to_owned(), REGIONAL.to_owned())),
        })
    }
}

async fn texts<const N: usize>(
    writer: &mut Writer,
    number: i64,
    bodies: [&str; N],
) -> Result<[Uuid; N], DbError> {
    let bodies = bodies.map(|body| (number, body.trim().to_owned()));
    let ids = writer.texts(TextKind::Answer, &bodies).await?;
    ids.try_into()
        .map_err(|_| DbError::doing("keeping texts")(sea_orm::DbErr::RecordNotInserted))
}

/// Appends a meeting.
pub(super) async fn append_meeting(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    held_on: NaiveDate,
    kind: &str,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalMeeting.recorded",
        subject_kind: "RegionalMeeting",
        area,
        rest: format!("{held_on}/{kind}"),
    };
    let head = entry.open(writer);
    let row = fact!(regional_meeting, head, {
        withdrawn: false,
        area: area.to_owned(),
        held_on: held_on,
        kind: kind.to_owned(),
    });
    regional_meeting::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("recording a meeting"))?;
    Ok(())
}

/// A bottleneck to append.
#[derive(Debug)]
pub(super) struct NewBottleneck<'a> {
    pub(super) number: i32,
    pub(super) text: &'a str,
    pub(super) since: NaiveDate,
}

/// Appends a bottleneck under its number.
pub(super) async fn append_bottleneck(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    new: &NewBottleneck<'_>,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalBottleneck.raised",
        subject_kind: "RegionalBottleneck",
        area,
        rest: new.number.to_string(),
    };
    let head = entry.open(writer);
    let [remark] = texts(writer, head.number, [new.text]).await?;
    let row = fact!(regional_bottleneck, head, {
        valid_from: Some(new.since),
        withdrawn: false,
        area: area.to_owned(),
        number: new.number,
        remark_text: remark,
    });
    regional_bottleneck::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("raising a bottleneck"))?;
    Ok(())
}

/// Appends that a bottleneck was resolved.
pub(super) async fn append_resolution(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    bottleneck: &BottleneckRow,
    on: NaiveDate,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalBottleneck.resolved",
        subject_kind: "RegionalBottleneck",
        area,
        rest: bottleneck.number.to_string(),
    };
    let head = entry.open(writer);
    let row = fact!(regional_bottleneck, head, {
        valid_from: Some(bottleneck.valid_from),
        valid_to: Some(on),
        corrects: Some(bottleneck.id),
        withdrawn: false,
        area: area.to_owned(),
        number: bottleneck.number,
        remark_text: bottleneck.remark_text,
    });
    regional_bottleneck::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("resolving a bottleneck"))?;
    Ok(())
}

/// A decision to append.
#[derive(Debug)]
pub(super) struct NewDecision<'a> {
    pub(super) number: i32,
    pub(super) text: &'a str,
    pub(super) decided_on: NaiveDate,
    pub(super) needs_ratification: bool,
}

/// Appends a decision.
pub(super) async fn append_decision(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    new: &NewDecision<'_>,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalDecision.recorded",
        subject_kind: "RegionalDecision",
        area,
        rest: new.number.to_string(),
    };
    let head = entry.open(writer);
    let [remark] = texts(writer, head.number, [new.text]).await?;
    let row = fact!(regional_decision, head, {
        withdrawn: false,
        area: area.to_owned(),
        number: new.number,
        remark_text: remark,
        decided_on: new.decided_on,
        needs_ratification: new.needs_ratification,
    });
    regional_decision::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("recording a decision"))?;
    Ok(())
}

/// A version of a half-year report to append.
#[derive(Debug)]
pub(super) struct NewReport<'a> {
    pub(super) half: &'a str,
    pub(super) version: i32,
    pub(super) progress: &'a str,
    pub(super) particulars: &'a str,
    pub(super) bottlenecks: &'a str,
}

/// Appends a version of a half-year report.
pub(super) async fn append_report(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    new: &NewReport<'_>,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalReport.submitted",
        subject_kind: "RegionalReport",
        area,
        rest: new.half.to_owned(),
    };
    let head = entry.open(writer);
    let given = [new.progress, new.particulars, new.bottlenecks];
    let [progress, particulars, bottlenecks] = texts(writer, head.number, given).await?;
    let row = fact!(regional_report, head, {
        withdrawn: false,
        area: area.to_owned(),
        half: new.half.to_owned(),
        version: new.version,
        progress_text: progress,
        particulars_text: particulars,
        bottlenecks_text: bottlenecks,
        submitted_at: writer.recorded_at(),
    });
    regional_report::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("submitting a half-year report"))?;
    Ok(())
}

/// Appends that VNG confirmed a version of a half-year report.
pub(super) async fn append_confirmation(
    writer: &mut Writer,
    permit: &MayReviewRegional,
    half: &str,
    version: i32,
) -> Result<(), DbError> {
    let area = permit.area();
    let entry = DutyEntry {
        operation: "regionalReport.confirmed",
        subject_kind: "RegionalReport",
        area,
        rest: half.to_owned(),
    };
    let head = entry.open(writer);
    let row = fact!(regional_report_review, head, {
        withdrawn: false,
        area: area.to_owned(),
        half: half.to_owned(),
        version: version,
        confirmed_at: writer.recorded_at(),
    });
    regional_report_review::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("confirming a half-year report"))?;
    Ok(())
}
