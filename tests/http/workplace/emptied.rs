//! What an officer emptied stays empty when the form comes back with a mistake in something else.

use acceptance::{a_draft, a_period, municipality, spawn_app_trying_out, vng};
use serde_json::json;

use super::browser::Browser;

const ANSWERS: &str = "/werkplek/beoordelingen/GM0402/2026-2/antwoorden";

#[tokio::test]
async fn an_emptied_field_comes_back_empty_beside_a_mistake() {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    let answers = json!([{ "criterion": "SV-01", "answer": "NOT_MET",
        "explanation": "Er is een vacature." }]);
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", answers).sent_by(&own).await;
    let mut officer = Browser::at(app.address());
    officer.try_as("MUNICIPALITY").await;
    let page = officer.get(ANSWERS).await;
    assert!(page.form("saveDraft-SV-01").contains("Er is een vacature."));
    let token = page.hidden("_token");
    let emptied = [
        ("_token", token.as_str()),
        ("_formulier", "saveDraft-SV-01"),
        ("municipality", "GM0402"),
        ("period", "2026-2"),
        ("answers.0.criterion", "SV-01"),
        ("answers.0.revision", "1"),
        ("answers.0.answer", "NOT_MET"),
        ("answers.0.explanation", ""),
        ("answers.0.evidence.0.effectiveOn", "gisteren"),
    ];
    let refused = officer.post(ANSWERS, &emptied).await;
    assert_eq!(refused.status, 422);
    let form = refused.form("saveDraft-SV-01");
    assert!(!form.contains("Er is een vacature."), "{form}");
    let kept = "select count(*) from work.draft_answer where explanation = 'Er is een vacature.'";
    assert_eq!(app.database.count(kept).await, 1);
    // What was not sent at all is shown as it is kept.
    let sent = [&emptied[..7], &emptied[8..]].concat();
    let refused = officer.post(ANSWERS, &sent).await;
    assert!(
        refused
            .form("saveDraft-SV-01")
            .contains("Er is een vacature.")
    );
}
