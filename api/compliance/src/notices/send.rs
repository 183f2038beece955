//! The sender's turn: makes the digests that are due and delivers what waits. It keeps nothing in
//! memory, so that any instance may go on where another one stopped.

use std::{
    borrow::Cow,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use super::{
    make::digest_of,
    outbox::{self, Addressee, InHand, Tried},
    smtp::Mailer,
};
use database::{Database, DbError, Session};
use domain::{
    actor::{Actor, Role},
    error::chain,
    notices::times::is_time_to_make,
};
use ledger::canonical;

/// How long the sender sleeps between two turns.
const BETWEEN_TURNS: Duration = Duration::from_secs(30);
/// Bytes of an organisation that stand in a Message-ID as they are.
const LONGEST_NAME: usize = 64;

/// What a turn came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turn {
    /// Digests that were made; those with nothing to tell are not counted.
    pub made: u32,
    /// Digests that the mail server accepted.
    pub delivered: u32,
    /// Digests whose mailbox it refused.
    pub refused: u32,
    /// Digests that are tried again later.
    pub in_vain: u32,
}

/// What all turns of this instance came to; for whoever watches.
#[derive(Debug, Clone, Default)]
pub struct Turns(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    made: AtomicU64,
    delivered: AtomicU64,
    refused: AtomicU64,
    in_vain: AtomicU64,
}

impl Turns {
    fn add(&self, turn: Turn) {
        let Counts {
            made,
            delivered,
            refused,
            in_vain,
        } = &*self.0;
        for (count, more) in [
            (made, turn.made),
            (delivered, turn.delivered),
            (refused, turn.refused),
            (in_vain, turn.in_vain),
        ] {
            count.fetch_add(more.into(), Ordering::Relaxed);
        }
    }

