//! The receipt of a submitted version as a file: everything that the version says, for an archive,
//! and whether such a file is still what was given out. NL: ontvangstbewijs.
//!
//! The file is in the canonical form of the ledger, and its SHA-256 is that of its bytes, so that
//! anybody computes it with what every computer has. Nothing is kept of it: it is made of the
//! facts each time, and comes out the same because they never change. Nobody finds a version by
//! sending guesses of it: the file holds a nonce of 32 bytes that follows from the one of the entry
//! in the ledger, and the database gives a version to nobody who does not name that. So whoever
//! checks a file needs no login, and learns nothing that is not in the file but what became of it.
//!
//! Whoever may have the file is who reads both the answers and their entry in the ledger: the
//! municipality, its region, and VNG. Words that the law had blanked cannot be written again, so of
//! such a version there is no receipt any more.

use serde::Deserialize;
use serde_json::json;

mod archive;
mod repo;

use self::{
    archive::Archived,
    repo::{Held, HeldAnswer, HeldVersion, VersionKey},
};
use super::version::ReceiptOf;
use database::{DatabaseKind, DbError, Session};
use domain::{
    assessment::receipt::{ReceiptOutcome, standing},
    policy::{self, Rows},
};
use ledger::canonical;

/// The version of the form of the file, told in it.
const FORM: i32 = 1;
/// Bytes that a nonce has.
const NONCE: usize = 32;

/// Which file somebody wants of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The receipt itself.
    Json,
    /// What the archives want to know of it, as an object of information of MDTO.
    Mdto,
    /// What the archives want to know of the file, with its checksum.
    MdtoOfFile,
}

/// Which receipt somebody wants.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The CBS code of the municipality.
    pub municipality: String,
    /// The key of the period.
    pub period: String,
    /// The number of the version; none for the latest.
    pub version: Option<i32>,
    /// Which file.
    pub form: Form,
    /// The address by which the service is known, without a slash at its end; none where it is not
    /// set.
    pub service: Option<String>,
}

/// A file, and the version that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptFile {
    /// The number of the version.
    pub version: i32,
    /// What the file says.
    pub text: String,
}

/// What there is for whoever wants a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// The file.
    File(ReceiptFile),
    /// No such municipality, period or version, or none that the caller sees.
    NotFound,
    /// The role has no receipts at all.
    NotForThisRole,
    /// Words of the version were blanked by law.
    Redacted,
}

/// A version that a file was found to be the receipt of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedVersion {
    /// The name of the receipt, as in `STM-2026-2-GM0402-1-de5b486492c1`.
    pub receipt: String,
    /// The CBS code of the municipality.
    pub municipality: String,
    /// The key of the period.
    pub period: String,
    /// The number of the version.
    pub version: i32,
}

/// What a file was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What it is.
    pub outcome: ReceiptOutcome,
    /// The version that it goes with; none when there is none, or words of it were blanked.
    pub version: Option<NamedVersion>,
}

/// The receipt of a version.
pub async fn of(session: &Session, wanted: &Wanted) -> Result<Receipt, DbError> {
    let mandate = session.mandate();
    match policy::ledger(mandate).compliance() {
        Rows::All | Rows::Own { .. } => {}
        Rows::Confirmed | Rows::Hidden(_) => return Ok(Receipt::NotForThisRole),
    }
    let of = VersionKey {
        municipality: &wanted.municipality,
        period: &wanted.period,
        number: wanted.version,
    };
    let Some((held, nonce)) = repo::find(session, &policy::answers(mandate), of).await? else {
        return Ok(Receipt::NotFound);
    };
    let Some(version) = held.version else {
        return Ok(Receipt::Redacted);
    };
    let kind = session.kind();
    let file = written(&version, &nonce, kind);
    let text = match wanted.form {
        Form::Json => file,
        form => {
            let archived = Archived {
                version: &version,
                name: &name_of(&version, kind),
                file: &file,
                municipality: &repo::name_then(session, &version).await?,
                service: wanted.service.as_deref(),
            };
            match form {
                Form::MdtoOfFile => archived.file(),
                Form::Json | Form::Mdto => archived.object(),
            }
        }
    };
    Ok(Receipt::File(ReceiptFile {
        version: version.number,
        text,
    }))
}

/// What a file says of itself; whatever else stands in it is compared as it stands.
#[derive(Deserialize)]
struct Claimed {
    ledger: i64,
    nonce: String,
}

impl Claimed {
    /// The entry and the nonce that a file names; none of what is no receipt.
    fn read(file: &[u8]) -> Option<(i64, Vec<u8>)> {
        let claimed: Self = serde_json::from_slice(file).ok()?;
        let nonce = hex::decode(&claimed.nonce).ok()?;
        (nonce.len() == NONCE).then_some((claimed.ledger, nonce))
    }
}

