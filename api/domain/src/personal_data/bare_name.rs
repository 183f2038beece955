//! A bare name, as in `Jan Jansen`, where only a function may stand.
//!
//! A given name says so and nothing else does: two words with capitals are a function as well, as
//! in `Portefeuillehouder Zorg`. So only names that many bear are recognised, at the beginning,
//! and only where the rest is a surname and nothing more.

use super::{as_read, sign_of_a_person, signs};
use crate::text::plain;

/// Given names that many people in the Netherlands bear, without accents; none is a word with which
/// a function begins.
const GIVEN: &[&str] = &[
    "ahmed",
    "ali",
    "anita",
    "anja",
    "anna",
    "anne",
    "annemarie",
    "annemieke",
    "anton",
    "arie",
    "astrid",
    "bart",
    "bas",
    "bert",
    "bianca",
    "carla",
    "cees",
    "cor",
    "cornelia",
    "cornelis",
    "daan",
    "danielle",
    "dennis",
    "diana",
    "dirk",
    "edwin",
    "elisabeth",
    "ellen",
    "els",
    "emma",
    "eric",
    "erik",
    "esther",
    "eva",
    "fatima",
    "femke",
    "frank",
    "frans",
    "fred",
    "gerard",
    "gerrit",
    "gert",
    "hanneke",
    "hans",
    "heleen",
    "hendrik",
    "henk",
    "ineke",
    "ingrid",
    "iris",
    "jacqueline",
    "jan",
    "janneke",
    "jasper",
    "jeroen",
    "johan",
    "johanna",
    "johannes",
    "joke",
    "jolanda",
    "joop",
    "joost",
    "jos",
    "judith",
    "julia",
    "karel",
    "karin",
    "kees",
    "kim",
    "klaas",
    "koen",
    "laura",
    "leo",
    "linda",
    "lisa",
    "lotte",
    "maarten",
    "manon",
    "marc",
    "marcel",
    "marco",
    "margriet",
    "maria",
    "marieke",
    "marijke",
    "marion",
    "mariska",
    "marja",
    "marjan",
    "mark",
    "marloes",
    "martijn",
    "martin",
    "mehmet",
    "michael",
    "michel",
    "mieke",
    "miranda",
    "mohamed",
    "mohammed",
    "monique",
    "nicole",
    "patricia",
    "patrick",
    "paul",
    "peter",
    "petra",
    "piet",
    "pieter",
    "renate",
    "rene",
    "richard",
    "rob",
    "robert",
    "ronald",
    "ruud",
    "sander",
    "sandra",
    "sanne",
    "saskia",
    "simone",
    "stefan",
    "suzanne",
    "theo",
    "thomas",
    "tim",
    "tineke",
    "tom",
    "wendy",
    "willem",
    "wilma",
    "wim",
    "wouter",
    "yvonne",
];
/// Words of the longest name that is recognised.
const LONGEST: usize = 5;

/// A sign of a person where only a function may stand: any, and a bare name.
pub fn sign_beside_a_function(text: &str) -> Option<(&'static str, &'static str)> {
    let name = ("een naam", "a name");
    sign_of_a_person(text).or_else(|| is_bare_name(text).then_some(name))
}

/// Whether a word in small letters is a given name that many bear.
pub(super) fn is_given_name(word: &str) -> bool {
    GIVEN.contains(&word)
}

/// Whether a text is a given name with a surname, and nothing else.
fn is_bare_name(text: &str) -> bool {
    let text = as_read(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let [first, between @ .., last] = words.as_slice() else {
        return false;
    };
    let is_given = |word: &str| signs::is_surname(word) && GIVEN.contains(&plain(word).as_str());
    words.len() <= LONGEST
        && is_given(first)
        && between
            .iter()
            .all(|word| is_given(word) || signs::is_particle(word))
        && signs::is_surname(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_name_with_a_surname_is_a_name() {
        for name in [
            "Jan Jansen",
            "Maria de Vries",
            "Jan Willem van der Berg",
            "René Bakker",
        ] {
            assert!(is_bare_name(name), "{name}");
        }
    }

    #[test]
    fn a_function_is_none() {
        for function in [
            "Jan",
            "Burgemeester",
            "Portefeuillehouder Zorg",
            "Burgemeester Jan Jansen",
            "Wethouder van Veiligheid",
            "Teamleider Anna Paulowna",
            "Jan van Nassau College",
            "jan jansen",
            "",
        ] {
            assert!(!is_bare_name(function), "{function}");
        }
    }
}
