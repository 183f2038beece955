//! What a form sends.

/// What a form sends: names and values, as they stand in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given(Vec<(String, String)>);

/// Fields that no person fills in.
const PUT_BY_PAGES: [&str; 3] = ["expectedVersion", "revision", "place.municipality"];

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

    /// What people typed, without what the page put into the form to tell which version it shows.
    pub(crate) fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_of_page = |name: &str| name.starts_with('_') || PUT_BY_PAGES.contains(&name);
        let fields = self.0.iter();
        fields
            .filter(move |(name, value)| !is_of_page(name) && !value.trim().is_empty())
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
