//! What a change of members must leave so: a municipality lies in one province and one safety
//! region, is of one size class, and has at most one reporting region on a day.

use entity::{area, area_membership, reporting_region};

use super::repo::{self, MembershipChanges};
use database::{DbError, Session};
use domain::{
    mistake::Mistake,
    territory::rules::{Sole, Stay, Twice, become_so, had_twice},
};

/// Kinds of area of which a municipality lies in one at a time.
const ONE_AT_A_TIME: [&str; 3] = ["SAFETY_REGION", "PROVINCE", "SIZE_CLASS"];

/// The areas, their members and the reporting regions, as they are known.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) areas: Vec<area::Model>,
    pub(super) memberships: Vec<area_membership::Model>,
    regions: Vec<reporting_region::Model>,
}

impl Known {
    pub(super) async fn read(session: &Session) -> Result<Self, DbError> {
        Ok(Self {
            areas: repo::all::<area::Entity>(session).await?,
            memberships: repo::all::<area_membership::Entity>(session).await?,
            regions: repo::all::<reporting_region::Entity>(session).await?,
        })
    }

    /// What a membership says.
    pub(super) fn stay(row: &area_membership::Model) -> Stay<'_> {
        Stay {
            area: &row.area,
            municipality: &row.municipality,
            from: row.valid_from,
            to: row.valid_to,
        }
    }

    /// When reporting regions are registered.
    pub(super) fn registered(&self) -> Vec<Sole<'_>> {
        self.regions
            .iter()
            .map(|row| Sole {
                area: &row.area,
                from: row.valid_from,
                to: row.valid_to,
            })
            .collect()
    }

    /// The municipalities that would lie in two areas of a kind, or have two reporting regions,
    /// once the memberships are so.
    pub(super) fn conflicts<'a>(&'a self, changes: &'a MembershipChanges<'_>) -> Vec<Twice<'a>> {
        let day = changes.day;
        let known = changes.known.iter();
        let known = known.filter_map(|known| become_so(Self::stay(known.row), known.becomes, day));
        let new = changes.new.iter().map(|new| Stay {
            area: &new.area,
            municipality: &new.municipality,
            from: Some(day),
            to: None,
        });
        let stays: Vec<Stay<'_>> = known.chain(new).collect();
        let mut found = had_twice(&stays, &self.registered());
        for kind in ONE_AT_A_TIME {
            let of_kind = self.areas.iter().filter(|area| area.kind == kind);
            let areas: Vec<Sole<'_>> = of_kind
                .map(|area| Sole {
                    area: &area.code,
                    from: None,
                    to: None,
                })
                .collect();
            found.extend(had_twice(&stays, &areas));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// That two areas would have a municipality at once.
pub(super) fn conflict<C>(twice: Twice<'_>, field: &[&str], code: C) -> Mistake<C> {
    let Twice {
        municipality,
        one,
        other,
    } = twice;
    Mistake::at(
        code,
        field,
        format!("{municipality} zou op een dag zowel onder {one} als onder {other} vallen."),
        format!("{municipality} would on some day be of both {one} and {other}."),
    )
}
