//! Feed keys: what a program of an organisation shows instead of a token, because spreadsheets and
//! BI tools know HTTP Basic and no OAuth. An explained exception to the OAuth profile, kept small:
//! a key reads feeds and OData and opens nothing else.
//!
//! A key is `stm_<id>_<secret>`: twelve digits that name it, and 32 random bytes. Kept is SHA-256
//! of the secret; nobody can find 32 random bytes by trying, so the table opens nothing for who
//! steals it. A key reads in the present scope of its organisation, the tables that it names, until
//! its last day, which is at most a year away. Rotating gives a new secret and lets the one before
//! it live for thirty days more, so that a scheduled refresh does not fail at night. Whether a key
//! is good is asked of Postgres every time, so revoking holds on every instance at once.

pub mod repo;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{NaiveDate, TimeDelta};
use sha2::{Digest as _, Sha256};

use self::repo::KeptKey;
use database::{Database, DbError, Moment, ids};
use domain::{
    actor::{Actor, Role},
    clock::day_of,
};

/// Days that a secret lives on after it was replaced.
const OVERLAP_DAYS: i64 = 30;
/// Seconds between two notes of use.
const NOTE_SECONDS: i64 = 60;

/// A key that somebody shows; only its hash stays with us.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    id: String,
    hash: [u8; 32],
}

impl Shown {
    fn parse(text: &str) -> Option<Self> {
        let (id, secret) = text.strip_prefix("stm_")?.split_once('_')?;
        let is_id = id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit());
        let secret = URL_SAFE_NO_PAD.decode(secret).ok()?;
        (is_id && secret.len() == 32).then(|| Self {
            id: id.to_owned(),
            hash: Sha256::digest(&secret).into(),
        })
    }
}

/// A new secret: as it is shown once, and its hash.
pub struct NewSecret {
    /// The whole key, `stm_<id>_<secret>`: it is shown once and kept nowhere.
    pub text: String,
    /// SHA-256 of its 32 random bytes: what is kept.
    pub hash: [u8; 32],
}

impl NewSecret {
    /// Makes a secret for the key of this id.
    pub fn of(id: &str) -> Self {
        let secret = ids::secret();
        Self {
            text: format!("stm_{id}_{}", URL_SAFE_NO_PAD.encode(secret)),
            hash: Sha256::digest(secret).into(),
        }
    }
}

/// A key that was good when it was shown.
#[derive(Debug, Clone)]
pub struct UsedKey {
    shown: Shown,
    actor: Actor,
    tables: Vec<String>,
}

impl UsedKey {
    /// The id of the key, for the log.
    pub fn id(&self) -> &str {
        &self.shown.id
    }

    /// Whether it names a table.
    pub fn names(&self, table: &str) -> bool {
        self.tables.iter().any(|named| named == table)
    }

    /// The organisation whose scope it has.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// Whether a key that is kept is good at a moment for a secret of this hash.
fn opens(kept: &KeptKey, hash: &[u8; 32], moment: Moment) -> bool {
    let current = verify_slices_are_equal(&kept.secret_hash, hash).is_ok();
    let lives_on = kept
        .rotated_at
        .is_some_and(|rotated| moment.instant < rotated + TimeDelta::days(OVERLAP_DAYS));
    let previous = kept
        .previous_hash
        .as_deref()
        .is_some_and(|previous| verify_slices_are_equal(previous, hash).is_ok())
        && lives_on;
    (current || previous) && kept.revoked_at.is_none() && is_in_time(kept.expires_on, moment)
}

fn is_in_time(expires_on: NaiveDate, moment: Moment) -> bool {
    day_of(moment.instant) <= expires_on
}

/// The key that a program shows; none when it is not good: not one, unknown, revoked or past its
/// last day.
pub async fn authenticate(db: &Database, text: &str) -> Result<Option<UsedKey>, DbError> {
    let Some(shown) = Shown::parse(text) else {
        return Ok(None);
    };
    let (kept, moment) = repo::find(db, &shown.id).await?;
    let Some(kept) = kept.filter(|kept| opens(kept, &shown.hash, moment)) else {
        return Ok(None);
    };
    let Some(role) = Role::of_organisation(&kept.role, &kept.organisation) else {
        return Ok(None);
    };
    let note = moment.instant - TimeDelta::seconds(NOTE_SECONDS);
    if kept.used_at.is_none_or(|used| used <= note) {
        repo::note_use(db, &shown.id).await?;
    }
    Ok(Some(UsedKey {
        shown,
        actor: Actor {
            role,
            pseudonym: None,
            former_pseudonym: None,
        },
        tables: kept.tables,
    }))
}

/// Whether a key is still good.
pub(crate) async fn is_good(db: &Database, key: &UsedKey) -> Result<bool, DbError> {
    let (kept, moment) = repo::find(db, &key.shown.id).await?;
    Ok(kept.is_some_and(|kept| opens(&kept, &key.shown.hash, moment)))
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone as _, Utc};

    use super::*;

    fn key(secret: &[u8]) -> String {
        format!("stm_123456789012_{}", URL_SAFE_NO_PAD.encode(secret))
    }

    #[test]
    fn a_key_has_an_id_and_32_bytes() {
        let shown = Shown::parse(&key(&[0xff; 32])).unwrap();
        assert_eq!(shown.id, "123456789012");
        assert_eq!(shown.hash, <[u8; 32]>::from(Sha256::digest([0xff; 32])));
        for wrong in [
            key(&[1; 31]),
            key(&[1; 33]),
            key(&[1; 32]).replace("stm_", "stm"),
            key(&[1; 32]).replace("123456789012", "12345678901x"),
            String::new(),
            "stm__".to_owned(),
        ] {
            assert_eq!(Shown::parse(&wrong), None, "{wrong}");
        }
        assert!(
            !format!("{shown:?}").contains("____"),
            "no secret is printed"
        );
    }

    #[test]
    fn a_key_opens_until_its_last_day_and_a_replaced_secret_for_thirty_days() {
        let at = |day: u32, hour: u32| {
            let instant = Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).unwrap();
            Moment {
                ledger: 1,
                head: 1,
                state: Default::default(),
                day: day_of(instant),
                instant,
                next_release: None,
            }
        };
        let mut kept = KeptKey {
            role: "VNG".to_owned(),
            organisation: "VNG".to_owned(),
            tables: vec!["fact_verdict_current".to_owned()],
            secret_hash: vec![1; 32],
            previous_hash: Some(vec![2; 32]),
            rotated_at: Utc.with_ymd_and_hms(2026, 10, 20, 12, 0, 0).single(),
            revoked_at: None,
            expires_on: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
            used_at: None,
        };
        assert!(opens(&kept, &[1; 32], at(22, 22)));
        assert!(
            !opens(&kept, &[1; 32], at(22, 23)),
            "it is the 23rd in Amsterdam"
        );
        assert!(opens(&kept, &[2; 32], at(19, 11)));
        assert!(!opens(&kept, &[2; 32], at(19, 12)));
        assert!(!opens(&kept, &[3; 32], at(19, 11)));
        kept.revoked_at = Some(at(1, 1).instant);
        assert!(!opens(&kept, &[1; 32], at(19, 11)));
    }
}
