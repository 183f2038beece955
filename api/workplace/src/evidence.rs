//! The pieces of evidence of an answer, as they stand in its form. Every answer that is sent has all
//! of its evidence, so a form shows what there is and has room for more.

use serde::Deserialize;
use serde_json::Value;

use crate::form::{Form, Given, Kind, Part};
pub(crate) use domain::assessment::evidence_kind::label;

/// Pieces of evidence that an answer may have.
pub(crate) const MOST: usize = 20;
/// Pieces of evidence for which a form has room at least; there is always room for one more than
/// there are.
const ROOM: usize = 3;

/// Where the parts of each piece of evidence stand in the input.
pub(crate) type Paths = [[&'static str; 5]; MOST];

macro_rules! piece {
    ($before:literal, $at:literal) => {
        [
            concat!($before, "evidence.", $at, ".kind"),
            concat!($before, "evidence.", $at, ".title"),
            concat!($before, "evidence.", $at, ".address"),
            concat!($before, "evidence.", $at, ".reference"),
            concat!($before, "evidence.", $at, ".effectiveOn"),
        ]
    };
}

macro_rules! pieces {
    ($before:literal) => {
        [
            piece!($before, 0),
            piece!($before, 1),
            piece!($before, 2),
            piece!($before, 3),
            piece!($before, 4),
            piece!($before, 5),
            piece!($before, 6),
            piece!($before, 7),
            piece!($before, 8),
            piece!($before, 9),
            piece!($before, 10),
            piece!($before, 11),
            piece!($before, 12),
            piece!($before, 13),
            piece!($before, 14),
            piece!($before, 15),
            piece!($before, 16),
            piece!($before, 17),
            piece!($before, 18),
            piece!($before, 19),
        ]
    };
}

/// In the one answer of a draft that a form saves.
pub(crate) static OF_DRAFT: Paths = pieces!("answers.0.");
/// In the answer of a region.
pub(crate) static OF_REGION: Paths = pieces!("");

/// A piece of evidence, as the API tells it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Piece {
    pub(crate) kind: String,
    pub(crate) title: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) effective_on: String,
    pub(crate) is_stale: bool,
}

macro_rules! labels {
    ($($number:literal)*) => {
        [$([
            concat!("Bewijs ", $number, ": soort"),
            concat!("Bewijs ", $number, ": titel"),
            concat!("Bewijs ", $number, ": webadres"),
            concat!("Bewijs ", $number, ": kenmerk"),
            concat!("Bewijs ", $number, ": datum"),
        ]),*]
    };
}

/// What stands before the parts of each piece, so that whoever hears one field, or reads a mistake in
/// it, knows of which piece it is.
const LABELS: [[&str; 5]; MOST] = labels!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20);

/// The parts of each piece of evidence.
pub(crate) fn parts(paths: &'static Paths) -> impl Iterator<Item = Part> {
    paths.iter().zip(LABELS).flat_map(|(paths, labels)| {
        let [kind, title, address, reference, on] = *paths;
        let [of_kind, of_title, of_address, of_reference, of_day] = labels;
        [
            Part::optional(kind, Kind::Pick, of_kind),
            Part::optional(title, Kind::Line, of_title),
            Part::optional(address, Kind::Line, of_address).hinted("Begint met https://"),
            Part::optional(reference, Kind::Line, of_reference)
                .hinted("Als er geen webadres is, zoals: Besluit 2026/12"),
            Part::optional(on, Kind::Day, of_day),
        ]
    })
}

/// What there is, as the values of a form.
pub(crate) fn values<'a>(
    paths: &'static Paths,
    pieces: &'a [Piece],
) -> impl Iterator<Item = (&'static str, &'a str)> {
    paths.iter().zip(pieces).flat_map(|(paths, piece)| {
        let values = [
            piece.kind.as_str(),
            piece.title.as_deref().unwrap_or_default(),
            piece.address.as_deref().unwrap_or_default(),
            piece.reference.as_deref().unwrap_or_default(),
            piece.effective_on.as_str(),
        ];
        paths.iter().copied().zip(values)
    })
}

