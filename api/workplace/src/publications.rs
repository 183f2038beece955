//! Publications: prepared, looked at, published, withdrawn.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    HOME, Mistake, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    narrow::PageInfo,
    view,
};

/// What can be published.
const KINDS: [(&str, &str); 3] = [
    ("COMPLIANCE_PICTURE", "Beeld van gemeenten"),
    ("MONITORING_OVERVIEW", "Monitoringsoverzicht"),
    ("BUDGET", "Begroting"),
];

/// How far into detail a picture goes.
const LEVELS: [(&str, &str); 3] = [
    ("COUNTRY", "Het land"),
    ("AREA", "Per gebied"),
    ("BY_NAME", "Met naam"),
];

/// By what a picture counts.
const GROUPINGS: [(&str, &str); 7] = [
    ("COUNTRY", "Landelijk"),
    ("PROVINCE", "Per provincie"),
    ("SAFETY_REGION", "Per veiligheidsregio"),
    ("POLICE_UNIT", "Per politie-eenheid"),
    ("RIEC", "Per RIEC"),
    ("COOPERATION_AREA", "Per samenwerkingsgebied"),
    ("SIZE_CLASS", "Per grootteklasse"),
];

/// What counts as meeting the framework.
const RULES: [(&str, &str); 2] = [
    ("EVERY_MUNICIPALITY", "Elke gemeente met haar eigen oordeel"),
    ("MUNICIPALITY_OR_REGION", "Gemeente of regio"),
];

#[derive(Debug, Deserialize)]
struct Answer {
    viewer: Viewer,
    publications: Option<Publications>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Publications {
    total_count: usize,
    page_info: PageInfo,
    nodes: Vec<Publication>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Publication {
    key: String,
    kind_label: String,
    state_label: String,
    may: Vec<String>,
    reference_date: String,
    last_response_day: Option<String>,
    embargo_until: Option<String>,
    withdrawal_reason: Option<String>,
    incomplete_because: Option<String>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/publications.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![preparing(), publishing(), withdrawing()],
        layout: body,
    }
}

/// The field with the cells that are put right.
const CORRECTIONS: &str = "corrections";

/// Reads the cells that are put right, one on each line: what it is of, its column and what was
/// wrong. Of each line that is something else it is said why.
fn corrections(typed: &str) -> Vec<Result<Value, String>> {
    let lines = typed.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| correction(line).map_err(|why| format!("Regel {}: {why}", at + 1)))
        .collect()
}

fn correction(line: &str) -> Result<Value, String> {
    let cells: Vec<&str> = line.split(';').map(str::trim).collect();
    let cells = cells.strip_suffix(&[""]).unwrap_or(&cells);
    let [key, column, reason] = cells else {
        return Err(format!(
            "schrijf drie delen met een puntkomma ertussen: regel; kolom; wat er is gecorrigeerd. Er staan er {}.",
            cells.len()
        ));
    };
    let reason = match reason.to_lowercase().as_str() {
        "oordeel" => "VERDICT_CORRECTED",
        "gebied" => "MEMBERSHIP_CORRECTED",
        "telling" => "COUNT_CORRECTED",
        _ => {
            return Err(format!(
                "schrijf ‘oordeel’, ‘gebied’ of ‘telling’ in plaats van ‘{reason}’."
            ));
        }
    };
    Ok(json!({ "line": key, "column": column, "reason": reason }))
}

