//! Digests by mail: what they tell and to whom, once a day, without loss while the mail server is
//! away, and nothing of an address where it does not belong.

use acceptance::{
    App, Client, MailServer, Manners, SilentPort, a_draft, a_period, a_submission, met, ministry,
    municipality, noon, partner, region, spawn_app, vng,
};
use chrono::{DateTime, TimeDelta, Utc};
use compliance::notices::{Mailer, Security, Server, Turn, run_turn};
use database::{Database, roles};
use domain::{actor::Role, territory::MunicipalityCode};
use serde_json::{Value, json};

const REGISTER: &str = "mailbox { organisation { code } address }";
const OWN: &str = "{ functionalMailboxes { nodes { organisation { code } address \
    lastDigest { day state settledAt } } } }";
const HILVERSUM: &str = "mensenhandel@hilversum.nl";
const SERVICE: &str = "https://monitor.example.nl";

/// What a turn made and what became of it.
fn turn(made: u32, delivered: u32, in_vain: u32) -> Turn {
    Turn {
        made,
        delivered,
        refused: 0,
        in_vain,
    }
}

/// An instance of the sender, on the database and the clock of the service.
struct Sender {
    db: Database,
    mailer: Mailer,
}

impl Sender {
    async fn of(app: &App, port: u16) -> Self {
        let url = app.database.url(roles::APP);
        let db = Database::connect(&url, 4, app.clock.clone()).await;
        let server = Server {
            host: "127.0.0.1".to_owned(),
            port: Some(port),
            security: Security::None,
            login: None,
            from: "monitor@example.nl".to_owned(),
        };
        Self {
            db: db.expect("the sender connects"),
            mailer: Mailer::new(server, SERVICE).expect("good settings"),
        }
    }

    async fn turn(&self) -> Turn {
        run_turn(&self.db, &self.mailer).await.expect("a turn")
    }
}

async fn register(client: &Client, address: &str, key: &str) -> Value {
    let input = json!({ "mailboxAddress": address, "idempotencyKey": key });
    client.call("registerMailbox", REGISTER, input).await
}

