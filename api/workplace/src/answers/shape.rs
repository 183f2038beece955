//! The answer to the document of the page, as far as it is shown.

use serde::Deserialize;

use crate::{
    evidence::Piece,
    view::{Code, CodeList, Key, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    pub(super) code_lists: Vec<CodeList>,
    pub(super) assessment: Option<Assessment>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assessment {
    pub(super) deadline_on: String,
    pub(super) may: Vec<String>,
    pub(super) municipality: Named,
    pub(super) period: Period,
    pub(super) draft: Option<Draft>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Period {
    pub(super) key: String,
    pub(super) edition: Option<Edition>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Edition {
    pub(super) themes: Vec<Theme>,
    pub(super) lineage: Vec<Lineage>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Theme {
    pub(super) title: Text,
    pub(super) criteria: Vec<Criterion>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Criterion {
    pub(super) code: String,
    pub(super) title: Text,
    pub(super) text: Text,
    pub(super) level: String,
    pub(super) required: bool,
    pub(super) answered_by: String,
    pub(super) not_applicable_allowed: bool,
    pub(super) evidence_kinds: Vec<String>,
    pub(super) basis_note: Option<Text>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Lineage {
    pub(super) change: String,
    pub(super) criterion: Option<Code>,
    pub(super) from: Option<Former>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Former {
    pub(super) text: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Draft {
    pub(super) answers: Vec<Drafted>,
    pub(super) regional_answers: Vec<Regional>,
    pub(super) preview: Option<Preview>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Drafted {
    pub(super) criterion: Option<Code>,
    pub(super) answer: String,
    pub(super) explanation: Option<String>,
    pub(super) is_to_confirm: bool,
    pub(super) revision: i32,
    pub(super) changed_by_role: String,
    pub(super) changed_at: String,
    pub(super) carried_from: Option<Key>,
    pub(super) evidence: Vec<Piece>,
}

/// What the region answers for the municipality.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Regional {
    pub(super) answer: String,
    pub(super) explanation: Option<String>,
    pub(super) from: String,
    pub(super) until: Option<String>,
    pub(super) submitted_at: String,
    pub(super) criterion: Option<Code>,
    pub(super) area: Option<Named>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Preview {
    pub(super) grounds: Grounds,
}

#[derive(Debug, Deserialize)]
pub(super) struct Grounds {
    pub(super) criteria: Vec<Ground>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ground {
    pub(super) criterion: Option<Code>,
    pub(super) answer: String,
    pub(super) answered_by: String,
    pub(super) area: Option<Named>,
    pub(super) reasons: Vec<Text>,
}
