//! The pieces of evidence of an answer, as they stand in its form.

use serde_json::{Map, Value};

use crate::form::{Form, Given, Kind, Part};

/// Pieces of evidence that an answer may have.
pub(super) const EVIDENCE: usize = 20;
/// Pieces of evidence for which a form has room at least; there is always room for one more than
/// there are.
const ROOM: usize = 3;

/// The paths of the parts of a piece of evidence.
macro_rules! piece {
    ($at:literal) => {
        [
            concat!("answers.0.evidence.", $at, ".kind"),
            concat!("answers.0.evidence.", $at, ".title"),
            concat!("answers.0.evidence.", $at, ".address"),
            concat!("answers.0.evidence.", $at, ".reference"),
            concat!("answers.0.evidence.", $at, ".effectiveOn"),
        ]
    };
}

/// The paths of the parts of each piece of evidence.
pub(super) const PIECES: [[&str; 5]; EVIDENCE] = [
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

/// The parts of each piece of evidence.
pub(super) fn parts() -> impl Iterator<Item = Part> {
    PIECES
        .into_iter()
        .flat_map(|[kind, title, address, reference, on]| {
            [
                Part::optional(kind, Kind::Line, "Soort bewijs"),
                Part::optional(title, Kind::Line, "Titel"),
                Part::optional(address, Kind::Line, "Adres").hinted("Begint met https://"),
                Part::optional(reference, Kind::Line, "Kenmerk"),
                Part::optional(on, Kind::Day, "Datum"),
            ]
        })
}

/// The pieces of evidence as they stand on the page: the tenth after the ninth.
pub(super) fn in_order(pieces: Map<String, Value>) -> Vec<Value> {
    let mut pieces: Vec<(usize, Value)> = pieces
        .into_iter()
        .map(|(at, piece)| (at.parse().unwrap_or(EVIDENCE), piece))
        .collect();
    pieces.sort_by_key(|(at, _)| *at);
    pieces.into_iter().map(|(_, piece)| piece).collect()
}

/// For how many pieces of evidence a form has room: for one more than there are, and for each that
/// was typed, though a colleague took some away meanwhile.
pub(super) fn room(kept: usize, typed: Option<&Given>) -> usize {
    let is_typed = |paths: &[&str; 5]| {
        typed.is_some_and(|given| paths.iter().any(|path| given.value(path).is_some()))
    };
    let last = PIECES.iter().rposition(is_typed);
    let typed = last.map_or(0, |at| at + 1);
    (kept + 1).max(typed).clamp(ROOM, EVIDENCE)
}

/// The form with room for so many pieces of evidence.
pub(super) fn with_room(mut form: Form, room: usize) -> Form {
    let hidden = PIECES.iter().skip(room).flatten();
    let hidden: Vec<&str> = hidden.copied().collect();
    form.parts.retain(|part| !hidden.contains(&part.path));
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_one_more_and_for_all_that_was_typed() {
        let typed = Given::new(vec![(PIECES[6][1].to_owned(), "Besluit".to_owned())]);
        let rooms = [0, 2, 3, 7, 19, 20].map(|kept| room(kept, None));
        assert_eq!(rooms, [3, 3, 4, 8, 20, 20]);
        assert_eq!(room(1, Some(&typed)), 7);
        let shown = with_room(Form::new("saveDraft", "", "").with(parts()), 4);
        let has = |path: &str| shown.parts.iter().any(|part| part.path == path);
        assert!(has(PIECES[3][4]) && !has(PIECES[4][0]));
    }
}
