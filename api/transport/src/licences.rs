//! What the program is made of by others, and on what terms: `GET /licenses`, a page of the
//! documentation and `stm licenses`.
//!
//! Both files are made by `.ci/licences` from what Cargo links into the program; a test of the
//! contract holds them to `Cargo.lock`. The texts are kept compressed, because each of them is
//! read once in the life of a release.

use std::{fmt::Write as _, io::Read as _, sync::LazyLock};

use actix_web::HttpResponse;
use flate2::read::GzDecoder;

use super::pages::{EXPLORER_LICENCES, asset};

/// A line for each crate: name, version, licence and the numbers of its texts, with tabs between.
const CRATES: &str = include_str!("../licences/crates.tsv");
/// Each text once, under a line `== NUMBER`; compressed by gzip.
const TEXTS: &[u8] = include_bytes!("../licences/texts.gz");

/// A crate of others that is linked into the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crate {
    /// Its name in the registry.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its licence, as an expression of SPDX.
    pub licence: &'static str,
    /// The numbers of the texts of that licence, with blanks between.
    pub texts: &'static str,
}

/// Everything there is to read, made at the first request.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut all = format!(
        "stm {} is licensed under the EUPL-1.2. It is made of these crates of others; the numbers \
         are those of the texts below.\n\n",
        env!("CARGO_PKG_VERSION")
    );
    for linked in crates() {
        // Writing to a String cannot fail.
        writeln!(
            all,
            "{} {}: {} ({})",
            linked.name, linked.version, linked.licence, linked.texts
        )
        .ok();
    }
    all.push('\n');
    all += &texts();
    for embedded in [EXPLORER_LICENCES, website::STYLE_LICENCES] {
        all.push('\n');
        all += embedded;
    }
    all
});

/// The crates, by name.
pub fn crates() -> impl Iterator<Item = Crate> {
    CRATES.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Crate {
            name: cells.next()?,
            version: cells.next()?,
            licence: cells.next()?,
            texts: cells.next()?,
        })
    })
}

/// The crates with their licences, and the texts of these; then those of the explorer and of the
/// stylesheet, which the program carries as files.
#[must_use]
pub fn text() -> &'static str {
    &TEXT
}

/// The texts under their numbers. What stands in the program is what a test has read.
fn texts() -> String {
    let mut texts = String::new();
    GzDecoder::new(TEXTS).read_to_string(&mut texts).ok();
    texts
}

/// `GET /licenses`: all of it, as text.
pub(super) async fn licenses() -> HttpResponse {
    asset("text/plain; charset=utf-8", text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_has_a_licence_and_every_number_a_text() {
        let texts = texts();
        let heads: Vec<&str> = texts
            .lines()
            .filter_map(|line| line.strip_prefix("== "))
            .collect();
        let numbered: Vec<String> = (1..=heads.len()).map(|number| number.to_string()).collect();
        assert_eq!(heads, numbered);
        assert_eq!(crates().count(), CRATES.lines().count());
        for linked in crates() {
            assert!(!linked.licence.is_empty(), "{linked:?}");
            assert!(!linked.texts.is_empty(), "{linked:?}");
            for number in linked.texts.split(' ') {
                assert!(heads.contains(&number), "{linked:?}");
            }
        }
    }

    #[test]
    fn nothing_binds_the_whole_program_to_its_terms() {
        // A crate that offers a choice is taken on its other terms.
        let is_bound = |licence: &str| licence.contains("GPL") && !licence.contains(" OR ");
        let bound: Vec<Crate> = crates().filter(|one| is_bound(one.licence)).collect();
        assert!(bound.is_empty(), "{bound:?}");
    }

    #[test]
    fn the_text_begins_with_the_crates_and_ends_with_their_licences() {
        let text = text();
        assert!(text.starts_with(concat!("stm ", env!("CARGO_PKG_VERSION"), " is licensed")));
        assert!(text.contains("\nactix-http 3."), "a crate that is linked");
        assert!(text.contains("Apache License"), "a text");
        assert!(
            text.contains("\n@graphiql/react "),
            "a package of the explorer"
        );
        assert!(
            text.contains("\n@utrecht/document-css "),
            "one of the stylesheet"
        );
    }
}
