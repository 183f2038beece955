//! What the service says in two ways, and whether both agree. Facts go in, contradictions come out;
//! nothing is repaired here. NL: tegenspraak.

use chrono::NaiveDate;

use super::codes::ContradictionKind;
use crate::{
    dates::{en_date, nl_date},
    goals::{
        codes::{FigureKind, GoalProgress, TrendDirection},
        rules::When,
    },
    plan::rules::ActionStatus,
    policies::rules::PolicyState,
    sources::codes::{MotionOutcome, SourceDocumentKind},
    territory::codes::AreaKind,
    text::Text,
    verdict::facts::{AnswerValue, EditionState},
};

/// Two statements of the service that cannot both be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Which two are held against each other.
    pub kind: ContradictionKind,
    /// Of what, as in `GM0402/2026-2`.
    pub subject: String,
    /// What is said in the one way and in the other.
    pub text: Text,
}

/// What is registered of a municipality's policy beside what its verdict says of it.
#[derive(Debug, Clone)]
pub struct PolicyBesideVerdict<'a> {
    /// The municipality and the period, as in `GM0402/2026-2`.
    pub subject: &'a str,
    /// What is registered of the policy on the day of the verdict.
    pub state: PolicyState,
    /// The answer to BB-01 that the verdict counts.
    pub adopted_policy: AnswerValue,
    /// Whether that answer rests on the policy of a predecessor.
    pub is_inherited: bool,
}

impl PolicyBesideVerdict<'_> {
    /// No policy by its own word goes with NOT_MET, an adopted one never does, and what is not
    /// registered is never MET unless it was inherited.
    #[must_use]
    pub fn contradiction(&self) -> Option<Contradiction> {
        let agrees = match self.state {
            PolicyState::NoneDeclared => self.adopted_policy == AnswerValue::NotMet,
            PolicyState::Adopted | PolicyState::BeingUpdated => {
                self.adopted_policy != AnswerValue::NotMet
            }
            PolicyState::NotRegistered => {
                self.is_inherited || self.adopted_policy != AnswerValue::Met
            }
            PolicyState::InDevelopment => true,
        };
        let (state_nl, state_en) = self.state.label();
        let (answer_nl, answer_en) = self.adopted_policy.label();
        (!agrees).then(|| Contradiction {
            kind: ContradictionKind::VerdictAndPolicyState,
            subject: self.subject.to_owned(),
            text: Text::new(
                format!(
                    "Van het beleid is geregistreerd: ‘{state_nl}’. Het oordeel rekent voor BB-01 \
                     met ‘{answer_nl}’."
                ),
                format!(
                    "Of the policy is registered: \"{state_en}\". The verdict counts \
                     \"{answer_en}\" for BB-01."
                ),
            ),
        })
    }
}

/// A figure of the budget as the table of analysts has it beside the same figure in GraphQL.
#[derive(Debug, Clone, Copy)]
pub struct FeedBesideGraph<'a> {
    /// The key of the printed cell, as in `2024/SUMMARY/c/2024`.
    pub subject: &'a str,
    /// Sum minus printed in the table, in whole euros; none where one is not in the source.
    pub in_feed: Option<i64>,
    /// The same in GraphQL.
    pub in_graph: Option<i64>,
}

impl FeedBesideGraph<'_> {
    /// Both have one computation.
    #[must_use]
    pub fn contradiction(&self) -> Option<Contradiction> {
        let shown = |euros: Option<i64>| euros.map_or("-".to_owned(), |euros| euros.to_string());
        let (feed, graph) = (shown(self.in_feed), shown(self.in_graph));
        (feed != graph).then(|| Contradiction {
            kind: ContradictionKind::FeedAndGraph,
            subject: self.subject.to_owned(),
            text: Text::new(
                format!("Het verschil is in de tabel total_budget {feed} en in GraphQL {graph}."),
                format!(
                    "The difference is {feed} in the table total_budget and {graph} in GraphQL."
                ),
            ),
        })
    }
}

/// A count in the sentence on the plan beside the cell of the dashboard.
#[derive(Debug, Clone, Copy)]
pub struct SentenceBesideCell<'a> {
    /// The key of the round.
    pub round: &'a str,
    /// The status that is counted.
    pub status: ActionStatus,
    /// What the sentence says.
    pub in_sentence: i32,
    /// What the cell says.
    pub in_cell: i32,
}

impl SentenceBesideCell<'_> {
    /// A sentence is made of the cells and says nothing else.
    #[must_use]
    pub fn contradiction(&self) -> Option<Contradiction> {
        let Self {
            in_sentence,
            in_cell,
            ..
        } = *self;
        let (nl, en) = self.status.label();
        (in_sentence != in_cell).then(|| Contradiction {
            kind: ContradictionKind::StatementAndCells,
            subject: format!("{}/{}", self.round, self.status.code()),
            text: Text::new(
                format!("De kernzin telt {in_sentence} acties ‘{nl}’, het dashboard {in_cell}."),
                format!(
                    "The statement counts {in_sentence} actions \"{en}\", the dashboard {in_cell}."
                ),
            ),
        })
    }
}

/// A label that says who decided something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labelled {
    /// An edition of the framework, in this state.
    Edition(EditionState),
    /// A motion, with this outcome.
    Motion(MotionOutcome),
}

/// A label beside the kind of the document that it rests on.
#[derive(Debug, Clone, Copy)]
pub struct LabelBesideSource<'a> {
    /// The key of the thing.
    pub subject: &'a str,
    /// The label.
    pub label: Labelled,
    /// The kind of the document; none of what was recorded here.
    pub source: Option<SourceDocumentKind>,
}

