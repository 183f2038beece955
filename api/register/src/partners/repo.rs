//! What the ministry brings in of partners: who they are, and what they do in an action.

use chrono::NaiveDate;
use entity::{action_partner, partner};

use crate::sources::Sourced;
use database::DbError;
use domain::policy::MayManagePlan;
use ledger::{EntryDraft, Head, Writer, fact, fact_again};

/// A partner to register.
pub(super) struct NewPartner {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) name_en: String,
    pub(super) kind: &'static str,
    pub(super) aliases: Vec<String>,
    pub(super) municipality: Option<String>,
    pub(super) area: Option<String>,
    pub(super) website: Option<String>,
    pub(super) source: Sourced,
}

/// Registers a partner, in the place of what was known of it.
pub(super) async fn append_partner(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    new: NewPartner,
    before: Option<&partner::Model>,
) -> Result<(), DbError> {
    let operation = match before {
        None => "partner.registered",
        Some(_) => "partner.changed",
    };
    let source = Some(new.source);
    let head = writer.open_entry(EntryDraft::sourced(
        operation,
        "Partner",
        new.key.clone(),
        source,
    ));
    let row = fact!(partner, head, {
        corrects: before.map(|row| row.id),
        key: new.key,
        name: new.name,
        name_en: new.name_en,
        kind: new.kind.to_owned(),
        aliases: new.aliases,
        municipality: new.municipality,
        area: new.area,
        website: new.website,
    });
    writer.append("registering a partner", vec![row]).await
}

/// A role of a partner in an action.
pub(super) struct NewRole {
    pub(super) plan: String,
    pub(super) action: i32,
    pub(super) partner: String,
    pub(super) role: &'static str,
    /// One role of one partner in one action, in all the times that it had it.
    pub(super) subject: String,
    pub(super) implementation: Option<&'static str>,
    pub(super) text: String,
    pub(super) from: NaiveDate,
    /// The first day on which it no longer holds.
    pub(super) until: Option<NaiveDate>,
    pub(super) source: Sourced,
}

/// Assigns a role, in the place of the same role before it.
pub(super) async fn append_role(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    new: NewRole,
    before: Option<&action_partner::Model>,
) -> Result<(), DbError> {
    let operation = match before {
        None => "actionPartner.assigned",
        Some(_) => "actionPartner.changed",
    };
    let source = Some(new.source.clone());
    let draft = EntryDraft::sourced(operation, "ActionPartner", new.subject, source);
    let head: Head = writer.open_entry(draft);
    let row = match before {
        None => fact!(action_partner, head, {
            valid_from: Some(new.from),
            valid_to: new.until,
            plan: new.plan,
            number: new.action,
            partner: new.partner,
            role: new.role.to_owned(),
            implementation: new.implementation.map(str::to_owned),
            text_nl: new.text,
        }),
        Some(before) => fact_again!(action_partner, head, before, {
            valid_from: Some(new.from),
            valid_to: new.until,
            implementation: new.implementation.map(str::to_owned),
            text_nl: new.text,
            note: None,
        }),
    };
    writer.append("assigning a role", vec![row]).await
}
