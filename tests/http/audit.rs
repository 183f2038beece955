//! Who changed what, before and after, each in its scope; and a text that the law wants gone is
//! gone everywhere.

use acceptance::{
    App, Client, a_draft, a_period, a_report, a_round, a_submission, audit_lines, edited,
    keep_log_lines, ministry, municipality, partner, region, spawn_app, vng,
};
use compliance::redaction::{self, RedactError, Sought, Text};
use database::{Database, roles};
use domain::clock::Clock;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::{Value, json};

/// What must go, as one writes it and as search stems it.
pub(crate) const NAME: &str = "Zwartkopje";
const TEXT: &str = "Mevrouw Zwartkopje, wijkagent, voert dit uit.";
/// Everything through which the text could be read, by anybody.
const SURFACES: [&str; 9] = [
    "{ action(number: 33) { explanation statusHistory { explanation } } }",
    "{ actions(filter: { text: \"zwartkopje\" }) { nodes { number } } }",
    "{ search(text: \"zwartkopje\") { nodes { key excerpt } } }",
    "{ changes(since: { ledger: 3000 }, first: 100) { nodes { sentence { nl } } } }",
    "{ ledger(first: 100) { nodes { operation facts { fields { name before after } } } } }",
    "{ openRounds { nodes { reports { explanation } } } }",
    "{ dataQuality { checks(first: 100) { nodes { computed published } } } }",
    "{ assessment(municipality: \"GM0402\", period: \"2026-2\") {
        draft { answers { explanation } } versions { answers { explanation } } } }",
    "{ verdict(municipality: \"GM0402\", period: \"2026-2\", basis: SUBMITTED) { \
        grounds { criteria { reasons { nl } } } } }",
];

/// A client of each role.
pub(crate) fn everybody(app: &App) -> [Client; 6] {
    [
        app.public(),
        app.with(&partner("comensha")),
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
        app.with(&vng()),
        app.with(&ministry()),
    ]
}

/// How many readers find the name on each surface.
async fn readers(app: &App) -> [usize; SURFACES.len()] {
    let mut found = [0; SURFACES.len()];
    for client in everybody(app) {
        for (count, surface) in found.iter_mut().zip(SURFACES) {
            let answer = client.ask(surface).await;
            let _ = answer.data();
            // The word asked for comes back in no answer; that something was found does.
            let is_search = surface.contains("\"zwartkopje\"");
            let hit = answer.body.contains(NAME) || (is_search && answer.body.contains("33"));
            *count += usize::from(hit);
        }
    }
    found
}

/// The tables in which the name stands, however it is kept.
async fn tables(app: &App) -> Vec<String> {
    holding(app, "zwartkop").await
}

/// The tables in which some words stand.
pub(crate) async fn holding(app: &App, words: &str) -> Vec<String> {
    let superuser = app.database.superuser().await;
    let all = superuser
        .query_all_raw(Statement::from_string(
            DbBackend::Postgres,
            "select format('%I.%I', schemaname, tablename) from pg_tables
             where schemaname not in ('pg_catalog', 'information_schema') order by 1",
        ))
        .await
        .unwrap();
    let mut holding = Vec::new();
    for row in all {
        let table: String = row.try_get_by_index(0).unwrap();
        let sql = format!("select 1 from {table} t where t::text ilike '%{words}%' limit 1");
        let found = superuser
            .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
            .await
            .unwrap();
        holding.extend(found.map(|_| table));
    }
    superuser.close().await.unwrap();
    holding
}

fn no_errors(payload: &Value) {
    assert_eq!(payload["errors"], json!([]), "{payload}");
}

/// Hilversum submits, and CoMensha reports in a round that the ministry closes, both with the text.
pub(crate) async fn write_it(app: &App) {
    let owner = "2024,33,comensha,OWNER,,Aangewezen door het ministerie.,monitoring-2025,7,\n";
    let first = "2024,7,om,EXECUTOR,";
    let set = edited(&[("action_partners.csv", first, &(owner.to_owned() + first))]);
    app.database.import(&set).await;
    let [_, comensha, hilversum, _, vng, ministry] = everybody(app);
    a_period().sent_by(&vng).await;
    let answers = json!([
        { "criterion": "SV-01", "answer": "MET", "explanation": TEXT },
        { "criterion": "SV-02", "answer": "MET" },
    ]);
    a_draft("GM0402", answers).sent_by(&hilversum).await;
    a_submission("GM0402").sent_by(&hilversum).await;
    a_round().sent_by(&ministry).await;
    let report = a_report(33, "ONGOING").with("explanation", TEXT);
    report.sent_by(&comensha).await;
    let closing = json!({ "round": "2026-1", "actions": [33], "idempotencyKey": "c" });
    ministry.change("closeMonitoringRound", closing).await;
}

