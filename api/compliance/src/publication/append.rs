//! What is appended of publications: states, content, responses, files, and what became public.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    publication, publication_content, publication_file, publication_response, publication_verdict,
    published_criterion_count, published_verdict, published_verdict_count,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::{
    compliance::VerdictByName,
    files::{File, Manifest},
    repo::Row,
};
use database::{DbError, Session, document, ids};
use domain::{
    policy::{MayPublish, MayRespond},
    publication::lines::Line,
};
use ledger::{EntryDraft, Head, Part, REDACTION, TextKind, Writer, fact};

/// A publication to prepare.
pub(super) struct New {
    pub(super) kind: &'static str,
    pub(super) level: &'static str,
    pub(super) reference_date: NaiveDate,
    pub(super) manifest: Manifest,
    pub(super) response_until: Option<NaiveDate>,
    pub(super) lines: Vec<Line>,
    /// The verdicts by name.
    pub(super) verdicts: Vec<VerdictByName>,
    /// Why it is incomplete.
    pub(super) incomplete_because: Option<String>,
}

/// Who follows an entry of a publication that is not public yet: those of the actor's own side.
fn part(session: &Session) -> Part {
    match session.mandate().role() {
        domain::actor::Role::Vng => Part::Compliance,
        domain::actor::Role::Public
        | domain::actor::Role::Partner(_)
        | domain::actor::Role::Municipality(_)
        | domain::actor::Role::Region(_)
        | domain::actor::Role::Ministry
        | domain::actor::Role::System => Part::Plan,
    }
}

fn draft(operation: &'static str, key: &str, part: Part) -> EntryDraft {
    EntryDraft {
        part,
        ..EntryDraft::public(operation, "Publication", key.to_owned())
    }
}

/// What is opened when the files of a publication are written anew, for whoever may read them.
pub(super) fn redacted(row: &Row) -> EntryDraft {
    let part = if row.released_at.is_some() {
        Part::Public
    } else {
        Part::Plan
    };
    draft(REDACTION, &row.key, part)
}

/// Keeps what was prepared.
pub(super) async fn append_prepared(writer: &mut Writer, new: New) -> Result<(), DbError> {
    let doing = "preparing a publication";
    let key = new.manifest.publication.clone();
    let draft = draft("publication.prepared", &key, part(writer.session()));
    let head = writer.open_entry(draft);
    let reason = new.incomplete_because.map(|reason| (head.number, reason));
    let reasons = writer
        .texts(TextKind::Incomplete, reason.as_slice())
        .await?;
    let row = fact!(publication, head.clone(), {
        incomplete_text: reasons.first().copied(),
        key: key.clone(),
        kind: new.kind.to_owned(),
        level: new.level.to_owned(),
        state: "PREPARED".to_owned(),
        about: new.manifest.subject.clone(),
        reference_date: new.reference_date,
        manifest: document::write(&new.manifest)?,
        response_until: new.response_until,
        release_at: None,
        released_at: None,
        withdrawn_at: None,
        reason_text: None,
    });
    let content = fact!(publication_content, head.clone(), {
        publication: key.clone(),
        kind: new.kind.to_owned(),
        lines: document::write_all(&new.lines)?,
    });
    let verdicts: Vec<_> = new
        .verdicts
        .into_iter()
        .map(|verdict| {
            let state = verdict.handed_in.as_ref();
            fact!(publication_verdict, head.clone(), {
                publication: key.clone(),
                municipality: verdict.municipality.clone(),
                status: verdict.status.code().to_owned(),
                verdict_from: verdict.since,
                submission: state.map(|state| state.submission.code().to_owned()),
                submission_nl: state.map(|state| state.text.nl.clone()),
                submission_en: state.map(|state| state.text.en.clone()),
                waiting_since: state.and_then(|state| state.waiting_since),
                judged_from: verdict.judged_from,
            })
        })
        .collect();
    let session = writer.session();
    publication::Entity::insert(row)
        .exec_without_returning(session)
        .await
        .map_err(DbError::doing(doing))?;
    publication_content::Entity::insert(content)
        .exec_without_returning(session)
        .await
        .map_err(DbError::doing(doing))?;
    if !verdicts.is_empty() {
        publication_verdict::Entity::insert_many(verdicts)
            .exec_without_returning(session)
            .await
            .map_err(DbError::doing(doing))?;
    }
    Ok(())
}

/// What a municipality said before, if anything.
async fn response(
    session: &Session,
    permit: &MayRespond,
    key: &str,
) -> Result<Option<publication_response::Model>, DbError> {
    publication_response::Entity::find()
        .filter(publication_response::Column::Publication.eq(key))
        .filter(publication_response::Column::Municipality.eq(permit.municipality().as_str()))
        .one(session)
        .await
        .map_err(DbError::doing("reading a response"))
}

/// Keeps what a municipality says beside its verdict, in the place of what it said before.
pub(super) async fn append_response(
    writer: &mut Writer,
    permit: &MayRespond,
    row: &Row,
    text: &str,
) -> Result<(), DbError> {
    let before = response(writer.session(), permit, &row.key).await?;
    let municipality = permit.municipality().as_str().to_owned();
    let head = writer.open_entry(EntryDraft {
        own: Some((municipality.clone(), row.about.clone())),
        ..draft("publication.respondedTo", &row.key, Part::Compliance)
    });
    let texts = writer
        .texts(TextKind::Response, &[(head.number, text.to_owned())])
        .await?;
    let corrects = before.map(|before| before.id);
    let responses = texts.into_iter().map(|text| {
        fact!(publication_response, head.clone(), {
            publication: row.key.clone(),
            municipality: municipality.clone(),
            response_text: text,
            corrects: corrects,
        })
    });
    writer
        .append("keeping a response", responses.collect())
        .await
}

