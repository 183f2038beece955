//! What has happened to an assessment so far, and the state that follows from it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{
    repo::{self, QuestionRow, Subjects},
    submitted::{self, VersionRow, Which},
    work::Claim,
};
use database::{DbError, Session};
use domain::{
    actor::Actor,
    assessment::life_cycle::{Claimant, State},
    policy,
};

/// The versions of an assessment that the reader sees, the first one first.
pub(super) async fn versions(session: &Session, of: &Subjects) -> Result<Vec<VersionRow>, DbError> {
    let scope = policy::submissions(session.mandate());
    submitted::versions(session, &scope, of, Which::All).await
}

/// The latest version of each assessment that the reader sees, also one that was withdrawn, by the
/// keys of the assessments.
pub(super) async fn latest(
    session: &Session,
    of: &Subjects,
) -> Result<BTreeMap<String, VersionRow>, DbError> {
    let scope = policy::submissions(session.mandate());
    let rows = submitted::versions(session, &scope, of, Which::Latest).await?;
    let rows = rows.into_iter().map(|row| (row.subject.clone(), row));
    Ok(rows.collect())
}

/// The latest version, the questions and the claim on it, as far as the reader sees them.
#[derive(Debug, Clone)]
pub(super) struct History {
    latest: Option<VersionRow>,
    pub(super) questions: Vec<QuestionRow>,
    claim: Option<Claim>,
    now: DateTime<Utc>,
}

impl History {
    /// That of an assessment of which nothing was submitted.
    pub(super) fn empty(session: &Session) -> Self {
        Self {
            latest: None,
            questions: Vec::new(),
            claim: None,
            now: session.moment().instant,
        }
    }

    /// Reads it under the scopes of the reader.
    pub(super) async fn read(
        session: &Session,
        municipality: &str,
        period: &str,
    ) -> Result<Self, DbError> {
        let of = Subjects::of([(municipality, period)]);
        let found = Self::read_all(session, &of).await?.into_values().next();
        Ok(found.unwrap_or_else(|| Self::empty(session)))
    }

    /// Reads those of many assessments under the scopes of the reader, by their keys: as many
    /// statements as for one.
    pub(super) async fn read_all(
        session: &Session,
        of: &Subjects,
    ) -> Result<BTreeMap<String, Self>, DbError> {
        let latest = latest(session, of).await?;
        Self::of_latest(session, of, latest).await
    }

    /// Those of assessments whose latest versions were read before.
    pub(super) async fn of_latest(
        session: &Session,
        of: &Subjects,
        latest: BTreeMap<String, VersionRow>,
    ) -> Result<BTreeMap<String, Self>, DbError> {
        let mut all: BTreeMap<String, Self> =
            of.keys().map(|key| (key, Self::empty(session))).collect();
        let reviews = policy::reviews(session.mandate());
        // Who sees no reviews sees that a version was submitted, and not what VNG does with it.
        let sees_reviews = !latest.is_empty() && reviews.hidden_by().is_none();
        for (subject, version) in latest {
            if let Some(history) = all.get_mut(&subject) {
                history.latest = Some(version);
            }
        }
        if sees_reviews {
            let found = repo::reviews(session, &reviews, of).await?;
            for question in found.questions {
                if let Some(history) = all.get_mut(&question.subject) {
                    history.questions.push(question);
                }
            }
            for claim in found.claims {
                if let Some(history) = all.get_mut(&claim.subject)
                    && history.latest().map(|latest| latest.number) == Some(claim.version)
                {
                    history.claim = Some(claim);
                }
            }
        }
        Ok(all)
    }

    /// The latest version, also one that was withdrawn.
    pub(super) fn latest(&self) -> Option<&VersionRow> {
        self.latest.as_ref()
    }

    /// The number that the next version gets.
    pub(super) fn next_number(&self) -> i32 {
        self.latest().map_or(1, |version| version.number + 1)
    }

    /// Questions about the latest version that were not replied to.
    pub(super) fn open_questions(&self) -> impl Iterator<Item = &QuestionRow> {
        let latest = self.latest().map(|version| version.number);
        self.questions
            .iter()
            .filter(move |one| Some(one.version) == latest && one.replied_at.is_none())
    }

    /// Whether somebody has the latest version in hand.
    pub(super) fn is_in_hand(&self) -> bool {
        self.claim
            .as_ref()
            .is_some_and(|claim| claim.expires_at > self.now)
    }

    /// In whose hands the latest version is.
    pub(super) fn claimant(&self, actor: &Actor) -> Claimant {
        match &self.claim {
            Some(claim) if self.is_in_hand() && actor.is_called(&claim.holder) => Claimant::Own,
            Some(_) if self.is_in_hand() => Claimant::Another,
            Some(_) | None => Claimant::Nobody,
        }
    }

    /// How far it is.
    pub(super) fn state(&self, has_draft: bool) -> State {
        let Some(latest) = self.latest() else {
            return if has_draft {
                State::Draft
            } else {
                State::Absent
            };
        };
        match decided(latest) {
            Some(state) => state,
            None if self.open_questions().next().is_some() => State::Questioned,
            None if self.is_in_hand() => State::Claimed,
            None => State::Submitted,
        }
    }
}

/// How far an assessment is whose latest version was decided on or withdrawn, whatever was asked or
/// claimed before; none while VNG has it.
pub(super) fn decided(latest: &VersionRow) -> Option<State> {
    match latest.outcome.as_deref() {
        _ if latest.withdrawn_at.is_some() => Some(State::Withdrawn),
        Some("CONFIRMED") => Some(State::Confirmed),
        Some(_) => Some(State::Returned),
        None => None,
    }
}
