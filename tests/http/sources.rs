//! Sources: documents that quote themselves, what they cite, what parliament asked and what answers
//! it.

use acceptance::spawn_app;
use serde_json::json;

#[tokio::test]
async fn a_fact_comes_with_a_quotation_that_can_be_pasted() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ action(number: 1) { statusSource { lines citation en: citation(language: EN) } }
               letter: dataQuality { checks(first: 1) { totalCount } }
               policy: sourceDocument(key: \"policy-gooi-en-vechtstreek\") {
               citations { key source { citation } } } }",
        )
        .await
        .data();
    assert_eq!(
        data["action"]["statusSource"],
        json!({
            "lines": "143-145",
            "citation": "Actieplan programma Samen tegen mensenhandel. Bijlage 1: \
                Monitoringsoverzicht (zonder gedrukte \
                datum), regels 143-145",
            "en": "Action plan of the programme Together against Human Trafficking. Annex 1: \
                Monitoring overview (no date \
                printed), lines 143-145",
        })
    );
    assert_eq!(
        data["policy"]["citations"],
        json!([
            {
                "key": "avg",
                "source": {
                    "citation": "Beleid mensenhandel Gooi en Vechtstreek (December 2022), regel \
                        308",
                },
            },
            {
                "key": "nr-2021",
                "source": {
                    "citation": "Beleid mensenhandel Gooi en Vechtstreek (December 2022), regels \
                        181-182",
                },
            },
            {
                "key": "sr-273f",
                "source": {
                    "citation": "Beleid mensenhandel Gooi en Vechtstreek (December 2022), regels \
                        148-150",
                },
            },
            {
                "key": "wegwijzermensenhandel-zorgcoordinatoren",
                "source": {
                    "citation": "Beleid mensenhandel Gooi en Vechtstreek (December 2022), regels \
                    384 \
                    en 387",
                },
            },
        ])
    );
}

#[tokio::test]
async fn a_document_says_what_it_is_and_what_it_cites() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ sourceDocuments { nodes { key } }
               sourceDocument(key: \"letter-28638-249\") { kind kindLabel datedOn dateText { nl }
               reference file
                   citations { key kind text dossier number session about { en } } } }",
        )
        .await
        .data();
    let keys: Vec<&str> = data["sourceDocuments"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|document| document["key"].as_str().unwrap())
        .collect();
    assert_eq!(
        keys,
        [
            "framework-proposal-1",
            "letter-28638-249",
            "monitoring-2025",
            "plan-2023-action-line-4",
            "plan-2023-action-lines",
            "policy-gooi-en-vechtstreek",
            "reference-municipalities",
            "reference-municipality-tiles",
            "reference-public-policies",
            "reference-region-tiles",
            "reference-regions",
            "reference-reorganisations",
            "reference-size-classes",
        ]
    );
    let letter = &data["sourceDocument"];
    assert_eq!(
        [
            &letter["kind"],
            &letter["kindLabel"],
            &letter["datedOn"],
            &letter["dateText"]["nl"],
            &letter["reference"],
            &letter["file"]
        ],
        [
            "PARLIAMENTARY_LETTER",
            "Kamerbrief",
            "2024-04-23",
            "23 april 2024",
            "Kamerstukken II 2023/24, 28 638, nr. 249",
            "004_aca42fe6f5c73550.txt"
        ]
    );
    let citations = letter["citations"].as_array().unwrap();
    assert_eq!(citations.len(), 12);
    assert_eq!(
        citations[6],
        json!({
            "key": "kst-36410-vi-35", "kind": "PARLIAMENTARY_PAPER",
            "text": "Kamerstukken II 2023/24, 36 410 VI, nr. 35", "dossier": "36410 VI",
            "number": "35", "session": "2023/24",
            "about": {
                "en": "The rejected amendment by Member Bikker on 2 million euros for the \
                    programme.",
            },
        })
    );
}

#[tokio::test]
async fn an_unknown_document_is_refused_with_those_that_look_like_it() {
    let app = spawn_app();
    let answer = app
        .public()
        .ask("{ sourceDocument(key: \"monitoring-2024\") { key } }")
        .await;
    let error = answer.json()["errors"][0].clone();
    assert_eq!(error["extensions"]["code"], "NOT_FOUND");
    assert_eq!(
        error["extensions"]["didYouMean"],
        json!(["monitoring-2025"])
    );
}

