//! How far a municipality is with its policy, by its own word, where no decision says so.

use maud::html;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
};

/// What a municipality may say of its policy: the code, and what people call it. That there is none,
/// the first, it alone says.
pub(crate) static STATES: [(&str, &str); 3] = [
    ("NONE_DECLARED", "Er is geen beleid"),
    ("IN_DEVELOPMENT", "Het beleid is in ontwikkeling"),
    ("BEING_UPDATED", "Het beleid wordt geactualiseerd"),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    policy_state: Option<Policy>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    role: String,
    acts_for: Vec<Municipality>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    state: String,
    state_label: String,
    declaration_ledger: Option<i64>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/policy.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![own()],
        layout: body,
    }
}

fn own() -> Form {
    declaring(&STATES, "De stand van uw beleid is vastgelegd.")
}

/// Says how far the policy is: one of these states.
pub(crate) fn declaring(
    states: &'static [(&'static str, &'static str)],
    done: &'static str,
) -> Form {
    Form {
        // Who saw no word says so; left out, what a colleague said meanwhile would be replaced.
        emptied: &["expectedVersion"],
        ..Form::new("declarePolicyState", "Stand vastleggen", done).with([
            Part::fixed("municipality"),
            // None where nothing was said yet.
            Part::optional("expectedVersion", Kind::FixedNumber, ""),
            Part::required("state", Kind::Choice(states), "Stand van het beleid"),
            Part::optional("from", Kind::Day, "Sinds")
                .hinted("De eerste dag waarop dit zo is, uiterlijk vandaag. Leeg: vandaag."),
        ])
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let code = page.variable("municipality");
    let viewer = &answer.viewer;
    let mut acts_for = viewer.acts_for.iter().filter(|own| own.code == code);
    // A region and VNG need a document for it, and there is none to choose here.
    let (Some(municipality), "MUNICIPALITY") = (acts_for.next(), viewer.role.as_str()) else {
        return Err(Unmade::NotThere);
    };
    let policy = answer.policy_state.as_ref().ok_or(Unmade::NotThere)?;
    let version = policy.declaration_ledger.map(|ledger| ledger.to_string());
    let fixed = [
        ("municipality", code),
        ("expectedVersion", version.as_deref().unwrap_or_default()),
    ];
    let content = html! {
        p.stm-lead { "Stand nu: " (policy.state_label) "." }
        @if policy.state == "NOT_REGISTERED" {
            p.utrecht-paragraph { "Dit zegt alleen dat hier geen besluit bekend is dat nu geldt, niet dat er geen beleid is." }
        }
        p.utrecht-paragraph {
            "Is het beleid vastgesteld? Leg dan het besluit vast, bij uw beoordeling. Is er geen besluit, leg dan hier vast hoe ver u bent. Deze stand is openbaar."
        }
        h2.utrecht-heading-2 { "De stand vastleggen" }
        (own().view((page, visit), "", &fixed, &html! {}))
    };
    Ok(Body {
        title: format!("Beleid van {}", municipality.name),
        content,
    })
}
