//! The targets of an operational goal and how far each is, and days as sources print them.

use async_graphql::{Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::goal_target;
use graphql::{
    coded::{self, Coded},
    date::Date,
    text::LocalizedText,
};

use super::measurement::Measurement;
use crate::sources::schema::Source;
use domain::{
    goals::{
        codes::{BaselineState, GoalProgress, TargetDirection, TargetKind},
        rules::Target,
        sentences,
    },
    text::{Language, pick},
};

/// A day as a source prints it, with the day that we take it to be. NL: termijn.
#[derive(SimpleObject, Debug, Clone, PartialEq, Eq)]
pub(crate) struct GoalDate {
    /// The words of the source in Dutch, as in `Eind 2026`; null when it prints none. NL: zoals
    /// gedrukt.
    text: Option<String>,
    /// The day: of a start the first one, of a deadline the last one that the words allow. NL: dag.
    day: Option<Date>,
}

impl GoalDate {
    pub(super) fn of(text: Option<&String>, day: Option<NaiveDate>) -> Option<Self> {
        (text.is_some() || day.is_some()).then(|| Self {
            text: text.cloned(),
            day: day.map(Date),
        })
    }
}

/// A target value of a goal. NL: streefwaarde.
#[derive(Debug, Clone)]
pub(crate) struct GoalTarget {
    pub(super) row: goal_target::Model,
    pub(super) plain: Target,
    pub(super) progress: GoalProgress,
    pub(super) measurements: Vec<Measurement>,
}

/// A target value of a goal; a goal is met when all of its targets are. NL: streefwaarde.
#[Object]
impl GoalTarget {
    /// The place within the goal, from 1. NL: nummer.
    async fn number(&self) -> i32 {
        self.row.position
    }

    /// What kind of target it is. NL: soort.
    async fn kind(&self) -> Coded<TargetKind> {
        self.plain.kind.into()
    }

    /// How the value is meant. NL: richting.
    async fn direction(&self) -> Coded<TargetDirection> {
        self.plain.direction.into()
    }

    /// The value, or the lower end of a range: per cent for a rise, else in `unit`. NL: waarde.
    async fn value(&self) -> i32 {
        self.row.value
    }

    /// The upper end of a range, included; null for any other target. NL: bovengrens.
    async fn value_to(&self) -> Option<i32> {
        self.row.value_to
    }

    /// Of what. NL: eenheid.
    async fn unit(&self) -> LocalizedText {
        LocalizedText::new(&self.row.unit_nl, &self.row.unit_en)
    }

    /// The words of the source, verbatim in Dutch. NL: tekst van de bron.
    async fn text(&self) -> &str {
        &self.row.text_nl
    }

    /// The target in words, with its direction and unit. NL: streefwaarde in woorden.
    async fn statement(
        &self,
        #[graphql(
            desc = "The language of the words. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        let unit = match language.0 {
            Language::Nl => &self.row.unit_nl,
            Language::En => &self.row.unit_en,
        };
        sentences::target(language.0, &self.plain, unit)
    }

    /// Whether the sources have a baseline to compare with. NL: stand van de nulmeting.
    async fn baseline_state(&self) -> Result<Coded<BaselineState>> {
        coded::of_row(&self.row.baseline_state).map(Coded)
    }

    /// How far it is, on the day asked for. NL: voortgang.
    async fn progress(&self) -> Coded<GoalProgress> {
        self.progress.into()
    }

    /// How far it is, in words. NL: label van de voortgang.
    async fn progress_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.progress.label())
    }

    /// Its measurements, those that are under way included. NL: metingen.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn measurements(&self) -> &Vec<Measurement> {
        &self.measurements
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
