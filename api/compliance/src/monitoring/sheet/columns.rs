//! The columns of the sheet of a round.

use crate::table::{columns::Heading, opened::Recognition};

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::monitoring) enum Column {
    Action,
    TitleNl,
    TitleEn,
    Owner,
    LastRound,
    ReportedBy,
    Status,
    StatusNl,
    StatusEn,
    Explanation,
    DelayAmount,
    DelayCause,
    DelayCauseUnknown,
    SourceDocument,
    SourcePlace,
    Report,
    Version,
    Database,
}

use Column as C;

/// Where the columns of a sheet stand in a table.
pub(super) type Columns = crate::table::columns::Columns<Column>;

/// By what the page of a workbook is known that is the sheet of a round.
pub(in crate::monitoring) const SHEET: Recognition = Recognition {
    is_header: is_of_sheet,
    columns: ("Actie en Stand", "action and status"),
};

/// The columns of the sheet in English and Dutch, in their order; later ones came later.
pub(super) const IN_BOTH: [Column; 18] = [
    C::Action,
    C::TitleNl,
    C::TitleEn,
    C::Owner,
    C::LastRound,
    C::ReportedBy,
    C::Status,
    C::StatusNl,
    C::StatusEn,
    C::Explanation,
    C::DelayAmount,
    C::DelayCause,
    C::DelayCauseUnknown,
    C::SourceDocument,
    C::SourcePlace,
    C::Report,
    C::Version,
    C::Database,
];

/// The columns of the sheet in Dutch, in the order in which somebody fills it in.
pub(super) const IN_DUTCH: [Column; 15] = [
    C::Action,
    C::TitleNl,
    C::Owner,
    C::LastRound,
    C::ReportedBy,
    C::StatusNl,
    C::Explanation,
    C::DelayAmount,
    C::DelayCause,
    C::DelayCauseUnknown,
    C::SourceDocument,
    C::SourcePlace,
    C::Report,
    C::Version,
    C::Database,
];

/// The columns that hold a status; they must agree.
pub(super) const STATUSES: [Column; 3] = [C::Status, C::StatusNl, C::StatusEn];

/// The columns that tell of a delay.
pub(super) const DELAYS: [Column; 3] = [C::DelayAmount, C::DelayCause, C::DelayCauseUnknown];

impl Heading for Column {
    const ALL: &'static [Self] = &IN_BOTH;

    fn code(self) -> &'static str {
        match self {
            C::Action => "action",
            C::TitleNl => "title_nl",
            C::TitleEn => "title_en",
            C::Owner => "owner",
            C::LastRound => "last_round",
            C::ReportedBy => "reported_by",
            C::Status => "status",
            C::StatusNl => "status_nl",
            C::StatusEn => "status_en",
            C::Explanation => "explanation",
            C::DelayAmount => "delay_amount",
            C::DelayCause => "delay_cause",
            C::DelayCauseUnknown => "delay_cause_unknown",
            C::SourceDocument => "source_document",
            C::SourcePlace => "source_place",
            C::Report => "report",
            C::Version => "version",
            C::Database => "database",
        }
    }

    fn dutch(self) -> &'static str {
        match self {
            C::Action => "Actie",
            C::TitleNl => "Titel",
            C::Owner => "Eigenaar",
            C::LastRound => "Laatst gemeld in",
            C::ReportedBy => "Gemeld door",
            C::StatusNl => "Stand",
            C::Explanation => "Toelichting",
            C::DelayAmount => "Omvang vertraging",
            C::DelayCause => "Oorzaak vertraging",
            C::DelayCauseUnknown => "Oorzaak onbekend",
            C::SourceDocument => "Brondocument",
            C::SourcePlace => "Plaats in bron",
            C::Report => "Rapporteren",
            C::Version => "Versie",
            C::Database => "Gegevensbank",
            C::TitleEn | C::Status | C::StatusEn => self.code(),
        }
    }

    fn aliases(self) -> &'static [&'static str] {
        match self {
            C::Action => &["actienummer"],
            C::Report => &["confirmed", "bevestigd"],
            _ => &[],
        }
    }
}

impl Columns {
    /// The first column of the table that holds a status.
    pub(super) fn of_status(&self) -> Column {
        let mut columns = STATUSES.into_iter();
        columns
            .find(|column| self.place(*column).is_some())
            .unwrap_or(C::Status)
    }

    /// The column in which a part of a report stands, by the last part of its path in an input.
    pub(super) fn of_field(&self, field: &str) -> Column {
        match field {
            "explanation" => C::Explanation,
            "amount" => C::DelayAmount,
            "delay" | "cause" => C::DelayCause,
            "causeIsUnknown" => C::DelayCauseUnknown,
            "document" => C::SourceDocument,
            "place" => C::SourcePlace,
            "status" => self.of_status(),
            _ => C::Action,
        }
    }
}

/// Whether these are headers of the sheet of a round: they name actions and statuses.
fn is_of_sheet(headers: &[&str]) -> bool {
    let headers = headers.iter();
    let found: Vec<Column> = headers.filter_map(|name| Column::of_header(name)).collect();
    found.contains(&C::Action) && STATUSES.iter().any(|column| found.contains(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_column() {
        for column in IN_BOTH {
            assert_eq!(Column::of_header(column.code()), Some(column));
            assert_eq!(Column::of_header(column.dutch()), Some(column));
            for alias in column.aliases() {
                assert_eq!(Column::of_header(alias), Some(column));
            }
        }
        assert_eq!(
            Column::of_header("Oorzaak  Onbekend "),
            Some(C::DelayCauseUnknown)
        );
        assert_eq!(Column::of_header("stnd"), None);
    }

    #[test]
    fn a_sheet_names_actions_and_statuses() {
        assert!(is_of_sheet(&["Actie", "Stand"]));
        assert!(is_of_sheet(&["x", "action", "status_en"]));
        assert!(!is_of_sheet(&["Actie", "Toelichting"]));
        assert!(!is_of_sheet(&["Stand"]));
    }
}
