//! The page of the quality of the data: what the comparisons of the sources came to, what is known to differ and why,
//! and what the sources do not tell.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    budget::grouped,
    frame::Body,
    language::Text,
    shared::{self, Citation, CodeList, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/quality.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    plan_versions: Option<Vec<PlanVersion>>,
    data_quality: Option<Quality>,
}

#[derive(Debug, Deserialize)]
struct PlanVersion {
    key: String,
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
    check: String,
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
    let known = Known {
        lists: &answer.code_lists,
        plans: answer.plan_versions.as_deref().unwrap_or_default(),
    };
    let content = html! {
        p.stm-lead { (description) }
        @let unexplained = language.pick("Verschillen zonder verklaring", "Differences without an explanation");
        (checks(page, unexplained, quality.unexpected.as_ref(), &known))
        @let explained = language.pick("Verschillen met een verklaring", "Differences with an explanation");
        (checks(page, explained, quality.known.as_ref(), &known))
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

/// What keys and codes of a check may name.
struct Known<'a> {
    lists: &'a [CodeList],
    plans: &'a [PlanVersion],
}

fn checks(page: &Page, title: &str, checks: Option<&Checks>, known: &Known<'_>) -> Markup {
    let language = page.language;
    let checks = checks.map_or(&[][..], |checks| checks.nodes.as_slice());
    let heads = [
        language.pick("Onderwerp", "Subject"),
        language.pick("In de bron", "In the source"),
        language.pick("Vergeleken met", "Compared with"),
        language.pick("Verklaring", "Reason"),
    ];
    let rows = html! {
        @for check in checks {
            tr {
                th.utrecht-table__cell scope="row" { (check.label) " " (check.subject(page, known.plans)) }
                td.utrecht-table__cell lang="nl" { (check.words(&check.published, known.lists)) }
                td.utrecht-table__cell lang="nl" { (check.words(&check.computed, known.lists)) }
                td.utrecht-table__cell { @if let Some(reason) = &check.reason { (language.of(reason)) } }
            }
        }
    };
    html! {
        @if !checks.is_empty() { (shared::headed_table(title, &heads, heads.len(), &rows)) }
    }
}

impl Check {
    /// What is compared, by its key; an action with a link to its page.
    fn subject(&self, page: &Page, plans: &[PlanVersion]) -> Markup {
        let action = self.subject.split_once('/');
        let action = action.filter(|(plan, number)| {
            number.parse::<u16>().is_ok() && plans.iter().any(|known| known.key == *plan)
        });
        html! {
            @match action {
                Some((plan, number)) => {
                    a.utrecht-link href=(page.to(&format!("/plannen/{plan}/acties/{number}"))) { (self.subject) }
                }
                None => code { (self.subject) },
            }
        }
    }

    /// A value as people read it: an amount in euros, a status by its name, all else as it is. The sources are in Dutch.
    fn words(&self, value: &str, lists: &[CodeList]) -> String {
        let euros = value.parse::<i64>().ok().filter(|_| self.check == "BUDGET");
        match (euros, shared::label(Language::Dutch, lists, Some(value))) {
            (Some(euros), _) => format!("{} euro", grouped(Language::Dutch, euros)),
            (None, Some(label)) => label.to_owned(),
            (None, None) => value.to_owned(),
        }
    }
}

fn gaps(language: Language, quality: &Quality) -> Markup {
    let gaps = quality.gaps.iter().chain(&quality.publisher_gaps);
    html! {
        (heading(language.pick("Wat niet bekend is", "What is not known")))
        ul.utrecht-unordered-list {
            @for gap in gaps { li.utrecht-unordered-list__item { (marked(language.of(&gap.text))) } }
        }
    }
}

/// A text in which names of settings stand between marks, as they do in the schema.
fn marked(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (part) }
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
