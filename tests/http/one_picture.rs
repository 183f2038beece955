//! Of a period there is one publication without names, after its last day; a second one only after
//! the first was withdrawn, and it repeats it, except the errors that are named one by one.

use acceptance::{
    App, Client, PERIOD, a_period, a_release, after_closing, edited, ministry, municipality,
    partner, region, spawn_app, vng,
};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::{Value, json};

use crate::{publications::confirmed, rule_set::OWN};

/// Two municipalities that nobody assessed, and two areas of five; the others are the rest. In each
/// of the three larger groups two are compliant in part, two are not, and others are not assessed.
const AREAS: [(&str, &[&str]); 3] = [
    ("SG01", &["GM0050", "GM0060"]),
    ("SG02", &["GM1706", "GM0310", "GM0344", "GM0363", "GM0014"]),
    ("SG03", &["GM1950", "GM0376", "GM0518", "GM0417", "GM0080"]),
];
const PARTLY: [&str; 6] = ["GM1706", "GM0310", "GM1950", "GM0376", "GM0402", "GM0406"];
const NOT: [&str; 6] = ["GM0344", "GM0363", "GM0518", "GM0417", "GM0599", "GM0193"];
/// The groups that are safe, of which one is withheld with SG01.
const SAFE: [&str; 3] = ["SG02", "SG03", "REST"];

/// The service with an edition in this state, and an open period.
async fn spawn(state: &str) -> App {
    let app = spawn_app();
    let areas: String = AREAS
        .iter()
        .map(|(code, _)| format!("{code},COOPERATION_AREA,Gebied {code},,reference-regions,2,\n"))
        .collect();
    let members: String = AREAS
        .iter()
        .flat_map(|(area, codes)| codes.iter().map(move |code| (area, code)))
        .map(|(area, code)| format!("{area},{code},,,reference-regions,2,\n"))
        .collect();
    let state = format!(",{state},");
    let set = edited(&[
        ("framework_editions.csv", ",PROPOSED,", &state),
        (
            "areas.csv",
            "VR01,SAFETY_REGION,",
            &format!("{areas}VR01,SAFETY_REGION,"),
        ),
        (
            "area_memberships.csv",
            "VR01,GM0003,",
            &format!("{members}VR01,GM0003,"),
        ),
    ]);
    app.database.import(&set).await;
    a_period().sent_by(&app.with(&vng())).await;
    for code in PARTLY {
        confirmed(&app, code, 1, &OWN).await;
    }
    for code in NOT {
        confirmed(&app, code, 1, &["SV-01"]).await;
    }
    app
}

fn picture(key: &str) -> Value {
    json!({
        "kind": "COMPLIANCE_PICTURE", "about": PERIOD, "by": "COOPERATION_AREA",
        "idempotencyKey": key,
    })
}

fn with(mut input: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

/// Refused with these mistakes, with nothing of a municipality in the answer, and nothing changed.
async fn is_refused(app: &App, input: Value, expected: &[&str]) -> Vec<String> {
    let entries = app.database.count("select count(*) from ledger").await;
    let mut messages = Vec::new();
    for client in [app.with(&ministry()), app.with(&vng())] {
        let answer = client
            .send_mutation("preparePublication", "publication { key }", input.clone())
            .await;
        assert!(!answer.body.contains("GM0"), "{}", answer.body);
        let payload = answer.data()["preparePublication"].clone();
        assert_eq!(payload["publication"], Value::Null);
        let errors = payload["errors"].as_array().unwrap();
        let found: Vec<String> = errors
            .iter()
            .map(|error| {
                let place = error["field"].as_array().unwrap().iter();
                let place: Vec<&str> = place.map(|part| part.as_str().unwrap()).collect();
                format!("{} {}", error["code"].as_str().unwrap(), place.join("."))
            })
            .collect();
        assert_eq!(found, expected);
        messages = errors
            .iter()
            .map(|error| error["message"]["nl"].as_str().unwrap().to_owned())
            .collect();
    }
    let after = app.database.count("select count(*) from ledger").await;
    assert_eq!(after, entries);
    messages
}

/// Prepares what is right; gives its key and the lines that are withheld, without criteria.
async fn is_prepared(client: &Client, input: Value) -> (String, Vec<(String, String)>) {
    let selection = "publication { key manifest { withheld { key reason } } }";
    let prepared = client
        .change_and_read("preparePublication", selection, input)
        .await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let withheld = prepared["publication"]["manifest"]["withheld"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (text(&line["key"]), text(&line["reason"])))
        .filter(|(key, _)| !key.contains('-'));
    (text(&prepared["publication"]["key"]), withheld.collect())
}

async fn withdraw(client: &Client, key: &str) {
    let input = json!({
        "publication": key, "reason": "Een fout.", "idempotencyKey": format!("withdraw {key}"),
    });
    client.change("withdrawPublication", input).await;
}

/// The first of the safe groups in the order of the period, by the secret and apart from the
/// function that the service asks.
async fn filler(app: &App, period: &str) -> String {
    let superuser = app.database.superuser().await;
    let sql = "select a.code from unnest(string_to_array($1, ' ')) a(code), work.withholding_key k
         order by sha256(k.secret || sha256(k.secret || convert_to($2 || ' ' || a.code, 'UTF8')))
         limit 1";
    let values = [SAFE.join(" ").into(), period.into()];
    let row = superuser
        .query_one_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            sql,
            values,
        ))
        .await
        .unwrap()
        .unwrap();
    let code: String = row.try_get_by_index(0).unwrap();
    superuser.close().await.unwrap();
    code
}

