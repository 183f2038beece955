//! How far a member is with its policy, where a document says so and no decision does: recorded by
//! its region. That there is no policy, a municipality alone says of itself.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Page, Visit,
    documents::{self, Document},
    form::{Form, Kind, Part},
};

/// What a region may say of the policy of a member: the code, and what people call it.
const STATES: [(&str, &str); 2] = [
    ("IN_DEVELOPMENT", "Het beleid is in ontwikkeling"),
    ("BEING_UPDATED", "Het beleid wordt geactualiseerd"),
];

/// What was said of it last.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Declared {
    declaration_ledger: Option<i64>,
}

pub(super) fn forms() -> Vec<Form> {
    vec![declaring(), documents::registering()]
}

fn declaring() -> Form {
    Form {
        // Who saw no word says so; left out, what a colleague said meanwhile would be replaced.
        complete: |_, input| {
            input
                .entry("expectedVersion".to_owned())
                .or_insert(Value::Null);
        },
        ..Form::new(
            "declarePolicyState",
            "Stand vastleggen",
            "De stand van het beleid is vastgelegd.",
        )
        .with([
            Part::fixed("municipality"),
            // None where nothing was said yet.
            Part::optional("expectedVersion", Kind::FixedNumber, ""),
            Part::required("state", Kind::Choice(&STATES), "Stand van het beleid"),
            Part::optional("from", Kind::Day, "Sinds")
                .hinted("De eerste dag waarop dit zo is, uiterlijk vandaag. Leeg: vandaag."),
        ])
        .with(documents::required())
    }
}

/// The forms to say how far it is: a document, and then what it says.
pub(super) fn view(
    on: (&Page, &Visit<'_>),
    code: &str,
    declared: &Declared,
    document: Option<&Document>,
) -> Markup {
    let (_, visit) = on;
    let version = declared.declaration_ledger.map(|ledger| ledger.to_string());
    let key = format!("document-{code}-{}", visit.key).to_lowercase();
    let of_document = [("key", key.as_str()), ("kind", "ADMINISTRATIVE_DECISION")];
    let is_tried = |form: &Form| {
        let attempt = visit.attempt;
        attempt.is_some_and(|attempt| attempt.form == form.mutation)
    };
    let register = documents::registering();
    html! {
        p.utrecht-paragraph {
            "Is er geen besluit, en zegt een document hoe ver de gemeente is, leg dat dan hier vast. Dat er geen beleid is, zegt alleen de gemeente zelf. Deze stand is openbaar."
        }
        @if let Some(document) = document {
            @let fixed = [
                ("municipality", code),
                ("expectedVersion", version.as_deref().unwrap_or_default()),
                ("source.document", document.key.as_str()),
            ];
            @let choices = documents::choices([document]);
            (declaring().choosing("source.document", choices).view(on, "", &fixed, &html! {}))
        }
        details open[is_tried(&register)] {
            summary { "Een document vastleggen" }
            (register.view(on, "", &of_document, &html! {}))
        }
    }
}
