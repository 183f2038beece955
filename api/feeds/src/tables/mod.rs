//! The tables that BI tools pull, written down once: feeds, OData, the data dictionary and the tests read this list.
//!
//! A table is a view of the same name in schema `bi`. Its columns are told in the order of the answer; a column is only
//! ever appended and never changes its type, which a test holds to the committed list. Everything that reaches SQL as text
//! (names of tables and columns) comes from here and from nowhere else.

mod compliance;
mod facts;
mod plan;
mod territory;

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
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The name, in the view and everywhere else.
    pub name: &'static str,
    pub kind: Kind,
    /// Whether it is part of the key. Keys are never null and never reused.
    pub is_key: bool,
    /// Whether there may be nothing.
    pub is_nullable: bool,
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

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The name of the view, of the feed and of the entity set.
    pub name: &'static str,
    /// What one row is, in Dutch and in English.
    pub grain: (&'static str, &'static str),
    pub access: Access,
    pub refresh: Refresh,
    pub columns: &'static [Column],
}

impl Table {
    /// The columns of the key: the order of the rows.
    pub fn key(&self) -> impl Iterator<Item = &'static Column> {
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

const fn column(name: &'static str, kind: Kind, nl: &'static str, en: &'static str) -> Column {
    Column {
        name,
        kind,
        is_key: false,
        is_nullable: false,
        label: (nl, en),
    }
}

const fn key(name: &'static str, kind: Kind, nl: &'static str, en: &'static str) -> Column {
    Column {
        is_key: true,
        ..column(name, kind, nl, en)
    }
}

const fn maybe(name: &'static str, kind: Kind, nl: &'static str, en: &'static str) -> Column {
    Column {
        is_nullable: true,
        ..column(name, kind, nl, en)
    }
}

const SOURCE: Column = maybe(
    "source_document",
    Kind::Text,
    "brondocument",
    "source document",
);
const SOURCE_LINES: Column = maybe(
    "source_lines",
    Kind::Text,
    "plaats in de bron",
    "place in the source",
);
const RECORDED_AT: Column = column(
    "recorded_at",
    Kind::Instant,
    "vastgelegd op (UTC)",
    "recorded at (UTC)",
);
const LEDGER_NO: Column = column(
    "ledger_no",
    Kind::Integer,
    "nummer in het grootboek",
    "ledger number",
);

/// Whether what a row tells is real or invented. No view has it, for the database says it and no fact: it is put in where rows are
/// read.
pub const DATABASE: Column = column(
    "database",
    Kind::Text,
    "echt of demo (REAL, DEMO)",
    "real or demo (REAL, DEMO)",
);

/// The data dictionary: this list as a table. It has no view; its rows are made here.
pub(crate) const DICTIONARY: Table = Table {
    name: "data_dictionary",
    grain: (
        "Eén rij per kolom van een tabel.",
        "One row per column of a table.",
    ),
    access: Access::Public,
    refresh: Refresh::Full,
    columns: &[
        key("table_name", Kind::Text, "tabel", "table"),
        key("position", Kind::Integer, "plaats", "position"),
        column("column_name", Kind::Text, "kolom", "column"),
        column("type", Kind::Text, "type", "type"),
        column("is_key", Kind::Boolean, "sleutel", "key"),
        column(
            "is_nullable",
            Kind::Boolean,
            "mag leeg zijn",
            "may be empty",
        ),
        column("label_nl", Kind::Text, "label", "label in Dutch"),
        column(
            "label_en",
            Kind::Text,
            "label in het Engels",
            "label in English",
        ),
        column(
            "grain_nl",
            Kind::Text,
            "wat een rij is",
            "what a row is, in Dutch",
        ),
        column(
            "grain_en",
            Kind::Text,
            "wat een rij is, in het Engels",
            "what a row is",
        ),
        column("is_public", Kind::Boolean, "openbaar", "public"),
        column(
            "is_incremental",
            Kind::Boolean,
            "op te halen sinds",
            "can be fetched since",
        ),
        DATABASE,
    ],
};

/// All tables, by name.
pub static TABLES: LazyLock<Vec<&'static Table>> = LazyLock::new(|| {
    let groups = [
        plan::TABLES,
        territory::TABLES,
        facts::TABLES,
        compliance::TABLES,
        &[DICTIONARY],
    ];
    let mut tables: Vec<&'static Table> = groups.into_iter().flatten().collect();
    tables.sort_by_key(|table| table.name);
    tables
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
            })
        })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        for (i, table) in TABLES.iter().enumerate() {
            assert!(TABLES[i + 1..].iter().all(|other| other.name != table.name));
            assert!(table.key().count() > 0, "{} has no key", table.name);
            assert!(table.key().all(|column| !column.is_nullable));
            for text in [table.grain.0, table.grain.1] {
                assert!(
                    text.ends_with('.') && text.matches(". ").count() == 0,
                    "{text}"
                );
            }
            let incremental = table.refresh == Refresh::Incremental;
            assert_eq!(
                incremental,
                table.name.ends_with("_history"),
                "{}",
                table.name
            );
            assert!(!incremental || table.column("ledger_no").is_some());
            assert!(table.column(DATABASE.name).is_some(), "{}", table.name);
            for (at, column) in table.columns.iter().enumerate() {
                let name = column.name;
                assert!(
                    name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'),
                    "{name}"
                );
                assert!(
                    table.columns[at + 1..]
                        .iter()
                        .all(|other| other.name != name),
                    "{name}"
                );
                assert!(!column.label.0.is_empty() && !column.label.1.is_empty());
            }
        }
    }

    #[test]
    fn columns_are_only_appended() {
        let committed = include_str!("columns.txt");
        let mut now = String::new();
        for table in TABLES.iter() {
            let columns = table.columns.iter().map(|column| {
                let key = if column.is_key { " KEY" } else { "" };
                let null = if column.is_nullable { " NULL" } else { "" };
                format!("    {} {}{key}{null}\n", column.name, column.kind.code())
            });
            now.push_str(table.name);
            now.push('\n');
            now.extend(columns);
        }
        for block in
            committed
                .split_inclusive('\n')
                .fold(Vec::<String>::new(), |mut blocks, line| {
                    match blocks.last_mut() {
                        Some(block) if line.starts_with(' ') => block.push_str(line),
                        _ => blocks.push(line.to_owned()),
                    }
                    blocks
                })
        {
            assert!(
                now.contains(&block),
                "a committed table lost a column, or one changed its place or type:\n{block}"
            );
        }
        assert_eq!(
            now, committed,
            "add the new tables and columns to columns.txt"
        );
    }
}
