//! What was measured of an action, where it can be of one of its goals.

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{Shown, shape::Measurement};
use crate::{
    documents,
    form::{Form, Kind, Part},
    view,
};

/// Which measurement it is.
const KINDS: [(&str, &str); 3] = [
    ("BASELINE", "Nulmeting"),
    ("INTERIM", "Tussenmeting"),
    ("FINAL", "Eindmeting"),
];

/// How far a measurement is.
const STATES: [(&str, &str); 3] = [
    ("RUNNING", "Loopt"),
    ("REPORTED", "Gerapporteerd"),
    ("HARD_TO_MEASURE", "Lastig meetbaar"),
];

/// What stands between a goal and its target where one of them is chosen.
const BETWEEN: char = '#';

pub(super) fn recording() -> Form {
    Form {
        emptied: &[
            "of",
            "group",
            "value",
            "unit",
            "measuredOn",
            "expectedVersion",
        ],
        complete: |_, input| {
            target(input);
            super::fill(input, "group", ["nl", "en"]);
            super::fill(input, "unit", ["nl", "en"]);
            super::fill(input, "source", ["document", "place"]);
        },
        ..Form::new(
            "recordMeasurement",
            "Meting vastleggen",
            "De meting is vastgelegd en voor iedereen te zien.",
        )
        .with([
            Part::fixed("key"),
            Part {
                kind: Kind::FixedNumber,
                ..Part::fixed("action")
            },
            // None of a new measurement.
            Part::optional("expectedVersion", Kind::FixedNumber, ""),
            Part::optional("of.goal", Kind::Pick, "Doel")
                .hinted("Het doel waarvan dit een meting is."),
            Part::required("kind", Kind::Choice(&KINDS), "Soort meting"),
            Part::required("state", Kind::Choice(&STATES), "Stand"),
            Part::optional("group.nl", Kind::Line, "Groep")
                .hinted("Wie of wat is gemeten, zoals: schoolwerkers"),
            Part::optional("group.en", Kind::Line, "Groep in het Engels"),
            Part::optional("value", Kind::Number, "Waarde")
                .hinted("Alleen bij wat is gerapporteerd: een geheel getal vanaf 0."),
            Part::optional("unit.nl", Kind::Line, "Eenheid").hinted("Bijvoorbeeld: procent"),
            Part::optional("unit.en", Kind::Line, "Eenheid in het Engels")
                .hinted("Bijvoorbeeld: per cent"),
            Part::optional("measuredOn", Kind::Day, "Dag van de meting")
                .hinted("Nodig bij wat is gerapporteerd; niet in de toekomst."),
            Part::required("explanation", Kind::Text, "Wat en hoe is gemeten")
                .hinted("Noem geen personen en geen casussen."),
            Part::required("summary", Kind::Text, "Hetzelfde in het Engels"),
        ])
        .with(documents::optional())
    }
}

/// The goal and the target of what was chosen among them.
fn target(input: &mut Map<String, Value>) {
    let Some(Value::Object(of)) = input.get_mut("of") else {
        return;
    };
    let chosen = of.get("goal").and_then(Value::as_str).unwrap_or_default();
    if let Some((goal, number)) = chosen.split_once(BETWEEN) {
        // What is no number stays as it is, and is refused.
        let number = number.parse::<i32>().map_or(number.into(), Value::from);
        let goal = Value::from(goal);
        of.insert("goal".to_owned(), goal);
        of.insert("target".to_owned(), number);
    }
}

