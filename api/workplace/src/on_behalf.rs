//! What VNG filled in on behalf of a municipality: it counts once the municipality accepts it.

use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    Page, Visit, filling,
    form::{Form, Kind, Part},
    view::{self, Text},
};

/// What waits to be accepted.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Filling {
    number: u32,
    reason: Option<String>,
    channel: Option<String>,
    filled_at: String,
    answers: Vec<Given>,
}

#[derive(Debug, Deserialize)]
struct Given {
    answer: String,
    explanation: Option<String>,
    criterion: Option<Criterion>,
}

#[derive(Debug, Deserialize)]
struct Criterion {
    code: String,
    title: Text,
}

pub(crate) fn accepting() -> Form {
    Form::new(
        "acceptOnBehalf",
        "Accepteren en indienen",
        "Wat VNG voor u invulde, is geaccepteerd en ingediend.",
    )
    .with([
        Part::fixed("municipality"),
        Part::fixed("period"),
        Part {
            kind: Kind::FixedNumber,
            ..Part::fixed("filling")
        },
        Part::required("approvedByFunction", Kind::Line, "Functie die akkoord gaf")
            .hinted("Bijvoorbeeld: Gemeentesecretaris. Noem nooit een persoon."),
        Part::required("approvedOn", Kind::Day, "Dag van het akkoord"),
    ])
}

/// What was filled in, and the form to accept it.
pub(crate) fn shown(
    on: (&Page, &Visit<'_>),
    filling: &Filling,
    [municipality, period]: [(&str, &str); 2],
) -> Markup {
    let number = filling.number.to_string();
    let fixed = [municipality, period, ("filling", number.as_str())];
    html! {
        h2.utrecht-heading-2 { "Door VNG voor u ingevuld" }
        p.utrecht-paragraph {
            "Op " (view::day(&filling.filled_at)) ". Het telt pas als u het accepteert."
            @if let Some(channel) = &filling.channel { " Kanaal: " (filling::channel(channel).to_lowercase()) "." }
            @if let Some(reason) = &filling.reason { " Reden: " (reason) }
        }
        ul {
            @for one in &filling.answers {
                @if let Some(criterion) = &one.criterion {
                    li {
                        (criterion.code) " " (criterion.title.nl) ": " strong { (view::answer(&one.answer)) }
                        @if let Some(explanation) = &one.explanation { ". " (explanation) }
                    }
                }
            }
        }
        (accepting().view(on, "", &fixed, &html! {}))
    }
}
