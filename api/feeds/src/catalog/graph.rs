//! A few triples, and how they are written: as Turtle and as JSON-LD, from one tree, so that both say
//! the same.
//!
//! No crate: what is written is a list of nodes with nodes inside, and to write is the easier half of
//! either format. Names of classes and properties are those of [`PREFIXES`].

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// The namespaces, by their usual prefixes.
const PREFIXES: [(&str, &str); 7] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Something that is said of a node.
#[derive(Debug, Clone)]
pub(super) enum Term {
    /// An address.
    Iri(String),
    /// A text, perhaps in a language.
    Text(String, Option<&'static str>),
    /// A year.
    Year(&'static str),
    /// A node that is written where it is named.
    Node(Box<Node>),
}

/// A thing and what is said of it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) id: Option<String>,
    pub(super) types: Vec<&'static str>,
    pub(super) properties: Vec<(&'static str, Vec<Term>)>,
}

impl Node {
    pub(super) fn new(id: String, class: &'static str) -> Self {
        Self {
            id: Some(id),
            ..Self::nameless(class)
        }
    }

    pub(super) fn nameless(class: &'static str) -> Self {
        Self {
            id: None,
            types: vec![class],
            properties: Vec::new(),
        }
    }

    /// The same of one more class.
    pub(super) fn also(mut self, class: &'static str) -> Self {
        self.types.push(class);
        self
    }

    /// The same with a property; without values it is left out.
    pub(super) fn with(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = Term>,
    ) -> Self {
        let values: Vec<Term> = values.into_iter().collect();
        if !values.is_empty() {
            self.properties.push((name, values));
        }
        self
    }
}

/// Nodes.
#[derive(Debug)]
pub(super) struct Graph(pub(super) Vec<Node>);

/// Whether a text can stand as an address as it is.
pub(super) fn is_iri(text: &str) -> bool {
    let is_forbidden = |one: char| one <= ' ' || "<>\"{}|^`\\".contains(one);
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    ["http", "https", "mailto", "tel"].contains(&scheme) && !text.contains(is_forbidden)
}

impl Graph {
    pub(super) fn turtle(&self) -> String {
        let mut out = String::new();
        for (prefix, address) in PREFIXES {
            // Writing to a String cannot fail.
            writeln!(out, "@prefix {prefix}: <{address}> .").ok();
        }
        for node in &self.0 {
            out.push('\n');
            if let Some(id) = &node.id {
                push_iri(&mut out, id);
            }
            push_properties(&mut out, node, 1);
            out.push_str(" .\n");
        }
        out
    }

    pub(super) fn json_ld(&self) -> Value {
        let prefixes = PREFIXES.map(|(prefix, address)| (prefix.to_owned(), address.into()));
        let prefixes: Map<String, Value> = prefixes.into_iter().collect();
        let nodes: Vec<Value> = self.0.iter().map(json_of).collect();
        json!({ "@context": prefixes, "@graph": nodes })
    }
}

fn push_iri(out: &mut String, address: &str) {
    out.push('<');
    for one in address.chars() {
        if one <= ' ' || "<>\"{}|^`\\".contains(one) {
            write!(out, "\\u{:04X}", u32::from(one)).ok();
        } else {
            out.push(one);
        }
    }
    out.push('>');
}

fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for one in text.chars() {
        match one {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            one if one < ' ' => {
                write!(out, "\\u{:04X}", u32::from(one)).ok();
            }
            one => out.push(one),
        }
    }
    out.push('"');
}

/// The classes and properties of a node, behind its name.
fn push_properties(out: &mut String, node: &Node, depth: usize) {
    out.push_str(" a ");
    out.push_str(&node.types.join(", "));
    for (name, values) in &node.properties {
        out.push_str(" ;\n");
        out.push_str(&"  ".repeat(depth));
        out.push_str(name);
        for (at, value) in values.iter().enumerate() {
            out.push_str(if at > 0 { ", " } else { " " });
            push_term(out, value, depth);
        }
    }
}

fn push_term(out: &mut String, term: &Term, depth: usize) {
    match term {
        Term::Iri(address) => push_iri(out, address),
        Term::Text(text, language) => {
            push_text(out, text);
            if let Some(language) = language {
                out.push('@');
                out.push_str(language);
            }
        }
        Term::Year(year) => {
            push_text(out, year);
            out.push_str("^^xsd:gYear");
        }
        Term::Node(node) => match &node.id {
            // It is a node of the graph, so only its name stands here.
            Some(id) => push_iri(out, id),
            None => {
                out.push('[');
                push_properties(out, node, depth + 1);
                out.push_str(" ]");
            }
        },
    }
}

fn json_of(node: &Node) -> Value {
    let mut object = Map::new();
    if let Some(id) = &node.id {
        object.insert("@id".to_owned(), id.as_str().into());
    }
    object.insert("@type".to_owned(), json!(node.types));
    for (name, values) in &node.properties {
        let values: Vec<Value> = values.iter().map(json_of_term).collect();
        object.insert((*name).to_owned(), values.into());
    }
    object.into()
}

fn json_of_term(term: &Term) -> Value {
    match term {
        Term::Iri(address) => json!({ "@id": address }),
        Term::Text(text, Some(language)) => json!({ "@value": text, "@language": language }),
        Term::Text(text, None) => json!({ "@value": text }),
        Term::Year(year) => json!({ "@value": year, "@type": "xsd:gYear" }),
        Term::Node(node) => match &node.id {
            Some(id) => json!({ "@id": id }),
            None => json_of(node),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let inner = Node::nameless("vcard:Kind").with(
            "vcard:fn",
            [Term::Text("A \"b\"\n\\".to_owned(), Some("nl"))],
        );
        let node = Node::new("https://example.nl/a b".to_owned(), "dcat:Catalog")
            .with("dcat:contactPoint", [Term::Node(Box::new(inner))])
            .with("dcat:startDate", [Term::Year("2023")])
            .with("dcat:theme", []);
        let graph = Graph(vec![node]);
        let turtle = graph.turtle();
        let (_, rest) = turtle.split_once("\n\n").unwrap();
        assert_eq!(
            rest,
            "<https://example.nl/a\\u0020b> a dcat:Catalog ;\n  dcat:contactPoint [ a vcard:Kind \
             ;\n    vcard:fn \"A \\\"b\\\"\\n\\\\\"@nl ] ;\n  dcat:startDate \
             \"2023\"^^xsd:gYear .\n"
        );
        assert_eq!(
            graph.json_ld()["@graph"],
            json!([{
                "@id": "https://example.nl/a b",
                "@type": ["dcat:Catalog"],
                "dcat:contactPoint": [{
                    "@type": ["vcard:Kind"],
                    "vcard:fn": [{ "@value": "A \"b\"\n\\", "@language": "nl" }],
                }],
                "dcat:startDate": [{ "@value": "2023", "@type": "xsd:gYear" }],
            }])
        );
    }

    #[test]
    fn an_address_has_a_scheme_and_no_blank() {
        assert!(is_iri(
            "https://identifier.overheid.nl/tooi/id/ministerie/mnre1058"
        ));
        assert!(is_iri("mailto:monitor@example.nl"));
        for wrong in [
            "mnre1058",
            "javascript:alert(1)",
            "https://a b",
            "https://<a>",
        ] {
            assert!(!is_iri(wrong), "{wrong}");
        }
    }
}
