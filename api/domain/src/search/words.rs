//! From what a person typed to words that Postgres looks for.
//!
//! Every word must be found, each as the beginning of one: `opvang` finds `opvanglocaties`.
//! Postgres takes the stem of a Dutch word, which brings `ketenregisseurs` to `ketenregisseur`, but
//! not a participle to its verb: that is done here, for the family of verbs in -eren, in which the
//! programme's texts are written. Letters and digits alone reach the query: signs part words,
//! whatever they mean to Postgres.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Letters that a search may have.
pub const LONGEST: usize = 200;

/// The shortest stem of a verb that is taken for one.
const SHORTEST_STEM: usize = 3;

/// Dutch words that carry nothing: those that Postgres leaves out of a Dutch text, so they find
/// nothing. A filter, which looks in memory, and a search refuse the same.
pub const LITTLE_NL: [&str; 101] = [
    "de", "en", "van", "ik", "te", "dat", "die", "in", "een", "hij", "het", "niet", "zijn", "is",
    "was", "op", "aan", "met", "als", "voor", "had", "er", "maar", "om", "hem", "dan", "zou", "of",
    "wat", "mijn", "men", "dit", "zo", "door", "over", "ze", "zich", "bij", "ook", "tot", "je",
    "mij", "uit", "der", "daar", "haar", "naar", "heb", "hoe", "heeft", "hebben", "deze", "u",
    "want", "nog", "zal", "me", "zij", "nu", "ge", "geen", "omdat", "iets", "worden", "toch", "al",
    "waren", "veel", "meer", "doen", "toen", "moet", "ben", "zonder", "kan", "hun", "dus", "alles",
    "onder", "ja", "eens", "hier", "wie", "werd", "altijd", "doch", "wordt", "wezen", "kunnen",
    "ons", "zelf", "tegen", "na", "reeds", "wil", "kon", "niets", "uw", "iemand", "geweest",
    "andere",
];

/// English words that carry nothing.
const LITTLE_EN: [&str; 14] = [
    "a", "an", "and", "at", "by", "for", "from", "is", "of", "on", "or", "the", "to", "with",
];

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// A `tsquery` per word, one a line; every one of them must be found.
    pub queries: String,
    /// All that was typed, for what bears this very name.
    pub name: String,
}

/// Why nothing can be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The text is longer than [`LONGEST`].
    TooLong,
    /// The text has no word to look for.
    NoWord,
}

/// The words of a text.
pub fn words_of(text: &str) -> Result<Words, Refused> {
    if text.chars().count() > LONGEST {
        return Err(Refused::TooLong);
    }
    let plain = plain(text);
    let mut queries: Vec<String> = Vec::new();
    for word in plain.split(|c: char| !c.is_alphanumeric()) {
        let is_letter = word.chars().count() == 1 && !is_number(word);
        let is_little = LITTLE_NL.contains(&word) || LITTLE_EN.contains(&word);
        if word.is_empty() || is_letter || is_little {
            continue;
        }
        let query = query_of(word);
        if !queries.contains(&query) {
            queries.push(query);
        }
    }
    if queries.is_empty() {
        return Err(Refused::NoWord);
    }
    Ok(Words {
        queries: queries.join("\n"),
        name: text.split_whitespace().collect::<Vec<_>>().join(" "),
    })
}

/// Lower case, without accents: `geïnventariseerd` is typed in many ways.
pub(super) fn plain(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    letters.flat_map(char::to_lowercase).collect()
}

pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// One word in all its forms; a number as it stands, any other word as the beginning of one.
fn query_of(word: &str) -> String {
    if is_number(word) {
        return format!("'{word}'");
    }
    let forms: Vec<String> = forms(word)
        .iter()
        .map(|form| format!("'{form}':*"))
        .collect();
    forms.join(" | ")
}

/// A word and its kin, itself first.
fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let mut add = |form: String| {
        if !forms.contains(&form) {
            forms.push(form);
        }
    };
    // The stem takes an -s off a consonant only: `campagnes`, `organisaties`.
    if let Some(singular) = word.strip_suffix('s')
        && word.chars().count() > 4
        && singular.ends_with(['a', 'e', 'i', 'o', 'u', 'y'])
    {
        add(singular.to_owned());
    }
    for stem in stems(word) {
        for ending in ["eren", "eert", "eerd", "ering", "atie"] {
            add(format!("{stem}{ending}"));
        }
        add(format!("ge{stem}eerd"));
    }
    forms
}

