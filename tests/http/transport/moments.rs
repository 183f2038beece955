//! One moment in a document, and the law of ids: what has one id has one value, and `node` gives
//! what its id is pinned to.

use std::collections::BTreeMap;

use acceptance::{App, Client, spawn_app};
use proptest::{
    collection::vec,
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use serde_json::{Value, json};

use super::{message, refusal};
use crate::changes::{correct_44, second_round};

/// That a moment has not come, in English and in Dutch.
const BEYOND_HEAD: (&str, &str) = (
    "This moment has not come: `ledger` may not be higher than the last number of the ledger, \
     `instant` not later than now.",
    "Dit moment is er nog niet: `ledger` mag niet hoger zijn dan het laatste nummer van het \
     grootboek, `instant` niet later dan nu.",
);

/// The fields of each kind of thing that has an id, each asked in one way wherever it stands.
const OF_KINDS: [(&str, &str); 8] = [
    (
        "Action",
        "key isNew version monitoring { state status } status explanation changedAtLedger line { __typename id }",
    ),
    (
        "ActionLine",
        "key number title { nl } actions { __typename id status }",
    ),
    (
        "Area",
        "code name version membersVersion parent { __typename id } children { __typename id }
         municipalities { __typename id }
         functions { basis assignment { key area { __typename id } partner { __typename id } } }",
    ),
    (
        "Municipality",
        "code name validFrom validUntil policyState region { __typename id } province { __typename id }
         continuedAs { __typename id } successors { successor { __typename id } }
         predecessors { predecessor { __typename id } }
         policies { adoptedOn term { day state } policy { key } }",
    ),
    ("Partner", "key kind version name { nl } area { __typename id }"),
    (
        "FrameworkEdition",
        "code state normMonths criteria { __typename id } periods { __typename id }",
    ),
    ("Criterion", "key level required title { nl }"),
    ("ReportingPeriod", "key opensOn deadlineOn lastDay state"),
];

/// Root fields that lead to things with an id; `AT` is the moment.
const ROOTS: [&str; 14] = [
    "action(number: 44, at: AT) { ...Action }",
    "action(number: 2, at: AT) { ...Action }",
    "action(number: 2, round: \"2025-1\", at: AT) { ...Action }",
    "actionLines(at: AT) { ...ActionLine }",
    "actionLines(round: \"2025-1\", at: AT) { ...ActionLine }",
    "dashboard(at: AT) { delayed { ...Action } lines { line { ...ActionLine } } }",
    "region(code: \"VR14\", at: AT) { ...Area }",
    "area(code: \"PE03\", at: AT) { ...Area }",
    "municipality(code: \"GM0402\", at: AT) { ...Municipality }",
    "municipality(code: \"GM0457\", at: AT) { ...Municipality whole: region { ...Area } }",
    "municipality(code: \"GM0363\", at: AT) { ...Municipality
        whole: predecessors { predecessor { ...Municipality } } }",
    "framework(at: AT) { ...FrameworkEdition whole: criteria { ...Criterion } }",
    "reportingPeriods(at: AT) { ...ReportingPeriod }",
    "partners(first: 2, at: AT) { nodes { ...Partner } }",
];

/// A document of root fields, with the fragments that they use.
fn document(roots: &str) -> String {
    let mut document = format!("{{ {roots} }}");
    for (kind, fields) in OF_KINDS {
        if document.contains(&format!("...{kind} ")) {
            document += &format!(" fragment {kind} on {kind} {{ __typename id {fields} }}");
        }
    }
    document
}

/// What was told, by id and field.
#[derive(Default)]
struct Kept(BTreeMap<(String, String), Value>);

