//! The sender's turn: makes the digests that are due and delivers what waits. It keeps nothing in
//! memory, so that any instance may go on where another one stopped.

use std::{
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

/// How long the sender sleeps between two turns.
const BETWEEN_TURNS: Duration = Duration::from_secs(30);

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
        if make_one(db, mailer, &addressee).await? {
            turn.made += 1;
        }
    }
    while let Some(digest) = take(db).await? {
        let delivery = mailer.deliver(&digest).await;
        settle(db, &digest, delivery.tried).await?;
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
            tracing::warn!(
                role,
                organisation,
                error = chain(&error),
                "a digest could not be made"
            );
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
        organisation,
        mailer.domain()
    );
    let is_kept = outbox::keep(&session, addressee, message_id, letter).await?;
    session.commit().await?;
    Ok(is_kept && has_something_to_tell)
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
