//! Reads the texts of the tables, one file per table in `api/feeds/tables`; the README there tells
//! how they are written.
//!
//! They are compiled into the program. A mistake in one is an error with file and line, which the
//! tests of [`super`] show before anybody starts the program.

use std::fmt;

use super::{Access, Column, ConfirmedBy, Kind, Refresh, Table, Unit};

/// A text and the name of what it tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    /// The name of the table, and of the file without its ending.
    pub(super) name: &'static str,
    /// What the file says.
    pub(super) body: &'static str,
}

macro_rules! texts {
    ($($name:literal),* $(,)?) => {
        [$(Text { name: $name, body: include_str!(concat!("../../tables/", $name, ".txt")) }),*]
    };
}

/// The columns that tables have in common.
pub(super) const SHARED: Text = texts!["shared"][0];

/// The tables, by name.
pub(super) const TABLES: &[Text] = &texts![
    "bridge_action_partner",
    "bridge_area_membership",
    "bridge_budget_action",
    "data_dictionary",
    "dim_action",
    "dim_action_line",
    "dim_area",
    "dim_code",
    "dim_criterion",
    "dim_date",
    "dim_goal",
    "dim_municipality",
    "dim_partner",
    "dim_period",
    "dim_plan_version",
    "dim_round",
    "fact_action_status_current",
    "fact_action_status_history",
    "fact_answer_current",
    "fact_answer_history",
    "fact_budget_current",
    "fact_budget_history",
    "fact_budget_source_current",
    "fact_budget_source_history",
    "fact_goal_measurement_current",
    "fact_goal_measurement_history",
    "fact_submission_current",
    "fact_submission_history",
    "fact_verdict_current",
    "fact_verdict_history",
    "fact_verdict_monthly",
    "municipality_lineage",
    "published_criterion_count",
    "published_verdict",
    "published_verdict_count",
    "total_budget",
    "total_compliance",
    "total_dashboard",
];

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    name: &'static str,
    line: usize,
    what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, line, what } = self;
        write!(f, "api/feeds/tables/{name}.txt:{line}: {what}")
    }
}

/// The tables that some texts tell. A text knows the columns of `shared` and the tables before it.
pub(super) fn read_tables(shared: Text, texts: &[Text]) -> Result<Vec<Table>, Mistake> {
    let shared = Draft::read(shared, &[], &[])?.columns;
    let mut tables = Vec::new();
    for text in texts {
        let draft = Draft::read(*text, &shared, &tables)?;
        tables.push(draft.into_table(*text)?);
    }
    Ok(tables)
}

/// What was read of a text so far.
#[derive(Default)]
struct Draft {
    grain: Option<(&'static str, &'static str)>,
    access: Option<Access>,
    columns: Vec<Column>,
}

impl Draft {
    fn read(text: Text, shared: &[Column], tables: &[Table]) -> Result<Self, Mistake> {
        let mut draft = Self::default();
        for (number, line) in (1..).zip(text.body.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            draft
                .read_line(line, shared, tables)
                .map_err(|what| Mistake {
                    name: text.name,
                    line: number,
                    what,
                })?;
        }
        Ok(draft)
    }

    fn read_line(
        &mut self,
        line: &'static str,
        shared: &[Column],
        tables: &[Table],
    ) -> Result<(), String> {
        let (word, rest) = first_word(line);
        match word {
            "grain" => set_once(&mut self.grain, labels(rest)?),
            "access" => set_once(&mut self.access, access(rest)?),
            "column" => self.push(new_column(rest)?),
            "key" => {
                let column = if rest.contains(char::is_whitespace) {
                    new_column(rest)?
                } else {
                    find(shared, rest)?
                };
                if column.is_nullable {
                    return Err(format!("`{}` may be empty and is no key", column.name));
                }
                let is_key = true;
                self.push(Column { is_key, ..column })
            }
            "shared" => rest
                .split_whitespace()
                .try_for_each(|name| self.push(find(shared, name)?)),
            "empty" => {
                let (nl, en) = labels(rest)?;
                self.set_empty_meaning(nl, en)
            }
            "like" => {
                let like = tables.iter().find(|table| table.name == rest);
                let like = like.ok_or(format!("no table `{rest}` comes before this one"))?;
                like.columns
                    .iter()
                    .try_for_each(|column| self.push(*column))
            }
            other => Err(format!("no line begins with `{other}`")),
        }
    }

