//! The Dutch of what the data files say in English alone: remarks on rows, what a criterion rests
//! on, what was stored of a printed text, and dates that are not printed.
//!
//! A translation is ours and no fact, so it stands in a file of its own and not in the ledger: the
//! same English words have the same Dutch ones at every moment.

use std::{collections::HashMap, sync::LazyLock};

use domain::{csv_cell, text::Text};

use super::Mistake;

/// The file of the translations.
pub(super) const FILE: &str = "translations.csv";
/// The text of the file that the program carries.
pub(super) const BUILT_IN: &str = include_str!("../../data/translations.csv");

/// The columns, in any file, whose English words have their Dutch ones in `translations.csv`.
const TRANSLATED: [&str; 3] = ["basis_note", "note", "taken_as"];

/// Files whose `date_text` is ours where the document prints none.
const DATED_BY_US: [&str; 2] = ["monitoring_rounds.csv", "source_documents.csv"];

/// Whether what a column of a file holds has its Dutch in `translations.csv`.
#[must_use]
pub fn is_translated(file: &str, column: &str) -> bool {
    TRANSLATED.contains(&column) || (column == "date_text" && DATED_BY_US.contains(&file))
}

static DUTCH: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(BUILT_IN.as_bytes());
    let records = reader.records().filter_map(Result::ok);
    let pair = |record: csv::StringRecord| {
        let [en, nl] = [0, 1].map(|column| record.get(column).unwrap_or_default().to_owned());
        (en, nl)
    };
    records.map(pair).collect()
});

/// Words of the data files in both languages. What an organisation wrote itself has no translation:
/// it stands as written in both.
#[must_use]
pub fn in_both_languages(words: &str) -> Text {
    let dutch = DUTCH.get(words).map_or(words, String::as_str);
    Text::new(dutch, words)
}

/// What is wrong with the text of a file of translations: each row has words in both languages.
pub(super) fn check(text: &str, mistakes: &mut Vec<Mistake>) {
    let mut wrong = |line: u64, what: String| {
        mistakes.push(Mistake {
            file: FILE.to_owned(),
            line,
            what,
        });
    };
    if let Some(quote) = csv_cell::loose_quote(text, ',') {
        let what = "a quote begins here that does not end with its cell";
        return wrong(quote.line, what.to_owned());
    }
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    if header.iter().ne(["en", "nl"]) {
        return wrong(1, "the columns must be en,nl".to_owned());
    }
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                for (column, name) in header.iter().enumerate() {
                    if record.get(column).unwrap_or_default().trim().is_empty() {
                        wrong(line, format!("{name} is empty"));
                    }
                }
                if record.len() > header.len() {
                    wrong(line, "there are more cells than columns".to_owned());
                }
            }
            Err(error) => wrong(
                error.position().map_or(0, csv::Position::line),
                error.to_string(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::tables::{Kind, tables};

    /// Text columns that say nothing in a language: keys, codes, names, numbers of papers,
    /// addresses.
    const NAMES: &[&str] = &[
        "address",
        "area",
        "area_name",
        "check",
        "code",
        "dossier",
        "edition",
        "event",
        "file",
        "from_plan",
        "key",
        "kind",
        "label",
        "line",
        "motion",
        "municipality",
        "name",
        "number",
        "parent",
        "partner",
        "plan",
        "policy",
        "predecessor",
        "reference",
        "role",
        "round",
        "route",
        "row_code",
        "rule_set",
        "series",
        "session",
        "stated_by",
        "subject",
        "successor",
        "theme",
        "to_plan",
        "website",
    ];
    /// Text columns that hold the words of a source as printed, in Dutch.
    const AS_PRINTED: &[&str] = &[
        "computed",
        "date_text",
        "deadline_text",
        "delay_amount_text",
        "ends_on_text",
        "footnote",
        "period_text",
        "printed",
        "printed_participants_text",
        "published",
        "published_on_text",
        "qualifier_text",
        "starts_text",
    ];

    /// Each text that is translated, with the file that it stands in.
    fn english() -> BTreeSet<(&'static str, String)> {
        let mut found = BTreeSet::new();
        for table in tables() {
            let mut reader = csv::Reader::from_reader(table.text.as_bytes());
            let header = reader.headers().unwrap().clone();
            for record in reader.records().map(Result::unwrap) {
                for (column, cell) in header.iter().zip(&record) {
                    if is_translated(table.file, column) && !cell.is_empty() {
                        found.insert((table.file, cell.to_owned()));
                    }
                }
            }
        }
        found
    }

    #[test]
    fn every_english_text_of_the_data_has_its_dutch_and_no_translation_is_left_over() {
        let english = english();
        let missing: Vec<_> = english
            .iter()
            .filter(|(_, text)| !DUTCH.contains_key(text))
            .collect();
        assert!(missing.is_empty(), "add to translations.csv: {missing:#?}");
        let texts: BTreeSet<&str> = english.iter().map(|(_, text)| text.as_str()).collect();
        let unused: Vec<_> = DUTCH
            .keys()
            .filter(|text| !texts.contains(text.as_str()))
            .collect();
        assert!(
            unused.is_empty(),
            "remove from translations.csv: {unused:#?}"
        );
    }

    #[test]
    fn a_translation_is_dutch_and_keeps_every_number() {
        let words = [
            " the ",
            " is not ",
            " are ",
            "Broken word",
            " as printed",
            " line ",
        ];
        for (en, nl) in DUTCH.iter() {
            assert!(!nl.trim().is_empty() && nl.trim() == nl, "{en}");
            let found = words.iter().find(|word| nl.contains(**word));
            assert_eq!(found, None, "{nl}");
            // Each language divides thousands by its own sign.
            let numbers = |text: &str| -> BTreeSet<String> {
                let text = text.replace(['.', ','], "");
                let parts = text.split(|letter: char| !letter.is_ascii_digit());
                parts
                    .filter(|part| part.len() > 2)
                    .map(str::to_owned)
                    .collect()
            };
            assert!(numbers(nl).is_superset(&numbers(en)), "{en} / {nl}");
        }
    }

    #[test]
    fn words_that_nobody_translated_stand_as_written() {
        assert_eq!(
            in_both_languages("not printed"),
            Text::new("niet gedrukt", "not printed")
        );
        assert_eq!(
            in_both_languages("Op verzoek van de gemeente."),
            Text::new("Op verzoek van de gemeente.", "Op verzoek van de gemeente.")
        );
    }

    /// A new column of words has to be given a language.
    #[test]
    fn every_text_column_has_a_language() {
        for table in tables() {
            let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            for column in table.columns {
                let name = column.name;
                let is_words = matches!(column.kind, Kind::Text | Kind::FreeText);
                if !is_words || is_translated(table.file, name) {
                    continue;
                }
                let has_language = match name.rsplit_once('_') {
                    // The summary is the English of the explanation, which stands apart.
                    Some(("summary", "en")) => names.contains(&"explanation_nl"),
                    Some((stem, "en")) => {
                        names.contains(&format!("{stem}_nl").as_str()) || names.contains(&stem)
                    }
                    Some((_, "nl")) => true,
                    _ => NAMES.contains(&name) || AS_PRINTED.contains(&name),
                };
                assert!(has_language, "{}: {name}", table.file);
            }
        }
    }
}
