//! The page of the quality of the data: what the comparisons of the sources came to, what is known to differ and why,
//! and what the sources do not tell.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, Citation, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/quality.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    data_quality: Option<Quality>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Quality {
    counts: Counts,
    known: Option<Checks>,
    unexpected: Option<Checks>,
    contradictions: Vec<Contradiction>,
    gaps: Vec<Gap>,
    publisher_gaps: Vec<Gap>,
    adoptions_without_municipality: Vec<Adoption>,
}

#[derive(Debug, Deserialize)]
struct Counts {
    equal: u32,
    known: u32,
    unexpected: u32,
}

#[derive(Debug, Deserialize)]
struct Checks {
    nodes: Vec<Check>,
}

#[derive(Debug, Deserialize)]
struct Check {
    label: String,
    subject: String,
    published: String,
    computed: String,
    reason: Option<Text>,
}

#[derive(Debug, Deserialize)]
struct Contradiction {
    label: String,
    text: Text,
}

#[derive(Debug, Deserialize)]
struct Gap {
    text: Text,
}

#[derive(Debug, Deserialize)]
struct Adoption {
    reason: Text,
    region: Option<Region>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Region {
    code: String,
    name: String,
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let quality = answer.data_quality.ok_or(Unmade::NotThere)?;
    let language = page.language;
    let title = language.pick("Kwaliteit van de gegevens", "Quality of the data");
    let description = statement(language, &quality.counts);
    let content = html! {
        p.stm-lead { (description) }
        @let unexpected = language.pick("Verschillen zonder verklaring", "Differences without an explanation");
        (checks(language, unexpected, quality.unexpected.as_ref()))
        @let known = language.pick("Verschillen met een verklaring", "Differences with an explanation");
        (checks(language, known, quality.known.as_ref()))
        @if !quality.contradictions.is_empty() {
            (heading(language.pick("Tegenspraken", "Contradictions")))
            ul.utrecht-unordered-list {
                @for one in &quality.contradictions {
                    li.utrecht-unordered-list__item { strong { (one.label) } ": " (language.of(&one.text)) }
                }
            }
        }
        (gaps(language, &quality))
        (adoptions(page, &quality.adoptions_without_municipality))
    };
    Ok(Body {
        title: title.to_owned(),
        description,
        content,
    })
}

/// What the comparisons came to, in one sentence.
fn statement(language: Language, counts: &Counts) -> String {
    let Counts {
        equal,
        known,
        unexpected,
    } = counts;
    let all = equal + known + unexpected;
    match language {
        Language::Dutch => format!(
            "Van {all} vergelijkingen tussen wat de bronnen vermelden en wat daaruit volgt, zijn er {equal} gelijk, \
             {known} verschillend met een verklaring en {unexpected} verschillend zonder verklaring."
        ),
        Language::English => format!(
            "Of {all} comparisons of what the sources print with what follows from them, {equal} are equal, {known} \
             differ for a known reason and {unexpected} differ without one."
        ),
    }
}

fn checks(language: Language, title: &str, checks: Option<&Checks>) -> Markup {
    let checks = checks.map_or(&[][..], |checks| checks.nodes.as_slice());
    html! {
        @if !checks.is_empty() {
            (heading(title))
            div.stm-scroll tabindex="0" role="region" aria-label=(title) {
                table.utrecht-table {
                    caption.utrecht-table__caption { (title) }
                    thead.utrecht-table__header { tr {
                        th.utrecht-table__header-cell scope="col" { (language.pick("Onderwerp", "Subject")) }
                        th.utrecht-table__header-cell scope="col" { (language.pick("In de bron", "In the source")) }
                        th.utrecht-table__header-cell scope="col" { (language.pick("Vergeleken met", "Compared with")) }
                        th.utrecht-table__header-cell scope="col" { (language.pick("Verklaring", "Reason")) }
                    } }
                    tbody.utrecht-table__body {
                        @for check in checks {
                            tr {
                                th.utrecht-table__cell scope="row" { (check.label) " " code { (check.subject) } }
                                td.utrecht-table__cell lang="nl" { (check.published) }
                                td.utrecht-table__cell lang="nl" { (check.computed) }
                                td.utrecht-table__cell { @if let Some(reason) = &check.reason { (language.of(reason)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn gaps(language: Language, quality: &Quality) -> Markup {
    let gaps = quality.gaps.iter().chain(&quality.publisher_gaps);
    html! {
        (heading(language.pick("Wat niet bekend is", "What is not known")))
        ul.utrecht-unordered-list {
            @for gap in gaps { li.utrecht-unordered-list__item { (language.of(&gap.text)) } }
        }
    }
}

fn adoptions(page: &Page, adoptions: &[Adoption]) -> Markup {
    let language = page.language;
    html! {
        @if !adoptions.is_empty() {
            (heading(language.pick("Vaststellingen zonder gemeente", "Adoptions without a municipality")))
            ul.utrecht-unordered-list {
                @for adoption in adoptions {
                    li.utrecht-unordered-list__item {
                        @if let Some(region) = &adoption.region {
                            a.utrecht-link href=(page.to(&format!("/regios/{}", region.code))) { (region.name) } ": "
                        }
                        (language.of(&adoption.reason))
                        (shared::source(language, adoption.source.as_ref()))
                    }
                }
            }
        }
    }
}
