//! Opaque ids: the kind of a thing and its natural key, in a form that nobody is tempted to build
//! by hand.

use async_graphql::ID;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// The kinds of things that `node` finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// An action of the plan.
    Action,
    /// A line of the plan.
    ActionLine,
    /// An area: a region, a province, a police unit.
    Area,
    /// The assessment of a municipality in a period.
    Assessment,
    /// A criterion of the framework.
    Criterion,
    /// An edition of the framework.
    FrameworkEdition,
    /// A municipality, also a former one.
    Municipality,
    /// An organisation that takes part in the plan.
    Partner,
    /// A reporting period.
    ReportingPeriod,
}

impl NodeKind {
    const ALL: [Self; 9] = [
        Self::Action,
        Self::ActionLine,
        Self::Area,
        Self::Assessment,
        Self::Criterion,
        Self::FrameworkEdition,
        Self::Municipality,
        Self::Partner,
        Self::ReportingPeriod,
    ];

    fn prefix(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::ActionLine => "line",
            Self::Area => "area",
            Self::Assessment => "assessment",
            Self::Criterion => "criterion",
            Self::FrameworkEdition => "edition",
            Self::Municipality => "municipality",
            Self::Partner => "partner",
            Self::ReportingPeriod => "period",
        }
    }
}

/// The id of a thing.
pub fn encode(kind: NodeKind, key: &str) -> ID {
    ID(format!("{}_{}", kind.prefix(), URL_SAFE_NO_PAD.encode(key)))
}

/// The thing that an id is of; none for a text that we never gave out.
pub fn decode(id: &str) -> Option<(NodeKind, String)> {
    let (prefix, key) = id.split_once('_')?;
    let kind = NodeKind::ALL
        .into_iter()
        .find(|kind| kind.prefix() == prefix)?;
    let key = String::from_utf8(URL_SAFE_NO_PAD.decode(key).ok()?).ok()?;
    Some((kind, key))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ids_round_trip(key in "\\PC{1,40}", kind in 0..NodeKind::ALL.len()) {
            let kind = NodeKind::ALL[kind];
            prop_assert_eq!(decode(&encode(kind, &key)), Some((kind, key)));
        }

        #[test]
        fn no_text_makes_decoding_fail_badly(id in "\\PC{0,60}") {
            let _ = decode(&id);
        }
    }
}
