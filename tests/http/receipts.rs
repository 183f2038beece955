//! Receipts as files: who has them, what they say, and what an archive that holds one is told of it.

use std::io::Write as _;

use acceptance::{
    Answer, App, Client, PERIOD, a_draft, a_period, a_reporting_region, a_submission, http,
    ministry, municipality, partner, region, spawn_app, spawn_app_published_by, vng,
};
use compliance::redaction::redact;
use domain::publication::publisher::Publisher;
use flate2::{Compression, write::GzEncoder};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::redaction::{copies, owner};

const RECEIPT: &str = "/v1/assessments/GM0402/2026-2/receipt.json";
const MDTO: &str = "/v1/assessments/GM0402/2026-2/receipt.mdto.xml";
const MDTO_OF_FILE: &str = "/v1/assessments/GM0402/2026-2/receipt.json.mdto.xml";
const SECRET: &str = "Nog niet belegd in Hilversum";

fn answers() -> Value {
    json!([
        {
            "criterion": "SV-01", "answer": "MET", "explanation": "Belegd; \"coördinatie\"",
            "evidence": [{
                "kind": "APPOINTMENT_DECISION", "title": "Besluit", "effectiveOn": "2026-03-01",
                "address": "https://hilversum.example/besluit",
            }],
        },
        { "criterion": "SV-02", "answer": "NOT_MET", "explanation": SECRET },
    ])
}

/// Hilversum has submitted a version.
async fn submitted_on(app: &App) -> Client {
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", answers()).sent_by(&own).await;
    a_submission("GM0402").sent_by(&own).await;
    own
}

async fn submitted() -> (App, Client) {
    let app = spawn_app();
    let own = submitted_on(&app).await;
    (app, own)
}

/// What the service makes of a file that somebody without a login sends.
async fn check(app: &App, file: impl Into<Vec<u8>>) -> Value {
    let sent = http()
        .post(format!("{}/v1/receipts", app.address()))
        .header("content-type", "application/json")
        .body(file.into());
    let answer = sent.send().await.expect("the service answers");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let body = answer.text().await.expect("a text");
    serde_json::from_str(&body).expect("JSON")
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Keys in their order, nothing between tokens, letters as they are.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|one, other| one.0.cmp(other.0));
            let members = members.into_iter();
            let members =
                members.map(|(name, value)| format!("{}:{}", json!(name), canonical(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        other => other.to_string(),
    }
}

#[tokio::test]
async fn a_receipt_holds_all_that_was_submitted_in_the_bytes_of_its_hash() {
    let (app, own) = submitted().await;
    let answer = http()
        .get(format!("{}{RECEIPT}?version=1", app.address()))
        .bearer_auth(municipality("GM0402"))
        .send()
        .await
        .expect("the service answers");
    assert_eq!(answer.status(), 200);
    let header = |name: &str| answer.headers()[name].to_str().expect("a text").to_owned();
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"receipt-GM0402-2026-2-1.json\""
    );
    let tag = header("etag");
    let file = answer.bytes().await.expect("bytes");
    assert_eq!(tag, format!("\"{}\"", sha256(&file)));
    let receipt: Value = serde_json::from_slice(&file).expect("JSON");
    assert_eq!(canonical(&receipt).as_bytes(), &file[..]);

    let query = "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { latestVersion {
        receipt hash ledger approvedByFunction approvedOn } } }";
    let version = own.ask(query).await.data()["assessment"]["latestVersion"].clone();
    let nonce = receipt["nonce"].as_str().expect("a text");
    assert_eq!(nonce.len(), 64);
    let mut rest = receipt.clone();
    rest["nonce"] = Value::Null;
    assert_eq!(
        rest,
        json!({
            "answers": [
                {
                    "answer": "MET", "criterion": "SV-01", "explanation": "Belegd; \"coördinatie\"",
                    "evidence": [{
                        "address": "https://hilversum.example/besluit",
                        "effectiveOn": "2026-03-01", "kind": "APPOINTMENT_DECISION",
                        "receivedAt": "2026-11-22T12:00:00.000000Z", "title": "Besluit",
                    }],
                },
                {
                    "answer": "NOT_MET", "criterion": "SV-02", "evidence": [],
                    "explanation": SECRET,
                },
            ],
            "answersHash": version["hash"],
            "approvedByFunction": version["approvedByFunction"],
            "approvedOn": version["approvedOn"],
            "database": "REAL", "edition": "VOORSTEL-1", "form": 1, "ledger": version["ledger"],
            "municipality": "GM0402", "nonce": null, "period": "2026-2",
            "receipt": version["receipt"], "submittedAt": receipt["submittedAt"],
            "submittedBy": "GM0402", "version": 1,
        })
    );
    // The next version has another nonce.
    let changed = json!([{ "criterion": "SV-02", "answer": "MET", "revision": 1 }]);
    a_draft("GM0402", changed).sent_by(&own).await;
    a_submission("GM0402").sent_by(&own).await;
    let latest: Value = serde_json::from_slice(&own.download(RECEIPT).await).expect("JSON");
    assert_eq!(latest["version"], 2);
    assert_ne!(latest["nonce"], receipt["nonce"]);
    let first = own.download(&format!("{RECEIPT}?version=1")).await;
    assert_eq!(first, &file[..]);
}

