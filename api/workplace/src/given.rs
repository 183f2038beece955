//! What a form sends.

use crate::{FORM, KEY, TOKEN};

/// What a form sends: names and values, as they stand in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given(Vec<(String, String)>);

impl Given {
    /// The values of these fields.
    #[must_use]
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first value of a field; none where it was not sent or is empty.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.sent(name).filter(|value| !value.is_empty())
    }

    /// What was sent of a field, also where it was emptied; none where it was not sent.
    pub(crate) fn sent(&self, name: &str) -> Option<&str> {
        let mut fields = self.0.iter();
        let (_, value) = fields.find(|(own, _)| own == name)?;
        Some(value.trim())
    }

    /// Every value of a field that may stand there several times.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let fields = self.0.iter();
        fields
            .filter(move |(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every field that is not empty, with its value.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.0.iter();
        fields
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every field that is not empty by its own name, but for those that every form has: all that can
    /// be shown again where the form is not known.
    #[must_use]
    pub fn by_name(&self) -> Vec<(String, String)> {
        self.filled()
            .filter(|(name, _)| ![TOKEN, KEY, FORM].contains(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}
