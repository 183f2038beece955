//! The passage to show of what was found: the one in which a word that was looked for stands first.

use super::words::{is_number, plain};

/// Letters of a passage that are shown.
const LONGEST: usize = 240;
/// Letters that are shown before the word.
const BEFORE: usize = 80;

/// The lexemes of a query, as Postgres prints it: `'opvang':* & 'plaats':*`.
pub fn lexemes(query: &str) -> Vec<String> {
    let quoted = query.split('\'').skip(1).step_by(2);
    quoted
        .filter(|lexeme| !lexeme.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The first passage with one of the lexemes, cut to a readable length, verbatim; none when no
/// passage has one. Passages stand one a line.
pub fn excerpt(body: &str, lexemes: &[String]) -> Option<String> {
    let lexemes: Vec<String> = lexemes.iter().map(|lexeme| short(lexeme)).collect();
    body.lines().find_map(|passage| {
        let letters: Vec<char> = passage.chars().collect();
        let at = first_word(&letters, &lexemes)?;
        Some(cut(&letters, at))
    })
}

/// Doubled vowels as one, since the stem of `school` is `schol`.
fn short(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup_by(|a, b| a == b && "aeou".contains(*a));
    letters.into_iter().collect()
}

/// Where the first word stands that begins with a lexeme; a number must be the whole word.
fn first_word(letters: &[char], lexemes: &[String]) -> Option<usize> {
    let mut at = 0;
    while at < letters.len() {
        let length = letters[at..]
            .iter()
            .take_while(|c| c.is_alphanumeric())
            .count();
        if length > 0 {
            let word: String = letters[at..at + length].iter().collect();
            let word = short(&plain(&word));
            let is_found = |lexeme: &String| {
                if is_number(lexeme) {
                    word == *lexeme
                } else {
                    word.starts_with(lexeme.as_str())
                }
            };
            if lexemes.iter().any(is_found) {
                return Some(at);
            }
        }
        at += length.max(1);
    }
    None
}

/// A passage around a place, whole when it is short; cut between words.
fn cut(letters: &[char], at: usize) -> String {
    if letters.len() <= LONGEST {
        return letters.iter().collect();
    }
    let is_gap = |place: &usize| letters[*place].is_whitespace();
    let from = match at.saturating_sub(BEFORE) {
        0 => 0,
        early => (early..at).find(is_gap).map_or(at, |gap| gap + 1),
    };
    let to = match from + LONGEST {
        late if late >= letters.len() => letters.len(),
        late => (at + 1..=late).rev().find(is_gap).unwrap_or(late),
    };
    let text: String = letters[from..to].iter().collect();
    let before = if from > 0 { "… " } else { "" };
    let after = if to < letters.len() { " …" } else { "" };
    format!("{before}{}{after}", text.trim())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(body: &str, query: &str) -> Option<String> {
        excerpt(body, &lexemes(query))
    }

    #[test]
    fn the_first_passage_with_a_word_is_shown_verbatim() {
        let body = "Overzicht van 54 campagnes.\nEr is veel geïnventariseerd in de \
                    Opvanglocaties.\nOpvang.";
        assert_eq!(
            shown(body, "'opvang':*").as_deref(),
            Some("Er is veel geïnventariseerd in de Opvanglocaties.")
        );
        assert_eq!(
            shown(body, "'inventariser':* | 'geinventariseerd':*").as_deref(),
            Some("Er is veel geïnventariseerd in de Opvanglocaties.")
        );
        assert_eq!(
            shown(body, "'54'").as_deref(),
            Some("Overzicht van 54 campagnes.")
        );
        assert_eq!(shown(body, "'5'"), None);
        assert_eq!(shown(body, "'politie':*"), None);
        assert_eq!(
            shown("De school doet mee.", "'schol':*").as_deref(),
            Some("De school doet mee.")
        );
    }

    #[test]
    fn a_long_passage_is_cut_between_words() {
        let body = format!("{}opvang {}", "voor ".repeat(60), "na ".repeat(100));
        let text = shown(&body, "'opvang':*").unwrap();
        assert!(text.starts_with("… voor "), "{text}");
        assert!(text.ends_with(" na …"), "{text}");
        assert!(text.contains("voor opvang na"), "{text}");
    }

    proptest! {
        #[test]
        fn a_passage_is_never_much_longer_than_what_can_be_read(
            body in "\\PC{0,600}", word in "[a-z]{1,3}",
        ) {
            if let Some(text) = excerpt(&body, &[word]) {
                prop_assert!(text.chars().count() <= LONGEST + 4);
            }
        }
    }
}
