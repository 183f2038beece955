//! `codeLists`: every closed list of the contract with its codes, labels and meanings.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{
    code_list::{AnyList, AnyValue},
    lists::LISTS,
    mistake::did_you_mean,
};

use crate::{
    error::{Failure, fail_with_all},
    text::LocalizedText,
};

/// A closed list of the contract: an enum with the words that people read. NL: codelijst.
#[derive(SimpleObject, Debug)]
pub(crate) struct CodeList {
    /// The name of the enum, as in `AnswerValue`. NL: naam.
    name: String,
    /// Every value, in the order of the contract. NL: waarden.
    values: Vec<CodeValue>,
}

/// A value of a closed list. NL: waarde.
#[derive(SimpleObject, Debug)]
pub(crate) struct CodeValue {
    /// The code, as in `PARTLY_MET`; a published code keeps its meaning. NL: code.
    code: String,
    /// The label beside the code. NL: label.
    label: LocalizedText,
    /// What it means. NL: betekenis.
    description: LocalizedText,
}

impl From<&AnyList> for CodeList {
    fn from(list: &AnyList) -> Self {
        Self {
            name: list.name.to_owned(),
            values: list.values().into_iter().map(CodeValue::from).collect(),
        }
    }
}

impl From<AnyValue> for CodeValue {
    fn from(value: AnyValue) -> Self {
        Self {
            code: value.code.to_owned(),
            label: value.label.into(),
            description: value.description.into(),
        }
    }
}

/// The names that no list bears.
fn unknown(names: &[String]) -> Vec<Failure> {
    let known = || LISTS.iter().map(|list| list.name);
    let unknown = names
        .iter()
        .filter(|name| !known().any(|list| list == *name));
    let failures = unknown.map(|name| Failure::Unknown {
        what: ("codelijst", "code list"),
        code: name.clone(),
        did_you_mean: did_you_mean(name, known()),
    });
    failures.collect()
}

/// Queries of closed lists.
#[derive(Default)]
pub struct CodeListsQuery;

#[Object]
impl CodeListsQuery {
    /// The closed lists of the contract, by name: every code with its label and its meaning in both
    /// languages. At most 200: those of the contract. `NOT_FOUND` for an unknown name, all told at
    /// once. NL: codelijsten.
    #[graphql(complexity = "5 + 20 * child_complexity")]
    async fn code_lists(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only the lists of these names, as in `AnswerValue`; by default all. NL: namen."
        )]
        names: Option<Vec<String>>,
    ) -> Result<Option<Vec<CodeList>>> {
        let Some(names) = names else {
            return Ok(Some(LISTS.iter().map(CodeList::from).collect()));
        };
        fail_with_all(ctx, unknown(&names))?;
        let wanted = LISTS
            .iter()
            .filter(|list| names.iter().any(|name| name == list.name));
        Ok(Some(wanted.map(CodeList::from).collect()))
    }
}
