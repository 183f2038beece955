//! A municipality at the workplace: fills in, with colleagues and with the sheet, looks ahead, hands
//! in, and answers VNG.

use acceptance::{
    App, Client, a_claim, a_draft, a_period, municipality, spawn_app_trying_out, vng,
};
use serde_json::{Value, json};

use super::browser::{Browser, Shown, archive_of};

const HOME: &str = "/werkplek/beoordelingen/GM0402/2026-2";
const ANSWERS: &str = "/werkplek/beoordelingen/GM0402/2026-2/antwoorden";
const SHEET: &str = "/werkplek/beoordelingen/GM0402/2026-2/blad";

/// A period is open, and an officer of Hilversum is signed in.
async fn prepared() -> (App, Browser) {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    (app, browser)
}

/// The same with a draft.
async fn begun() -> (App, Browser) {
    let (app, browser) = prepared().await;
    let input = json!({ "municipality": "GM0402", "period": "2026-2", "idempotencyKey": "begin" });
    app.with(&municipality("GM0402"))
        .change("startDraft", input)
        .await;
    (app, browser)
}

/// What a form sends besides what somebody types.
pub(super) fn fixed(page: &Shown, form: &str) -> Vec<(String, String)> {
    let markup = page.form(form);
    let hidden = markup.split("type=\"hidden\" name=\"").skip(1);
    hidden
        .map(|rest| {
            let (name, rest) = rest.split_once("\" value=\"").unwrap();
            (name.to_owned(), rest.split('"').next().unwrap().to_owned())
        })
        .collect()
}

/// Sends a form of a page with what somebody typed.
pub(super) async fn fill(
    browser: &mut Browser,
    (page, form): (&Shown, &str),
    path: &str,
    typed: &[(&str, &str)],
) -> Shown {
    let fixed = fixed(page, form);
    let mut fields: Vec<(&str, &str)> = fixed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend(typed);
    browser.post(path, &fields).await
}

async fn drafted(own: &Client) -> Value {
    let query = "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { draft { answers { \
                 criterion { code } answer explanation revision evidence { title } } } } }";
    own.ask(query).await.data()["assessment"]["draft"]["answers"].clone()
}

/// On paper, for the executive and the council; for nobody else.
async fn is_printed(app: &App, browser: &mut Browser) {
    let print = browser.get(&format!("{HOME}/afdruk")).await;
    print.tells(&[
        "Concept: nog niet ingediend",
        "Oordeel bij indienen: ",
        "Aandachtsfunctionaris aangewezen: <strong>Voldaan</strong>",
        "niet door de gemeente beantwoord",
        "Bewijs: Aanwijzingsbesluit, 1 maart 2026",
    ]);
    let mut reviewer = Browser::at(app.address());
    reviewer.try_as("VNG").await;
    let hidden = reviewer.get(&format!("{HOME}/afdruk")).await;
    assert_eq!(hidden.status, 404);
}