/// What of the areas is withheld: SG01, as it is small, and one more by the order of the period.
async fn expected(app: &App) -> Vec<(String, String)> {
    let filler = filler(app, PERIOD).await;
    let line = |key: &str, reason: &str| (key.to_owned(), reason.to_owned());
    vec![line("SG01", "FEWER_THAN_FIVE"), line(&filler, "REVEALING")]
}

#[tokio::test]
async fn a_picture_without_names_is_of_a_closed_period_and_of_its_last_day() {
    let app = spawn("PROPOSED").await;
    let of_ministry = app.with(&ministry());
    let last_day: DateTime<Utc> = "2026-12-15T22:59:59Z".parse().unwrap();
    for now in [acceptance::noon(), last_day] {
        app.clock.set(now);
        for level in ["AREA", "COUNTRY"] {
            let mut input = picture(&format!("{level} {now}"));
            input["level"] = json!(level);
            if level == "COUNTRY" {
                input.as_object_mut().unwrap().remove("by");
            }
            let messages = is_refused(&app, input, &["PERIOD_OPEN about"]).await;
            assert_eq!(
                messages,
                [
                    "De periode loopt tot en met 15 december 2026. Bereid een beeld zonder namen \
                    daarna voor; met naam kan het eerder, met een reden."
                ]
            );
        }
    }
    app.clock.set(last_day + TimeDelta::seconds(1));
    for day in ["2026-12-14", "2026-12-16", "2026-11-22"] {
        let input = with(picture(day), json!({ "referenceDate": day }));
        is_refused(&app, input, &["INVALID_REFERENCE_DATE referenceDate"]).await;
    }
    let cell = json!([{ "line": "NL", "column": "compliant", "reason": "COUNT_CORRECTED" }]);
    let input = with(picture("cell"), json!({ "corrections": cell }));
    is_refused(&app, input, &["NOT_A_CORRECTION corrections"]).await;
    let input = with(picture("day"), json!({ "referenceDate": "2026-12-15" }));
    let (key, withheld) = is_prepared(&of_ministry, input).await;
    assert_eq!(key, "compliance-2026-2-1");
    assert_eq!(withheld, expected(&app).await);
    let day = "{ publication(key: \"compliance-2026-2-1\") { referenceDate } }";
    assert_eq!(
        of_ministry.ask(day).await.data()["publication"]["referenceDate"],
        "2026-12-15"
    );
}

