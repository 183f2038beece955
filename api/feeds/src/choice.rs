//! Which columns and rows of a feed are wanted: `columns` names columns, `filter` is in the language
//! of OData's `$filter`.
//!
//! What a caller reaches is decided before and apart from this: a choice only leaves out.

use sha2::{Digest as _, Sha256};

use super::{
    filter::Filter,
    odata,
    tables::{Column, Table},
};
use domain::{mistake::did_you_mean, text::Text};

/// Columns and rows that are wanted.
#[derive(Debug, Clone)]
pub struct Choice {
    pub(crate) columns: Vec<&'static Column>,
    pub(crate) filter: Option<Filter>,
    mark: Option<String>,
}

impl Choice {
    /// All columns and rows.
    pub fn whole(table: &'static Table) -> Self {
        Self {
            columns: table.columns.iter().collect(),
            filter: None,
            mark: None,
        }
    }

    /// Reads a choice as it is written in an address.
    ///
    /// # Errors
    /// With every column that the table does not have, and with what is wrong with the filter.
    pub fn parse(
        table: &'static Table,
        columns: Option<&str>,
        filter: Option<&str>,
    ) -> Result<Self, Vec<Text>> {
        let mut choice = Self::whole(table);
        let mut mistakes = Vec::new();
        if let Some(names) = columns {
            match chosen(table, names) {
                Ok(columns) => choice.columns = columns,
                Err(unknown) => mistakes.extend(unknown),
            }
        }
        if let Some(text) = filter {
            match odata::filter(table, text) {
                Ok(filter) => choice.filter = Some(filter),
                Err(wrong) => mistakes.push(Text::new(wrong.nl, wrong.en)),
            }
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        if columns.is_some() || filter.is_some() {
            let names = choice.columns.iter().map(|column| column.name);
            let names: Vec<&str> = names.collect();
            let text = format!("{}\n{}", names.join(","), filter.unwrap_or_default());
            let hash = Sha256::digest(text.as_bytes());
            let hex = hash.iter().take(8).map(|byte| format!("{byte:02x}"));
            choice.mark = Some(hex.collect());
        }
        Ok(choice)
    }

    /// The columns, in the order of the answer.
    pub fn columns(&self) -> &[&'static Column] {
        &self.columns
    }

    /// Tells two choices apart; none where all is wanted.
    pub fn mark(&self) -> Option<&str> {
        self.mark.as_deref()
    }

    /// Whether a row can be told by its key.
    pub fn has_key_of(&self, table: &Table) -> bool {
        table
            .key()
            .all(|key| self.columns.iter().any(|column| column.name == key.name))
    }
}

fn chosen(table: &'static Table, names: &str) -> Result<Vec<&'static Column>, Vec<Text>> {
    let (mut columns, mut unknown) = (Vec::<&'static Column>::new(), Vec::new());
    for name in names.split(',').map(str::trim) {
        match table.column(name) {
            Some(column) if columns.iter().any(|other| other.name == column.name) => {}
            Some(column) => columns.push(column),
            None => unknown.push(no_column(table, name)),
        }
    }
    if unknown.is_empty() {
        Ok(columns)
    } else {
        Err(unknown)
    }
}

fn no_column(table: &Table, name: &str) -> Text {
    let name: String = name.chars().take(40).collect();
    let near = did_you_mean(&name, table.columns.iter().map(|column| column.name)).join(", ");
    let mut nl = format!("`{}` heeft geen kolom `{name}`.", table.name);
    let mut en = format!("`{}` has no column `{name}`.", table.name);
    if !near.is_empty() {
        nl = format!("{nl} Bedoelde u {near}?");
        en = format!("{en} Did you mean {near}?");
    }
    Text::new(nl, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables;

    #[test]
    fn columns_come_in_the_order_of_the_question_and_unknown_ones_are_named() {
        let table = tables::find("fact_budget_current").unwrap();
        let names = |choice: &Choice| -> Vec<&str> {
            choice.columns().iter().map(|column| column.name).collect()
        };
        let whole = Choice::whole(table);
        assert_eq!(whole.columns().len(), table.columns.len());
        assert_eq!(whole.mark(), None);
        let two = Choice::parse(table, Some("amount_euros, year,year"), None).unwrap();
        assert_eq!(names(&two), ["amount_euros", "year"]);
        assert!(!two.has_key_of(table));
        assert!(whole.has_key_of(table));
        let filtered = Choice::parse(table, Some("amount_euros,year"), Some("year eq 2024"));
        let filtered = filtered.unwrap();
        assert!(filtered.filter.is_some());
        assert_ne!(two.mark(), filtered.mark());
        let wrong = Choice::parse(table, Some("yeer,,colour"), Some("year eq"));
        let wrong = wrong.unwrap_err();
        assert_eq!(wrong.len(), 4);
        assert_eq!(
            wrong[0].en,
            "`fact_budget_current` has no column `yeer`. Did you mean year?"
        );
    }
}
