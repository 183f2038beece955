//! The overview of all actions, to print: as it is told now, and as a publication froze it; what a publication says of the
//! one before; and what the first page says of the round before.

use std::collections::BTreeSet;

use acceptance::{a_publication, a_release, a_report, a_round, ministry, spawn_app};
use serde_json::json;

use super::{elements, fetched, rows_of, text};

const KEY: &str = "monitoring-2025-1-1";

/// The rows of a part of the annex, as its text prints them.
fn printed(part: &str) -> Vec<Vec<&'static str>> {
    let annex = include_str!("../annex/overview_001.txt").lines();
    let of_part = annex.skip_while(|line| *line != part).skip(1);
    let rows = of_part.take_while(|line| !line.is_empty());
    rows.map(|line| line.split('|').collect()).collect()
}

/// The rows of the actions of all lines.
fn actions(html: &str, kind: &str) -> Vec<Vec<String>> {
    let captions = elements(html, "caption").into_iter();
    let of_lines = captions.filter(|caption| caption.starts_with(kind));
    of_lines
        .flat_map(|caption| rows_of(html, &caption))
        .collect()
}

#[tokio::test]
async fn the_printed_overview_has_every_row_of_the_annex() {
    let app = spawn_app();
    let (public, of_ministry) = (app.public(), app.with(&ministry()));
    let frozen = format!("/publicaties/{KEY}/overzicht");
    assert_eq!(fetched(&app, &frozen, None).await.status(), 404);
    a_publication("MONITORING_OVERVIEW", "2025-1")
        .sent_by(&of_ministry)
        .await;
    // Under way it is nobody's to read, whatever token comes along.
    assert_eq!(of_ministry.get(&frozen).await.status, 404);
    a_release(KEY).sent_by(&of_ministry).await;
    for path in [frozen.as_str(), "/plannen/2024/overzicht"] {
        let html = public.get(path).await.body;
        let rows = actions(&html, "Acties van actielijn: ");
        assert_eq!(rows.len(), 43, "{path}");
        let mut seen = BTreeSet::new();
        for row in printed("[rows]") {
            let [numbers, title, explanation, status, period] = row[..] else {
                panic!("{row:?} is no row");
            };
            // The actions 3 and 4 share one row.
            for number in numbers.split('/') {
                let begin = format!("{number}. ");
                let shown = rows.iter().find(|shown| shown[0].starts_with(&begin));
                let shown = shown.unwrap();
                if path == frozen {
                    assert_eq!(shown[0], format!("{number}. {title}"));
                }
                assert_eq!(shown[1], text(explanation), "{path} {number}");
                let expected = match period {
                    "" => status.to_owned(),
                    period => format!("{status} ({period})"),
                };
                assert_eq!(shown[2], expected, "{path} {number}");
                seen.insert(number);
            }
        }
        assert_eq!(seen.len(), 43);
        // The three that the annex leaves out stand above, and the dashboard has its 42 figures.
        for number in [31, 34, 42] {
            assert!(html.contains(&format!("/plannen/2024/acties/{number}\"")));
        }
        let dashboard = rows_of(&html, "Aantal acties per lijn en status");
        let mut figures = 0;
        for row in printed("[dashboard]") {
            let begin = match row[0] {
                "Totaal" => "Totaal".to_owned(),
                line => format!("{line}. "),
            };
            let columns = [
                "Acties totaal",
                "Afgerond",
                "In uitvoering",
                "In uitvoering, vertraging",
            ];
            let mut columns = columns
                .into_iter()
                .chain(["Doorlopend", "Nog niet gestart"]);
            let column = columns.position(|column| column == row[1]).unwrap();
            let line = dashboard.iter().find(|line| line[0].starts_with(&begin));
            assert_eq!(line.unwrap()[1 + column], row[2], "{path} {row:?}");
            figures += 1;
        }
        assert_eq!(figures, 42);
    }
    // A correction changes what is told now, and not what was published.
    let before = public.get(&frozen).await.body;
    let input = json!({
        "round": "2025-1", "action": 32, "status": "COMPLETED", "explanation": "Hersteld.",
        "reason": "Een fout in het overzicht.", "idempotencyKey": "correct",
    });
    of_ministry.change("correctStatusReport", input).await;
    let after = public.get(&frozen).await.body;
    assert_eq!(
        actions(&after, "Acties van"),
        actions(&before, "Acties van")
    );
    let live = public.get("/plannen/2024/overzicht").await.body;
    let rows = actions(&live, "Acties van");
    let row = rows.iter().find(|row| row[0].starts_with("32. ")).unwrap();
    assert_eq!(row[1..3], ["Hersteld.", "Afgerond"]);
}

