//! Verdicts at the end of each month: what the table of the present tells of that day, for each
//! role, and counted by province in one join what the picture counts.

use std::collections::BTreeMap;

use acceptance::{App, Client, PERIOD, a_draft, a_submission, met, municipality, spawn_app, vng};
use serde_json::Value;

use crate::feeds::{Read, confirm, everybody, prepare, submit};

const MONTHLY: &str = "fact_verdict_monthly";

/// What both tables tell.
const SHARED: [&str; 15] = [
    "municipality_code",
    "period_key",
    "basis",
    "municipality_name",
    "status",
    "status_label_nl",
    "status_label_en",
    "edition_code",
    "is_provisional",
    "assessment_version",
    "judged_from",
    "rule_set",
    "recorded_at",
    "ledger_no",
    "database",
];

async fn table(client: &Client, path: &str) -> Read {
    let answer = client.get(&format!("/v1/feeds/{path}")).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    Read::csv(&answer.body)
}

/// Some columns of the rows that fit, in their order.
fn rows(read: &Read, names: &[&str], fits: impl Fn(usize) -> bool) -> Vec<Vec<String>> {
    let columns: Vec<Vec<&str>> = names.iter().map(|name| read.column(name)).collect();
    let row = |at: usize| columns.iter().map(|cells| cells[at].to_owned()).collect();
    let mut rows: Vec<Vec<String>> = (0..read.rows.len())
        .filter(|at| fits(*at))
        .map(row)
        .collect();
    rows.sort();
    rows
}

/// Two verdicts of November, one more of December, one that VNG confirmed in December, and the
/// period closed.
async fn until_january(app: &App) {
    prepare(app).await;
    app.clock.set("2026-12-02T12:00:00Z".parse().unwrap());
    submit(app, "GM0417").await;
    confirm(app, "GM0363").await;
    app.clock.set("2027-01-05T12:00:00Z".parse().unwrap());
}

#[tokio::test]
async fn a_month_gives_of_its_last_day_what_the_present_gave_for_every_role() {
    let app = spawn_app();
    until_january(&app).await;
    let mut sizes = Vec::new();
    for (role, client) in everybody(&app) {
        let answer = client.get(&format!("/v1/feeds/{MONTHLY}.csv")).await;
        if ["public", "partner"].contains(&role) {
            assert_eq!(answer.status, if role == "public" { 401 } else { 403 });
            assert!(!answer.body.contains("GM0402"), "{role}: {}", answer.body);
            continue;
        }
        let monthly = table(&client, &format!("{MONTHLY}.csv")).await;
        let mut found = 0;
        for (month, day, is_latest) in [
            ("2026-11-30", "2026-11-30", "false"),
            ("2026-12-31", "2026-12-15", "true"),
        ] {
            let [ends, days, latest] =
                ["month_end", "reference_day", "is_latest"].map(|name| monthly.column(name));
            let of_month = rows(&monthly, &SHARED, |at| ends[at] == month);
            let of_day = rows(&monthly, &SHARED, |at| {
                ends[at] == month && days[at] == day && latest[at] == is_latest
            });
            assert_eq!(of_month.len(), of_day.len(), "{role} {month}");
            let then = format!("fact_verdict_current.csv?day={day}");
            let then = table(&client, &then).await;
            assert!(
                of_month == rows(&then, &SHARED, |_| true),
                "{role} {month}: not what was told on {day}"
            );
            found += of_month.len();
        }
        assert_eq!(monthly.rows.len(), found, "{role}: no other month");
        sizes.push((role, found));
    }
    // The closed period is told of as on its last day for ever.
    let today = table(&app.with(&vng()), "fact_verdict_current.csv").await;
    let monthly = table(&app.with(&vng()), &format!("{MONTHLY}.csv")).await;
    let latest = monthly.column("is_latest");
    assert!(rows(&monthly, &SHARED, |at| latest[at] == "true") == rows(&today, &SHARED, |_| true));
    assert_eq!(
        sizes,
        [
            ("municipality", 4),
            ("region", 24),
            ("vng", 1368),
            ("ministry", 684),
        ]
    );
}

