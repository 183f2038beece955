//! Who fills a function, as people record it, and where one is known to be filled.

use acceptance::{municipality, partner, spawn_app, vng};
use serde_json::{Value, json};

use crate::recorded_policy::source;

fn officer(key: &str, municipality: &str) -> Value {
    json!({
        "key": format!("officer-{key}"), "role": "DESIGNATED_OFFICER",
        "place": { "municipality": municipality }, "organisation": "Team Veiligheid",
        "trained": "YES", "from": "2026-06-01", "text": "Team Veiligheid is aangewezen.",
        "source": source(), "idempotencyKey": key,
    })
}

const COVERAGE: &str = "{ coverage(role: DESIGNATED_OFFICER) { role { code } day
    country { municipalities covered notCovered unknown }
    areas { area { code } counts { municipalities covered notCovered unknown } }
    municipalities(state: COVERED) { municipality { code } } } }";

fn gooi(answer: &Value) -> Value {
    let areas = answer["coverage"]["areas"].as_array().unwrap();
    assert_eq!(areas.len(), 25);
    let gooi = areas.iter().find(|area| area["area"]["code"] == "VR14");
    gooi.unwrap()["counts"].clone()
}

#[tokio::test]
async fn a_function_is_covered_while_somebody_fills_it_and_unknown_is_not_no() {
    let app = spawn_app();
    let (public, hilversum) = (app.public(), app.with(&municipality("GM0402")));
    let before = public.ask_again(COVERAGE).await;
    assert_eq!(
        before.data()["coverage"]["country"],
        json!({ "municipalities": 342, "covered": 0, "notCovered": 0, "unknown": 342 })
    );
    let selection = "assignment { key organisation trained enoughTime from until ledger \
        countsFor source { lines } }";
    let assigned = hilversum
        .change_and_read("assignFunction", selection, officer("own", "GM0402"))
        .await;
    let version = assigned["assignment"]["ledger"].clone();
    assert_eq!(
        assigned["assignment"],
        json!({
            "key": "officer-own", "organisation": "Team Veiligheid", "trained": "YES",
            "enoughTime": "UNKNOWN", "from": "2026-06-01", "until": null,
            "countsFor": "MUNICIPALITY", "source": { "lines": "7" }, "ledger": version,
        })
    );
    let after = public.ask_again(COVERAGE).await;
    assert_eq!(after.statements(), before.statements());
    assert_eq!(
        gooi(&after.data()),
        json!({ "municipalities": 6, "covered": 1, "notCovered": 0, "unknown": 5 })
    );
    assert_eq!(
        after.data()["coverage"]["municipalities"],
        json!([{ "municipality": { "code": "GM0402" } }])
    );

    // It ends on a day, and is no longer covered from then, without any write on the day.
    let mut ending = officer("end", "GM0402");
    ending["key"] = json!("officer-own");
    ending["until"] = json!("2026-12-01");
    assert_eq!(
        hilversum.mistakes("assignFunction", ending.clone()).await,
        ["CONFLICT expectedVersion"]
    );
    ending["expectedVersion"] = version;
    hilversum.change("assignFunction", ending).await;
    app.clock.set("2026-11-30T22:59:59Z".parse().unwrap());
    assert_eq!(gooi(&public.ask(COVERAGE).await.data())["covered"], 1);
    app.clock.set("2026-11-30T23:00:00Z".parse().unwrap());
    assert_eq!(
        gooi(&public.ask(COVERAGE).await.data()),
        json!({ "municipalities": 6, "covered": 0, "notCovered": 1, "unknown": 5 })
    );
    // Each covers the members of the one region whose policy says so.
    let regional = public
        .ask(
            "{ care: coverage(role: CARE_COORDINATOR) { country { covered unknown } }
               chain: coverage(role: CHAIN_COORDINATOR) { country { covered notCovered unknown }
               statement { nl en } sources { key dateText { nl } }
               areas(kind: POLICE_UNIT) { area { code } counts { municipalities covered } } } }",
        )
        .await
        .data();
    let then = public
        .ask(
            "{ coverage(role: CARE_COORDINATOR, at: { day: \"2019-12-31\" }) {
               country { municipalities } } }",
        )
        .await
        .data();
    assert_eq!(
        regional["care"]["country"],
        json!({ "covered": 6, "unknown": 336 })
    );
    let unit = regional["chain"]["areas"].as_array().unwrap();
    let unit = unit
        .iter()
        .find(|area| area["area"]["code"] == "PE03")
        .unwrap();
    assert_eq!(unit["counts"]["covered"], 6);
    assert_eq!(
        regional["chain"]["country"],
        json!({ "covered": 6, "notCovered": 0, "unknown": 336 })
    );
    assert_eq!(
        regional["chain"]["statement"],
        json!({
            "nl": "Ketenregisseur: van 6 gemeenten is bekend dat de functie is ingevuld, en van \
                336 is het niet bekend. De bronnen zijn van december 2022.",
            "en": "Chain coordinator: of 6 municipalities it is known that the function is filled, \
                and of 336 it is not known. The sources are of December 2022.",
        })
    );
    assert_eq!(
        regional["chain"]["sources"],
        json!([{
            "key": "policy-gooi-en-vechtstreek", "dateText": { "nl": "December 2022" },
        }])
    );
    assert_eq!(then["coverage"]["country"]["municipalities"], 355);
}

