//! A proposed edition is laid open for comment until a day: one remark on each criterion from each
//! municipality and region, replaced until that day, read by whoever made it and by VNG, which
//! counts.

use acceptance::{
    App, Client, a_reporting_region, ministry, municipality, partner, region, spawn_app, vng,
};
use serde_json::{Value, json};

const REMARKS: &str = "{ criterionRemarks(edition: \"VOORSTEL-2\") { totalCount
    nodes { criterion { code } municipality { code } area { code } text } } }";
const COUNTS: &str = "{ criterionRemarkCounts(edition: \"VOORSTEL-2\") { totalCount
    nodes { criterion { code } municipalities regions } } }";
/// The criteria of the first edition.
const ALL: [&str; 25] = [
    "BB-01", "BB-02", "BB-03", "BB-04", "BB-05", "BB-06", "BB-07", "SV-01", "SV-02", "SV-03",
    "SV-04", "SV-05", "BW-01", "BW-02", "SK-01", "SK-02", "SK-03", "SK-04", "SK-05", "SK-06",
    "OH-01", "OH-02", "OH-03", "OH-04", "OH-05",
];

/// A second edition, proposed.
async fn proposed() -> App {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    a_reporting_region("VR14").sent_by(&reviewer).await;
    let edition = json!({
        "code": "VOORSTEL-2", "from": "VOORSTEL-1", "titleNl": "Tweede", "titleEn": "Second",
        "normMonths": 48, "inheritanceGraceMonths": 24, "carried": ALL, "criteria": [],
        "idempotencyKey": "second",
    });
    reviewer.change("proposeEdition", edition).await;
    app
}

/// The same, laid open until 30 November.
async fn laid_open() -> App {
    let app = proposed().await;
    app.with(&vng())
        .change("openEditionForComment", until("open", "2026-11-30"))
        .await;
    app
}

fn until(key: &str, day: &str) -> Value {
    json!({ "edition": "VOORSTEL-2", "lastDay": day, "idempotencyKey": key })
}

fn remark(key: &str, by: (&str, &str), criterion: &str, text: &str) -> Value {
    let mut input = json!({
        "edition": "VOORSTEL-2", "criterion": criterion, "text": text, "idempotencyKey": key,
    });
    input[by.0] = by.1.into();
    input
}

const HILVERSUM: (&str, &str) = ("municipality", "GM0402");
const GOOI: (&str, &str) = ("area", "VR14");

/// What a remark could have changed.
async fn traces(app: &App) -> i64 {
    app.database
        .count(
            "select (select count(*) from ledger) * 1000 + (select count(*) from free_text) * 100
                + (select count(*) from fact.criterion_remark) * 10
                + (select count(*) from fact.edition_consultation)",
        )
        .await
}

/// The texts that somebody reads, as `SV-03 GM0402 text`.
async fn read(client: &Client) -> Vec<String> {
    let data = client.ask(REMARKS).await.data();
    let nodes = data["criterionRemarks"]["nodes"].as_array().unwrap().iter();
    nodes
        .map(|node| {
            let by = [&node["municipality"]["code"], &node["area"]["code"]];
            let by = by.into_iter().find_map(Value::as_str).unwrap();
            let criterion = node["criterion"]["code"].as_str().unwrap();
            format!("{criterion} {by} {}", node["text"].as_str().unwrap())
        })
        .collect()
}

