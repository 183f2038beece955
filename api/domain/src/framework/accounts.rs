//! That each criterion of the old edition stands in one place of the proposal, and each new code
//! once. Pure.

use super::rules::{Old, Proposed, Wrong};
use crate::mistake::Mistake;

/// Old codes that do not exist, stand in two places or in none, and new codes that stand twice.
pub(super) fn unaccounted(proposed: &Proposed<'_>, old: &Old<'_>) -> Vec<Mistake<Wrong>> {
    let mut mistakes = Vec::new();
    let carried = proposed
        .carried
        .iter()
        .enumerate()
        .map(|(i, code)| (vec!["carried".to_owned(), i.to_string()], code));
    let replaced = proposed.criteria.iter().enumerate().flat_map(|(i, one)| {
        one.replaces.iter().enumerate().map(move |(j, code)| {
            let place = ["criteria", &i.to_string(), "replaces", &j.to_string()];
            (place.map(str::to_owned).to_vec(), code)
        })
    });
    let dropped = proposed
        .dropped
        .iter()
        .enumerate()
        .map(|(i, code)| (vec!["dropped".to_owned(), i.to_string()], code));
    let mut seen: Vec<&str> = Vec::new();
    for (place, code) in carried.chain(replaced).chain(dropped) {
        let place: Vec<&str> = place.iter().map(String::as_str).collect();
        if !old.iter().any(|known| known.code == code) {
            mistakes.push(Mistake::at(
                Wrong::UnknownCriterion,
                &place,
                format!("De vorige editie heeft geen criterium {code:?}."),
                format!("The old edition has no criterion {code:?}."),
            ));
        }
        if seen.contains(&code.as_str()) {
            mistakes.push(Mistake::at(
                Wrong::MappedTwice,
                &place,
                format!("{code} staat al op een andere plaats."),
                format!("{code} stands in another place already."),
            ));
        }
        seen.push(code);
    }
    for missing in old.iter().filter(|known| !seen.contains(&known.code)) {
        mistakes.push(Mistake::at(
            Wrong::UnaccountedCriterion,
            &["carried"],
            format!(
                "{} staat nergens: neem het over, laat een ander criterium ervoor in de plaats \
                 komen of noem het bij wat vervalt.",
                missing.code
            ),
            format!(
                "{} stands nowhere: carry it, let another criterion take its place, or name it \
                 among what is dropped.",
                missing.code
            ),
        ));
    }
    let mut codes: Vec<&str> = proposed.carried.iter().map(String::as_str).collect();
    for (i, one) in proposed.criteria.iter().enumerate() {
        if codes.contains(&one.code) {
            mistakes.push(Mistake::at(
                Wrong::DuplicateCriterion,
                &["criteria", &i.to_string(), "code"],
                format!("{} staat er twee keer in.", one.code),
                format!("{} stands there twice.", one.code),
            ));
        }
        codes.push(one.code);
    }
    mistakes
}