/// A service with an open period, in which Hilversum registered its mailbox.
async fn with_hilversum() -> (App, Client) {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    let hilversum = app.with(&municipality("GM0402"));
    let registered = register(&hilversum, HILVERSUM, "mailbox").await;
    assert_eq!(registered["errors"], json!([]));
    (app, hilversum)
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

async fn mailboxes(app: &App) -> i64 {
    let sql = "select count(*) from work.functional_mailbox";
    app.database.count(sql).await
}

async fn last_digest(client: &Client) -> Value {
    client.ask(OWN).await.data()["functionalMailboxes"]["nodes"][0]["lastDigest"].clone()
}

#[tokio::test]
async fn a_digest_tells_what_is_open_to_its_organisation_and_nothing_else() {
    let (app, hilversum) = with_hilversum().await;
    let answers = json!([{ "criterion": "SV-01", "answer": "NOT_MET",
        "explanation": "Er is een vacature." }]);
    a_draft("GM0402", answers).sent_by(&hilversum).await;
    let server = MailServer::start();
    let sender = Sender::of(&app, server.port()).await;
    assert_eq!(last_digest(&hilversum).await, Value::Null);
    assert_eq!(sender.turn().await, turn(1, 1, 0));
    let mails = server.mails();
    let [mail] = mails.as_slice() else {
        panic!("{mails:?}")
    };
    assert_eq!(mail.to, HILVERSUM);
    let header = |name| mail.header(name).unwrap_or_default();
    assert_eq!(header("To"), HILVERSUM);
    assert_eq!(header("From"), "monitor@example.nl");
    assert_eq!(header("Auto-Submitted"), "auto-generated");
    assert_eq!(
        header("Message-ID"),
        "<digest.2026-11-22.municipality.GM0402@example.nl>"
    );
    assert_eq!(
        header("Subject"),
        "2 openstaande taken in de monitor Samen tegen mensenhandel"
    );
    let text = mail.text();
    let dutch = "Uw organisatie heeft 2 openstaande taken in de monitor van het actieplan Samen \
        tegen mensenhandel.\n\n\
        Beoordeling indienen\n\
        De beoordeling van Hilversum over rapportageperiode 2026-2\n\
        Uiterlijk 30 november 2026\n\
        https://monitor.example.nl/werkplek/beoordelingen/GM0402/2026-2\n\n\
        Vaststellingsbesluit met datum vastleggen\n\
        De beoordeling van Hilversum over rapportageperiode 2026-2\n\
        Uiterlijk 30 november 2026\n\
        https://monitor.example.nl/werkplek/beoordelingen/GM0402/2026-2/besluit\n\n\
        Dit bericht is automatisch verzonden";
    assert!(text.starts_with(dutch), "{text}");
    assert!(text.contains("\nBy 30 November 2026\n"), "{text}");
    // Neither an answer nor another organisation.
    for secret in ["vacature", "SV-01", "NOT_MET", "Huizen", "GM0406"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let sent =
        json!({ "day": "2026-11-22", "state": "SENT", "settledAt": "2026-11-22T12:00:00+00:00" });
    assert_eq!(last_digest(&hilversum).await, sent);
    // Once a day, and its text is gone.
    app.clock.set(at("2026-11-22T22:59:00Z"));
    assert_eq!(sender.turn().await, Turn::default());
    let texts = "select count(*) from work.digest where body is not null or subject is not null";
    assert_eq!(app.database.count(texts).await, 0);
    // The next one is made from seven o'clock on.
    app.clock.set(at("2026-11-23T05:59:00Z"));
    assert_eq!(sender.turn().await, Turn::default());
    app.clock.set(at("2026-11-23T06:00:00Z"));
    assert_eq!(sender.turn().await, turn(1, 1, 0));
    assert_eq!(
        server.mails()[1].header("Message-ID").as_deref(),
        Some("<digest.2026-11-23.municipality.GM0402@example.nl>")
    );
}

#[tokio::test]
async fn what_is_open_is_that_of_open_tasks_and_without_any_no_mail_comes() {
    let (app, hilversum) = with_hilversum().await;
    for (client, address) in [
        (app.with(&region("VR14")), "ketenregie@vr14.example.nl"),
        (app.with(&partner("comensha")), "info@comensha.nl"),
        (app.with(&vng()), "mensenhandel@vng.nl"),
        (app.with(&ministry()), "monitor@minjenv.nl"),
    ] {
        assert_eq!(register(&client, address, "own").await["errors"], json!([]));
    }
    a_draft("GM0402", met(&["SV-01"])).sent_by(&hilversum).await;
    a_submission("GM0402").sent_by(&hilversum).await;
    let server = MailServer::start();
    let sender = Sender::of(&app, server.port()).await;
    // Of the five only Hilversum and VNG have something to do.
    assert_eq!(sender.turn().await, turn(2, 2, 0));
    let mails = server.mails();
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, [HILVERSUM, "mensenhandel@vng.nl"]);
    let reviewer = app.with(&vng());
    let open = reviewer.ask("{ openTasks { nodes { label title { nl } } } }");
    let open = open.await.data()["openTasks"]["nodes"].clone();
    assert_eq!(open.as_array().map(Vec::len), Some(1));
    for line in [&open[0]["label"], &open[0]["title"]["nl"]] {
        let line = line.as_str().unwrap();
        assert!(mails[1].text().contains(&format!("\n{line}\n")), "{line}");
    }
    assert_eq!(
        last_digest(&app.with(&partner("comensha"))).await["state"],
        "NOTHING_OPEN"
    );
}

#[tokio::test]
async fn a_mail_server_that_is_away_for_an_hour_loses_nothing_and_nothing_comes_twice() {
    let (app, hilversum) = with_hilversum().await;
    let huizen = app.with(&municipality("GM0406"));
    register(&huizen, "info@huizen.nl", "mailbox").await;
    let port = SilentPort::take();
    let sender = Sender::of(&app, port.port()).await;
    // One is tried, and since nobody answers the other one is not.
    assert_eq!(sender.turn().await, turn(2, 0, 1));
    assert_eq!(last_digest(&hilversum).await["state"], "WAITING");
    let mut tries = 1;
    for minute in 1..60 {
        app.clock.set(noon() + TimeDelta::minutes(minute));
        tries += sender.turn().await.in_vain;
    }
    // Each after 1, 5, 10, 20 and 30 minutes, and not at every turn.
    assert_eq!(tries, 10);
    app.clock.set(noon() + TimeDelta::minutes(95));
    let server = port.answer();
    assert_eq!(sender.turn().await, turn(0, 2, 0));
    let mails = server.mails();
    let mut to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["info@huizen.nl", HILVERSUM]);
    // Dated when they were made, whenever they come.
    assert_eq!(
        mails[0].header("Date").as_deref(),
        Some("Sun, 22 Nov 2026 12:00:00 +0000")
    );
    for minute in 96..200 {
        app.clock.set(noon() + TimeDelta::minutes(minute));
        assert_eq!(sender.turn().await, Turn::default());
    }
    assert_eq!(server.mails().len(), 2);
}

