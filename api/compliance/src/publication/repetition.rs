//! Of a reporting period there is one publication of counts, after its last day. A second one only
//! after the first was withdrawn, and it repeats what everybody has read of it, except the errors
//! that are named.

use chrono::NaiveDate;

use super::{
    errors::PublicationErrorCode as Code,
    files::{Correction, Manifest},
    repo::{self, Row},
};
use crate::framework;
use database::{DbError, Session};
use domain::{
    mistake::Mistake,
    picture::{codes::PictureGrouping, rules::CountingRule},
    policy,
    publication::{
        codes::{PublicationKind, PublicationLevel, PublicationState},
        lines::Line,
        repetition::{Deviation, Named, deviation},
    },
    text::{Language, day},
};

/// Cells that are named in one refusal.
const MOST_NAMED: usize = 40;

/// The publications of counts of a period, the latest first.
pub(super) struct Earlier {
    rows: Vec<Row>,
}

/// Whether a publication tells counts of municipalities and no names.
fn is_of_counts(row: &Row) -> bool {
    row.kind == PublicationKind::CompliancePicture.code()
        && row.level != PublicationLevel::ByName.code()
}

impl Earlier {
    /// Those of a period; `but` is one that is left out.
    pub(super) async fn of(
        session: &Session,
        period: &str,
        but: Option<&str>,
    ) -> Result<Self, DbError> {
        let scope = policy::publications(session.mandate());
        let rows = repo::publications(session, &scope).await?.into_iter();
        let of_period = rows.filter(|row| is_of_counts(row) && row.about == period);
        Ok(Self {
            rows: of_period
                .filter(|row| but != Some(row.key.as_str()))
                .collect(),
        })
    }

    /// What speaks against preparing another one: that the period is open, and one that stands.
    pub(super) fn mistakes(&self, closes_on: NaiveDate, today: NaiveDate) -> Vec<Mistake<Code>> {
        let at = ["about"];
        let open = (today <= closes_on).then(|| period_open(&at, closes_on));
        let standing = self.standing(&[PublicationState::Withdrawn]);
        let standing = standing.map(|row| already_published(&at, &row.key));
        open.into_iter().chain(standing).collect()
    }

    /// One that is in none of these states.
    fn standing(&self, but: &[PublicationState]) -> Option<&Row> {
        let mut rows = self.rows.iter();
        rows.find(|row| but.iter().all(|state| state.code() != row.state))
    }

    /// The latest that everybody has read and that was withdrawn.
    pub(super) async fn read(self, session: &Session) -> Result<Option<Read>, DbError> {
        let withdrawn = PublicationState::Withdrawn.code();
        let read = self.rows.into_iter();
        let read = read.filter(|row| row.state == withdrawn && row.released_at.is_some());
        let Some(row) = read.max_by_key(|row| row.released_at) else {
            return Ok(None);
        };
        Ok(Some(Read {
            manifest: repo::manifest(&row)?,
            lines: repo::lines(session, &row.key).await?.unwrap_or_default(),
        }))
    }
}

/// A publication of counts that everybody has read and that was withdrawn.
pub(super) struct Read {
    manifest: Manifest,
    lines: Vec<Line>,
}

impl Read {
    /// The keys of the lines that it withheld.
    pub(super) fn withheld(&self) -> Vec<String> {
        let lines = self.lines.iter().filter(|line| line.withheld.is_some());
        lines.map(|line| line.key.clone()).collect()
    }

    /// What speaks against these lines as its repetition.
    pub(super) fn mistakes(&self, manifest: &Manifest, lines: &[Line]) -> Vec<Mistake<Code>> {
        let mut mistakes = Vec::new();
        let Manifest {
            grouping,
            counting_rule,
            ..
        } = &self.manifest;
        if *grouping != manifest.grouping {
            let found = grouping.as_deref().and_then(PictureGrouping::from_code);
            let label = found.unwrap_or(PictureGrouping::Country).label();
            mistakes.push(self.counts_otherwise("by", ("indeling", "grouping"), label));
        }
        if *counting_rule != manifest.counting_rule {
            let label = CountingRule::of_code(counting_rule.as_deref()).label();
            let what = ("telregel", "counting rule");
            mistakes.push(self.counts_otherwise("countingRule", what, label));
        }
        if !mistakes.is_empty() {
            return mistakes;
        }
        let named: Vec<Named<'_>> = manifest
            .corrections
            .iter()
            .map(|one| Named {
                key: &one.key,
                column: &one.column,
            })
            .collect();
        let Deviation { unnamed, idle } = deviation(&self.lines, lines, &named);
        if !unnamed.is_empty() {
            let cells = unnamed.iter().take(MOST_NAMED);
            let cells: Vec<String> = cells
                .map(|change| format!("{} {}", change.key, change.column))
                .collect();
            mistakes.push(self.not_a_repetition(&cells, unnamed.len() - cells.len()));
        }
        let named = idle.into_iter();
        mistakes.extend(named.map(|at| not_a_correction(at, &manifest.corrections[at])));
        mistakes
    }

