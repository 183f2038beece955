//! What is missing or wrong among the settings.

/// A setting that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its name.
    pub name: String,
    /// What is wrong with it, and what would be right.
    pub what: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name, self.what)
    }
}

/// The settings cannot be used, with everything that is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} missing or wrong: {}",
    if .0.len() == 1 { "a setting is" } else { "settings are" },
    listed(.0)
)]
pub struct ConfigError(pub Vec<Problem>);

fn listed(problems: &[Problem]) -> String {
    let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
    shown.join("; ")
}
