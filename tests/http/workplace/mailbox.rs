//! An organisation registers at the workplace the mailbox to which its open tasks are sent.

use acceptance::{App, spawn_app_trying_out};

use super::{browser::Browser, municipality::fill};

const PAGE: &str = "/werkplek/postvak";

async fn mailboxes(app: &App) -> i64 {
    let count = "select count(*) from work.functional_mailbox";
    app.database.count(count).await
}

#[tokio::test]
async fn a_mailbox_is_registered_replaced_and_withdrawn() {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    browser.get("/werkplek").await.tells(&[PAGE]);
    let page = browser.get(PAGE).await;
    page.tells(&["Er is geen postvak aangemeld."]);
    let form = "registerMailbox";
    // The address of a person is refused, and stays typed.
    let person = [("mailboxAddress", "j.jansen@hilversum.nl")];
    let shown = fill(&mut browser, (&page, form), PAGE, &person).await;
    assert_eq!(shown.status, 422);
    shown.tells(&[
        "href=\"#registerMailbox.mailboxAddress\"",
        "value=\"j.jansen@hilversum.nl\"",
    ]);
    assert_eq!(mailboxes(&app).await, 0);
    for address in ["mensenhandel@hilversum.nl", "veiligheid@hilversum.nl"] {
        let page = browser.get(PAGE).await;
        let typed = [("mailboxAddress", address)];
        let done = fill(&mut browser, (&page, form), PAGE, &typed).await;
        assert_eq!(done.location(), format!("{PAGE}?gedaan={form}"));
        let page = browser.get(done.location()).await;
        page.tells(&["Het postvak is aangemeld.", "Hilversum", address]);
        assert_eq!(mailboxes(&app).await, 1);
    }
    // Nobody else sees it.
    for role in ["REGION", "PARTNER", "VNG", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        let page = other.get(PAGE).await;
        page.tells(&["Er is geen postvak aangemeld."]);
        page.hides(&["veiligheid@hilversum.nl"]);
        // Nor takes it away by a form made by hand.
        let token = page.hidden("_token");
        let fields = [
            ("_token", token.as_str()),
            ("_formulier", "withdrawMailbox-GM0402"),
            ("_sleutel", "een sleutel"),
            ("organisation", "GM0402"),
        ];
        let shown = other.post(PAGE, &fields).await;
        assert!(matches!(shown.status, 404 | 422), "{role} {}", shown.status);
        assert_eq!(mailboxes(&app).await, 1, "{role}");
    }
    let page = browser.get(PAGE).await;
    let form = (&page, "withdrawMailbox-GM0402");
    let done = fill(&mut browser, form, PAGE, &[]).await;
    assert_eq!(
        done.location(),
        format!("{PAGE}?gedaan=withdrawMailbox#GM0402")
    );
    assert_eq!(mailboxes(&app).await, 0);
    browser
        .get(done.location())
        .await
        .tells(&["het adres is gewist", "Er is geen postvak aangemeld."]);
}
