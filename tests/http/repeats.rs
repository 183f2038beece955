//! Repeats of a call under its key: what is the same call does not depend on the words of the
//! program.

use acceptance::{App, PERIOD, a_draft, met, municipality, spawn_app};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::verdicts::open_period;

const SUBMIT: &str = "mutation ($input: SubmitAssessmentInput!) { submitAssessment(input: $input) {
    version { number receipt } errors { code field } } }";

fn submission(approved_by: &str) -> Value {
    json!({ "municipality": "GM0402", "period": PERIOD, "idempotencyKey": "one",
        "approvedByFunction": approved_by, "approvedOn": "2026-11-20" })
}

async fn with_draft() -> App {
    let app = spawn_app();
    open_period(&app, "2026-11-30", "2026-12-15").await;
    let answers = met(&["SV-01"]);
    a_draft("GM0402", answers)
        .sent_by(&app.with(&municipality("GM0402")))
        .await;
    app
}

async fn change(app: &App, sql: &str) {
    let superuser = app.database.superuser().await;
    superuser.execute_unprepared(sql).await.unwrap();
    superuser.close().await.unwrap();
}

#[tokio::test]
async fn a_key_of_an_older_form_gets_its_outcome_and_nothing_is_written() {
    let app = with_draft().await;
    let own = app.with(&municipality("GM0402"));
    let submit = async |input: Value| {
        let answer = own.send(SUBMIT, json!({ "input": input })).await;
        answer.data()["submitAssessment"].clone()
    };
    let first = submit(submission("Portefeuillehouder veiligheid")).await;
    assert_eq!(first["errors"], json!([]));
    assert_eq!(first["version"]["number"], 1);
    // As 1.0.0-rc.1 kept it: the hash of a text that named the program's own types.
    change(
        &app,
        "update work.idempotency_key set input_form = 1, input_hash =
         sha256('SubmitAssessmentInput {..}')
         where field = 'submitAssessment'",
    )
    .await;
    let (head, kept) = (
        "select number from ledger_head",
        "select count(*) from work.idempotency_key",
    );
    let before = (
        app.database.count(head).await,
        app.database.count(kept).await,
    );
    // Nobody can tell any more whether the second one is the same call, so it is not carried out
    // either.
    for function in ["Portefeuillehouder veiligheid", "Burgemeester"] {
        assert_eq!(submit(submission(function)).await, first, "{function}");
    }
    let after = (
        app.database.count(head).await,
        app.database.count(kept).await,
    );
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_repeat_is_known_by_what_it_says_and_not_by_how() {
    let app = with_draft().await;
    let own = app.with(&municipality("GM0402"));
    let first = own
        .send(SUBMIT, json!({ "input": submission("Wethouder") }))
        .await;
    assert_eq!(first.data()["submitAssessment"]["errors"], json!([]));
    // Other order, absent values written out, and as literals instead of a variable.
    let literal = format!(
        "mutation {{ submitAssessment(input: {{ approvedOn: \"2026-11-20\", reason: null,
            idempotencyKey: \"one\",
            period: \"{PERIOD}\", approvedByFunction: \"Wethouder\", municipality: \"GM0402\" }}) {{
            version {{ number receipt }} errors {{ code field }} }} }}"
    );
    let again = own.ask(&literal).await;
    assert_eq!(again.data(), first.data());
    let other = own
        .send(SUBMIT, json!({ "input": submission("Burgemeester") }))
        .await;
    assert_eq!(
        other.data()["submitAssessment"],
        json!({
            "version": null, "errors": [{ "code": "KEY_REUSED", "field": ["idempotencyKey"] }],
        })
    );
}

