//! What names in the code may be: every engineer of the field should know them.

use std::{fs, path::Path};

/// Words that name nothing: who told, said or asked is not what a thing is.
const NO_NAMES: [&str; 4] = ["told", "said", "asked", "asking"];
/// A column of the database, which says when VNG asked.
const COLUMNS: [&str; 1] = ["asked_at"];

/// The rest of a source after the mark that ends what it begins with.
fn after<'a>(source: &'a str, from: usize, end: &str) -> &'a str {
    let rest = source.get(from..).unwrap_or_default();
    rest.find(end)
        .map_or("", |at| rest.get(at + end.len()..).unwrap_or_default())
}

/// The rest of a source after a text, whose quotation mark it begins with.
fn after_text(source: &str) -> &str {
    let mut is_escaped = false;
    for (at, letter) in source.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return source.get(at + 1..).unwrap_or_default(),
            _ => {}
        }
    }
    ""
}

/// The rest of a source after a letter in quotation marks, or after the mark of a lifetime.
fn after_letter(source: &str) -> &str {
    let mut letters = source.char_indices().skip(1);
    let first = letters.next().map(|(_, letter)| letter);
    if first == Some('\\') {
        return after(source, 3, "'");
    }
    match letters.next() {
        Some((at, '\'')) => source.get(at + 1..).unwrap_or_default(),
        _ => source.get(1..).unwrap_or_default(),
    }
}

/// The mark that ends a raw text which begins here, as `"#` ends `r#"`.
fn end_of_raw_text(source: &str) -> Option<String> {
    let rest = source.strip_prefix('r')?;
    let signs = rest.len() - rest.trim_start_matches('#').len();
    rest.get(signs..)?
        .starts_with('"')
        .then(|| format!("\"{}", "#".repeat(signs)))
}

fn is_of_name(letter: char) -> bool {
    letter == '_' || letter.is_ascii_alphanumeric()
}

/// The names and keywords of a source, without what stands in comments and texts.
fn names(source: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        rest = if rest.starts_with("//") {
            after(rest, 0, "\n")
        } else if rest.starts_with("/*") {
            after(rest, 0, "*/")
        } else if let Some(end) = end_of_raw_text(rest) {
            after(rest, end.len() + 1, &end)
        } else if first == '"' {
            after_text(rest)
        } else if first == '\'' {
            after_letter(rest)
        } else if is_of_name(first) {
            let end = rest.find(|letter| !is_of_name(letter));
            let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
            found.push(name);
            after
        } else {
            rest.get(first.len_utf8()..).unwrap_or_default()
        };
    }
    found
}

/// The words of a name, as of `as_told`, `NotTold` and `LONGEST_ASKED`, in lower-case letters.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for letter in name.chars() {
        if letter == '_' || (letter.is_ascii_uppercase() && was_small) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter != '_') {
            word.push(letter.to_ascii_lowercase());
        }
        was_small = letter.is_ascii_lowercase();
    }
    words
}

fn is_name(name: &str) -> bool {
    let is_wrong = |word: &String| NO_NAMES.contains(&word.as_str());
    COLUMNS.contains(&name) || !words(name).iter().any(is_wrong)
}

/// A source file: its path and what stands in it.
struct Source {
    path: String,
    text: String,
}

/// Every source below a folder.
fn sources(folder: &Path) -> Vec<Source> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("node_modules") {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(Source {
                text: fs::read_to_string(&path).expect("a source can be read"),
                path: path.display().to_string(),
            });
        }
    }
    found
}

#[test]
fn every_name_is_a_word_of_the_field() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut wrong = Vec::new();
    for folder in ["api", "entity", "migration", "tests"] {
        for source in sources(&root.join(folder)) {
            let names = names(&source.text).into_iter();
            let names = names.filter(|name| !is_name(name));
            wrong.extend(names.map(|name| format!("{}: {name}", source.path)));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn names_are_found_between_comments_and_texts() {
    let source = "/// told\nfn of<'a>(x: &'a str) { /* said */ let c = '\"'; let n = '\\n'; \
        f(\"asked \\\" told\", r#\"said \"\"#, '\\\\') // asking\n}";
    assert_eq!(
        names(source),
        [
            "fn", "of", "a", "x", "a", "str", "let", "c", "let", "n", "f"
        ]
    );
}

#[test]
fn a_name_is_read_by_its_words() {
    assert_eq!(words("NotTold"), ["not", "told"]);
    for wrong in [
        "told",
        "as_told",
        "NotTold",
        "LONGEST_ASKED",
        "is_asked_for",
    ] {
        assert!(!is_name(wrong), "{wrong}");
    }
    for right in ["asked_at", "tasked", "untold", "asks"] {
        assert!(is_name(right), "{right}");
    }
}
