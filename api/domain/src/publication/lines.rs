//! The content of a publication: lines, each of one thing, with its values by column. One form for
//! every kind of publication, so that files are written, and two publications compared, in one way.

use crate::document::Document;
use serde::{Deserialize, Serialize};

use crate::code_list::code_list;

code_list! {
    /// What a line of a publication is of. NL: soort regel.
    pub enum Part as "PublicationPart" {
        /// The whole country, or the whole plan. NL: totaal.
        Total = "TOTAL", "Totaal", "Total",
            "Het hele land, of het hele plan.";
        /// An area. NL: gebied.
        Group = "GROUP", "Gebied", "Area",
            "Een gebied.";
        /// A criterion of the framework. NL: criterium.
        Criterion = "CRITERION", "Criterium", "Criterion",
            "Een criterium van het kader.";
        /// A municipality by name. NL: gemeente.
        Municipality = "MUNICIPALITY", "Gemeente", "Municipality",
            "Een gemeente met naam.";
        /// An action line. NL: actielijn.
        ActionLine = "ACTION_LINE", "Actielijn", "Action line",
            "Een actielijn.";
        /// A goal of an action line. NL: operationeel doel.
        Goal = "GOAL", "Operationeel doel", "Operational goal",
            "Een operationeel doel van een actielijn.";
        /// What an action line wants to bring about; no goal. NL: beoogd effect.
        Effect = "EFFECT", "Beoogd effect", "Intended effect",
            "Een effect dat met een actielijn wordt beoogd.";
        /// An action. NL: actie.
        Action = "ACTION", "Actie", "Action",
            "Een actie.";
        /// A row of a budget table in a year. NL: begrotingscel.
        BudgetCell = "BUDGET_CELL", "Begrotingscel", "Budget cell",
            "Een rij van een begrotingstabel in een jaar.";
    }
}

code_list! {
    /// Why a line is told without its values. NL: reden van weglaten.
    pub enum Withheld as "WithheldReason" {
        /// The group has fewer than five members. NL: minder dan vijf.
        FewerThanFive = "FEWER_THAN_FIVE", "Minder dan vijf", "Fewer than five",
            "De groep heeft minder dan vijf leden.";
        /// It would tell a member the verdict of another: alone, or by subtracting what else is
        /// published. Which of the two is not said, because that would tell as much. NL:
        /// herleidbaar.
        // That all members of a group have the same verdict would tell each of them that of the
        // others.
        Revealing = "REVEALING", "Herleidbaar", "Revealing",
            "Het oordeel over een gemeente zou eruit af te leiden zijn: uit deze groep alleen, of \
             samen met wat verder is gepubliceerd. Welk van beide wordt niet gezegd, omdat dat \
             al te veel zou prijsgeven.";
    }
}

/// The column of an explanation, which is a free text.
pub const EXPLANATION: &str = "explanation";

/// A value of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(i64),
    /// A text or a code.
    Text(String),
}

impl Value {
    /// As it stands in a CSV file.
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// A value with its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The column, in lower case, as in `not_assessed`.
    pub column: String,
    /// The value.
    pub value: Value,
}

/// A line of a publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is of.
    pub part: Part,
    /// The key of that, as in `VR14` or `GM0402`.
    pub key: String,
    /// Its name, in Dutch.
    pub name: String,
    /// Its values; none of a line that is withheld.
    pub cells: Vec<Cell>,
    /// The id of the free text that is printed in the column [`EXPLANATION`]; none where none is.
    /// What is kept names the text and does not repeat it, so that the law can have it blanked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub explanation_text: Option<String>,
    /// Why it has no values.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub withheld: Option<Withheld>,
}

impl Document for Line {
    const NAME: &'static str = "a line of a publication";
}

impl Line {
    /// A line without values yet.
    pub fn new(part: Part, key: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            part,
            key: key.into(),
            name: name.into(),
            cells: Vec::new(),
            explanation_text: None,
            withheld: None,
        }
    }

    /// The line with a number more.
    pub fn number(mut self, column: &str, value: i64) -> Self {
        self.cells.push(Cell {
            column: column.to_owned(),
            value: Value::Number(value),
        });
        self
    }

    /// The line with a text more; an absent one leaves the column empty.
    pub fn text(mut self, column: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.cells.push(Cell {
                column: column.to_owned(),
                value: Value::Text(value.to_owned()),
            });
        }
        self
    }

    /// The line with its explanation, as it is printed.
    pub fn explained(mut self, explanation: &str) -> Self {
        self.explanation_text = None;
        self.text(EXPLANATION, Some(explanation))
    }

    /// The line without values, and why.
    pub fn without(mut self, reason: Withheld) -> Self {
        self.withheld = Some(reason);
        self
    }

    /// The value of a column, when it has one.
    pub fn value(&self, column: &str) -> Option<&Value> {
        let mut cells = self.cells.iter();
        cells
            .find(|cell| cell.column == column)
            .map(|cell| &cell.value)
    }

    /// The number in a column; none when there is none.
    pub fn number_in(&self, column: &str) -> Option<i64> {
        match self.value(column)? {
            Value::Number(number) => Some(*number),
            Value::Text(_) => None,
        }
    }
}

/// What differs in one column of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What the line is of.
    pub part: Part,
    /// The key of that.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The column.
    pub column: String,
    /// What stood in the earlier one.
    pub before: Option<String>,
    /// What stands in the later one.
    pub after: Option<String>,
}

impl Change {
    /// What differs between two lines of one thing.
    pub(super) fn between(before: Option<&Line>, after: Option<&Line>) -> Vec<Self> {
        let Some(line) = after.or(before) else {
            return Vec::new();
        };
        let mut columns: Vec<&str> = Vec::new();
        for cell in [before, after]
            .into_iter()
            .flatten()
            .flat_map(|line| &line.cells)
        {
            if !columns.contains(&cell.column.as_str()) {
                columns.push(&cell.column);
            }
        }
        let of = |line: Option<&Line>, column: &str| line?.value(column).map(Value::text);
        columns
            .into_iter()
            .filter_map(|column| {
                let (before, after) = (of(before, column), of(after, column));
                (before != after).then(|| Self {
                    part: line.part,
                    key: line.key.clone(),
                    name: line.name.clone(),
                    column: column.to_owned(),
                    before,
                    after,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::rules::difference, *};

    #[test]
    fn a_difference_tells_each_column_that_changed_and_what_came_and_went() {
        let before = [
            Line::new(Part::Group, "VR14", "Gooi")
                .number("members", 7)
                .number("compliant", 1),
            Line::new(Part::Group, "VR15", "Haaglanden").number("members", 9),
        ];
        let after = [
            Line::new(Part::Group, "VR14", "Gooi")
                .number("members", 7)
                .number("compliant", 2),
            Line::new(Part::Municipality, "GM0402", "Hilversum").text("status", Some("COMPLIANT")),
        ];
        let shown: Vec<_> = difference(&before, &after)
            .into_iter()
            .map(|change| (change.key, change.column, change.before, change.after))
            .collect();
        let change = |key: &str, column: &str, before: Option<&str>, after: Option<&str>| {
            (
                key.to_owned(),
                column.to_owned(),
                before.map(str::to_owned),
                after.map(str::to_owned),
            )
        };
        assert_eq!(
            shown,
            [
                change("VR14", "compliant", Some("1"), Some("2")),
                change("GM0402", "status", None, Some("COMPLIANT")),
                change("VR15", "members", Some("9"), None),
            ]
        );
        assert!(difference(&after, &after).is_empty());
    }
}
