//! Feeds of what changed in public, as Atom (RFC 4287): of everything, and of an action line, a partner and a region. Each
//! is made of the last thousand entries of the ledger that everybody may see, and holds the latest hundred of its own.

mod change;

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use self::change::Change;
use crate::{Colophon, Language, Page, Unmade, language::Text, xml};

pub(crate) const ALL: &str = include_str!("../../documents/changes.graphql");
pub(crate) const OF_LINE: &str = include_str!("../../documents/changes_of_line.graphql");
pub(crate) const OF_PARTNER: &str = include_str!("../../documents/changes_of_partner.graphql");
pub(crate) const OF_REGION: &str = include_str!("../../documents/changes_of_region.graphql");

/// How the address of a feed ends, behind that of the page that it belongs to.
pub(crate) const FILE: &str = "/wijzigingen.atom";

/// The pages of changes that a document reads, and the entries of each.
const PAGES: i64 = 10;
const PAGE: i64 = 100;
/// Entries of a feed, at most.
const MOST: usize = 100;

#[derive(Debug, Deserialize)]
struct Changes {
    nodes: Vec<Change>,
}

#[derive(Debug, Deserialize)]
struct Line {
    number: u16,
    title: Text,
    actions: Vec<Number>,
}

#[derive(Debug, Deserialize)]
struct Number {
    number: u16,
}

#[derive(Debug, Deserialize)]
struct Partner {
    key: String,
    name: Text,
    roles: Vec<Role>,
}

#[derive(Debug, Deserialize)]
struct Role {
    action: Key,
}

#[derive(Debug, Deserialize)]
struct Key {
    key: String,
}

#[derive(Debug, Deserialize)]
struct Region {
    code: String,
    name: String,
    municipalities: Vec<Code>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

/// What a feed is about.
#[derive(Debug)]
enum About {
    Everything,
    Line {
        name: String,
        key: String,
        actions: BTreeSet<String>,
    },
    Partner {
        name: String,
        key: String,
        actions: BTreeSet<String>,
    },
    Region {
        name: String,
        codes: BTreeSet<String>,
    },
}

/// Since which numbers the pages of a document read, when the ledger ends with this one.
pub(crate) fn since(head: i64) -> Map<String, Value> {
    let pages = (1..=PAGES).map(|page| {
        let since = (head - page * PAGE).max(0);
        (format!("s{}", page - 1), json!(since))
    });
    pages.collect()
}

impl About {
    /// What the feed of a page is about, by the answer to its document.
    fn of(page: &Page, data: &Value) -> Result<Self, Unmade> {
        let language = page.language;
        let variable = |name: &str| page.variables.get(name).and_then(Value::as_str);
        if let Some(lines) = data.get("actionLines") {
            let lines: Option<Vec<Line>> = serde_json::from_value(lines.clone())?;
            let number = page.address.trim_end_matches(FILE).rsplit('/').next();
            let mut lines = lines.into_iter().flatten();
            let line = lines.find(|line| number == Some(line.number.to_string().as_str()));
            let line = line.ok_or(Unmade::NotThere)?;
            let plan = variable("plan").unwrap_or_default();
            let actions = line.actions.iter();
            return Ok(Self::Line {
                name: crate::line::name(language, line.number, language.of(&line.title)),
                key: format!("{plan}/{}", line.number),
                actions: actions
                    .map(|action| format!("{plan}/{}", action.number))
                    .collect(),
            });
        }
        if let Some(partner) = data.get("partner") {
            let partner: Option<Partner> = serde_json::from_value(partner.clone())?;
            // A partner has one address, by its key.
            let partner = partner.filter(|one| variable("name") == Some(one.key.as_str()));
            let partner = partner.ok_or(Unmade::NotThere)?;
            return Ok(Self::Partner {
                name: language.of(&partner.name).to_owned(),
                actions: partner
                    .roles
                    .into_iter()
                    .map(|role| role.action.key)
                    .collect(),
                key: partner.key,
            });
        }
        if let Some(region) = data.get("region") {
            let region: Option<Region> = serde_json::from_value(region.clone())?;
            let region = region.ok_or(Unmade::NotThere)?;
            let members = region.municipalities.into_iter().map(|one| one.code);
            return Ok(Self::Region {
                codes: members.chain([region.code]).collect(),
                name: region.name,
            });
        }
        Ok(Self::Everything)
    }

