//! What clients ask of publications.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::publication_note;
use graphql::{
    coded::{Coded, of_row},
    context::{loader, request},
    cost::STATEMENT,
    date::Date,
    error::Failure,
    id::{self, NodeKind},
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
    text::LocalizedText,
};

use super::{
    colophon::PublicationColophon,
    contract::{PublicationChange, PublicationLine},
    loader::PublicationLoader,
    manifest::{PublicationManifest, PublicationVerdict},
    may, repo,
};
use crate::{
    framework::schema::find_period, monitoring::schema::find_open, node::Node,
    picture::contract::HandedInWords,
};
use domain::{
    mistake::did_you_mean,
    policy::{self, Operation},
    publication::{
        codes::{PublicationKind, PublicationLevel, PublicationState},
        lines::Line,
        rules,
    },
    text::{Language, Text, pick},
    verdict::rules::VerdictStatus,
};
use register::{
    nodes::{find_plan, find_round},
    territory::schema::find_municipality,
};

/// Frozen figures with their manifest. NL: publicatie.
#[derive(Debug, Clone)]
pub(crate) struct Publication {
    row: repo::Row,
}

/// What stands beside a publication since a day. NL: kanttekening bij een publicatie.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PublicationNote {
    /// The day of the note, in Europe/Amsterdam. NL: datum.
    noted_on: Date,
    /// What it says. NL: tekst.
    text: LocalizedText,
}

impl From<publication_note::Model> for PublicationNote {
    fn from(row: publication_note::Model) -> Self {
        let Text { nl, en } = rules::rules_replaced(&row.rule_set, &row.replaced_by);
        Self {
            noted_on: Date(row.valid_from.unwrap_or_default()),
            text: LocalizedText::new(nl, en),
        }
    }
}

impl Publication {
    fn kind_of(&self) -> Result<PublicationKind> {
        of_row(&self.row.kind)
    }

    fn state_of(&self) -> Result<PublicationState> {
        of_row(&self.row.state)
    }

    /// The lines; none unless it is released, or prepared by the side of the reader.
    async fn seen_lines(&self, ctx: &Context<'_>) -> Result<Option<Vec<Line>>> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let scope = policy::publications(session.mandate());
        let is_released = self.state_of()? == PublicationState::Released;
        if !is_released
            && !scope.sees_content(self.kind_of()? == PublicationKind::CompliancePicture)
        {
            return Ok(None);
        }
        let lines = if is_released {
            repo::released_lines(session, &self.row.key).await
        } else {
            repo::lines(session, &self.row.key).await
        };
        Ok(lines.map_err(Failure::from)?)
    }
}

