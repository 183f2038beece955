//! Search: what a person expects to find, in which order, at which moment; and what nobody ever
//! finds.

use acceptance::{
    App, Client, DataFolder, a_draft, a_period, a_reporting_region, a_submission, ministry,
    municipality, region, spawn_app, vng,
};
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use serde_json::{Value, json};

const SEARCH: &str = "query ($text: String!, $kinds: [SearchKind!], $first: Int, $after: String) {
    search(text: $text, kinds: $kinds, first: $first, after: $after) {
        totalCount nodes { kind key title { nl } excerpt rank }
        pageInfo { hasNextPage endCursor } } }";

async fn hits(client: &Client, variables: Value) -> Value {
    client.send(SEARCH, variables).await.data()["search"].clone()
}

/// What a text finds, as `KIND key`, the best first.
async fn found(client: &Client, text: &str) -> Vec<String> {
    let found = hits(client, json!({ "text": text, "first": 100 })).await;
    let nodes = found["nodes"].as_array().expect("a list");
    nodes
        .iter()
        .map(|hit| {
            format!(
                "{} {}",
                hit["kind"].as_str().expect("a kind"),
                hit["key"].as_str().expect("a key")
            )
        })
        .collect()
}

/// Municipalities that share a name with another or did: each is found by the name that tells
/// them apart, whatever signs are typed.
#[tokio::test]
async fn a_name_with_its_province_finds_the_one_that_bears_it() {
    let app = spawn_app();
    let public = app.public();
    for (text, expected) in [
        ("Bergen (L.)", "MUNICIPALITY GM0893"),
        ("Bergen (NH.)", "MUNICIPALITY GM0373"),
        ("bergen nh", "MUNICIPALITY GM0373"),
        ("Laren (NH.)", "MUNICIPALITY GM0417"),
        ("Beek (L.)", "MUNICIPALITY GM0888"),
        ("Stein (L.)", "MUNICIPALITY GM0971"),
        ("Hengelo (O.)", "MUNICIPALITY GM0164"),
        ("Rijswijk (ZH.)", "MUNICIPALITY GM0603"),
        ("Middelburg (Z.)", "MUNICIPALITY GM0687"),
    ] {
        assert_eq!(found(&public, text).await[0], expected, "{text}");
    }
}

#[tokio::test]
async fn a_person_finds_what_a_person_expects() {
    let app = spawn_app();
    let public = app.public();
    for (text, expected) in [
        (
            "ketenregisseur",
            &[
                "ACTION 2024/33",
                "ACTION 2024/35",
                "ACTION 2024/34",
                "FUNCTION_ROLE CHAIN_COORDINATOR",
            ][..],
        ),
        (
            "opvang",
            &[
                "ACTION 2024/23",
                "ACTION 2024/24",
                "ACTION 2024/26",
                "PROPOSAL opvang",
            ],
        ),
        (
            "comensha",
            &[
                "PARTNER comensha",
                "ACTION 2024/33",
                "ACTION 2024/41",
                "ACTION 2024/10",
            ],
        ),
        (
            "reclassering",
            &["ACTION 2024/9", "PARTNER reclasseringacademie"],
        ),
        ("geïnventariseerd", &["ACTION 2024/1", "ACTION 2024/12"]),
        ("inventariseren", &["ACTION 2024/1", "ACTION 2024/12"]),
        ("Den Haag", &["MUNICIPALITY GM0518", "AREA PE06"]),
        ("den bosch", &["MUNICIPALITY GM0796"]),
        ("’s-Gravenhage", &["MUNICIPALITY GM0518"]),
        ("gm0402", &["MUNICIPALITY GM0402"]),
        ("Gooi en Vechtstreek", &["AREA VR14"]),
        ("politie", &["PARTNER politie", "ACTION 2024/8"]),
        ("actie 33", &["ACTION 2024/33"]),
        ("2024/33", &["ACTION 2024/33"]),
        ("chain coordinator", &["FUNCTION_ROLE CHAIN_COORDINATOR"]),
        ("school", &["ACTION 2024/2", "ACTION 2024/5"]),
    ] {
        let found = found(&public, text).await;
        let first: Vec<&str> = found
            .iter()
            .map(String::as_str)
            .take(expected.len())
            .collect();
        assert_eq!(first, expected, "{text}");
    }
    assert_eq!(
        found(&public, "geïnventariseerd").await,
        found(&public, "Inventarisatie").await
    );
    assert_eq!(
        found(&public, "Súdwest Fryslân").await,
        found(&public, "sudwest-fryslan").await
    );
    assert_eq!(found(&public, "opvang zandkasteel").await, [""; 0]);
}