fn preparing() -> Form {
    Form {
        check: |given| {
            let read = corrections(given.value(CORRECTIONS).unwrap_or_default());
            let wrong = read.into_iter().filter_map(Result::err);
            wrong
                .map(|text| Mistake {
                    code: None,
                    field: Some(format!("preparePublication.{CORRECTIONS}")),
                    text,
                })
                .collect()
        },
        complete: |given, input| {
            let read = corrections(given.value(CORRECTIONS).unwrap_or_default());
            let cells: Vec<Value> = read.into_iter().filter_map(Result::ok).collect();
            if !cells.is_empty() {
                input.insert(CORRECTIONS.to_owned(), cells.into());
            }
        },
        place: |_, path| {
            let is_of_line = path.first().is_some_and(|first| first == CORRECTIONS);
            is_of_line.then(|| format!("preparePublication.{CORRECTIONS}"))
        },
        ..Form::new(
            "preparePublication",
            "Voorbereiden",
            "De publicatie is voorbereid. Bekijk de inhoud voordat u publiceert.",
        )
    }
    .with([
        Part::required("kind", Kind::Choice(&KINDS), "Soort"),
        Part::required("about", Kind::Line, "Waarover").hinted(
            "Het nummer van de periode, de ronde of het plan, zoals 2026-2, 2026-1 of 2024",
        ),
        Part::optional("level", Kind::Choice(&LEVELS), "Detail")
            .hinted("Alleen bij een beeld van gemeenten. Leeg: per gebied."),
        Part::optional("by", Kind::Choice(&GROUPINGS), "Indeling")
            .hinted("Alleen bij een beeld van gemeenten. Leeg: per veiligheidsregio."),
        Part::optional("countingRule", Kind::Choice(&RULES), "Telregel")
            .hinted("Alleen bij een beeld van gemeenten. Leeg: elke gemeente."),
        Part::optional("referenceDate", Kind::Day, "Peildatum")
            .hinted("Alleen bij een beeld met naam. Leeg: vandaag, of de laatste dag van een gesloten periode."),
        Part::optional("lastResponseDay", Kind::Day, "Laatste dag van de reactietermijn")
            .hinted("Alleen bij een beeld met naam. Leeg: de tiende werkdag vanaf morgen."),
        Part::optional(
            "incompleteBecause",
            Kind::Text,
            "Waarom de publicatie nog niet volledig is",
        )
        .hinted("Alleen bij een beeld met naam, zolang de periode open is of er iets op controle wacht. Iedereen leest dit bij de publicatie."),
        Part::optional(CORRECTIONS, Kind::Text, "Correcties van de ingetrokken publicatie").hinted(
            "Alleen als deze publicatie een ingetrokken beeld zonder namen vervangt. Eén cel per regel: regel; kolom; en wat er is gecorrigeerd: oordeel, gebied of telling. Zoals VR14; not_compliant; oordeel",
        ),
    ])
}

pub(crate) fn publishing() -> Form {
    Form::new(
        "publish",
        "Publiceren",
        "De publicatie is openbaar, of wordt dat na het embargo.",
    )
    .with([
        Part::fixed("publication"),
        Part::optional("embargoUntil", Kind::Moment, "Embargo tot").hinted("Nederlandse tijd."),
    ])
}

