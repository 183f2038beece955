//! The demo database: the real territory, framework and plan; an endorsed edition, policies,
//! regional answers and assessments that nobody made.
//!
//! Everything goes through the ledger, in the transactions and on the days on which it would have
//! come in: a version of some municipalities at a time, so that no transaction waits for long while
//! its answers are invented, judged and sealed. What is invented is invented by the import's own
//! actor, and row-level security lets it do so in a demo alone; verdicts are not invented but judged
//! by the real rules. The same seed makes the same demo.

mod invent;
mod setting;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use entity::{criterion, reporting_period};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _, Value,
};
use serde_json::json;

use self::{
    invent::{Answer, Part, Turn},
    setting::{ENDORSED, PROPOSED},
};
use crate::{DataSet, ImportError, import_as};
use database::{Database, DatabaseKind, DbError, ids};
use domain::{actor::Actor, clock::Clock};
use ledger::{
    self, EntryDraft, TextKind, Writer, content_hash, fact,
    judge::{Concerned, judge_anew},
};

/// The day on which the demo begins: that of the import.
const BEGIN: &str = "2025-07-01";
/// The periods: key, edition, first day, deadline, closing day, and the day on which VNG confirms.
const PERIODS: [(&str, &str, [&str; 4]); 3] = [
    (
        "2025-2",
        PROPOSED,
        ["2025-09-01", "2025-11-30", "2025-12-15", "2025-12-12"],
    ),
    (
        "2026-1",
        ENDORSED,
        ["2026-03-01", "2026-05-31", "2026-06-15", "2026-06-12"],
    ),
    (
        "2026-2",
        ENDORSED,
        ["2026-09-01", "2026-11-30", "2026-12-15", "2026-11-20"],
    ),
];

/// How many municipalities hand in, or are confirmed, in one transaction.
const TOGETHER: usize = 50;

/// What a demo holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// Versions of assessments.
    pub versions: usize,
    /// Answers in them.
    pub answers: usize,
    /// Versions that were confirmed.
    pub confirmed: usize,
    /// The last ledger number.
    pub ledger: i64,
}

/// A period as it is used here.
struct Period {
    key: &'static str,
    edition: &'static str,
    place: usize,
    opens_on: NaiveDate,
    deadline_on: NaiveDate,
    closes_on: NaiveDate,
    confirms_on: NaiveDate,
}

/// Makes an empty database a demo: three periods, in each of them `scale` versions of every
/// municipality that takes part. `connect` gives the database with the clock that it is to read.
///
/// # Errors
/// When the database is not empty or not a demo, or when it fails; then what was committed stays,
/// and the next demo wants another database.
pub async fn make(
    connect: impl AsyncFn(Clock) -> Result<Database, DbError>,
    set: &DataSet,
    scale: usize,
    seed: u64,
) -> Result<Made, ImportError> {
    let clock = Clock::settable(noon(day(BEGIN)));
    let db = connect(clock.clone()).await?;
    let (imported, _) = import_as(&db, set, DatabaseKind::Demo).await?;
    let mut demo = Demo {
        db,
        clock,
        seed,
        scale,
        made: Made {
            ledger: imported.ledger,
            ..Made::default()
        },
    };
    demo.set_up().await?;
    for (place, (key, edition, days)) in PERIODS.into_iter().enumerate() {
        let [opens_on, deadline_on, closes_on, confirms_on] = days.map(day);
        demo.period(&Period {
            key,
            edition,
            place,
            opens_on,
            deadline_on,
            closes_on,
            confirms_on,
        })
        .await?;
    }
    demo.db.close().await?;
    Ok(demo.made)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(11)
}

/// One version of some municipalities, and the day on which it comes in.
#[derive(Clone, Copy)]
struct Submission {
    version: usize,
    on: NaiveDate,
}

/// A demo in the making.
struct Demo {
    db: Database,
    clock: Clock,
    seed: u64,
    scale: usize,
    made: Made,
}

#[derive(FromQueryResult)]
struct Code {
    code: String,
}

impl Demo {
    async fn writer(&self, on: NaiveDate) -> Result<Writer, DbError> {
        self.clock.set(noon(on));
        Writer::lock(self.db.write(&Actor::system()).await?).await
    }