/// For how many pieces of evidence a form has room: for one more than there are, and for each that
/// was typed, though a colleague took some away meanwhile.
pub(crate) fn room(paths: &Paths, kept: usize, typed: Option<&Given>) -> usize {
    let is_typed = |paths: &[&str; 5]| {
        typed.is_some_and(|given| paths.iter().any(|path| given.value(path).is_some()))
    };
    let last = paths.iter().rposition(is_typed);
    let typed = last.map_or(0, |at| at + 1);
    (kept + 1).max(typed).clamp(ROOM, MOST)
}

/// The form with room for so many pieces of evidence, of the kinds that fit the criterion, or that
/// there are.
pub(crate) fn with_room<'a>(
    mut form: Form,
    (paths, room): (&Paths, usize),
    fitting: impl IntoIterator<Item = &'a String>,
    pieces: &'a [Piece],
) -> Form {
    let hidden: Vec<&str> = paths.iter().skip(room).flatten().copied().collect();
    form.parts.retain(|part| !hidden.contains(&part.path));
    let mut kinds: Vec<&str> = Vec::new();
    let fitting = fitting.into_iter().map(String::as_str);
    let there = pieces.iter().map(|piece| piece.kind.as_str());
    for kind in fitting.chain(there).chain(["OTHER"]) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let choices = |kind: &str| (kind.to_owned(), label(kind).to_owned());
    let kinds: Vec<(String, String)> = kinds.into_iter().map(choices).collect();
    paths
        .iter()
        .take(room)
        .fold(form, |form, [kind, ..]| form.choosing(kind, kinds.clone()))
}

/// The pieces of evidence of a form as they stand on the page: the tenth after the ninth.
pub(crate) fn in_order(pieces: Option<Value>) -> Vec<Value> {
    let Some(Value::Object(pieces)) = pieces else {
        return Vec::new();
    };
    let mut pieces: Vec<(usize, Value)> = pieces
        .into_iter()
        .map(|(at, piece)| (at.parse().unwrap_or(MOST), piece))
        .collect();
    pieces.sort_by_key(|(at, _)| *at);
    pieces.into_iter().map(|(_, piece)| piece).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn evidence_is_a_list_in_the_order_of_the_page() {
        assert_eq!(in_order(None), [] as [Value; 0]);
        let pieces = json!({ "10": { "kind": "B" }, "2": { "kind": "A" } });
        assert_eq!(
            in_order(Some(pieces)),
            [json!({ "kind": "A" }), json!({ "kind": "B" })]
        );
    }

    #[test]
    fn there_is_room_for_one_more_and_for_all_that_was_typed() {
        let typed = Given::new(vec![(OF_DRAFT[6][1].to_owned(), "Besluit".to_owned())]);
        let rooms = [0, 2, 3, 7, 19, 20].map(|kept| room(&OF_DRAFT, kept, None));
        assert_eq!(rooms, [3, 3, 4, 8, 20, 20]);
        assert_eq!(room(&OF_DRAFT, 1, Some(&typed)), 7);
        let form = Form::new("saveDraft", "", "").with(parts(&OF_DRAFT));
        let fitting = ["APPOINTMENT_DECISION".to_owned()];
        let there = [Piece {
            kind: "SOMETHING_NEW".to_owned(),
            title: None,
            address: None,
            reference: None,
            effective_on: "2026-03-01".to_owned(),
            is_stale: false,
        }];
        let form = with_room(form, (&OF_DRAFT, 4), &fitting, &there);
        assert_eq!(form.parts.len(), 20);
        assert_eq!(form.parts[19].path, "answers.0.evidence.3.effectiveOn");
        let choices = form.parts[15].choices.iter();
        let choices: Vec<&str> = choices.map(|(_, label)| label.as_str()).collect();
        assert_eq!(
            choices,
            ["Aanwijzingsbesluit", "SOMETHING_NEW", "Ander bewijs"]
        );
    }
}
