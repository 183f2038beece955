//! An edition as a workbook: to fetch the one that it comes from, and to send the next one back, first
//! to see what would become of each criterion and of the verdicts.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Outcome, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    upload::{self, FileKind, Upload},
    view::{self, CodeList, Text},
};

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
struct Edition {
    code: String,
    title: Text,
    state: String,
}

/// What a workbook would propose.
#[derive(Debug, Deserialize)]
struct Read {
    changes: Vec<Change>,
    verdicts: Option<Verdicts>,
}

#[derive(Debug, Deserialize)]
struct Change {
    change: String,
    criterion: Option<String>,
    from: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Verdicts {
    counts: Vec<Count>,
    period: Option<Period>,
    reference_date: String,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
}

#[derive(Debug, Deserialize)]
struct Count {
    basis: String,
    before: String,
    after: String,
    count: u32,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/edition_book.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![proposing()],
        layout: body,
    }
}

fn proposing() -> Form {
    Form::new("proposeEdition", "Voorstellen", "De editie is voorgesteld.").with([Part::required(
        "code",
        Kind::Line,
        "Code van de editie",
    )
    .hinted("Zoals VOORSTEL-2. Wilt u een voorstel vervangen dat nog nergens is gebruikt? Geef dan de code van dat voorstel.")])
}

pub(crate) fn upload() -> Upload {
    Upload {
        form: proposing(),
        kind: FileKind::Edition,
        selection: "changes { change criterion from } \
                    verdicts { referenceDate period { key } counts { basis before after count } } \
                    errors { message { nl } } warnings { message { nl } }",
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    if answer.viewer.role != "VNG" {
        return Err(Unmade::NotThere);
    }
    let all = answer.framework_editions.as_ref().ok_or(Unmade::NotThere)?;
    let outcome = upload::outcome(visit, |outcome| proposed(&answer.code_lists, outcome))?;
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href={ (HOME) "/edities" } { "Terug naar de edities" } }
        (outcome)
        h2.utrecht-heading-2 { "Ophalen" }
        p.utrecht-paragraph {
            "Zet in de kolom Verandering van elk criterium of het wordt overgenomen, wijzigt, vervalt of nieuw is."
        }
        ul {
            @for edition in all {
                @let address = format!("/v1/editions/{}.xlsx", edition.code);
                li { a.utrecht-link href={ (address) "?next=true" } { (edition.code) ", " (edition.title.nl) ", als begin van een volgende" } }
                @if edition.state == "PROPOSED" {
                    li { a.utrecht-link href=(address) { (edition.code) " zelf, om opnieuw voor te stellen" } }
                }
            }
        }
        h2.utrecht-heading-2 { "Terugsturen" }
        p.utrecht-paragraph {
            "Een proef laat eerst zien wat er van elk criterium zou worden en hoeveel oordelen zouden veranderen. Een proef bewaart niets."
        }
        (upload().view((page, visit), &[]))
    };
    Ok(Body {
        title: "Een editie voorstellen".to_owned(),
        content,
    })
}

fn proposed(lists: &[CodeList], outcome: &Outcome) -> Result<Markup, Unmade> {
    let read = Read::deserialize(&outcome.payload)?;
    Ok(html! {
        h2.utrecht-heading-2 { "Proef: er is niets voorgesteld" }
        h3.utrecht-heading-3 { "Wat er van de criteria zou worden" }
        ul {
            @for one in &read.changes {
                li {
                    @match (&one.from, &one.criterion) {
                        (Some(from), Some(now)) if from != now => { (from) " wordt " (now) }
                        (_, Some(code)) | (Some(code), None) => { (code) }
                        (None, None) => {}
                    }
                    ": " (view::label(lists, &one.change))
                }
            }
        }
        @if let Some(verdicts) = &read.verdicts { (would_be(lists, verdicts)) }
    })
}

/// What the verdicts of the last period would be.
fn would_be(lists: &[CodeList], verdicts: &Verdicts) -> Markup {
    html! {
        h3.utrecht-heading-3 { "Wat de oordelen zouden worden" }
        p.utrecht-paragraph {
            @if let Some(period) = &verdicts.period { "Periode " (period.key) ", " }
            "op " (view::day(&verdicts.reference_date))
            ", van de gemeenten die indienden. Een criterium dat wijzigt of nieuw is, telt als niet beantwoord."
        }
        ul {
            @for one in &verdicts.counts {
                li {
                    (view::capitalised(view::label(lists, &one.basis))) ": " (one.count) " van "
                    (view::label(lists, &one.before)) " naar " (view::label(lists, &one.after))
                }
            }
        }
    }
}
