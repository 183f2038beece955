//! Evidence that goes with an answer: what it must be, how a draft keeps it, and when it is stale.
//! Pure.

use crate::{document::Document, mistake::Mistake, personal_data::personal_data};
use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The kind of evidence that a criterion did not foresee.
pub(super) const OTHER_KIND: &str = "OTHER";
/// Pieces of evidence that an answer may have.
const MOST: usize = 20;
/// Characters of a title or a reference.
const LONGEST_TEXT: usize = 300;
/// Characters of an address.
const LONGEST_ADDRESS: usize = 2000;

/// What can be wrong with evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceMistake {
    /// An answer has more pieces than anybody would read.
    TooMuch,
    /// The criterion knows no evidence of this kind.
    UnknownKind,
    /// A title or a reference is empty or too long.
    Text,
    /// A text holds a BSN, an e-mail address or what feigns a redaction.
    PersonalData,
    /// The address is not a whole one over https.
    InvalidAddress,
    /// Neither an address nor a reference says where it stands.
    Nowhere,
    /// Its date lies in the future.
    InTheFuture,
}

/// A piece of evidence as the caller gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenEvidence {
    /// A kind that the criterion names, or `OTHER`. NL: soort bewijs.
    pub kind: String,
    /// The title, 1 to 300 characters without blanks around them. NL: titel.
    pub title: String,
    /// Where it stands: a whole address over https, at most 2000 characters. NL: adres.
    pub address: Option<String>,
    /// Where it stands when no address says so, 1 to 300 characters. NL: kenmerk.
    pub reference: Option<String>,
    /// The day from which it shows what it shows, not in the future. NL: datum van het bewijs.
    pub effective_on: NaiveDate,
}

/// A piece of evidence as a draft keeps it. What is submitted of it is sealed, so a value that is
/// missing or unknown is an error, also where the value may be null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// A kind that the criterion named at that time, or `OTHER`. NL: soort bewijs.
    pub kind: String,
    /// The title, without blanks around it. NL: titel.
    pub title: String,
    /// Where it stands, over https; none when only the reference says so. NL: adres.
    #[serde(deserialize_with = "Option::deserialize")]
    pub address: Option<String>,
    /// Where it stands when no address says so, as in `Besluit 2026/12`. NL: kenmerk.
    #[serde(deserialize_with = "Option::deserialize")]
    pub reference: Option<String>,
    /// The day from which it shows what it shows. NL: datum van het bewijs.
    pub effective_on: NaiveDate,
    /// When the service first received it.
    pub received_at: DateTime<Utc>,
}

impl Document for Evidence {
    const NAME: &'static str = "evidence of a draft";
}

/// Evidence as it is kept: a piece that was there already keeps the instant at which it was
/// received.
pub fn received(given: &[GivenEvidence], kept: &[Evidence], now: DateTime<Utc>) -> Vec<Evidence> {
    let text = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).unwrap_or_default();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let pieces = given.iter().map(|one| {
        let piece = Evidence {
            kind: one.kind.clone(),
            title: one.title.trim().to_owned(),
            address: text(&one.address),
            reference: text(&one.reference),
            effective_on: one.effective_on,
            received_at: now,
        };
        let same = |old: &&Evidence| {
            **old
                == Evidence {
                    received_at: old.received_at,
                    ..piece.clone()
                }
        };
        kept.iter().find(same).cloned().unwrap_or(piece)
    });
    pieces.collect()
}

/// The last day on which evidence is called fresh, by the review period of its criterion. From the
/// next day on it is stale, and still counts until the next assessment.
pub fn fresh_until(effective_on: NaiveDate, review_months: u32) -> NaiveDate {
    effective_on
        .checked_add_months(Months::new(review_months))
        .unwrap_or(NaiveDate::MAX)
}

/// Months before the last fresh day in which evidence is about to expire.
const EXPIRING: Months = Months::new(3);

/// The first day on which evidence is about to expire, by the last one on which it is fresh.
pub fn expiring_from(last_fresh_day: NaiveDate) -> NaiveDate {
    last_fresh_day
        .checked_sub_months(EXPIRING)
        .unwrap_or(NaiveDate::MIN)
}

/// What is wrong with the evidence of one answer, every mistake at once.
pub fn mistakes(
    at: &[&str],
    given: &[GivenEvidence],
    kinds: &[String],
    today: NaiveDate,
) -> Vec<Mistake<EvidenceMistake>> {
    let mut mistakes = Vec::new();
    if given.len() > MOST {
        mistakes.push(Mistake::at(
            EvidenceMistake::TooMuch,
            &[at, &["evidence"]].concat(),
            format!("Een antwoord heeft ten hoogste {MOST} bewijsstukken."),
            format!("An answer has at most {MOST} pieces of evidence."),
        ));
    }
    for (i, one) in given.iter().enumerate() {
        let index = i.to_string();
        let place = [at, &["evidence", &index]].concat();
        mistakes.extend(mistakes_of_one(&place, one, kinds, today));
    }
    mistakes
}

