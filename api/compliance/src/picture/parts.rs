//! What a document wants of a picture.

/// What is wanted of a picture: the rest is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PictureParts {
    /// The answers, counted.
    pub(crate) criteria: bool,
    /// What was handed in, and since when it waits.
    pub(crate) submissions: bool,
    /// Whether the last version is in the queue of VNG.
    pub(crate) queue: bool,
    /// Since when a verdict is so.
    pub(crate) since: bool,
    /// What is said of the rules behind a verdict: which set, and whether it is provisional.
    pub(crate) rules: bool,
    /// The groups beside the country.
    pub(crate) groups: bool,
    /// Each municipality.
    pub(crate) municipalities: bool,
}

impl PictureParts {
    /// All of it.
    pub(crate) const ALL: Self = Self {
        criteria: true,
        submissions: true,
        queue: true,
        since: true,
        rules: true,
        groups: true,
        municipalities: true,
    };
}
