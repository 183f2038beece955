//! Every publication names who publishes it, when, under which licence and what it replaces, and
//! the archives have its metadata beside it.

use acceptance::{
    Client, a_publication, a_release, ministry, noon, spawn_app, spawn_app_published_by,
};
use chrono::TimeDelta;
use domain::publication::publisher::Publisher;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const ADDRESS: &str = "https://monitor.example.nl";

fn publisher() -> Publisher {
    Publisher {
        name: Some("Ministerie van Justitie & Veiligheid".to_owned()),
        identifier: Some("https://identifier.overheid.nl/tooi/id/ministerie/mnre1058".to_owned()),
        email: Some("monitor@example.nl".to_owned()),
        telephone: Some("070 000 00 00".to_owned()),
        accessibility: Some("https://example.nl/toegankelijkheid".to_owned()),
        privacy: Some("https://example.nl/privacy".to_owned()),
        ..Publisher::default()
    }
}

async fn published(client: &Client, number: u32) {
    a_publication("BUDGET", "2024").sent_by(client).await;
    a_release(&format!("budget-2024-{number}"))
        .sent_by(client)
        .await;
}

async fn file(client: &Client, name: &str) -> String {
    let file = client.get(&format!("/v1/publications/{name}")).await;
    assert_eq!(file.status, 200, "{name}: {}", file.body);
    file.body
}

async fn colophon(client: &Client, key: &str) -> Value {
    let file: Value = serde_json::from_str(&file(client, &format!("{key}.json")).await).unwrap();
    file["manifest"]["colophon"].clone()
}

#[tokio::test]
async fn a_publication_names_its_publisher_and_what_it_replaces() {
    let app = spawn_app_published_by(publisher(), ADDRESS);
    let of_ministry = app.with(&ministry());
    published(&of_ministry, 1).await;
    published(&of_ministry, 2).await;
    let public = app.public();
    let expected = |key: &str, replaces: Value| {
        json!({
            "title_nl": "Begroting van het actieplan Samen tegen mensenhandel, versie 2024",
            "title_en": "Budget of the action plan Together against Human Trafficking, version \
                2024",
            "database": "REAL",
            "publisher": "Ministerie van Justitie & Veiligheid",
            "publisher_identifier":
                "https://identifier.overheid.nl/tooi/id/ministerie/mnre1058",
            "prepared_on": "2026-11-22", "published_on": "2026-11-22", "language": "nl",
            "licence": "CC0-1.0", "email": "monitor@example.nl", "telephone": "070 000 00 00",
            "accessibility_statement": "https://example.nl/toegankelijkheid",
            "privacy_statement": "https://example.nl/privacy",
            "permalink": format!("{ADDRESS}/v1/publications/{key}"), "replaces": replaces,
        })
    };
    assert_eq!(
        colophon(&public, "budget-2024-1").await,
        expected("budget-2024-1", Value::Null)
    );
    assert_eq!(
        colophon(&public, "budget-2024-2").await,
        expected("budget-2024-2", json!("budget-2024-1"))
    );
    let shown = public
        .ask(
            "{ publication(key: \"budget-2024-2\") { colophon { title { nl en } database publisher
             publisherIdentifier preparedOn publishedOn language licence email telephone
             accessibilityStatement privacyStatement permalink replaces { key } } }
             dataQuality { publisherGaps { key } } }",
        )
        .await
        .data();
    let colophon = &shown["publication"]["colophon"];
    assert_eq!(colophon["publishedOn"], "2026-11-22");
    assert_eq!(colophon["replaces"]["key"], "budget-2024-1");
    assert_eq!(colophon["licence"], "CC0-1.0");
    assert_eq!(shown["dataQuality"]["publisherGaps"], json!([]));
}

/// Under an embargo that ends in the future, and withdrawn before it did: nobody could read either.
#[tokio::test]
async fn what_nobody_could_read_is_not_replaced() {
    let app = spawn_app();
    let of_ministry = app.with(&ministry());
    let public = app.public();
    published(&of_ministry, 1).await;
    for (number, hours) in [(2, 1), (3, 2)] {
        a_publication("BUDGET", "2024").sent_by(&of_ministry).await;
        a_release(&format!("budget-2024-{number}"))
            .with("embargoUntil", json!(noon() + TimeDelta::hours(hours)))
            .sent_by(&of_ministry)
            .await;
    }
    let withdraw = json!({
        "publication": "budget-2024-2", "reason": "Vergissing", "idempotencyKey": "withdraw",
    });
    of_ministry.change("withdrawPublication", withdraw).await;
    published(&of_ministry, 4).await;
    app.clock.set(noon() + TimeDelta::hours(2));
    public.ask("{ publications { totalCount } }").await;
    for key in ["budget-2024-3", "budget-2024-4"] {
        assert_eq!(
            colophon(&public, key).await["replaces"],
            "budget-2024-1",
            "{key}"
        );
    }
    // What was read and is withdrawn since was there to be replaced.
    let withdraw = json!({
        "publication": "budget-2024-3", "reason": "Fout", "idempotencyKey": "withdraw later",
    });
    of_ministry.change("withdrawPublication", withdraw).await;
    published(&of_ministry, 5).await;
    assert_eq!(
        colophon(&public, "budget-2024-5").await["replaces"],
        "budget-2024-3"
    );
}