/// What a file is that came in as a receipt.
pub async fn check(session: &Session, file: &[u8]) -> Result<Checked, DbError> {
    let unknown = Checked {
        outcome: ReceiptOutcome::Unknown,
        version: None,
    };
    let Some((entry, nonce)) = Claimed::read(file) else {
        return Ok(unknown);
    };
    let Some(held) = repo::held(session, entry, nonce.clone()).await? else {
        return Ok(unknown);
    };
    let kind = session.kind();
    let Held {
        is_superseded,
        is_withdrawn,
        version,
    } = held;
    let Some(version) = version else {
        return Ok(Checked {
            outcome: ReceiptOutcome::Redacted,
            version: None,
        });
    };
    let is_same = written(&version, &nonce, kind).as_bytes() == file;
    Ok(Checked {
        outcome: if is_same {
            standing(is_superseded, is_withdrawn)
        } else {
            ReceiptOutcome::Changed
        },
        version: Some(NamedVersion {
            receipt: name_of(&version, kind),
            municipality: version.municipality,
            period: version.period,
            version: version.number,
        }),
    })
}

/// The name of the receipt, as `AssessmentVersion.receipt` tells it.
fn name_of(version: &HeldVersion, kind: DatabaseKind) -> String {
    let of = ReceiptOf::assessment(&version.period, &version.municipality, kind);
    of.version(version.number, &version.answers_hash)
        .unwrap_or_default()
}

/// The text of the file.
fn written(version: &HeldVersion, nonce: &[u8], kind: DatabaseKind) -> String {
    let answers: Vec<_> = version.answers.iter().map(answer).collect();
    canonical::text(&json!({
        "answers": answers,
        "answersHash": version.answers_hash,
        "approvedByFunction": version.approved_by_function,
        "approvedOn": version.approved_on,
        "database": kind.code(),
        "edition": version.edition,
        "form": FORM,
        "ledger": version.ledger,
        "municipality": version.municipality,
        "nonce": hex::encode(nonce),
        "onBehalf": version.on_behalf,
        "period": version.period,
        "reason": version.reason,
        "receipt": name_of(version, kind),
        "submittedAt": canonical::instant(version.submitted_at),
        "submittedBy": version.submitted_by,
        "version": version.number,
    }))
}

fn answer(one: &HeldAnswer) -> serde_json::Value {
    let pieces = one.evidence.iter().map(|piece| {
        json!({
            "address": piece.address,
            "effectiveOn": piece.effective_on,
            "kind": piece.kind,
            "receivedAt": canonical::instant(piece.received_at),
            "reference": piece.reference,
            "title": piece.title,
        })
    });
    let pieces: Vec<_> = pieces.collect();
    json!({
        "answer": one.answer,
        "criterion": one.criterion,
        "evidence": pieces,
        "explanation": one.explanation,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version() -> HeldVersion {
        serde_json::from_value(json!({
            "ledger": 3494, "municipality": "GM0402", "period": "2026-2", "number": 1,
            "edition": "VOORSTEL-1", "submitted_at": "2026-12-01T15:24:25.2+00:00",
            "submitted_by": "GM0402", "on_behalf": null,
            "approved_by_function": "Portefeuillehouder veiligheid", "approved_on": "2026-11-20",
            "answers_hash": "de5b486492c1e8ef", "reason": null,
            "answers": [{
                "criterion": "SV-02", "answer": "NOT_MET", "explanation": "Nog niet",
                "evidence": [],
            }],
        }))
        .unwrap()
    }

    #[test]
    fn a_receipt_is_written_in_the_canonical_form() {
        assert_eq!(
            written(&version(), &[7; 32], DatabaseKind::Real),
            "{\"answers\":[{\"answer\":\"NOT_MET\",\"criterion\":\"SV-02\",\"evidence\":[],\
             \"explanation\":\"Nog niet\"}],\"answersHash\":\"de5b486492c1e8ef\",\
             \"approvedByFunction\":\"Portefeuillehouder veiligheid\",\
             \"approvedOn\":\"2026-11-20\",\"database\":\"REAL\",\"edition\":\"VOORSTEL-1\",\
             \"form\":1,\"ledger\":3494,\"municipality\":\"GM0402\",\
             \"nonce\":\"0707070707070707070707070707070707070707070707070707070707070707\",\
             \"period\":\"2026-2\",\"receipt\":\"STM-2026-2-GM0402-1-de5b486492c1\",\
             \"submittedAt\":\"2026-12-01T15:24:25.200000Z\",\"submittedBy\":\"GM0402\",\
             \"version\":1}"
        );
    }

    #[test]
    fn a_file_names_its_entry_and_a_whole_nonce() {
        let file = written(&version(), &[7; 32], DatabaseKind::Real);
        assert_eq!(Claimed::read(file.as_bytes()), Some((3494, vec![7; 32])));
        for other in [
            "",
            "{}",
            "[]",
            "{\"ledger\":3494,\"nonce\":\"07\"}",
            "{\"ledger\":3494,\"nonce\":\"zz\"}",
            "{\"ledger\":\"3494\",\"nonce\":\"\"}",
        ] {
            assert_eq!(Claimed::read(other.as_bytes()), None, "{other}");
        }
    }
}
