//! VNG at the workplace: its queue narrowed and by pages, what it fills in on behalf of municipalities,
//! one by one and as a table, and what it decides on what regions gave.

use acceptance::{
    App, a_draft, a_period, a_reporting_region, a_submission, met, municipality, region,
    spawn_app_trying_out, vng,
};
use serde_json::json;

use super::{
    browser::{Browser, Shown, archive_of},
    municipality::fill,
};

pub(super) const QUEUE: &str = "/werkplek/controle";
const FILLINGS: &str = "/werkplek/namens";
const FILLING: &str = "/werkplek/namens/2026-2/GM0402";
const TABLE: &str = "/werkplek/perioden/2026-2/tabel";
const FILLED_IN: &str = "select count(*) from fact.on_behalf_filling";

/// A period is open, and a reviewer of VNG is signed in.
pub(super) async fn prepared() -> (App, Browser) {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    (app, browser)
}

pub(super) async fn hand_in(app: &App, code: &str) {
    let own = app.with(&municipality(code));
    a_draft(code, met(&["SV-01"])).sent_by(&own).await;
    a_submission(code).sent_by(&own).await;
}

/// Nobody but VNG is shown anything at these addresses.
async fn is_hidden(app: &App, paths: &[&str]) {
    for role in ["MUNICIPALITY", "REGION", "PARTNER", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        for path in paths {
            assert_eq!(other.get(path).await.status, 404, "{role} {path}");
        }
    }
}

/// Sends rows of a page with a button of it.
pub(super) async fn many(browser: &mut Browser, (page, path): (&Shown, &str), row: &str) -> Shown {
    let (token, key) = (page.hidden("_token"), page.hidden("_sleutel"));
    let fields = [
        ("_token", token.as_str()),
        ("_sleutel", key.as_str()),
        ("period", "2026-2"),
        ("_formulier", "claimReviews-2026-2"),
        ("rij", row),
    ];
    browser.post(path, &fields).await
}