/// The copies of the one text of a thing, as the operator finds them.
pub(crate) async fn found(app: &App, kind: &str, key: &str) -> Vec<Text> {
    let auditor = app.database.connect(roles::AUDITOR).await;
    let sought = Sought::Of {
        kind: kind.to_owned(),
        key: key.to_owned(),
        field: None,
    };
    let texts = redaction::find_texts(&auditor, &sought).await.unwrap();
    let body = texts[0].body.clone().unwrap();
    let copies = redaction::copies(&auditor, &body).await.unwrap();
    auditor.close().await.unwrap();
    copies
}

/// What is gone has a name; what never was has another.
async fn what_is_gone_has_a_name(app: &App) {
    let shown = app
        .public()
        .ask(
            "{ action(number: 33) { explanation explanationState } none: \
            action(number: 31, round: \"2026-1\") { explanationState } }",
        )
        .await
        .data();
    assert_eq!(
        shown,
        json!({
            "action": { "explanation": null, "explanationState": "REDACTED" },
            "none": { "explanationState": "NOT_GIVEN" },
        })
    );
    let answers = app
        .with(&vng())
        .ask(
            "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { \
            latestVersion { answers { criterion { code } explanation explanationState } } } }",
        )
        .await
        .data();
    assert_eq!(
        answers["assessment"]["latestVersion"]["answers"],
        json!([
            {
                "criterion": { "code": "SV-01" }, "explanation": null,
                "explanationState": "REDACTED",
            },
            {
                "criterion": { "code": "SV-02" }, "explanation": null,
                "explanationState": "NOT_GIVEN",
            },
        ])
    );
}

/// At every moment, the moments before it too; search still finds the action by its other words.
async fn it_is_gone_at_every_moment(app: &App, head: i64) {
    let then = app
        .public()
        .ask(&format!(
            "{{ action(number: 33, at: {{ ledger: {head} }}) {{ explanation explanationState }} \
            search(text: \"2024/33\", at: {{ ledger: {head} }}) {{ nodes {{ key }} }} }}"
        ))
        .await
        .data();
    assert_eq!(
        then["action"],
        json!({ "explanation": null, "explanationState": "REDACTED" })
    );
    assert_eq!(then["search"]["nodes"][0]["key"], "2024/33");
}

/// Whoever saw where it stood sees the entry with its reason; the public that of the public text.
async fn the_entries_give_the_reason(app: &App, head: i64) {
    let mut seen = Vec::new();
    for client in everybody(app) {
        let entries = client
            .ask(&format!(
                "{{ changes(since: {{ ledger: {head} }}) {{ totalCount \
                nodes {{ operation subjectKind }} }} }}"
            ))
            .await
            .data();
        seen.push(entries["changes"]["totalCount"].clone());
    }
    assert_eq!(seen, [1, 1, 2, 1, 2, 2]);
    let reason = app
        .public()
        .ask(
            "{ ledger(first: 1) { nodes { operation subjectKey actorRole \
            facts { table change fields { name after } } } } }",
        )
        .await
        .data();
    assert_eq!(
        reason["ledger"]["nodes"][0]["facts"][0]["fields"][1],
        json!({ "name": "reason", "after": "Verzoek om wissing, AVG artikel 17" })
    );
}

/// The ledger is green, and the export is whole without the text.
async fn the_export_is_whole(app: &App, head: i64) {
    let auditor = app.database.connect(roles::AUDITOR).await;
    let report = ledger::verify(&auditor, None).await.unwrap();
    assert_eq!(report.findings, [""; 0]);
    let by: Vec<i64> = report.redacted.iter().map(|(_, entry)| *entry).collect();
    assert_eq!((by.len(), by.iter().min()), (3, Some(&(head + 1))));
    // The export is whole, and the text is not in it.
    let mut bytes = Vec::new();
    let manifest = ledger::export(&auditor, &mut bytes).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!((manifest.entries, manifest.head), (head + 3, head + 3));
    assert_eq!(manifest.hash, report.hash);
    assert_eq!(manifest.facts, report.facts);
    let (lines, last) = text.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(lines.lines().count() as i64, head + 3);
    let sum = <sha2::Sha256 as sha2::Digest>::digest(format!("{lines}\n").as_bytes());
    assert_eq!(manifest.sha256, hex::encode(sum));
    let last: Value = serde_json::from_str(last).unwrap();
    assert_eq!(last["manifest"]["sha256"], manifest.sha256);
    assert!(!text.contains(NAME));
    auditor.close().await.unwrap();
}

