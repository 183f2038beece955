//! `assignPartner`.

use async_graphql::InputObject;
use domain::{
    code_list::from_code,
    mistake::{Mistake, text_mistakes},
    partners::{
        codes::{ImplementationState, PartnerRole},
        rules,
    },
    plan::CURRENT_PLAN,
    policy,
};
use entity::{action, action_partner, partner};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    date::Date,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

use super::{
    errors::{ActionRoleError, ActionRoleErrorCode},
    parties::ActionRole,
    repo::{self, NewRole},
};
use crate::{
    plan::codes::action_mistake,
    sources::input::{SourceInput, source_mistakes},
};

/// Characters of the words that tell the role at most.
const LONGEST_TEXT: usize = 500;

/// A role of a partner in an action. The owner of an action reports on it. NL: toe te wijzen rol.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct AssignPartnerInput {
    /// The plan version. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The number of the action. NL: actienummer.
    action: i32,
    /// The key of the partner, as in `comensha`. NL: partner.
    partner: String,
    /// What the partner does. NL: rol.
    role: Coded<PartnerRole>,
    /// The first day of the role. From 2018-01-01 to 2099-12-31. NL: eerste dag.
    from: Date,
    /// The last day of the role; left out, it stays as it is, and null says that no end is known.
    /// From 2018-01-01 to 2099-12-31. NL: laatste dag.
    last_day: Member<Date>,
    /// Of an IMPLEMENTER, whether a source reports that it has put the result into practice. NL:
    /// uitvoering gemeld.
    implementation: Member<Coded<ImplementationState>>,
    /// The words that tell the role, in Dutch, at most 500 characters. NL: tekst.
    text: String,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the role to change, as its last day; null or left out when you saw none,
    /// for a new one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a role. NL: resultaat.
    AssignPartnerPayload {
        /// The role; null when it was not assigned. NL: rol.
        role: ActionRole,
        /// What to repair; empty when it was assigned. NL: fouten.
        errors: ActionRoleError,
    }
}

type Code = ActionRoleErrorCode;

impl AssignPartnerInput {
    /// The subject: one role of one partner in one action, in all the times that it had it.
    fn subject(&self) -> String {
        let (plan, action, partner) = (&self.plan, self.action, &self.partner);
        format!("{plan}/{action}/{partner}/{}", self.role.code())
    }

    /// The input with what it leaves out as the role has it.
    fn beside(&self, before: Option<&action_partner::Model>) -> Self {
        let mut input = self.clone();
        if let Some(row) = before {
            let last_day = row.valid_to.and_then(|day| day.pred_opt());
            input.last_day.keep(last_day.map(Date));
            let state = row.implementation.as_deref().and_then(from_code);
            input.implementation.keep(state.map(Coded));
        }
        input
    }
}

/// Assigns a role; gives its subject and first day, as in `2024/33/comensha/OWNER@2026-11-01`.
pub(super) async fn assign(
    request: &RequestContext,
    input: &AssignPartnerInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("assignPartner", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let subject = input.subject();
    let roles = change.known::<action_partner::Entity>().await?;
    let same: Vec<&action_partner::Model> = roles
        .iter()
        .filter(|row| row.subject_key == subject)
        .collect();
    let before = same
        .iter()
        .find(|row| Some(row.ledger_no) == input.expected_version)
        .map(|row| (*row).clone());
    let input = &input.beside(before.as_ref());
    let new = NewRole {
        plan: input.plan.clone(),
        action: input.action,
        partner: input.partner.clone(),
        role: input.role.code(),
        subject: subject.clone(),
        implementation: implementation(input),
        text: input.text.trim().to_owned(),
        from: input.from.0,
        until: input.last_day.day().and_then(|day| day.succ_opt()),
        source: input.source.pair(),
    };
    let mut mistakes = form_mistakes(input);
    let actions = change.known::<action::Entity>().await?;
    mistakes.extend(action_mistake(
        &input.plan,
        input.action,
        actions,
        Code::UnknownAction,
    ));
    let partners = change.known::<partner::Entity>().await?;
    mistakes.extend(Mistake::unknown(
        Code::UnknownPartner,
        &["partner"],
        ("partner", "partner"),
        &input.partner,
        partners.iter().map(|row| row.key.as_str()),
    ));
    mistakes.extend(version_mistake(input, &new, &same, before.as_ref()));
    mistakes
        .extend(source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?);
    stop_at(mistakes)?;
    repo::append_role(&mut change.writer, &change.permit, new, before.as_ref()).await?;
    Ok(change
        .seal(request, format!("{subject}@{}", input.from.0))
        .await?)
}

fn implementation(input: &AssignPartnerInput) -> Option<&'static str> {
    match input.implementation.value().map(|state| state.0) {
        Some(state @ (ImplementationState::Reported | ImplementationState::NotReported)) => {
            Some(state.code())
        }
        Some(ImplementationState::NotApplicable) | None => None,
    }
}

fn form_mistakes(input: &AssignPartnerInput) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if input
        .last_day
        .value()
        .is_some_and(|last| *last < input.from)
    {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["lastDay"],
            "De laatste dag ligt voor de eerste.",
            "The last day is before the first.",
        ));
    }
    if (input.role.0 == PartnerRole::Implementer) != implementation(input).is_some() {
        mistakes.push(Mistake::at(
            Code::ImplementationAndRole,
            &["implementation"],
            "Geef bij een toepasser op of de uitvoering is gemeld, en bij een andere rol niet.",
            "Say of an IMPLEMENTER, and of nobody else, whether a source reports it.",
        ));
    }
    mistakes.extend(text_mistakes(
        &["text"],
        Some(&input.text),
        LONGEST_TEXT,
        Code::TextLength,
    ));
    mistakes
}

/// That the role is another than the caller thinks: it holds already in some of these days, or it
/// changed.
fn version_mistake(
    input: &AssignPartnerInput,
    new: &NewRole,
    same: &[&action_partner::Model],
    before: Option<&action_partner::Model>,
) -> Option<Mistake<Code>> {
    let last = same
        .iter()
        .map(|row| row.ledger_no)
        .max()
        .unwrap_or_default();
    if input.expected_version.is_some_and(|expected| expected != 0) && before.is_none() {
        return Some(Mistake::at(
            Code::Conflict,
            &["expectedVersion"],
            format!("Deze rol is intussen gewijzigd; de laatste versie is {last}."),
            format!("This role was changed in the meantime; the last version is {last}."),
        ));
    }
    let other = same.iter().find(|row| {
        before.is_none_or(|before| before.id != row.id)
            && rules::overlap((row.valid_from, row.valid_to), (Some(new.from), new.until))
    })?;
    let version = other.ledger_no;
    Some(Mistake::at(
        Code::AlreadyAssigned,
        &["from"],
        format!(
            "De partner heeft deze rol dan al. Om haar te wijzigen, geef `expectedVersion` \
             {version} mee."
        ),
        format!(
            "The partner has this role then already. To change it, hand over `expectedVersion` \
             {version}."
        ),
    ))
}