#[tokio::test]
async fn the_queue_is_narrowed_by_period_region_and_state() {
    let (app, mut browser) = prepared().await;
    for code in ["GM0402", "GM0406", "GM0363"] {
        hand_in(&app, code).await;
    }
    let here = format!("{QUEUE}?regio=VR14");
    let page = browser.get(&here).await;
    page.tells(&["Hilversum", "Huizen", "value=\"VR14\" selected"]);
    page.hides(&["GM0363/1"]);
    // A claim from there leads back to there.
    let claimed = many(&mut browser, (&page, &here), "GM0402/1").await;
    let back = "/werkplek/controle?regio=VR14&gedaan=claimReviews#2026-2";
    assert_eq!(claimed.location(), back);
    for (state, shown, hidden) in [
        ("mijn", vec!["GM0402/1"], vec!["GM0406/1", "GM0363/1"]),
        ("vrij", vec!["GM0406/1", "GM0363/1"], vec!["GM0402/1"]),
        (
            "collega",
            vec!["Er wacht niets dat hieraan voldoet."],
            vec!["GM0402/1", "GM0406/1", "GM0363/1"],
        ),
        (
            "wacht",
            vec!["Er wacht niets dat hieraan voldoet."],
            vec!["GM0402/1", "GM0406/1", "GM0363/1"],
        ),
    ] {
        let page = browser.get(&format!("{QUEUE}?stand={state}")).await;
        page.tells(&shown);
        page.hides(&hidden);
    }
    // What waits for a reply is told as that.
    let one = "/werkplek/controle/2026-2/GM0402";
    let page = browser.get(one).await;
    let typed = [("questions.0.question", "Sinds wanneer?")];
    let sent = fill(&mut browser, (&page, "askQuestions"), one, &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = browser.get(&format!("{QUEUE}?stand=wacht")).await;
    page.tells(&["GM0402/1", "wacht op antwoord van de gemeente"]);
    page.hides(&["GM0406/1"]);
    // All of a page are chosen with one link, and nothing stays chosen after a form.
    let all = format!("{QUEUE}?regio=VR14&kies=alles");
    let page = browser.get(&all).await;
    page.tells(&["value=\"GM0402/1\" checked", "value=\"GM0406/1\" checked"]);
    let claimed = many(&mut browser, (&page, &all), "GM0406/1").await;
    assert_eq!(claimed.location(), back);
    for none in ["?periode=2099-1", "?regio=VR99"] {
        let shown = browser.get(&format!("{QUEUE}{none}")).await;
        assert_eq!(shown.status, 404, "{none}");
    }
    let gone = browser.get(&format!("{QUEUE}?regio=VR14&na=onzin")).await;
    assert_eq!(gone.location(), "/werkplek/controle?regio=VR14");
}

#[tokio::test]
async fn whom_to_remind_is_narrowed_and_goes_on_page_by_page() {
    const REMIND: &str = "/werkplek/herinneren";
    let (app, mut browser) = prepared().await;
    let here = browser.get(&format!("{REMIND}?regio=VR14")).await;
    here.tells(&["Hilversum", "value=\"VR14\" selected", " in totaal."]);
    here.hides(&["Amsterdam (GM0363)"]);
    let late = browser.get(&format!("{REMIND}?laat=ja")).await;
    // Of whom the page leaves out it says nothing.
    late.tells(&["Niemand die hieraan voldoet, hoeft nu te worden herinnerd."]);
    let page = browser.get(REMIND).await;
    page.tells(&["De eerste 100 van 342."]);
    let page = browser.get(&next(&page)).await;
    page.tells(&["100 van 342.", "Naar het begin"]);
    page.hides(&["De eerste"]);
    assert_eq!(
        browser.get(&format!("{REMIND}?regio=VR99")).await.status,
        404
    );
    is_hidden_but_of_ministry(&app, REMIND).await;
}

/// The ministry has its own reminders there, and nobody else any.
async fn is_hidden_but_of_ministry(app: &App, path: &str) {
    for (role, status) in [
        ("MUNICIPALITY", 404),
        ("REGION", 404),
        ("PARTNER", 404),
        ("MINISTRY", 200),
    ] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        let shown = other.get(path).await;
        assert_eq!(shown.status, status, "{role}");
        shown.hides(&["Hilversum", "name=\"regio\""]);
    }
}

#[tokio::test]
async fn the_queue_and_the_tasks_go_on_page_by_page() {
    let (app, mut browser) = prepared().await;
    let query = "{ regions { municipalities { code } } }";
    let data = app.public().ask(query).await.data();
    let regions = data["regions"].as_array().unwrap().iter();
    let members = regions.flat_map(|one| one["municipalities"].as_array().unwrap());
    for one in members.take(101) {
        hand_in(&app, one["code"].as_str().unwrap()).await;
    }
    let page = browser.get(QUEUE).await;
    page.tells(&["Wacht op controle: 101; op deze pagina: 50."]);
    page.hides(&["Naar het begin"]);
    let page = browser.get(&next(&page)).await;
    page.tells(&["op deze pagina: 50.", "Naar het begin"]);
    let page = browser.get(&next(&page)).await;
    page.tells(&["op deze pagina: 1.", "Naar het begin"]);
    page.hides(&["rel=\"next\""]);
    let page = browser.get("/werkplek").await;
    page.tells(&["De eerste 100 van 101."]);
    page.hides(&["Naar het begin"]);
    let to = next(&page);
    assert!(to.starts_with("/werkplek?na="), "{to}");
    let page = browser.get(&to).await;
    page.tells(&["1 van 101.", "Naar het begin"]);
    page.hides(&["rel=\"next\""]);
}

