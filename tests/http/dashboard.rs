//! The plan and its dashboard: every published cell, and what the overview leaves out.

use acceptance::spawn_app;
use serde_json::{Value, json};

const CELLS: &str = "
    publishedActions actions statuses { status count published }";

#[tokio::test]
async fn all_42_cells_equal_the_published_ones() {
    let app = spawn_app();
    let query = format!(
        "{{ dashboard {{ round {{ key }} actionsInPlan total {{ {CELLS} }}
            lines {{ line {{ number }} counts {{ {CELLS} }} }}
            outsideRound {{ number monitoring {{ state }} status }} }} }}"
    );
    let dashboard = app.public().ask(&query).await.data()["dashboard"].clone();
    let counts = |cells: &Value| -> (Vec<i64>, Vec<i64>) {
        let list = cells["statuses"].as_array().unwrap();
        let mut computed = vec![cells["actions"].as_i64().unwrap()];
        let mut published = vec![cells["publishedActions"].as_i64().unwrap()];
        computed.extend(list.iter().map(|cell| cell["count"].as_i64().unwrap()));
        published.extend(list.iter().map(|cell| cell["published"].as_i64().unwrap()));
        (computed, published)
    };
    let (total, published) = counts(&dashboard["total"]);
    assert_eq!(total, [43, 8, 18, 8, 5, 4]);
    assert_eq!(published, total);
    let lines = [
        [9, 1, 4, 2, 2, 0],
        [12, 6, 2, 1, 0, 3],
        [7, 0, 4, 2, 1, 0],
        [9, 1, 5, 1, 1, 1],
        [2, 0, 1, 1, 0, 0],
        [4, 0, 2, 1, 1, 0],
    ];
    for (line, expected) in dashboard["lines"].as_array().unwrap().iter().zip(lines) {
        let (computed, published) = counts(&line["counts"]);
        assert_eq!(computed, expected);
        assert_eq!(published, expected);
    }
    assert_eq!(dashboard["round"]["key"], "2025-1");
    assert_eq!(dashboard["actionsInPlan"], 46);
    assert_eq!(
        dashboard["outsideRound"],
        json!([
            { "number": 31, "monitoring": { "state": "OUTSIDE_ROUND" }, "status": null },
            { "number": 34, "monitoring": { "state": "OUTSIDE_ROUND" }, "status": null },
            { "number": 42, "monitoring": { "state": "OUTSIDE_ROUND" }, "status": null },
        ])
    );
}

#[tokio::test]
async fn the_statement_names_the_round_its_interval_its_age_and_what_it_leaves_out() {
    let app = spawn_app();
    let data = app
        .public()
        .ask("{ dashboard { nl: statement en: statement(language: EN) } }")
        .await
        .data();
    assert_eq!(
        data["dashboard"],
        json!({
            "nl": "Van de 46 acties in het plan zijn er 43 opgenomen in het Monitoringsoverzicht \
                2025 (april tot en met juni 2025, 16 maanden oud): 8 afgerond, 18 in uitvoering, 8 \
                in uitvoering met vertraging, 5 doorlopend en 4 nog niet gestart. De acties 31, 34 \
                en 42 zijn er niet in opgenomen: volgens de bron beginnen zij in 2026.",
            "en": "Of the 46 actions in the plan 43 are included in the Monitoring overview 2025 \
                (April to June 2025, 16 months old): 8 completed, 18 in progress, 8 in progress \
                but delayed, 5 ongoing and 4 not started. Actions 31, 34 and 42 are not included \
                in it: by the source they start in 2026.",
        })
    );
}

#[tokio::test]
async fn before_the_first_round_nothing_is_counted() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ dashboard(at: { day: \"2025-06-29\" }) { round { key } statement actionsInPlan \
            total { actions } lines { counts { actions } } } }",
        )
        .await
        .data();
    assert_eq!(
        data["dashboard"],
        json!({
            "round": null, "statement": null, "actionsInPlan": 46, "total": null,
            "lines": vec![json!({ "counts": null }); 6],
        })
    );
}