#[tokio::test]
async fn a_hit_shows_the_passage_and_leads_to_the_thing() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ search(text: \"e-learning reclassering\") {
                nodes { kindLabel en: kindLabel(language: EN) title { nl en }
                excerpt subject { id ... on Action { number line { key } } } } }
               search2: search(text: \"hilversum\") {
               nodes { excerpt subject { ... on Municipality { region { code } } } } }
               search3: search(text: \"ketenregisseur\", kinds: [FUNCTION_ROLE], first: 1) {
               nodes { excerpt subject { __typename } } } }",
        )
        .await
        .data();
    let mut action = data["search"]["nodes"][0].clone();
    assert!(action["subject"]["id"].take().is_string());
    assert_eq!(
        action,
        json!({
            "kindLabel": "Actie", "en": "Action",
            "title": { "nl": "Training e-learning reclasseringsmedewerkers",
                "en": "E-learning training for probation staff" },
            "excerpt": "E-learning wordt ontwikkeld door Reclasseringacademie. Verwacht gereed \
                zomer 2025.",
            "subject": { "id": null, "number": 9, "line": { "key": "2024/1" } },
        })
    );
    assert_eq!(
        data["search2"]["nodes"],
        json!([{ "excerpt": null, "subject": { "region": { "code": "VR14" } } }])
    );
    assert_eq!(
        data["search3"]["nodes"],
        json!([{
            "excerpt": "De gemeenten werken regionaal samen aan het trainingsaanbod. De \
                ketenregisseur kan hierbij \
                ondersteunen door te kijken wat er landelijk beschikbaar is en ontwikkeld wordt. \
                De ketenregisseur \
                mensenhandel zorgt dat de ketenpartners integraal …",
            "subject": { "__typename": "FunctionRole" },
        }])
    );
}

