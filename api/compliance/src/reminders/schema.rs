//! `reminders`: whom to remind.

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;

use super::find::{Filter, Reminded, find};
use crate::framework::schema::known_period;
use domain::{
    policy::{self, Rule},
    tasks::rules::TaskKind,
    territory::codes::AreaKind,
    text::{Language, pick},
};
use graphql::{
    access::{roles, visible_to},
    coded::Coded,
    context::request,
    date::Date,
    error::Failure,
    page::{Connection, PageArgs, page_cost},
    text::LocalizedText,
};
use register::{
    partners::schema::Organisation,
    plan::schema::{Action, find_action},
    territory::schema::{Municipality, find_municipality, known_area},
};

/// Somebody to remind of something that waits for it. NL: te herinneren.
#[derive(Debug, Clone)]
pub(crate) struct Reminder {
    reminded: Reminded,
    today: NaiveDate,
}

/// Somebody to remind of something that waits for it. NL: te herinneren.
#[Object]
impl Reminder {
    /// What is to be done. NL: soort taak.
    async fn kind(&self) -> Coded<TaskKind> {
        self.reminded.found.kind.into()
    }

    /// The kind in words. NL: label van de soort.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.reminded.found.kind.label())
    }

    /// The key of what it is about, as in `openTasks` of whom to remind: `GM0402/2026-2` or
    /// `2026-1/2024/33`. NL: sleutel van het onderwerp.
    async fn subject_key(&self) -> &str {
        &self.reminded.found.subject
    }

    /// What it is about by its titles. NL: onderwerp in woorden.
    async fn title(&self) -> LocalizedText {
        self.reminded.title.clone().into()
    }

    /// Whom to remind; null for an action without an owner, on which the ministry reports itself.
    /// NL: organisatie.
    async fn organisation(&self) -> Option<Organisation> {
        self.reminded.organisation.clone().map(Organisation::of)
    }

    /// The municipality that it is about; null when it is about none. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        match &self.reminded.found.municipality {
            Some(code) => find_municipality(ctx, code).await,
            None => Ok(None),
        }
    }

    /// The action to report on; null when it is about none. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Option<Action>> {
        let found = &self.reminded.found;
        match (found.kind, found.subject.split_once('/')) {
            (TaskKind::ReportStatus, Some((_, action))) => find_action(ctx, action).await,
            (_, _) => Ok(None),
        }
    }

    /// The day since which it waits. NL: sinds.
    async fn since(&self) -> Date {
        Date(self.reminded.found.since)
    }

    /// The last day on which it is in time; null when it has none. NL: uiterlijk.
    async fn due(&self) -> Option<Date> {
        self.reminded.found.due.map(Date)
    }

    /// Whether that day has passed. NL: te laat.
    async fn is_overdue(&self) -> bool {
        self.reminded.found.is_overdue(self.today)
    }
}

/// Queries of whom to remind.
#[derive(Default)]
pub(crate) struct ReminderQuery;

#[Object]
impl ReminderQuery {
    /// Whom to remind, what is due first before the rest. For VNG the municipalities that have not
    /// handed in, not answered a question, not submitted again what was returned or not accepted
    /// what was filled in for them, in the periods that are open; for the ministry the actions that
    /// nobody reported on in the open round, with their owners; null for others. As a table at
    /// `/v1/reminders.xlsx` and `/v1/reminders.csv`. `NOT_FOUND` for an unknown period or
    /// safety region, `BAD_REQUEST` for a wrong page. NL: te herinneren.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadReminders)),
        complexity = "200 + page_cost(first, child_complexity)"
    )]
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn reminders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this kind; by default all. NL: soort taak.")] kind: Option<
            Coded<TaskKind>,
        >,
        #[graphql(
            desc = "Only of this reporting period, by its key, as in `2026-2`; by default all. NL: \
                    rapportageperiode."
        )]
        period: Option<String>,
        #[graphql(
            desc = "Only of municipalities in this safety region, by its code, as in `VR14`; by \
                    default all. NL: veiligheidsregio."
        )]
        area: Option<String>,
        #[graphql(
            desc = "True for what is late alone, false for what is in time alone; by default both. \
                    NL: te laat."
        )]
        overdue: Option<bool>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<Reminder>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let reminders = match policy::reminders(session.mandate()) {
            Ok(reminders) => reminders,
            Err(denied) => {
                request.withhold(ctx, denied.0);
                return Ok(None);
            }
        };
        let period = match period {
            Some(key) => Some(known_period(ctx, &key).await?.key().to_owned()),
            None => None,
        };
        let area = match area {
            Some(code) => {
                let kind = Some(AreaKind::SafetyRegion);
                Some(known_area(ctx, &code, kind).await?.code.clone())
            }
            None => None,
        };
        let filter = Filter {
            kind: kind.map(|kind| kind.0),
            period,
            area,
            is_overdue: overdue,
        };
        let today = session.today();
        let found = find(session, &reminders, &filter)
            .await
            .map_err(Failure::from)?;
        let items = found.into_iter().map(|reminded| {
            let key = reminded.key();
            (key, Reminder { reminded, today })
        });
        Ok(Some(Connection::of_whole(items.collect(), &requested)?))
    }
}
