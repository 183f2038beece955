//! What hangs on an action: years, relations, themes, phases, milestones, obligations, activities, results, references.

use async_graphql::{ComplexObject, Context, Enum, Result, SimpleObject};
use chrono::NaiveDate;
use entity::{
    action, action_lineage, action_phase, action_reference, action_relation, action_result,
    action_theme, action_year, activity, budget_cell, milestone, obligation, plan_theme,
    public_text,
};
use sea_orm::prelude::Uuid;

use super::{
    action::Action,
    timeline::{self, Basis, Claim, Place, Planned},
};
use crate::{
    graphql::{known::known, text::LocalizedText},
    sources::schema::{Source, source_of},
};

/// A code of the database as a value of an enum of the contract.
macro_rules! code_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name {
            $($(#[$value_doc])* $value),+
        }

        impl $name {
            /// The value of a code; none for a code that the database does not allow.
            pub(crate) fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$value),)+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use code_enum;

/// The text that a fact keeps apart; null when it has none or when it was blanked.
pub(crate) async fn public_text(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<String>> {
    let texts = known::<public_text::Entity>(ctx).await?;
    Ok(texts
        .iter()
        .find(|text| Some(text.id) == id)
        .map(|text| text.body.clone()))
}

/// What one source says of one year of an action. NL: vermelding van een uitvoeringsjaar.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct YearClaim {
    /// Whether the source says that the action is carried out in that year. NL: uitvoeringsjaar.
    planned: Planned,
    /// Where the source says it. NL: plaats in de bron.
    place: Place,
    /// The action that it is said of: the action itself, or its predecessor in an earlier plan. NL: actie.
    action_key: String,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

/// One year of the timeline of an action. NL: jaar op de tijdlijn.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct TimelineYear {
    /// The year. NL: jaar.
    pub(super) year: i32,
    /// Whether the action is carried out in that year; `UNKNOWN` when the sources are silent or contradict each other.
    /// NL: uitvoeringsjaar.
    pub(super) planned: Planned,
    /// What the answer rests on. NL: grondslag.
    basis: Basis,
    /// Whether the statements below contradict each other. NL: tegenstrijdig.
    is_conflicting: bool,
    /// Everything that the sources say of this year, side by side. NL: vermeldingen.
    claims: Vec<YearClaim>,
}

/// The timeline of an action.
pub(super) async fn timeline_of(
    ctx: &Context<'_>,
    row: &action::Model,
) -> Result<Vec<TimelineYear>> {
    let printed = known::<action_year::Entity>(ctx).await?;
    let cells = known::<budget_cell::Entity>(ctx).await?;
    let lineage = known::<action_lineage::Entity>(ctx).await?;
    let own = (row.plan.as_str(), row.number);
    let predecessors: Vec<(&str, i32)> = lineage
        .iter()
        .filter(|link| (link.to_plan.as_str(), link.to_number) == own)
        .map(|link| (link.from_plan.as_str(), link.from_number))
        .collect();
    let number = row.number.to_string();
    let mut years = Vec::new();
    for year in timeline::YEARS {
        let mut told = Vec::new();
        for claim in printed.iter().filter(|claim| claim.year == year) {
            let of = (claim.plan.as_str(), claim.number);
            if of != own && !predecessors.contains(&of) {
                continue;
            }
            let place = match claim.place.as_str() {
                "COLUMN" => Place::Column,
                "STATUS" => Place::Status,
                _ => Place::Text,
            };
            let weighed = Claim {
                planned: claim.planned == "YES",
                place,
                own: of == own,
            };
            told.push((weighed, format!("{}/{}", of.0, of.1), source_of!(claim)));
        }
        for cell in cells.iter().filter(|cell| {
            cell.year == year
                && cell.plan == row.plan
                && cell.actions.contains(&number)
                && cell.amount_euros.is_some_and(|amount| amount > 0)
        }) {
            let weighed = Claim {
                planned: true,
                place: Place::Budget,
                own: true,
            };
            told.push((weighed, row.subject_key.clone(), source_of!(cell)));
        }
        let claims: Vec<Claim> = told.iter().map(|(claim, _, _)| *claim).collect();
        let answer = timeline::weigh(&claims);
        years.push(TimelineYear {
            year,
            planned: answer.planned,
            basis: answer.basis,
            is_conflicting: answer.is_conflicting,
            claims: told
                .into_iter()
                .map(|(claim, action_key, source)| YearClaim {
                    planned: if claim.planned {
                        Planned::Yes
                    } else {
                        Planned::No
                    },
                    place: claim.place,
                    action_key,
                    source,
                })
                .collect(),
        });
    }
    Ok(years)
}

code_enum! {
    /// How one action hangs together with another. NL: soort samenhang.
    RelationKind {
        /// It starts when the other is completed. NL: start na.
        StartsAfter = "STARTS_AFTER",
        /// It is done together with the other. NL: valt samen met.
        CoincidesWith = "COINCIDES_WITH",
        /// It is linked to the other. NL: gekoppeld aan.
        RelatedTo = "RELATED_TO",
        /// Its outcome feeds the other. NL: voedt.
        Informs = "INFORMS",
    }
}

/// From which side a relation is told. NL: richting.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RelationSide {
    /// The source says it of this action: this one starts after the other. NL: uitgaand.
    Outgoing,
    /// The source says it of the other: the other starts after this one. NL: inkomend.
    Incoming,
}

