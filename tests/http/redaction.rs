//! Words that stand in facts themselves, as titles, notes, causes and functions do: blanked by law
//! they are gone from every table and every answer at every moment, and the ledger is green.

use acceptance::{
    App, a_draft, a_period, a_publication, a_release, a_report, a_round, a_submission, edited,
    ministry, municipality, noon, partner, spawn_app, vng,
};
use compliance::redaction::{self, RedactError, Sought, Text};
use database::{Database, roles};
use domain::clock::Clock;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::{
    audit::{everybody, holding},
    feeds::listed,
    recorded_policy::source,
};

/// The name that must go, in all the words below.
const NAME: &str = "Zwartkopje";
const AMOUNT: &str = "tot Zwartkopje terug is";
pub(crate) const CAUSE: &str = "Zwartkopje is ziek.";
const CORRECTED: &str = "Zwartkopje belde na.";
const ASSIGNED: &str = "Aangewezen door Zwartkopje.";
pub(crate) const TITLE: &str = "Overleg met Zwartkopje";
pub(crate) const TITLE_EN: &str = "Talks with Zwartkopje";
const ENDED: &str = "Zwartkopje stopt.";
const ENDED_EN: &str = "Zwartkopje stops.";
const MOVED: &str = "Op verzoek van Zwartkopje.";
const APPROVED: &str = "Team Zwartkopje";
pub(crate) const POLICY: &str = "Beleid van Zwartkopje";
/// What stays: the same fields of others, and what only looks alike.
const KEPT: &str = "Beleid van Witkopje";

/// All words, each with a thing in which they stand and the field there.
const WORDS: [(&str, &str); 11] = [
    (AMOUNT, "StatusReport 2026-1/2024/33 delay_amount_text"),
    (CAUSE, "StatusReport 2026-1/2024/33 delay_cause_nl"),
    (CORRECTED, "StatusReport 2026-1/2024/33 note"),
    (ASSIGNED, "ActionPartner 2024/33/comensha/OWNER text_nl"),
    (TITLE, "Action 2024/47 title_nl"),
    (TITLE_EN, "Action 2024/47 title_en"),
    (ENDED, "Action 2024/47 end_reason_nl"),
    (ENDED_EN, "Action 2024/47 end_reason_en"),
    (MOVED, "ReportingPeriod 2026-2 note"),
    (APPROVED, "Assessment GM0402/2026-2 approved_by_function"),
    (POLICY, "PolicyDocument gooi-2026 title_nl"),
];

/// Through which questions the words can be read, by whoever may.
const SURFACES: [&str; 7] = [
    "{ action(number: 33) { delay { amount cause } } }",
    "{ action(number: 47) { title { nl en } ending { reason { nl en } } } }",
    "{ search(text: \"zwartkopje\") { nodes { key title { nl } excerpt } } }",
    "{ ledger(first: 100) { nodes { facts { fields { name before after } } } } }",
    "{ changes(since: { ledger: 3000 }, first: 100) { nodes { sentence { nl en } } } }",
    "{ reportingPeriods { key rescheduledBecause } }",
    "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { versions { \
        approvedByFunction } } }",
];