#[tokio::test]
async fn an_officer_fills_in_and_hands_in_with_forms_alone() {
    let (app, mut browser) = prepared().await;
    let own = app.with(&municipality("GM0402"));
    let home = browser.get("/werkplek").await;
    home.tells(&["Beoordeling indienen", "uiterlijk 30 november 2026", HOME]);
    let page = browser.get(HOME).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.tells(&[
        "Nog niet begonnen.",
        "Op tijd tot en met 30 november 2026",
        "Begin een concept",
        "Leg het vaststellingsbesluit vast",
    ]);
    let begun = fill(&mut browser, (&page, "startDraft"), HOME, &[]).await;
    assert_eq!(begun.location(), format!("{HOME}?gedaan=startDraft"));
    let to = begun.location().to_owned();
    browser.get(&to).await.tells(&["Het concept is begonnen"]);
    // One answer with evidence.
    let page = browser.get(ANSWERS).await;
    page.tells(&["SV-01", "Verplicht", "beantwoord door: "]);
    let typed = [
        ("answers.0.answer", "MET"),
        ("answers.0.explanation", "De functie is belegd."),
        ("answers.0.evidence.0.kind", "APPOINTMENT_DECISION"),
        ("answers.0.evidence.0.title", "Aanwijzingsbesluit"),
        ("answers.0.evidence.0.reference", "2026-118"),
        ("answers.0.evidence.0.effectiveOn", "2026-03-01"),
    ];
    let saved = fill(&mut browser, (&page, "saveDraft-SV-01"), ANSWERS, &typed).await;
    assert_eq!(
        saved.location(),
        format!("{ANSWERS}?gedaan=saveDraft#SV-01")
    );
    assert_eq!(
        drafted(&own).await,
        json!([{
            "criterion": { "code": "SV-01" }, "answer": "MET",
            "explanation": "De functie is belegd.", "revision": 1,
            "evidence": [{ "title": "Aanwijzingsbesluit" }],
        }])
    );
    is_printed(&app, &mut browser).await;
    // What would be the verdict, and handing in.
    let page = browser.get(HOME).await;
    page.tells(&["Het oordeel als u nu indient", "Wat nog ontbreekt"]);
    let form = (&page, "submitAssessment");
    let wrong = fill(&mut browser, form, HOME, &[("approvedOn", "gisteren")]).await;
    assert_eq!(wrong.status, 422);
    wrong.tells(&[
        "er zijn 2 punten",
        "href=\"#submitAssessment.approvedByFunction\"",
        "Vul in: functie die akkoord gaf.",
        "Dag van het akkoord moet een dag zijn",
        "value=\"gisteren\"",
    ]);
    let typed = [
        ("approvedByFunction", "Portefeuillehouder veiligheid"),
        ("approvedOn", "2026-11-20"),
    ];
    let handed_in = fill(&mut browser, (&page, "submitAssessment"), HOME, &typed).await;
    assert_eq!(
        handed_in.location(),
        format!("{HOME}?gedaan=submitAssessment")
    );
    // The same form once more, as by a double click: nothing happens twice.
    let again = fill(&mut browser, (&page, "submitAssessment"), HOME, &typed).await;
    assert_eq!(again.location(), format!("{HOME}?gedaan=submitAssessment"));
    let versions = "select count(*) from fact.assessment_version where municipality = 'GM0402'";
    assert_eq!(app.database.count(versions).await, 1);
    let page = browser.get(handed_in.location()).await;
    page.tells(&[
        "De beoordeling is ingediend.",
        "Versie 1",
        "op tijd; akkoord: Portefeuillehouder veiligheid, 20 november 2026",
        "Ontvangstbewijs",
    ]);
    let receipt = "/werkplek/ontvangstbewijzen/GM0402/2026-2.json?versie=1";
    page.tells(&[receipt]);
    let file = browser.get(receipt).await;
    assert_eq!(file.status, 200, "{}", file.body);
    assert!(
        file.header("content-disposition")
            .contains("receipt-GM0402-2026-2-1.json"),
        "{:?}",
        file.headers
    );
    for none in [
        receipt.replace("=1", "=2"),
        receipt.replace("=1", "=x"),
        receipt.replace("0402", "0406"),
    ] {
        assert_eq!(browser.get(&none).await.status, 404, "{none}");
    }
}

