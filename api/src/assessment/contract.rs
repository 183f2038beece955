//! What the mutations of assessments take, give and refuse: inputs, payloads, error codes.

use async_graphql::{Enum, InputObject, MaybeUndefined, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};

use super::schema::{Assessment, AssessmentVersion};
use crate::{
    framework::schema::Criterion,
    graphql::payload::{IdempotencyKey, user_error},
    verdict::schema::AnswerValueCode,
};

/// What can be wrong with a save. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SaveDraftErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open today. NL: periode niet open.
    PeriodNotOpen,
    /// The edition of the period has no such criterion. NL: onbekend criterium.
    UnknownCriterion,
    /// The criterion is computed, or answered by the region. NL: niet aan u om te beantwoorden.
    NotYoursToAnswer,
    /// The criterion always applies. NL: altijd van toepassing.
    NotApplicableNotAllowed,
    /// The criterion stands twice in the input. NL: dubbel.
    AnsweredTwice,
    /// The explanation has more than 4,000 characters. NL: toelichting te lang.
    ExplanationTooLong,
    /// The explanation holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The answer was changed since the revision that you saw. NL: verouderde revisie.
    StaleRevision,
    /// There is nothing in the input, or more than 100 answers. NL: leeg of te veel.
    WrongNumberOfAnswers,
}

user_error! {
    /// A mistake in a save. NL: fout bij het opslaan van een concept.
    SaveDraftError, SaveDraftErrorCode, without a key
}

/// An answer to keep in the draft. NL: op te slaan antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct DraftAnswerInput {
    /// The code of the criterion within the edition of the period, as in `BB-03`. NL: code van het criterium.
    pub(super) criterion: String,
    /// The answer; `UNKNOWN` takes an earlier answer back. NL: antwoord.
    pub(super) answer: AnswerValueCode,
    /// The explanation, at most 4,000 characters and without personal data; null for none. NL: toelichting.
    pub(super) explanation: Option<String>,
    /// The revision that you saw; null for an answer that you have not seen before. NL: revisie.
    pub(super) revision: Option<i32>,
}

/// Answers to keep; others of the draft stay as they are. NL: op te slaan concept.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct SaveDraftInput {
    /// The CBS code of the municipality that is filled in for. NL: gemeentecode.
    pub(super) municipality: String,
    /// The key of the period. NL: periode.
    pub(super) period: String,
    /// The answers to keep, 1 to 100. NL: antwoorden.
    pub(super) answers: Vec<DraftAnswerInput>,
}

/// What became of a save. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct SaveDraftPayload {
    /// The assessment with its draft; null when nothing was saved. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// What to repair; empty when everything was saved, and otherwise nothing was. NL: fouten.
    pub(super) errors: Vec<SaveDraftError>,
}

/// What can be wrong with a submission. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubmitAssessmentErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open yet, or closed. NL: periode niet open.
    PeriodNotOpen,
    /// The draft has no answers. NL: niets om in te dienen.
    NothingToSubmit,
    /// No function was named that approved, or its name is too long. NL: functie ontbreekt.
    FunctionEmpty,
    /// The approval lies in the future. NL: akkoord in de toekomst.
    ApprovedInTheFuture,
    /// The text holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// A version was submitted since the one that you saw. NL: versie verouderd.
    Conflict,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

user_error! {
    /// A mistake in a submission. NL: fout bij het indienen.
    SubmitAssessmentError, SubmitAssessmentErrorCode
}

/// A draft to submit. Gaps are accepted and told. NL: in te dienen beoordeling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct SubmitAssessmentInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    pub(super) municipality: String,
    /// The key of the period. NL: periode.
    pub(super) period: String,
    /// The function that approved, as in "Portefeuillehouder veiligheid"; never a person. 1 to 200 characters. NL: akkoord
    /// door functie.
    pub(super) approved_by_function: String,
    /// The day of that approval. NL: akkoord op.
    pub(super) approved_on: NaiveDate,
    /// The `ledger` of the latest version that you saw; null when you saw none. Leave out to submit whatever there is. NL:
    /// verwachte versie.
    pub(super) expected_version: MaybeUndefined<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

/// What became of a submission. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct SubmitAssessmentPayload {
    /// The assessment; null when nothing was submitted. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// The submitted version, with its receipt; null when nothing was submitted. NL: versie.
    pub(super) version: Option<AssessmentVersion>,
    /// Required criteria without an answer: accepted, but they count as unknown. NL: niet beantwoord.
    pub(super) missing: Vec<Criterion>,
    /// What to repair; empty when it was submitted. NL: fouten.
    pub(super) errors: Vec<SubmitAssessmentError>,
}

/// What can be wrong with a claim. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClaimReviewErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// Nothing was submitted. NL: niets ingediend.
    NothingSubmitted,
    /// The latest version is decided. NL: al beslist.
    AlreadyDecided,
    /// Another reviewer has it in hand. NL: in behandeling bij een ander.
    ClaimedByAnother,
}

user_error! {
    /// A mistake in a claim. NL: fout bij het in behandeling nemen.
    ClaimReviewError, ClaimReviewErrorCode, without a key
}

/// An assessment to take in hand. NL: in behandeling te nemen beoordeling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ClaimReviewInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    pub(super) municipality: String,
    /// The key of the period. NL: periode.
    pub(super) period: String,
}

/// What became of a claim. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct ClaimReviewPayload {
    /// The assessment; null when it was not claimed. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// The instant at which the claim ends by itself, UTC; null when it was not claimed. NL: verloopt op.
    pub(super) expires_at: Option<DateTime<Utc>>,
    /// What to repair; empty when it was claimed. NL: fouten.
    pub(super) errors: Vec<ClaimReviewError>,
}

/// What can be wrong with a confirmation. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConfirmAssessmentErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// There is no such version. NL: onbekende versie.
    UnknownVersion,
    /// A later version was submitted. NL: er is een latere versie.
    NotTheLatest,
    /// The version is decided. NL: al beslist.
    AlreadyDecided,
    /// You have not claimed it, or your claim has ended. NL: niet in behandeling.
    NotClaimed,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

user_error! {
    /// A mistake in a confirmation. NL: fout bij het bevestigen.
    ConfirmAssessmentError, ConfirmAssessmentErrorCode
}

/// A version to confirm; it must be claimed by the same reviewer. NL: te bevestigen versie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ConfirmAssessmentInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    pub(super) municipality: String,
    /// The key of the period. NL: periode.
    pub(super) period: String,
    /// The number of the version that you read. NL: versienummer.
    pub(super) version: i32,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

/// What became of a confirmation. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct ConfirmAssessmentPayload {
    /// The assessment; null when it was not confirmed. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// What to repair; empty when it was confirmed. NL: fouten.
    pub(super) errors: Vec<ConfirmAssessmentError>,
}

/// The codes that every mutation here has for its target.
pub(super) trait TargetCodes: Copy {
    const UNKNOWN_MUNICIPALITY: Self;
    const UNKNOWN_PERIOD: Self;
}

macro_rules! target_codes {
    ($($code:ty),+) => {
        $(impl TargetCodes for $code {
            const UNKNOWN_MUNICIPALITY: Self = Self::UnknownMunicipality;
            const UNKNOWN_PERIOD: Self = Self::UnknownPeriod;
        })+
    };
}
target_codes!(
    SaveDraftErrorCode,
    SubmitAssessmentErrorCode,
    ClaimReviewErrorCode,
    ConfirmAssessmentErrorCode
);
