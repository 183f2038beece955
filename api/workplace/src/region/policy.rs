//! The policy of a region: the documents that are recorded of it, which members adopted them, and the
//! forms to record another one or to change what is recorded.
//!
//! A regional policy holds for a member only by the member's own adoption.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Viewer, menu};
use crate::{
    HOME, Page, Unmade, Visit,
    documents::{self, Document, Source},
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, Code},
};

/// How far a policy of an area reaches.
const LEVELS: [(&str, &str); 2] = [
    ("REGIONAL", "Van de hele regio"),
    ("JOINT", "Van enkele gemeenten samen"),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    /// The document that the address names.
    source_document: Option<Document>,
    area: Option<Area>,
    policies: Option<Policies>,
}

#[derive(Debug, Deserialize)]
struct Area {
    municipalities: Vec<Member>,
}

#[derive(Debug, Deserialize)]
struct Member {
    code: String,
    name: String,
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
    level: String,
    level_label: String,
    last_day: Option<String>,
    period_text: Option<String>,
    revised_on: Option<String>,
    ledger: i64,
    areas: Vec<Code>,
    adoptions: Vec<Adoption>,
    source: Option<Source>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Adoption {
    adopted_on: Option<String>,
    municipality: Option<Code>,
}

/// What the policies are shown with.
struct Shown<'a> {
    on: (&'a Page, &'a Visit<'a>),
    area: &'a str,
    members: &'a [Member],
    /// The documents that can be chosen.
    choices: Vec<(String, String)>,
    /// The key of the document that the address names; empty where it names none.
    chosen: &'a str,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../documents/region_policy.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![recording(), documents::registering()],
        layout: body,
    }
}

