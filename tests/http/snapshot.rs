//! What everybody may read is kept in memory, and nobody can tell: not of a write, of whichever
//! instance; not of a text that was blanked; not of a database that was restored.

use std::sync::atomic::{AtomicBool, Ordering};

use acceptance::{App, Client, a_reporting_region, ministry, noon, region, spawn_app, vng};
use compliance::redaction;
use database::{Database, roles};
use domain::clock::Clock;
use serde_json::json;

use crate::{
    audit::{NAME, found, write_it},
    backup::{GUIDE, blocks, run, three_changes},
};

const NOW: &str = "query ($key: String!) { sourceDocument(key: $key) { key } }";
const THEN: &str = "query ($key: String!, $ledger: Int!) {
    sourceDocument(key: $key, at: { ledger: $ledger }) { key } }";

async fn is_known(client: &Client, key: &str) -> bool {
    let answer = client.send(NOW, json!({ "key": key })).await;
    answer.json()["data"]["sourceDocument"]["key"] == key
}

async fn was_known(client: &Client, key: &str, ledger: i64) -> bool {
    let variables = json!({ "key": key, "ledger": ledger });
    let answer = client.send(THEN, variables).await;
    answer.json()["data"]["sourceDocument"]["key"] == key
}

/// Registers documents at one instance, and looks for each at all of them at once.
async fn writes_and_reads(writer: &Client, readers: &[Client], named: &str) {
    for number in 1..=8 {
        let key = format!("{named}-{number}");
        let document = json!({
            "key": key, "kind": "STATEMENT", "titleNl": "Brief", "idempotencyKey": key,
        });
        writer.change("registerSourceDocument", document).await;
        for reader in readers {
            assert!(is_known(reader, &key).await, "{key}");
        }
    }
}

#[tokio::test]
async fn nobody_reads_what_is_older_than_its_own_write_whichever_instance_answers() {
    let app = spawn_app();
    let beside = app.beside();
    let readers = [app.public(), beside.public()];
    for reader in &readers {
        assert!(!is_known(reader, "one-1").await);
    }
    let (one, other) = (app.with(&ministry()), beside.with(&ministry()));
    tokio::join!(
        writes_and_reads(&one, &readers, "one"),
        writes_and_reads(&other, &readers, "other"),
        writes_and_reads(&one, &readers, "more"),
    );
    // Each is known from its entry on, and at no number before; more numbers than are kept.
    for number in 1..=8 {
        let key = format!("other-{number}");
        let entry = format!("select ledger_no from fact.source_document where key = '{key}'");
        let entry = app.database.count(&entry).await;
        for reader in [&readers[0], &readers[1], &readers[0]] {
            assert!(was_known(reader, &key, entry).await, "{key}");
            assert!(!was_known(reader, &key, entry - 1).await, "{key}");
        }
    }
}

/// How many municipalities a region acts for, and the statements that it took to know.
async fn acts_for(client: &Client) -> (usize, i64) {
    let answer = client.ask("{ viewer { actsFor { code } } }").await;
    let shown = answer.data()["viewer"]["actsFor"].clone();
    (shown.as_array().unwrap().len(), answer.statements())
}

/// The mandate of a role is held for one state of the ledger, whichever instance wrote the next.
#[tokio::test]
async fn nobody_acts_by_the_mandate_of_before() {
    let app = spawn_app();
    let beside = app.beside();
    let own = [app.with(&region("VR14")), beside.with(&region("VR14"))];
    for client in &own {
        for _ in 0..3 {
            assert_eq!(acts_for(client).await.0, 0);
        }
    }
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    for client in &own {
        let members = acts_for(client).await.0;
        assert!(members > 0);
        // Whoever reads next finds the head, and nothing else.
        assert_eq!(acts_for(client).await, (members, 1));
        assert_eq!(acts_for(client).await, (members, 1));
    }
}