#[tokio::test]
async fn a_redacted_text_is_gone_from_every_surface_and_the_ledger_is_green() {
    let app = spawn_app();
    write_it(&app).await;
    assert_eq!(readers(&app).await, [6, 6, 6, 0, 6, 0, 0, 2, 0]);
    assert_eq!(
        tables(&app).await,
        [
            "public.free_text",
            "public.search_document",
            "work.draft_answer"
        ]
    );

    let copies = found(&app, "StatusReport", "2026-1/2024/33").await;
    let places: Vec<_> = copies
        .iter()
        .map(|text| format!("{} {} {}", text.subject_kind, text.subject_key, text.field))
        .collect();
    assert_eq!(
        places,
        [
            "Assessment GM0402/2026-2 SV-01",
            "RoundReport 2026-1/2024/33/comensha explanation",
            "StatusReport 2026-1/2024/33 explanation"
        ]
    );
    let owner = Database::connect(
        &app.database.url(roles::OWNER),
        1,
        Clock::settable(acceptance::noon()),
    )
    .await
    .unwrap();
    for reason in ["", "Verzoek van jan@zwart.nl"] {
        let refused = redaction::redact(&owner, &copies, reason).await;
        assert!(matches!(refused, Err(RedactError::Reason)), "{reason}");
    }
    // A copy that nobody named keeps everything as it was.
    let partly = redaction::redact(&owner, &copies[1..], "Verzoek om wissing").await;
    assert!(matches!(partly, Err(RedactError::Meanwhile)));
    assert_eq!(tables(&app).await.len(), 3);
    let head = app.public().ask("{ dashboard { day } }").await.ledger();
    let entries = redaction::redact(&owner, &copies, "Verzoek om wissing, AVG artikel 17")
        .await
        .unwrap();
    assert_eq!(entries, [head + 1, head + 2, head + 3]);
    let again = redaction::redact(&owner, &copies, "Nog eens").await;
    assert!(matches!(again, Err(RedactError::Meanwhile)));

    assert_eq!(readers(&app).await, [0; SURFACES.len()]);
    assert_eq!(tables(&app).await, [""; 0]);
    what_is_gone_has_a_name(&app).await;
    it_is_gone_at_every_moment(&app, head).await;
    the_entries_give_the_reason(&app, head).await;
    the_export_is_whole(&app, head).await;
}

/// What is read at an earlier number changes too when a text is blanked, so who has it is given it
/// anew.
#[tokio::test]
async fn a_feed_of_an_earlier_number_is_another_once_a_text_is_blanked() {
    let app = spawn_app();
    write_it(&app).await;
    let head = app.public().ask("{ dashboard { day } }").await.ledger();
    let feed = async |known: Option<&str>| {
        let path = format!("{}/v1/feeds/dim_action.csv?ledger={head}", app.address());
        let request = acceptance::http().get(path);
        let request = known
            .into_iter()
            .fold(request, |request, tag| request.header("if-none-match", tag));
        let response = request.send().await.unwrap();
        let tag = response.headers()["etag"].to_str().unwrap().to_owned();
        (response.status().as_u16(), tag)
    };
    let (_, tag) = feed(None).await;
    assert_eq!(feed(Some(&tag)).await, (304, tag.clone()));
    let copies = found(&app, "StatusReport", "2026-1/2024/33").await;
    let clock = Clock::settable(acceptance::noon());
    let url = app.database.url(roles::OWNER);
    let owner = Database::connect(&url, 1, clock).await.unwrap();
    redaction::redact(&owner, &copies, "Verzoek om wissing")
        .await
        .unwrap();
    let (status, other) = feed(Some(&tag)).await;
    assert_eq!(status, 200);
    assert_ne!(other, tag);
}

