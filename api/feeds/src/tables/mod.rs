//! The tables that BI tools pull. Feeds, OData, the data dictionary, the page of tables and the
//! tests read this list.
//!
//! What they hold is written in `api/feeds/tables`, one text per table, for people who know the
//! subject and need not know Rust; [`text`] reads it. A table is a view of the same name in schema
//! `bi`. Everything that reaches SQL as text (names of tables and columns) comes from here and from
//! nowhere else.

mod text;

use std::sync::LazyLock;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number of at most 64 bits.
    Integer,
    /// A number with a fraction, exact.
    Decimal,
    /// Yes or no.
    Boolean,
    /// A civil day in Europe/Amsterdam.
    Date,
    /// An instant, UTC.
    Instant,
}

impl Kind {
    /// The code in the data dictionary.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Integer => "INTEGER",
            Self::Decimal => "DECIMAL",
            Self::Boolean => "BOOLEAN",
            Self::Date => "DATE",
            Self::Instant => "INSTANT",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        let kinds = [
            Self::Text,
            Self::Integer,
            Self::Decimal,
            Self::Boolean,
            Self::Date,
            Self::Instant,
        ];
        kinds.into_iter().find(|kind| kind.code() == code)
    }
}

/// What a number counts, where it is no plain number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Whole euros.
    Euro,
}

impl Unit {
    /// The code, by ISO 4217.
    pub fn code(self) -> &'static str {
        match self {
            Self::Euro => "EUR",
        }
    }
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The name, in the view and everywhere else.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What its numbers count.
    pub unit: Option<Unit>,
    /// Whether it is part of the key. Keys are never null and never reused.
    pub is_key: bool,
    /// Whether there may be nothing.
    pub is_nullable: bool,
    /// What it means when there is nothing, in Dutch and in English; told of each column that may
    /// be empty.
    pub empty: Option<(&'static str, &'static str)>,
    /// What people call it, in Dutch and in English.
    pub label: (&'static str, &'static str),
}

/// Who may read a table: a row of the mandate table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// "Submission state".
    Submissions,
    /// "Answers, evidence, grounds"; the rows carry whether VNG confirmed them in one of two ways.
    Answers(ConfirmedBy),
    /// "Verdicts and counts of verdicts", per basis.
    Verdicts,
    /// "Verdicts and counts of verdicts": national totals.
    Totals,
}

/// How a row of answers tells that VNG confirmed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmedBy {
    /// By its basis.
    Basis,
    /// By a column of its own.
    Flag,
}

/// How a table is fetched again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    /// Whole: its rows depend on the day.
    Full,
    /// What changed since a ledger number: its rows do not depend on the day.
    Incremental,
}

impl Refresh {
    /// What becomes of a figure that was withdrawn, in Dutch and in English.
    fn withdrawn(self) -> (&'static str, &'static str) {
        match self {
            Self::Full => (
                "Een ingetrokken rij staat er bij de volgende keer ophalen niet meer. Zij wordt \
                 geen 0 en geen lege cel.",
                "A withdrawn row is not there at the next fetch. It becomes neither 0 nor an \
                 empty cell.",
            ),
            Self::Incremental => (
                "Een ingetrokken rij staat er niet meer. Wie ophaalt sinds een nummer, krijgt \
                 alleen haar sleutel, met is_deleted; de andere cellen zijn dan leeg.",
                "A withdrawn row is not there any more. Whoever fetches since a number is given \
                 its key alone, with is_deleted; the other cells are empty then.",
            ),
        }
    }
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The name of the view, of the feed and of the entity set.
    pub name: &'static str,
    /// What one row is, in Dutch and in English.
    pub grain: (&'static str, &'static str),
    /// Who may read it.
    pub access: Access,
    /// How it is fetched again.
    pub refresh: Refresh,
    /// The columns, in the order of the answer.
    pub columns: &'static [Column],
}

