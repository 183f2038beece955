//! Which page stands at an address.

use serde_json::{Map, Value};

use crate::{
    DONE, ENTRANCE, HOME, Page, SIGN_OUT, action, answers, assessment, consultation, decision,
    functions, home, mailbox, mandates, office, periods, policy, print, publications, queue,
    region, reminders, responses, review, round, version,
};

/// The page at an address; none where there is none. `names` makes a name of a text that nobody else
/// can make, the same each time.
#[must_use]
pub fn find(path: &str, names: &dyn Fn(&str) -> String) -> Option<Page> {
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
        ["acties"] => action::list(),
        ["acties", number] => of_action(number, "")?,
        ["acties", number, document] => of_action(number, document)?,
        ["beoordelingen", municipality, period] => Page {
            variables: variables(&[("municipality", *municipality), ("period", *period)]),
            ..assessment::page()
        },
        ["beoordelingen", municipality, period, "antwoorden"] => Page {
            variables: variables(&[("municipality", *municipality), ("period", *period)]),
            ..answers::page()
        },
        [
            "beoordelingen",
            municipality,
            period,
            "antwoorden",
            criterion,
        ] => Page {
            variables: variables(&[
                ("municipality", *municipality),
                ("period", *period),
                ("criterion", *criterion),
            ]),
            ..answers::single()
        },
        ["beoordelingen", municipality, period, "versies", version] => Page {
            variables: variables(&[
                ("municipality", *municipality),
                ("period", *period),
                ("version", *version),
            ]),
            ..version::page()
        },
        ["beoordelingen", municipality, period, "afdruk"] => Page {
            variables: variables(&[("municipality", *municipality), ("period", *period)]),
            ..print::page()
        },
        ["beoordelingen", municipality, period, "besluit"] => {
            let [document, policy] = decision::keys(municipality, period, names);
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
        ["consultaties"] => consultation::list(),
        ["consultaties", edition] => Page {
            variables: variables(&[("edition", *edition)]),
            ..consultation::page()
        },
        ["functies", municipality] => Page {
            variables: variables(&[("municipality", *municipality), ("document", "")]),
            ..functions::page()
        },
        ["functies", municipality, document] => Page {
            variables: variables(&[("municipality", *municipality), ("document", *document)]),
            ..functions::page()
        },
        ["mandaten", municipality] => Page {
            variables: variables(&[("municipality", *municipality)]),
            ..mandates::page()
        },
        ["postvak"] => mailbox::page(),
        ["publicaties"] => publications::page(),
        ["perioden"] => periods::page(),
        ["herinneren"] => reminders::page(),
        ["reacties"] => responses::page(),
        ["regio", area, rest @ ..] => region_page(area, rest)?,
        ["rondes", round] => Page {
            variables: variables(&[("round", *round)]),
            ..round::page()
        },
        ["controle"] => queue::page(),
        ["controle", period, municipality] => Page {
            variables: variables(&[("municipality", *municipality), ("period", *period)]),
            ..review::page()
        },
        parts => office::find(parts)?,
    };
    Some(Page {
        path: path.to_owned(),
        ..page
    })
}

/// The page of a region at what follows its address; none where there is none.
fn region_page(area: &str, rest: &[&str]) -> Option<Page> {
    let (page, more) = match rest {
        [] => (region::answers::page(), vec![]),
        ["beleid"] => (region::policy::page(), vec![("document", "")]),
        ["beleid", document] => (region::policy::page(), vec![("document", *document)]),
        ["functies"] => (region::functions::page(), vec![("document", "")]),
        ["functies", document] => (region::functions::page(), vec![("document", *document)]),
        ["gemeenten"] => (region::members::page(), vec![]),
        ["gemeenten", code] => (
            region::member::page(),
            vec![("municipality", *code), ("document", "")],
        ),
        ["gemeenten", code, document] => (
            region::member::page(),
            vec![("municipality", *code), ("document", *document)],
        ),
        ["rapportages", half] => (region::report::page(), vec![("half", *half)]),
        ["tabel", period] => (region::table::page(), vec![("period", *period)]),
        ["taken"] => (region::duties::page(), vec![]),
        _ => return None,
    };
    let variables = [("area", area)].into_iter().chain(more);
    Some(Page {
        variables: variables
            .map(|(name, value)| (name.to_owned(), Value::from(value)))
            .collect(),
        ..page
    })
}

/// The page of an action, with a document that was registered for it.
fn of_action(number: &str, document: &str) -> Option<Page> {
    let number = number.parse::<i32>().ok()?;
    let named = [
        ("number".to_owned(), Value::from(number)),
        ("document".to_owned(), Value::from(document)),
    ];
    Some(Page {
        variables: named.into_iter().collect(),
        ..action::page()
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

/// Where somebody comes back to who has to sign in first: this very page, with what its address says
/// behind the `?` but for what was just done; without that where nobody is sent back to the whole.
#[must_use]
pub fn place_of(path: &str, query: &str) -> String {
    let says_done = |pair: &str| pair.split('=').next() == Some(DONE);
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !says_done(pair))
        .collect();
    let whole = format!("{path}?{}", kept.join("&"));
    if !kept.is_empty() && is_place(&whole) {
        whole
    } else {
        path.to_owned()
    }
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
    fn somebody_comes_back_to_the_page_with_its_query() {
        let of = |query: &str| place_of("/werkplek/controle", query);
        assert_eq!(of(""), "/werkplek/controle");
        assert_eq!(
            of("regio=VR14&na=a%3D"),
            "/werkplek/controle?regio=VR14&na=a%3D"
        );
        assert_eq!(
            of("regio=VR14&gedaan=claimReviews"),
            "/werkplek/controle?regio=VR14"
        );
        assert_eq!(of("gedaan=claimReviews"), "/werkplek/controle");
        for wrong in ["x=//evil.example", "x=%5Cevil.example", "x=@"] {
            assert_eq!(of(wrong), "/werkplek/controle", "{wrong}");
        }
    }

    #[test]
    fn a_text_in_an_address_means_itself() {
        assert_eq!(within_address("/werkplek?a=b&c"), "/werkplek%3Fa%3Db%26c");
        assert_eq!(within_address("é"), "%C3%A9");
    }

    #[test]
    fn each_page_stands_at_its_address() {
        let find = |path: &str| find(path, &|_| String::new());
        let page = find("/werkplek/beoordelingen/GM0402/2026-2").unwrap();
        assert_eq!(page.variables["municipality"], "GM0402");
        assert_eq!(page.variables["period"], "2026-2");
        let page = find("/werkplek/regio/VR14/rapportages/2026-2").unwrap();
        assert_eq!(page.variables["area"], "VR14");
        assert_eq!(page.variables["half"], "2026-2");
        for none in [
            "/werkplek/",
            "/werkplek/x",
            "/werkplek/acties/x",
            "/werkplek/beoordelingen/GM0402",
            "/werkplek/regio/VR14/rapportages",
        ] {
            assert!(find(none).is_none(), "{none}");
        }
    }
}