#[tokio::test]
async fn words_of_a_function_and_of_a_vacancy_are_blanked() {
    let app = spawn_app();
    let (public, hilversum) = (app.public(), app.with(&municipality("GM0402")));
    let source = json!({ "document": "monitoring-2025", "place": "7" });
    let assignment = json!({
        "key": "officer", "role": "DESIGNATED_OFFICER", "place": { "municipality": "GM0402" },
        "organisation": "Team Veiligheid", "text": TEXT, "source": source, "idempotencyKey": "a",
    });
    hilversum.change("assignFunction", assignment).await;
    let vacancy = json!({
        "key": "vacancy", "role": "CHAIN_COORDINATOR", "place": { "municipality": "GM0402" },
        "from": "2026-01-01", "text": TEXT, "source": source, "idempotencyKey": "v",
    });
    hilversum.change("declareFunctionVacancy", vacancy).await;
    let query = "{ functions { nodes { assignments { text } } }
        coverage(role: CHAIN_COORDINATOR) { vacancies { text } } }";
    assert_eq!(public.ask(query).await.body.matches(NAME).count(), 2);
    let copies = found(&app, "FunctionVacancy", "vacancy").await;
    let places: Vec<_> = copies
        .iter()
        .map(|text| format!("{} {} {}", text.subject_kind, text.subject_key, text.field))
        .collect();
    assert_eq!(
        places,
        [
            "FunctionAssignment officer words",
            "FunctionVacancy vacancy words"
        ]
    );
    let clock = Clock::settable(acceptance::noon());
    let url = app.database.url(roles::OWNER);
    let owner = Database::connect(&url, 1, clock).await.unwrap();
    redaction::redact(&owner, &copies, "Verzoek om wissing")
        .await
        .unwrap();
    let shown = public.ask(query).await;
    assert!(!shown.body.contains(NAME), "{}", shown.body);
    assert_eq!(
        shown.data()["coverage"]["vacancies"],
        json!([{ "text": null }])
    );
    let auditor = app.database.connect(roles::AUDITOR).await;
    let report = ledger::verify(&auditor, None).await.unwrap();
    assert_eq!(report.findings, [""; 0]);
    auditor.close().await.unwrap();
}

#[tokio::test]
async fn an_import_does_not_bring_a_redacted_text_back() {
    let app = spawn_app();
    let copies = found(&app, "StatusReport", "2025-1/2024/32").await;
    let owner = Database::connect(
        &app.database.url(roles::OWNER),
        1,
        Clock::settable(acceptance::noon()),
    )
    .await
    .unwrap();
    redaction::redact(&owner, &copies, "Verzoek om wissing")
        .await
        .unwrap();
    let again = app.database.import(&edited(&[])).await;
    assert_eq!((again.added, again.corrected, again.withdrawn), (0, 0, 0));
    // Another text in its place is a new one.
    let corrected = edited(&[(
        "status_reports.csv",
        "data wordt verzameld via gemeenten en regio’s.",
        "data zijn verzameld.",
    )]);
    let imported = app.database.import(&corrected).await;
    assert_eq!(imported.corrected, 1);
    let shown = app
        .public()
        .ask("{ action(number: 32) { explanation explanationState } }")
        .await
        .data();
    assert_eq!(
        shown["action"],
        json!({
            "explanation": "Tussenrapportage gepland voor 2025; data zijn verzameld.",
            "explanationState": "GIVEN",
        })
    );
}

#[tokio::test]
async fn reading_the_answers_of_others_leaves_one_line_without_persons_or_words() {
    const SUBJECT: &str = "GM1680/2026-2";
    keep_log_lines();
    let app = spawn_app();
    let own = app.with(&municipality("GM1680"));
    let answers = "{ assessment(municipality: \"GM1680\", period: \"2026-2\") {
        draft { answers { criterion { code } } } versions { answers { explanation } } } }";
    a_period().sent_by(&app.with(&vng())).await;
    let given = json!([{ "criterion": "SV-01", "answer": "MET", "explanation": "Zeer geheim." }]);
    a_draft("GM1680", given).sent_by(&own).await;
    a_submission("GM1680").sent_by(&own).await;
    // One's own is no privilege, and neither is what one does not see.
    for client in [own, app.public(), app.with(&ministry())] {
        let _ = client.ask(answers).await.data();
    }
    assert_eq!(audit_lines(SUBJECT), [Value::Null; 0]);
    let read = app.with(&vng()).ask(answers).await;
    assert!(read.body.contains("Zeer geheim."));
    let lines = audit_lines(SUBJECT);
    let [line] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    let mut line = line.as_object().unwrap().clone();
    line.remove("timestamp");
    assert_eq!(
        Value::Object(line),
        json!({
            "level": "INFO", "target": "audit", "event": "privileged_read",
            "message": "privileged read", "role": "VNG", "organisation": "VNG",
            "rule": "READ_ANSWERS", "subjects": 1, "first": SUBJECT, "ledger": read.ledger(),
        })
    );
}

