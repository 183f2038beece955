//! The pages of goals, budget, parties, framework and quality show what GraphQL gives, figure by figure.

use acceptance::{App, spawn_app};
use serde_json::Value;

use super::{elements, rows_of, text};

/// The two languages: where pages begin, the value of `Language`, and the member of a text.
const LANGUAGES: [(&str, &str, &str); 2] = [("", "NL", "nl"), ("/en", "EN", "en")];

/// A page as it came, and what GraphQL answers.
async fn both(app: &App, path: &str, query: &str) -> (String, Value) {
    let public = app.public();
    let page = public.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    (page.body, public.ask(query).await.data())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn every_goal_has_its_progress() {
    let app = spawn_app();
    for (prefix, language, _) in LANGUAGES {
        let query = format!(
            "{{ goals {{ text translation progress progressLabel(language: {language}) }} codeLists(names: [\"GoalProgress\"]) \
             {{ values {{ code label {{ nl en }} }} }} }}"
        );
        let (html, data) = both(&app, &format!("{prefix}/doelen"), &query).await;
        let shown = text(&html);
        let member = if language == "NL" {
            "text"
        } else {
            "translation"
        };
        let goals = list(&data["goals"]);
        assert_eq!(goals.len(), 21);
        for goal in goals {
            let words = format!(
                "{} {}.",
                string(&goal[member]),
                string(&goal["progressLabel"])
            );
            assert!(shown.contains(&words), "{words}");
        }
        // How many are how far stands in one table.
        let (caption, label) = match language {
            "NL" => ("Voortgang van alle doelen", "nl"),
            _ => ("Progress of all goals", "en"),
        };
        let mut rows = rows_of(&html, caption);
        assert_eq!(rows.pop().unwrap()[1], "21");
        let codes = list(&data["codeLists"][0]["values"]);
        assert_eq!(rows.len(), codes.len());
        for (row, code) in rows.iter().zip(codes) {
            let of_code = goals.iter().filter(|goal| goal["progress"] == code["code"]);
            assert_eq!(row[0], string(&code["label"][label]));
            assert_eq!(row[1], of_code.count().to_string(), "{code}");
        }
    }
}

#[tokio::test]
async fn every_amount_of_the_budget_is_that_of_the_api() {
    let app = spawn_app();
    for (prefix, language, member) in LANGUAGES {
        let query = format!(
            "{{ budget {{ statement(language: {language}) totals {{ published {{ label(language: {language}) }} computed {{ \
             label(language: {language}) }} differenceEuros }} lines {{ line {{ number title {{ nl en }} }} years {{ \
             published {{ label(language: {language}) }} differenceEuros }} }} programmeRows {{ title cells {{ amount {{ \
             label(language: {language}) }} }} }} reconciliation {{ differences {{ reason {{ nl en }} }} }} }} }}"
        );
        let (html, data) = both(&app, &format!("{prefix}/begroting"), &query).await;
        let budget = &data["budget"];
        let caption = match language {
            "NL" => "Begroting per lijn en jaar, zoals gedrukt in het overzicht",
            _ => "Budget by line and year, as printed in the overview",
        };
        let rows = rows_of(&html, caption);
        // A star stands with what differs from its sum.
        let amount = |amount: &Value, difference: &Value| {
            let differs = difference.as_i64().is_some_and(|euros| euros != 0);
            let star = if differs { " *" } else { "" };
            format!("{}{star}", string(&amount["label"]))
        };
        let mut expected: Vec<Vec<String>> = Vec::new();
        for line in list(&budget["lines"]) {
            let title = string(&line["line"]["title"][member]);
            let mut row = vec![format!("{}. {title}", line["line"]["number"])];
            let years = list(&line["years"]).iter();
            row.extend(years.map(|year| amount(&year["published"], &year["differenceEuros"])));
            expected.push(row);
        }
        for one in list(&budget["programmeRows"]) {
            let mut row = vec![string(&one["title"]).to_owned()];
            let cells = list(&one["cells"]).iter();
            row.extend(cells.map(|cell| amount(&cell["amount"], &Value::Null)));
            expected.push(row);
        }
        assert_eq!(rows[..expected.len()], expected);
        assert_eq!(rows.len(), expected.len() + 2);
        let totals = list(&budget["totals"]);
        let printed = totals.iter();
        let printed = printed.map(|total| amount(&total["published"], &total["differenceEuros"]));
        assert_eq!(rows[expected.len()][1..], printed.collect::<Vec<_>>());
        let added = totals.iter();
        let added = added.map(|total| amount(&total["computed"], &Value::Null));
        assert_eq!(rows[expected.len() + 1][1..], added.collect::<Vec<_>>());
        let shown = text(&html);
        assert!(shown.contains(string(&budget["statement"])));
        let differences = list(&budget["reconciliation"]["differences"]);
        assert!(!differences.is_empty());
        for difference in differences {
            let reason = string(&difference["reason"][member]);
            assert!(shown.contains(reason), "{reason}");
        }
    }
}

#[tokio::test]
async fn every_party_stands_with_its_action_and_role() {
    let app = spawn_app();
    for (prefix, language, member) in LANGUAGES {
        let query = format!(
            "{{ whoDoesWhat {{ action {{ number title {{ nl en }} }} roles {{ partner {{ name {{ nl en }} }} \
             roleLabel(language: {language}) }} }} }}"
        );
        let (html, data) = both(&app, &format!("{prefix}/partners"), &query).await;
        let caption = match language {
            "NL" => "Partijen per actie",
            _ => "Parties by action",
        };
        let rows = rows_of(&html, caption);
        let of_api = list(&data["whoDoesWhat"]);
        assert_eq!(rows.len(), of_api.len());
        for (row, one) in rows.iter().zip(of_api) {
            let action = &one["action"];
            let title = string(&action["title"][member]);
            assert_eq!(row[0], text(&format!("{}. {title}", action["number"])));
            for role in list(&one["roles"]) {
                let name = string(&role["partner"]["name"][member]);
                let words = format!("{name}: {}", string(&role["roleLabel"]));
                assert!(row[1].contains(&words), "{words} in {}", row[1]);
            }
        }
    }
}

#[tokio::test]
async fn every_criterion_and_every_check_is_shown() {
    let app = spawn_app();
    for (prefix, _, member) in LANGUAGES {
        let query =
            "{ framework { title { nl en } criteria { code title { nl en } text { nl en } } } }";
        let (html, data) = both(&app, &format!("{prefix}/kader"), query).await;
        let framework = &data["framework"];
        assert_eq!(elements(&html, "h1"), [string(&framework["title"][member])]);
        let terms = elements(&html, "dt");
        let criteria = list(&framework["criteria"]);
        assert_eq!(terms.len(), criteria.len());
        for criterion in criteria {
            let title = string(&criterion["title"][member]);
            let term = format!("{} {title}", string(&criterion["code"]));
            assert!(terms.contains(&term), "{term}");
            assert!(text(&html).contains(string(&criterion["text"][member])));
        }
        let query = "{ dataQuality { counts { equal known unexpected } gaps { text { nl en } } checks(first: 100, filter: \
                     { outcome: KNOWN }) { nodes { subject reason { nl en } } } } }";
        let (html, data) = both(&app, &format!("{prefix}/kwaliteit"), query).await;
        let quality = &data["dataQuality"];
        let shown = text(&html);
        let counts = &quality["counts"];
        let (equal, known) = (&counts["equal"], &counts["known"]);
        let unexpected = &counts["unexpected"];
        let all: i64 = [equal, known, unexpected]
            .iter()
            .filter_map(|count| count.as_i64())
            .sum();
        let statement = match member {
            "nl" => format!(
                "Van {all} vergelijkingen tussen wat de bronnen vermelden en wat daaruit volgt, zijn er {equal} gelijk, \
                 {known} verschillend met een verklaring en {unexpected} verschillend zonder verklaring."
            ),
            _ => format!(
                "Of {all} comparisons of what the sources print with what follows from them, {equal} are equal, {known} \
                 differ for a known reason and {unexpected} differ without one."
            ),
        };
        assert!(shown.contains(&statement), "{statement}");
        // An action of any plan has a page; what else is compared has none.
        let action = format!("href=\"{prefix}/plannen/2023/acties/25\"");
        assert!(html.contains(&action), "{action}");
        assert!(html.contains("<code>brede-sessie-2024-03-05</code>"));
        for gap in list(&quality["gaps"]) {
            assert!(shown.contains(string(&gap["text"][member])), "{gap}");
        }
        let caption = match member {
            "nl" => "Verschillen met een verklaring",
            _ => "Differences with an explanation",
        };
        let rows = rows_of(&html, caption);
        let checks = list(&quality["checks"]["nodes"]);
        assert_eq!(rows.len(), checks.len());
        for (row, check) in rows.iter().zip(checks) {
            assert!(row[0].ends_with(string(&check["subject"])), "{check}");
            assert_eq!(row[3], string(&check["reason"][member]));
        }
    }
}

#[tokio::test]
async fn every_line_has_its_money_its_goals_and_its_effects() {
    let app = spawn_app();
    for (prefix, language, _) in LANGUAGES {
        let query = format!(
            "{{ actionLines {{ number goals {{ text translation progressLabel(language: {language}) }} effects {{ text \
             translation }} budget {{ year published {{ label(language: {language}) }} computed {{ label(language: \
             {language}) }} differenceEuros }} }} }}"
        );
        let data = app.public().ask(&query).await.data();
        let (words, caption) = match language {
            "NL" => ("text", "Begroting van de lijn per jaar"),
            _ => ("translation", "Budget of the line by year"),
        };
        let mut differences = 0;
        for line in list(&data["actionLines"]) {
            let path = format!("{prefix}/plannen/2024/lijnen/{}", line["number"]);
            let html = app.public().get(&path).await.body;
            let shown = text(&html);
            for goal in list(&line["goals"]) {
                let label = string(&goal["progressLabel"]);
                let goal = format!("{} {label}.", string(&goal[words]));
                assert!(shown.contains(&goal), "{path} misses {goal}");
            }
            for effect in list(&line["effects"]) {
                assert!(shown.contains(string(&effect[words])), "{path}");
            }
            let rows = rows_of(&html, caption);
            let years = list(&line["budget"]);
            assert_eq!(rows.len(), years.len(), "{path}");
            for (row, year) in rows.iter().zip(years) {
                let differs = year["differenceEuros"].as_i64().is_some_and(|one| one != 0);
                let star = if differs { " *" } else { "" };
                differences += usize::from(differs);
                let printed = format!("{}{star}", string(&year["published"]["label"]));
                let added = string(&year["computed"]["label"]).to_owned();
                assert_eq!(
                    row[..],
                    [year["year"].to_string(), printed, added],
                    "{path}"
                );
            }
        }
        // In 2024 the printed amount of line 1 differs from its sum.
        assert!(differences > 0);
    }
}
