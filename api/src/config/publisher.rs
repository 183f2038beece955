//! Who publishes: one table of the settings file.

use figment::value::Value;

use database::DatabaseKind;
use domain::{
    mistake::did_you_mean,
    publication::publisher::{Missing, Publisher},
};

use super::{Config, addresses::public_url, given::Given};

/// The table of who publishes, in the file of `STM_CONFIG`.
pub(super) const PUBLISHER: &str = "publisher";
/// What that table may hold.
const MEMBERS: [&str; 7] = [
    "name",
    "identifier",
    "email",
    "telephone",
    "licence",
    "accessibility",
    "privacy",
];

impl Given {
    /// Who publishes; what is not set is told by nobody. Everything that is wrong is named.
    pub(super) fn publisher(&mut self) -> Publisher {
        let mut publisher = Publisher::default();
        let Some(table) = self.values.get(PUBLISHER).cloned() else {
            return publisher;
        };
        let Value::Dict(_, table) = table else {
            self.wrong(
                PUBLISHER,
                "is no table: write [publisher], and its lines below it",
            );
            return publisher;
        };
        for (name, value) in table {
            let setting = format!("{PUBLISHER}.{name}");
            let Value::String(_, text) = value else {
                self.wrong(&setting, "is no text");
                continue;
            };
            let member = match name.as_str() {
                "name" => &mut publisher.name,
                "identifier" => &mut publisher.identifier,
                "email" => &mut publisher.email,
                "telephone" => &mut publisher.telephone,
                "accessibility" => &mut publisher.accessibility,
                "privacy" => &mut publisher.privacy,
                "licence" => {
                    match named(&text) {
                        Ok(licence) => publisher.licence = licence,
                        Err(what) => self.wrong(&setting, what),
                    }
                    continue;
                }
                _ => {
                    let near = did_you_mean(&name, MEMBERS.into_iter());
                    let what = match near.first() {
                        Some(near) => format!("is no setting; did you mean {PUBLISHER}.{near}?"),
                        None => "is no setting".to_owned(),
                    };
                    self.wrong(&setting, what);
                    continue;
                }
            };
            let checked = match name.as_str() {
                "email" => email(&text),
                "accessibility" | "privacy" => public_address(&text),
                _ => named(&text),
            };
            match checked {
                Ok(text) => *member = Some(text),
                Err(what) => self.wrong(&setting, what),
            }
        }
        publisher
    }
}

impl Config {
    /// What a service should name of its publisher and does not. Only a real one with a public
    /// https address must: whoever tries it out publishes nothing.
    #[must_use]
    pub fn publisher_gaps(&self, database: DatabaseKind) -> Vec<Missing> {
        let is_public = self
            .known_as()
            .is_some_and(|address| address.starts_with("https://"));
        match database {
            DatabaseKind::Real if is_public => self.publisher.missing(),
            DatabaseKind::Real | DatabaseKind::Demo => Vec::new(),
        }
    }
}

/// A text that is printed on one line.
fn named(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 200 || text.contains(char::is_control) {
        return Err("is not 1 to 200 characters on one line; remove it, or give it a value".into());
    }
    Ok(text.to_owned())
}

fn email(text: &str) -> Result<String, String> {
    let is_address = text.split_once('@').is_some_and(|(function, domain)| {
        !function.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace)
    });
    if is_address {
        named(text)
    } else {
        Err("is no e-mail address, like monitor@example.nl".to_owned())
    }
}

fn public_address(text: &str) -> Result<String, String> {
    match public_url(text) {
        Ok(_) if text.starts_with("https://") => named(text),
        Ok(_) | Err(_) => Err("is no address like https://example.nl/privacy".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ConfigError, Problem, tests::of_file},
        *,
    };

    #[test]
    fn who_publishes_stands_in_one_table() {
        assert_eq!(of_file("").unwrap().publisher, Publisher::default());
        let whole = of_file(
            r#"
            [publisher]
            name = "Ministerie van Justitie en Veiligheid"
            identifier = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1058"
            email = "monitor@example.nl"
            telephone = "070 123 45 67"
            licence = "CC-BY-4.0"
            accessibility = "https://example.nl/toegankelijkheid"
            privacy = "https://example.nl/privacy"
            "#,
        )
        .unwrap()
        .publisher;
        assert_eq!(whole.missing(), []);
        assert_eq!(whole.licence, "CC-BY-4.0");
        assert_eq!(whole.email.as_deref(), Some("monitor@example.nl"));
        let ConfigError(problems) = of_file(
            r#"
            [publisher]
            name = ""
            email = "Anna"
            phone = "1"
            licenses = "CC0-1.0"
            licence = 1
            privacy = "http://example.nl"
            "#,
        )
        .unwrap_err();
        let mut shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
        shown.sort_unstable();
        assert_eq!(
            shown,
            [
                "publisher.email is no e-mail address, like monitor@example.nl",
                "publisher.licence is no text",
                "publisher.licenses is no setting; did you mean publisher.licence?",
                "publisher.name is not 1 to 200 characters on one line; remove it, or give it a \
                 value",
                "publisher.phone is no setting",
                "publisher.privacy is no address like https://example.nl/privacy",
            ]
        );
        let ConfigError(problems) = of_file("publisher = \"JenV\"").unwrap_err();
        assert_eq!(problems[0].name, "publisher");
    }

    #[test]
    fn a_real_service_that_everybody_reads_is_warned_of_what_it_does_not_name() {
        let gaps = |toml: &str, database| {
            let gaps = of_file(toml).unwrap().publisher_gaps(database);
            gaps.into_iter().map(|one| one.setting).collect::<Vec<_>>()
        };
        let public = "STM_PUBLIC_URL = \"https://monitor.example.nl\"\n[publisher]\nname = \"JenV\"\n\
                      privacy = \"https://example.nl/privacy\"";
        assert_eq!(
            gaps(public, DatabaseKind::Real),
            ["identifier", "email", "telephone", "accessibility"]
        );
        assert_eq!(gaps(public, DatabaseKind::Demo), [""; 0]);
        let at_home = public.replace("https://monitor", "http://monitor");
        assert_eq!(gaps(&at_home, DatabaseKind::Real), [""; 0]);
        assert_eq!(gaps("", DatabaseKind::Real), [""; 0]);
    }
}
