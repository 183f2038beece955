//! What a client sent: a document or the id of one, the name of the operation, variables,
//! extensions.
//!
//! The same four, with the same checks, come in the body of a POST, in the address of a GET, and in
//! a message of a socket. Batches do not: one request is one document, and one document is one
//! transaction.

use actix_web::{http::StatusCode, web};
use serde_json::{Map, Value};

use super::{gate, refusal::Refusal};
use documents::DocumentHash;
use graphql::error::Code;

/// The document itself, or how to find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// The text of a document.
    Text(String),
    /// The hash of a trusted document.
    Trusted(DocumentHash),
    /// The hash of a document that was sent before, or comes along to be remembered: automatic
    /// persisted queries.
    Persisted {
        /// The hash that the client names.
        hash: DocumentHash,
        /// The text, after a miss.
        text: Option<String>,
    },
}

/// A request as the draft defines it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GraphqlRequest {
    pub(super) source: Source,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Map<String, Value>,
}

impl GraphqlRequest {
    /// Reads the JSON of a POST.
    pub(super) fn from_body(body: &[u8]) -> Result<Self, Refusal> {
        must_be_shallow(body)?;
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Self::from_members(members),
            Ok(Value::Array(_)) => Err(Refusal::malformed(
                "Een verzoek is één document: stuur geen lijst van verzoeken.",
                "A request is one document: do not send a list of requests.",
            )),
            Ok(_) | Err(_) => Err(Refusal::malformed(
                "Het verzoek is geen JSON-object met `query`.",
                "The request is no JSON object with `query`.",
            )),
        }
    }

    /// Reads the parameters of a GET; `variables` and `extensions` are JSON.
    pub(super) fn from_address(question: &str) -> Result<Self, Refusal> {
        let parameters = web::Query::<Vec<(String, String)>>::from_query(question)
            .map_err(|_| {
                Refusal::malformed(
                    "De vraag in het adres is onleesbaar.",
                    "The query in the address is unreadable.",
                )
            })?
            .into_inner();
        let mut members = Map::new();
        for (name, text) in parameters {
            let is_json = matches!(name.as_str(), "variables" | "extensions");
            // An empty parameter is as if it were not there.
            let value = match text.as_str() {
                "" => continue,
                text if is_json => {
                    must_be_shallow(text.as_bytes())?;
                    serde_json::from_str(text).map_err(|_| {
                        Refusal::malformed(
                            &format!("`{name}` is geen JSON."),
                            &format!("`{name}` is no JSON."),
                        )
                    })?
                }
                text => Value::from(text),
            };
            if members.insert(name.clone(), value).is_some() {
                let name: String = name.chars().take(64).collect();
                return Err(Refusal::malformed(
                    &format!("`{name}` staat twee keer in het adres."),
                    &format!("`{name}` stands twice in the address."),
                ));
            }
        }
        Self::from_members(members)
    }

    /// Reads the members of an object; those that the draft does not know are left alone.
    pub(super) fn from_members(mut members: Map<String, Value>) -> Result<Self, Refusal> {
        let query = text(&mut members, "query")?;
        let operation_name = text(&mut members, "operationName")?;
        let variables = object(&mut members, "variables")?;
        let extensions = object(&mut members, "extensions")?;
        let id = text(&mut members, "documentId")?;
        let source = match (query, id, persisted(&extensions)?) {
            (text, _, Some(hash)) => Source::Persisted { hash, text },
            // Who sends both, as after a miss, wants the text to run.
            (Some(query), _, None) => Source::Text(query),
            (None, Some(id), None) => {
                Source::Trusted(DocumentHash::parse(&id).ok_or_else(not_found)?)
            }
            (None, None, None) => {
                return Err(Refusal::malformed(
                    "Er is geen `query`.",
                    "There is no `query`.",
                ));
            }
        };
        Ok(Self {
            source,
            operation_name,
            variables,
        })
    }
}

/// JSON that nests too deep never comes to a reader that recurses.
fn must_be_shallow(json: &[u8]) -> Result<(), Refusal> {
    gate::inspect_json_depth(json, gate::Limits::default().depth).map_err(|refusal| Refusal {
        is_of_document: false,
        ..refusal.into()
    })
}

/// There is no such document. The English sentence is the one that clients of persisted
/// queries look for.
pub(super) fn not_found() -> Refusal {
    Refusal {
        is_of_document: true,
        ..Refusal::new(
            StatusCode::BAD_REQUEST,
            Code::PersistedQueryNotFound,
            "Dit document is hier niet bekend. Stuur de tekst ervan, of vraag de beheerder het op \
             te nemen.",
            "PersistedQueryNotFound",
        )
    }
}

