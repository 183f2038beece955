//! The page of an action line: its actions with their status, its goals, apart from them its effects, and its money.

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
    shared::{self, Citation, LineNumber, Overviews, Round, heading, mark},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/line.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    dashboard: Option<Dashboard>,
    action_lines: Option<Vec<Line>>,
    overviews: Overviews,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dashboard {
    round: Option<Round>,
    outside_round: Vec<Outside>,
    lines: Vec<Counted>,
}

/// An action that the round leaves out.
#[derive(Debug, Deserialize)]
struct Outside {
    line: LineNumber,
}

#[derive(Debug, Deserialize)]
struct Counted {
    line: Number,
    /// None of a plan version of which no round was closed.
    counts: Option<Counts>,
}

#[derive(Debug, Deserialize)]
struct Number {
    number: u16,
}

#[derive(Debug, Deserialize)]
struct Counts {
    statuses: Vec<StatusCount>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    key: String,
    number: u16,
    title: Text,
    narrative: Option<String>,
    goals: Vec<Goal>,
    effects: Vec<Effect>,
    budget: Vec<Year>,
    actions: Vec<Action>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Goal {
    key: String,
    text: String,
    translation: String,
    progress_label: String,
}

#[derive(Debug, Deserialize)]
struct Effect {
    key: String,
    text: String,
    translation: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Year {
    year: u16,
    published: Amount,
    computed: Amount,
    difference_euros: Option<i64>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Amount {
    label: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    number: u16,
    title: Text,
    status: Option<String>,
    status_label: Option<String>,
}

impl Answer {
    /// The line of a number, with what the round counted of it; none where the plan has none.
    fn line(&self, number: &str) -> Option<(&Line, Option<&Counts>)> {
        let mut lines = self.action_lines.iter().flatten();
        let line = lines.find(|line| line.number.to_string() == number)?;
        let counted = self.dashboard.as_ref().and_then(|dashboard| {
            let mut lines = dashboard.lines.iter();
            lines.find(|one| one.line.number == line.number)
        });
        Some((line, counted.and_then(|counted| counted.counts.as_ref())))
    }

    /// How many actions of a line the round leaves out.
    fn outside_of(&self, line: &Line) -> u32 {
        let actions = self.dashboard.iter().flat_map(|one| &one.outside_round);
        shared::of_line(actions.map(|action| &action.line), line.number)
    }

    fn round(&self) -> Option<&Round> {
        self.dashboard.as_ref()?.round.as_ref()
    }
}

/// What a line is called in full.
pub(crate) fn name(language: Language, number: u16, title: &str) -> String {
    let kind = language.pick("Actielijn", "Action line");
    format!("{kind} {number}: {title}")
}

/// The progress of the line as a picture that stands alone; none of a line that no round counted.
pub(crate) fn progress_figure(page: &Page, data: Value) -> Result<Figure, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let (line, counts) = answer.line(page.subject()).ok_or(Unmade::NotThere)?;
    let counts = counts.ok_or(Unmade::NotThere)?;
    let language = page.language;
    let bar = Bar {
        name: language.pick("Acties", "Actions").to_owned(),
        statuses: counts.statuses.clone(),
        outside: answer.outside_of(line),
    };
    Ok(Figure {
        title: name(language, line.number, language.of(&line.title)),
        shown: Shown::Bars(vec![bar]),
        source: answer.round().map(|round| round.words(language)),
        frozen: None,
    })
}

/// The figures behind the bar.
fn numbers(language: Language, counts: &Counts, left_out: u32) -> Markup {
    let caption = language.pick("Aantal acties per status", "Number of actions by status");
    let heads = [
        language.pick("Stand", "Status"),
        language.pick("Acties", "Actions"),
    ];
    let rows = html! {
        @for status in &counts.statuses {
            tr {
                th.utrecht-table__cell scope="row" { (status.label) }
                td.utrecht-table__cell.stm-number { (status.count) }
            }
        }
        tr {
            th.utrecht-table__cell scope="row" { (outside(language)) }
            td.utrecht-table__cell.stm-number { (left_out) }
        }
    };
    shared::table(caption, &heads, 1, &rows)
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let language = page.language;
    let (line, counts) = answer.line(page.subject()).ok_or(Unmade::NotThere)?;
    let plan = line.key.split('/').next().unwrap_or_default();
    let title = language.of(&line.title);
    let left_out = answer.outside_of(line);
    let content = html! {
        @if let Some(narrative) = &line.narrative { p.utrecht-paragraph lang="nl" { (narrative) } }
        @if let Some(counts) = counts {
            @let parts = picture::parts(&counts.statuses, (outside(language), left_out));
            (picture::bar(title, &parts))
            (picture::legend(&parts))
            (shared::picture_links(language, &format!("lines/{plan}/{}", line.number), answer.overviews.of(answer.round())))
            details {
                summary { (language.pick("De aantallen als tabel", "The numbers as a table")) }
                (numbers(language, counts, left_out))
            }
        }
        @if let Some(round) = answer.round() { (round.line(language)) }
        (heading(language.pick("Acties", "Actions")))
        div.stm-scroll tabindex="0" role="region" aria-label=(language.pick("Tabel: acties", "Table: actions")) {
            table.utrecht-table {
                caption.utrecht-table__caption { (language.pick("De acties van deze lijn met hun stand", "The actions of this line with their status")) }
                thead.utrecht-table__header { tr {
                    th.utrecht-table__header-cell scope="col" { (language.pick("Actie", "Action")) }
                    th.utrecht-table__header-cell scope="col" { (language.pick("Stand", "Status")) }
                } }
                tbody.utrecht-table__body {
                    @for action in &line.actions {
                        tr {
                            th.utrecht-table__cell scope="row" { (shared::action_link(page, plan, action.number, &action.title)) }
                            td.utrecht-table__cell {
                                @if let Some(status) = &action.status { (mark(status)) }
                                (action.status_label.as_deref().unwrap_or(language.pick("Geen stand gerapporteerd", "No status reported")))
                            }
                        }
                    }
                }
            }
        }
        (goals(page, plan, &line.goals))
        (effects(page, plan, &line.effects))
        (money(language, &line.budget))
        (shared::source_of(language, language.pick("Bron van de actielijn: ", "Source of the action line: "), line.source.as_ref()))
    };
    Ok(Body {
        title: name(language, line.number, title),
        description: title.to_owned(),
        content,
    })
}

/// A text with a link to where it stands in full, as that of the plan in force does.
fn linked(page: &Page, plan: &str, (place, key): (&str, &str), text: &str) -> Markup {
    let address = page.to(&format!("{place}#{}", shared::fragment(key)));
    html! {
        @if plan == CURRENT_PLAN { a.utrecht-link href=(address) { (text) } } @else { (text) }
    }
}

fn goals(page: &Page, plan: &str, goals: &[Goal]) -> Markup {
    let language = page.language;
    html! {
        @if !goals.is_empty() {
            (heading(language.pick("Doelen", "Goals")))
            ul.utrecht-unordered-list {
                @for goal in goals {
                    li.utrecht-unordered-list__item {
                        (linked(page, plan, ("/doelen", &goal.key), language.pick(&goal.text, &goal.translation)))
                        " " strong { (goal.progress_label) } "."
                    }
                }
            }
        }
    }
}

/// The effects of the line, apart from its goals.
fn effects(page: &Page, plan: &str, effects: &[Effect]) -> Markup {
    let language = page.language;
    html! {
        @if !effects.is_empty() {
            (heading(language.pick("Beoogde effecten", "Intended effects")))
            p.utrecht-paragraph { (language.pick("Een effect is geen doel, en of het is bereikt, is niet te berekenen.", "An effect is no goal, and whether it was reached cannot be computed.")) }
            ul.utrecht-unordered-list {
                @for effect in effects {
                    li.utrecht-unordered-list__item {
                        (linked(page, plan, ("/effecten", &effect.key), language.pick(&effect.text, &effect.translation)))
                    }
                }
            }
        }
    }
}

/// The money of the line by year: as printed, and added up from its actions.
fn money(language: Language, years: &[Year]) -> Markup {
    let caption = language.pick(
        "Begroting van de lijn per jaar",
        "Budget of the line by year",
    );
    let heads = [
        language.pick("Jaar", "Year"),
        language.pick("Gedrukt in het overzicht", "Printed in the overview"),
        language.pick("Opgeteld uit de acties", "Added up from the actions"),
    ];
    let rows = html! {
        @for year in years {
            @let differs = year.difference_euros.is_some_and(|euros| euros != 0);
            tr {
                th.utrecht-table__cell scope="row" { (year.year) }
                td.utrecht-table__cell.stm-number { (year.published.label) @if differs { " *" } }
                td.utrecht-table__cell.stm-number { (year.computed.label) }
            }
        }
    };
    html! {
        @if !years.is_empty() {
            (heading(language.pick("Geld per jaar", "Money by year")))
            (shared::table(caption, &heads, 1, &rows))
            p.utrecht-paragraph {
                (shared::unprinted(language)) " "
                (language.pick("Een sterretje staat bij een bedrag dat afwijkt van de som. ", "An asterisk marks an amount that differs from the sum. "))
                a.utrecht-link href=(language.address("/begroting")) { (language.pick("De hele begroting", "The whole budget")) } "."
            }
            (shared::source(language, years.iter().find_map(|year| year.source.as_ref())))
        }
    }
}
