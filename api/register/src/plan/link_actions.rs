//! `linkActions`.

use async_graphql::InputObject;
use domain::{
    mistake::{Mistake, text_mistakes},
    plan::{
        CURRENT_PLAN,
        codes::RelationKind,
        rules::{self, ActionStatus},
    },
    policy::{self, MayManagePlan},
};
use entity::{action, action_relation, monitoring_round, status_report};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
    warning::{Warning, WarningCode},
};

use super::{
    action::Action,
    codes::action_mistake,
    errors::{ActionError, ActionErrorCode},
    plan_action::repeated,
    repo::{self, Link, NewLinks},
    report::last_words,
};
use crate::sources::input::{SourceInput, source_mistakes};

/// Characters of the words that tell the link at most.
const LONGEST_TEXT: usize = 500;

/// How an action hangs together with others from now on. NL: te koppelen acties.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct LinkActionsInput {
    /// The plan version of the action. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The number of the action that the link is told of: the one that starts later, of
    /// `STARTS_AFTER`. NL: actienummer.
    action: i32,
    /// How it hangs together with the others. NL: soort samenhang.
    kind: Coded<RelationKind>,
    /// The actions to link it to, by key, as in `2024/11`. NL: koppelen aan.
    #[graphql(default)]
    to: Vec<String>,
    /// The actions to which it is no longer linked so, by key. NL: loskoppelen van.
    #[graphql(default)]
    no_longer_to: Vec<String>,
    /// The words that tell the link, in Dutch, at most 500 characters. NL: tekst.
    text: Option<String>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of links. NL: resultaat.
    LinkActionsPayload {
        /// The action; null when nothing was linked. NL: actie.
        action: Action,
        /// What to repair; empty when all was done. NL: fouten.
        errors: ActionError,
    }
}

type Code = ActionErrorCode;

/// Links actions and takes links away; gives the key of the action.
pub(super) async fn link(
    request: &RequestContext,
    input: &LinkActionsInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("linkActions", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let own = format!("{}/{}", input.plan, input.action);
    let mut mistakes = form_mistakes(input, &own);
    let actions = change.known::<action::Entity>().await?;
    mistakes.extend(action_mistake(
        &input.plan,
        input.action,
        actions,
        Code::UnknownAction,
    ));
    let relations = change.known::<action_relation::Entity>().await?;
    mistakes.extend(link_mistakes(input, &own, actions, relations));
    mistakes
        .extend(source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?);
    stop_at(mistakes)?;
    let links: Vec<Link> = input.to.iter().map(|to| link_to(input, to)).collect();
    let subjects: Vec<String> = input
        .no_longer_to
        .iter()
        .map(|to| link_to(input, to).subject())
        .collect();
    let gone: Vec<action_relation::Model> = relations
        .iter()
        .filter(|row| subjects.contains(&row.subject_key))
        .cloned()
        .collect();
    request.warn(early_starts(&change, input, &links).await?);
    let new = NewLinks {
        links,
        gone,
        text: input.text.clone(),
        source: input.source.pair(),
    };
    repo::append_links(&mut change.writer, &change.permit, new).await?;
    Ok(change.seal(request, own).await?)
}

fn link_to(input: &LinkActionsInput, to: &str) -> Link {
    let (plan, number) = to.split_once('/').unwrap_or_default();
    Link {
        from: (input.plan.clone(), input.action),
        kind: input.kind.code(),
        to: (plan.to_owned(), number.parse().unwrap_or_default()),
    }
}

fn form_mistakes(input: &LinkActionsInput, own: &str) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if input.to.is_empty() && input.no_longer_to.is_empty() {
        mistakes.push(Mistake::at(
            Code::NothingToDo,
            &["to"],
            "Noem een actie om aan te koppelen of om van los te koppelen.",
            "Name an action to link to, or one to take the link from.",
        ));
    }
    for (i, to) in input.to.iter().enumerate() {
        if to == own {
            mistakes.push(Mistake::at(
                Code::LinkedToItself,
                &["to", &i.to_string()],
                "Een actie wordt niet aan zichzelf gekoppeld.",
                "An action is not linked to itself.",
            ));
        }
    }
    let text = input.text.as_deref();
    mistakes.extend(text_mistakes(
        &["text"],
        text,
        LONGEST_TEXT,
        Code::TextLength,
    ));
    mistakes
}

