//! What one may not see is not there: whoever asks for a hidden assessment gets what it gets for
//! one that does not exist.

use acceptance::{
    App, Client, PERIOD, a_draft, a_reporting_region, met, ministry, municipality, partner, region,
    spawn_app, spawn_app_without_second_wall, vng,
};
use serde_json::json;

use super::{
    LAREN, OTHER, OWN, Subject, Who,
    inputs::input,
    measure::{ids_of, weight},
    prepare::prepare,
};

/// The questions about one municipality's assessment, by which somebody could learn that there is
/// one.
fn questions(code: &str, id: &str) -> Vec<String> {
    let verdict = |arguments: &str| {
        format!(
            "{{ verdict(municipality: \"{code}\", period: \"{PERIOD}\", {arguments}) {{
                status label since ledger grounds {{ rule {{ nl }} counts {{ met }} }} }} }}"
        )
    };
    vec![
        format!(
            "{{ assessment(municipality: \"{code}\", period: \"{PERIOD}\") {{
                id state draft {{ answers {{ criterion {{ code }} }} }}
                versions {{ number hash answers {{ criterion {{ code }} answer explanation }} }}
                latestVersion {{ receipt }} }} }}"
        ),
        format!(
            "{{ assessment(municipality: \"{code}\", period: \"{PERIOD}\",
                at: {{ day: \"2026-11-22\" }}) {{ state }} }}"
        ),
        verdict("basis: CONFIRMED"),
        verdict("basis: SUBMITTED"),
        verdict("basis: SUBMITTED, at: { day: \"2026-11-22\" }"),
        format!(
            "{{ node(id: \"{id}\") {{
                id ... on Assessment {{ state versions {{ number }} }} }} }}"
        ),
        format!(
            "{{ ledger(subjectKind: \"Assessment\", subjectKey: \"{code}/{PERIOD}\") {{
                totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ number hash }} }} }}"
        ),
        format!(
            "{{ ledger(subjectKey: \"{code}/{PERIOD}\") {{ totalCount nodes {{ number }} }} }}"
        ),
    ]
}

#[tokio::test]
async fn what_one_may_not_see_is_not_there() {
    hides(spawn_app()).await;
}

#[tokio::test]
async fn the_first_wall_alone_hides_as_much() {
    hides(spawn_app_without_second_wall()).await;
}

/// A question about an assessment that is hidden, and the same about one that does not exist.
type Pair = (String, String);

/// What is hidden equals what is absent, byte for byte and in the number of statements.
async fn hides(app: App) {
    let reviewer = app.with(&vng());
    for area in ["VR14", "VR13"] {
        a_reporting_region(area).sent_by(&reviewer).await;
    }
    prepare(&app).await;
    let hidden_id = ids_of(&reviewer, Subject::Own).await.assessment;
    let absent_id = absent_id(&app.public(), &hidden_id).await;
    let absent = questions(LAREN, &absent_id);
    let pairs: Vec<Pair> = questions(OWN, &hidden_id).into_iter().zip(absent).collect();
    for (name, stranger) in [
        ("public", app.public()),
        ("partner", app.with(&partner("comensha"))),
        ("municipality", app.with(&municipality(OTHER))),
        ("region", app.with(&region("VR13"))),
    ] {
        for pair in &pairs {
            learns_nothing(name, &stranger, pair).await;
        }
        changes_nothing(name, &stranger).await;
    }

    // The ministry sees no verdict that VNG has not confirmed, nor whether there is one to confirm.
    let ministry = app.with(&ministry());
    for (hidden, absent) in &pairs[3..=4] {
        let shown = ministry.ask_again(hidden).await;
        assert_eq!(shown, ministry.ask_again(absent).await);
        assert_eq!(shown.data(), json!({ "verdict": null }));
    }

    // The questions were good ones: whoever may see an assessment gets an answer to each, by that
    // very id.
    for (question, _) in &pairs {
        let answer = app.with(&municipality(OWN)).ask(question).await;
        assert!(weight(&answer.data()) > 0, "{question}");
    }
    let laren = app.with(&municipality(LAREN));
    a_draft(LAREN, met(&["SV-01"])).sent_by(&laren).await;
    let node = format!("{{ node(id: \"{absent_id}\") {{ ... on Assessment {{ state }} }} }}");
    let shown = laren.ask(&node).await.data();
    assert_eq!(shown, json!({ "node": { "state": "DRAFT" } }));
}

/// The id that an assessment of Laren would have. It has none, so nobody gave out an id of it; an
/// id holds the code and then the period, as the ids of the municipalities show.
async fn absent_id(public: &Client, hidden: &str) -> String {
    let place = format!(
        "{{ a: municipality(code: \"{OWN}\") {{ id }}
            b: municipality(code: \"{LAREN}\") {{ id }} }}"
    );
    let places = public.ask(&place).await.data();
    let [own, none] = ["a", "b"].map(|name| {
        let id = places[name]["id"].as_str().expect("an id");
        id.split_once('_').expect("a code").1.to_owned()
    });
    let absent = hidden.replacen(&own, &none, 1);
    assert_ne!(hidden, absent);
    absent
}

async fn learns_nothing(name: &str, stranger: &Client, (hidden, absent): &Pair) {
    let shown = stranger.ask_again(hidden).await;
    let nothing = stranger.ask_again(absent).await;
    assert_eq!(shown, nothing, "{name}: {hidden}");
    assert_eq!(shown.statements(), nothing.statements(), "{name}: {hidden}");
    assert!(shown.statements() > 0, "{name}: {hidden}");
    let data = shown.data();
    let is_empty = data.as_object().is_some_and(|data| {
        data.values().all(|value| {
            value.is_null() || (value["totalCount"] == 0 && value["nodes"] == json!([]))
        })
    });
    assert!(is_empty, "{name}: {}", shown.body);
}

async fn changes_nothing(name: &str, stranger: &Client) {
    for mutation in [
        "saveDraft",
        "submitAssessment",
        "claimReview",
        "confirmAssessment",
    ] {
        let mut hidden = input(mutation, Who::Public, Subject::Own);
        let shown = stranger.send_mutation(mutation, "", hidden.clone()).await;
        hidden["municipality"] = json!(LAREN);
        let nothing = stranger.send_mutation(mutation, "", hidden).await;
        assert_eq!(shown, nothing, "{name}: {mutation}");
        assert_eq!(shown.codes(), ["FORBIDDEN"], "{name}: {mutation}");
    }
}
