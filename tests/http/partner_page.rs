//! The whole page of a partner's website in one query: about, dashboard with lines, all actions
//! with status, delay, explanation, timeline, partners and source.

use acceptance::spawn_app;

const PAGE: &str = "query Page($actions: Int!) {
  about { version licence dataSet { title { nl } ledger } knownGaps { key text { nl } } }
  dashboard {
    day statement round { key title { nl } dateText { nl } ageInMonths
    source { lines document { key title { nl } } } }
    total { actions publishedActions statuses { status label count share } }
    lines { line { key title { nl } shortTitle narrative goals { text progress } }
    counts { actions statuses { status count } } }
    outsideRound { number }
  }
  actions(first: $actions) {
    totalCount
    nodes {
      key number title { nl en } isNew monitoring { state } status statusLabel explanation
      delay { amount cause causeState }
      line { number }
      timeline { year planned basis }
      themes { theme { code } }
      partners { role partner { key name { nl } } source { lines } }
      mentions { printed partner { key } }
      statusSource { lines document { key title { nl } } citation }
      source { lines }
    }
  }
  sourceDocuments { nodes { key title { nl } dateText { nl } } }
}";

#[tokio::test]
async fn the_page_of_a_partner_is_one_anonymous_query_with_constant_cost() {
    let app = spawn_app();
    let public = app.public();
    let one = public
        .send_again(PAGE, serde_json::json!({ "actions": 1 }))
        .await;
    let all = public
        .send_again(PAGE, serde_json::json!({ "actions": 100 }))
        .await;
    assert_eq!(one.data()["actions"]["totalCount"], 46);
    let data = all.data();
    assert_eq!(data["actions"]["nodes"].as_array().unwrap().len(), 46);
    assert_eq!(data["dashboard"]["total"]["actions"], 43);
    assert_eq!((one.statements(), all.statements()), (1, 1));
    let forty_six = &data["actions"]["nodes"][45];
    assert_eq!(forty_six["statusLabel"], "Doorlopend");
    assert_eq!(
        forty_six["statusSource"]["document"]["key"],
        "monitoring-2025"
    );
}