impl LabelBesideSource<'_> {
    /// Our own proposal endorses nothing, and only a letter says what a State Secretary says.
    #[must_use]
    pub fn contradiction(&self) -> Option<Contradiction> {
        let source = self.source?;
        let (agrees, (label_nl, label_en)) = match self.label {
            Labelled::Edition(state) => (
                state != EditionState::Endorsed || source != SourceDocumentKind::FrameworkProposal,
                state.label(),
            ),
            Labelled::Motion(outcome) => (
                outcome != MotionOutcome::CarriedOut
                    || source == SourceDocumentKind::ParliamentaryLetter,
                outcome.label(),
            ),
        };
        let (source_nl, source_en) = source.label();
        (!agrees).then(|| Contradiction {
            kind: ContradictionKind::LabelAndSource,
            subject: self.subject.to_owned(),
            text: Text::new(
                format!("Het label is ‘{label_nl}’; de bron is van de soort ‘{source_nl}’."),
                format!("The label is \"{label_en}\"; the source is of the kind \"{source_en}\"."),
            ),
        })
    }
}

/// An assignment by which municipalities are covered, beside the document that says so.
#[derive(Debug, Clone, Copy)]
pub struct CoverageBesideSource<'a> {
    /// The key of the assignment.
    pub subject: &'a str,
    /// The kind of the area that it counts for; none when it counts for one municipality.
    pub area: Option<AreaKind>,
    /// The kind of the document; none when there is no document.
    pub source: Option<SourceDocumentKind>,
}

impl CoverageBesideSource<'_> {
    /// Covered is what a document says of the place itself: the policy of one region does not speak
    /// for a larger area.
    #[must_use]
    pub fn contradiction(&self) -> Option<Contradiction> {
        let is_region =
            |kind: AreaKind| matches!(kind, AreaKind::SafetyRegion | AreaKind::CooperationArea);
        let agrees = match self.source {
            None => false,
            Some(SourceDocumentKind::RegionalPolicy) => self.area.is_none_or(is_region),
            Some(_) => true,
        };
        (!agrees).then(|| Contradiction {
            kind: ContradictionKind::CoveredWithoutSource,
            subject: self.subject.to_owned(),
            text: Text::new(
                "De functie geldt voor gemeenten als ingevuld, terwijl geen bron dat van hun eigen \
                 gebied zegt.",
                "Municipalities count as covered although no source says so of their own area.",
            ),
        })
    }
}

/// How far a goal is said to be, beside its deadline and the last round.
#[derive(Debug, Clone, Copy)]
pub struct ProgressBesideRound<'a> {
    /// The key of the goal.
    pub subject: &'a str,
    /// How far it is said to be.
    pub progress: GoalProgress,
    /// The deadline, the day and the last round.
    pub when: When,
}

impl ProgressBesideRound<'_> {
    /// Nobody failed to report in a round that had not been held.
    #[must_use]
    pub fn contradiction(&self) -> Option<Contradiction> {
        let deadline = self.when.deadline?;
        let is_after_round = self.when.last_round.is_none_or(|round| round <= deadline);
        let says_so = self.progress == GoalProgress::DeadlinePassedNotReported;
        let shown = |day: NaiveDate| (nl_date(day), en_date(day));
        let (nl, en) = shown(deadline);
        (says_so && is_after_round).then(|| Contradiction {
            kind: ContradictionKind::DeadlineAfterLastRound,
            subject: self.subject.to_owned(),
            text: Text::new(
                format!("Niet gerapporteerd, maar na de termijn ({nl}) is er geen ronde geweest."),
                format!("Not reported, but there was no round after the deadline ({en})."),
            ),
        })
    }
}

/// A figure with its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearValue {
    /// The year.
    pub year: i32,
    /// The figure.
    pub value: i64,
}

/// A trend beside the figures of its series and the words of its source.
#[derive(Debug, Clone, Copy)]
pub struct TrendBesideFigures<'a> {
    /// The key of the figure.
    pub subject: &'a str,
    /// Whether it is a trend.
    pub kind: FigureKind,
    /// Where it goes.
    pub direction: Option<TrendDirection>,
    /// The figures of its series.
    pub figures: &'a [YearValue],
    /// The words of the source, in Dutch.
    pub text: &'a str,
}

/// Words by which a source says that a number rose, and that it fell.
const RISES: [&str; 4] = ["gestegen", "stijg", "toegenomen", "toename"];
const FALLS: [&str; 4] = ["gedaald", "dal", "afgenomen", "afname"];

impl TrendBesideFigures<'_> {
    /// A number rose or fell where two figures show it, or where the source says so of a number.
    #[must_use]
    pub fn contradiction(&self) -> Option<Contradiction> {
        if self.kind != FigureKind::Trend {
            return None;
        }
        let rises = self.direction == Some(TrendDirection::Rise);
        let first = self.figures.iter().min_by_key(|figure| figure.year);
        let last = self.figures.iter().max_by_key(|figure| figure.year);
        let is_shown = first.zip(last).is_some_and(|(first, last)| {
            first.year < last.year
                && if rises {
                    first.value < last.value
                } else {
                    first.value > last.value
                }
        });
        let words = if rises { RISES } else { FALLS };
        let text = self.text.to_lowercase();
        let is_claimed = words.iter().any(|word| text.contains(word));
        (!is_shown && !is_claimed).then(|| Contradiction {
            kind: ContradictionKind::TrendWithoutFigures,
            subject: self.subject.to_owned(),
            text: Text::new(
                "Een richting zonder twee cijfers, en de bron noemt geen stijging of daling.",
                "A direction without two figures, and the source tells of no rise or fall.",
            ),
        })
    }
}

#[cfg(test)]
mod tests;
