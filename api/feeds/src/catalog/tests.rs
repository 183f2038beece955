//! The catalogue as it is written.

use super::*;

fn publisher() -> Publisher {
    Publisher {
        name: Some("Ministerie van Justitie en Veiligheid".to_owned()),
        identifier: Some("https://identifier.overheid.nl/tooi/id/ministerie/mnre1058".to_owned()),
        email: Some("monitor@example.nl".to_owned()),
        telephone: Some("070 123 45 67".to_owned()),
        ..Publisher::default()
    }
}

fn catalog(publisher: &Publisher) -> Catalog<'_> {
    Catalog {
        root: "https://monitor.example.nl",
        publisher,
        is_demo: false,
    }
}

/// What the profile wants at least of each class, and what it allows one of.
#[test]
fn everything_that_the_profile_requires_is_there() {
    let publisher = publisher();
    let graph = catalog(&publisher).graph();
    let required: [(&str, &[&str]); 4] = [
        (
            "dcat:Catalog",
            &[
                "dct:title",
                "dct:description",
                "dct:publisher",
                "dcat:contactPoint",
                "dcat:dataset",
            ],
        ),
        (
            "dcat:Dataset",
            &[
                "dct:title",
                "dct:description",
                "dct:identifier",
                "dct:accessRights",
                "dct:creator",
                "dct:publisher",
                "dcat:contactPoint",
                "dcat:theme",
            ],
        ),
        ("dcat:Distribution", &["dcat:accessURL", "dct:license"]),
        (
            "dcat:DataService",
            &[
                "dct:title",
                "dct:description",
                "dct:identifier",
                "dct:accessRights",
                "dct:license",
                "dct:publisher",
                "dcat:contactPoint",
                "dcat:theme",
                "dcat:endpointURL",
                "dcat:endpointDescription",
            ],
        ),
    ];
    let mut counts = Vec::new();
    for (class, names) in required {
        let nodes = graph.0.iter().filter(|node| node.types[0] == class);
        counts.push(nodes.clone().count());
        for node in nodes {
            for name in names {
                let given = node.properties.iter().filter(|(given, _)| given == name);
                assert_eq!(given.count(), 1, "{:?} {name}", node.id);
            }
        }
    }
    let tables = TABLES.len();
    assert_eq!(counts, [1, tables, 5 * tables, 2]);
}

#[test]
fn what_is_not_set_is_left_out_and_a_demo_says_so() {
    let nobody = Publisher::default();
    let text = catalog(&nobody).turtle();
    assert!(!text.contains("dct:publisher") && !text.contains("dcat:contactPoint"));
    let publisher = publisher();
    let demo = Catalog {
        is_demo: true,
        ..catalog(&publisher)
    };
    let text = demo.turtle();
    assert!(text.contains("\"DEMO: Monitor Samen tegen mensenhandel\"@nl"));
    assert!(text.contains("<tel:0701234567>"));
    assert!(text.contains("<mailto:monitor@example.nl>"));
}
