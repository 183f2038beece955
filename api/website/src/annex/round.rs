//! The overview of the latest closed round of a plan version, as it is told now.

use maud::html;
use serde::Deserialize;
use serde_json::Value;

use super::{Action, Annex, Counts, Line, STATUSES};
use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    picture::StatusCount,
    shared::{self, CodeList, Round},
};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/annex.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    dashboard: Option<Dashboard>,
    action_lines: Option<Vec<PlanLine>>,
}

#[derive(Debug, Deserialize)]
struct Dashboard {
    round: Option<Round>,
    total: Option<Counted>,
    lines: Vec<LineCounts>,
}

#[derive(Debug, Deserialize)]
struct LineCounts {
    line: Named,
    counts: Option<Counted>,
}

#[derive(Debug, Deserialize)]
struct Named {
    number: u64,
    title: Text,
}

#[derive(Debug, Deserialize)]
struct Counted {
    actions: u64,
    statuses: Vec<StatusCount>,
}

#[derive(Debug, Deserialize)]
struct PlanLine {
    number: u64,
    goals: Vec<Sentence>,
    effects: Vec<Sentence>,
    actions: Vec<PlanAction>,
}

#[derive(Debug, Deserialize)]
struct Sentence {
    text: String,
    translation: String,
}

#[derive(Debug, Deserialize)]
struct PlanAction {
    number: u64,
    title: Text,
    monitoring: Monitoring,
    timeline: Vec<Year>,
}

#[derive(Debug, Deserialize)]
struct Monitoring {
    state: String,
    report: Option<Report>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    status: Option<String>,
    explanation: Option<String>,
    years_text: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Year {
    year: u64,
    planned: String,
}

impl Counted {
    fn counts(&self) -> Counts {
        let count = |status: &str| {
            let mut statuses = self.statuses.iter();
            let found = statuses.find(|one| one.status == status);
            found.map_or(0, |one| u64::from(one.count))
        };
        Counts {
            actions: self.actions,
            statuses: STATUSES.map(count),
        }
    }
}

impl PlanAction {
    fn action(&self, language: Language) -> Action {
        let report = self.monitoring.report.as_ref();
        let planned = self.timeline.iter().filter(|year| year.planned == "YES");
        Action {
            number: self.number,
            title: language.of(&self.title).to_owned(),
            is_reported: self.monitoring.state == "REPORTED",
            status: report.and_then(|report| report.status.clone()),
            explanation: report.and_then(|report| report.explanation.clone()),
            period: report.and_then(|report| report.years_text.clone()),
            years: planned.map(|year| year.year).collect(),
        }
    }
}

/// The lines of a plan with what the round counted of each.
fn lines(language: Language, dashboard: &Dashboard, lines: &[PlanLine]) -> Vec<Line> {
    let sentences = |sentences: &[Sentence]| -> Vec<String> {
        let sentences = sentences.iter();
        let texts = sentences.map(|one| language.pick(&one.text, &one.translation).to_owned());
        texts.collect()
    };
    let of_dashboard = dashboard.lines.iter();
    let found = of_dashboard.filter_map(|counted| {
        let mut lines = lines.iter();
        let line = lines.find(|line| line.number == counted.line.number)?;
        let actions = line.actions.iter();
        Some(Line {
            number: line.number,
            title: language.of(&counted.line.title).to_owned(),
            counts: counted.counts.as_ref().map(Counted::counts),
            goals: sentences(&line.goals),
            effects: sentences(&line.effects),
            actions: actions.map(|action| action.action(language)).collect(),
        })
    });
    found.collect()
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let dashboard = answer.dashboard.ok_or(Unmade::NotThere)?;
    let round = dashboard.round.as_ref().ok_or(Unmade::NotThere)?;
    let language = page.language;
    let label = |status: &str| {
        let label = shared::label(language, &answer.code_lists, Some(status));
        label.unwrap_or(status).to_owned()
    };
    let annex = Annex {
        plan: page.plan().to_owned(),
        labels: STATUSES.map(label),
        total: dashboard.total.as_ref().map(Counted::counts),
        lines: lines(
            language,
            &dashboard,
            &answer.action_lines.unwrap_or_default(),
        ),
    };
    let description = language.pick(
        "Actieplan programma Samen tegen mensenhandel: de stand van alle acties.",
        "Action plan of the programme Together against Human Trafficking: the status of all actions.",
    );
    let content = html! {
        p.stm-lead { (description) }
        (round.line(language))
        (annex.lay_out(page))
    };
    Ok(Body {
        title: round.title(language).to_owned(),
        description: description.to_owned(),
        content,
    })
}
