//! What can be wrong with a monitoring round, and with a report in one.

use async_graphql::{ComplexObject, Enum, SimpleObject};
use domain::{
    mistake::{Mistake, MutationCode},
    monitoring::rules::Wrong,
};
use graphql::{payload::name_of, text::LocalizedText, user_error};

use crate::table::placed::Place;

user_error! {
    /// A mistake in a monitoring round. NL: fout bij een monitoringsronde.
    MonitoringRoundError,
    /// What can be wrong with a monitoring round. NL: foutcode.
    MonitoringRoundErrorCode {
        /// The key is not a year, a hyphen and a number. NL: verkeerde sleutel.
        InvalidKey,
        /// There is a round of that key. NL: bestaat al.
        AlreadyExists,
        /// Another round of the plan is open. NL: er is al een ronde open.
        AnotherIsOpen,
        /// There is no such plan version. NL: onbekende planversie.
        UnknownPlan,
        /// The first day is after the last. NL: verkeerde volgorde.
        DatesOutOfOrder,
        /// A title is empty or longer than 500 characters. NL: verkeerde lengte.
        TextLength,
        /// There is no such round. NL: onbekende ronde.
        UnknownRound,
        /// The round is closed already. NL: al gesloten.
        AlreadyClosed,
        /// The last day of the round has not passed. NL: ronde loopt nog.
        NotOverYet,
        /// There is no report in the round to accept. NL: geen rapportage.
        NoReport,
        /// The plan of the round has no action of that number. NL: onbekende actie.
        UnknownAction,
        /// An action is both accepted and left out. NL: opgenomen en uitgezonderd.
        AcceptedAndLeftOut,
        /// The embargo ends in the past, or more than a year ahead. NL: verkeerd embargo.
        InvalidEmbargo,
        /// An overview of what was decided is under embargo: it is withdrawn before anything else
        /// is decided. NL: overzicht onder embargo.
        OverviewUnderEmbargo,
    }
}

/// What can be wrong with a report on an action, or with its correction. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusReportErrorCode {
    /// There is no round of that key; for a correction, no closed one. NL: onbekende ronde.
    UnknownRound,
    /// The round is closed, or takes in no more reports. NL: ronde gesloten.
    RoundClosed,
    /// The plan of the round has no action of that number. NL: onbekende actie.
    UnknownAction,
    /// The action had ended before the round began. NL: actie beëindigd.
    ActionEnded,
    /// The round tells no status of that action, so there is none to correct. NL: geen stand.
    NoReport,
    /// A delay without the status IN_PROGRESS_DELAYED. NL: vertraging zonder status.
    DelayWithoutStatus,
    /// The status IN_PROGRESS_DELAYED without a cause, or the word that it is not known. NL:
    /// vertraging zonder oorzaak.
    DelayWithoutCause,
    /// A cause is given and called unknown. NL: oorzaak spreekt zichzelf tegen.
    CauseContradicts,
    /// A text is empty or too long. NL: verkeerde lengte.
    TextLength,
    /// There is no source document of that key, or the place in it is no place. NL: onbekende
    /// bron.
    UnknownSource,
    /// The status was reported or corrected since the version that you expected. NL: intussen
    /// gewijzigd.
    Conflict,
    /// From a row on it is no table, a quote does not end with its cell, a row has more cells than
    /// there are columns, or a column stands there twice. NL: onleesbaar.
    Unreadable,
    /// There are more than 1,000 rows. NL: te veel regels.
    TooManyRows,
    /// A column that is needed is missing. NL: kolom ontbreekt.
    MissingColumn,
    /// A cell is no status. NL: onbekende stand.
    UnknownStatus,
    /// Two columns of a row say different statuses. NL: tegenstrijdige stand.
    StatusesContradict,
    /// A row is to be reported, or has another explanation, and no status. NL: stand ontbreekt.
    StatusMissing,
    /// A cell is no version. NL: onbekende versie.
    UnknownVersion,
    /// A cell says neither yes nor no. NL: onbekende bevestiging.
    UnknownConfirmation,
    /// A row was changed and says that it is not to be reported. NL: gewijzigd en niet te
    /// rapporteren.
    ReportContradicts,
    /// A cell holds what a program made of it: signs of a wrong encoding, the error of a formula, a
    /// truth value, a date or a shortened number where a text belongs. NL: bedorven cel.
    SpoiltCell,
    /// The action stands twice in the table. NL: dubbele actie.
    ReportedTwice,
    /// A text would identify a person: it holds a citizen service number or an e-mail address, or a
    /// name where a function belongs; or it feigns that words were blanked by law. NL:
    /// persoonsgegevens.
    PersonalData,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

impl MutationCode for StatusReportErrorCode {
    const KEY_REUSED: Self = Self::KeyReused;
    const PERSONAL_DATA: Self = Self::PersonalData;
}

/// A mistake in a report on an action, or in its correction. NL: fout in een rapportage.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct StatusReportError {
    /// What is wrong, for programs. NL: foutcode.
    pub code: StatusReportErrorCode,
    /// What is wrong and what to do, for people. NL: melding.
    pub message: LocalizedText,
    /// The path of the input field that is wrong, from `input` down; in a table the row and the
    /// column. NL: veld.
    pub field: Vec<String>,
    /// The row of the table as a spreadsheet numbers it, the first one being 1; null when it is not
    /// about a row. NL: regel.
    pub row: Option<i32>,
    /// The name of the column of the table, as it stands there; null when it is not about one. NL:
    /// kolom.
    pub column: Option<String>,
    /// The cell of the table as a spreadsheet names it, as in `C7`; null when it is not about one.
    /// NL: cel.
    pub cell: Option<String>,
}

#[ComplexObject]
impl StatusReportError {
    /// The name of the code, for programs that treat the errors of all nouns alike. NL: naam van de
    /// foutcode.
    pub async fn code_text(&self) -> &'static str {
        name_of(self.code)
    }
}

impl From<Mistake<StatusReportErrorCode>> for StatusReportError {
    fn from(mistake: Mistake<StatusReportErrorCode>) -> Self {
        let place = Place::of(mistake.field);
        Self {
            row: place.row,
            column: place.column,
            cell: place.cell,
            code: mistake.code,
            message: mistake.message.into(),
            field: place.field,
        }
    }
}

impl From<Wrong> for StatusReportErrorCode {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::DelayWithoutStatus => Self::DelayWithoutStatus,
            Wrong::DelayWithoutCause => Self::DelayWithoutCause,
            Wrong::CauseContradicts => Self::CauseContradicts,
            Wrong::TextLength => Self::TextLength,
        }
    }
}
