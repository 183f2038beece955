//! What each file holds: its table, its key, its columns and what they refer to. One module per
//! subject.

mod budget;
mod framework;
mod goals;
mod guidance;
mod partners;
mod plan;
mod plan_details;
mod quality;
mod territory;

/// What a column holds, and how its text becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text as it stands.
    Text,
    /// One of these codes.
    Code(&'static [&'static str]),
    /// A whole number.
    Number,
    /// `yes` or `no`.
    YesNo,
    /// A day, `2026-11-22`.
    Day,
    /// Texts with `;` between them.
    List,
    /// A long text that is kept apart from the fact, in the column `explanation_text`.
    FreeText,
}

/// A column of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// A reference to the key of another file, made of columns of this one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    pub(super) columns: &'static [&'static str],
    pub(super) to: &'static str,
}

/// A file and the table that it fills.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub(super) file: &'static str,
    pub(super) text: &'static str,
    pub(super) table: &'static str,
    pub(super) subject_kind: &'static str,
    pub(super) key: &'static [&'static str],
    pub(super) columns: &'static [Column],
    pub(super) references: &'static [Reference],
    /// Whether a row says itself from which day to which day it holds.
    pub(super) dated: bool,
    /// Whether the rows tell their document and lines; the documents themselves do not.
    pub(super) sourced: bool,
}

const fn text(name: &'static str) -> Column {
    column(name, Kind::Text, true)
}
const fn maybe(name: &'static str) -> Column {
    column(name, Kind::Text, false)
}
const fn code(name: &'static str, codes: &'static [&'static str]) -> Column {
    column(name, Kind::Code(codes), true)
}
const fn maybe_code(name: &'static str, codes: &'static [&'static str]) -> Column {
    column(name, Kind::Code(codes), false)
}
const fn maybe_number(name: &'static str) -> Column {
    column(name, Kind::Number, false)
}
const fn number(name: &'static str) -> Column {
    column(name, Kind::Number, true)
}
const fn yes_no(name: &'static str) -> Column {
    column(name, Kind::YesNo, true)
}
const fn day(name: &'static str) -> Column {
    column(name, Kind::Day, true)
}
const fn maybe_day(name: &'static str) -> Column {
    column(name, Kind::Day, false)
}
const fn list(name: &'static str) -> Column {
    column(name, Kind::List, false)
}
const fn column(name: &'static str, kind: Kind, required: bool) -> Column {
    Column {
        name,
        kind,
        required,
    }
}
const fn refers(columns: &'static [&'static str], to: &'static str) -> Reference {
    Reference { columns, to }
}

/// A file of the data set.
struct File {
    name: &'static str,
    text: &'static str,
}

macro_rules! file {
    ($name:literal) => {
        crate::tables::File {
            name: $name,
            text: include_str!(concat!("../../../data/", $name)),
        }
    };
}
use file;

const fn table(
    file: File,
    table: &'static str,
    subject_kind: &'static str,
    key: &'static [&'static str],
    columns: &'static [Column],
) -> Table {
    Table {
        file: file.name,
        text: file.text,
        table,
        subject_kind,
        key,
        columns,
        references: &[],
        dated: false,
        sourced: true,
    }
}

/// The files by subject, in the order in which they refer to each other.
const SUBJECTS: &[&[Table]] = &[
    territory::TABLES,
    plan::TABLES,
    framework::TABLES,
    plan_details::TABLES,
    partners::TABLES,
    goals::TABLES,
    budget::TABLES,
    guidance::TABLES,
    quality::TABLES,
];

/// All files that become facts, in the order in which they refer to each other.
pub(super) fn tables() -> impl Iterator<Item = &'static Table> {
    SUBJECTS.iter().copied().flatten()
}
