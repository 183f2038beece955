//! The first page: how far the plan is in all and by line, what changed since the round before, what is delayed and why,
//! what is known of the municipalities, and what was published.

mod changes;
mod map;

use domain::plan::CURRENT_PLAN;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    figure::{Bar, Figure, Shown, outside},
    frame::Body,
    language::Text,
    picture::{self, StatusCount},
    shared::{self, LineNumber, Overviews, Round, heading},
};

use self::map::Titled;
pub(crate) use self::map::{Known, Region, class_of, map, of_region, titled};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/home.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Home {
    dashboard: Option<Dashboard>,
    monitoring_rounds: Option<Vec<changes::Round>>,
    action_lines: Option<Vec<changes::Line>>,
    publications: Publications,
    overviews: Overviews,
    #[serde(flatten)]
    known: Known,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dashboard {
    statement: Option<String>,
    actions_in_plan: u32,
    round: Option<Round>,
    total: Option<Counts>,
    lines: Vec<LineCounts>,
    delayed: Vec<DelayedAction>,
    outside_round: Vec<NamedAction>,
}

#[derive(Debug, Deserialize)]
struct Counts {
    actions: u32,
    statuses: Vec<StatusCount>,
}

#[derive(Debug, Deserialize)]
struct LineCounts {
    line: Line,
    /// None of a plan version of which no round was closed.
    counts: Option<Counts>,
}

#[derive(Debug, Deserialize)]
struct Line {
    number: u16,
    title: Text,
}

#[derive(Debug, Deserialize)]
struct NamedAction {
    number: u16,
    title: Text,
    line: LineNumber,
}

#[derive(Debug, Deserialize)]
struct DelayedAction {
    number: u16,
    title: Text,
    delay: Option<Delay>,
}

#[derive(Debug, Deserialize)]
struct Delay {
    amount: Option<String>,
    cause: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Publications {
    nodes: Vec<Publication>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Publication {
    key: String,
    released_at: Option<String>,
    colophon: Option<Titled>,
}

impl Dashboard {
    /// How many actions of a line the round leaves out.
    fn outside_of(&self, line: &Line) -> u32 {
        let outside = self.outside_round.iter().map(|action| &action.line);
        shared::of_line(outside, line.number)
    }
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let home: Home = serde_json::from_value(data)?;
    let language = page.language;
    let dashboard = home.dashboard.as_ref();
    let title = language.pick(
        "Hoe ver is Samen tegen mensenhandel?",
        "How far is Together against Human Trafficking?",
    );
    let statement = dashboard.and_then(|dashboard| dashboard.statement.as_deref());
    let content = html! {
        @if let Some(statement) = statement { p.stm-lead { (statement) } }
        @if let Some(dashboard) = dashboard {
            (progress(page, dashboard, home.overviews.of(dashboard.round.as_ref())))
            (changes::since_last_round(page, &home))
            (delays(page, dashboard))
        }
        (map::municipalities(page, &home.known))
        (publications(page, &home.publications))
    };
    Ok(Body {
        title: title.to_owned(),
        description: statement.unwrap_or(title).to_owned(),
        content,
    })
}

/// The progress in all and by line as a picture that stands alone.
pub(crate) fn progress_figure(page: &Page, data: Value) -> Result<Figure, Unmade> {
    let home: Home = serde_json::from_value(data)?;
    let dashboard = home.dashboard.ok_or(Unmade::NotThere)?;
    let language = page.language;
    let total = dashboard.total.as_ref().ok_or(Unmade::NotThere)?;
    let mut bars = vec![Bar {
        name: language.pick("Alle acties", "All actions").to_owned(),
        outside: dashboard.actions_in_plan.saturating_sub(total.actions),
        statuses: total.statuses.clone(),
    }];
    bars.extend(counted(&dashboard.lines).map(|(line, counts)| Bar {
        name: format!("{}. {}", line.number, language.of(&line.title)),
        statuses: counts.statuses.clone(),
        outside: dashboard.outside_of(line),
    }));
    Ok(Figure {
        title: title_of_progress(language).to_owned(),
        shown: Shown::Bars(bars),
        source: dashboard.round.map(|round| round.words(language)),
        frozen: None,
    })
}

pub(crate) fn title_of_progress(language: Language) -> &'static str {
    language.pick(
        "Voortgang van de acties per actielijn",
        "Progress of the actions by action line",
    )
}

fn progress(page: &Page, dashboard: &Dashboard, frozen: Option<&str>) -> Markup {
    let language = page.language;
    let in_round = dashboard.total.as_ref().map_or(0, |total| total.actions);
    let left_out = dashboard.actions_in_plan.saturating_sub(in_round);
    html! {
        (heading(language.pick("Alle acties", "All actions")))
        @if let Some(total) = &dashboard.total {
            @let parts = picture::parts(&total.statuses, (outside(language), left_out));
            (picture::bar(language.pick("Alle acties", "All actions"), &parts))
            (picture::legend(&parts))
            (shared::picture_links(language, "dashboard", frozen))
        }
        @if !dashboard.outside_round.is_empty() {
            p.utrecht-paragraph {
                (outside(language)) ": "
                @for (index, action) in dashboard.outside_round.iter().enumerate() {
                    @if index > 0 { "; " }
                    (shared::action_of_plan(page, action.number, &action.title))
                }
                "."
            }
        }
        (heading(language.pick("Per actielijn", "By action line")))
        @for (line, counts) in counted(&dashboard.lines) {
            @let address = page.to(&format!("/plannen/{CURRENT_PLAN}/lijnen/{}", line.number));
            @let title = language.of(&line.title);
            h3.utrecht-heading-3 { a.utrecht-link href=(address) { (line.number) ". " (title) } }
            @let parts = picture::parts(&counts.statuses, (outside(language), dashboard.outside_of(line)));
            (picture::bar(title, &parts))
            (picture::legend(&parts))
        }
        details {
            summary { (language.pick("De acties per lijn als tabel", "The actions by line as a table")) }
            (table(language, dashboard))
        }
        p.utrecht-paragraph {
            (language.pick("Een stand is wat over een actie is gerapporteerd; of de actie werkt, blijkt er niet uit. ", "A status is what was reported about an action; it does not say whether the action works. "))
            a.utrecht-link href=(page.to("/effecten")) { (language.pick("Over de beoogde effecten", "On the intended effects")) } "; "
            a.utrecht-link href=(page.to(&format!("/plannen/{CURRENT_PLAN}/overzicht"))) { (language.pick("overzicht van alle acties, om af te drukken", "overview of all actions, to print")) } "."
        }
        @if let Some(round) = &dashboard.round { (round.line(language)) }
    }
}

/// The lines that a round counted.
fn counted(lines: &[LineCounts]) -> impl Iterator<Item = (&Line, &Counts)> {
    let lines = lines.iter();
    lines.filter_map(|line| Some((&line.line, line.counts.as_ref()?)))
}

/// The figures behind the bars.
fn table(language: Language, dashboard: &Dashboard) -> Markup {
    let lines = &dashboard.lines;
    let statuses = counted(lines).next().map(|(_, counts)| &counts.statuses);
    html! {
        div.stm-scroll tabindex="0" role="region" aria-label=(language.pick("Tabel: acties per lijn en status", "Table: actions by line and status")) {
            table.utrecht-table {
                caption.utrecht-table__caption { (language.pick("Aantal acties per lijn en status", "Number of actions by line and status")) }
                thead.utrecht-table__header { tr {
                    th.utrecht-table__header-cell scope="col" { (language.pick("Actielijn", "Action line")) }
                    @for status in statuses.into_iter().flatten() {
                        th.utrecht-table__header-cell.stm-number scope="col" { (status.label) }
                    }
                    th.utrecht-table__header-cell.stm-number scope="col" { (language.pick("In de ronde", "In the round")) }
                    th.utrecht-table__header-cell.stm-number scope="col" { (outside(language)) }
                } }
                tbody.utrecht-table__body {
                    @for (line, counts) in counted(lines) {
                        tr {
                            th.utrecht-table__cell scope="row" { (line.number) ". " (language.of(&line.title)) }
                            @for status in &counts.statuses { td.utrecht-table__cell.stm-number { (status.count) } }
                            td.utrecht-table__cell.stm-number { (counts.actions) }
                            td.utrecht-table__cell.stm-number { (dashboard.outside_of(line)) }
                        }
                    }
                }
            }
        }
    }
}

fn delays(page: &Page, dashboard: &Dashboard) -> Markup {
    let language = page.language;
    html! {
        @if !dashboard.delayed.is_empty() {
            (heading(language.pick("Vertraging en oorzaak", "Delays and causes")))
            ul.utrecht-unordered-list {
                @for action in &dashboard.delayed {
                    li.utrecht-unordered-list__item {
                        (shared::action_of_plan(page, action.number, &action.title)) ": "
                        @let delay = action.delay.as_ref();
                        @if let Some(amount) = delay.and_then(|delay| delay.amount.as_deref()) {
                            span lang="nl" { (amount) } "; "
                        }
                        @match delay.and_then(|delay| delay.cause.as_deref()) {
                            Some(cause) => span lang="nl" { (cause) },
                            None => (language.pick("de bron noemt geen oorzaak", "the source names no cause")),
                        }
                    }
                }
            }
        }
    }
}

fn publications(page: &Page, publications: &Publications) -> Markup {
    let language = page.language;
    html! {
        (heading(language.pick("Laatste publicaties", "Latest publications")))
        @if publications.nodes.is_empty() {
            p.utrecht-paragraph { (language.pick("Er is nog niets gepubliceerd.", "Nothing was published yet.")) }
        } @else {
            ul.utrecht-unordered-list {
                @for publication in &publications.nodes {
                    li.utrecht-unordered-list__item {
                        a.utrecht-link href=(page.to(&format!("/publicaties/{}", publication.key))) { (Titled::of(publication.colophon.as_ref(), language, &publication.key)) }
                        @if let Some(day) = &publication.released_at { ", " (language.day(day)) }
                    }
                }
            }
        }
    }
}
