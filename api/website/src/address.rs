//! Which page stands at an address.

use domain::plan::CURRENT_PLAN;
use serde_json::{Map, Value, json};

use crate::{
    Language, Layout, Page, Unmade, about, action, annex, atom, budget, effects, figure::Form,
    frame::Body, framework, frozen, goals, home, line, municipality, partner, partners,
    publication, quality, region, search, sitemap, source,
};

/// What stands behind an address: a document, its variables but for the language, and how the answer is laid out.
struct Found {
    document: &'static str,
    variables: Value,
    layout: Layout,
}

/// Where an action of the plan in force stands.
#[must_use]
pub fn address_of_action(language: Language, number: u16) -> String {
    language.address(&format!("/plannen/{CURRENT_PLAN}/acties/{number}"))
}

/// The page at an address; none where there is none. The address has no slash at its end.
#[must_use]
pub fn find(path: &str) -> Option<Page> {
    let language = Language::of_path(path);
    let address = match language {
        Language::Dutch => path,
        Language::English if path == "/en" => "/",
        Language::English => path.strip_prefix("/en")?,
    };
    // Only the first page has a slash at its end, and `/en/` is not its address.
    if path == "/en/" {
        return None;
    }
    let found = behind(address)?;
    let mut variables: Map<String, Value> = found.variables.as_object()?.clone();
    if found.document.contains("$language: Language!") {
        variables.insert("language".to_owned(), language.code().into());
    }
    Some(Page {
        document: found.document,
        variables,
        language,
        address: address.to_owned(),
        layout: found.layout,
    })
}

/// The page of a search at an address; without a text the page that takes one. None at any other address.
#[must_use]
pub fn find_search(path: &str, text: &str) -> Option<Page> {
    let text: String = text.trim().chars().take(search::LONGEST).collect();
    let page = find(path).filter(|page| page.address == search::ADDRESS)?;
    if text.is_empty() {
        return Some(page);
    }
    let language = page.language;
    let variables = json!({ "text": text, "language": language.code() });
    Some(Page {
        document: search::DOCUMENT,
        variables: variables.as_object()?.clone(),
        language,
        address: format!("{}?q={}", search::ADDRESS, encoded(&text)),
        layout: Layout::Html(search::body),
    })
}

/// A text as a part of an address (RFC 3986, 2.1).
pub(crate) fn encoded(text: &str) -> String {
    let signs = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    signs.collect()
}

/// The feed of changes at an address, when the ledger ends with this number; none where there is none.
#[must_use]
pub fn find_feed(path: &str, head: i64) -> Option<Page> {
    let language = Language::of_path(path);
    let address = match language {
        Language::Dutch => path,
        Language::English => path.strip_prefix("/en")?,
    };
    let parts: Vec<&str> = address.strip_suffix(atom::FILE)?.split('/').collect();
    let (document, about) = match parts[..] {
        [""] => (atom::ALL, json!({})),
        ["", "plannen", plan, "lijnen", number] => (
            atom::OF_LINE,
            whole(number).and_then(|_| Some(json!({ "plan": name(plan)? })))?,
        ),
        ["", "partners", key] => (atom::OF_PARTNER, json!({ "name": name(key)? })),
        ["", "regios", code] => (atom::OF_REGION, json!({ "code": name(code)? })),
        _ => return None,
    };
    let mut variables: Map<String, Value> = about.as_object()?.clone();
    variables.extend(atom::since(head));
    Some(Page {
        document,
        variables,
        language,
        address: address.to_owned(),
        layout: Layout::Feed,
    })
}

/// The picture at an address, or the table behind it, in a language: as it is now, or as the publication of a key froze it;
/// none where there is none.
#[must_use]
pub fn find_picture(path: &str, language: Language, publication: Option<&str>) -> Option<Page> {
    let place = path.strip_prefix("/v1/pictures/")?;
    let (place, ending) = place.rsplit_once('.')?;
    let form = Form::of_ending(ending)?;
    let parts: Vec<&str> = place.split('/').collect();
    let (now, frozen) = match parts[..] {
        ["dashboard"] => (
            Found {
                document: home::DOCUMENT,
                variables: json!({ "language": language.code() }),
                layout: Layout::Picture(home::progress_figure, form),
            },
            Layout::Picture(frozen::progress_figure, form),
        ),
        ["map"] => maps(language, form),
        ["map", region] => name(region).map(|_| maps(language, form))?,
        ["lines", plan, number] => (
            Found {
                document: line::DOCUMENT,
                variables: json!({ "plan": name(plan)?, "language": language.code() }),
                layout: whole(number).map(|_| Layout::Picture(line::progress_figure, form))?,
            },
            Layout::Picture(frozen::line_figure, form),
        ),
        _ => return None,
    };
    let found = match publication {
        Some(key) => Found {
            document: frozen::DOCUMENT,
            variables: json!({ "key": name(key)? }),
            layout: frozen,
        },
        None => now,
    };
    Some(Page {
        document: found.document,
        variables: found.variables.as_object()?.clone(),
        language,
        address: path.to_owned(),
        layout: found.layout,
    })
}

