//! The history of the database, in hand-written SQL.
//!
//! Every migration is a file of SQL, in which `-- down` parts the way up from the way back, and a
//! line of the list below, which says what it is for. A migration says one thing, knows no other
//! crate, and is never edited once it has landed. The three roles (`stm_owner`, `stm_app`,
//! `stm_auditor`) must exist before the first one runs: they belong to the server and not to the
//! database, so the embedded supervisor or the Compose set-up makes them.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{
    async_trait::async_trait,
    prelude::*,
    sea_orm::{
        DatabaseConnection, DbBackend, RuntimeErr, Statement,
        sqlx::{self, PgConnection},
    },
};

/// One file of SQL under its name.
#[derive(Debug)]
struct SqlMigration {
    /// The stem of the file, which the database remembers for ever.
    name: &'static str,
    sql: &'static str,
}

impl SqlMigration {
    /// The way up and the way back.
    fn halves(&self) -> (&'static str, &'static str) {
        self.sql.split_once("\n-- down\n").unwrap_or((self.sql, ""))
    }
}

impl MigrationName for SqlMigration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait]
impl MigrationTrait for SqlMigration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (up, _) = self.halves();
        manager.get_connection().execute_unprepared(up).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (_, down) = self.halves();
        manager.get_connection().execute_unprepared(down).await?;
        Ok(())
    }
}

