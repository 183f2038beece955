//! The validation report: every published figure beside the one that we compute, and every conflict
//! between sources. A difference is either known, with its reason, or unexpected; an unexpected one
//! stops the import.

use std::collections::{BTreeMap, BTreeSet};

use domain::{personal_data::sign_of_a_person, quality::codes::DataDecisionKind};

use super::{
    checks,
    files::{DataSet, Row},
    rows,
};

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

/// A row that people put in, or took away.
#[derive(Debug, Clone)]
pub(super) struct Changed {
    pub(super) file: &'static str,
    pub(super) row: Row,
    pub(super) is_new: bool,
}

impl Changed {
    /// Why they put it in. What is noted at a row that is gone says why it was there.
    fn reason(&self) -> &str {
        if self.is_new {
            self.row.text("note")
        } else {
            ""
        }
    }
}

/// All comparisons of a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationReport {
    /// In the order in which they are told.
    pub checks: Vec<Check>,
}

impl ValidationReport {
    /// Compares everything that can be compared.
    pub fn of(set: &DataSet) -> Self {
        let mut checks = checks::all(set);
        let mut unused: BTreeSet<(&str, &str)> = set
            .rows("known_differences.csv")
            .iter()
            .map(|known| (known.text("check"), known.text("subject")))
            .collect();
        for check in &mut checks {
            if check.published == check.computed {
                continue;
            }
            let known = set.rows("known_differences.csv").iter().find(|known| {
                known.text("check") == check.check && known.text("subject") == check.subject
            });
            check.outcome = Outcome::Unexpected;
            if let Some(known) = known {
                unused.remove(&(known.text("check"), known.text("subject")));
                // A reason explains the figures that it names, and no later ones.
                if known.text("published") == check.published
                    && known.text("computed") == check.computed
                {
                    check.outcome = Outcome::Known {
                        reason_nl: known.text("reason_nl").to_owned(),
                        reason_en: known.text("reason_en").to_owned(),
                    };
                }
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

    /// The same report, with the differences explained that were not there before people changed
    /// something: they changed it. `before` compares what the import had brought in.
    pub(super) fn explained(mut self, before: &Self, changed: &[Changed]) -> Self {
        for check in &mut self.checks {
            let was_unexpected = before.checks.iter().any(|other| {
                (other.check, &other.subject) == (check.check, &check.subject)
                    && other.outcome == Outcome::Unexpected
            });
            if check.outcome != Outcome::Unexpected || was_unexpected {
                continue;
            }
            let concerned = changed
                .iter()
                .filter(|changed| checks::concerns(check, changed.file, &changed.row));
            let (keys, notes): (BTreeSet<&str>, BTreeSet<&str>) = concerned
                .map(|changed| (changed.row.subject_key.as_str(), changed.reason()))
                .unzip();
            if keys.is_empty() {
                continue;
            }
            let shown = |texts: BTreeSet<&str>, separator: &str| {
                let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
                texts.join(separator)
            };
            let (keys, notes) = (shown(keys, ", "), shown(notes, " "));
            let because = if notes.is_empty() {
                ".".to_owned()
            } else {
                format!(": {notes}")
            };
            check.outcome = Outcome::Known {
                reason_nl: format!("Na de publicatie gewijzigd, {keys}{because}"),
                reason_en: format!("Changed after publication, {keys}{because}"),
            };
        }
        self
    }

    /// Whether a difference is unexplained.
    #[must_use]
    pub(crate) fn has_unexpected(&self) -> bool {
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

impl DataSet {
    /// Signs of a person in the files, which may be wrong and are not refused: a line for each.
    #[must_use]
    pub fn signs_of_a_person(&self) -> Vec<String> {
        let rows = self
            .files()
            .flat_map(|(file, rows)| rows.iter().map(move |row| (file, row)));
        let texts = rows.flat_map(|(file, row)| {
            rows::texts(row).map(move |(column, text)| (file, row.line, column, text))
        });
        texts
            .filter_map(|(file, line, column, text)| {
                let (_, sign) = sign_of_a_person(text)?;
                Some(format!(
                    "warning     {file}:{line}: {column} seems to hold {sign}"
                ))
            })
            .collect()
    }

    /// What was decided when the sources were read, and what they do not tell: counted per kind, as
    /// lines for people.
    #[must_use]
    pub fn decided(&self) -> Vec<String> {
        let count = |kind: &str| {
            let rows = self.rows("data_decisions.csv").iter();
            rows.filter(|row| row.text("kind") == kind).count()
        };
        let mut lines: Vec<String> = DataDecisionKind::CODES
            .iter()
            .map(|kind| format!("decided     {kind}: {}", count(kind)))
            .collect();
        lines.push(format!(
            "not known   {} gaps",
            self.rows("known_gaps.csv").len()
        ));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_counted_per_kind_and_gaps_together() {
        let set = DataSet::built_in().unwrap();
        let lines = set.decided();
        let kinds: Vec<&str> = lines
            .iter()
            .filter_map(|line| line.split(':').next())
            .collect();
        assert_eq!(
            kinds,
            [
                "decided     UNIT",
                "decided     REPAIR",
                "decided     ORDER",
                "decided     CONFLICT",
                "decided     UNRESOLVED",
                &format!("not known   {} gaps", set.rows("known_gaps.csv").len()),
            ]
        );
    }

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
        assert_eq!(
            known,
            [
                "2024/7",
                "2024/8",
                "2024/17",
                "2024/36",
                "2024/SUMMARY/c/2024",
                "2024/SUMMARY/TOTAL/2026",
                "2023/25",
                "2023/26",
                "2024/31",
                "2024/34",
                "brede-sessie-2024-03-05",
            ]
        );
    }

    #[test]
    fn what_identifies_a_person_is_refused_and_a_sign_of_one_is_warned_of() {
        let with = |text: &str| {
            let first = "2024,7,om,EXECUTOR,";
            let row = format!("2024,33,comensha,OWNER,,{text},monitoring-2025,7,\n{first}");
            DataSet::changed(&|file, built_in| match file {
                "action_partners.csv" => built_in.replacen(first, &row, 1),
                _ => built_in.to_owned(),
            })
        };
        assert_eq!(DataSet::built_in().unwrap().signs_of_a_person(), [""; 0]);
        assert_eq!(
            with("Toegezegd door drs. De Vries.")
                .unwrap()
                .signs_of_a_person(),
            ["warning     action_partners.csv:3: text_nl seems to hold a title with a name"]
        );
        let mistakes = with("Mail anna@gemeente.nl.").unwrap_err().0;
        let shown: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "action_partners.csv:3: text_nl: This text holds an e-mail address; name the \
                 function or the organisation."
            ]
        );
        // What stands only where the law had words blanked is no text of a file either.
        let mistakes = with("Toegezegd door [geschrapt].").unwrap_err().0;
        let shown: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "action_partners.csv:3: text_nl: This text holds '[geschrapt]', '[redacted]' or \
                 an address on 'redacted.invalid'. That stands only where the law had words \
                 blanked; write something else."
            ]
        );
    }
}