#[tokio::test]
async fn a_white_spot_is_declared_by_whom_it_is_of_and_ends_when_somebody_fills_it() {
    let app = spawn_app();
    let (public, hilversum) = (app.public(), app.with(&municipality("GM0402")));
    let vacancy = json!({
        "key": "officer-vacant-hilversum", "role": "DESIGNATED_OFFICER",
        "place": { "municipality": "GM0402" }, "from": "2026-06-01",
        "text": "De functie is vacant.", "source": source(), "idempotencyKey": "vacant",
    });
    let document = "mutation ($input: DeclareFunctionVacancyInput!) { \
        declareFunctionVacancy(input: $input) { errors { code } } }";
    let refused = app
        .with(&municipality("GM0363"))
        .send(document, json!({ "input": vacancy }))
        .await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    let mut wrong = vacancy.clone();
    wrong["text"] = json!("");
    wrong["until"] = json!("2026-06-01");
    wrong["idempotencyKey"] = json!("wrong");
    assert_eq!(
        hilversum.mistakes("declareFunctionVacancy", wrong).await,
        ["TEXT_LENGTH text", "DATES_OUT_OF_ORDER until"]
    );
    let selection = "vacancy { key role municipality { code } area { code } from until text \
        source { lines } }";
    let declared = hilversum
        .change_and_read("declareFunctionVacancy", selection, vacancy)
        .await;
    assert_eq!(
        declared["vacancy"],
        json!({
            "key": "officer-vacant-hilversum", "role": "DESIGNATED_OFFICER",
            "municipality": { "code": "GM0402" }, "area": null, "from": "2026-06-01",
            "until": null, "text": "De functie is vacant.", "source": { "lines": "7" },
        })
    );
    let declared = public.ask(COVERAGE).await.data();
    assert_eq!(
        gooi(&declared),
        json!({ "municipalities": 6, "covered": 0, "notCovered": 1, "unknown": 5 })
    );
    let spots = "{ coverage(role: DESIGNATED_OFFICER) { vacancies { key } statement { nl } } }";
    assert_eq!(
        public.ask(spots).await.data()["coverage"],
        json!({
            "vacancies": [{ "key": "officer-vacant-hilversum" }],
            "statement": {
                "nl": "Aandachtsfunctionaris: van 0 gemeenten is bekend dat de functie is \
                    ingevuld, van 1 dat zij niet is ingevuld, en van 341 is het niet bekend.",
            },
        })
    );
    hilversum
        .change("assignFunction", officer("filled", "GM0402"))
        .await;
    assert_eq!(gooi(&public.ask(COVERAGE).await.data())["covered"], 1);
}

