//! What is stored of consultations and remarks, and how they get in.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{criterion_remark, edition_consultation, framework_edition};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _, Value,
    prelude::Uuid,
};

use database::{DbError, Session};
use domain::policy::{MayManageFramework, MayRemark, RemarkScope, Remarker};
use ledger::{EntryDraft, Part, TextKind, Writer, fact};

/// The consultation on an edition; none when it was never laid open.
pub(super) async fn find(
    session: &Session,
    edition: &str,
) -> Result<Option<edition_consultation::Model>, DbError> {
    edition_consultation::Entity::find()
        .filter(edition_consultation::Column::Edition.eq(edition))
        .one(session)
        .await
        .map_err(DbError::doing("reading a consultation"))
}

/// Lays an edition open until a day, in the place of what was said before.
pub(super) async fn append_consultation(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    edition: &framework_edition::Model,
    last_day: NaiveDate,
    before: Option<Uuid>,
) -> Result<(), DbError> {
    let code = edition.code.clone();
    let draft = EntryDraft::public(
        "frameworkEdition.laidOpen",
        "FrameworkEdition",
        code.clone(),
    );
    let row = fact!(edition_consultation, writer.open_entry(draft), {
        edition: code,
        last_day: last_day,
        corrects: before,
    });
    writer.append("laying an edition open", vec![row]).await
}

/// A remark to append.
#[derive(Debug)]
pub(super) struct NewRemark<'a> {
    pub(super) edition: &'a str,
    pub(super) criterion: &'a str,
    pub(super) text: &'a str,
    /// The remark that it takes the place of.
    pub(super) before: Option<Uuid>,
}

impl NewRemark<'_> {
    /// The key of the remark of somebody.
    pub(super) fn key(&self, by: &str) -> String {
        format!("{}/{}/{by}", self.edition, self.criterion)
    }
}

/// The remark under a key, if the caller has made one.
pub(super) async fn own(
    session: &Session,
    _permit: &MayRemark,
    key: &str,
) -> Result<Option<criterion_remark::Model>, DbError> {
    criterion_remark::Entity::find()
        .filter(criterion_remark::Column::SubjectKey.eq(key))
        .one(session)
        .await
        .map_err(DbError::doing("reading a remark"))
}

/// Keeps a remark, in the place of the one before.
pub(super) async fn append_remark(
    writer: &mut Writer,
    permit: &MayRemark,
    new: &NewRemark<'_>,
) -> Result<(), DbError> {
    let (municipality, area, part) = match permit.by() {
        Remarker::Municipality(code) => (Some(code.as_str()), None, new.edition),
        Remarker::Area(area) => (None, Some(area.as_str()), domain::ledger::REGIONAL),
    };
    let head = writer.open_entry(EntryDraft {
        operation: "criterionRemark.recorded",
        subject_kind: "CriterionRemark",
        subject_key: new.key(permit.code()),
        source: None,
        part: Part::Compliance,
        own: Some((permit.code().to_owned(), part.to_owned())),
    });
    let remarked_at = writer.recorded_at();
    let body = [(head.number, new.text.trim().to_owned())];
    let ids = writer.texts(TextKind::Answer, &body).await?;
    let text = ids.first().copied();
    let text = text.ok_or(DbErr::RecordNotInserted);
    let row = fact!(criterion_remark, head, {
        edition: new.edition.to_owned(),
        criterion: new.criterion.to_owned(),
        municipality: municipality.map(str::to_owned),
        area: area.map(str::to_owned),
        remark_text: text.map_err(DbError::doing("keeping a remark"))?,
        remarked_at: remarked_at,
        corrects: new.before,
    });
    writer.append("recording a remark", vec![row]).await
}

/// A remark as it is read.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct RemarkRow {
    pub(super) key: String,
    pub(super) edition: String,
    pub(super) criterion: String,
    pub(super) municipality: Option<String>,
    pub(super) area: Option<String>,
    pub(super) remark: Option<String>,
    pub(super) remarked_at: DateTime<Utc>,
}

/// The remarks on an edition, or on one criterion of it, as far as the scope reaches: in the order
/// of the criteria, and then by whom.
pub(super) async fn remarks(
    session: &Session,
    scope: &RemarkScope,
    edition: &str,
    criterion: Option<&str>,
) -> Result<Vec<RemarkRow>, DbError> {
    let (all, codes) = scope.bounds();
    session
        .rows(
            "reading remarks",
            "select r.subject_key as key, r.edition, r.criterion, r.municipality, r.area,
                t.body as remark, r.remarked_at
             from known.criterion_remark r
             left join known.criterion c on c.edition = r.edition and c.code = r.criterion
             left join free_text t on t.id = r.remark_text
             where r.edition = $1 and ($2::text is null or r.criterion = $2)
               and ($3 or coalesce(r.municipality, r.area) = any ($4))
             order by c.position, r.subject_key",
            [
                Value::from(edition),
                Value::from(criterion.map(str::to_owned)),
                Value::from(all),
                Value::from(codes),
            ],
        )
        .await
}

/// How many remarks a criterion got.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct CountRow {
    pub(super) criterion: String,
    pub(super) municipalities: i64,
    pub(super) areas: i64,
}

/// How many remarks each criterion of an edition got, in the order of the criteria.
pub(super) async fn counts(
    session: &Session,
    _permit: &MayManageFramework,
    edition: &str,
) -> Result<Vec<CountRow>, DbError> {
    session
        .rows(
            "counting remarks",
            "select c.code as criterion, count(r.municipality) as municipalities,
                count(r.area) as areas
             from known.criterion c
             left join known.criterion_remark r on r.edition = c.edition and r.criterion = c.code
             where c.edition = $1
             group by c.code, c.position order by c.position",
            [Value::from(edition)],
        )
        .await
}