#[tokio::test]
async fn one_remark_of_each_on_each_criterion_replaced_until_the_day() {
    let app = laid_open().await;
    let (own, gooi) = (app.with(&municipality("GM0402")), app.with(&region("VR14")));
    let reviewer = app.with(&vng());
    let kept = own
        .change_and_read(
            "remarkOnCriterion",
            "remark { text remarkedAt criterion { code } municipality { code } area { code } }",
            remark("first", HILVERSUM, "SV-03", "De meldroute is regionaal."),
        )
        .await;
    assert_eq!(
        kept["remark"],
        json!({
            "text": "De meldroute is regionaal.", "remarkedAt": kept["remark"]["remarkedAt"],
            "criterion": { "code": "SV-03" }, "municipality": { "code": "GM0402" }, "area": null,
        })
    );
    let by_region = remark("gooi", GOOI, "VOORSTEL-2/SV-03", "Noem de regio.");
    gooi.change("remarkOnCriterion", by_region).await;
    let other = remark("other", HILVERSUM, "BB-01", "Akkoord.");
    own.change("remarkOnCriterion", other).await;
    // Another remark on the same criterion takes the place of the one before.
    let again = remark("again", HILVERSUM, "SV-03", "De meldroute mag regionaal.");
    own.change("remarkOnCriterion", again.clone()).await;
    let before = traces(&app).await;
    own.change("remarkOnCriterion", again).await;
    assert_eq!(traces(&app).await, before);
    let of_hilversum = [
        "BB-01 GM0402 Akkoord.",
        "SV-03 GM0402 De meldroute mag regionaal.",
    ];
    assert_eq!(read(&own).await, of_hilversum);
    assert_eq!(read(&gooi).await, ["SV-03 VR14 Noem de regio."]);
    assert_eq!(
        read(&reviewer).await,
        [
            of_hilversum[0],
            of_hilversum[1],
            "SV-03 VR14 Noem de regio."
        ]
    );
    let stranger = app.with(&municipality("GM0363"));
    assert_eq!(read(&stranger).await, [""; 0]);

    let counts = reviewer.ask(COUNTS).await.data();
    assert_eq!(counts["criterionRemarkCounts"]["totalCount"], 25);
    let counts = counts["criterionRemarkCounts"]["nodes"].as_array().unwrap();
    assert_eq!(counts.len(), 25);
    let count = |code: &str, municipalities: i64, regions: i64| {
        json!({
            "criterion": { "code": code }, "municipalities": municipalities, "regions": regions,
        })
    };
    assert_eq!(counts[0], count("BB-01", 1, 0));
    assert_eq!(counts[1], count("BB-02", 0, 0));
    assert_eq!(counts[9], count("SV-03", 1, 1));

    // On the last day it is open, on the next it is not; what was remarked stays.
    let consultation = "{ framework(edition: \"VOORSTEL-2\") { consultation { lastDay isOpen } } }";
    let shown = |is_open: bool| {
        let consultation = json!({ "lastDay": "2026-11-30", "isOpen": is_open });
        json!({ "framework": { "consultation": consultation } })
    };
    app.clock.set("2026-11-30T20:00:00Z".parse().unwrap());
    assert_eq!(app.public().ask(consultation).await.data(), shown(true));
    let late = remark("late", HILVERSUM, "BB-02", "Nog net.");
    own.change("remarkOnCriterion", late).await;
    app.clock.set("2026-12-01T12:00:00Z".parse().unwrap());
    assert_eq!(app.public().ask(consultation).await.data(), shown(false));
    let before = traces(&app).await;
    let too_late = remark("too-late", HILVERSUM, "BB-02", "Toch niet.");
    assert_eq!(
        own.mistakes("remarkOnCriterion", too_late.clone()).await,
        ["NOT_OPEN_FOR_COMMENT edition"]
    );
    assert_eq!(traces(&app).await, before);
    // VNG may give more time, and then it is taken in.
    reviewer
        .change("openEditionForComment", until("longer", "2026-12-10"))
        .await;
    own.change("remarkOnCriterion", too_late).await;
    assert_eq!(read(&own).await.len(), 3);
}

