//! Columns of facts that hold prose, held against the catalogue: words that nobody could blank, and
//! a table in which nobody could, fail here.

use std::collections::BTreeSet;

use acceptance::TestDatabase;
use database::roles;
use ledger::prose;
use sea_orm::ConnectionTrait as _;

use crate::texts;

/// Text columns that hold no prose, by name or as table and column, and why not.
const NO_PROSE: &[(&str, &str)] = &[
    (
        "the key or code of a thing, or of an organisation",
        "about action actions area code contact_roles counted_by criterion edition event from_criterion \
         from_edition from_plan half key line motion municipality parent partner period plan \
         policy predecessor publication replaced_by replied_by reported_by round route row_code \
         rule_set series source_document subject subject_key submitted_by successor theme to_plan",
    ),
    (
        "a code of a closed list",
        "answer answered_by area_kind audiences baseline_state basis body change channel check \
         confidence counting_rule delay_cause_state direction enough_time evidence_kinds form \
         format implementation kind level measure outcome planned qualifier role scope sheet \
         state status submission trained action_year.place",
    ),
    (
        "a day, year or period as a document prints it, which comes from the data files alone",
        "date_text deadline_text period_text published_on_text starts_text \
         adjacent_policy.ends_on_text",
    ),
    (
        "a figure, or the number of a paper, as printed",
        "budget_cell.printed dossier number session",
    ),
    (
        "the official name of a public body, by which files are joined",
        "municipality.name municipality.label municipality.aliases area.name municipality_name \
         published_verdict_count.area_name",
    ),
    (
        "what the service writes itself, from codes",
        "content_hash grounds manifest sha256 submission_en submission_nl",
    ),
    (
        "the place in a document: the hash of the entry holds it, so that nothing can blank it",
        "source_lines",
    ),
    (
        "what the operator says of a redaction",
        "redaction.fact_table redaction.field redaction.reason",
    ),
];

#[tokio::test]
async fn every_text_column_of_a_fact_is_prose_or_has_a_reason_why_not() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    let columns = texts(
        &superuser,
        "select table_name || '.' || column_name from information_schema.columns
         where table_schema = 'fact' and udt_name in ('text', '_text', 'jsonb') order by 1",
    )
    .await;
    let is_prose = |path: &&String| {
        let (table, column) = path.split_once('.').unwrap();
        prose::find(table, column).is_some()
    };
    let (listed, others): (Vec<&String>, Vec<&String>) = columns.iter().partition(is_prose);
    let known: usize = prose::tables().map(|(_, columns)| columns.count()).sum();
    assert_eq!(listed.len(), known, "a column of the list is not there");
    let named = NO_PROSE
        .iter()
        .flat_map(|(_, names)| names.split_whitespace());
    let mut unused: BTreeSet<&str> = named.collect();
    let named = unused.clone();
    let unknown: Vec<&String> = others
        .into_iter()
        .filter(|path| {
            let (table, column) = path.split_once('.').unwrap();
            unused.remove(column);
            unused.remove(path.as_str());
            let is_note = column == "note" && table == "redaction";
            !is_note && !named.contains(column) && !named.contains(path.as_str())
        })
        .collect();
    assert_eq!(unknown, [""; 0], "prose, or none and why?");
    assert_eq!(unused, BTreeSet::new(), "no column is called so");
    superuser.close().await.unwrap();
}

#[tokio::test]
async fn the_owner_reads_and_blanks_each_table_of_the_list_in_a_redaction_alone() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    let walled = texts(
        &superuser,
        "select tablename || ' ' || cmd from pg_policies
         where schemaname = 'fact' and policyname in ('owner_reads_to_redact',
            'owner_redacts_words') order by 1",
    )
    .await;
    superuser.close().await.unwrap();
    let mut expected: Vec<String> = prose::tables()
        .flat_map(|(table, _)| ["SELECT", "UPDATE"].map(|command| format!("{table} {command}")))
        .collect();
    expected.sort();
    assert_eq!(walled, expected);

    let set = |value: &str| format!("set app.redacts = '{value}'");
    let owner = database.connect(roles::OWNER).await;
    let titles = "select (count(*) > 0)::text from fact.action_title";
    assert_eq!(texts(&owner, titles).await, ["false"]);
    for (value, is_seen) in [("yes", "true"), ("no", "false")] {
        owner.execute_unprepared(&set(value)).await.unwrap();
        assert_eq!(texts(&owner, titles).await, [is_seen], "{value}");
    }
    owner.close().await.unwrap();
    // The same setting opens nothing to another login.
    let app = database.connect(roles::APP).await;
    app.execute_unprepared(&set("yes")).await.unwrap();
    assert_eq!(texts(&app, "select redacts()::text").await, ["false"]);
    app.close().await.unwrap();
}
