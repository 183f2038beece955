//! Which part of the code may know which other, read from the paths that stand in it.
//!
//! The arrows are those of the house style. They are few, so that an exception is worth a line with its reason here.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Folders of `api/src` that are features.
const FEATURES: &[&str] = &[
    "about",
    "assessment",
    "bi",
    "budget",
    "duties",
    "framework",
    "goals",
    "guidance",
    "ledger",
    "monitoring",
    "partners",
    "picture",
    "plan",
    "policies",
    "publication",
    "quality",
    "redaction",
    "regional",
    "release",
    "search",
    "sources",
    "tasks",
    "territory",
    "verdict",
];

/// The files of rules, and the files into which the rules of a verdict are divided.
const RULES: &[&str] = &[
    "assessment/carry.rs",
    "assessment/evidence.rs",
    "assessment/life_cycle.rs",
    "assessment/rules.rs",
    "assessment/sheet.rs",
    "assessment/table.rs",
    "budget/promised.rs",
    "budget/rules.rs",
    "budget/sentences.rs",
    "budget/signals.rs",
    "framework/rules.rs",
    "duties/rules.rs",
    "goals/kinds.rs",
    "goals/rules.rs",
    "goals/sentences.rs",
    "guidance/rules.rs",
    "ledger/sentences.rs",
    "monitoring/rules.rs",
    "partners/rules.rs",
    "picture/rules.rs",
    "plan/rules.rs",
    "plan/timeline.rs",
    "policies/deadlines.rs",
    "policies/rules.rs",
    "publication/disclosure.rs",
    "publication/lines.rs",
    "publication/rules.rs",
    "regional/rules.rs",
    "search/excerpt.rs",
    "search/words.rs",
    "sources/rules.rs",
    "tasks/rules.rs",
    "territory/rules.rs",
    "verdict/adoption.rs",
    "verdict/facts.rs",
    "verdict/grounds.rs",
    "verdict/next.rs",
    "verdict/rules.rs",
    "verdict/sentences.rs",
];

/// Paths that rules may name although they are more than plain values of their own.
const RULES_MAY_NAME: &[(&str, &str, &str)] = &[
    (
        "budget/rules.rs",
        "async_graphql::Enum",
        "a derive that says the codes of the tables once; nothing of it runs",
    ),
    (
        "budget/sentences.rs",
        "crate::graphql::text",
        "how a number is written in a language, a plain function",
    ),
    (
        "budget/signals.rs",
        "async_graphql::Enum",
        "a derive that says the reasons once; nothing of it runs",
    ),
    (
        "goals/kinds.rs",
        "async_graphql::Enum",
        "a derive that says the codes of the tables once; nothing of it runs",
    ),
    (
        "goals/sentences.rs",
        "crate::graphql::text",
        "how a number is written in a language, a plain function",
    ),
    (
        "monitoring/rules.rs",
        "crate::graphql",
        "`payload::Mistake` and `text` are plain values: what is wrong, where, in two languages",
    ),
    (
        "plan/timeline.rs",
        "async_graphql::Enum",
        "a derive that says the answers once; nothing of it runs",
    ),
    (
        "plan/rules.rs",
        "async_graphql::Enum",
        "a derive that says the five statuses once; nothing of it runs",
    ),
    (
        "tasks/rules.rs",
        "async_graphql::Enum",
        "a derive that says the kinds once; nothing of it runs",
    ),
    (
        "policies/deadlines.rs",
        "async_graphql::Enum",
        "a derive that says the states once; nothing of it runs",
    ),
    (
        "policies/rules.rs",
        "async_graphql::Enum",
        "a derive that says the states once; nothing of it runs",
    ),
    (
        "regional/rules.rs",
        "crate::graphql",
        "`payload::Mistake` and `text` are plain values: what is wrong, where, in two languages",
    ),
    (
        "assessment/evidence.rs",
        "crate::graphql",
        "`payload::Mistake` and `text` are plain values: what is wrong, where, in two languages",
    ),
    (
        "assessment/life_cycle.rs",
        "crate::graphql",
        "`payload::Mistake` is a plain value: what is wrong, where, in two languages",
    ),
    (
        "assessment/rules.rs",
        "crate::graphql",
        "`payload::Mistake` and `text` are plain values: what is wrong, where, in two languages",
    ),
    (
        "assessment/sheet.rs",
        "crate::graphql",
        "`payload::Mistake` and `text` are plain values: what is wrong, where, in two languages",
    ),
    (
        "framework/rules.rs",
        "crate::graphql",
        "`payload::Mistake` and `text` are plain values: what is wrong, where, in two languages",
    ),
];

