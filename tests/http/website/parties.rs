//! The pages of one party, of the effects, of one region and of one action show what GraphQL gives, and call nobody the
//! owner of an action whom the ministry did not assign.

use acceptance::{ministry, spawn_app};
use serde_json::{Value, json};

use super::{elements, links, rows_of, text};

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn every_party_has_a_page_with_its_roles() {
    let app = spawn_app();
    let public = app.public();
    let query = "{ partners(first: 100) { nodes { key name { nl } roles { roleLabel text action { number plan { key } } } \
                 mentions { action { number plan { key } } } } } }";
    let data = public.ask(query).await.data();
    let all = public.get("/partners").await.body;
    let address = |action: &Value| {
        let plan = string(&action["plan"]["key"]);
        format!("/plannen/{plan}/acties/{}", action["number"])
    };
    let parties = list(&data["partners"]["nodes"]);
    assert!(parties.len() > 60);
    for party in parties {
        let path = format!("/partners/{}", string(&party["key"]));
        assert!(links(&all).contains(&path), "{path} is not linked");
        let page = public.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        let (html, shown) = (&page.body, text(&page.body));
        let name = string(&party["name"]["nl"]);
        assert_eq!(elements(html, "h1"), [text(name)]);
        for role in list(&party["roles"]) {
            assert!(links(html).contains(&address(&role["action"])), "{role}");
            assert!(shown.contains(string(&role["roleLabel"])), "{role}");
            assert!(shown.contains(&text(string(&role["text"]))), "{role}");
        }
        for mention in list(&party["mentions"]) {
            assert!(links(html).contains(&address(&mention["action"])), "{path}");
        }
        // No source names an owner.
        let heads = elements(html, "h2");
        assert!(
            !heads.iter().any(|head| head.starts_with("Acties van ")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_matrix_has_every_role_once() {
    let app = spawn_app();
    let public = app.public();
    let query = "{ actionLines { number } whoDoesWhat { action { number line { number } } roles { roleLabel partner { name { \
                 nl } } } } }";
    let data = public.ask(query).await.data();
    let html = public.get("/partners").await.body;
    let caption = "Acties waarin een partij een rol heeft, met die rol";
    let rows = rows_of(&html, caption);
    let lines = list(&data["actionLines"]);
    let mut expected = 0;
    for one in list(&data["whoDoesWhat"]) {
        let action = &one["action"];
        let column = lines
            .iter()
            .position(|line| line["number"] == action["line"]["number"]);
        for role in list(&one["roles"]) {
            let name = text(string(&role["partner"]["name"]["nl"]));
            let row = rows.iter().find(|row| row[0] == name).unwrap();
            let label = string(&role["roleLabel"]).to_lowercase();
            let words = format!("{} ({label})", action["number"]);
            assert!(
                row[1 + column.unwrap()].contains(&words),
                "{words} in {row:?}"
            );
            expected += 1;
        }
    }
    let cells = rows.iter().flat_map(|row| &row[1..]);
    let shown: usize = cells.map(|cell| cell.matches(" (").count()).sum();
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn actions_are_of_a_party_only_once_the_ministry_assigned_them() {
    let app = spawn_app();
    let public = app.public();
    let (party, action) = ("/partners/comensha", "/plannen/2024/acties/10");
    let none = "Van deze actie heeft het ministerie geen actiehouder aangewezen.";
    assert!(text(&public.get(action).await.body).contains(none));
    let input = json!({
        "action": 10, "partner": "comensha", "role": "OWNER", "from": "2026-11-22", "text": "Aangewezen als actiehouder.",
        "source": { "document": "monitoring-2025", "place": "7" }, "idempotencyKey": "owner",
    });
    app.with(&ministry()).change("assignPartner", input).await;
    let html = public.get(party).await.body;
    assert!(elements(&html, "h2").contains(&"Acties van CoMensha".to_owned()));
    assert!(!text(&public.get(action).await.body).contains(none));
}

#[tokio::test]
async fn no_effect_is_computed() {
    let app = spawn_app();
    let query = "{ intendedEffects { text translation indicators { text { nl en } } } \
                 nationalFigures { figures { statement english: statement(language: EN) } } \
                 codeLists(names: [\"GoalProgress\"]) { values { code label { nl en } } } }";
    let data = app.public().ask(query).await.data();
    let codes = list(&data["codeLists"][0]["values"]);
    let unknown = codes.iter().find(|code| code["code"] == "NOT_COMPUTABLE");
    let unknown = &unknown.unwrap()["label"];
    for (path, effect, member, statement) in [
        ("/effecten", "text", "nl", "statement"),
        ("/en/effecten", "translation", "en", "english"),
    ] {
        let shown = text(&app.public().get(path).await.body);
        for one in list(&data["intendedEffects"]) {
            let words = format!("{} {}.", string(&one[effect]), string(&unknown[member]));
            assert!(shown.contains(&words), "{words}");
            for indicator in list(&one["indicators"]) {
                assert!(shown.contains(string(&indicator["text"][member])));
            }
        }
        for figure in list(&data["nationalFigures"]["figures"]) {
            assert!(shown.contains(string(&figure[statement])), "{figure}");
        }
    }
}

#[tokio::test]
async fn coverage_of_every_region_is_that_of_the_api() {
    let app = spawn_app();
    let public = app.public();
    let roles = [
        "CHAIN_COORDINATOR",
        "CARE_COORDINATOR",
        "DESIGNATED_OFFICER",
    ];
    let mut functions = Vec::new();
    for role in roles {
        let query = format!(
            "{{ coverage(role: {role}) {{ role {{ title {{ nl }} }} areas {{ area {{ code }} counts {{ municipalities covered \
             notCovered unknown }} }} }} }}"
        );
        functions.push(public.ask(&query).await.data()["coverage"].clone());
    }
    let caption = "Voor hoeveel gemeenten de functie is ingevuld";
    for (index, area) in list(&functions[0]["areas"]).iter().enumerate() {
        let code = string(&area["area"]["code"]);
        let html = public.get(&format!("/regios/{code}")).await.body;
        let rows = rows_of(&html, caption);
        assert_eq!(rows.len(), roles.len(), "{code}");
        for (row, function) in rows.iter().zip(&functions) {
            let counts = &function["areas"][index]["counts"];
            assert_eq!(row[0], string(&function["role"]["title"]["nl"]));
            let names = ["municipalities", "covered", "notCovered", "unknown"];
            assert_eq!(
                row[1..],
                names.map(|name| counts[name].to_string()),
                "{code}"
            );
        }
    }
}

#[tokio::test]
async fn an_action_shows_its_ties_its_statuses_and_what_was_recorded() {
    let app = spawn_app();
    let public = app.public();
    let query = "{ actionLines { actions { number relations { action { number } } } } }";
    let data = public.ask(query).await.data();
    let lines = list(&data["actionLines"]).iter();
    for action in lines.flat_map(|line| list(&line["actions"])) {
        let path = format!("/plannen/2024/acties/{}", action["number"]);
        let html = public.get(&path).await.body;
        let relations = list(&action["relations"]);
        let graphs = html.matches("class=\"stm-graph\"").count();
        assert_eq!(graphs, usize::from(!relations.is_empty()), "{path}");
        for relation in relations {
            let other = &relation["action"]["number"];
            let linked = format!("/plannen/2024/acties/{other}");
            assert!(links(&html).contains(&linked), "{path} misses {linked}");
            assert!(html.contains(&format!(">Actie {other}</text>")), "{path}");
        }
    }
    let html = public.get("/plannen/2024/acties/13").await.body;
    let shown = text(&html);
    assert!(shown.contains("Begint na 11. "), "{shown}");
    assert!(
        shown.contains("toegevoegd uit een bron (grootboek, regel "),
        "{shown}"
    );
    // What it was before stands on both sides.
    let later = public.get("/plannen/2024/acties/30").await.body;
    assert!(links(&later).contains("/plannen/2023/acties/21"));
    let earlier = public.get("/plannen/2023/acties/21").await.body;
    assert!(links(&earlier).contains("/plannen/2024/acties/30"));
}
