//! The evidence of an answer of a region: every version has all of it, so a form shows what there is
//! and has room for more.

use serde_json::{Map, Value};

use crate::form::{Form, Given, Kind, Part};

/// Pieces of evidence that an answer may have.
const MOST: usize = 20;
/// Pieces of evidence for which a form has room at least; there is always room for one more than
/// there are.
const ROOM: usize = 2;

/// The paths of the parts of a piece of evidence.
macro_rules! piece {
    ($at:literal) => {
        [
            concat!("evidence.", $at, ".kind"),
            concat!("evidence.", $at, ".title"),
            concat!("evidence.", $at, ".address"),
            concat!("evidence.", $at, ".reference"),
            concat!("evidence.", $at, ".effectiveOn"),
        ]
    };
}

/// The paths of the parts of each piece of evidence.
pub(super) const PIECES: [[&str; 5]; MOST] = [
    piece!(0),
    piece!(1),
    piece!(2),
    piece!(3),
    piece!(4),
    piece!(5),
    piece!(6),
    piece!(7),
    piece!(8),
    piece!(9),
    piece!(10),
    piece!(11),
    piece!(12),
    piece!(13),
    piece!(14),
    piece!(15),
    piece!(16),
    piece!(17),
    piece!(18),
    piece!(19),
];

/// The form with the parts of all evidence.
pub(super) fn with_evidence(form: Form) -> Form {
    PIECES
        .into_iter()
        .fold(form, |form, [kind, title, address, reference, on]| {
            form.with([
                Part::optional(kind, Kind::Pick, "Soort bewijs"),
                Part::optional(title, Kind::Line, "Titel"),
                Part::optional(address, Kind::Line, "Adres").hinted("Begint met https://"),
                Part::optional(reference, Kind::Line, "Kenmerk"),
                Part::optional(on, Kind::Day, "Datum"),
            ])
        })
}

/// The form with room for one more piece than there are, and for each that was typed, of these
/// kinds.
pub(super) fn with_room(form: Form, kept: usize, typed: Option<&Given>, kinds: &[&str]) -> Form {
    let room = room(kept, typed);
    let hidden: Vec<&str> = PIECES.iter().skip(room).flatten().copied().collect();
    let kinds = kinds.iter().copied().chain(["OTHER"]);
    let kinds: Vec<(String, String)> = kinds
        .map(|kind| (kind.to_owned(), label(kind).to_owned()))
        .collect();
    let mut form = form;
    form.parts.retain(|part| !hidden.contains(&part.path));
    PIECES
        .iter()
        .take(room)
        .fold(form, |form, [kind, ..]| form.choosing(kind, kinds.clone()))
}

/// What people call the kinds of evidence.
const LABELS: [(&str, &str); 30] = [
    ("ACTION_LIST", "Actielijst"),
    ("ADOPTION_DECISION", "Vaststellingsbesluit"),
    ("AGENDA_OR_MINUTES", "Agenda of verslag"),
    ("AGREEMENT_WITH_PROVIDER", "Overeenkomst met een aanbieder"),
    ("APPOINTMENT_DECISION", "Aanwijzingsbesluit"),
    ("ASSIGNMENT_OR_CONTRACT", "Opdracht of contract"),
    ("BARRIER_MODEL", "Barrièremodel"),
    (
        "BUDGET_OR_CAPACITY_DECISION",
        "Besluit over budget of capaciteit",
    ),
    ("BYELAW_REFERENCE", "Verwijzing naar de verordening"),
    ("CAMPAIGN_RECORD", "Verslag van een campagne"),
    ("CAPACITY", "Overzicht van de capaciteit"),
    ("COOPERATION_AGREEMENT", "Samenwerkingsafspraak"),
    (
        "DATA_SHARING_AGREEMENT",
        "Afspraak over het delen van gegevens",
    ),
    ("HOURS_STATEMENT", "Opgave van uren"),
    ("IMPLEMENTATION_PLAN", "Uitvoeringsplan"),
    ("INSPECTION_PLAN", "Controleplan"),
    ("OTHER", "Ander bewijs"),
    ("OVERVIEW", "Overzicht"),
    ("PARTICIPATION_STATEMENT", "Verklaring van deelname"),
    ("POLICY_DOCUMENT", "Beleidsdocument"),
    ("POLICY_RULE", "Beleidsregel"),
    ("PORTFOLIO_DECISION", "Besluit over de portefeuille"),
    ("PRIVACY_ASSESSMENT", "Privacytoets"),
    ("PROCEDURE_DESCRIPTION", "Werkwijze"),
    ("PROGRESS_REPORT", "Voortgangsrapportage"),
    ("PUBLIC_PAGE", "Openbare webpagina"),
    ("RISK_SCAN", "Risicoscan"),
    ("ROLE_MAILBOX", "Functioneel postvak"),
    ("ROUTE_DESCRIPTION", "Beschrijving van de route"),
    ("TRAINING_RECORD", "Bewijs van scholing"),
];

