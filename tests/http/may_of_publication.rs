//! `Publication.may`: in each state and for each role, a mutation that is listed is carried out and
//! one that is not listed is refused.

use acceptance::{
    App, Client, PERIOD, a_publication, a_release, a_reporting_region, ministry, municipality,
    partner, region, vng,
};
use serde_json::{Value, json};

use crate::publications::{BECAUSE, confirmed, spawn_with_period};

const KEY: &str = "compliance-2026-2-1";

const MUTATIONS: [&str; 3] = ["publish", "respondToVerdict", "withdrawPublication"];

const ROLES: [&str; 6] = ["ministry", "vng", "own", "region", "partner", "public"];

/// How far a publication by name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Prepared, and municipalities may respond.
    Responding,
    /// Prepared, and the term to respond is over.
    Responded,
    Embargoed,
    Published,
    Withdrawn,
}

/// What is listed to a role.
type Listed = (&'static str, &'static [&'static str]);

/// What is listed to whom; nothing to everybody else.
const LISTED: [(Stage, &[Listed]); 5] = [
    (
        Stage::Responding,
        &[
            ("ministry", &["withdrawPublication"]),
            ("own", &["respondToVerdict"]),
        ],
    ),
    (
        Stage::Responded,
        &[("ministry", &["publish", "withdrawPublication"])],
    ),
    (Stage::Embargoed, &[("ministry", &["withdrawPublication"])]),
    (Stage::Published, &[("ministry", &["withdrawPublication"])]),
    (Stage::Withdrawn, &[]),
];

fn input(mutation: &str, key: &str) -> Value {
    let mut input = json!({ "publication": KEY, "idempotencyKey": key });
    match mutation {
        "respondToVerdict" => {
            input["municipality"] = "GM0402".into();
            input["text"] = "Wij werken eraan.".into();
        }
        "withdrawPublication" => input["reason"] = "Een telfout.".into(),
        _ => {}
    }
    input
}

async fn at_stage(stage: Stage) -> App {
    let app = spawn_with_period("ENDORSED").await;
    let of_ministry = app.with(&ministry());
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    confirmed(&app, "GM0402", 1, &["SV-01"]).await;
    a_publication("COMPLIANCE_PICTURE", PERIOD)
        .with("level", "BY_NAME")
        .with("incompleteBecause", BECAUSE)
        .sent_by(&of_ministry)
        .await;
    if stage != Stage::Responding {
        app.clock.set("2026-12-07T08:00:00Z".parse().unwrap());
    }
    match stage {
        Stage::Responding | Stage::Responded => {}
        Stage::Embargoed => {
            a_release(KEY)
                .with("embargoUntil", "2026-12-08T08:00:00Z")
                .sent_by(&of_ministry)
                .await;
        }
        Stage::Published => a_release(KEY).sent_by(&of_ministry).await,
        Stage::Withdrawn => {
            let withdrawn = input("withdrawPublication", "before");
            of_ministry.change("withdrawPublication", withdrawn).await;
        }
    }
    app
}

fn client_of(app: &App, role: &str) -> Client {
    match role {
        "ministry" => app.with(&ministry()),
        "vng" => app.with(&vng()),
        "own" => app.with(&municipality("GM0402")),
        "region" => app.with(&region("VR14")),
        "partner" => app.with(&partner("comensha")),
        _ => app.public(),
    }
}

/// What is listed; nothing to whom there is no publication.
async fn allowed(client: &Client) -> Vec<String> {
    let query = format!("{{ publication(key: \"{KEY}\") {{ may }} }}");
    let answer = client.ask(&query).await.json();
    let may = answer["data"]["publication"]["may"].as_array();
    let names = may.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

/// Whether a mutation is carried out.
async fn is_carried_out(client: &Client, mutation: &str, key: &str) -> bool {
    let answer = client
        .send_mutation(mutation, "", input(mutation, key))
        .await;
    answer.codes() != ["FORBIDDEN"] && answer.data()[mutation]["errors"] == json!([])
}

#[tokio::test]
async fn what_is_listed_of_a_publication_is_carried_out_and_the_rest_is_refused() {
    for (stage, listed) in LISTED {
        let app = at_stage(stage).await;
        for role in ROLES {
            let client = client_of(&app, role);
            let of_role = listed.iter().find(|(of, _)| *of == role);
            let expected: &[&str] = of_role.map_or(&[][..], |(_, mutations)| *mutations);
            assert_eq!(allowed(&client).await, expected, "{stage:?}: {role}");
            for mutation in MUTATIONS.iter().filter(|one| !expected.contains(one)) {
                assert!(
                    !is_carried_out(&client, mutation, "refused").await,
                    "{stage:?}: {role}: {mutation} is not listed"
                );
            }
        }
        for (role, mutations) in listed {
            for mutation in *mutations {
                let app = at_stage(stage).await;
                assert!(
                    is_carried_out(&client_of(&app, role), mutation, "listed").await,
                    "{stage:?}: {role}: {mutation} is listed"
                );
            }
        }
    }
}

#[tokio::test]
async fn nothing_may_be_done_with_a_publication_of_another_moment() {
    let app = at_stage(Stage::Published).await;
    let of_ministry = app.with(&ministry());
    let may = |at: &str| format!("{{ publication(key: \"{KEY}\"{at}) {{ may }} }}");
    let now = of_ministry.ask(&may("")).await;
    assert_eq!(
        now.data()["publication"]["may"],
        json!(["withdrawPublication"])
    );
    let head = now.ledger();
    a_reporting_region("VR13").sent_by(&app.with(&vng())).await;
    let then = may(&format!(", at: {{ ledger: {head} }}"));
    assert_eq!(
        of_ministry.ask(&then).await.data()["publication"]["may"],
        json!([])
    );
}
