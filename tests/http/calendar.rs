//! The days that everybody may plan by, as one calendar without a key.

use acceptance::{App, a_period, a_round, http, ministry, municipality, spawn_app, vng};
use serde_json::json;

const PATH: &str = "/v1/deadlines.ics";

/// The lines of the calendar as they were before they were parted, and its tag.
async fn lines(app: &App) -> (Vec<String>, String) {
    let answer = http().get(format!("{}{PATH}", app.address()));
    let answer = answer.send().await.expect("the service answers");
    assert_eq!(answer.status(), 200);
    let text = |name: &str| answer.headers()[name].to_str().expect("a text").to_owned();
    assert_eq!(text("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(text("cache-control"), "public, no-cache");
    assert_eq!(
        text("content-disposition"),
        "attachment; filename=\"deadlines.ics\""
    );
    let tag = text("etag");
    let body = answer.text().await.expect("a text");
    assert!(body.ends_with("END:VCALENDAR\r\n"), "{body}");
    assert_eq!(body.matches('\n').count(), body.matches("\r\n").count());
    assert!(body.split("\r\n").all(|line| line.len() <= 75), "{body}");
    let whole = body.replace("\r\n ", "");
    let lines = whole.split_terminator("\r\n").map(str::to_owned);
    (lines.collect(), tag)
}

/// Each event: its id, when it was changed, its day, and what it says in both languages.
async fn events(app: &App) -> Vec<[String; 5]> {
    let (lines, _) = lines(app).await;
    let events = lines.split(|line| line == "BEGIN:VEVENT").skip(1);
    let value = |event: &[String], name: &str| {
        let found = event.iter().find_map(|line| line.strip_prefix(name));
        found.expect("a property").to_owned()
    };
    let names = [
        "UID:",
        "DTSTAMP:",
        "DTSTART;VALUE=DATE:",
        "SUMMARY;LANGUAGE=nl:",
        "DESCRIPTION;LANGUAGE=en:",
    ];
    events
        .map(|event| names.map(|name| value(event, name)))
        .collect()
}

fn of_period(uid: &str, day: &str, nl: &str, en: &str) -> [String; 5] {
    [
        format!("reporting-period-2026-2-{uid}@stm"),
        "20261122T120000Z".to_owned(),
        day.to_owned(),
        format!("Rapportageperiode 2026-2: {nl}"),
        format!("Reporting period 2026-2: {en}"),
    ]
}

#[tokio::test]
async fn the_days_of_periods_and_open_rounds_stand_in_one_calendar() {
    let app = spawn_app();
    let (nothing, _) = lines(&app).await;
    assert_eq!(nothing[0], "BEGIN:VCALENDAR");
    assert!(!nothing.contains(&"BEGIN:VEVENT".to_owned()));
    a_period().sent_by(&app.with(&vng())).await;
    a_round().sent_by(&app.with(&ministry())).await;
    let round = [
        "monitoring-round-2026-1-reports@stm",
        "20261122T120000Z",
        "20261031",
        "Monitoringsoverzicht 2026: laatste dag om op tijd te rapporteren",
        "Monitoring overview 2026: last day to report on time",
    ];
    let opening = ("eerste dag om in te dienen", "first day to hand in");
    let deadline = (
        "laatste dag om op tijd in te dienen",
        "last day to hand in on time",
    );
    let closing = ("laatste dag om in te dienen", "last day to hand in");
    assert_eq!(
        events(&app).await,
        [
            round.map(str::to_owned),
            of_period("opening", "20261101", opening.0, opening.1),
            of_period("deadline", "20261130", deadline.0, deadline.1),
            of_period("closing", "20261215", closing.0, closing.1),
        ]
    );
}

/// What everybody may know is the same for whoever asks, and is asked for again only if it changed.
#[tokio::test]
async fn a_calendar_is_of_everybody_and_keeps_its_tag_until_a_day_changes() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    let (_, tag) = lines(&app).await;
    app.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
    let extension = json!({
        "municipality": "GM0402", "period": "2026-2", "deadlineOn": "2026-12-05",
        "reason": "Ziekte van een systeem.", "idempotencyKey": "extension",
    });
    reviewer.change("extendDeadline", extension).await;
    let of_all = app.public().get(PATH).await.body;
    assert_eq!(
        app.with(&municipality("GM0402")).get(PATH).await.body,
        of_all
    );
    assert!(!of_all.contains("20261205"), "{of_all}");
    let again = http()
        .get(format!("{}{PATH}", app.address()))
        .header("if-none-match", &tag);
    let again = again.send().await.expect("the service answers");
    assert_eq!(again.status(), 304);
    assert_eq!(again.headers()["etag"].to_str().unwrap(), tag);
}