#[tokio::test]
async fn motions_name_the_actions_that_answer_them() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ motions { nodes { key kind kindLabel outcome outcomeLabel(language: EN) amountEuros reference
                 answers { position action { key } } } } }",
        )
        .await
        .data();
    let answers = |actions: &[Option<&str>]| {
        let answers = (1..).zip(actions).map(|(position, action)| {
            json!({ "position": position, "action": action.map(|key| json!({ "key": key })) })
        });
        answers.collect::<Vec<_>>()
    };
    let commitment = |key: &str| {
        json!({
            "key": key, "kind": "COMMITMENT", "kindLabel": "Toezegging", "outcome": "UNKNOWN",
            "outcomeLabel": "Unknown", "amountEuros": null, "reference": null, "answers": [],
        })
    };
    let paper = "Kamerstukken II 2023/24, 28 638, nrs. 238 en 240";
    assert_eq!(
        data["motions"]["nodes"],
        json!([
            {
                "key": "amendement-bikker", "kind": "AMENDMENT", "kindLabel": "Amendement",
                "outcome": "REJECTED", "outcomeLabel": "Rejected", "amountEuros": 2_000_000,
                "reference": "Kamerstukken II 2023/24, 36 410 VI, nr. 35", "answers": [],
            },
            {
                "key": "motie-bikker", "kind": "MOTION", "kindLabel": "Motie",
                "outcome": "CARRIED_OUT",
                "outcomeLabel": "Carried out, according to the State Secretary",
                "amountEuros": null,
                "reference": paper, "answers": answers(&[None, None]),
            },
            {
                "key": "motie-krul-bikker", "kind": "MOTION", "kindLabel": "Motie",
                "outcome": "CARRIED_OUT",
                "outcomeLabel": "Carried out, according to the State Secretary",
                "amountEuros": null,
                "reference": null,
                "answers": answers(&[Some("2024/7"), Some("2024/8"), Some("2024/6"), None]),
            },
            {
                "key": "motie-veltman", "kind": "MOTION", "kindLabel": "Motie",
                "outcome": "CARRIED_OUT",
                "outcomeLabel": "Carried out, according to the State Secretary",
                "amountEuros": null,
                "reference": paper, "answers": answers(&[None, None]),
            },
            commitment("toezegging-beleidsreactie"),
            commitment("toezegging-smart-toets"),
            commitment("toezegging-versterkt-actieplan"),
            {
                "key": "verzoek-kuik-van-der-graaf", "kind": "REQUEST", "kindLabel": "Verzoek",
                "outcome": "UNKNOWN", "outcomeLabel": "Unknown", "amountEuros": null,
                "reference": "Kamerstukken II 2020/21, 35 570 VI, nr. 50",
                "answers": answers(&[None, Some("2024/43"), Some("2024/44"), Some("2024/45"), Some("2024/46")]),
            },
        ])
    );
}

#[tokio::test]
async fn the_check_against_a_motion_lies_in_the_future_and_the_letter_promises_three_things() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ motions(first: 100) { nodes { key outcomeLabel
                 answers { text { nl } source { lines } } source { document { key } lines } } } }",
        )
        .await
        .data();
    let of = |key: &str| {
        let mut motions = data["motions"]["nodes"].as_array().unwrap().iter();
        motions.find(|motion| motion["key"] == key).unwrap().clone()
    };
    let veltman = of("motie-veltman");
    assert_eq!(
        veltman["outcomeLabel"],
        "Uitgevoerd volgens de staatssecretaris"
    );
    assert_eq!(
        veltman["answers"][1],
        json!({
            "text": {
                "nl": "Aangekondigd, en volgens de brief nog niet gedaan: het Actieplan zal langs \
                    de meetlat van de motie worden gelegd en daar waar nodig worden aangescherpt.",
            },
            "source": { "lines": "143" },
        })
    );
    for (key, lines) in [
        ("toezegging-beleidsreactie", "101"),
        ("toezegging-smart-toets", "143"),
        ("toezegging-versterkt-actieplan", "147"),
    ] {
        assert_eq!(
            of(key)["source"],
            json!({ "document": { "key": "letter-28638-249" }, "lines": lines })
        );
    }
}

#[tokio::test]
async fn the_fifteen_new_actions_came_from_six_proposals() {
    let app = spawn_app();
    let data = app
        .public()
        .ask("{ proposals { key outcome actions { number isNew } } }")
        .await
        .data();
    let mut numbers = Vec::new();
    for proposal in data["proposals"].as_array().unwrap() {
        assert_eq!(proposal["outcome"], "ADOPTED");
        for action in proposal["actions"].as_array().unwrap() {
            assert_eq!(action["isNew"], true, "{proposal}");
            numbers.push(action["number"].as_i64().unwrap());
        }
    }
    numbers.sort_unstable();
    assert_eq!(
        numbers,
        [6, 7, 8, 9, 18, 19, 20, 21, 24, 28, 39, 43, 44, 45, 46]
    );
}

#[tokio::test]
async fn lists_of_sources_cost_a_statement_per_table_and_none_once_it_was_read() {
    let app = spawn_app();
    for (first, query) in [
        (
            4,
            "{ sourceDocuments { nodes { key citations { key source { citation } } decisions { key } } } }",
        ),
        (
            4,
            "{ motions { nodes { key answers { motion { key } action { key } } } } }",
        ),
        // The actions were read already.
        (2, "{ proposals { key actions { key } } }"),
    ] {
        for expected in [first, 1, 1] {
            let answer = app.public().ask(query).await;
            assert_eq!(answer.statements(), expected, "{query}");
        }
    }
}