/// Whether an explanation is told now or at an earlier number.
async fn shows(client: &Client, ledger: i64) -> bool {
    let then = format!("{{ action(number: 33, at: {{ ledger: {ledger} }}) {{ explanation }} }}");
    let now = "{ action(number: 33) { explanation } }";
    let [now, then] = [client.ask(now).await, client.ask(&then).await];
    let shown = [now, then].map(|answer| answer.data()["action"]["explanation"].to_string());
    let [now, then] = shown.map(|explanation| explanation.contains(NAME));
    now || then
}

#[tokio::test]
async fn after_a_redaction_no_instance_tells_the_text_at_any_moment() {
    let app = spawn_app();
    write_it(&app).await;
    let beside = app.beside();
    let readers = [app.public(), beside.public()];
    let head = app.public().ask("{ dashboard { day } }").await.ledger();
    for reader in &readers {
        assert!(shows(reader, head).await && shows(reader, head).await);
    }
    let copies = found(&app, "StatusReport", "2026-1/2024/33").await;
    let owner = app.database.url(roles::OWNER);
    let owner = Database::connect(&owner, 1, Clock::settable(noon()))
        .await
        .unwrap();
    // Both are asked all the time, from before the redaction until after it.
    let is_gone = AtomicBool::new(false);
    let reads = async |reader: &Client| {
        loop {
            let was_gone = is_gone.load(Ordering::SeqCst);
            let is_shown = shows(reader, head).await;
            assert!(!(was_gone && is_shown));
            if was_gone {
                break;
            }
        }
    };
    let redacts = async {
        redaction::redact(&owner, &copies, "Verzoek om wissing")
            .await
            .unwrap();
        is_gone.store(true, Ordering::SeqCst);
    };
    tokio::join!(redacts, reads(&readers[0]), reads(&readers[1]));
    for reader in &readers {
        for ledger in [head, head - 1, head] {
            assert!(!shows(reader, ledger).await, "{ledger}");
        }
    }
}

/// Restores the backup of a folder in the place of a database that is in use.
fn restore_in_place(app: &App, restore: &str, folder: &std::path::Path) {
    let url = app.database.url("postgres");
    let (before, _) = url.split_once('?').unwrap();
    let (_, name) = before.rsplit_once('/').unwrap();
    let restore = restore
        .replace("createdb stm", &format!("createdb {name}"))
        .replace("--dbname=stm", &format!("--dbname={name}"));
    let commands = format!("dropdb --force {name}\n{restore}");
    run(&commands, folder, &app.database);
}

/// The instances run on while an older backup takes the place of their database.
#[tokio::test]
async fn nothing_that_is_kept_of_a_lost_future_is_shown() {
    let blocks = blocks(GUIDE);
    let [_make, _end_sessions, back_up, restore] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    let app = spawn_app();
    let beside = app.beside();
    let readers = [app.public(), beside.public()];
    let folder = std::env::temp_dir().join(format!("stm-kept-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    run(back_up, &folder, &app.database);
    let before = app.public().ask("{ dashboard { day } }").await.ledger();
    three_changes(&app, "lost").await;
    for reader in &readers {
        assert!(is_known(reader, "lost-3").await);
        assert!(was_known(reader, "lost-2", before + 2).await);
    }
    restore_in_place(&app, restore, &folder);
    std::fs::remove_dir_all(&folder).unwrap();

    for reader in &readers {
        for _ in 0..2 {
            assert!(!is_known(reader, "lost-1").await);
            assert!(!was_known(reader, "lost-1", before).await);
        }
    }
    // The same numbers, with other content.
    three_changes(&app, "other").await;
    for reader in &readers {
        for _ in 0..2 {
            assert!(is_known(reader, "other-3").await);
            assert!(!is_known(reader, "lost-3").await);
            assert!(was_known(reader, "other-2", before + 2).await);
            assert!(!was_known(reader, "other-3", before + 2).await);
            assert!(!was_known(reader, "lost-2", before + 2).await);
        }
    }
}
