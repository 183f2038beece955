//! Which page stands at an address.

use serde_json::{Map, Value};

use crate::{
    ENTRANCE, HOME, Page, SIGN_OUT, answers, assessment, decision, home, periods, policy, print,
    publications, queue, region, reminders, responses, review, round,
};

/// The page at an address; none where there is none.
#[must_use]
pub fn find(path: &str) -> Option<Page> {
    let rest = path.strip_prefix(HOME)?;
    let parts: Vec<&str> = rest.split('/').skip(1).collect();
    let variables = |pairs: &[(&str, &str)]| -> Map<String, Value> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
            .collect()
    };
    let page = match parts.as_slice() {
        [] if rest.is_empty() => home::page(),
        ["beoordelingen", municipality, period] => Page {
            variables: variables(&[("municipality", *municipality), ("period", *period)]),
            ..assessment::page()
        },
        ["beoordelingen", municipality, period, "antwoorden"] => Page {
            variables: variables(&[("municipality", *municipality), ("period", *period)]),
            ..answers::page()
        },
        ["beoordelingen", municipality, period, "afdruk"] => Page {
            variables: variables(&[("municipality", *municipality), ("period", *period)]),
            ..print::page()
        },
        ["beoordelingen", municipality, period, "besluit"] => {
            let [document, policy] = decision::keys(municipality, period);
            let named = [
                ("municipality", *municipality),
                ("document", document.as_str()),
                ("policy", policy.as_str()),
            ];
            Page {
                variables: variables(&named),
                ..decision::page()
            }
        }
        ["beleid", municipality] => Page {
            variables: variables(&[("municipality", *municipality)]),
            ..policy::page()
        },
        ["publicaties"] => publications::page(),
        ["perioden"] => periods::page(),
        ["herinneren"] => reminders::page(),
        ["reacties"] => responses::page(),
        ["regio", area] => Page {
            variables: variables(&[("area", *area)]),
            ..region::page()
        },
        ["rondes", round] => Page {
            variables: variables(&[("round", *round)]),
            ..round::page()
        },
        ["controle"] => queue::page(),
        ["controle", period, municipality] => Page {
            variables: variables(&[("municipality", *municipality), ("period", *period)]),
            ..review::page()
        },
        _ => return None,
    };
    Some(Page {
        path: path.to_owned(),
        ..page
    })
}

/// Whether this is an address within the workplace, to which somebody may be sent back: never
/// another host, nothing that a browser reads as one, nothing that leads out of the workplace, and not
/// to where people sign in and out.
#[must_use]
pub fn is_place(path: &str) -> bool {
    let Some(rest) = path.strip_prefix(HOME) else {
        return false;
    };
    let written = rest.to_ascii_lowercase();
    path.len() <= 512
        && (rest.is_empty() || rest.starts_with(['/', '?']))
        && ["//", "..", "%2e", "%2f", "%5c"]
            .iter()
            .all(|part| !written.contains(part))
        && [ENTRANCE, SIGN_OUT]
            .iter()
            .all(|own| !path.starts_with(own))
        && rest
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/-_.?=&~%".contains(&b))
}

/// A text as it stands in an address.
#[must_use]
pub fn within_address(text: &str) -> String {
    let mut shown = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            shown.push(char::from(byte));
        } else {
            shown.push_str(&format!("%{byte:02X}"));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_sent_back_to_the_workplace_alone() {
        for right in [
            "/werkplek",
            "/werkplek?gedaan=x",
            "/werkplek/beoordelingen/GM0402/2026-2",
        ] {
            assert!(is_place(right), "{right}");
        }
        for wrong in [
            "",
            "/",
            "/werkplekken",
            "//evil.example",
            "/werkplek//evil.example",
            "/werkplek/\\evil.example",
            "/werkplek/%5Cevil.example",
            "/werkplek/%2F%2Fevil.example",
            "/werkplek/../v1/graphql",
            "/werkplek/aanmelden/terug?code=x",
            "/werkplek/afmelden",
            "/werkplek/%2E%2e/v1/graphql",
            "/werkplek\r\nSet-Cookie: x",
            "https://evil.example/werkplek",
            "/werkplek@evil.example",
            "/v1/graphql",
        ] {
            assert!(!is_place(wrong), "{wrong}");
        }
        assert!(!is_place(&format!("/werkplek/{}", "a".repeat(512))));
    }

    #[test]
    fn a_text_in_an_address_means_itself() {
        assert_eq!(within_address("/werkplek?a=b&c"), "/werkplek%3Fa%3Db%26c");
        assert_eq!(within_address("é"), "%C3%A9");
    }

    #[test]
    fn each_page_stands_at_its_address() {
        let page = find("/werkplek/beoordelingen/GM0402/2026-2").unwrap();
        assert_eq!(page.variables["municipality"], "GM0402");
        assert_eq!(page.variables["period"], "2026-2");
        for none in [
            "/werkplek/",
            "/werkplek/x",
            "/werkplek/beoordelingen/GM0402",
        ] {
            assert!(find(none).is_none(), "{none}");
        }
    }
}
