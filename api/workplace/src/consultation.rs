//! A proposed edition that VNG lays open for comment: one remark of each municipality and region on
//! each criterion, replaced until the last day.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, Code, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    viewer: Role,
    framework_editions: Option<Vec<Listed>>,
}

#[derive(Debug, Deserialize)]
struct Role {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Listed {
    code: String,
    title: Text,
    consultation: Option<Consultation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    framework: Option<Edition>,
    criterion_remarks: Option<Remarks>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    role: String,
    organisation: Option<Organisation>,
    acts_for: Vec<Municipality>,
}

#[derive(Debug, Deserialize)]
struct Organisation {
    code: String,
    name: Text,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Edition {
    code: String,
    title: Text,
    consultation: Option<Consultation>,
    themes: Vec<Theme>,
    lineage: Vec<Lineage>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consultation {
    last_day: String,
    is_open: bool,
}

#[derive(Debug, Deserialize)]
struct Theme {
    title: Text,
    criteria: Vec<Criterion>,
}

#[derive(Debug, Deserialize)]
struct Criterion {
    code: String,
    title: Text,
    text: Text,
}

#[derive(Debug, Deserialize)]
struct Lineage {
    change: String,
    criterion: Option<Code>,
    from: Option<Former>,
}

#[derive(Debug, Deserialize)]
struct Former {
    text: Text,
}

#[derive(Debug, Deserialize)]
struct Remarks {
    nodes: Vec<Remark>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remark {
    text: Option<String>,
    remarked_at: String,
    criterion: Option<Code>,
    municipality: Option<Code>,
    area: Option<Code>,
}

/// Somebody who may remark: which field of the input names it, its code, and what people call it.
struct Remarker<'a> {
    field: &'static str,
    code: &'a str,
    name: &'a str,
}

/// The page with all consultations.
pub(crate) fn list() -> Page {
    Page {
        document: include_str!("../documents/consultations.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: Vec::new,
        layout: all,
    }
}

/// The page of one.
pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/consultation.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![remarking()],
        layout: body,
    }
}

fn remarking() -> Form {
    Form::new(
        "remarkOnCriterion",
        "Opmerking bewaren",
        "Uw opmerking is bewaard. U kunt haar tot en met de laatste dag vervangen.",
    )
    .with([
        Part::fixed("edition"),
        Part::fixed("criterion"),
        // One of the two.
        Part::optional("municipality", Kind::Fixed, ""),
        Part::optional("area", Kind::Fixed, ""),
        Part::required("text", Kind::Text, "Uw opmerking").hinted("Schrijf niet over personen."),
    ])
}

fn all(_: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: List = serde_json::from_value(data)?;
    if !["MUNICIPALITY", "REGION"].contains(&answer.viewer.role.as_str()) {
        return Err(Unmade::NotThere);
    }
    let editions = answer.framework_editions.iter().flatten();
    let laid_open: Vec<(&Listed, &Consultation)> = editions
        .filter_map(|edition| Some((edition, edition.consultation.as_ref()?)))
        .collect();
    let content = html! {
        @if laid_open.is_empty() { p.utrecht-paragraph { "VNG heeft nog geen editie van het kader ter consultatie voorgelegd." } }
        @else {
            ul {
                @for (edition, consultation) in laid_open {
                    li {
                        a.utrecht-link href={ (HOME) "/consultaties/" (edition.code) } { (edition.title.nl) " (" (edition.code) ")" }
                        (if consultation.is_open { ": open tot en met " } else { ": liep tot en met " })
                        (view::day(&consultation.last_day)) "."
                    }
                }
            }
        }
    };
    Ok(Body {
        title: "Consultaties over het kader".to_owned(),
        content,
    })
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let edition = answer.framework.as_ref().ok_or(Unmade::NotThere)?;
    let consultation = edition.consultation.as_ref().ok_or(Unmade::NotThere)?;
    let remarkers = answer.viewer.remarkers();
    if remarkers.is_empty() {
        return Err(Unmade::NotThere);
    }
    let content = html! {
        p.stm-lead { (edition.title.nl) " (" (edition.code) ")" }
        p.utrecht-paragraph {
            @if consultation.is_open { "U kunt opmerkingen maken tot en met " (view::day(&consultation.last_day)) "." }
            @else { "De consultatie liep tot en met " (view::day(&consultation.last_day)) "." }
            " Uw opmerkingen leest, behalve uzelf, alleen VNG."
        }
        @for theme in &edition.themes {
            h2.utrecht-heading-2 { (theme.title.nl) }
            @for criterion in &theme.criteria {
                section aria-labelledby={ (criterion.code) "-titel" } {
                    h3.utrecht-heading-3 id={ (criterion.code) "-titel" } { (criterion.code) " " (criterion.title.nl) }
                    p.utrecht-paragraph { (criterion.text.nl) }
                    (edition.changed(&criterion.code))
                    @for by in &remarkers {
                        @let remark = answer.remark(&criterion.code, by.code);
                        (remarked((page, visit), (edition, consultation), (criterion, by), remark))
                    }
                }
            }
        }
    };
    Ok(Body {
        title: format!("Consultatie {}", edition.code),
        content,
    })
}

impl Viewer {
    /// For whom somebody may remark.
    fn remarkers(&self) -> Vec<Remarker<'_>> {
        match self.role.as_str() {
            "MUNICIPALITY" => {
                let own = self.acts_for.iter();
                own.map(|one| Remarker {
                    field: "municipality",
                    code: &one.code,
                    name: &one.name,
                })
                .collect()
            }
            "REGION" => {
                let own = self.organisation.iter();
                own.map(|one| Remarker {
                    field: "area",
                    code: &one.code,
                    name: &one.name.nl,
                })
                .collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Edition {
    /// What the question was in the edition before, where it is another one now.
    fn changed(&self, code: &str) -> Markup {
        let lineage = self.lineage.iter().find(|one| {
            one.change == "CHANGED" && one.criterion.as_ref().is_some_and(|own| own.code == code)
        });
        let former = lineage.and_then(|lineage| lineage.from.as_ref());
        html! {
            @if let Some(former) = former {
                details {
                    summary { "Deze vraag is gewijzigd" }
                    p.utrecht-paragraph { "Eerst stond er: " (former.text.nl) }
                }
            }
        }
    }
}

impl Answer {
    /// What somebody remarked on a criterion.
    fn remark(&self, criterion: &str, by: &str) -> Option<&Remark> {
        let has = |code: &Option<Code>, own: &str| {
            let code = code.as_ref();
            code.is_some_and(|code| code.code == own)
        };
        let all = self.criterion_remarks.iter().flat_map(|all| &all.nodes);
        let mut all = all.filter(|one| has(&one.criterion, criterion));
        all.find(|one| has(&one.municipality, by) || has(&one.area, by))
    }
}

/// What somebody remarked on a criterion, and the form to do so.
fn remarked(
    on: (&Page, &Visit<'_>),
    (edition, consultation): (&Edition, &Consultation),
    (criterion, by): (&Criterion, &Remarker<'_>),
    remark: Option<&Remark>,
) -> Markup {
    let about = format!("{}-{}", criterion.code, by.code);
    let text = remark.and_then(|remark| remark.text.as_deref());
    let fixed = [
        ("edition", edition.code.as_str()),
        ("criterion", criterion.code.as_str()),
        (by.field, by.code),
        ("text", text.unwrap_or_default()),
    ];
    html! {
        div id=(about) {
            @if let Some(remark) = remark {
                p.stm-source { "Opmerking van " (by.name) ", " (view::day(&remark.remarked_at)) }
                @if !consultation.is_open {
                    p.utrecht-paragraph { (text.unwrap_or("Deze tekst is verwijderd.")) }
                }
            }
            @if consultation.is_open { (remarking().view(on, &about, &fixed, &html! {})) }
        }
    }
}
