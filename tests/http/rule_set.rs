//! A rule set takes the place of another: what was published by the earlier one stays byte for
//! byte, with a dated note beside it, and a new publication shows the difference.

use acceptance::{
    App, PERIOD, a_claim, a_confirmation, a_draft, a_period, a_publication, a_release,
    a_submission, edited, met, ministry, municipality, spawn_app, vng,
};
use dataset::DataSet;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::publications::BECAUSE;

/// The criteria that count and that a municipality answers itself.
pub(crate) const OWN: [&str; 15] = [
    "BB-03", "BB-04", "BB-05", "BB-07", "SV-01", "SV-02", "SV-03", "SV-04", "BW-01", "SK-02",
    "SK-03", "SK-04", "SK-05", "OH-01", "OH-02",
];
/// Municipalities of which no decision is registered, and that meet all of these.
const SILENT: [&str; 3] = ["GM0376", "GM0402", "GM0406"];
/// The same with a registered decision.
const ADOPTED: [&str; 3] = ["GM0310", "GM1706", "GM1950"];
/// Municipalities of which no decision is registered, and that meet one.
const FAR: [&str; 3] = ["GM0344", "GM0363", "GM0518"];

/// Stores the verdicts as rule set VOORSTEL-1 gave them: a policy of which nothing was known was
/// not met.
async fn as_judged_by_the_earlier_rules(app: &App) {
    let superuser = app.database.superuser().await;
    superuser
        .execute_unprepared(
            r#"set session_replication_role = replica;
             update fact.framework_edition set rule_set = 'VOORSTEL-1';
             update fact.verdict_span set status = 'NOT_COMPLIANT',
                grounds = replace(replace(grounds::text,
                    '"effective": "UNKNOWN"', '"effective": "NOT_MET"'),
                    '"rule": "OTHERWISE"', '"rule": "POLICY_MISSING"')::jsonb
             where jsonb_path_exists(grounds,
                '$.criteria[*] ? (@.criterion == "BB-01" && @.effective == "UNKNOWN")');
             update fact.verdict_span set grounds = replace(grounds::text,
                '"rule_set": "VOORSTEL-2"', '"rule_set": "VOORSTEL-1"')::jsonb"#,
        )
        .await
        .unwrap();
    superuser.close().await.unwrap();
}

async fn notes(app: &App, key: &str) -> Value {
    let query = format!(
        "{{ publication(key: \"{key}\") {{ notes {{ notedOn text {{ nl en }} }}
            manifest {{ ruleSet }} }} }}"
    );
    app.public().ask(&query).await.data()["publication"].clone()
}

#[tokio::test]
async fn what_was_published_stays_and_a_note_stands_beside_it() {
    let app = spawn_app();
    let endorsed = edited(&[("framework_editions.csv", ",PROPOSED,", ",ENDORSED,")]);
    app.database.import(&endorsed).await;
    let (reviewer, of_ministry) = (app.with(&vng()), app.with(&ministry()));
    a_period().sent_by(&reviewer).await;
    let all = [SILENT, ADOPTED, FAR].concat();
    for code in all {
        let own = app.with(&municipality(code));
        let answered = if FAR.contains(&code) {
            &OWN[..1]
        } else {
            &OWN[..]
        };
        a_draft(code, met(answered)).sent_by(&own).await;
        a_submission(code).sent_by(&own).await;
        a_claim(code).sent_by(&reviewer).await;
        a_confirmation(code, 1).sent_by(&reviewer).await;
    }
    as_judged_by_the_earlier_rules(&app).await;
    // By name, as of a period there is one picture without names; the term to respond is over then.
    let publish = async |key: &str, on: &str| {
        a_publication("COMPLIANCE_PICTURE", PERIOD)
            .with("level", "BY_NAME")
            .with("incompleteBecause", BECAUSE)
            .sent_by(&of_ministry)
            .await;
        app.clock.set(on.parse().unwrap());
        a_release(key).sent_by(&of_ministry).await;
    };
    publish("compliance-2026-2-1", "2026-12-05T09:00:00Z").await;
    let file = "/v1/publications/compliance-2026-2-1.json";
    let frozen = app.public().get(file).await;
    assert!(
        frozen.body.contains("\"rule_set\": \"VOORSTEL-1\""),
        "{}",
        frozen.body
    );
    assert_eq!(
        notes(&app, "compliance-2026-2-1").await,
        json!({ "notes": [], "manifest": { "ruleSet": "VOORSTEL-1" } })
    );

    let imported = app.database.import(&endorsed).await;
    let moved = imported.judged.moved.iter();
    let moved: Vec<(&str, &str, usize)> = moved
        .map(|one| (one.before.code(), one.after.code(), one.count))
        .collect();
    assert_eq!(moved, [("NOT_COMPLIANT", "PARTLY_COMPLIANT", 6)]);
    assert_eq!((imported.judged.anew, imported.judged.beside), (18, 0));
    assert_eq!(imported.noted, ["compliance-2026-2-1"]);
    let again = app.database.import(&endorsed).await;
    assert_eq!((again.judged.anew, again.noted.len()), (0, 0));

    assert_eq!(app.public().get(file).await, frozen);
    assert_eq!(
        notes(&app, "compliance-2026-2-1").await["notes"],
        json!([{
            "notedOn": "2026-11-22",
            "text": {
                "nl": "De cijfers van deze publicatie volgen uit regelset VOORSTEL-1. Volgens \
                    regelset VOORSTEL-2, die daarvoor in de plaats is gekomen, luiden zij anders. \
                    De bestanden van deze publicatie zijn niet gewijzigd.",
                "en": "The figures of this publication follow from rule set VOORSTEL-1. By rule set \
                    VOORSTEL-2, which has taken its place, they read otherwise. The files of this \
                    publication have not been changed.",
            },
        }])
    );
    publish("compliance-2026-2-2", "2026-12-19T09:00:00Z").await;
    assert_eq!(
        notes(&app, "compliance-2026-2-2").await,
        json!({ "notes": [], "manifest": { "ruleSet": "VOORSTEL-2" } })
    );
    let difference = "{ publication(key: \"compliance-2026-2-2\") {
        difference(with: \"compliance-2026-2-1\") { key column before after } } }";
    let difference = app.public().ask(difference).await.data();
    let changes = difference["publication"]["difference"].as_array().unwrap();
    let of = |key: &str| -> Vec<&Value> {
        let changes = changes.iter();
        changes.filter(|change| change["key"] == key).collect()
    };
    let change = |key: &str, column: &str, before: &str, after: &str| json!({ "key": key, "column": column, "before": before, "after": after });
    assert_eq!(
        of("NL"),
        [
            &change("NL", "not_compliant", "6", "3"),
            &change("NL", "partly_compliant", "3", "6"),
        ]
    );
    // Answers are counted in the one picture without names, and in nothing else.
    assert_eq!(of("BB-01"), [&Value::Null; 0]);
}

#[test]
fn an_import_in_which_a_decision_could_worsen_a_verdict_is_refused() {
    let row = "VOORSTEL-1,BB-01,BB,1,BASIC,";
    let refused = DataSet::changed(&|file, built_in| {
        let required = format!("{row}yes,");
        match file {
            "criteria.csv" => built_in.replacen(&required, &format!("{row}no,"), 1),
            _ => built_in.to_owned(),
        }
    });
    let mistakes = refused.unwrap_err().0;
    let shown: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        ["framework_editions.csv:2: VOORSTEL-1: Where BB-02 is required, BB-01 is required too."]
    );
}
