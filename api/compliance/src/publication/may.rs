//! When a publication can be published, withdrawn and responded to: the mutations ask it, and the
//! viewer sees it beforehand.

use chrono::NaiveDate;

use super::repo::{self, Row};
use database::{DbError, Session};
use domain::{
    policy::{self, Operation},
    publication::codes::PublicationState,
    territory::MunicipalityCode,
};

/// Whether it is prepared and neither published nor withdrawn.
pub(super) fn is_prepared(row: &Row) -> bool {
    row.state == PublicationState::Prepared.code()
}

/// Whether it is withdrawn.
pub(super) fn is_withdrawn(row: &Row) -> bool {
    row.state == PublicationState::Withdrawn.code()
}

/// The last day of its term to respond, while that runs.
pub(super) fn response_term(row: &Row, today: NaiveDate) -> Option<NaiveDate> {
    row.response_until.filter(|until| today <= *until)
}

/// Whether a municipality can respond to it today, if it is named.
pub(super) fn takes_responses(row: &Row, today: NaiveDate) -> bool {
    is_prepared(row) && response_term(row, today).is_some()
}

/// Whether it names a municipality that the actor responds for.
async fn names_own(session: &Session, row: &Row) -> Result<bool, DbError> {
    let mandate = session.mandate();
    let verdicts = repo::verdicts(session, &policy::publications(mandate), row).await?;
    Ok(verdicts.iter().any(|verdict| {
        let code = MunicipalityCode::parse(&verdict.municipality);
        code.is_some_and(|code| policy::may_respond(mandate, &code).is_ok())
    }))
}

/// The mutations that the actor may call on it now.
pub(super) async fn operations(session: &Session, row: &Row) -> Result<Vec<Operation>, DbError> {
    let (mandate, today) = (session.mandate(), session.today());
    let publishes = policy::may_publish(mandate).is_ok();
    let mut allowed = Vec::new();
    if publishes && is_prepared(row) && response_term(row, today).is_none() {
        allowed.push(Operation::Publish);
    }
    if takes_responses(row, today) && names_own(session, row).await? {
        allowed.push(Operation::RespondToVerdict);
    }
    if publishes && !is_withdrawn(row) {
        allowed.push(Operation::WithdrawPublication);
    }
    Ok(allowed)
}
