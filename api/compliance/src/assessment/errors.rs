//! The errors of the two nouns of this room: the assessment and the mandate to submit it. What the
//! rules refuse gets its code here and nowhere else.

use async_graphql::{ComplexObject, Enum, SimpleObject};
use domain::{
    assessment::{
        life_cycle::Refused,
        rules::{AnswerMistake, ApprovalMistake},
    },
    mistake::{self, Mistake, MutationCode},
};
use graphql::{payload::name_of, text::LocalizedText, user_error};
use register::policies::adopt::AdoptionMistake;

use super::sheet::TableMistake;
use crate::table::placed::Place;
pub(super) use crate::table::placed::in_table;

/// Characters of a reason, a question and a reply.
const LONGEST_TEXT: usize = 2000;

/// What can be wrong with an assessment. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssessmentErrorCode {
    /// There is no such municipality, or in a table none today. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open yet, or closed. NL: periode niet open.
    PeriodNotOpen,
    /// The edition of the period has no such criterion. NL: onbekend criterium.
    UnknownCriterion,
    /// The criterion is computed, or answered by the region. NL: niet aan de gemeente om te
    /// beantwoorden.
    NotYoursToAnswer,
    /// The criterion always applies. NL: altijd van toepassing.
    NotApplicableNotAllowed,
    /// The criterion stands twice in the input. NL: dubbel.
    AnsweredTwice,
    /// The draft of the municipality has an answer already, and a table knows no revisions. NL: al
    /// beantwoord.
    AlreadyAnswered,
    /// VNG confirmed the latest version of the municipality, and its row does not say to fill in
    /// again. NL: al bevestigd.
    AlreadyConfirmed,
    /// The answer was changed since the revision that you saw, or since the sheet was fetched. NL:
    /// verouderde revisie.
    StaleRevision,
    /// There are no answers, questions or items, or more than one call may hold. NL: geen of te
    /// veel.
    ListLength,
    /// A text is too long, or is empty where one is required; its input field gives the bound. NL:
    /// verkeerde lengte.
    TextLength,
    /// A text would identify a person: it holds a citizen service number or an e-mail address, or a
    /// name where a function belongs; or it feigns that words were blanked by law. NL:
    /// persoonsgegevens.
    PersonalData,
    /// A day that must have come lies in the future. NL: datum in de toekomst.
    DateInFuture,
    /// A day that follows on the decision to adopt a policy is before it. NL: verkeerde volgorde.
    DatesOutOfOrder,
    /// There is no policy document of that key. NL: onbekend beleidsdocument.
    UnknownPolicy,
    /// There is no source document of that key, or the place in it is no place. NL: onbekende bron.
    UnknownSource,
    /// An answer has more than 20 pieces of evidence. NL: te veel bewijsstukken.
    TooMuchEvidence,
    /// The criterion knows no evidence of this kind. NL: onbekende soort bewijs.
    UnknownEvidenceKind,
    /// The address is not a whole address over https. NL: ongeldig adres.
    InvalidAddress,
    /// Neither an address nor a reference says where the evidence stands. NL: vindplaats ontbreekt.
    EvidenceNowhere,
    /// From a row on it is no table, a quote does not end with its cell, a row has more cells than
    /// there are columns, or a column stands there twice. NL: onleesbaar.
    Unreadable,
    /// There are more than 1,000 rows. NL: te veel regels.
    TooManyRows,
    /// A column that is needed is missing. NL: kolom ontbreekt.
    MissingColumn,
    /// A column is no criterion of the edition. NL: onbekende kolom.
    UnknownColumn,
    /// A cell is no answer. NL: onbekend antwoord.
    UnknownAnswer,
    /// Two columns of a row say different answers. NL: tegenstrijdig antwoord.
    AnswersContradict,
    /// A row has an explanation or a confirmation, and no answer. NL: antwoord ontbreekt.
    AnswerMissing,
    /// A cell is no revision. NL: onbekende revisie.
    UnknownRevision,
    /// A cell that confirms, or says to fill in again, says neither yes nor no. NL: onbekende
    /// bevestiging.
    UnknownConfirmation,
    /// Evidence was changed in an answer sheet, which shows it and does not read it. NL: bewijs
    /// wordt niet gelezen.
    EvidenceNotRead,
    /// A cell holds what a program made of it: signs of a wrong encoding, the error of a formula, a
    /// truth value, a date or a shortened number where a text belongs. NL: bedorven cel.
    SpoiltCell,
    /// The municipality stands twice in the table or the list. NL: dubbele gemeente.
    MunicipalityTwice,
    /// The row has no answer. NL: lege regel.
    NothingFilledIn,
    /// You may not fill in for this municipality. NL: niet van u.
    NotYours,
    /// The draft has no answers, or none that was confirmed; or nothing waits to be accepted under
    /// this number. NL: niets om in te dienen.
    NothingToSubmit,
    /// A reason is required: the latest version is confirmed and is corrected by this one, or a
    /// table is filled in on behalf of municipalities. NL: reden ontbreekt.
    ReasonMissing,
    /// A version was submitted since the one that you saw; or the adoption is recorded already, or
    /// was changed since. NL: versie verouderd.
    Conflict,
    /// Nothing was submitted. NL: niets ingediend.
    NothingSubmitted,
    /// A later version was submitted, or there is none of this number. NL: niet de laatste versie.
    NotTheLatest,
    /// The latest version is decided. NL: al beslist.
    AlreadyDecided,
    /// The latest version is withdrawn. NL: ingetrokken.
    Withdrawn,
    /// You have not claimed the latest version, or your claim has ended. NL: niet in behandeling.
    NotClaimed,
    /// Another reviewer has it in hand. NL: in behandeling bij een ander.
    ClaimedByAnother,
    /// A question is still open. NL: vragen staan open.
    QuestionsOpen,
    /// No question of this number about the latest version is open. NL: geen open vraag.
    NoOpenQuestion,
    /// You filled in on behalf of this municipality. NL: door u ingevuld.
    FilledInByYou,
    /// The day is not after the deadline that holds now. NL: niet later.
    NotLater,
    /// The day is after the closing of the period. NL: na de sluiting.
    AfterClosing,
    /// The day lies in the past. NL: in het verleden.
    DateInPast,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