#[tokio::test]
async fn a_white_spot_that_never_was_one_is_withdrawn() {
    let app = spawn_app();
    let (public, hilversum) = (app.public(), app.with(&municipality("GM0402")));
    let vacancy = json!({
        "key": "officer-vacant-hilversum", "role": "DESIGNATED_OFFICER",
        "place": { "municipality": "GM0402" }, "from": "2026-06-01",
        "text": "De functie is vacant.", "source": source(), "idempotencyKey": "vacant",
    });
    let declared = hilversum
        .change_and_read("declareFunctionVacancy", "vacancy { ledger }", vacancy)
        .await;
    let version = &declared["vacancy"]["ledger"];
    assert_eq!(gooi(&public.ask(COVERAGE).await.data())["notCovered"], 1);
    let withdrawal = |key: &str, municipality: &str| {
        json!({
            "key": key, "place": { "municipality": municipality }, "source": source(),
            "expectedVersion": version, "idempotencyKey": format!("{key} {municipality}"),
        })
    };
    let entries = "select count(*) from ledger";
    let before = app.database.count(entries).await;
    // Of another it is not to be taken back, nor under another place, nor one that is not there.
    let document = "mutation ($input: WithdrawFunctionVacancyInput!) { \
        withdrawFunctionVacancy(input: $input) { errors { code } } }";
    let amsterdam = app.with(&municipality("GM0363"));
    let of_hilversum = withdrawal("officer-vacant-hilversum", "GM0402");
    let refused = amsterdam
        .send(document, json!({ "input": of_hilversum }))
        .await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    let of_amsterdam = withdrawal("officer-vacant-hilversum", "GM0363");
    assert_eq!(
        amsterdam
            .mistakes("withdrawFunctionVacancy", of_amsterdam)
            .await,
        ["UNKNOWN_VACANCY key"]
    );
    assert_eq!(
        hilversum
            .mistakes(
                "withdrawFunctionVacancy",
                withdrawal("officer-vacant", "GM0402")
            )
            .await,
        ["UNKNOWN_VACANCY key"]
    );
    let mut outdated = of_hilversum.clone();
    outdated["expectedVersion"] = json!(1);
    outdated["source"]["document"] = json!("nergens");
    outdated["idempotencyKey"] = json!("outdated");
    assert_eq!(
        hilversum
            .mistakes("withdrawFunctionVacancy", outdated)
            .await,
        ["UNKNOWN_SOURCE source.document", "CONFLICT expectedVersion"]
    );
    assert_eq!(app.database.count(entries).await, before);

    let withdrawn = hilversum
        .change_and_read("withdrawFunctionVacancy", "withdrawn", of_hilversum.clone())
        .await;
    assert_eq!(withdrawn["withdrawn"], "officer-vacant-hilversum");
    assert_eq!(
        gooi(&public.ask(COVERAGE).await.data()),
        json!({ "municipalities": 6, "covered": 0, "notCovered": 0, "unknown": 6 })
    );
    // Repeated, nothing changes twice; under another key it is not there any more.
    hilversum
        .change("withdrawFunctionVacancy", of_hilversum.clone())
        .await;
    assert_eq!(app.database.count(entries).await, before + 1);
    let mut again = of_hilversum;
    again["idempotencyKey"] = json!("again");
    assert_eq!(
        hilversum.mistakes("withdrawFunctionVacancy", again).await,
        ["UNKNOWN_VACANCY key"]
    );
}

#[tokio::test]
async fn a_partner_records_functions_once_vng_has_named_it_and_nobody_records_persons() {
    let app = spawn_app();
    let comensha = app.with(&partner("comensha"));
    let document = "mutation ($input: AssignFunctionInput!) { \
        assignFunction(input: $input) { errors { code } } }";
    let head = "select number from ledger_head";
    let before = app.database.count(head).await;
    for client in [&comensha, &app.with(&municipality("GM0363"))] {
        let refused = client
            .send(document, json!({ "input": officer("x", "GM0402") }))
            .await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        assert_eq!(
            refused.json()["errors"][0]["extensions"]["rule"],
            "ASSIGN_FUNCTION"
        );
        assert!(!refused.body.contains("Veiligheid"), "{}", refused.body);
    }
    let wrong = json!({
        "key": "-", "role": "CHAIN_COORDINATOR", "place": { "area": "VR99" },
        "organisation": "Mevr. J. de Vries", "partner": "geen", "from": "2026-06-01",
        "until": "2026-06-01", "text": " ",
        "source": { "document": "geen", "place": "1" }, "expectedVersion": 1,
        "idempotencyKey": "wrong",
    });
    assert_eq!(
        app.with(&vng()).mistakes("assignFunction", wrong).await,
        [
            "INVALID_KEY key",
            "NAMES_A_PERSON organisation",
            "TEXT_LENGTH text",
            "DATES_OUT_OF_ORDER until",
            "UNKNOWN_PLACE place.area",
            "UNKNOWN_PARTNER partner",
            "UNKNOWN_SOURCE source.document",
            "CONFLICT expectedVersion",
        ]
    );
    assert_eq!(app.database.count(head).await, before);

    let naming = json!({
        "partner": "comensha", "from": "2026-11-23", "until": "2026-12-01", "source": source(),
        "idempotencyKey": "name",
    });
    let named = app
        .with(&vng())
        .change_and_read("nameFunctionRegistrar", "partner { key } ledger", naming)
        .await;
    assert_eq!(named["partner"]["key"], "comensha");
    let may = "{ viewer { may(operation: assignFunction) { allowed reach } } }";
    for (instant, is_named) in [
        ("2026-11-22T22:59:59Z", false),
        ("2026-11-22T23:00:00Z", true),
        ("2026-11-30T22:59:59Z", true),
        ("2026-11-30T23:00:00Z", false),
    ] {
        app.clock.set(instant.parse().unwrap());
        let shown = comensha.ask(may).await.data();
        assert_eq!(
            shown["viewer"]["may"],
            json!([{ "allowed": is_named, "reach": "NAMED" }]),
            "{instant}"
        );
        let answer = comensha
            .send(document, json!({
                "input": officer(&format!("at-{}", instant.len() + usize::from(is_named)), "GM0402"),
            }))
            .await;
        assert_eq!(
            answer.codes().is_empty(),
            is_named,
            "{instant}: {}",
            answer.body
        );
    }
}
