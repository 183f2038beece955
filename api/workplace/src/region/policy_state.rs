//! How far a member is with its policy, where a document says so and no decision does: recorded by
//! its region. That there is no policy, a municipality alone says of itself.

use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    Page, Visit,
    documents::{self, Document},
    form::Form,
    policy,
};

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
    let done = "De stand van het beleid is vastgelegd.";
    policy::declaring(&policy::STATES[1..], done).with(documents::required())
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
