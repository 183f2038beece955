//! CSV on the Web (W3C, "Metadata Vocabulary for Tabular Data"): the text of a table as metadata of
//! its CSV feed, so that a program reads keys as text and days as days without being told.

use serde_json::{Value, json};

use super::{
    csv::Dialect,
    tables::{Column, Kind, Table},
};
use domain::publication::publisher::Publisher;

/// What is described beside the table.
#[derive(Debug)]
pub struct Described<'a> {
    /// How the file is written.
    pub dialect: Dialect,
    /// Where the file is fetched.
    pub address: String,
    /// Where the licence stands; none where it has no address.
    pub licence: Option<String>,
    /// Who publishes.
    pub publisher: &'a Publisher,
}

/// The metadata of a table.
pub fn metadata(table: &Table, described: &Described<'_>) -> Value {
    let columns = table.columns.iter();
    let columns: Vec<Value> = columns
        .map(|column| of_column(column, described.dialect))
        .collect();
    let key: Vec<&str> = table.key().map(|column| column.name).collect();
    let mut metadata = json!({
        "@context": "http://www.w3.org/ns/csvw",
        "url": described.address,
        "dc:title": table.name,
        "dc:description": in_both(table.grain),
        "dialect": {
            "encoding": "utf-8",
            "delimiter": match described.dialect {
                Dialect::Rfc4180 => ",",
                Dialect::Dutch => ";",
            },
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
            "headerRowCount": 1,
            "lineTerminators": ["\r\n", "\n"],
        },
        "tableSchema": { "columns": columns, "primaryKey": key },
    });
    if let Some(address) = &described.licence {
        metadata["dc:license"] = json!({ "@id": address });
    }
    if let Some(name) = &described.publisher.name {
        metadata["dc:publisher"] = name.as_str().into();
    }
    metadata
}

fn of_column(column: &Column, dialect: Dialect) -> Value {
    let mut described = json!({
        "name": column.name,
        "titles": column.name,
        "datatype": datatype(column, dialect),
        "required": !column.is_nullable,
        "rdfs:label": in_both(column.label),
    });
    if let Some(meaning) = column.empty {
        described["rdfs:comment"] = in_both(meaning);
    }
    described
}

/// The type of the cells, and how they are written where that is not as XML Schema writes them.
fn datatype(column: &Column, dialect: Dialect) -> Value {
    match (column.kind, dialect) {
        (Kind::Text, _) => "string".into(),
        (Kind::Integer, _) => "long".into(),
        (Kind::Decimal, Dialect::Rfc4180) => "decimal".into(),
        (Kind::Decimal, Dialect::Dutch) => json!({
            "base": "decimal",
            "format": { "decimalChar": ",", "groupChar": "." },
        }),
        (Kind::Boolean, _) => json!({ "base": "boolean", "format": booleans(column, dialect) }),
        (Kind::Date, _) => json!({ "base": "date", "format": "yyyy-MM-dd" }),
        (Kind::Instant, _) => json!({
            "base": "dateTime",
            "format": "yyyy-MM-ddTHH:mm:ss.SSSSSSX",
        }),
    }
}

/// Yes and no as the feed writes them, with a bar between them.
fn booleans(column: &Column, dialect: Dialect) -> String {
    let written = ["true", "false"].map(|text| {
        let mut out = String::new();
        dialect.cells(&mut out, &[column], &[Some(text.to_owned())]);
        out
    });
    written.join("|")
}

/// A text in both languages.
fn in_both((nl, en): (&str, &str)) -> Value {
    json!([
        { "@value": nl, "@language": "nl" },
        { "@value": en, "@language": "en" },
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables;

    #[test]
    fn a_table_is_described_column_by_column() {
        let publisher = Publisher {
            name: Some("Ministerie van Justitie en Veiligheid".to_owned()),
            ..Publisher::default()
        };
        let described = |dialect| Described {
            dialect,
            address: "https://monitor.example.nl/v1/feeds/bridge_budget_action.csv".to_owned(),
            licence: publisher.licence_address(),
            publisher: &publisher,
        };
        let table = tables::find("bridge_budget_action").unwrap();
        let entry = metadata(table, &described(Dialect::Rfc4180));
        assert_eq!(
            entry["tableSchema"]["primaryKey"],
            json!(["budget_row_key", "action_key"])
        );
        let of = |entry: &Value, name: &str| {
            let columns = entry["tableSchema"]["columns"].as_array().unwrap().iter();
            columns
                .clone()
                .find(|column| column["name"] == name)
                .unwrap()
                .clone()
        };
        assert_eq!(of(&entry, "budget_row_key")["datatype"], "string");
        assert_eq!(of(&entry, "weight")["datatype"], "decimal");
        assert_eq!(of(&entry, "ledger_no")["required"], true);
        let dutch = metadata(table, &described(Dialect::Dutch));
        assert_eq!(dutch["dialect"]["delimiter"], ";");
        assert_eq!(
            of(&dutch, "weight")["datatype"]["format"]["decimalChar"],
            ","
        );
        assert_eq!(
            entry["dc:publisher"],
            "Ministerie van Justitie en Veiligheid"
        );
        assert_eq!(
            entry["dc:license"]["@id"],
            "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
        );
    }
}
