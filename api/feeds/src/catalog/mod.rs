//! The catalogue of the tables by DCAT-AP-NL 3.0, the profile by which catalogues of the Dutch
//! government are harvested: one dataset per table, a distribution per form, and OData as a service.
//!
//! It is made of the texts of the tables and of what the operator set of the publisher, without the
//! database: which rows somebody reads depends on who reads, and that a table is there does not.
//! What is not set of the publisher is left out; publisher and contact are required by the profile,
//! so a service that is to be harvested sets them.

mod graph;

use self::graph::{Graph, Node, Term};
use super::{
    form::Form,
    tables::{TABLES, Table},
};
use domain::publication::publisher::Publisher;

/// The lists of the Publications Office of the European Union.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";
/// Media types as IANA registers them.
const MEDIA: &str = "https://www.iana.org/assignments/media-types";
/// OData 4.0.
const ODATA: &str = "http://docs.oasis-open.org/odata/odata/v4.0/odata-v4.0-part1-protocol.html";
/// The year of the first plan that the tables tell of.
const FIRST_YEAR: &str = "2023";

/// The page that tells of each table and its columns.
const TABLES_PAGE: &str = "/docs/tabellen";
/// The guide for who works with the tables.
const GUIDE: &str = "/docs/analist";

/// What the catalogue is made for.
#[derive(Debug)]
pub struct Catalog<'a> {
    /// The address of the service, without a slash at its end.
    pub root: &'a str,
    /// Who publishes.
    pub publisher: &'a Publisher,
    /// Whether what the tables hold is invented.
    pub is_demo: bool,
}

