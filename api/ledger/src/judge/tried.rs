//! What the verdicts of a period would be under an edition that is tried: the same inputs and the
//! same rules, counted, and nothing of it is kept.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    Concerned, PURPOSE,
    inputs::{self, Case},
};
use database::{DbError, Session};
use domain::{
    policy::MayManageFramework,
    verdict::rules::{self, Basis, Edition, Inputs, VerdictStatus},
};

/// An edition that is tried on a period.
#[derive(Debug, Clone)]
pub struct Trial<'a> {
    /// The key of the period, as in `2026-2`.
    pub period: &'a str,
    /// The day on which the verdicts are told.
    pub day: NaiveDate,
    /// The edition as it would be.
    pub edition: &'a Edition,
    /// The codes of the criteria that go on as they stand, under the same code. What was answered
    /// to others is not an answer under the edition.
    pub carried: BTreeSet<&'a str>,
}

/// Municipalities whose verdicts go from one status to another, or stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tried {
    /// On which versions.
    pub basis: Basis,
    /// What the verdicts are.
    pub before: VerdictStatus,
    /// What they would be.
    pub after: VerdictStatus,
    /// How many municipalities.
    pub count: usize,
}

/// Counts what the verdicts of all municipalities that handed in would become, on each basis.
///
/// # Errors
/// When the database fails, or something stored cannot be read.
pub async fn tried(
    session: &Session,
    _permit: &MayManageFramework,
    trial: &Trial<'_>,
) -> Result<Vec<Tried>, DbError> {
    let concerned = Concerned::everyone().in_period(trial.period);
    let judging = session.for_purpose(PURPOSE).await?;
    let (cases, _) = inputs::cases(&judging, &concerned, inputs::NOTHING).await?;
    judging.end().await?;
    let mut counts: BTreeMap<(&str, VerdictStatus, VerdictStatus), usize> = BTreeMap::new();
    let judged = cases.into_iter().filter(|case| case.version.is_some());
    for Case { inputs, .. } in judged {
        let (basis, before) = (inputs.basis, rules::judge(&inputs, trial.day).status);
        let after = rules::judge(&trial.under_edition(inputs), trial.day).status;
        *counts.entry((basis.code(), before, after)).or_default() += 1;
    }
    let tried = counts
        .into_iter()
        .filter_map(|((basis, before, after), count)| {
            Some(Tried {
                basis: Basis::from_code(basis)?,
                before,
                after,
                count,
            })
        });
    Ok(tried.collect())
}

impl Trial<'_> {
    /// What a verdict would depend on under the edition.
    fn under_edition(&self, mut inputs: Inputs) -> Inputs {
        let is_carried = |code: &str| self.carried.contains(code);
        if let Some(version) = &mut inputs.version {
            version.answers.retain(|one| is_carried(&one.criterion));
        }
        inputs
            .regional_answers
            .retain(|one| is_carried(&one.criterion));
        Inputs {
            edition: self.edition.clone(),
            ..inputs
        }
    }
}
