//! The pages of the safety regions: all of them, and one with its members, its policy and who fills its functions.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, Citation, heading},
};

pub(crate) const LIST: &str = include_str!("../documents/regions.graphql");
pub(crate) const DOCUMENT: &str = include_str!("../documents/region.graphql");

#[derive(Debug, Deserialize)]
struct Regions {
    regions: Option<Vec<Listed>>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    code: String,
    name: String,
    municipalities: Vec<Member>,
}

#[derive(Debug, Deserialize)]
struct Member {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Answer {
    region: Option<Region>,
    policies: Option<Policies>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    code: String,
    name: String,
    kind_label: String,
    municipalities: Vec<Member>,
    functions: Vec<Function>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Function {
    assignment: Assignment,
}

#[derive(Debug, Deserialize)]
struct Assignment {
    function: Role,
    organisation: String,
    from: Option<String>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Role {
    title: Text,
}

#[derive(Debug, Deserialize)]
struct Policies {
    nodes: Vec<Policy>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    title: String,
    level_label: String,
    source: Option<Citation>,
}

pub(crate) fn list(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Regions = serde_json::from_value(data)?;
    let language = page.language;
    let regions = answer.regions.unwrap_or_default();
    let title = language.pick("Veiligheidsregio’s", "Safety regions");
    let content = html! {
        ul.utrecht-unordered-list {
            @for region in &regions {
                li.utrecht-unordered-list__item {
                    a.utrecht-link href=(page.to(&format!("/regios/{}", region.code))) { (region.name) }
                    (match language {
                        Language::Dutch => format!(": {} gemeenten", region.municipalities.len()),
                        Language::English => format!(": {} municipalities", region.municipalities.len()),
                    })
                }
            }
        }
    };
    Ok(Body {
        title: title.to_owned(),
        description: title.to_owned(),
        content,
    })
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let region = answer.region.ok_or(Unmade::NotThere)?;
    let language = page.language;
    let policies = answer.policies.map_or_else(Vec::new, |found| found.nodes);
    let content = html! {
        p.stm-lead { (region.kind_label) " " (region.code) }
        (heading(language.pick("Gemeenten", "Municipalities")))
        ul.utrecht-unordered-list {
            @for member in &region.municipalities {
                li.utrecht-unordered-list__item {
                    a.utrecht-link href=(page.to(&format!("/gemeenten/{}", member.code))) { (member.name) }
                }
            }
        }
        (policy(language, &policies))
        (functions(language, &region.functions))
        (shared::source(language, region.source.as_ref()))
    };
    Ok(Body {
        title: region.name.clone(),
        description: format!("{} {}", region.kind_label, region.name),
        content,
    })
}

fn policy(language: Language, policies: &[Policy]) -> Markup {
    html! {
        (heading(language.pick("Beleid", "Policy")))
        @if policies.is_empty() {
            p.utrecht-paragraph { (language.pick("Er is hier geen beleid van deze regio geregistreerd; dat wil niet zeggen dat het er niet is.", "No policy of this region is registered here; that is not to say that there is none.")) }
        } @else {
            ul.utrecht-unordered-list {
                @for policy in policies {
                    li.utrecht-unordered-list__item {
                        span lang="nl" { (policy.title) } " (" (policy.level_label.to_lowercase()) ")"
                        (shared::source(language, policy.source.as_ref()))
                    }
                }
            }
        }
    }
}

fn functions(language: Language, functions: &[Function]) -> Markup {
    html! {
        (heading(language.pick("Functies", "Functions")))
        @if functions.is_empty() {
            p.utrecht-paragraph { (language.pick("Geen bron vertelt wie hier de functies vervult.", "No source says who fills the functions here.")) }
        } @else {
            ul.utrecht-unordered-list {
                @for Function { assignment } in functions {
                    li.utrecht-unordered-list__item {
                        (language.of(&assignment.function.title)) ": " span lang="nl" { (assignment.organisation) }
                        @if let Some(from) = &assignment.from { (language.pick(", vanaf ", ", from ")) (language.day(from)) }
                        (shared::source(language, assignment.source.as_ref()))
                    }
                }
            }
        }
    }
}
