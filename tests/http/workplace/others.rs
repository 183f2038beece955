//! VNG, the ministry and a partner at the workplace.

use acceptance::{
    App, a_draft, a_period, a_round, a_submission, met, ministry, municipality,
    spawn_app_trying_out, vng,
};
use serde_json::json;

use super::{
    browser::{Browser, Shown},
    municipality::fill,
};

const QUEUE: &str = "/werkplek/controle";
const ROUND: &str = "/werkplek/rondes/2026-1";
const PUBLICATIONS: &str = "/werkplek/publicaties";

/// Three municipalities have handed in, and a reviewer of VNG is signed in.
async fn handed_in() -> (App, Browser) {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    for code in ["GM0402", "GM0406", "GM0417"] {
        let own = app.with(&municipality(code));
        a_draft(code, met(&["SV-01"])).sent_by(&own).await;
        a_submission(code).sent_by(&own).await;
    }
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    (app, browser)
}

/// Sends the form of many with a button of it.
async fn many(
    browser: &mut Browser,
    page: &Shown,
    (button, reason): (&str, &str),
    rows: &[&str],
) -> Shown {
    let (token, key) = (page.hidden("_token"), page.hidden("_sleutel"));
    let button = format!("{button}-2026-2");
    let mut fields = vec![
        ("_token", token.as_str()),
        ("_sleutel", key.as_str()),
        ("period", "2026-2"),
        ("reason", reason),
        ("_formulier", button.as_str()),
    ];
    fields.extend(rows.iter().map(|row| ("rij", *row)));
    browser.post(QUEUE, &fields).await
}

#[tokio::test]
async fn vng_works_through_its_queue_many_at_once() {
    let (app, mut browser) = handed_in().await;
    browser
        .get("/werkplek")
        .await
        .tells(&["Beoordeling behandelen", QUEUE]);
    // Whom to remind is whoever has not handed in.
    let remind = browser.get("/werkplek/herinneren").await;
    assert_eq!(remind.status, 200, "{}", remind.body);
    remind.tells(&["De eerste 100 van 339.", "Beoordeling indienen"]);
    remind.hides(&["Hilversum"]);
    let page = browser.get(QUEUE).await;
    page.tells(&["Periode 2026-2", "Hilversum", "Huizen", "Laren", "op tijd"]);
    let rows = ["GM0402/1", "GM0406/1", "GM0417/1"];
    // What is wrong with one stands beside it, and beside no other.
    let early = many(&mut browser, &page, ("confirmAssessments", ""), &rows[..1]).await;
    assert_eq!(early.status, 422);
    early.tells(&[
        "href=\"#rij.2026-2.GM0402/1\"",
        "<p class=\"stm-error\" id=\"rij.2026-2.GM0402/1-fout\">GM0402: Neem de beoordeling eerst",
        "aria-describedby=\"rij.2026-2.GM0402/1-fout\" aria-invalid=\"true\"",
    ]);
    early.hides(&["GM0406/1-fout", "reason-fout"]);
    let claimed = many(&mut browser, &page, ("claimReviews", ""), &rows).await;
    assert_eq!(
        claimed.location(),
        format!("{QUEUE}?gedaan=claimReviews#2026-2")
    );
    let page = browser.get(QUEUE).await;
    page.tells(&["bij u in behandeling"]);
    // All or nothing: what stands in the way of one is said with its municipality.
    let wrong = ["GM0402/1", "GM0376/1"];
    let refused = many(&mut browser, &page, ("confirmAssessments", ""), &wrong).await;
    assert_eq!(refused.status, 422);
    refused.tells(&["GM0376: ", "value=\"GM0402/1\" checked"]);
    let decisions = "select count(*) from fact.review_decision";
    assert_eq!(app.database.count(decisions).await, 0);
    let none = many(&mut browser, &page, ("confirmAssessments", ""), &[]).await;
    assert_eq!(none.status, 422);
    none.tells(&["Kies een of meer beoordelingen."]);
    let two = ["GM0402/1", "GM0406/1"];
    let confirmed = many(&mut browser, &page, ("confirmAssessments", ""), &two).await;
    assert_eq!(
        confirmed.location(),
        format!("{QUEUE}?gedaan=confirmAssessments#2026-2")
    );
    let last = ["GM0417/1"];
    let silent = many(&mut browser, &page, ("returnAssessments", ""), &last).await;
    assert_eq!(silent.status, 422);
    silent.tells(&[
        "href=\"#returnAssessments-2026-2.reason\"",
        "aria-describedby=\"returnAssessments-2026-2.reason-fout\" aria-invalid=\"true\"",
        "reason-fout\">Vul in: reden van teruggave.</p>",
    ]);
    let reason = ("returnAssessments", "Het besluit ontbreekt.");
    let returned = many(&mut browser, &page, reason, &last).await;
    assert_eq!(returned.status, 303, "{}", returned.body);
    assert_eq!(app.database.count(decisions).await, 3);
    let page = browser.get(QUEUE).await;
    page.tells(&["Er wacht niets op controle."]);
}

