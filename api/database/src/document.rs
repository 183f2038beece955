//! Documents in columns: read with an error that says which one and why, written in the form of
//! today.

pub use domain::document::{self, Document, Unreadable};
use sea_orm::DbErr;
use serde_json::Value;

use super::DbError;

/// Reads a document of any form that was ever written.
///
/// # Errors
/// When it cannot be read.
pub fn read<D: Document>(stored: Value) -> Result<D, DbError> {
    document::parse(stored).map_err(|cause| DbError::unreadable(D::NAME, cause))
}

/// Reads a list of documents, each of a form of its own.
///
/// # Errors
/// When one of them cannot be read.
pub fn read_all<D: Document>(stored: Value) -> Result<Vec<D>, DbError> {
    match stored {
        Value::Array(stored) => stored.into_iter().map(read).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Err(DbError::unreadable(D::NAME, Unreadable::NoList))
        }
    }
}

/// The JSON to keep of a value.
///
/// # Errors
/// When it has none.
pub fn write<D: Document>(value: &D) -> Result<Value, DbError> {
    document::write(value)
        .map_err(|error| DbError::doing("writing a document")(DbErr::Json(error.to_string())))
}

/// The JSON to keep of several values.
///
/// # Errors
/// When one of them has none.
pub fn write_all<D: Document>(values: &[D]) -> Result<Value, DbError> {
    values.iter().map(write).collect()
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};
    use serde_json::{Map, json};

    use super::*;
    use domain::error::chain;

    /// A tally as a later release would keep it: form 2 renamed a value, form 3 counts what was not
    /// counted before.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Tally {
        met: u32,
        exempt: u32,
    }

    impl Document for Tally {
        const NAME: &'static str = "a tally";
        const FORM: u64 = 3;

        fn upgrade(form: u64, document: &mut Map<String, Value>) {
            match form {
                1 => {
                    let met = document.remove("good").unwrap_or_default();
                    document.insert("met".to_owned(), met);
                }
                _ => {
                    document.insert("exempt".to_owned(), 0.into());
                }
            }
        }
    }

    #[test]
    fn a_new_counter_leaves_older_documents_readable() {
        let tally = |met, exempt| Tally { met, exempt };
        for (stored, expected) in [
            (json!({ "good": 4 }), tally(4, 0)),
            (json!({ "good": 4, "form": 1 }), tally(4, 0)),
            (json!({ "met": 4, "form": 2 }), tally(4, 0)),
            (json!({ "met": 4, "exempt": 2, "form": 3 }), tally(4, 2)),
        ] {
            assert_eq!(read::<Tally>(stored.clone()).unwrap(), expected, "{stored}");
        }
        let written = json!({ "met": 4, "exempt": 2, "form": 3 });
        assert_eq!(write(&tally(4, 2)).unwrap(), written);
        assert_eq!(write_all(&[tally(4, 2)]).unwrap(), json!([written]));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let shown = |stored| chain(&read::<Tally>(stored).unwrap_err());
        let because = |cause: &str| format!("a tally cannot be read: {cause}");
        for (stored, cause) in [
            (json!([]), "it is no object"),
            (json!({ "form": 0 }), "its form is no number from 1"),
            (json!({ "form": "3" }), "its form is no number from 1"),
            (
                json!({ "form": 4 }),
                "it is of form 4, and this program knows 3",
            ),
            (json!({ "form": 3, "met": 1 }), "missing field `exempt`"),
        ] {
            assert!(shown(stored.clone()).ends_with(&because(cause)), "{stored}");
        }
        let list = read_all::<Tally>(json!({})).unwrap_err();
        assert!(chain(&list).ends_with(&because("it is no list")));
    }
}
