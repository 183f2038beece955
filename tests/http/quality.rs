//! The quality of the data: the report of what is known equals that of the files, and follows what
//! is brought in.

use std::collections::BTreeSet;

use acceptance::{App, Client, DataFolder, spawn_app};
use database::{Database, roles};
use dataset::{Check, Outcome};
use domain::actor::Actor;
use domain::clock::Clock;
use ledger::{EntryDraft, Writer};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

/// All comparisons, page by page.
async fn checks(client: &Client) -> Vec<Value> {
    let mut all = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = client
            .send(
                "query ($after: String) { dataQuality { checks(first: 100, after: $after) {
                    nodes { check subject published computed outcome reason { nl en } }
                    pageInfo { hasNextPage endCursor } } } }",
                json!({ "after": after }),
            )
            .await
            .data()["dataQuality"]["checks"]
            .clone();
        all.extend(page["nodes"].as_array().expect("a list").iter().cloned());
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            return all;
        }
    }
}

fn as_value(check: &Check) -> Value {
    let (outcome, reason) = match &check.outcome {
        Outcome::Equal => ("EQUAL", Value::Null),
        Outcome::Known {
            reason_nl,
            reason_en,
        } => ("KNOWN", json!({ "nl": reason_nl, "en": reason_en })),
        Outcome::Unexpected => ("UNEXPECTED", Value::Null),
    };
    json!({
        "check": check.check.to_uppercase(), "subject": check.subject, "published": check.published,
        "computed": check.computed, "outcome": outcome, "reason": reason,
    })
}

#[tokio::test]
async fn the_report_from_the_database_equals_that_of_the_files() {
    let app = spawn_app();
    let (_, report) = DataFolder::copy().import(&app.database).await.unwrap();
    let of_files: BTreeSet<String> = report
        .checks
        .iter()
        .map(|check| as_value(check).to_string())
        .collect();
    let shown = checks(&app.public()).await;
    let of_database: BTreeSet<String> = shown.iter().map(Value::to_string).collect();
    assert_eq!(of_database, of_files);
    assert_eq!(shown.len(), report.checks.len());
    assert!(shown.len() > 200);
}

const COUNTS: &str = "{ dataQuality { counts { equal known unexpected } } }";

#[tokio::test]
async fn known_differences_come_with_their_reason_and_nothing_is_unexpected() {
    let app = spawn_app();
    let answer = app
        .public()
        .ask(
            "{ dataQuality { counts { unexpected }
                checks(filter: { outcome: KNOWN, check: BUDGET }) {
                totalCount nodes { label subject published computed reason { en } } } } }",
        )
        .await;
    assert_eq!(
        answer.data()["dataQuality"],
        json!({
            "counts": { "unexpected": 0 },
            "checks": {
                "totalCount": 2,
                "nodes": [
                    {
                        "label": "Begroting", "subject": "2024/SUMMARY/TOTAL/2026",
                        "published": "2500000", "computed": "2505000",
                        "reason": {
                            "en": "The rows add up to 2,505,000 euros, the printed total is \
                            2.5 million; the letter does not explain the difference.",
                        },
                    },
                    {
                        "label": "Begroting", "subject": "2024/SUMMARY/c/2024",
                        "published": "380000", "computed": "470000",
                        "reason": {
                            "en": "The overview gives 380,000 euros for line 1 in 2024; its \
                            actions \
                            add up to 470,000 euros.",
                        },
                    },
                ],
            },
        })
    );
}

/// The cells of the dashboard that change when action 30 is completed.
const CELLS: [(&str, i64, i64); 4] = [
    ("2025-1/4/COMPLETED", 1, 2),
    ("2025-1/4/IN_PROGRESS", 5, 4),
    ("2025-1/TOTAL/COMPLETED", 8, 9),
    ("2025-1/TOTAL/IN_PROGRESS", 18, 17),
];

async fn differing(client: &Client, outcome: &str) -> Value {
    let query = format!(
        "{{ dataQuality {{ checks(filter: {{ outcome: {outcome}, check: DASHBOARD }}) {{
            nodes {{ subject published computed reason {{ nl }} }} }} }} }}"
    );
    client.ask(&query).await.data()["dataQuality"]["checks"]["nodes"].clone()
}

fn cells(reason: Option<&str>) -> Value {
    let cells = CELLS.iter().map(|(subject, published, computed)| {
        json!({
            "subject": subject, "published": published.to_string(),
            "computed": computed.to_string(), "reason": reason.map(|nl| json!({ "nl": nl })),
        })
    });
    cells.collect()
}