    fn push(&mut self, column: Column) -> Result<(), String> {
        if self.columns.iter().any(|other| other.name == column.name) {
            return Err(format!("`{}` is here twice", column.name));
        }
        self.columns.push(column);
        Ok(())
    }

    /// Tells of the last column what it means when it is empty, and so that it may be.
    fn set_empty_meaning(&mut self, nl: &'static str, en: &'static str) -> Result<(), String> {
        let column = self.columns.last_mut().ok_or("no column is above")?;
        if column.is_key {
            return Err(format!("`{}` is a key and never empty", column.name));
        }
        column.is_nullable = true;
        set_once(&mut column.empty, (nl, en))
    }

    fn into_table(self, text: Text) -> Result<Table, Mistake> {
        let missing = |what: &str| Mistake {
            name: text.name,
            line: text.body.lines().count(),
            what: format!("{what} is missing"),
        };
        if !self.columns.iter().any(|column| column.is_key) {
            return Err(missing("a `key`"));
        }
        Ok(Table {
            name: text.name,
            grain: self.grain.ok_or_else(|| missing("`grain`"))?,
            access: self.access.ok_or_else(|| missing("`access`"))?,
            // Of what is told by day, each row depends on the day; a history keeps its rows.
            refresh: if text.name.ends_with("_history") {
                Refresh::Incremental
            } else {
                Refresh::Full
            },
            columns: self.columns.leak(),
        })
    }
}

fn set_once<T>(place: &mut Option<T>, value: T) -> Result<(), String> {
    if place.is_some() {
        return Err("this is told twice".to_owned());
    }
    *place = Some(value);
    Ok(())
}

fn first_word(line: &'static str) -> (&'static str, &'static str) {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (word, rest.trim_start())
}

/// A text in Dutch and the same in English, with a bar between them.
fn labels(text: &'static str) -> Result<(&'static str, &'static str), String> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    match parts[..] {
        [nl, en] if !nl.is_empty() && !en.is_empty() => Ok((nl, en)),
        _ => Err(format!(
            "`{text}` is not Dutch, a bar (`|`), and the same in English"
        )),
    }
}

/// A column as a table tells it: name, type, what people call it.
fn new_column(text: &'static str) -> Result<Column, String> {
    let (name, rest) = first_word(text);
    if !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
        return Err(format!("`{name}` is not lowercase letters and `_`"));
    }
    let (code, rest) = first_word(rest);
    let (kind, unit) = match code.strip_suffix("(EUR)") {
        Some(code) => (code, Some(Unit::Euro)),
        None => (code, None),
    };
    Ok(Column {
        name,
        kind: Kind::from_code(kind).ok_or(format!("`{code}` is not a type"))?,
        unit,
        is_key: false,
        is_nullable: false,
        empty: None,
        label: labels(rest)?,
    })
}

fn find(shared: &[Column], name: &str) -> Result<Column, String> {
    let column = shared.iter().find(|column| column.name == name);
    column
        .copied()
        .ok_or(format!("`{name}` is not in shared.txt"))
}