#[tokio::test]
async fn the_first_page_says_what_changed_since_the_round_before() {
    let app = spawn_app();
    let (public, of_ministry) = (app.public(), app.with(&ministry()));
    let alone = "Monitoringsoverzicht 2025 is de eerste ronde van deze planversie.";
    assert!(text(&public.get("/").await.body).contains(alone));
    a_round().sent_by(&of_ministry).await;
    a_report(30, "COMPLETED").sent_by(&of_ministry).await;
    a_report(32, "IN_PROGRESS").sent_by(&of_ministry).await;
    // What is reported and not closed stands nowhere.
    assert!(text(&public.get("/").await.body).contains(alone));
    let close = json!({ "round": "2026-1", "idempotencyKey": "close" });
    of_ministry.change("closeMonitoringRound", close).await;
    let query = "{ compareRounds(earlier: \"2025-1\", later: \"2026-1\") { changes { action { number title { nl } } before \
                 after } } codeLists(names: [\"ActionStatus\"]) { values { code label { nl } } } }";
    let data = public.ask(query).await.data();
    let codes = data["codeLists"][0]["values"].as_array().unwrap();
    let label = |status: &serde_json::Value| match status.as_str() {
        None => "geen stand".to_owned(),
        Some(status) => {
            let code = codes.iter().find(|code| code["code"] == status);
            code.unwrap()["label"]["nl"].as_str().unwrap().to_owned()
        }
    };
    let shown = text(&public.get("/").await.body);
    let changes = data["compareRounds"]["changes"].as_array().unwrap();
    let differ = changes
        .iter()
        .filter(|change| change["before"] != change["after"]);
    let differ: Vec<_> = differ.collect();
    assert!(!differ.is_empty());
    let count = format!("{} acties hebben een andere stand.", differ.len());
    assert!(shown.contains(&count), "{count} in {shown}");
    for change in differ {
        let title = text(change["action"]["title"]["nl"].as_str().unwrap());
        let number = &change["action"]["number"];
        let (before, after) = (label(&change["before"]), label(&change["after"]));
        let words = format!("{number}. {title}: {before} → {after}");
        assert!(shown.contains(&words), "{words} in {shown}");
    }
}

#[tokio::test]
async fn a_publication_shows_what_differs_from_the_one_before() {
    let app = spawn_app();
    let (public, of_ministry) = (app.public(), app.with(&ministry()));
    let publish = async |key: &str| {
        a_publication("MONITORING_OVERVIEW", "2025-1")
            .sent_by(&of_ministry)
            .await;
        a_release(key).sent_by(&of_ministry).await;
    };
    publish(KEY).await;
    let first = public.get(&format!("/publicaties/{KEY}")).await.body;
    assert!(
        !first.contains("Verschil met de vorige publicatie"),
        "{first}"
    );
    let input = json!({
        "round": "2025-1", "action": 32, "status": "COMPLETED", "explanation": "Hersteld.",
        "reason": "Een fout in het overzicht.", "idempotencyKey": "correct",
    });
    of_ministry.change("correctStatusReport", input).await;
    let second = "monitoring-2025-1-2";
    publish(second).await;
    let query = format!(
        "{{ publication(key: \"{second}\") {{ difference(with: \"{KEY}\") {{ name column before after }} \
         manifest {{ ledger ledgerHash files {{ path sha256 }} }} }} }}"
    );
    let data = public.ask(&query).await.data();
    let html = public.get(&format!("/publicaties/{second}")).await.body;
    let rows = rows_of(&html, "Wat anders is dan in de vorige publicatie");
    let changes = data["publication"]["difference"].as_array().unwrap();
    assert!(!changes.is_empty());
    let text_of = |value: &serde_json::Value| value.as_str().map_or("–".to_owned(), text);
    let mut expected: Vec<Vec<String>> = changes
        .iter()
        .map(|change| {
            ["name", "column", "before", "after"]
                .map(|name| text_of(&change[name]))
                .into()
        })
        .collect();
    let mut shown = rows;
    expected.sort();
    shown.sort();
    assert_eq!(shown, expected);
    let manifest = &data["publication"]["manifest"];
    assert!(html.contains(manifest["ledgerHash"].as_str().unwrap()));
    for file in manifest["files"].as_array().unwrap() {
        assert!(html.contains(file["sha256"].as_str().unwrap()), "{file}");
        let path = file["path"].as_str().unwrap();
        assert_eq!(public.get(path).await.status, 200, "{path}");
    }
}
