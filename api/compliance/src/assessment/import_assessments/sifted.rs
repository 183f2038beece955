//! The rows of a table: which stay, and what stands in the way of the others.

use std::collections::BTreeSet;

use crate::{
    assessment::{
        errors::AssessmentErrorCode as Code,
        left_out::LeftOut,
        sheet::{OfMunicipality, TableOfMany},
    },
    table::placed::TABLE,
};
use domain::mistake::Mistake;
use graphql::change::Stopped;

/// The mistakes in a table, those of its rows apart from those of what all rows have in common.
pub(super) struct Sifted {
    skip_unfit: bool,
    rows: BTreeSet<u64>,
    of_rows: Vec<(u64, Mistake<Code>)>,
    of_all: Vec<Mistake<Code>>,
}

impl Sifted {
    /// Those of a table in which nothing was found yet.
    pub(super) fn of(table: &TableOfMany, skip_unfit: bool) -> Self {
        Self {
            skip_unfit,
            rows: table.rows.iter().map(|row| row.line).collect(),
            of_rows: Vec::new(),
            of_all: Vec::new(),
        }
    }

    /// Takes mistakes in.
    pub(super) fn extend(&mut self, mistakes: impl IntoIterator<Item = Mistake<Code>>) {
        for mistake in mistakes {
            let line = line_of(&mistake).filter(|line| self.rows.contains(line));
            match line {
                Some(line) => self.of_rows.push((line, mistake)),
                None => self.of_all.push(mistake),
            }
        }
    }

    /// Whether the call goes on with the rows that fit.
    pub(super) fn goes_on(&self) -> bool {
        self.of_all.is_empty() && (self.skip_unfit || self.of_rows.is_empty())
    }

    /// Whether nothing stands in the way of a row.
    pub(super) fn fits(&self, row: &OfMunicipality) -> bool {
        !self.of_rows.iter().any(|(line, _)| *line == row.line)
    }

    /// The mistakes for which rows are left out while so many stay; all of them when the call does
    /// not go on, or when no row stays.
    pub(super) fn settle(self, stay: usize) -> Result<Vec<LeftOut>, Stopped<Code>> {
        let is_stopped = !self.goes_on() || (stay == 0 && !self.of_rows.is_empty());
        let Self {
            mut of_rows,
            of_all,
            ..
        } = self;
        of_rows.sort_by_key(|(line, _)| *line);
        let of_rows = of_rows.into_iter().map(|(_, mistake)| mistake);
        if !is_stopped {
            return Ok(of_rows.map(without_cell).map(LeftOut::of).collect());
        }
        let mut mistakes: Vec<_> = of_all.into_iter().chain(of_rows).collect();
        mistakes.sort_by_key(line_of);
        Err(Stopped::Wrong(mistakes))
    }
}

/// The row that a mistake is about.
fn line_of(mistake: &Mistake<Code>) -> Option<u64> {
    let field = mistake.field.first()?;
    let line = mistake.field.get(1).filter(|_| field == TABLE)?;
    line.parse().ok()
}

/// The same without what stands in the cell: what is left out is kept under the key, and a cell may
/// hold anything.
fn without_cell(mistake: Mistake<Code>) -> Mistake<Code> {
    let (nl, en) = match mistake.code {
        Code::UnknownAnswer => (
            "In deze cel staat geen antwoord dat de dienst kent.",
            "This cell holds no answer that the service knows.",
        ),
        Code::UnknownConfirmation => (
            "In deze cel staat ja noch nee.",
            "This cell says neither yes nor no.",
        ),
        Code::UnknownMunicipality => (
            "In deze cel staat geen gemeente die nu bestaat.",
            "This cell names no municipality of today.",
        ),
        Code::NotYours => (
            "Voor deze gemeente mag u niet invullen.",
            "You do not fill in for this municipality.",
        ),
        Code::MunicipalityTwice => (
            "Deze gemeente staat al eerder in de tabel.",
            "This municipality stands in the table before.",
        ),
        _ => return mistake,
    };
    let field: Vec<&str> = mistake.field.iter().map(String::as_str).collect();
    Mistake::at(mistake.code, &field, nl, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{errors::in_table, sheet};

    fn sifted(skip_unfit: bool) -> (TableOfMany, Sifted) {
        let text = "municipality,BB-03\nGM0402,MET\nGM0376,Jan Jansen\n";
        let table = sheet::read_many(text, &["BB-03"]).unwrap();
        let mut sifted = Sifted::of(&table, skip_unfit);
        sifted.extend(table.mistakes.iter().cloned().map(in_table));
        (table, sifted)
    }

    #[test]
    fn a_row_with_a_mistake_is_left_out_or_stops_the_table() {
        let (table, sifted) = sifted(false);
        assert!(!sifted.goes_on());
        assert_eq!(
            (sifted.fits(&table.rows[0]), sifted.fits(&table.rows[1])),
            (true, false)
        );
        assert!(sifted.settle(1).is_err());
        let (_, sifted) = self::sifted(true);
        assert!(sifted.goes_on());
        let left_out = serde_json::json!(sifted.settle(1).ok());
        assert_eq!(
            left_out[0]["field"],
            serde_json::json!(["table", "3", "BB-03", "B3"])
        );
        assert!(!left_out.to_string().contains("Jansen"), "{left_out}");
        // Nothing is left to fill in.
        let (_, sifted) = self::sifted(true);
        assert!(sifted.settle(0).is_err());
    }

    #[test]
    fn a_mistake_in_what_all_have_in_common_stops_in_any_case() {
        let (_, mut sifted) = sifted(true);
        sifted.extend([Mistake::at(Code::PeriodNotOpen, &["period"], "", "")]);
        assert!(!sifted.goes_on());
        let Err(Stopped::Wrong(mistakes)) = sifted.settle(1) else {
            panic!("it goes on");
        };
        let codes: Vec<Code> = mistakes.iter().map(|mistake| mistake.code).collect();
        assert_eq!(codes, [Code::PeriodNotOpen, Code::UnknownAnswer]);
    }
}
