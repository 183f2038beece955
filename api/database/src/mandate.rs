//! What only the database knows of an actor: predecessors of its municipality, members of its
//! region and which of them it may submit for, actions that it owns.
//!
//! It is read in the statement that introduces the actor, beside its row `i`; what is found there
//! is told to Postgres by the same statement, and [`Found::into_mandate`] makes of it the mandate
//! that the policy works with. So both walls have the same from one reading.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::NaiveDate;
use sea_orm::{DbErr, FromQueryResult};

use super::DbError;
use domain::{
    actor::{Actor, Role},
    ledger::{REGIONAL, position::Position},
    policy::Mandate,
    territory::MunicipalityCode,
};

/// Of how many roles with their organisations the mandate is held.
const MOST_HELD: usize = 1000;

/// The mandates that were found at one state of the ledger and on one day: whoever has the same role
/// and organisation then has the same one. They are read from facts at that state and from nothing
/// else, and of the actor only its role and organisation decide what is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Mandates(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    at: Option<(Position, NaiveDate)>,
    of: HashMap<Role, Arc<Mandate>>,
}

impl Mandates {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the mandate of a role may be held, at whatever state.
    pub(super) fn may_hold(&self, role: &Role) -> bool {
        !reads_anything(role) || self.held().of.contains_key(role)
    }

    /// The mandate of an actor at a state of the ledger on a day, where it is held.
    pub(super) fn find(&self, state: Position, day: NaiveDate, actor: &Actor) -> Option<Mandate> {
        if !reads_anything(&actor.role) {
            return Some(Mandate::of(actor.clone()));
        }
        let held = self.held();
        let found = held.of.get(&actor.role);
        let found = found.filter(|_| held.at == Some((state, day)))?;
        Some(Mandate {
            actor: actor.clone(),
            ..(**found).clone()
        })
    }

    /// Holds a mandate that was found at a state of the ledger on a day. Those of another state or
    /// day are let go.
    pub(super) fn keep(&self, state: Position, day: NaiveDate, mandate: &Mandate) {
        let role = mandate.role();
        if !reads_anything(role) {
            return;
        }
        let mut held = self.held();
        if held.at != Some((state, day)) {
            held.at = Some((state, day));
            held.of.clear();
        }
        if held.of.len() < MOST_HELD && !held.of.contains_key(role) {
            held.of.insert(role.clone(), Arc::new(mandate.clone()));
        }
    }

    /// Lets all of them go: something was written.
    pub(super) fn forget(&self) {
        *self.held() = Held::default();
    }
}

/// Whether anything is read of a role to know its mandate.
pub(super) fn reads_anything(role: &Role) -> bool {
    match role {
        Role::Municipality(_) | Role::Region(_) | Role::Partner(_) | Role::Vng => true,
        Role::Public | Role::Ministry | Role::System => false,
    }
}

/// What was found of an actor, each list in the order in which it is told.
#[derive(Debug, FromQueryResult)]
pub(super) struct Found {
    reads: Vec<String>,
    writes_for: Vec<String>,
    submits_for: Vec<String>,
    subjects: Vec<String>,
    owns: Vec<String>,
    is_named: bool,
}

impl Found {
    /// The mandate of the actor that it was found of.
    ///
    /// # Errors
    /// When a code of a municipality is none: Postgres was told of it, so it is not passed over.
    pub(super) fn into_mandate(self, actor: Actor) -> Result<Mandate, DbError> {
        Ok(Mandate {
            actor,
            reads: municipalities(&self.reads)?,
            writes_for: municipalities(&self.writes_for)?,
            submits_for: municipalities(&self.submits_for)?,
            subjects: self.subjects,
            owns: self.owns,
            is_named: self.is_named,
        })
    }
}

fn municipalities(codes: &[String]) -> Result<Vec<MunicipalityCode>, DbError> {
    let parsed = codes.iter().map(|code| MunicipalityCode::parse(code));
    parsed.collect::<Option<_>>().ok_or_else(|| {
        DbError::doing("reading a mandate")(DbErr::Type("the code of a municipality".to_owned()))
    })
}

/// What a role brings along to the reading of its mandate: the codes of a municipality, or the
/// first subject of a region, which is its own area.
pub(super) fn own(role: &Role) -> Vec<String> {
    match role {
        Role::Municipality(codes) => codes.iter().map(|code| code.as_str().to_owned()).collect(),
        Role::Region(area) => vec![format!("{}/{REGIONAL}", area.as_str())],
        Role::Partner(_) | Role::Vng | Role::Public | Role::Ministry | Role::System => Vec::new(),
    }
}