/// Each role writes what it may, with the name in it; the monitoring overview is published.
pub(crate) async fn write_them(app: &App) {
    let (ministry, comensha) = (app.with(&ministry()), app.with(&partner("comensha")));
    let (vng, hilversum) = (app.with(&vng()), app.with(&municipality("GM0402")));
    let assignment = json!({
        "action": 33, "partner": "comensha", "role": "OWNER", "from": "2026-11-01",
        "text": ASSIGNED, "source": source(), "idempotencyKey": "a",
    });
    ministry.change("assignPartner", assignment).await;
    let planned = json!({
        "number": 47, "line": 4, "titleNl": TITLE, "titleEn": TITLE_EN, "source": source(),
        "idempotencyKey": "p",
    });
    ministry.change("planAction", planned).await;
    let ended = json!({
        "action": 47, "lastDay": "2026-11-20", "reasonNl": ENDED, "reasonEn": ENDED_EN,
        "source": source(), "idempotencyKey": "e",
    });
    ministry.change("endAction", ended).await;

    a_round().sent_by(&ministry).await;
    let delay = json!({ "amount": AMOUNT, "cause": CAUSE });
    let report = a_report(33, "IN_PROGRESS_DELAYED").with("delay", delay);
    report.sent_by(&comensha).await;
    let closing = json!({ "round": "2026-1", "actions": [33], "idempotencyKey": "c" });
    ministry.change("closeMonitoringRound", closing).await;
    let corrected = json!({
        "round": "2026-1", "action": 33, "status": "IN_PROGRESS_DELAYED", "reason": CORRECTED,
        "explanation": "Loopt.", "idempotencyKey": "s",
    });
    ministry.change("correctStatusReport", corrected).await;
    a_publication("MONITORING_OVERVIEW", "2026-1")
        .sent_by(&ministry)
        .await;
    a_release(OVERVIEW).sent_by(&ministry).await;

    a_period().sent_by(&vng).await;
    let moved = json!({
        "period": "2026-2", "lastDay": "2026-12-31", "reason": MOVED, "idempotencyKey": "m",
    });
    vng.change("rescheduleReportingPeriod", moved).await;
    let answers = json!([{ "criterion": "SV-01", "answer": "MET" }]);
    a_draft("GM0402", answers).sent_by(&hilversum).await;
    let submission = a_submission("GM0402").with("approvedByFunction", APPROVED);
    submission.sent_by(&hilversum).await;
    for (key, title) in [("gooi-2026", POLICY), ("gooi-2027", KEPT)] {
        let policy = json!({
            "key": key, "place": { "municipality": "GM0402" }, "level": "LOCAL",
            "title": title, "source": source(), "idempotencyKey": key,
        });
        hilversum.change("recordPolicy", policy).await;
    }
}

const OVERVIEW: &str = "monitoring-2026-1-1";

pub(crate) async fn owner(app: &App) -> Database {
    let clock = Clock::settable(noon());
    let url = app.database.url(roles::OWNER);
    Database::connect(&url, 1, clock).await.unwrap()
}

pub(crate) async fn copies(app: &App, words: &str) -> Vec<Text> {
    let auditor = app.database.connect(roles::AUDITOR).await;
    let copies = redaction::copies(&auditor, words).await.unwrap();
    auditor.close().await.unwrap();
    copies
}

/// The questions that tell the name to somebody; each also of an earlier moment.
async fn surfaces_with_words(app: &App, surfaces: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for surface in surfaces {
        let mut hits = 0;
        for client in everybody(app) {
            let answer = client.ask(surface).await;
            let _ = answer.data();
            hits += usize::from(answer.body.contains(NAME));
        }
        if hits > 0 {
            found.push(surface.clone());
        }
    }
    found
}

/// The tables of feeds and OData, and the files of the publication, that tell the name to the
/// public.
async fn files(app: &App) -> Vec<String> {
    let public = app.public();
    let mut paths: Vec<String> = ["json", "csv"]
        .map(|form| format!("/v1/publications/{OVERVIEW}.{form}"))
        .into();
    for table in listed(&public).await {
        if table.rows.is_some() && table.is_public {
            let name = table.name;
            paths.push(format!("/v1/feeds/{name}.csv"));
            paths.push(format!("/v1/feeds/{name}.ndjson"));
            paths.push(format!("/v1/odata/public/{name}"));
        }
    }
    let mut telling = Vec::new();
    for path in paths {
        let answer = public.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        if answer.body.contains(NAME) {
            telling.push(path);
        }
    }
    telling
}

pub(crate) async fn verified(app: &App) -> ledger::Report {
    let auditor = app.database.connect(roles::AUDITOR).await;
    let report = ledger::verify(&auditor, None).await.unwrap();
    auditor.close().await.unwrap();
    report
}

