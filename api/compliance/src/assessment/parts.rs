//! The parts of an assessment: each is read when a field first needs it, and once in a request.
//!
//! Most documents want one part of many: the state, or the latest version. What nobody wants is not
//! read, so it is not in the log of privileged reads either.

use std::collections::BTreeMap;

use sea_orm::prelude::Uuid;

use super::{
    history::{self, History},
    repo::{self, FillingRow, Subjects},
    submitted::{self, Submitted, VersionRow, VersionsOf},
    work::{self, DraftAnswer},
};
use database::{DbError, Session};
use domain::{policy, territory::MunicipalityCode};
use graphql::context::RequestContext;

/// One assessment, as a request reads it.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    request: &'a RequestContext,
    municipality: &'a str,
    period: &'a str,
}

struct All(Vec<VersionRow>);
struct Latest(Option<VersionRow>);
struct Draft(Option<Vec<DraftAnswer>>);
struct Filling(Option<FillingRow>);
struct Reasons(BTreeMap<Uuid, String>);
struct Hashes(BTreeMap<i32, String>);

impl<'a> Parts<'a> {
    /// Those of the assessment of a municipality in a period.
    pub(super) fn of(request: &'a RequestContext, municipality: &'a str, period: &'a str) -> Self {
        Self {
            request,
            municipality,
            period,
        }
    }

    fn subject(self) -> String {
        format!("{}/{}", self.municipality, self.period)
    }

    fn subjects(self) -> Subjects {
        Subjects::of([(self.municipality, self.period)])
    }

    async fn session(self) -> Result<&'a Session, DbError> {
        self.request.session().await
    }

    /// Keeps parts that the transaction of the request read before it committed: they are not read
    /// once more.
    pub(super) async fn keep(
        self,
        latest: Option<VersionRow>,
        draft: Vec<DraftAnswer>,
    ) -> Result<(), DbError> {
        let subject = self.subject();
        let latest = async { Ok::<_, DbError>(Latest(latest)) };
        self.request.once(&subject, latest).await?;
        let draft = async { Ok::<_, DbError>(Draft(Some(draft))) };
        self.request.once(&subject, draft).await?;
        Ok(())
    }

    /// The submitted versions that the reader sees, the first one first. The latest one is known
    /// with them.
    pub(super) async fn versions(self) -> Result<&'a [VersionRow], DbError> {
        let read = async move {
            let rows = history::versions(self.session().await?, &self.subjects()).await?;
            Ok::<_, DbError>(All(rows))
        };
        let All(rows) = self.request.once(&self.subject(), read).await?;
        let latest = async move { Ok::<_, DbError>(Latest(rows.last().cloned())) };
        self.request.once(&self.subject(), latest).await?;
        Ok(rows)
    }

    /// The latest submitted version that the reader sees.
    pub(super) async fn latest(self) -> Result<Option<&'a VersionRow>, DbError> {
        let read = async move {
            let found = history::latest(self.session().await?, &self.subjects()).await?;
            Ok::<_, DbError>(Latest(found.into_values().next()))
        };
        let Latest(row) = self.request.once(&self.subject(), read).await?;
        Ok(row.as_ref())
    }

    /// What became of the latest version.
    pub(super) async fn history(self) -> Result<&'a History, DbError> {
        let read = async move {
            let latest = self.latest().await?.cloned();
            let latest = latest.map(|row| (row.subject.clone(), row)).into_iter();
            let session = self.session().await?;
            let found = History::of_latest(session, &self.subjects(), latest.collect()).await?;
            let own = found.into_values().next();
            Ok::<History, DbError>(own.unwrap_or_else(|| History::empty(session)))
        };
        self.request.once(&self.subject(), read).await
    }

    /// The answers of the draft; none when there is no draft, or the actor may not fill it in.
    pub(super) async fn draft(self) -> Result<Option<&'a [DraftAnswer]>, DbError> {
        let read = async move {
            let answers = draft_answers(self.session().await?, self.municipality, self.period);
            answers.await.map(Draft)
        };
        let Draft(answers) = self.request.once(&self.subject(), read).await?;
        Ok(answers.as_deref())
    }

    /// What VNG filled in on behalf of the municipality and waits to be accepted, for whoever sees
    /// reviews.
    pub(super) async fn filling(self) -> Result<Option<&'a FillingRow>, DbError> {
        let read = async move {
            let session = self.session().await?;
            let reviews = policy::reviews(session.mandate());
            if reviews.hidden_by().is_some() {
                return Ok(Filling(None));
            }
            let last = repo::last_filling(session, &reviews, self.municipality, self.period);
            let last = last.await?;
            let latest = self.latest().await?;
            let latest = latest.map_or(0, |version| version.ledger_no);
            Ok::<Filling, DbError>(Filling(last.filter(|row| row.ledger_no > latest)))
        };
        let Filling(row) = self.request.once(&self.subject(), read).await?;
        Ok(row.as_ref())
    }

    /// The answers of versions that the reader sees, and their evidence where it is wanted.
    pub(super) async fn submitted(
        self,
        numbers: Vec<i32>,
        with_evidence: bool,
    ) -> Result<&'a Submitted, DbError> {
        let key = format!("{} {numbers:?} {with_evidence}", self.subject());
        let read = async move {
            let session = self.session().await?;
            let scope = policy::answers(session.mandate());
            let of = VersionsOf {
                municipality: self.municipality,
                period: self.period,
                numbers,
            };
            submitted::submitted(session, &scope, of, with_evidence).await
        };
        self.request.once(&key, read).await
    }

    /// The hashes of the versions that the reader sees, by their numbers.
    pub(super) async fn hashes(self) -> Result<&'a BTreeMap<i32, String>, DbError> {
        let read = async move {
            let session = self.session().await?;
            let scope = policy::submissions(session.mandate());
            let of = (self.municipality, self.period);
            submitted::hashes(session, &scope, of).await.map(Hashes)
        };
        Ok(&self.request.once(&self.subject(), read).await?.0)
    }

    /// The texts of the reasons of versions, for whoever sees reviews.
    pub(super) async fn reasons(
        self,
        of: &[&VersionRow],
    ) -> Result<&'a BTreeMap<Uuid, String>, DbError> {
        let texts: Vec<Uuid> = of.iter().flat_map(|version| version.reasons()).collect();
        let key = format!("{} {texts:?}", self.subject());
        let read = async move {
            let session = self.session().await?;
            let reviews = policy::reviews(session.mandate());
            let reasons = submitted::reasons(session, &reviews, texts).await;
            reasons.map(Reasons)
        };
        Ok(&self.request.once(&key, read).await?.0)
    }
}

async fn draft_answers(
    session: &Session,
    municipality: &str,
    period: &str,
) -> Result<Option<Vec<DraftAnswer>>, DbError> {
    let permit = MunicipalityCode::parse(municipality)
        .and_then(|code| policy::may_fill_draft(session.mandate(), &code).ok());
    let Some(permit) = permit else {
        return Ok(None);
    };
    let answers = work::draft_answers(session, &permit, period).await?;
    let is_there = !answers.is_empty() || work::has_draft(session, &permit, period).await?;
    Ok(is_there.then_some(answers))
}
