//! The sentences that stand in the source: string literals that are Dutch, each with the English
//! one that follows it. A place for a value is shown as the source writes it, as in
//! `{municipality}`.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A sentence of the source.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// In Dutch.
    pub(super) nl: String,
    /// In English; none where the source has no English beside it.
    pub(super) en: Option<String>,
}

/// A string literal, and what stands between it and the one before it.
struct Literal {
    before: String,
    text: String,
}

/// Every file of the program, in the order of their paths.
pub(super) fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api");
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the program") {
            let path = entry.expect("a file of the program").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() && name != "tests" && name != "data" {
                open.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The sentences of a file of source.
pub(super) fn sentences(source: &str) -> Vec<Sentence> {
    let mut literals = literals(&without_lists(source)).into_iter().peekable();
    let mut found = Vec::new();
    while let Some(Literal { text: nl, .. }) = literals.next() {
        let is_code = !nl.trim().contains(' ');
        if language(&nl) != Some("nl") || nl.contains("NL: ") || words(&nl).count() < 3 || is_code {
            continue;
        }
        let follows =
            |next: &Literal| stands_beside(&next.before) && language(&next.text) != Some("nl");
        let en = literals.next_if(follows).map(|next| next.text);
        found.push(Sentence { nl, en });
    }
    found
}

/// The source without its tests, and without the lists that the program itself gives.
fn without_lists(source: &str) -> String {
    let source = source
        .split("\n#[cfg(test)]\nmod ")
        .next()
        .unwrap_or(source);
    let mut kept = String::new();
    let mut is_list = false;
    for line in source.lines() {
        let begins = [
            "code_list! {",
            "kinds! {",
            "events! {",
            "mandate_table! {",
            "macro_rules! ",
        ];
        is_list |= begins.iter().any(|begin| line.starts_with(begin));
        if !is_list {
            kept += line;
            kept.push('\n');
        }
        is_list &= line != "}";
    }
    kept
}

/// Whether what stands between two literals makes the second the other language of the first.
fn stands_beside(between: &str) -> bool {
    let mut gap: String = between.split_whitespace().collect();
    if gap.contains("|day|") {
        gap = gap.replace("|day|", "").replace(['{', '}'], "");
    }
    let calls = ["&format!(", "format!(", ""];
    // Of a `format!` only values may stand between.
    let is_values = |text: &str| !text.contains([';', '{', '}', '=']);
    gap.is_empty()
        || calls.iter().any(|call| {
            let rest = gap.strip_suffix(call);
            let rest = rest.and_then(|rest| rest.strip_suffix(','));
            rest.is_some_and(is_values)
        })
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let mut plain = String::new();
    let mut is_place = false;
    for letter in text.chars() {
        is_place = (is_place || matches!(letter, '{' | '<')) && !matches!(letter, '}' | '>');
        plain.push(if is_place { ' ' } else { letter });
    }
    let words: Vec<String> = plain
        .to_lowercase()
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

const DUTCH: &[&str] = &[
    "de", "het", "een", "van", "niet", "geen", "is", "zijn", "wordt", "worden", "met", "voor",
    "op", "bij", "naar", "dat", "dit", "deze", "die", "aan", "en", "u", "uw", "om", "te", "ten",
    "er", "moet", "mag", "kan", "als", "heeft", "hebben", "al", "tot",
];
const ENGLISH: &[&str] = &[
    "the", "a", "an", "of", "not", "no", "is", "are", "was", "be", "with", "for", "at", "to",
    "that", "this", "these", "it", "its", "and", "or", "you", "your", "must", "may", "can", "if",
    "has", "have", "already", "until", "by", "from",
];

/// The language of a text; none where its words do not tell.
fn language(text: &str) -> Option<&'static str> {
    let count = |list: &[&str]| {
        words(text)
            .filter(|word| list.contains(&word.as_str()))
            .count()
    };
    let (nl, en) = (count(DUTCH), count(ENGLISH));
    match nl.cmp(&en) {
        std::cmp::Ordering::Greater => Some("nl"),
        std::cmp::Ordering::Less => Some("en"),
        std::cmp::Ordering::Equal => None,
    }
}

/// The string literals of a piece of source, in order.
fn literals(source: &str) -> Vec<Literal> {
    let letters: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let mut before = String::new();
    let mut at = 0;
    while at < letters.len() {
        match letters[at] {
            '/' if letters.get(at + 1) == Some(&'/') => {
                while at < letters.len() && letters[at] != '\n' {
                    at += 1;
                }
            }
            // A character, and no lifetime.
            '\'' if letters.get(at + 1) == Some(&'\\') => {
                at += 3;
                while letters.get(at).is_some_and(|letter| *letter != '\'') {
                    at += 1;
                }
                at += 1;
            }
            '\'' if letters.get(at + 2) == Some(&'\'') => at += 3,
            '"' => {
                let (text, end) = literal(&letters, at + 1);
                let before = std::mem::take(&mut before);
                found.push(Literal { before, text });
                at = end;
            }
            other => {
                before.push(other);
                at += 1;
            }
        }
    }
    found
}

/// A literal from behind its first quotation mark: its text, and where it ends.
fn literal(letters: &[char], from: usize) -> (String, usize) {
    let (mut text, mut at) = (String::new(), from);
    while at < letters.len() && letters[at] != '"' {
        if letters[at] != '\\' {
            text.push(letters[at]);
            at += 1;
            continue;
        }
        match letters.get(at + 1) {
            // The line goes on; what it is indented by is no part of the text.
            Some('\n') => {
                at += 2;
                while letters.get(at).is_some_and(|letter| letter.is_whitespace()) {
                    at += 1;
                }
                continue;
            }
            Some('u') => {
                let end = at
                    + letters[at..]
                        .iter()
                        .position(|letter| *letter == '}')
                        .expect("an escape ends");
                let code: String = letters[at + 3..end].iter().collect();
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                at = end + 1;
                continue;
            }
            Some('n') => text.push('\n'),
            Some(other) => text.push(*other),
            None => {}
        }
        at += 2;
    }
    (text, at + 1)
}

#[test]
fn a_sentence_is_found_with_its_english_beside_it() {
    let source = r#"
        // "De regel is van een commentaar."
        Mistake::at(Code::X, &["a"],
            format!("Er is geen criterium {code:?} \
                in deze editie."),
            format!("There is no criterion {code:?} in this edition."),
        );
        let key = "a b c";
        say("het is van u", "it is for you");
        let alone = "Dit staat er alleen.";
    "#;
    let found = sentences(source);
    let sentence = |nl: &str, en: Option<&str>| Sentence {
        nl: nl.to_owned(),
        en: en.map(str::to_owned),
    };
    assert_eq!(
        found,
        [
            sentence(
                "Er is geen criterium {code:?} in deze editie.",
                Some("There is no criterion {code:?} in this edition.")
            ),
            sentence("het is van u", Some("it is for you")),
            sentence("Dit staat er alleen.", None),
        ]
    );
}