/// A map as it is now, and how a frozen one is laid out.
fn maps(language: Language, form: Form) -> (Found, Layout) {
    let now = Found {
        document: home::DOCUMENT,
        variables: json!({ "language": language.code() }),
        layout: Layout::Picture(home::map, form),
    };
    (now, Layout::Picture(frozen::map_figure, form))
}

fn behind(address: &str) -> Option<Found> {
    let parts: Vec<&str> = address.strip_prefix('/')?.split('/').collect();
    Some(match parts[..] {
        [""] => Found {
            document: home::DOCUMENT,
            variables: json!({}),
            layout: Layout::Html(home::body),
        },
        ["plannen", plan, "lijnen", number] => Found {
            document: line::DOCUMENT,
            variables: json!({ "plan": name(plan)?.to_owned() }),
            layout: whole(number).map(|_| Layout::Html(line::body))?,
        },
        ["plannen", plan, "acties", number] => Found {
            document: action::DOCUMENT,
            variables: json!({
                "plan": name(plan)?, "number": whole(number)?, "key": format!("{plan}/{number}"),
            }),
            layout: Layout::Html(action::body),
        },
        ["regios"] => Found {
            document: region::LIST,
            variables: json!({}),
            layout: Layout::Html(region::list),
        },
        ["regios", code] => Found {
            document: region::DOCUMENT,
            variables: json!({ "code": name(code)? }),
            layout: Layout::Html(region::body),
        },
        ["gemeenten", code] => Found {
            document: municipality::DOCUMENT,
            variables: json!({ "code": name(code)? }),
            layout: Layout::Html(municipality::body),
        },
        ["publicaties"] => Found {
            document: publication::LIST,
            variables: json!({}),
            layout: Layout::Html(publication::list),
        },
        ["publicaties", key] => Found {
            document: publication::DOCUMENT,
            variables: json!({ "key": name(key)? }),
            layout: Layout::Html(publication::body),
        },
        ["doelen"] => Found {
            document: goals::DOCUMENT,
            variables: json!({}),
            layout: Layout::Html(goals::body),
        },
        ["begroting"] => Found {
            document: budget::DOCUMENT,
            variables: json!({}),
            layout: Layout::Html(budget::body),
        },
        ["partners"] => Found {
            document: partners::DOCUMENT,
            variables: json!({}),
            layout: Layout::Html(partners::body),
        },
        ["kader"] => Found {
            document: framework::DOCUMENT,
            variables: json!({}),
            layout: Layout::Html(framework::body),
        },
        ["kwaliteit"] => Found {
            document: quality::DOCUMENT,
            variables: json!({}),
            layout: Layout::Html(quality::body),
        },
        ["sitemap.xml"] => Found {
            document: sitemap::DOCUMENT,
            variables: json!({}),
            layout: Layout::Sitemap,
        },
        _ => return beside(&parts),
    })
}

/// A page for people.
fn html(
    document: &'static str,
    variables: Value,
    body: fn(&Page, Value) -> Result<Body, Unmade>,
) -> Found {
    Found {
        document,
        variables,
        layout: Layout::Html(body),
    }
}

/// The pages beside those of the plan, the territory and the publications.
fn beside(parts: &[&str]) -> Option<Found> {
    Some(match *parts {
        ["plannen", plan, "overzicht"] => {
            html(annex::DOCUMENT, json!({ "plan": name(plan)? }), annex::body)
        }
        ["publicaties", key, "overzicht"] => {
            html(annex::FROZEN, json!({ "key": name(key)? }), annex::frozen)
        }
        ["partners", key] => html(
            partner::DOCUMENT,
            json!({ "name": name(key)? }),
            partner::body,
        ),
        ["effecten"] => html(effects::DOCUMENT, json!({}), effects::body),
        ["bronnen"] => html(source::LIST, json!({}), source::list),
        ["bronnen", key] => html(source::DOCUMENT, json!({ "key": name(key)? }), source::body),
        ["zoeken"] => html(search::FORM, json!({}), search::empty),
        ["over"] => html(about::DOCUMENT, json!({}), about::body),
        ["toegankelijkheid"] => html(about::VERSION, json!({}), about::accessibility),
        _ => return None,
    })
}

/// A key or a code in an address, as in `2024` or `VR14`; none of what cannot be one.
fn name(part: &str) -> Option<&str> {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    Some(part).filter(|part| !part.is_empty() && part.len() <= 80 && part.chars().all(is_sign))
}

