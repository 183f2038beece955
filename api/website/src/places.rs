//! Where municipalities lay at the moment of a publication: a map of it stays as it was, whatever is joined or parted later.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::picture::Tile;

pub(crate) const DOCUMENT: &str = include_str!("../documents/places.graphql");

/// The regions with their members, as they were when the publication was prepared.
#[derive(Debug, Deserialize)]
pub(crate) struct Places {
    regions: Option<Vec<Region>>,
}

/// A region with its members.
#[derive(Debug, Deserialize)]
pub(crate) struct Region {
    pub(crate) code: String,
    pub(crate) name: String,
    municipalities: Vec<Municipality>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    tile: Option<Tile>,
}

impl Places {
    /// The region in which a municipality lies, and its tile.
    pub(crate) fn of(&self, code: &str) -> Option<(&Region, Option<Tile>)> {
        let mut regions = self.regions.iter().flatten();
        regions.find_map(|region| {
            let mut members = region.municipalities.iter();
            let member = members.find(|member| member.code == code)?;
            Some((region, member.tile))
        })
    }
}

/// The moment of which the map of a publication shows its municipalities: the day that it tells of, as known when it was
/// prepared. None of a publication without a map.
pub(crate) fn moment(data: &Value) -> Option<Value> {
    let publication = data.get("publication")?;
    let is = |member: &str, expected: &str| {
        let value = publication.get(member).and_then(Value::as_str);
        value == Some(expected)
    };
    let ledger = publication.get("manifest")?.get("ledger")?;
    let day = publication.get("referenceDate")?;
    let is_map = is("kind", "COMPLIANCE_PICTURE") && is("state", "RELEASED");
    is_map.then(|| json!({ "ledger": ledger, "day": day }))
}