/// The end of the introducing statement: what is read of a role, beside its row `i`.
pub(super) fn sql(role: &Role) -> &'static str {
    match role {
        Role::Municipality(_) => OF_MUNICIPALITY,
        Role::Region(_) => OF_REGION,
        Role::Partner(_) | Role::Vng => OF_PARTNER,
        Role::Public | Role::Ministry | Role::System => OF_NOBODY,
    }
}

/// The municipalities themselves and all their predecessors to read; to write for, those of the
/// token that exist today. A function reads them, as whoever calls it: it plans that when it is
/// first called, and by then the settings of this statement hold, without which nothing is known.
const OF_MUNICIPALITY: &str = "
        select f.reads, f.writes_for, '{}'::text[] as submits_for, '{}'::text[] as subjects,
            '{}'::text[] as owns, false as is_named
        from mandate_of_municipality(i.own, $3::date) f offset 0) m";

/// The members of a registered reporting region: today's, to write for (without period), and those
/// of each period on the day that counts for it, to read (with period): its closing date, or today
/// while it is open. Of today's it tells which have given the region a mandate to submit for them.
/// A function reads them, as those of a municipality.
const OF_REGION: &str = "
        select '{}'::text[] as reads, f.writes_for, f.submits_for,
            i.own || f.subjects as subjects, '{}'::text[] as owns, false as is_named
        from mandate_of_region(case when i.head is not null then $10 end, $3::date) f offset 0) m";

/// The actions that a partner owns today by the ministry's assignment, and whether VNG has named it
/// to record who fills a function.
const OF_PARTNER: &str = "
        select '{}'::text[] as reads, '{}'::text[] as writes_for, '{}'::text[] as submits_for,
            '{}'::text[] as subjects,
            array(
                select p.plan || '/' || p.number from known.action_partner p
                where p.partner = $9 and p.role = 'OWNER' and i.head is not null
                  and (p.valid_from is null or p.valid_from <= $3::date)
                  and (p.valid_to is null or p.valid_to > $3::date)
                order by p.plan, p.number) as owns,
            exists (
                select from known.function_registrar r
                where r.partner = $9 and i.head is not null and r.valid_from <= $3::date
                  and (r.valid_to is null or r.valid_to > $3::date)) as is_named
        offset 0) m";

/// A role that has nothing of its own in the database.
const OF_NOBODY: &str = "
        select '{}'::text[] as reads, '{}'::text[] as writes_for, '{}'::text[] as submits_for,
            '{}'::text[] as subjects, '{}'::text[] as owns, false as is_named) m";

#[cfg(test)]
mod tests {
    use super::*;

    fn vng(name: &str) -> Actor {
        Actor {
            role: Role::Vng,
            pseudonym: Some(name.to_owned()),
            former_pseudonym: None,
        }
    }

    #[test]
    fn a_mandate_is_found_at_its_state_and_on_its_day_by_whoever_has_the_role() {
        let mandates = Mandates::default();
        let state = |number, hash| Position::of_stored(number, Some(hash));
        let day = |day| NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
        assert!(!mandates.may_hold(&Role::Vng));
        let found = Mandate {
            owns: vec!["2024/30".to_owned()],
            ..Mandate::of(vng("one"))
        };
        mandates.keep(state(7, 1), day(1), &found);
        assert!(mandates.may_hold(&Role::Vng));
        let other = mandates.find(state(7, 1), day(1), &vng("two")).unwrap();
        assert_eq!((other.actor, other.owns), (vng("two"), found.owns.clone()));
        for (state, day) in [
            (state(8, 1), day(1)),
            (state(7, 2), day(1)),
            (state(7, 1), day(2)),
        ] {
            assert_eq!(mandates.find(state, day, &vng("one")), None);
        }
        // Another state ends those of the one before.
        mandates.keep(state(8, 1), day(1), &found);
        assert_eq!(mandates.find(state(7, 1), day(1), &vng("one")), None);
        mandates.forget();
        assert_eq!(mandates.find(state(8, 1), day(1), &vng("one")), None);
    }

    #[test]
    fn a_role_that_has_nothing_of_its_own_always_has_its_mandate() {
        let mandates = Mandates::default();
        let day = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        for role in [Role::Public, Role::Ministry, Role::System] {
            let actor = Actor { role, ..vng("one") };
            assert!(mandates.may_hold(&actor.role));
            let found = mandates.find(Position::default(), day, &actor);
            assert_eq!(found, Some(Mandate::of(actor)));
        }
    }
}