/// What stands before -eren in the verb that a word may be a form of: `inventaris` of
/// `geïnventariseerd`, `inventarisatie` and `inventarisering`. A participle may have the prefix
/// ge-, and so may a verb (`generaliseren`).
fn stems(word: &str) -> Vec<&str> {
    const VERB: [&str; 9] = [
        "eren", "erende", "erend", "eert", "eer", "eerde", "eerden", "eringen", "ering",
    ];
    const PARTICIPLE: [&str; 2] = ["eerd", "eerde"];
    const NOUN: [&str; 4] = ["atie", "aties", "ator", "atoren"];
    let mut found = Vec::new();
    for ending in VERB.iter().chain(&PARTICIPLE).chain(&NOUN) {
        let Some(stem) = word.strip_suffix(ending) else {
            continue;
        };
        let bare = stem
            .strip_prefix("ge")
            .filter(|_| PARTICIPLE.contains(ending));
        for stem in [Some(stem), bare].into_iter().flatten() {
            if stem.chars().count() >= SHORTEST_STEM && !found.contains(&stem) {
                found.push(stem);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn queries(text: &str) -> Vec<String> {
        let words = words_of(text).map(|words| words.queries);
        words.map_or_else(
            |_| Vec::new(),
            |queries| queries.lines().map(str::to_owned).collect(),
        )
    }

    #[test]
    fn each_word_is_looked_for_as_the_beginning_of_one() {
        assert_eq!(queries("opvang"), ["'opvang':*"]);
        assert_eq!(queries("  Opvang,  OPVANG "), ["'opvang':*"]);
        assert_eq!(queries("actie 33"), ["'actie':*", "'33'"]);
        assert_eq!(
            queries("the shelter of 's-Hertogenbosch"),
            ["'shelter':*", "'hertogenbosch':*"]
        );
        assert_eq!(queries("campagnes"), ["'campagnes':* | 'campagne':*"]);
    }

    #[test]
    fn the_forms_of_a_verb_in_eren_lead_to_each_other() {
        let kin = [
            "inventariseren",
            "geïnventariseerd",
            "geinventariseerde",
            "Inventarisatie",
            "inventarisering",
            "inventariseert",
        ];
        for word in kin {
            let query = queries(word).join("");
            for form in [
                "'inventariseren':*",
                "'inventariseert':*",
                "'geinventariseerd':*",
                "'inventarisatie':*",
                "'inventarisering':*",
            ] {
                assert!(query.contains(form), "{word}: {query}");
            }
        }
        assert!(queries("gecoördineerd")[0].contains("'coordinatie':*"));
        assert!(queries("generaliseerde")[0].contains("'generaliseren':*"));
        // Too short to be a verb.
        assert_eq!(queries("meren"), ["'meren':*"]);
    }

    #[test]
    fn what_has_no_word_is_refused() {
        for text in [
            "",
            "  ",
            "' & ! : * ( ) | <-> \\",
            "a b c",
            "of the",
            "de van het een",
            "Dé en dát",
            "\u{0}",
        ] {
            assert_eq!(words_of(text), Err(Refused::NoWord), "{text:?}");
        }
        assert_eq!(words_of(&"é".repeat(201)), Err(Refused::TooLong));
        assert!(words_of(&"é".repeat(200)).is_ok());
    }

    /// Whether a query has the form that we write, with nothing of the text in it but letters and
    /// digits.
    fn is_ours(query: &str) -> bool {
        query.split(" | ").all(|form| {
            let word = form.strip_suffix(":*").unwrap_or(form);
            let word = word
                .strip_prefix('\'')
                .and_then(|word| word.strip_suffix('\''));
            word.is_some_and(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric))
        })
    }

    proptest! {
        #[test]
        fn no_sign_of_a_text_reaches_the_query(text in "\\PC{0,200}") {
            for query in queries(&text) {
                prop_assert!(is_ours(&query), "{}", query);
            }
        }

        #[test]
        fn no_sign_that_postgres_knows_reaches_the_query(text in "[a-z'\"\\\\:!&|()<>* -]{0,60}") {
            for query in queries(&text) {
                prop_assert!(is_ours(&query), "{}", query);
            }
        }
    }
}
