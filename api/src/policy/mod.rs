//! Who may read and do what: the mandate table as code.
//!
//! [`Rule`] holds the table; the questions asked of it are plain functions over plain values, without a catch-all arm, so
//! that a new role or reach asks us everywhere. Reading yields a [`ReadScope`], changing a permit; only this module makes them, and repositories
//! demand them. A permit carries the organisation it is for, and repositories use that one and no other.
//! Row-level security says the same once more, in the migrations.
#![deny(clippy::wildcard_enum_match_arm)]

mod mandate;
mod permits;
mod privilege;
mod rule;
mod scope;

pub use mandate::Mandate;
pub use permits::{
    MayClaimReview, MayConfirm, MayFillDraft, MayKeepRegional, MayManageFramework, MayManagePlan,
    MayReadTotals, MayReportOn, MayReviewRegional, MaySubmit, may_claim_review, may_confirm,
    may_fill_draft, may_keep_regional, may_manage_framework, may_manage_plan, may_read_totals,
    may_report_on, may_review_regional, may_submit, own_subjects,
};
pub use privilege::{PRIVILEGED, is_privileged};
pub use rule::{MUTATIONS, Reach, Rule, Verb};
pub use scope::{
    LedgerScope, OpenReports, ReadScope, RegionalScope, Rows, answers, ledger, open_reports,
    regional, submissions, verdicts,
};

/// A refusal: the rule that refused. For what one sees but may not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("refused by the rule {}", .0.code())]
pub struct Denied(pub Rule);
