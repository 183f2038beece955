//! The page of the search: a form that works without scripts, and what was found by its words.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    paging::PageInfo,
    shared::{self, Citation, CodeList},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/search.graphql");
pub(crate) const FORM: &str = include_str!("../documents/search_kinds.graphql");

/// Where the search stands, in Dutch.
pub(crate) const ADDRESS: &str = "/zoeken";
/// Letters of a text to look for, at most.
pub(crate) const LONGEST: usize = 200;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kinds {
    code_lists: Vec<CodeList>,
}

#[derive(Debug, Deserialize)]
struct Answer {
    search: Option<Found>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    total_count: usize,
    page_info: PageInfo,
    nodes: Vec<Hit>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hit {
    kind: String,
    kind_label: String,
    key: String,
    title: Text,
    excerpt: Option<String>,
    plan: Option<Plan>,
    subject: Subject,
}

/// What was found, as far as it has no page of its own: where it stands.
#[derive(Debug, Deserialize)]
struct Subject {
    #[serde(default)]
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Plan {
    key: String,
}

/// The form of the search, with the text that was looked for; once on each page.
pub(crate) fn form(language: Language, text: &str) -> Markup {
    html! {
        form.stm-search role="search" method="get" action=(language.address(ADDRESS))
            aria-label=(language.pick("Zoeken op deze site", "Search this site")) {
            label for="zoektekst" { (language.pick("Zoeken", "Search")) }
            input id="zoektekst" name="q" type="search" maxlength=(LONGEST) value=(text);
            button type="submit" { (language.pick("Zoek", "Search")) }
        }
    }
}

fn title(language: Language) -> &'static str {
    language.pick("Zoeken", "Search")
}

/// The page that takes a text.
pub(crate) fn empty(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Kinds = serde_json::from_value(data)?;
    let language = page.language;
    let kinds = shared::codes(language, &answer.code_lists);
    let kinds: Vec<&str> = kinds.map(|(_, label)| label).collect();
    let content = html! {
        (form(language, ""))
        p.utrecht-paragraph {
            (language.pick("U zoekt in alles wat openbaar is: ", "The search covers all that is public: "))
            (kinds.join(", ").to_lowercase()) "."
        }
        p.utrecht-paragraph {
            (language.pick(
                "Elk woord moet voorkomen; het begin van een woord is genoeg. Leestekens, losse letters en woorden als “de” en “van” tellen niet.",
                "Every word must occur; the beginning of a word is enough. Punctuation, single letters and words like “de” and “the” do not count.",
            ))
        }
    };
    Ok(Body {
        title: title(language).to_owned(),
        description: title(language).to_owned(),
        content,
    })
}

/// What was found.
pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let found = answer.search.ok_or(Unmade::NotThere)?;
    let language = page.language;
    let text = page.text();
    let content = html! {
        (form(language, text))
        p.stm-lead role="status" { (count(page, found.total_count, found.nodes.len())) }
        ul.utrecht-unordered-list {
            @for hit in &found.nodes { li.utrecht-unordered-list__item { (shown(page, hit)) } }
        }
        (page.paging(&found.page_info))
    };
    Ok(Body {
        title: title(language).to_owned(),
        description: title(language).to_owned(),
        content,
    })
}

/// How much was found, and whether that is all on the page.
fn count(page: &Page, all: usize, shown: usize) -> String {
    let (language, text) = (page.language, page.text());
    let rest = match language {
        _ if shown >= all => String::new(),
        _ if page.goes_on() => language
            .pick(" Hieronder staat het vervolg.", " More of them are below.")
            .to_owned(),
        Language::Dutch => format!(" De eerste {shown} staan hieronder."),
        Language::English => format!(" The first {shown} are below."),
    };
    match (language, all) {
        (Language::Dutch, 0) => format!("Niets gevonden voor “{text}”."),
        (Language::Dutch, 1) => format!("1 resultaat voor “{text}”."),
        (Language::Dutch, _) => format!("{all} resultaten voor “{text}”.{rest}"),
        (Language::English, 0) => format!("Nothing found for “{text}”."),
        (Language::English, 1) => format!("1 result for “{text}”."),
        (Language::English, _) => format!("{all} results for “{text}”.{rest}"),
    }
}

