//! Which part of the code may know which other, as far as Cargo does not say it.
//!
//! Between crates Cargo guards the arrows: a crate names only what its `Cargo.toml` lists, and the
//! list of arrows stands here once, so that a new one is seen. Inside a crate this file guards the
//! rest.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The arrows between our crates: who knows whom. `api` is the program; only it and `transport`
/// know all.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("entity", &[]),
    ("migration", &[]),
    ("auth", &["domain"]),
    ("documents", &["domain"]),
    ("database", &["domain", "entity"]),
    ("ledger", &["database", "domain", "entity"]),
    ("feeds", &["database", "domain", "ledger"]),
    ("graphql", &["database", "domain", "ledger"]),
    ("dataset", &["database", "domain", "entity", "ledger"]),
    ("sessions", &["database", "domain"]),
    (
        "register",
        &[
            "database", "dataset", "domain", "entity", "graphql", "ledger",
        ],
    ),
    (
        "compliance",
        &[
            "database", "domain", "entity", "feeds", "graphql", "ledger", "register",
        ],
    ),
    ("website", &["domain"]),
    ("workplace", &["domain", "website"]),
    (
        "transport",
        &[
            "auth",
            "compliance",
            "database",
            "documents",
            "domain",
            "feeds",
            "graphql",
            "ledger",
            "sessions",
            "website",
            "workplace",
        ],
    ),
    (
        "api",
        &[
            "auth",
            "compliance",
            "database",
            "dataset",
            "domain",
            "entity",
            "ledger",
            "migration",
            "sessions",
            "transport",
        ],
    ),
];

/// What the domain may use: plain values and how they are written, nothing that waits, stores or
/// sends.
const USED_BY_DOMAIN: &[&str] = &[
    "chrono",
    "chrono-tz",
    "serde",
    "serde_json",
    "sha2",
    "thiserror",
    "unicode-normalization",
];

/// Paths into the repository of another noun.
const REPOSITORIES_MAY_NAME: &[(&str, &str, &str)] = &[
    (
        "api/compliance/src/assessment/repo.rs",
        "verdict::repo::bounds",
        "how a scope becomes values of a query is said once",
    ),
    (
        "api/compliance/src/picture/repo.rs",
        "verdict::repo::bounds",
        "how a scope becomes values of a query is said once",
    ),
];

/// The only files that open a transaction.
const OPENERS: [(&str, &str); 2] = [
    (
        "api/database/src/session/when_needed.rs",
        "every request: it first tells Postgres who asks, when and at which ledger number",
    ),
    (
        "api/ledger/src/verify.rs",
        "reads everything at one moment, as the auditor, outside any request",
    ),
];

/// Lines that a file may have.
const LONGEST: usize = 450;

/// Files that are longer, each with one subject.
const LONGER: &[(&str, &str)] = &[
    (
        "api/compliance/src/assessment/repo.rs",
        "what is read of one assessment, statement by statement",
    ),
    (
        "api/compliance/src/framework/schema.rs",
        "four nouns of the graph and nothing else",
    ),
    (
        "api/compliance/src/monitoring/repo.rs",
        "what a round reads and appends, from opening to correction",
    ),
    (
        "api/compliance/src/verdict/schema.rs",
        "the verdict and its grounds as clients see them; half of it is descriptions",
    ),
    (
        "api/domain/src/policy/permits.rs",
        "one question per row of the mandate table, with their cases",
    ),
    (
        "api/domain/src/verdict/adoption.rs",
        "two criteria, with a table of cases",
    ),
    (
        "api/domain/src/verdict/cases.rs",
        "cases of the rules, one after another",
    ),
    (
        "api/register/src/plan/action.rs",
        "one noun of the graph: everything that hangs on an action is named here",
    ),
    (
        "api/transport/src/gate/tests.rs",
        "the attacks that the gate withstands, one after another",
    ),
    (
        "api/transport/src/socket/protocol.rs",
        "the rules of one protocol; half of it is their tests",
    ),
];

/// A file of ours, without its comments and its unit tests.
struct File {
    /// The path from the root.
    name: String,
    code: String,
    lines: usize,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(folder: &str) -> Vec<File> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path).expect("a source file can be read");
                let name = path.strip_prefix(&root).expect("a file below the root");
                found.push(File {
                    name: name.to_str().expect("a name in UTF-8").replace('\\', "/"),
                    code: code(&source),
                    lines: source.lines().count(),
                });
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!found.is_empty(), "no file was found");
    found
}

/// The product's own files.
fn product() -> Vec<File> {
    files("api")
}

