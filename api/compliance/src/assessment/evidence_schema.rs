//! How clients give evidence and see it: of an answer of a municipality and of one of its region
//! alike.

use async_graphql::{Context, InputObject, Object, Result};
use chrono::{DateTime, NaiveDate, Utc};

use crate::framework::schema::find_criterion;
use domain::assessment::evidence::{self, Evidence, GivenEvidence};
use graphql::{context::today, date::Date};

/// Evidence of an answer: where it stands, by an address or a reference. NL: bewijs.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct EvidenceInput {
    /// The kind, one of `Criterion.evidenceKinds` or `OTHER`. NL: soort bewijs.
    kind: String,
    /// The title, 1 to 300 characters and without personal data. NL: titel.
    title: String,
    /// Where it stands: a whole address that begins with `https://`. NL: adres.
    address: Option<String>,
    /// Where it stands when there is no address, 1 to 300 characters, as in "Besluit 2026/12". NL:
    /// kenmerk.
    reference: Option<String>,
    /// The day from which it shows what it shows, not in the future. From 1950-01-01 to 2099-12-31.
    /// NL: datum van het bewijs.
    effective_on: Date,
}

impl From<&EvidenceInput> for GivenEvidence {
    fn from(input: &EvidenceInput) -> Self {
        Self {
            kind: input.kind.clone(),
            title: input.title.clone(),
            address: input.address.clone(),
            reference: input.reference.clone(),
            effective_on: input.effective_on.0,
        }
    }
}

/// Evidence that goes with an answer. NL: bewijs.
#[derive(Debug, Clone)]
pub(crate) struct EvidenceView {
    /// The key of the criterion that it is about.
    pub(crate) criterion: String,
    pub(crate) piece: Evidence,
}

impl EvidenceView {
    async fn last_day(&self, ctx: &Context<'_>) -> Result<Option<NaiveDate>> {
        let criterion = find_criterion(ctx, &self.criterion).await?;
        let months = criterion.and_then(|criterion| criterion.months());
        Ok(months.map(|months| evidence::fresh_until(self.piece.effective_on, months)))
    }
}

/// Evidence that goes with an answer. NL: bewijs.
#[Object(name = "Evidence")]
impl EvidenceView {
    /// The kind, one of `Criterion.evidenceKinds` or `OTHER`. NL: soort bewijs.
    async fn kind(&self) -> &str {
        &self.piece.kind
    }

    /// The title; null when it was redacted by law. NL: titel.
    async fn title(&self) -> Option<&str> {
        Some(self.piece.title.as_str()).filter(|title| !title.is_empty())
    }

    /// Where it stands, an address over https; null when a reference says so. NL: adres.
    async fn address(&self) -> Option<&str> {
        self.piece.address.as_deref()
    }

    /// Where it stands when there is no address, as in "Besluit 2026/12"; null when there is none.
    /// NL: kenmerk.
    async fn reference(&self) -> Option<&str> {
        self.piece.reference.as_deref()
    }

    /// The day from which it shows what it shows. NL: datum van het bewijs.
    async fn effective_on(&self) -> Date {
        Date(self.piece.effective_on)
    }

    /// The instant at which this service first received it, UTC; it never changes. NL: ontvangen
    /// op.
    async fn received_at(&self) -> DateTime<Utc> {
        self.piece.received_at
    }

    /// The last day of the review period of its criterion; null when the criterion has none. NL:
    /// actueel tot en met.
    async fn last_fresh_day(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        Ok(self.last_day(ctx).await?.map(Date))
    }

    /// Whether that day has passed: it is called stale, and still counts until the next assessment.
    /// NL: verouderd.
    async fn is_stale(&self, ctx: &Context<'_>) -> Result<bool> {
        let today = today(ctx).await?;
        Ok(self.last_day(ctx).await?.is_some_and(|last| last < today))
    }
}
