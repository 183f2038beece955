//! The codes of errors: the closed list of the service, and those of each mutation, read from the
//! schema.

use std::fmt::Write as _;

use async_graphql::parser::types::TypeKind;

use super::{
    glossary::parted,
    page::{Language, anchor, escaped, sentence, table},
};
use crate::schema;
use graphql::error::Code;

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
    for definition in schema::types() {
        let name = definition.name.node.as_str();
        let (Some(of), TypeKind::Enum(kind)) = (name.strip_suffix("ErrorCode"), &definition.kind)
        else {
            continue;
        };
        let mut mutation = of.to_owned();
        mutation[..1].make_ascii_lowercase();
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
        let _ = writeln!(
            page,
            "<h3 id=\"{}\"><code>{mutation}</code></h3>",
            anchor(of)
        );
        let heads = language.pick((
            ["Code", "Betekenis", "In het Engels"],
            ["Code", "Dutch term", "Meaning"],
        ));
        let name = language.pick((
            format!("Codes van {mutation}"),
            format!("Codes of {mutation}"),
        ));
        page.push_str(&table(&name, &heads, &rows));
    }
}
