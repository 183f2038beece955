//! Which actions to list, and in which order.

use async_graphql::{Context, Error, InputObject, Result};
use domain::{
    plan::{
        codes::{ActionMonitoring, ActionOrder, CauseState},
        rules::ActionStatus,
        timeline::{self, Planned},
    },
    text::plain,
};
use graphql::{
    coded::Coded,
    context::today,
    error::{Failure, fail_with_all},
    index::index,
    searched::searched,
    text::LocalizedText,
};

use super::{
    action::Action,
    codes::Codes,
    lookup::{ThemeByAction, TitleByAction},
    planning::timeline_of,
    results::public_text,
};
use crate::partners::{
    lookup::RoleByAction,
    schema::{has_ended, partner_key},
};

/// Which actions to list; all conditions hold together. NL: filter op acties.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct ActionFilter {
    /// Only actions of this line, by number. NL: actielijn.
    line: Option<i32>,
    /// Only actions with one of these last known statuses. NL: status.
    status: Option<Vec<Coded<ActionStatus>>>,
    /// Only actions of which the round tells so. NL: plaats in de monitoring.
    monitoring: Option<Vec<Coded<ActionMonitoring>>>,
    /// Only delayed actions, by whether the cause is known. NL: bekendheid van de oorzaak van
    /// vertraging.
    delay_cause: Option<Vec<Coded<CauseState>>>,
    /// Only actions that are new in the version, or only those that are not. NL: nieuw.
    is_new: Option<bool>,
    /// Only actions that are carried out in this year by the timeline, 2024 to 2027. NL:
    /// uitvoeringsjaar.
    year: Option<i32>,
    /// Only actions that touch this theme, by code. NL: thema.
    theme: Option<String>,
    /// Only actions in which this partner has a role that has not ended, by key or any spelling of
    /// its name; at most 200 characters. NL: partner.
    partner: Option<String>,
    /// Only actions with all of these words in a title or in the explanation; accents and capitals
    /// do not matter; at most 200 characters. `BAD_REQUEST` for a text without a word to look for,
    /// as in `search`. NL: tekst.
    text: Option<String>,
    /// Only actions that have ended by the day that the list tells of, or only those that have not.
    /// NL: beëindigd.
    has_ended: Option<bool>,
    /// Only actions that changed after this ledger number, 0 or higher: itself, a title or a
    /// report. NL: gewijzigd sinds.
    changed_since: Option<i64>,
}

