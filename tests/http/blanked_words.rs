//! Words that were blanked by law do not come back: not by a copy that is refreshed, by a forged
//! redaction, by an import under another key, or out of an export; and nobody feigns a redaction.

use acceptance::{App, a_period, edited, ministry, municipality, spawn_app, vng};
use compliance::redaction::{self, RedactError};
use database::{Database, roles};
use domain::actor::Actor;
use ledger::Writer;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::{
    audit::{self, found, holding, write_it},
    feed_refresh::Mirror,
    feeds::{Listed, listed},
    recorded_policy::source,
    redaction::{CAUSE, POLICY, TITLE, TITLE_EN, copies, owner, verified, write_them},
};

/// Why the law wants it.
const WHY: &str = "Verzoek om wissing";
/// The table that prints what is reported of actions.
const STATUSES: &str = "fact_action_status_history";

async fn statuses(app: &App) -> Listed {
    let tables = listed(&app.public()).await;
    let found = tables.into_iter().find(|table| table.name == STATUSES);
    found.expect("a table of statuses")
}

fn tells(mirror: &Mirror, words: &str) -> bool {
    let mut cells = mirror.rows.values().flatten();
    cells.any(|cell| cell.contains(words))
}

#[tokio::test]
async fn a_copy_that_is_refreshed_does_not_keep_words_of_facts() {
    let app = spawn_app();
    write_them(&app).await;
    let table = statuses(&app).await;
    let mut mirror = Mirror::whole(&app, None, &table).await;
    assert!(tells(&mirror, CAUSE));
    assert!(!mirror.refresh(&app, None, &table).await);

    let words = copies(&app, CAUSE).await;
    redaction::redact(&owner(&app).await, &words, WHY)
        .await
        .unwrap();
    let path = format!("/v1/feeds/{STATUSES}.csv?since={}", mirror.since);
    let answer = app.public().get(&path).await;
    assert_eq!(answer.status, 410, "{}", answer.body);
    assert_eq!(answer.json()["code"], "FULL_RELOAD");
    assert!(mirror.refresh(&app, None, &table).await, "all of it anew");
    assert!(!tells(&mirror, CAUSE) && tells(&mirror, "[geschrapt]"));
    // From there on it goes on as before, and who has nothing yet keeps nothing.
    assert!(!mirror.refresh(&app, None, &table).await);
    let nothing = app
        .public()
        .get(&format!("/v1/feeds/{STATUSES}.csv?since=0"))
        .await;
    assert_eq!(nothing.status, 200, "{}", nothing.body);
    assert!(!nothing.body.contains(CAUSE));
}

#[tokio::test]
async fn a_text_apart_is_blanked_in_a_copy_without_loading_all_of_it() {
    let app = spawn_app();
    write_it(&app).await;
    let table = statuses(&app).await;
    let mut mirror = Mirror::whole(&app, None, &table).await;
    assert!(tells(&mirror, audit::NAME));
    let words = found(&app, "StatusReport", "2026-1/2024/33").await;
    redaction::redact(&owner(&app).await, &words, WHY)
        .await
        .unwrap();
    assert!(!mirror.refresh(&app, None, &table).await);
    assert!(!tells(&mirror, audit::NAME));
    let whole = Mirror::whole(&app, None, &table).await;
    assert!(mirror.rows == whole.rows);
}

/// Changes the database past every wall.
async fn intrude(app: &App, sql: &str) {
    let superuser = app.database.superuser().await;
    let sql = format!("set session_replication_role = replica; {sql}");
    superuser.execute_unprepared(&sql).await.unwrap();
    superuser.close().await.unwrap();
}

/// The digest of the facts of an entry as they stand.
async fn digest_of(owner: &Database, entry: i64) -> String {
    let session = owner.write(&Actor::system()).await.unwrap();
    let writer = Writer::lock(session).await.unwrap();
    writer.begin_redaction().await.unwrap();
    let proof = writer.proof(entry).await.unwrap();
    writer.abandon().await.unwrap();
    hex::encode(proof.computed)
}