#[tokio::test]
async fn what_the_operator_did_not_set_is_null_and_listed() {
    let app = spawn_app();
    published(&app.with(&ministry()), 1).await;
    let public = app.public();
    let colophon = colophon(&public, "budget-2024-1").await;
    for member in [
        "publisher",
        "publisher_identifier",
        "email",
        "telephone",
        "accessibility_statement",
        "privacy_statement",
        "permalink",
        "replaces",
    ] {
        let members = colophon.as_object().unwrap();
        assert_eq!(members.get(member), Some(&Value::Null), "{member}");
    }
    assert_eq!(colophon["licence"], "CC0-1.0");
    let gaps = public
        .ask("{ dataQuality { publisherGaps { key text { nl } } } }")
        .await
        .data();
    let gaps = gaps["dataQuality"]["publisherGaps"]
        .as_array()
        .unwrap()
        .clone();
    let keys: Vec<&str> = gaps
        .iter()
        .map(|gap| gap["key"].as_str().unwrap())
        .collect();
    assert_eq!(
        keys,
        [
            "publisher.name",
            "publisher.identifier",
            "publisher.email",
            "publisher.telephone",
            "publisher.accessibility",
            "publisher.privacy"
        ]
    );
    assert_eq!(
        gaps[0]["text"]["nl"],
        "Publicaties noemen de naam van de uitgever niet: de beheerder heeft `name` niet ingesteld."
    );
}

#[tokio::test]
async fn before_it_is_published_it_has_no_day_of_publication() {
    let app = spawn_app();
    let of_ministry = app.with(&ministry());
    a_publication("BUDGET", "2024").sent_by(&of_ministry).await;
    let shown = of_ministry
        .ask(
            "{ publication(key: \"budget-2024-1\") { colophon { preparedOn publishedOn replaces { key } } \
             } }",
        )
        .await
        .data();
    assert_eq!(
        shown["publication"]["colophon"],
        json!({ "preparedOn": "2026-11-22", "publishedOn": null, "replaces": null })
    );
}

#[tokio::test]
async fn the_archives_have_metadata_with_the_checksums_of_the_files() {
    let app = spawn_app_published_by(publisher(), ADDRESS);
    published(&app.with(&ministry()), 1).await;
    let public = app.public();
    let key = "budget-2024-1";
    let whole = file(&public, &format!("{key}.mdto.xml")).await;
    assert!(whole.starts_with(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <MDTO xmlns=\"https://www.nationaalarchief.nl/mdto\""
    ));
    for expected in [
        "<identificatieKenmerk>budget-2024-1</identificatieKenmerk>",
        "<naam>Begroting van het actieplan Samen tegen mensenhandel, versie 2024</naam>",
        "<begripLabel>Archiefstuk</begripLabel>",
        "<raadpleeglocatieOnline>https://monitor.example.nl/v1/publications/budget-2024-1.json\
         </raadpleeglocatieOnline>",
        "<taal>nl</taal>",
        "<identificatieBron>https://monitor.example.nl</identificatieBron>",
        "<omschrijving>Begroting. Peildatum 2026-11-22; nummer in het grootboek ",
        "<identificatieBron>TOOI</identificatieBron>",
        "<verwijzingNaam>Ministerie van Justitie &amp; Veiligheid</verwijzingNaam>",
        "<begripLabel>CC0-1.0</begripLabel>",
        "<eventTijd>2026-11-22</eventTijd>",
    ] {
        assert!(whole.contains(expected), "{expected}\n{whole}");
    }
    assert!(whole.contains("<archiefvormer>"), "{whole}");
    for (extension, puid) in [("json", "fmt/817"), ("csv", "x-fmt/18")] {
        let name = format!("{key}.{extension}");
        let body = file(&public, &name).await;
        let sum = hex::encode(Sha256::digest(body.as_bytes()));
        assert!(whole.contains(&format!(
            "<verwijzingNaam>{name}</verwijzingNaam>\n      <verwijzingIdentificatie>\n        \
             <identificatieKenmerk>{sum}</identificatieKenmerk>\n        \
             <identificatieBron>SHA-256</identificatieBron>"
        )));
        let of_file = file(&public, &format!("{name}.mdto.xml")).await;
        for expected in [
            format!("<naam>{name}</naam>"),
            format!("<omvang>{}</omvang>", body.len()),
            format!("<begripCode>{puid}</begripCode>"),
            "<begripLabel>SHA-256</begripLabel>".to_owned(),
            format!("<checksumWaarde>{sum}</checksumWaarde>"),
            "<checksumDatum>2026-11-22T12:00:00Z</checksumDatum>".to_owned(),
            format!("<URLBestand>{ADDRESS}/v1/publications/{name}</URLBestand>"),
        ] {
            assert!(of_file.contains(&expected), "{expected}\n{of_file}");
        }
    }
    let files = public
        .ask(
            "{ publication(key: \"budget-2024-1\") { manifest { files { format path sha256 } } } }",
        )
        .await
        .data();
    let files = files["publication"]["manifest"]["files"]
        .as_array()
        .unwrap()
        .clone();
    let formats: Vec<&str> = files
        .iter()
        .map(|one| one["format"].as_str().unwrap())
        .collect();
    assert_eq!(formats, ["JSON", "CSV", "MDTO", "MDTO_JSON", "MDTO_CSV"]);
    for one in files {
        let body = public.get(one["path"].as_str().unwrap()).await.body;
        assert_eq!(one["sha256"], hex::encode(Sha256::digest(body.as_bytes())));
    }
    let http = acceptance::http();
    let answer = http.get(format!("{}/v1/publications/{key}.mdto.xml", app.address()));
    let answer = answer.send().await.unwrap();
    assert_eq!(
        answer.headers()["content-type"],
        "application/xml; charset=utf-8"
    );
    assert_eq!(
        answer.headers()["content-disposition"],
        "attachment; filename=\"budget-2024-1.mdto.xml\""
    );
}
