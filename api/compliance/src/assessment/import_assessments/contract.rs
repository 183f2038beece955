//! What clients give and get of a table of many municipalities, and what is kept of it under its
//! key.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use serde::{Deserialize, Serialize};

use crate::{
    assessment::{errors::AssessmentError, left_out::LeftOut},
    framework::schema::{ReportingPeriod, find_period},
};
use graphql::{
    change::Outcome,
    payload::{IdempotencyKey, MOST_ITEMS},
};
use register::territory::schema::{Municipality, find_municipality};

/// A table of many municipalities to fill in. NL: in te vullen tabel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ImportAssessmentsInput {
    /// The key of the period. NL: periode.
    pub(super) period: String,
    /// The table as CSV, with commas, semicolons or tabs, at most 1,000 rows: a column
    /// `municipality` of CBS codes, a column for each criterion called by its code, as in `BB-03`,
    /// and perhaps one of explanations, as in `BB-03:explanation`; in whatever case, or by Dutch
    /// names. Where VNG confirmed the latest version of a municipality, its row is taken only if
    /// the column `again` says yes. Columns `name`, `municipality_name`, `confirmed` and
    /// `database` are not read. NL: tabel.
    pub(super) table: String,
    /// Why VNG fills in on behalf, 1 to 2,000 characters; a region needs none. NL: reden.
    pub(super) reason: Option<String>,
    /// Leave out the rows in whose way something stands and fill in the others; null or left out,
    /// it is all or nothing. NL: overslaan wat niet kan.
    pub(super) skip_unfit: Option<bool>,
    /// Only check: nothing is kept. NL: proefdraaien.
    #[graphql(default = false)]
    pub(super) dry_run: bool,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

/// What became of a table. NL: resultaat.
#[derive(SimpleObject, Debug, Default)]
#[graphql(complex)]
pub(crate) struct ImportAssessmentsPayload {
    /// Municipalities that were filled in for, or would have been; null when there are mistakes.
    /// NL: gemeenten.
    pub(in crate::assessment) municipalities: Option<i32>,
    /// Answers that were kept, or would have been; null when there are mistakes. NL: antwoorden.
    pub(in crate::assessment) answers: Option<i32>,
    /// Each municipality that was filled in for, or would have been, in the order of the table; no
    /// more than there are municipalities. NL: ingevulde gemeenten.
    #[graphql(complexity = "1 + MOST_ITEMS * child_complexity")]
    pub(in crate::assessment) filled_in: Vec<FilledInAssessment>,
    /// The mistakes in the rows that were left out; empty unless you say `skipUnfit`. NL:
    /// overgeslagen.
    pub(in crate::assessment) left_out: Vec<AssessmentError>,
    /// What to repair, every mistake with its row and column; empty when all is well, and otherwise
    /// nothing was kept. NL: fouten.
    pub(in crate::assessment) errors: Vec<AssessmentError>,
}

graphql::warned! { ImportAssessmentsPayload }

impl From<TableRead> for ImportAssessmentsPayload {
    fn from(read: TableRead) -> Self {
        let items = read.filled.iter().map(|one| FilledInAssessment {
            municipality_code: one.municipality.clone(),
            period_key: read.period.clone(),
            answers: one.answers,
            filling: one.filling,
            ledger: one.ledger,
        });
        Self {
            municipalities: Some(read.municipalities),
            answers: Some(read.answers),
            filled_in: items.collect(),
            left_out: LeftOut::errors(&read.left_out),
            errors: Vec::new(),
        }
    }
}

/// A municipality that a table filled in for. NL: ingevulde gemeente.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct FilledInAssessment {
    #[graphql(skip)]
    municipality_code: String,
    #[graphql(skip)]
    period_key: String,
    /// Answers of its row. NL: antwoorden.
    answers: i32,
    /// The number of what was filled in on its behalf, from 1, for `acceptOnBehalf`; null in a
    /// draft, and after a dry run. NL: nummer.
    filling: Option<i32>,
    /// The number of the entry in the ledger; null in a draft, which is no entry, and after a dry
    /// run. NL: nummer in het grootboek.
    ledger: Option<i64>,
}

#[ComplexObject]
impl FilledInAssessment {
    /// The municipality; null when it does not exist any more. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, &self.municipality_code).await
    }

    /// The reporting period. NL: rapportageperiode.
    async fn period(&self, ctx: &Context<'_>) -> Result<Option<ReportingPeriod>> {
        find_period(ctx, &self.period_key).await
    }
}

/// A municipality that was filled in for, as it is kept under the key.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Filled {
    pub(super) municipality: String,
    pub(super) answers: i32,
    pub(super) filling: Option<i32>,
    pub(super) ledger: Option<i64>,
}

/// What became of a table, as it is kept under the key.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::assessment) struct TableRead {
    pub(super) period: String,
    pub(super) municipalities: i32,
    pub(super) answers: i32,
    pub(super) filled: Vec<Filled>,
    pub(super) left_out: Vec<LeftOut>,
}

impl TableRead {
    /// That of the rows that were filled in, and of the mistakes for which others were left out.
    pub(super) fn of(period: &str, filled: Vec<Filled>, left_out: Vec<LeftOut>) -> Self {
        Self {
            period: period.to_owned(),
            municipalities: i32::try_from(filled.len()).unwrap_or(i32::MAX),
            answers: filled.iter().map(|one| one.answers).sum(),
            filled,
            left_out,
        }
    }

    pub(super) fn to_text(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// An outcome of before it had a list: how many municipalities, and how many answers.
    fn of_counts(kept: &str) -> Option<Self> {
        let (municipalities, answers) = kept.split_once('/')?;
        Some(Self {
            period: String::new(),
            municipalities: municipalities.parse().ok()?,
            answers: answers.parse().ok()?,
            filled: Vec::new(),
            left_out: Vec::new(),
        })
    }
}

impl Outcome for TableRead {
    fn read(kept: String) -> Option<Self> {
        if !kept.starts_with('{') {
            return Self::of_counts(&kept);
        }
        let read: Self = serde_json::from_str(&kept).ok()?;
        LeftOut::are_known(&read.left_out).then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_read_back_in_both_its_forms() {
        let filled = Filled {
            municipality: "GM0402".to_owned(),
            answers: 3,
            filling: Some(1),
            ledger: Some(7),
        };
        let kept = TableRead::of("2026-2", vec![filled], Vec::new()).to_text();
        let read = TableRead::read(kept).unwrap();
        assert_eq!((read.municipalities, read.answers), (1, 3));
        assert_eq!(read.filled[0].ledger, Some(7));
        let old = TableRead::read("342/7524".to_owned()).unwrap();
        assert_eq!((old.municipalities, old.answers), (342, 7524));
        assert!(old.filled.is_empty());
        assert!(TableRead::read("{}".to_owned()).is_none());
        assert!(TableRead::read("iets".to_owned()).is_none());
    }
}