#[tokio::test]
async fn there_is_one_that_stands_and_another_repeats_it() {
    let app = spawn("PROPOSED").await;
    app.clock.set(after_closing());
    let of_ministry = app.with(&ministry());
    // While nobody has read it, it may be taken back for something else.
    let (first, withheld) = is_prepared(&app.with(&vng()), picture("first")).await;
    let already = ["ALREADY_PUBLISHED about"];
    let messages = is_refused(&app, picture("beside"), &already).await;
    assert_eq!(
        messages,
        [
            "Van deze periode is er al een beeld zonder namen: compliance-2026-2-1. Trek dat eerst \
            in; wat openbaar was, wordt daarna herhaald, op genoemde fouten na."
        ]
    );
    let country = json!({
        "kind": "COMPLIANCE_PICTURE", "about": PERIOD, "level": "COUNTRY",
        "idempotencyKey": "country",
    });
    is_refused(&app, country.clone(), &already).await;
    withdraw(&of_ministry, &first).await;
    let provinces = with(picture("provinces"), json!({ "by": "PROVINCE" }));
    let (second, _) = is_prepared(&of_ministry, provinces.clone()).await;
    withdraw(&of_ministry, &second).await;

    // It stands under embargo and once it is public.
    let (third, again) = is_prepared(&of_ministry, picture("third")).await;
    assert_eq!(third, "compliance-2026-2-3");
    assert_eq!(again, withheld, "the order is that of the period");
    let until = after_closing() + TimeDelta::hours(1);
    a_release(&third)
        .with("embargoUntil", json!(until))
        .sent_by(&of_ministry)
        .await;
    is_refused(&app, picture("under embargo"), &already).await;
    app.clock.set(until);
    let public = app.public();
    let at_release = public.ask("{ publications { totalCount } }").await.ledger();
    reads(&public, at_release, true).await;
    is_refused(&app, picture("public"), &already).await;
    withdraw(&of_ministry, &third).await;
    for stranger in [
        &public,
        &app.with(&partner("comensha")),
        &app.with(&region("VR14")),
        &app.with(&municipality("GM0402")),
    ] {
        reads(stranger, at_release, false).await;
    }

    // What was public is repeated: by the same areas and the same rule, with the same figures.
    let not = "NOT_A_REPETITION";
    let by = format!("{not} by");
    is_refused(
        &app,
        with(provinces, json!({ "idempotencyKey": "p" })),
        &[&by],
    )
    .await;
    is_refused(
        &app,
        with(country, json!({ "idempotencyKey": "c" })),
        &[&by],
    )
    .await;
    let rule = with(
        picture("rule"),
        json!({ "countingRule": "MUNICIPALITY_OR_REGION" }),
    );
    is_refused(&app, rule, &[&format!("{not} countingRule")]).await;
    let cell = json!([{ "line": "NL", "column": "compliant", "reason": "COUNT_CORRECTED" }]);
    let input = with(picture("cell"), json!({ "corrections": cell }));
    is_refused(&app, input, &["NOT_A_CORRECTION corrections.0"]).await;
    let (fourth, repeated) = is_prepared(&of_ministry, picture("fourth")).await;
    assert_eq!(repeated, withheld);
    let difference = format!(
        "{{ publication(key: \"{fourth}\") {{ difference(with: \"{third}\") {{ key column }}
            manifest {{ corrections {{ line }} }} }} }}"
    );
    assert_eq!(
        of_ministry.ask(&difference).await.data()["publication"],
        json!({ "difference": [], "manifest": { "corrections": [] } })
    );
    a_release(&fourth).sent_by(&of_ministry).await;
    let now = public.ask("{ publications { totalCount } }").await.ledger();
    reads(&public, now, true).await;
}

/// Whether somebody reads the figures of what was public at a ledger number: the picture, the lines
/// and the files.
async fn reads(client: &Client, number: i64, does: bool) {
    let at = format!("at: {{ ledger: {number} }}");
    let query = format!(
        "{{ compliancePicture(period: \"{PERIOD}\", by: COOPERATION_AREA, {at}) {{ counts {{ count }}
            groups {{ counts {{ count }} }} }}
            publications(kind: COMPLIANCE_PICTURE, {at}) {{
                nodes {{ key state lines {{ key }} manifest {{ files {{ format }} }} }} }} }}"
    );
    let data = client.ask(&query).await.data();
    let counts = &data["compliancePicture"]["counts"];
    let groups = data["compliancePicture"]["groups"].as_array().unwrap();
    let shown = groups.iter().filter(|group| !group["counts"].is_null());
    let publications = data["publications"]["nodes"].as_array().unwrap().iter();
    let released: Vec<&Value> = publications
        .filter(|one| one["state"] == "RELEASED")
        .collect();
    assert_eq!(released.len(), 1, "that it was released then is known");
    let lines = released[0]["lines"].as_array().unwrap().len();
    let files = released[0]["manifest"]["files"].as_array().unwrap().len();
    if does {
        let country = json!([
            { "count": 330 }, { "count": 6 }, { "count": 6 }, { "count": 0 },
        ]);
        assert_eq!(counts, &country);
        assert_eq!((shown.count(), lines, files), (2, 1 + 4 + 25, 5));
    } else {
        assert_eq!(counts, &Value::Null);
        assert_eq!((shown.count(), lines, files), (0, 0, 0));
    }
}

