//! The canonical form: RFC 8785 JSON, so that a hash made today can be made again by anyone, in any
//! language.
//!
//! Keys are sorted, texts are in NFC, absent and null are the same (so a column added later changes
//! no old hash), instants are UTC with six digits, and there are no fractions: decimals are
//! strings.

use chrono::{DateTime, Utc};
use std::collections::HashMap;

use sea_orm::prelude::Uuid;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

/// The version of this form, told in every entry.
pub(crate) const FORM: i16 = 1;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The canonical text of a value.
pub fn text(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value);
    out
}

fn write(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) if number.is_f64() => quote(out, &number.to_string()),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(string) => quote(out, string),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(out, item);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut members: Vec<_> = map.iter().filter(|(_, value)| !value.is_null()).collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, (key, value)) in members.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                quote(out, key);
                out.push(':');
                write(out, value);
            }
            out.push('}');
        }
    }
}

fn quote(out: &mut String, string: &str) {
    let normal: String = string.nfc().collect();
    out.push_str(&Value::String(normal).to_string());
}

/// An instant as the canonical form writes it.
pub fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// Puts a fact as Postgres tells it into canonical form: instants (columns `…_at`) in our notation,
/// free texts (columns `…_text`) that came in with the same entry as the digest of the text. One of
/// an earlier entry stays an id: that entry holds its digest.
pub fn fact(table: &str, row: Value, entry: i64, texts: &HashMap<(i64, Uuid), Hash>) -> Value {
    let Value::Object(row) = row else {
        return Value::Null;
    };
    let mut shown = Map::new();
    for (column, value) in row {
        let value = match &value {
            Value::String(string) if column.ends_with("_at") => string
                .parse::<DateTime<Utc>>()
                .map_or(value, |at| Value::String(instant(at))),
            Value::String(_) => {
                match text_id(&column, &value).and_then(|id| texts.get(&(entry, id))) {
                    Some(digest) => Value::String(hex::encode(digest)),
                    None => value,
                }
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => value,
        };
        shown.insert(column, value);
    }
    Value::Object(Map::from_iter([
        ("fact".to_owned(), Value::Object(shown)),
        ("table".to_owned(), Value::String(table.to_owned())),
    ]))
}

/// The id of the free text that a column refers to.
pub fn text_id(column: &str, value: &Value) -> Option<Uuid> {
    let id = value.as_str().filter(|_| column.ends_with("_text"))?;
    id.parse().ok()
}

/// The ids of all free texts that a fact refers to.
pub fn text_ids(row: &Value) -> impl Iterator<Item = Uuid> {
    let columns = row.as_object().into_iter().flatten();
    columns.filter_map(|(column, value)| text_id(column, value))
}

/// The digest of an entry's facts: sha256(nonce, canonical list in the order of the canonical
/// texts).
pub fn digest(nonce: &[u8], facts: &[Value]) -> Hash {
    let mut texts: Vec<String> = facts.iter().map(text).collect();
    texts.sort_unstable();
    sha256(&[nonce, b"[", texts.join(",").as_bytes(), b"]"])
}

/// SHA-256 over parts, one after another.
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// What stands for a free text in a digest: sha256(nonce, text).
pub(super) fn text_digest(nonce: &[u8], text: &str) -> Hash {
    sha256(&[nonce, text.as_bytes()])
}

/// Whether a digest stands for this text.
pub fn is_text(nonce: &[u8], text: &str, digest: &[u8]) -> bool {
    text_digest(nonce, text).as_slice() == digest
}

/// The hash of a content in canonical form, for receipts.
pub fn content_hash(value: &Value) -> Hash {
    sha256(&[text(value).as_bytes()])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_and_nulls_are_absent() {
        assert_eq!(
            text(&json!({"b": 1, "a": [true, null], "c": null})),
            r#"{"a":[true,null],"b":1}"#
        );
    }

    #[test]
    fn texts_are_composed_and_escaped_as_rfc_8785_says() {
        assert_eq!(text(&json!("e\u{301}\n\u{1}\"")), "\"é\\n\\u0001\\\"\"");
    }

    #[test]
    fn fractions_are_strings() {
        assert_eq!(text(&json!(0.5)), "\"0.5\"");
        assert_eq!(text(&json!(5)), "5");
    }

    #[test]
    fn an_instant_has_one_form() {
        let none = HashMap::new();
        let row = |at: &str| fact("t", json!({ "made_at": at }), 1, &none);
        assert_eq!(
            row("2026-01-01T00:00:00+00:00"),
            row("2026-01-01T00:00:00.000000+00:00")
        );
        assert_eq!(
            row("2026-01-01T00:00:00.12+00:00")["fact"]["made_at"],
            "2026-01-01T00:00:00.120000Z"
        );
    }

    #[test]
    fn the_order_of_facts_does_not_matter_and_the_nonce_does() {
        let (a, b) = (json!({"a": 1}), json!({"b": 2}));
        assert_eq!(
            digest(b"n", &[a.clone(), b.clone()]),
            digest(b"n", &[b.clone(), a.clone()])
        );
        assert_ne!(
            digest(b"n", std::slice::from_ref(&a)),
            digest(b"m", std::slice::from_ref(&a))
        );
    }
}