#[tokio::test]
async fn whoever_reads_answers_and_ledger_has_the_receipt_and_nobody_else() {
    let (app, own) = submitted().await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let file = own.download(RECEIPT).await;
    for who in [vng(), region("VR14")] {
        assert_eq!(app.with(&who).download(RECEIPT).await, file);
    }
    let discreet = |answer: &Answer, status: u16, code: &str| {
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (status, &json!(code))
        );
        for part in [SECRET, "SV-02", "nonce", "Portefeuillehouder"] {
            assert!(!answer.body.contains(part), "{}", answer.body);
        }
    };
    for path in [RECEIPT, MDTO, MDTO_OF_FILE] {
        discreet(&app.public().get(path).await, 401, "UNAUTHENTICATED");
        for who in [
            municipality("GM0376"),
            region("VR13"),
            ministry(),
            partner("comensha"),
        ] {
            discreet(&app.with(&who).get(path).await, 404, "NOT_FOUND");
        }
    }
    // What is not there is refused in the same words as what one may not see.
    let refused = app.with(&municipality("GM0376")).get(RECEIPT).await.body;
    for path in [
        format!("{RECEIPT}?version=2"),
        RECEIPT.replace("2026-2", "2031-1"),
    ] {
        assert_eq!(own.get(&path).await.body, refused, "{path}");
    }
    for query in ["version=0", "version=x", "form=json", "version=1&version=1"] {
        let answer = own.get(&format!("{RECEIPT}?{query}")).await;
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (400, &json!("BAD_REQUEST")),
            "{query}"
        );
    }
}

#[tokio::test]
async fn an_archive_learns_whether_its_file_is_unchanged_and_what_became_of_it() {
    let (app, own) = submitted().await;
    let file = own.download(RECEIPT).await;
    let receipt: Value = serde_json::from_slice(&file).expect("JSON");
    let version = json!({
        "receipt": receipt["receipt"], "municipality": "GM0402", "period": PERIOD, "version": 1,
    });
    let expected = |outcome: &str, nl: &str, en: &str| {
        json!({
            "outcome": outcome, "message": { "nl": nl, "en": en }, "sha256": sha256(&file),
            "version": version,
        })
    };
    assert_eq!(
        check(&app, file.clone()).await,
        expected(
            "UNCHANGED",
            "Dit bestand is ongewijzigd, en er is daarna geen andere versie ingediend.",
            "This file is unchanged, and no other version was submitted since.",
        )
    );
    let withdrawal = json!({
        "municipality": "GM0402", "period": PERIOD, "reason": "Verkeerd jaar.",
        "idempotencyKey": "withdrawal",
    });
    own.change("withdrawAssessment", withdrawal).await;
    assert_eq!(
        check(&app, file.clone()).await,
        expected(
            "WITHDRAWN",
            "Dit bestand is ongewijzigd; de versie is daarna ingetrokken.",
            "This file is unchanged; the version was withdrawn since.",
        )
    );
    let changed = json!([{ "criterion": "SV-02", "answer": "MET", "revision": 1 }]);
    a_draft("GM0402", changed).sent_by(&own).await;
    a_submission("GM0402").sent_by(&own).await;
    assert_eq!(
        check(&app, file.clone()).await,
        expected(
            "SUPERSEDED",
            "Dit bestand is ongewijzigd; daarna is een andere versie ingediend.",
            "This file is unchanged; another version was submitted since.",
        )
    );
    // Whoever signed in is told the same.
    let answer = app
        .with(&ministry())
        .send_file("/v1/receipts", "application/json", "key", file.clone())
        .await;
    assert_eq!(answer.json()["outcome"], "SUPERSEDED");
}

