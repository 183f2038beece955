//! Whom to remind: VNG of assessments, the ministry of reports on actions, and nobody else of
//! anything; as a list and as a table.

use std::io::Cursor;

use acceptance::{
    App, Client, a_claim, a_draft, a_period, a_report, a_round, a_submission, edited, met,
    ministry, municipality, partner, region, spawn_app, vng,
};
use calamine::{Data, Reader as _, Xlsx};
use serde_json::{Value, json};

/// A service with an open period, whose deadline has passed, and an open round of which CoMensha
/// owns action 33.
async fn spawn_with_work() -> App {
    let app = spawn_app();
    let first = "2024,7,om,EXECUTOR,";
    let owner = format!("2024,33,comensha,OWNER,,Aangewezen.,monitoring-2025,7,\n{first}");
    app.database
        .import(&edited(&[("action_partners.csv", first, &owner)]))
        .await;
    a_period()
        .with("deadlineOn", "2026-11-20")
        .sent_by(&app.with(&vng()))
        .await;
    a_round().sent_by(&app.with(&ministry())).await;
    app
}

async fn reminders(client: &Client, arguments: &str) -> Value {
    let query = format!(
        "{{ reminders{arguments} {{ totalCount nodes {{ kind label subjectKey title {{ nl }}
            organisation {{ code }} municipality {{ code }} action {{ number }} since due isOverdue
            }} }} }}"
    );
    client.ask(&query).await.data()["reminders"].clone()
}

async fn total(client: &Client, arguments: &str) -> Value {
    reminders(client, arguments).await["totalCount"].clone()
}

#[tokio::test]
async fn vng_sees_who_has_not_handed_in_and_who_has_not_answered() {
    let app = spawn_with_work().await;
    let reviewer = app.with(&vng());
    assert_eq!(total(&reviewer, "").await, 342);
    for (arguments, count) in [
        ("(kind: SUBMIT_ASSESSMENT)", 342),
        ("(kind: REPORT_STATUS)", 0),
        ("(period: \"2026-2\")", 342),
        ("(area: \"VR14\")", 6),
        ("(period: \"2026-2\", area: \"VR13\", overdue: true)", 6),
        ("(overdue: true)", 342),
        ("(overdue: false)", 0),
    ] {
        assert_eq!(total(&reviewer, arguments).await, count, "{arguments}");
    }
    for wrong in ["(period: \"2026-3\")", "(area: \"VR99\")"] {
        let query = format!("{{ reminders{wrong} {{ totalCount }} }}");
        let refused = reviewer.ask(&query).await;
        assert_eq!(refused.codes(), ["NOT_FOUND"], "{wrong}: {}", refused.body);
    }
    let submit = json!({
        "kind": "SUBMIT_ASSESSMENT", "label": "Beoordeling indienen",
        "subjectKey": "GM0402/2026-2",
        "title": { "nl": "De beoordeling van Hilversum over rapportageperiode 2026-2" },
        "organisation": { "code": "GM0402" }, "municipality": { "code": "GM0402" },
        "action": null, "since": "2026-11-01", "due": "2026-11-20", "isOverdue": true,
    });
    let of_region = reminders(&reviewer, "(area: \"VR14\")").await;
    let of_region = of_region["nodes"].as_array().unwrap();
    assert!(of_region.contains(&submit), "{of_region:?}");
    // Whoever hands in is reminded no more; whoever is asked something is.
    let hilversum = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&hilversum).await;
    a_submission("GM0402").sent_by(&hilversum).await;
    assert_eq!(total(&reviewer, "").await, 341);
    a_claim("GM0402").sent_by(&reviewer).await;
    let questions = json!({
        "municipality": "GM0402", "period": "2026-2", "version": 1, "idempotencyKey": "question",
        "questions": [{ "criterion": "SV-01", "question": "Sinds wanneer?" }],
    });
    reviewer.change("askQuestions", questions).await;
    let to_answer = reminders(&reviewer, "(kind: ANSWER_QUESTION)").await;
    assert_eq!(to_answer["totalCount"], 1);
    let found = &to_answer["nodes"][0];
    assert_eq!(found["subjectKey"], "GM0402/2026-2/1");
    assert_eq!(
        found["title"]["nl"],
        "Vraag 1 over de beoordeling van Hilversum over rapportageperiode 2026-2"
    );
    assert_eq!(
        [&found["due"], &found["isOverdue"]],
        [&json!("2026-12-15"), &json!(false)]
    );
}