impl Kept {
    /// Keeps what an answer tells of each thing with an id; what was told before is the same.
    fn keep(&mut self, shown: &Value, question: &str) {
        match shown {
            Value::Object(fields) => {
                if let Some(id) = fields.get("id").and_then(Value::as_str) {
                    for (name, value) in fields {
                        let place = (id.to_owned(), name.clone());
                        let before = self.0.entry(place).or_insert_with(|| value.clone());
                        assert_eq!(before, value, "{id} {name}: {question}");
                    }
                }
                for value in fields.values() {
                    self.keep(value, question);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| self.keep(value, question)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

async fn number(app: &App, sql: &str) -> i64 {
    app.database.count(sql).await
}

#[tokio::test]
async fn what_has_one_id_has_one_value_at_whatever_moment_it_is_read() {
    let app = spawn_app();
    let public = app.public();
    let first = number(&app, "select number from ledger_head").await;
    correct_44(&app).await;
    let second = number(&app, "select number from ledger_head").await;
    second_round(&app).await;
    let moments = [
        "null".to_owned(),
        format!("{{ ledger: {first} }}"),
        format!("{{ ledger: {second} }}"),
        "{ instant: \"2026-11-22T12:00:00Z\" }".to_owned(),
        "{ day: \"2022-03-23\" }".to_owned(),
        "{ day: \"2022-03-24\" }".to_owned(),
        "{ day: \"2026-06-29\" }".to_owned(),
        "{ day: \"2027-01-01\" }".to_owned(),
        format!("{{ ledger: {first}, day: \"2022-03-23\" }}"),
        format!("{{ ledger: {first}, day: \"2026-11-22\" }}"),
    ];
    let mut runner = TestRunner::deterministic();
    let questions = vec((0..ROOTS.len(), 0..ROOTS.len(), 0..moments.len()), 60);
    let questions = questions.new_tree(&mut runner).unwrap().current();
    let mut kept = Kept::default();
    for (one, other, moment) in questions {
        let roots = format!("one: {} other: {} ", ROOTS[one], ROOTS[other]);
        let question = document(&roots.replace("AT", &moments[moment]));
        let answer = public.ask(&question).await;
        // A round that was not closed by then is not found; what is told beside it counts.
        let data = answer.json()["data"].clone();
        kept.keep(&data, &question);
    }
    let ids: Vec<String> = kept.0.keys().map(|(id, _)| id.clone()).collect();
    let pinned = ids.iter().filter(|id| id.contains('.')).count();
    assert!(pinned > 50 && ids.len() - pinned > 50, "{pinned}");

    // By its id each is found, and is what it was.
    let mut ids = ids;
    ids.dedup();
    for id in ids.iter().step_by(7) {
        let kind = kept.0[&(id.clone(), "__typename".to_owned())].clone();
        let kind = kind.as_str().unwrap();
        let question = document(&format!("node(id: \"{id}\") {{ ...{kind} }} "));
        let shown = public.ask(&question).await.data();
        assert_eq!(shown["node"]["id"], json!(id), "{question}");
        kept.keep(&shown, &question);
    }
}

#[tokio::test]
async fn then_and_now_are_two_things() {
    let app = spawn_app();
    let public = app.public();
    let region = async |at: &str| {
        let query =
            format!("{{ region(code: \"VR14\", at: {at}) {{ id municipalities {{ name }} }} }}");
        public.ask(&query).await.data()["region"].clone()
    };
    let (now, then) = (
        region("null").await,
        region("{ day: \"2021-06-01\" }").await,
    );
    assert_eq!(now["id"], "area_VlIxNA");
    assert_ne!(now["id"], then["id"]);
    let members = |region: &Value| region["municipalities"].as_array().unwrap().len();
    assert_eq!((members(&now), members(&then)), (6, 7));
    for shown in [now, then] {
        let query = format!(
            "{{ node(id: {}) {{ id ... on Area {{ municipalities {{ name }} }} }} }}",
            shown["id"]
        );
        assert_eq!(public.ask(&query).await.data()["node"], shown);
    }
    // A pinned id names the moment of its document.
    let pinned = region("{ day: \"2021-06-01\" }").await["id"].clone();
    let beside = async |at: &str| {
        let query =
            format!("{{ node(id: {pinned}) {{ id }} municipalities(at: {at}) {{ totalCount }} }}");
        public.ask(&query).await
    };
    let same = beside("{ day: \"2021-06-01\" }").await.data();
    assert_eq!(same["municipalities"]["totalCount"], 352);
    for other in ["null", "{ day: \"2021-06-02\" }", "{ ledger: 1 }"] {
        refusal(&beside(other).await, 400, "BAD_REQUEST");
    }
}

#[tokio::test]
async fn a_document_has_one_moment() {
    let app = spawn_app();
    let public = app.public();
    for (query, en, nl) in [
        (
            "{ a: dashboard(at: { ledger: 1 }) { day } \
             b: actions(at: { ledger: 2 }) { totalCount } }",
            "A document is read at one moment, and `dashboard` (ledger 1) and `actions` (ledger 2) \
             are two. Give every field that takes `at` the same moment.",
            "Eén document wordt op één moment gelezen, en `dashboard` (ledger 1) en `actions` \
             (ledger 2) zijn er twee. Geef elk veld dat `at` kent hetzelfde moment.",
        ),
        (
            "{ dashboard(at: { day: \"2026-06-29\" }) { day } ...b } \
             fragment b on Query { actions { totalCount } }",
            "A document is read at one moment, and `dashboard` (day 2026-06-29) and `actions` \
             (now) are two. Give every field that takes `at` the same moment.",
            "Eén document wordt op één moment gelezen, en `dashboard` (day 2026-06-29) en \
             `actions` (nu) zijn er twee. Geef elk veld dat `at` kent hetzelfde moment.",
        ),
        (
            "{ dashboard(at: { day: \"2026-06-29\" }) { day } openTasks { totalCount } }",
            "A document is read at one moment, and `dashboard` (day 2026-06-29) and `openTasks` \
             (now) are two. Ask what can be asked of now alone in a document of its own.",
            "Eén document wordt op één moment gelezen, en `dashboard` (day 2026-06-29) en \
             `openTasks` (nu) zijn er twee. Wat alleen nu gevraagd kan worden, vraagt u apart.",
        ),
    ] {
        let error = refusal(&public.ask(query).await, 400, "BAD_REQUEST");
        assert_eq!(message(&error), (en, nl), "{query}");
    }
    // One variable serves all fields; left out or null it is now.
    let query = "query ($at: Moment) { dashboard(at: $at) { day } ...b } \
         fragment b on Query { actions(at: $at) { totalCount } }";
    let today = public.ask("{ dashboard { day } }").await.data()["dashboard"]["day"].clone();
    for (variables, day) in [
        (json!({}), today.clone()),
        (json!({ "at": null }), today),
        (
            json!({ "at": { "day": "2026-06-29" } }),
            json!("2026-06-29"),
        ),
    ] {
        let answer = public.send(query, variables).await;
        assert_eq!(answer.data()["dashboard"]["day"], day);
    }
    // What is told of any moment, and what is left out, is in nobody's way.
    for query in [
        "{ dashboard(at: { day: \"2026-06-29\" }) { day } about { licence } \
         codeLists { name } viewer { role } __typename }",
        "{ dashboard(at: { day: \"2026-06-29\" }) { day } actions @skip(if: true) { totalCount } }",
        "{ dashboard(at: { day: \"2026-06-29\" }) { day } node(id: \"nothing\") { id } }",
    ] {
        let answer = public.ask(query).await;
        assert_eq!(answer.data()["dashboard"]["day"], "2026-06-29", "{query}");
        assert_eq!(answer.json()["extensions"]["day"], "2026-06-29", "{query}");
    }
}

#[tokio::test]
async fn what_is_no_moment_is_refused_with_what_it_must_be() {
    let app = spawn_app();
    let head = number(&app, "select number from ledger_head").await;
    let no_day = |value: &str| {
        (
            format!(
                "`day` is `{value}` and must be a date from 2018-01-01 to 2099-12-31: YYYY-MM-DD, \
                 as in 2026-12-01."
            ),
            format!(
                "`day` is `{value}` en moet een datum zijn van 2018-01-01 tot en met 2099-12-31: \
                 JJJJ-MM-DD, zoals 2026-12-01."
            ),
        )
    };
    let of = |en: &str, nl: &str| (en.to_owned(), nl.to_owned());
    let beyond = of(BEYOND_HEAD.0, BEYOND_HEAD.1);
    for (at, expected) in [
        (
            "ledger: -1".to_owned(),
            of(
                "`ledger` is `-1` and must be a ledger number, 0 or higher.",
                "`ledger` is `-1` en moet een nummer van het grootboek zijn, 0 of hoger.",
            ),
        ),
        (
            "instant: \"yesterday\"".to_owned(),
            of(
                "'at.instant' is \"yesterday\"; an instant like 2026-12-01T12:00:00Z belongs here \
                 (DateTime).",
                "'at.instant' is \"yesterday\"; hier hoort een tijdstip zoals \
                 2026-12-01T12:00:00Z (DateTime).",
            ),
        ),
        (
            "ledger: 1, instant: \"2026-11-22T12:00:00Z\"".to_owned(),
            of(
                "Give `ledger` or `instant`, not both.",
                "Geef `ledger` of `instant`, niet allebei.",
            ),
        ),
        ("day: \"2017-12-31\"".to_owned(), no_day("2017-12-31")),
        ("day: \"2100-01-01\"".to_owned(), no_day("2100-01-01")),
        (
            "day: \"01-12-2026\"".to_owned(),
            of(
                "'at.day' is \"01-12-2026\"; a date like 2026-12-01 belongs here (Date).",
                "'at.day' is \"01-12-2026\"; hier hoort een datum zoals 2026-12-01 (Date).",
            ),
        ),
        (format!("ledger: {}", head + 1), beyond.clone()),
        ("instant: \"2026-11-22T12:00:01Z\"".to_owned(), beyond),
    ] {
        let query = format!("{{ dashboard(at: {{ {at} }}) {{ day }} }}");
        let error = refusal(&app.public().ask(&query).await, 400, "BAD_REQUEST");
        let (en, nl) = message(&error);
        assert_eq!((en.to_owned(), nl.to_owned()), expected, "{at}");
    }
    // The last number and the present instant have come.
    for at in [
        format!("ledger: {head}"),
        "instant: \"2026-11-22T12:00:00Z\"".to_owned(),
    ] {
        let query = format!("{{ dashboard(at: {{ {at} }}) {{ day }} }}");
        assert_eq!(app.public().ask(&query).await.ledger(), head, "{at}");
    }
}

#[tokio::test]
async fn a_cursor_of_one_day_goes_on_in_no_other() {
    let app = spawn_app();
    let public = app.public();
    let page = async |at: &str, after: &Value| {
        let query = format!(
            "{{ municipalities(first: 100, after: {after}, at: {at}) {{
                totalCount nodes {{ code }} pageInfo {{ endCursor }} }} }}"
        );
        public.ask(&query).await
    };
    let then = "{ day: \"2021-06-01\" }";
    let cursor = |answer: &Value| answer["municipalities"]["pageInfo"]["endCursor"].clone();
    let of_now = cursor(&page("null", &Value::Null).await.data());
    let of_then = cursor(&page(then, &Value::Null).await.data());
    let next = page(then, &of_then).await.data();
    assert_eq!(next["municipalities"]["totalCount"], 352);
    let expected = (
        "The cursor in `after` is of a list of another moment: give `at` as for the first page, \
         or begin with the first page again.",
        "De cursor in `after` is van een lijst van een ander moment: geef `at` zoals bij de \
         eerste pagina, of begin weer bij de eerste pagina.",
    );
    for (at, cursor) in [
        ("null", &of_then),
        ("{ day: \"2021-06-02\" }", &of_then),
        ("{ ledger: 1 }", &of_then),
        (then, &of_now),
    ] {
        let error = refusal(&page(at, cursor).await, 400, "BAD_REQUEST");
        assert_eq!(message(&error), expected, "{at}");
    }
}

const STATUS: &str = "subscription ($since: Position) { statusReported(since: $since) {
    ledger round { key } action { id key status } } }";