    /// What stands before the first period: an edition, policies and regions.
    async fn set_up(&mut self) -> Result<(), DbError> {
        let today = day(BEGIN) + Days::new(1);
        let mut writer = self.writer(today).await?;
        setting::endorse_edition(&mut writer).await?;
        let municipalities = municipalities(&writer, today).await?;
        setting::decide_policies(&mut writer, self.seed, &municipalities, today).await?;
        setting::answer_for_regions(&mut writer, self.seed, today).await?;
        self.made.ledger = writer.commit().await?;
        Ok(())
    }

    async fn period(&mut self, period: &Period) -> Result<(), DbError> {
        let mut writer = self.writer(period.opens_on).await?;
        let head = writer.open_entry(EntryDraft::public(
            "reportingPeriod.opened",
            "ReportingPeriod",
            period.key.to_owned(),
        ));
        reporting_period::Entity::insert(fact!(reporting_period, head, {
            withdrawn: false,
            key: period.key.to_owned(),
            edition: period.edition.to_owned(),
            opens_on: period.opens_on,
            deadline_on: period.deadline_on,
            closes_on: period.closes_on,
        }))
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("opening a period"))?;
        let criteria = criteria(&writer, period.edition).await?;
        let municipalities = municipalities(&writer, period.opens_on).await?;
        writer.commit().await?;
        let parts: Vec<Part> = municipalities
            .iter()
            .filter_map(|code| invent::part(self.seed, code, period.place))
            .collect();
        let last_day = period.deadline_on.min(period.confirms_on - Days::new(1));
        let span = (last_day - period.opens_on).num_days().unsigned_abs();
        for version in 1..=self.scale {
            let steps = u64::try_from(version).unwrap_or_default() * span;
            let on = period.opens_on
                + Days::new(steps / u64::try_from(self.scale + 1).unwrap_or(u64::MAX));
            let is_last = version == self.scale;
            let (late, timely): (Vec<_>, Vec<_>) =
                parts.iter().partition(|part| is_last && part.is_late);
            let mut submission = Submission { version, on };
            for some in timely.chunks(TOGETHER) {
                self.submit(period, submission, some, &criteria).await?;
            }
            submission.on = period.deadline_on + Days::new(3);
            for some in late.chunks(TOGETHER) {
                self.submit(period, submission, some, &criteria).await?;
            }
        }
        let confirmed: Vec<&Part> = parts.iter().filter(|part| part.is_confirmed).collect();
        for some in confirmed.chunks(TOGETHER) {
            self.confirm(period, some).await?;
        }
        Ok(())
    }

    /// One version of some municipalities, on one day.
    async fn submit(
        &mut self,
        period: &Period,
        Submission { version, on }: Submission,
        parts: &[&Part],
        criteria: &[String],
    ) -> Result<(), DbError> {
        let mut writer = self.writer(on).await?;
        let (mut versions, mut answers, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        let turn = Turn {
            period: period.place,
            version,
            versions: self.scale,
        };
        for Part { municipality, .. } in parts {
            let number = entry(&mut writer, "assessment.submitted", municipality, period);
            let invented = invent::answers(self.seed, municipality, turn, criteria);
            versions.push(row(
                number,
                municipality,
                period,
                json!({
                    "number": version,
                    "edition": period.edition,
                    "submitted_at": writer.recorded_at(),
                    "on_time": on <= period.deadline_on,
                    "approved_by_function": "Portefeuillehouder (DEMO)",
                    "approved_on": on,
                    "content_hash": hash(&invented),
                }),
            ));
            for one in invented {
                if let Some(text) = one.explanation {
                    texts.push((answers.len(), (number, text.to_owned())));
                }
                answers.push(row(
                    number,
                    municipality,
                    period,
                    json!({
                        "version": version,
                        "criterion": one.criterion,
                        "answer": one.answer,
                    }),
                ));
            }
        }
        let bodies: Vec<(i64, String)> = texts.iter().map(|(_, text)| text.clone()).collect();
        let ids = writer.texts(TextKind::Answer, &bodies).await?;
        for ((place, _), id) in texts.into_iter().zip(ids) {
            answers[place]["explanation_text"] = json!(id);
        }
        self.made.versions += versions.len();
        self.made.answers += answers.len();
        insert(
            &writer,
            "insert into known.assessment_version
             select * from jsonb_populate_recordset(null::fact.assessment_version, $1)",
            versions,
        )
        .await?;
        insert(
            &writer,
            "insert into known.answer
             select * from jsonb_populate_recordset(null::fact.answer, $1)",
            answers,
        )
        .await?;
        self.judge(writer, period, parts).await
    }

    /// VNG confirms the last version of some municipalities.
    async fn confirm(&mut self, period: &Period, parts: &[&Part]) -> Result<(), DbError> {
        let mut writer = self.writer(period.confirms_on).await?;
        let mut decisions = Vec::new();
        for Part { municipality, .. } in parts {
            let number = entry(&mut writer, "assessment.confirmed", municipality, period);
            decisions.push(row(
                number,
                municipality,
                period,
                json!({
                    "version": self.scale,
                    "outcome": "CONFIRMED",
                    "decided_at": writer.recorded_at(),
                }),
            ));
        }
        self.made.confirmed += decisions.len();
        insert(
            &writer,
            "insert into known.review_decision
             select * from jsonb_populate_recordset(null::fact.review_decision, $1)",
            decisions,
        )
        .await?;
        self.judge(writer, period, parts).await
    }

    async fn judge(
        &mut self,
        mut writer: Writer,
        period: &Period,
        parts: &[&Part],
    ) -> Result<(), DbError> {
        let codes = parts.iter().map(|part| part.municipality.as_str());
        let concerned = Concerned::municipalities(codes).in_period(period.key);
        judge_anew(&mut writer, &concerned).await?;
        self.made.ledger = writer.commit().await?;
        Ok(())
    }
}

