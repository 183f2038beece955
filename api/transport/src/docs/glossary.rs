//! The glossary: every type of the contract and the values of its enums, each with its Dutch term,
//! read from the descriptions of the schema, which all end in `NL: <term>.`.

use std::fmt::Write as _;

use async_graphql::parser::types::{TypeDefinition, TypeKind};

use super::page::{Language, anchor, escaped, sentence, table};
use crate::schema;

/// An English sentence and the Dutch term at its end.
pub(super) fn parted(description: &str) -> (String, String) {
    let text = description.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.rsplit_once("NL: ") {
        Some((english, dutch)) => (
            english.trim().to_owned(),
            dutch.trim_end_matches('.').trim().to_owned(),
        ),
        None => (text, String::new()),
    }
}

fn described(definition: &TypeDefinition) -> (String, String) {
    let description = definition.description.as_ref();
    parted(description.map_or("", |text| text.node.as_str()))
}

/// What is of one mutation alone is told with it, and is no term of the field.
fn is_plumbing(name: &str) -> bool {
    [
        "Payload",
        "Input",
        "Error",
        "ErrorCode",
        "Connection",
        "Edge",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

/// The page.
pub(super) fn page(language: Language) -> String {
    let types = schema::types();
    let (objects, enums): (Vec<_>, Vec<_>) = types
        .iter()
        .filter(|definition| !is_plumbing(&definition.name.node))
        .filter(|definition| {
            !matches!(
                definition.name.node.as_str(),
                "Query" | "Mutation" | "Subscription"
            )
        })
        .partition(|definition| !matches!(definition.kind, TypeKind::Enum(_)));
    let mut terms: Vec<(String, String, String)> = objects
        .into_iter()
        .map(|definition| {
            let (english, dutch) = described(definition);
            (dutch, definition.name.node.to_string(), english)
        })
        // Scalars of the library are no terms of ours.
        .filter(|(dutch, ..)| !dutch.is_empty())
        .collect();
    match language {
        Language::Dutch => terms.sort_by_key(|term| term.0.to_lowercase()),
        Language::English => terms.sort_by_key(|term| term.1.to_lowercase()),
    }
    let rows: Vec<Vec<String>> = terms
        .into_iter()
        .map(|(dutch, name, english)| {
            let (dutch, name) = (escaped(&dutch), format!("<code>{name}</code>"));
            let english = format!("<span lang=\"en\">{}</span>", sentence(&english));
            language.pick((
                vec![dutch.clone(), name.clone(), english.clone()],
                vec![name, format!("<span lang=\"nl\">{dutch}</span>"), english],
            ))
        })
        .collect();
    let mut page = language
        .pick((
            "<p>Elk begrip met de naam die het in de API heeft. De omschrijvingen staan ook in \
             het schema zelf, in het Engels.</p>\n",
            "<p>Every term with its name in the API. The same descriptions stand in the schema \
             itself.</p>\n",
        ))
        .to_owned();
    let heads = language.pick((
        ["Begrip", "In de API", "Omschrijving"],
        ["In the API", "Dutch term", "Description"],
    ));
    page.push_str(&table(&heads, &rows));
    let _ = writeln!(page, "<h2>{}</h2>", language.pick(("Codes", "Codes")));
    for definition in enums {
        values(&mut page, language, definition);
    }
    page
}

fn values(page: &mut String, language: Language, definition: &TypeDefinition) {
    let TypeKind::Enum(kind) = &definition.kind else {
        return;
    };
    let name = &definition.name.node;
    let (english, dutch) = described(definition);
    let _ = writeln!(
        page,
        "<h3 id=\"{}\"><code>{name}</code>: {}</h3>\n<p lang=\"en\">{}</p>",
        anchor(name),
        escaped(&dutch),
        sentence(&english)
    );
    let rows: Vec<Vec<String>> = kind
        .values
        .iter()
        .map(|value| {
            let description = value.node.description.as_ref();
            let (english, dutch) = parted(description.map_or("", |text| text.node.as_str()));
            vec![
                format!("<code>{}</code>", value.node.value.node),
                format!("<span lang=\"nl\">{}</span>", escaped(&dutch)),
                format!("<span lang=\"en\">{}</span>", sentence(&english)),
            ]
        })
        .collect();
    let heads = language.pick((
        ["Code", "Betekenis", "In het Engels"],
        ["Code", "Dutch term", "Meaning"],
    ));
    page.push_str(&table(&heads, &rows));
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn the_dutch_term_stands_at_the_end() {
        assert_eq!(
            parted("A municipality.\nNot its people. NL: gemeente."),
            (
                "A municipality. Not its people.".to_owned(),
                "gemeente".to_owned()
            )
        );
    }
}