#[tokio::test]
async fn a_redaction_that_no_whole_entry_seals_excuses_nothing() {
    let app = spawn_app();
    write_them(&app).await;
    let owner = owner(&app).await;
    let titles = copies(&app, TITLE).await;
    redaction::redact(&owner, &titles, WHY).await.unwrap();
    assert_eq!(verified(&app).await.findings, [""; 0]);
    let of_action = titles
        .iter()
        .find(|text| text.fact_table.as_deref() == Some("action"));
    let entry = of_action.expect("the action was planned").entry;

    // Somebody changes the action, and the digest of what is left of it so that it fits.
    let change = format!("update fact.action set note = 'Vervalst.' where ledger_no = {entry}");
    intrude(&app, &change).await;
    let forged = digest_of(&owner, entry).await;
    let change = format!(
        "update fact.redaction set entry_digest = decode('{forged}', 'hex')
         where entry_no = {entry}"
    );
    intrude(&app, &change).await;
    let sealing = format!("select min(ledger_no) from fact.redaction where entry_no = {entry}");
    let sealing = app.database.count(&sealing).await;
    let findings = verified(&app).await.findings;
    for start in [
        format!("the facts of entry {entry} (Action 2024/47) were changed"),
        format!("the facts of entry {sealing} (Action 2024/47) were changed"),
    ] {
        assert!(findings.contains(&start), "{start}: {findings:?}");
    }
    let named = findings.iter().filter(|finding| {
        finding.starts_with("the redaction ")
            && finding.ends_with(&format!(
                " of entry {sealing} is sealed by no whole entry of a redaction, and excuses \
                 nothing"
            ))
    });
    let rows = format!("select count(*) from fact.redaction where ledger_no = {sealing}");
    let rows = app.database.count(&rows).await;
    assert_eq!(named.count() as i64, rows, "{findings:?}");

    // A later redaction does not hide it either.
    let others = copies(&app, TITLE_EN).await;
    assert!(others.iter().any(|text| text.entry == entry));
    let refused = redaction::redact(&owner, &others, WHY).await;
    assert!(
        matches!(refused, Err(RedactError::Changed(changed)) if changed == entry),
        "{refused:?}"
    );
}

async fn exported(app: &App) -> String {
    let auditor = app.database.connect(roles::AUDITOR).await;
    let mut bytes = Vec::new();
    ledger::export(&auditor, &mut bytes).await.unwrap();
    auditor.close().await.unwrap();
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn an_export_holds_no_nonce_under_which_blanked_words_can_be_tried() {
    let app = spawn_app();
    write_them(&app).await;
    let words = copies(&app, POLICY).await;
    let [one] = words.as_slice() else {
        panic!("{words:?}");
    };
    redaction::redact(&owner(&app).await, &words, WHY)
        .await
        .unwrap();
    let (mut blanked, mut gone) = (Vec::new(), 0);
    let text = exported(&app).await;
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        if line["entry"]["nonce"].is_null() && line["manifest"].is_null() {
            blanked.push(line["entry"]["number"].clone());
        }
        for text in line["texts"].as_array().into_iter().flatten() {
            assert_eq!(text["nonce"].is_null(), text["text"].is_null(), "{text}");
            assert!(text["digest"].is_string(), "{text}");
            gone += usize::from(text["text"].is_null());
        }
    }
    assert_eq!((blanked, gone), (vec![json!(one.entry)], 1));
    assert!(!text.contains(POLICY));
    // The database still proves all of it.
    assert_eq!(verified(&app).await.findings, [""; 0]);
}

/// The hash of what was submitted is of the words, with nothing secret beside them.
#[tokio::test]
async fn no_hash_tells_a_blanked_text_to_whoever_tries() {
    const VERSION: &str = "{ assessment(municipality: \"GM0402\", period: \"2026-2\") {
        latestVersion { hash receipt } }
        ledger(subjectKind: \"Assessment\") { nodes { operation facts { table fields {
            name after redacted } } } } }";
    let app = spawn_app();
    write_it(&app).await;
    let reviewer = app.with(&vng());
    let shown = async || {
        let data = reviewer.ask(VERSION).await.data();
        let version = data["assessment"]["latestVersion"].clone();
        let entries = data["ledger"]["nodes"].as_array().unwrap().iter();
        let facts = entries.flat_map(|entry| entry["facts"].as_array().unwrap());
        let fields = facts.flat_map(|fact| fact["fields"].as_array().unwrap());
        let mut hashes = fields.filter(|field| field["name"] == "content_hash");
        let hash = hashes.next().cloned().unwrap();
        assert_eq!(hashes.next(), None);
        (version, hash)
    };
    let (before, in_ledger) = shown().await;
    let hash = before["hash"].as_str().unwrap();
    assert!(before["receipt"].as_str().unwrap().ends_with(&hash[..12]));
    assert_eq!(
        in_ledger,
        json!({ "name": "content_hash", "after": hash, "redacted": false })
    );
    assert!(exported(&app).await.contains(hash));
    let words = found(&app, "StatusReport", "2026-1/2024/33").await;
    redaction::redact(&owner(&app).await, &words, WHY)
        .await
        .unwrap();
    assert!(!exported(&app).await.contains(hash));
    assert_eq!(verified(&app).await.findings, [""; 0]);
    let (after, in_ledger) = shown().await;
    assert_eq!(after, json!({ "hash": null, "receipt": null }));
    assert_eq!(
        in_ledger,
        json!({ "name": "content_hash", "after": null, "redacted": true })
    );
}

/// Postgres keeps frequent values of columns beside the rows.
#[tokio::test]
async fn the_statistics_of_the_database_forget_words_too() {
    const NAMED: &str = "select count(*) from pg_stats
        where concat_ws(' ', most_common_vals::text, histogram_bounds::text,
            most_common_elems::text) ilike '%zwartkop%'";
    let app = spawn_app();
    write_it(&app).await;
    intrude(&app, "analyze").await;
    assert!(app.database.count(NAMED).await > 0);
    let words = found(&app, "StatusReport", "2026-1/2024/33").await;
    redaction::redact(&owner(&app).await, &words, WHY)
        .await
        .unwrap();
    assert_eq!(app.database.count(NAMED).await, 0);
}