fn mistakes_of_one(
    at: &[&str],
    one: &GivenEvidence,
    kinds: &[String],
    today: NaiveDate,
) -> Vec<Mistake<EvidenceMistake>> {
    let mut mistakes = Vec::new();
    let mut wrong = |code, field: &str, nl: &str, en: &str| {
        mistakes.push(Mistake::at(code, &[at, &[field]].concat(), nl, en));
    };
    if one.kind != OTHER_KIND && !kinds.contains(&one.kind) {
        let known = [kinds, &[OTHER_KIND.to_owned()]].concat().join(", ");
        wrong(
            EvidenceMistake::UnknownKind,
            "kind",
            &format!("Dit criterium kent als bewijs: {known}."),
            &format!("This criterion knows as evidence: {known}."),
        );
    }
    let texts = [
        ("title", Some(&one.title)),
        ("reference", one.reference.as_ref()),
        ("address", one.address.as_ref()),
    ];
    // How long an address may be belongs to what an address is.
    for (field, text) in texts.into_iter().take(2) {
        let Some(text) = text else { continue };
        if text.trim().is_empty() || text.chars().count() > LONGEST_TEXT {
            wrong(
                EvidenceMistake::Text,
                field,
                &format!("Schrijf 1 tot {LONGEST_TEXT} tekens."),
                &format!("Write 1 to {LONGEST_TEXT} characters."),
            );
        }
    }
    for (field, text) in texts {
        if let Some(found) = text.and_then(|text| personal_data(text)) {
            let (nl, en) = found.refusal();
            wrong(EvidenceMistake::PersonalData, field, nl, en);
        }
    }
    match &one.address {
        Some(address) if !is_https(address.trim()) => wrong(
            EvidenceMistake::InvalidAddress,
            "address",
            "Geef een volledig adres dat met https:// begint.",
            "Give a whole address that begins with https://.",
        ),
        Some(_) => {}
        None if one.reference.is_some() => {}
        None => wrong(
            EvidenceMistake::Nowhere,
            "address",
            "Zeg waar het bewijs staat: een adres of een kenmerk.",
            "Say where the evidence stands: an address or a reference.",
        ),
    }
    if one.effective_on > today {
        wrong(
            EvidenceMistake::InTheFuture,
            "effectiveOn",
            "De datum van het bewijs ligt in de toekomst.",
            "The date of the evidence lies in the future.",
        );
    }
    mistakes
}

/// An address of the web, over TLS, with a host and no name of a user in it.
fn is_https(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    address.chars().count() <= LONGEST_ADDRESS
        && host.contains('.')
        && !host.starts_with('.')
        && !host.contains('@')
        && !address.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn piece() -> GivenEvidence {
        GivenEvidence {
            kind: "POLICY_DOCUMENT".to_owned(),
            title: "Beleidsplan".to_owned(),
            address: Some("https://www.hilversum.nl/plan".to_owned()),
            reference: None,
            effective_on: day("2026-01-31"),
        }
    }

    fn to_view(given: &[GivenEvidence]) -> Vec<(EvidenceMistake, String)> {
        let kinds = ["POLICY_DOCUMENT".to_owned()];
        mistakes(&["answers", "0"], given, &kinds, day("2026-11-22"))
            .into_iter()
            .map(|mistake| (mistake.code, mistake.field.join(".")))
            .collect()
    }

    #[test]
    fn evidence_is_about_to_expire_three_months_before_its_last_fresh_day() {
        let last = fresh_until(day("2025-11-30"), 12);
        assert_eq!(last, day("2026-11-30"));
        assert_eq!(expiring_from(last), day("2026-08-30"));
        assert_eq!(expiring_from(day("2026-05-31")), day("2026-02-28"));
        assert_eq!(expiring_from(NaiveDate::MIN), NaiveDate::MIN);
    }

    #[test]
    fn good_evidence_passes() {
        let by_reference = GivenEvidence {
            kind: OTHER_KIND.to_owned(),
            address: None,
            reference: Some("Besluit 2026/12".to_owned()),
            ..piece()
        };
        assert_eq!(to_view(&[piece(), by_reference]), []);
    }

    #[test]
    fn every_mistake_has_its_place() {
        let at = |i: usize, field: &str| format!("answers.0.evidence.{i}.{field}");
        let wrong = [
            GivenEvidence {
                kind: "POEM".to_owned(),
                title: " ".to_owned(),
                address: Some("http://hilversum.nl".to_owned()),
                effective_on: day("2026-11-23"),
                ..piece()
            },
            GivenEvidence {
                title: "Mail van anna@hilversum.nl".to_owned(),
                address: None,
                ..piece()
            },
        ];
        assert_eq!(
            to_view(&wrong),
            [
                (EvidenceMistake::UnknownKind, at(0, "kind")),
                (EvidenceMistake::Text, at(0, "title")),
                (EvidenceMistake::InvalidAddress, at(0, "address")),
                (EvidenceMistake::InTheFuture, at(0, "effectiveOn")),
                (EvidenceMistake::PersonalData, at(1, "title")),
                (EvidenceMistake::Nowhere, at(1, "address")),
            ]
        );
        let many = vec![piece(); MOST + 1];
        assert_eq!(
            to_view(&many),
            [(EvidenceMistake::TooMuch, "answers.0.evidence".to_owned())]
        );
    }

    #[test]
    fn addresses_are_whole_and_over_tls() {
        for good in ["https://a.nl", "https://www.a.nl/b?c=d#e"] {
            assert!(is_https(good), "{good}");
        }
        for bad in [
            "https://",
            "https://local",
            "https://a.nl/ b",
            "ftp://a.nl",
            "https://u@a.nl/",
            "javascript:alert(1)",
        ] {
            assert!(!is_https(bad), "{bad}");
        }
    }

    #[test]
    fn evidence_is_received_once() {
        let (first, later) = ("2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z");
        let [first, later] = [first, later].map(|text| text.parse().unwrap());
        let kept = received(&[piece()], &[], first);
        let other = GivenEvidence {
            title: "Actieplan".to_owned(),
            ..piece()
        };
        let again = received(&[other, piece()], &kept, later);
        assert_eq!(again[0].received_at, later);
        assert_eq!(again[1], kept[0]);
    }

    #[test]
    fn evidence_is_fresh_for_the_review_period() {
        assert_eq!(fresh_until(day("2026-01-31"), 1), day("2026-02-28"));
        assert_eq!(fresh_until(day("2024-03-01"), 24), day("2026-03-01"));
    }
}