/// Puts another state in the place of the present one.
async fn append_state(
    writer: &Writer,
    head: Head,
    before: &Row,
    change: impl FnOnce(&mut publication::ActiveModel),
) -> Result<(), DbError> {
    let mut row: publication::ActiveModel = before.clone().into();
    row.id = Set(ids::row_id());
    row.ledger_no = Set(head.number);
    row.corrects = Set(Some(before.id));
    change(&mut row);
    publication::Entity::insert(row.reset_all())
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("changing the state of a publication"))?;
    Ok(())
}

/// Writes the files of a publication and sets its embargo.
pub(super) async fn append_embargo(
    writer: &mut Writer,
    _permit: &MayPublish,
    before: &Row,
    files: &[File],
    release_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let head = writer.open_entry(draft("publication.embargoed", &before.key, Part::Plan));
    append_files(writer, &head, before, files, &[]).await?;
    append_state(writer, head, before, |row| {
        row.state = Set("EMBARGOED".to_owned());
        row.release_at = Set(Some(release_at));
    })
    .await
}

/// Writes the files, in the place of those that they were before.
pub(super) async fn append_files(
    writer: &mut Writer,
    head: &Head,
    publication: &Row,
    files: &[File],
    before: &[publication_file::Model],
) -> Result<(), DbError> {
    let bodies: Vec<(i64, String)> = files
        .iter()
        .map(|file| (head.number, file.body.clone()))
        .collect();
    let texts = writer.texts(TextKind::Publication, &bodies).await?;
    let rows = files.iter().zip(texts).map(|(file, text)| {
        let before = before.iter().find(|before| before.format == file.format);
        let mut row = fact!(publication_file, head.clone(), {
            publication: publication.key.clone(),
            kind: publication.kind.clone(),
            format: file.format.to_owned(),
            sha256: file.sha256.clone(),
            body_text: text,
        });
        row.corrects = Set(before.map(|before| before.id));
        row
    });
    publication_file::Entity::insert_many(rows)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("writing the files of a publication"))?;
    Ok(())
}

/// What becomes public of municipalities, besides the files.
pub(super) struct Published {
    pub(super) counts: Vec<published_verdict_count::ActiveModel>,
    pub(super) criteria: Vec<published_criterion_count::ActiveModel>,
    pub(super) verdicts: Vec<published_verdict::ActiveModel>,
}

/// Releases a publication to everybody, with its files when they were not written before.
pub(super) async fn append_release(
    writer: &mut Writer,
    _permit: &MayPublish,
    before: &Row,
    files: &[File],
    published: impl FnOnce(&Head) -> Published,
) -> Result<(), DbError> {
    let doing = "releasing a publication";
    let head = writer.open_entry(draft("publication.released", &before.key, Part::Public));
    if !files.is_empty() {
        append_files(writer, &head, before, files, &[]).await?;
    }
    let released_at = writer.recorded_at();
    let published = published(&head);
    append_state(writer, head, before, |row| {
        row.state = Set("RELEASED".to_owned());
        row.released_at = Set(Some(released_at));
    })
    .await?;
    let session = writer.session();
    if !published.counts.is_empty() {
        published_verdict_count::Entity::insert_many(published.counts)
            .exec_without_returning(session)
            .await
            .map_err(DbError::doing(doing))?;
    }
    if !published.criteria.is_empty() {
        published_criterion_count::Entity::insert_many(published.criteria)
            .exec_without_returning(session)
            .await
            .map_err(DbError::doing(doing))?;
    }
    if !published.verdicts.is_empty() {
        published_verdict::Entity::insert_many(published.verdicts)
            .exec_without_returning(session)
            .await
            .map_err(DbError::doing(doing))?;
    }
    Ok(())
}

/// Takes a publication back, with all that it made public. One that was never released is taken
/// back in silence.
pub(super) async fn append_withdrawal(
    writer: &mut Writer,
    _permit: &MayPublish,
    before: &Row,
    reason: &str,
) -> Result<(), DbError> {
    let doing = "withdrawing a publication";
    let part = if before.released_at.is_some() {
        Part::Public
    } else {
        Part::Plan
    };
    let head = writer.open_entry(draft("publication.withdrawn", &before.key, part));
    let text = writer
        .texts(TextKind::Public, &[(head.number, reason.to_owned())])
        .await?;
    let (withdrawn_at, number) = (writer.recorded_at(), head.number);
    append_state(writer, head, before, |row| {
        row.state = Set("WITHDRAWN".to_owned());
        row.withdrawn_at = Set(Some(withdrawn_at));
        row.reason_text = Set(text.into_iter().next());
    })
    .await?;
    let session = writer.session();
    macro_rules! take_back {
        ($($table:ident),+) => {
            $({
                let rows = $table::Entity::find()
                    .filter($table::Column::Publication.eq(&before.key))
                    .order_by_asc($table::Column::Id)
                    .all(session)
                    .await
                    .map_err(DbError::doing(doing))?;
                let gone = rows.into_iter().map(|row| {
                    let id = row.id;
                    let mut gone: $table::ActiveModel = row.into();
                    gone.id = Set(ids::row_id());
                    gone.ledger_no = Set(number);
                    gone.corrects = Set(Some(id));
                    gone.withdrawn = Set(true);
                    gone.reset_all()
                });
                let gone: Vec<$table::ActiveModel> = gone.collect();
                if !gone.is_empty() {
                    $table::Entity::insert_many(gone)
                        .exec_without_returning(session)
                        .await
                        .map_err(DbError::doing(doing))?;
                }
            })+
        };
    }
    take_back!(
        published_verdict_count,
        published_criterion_count,
        published_verdict
    );
    Ok(())
}