#[tokio::test]
async fn vng_looks_at_one_and_asks() {
    let (app, mut browser) = handed_in().await;
    let path = "/werkplek/controle/2026-2/GM0402";
    let page = browser.get(path).await;
    let filling = "/werkplek/namens/2026-2/GM0402";
    page.tells(&[
        "Controle Hilversum 2026-2",
        "SV-01",
        "Voldaan",
        "In behandeling nemen",
        filling,
    ]);
    page.hides(&["Langer in behandeling houden"]);
    browser.get(filling).await.tells(&[path]);
    let done = fill(&mut browser, (&page, "claimReview"), path, &[]).await;
    assert_eq!(done.location(), format!("{path}?gedaan=claimReview"));
    let page = browser.get(path).await;
    page.tells(&["Langer in behandeling houden"]);
    page.hides(&["In behandeling nemen"]);
    // A form that is refused is not folded away; the others are.
    let silent = fill(&mut browser, (&page, "askQuestions"), path, &[]).await;
    assert_eq!(silent.status, 422);
    silent.tells(&["<details open><summary>Een vraag stellen</summary>"]);
    silent.hides(&["<details open><summary>Teruggeven</summary>"]);
    let silent = fill(&mut browser, (&page, "returnAssessment"), path, &[]).await;
    silent.tells(&["<details open><summary>Teruggeven</summary>"]);
    silent.hides(&["<details open><summary>Een vraag stellen</summary>"]);
    let typed = [
        ("questions.0.criterion", "SV-01"),
        ("questions.0.question", "Sinds wanneer?"),
    ];
    let sent = fill(&mut browser, (&page, "askQuestions"), path, &typed).await;
    assert_eq!(sent.location(), format!("{path}?gedaan=askQuestions"));
    browser
        .get(path)
        .await
        .tells(&["Sinds wanneer?", "nog niet"]);
    let count = "select count(*) from fact.review_question where municipality = 'GM0402'";
    assert_eq!(app.database.count(count).await, 1);
    // Nobody else has these pages.
    for role in ["MUNICIPALITY", "REGION", "PARTNER", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        for hidden in [path, QUEUE] {
            let remind = other.get("/werkplek/herinneren").await;
            let expected = if role == "MINISTRY" { 200 } else { 404 };
            assert_eq!(remind.status, expected, "{role}");
            let shown = other.get(hidden).await;
            assert_eq!(shown.status, 404, "{role} {hidden}");
            shown.hides(&["Sinds wanneer?", "Huizen"]);
        }
    }
}

#[tokio::test]
async fn vng_opens_a_period_and_moves_it() {
    const PERIODS: &str = "/werkplek/perioden";
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    let page = browser.get(PERIODS).await;
    let typed = [
        ("key", "2026-2"),
        ("edition", "VOORSTEL-1"),
        ("opensOn", "2026-11-01"),
        ("deadlineOn", "2026-11-30"),
        ("lastDay", "2026-12-15"),
    ];
    let opened = fill(
        &mut browser,
        (&page, "openReportingPeriod"),
        PERIODS,
        &typed,
    )
    .await;
    assert_eq!(
        opened.location(),
        format!("{PERIODS}?gedaan=openReportingPeriod")
    );
    let page = browser.get(PERIODS).await;
    page.tells(&["Periode 2026-2", "op tijd tot en met 30 november 2026"]);
    let form = (&page, "rescheduleReportingPeriod-2026-2");
    let silent = fill(&mut browser, form, PERIODS, &[("deadlineOn", "2026-12-04")]).await;
    assert_eq!(silent.status, 422);
    silent.tells(&[
        "Vul in: reden.",
        "<details open><summary>Verplaatsen</summary>",
    ]);
    let typed = [("deadlineOn", "2026-12-04"), ("reason", "Storing.")];
    let moved = fill(&mut browser, form, PERIODS, &typed).await;
    assert_eq!(moved.status, 303, "{}", moved.body);
    let page = browser.get(PERIODS).await;
    page.tells(&["op tijd tot en met 4 december 2026", "Verplaatst: Storing."]);
    let mut other = Browser::at(app.address());
    other.try_as("MINISTRY").await;
    assert_eq!(other.get(PERIODS).await.status, 404);
}

