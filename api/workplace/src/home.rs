//! The first page: what is to be done, and until when.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Page, Unmade, Visit,
    frame::Body,
    narrow::PageInfo,
    view::{self, Key},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    reporting_periods: Option<Vec<Period>>,
    open_rounds: Option<Rounds>,
    open_tasks: Option<Tasks>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    acts_for: Vec<Municipality>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    #[serde(default)]
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    key: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    deadline_on: String,
}

#[derive(Debug, Deserialize)]
struct Rounds {
    nodes: Vec<Round>,
}

#[derive(Debug, Deserialize)]
struct Round {
    key: String,
    title: view::Text,
    /// None for whoever reports in no round.
    reports: Option<Vec<Report>>,
}

#[derive(Debug, Deserialize)]
struct Report {}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tasks {
    total_count: usize,
    page_info: PageInfo,
    nodes: Vec<Task>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    label: String,
    title: view::Text,
    kind: String,
    subject_key: String,
    since: String,
    due: Option<String>,
    is_overdue: bool,
    municipality: Option<Municipality>,
    period: Option<Period>,
    round: Option<Key>,
    publication: Option<Key>,
}

/// Where a task about an assessment is done: of this kind, for this municipality, in this period.
pub(crate) fn place_of(kind: &str, municipality: &str, period: &str) -> String {
    let form = if kind == "RECORD_ADOPTION" {
        "/besluit"
    } else {
        ""
    };
    format!("{HOME}/beoordelingen/{municipality}/{period}{form}")
}

impl Task {
    /// Where it is done; none where it is not done here.
    fn place(&self, role: &str) -> Option<String> {
        match (
            &self.municipality,
            &self.period,
            &self.round,
            &self.publication,
        ) {
            (_, _, _, Some(_)) if role == "MUNICIPALITY" => Some(format!("{HOME}/reacties")),
            (_, _, _, Some(one)) => Some(format!("{HOME}/publicaties/{}", one.key)),
            (_, _, Some(round), None) => Some(format!("{HOME}/rondes/{}", round.key)),
            (Some(municipality), Some(period), None, None) if role == "VNG" => Some(format!(
                "{HOME}/controle/{}/{}",
                period.key, municipality.code
            )),
            (Some(municipality), Some(period), None, None) => {
                Some(place_of(&self.kind, &municipality.code, &period.key))
            }
            (_, _, None, None) => None,
        }
    }

    /// Where VNG decides on what a region gave; none where it is of no region.
    fn regional_review(&self) -> Option<String> {
        let (area, about) = self.subject_key.split_once('/')?;
        let about = match self.kind.as_str() {
            "REVIEW_REGIONAL_ANSWER" => about.rsplit_once('/')?.1,
            "CONFIRM_REGIONAL_REPORT" => about,
            _ => return None,
        };
        Some(format!("{HOME}/regios/{area}#{about}"))
    }

    /// Where a region does its own duty, or renews an answer, and where VNG reviews that; none for
    /// others.
    fn duty(&self, visit: &Visit<'_>) -> Option<String> {
        if visit.role_code == "VNG" {
            return self.regional_review();
        }
        let ("REGION", Some(area)) = (visit.role_code, visit.organisation) else {
            return None;
        };
        let about = self.subject_key.rsplit_once('/')?.1;
        let place = match self.kind.as_str() {
            "AMEND_REGIONAL_ANSWER" | "RENEW_REGIONAL_ANSWER" | "RENEW_REGIONAL_EVIDENCE" => {
                format!("#{about}")
            }
            "HOLD_REGIONAL_MEETING" => "/taken#overleggen".to_owned(),
            "RESOLVE_REGIONAL_BOTTLENECK" => format!("/taken#knelpunt-{about}"),
            "SUBMIT_REGIONAL_REPORT" => format!("/rapportages/{about}"),
            _ => return None,
        };
        Some(format!("{HOME}/regio/{area}{place}"))
    }
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/home.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: Vec::new,
        layout: body,
    }
}

/// From how many tasks on a link leads past them.
const LONG: usize = 5;

