//! `changes`: what changed since an instant, a position or a ledger number, with one sentence each.

use std::collections::HashMap;

use async_graphql::{ComplexObject, Context, Object, OneofObject, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::{
    repo::{self, EntryRow, StatusChange},
    schema::known_kind,
    titles::titles,
};
use database::{DbError, Session};
use domain::{
    ledger::{
        sentences::{Entry, StatusLabels, names_in, sentence},
        things::Titles,
    },
    plan::rules::ActionStatus,
    policy,
};
use graphql::{
    context::request,
    error::Failure,
    moment::Moment,
    page::{Connection, Neighbours, PageArgs, page_cost},
    position::Position,
    text::LocalizedText,
};
use register::{nodes::find_document, sources::schema::SourceDocument};

/// Since when to tell changes: exactly one of them. NL: sinds.
#[derive(OneofObject, Debug, Clone)]
pub(crate) enum ChangesSince {
    /// After this ledger number, from 0, the beginning, to the last one. NL: na regel van het
    /// grootboek.
    Ledger(i64),
    /// After this instant. NL: na tijdstip.
    Time(DateTime<Utc>),
    /// After this position, as a change or an event told it: so you go on where you were. NL: na
    /// positie in het grootboek.
    Position(Position),
}

impl ChangesSince {
    /// Since when, once it is known that the ledger has it.
    async fn found(self, session: &Session) -> Result<repo::Since, Failure> {
        match self {
            Self::Position(position) => {
                session.check_position(position.0).await?;
                Ok(repo::Since::Number(position.0.number))
            }
            Self::Ledger(number) if number > session.moment().head => {
                Err(DbError::position_lost().into())
            }
            Self::Ledger(number) => Ok(repo::Since::Number(number)),
            Self::Time(instant) => Ok(repo::Since::Instant(instant)),
        }
    }
}

/// One change, told in a sentence. NL: wijziging.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct Change {
    /// The number of the entry. NL: nummer in het grootboek.
    ledger: i64,
    /// Go on with that of the last one as `since`. NL: positie in het grootboek.
    position: Position,
    /// When it was recorded, UTC. NL: vastgelegd op.
    recorded_at: DateTime<Utc>,
    /// The kind of thing that changed, as in `StatusReport`. NL: soort onderwerp.
    subject_kind: String,
    /// Its natural key. NL: onderwerp.
    subject_key: String,
    /// What was done, as in `data.corrected`. NL: handeling.
    operation: String,
    /// The change as one sentence that names its subject and what it is tied to by their titles of
    /// the moment asked for, and by their keys where no title is known. NL: zin.
    sentence: LocalizedText,
    #[graphql(skip)]
    document: Option<String>,
    /// The place in the document. NL: plaats in de bron.
    source_place: Option<String>,
}

#[ComplexObject]
impl Change {
    /// The document that says so; null when the actor does. NL: bron.
    async fn source_document(&self, ctx: &Context<'_>) -> Result<Option<SourceDocument>> {
        find_document(ctx, self.document.as_deref().unwrap_or_default()).await
    }
}

impl Change {
    fn of(row: EntryRow, statuses: &HashMap<i64, StatusChange>, titles: &Titles) -> Self {
        let change = statuses.get(&row.number);
        let label = |code: Option<&String>| {
            let status = ActionStatus::from_code(code?)?;
            Some(status.label())
        };
        let entry = Entry {
            operation: &row.operation,
            kind: &row.subject_kind,
            key: &row.subject_key,
            status: StatusLabels {
                before: change.and_then(|change| label(change.before.as_ref())),
                after: change.and_then(|change| label(Some(&change.after))),
            },
        };
        let sentence = sentence(entry, titles).into();
        Self {
            ledger: row.number,
            position: row.position().into(),
            recorded_at: row.recorded_at,
            subject_kind: row.subject_kind,
            subject_key: row.subject_key,
            operation: row.operation,
            sentence,
            document: row.source_document,
            source_place: row.source_place,
        }
    }
}

/// Queries of what changed.
#[derive(Default)]
pub(crate) struct ChangesQuery;

#[Object]
impl ChangesQuery {
    /// What changed since an instant, a position or a ledger number, the earliest first, as far as
    /// you may see it. `BAD_REQUEST` for a wrong page or a negative number, `POSITION_LOST` for
    /// what the ledger does not have, `NOT_FOUND` for an unknown kind. NL: wijzigingen.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Since when. NL: sinds.")] since: ChangesSince,
        #[graphql(
            name = "subjectKind",
            desc = "Only changes of this kind of thing, as in `StatusReport`; by default all. NL: \
                soort onderwerp."
        )]
        subject_kind: Option<String>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<Change>>> {
        let page = PageArgs::parse(ctx, first, after)?;
        known_kind(subject_kind.as_deref())?;
        let after = match &page.after {
            None => None,
            Some(number) => Some(number.parse::<i64>().map_err(|_| not_ours())?),
        };
        let since = match since {
            ChangesSince::Ledger(number) if number < 0 => return Err(negative().into()),
            since => since,
        };
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let since = since.found(session).await?;
        let scope = policy::ledger(session.mandate());
        let requested = repo::ChangeFilter {
            since,
            after,
            subject_kind,
            limit: i64::try_from(page.first)? + 1,
        };
        let mut rows = repo::changes(session, &scope, &requested)
            .await
            .map_err(Failure::from)?;
        let more = rows.len() > page.first;
        rows.truncate(page.first);
        let total = if ctx.look_ahead().field("totalCount").exists() {
            repo::count_changes(session, &scope, &requested)
                .await
                .map_err(Failure::from)?
        } else {
            0
        };
        let numbers = rows.iter().map(|row| row.number).collect();
        let statuses = repo::status_changes(session, numbers)
            .await
            .map_err(Failure::from)?;
        let statuses: HashMap<i64, StatusChange> = statuses
            .into_iter()
            .map(|change| (change.ledger_no, change))
            .collect();
        let named = rows
            .iter()
            .flat_map(|row| names_in(&row.subject_kind, &row.subject_key));
        let titles = titles(ctx, named).await?;
        let nodes = rows
            .into_iter()
            .map(|row| (row.number.to_string(), Change::of(row, &statuses, &titles)));
        let has = Neighbours {
            previous: page.after.is_some(),
            next: more,
        };
        Ok(Some(Connection::of_page(
            nodes.collect(),
            has,
            total,
            &page,
        )))
    }
}

fn not_ours() -> Failure {
    Failure::BadRequest(LocalizedText::new(
        "`after` is geen cursor van deze lijst.",
        "`after` is no cursor of this list.",
    ))
}

fn negative() -> Failure {
    Failure::BadRequest(LocalizedText::new(
        "`since.ledger` moet 0 of hoger zijn.",
        "`since.ledger` must be 0 or higher.",
    ))
}