#[tokio::test]
async fn the_running_month_is_of_day_as_today_and_earlier_months_stay() {
    let app = spawn_app();
    prepare(&app).await;
    let client = app.with(&vng());
    let hilversum = async || {
        let monthly = table(&client, &format!("{MONTHLY}.csv")).await;
        let of = ["municipality_code", "basis"].map(|name| monthly.column(name));
        let names = ["month_end", "reference_day", "is_latest", "status"];
        rows(&monthly, &names, |at| {
            of[0][at] == "GM0402" && of[1][at] == "SUBMITTED"
        })
    };
    assert_eq!(
        hilversum().await,
        [["2026-11-30", "2026-11-22", "true", "NOT_COMPLIANT"]]
    );
    app.clock.set("2026-12-02T12:00:00Z".parse().unwrap());
    let before = hilversum().await;
    assert_eq!(
        before,
        [
            ["2026-11-30", "2026-11-30", "false", "NOT_COMPLIANT"],
            ["2026-12-31", "2026-12-02", "true", "NOT_COMPLIANT"],
        ]
    );
    // What is judged in December changes nothing of November.
    let own = app.with(&municipality("GM0363"));
    a_draft("GM0363", met(&["SV-02"])).sent_by(&own).await;
    let before_it = table(&client, &format!("{MONTHLY}.csv")).await;
    a_submission("GM0363")
        .with("reason", "Aangevuld.")
        .sent_by(&own)
        .await;
    let after = table(&client, &format!("{MONTHLY}.csv")).await;
    let november = |read: &Read| {
        let ends = read.column("month_end");
        rows(read, &SHARED, |at| ends[at] == "2026-11-30")
    };
    assert!(november(&before_it) == november(&after));
    let changed: Vec<&Vec<String>> = after
        .rows
        .iter()
        .filter(|row| !before_it.rows.contains(*row))
        .collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(hilversum().await, before);
}

#[tokio::test]
async fn what_a_role_reads_no_verdict_of_changes_no_month_of_it() {
    let app = spawn_app();
    prepare(&app).await;
    let readers = [
        app.with(&acceptance::ministry()),
        app.with(&municipality("GM0402")),
        app.with(&acceptance::region("VR14")),
    ];
    let read = async || {
        let mut bodies = Vec::new();
        for reader in &readers {
            for form in ["csv", "ndjson"] {
                bodies.push(
                    reader
                        .get(&format!("/v1/feeds/{MONTHLY}.{form}"))
                        .await
                        .body,
                );
            }
            let count = format!("/v1/odata/{MONTHLY}/$count");
            bodies.push(reader.get(&count).await.body);
        }
        bodies
    };
    let before = read().await;
    submit(&app, "GM0307").await;
    assert_eq!(read().await, before, "handed in, and confirmed by nobody");
    confirm(&app, "GM0307").await;
    let after = read().await;
    assert_ne!(
        after[..3],
        before[..3],
        "the ministry reads what is confirmed"
    );
    assert_eq!(after[3..], before[3..]);
}

/// The question that is put most: how many municipalities of each province are how far, per month.
#[tokio::test]
async fn verdicts_by_province_and_month_are_one_join_and_those_of_the_picture() {
    let app = spawn_app();
    until_january(&app).await;
    let client = app.with(&vng());
    let monthly = table(&client, &format!("{MONTHLY}.csv")).await;
    let places = table(&client, "dim_municipality.csv").await;
    let [codes, from, until, provinces] = [
        "municipality_code",
        "joins_from",
        "joins_until",
        "province_code",
    ]
    .map(|name| places.column(name));
    let [of, days, ends, bases, statuses] = [
        "municipality_code",
        "reference_day",
        "month_end",
        "basis",
        "status",
    ]
    .map(|name| monthly.column(name));
    let mut counted: BTreeMap<[String; 4], i64> = BTreeMap::new();
    for at in 0..monthly.rows.len() {
        let joined: Vec<usize> = (0..codes.len())
            .filter(|row| codes[*row] == of[at] && from[*row] <= days[at] && days[at] < until[*row])
            .collect();
        let [row] = joined[..] else {
            panic!("{} lies {} times on {}", of[at], joined.len(), days[at]);
        };
        let key = [bases[at], ends[at], provinces[row], statuses[at]].map(str::to_owned);
        *counted.entry(key).or_default() += 1;
    }
    let mut of_picture: BTreeMap<[String; 4], i64> = BTreeMap::new();
    for (month, day) in [("2026-11-30", "2026-11-30"), ("2026-12-31", "2026-12-15")] {
        for basis in ["SUBMITTED", "CONFIRMED"] {
            let query = format!(
                "{{ compliancePicture(period: \"{PERIOD}\", basis: {basis}, by: PROVINCE,
                    at: {{ day: \"{day}\" }}) {{ groups {{ code counts {{ status count }} }} }} }}"
            );
            let data = client.ask(&query).await.data();
            for group in list(&data["compliancePicture"], "groups") {
                for count in list(group, "counts") {
                    let number = count["count"].as_i64().unwrap();
                    let code = group["code"].as_str().unwrap();
                    let status = count["status"].as_str().unwrap();
                    if number > 0 {
                        let key = [basis, month, code, status].map(str::to_owned);
                        of_picture.insert(key, number);
                    }
                }
            }
        }
    }
    assert_eq!(counted, of_picture);
    let of_holland = |month: &str, basis: &str| {
        let key = [basis, month, "PV27", "NOT_COMPLIANT"].map(str::to_owned);
        counted.get(&key).copied().unwrap_or_default()
    };
    let shown = ["2026-11-30", "2026-12-31"]
        .map(|month| ["SUBMITTED", "CONFIRMED"].map(|basis| of_holland(month, basis)));
    assert_eq!(shown, [[2, 1], [3, 2]]);
}

fn list<'a>(node: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let list = node[name].as_array();
    list.unwrap_or_else(|| panic!("no list {name} in {node}"))
        .iter()
}
