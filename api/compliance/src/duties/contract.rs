//! What the mutations of regional duties take, and what they give back.

use async_graphql::InputObject;

use super::{errors::RegionalDutyError, schema::RegionalDuties};
use domain::duties::codes::MeetingKind;
use graphql::{coded::Coded, date::Date, member::Member, payload, payload::IdempotencyKey};

payload! {
    /// What became of a meeting. NL: resultaat.
    RecordRegionalMeetingPayload {
        /// The duties of the area as they stand; null when nothing was recorded. NL: taken.
        regional_duties: RegionalDuties,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: RegionalDutyError,
    }
}

/// A meeting that was held. NL: gehouden bijeenkomst.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordRegionalMeetingInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// The day: today at the latest. From 2018-01-01 to 2099-12-31. NL: datum.
    pub(super) held_on: Date,
    /// Who met. NL: soort overleg.
    pub(super) kind: Coded<MeetingKind>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a bottleneck. NL: resultaat.
    RaiseRegionalBottleneckPayload {
        /// The duties of the area as they stand; null when nothing was recorded. NL: taken.
        regional_duties: RegionalDuties,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: RegionalDutyError,
    }
}

/// A bottleneck. NL: knelpunt.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RaiseRegionalBottleneckInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// What it is, in Dutch, at most 4,000 characters; no names of people, no cases. NL:
    /// omschrijving.
    pub(super) text: String,
    /// Since when: today at the latest. From 2018-01-01 to 2099-12-31. NL: sinds.
    pub(super) since: Date,
    /// The key of the action of the plan that it stands in the way of, as in `2024/33`; left out
    /// when it is of none. NL: actie.
    pub(super) action: Option<String>,
    /// The key of the partner that takes it up, as in `comensha`; left out when none does. NL:
    /// partner.
    pub(super) partner: Option<String>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of resolving a bottleneck. NL: resultaat.
    ResolveRegionalBottleneckPayload {
        /// The duties of the area as they stand; null when nothing was recorded. NL: taken.
        regional_duties: RegionalDuties,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: RegionalDutyError,
    }
}

/// A bottleneck that is one no longer. NL: opgelost knelpunt.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ResolveRegionalBottleneckInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// The number of the bottleneck. NL: volgnummer.
    pub(super) number: i32,
    /// The day on which it was resolved: after the day on which it arose, today at the latest. From
    /// 2018-01-01 to 2099-12-31. NL: opgelost op.
    pub(super) resolved_on: Date,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a decision. NL: resultaat.
    RecordRegionalDecisionPayload {
        /// The duties of the area as they stand; null when nothing was recorded. NL: taken.
        regional_duties: RegionalDuties,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: RegionalDutyError,
    }
}

/// A decision on policy. NL: besluit.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordRegionalDecisionInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// What was decided, in Dutch, at most 4,000 characters; no names of people, no cases. NL:
    /// omschrijving.
    pub(super) text: String,
    /// The day of the decision: today at the latest. From 2018-01-01 to 2099-12-31. NL: datum van
    /// het besluit.
    pub(super) decided_on: Date,
    /// Whether the municipal executives have to ratify it. NL: te bekrachtigen door de colleges.
    pub(super) needs_ratification: bool,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a half-year report. NL: resultaat.
    SubmitRegionalReportPayload {
        /// The duties of the area as they stand; null when nothing was recorded. NL: taken.
        regional_duties: RegionalDuties,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: RegionalDutyError,
    }
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
    /// The ledger number of the version that you saw last; null when you saw none. Left out, the
    /// last word wins. NL: verwachte versie.
    pub(super) expected_version: Member<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of confirming a report. NL: resultaat.
    ConfirmRegionalReportPayload {
        /// The duties of the area as they stand; null when nothing was recorded. NL: taken.
        regional_duties: RegionalDuties,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: RegionalDutyError,
    }
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

payload! {
    /// What became of taking a meeting back. NL: resultaat.
    WithdrawRegionalMeetingPayload {
        /// The duties of the area as they stand; null when nothing was taken back. NL: taken.
        regional_duties: RegionalDuties,
        /// What to repair; empty when it was taken back. NL: fouten.
        errors: RegionalDutyError,
    }
}

/// A meeting that was recorded by mistake. NL: in te trekken bijeenkomst.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawRegionalMeetingInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// The day on which it was recorded to have been held. From 2018-01-01 to 2099-12-31. NL: datum.
    pub(super) held_on: Date,
    /// Who met. NL: soort overleg.
    pub(super) kind: Coded<MeetingKind>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of taking a bottleneck back. NL: resultaat.
    WithdrawRegionalBottleneckPayload {
        /// The duties of the area as they stand; null when nothing was taken back. NL: taken.
        regional_duties: RegionalDuties,
        /// What to repair; empty when it was taken back. NL: fouten.
        errors: RegionalDutyError,
    }
}

/// A bottleneck that was recorded by mistake. NL: in te trekken knelpunt.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawRegionalBottleneckInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// The number of the bottleneck. NL: volgnummer.
    pub(super) number: i32,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of taking a decision back. NL: resultaat.
    WithdrawRegionalDecisionPayload {
        /// The duties of the area as they stand; null when nothing was taken back. NL: taken.
        regional_duties: RegionalDuties,
        /// What to repair; empty when it was taken back. NL: fouten.
        errors: RegionalDutyError,
    }
}

/// A decision that was recorded by mistake. NL: in te trekken besluit.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawRegionalDecisionInput {
    /// The code of the area: your own. NL: gebiedscode.
    pub(super) area: String,
    /// The number of the decision. NL: volgnummer.
    pub(super) number: i32,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}
