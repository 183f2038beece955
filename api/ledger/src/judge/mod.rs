//! The judge: an input of a verdict changed, so it is judged anew.
//!
//! Whoever appends a fact that a verdict depends on (a version, a confirmation, an adoption, a
//! regional answer, an edition, a reorganisation) calls [`judge_anew`] once, after its facts and in
//! the same transaction. The judge reads everything that is known then, lets the rules judge from
//! today on, and appends what is new as *spans*: today's verdict, and every later one that will
//! follow from what is known today by the mere passing of time. So a verdict changes at midnight
//! without any write, and a read selects a span instead of judging.
//!
//! Appended is only what says something new, under the entry of this transaction on that assessment
//! or, where the change was somebody else's (a region's, an edition's), under an entry
//! `verdict.judged` of its own.
//!
//! A closed period keeps the verdicts that it closed with. What is judged after that stands beside,
//! as a re-run.

pub mod at_closing;
pub mod given;
pub mod inputs;
mod policies;
pub mod preview;
mod regional_answers;
pub mod tried;

use database::{DbError, Session, Sql as _, document, ids};
use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::Value;
use serde::Deserialize;
use serde_json::json;

use inputs::{Case, Subject, unreadable};

use crate::{
    EntryDraft, Part,
    writer::{Entries, Writer},
};
use domain::verdict::rules::{self, Basis, RegionalAnswer, Span, VerdictStatus};
pub use inputs::Concerned;

/// The purpose under which row-level security lets the judge read all inputs and append spans.
pub const PURPOSE: &str = "JUDGING";

/// Verdicts of today that became others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// What they were.
    pub before: VerdictStatus,
    /// What they are.
    pub after: VerdictStatus,
    /// How many, on either basis.
    pub count: usize,
}

/// What judging anew led to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Assessments of periods that are not closed, on either basis, whose verdicts or grounds are
    /// told anew.
    pub anew: usize,
    /// The same of closed periods: these keep their verdicts, and the re-run stands beside.
    pub beside: usize,
    /// Of periods that are not closed, the verdicts that became others, by what they were.
    pub moved: Vec<Moved>,
}

impl Judged {
    fn count(&mut self, is_closed: bool, before: VerdictStatus, after: VerdictStatus) {
        if is_closed {
            self.beside += 1;
            return;
        }
        self.anew += 1;
        if before == after {
            return;
        }
        let mut known = self.moved.iter_mut();
        match known.find(|one| one.before == before && one.after == after) {
            Some(one) => one.count += 1,
            None => self.moved.push(Moved {
                before,
                after,
                count: 1,
            }),
        }
        self.moved.sort_by_key(|one| (one.before, one.after));
    }
}

/// Judges whom it concerns by all that is known in this transaction, and appends the verdicts that
/// are new. A constant number of statements, for one municipality and for all.
///
/// # Errors
/// When the database fails, or something stored cannot be read.
pub async fn judge_anew(writer: &mut Writer, concerned: &Concerned) -> Result<Judged, DbError> {
    let Writer {
        session, entries, ..
    } = writer;
    let today = session.today();
    let judging = session.for_purpose(PURPOSE).await?;
    let (cases, runs) = inputs::cases(&judging, concerned, LATEST_RUNS).await?;
    let known = by_subject(inputs::rows_of("a verdict", runs)?)?;
    let mut new: BTreeMap<bool, Vec<serde_json::Value>> = BTreeMap::new();
    let mut judged = Judged::default();
    for case in &cases {
        let given = SpanContents::of(case, today)?;
        let subject = (
            case.municipality.clone(),
            case.period.clone(),
            case.inputs.basis,
        );
        let before = known
            .get(&subject)
            .map(|spans| spans.as_slice())
            .unwrap_or_default();
        if !given.differs_from(before, today) {
            continue;
        }
        let number = entry(entries, case);
        let is_closed = today > case.closes_on;
        let status_before = status_on(before, today)?;
        let status_now = rules::judge(&case.inputs, today).status;
        judged.count(is_closed, status_before, status_now);
        new.entry(is_closed)
            .or_default()
            .extend(given.rows(case, number));
    }
    let last = new.pop_last();
    for (is_closed, rows) in new {
        let rows = Value::from(serde_json::Value::Array(rows));
        judging.change(KEEPING, keeping(is_closed), [rows]).await?;
    }
    match last {
        Some((is_closed, rows)) => {
            let rows = Value::from(serde_json::Value::Array(rows));
            judging
                .end_adding(KEEPING, keeping(is_closed), [rows])
                .await?;
        }
        None => judging.end().await?,
    }
    Ok(judged)
}

/// The verdict of a day by the spans of a run.
fn status_on(spans: &[Kept], day: NaiveDate) -> Result<VerdictStatus, DbError> {
    match spans.iter().rfind(|span| span.valid_from <= day) {
        Some(span) => VerdictStatus::from_code(&span.status).ok_or_else(|| unreadable("a verdict")),
        None => Ok(VerdictStatus::NotAssessed),
    }
}

/// What a verdict would become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The code of the municipality, as in `GM0402`.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`.
    pub period: String,
    /// The verdict on that day as things are.
    pub before: VerdictStatus,
    /// The verdict on that day if the area answered so.
    pub after: VerdictStatus,
    /// Whether the municipality answered the criterion itself, so that nothing can change.
    pub has_own_answer: bool,
}

