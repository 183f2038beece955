//! The validation report: every published figure beside the one that we compute, and every conflict between
//! sources. A difference is either known, with its reason, or unexpected; an unexpected one stops the import.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{DataSet, Row};

/// How a check came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As published.
    Equal,
    /// A difference that we know, with the reason in Dutch and English.
    Known {
        /// Why, in Dutch.
        reason_nl: String,
        /// Why, in English.
        reason_en: String,
    },
    /// A difference that nobody explained.
    Unexpected,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What is compared, as in `dashboard`.
    pub check: &'static str,
    /// Of what, as in `2025-1/TOTAL/COMPLETED`.
    pub subject: String,
    /// What a document prints.
    pub published: String,
    /// What the data give.
    pub computed: String,
    /// How it came out.
    pub outcome: Outcome,
}

/// All comparisons of a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationReport {
    /// In the order in which they are told.
    pub checks: Vec<Check>,
}

impl ValidationReport {
    /// Compares everything that can be compared.
    pub(super) fn of(set: &DataSet) -> Self {
        let mut checks = Vec::new();
        checks.extend(dashboard(set));
        checks.extend(municipalities(set));
        checks.extend(titles(set));
        checks.extend(statuses(set));
        let mut unused: BTreeSet<(&str, &str)> = set
            .known_differences
            .iter()
            .map(|known| (known.check.as_str(), known.subject.as_str()))
            .collect();
        for check in &mut checks {
            if check.published == check.computed {
                continue;
            }
            let known = set
                .known_differences
                .iter()
                .find(|known| known.check == check.check && known.subject == check.subject);
            if let Some(known) = known {
                unused.remove(&(known.check.as_str(), known.subject.as_str()));
                check.outcome = Outcome::Known {
                    reason_nl: known.reason_nl.clone(),
                    reason_en: known.reason_en.clone(),
                };
            } else {
                check.outcome = Outcome::Unexpected;
            }
        }
        for (check, subject) in unused {
            checks.push(Check {
                check: "known_difference",
                subject: format!("{check} {subject}"),
                published: "a difference".to_owned(),
                computed: "none found".to_owned(),
                outcome: Outcome::Unexpected,
            });
        }
        Self { checks }
    }

    /// Whether a difference is unexplained.
    #[must_use]
    pub fn has_unexpected(&self) -> bool {
        self.checks
            .iter()
            .any(|check| check.outcome == Outcome::Unexpected)
    }

    /// The report as lines for people: differences one by one, equal figures counted.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut equal: BTreeMap<&str, usize> = BTreeMap::new();
        let mut lines = Vec::new();
        for check in &self.checks {
            let figures = format!(
                "{} {}: published {:?}, computed {:?}",
                check.check, check.subject, check.published, check.computed
            );
            match &check.outcome {
                Outcome::Equal => *equal.entry(check.check).or_default() += 1,
                Outcome::Known { reason_en, .. } => {
                    lines.push(format!("known       {figures} ({reason_en})"))
                }
                Outcome::Unexpected => lines.push(format!("UNEXPECTED  {figures}")),
            }
        }
        let counts = equal
            .iter()
            .map(|(check, count)| format!("equal       {check}: {count} as published"));
        counts.chain(lines).collect()
    }
}

fn compared(check: &'static str, subject: String, published: String, computed: String) -> Check {
    Check {
        check,
        subject,
        published,
        computed,
        outcome: Outcome::Equal,
    }
}

/// The 42 cells of the dashboard, computed from the actions and their reports.
fn dashboard(set: &DataSet) -> Vec<Check> {
    let line_of: BTreeMap<&str, i64> = set
        .rows("actions.csv")
        .iter()
        .map(|action| (action.subject_key.as_str(), action.number("line")))
        .collect();
    let mut counts: BTreeMap<(String, String), i64> = BTreeMap::new();
    for report in set.rows("status_reports.csv") {
        let action = format!("{}/{}", report.text("plan"), report.number("action"));
        let line = line_of
            .get(action.as_str())
            .copied()
            .unwrap_or_default()
            .to_string();
        for place in [line, "TOTAL".to_owned()] {
            for measure in [report.text("status"), "TOTAL"] {
                let cell = (place.clone(), measure.to_owned());
                *counts.entry(cell).or_default() += 1;
            }
        }
    }
    set.rows("published_counts.csv")
        .iter()
        .map(|cell| {
            let place = (
                cell.text("line").to_owned(),
                cell.text("measure").to_owned(),
            );
            let computed = counts.get(&place).copied().unwrap_or_default();
            compared(
                "dashboard",
                cell.subject_key.clone(),
                cell.number("value").to_string(),
                computed.to_string(),
            )
        })
        .collect()
}