impl Catalog<'_> {
    /// The catalogue as Turtle.
    pub fn turtle(&self) -> String {
        self.graph().turtle()
    }

    /// The catalogue as JSON-LD.
    pub fn json_ld(&self) -> String {
        self.graph().json_ld().to_string()
    }

    fn graph(&self) -> Graph {
        let datasets = TABLES.iter().map(|table| self.dataset(table));
        let forms = TABLES.iter().flat_map(|table| {
            let files = Form::ALL.into_iter().map(|form| self.file(table, form));
            files.chain([self.entity_set(table)])
        });
        let mut nodes = vec![self.catalog()];
        nodes.extend(datasets);
        nodes.extend(forms);
        nodes.extend([self.service(true), self.service(false)]);
        nodes.extend(self.words());
        Graph(nodes)
    }

    /// The identifier of something in the catalogue.
    fn id(&self, name: &str) -> String {
        format!("{}/catalog#{name}", self.root)
    }

    fn iri(&self, path: &str) -> Term {
        Term::Iri(format!("{}{path}", self.root))
    }

    /// A title in both languages; that of a demo says so.
    fn title(&self, (nl, en): (&str, &str)) -> [Term; 2] {
        let demo = if self.is_demo { "DEMO: " } else { "" };
        both((&format!("{demo}{nl}"), &format!("{demo}{en}")))
    }

    /// What datasets, services and the catalogue have in common.
    fn common(&self, node: Node) -> Node {
        node.with(
            "dct:language",
            [authority("language/NLD"), authority("language/ENG")],
        )
        .with("dct:publisher", self.agent())
        .with("dcat:contactPoint", self.contact())
        .with("dcat:theme", THEMES.map(|(code, _, _)| theme(code)))
    }

    fn catalog(&self) -> Node {
        let title = (
            "Monitor Samen tegen mensenhandel",
            "Monitor of Samen tegen mensenhandel",
        );
        let about = (
            "De tabellen van de monitor van het actieplan Samen tegen mensenhandel.",
            "The tables of the monitor of the action plan Samen tegen mensenhandel.",
        );
        let datasets = TABLES.iter().map(|table| Term::Iri(self.id(table.name)));
        let node = Node::new(format!("{}/catalog", self.root), "dcat:Catalog")
            .with("dct:title", self.title(title))
            .with("dct:description", both(about))
            .with("dct:license", self.licence())
            .with("foaf:homepage", [self.iri("/")])
            .with("dct:creator", self.agent())
            .with("dcat:dataset", datasets)
            .with(
                "dcat:service",
                SERVICES.map(|name| Term::Iri(self.id(name))),
            );
        self.common(node)
    }

    fn dataset(&self, table: &Table) -> Node {
        let id = self.id(table.name);
        let forms = Form::ALL.map(Form::extension).into_iter().chain(["odata"]);
        let forms = forms.map(|form| Term::Iri(self.id(&format!("{}-{form}", table.name))));
        let period =
            Node::nameless("dct:PeriodOfTime").with("dcat:startDate", [Term::Year(FIRST_YEAR)]);
        let node = Node::new(id.clone(), "dcat:Dataset")
            .with("dct:title", self.title((table.name, table.name)))
            .with("dct:description", both(table.grain))
            .with("dct:identifier", [Term::Text(id, None)])
            .with("dct:accessRights", [access(table.is_public())])
            .with("dct:accrualPeriodicity", [authority("frequency/IRREG")])
            .with("dct:temporal", [Term::Node(Box::new(period))])
            .with("dct:spatial", [authority("country/NLD")])
            .with("dct:creator", self.agent())
            .with("foaf:page", [self.iri(GUIDE)])
            .with("dcat:keyword", both(KEYWORD))
            .with("dcat:landingPage", [self.iri(TABLES_PAGE)])
            .with("dcat:distribution", forms);
        self.common(node)
    }

    fn file(&self, table: &Table, form: Form) -> Node {
        let (name, extension) = (table.name, form.extension());
        let address = format!("/v1/feeds/{name}.{extension}");
        let schema = match form {
            Form::Csv => Some(self.iri(&format!("/v1/feeds/{name}.csv-metadata.json"))),
            Form::Ndjson | Form::Xlsx | Form::Parquet => None,
        };
        let media = form.registered().map(|media| {
            let media = media.split(';').next().unwrap_or(media);
            Term::Iri(format!("{MEDIA}/{media}"))
        });
        let file_type = form.file_type();
        let file_type = file_type.map(|code| authority(&format!("file-type/{code}")));
        let title = format!("{name} ({})", form.label());
        Node::new(self.id(&format!("{name}-{extension}")), "dcat:Distribution")
            .with("dct:title", both((&title, &title)))
            .with("dcat:accessURL", [self.iri(&address)])
            .with("dcat:downloadURL", [self.iri(&address)])
            .with("dct:license", self.licence())
            .with(
                "dct:language",
                [authority("language/NLD"), authority("language/ENG")],
            )
            .with("dct:format", file_type)
            .with("dcat:mediaType", media)
            .with("dct:conformsTo", schema)
    }

    /// The entity set of a table, by OData.
    fn entity_set(&self, table: &Table) -> Node {
        let name = table.name;
        let [public, signed] = SERVICES;
        let (root, service) = if table.is_public() {
            ("/v1/odata/public", public)
        } else {
            ("/v1/odata", signed)
        };
        let title = format!("{name} (OData)");
        Node::new(self.id(&format!("{name}-odata")), "dcat:Distribution")
            .with("dct:title", both((&title, &title)))
            .with("dcat:accessURL", [self.iri(&format!("{root}/{name}"))])
            .with("dcat:accessService", [Term::Iri(self.id(service))])
            .with("dct:license", self.licence())
            .with(
                "dct:language",
                [authority("language/NLD"), authority("language/ENG")],
            )
            .with("dct:format", [authority("file-type/JSON")])
            .with(
                "dcat:mediaType",
                [Term::Iri(format!("{MEDIA}/application/json"))],
            )
            .with("dct:conformsTo", [Term::Iri(ODATA.to_owned())])
    }

    fn service(&self, is_public: bool) -> Node {
        let [public, signed] = SERVICES;
        let (root, name) = if is_public {
            ("/v1/odata/public", public)
        } else {
            ("/v1/odata", signed)
        };
        let (title, about) = if is_public {
            (
                ("OData, openbare tabellen", "OData, public tables"),
                (
                    "De openbare tabellen met OData 4.0, zonder login.",
                    "The public tables by OData 4.0, without a login.",
                ),
            )
        } else {
            (
                ("OData, met een sleutel", "OData, with a key"),
                (
                    "Alle tabellen die de houder van een sleutel mag lezen, met OData 4.0.",
                    "All tables that the holder of a key may read, by OData 4.0.",
                ),
            )
        };
        let id = self.id(name);
        let served = TABLES.iter().filter(|table| table.is_public() == is_public);
        let served = served.map(|table| Term::Iri(self.id(table.name)));
        let node = Node::new(id.clone(), "dcat:DataService")
            .with("dct:title", self.title(title))
            .with("dct:description", both(about))
            .with("dct:identifier", [Term::Text(id, None)])
            .with("dct:accessRights", [access(is_public)])
            .with("dct:license", self.licence())
            .with("dct:creator", self.agent())
            .with("dct:conformsTo", [Term::Iri(ODATA.to_owned())])
            .with("dcat:endpointURL", [self.iri(root)])
            .with(
                "dcat:endpointDescription",
                [self.iri(&format!("{root}/$metadata"))],
            )
            .with("foaf:page", [self.iri(GUIDE)])
            .with("dcat:keyword", both(KEYWORD))
            .with("dcat:servesDataset", served);
        self.common(node)
    }

    fn licence(&self) -> Option<Term> {
        self.publisher.licence_address().map(Term::Iri)
    }

    /// The organisation; none where it has no name.
    fn agent(&self) -> Option<Term> {
        let name = self.publisher.name.clone()?;
        let identifier = self.publisher.identifier.as_deref();
        let mut node = match identifier.filter(|text| graph::is_iri(text)) {
            Some(address) => Node::new(address.to_owned(), "foaf:Agent"),
            None => Node::nameless("foaf:Agent").with(
                "dct:identifier",
                identifier.map(|text| Term::Text(text.to_owned(), None)),
            ),
        };
        node = node.with("foaf:name", [Term::Text(name, Some("nl"))]);
        Some(Term::Node(Box::new(node)))
    }

    /// Where to ask; none where no way is known.
    fn contact(&self) -> Option<Term> {
        let Publisher {
            name,
            email,
            telephone,
            ..
        } = self.publisher;
        if email.is_none() && telephone.is_none() {
            return None;
        }
        let called = name.clone().map(|name| Term::Text(name, Some("nl")));
        let email = email.as_deref().map(|email| format!("mailto:{email}"));
        let telephone = telephone.as_deref().map(|number| {
            let digits = number
                .chars()
                .filter(|one| one.is_ascii_digit() || *one == '+');
            format!("tel:{}", digits.collect::<String>())
        });
        let address = |text: Option<String>| text.filter(|text| graph::is_iri(text)).map(Term::Iri);
        let node = Node::nameless("vcard:Organization")
            .also("vcard:Kind")
            .with("vcard:fn", called.clone())
            .with("vcard:organization-name", called)
            .with("vcard:hasEmail", address(email))
            .with("vcard:hasTelephone", address(telephone));
        Some(Term::Node(Box::new(node)))
    }

    /// What the words of others are that the catalogue uses, so that it can be checked by itself.
    fn words(&self) -> Vec<Node> {
        let kinds = [
            ("language/NLD", "dct:LinguisticSystem"),
            ("language/ENG", "dct:LinguisticSystem"),
            ("frequency/IRREG", "dct:Frequency"),
            ("country/NLD", "dct:Location"),
            ("access-right/PUBLIC", "dct:RightsStatement"),
            ("access-right/RESTRICTED", "dct:RightsStatement"),
        ];
        let file_types = Form::ALL.into_iter().filter_map(Form::file_type);
        let media = Form::ALL.into_iter().filter_map(Form::registered);
        let mut nodes: Vec<Node> = kinds
            .into_iter()
            .map(|(code, kind)| Node::new(format!("{AUTHORITY}/{code}"), kind))
            .collect();
        nodes.extend(THEMES.map(|(code, nl, en)| {
            Node::new(format!("{AUTHORITY}/data-theme/{code}"), "skos:Concept")
                .with("skos:prefLabel", both((nl, en)))
        }));
        nodes.extend(file_types.map(|code| {
            let id = format!("{AUTHORITY}/file-type/{code}");
            Node::new(id, "dct:MediaTypeOrExtent")
        }));
        nodes.extend(media.chain(["application/json"]).map(|media| {
            let media = media.split(';').next().unwrap_or(media);
            Node::new(format!("{MEDIA}/{media}"), "dct:MediaType")
        }));
        nodes.push(Node::new(ODATA.to_owned(), "dct:Standard"));
        let pages = ["/", TABLES_PAGE, GUIDE];
        nodes.extend(pages.map(|path| Node::new(format!("{}{path}", self.root), "foaf:Document")));
        nodes.extend(TABLES.iter().map(|table| {
            let id = format!("{}/v1/feeds/{}.csv-metadata.json", self.root, table.name);
            Node::new(id, "dct:Standard")
        }));
        if let Some(Term::Node(agent)) = self.agent() {
            nodes.extend(agent.id.is_some().then_some(*agent));
        }
        let licence = self.publisher.licence_address();
        nodes.extend(licence.map(|address| Node::new(address, "dct:LicenseDocument")));
        nodes
    }
}