    /// How many digests came to what: made, delivered, refused, and tried in vain.
    pub fn counts(&self) -> [(&'static str, u64); 4] {
        [
            ("made", &self.0.made),
            ("delivered", &self.0.delivered),
            ("refused", &self.0.refused),
            ("in_vain", &self.0.in_vain),
        ]
        .map(|(outcome, count)| (outcome, count.load(Ordering::Relaxed)))
    }
}

/// Makes what is due at the instant of the clock, and tries to deliver everything that waits for
/// it. Once the mail server is not reached the rest waits for the next turn.
///
/// # Errors
/// When the database fails; what was kept before stays.
pub async fn run_turn(db: &Database, mailer: &Mailer) -> Result<Turn, DbError> {
    let mut turn = Turn::default();
    for addressee in due(db).await? {
        match make_one(db, mailer, &addressee).await {
            Ok(is_made) => turn.made += u32::from(is_made),
            // Without its database nobody has a digest; what fails for one does not stop the others.
            Err(error) if error.is_unavailable() => return Err(error),
            Err(error) => not_made(&addressee, &error),
        }
    }
    while let Some(digest) = take(db).await? {
        let delivery = mailer.deliver(&digest).await;
        match settle(db, &digest, delivery.tried).await {
            Ok(()) => {}
            Err(error) if error.is_unavailable() => return Err(error),
            // It stays in hand for a while, so it is not taken again in this turn.
            Err(error) => tracing::warn!(
                role = digest.role,
                organisation = digest.organisation,
                error = chain(&error),
                "what became of a digest could not be noted"
            ),
        }
        match delivery.tried {
            Tried::Accepted => turn.delivered += 1,
            Tried::Refused => turn.refused += 1,
            Tried::InVain => turn.in_vain += 1,
        }
        if delivery.tried != Tried::Accepted {
            tracing::warn!(
                role = digest.role,
                organisation = digest.organisation,
                day = %digest.day,
                why = delivery.why,
                "a digest was not delivered"
            );
        }
        if delivery.is_away {
            break;
        }
    }
    Ok(turn)
}

/// Takes its turn again and again; never ends.
pub async fn keep_sending(db: Database, mailer: Mailer, turns: Turns) {
    loop {
        let ended = run_turn(&db, &mailer).await;
        if let Ok(turn) = &ended {
            turns.add(*turn);
        }
        match ended {
            Ok(turn) if turn == Turn::default() => {}
            Ok(turn) => tracing::info!(
                digests.made = turn.made,
                digests.delivered = turn.delivered,
                digests.refused = turn.refused,
                digests.in_vain = turn.in_vain,
                "digests"
            ),
            Err(error) => tracing::warn!(error = chain(&error), "no digests this time"),
        }
        tokio::time::sleep(BETWEEN_TURNS).await;
    }
}

/// Opens a transaction of the service itself.
async fn begin(db: &Database) -> Result<Session, DbError> {
    db.write(&Actor::system()).await
}

/// For whom a digest is to be made now.
async fn due(db: &Database) -> Result<Vec<Addressee>, DbError> {
    let session = begin(db).await?;
    if !is_time_to_make(session.moment().instant) {
        session.close().await?;
        return Ok(Vec::new());
    }
    outbox::forget(&session).await?;
    let addressees = outbox::without_digest(&session).await?;
    session.commit().await?;
    Ok(addressees)
}

/// Makes and keeps the digest of an organisation; says whether there is something to tell. One that
/// cannot be made does not stop those of others, and is tried again in the next turn.
async fn make_one(db: &Database, mailer: &Mailer, addressee: &Addressee) -> Result<bool, DbError> {
    let Addressee { role, organisation } = addressee;
    let Some(actor_role) = Role::of_organisation(role, organisation) else {
        tracing::error!(role, organisation, "a mailbox is of no organisation");
        return Ok(false);
    };
    let digest = match digest_of(db, actor_role).await {
        Ok(digest) => digest,
        Err(error) => {
            not_made(addressee, &error);
            return Ok(false);
        }
    };
    let is_demo = digest.as_ref().is_some_and(|digest| digest.is_demo);
    let letter = digest.map(|digest| digest.letter(mailer.service()));
    let has_something_to_tell = letter.is_some();
    let session = begin(db).await?;
    let demo = if is_demo { "demo." } else { "" };
    let message_id = format!(
        "<{demo}digest.{}.{}.{}@{}>",
        session.today(),
        role.to_lowercase(),
        named(organisation),
        mailer.domain()
    );
    let is_kept = outbox::keep(&session, addressee, message_id, letter).await?;
    session.commit().await?;
    Ok(is_kept && has_something_to_tell)
}

/// Notes that an organisation has no digest this time.
fn not_made(addressee: &Addressee, error: &dyn std::error::Error) {
    let Addressee { role, organisation } = addressee;
    tracing::warn!(
        role,
        organisation,
        error = chain(error),
        "a digest could not be made"
    );
}

/// An organisation in a Message-ID: of many municipalities at once a digest of their codes, since a
/// line of a mail has a greatest length.
fn named(organisation: &str) -> Cow<'_, str> {
    if organisation.len() <= LONGEST_NAME {
        return organisation.into();
    }
    let hash = canonical::sha256(&[organisation.as_bytes()]);
    hex::encode(&hash[..16]).into()
}

/// Takes the next digest in hand.
async fn take(db: &Database) -> Result<Option<InHand>, DbError> {
    let session = begin(db).await?;
    let digest = outbox::take(&session).await?;
    session.commit().await?;
    Ok(digest)
}

async fn settle(db: &Database, digest: &InHand, tried: Tried) -> Result<(), DbError> {
    let session = begin(db).await?;
    outbox::settle(&session, digest, tried).await?;
    session.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_message_id_is_bounded() {
        assert_eq!(named("GM0402"), "GM0402");
        let codes = vec!["GM0402"; 60].join(",");
        let others = vec!["GM0406"; 60].join(",");
        assert_eq!(named(&codes).len(), 32);
        assert_eq!(named(&codes), named(&codes));
        assert_ne!(named(&codes), named(&others));
    }
}
