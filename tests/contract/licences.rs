//! The list of the crates that are linked into the program is that of Cargo.

use std::{collections::BTreeSet, process::Command};

/// The platforms that the program is shipped for, as `.ci/licences` names them.
const TARGETS: [&str; 2] = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"];

/// Name and version of the crates of others that Cargo links into `stm` for a target.
fn linked_for(target: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(["tree", "--locked", "--offline", "--package", "api"])
        .args(["--edges", "normal,no-proc-macro", "--target", target])
        .args(["--prefix", "none", "--format", "{p}|"])
        .output()
        .expect("cargo runs");
    let output_text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{output_text}");
    let tree = String::from_utf8(output.stdout).expect("a text in UTF-8");
    tree.lines()
        .filter_map(|line| {
            let (crate_name, version) = line.split('|').next()?.split_once(" v")?;
            // A path behind the version says that the crate is our own.
            let version = version.trim_end_matches(" (*)").trim();
            (!version.contains(' ')).then(|| format!("{crate_name} {version}"))
        })
        .collect()
}

#[test]
fn every_crate_that_is_linked_stands_in_the_list_of_licences() {
    let linked: BTreeSet<String> = TARGETS.into_iter().flat_map(linked_for).collect();
    let listed: BTreeSet<String> = transport::licences::crates()
        .map(|one| format!("{} {}", one.name, one.version))
        .collect();
    let lacking: Vec<_> = linked.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&linked).collect();
    assert!(
        lacking.is_empty() && gone.is_empty(),
        "api/transport/licences is not of this Cargo.lock: run .ci/licences\nlacking: {lacking:?}\n\
         no longer linked: {gone:?}"
    );
}

#[test]
fn what_only_builds_or_tests_is_not_in_the_list() {
    let names: BTreeSet<&str> = transport::licences::crates().map(|one| one.name).collect();
    for linked in ["actix-web", "async-graphql", "aws-lc-sys", "sea-orm"] {
        assert!(names.contains(linked), "{linked}");
    }
    for other in ["proptest", "insta", "cc", "syn", "serde_derive"] {
        assert!(!names.contains(other), "{other}");
    }
}
