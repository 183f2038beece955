//! What is kept of publications: states, content, verdicts to respond to, responses, files, and
//! what became public.

use database::{DbError, Session, document, ids};
use domain::{
    document::Document,
    picture::sentences::HandedIn,
    policy::{MayPublish, MayRespond, Publications},
    publication::lines::Line,
    text::Text,
};
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    publication, publication_content, publication_file, publication_note, publication_response,
    publication_verdict, published_criterion_count, published_verdict, published_verdict_count,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, DbErr, EntityTrait as _,
    FromQueryResult, QueryFilter as _, QueryOrder as _, Value, prelude::Uuid,
};

use super::{
    compliance::VerdictByName,
    files::{self, File, Manifest, REMOVED},
};
use ledger::{EntryDraft, Head, Part, REDACTION, TextKind, Writer, fact};

/// A publication in its present state.
pub(crate) type Row = publication::Model;

impl Document for Manifest {
    const NAME: &'static str = "the manifest of a publication";
}

/// Which rows a scope reaches, as values of a query: all, those of compliance, those with an own
/// verdict.
fn bounds(scope: &Publications) -> [Value; 3] {
    let (all, compliance, own) = match scope {
        Publications::All => (true, false, Vec::new()),
        Publications::Compliance => (false, true, Vec::new()),
        Publications::NamingOwn(municipalities) => (false, false, municipalities.clone()),
        Publications::Released => (false, false, Vec::new()),
    };
    [Value::from(all), Value::from(compliance), Value::from(own)]
}

/// The publications that a scope reaches, the latest first.
pub(crate) async fn publications(
    session: &Session,
    scope: &Publications,
) -> Result<Vec<Row>, DbError> {
    session
        .rows(
            "reading publications",
            "select p.* from known.publication p
             where p.state = 'RELEASED' or (p.state = 'WITHDRAWN' and p.released_at is not null)
                or $1 or ($2 and p.kind = 'COMPLIANCE_PICTURE')
                or exists (select from known.publication_verdict v
                    where v.publication = p.key and v.municipality = any ($3))
             order by p.ledger_no desc, p.key",
            bounds(scope),
        )
        .await
}

/// One publication by its key, as far as the scope reaches.
pub(crate) async fn find(
    session: &Session,
    scope: &Publications,
    key: &str,
) -> Result<Option<Row>, DbError> {
    let rows = publications(session, scope).await?;
    Ok(rows.into_iter().find(|row| row.key == key))
}

/// The frozen lines of a publication, with the texts that they name; none when the reader may not
/// see them.
pub(crate) async fn lines(session: &Session, key: &str) -> Result<Option<Vec<Line>>, DbError> {
    let row = publication_content::Entity::find()
        .filter(publication_content::Column::Publication.eq(key))
        .one(session)
        .await
        .map_err(DbError::doing("reading a publication"))?;
    let Some(row) = row else {
        return Ok(None);
    };
    let lines: Vec<Line> = document::read_all(row.lines)?;
    let named = lines
        .iter()
        .filter_map(|line| Uuid::parse_str(line.explanation_text.as_deref()?).ok());
    let texts = bodies(session, named.collect()).await?;
    let printed = |line: Line| match line.explanation_text.clone() {
        None => line,
        Some(id) => line.explained(texts.get(&id).map_or(REMOVED, String::as_str)),
    };
    Ok(Some(lines.into_iter().map(printed).collect()))
}

#[derive(FromQueryResult)]
struct Body {
    id: Uuid,
    body: Option<String>,
}

/// Texts by their ids; one that was blanked by law is missing.
async fn bodies(session: &Session, ids: Vec<Uuid>) -> Result<BTreeMap<String, String>, DbError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<Body> = session
        .rows(
            "reading texts of a publication",
            "select id, body from free_text where id = any ($1)",
            [Value::from(ids)],
        )
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.id.to_string(), row.body?)))
        .collect())
}

#[derive(FromQueryResult)]
struct FileBody {
    body: Option<String>,
}