#[tokio::test]
async fn an_import_under_another_key_does_not_bring_words_back() {
    const GAP: &str = "Het monitoringsoverzicht draagt geen datum. De periode april tot en met \
                       juni 2025 is afgeleid uit de tekst.";
    const BASELINE: &str = "Enquête uitgezet onder drie beroeps groepen. Definitief rapport wordt \
                            eind Q2 2025 verwacht.";
    let app = spawn_app();
    let owner = owner(&app).await;
    for words in [GAP, BASELINE] {
        let copies = copies(&app, words).await;
        redaction::redact(&owner, &copies, WHY).await.unwrap();
    }
    // The same files, and then the same words under other keys.
    let again = app.database.import(&edited(&[])).await;
    assert_eq!((again.added, again.corrected, again.withdrawn), (0, 0, 0));
    let renamed = edited(&[
        (
            "known_gaps.csv",
            "monitoring-round-date,",
            "monitoring-round-day,",
        ),
        (
            "measurements.csv",
            "nulmeting-hotelpersoneel,",
            "nulmeting-hotels,",
        ),
    ]);
    let imported = app.database.import(&renamed).await;
    assert_eq!(
        (imported.added, imported.corrected, imported.withdrawn),
        (2, 0, 2)
    );
    for words in [GAP, BASELINE] {
        assert_eq!(holding(&app, words).await, [""; 0], "{words}");
    }
    let blanks = "select count(*) from fact.known_gap
        where key = 'monitoring-round-day' and text_nl = '[geschrapt]'";
    assert_eq!(app.database.count(blanks).await, 1);
    let gone = "select count(*) from fact.measurement m join free_text t
            on t.id = m.explanation_text
        where m.key = 'nulmeting-hotels' and t.body is null";
    assert_eq!(app.database.count(gone).await, 1);
    // Once more it is what it is.
    let again = app.database.import(&renamed).await;
    assert_eq!((again.added, again.corrected, again.withdrawn), (0, 0, 0));
    assert_eq!(verified(&app).await.findings, [""; 0]);
}

#[tokio::test]
async fn nobody_feigns_a_redaction() {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    let hilversum = app.with(&municipality("GM0402"));
    let head = app.database.count("select number from ledger_head").await;
    let policy = |title: &str| {
        json!({
            "key": "gooi-2026", "place": { "municipality": "GM0402" }, "level": "LOCAL",
            "title": title, "source": source(), "idempotencyKey": "policy",
        })
    };
    for title in [
        "[geschrapt]",
        "Beleid van [ Redacted ]",
        "https://redacted.invalid/",
    ] {
        let answer = hilversum
            .send_mutation("recordPolicy", "", policy(title))
            .await;
        assert_eq!(
            answer.data()["recordPolicy"]["errors"],
            json!([{
                "code": "PERSONAL_DATA", "field": ["title"],
                "message": {
                    "nl": "Deze tekst bevat '[geschrapt]', '[redacted]' of een adres op \
                        'redacted.invalid'. Dat staat alleen waar de wet woorden heeft laten \
                        schrappen; schrijf iets anders.",
                    "en": "This text holds '[geschrapt]', '[redacted]' or an address on \
                        'redacted.invalid'. That stands only where the law had words blanked; \
                        write something else.",
                },
            }]),
            "{title}"
        );
    }
    let answers = json!([{ "criterion": "SV-01", "answer": "MET", "explanation": "[geschrapt]" }]);
    let draft = json!({ "municipality": "GM0402", "period": "2026-2", "answers": answers });
    let answer = hilversum.send_mutation("saveDraft", "", draft).await;
    let errors = &answer.data()["saveDraft"]["errors"];
    assert_eq!(errors[0]["code"], "PERSONAL_DATA", "{errors}");
    let sheet = json!({
        "municipality": "GM0402", "period": "2026-2", "dryRun": false, "idempotencyKey": "sheet",
        "table": "criterion;answer;explanation;revision\nSV-01;MET;[geschrapt];\n",
    });
    let document = "mutation ($input: ImportAnswerSheetInput!) { importAnswerSheet(input: $input) {
        errors { code row column } } }";
    let answer = hilversum.send(document, json!({ "input": sheet })).await;
    assert_eq!(
        answer.data()["importAnswerSheet"]["errors"],
        json!([{ "code": "PERSONAL_DATA", "row": 2, "column": "explanation" }])
    );
    // Nothing of it was kept.
    let after = "select number + (select count(*) from work.draft_answer) from ledger_head";
    assert_eq!(app.database.count(after).await, head);
    // Whoever only says that something was blanked, says so in other words.
    let ministry = app.with(&ministry());
    let planned = json!({
        "number": 47, "line": 4, "titleNl": "Namen zijn geschrapt",
        "titleEn": "Names were redacted", "source": source(), "idempotencyKey": "p",
    });
    ministry.change("planAction", planned).await;
}