/// A filter whose codes exist, the partner by its key.
pub(super) async fn checked(
    ctx: &Context<'_>,
    plan: &str,
    mut filter: ActionFilter,
) -> Result<ActionFilter> {
    let codes = Codes {
        line: filter.line,
        theme: filter.theme.as_deref(),
        ..Codes::of(plan)
    };
    let mut mistakes: Vec<Error> = codes
        .mistakes(ctx)
        .await?
        .into_iter()
        .map(Error::from)
        .collect();
    if filter
        .year
        .is_some_and(|year| !timeline::YEARS.contains(&year))
    {
        let (from, to) = (timeline::YEARS.start(), timeline::YEARS.end());
        let text = LocalizedText::new(
            format!("`year` moet tussen {from} en {to} liggen."),
            format!("`year` must be between {from} and {to}."),
        );
        mistakes.push(Failure::BadRequest(text).into());
    }
    if filter.changed_since.is_some_and(|number| number < 0) {
        let text = LocalizedText::new(
            "`changedSince` moet 0 of hoger zijn.",
            "`changedSince` must be 0 or higher.",
        );
        mistakes.push(Failure::BadRequest(text).into());
    }
    let text = filter.text.as_deref();
    mistakes.extend(
        text.and_then(|text| searched("text", text).err())
            .map(Error::from),
    );
    if let Some(name) = filter.partner.take() {
        match partner_key(ctx, name).await {
            Ok(key) => filter.partner = Some(key),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    fail_with_all(ctx, mistakes)?;
    Ok(filter)
}

/// Whether an action fits a filter.
pub(super) async fn fits(
    ctx: &Context<'_>,
    action: &Action,
    filter: &ActionFilter,
) -> Result<bool> {
    let row = action.row();
    let plain_facts = filter.line.is_none_or(|line| line == row.line)
        && filter.is_new.is_none_or(|is_new| is_new == row.is_new);
    if !plain_facts {
        return Ok(false);
    }
    if let Some(wanted) = &filter.status
        && !action
            .status(ctx)
            .await?
            .is_some_and(|status| wanted.contains(&status))
    {
        return Ok(false);
    }
    if let Some(wanted) = &filter.monitoring
        && !wanted.contains(&Coded(action.monitoring_of(ctx).await?))
    {
        return Ok(false);
    }
    if let Some(wanted) = &filter.delay_cause
        && !action
            .delay_of(ctx)
            .await?
            .is_some_and(|delay| wanted.contains(&delay.cause_state))
    {
        return Ok(false);
    }
    if let Some(has_ended) = filter.has_ended
        && Action::has_ended(action.row(), today(ctx).await?) != has_ended
    {
        return Ok(false);
    }
    if let Some(since) = filter.changed_since
        && action.changed_at(ctx).await? <= since
    {
        return Ok(false);
    }
    if let Some(year) = filter.year {
        let timeline = timeline_of(ctx, action, false).await?;
        if !timeline
            .iter()
            .any(|cell| cell.year == year && cell.planned.0 == Planned::Yes)
        {
            return Ok(false);
        }
    }
    if let Some(theme) = &filter.theme {
        let links = index::<ThemeByAction>(ctx).await?;
        let mut own = links.rows_of(action.place());
        if !own.any(|link| link.theme == *theme) {
            return Ok(false);
        }
    }
    if let Some(partner) = &filter.partner {
        let today = today(ctx).await?;
        let roles = index::<RoleByAction>(ctx).await?;
        let mut own = roles.rows_of(action.place());
        if !own.any(|role| role.partner == *partner && !has_ended(role, today)) {
            return Ok(false);
        }
    }
    match &filter.text {
        Some(text) => holds_words(ctx, action, text).await,
        None => Ok(true),
    }
}

async fn holds_words(ctx: &Context<'_>, action: &Action, text: &str) -> Result<bool> {
    let titles = index::<TitleByAction>(ctx).await?;
    let row = action.row();
    let mut words = vec![row.title_nl.clone(), row.title_en.clone()];
    let titles = titles.rows_of(action.place());
    words.extend(titles.map(|title| title.title_nl.clone()));
    let report = action.report(ctx).await?;
    words.extend(public_text(ctx, report.and_then(|report| report.explanation_text)).await?);
    let shown = plain(&words.join(" "));
    Ok(plain(text)
        .split_whitespace()
        .all(|word| shown.contains(word)))
}

/// Puts actions in order; they come in the order of their numbers.
pub(super) async fn sort(
    ctx: &Context<'_>,
    actions: Vec<Action>,
    order: ActionOrder,
) -> Result<Vec<Action>> {
    let mut keyed = Vec::with_capacity(actions.len());
    for action in actions {
        let (number, text) = match order {
            ActionOrder::Number => (0, String::new()),
            ActionOrder::Title => (0, plain(&action.row().title_nl)),
            ActionOrder::Status => {
                let status = action.status(ctx).await?;
                let place = status
                    .and_then(|status| ActionStatus::ALL.iter().position(|each| *each == status.0));
                let place = place.unwrap_or(ActionStatus::ALL.len());
                (i64::try_from(place)?, String::new())
            }
            ActionOrder::Changed => (-action.changed_at(ctx).await?, String::new()),
        };
        keyed.push(((number, text), action));
    }
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(keyed.into_iter().map(|(_, action)| action).collect())
}