/// The lines of a released publication as they stand in its file, without responses.
pub(crate) async fn released_lines(
    session: &Session,
    key: &str,
) -> Result<Option<Vec<Line>>, DbError> {
    let doing = "reading the file of a publication";
    let file: Option<FileBody> = session
        .row(
            doing,
            "select t.body from known.publication_file f join free_text t on t.id = f.body_text
             where f.publication = $1 and f.format = 'JSON'",
            [Value::from(key)],
        )
        .await?;
    let Some(body) = file.and_then(|file| file.body) else {
        return Ok(None);
    };
    let mut lines =
        files::read_lines(&body).map_err(|error| DbError::doing(doing)(DbErr::Json(error)))?;
    for line in &mut lines {
        line.cells.retain(|cell| cell.column != "response");
    }
    Ok(Some(lines))
}

/// The manifest of a publication.
pub(crate) fn manifest(row: &Row) -> Result<Manifest, DbError> {
    document::read(row.manifest.clone())
}

/// The manifest as it is printed: with why the publication is incomplete.
pub(crate) async fn printed_manifest(session: &Session, row: &Row) -> Result<Manifest, DbError> {
    let manifest = manifest(row)?;
    let Some(id) = row.incomplete_text else {
        return Ok(manifest);
    };
    let texts = bodies(session, vec![id]).await?;
    let reason = texts.into_values().next();
    Ok(Manifest {
        incomplete_because: Some(reason.unwrap_or_else(|| REMOVED.to_owned())),
        ..manifest
    })
}

/// A verdict of a publication by name, with the response beside it.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct NamedVerdict {
    pub municipality: String,
    pub status: String,
    pub(crate) verdict_from: Option<NaiveDate>,
    pub(crate) judged_from: Option<NaiveDate>,
    pub response: Option<String>,
    #[sea_orm(nested)]
    pub(crate) state: PrintedState,
}

/// What a municipality handed in, as a publication prints it; nothing in one of before this was
/// kept.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PrintedState {
    submission: Option<String>,
    submission_nl: Option<String>,
    submission_en: Option<String>,
    waiting_since: Option<NaiveDate>,
}

impl PrintedState {
    /// The same with its words.
    pub(crate) fn handed_in(&self) -> Option<HandedIn> {
        let nl = self.submission_nl.as_deref().unwrap_or_default();
        let en = self.submission_en.as_deref().unwrap_or_default();
        let code = self.submission.as_deref()?;
        HandedIn::printed(code, self.waiting_since, Text::new(nl, en))
    }
}

/// The verdicts of a publication by name: what is released for everybody, all for those who
/// prepare, their own for municipalities.
pub(crate) async fn verdicts(
    session: &Session,
    scope: &Publications,
    row: &Row,
) -> Result<Vec<NamedVerdict>, DbError> {
    if row.state == "RELEASED" {
        return session
            .rows(
                "reading published verdicts",
                "select v.municipality, v.status, v.verdict_from, v.judged_from, t.body as response,
                     v.submission, v.submission_nl, v.submission_en, v.waiting_since
                 from known.published_verdict v left join free_text t on t.id = v.response_text
                 where v.publication = $1 order by v.municipality",
                [Value::from(row.key.as_str())],
            )
            .await;
    }
    let [all, compliance, own] = bounds(scope);
    session
        .rows(
            "reading verdicts to publish",
            "select v.municipality, v.status, v.verdict_from, v.judged_from, t.body as response,
                 v.submission, v.submission_nl, v.submission_en, v.waiting_since
             from known.publication_verdict v
             left join known.publication_response r on r.publication = v.publication
                 and r.municipality = v.municipality
             left join free_text t on t.id = r.response_text
             where v.publication = $1 and ($2 or $3 or v.municipality = any ($4))
             order by v.municipality",
            [Value::from(row.key.as_str()), all, compliance, own],
        )
        .await
}

/// What stands beside a publication, in the order of the days.
pub(super) async fn notes(
    session: &Session,
    key: &str,
) -> Result<Vec<publication_note::Model>, DbError> {
    publication_note::Entity::find()
        .filter(publication_note::Column::Publication.eq(key))
        .order_by_asc(publication_note::Column::LedgerNo)
        .all(session)
        .await
        .map_err(DbError::doing("reading what is noted beside a publication"))
}

/// The files of a publication, without their bytes; none when the reader may not see them.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct FileInfo {
    pub(crate) format: String,
    pub(crate) sha256: String,
    pub(crate) bytes: i32,
}