/// Paths into the repository of another feature.
const REPOSITORIES_MAY_NAME: &[(&str, &str, &str)] = &[
    (
        "assessment/repo.rs",
        "crate::verdict::repo::bounds",
        "how a scope becomes values of a query is said once",
    ),
    (
        "picture/repo.rs",
        "crate::verdict::repo::bounds",
        "how a scope becomes values of a query is said once",
    ),
];

/// The only files that open a transaction.
const OPENERS: [(&str, &str); 2] = [
    (
        "db/session.rs",
        "every request: it first tells Postgres who asks, when and at which ledger number",
    ),
    (
        "ledger/verify.rs",
        "reads everything at one moment, as the auditor, outside any request",
    ),
];

const LONGEST: usize = 450;

/// Files that are longer, each with one subject.
const LONGER: &[(&str, &str)] = &[
    (
        "assessment/append.rs",
        "one fact after another, each as its entry keeps it",
    ),
    (
        "assessment/import.rs",
        "two tables that are read in, with their codes; half of it is descriptions",
    ),
    (
        "assessment/life_cycle.rs",
        "one state machine; half of it is its table as a test",
    ),
    (
        "assessment/repo.rs",
        "what is read of one assessment, statement by statement",
    ),
    (
        "assessment/review.rs",
        "four decisions of a reviewer, one after another",
    ),
    (
        "auth/keys.rs",
        "the keys of an issuer, from their source to a kid, with the cases of unfit keys",
    ),
    (
        "auth/settings.rs",
        "one reader of the issuers, with the mistakes that it tells",
    ),
    (
        "auth/token.rs",
        "one token from text to actor, with the rules that refuse it",
    ),
    (
        "bi/odata/parse.rs",
        "one grammar, from text to a typed filter, with its cases",
    ),
    (
        "bi/tables/compliance.rs",
        "one list of tables and columns, read as data",
    ),
    (
        "bi/tables/facts.rs",
        "one list of tables and columns, read as data",
    ),
    (
        "config.rs",
        "every setting with its mistakes and their tests; read once, checked whole",
    ),
    (
        "dataset/files.rs",
        "one reader of files, with the mistakes that it tells",
    ),
    (
        "db/session.rs",
        "one transaction from its opening to its end",
    ),
    (
        "framework/schema.rs",
        "four nouns of the graph and nothing else",
    ),
    (
        "http/gate/tests.rs",
        "the attacks that the gate withstands, one after another",
    ),
    (
        "http/socket/protocol.rs",
        "the rules of one protocol; half of it is their tests",
    ),
    (
        "monitoring/repo.rs",
        "what a round reads and appends, from opening to correction",
    ),
    (
        "plan/action.rs",
        "one noun of the graph: everything that hangs on an action is named here",
    ),
    (
        "policy/permits.rs",
        "one question per row of the mandate table, with their cases",
    ),
    (
        "publication/repo.rs",
        "what is kept of a publication, from preparing to withdrawal",
    ),
    ("verdict/adoption.rs", "two criteria, with a table of cases"),
    ("verdict/cases.rs", "cases of the rules, one after another"),
    (
        "verdict/schema.rs",
        "the verdict and its grounds as clients see them; half of it is descriptions",
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file of ours, with the paths that stand in it.
struct File {
    /// The path below the folder that was read.
    name: String,
    tokens: Vec<String>,
    paths: Vec<String>,
    lines: usize,
}

impl File {
    fn read(folder: &Path, path: &Path) -> Self {
        let source = fs::read_to_string(path).expect("a source file can be read");
        let name = path.strip_prefix(folder).expect("a file below its folder");
        let name = name.to_str().expect("a name in UTF-8").replace('\\', "/");
        let tokens = tokens(without_unit_tests(&source));
        Self {
            paths: resolved(&name, &tokens),
            lines: source.lines().count(),
            tokens,
            name,
        }
    }

    fn folder(&self) -> &str {
        self.name.split_once('/').map_or("", |(folder, _)| folder)
    }

    fn is_called(&self, file: &str) -> bool {
        self.name.rsplit('/').next() == Some(file)
    }

    /// The paths that begin so.
    fn naming<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.paths
            .iter()
            .map(String::as_str)
            .filter(move |path| begins(path, prefix))
    }

    /// A line per path that begins so.
    fn forbid(&self, prefixes: &[&str], mistakes: &mut Vec<String>) {
        for prefix in prefixes {
            mistakes.extend(
                self.naming(prefix)
                    .map(|path| format!("{} names {path}", self.name)),
            );
        }
    }
}

/// Whether a path is this one or lies below it.
fn begins(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn files(folder: &str) -> Vec<File> {
    let folder = root().join(folder);
    let mut found = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(File::read(&folder, &path));
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!found.is_empty(), "no file was found");
    found
}

fn api() -> Vec<File> {
    files("api/src")
}

/// Unit tests may know more than what they test.
fn without_unit_tests(source: &str) -> &str {
    source
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default()
}

/// Words and signs, without comments and texts.
fn tokens(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_text(rest) {
            length
        } else if first == '"' {
            text(rest)
        } else if first == '\'' {
            letter_or_lifetime(rest)
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            found.push(rest[..length].to_owned());
            length
        } else if rest.starts_with("::") {
            found.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                found.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    found
}

/// The length of a text in quotes.
fn text(source: &str) -> usize {
    let mut escaped = false;
    for (at, c) in source.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == '"' {
            return at + 1;
        }
    }
    source.len()
}

/// The length of a raw text, when one begins here.
fn raw_text(source: &str) -> Option<usize> {
    let after = source
        .strip_prefix("br")
        .or_else(|| source.strip_prefix('r'))?;
    let signs = after.len() - after.trim_start_matches('#').len();
    if !after[signs..].starts_with('"') {
        return None;
    }
    let end = format!("\"{}", "#".repeat(signs));
    let begin = source.len() - after.len() + signs + 1;
    Some(
        source[begin..]
            .find(&end)
            .map_or(source.len(), |at| begin + at + end.len()),
    )
}

/// The length of `'x'` or of the sign alone, before a lifetime.
fn letter_or_lifetime(source: &str) -> usize {
    let inner = &source[1..];
    if let Some(escaped) = inner.strip_prefix('\\') {
        let skipped = escaped.chars().next().map_or(0, char::len_utf8);
        let end = escaped[skipped..].find('\'').unwrap_or(0);
        return 2 + skipped + end + 1;
    }
    let first = inner.chars().next().map_or(0, char::len_utf8);
    if inner[first..].starts_with('\'') {
        first + 2
    } else {
        1
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// All paths, those of `use a::{b, c::d}` one by one.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = if is_word(&tokens[at]) {
            path(tokens, at, &[], &mut found)
        } else {
            at + 1
        };
    }
    found
}