/// What people call a kind of evidence. The kinds are those of an edition, so one that is new here
/// is called by its code.
pub(super) fn label(kind: &str) -> &str {
    let found = LABELS.iter().find(|(code, _)| *code == kind);
    found.map_or(kind, |(_, label)| label)
}

fn room(kept: usize, typed: Option<&Given>) -> usize {
    let is_typed = |paths: &[&str; 5]| {
        typed.is_some_and(|given| paths.iter().any(|path| given.value(path).is_some()))
    };
    let last = PIECES.iter().rposition(is_typed);
    let typed = last.map_or(0, |at| at + 1);
    (kept + 1).max(typed).clamp(ROOM, MOST)
}

/// Makes the list of the evidence, in the order of the page; what was emptied there is not in it.
pub(super) fn complete(input: &mut Map<String, Value>) {
    let mut pieces: Vec<(usize, Value)> = match input.remove("evidence") {
        Some(Value::Object(pieces)) => pieces
            .into_iter()
            .map(|(at, piece)| (at.parse().unwrap_or(MOST), piece))
            .collect(),
        _ => Vec::new(),
    };
    pieces.sort_by_key(|(at, _)| *at);
    let pieces: Vec<Value> = pieces.into_iter().map(|(_, piece)| piece).collect();
    input.insert("evidence".to_owned(), pieces.into());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn evidence_is_a_list_in_the_order_of_the_page() {
        let mut input = Map::new();
        complete(&mut input);
        assert_eq!(Value::from(input), json!({ "evidence": [] }));
        let pieces = json!({ "evidence": { "10": { "kind": "B" }, "2": { "kind": "A" } } });
        let Value::Object(mut input) = pieces else {
            panic!("an object");
        };
        complete(&mut input);
        assert_eq!(
            Value::from(input),
            json!({ "evidence": [{ "kind": "A" }, { "kind": "B" }] })
        );
    }

    #[test]
    fn there_is_room_for_one_more_and_for_all_that_was_typed() {
        let typed = Given::new(vec![(PIECES[6][1].to_owned(), "Besluit".to_owned())]);
        assert_eq!(
            [0, 1, 2, 19, 20].map(|kept| room(kept, None)),
            [2, 2, 3, 20, 20]
        );
        assert_eq!(room(1, Some(&typed)), 7);
        let form = with_evidence(Form::new("submitRegionalAnswer", "", ""));
        let form = with_room(form, 2, None, &["APPOINTMENT_DECISION"]);
        assert_eq!(form.parts.len(), 15);
        let choices = &form.parts[0].choices;
        assert_eq!(choices[0].1, "Aanwijzingsbesluit");
        assert_eq!((choices[1].0.as_str(), choices.len()), ("OTHER", 2));
        assert_eq!(label("SOMETHING_NEW"), "SOMETHING_NEW");
    }
}
