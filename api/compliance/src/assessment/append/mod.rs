//! Appends the facts of assessments: each function opens one entry of the ledger for each subject.

use sea_orm::{EntityTrait, IntoActiveModel, prelude::Uuid};

use database::DbError;
use domain::{framework::key::PeriodKey, territory::MunicipalityCode};
use ledger::{EntryDraft, Head, Part, TextKind, Writer};

mod mandate;
mod on_behalf;
mod review;
mod submission;

pub(super) use mandate::{NewMandate, mandate};
pub(super) use on_behalf::{FillingFacts, NewFilling, fillings};
pub(super) use review::{
    DecidedIn, Decision, NewQuestion, NewQuestions, decisions, extension, questions,
};
pub(super) use submission::{NewVersion, content_hash, reply, version, withdrawal};

/// Rows that one insert carries: well below the 65,535 values that Postgres takes.
const BATCH: usize = 1000;

/// Opens the entry of an assessment.
fn open(
    writer: &mut Writer,
    operation: &'static str,
    municipality: &MunicipalityCode,
    period: &PeriodKey,
) -> Head {
    let own = (municipality.as_str().to_owned(), period.as_str().to_owned());
    writer.open_entry(EntryDraft {
        operation,
        subject_kind: "Assessment",
        subject_key: format!("{}/{}", own.0, own.1),
        source: None,
        part: Part::Compliance,
        own: Some(own),
    })
}

/// Keeps one text of an entry.
async fn text(writer: &mut Writer, number: i64, body: &str) -> Result<Uuid, DbError> {
    let ids = writer
        .texts(TextKind::Answer, &[(number, body.trim().to_owned())])
        .await?;
    ids.first()
        .copied()
        .ok_or_else(|| DbError::doing("keeping a text")(sea_orm::DbErr::RecordNotInserted))
}

/// What may be a text of an entry.
struct Body<'a> {
    entry: i64,
    text: Option<&'a str>,
}

impl<'a> Body<'a> {
    fn of(head: &Head, text: Option<&'a str>) -> Self {
        Self {
            entry: head.number,
            text,
        }
    }
}

/// Keeps texts where there are any; gives their ids in the same places.
async fn maybe_texts(
    writer: &mut Writer,
    bodies: Vec<Body<'_>>,
) -> Result<Vec<Option<Uuid>>, DbError> {
    let ids = writer.texts(TextKind::Answer, &given(&bodies)).await?;
    Ok(placed(&bodies, ids))
}

/// The texts that there are.
fn given(bodies: &[Body<'_>]) -> Vec<(i64, String)> {
    let given = bodies.iter();
    given
        .filter_map(|body| Some((body.entry, body.text?.to_owned())))
        .collect()
}

/// Their ids, in the places where they were given.
fn placed(bodies: &[Body<'_>], ids: Vec<Uuid>) -> Vec<Option<Uuid>> {
    let mut ids = ids.into_iter();
    let placed = bodies.iter().map(|body| body.text.and_then(|_| ids.next()));
    placed.collect()
}

/// Appends rows of one table, a few statements however many.
async fn insert<A>(writer: &Writer, doing: &'static str, rows: Vec<A>) -> Result<(), DbError>
where
    A: sea_orm::ActiveModelTrait,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    for batch in rows.chunks(BATCH) {
        A::Entity::insert_many(batch.to_vec())
            .exec_without_returning(writer.session())
            .await
            .map_err(DbError::doing(doing))?;
    }
    Ok(())
}