#[tokio::test]
async fn a_status_that_an_import_corrects_differs_from_the_published_figures_with_its_reason() {
    let app = spawn_app();
    let public = app.public();
    let before = public.ask(COUNTS).await;
    let folder = DataFolder::copy();
    folder.change(
        "status_reports.csv",
        "2025-1,2024,30,IN_PROGRESS,",
        "2025-1,2024,30,COMPLETED,",
    );
    for (subject, published, computed) in CELLS {
        folder.add(
            "known_differences.csv",
            &format!(
                "dashboard,{subject},{published},{computed},Later afgerond.,Completed \
                    later.,monitoring-2025,38,"
            ),
        );
    }
    folder.import(&app.database).await.unwrap();
    assert_eq!(
        differing(&public, "KNOWN").await,
        cells(Some("Later afgerond."))
    );
    assert_eq!(differing(&public, "UNEXPECTED").await, json!([]));

    let counts = public.ask(COUNTS).await.data()["dataQuality"]["counts"].clone();
    let known = before.data()["dataQuality"]["counts"]["known"]
        .as_i64()
        .unwrap();
    assert_eq!(counts["known"], known + 4);
    let old = COUNTS.replace(
        "dataQuality",
        &format!("dataQuality(at: {{ ledger: {} }})", before.ledger()),
    );
    assert_eq!(public.ask(&old).await.data(), before.data());
}

/// What a report that comes in by another way than the files would append.
async fn complete_action_30(app: &App) {
    let db = Database::connect(
        &app.database.url(roles::APP),
        1,
        Clock::settable(acceptance::noon()),
    )
    .await
    .expect("the application connects");
    let session = db.write(&Actor::system()).await.expect("a transaction");
    let mut writer = Writer::lock(session).await.expect("the ledger");
    let key = "2025-1/2024/30";
    let number = writer.entry(EntryDraft::public(
        "test.corrected",
        "StatusReport",
        key.to_owned(),
    ));
    let sql = format!(
        "insert into known.status_report select (jsonb_populate_record(k, jsonb_build_object('id',
            gen_random_uuid(),
            'ledger_no', {number}, 'corrects', k.id, 'status', 'COMPLETED'))).*
         from known.status_report k where k.subject_key = '{key}'"
    );
    writer
        .session()
        .execute_unprepared(&sql)
        .await
        .expect("the statement runs");
    writer.commit().await.expect("kept");
    db.pool().clone().close().await.expect("closed");
}

#[tokio::test]
async fn a_status_that_came_in_since_is_unexpected_and_the_past_stays_as_it_was() {
    let app = spawn_app();
    let public = app.public();
    let moment = public.ask(COUNTS).await.ledger();
    let old = format!(
        "{{ dataQuality(at: {{ ledger: {moment} }}) {{ counts {{ equal known unexpected }} }}
            dashboard(at: {{ ledger: {moment} }}) {{
            total {{ statuses {{ status count published }} }} }} }}"
    );
    let before = public.ask(&old).await;
    complete_action_30(&app).await;
    assert_eq!(differing(&public, "UNEXPECTED").await, cells(None));
    let after = public.ask(&old).await;
    assert_eq!(after.data().to_string(), before.data().to_string());
}

#[tokio::test]
async fn the_data_contradict_themselves_nowhere_and_a_contradiction_is_found() {
    let app = spawn_app();
    let public = app.public();
    let query = "{ dataQuality { contradictions { kind label subject text { nl en } } } }";
    let clean = public.ask_again(query).await;
    assert_eq!(clean.data()["dataQuality"], json!({ "contradictions": [] }));
    let folder = DataFolder::copy();
    folder.change(
        "function_assignments.csv",
        "chain-coordinator-midden-nederland,CHAIN_COORDINATOR,VR14,",
        "chain-coordinator-midden-nederland,CHAIN_COORDINATOR,PE03,",
    );
    folder.change(
        "national_figures.csv",
        ",VISIBILITY,PE03,,,,,,NONE,MORE_VISIBLE,",
        ",TREND,PE03,,,,,,NONE,RISE,",
    );
    folder.change("framework_editions.csv", ",PROPOSED,", ",ENDORSED,");
    folder.import(&app.database).await.unwrap();
    let found = public.ask_again(query).await;
    assert_eq!(
        found.data()["dataQuality"]["contradictions"],
        json!([
            {
                "kind": "LABEL_AND_SOURCE", "label": "Label en bron", "subject": "VOORSTEL-1",
                "text": {
                    "nl": "Het label is ‘Vastgesteld door VNG’; de bron is van de soort ‘Voorstel \
                        voor criteria’.",
                    "en": "The label is \"Endorsed by VNG\"; the source is of the kind \"Proposed \
                        criteria\".",
                },
            },
            {
                "kind": "COVERED_WITHOUT_SOURCE", "label": "Ingevuld zonder eigen bron",
                "subject": "chain-coordinator-midden-nederland",
                "text": {
                    "nl": "De functie geldt voor gemeenten als ingevuld, terwijl geen bron dat van hun \
                        eigen gebied zegt.",
                    "en": "Municipalities count as covered although no source says so of their own \
                        area.",
                },
            },
            {
                "kind": "TREND_WITHOUT_FIGURES", "label": "Trend zonder twee cijfers",
                "subject": "goc-midden-nederland",
                "text": {
                    "nl": "Een richting zonder twee cijfers, en de bron noemt geen stijging of \
                        daling.",
                    "en": "A direction without two figures, and the source tells of no rise or \
                        fall.",
                },
            },
        ])
    );
    assert_eq!(found.statements(), clean.statements());
}