/// Reads the path that begins at a word; gives the place after it.
fn path(
    tokens: &[String],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<Vec<String>>,
) -> usize {
    let mut own = prefix.to_vec();
    let token = |at: usize| tokens.get(at).map_or("", String::as_str);
    loop {
        own.push(tokens[at].clone());
        if token(at + 1) != "::" {
            found.push(own);
            return at + 1;
        }
        at += 2;
        if token(at) == "{" {
            at += 1;
            while !matches!(token(at), "}" | "") {
                at = if token(at) == "as" {
                    at + 2
                } else if is_word(token(at)) {
                    path(tokens, at, &own, found)
                } else {
                    at + 1
                };
            }
            return at + 1;
        }
        if !is_word(token(at)) {
            found.push(own);
            return at;
        }
    }
}

/// The paths of a file, with `super`, `self` and the names that it imports written out.
fn resolved(name: &str, tokens: &[String]) -> Vec<String> {
    let stem = name.trim_end_matches(".rs");
    let mut module: Vec<String> = stem.split('/').map(str::to_owned).collect();
    if module
        .last()
        .is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main"))
    {
        module.pop();
    }
    let mut long = Vec::new();
    let mut short = Vec::new();
    for mut path in paths(tokens) {
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        match path[0].as_str() {
            "crate" => long.push(path),
            "super" | "self" if path.len() > 1 => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                let kept = module.len().saturating_sub(ups);
                let mut whole = vec!["crate".to_owned()];
                whole.extend_from_slice(&module[..kept]);
                whole.extend_from_slice(&path[ups.max(1)..]);
                long.push(whole);
            }
            _ => short.push(path),
        }
    }
    let names: BTreeMap<String, Vec<String>> = long
        .iter()
        .filter_map(|path| Some((path.last()?.clone(), path.clone())))
        .collect();
    for path in short.into_iter().filter(|path| path.len() > 1) {
        long.push(match names.get(&path[0]) {
            Some(whole) => whole.iter().chain(&path[1..]).cloned().collect(),
            None => path,
        });
    }
    let mut told: Vec<String> = long.iter().map(|path| path.join("::")).collect();
    told.sort_unstable();
    told.dedup();
    told
}