/// A relation between two actions. NL: samenhang.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionRelation {
    /// The kind. NL: soort.
    kind: RelationKind,
    /// From which side it is told. NL: richting.
    side: RelationSide,
    /// The other action. NL: andere actie.
    action: Action,
    /// The words of the source, verbatim in Dutch; null where the relation is not in one sentence. NL: tekst van de bron.
    text: Option<String>,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

/// The relations of an action, from both sides.
pub(super) async fn relations_of(
    ctx: &Context<'_>,
    own: &Action,
    kind: Option<RelationKind>,
) -> Result<Vec<ActionRelation>> {
    let actions = known::<action::Entity>(ctx).await?;
    let (plan, number) = own.place();
    let mut told = Vec::new();
    for row in known::<action_relation::Entity>(ctx).await? {
        let Some(of_kind) = RelationKind::from_code(&row.kind) else {
            continue;
        };
        if kind.is_some_and(|kind| kind != of_kind) {
            continue;
        }
        let from = (row.plan.as_str(), row.number);
        let to = (row.to_plan.as_str(), row.to_number);
        let (side, other) = if from == (plan, number) {
            (RelationSide::Outgoing, to)
        } else if to == (plan, number) {
            (RelationSide::Incoming, from)
        } else {
            continue;
        };
        let other = actions
            .iter()
            .find(|action| (action.plan.as_str(), action.number) == other);
        told.extend(other.map(|row_of_other| ActionRelation {
            kind: of_kind,
            side,
            action: own.beside(row_of_other),
            text: row.text_nl.clone(),
            source: source_of!(row),
        }));
    }
    Ok(told)
}

/// A theme that runs across the lines of the plan. NL: thema.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PlanTheme {
    /// The code, as in `SHELTER`. NL: code.
    code: String,
    /// The title. NL: titel.
    title: LocalizedText,
}

impl From<&plan_theme::Model> for PlanTheme {
    fn from(row: &plan_theme::Model) -> Self {
        Self {
            code: row.code.clone(),
            title: LocalizedText::new(&row.title_nl, &row.title_en),
        }
    }
}

/// An action touching a theme. NL: thema van een actie.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionTheme {
    /// The theme. NL: thema.
    theme: PlanTheme,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

/// The themes of an action.
pub(super) async fn themes_of(
    ctx: &Context<'_>,
    (plan, number): (&str, i32),
) -> Result<Vec<ActionTheme>> {
    let themes = known::<plan_theme::Entity>(ctx).await?;
    let links = known::<action_theme::Entity>(ctx).await?;
    Ok(links
        .iter()
        .filter(|link| link.plan == plan && link.number == number)
        .filter_map(|link| {
            let theme = themes.iter().find(|theme| theme.code == link.theme)?;
            Some(ActionTheme {
                theme: PlanTheme::from(theme),
                source: source_of!(link),
            })
        })
        .collect())
}

/// A phase or sub-question inside an action. NL: fase.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionPhase {
    /// The place within the action, from 1. NL: volgorde.
    position: i32,
    /// The year of the phase; null when the source names none. NL: jaar.
    year: Option<i32>,
    /// The subject. NL: onderwerp.
    title: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&action_phase::Model> for ActionPhase {
    fn from(row: &action_phase::Model) -> Self {
        Self {
            position: row.position,
            year: row.year,
            title: LocalizedText::new(&row.title_nl, &row.title_en),
            source: source_of!(row),
        }
    }
}

code_enum! {
    /// What a milestone is. NL: soort mijlpaal.
    MilestoneKind {
        /// It is expected. NL: verwacht.
        Expected = "EXPECTED",
        /// A start that was made. NL: gestart.
        Started = "STARTED",
        /// It is reached. NL: bereikt.
        Reached = "REACHED",
        /// A deadline. NL: uiterste datum.
        Deadline = "DEADLINE",
    }
}