/// The address of the next page of a list.
fn next(page: &Shown) -> String {
    let (_, rest) = page.body.split_once("rel=\"next\" href=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn vng_fills_in_on_behalf_and_nothing_typed_is_lost() {
    let (app, mut browser) = prepared().await;
    browser.get("/werkplek").await.tells(&[FILLINGS]);
    browser.get(FILLINGS).await.tells(&[
        "label=\"Gooi en Vechtstreek\"",
        "value=\"GM0402\"",
        TABLE,
        "Er wacht niets op acceptatie",
    ]);
    let chosen = browser
        .get("/werkplek/namens?periode=2026-2&gemeente=GM0402")
        .await;
    chosen.tells(&["Namens Hilversum invullen", "SV-01"]);
    assert!(chosen.body.contains(&format!("action=\"{FILLING}\"")));
    let page = browser.get(FILLING).await;
    page.tells(&["Namens Hilversum invullen", "SV-01"]);
    let typed = [
        ("channel", "TELEPHONE"),
        ("antwoord.SV-01", "MET"),
        ("antwoord.SV-02", "NOT_MET"),
        ("toelichting.SV-02", "Bel jan.jansen@example.nl"),
    ];
    let form = (&page, "fillOnBehalf");
    let silent = fill(&mut browser, form, FILLING, &typed).await;
    assert_eq!(silent.status, 422);
    silent.tells(&["href=\"#fillOnBehalf.reason\"", "Vul in: reden."]);
    let mut reasoned = typed.to_vec();
    reasoned.push(("reason", "De gemeente vroeg erom."));
    let personal = fill(&mut browser, form, FILLING, &reasoned).await;
    assert_eq!(personal.status, 422);
    personal.tells(&[
        "href=\"#toelichting.SV-02\"",
        "aria-describedby=\"toelichting.SV-02-fout\" aria-invalid=\"true\"",
        "e-mailadres",
        "Bel jan.jansen@example.nl</textarea>",
        "De gemeente vroeg erom.</textarea>",
        "value=\"NOT_MET\" selected",
    ]);
    assert_eq!(app.database.count(FILLED_IN).await, 0);
    let mut right = reasoned.clone();
    right[3].1 = "Nog niet belegd.";
    let done = fill(&mut browser, form, FILLING, &right).await;
    assert_eq!(done.location(), format!("{FILLING}?gedaan=fillOnBehalf"));
    // Once more by a double click: nothing happens twice.
    let again = fill(&mut browser, form, FILLING, &right).await;
    assert_eq!(again.status, 303);
    assert_eq!(app.database.count(FILLED_IN).await, 1);
    let page = browser.get(done.location()).await;
    page.tells(&["is al ingevuld (nummer 1)", "Nog niet belegd.</textarea>"]);
    let list = browser.get(FILLINGS).await;
    list.tells(&["Hilversum</a>, periode 2026-2", "wacht 0 dagen"]);
    let mut own = Browser::at(app.address());
    own.try_as("MUNICIPALITY").await;
    let shown = own.get("/werkplek/beoordelingen/GM0402/2026-2").await;
    shown.tells(&[
        "Door VNG voor u ingevuld",
        "Kanaal: telefoon. Reden: De gemeente vroeg erom.",
        "Nog niet belegd.",
    ]);
    is_hidden(&app, &[FILLINGS, FILLING, TABLE]).await;
    for none in [
        "/werkplek/namens/2026-2/GM9999",
        "/werkplek/namens/2099-1/GM0402",
    ] {
        assert_eq!(browser.get(none).await.status, 404, "{none}");
    }
}

#[tokio::test]
async fn vng_gives_a_municipality_a_later_deadline() {
    let (app, mut browser) = prepared().await;
    let extended = "select count(*) from fact.deadline_extension where municipality = 'GM0402'";
    let page = browser.get(FILLING).await;
    let form = (&page, "extendDeadline");
    let typed = [("deadlineOn", "2027-01-31"), ("reason", "Later overleg.")];
    let late = fill(&mut browser, form, FILLING, &typed).await;
    assert_eq!(late.status, 422);
    late.tells(&["href=\"#extendDeadline.deadlineOn\"", "Later overleg."]);
    assert_eq!(app.database.count(extended).await, 0);
    let typed = [("deadlineOn", "2026-12-11"), ("reason", "Later overleg.")];
    let done = fill(&mut browser, form, FILLING, &typed).await;
    assert_eq!(done.location(), format!("{FILLING}?gedaan=extendDeadline"));
    assert_eq!(app.database.count(extended).await, 1);
}

/// Sends a table with what the form asks for.
async fn send_table(
    browser: &mut Browser,
    page: &Shown,
    (more, table): (&[(&str, &str)], &[u8]),
) -> Shown {
    let (token, key) = (page.hidden("_token"), page.hidden("_sleutel"));
    let mut fields = vec![
        ("_token", token.as_str()),
        ("_sleutel", key.as_str()),
        ("_formulier", "importAssessments"),
        ("period", "2026-2"),
        ("reason", "Uit de uitvraag."),
    ];
    fields.extend(more);
    browser.upload(TABLE, &fields, table).await
}

#[tokio::test]
async fn vng_sends_a_table_first_to_look_and_sees_each_mistake_beside_its_row() {
    let (app, mut browser) = prepared().await;
    let page = browser.get(TABLE).await;
    page.tells(&["/werkplek/invultabellen/2026-2.xlsx"]);
    let file = browser.get("/werkplek/invultabellen/2026-2.csv").await;
    assert_eq!(file.status, 200);
    file.tells(&["GM0363", "SV-01"]);
    let (all, rest) = (("skipUnfit", "nee"), ("skipUnfit", "ja"));
    let trial = ("proef", "ja");
    let mixed = b"municipality,SV-01\nGM0363,MET\nGM0014,JA\n";
    let right = b"municipality,SV-01\nGM0363,MET\nGM0014,NOT_MET\n";
    let wrong = send_table(&mut browser, &page, (&[all], mixed)).await;
    assert_eq!(wrong.status, 422);
    wrong.tells(&[
        "<td class=\"utrecht-table__cell\">3</td><td class=\"utrecht-table__cell\">B3</td>",
        "is geen antwoord",
        "Uit de uitvraag.</textarea>",
    ]);
    let seen = send_table(&mut browser, &page, (&[all, trial], right)).await;
    assert_eq!(seen.status, 200);
    seen.tells(&[
        "Proef: er is niets ingevuld",
        "Gemeenten: 2; antwoorden: 2.",
    ]);
    assert_eq!(app.database.count(FILLED_IN).await, 0);
    // What was left out would be lost on another page.
    let partly = send_table(&mut browser, &page, (&[rest], mixed)).await;
    assert_eq!(partly.status, 200, "{}", partly.body);
    partly.tells(&[
        "De tabel is ingevuld",
        "Overgeslagen regels",
        "<td class=\"utrecht-table__cell\">B3</td>",
    ]);
    assert_eq!(app.database.count(FILLED_IN).await, 1);
    let page = browser.get(TABLE).await;
    let done = send_table(&mut browser, &page, (&[all], right)).await;
    assert_eq!(done.location(), format!("{TABLE}?gedaan=importAssessments"));
    let filled = app.database.count(FILLED_IN).await;
    assert_eq!(filled, 3);
    for (file, why) in [
        (b"" as &[u8], "Kies eerst een bestand."),
        (b"PK\x03\x04 broken", "href=\"#bestand\""),
        (b"\xff\xfe", "UTF-8"),
        (archive_of("xl/vbaProject.bin").as_slice(), "heeft macro"),
    ] {
        let shown = send_table(&mut browser, &page, (&[all], file)).await;
        assert_eq!(shown.status, 422, "{why}");
        shown.tells(&[why, "Uit de uitvraag.</textarea>"]);
    }
    let large = vec![b'x'; 10 * 1024 * 1024];
    let shown = send_table(&mut browser, &page, (&[all], &large)).await;
    assert_eq!(shown.status, 413);
    shown.tells(&["Er is niets opgeslagen, ook niet wat u ernaast invulde."]);
    let forged = [("_token", "x"), ("_formulier", "importAssessments")];
    let shown = browser.upload(TABLE, &forged, right).await;
    assert_eq!(shown.status, 403);
    assert_eq!(app.database.count(FILLED_IN).await, filled);
    let other_form = browser.get("/werkplek/invultabellen/2026-2.zip").await;
    assert_eq!(other_form.status, 404);
    // What was typed is not lost with the session.
    browser.cookies.clear();
    let ended = send_table(&mut browser, &page, (&[all], right)).await;
    assert_eq!(ended.status, 401);
    ended.tells(&["Uit de uitvraag."]);
    assert_eq!(app.database.count(FILLED_IN).await, filled);
}

#[tokio::test]
async fn nobody_else_sends_a_table() {
    let (app, _) = prepared().await;
    for role in ["MUNICIPALITY", "PARTNER", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        let home = other.get("/werkplek").await;
        let table = b"municipality,SV-01\nGM0402,MET\n";
        let token = home.hidden("_token");
        let fields = [
            ("_token", token.as_str()),
            ("_sleutel", "een sleutel"),
            ("_formulier", "importAssessments"),
            ("period", "2026-2"),
            ("reason", "Zo maar."),
            ("skipUnfit", "nee"),
        ];
        let shown = other.upload(TABLE, &fields, table).await;
        assert_eq!(shown.status, 404, "{role} {}", shown.body);
        let file = other.get("/werkplek/invultabellen/2026-2.xlsx").await;
        assert_eq!(file.status, 404, "{role}");
    }
    assert_eq!(app.database.count(FILLED_IN).await, 0);
}

#[tokio::test]
async fn vng_decides_on_what_a_region_gave() {
    const REGION: &str = "/werkplek/regios/VR14";
    let (app, mut browser) = prepared().await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let own = app.with(&region("VR14"));
    for criterion in ["SK-01", "SK-02"] {
        let answer = json!({
            "area": "VR14", "criterion": criterion, "answer": "MET", "from": "2026-11-22",
            "explanation": "De regio heeft dit geregeld.", "idempotencyKey": criterion,
        });
        own.change("submitRegionalAnswer", answer).await;
    }
    let report = json!({
        "area": "VR14", "half": "2026-1", "progress": "Op schema.", "particulars": "Geen.",
        "bottlenecks": "Geen.", "idempotencyKey": "report",
    });
    own.change("submitRegionalReport", report).await;
    browser.get("/werkplek").await.tells(&[
        "/werkplek/regios/VR14#SK-01",
        "/werkplek/regios/VR14#2026-1",
    ]);
    browser.get("/werkplek/regios").await.tells(&[
        "/werkplek/regios/VR14#SK-01",
        "/werkplek/regios/VR14#2026-1",
    ]);
    let page = browser.get(REGION).await;
    page.tells(&["De regio heeft dit geregeld.", "Op schema."]);
    let form = (&page, "questionRegionalAnswer-SK-01");
    let silent = fill(&mut browser, form, REGION, &[]).await;
    assert_eq!(silent.status, 422);
    silent.tells(&["href=\"#questionRegionalAnswer-SK-01.text\""]);
    for (form, typed, state) in [
        (
            "questionRegionalAnswer-SK-01",
            &[("text", "Sinds wanneer?")] as &[(&str, &str)],
            "Vraag gesteld, versie 1",
        ),
        (
            "returnRegionalAnswer-SK-02",
            &[("text", "Het bewijs ontbreekt.")],
            "Teruggestuurd, versie 1",
        ),
        ("confirmRegionalAnswer-SK-01", &[], "Bevestigd, versie 1"),
        ("confirmRegionalReport-2026-1", &[], "; bevestigd op "),
    ] {
        let page = browser.get(REGION).await;
        let (mutation, about) = form.split_once('-').unwrap();
        let done = fill(&mut browser, (&page, form), REGION, typed).await;
        assert_eq!(
            done.location(),
            format!("{REGION}?gedaan={mutation}#{about}"),
            "{form}"
        );
        browser.get(REGION).await.tells(&[state]);
    }
    let page = browser.get(REGION).await;
    page.tells(&["Sinds wanneer?", "Het bewijs ontbreekt."]);
    page.hides(&["id=\"confirmRegionalAnswer", "id=\"confirmRegionalReport"]);
    is_hidden(&app, &[REGION, "/werkplek/regios"]).await;
    assert_eq!(browser.get("/werkplek/regios/VR99").await.status, 404);
}