/// What files a publication has.
pub(crate) async fn files(session: &Session, key: &str) -> Result<Vec<FileInfo>, DbError> {
    session
        .rows(
            "reading the files of a publication",
            "select f.format, f.sha256, octet_length(t.body) as bytes
             from known.publication_file f join free_text t on t.id = f.body_text
             where f.publication = $1 and t.body is not null
             order by array_position(array['JSON', 'CSV', 'MDTO'], f.format), f.format desc",
            [Value::from(key)],
        )
        .await
}

/// A released file, or that the publication was withdrawn.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Served {
    /// How far the publication is, by code.
    pub state: String,
    /// The text of the file; none when it is gone.
    pub body: Option<String>,
    /// The checksum of the file; none when it is gone.
    pub sha256: Option<String>,
}

/// What is served to everybody under a key; none when nothing was ever released under it.
pub async fn served(session: &Session, key: &str, format: &str) -> Result<Option<Served>, DbError> {
    session
        .row(
            "reading a file",
            "select p.state, t.body, f.sha256 from known.publication p
             left join known.publication_file f
                on f.publication = p.key and f.format = $2 and p.state = 'RELEASED'
             left join free_text t on t.id = f.body_text
             where p.key = $1 and (p.state = 'RELEASED'
                 or (p.state = 'WITHDRAWN' and p.released_at is not null))",
            [Value::from(key), Value::from(format)],
        )
        .await
}

#[derive(FromQueryResult)]
struct Key {
    key: String,
}

/// Whether a publication has these lines as its content.
pub(super) async fn is_content(
    session: &Session,
    key: &str,
    lines: &[Line],
) -> Result<bool, DbError> {
    let row = publication_content::Entity::find()
        .filter(publication_content::Column::Publication.eq(key))
        .one(session)
        .await
        .map_err(DbError::doing("reading a publication"))?;
    let Some(row) = row else {
        return Ok(false);
    };
    let mut kept: Vec<Line> = document::read_all(row.lines)?;
    let mut lines = lines.to_vec();
    // The text of a report is copied when its round is closed.
    for line in kept.iter_mut().chain(&mut lines) {
        line.explanation_text = None;
    }
    Ok(kept == lines)
}

/// The publication that one of this kind, subject and level takes the place of: the latest that
/// readers could read. One under embargo is none: it may be withdrawn before anybody reads it.
pub(super) async fn replaced_by(session: &Session, row: &Row) -> Result<Option<String>, DbError> {
    let row: Option<Key> = session
        .row(
            "looking for the publication before",
            "select key from known.publication
             where kind = $1 and about = $2 and level = $3 and key <> $4
               and released_at is not null
             order by released_at desc, key desc limit 1",
            [
                Value::from(row.kind.as_str()),
                Value::from(row.about.as_str()),
                Value::from(row.level.as_str()),
                Value::from(row.key.as_str()),
            ],
        )
        .await?;
    Ok(row.map(|row| row.key))
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

/// How many publications of a stem there were: the next one is numbered after them. Of a kind all
/// are seen by whoever may prepare it.
pub(super) async fn count_of(session: &Session, stem: &str) -> Result<i64, DbError> {
    let row: Option<Number> = session
        .row(
            "counting publications",
            "select count(*) as number from known.publication where key like $1 || '-%'",
            [Value::from(stem)],
        )
        .await?;
    Ok(row.map_or(0, |row| row.number))
}

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
pub(super) async fn response(
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

/// The responses to a publication, by municipality.
pub(super) async fn responses(
    session: &Session,
    key: &str,
) -> Result<BTreeMap<String, (Uuid, Option<String>)>, DbError> {
    #[derive(FromQueryResult)]
    struct Response {
        municipality: String,
        response_text: Uuid,
        body: Option<String>,
    }
    let rows: Vec<Response> = session
        .rows(
            "reading responses",
            "select r.municipality, r.response_text, t.body from known.publication_response r
             left join free_text t on t.id = r.response_text where r.publication = $1",
            [Value::from(key)],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.municipality, (row.response_text, row.body)))
        .collect())
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

/// The published counts of a period: of each group the latest.
pub(crate) async fn published_counts(
    session: &Session,
    period: &str,
    counting_rule: &str,
) -> Result<Vec<published_verdict_count::Model>, DbError> {
    session
        .rows(
            "reading published counts",
            "select distinct on (area_kind, area) * from known.published_verdict_count
             where period = $1 and counting_rule = $2 order by area_kind, area, ledger_no desc",
            [Value::from(period), Value::from(counting_rule)],
        )
        .await
}

/// The published verdict of a municipality in a period.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PublishedVerdict {
    pub publication: String,
    pub municipality: String,
    pub status: String,
    pub(crate) verdict_from: Option<NaiveDate>,
    pub response: Option<String>,
    #[sea_orm(nested)]
    pub(crate) state: PrintedState,
}