pub(crate) fn withdrawing() -> Form {
    Form::new(
        "withdrawPublication",
        "Intrekken",
        "De publicatie is ingetrokken; de reden staat erbij.",
    )
    .with([
        Part::fixed("publication"),
        Part::required("reason", Kind::Text, "Reden van intrekken"),
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    if !["VNG", "MINISTRY"].contains(&answer.viewer.role.as_str()) {
        return Err(Unmade::NotThere);
    }
    let all = answer.publications.ok_or(Unmade::NotThere)?;
    let content = html! {
        @if all.nodes.is_empty() { p.utrecht-paragraph { "Er is nog niets voorbereid." } }
        @if let Some(part) = page.part(all.nodes.len(), all.total_count) {
            p.utrecht-paragraph { (part) " De laatste staat vooraan." }
        }
        @for one in &all.nodes { (shown((page, visit), one)) }
        (page.paging(&all.page_info, "Volgende publicaties"))
        h2.utrecht-heading-2 { "Een publicatie voorbereiden" }
        (preparing().view((page, visit), "", &[], &html! {}))
    };
    Ok(Body {
        title: "Publicaties".to_owned(),
        content,
    })
}

fn shown(on: (&Page, &Visit<'_>), one: &Publication) -> Markup {
    let (_, visit) = on;
    let fixed = [("publication", one.key.as_str())];
    let may = |operation: &str| one.may.iter().any(|own| own == operation);
    html! {
        section id=(one.key) aria-labelledby={ (one.key) "-titel" } {
            h2.utrecht-heading-2 id={ (one.key) "-titel" } { (one.kind_label) ": " (one.key) }
            p.utrecht-paragraph {
                (one.state_label) "; peildatum " (view::day(&one.reference_date))
                @if let Some(day) = &one.last_response_day { "; gemeenten reageren tot en met " (view::day(day)) }
                @if let Some(until) = &one.embargo_until { "; embargo tot " (view::day(until)) }
                "."
            }
            @if let Some(why) = &one.incomplete_because { p.utrecht-paragraph { "Nog niet volledig: " (why) } }
            @if let Some(why) = &one.withdrawal_reason { p.utrecht-paragraph { "Ingetrokken: " (why) } }
            p.utrecht-paragraph {
                a.utrecht-link href={ (HOME) "/publicaties/" (one.key) } { "Bekijk de inhoud" }
                ", of "
                a.utrecht-link href={ "/publicaties/" (one.key) } { "de openbare pagina" } " (zodra die er is)."
            }
            @if may("publish") { (publishing().view(on, &one.key, &fixed, &html! {})) }
            @if may("withdrawPublication") {
                details open[visit.tries(&withdrawing(), &one.key)] {
                    summary { "Intrekken" }
                    (withdrawing().view(on, &one.key, &fixed, &html! {}))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Given, KEY};

    #[test]
    fn a_cell_is_put_right_on_each_line() {
        let pairs = [
            (KEY, "k"),
            ("kind", "COMPLIANCE_PICTURE"),
            ("about", "2026-2"),
            (
                "corrections",
                "VR14; not_compliant; Oordeel\r\n\r\nNL;members;telling",
            ),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let variables = preparing().variables(&Given::new(pairs.into())).unwrap();
        assert_eq!(
            Value::from(variables),
            json!({ "input": {
                "kind": "COMPLIANCE_PICTURE", "about": "2026-2",
                "idempotencyKey": "k-preparePublication",
                "corrections": [
                    { "line": "VR14", "column": "not_compliant", "reason": "VERDICT_CORRECTED" },
                    { "line": "NL", "column": "members", "reason": "COUNT_CORRECTED" },
                ],
            } })
        );
        let typed =
            "VR14; not_compliant; oordeel;\nVR14; members; telling; 12\n\nNL; members; getal";
        let pairs = [
            ("kind", "BUDGET"),
            ("about", "2024"),
            ("corrections", typed),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mistakes = preparing()
            .variables(&Given::new(pairs.into()))
            .unwrap_err();
        let shown: Vec<(Option<&str>, &str)> = mistakes
            .iter()
            .map(|one| (one.field.as_deref(), one.text.as_str()))
            .collect();
        let field = Some("preparePublication.corrections");
        assert_eq!(
            shown,
            [
                (
                    field,
                    "Regel 2: schrijf drie delen met een puntkomma ertussen: regel; kolom; wat er is gecorrigeerd. Er staan er 4."
                ),
                (
                    field,
                    "Regel 4: schrijf ‘oordeel’, ‘gebied’ of ‘telling’ in plaats van ‘getal’."
                ),
            ]
        );
        let data = json!({ "preparePublication": { "errors": [
            { "code": "X", "field": ["corrections", "1"], "message": { "nl": "Zo'n cel is er niet." } },
        ] } });
        let mistakes = preparing().mistakes(&data, &Given::default()).unwrap();
        assert_eq!(
            mistakes[0].field.as_deref(),
            Some("preparePublication.corrections")
        );
    }
}
