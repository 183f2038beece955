//! Who publishes: what the operator sets once, and what every publication then names of it.

use crate::text::Text;

/// The licence of the data where the operator sets no other.
pub const DATA_LICENCE: &str = "CC0-1.0";

/// Who publishes, by the settings of the service. What is not set is not known, and a publication
/// says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// The name of the organisation.
    pub name: Option<String>,
    /// Its identifier, as in `https://identifier.overheid.nl/tooi/id/ministerie/mnre1058`.
    pub identifier: Option<String>,
    /// The address for questions by e-mail, of a function and not of a person.
    pub email: Option<String>,
    /// The telephone number for questions.
    pub telephone: Option<String>,
    /// The licence of the data, as a code of SPDX.
    pub licence: String,
    /// Where the accessibility statement stands.
    pub accessibility: Option<String>,
    /// Where the privacy statement stands.
    pub privacy: Option<String>,
    /// The address by which the service is known, without a slash at its end.
    pub service: Option<String>,
}

impl Default for Publisher {
    fn default() -> Self {
        Self {
            name: None,
            identifier: None,
            email: None,
            telephone: None,
            licence: DATA_LICENCE.to_owned(),
            accessibility: None,
            privacy: None,
            service: None,
        }
    }
}

/// Something that is not set of the publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The name of the setting in the table `[publisher]`.
    pub setting: &'static str,
    /// What publications therefore do not name.
    pub text: Text,
}

impl Publisher {
    /// Where the licence of the data stands: of Creative Commons the address that the Dutch profile
    /// of DCAT lists, of others that of SPDX. None where the setting is no code.
    pub fn licence_address(&self) -> Option<String> {
        let code = self.licence.as_str();
        let of_commons = match code {
            "CC0-1.0" => Some("publicdomain/zero/1.0"),
            "CC-BY-4.0" => Some("licenses/by/4.0"),
            "CC-BY-SA-4.0" => Some("licenses/by-sa/4.0"),
            "CC-BY-NC-4.0" => Some("licenses/by-nc/4.0"),
            "CC-BY-ND-4.0" => Some("licenses/by-nd/4.0"),
            _ => None,
        };
        if let Some(path) = of_commons {
            return Some(format!("http://creativecommons.org/{path}/deed.nl"));
        }
        let is_code = !code.is_empty()
            && code
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".+-".contains(&byte));
        is_code.then(|| format!("https://spdx.org/licenses/{code}"))
    }

    /// What is not set, in the order of the settings.
    pub fn missing(&self) -> Vec<Missing> {
        let settings = [
            Missing::of(
                "name",
                self.name.as_deref(),
                "de naam van de uitgever",
                "the name of the publisher",
            ),
            Missing::of(
                "identifier",
                self.identifier.as_deref(),
                "de identificatie van de uitgever",
                "the identifier of the publisher",
            ),
            Missing::of(
                "email",
                self.email.as_deref(),
                "het e-mailadres voor vragen",
                "the e-mail address for questions",
            ),
            Missing::of(
                "telephone",
                self.telephone.as_deref(),
                "het telefoonnummer voor vragen",
                "the telephone number for questions",
            ),
            Missing::of(
                "accessibility",
                self.accessibility.as_deref(),
                "het adres van de toegankelijkheidsverklaring",
                "the address of the accessibility statement",
            ),
            Missing::of(
                "privacy",
                self.privacy.as_deref(),
                "het adres van de privacyverklaring",
                "the address of the privacy statement",
            ),
        ];
        settings.into_iter().flatten().collect()
    }
}

impl Missing {
    /// A setting without a value; none where it has one. `nl` and `en` name what is not known.
    fn of(setting: &'static str, value: Option<&str>, nl: &str, en: &str) -> Option<Self> {
        value.is_none().then(|| Self {
            setting,
            text: Text::new(
                format!(
                    "Publicaties noemen {nl} niet: de beheerder heeft `{setting}` niet ingesteld."
                ),
                format!("Publications do not name {en}: the operator did not set `{setting}`."),
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_has_an_address_where_it_is_a_code() {
        let address = |licence: &str| {
            let publisher = Publisher {
                licence: licence.to_owned(),
                ..Publisher::default()
            };
            publisher.licence_address()
        };
        assert_eq!(
            address(DATA_LICENCE).as_deref(),
            Some("http://creativecommons.org/publicdomain/zero/1.0/deed.nl")
        );
        assert_eq!(
            address("EUPL-1.2").as_deref(),
            Some("https://spdx.org/licenses/EUPL-1.2")
        );
        assert_eq!(address("as agreed with the ministry"), None);
    }

    #[test]
    fn what_is_not_set_is_listed_and_the_licence_has_a_default() {
        let publisher = Publisher::default();
        assert_eq!(publisher.licence, "CC0-1.0");
        let missing: Vec<&str> = publisher.missing().iter().map(|one| one.setting).collect();
        assert_eq!(
            missing,
            [
                "name",
                "identifier",
                "email",
                "telephone",
                "accessibility",
                "privacy"
            ]
        );
        let named = Publisher {
            name: Some("Ministerie van Justitie en Veiligheid".to_owned()),
            privacy: Some("https://example.nl/privacy".to_owned()),
            ..Publisher::default()
        };
        let missing = named.missing();
        assert_eq!(missing.len(), 4);
        assert_eq!(
            missing[0].text,
            Text::new(
                "Publicaties noemen de identificatie van de uitgever niet: de beheerder heeft \
                 `identifier` niet ingesteld.",
                "Publications do not name the identifier of the publisher: the operator did not \
                 set `identifier`.",
            )
        );
    }
}
