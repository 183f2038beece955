//! Size classes: five sets of municipalities with dates, indicative until official figures take
//! their place, and never a number of inhabitants.

use acceptance::{App, Client, after_closing, municipality, vng};
use serde_json::{Value, json};

use crate::publications::{confirmed, spawn_with_period};

fn source() -> Value {
    json!({ "document": "reference-regions", "place": "1" })
}

/// The largest class with Hilversum, which is of the third.
fn with_five() -> Value {
    let largest = ["GM0344", "GM0363", "GM0402", "GM0518", "GM0599"];
    json!({ "area": "GK05", "from": "2026-12-01", "members": largest })
}

const PICTURE: &str = "{ compliancePicture(period: \"2026-2\", by: SIZE_CLASS) { by \
    groups { code members counts { count } } } }";

/// The code of each group with its members, and the first two of its counts, once it is told.
fn groups(picture: &Value) -> Vec<Value> {
    let groups = picture["groups"].as_array().unwrap().iter();
    groups
        .map(|group| {
            json!([
                group["code"],
                group["members"],
                group["counts"][0]["count"],
                group["counts"][1]["count"]
            ])
        })
        .collect()
}

#[tokio::test]
async fn municipalities_are_counted_by_size_class_and_an_official_list_takes_the_place_of_the_indicative_one()
 {
    let app = spawn_with_period("PROPOSED").await;
    // Laren is of the smallest class, Hilversum of the third, Amsterdam of the largest.
    for code in ["GM0417", "GM0402", "GM0363"] {
        confirmed(&app, code, 1, &["SV-01"]).await;
    }
    let reviewer = app.with(&vng());
    are_areas_with_dates(&app).await;
    are_counted(&reviewer).await;
    hide_few(&app).await;
    hold_nothing(&app).await;
    follow_an_official_list(&reviewer).await;
}

/// Size classes are areas with dates, and it is said where they come from and what is not known.
async fn are_areas_with_dates(app: &App) {
    let classes = "{ areas(kind: SIZE_CLASS) { nodes { code name kindLabel parent { code }
            municipalities { code }
            source { lines document { key title { nl } } } } }
        about { knownGaps { key } } dataQuality {
        decisions(kind: UNRESOLVED, first: 100) { nodes { key } } } }";
    let shown = app.public().ask(classes).await.data();
    let of = |list: &Value| -> Vec<usize> {
        let areas = list["nodes"].as_array().unwrap().iter();
        areas
            .map(|area| area["municipalities"].as_array().unwrap().len())
            .collect()
    };
    assert_eq!(of(&shown["areas"]), [70, 181, 59, 28, 4]);
    let before = "{ areas(kind: SIZE_CLASS, at: { day: \"2022-12-31\" }) {
        nodes { municipalities { code } } } }";
    let before = app.public().ask(before).await.data();
    assert_eq!(of(&before["areas"]), [0; 5]);
    let mut second = shown["areas"]["nodes"][1].clone();
    second.as_object_mut().unwrap().remove("municipalities");
    assert_eq!(
        second,
        json!({
            "code": "GK02",
            "name": "20.000 tot 50.000 inwoners (omstreeks voorjaar 2020, indicatief)",
            "kindLabel": "Grootteklasse", "parent": null,
            "source": {
                "lines": "1-343",
                "document": {
                    "key": "reference-size-classes",
                    "title": {
                        "nl": "Grootteklassen van gemeenten naar inwoners, omstreeks voorjaar \
                    2020 (indicatief)",
                    },
                },
            },
        })
    );
    let has = |list: &Value, key: &str| list.as_array().unwrap().contains(&json!({ "key": key }));
    assert!(has(&shown["about"]["knownGaps"], "size-classes"));
    assert!(has(
        &shown["dataQuality"]["decisions"]["nodes"],
        "size-classes-since"
    ));
}

/// Each class is counted.
async fn are_counted(reviewer: &Client) {
    let seen = reviewer.ask(PICTURE).await.data();
    assert_eq!(
        groups(&seen["compliancePicture"]),
        [
            json!(["GK01", 70, 69, 1]),
            json!(["GK02", 181, 181, 0]),
            json!(["GK03", 59, 58, 1]),
            json!(["GK04", 28, 28, 0]),
            json!(["GK05", 4, 3, 1]),
        ]
    );
    // Of earlier borders no class is known: all 344 of that day are the rest.
    let earlier = PICTURE.replace("by:", "at: { day: \"2022-12-31\" }, by:");
    let seen = reviewer.ask(&earlier).await.data();
    assert_eq!(
        groups(&seen["compliancePicture"]),
        [json!(["REST", 344, 344, 0])]
    );
}

