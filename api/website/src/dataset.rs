//! What the data are, for search engines of data sets: `Dataset` of schema.org as JSON-LD. A browser does not execute it.

use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use crate::{Colophon, Language};

/// The files of the data, with their media types.
const FILES: [(&str, &str); 3] = [
    ("/v1/feeds/dim_action.csv", "text/csv"),
    ("/v1/feeds/dim_municipality.csv", "text/csv"),
    ("/v1/feeds/published_verdict.csv", "text/csv"),
];

/// The data set that the pages are made of.
pub(crate) fn json_ld(
    language: Language,
    (name, description): (&str, &str),
    colophon: Colophon<'_>,
) -> Markup {
    let service = colophon.address;
    let files = FILES.map(|(path, media)| {
        json!({
            "@type": "DataDownload", "encodingFormat": media, "contentUrl": format!("{service}{path}"),
        })
    });
    let mut dataset = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": format!("{service}{}", language.address("/")),
        "inLanguage": ["nl", "en"],
        "isAccessibleForFree": true,
        "spatialCoverage": "Nederland",
        "includedInDataCatalog": { "@type": "DataCatalog", "url": format!("{service}/catalog") },
        "distribution": files,
    });
    if let Some(licence) = colophon.licence {
        dataset["license"] = licence.into();
    }
    if let Some(publisher) = colophon.publisher {
        dataset["publisher"] = json!({ "@type": "GovernmentOrganization", "name": publisher });
    }
    script(&dataset)
}

/// JSON as a script of data: no text in it can end the element.
fn script(data: &Value) -> Markup {
    let json = data.to_string().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(json)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script() {
        let html = script(&json!({ "name": "</script><b>" })).into_string();
        assert_eq!(
            html,
            "<script type=\"application/ld+json\">{\"name\":\"\\u003c/script>\\u003cb>\"}</script>"
        );
    }
}