    fn counts_otherwise(
        &self,
        field: &str,
        what: (&str, &str),
        label: (&str, &str),
    ) -> Mistake<Code> {
        let key = &self.manifest.publication;
        Mistake::at(
            Code::NotARepetition,
            &[field],
            format!(
                "Deze publicatie herhaalt {key}, die is ingetrokken. Kies dezelfde {}: “{}”.",
                what.0, label.0
            ),
            format!(
                "This publication repeats {key}, which was withdrawn. Choose the same {}: “{}”.",
                what.1, label.1
            ),
        )
    }

    fn not_a_repetition(&self, cells: &[String], more: usize) -> Mistake<Code> {
        let key = &self.manifest.publication;
        let cells = cells.join(", ");
        let (nl, en) = match more {
            0 => (String::new(), String::new()),
            more => (format!(" en nog {more}"), format!(" and {more} more")),
        };
        Mistake::at(
            Code::NotARepetition,
            &["corrections"],
            format!(
                "Deze publicatie herhaalt {key}, die is ingetrokken, op fouten na. Anders dan toen, \
                 en niet als correctie genoemd: {cells}{nl}. Noem elke fout met haar regel, kolom \
                 en reden."
            ),
            format!(
                "This publication repeats {key}, which was withdrawn, except errors. Other than \
                 then, and not named as a correction: {cells}{en}. Name each error with its line, \
                 column and reason."
            ),
        )
    }
}

fn period_open(at: &[&str], closes_on: NaiveDate) -> Mistake<Code> {
    let (nl, en) = (day(Language::Nl, closes_on), day(Language::En, closes_on));
    Mistake::at(
        Code::PeriodOpen,
        at,
        format!(
            "De periode loopt tot en met {nl}. Bereid een beeld zonder namen daarna voor; met naam \
             kan het eerder, met een reden."
        ),
        format!(
            "The period runs until {en}, inclusive. Prepare a picture without names after that; by \
             name it can be told earlier, with a reason."
        ),
    )
}

fn already_published(at: &[&str], key: &str) -> Mistake<Code> {
    Mistake::at(
        Code::AlreadyPublished,
        at,
        format!(
            "Van deze periode is er al een beeld zonder namen: {key}. Trek dat eerst in; wat \
             openbaar was, wordt daarna herhaald, op genoemde fouten na."
        ),
        format!(
            "Of this period there is a picture without names already: {key}. Withdraw that first; \
             what was public is then repeated, except errors that are named."
        ),
    )
}

/// The day of a picture without names.
pub(super) fn wrong_day(at: &[&str], closes_on: NaiveDate) -> Mistake<Code> {
    let (nl, en) = (day(Language::Nl, closes_on), day(Language::En, closes_on));
    Mistake::at(
        Code::InvalidReferenceDate,
        at,
        format!(
            "Een beeld zonder namen is van de laatste dag van de periode, {nl}; bereid het voor \
             met die dag."
        ),
        format!(
            "A picture without names is of the last day of the period, {en}; prepare it with that \
             day."
        ),
    )
}

/// Corrections of what repeats nothing.
pub(super) fn nothing_to_repeat(corrections: &[Correction]) -> Vec<Mistake<Code>> {
    let none = corrections.is_empty();
    let mistake = || {
        Mistake::at(
            Code::NotACorrection,
            &["corrections"],
            "Een correctie hoort bij een beeld zonder namen dat een ingetrokken beeld van dezelfde \
             periode herhaalt; dat is hier niet zo.",
            "A correction belongs to a picture without names that repeats a withdrawn one of the \
             same period; this one does not.",
        )
    };
    (!none).then(mistake).into_iter().collect()
}

fn not_a_correction(at: usize, named: &Correction) -> Mistake<Code> {
    let Correction { key, column, .. } = named;
    Mistake::at(
        Code::NotACorrection,
        &["corrections", &at.to_string()],
        format!("{key} {column} is niet anders dan het was, of is al genoemd; laat het weg."),
        format!("{key} {column} is as it was, or is named already; leave it out."),
    )
}

/// What speaks against publishing a picture of counts that was prepared. One that was prepared by
/// an earlier release may be of an open period, or beside another.
pub(super) async fn publish_mistakes(
    session: &Session,
    row: &Row,
) -> Result<Vec<Mistake<Code>>, DbError> {
    let at = ["publication"];
    if !is_of_counts(row) {
        return Ok(Vec::new());
    }
    let period = framework::repo::find_period_by_text(session, &row.about).await?;
    let Some(period) = period else {
        return Ok(Vec::new());
    };
    let mut mistakes = Vec::new();
    if session.today() <= period.closes_on {
        mistakes.push(period_open(&at, period.closes_on));
    } else if row.reference_date != period.closes_on {
        mistakes.push(wrong_day(&at, period.closes_on));
    }
    let earlier = Earlier::of(session, &row.about, Some(&row.key)).await?;
    let standing = earlier.standing(&[PublicationState::Prepared, PublicationState::Withdrawn]);
    mistakes.extend(standing.map(|row| already_published(&at, &row.key)));
    if let Some(read) = earlier.read(session).await? {
        let lines = repo::lines(session, &row.key).await?.unwrap_or_default();
        let found = read.mistakes(&repo::manifest(row)?, &lines);
        mistakes.extend(found.into_iter().map(|mistake| Mistake {
            field: at.map(str::to_owned).to_vec(),
            ..mistake
        }));
    }
    Ok(mistakes)
}