/// The criteria that municipalities answer themselves, by code.
async fn criteria(writer: &Writer, edition: &str) -> Result<Vec<String>, DbError> {
    let rows = criterion::Entity::find()
        .filter(criterion::Column::Edition.eq(edition))
        .filter(criterion::Column::AnsweredBy.eq("MUNICIPALITY"))
        .order_by_asc(criterion::Column::Code)
        .all(writer.session())
        .await
        .map_err(DbError::doing("reading the criteria"))?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// The municipalities that exist on a day, by code.
async fn municipalities(writer: &Writer, on: NaiveDate) -> Result<Vec<String>, DbError> {
    let rows: Vec<Code> = writer
        .session()
        .rows(
            "reading the municipalities",
            "select distinct code from known.municipality
             where (valid_from is null or valid_from <= $1)
               and (valid_to is null or valid_to > $1) order by code",
            [Value::from(on)],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// The hash that a receipt of the answers would name.
fn hash(answers: &[Answer<'_>]) -> String {
    let shown: Vec<_> = answers
        .iter()
        .map(|one| json!([one.criterion, one.answer, one.explanation]))
        .collect();
    hex::encode(content_hash(&json!(shown)))
}

fn entry(writer: &mut Writer, operation: &'static str, municipality: &str, period: &Period) -> i64 {
    writer.entry(EntryDraft {
        operation,
        subject_kind: "Assessment",
        subject_key: format!("{municipality}/{}", period.key),
        source: None,
        part: ledger::Part::Compliance,
        own: Some((municipality.to_owned(), period.key.to_owned())),
    })
}

/// A row of facts of an assessment, with its own columns.
fn row(
    number: i64,
    municipality: &str,
    period: &Period,
    own: serde_json::Value,
) -> serde_json::Value {
    let mut row = json!({
        "id": ids::row_id(),
        "ledger_no": number,
        "subject_key": format!("{municipality}/{}", period.key),
        "withdrawn": false,
        "municipality": municipality,
        "period": period.key,
    });
    if let (Some(row), serde_json::Value::Object(own)) = (row.as_object_mut(), own) {
        row.extend(own);
    }
    row
}

async fn insert(
    writer: &Writer,
    sql: &'static str,
    rows: Vec<serde_json::Value>,
) -> Result<(), DbError> {
    let rows = Value::from(serde_json::Value::Array(rows));
    writer
        .session()
        .change("inventing assessments", sql, [rows])
        .await?;
    Ok(())
}
