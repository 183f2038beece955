//! The schema of the tables as CSDL in XML: an entity type per table, its key, its columns. No
//! links between tables.

use std::fmt::Write as _;

use crate::tables::{Column, Kind, Table};

/// The namespace of the entity types.
const NAMESPACE: &str = "stm.bi";

/// The type of a column.
pub(crate) fn edm_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "Edm.String",
        Kind::Integer => "Edm.Int64",
        Kind::Decimal => "Edm.Decimal",
        Kind::Boolean => "Edm.Boolean",
        Kind::Date => "Edm.Date",
        Kind::Instant => "Edm.DateTimeOffset",
    }
}

fn property(xml: &mut String, column: &Column) {
    let more = match column.kind {
        Kind::Decimal => " Precision=\"18\" Scale=\"6\"",
        Kind::Instant => " Precision=\"6\"",
        Kind::Text | Kind::Integer | Kind::Boolean | Kind::Date => "",
    };
    let (name, edm) = (column.name, edm_type(column.kind));
    let nullable = column.is_nullable;
    // Writing to a text cannot fail.
    let _ = write!(
        xml,
        "<Property Name=\"{name}\" Type=\"{edm}\" Nullable=\"{nullable}\"{more}/>"
    );
}

/// The metadata document of some tables.
pub fn document(tables: &[&'static Table]) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><edmx:Edmx Version=\"4.0\" \
         xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices><Schema \
         Namespace=\"{NAMESPACE}\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">"
    );
    for table in tables {
        let _ = write!(xml, "<EntityType Name=\"{}\"><Key>", table.name);
        for column in table.key() {
            let _ = write!(xml, "<PropertyRef Name=\"{}\"/>", column.name);
        }
        xml.push_str("</Key>");
        for column in table.columns {
            property(&mut xml, column);
        }
        xml.push_str("</EntityType>");
    }
    xml.push_str("<EntityContainer Name=\"container\">");
    for table in tables {
        let name = table.name;
        let _ = write!(
            xml,
            "<EntitySet Name=\"{name}\" EntityType=\"{NAMESPACE}.{name}\"/>"
        );
    }
    xml.push_str("</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>");
    xml
}
