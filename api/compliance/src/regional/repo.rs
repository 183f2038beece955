//! What regions answered and what VNG said of it, as far as the scope reaches; every append wants a
//! permit.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{regional_answer, regional_evidence, regional_review};
use sea_orm::{EntityTrait as _, FromQueryResult, Value, prelude::Uuid};

use database::{DbError, Session};
use domain::{
    assessment::evidence::Evidence,
    ledger::REGIONAL,
    policy::{MayKeepRegional, MayReviewRegional, RegionalScope},
    regional::rules::Ending,
};
use ledger::{EntryDraft, Head, Part, TextKind, Writer, fact};

/// A version of an answer.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct AnswerRow {
    pub(super) id: Uuid,
    pub(super) ledger_no: i64,
    pub(super) subject_key: String,
    pub(super) area: String,
    pub(super) edition: String,
    pub(super) criterion: String,
    pub(super) version: i32,
    pub(super) answer: String,
    pub(super) explanation: Option<String>,
    pub(super) explanation_text: Option<Uuid>,
    pub(super) valid_from: NaiveDate,
    pub(super) valid_to: Option<NaiveDate>,
    pub(super) submitted_at: DateTime<Utc>,
    pub(super) outcome: Option<String>,
    pub(super) decided_at: Option<DateTime<Utc>>,
}

/// The scope as values of a query: everything, only confirmed, of these areas, counting for these
/// municipalities.
fn bounds(scope: &RegionalScope) -> [Value; 4] {
    let (all, confirmed, areas, municipalities) = scope.bounds();
    [
        Value::from(all),
        Value::from(confirmed),
        Value::from(areas),
        Value::from(municipalities),
    ]
}

/// The answers of an area, or the one of a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnswersOf<'a> {
    pub(super) area: &'a str,
    subject: Option<&'a str>,
}

impl<'a> AnswersOf<'a> {
    /// All answers of an area.
    pub(super) fn area(area: &'a str) -> Self {
        Self {
            area,
            subject: None,
        }
    }

    /// The answer of a key, as in `VR14/VOORSTEL-1/OH-01`.
    pub(super) fn subject(area: &'a str, subject: &'a str) -> Self {
        Self {
            area,
            subject: Some(subject),
        }
    }

    fn values(self) -> [Value; 2] {
        [
            Value::from(self.area),
            Value::from(self.subject.map(str::to_owned)),
        ]
    }
}

/// The answers of an area that the scope reaches, or those to one criterion: by criterion, the
/// latest version first. A member sees those that hold on a day of its membership, as that is known
/// now, and of the review whether they are confirmed.
pub(super) async fn answers(
    session: &Session,
    scope: &RegionalScope,
    of: AnswersOf<'_>,
) -> Result<Vec<AnswerRow>, DbError> {
    let [area, subject] = of.values();
    let [all, confirmed, areas, municipalities] = bounds(scope);
    session
        .rows(
            "reading regional answers",
            "select a.id, a.ledger_no, a.subject_key, a.area, a.edition, a.criterion, a.version,
                a.answer, t.body as explanation, a.explanation_text, a.valid_from, a.valid_to,
                a.submitted_at, d.outcome, d.decided_at
             from known.regional_answer a
             left join free_text t on t.id = a.explanation_text
             left join known.regional_review d on d.area = a.area and d.edition = a.edition
                and d.criterion = a.criterion and d.version = a.version
                and d.outcome <> 'QUESTIONED'
                and ($3 or a.area = any ($5) or d.outcome = 'CONFIRMED')
             where a.area = $1 and ($2::text is null or a.subject_key = $2)
               and (not $4 or d.outcome = 'CONFIRMED')
               and ($3 or a.area = any ($5) or exists (
                 select from present_area_membership() m
                 where m.area = a.area and m.municipality = any ($6)
                   and (m.valid_from is null or a.valid_to is null or m.valid_from < a.valid_to)
                   and (m.valid_to is null or m.valid_to > a.valid_from)))
             order by a.edition, a.criterion, a.version desc",
            [area, subject, all, confirmed, areas, municipalities],
        )
        .await
}

/// A piece of evidence of a version.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct EvidenceRow {
    pub(super) subject_key: String,
    pub(super) version: i32,
    pub(super) kind: String,
    pub(super) title: Option<String>,
    pub(super) address: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) effective_on: NaiveDate,
    pub(super) received_at: DateTime<Utc>,
}

impl From<EvidenceRow> for Evidence {
    fn from(row: EvidenceRow) -> Self {
        Self {
            kind: row.kind,
            title: row.title.unwrap_or_default(),
            address: row.address,
            reference: row.reference,
            effective_on: row.effective_on,
            received_at: row.received_at,
        }
    }
}

