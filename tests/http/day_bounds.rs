//! What comes in has bounds: days and years beyond those of their input are refused by code, and a
//! name where a function stands is refused with the way out; nothing of it is kept.

use acceptance::{
    App, Client, a_draft, a_period, a_reporting_region, met, ministry, municipality, region,
    spawn_app, vng,
};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::{Value, json};

/// Days that no input takes, each with a part of what is told of it.
const NO_DAYS: [(&str, &str); 4] = [
    ("0000-01-01", " to 2099-12-31 belongs here (Date)."),
    ("9999-12-31", " to 2099-12-31 belongs here (Date)."),
    ("2026-1-1", "a date like 2026-12-01 belongs here (Date)."),
    (
        "+10000-01-01",
        "a date like 2026-12-01 belongs here (Date).",
    ),
];

/// Rows of all tables together: facts, work and what stands beside them.
async fn rows(app: &App) -> i64 {
    let counts =
        "select string_agg(format('(select count(*) from %I.%I)', nspname, relname), ' + ')
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname in ('public', 'fact', 'work')";
    let superuser = app.database.superuser().await;
    let counts = Statement::from_string(DbBackend::Postgres, counts);
    let counts = superuser.query_one_raw(counts).await.unwrap().unwrap();
    superuser.close().await.unwrap();
    let counts: String = counts.try_get_by_index(0).unwrap();
    app.database.count(&format!("select {counts}")).await
}

/// A mutation with a day, the name of the field that holds it, and the rest of its input.
struct WithDay {
    token: String,
    mutation: &'static str,
    field: &'static str,
    input: Value,
}

fn source() -> Value {
    json!({ "document": "monitoring-2025", "place": "7" })
}

fn of_regions() -> Vec<WithDay> {
    let of = |mutation, field, input| WithDay {
        token: region("VR14"),
        mutation,
        field,
        input,
    };
    vec![
        of(
            "recordRegionalMeeting",
            "heldOn",
            json!({ "area": "VR14", "kind": "OFFICIAL" }),
        ),
        of(
            "withdrawRegionalMeeting",
            "heldOn",
            json!({ "area": "VR14", "kind": "OFFICIAL" }),
        ),
        of(
            "raiseRegionalBottleneck",
            "since",
            json!({ "area": "VR14", "text": "Er is geen opvang." }),
        ),
        of(
            "resolveRegionalBottleneck",
            "resolvedOn",
            json!({ "area": "VR14", "number": 1 }),
        ),
        of(
            "recordRegionalDecision",
            "decidedOn",
            json!({ "area": "VR14", "text": "Eén meldpunt.", "needsRatification": false }),
        ),
    ]
}

fn of_municipalities() -> Vec<WithDay> {
    let of = |mutation, field, input| WithDay {
        token: municipality("GM0402"),
        mutation,
        field,
        input,
    };
    vec![
        of(
            "submitAssessment",
            "approvedOn",
            json!({
                "municipality": "GM0402", "period": "2026-2",
                "approvedByFunction": "Portefeuillehouder veiligheid",
            }),
        ),
        of(
            "giveSubmissionMandate",
            "from",
            json!({ "municipality": "GM0402", "area": "VR14" }),
        ),
        of(
            "endSubmissionMandate",
            "lastDay",
            json!({ "municipality": "GM0402", "area": "VR14" }),
        ),
    ]
}

