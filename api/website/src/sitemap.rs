//! The list of all pages in both languages, for search engines (sitemaps.org 0.9).

use serde::Deserialize;
use serde_json::Value;

use crate::{Language, Unmade};

pub(crate) const DOCUMENT: &str = include_str!("../documents/sitemap.graphql");

/// The pages of which there is one each.
const SINGLE: [&str; 14] = [
    "/",
    "/doelen",
    "/effecten",
    "/begroting",
    "/partners",
    "/regios",
    "/kader",
    "/publicaties",
    "/kwaliteit",
    "/bronnen",
    "/zoeken",
    "/ontvangstbewijs",
    "/over",
    "/toegankelijkheid",
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    plan_versions: Option<Vec<Plan>>,
    partners: Option<Keys>,
    regions: Option<Vec<Region>>,
    publications: Option<Keys>,
    source_documents: Option<Keys>,
}

#[derive(Debug, Deserialize)]
struct Plan {
    key: String,
    lines: Vec<Line>,
}

#[derive(Debug, Deserialize)]
struct Line {
    number: u16,
    actions: Vec<Number>,
}

#[derive(Debug, Deserialize)]
struct Number {
    number: u16,
}

#[derive(Debug, Deserialize)]
struct Region {
    code: String,
    municipalities: Vec<Code>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

/// Things that have a page by their key.
#[derive(Debug, Deserialize)]
struct Keys {
    nodes: Vec<Key>,
}

#[derive(Debug, Deserialize)]
struct Key {
    key: String,
}

impl Keys {
    /// Where their pages stand below a place.
    fn below<'a>(found: Option<&'a Self>, place: &'a str) -> impl Iterator<Item = String> + 'a {
        let keys = found.into_iter().flat_map(|found| &found.nodes);
        keys.map(move |one| format!("{place}/{}", one.key))
    }
}

/// The list as XML, of a service at this address.
pub(crate) fn lay_out(data: Value, service: &str) -> Result<String, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let service = service.replace('&', "&amp;").replace('<', "&lt;");
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses(&answer) {
        for language in [Language::Dutch, Language::English] {
            xml.push_str("<url><loc>");
            xml.push_str(&service);
            xml.push_str(&language.address(&address));
            xml.push_str("</loc></url>\n");
        }
    }
    xml.push_str("</urlset>\n");
    Ok(xml)
}

/// The Dutch addresses of all pages.
fn addresses(answer: &Answer) -> Vec<String> {
    let mut addresses: Vec<String> = SINGLE.map(str::to_owned).into();
    for plan in answer.plan_versions.iter().flatten() {
        for line in &plan.lines {
            addresses.push(format!("/plannen/{}/lijnen/{}", plan.key, line.number));
            let actions = line.actions.iter();
            addresses.extend(
                actions.map(|action| format!("/plannen/{}/acties/{}", plan.key, action.number)),
            );
        }
    }
    for region in answer.regions.iter().flatten() {
        addresses.push(format!("/regios/{}", region.code));
        let municipalities = region.municipalities.iter();
        addresses.extend(municipalities.map(|one| format!("/gemeenten/{}", one.code)));
    }
    for (found, place) in [
        (&answer.partners, "/partners"),
        (&answer.publications, "/publicaties"),
        (&answer.source_documents, "/bronnen"),
    ] {
        addresses.extend(Keys::below(found.as_ref(), place));
    }
    addresses
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_page_is_listed_in_both_languages() {
        let data = json!({
            "planVersions": [{ "key": "2024", "lines": [{ "number": 4, "actions": [{ "number": 32 }] }] }],
            "regions": [{ "code": "VR14", "municipalities": [{ "code": "GM0402" }] }],
            "partners": { "nodes": [{ "key": "comensha" }] },
            "publications": { "nodes": [{ "key": "budget-2024-1" }] },
            "sourceDocuments": { "nodes": [{ "key": "monitoring-2025" }] },
        });
        let xml = lay_out(data, "https://example.nl").unwrap();
        for address in [
            "/",
            "/en",
            "/en/kwaliteit",
            "/plannen/2024/lijnen/4",
            "/en/plannen/2024/acties/32",
            "/regios/VR14",
            "/gemeenten/GM0402",
            "/en/publicaties/budget-2024-1",
            "/partners/comensha",
            "/en/bronnen/monitoring-2025",
        ] {
            let place = format!("<loc>https://example.nl{address}</loc>");
            assert!(xml.contains(&place), "{address} in {xml}");
        }
        assert_eq!(xml.matches("<url>").count(), 2 * (SINGLE.len() + 7));
    }
}