#[tokio::test]
async fn a_file_that_was_changed_or_saved_otherwise_is_recognised() {
    let (app, own) = submitted().await;
    let file = String::from_utf8(own.download(RECEIPT).await).expect("a text");
    let receipt: Value = serde_json::from_str(&file).expect("JSON");
    for changed in [
        file.replace("NOT_MET", "MET"),
        file.replace(SECRET, "Belegd in Hilversum"),
        file.replace("\"version\":1", "\"version\":2"),
        format!("{file}\n"),
        serde_json::to_string_pretty(&receipt).expect("JSON"),
    ] {
        let checked = check(&app, changed.clone()).await;
        assert_eq!(checked["outcome"], "CHANGED", "{changed}");
        assert_eq!(checked["sha256"], sha256(changed.as_bytes()));
        assert_eq!(checked["version"]["version"], 1);
    }
}

/// The nonce of an entry, as the database keeps it.
async fn nonce_of_entry(app: &App, number: &Value) -> String {
    let sql = format!("select encode(nonce, 'hex') from ledger where number = {number}");
    let superuser = app.database.superuser().await;
    let row = superuser
        .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .expect("the statement runs")
        .expect("an entry");
    superuser.close().await.expect("closed");
    row.try_get_by_index(0).expect("a text")
}

/// Whoever guesses everything but the nonce learns no more than whoever sends nothing at all.
#[tokio::test]
async fn nobody_finds_a_version_by_guessing() {
    let (app, own) = submitted().await;
    let file = String::from_utf8(own.download(RECEIPT).await).expect("a text");
    let receipt: Value = serde_json::from_str(&file).expect("JSON");
    let nonce = receipt["nonce"].as_str().expect("a text");
    let hash = receipt["answersHash"].as_str().expect("a text");
    // The nonce of the entry is another one, and opens nothing.
    let of_entry = nonce_of_entry(&app, &receipt["ledger"]).await;
    let mut answers = Vec::new();
    for guess in [
        file.replace(nonce, &"0".repeat(64)),
        file.replace(nonce, hash),
        file.replace(nonce, &of_entry),
        file.replace(&format!("\"nonce\":\"{nonce}\","), ""),
        file.replace(&format!("\"ledger\":{}", receipt["ledger"]), "\"ledger\":1"),
        "{}".to_owned(),
        "GM0402".to_owned(),
        String::new(),
    ] {
        let mut checked = check(&app, guess.clone()).await;
        assert_eq!(checked["sha256"], sha256(guess.as_bytes()));
        checked["sha256"] = Value::Null;
        answers.push(checked);
    }
    let unknown = json!({
        "outcome": "UNKNOWN", "sha256": null, "version": null,
        "message": {
            "nl": "Bij dit bestand hoort geen versie die hier is ingediend.",
            "en": "No version that was submitted here goes with this file.",
        },
    });
    assert_eq!(answers, vec![unknown; 8]);
    // A receipt of another database goes with nothing here.
    let (other, _) = submitted().await;
    assert_eq!(check(&other, file).await["outcome"], "UNKNOWN");
    // The entry keeps its nonce to itself.
    assert!(
        !own.ask("{ ledger { nodes { number } } }")
            .await
            .body
            .contains(&of_entry)
    );
}

