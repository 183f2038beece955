//! Who does what in an action: roles, mentions and unnamed parties, each apart.

use async_graphql::{Context, Object, Result};
use domain::{
    partners::{
        codes::{ImplementationState, PartnerRole},
        rules,
    },
    text::{Language, pick},
};
use entity::{action_partner, partner_mention, unnamed_party};
use graphql::{
    coded::{self, Coded},
    date::Date,
    error::Failure,
    index::index,
    text::LocalizedText,
};

use super::{
    lookup::RoleBySubject,
    partner::Partner,
    schema::{mentions_of_action, of_action, partner_of, unnamed_of_action},
};
use crate::{
    plan::schema::{Action, find_action},
    sources::schema::Source,
};

async fn action_of(ctx: &Context<'_>, plan: &str, number: i32) -> Result<Action> {
    let key = format!("{plan}/{number}");
    match find_action(ctx, &key).await? {
        Some(action) => Ok(action),
        None => Err(Failure::Unknown {
            what: ("actie", "action"),
            code: key,
            did_you_mean: Vec::new(),
        }
        .into()),
    }
}

/// A partner with a role in an action, as a source tells it. NL: rol van een partner in een actie.
#[derive(Debug, Clone)]
pub struct ActionRole {
    row: action_partner::Model,
}

impl From<&action_partner::Model> for ActionRole {
    fn from(row: &action_partner::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// A partner with a role in an action, as a source tells it. NL: rol van een partner in een actie.
#[Object]
impl ActionRole {
    /// The action. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Action> {
        action_of(ctx, &self.row.plan, self.row.number).await
    }

    /// The partner. NL: partner.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Partner> {
        partner_of(ctx, &self.row.partner).await
    }

    /// What the partner does. NL: rol.
    async fn role(&self) -> Result<Coded<PartnerRole>> {
        coded::of_row(&self.row.role).map(Coded)
    }

    /// What the partner does, in words. NL: rol in woorden.
    async fn role_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        let role: PartnerRole = coded::of_row(&self.row.role)?;
        Ok(pick(language.0, role.label()))
    }

    /// Whether a source reports that an `IMPLEMENTER` has put the result into practice. NL:
    /// uitvoering gemeld.
    async fn implementation(&self) -> Result<Coded<ImplementationState>> {
        let role = coded::of_row(&self.row.role)?;
        let state = match (role, self.row.implementation.as_deref()) {
            (PartnerRole::Implementer, Some("REPORTED")) => ImplementationState::Reported,
            (PartnerRole::Implementer, _) => ImplementationState::NotReported,
            (
                PartnerRole::Owner
                | PartnerRole::Executor
                | PartnerRole::Commissioner
                | PartnerRole::Contractor
                | PartnerRole::Developer
                | PartnerRole::Expert
                | PartnerRole::SoundingBoard
                | PartnerRole::DataSupplier
                | PartnerRole::Participant
                | PartnerRole::TargetGroup
                | PartnerRole::Requested,
                _,
            ) => ImplementationState::NotApplicable,
        };
        Ok(state.into())
    }

    /// The words of the source that tell the role, verbatim in Dutch. NL: tekst van de bron.
    async fn text(&self) -> &str {
        &self.row.text_nl
    }

    /// The first day of the role; null when no source tells it. NL: eerste dag.
    #[graphql(name = "from")]
    async fn first_day(&self) -> Option<Date> {
        self.row.valid_from.map(Date)
    }

    /// The last day of the role; null while no end is known. NL: laatste dag.
    async fn last_day(&self) -> Option<Date> {
        self.row.valid_to.and_then(|day| day.pred_opt()).map(Date)
    }

    /// The ledger number of the role: hand it over as `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// A role by its subject and first day, as in `2024/33/comensha/OWNER@2026-11-01`.
pub(super) async fn find_role(ctx: &Context<'_>, subject: &str) -> Result<Option<ActionRole>> {
    let rows = index::<RoleBySubject>(ctx).await?;
    let (key, from) = subject.split_once('@').unwrap_or_default();
    let from = from.parse().ok();
    let mut own = rows.rows_of(key);
    Ok(own.find(|row| row.valid_from == from).map(ActionRole::from))
}

/// A partner that the text of an action names without a role. It never counts as a role. NL:
/// vermelding van een partner.
#[derive(Debug, Clone)]
pub struct PartnerMention {
    row: partner_mention::Model,
}

