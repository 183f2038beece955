//! A region keeps its duties at the workplace, and hands in its half-year report.

use super::{
    municipality::fill,
    region::{entries, registered},
};

const DUTIES: &str = "/werkplek/regio/VR14/taken";
const REPORT: &str = "/werkplek/regio/VR14/rapportages/2026-2";

#[tokio::test]
async fn a_region_records_its_duties_and_takes_back_what_was_a_mistake() {
    let (app, mut browser) = registered().await;
    let page = browser.get(DUTIES).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.tells(&[
        "is nog niet zo vaak gehouden als afgesproken",
        "ambtelijk overleg",
        "uiterlijk 31 december 2026",
    ]);
    let wrong = [("kind", "OFFICIAL"), ("heldOn", "2026-11-23")];
    let before = entries(&app).await;
    let refused = fill(
        &mut browser,
        (&page, "recordRegionalMeeting"),
        DUTIES,
        &wrong,
    )
    .await;
    assert_eq!(refused.status, 422);
    refused.tells(&[
        "href=\"#recordRegionalMeeting.heldOn\"",
        "value=\"2026-11-23\"",
    ]);
    assert_eq!(entries(&app).await, before);
    let typed = [
        (
            "recordRegionalMeeting",
            vec![("kind", "OFFICIAL"), ("heldOn", "2026-11-05")],
        ),
        (
            "raiseRegionalBottleneck",
            vec![
                ("text", "Er is geen opvang voor mannen."),
                ("since", "2026-08-01"),
                ("action", "2024/24"),
                ("partner", "comensha"),
            ],
        ),
        (
            "recordRegionalDecision",
            vec![
                ("text", "Eén meldpunt voor de regio."),
                ("decidedOn", "2026-11-05"),
                ("needsRatification", "ja"),
            ],
        ),
    ];
    for (form, typed) in typed {
        let page = browser.get(DUTIES).await;
        let done = fill(&mut browser, (&page, form), DUTIES, &typed).await;
        assert_eq!(done.location(), format!("{DUTIES}?gedaan={form}"));
    }
    let page = browser.get(DUTIES).await;
    page.tells(&[
        "Ambtelijk overleg, 5 november 2026",
        "Knelpunt 1, sinds 1 augustus 2026",
        "Actie die stokt: 24. ",
        "Pakt het op: CoMensha",
        "De colleges moeten het bekrachtigen.",
    ]);
    let form = "resolveRegionalBottleneck-knelpunt-1";
    let typed = [("resolvedOn", "2026-11-20")];
    let solved = fill(&mut browser, (&page, form), DUTIES, &typed).await;
    assert_eq!(
        solved.location(),
        format!("{DUTIES}?gedaan=resolveRegionalBottleneck#knelpunt-1")
    );
    let page = browser.get(DUTIES).await;
    page.tells(&["opgelost op 20 november 2026"]);
    page.hides(&["id=\"resolveRegionalBottleneck-knelpunt-1\""]);
    for form in [
        "withdrawRegionalMeeting-2026-11-05-OFFICIAL",
        "withdrawRegionalBottleneck-knelpunt-1",
        "withdrawRegionalDecision-besluit-1",
    ] {
        let back = fill(&mut browser, (&page, form), DUTIES, &[]).await;
        assert_eq!(back.status, 303, "{form} {}", back.body);
    }
    let page = browser.get(DUTIES).await;
    page.hides(&["5 november 2026", "Knelpunt 1,", "Eén meldpunt"]);
}

#[tokio::test]
async fn a_region_edits_its_report_and_hands_it_in() {
    let (app, mut browser) = registered().await;
    let home = browser.get("/werkplek").await;
    home.tells(&[REPORT]);
    browser
        .get(DUTIES)
        .await
        .tells(&[REPORT, "nog in te dienen"]);
    let page = browser.get(REPORT).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.tells(&[
        "Halfjaar van 1 juli 2026 tot en met 31 december 2026.",
        "Er zijn geen besluiten vastgelegd.",
    ]);
    let old = browser.get(REPORT).await;
    let form = "submitRegionalReport";
    let typed = [
        ("progress", "Eén overleg.\r\nEr volgen er drie."),
        ("particulars", "Geen."),
        ("bottlenecks", ""),
    ];
    let refused = fill(&mut browser, (&page, form), REPORT, &typed).await;
    assert_eq!(refused.status, 422);
    refused.tells(&["Vul in: knelpunten.", "Er volgen er drie."]);
    let typed = [typed[0], typed[1], ("bottlenecks", "De opvang.")];
    let sent = fill(&mut browser, (&page, form), REPORT, &typed).await;
    assert_eq!(sent.location(), format!("{REPORT}?gedaan={form}"));
    let seen = browser.get(REPORT).await;
    seen.tells(&[
        "Versie 1, ingediend op 22 november 2026",
        "nog niet bevestigd",
        "De opvang.",
    ]);
    // A page from before that version does not replace it.
    let other = [typed[0], typed[1], ("bottlenecks", "Andere.")];
    let stale = fill(&mut browser, (&old, form), REPORT, &other).await;
    assert_eq!(stale.status, 422, "{}", stale.body);
    stale.tells(&["Dit is intussen gewijzigd", "Andere."]);
    let count = "select count(*) from fact.regional_report where area = 'VR14'";
    assert_eq!(app.database.count(count).await, 1);
    assert_eq!(
        browser
            .get("/werkplek/regio/VR14/rapportages/x")
            .await
            .status,
        404
    );
}
