//! What describes the tables to machines: the catalogue by DCAT-AP-NL and the metadata of CSV on the
//! Web. Every address in them answers, and they say what the feeds are.

use std::collections::BTreeSet;

use acceptance::{App, http, spawn_app, spawn_app_published_by, vng};
use domain::publication::publisher::Publisher;
use feeds::form::Form;
use serde_json::{Value, json};

use crate::feeds::{Read, listed};

const ROOT: &str = "https://monitor.example.nl";

async fn accepting(app: &App, path: &str, accept: Option<&str>) -> (String, String, String) {
    let mut request = http().get(format!("{}{path}", app.address()));
    if let Some(accept) = accept {
        request = request.header("accept", accept);
    }
    let answer = request.send().await.expect("the service answers");
    assert_eq!(answer.status(), 200, "{path}");
    let text = |name: &str| answer.headers()[name].to_str().expect("a text").to_owned();
    let (kind, tag) = (text("content-type"), text("etag"));
    (kind, tag, answer.text().await.expect("a text"))
}

/// The nodes of a class.
fn of_class<'a>(catalog: &'a Value, class: &str) -> Vec<&'a Value> {
    let nodes = catalog["@graph"].as_array().expect("nodes").iter();
    nodes
        .filter(|node| node["@type"][0] == format!("dcat:{class}"))
        .collect()
}

fn publisher() -> Publisher {
    Publisher {
        name: Some("Ministerie van Justitie en Veiligheid".to_owned()),
        identifier: Some("https://identifier.overheid.nl/tooi/id/ministerie/mnre1058".to_owned()),
        email: Some("monitor@example.nl".to_owned()),
        telephone: Some("070 123 45 67".to_owned()),
        ..Publisher::default()
    }
}

#[tokio::test]
async fn the_catalogue_comes_in_the_form_that_is_accepted() {
    let app = spawn_app_published_by(publisher(), ROOT);
    let json_ld = "application/ld+json";
    let turtle = "text/turtle; charset=utf-8";
    for (path, accept, kind) in [
        ("/catalog", None, json_ld),
        ("/catalog", Some("*/*"), json_ld),
        ("/catalog", Some("text/turtle"), turtle),
        (
            "/catalog",
            Some("application/ld+json;q=0.5, text/turtle"),
            turtle,
        ),
        (
            "/catalog",
            Some("text/turtle;q=0.5, application/ld+json"),
            json_ld,
        ),
        ("/catalog.jsonld", Some("text/turtle"), json_ld),
        ("/catalog.ttl", None, turtle),
    ] {
        let (found, tag, body) = accepting(&app, path, accept).await;
        assert_eq!(found, kind, "{path} {accept:?}");
        let known = http().get(format!("{}{path}", app.address()));
        let known = known
            .header("accept", accept.unwrap_or("*/*"))
            .header("if-none-match", tag);
        assert_eq!(known.send().await.expect("an answer").status(), 304);
        // Both forms name the catalogue, its licence and its publisher.
        for part in [
            "https://monitor.example.nl/catalog",
            "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
            "https://identifier.overheid.nl/tooi/id/ministerie/mnre1058",
            "Ministerie van Justitie en Veiligheid",
            "mailto:monitor@example.nl",
        ] {
            assert!(body.contains(part), "{path} {accept:?}: {part}");
        }
    }
}

#[tokio::test]
async fn each_table_is_a_dataset_with_a_distribution_for_each_form() {
    let app = spawn_app_published_by(publisher(), ROOT);
    let (_, _, body) = accepting(&app, "/catalog.jsonld", None).await;
    let catalog: Value = serde_json::from_str(&body).expect("JSON");
    let tables = listed(&app.public()).await;
    let datasets = of_class(&catalog, "Dataset");
    let ids: Vec<&str> = datasets
        .iter()
        .filter_map(|node| node["@id"].as_str())
        .collect();
    let expected: Vec<String> = tables
        .iter()
        .map(|table| format!("{ROOT}/catalog#{}", table.name))
        .collect();
    assert_eq!(ids, expected);
    let [whole] = of_class(&catalog, "Catalog")[..] else {
        panic!("one catalogue");
    };
    assert_eq!(whole["@id"], format!("{ROOT}/catalog"));
    assert_eq!(
        whole["dcat:dataset"].as_array().map(Vec::len),
        Some(tables.len())
    );
    for (table, dataset) in tables.iter().zip(&datasets) {
        let right = if table.is_public {
            "PUBLIC"
        } else {
            "RESTRICTED"
        };
        let authority = "http://publications.europa.eu/resource/authority";
        assert_eq!(
            dataset["dct:accessRights"],
            json!([{ "@id": format!("{authority}/access-right/{right}") }])
        );
        let forms = Form::ALL.map(Form::extension).into_iter().chain(["odata"]);
        let named: Vec<Value> = forms
            .map(|form| json!({ "@id": format!("{ROOT}/catalog#{}-{form}", table.name) }))
            .collect();
        assert_eq!(dataset["dcat:distribution"], Value::from(named));
    }
    // What the list of feeds says of a table, the catalogue says.
    let list = app.public().get("/v1/feeds/").await.json();
    let first = &list["tables"][0];
    assert_eq!(
        datasets[0]["dct:description"],
        json!([
            { "@value": first["grain"]["nl"], "@language": "nl" },
            { "@value": first["grain"]["en"], "@language": "en" },
        ])
    );
    assert_eq!(first["xlsx"], format!("/v1/feeds/{}.xlsx", tables[0].name));
    assert_eq!(
        first["parquet"],
        format!("/v1/feeds/{}.parquet", tables[0].name)
    );
}