#[tokio::test]
async fn what_was_taken_without_a_word_comes_again_as_the_same_mail() {
    let (app, hilversum) = with_hilversum().await;
    let server = MailServer::start();
    server.set(Manners::TakesWithoutAWord);
    let sender = Sender::of(&app, server.port()).await;
    assert_eq!(sender.turn().await, turn(1, 0, 1));
    // What is open changes meanwhile; the mail does not.
    a_draft("GM0402", met(&["SV-01"])).sent_by(&hilversum).await;
    a_submission("GM0402").sent_by(&hilversum).await;
    server.set(Manners::Takes);
    assert_eq!(sender.turn().await, Turn::default());
    app.clock.set(noon() + TimeDelta::minutes(1));
    assert_eq!(sender.turn().await, turn(0, 1, 0));
    let mails = server.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0], mails[1]);
}

#[tokio::test]
async fn of_several_instances_one_sends_and_another_goes_on_where_it_ended() {
    let (app, _) = with_hilversum().await;
    for code in ["GM0376", "GM0406", "GM0417", "GM1696", "GM1942"] {
        let client = app.with(&municipality(code));
        let address = format!("info@{}.example.nl", code.to_lowercase());
        assert_eq!(register(&client, &address, code).await["errors"], json!([]));
    }
    let server = MailServer::start();
    let first = Sender::of(&app, server.port()).await;
    let second = Sender::of(&app, server.port()).await;
    let (one, other) = tokio::join!(first.turn(), second.turn());
    assert_eq!((one.made + other.made, one.in_vain + other.in_vain), (6, 0));
    // Whichever was last may have left some to the other.
    let rest = first.turn().await;
    assert_eq!(one.delivered + other.delivered + rest.delivered, 6);
    let mut to: Vec<String> = server.mails().into_iter().map(|mail| mail.to).collect();
    to.sort_unstable();
    to.dedup();
    assert_eq!((to.len(), server.mails().len()), (6, 6));
    // An instance that ended while it delivered leaves the digest to others after five minutes.
    app.clock.set(at("2026-11-23T06:00:00Z"));
    server.set(Manners::AsksForPatience);
    assert_eq!(first.turn().await.in_vain, 6);
    let claimed = "with taken as (update work.digest set next_try_at = '2026-11-23T06:05:00Z'
        where state = 'WAITING' returning 1) select count(*) from taken";
    assert_eq!(app.database.count(claimed).await, 6);
    server.set(Manners::Takes);
    app.clock.set(at("2026-11-23T06:04:59Z"));
    assert_eq!(second.turn().await, Turn::default());
    app.clock.set(at("2026-11-23T06:05:00Z"));
    assert_eq!(second.turn().await, turn(0, 6, 0));
}