fn municipalities(set: &DataSet) -> Vec<Check> {
    set.municipality_counts
        .iter()
        .map(|published| {
            let exist = set.rows("municipalities.csv").iter().filter(|row| {
                row.day("valid_from")
                    .is_none_or(|from| from <= published.day)
                    && row.day("valid_to").is_none_or(|to| to > published.day)
            });
            compared(
                "municipalities",
                published.day.to_string(),
                published.count.to_string(),
                exist.count().to_string(),
            )
        })
        .collect()
}

/// The share of words that two titles have in common, in thousandths.
fn likeness(a: &str, b: &str) -> usize {
    let words = |text: &str| -> BTreeSet<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 2)
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    shared * 1000 / a.union(&b).count().max(1)
}

/// Titles that two documents give to each other's numbers: each of two overview titles is most like the letter's title
/// of the other.
fn titles(set: &DataSet) -> Vec<Check> {
    let by_source = |document: &str| -> BTreeMap<String, &str> {
        set.rows("action_titles.csv")
            .iter()
            .filter(|row| row.text("source_document") == document)
            .map(|row| {
                (
                    format!("{}/{}", row.text("plan"), row.number("number")),
                    row.text("title_nl"),
                )
            })
            .collect()
    };
    let (overview, letter) = (by_source("monitoring-2025"), by_source("letter-28638-249"));
    let most_like = |action: &str| -> Option<&String> {
        let printed = overview.get(action)?;
        let likeness =
            |other: &String, title: &str| (likeness(printed, title), other.as_str() == action);
        letter
            .iter()
            .max_by_key(|(other, title)| likeness(other, title))
            .map(|(other, _)| other)
    };
    overview
        .iter()
        .filter_map(|(action, printed)| {
            let own = letter.get(action)?;
            let other = most_like(action)?;
            let swapped = other != action && most_like(other) == Some(action);
            let computed = if swapped { printed } else { own };
            Some(compared(
                "action_title",
                action.clone(),
                (*own).to_owned(),
                (*computed).to_owned(),
            ))
        })
        .collect()
}

/// Signals: a text that tells of a delay under a status that does not, and a finished action whose period runs on.
/// A signal never changes the reported status.
fn statuses(set: &DataSet) -> Vec<Check> {
    let action = |report: &Row| format!("{}/{}", report.text("plan"), report.number("action"));
    let mut checks = Vec::new();
    for report in set.rows("status_reports.csv") {
        let status = report.text("status");
        let text = report
            .free_text
            .as_deref()
            .unwrap_or_default()
            .to_lowercase();
        let tells_of_delay = text.contains("langer dan gepland") || text.contains("vertraagd");
        let told = if tells_of_delay {
            "IN_PROGRESS_DELAYED"
        } else {
            status
        };
        checks.push(compared(
            "status_text",
            action(report),
            status.to_owned(),
            told.to_owned(),
        ));
        let runs_on = status == "COMPLETED" && !report.text("period_text").is_empty();
        let told = if runs_on {
            report.text("period_text")
        } else {
            status
        };
        checks.push(compared(
            "status_period",
            action(report),
            status.to_owned(),
            told.to_owned(),
        ));
    }
    checks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_data_differ_only_where_we_know_it() {
        let report = ValidationReport::of(&DataSet::built_in().unwrap());
        assert!(!report.has_unexpected(), "{:#?}", report.lines());
        let known: Vec<&str> = report
            .checks
            .iter()
            .filter(|check| matches!(check.outcome, Outcome::Known { .. }))
            .map(|check| check.subject.as_str())
            .collect();
        assert_eq!(known, ["2024/7", "2024/8", "2024/17", "2024/36"]);
    }
}