/// The evidence of the answers of an area, or of the one to a criterion, in its order: to be told
/// with the versions that the scope reaches, and with no others.
pub(super) async fn evidence(
    session: &Session,
    of: AnswersOf<'_>,
) -> Result<Vec<EvidenceRow>, DbError> {
    session
        .rows(
            "reading evidence of regional answers",
            "select e.subject_key, e.version, e.kind, t.body as title, e.address,
                r.body as reference, e.effective_on, e.received_at
             from known.regional_evidence e
             left join free_text t on t.id = e.title_text
             left join free_text r on r.id = e.reference_text
             where e.area = $1 and ($2::text is null or e.subject_key = $2)
             order by e.subject_key, e.version, e.position",
            of.values(),
        )
        .await
}

/// What VNG said of a version: a question, or why it was returned.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct RemarkRow {
    pub(super) subject_key: String,
    pub(super) version: i32,
    pub(super) outcome: String,
    pub(super) remark: Option<String>,
    pub(super) decided_at: DateTime<Utc>,
}

/// The questions and reasons on the answers of an area, the first one first: for the region itself
/// and for VNG.
pub(super) async fn remarks(
    session: &Session,
    scope: &RegionalScope,
    area: &str,
) -> Result<Vec<RemarkRow>, DbError> {
    let [all, confirmed, areas, _] = bounds(scope);
    session
        .rows(
            "reading what VNG asked",
            "select r.subject_key, r.version, r.outcome, t.body as remark, r.decided_at
             from known.regional_review r left join free_text t on t.id = r.remark_text
             where r.area = $1 and r.outcome <> 'CONFIRMED' and not $3 and ($2 or r.area = any ($4))
             order by r.ledger_no",
            [Value::from(area), all, confirmed, areas],
        )
        .await
}

#[derive(FromQueryResult)]
struct Code {
    code: String,
}

/// The municipalities that are members of an area today or later: those for whom it answers.
pub(super) async fn members(session: &Session, area: &str) -> Result<Vec<String>, DbError> {
    let rows: Vec<Code> = session
        .rows(
            "reading the members of an area",
            "select distinct municipality as code from known.area_membership
             where area = $1 and (valid_to is null or valid_to > $2) order by municipality",
            [Value::from(area), Value::from(session.today())],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

#[derive(FromQueryResult)]
struct Last {
    last: i32,
}

/// The number of the last version of an answer, also of one that was taken away before it began.
pub(super) async fn last_version(session: &Session, subject: &str) -> Result<i32, DbError> {
    let row: Option<Last> = session
        .row(
            "reading the last version",
            "select coalesce(max(version), 0) as last from fact.regional_answer
             where subject_key = $1",
            [Value::from(subject)],
        )
        .await?;
    Ok(row.map_or(0, |row| row.last))
}

/// The entry on an answer; it is the area's own.
fn open(writer: &mut Writer, operation: &'static str, area: &str, subject: &str) -> Head {
    writer.open_entry(EntryDraft {
        operation,
        subject_kind: "RegionalAnswer",
        subject_key: subject.to_owned(),
        source: None,
        part: Part::Compliance,
        own: Some((area.to_owned(), REGIONAL.to_owned())),
    })
}

/// A version to append.
#[derive(Debug)]
pub(super) struct NewAnswer<'a> {
    pub(super) edition: &'a str,
    pub(super) criterion: &'a str,
    pub(super) version: i32,
    pub(super) answer: &'a str,
    pub(super) explanation: Option<&'a str>,
    pub(super) evidence: &'a [Evidence],
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
}

/// The key of an answer, as in `VR14/VOORSTEL-1/OH-01`.
pub(super) fn subject(area: &str, edition: &str, criterion: &str) -> String {
    format!("{area}/{edition}/{criterion}")
}

/// Appends a version.
pub(super) async fn append_answer(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    new: &NewAnswer<'_>,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let key = subject(area, new.edition, new.criterion);
    let head = open(writer, "regionalAnswer.submitted", area, &key);
    let text = match new.explanation {
        Some(body) => {
            let texts = writer
                .texts(TextKind::Answer, &[(head.number, body.to_owned())])
                .await?;
            texts.first().copied()
        }
        None => None,
    };
    let row = fact!(regional_answer, head.clone(), {
        valid_from: Some(new.from),
        valid_to: new.until,
        withdrawn: false,
        area: area.to_owned(),
        edition: new.edition.to_owned(),
        criterion: new.criterion.to_owned(),
        version: new.version,
        answer: new.answer.to_owned(),
        explanation_text: text,
        submitted_at: writer.recorded_at(),
    });
    regional_answer::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("appending a regional answer"))?;
    append_evidence(writer, &head, area, new).await
}

