//! The licences that `stm licenses` prints are those of what is locked.

use std::collections::BTreeSet;

const LOCKED: &str = include_str!("../../Cargo.lock");
const LICENSES: &str = include_str!("../../api/assets/licenses.txt");

/// The packages of others in `Cargo.lock`, each with its version.
fn locked() -> BTreeSet<String> {
    let packages = LOCKED.split("[[package]]\n").skip(1);
    let of_others = packages.filter(|package| package.contains("\nsource = "));
    of_others
        .map(|package| {
            let value = |name: &str| {
                let line = package.lines().find_map(|line| line.strip_prefix(name));
                line.expect("a name and a version").trim_matches('"')
            };
            format!("{} {}", value("name = "), value("version = "))
        })
        .collect()
}

/// The lines of a part of the file.
fn part(heading: &str) -> Vec<&'static str> {
    let (_, rest) = LICENSES.split_once(heading).expect("the heading");
    let part = rest.split("\n== ").next().unwrap_or_default();
    part.lines().filter(|line| !line.is_empty()).collect()
}

#[test]
fn every_locked_package_is_listed_with_its_version() {
    let in_program: Vec<(&str, &str)> = part("== In the program\n")
        .into_iter()
        .filter_map(|line| line.split_once(": "))
        .collect();
    let listed: BTreeSet<String> = in_program
        .iter()
        .map(|(package, _)| *package)
        .chain(part("== Only to build and test it, or on other machines\n"))
        .map(str::to_owned)
        .collect();
    let locked = locked();
    let differences: Vec<&String> = listed.symmetric_difference(&locked).collect();
    assert_eq!(
        differences, [""; 0],
        "run python3 tests/clients/packages/licenses.py"
    );
    let unlicensed: Vec<&str> = in_program
        .iter()
        .filter(|(_, licence)| licence.is_empty())
        .map(|(package, _)| *package)
        .collect();
    assert_eq!(unlicensed, [""; 0]);
}

#[test]
fn the_texts_of_licences_go_with_the_program() {
    for text in [
        "Permission is hereby granted, free of charge",
        "Apache License",
        "UNICODE LICENSE V3",
        "Redistribution and use in source and binary forms",
    ] {
        assert!(LICENSES.contains(text), "{text}");
    }
    assert!(!LICENSES.contains("GNU GENERAL PUBLIC LICENSE"));
}
