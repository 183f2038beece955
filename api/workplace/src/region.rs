//! A region: the answers that it gives for its members, what VNG says of them, and its members to fill
//! in for.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, ANSWERS, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    reporting_periods: Option<Vec<Period>>,
    framework: Option<Framework>,
    regional_answers: Option<Answers>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    role: String,
    organisation: Option<Organisation>,
    acts_for: Vec<Member>,
}

#[derive(Debug, Deserialize)]
struct Organisation {
    code: String,
}

#[derive(Debug, Deserialize)]
struct Member {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
    state: String,
}

#[derive(Debug, Deserialize)]
struct Framework {
    criteria: Vec<Criterion>,
}

#[derive(Debug, Deserialize)]
struct Criterion {
    code: String,
    title: Text,
    #[serde(default)]
    scope: String,
}

#[derive(Debug, Deserialize)]
struct Answers {
    nodes: Vec<Given>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Given {
    answer: String,
    explanation: Option<String>,
    from: String,
    until: Option<String>,
    state: String,
    submitted_at: String,
    ledger: i64,
    criterion: Option<Criterion>,
    remarks: Vec<Remark>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remark {
    text: Option<String>,
    decided_at: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/region.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![submitting()],
        layout: body,
    }
}

fn submitting() -> Form {
    Form {
        // Who empties one of these takes it away, or saw none; left out it would stay, or replace
        // what somebody else answered meanwhile.
        complete: |_, input| {
            for emptied in ["explanation", "until", "expectedVersion"] {
                input.entry(emptied).or_insert(Value::Null);
            }
        },
        ..Form::new(
            "submitRegionalAnswer",
            "Antwoord indienen",
            "Het regionale antwoord is ingediend; VNG controleert het.",
        )
        .with([
            Part::fixed("area"),
            // None of a criterion that the region did not answer yet.
            Part::optional("expectedVersion", Kind::FixedNumber, ""),
            Part::required("criterion", Kind::Pick, "Criterium"),
            Part::required("answer", Kind::Choice(&ANSWERS), "Antwoord"),
            Part::optional("explanation", Kind::Text, "Toelichting")
                .hinted("Schrijf niet over personen."),
            Part::required("from", Kind::Day, "Geldt vanaf"),
            Part::optional("until", Kind::Day, "Geldt tot")
                .hinted("De eerste dag waarop het niet meer geldt. Leeg: zonder einde."),
        ])
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let area = page.variable("area");
    let own = answer.viewer.organisation.as_ref();
    if answer.viewer.role != "REGION" || own.is_none_or(|own| own.code != area) {
        return Err(Unmade::NotThere);
    }
    let given = answer.regional_answers.iter();
    let given: Vec<&Given> = given.flat_map(|all| &all.nodes).collect();
    let criteria = answer.framework.iter().flat_map(|all| &all.criteria);
    let choices: Vec<(String, String)> = criteria
        .filter(|one| one.scope != "LOCAL_ONLY")
        .filter(|one| given.iter().all(|given| given.code() != one.code))
        .map(|one| (one.code.clone(), format!("{} {}", one.code, one.title.nl)))
        .collect();
    let content = html! {
        (members(&answer))
        h2.utrecht-heading-2 { "Antwoorden van de regio" }
        p.utrecht-paragraph { "Wat u hier antwoordt, telt voor elke gemeente van de regio, waar het criterium dat toelaat." }
        @for one in &given { (answered((page, visit), &answer.code_lists, one)) }
        h2.utrecht-heading-2 { "Nog een criterium beantwoorden" }
        (submitting().choosing("criterion", choices).view((page, visit), "", &[("area", area)], &html! {}))
    };
    Ok(Body {
        title: format!("Regio {area}"),
        content,
    })
}

impl Given {
    fn code(&self) -> &str {
        self.criterion
            .as_ref()
            .map_or("", |criterion| criterion.code.as_str())
    }
}

/// The members for which the region may fill in, by open period.
fn members(answer: &Answer) -> Markup {
    let periods = answer.reporting_periods.iter().flatten();
    let mut open = periods.filter(|period| view::is_open(&period.state));
    let members = &answer.viewer.acts_for;
    html! {
        @if let (Some(period), false) = (open.next(), members.is_empty()) {
            h2.utrecht-heading-2 { "Gemeenten van de regio, periode " (period.key) }
            ul {
                @for one in members {
                    li { a.utrecht-link href={ (HOME) "/beoordelingen/" (one.code) "/" (period.key) } { (one.name) } }
                }
            }
        }
    }
}

/// An answer of the region, and the form to give another one.
fn answered(on: (&Page, &Visit<'_>), lists: &[CodeList], one: &Given) -> Markup {
    let (page, visit) = on;
    let code = one.code();
    let title = one.criterion.as_ref();
    let title = title.map_or("", |criterion| criterion.title.nl.as_str());
    let ledger = one.ledger.to_string();
    let form = submitting().choosing(
        "criterion",
        vec![(code.to_owned(), format!("{code} {title}"))],
    );
    let is_tried = visit
        .attempt
        .is_some_and(|attempt| attempt.form == form.id(code));
    let fixed = [
        ("area", page.variable("area")),
        ("expectedVersion", ledger.as_str()),
        ("criterion", code),
        ("answer", one.answer.as_str()),
        (
            "explanation",
            one.explanation.as_deref().unwrap_or_default(),
        ),
        ("from", one.from.as_str()),
        ("until", one.until.as_deref().unwrap_or_default()),
    ];
    html! {
        section id=(code) aria-labelledby={ (code) "-titel" } {
            h3.utrecht-heading-3 id={ (code) "-titel" } { (code) " " (title) ": " (view::answer(&one.answer)) }
            p.stm-source {
                (view::label(lists, &one.state)) "; ingediend op " (view::day(&one.submitted_at))
                "; geldt vanaf " (view::day(&one.from))
                @if let Some(until) = &one.until { " tot " (view::day(until)) }
                "."
            }
            @if let Some(explanation) = &one.explanation { p.utrecht-paragraph { (explanation) } }
            @for remark in &one.remarks {
                p.utrecht-paragraph {
                    "VNG, " (view::day(&remark.decided_at)) ": "
                    (remark.text.as_deref().unwrap_or("zonder toelichting of verwijderd"))
                }
            }
            details open[is_tried] {
                summary { "Een ander antwoord geven" }
                (form.view(on, code, &fixed, &html! {}))
            }
        }
    }
}
