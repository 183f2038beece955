//! The answer to the document of the page, as far as it is shown.

use serde::Deserialize;

use crate::{
    documents::{Document, Source},
    view::{Code, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    pub(super) viewer: Viewer,
    pub(super) code_lists: Vec<CodeList>,
    /// The document that the address names.
    pub(super) source_document: Option<Document>,
    pub(super) municipality: Option<Municipality>,
    pub(super) functions: Option<Functions>,
    chain: Option<Coverage>,
    care: Option<Coverage>,
    officer: Option<Coverage>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Viewer {
    pub(super) acts_for: Vec<Code>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Municipality {
    pub(super) name: String,
    policies: Vec<Adoption>,
    region: Option<Region>,
}

#[derive(Debug, Deserialize)]
struct Adoption {
    source: Option<Source>,
}

#[derive(Debug, Deserialize)]
struct Region {
    name: String,
    functions: Vec<OfRegion>,
}

#[derive(Debug, Deserialize)]
struct OfRegion {
    assignment: Regional,
}

#[derive(Debug, Deserialize)]
struct Regional {
    organisation: String,
    function: Code,
}

#[derive(Debug, Deserialize)]
pub(super) struct Functions {
    pub(super) nodes: Vec<Function>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Function {
    pub(super) code: String,
    pub(super) title: Text,
    pub(super) does: Text,
    assignments: Vec<Assignment>,
}

/// Who fills a function.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Assignment {
    pub(crate) key: String,
    pub(crate) organisation: String,
    pub(crate) trained: String,
    pub(crate) enough_time: String,
    pub(crate) from: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) ledger: i64,
    pub(crate) text: Option<String>,
    municipality: Option<Code>,
    pub(crate) source: Option<Source>,
}

#[derive(Debug, Deserialize)]
struct Coverage {
    vacancies: Vec<Vacancy>,
}

/// A declaration that nobody fills a function.
#[derive(Debug, Deserialize)]
pub(crate) struct Vacancy {
    pub(crate) key: String,
    pub(crate) role: String,
    pub(crate) from: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) ledger: i64,
    pub(crate) text: Option<String>,
    pub(crate) municipality: Option<Code>,
    pub(crate) source: Option<Source>,
}

/// Whether something is of the municipality of this code.
fn is_of(municipality: Option<&Code>, code: &str) -> bool {
    municipality.is_some_and(|own| own.code == code)
}

impl Function {
    /// Who fills it for a municipality.
    pub(super) fn assignments_of(&self, code: &str) -> impl Iterator<Item = &Assignment> {
        let all = self.assignments.iter();
        all.filter(move |one| is_of(one.municipality.as_ref(), code))
    }
}

impl Answer {
    /// The functions that nobody fills for a municipality.
    pub(super) fn vacancies_of(&self, code: &str) -> impl Iterator<Item = &Vacancy> {
        let lists = [&self.chain, &self.care, &self.officer];
        let all = lists.into_iter().flatten().flat_map(|list| &list.vacancies);
        all.filter(move |one| is_of(one.municipality.as_ref(), code))
    }

    /// Who fills a function for the safety region of the municipality.
    pub(super) fn regional(&self, function: &str) -> impl Iterator<Item = &str> {
        let region = self
            .municipality
            .as_ref()
            .and_then(|own| own.region.as_ref());
        let all = region.into_iter().flat_map(|region| &region.functions);
        let own = all.filter(move |one| one.assignment.function.code == function);
        own.map(|one| one.assignment.organisation.as_str())
    }

    /// The name of that region.
    pub(super) fn region_name(&self) -> &str {
        let region = self
            .municipality
            .as_ref()
            .and_then(|own| own.region.as_ref());
        region.map_or("", |region| region.name.as_str())
    }

    /// The documents that a municipality can choose from: the one that the address names, and those
    /// in which something about it stands.
    pub(super) fn documents(&self, code: &str) -> Vec<&Document> {
        let functions = self.functions.iter().flat_map(|all| &all.nodes);
        let assignments = functions.flat_map(|function| function.assignments_of(code));
        let policies = self.municipality.iter().flat_map(|own| &own.policies);
        let sources = assignments
            .map(|one| &one.source)
            .chain(self.vacancies_of(code).map(|one| &one.source))
            .chain(policies.map(|one| &one.source));
        let named = sources
            .flatten()
            .filter_map(|source| source.document.as_ref());
        self.source_document.iter().chain(named).collect()
    }
}
