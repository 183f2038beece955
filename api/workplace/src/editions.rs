//! The editions of the framework: laid open for comment, endorsed and withdrawn by VNG.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    HOME, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, CodeList, Text},
};

/// Whether the term of renewal is endorsed too.
const NORM: [(&str, &str); 2] = [
    ("nee", "Nee: de termijn blijft een voorstel"),
    (
        "ja",
        "Ja: van wie te laat vernieuwt, mag dat openbaar worden",
    ),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    framework_editions: Option<Vec<Edition>>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Edition {
    code: String,
    title: Text,
    state: String,
    ledger: i64,
    norm_months: u32,
    norm_endorsed: bool,
    consultation: Option<Consultation>,
    periods: Vec<Period>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consultation {
    last_day: String,
    is_open: bool,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/editions.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![laying_open(), endorsing(), withdrawing()],
        layout: body,
    }
}

fn laying_open() -> Form {
    Form::new(
        "openEditionForComment",
        "Ter consultatie voorleggen",
        "De editie ligt ter consultatie voor.",
    )
    .with([
        Part::fixed("edition"),
        Part::required("lastDay", Kind::Day, "Laatste dag")
            .hinted("Tot en met deze dag maken gemeenten en regio’s opmerkingen. Een nieuwe dag komt in de plaats van de vorige."),
    ])
}

fn endorsing() -> Form {
    Form {
        complete: |_, input| {
            if let Some(endorsed) = input.get_mut("normEndorsed") {
                *endorsed = (*endorsed == "ja").into();
            }
            if let Some(retired) = input.get_mut("retires") {
                *retired = json!([retired.take()]);
            }
        },
        ..Form::new(
            "endorseEdition",
            "Vaststelling vastleggen",
            "De vaststelling van de editie is vastgelegd.",
        )
    }
    .with([
        Part::fixed("edition"),
        Part::required(
            "normEndorsed",
            Kind::Choice(&NORM),
            "Termijn van vernieuwing vastgesteld",
        ),
        Part::optional("retires", Kind::Pick, "Editie die hiermee vervalt"),
    ])
}

fn withdrawing() -> Form {
    Form::new(
        "withdrawEdition",
        "Intrekken",
        "Het voorstel is ingetrokken.",
    )
    .with([
        Part::fixed("edition"),
        Part {
            kind: Kind::FixedNumber,
            ..Part::fixed("expectedVersion")
        },
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    if answer.viewer.role != "VNG" {
        return Err(Unmade::NotThere);
    }
    let all = answer.framework_editions.as_ref().ok_or(Unmade::NotThere)?;
    let content = html! {
        p.utrecht-paragraph {
            "Een editie is een voorstel, vastgesteld of vervallen. Zolang zij een voorstel is, staat bij elk oordeel dat de criteria voorlopig zijn."
        }
        p { a.stm-button href={ (HOME) "/edities/werkboek" } { "Een editie voorstellen" } }
        @for edition in all { (shown((page, visit), &answer.code_lists, edition, all)) }
    };
    Ok(Body {
        title: "Edities van het kader".to_owned(),
        content,
    })
}

fn shown(on: (&Page, &Visit<'_>), lists: &[CodeList], one: &Edition, all: &[Edition]) -> Markup {
    let periods: Vec<&str> = one
        .periods
        .iter()
        .map(|period| period.key.as_str())
        .collect();
    html! {
        section id=(one.code) aria-labelledby={ (one.code) "-titel" } {
            h2.utrecht-heading-2 id={ (one.code) "-titel" } { (one.code) ": " (one.title.nl) }
            p.utrecht-paragraph {
                (view::capitalised(view::label(lists, &one.state)))
                "; beleid te vernieuwen na " (one.norm_months) " maanden"
                (if one.norm_endorsed { " (vastgesteld)" } else { " (niet vastgesteld)" })
                @if !periods.is_empty() { "; gebruikt in " (periods.join(", ")) }
                "."
            }
            @if let Some(consultation) = &one.consultation {
                p.utrecht-paragraph {
                    (if consultation.is_open { "Ligt ter consultatie voor tot en met " } else { "Lag ter consultatie voor tot en met " })
                    (view::day(&consultation.last_day)) "."
                }
            }
            p.utrecht-paragraph {
                a.utrecht-link href={ (HOME) "/edities/" (one.code) } { "Criteria van " (one.code) " en opmerkingen daarbij" }
            }
            @if one.state == "PROPOSED" { (decisions(on, one, all)) }
        }
    }
}

/// What VNG can do with a proposal.
fn decisions(on: (&Page, &Visit<'_>), one: &Edition, all: &[Edition]) -> Markup {
    let (_, visit) = on;
    let ledger = one.ledger.to_string();
    let fixed = [
        ("edition", one.code.as_str()),
        ("expectedVersion", ledger.as_str()),
    ];
    let endorsed = all.iter().filter(|other| other.state == "ENDORSED");
    let choices = endorsed
        .map(|other| {
            (
                other.code.clone(),
                format!("{} {}", other.code, other.title.nl),
            )
        })
        .collect();
    let forms = [
        ("Ter consultatie voorleggen", laying_open()),
        (
            "Vaststelling vastleggen",
            endorsing().choosing("retires", choices),
        ),
        ("Intrekken", withdrawing()),
    ];
    html! {
        @for (title, form) in &forms {
            @let is_tried = visit.attempt.is_some_and(|attempt| attempt.form == form.id(&one.code));
            details open[is_tried] {
                summary { (title) }
                (form.view(on, &one.code, &fixed, &html! {}))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Given, KEY};

    fn endorsed(more: &[(&str, &str)]) -> Value {
        let pairs = [(KEY, "k"), ("edition", "VOORSTEL-2")];
        let pairs = pairs.iter().chain(more);
        let pairs = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let given = Given::new(pairs.collect());
        endorsing().variables(&given).unwrap()["input"].clone()
    }

    #[test]
    fn an_edition_is_endorsed_with_its_term_and_what_goes() {
        assert_eq!(
            endorsed(&[("normEndorsed", "ja"), ("retires", "VOORSTEL-1")]),
            json!({ "edition": "VOORSTEL-2", "normEndorsed": true, "retires": ["VOORSTEL-1"],
                "idempotencyKey": "k-endorseEdition" })
        );
        assert_eq!(
            endorsed(&[("normEndorsed", "nee"), ("retires", "")]),
            json!({ "edition": "VOORSTEL-2", "normEndorsed": false,
                "idempotencyKey": "k-endorseEdition" })
        );
    }
}