/// A number in an address, as people write it.
fn whole(part: &str) -> Option<u16> {
    let number: u16 = part.parse().ok()?;
    Some(number).filter(|number| number.to_string() == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alternates;

    #[test]
    fn an_address_has_a_page_in_two_languages() {
        for (path, language, variables) in [
            ("/", Language::Dutch, json!({ "language": "NL" })),
            ("/en", Language::English, json!({ "language": "EN" })),
            (
                "/plannen/2024/acties/32",
                Language::Dutch,
                json!({ "plan": "2024", "number": 32, "key": "2024/32", "language": "NL" }),
            ),
            (
                "/en/plannen/2024/lijnen/4",
                Language::English,
                json!({ "plan": "2024", "language": "EN" }),
            ),
            (
                "/gemeenten/GM0402",
                Language::Dutch,
                json!({ "code": "GM0402", "language": "NL" }),
            ),
        ] {
            let page = find(path).unwrap();
            assert_eq!(page.language, language, "{path}");
            assert_eq!(Value::Object(page.variables), variables, "{path}");
        }
    }

    #[test]
    fn a_search_keeps_its_text_in_its_address() {
        let page = find_search("/en/zoeken", " één & twee ").unwrap();
        assert_eq!(page.address, "/zoeken?q=%C3%A9%C3%A9n%20%26%20twee");
        assert_eq!(page.path(), "/en/zoeken");
        assert_eq!(
            Value::Object(page.variables),
            json!({ "text": "één & twee", "language": "EN" })
        );
        let long = find_search("/zoeken", &"a".repeat(300)).unwrap();
        assert_eq!(long.text().len(), 200);
        let empty = find_search("/zoeken", "  ").unwrap();
        assert!(!empty.is_search());
        assert!(find_search("/regios", "opvang").is_none());
    }

    #[test]
    fn a_picture_is_found_by_its_file() {
        let of_key = json!({ "key": "monitoring-2025-1-1" });
        for (path, variables) in [
            ("dashboard.svg", json!({ "language": "EN" })),
            ("map.csv", json!({ "language": "EN" })),
            ("map/VR14.xlsx", json!({ "language": "EN" })),
            (
                "lines/2024/4.svg",
                json!({ "plan": "2024", "language": "EN" }),
            ),
        ] {
            let path = format!("/v1/pictures/{path}");
            let page = find_picture(&path, Language::English, None).unwrap();
            assert_eq!(Value::Object(page.variables), variables, "{path}");
            let key = Some("monitoring-2025-1-1");
            let frozen = find_picture(&path, Language::English, key).unwrap();
            assert_eq!(Value::Object(frozen.variables), of_key, "{path}");
            let wrong = find_picture(&path, Language::English, Some("a b"));
            assert!(wrong.is_none(), "{path}");
        }
        for path in [
            "lines/2024/x.svg",
            "lines/2024.svg",
            "map",
            "map.png",
            "map/.svg",
        ] {
            let path = format!("/v1/pictures/{path}");
            assert!(
                find_picture(&path, Language::Dutch, None).is_none(),
                "{path}"
            );
        }
    }

    #[test]
    fn a_map_and_a_line_are_named_by_the_address() {
        let page = |path: &str| find_picture(path, Language::Dutch, None).unwrap();
        let country = page("/v1/pictures/map.csv");
        assert_eq!(country.region_of_map(), None);
        let region = page("/v1/pictures/map/VR14.svg");
        assert_eq!(region.region_of_map(), Some("VR14"));
        let line = page("/v1/pictures/lines/2024/4.xlsx");
        assert_eq!(line.line_of_picture(), Some("2024/4"));
        assert_eq!(line.subject(), "4");
    }

    #[test]
    fn a_feed_is_found_behind_the_page_that_it_belongs_to() {
        for (page, variables) in [
            ("/", json!({})),
            ("/plannen/2024/lijnen/4", json!({ "plan": "2024" })),
            ("/partners/comensha", json!({ "name": "comensha" })),
            ("/regios/VR14", json!({ "code": "VR14" })),
        ] {
            let address = alternates::feed_of(page).unwrap();
            for language in [Language::Dutch, Language::English] {
                let mut found = find_feed(&language.address(&address), 1000).unwrap();
                assert_eq!(found.language, language, "{page}");
                found.variables.retain(|name, _| !name.starts_with('s'));
                assert_eq!(Value::Object(found.variables), variables, "{page}");
            }
        }
        for page in ["/regios", "/doelen", "/gemeenten/GM0402"] {
            assert_eq!(alternates::feed_of(page), None, "{page}");
        }
        for path in [
            "/wijzigingen",
            "/doelen/wijzigingen.atom",
            "/plannen/2024/lijnen/x/wijzigingen.atom",
        ] {
            assert!(find_feed(path, 1).is_none(), "{path}");
        }
    }

    #[test]
    fn other_addresses_have_none() {
        for path in [
            "",
            "/enige",
            "/plannen",
            "/plannen/2024/acties/032",
            "/plannen/2024/acties/x",
            "/gemeenten/",
            "/gemeenten/a%20b",
            "/regios/VR14/leden",
            "/en/",
        ] {
            assert!(find(path).is_none(), "{path}");
        }
    }
}
