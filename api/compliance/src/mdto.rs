//! Documents of MDTO 1.0, the metadata standard of the Dutch government for what is archived
//! (Metagegevens voor duurzaam toegankelijke overheidsinformatie): their elements, and a file as
//! all of them describe one. NL: MDTO.
//!
//! A document tells of one thing, an object of information (informatieobject) or a file (bestand).
//! Elements stand in the order of the schema, and what the standard wants and nobody knows is
//! called unknown.

use chrono::{DateTime, SecondsFormat, Utc};

/// The name of the algorithm of checksums.
pub(crate) const ALGORITHM: &str = "SHA-256";
/// What stands for what nobody knows.
pub(crate) const UNKNOWN: &str = "onbekend";
/// What identifiers of the register of government organisations begin with.
pub(crate) const TOOI: &str = "https://identifier.overheid.nl/tooi/";

/// An element of XML.
pub(crate) struct Element {
    name: &'static str,
    content: Content,
}

enum Content {
    Text(String),
    Elements(Vec<Element>),
}

/// An element with a text.
pub(crate) fn text(name: &'static str, text: impl Into<String>) -> Element {
    Element {
        name,
        content: Content::Text(text.into()),
    }
}

/// An element with others in it.
pub(crate) fn group(name: &'static str, elements: Vec<Element>) -> Element {
    Element {
        name,
        content: Content::Elements(elements),
    }
}

impl Element {
    fn write(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        out.push_str(&format!("{indent}<{}>", self.name));
        match &self.content {
            Content::Text(text) => out.push_str(&escaped(text)),
            Content::Elements(elements) => {
                out.push('\n');
                for element in elements {
                    element.write(depth + 1, out);
                }
                out.push_str(&indent);
            }
        }
        out.push_str(&format!("</{}>\n", self.name));
    }
}

/// A text as it stands between tags; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The document of a thing.
pub(crate) fn document(root: &Element) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MDTO \
         xmlns=\"https://www.nationaalarchief.nl/mdto\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"https://www.nationaalarchief.nl/mdto \
         https://www.nationaalarchief.nl/mdto/MDTO-XML1.0.1.xsd\">\n",
    );
    root.write(1, &mut out);
    out.push_str("</MDTO>\n");
    out
}

/// What identifies a thing: its mark, and who gave it out.
pub(crate) fn identification(mark: impl Into<String>, origin: impl Into<String>) -> Vec<Element> {
    vec![
        text("identificatieKenmerk", mark),
        text("identificatieBron", origin),
    ]
}

/// A term of a list of terms.
pub(crate) fn term(name: &'static str, label: &str, code: Option<&str>, list: &str) -> Element {
    let mut elements = vec![text("begripLabel", label)];
    elements.extend(code.map(|code| text("begripCode", code)));
    elements.push(group(
        "begripBegrippenlijst",
        vec![text("verwijzingNaam", list)],
    ));
    group(name, elements)
}

/// What points at something else, with its identification where that is known.
pub(crate) fn reference(name: &'static str, to: &str, identified: Option<Vec<Element>>) -> Element {
    let mut elements = vec![text("verwijzingNaam", to)];
    elements.extend(identified.map(|identified| group("verwijzingIdentificatie", identified)));
    group(name, elements)
}

/// A file that a document describes.
pub(crate) struct Described<'a> {
    /// The name of the file.
    pub(crate) name: &'a str,
    /// Who gives out the name.
    pub(crate) origin: &'a str,
    /// Its format in words, and the code of it in the register PRONOM.
    pub(crate) format: (&'static str, &'static str),
    /// Its length in bytes.
    pub(crate) bytes: usize,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub(crate) sha256: &'a str,
    /// When its bytes came to be what they are.
    pub(crate) written_at: DateTime<Utc>,
    /// Where it stands; none where that is not known, or not for everybody.
    pub(crate) address: Option<String>,
    /// The object of information that it represents.
    pub(crate) represents: Element,
}

impl Described<'_> {
    /// Its document.
    pub(crate) fn document(self) -> String {
        let (label, code) = self.format;
        let mut elements = vec![
            group("identificatie", identification(self.name, self.origin)),
            text("naam", self.name),
            text("omvang", self.bytes.to_string()),
            term("bestandsformaat", label, Some(code), "PRONOM-register"),
            group(
                "checksum",
                vec![
                    term(
                        "checksumAlgoritme",
                        ALGORITHM,
                        None,
                        "Begrippenlijst ChecksumAlgoritme MDTO",
                    ),
                    text("checksumWaarde", self.sha256),
                    text(
                        "checksumDatum",
                        self.written_at.to_rfc3339_opts(SecondsFormat::Secs, true),
                    ),
                ],
            ),
        ];
        elements.extend(self.address.map(|address| text("URLBestand", address)));
        elements.push(self.represents);
        document(&group("bestand", elements))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_escaped_and_holds_no_control() {
        let mut out = String::new();
        text("naam", "R&D <b> \u{1}x").write(0, &mut out);
        assert_eq!(out, "<naam>R&amp;D &lt;b&gt; x</naam>\n");
    }
}