/// Makes the list of all migrations from the names of their files, each with what it is for.
macro_rules! migrations {
    ($($(#[doc = $purpose:literal])+ $name:ident,)+) => {
        fn migrations() -> Vec<Box<dyn MigrationTrait>> {
            vec![$(Box::new(SqlMigration {
                name: stringify!($name),
                sql: include_str!(concat!(stringify!($name), ".sql")),
            })),+]
        }
    };
}

migrations! {
    /// The ledger, its head, free text, and the shape that every table of facts has.
    m20261122_100000_create_ledger,
    /// Municipalities, reorganisations, areas, their members, and the regions that report.
    m20261122_100100_create_territory,
    /// The action plan: documents, versions, lines, actions, monitoring rounds, status reports.
    m20261122_100200_create_plan,
    /// The framework: editions, themes, criteria, reporting periods.
    m20261122_100300_create_framework,
    /// Policy documents and their adoptions, which are two things.
    m20261122_100400_create_policies,
    /// Drafts, claims and idempotency keys to work with; submitted versions, answers and decisions
    /// as facts.
    m20261122_100500_create_assessment,
    /// Verdict spans: what the rules say of a municipality, from which day on.
    m20261122_100600_create_verdict,
    /// The first table of the star schema: a verdict per municipality, period and basis.
    m20261122_100700_create_bi_views,
    /// What the sources say further of the plan: steps, years, relations, themes, phases,
    /// milestones, results, motions.
    m20261122_110000_create_plan_details,
    /// Goals with their targets, measurements, effects, and the national figures beside them.
    m20261122_110100_create_goals,
    /// The budget tables as printed, and the money behind them.
    m20261122_110200_create_budget,
    /// Partners, their roles in actions, mentions, and meetings.
    m20261122_110300_create_partners,
    /// What a regional policy says, functions and who fills them, and where to report.
    m20261122_110400_create_guidance,
    /// Tiles for maps, and reorganisations that are only planned.
    m20261122_110500_create_tiles,
    /// What is known of the data themselves: differences, gaps, decisions.
    m20261122_110600_create_data_quality,
    /// The search over public facts: its words, its documents, and how they follow the facts.
    m20261122_110700_create_search,
    /// The second wall before public facts: everybody reads them, few append them.
    m20261122_120000_wall_public_facts,
    /// Reports in an open monitoring round: they exist for their reporter and the ministry alone
    /// until the round is closed.
    m20261122_120100_create_open_rounds,
    /// What the ministry and the owners of actions bring in themselves: who reported it, why an
    /// action ended, roles with dates.
    m20261126_100000_tell_changes_of_the_plan,
    /// A recorded policy is somebody's own, and a municipality says in its own words how far it is.
    m20261126_110000_own_policies,
    /// Who fills a function is recorded by whoever it is of, and by partners whom VNG named.
    m20261126_110100_own_functions,
    /// A reorganisation names the largest predecessor; everybody who decides something registers
    /// its source.
    m20261126_110200_record_reorganisations,
    /// The rest of an assessment's life: evidence, questions, withdrawal, extension, mandates,
    /// filling in on behalf.
    m20261126_130000_create_life_cycle,
    /// Which edition of the framework takes the place of which, and what became of each criterion.
    m20261126_130100_create_edition_lineage,
    /// The judge reads every input, whoever's change it is; a run after the closing of a period
    /// stands beside.
    m20261126_140000_judge_anew,
    /// Answers that a reporting region gives for its members, with their evidence, and what VNG
    /// says of them.
    m20261126_140100_create_regional_answers,
    /// What a reporting region does for its members: meetings, bottlenecks, decisions, half-year
    /// reports.
    m20261126_140200_create_regional_duties,
    /// Embargoes: decisions that become known at an instant to come.
    m20261126_150000_create_timed_release,
    /// Publications: prepared, responded to, published, and what they made public of
    /// municipalities.
    m20261126_150100_create_publication,
    /// The star schema that BI tools pull, its public half: dimensions, bridges, facts and totals
    /// over what is known.
    m20261126_170000_create_star_schema,
    /// The scoped half of the star schema: submissions, answers, verdicts and their national
    /// totals.
    m20261126_170100_create_star_compliance,
    /// Keys with which a program of an organisation pulls feeds: the hash of a secret, never the
    /// secret.
    m20261126_170200_create_feed_keys,
    /// Texts that were blanked by law: which, why, and by which entry; the owner alone blanks.
    m20261126_180000_create_redaction,
    /// A database is real or a demo for ever; in a demo, and nowhere else, the program invents
    /// assessments.
    m20261126_180100_mark_demo,
    /// A narrower wall for the texts of owners.
    m20261126_180200_bind_owners,
    /// Secrets of feed keys in a table of their own, so that whoever lists keys reads no hash.
    m20261126_190000_part_feed_key_secrets,
    /// A submitted version is final for the application's login too: no row takes its place, and
    /// nothing is added to it later.
    m20261126_190000_seal_submitted_versions,
    /// Who sees a verdict or a submission is asked once per statement and not once per row.
    m20261126_190100_see_verdicts_at_once,
    /// Answers as a feed reads them: page after page in the time of a page, whatever came before.
    m20261126_190200_pull_answers_at_once,
    /// Answers and verdicts as tables tell them: a page in the time of a page, however long the
    /// history is.
    m20261126_210000_pull_tables_at_once,
    /// Areas of one more kind: municipalities of about one size.
    m20261126_220000_add_size_classes,
    /// A municipality is told how many of its own region handed in, and the state of none of them.
    m20261126_220100_count_own_region,
    /// What a period closed with is read as it was known then.
    m20261126_220200_know_what_a_period_closed_with,
    /// Facts of which `known.*` looks for no correction take none.
    m20261126_230000_keep_final_facts_final,
    /// National totals are counted without the texts of what is counted.
    m20261126_230100_count_without_texts,
    /// What a call's hash was made of is told beside it, so that hashes of two forms are never
    /// compared.
    m20261130_100000_tell_form_of_repeats,
    /// Who may see what is asked of the present day, whatever day an answer tells of.
    m20261130_170000_keep_scope_present,
    /// Ends of pulled tables are called by what they are.
    m20261130_202000_name_last_days,
    /// That a round prints no date is said in Dutch and in English.
    m20261130_204000_tell_round_dates_in_both_languages,
    /// What sources say of visibility stands apart from what they say of numbers.
    m20261130_207000_tell_visibility_from_number,
    /// More kinds of what a policy says: its aim, sectors, risk factors, findings, measures.
    m20261130_207010_name_what_policies_say,
    /// A role for whoever was asked and of whom no source says more.
    m20261130_207020_tell_who_was_requested,
    /// The tables of the budget compute what GraphQL computes.
    m20261130_207030_compute_budgets_once,
    /// A status has the interval of its round, and one that was reported here its reporter and day.
    m20261130_207040_date_statuses_by_their_round,
    /// Days to join by, where no first or last day is known.
    m20261130_207050_offer_days_to_join_by,
    /// That nobody fills a function somewhere, as whoever it is of declares.
    m20261130_207060_declare_vacant_functions,
    /// A publication by name says what each municipality handed in, and why it is told early; its
    /// files have metadata for the archives beside them.
    m20261130_206000_print_what_was_handed_in,
    /// Verdicts tell since when they are what they are, apart from the day on which they were
    /// judged so, and by which rule set.
    m20261130_205000_tell_since_when,
    /// A demo shows what regions answer.
    m20261130_205010_invent_regional_answers,
    /// Beside a publication stands what the rules of today tell otherwise.
    m20261130_205020_note_publications,
    /// Who may see or change something is decided by what is known now, whatever ledger number an
    /// answer is of.
    m20261130_200000_scope_by_what_is_known_now,
    /// A feed key of an officer of two municipalities is seen and revoked by each of them.
    m20261201_090000_share_keys_of_several_municipalities,
    /// What was withdrawn is read at no moment any more: the scope of publications is that of now.
    m20261201_040000_scope_publications_by_now,
    /// Which safe groups are withheld beside an unsafe one follows from a secret of the database.
    m20261201_040100_order_what_is_withheld,
    /// Totals of what nobody confirmed are given as of a Monday to whoever sees no verdict behind
    /// them.
    m20261201_050000_give_totals_by_monday,
    /// Counts of the own region tell nobody's state, are of the present, and say why they are not
    /// told.
    m20261201_050100_withhold_own_region,
    /// A call that is repeated across New Year is known by the pseudonym of the year before.
    m20261201_070000_recognise_after_new_year,
    /// Versions are on time by the deadline in force, whenever it was moved.
    m20261201_070100_tell_on_time_by_deadline_in_force,
    /// A position in the ledger is known by its hash, and what a list is read on with bears a seal.
    m20261201_060000_seal_positions,
    /// A verdict that is published by name tells the day from which it was judged so.
    m20261201_030000_publish_the_day_of_judgement,
    /// What people write of who fills a function, and of links of actions, can be blanked like other
    /// texts.
    m20261201_080000_keep_words_apart,
    /// Words that stand in a fact itself can be blanked by law too, and search forgets them.
    m20261201_100000_blank_words_of_facts,
    /// Policies read settings without queries of their own, so that plans under them begin at once.
    m20261201_110000_read_settings_without_queries,
    /// A plan that reads texts begins with two queries for who sees them and not with forty; texts
    /// that everybody reads are found by an index.
    m20261201_110100_read_texts_where_they_belong,
    /// What takes the place of rows is read from an index, and not from the whole table once more.
    m20261201_110200_find_corrections_by_their_index,
    /// Whether something was redacted since a number can be found out by everybody.
    m20261201_150000_tell_of_redactions,
    /// Search forgets words that were blanked in every line that says them, and nothing of other
    /// words.
    m20261202_010000_forget_whole_lines_of_search,
    /// Whether words of a fact were blanked since a number can be found out by everybody.
    m20261202_010100_tell_of_blanked_words,
    /// Words that come in again are known by the digests of those that were blanked.
    m20261202_010200_find_blanked_words,
    /// The hashes of submissions and of files, by which short texts can be tried, are told no more
    /// when such a text is blanked.
    m20261202_010300_hide_hashes_of_blanked_texts,
    /// What a municipality or a region may act for is planned when the ledger number is set.
    m20261202_041000_read_mandates_with_plans_of_their_own,
    /// A page of answers or of verdicts is walked by the index of its key, and nothing is sorted.
    m20261202_050000_walk_pages_by_key,
    /// Letters of tables change case alike under every locale.
    m20261202_060000_change_case_by_a_rule_of_ours,
    /// The table of municipalities tells province and safety region, and the number of all of them
    /// in the table of totals is called what it is.
    m20261202_060100_tell_where_municipalities_lie,
    /// A criterion may rest on its adoption by VNG.
    m20261202_120000_take_criteria_that_vng_adopted,
    /// A bottleneck of a region can be tied to an action of the plan and to the partner that takes
    /// it up.
    m20261202_130000_tie_bottlenecks_to_actions,
    /// A page of answers looks up instants and words without a function for each row.
    m20261203_000100_look_up_instants_of_answers_in_place,
    /// Whoever holds the receipt of a version can have it checked, and nobody else.
    m20261203_010000_hold_receipts,
    /// An organisation registers a functional mailbox, and is told there once a day what waits for
    /// it.
    m20261203_050000_register_mailboxes,
    /// A proposal of an edition is laid open for comment until a day, and municipalities and regions
    /// remark on its criteria.
    m20261203_090000_lay_editions_open_for_comment,
    /// Which verdict held at the end of each month stands in a table of its own, beside the spans
    /// of the history.
    m20261203_170000_snapshot_verdicts_by_month,
    /// A page of the answers that count now is read from where it begins, and not sorted anew.
    m20261203_170100_walk_present_answers_by_key,
    /// Since when a verdict is what it is is found for each row by itself, and not for all of them
    /// once more for each row.
    m20261203_170200_find_first_days_of_each_verdict,
    /// Browsers that are signed in at the workplace, and sign-ins that are under way.
    m20261203_210000_sign_in_with_browsers,
}

/// A migration, or what comes before all of them, failed.
#[derive(Debug)]
pub struct Failed {
    /// Which one it was; none when it was none of them.
    pub migration: Option<String>,
    /// Why.
    pub cause: DbErr,
}

impl From<DbErr> for Failed {
    fn from(cause: DbErr) -> Self {
        Self {
            migration: None,
            cause,
        }
    }
}

/// Runs what has not run yet, and says how many that were. Of several who do so at once each waits
/// for the one before it.
///
/// # Errors
/// [`Failed`], with the first that fails; those before it stay.
pub async fn up(owner: &DatabaseConnection) -> Result<usize, Failed> {
    let turn = turn(owner)
        .await
        .map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))?;
    let pending = Migrator::get_pending_migrations(owner).await?;
    // One by one, because the error of Postgres does not say which of them it refused.
    for migration in &pending {
        Migrator::up(owner, Some(1)).await.map_err(|cause| Failed {
            migration: Some(migration.name().to_owned()),
            cause,
        })?;
    }
    // The list of migrations is there before the first of them runs, so none of them can say who
    // reads it. The service does, to see whether the database is behind.
    owner
        .execute_unprepared("grant select on seaql_migrations to stm_app, stm_auditor")
        .await?;
    drop(turn);
    Ok(pending.len())
}