fn of_vng() -> Vec<WithDay> {
    let of = |mutation, field, input| WithDay {
        token: vng(),
        mutation,
        field,
        input,
    };
    vec![
        of(
            "openReportingPeriod",
            "opensOn",
            json!({
                "key": "2027-1", "edition": "VOORSTEL-1", "deadlineOn": "2027-02-01",
                "lastDay": "2027-03-01",
            }),
        ),
        of(
            "openEditionForComment",
            "lastDay",
            json!({ "edition": "VOORSTEL-1" }),
        ),
        of(
            "rescheduleReportingPeriod",
            "lastDay",
            json!({ "period": "2026-2", "reason": "Feestdagen" }),
        ),
        of(
            "extendDeadline",
            "deadlineOn",
            json!({ "municipality": "GM0402", "period": "2026-2", "reason": "Ziekte" }),
        ),
        of("registerReportingRegion", "from", json!({ "area": "VR09" })),
        of(
            "setAreaMembers",
            "from",
            json!({ "area": "VR14", "members": ["GM0402"], "source": source() }),
        ),
        of(
            "nameFunctionRegistrar",
            "from",
            json!({ "partner": "fairwork", "source": source() }),
        ),
        of(
            "declareFunctionVacancy",
            "from",
            json!({
                "key": "vacature", "role": "CHAIN_COORDINATOR", "text": "Niemand vervult dit.",
                "place": { "municipality": "GM0402" }, "source": source(),
            }),
        ),
        of(
            "createFeedKey",
            "lastDay",
            json!({ "label": "Sleutel", "tables": ["dim_action"] }),
        ),
    ]
}

fn of_the_ministry() -> Vec<WithDay> {
    let of = |mutation, field, input| WithDay {
        token: ministry(),
        mutation,
        field,
        input,
    };
    vec![
        of(
            "assignPartner",
            "from",
            json!({
                "action": 33, "partner": "fairwork", "role": "OWNER", "text": "Aangewezen.",
                "source": source(),
            }),
        ),
        of(
            "endAction",
            "lastDay",
            json!({
                "action": 46, "reasonNl": "Klaar.", "reasonEn": "Done.", "source": source(),
            }),
        ),
        of(
            "openMonitoringRound",
            "dateEarliest",
            json!({
                "key": "2027-1", "titleNl": "Ronde", "titleEn": "Round",
                "dateLatest": "2027-02-01",
            }),
        ),
    ]
}

/// What is refused before anything is looked up tells its code and the field, and keeps nothing.
async fn is_refused(client: &Client, mutation: &str, input: &Value, field: Value, hint: &str) {
    let answer = client.send_mutation(mutation, "", input.clone()).await;
    assert_eq!(answer.codes(), ["BAD_REQUEST"], "{input}: {}", answer.body);
    let error = answer.json()["errors"][0].clone();
    assert_eq!(error["extensions"]["rule"], "VARIABLE_VALUES", "{error}");
    assert_eq!(error["extensions"]["field"], field, "{error}");
    let message = error["message"].as_str().unwrap();
    assert!(message.ends_with(hint), "{message}");
}

#[tokio::test]
async fn a_day_beyond_the_bounds_of_its_input_changes_nothing() {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&own).await;
    let before = rows(&app).await;
    let all = [
        of_regions(),
        of_municipalities(),
        of_vng(),
        of_the_ministry(),
    ];
    for WithDay {
        token,
        mutation,
        field,
        mut input,
    } in all.into_iter().flatten()
    {
        let client = app.with(&token);
        for (day, hint) in NO_DAYS {
            input[field] = day.into();
            input["idempotencyKey"] = format!("{mutation} {day}").into();
            is_refused(&client, mutation, &input, json!(["input", field]), hint).await;
        }
    }
    assert_eq!(rows(&app).await, before);
}