#[tokio::test]
async fn a_newer_answer_of_a_colleague_is_shown_beside_ones_own() {
    let (app, mut browser) = prepared().await;
    let own = app.with(&municipality("GM0402"));
    let first = json!([{ "criterion": "SV-01", "answer": "NOT_MET" }]);
    a_draft("GM0402", first).sent_by(&own).await;
    let page = browser.get(ANSWERS).await;
    // Meanwhile a colleague answers.
    let newer = json!([
        { "criterion": "SV-01", "answer": "PARTLY_MET", "explanation": "Van een collega.",
          "revision": 1 },
    ]);
    a_draft("GM0402", newer).sent_by(&own).await;
    let typed = [
        ("answers.0.answer", "MET"),
        ("answers.0.explanation", "Van mijzelf."),
    ];
    let shown = fill(&mut browser, (&page, "saveDraft-SV-01"), ANSWERS, &typed).await;
    assert_eq!(shown.status, 422);
    shown.tells(&[
        "Een collega heeft dit antwoord intussen gewijzigd",
        "Van een collega.",
        "Van mijzelf.",
    ]);
    let kept = drafted(&own).await;
    assert_eq!(
        (&kept[0]["answer"], &kept[0]["revision"]),
        (&json!("PARTLY_MET"), &json!(2))
    );
    // Who has seen both may go on.
    let saved = fill(&mut browser, (&shown, "saveDraft-SV-01"), ANSWERS, &typed).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let kept = drafted(&own).await;
    assert_eq!(kept[0]["explanation"], "Van mijzelf.");
}

#[tokio::test]
async fn what_is_refused_stands_at_its_field_and_stays_typed() {
    let (app, mut browser) = begun().await;
    let page = browser.get(ANSWERS).await;
    let typed = [
        ("answers.0.answer", "MET"),
        ("answers.0.explanation", "Bel jan.jansen@example.nl"),
    ];
    let shown = fill(&mut browser, (&page, "saveDraft-SV-01"), ANSWERS, &typed).await;
    assert_eq!(shown.status, 422);
    shown.tells(&[
        "href=\"#saveDraft-SV-01.answers.0.explanation\"",
        "aria-invalid=\"true\"",
        "Bel jan.jansen@example.nl",
    ]);
    assert_eq!(drafted(&app.with(&municipality("GM0402"))).await, json!([]));
}

#[tokio::test]
async fn what_was_typed_survives_the_end_of_a_session() {
    let (app, mut browser) = begun().await;
    let page = browser.get(ANSWERS).await;
    app.clock.set(app.clock.now() + chrono::TimeDelta::hours(9));
    let typed = [
        ("answers.0.answer", "MET"),
        ("answers.0.explanation", "Een lange toelichting."),
    ];
    let shown = fill(&mut browser, (&page, "saveDraft-SV-01"), ANSWERS, &typed).await;
    assert_eq!(shown.status, 401);
    shown.tells(&[
        "Uw sessie is verlopen",
        "Een lange toelichting.",
        "het is niet opgeslagen",
        "<dt>Antwoord</dt>",
        ">Voldaan<",
        "<dt>Toelichting</dt>",
    ]);
    shown.hides(&["_token", "answers.0", "<dt>municipality</dt>"]);
}

