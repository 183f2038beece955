//! The answers to the documents of the pages, as far as they are shown.

use serde::Deserialize;

use crate::{
    documents::{Document, Source},
    view::{Code, CodeList, Key, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct List {
    pub(super) viewer: Viewer,
    pub(super) actions: Option<Actions>,
    pub(super) open_rounds: Option<Rounds>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Viewer {
    pub(super) role: String,
    #[serde(default)]
    pub(super) organisation: Option<Code>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Actions {
    pub(super) nodes: Vec<Listed>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Listed {
    pub(super) number: u32,
    pub(super) title: Text,
    pub(super) status_label: Option<String>,
    pub(super) may: Vec<String>,
    pub(super) results: Vec<Counted>,
    pub(super) measurements: Vec<Counted>,
}

/// Something of which only the number counts.
#[derive(Debug, Deserialize)]
pub(super) struct Counted {}

#[derive(Debug, Deserialize)]
pub(super) struct Rounds {
    pub(super) nodes: Vec<Round>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Round {
    pub(super) key: String,
    pub(super) title: Text,
    /// None for whoever reports in no round.
    pub(super) reports: Option<Vec<Counted>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    pub(super) viewer: Viewer,
    pub(super) code_lists: Vec<CodeList>,
    /// The document that the address names.
    pub(super) source_document: Option<Document>,
    pub(super) action: Option<Action>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Action {
    pub(super) number: u32,
    pub(super) title: Text,
    pub(super) status_label: Option<String>,
    pub(super) status_round: Option<Titled>,
    pub(super) explanation: Option<String>,
    pub(super) may: Vec<String>,
    pub(super) results: Vec<Reached>,
    pub(super) goals: Vec<OfGoal>,
    pub(super) measurements: Vec<Measurement>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Titled {
    pub(super) title: Text,
}

/// A text in both languages.
#[derive(Debug, Deserialize)]
pub(super) struct Both {
    pub(super) nl: String,
    pub(super) en: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct English {
    pub(super) en: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Organisation {
    pub(super) code: String,
    pub(super) name: Text,
}

/// A result of an action.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reached {
    pub(super) position: u32,
    pub(super) kind: Option<String>,
    pub(super) value: Option<i64>,
    pub(super) value_to: Option<i64>,
    pub(super) qualifier: String,
    pub(super) qualifier_text: Option<String>,
    pub(super) unit: Option<Both>,
    pub(super) explanation: Option<String>,
    pub(super) summary: Option<English>,
    pub(super) ledger: i64,
    pub(super) reported_by: Option<Organisation>,
    pub(super) source: Option<Source>,
}

#[derive(Debug, Deserialize)]
pub(super) struct OfGoal {
    pub(super) goal: Goal,
}

#[derive(Debug, Deserialize)]
pub(super) struct Goal {
    pub(super) key: String,
    pub(super) text: String,
    pub(super) targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Target {
    pub(super) number: u32,
    pub(super) text: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Measurement {
    pub(super) key: String,
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) group: Option<Both>,
    pub(super) value: Option<i64>,
    pub(super) unit: Option<Both>,
    pub(super) measured_on: Option<String>,
    pub(super) text: Option<String>,
    pub(super) translation: String,
    pub(super) target_number: Option<u32>,
    pub(super) ledger: i64,
    pub(super) goal: Option<Key>,
    pub(super) reported_by: Option<Organisation>,
    pub(super) source: Option<Source>,
}

impl Viewer {
    /// Whether whoever looks may tell anew what this organisation told: its own, and the ministry
    /// all. VNG tells as the partner `vng`.
    pub(super) fn may_change(&self, reported_by: Option<&Organisation>) -> bool {
        let own = self.organisation.as_ref();
        let is_own = own.zip(reported_by);
        self.role == "MINISTRY"
            || is_own.is_some_and(|(own, by)| own.code.eq_ignore_ascii_case(&by.code))
    }
}

impl Answer {
    /// The documents that can be chosen: the one that the address names, and those in which something
    /// about the action stands.
    pub(super) fn documents(&self) -> Vec<&Document> {
        let results = self.action.iter().flat_map(|action| &action.results);
        let measurements = self.action.iter().flat_map(|action| &action.measurements);
        let sources = results
            .map(|one| &one.source)
            .chain(measurements.map(|one| &one.source));
        let named = sources
            .flatten()
            .filter_map(|source| source.document.as_ref());
        self.source_document.iter().chain(named).collect()
    }
}
