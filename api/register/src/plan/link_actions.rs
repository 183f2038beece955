//! `linkActions`.

use async_graphql::{Enum, InputObject, SimpleObject};
use domain::{
    mistake::{Mistake, text_mistakes},
    plan::{
        codes::RelationKind,
        rules::{self, ActionStatus},
    },
    policy::{self, MayManagePlan},
};
use entity::{action, action_relation, monitoring_round, status_report};
use graphql::{
    change::{Call, Change, Outcome, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
    warning::{Warning, WarningCode, text_warnings},
};

use super::{
    action::Action,
    codes::action_mistake,
    repo::{self, Link},
    report::last_words,
};
use crate::sources::input::{SourceInput, source_mistakes};

/// Characters of the words that tell the link at most.
const LONGEST_TEXT: usize = 500;

/// What can be wrong with links. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkActionsErrorCode {
    /// There is no action of that key. NL: onbekende actie.
    UnknownAction,
    /// Nothing is to be linked and nothing to be taken away. NL: niets te doen.
    NothingToDo,
    /// The actions are linked so already, or the action stands there twice. NL: al gekoppeld.
    AlreadyLinked,
    /// The actions are not linked so. NL: niet gekoppeld.
    NotLinked,
    /// An action is linked to itself. NL: aan zichzelf gekoppeld.
    ItsOwn,
    /// Actions would wait for each other in a circle; the message tells which. NL: kring.
    Cycle,
    /// The words are empty or too long. NL: verkeerde lengte.
    TextLength,
    /// The words hold a citizen service number or an e-mail address. NL: persoonsgegevens.
    PersonalData,
    /// There is no source document of that key, or the place in it is no place. NL: onbekende bron.
    UnknownSource,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

user_error! {
    /// A mistake in links. NL: fout bij het koppelen van acties.
    LinkActionsError, LinkActionsErrorCode
}

/// How an action hangs together with others from now on. NL: te koppelen acties.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct LinkActionsInput {
    /// The plan version of the action. NL: planversie.
    #[graphql(default = "2024")]
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

/// What became of links. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct LinkActionsPayload {
    /// The action; null when nothing was linked. NL: actie.
    pub(super) action: Option<Action>,
    /// What to look at; the links stand. NL: waarschuwingen.
    pub(super) warnings: Vec<Warning>,
    /// What to repair; empty when all was done. NL: fouten.
    pub(super) errors: Vec<LinkActionsError>,
}

type Code = LinkActionsErrorCode;

/// The action that was linked, and what to look at.
pub(super) struct Linked {
    pub(super) key: String,
    pub(super) warnings: Vec<Warning>,
}

impl Outcome for Linked {
    fn read(key: String) -> Option<Self> {
        Some(Self {
            key,
            warnings: Vec::new(),
        })
    }
}

/// Links actions and takes links away.
pub(super) async fn link(
    request: &RequestContext,
    input: &LinkActionsInput,
) -> Result<Linked, Stopped<Code>> {
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
    let mut warnings = early_starts(&change, input, &links).await?;
    warnings.extend(text_warnings([(
        ["text"].as_slice(),
        input.text.as_deref(),
    )]));
    let given = (input.text.as_deref(), &input.source.pair());
    repo::append_links(&mut change.writer, &change.permit, links, &gone, given).await?;
    let key = change.seal(request, own).await?;
    Ok(Linked { key, warnings })
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
                Code::ItsOwn,
                &["to", &i.to_string()],
                "Een actie wordt niet aan zichzelf gekoppeld.",
                "An action is not linked to itself.",
            ));
        }
    }
    let codes = (Code::TextLength, Code::PersonalData);
    let text = input.text.as_deref();
    mistakes.extend(text_mistakes(&["text"], text, LONGEST_TEXT, codes));
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
        if linked(to) || input.to[..i].contains(to) {
            mistakes.push(Mistake::at(
                Code::AlreadyLinked,
                &at,
                format!("{own} is zo al aan {to} gekoppeld."),
                format!("{own} is linked to {to} so already."),
            ));
        }
    }
    for (i, to) in input.no_longer_to.iter().enumerate() {
        if !linked(to) || input.no_longer_to[..i].contains(to) {
            mistakes.push(Mistake::at(
                Code::NotLinked,
                &["noLongerTo", &i.to_string()],
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
        |plan: &str, number| rules::last_status(&last_words(rounds, reports, (plan, number)));
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
