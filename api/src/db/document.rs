//! Documents: values that are kept as JSON in one column, each with the version of its form.
//!
//! A document that cannot be read is an error with its cause, and never an empty value: what is left out in silence is
//! sealed without it. The form stands in the document itself, under the key `form`. A document without that key is of form
//! 1, which is how 1.0.0-rc.1 wrote every one of them, and how those of form 1 are written to this day: so no stored
//! document, and no digest over one, had to change when forms got a number.
//!
//! Whoever changes what a document holds raises its [`Document::FORM`] by one and says in [`Document::upgrade`] how one
//! of the form before becomes one of the new form.

use sea_orm::DbErr;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::DbError;

/// The key under which a document tells its form.
const FORM_KEY: &str = "form";

/// A value that is kept as JSON.
pub(crate) trait Document: Serialize + DeserializeOwned {
    /// What it is, for the log, as in "the grounds of a verdict".
    const NAME: &'static str;

    /// The form that is written today.
    const FORM: u64 = 1;

    /// Makes a document of one form into one of the next.
    fn upgrade(_form: u64, _document: &mut Map<String, Value>) {}
}

/// Why a document cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    /// It is not made of named values.
    #[error("it is no object")]
    NoObject,
    /// Several are expected, and it is not a list.
    #[error("it is no list")]
    NoList,
    /// Its form is not told as a number from 1.
    #[error("its form is no number from 1")]
    NoForm,
    /// A later version of this program wrote it.
    #[error("it is of form {found}, and this program knows {known}")]
    Later {
        /// The form that it tells.
        found: u64,
        /// The form that is written today.
        known: u64,
    },
    /// It does not hold what its form says.
    #[error(transparent)]
    Content(#[from] serde_json::Error),
}

/// Reads a document of any form that was ever written.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read<D: Document>(stored: Value) -> Result<D, DbError> {
    parse(stored).map_err(|cause| DbError::unreadable(D::NAME, cause))
}

/// Reads a list of documents, each of a form of its own.
///
/// # Errors
/// When one of them cannot be read.
pub(crate) fn read_all<D: Document>(stored: Value) -> Result<Vec<D>, DbError> {
    match stored {
        Value::Array(stored) => stored.into_iter().map(read).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Err(DbError::unreadable(D::NAME, Unreadable::NoList))
        }
    }
}

fn parse<D: Document>(stored: Value) -> Result<D, Unreadable> {
    let Value::Object(mut document) = stored else {
        return Err(Unreadable::NoObject);
    };
    let form = match document.remove(FORM_KEY) {
        None => 1,
        Some(form) => form
            .as_u64()
            .filter(|form| *form > 0)
            .ok_or(Unreadable::NoForm)?,
    };
    if form > D::FORM {
        return Err(Unreadable::Later {
            found: form,
            known: D::FORM,
        });
    }
    for form in form..D::FORM {
        D::upgrade(form, &mut document);
    }
    Ok(serde_json::from_value(Value::Object(document))?)
}

/// The JSON to keep of a value.
///
/// # Errors
/// When it has none.
pub(crate) fn write<D: Document>(value: &D) -> Result<Value, DbError> {
    let mut document = serde_json::to_value(value)
        .map_err(|error| DbError::doing("writing a document")(DbErr::Json(error.to_string())))?;
    if let Value::Object(document) = &mut document
        && D::FORM > 1
    {
        document.insert(FORM_KEY.to_owned(), D::FORM.into());
    }
    Ok(document)
}

/// The JSON to keep of several values.
///
/// # Errors
/// When one of them has none.
pub(crate) fn write_all<D: Document>(values: &[D]) -> Result<Value, DbError> {
    values.iter().map(write).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::graphql::error::chain;

    /// A tally as a later release would keep it: form 2 renamed a value, form 3 counts what was not counted before.
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
        let told = |stored| chain(&read::<Tally>(stored).unwrap_err());
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
            assert!(told(stored.clone()).ends_with(&because(cause)), "{stored}");
        }
        let list = read_all::<Tally>(json!({})).unwrap_err();
        assert!(chain(&list).ends_with(&because("it is no list")));
    }
}
