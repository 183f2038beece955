//! The sheet of a round as it goes out: what each row says in each column, and CSV of it.

use super::{
    columns::{Column, IN_BOTH, IN_DUTCH},
    shown::Shown,
};
use crate::table::{columns::Heading as _, parted, written};
use domain::plan::rules::ActionStatus;

impl Shown {
    /// What stands in a column of the sheet; `yes` is the word for it.
    fn text(&self, column: Column, yes: &str) -> String {
        let report = self.report();
        let delay = report.and_then(|report| report.delay.as_ref());
        let last = self.last.as_ref();
        let status = report.map(|report| report.status);
        let (nl, en) = status.map_or(("", ""), ActionStatus::label);
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        match column {
            Column::Action => self.action.to_string(),
            Column::TitleNl => self.title.nl.clone(),
            Column::TitleEn => self.title.en.clone(),
            Column::Owner => self.owners.clone(),
            Column::LastRound => text(last.map(|last| &last.round)),
            Column::ReportedBy => text(last.map(|last| &last.reported_by)),
            Column::Status => status.map_or("", ActionStatus::code).to_owned(),
            Column::StatusNl => nl.to_owned(),
            Column::StatusEn => en.to_owned(),
            Column::Explanation => text(report.and_then(|report| report.explanation.as_ref())),
            Column::DelayAmount => text(delay.and_then(|delay| delay.amount.as_ref())),
            Column::DelayCause => text(delay.and_then(|delay| delay.cause.as_ref())),
            Column::DelayCauseUnknown => {
                let unknown = delay.filter(|delay| delay.cause_is_unknown);
                unknown.map_or_else(String::new, |_| yes.to_owned())
            }
            Column::Version => last.map_or_else(String::new, |last| last.version.to_string()),
            Column::SourceDocument | Column::SourcePlace | Column::Report | Column::Database => {
                String::new()
            }
        }
    }

    /// What stands in a column of the sheet in Dutch.
    pub(super) fn in_dutch(&self, column: Column) -> String {
        self.text(column, "ja")
    }
}

/// The sheet in English and Dutch, by RFC 4180; every row says whether the database is real or a
/// demo.
pub(in crate::monitoring) fn sheet(rows: &[Shown], database: &str) -> String {
    let mut text = written(IN_BOTH.map(Column::code));
    for row in rows {
        text += &written(IN_BOTH.map(|column| match column {
            Column::Database => database.to_owned(),
            other => row.text(other, "yes"),
        }));
    }
    text
}

/// The sheet in Dutch as Dutch spreadsheets open it by a double click: semicolons, and a byte order
/// mark so that accents stay.
pub(in crate::monitoring) fn sheet_in_dutch(rows: &[Shown], database: &str) -> String {
    let mut text = "\u{feff}".to_owned() + &parted(';', IN_DUTCH.map(Column::dutch));
    for row in rows {
        text += &parted(
            ';',
            IN_DUTCH.map(|column| match column {
                Column::Database => database.to_owned(),
                other => row.in_dutch(other),
            }),
        );
    }
    text
}
