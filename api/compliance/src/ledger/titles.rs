//! The titles of what keys name, for sentences: read from the tables that the sentences need, and
//! from no other.

use std::collections::{HashMap, HashSet};

use async_graphql::{Context, Result};
use domain::{
    ledger::things::{Named, Thing, Titles},
    sources::codes::MotionKind,
    territory::codes::AreaKind,
    text::Text,
};
use entity::{
    action, action_line, adjacent_policy, area, budget_cell, building_block, criterion,
    effect_indicator, event, exploitation_form, framework_edition, function_assignment,
    function_role, function_vacancy, funding, intended_effect, measurement, monitoring_round,
    motion, municipality, national_figure, operational_goal, partner, plan_theme, policy_document,
    proposal, reference_citation, reporting_point, source_document, theme,
};
use graphql::known::{derived, known};

use crate::publication::schema::title_of_publication;

/// The places of the rows of a table by what they are called.
struct Keys(HashMap<String, usize>);

/// Puts the title of each row that is wanted beside its name.
macro_rules! take_titles {
    ($ctx:ident, $wanted:ident, $titles:ident;
     $($thing:ident $entity:ident |$row:ident| $key:expr => $nl:expr, $en:expr;)+) => {$(
        if $wanted.iter().any(|name| name.thing == Thing::$thing) {
            let rows = known::<$entity::Entity>($ctx).await?;
            let keys = derived::<$entity::Entity, Keys>($ctx, |rows| {
                let keys = rows.iter().enumerate();
                Keys(keys.map(|(place, $row)| ($key.into(), place)).collect())
            });
            let Keys(keys) = keys.await?;
            for name in $wanted.iter().filter(|name| name.thing == Thing::$thing) {
                if let Some($row) = keys.get(&name.key).map(|place| &rows[*place]) {
                    $titles.insert(name.clone(), Text::new($nl, $en));
                }
            }
        }
    )+};
}

/// The titles of what is named, as far as they are known at the moment of the request.
pub(crate) async fn titles(
    ctx: &Context<'_>,
    names: impl IntoIterator<Item = Named>,
) -> Result<Titles> {
    let mut wanted: HashSet<Named> = names.into_iter().collect();
    let mut titles = Titles::new();
    let composed = composed(ctx, &wanted).await?;
    wanted.extend(composed.iter().flat_map(|(_, parts)| parts.names()));
    take_titles! { ctx, wanted, titles;
        Action action |row| format!("{}/{}", row.plan, row.number) => &row.title_nl, &row.title_en;
        ActionLine action_line |row| format!("{}/{}", row.plan, row.number)
            => &row.title_nl, &row.title_en;
        AdjacentPolicy adjacent_policy |row| &row.key => &row.title_nl, &row.title_en;
        BudgetCell budget_cell |row| &row.subject_key => &row.title_nl, &row.title_nl;
        BuildingBlock building_block |row| &row.key => &row.title_nl, &row.title_en;
        Citation reference_citation |row| &row.key => &row.text_nl, &row.text_nl;
        Criterion criterion |row| format!("{}/{}", row.edition, row.code)
            => &row.title_nl, &row.title_en;
        Edition framework_edition |row| &row.code => &row.title_nl, &row.title_en;
        Effect intended_effect |row| format!("{}/{}/{}", row.plan, row.line, row.number)
            => &row.text_nl, &row.text_en;
        Event event |row| &row.key => &row.title_nl, &row.title_en;
        Form exploitation_form |row| &row.code => &row.title_nl, &row.title_en;
        FunctionRole function_role |row| &row.code => &row.title_nl, &row.title_en;
        Funding funding |row| &row.key => &row.title_nl, &row.title_en;
        Goal operational_goal |row| format!("{}/{}/{}", row.plan, row.line, row.number)
            => &row.text_nl, &row.text_en;
        Indicator effect_indicator |row| &row.key => &row.text_nl, &row.text_en;
        Municipality municipality |row| &row.code => &row.label, &row.label;
        NationalFigure national_figure |row| &row.key => &row.title_nl, &row.title_en;
        Partner partner |row| &row.key => &row.name, &row.name_en;
        PlanTheme plan_theme |row| &row.code => &row.title_nl, &row.title_en;
        Policy policy_document |row| &row.key => &row.title_nl, &row.title_nl;
        Proposal proposal |row| &row.key => &row.title_nl, &row.title_en;
        ReportingPoint reporting_point |row| &row.key => &row.name_nl, &row.name_en;
        Round monitoring_round |row| &row.key => &row.title_nl, &row.title_en;
        Source source_document |row| &row.key => &row.title_nl, &row.title_en;
        Theme theme |row| format!("{}/{}", row.edition, row.code) => &row.title_nl, &row.title_en;
    }
    take_labelled(ctx, &wanted, &mut titles).await?;
    for (name, parts) in composed {
        let title = parts.title(&titles);
        titles.insert(name, title);
    }
    Ok(titles)
}

