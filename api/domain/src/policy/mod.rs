//! Who may read and do what: the mandate table as code.
//!
//! [`Rule`] holds the table; the questions asked of it are plain functions over plain values,
//! without a catch-all arm, so that a new role or reach asks us everywhere. Reading yields a
//! [`ReadScope`], changing a permit; only this module makes them, and repositories demand them. A
//! permit carries the organisation it is for, and repositories use that one and no other. Row-level
//! security says the same once more, in the migrations.
#![deny(clippy::wildcard_enum_match_arm)]

mod codes;
mod feed_keys;
mod local;
mod mailboxes;
mod mandate;
mod operation;
mod own;
mod permits;
mod privilege;
mod publishing;
mod remarks;
mod rule;
mod scope;

pub use codes::ViewerRole;
pub use feed_keys::{FeedKeyScope, MayManageFeedKeys, feed_keys, may_manage_feed_keys};
pub use local::{
    MayAssignFunction, MayDeclarePolicyState, MayRecordAdoption, MayRecordPolicy,
    MayRegisterSource, Place, may_assign_function, may_declare_policy_state, may_record_adoption,
    may_record_policy, may_register_source, may_replace, speaks_as_municipality,
};
pub use mailboxes::{MayManageMailbox, Reminders, may_manage_mailbox, reminders};
pub use mandate::Mandate;
pub use operation::Operation;
pub use own::{
    MayCountOwnRegion, MayReviewAll, OwnActions, OwnMunicipalities, mandated_municipalities,
    may_count_own_region, may_review_all, own_actions, own_area, own_municipalities,
    reminded_municipalities,
};
pub use permits::{
    MayDecideForItself, MayFillDraft, MayFillOnBehalf, MayImportAssessments, MayKeepRegional,
    MayManageFramework, MayManagePlan, MayReadTotals, MayReportOn, MayReview, MayReviewRegional,
    MaySubmit, acting_area, may_decide_for_itself, may_fill_draft, may_fill_on_behalf,
    may_import_assessments, may_keep_regional, may_manage_framework, may_manage_plan,
    may_read_totals, may_report_on, may_review, may_review_regional, may_submit, own_subjects,
};
pub use privilege::is_privileged;
pub use publishing::{
    MayPrepare, MayPublish, MayRespond, Publications, may_prepare, may_publish, may_respond,
    publications,
};
pub use remarks::{MayRemark, RemarkScope, Remarker, may_remark, remarks};
pub use rule::{Reach, Rule, Verb};
pub use scope::{
    LedgerScope, OpenReports, ReadScope, RegionalScope, Rows, answers, ledger, open_reports,
    regional, reviews, sees_mandates_of, submissions, verdicts,
};

/// A refusal: the rule that refused. For what one sees but may not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("refused by the rule {}", .0.code())]
pub struct Denied(pub Rule);