impl Table {
    /// The columns of the key: the order of the rows.
    pub fn key(&self) -> impl Iterator<Item = &'static Column> + Clone {
        self.columns.iter().filter(|column| column.is_key)
    }

    /// A column by its name.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether everybody may read it.
    pub fn is_public(&self) -> bool {
        self.access == Access::Public
    }
}

/// The column that tells whether what a row says is real or invented. No view has it, for the
/// database says it and no fact: it is put in where rows are read.
pub const DATABASE: &str = "database";

/// The data dictionary: this list as a table. It has no view; its rows are made here.
pub(crate) const DICTIONARY: &str = "data_dictionary";

/// All tables, by name.
pub static TABLES: LazyLock<Vec<&'static Table>> = LazyLock::new(|| {
    // The texts are part of the program, and a test reads them: nobody meets this panic.
    let tables =
        text::read_tables(text::SHARED, text::TABLES).unwrap_or_else(|mistake| panic!("{mistake}"));
    tables.leak().iter().collect()
});

/// A table by its name.
pub fn find(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

/// The rows of the data dictionary, as JSON that Postgres reads as a table.
pub(crate) fn dictionary() -> serde_json::Value {
    let rows = TABLES.iter().flat_map(|table| {
        (1..).zip(table.columns).map(|(position, column)| {
            serde_json::json!({
                "table_name": table.name,
                "position": position,
                "column_name": column.name,
                "type": column.kind.code(),
                "is_key": column.is_key,
                "is_nullable": column.is_nullable,
                "label_nl": column.label.0,
                "label_en": column.label.1,
                "grain_nl": table.grain.0,
                "grain_en": table.grain.1,
                "is_public": table.is_public(),
                "is_incremental": table.refresh == Refresh::Incremental,
                "empty_nl": column.empty.map(|(nl, _)| nl),
                "empty_en": column.empty.map(|(_, en)| en),
                "withdrawn_nl": table.refresh.withdrawn().0,
                "withdrawn_en": table.refresh.withdrawn().1,
            })
        })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn tables_are_whole() {
        assert!(TABLES.is_sorted_by(|a, b| a.name < b.name));
        for table in TABLES.iter() {
            for text in [table.grain.0, table.grain.1] {
                assert!(
                    text.ends_with('.') && text.matches(". ").count() == 0,
                    "{text}"
                );
            }
            let incremental = table.refresh == Refresh::Incremental;
            assert!(!incremental || table.column("ledger_no").is_some());
            assert!(table.column(DATABASE).is_some(), "{}", table.name);
            for column in table.columns {
                let in_euros = column.unit == Some(Unit::Euro);
                assert_eq!(in_euros, column.name.ends_with("_euros"), "{}", column.name);
                assert_eq!(
                    column.is_nullable,
                    column.empty.is_some(),
                    "{}",
                    column.name
                );
            }
        }
    }

    /// What a column of the release is called today.
    fn name_of_today(then: &str) -> &str {
        match then {
            "valid_to" => "valid_until",
            "closes_on" => "last_day",
            "municipalities" => "country_municipality_count",
            same => same,
        }
    }

    #[test]
    fn columns_are_only_appended() {
        // What each table of the release was pulled with, in the order of the answer.
        let notes = include_str!("../../../../tests/upgrade/notes.json");
        let notes: serde_json::Value = serde_json::from_str(notes).unwrap();
        let mut released = BTreeSet::new();
        for pulled in notes["tables"].as_array().unwrap() {
            let path = pulled["path"].as_str().unwrap();
            let file = path.strip_prefix("/v1/feeds/").unwrap();
            let Some(name) = file.strip_suffix(".csv") else {
                // What changed since a ledger number has a column more.
                continue;
            };
            let table = find(name).unwrap_or_else(|| panic!("{name} is gone"));
            let then = pulled["columns"].as_array().unwrap();
            let then = then.iter().map(|name| name.as_str().unwrap());
            let then: Vec<&str> = then.map(name_of_today).collect();
            let now: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            assert!(now.starts_with(&then), "{name}: {now:?}, then {then:?}");
            released.insert(name);
        }
        assert_eq!(released.len(), 37);
    }
}