/// The verdicts that were published by name in a period: of each municipality the latest.
pub(crate) async fn published_verdicts(
    session: &Session,
    period: &str,
) -> Result<Vec<PublishedVerdict>, DbError> {
    session
        .rows(
            "reading published verdicts",
            "select distinct on (v.municipality) v.publication, v.municipality, v.status,
                 v.verdict_from, t.body as response, v.submission, v.submission_nl,
                 v.submission_en, v.waiting_since
             from known.published_verdict v left join free_text t on t.id = v.response_text
             where v.period = $1 order by v.municipality, v.ledger_no desc",
            [Value::from(period)],
        )
        .await
}

/// What was published by name of one municipality in a period, by the latest publication.
pub(crate) async fn published_verdict(
    session: &Session,
    period: &str,
    municipality: &str,
) -> Result<Option<PublishedVerdict>, DbError> {
    session
        .row(
            "reading a published verdict",
            "select v.publication, v.municipality, v.status, v.verdict_from, t.body as response,
                 v.submission, v.submission_nl, v.submission_en, v.waiting_since
             from known.published_verdict v left join free_text t on t.id = v.response_text
             where v.period = $1 and v.municipality = $2 order by v.ledger_no desc limit 1",
            [Value::from(period), Value::from(municipality)],
        )
        .await
}

/// The published counts of answers of a period, by the latest publication that has any.
pub(crate) async fn published_criteria(
    session: &Session,
    period: &str,
) -> Result<Vec<published_criterion_count::Model>, DbError> {
    session
        .rows(
            "reading published counts of criteria",
            "select c.* from known.published_criterion_count c
             where c.period = $1 and c.ledger_no = (
                select max(l.ledger_no) from known.published_criterion_count l where l.period = $1)
             order by c.criterion",
            [Value::from(period)],
        )
        .await
}

/// A public text; none once it was redacted.
pub(crate) async fn public_text(session: &Session, id: Uuid) -> Result<Option<String>, DbError> {
    let text = entity::public_text::Entity::find_by_id(id)
        .one(session)
        .await
        .map_err(DbError::doing("reading a reason"))?;
    Ok(text.and_then(|text| text.body))
}

/// The published counts of the country in each period, by every municipality's own verdict: of each
/// period the latest.
pub(crate) async fn published_totals(
    session: &Session,
) -> Result<Vec<published_verdict_count::Model>, DbError> {
    session
        .rows(
            "reading published totals",
            "select distinct on (period) * from known.published_verdict_count
             where area_kind = 'COUNTRY' and counting_rule = 'EVERY_MUNICIPALITY'
             order by period, ledger_no desc",
            [],
        )
        .await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use domain::publication::lines;

    #[test]
    fn lines_and_manifests_of_the_first_form_are_read() {
        let stored = json!([
            { "part": "GROUP", "key": "VR14", "name": "Gooi", "cells": [{ "column": "members", "value": 7 }] },
            { "part": "GROUP", "key": "VR15", "name": "Haaglanden", "cells": [], "withheld": "REVEALING" }
        ]);
        let lines = [
            Line::new(lines::Part::Group, "VR14", "Gooi").number("members", 7),
            Line::new(lines::Part::Group, "VR15", "Haaglanden").without(lines::Withheld::Revealing),
        ];
        assert_eq!(document::write_all(&lines).unwrap(), stored);
        assert_eq!(document::read_all::<Line>(stored).unwrap(), lines);
        let stored = json!({ "publication": "plan-2024-1", "kind": "PLAN", "level": "ACTION", "subject": "2024",
            "reference_date": "2026-11-22", "ledger_number": 12, "ledger_hash": "ab",
            "withheld": [{ "key": "VR15", "reason": "FEWER_THAN_FIVE" }] });
        let manifest: Manifest = document::read(stored.clone()).unwrap();
        assert_eq!(document::write(&manifest).unwrap(), stored);
    }
}