/// A source without comments and unit tests. Unit tests may know more than what they test.
fn code(source: &str) -> String {
    let tested = source.split("#[cfg(test)]\nmod tests {").next();
    let lines = tested.unwrap_or_default().lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// What a section of a `Cargo.toml` lists.
fn listed(manifest: &Path, section: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(manifest).expect("a manifest can be read");
    let lines = text
        .lines()
        .skip_while(|line| *line != section)
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    lines
        .filter_map(|line| {
            let (name, _) = line.split_once(['.', ' '])?;
            Some(name.to_owned())
        })
        .collect()
}

fn manifest_of(name: &str) -> PathBuf {
    let folder = match name {
        "api" | "entity" | "migration" => root().join(name),
        _ => root().join("api").join(name),
    };
    folder.join("Cargo.toml")
}

fn none(mistakes: &[String]) {
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
}

#[test]
fn the_arrows_between_crates_are_those_of_the_house() {
    let ours: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    let found: BTreeMap<&str, BTreeSet<String>> = ours
        .iter()
        .map(|name| {
            let listed = listed(&manifest_of(name), "[dependencies]");
            let own = listed.into_iter().filter(|to| ours.contains(to.as_str()));
            (*name, own.collect())
        })
        .collect();
    let expected: BTreeMap<&str, BTreeSet<String>> = ARROWS
        .iter()
        .map(|(name, arrows)| (*name, arrows.iter().map(|&to| to.to_owned()).collect()))
        .collect();
    assert_eq!(found, expected);
    // Each stands above all that it knows: there is no circle.
    for (at, (name, arrows)) in ARROWS.iter().enumerate() {
        for to in *arrows {
            let below = ARROWS[..at].iter().any(|(below, _)| below == to);
            assert!(below, "{name} knows {to}, which stands above it");
        }
    }
}

#[test]
fn every_crate_of_the_house_is_listed() {
    let mut folders: Vec<String> = fs::read_dir(root().join("api"))
        .expect("a folder can be read")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("Cargo.toml").exists())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    folders.sort_unstable();
    let mut listed: Vec<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    listed.retain(|name| !matches!(*name, "api" | "entity" | "migration"));
    listed.sort_unstable();
    assert_eq!(folders, listed);
}

#[test]
fn the_domain_is_plain_values() {
    let used = listed(&manifest_of("domain"), "[dependencies]");
    let allowed: BTreeSet<String> = USED_BY_DOMAIN.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(used, allowed);
    let mut mistakes = Vec::new();
    for file in files("api/domain/src") {
        for word in ["async ", ".await", "std::fs", "std::net", "std::env"] {
            if file.code.contains(word) {
                mistakes.push(format!("{} has {word:?}", file.name));
            }
        }
    }
    none(&mistakes);
}

#[test]
fn a_repository_knows_no_schema_and_no_other_repository() {
    let mut mistakes = Vec::new();
    let mut excused = BTreeSet::new();
    for file in product() {
        if !file.name.ends_with("/repo.rs") {
            continue;
        }
        for outer in [
            "async_graphql",
            "graphql::",
            "::schema",
            "::mutations",
            "::loader",
        ] {
            if file.code.contains(outer) {
                mistakes.push(format!("{} names {outer}", file.name));
            }
        }
        for (at, _) in file.code.match_indices("::repo::") {
            let path = path_around(&file.code, at);
            let reason = REPOSITORIES_MAY_NAME
                .iter()
                .find(|(name, excused, _)| file.name == *name && path.ends_with(excused));
            match reason {
                Some((name, path, _)) => _ = excused.insert((*name, *path)),
                None => mistakes.push(format!("{} names {path}", file.name)),
            }
        }
    }
    none(&mistakes);
    let expected = REPOSITORIES_MAY_NAME
        .iter()
        .map(|(name, path, _)| (*name, *path));
    assert_eq!(excused, expected.collect());
}

/// The whole path of which a part stands here.
fn path_around(code: &str, at: usize) -> &str {
    let is_outside = |c: char| !c.is_alphanumeric() && c != '_' && c != ':';
    let begin = code[..at].rfind(is_outside).map_or(0, |before| before + 1);
    let end = code[at..]
        .find(is_outside)
        .map_or(code.len(), |after| at + after);
    &code[begin..end]
}

#[test]
fn a_transaction_is_opened_in_two_files() {
    let openers: Vec<String> = product()
        .into_iter()
        .filter(|file| {
            [
                "TransactionTrait",
                "begin_with_config",
                "begin_with_options",
                "transaction_with_config",
                ".begin()",
                ".transaction(",
            ]
            .iter()
            .any(|opening| file.code.contains(opening))
        })
        .map(|file| file.name)
        .collect();
    assert_eq!(openers, OPENERS.map(|(name, _)| name));
}

#[test]
fn entities_send_nothing() {
    let mut mistakes = Vec::new();
    for file in files("entity/src") {
        for word in [
            "ConnectionTrait",
            "TransactionTrait",
            "async ",
            "serde",
            "graphql",
        ] {
            if file.code.contains(word) {
                mistakes.push(format!("{} has {word:?}", file.name));
            }
        }
    }
    none(&mistakes);
}

#[test]
fn no_file_is_too_long_to_read_in_one_go() {
    let files = product();
    let long: Vec<String> = files
        .iter()
        .filter(|file| file.lines > LONGEST && !LONGER.iter().any(|(name, _)| *name == file.name))
        .map(|file| format!("{} has {} lines", file.name, file.lines))
        .collect();
    none(&long);
    for (name, reason) in LONGER {
        let is_long = files
            .iter()
            .any(|file| file.name == *name && file.lines > LONGEST);
        assert!(is_long, "{name} is gone or short enough ({reason})");
    }
}