/// What is wrong with each of the links, and with all of them together.
fn link_mistakes(
    input: &LinkActionsInput,
    own: &str,
    actions: &[action::Model],
    relations: &[action_relation::Model],
) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    let linked = |to: &str| {
        let subject = link_to(input, to).subject();
        relations.iter().any(|row| row.subject_key == subject)
    };
    let unknown = |field: &[&str], to: &str| {
        let keys = actions.iter().map(|row| row.subject_key.as_str());
        Mistake::unknown(Code::UnknownAction, field, ("actie", "action"), to, keys)
    };
    for (i, to) in input.to.iter().enumerate() {
        let at = ["to", &i.to_string()];
        mistakes.extend(unknown(&at, to));
        if input.to[..i].contains(to) {
            mistakes.push(repeated(&at));
        } else if linked(to) {
            mistakes.push(Mistake::at(
                Code::AlreadyLinked,
                &at,
                format!("{own} is zo al aan {to} gekoppeld."),
                format!("{own} is linked to {to} so already."),
            ));
        }
    }
    for (i, to) in input.no_longer_to.iter().enumerate() {
        let at = ["noLongerTo", &i.to_string()];
        if input.no_longer_to[..i].contains(to) {
            mistakes.push(repeated(&at));
        } else if !linked(to) {
            mistakes.push(Mistake::at(
                Code::NotLinked,
                &at,
                format!("{own} is zo niet aan {to} gekoppeld."),
                format!("{own} is not linked to {to} so."),
            ));
        }
    }
    if input.kind.0 == RelationKind::StartsAfter {
        mistakes.extend(cycle_mistake(input, own, relations));
    }
    mistakes
}

/// The circle of actions that would wait for each other.
fn cycle_mistake(
    input: &LinkActionsInput,
    own: &str,
    relations: &[action_relation::Model],
) -> Option<Mistake<Code>> {
    let gone = |from: &str, to: &str| from == own && input.no_longer_to.iter().any(|key| key == to);
    let mut waits: Vec<(String, String)> = relations
        .iter()
        .filter(|row| row.kind == "STARTS_AFTER")
        .map(|row| {
            (
                format!("{}/{}", row.plan, row.number),
                format!("{}/{}", row.to_plan, row.to_number),
            )
        })
        .filter(|(from, to)| !gone(from, to))
        .collect();
    // An action that is linked to itself is told as just that.
    let added = input.to.iter().filter(|to| *to != own);
    waits.extend(added.map(|to| (own.to_owned(), to.clone())));
    let pairs: Vec<(&str, &str)> = waits
        .iter()
        .map(|(from, to)| (from.as_str(), to.as_str()))
        .collect();
    let circle = rules::circle(&pairs, own)?.join(" → ");
    Some(Mistake::at(
        Code::Cycle,
        &["to"],
        format!("Deze acties zouden op elkaar wachten: {circle}."),
        format!("These actions would wait for each other: {circle}."),
    ))
}

/// The action has begun although one that it starts after is not completed.
async fn early_starts(
    change: &Change<MayManagePlan>,
    input: &LinkActionsInput,
    links: &[Link],
) -> Result<Vec<Warning>, Stopped<Code>> {
    if input.kind.0 != RelationKind::StartsAfter {
        return Ok(Vec::new());
    }
    let rounds = change.known::<monitoring_round::Entity>().await?;
    let reports = change.known::<status_report::Entity>().await?;
    let status =
        |plan: &str, number| rules::last_status(&last_words(rounds, reports, plan, number));
    let has_begun =
        status(&input.plan, input.action).is_some_and(|status| status != ActionStatus::NotStarted);
    let unfinished = links
        .iter()
        .filter(|link| has_begun && status(&link.to.0, link.to.1) != Some(ActionStatus::Completed));
    Ok(unfinished
        .map(|link| {
            let other = link.to.1;
            Warning::at(
                WarningCode::StartedBeforePredecessor,
                &["to"],
                format!("Deze actie is al begonnen, en actie {other} is nog niet afgerond."),
                format!("This action has begun already, and action {other} is not completed yet."),
            )
        })
        .collect())
}
