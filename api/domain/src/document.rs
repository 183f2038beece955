//! Documents: values that are kept as JSON in one column, each with the version of its form.
//!
//! A document that cannot be read is an error with its cause, and never an empty value: what is
//! left out in silence is sealed without it. The form stands in the document itself, under the key
//! `form`. A document without that key is of form 1, which is how 1.0.0-rc.1 wrote every one of
//! them, and how those of form 1 are written to this day: so no stored document, and no digest over
//! one, had to change when forms got a number.
//!
//! Whoever changes what a document holds raises its [`Document::FORM`] by one and says in
//! [`Document::upgrade`] how one of the form before becomes one of the new form.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// The key under which a document tells its form.
const FORM_KEY: &str = "form";

/// A value that is kept as JSON.
pub trait Document: Serialize + DeserializeOwned {
    /// What it is, for the log, as in "the grounds of a verdict".
    const NAME: &'static str;

    /// The form that is written today.
    const FORM: u64 = 1;

    /// Makes a document of one form into one of the next.
    fn upgrade(_form: u64, _document: &mut Map<String, Value>) {}
}

/// Why a document cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
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
pub fn parse<D: Document>(stored: Value) -> Result<D, Unreadable> {
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
pub fn write<D: Document>(value: &D) -> Result<Value, serde_json::Error> {
    let mut document = serde_json::to_value(value)?;
    if let Value::Object(document) = &mut document
        && D::FORM > 1
    {
        document.insert(FORM_KEY.to_owned(), D::FORM.into());
    }
    Ok(document)
}
