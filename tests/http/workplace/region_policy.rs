//! A region records its policy at the workplace, and sees which members adopted it.

use acceptance::{a_period, a_reporting_region, spawn_app_trying_out, vng};
use serde_json::json;

use super::{browser::Browser, municipality::fill};

const POLICY: &str = "/werkplek/regio/VR14/beleid";

#[tokio::test]
async fn a_region_records_its_policy_in_a_document() {
    let app = spawn_app_trying_out();
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("REGION").await;
    browser.get("/werkplek").await.tells(&[POLICY]);
    let page = browser.get(POLICY).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.tells(&[
        "Beleid mensenhandel Gooi en Vechtstreek",
        "Hilversum</a>: geen besluit bekend",
    ]);
    let typed = [
        ("titleNl", "Regioplan 2027-2030"),
        ("datedOn", "2026-10-01"),
    ];
    let form = (&page, "registerSourceDocument");
    let registered = fill(&mut browser, form, POLICY, &typed).await;
    let to = registered.location().to_owned();
    let place = to.split('?').next().unwrap();
    let document = place.strip_prefix(POLICY).unwrap().trim_matches('/');
    assert!(document.starts_with("document-vr14-"), "{document}");
    let page = browser.get(&to).await;
    page.tells(&["Het document is vastgelegd; u kunt het hieronder kiezen."]);
    let form = (&page, "recordPolicy");
    let typed = [
        ("title", "Regioplan mensenhandel"),
        ("level", "REGIONAL"),
        ("periodText", "2027-2030"),
        ("source.document", document),
        ("source.place", "bijlage 1"),
    ];
    let policies = "select count(*) from fact.policy_document where key like 'beleid-vr14-%'";
    let without = [typed[0], typed[2], typed[3], typed[4]];
    let refused = fill(&mut browser, form, place, &without).await;
    assert_eq!(refused.status, 422);
    refused.tells(&["Vul in: bereik.", "Regioplan mensenhandel"]);
    assert_eq!(app.database.count(policies).await, 0);
    let done = fill(&mut browser, form, place, &typed).await;
    assert_eq!(done.location(), format!("{place}?gedaan=recordPolicy"));
    assert_eq!(app.database.count(policies).await, 1);
    let page = browser.get(POLICY).await;
    page.tells(&[
        "Regioplan mensenhandel",
        "looptijd: 2027-2030; bron: Regioplan 2027-2030.",
    ]);
    let old = browser.get(POLICY).await;
    // It is changed under the version that was seen, and an old page does not replace it.
    let (_, rest) = page
        .body
        .split_once("id=\"recordPolicy-beleid-vr14-")
        .unwrap();
    let form = format!(
        "recordPolicy-beleid-vr14-{}",
        rest.split('"').next().unwrap()
    );
    let typed = [
        ("title", "Regioplan mensenhandel"),
        ("level", "REGIONAL"),
        ("lastDay", "2030-12-31"),
        ("source.document", document),
        ("source.place", "bijlage 1"),
    ];
    let changed = fill(&mut browser, (&page, &form), POLICY, &typed).await;
    assert_eq!(changed.status, 303, "{}", changed.body);
    let mut other = typed;
    other[0].1 = "Ander regioplan";
    let stale = fill(&mut browser, (&old, &form), POLICY, &other).await;
    assert_eq!(stale.status, 422);
    stale.tells(&["Dit is intussen gewijzigd", "Ander regioplan"]);
    let shown = browser.get(POLICY).await;
    shown.tells(&["Regionaal; laatste dag: 31 december 2030; bron: Regioplan 2027-2030."]);
    assert_eq!(app.database.count(policies).await, 2);
}

#[tokio::test]
async fn all_policy_is_shown_to_a_region_and_can_be_chosen_by_a_member() {
    const DECISION: &str = "/werkplek/beoordelingen/GM0402/2026-2/besluit";
    let app = spawn_app_trying_out();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    a_reporting_region("VR14").sent_by(&reviewer).await;
    // One more than an answer of the API holds.
    for number in 1..=101 {
        let key = format!("proefplan-{number:03}");
        let policy = json!({
            "key": key, "place": { "area": "VR14" }, "level": "REGIONAL", "title": format!("Proefplan {number:03}"),
            "source": { "document": "monitoring-2025", "place": "1" }, "idempotencyKey": key,
        });
        reviewer.change("recordPolicy", policy).await;
    }
    let mut region = Browser::at(app.address());
    region.try_as("REGION").await;
    let shown = region.get(POLICY).await;
    let mut officer = Browser::at(app.address());
    officer.try_as("MUNICIPALITY").await;
    let page = officer.get(DECISION).await;
    let typed = [("titleNl", "Collegebesluit"), ("datedOn", "2026-10-06")];
    let form = (&page, "registerSourceDocument");
    fill(&mut officer, form, DECISION, &typed).await;
    let choices = officer.get(DECISION).await;
    for number in 1..=101 {
        let title = format!("Proefplan {number:03}");
        shown.tells(&[title.as_str()]);
        let choice = format!("{title} (regionaal)</option>");
        assert_eq!(choices.body.matches(&choice).count(), 1, "{title}");
    }
    // The page of the document quotes each too.
    let quoted = app.public().get("/bronnen/monitoring-2025").await.body;
    let titles = (1..=101).map(|number| format!("Proefplan {number:03}"));
    let missing: Vec<String> = titles.filter(|title| !quoted.contains(title)).collect();
    assert_eq!(missing, [""; 0]);
}

#[tokio::test]
async fn a_region_says_by_a_document_how_far_a_member_is() {
    const MEMBER: &str = "/werkplek/regio/VR14/gemeenten/GM0402";
    let app = spawn_app_trying_out();
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("REGION").await;
    let page = browser.get(MEMBER).await;
    page.tells(&["Stand: Niet geregistreerd."]);
    page.hides(&["id=\"declarePolicyState\""]);
    let typed = [("titleNl", "Startnotitie"), ("datedOn", "2026-09-01")];
    let form = (&page, "registerSourceDocument");
    let registered = fill(&mut browser, form, MEMBER, &typed).await;
    let to = registered.location().to_owned();
    let place = to.split('?').next().unwrap();
    let document = place.strip_prefix(MEMBER).unwrap().trim_matches('/');
    let page = browser.get(&to).await;
    // That there is none, only the municipality says.
    let form = (&page, "declarePolicyState");
    let typed = [
        ("state", "NONE_DECLARED"),
        ("from", "2026-09-01"),
        ("source.document", document),
        ("source.place", "hoofdstuk 1"),
    ];
    let refused = fill(&mut browser, form, place, &typed).await;
    assert_eq!(refused.status, 422);
    refused.tells(&["Kies opnieuw: stand van het beleid.", "hoofdstuk 1"]);
    let typed = [("state", "IN_DEVELOPMENT"), typed[1], typed[2], typed[3]];
    let done = fill(&mut browser, form, place, &typed).await;
    assert_eq!(
        done.location(),
        format!("{place}?gedaan=declarePolicyState")
    );
    let page = browser.get(MEMBER).await;
    page.tells(&["Stand: In ontwikkeling."]);
    // Of a municipality that is no member there is no such page.
    let other = "/werkplek/regio/VR14/gemeenten/GM0363";
    assert_eq!(browser.get(other).await.status, 404);
}