/// The names of the migrations that have not run yet, in their order. Changes nothing: not even the
/// list of migrations is made where there is none.
///
/// # Errors
/// When the database fails.
pub async fn pending(owner: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let read = async |sql: &str| {
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        let rows = owner.query_all_raw(statement).await?;
        rows.iter()
            .map(|row| row.try_get_by_index(0))
            .collect::<Result<Vec<String>, DbErr>>()
    };
    let listed = read(
        "select c.relname::text from pg_class c where c.oid = to_regclass('seaql_migrations')",
    )
    .await?;
    let applied = if listed.is_empty() {
        Vec::new()
    } else {
        read("select version::text from seaql_migrations").await?
    };
    let names = migrations()
        .into_iter()
        .map(|migration| migration.name().to_owned());
    Ok(names.filter(|name| !applied.contains(name)).collect())
}

/// The number of the lock of migrations: any that nothing else in the database locks.
const MIGRATING: i64 = 7_303_014;

/// Waits until nobody else migrates this database, as where two instances are installed at once:
/// both would make the same first table. The lock is that of a connection apart, and ends with it.
async fn turn(owner: &DatabaseConnection) -> Result<PgConnection, sqlx::Error> {
    let pool = owner.get_postgres_connection_pool();
    let mut own = pool.acquire().await?.detach();
    sqlx::query("select pg_advisory_lock($1)")
        .bind(MIGRATING)
        .execute(&mut own)
        .await?;
    Ok(own)
}

/// Runs the migrations above, in this order.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        migrations()
    }
}
