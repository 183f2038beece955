//! A person has another pseudonym each year, of UTC, and goes on being recognised: what was done
//! before New Year is not done twice after it.

use acceptance::{
    App, Client, PERIOD, a_claim, a_confirmation, a_draft, a_submission, met, municipality,
    spawn_app, vng, vng_as,
};
use serde_json::{Value, json};

use crate::verdicts::open_period;

async fn with_drafts(codes: &[&str]) -> App {
    let app = spawn_app();
    open_period(&app, "2026-12-31", "2027-01-31").await;
    for code in codes {
        a_draft(code, met(&["SV-01"]))
            .sent_by(&app.with(&municipality(code)))
            .await;
    }
    app
}

fn set(app: &App, instant: &str) {
    app.clock.set(instant.parse().unwrap());
}

async fn submits(client: &Client, code: &str, function: &str) -> Value {
    let input = json!({
        "municipality": code, "period": PERIOD, "idempotencyKey": "one",
        "approvedByFunction": function, "approvedOn": "2026-11-20",
    });
    let requested = "version { number receipt onTime }";
    client.call("submitAssessment", requested, input).await
}

#[tokio::test]
async fn a_call_repeated_across_new_year_is_a_repeat() {
    let app = with_drafts(&["GM0402", "GM0406"]).await;
    // Hilversum before midnight in Amsterdam, Huizen before midnight in UTC, an hour later.
    for (code, first_at, on_time, repeated_at) in [
        (
            "GM0402",
            "2026-12-31T22:59:59Z",
            true,
            ["2026-12-31T23:00:00Z", "2026-12-31T23:59:58Z"],
        ),
        (
            "GM0406",
            "2026-12-31T23:59:59Z",
            false,
            ["2027-01-01T00:00:00Z", "2027-11-01T12:00:00Z"],
        ),
    ] {
        let own = app.with(&municipality(code));
        set(&app, first_at);
        let first = submits(&own, code, "Wethouder").await;
        assert_eq!(first["errors"], json!([]), "{code}");
        assert_eq!(first["version"]["number"], 1, "{code}");
        assert_eq!(first["version"]["onTime"], on_time, "{code}");
        let head = app.database.count("select number from ledger_head").await;
        for instant in repeated_at {
            set(&app, instant);
            assert_eq!(submits(&own, code, "Wethouder").await, first, "{instant}");
            assert_eq!(
                own.mistakes(
                    "submitAssessment",
                    json!({
                        "municipality": code, "period": PERIOD, "idempotencyKey": "one",
                        "approvedByFunction": "Burgemeester", "approvedOn": "2026-11-20",
                    })
                )
                .await,
                ["KEY_REUSED idempotencyKey"],
                "{instant}"
            );
        }
        assert_eq!(
            app.database.count("select number from ledger_head").await,
            head
        );
    }
    let kept = "select count(*) from work.idempotency_key where field = 'submitAssessment'";
    assert_eq!(app.database.count(kept).await, 2);
    let versions = "select count(*) from fact.assessment_version";
    assert_eq!(app.database.count(versions).await, 2);
}

#[tokio::test]
async fn a_key_of_a_colleague_is_another_key() {
    let app = with_drafts(&["GM0402"]).await;
    a_submission("GM0402")
        .sent_by(&app.with(&municipality("GM0402")))
        .await;
    let claim = json!({ "municipality": "GM0402", "period": PERIOD, "idempotencyKey": "one" });
    set(&app, "2026-12-31T23:59:59Z");
    app.with(&vng()).change("claimReview", claim.clone()).await;
    set(&app, "2027-01-01T00:00:01Z");
    // A repeat of the reviewer changes nothing, and a colleague's call is a call of its own.
    app.with(&vng()).change("claimReview", claim.clone()).await;
    assert_eq!(
        app.with(&vng_as("colleague"))
            .mistake_codes("claimReview", claim)
            .await,
        ["CLAIMED_BY_ANOTHER"]
    );
}

#[tokio::test]
async fn a_review_in_hand_stays_in_hand_across_new_year() {
    let app = with_drafts(&["GM0402"]).await;
    a_submission("GM0402")
        .sent_by(&app.with(&municipality("GM0402")))
        .await;
    let (reviewer, colleague) = (app.with(&vng()), app.with(&vng_as("colleague")));
    let queue = "{ reviewQueue { nodes { isClaimed isClaimedByMe } } }";
    let shown = async |client: &Client| {
        let answer = client.ask(queue).await.data();
        answer["reviewQueue"]["nodes"][0].clone()
    };
    set(&app, "2026-12-31T23:30:00Z");
    a_claim("GM0402").sent_by(&reviewer).await;
    set(&app, "2027-01-01T00:30:00Z");
    let claimed = |by_me: bool| json!({ "isClaimed": true, "isClaimedByMe": by_me });
    assert_eq!(shown(&reviewer).await, claimed(true));
    assert_eq!(shown(&colleague).await, claimed(false));
    let confirm = json!({
        "municipality": "GM0402", "period": PERIOD, "version": 1, "idempotencyKey": "confirm",
    });
    assert_eq!(
        colleague.mistake_codes("confirmAssessment", confirm).await,
        ["CLAIMED_BY_ANOTHER"]
    );
    // It is prolonged by the same person, who is known by this year's pseudonym from now on.
    a_claim("GM0402").sent_by(&reviewer).await;
    assert_eq!(shown(&reviewer).await, claimed(true));
    a_confirmation("GM0402", 1).sent_by(&reviewer).await;
}