impl MutationCode for AssessmentErrorCode {
    const KEY_REUSED: Self = Self::KeyReused;
    const PERSONAL_DATA: Self = Self::PersonalData;
}

/// A mistake in an assessment. NL: fout bij een beoordeling.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct AssessmentError {
    /// What is wrong, for programs. NL: foutcode.
    pub code: AssessmentErrorCode,
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
impl AssessmentError {
    /// The name of the code, for programs that treat the errors of all nouns alike. NL: naam van de
    /// foutcode.
    pub async fn code_text(&self) -> &'static str {
        name_of(self.code)
    }
}

impl From<Mistake<AssessmentErrorCode>> for AssessmentError {
    fn from(mistake: Mistake<AssessmentErrorCode>) -> Self {
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

impl From<Refused> for AssessmentErrorCode {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NothingToSubmit => Self::NothingToSubmit,
            Refused::ReasonMissing => Self::ReasonMissing,
            Refused::NothingSubmitted => Self::NothingSubmitted,
            Refused::AlreadyDecided => Self::AlreadyDecided,
            Refused::Withdrawn => Self::Withdrawn,
            Refused::ClaimedByAnother => Self::ClaimedByAnother,
            Refused::NotClaimed => Self::NotClaimed,
            Refused::QuestionsOpen => Self::QuestionsOpen,
            Refused::NoOpenQuestion => Self::NoOpenQuestion,
            Refused::FilledInByYou => Self::FilledInByYou,
        }
    }
}