fn access(code: &str) -> Result<Access, String> {
    match code {
        "PUBLIC" => Ok(Access::Public),
        "SUBMISSIONS" => Ok(Access::Submissions),
        "ANSWERS_BY_BASIS" => Ok(Access::Answers(ConfirmedBy::Basis)),
        "ANSWERS_BY_FLAG" => Ok(Access::Answers(ConfirmedBy::Flag)),
        "VERDICTS" => Ok(Access::Verdicts),
        "TOTALS" => Ok(Access::Totals),
        other => Err(format!("nobody's access is called `{other}`")),
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::*;

    const COMMON: Text = Text {
        name: "shared",
        body: "column line_key TEXT lijn | line\n\
               column source TEXT bron | source\n\
               empty geen | none\n",
    };
    const TABLE: &str = "grain Eén rij. | One row.\naccess PUBLIC\n";

    fn read(name: &'static str, body: &'static str) -> Result<Vec<Table>, String> {
        let tables = read_tables(COMMON, &[Text { name, body }]);
        tables.map_err(|mistake| mistake.to_string())
    }

    fn mistake(lines: &str) -> String {
        let body = format!("{TABLE}{lines}").leak();
        read("dim_one", body).unwrap_err()
    }

    #[test]
    fn a_text_becomes_a_table() {
        let body = "# A remark.\n\
                    \n\
                    grain Eén rij. | One row.\n\
                    access ANSWERS_BY_FLAG\n\
                    \n\
                    key line_key\n\
                    column amount INTEGER(EUR) bedrag, in euro | amount, in euros\n\
                    empty er is niets | nothing is there\n\
                    shared source\n";
        let [table] = &read("fact_one_history", body).unwrap()[..] else {
            panic!("not one table");
        };
        assert_eq!(table.grain, ("Eén rij.", "One row."));
        assert_eq!(table.access, Access::Answers(ConfirmedBy::Flag));
        assert_eq!(table.refresh, Refresh::Incremental);
        let line_key = Column {
            name: "line_key",
            kind: Kind::Text,
            unit: None,
            is_key: true,
            is_nullable: false,
            empty: None,
            label: ("lijn", "line"),
        };
        let amount = Column {
            name: "amount",
            kind: Kind::Integer,
            unit: Some(Unit::Euro),
            is_key: false,
            is_nullable: true,
            empty: Some(("er is niets", "nothing is there")),
            label: ("bedrag, in euro", "amount, in euros"),
        };
        let source = Column {
            name: "source",
            kind: Kind::Text,
            unit: None,
            is_key: false,
            is_nullable: true,
            empty: Some(("geen", "none")),
            label: ("bron", "source"),
        };
        assert_eq!(table.columns, [line_key, amount, source]);
    }

    #[test]
    fn a_mistake_names_file_and_line() {
        let file = "api/feeds/tables/dim_one.txt";
        for (lines, expected) in [
            ("colum a TEXT a | a", "3: no line begins with `colum`"),
            ("column a TXT a | a", "3: `TXT` is not a type"),
            (
                "column A TEXT a | a",
                "3: `A` is not lowercase letters and `_`",
            ),
            (
                "column a TEXT a",
                "3: `a` is not Dutch, a bar (`|`), and the same in English",
            ),
            ("shared other", "3: `other` is not in shared.txt"),
            ("key source", "3: `source` may be empty and is no key"),
            ("empty niets | nothing", "3: no column is above"),
            (
                "key line_key\nempty niets | nothing",
                "4: `line_key` is a key and never empty",
            ),
            (
                "shared source\nempty niets | nothing",
                "4: this is told twice",
            ),
            ("access TOTALS", "3: this is told twice"),
            (
                "key line_key\nshared line_key",
                "4: `line_key` is here twice",
            ),
            (
                "like dim_two",
                "3: no table `dim_two` comes before this one",
            ),
            ("column a TEXT a | a", "3: a `key` is missing"),
        ] {
            assert_eq!(mistake(lines), format!("{file}:{expected}"));
        }
        assert_eq!(
            read("dim_one", "grain Een. | One.\nkey line_key\n").unwrap_err(),
            format!("{file}:2: `access` is missing")
        );
        assert_eq!(
            read("dim_one", "access ALL\n").unwrap_err(),
            format!("{file}:1: nobody's access is called `ALL`")
        );
    }

    #[test]
    fn every_file_is_read() {
        let files = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tables")).unwrap();
        let files: BTreeSet<String> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "README.md")
            .collect();
        let texts = [SHARED].into_iter().chain(TABLES.iter().copied());
        let read = texts.map(|text| format!("{}.txt", text.name));
        assert_eq!(read.collect::<BTreeSet<_>>(), files);
    }
}