#[tokio::test]
async fn the_ministry_sees_which_actions_nobody_reported_on() {
    let app = spawn_with_work().await;
    let of_ministry = app.with(&ministry());
    let before = total(&of_ministry, "").await.as_i64().unwrap();
    assert_eq!(total(&of_ministry, "(kind: REPORT_STATUS)").await, before);
    // As many as the round itself names: each action has one owner at most here.
    let round = of_ministry.ask("{ openRounds { nodes { unreported { due } } } }");
    let round = round.await.data()["openRounds"]["nodes"][0].clone();
    let unreported = round["unreported"].as_array().map(Vec::len);
    assert_eq!(unreported, usize::try_from(before).ok());
    assert_eq!(total(&of_ministry, "(kind: SUBMIT_ASSESSMENT)").await, 0);
    let of_33 = async || {
        let nodes = reminders(&of_ministry, "(first: 100)").await["nodes"].clone();
        let nodes = nodes.as_array().unwrap().clone();
        let mut of_33 = nodes
            .into_iter()
            .filter(|one| one["subjectKey"] == "2026-1/2024/33");
        of_33.next()
    };
    let expected = of_33().await.unwrap();
    assert_eq!(expected["organisation"], json!({ "code": "comensha" }));
    assert_eq!(expected["action"], json!({ "number": 33 }));
    assert_eq!(
        [&expected["since"], &expected["due"], &expected["isOverdue"]],
        [&json!("2026-05-01"), &json!("2026-10-31"), &json!(true)]
    );
    // An action without an owner is the ministry's own to report on.
    let nodes = reminders(&of_ministry, "(first: 100)").await["nodes"].clone();
    let without = nodes.as_array().unwrap().iter();
    let without = without.filter(|one| one["organisation"].is_null()).count();
    assert_eq!(i64::try_from(without).unwrap(), before - 1);
    let comensha = app.with(&partner("comensha"));
    a_report(33, "ONGOING").sent_by(&comensha).await;
    assert_eq!(of_33().await, None);
    assert_eq!(total(&of_ministry, "").await, before - 1);
}

#[tokio::test]
async fn others_see_nobody_to_remind() {
    let app = spawn_with_work().await;
    for client in [
        app.public(),
        app.with(&partner("comensha")),
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
    ] {
        let answer = client.ask("{ reminders { totalCount } }").await;
        assert_eq!(answer.data()["reminders"], Value::Null);
        let withheld = &answer.json()["extensions"]["withheld"][0];
        assert_eq!(withheld["rule"], "READ_REMINDERS", "{}", answer.body);
    }
    for (client, status, code) in [
        (app.public(), 401, "UNAUTHENTICATED"),
        (app.with(&municipality("GM0402")), 403, "FORBIDDEN"),
        (app.with(&partner("comensha")), 403, "FORBIDDEN"),
        (app.with(&region("VR14")), 403, "FORBIDDEN"),
    ] {
        for form in ["csv", "xlsx"] {
            let answer = client.get(&format!("/v1/reminders.{form}")).await;
            assert_eq!(answer.status, status, "{form}");
            assert_eq!(answer.json()["code"], code, "{form}");
            assert!(!answer.body.contains("GM0"), "{}", answer.body);
        }
    }
}

/// Fetches a table as VNG.
async fn fetched(app: &App, path: &str) -> Vec<u8> {
    let response = acceptance::http()
        .get(format!("{}{path}", app.address()))
        .bearer_auth(vng())
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response.bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn the_same_comes_as_a_table() {
    let app = spawn_with_work().await;
    let reviewer = app.with(&vng());
    let csv = reviewer.get("/v1/reminders.csv?area=VR14").await;
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(lines.len(), 1 + 6);
    assert_eq!(
        lines[0],
        "kind,label_nl,label_en,organisation,organisation_name,safety_region,safety_region_name,\
         subject,title_nl,title_en,since,due,overdue,database"
    );
    let of_hilversum = "SUBMIT_ASSESSMENT,Beoordeling indienen,Submit the assessment,GM0402,\
        Hilversum,VR14,Gooi en Vechtstreek,GM0402/2026-2,\
        De beoordeling van Hilversum over rapportageperiode 2026-2,\
        The assessment of Hilversum for reporting period 2026-2,2026-11-01,2026-11-20,yes,REAL";
    assert!(lines.contains(&of_hilversum), "{}", csv.body);
    let dutch = fetched(&app, "/v1/reminders.csv?area=VR14&dialect=nl&overdue=true").await;
    let dutch = String::from_utf8(dutch).unwrap();
    let mut lines = dutch.lines();
    assert_eq!(
        lines.next(),
        Some(
            "\u{feff}Wat te doen;Organisatie;Naam;Veiligheidsregio;Naam veiligheidsregio;Onderwerp;\
             Onderwerp in woorden;Sinds;Uiterlijk;Te laat;Gegevensbank"
        )
    );
    assert_eq!(lines.count(), 6);
    for wrong in ["overdue=perhaps", "dialect=de", "since=1"] {
        let answer = reviewer.get(&format!("/v1/reminders.csv?{wrong}")).await;
        assert_eq!(answer.status, 400, "{wrong}");
    }
    for wrong in [".pdf", ".csv?period=2026-3", ".csv?area=VR99"] {
        let answer = reviewer.get(&format!("/v1/reminders{wrong}")).await;
        assert_eq!(answer.status, 404, "{wrong}");
    }

    let file = fetched(&app, "/v1/reminders.xlsx?period=2026-2").await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    assert_eq!(book.sheet_names(), ["Te herinneren"]);
    let page = book.worksheet_range("Te herinneren").unwrap();
    assert_eq!(page.height(), 1 + 342);
    let text = |cell: Option<&Data>| cell.map(ToString::to_string).unwrap_or_default();
    let heads: Vec<String> = page
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(|one| text(Some(one)))
        .collect();
    assert_eq!(heads.first().map(String::as_str), Some("Wat te doen"));
    assert_eq!(heads.last().map(String::as_str), Some("Gegevensbank"));
    let row = page
        .rows()
        .find(|row| text(row.get(1)) == "GM0402")
        .unwrap();
    assert_eq!(text(row.get(2)), "Hilversum");
    assert!(matches!(row.get(8), Some(Data::DateTime(_))), "{row:?}");
}
