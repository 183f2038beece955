//! Makes a digest: asks `openTasks` as the organisation itself, by the schema that answers
//! everybody.

use std::sync::Arc;

use async_graphql::{Request, Response};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::contract;
use database::Database;
use domain::{
    actor::{Actor, Role},
    notices::{
        digest::{Digest, Item},
        page::path_of,
    },
    tasks::rules::TaskKind,
    text::Text,
};
use graphql::{context::RequestContext, moment::DocumentMoment};

/// What a digest tells of: as many tasks as a page of it takes, and how many there are.
const OPEN: &str = "{ openTasks(first: 50) { totalCount nodes {
    kind subjectKey nl: label(language: NL) en: label(language: EN) title { nl en } due isOverdue
    } } }";

/// Why no digest could be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum MakeError {
    /// The question was answered with a mistake; only its code is told, for its text may name a
    /// subject.
    #[error("the open tasks could not be read: {0}")]
    Refused(String),
    /// The answer has another shape than the question.
    #[error("the open tasks have another shape")]
    Shape(#[from] serde_json::Error),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    open_tasks: Tasks,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tasks {
    total_count: usize,
    nodes: Vec<Task>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    kind: String,
    subject_key: String,
    nl: String,
    en: String,
    title: Title,
    due: Option<NaiveDate>,
    is_overdue: bool,
}

#[derive(Deserialize)]
struct Title {
    nl: String,
    en: String,
}

/// What is open to an organisation; none when nothing is.
pub(super) async fn digest_of(db: &Database, role: Role) -> Result<Option<Digest>, MakeError> {
    let actor = Actor {
        role,
        pseudonym: None,
        former_pseudonym: None,
    };
    let context = Arc::new(RequestContext::new(
        db.clone(),
        actor,
        DocumentMoment::default(),
    ));
    let request = contract::equip(Request::new(OPEN), &context);
    let Response { data, errors, .. } = contract::answer(&contract::build(), request).await;
    let finished = context.finish().await;
    if let Some(error) = errors.first() {
        let extensions = error.extensions.as_ref();
        let code = extensions.and_then(|extensions| extensions.get("code"));
        let code = code.map_or_else(|| "no code".to_owned(), ToString::to_string);
        return Err(MakeError::Refused(code));
    }
    let answer: Answer = serde_json::from_value(data.into_json()?)?;
    let is_demo = finished.read.is_some_and(|read| read.is_demo);
    let items: Vec<Item> = answer.open_tasks.nodes.into_iter().map(item).collect();
    Ok((!items.is_empty()).then_some(Digest {
        total: answer.open_tasks.total_count,
        items,
        is_demo,
    }))
}

fn item(task: Task) -> Item {
    let path = TaskKind::from_code(&task.kind)
        .map_or_else(|| "/".to_owned(), |kind| path_of(kind, &task.subject_key));
    Item {
        label: Text::new(task.nl, task.en),
        title: Text::new(task.title.nl, task.title.en),
        due: task.due,
        is_overdue: task.is_overdue,
        path,
    }
}
