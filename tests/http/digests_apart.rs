//! A digest that cannot be kept for one organisation stops nobody else's.

use acceptance::{MailServer, a_period, municipality, spawn_app, vng};
use compliance::notices::{Mailer, Security, Server, Turn, run_turn};
use database::{Database, roles};
use sea_orm::ConnectionTrait as _;
use serde_json::json;

#[tokio::test]
async fn what_fails_for_one_organisation_leaves_the_digests_of_others() {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    for (code, address) in [
        ("GM0402", "mensenhandel@hilversum.nl"),
        ("GM0417", "mensenhandel@laren.nl"),
    ] {
        let input = json!({ "mailboxAddress": address, "idempotencyKey": code });
        let client = app.with(&municipality(code));
        let registered = client
            .call("registerMailbox", "mailbox { address }", input)
            .await;
        assert_eq!(registered["errors"], json!([]), "{code}");
    }
    let superuser = app.database.superuser().await;
    superuser
        .execute_unprepared(
            "create function not_this_one() returns trigger language plpgsql as $$
             begin
                 raise exception 'not this one';
             end $$;
             create trigger not_this_one before insert on work.digest
                 for each row when (new.organisation = 'GM0402') execute function not_this_one()",
        )
        .await
        .unwrap();
    let server = MailServer::start();
    let url = app.database.url(roles::APP);
    let db = Database::connect(&url, 4, app.clock.clone()).await.unwrap();
    let settings = Server {
        host: "127.0.0.1".to_owned(),
        port: Some(server.port()),
        security: Security::None,
        login: None,
        from: "monitor@example.nl".to_owned(),
    };
    let mailer = Mailer::new(settings, "https://monitor.example.nl").unwrap();
    let one = Turn {
        made: 1,
        delivered: 1,
        ..Turn::default()
    };
    let to = || server.mails().into_iter().map(|mail| mail.to);
    assert_eq!(run_turn(&db, &mailer).await.unwrap(), one);
    assert_eq!(to().collect::<Vec<_>>(), ["mensenhandel@laren.nl"]);
    // It is made once that is mended.
    superuser
        .execute_unprepared("drop trigger not_this_one on work.digest")
        .await
        .unwrap();
    superuser.close().await.unwrap();
    assert_eq!(run_turn(&db, &mailer).await.unwrap(), one);
    assert_eq!(
        to().collect::<Vec<_>>(),
        ["mensenhandel@laren.nl", "mensenhandel@hilversum.nl"]
    );
}