impl Shown<'_> {
    pub(super) fn measurements(&self) -> Markup {
        let (_, visit) = self.on;
        let number = self.action.number.to_string();
        let key = format!("meting-{number}-{}", visit.key);
        let form = self.measuring("");
        let fixed = [
            ("key", key.as_str()),
            ("action", number.as_str()),
            ("source.document", self.chosen()),
        ];
        html! {
            h2.utrecht-heading-2 { "Metingen" }
            @if self.action.measurements.is_empty() { p.utrecht-paragraph { "Er is nog geen meting vastgelegd." } }
            @for one in &self.action.measurements { (self.measurement(one)) }
            details open[self.is_tried(&form, "")] {
                summary { "Een meting toevoegen" }
                (form.view(self.on, "", &fixed, &html! {}))
            }
        }
    }

    /// The form with the goals of the action, and with their targets; and with the one that a
    /// measurement is of, though it be of no goal of the action.
    fn measuring(&self, of: &str) -> Form {
        let mut goals = Vec::new();
        for one in &self.action.goals {
            let goal = &one.goal;
            goals.push((goal.key.clone(), goal.text.clone()));
            for target in &goal.targets {
                let value = format!("{}{BETWEEN}{}", goal.key, target.number);
                goals.push((value, format!("Streefwaarde: {}", target.text)));
            }
        }
        if !of.is_empty() && goals.iter().all(|(value, _)| value != of) {
            goals.push((of.to_owned(), format!("Doel {of}")));
        }
        self.choosing(recording()).choosing("of.goal", goals)
    }

    fn measurement(&self, one: &Measurement) -> Markup {
        let lists = &self.answer.code_lists;
        let form = recording();
        let id = format!("{}-titel", one.key);
        html! {
            section id=(one.key) aria-labelledby=(id) {
                h3.utrecht-heading-3 id=(id) {
                    (view::label(lists, &one.kind)) ", " (view::label(lists, &one.state).to_lowercase())
                    @if let (Some(value), Some(unit)) = (one.value, &one.unit) { ": " (value) " " (unit.nl) }
                }
                @if let Some(group) = &one.group { p.utrecht-paragraph { "Groep: " (group.nl) } }
                @if let Some(day) = &one.measured_on { p.utrecht-paragraph { "Gemeten op " (view::day(day)) "." } }
                @if let Some(text) = &one.text { p.utrecht-paragraph { (text) } }
                (self.reporter(one.reported_by.as_ref(), one.source.as_ref()))
                @if self.answer.viewer.may_change(one.reported_by.as_ref()) {
                    details open[self.is_tried(&form, &one.key)] {
                        summary { "Wijzigen" }
                        (self.measuring_anew(one))
                    }
                }
            }
        }
    }

    fn measuring_anew(&self, one: &Measurement) -> Markup {
        let number = self.action.number.to_string();
        let ledger = one.ledger.to_string();
        let value = one.value.map(|value| value.to_string()).unwrap_or_default();
        let goal = one.goal.as_ref().map(|goal| goal.key.as_str());
        let of = match (goal, one.target_number) {
            (Some(goal), Some(target)) => format!("{goal}{BETWEEN}{target}"),
            (Some(goal), None) => goal.to_owned(),
            (None, _) => String::new(),
        };
        let (group, unit) = (one.group.as_ref(), one.unit.as_ref());
        let source = documents::given(one.source.as_ref());
        let fixed = [
            ("key", one.key.as_str()),
            ("action", number.as_str()),
            ("expectedVersion", ledger.as_str()),
            ("of.goal", of.as_str()),
            ("kind", one.kind.as_str()),
            ("state", one.state.as_str()),
            ("group.nl", group.map_or("", |group| group.nl.as_str())),
            ("group.en", group.map_or("", |group| group.en.as_str())),
            ("value", value.as_str()),
            ("unit.nl", unit.map_or("", |unit| unit.nl.as_str())),
            ("unit.en", unit.map_or("", |unit| unit.en.as_str())),
            ("measuredOn", one.measured_on.as_deref().unwrap_or_default()),
            ("explanation", one.text.as_deref().unwrap_or_default()),
            ("summary", one.translation.as_str()),
            source[0],
            source[1],
        ];
        self.measuring(&of)
            .view(self.on, &one.key, &fixed, &html! {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_goal_is_chosen_with_its_target_or_without() {
        for (chosen, expected) in [
            ("2024/4/1", json!({ "goal": "2024/4/1" })),
            ("2024/4/1#2", json!({ "goal": "2024/4/1", "target": 2 })),
            ("2024/4/1#x", json!({ "goal": "2024/4/1", "target": "x" })),
        ] {
            let mut input = Map::from_iter([("of".to_owned(), json!({ "goal": chosen }))]);
            target(&mut input);
            assert_eq!(input["of"], expected, "{chosen}");
        }
    }
}