#[tokio::test]
async fn a_mailbox_that_is_refused_is_tried_the_next_day_and_what_was_not_delivered_is_replaced() {
    let (app, hilversum) = with_hilversum().await;
    let server = MailServer::start();
    server.set(Manners::RefusesMailboxes);
    let sender = Sender::of(&app, server.port()).await;
    let refused = Turn {
        made: 1,
        refused: 1,
        ..Turn::default()
    };
    assert_eq!(sender.turn().await, refused);
    assert_eq!(last_digest(&hilversum).await["state"], "REFUSED");
    app.clock.set(at("2026-11-22T18:00:00Z"));
    assert_eq!(sender.turn().await, Turn::default());
    server.set(Manners::AsksForPatience);
    app.clock.set(at("2026-11-23T06:00:00Z"));
    assert_eq!(sender.turn().await, turn(1, 0, 1));
    server.set(Manners::Takes);
    // The one of the 24th takes the place of that of the 23rd.
    app.clock.set(at("2026-11-24T06:00:00Z"));
    assert_eq!(sender.turn().await, turn(1, 1, 0));
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    let id = mails[0].header("Message-ID").unwrap();
    assert!(id.contains("2026-11-24"), "{id}");
    let replaced = "select count(*) from work.digest where state = 'REPLACED'
        and day = '2026-11-23' and body is null";
    assert_eq!(app.database.count(replaced).await, 1);
    // What became of them is forgotten after thirty days.
    app.clock.set(at("2027-01-05T06:00:00Z"));
    sender.turn().await;
    let old = "select count(*) from work.digest where day < '2026-12-01'";
    assert_eq!(app.database.count(old).await, 0);
}

#[tokio::test]
async fn an_address_of_a_person_and_what_is_none_are_refused() {
    let app = spawn_app();
    let hilversum = app.with(&municipality("GM0402"));
    for (at, (address, code)) in [
        ("anna@hilversum.nl", "PERSONAL_DATA"),
        ("j.jansen@hilversum.nl", "PERSONAL_DATA"),
        ("jansen@hilversum.nl", "PERSONAL_DATA"),
        ("mensenhandel.hilversum@gmail.com", "PERSONAL_DATA"),
        ("team.111222333@hilversum.nl", "PERSONAL_DATA"),
        ("mensenhandel", "INVALID_ADDRESS"),
        ("info@hilversum.nl\nBcc: x@y.nl", "INVALID_ADDRESS"),
        ("", "INVALID_ADDRESS"),
    ]
    .into_iter()
    .enumerate()
    {
        let input = json!({ "mailboxAddress": address, "idempotencyKey": format!("{at}") });
        let refused = hilversum
            .call("registerMailbox", "mailbox { address }", input)
            .await;
        assert_eq!(
            refused,
            json!({ "mailbox": null,
                "errors": [{ "code": code, "field": ["mailboxAddress"] }] }),
            "{address}"
        );
    }
    let input = json!({ "mailboxAddress": HILVERSUM, "idempotencyKey": "public" });
    let refused = app
        .public()
        .send_mutation("registerMailbox", "", input)
        .await;
    assert!(refused.body.contains("FORBIDDEN"), "{}", refused.body);
    assert!(!refused.body.contains("hilversum"), "{}", refused.body);
    assert_eq!(mailboxes(&app).await, 0);
    let public = app.public().ask(OWN).await;
    assert_eq!(public.data()["functionalMailboxes"], Value::Null);
}

