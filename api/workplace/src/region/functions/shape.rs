//! The answer to the document of the page, as far as it is shown.

use serde::Deserialize;

use super::super::Viewer;
use crate::{
    documents::Document,
    functions::shape::{Assignment, Vacancy},
    view::{Code, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    pub(super) viewer: Own,
    pub(super) code_lists: Vec<CodeList>,
    /// The document that the address names.
    pub(super) source_document: Option<Document>,
    functions_in_area: Option<InArea>,
    chain: Option<Coverage>,
    care: Option<Coverage>,
    officer: Option<Coverage>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Own {
    #[serde(flatten)]
    pub(super) viewer: Viewer,
    pub(super) acts_for: Vec<Member>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Member {
    pub(super) code: String,
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
struct InArea {
    nodes: Vec<Filled>,
}

#[derive(Debug, Deserialize)]
struct Filled {
    assignment: OfArea,
}

/// Who fills a function for the region, or for a larger area that it lies in.
#[derive(Debug, Deserialize)]
pub(super) struct OfArea {
    #[serde(flatten)]
    pub(super) one: Assignment,
    pub(super) area: Option<Area>,
    function: Code,
}

#[derive(Debug, Deserialize)]
pub(super) struct Area {
    pub(super) code: String,
    pub(super) name: String,
}

/// Where a function is known to be filled today.
#[derive(Debug, Deserialize)]
pub(super) struct Coverage {
    pub(super) role: Role,
    pub(super) day: String,
    municipalities: Vec<Covered>,
    vacancies: Vec<OfPlace>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Role {
    pub(super) code: String,
    pub(super) title: Text,
    pub(super) does: Text,
}

#[derive(Debug, Deserialize)]
struct Covered {
    state: String,
    municipality: Code,
}

/// A declaration that nobody fills a function, for an area or a municipality.
#[derive(Debug, Deserialize)]
struct OfPlace {
    #[serde(flatten)]
    one: Vacancy,
    area: Option<Code>,
}

impl OfArea {
    /// The code of the function.
    pub(super) fn role(&self) -> &str {
        &self.function.code
    }
}

impl Answer {
    /// Each function, with where it is filled.
    pub(super) fn functions(&self) -> impl Iterator<Item = &Coverage> {
        let all = [&self.chain, &self.care, &self.officer];
        all.into_iter().flatten()
    }

    /// Who fills functions for the region.
    fn in_area(&self) -> impl Iterator<Item = &OfArea> {
        let all = self.functions_in_area.iter().flat_map(|all| &all.nodes);
        all.map(|filled| &filled.assignment)
    }

    /// Who fills a function for the region.
    pub(super) fn filled(&self, role: &str) -> impl Iterator<Item = &OfArea> {
        self.in_area().filter(move |own| own.function.code == role)
    }

    /// The documents that a region can choose from: the one that the address names, and those in
    /// which something about its functions stands.
    pub(super) fn documents(&self, area: &str) -> Vec<&Document> {
        let vacancies = self.functions().flat_map(|one| one.vacancies_of(area));
        let sources = self
            .in_area()
            .map(|own| &own.one.source)
            .chain(vacancies.map(|one| &one.source));
        let named = sources
            .flatten()
            .filter_map(|source| source.document.as_ref());
        self.source_document.iter().chain(named).collect()
    }
}

impl Coverage {
    /// The members for which it stands so.
    pub(super) fn members<'a>(&self, members: &'a [Member], state: &str) -> Vec<&'a Member> {
        let is_so = |member: &&Member| {
            let mut all = self.municipalities.iter();
            all.any(|one| one.state == state && one.municipality.code == member.code)
        };
        members.iter().filter(is_so).collect()
    }

    /// The declarations that nobody fills it for the region.
    pub(super) fn vacancies_of(&self, area: &str) -> impl Iterator<Item = &Vacancy> {
        let all = self.vacancies.iter();
        let own = all.filter(move |one| one.area.as_ref().is_some_and(|own| own.code == area));
        own.map(|own| &own.one)
    }

    /// The declarations that nobody fills it for a member, with the name of the member.
    pub(super) fn vacancies_of_members<'a>(
        &'a self,
        members: &'a [Member],
    ) -> impl Iterator<Item = (&'a Vacancy, &'a str)> {
        self.vacancies.iter().filter_map(move |own| {
            let of = own.one.municipality.as_ref()?;
            let member = members.iter().find(|member| member.code == of.code)?;
            Some((&own.one, member.name.as_str()))
        })
    }
}
