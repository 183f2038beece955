//! The tables of facts that everybody may read: which rows of them are known depends on the ledger
//! number alone.
//!
//! Of each the service may select every row (`using (true)`, and no other policy on reading), and
//! its view in `known` reads that table, and of the settings of a transaction `app.ledger_no`. A
//! test holds this list to the catalogue of the database, both ways.

use std::collections::BTreeSet;

use sea_orm::{FromQueryResult, Value};

use super::super::{DbError, Facts, Session};
use domain::ledger::position::Position;

/// A table of facts that everybody may read.
pub trait Unguarded: Facts {}

macro_rules! unguarded {
    ($($table:ident,)+) => {
        $(impl Unguarded for entity::$table::Entity {})+

        /// The names of the tables of facts that everybody may read, in their order.
        pub const UNGUARDED: &[&str] = &[$(stringify!($table)),+];

        /// Names the tables with rows after a number, and a nameless one where the ledger that
        /// reached a state is not this one, or words were blanked since where they stand.
        const CHANGED: &str = concat!(
            "select '' as name where not exists (
                select from ledger_instant where number = $2 and hash_start(hash) = $3)
                or redacted_after($1)"
            // Not `exists`, with which the plan would begin with a query for each table.
            $(, " union all select '", stringify!($table), "' from (
                select from fact.", stringify!($table), " where ledger_no > $1 limit 1) one")+
        );
    };
}

unguarded! {
action,
action_goal,
action_line,
action_lineage,
action_partner,
action_phase,
action_reference,
action_relation,
action_result,
action_theme,
action_title,
action_year,
activity,
adjacent_policy,
area,
area_membership,
budget_cell,
building_block,
criterion,
criterion_lineage,
data_decision,
edition_consultation,
effect_indicator,
event,
event_participant,
exploitation_form,
framework_edition,
function_assignment,
function_registrar,
function_role,
function_vacancy,
funding,
goal_lineage,
goal_target,
intended_effect,
known_difference,
known_gap,
measurement,
milestone,
monitoring_round,
motion,
motion_answer,
municipality,
national_figure,
obligation,
operational_goal,
partner,
partner_mention,
plan_step,
plan_theme,
plan_version,
planned_reorganisation,
policy_adoption,
policy_declaration,
policy_document,
policy_provision,
proposal,
published_count,
published_municipality_count,
reference_citation,
reorganisation,
reporting_period,
reporting_point,
reporting_region,
reporting_step,
round_exclusion,
source_document,
status_report,
theme,
tile,
unnamed_party,}

#[derive(FromQueryResult)]
struct Changed {
    name: String,
}

/// The texts that everybody may read. Their rows stand among those of texts that a wall guards, and
/// of these two kinds the wall lets every row through to everybody. One that is blanked by law is
/// blanked where it stands, so no snapshot takes them over from another.
pub const PUBLIC_TEXT: &str = "public_text";

/// The name of a table that everybody may read; none of a table that a wall guards.
pub(crate) fn name_of<E: Facts>() -> Option<&'static str> {
    let entity = E::default();
    let is_known = entity.schema_name() == Some("known");
    if is_known && entity.table_name() == PUBLIC_TEXT {
        return Some(PUBLIC_TEXT);
    }
    let found = UNGUARDED.binary_search(&entity.table_name()).ok();
    found.filter(|_| is_known).map(|at| UNGUARDED[at])
}

/// The tables with rows after a number; none when the ledger that reached a state is not this one,
/// as after a restoration, or when words were blanked since: then any table may be another.
pub(crate) async fn changed_after(
    session: &Session,
    number: i64,
    state: Position,
) -> Result<Option<BTreeSet<String>>, DbError> {
    let hash = state.hash.unwrap_or_default().cast_signed();
    let changed: Vec<Changed> = session
        .rows(
            "finding what changed since",
            CHANGED,
            [number, state.number, hash].map(Value::from),
        )
        .await?;
    let changed: BTreeSet<String> = changed.into_iter().map(|one| one.name).collect();
    Ok(Some(changed).filter(|changed| !changed.contains("")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_found_by_its_entity() {
        assert!(UNGUARDED.is_sorted());
        assert_eq!(name_of::<entity::area::Entity>(), Some("area"));
        assert_eq!(name_of::<entity::public_text::Entity>(), Some(PUBLIC_TEXT));
        assert_eq!(name_of::<entity::answer::Entity>(), None);
        assert_eq!(name_of::<entity::timed_release::Entity>(), None);
    }
}