/// A moment in the life of an action, with its date as printed; no day is made up. NL: mijlpaal.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Milestone {
    /// What it is; null for a kind that this version does not know. NL: soort.
    kind: Option<MilestoneKind>,
    /// The date as printed in Dutch, as in `eind Q2 2025`. NL: datum zoals gedrukt.
    date_text: String,
    /// First day that it may be; null when no year is printed. NL: vroegste datum.
    date_earliest: Option<NaiveDate>,
    /// Last day that it may be; null when no year is printed. NL: laatste datum.
    date_latest: Option<NaiveDate>,
    /// What the source says: verbatim in Dutch, translated by us. NL: tekst.
    text: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&milestone::Model> for Milestone {
    fn from(row: &milestone::Model) -> Self {
        Self {
            kind: MilestoneKind::from_code(&row.kind),
            date_text: row.date_text.clone(),
            date_earliest: row.date_earliest,
            date_latest: row.date_latest,
            text: LocalizedText::new(&row.text_nl, &row.text_en),
            source: source_of!(row),
        }
    }
}

code_enum! {
    /// What an obligation asks. NL: soort verplichting.
    ObligationKind {
        /// At least so many times in each year. NL: aantal keer per jaar.
        TimesPerYear = "TIMES_PER_YEAR",
        /// A norm of service. NL: servicenorm.
        ServiceNorm = "SERVICE_NORM",
    }
}

/// Whether anything is reported of an obligation in a year. NL: stand van een verplichting.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ObligationState {
    /// Something is reported; whether it meets the obligation, the source does not say. NL: gemeld.
    Reported,
    /// Nothing is reported; that does not say that nothing was done. NL: niet gemeld.
    NotReported,
}

/// One year of an obligation. NL: jaar van een verplichting.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ObligationYear {
    /// The year. NL: jaar.
    year: i32,
    /// Whether anything is reported. NL: stand.
    state: ObligationState,
    /// What is reported of that year. NL: activiteiten.
    activities: Vec<Activity>,
}

/// A figure that an action must keep to. NL: verplichting.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct Obligation {
    #[graphql(skip)]
    action: (String, i32),
    /// What it asks; null for a kind that this version does not know. NL: soort.
    kind: Option<ObligationKind>,
    /// The figure: a minimum per year, or the norm. NL: waarde.
    value: i32,
    /// The unit. NL: eenheid.
    unit: LocalizedText,
    /// What the source says: verbatim in Dutch, translated by us. NL: tekst.
    text: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&obligation::Model> for Obligation {
    fn from(row: &obligation::Model) -> Self {
        Self {
            action: (row.plan.clone(), row.number),
            kind: ObligationKind::from_code(&row.kind),
            value: row.value,
            unit: LocalizedText::new(&row.unit_nl, &row.unit_en),
            text: LocalizedText::new(&row.text_nl, &row.text_en),
            source: source_of!(row),
        }
    }
}

#[ComplexObject]
impl Obligation {
    /// What is reported of each year of the plan; empty for a norm of service. NL: per jaar.
    #[graphql(complexity = "1 + 4 * child_complexity")]
    async fn years(&self, ctx: &Context<'_>) -> Result<Vec<ObligationYear>> {
        let activities = known::<activity::Entity>(ctx).await?;
        if self.kind != Some(ObligationKind::TimesPerYear) {
            return Ok(Vec::new());
        }
        let in_year = |row: &activity::Model, year: i32| {
            use chrono::Datelike as _;
            row.date_earliest.is_some_and(|day| day.year() == year)
                && row.date_latest.is_some_and(|day| day.year() == year)
        };
        let (plan, number) = &self.action;
        Ok(timeline::YEARS
            .map(|year| {
                let found: Vec<Activity> = activities
                    .iter()
                    .filter(|row| row.plan == *plan && row.number == *number)
                    .filter(|row| row.kind == "ACTION_DAY" && in_year(row, year))
                    .map(Activity::from)
                    .collect();
                ObligationYear {
                    year,
                    state: if found.is_empty() {
                        ObligationState::NotReported
                    } else {
                        ObligationState::Reported
                    },
                    activities: found,
                }
            })
            .collect())
    }
}

code_enum! {
    /// What was held or done. NL: soort activiteit.
    ActivityKind {
        /// A day of action by police and prosecution. NL: actiedag.
        ActionDay = "ACTION_DAY",
        /// A training. NL: training.
        Training = "TRAINING",
        /// An exercise. NL: oefening.
        Exercise = "EXERCISE",
        /// A campaign. NL: campagne.
        Campaign = "CAMPAIGN",
        /// A meeting. NL: bijeenkomst.
        Meeting = "MEETING",
        /// Support that was given. NL: ondersteuning.
        Support = "SUPPORT",
        /// Something else. NL: overig.
        Other = "OTHER",
    }
}

