//! Keeps functional mailboxes, apart from facts: whoever withdraws one leaves no address behind.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{FromQueryResult, Value};

use database::{DbError, Session};
use domain::policy::MayManageMailbox;

/// A mailbox as its organisation sees it, with the last digest that was made for it.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct MailboxRow {
    pub(super) organisation: String,
    pub(super) address: String,
    pub(super) registered_at: DateTime<Utc>,
    pub(super) day: Option<NaiveDate>,
    pub(super) state: Option<String>,
    pub(super) settled_at: Option<DateTime<Utc>>,
}

/// Tells Postgres whose mailboxes are meant.
async fn set_session_context(session: &Session, permit: &MayManageMailbox) -> Result<(), DbError> {
    let organisation = permit.organisation().to_owned();
    session.set("app.organisation", organisation).await
}

/// The mailboxes that tell of the own organisation: its own, and those of officers who act for it
/// and for another municipality.
pub(super) async fn list(
    session: &Session,
    permit: &MayManageMailbox,
) -> Result<Vec<MailboxRow>, DbError> {
    set_session_context(session, permit).await?;
    session
        .rows(
            "reading functional mailboxes",
            "select m.organisation, m.address, m.registered_at, d.day, d.state, d.settled_at
             from work.functional_mailbox m
             left join lateral (
                select d.day, d.state, d.settled_at from work.digest d
                where d.role = m.role and d.organisation = m.organisation
                order by d.day desc limit 1) d on true
             where m.role = $1
               and string_to_array(m.organisation, '+') && string_to_array($2, '+')
             order by m.organisation",
            [
                Value::from(permit.role()),
                Value::from(permit.organisation()),
            ],
        )
        .await
}

/// Registers the mailbox of the own organisation, in the place of the one before it.
pub(super) async fn register(
    session: &Session,
    permit: &MayManageMailbox,
    address: &str,
) -> Result<(), DbError> {
    set_session_context(session, permit).await?;
    session
        .change(
            "registering a functional mailbox",
            "insert into work.functional_mailbox (role, organisation, address, registered_at)
             values ($1, $2, $3, $4)
             on conflict (role, organisation) do update
             set address = excluded.address, registered_at = excluded.registered_at",
            [
                Value::from(permit.role()),
                Value::from(permit.organisation()),
                Value::from(address),
                Value::from(session.moment().instant),
            ],
        )
        .await?;
    Ok(())
}

/// Withdraws a mailbox that tells of the own organisation, and what waits to be sent to it; says
/// whether there was one.
pub(super) async fn withdraw(
    session: &Session,
    permit: &MayManageMailbox,
    organisation: &str,
) -> Result<bool, DbError> {
    set_session_context(session, permit).await?;
    session
        .change(
            "taking back what waits for a functional mailbox",
            "update work.digest
             set state = 'WITHDRAWN', subject = null, body = null, next_try_at = null,
                settled_at = $4
             where role = $1 and organisation = $3 and state = 'WAITING'
               and string_to_array(organisation, '+') && string_to_array($2, '+')",
            [
                Value::from(permit.role()),
                Value::from(permit.organisation()),
                Value::from(organisation),
                Value::from(session.moment().instant),
            ],
        )
        .await?;
    let removed = session
        .change(
            "withdrawing a functional mailbox",
            "delete from work.functional_mailbox
             where role = $1 and organisation = $3
               and string_to_array(organisation, '+') && string_to_array($2, '+')",
            [
                Value::from(permit.role()),
                Value::from(permit.organisation()),
                Value::from(organisation),
            ],
        )
        .await?;
    Ok(removed == 1)
}