impl From<&partner_mention::Model> for PartnerMention {
    fn from(row: &partner_mention::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// A partner that the text of an action names without a role. It never counts as a role. NL:
/// vermelding van een partner.
#[Object]
impl PartnerMention {
    /// The action. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Action> {
        action_of(ctx, &self.row.plan, self.row.number).await
    }

    /// The partner. NL: partner.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Partner> {
        partner_of(ctx, &self.row.partner).await
    }

    /// The name as printed, verbatim in Dutch. NL: naam zoals gedrukt.
    async fn printed(&self) -> &str {
        &self.row.printed
    }

    /// The words of the source around it, verbatim in Dutch. NL: tekst van de bron.
    async fn text(&self) -> &str {
        &self.row.text_nl
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// Somebody that a source tells of too vaguely to know who it is: kept as text, never guessed. NL:
/// onbepaalde partij.
#[derive(Debug, Clone)]
pub struct UnnamedParty {
    row: unnamed_party::Model,
}

impl From<&unnamed_party::Model> for UnnamedParty {
    fn from(row: &unnamed_party::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// Somebody that a source tells of too vaguely to know who it is: kept as text, never guessed. NL:
/// onbepaalde partij.
#[Object]
impl UnnamedParty {
    /// The action. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Action> {
        action_of(ctx, &self.row.plan, self.row.number).await
    }

    /// The words as printed, verbatim in Dutch, as in `het ministerie`. NL: zoals gedrukt.
    async fn printed(&self) -> &str {
        &self.row.printed
    }

    /// The sentence that they stand in, verbatim in Dutch. NL: zin van de bron.
    async fn text(&self) -> &str {
        &self.row.text_nl
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// Who does what in one action, as far as the sources tell. NL: wie doet wat per actie.
#[derive(Debug, Clone)]
pub struct ActionParties {
    plan: String,
    number: i32,
    roles: Vec<ActionRole>,
    mentions: Vec<PartnerMention>,
    unnamed: Vec<UnnamedParty>,
}

impl ActionParties {
    pub(super) async fn of(ctx: &Context<'_>, plan: &str, number: i32) -> Result<Self> {
        Ok(Self {
            plan: plan.to_owned(),
            number,
            roles: of_action(ctx, plan, number, false).await?,
            mentions: mentions_of_action(ctx, plan, number).await?,
            unnamed: unnamed_of_action(ctx, plan, number).await?,
        })
    }

    /// Whether a partner has a role.
    pub(super) fn names_a_partner(&self) -> bool {
        !self.roles.is_empty()
    }
}

/// Who does what in one action, as far as the sources tell. NL: wie doet wat per actie.
#[Object]
impl ActionParties {
    /// The action. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Action> {
        action_of(ctx, &self.plan, self.number).await
    }

    /// The partners with a role that has not ended, by key; one of several roles stands here as
    /// often. NL: rollen.
    #[graphql(complexity = "1 + 4 * child_complexity")]
    async fn roles(&self) -> &[ActionRole] {
        &self.roles
    }

    /// The partners that the text names without a role, by key, once for each source. NL:
    /// vermeldingen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn mentions(&self) -> &[PartnerMention] {
        &self.mentions
    }

    /// The parties that the text leaves unnamed, in their order. NL: onbepaalde partijen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn unnamed_parties(&self) -> &[UnnamedParty] {
        &self.unnamed
    }

    /// Whether a partner has a role in it; mentions and unnamed parties do not count, target groups
    /// do. NL: partner met rol bekend.
    async fn has_named_partner(&self) -> bool {
        self.names_a_partner()
    }

    /// What is known where no partner has a recorded role, as a sentence; null where one has. NL:
    /// kernzin.
    async fn role_statement(&self) -> Option<LocalizedText> {
        if self.names_a_partner() {
            return None;
        }
        let mut mentioned: Vec<&str> = self
            .mentions
            .iter()
            .map(|mention| mention.row.printed.as_str())
            .collect();
        mentioned.dedup();
        let text = rules::without_role(self.number, &mentioned);
        Some(LocalizedText::new(text.nl, text.en))
    }

    /// Whether the text names a partner without a role. NL: heeft vermeldingen.
    async fn has_mentions(&self) -> bool {
        !self.mentions.is_empty()
    }

    /// Whether the text leaves a party unnamed. NL: heeft onbepaalde partijen.
    async fn has_unnamed_parties(&self) -> bool {
        !self.unnamed.is_empty()
    }
}