/// The pages of each role beside its tasks: the role, the address, what stands on the link.
const PAGES: [(&str, &str, &str); 15] = [
    (
        "MUNICIPALITY",
        "/consultaties",
        "Consultaties over het kader",
    ),
    ("REGION", "/consultaties", "Consultaties over het kader"),
    ("PARTNER", "/acties", "Mijn acties"),
    ("VNG", "/acties", "Mijn acties"),
    ("MINISTRY", "/acties", "Resultaten en metingen"),
    ("VNG", "/controle", "Wachtrij van de controle"),
    ("VNG", "/edities", "Edities van het kader"),
    ("VNG", "/namens", "Invullen namens gemeenten"),
    ("VNG", "/regios", "Antwoorden en rapportages van regio’s"),
    ("VNG", "/perioden", "Rapportageperioden"),
    ("VNG", "/herinneren", "Wie u kunt herinneren"),
    ("MINISTRY", "/rondes", "Monitoringsrondes"),
    ("MINISTRY", "/herinneren", "Wie u kunt herinneren"),
    ("VNG", "/publicaties", "Publicaties"),
    ("MINISTRY", "/publicaties", "Publicaties"),
];

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let open: Vec<&Period> = answer
        .reporting_periods
        .iter()
        .flatten()
        .filter(|period| view::is_open(&period.state))
        .collect();
    let content = html! {
        h2.utrecht-heading-2 { "Mijn taken" }
        @if answer.open_tasks.as_ref().is_some_and(|tasks| tasks.nodes.len() > LONG) {
            p.utrecht-paragraph { a.utrecht-link href="#paginas" { "Naar mijn pagina’s" } }
        }
        (tasks((page, visit), answer.open_tasks.as_ref()))
        h2.utrecht-heading-2 id="paginas" { "Mijn pagina’s" }
        @let own = PAGES.iter().filter(|(role, _, _)| *role == visit.role_code);
        @for (_, path, label) in own {
            p { a.stm-button href={ (HOME) (path) } { (label) } }
        }
        @if let ("REGION", Some(area)) = (visit.role_code, visit.organisation) {
            p { a.stm-button href={ (HOME) "/regio/" (area) "/gemeenten" } { "Gemeenten van de regio" } }
            p { a.stm-button href={ (HOME) "/regio/" (area) } { "Antwoorden van de regio" } }
            p { a.stm-button href={ (HOME) "/regio/" (area) "/beleid" } { "Beleid van de regio" } }
            p { a.stm-button href={ (HOME) "/regio/" (area) "/functies" } { "Functies van de regio" } }
            p { a.stm-button href={ (HOME) "/regio/" (area) "/taken" } { "Eigen taken van de regio" } }
        }
        @if let ("MUNICIPALITY", Some(code)) = (visit.role_code, visit.organisation) {
            p { a.stm-button href={ (HOME) "/beleid/" (code) } { "Stand van het beleid" } }
            p { a.stm-button href={ (HOME) "/functies/" (code) } { "Wie de functies vervult" } }
            p { a.stm-button href={ (HOME) "/mandaten/" (code) } { "Mandaten aan de regio" } }
        }
        p { a.stm-button href={ (HOME) "/postvak" } { "Taken per mail" } }
        @for round in answer.open_rounds.iter().flat_map(|rounds| &rounds.nodes) {
            @if let Some(reports) = &round.reports {
                h2.utrecht-heading-2 { "Monitoringsronde" }
                p.utrecht-paragraph {
                    a.utrecht-link href={ (HOME) "/rondes/" (round.key) } { (round.title.nl) }
                    "; gerapporteerde acties: " (reports.len()) "."
                }
            }
        }
        @if !answer.viewer.acts_for.is_empty() {
            h2.utrecht-heading-2 { "Beoordelingen" }
            @if open.is_empty() { p.utrecht-paragraph { "Er is nu geen rapportageperiode open." } }
            @for period in &open {
                h3.utrecht-heading-3 { "Periode " (period.key) ", uiterlijk " (view::day(&period.deadline_on)) }
                ul {
                    @for one in &answer.viewer.acts_for {
                        li { a.utrecht-link href={ (HOME) "/beoordelingen/" (one.code) "/" (period.key) } { (one.name) } }
                    }
                }
            }
        }
    };
    Ok(Body {
        title: "Werkplek".to_owned(),
        content,
    })
}

fn tasks((page, visit): (&Page, &Visit<'_>), tasks: Option<&Tasks>) -> Markup {
    let Some(tasks) = tasks.filter(|tasks| !tasks.nodes.is_empty()) else {
        return html! { p.utrecht-paragraph { "Er wordt nu niets van u gevraagd." } };
    };
    html! {
        @if let Some(part) = page.part(tasks.nodes.len(), tasks.total_count) {
            p.utrecht-paragraph { (part) " Wat het eerst moet gebeuren, staat vooraan." }
        }
        ul.stm-tasks {
            @for task in &tasks.nodes {
                li {
                    @match task.place(visit.role_code).or_else(|| task.duty(visit)) {
                        Some(place) => { a.utrecht-link href=(place) { (task.label) } }
                        None => { strong { (task.label) } }
                    }
                    ": " (task.title.nl)
                    p.stm-source {
                        "Sinds " (view::day(&task.since))
                        @if let Some(due) = &task.due { "; uiterlijk " (view::day(due)) }
                        @if task.is_overdue { " " strong { "(te laat)" } }
                    }
                }
            }
        }
        (page.paging(&tasks.page_info, "Volgende taken"))
    }
}
