//! The page of one partner: the actions that the ministry assigned to it, those in which a source gives it a role, and
//! those whose text only names it.

use domain::plan::CURRENT_PLAN;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, Citation, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/partner.graphql");

#[derive(Debug, Deserialize)]
struct Answer {
    partner: Option<Partner>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Partner {
    key: String,
    name: Text,
    kind_label: String,
    aliases: Vec<String>,
    website: Option<String>,
    municipality: Option<Place>,
    area: Option<Place>,
    roles: Vec<Role>,
    mentions: Vec<Mention>,
    events: Vec<Event>,
    chains: Vec<Chain>,
    regions: Vec<InRegion>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Place {
    code: String,
    name: String,
    #[serde(default)]
    kind: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Role {
    role: String,
    role_label: String,
    text: String,
    from: Option<String>,
    last_day: Option<String>,
    action: Action,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    number: u16,
    plan: Plan,
    title: Text,
    #[serde(default)]
    status_label: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Plan {
    key: String,
}

#[derive(Debug, Deserialize)]
struct Mention {
    text: String,
    action: Action,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    title: Text,
    held_on: Option<String>,
    date_text: String,
}

#[derive(Debug, Deserialize)]
struct Chain {
    group: Option<String>,
    text: Text,
    policy: Policy,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Policy {
    title: String,
}

#[derive(Debug, Deserialize)]
struct InRegion {
    region: Place,
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let partner = answer.partner.ok_or(Unmade::NotThere)?;
    // Other names find it in the API; its page has one address.
    if partner.key != page.subject() {
        return Err(Unmade::NotThere);
    }
    let language = page.language;
    let name = language.of(&partner.name);
    let (owned, others): (Vec<&Role>, Vec<&Role>) =
        partner.roles.iter().partition(|role| role.role == "OWNER");
    let content = html! {
        (facts(page, &partner))
        @if !owned.is_empty() {
            (heading(&format!("{} {name}", language.pick("Acties van", "Actions of"))))
            p.utrecht-paragraph { (language.pick("Het ministerie heeft deze acties aan deze partij toegewezen.", "The ministry assigned these actions to this party.")) }
            (roles(page, &owned))
        }
        (heading(&match language {
            Language::Dutch => format!("Acties waarin {name} een rol heeft"),
            Language::English => format!("Actions in which {name} has a role"),
        }))
        @if others.is_empty() {
            p.utrecht-paragraph { (language.pick("Geen bron noemt een rol van deze partij.", "No source names a role of this party.")) }
        } @else {
            (roles(page, &others))
        }
        (mentions(page, &partner.mentions))
        (chains(language, &partner.chains))
        (events(language, &partner.events))
        (shared::source_of(language, language.pick("Bron van de partij: ", "Source of the party: "), partner.source.as_ref()))
    };
    Ok(Body {
        title: name.to_owned(),
        description: format!("{name}: {}", partner.kind_label),
        content,
    })
}

/// What and where it is.
fn facts(page: &Page, partner: &Partner) -> Markup {
    let language = page.language;
    html! {
        p.stm-lead { (partner.kind_label) "." }
        @if !partner.aliases.is_empty() {
            p.utrecht-paragraph { (language.pick("Ook genoemd: ", "Also called: ")) (partner.aliases.join(", ")) "." }
        }
        @if let Some(website) = &partner.website {
            p.utrecht-paragraph { (language.pick("Website: ", "Website: ")) a.utrecht-link href=(website) { (website) } }
        }
        @if let Some(municipality) = &partner.municipality {
            p.utrecht-paragraph {
                (language.pick("Gemeente: ", "Municipality: "))
                a.utrecht-link href=(page.to(&format!("/gemeenten/{}", municipality.code))) { (municipality.name) }
            }
        }
        @if let Some(area) = &partner.area {
            p.utrecht-paragraph {
                (language.pick("Werkgebied: ", "Area: "))
                @if area.kind.as_deref() == Some("SAFETY_REGION") { (region(page, area)) } @else { (area.name) }
            }
        }
        @if !partner.regions.is_empty() {
            p.utrecht-paragraph {
                (language.pick("Veiligheidsregio’s: ", "Safety regions: "))
                @for (index, one) in partner.regions.iter().enumerate() {
                    @if index > 0 { ", " }
                    (region(page, &one.region))
                }
            }
        }
    }
}

fn region(page: &Page, region: &Place) -> Markup {
    html! { a.utrecht-link href=(page.to(&format!("/regios/{}", region.code))) { (region.name) } }
}

/// A link to an action, with its plan where that is not the one in force.
fn link(page: &Page, action: &Action) -> Markup {
    let plan = action.plan.key.as_str();
    html! {
        (shared::action_link(page, plan, action.number, &action.title))
        @if plan != CURRENT_PLAN { " (plan " (plan) ")" }
    }
}

fn roles(page: &Page, roles: &[&Role]) -> Markup {
    let language = page.language;
    html! {
        ul.utrecht-unordered-list {
            @for role in roles {
                li.utrecht-unordered-list__item {
                    (link(page, &role.action)) ": " strong { (role.role_label) }
                    @if let Some(from) = &role.from { (language.pick(", vanaf ", ", from ")) (language.day(from)) }
                    @if let Some(last) = &role.last_day { (language.pick(", tot en met ", ", up to and including ")) (language.day(last)) }
                    ". "
                    @if let Some(status) = &role.action.status_label { (language.pick("Stand van de actie: ", "Status of the action: ")) (status) "." }
                    p.utrecht-paragraph { q lang="nl" { (role.text) } }
                    (shared::source(language, role.source.as_ref()))
                }
            }
        }
    }
}

fn mentions(page: &Page, mentions: &[Mention]) -> Markup {
    let language = page.language;
    html! {
        @if !mentions.is_empty() {
            (heading(language.pick("Genoemd zonder rol", "Named without a role")))
            ul.utrecht-unordered-list {
                @for mention in mentions {
                    li.utrecht-unordered-list__item {
                        (link(page, &mention.action)) ": " q lang="nl" { (mention.text) }
                        (shared::source(language, mention.source.as_ref()))
                    }
                }
            }
        }
    }
}

fn chains(language: Language, chains: &[Chain]) -> Markup {
    html! {
        @if !chains.is_empty() {
            (heading(language.pick("In regionaal beleid", "In regional policy")))
            ul.utrecht-unordered-list {
                @for chain in chains {
                    li.utrecht-unordered-list__item {
                        span lang="nl" { (chain.policy.title) }
                        @if let Some(group) = &chain.group { ", " span lang="nl" { (group) } }
                        ": " (language.of(&chain.text))
                        (shared::source(language, chain.source.as_ref()))
                    }
                }
            }
        }
    }
}

fn events(language: Language, events: &[Event]) -> Markup {
    html! {
        @if !events.is_empty() {
            (heading(language.pick("Bijeenkomsten", "Meetings")))
            ul.utrecht-unordered-list {
                @for event in events {
                    @let title = language.of(&event.title);
                    @let day = event.held_on.as_deref().map(|day| language.day(day));
                    li.utrecht-unordered-list__item {
                        (title)
                        @match &day {
                            // Some titles name their day.
                            Some(day) if title.contains(day.as_str()) => {},
                            Some(day) => { ", " (day) }
                            None => { ", " span lang="nl" { (event.date_text) } }
                        }
                    }
                }
            }
        }
    }
}