/// The entries of an assessment with the criteria that they tell of.
const WHO: &str =
    "{ ledger(subjectKind: \"Assessment\") { totalCount nodes { actorRole actorOrganisation
    operation facts { table change fields { name after } } } } }";

#[tokio::test]
async fn the_ledger_tells_who_changed_what_to_each_in_its_scope() {
    let app = spawn_app();
    write_it(&app).await;
    let ministry = app.with(&ministry());
    no_errors(
        &ministry
            .call(
                "correctStatusReport",
                "",
                json!({
                    "round": "2026-1", "action": 33, "status": "COMPLETED",
                    "reason": "Afgerond na de peildatum.", "idempotencyKey": "k",
                    "source": { "document": "monitoring-2025", "place": "7" },
                }),
            )
            .await,
    );
    let corrected = "{ ledger(subjectKind: \"StatusReport\", first: 1) { totalCount
        nodes { actorRole actorOrganisation operation
        subjectKey sourceDocument { key } sourcePlace
        facts { table change fields { name before after redacted } } } } }";
    for client in everybody(&app) {
        let answer = client.ask(corrected).await;
        let entry = answer.data()["ledger"]["nodes"][0].clone();
        assert_eq!(
            entry,
            json!({
                "actorRole": "MINISTRY", "actorOrganisation": "MINISTRY",
                "operation": "statusReport.corrected", "subjectKey": "2026-1/2024/33",
                "sourceDocument": { "key": "monitoring-2025" }, "sourcePlace": "7",
                "facts": [
                    {
                        "table": "status_report", "change": "CORRECTED",
                        "fields": [
                            {
                                "name": "note", "before": null,
                                "after": "Afgerond na de peildatum.", "redacted": false,
                            },
                            {
                                "name": "reported_by", "before": "comensha", "after": "MINISTRY",
                                "redacted": false,
                            },
                            {
                                "name": "source_document", "before": null,
                                "after": "monitoring-2025", "redacted": false,
                            },
                            {
                                "name": "source_lines", "before": null, "after": "7",
                                "redacted": false,
                            },
                            {
                                "name": "status", "before": "ONGOING", "after": "COMPLETED",
                                "redacted": false,
                            },
                        ],
                    },
                ],
            })
        );
    }
    // Opening, the page, its total, the facts and their texts: whatever the page holds. The
    // documents are everybody's.
    for first in [1, 100] {
        let page = corrected.replace("first: 1", &format!("first: {first}"));
        assert_eq!(app.public().ask_again(&page).await.statements(), 5);
    }
    let mut seen = Vec::new();
    for client in everybody(&app) {
        seen.push(client.ask(WHO).await.data()["ledger"]["totalCount"].clone());
    }
    assert_eq!(seen, [0, 0, 1, 0, 1, 0]);
    let own = app.with(&municipality("GM0402")).ask(WHO).await;
    let entry = &own.data()["ledger"]["nodes"][0];
    assert_eq!(entry["actorOrganisation"], "GM0402");
    let tables: Vec<&str> = entry["facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fact| fact["table"].as_str().unwrap())
        .collect();
    assert_eq!(tables[..3], ["answer", "answer", "assessment_version"]);
    // Another's and an absent one's entries: the same bytes.
    let other = app.with(&municipality("GM0363"));
    let of = |key: &str| {
        format!(
            "{{ ledger(subjectKind: \"Assessment\", subjectKey: \"{key}/2026-2\") {{ totalCount \
                nodes {{ number }} }} }}"
        )
    };
    let hidden = other.ask_again(&of("GM0402")).await;
    assert_eq!(hidden.body, other.ask_again(&of("GM0417")).await.body);
    // No person is told, by any name: neither the subject of a token nor its pseudonym.
    let all = app
        .with(&vng())
        .ask("{ ledger(first: 100) { nodes { number actorRole facts { fields { name } } } } }")
        .await;
    assert!(!all.body.contains("_subject"), "{}", all.body);
}
