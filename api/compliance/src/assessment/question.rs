//! `ReviewQuestion`: what VNG asks about a version, with the reply.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::repo::QuestionRow;
use crate::framework::schema::{Criterion, find_criterion};
use register::partners::schema::Organisation;

/// A question of VNG about a version. NL: vraag bij een beoordeling.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct ReviewQuestion {
    /// The number within the assessment, from 1. NL: nummer.
    number: i32,
    /// The number of the version that it is about. NL: versienummer.
    version_number: i32,
    #[graphql(skip)]
    criterion_key: Option<String>,
    /// The question; null when it was redacted by law. NL: vraag.
    question: Option<String>,
    /// When it was asked, UTC. NL: gesteld op.
    asked_at: DateTime<Utc>,
    /// The reply; null while there is none. NL: antwoord.
    reply: Option<String>,
    /// The organisation that replied; null while nobody has. NL: beantwoord door.
    replied_by: Option<Organisation>,
    /// When it was replied to, UTC; null while it is open. NL: beantwoord op.
    replied_at: Option<DateTime<Utc>>,
}

#[ComplexObject]
impl ReviewQuestion {
    /// The criterion that it is about; null when it is about the whole. NL: criterium.
    async fn criterion(&self, ctx: &Context<'_>) -> Result<Option<Criterion>> {
        find_criterion(ctx, self.criterion_key.as_deref().unwrap_or_default()).await
    }
}

impl ReviewQuestion {
    pub(super) fn of(row: &QuestionRow, edition: &str) -> Self {
        Self {
            number: row.number,
            version_number: row.version,
            criterion_key: row
                .criterion
                .as_ref()
                .map(|code| format!("{edition}/{code}")),
            question: row.question.clone(),
            asked_at: row.asked_at,
            reply: row.reply.clone(),
            replied_by: row.replied_by.as_ref().map(Organisation::of),
            replied_at: row.replied_at,
        }
    }
}