#[tokio::test]
async fn words_of_facts_are_gone_from_everywhere_and_the_ledger_is_green() {
    let app = spawn_app();
    write_them(&app).await;
    let before = verified(&app).await;
    assert_eq!(before.findings, [""; 0]);
    let head = before.entries;
    let mut surfaces: Vec<String> = SURFACES.map(str::to_owned).into();
    for number in [33, 47] {
        surfaces.push(format!(
            "{{ action(number: {number}, at: {{ ledger: {head} }}) {{ title {{ nl en }} delay {{ \
             amount cause }} ending {{ reason {{ nl en }} }} }} }}"
        ));
    }
    let silent = [&surfaces[4]];
    let tells = surfaces_with_words(&app, &surfaces).await;
    let expected: Vec<_> = surfaces
        .iter()
        .filter(|one| !silent.contains(one))
        .collect();
    assert!(expected.iter().all(|one| tells.contains(one)), "{tells:?}");
    assert!(files(&app).await.len() > 4);

    let owner = owner(&app).await;
    let mut blanked = 0;
    for (words, place) in WORDS {
        let copies = copies(&app, words).await;
        let places: Vec<String> = copies
            .iter()
            .map(|text| format!("{} {} {}", text.subject_kind, text.subject_key, text.field))
            .collect();
        assert!(places.iter().any(|one| one == place), "{place}: {places:?}");
        let entries = redaction::redact(&owner, &copies, "Verzoek om wissing").await;
        assert!(entries.is_ok(), "{place}: {entries:?}");
        blanked += copies.len();
    }
    assert_eq!(holding(&app, "zwartkop").await, [""; 0]);
    assert_eq!(surfaces_with_words(&app, &surfaces).await, [""; 0]);
    assert_eq!(files(&app).await, [""; 0]);
    let after = verified(&app).await;
    assert_eq!(after.findings, [""; 0]);
    // The words, and the files of the overview that told three of them.
    assert!(after.redacted.len() > blanked, "{:?}", after.redacted);
    // What was anchored before still is what it was.
    let auditor = app.database.connect(roles::AUDITOR).await;
    let anchor = format!("{head}:{}", before.hash).parse().unwrap();
    let anchored = ledger::verify(&auditor, Some(&anchor)).await.unwrap();
    assert_eq!(anchored.findings, [""; 0]);
    auditor.close().await.unwrap();
}

#[tokio::test]
async fn a_blank_stands_where_the_words_stood_and_others_keep_theirs() {
    let app = spawn_app();
    write_them(&app).await;
    let owner = owner(&app).await;
    for words in [CAUSE, TITLE, TITLE_EN, POLICY] {
        let copies = copies(&app, words).await;
        redaction::redact(&owner, &copies, "Verzoek om wissing")
            .await
            .unwrap();
    }
    let shown = app
        .public()
        .ask(
            "{ delayed: action(number: 33) { delay { amount cause causeState } } \
            planned: action(number: 47) { title { nl en } } \
            first: policy(key: \"gooi-2026\") { title } \
            second: policy(key: \"gooi-2027\") { title } }",
        )
        .await
        .data();
    assert_eq!(
        shown["delayed"]["delay"],
        json!({ "amount": AMOUNT, "cause": "[geschrapt]", "causeState": "GIVEN" })
    );
    assert_eq!(
        shown["planned"]["title"],
        json!({ "nl": "[geschrapt]", "en": "[redacted]" })
    );
    assert_eq!(shown["first"]["title"], "[geschrapt]");
    assert_eq!(shown["second"]["title"], KEPT);
    // The ledger says of each that it is gone, and by which entry.
    let entries = app
        .public()
        .ask(
            "{ ledger(subjectKind: \"PolicyDocument\", first: 3) { nodes { operation subjectKey \
            facts { table fields { name after redacted } } } } }",
        )
        .await;
    let entries = &entries.data()["ledger"]["nodes"];
    assert_eq!(entries[0]["operation"], "text.redacted");
    assert_eq!(entries[0]["subjectKey"], "gooi-2026");
    let fields = entries[2]["facts"][0]["fields"].as_array().unwrap();
    let title = fields.iter().find(|field| field["name"] == "title_nl");
    assert_eq!(
        title.unwrap(),
        &json!({ "name": "title_nl", "after": null, "redacted": true })
    );
}

