//! The document in which something stands: chosen among those that a page knows of, or registered
//! first, after which the page knows of it.

use serde::Deserialize;

use crate::{
    Page,
    address::within_address,
    form::{Form, Kind, Part},
    view::Text,
};

/// A document, as it is chosen.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Document {
    pub(crate) key: String,
    pub(crate) title: Text,
}

/// Where something stands.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Source {
    pub(crate) lines: String,
    pub(crate) document: Option<Document>,
}

/// Registers a document, and leads on to the page with it.
pub(crate) fn registering() -> Form {
    Form {
        leads_to: |page, given| {
            let key = given.value("key")?;
            Some(format!(
                "{}/{}",
                without_document(page),
                within_address(key)
            ))
        },
        ..Form::new(
            "registerSourceDocument",
            "Document vastleggen",
            "Het document is vastgelegd; u kunt het hieronder kiezen.",
        )
        .with([
            Part::fixed("key"),
            Part::fixed("kind"),
            Part::required("titleNl", Kind::Line, "Titel van het document"),
            Part::required("datedOn", Kind::Day, "Datum van het document"),
            Part::optional("reference", Kind::Line, "Kenmerk"),
        ])
    }
}

/// The address of a page, without the document that it names.
fn without_document(page: &Page) -> &str {
    let path = page.path.as_str();
    let document = page.variable("document");
    if document.is_empty() {
        return path;
    }
    let before = path.strip_suffix(document);
    before.map_or(path, |before| before.trim_end_matches('/'))
}

/// The document and the place in it, where they must be given.
pub(crate) fn required() -> [Part; 2] {
    [
        Part::required("source.document", Kind::Pick, "Document"),
        Part::required("source.place", Kind::Line, "Waar het staat")
            .hinted("Bijvoorbeeld: besluit 1"),
    ]
}

/// The same where they may be left out.
pub(crate) fn optional() -> [Part; 2] {
    [
        Part::optional("source.document", Kind::Pick, "Document")
            .hinted("Leeg: uw organisatie is zelf de bron."),
        Part::optional("source.place", Kind::Line, "Waar het staat")
            .hinted("Bijvoorbeeld: bladzijde 7"),
    ]
}

/// Where something stands, as the values of a form.
pub(crate) fn given(source: Option<&Source>) -> [(&'static str, &str); 2] {
    let document = source.and_then(|source| source.document.as_ref());
    [
        (
            "source.document",
            document.map_or("", |document| document.key.as_str()),
        ),
        (
            "source.place",
            source.map_or("", |source| source.lines.as_str()),
        ),
    ]
}

/// What can be chosen: each document once.
pub(crate) fn choices<'a>(
    documents: impl IntoIterator<Item = &'a Document>,
) -> Vec<(String, String)> {
    let mut choices: Vec<(String, String)> = Vec::new();
    for one in documents {
        if choices.iter().all(|(key, _)| *key != one.key) {
            choices.push((one.key.clone(), one.title.nl.clone()));
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FORM, Given, find};

    #[test]
    fn a_document_that_was_registered_leads_on_to_the_page_with_it() {
        let given = Given::new(vec![
            (FORM.to_owned(), "registerSourceDocument".to_owned()),
            ("key".to_owned(), "functie-2".to_owned()),
        ]);
        for path in [
            "/werkplek/functies/GM0402",
            "/werkplek/functies/GM0402/functie-1",
        ] {
            let page = find(path, &|_| String::new()).unwrap();
            let to = page.leads_to(&given);
            assert_eq!(to.as_deref(), Some("/werkplek/functies/GM0402/functie-2"));
        }
    }

    #[test]
    fn each_document_is_chosen_once() {
        let document = |key: &str| Document {
            key: key.to_owned(),
            title: Text {
                nl: "Besluit".to_owned(),
            },
        };
        let all = [document("a"), document("b"), document("a")];
        let keys = choices(&all).into_iter().map(|(key, _)| key);
        assert_eq!(keys.collect::<Vec<_>>(), ["a", "b"]);
    }
}