#[tokio::test]
async fn the_ministry_fills_in_a_round_and_closes_it_with_an_embargo() {
    let app = spawn_app_trying_out();
    a_round().sent_by(&app.with(&ministry())).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("MINISTRY").await;
    browser
        .get("/werkplek")
        .await
        .tells(&["Monitoringsoverzicht 2026", ROUND]);
    let page = browser.get(ROUND).await;
    page.tells(&[
        "Gerapporteerde acties: 0.",
        "nog niet gerapporteerd; vorige stand: ",
    ]);
    let typed = [("status", "IN_PROGRESS"), ("explanation", "Loopt.")];
    let done = fill(&mut browser, (&page, "reportStatus-32"), ROUND, &typed).await;
    assert_eq!(done.location(), format!("{ROUND}?gedaan=reportStatus#32"));
    let page = browser.get(ROUND).await;
    page.tells(&["Gerapporteerde acties: 1.", "Loopt.", "gerapporteerd door "]);
    // A partner sees its own actions and closes nothing.
    let mut partner = Browser::at(app.address());
    partner.try_as("PARTNER").await;
    let own = partner.get(ROUND).await;
    own.hides(&["Ronde sluiten", "Loopt.", "id=\"reportStatus-32\""]);
    let form = (&page, "closeMonitoringRound");
    let wrong = fill(&mut browser, form, ROUND, &[("embargoUntil", "morgen")]).await;
    assert_eq!(wrong.status, 422);
    wrong.tells(&["Embargo tot moet een dag en tijd zijn"]);
    let until = [("embargoUntil", "2026-11-24T10:00")];
    let closed = fill(&mut browser, (&page, "closeMonitoringRound"), ROUND, &until).await;
    let to = closed.location().to_owned();
    browser
        .get(&to)
        .await
        .tells(&["De ronde is gesloten.", "Deze ronde is gesloten."]);
    let release = "select count(*) from work.timed_release
                   where release_at = '2026-11-24T09:00:00Z'";
    assert!(app.database.count(release).await > 0);
    // What was closed is published under the same embargo.
    let page = browser.get(PUBLICATIONS).await;
    let typed = [("kind", "MONITORING_OVERVIEW"), ("about", "2026-1")];
    let prepared = fill(
        &mut browser,
        (&page, "preparePublication"),
        PUBLICATIONS,
        &typed,
    )
    .await;
    assert_eq!(
        prepared.location(),
        format!("{PUBLICATIONS}?gedaan=preparePublication")
    );
    let page = browser.get(PUBLICATIONS).await;
    let form = (&page, "publish-monitoring-2026-1-1");
    let published = fill(&mut browser, form, PUBLICATIONS, &until).await;
    assert_eq!(
        published.location(),
        format!("{PUBLICATIONS}?gedaan=publish#monitoring-2026-1-1")
    );
    let page = browser.get(PUBLICATIONS).await;
    page.tells(&["embargo tot 24 november 2026"]);
    assert_eq!(partner.get(PUBLICATIONS).await.status, 404);
}