#[tokio::test]
async fn what_is_no_prose_stays_and_a_changed_fact_is_not_hidden() {
    let app = spawn_app();
    write_them(&app).await;
    // Codes and keys are no words; the lines of a publication have them beside words, and what two
    // documents say differently may be a code.
    for words in ["IN_PROGRESS_DELAYED", "GM0402"] {
        let copies = copies(&app, words).await;
        let in_facts = copies.iter().filter(|text| text.fact_table.is_some());
        let others: Vec<_> = in_facts
            .filter(|text| !["lines", "computed", "published"].contains(&text.field.as_str()))
            .collect();
        assert!(others.is_empty(), "{words}: {others:?}");
    }
    let auditor = app.database.connect(roles::AUDITOR).await;
    let sought = Sought::Of {
        kind: "StatusReport".to_owned(),
        key: "2026-1/2024/33".to_owned(),
        field: Some("status".to_owned()),
    };
    assert_eq!(redaction::find_texts(&auditor, &sought).await.unwrap(), []);
    auditor.close().await.unwrap();

    // Whoever changed an entry behind the service's back does not hide it behind a redaction.
    let copies = copies(&app, POLICY).await;
    let superuser = app.database.superuser().await;
    let forge =
        |change: &str| format!("update fact.policy_document set {change} where key = 'gooi-2026'");
    let forged = forge("reference = 'CVDR1'");
    superuser.execute_unprepared(&forged).await.unwrap();
    let owner = owner(&app).await;
    let refused = redaction::redact(&owner, &copies, "Verzoek om wissing").await;
    assert!(
        matches!(refused, Err(RedactError::Changed(_))),
        "{refused:?}"
    );
    let mended = forge("reference = null");
    superuser.execute_unprepared(&mended).await.unwrap();
    redaction::redact(&owner, &copies, "Verzoek om wissing")
        .await
        .unwrap();
    assert_eq!(verified(&app).await.findings, [""; 0]);
    // What is left of the entry is proven as well as before, and a blank stands where it is named.
    for change in ["reference = 'CVDR1'", "title_nl = 'Iets anders'"] {
        superuser.execute_unprepared(&forge(change)).await.unwrap();
        let findings = verified(&app).await.findings;
        let is_named = |one: &String| one.contains("(PolicyDocument gooi-2026) were changed");
        assert!(findings.iter().any(is_named), "{change}: {findings:?}");
        let mended = forge("reference = null, title_nl = '[geschrapt]'");
        superuser.execute_unprepared(&mended).await.unwrap();
    }
    assert_eq!(verified(&app).await.findings, [""; 0]);
    superuser.close().await.unwrap();
}

#[tokio::test]
async fn an_import_does_not_bring_words_of_facts_back() {
    let app = spawn_app();
    let shown = "{ sourceDocument(key: \"monitoring-2025\") { title { nl } } }";
    let title = async || {
        let document = app.public().ask(shown).await.data();
        document["sourceDocument"]["title"]["nl"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let words = title().await;
    let owner = owner(&app).await;
    let all = copies(&app, &words).await;
    redaction::redact(&owner, &all, "Verzoek om wissing")
        .await
        .unwrap();
    assert_eq!(title().await, "[geschrapt]");
    let again = app.database.import(&edited(&[])).await;
    assert_eq!((again.added, again.corrected, again.withdrawn), (0, 0, 0));
    assert_eq!(title().await, "[geschrapt]");
    assert_eq!(verified(&app).await.findings, [""; 0]);
}