fn none(mistakes: &[String]) {
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let source = r##"
        //! crate::comment::never
        use std::fmt;
        use super::{repo::{self, Row}, schema};
        use crate::{a::{b, c::{self, D}}, e as f};
        /* crate::comment::neither */
        fn one<'a>(x: &'a str) -> char { let _ = "crate::text::never"; let _ = r#"crate::raw"#; '"' }
        fn two() { crate::inline::call::<u8>(); repo::find(); c::deep(); '\''; sea_orm::Set(1) }
    "##;
    let expected = [
        "crate::a::b",
        "crate::a::c",
        "crate::a::c::D",
        "crate::a::c::deep",
        "crate::e",
        "crate::inline::call",
        "crate::plan::repo",
        "crate::plan::repo::Row",
        "crate::plan::repo::find",
        "crate::plan::schema",
        "sea_orm::Set",
        "std::fmt",
    ];
    assert_eq!(resolved("plan/mutations.rs", &tokens(source)), expected);
    assert_eq!(
        resolved("plan/mod.rs", &tokens("pub use self::rules::X;")),
        ["crate::plan::rules::X"]
    );
}

#[test]
fn every_folder_is_known() {
    let mut folders: Vec<String> = api()
        .iter()
        .map(|file| file.folder().to_owned())
        .filter(|folder| !folder.is_empty())
        .collect();
    folders.dedup();
    let mut known: Vec<&str> = [
        "auth", "cli", "dataset", "db", "demo", "graphql", "http", "policy",
    ]
    .to_vec();
    known.extend(FEATURES);
    known.sort_unstable();
    folders.sort_unstable();
    assert_eq!(
        folders, known,
        "say in layering.rs whether a new folder is a feature"
    );
}

#[test]
fn rules_are_pure() {
    let mut mistakes = Vec::new();
    let files = api();
    let rules: Vec<&str> = files
        .iter()
        .map(|file| file.name.as_str())
        .filter(|name| name.ends_with("/rules.rs"))
        .collect();
    assert!(rules.iter().all(|name| RULES.contains(name)), "{rules:?}");
    for file in files
        .iter()
        .filter(|file| RULES.contains(&file.name.as_str()))
    {
        let mut found = Vec::new();
        file.forbid(
            &[
                "actix_web",
                "async_graphql",
                "entity",
                "sea_orm",
                "tokio",
                "tracing",
                "crate::auth",
                "crate::clock",
                "crate::db",
                "crate::graphql",
                "crate::http",
                "crate::ids",
                "crate::ledger",
                "crate::policy",
                "crate::schema",
            ],
            &mut found,
        );
        let outer = ["repo", "loader", "schema", "mutations"];
        found.extend(
            file.naming("crate")
                .filter(|path| {
                    path.split("::")
                        .nth(2)
                        .is_some_and(|module| outer.contains(&module))
                })
                .map(|path| format!("{} names {path}", file.name)),
        );
        found.retain(|mistake| {
            !RULES_MAY_NAME.iter().any(|(name, path, _)| {
                mistake
                    .strip_prefix(&format!("{name} names "))
                    .is_some_and(|named| begins(named, path))
            })
        });
        mistakes.extend(found);
        if file
            .tokens
            .iter()
            .any(|token| matches!(token.as_str(), "async" | "await"))
        {
            mistakes.push(format!("{} waits for something", file.name));
        }
        mistakes.extend(
            file.naming("crate::graphql::context")
                .map(|path| format!("{} names {path}: a request", file.name)),
        );
    }
    none(&mistakes);
}

