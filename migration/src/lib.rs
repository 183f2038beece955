//! The history of the database, in hand-written SQL.
//!
//! Every migration is a pair: a file of Rust that names it and a file of SQL with the same stem, in
//! which `-- down` parts the way up from the way back. A migration says one thing, knows no other
//! crate, and is never edited once it has landed. The three roles (`stm_owner`, `stm_app`,
//! `stm_auditor`) must exist before the first one runs: they belong to the server and not to the
//! database, so the embedded supervisor or the Compose set-up makes them.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261122_100000_create_ledger;
mod m20261122_100100_create_territory;
mod m20261122_100200_create_plan;
mod m20261122_100300_create_framework;
mod m20261122_100400_create_policies;
mod m20261122_100500_create_assessment;
mod m20261122_100600_create_verdict;
mod m20261122_100700_create_bi_views;
mod m20261122_110000_create_plan_details;
mod m20261122_110100_create_goals;
mod m20261122_110200_create_budget;
mod m20261122_110300_create_partners;
mod m20261122_110400_create_guidance;
mod m20261122_110500_create_tiles;
mod m20261122_110600_create_data_quality;
mod m20261122_110700_create_search;
mod m20261122_120000_wall_public_facts;
mod m20261122_120100_create_open_rounds;
mod m20261126_100000_tell_changes_of_the_plan;
mod m20261126_110000_own_policies;
mod m20261126_110100_own_functions;
mod m20261126_110200_record_reorganisations;
mod m20261126_130000_create_life_cycle;
mod m20261126_130100_create_edition_lineage;
mod m20261126_140000_judge_anew;
mod m20261126_140100_create_regional_answers;
mod m20261126_140200_create_regional_duties;
mod m20261126_150000_create_timed_release;
mod m20261126_150100_create_publication;
mod m20261126_170000_create_star_schema;
mod m20261126_170100_create_star_compliance;
mod m20261126_170200_create_feed_keys;
mod m20261126_180000_create_redaction;
mod m20261126_180100_mark_demo;
mod m20261126_180200_bind_owners;
mod m20261126_190000_part_feed_key_secrets;
mod m20261126_190000_seal_submitted_versions;
mod m20261126_190100_see_verdicts_at_once;
mod m20261126_190200_pull_answers_at_once;
mod m20261126_210000_pull_tables_at_once;
mod m20261126_220000_add_size_classes;
mod m20261126_220100_count_own_region;
mod m20261126_220200_know_what_a_period_closed_with;
mod m20261126_230000_keep_final_facts_final;
mod m20261126_230100_count_without_texts;
mod m20261130_100000_tell_form_of_repeats;
mod m20261130_170000_keep_scope_present;

/// Runs the migrations below, in this order.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_100000_create_ledger::Migration),
            Box::new(m20261122_100100_create_territory::Migration),
            Box::new(m20261122_100200_create_plan::Migration),
            Box::new(m20261122_100300_create_framework::Migration),
            Box::new(m20261122_100400_create_policies::Migration),
            Box::new(m20261122_100500_create_assessment::Migration),
            Box::new(m20261122_100600_create_verdict::Migration),
            Box::new(m20261122_100700_create_bi_views::Migration),
            Box::new(m20261122_110000_create_plan_details::Migration),
            Box::new(m20261122_110100_create_goals::Migration),
            Box::new(m20261122_110200_create_budget::Migration),
            Box::new(m20261122_110300_create_partners::Migration),
            Box::new(m20261122_110400_create_guidance::Migration),
            Box::new(m20261122_110500_create_tiles::Migration),
            Box::new(m20261122_110600_create_data_quality::Migration),
            Box::new(m20261122_110700_create_search::Migration),
            Box::new(m20261122_120000_wall_public_facts::Migration),
            Box::new(m20261122_120100_create_open_rounds::Migration),
            Box::new(m20261126_100000_tell_changes_of_the_plan::Migration),
            Box::new(m20261126_110000_own_policies::Migration),
            Box::new(m20261126_110100_own_functions::Migration),
            Box::new(m20261126_110200_record_reorganisations::Migration),
            Box::new(m20261126_130000_create_life_cycle::Migration),
            Box::new(m20261126_130100_create_edition_lineage::Migration),
            Box::new(m20261126_140000_judge_anew::Migration),
            Box::new(m20261126_140100_create_regional_answers::Migration),
            Box::new(m20261126_140200_create_regional_duties::Migration),
            Box::new(m20261126_150000_create_timed_release::Migration),
            Box::new(m20261126_150100_create_publication::Migration),
            Box::new(m20261126_170000_create_star_schema::Migration),
            Box::new(m20261126_170100_create_star_compliance::Migration),
            Box::new(m20261126_170200_create_feed_keys::Migration),
            Box::new(m20261126_180000_create_redaction::Migration),
            Box::new(m20261126_180100_mark_demo::Migration),
            Box::new(m20261126_180200_bind_owners::Migration),
            Box::new(m20261126_190000_part_feed_key_secrets::Migration),
            Box::new(m20261126_190000_seal_submitted_versions::Migration),
            Box::new(m20261126_190100_see_verdicts_at_once::Migration),
            Box::new(m20261126_190200_pull_answers_at_once::Migration),
            Box::new(m20261126_210000_pull_tables_at_once::Migration),
            Box::new(m20261126_220000_add_size_classes::Migration),
            Box::new(m20261126_220100_count_own_region::Migration),
            Box::new(m20261126_220200_know_what_a_period_closed_with::Migration),
            Box::new(m20261126_230000_keep_final_facts_final::Migration),
            Box::new(m20261126_230100_count_without_texts::Migration),
            Box::new(m20261130_100000_tell_form_of_repeats::Migration),
            Box::new(m20261130_170000_keep_scope_present::Migration),
        ]
    }
}

/// Splits a migration's SQL at the line `-- down` into the way up and the way back.
fn halves(sql: &'static str) -> (&'static str, &'static str) {
    sql.split_once("\n-- down\n").unwrap_or((sql, ""))
}

/// One migration from one file of SQL: the module's name is the migration's name.
macro_rules! sql_migration {
    ($stem:literal) => {
        #[derive(Debug)]
        pub(crate) struct Migration;

        impl sea_orm_migration::MigrationName for Migration {
            fn name(&self) -> &str {
                $stem
            }
        }

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Migration {
            async fn up(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::DbErr> {
                use sea_orm_migration::sea_orm::ConnectionTrait as _;
                let (up, _) = crate::halves(include_str!(concat!($stem, ".sql")));
                manager.get_connection().execute_unprepared(up).await?;
                Ok(())
            }

            async fn down(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::DbErr> {
                use sea_orm_migration::sea_orm::ConnectionTrait as _;
                let (_, down) = crate::halves(include_str!(concat!($stem, ".sql")));
                manager.get_connection().execute_unprepared(down).await?;
                Ok(())
            }
        }
    };
}
pub(crate) use sql_migration;
