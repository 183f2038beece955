//! The page of an action: its status and the statuses before, why, who does what, when, with which money, and according
//! to which source.

mod history;
mod relations;

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use self::{
    history::{Ending, Entries, Link, Status},
    relations::Relation,
};
use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, Citation, CodeList, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/action.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    action: Option<Action>,
    ledger: Option<Entries>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    number: u16,
    title: Text,
    line: Line,
    titles: Vec<Title>,
    status_label: Option<String>,
    explanation: Option<String>,
    delay: Option<Delay>,
    status_source: Option<Citation>,
    status_origin: Option<Origin>,
    monitoring: Monitoring,
    ending: Option<Ending>,
    status_history: Vec<Status>,
    timeline: Vec<Year>,
    relations: Vec<Relation>,
    partners: Vec<Role>,
    mentions: Vec<Mention>,
    goals: Vec<GoalOfAction>,
    budget: Vec<Cell>,
    results: Vec<Outcome>,
    milestones: Vec<Milestone>,
    motions: Vec<Motion>,
    predecessors: Vec<Link>,
    successors: Vec<Link>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Line {
    number: u16,
    title: Text,
}

#[derive(Debug, Deserialize)]
struct Title {
    title: String,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Delay {
    amount: Option<String>,
    cause: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Origin {
    statement: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Year {
    year: u16,
    planned: String,
    is_conflicting: bool,
}

#[derive(Debug, Deserialize)]
struct Monitoring {
    state: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Role {
    partner: Partner,
    role: String,
    role_label: String,
    from: Option<String>,
    last_day: Option<String>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Mention {
    partner: Partner,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Partner {
    key: String,
    name: Text,
}

#[derive(Debug, Deserialize)]
struct GoalOfAction {
    goal: Goal,
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
#[serde(rename_all = "camelCase")]
struct Cell {
    year: u16,
    title: String,
    is_shared: bool,
    amount: Amount,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Amount {
    label: String,
}

#[derive(Debug, Deserialize)]
struct Outcome {
    explanation: Option<String>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Milestone {
    date_text: String,
    text: Option<Text>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Motion {
    text: Text,
    motion: Option<MotionTitle>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct MotionTitle {
    title: Text,
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let action = answer.action.ok_or(Unmade::NotThere)?;
    let language = page.language;
    let plan = page.plan();
    let title = language.of(&action.title);
    let content = html! {
        p.utrecht-paragraph {
            (language.pick("Actielijn ", "Action line "))
            a.utrecht-link href=(page.to(&format!("/plannen/{plan}/lijnen/{}", action.line.number))) {
                (action.line.number) ". " (language.of(&action.line.title))
            }
        }
        (status(language, &action))
        (history::statuses(language, &action.status_history, &answer.code_lists))
        (timeline(language, &action.timeline))
        (goals_and_results(page, &action))
        (motions(language, &action.motions))
        (partners(page, &action))
        (relations::related(page, (plan, action.number), &action.relations))
        (money(language, &action.budget))
        (titles(language, &action))
        (history::lineage(page, &action.predecessors, &action.successors))
        (history::entries(language, answer.ledger.as_ref()))
    };
    Ok(Body {
        title: format!(
            "{} {}: {title}",
            language.pick("Actie", "Action"),
            action.number
        ),
        description: title.to_owned(),
        content,
    })
}

/// The status of today, or that there is none.
fn status(language: Language, action: &Action) -> Markup {
    let none = language.pick("Geen stand gerapporteerd", "No status reported");
    html! {
        p.stm-lead { strong { (action.status_label.as_deref().unwrap_or(none)) } "." }
        @if let Some(explanation) = &action.explanation { p.utrecht-paragraph lang="nl" { (explanation) } }
        @if let Some(delay) = &action.delay {
            p.utrecht-paragraph {
                (language.pick("Vertraging: ", "Delay: "))
                @if let Some(amount) = &delay.amount { span lang="nl" { (amount) } "; " }
                @match &delay.cause {
                    Some(cause) => span lang="nl" { (cause) },
                    None => (language.pick("de bron noemt geen oorzaak", "the source names no cause")),
                }
                "."
            }
        }
        @if let Some(origin) = &action.status_origin { p.stm-source { (language.of(&origin.statement)) } }
        (shared::source(language, action.status_source.as_ref()))
        @if action.monitoring.state == "OUTSIDE_ROUND" {
            p.utrecht-paragraph { (language.pick("De laatste ronde laat deze actie weg en vermeldt dat.", "The latest round leaves this action out and says so.")) }
        }
        @if let Some(ending) = &action.ending { (history::ending(language, ending)) }
    }
}

fn timeline(language: Language, years: &[Year]) -> Markup {
    html! {
        @if !years.is_empty() {
            (heading(language.pick("Jaren", "Years")))
            div.stm-scroll tabindex="0" role="region" aria-label=(language.pick("Tabel: jaren", "Table: years")) {
                table.utrecht-table {
                    caption.utrecht-table__caption { (language.pick("Jaren waarin de actie loopt", "Years in which the action runs")) }
                    thead.utrecht-table__header { tr {
                        @for year in years { th.utrecht-table__header-cell scope="col" { (year.year) } }
                    } }
                    tbody.utrecht-table__body { tr {
                        @for year in years {
                            td.utrecht-table__cell {
                                (match year.planned.as_str() {
                                    "YES" => language.pick("In uitvoering volgens plan", "Planned"),
                                    "NO" => language.pick("Niet in het plan", "Not planned"),
                                    _ => language.pick("Onbekend", "Unknown"),
                                })
                                @if year.is_conflicting { (language.pick(" (bronnen spreken elkaar tegen)", " (sources contradict each other)")) }
                            }
                        }
                    } }
                }
            }
        }
    }
}

fn goals_and_results(page: &Page, action: &Action) -> Markup {
    let language = page.language;
    html! {
        @if !action.goals.is_empty() {
            (heading(language.pick("Doelen", "Goals")))
            ul.utrecht-unordered-list {
                @for GoalOfAction { goal } in &action.goals {
                    li.utrecht-unordered-list__item {
                        a.utrecht-link href=(page.to(&shared::address_of_part("/doelen", &goal.key))) { (language.pick(&goal.text, &goal.translation)) }
                        " " strong { (goal.progress_label) } "."
                    }
                }
            }
        }
        @if !action.results.is_empty() {
            (heading(language.pick("Resultaten", "Results")))
            ul.utrecht-unordered-list {
                @for result in &action.results {
                    li.utrecht-unordered-list__item {
                        @if let Some(explanation) = &result.explanation { span lang="nl" { (explanation) } }
                        (shared::source(language, result.source.as_ref()))
                    }
                }
            }
        }
        @if !action.milestones.is_empty() {
            (heading(language.pick("Mijlpalen", "Milestones")))
            ul.utrecht-unordered-list {
                @for milestone in &action.milestones {
                    li.utrecht-unordered-list__item {
                        strong lang="nl" { (milestone.date_text) }
                        @if let Some(text) = &milestone.text { ": " (language.of(text)) }
                        (shared::source(language, milestone.source.as_ref()))
                    }
                }
            }
        }
    }
}

fn motions(language: Language, motions: &[Motion]) -> Markup {
    html! {
        @if !motions.is_empty() {
            (heading(language.pick("Moties en toezeggingen", "Motions and commitments")))
            ul.utrecht-unordered-list {
                @for one in motions {
                    li.utrecht-unordered-list__item {
                        @if let Some(motion) = &one.motion { strong { (language.of(&motion.title)) } ": " }
                        (language.of(&one.text))
                        (shared::source(language, one.source.as_ref()))
                    }
                }
            }
        }
    }
}

fn link(page: &Page, partner: &Partner) -> Markup {
    let address = page.to(&format!("/partners/{}", partner.key));
    html! { a.utrecht-link href=(address) { (page.language.of(&partner.name)) } }
}

/// The parties with a role, whether one of them answers for the action, and those that the text only names.
fn partners(page: &Page, action: &Action) -> Markup {
    let language = page.language;
    let has_owner = action.partners.iter().any(|role| role.role == "OWNER");
    html! {
        (heading(language.pick("Wie doet wat", "Who does what")))
        @if action.partners.is_empty() {
            p.utrecht-paragraph { (language.pick("De bronnen noemen geen partij bij deze actie.", "The sources name no party with this action.")) }
        } @else {
            ul.utrecht-unordered-list {
                @for role in &action.partners {
                    li.utrecht-unordered-list__item {
                        (link(page, &role.partner)) ": " (role.role_label)
                        @if let Some(from) = &role.from { (language.pick(", vanaf ", ", from ")) (language.day(from)) }
                        @if let Some(last) = &role.last_day { (language.pick(", tot en met ", ", up to and including ")) (language.day(last)) }
                        (shared::source(language, role.source.as_ref()))
                    }
                }
            }
        }
        @if !has_owner {
            p.utrecht-paragraph { (language.pick("Van deze actie heeft het ministerie geen actiehouder aangewezen.", "The ministry has assigned no owner of this action.")) }
        }
        (mentions(page, &action.mentions))
    }
}

/// Whom the text names without a role, each party once with every place.
fn mentions(page: &Page, mentions: &[Mention]) -> Markup {
    let language = page.language;
    let mut parties: Vec<(&Partner, Vec<&Mention>)> = Vec::new();
    for mention in mentions {
        let mut known = parties.iter_mut();
        match known.find(|(partner, _)| partner.key == mention.partner.key) {
            Some((_, places)) => places.push(mention),
            None => parties.push((&mention.partner, vec![mention])),
        }
    }
    html! {
        @if !parties.is_empty() {
            h3.utrecht-heading-3 { (language.pick("Genoemd zonder rol", "Named without a role")) }
            ul.utrecht-unordered-list {
                @for (partner, places) in &parties {
                    li.utrecht-unordered-list__item {
                        (link(page, partner))
                        @for place in places { (shared::source(language, place.source.as_ref())) }
                    }
                }
            }
        }
    }
}

/// The money of every item by year.
fn money(language: Language, cells: &[Cell]) -> Markup {
    let mut years: Vec<u16> = cells.iter().map(|cell| cell.year).collect();
    years.sort_unstable();
    years.dedup();
    let mut items: Vec<(&str, bool)> = Vec::new();
    for cell in cells {
        let item = (cell.title.as_str(), cell.is_shared);
        if !items.contains(&item) {
            items.push(item);
        }
    }
    let of = |item: (&str, bool), year: u16| {
        let mut cells = cells.iter();
        let found =
            cells.find(|cell| (cell.title.as_str(), cell.is_shared) == item && cell.year == year);
        found.map_or("", |cell| cell.amount.label.as_str())
    };
    let written: Vec<String> = years.iter().map(u16::to_string).collect();
    let mut heads = vec![language.pick("Post", "Item")];
    heads.extend(written.iter().map(String::as_str));
    let rows = html! {
        @for item in &items {
            tr {
                th.utrecht-table__cell scope="row" lang="nl" {
                    (item.0)
                    @if item.1 { span lang=(language.tag()) { (language.pick(" (samen met andere acties)", " (with other actions)")) } }
                }
                @for year in &years { td.utrecht-table__cell.stm-number { (of(*item, *year)) } }
            }
        }
    };
    let caption = language.pick(
        "Geraamd bedrag per post en jaar",
        "Planned amount by item and year",
    );
    html! {
        @if !cells.is_empty() {
            (heading(language.pick("Geld per jaar", "Money by year")))
            (shared::table(caption, &heads, 1, &rows))
            p.utrecht-paragraph { (shared::unprinted(language)) }
            (shared::source(language, cells.iter().find_map(|cell| cell.source.as_ref())))
        }
    }
}

fn titles(language: Language, action: &Action) -> Markup {
    html! {
        (heading(language.pick("Titel volgens elke bron", "Title by each source")))
        ul.utrecht-unordered-list {
            @for title in &action.titles {
                li.utrecht-unordered-list__item {
                    span lang="nl" { "“" (title.title) "”" }
                    (shared::source(language, title.source.as_ref()))
                }
            }
        }
        (shared::source_of(language, language.pick("Bron van de actie: ", "Source of the action: "), action.source.as_ref()))
    }
}