/// Titles in which a label of a closed list stands.
async fn take_labelled(
    ctx: &Context<'_>,
    wanted: &HashSet<Named>,
    titles: &mut Titles,
) -> Result<()> {
    let wants = |thing| wanted.iter().any(|name| name.thing == thing);
    if wants(Thing::Area) {
        for row in known::<area::Entity>(ctx).await? {
            let label = AreaKind::from_code(&row.kind).map(AreaKind::label);
            let (nl, en) = label.unwrap_or(("gebied", "area"));
            titles.insert(
                Named::new(Thing::Area, &row.code),
                Text::new(
                    format!("{} {}", in_a_sentence(nl), row.name),
                    format!("{} {}", in_a_sentence(en), row.name),
                ),
            );
        }
    }
    if wants(Thing::Motion) {
        for row in known::<motion::Entity>(ctx).await? {
            let label = MotionKind::from_code(&row.kind).map(MotionKind::label);
            let (nl, en) = label.unwrap_or(("motie", "motion"));
            titles.insert(
                Named::new(Thing::Motion, &row.key),
                Text::new(
                    format!("{} “{}”", in_a_sentence(nl), row.title_nl),
                    format!("{} “{}”", in_a_sentence(en), row.title_en),
                ),
            );
        }
    }
    for name in wanted
        .iter()
        .filter(|name| name.thing == Thing::Publication)
    {
        if let Some(title) = title_of_publication(ctx, &name.key).await? {
            titles.insert(name.clone(), title);
        }
    }
    Ok(())
}

/// A label within a sentence: with a small letter, unless it is an abbreviation.
fn in_a_sentence(label: &str) -> String {
    let is_abbreviation = label.chars().all(|letter| !letter.is_lowercase());
    if is_abbreviation {
        label.to_owned()
    } else {
        label.to_lowercase()
    }
}

/// A thing that is called after others.
enum Composed {
    /// A measurement, by the action or the goal that it belongs to.
    Measurement { of: Named },
    /// A function of an area or a municipality; null where the source names neither.
    Assignment { role: Named, place: Option<Named> },
}

impl Composed {
    /// What it is called after.
    fn names(&self) -> Vec<Named> {
        match self {
            Self::Measurement { of } => vec![of.clone()],
            Self::Assignment { role, place } => {
                std::iter::once(role).chain(place).cloned().collect()
            }
        }
    }

    fn title(&self, titles: &Titles) -> Text {
        match self {
            Self::Measurement { of } => {
                let of = of.phrase(titles);
                Text::new(format!("bij {}", of.nl), format!("for {}", of.en))
            }
            Self::Assignment { role, place } => {
                let role = role.phrase(titles);
                match place.as_ref().map(|place| place.phrase(titles)) {
                    Some(place) => Text::new(
                        format!("{} voor {}", role.nl, place.nl),
                        format!("{} for {}", role.en, place.en),
                    ),
                    None => role,
                }
            }
        }
    }
}

/// The area or the municipality of a function; none where neither is named.
fn place(area: Option<&String>, municipality: Option<&String>) -> Option<Named> {
    let of_municipality = || municipality.map(|code| Named::new(Thing::Municipality, code));
    area.map(|code| Named::new(Thing::Area, code))
        .or_else(of_municipality)
}

/// The wanted things that are called after others.
async fn composed(ctx: &Context<'_>, wanted: &HashSet<Named>) -> Result<Vec<(Named, Composed)>> {
    let wants = |thing| wanted.iter().any(|name| name.thing == thing);
    let mut found = Vec::new();
    if wants(Thing::Measurement) {
        for row in known::<measurement::Entity>(ctx).await? {
            let of = match (row.action, row.line, row.goal) {
                (Some(action), _, _) => Named::new(Thing::Action, format!("{}/{action}", row.plan)),
                (None, Some(line), Some(goal)) => {
                    Named::new(Thing::Goal, format!("{}/{line}/{goal}", row.plan))
                }
                (None, _, _) => Named::new(Thing::Plan, &row.plan),
            };
            let name = Named::new(Thing::Measurement, &row.key);
            found.push((name, Composed::Measurement { of }));
        }
    }
    if wants(Thing::Assignment) {
        for row in known::<function_assignment::Entity>(ctx).await? {
            let name = Named::new(Thing::Assignment, &row.key);
            let place = place(row.area.as_ref(), row.municipality.as_ref());
            let role = Named::new(Thing::FunctionRole, &row.role);
            found.push((name, Composed::Assignment { role, place }));
        }
    }
    if wants(Thing::Vacancy) {
        for row in known::<function_vacancy::Entity>(ctx).await? {
            let name = Named::new(Thing::Vacancy, &row.key);
            let place = place(row.area.as_ref(), row.municipality.as_ref());
            let role = Named::new(Thing::FunctionRole, &row.role);
            found.push((name, Composed::Assignment { role, place }));
        }
    }
    found.retain(|(name, _)| wanted.contains(name));
    Ok(found)
}