#[tokio::test]
async fn decisions_and_gaps_are_shown() {
    let app = spawn_app();
    let folder = DataFolder::copy();
    folder.add(
        "data_decisions.csv",
        "zz-proef,UNIT,2024/99,Bedragen x € 10.000,tienduizend euro,De tabel telt alleen zo \
         op.,The table adds up only so.,\
         letter-28638-249,168,",
    );
    folder.import(&app.database).await.unwrap();
    let data = app
        .public()
        .ask(
            "{ dataQuality { decisions(kind: UNIT, first: 100) { nodes {
                    key kind subject printed takenAs { nl en } reason { nl en } source { citation } } }
                repairs: decisions(kind: REPAIR, first: 100) { nodes { key } }
                gaps { key text { nl } } }
               about { knownGaps { key text { nl } } }
               sourceDocument(key: \"letter-28638-249\") { decisions { key } } }",
        )
        .await
        .data();
    let own = |list: &Value| -> Vec<Value> {
        let list = list.as_array().unwrap().iter();
        list.filter(|one| one["key"] == "zz-proef")
            .cloned()
            .collect()
    };
    assert_eq!(
        own(&data["dataQuality"]["decisions"]["nodes"]),
        [json!({
            "key": "zz-proef", "kind": "UNIT", "subject": "2024/99",
            "printed": "Bedragen x € 10.000", "takenAs": { "nl": "tienduizend euro", "en": "tienduizend euro" },
            "reason": { "nl": "De tabel telt alleen zo op.", "en": "The table adds up only so." },
            "source": {
                "citation": "Brief van de Staatssecretaris van Justitie en Veiligheid over \
                de versterking van \
                het Actieplan programma Samen tegen mensenhandel (Kamerstukken II 2023/24, 28 638, \
                nr. 249; \
                23 april 2024), regel 168",
            },
        })]
    );
    assert_eq!(
        own(&data["dataQuality"]["repairs"]["nodes"]),
        [json!(null); 0]
    );
    assert_eq!(own(&data["sourceDocument"]["decisions"]).len(), 1);
    assert_eq!(data["dataQuality"]["gaps"], data["about"]["knownGaps"]);
    let gap =
        json!({ "key": "action-owners", "text": { "nl": "De bronnen noemen geen actiehouders." } });
    assert!(
        data["dataQuality"]["gaps"]
            .as_array()
            .unwrap()
            .contains(&gap)
    );
}

#[tokio::test]
async fn no_municipality_of_gooi_en_vechtstreek_has_an_adoption_and_the_reason_is_given() {
    let app = spawn_app();
    let answer = app
        .public()
        .ask(
            "{ dataQuality { adoptionsWithoutMunicipality { policy { key title } adoptedOn
                region { code }
                withoutAdoption { name } reason { nl en } source { lines document { key } } } } }",
        )
        .await;
    assert_eq!(
        answer.data()["dataQuality"]["adoptionsWithoutMunicipality"],
        json!([
            {
                "policy": {
                    "key": "gooi-en-vechtstreek-2023",
                    "title": "Beleid mensenhandel Gooi en Vechtstreek",
                },
                "adoptedOn": "2023-05-23",
                "region": { "code": "VR14" },
                "withoutAdoption": [
                    { "name": "Blaricum" }, { "name": "Hilversum" }, { "name": "Huizen" },
                    { "name": "Laren" }, { "name": "Wijdemeren" }, { "name": "Gooise Meren" },
                ],
                "reason": {
                    "nl": "De bron noemt de gemeente niet die dit beleid heeft vastgesteld. De \
                    vaststelling telt daarom voor \
                    geen enkele gemeente. Van geen van deze gemeenten in Gooi en Vechtstreek is \
                    een eigen vaststelling \
                    bekend: Blaricum, Hilversum, Huizen, Laren, Wijdemeren, Gooise Meren.",
                    "en": "The source does not name the municipality that adopted this policy. The \
                    adoption therefore counts \
                    for no municipality. Of none of these municipalities in Gooi en Vechtstreek an \
                    adoption of its own is \
                    known: Blaricum, Hilversum, Huizen, Laren, Wijdemeren, Gooise Meren.",
                },
                "source": { "lines": "25-27", "document": { "key": "policy-gooi-en-vechtstreek" } },
            },
        ])
    );
}

#[tokio::test]
async fn the_report_costs_one_statement_however_much_of_it_is_selected() {
    let app = spawn_app();
    let public = app.public();
    for (expected, query) in [
        (
            2,
            "{ dataQuality { counts { equal } checks(first: FIRST) { nodes { subject label } } } }",
        ),
        (
            1,
            "{ dataQuality { decisions(first: FIRST) { nodes { key source { citation } } } } \
                sourceDocuments { nodes { key } } }",
        ),
        (
            2,
            "{ dataQuality { checks(first: FIRST) { totalCount } \
                adoptionsWithoutMunicipality { reason { nl } } } }",
        ),
    ] {
        let one = public.ask_again(&query.replace("FIRST", "1")).await;
        let many = public.ask_again(&query.replace("FIRST", "100")).await;
        assert_eq!(
            (one.statements(), many.statements()),
            (expected, expected),
            "{query}"
        );
    }
}
