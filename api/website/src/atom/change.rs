//! A change as `changes` gives it, and what its key names.

use serde::Deserialize;

use crate::language::Text;

/// Kinds whose key begins with an action, by plan and number.
const OF_ACTIONS: [&str; 16] = [
    "Action",
    "ActionGoal",
    "ActionPartner",
    "ActionPhase",
    "ActionReference",
    "ActionRelation",
    "ActionResult",
    "ActionTheme",
    "ActionTitle",
    "ActionYear",
    "Activity",
    "Milestone",
    "Obligation",
    "PartnerMention",
    "UnnamedParty",
    "ActionLineage",
];
/// Kinds whose key has an action behind a round.
const OF_ROUNDS: [&str; 2] = ["StatusReport", "RoundExclusion"];
/// Kinds whose key begins with an action line, by plan and number.
const OF_LINES: [&str; 4] = [
    "ActionLine",
    "GoalTarget",
    "IntendedEffect",
    "OperationalGoal",
];
/// Kinds whose key has a partner behind an action.
const WITH_PARTNER: [&str; 2] = ["ActionPartner", "PartnerMention"];

/// A change that everybody may see.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Change {
    pub(super) ledger: u64,
    pub(super) recorded_at: String,
    pub(super) subject_kind: String,
    pub(super) subject_key: String,
    pub(super) sentence: Text,
}

impl Change {
    /// The action, as in `2024/32`, that it is of.
    pub(super) fn action(&self) -> Option<String> {
        let kind = self.subject_kind.as_str();
        let skipped = if OF_ROUNDS.contains(&kind) {
            1
        } else if OF_ACTIONS.contains(&kind) {
            0
        } else {
            return None;
        };
        let mut pieces = self.subject_key.split('/').skip(skipped);
        Some(format!("{}/{}", pieces.next()?, pieces.next()?))
    }

    /// The action line, as in `2024/4`, that it is of.
    pub(super) fn line(&self) -> Option<String> {
        let mut pieces = self.subject_key.split('/');
        let is_of_line = OF_LINES.contains(&self.subject_kind.as_str());
        is_of_line.then_some(format!("{}/{}", pieces.next()?, pieces.next()?))
    }

    /// The partner that its key names.
    pub(super) fn partner(&self) -> Option<&str> {
        let mut pieces = self.subject_key.split('/');
        match self.subject_kind.as_str() {
            "Partner" => pieces.next(),
            kind if WITH_PARTNER.contains(&kind) => pieces.nth(2),
            _ => None,
        }
    }

    /// The Dutch address of the page where it is seen.
    pub(super) fn address(&self) -> String {
        let parted = |key: &str, kind: &str| {
            let (plan, number) = key.split_once('/').unwrap_or((key, ""));
            format!("/plannen/{plan}/{kind}/{number}")
        };
        if let Some(action) = self.action() {
            return parted(&action, "acties");
        }
        if let Some(line) = self.line() {
            return parted(&line, "lijnen");
        }
        let pieces: Vec<&str> = self.subject_key.split('/').collect();
        let of = |beginning: &str| pieces.iter().find(|piece| is_code(piece, beginning));
        match (self.subject_kind.as_str(), of("GM"), of("VR")) {
            ("Publication", ..) => format!("/publicaties/{}", self.subject_key),
            ("BudgetCell" | "Funding", ..) => "/begroting".to_owned(),
            ("KnownGap" | "KnownDifference" | "DataDecision", ..) => "/kwaliteit".to_owned(),
            ("Criterion" | "Theme" | "FrameworkEdition", ..) => "/kader".to_owned(),
            ("Tile", ..) => "/".to_owned(),
            (_, Some(municipality), _) => format!("/gemeenten/{municipality}"),
            (_, None, Some(region)) => format!("/regios/{region}"),
            (_, None, None) => "/".to_owned(),
        }
    }
}

/// Whether a piece of a key is a code, as in `GM0402`.
fn is_code(piece: &str, beginning: &str) -> bool {
    let digits = piece.strip_prefix(beginning);
    digits.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|one| one.is_ascii_digit()))
}