/// Appends the evidence of a version, in its order.
async fn append_evidence(
    writer: &mut Writer,
    head: &Head,
    area: &str,
    new: &NewAnswer<'_>,
) -> Result<(), DbError> {
    let texts = new.evidence.iter().flat_map(|piece| {
        let texts = [Some(&piece.title), piece.reference.as_ref()];
        texts.into_iter().flatten()
    });
    let texts: Vec<(i64, String)> = texts.map(|text| (head.number, text.clone())).collect();
    let mut ids = writer.texts(TextKind::Answer, &texts).await?.into_iter();
    let mut rows = Vec::with_capacity(new.evidence.len());
    for (position, piece) in (1..).zip(new.evidence) {
        let Some(title) = ids.next() else { break };
        rows.push(fact!(regional_evidence, head.clone(), {
            area: area.to_owned(),
            edition: new.edition.to_owned(),
            criterion: new.criterion.to_owned(),
            version: new.version,
            position: position,
            kind: piece.kind.clone(),
            title_text: title,
            address: piece.address.clone(),
            reference_text: piece.reference.as_ref().and_then(|_| ids.next()),
            effective_on: piece.effective_on,
            received_at: piece.received_at,
        }));
    }
    if !rows.is_empty() {
        regional_evidence::Entity::insert_many(rows)
            .exec_without_returning(writer.session())
            .await
            .map_err(DbError::doing("appending evidence of a regional answer"))?;
    }
    Ok(())
}

/// A version of an answer, and what its end makes of it.
#[derive(Debug)]
pub(super) struct EndedAnswer {
    pub(super) row: AnswerRow,
    pub(super) ending: Ending,
}

/// Ends versions of an answer from a day on: each is corrected by a row that holds no longer, or
/// not at all.
pub(super) async fn append_end(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    versions: &[EndedAnswer],
    on: NaiveDate,
) -> Result<(), DbError> {
    let Some(first) = versions.first() else {
        return Ok(());
    };
    let area = permit.area().as_str();
    let head = open(writer, "regionalAnswer.ended", area, &first.row.subject_key);
    let rows = versions.iter().map(|EndedAnswer { row, ending }| {
        let is_dropped = *ending == Ending::Dropped;
        fact!(regional_answer, head.clone(), {
            valid_from: Some(row.valid_from),
            valid_to: if is_dropped { row.valid_to } else { Some(on) },
            corrects: Some(row.id),
            withdrawn: is_dropped,
            area: row.area.clone(),
            edition: row.edition.clone(),
            criterion: row.criterion.clone(),
            version: row.version,
            answer: row.answer.clone(),
            explanation_text: row.explanation_text,
            submitted_at: row.submitted_at,
        })
    });
    regional_answer::Entity::insert_many(rows)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("ending a regional answer"))?;
    Ok(())
}

/// What VNG says of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Questioned,
    Returned,
    Confirmed,
}

impl Outcome {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Questioned => "QUESTIONED",
            Self::Returned => "RETURNED",
            Self::Confirmed => "CONFIRMED",
        }
    }

    fn operation(self) -> &'static str {
        match self {
            Self::Questioned => "regionalAnswer.questioned",
            Self::Returned => "regionalAnswer.returned",
            Self::Confirmed => "regionalAnswer.confirmed",
        }
    }
}

/// What VNG says of a version, with the question or the reason.
#[derive(Debug)]
pub(super) struct NewReview<'a> {
    pub(super) outcome: Outcome,
    pub(super) remark: Option<&'a str>,
}

/// Appends what VNG says of a version.
pub(super) async fn append_review(
    writer: &mut Writer,
    permit: &MayReviewRegional,
    row: &AnswerRow,
    new: &NewReview<'_>,
) -> Result<(), DbError> {
    let area = permit.area();
    let head = open(writer, new.outcome.operation(), area, &row.subject_key);
    let text = match new.remark {
        Some(body) => {
            let texts = writer
                .texts(TextKind::Answer, &[(head.number, body.to_owned())])
                .await?;
            texts.first().copied()
        }
        None => None,
    };
    let row = fact!(regional_review, head, {
        withdrawn: false,
        area: area.to_owned(),
        edition: row.edition.clone(),
        criterion: row.criterion.clone(),
        version: row.version,
        outcome: new.outcome.code().to_owned(),
        remark_text: text,
        decided_at: writer.recorded_at(),
    });
    regional_review::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("reviewing a regional answer"))?;
    Ok(())
}
