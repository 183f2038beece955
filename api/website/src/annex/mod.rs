//! The monitoring overview as a document to print: the state of all actions in figures, then by line the goals, the
//! intended effects and every action with its explanation, its status and its years. It has the order of the annex that
//! goes to the House of Representatives, on sheets of A4 with their numbers; of a round as it is told now, or of a
//! publication as it was frozen.

mod frozen;
mod round;
mod tables;

use maud::{Markup, html};

use crate::{
    Language, Page,
    shared::{heading, mark},
};

pub(crate) use self::{
    frozen::{DOCUMENT as FROZEN, frozen},
    round::{DOCUMENT, body},
};

/// The statuses, in the order of the annex.
const STATUSES: [&str; 5] = [
    "COMPLETED",
    "IN_PROGRESS",
    "IN_PROGRESS_DELAYED",
    "ONGOING",
    "NOT_STARTED",
];

/// An overview, wherever it comes from.
struct Annex {
    plan: String,
    /// What every status is called, in the order of the annex.
    labels: [String; 5],
    total: Option<Counts>,
    lines: Vec<Line>,
}

/// How many actions have each status, in the order of the annex.
struct Counts {
    actions: u64,
    statuses: [u64; 5],
}

struct Line {
    number: u64,
    title: String,
    counts: Option<Counts>,
    goals: Vec<String>,
    effects: Vec<String>,
    actions: Vec<Action>,
}

struct Action {
    number: u64,
    title: String,
    /// Whether the round tells of it.
    is_reported: bool,
    /// None of what the round tells nothing of.
    status: Option<String>,
    explanation: Option<String>,
    /// The years as printed with the status.
    period: Option<String>,
    /// The years in which it is carried out by the sources.
    years: Vec<u64>,
}

impl Annex {
    fn label(&self, status: &str) -> &str {
        let mut statuses = STATUSES.iter().zip(&self.labels);
        let found = statuses.find(|(code, _)| **code == status);
        found.map_or("", |(_, label)| label.as_str())
    }

