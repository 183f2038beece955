//! Digests on their way: one of an organisation and a day, kept from when it is made until it is
//! delivered.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{FromQueryResult, Value};

use database::{DbError, Session};
use domain::notices::{
    codes::DigestState,
    digest::Letter,
    times::{DAYS_KEPT, claimed_until, next_try},
};

/// An organisation that has a mailbox.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Addressee {
    pub(super) role: String,
    pub(super) organisation: String,
}

/// A digest in hand, to be delivered.
#[derive(FromQueryResult)]
pub(super) struct InHand {
    pub(super) role: String,
    pub(super) organisation: String,
    pub(super) day: NaiveDate,
    pub(super) message_id: String,
    pub(super) made_at: DateTime<Utc>,
    pub(super) subject: String,
    pub(super) body: String,
    tries: i32,
    pub(super) address: String,
}

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tried {
    /// The mail server accepted it.
    Accepted,
    /// The mail server refused the mailbox.
    Refused,
    /// It is tried again later.
    InVain,
}

/// The organisations for which no digest was made on the day of the session.
pub(super) async fn without_digest(session: &Session) -> Result<Vec<Addressee>, DbError> {
    session
        .rows(
            "looking for whom a digest is to be made",
            "select m.role, m.organisation from work.functional_mailbox m
             where not exists (select from work.digest d
                where d.role = m.role and d.organisation = m.organisation and d.day = $1)
             order by m.role, m.organisation",
            [Value::from(session.today())],
        )
        .await
}

/// Keeps the digest of a day, or that there was nothing to tell; what waits of an earlier day goes.
/// Of several instances the first one keeps it. Says whether it did.
pub(super) async fn keep(
    session: &Session,
    addressee: &Addressee,
    message_id: String,
    letter: Option<Letter>,
) -> Result<bool, DbError> {
    let now = session.moment().instant;
    let state = match letter {
        Some(_) => DigestState::Waiting,
        None => DigestState::NothingOpen,
    };
    let (subject, body) = letter.map(|letter| (letter.subject, letter.body)).unzip();
    let waits = subject.is_some();
    let kept = session
        .change(
            "keeping a digest",
            "insert into work.digest (role, organisation, day, state, message_id, made_at, subject,
                body, tries, next_try_at, settled_at)
             select $1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10
             where exists (select from work.functional_mailbox m
                where m.role = $1 and m.organisation = $2)
             on conflict do nothing",
            [
                Value::from(addressee.role.clone()),
                Value::from(addressee.organisation.clone()),
                Value::from(session.today()),
                Value::from(state.code()),
                Value::from(message_id),
                Value::from(now),
                Value::from(subject),
                Value::from(body),
                Value::from(waits.then_some(now)),
                Value::from((!waits).then_some(now)),
            ],
        )
        .await?;
    if kept == 0 {
        return Ok(false);
    }
    session
        .change(
            "replacing the digest of an earlier day",
            "update work.digest
             set state = 'REPLACED', subject = null, body = null, next_try_at = null,
                settled_at = $4
             where role = $1 and organisation = $2 and day < $3 and state = 'WAITING'",
            [
                Value::from(addressee.role.clone()),
                Value::from(addressee.organisation.clone()),
                Value::from(session.today()),
                Value::from(now),
            ],
        )
        .await?;
    Ok(true)
}

/// Takes the next digest in hand that is due, so that no other instance delivers it meanwhile; none
/// when nothing is due. Whoever takes it and ends without a word leaves it to the next one, once
/// its time is over.
pub(super) async fn take(session: &Session) -> Result<Option<InHand>, DbError> {
    let now = session.moment().instant;
    session
        .row(
            "taking a digest in hand",
            "update work.digest d set tries = d.tries + 1, next_try_at = $2
             from work.functional_mailbox m
             where m.role = d.role and m.organisation = d.organisation
               and (d.role, d.organisation, d.day) = (
                select w.role, w.organisation, w.day
                from work.digest w
                join work.functional_mailbox o
                    on o.role = w.role and o.organisation = w.organisation
                where w.state = 'WAITING' and w.next_try_at <= $1
                order by w.next_try_at, w.day, w.role, w.organisation
                limit 1
                for update of w skip locked)
             returning d.role, d.organisation, d.day, d.message_id, d.made_at, d.subject, d.body,
                d.tries, m.address",
            [Value::from(now), Value::from(claimed_until(now))],
        )
        .await
}

/// Notes what became of a try. A digest that was accepted is so even where the next one took its
/// place meanwhile.
pub(super) async fn settle(
    session: &Session,
    digest: &InHand,
    tried: Tried,
) -> Result<(), DbError> {
    let now = session.moment().instant;
    let key = [
        Value::from(digest.role.clone()),
        Value::from(digest.organisation.clone()),
        Value::from(digest.day),
    ];
    if tried == Tried::InVain {
        let tries = u32::try_from(digest.tries).unwrap_or(u32::MAX);
        let values = key.into_iter().chain([Value::from(next_try(now, tries))]);
        session
            .change(
                "planning the next try of a digest",
                "update work.digest set next_try_at = $4
                 where role = $1 and organisation = $2 and day = $3 and state = 'WAITING'",
                values,
            )
            .await?;
        return Ok(());
    }
    let state = match tried {
        Tried::Accepted => DigestState::Sent,
        Tried::Refused | Tried::InVain => DigestState::Refused,
    };
    let values = key
        .into_iter()
        .chain([Value::from(state.code()), Value::from(now)]);
    session
        .change(
            "settling a digest",
            "update work.digest
             set state = $4, subject = null, body = null, next_try_at = null, settled_at = $5
             where role = $1 and organisation = $2 and day = $3
               and (state = 'WAITING' or ($4 = 'SENT' and state in ('REPLACED', 'WITHDRAWN')))",
            values,
        )
        .await?;
    Ok(())
}

/// Forgets what became of digests of long ago.
pub(super) async fn forget(session: &Session) -> Result<(), DbError> {
    let before = session.today() - TimeDelta::days(DAYS_KEPT);
    session
        .change(
            "forgetting digests of long ago",
            "delete from work.digest where day < $1",
            [Value::from(before)],
        )
        .await?;
    Ok(())
}
