//! One file per table, for sea-orm only: no GraphQL, no serde, no rules.
//!
//! Entities of facts speak to the view `known.<table>`: selecting from it shows what is known at the ledger number
//! of the transaction, and inserting through it appends to the table behind. Nothing updates or deletes a fact.

pub mod action;
pub mod action_line;
pub mod action_lineage;
pub mod action_title;
pub mod answer;
pub mod area;
pub mod area_membership;
pub mod assessment_version;
pub mod claim;
pub mod criterion;
pub mod draft;
pub mod draft_answer;
pub mod framework_edition;
pub mod free_text;
pub mod idempotency_key;
pub mod ledger;
pub mod ledger_head;
pub mod ledger_instant;
pub mod monitoring_round;
pub mod municipality;
pub mod plan_version;
pub mod policy_adoption;
pub mod policy_document;
pub mod published_count;
pub mod reorganisation;
pub mod reporting_period;
pub mod reporting_region;
pub mod review_decision;
pub mod round_exclusion;
pub mod source_document;
pub mod status_report;
pub mod theme;
pub mod verdict_span;
