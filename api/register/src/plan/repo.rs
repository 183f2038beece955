//! What is brought into the plan: actions with their years and goals, their end, how they hang
//! together, what they reached.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{action, action_goal, action_relation, action_result, action_title, action_year};
use sea_orm::prelude::Uuid;

use crate::sources::Sourced;
use database::DbError;
use domain::policy::{MayManagePlan, MayReportOn};
use ledger::{EntryDraft, TextKind, Writer, fact, fact_again};

/// An action as it is planned.
pub(super) struct Planned {
    pub(super) plan: String,
    pub(super) number: i32,
    pub(super) line: i32,
    pub(super) title_nl: String,
    pub(super) title_en: String,
    pub(super) is_new: bool,
    pub(super) source: Sourced,
}

impl Planned {
    pub(super) fn subject(&self) -> String {
        format!("{}/{}", self.plan, self.number)
    }
}

/// Plans an action, in the place of what was planned of it. One that had ended runs again.
pub(super) async fn append_action(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    planned: &Planned,
    before: Option<&action::Model>,
) -> Result<(), DbError> {
    let operation = match before {
        None => "action.planned",
        Some(_) => "action.changed",
    };
    let source = Some(planned.source.clone());
    let head = writer.open_entry(EntryDraft::sourced(
        operation,
        "Action",
        planned.subject(),
        source,
    ));
    let row = fact!(action, head, {
        corrects: before.map(|row| row.id),
        plan: planned.plan.clone(),
        number: planned.number,
        line: planned.line,
        title_nl: planned.title_nl.clone(),
        title_en: planned.title_en.clone(),
        is_new: planned.is_new,
        end_reason_nl: None,
        end_reason_en: None,
    });
    writer.append("planning an action", vec![row]).await
}

/// Keeps the title that a document prints, beside those of other documents.
pub(super) async fn append_title(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    planned: &Planned,
    known: &[action_title::Model],
) -> Result<(), DbError> {
    let subject = format!("{}/{}", planned.subject(), planned.source.0);
    let before = known.iter().find(|row| row.subject_key == subject);
    let source = Some(planned.source.clone());
    let draft = EntryDraft::sourced("actionTitle.recorded", "ActionTitle", subject, source);
    let row = fact!(action_title, writer.open_entry(draft), {
        corrects: before.map(|row| row.id),
        plan: planned.plan.clone(),
        number: planned.number,
        title_nl: planned.title_nl.clone(),
    });
    writer.append("keeping a title", vec![row]).await
}

/// Keeps in which years a document says that an action is carried out, and in which not.
pub(super) async fn append_years(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    planned: &Planned,
    years: &BTreeMap<i32, bool>,
    known: &[action_year::Model],
) -> Result<(), DbError> {
    let mut rows = Vec::with_capacity(years.len());
    for (year, is_planned) in years {
        let subject = format!("{}/{year}/TEXT/{}", planned.subject(), planned.source.0);
        let before = known.iter().find(|row| row.subject_key == subject);
        let source = Some(planned.source.clone());
        let draft = EntryDraft::sourced("actionYear.recorded", "ActionYear", subject, source);
        rows.push(fact!(action_year, writer.open_entry(draft), {
            corrects: before.map(|row| row.id),
            plan: planned.plan.clone(),
            number: planned.number,
            year: *year,
            planned: if *is_planned { "YES" } else { "NO" }.to_owned(),
            place: "TEXT".to_owned(),
        }));
    }
    writer.append("keeping years of an action", rows).await
}

/// Keeps which goals of its line an action serves: those given, and no other.
pub(super) async fn append_goals(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    planned: &Planned,
    goals: &[i32],
    known: &[action_goal::Model],
) -> Result<(), DbError> {
    let is_served =
        |row: &action_goal::Model| row.line == planned.line && goals.contains(&row.goal);
    let own: Vec<&action_goal::Model> = known
        .iter()
        .filter(|row| (row.plan.as_str(), row.number) == (&planned.plan, planned.number))
        .collect();
    let source = Some(planned.source.clone());
    let mut gone = Vec::new();
    for before in own.iter().filter(|row| !is_served(row)) {
        let subject = before.subject_key.clone();
        let draft = EntryDraft::sourced(
            "actionGoal.withdrawn",
            "ActionGoal",
            subject,
            source.clone(),
        );
        gone.push(fact_again!(action_goal, writer.open_entry(draft), before, { withdrawn: true }));
    }
    let mut rows = Vec::new();
    for goal in goals {
        if own
            .iter()
            .any(|row| (row.line, row.goal) == (planned.line, *goal))
        {
            continue;
        }
        let subject = format!("{}/{}/{goal}", planned.subject(), planned.line);
        let draft =
            EntryDraft::sourced("actionGoal.recorded", "ActionGoal", subject, source.clone());
        rows.push(fact!(action_goal, writer.open_entry(draft), {
            plan: planned.plan.clone(),
            number: planned.number,
            line: planned.line,
            goal: *goal,
        }));
    }
    writer.append("taking goals from an action", gone).await?;
    writer.append("giving goals to an action", rows).await
}