/// Four of the largest class are told to nobody who does not see each of them, and are published by
/// no total.
async fn hide_few(app: &App) {
    let reviewer = app.with(&vng());
    let laren = app.with(&municipality("GM0417"));
    let seen = laren.ask(PICTURE).await.data();
    let groups_for_laren = groups(&seen["compliancePicture"]);
    assert!(groups_for_laren.iter().all(|group| group[2].is_null()));
    app.clock.set(after_closing());
    let prepared = reviewer
        .call(
            "preparePublication",
            "publication { manifest { withheld { key reason } } }",
            json!({
                "kind": "COMPLIANCE_PICTURE", "about": "2026-2", "by": "SIZE_CLASS",
                "idempotencyKey": "by size",
            }),
        )
        .await;
    let withheld = prepared["publication"]["manifest"]["withheld"]
        .as_array()
        .unwrap();
    assert_eq!(
        withheld[5],
        json!({ "key": "GK05", "reason": "FEWER_THAN_FIVE" })
    );
    // The country too: three are assessed, and all alike.
    assert_eq!(withheld[0]["key"], "NL");
    assert!(
        withheld[..5]
            .iter()
            .all(|line| line["reason"] == "REVEALING"),
        "{withheld:?}"
    );
}

/// A class lies in nothing, holds nothing, and acts for nobody; a municipality is of one.
async fn hold_nothing(app: &App) {
    let reviewer = app.with(&vng());
    let entries = app.database.count("select count(*) from ledger").await;
    let codes = async |mutation: &str, input: Value| {
        let mut input = input;
        input["source"] = source();
        input["idempotencyKey"] = json!("refused");
        reviewer.call(mutation, "", input).await["errors"].clone()
    };
    let within =
        json!({ "code": "SG02", "kind": "COOPERATION_AREA", "name": "Het Gooi", "parent": "GK02" });
    let refused = json!([{ "code": "INVALID_PARENT", "field": ["parent"] }]);
    assert_eq!(codes("registerArea", within).await, refused);
    let inside = json!({ "code": "GK06", "kind": "SIZE_CLASS", "name": "Alle", "parent": "PE03" });
    assert_eq!(codes("registerArea", inside).await, refused);
    let acting = json!({ "area": "GK05", "from": "2026-01-01" });
    assert_eq!(
        codes("registerReportingRegion", acting).await,
        json!([{ "code": "CANNOT_ACT", "field": ["area"] }])
    );
    assert_eq!(
        codes("setAreaMembers", with_five()).await,
        json!([{ "code": "OVERLAPS", "field": ["members"] }])
    );
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        entries
    );
}

/// An official list: another name and other members from a day on, by the mutations of every kind
/// of area. What held before stays.
async fn follow_an_official_list(reviewer: &Client) {
    let before = "{ area(code: \"GK03\") { ledger municipalities { code } } }";
    let third = reviewer.ask(before).await.data()["area"].clone();
    let renamed = json!({
        "code": "GK03", "kind": "SIZE_CLASS",
        "name": "50.000 tot 100.000 inwoners (CBS, 1 januari 2026)",
        "expectedVersion": third["ledger"], "source": source(), "idempotencyKey": "renamed",
    });
    reviewer.change("registerArea", renamed).await;
    let stay: Vec<&Value> = third["municipalities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["code"])
        .filter(|code| *code != "GM0402")
        .collect();
    let without = json!({
        "area": "GK03", "from": "2026-12-01", "members": stay, "source": source(),
        "idempotencyKey": "without",
    });
    reviewer.change("setAreaMembers", without).await;
    let mut with = with_five();
    with["source"] = source();
    with["idempotencyKey"] = json!("with");
    reviewer.change("setAreaMembers", with).await;
    let on = |day: &str| PICTURE.replace("by:", &format!("at: {{ day: \"{day}\" }}, by:"));
    for (query, third, largest) in [(on("2026-11-30"), 59, 4), (on("2026-12-01"), 58, 5)] {
        let seen = reviewer.ask(&query).await.data();
        let groups = groups(&seen["compliancePicture"]);
        assert_eq!(
            (&groups[2][1], &groups[4][1]),
            (&json!(third), &json!(largest)),
            "{query}"
        );
    }
    // The tables for BI tell the same, with what the kind is called.
    let table = reviewer.get("/v1/feeds/dim_area.csv").await.body;
    assert!(
        table.contains(
            "GK03,\"50.000 tot 100.000 inwoners (CBS, 1 januari \
        2026)\",SIZE_CLASS,Grootteklasse,Size class"
        ),
        "{table}"
    );
}
