//! Who may read and do what: the mandate table as code.
//!
//! Plain functions over plain values, one `match` per question and no catch-all arm, so that a new role asks us
//! everywhere. Reading yields a [`ReadScope`], changing a permit; only this module makes them, and repositories
//! demand them. A permit carries the organisation it is for, and repositories use that one and no other.
//! Row-level security says the same once more, in the migrations.
#![deny(clippy::wildcard_enum_match_arm)]

mod mandate;
mod permits;
mod scope;

pub use mandate::Mandate;
pub use permits::{
    MayClaimReview, MayConfirm, MayFillDraft, MayManageFramework, MayManagePlan, MayReadTotals,
    MayReportOn, MaySubmit, may_claim_review, may_confirm, may_fill_draft, may_manage_framework,
    may_manage_plan, may_read_totals, may_report_on, may_submit,
};
pub use scope::{
    LedgerScope, OpenReports, ReadScope, Rows, answers, ledger, open_reports, submissions, verdicts,
};

/// A rule of the mandate table that refused, with its text for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// "Draft": own, or a member of the own region.
    FillDraft,
    /// "Submit, withdraw": own, or a member with a mandate.
    Submit,
    /// "Claim, question, return, confirm": VNG.
    Review,
    /// "Framework, periods, territory, reporting regions": VNG.
    Framework,
    /// "Verdicts and counts of verdicts".
    ReadVerdicts,
    /// "Answers, evidence, grounds".
    ReadAnswers,
    /// "Submission state".
    ReadSubmissions,
    /// "Status report, result, measurement": own actions.
    ReportStatus,
    /// "Plan, lines, goals, budget, partners, roles, rounds": the ministry.
    ManagePlan,
}

impl Rule {
    /// The code of the rule, as clients see it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::FillDraft => "FILL_DRAFT",
            Self::Submit => "SUBMIT",
            Self::Review => "REVIEW",
            Self::Framework => "FRAMEWORK",
            Self::ReadVerdicts => "READ_VERDICTS",
            Self::ReadAnswers => "READ_ANSWERS",
            Self::ReadSubmissions => "READ_SUBMISSIONS",
            Self::ReportStatus => "REPORT_STATUS",
            Self::ManagePlan => "MANAGE_PLAN",
        }
    }

    /// What the rule says, in Dutch and in English.
    #[must_use]
    pub fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::FillDraft => (
                "Een concept vult de gemeente zelf in, of de regio die voor haar rapporteert.",
                "A draft is filled in by the municipality itself, or by the region that reports for it.",
            ),
            Self::Submit => (
                "Indienen doet de gemeente zelf, of haar regio met een indieningsmandaat.",
                "Submitting is done by the municipality itself, or by its region with a submission mandate.",
            ),
            Self::Review => (
                "Een beoordeling wordt door VNG in behandeling genomen en bevestigd.",
                "An assessment is claimed and confirmed by VNG.",
            ),
            Self::Framework => (
                "Het kader, de perioden en de rapporterende regio's beheert VNG.",
                "The framework, the periods and the reporting regions are managed by VNG.",
            ),
            Self::ReadVerdicts => (
                "Oordelen ziet de gemeente zelf, haar regio, VNG, en na bevestiging het ministerie; anderen na publicatie.",
                "Verdicts are seen by the municipality itself, its region, VNG, and once confirmed the ministry; by others once published.",
            ),
            Self::ReadAnswers => (
                "Antwoorden en gronden ziet de gemeente zelf, haar regio, VNG, en na bevestiging het ministerie.",
                "Answers and grounds are seen by the municipality itself, its region, VNG, and once confirmed the ministry.",
            ),
            Self::ReadSubmissions => (
                "De stand van indienen ziet de gemeente zelf, haar regio, VNG en het ministerie; anderen na publicatie.",
                "The state of submission is seen by the municipality itself, its region, VNG and the ministry; by others once published.",
            ),
            Self::ReportStatus => (
                "Over een actie rapporteert de partner die het ministerie als eigenaar heeft aangewezen, of het ministerie.",
                "An action is reported on by the partner that the ministry assigned as its owner, or by the ministry.",
            ),
            Self::ManagePlan => (
                "Het plan, de monitoringsrondes en de rollen van partners beheert het ministerie.",
                "The plan, the monitoring rounds and the roles of partners are managed by the ministry.",
            ),
        }
    }
}

/// A refusal: the rule that refused. For what one sees but may not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("refused by the rule {}", .0.code())]
pub struct Denied(pub Rule);