#[tokio::test]
async fn the_ministry_reports_beside_a_partner_and_each_changes_its_own_report() {
    let app = spawn_app_trying_out();
    let own = app.with(&ministry());
    a_round().sent_by(&own).await;
    let owner = json!({
        "action": 32, "partner": "comensha", "role": "OWNER", "from": "2026-01-01",
        "text": "Aangewezen.",
        "source": { "document": "monitoring-2025", "place": "7" }, "idempotencyKey": "owner",
    });
    own.change("assignPartner", owner).await;
    let mut partner = Browser::at(app.address());
    partner.try_as("PARTNER").await;
    let form = "reportStatus-32";
    let page = partner.get(ROUND).await;
    let typed = [("status", "ONGOING"), ("explanation", "Zegt de partner.")];
    let sent = fill(&mut partner, (&page, form), ROUND, &typed).await;
    assert_eq!(sent.location(), format!("{ROUND}?gedaan=reportStatus#32"));
    // What the partner reported stands beside the form of the ministry, and not in it.
    let mut browser = Browser::at(app.address());
    browser.try_as("MINISTRY").await;
    let page = browser.get(ROUND).await;
    page.tells(&["Zegt de partner."]);
    assert!(!page.form(form).contains("Zegt de partner."));
    let typed = [
        ("status", "COMPLETED"),
        ("explanation", "Zegt het ministerie."),
    ];
    let sent = fill(&mut browser, (&page, form), ROUND, &typed).await;
    assert_eq!(sent.location(), format!("{ROUND}?gedaan=reportStatus#32"));
    let page = browser.get(ROUND).await;
    assert!(page.form(form).contains("Zegt het ministerie."));
    page.tells(&["Zegt de partner."]);
    // An explanation that is emptied is taken away.
    let typed = [("status", "COMPLETED"), ("explanation", "")];
    let sent = fill(&mut browser, (&page, form), ROUND, &typed).await;
    assert_eq!(sent.location(), format!("{ROUND}?gedaan=reportStatus#32"));
    browser.get(ROUND).await.hides(&["Zegt het ministerie."]);
    let shown = partner.get(ROUND).await;
    assert!(shown.form(form).contains("Zegt de partner."));
}

#[tokio::test]
async fn vng_confirms_twenty_at_once() {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    let query = "{ municipalities(first: 20) { nodes { code } } }";
    let answer = app.public().ask(query).await;
    let data = answer.data();
    let nodes = data["municipalities"]["nodes"].as_array().unwrap();
    let codes: Vec<&str> = nodes
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    for code in &codes {
        let own = app.with(&municipality(code));
        a_draft(code, met(&["SV-01"])).sent_by(&own).await;
        a_submission(code).sent_by(&own).await;
    }
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    let rows: Vec<String> = codes.iter().map(|code| format!("{code}/1")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    assert_eq!(rows.len(), 20);
    for button in ["claimReviews", "confirmAssessments"] {
        let page = browser.get(QUEUE).await;
        let done = many(&mut browser, &page, (button, ""), &rows).await;
        assert_eq!(done.location(), format!("{QUEUE}?gedaan={button}#2026-2"));
    }
    let decisions = "select count(*) from fact.review_decision";
    assert_eq!(app.database.count(decisions).await, 20);
    let page = browser.get(QUEUE).await;
    page.tells(&["Er wacht niets op controle."]);
}

#[tokio::test]
async fn what_the_ministry_publishes_stands_on_a_public_page_until_it_withdraws_it() {
    const PUBLIC: &str = "/publicaties/budget-2024-1";
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("MINISTRY").await;
    let page = browser.get(PUBLICATIONS).await;
    let typed = [("kind", "BUDGET"), ("about", "2024")];
    let form = (&page, "preparePublication");
    let prepared = fill(&mut browser, form, PUBLICATIONS, &typed).await;
    assert_eq!(prepared.status, 303, "{}", prepared.body);
    // Prepared is not public yet.
    assert_eq!(app.public().get(PUBLIC).await.status, 404);
    let page = browser.get(PUBLICATIONS).await;
    let form = (&page, "publish-budget-2024-1");
    let published = fill(&mut browser, form, PUBLICATIONS, &[]).await;
    assert_eq!(
        published.location(),
        format!("{PUBLICATIONS}?gedaan=publish#budget-2024-1")
    );
    let shown = app.public().get(PUBLIC).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert!(shown.body.contains("budget-2024-1"), "{}", shown.body);
    let page = browser.get(PUBLICATIONS).await;
    let form = (&page, "withdrawPublication-budget-2024-1");
    let silent = fill(&mut browser, form, PUBLICATIONS, &[]).await;
    assert_eq!(silent.status, 422);
    silent.tells(&[
        "Vul in: reden van intrekken.",
        "<details open><summary>Intrekken</summary>",
    ]);
    let typed = [("reason", "Een bedrag klopt niet.")];
    let withdrawn = fill(&mut browser, form, PUBLICATIONS, &typed).await;
    assert_eq!(withdrawn.status, 303, "{}", withdrawn.body);
    let shown = app.public().get(PUBLIC).await;
    assert!(
        shown.body.contains("Een bedrag klopt niet."),
        "{}",
        shown.body
    );
}
