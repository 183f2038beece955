//! The codes of errors: the closed list of the service, and those of each mutation, read from the
//! schema. In English each code is explained by its description there; in Dutch by `codes.nl.txt`,
//! which a test holds against the schema.

use std::{collections::BTreeMap, fmt::Write as _, sync::LazyLock};

use async_graphql::parser::types::TypeKind;

use super::{
    glossary::parted,
    page::{Language, anchor, contents, escaped, sentence, table},
};
use crate::schema;
use graphql::error::Code;

/// What each code means in Dutch, a line each: `CODE: sentence`, for all nouns that have it, or
/// `Noun.CODE: sentence` where that noun means something else by it.
const DUTCH: &str = include_str!("codes.nl.txt");

/// The sentences by code, or by noun and code.
static SENTENCES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    DUTCH
        .lines()
        .filter_map(|line| line.split_once(": "))
        .collect()
});

/// What a code of the errors of a noun means in Dutch.
fn in_dutch(noun: &str, code: &str) -> Option<&'static str> {
    let own = SENTENCES.get(format!("{noun}.{code}").as_str());
    own.or_else(|| SENTENCES.get(code)).copied()
}

/// The page.
pub(super) fn page(language: Language) -> String {
    let mut page = language
        .pick((
            "<p>Een fout heeft altijd een code uit een gesloten lijst, een melding in het \
             Nederlands en het Engels en een pad. Fouten van de aanroep staan bovenaan in \
             <code>errors</code>, met <code>extensions.code</code> en \
             <code>extensions.requestId</code>. Wat een mens kan herstellen, staat in \
             <code>errors</code> van het resultaat van een mutatie: alle fouten tegelijk, elk met \
             zijn veld, en er is dan niets gewijzigd.</p>\n",
            "<p>An error always has a code of a closed list, a message in Dutch and in English, \
             and a path. Errors of the request stand in the top-level <code>errors</code>, with \
             <code>extensions.code</code> and <code>extensions.requestId</code>. What a person \
             can repair stands in the <code>errors</code> of a mutation's payload: all mistakes \
             at once, each with its field, and nothing has changed.</p>\n",
        ))
        .to_owned();
    let rows: Vec<Vec<String>> = Code::ALL
        .iter()
        .map(|code| {
            vec![
                format!("<code>{}</code>", code.as_str()),
                escaped(language.pick(code.meaning())),
            ]
        })
        .collect();
    let heads = language.pick((
        ["Code", "Betekenis en wat te doen"],
        ["Code", "Meaning, and what to do"],
    ));
    let name = language.pick(("Fouten van de aanroep", "Errors of the request"));
    page.push_str(&table(name, &heads, &rows));
    write_mutations(&mut page, language);
    page
}

/// The codes of each mutation, as its enum in the schema describes them.
fn write_mutations(page: &mut String, language: Language) {
    let _ = writeln!(
        page,
        "<h2>{}</h2>",
        language.pick(("Per mutatie", "Per mutation"))
    );
    let types = schema::types();
    let lists: Vec<_> = types
        .iter()
        .filter_map(|definition| {
            let of = definition.name.node.as_str().strip_suffix("ErrorCode")?;
            let TypeKind::Enum(kind) = &definition.kind else {
                return None;
            };
            let mut mutation = of.to_owned();
            mutation[..1].make_ascii_lowercase();
            Some((of, mutation, kind))
        })
        .collect();
    let parts = lists
        .iter()
        .map(|(of, mutation, _)| (*of, mutation.as_str()));
    page.push_str(&contents(parts));
    for (of, mutation, kind) in lists {
        let rows: Vec<Vec<String>> = kind
            .values
            .iter()
            .map(|value| {
                let code = value.node.value.node.as_str();
                let description = value.node.description.as_ref();
                let (english, term) = parted(description.map_or("", |text| text.node.as_str()));
                let code_cell = format!("<code>{code}</code>");
                match language {
                    Language::Dutch => {
                        let dutch = in_dutch(of, code).unwrap_or(&term);
                        vec![code_cell, escaped(dutch)]
                    }
                    Language::English => vec![
                        code_cell,
                        sentence(&english),
                        format!("<span lang=\"nl\">{}</span>", escaped(&term)),
                    ],
                }
            })
            .collect();
        let _ = writeln!(
            page,
            "<h3 id=\"{}\"><code>{mutation}</code></h3>",
            anchor(of)
        );
        let heads: &[&str] = match language {
            Language::Dutch => &["Code", "Betekenis"],
            Language::English => &["Code", "Meaning", "Dutch term"],
        };
        let name = language.pick((
            format!("Codes van {mutation}"),
            format!("Codes of {mutation}"),
        ));
        page.push_str(&table(&name, heads, &rows));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Each code of the errors of a noun: the noun, the code, and what it means in English.
    fn codes() -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        for definition in schema::types() {
            let name = definition.name.node.as_str();
            if let (Some(noun), TypeKind::Enum(kind)) =
                (name.strip_suffix("ErrorCode"), &definition.kind)
            {
                let values = kind.values.iter();
                found.extend(values.map(|value| {
                    let code = value.node.value.node.to_string();
                    let description = value.node.description.as_ref();
                    let (english, _) = parted(description.map_or("", |text| text.node.as_str()));
                    (noun.to_owned(), code, english)
                }));
            }
        }
        found
    }

    #[test]
    fn every_code_is_explained_in_dutch() {
        let missing: Vec<String> = codes()
            .iter()
            .filter(|(noun, code, _)| in_dutch(noun, code).is_none())
            .map(|(noun, code, _)| format!("{noun}.{code}"))
            .collect();
        assert_eq!(missing, [""; 0], "give each a sentence in codes.nl.txt");
    }

    #[test]
    fn every_sentence_is_of_a_code_and_stands_there_once() {
        let known: BTreeSet<String> = codes()
            .into_iter()
            .flat_map(|(noun, code, _)| [format!("{noun}.{code}"), code])
            .collect();
        assert_eq!(
            DUTCH.lines().count(),
            SENTENCES.len(),
            "a line twice, or no line"
        );
        for (code, sentence) in SENTENCES.iter() {
            assert!(known.contains(*code), "no noun has {code}");
            let begins = sentence.chars().next().is_some_and(char::is_uppercase);
            assert!(begins && sentence.ends_with('.'), "{code}: {sentence}");
        }
    }

    /// What several nouns say in one sentence they say in one description too, so that a new noun
    /// with a code of others does not take over a sentence that says something else.
    #[test]
    fn a_sentence_of_several_nouns_says_what_each_of_them_means() {
        let mut meanings: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (noun, code, english) in codes() {
            if !SENTENCES.contains_key(format!("{noun}.{code}").as_str()) {
                meanings.entry(code).or_default().insert(english);
            }
        }
        let differing: Vec<_> = meanings.iter().filter(|(_, all)| all.len() > 1).collect();
        assert!(
            differing.is_empty(),
            "give nouns a sentence of their own: {differing:#?}"
        );
    }

    #[test]
    fn the_dutch_page_explains_codes_in_dutch_alone() {
        let page = page(Language::Dutch);
        assert!(page.contains("<td>De periode is nog niet open, of al gesloten.</td>"));
        assert!(!page.contains("lang=\"en\""));
    }
}
