//! Work for a purpose that row-level security knows: what fails in it is told as what fails
//! elsewhere, and what is asked beside it never runs under the purpose.

use acceptance::{
    Answer, App, PERIOD, keep_log_lines, log_lines, met, ministry, municipality, spawn_app, vng,
};
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::verdicts::{open_period, submit};

/// Cancels whoever waits for a lock, as Postgres does itself with a statement that takes too long:
/// the SQLSTATE is the same.
const CANCEL: &str = "select count(*) filter (where pg_cancel_backend(pid)) from pg_stat_activity
    where datname = current_database() and usename = 'stm_app' and wait_event_type = 'Lock'";

/// What is answered when the statement that reads a table is cut off.
async fn cut_off(app: &App, table: &str, requested: impl Future<Output = Answer>) -> Answer {
    let lock = app.database.superuser().await;
    lock.execute_unprepared(&format!(
        "begin; lock table {table} in access exclusive mode"
    ))
    .await
    .unwrap();
    let (answer, ()) = tokio::join!(requested, async {
        while app.database.count(CANCEL).await == 0 {}
    });
    lock.close().await.unwrap();
    answer
}

#[tokio::test]
async fn what_takes_too_long_for_a_purpose_is_answered_and_logged_as_elsewhere() {
    keep_log_lines();
    let app = spawn_app();
    open_period(&app, "2026-11-30", "2026-12-15").await;
    submit(&app, "GM0402", &["SV-01"]).await;
    let (own, of_ministry) = (app.with(&municipality("GM0402")), app.with(&ministry()));
    let answers = met(&["SV-02"]);
    let draft = json!({ "municipality": "GM0402", "period": PERIOD, "answers": answers });
    own.change("saveDraft", draft).await;
    let submission = json!({
        "input": {
            "municipality": "GM0402", "period": PERIOD, "idempotencyKey": "two",
            "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20",
        },
    });
    let judging = "mutation ($input: SubmitAssessmentInput!) { \
        submitAssessment(input: $input) { errors { code } } }";
    let preview = format!(
        "{{ assessment(municipality: \"GM0402\", period: \"{PERIOD}\") {{ \
            draft {{ preview {{ status }} }} }} }}"
    );
    let totals = format!(
        "{{ compliancePicture(period: \"{PERIOD}\", basis: SUBMITTED) {{ counts {{ count }} }} }}"
    );
    let shown = |doing: &str| {
        let lines = log_lines(&format!("while {doing}")).into_iter();
        let lines = lines.filter(|line| {
            let error = line["error"].as_str().unwrap_or_default();
            line["message"] == "a statement took too long"
                && error.contains("canceling statement due to user request")
        });
        lines.count()
    };

    let plain = cut_off(
        &app,
        "fact.action",
        own.ask("{ action(number: 1) { key } }"),
    )
    .await;
    assert_eq!(plain.codes(), ["TIMEOUT"]);
    assert_eq!(shown("reading a table of facts"), 1);

    // What everybody may read is in memory again, and what changed is found out once.
    own.ask("{ action(number: 1) { key } }").await;
    let adoptions = "fact.policy_adoption";
    let answer = cut_off(&app, adoptions, own.ask(&preview)).await;
    assert_eq!(answer.codes(), plain.codes(), "{}", answer.body);
    assert_eq!(shown("reading policies"), 1);

    let answer = cut_off(&app, adoptions, own.send(judging, submission.clone())).await;
    assert_eq!(answer.codes(), plain.codes(), "{}", answer.body);
    assert_eq!(shown("reading what verdicts depend on"), 1);

    let answer = cut_off(&app, "fact.verdict_span", of_ministry.ask(&totals)).await;
    assert_eq!(answer.codes(), plain.codes(), "{}", answer.body);
    let reading = "reading as of which Monday totals are given";
    assert_eq!(shown(reading), 1);

    // Nothing was kept of what failed, and the same call goes well now.
    let again = own.send(judging, submission).await;
    assert_eq!(again.data()["submitAssessment"], json!({ "errors": [] }));
}

/// Refuses every statement that reads a table of the plan while a purpose is on.
const NEVER_FOR_A_PURPOSE: &str = "
    create function runs_for_no_purpose() returns boolean language plpgsql stable as $$
    begin
        if coalesce(current_setting('app.purpose', true), '') <> '' then
            raise exception 'read for the purpose %', current_setting('app.purpose');
        end if;
        return true;
    end $$;
    do $$
    declare
        t text;
    begin
        foreach t in array array['action_line', 'action', 'action_title', 'action_year',
        'action_theme', 'action_goal',
            'action_partner', 'action_result', 'operational_goal', 'goal_target', 'budget_cell',
            'funding', 'partner', 'event', 'event_participant', 'data_decision',
            'reference_citation',
            'monitoring_round', 'status_report', 'published_count', 'source_document',
            'measurement', 'activity', 'plan_theme',
            'known_difference', 'known_gap', 'tile', 'function_role', 'function_assignment'] loop
            execute format('create policy never_for_a_purpose on fact.%I as restrictive for select
            to stm_app
                using ((select runs_for_no_purpose()))', t);
        end loop;
    end $$";

#[tokio::test]
async fn a_field_beside_never_runs_for_the_purpose() {
    keep_log_lines();
    let app = spawn_app();
    open_period(&app, "2026-11-30", "2026-12-15").await;
    submit(&app, "GM0402", &["SV-01"]).await;
    let own = app.with(&municipality("GM0402"));
    let answers = met(&["SV-02"]);
    let draft = json!({ "municipality": "GM0402", "period": PERIOD, "answers": answers });
    own.change("saveDraft", draft).await;
    let superuser = app.database.superuser().await;
    superuser
        .execute_unprepared(NEVER_FOR_A_PURPOSE)
        .await
        .unwrap();
    superuser.close().await.unwrap();

    // A long walk, one table after another, so that its statements come while the purpose is on.
    let beside = "action(number: 32) { partners { partner { name { nl } events { organisations { \
        key }
        source { document { citations { __typename } decisions { __typename } } } } } } }
        goals { plan { key } source { document { citations { __typename } decisions { __typename } } } }
        dashboard { lines { line { actions { goals { goal { measurements { __typename } source { \
        document { key } } } } } } } }";
    let picture = format!(
        "compliancePicture(period: \"{PERIOD}\", basis: SUBMITTED, countingRule: \
            MUNICIPALITY_OR_REGION) {{
            counts {{ count }} trend {{ period {{ key }} }} }}"
    );
    let preview = format!(
        "assessment(municipality: \"GM0402\", period: \"{PERIOD}\") {{ draft {{ preview {{ status \
            }} }} }}"
    );
    for (client, purposeful) in [
        (app.with(&ministry()), &picture),
        (app.with(&vng()), &picture),
        (own, &preview),
    ] {
        let together = client.ask(&format!("{{ {purposeful} {beside} }}")).await;
        let found = log_lines("read for the purpose");
        assert_eq!(together.codes(), Vec::<String>::new(), "{found:#?}");
    }
}
