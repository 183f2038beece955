//! The functional mailbox to which the open tasks of an organisation are sent.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    functional_mailboxes: Option<Mailboxes>,
}

#[derive(Debug, Deserialize)]
struct Mailboxes {
    nodes: Vec<Mailbox>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mailbox {
    organisation: Organisation,
    address: String,
    registered_at: String,
    last_digest: Option<Digest>,
}

#[derive(Debug, Deserialize)]
struct Organisation {
    code: String,
    name: Text,
}

#[derive(Debug, Deserialize)]
struct Digest {
    day: String,
    state: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/mailbox.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![registering(), withdrawing()],
        layout: body,
    }
}

fn registering() -> Form {
    Form::new(
        "registerMailbox",
        "Postvak aanmelden",
        "Het postvak is aangemeld. Een overzicht komt ten hoogste één keer per dag.",
    )
    .with([
        Part::required("mailboxAddress", Kind::Line, "Adres van het postvak").hinted(
            "Van een functie of een afdeling, zoals mensenhandel@hilversum.nl. Het adres van een persoon wordt geweigerd.",
        ),
    ])
}

fn withdrawing() -> Form {
    Form::new(
        "withdrawMailbox",
        "Postvak afmelden",
        "Het postvak is afgemeld; het adres is gewist.",
    )
    .with([Part::fixed("organisation")])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let all = answer
        .functional_mailboxes
        .as_ref()
        .ok_or(Unmade::NotThere)?;
    let content = html! {
        p.utrecht-paragraph {
            "Uw organisatie kan één functioneel postvak aanmelden. Daar komt ten hoogste één keer per dag, vanaf zeven uur, een overzicht van wat er openstaat: nooit wat er is geantwoord. Staat er niets open, dan komt er geen bericht."
        }
        @if all.nodes.is_empty() { p.utrecht-paragraph { "Er is geen postvak aangemeld." } }
        @for one in &all.nodes { (shown((page, visit), &answer.code_lists, one)) }
        h2.utrecht-heading-2 { "Aanmelden" }
        p.utrecht-paragraph { "Een nieuw adres komt in de plaats van het vorige." }
        (registering().view((page, visit), "", &[], &html! {}))
    };
    Ok(Body {
        title: "Taken per mail".to_owned(),
        content,
    })
}

fn shown(on: (&Page, &Visit<'_>), lists: &[CodeList], one: &Mailbox) -> Markup {
    let code = one.organisation.code.as_str();
    html! {
        section id=(code) aria-labelledby={ (code) "-titel" } {
            h2.utrecht-heading-2 id={ (code) "-titel" } { (one.organisation.name.nl) }
            p.utrecht-paragraph {
                strong { (one.address) } ", aangemeld op " (view::day(&one.registered_at)) ". "
                @match &one.last_digest {
                    Some(digest) => {
                        "Laatste overzicht: " (view::day(&digest.day)) ", " (view::label(lists, &digest.state).to_lowercase()) "."
                    }
                    None => { "Er is nog geen overzicht gemaakt." }
                }
            }
            (withdrawing().view(on, code, &[("organisation", code)], &html! {}))
        }
    }
}
