//! The first page: how far the plan is in all and by line, what is delayed and why, what is known of the municipalities,
//! and what was published.

use std::collections::HashMap;

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    address::PLAN,
    frame::Body,
    language::Text,
    picture::{self, MapTile, StatusCount, Tile},
    shared::{self, CodeList, Round, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/home.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Home {
    dashboard: Option<Dashboard>,
    code_lists: Vec<CodeList>,
    reporting_periods: Vec<Period>,
    regions: Vec<Region>,
    publications: Publications,
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
#[serde(rename_all = "camelCase")]
struct Period {
    key: String,
    deadline_on: String,
}

#[derive(Debug, Deserialize)]
struct Region {
    code: String,
    name: String,
    municipalities: Vec<Municipality>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
    tile: Option<Tile>,
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
    colophon: Option<Colophon>,
    verdicts: Vec<PublishedVerdict>,
}

#[derive(Debug, Deserialize)]
struct Colophon {
    title: Text,
}

#[derive(Debug, Deserialize)]
struct PublishedVerdict {
    municipality: Option<Code>,
    status: String,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
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
            (progress(page, dashboard))
            (delays(page, dashboard))
        }
        (municipalities(page, &home))
        (publications(page, &home.publications))
    };
    Ok(Body {
        title: title.to_owned(),
        description: statement.unwrap_or(title).to_owned(),
        content,
    })
}

/// What stands in the plan and not in the round.
fn outside(language: Language) -> &'static str {
    language.pick("Buiten de ronde", "Outside the round")
}

fn progress(page: &Page, dashboard: &Dashboard) -> Markup {
    let language = page.language;
    let in_round = dashboard.total.as_ref().map_or(0, |total| total.actions);
    let left_out = dashboard.actions_in_plan.saturating_sub(in_round);
    html! {
        (heading(language.pick("Alle acties", "All actions")))
        @if let Some(total) = &dashboard.total {
            @let parts = picture::parts(&total.statuses, (outside(language), left_out));
            (picture::bar(language.pick("Alle acties", "All actions"), &parts))
            (picture::legend(&parts))
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
            @let address = page.to(&format!("/plannen/{PLAN}/lijnen/{}", line.number));
            @let title = language.of(&line.title);
            h3.utrecht-heading-3 { a.utrecht-link href=(address) { (line.number) ". " (title) } }
            @let parts = picture::parts(&counts.statuses, (outside(language), 0));
            (picture::bar(title, &parts))
        }
        (table(language, &dashboard.lines))
        @if let Some(round) = &dashboard.round { (round.line(language)) }
    }
}

/// The lines that a round counted.
fn counted(lines: &[LineCounts]) -> impl Iterator<Item = (&Line, &Counts)> {
    let lines = lines.iter();
    lines.filter_map(|line| Some((&line.line, line.counts.as_ref()?)))
}