#[tokio::test]
async fn every_address_of_the_catalogue_answers() {
    let app = spawn_app();
    let (_, _, body) = accepting(&app, "/catalog", None).await;
    let catalog: Value = serde_json::from_str(&body).expect("JSON");
    let mut addresses = BTreeSet::new();
    for class in ["Distribution", "Dataset", "DataService", "Catalog"] {
        for node in of_class(&catalog, class) {
            for name in [
                "dcat:accessURL",
                "dcat:downloadURL",
                "dcat:landingPage",
                "dcat:endpointURL",
                "dcat:endpointDescription",
                "foaf:page",
                "foaf:homepage",
                "dct:conformsTo",
            ] {
                let values = node[name].as_array().cloned().unwrap_or_default();
                let values = values.iter().filter_map(|value| value["@id"].as_str());
                let ours = values.filter_map(|value| value.strip_prefix(app.address()));
                addresses.extend(ours.map(str::to_owned));
            }
        }
    }
    let client = app.with(&vng());
    for path in &addresses {
        assert_eq!(client.get(path).await.status, 200, "{path}");
    }
    // Five of each table, the metadata of its CSV, and what is about all of them.
    let tables = listed(&client).await.len();
    assert_eq!(addresses.len(), 6 * tables + 7);
    // Nobody is named where nobody is set.
    assert!(!body.contains("dct:publisher") && !body.contains("dcat:contactPoint"));
}

#[tokio::test]
async fn the_metadata_of_a_csv_says_what_its_cells_are() {
    let app = spawn_app_published_by(publisher(), ROOT);
    let public = app.public();
    for query in ["", "?dialect=nl"] {
        for table in listed(&public).await {
            let path = format!("/v1/feeds/{}.csv-metadata.json{query}", table.name);
            let metadata = public.get(&path).await;
            assert_eq!(metadata.status, 200, "{path}");
            let metadata = metadata.json();
            let address = format!("/v1/feeds/{}.csv{query}", table.name);
            assert_eq!(metadata["url"], format!("{ROOT}{address}"));
            let columns = metadata["tableSchema"]["columns"].as_array();
            let columns = columns.expect("columns");
            let names: Vec<&str> = columns
                .iter()
                .filter_map(|one| one["name"].as_str())
                .collect();
            let expected: Vec<&str> = table
                .columns
                .iter()
                .map(|(name, _)| name.as_str())
                .collect();
            assert_eq!(names, expected, "{path}");
            assert_eq!(metadata["tableSchema"]["primaryKey"], json!(table.keys));
            if !table.is_public || !query.is_empty() {
                continue;
            }
            let read = Read::csv(&public.get(&address).await.body);
            assert_eq!(read.columns, expected);
            for column in columns {
                let cells = read.column(column["name"].as_str().expect("a name"));
                if column["required"] == true {
                    assert!(cells.iter().all(|cell| !cell.is_empty()), "{path} {column}");
                }
                if column["datatype"]["base"] == "boolean" {
                    let words = column["datatype"]["format"].as_str().expect("two words");
                    // `Read` takes them as the values that they are.
                    let words = words.to_lowercase();
                    let words: Vec<&str> = words.split('|').chain([""]).collect();
                    assert!(
                        cells.iter().all(|cell| words.contains(cell)),
                        "{path} {column}"
                    );
                }
            }
        }
    }
    let wrong = public
        .get("/v1/feeds/dim_action.csv-metadata.json?colour=red")
        .await;
    assert_eq!(wrong.status, 400);
    let unknown = public.get("/v1/feeds/dim_acton.csv-metadata.json").await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn a_feed_names_its_licence_and_a_csv_what_describes_it() {
    let app = spawn_app();
    let licence = "<http://creativecommons.org/publicdomain/zero/1.0/deed.nl>; rel=\"license\"";
    let described = |query: &str| {
        format!(
            "<dim_action.csv-metadata.json{query}>; rel=\"describedby\"; \
             type=\"application/csvm+json\""
        )
    };
    for (file, expected) in [
        ("dim_action.csv", vec![licence.to_owned(), described("")]),
        (
            "dim_action.csv?dialect=nl",
            vec![licence.to_owned(), described("?dialect=nl")],
        ),
        // Of some columns nothing is described.
        (
            "dim_action.csv?columns=action_key",
            vec![licence.to_owned()],
        ),
        ("dim_action.ndjson", vec![licence.to_owned()]),
        ("dim_action.xlsx", vec![licence.to_owned()]),
        ("dim_action.parquet", vec![licence.to_owned()]),
    ] {
        let answer = http().get(format!("{}/v1/feeds/{file}", app.address()));
        let answer = answer.send().await.expect("an answer");
        let links = answer.headers().get_all("link").iter();
        let links: Vec<&str> = links.map(|link| link.to_str().expect("a text")).collect();
        assert_eq!(links, expected, "{file}");
    }
    // A licence that is no code has no address.
    let agreed = Publisher {
        licence: "as agreed".to_owned(),
        ..publisher()
    };
    let app = spawn_app_published_by(agreed, ROOT);
    let answer = http().get(format!("{}/v1/feeds/dim_action.ndjson", app.address()));
    let answer = answer.send().await.expect("an answer");
    assert!(!answer.headers().contains_key("link"));
}