#[tokio::test]
async fn a_remark_is_on_a_criterion_of_a_proposal_that_is_open() {
    let app = proposed().await;
    let (own, reviewer) = (app.with(&municipality("GM0402")), app.with(&vng()));
    let before = traces(&app).await;
    let early = remark("one", HILVERSUM, "SV-03", "Vroeg.");
    assert_eq!(
        own.mistakes("remarkOnCriterion", early).await,
        ["NOT_OPEN_FOR_COMMENT edition"]
    );
    let mistakes = [
        (until("past", "2026-11-21"), "DATE_IN_PAST lastDay"),
        (
            json!({ "edition": "VOORSTEL-9", "lastDay": "2026-11-30", "idempotencyKey": "nine" }),
            "UNKNOWN_EDITION edition",
        ),
    ];
    for (input, mistake) in mistakes {
        assert_eq!(
            reviewer.mistakes("openEditionForComment", input).await,
            [mistake]
        );
    }
    assert_eq!(traces(&app).await, before);
    reviewer
        .change("openEditionForComment", until("open", "2026-11-30"))
        .await;
    let before = traces(&app).await;
    for (criterion, text, mistake) in [
        ("SV-09", "Onbekend.", "UNKNOWN_CRITERION criterion"),
        ("SV-03", " ", "TEXT_LENGTH text"),
        ("SV-03", "Mail a@b.nl", "PERSONAL_DATA text"),
    ] {
        let wrong = remark("wrong", HILVERSUM, criterion, text);
        assert_eq!(
            own.mistakes("remarkOnCriterion", wrong).await,
            [mistake],
            "{text}"
        );
    }
    assert_eq!(traces(&app).await, before);
    // What is endorsed is open to nobody.
    let endorsed =
        json!({ "edition": "VOORSTEL-2", "normEndorsed": false, "idempotencyKey": "endorse" });
    reviewer.change("endorseEdition", endorsed).await;
    let before = traces(&app).await;
    let closed = remark("closed", HILVERSUM, "SV-03", "Te laat.");
    assert_eq!(
        own.mistakes("remarkOnCriterion", closed).await,
        ["NOT_OPEN_FOR_COMMENT edition"]
    );
    assert_eq!(
        reviewer
            .mistakes("openEditionForComment", until("later", "2026-12-10"))
            .await,
        ["EDITION_NOT_PROPOSED edition"]
    );
    assert_eq!(traces(&app).await, before);
}

#[tokio::test]
async fn nobody_remarks_for_another_or_reads_what_another_remarked() {
    let app = laid_open().await;
    let own = app.with(&municipality("GM0402"));
    let secret = remark("own", HILVERSUM, "SV-03", "Vertrouwelijk bedoeld.");
    own.change("remarkOnCriterion", secret).await;
    let before = traces(&app).await;
    let both = {
        let mut both = remark("both", HILVERSUM, "SV-03", "Beide.");
        both["area"] = "VR14".into();
        both
    };
    let inputs = [
        (
            own.clone(),
            remark("region", GOOI, "SV-03", "Namens de regio."),
        ),
        (own.clone(), both),
        (
            app.with(&region("VR14")),
            remark("member", HILVERSUM, "SV-03", "Namens een lid."),
        ),
        (
            app.with(&municipality("GM0363")),
            remark("other", HILVERSUM, "SV-03", "Namens een ander."),
        ),
        (
            app.with(&vng()),
            remark("vng", HILVERSUM, "SV-03", "Van VNG."),
        ),
        (
            app.with(&ministry()),
            remark("min", HILVERSUM, "SV-03", "Van JenV."),
        ),
    ];
    for (client, input) in inputs {
        let answer = client
            .send_mutation("remarkOnCriterion", "remark { text }", input)
            .await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        assert!(!answer.body.contains("Vertrouwelijk"), "{}", answer.body);
    }
    for token in [municipality("GM0402"), region("VR14"), ministry()] {
        let answer = app
            .with(&token)
            .send_mutation("openEditionForComment", "", until("no", "2026-12-31"))
            .await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
    }
    assert_eq!(traces(&app).await, before);
    // Neither the remark nor how many there are, nor its entry in the ledger.
    for client in [
        app.public(),
        app.with(&partner("comensha")),
        app.with(&ministry()),
    ] {
        let remarks = client.ask(REMARKS).await;
        assert_eq!(remarks.data(), json!({ "criterionRemarks": null }));
        assert!(!remarks.body.contains("Vertrouwelijk"), "{}", remarks.body);
    }
    let entries = "{ ledger(first: 10, subjectKind: \"CriterionRemark\") { totalCount } }";
    for (client, many) in [
        (app.public(), 0),
        (app.with(&municipality("GM0363")), 0),
        (app.with(&region("VR14")), 0),
        (app.with(&ministry()), 0),
        (own.clone(), 1),
        (app.with(&vng()), 1),
    ] {
        let ledger = client.ask(entries).await.data();
        assert_eq!(ledger["ledger"]["totalCount"], many);
    }
    for client in [own, app.with(&region("VR14"))] {
        let counts = client.ask(COUNTS).await;
        assert_eq!(counts.data(), json!({ "criterionRemarkCounts": null }));
        assert_eq!(
            counts.json()["extensions"]["withheld"][0]["rule"],
            "FRAMEWORK"
        );
    }
}