#[tokio::test]
async fn an_assessment_of_another_is_not_there() {
    let (app, mut browser) = prepared().await;
    let other = "/werkplek/beoordelingen/GM0406/2026-2";
    let page = browser.get(other).await;
    page.hides(&["Begin een concept", "Indienen", "Vul de criteria in"]);
    for path in [
        "/werkplek/beoordelingen/GM9999/2026-2",
        "/werkplek/beoordelingen/GM0402/1999-1",
        "/werkplek/bladen/GM0406/2026-2.csv",
        "/werkplek/bladen/GM0402/2026-2.exe",
    ] {
        let shown = browser.get(path).await;
        assert_eq!(shown.status, 404, "{path}");
        shown.tells(&["Op dit adres staat niets, of niets voor uw rol."]);
    }
    // A form about another, made by hand.
    let own = browser.get(HOME).await;
    let mut fields = fixed(&own, "startDraft");
    for (name, value) in &mut fields {
        if name == "municipality" {
            *value = "GM0406".to_owned();
        }
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let shown = browser.post(HOME, &fields).await;
    assert!(matches!(shown.status, 404 | 422), "{}", shown.status);
    let count = "select count(*) from work.draft";
    assert_eq!(app.database.count(count).await, 0);
}

#[tokio::test]
async fn the_sheet_goes_down_and_up_with_every_mistake_at_its_row() {
    let (app, mut browser) = prepared().await;
    let own = app.with(&municipality("GM0402"));
    a_draft(
        "GM0402",
        json!([{ "criterion": "SV-03", "answer": "NOT_MET" }]),
    )
    .sent_by(&own)
    .await;
    let sheet = browser.get("/werkplek/bladen/GM0402/2026-2.csv").await;
    assert_eq!(sheet.status, 200);
    assert!(
        sheet
            .header("content-disposition")
            .starts_with("attachment; filename=")
    );
    let page = browser.get(SHEET).await;
    page.tells(&["Antwoordblad van Hilversum, periode 2026-2"]);
    let token = page.hidden("_token");
    let key = page.hidden("_sleutel");
    let fields = [("_token", token.as_str()), ("_sleutel", key.as_str())];
    let wrong = "Criterium;Antwoord\nSV-05;ja\nBB-01;Voldaan\n";
    let shown = browser.upload(SHEET, &fields, wrong.as_bytes()).await;
    assert_eq!(shown.status, 422);
    shown.tells(&["2 fouten", ">B2<", ">A3<"]);
    let right = "Criterium;Antwoord\nSV-05;Voldaan\n";
    let looking = [fields[0], fields[1], ("proef", "ja")];
    let shown = browser.upload(SHEET, &looking, right.as_bytes()).await;
    assert_eq!(shown.status, 200);
    shown.tells(&[
        "Antwoorden die dit blad zou veranderen: 1.",
        "(leeg) wordt Voldaan",
    ]);
    assert_eq!(drafted(&own).await.as_array().unwrap().len(), 1);
    let saved = browser.upload(SHEET, &fields, right.as_bytes()).await;
    assert_eq!(saved.location(), format!("{HOME}?gedaan=importAnswerSheet"));
    assert_eq!(drafted(&own).await.as_array().unwrap().len(), 2);
    // What is no sheet, is too large, or belongs to another page.
    for (file, why) in [
        (b"" as &[u8], "Kies eerst een bestand."),
        (b"PK\x03\x04 broken", "role=\"alert\""),
        (b"\xff\xfe", "UTF-8"),
        (archive_of("xl/vbaProject.bin").as_slice(), "heeft macro"),
    ] {
        let shown = browser.upload(SHEET, &fields, file).await;
        assert_eq!(shown.status, 422);
        shown.tells(&[why]);
    }
    let large = vec![b'x'; 10 * 1024 * 1024];
    let shown = browser.upload(SHEET, &fields, &large).await;
    assert_eq!(shown.status, 413);
    shown.tells(&["tot 2 MB"]);
    let forged = [("_token", "x"), fields[1]];
    let shown = browser.upload(SHEET, &forged, right.as_bytes()).await;
    assert_eq!(shown.status, 403);
}

#[tokio::test]
async fn the_decision_is_recorded_in_three_steps() {
    const DECISION: &str = "/werkplek/beoordelingen/GM0402/2026-2/besluit";
    let (app, mut browser) = begun().await;
    let page = browser.get(DECISION).await;
    page.tells(&["1. Het document met het besluit"]);
    page.hides(&["3. De vaststelling"]);
    let typed = [("titleNl", "Collegebesluit"), ("datedOn", "2026-10-06")];
    let done = fill(
        &mut browser,
        (&page, "registerSourceDocument"),
        DECISION,
        &typed,
    )
    .await;
    let to = done.location().to_owned();
    let page = browser.get(&to).await;
    page.tells(&["Het document is vastgelegd", "Collegebesluit, "]);
    page.hides(&["niet door uw gemeente"]);
    let typed = [
        ("title", "Beleid mensenhandel"),
        ("level", "LOCAL"),
        ("source.place", "bijlage 1"),
    ];
    let done = fill(&mut browser, (&page, "recordPolicy"), DECISION, &typed).await;
    let to = done.location().to_owned();
    let page = browser.get(&to).await;
    page.tells(&["\">Beleid mensenhandel (lokaal)</option>"]);
    page.hides(&["Nieuw beleid vastleggen", "niet door uw gemeente"]);
    let (before, _) = page.body.split_once("\">Beleid mensenhandel").unwrap();
    let policy = before.rsplit('"').next().unwrap();
    assert!(policy.starts_with("gm0402-2026-2-beleid-"), "{policy}");
    let typed = [
        ("policy", policy),
        ("body", "MUNICIPAL_EXECUTIVE"),
        ("adoptedOn", "2026-10-06"),
        ("source.place", "besluit 1"),
    ];
    let done = fill(&mut browser, (&page, "recordAdoption"), DECISION, &typed).await;
    assert_eq!(done.location(), format!("{DECISION}?gedaan=recordAdoption"));
    let page = browser.get(DECISION).await;
    page.tells(&["vastgesteld op 6 oktober 2026", "Telt voor u."]);
    let recorded = "select count(*) from fact.policy_adoption where municipality = 'GM0402'
                    and adopted_on = '2026-10-06'";
    assert_eq!(app.database.count(recorded).await, 1);
    // Of another municipality nobody records it here.
    let other = browser.get(&DECISION.replace("GM0402", "GM0406")).await;
    assert_eq!(other.status, 404);
}

#[tokio::test]
async fn what_vng_filled_in_counts_once_it_is_accepted() {
    let (app, mut browser) = prepared().await;
    let input = json!({
        "municipality": "GM0402", "period": "2026-2", "reason": "De gemeente vroeg erom.",
        "channel": "TELEPHONE", "answers": [{ "criterion": "SV-01", "answer": "MET" }],
        "idempotencyKey": "namens",
    });
    app.with(&vng()).change("fillOnBehalf", input).await;
    let page = browser.get(HOME).await;
    page.tells(&["Door VNG voor u ingevuld", "De gemeente vroeg erom."]);
    let typed = [
        ("approvedByFunction", "Gemeentesecretaris"),
        ("approvedOn", "2026-11-21"),
    ];
    let done = fill(&mut browser, (&page, "acceptOnBehalf"), HOME, &typed).await;
    assert_eq!(done.location(), format!("{HOME}?gedaan=acceptOnBehalf"));
    let page = browser.get(HOME).await;
    page.tells(&["Versie 1", "akkoord: Gemeentesecretaris"]);
    page.hides(&["Door VNG voor u ingevuld"]);
}

#[tokio::test]
async fn a_question_of_vng_is_answered_on_the_page() {
    let (app, mut browser) = prepared().await;
    let (own, reviewer) = (app.with(&municipality("GM0402")), app.with(&vng()));
    a_draft("GM0402", json!([{ "criterion": "SV-01", "answer": "MET" }]))
        .sent_by(&own)
        .await;
    acceptance::a_submission("GM0402").sent_by(&own).await;
    a_claim("GM0402").sent_by(&reviewer).await;
    reviewer
        .change(
            "askQuestions",
            json!({
                "municipality": "GM0402", "period": "2026-2", "version": 1, "idempotencyKey": "q",
                "questions": [{ "criterion": "SV-01", "question": "Sinds wanneer?" }],
            }),
        )
        .await;
    browser
        .get("/werkplek")
        .await
        .tells(&["Vraag van VNG beantwoorden"]);
    let page = browser.get(HOME).await;
    page.tells(&["Vragen van VNG", "Sinds wanneer?"]);
    let typed = [("reply", "Sinds 1 maart 2026.")];
    let sent = fill(&mut browser, (&page, "answerQuestion-1"), HOME, &typed).await;
    assert_eq!(sent.location(), format!("{HOME}?gedaan=answerQuestion#1"));
    let page = browser.get(HOME).await;
    page.tells(&["Uw antwoord: ", "Sinds 1 maart 2026."]);
    page.hides(&["answerQuestion-1"]);
}
