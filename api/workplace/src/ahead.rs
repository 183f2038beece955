//! Looking ahead: what a form would do, by a query, before it is sent as its mutation. Nothing is
//! kept of it, and what was typed stays in the form.

use maud::{Markup, html};
use serde_json::{Map, Value, json};

use crate::{
    Mistake,
    form::{Form, Given},
    sheet::TRIAL,
};

/// What an answer of a region would do to the verdict of each of its members.
const REGIONAL_ANSWER: &str = include_str!("../documents/regional_effects.graphql");

/// Why an answer of a region has no effects to show.
const WITHHELD: &str =
    "Het effect ziet alleen een regio die VNG als rapporterende regio heeft geregistreerd.";

/// A query by which a form looks ahead.
#[derive(Debug)]
pub struct Ahead {
    /// The document that is sent.
    pub document: &'static str,
    /// The variables of that document.
    pub variables: Map<String, Value>,
    field: &'static str,
}

impl Ahead {
    /// The mistakes in the answer, at the fields of the form; none where it could be sent.
    ///
    /// # Errors
    /// When the answer has another shape.
    pub fn mistakes(
        &self,
        form: &Form,
        data: &Value,
        given: &Given,
    ) -> Result<Vec<Mistake>, serde_json::Error> {
        let found = &data[self.field];
        if found.is_null() {
            return Ok(vec![Mistake {
                code: None,
                field: None,
                text: WITHHELD.to_owned(),
            }]);
        }
        form.mistakes(&json!({ (form.mutation): found }), given)
    }
}

impl Form {
    /// The query by which this form looks ahead, of the variables of its mutation; none where there
    /// is none.
    #[must_use]
    pub fn ahead(&self, variables: &Map<String, Value>) -> Option<Ahead> {
        let input = variables.get("input")?;
        let (answer, first_day) = match self.mutation {
            "submitRegionalAnswer" => (input["answer"].clone(), "from"),
            "endRegionalAnswer" => (Value::Null, "until"),
            _ => return None,
        };
        let tried = json!({
            "area": input["area"], "criterion": input["criterion"], "answer": answer,
            "from": input[first_day],
        });
        Some(Ahead {
            document: REGIONAL_ANSWER,
            variables: Map::from_iter([("input".to_owned(), tried)]),
            field: "previewRegionalAnswer",
        })
    }
}

/// The button of a form to look ahead with.
pub(crate) fn button(label: &str) -> Markup {
    html! { button.stm-button type="submit" name=(TRIAL) value="ja" { (label) } " " }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Kind, Part};

    fn variables(input: Value) -> Map<String, Value> {
        Map::from_iter([("input".to_owned(), input)])
    }

    #[test]
    fn an_answer_is_tried_from_its_first_day_and_its_end_without_an_answer() {
        let given = variables(json!({
            "area": "VR14", "criterion": "SK-01", "answer": "MET", "from": "2026-11-22",
            "explanation": "Er is er een.", "idempotencyKey": "k",
        }));
        let form = Form::new("submitRegionalAnswer", "Indienen", "Ingediend.");
        let ahead = form.ahead(&given).unwrap();
        assert_eq!(
            Value::from(ahead.variables),
            json!({ "input": {
                "area": "VR14", "criterion": "SK-01", "answer": "MET", "from": "2026-11-22",
            } })
        );
        let given = variables(json!({
            "area": "VR14", "criterion": "SK-01", "until": "2027-01-01", "idempotencyKey": "k",
        }));
        let form = Form::new("endRegionalAnswer", "Beëindigen", "Beëindigd.");
        let ahead = form.ahead(&given).unwrap();
        assert_eq!(
            ahead.variables["input"],
            json!({ "area": "VR14", "criterion": "SK-01", "answer": null, "from": "2027-01-01" })
        );
        let form = Form::new("startDraft", "Begin", "Begonnen.");
        assert!(form.ahead(&given).is_none());
    }

    #[test]
    fn what_is_wrong_stands_at_the_field_of_the_form() {
        let form = Form::new("endRegionalAnswer", "Beëindigen", "Beëindigd.")
            .with([Part::required("until", Kind::Day, "Telt niet meer vanaf")]);
        let ahead = form.ahead(&variables(json!({}))).unwrap();
        let data = json!({ "previewRegionalAnswer": { "effects": [], "errors": [
            { "code": "X", "field": ["until"], "message": { "nl": "Te vroeg." } },
        ] } });
        let mistakes = ahead.mistakes(&form, &data, &Given::default()).unwrap();
        assert_eq!(
            mistakes[0].field.as_deref(),
            Some("endRegionalAnswer.until")
        );
        let withheld = json!({ "previewRegionalAnswer": null });
        let mistakes = ahead.mistakes(&form, &withheld, &Given::default()).unwrap();
        assert_eq!(
            (mistakes[0].text.as_str(), &mistakes[0].field),
            (WITHHELD, &None)
        );
    }
}
