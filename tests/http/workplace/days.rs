//! A day on a page is one of Europe/Amsterdam, also of what happened shortly after midnight.

use acceptance::{a_draft, a_period, met, municipality, spawn_app_trying_out, vng};
use chrono::TimeDelta;

use super::{browser::Browser, municipality::fill};

const HOME: &str = "/werkplek/beoordelingen/GM0402/2026-2";

#[tokio::test]
async fn what_came_in_after_midnight_came_in_on_the_day_that_clocks_showed() {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&own).await;
    // Half past midnight on the 23rd, which is still the 22nd in UTC.
    app.clock.set(app.clock.now() + TimeDelta::minutes(690));
    let mut officer = Browser::at(app.address());
    officer.try_as("MUNICIPALITY").await;
    let page = officer.get(HOME).await;
    let typed = [
        ("approvedByFunction", "Gemeentesecretaris"),
        ("approvedOn", "2026-11-20"),
    ];
    let sent = fill(&mut officer, (&page, "submitAssessment"), HOME, &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = officer.get(HOME).await;
    page.tells(&["Ingediend op 23 november 2026, op tijd"]);
    page.hides(&["Ingediend op 22"]);
}
