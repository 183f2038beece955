//! The table of many municipalities of a period: to fetch, and to send back as what VNG fills in on
//! their behalf, with every mistake beside its row.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Outcome, Page, Unmade, Visit,
    form::{Form, Given, Kind, Part},
    frame::Body,
    upload::{self, FileKind, Upload},
    view,
};

/// What becomes of rows with a mistake.
pub(crate) const UNFIT: [(&str, &str); 2] = [
    ("nee", "Niets invullen zolang er een fout in staat"),
    ("ja", "Regels met een fout overslaan, de rest invullen"),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    reporting_periods: Option<Vec<Period>>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
    state: String,
}

/// What a table fills in, or would.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Read {
    municipalities: Option<u32>,
    answers: Option<u32>,
    filled_in: Vec<FilledIn>,
}

#[derive(Debug, Deserialize)]
struct FilledIn {
    answers: u32,
    municipality: Option<Municipality>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/table.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![importing()],
        layout: body,
    }
}

/// Makes yes and no of what becomes of rows with a mistake.
pub(crate) fn skip(_: &Given, input: &mut Map<String, Value>) {
    if let Some(skip) = input.get_mut("skipUnfit") {
        *skip = (*skip == "ja").into();
    }
}

fn importing() -> Form {
    Form {
        complete: skip,
        ..Form::new(
            "importAssessments",
            "Invullen",
            "De tabel is ingevuld. Elke gemeente moet nog accepteren wat voor haar is ingevuld.",
        )
    }
    .with([
        Part::fixed("period"),
        Part::required("reason", Kind::Text, "Reden")
            .hinted("Waarom VNG invult, bij elke gemeente dezelfde. Schrijf niet over personen."),
        Part::required("skipUnfit", Kind::Choice(&UNFIT), "Bij fouten"),
    ])
}

pub(crate) fn upload() -> Upload {
    Upload {
        form: importing(),
        kind: FileKind::AssessmentTable,
        selection: "municipalities answers filledIn { answers municipality { code name } } \
                    leftOut { message { nl } row column cell } \
                    errors { message { nl } row column cell } warnings { message { nl } }",
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let key = page.variable("period");
    let mut periods = answer.reporting_periods.iter().flatten();
    let period = periods.find(|period| period.key == key);
    if answer.viewer.role != "VNG" || period.is_none_or(|period| !view::is_open(&period.state)) {
        return Err(Unmade::NotThere);
    }
    let outcome = upload::outcome(visit, filled_in)?;
    let file = format!("{HOME}/invultabellen/{key}");
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href={ (HOME) "/namens" } { "Terug naar alle gemeenten" } }
        (outcome)
        h2.utrecht-heading-2 { "Ophalen" }
        p.utrecht-paragraph { "Eén regel per gemeente, één kolom per criterium. Haal de regels weg die u niet invult." }
        ul {
            li { a.utrecht-link href={ (file) ".xlsx" } { "Voor Excel (.xlsx)" } }
            li { a.utrecht-link href={ (file) ".csv" } { "Als CSV, voor Nederlandstalig Excel" } }
        }
        h2.utrecht-heading-2 { "Terugsturen" }
        p.utrecht-paragraph {
            "Een proef laat eerst zien wat er zou worden ingevuld en bewaart niets. Een gemeente die al is bevestigd, wordt alleen opnieuw ingevuld als in de regel van die gemeente in de kolom “Opnieuw” “ja” staat."
        }
        (upload().view((page, visit), &[("period", key), ("skipUnfit", "nee")]))
    };
    Ok(Body {
        title: format!("Tabel van periode {key}"),
        content,
    })
}

/// What a table filled in, or would.
pub(crate) fn filled_in(outcome: &Outcome) -> Result<Markup, Unmade> {
    let read = Read::deserialize(&outcome.payload)?;
    let title = if outcome.is_trial {
        "Proef: er is niets ingevuld"
    } else {
        "De tabel is ingevuld"
    };
    Ok(html! {
        h2.utrecht-heading-2 { (title) }
        p.utrecht-paragraph {
            "Gemeenten: " (read.municipalities.unwrap_or_default())
            "; antwoorden: " (read.answers.unwrap_or_default()) "."
        }
        @if !read.filled_in.is_empty() {
            details {
                summary { "Per gemeente" }
                ul {
                    @for one in &read.filled_in {
                        @if let Some(municipality) = &one.municipality {
                            li { (municipality.name) " (" (municipality.code) "): " (one.answers) }
                        }
                    }
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::KEY;

    #[test]
    fn a_table_is_filled_in_with_a_reason_and_as_chosen() {
        let pairs = [
            (KEY, "k"),
            ("period", "2026-2"),
            ("reason", "Uit de uitvraag."),
            ("skipUnfit", "ja"),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let variables = importing().variables(&Given::new(pairs.into())).unwrap();
        assert_eq!(
            Value::from(variables),
            json!({ "input": {
                "period": "2026-2", "reason": "Uit de uitvraag.", "skipUnfit": true,
                "idempotencyKey": "k-importAssessments",
            } })
        );
        let document = upload().document();
        assert!(document.starts_with(
            "mutation Workplace($input: ImportAssessmentsInput!) { importAssessments(input: $input) {"
        ));
    }
}
