//! The decision by which a municipality adopted a policy, in three steps: the document in which it
//! stands, the policy where it is not recorded yet, and the adoption.
//!
//! The keys of what is recorded follow from the municipality and the period, so nobody thinks one up,
//! and from a secret of the service, so nobody else can take one first.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, Code, CodeList, Text},
};

/// Who adopts a policy.
const BODIES: [(&str, &str); 2] = [
    (
        "MUNICIPAL_EXECUTIVE",
        "College van burgemeester en wethouders",
    ),
    ("MUNICIPAL_COUNCIL", "Gemeenteraad"),
];

/// How far a policy reaches.
const LEVELS: [(&str, &str); 3] = [
    ("LOCAL", "Van de gemeente alleen"),
    ("JOINT", "Van enkele gemeenten samen"),
    ("REGIONAL", "Van de regio"),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    viewer: Viewer,
    source_document: Option<Document>,
    municipality: Option<Municipality>,
    /// What was recorded here for this decision, which nobody adopted yet.
    recorded: Option<Policy>,
    of_document: Option<Entries>,
    of_policy: Option<Entries>,
    own: Option<Policies>,
    shared: Option<Policies>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    acts_for: Vec<Code>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    title: Text,
    date_text: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Municipality {
    name: String,
    policy_state: String,
    policies: Vec<Adoption>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Adoption {
    policy: Titled,
    body: String,
    adopted_on: Option<String>,
    in_force_on: Option<String>,
    counts_for_municipality: bool,
    reason: Option<Text>,
}

/// What the ledger has of something, the latest first.
#[derive(Debug, Deserialize)]
struct Entries {
    nodes: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    operation: String,
    actor_organisation: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Titled {
    title: String,
}

#[derive(Debug, Deserialize)]
struct Policies {
    nodes: Vec<Policy>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    key: String,
    title: String,
    level_label: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/decision.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![document(), policy(), adoption()],
        layout: body,
    }
}

/// What stands where something is shown that another recorded for a municipality, as its region may.
/// Nothing where it is its own.
fn of_another(entries: Option<&Entries>, code: &str, visit: &Visit<'_>) -> Markup {
    let Some(entries) = entries else {
        return html! {};
    };
    let recorded = entries.nodes.iter().find(|entry| {
        entry.operation.ends_with(".registered") || entry.operation.ends_with(".recorded")
    });
    let by = recorded.and_then(|entry| entry.actor_organisation.as_deref());
    let is_own =
        by.is_some_and(|by| by.split('+').any(|own| own == code) || Some(by) == visit.organisation);
    html! {
        @if !is_own {
            div.stm-errors role="note" {
                p {
                    strong {
                        "Vastgelegd door " (by.unwrap_or("een andere organisatie"))
                        ", niet door uw gemeente."
                    }
                    " Ga alleen verder als dit van uw gemeente is. Is het dat niet, neem dan contact op met VNG."
                }
            }
        }
    }
}

/// The keys of the document of a decision, and of the policy that is recorded with it: each ends in a
/// name that only the service can make.
pub(crate) fn keys(
    municipality: &str,
    period: &str,
    names: &dyn Fn(&str) -> String,
) -> [String; 2] {
    ["besluit", "beleid"].map(|what| {
        let readable = format!("{municipality}-{period}-{what}").to_lowercase();
        let name = names(&readable);
        format!("{readable}-{name}")
    })
}

fn document() -> Form {
    Form::new(
        "registerSourceDocument",
        "Leg het document vast",
        "Het document is vastgelegd. Kies nu het beleid.",
    )
    .with([
        Part::fixed("key"),
        Part::fixed("kind"),
        Part::required("titleNl", Kind::Line, "Titel van het besluit"),
        Part::required("datedOn", Kind::Day, "Datum van het besluit"),
        Part::optional("reference", Kind::Line, "Kenmerk"),
    ])
}

fn policy() -> Form {
    Form::new(
        "recordPolicy",
        "Leg het beleid vast",
        "Het beleid is vastgelegd. Leg nu de vaststelling vast.",
    )
    .with([
        Part::fixed("key"),
        Part::fixed("place.municipality"),
        Part::fixed("source.document"),
        Part::required("title", Kind::Line, "Titel van het beleid"),
        Part::required("level", Kind::Choice(&LEVELS), "Bereik"),
        Part::optional("lastDay", Kind::Day, "Laatste dag waarop het geldt"),
        Part::required("source.place", Kind::Line, "Waar het staat")
            .hinted("Bijvoorbeeld: bijlage 1"),
    ])
}

fn adoption() -> Form {
    Form::new(
        "recordAdoption",
        "Leg de vaststelling vast",
        "Het vaststellingsbesluit is vastgelegd.",
    )
    .with([
        Part::fixed("municipality"),
        Part::fixed("source.document"),
        Part::required("policy", Kind::Pick, "Beleid"),
        Part::required("body", Kind::Choice(&BODIES), "Vastgesteld door"),
        Part::required("adoptedOn", Kind::Day, "Vastgesteld op"),
        Part::optional("inForceOn", Kind::Day, "Geldt vanaf"),
        Part::required("source.place", Kind::Line, "Waar het staat")
            .hinted("Bijvoorbeeld: besluit 1"),
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let one = answer.municipality.as_ref().ok_or(Unmade::NotThere)?;
    let code = page.variable("municipality");
    let mut own = answer.viewer.acts_for.iter();
    if !own.any(|own| own.code == code) {
        return Err(Unmade::NotThere);
    }
    let up = page.path.trim_end_matches("/besluit");
    let state = view::label(&answer.code_lists, &one.policy_state);
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href=(up) { "Terug naar de beoordeling" } }
        p.stm-lead { "Beleid van " (one.name) ": " (state) "." }
        (adopted(&answer.code_lists, &one.policies))
        h2.utrecht-heading-2 { "1. Het document met het besluit" }
        @match &answer.source_document {
            Some(document) => {
                p.utrecht-paragraph { (document.title.nl) ", " (document.date_text.nl) "." }
                (of_another(answer.of_document.as_ref(), code, visit))
            }
            None => {
                @let fixed = [("key", page.variable("document")), ("kind", "ADMINISTRATIVE_DECISION")];
                (document().view((page, visit), "", &fixed, &html! {}))
            }
        }
        @if answer.source_document.is_some() { (steps((page, visit), &answer, code)) }
    };
    Ok(Body {
        title: format!("Vaststellingsbesluit {}", one.name),
        content,
    })
}

/// What follows once the document is there.
fn steps(on: (&Page, &Visit<'_>), answer: &Answer, code: &str) -> Markup {
    let (page, visit) = on;
    let document = page.variable("document");
    let key = page.variable("policy");
    let mut choices: Vec<(String, String)> = Vec::new();
    let lists = [&answer.own, &answer.shared].into_iter().flatten();
    let found = lists.flat_map(|policies| &policies.nodes);
    for one in answer.recorded.iter().chain(found) {
        let label = format!("{} ({})", one.title, one.level_label.to_lowercase());
        if choices.iter().all(|(key, _)| *key != one.key) {
            choices.push((one.key.clone(), label));
        }
    }
    let of_policy = [
        ("key", key),
        ("place.municipality", code),
        ("source.document", document),
    ];
    let of_adoption = [("municipality", code), ("source.document", document)];
    let form = policy();
    let is_tried = visit
        .attempt
        .is_some_and(|attempt| attempt.form == form.id(""));
    html! {
        h2.utrecht-heading-2 { "2. Het beleid" }
        p.utrecht-paragraph { "Staat uw beleid hieronder bij stap 3 al in de lijst, sla deze stap dan over." }
        @if answer.recorded.is_none() {
            details open[is_tried] { summary { "Nieuw beleid vastleggen" } (form.view(on, "", &of_policy, &html! {})) }
        }
        @if answer.recorded.is_some() { (of_another(answer.of_policy.as_ref(), code, visit)) }
        h2.utrecht-heading-2 { "3. De vaststelling" }
        (adoption().choosing("policy", choices).view(on, "", &of_adoption, &html! {}))
    }
}

fn adopted(lists: &[CodeList], adoptions: &[Adoption]) -> Markup {
    html! {
        @if !adoptions.is_empty() {
            ul {
                @for one in adoptions {
                    li {
                        (one.policy.title) ": " (view::label(lists, &one.body))
                        @if let Some(on) = &one.adopted_on { ", vastgesteld op " (view::day(on)) }
                        @if let Some(on) = &one.in_force_on { ", geldt vanaf " (view::day(on)) }
                        (if one.counts_for_municipality { ". Telt voor u." } else { ". Telt niet voor u." })
                        @if let Some(reason) = &one.reason { " " (reason.nl) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_recorded_has_keys_that_follow_from_what_it_is_of() {
        assert_eq!(
            keys("GM0402", "2026-2", &|of| of.len().to_string()),
            ["gm0402-2026-2-besluit-21", "gm0402-2026-2-beleid-20"]
        );
    }
}