/// The figures behind the bars.
fn table(language: Language, lines: &[LineCounts]) -> Markup {
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
                } }
                tbody.utrecht-table__body {
                    @for (line, counts) in counted(lines) {
                        tr {
                            th.utrecht-table__cell scope="row" { (line.number) ". " (language.of(&line.title)) }
                            @for status in &counts.statuses { td.utrecht-table__cell.stm-number { (status.count) } }
                            td.utrecht-table__cell.stm-number { (counts.actions) }
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

/// What is known in public of each municipality, by the latest publication by name.
fn municipalities(page: &Page, home: &Home) -> Markup {
    let language = page.language;
    let named = home
        .publications
        .nodes
        .iter()
        .find(|one| !one.verdicts.is_empty());
    let published: HashMap<&str, &str> = named
        .into_iter()
        .flat_map(|one| &one.verdicts)
        .filter_map(|verdict| {
            let municipality = verdict.municipality.as_ref()?;
            Some((municipality.code.as_str(), verdict.status.as_str()))
        })
        .collect();
    let unknown = language.pick("Niet gepubliceerd", "Not published");
    let label = |code: &str| {
        let status = published.get(code).copied();
        shared::label(language, &home.code_lists, status).unwrap_or(unknown)
    };
    let all = home
        .regions
        .iter()
        .flat_map(|region| &region.municipalities);
    let tiles: Vec<MapTile<'_>> = all
        .filter_map(|municipality| {
            Some(MapTile {
                tile: municipality.tile?,
                name: &municipality.name,
                label: label(&municipality.code),
                class: class(published.get(municipality.code.as_str()).copied()),
                href: page.to(&format!("/gemeenten/{}", municipality.code)),
            })
        })
        .collect();
    let title = language.pick(
        "Gemeenten en het VNG-kader",
        "Municipalities and the VNG framework",
    );
    html! {
        (heading(title))
        p.utrecht-paragraph {
            @match (named, home.reporting_periods.last()) {
                (Some(publication), _) => {
                    (language.pick("Volgens ", "According to "))
                    a.utrecht-link href=(page.to(&format!("/publicaties/{}", publication.key))) { (title_of(language, publication)) } "."
                }
                (None, Some(period)) => {
                    (language.pick("Periode ", "Period ")) (period.key)
                    (language.pick(" loopt tot en met ", " runs until ")) (language.day(&period.deadline_on))
                    (language.pick(". Er is nog geen oordeel met naam gepubliceerd; wat niet is gepubliceerd, is hier niet bekend.", ". No verdict was published by name yet; what was not published is not known here."))
                }
                (None, None) => (language.pick(
                    "Er is nog geen periode geopend waarin gemeenten aan het kader worden getoetst. Van geen enkele gemeente is dus bekend of zij voldoet.",
                    "No period in which municipalities are judged by the framework has opened yet. So of no municipality is it known whether it is compliant.",
                )),
            }
        }
        (picture::map(language, title, &tiles))
        details {
            summary { (language.pick("De gemeenten als tabel", "The municipalities as a table")) }
            (municipality_table(page, &home.regions, &label))
        }
    }
}

fn municipality_table<'a>(
    page: &Page,
    regions: &[Region],
    label: &impl Fn(&str) -> &'a str,
) -> Markup {
    let language = page.language;
    html! {
        table.utrecht-table {
            caption.utrecht-table__caption { (language.pick("Alle gemeenten met hun veiligheidsregio en gepubliceerde oordeel", "All municipalities with their safety region and published verdict")) }
            thead.utrecht-table__header { tr {
                th.utrecht-table__header-cell scope="col" { (language.pick("Gemeente", "Municipality")) }
                th.utrecht-table__header-cell scope="col" { (language.pick("Veiligheidsregio", "Safety region")) }
                th.utrecht-table__header-cell scope="col" { (language.pick("Gepubliceerd oordeel", "Published verdict")) }
            } }
            tbody.utrecht-table__body {
                @for region in regions {
                    @for municipality in &region.municipalities {
                        tr {
                            th.utrecht-table__cell scope="row" {
                                a.utrecht-link href=(page.to(&format!("/gemeenten/{}", municipality.code))) { (municipality.name) }
                            }
                            td.utrecht-table__cell { a.utrecht-link href=(page.to(&format!("/regios/{}", region.code))) { (region.name) } }
                            td.utrecht-table__cell { (label(&municipality.code)) }
                        }
                    }
                }
            }
        }
    }
}

fn class(status: Option<&str>) -> &'static str {
    match status {
        Some("COMPLIANT") => "completed",
        Some("PARTLY_COMPLIANT") => "in-progress",
        Some("NOT_COMPLIANT") => "delayed",
        Some("NOT_ASSESSED") => "not-started",
        Some(_) | None => "outside",
    }
}

fn title_of(language: Language, publication: &Publication) -> &str {
    let colophon = publication.colophon.as_ref();
    colophon.map_or(&publication.key, |colophon| language.of(&colophon.title))
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
                        a.utrecht-link href=(page.to(&format!("/publicaties/{}", publication.key))) { (title_of(language, publication)) }
                        @if let Some(day) = &publication.released_at { ", " (language.day(day)) }
                    }
                }
            }
        }
    }
}
