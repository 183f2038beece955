//! An assessment on paper, for the municipal executive and the council: all criteria with their
//! answers, and the verdict; of the draft where there is one, and else as it was submitted. Beside it
//! stand the region and the size class of the municipality, as counts that were published.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, Unmade, Visit,
    assessment::Next,
    frame::Body,
    view::{self, Code, Key, Text},
};

#[derive(Debug, Deserialize)]
struct Answer {
    viewer: Viewer,
    municipality: Option<Placed>,
    areas: Option<Classes>,
    regions: Option<Picture>,
    classes: Option<Picture>,
    verdict: Option<Verdict>,
    assessment: Option<Assessment>,
}

/// The verdict that a draft would get, and why.
#[derive(Debug, Deserialize)]
struct Preview {
    label: String,
    grounds: Grounds,
}

/// The rule behind a verdict, what would lead to the next one, and what counts for each criterion.
#[derive(Debug, Deserialize)]
struct Grounds {
    rule: Text,
    next: Option<Next>,
    criteria: Vec<Ground>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ground {
    criterion: Option<Code>,
    answer: String,
    answered_by: String,
    area: Option<Area>,
}

#[derive(Debug, Deserialize)]
struct Area {
    name: String,
}

/// The verdict of what was submitted.
#[derive(Debug, Deserialize)]
struct Verdict {
    label: String,
    grounds: Option<Grounds>,
}

/// In which region a municipality lies.
#[derive(Debug, Deserialize)]
struct Placed {
    region: Option<Code>,
}

/// The size classes.
#[derive(Debug, Deserialize)]
struct Classes {
    nodes: Vec<Class>,
}

#[derive(Debug, Deserialize)]
struct Class {
    code: String,
    municipalities: Vec<Code>,
}

/// Verdicts as counts, by group.
#[derive(Debug, Deserialize)]
struct Picture {
    groups: Vec<Group>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    code: String,
    name: String,
    availability: String,
    reference_date: String,
    members: u32,
    counts: Option<Vec<Count>>,
    publication: Option<Key>,
}

#[derive(Debug, Deserialize)]
struct Count {
    label: String,
    count: u32,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    acts_for: Vec<Code>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assessment {
    municipality: Municipality,
    period: Period,
    draft: Option<Draft>,
    latest_version: Option<Version>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
    edition: Option<Edition>,
}

#[derive(Debug, Deserialize)]
struct Edition {
    code: String,
    title: Text,
    themes: Vec<Theme>,
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
}

#[derive(Debug, Deserialize)]
struct Draft {
    answers: Vec<Given>,
    preview: Option<Preview>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Given {
    criterion: Option<Code>,
    answer: String,
    explanation: Option<String>,
    /// Of a draft alone: carried over, and counted only once it is saved.
    #[serde(default)]
    is_to_confirm: bool,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Evidence {
    title: Option<String>,
    effective_on: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    number: u32,
    submitted_at: String,
    approved_by_function: Option<String>,
    approved_on: Option<String>,
    receipt: Option<String>,
    answers: Option<Vec<Given>>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/print.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: Vec::new,
        layout: body,
    }
}

fn body(page: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let one = answer.assessment.as_ref().ok_or(Unmade::NotThere)?;
    let mut own = answer.viewer.acts_for.iter();
    if !own.any(|own| own.code == one.municipality.code) {
        return Err(Unmade::NotThere);
    }
    let edition = one.period.edition.as_ref().ok_or(Unmade::NotThere)?;
    let up = page.path.trim_end_matches("/afdruk");
    let drafted = one.draft.as_ref().map(|draft| draft.answers.as_slice());
    let submitted = one.latest_version.as_ref();
    let submitted = submitted.and_then(|version| version.answers.as_deref());
    let given = drafted.or(submitted).unwrap_or_default();
    let grounds = one.preview().map(|preview| &preview.grounds);
    let verdict = answer.verdict.as_ref();
    let grounds = grounds.or_else(|| verdict?.grounds.as_ref());
    let grounds = grounds.map(|grounds| grounds.criteria.as_slice());
    let grounds = grounds.unwrap_or_default();
    let content = html! {
        p.stm-query { a.utrecht-link href=(up) { "Terug naar de beoordeling" } ". Druk deze pagina af met uw browser." }
        p.stm-lead { (edition.title.nl) " (" (edition.code) ")" }
        (status(one, answer.verdict.as_ref()))
        (beside(&answer, &one.municipality.code))
        @for theme in &edition.themes {
            h2.utrecht-heading-2 { (theme.title.nl) }
            dl { @for criterion in &theme.criteria { (row(criterion, given, grounds)) } }
        }
    };
    Ok(Body {
        title: format!("Beoordeling {} {}", one.municipality.name, one.period.key),
        content,
    })
}

impl Assessment {
    fn preview(&self) -> Option<&Preview> {
        self.draft.as_ref()?.preview.as_ref()
    }
}

/// Of what the answers are, and the verdict.
fn status(one: &Assessment, verdict: Option<&Verdict>) -> Markup {
    let preview = one.preview();
    html! {
        @match (&one.draft, &one.latest_version) {
            (Some(_), _) => { p.utrecht-paragraph { "Concept: nog niet ingediend, of gewijzigd na het indienen." } }
            (None, Some(version)) => {
                p.utrecht-paragraph {
                    "Versie " (version.number) ", ingediend op " (view::day(&version.submitted_at))
                    @if let Some(by) = &version.approved_by_function { "; akkoord: " (by) }
                    @if let Some(on) = &version.approved_on { ", " (view::day(on)) }
                    "."
                    @if let Some(receipt) = &version.receipt { " Ontvangstbewijs: " (receipt) }
                }
            }
            (None, None) => {}
        }
        @if let Some(preview) = preview {
            p.utrecht-paragraph { "Oordeel bij indienen: " strong { (preview.label) } }
            (why(&preview.grounds))
        } @else if let Some(verdict) = verdict {
            p.utrecht-paragraph { "Oordeel: " strong { (verdict.label) } }
            @if let Some(grounds) = &verdict.grounds { (why(grounds)) }
        }
    }
}

/// The rule behind a verdict, and what would lead to the next one.
fn why(grounds: &Grounds) -> Markup {
    html! {
        p.utrecht-paragraph { (grounds.rule.nl) }
        @if let Some(next) = &grounds.next { p.utrecht-paragraph { (next.sentence.nl) } }
    }
}

impl Answer {
    /// The groups that a municipality is of, as far as they were published.
    fn published(&self, municipality: &str) -> Vec<&Group> {
        let region = self.municipality.as_ref();
        let region = region.and_then(|own| own.region.as_ref());
        let mut classes = self.areas.iter().flat_map(|areas| &areas.nodes);
        let class = classes.find(|class| {
            let mut members = class.municipalities.iter();
            members.any(|member| member.code == municipality)
        });
        let own = [
            (&self.regions, region.map(|region| region.code.as_str())),
            (&self.classes, class.map(|class| class.code.as_str())),
        ];
        let groups = own.into_iter().filter_map(|(picture, code)| {
            let mut groups = picture.as_ref()?.groups.iter();
            groups.find(|group| Some(group.code.as_str()) == code)
        });
        groups
            .filter(|group| group.availability == "PUBLISHED" && group.counts.is_some())
            .collect()
    }
}

/// The region and the size class beside the municipality: never who, and never what was not
/// published.
fn beside(answer: &Answer, municipality: &str) -> Markup {
    let groups = answer.published(municipality);
    html! {
        h2.utrecht-heading-2 { "Ter vergelijking" }
        @if groups.is_empty() {
            p.utrecht-paragraph { "Over de regio en de grootteklasse van de gemeente is voor deze periode niets gepubliceerd." }
        }
        @for group in groups {
            p.utrecht-paragraph {
                (group.name) ", " (group.members) " gemeenten op " (view::day(&group.reference_date)) ": "
                @for (at, count) in group.counts.iter().flatten().enumerate() {
                    @if at > 0 { ", " }
                    (count.label.to_lowercase()) " " (count.count)
                }
                "."
                @if let Some(publication) = &group.publication { " Bron: publicatie " (publication.key) "." }
            }
        }
    }
}

/// A criterion with the answer of the municipality, and with the one that counts where that is not
/// its own.
fn row(criterion: &Criterion, given: &[Given], grounds: &[Ground]) -> Markup {
    let is_of = |of: &Option<Code>| of.as_ref().is_some_and(|of| of.code == criterion.code);
    let own = given.iter().find(|given| is_of(&given.criterion));
    let mut others = grounds.iter().filter(|ground| is_of(&ground.criterion));
    let other = others.find(|one| ["COMPUTED", "REGIONAL"].contains(&one.answered_by.as_str()));
    html! {
        dt {
            (criterion.code) " " (criterion.title.nl) ": "
            strong { (own.map_or("niet door de gemeente beantwoord", |own| view::answer(&own.answer))) }
            @if own.is_some_and(|own| own.is_to_confirm) { " (overgenomen; telt pas als het is opgeslagen)" }
        }
        dd {
            @if let Some(other) = other {
                p.utrecht-paragraph {
                    (other.area.as_ref().map_or("Vastgesteld", |area| area.name.as_str()))
                    ": " strong { (view::answer(&other.answer)) } "."
                    @if other.area.is_some() { " Dit telt voor de gemeente." }
                }
            }
            @if let Some(own) = own {
                @if let Some(explanation) = &own.explanation { p.utrecht-paragraph { (explanation) } }
                @for piece in &own.evidence {
                    p.utrecht-paragraph {
                        "Bewijs: " (piece.title.as_deref().unwrap_or("deze tekst is verwijderd")) ", " (view::day(&piece.effective_on))
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn group(code: &str, name: &str, availability: &str) -> Value {
        json!({
            "code": code, "name": name, "availability": availability,
            "referenceDate": "2026-06-15", "members": 14, "publication": { "key": "compliance-1" },
            "counts": [
                { "label": "Voldoet niet", "count": 2 }, { "label": "Voldoet deels", "count": 12 },
            ],
        })
    }

    fn answer(region: &str, class: &str) -> Answer {
        let data = json!({
            "viewer": { "actsFor": [] }, "assessment": null, "verdict": null,
            "municipality": { "region": { "code": "VR05" } },
            "areas": { "nodes": [
                { "code": "GK02", "municipalities": [{ "code": "GM0153" }] },
                { "code": "GK03", "municipalities": [{ "code": "GM0141" }] },
            ] },
            "regions": { "groups": [
                group("VR04", "IJsselland", "PUBLISHED"), group("VR05", "Twente", region),
            ] },
            "classes": { "groups": [
                group("GK02", "Tot 50.000", "PUBLISHED"), group("GK03", "Tot 100.000", class),
            ] },
        });
        serde_json::from_value(data).unwrap()
    }

    #[test]
    fn the_own_region_and_size_class_stand_as_they_were_published() {
        let shown = beside(&answer("PUBLISHED", "NOT_PUBLISHED"), "GM0141").into_string();
        let expected = "Twente, 14 gemeenten op 15 juni 2026: voldoet niet 2, voldoet deels 12. \
                    Bron: publicatie compliance-1.";
        assert!(shown.contains(expected), "{shown}");
        let shown = beside(&answer("NOT_PUBLISHED", "PUBLISHED"), "GM0141").into_string();
        assert!(shown.contains("Tot 100.000, 14 gemeenten"), "{shown}");
        for hidden in ["IJsselland", "Twente", "Tot 50.000"] {
            assert!(!shown.contains(hidden), "{hidden}");
        }
    }

    #[test]
    fn what_a_region_sees_as_it_stands_is_not_printed() {
        let shown = beside(&answer("VISIBLE", "NOT_PUBLISHED"), "GM0141").into_string();
        assert!(shown.contains("niets gepubliceerd"), "{shown}");
        assert!(!shown.contains("Twente"), "{shown}");
    }

    #[test]
    fn what_counts_and_is_not_of_the_municipality_itself_is_printed_too() {
        let criterion = json!({ "code": "OH-01", "title": { "nl": "Zorgcoördinator" } });
        let criterion: Criterion = serde_json::from_value(criterion).unwrap();
        let given = json!([{
            "criterion": { "code": "OH-01" }, "answer": "NOT_MET", "explanation": null,
            "isToConfirm": true, "evidence": [],
        }]);
        let given: Vec<Given> = serde_json::from_value(given).unwrap();
        let grounds = json!([
            { "criterion": { "code": "OH-02" }, "answer": "MET", "answeredBy": "REGIONAL",
              "area": { "name": "Twente" } },
            { "criterion": { "code": "OH-01" }, "answer": "PARTLY_MET", "answeredBy": "REGIONAL",
              "area": { "name": "Gooi en Vechtstreek" } },
        ]);
        let grounds: Vec<Ground> = serde_json::from_value(grounds).unwrap();
        let regional =
            "Gooi en Vechtstreek: <strong>Deels voldaan</strong>. Dit telt voor de gemeente.";
        let shown = row(&criterion, &given, &grounds).into_string();
        assert!(
            shown.contains("<strong>Niet voldaan</strong> (overgenomen;"),
            "{shown}"
        );
        assert!(
            shown.contains(regional) && !shown.contains("Twente"),
            "{shown}"
        );
        let shown = row(&criterion, &[], &grounds).into_string();
        assert!(
            shown.contains("niet door de gemeente beantwoord"),
            "{shown}"
        );
        assert!(
            shown.contains(regional) && !shown.contains("overgenomen"),
            "{shown}"
        );
        assert!(
            !row(&criterion, &given, &grounds[..1])
                .into_string()
                .contains("Dit telt")
        );
    }
}
