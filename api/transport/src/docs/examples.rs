//! Example operations: files of `api/docs/examples`, shown on a page and offered by the explorer. A
//! test runs each of them over HTTP as the role that it is for.
//!
//! A file is a GraphQL document that begins with comments: `# nl:` and `# en:` say what it asks, `#
//! role:` who may ask it, and `# variables:`, where there are any, is JSON on one line.

use std::{fmt::Write as _, sync::LazyLock};

use serde_json::{Value, json};

use super::page::{Language, anchor, escaped};

macro_rules! examples {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../docs/examples/", $name, ".graphql")))),*]
    };
}

/// The files, in the order that a newcomer reads them.
const FILES: &[(&str, &str)] = examples! {
    "dashboard"
    "action"
    "status-history"
    "search"
    "code-lists"
    "partner"
    "budget"
    "municipality"
    "region"
    "changes"
    "follow-status"
    "differences"
    "who-am-i"
    "save-draft"
    "my-region"
    "my-actions"
    "verdict"
    "picture"
    "open-round"
    "plan"
    "goals"
    "figures"
    "sources"
    "areas"
    "partners"
    "guidance"
    "policies"
    "own-history"
    "own-answers"
    "consultation"
};

/// An example operation.
pub(super) struct Example {
    name: &'static str,
    labels: (&'static str, &'static str),
    role: &'static str,
    variables: Option<Value>,
    query: &'static str,
}

impl Example {
    /// Reads a file; a comment that lacks is an empty text, which the tests refuse.
    fn read(name: &'static str, file: &'static str) -> Self {
        let comment = |key: &str| {
            let comments = file.lines().take_while(|line| line.starts_with('#'));
            let mut found =
                comments.filter_map(|line| line.strip_prefix('#')?.trim().strip_prefix(key));
            found.next().map_or("", str::trim)
        };
        let comments: usize = file
            .split_inclusive('\n')
            .take_while(|line| line.starts_with('#'))
            .map(str::len)
            .sum();
        Self {
            name,
            labels: (comment("nl:"), comment("en:")),
            role: comment("role:"),
            variables: serde_json::from_str(comment("variables:")).ok(),
            query: &file[comments..],
        }
    }
}

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(name, file)| Example::read(name, file))
        .collect()
});

/// The examples as the explorer reads them.
pub(super) static JSON: LazyLock<String> = LazyLock::new(|| {
    let examples = EXAMPLES.iter().map(|example| {
        json!({
            "name": example.name,
            "label": { "nl": example.labels.0, "en": example.labels.1 },
            "role": example.role,
            "variables": example.variables,
            "query": example.query,
        })
    });
    Value::from(examples.collect::<Vec<_>>()).to_string()
});

/// The page.
pub(super) fn page(language: Language) -> String {
    let mut page = language
        .pick((
            "<p>Elk voorbeeld staat ook in de <a href=\"/explorer\">verkenner</a>, en wordt bij \
             elke wijziging van de dienst uitgevoerd.</p>\n",
            "<p>Every example is offered by the <a href=\"/explorer?language=en\">explorer</a> too, and is \
             run with every change of the service.</p>\n",
        ))
        .to_owned();
    for example in EXAMPLES.iter() {
        let _ = writeln!(
            page,
            "<h2 id=\"{}\">{}</h2>\n<p>{}: <code>{}</code></p>\n<pre \
             tabindex=\"0\"><code>{}</code></pre>",
            anchor(example.name),
            escaped(language.pick(example.labels)),
            language.pick(("Voor", "For")),
            escaped(example.role),
            escaped(example.query)
        );
        if let Some(variables) = &example.variables {
            let _ = writeln!(
                page,
                "<p>{}</p>\n<pre tabindex=\"0\"><code>{}</code></pre>",
                language.pick(("Met deze variabelen:", "With these variables:")),
                escaped(&format!("{variables:#}"))
            );
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_says_what_it_asks_and_for_whom() {
        for example in EXAMPLES.iter() {
            let (nl, en) = example.labels;
            assert!(!nl.is_empty() && !en.is_empty(), "{}", example.name);
            let roles = [
                "PUBLIC",
                "PARTNER",
                "MUNICIPALITY",
                "REGION",
                "VNG",
                "MINISTRY",
            ];
            assert!(roles.contains(&example.role), "{}", example.name);
            assert!(!example.query.trim().is_empty(), "{}", example.name);
        }
    }
}
