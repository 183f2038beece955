//! What the key of an entry names: an action, a partner, a municipality, and what each is called in
//! a sentence.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::{
    budget::rules::BudgetSheet,
    code_list::CodeList,
    dates::{en_date, nl_date},
    duties::codes::MeetingKind,
    partners::codes::PartnerRole,
    plan::{CURRENT_PLAN, codes::RelationKind, timeline::Place},
    policies::codes::PolicyProvisionKind,
    text::Text,
};

/// A kind of thing that a part of a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// An action, by plan and number.
    Action,
    /// An action line, by plan and number.
    ActionLine,
    /// Another policy field.
    AdjacentPolicy,
    /// An area.
    Area,
    /// A function that somebody fills.
    Assignment,
    /// The amount of a row in a year, by plan, sheet, row and year.
    BudgetCell,
    /// A building block.
    BuildingBlock,
    /// What a document cites.
    Citation,
    /// A criterion, by edition and code.
    Criterion,
    /// A day.
    Day,
    /// An edition of the framework.
    Edition,
    /// An intended effect, by plan, line and number; in a key the plan stands before it.
    Effect,
    /// A meeting of organisations.
    Event,
    /// A form of exploitation.
    Form,
    /// A function.
    FunctionRole,
    /// Money of the programme.
    Funding,
    /// A goal, by plan, line and number, 0 is the overarching one; in a key the plan stands before
    /// it.
    Goal,
    /// An indicator of an effect.
    Indicator,
    /// A key or a number that says enough by itself.
    Key,
    /// A measurement.
    Measurement,
    /// A kind of meeting of a region.
    MeetingKind,
    /// A motion, commitment, amendment or request.
    Motion,
    /// A municipality.
    Municipality,
    /// A national figure.
    NationalFigure,
    /// A partner.
    Partner,
    /// A role of a partner.
    PartnerRole,
    /// A reporting period.
    Period,
    /// A place in a document.
    Place,
    /// A version of the plan.
    Plan,
    /// A theme of the plan.
    PlanTheme,
    /// A policy document.
    Policy,
    /// A proposal.
    Proposal,
    /// A kind of provision.
    ProvisionKind,
    /// A publication.
    Publication,
    /// A relation between actions.
    RelationKind,
    /// A reporting point.
    ReportingPoint,
    /// All that is left of the key.
    Rest,
    /// A monitoring round.
    Round,
    /// A sheet of the budget.
    Sheet,
    /// A source document.
    Source,
    /// A theme of the framework, by edition and code.
    Theme,
    /// A function that nobody fills.
    Vacancy,
}

/// A thing with the part of the key that names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    /// What it is.
    pub thing: Thing,
    /// Its key, as in `2024/46`.
    pub key: String,
}

/// The titles of things, as far as they are known.
pub type Titles = HashMap<Named, Text>;

impl Thing {
    /// How many pieces of a key name it.
    const fn pieces(self) -> usize {
        match self {
            Self::Action
            | Self::ActionLine
            | Self::Criterion
            | Self::Effect
            | Self::Goal
            | Self::Theme => 2,
            Self::BudgetCell => 4,
            _ => 1,
        }
    }
}

/// The things that a key names, in this order; none when the key has other pieces.
pub(super) fn named(things: &[Thing], key: &str) -> Option<Vec<Named>> {
    let mut pieces = key.split('/');
    let mut found = Vec::with_capacity(things.len());
    let mut plan = "";
    for &thing in things {
        let taken: Vec<&str> = match thing {
            // The code of a row may have pieces itself.
            Thing::Rest | Thing::BudgetCell => pieces.by_ref().collect(),
            _ => pieces.by_ref().take(thing.pieces()).collect(),
        };
        if taken.len() < thing.pieces() {
            return None;
        }
        if matches!(thing, Thing::Plan | Thing::Action) {
            plan = taken.first().copied().unwrap_or_default();
        }
        let key = match thing {
            Thing::Goal | Thing::Effect => format!("{plan}/{}", taken.join("/")),
            _ => taken.join("/"),
        };
        found.push(Named { thing, key });
    }
    pieces.next().is_none().then_some(found)
}

impl Named {
    /// A thing by its key.
    pub fn new(thing: Thing, key: impl Into<String>) -> Self {
        Self {
            thing,
            key: key.into(),
        }
    }