/// An area was of the wrong members: what is told otherwise is named, cell by cell, or refused.
#[tokio::test]
async fn an_error_is_put_right_by_naming_each_cell_that_it_made_wrong() {
    let app = spawn("PROPOSED").await;
    app.clock.set(after_closing());
    let (of_ministry, reviewer) = (app.with(&ministry()), app.with(&vng()));
    let (first, withheld) = is_prepared(&of_ministry, picture("first")).await;
    a_release(&first).sent_by(&of_ministry).await;
    withdraw(&of_ministry, &first).await;
    // Stadskanaal, which nobody assessed, belongs to SG03 and was counted with the rest.
    let mut members: Vec<&str> = AREAS[2].1.to_vec();
    members.push("GM0037");
    let input = json!({
        "area": "SG03", "from": "2026-12-01", "members": members,
        "source": { "document": "reference-regions", "place": "15" }, "idempotencyKey": "six",
    });
    reviewer.change("setAreaMembers", input).await;
    let is_shown = |area: &str| withheld.iter().all(|(key, _)| key != area);
    let cells: Vec<(&str, &str)> = ["SG03", "REST"]
        .into_iter()
        .filter(|area| is_shown(area))
        .flat_map(|area| ["members", "not_assessed", "missing"].map(|column| (area, column)))
        .collect();
    assert!(!cells.is_empty(), "one of the two is told at least");
    let corrections = |cells: &[(&str, &str)]| -> Value {
        cells
            .iter()
            .map(|(line, column)| {
                json!({ "line": line, "column": column, "reason": "MEMBERSHIP_CORRECTED" })
            })
            .collect()
    };
    let not = ["NOT_A_REPETITION corrections"];
    let named = |cells: &[(&str, &str)]| {
        let cells: Vec<String> = cells
            .iter()
            .map(|(line, column)| format!("{line} {column}"))
            .collect();
        format!(
            "Deze publicatie herhaalt {first}, die is ingetrokken, op fouten na. Anders dan toen, \
             en niet als correctie genoemd: {}. Noem elke fout met haar regel, kolom en reden.",
            cells.join(", ")
        )
    };
    assert_eq!(
        is_refused(&app, picture("none"), &not).await,
        [named(&cells)]
    );
    let but_one = with(
        picture("but one"),
        json!({ "corrections": corrections(&cells[1..]) }),
    );
    assert_eq!(is_refused(&app, but_one, &not).await, [named(&cells[..1])]);
    let mut more = cells.clone();
    more.extend([("NL", "members"), cells[0]]);
    let too_many = with(
        picture("too many"),
        json!({ "corrections": corrections(&more) }),
    );
    let places =
        [cells.len(), cells.len() + 1].map(|at| format!("NOT_A_CORRECTION corrections.{at}"));
    is_refused(&app, too_many, &[&places[0], &places[1]]).await;

    let input = with(
        picture("right"),
        json!({ "corrections": corrections(&cells) }),
    );
    let (second, again) = is_prepared(&of_ministry, input).await;
    assert_eq!(again, withheld, "what was withheld stays so");
    a_release(&second).sent_by(&of_ministry).await;
    let query = format!(
        "{{ publication(key: \"{second}\") {{ manifest {{ corrections {{ line column reason }} }}
            difference(with: \"{first}\") {{ key column }} }} }}"
    );
    let seen = of_ministry.ask(&query).await.data()["publication"].clone();
    assert_eq!(seen["manifest"]["corrections"], corrections(&cells));
    let differs: Value = cells
        .iter()
        .map(|(line, column)| json!({ "key": line, "column": column }))
        .collect();
    assert_eq!(seen["difference"], differs);
    let public = app.public().ask(&query).await.data()["publication"].clone();
    assert_eq!(public["manifest"], seen["manifest"]);
    assert_eq!(
        public["difference"],
        Value::Null,
        "the first is read no more"
    );
    let file = app
        .public()
        .get(&format!("/v1/publications/{second}.json"))
        .await
        .json();
    let printed: Value = cells
        .iter()
        .map(|(line, column)| {
            json!({ "key": line, "column": column, "reason": "MEMBERSHIP_CORRECTED" })
        })
        .collect();
    assert_eq!(file["manifest"]["corrections"], printed);
}

/// By name a publication has its own rules, and no counts of answers.
#[tokio::test]
async fn a_picture_by_name_stands_beside_it_and_counts_no_answers() {
    let app = spawn("ENDORSED").await;
    let of_ministry = app.with(&ministry());
    let answers = async |key: &str| -> Vec<Value> {
        let query = format!("{{ publication(key: \"{key}\") {{ lines {{ part withheld }} }} }}");
        let data = of_ministry.ask(&query).await.data();
        let lines = data["publication"]["lines"].as_array().unwrap().clone();
        let criteria = lines.into_iter().filter(|line| line["part"] == "CRITERION");
        criteria.map(|line| line["withheld"].clone()).collect()
    };
    app.clock.set(after_closing());
    let (counts, _) = is_prepared(&of_ministry, picture("counts")).await;
    let counted = answers(&counts).await;
    assert_eq!(counted.len(), 25);
    assert!(counted.contains(&Value::Null), "{counted:?}");
    for number in 2..4 {
        let names = picture(&format!("names {number}"));
        let (key, withheld) =
            is_prepared(&of_ministry, with(names, json!({ "level": "BY_NAME" }))).await;
        assert_eq!(key, format!("compliance-2026-2-{number}"));
        assert!(withheld.is_empty(), "no group is withheld");
        let withheld = answers(&key).await;
        assert_eq!(withheld.len(), 25);
        assert!(!withheld.contains(&Value::Null), "{withheld:?}");
    }
    let cell = json!([{ "line": "NL", "column": "compliant", "reason": "VERDICT_CORRECTED" }]);
    let input = json!({ "level": "BY_NAME", "corrections": cell });
    is_refused(
        &app,
        with(picture("cell"), input),
        &["NOT_A_CORRECTION corrections"],
    )
    .await;
}

/// Rows as an earlier release left them.
async fn has(app: &App, sql: &str) {
    let superuser = app.database.superuser().await;
    superuser
        .execute_unprepared(&format!("set session_replication_role = replica; {sql}"))
        .await
        .unwrap();
    superuser.close().await.unwrap();
}

#[tokio::test]
async fn what_an_earlier_release_prepared_is_published_by_the_same_rule() {
    let app = spawn("PROPOSED").await;
    app.clock.set(after_closing());
    let of_ministry = app.with(&ministry());
    let (first, _) = is_prepared(&of_ministry, picture("first")).await;
    let publish = async |key: &str| {
        let entries = app.database.count("select count(*) from ledger").await;
        let input = json!({ "publication": first, "idempotencyKey": key });
        let mistakes = of_ministry.mistakes("publish", input).await;
        let after = app.database.count("select count(*) from ledger").await;
        assert_eq!(after > entries, mistakes.is_empty());
        mistakes
    };
    let closes = |day: &str| format!("update fact.reporting_period set closes_on = '{day}'");
    has(&app, &closes("2026-12-31")).await;
    assert_eq!(publish("open").await, ["PERIOD_OPEN publication"]);
    has(&app, &closes("2026-12-14")).await;
    assert_eq!(publish("day").await, ["INVALID_REFERENCE_DATE publication"]);
    has(&app, &closes("2026-12-15")).await;

    let about = |period: &str| {
        format!("update fact.publication set about = '{period}' where key = '{first}'")
    };
    has(&app, &about("2026-1")).await;
    let (second, _) = is_prepared(&of_ministry, picture("second")).await;
    a_release(&second).sent_by(&of_ministry).await;
    has(&app, &about(PERIOD)).await;
    assert_eq!(publish("beside").await, ["ALREADY_PUBLISHED publication"]);
    withdraw(&of_ministry, &second).await;
    // It says the same as the one that was public, and not so with another figure.
    let holds = |members: i64| {
        format!(
            "update fact.publication_content set lines = jsonb_set(lines, '{{0,cells,0,value}}',
             '{members}') where publication = '{first}'"
        )
    };
    has(&app, &holds(341)).await;
    assert_eq!(publish("other").await, ["NOT_A_REPETITION publication"]);
    has(&app, &holds(342)).await;
    assert_eq!(publish("same").await, [""; 0]);
}
