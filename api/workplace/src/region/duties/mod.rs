//! What a region does for its members: meetings, bottlenecks and decisions, each recorded here and
//! taken back where it was a mistake, and the way to its half-year reports.

mod forms;

use std::collections::BTreeSet;

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Viewer, menu};
use crate::{
    HOME, Page, Unmade, Visit,
    form::Form,
    frame::Body,
    view::{self, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    regional_duties: Option<Duties>,
    actions: Option<Actions>,
    partners: Option<Partners>,
    to_hold: Option<Tasks>,
    to_report: Option<Tasks>,
}

#[derive(Debug, Deserialize)]
struct Duties {
    meetings: Vec<Meeting>,
    bottlenecks: Vec<Bottleneck>,
    decisions: Vec<Decision>,
    reports: Vec<Report>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meeting {
    held_on: String,
    kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bottleneck {
    number: i32,
    text: Option<String>,
    since: String,
    resolved_on: Option<String>,
    action: Option<Named>,
    partner: Option<Partner>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Decision {
    number: i32,
    text: Option<String>,
    decided_on: String,
    needs_ratification: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    half: String,
    number: i32,
    confirmed_at: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Actions {
    nodes: Vec<Named>,
}

#[derive(Debug, Deserialize)]
struct Named {
    #[serde(default)]
    key: String,
    number: i32,
    title: Text,
}

#[derive(Debug, Deserialize)]
struct Partners {
    nodes: Vec<Partner>,
}

#[derive(Debug, Deserialize)]
struct Partner {
    #[serde(default)]
    key: String,
    name: Text,
}

#[derive(Debug, Deserialize)]
struct Tasks {
    nodes: Vec<Task>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    title: Text,
    due: Option<String>,
    subject_key: String,
}

/// What the duties are shown with.
struct Shown<'a> {
    on: (&'a Page, &'a Visit<'a>),
    answer: &'a Answer,
    area: &'a str,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../../documents/duties.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: forms::all,
        layout: body,
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let area = answer.viewer.own_area(page)?;
    let duties = answer.regional_duties.as_ref().ok_or(Unmade::NotThere)?;
    let shown = Shown {
        on: (page, visit),
        answer: &answer,
        area,
    };
    let content = html! {
        (menu(page, area))
        p.utrecht-paragraph {
            "Wat u bij vergissing vastlegde, trekt u in. Geldt er iets anders, leg dat dan opnieuw vast."
        }
        h2.utrecht-heading-2 id="overleggen" { "Overleggen" }
        (shown.meetings(&duties.meetings))
        h2.utrecht-heading-2 id="knelpunten" { "Knelpunten" }
        (shown.bottlenecks(&duties.bottlenecks))
        h2.utrecht-heading-2 id="besluiten" { "Besluiten" }
        (shown.decisions(&duties.decisions))
        h2.utrecht-heading-2 id="rapportages" { "Halfjaarrapportages" }
        (shown.reports(&duties.reports))
    };
    Ok(Body {
        title: format!("Eigen taken van {}", answer.viewer.region()),
        content,
    })
}

impl Shown<'_> {
    fn is_tried(&self, form: &str) -> bool {
        let (_, visit) = self.on;
        visit.attempt.is_some_and(|attempt| attempt.form == form)
    }

    /// A form behind what it does, open where it was refused.
    fn folded(
        &self,
        (form, about): (&Form, &str),
        summary: &str,
        fixed: &[(&str, &str)],
    ) -> Markup {
        html! {
            details open[self.is_tried(&form.id(about))] {
                summary { (summary) }
                (form.view(self.on, about, fixed, &html! {}))
            }
        }
    }

    fn meetings(&self, all: &[Meeting]) -> Markup {
        let waiting = self.answer.to_hold.iter().flat_map(|tasks| &tasks.nodes);
        let own = [("area", self.area)];
        html! {
            @for task in waiting {
                p.utrecht-paragraph {
                    (task.title.nl) " is nog niet zo vaak gehouden als afgesproken"
                    @if let Some(due) = &task.due { "; uiterlijk " (view::day(due)) }
                    "."
                }
            }
            ul.stm-rows { @for meeting in all { (self.meeting(meeting)) } }
            (self.folded((&forms::holding(), ""), "Een overleg vastleggen", &own))
        }
    }

    fn meeting(&self, one: &Meeting) -> Markup {
        let about = format!("{}-{}", one.held_on, one.kind);
        let name = view::label(&self.answer.code_lists, &one.kind);
        let name = format!("{}, {}", view::capitalised(name), view::day(&one.held_on));
        let fixed = [
            ("area", self.area),
            ("heldOn", one.held_on.as_str()),
            ("kind", one.kind.as_str()),
        ];
        let form = forms::withdrawing_meeting();
        html! {
            li id=(about) {
                (name)
                (self.folded((&form, &about), &format!("Intrekken: {name}"), &fixed))
            }
        }
    }

    fn bottlenecks(&self, all: &[Bottleneck]) -> Markup {
        let actions = self.answer.actions.iter().flat_map(|all| &all.nodes);
        let actions = actions
            .map(|one| (one.key.clone(), format!("{}. {}", one.number, one.title.nl)))
            .collect();
        let partners = self.answer.partners.iter().flat_map(|all| &all.nodes);
        let partners = partners
            .map(|one| (one.key.clone(), one.name.nl.clone()))
            .collect();
        let form = forms::raising()
            .choosing("action", actions)
            .choosing("partner", partners);
        let own = [("area", self.area)];
        html! {
            @for one in all { (self.bottleneck(one)) }
            (self.folded((&form, ""), "Een knelpunt vastleggen", &own))
        }
    }

    fn bottleneck(&self, one: &Bottleneck) -> Markup {
        let number = one.number.to_string();
        let place = format!("knelpunt-{number}");
        let fixed = [("area", self.area), ("number", number.as_str())];
        html! {
            section id=(place) aria-labelledby={ (place) "-titel" } {
                h3.utrecht-heading-3 id={ (place) "-titel" } {
                    "Knelpunt " (number) ", sinds " (view::day(&one.since))
                    @if let Some(day) = &one.resolved_on { ": opgelost op " (view::day(day)) }
                }
                p.utrecht-paragraph { (one.text.as_deref().unwrap_or("Deze tekst is verwijderd.")) }
                @if let Some(action) = &one.action {
                    p.utrecht-paragraph { "Actie die stokt: " (action.number) ". " (action.title.nl) }
                }
                @if let Some(partner) = &one.partner {
                    p.utrecht-paragraph { "Pakt het op: " (partner.name.nl) }
                }
                @if one.resolved_on.is_none() {
                    (self.folded((&forms::resolving(), &place), &format!("Knelpunt {number} is opgelost"), &fixed))
                }
                (self.folded((&forms::withdrawing_bottleneck(), &place), &format!("Knelpunt {number} intrekken"), &fixed))
            }
        }
    }

    fn decisions(&self, all: &[Decision]) -> Markup {
        let own = [("area", self.area)];
        html! {
            @for one in all { (self.decision(one)) }
            (self.folded((&forms::deciding(), ""), "Een besluit vastleggen", &own))
        }
    }

    fn decision(&self, one: &Decision) -> Markup {
        let number = one.number.to_string();
        let place = format!("besluit-{number}");
        let fixed = [("area", self.area), ("number", number.as_str())];
        let form = forms::withdrawing_decision();
        html! {
            section id=(place) aria-labelledby={ (place) "-titel" } {
                h3.utrecht-heading-3 id={ (place) "-titel" } {
                    "Besluit " (number) ", " (view::day(&one.decided_on))
                }
                p.utrecht-paragraph { (one.text.as_deref().unwrap_or("Deze tekst is verwijderd.")) }
                @if one.needs_ratification { p.utrecht-paragraph { "De colleges moeten het bekrachtigen." } }
                (self.folded((&form, &place), &format!("Besluit {number} intrekken"), &fixed))
            }
        }
    }

    /// The half years that were reported on, or wait for it, the latest first.
    fn reports(&self, all: &[Report]) -> Markup {
        let tasks = self.answer.to_report.iter().flat_map(|tasks| &tasks.nodes);
        let waiting: Vec<(&str, &Task)> = tasks
            .filter_map(|task| Some((task.subject_key.split_once('/')?.1, task)))
            .collect();
        let halves = waiting.iter().map(|(half, _)| *half);
        let halves: BTreeSet<&str> = halves
            .chain(all.iter().map(|report| report.half.as_str()))
            .collect();
        html! {
            ul {
                @for half in halves.into_iter().rev() {
                    li {
                        a.utrecht-link href={ (HOME) "/regio/" (self.area) "/rapportages/" (half) } { "Halfjaar " (half) }
                        @for (_, task) in waiting.iter().filter(|(own, _)| *own == half) {
                            ": nog in te dienen; een concept staat klaar"
                            @if let Some(due) = &task.due { ", uiterlijk " (view::day(due)) }
                        }
                        @if let Some(report) = all.iter().filter(|report| report.half == half).max_by_key(|report| report.number) {
                            ": versie " (report.number) " ingediend"
                            @if let Some(at) = &report.confirmed_at { ", bevestigd op " (view::day(at)) }
                        }
                    }
                }
            }
        }
    }
}
