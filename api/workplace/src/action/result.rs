//! What an action reached: a figure, a product, or that it is hard to measure.

use maud::{Markup, html};

use super::{Shown, shape::Reached};
use crate::{
    documents,
    form::{Form, Kind, Part},
    view,
};

/// What a result can be.
const KINDS: [(&str, &str); 3] = [
    ("FIGURE", "Cijfer"),
    ("PRODUCT", "Product"),
    ("HARD_TO_MEASURE", "Lastig meetbaar"),
];

/// How sure a figure is.
const QUALIFIERS: [(&str, &str); 5] = [
    ("EXACT", "Exact"),
    ("MORE_THAN", "Ruim"),
    ("ABOUT", "Circa"),
    ("RANGE", "Bereik"),
    ("NONE", "Geen cijfer"),
];

pub(super) fn recording() -> Form {
    Form {
        emptied: &[
            "value",
            "valueTo",
            "qualifierText",
            "unit",
            "expectedVersion",
        ],
        complete: |_, input| {
            // What is emptied is taken away; left out it would stay.
            super::fill(input, "unit", ["nl", "en"]);
            super::fill(input, "source", ["document", "place"]);
        },
        ..Form::new(
            "recordResult",
            "Resultaat vastleggen",
            "Het resultaat is vastgelegd en voor iedereen te zien.",
        )
        .with([
            Part {
                kind: Kind::FixedNumber,
                ..Part::fixed("action")
            },
            // Both none of a new result.
            Part::optional("position", Kind::FixedNumber, ""),
            Part::optional("expectedVersion", Kind::FixedNumber, ""),
            Part::required("kind", Kind::Choice(&KINDS), "Soort"),
            Part::optional("value", Kind::Number, "Waarde").hinted(
                "Alleen bij een cijfer: een geheel getal vanaf 0. Bij een bereik de ondergrens.",
            ),
            Part::optional("valueTo", Kind::Number, "Bovengrens").hinted("Alleen bij een bereik."),
            Part::required("qualifier", Kind::Choice(&QUALIFIERS), "Nauwkeurigheid"),
            Part::optional("qualifierText", Kind::Line, "Nauwkeurigheid in woorden")
                .hinted("Bijvoorbeeld: ruim"),
            Part::optional("unit.nl", Kind::Line, "Eenheid")
                .hinted("Alleen bij een cijfer, zoals: deelnemers"),
            Part::optional("unit.en", Kind::Line, "Eenheid in het Engels")
                .hinted("Alleen bij een cijfer, zoals: participants"),
            Part::required("explanation", Kind::Text, "Wat is bereikt")
                .hinted("Noem geen personen en geen casussen."),
            Part::required("summary", Kind::Text, "Hetzelfde in het Engels"),
        ])
        .with(documents::optional())
    }
}

impl Shown<'_> {
    pub(super) fn results(&self) -> Markup {
        let (page, visit) = self.on;
        let number = self.action.number.to_string();
        let form = self.choosing(recording());
        let fixed = [
            ("action", number.as_str()),
            ("source.document", self.chosen()),
        ];
        html! {
            h2.utrecht-heading-2 { "Resultaten" }
            @if self.action.results.is_empty() { p.utrecht-paragraph { "Er is nog geen resultaat vastgelegd." } }
            @for one in &self.action.results { (self.result(one)) }
            details open[self.is_tried(&form, "")] {
                summary { "Een resultaat toevoegen" }
                (form.view((page, visit), "", &fixed, &html! {}))
            }
        }
    }

    fn result(&self, one: &Reached) -> Markup {
        let position = one.position.to_string();
        let about = format!("resultaat{position}");
        let form = self.choosing(recording());
        let kind = one.kind.as_deref().unwrap_or_default();
        html! {
            section id=(about) aria-labelledby={ (about) "-titel" } {
                h3.utrecht-heading-3 id={ (about) "-titel" } {
                    (view::label(&self.answer.code_lists, kind)) (figure(one))
                }
                @if let Some(explanation) = &one.explanation { p.utrecht-paragraph { (explanation) } }
                (self.reporter(one.reported_by.as_ref(), one.source.as_ref()))
                @if self.answer.viewer.may_change(one.reported_by.as_ref()) {
                    details open[self.is_tried(&form, &about)] {
                        summary { "Wijzigen" }
                        (self.changing(&form, (about.as_str(), position.as_str()), one))
                    }
                }
            }
        }
    }

    fn changing(&self, form: &Form, (about, position): (&str, &str), one: &Reached) -> Markup {
        let number = self.action.number.to_string();
        let ledger = one.ledger.to_string();
        let text = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
        let (value, value_to) = (text(one.value), text(one.value_to));
        let unit = one.unit.as_ref();
        let source = documents::given(one.source.as_ref());
        let fixed = [
            ("action", number.as_str()),
            ("position", position),
            ("expectedVersion", ledger.as_str()),
            ("kind", one.kind.as_deref().unwrap_or_default()),
            ("value", value.as_str()),
            ("valueTo", value_to.as_str()),
            ("qualifier", one.qualifier.as_str()),
            (
                "qualifierText",
                one.qualifier_text.as_deref().unwrap_or_default(),
            ),
            ("unit.nl", unit.map_or("", |unit| unit.nl.as_str())),
            ("unit.en", unit.map_or("", |unit| unit.en.as_str())),
            (
                "explanation",
                one.explanation.as_deref().unwrap_or_default(),
            ),
            (
                "summary",
                one.summary.as_ref().map_or("", |both| both.en.as_str()),
            ),
            source[0],
            source[1],
        ];
        form.view(self.on, about, &fixed, &html! {})
    }
}

/// A figure behind its kind, as in `: circa 120 deelnemers`.
fn figure(one: &Reached) -> String {
    let (Some(value), Some(unit)) = (one.value, &one.unit) else {
        return String::new();
    };
    let before = match (&one.qualifier_text, one.qualifier.as_str()) {
        (Some(words), _) => format!("{words} "),
        (None, "MORE_THAN") => "ruim ".to_owned(),
        (None, "ABOUT") => "circa ".to_owned(),
        (None, _) => String::new(),
    };
    let to = one.value_to.map(|to| format!(" tot {to}"));
    format!(": {before}{value}{} {}", to.unwrap_or_default(), unit.nl)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::Given;

    #[test]
    fn what_is_given_in_part_is_filled_and_what_is_emptied_is_taken_away() {
        let pairs = [
            ("action", "45"),
            ("kind", "FIGURE"),
            ("value", "120"),
            ("qualifier", "ABOUT"),
            ("unit.nl", "deelnemers"),
            ("explanation", "Gevolgd."),
            ("summary", "Taken."),
            ("source.document", "jaarverslag"),
        ];
        let given = Given::new(
            pairs
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        );
        let variables = recording().variables(&given).unwrap();
        assert_eq!(
            Value::from(variables),
            json!({ "input": {
                "action": 45, "kind": "FIGURE", "value": 120, "valueTo": null,
                "qualifier": "ABOUT", "qualifierText": null,
                "unit": { "nl": "deelnemers", "en": "" },
                "explanation": "Gevolgd.", "summary": "Taken.",
                "source": { "document": "jaarverslag", "place": "" },
                "expectedVersion": null, "idempotencyKey": "-recordResult",
            } })
        );
    }
}