/// What the verdicts of these municipalities on the basis SUBMITTED would become on a day, in the
/// periods of an edition that are open, if an area answered so; with UNKNOWN, if its answer ended.
/// Nothing is kept.
pub async fn effects(
    session: &Session,
    members: Vec<String>,
    edition: &str,
    answer: &RegionalAnswer,
) -> Result<Vec<Effect>, DbError> {
    let concerned = Concerned::municipalities(members);
    let judging = session.for_purpose(PURPOSE).await?;
    let (cases, _) = inputs::cases(&judging, &concerned, inputs::NOTHING).await?;
    judging.end().await?;
    let today = session.today();
    let day = answer.from.max(today);
    let shown = cases.into_iter().filter(|case| {
        case.inputs.basis == Basis::Submitted
            && case.inputs.edition.code == edition
            && today <= case.closes_on
    });
    let effect = |case: Case| {
        let before = rules::judge(&case.inputs, day).status;
        let has_own_answer = case.inputs.has_own_answer(&answer.criterion);
        let after = rules::judge(&case.inputs.with_area_answering(answer), day).status;
        Effect {
            municipality: case.municipality,
            period: case.period,
            before,
            after,
            has_own_answer,
        }
    };
    Ok(shown.map(effect).collect())
}

/// The entry that the spans of a case belong to: that on its assessment, when this transaction has
/// one.
fn entry(entries: &mut Entries, case: &Case) -> i64 {
    let key = format!("{}/{}", case.municipality, case.period);
    let there = ["Assessment", "Verdict"]
        .iter()
        .find_map(|kind| entries.on(kind, &key));
    there.unwrap_or_else(|| {
        entries.open(EntryDraft {
            operation: "verdict.judged",
            subject_kind: "Verdict",
            subject_key: key,
            source: None,
            part: Part::Compliance,
            own: Some((case.municipality.clone(), case.period.clone())),
        })
    })
}

/// A span as it is kept.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Kept {
    municipality: String,
    period: String,
    basis: String,
    valid_from: NaiveDate,
    status: String,
    grounds: serde_json::Value,
}

/// The spans of the last run of each case, in the order of their days. Of a closed period a re-run
/// is later than what it closed with.
const LATEST_RUNS: &str = "with latest as (
        select a.*, greatest(
            (select s.ledger_no from known.verdict_span s
             where s.municipality = a.municipality and s.period = a.period and s.basis = a.basis
             order by s.ledger_no desc limit 1),
            (select s.ledger_no from known.verdict_rerun s
             where s.municipality = a.municipality and s.period = a.period and s.basis = a.basis
             order by s.ledger_no desc limit 1)) as ledger_no
        from unnest($2::text[], $3::text[], $4::text[]) a (municipality, period, basis)
     )
     select s.municipality, s.period, s.basis, s.valid_from, s.status, s.grounds
     from latest join known.verdict_span s using (municipality, period, basis, ledger_no)
     union all
     select s.municipality, s.period, s.basis, s.valid_from, s.status, s.grounds
     from latest join known.verdict_rerun s using (municipality, period, basis, ledger_no)
     order by valid_from";

/// Spans by what has one verdict on a day.
fn by_subject(rows: Vec<Kept>) -> Result<BTreeMap<Subject, Vec<Kept>>, DbError> {
    let mut known: BTreeMap<Subject, Vec<Kept>> = BTreeMap::new();
    for row in rows {
        let basis = Basis::from_code(&row.basis).ok_or_else(|| unreadable("a basis"))?;
        let subject = (row.municipality.clone(), row.period.clone(), basis);
        known.entry(subject).or_default().push(row);
    }
    Ok(known)
}

/// What the rules say of a case from today on, one span after another.
struct SpanContents(Vec<(NaiveDate, &'static str, serde_json::Value)>);

impl SpanContents {
    fn of(case: &Case, today: NaiveDate) -> Result<Self, DbError> {
        let spans = rules::spans(&case.inputs, today);
        let shown = |span: Span| {
            let grounds = document::write(&span.judgement.grounds)?;
            Ok((span.from, span.judgement.status.code(), grounds))
        };
        Ok(Self(
            spans
                .into_iter()
                .map(shown)
                .collect::<Result<_, DbError>>()?,
        ))
    }

    /// Whether the run before says anything else of today or of a later day.
    fn differs_from(&self, before: &[Kept], today: NaiveDate) -> bool {
        let started = before
            .iter()
            .rposition(|span| span.valid_from <= today)
            .unwrap_or_default();
        let before = before[started..].iter().map(|span| {
            (
                span.valid_from.max(today),
                span.status.as_str(),
                &span.grounds,
            )
        });
        let now = self
            .0
            .iter()
            .map(|(from, status, grounds)| (*from, *status, grounds));
        !now.eq(before)
    }

    fn rows(&self, case: &Case, number: i64) -> Vec<serde_json::Value> {
        let ends = self
            .0
            .iter()
            .skip(1)
            .map(|(from, ..)| Some(*from))
            .chain([None]);
        let row = |((from, status, grounds), until): (&(NaiveDate, &str, _), _)| {
            json!({
                "id": ids::row_id(),
                "ledger_no": number,
                "subject_key": format!("{}/{}", case.municipality, case.period),
                "valid_from": from,
                "valid_to": until,
                "withdrawn": false,
                "municipality": case.municipality,
                "period": case.period,
                "basis": case.inputs.basis.code(),
                "status": status,
                "version": case.version,
                "grounds": grounds,
            })
        };
        self.0.iter().zip(ends).map(row).collect()
    }
}

/// What is done when verdicts are kept.
const KEEPING: &str = "keeping verdicts";

/// Appends the spans of all cases at once; those of closed periods beside the verdicts that these
/// closed with.
fn keeping(is_closed: bool) -> &'static str {
    if is_closed {
        "insert into known.verdict_rerun
         select * from jsonb_populate_recordset(null::fact.verdict_rerun, $1)"
    } else {
        "insert into known.verdict_span
         select * from jsonb_populate_recordset(null::fact.verdict_span, $1)"
    }
}