#[tokio::test]
async fn a_mailbox_is_withdrawn_with_what_waits_for_it() {
    let (app, hilversum) = with_hilversum().await;
    let input = |organisation: Option<&str>, key: &str| json!({ "organisation": organisation, "idempotencyKey": key });
    let selection = "organisation { code }";
    let unknown = json!({ "organisation": null,
        "errors": [{ "code": "UNKNOWN_MAILBOX", "field": ["organisation"] }] });
    // Nobody withdraws that of another, or sees it.
    for stranger in [
        app.with(&municipality("GM0406")),
        app.with(&region("VR14")),
        app.with(&vng()),
        app.with(&ministry()),
    ] {
        let input = input(Some("GM0402"), "of another");
        let refused = stranger.call("withdrawMailbox", selection, input).await;
        assert_eq!(refused, unknown);
        let seen = stranger.ask(OWN).await;
        assert_eq!(seen.data()["functionalMailboxes"]["nodes"], json!([]));
        assert!(!seen.body.contains("hilversum"), "{}", seen.body);
    }
    assert_eq!(mailboxes(&app).await, 1);
    let port = SilentPort::take();
    let sender = Sender::of(&app, port.port()).await;
    assert_eq!(sender.turn().await, turn(1, 0, 1));
    let gone = hilversum
        .call("withdrawMailbox", selection, input(None, "gone"))
        .await;
    assert_eq!(
        gone,
        json!({ "organisation": { "code": "GM0402" }, "errors": [] })
    );
    let again = hilversum
        .call("withdrawMailbox", selection, input(None, "again"))
        .await;
    assert_eq!(again, unknown);
    assert_eq!(mailboxes(&app).await, 0);
    // Registered once more on the same day: no second digest of that day.
    register(&hilversum, "info@hilversum.nl", "anew").await;
    assert_eq!(last_digest(&hilversum).await["state"], "WITHDRAWN");
    let server = port.answer();
    app.clock.set(noon() + TimeDelta::hours(2));
    assert_eq!(sender.turn().await, Turn::default());
    app.clock.set(at("2026-11-23T06:00:00Z"));
    assert_eq!(sender.turn().await, turn(1, 1, 0));
    let to: Vec<String> = server.mails().into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, ["info@hilversum.nl"]);
}

#[tokio::test]
async fn a_mailbox_of_two_municipalities_is_seen_and_withdrawn_by_each() {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    let codes = ["GM0402", "GM0406"].map(|code| MunicipalityCode::parse(code).unwrap());
    let both = app.with(&acceptance::token(
        Role::Municipality(codes.to_vec()),
        "shared",
    ));
    let registered = register(&both, "team.veiligheid@example.nl", "shared").await;
    let organisation = registered["mailbox"]["organisation"]["code"].clone();
    assert_eq!(organisation, "GM0402+GM0406");
    let server = MailServer::start();
    let sender = Sender::of(&app, server.port()).await;
    assert_eq!(sender.turn().await, turn(1, 1, 0));
    let text = server.mails()[0].text();
    for name in ["Hilversum", "Huizen"] {
        assert!(
            text.contains(&format!("De beoordeling van {name} over")),
            "{text}"
        );
    }
    let huizen = app.with(&municipality("GM0406"));
    let seen = huizen.ask(OWN).await.data()["functionalMailboxes"]["nodes"][0].clone();
    assert_eq!(seen["organisation"]["code"], organisation);
    let input = json!({ "organisation": organisation, "idempotencyKey": "no more" });
    huizen.change("withdrawMailbox", input).await;
    assert_eq!(mailboxes(&app).await, 0);
}

#[tokio::test]
async fn an_address_stands_in_no_ledger_feed_or_log() {
    acceptance::keep_log_lines();
    let (app, _) = with_hilversum().await;
    let server = MailServer::start();
    server.set(Manners::RefusesMailboxes);
    let sender = Sender::of(&app, server.port()).await;
    assert_eq!(sender.turn().await.refused, 1);
    let places = "select count(*) from (
        select t::text as line from ledger t union all select t::text from free_text t
        union all select t::text from work.idempotency_key t union all select t::text
        from work.digest t) lines where line ilike '%@hilversum.nl%'";
    assert_eq!(app.database.count(places).await, 0);
    let tables = app.public().get("/v1/feeds").await;
    assert!(!tables.body.contains("mailbox"), "{}", tables.body);
    assert!(!acceptance::log_lines("a digest was not delivered").is_empty());
    for secret in [HILVERSUM, "Uw organisatie heeft"] {
        assert!(acceptance::log_lines(secret).is_empty(), "{secret}");
    }
}