fn shown(page: &Page, hit: &Hit) -> Markup {
    let language = page.language;
    let title = language.of(&hit.title);
    html! {
        @match address(hit) {
            Some(address) => a.utrecht-link href=(page.to(&address)) { (title) },
            None => (title),
        }
        " (" (hit.kind_label.to_lowercase())
        @if let Some(plan) = &hit.plan { ", plan " (plan.key) }
        ")"
        @if let Some(excerpt) = &hit.excerpt { p.utrecht-paragraph { (excerpt) } }
    }
}

/// Where a thing stands, in Dutch: on its page, else in the document that it is taken from.
fn address(hit: &Hit) -> Option<String> {
    let key = hit.key.as_str();
    let in_plan = |kind: &str| {
        let (plan, number) = key.split_once('/')?;
        Some(format!("/plannen/{plan}/{kind}/{number}"))
    };
    match hit.kind.as_str() {
        "ACTION" => in_plan("acties"),
        "ACTION_LINE" => in_plan("lijnen"),
        "AREA" if key.starts_with("VR") => Some(format!("/regios/{key}")),
        "CRITERION" => Some(format!("/kader#{}", key.rsplit('/').next()?)),
        "INTENDED_EFFECT" => Some(shared::address_of_part("/effecten", key)),
        "AREA" => Some(format!(
            "/bronnen/{}",
            hit.subject.source.as_ref()?.document()?
        )),
        "MUNICIPALITY" => Some(format!("/gemeenten/{key}")),
        "NATIONAL_FIGURE" => Some(format!("/effecten#{}", shared::fragment(key))),
        "OPERATIONAL_GOAL" => Some(shared::address_of_part("/doelen", key)),
        "PARTNER" => Some(format!("/partners/{key}")),
        "SOURCE_DOCUMENT" => Some(format!("/bronnen/{key}")),
        _ => hit.subject.source.as_ref()?.address(Language::Dutch),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_has_a_page_is_linked() {
        for (kind, key, expected) in [
            ("ACTION", "2024/33", Some("/plannen/2024/acties/33")),
            ("ACTION_LINE", "2024/4", Some("/plannen/2024/lijnen/4")),
            ("AREA", "VR14", Some("/regios/VR14")),
            ("AREA", "PV27", Some("/bronnen/letter")),
            (
                "NATIONAL_FIGURE",
                "omm-plaatsen",
                Some("/effecten#n-omm-plaatsen"),
            ),
            ("CRITERION", "VOORSTEL-1/BB-01", Some("/kader#BB-01")),
            ("INTENDED_EFFECT", "2024/2/4", Some("/effecten#n-2024-2-4")),
            ("OPERATIONAL_GOAL", "2024/2/1", Some("/doelen#n-2024-2-1")),
            (
                "OPERATIONAL_GOAL",
                "2023/4/1",
                Some("/plannen/2023/lijnen/4"),
            ),
            ("PARTNER", "comensha", Some("/partners/comensha")),
            ("MOTION", "motie-1", Some("/bronnen/letter#regel-12-14")),
        ] {
            let hit = json!({
                "kind": kind, "kindLabel": "", "key": key, "title": { "nl": "", "en": "" }, "excerpt": null, "plan": null,
                "subject": { "source": { "document": { "key": "letter" }, "lines": "12-14" } },
            });
            let hit: Hit = serde_json::from_value(hit).unwrap();
            assert_eq!(address(&hit).as_deref(), expected, "{kind} {key}");
        }
    }

    #[test]
    fn what_was_looked_for_is_no_markup() {
        let form = form(Language::Dutch, "\"><b>").into_string();
        assert!(form.contains("value=\"&quot;&gt;&lt;b&gt;\""), "{form}");
    }
}