#[tokio::test]
async fn a_year_and_an_instant_beyond_their_bounds_change_nothing() {
    let app = spawn_app();
    let client = app.with(&ministry());
    let before = rows(&app).await;
    for year in [-1, 0, 1949, 2100, 9999] {
        let input = json!({
            "row": { "ofActions": { "actions": [33], "title": "Nieuwe actie" } },
            "source": source(), "cells": [{ "year": year, "state": "AMOUNT", "euros": 1 }],
            "idempotencyKey": format!("{year}"),
        });
        let field = json!(["input", "cells", "0", "year"]);
        let hint = "a year from 1950 to 2099 belongs here (Int).";
        is_refused(&client, "setBudget", &input, field, hint).await;
    }
    let instant = "an instant like 2026-12-01T12:00:00Z belongs here (DateTime).";
    let day = "a day from 2018-01-01 to 2099-12-31 belongs here (DateTime).";
    for (until, hint) in [
        ("0000-01-01T00:00:00Z", day),
        ("9999-12-31T00:00:00Z", day),
        ("2026-1-1T00:00:00Z", instant),
        ("+10000-01-01T00:00:00Z", instant),
    ] {
        let input = json!({ "round": "2026-1", "embargoUntil": until, "idempotencyKey": until });
        let field = json!(["input", "embargoUntil"]);
        is_refused(&client, "closeMonitoringRound", &input, field, hint).await;
    }
    assert_eq!(rows(&app).await, before);
}

/// The first and the last day that its input takes meet the rules of the domain and the checks of
/// the table, and come back as a mistake or are kept.
#[tokio::test]
async fn a_meeting_on_the_first_day_of_its_bounds_is_kept_and_one_to_come_is_a_mistake() {
    let app = spawn_app();
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let gooi = app.with(&region("VR14"));
    let meeting = |day: &str| json!({ "area": "VR14", "heldOn": day, "kind": "OFFICIAL", "idempotencyKey": day });
    for day in ["2017-12-31", "2100-01-01"] {
        let hint = "a day from 2018-01-01 to 2099-12-31 belongs here (Date).";
        let field = json!(["input", "heldOn"]);
        is_refused(&gooi, "recordRegionalMeeting", &meeting(day), field, hint).await;
    }
    for day in ["2026-11-23", "2099-12-31"] {
        assert_eq!(
            gooi.mistakes("recordRegionalMeeting", meeting(day)).await,
            ["DATE_IN_FUTURE heldOn"],
            "{day}"
        );
    }
    for day in ["2018-01-01", "2026-11-22"] {
        gooi.change("recordRegionalMeeting", meeting(day)).await;
    }
    let held = "{ regionalDuties(area: \"VR14\") { meetings { heldOn } } }";
    let held = gooi.ask(held).await.data()["regionalDuties"]["meetings"].clone();
    assert_eq!(held.as_array().unwrap().len(), 2);
}

/// Who approved is told by function alone, whoever fills it in.
#[tokio::test]
async fn a_name_in_the_function_that_approved_is_refused_with_the_way_out() {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&own).await;
    let before = rows(&app).await;
    for (mutation, more) in [
        ("submitAssessment", json!({})),
        (
            "acceptOnBehalf",
            json!({ "filling": 1, "reason": "Correctie" }),
        ),
    ] {
        for (name, nl, en) in [
            (
                "mevrouw Zwartkopje",
                "een aanspreekvorm met een naam",
                "a form of address with a name",
            ),
            (
                "mr. J. de Vries",
                "een titel met een naam",
                "a title with a name",
            ),
            ("Jan Jansen", "een naam", "a name"),
        ] {
            let mut input = json!({
                "municipality": "GM0402", "period": "2026-2", "approvedByFunction": name,
                "approvedOn": "2026-11-20", "idempotencyKey": format!("{mutation} {name}"),
            });
            for (field, value) in more.as_object().unwrap() {
                input[field] = value.clone();
            }
            let answer = own.send_mutation(mutation, "", input).await;
            let errors = json!([{
                "code": "PERSONAL_DATA", "field": ["approvedByFunction"],
                "message": {
                    "nl": format!(
                        "Deze tekst lijkt {nl} te bevatten. Noem de functie, zoals \
                         'portefeuillehouder zorg en veiligheid', en geen naam."
                    ),
                    "en": format!(
                        "This text seems to hold {en}. Name the function, as in 'alderman for \
                         care and safety', and no name."
                    ),
                },
            }]);
            assert_eq!(answer.data()[mutation]["errors"], errors, "{name}");
        }
    }
    assert_eq!(rows(&app).await, before);
}
