//! What the mutations of regional duties take and refuse.

use async_graphql::{Enum, InputObject, SimpleObject};
use chrono::NaiveDate;

use super::schema::RegionalDuties;
use domain::duties::codes::MeetingKind;
use graphql::{coded::Coded, payload::IdempotencyKey, user_error};

/// The codes, the error and the payload of a mutation: each gives the duties of the area as they
/// then stand.
macro_rules! duty {
    (
        $(#[$code_doc:meta])* $code:ident { $($(#[$doc:meta])* $variant:ident,)* }
        $(#[$error_doc:meta])* $error:ident
        $(#[$payload_doc:meta])* $payload:ident
    ) => {
        $(#[$code_doc])*
        #[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $code {
            $($(#[$doc])* $variant,)*
            /// The idempotency key was used for another input. NL: sleutel al gebruikt.
            KeyReused,
        }

        user_error! { $(#[$error_doc])* $error, $code }

        $(#[$payload_doc])*
        #[derive(SimpleObject, Debug)]
        pub struct $payload {
            /// The duties of the area as they stand; null when nothing was recorded. NL: taken.
            pub(super) regional_duties: Option<RegionalDuties>,
            /// What to repair; empty when it was recorded. NL: fouten.
            pub(super) errors: Vec<$error>,
        }
    };
}

duty! {
    /// What can be wrong with a meeting. NL: foutcode.
    RecordRegionalMeetingErrorCode {
        /// The day has not come yet. NL: in de toekomst.
        InTheFuture,
        /// It stands there already. NL: al vastgelegd.
        AlreadyRecorded,
    }
    /// A mistake in a meeting. NL: fout in een bijeenkomst.
    RecordRegionalMeetingError
    /// What became of a meeting. NL: resultaat.
    RecordRegionalMeetingPayload
}

/// A meeting that was held. NL: gehouden bijeenkomst.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordRegionalMeetingInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// The day: today at the latest. NL: datum.
    pub(super) held_on: NaiveDate,
    /// Who met. NL: soort overleg.
    pub(super) kind: Coded<MeetingKind>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

duty! {
    /// What can be wrong with a bottleneck. NL: foutcode.
    RaiseRegionalBottleneckErrorCode {
        /// The day has not come yet. NL: in de toekomst.
        InTheFuture,
        /// The text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// The text holds a citizen service number or an e-mail address. NL: persoonsgegevens.
        PersonalData,
    }
    /// A mistake in a bottleneck. NL: fout in een knelpunt.
    RaiseRegionalBottleneckError
    /// What became of a bottleneck. NL: resultaat.
    RaiseRegionalBottleneckPayload
}

/// A bottleneck. NL: knelpunt.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RaiseRegionalBottleneckInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// What it is, in Dutch, at most 4,000 characters; no names of people, no cases. NL:
    /// omschrijving.
    pub(super) text: String,
    /// Since when: today at the latest. NL: sinds.
    pub(super) since: NaiveDate,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

duty! {
    /// What can be wrong with resolving a bottleneck. NL: foutcode.
    ResolveRegionalBottleneckErrorCode {
        /// The area has no bottleneck of that number. NL: onbekend knelpunt.
        UnknownBottleneck,
        /// It was resolved already. NL: al opgelost.
        AlreadyResolved,
        /// The day has not come yet, or lies before the bottleneck. NL: verkeerde datum.
        WrongDay,
    }
    /// A mistake in resolving a bottleneck. NL: fout bij het oplossen van een knelpunt.
    ResolveRegionalBottleneckError
    /// What became of resolving a bottleneck. NL: resultaat.
    ResolveRegionalBottleneckPayload
}

/// A bottleneck that is one no longer. NL: opgelost knelpunt.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ResolveRegionalBottleneckInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// The number of the bottleneck. NL: volgnummer.
    pub(super) number: i32,
    /// The first day on which it was one no longer: after the day on which it arose, today at the
    /// latest. NL: opgelost op.
    pub(super) on: NaiveDate,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

duty! {
    /// What can be wrong with a decision. NL: foutcode.
    RecordRegionalDecisionErrorCode {
        /// The day has not come yet. NL: in de toekomst.
        InTheFuture,
        /// The text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// The text holds a citizen service number or an e-mail address. NL: persoonsgegevens.
        PersonalData,
    }
    /// A mistake in a decision. NL: fout in een besluit.
    RecordRegionalDecisionError
    /// What became of a decision. NL: resultaat.
    RecordRegionalDecisionPayload
}

/// A decision on policy. NL: besluit.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordRegionalDecisionInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// What was decided, in Dutch, at most 4,000 characters; no names of people, no cases. NL:
    /// omschrijving.
    pub(super) text: String,
    /// The day of the decision: today at the latest. NL: datum van het besluit.
    pub(super) decided_on: NaiveDate,
    /// Whether the municipal executives have to ratify it. NL: te bekrachtigen door de colleges.
    pub(super) needs_ratification: bool,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

duty! {
    /// What can be wrong with a half-year report. NL: foutcode.
    SubmitRegionalReportErrorCode {
        /// A half year is `2026-1` or `2026-2`, and has begun. NL: onbekend halfjaar.
        UnknownHalf,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// A text holds a citizen service number or an e-mail address. NL: persoonsgegevens.
        PersonalData,
        /// There is a later version than the one that you expected. NL: intussen gewijzigd.
        Conflict,
    }
    /// A mistake in a half-year report. NL: fout in een halfjaarrapportage.
    SubmitRegionalReportError
    /// What became of a half-year report. NL: resultaat.
    SubmitRegionalReportPayload
}

/// A half-year report, perhaps as `RegionalDuties.draft` composed it. NL: halfjaarrapportage.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct SubmitRegionalReportInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// The half year, as in `2026-2`. NL: halfjaar.
    pub(super) half: String,
    /// Progress, in Dutch, at most 4,000 characters; no names of people, no cases. NL: voortgang.
    pub(super) progress: String,
    /// Particulars, likewise. NL: bijzonderheden.
    pub(super) particulars: String,
    /// Bottlenecks, likewise. NL: knelpunten.
    pub(super) bottlenecks: String,
    /// The ledger number of the version that you saw last; 0 when you saw none. Without it the last
    /// word wins. NL: verwachte versie.
    pub(super) expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

duty! {
    /// What can be wrong with confirming a report. NL: foutcode.
    ConfirmRegionalReportErrorCode {
        /// The area submitted no report of that half year, or no version of that number. NL:
        /// onbekende versie.
        UnknownVersion,
        /// The region submitted a later version. NL: niet de laatste versie.
        NotTheLatest,
        /// It was confirmed already. NL: al bevestigd.
        AlreadyConfirmed,
    }
    /// A mistake in confirming a report. NL: fout bij het bevestigen.
    ConfirmRegionalReportError
    /// What became of confirming a report. NL: resultaat.
    ConfirmRegionalReportPayload
}

/// A half-year report to confirm. NL: te bevestigen halfjaarrapportage.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ConfirmRegionalReportInput {
    /// The code of the area, as in `VR14`. NL: gebiedscode.
    pub(super) area: String,
    /// The half year, as in `2026-2`. NL: halfjaar.
    pub(super) half: String,
    /// The number of the version: the latest. NL: versie.
    pub(super) version: i32,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}