/// The events of the second round, as they come.
async fn three(
    client: &Client,
    since: Option<String>,
    happens: impl Future<Output = ()>,
) -> Vec<Value> {
    let mut events = client.follow(STATUS, json!({ "since": since })).await;
    happens.await;
    let mut shown = Vec::new();
    for _ in 0..3 {
        shown.push(events.data().await["statusReported"].clone());
    }
    shown
}

#[tokio::test]
async fn an_event_says_what_a_query_at_its_moment_says() {
    let app = spawn_app();
    let public = app.public();
    let before = number(&app, "select number from ledger_head").await;
    let live = three(&public, None, second_round(&app)).await;
    let head = number(&app, "select number from ledger_head").await;
    for event in &live {
        let query = "query ($id: ID!) { node(id: $id) { id ... on Action { key status } } }";
        let now = public
            .send(query, json!({ "id": event["action"]["id"] }))
            .await
            .data();
        assert_eq!(
            now["node"], event["action"],
            "a live event renews the thing"
        );
        assert!(!event["action"]["id"].as_str().unwrap().contains('.'));
        let (number, key) = (&event["ledger"], event["action"]["key"].as_str().unwrap());
        let (_, action) = key.split_once('/').unwrap();
        let query = format!(
            "{{ action(number: {action}, at: {{ ledger: {number} }}) {{ id key status }} }}"
        );
        let at_entry = public.ask(&query).await;
        assert_eq!(at_entry.ledger(), head);
        assert_eq!(
            at_entry.data()["action"]["status"],
            event["action"]["status"]
        );
    }
    let statuses: Vec<&Value> = live
        .iter()
        .map(|event| &event["action"]["status"])
        .collect();
    assert!(!statuses.contains(&&Value::Null), "{statuses:?}");

    // Told again, each is a thing of its own moment.
    let before = app.database.position(before).await;
    let again = three(&public, Some(before), async {}).await;
    for (first, second) in live.iter().zip(&again) {
        let plain = first["action"]["id"].as_str().unwrap();
        let pinned = second["action"]["id"].as_str().unwrap();
        assert!(pinned.starts_with(&format!("{plain}.")), "{pinned}");
        assert_eq!(first["action"]["status"], second["action"]["status"]);
        let query = format!("{{ node(id: \"{pinned}\") {{ id ... on Action {{ key status }} }} }}");
        assert_eq!(public.ask(&query).await.data()["node"], second["action"]);
    }
}

