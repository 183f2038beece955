//! The page of a municipality: what was published about it, its policy, and what the framework expects. It tells no
//! verdict that was not published.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    paging::PageInfo,
    shared::{self, Citation, CodeList, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/municipality.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    municipality: Option<Municipality>,
    planned_reorganisations: Option<Vec<Planned>>,
    policy_state: Option<PolicyState>,
    framework: Option<Framework>,
    publications: Option<Publications>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Municipality {
    code: String,
    name: String,
    valid_until: Option<String>,
    region: Option<Area>,
    province: Option<Province>,
    policies: Vec<Adoption>,
    continued_as: Vec<Area>,
    source: Option<Citation>,
}

/// A reorganisation that was announced and is not recorded.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Planned {
    effective_on: String,
    predecessor_code: String,
    successor_code: String,
    predecessor: Option<Name>,
    successor: Option<Name>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Name {
    name: String,
}

#[derive(Debug, Deserialize)]
struct Area {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Province {
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Adoption {
    policy: Policy,
    adopted_on: Option<String>,
    in_force_on: Option<String>,
    term: Term,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Term {
    state_label: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    title: String,
    level_label: String,
    period_text: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PolicyState {
    state_label: String,
}

#[derive(Debug, Deserialize)]
struct Framework {
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
#[serde(rename_all = "camelCase")]
struct Publications {
    page_info: PageInfo,
    nodes: Vec<Publication>,
}

#[derive(Debug, Deserialize)]
struct Publication {
    key: String,
    colophon: Option<Colophon>,
    manifest: Manifest,
    verdicts: Vec<Verdict>,
}

#[derive(Debug, Deserialize)]
struct Manifest {
    /// What must be said beside every verdict.
    label: Option<Text>,
}

#[derive(Debug, Deserialize)]
struct Colophon {
    title: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Verdict {
    municipality: Option<Code>,
    status: String,
    since: Option<String>,
    response: Option<String>,
    submission_label: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let municipality = answer.municipality.as_ref().ok_or(Unmade::NotThere)?;
    let language = page.language;
    let content = html! {
        p.stm-lead {
            (municipality.code)
            @if let Some(region) = &municipality.region {
                ", " a.utrecht-link href=(page.to(&format!("/regios/{}", region.code))) { (language.pick("veiligheidsregio ", "safety region ")) (region.name) }
            }
            @if let Some(province) = &municipality.province { ", " (province.name) }
        }
        @if let Some(until) = &municipality.valid_until {
            p.utrecht-paragraph {
                (language.pick("Deze gemeente bestaat niet meer sinds ", "This municipality no longer exists since ")) (language.day(until))
                @for next in &municipality.continued_as {
                    "; " a.utrecht-link href=(page.to(&format!("/gemeenten/{}", next.code))) { (next.name) }
                }
                "."
            }
        }
        (planned(page, answer.planned_reorganisations.as_deref().unwrap_or_default(), &municipality.code))
        (verdicts(page, &answer, &municipality.code))
        (policies(language, municipality, answer.policy_state.as_ref()))
        (framework(language, answer.framework.as_ref()))
        (shared::source_of(language, language.pick("Bron van naam en code: ", "Source of name and code: "), municipality.source.as_ref()))
    };
    Ok(Body {
        title: municipality.name.clone(),
        description: language
            .pick(
                "Wat is gepubliceerd over deze gemeente en het VNG-kader.",
                "What was published about this municipality and the VNG framework.",
            )
            .to_owned(),
        content,
    })
}

/// What was announced of it: nothing follows from that yet.
fn planned(page: &Page, planned: &[Planned], code: &str) -> Markup {
    let language = page.language;
    let of_it = planned
        .iter()
        .filter(|one| one.predecessor_code == code || one.successor_code == code);
    html! {
        @for one in of_it {
            @let before = one.predecessor.as_ref().map_or(one.predecessor_code.as_str(), |one| one.name.as_str());
            @let after = one.successor.as_ref().map_or(one.successor_code.as_str(), |one| one.name.as_str());
            p.utrecht-paragraph {
                (match language {
                    Language::Dutch => format!(
                        "Aangekondigd is dat {before} op {} opgaat in {after}. Hier is dat nog niet verwerkt.",
                        language.day(&one.effective_on)
                    ),
                    Language::English => format!(
                        "It was announced that {before} goes over into {after} on {}. That is not recorded here yet.",
                        language.day(&one.effective_on)
                    ),
                })
            }
            (shared::source(language, one.source.as_ref()))
        }
    }
}

/// What publications by name say of it.
fn verdicts(page: &Page, answer: &Answer, code: &str) -> Markup {
    let language = page.language;
    let all = answer.publications.as_ref();
    let are_earlier = all.is_some_and(|all| all.page_info.has_next_page);
    let publications = all.into_iter().flat_map(|all| &all.nodes);
    let found: Vec<(&Publication, &Verdict)> = publications
        .filter_map(|publication| {
            let mut verdicts = publication.verdicts.iter();
            let own = verdicts.find(|verdict| {
                let municipality = verdict.municipality.as_ref();
                municipality.is_some_and(|one| one.code == code)
            });
            own.map(|verdict| (publication, verdict))
        })
        .collect();
    html! {
        (heading(language.pick("Voldoet de gemeente aan het VNG-kader?", "Does the municipality meet the VNG framework?")))
        @if found.is_empty() && are_earlier {
            p.utrecht-paragraph {
                (language.pick(
                    "In de laatste vijf publicaties over het kader staat geen oordeel over deze gemeente. Dat betekent niet dat zij niet voldoet.",
                    "The latest five publications on the framework have no verdict on this municipality. That does not mean that it is not compliant.",
                ))
            }
        } @else if found.is_empty() {
            p.utrecht-paragraph {
                (language.pick(
                    "Over deze gemeente is geen oordeel gepubliceerd. Dat betekent niet dat zij niet voldoet: het is hier niet bekend.",
                    "No verdict on this municipality was published. That does not mean that it is not compliant: it is not known here.",
                ))
            }
        }
        @for (publication, verdict) in found {
            p.utrecht-paragraph {
                strong { (shared::label(language, &answer.code_lists, Some(&verdict.status)).unwrap_or(&verdict.status)) }
                @if let Some(since) = &verdict.since { (language.pick(", sinds ", ", since ")) (language.day(since)) }
                @if let Some(label) = &verdict.submission_label { ". " (label) }
                ". "
                @if let Some(label) = &publication.manifest.label { (language.of(label)) " " }
                a.utrecht-link href=(page.to(&format!("/publicaties/{}", publication.key))) {
                    (publication.colophon.as_ref().map_or(publication.key.as_str(), |colophon| language.of(&colophon.title)))
                }
            }
            @if let Some(response) = &verdict.response {
                p.utrecht-paragraph { (language.pick("Reactie van de gemeente: ", "Response of the municipality: ")) q lang="nl" { (response) } }
            }
        }
        @if are_earlier { (page.earlier_publications()) }
    }
}

fn policies(
    language: Language,
    municipality: &Municipality,
    state: Option<&PolicyState>,
) -> Markup {
    html! {
        (heading(language.pick("Beleid", "Policy")))
        @if let Some(state) = state { p.utrecht-paragraph { strong { (state.state_label) } "." } }
        @if municipality.policies.is_empty() {
            p.utrecht-paragraph {
                (language.pick(
                    "Er is hier geen beleid van deze gemeente bekend; dat wil niet zeggen dat het er niet is.",
                    "No policy of this municipality is known here; that is not to say that there is none.",
                ))
            }
        }
        @if !municipality.policies.is_empty() {
            ul.utrecht-unordered-list {
                @for adoption in &municipality.policies {
                    li.utrecht-unordered-list__item {
                        span lang="nl" { (adoption.policy.title) } " (" (adoption.policy.level_label.to_lowercase()) ")"
                        @match &adoption.adopted_on {
                            Some(day) => { (language.pick(", vastgesteld op ", ", adopted on ")) (language.day(day)) }
                            None => (language.pick(", datum van vaststelling niet in de bron", ", day of adoption not in the source")),
                        }
                        @if let Some(day) = &adoption.in_force_on { (language.pick(", in werking sinds ", ", in force since ")) (language.day(day)) }
                        @if let Some(period) = &adoption.policy.period_text { (language.pick(", looptijd ", ", period ")) span lang="nl" { (period) } }
                        ". " (adoption.term.state_label) "."
                        (shared::source(language, adoption.source.as_ref()))
                    }
                }
            }
        }
    }
}

fn framework(language: Language, framework: Option<&Framework>) -> Markup {
    html! {
        @if let Some(framework) = framework {
            (heading(language.pick("Wat het kader vraagt", "What the framework expects")))
            p.utrecht-paragraph {
                a.utrecht-link href=(language.address("/kader")) { (language.pick("Het kader met al zijn criteria", "The framework with all its criteria")) } "."
            }
            details {
                summary { (language.of(&framework.title)) ", " (framework.criteria.len()) (language.pick(" criteria", " criteria")) }
                ul.utrecht-unordered-list {
                    @for criterion in &framework.criteria {
                        li.utrecht-unordered-list__item {
                            strong { (criterion.code) " " (language.of(&criterion.title)) } ": " (language.of(&criterion.text))
                        }
                    }
                }
            }
        }
    }
}