/// The hash in `extensions.persistedQuery`, where many clients put it.
fn persisted(extensions: &Map<String, Value>) -> Result<Option<DocumentHash>, Refusal> {
    let persisted = match extensions.get("persistedQuery") {
        None | Some(Value::Null) => return Ok(None),
        Some(persisted) => persisted,
    };
    let hash = persisted.get("sha256Hash").and_then(Value::as_str);
    match hash.and_then(DocumentHash::parse) {
        Some(hash) if persisted.get("version") == Some(&Value::from(1)) => Ok(Some(hash)),
        Some(_) | None => Err(Refusal::malformed(
            "`extensions.persistedQuery` moet `version` 1 en een SHA-256 in `sha256Hash` hebben.",
            "`extensions.persistedQuery` must have `version` 1 and a SHA-256 in `sha256Hash`.",
        )),
    }
}

fn text(members: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Refusal> {
    match members.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(wrong(name, "een tekst", "a string")),
    }
}

fn object(members: &mut Map<String, Value>, name: &str) -> Result<Map<String, Value>, Refusal> {
    match members.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(wrong(name, "een object", "an object")),
    }
}

fn wrong(name: &str, nl: &str, en: &str) -> Refusal {
    Refusal::malformed(
        &format!("`{name}` moet {nl} zijn."),
        &format!("`{name}` must be {en}."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(requested: Result<GraphqlRequest, Refusal>) -> String {
        let error = requested.unwrap_err().errors("r").remove(0);
        error["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_body_and_an_address_say_the_same() {
        let body = br#"{"query":"{a}","operationName":"A",
            "variables":{"x":[1]},"extensions":null,"more":7}"#;
        let address =
            "query=%7Ba%7D&operationName=A&variables=%7B%22x%22%3A%5B1%5D%7D&extensions=&more=7";
        let requested = GraphqlRequest::from_body(body).unwrap();
        assert_eq!(GraphqlRequest::from_address(address).unwrap(), requested);
        assert_eq!(requested.source, Source::Text("{a}".to_owned()));
        assert_eq!(requested.variables["x"], serde_json::json!([1]));
    }

    #[test]
    fn every_member_has_its_type() {
        for (body, message) in [
            (
                "[]",
                "A request is one document: do not send a list of requests.",
            ),
            ("7", "The request is no JSON object with `query`."),
            ("{}", "There is no `query`."),
            (r#"{"query":7}"#, "`query` must be a string."),
            (
                r#"{"query":"{a}","operationName":[]}"#,
                "`operationName` must be a string.",
            ),
            (
                r#"{"query":"{a}","variables":"{}"}"#,
                "`variables` must be an object.",
            ),
            (
                r#"{"query":"{a}","extensions":[]}"#,
                "`extensions` must be an object.",
            ),
            (r#"{"documentId":"x"}"#, "PersistedQueryNotFound"),
        ] {
            assert_eq!(
                refused(GraphqlRequest::from_body(body.as_bytes())),
                message,
                "{body}"
            );
        }
        for (address, message) in [
            (
                "query=%7Ba%7D&query=%7Bb%7D",
                "`query` stands twice in the address.",
            ),
            ("query=%7Ba%7D&variables=x", "`variables` is no JSON."),
            (
                "query=%7Ba%7D&variables=[]",
                "`variables` must be an object.",
            ),
        ] {
            assert_eq!(
                refused(GraphqlRequest::from_address(address)),
                message,
                "{address}"
            );
        }
    }

    #[test]
    fn a_hash_names_a_document_in_either_way() {
        let hash = "ab".repeat(32);
        let parsed = DocumentHash::parse(&hash).unwrap();
        let by_id = format!(r#"{{"documentId":"sha256:{hash}"}}"#);
        let by_extension = format!(
            r#"{{"extensions":{{"persistedQuery":{{"version":1,"sha256Hash":"{hash}"}}}}}}"#
        );
        let with_text = by_extension.replacen('{', r#"{"query":"{a}","#, 1);
        let persisted = |text| Source::Persisted { hash: parsed, text };
        for (body, source) in [
            (by_id, Source::Trusted(parsed)),
            (by_extension.clone(), persisted(None)),
            (with_text, persisted(Some("{a}".to_owned()))),
        ] {
            let requested = GraphqlRequest::from_body(body.as_bytes()).unwrap();
            assert_eq!(requested.source, source, "{body}");
        }
        for wrong in [
            by_extension.replace("\"version\":1", "\"version\":2"),
            by_extension.replace(&hash, "7"),
        ] {
            assert_eq!(
                refused(GraphqlRequest::from_body(wrong.as_bytes())),
                "`extensions.persistedQuery` must have `version` 1 and a SHA-256 in `sha256Hash`."
            );
        }
    }
}
