//! Meetings of partners, with the participants as the source prints them.

use async_graphql::{Context, ID, Object, Result};
use entity::{event, event_participant};

use super::{
    partner::Partner,
    schema::{find_partner, partner_of},
};
use crate::sources::schema::Source;
use graphql::{
    date::Date,
    id::{self, NodeKind},
    known::known,
    text::LocalizedText,
};

/// A meeting of partners. NL: bijeenkomst.
#[derive(Debug, Clone)]
pub struct Event {
    row: event::Model,
}

impl From<&event::Model> for Event {
    fn from(row: &event::Model) -> Self {
        Self { row: row.clone() }
    }
}

impl Event {
    async fn printed(&self, ctx: &Context<'_>) -> Result<Vec<EventParticipant>> {
        let rows = known::<event_participant::Entity>(ctx).await?;
        Ok(rows
            .iter()
            .filter(|row| row.event == self.row.key)
            .map(|row| EventParticipant { row: row.clone() })
            .collect())
    }

    /// The keys of the partners among the participants, each once, in the order of the list.
    async fn partners(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let mut keys = Vec::new();
        for participant in self.printed(ctx).await? {
            keys.extend(participant.row.partner.filter(|key| !keys.contains(key)));
        }
        Ok(keys)
    }
}

/// A meeting of partners. NL: bijeenkomst.
#[Object]
impl Event {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::Event, &self.row.key).await
    }

    /// The key, as in `brede-sessie-2024-03-05`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The title; ours where the source prints none. NL: titel.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// The day; null when the source does not say. NL: datum.
    async fn held_on(&self) -> Option<Date> {
        self.row.held_on.map(Date)
    }

    /// The date as printed. NL: datum zoals gedrukt.
    async fn date_text(&self) -> &str {
        &self.row.date_text
    }

    /// What it was for, verbatim in Dutch; null when the source does not say. NL: doel.
    async fn text(&self) -> Option<&str> {
        self.row.text_nl.as_deref()
    }

    /// What the source says in words of how many took part, verbatim in Dutch; null when it says
    /// nothing. NL: aantal deelnemers zoals gedrukt.
    async fn participants_text(&self) -> Option<&str> {
        self.row.printed_participants_text.as_deref()
    }

    /// Each line of the printed list, in its order, whether or not it is an organisation. NL:
    /// deelnemers zoals gedrukt.
    #[graphql(complexity = "1 + 36 * child_complexity")]
    async fn participants(&self, ctx: &Context<'_>) -> Result<Vec<EventParticipant>> {
        self.printed(ctx).await
    }

    /// Lines of the printed list, for the day of the meeting. NL: aantal gedrukte deelnemers.
    async fn participant_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(i32::try_from(self.printed(ctx).await?.len())?)
    }

    /// The organisations on the list, each once, in its order. NL: deelnemende organisaties.
    #[graphql(complexity = "1 + 35 * child_complexity")]
    async fn organisations(&self, ctx: &Context<'_>) -> Result<Vec<Partner>> {
        let mut partners = Vec::new();
        for key in self.partners(ctx).await? {
            partners.push(partner_of(ctx, &key).await?);
        }
        Ok(partners)
    }

    /// Organisations on the list, for the day of the meeting. NL: aantal organisaties.
    async fn organisation_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(i32::try_from(self.partners(ctx).await?.len())?)
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// A line of a list of participants. NL: deelnemer van een bijeenkomst.
#[derive(Debug, Clone)]
pub(crate) struct EventParticipant {
    row: event_participant::Model,
}

/// A line of a list of participants. NL: deelnemer van een bijeenkomst.
#[Object]
impl EventParticipant {
    /// The place in the list, from 1. NL: volgorde.
    async fn position(&self) -> i32 {
        self.row.position
    }

    /// The line as printed, in Dutch. NL: zoals gedrukt.
    async fn printed(&self) -> &str {
        &self.row.printed
    }

    /// The partner; null when the line is no organisation, as `Ervaringsdeskundige`. NL: partner.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Option<Partner>> {
        find_partner(ctx, self.row.partner.as_deref().unwrap_or_default()).await
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