#[tokio::test]
async fn pages_follow_each_other_and_kinds_narrow() {
    let app = spawn_app();
    let public = app.public();
    let all = hits(&public, json!({ "text": "mensenhandel", "first": 100 })).await;
    let mut after = Value::Null;
    let mut paged = Vec::new();
    loop {
        let page = hits(
            &public,
            json!({ "text": "mensenhandel", "first": 9, "after": after }),
        )
        .await;
        assert_eq!(page["totalCount"], all["totalCount"]);
        paged.extend(page["nodes"].as_array().unwrap().iter().cloned());
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(paged, *all["nodes"].as_array().unwrap());
    let ranks: Vec<f64> = paged
        .iter()
        .map(|hit| hit["rank"].as_f64().unwrap())
        .collect();
    assert!(ranks.is_sorted_by(|a, b| a >= b), "{ranks:?}");

    let partners = hits(
        &public,
        json!({ "text": "comensha", "kinds": ["PARTNER", "NATIONAL_FIGURE"], "first": 2 }),
    )
    .await;
    assert_eq!(partners["nodes"][0]["kind"], "PARTNER");
    assert_eq!(partners["nodes"][1]["kind"], "NATIONAL_FIGURE");
    let none = hits(&public, json!({ "text": "comensha", "kinds": [] })).await;
    assert_eq!(none["totalCount"], 0);
    // A cursor of another search is a mistake, and not the end of this one.
    let foreign = public
        .send(SEARCH, json!({ "text": "comensha", "after": after }))
        .await;
    assert_eq!(foreign.codes(), ["BAD_REQUEST"]);
}

#[tokio::test]
async fn what_cannot_be_looked_for_is_refused_in_two_languages() {
    let app = spawn_app();
    for text in ["", "   ", "de van het een", "?!:&|()<>'\"\\", "the of a"] {
        let answer = app.public().send(SEARCH, json!({ "text": text })).await;
        assert_eq!(answer.codes(), ["BAD_REQUEST"], "{text:?}");
        let error = answer.json()["errors"][0].clone();
        assert_eq!(
            error["message"],
            "`text` has no word to look for: punctuation, single letters and words like ‘de’ and \
                ‘the’ do not count."
        );
        assert_eq!(
            error["extensions"]["messageNl"],
            "`text` bevat geen woord om op te zoeken: leestekens, losse letters en woorden als \
                ‘de’ en ‘van’ tellen niet."
        );
    }
    let answer = app
        .public()
        .send(SEARCH, json!({ "text": "a".repeat(201), "first": 101 }))
        .await;
    assert_eq!(answer.codes(), ["BAD_REQUEST"]);
    assert_eq!(
        answer.json()["errors"][0]["message"],
        "`text` may have at most 200 characters. `first` must be between 1 and 100."
    );
}

#[tokio::test]
async fn whatever_is_typed_postgres_understands_the_query() {
    let app = spawn_app();
    let public = app.public();
    let mut runner = TestRunner::deterministic();
    let texts = [
        "\\PC{0,200}",
        "[a-zéï'\"\\\\:!&|()<>*0-9 -]{0,60}",
        "(de|van|ge|[a-z]{1,9}(eren|eerd|atie|s))( [:!&|('*]{0,3}[a-z]{0,5}){0,8}",
    ];
    for pattern in texts {
        let strategy = proptest::string::string_regex(pattern).unwrap();
        for _ in 0..60 {
            let text = strategy.new_tree(&mut runner).unwrap().current();
            let answer = public
                .send(SEARCH, json!({ "text": text, "first": 1 }))
                .await;
            let codes = answer.codes();
            assert!(
                codes.is_empty() || codes == ["BAD_REQUEST"],
                "{text:?}: {}",
                answer.body
            );
        }
    }
}

#[tokio::test]
async fn a_search_in_the_past_finds_what_was_known_then() {
    let app = spawn_app();
    let public = app.public();
    let old = "Eenduidige definitie en functieprofiel ketenregisseur en inbedding hiervan";
    let new = "Zandkasteel voor ketenregisseurs";
    let moment = public
        .send(SEARCH, json!({ "text": "ketenregisseur" }))
        .await
        .ledger();
    let folder = DataFolder::copy();
    folder.change(
        "actions.csv",
        &format!("2024,33,4,{old},"),
        &format!("2024,33,4,{new},"),
    );
    let proposals = folder.text("proposals.csv");
    let row = proposals
        .lines()
        .find(|line| line.starts_with("opvang,"))
        .unwrap();
    folder.change("proposals.csv", &format!("{row}\n"), "");
    folder.import(&app.database).await.unwrap();

    let title = |text: &str, moment: Option<i64>| {
        let at = moment.map_or(String::new(), |moment| {
            format!(", at: {{ ledger: {moment} }}")
        });
        format!(
            "{{ search(text: \"{text}\", kinds: [ACTION, PROPOSAL]{at}) {{ \
                nodes {{ key title {{ nl }} }} }} }}"
        )
    };
    let now = public.ask(&title("zandkasteel", None)).await.data();
    assert_eq!(
        now["search"]["nodes"],
        json!([{ "key": "2024/33", "title": { "nl": new } }])
    );
    let then = public.ask(&title("zandkasteel", Some(moment))).await.data();
    assert_eq!(then["search"]["nodes"], json!([]));
    let then = public
        .ask(&title(
            "functieprofiel ketenregisseur inbedding",
            Some(moment),
        ))
        .await
        .data();
    assert_eq!(
        then["search"]["nodes"][0],
        json!({ "key": "2024/33", "title": { "nl": old } })
    );
    // What is gone is found no more, and was there.
    let opvang = json!({ "key": "opvang", "title": { "nl": "Opvang" } });
    let nodes = |data: Value| data["search"]["nodes"].as_array().unwrap().clone();
    let now = nodes(public.ask(&title("opvang", None)).await.data());
    let then = nodes(public.ask(&title("opvang", Some(moment))).await.data());
    assert!(!now.contains(&opvang));
    assert!(then.contains(&opvang));
}

#[tokio::test]
async fn a_report_in_an_open_round_is_not_found() {
    let app = spawn_app();
    let public = app.public();
    // The word stands in the explanation of one report and nowhere else.
    assert_eq!(found(&public, "regiehouders").await, ["ACTION 2024/33"]);
    let folder = DataFolder::copy();
    folder.change("monitoring_rounds.csv", ",CLOSED,", ",OPEN,");
    folder.import(&app.database).await.unwrap();
    assert_eq!(found(&public, "regiehouders").await, [""; 0]);
}

/// Hilversum saves and submits an answer with one word, and saves another draft with another.
async fn fill_in(app: &App) {
    a_period().sent_by(&app.with(&vng())).await;
    let hilversum = app.with(&municipality("GM0402"));
    let draft = |criterion: &str, word: &str| {
        let explanation = format!("Wegens {word} nog niet.");
        let answer =
            json!({ "criterion": criterion, "answer": "NOT_MET", "explanation": explanation });
        a_draft("GM0402", json!([answer]))
    };
    draft("SV-01", "kwelderzegge").sent_by(&hilversum).await;
    let submission = a_submission("GM0402");
    let submission = submission.with("approvedByFunction", "Portefeuillehouder zonneroosje");
    submission.sent_by(&hilversum).await;
    draft("SV-02", "waterlepeltje").sent_by(&hilversum).await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
}

#[tokio::test]
async fn nothing_of_an_assessment_or_a_draft_is_ever_found_by_anybody() {
    let app = spawn_app();
    let before = found(&app.public(), "gemeente").await;
    fill_in(&app).await;
    let clients = [
        app.public(),
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
        app.with(&vng()),
        app.with(&ministry()),
    ];
    for client in &clients {
        for word in ["kwelderzegge", "waterlepeltje", "zonneroosje"] {
            assert_eq!(found(client, word).await, [""; 0], "{word}");
        }
        assert_eq!(found(client, "gemeente").await, before);
    }
    let kept = app
        .database
        .count(
            "select count(*) from search_document d
             where d::text ~ 'kwelderzegge|waterlepeltje|zonneroosje' or kind ~
             'ASSESSMENT|DRAFT|VERDICT'",
        )
        .await;
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn a_search_costs_one_statement_and_its_nodes_one_per_table() {
    let app = spawn_app();
    let public = app.public();
    for (expected, kinds, fields) in [
        (2, "", "kind key title { nl } excerpt"),
        (
            2,
            ", kinds: [ACTION]",
            "subject { id ... on Action { title { nl } } }",
        ),
        (
            2,
            ", kinds: [ACTION, PROPOSAL]",
            "plan { key } subject { id ... on Action { title { nl } } }",
        ),
        (
            2,
            ", kinds: [MUNICIPALITY]",
            "subject { id ... on Municipality { name } }",
        ),
    ] {
        let query = format!(
            "{{ search(text: \"gemeente\"{kinds}, first: FIRST) {{ totalCount \
                nodes {{ {fields} }} }} }}"
        );
        let one = public.ask_again(&query.replace("FIRST", "1")).await;
        let many = public.ask_again(&query.replace("FIRST", "100")).await;
        assert_eq!(
            (one.statements(), many.statements()),
            (expected, expected),
            "{query}"
        );
    }
}

/// Words that find something of each kind, and what that is of.
const OF_EACH_KIND: [(&str, &str, &str); 17] = [
    ("ACTION", "ketenregisseur", "Action"),
    ("ACTION_LINE", "versterken", "ActionLine"),
    ("AREA", "Gooi en Vechtstreek", "Area"),
    ("BUILDING_BLOCK", "bouwsteen", "BuildingBlock"),
    ("CRITERION", "BB-01", "Criterion"),
    ("EVENT", "sessie", "Event"),
    ("FUNCTION_ROLE", "ketenregisseur", "FunctionRole"),
    ("INTENDED_EFFECT", "slachtoffers", "IntendedEffect"),
    ("MOTION", "motie", "Motion"),
    ("MUNICIPALITY", "Hilversum", "Municipality"),
    ("NATIONAL_FIGURE", "slachtoffers", "NationalFigure"),
    ("OPERATIONAL_GOAL", "2024", "OperationalGoal"),
    ("PARTNER", "CoMensha", "Partner"),
    ("POLICY_DOCUMENT", "beleid", "PolicyDocument"),
    ("PROPOSAL", "opvang", "Proposal"),
    ("REPORTING_POINT", "melden", "ReportingPoint"),
    ("SOURCE_DOCUMENT", "monitoring", "SourceDocument"),
];

#[tokio::test]
async fn a_hit_of_each_kind_opens_and_names_its_plan() {
    let app = spawn_app();
    let public = app.public();
    let of_a_plan = [
        "ACTION",
        "ACTION_LINE",
        "INTENDED_EFFECT",
        "OPERATIONAL_GOAL",
        "PROPOSAL",
    ];
    for (kind, text, of) in OF_EACH_KIND {
        let query = format!(
            "{{ search(text: \"{text}\", kinds: [{kind}]) {{ nodes {{ key plan {{ key }}
                subject {{ __typename id }} }} }} }}"
        );
        let found = public.ask(&query).await.data()["search"]["nodes"].clone();
        let hits = found.as_array().expect("a list");
        assert!(!hits.is_empty(), "{kind}: {text}");
        for hit in hits {
            assert_eq!(hit["subject"]["__typename"], of, "{hit}");
            assert_eq!(hit["plan"].is_object(), of_a_plan.contains(&kind), "{hit}");
            let id = &hit["subject"]["id"];
            let again = format!("{{ node(id: {id}) {{ __typename id }} }}");
            assert_eq!(
                public.ask(&again).await.data()["node"],
                hit["subject"],
                "{hit}"
            );
        }
    }
    let kinds = public
        .ask("{ codeLists(names: [\"SearchKind\"]) { values { code } } }")
        .await
        .data()["codeLists"][0]["values"]
        .clone();
    let listed: Vec<&str> = OF_EACH_KIND.iter().map(|(kind, _, _)| *kind).collect();
    let codes: Vec<&str> = kinds
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|value| value["code"].as_str())
        .collect();
    assert_eq!(listed, codes);
}