/// Frozen figures with their manifest. NL: publicatie.
#[Object]
impl Publication {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::Publication, &self.row.key).await
    }

    /// What you may do with the publication now, by mutation; empty for what is told of another
    /// moment. NL: toegestane handelingen.
    #[graphql(complexity = "STATEMENT")]
    pub(crate) async fn may(&self, ctx: &Context<'_>) -> Result<Vec<Coded<Operation>>> {
        let request = request(ctx)?;
        if !request.is_present().await.map_err(Failure::from)? {
            return Ok(Vec::new());
        }
        let session = request.session().await.map_err(Failure::from)?;
        let allowed = may::operations(session, &self.row).await;
        Ok(allowed
            .map_err(Failure::from)?
            .into_iter()
            .map(Coded)
            .collect())
    }

    /// The key, as in `compliance-2026-2-1`: the name of its files. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// What it is of. NL: soort.
    async fn kind(&self) -> Result<Coded<PublicationKind>> {
        self.kind_of().map(Coded)
    }

    /// The kind in words. NL: label van de soort.
    async fn kind_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        Ok(pick(language.0, self.kind_of()?.label()))
    }

    /// How far it goes into detail. NL: niveau.
    async fn level(&self) -> Result<Coded<PublicationLevel>> {
        of_row(&self.row.level).map(Coded)
    }

    /// How far it is. NL: stand.
    async fn state(&self) -> Result<Coded<PublicationState>> {
        self.state_of().map(Coded)
    }

    /// The state in words. NL: label van de stand.
    async fn state_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        Ok(pick(language.0, self.state_of()?.label()))
    }

    /// What it tells of: a reporting period, a monitoring round, closed or open, or a version of
    /// the plan. NL: onderwerp.
    async fn about(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        let key = self.row.about.as_str();
        let found = match self.kind_of()? {
            PublicationKind::CompliancePicture => {
                find_period(ctx, key).await?.map(Node::ReportingPeriod)
            }
            PublicationKind::MonitoringOverview => match find_round(ctx, key).await? {
                Some(round) => Some(Node::MonitoringRound(round)),
                None => find_open(ctx, key).await?.map(Node::OpenRound),
            },
            PublicationKind::Budget => find_plan(ctx, key).await?.map(Node::PlanVersion),
        };
        Ok(found)
    }

    /// The day that it tells of. NL: peildatum.
    async fn reference_date(&self) -> Date {
        Date(self.row.reference_date)
    }

    /// The last day on which municipalities may respond; null unless it is by name. NL:
    /// reactietermijn.
    async fn last_response_day(&self) -> Option<Date> {
        self.row.response_until.map(Date)
    }

    /// The instant, UTC, from which everybody may read it; null when it had no embargo. NL: einde
    /// van het embargo.
    async fn embargo_until(&self) -> Option<DateTime<Utc>> {
        self.row.release_at
    }

    /// The instant, UTC, at which it was released; null while it is not. NL: openbaar sinds.
    async fn released_at(&self) -> Option<DateTime<Utc>> {
        self.row.released_at
    }

    /// The instant, UTC, at which it was withdrawn; null while it is not. NL: ingetrokken op.
    async fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.row.withdrawn_at
    }

    /// Why it was withdrawn; null while it is not. NL: reden van intrekken.
    #[graphql(complexity = "STATEMENT")]
    async fn withdrawal_reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(id) = self.row.reason_text else {
            return Ok(None);
        };
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        Ok(repo::public_text(session, id)
            .await
            .map_err(Failure::from)?)
    }

    /// Its title, publisher, days and licence; null of one that was prepared before this was kept.
    /// NL: colofon.
    async fn colophon(&self) -> Result<Option<PublicationColophon>> {
        let manifest = repo::manifest(&self.row).map_err(Failure::from)?;
        Ok(manifest
            .colophon
            .map(|colophon| PublicationColophon { colophon }))
    }

    /// Why it tells by name although the period was open or reviews waited, in Dutch, as printed in
    /// it; null when it is complete or tells nobody by name. NL: reden van onvolledigheid.
    #[graphql(complexity = "STATEMENT")]
    async fn incomplete_because(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let manifest = repo::printed_manifest(session, &self.row)
            .await
            .map_err(Failure::from)?;
        Ok(manifest.incomplete_because)
    }

    /// What stands beside it since a day, in the order of the days: its files are never changed.
    /// NL: kanttekeningen.
    #[graphql(complexity = "STATEMENT + 2 * child_complexity")]
    async fn notes(&self, ctx: &Context<'_>) -> Result<Vec<PublicationNote>> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let rows = repo::notes(session, &self.row.key).await;
        let rows = rows.map_err(Failure::from)?.into_iter();
        Ok(rows.map(PublicationNote::from).collect())
    }

    /// How it was made. NL: verantwoording.
    #[graphql(complexity = "STATEMENT + child_complexity")]
    async fn manifest(&self, ctx: &Context<'_>) -> Result<PublicationManifest> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let scope = policy::publications(session.mandate());
        let is_released = self.state_of()? == PublicationState::Released;
        let is_compliance = self.kind_of()? == PublicationKind::CompliancePicture;
        let files = if is_released || scope.sees_content(is_compliance) {
            repo::files(session, &self.row.key)
                .await
                .map_err(Failure::from)?
        } else {
            Vec::new()
        };
        Ok(PublicationManifest {
            manifest: repo::manifest(&self.row).map_err(Failure::from)?,
            files,
        })
    }

    /// Its lines as they stand in its files, without responses. Empty while it is not released,
    /// except for those who prepare it. NL: regels.
    #[graphql(complexity = "STATEMENT + 60 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<PublicationLine>> {
        let lines = self.seen_lines(ctx).await?.unwrap_or_default();
        Ok(lines.into_iter().map(Into::into).collect())
    }

    /// The verdicts that it tells by name, by code: all once it is released; before, a municipality
    /// its own, VNG and the ministry all. NL: oordelen met naam.
    #[graphql(complexity = "STATEMENT + 100 * child_complexity")]
    async fn verdicts(&self, ctx: &Context<'_>) -> Result<Vec<PublicationVerdict>> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let scope = policy::publications(session.mandate());
        let rows = repo::verdicts(session, &scope, &self.row)
            .await
            .map_err(Failure::from)?;
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            let state = row.state.handed_in();
            shown.push(PublicationVerdict {
                submission: state.as_ref().map(|state| state.submission.into()),
                waiting_since: state
                    .as_ref()
                    .and_then(|state| state.waiting_since)
                    .map(Date),
                handed_in: HandedInWords(state.map(|state| state.text)),
                municipality: find_municipality(ctx, &row.municipality).await?,
                status: VerdictStatus::from_code(&row.status)
                    .unwrap_or(VerdictStatus::NotAssessed)
                    .into(),
                since: row.verdict_from.map(Date),
                judged_from: row.judged_from.map(Date),
                response: row.response,
            });
        }
        Ok(shown)
    }

    /// What differs from another publication, line by line and column by column. Null when you may
    /// not see the content of both. `NOT_FOUND` for an unknown key. NL: verschil met een andere
    /// publicatie.
    #[graphql(complexity = "1 + 60 * child_complexity")]
    async fn difference(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key of the other publication. NL: andere publicatie.")] with: String,
    ) -> Result<Option<Vec<PublicationChange>>> {
        let other = known_publication(ctx, &with).await?;
        let (Some(before), Some(after)) =
            (other.seen_lines(ctx).await?, self.seen_lines(ctx).await?)
        else {
            return Ok(None);
        };
        let changes = rules::difference(&before, &after);
        Ok(Some(changes.into_iter().map(Into::into).collect()))
    }
}

