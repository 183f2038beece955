//! When an action is done and with what it hangs together: years, relations, themes, phases,
//! milestones.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use domain::plan::{
    codes::{MilestoneKind, RelationKind, RelationSide},
    timeline::{self, Basis, Claim, Place, Planned},
};
use entity::{
    action, action_lineage, action_phase, action_relation, action_year, budget_cell, milestone,
    plan_theme,
};
use graphql::{
    coded::Coded,
    date::Date,
    id::{self, NodeKind},
    index::{Index, index, index_of_shared},
    known::known,
    text::LocalizedText,
};

use super::{
    action::Action,
    lookup::{ActionByNumber, ThemeByAction, ThemeByCode},
    results::words,
};
use crate::sources::schema::Source;

/// What one source says of one year of an action. NL: vermelding van een uitvoeringsjaar.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct YearClaim {
    /// Whether the source says that the action is carried out in that year. NL: uitvoeringsjaar.
    planned: Coded<Planned>,
    /// Where the source says it. NL: plaats in de bron.
    place: Coded<Place>,
    /// The action that it is said of: the action itself, or its predecessor in an earlier plan. NL:
    /// actie.
    action: Action,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

/// One year of the timeline of an action. NL: jaar op de tijdlijn.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct TimelineYear {
    /// The year. NL: jaar.
    pub(super) year: i32,
    /// Whether the action is carried out in that year. Print about the action itself goes before
    /// money in a budget; year columns and predecessors decide nothing. Show `isConflicting` beside
    /// it. NL: uitvoeringsjaar.
    pub(super) planned: Coded<Planned>,
    /// What the answer rests on. NL: grondslag.
    basis: Coded<Basis>,
    /// Whether the statements below contradict each other. NL: tegenstrijdig.
    is_conflicting: bool,
    /// Everything that the sources say of this year, side by side. NL: vermeldingen.
    claims: Vec<YearClaim>,
}

/// What a source says of a year of an action, and where.
#[derive(Debug, Clone, Copy)]
struct Statement<'a> {
    year: i32,
    claim: Claim,
    /// The action that it is said of, when it is another.
    predecessor: Option<&'a action::Model>,
    stated_in: StatedIn<'a>,
}

/// The row of facts that holds a statement.
#[derive(Debug, Clone, Copy)]
enum StatedIn<'a> {
    Print(&'a action_year::Model),
    Budget(&'a budget_cell::Model),
}

impl StatedIn<'_> {
    fn source(self) -> Option<Source> {
        match self {
            Self::Print(row) => crate::source_of!(row),
            Self::Budget(row) => crate::source_of!(row),
        }
    }
}

/// The timeline of an action; what the sources say of each year only where it is wanted.
pub(super) async fn timeline_of(
    ctx: &Context<'_>,
    own: &Action,
    with_claims: bool,
) -> Result<Vec<TimelineYear>> {
    let actions = index_of_shared::<ActionByNumber>(ctx).await?;
    let statements = PlannedYears {
        row: own.row(),
        actions: known::<action::Entity>(ctx).await?,
        printed: known::<action_year::Entity>(ctx).await?,
        cells: known::<budget_cell::Entity>(ctx).await?,
        lineage: known::<action_lineage::Entity>(ctx).await?,
    }
    .statements();
    let year = |year| {
        let of_year = statements.iter().filter(|one| one.year == year);
        let claims: Vec<Claim> = of_year.clone().map(|one| one.claim).collect();
        let answer = timeline::weigh(&claims);
        let shown = of_year.filter(|_| with_claims);
        let shown = shown.map(|one| year_claim(own, actions, one));
        TimelineYear {
            year,
            planned: answer.planned.into(),
            basis: answer.basis.into(),
            is_conflicting: answer.is_conflicting,
            claims: shown.collect(),
        }
    };
    Ok(timeline::YEARS.map(year).collect())
}

fn year_claim(
    own: &Action,
    actions: Index<'_, ActionByNumber, Arc<action::Model>>,
    statement: &Statement<'_>,
) -> YearClaim {
    let planned = if statement.claim.planned {
        Planned::Yes
    } else {
        Planned::No
    };
    YearClaim {
        planned: planned.into(),
        place: statement.claim.place.into(),
        action: statement
            .predecessor
            .and_then(|row| actions.first_of((&row.plan, row.number)))
            .map_or_else(|| own.by_latest_round(), Action::from),
        source: statement.stated_in.source(),
    }
}

/// What is known of the years of an action.
#[derive(Debug, Clone, Copy)]
pub struct PlannedYears<'a> {
    /// The action.
    pub row: &'a action::Model,
    /// All actions, to name predecessors by.
    pub actions: &'a [action::Model],
    /// What sources print of years, of any action.
    pub printed: &'a [action_year::Model],
    /// The cells of budgets, of any action.
    pub cells: &'a [budget_cell::Model],
    /// Which action came of which.
    pub lineage: &'a [action_lineage::Model],
}

impl<'a> PlannedYears<'a> {
    /// The years in which the action is carried out; those that nobody knows are not among them.
    pub fn known(&self) -> Vec<i32> {
        let statements = self.statements();
        let is_planned = |year: &i32| {
            let of_year = statements.iter().filter(|one| one.year == *year);
            let claims: Vec<Claim> = of_year.map(|one| one.claim).collect();
            timeline::weigh(&claims).planned == Planned::Yes
        };
        timeline::YEARS.filter(is_planned).collect()
    }