#[tokio::test]
async fn the_archives_know_the_version_and_its_file() {
    let app = spawn_app_published_by(Publisher::default(), "https://monitor.example.nl");
    let own = submitted_on(&app).await;
    let file = own.download(RECEIPT).await;
    let receipt: Value = serde_json::from_slice(&file).expect("JSON");
    let (name, sum) = (receipt["receipt"].as_str().expect("a text"), sha256(&file));
    let title = "Ontvangstbewijs beoordeling Hilversum, periode 2026-2, versie 1";
    let object = own.get(MDTO).await.body;
    let of_file = own.get(MDTO_OF_FILE).await.body;
    for expected in [
        "<informatieobject>".to_owned(),
        format!("<identificatieKenmerk>{name}</identificatieKenmerk>"),
        "<identificatieBron>https://monitor.example.nl</identificatieBron>".to_owned(),
        format!("<naam>{title}</naam>"),
        "<eventTijd>2026-11-22T12:00:00Z</eventTijd>".to_owned(),
        format!(
            "<verwijzingNaam>{name}.json</verwijzingNaam>\n      <verwijzingIdentificatie>\n        \
             <identificatieKenmerk>{sum}</identificatieKenmerk>\n        \
             <identificatieBron>SHA-256</identificatieBron>"
        ),
        "<identificatieKenmerk>https://identifier.overheid.nl/tooi/id/gemeente/gm0402\
         </identificatieKenmerk>"
            .to_owned(),
        "<verwijzingNaam>Gemeente Hilversum</verwijzingNaam>".to_owned(),
        "<begripLabel>Accordering</begripLabel>".to_owned(),
        "<eventTijd>2026-11-20</eventTijd>".to_owned(),
        "<eventResultaat>Akkoord door: Portefeuillehouder veiligheid</eventResultaat>".to_owned(),
    ] {
        assert!(object.contains(&expected), "{expected}\n{object}");
    }
    for expected in [
        "<bestand>".to_owned(),
        format!("<naam>{name}.json</naam>"),
        format!("<omvang>{}</omvang>", file.len()),
        "<begripCode>fmt/817</begripCode>".to_owned(),
        format!("<checksumWaarde>{sum}</checksumWaarde>"),
        "<checksumDatum>2026-11-22T12:00:00Z</checksumDatum>".to_owned(),
        format!("<verwijzingNaam>{title}</verwijzingNaam>"),
    ] {
        assert!(of_file.contains(&expected), "{expected}\n{of_file}");
    }
    assert!(!object.contains(SECRET) && !of_file.contains(SECRET));
}

#[tokio::test]
async fn a_version_in_which_the_law_had_words_blanked_has_no_receipt_any_more() {
    let (app, own) = submitted().await;
    let file = own.download(RECEIPT).await;
    let words = copies(&app, SECRET).await;
    assert_eq!(words.len(), 1);
    redact(&owner(&app).await, &words, "Verzoek om wissing")
        .await
        .expect("it is blanked");
    let answer = own.get(RECEIPT).await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (410, &json!("NOT_FOUND"))
    );
    for changed in [
        file.clone(),
        String::from_utf8(file.clone())
            .expect("a text")
            .replace(SECRET, "Iets anders")
            .into_bytes(),
    ] {
        let checked = check(&app, changed).await;
        assert_eq!(checked["outcome"], "REDACTED");
        assert_eq!(checked["version"], Value::Null);
    }
}

#[tokio::test]
async fn a_version_that_says_nothing_new_is_announced_as_the_same() {
    let (_app, own) = submitted().await;
    let selection = "version { number } warnings { code field message { nl en } }";
    let again = a_submission("GM0402").read_by(&own, selection).await;
    assert_eq!(
        again,
        json!({
            "version": { "number": 2 },
            "warnings": [{
                "code": "NOTHING_DIFFERS", "field": ["period"],
                "message": {
                    "nl": "Deze versie is gelijk aan versie 1: geen antwoord, toelichting of bewijs \
                        verschilt.",
                    "en": "This version is the same as version 1: no answer, explanation or piece \
                        of evidence differs.",
                },
            }],
        })
    );
    let changed = json!([
        { "criterion": "SV-02", "answer": "NOT_MET", "explanation": "Anders", "revision": 1 },
    ]);
    a_draft("GM0402", changed).sent_by(&own).await;
    let third = a_submission("GM0402").read_by(&own, selection).await;
    assert_eq!(third, json!({ "version": { "number": 3 }, "warnings": [] }));
}

#[tokio::test]
async fn a_file_that_is_too_large_is_not_read() {
    let app = spawn_app();
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![b' '; 5 * 1024 * 1024]).expect("gzip");
    let sent = http()
        .post(format!("{}/v1/receipts", app.address()))
        .header("content-encoding", "gzip")
        .body(bomb.finish().expect("gzip"));
    let answer = sent.send().await.expect("the service answers");
    assert_eq!(answer.status(), 413);
    let body: Value = serde_json::from_str(&answer.text().await.expect("a text")).expect("JSON");
    assert_eq!(
        (&body["code"], &body["rule"]),
        (&json!("TOO_COMPLEX"), &json!("RECEIPT"))
    );
    // What a file can turn out to be stands at the same address.
    let outcomes = app.public().get("/v1/receipts").await.json();
    let outcomes = outcomes["outcomes"].as_array().expect("a list").iter();
    let outcomes: Vec<_> = outcomes
        .map(|one| one["outcome"].as_str().expect("a code"))
        .collect();
    assert_eq!(
        outcomes,
        [
            "UNCHANGED",
            "SUPERSEDED",
            "WITHDRAWN",
            "CHANGED",
            "REDACTED",
            "UNKNOWN"
        ]
    );
}
