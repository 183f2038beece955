//! What a region records of its duties, and takes back where it was a mistake.

use serde_json::{Map, Value};

use crate::form::{Form, Given, Kind, Part};

/// Who meets.
const KINDS: [(&str, &str); 2] = [
    ("OFFICIAL", "Ambtelijk overleg"),
    ("EXECUTIVE", "Bestuurlijk overleg"),
];

/// Yes and no, as a form sends them.
const YES_OR_NO: [(&str, &str); 2] = [("ja", "Ja"), ("nee", "Nee")];

pub(super) fn all() -> Vec<Form> {
    vec![
        holding(),
        withdrawing_meeting(),
        raising(),
        resolving(),
        withdrawing_bottleneck(),
        deciding(),
        withdrawing_decision(),
    ]
}

pub(super) fn holding() -> Form {
    Form::new(
        "recordRegionalMeeting",
        "Overleg vastleggen",
        "Het overleg is vastgelegd.",
    )
    .with([
        Part::fixed("area"),
        Part::required("kind", Kind::Choice(&KINDS), "Soort overleg"),
        Part::required("heldOn", Kind::Day, "Gehouden op").hinted("Uiterlijk vandaag."),
    ])
}

pub(super) fn withdrawing_meeting() -> Form {
    Form::new(
        "withdrawRegionalMeeting",
        "Overleg intrekken",
        "Het overleg is ingetrokken. Leg het opnieuw vast als het op een andere dag was.",
    )
    .with([
        Part::fixed("area"),
        Part::fixed("heldOn"),
        Part::fixed("kind"),
    ])
}

pub(super) fn raising() -> Form {
    Form::new(
        "raiseRegionalBottleneck",
        "Knelpunt vastleggen",
        "Het knelpunt is vastgelegd.",
    )
    .with([
        Part::fixed("area"),
        Part::required("text", Kind::Text, "Knelpunt")
            .hinted("Schrijf niet over personen of zaken."),
        Part::required("since", Kind::Day, "Sinds").hinted("Uiterlijk vandaag."),
        Part::optional("action", Kind::Pick, "Actie van het plan die stokt"),
        Part::optional("partner", Kind::Pick, "Partner die het oppakt"),
    ])
}

pub(super) fn resolving() -> Form {
    Form::new(
        "resolveRegionalBottleneck",
        "Opgelost",
        "Het knelpunt is als opgelost vastgelegd.",
    )
    .with([
        Part::fixed("area"),
        number(),
        Part::required("resolvedOn", Kind::Day, "Opgelost op").hinted("Uiterlijk vandaag."),
    ])
}

pub(super) fn withdrawing_bottleneck() -> Form {
    Form::new(
        "withdrawRegionalBottleneck",
        "Knelpunt intrekken",
        "Het knelpunt is ingetrokken; het nummer komt niet terug.",
    )
    .with([Part::fixed("area"), number()])
}

pub(super) fn deciding() -> Form {
    Form {
        complete: ratification,
        ..Form::new(
            "recordRegionalDecision",
            "Besluit vastleggen",
            "Het besluit is vastgelegd.",
        )
        .with([
            Part::fixed("area"),
            Part::required("text", Kind::Text, "Besluit")
                .hinted("Schrijf niet over personen of zaken."),
            Part::required("decidedOn", Kind::Day, "Genomen op").hinted("Uiterlijk vandaag."),
            Part::required(
                "needsRatification",
                Kind::Choice(&YES_OR_NO),
                "Te bekrachtigen door de colleges",
            ),
        ])
    }
}

pub(super) fn withdrawing_decision() -> Form {
    Form::new(
        "withdrawRegionalDecision",
        "Besluit intrekken",
        "Het besluit is ingetrokken; het nummer komt niet terug.",
    )
    .with([Part::fixed("area"), number()])
}

/// The number of a bottleneck or of a decision.
fn number() -> Part {
    Part {
        kind: Kind::FixedNumber,
        ..Part::fixed("number")
    }
}

fn ratification(_: &Given, input: &mut Map<String, Value>) {
    if let Some(chosen) = input.get_mut("needsRatification") {
        *chosen = Value::Bool(*chosen == "ja");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn yes_and_no_are_what_they_say() {
        for (chosen, expected) in [("ja", true), ("nee", false)] {
            let fields = [
                ("area", "VR14"),
                ("text", "Eén meldpunt."),
                ("decidedOn", "2026-11-05"),
                ("needsRatification", chosen),
            ];
            let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let given = Given::new(fields.into());
            let variables = deciding().variables(&given).unwrap();
            assert_eq!(variables["input"]["needsRatification"], json!(expected));
        }
    }
}
