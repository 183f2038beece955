//! One file per table, for sea-orm only: no GraphQL, no serde, no rules.
//!
//! A file gives the name of its table and the columns of that table alone; `macros.rs` adds what
//! all tables have. So each module has `Entity`, `Model`, `ActiveModel`, `Column` and `PrimaryKey`.
//!
//! Entities of facts speak to the view `known.<table>`: selecting from it shows what is known at
//! the ledger number of the transaction, and inserting through it appends to the table behind.
//! Nothing updates or deletes a fact.

use sea_orm::{EnumIter, RelationDef, RelationTrait};

#[macro_use]
mod macros;

pub mod action;
pub mod action_goal;
pub mod action_line;
pub mod action_lineage;
pub mod action_partner;
pub mod action_phase;
pub mod action_reference;
pub mod action_relation;
pub mod action_result;
pub mod action_theme;
pub mod action_title;
pub mod action_year;
pub mod activity;
pub mod adjacent_policy;
pub mod answer;
pub mod area;
pub mod area_membership;
pub mod assessment_version;
pub mod assessment_withdrawal;
pub mod browser_session;
pub mod budget_cell;
pub mod building_block;
pub mod claim;
pub mod criterion;
pub mod criterion_lineage;
pub mod criterion_remark;
pub mod data_decision;
pub mod database_kind;
pub mod deadline_extension;
pub mod digest;
pub mod draft;
pub mod draft_answer;
pub mod edition_consultation;
pub mod effect_indicator;
pub mod event;
pub mod event_participant;
pub mod evidence;
pub mod exploitation_form;
pub mod feed_key;
pub mod feed_key_secret;
pub mod feed_key_use;
pub mod framework_edition;
pub mod free_text;
pub mod function_assignment;
pub mod function_registrar;
pub mod function_role;
pub mod function_vacancy;
pub mod functional_mailbox;
pub mod funding;
pub mod goal_lineage;
pub mod goal_target;
pub mod idempotency_key;
pub mod intended_effect;
pub mod known_difference;
pub mod known_gap;
pub mod ledger;
pub mod ledger_head;
pub mod ledger_instant;
pub mod measurement;
pub mod milestone;
pub mod monitoring_round;
pub mod motion;
pub mod motion_answer;
pub mod municipality;
pub mod national_figure;
pub mod obligation;
pub mod on_behalf_answer;
pub mod on_behalf_filling;
pub mod operational_goal;
pub mod partner;
pub mod partner_mention;
pub mod plan_step;
pub mod plan_theme;
pub mod plan_version;
pub mod planned_reorganisation;
pub mod policy_adoption;
pub mod policy_declaration;
pub mod policy_document;
pub mod policy_provision;
pub mod position_seal;
pub mod proposal;
pub mod public_text;
pub mod publication;
pub mod publication_content;
pub mod publication_file;
pub mod publication_note;
pub mod publication_response;
pub mod publication_verdict;
pub mod published_count;
pub mod published_criterion_count;
pub mod published_municipality_count;
pub mod published_verdict;
pub mod published_verdict_count;
pub mod question_reply;
pub mod redaction;
pub mod reference_citation;
pub mod regional_answer;
pub mod regional_bottleneck;
pub mod regional_decision;
pub mod regional_evidence;
pub mod regional_meeting;
pub mod regional_report;
pub mod regional_report_review;
pub mod regional_review;
pub mod reorganisation;
pub mod reporting_period;
pub mod reporting_point;
pub mod reporting_region;
pub mod reporting_step;
pub mod review_decision;
pub mod review_question;
pub mod round_exclusion;
pub mod round_report;
pub mod search_document;
pub mod sign_in;
pub mod source_document;
pub mod status_origin;
pub mod status_report;
pub mod submission_mandate;
pub mod theme;
pub mod tile;
pub mod timed_release;
pub mod unnamed_party;
pub mod verdict_rerun;
pub mod verdict_span;
pub mod withholding_key;

/// The relations of every entity: none, because tables are joined in SQL, by natural key.
#[derive(Clone, Copy, Debug, EnumIter)]
pub enum Relation {}

impl RelationTrait for Relation {
    fn def(&self) -> RelationDef {
        match *self {}
    }
}
