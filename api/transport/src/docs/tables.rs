//! The tables that BI tools pull: what one row is and what each column holds, from the one list of
//! tables.

use std::fmt::Write as _;

use super::page::{Language, anchor, contents, escaped, table};
use feeds::tables::{Refresh, TABLES, Table};

/// The page.
pub(super) fn page(language: Language) -> String {
    let mut page = language
        .pick((
            "<p>Elke tabel is er als CSV, als NDJSON en in OData. Sleutelkolommen staan vooraan; \
             een kolom komt er alleen bij en verandert nooit van betekenis.</p>\n",
            "<p>Every table is there as CSV, as NDJSON and in OData. Key columns come first; a \
             column is only ever added and never changes its meaning.</p>\n",
        ))
        .to_owned();
    page.push_str(&contents(TABLES.iter().map(|one| (one.name, one.name))));
    for one in TABLES.iter() {
        one_table(&mut page, language, one);
    }
    page
}

fn one_table(page: &mut String, language: Language, one: &Table) {
    let who = if one.is_public() {
        language.pick(("Voor iedereen.", "For everybody."))
    } else {
        language.pick(("Met een token of een sleutel.", "With a token or a key."))
    };
    let how = match one.refresh {
        Refresh::Full => language.pick((
            "Wordt heel opgehaald, met <code>day</code> voor een andere dag.",
            "Fetched whole, with <code>day</code> for another day.",
        )),
        Refresh::Incremental => language.pick((
            "Met <code>since</code> alleen wat veranderde.",
            "With <code>since</code> only what changed.",
        )),
    };
    let _ = writeln!(
        page,
        "<h2 id=\"{}\"><code>{}</code></h2>\n<p>{} {who} {how}</p>",
        anchor(one.name),
        one.name,
        escaped(language.pick(one.grain)),
    );
    let rows: Vec<Vec<String>> = one
        .columns
        .iter()
        .map(|column| {
            let key = if column.is_key {
                language.pick(("sleutel", "key"))
            } else if column.is_nullable {
                language.pick(("mag leeg zijn", "may be empty"))
            } else {
                ""
            };
            let unit = column.unit.map(|unit| format!(" {}", unit.code()));
            let empty = column.empty.map(|empty| {
                let (word, meaning) = (language.pick(("leeg", "empty")), language.pick(empty));
                format!("; {word}: {}", escaped(meaning))
            });
            vec![
                format!("<code>{}</code>", column.name),
                format!(
                    "<code>{}</code>{}",
                    column.kind.code(),
                    unit.unwrap_or_default()
                ),
                key.to_owned(),
                escaped(language.pick(column.label)) + &empty.unwrap_or_default(),
            ]
        })
        .collect();
    let heads = language.pick((
        ["Kolom", "Soort", "Sleutel", "Betekenis"],
        ["Column", "Kind", "Key", "Meaning"],
    ));
    let name = language.pick((
        format!("Kolommen van {}", one.name),
        format!("Columns of {}", one.name),
    ));
    page.push_str(&table(&name, &heads, &rows));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_tells_its_unit_and_what_it_means_when_it_is_empty() {
        let row = "<tr><th scope=\"row\"><code>amount_euros</code></th>\
                   <td><code>INTEGER</code> EUR</td><td>mag leeg zijn</td>\
                   <td>bedrag in euro, optelbaar; \
                   leeg: er is geen bedrag en ook geen 0; zie state</td></tr>";
        assert!(page(Language::Dutch).contains(row));
    }
}
