//! What is stored as JSON and cannot be read is an error with its cause in the log, and never left
//! out: nothing is sealed without it.

use acceptance::{
    App, Client, PERIOD, a_draft, keep_log_lines, log_lines, municipality, spawn_app, vng,
};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::verdicts::{open_period, submit};

async fn change(app: &App, sql: &str) {
    let superuser = app.database.superuser().await;
    // Facts are never changed otherwise: a trigger sees to that.
    superuser
        .execute_unprepared("set session_replication_role = replica")
        .await
        .unwrap();
    superuser.execute_unprepared(sql).await.unwrap();
    superuser.close().await.unwrap();
}

/// Saves an answer with a piece of evidence.
async fn with_evidence() -> (App, Client) {
    keep_log_lines();
    let app = spawn_app();
    open_period(&app, "2026-11-30", "2026-12-15").await;
    let own = app.with(&municipality("GM0402"));
    let evidence = json!([{ "kind": "APPOINTMENT_DECISION", "title": "Aanwijzingsbesluit",
        "reference": "Besluit 12", "effectiveOn": "2025-11-01" }]);
    let answers = json!([{ "criterion": "SV-01", "answer": "MET", "evidence": evidence }]);
    a_draft("GM0402", answers).sent_by(&own).await;
    (app, own)
}

fn submission() -> Value {
    json!({ "input": { "municipality": "GM0402", "period": PERIOD, "idempotencyKey": "one",
        "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20" } })
}

const SUBMIT: &str = "mutation ($input: SubmitAssessmentInput!) { submitAssessment(input: $input) {
    version { answers { evidence { title reference } } } errors { code } } }";

/// What the log tells of evidence that cannot be read, for this cause.
fn observed(cause: &str) -> usize {
    let lines = log_lines(cause).into_iter();
    lines
        .filter(|line| {
            let error = line["error"].as_str().unwrap_or_default();
            error.contains("evidence of a draft")
        })
        .count()
}

#[tokio::test]
async fn evidence_that_cannot_be_read_is_not_submitted_without() {
    let causes = [
        ("evidence #- '{0,title}'", "missing field `title`"),
        ("evidence #- '{0,reference}'", "missing field `reference`"),
        (
            "jsonb_set(evidence, '{0,sealedBy}', '\"x\"')",
            "unknown field `sealedBy`",
        ),
        (
            "jsonb_set(evidence, '{0,form}', '2')",
            "it is of form 2, and this program knows 1",
        ),
        ("'{}'", "it is no list"),
    ];
    let (app, own) = with_evidence().await;
    let kept = "select count(*) from fact.assessment_version";
    for (broken, cause) in causes {
        change(
            &app,
            &format!(
                "create table whole as select * from work.draft_answer;
                 update work.draft_answer set evidence = {broken}"
            ),
        )
        .await;
        let before = observed(cause);
        let answer = own.send(SUBMIT, submission()).await;
        assert_eq!(answer.codes(), ["INTERNAL"], "{broken}: {}", answer.body);
        let read = "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { draft {
            answers { evidence { title } } } } }";
        assert_eq!(own.ask(read).await.codes(), ["INTERNAL"], "{broken}");
        assert_eq!(observed(cause), before + 2, "{cause}");
        assert_eq!(app.database.count(kept).await, 0, "{broken}");
        change(
            &app,
            "update work.draft_answer d set evidence = w.evidence from whole w where w.criterion =
             d.criterion;
             drop table whole",
        )
        .await;
    }
    // Once it can be read it is submitted, under the same key: what failed kept nothing.
    let answer = own.send(SUBMIT, submission()).await;
    let evidence = json!([{ "title": "Aanwijzingsbesluit", "reference": "Besluit 12" }]);
    assert_eq!(
        answer.data()["submitAssessment"],
        json!({ "version": { "answers": [{ "evidence": evidence }] }, "errors": [] })
    );
}

#[tokio::test]
async fn evidence_that_the_first_release_kept_is_read() {
    let (app, own) = with_evidence().await;
    change(
        &app,
        r#"update work.draft_answer set evidence = '[{"kind": "OTHER", "title": "Plan", "address":
            null,
            "reference": "12", "effective_on": "2026-01-31", "received_at":
            "2026-11-22T12:00:00Z"}]'"#,
    )
    .await;
    let answer = own.send(SUBMIT, submission()).await;
    let evidence = json!([{ "title": "Plan", "reference": "12" }]);
    assert_eq!(
        answer.data()["submitAssessment"],
        json!({ "version": { "answers": [{ "evidence": evidence }] }, "errors": [] })
    );
}

#[tokio::test]
async fn grounds_that_cannot_be_read_are_an_error_with_its_cause() {
    keep_log_lines();
    let app = spawn_app();
    open_period(&app, "2026-11-30", "2026-12-15").await;
    submit(&app, "GM0402", &["SV-01"]).await;
    let verdict = format!(
        "{{ verdict(municipality: \"GM0402\", period: \"{PERIOD}\", basis: SUBMITTED) {{ \
            grounds {{ versionNumber }} }} }}"
    );
    let picture = format!(
        "{{ compliancePicture(period: \"{PERIOD}\", basis: SUBMITTED) {{
            municipalities {{ status }} country {{ criteria {{ met }} }} }} }}"
    );
    let causes = [
        ("grounds #- '{counts,met}'", "missing field `met`"),
        (
            "grounds || '{\"form\": 3}'",
            "it is of form 3, and this program knows 2",
        ),
        (
            "grounds || '{\"form\": \"new\"}'",
            "its form is no number from 1",
        ),
    ];
    for (broken, cause) in causes {
        change(
            &app,
            &format!(
                "create table whole as select id, grounds from fact.verdict_span;
                 update fact.verdict_span set grounds = {broken}"
            ),
        )
        .await;
        let shown = || {
            let lines = log_lines(cause).into_iter();
            lines
                .filter(|line| {
                    let error = line["error"].as_str().unwrap_or_default();
                    error.contains("grounds of a verdict")
                })
                .count()
        };
        let before = shown();
        for (client, query) in [
            (app.with(&municipality("GM0402")), &verdict),
            (app.with(&vng()), &picture),
        ] {
            let answer = client.ask(query).await;
            assert_eq!(answer.codes(), ["INTERNAL"], "{broken}: {}", answer.body);
        }
        assert_eq!(shown(), before + 2, "{cause}");
        change(
            &app,
            "update fact.verdict_span s set grounds = w.grounds from whole w where w.id = s.id; \
                drop table whole",
        )
        .await;
    }
    let own = app.with(&municipality("GM0402"));
    assert_eq!(
        own.ask(&verdict).await.data()["verdict"]["grounds"],
        json!({ "versionNumber": 1 })
    );
}