#[tokio::test]
async fn an_outcome_that_cannot_be_read_is_an_error() {
    let app = with_draft().await;
    let own = app.with(&municipality("GM0402"));
    let input = json!({ "input": submission("Wethouder") });
    let first = own.send(SUBMIT, input.clone()).await;
    assert_eq!(first.data()["submitAssessment"]["errors"], json!([]));
    for outcome in [
        "'\"GM0402/2026-2#one\"'",
        "'\"GM0402/2026-2\"'",
        "'7'",
        "null",
    ] {
        change(
            &app,
            &format!(
                "update work.idempotency_key set outcome = {outcome} where field = \
                    'submitAssessment'"
            ),
        )
        .await;
        let answer = own.send(SUBMIT, input.clone()).await;
        assert_eq!(answer.codes(), ["INTERNAL"], "{outcome}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_save_that_comes_twice_is_kept_once() {
    let app = with_draft().await;
    let own = app.with(&municipality("GM0402"));
    let save = async |answer: &str, explanation: Value, revision: Value| {
        let answers = json!([{
            "criterion": "SV-02", "answer": answer, "explanation": explanation,
            "revision": revision,
        }]);
        let input = json!({ "municipality": "GM0402", "period": PERIOD, "answers": answers });
        let kept = "assessment { draft { answers { criterion { code } answer revision } } }";
        let saved = own.call("saveDraft", kept, input).await;
        let answers = saved["assessment"]["draft"]["answers"].clone();
        let second = answers
            .as_array()
            .and_then(|answers| answers.get(1).cloned());
        (
            second.map(|one| one["revision"].clone()),
            saved["errors"].clone(),
        )
    };
    let (none, first) = (Value::Null, Some(json!(1)));
    assert_eq!(
        save("MET", json!("Ja."), none.clone()).await,
        (first.clone(), json!([]))
    );
    // The same call again, as after a lost answer.
    assert_eq!(
        save("MET", json!("Ja."), none.clone()).await,
        (first, json!([]))
    );
    let stale = json!([{ "code": "STALE_REVISION", "field": ["answers", "0", "revision"] }]);
    for (answer, explanation) in [("NOT_MET", json!("Ja.")), ("MET", json!("Nee."))] {
        assert_eq!(
            save(answer, explanation, none.clone()).await,
            (None, stale.clone())
        );
    }
    let second = Some(json!(2));
    for _ in 0..2 {
        let saved = save("NOT_MET", json!("Nee."), json!(1)).await;
        assert_eq!(saved, (second.clone(), json!([])));
    }
}

#[tokio::test]
async fn a_start_and_a_claim_have_one_outcome_under_one_key() {
    let app = with_draft().await;
    let (own, reviewer) = (
        app.with(&municipality("GM0402")),
        app.with(&acceptance::vng()),
    );
    let keyed = |key: &str, period: &str| json!({ "municipality": "GM0402", "period": period, "idempotencyKey": key });
    let kept = "select count(*) from work.idempotency_key where field = 'startDraft'";
    for _ in 0..2 {
        let started = own
            .call("startDraft", "assessment { state }", keyed("start", PERIOD))
            .await;
        assert_eq!(
            started,
            json!({ "assessment": { "state": "DRAFT" }, "errors": [] })
        );
        assert_eq!(app.database.count(kept).await, 1);
    }
    assert_eq!(
        own.mistakes("startDraft", keyed("start", "2026-1")).await,
        ["KEY_REUSED idempotencyKey"]
    );
    acceptance::a_submission("GM0402").sent_by(&own).await;
    let claim = async |key: &str| {
        reviewer
            .call("claimReview", "expiresAt", keyed(key, PERIOD))
            .await
    };
    let first = json!({ "expiresAt": "2026-11-22T14:00:00+00:00", "errors": [] });
    assert_eq!(claim("one").await, first);
    app.clock
        .set(acceptance::noon() + chrono::TimeDelta::minutes(30));
    assert_eq!(claim("one").await, first);
    let later = json!({ "expiresAt": "2026-11-22T14:30:00+00:00", "errors": [] });
    assert_eq!(claim("two").await, later);
}