#[test]
fn a_repository_knows_no_schema_and_no_other_repository() {
    let mut mistakes = Vec::new();
    for file in api().iter().filter(|file| file.is_called("repo.rs")) {
        file.forbid(
            &[
                "async_graphql",
                "async_graphql_value",
                "crate::graphql",
                "crate::schema",
            ],
            &mut mistakes,
        );
        for feature in FEATURES {
            for outer in ["schema", "mutations", "loader"] {
                file.forbid(&[&format!("crate::{feature}::{outer}")], &mut mistakes);
            }
            if *feature == file.folder() {
                continue;
            }
            for path in file.naming(&format!("crate::{feature}::repo")) {
                let excused = REPOSITORIES_MAY_NAME
                    .iter()
                    .any(|(name, excused, _)| file.name == *name && path == *excused);
                if !excused {
                    mistakes.push(format!("{} names {path}", file.name));
                }
            }
        }
    }
    none(&mistakes);
    for (name, path, reason) in REPOSITORIES_MAY_NAME {
        let used = api()
            .iter()
            .any(|file| file.name == *name && file.naming(path).next().is_some());
        assert!(used, "{name} no longer names {path} ({reason})");
    }
}

#[test]
fn policy_is_plain_functions_over_plain_values() {
    let mut mistakes = Vec::new();
    for file in api().iter().filter(|file| file.folder() == "policy") {
        file.forbid(
            &[
                "async_graphql",
                "entity",
                "sea_orm",
                "tokio",
                "crate::clock",
                "crate::db",
                "crate::graphql",
                "crate::http",
                "crate::ledger",
            ],
            &mut mistakes,
        );
    }
    none(&mistakes);
}

#[test]
fn the_kit_of_graphql_knows_no_feature() {
    let mut mistakes = Vec::new();
    for file in api().iter().filter(|file| file.folder() == "graphql") {
        for feature in FEATURES {
            file.forbid(&[&format!("crate::{feature}")], &mut mistakes);
        }
        file.forbid(
            &["crate::http", "crate::schema", "sea_orm", "entity"],
            &mut mistakes,
        );
    }
    none(&mistakes);
}

#[test]
fn a_request_walks_one_way() {
    let mut mistakes = Vec::new();
    for file in api() {
        let is_outside = matches!(file.folder(), "http" | "cli")
            || matches!(file.name.as_str(), "main.rs" | "lib.rs");
        if !is_outside {
            file.forbid(&["crate::http", "crate::cli"], &mut mistakes);
        }
        if !is_outside && file.name != "schema.rs" {
            file.forbid(&["crate::schema", "actix_web"], &mut mistakes);
        }
    }
    none(&mistakes);
}

#[test]
fn entities_know_sea_orm_alone_and_migrations_nothing_of_ours() {
    let mut mistakes = Vec::new();
    for file in files("entity/src") {
        for path in &file.paths {
            let first = path.split("::").next().unwrap_or_default();
            let is_type = first.starts_with(|c: char| c.is_ascii_uppercase());
            if !is_type && !matches!(first, "crate" | "sea_orm" | "std") {
                mistakes.push(format!("entity: {} names {path}", file.name));
            }
        }
        file.forbid(
            &["sea_orm::ConnectionTrait", "sea_orm::TransactionTrait"],
            &mut mistakes,
        );
    }
    for file in files("migration/src") {
        file.forbid(&["acceptance", "api", "entity"], &mut mistakes);
    }
    none(&mistakes);
}

#[test]
fn two_files_open_transactions() {
    let is_opening = |tokens: &[String]| {
        let named = tokens.iter().any(|token| {
            matches!(
                token.as_str(),
                "TransactionTrait"
                    | "begin_with_config"
                    | "begin_with_options"
                    | "transaction_with_config"
            )
        });
        let called = tokens
            .windows(4)
            .any(|window| window == [".", "begin", "(", ")"])
            || tokens
                .windows(3)
                .any(|window| window == [".", "transaction", "("]);
        named || called
    };
    let openers: Vec<String> = api()
        .into_iter()
        .filter(|file| is_opening(&file.tokens))
        .map(|file| file.name)
        .collect();
    assert_eq!(openers, OPENERS.map(|(name, _)| name));
}

#[test]
fn no_file_is_too_long_to_read_in_one_go() {
    let files = api();
    let long: Vec<String> = files
        .iter()
        .filter(|file| file.lines > LONGEST && !LONGER.iter().any(|(name, _)| *name == file.name))
        .map(|file| format!("{} has {} lines", file.name, file.lines))
        .collect();
    none(&long);
    for (name, reason) in LONGER {
        assert!(
            files.iter().any(|file| file.name == *name),
            "{name} is gone ({reason})"
        );
    }
}
