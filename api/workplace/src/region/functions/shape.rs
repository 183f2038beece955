//! The answer to the document of the page, as far as it is shown.

use serde::Deserialize;

use super::super::Viewer;
use crate::view::{CodeList, Text};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    pub(super) viewer: Own,
    pub(super) code_lists: Vec<CodeList>,
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

/// Who fills a function for the region, or for a larger area that it lies in.
#[derive(Debug, Deserialize)]
pub(super) struct Filled {
    pub(super) assignment: Assignment,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assignment {
    pub(super) key: String,
    pub(super) organisation: String,
    pub(super) from: Option<String>,
    pub(super) until: Option<String>,
    pub(super) trained: String,
    pub(super) enough_time: String,
    pub(super) text: Option<String>,
    pub(super) area: Option<Area>,
    function: Code,
    pub(super) source: Option<Source>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Area {
    pub(super) code: String,
    #[serde(default)]
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Code {
    pub(super) code: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Source {
    pub(super) document: Option<Document>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub(super) title: Text,
}

/// Where a function is known to be filled today.
#[derive(Debug, Deserialize)]
pub(super) struct Coverage {
    pub(super) role: Role,
    pub(super) day: String,
    municipalities: Vec<Covered>,
    vacancies: Vec<Vacancy>,
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

/// A declaration that nobody fills a function.
#[derive(Debug, Deserialize)]
pub(super) struct Vacancy {
    pub(super) key: String,
    pub(super) from: Option<String>,
    pub(super) until: Option<String>,
    pub(super) text: Option<String>,
    area: Option<Area>,
    municipality: Option<Code>,
}

impl Answer {
    /// Each function, with where it is filled.
    pub(super) fn functions(&self) -> impl Iterator<Item = &Coverage> {
        let all = [&self.chain, &self.care, &self.officer];
        all.into_iter().flatten()
    }

    /// Who fills a function for the region.
    pub(super) fn filled(&self, role: &str) -> impl Iterator<Item = &Assignment> {
        let all = self.functions_in_area.iter().flat_map(|all| &all.nodes);
        let all = all.map(|filled| &filled.assignment);
        all.filter(move |one| one.function.code == role)
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

    /// The declarations that nobody fills it for the region, or for one of its members: with the
    /// name of the member.
    pub(super) fn vacancies<'a>(
        &'a self,
        area: &'a str,
        members: &'a [Member],
    ) -> impl Iterator<Item = (&'a Vacancy, Option<&'a str>)> {
        self.vacancies.iter().filter_map(move |vacancy| {
            let own = vacancy.municipality.as_ref();
            let member = own.and_then(|own| members.iter().find(|one| one.code == own.code));
            let of_area = vacancy.area.as_ref().is_some_and(|own| own.code == area);
            let name = member.map(|member| member.name.as_str());
            (of_area || name.is_some()).then_some((vacancy, name))
        })
    }
}