impl From<AnswerMistake> for AssessmentErrorCode {
    fn from(mistake: AnswerMistake) -> Self {
        match mistake {
            AnswerMistake::UnknownCriterion => Self::UnknownCriterion,
            AnswerMistake::NotYoursToAnswer => Self::NotYoursToAnswer,
            AnswerMistake::NotApplicableNotAllowed => Self::NotApplicableNotAllowed,
            AnswerMistake::AnsweredTwice => Self::AnsweredTwice,
            AnswerMistake::ExplanationTooLong | AnswerMistake::EvidenceText => Self::TextLength,
            AnswerMistake::PersonalData => Self::PersonalData,
            AnswerMistake::StaleRevision => Self::StaleRevision,
            AnswerMistake::TooMuchEvidence => Self::TooMuchEvidence,
            AnswerMistake::UnknownEvidenceKind => Self::UnknownEvidenceKind,
            AnswerMistake::InvalidAddress => Self::InvalidAddress,
            AnswerMistake::EvidenceNowhere => Self::EvidenceNowhere,
            AnswerMistake::EvidenceInTheFuture => Self::DateInFuture,
        }
    }
}

impl From<ApprovalMistake> for AssessmentErrorCode {
    fn from(mistake: ApprovalMistake) -> Self {
        match mistake {
            ApprovalMistake::FunctionEmpty => Self::TextLength,
            ApprovalMistake::InTheFuture => Self::DateInFuture,
        }
    }
}

impl From<AdoptionMistake> for AssessmentErrorCode {
    fn from(mistake: AdoptionMistake) -> Self {
        match mistake {
            AdoptionMistake::UnknownPlace => Self::UnknownMunicipality,
            AdoptionMistake::UnknownPolicy => Self::UnknownPolicy,
            AdoptionMistake::DateInFuture => Self::DateInFuture,
            AdoptionMistake::DatesOutOfOrder => Self::DatesOutOfOrder,
            AdoptionMistake::TextLength => Self::TextLength,
            AdoptionMistake::UnknownSource => Self::UnknownSource,
            AdoptionMistake::Conflict => Self::Conflict,
        }
    }
}

impl From<TableMistake> for AssessmentErrorCode {
    fn from(mistake: TableMistake) -> Self {
        match mistake {
            TableMistake::Unreadable => Self::Unreadable,
            TableMistake::TooManyRows => Self::TooManyRows,
            TableMistake::MissingColumn => Self::MissingColumn,
            TableMistake::UnknownColumn => Self::UnknownColumn,
            TableMistake::UnknownAnswer => Self::UnknownAnswer,
            TableMistake::AnswersContradict => Self::AnswersContradict,
            TableMistake::AnswerMissing => Self::AnswerMissing,
            TableMistake::UnknownRevision => Self::UnknownRevision,
            TableMistake::UnknownConfirmation => Self::UnknownConfirmation,
            TableMistake::EvidenceNotRead => Self::EvidenceNotRead,
            TableMistake::SpoiltCell => Self::SpoiltCell,
            TableMistake::MunicipalityTwice => Self::MunicipalityTwice,
            TableMistake::AlreadyAnswered => Self::AlreadyAnswered,
            TableMistake::Answer(mistake) => mistake.into(),
        }
    }
}

/// What is wrong with a reason, a question or a reply: its length.
pub(super) fn text_mistakes(
    field: &[&str],
    text: Option<&str>,
) -> Vec<Mistake<AssessmentErrorCode>> {
    mistake::text_mistakes(field, text, LONGEST_TEXT, AssessmentErrorCode::TextLength)
}

user_error! {
    /// A mistake in a mandate to submit. NL: fout bij een indieningsmandaat.
    SubmissionMandateError,
    /// What can be wrong with a mandate to submit. NL: foutcode.
    SubmissionMandateErrorCode {
        /// There is no such municipality. NL: onbekende gemeente.
        UnknownMunicipality,
        /// The area is no registered reporting region of the municipality on the first day. NL:
        /// geen rapporterende regio.
        NotItsReportingRegion,
        /// The last day is before the first. NL: verkeerde volgorde.
        DatesOutOfOrder,
        /// The first day of a new mandate lies in the past; or the last day of one that is ended is
        /// before the mandate began, or before yesterday. NL: in het verleden.
        DateInPast,
        /// The region has a mandate on one of these days already. NL: al gegeven.
        AlreadyGiven,
        /// The region has no mandate that goes on after this day. NL: geen mandaat.
        NoMandate,
    }
}