    /// What it is called in a sentence, with its title where that is known.
    #[must_use]
    pub fn phrase(&self, titles: &Titles) -> Text {
        let key = self.key.as_str();
        if key.is_empty() {
            return self.phrase_without_key();
        }
        let title = titles.get(self);
        match self.thing {
            Thing::Action => of_plan(key, Noun::new("actie", "action"), title),
            Thing::ActionLine => of_plan(key, Noun::new("actielijn", "action line"), title),
            Thing::Goal => of_line(key, Noun::new("doel", "goal"), title),
            Thing::Effect => of_line(key, Noun::new("beoogd effect", "intended effect"), title),
            Thing::Criterion => {
                let code = key.rsplit('/').next().unwrap_or(key);
                coded(code, Noun::new("criterium", "criterion"), title)
            }
            Thing::Theme => {
                let code = key.rsplit('/').next().unwrap_or(key);
                coded(code, Noun::new("thema", "theme"), title)
            }
            Thing::Edition => coded(key, Noun::new("editie", "edition"), title),
            Thing::Period => coded(
                key,
                Noun::new("rapportageperiode", "reporting period"),
                None,
            ),
            Thing::Plan => coded(key, Noun::new("plan", "plan"), None),
            Thing::Partner => name(key, Noun::new("partner", "partner"), title),
            Thing::Municipality => name(key, Noun::new("gemeente", "municipality"), title),
            Thing::Area => name(key, Noun::new("gebied", "area"), title),
            Thing::Motion
            | Thing::Measurement
            | Thing::Assignment
            | Thing::Vacancy
            | Thing::Publication => title.cloned().unwrap_or_else(|| Text::new(key, key)),
            Thing::PartnerRole => label::<PartnerRole>(key),
            Thing::RelationKind => label::<RelationKind>(key),
            Thing::ProvisionKind => label::<PolicyProvisionKind>(key),
            Thing::MeetingKind => label::<MeetingKind>(key),
            Thing::Place => label::<Place>(key),
            Thing::Sheet => label::<BudgetSheet>(key),
            Thing::BudgetCell => budget_cell(key, title),
            Thing::Day => day(key),
            Thing::Key | Thing::Rest => Text::new(key, key),
            Thing::AdjacentPolicy
            | Thing::BuildingBlock
            | Thing::Citation
            | Thing::Event
            | Thing::Form
            | Thing::FunctionRole
            | Thing::Funding
            | Thing::Indicator
            | Thing::NationalFigure
            | Thing::PlanTheme
            | Thing::Policy
            | Thing::Proposal
            | Thing::ReportingPoint
            | Thing::Round
            | Thing::Source => quoted(key, title),
        }
    }

    /// What it is called where the key leaves it open.
    fn phrase_without_key(&self) -> Text {
        match self.thing {
            Thing::Municipality => Text::new(
                "een gemeente die de bron niet noemt",
                "a municipality that the source does not name",
            ),
            _ => Text::new("onbekend", "unknown"),
        }
    }
}

/// The word for a kind of thing, before its code or number.
#[derive(Clone, Copy)]
struct Noun {
    nl: &'static str,
    en: &'static str,
}

impl Noun {
    const fn new(nl: &'static str, en: &'static str) -> Self {
        Self { nl, en }
    }
}

fn quoted(key: &str, title: Option<&Text>) -> Text {
    let (nl, en) = title.map_or((key, key), |title| (title.nl.as_str(), title.en.as_str()));
    let quoted = |text: &str| format!("“{}”", text.trim_end_matches('.'));
    Text::new(quoted(nl), quoted(en))
}

/// A noun with a code, and the title behind it: `criterium BB-01 (Vastgesteld beleid)`.
fn coded(code: &str, noun: Noun, title: Option<&Text>) -> Text {
    let with = |noun: &str, title: Option<&str>| match title {
        Some(title) => format!("{noun} {code} ({title})"),
        None => format!("{noun} {code}"),
    };
    Text::new(
        with(noun.nl, title.map(|title| title.nl.as_str())),
        with(noun.en, title.map(|title| title.en.as_str())),
    )
}

/// A name that stands by itself; a noun with the key where no name is known.
fn name(key: &str, noun: Noun, title: Option<&Text>) -> Text {
    title.cloned().unwrap_or_else(|| coded(key, noun, None))
}

/// A thing of a plan by its number; the plan is named where it is not the present one.
fn of_plan(key: &str, noun: Noun, title: Option<&Text>) -> Text {
    let (plan, number) = key.split_once('/').unwrap_or((CURRENT_PLAN, key));
    with_plan(plan, coded(number, noun, title))
}

fn with_plan(plan: &str, found: Text) -> Text {
    if plan == CURRENT_PLAN {
        return found;
    }
    Text::new(
        format!("{} van plan {plan}", found.nl),
        format!("{} of plan {plan}", found.en),
    )
}

/// A goal or an effect of an action line by its number, with its words behind it; of goals, number
/// 0 is the overarching one.
fn of_line(key: &str, noun: Noun, title: Option<&Text>) -> Text {
    let (plan, rest) = key.split_once('/').unwrap_or((CURRENT_PLAN, key));
    let (line, number) = rest.split_once('/').unwrap_or(("", rest));
    let (nl, en) = match number {
        "0" => (
            format!("het overkoepelende {} van actielijn {line}", noun.nl),
            format!("the overarching {} of action line {line}", noun.en),
        ),
        _ => (
            format!("{} {number} van actielijn {line}", noun.nl),
            format!("{} {number} of action line {line}", noun.en),
        ),
    };
    let found = match title.map(|title| quoted("", Some(title))) {
        Some(words) => Text::new(
            format!("{nl} ({})", words.nl),
            format!("{en} ({})", words.en),
        ),
        None => Text::new(nl, en),
    };
    with_plan(plan, found)
}

fn budget_cell(key: &str, title: Option<&Text>) -> Text {
    let year = key.rsplit('/').next().unwrap_or(key);
    let row = match title {
        Some(title) => quoted("", Some(title)),
        None => Text::new(key, key),
    };
    Text::new(
        format!("het bedrag voor {year} bij {}", row.nl),
        format!("the amount for {year} at {}", row.en),
    )
}

fn label<E: CodeList>(code: &str) -> Text {
    let entry = E::VALUES.iter().find(|entry| entry.code == code);
    entry.map_or_else(
        || Text::new(code, code),
        |entry| Text::new(entry.label.0.to_lowercase(), entry.label.1.to_lowercase()),
    )
}

fn day(key: &str) -> Text {
    key.parse::<NaiveDate>().map_or_else(
        |_| Text::new(key, key),
        |day| Text::new(nl_date(day), en_date(day)),
    )
}
