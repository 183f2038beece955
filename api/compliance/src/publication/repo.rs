//! What is read of publications: states, content, verdicts to respond to, responses and files.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{publication, publication_content, publication_note};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
    Value, prelude::Uuid,
};

use super::files::{self, Manifest, REMOVED};
use database::{DbError, Session, document};
use domain::{
    document::Document, picture::sentences::HandedIn, policy::Publications,
    publication::lines::Line, text::Text,
};

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

/// A public text; none once it was redacted.
pub(crate) async fn public_text(session: &Session, id: Uuid) -> Result<Option<String>, DbError> {
    let text = entity::public_text::Entity::find_by_id(id)
        .one(session)
        .await
        .map_err(DbError::doing("reading a reason"))?;
    Ok(text.and_then(|text| text.body))
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
