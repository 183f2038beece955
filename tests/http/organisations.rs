//! What stands in the place of a key is the thing itself: who did something, for whom the viewer
//! acts, and what a publication is about.

use acceptance::{
    PERIOD, a_publication, a_report, a_reporting_region, a_round, after_closing, ministry,
    municipality, partner, region, spawn_app, token, vng,
};
use domain::{actor::Role, territory::MunicipalityCode};
use serde_json::{Value, json};

use crate::publications::spawn_with_period;

const VIEWER: &str = "{ viewer { organisation { code name { nl en } municipalities { code }
    area { code } partner { key } } reads { code } actsFor { code } } }";

fn codes(codes: &[&str]) -> Value {
    codes.iter().map(|code| json!({ "code": code })).collect()
}

fn named(nl: &str, en: &str) -> Value {
    json!({ "nl": nl, "en": en })
}

#[tokio::test]
async fn an_organisation_is_what_its_role_is() {
    let app = spawn_app();
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let nothing = codes(&[]);
    let shared = ["GM0402", "GM0406"].map(|code| MunicipalityCode::parse(code).unwrap());
    let shared = token(Role::Municipality(shared.to_vec()), "officer");
    for (token, organisation, reads, acts_for) in [
        (
            municipality("GM0402"),
            json!({
                "code": "GM0402", "name": named("Hilversum", "Hilversum"),
                "municipalities": codes(&["GM0402"]), "area": null, "partner": null,
            }),
            codes(&["GM0402"]),
            codes(&["GM0402"]),
        ),
        (
            shared,
            json!({
                "code": "GM0402+GM0406", "name": named("Hilversum, Huizen", "Hilversum, Huizen"),
                "municipalities": codes(&["GM0402", "GM0406"]), "area": null, "partner": null,
            }),
            codes(&["GM0402", "GM0406"]),
            codes(&["GM0402", "GM0406"]),
        ),
        (
            region("VR14"),
            json!({
                "code": "VR14", "name": named("Gooi en Vechtstreek", "Gooi en Vechtstreek"),
                "municipalities": nothing, "area": { "code": "VR14" }, "partner": null,
            }),
            nothing.clone(),
            codes(&["GM0376", "GM0402", "GM0406", "GM0417", "GM1696", "GM1942"]),
        ),
        (
            partner("comensha"),
            json!({
                "code": "comensha",
                "name": named(
                    "CoMensha",
                    "CoMensha (Coordination Centre against Human Trafficking)",
                ),
                "municipalities": nothing, "area": null, "partner": { "key": "comensha" },
            }),
            nothing.clone(),
            nothing.clone(),
        ),
        (
            vng(),
            json!({
                "code": "VNG", "name": named("VNG", "Association of Netherlands Municipalities"),
                "municipalities": nothing, "area": null, "partner": { "key": "vng" },
            }),
            nothing.clone(),
            nothing.clone(),
        ),
        (
            ministry(),
            json!({
                "code": "MINISTRY",
                "name": named(
                    "Ministerie van Justitie en Veiligheid",
                    "Ministry of Justice and Security",
                ),
                "municipalities": nothing, "area": null, "partner": null,
            }),
            nothing.clone(),
            nothing.clone(),
        ),
    ] {
        assert_eq!(
            app.with(&token).ask(VIEWER).await.data(),
            json!({ "viewer": {
                "organisation": organisation, "reads": reads, "actsFor": acts_for,
            } })
        );
    }
    assert_eq!(
        app.public().ask(VIEWER).await.data(),
        json!({ "viewer": { "organisation": null, "reads": [], "actsFor": [] } })
    );
}

/// A former municipality is read by the one that it went over to, which may not fill in for it.
#[tokio::test]
async fn a_predecessor_is_read_and_nobody_acts_for_it() {
    let app = spawn_app();
    let query = "{ viewer { reads { name } actsFor { name } } }";
    assert_eq!(
        app.with(&municipality("GM0363")).ask(query).await.data(),
        json!({ "viewer": {
            "reads": [{ "name": "Amsterdam" }, { "name": "Weesp" }],
            "actsFor": [{ "name": "Amsterdam" }],
        } })
    );
}

/// Names are read once for all that a list names.
#[tokio::test]
async fn many_reports_name_who_reported_at_the_cost_of_one() {
    let app = spawn_app();
    let of_ministry = app.with(&ministry());
    a_round().sent_by(&of_ministry).await;
    let query = "{ openRounds { nodes { reports { reportedBy { code name { nl } area { code }
        partner { key } municipalities { code } } } } } }";
    let mut statements = Vec::new();
    for (action, reports) in [(33, 1), (2, 2), (13, 3)] {
        a_report(action, "COMPLETED").sent_by(&of_ministry).await;
        let answer = of_ministry.ask_again(query).await;
        let expected = json!({
            "code": "MINISTRY", "name": { "nl": "Ministerie van Justitie en Veiligheid" },
            "area": null, "partner": null, "municipalities": [],
        });
        let shown = answer.data()["openRounds"]["nodes"][0]["reports"].clone();
        assert_eq!(
            shown,
            json!(vec![json!({ "reportedBy": expected }); reports])
        );
        statements.push(answer.statements());
    }
    assert_eq!(statements[1..], [statements[0]; 2]);
}

#[tokio::test]
async fn a_publication_is_about_a_thing() {
    let app = spawn_with_period("ENDORSED").await;
    let of_ministry = app.with(&ministry());
    app.clock.set(after_closing());
    for (kind, about, key, found) in [
        (
            "COMPLIANCE_PICTURE",
            PERIOD,
            "compliance-2026-2-1",
            json!({ "__typename": "ReportingPeriod", "key": "2026-2" }),
        ),
        (
            "MONITORING_OVERVIEW",
            "2025-1",
            "monitoring-2025-1-1",
            json!({ "__typename": "MonitoringRound", "key": "2025-1" }),
        ),
        (
            "BUDGET",
            "2024",
            "budget-2024-1",
            json!({ "__typename": "PlanVersion", "key": "2024" }),
        ),
    ] {
        a_publication(kind, about)
            .with("level", "COUNTRY")
            .sent_by(&of_ministry)
            .await;
        let query = format!(
            "{{ publication(key: \"{key}\") {{ about {{ __typename
                ... on ReportingPeriod {{ key }} ... on MonitoringRound {{ key }}
                ... on PlanVersion {{ key }} }} }} }}"
        );
        assert_eq!(
            of_ministry.ask(&query).await.data(),
            json!({ "publication": { "about": found } })
        );
    }
}