#[tokio::test]
async fn feeds_and_odata_take_the_same_words() {
    let app = spawn_app();
    let head = number(&app, "select number from ledger_head").await;
    for path in [
        "/v1/feeds/dim_municipality.csv",
        "/v1/odata/public/dim_municipality",
    ] {
        for (query, en) in [
            ("asOf=2026-01-01".to_owned(), "`asOf` is now called `day`."),
            (
                "knownAt=2026-01-01T00:00:00Z".to_owned(),
                "`knownAt` is now called `instant`.",
            ),
            (
                "ledger=1&instant=2026-01-01T00:00:00Z".to_owned(),
                "Give `ledger` or `instant`, not both.",
            ),
            (
                "day=2100-01-01".to_owned(),
                "`day` is `2100-01-01` and must be a date from 2018-01-01 to 2099-12-31: \
                 YYYY-MM-DD, as in 2026-12-01.",
            ),
            (format!("ledger={}", head + 1), BEYOND_HEAD.0),
        ] {
            let answer = app.public().get(&format!("{path}?{query}")).await;
            assert_eq!(answer.status, 400, "{path} {query}: {}", answer.body);
            assert!(answer.body.contains(en), "{path} {query}: {}", answer.body);
        }
        let twice = app
            .public()
            .get(&format!("{path}?day=2022-12-31&day=2023-01-01"))
            .await;
        assert_eq!(twice.status, 400, "{path}: {}", twice.body);
        for query in ["day=2022-12-31", &format!("ledger={head}")] {
            let answer = app.public().get(&format!("{path}?{query}")).await;
            assert_eq!(answer.status, 200, "{path} {query}: {}", answer.body);
        }
    }
}