/// Something that was held or done, or is planned, for an action. NL: activiteit.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Activity {
    /// What it was; null for a kind that this version does not know. NL: soort.
    kind: Option<ActivityKind>,
    /// Where, as printed in Dutch; null when the source does not say. NL: plaats.
    place: Option<String>,
    /// For whom, as printed in Dutch; null when the source does not say. NL: doelgroep.
    audience: Option<String>,
    /// When, as printed in Dutch; null when the source does not say. NL: datum zoals gedrukt.
    date_text: Option<String>,
    /// What the source says: verbatim in Dutch, translated by us. NL: tekst.
    text: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&activity::Model> for Activity {
    fn from(row: &activity::Model) -> Self {
        Self {
            kind: ActivityKind::from_code(&row.kind),
            place: row.place_nl.clone(),
            audience: row.audience_nl.clone(),
            date_text: row.date_text.clone(),
            text: LocalizedText::new(&row.text_nl, &row.text_en),
            source: source_of!(row),
        }
    }
}

code_enum! {
    /// What a result is. NL: soort resultaat.
    ResultKind {
        /// A figure with its unit. NL: cijfer.
        Figure = "FIGURE",
        /// A thing that was made. NL: product.
        Product = "PRODUCT",
        /// The word of the source that it can hardly be measured. NL: lastig meetbaar.
        HardToMeasure = "HARD_TO_MEASURE",
    }
}

code_enum! {
    /// How sure a figure is. NL: nauwkeurigheid.
    Qualifier {
        /// As printed, without qualifier. NL: exact.
        Exact = "EXACT",
        /// More than this, as in `ruim 60`. NL: ruim.
        MoreThan = "MORE_THAN",
        /// About this, as in `ca. 25`. NL: circa.
        About = "ABOUT",
        /// From `value` to `valueTo`. NL: bereik.
        Range = "RANGE",
        /// There is no figure. NL: geen cijfer.
        None = "NONE",
    }
}

/// What an action reached, as a figure or in words. NL: resultaat.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct ActionResult {
    #[graphql(skip)]
    text: Option<Uuid>,
    /// What it is; null for a kind that this version does not know. NL: soort.
    kind: Option<ResultKind>,
    /// The figure, or the lower end of a range; null in words. NL: waarde.
    value: Option<i32>,
    /// The upper end of a range; null without one. NL: bovengrens.
    value_to: Option<i32>,
    /// How sure the figure is. NL: nauwkeurigheid.
    qualifier: Qualifier,
    /// The qualifier as printed in Dutch, as in `ruim`; null without one. NL: nauwkeurigheid zoals gedrukt.
    qualifier_text: Option<String>,
    /// What the figure counts; null in words. NL: eenheid.
    unit: Option<LocalizedText>,
    /// The key of the monitoring round that reported it; null when none did. NL: monitoringsronde.
    round: Option<String>,
    /// Our translation of what the source says, in English. NL: vertaling.
    summary: String,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl ActionResult {
    /// What the source says, verbatim in Dutch; null when the text was blanked by law. NL: tekst van de bron.
    async fn explanation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        public_text(ctx, self.text).await
    }
}

impl From<&action_result::Model> for ActionResult {
    fn from(row: &action_result::Model) -> Self {
        let unit = row.unit_nl.as_ref().zip(row.unit_en.as_ref());
        Self {
            text: row.explanation_text,
            kind: ResultKind::from_code(&row.kind),
            value: row.value,
            value_to: row.value_to,
            qualifier: Qualifier::from_code(&row.qualifier).unwrap_or(Qualifier::None),
            qualifier_text: row.qualifier_text.clone(),
            unit: unit.map(|(nl, en)| LocalizedText::new(nl, en)),
            round: row.round.clone(),
            summary: row.summary_en.clone(),
            source: source_of!(row),
        }
    }
}

/// Where a letter introduces an action or tells its reasons. NL: verwijzing naar een toelichting.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionReference {
    /// The passage, verbatim in Dutch. NL: passage.
    text: String,
    /// The footnote that ties it to the action, as printed; null without one. NL: voetnoot.
    footnote: Option<String>,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&action_reference::Model> for ActionReference {
    fn from(row: &action_reference::Model) -> Self {
        Self {
            text: row.text_nl.clone(),
            footnote: row.footnote.clone(),
            source: source_of!(row),
        }
    }
}