    fn concerns(&self, change: &Change) -> bool {
        match self {
            Self::Everything => true,
            Self::Line { key, actions, .. } => {
                change.line().as_ref() == Some(key)
                    || change
                        .action()
                        .is_some_and(|action| actions.contains(&action))
            }
            Self::Partner { key, actions, .. } => {
                change.partner() == Some(key.as_str())
                    || change
                        .action()
                        .is_some_and(|action| actions.contains(&action))
            }
            Self::Region { codes, .. } => {
                let mut pieces = change.subject_key.split('/');
                change.subject_kind != "Tile" && pieces.any(|piece| codes.contains(piece))
            }
        }
    }

    fn title(&self, language: Language) -> String {
        let changes = language.pick("Wijzigingen", "Changes");
        match self {
            Self::Everything => {
                format!(
                    "{changes}: {}",
                    language.pick(
                        "Samen tegen mensenhandel",
                        "Together against Human Trafficking"
                    )
                )
            }
            Self::Line { name, .. } | Self::Partner { name, .. } | Self::Region { name, .. } => {
                format!("{changes}: {name}")
            }
        }
    }
}

/// The changes of an answer, the latest first.
fn changes(data: &Value) -> Result<Vec<Change>, Unmade> {
    let mut all = BTreeMap::new();
    for page in 0..PAGES {
        let found = data.get(format!("c{page}")).cloned().unwrap_or_default();
        let found: Option<Changes> = serde_json::from_value(found)?;
        let nodes = found.into_iter().flat_map(|found| found.nodes);
        all.extend(nodes.map(|change| (change.ledger, change)));
    }
    Ok(all.into_values().rev().collect())
}

/// The feed as XML.
pub(crate) fn lay_out(page: &Page, data: &Value, colophon: Colophon<'_>) -> Result<String, Unmade> {
    let about = About::of(page, data)?;
    let mut changes = changes(data)?;
    changes.retain(|change| about.concerns(change));
    changes.truncate(MOST);
    let language = page.language;
    let own = format!("{}{}", colophon.address, page.path());
    let shown = match page.address.trim_end_matches(FILE) {
        "" => "/",
        address => address,
    };
    let midnight = format!("{}T00:00:00Z", colophon.day.unwrap_or("1970-01-01"));
    let updated = changes
        .first()
        .map_or(&midnight, |change| &change.recorded_at);
    let demo = colophon.is_demo.then_some("DEMO: ");
    let feed = html! {
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(language.tag()) {
            id { (own) }
            title { (demo.unwrap_or_default()) (about.title(language)) }
            updated { (updated) }
            author { name { (colophon.publisher.unwrap_or(language.pick("Samen tegen mensenhandel: monitor", "Together against Human Trafficking: monitor"))) } }
            link rel="self" type="application/atom+xml" href=(own) {}
            link rel="alternate" type="text/html" href=(format!("{}{}", colophon.address, page.to(shown))) {}
            rights { (colophon.licence_code) }
            @for change in &changes { (entry(page, change, colophon)) }
        }
    };
    Ok(xml(&feed.into_string()))
}

fn entry(page: &Page, change: &Change, colophon: Colophon<'_>) -> Markup {
    let (_, host) = colophon.address.split_once("://").unwrap_or_default();
    let sentence = page.language.of(&change.sentence);
    // The number of an entry never names another one, so neither does this.
    let id = format!(
        "tag:{host},2026:ledger/{}/{}",
        change.ledger,
        page.language.tag()
    );
    html! {
        entry {
            id { (id) }
            title { (sentence) }
            updated { (change.recorded_at) }
            link rel="alternate" type="text/html" href=(format!("{}{}", colophon.address, page.to(&change.address()))) {}
            category term=(change.subject_kind) {}
            content type="text" { (sentence) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find_feed;

    const COLOPHON: Colophon<'static> = Colophon {
        is_demo: false,
        day: Some("2026-12-01"),
        address: "https://example.nl",
        publisher: None,
        licence_code: "CC0-1.0",
        licence: None,
        accessibility: None,
        privacy: None,
        email: None,
        telephone: None,
    };

    fn change(ledger: u64, kind: &str, key: &str) -> Value {
        json!({
            "ledger": ledger, "recordedAt": format!("2026-11-0{ledger}T10:00:00+00:00"), "subjectKind": kind,
            "subjectKey": key, "sentence": { "nl": format!("Zin {ledger} & meer"), "en": format!("Sentence {ledger}") },
        })
    }

    /// Pages that overlap, as those of a short ledger do.
    fn answer() -> Value {
        let newest = vec![
            change(4, "Partner", "comensha"),
            change(5, "Municipality", "GM0402"),
        ];
        let older = vec![
            change(1, "StatusReport", "2025-1/2024/32"),
            change(2, "OperationalGoal", "2024/4/1"),
            change(3, "ActionPartner", "2024/41/comensha/OWNER"),
            change(4, "Partner", "comensha"),
        ];
        json!({ "c0": { "nodes": newest }, "c1": { "nodes": older } })
    }

    fn feed(path: &str, more: (&str, Value)) -> String {
        let page = find_feed(path, 250).unwrap();
        let mut data = answer();
        if !more.0.is_empty() {
            data[more.0] = more.1;
        }
        lay_out(&page, &data, COLOPHON).unwrap()
    }

    fn ids(feed: &str) -> Vec<u64> {
        let entries = feed.split("ledger/").skip(1);
        let ids = entries.filter_map(|rest| rest.split('/').next()?.parse().ok());
        ids.collect()
    }

    #[test]
    fn pages_go_back_from_the_end_of_the_ledger() {
        let numbers = since(250);
        assert_eq!(numbers.len(), 10);
        assert_eq!(numbers["s0"], 150);
        assert_eq!(numbers["s1"], 50);
        assert_eq!(numbers["s2"], 0);
        for document in [ALL, OF_LINE, OF_PARTNER, OF_REGION] {
            for name in numbers.keys() {
                assert!(document.contains(&format!("${name}: Int!")), "{name}");
            }
        }
    }

    #[test]
    fn a_feed_of_everything_has_each_change_once_the_latest_first() {
        let xml = feed("/wijzigingen.atom", ("", Value::Null));
        assert_eq!(ids(&xml), [5, 4, 3, 2, 1]);
        for text in [
            "<id>https://example.nl/wijzigingen.atom</id>",
            "<updated>2026-11-05T10:00:00+00:00</updated><author>",
            "<title>Zin 1 &amp; meer</title>",
            "href=\"https://example.nl/plannen/2024/acties/32\"></link>",
            "href=\"https://example.nl/plannen/2024/lijnen/4\"></link>",
            "href=\"https://example.nl/gemeenten/GM0402\"></link>",
            "href=\"https://example.nl/\"></link><rights>CC0-1.0</rights>",
        ] {
            assert!(xml.contains(text), "{text} in {xml}");
        }
        let english = feed("/en/wijzigingen.atom", ("", Value::Null));
        assert!(english.contains("<title>Sentence 5</title>"), "{english}");
        assert!(english.contains("<id>https://example.nl/en/wijzigingen.atom</id>"));
    }

    #[test]
    fn a_text_that_xml_cannot_hold_spoils_no_feed() {
        let mut data = answer();
        data["c0"]["nodes"][1]["sentence"]["nl"] = "Zin\u{1}\u{b}\u{ffff} 5 <b>".into();
        let page = find_feed("/wijzigingen.atom", 250).unwrap();
        let xml = lay_out(&page, &data, COLOPHON).unwrap();
        assert!(xml.contains("<title>Zin 5 &lt;b&gt;</title>"), "{xml}");
    }

    #[test]
    fn a_feed_of_one_thing_has_what_concerns_it() {
        let title = json!({ "nl": "Samenwerking", "en": "Cooperation" });
        let lines = json!([{ "number": 4, "title": title, "actions": [{ "number": 32 }] }]);
        let of_line = "/plannen/2024/lijnen/4/wijzigingen.atom";
        let xml = feed(of_line, ("actionLines", lines.clone()));
        assert_eq!(ids(&xml), [2, 1]);
        assert!(xml.contains("<title>Wijzigingen: Actielijn 4: Samenwerking</title>"));
        let partner = json!({ "key": "comensha", "name": title, "roles": [{ "action": { "key": "2024/32" } }] });
        let xml = feed(
            "/partners/comensha/wijzigingen.atom",
            ("partner", partner.clone()),
        );
        assert_eq!(ids(&xml), [4, 3, 1]);
        let region =
            json!({ "code": "VR14", "name": "Gooi", "municipalities": [{ "code": "GM0402" }] });
        let xml = feed("/regios/VR14/wijzigingen.atom", ("region", region));
        assert_eq!(ids(&xml), [5]);
        for (path, field, value) in [
            (
                "/plannen/2024/lijnen/9/wijzigingen.atom",
                "actionLines",
                lines,
            ),
            ("/partners/CoMensha/wijzigingen.atom", "partner", partner),
            ("/regios/VR99/wijzigingen.atom", "region", Value::Null),
        ] {
            let page = find_feed(path, 250).unwrap();
            let made = lay_out(&page, &json!({ field: value }), COLOPHON);
            assert!(matches!(made, Err(Unmade::NotThere)), "{path}");
        }
    }
}
