//! Which organisations the database knows: a token that names another opens nothing.
//!
//! Facts are never taken back from the past, so an organisation that was known once stays known,
//! and is asked for once by each instance. Only a token of a trusted issuer comes as far as this.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use sea_orm::{FromQueryResult, Value};

use super::{Database, DbError, RequestedMoment};
use domain::actor::{Actor, Role};

/// The organisations that were found, by their codes.
#[derive(Debug, Clone, Default)]
pub(super) struct Organisations(Arc<Mutex<HashSet<String>>>);

#[derive(FromQueryResult)]
struct Known {
    code: String,
}

impl Organisations {
    fn hold(&self, codes: &[String]) -> bool {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        codes.iter().all(|code| found.contains(code))
    }

    fn learn(&self, codes: Vec<Known>) {
        let mut found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.extend(codes.into_iter().map(|row| row.code));
    }
}

impl Database {
    /// Whether every organisation of a role is or was one: a municipality, an area, a partner. VNG
    /// and the ministry always are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn knows(&self, role: &Role) -> Result<bool, DbError> {
        let (sql, codes): (&'static str, Vec<String>) = match role {
            Role::Public | Role::Vng | Role::Ministry | Role::System => return Ok(true),
            Role::Municipality(codes) => (
                "select distinct code from known.municipality where code = any ($1)",
                codes.iter().map(|code| code.as_str().to_owned()).collect(),
            ),
            Role::Region(area) => (
                "select distinct code from known.area where code = any ($1)",
                vec![area.as_str().to_owned()],
            ),
            Role::Partner(key) => (
                "select distinct key as code from known.partner where key = any ($1)",
                vec![key.as_str().to_owned()],
            ),
        };
        if self.organisations.hold(&codes) {
            return Ok(true);
        }
        let session = self.read(&Actor::public(), RequestedMoment::HEAD).await?;
        let found = session
            .rows(
                "looking for organisations",
                sql,
                [Value::from(codes.clone())],
            )
            .await?;
        session.close().await?;
        self.organisations.learn(found);
        Ok(self.organisations.hold(&codes))
    }
}