/// The names of the services: of everybody's tables, and of those behind a login.
const SERVICES: [&str; 2] = ["odata-public", "odata"];

/// What all of it is about, in a word.
const KEYWORD: (&str, &str) = ("mensenhandel", "human trafficking");

/// The themes, of the list of the Publications Office.
const THEMES: [(&str, &str, &str); 2] = [
    (
        "JUST",
        "Justitie, rechtsstelsel en openbare veiligheid",
        "Justice, legal system and public safety",
    ),
    (
        "GOVE",
        "Overheid en publieke sector",
        "Government and public sector",
    ),
];

fn authority(code: &str) -> Term {
    Term::Iri(format!("{AUTHORITY}/{code}"))
}

fn theme(code: &str) -> Term {
    authority(&format!("data-theme/{code}"))
}

/// Who may come in: everybody, or who has a key.
fn access(is_public: bool) -> Term {
    authority(if is_public {
        "access-right/PUBLIC"
    } else {
        "access-right/RESTRICTED"
    })
}

/// A text in both languages.
fn both((nl, en): (&str, &str)) -> [Term; 2] {
    [
        Term::Text(nl.to_owned(), Some("nl")),
        Term::Text(en.to_owned(), Some("en")),
    ]
}

#[cfg(test)]
mod tests;