/// Queries of publications.
#[derive(Default)]
pub(crate) struct PublicationQuery;

#[Object]
impl PublicationQuery {
    /// The publications that you may see, the latest first: released and withdrawn ones; those
    /// under way for those who prepare them, and for a municipality that one of them names.
    /// `BAD_REQUEST` for a wrong page. NL: publicaties.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn publications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this kind; by default all. NL: soort.")] kind: Option<
            Coded<PublicationKind>,
        >,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<Publication>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let rows = seen(ctx).await?;
        let items = rows
            .iter()
            .filter(|row| kind.is_none_or(|kind| kind.code() == row.kind))
            .map(|row| (row.key.clone(), Publication { row: row.clone() }))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// One publication by its key. `NOT_FOUND` when there is none, or none that you may see. NL:
    /// publicatie.
    async fn publication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key, as in `compliance-2026-2-1`. NL: sleutel.")] key: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Publication>> {
        known_publication(ctx, &key).await.map(Some)
    }
}

async fn seen<'a>(ctx: &'a Context<'_>) -> Result<&'a [repo::Row]> {
    Ok(loader::<PublicationLoader>(ctx)?
        .rows()
        .await
        .map_err(Failure::from)?)
}

/// A publication by its key, for payloads and links.
pub(crate) async fn find_publication(ctx: &Context<'_>, key: &str) -> Result<Option<Publication>> {
    let rows = seen(ctx).await?;
    let row = rows.iter().find(|row| row.key == key);
    Ok(row.map(|row| Publication { row: row.clone() }))
}

/// What a publication is called in a sentence; none for one that the actor does not see.
pub(crate) async fn title_of_publication(ctx: &Context<'_>, key: &str) -> Result<Option<Text>> {
    let Some(row) = seen(ctx).await?.iter().find(|row| row.key == key) else {
        return Ok(None);
    };
    let (nl, en) = of_row::<PublicationKind>(&row.kind)?.label();
    Ok(Some(Text::new(
        format!("“{nl}” over {} ({key})", row.about),
        format!("“{en}” of {} ({key})", row.about),
    )))
}

/// A publication by its key, or the error that says which keys look like it.
async fn known_publication(ctx: &Context<'_>, key: &str) -> Result<Publication> {
    let rows = seen(ctx).await?;
    match rows.iter().find(|row| row.key == key) {
        Some(row) => Ok(Publication { row: row.clone() }),
        None => Err(Failure::Unknown {
            what: ("publicatie", "publication"),
            code: key.to_owned(),
            did_you_mean: did_you_mean(key, rows.iter().map(|row| row.key.as_str())),
        }
        .into()),
    }
}