    /// All years in which an action is carried out.
    fn years(&self) -> Vec<u64> {
        let actions = self.lines.iter().flat_map(|line| &line.actions);
        let mut years: Vec<u64> = actions.flat_map(|action| action.years.clone()).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// The whole document below its title.
    fn lay_out(&self, page: &Page) -> Markup {
        let language = page.language;
        html! {
            p.stm-screen {
                (language.pick(
                    "Deze pagina is opgemaakt om af te drukken: op A4, elke actielijn op een nieuw blad, met paginanummers.",
                    "This page is laid out to be printed: on A4, each action line on a new sheet, with page numbers.",
                ))
            }
            (self.outside(page))
            (self.legend(language))
            (self.dashboard(language))
            @for line in &self.lines { (self.line(page, line)) }
        }
    }

    /// The actions of which the round says that it leaves them out, or says nothing.
    fn outside(&self, page: &Page) -> Markup {
        let language = page.language;
        let actions = self.lines.iter().flat_map(|line| &line.actions);
        let left_out: Vec<&Action> = actions.filter(|action| !action.is_reported).collect();
        html! {
            @if !left_out.is_empty() {
                p.utrecht-paragraph {
                    (language.pick("Onderdeel van het actieplan en niet in dit overzicht: ", "Part of the action plan and not in this overview: "))
                    @for (index, action) in left_out.iter().enumerate() {
                        @if index > 0 { "; " }
                        a.utrecht-link href=(self.address(page, action)) { (action.number) ". " (action.title) }
                    }
                    "."
                }
            }
        }
    }

    fn address(&self, page: &Page, action: &Action) -> String {
        page.to(&format!("/plannen/{}/acties/{}", self.plan, action.number))
    }

    fn legend(&self, language: Language) -> Markup {
        html! {
            (heading(language.pick("Statusweergave van acties", "Statuses of actions")))
            dl.stm-statuses {
                @for (status, label) in STATUSES.iter().zip(&self.labels) {
                    dt { (mark(status)) (label) }
                    dd { (meaning(language, status)) }
                }
                dt { "■" }
                dd { (language.pick("Uitvoeringsjaar: de actie wordt in dit jaar uitgevoerd.", "Year of execution: the action is carried out in this year.")) }
                dt { "–" }
                dd { (language.pick("De bronnen noemen dit jaar niet als uitvoeringsjaar.", "The sources do not name this year as a year of execution.")) }
            }
        }
    }

    fn dashboard(&self, language: Language) -> Markup {
        let title = language.pick("Dashboard totaaloverzicht", "Dashboard of all lines");
        let all = language.pick("Totaal alle actielijnen", "Total of all action lines");
        html! {
            (heading(title))
            div.stm-scroll tabindex="0" role="region" aria-label=(title) {
                table.utrecht-table {
                    caption.utrecht-table__caption { (language.pick("Aantal acties per lijn en status", "Number of actions by line and status")) }
                    thead.utrecht-table__header { tr {
                        th.utrecht-table__header-cell scope="col" { (language.pick("Actielijn", "Action line")) }
                        th.utrecht-table__header-cell.stm-number scope="col" { (language.pick("Acties totaal", "Actions in all")) }
                        @for (status, label) in STATUSES.iter().zip(&self.labels) {
                            th.utrecht-table__header-cell.stm-number scope="col" { (mark(status)) (label) }
                        }
                    } }
                    tbody.utrecht-table__body {
                        @for line in &self.lines {
                            @if let Some(counts) = &line.counts {
                                (row(&format!("{}. {}", line.number, line.title), counts))
                            }
                        }
                        @if let Some(total) = &self.total { (row(all, total)) }
                    }
                }
            }
        }
    }

    fn line(&self, page: &Page, line: &Line) -> Markup {
        let language = page.language;
        let title = format!(
            "{} {}: {}",
            language.pick("Actielijn", "Action line"),
            line.number,
            line.title
        );
        let actions: Vec<&Action> = line
            .actions
            .iter()
            .filter(|action| action.is_reported)
            .collect();
        html! {
            section.stm-sheet {
                (heading(&title))
                (list(language, language.pick("Operationele doelen", "Operational goals"), &line.goals))
                (list(language, language.pick("Beoogde effecten", "Intended effects"), &line.effects))
                @if !actions.is_empty() { (self.actions(page, &title, &actions)) }
            }
        }
    }

    fn actions(&self, page: &Page, title: &str, actions: &[&Action]) -> Markup {
        let language = page.language;
        let years = self.years();
        html! {
            div.stm-scroll tabindex="0" role="region" aria-label=(format!("{title}, {}", language.pick("acties", "actions"))) {
                table.utrecht-table.stm-actions {
                    caption.utrecht-table__caption { (language.pick("Acties van actielijn: ", "Actions of action line: ")) (title) }
                    thead.utrecht-table__header { tr {
                        th.utrecht-table__header-cell scope="col" { (language.pick("Actie", "Action")) }
                        th.utrecht-table__header-cell scope="col" { (language.pick("Toelichting", "Explanation")) }
                        th.utrecht-table__header-cell scope="col" { (language.pick("Stand", "Status")) }
                        @for year in &years { th.utrecht-table__header-cell scope="col" { (year) } }
                    } }
                    tbody.utrecht-table__body {
                        @for action in actions {
                            tr {
                                th.utrecht-table__cell scope="row" {
                                    a.utrecht-link href=(self.address(page, action)) { (action.number) ". " (action.title) }
                                }
                                td.utrecht-table__cell lang="nl" { (action.explanation.as_deref().unwrap_or_default()) }
                                td.utrecht-table__cell {
                                    @if let Some(status) = &action.status { (mark(status)) (self.label(status)) }
                                    @if let Some(period) = &action.period { " (" span lang="nl" { (period) } ")" }
                                }
                                @for year in &years { td.utrecht-table__cell { (executed(language, action, *year)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether an action is carried out in a year, for the eye and for the ear.
fn executed(language: Language, action: &Action, year: u64) -> Markup {
    let (sign, words) = match action.years.contains(&year) {
        true => ("■", language.pick("uitvoeringsjaar", "year of execution")),
        false => ("–", language.pick("niet genoemd", "not named")),
    };
    html! { span aria-hidden="true" { (sign) } span.stm-hidden { (words) } }
}

fn row(title: &str, counts: &Counts) -> Markup {
    html! {
        tr {
            th.utrecht-table__cell scope="row" { (title) }
            td.utrecht-table__cell.stm-number { (counts.actions) }
            @for count in counts.statuses { td.utrecht-table__cell.stm-number { (count) } }
        }
    }
}

fn list(language: Language, title: &str, texts: &[String]) -> Markup {
    html! {
        @if !texts.is_empty() {
            h3.utrecht-heading-3 { (title) }
            ul.utrecht-unordered-list {
                @for text in texts { li.utrecht-unordered-list__item lang=(language.tag()) { (text) } }
            }
        }
    }
}

/// What a status says of an action.
fn meaning(language: Language, status: &str) -> &'static str {
    match status {
        "COMPLETED" => language.pick("De actie is afgerond.", "The action is completed."),
        "IN_PROGRESS" => language.pick(
            "De actie is nu in uitvoering.",
            "The action is being carried out.",
        ),
        "IN_PROGRESS_DELAYED" => language.pick(
            "De actie is in uitvoering en loopt vertraging op.",
            "The action is being carried out and runs late.",
        ),
        "ONGOING" => language.pick(
            "De actie loopt door, zonder duidelijke einddatum.",
            "The action goes on without a clear end.",
        ),
        _ => language.pick(
            "De actie is gepland, maar nog niet begonnen.",
            "The action is planned and has not begun.",
        ),
    }
}