/// The end of an action.
pub(super) struct Ending {
    /// The first day on which it no longer holds.
    pub(super) until: NaiveDate,
    pub(super) reason_nl: String,
    pub(super) reason_en: String,
    pub(super) source: Sourced,
}

/// Ends an action.
pub(super) async fn append_ending(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    before: &action::Model,
    ending: Ending,
) -> Result<(), DbError> {
    let subject = before.subject_key.clone();
    let draft = EntryDraft::sourced("action.ended", "Action", subject, Some(ending.source));
    let row = fact_again!(action, writer.open_entry(draft), before, {
        valid_to: Some(ending.until),
        end_reason_nl: Some(ending.reason_nl),
        end_reason_en: Some(ending.reason_en),
    });
    writer.append("ending an action", vec![row]).await
}

/// A link of one action to another.
pub(super) struct Link {
    pub(super) from: (String, i32),
    pub(super) kind: &'static str,
    pub(super) to: (String, i32),
}

impl Link {
    pub(super) fn subject(&self) -> String {
        let (plan, number) = &self.from;
        format!("{plan}/{number}/{}/{}/{}", self.kind, self.to.0, self.to.1)
    }
}

/// Links to record and links to take away, by one decision.
pub(super) struct NewLinks {
    pub(super) links: Vec<Link>,
    pub(super) gone: Vec<action_relation::Model>,
    /// The words that tell the links.
    pub(super) text: Option<String>,
    pub(super) source: Sourced,
}

/// Links an action to others, and takes links away.
pub(super) async fn append_links(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    new: NewLinks,
) -> Result<(), DbError> {
    let mut taken = Vec::with_capacity(new.gone.len());
    for before in &new.gone {
        let subject = before.subject_key.clone();
        let source = Some(new.source.clone());
        let draft = EntryDraft::sourced(
            "actionRelation.withdrawn",
            "ActionRelation",
            subject,
            source,
        );
        taken.push(
            fact_again!(action_relation, writer.open_entry(draft), before, { withdrawn: true }),
        );
    }
    let mut heads = Vec::with_capacity(new.links.len());
    for link in &new.links {
        let source = Some(new.source.clone());
        let draft = EntryDraft::sourced(
            "actionRelation.recorded",
            "ActionRelation",
            link.subject(),
            source,
        );
        heads.push(writer.open_entry(draft));
    }
    let texts = heads
        .iter()
        .filter_map(|head| Some((head.number, new.text.clone()?)));
    let texts: Vec<(i64, String)> = texts.collect();
    let mut words = writer.texts(TextKind::Public, &texts).await?.into_iter();
    let mut rows = Vec::with_capacity(new.links.len());
    for (link, head) in new.links.into_iter().zip(heads) {
        rows.push(fact!(action_relation, head, {
            plan: link.from.0,
            number: link.from.1,
            kind: link.kind.to_owned(),
            to_plan: link.to.0,
            to_number: link.to.1,
            text_nl: None,
            words_text: words.next(),
        }));
    }
    writer.append("taking links away", taken).await?;
    writer.append("linking actions", rows).await
}

/// What an action reached, to record.
pub(super) struct NewResult {
    pub(super) position: i32,
    pub(super) kind: &'static str,
    pub(super) value: Option<i32>,
    pub(super) value_to: Option<i32>,
    pub(super) qualifier: &'static str,
    pub(super) qualifier_text: Option<String>,
    pub(super) unit: Option<(String, String)>,
    pub(super) explanation: Option<String>,
    pub(super) summary_en: String,
    pub(super) source: Option<Sourced>,
    /// The result that it takes the place of.
    pub(super) before: Option<Uuid>,
}

/// Records what an action reached; gives the subject, as in `2024/33/2`.
pub(super) async fn append_result(
    writer: &mut Writer,
    permit: &MayReportOn,
    result: NewResult,
) -> Result<String, DbError> {
    let (plan, number) = permit.action().split_once('/').unwrap_or_default();
    let subject = format!("{}/{}", permit.action(), result.position);
    let operation = match result.before {
        None => "actionResult.recorded",
        Some(_) => "actionResult.changed",
    };
    let draft = EntryDraft::sourced(operation, "ActionResult", subject.clone(), result.source);
    let head = writer.open_entry(draft);
    let bodies: Vec<(i64, String)> = result
        .explanation
        .into_iter()
        .map(|text| (head.number, text))
        .collect();
    let text = writer
        .texts(TextKind::Public, &bodies)
        .await?
        .first()
        .copied();
    let (unit_nl, unit_en) = result.unit.unzip();
    let row = fact!(action_result, head, {
        corrects: result.before,
        plan: plan.to_owned(),
        number: number.parse().unwrap_or_default(),
        position: result.position,
        round: None,
        kind: result.kind.to_owned(),
        value: result.value,
        value_to: result.value_to,
        qualifier: result.qualifier.to_owned(),
        qualifier_text: result.qualifier_text,
        unit_nl: unit_nl,
        unit_en: unit_en,
        explanation_text: text,
        summary_en: result.summary_en,
        reported_by: Some(permit.reported_by().to_owned()),
    });
    writer.append("recording a result", vec![row]).await?;
    Ok(subject)
}