    /// Everything that is said of any year: in print of the action and its predecessors, and by
    /// its money.
    fn statements(&self) -> Vec<Statement<'a>> {
        let number = self.row.number.to_string();
        let cells = self.cells.iter().filter(|cell| {
            cell.plan == self.row.plan
                && cell.actions.contains(&number)
                && cell.amount_euros.is_some_and(|amount| amount > 0)
        });
        let money = cells.map(|cell| Statement {
            year: cell.year,
            claim: Claim {
                planned: true,
                place: Place::Budget,
                own: true,
            },
            predecessor: None,
            stated_in: StatedIn::Budget(cell),
        });
        let predecessors = self.predecessors();
        let printed = self.printed.iter();
        let printed = printed.filter_map(|claim| self.of_print(claim, &predecessors));
        printed.chain(money).collect()
    }

    /// The plan versions and numbers of the actions that it came of.
    fn predecessors(&self) -> Vec<(&'a str, i32)> {
        let own = (self.row.plan.as_str(), self.row.number);
        let links = self.lineage.iter();
        links
            .filter(|link| (link.to_plan.as_str(), link.to_number) == own)
            .map(|link| (link.from_plan.as_str(), link.from_number))
            .collect()
    }

    /// The action of a plan version and a number.
    fn action_of(&self, plan: &str, number: i32) -> Option<&'a action::Model> {
        let mut actions = self.actions.iter();
        actions.find(|action| action.plan == plan && action.number == number)
    }

    /// What is printed; none when it is of another action.
    fn of_print(
        &self,
        claim: &'a action_year::Model,
        predecessors: &[(&str, i32)],
    ) -> Option<Statement<'a>> {
        let own = (self.row.plan.as_str(), self.row.number);
        let of = (claim.plan.as_str(), claim.number);
        let predecessor = if of == own {
            None
        } else if predecessors.contains(&of) {
            Some(self.action_of(&claim.plan, claim.number)?)
        } else {
            return None;
        };
        Some(Statement {
            year: claim.year,
            claim: Claim {
                planned: claim.planned == "YES",
                place: match claim.place.as_str() {
                    "COLUMN" => Place::Column,
                    "STATUS" => Place::Status,
                    _ => Place::Text,
                },
                own: of == own,
            },
            predecessor,
            stated_in: StatedIn::Print(claim),
        })
    }
}

/// A relation between two actions. NL: samenhang.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct ActionRelation {
    #[graphql(skip)]
    row: action_relation::Model,
    /// The kind. NL: soort.
    kind: Coded<RelationKind>,
    /// From which side it is told. NL: richting.
    side: Coded<RelationSide>,
    /// The other action. NL: andere actie.
    action: Action,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl ActionRelation {
    /// The words of the source, verbatim in Dutch; null where the relation is not in one sentence,
    /// and once they were blanked by law. NL: tekst van de bron.
    async fn text(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        words(ctx, self.row.text_nl.as_deref(), self.row.words_text).await
    }
}

/// The relations of an action, from both sides.
pub(super) async fn relations_of(
    ctx: &Context<'_>,
    own: &Action,
    kind: Option<RelationKind>,
) -> Result<Vec<ActionRelation>> {
    let actions = index_of_shared::<ActionByNumber>(ctx).await?;
    let place = own.place();
    let mut shown = Vec::new();
    for row in known::<action_relation::Entity>(ctx).await? {
        let from = (row.plan.as_str(), row.number);
        let to = (row.to_plan.as_str(), row.to_number);
        let (side, other) = if from == place {
            (RelationSide::Outgoing, to)
        } else if to == place {
            (RelationSide::Incoming, from)
        } else {
            continue;
        };
        let Some(of_kind) = RelationKind::from_code(&row.kind) else {
            continue;
        };
        if kind.is_some_and(|kind| kind != of_kind) {
            continue;
        }
        let other = actions.first_of(other);
        shown.extend(other.map(|row_of_other| ActionRelation {
            kind: of_kind.into(),
            side: side.into(),
            action: own.beside(row_of_other),
            source: crate::source_of!(row),
            row: row.clone(),
        }));
    }
    Ok(shown)
}

/// A theme that runs across the lines of the plan. NL: thema.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct PlanTheme {
    /// The code, as in `SHELTER`. NL: code.
    code: String,
    /// The title. NL: titel.
    title: LocalizedText,
}

#[ComplexObject]
impl PlanTheme {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::PlanTheme, &self.code).await
    }
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
pub(super) async fn themes_of(ctx: &Context<'_>, own: &Action) -> Result<Vec<ActionTheme>> {
    let themes = index::<ThemeByCode>(ctx).await?;
    let links = index::<ThemeByAction>(ctx).await?;
    Ok(links
        .rows_of(own.place())
        .filter_map(|link| {
            let theme = themes.first_of(&link.theme)?;
            Some(ActionTheme {
                theme: PlanTheme::from(theme),
                source: crate::source_of!(link),
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
            source: crate::source_of!(row),
        }
    }
}

/// A moment in the life of an action, with its date as printed; no day is made up. NL: mijlpaal.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Milestone {
    /// What it is; null for a kind that this version does not know. NL: soort.
    kind: Option<Coded<MilestoneKind>>,
    /// The date as printed in Dutch, as in `eind Q2 2025`. NL: datum zoals gedrukt.
    date_text: String,
    /// First day that it may be; null when no year is printed. NL: vroegste datum.
    date_earliest: Option<Date>,
    /// Last day that it may be; null when no year is printed. NL: laatste datum.
    date_latest: Option<Date>,
    /// What the source says: verbatim in Dutch, translated by us. NL: tekst.
    text: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&milestone::Model> for Milestone {
    fn from(row: &milestone::Model) -> Self {
        Self {
            kind: MilestoneKind::from_code(&row.kind).map(Into::into),
            date_text: row.date_text.clone(),
            date_earliest: row.date_earliest.map(Date),
            date_latest: row.date_latest.map(Date),
            text: LocalizedText::new(&row.text_nl, &row.text_en),
            source: crate::source_of!(row),
        }
    }
}