fn recording() -> Form {
    Form {
        // What is emptied is not known any more; left out it would stay.
        emptied: &["lastDay", "periodText", "revisedOn", "expectedVersion"],
        ..Form::new(
            "recordPolicy",
            "Beleid vastleggen",
            "Het beleid is vastgelegd. Het geldt voor een gemeente pas als zij het zelf vaststelt.",
        )
        .with([
            Part::fixed("key"),
            Part::fixed("place.area"),
            // None of what is recorded for the first time.
            Part::optional("expectedVersion", Kind::FixedNumber, ""),
            Part::required("title", Kind::Line, "Titel van het beleid"),
            Part::required("level", Kind::Choice(&LEVELS), "Bereik"),
            Part::optional("lastDay", Kind::Day, "Laatste dag waarop het geldt")
                .hinted("Alleen als het document die noemt."),
            Part::optional("periodText", Kind::Line, "Looptijd zoals die er staat")
                .hinted("Bijvoorbeeld: 2023-2026"),
            Part::optional("revisedOn", Kind::Day, "Herzien op"),
        ])
        .with(documents::required())
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let area = answer.viewer.own_area(page)?;
    let members = answer.area.as_ref().ok_or(Unmade::NotThere)?;
    let policies = answer.policies.iter().flat_map(|all| &all.nodes);
    let own: Vec<&Policy> = policies.filter(|policy| policy.is_of(area)).collect();
    let named = own.iter().filter_map(|policy| policy.document());
    let chosen = answer.source_document.as_ref();
    let shown = Shown {
        on: (page, visit),
        area,
        members: &members.municipalities,
        choices: documents::choices(chosen.into_iter().chain(named)),
        chosen: chosen.map_or("", |document| document.key.as_str()),
    };
    let content = html! {
        (menu(page, area))
        p.utrecht-paragraph {
            "Beleid van de regio geldt voor een gemeente pas als college of raad van die gemeente het vaststelt. Alles op deze pagina is openbaar."
        }
        @if own.is_empty() { p.utrecht-paragraph { "Van de regio is geen beleid bekend. Dat zegt niet dat er geen is." } }
        @for policy in own { (shown.policy(policy)) }
        h2.utrecht-heading-2 { "Vastleggen" }
        (shown.first_time())
    };
    Ok(Body {
        title: format!("Beleid van {}", answer.viewer.region()),
        content,
    })
}

impl Policy {
    fn is_of(&self, area: &str) -> bool {
        self.areas.iter().any(|own| own.code == area)
    }

    /// The document in which it stands.
    fn document(&self) -> Option<&Document> {
        self.source.as_ref()?.document.as_ref()
    }

    /// The decision of a member on it.
    fn adoption_of(&self, member: &Member) -> Option<&Adoption> {
        let mut all = self.adoptions.iter();
        all.find(|one| {
            let own = one.municipality.as_ref();
            own.is_some_and(|own| own.code == member.code)
        })
    }
}

impl Shown<'_> {
    fn policy(&self, one: &Policy) -> Markup {
        html! {
            section id=(one.key) aria-labelledby={ (one.key) "-titel" } {
                h2.utrecht-heading-2 id={ (one.key) "-titel" } { (one.title) }
                p.stm-source {
                    (one.level_label)
                    @if let Some(period) = &one.period_text { "; looptijd: " (period) }
                    @if let Some(day) = &one.last_day { "; laatste dag: " (view::day(day)) }
                    @if let Some(day) = &one.revised_on { "; herzien op " (view::day(day)) }
                    @if let Some(document) = one.document() { "; bron: " (document.title.nl) }
                    "."
                }
                ul { @for member in self.members { (self.member(one, member)) } }
                (self.change(one))
            }
        }
    }

    /// Whether a member adopted it.
    fn member(&self, one: &Policy, member: &Member) -> Markup {
        html! {
            li {
                a.utrecht-link href={ (HOME) "/regio/" (self.area) "/gemeenten/" (member.code) } { (member.name) }
                @match one.adoption_of(member) {
                    Some(Adoption { adopted_on: Some(day), .. }) => { ": vastgesteld op " (view::day(day)) }
                    Some(_) => { ": vastgesteld; de datum is niet bekend" }
                    None => { ": geen besluit bekend" }
                }
            }
        }
    }

    fn change(&self, one: &Policy) -> Markup {
        let ledger = one.ledger.to_string();
        let source = one.source.as_ref();
        let document = one.document();
        let fixed = [
            ("key", one.key.as_str()),
            ("place.area", self.area),
            ("expectedVersion", ledger.as_str()),
            ("title", one.title.as_str()),
            ("level", one.level.as_str()),
            ("lastDay", one.last_day.as_deref().unwrap_or_default()),
            ("periodText", one.period_text.as_deref().unwrap_or_default()),
            ("revisedOn", one.revised_on.as_deref().unwrap_or_default()),
            (
                "source.document",
                document.map_or("", |document| document.key.as_str()),
            ),
            (
                "source.place",
                source.map_or("", |source| source.lines.as_str()),
            ),
        ];
        html! {
            details open[self.is_tried("recordPolicy", &one.key)] {
                summary { "Wijzigen" }
                (self.form(&one.key, &fixed))
            }
        }
    }

    /// What is recorded for the first time: a document, and then the policy that stands in it.
    fn first_time(&self) -> Markup {
        let (_, visit) = self.on;
        let key = |what: &str| format!("{what}-{}-{}", self.area, visit.key).to_lowercase();
        let (policy, document) = (key("beleid"), key("document"));
        let of_policy = [
            ("key", policy.as_str()),
            ("place.area", self.area),
            ("source.document", self.chosen),
        ];
        let of_document = [("key", document.as_str()), ("kind", "REGIONAL_POLICY")];
        html! {
            @if !self.choices.is_empty() {
                details open[self.is_tried("recordPolicy", "") || !self.chosen.is_empty()] {
                    summary { "Beleid dat in een document staat" }
                    (self.form("", &of_policy))
                }
            }
            details open[self.is_tried("registerSourceDocument", "") || self.choices.is_empty()] {
                summary { "Een document vastleggen" }
                (documents::registering().view(self.on, "", &of_document, &html! {}))
            }
        }
    }

    fn is_tried(&self, mutation: &str, about: &str) -> bool {
        let (_, visit) = self.on;
        visit.attempt.is_some_and(|attempt| {
            let (own, of) = attempt
                .form
                .split_once('-')
                .unwrap_or((attempt.form.as_str(), ""));
            own == mutation && of == about
        })
    }

    /// The form with the documents to choose from.
    fn form(&self, about: &str, fixed: &[(&str, &str)]) -> Markup {
        let form = recording().choosing("source.document", self.choices.clone());
        form.view(self.on, about, fixed, &html! {})
    }
}
