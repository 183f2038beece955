//! What only the database knows of an actor: predecessors of its municipality, members of its
//! region and which of them it may submit for, actions that it owns.

use sea_orm::{FromQueryResult, Value};

use super::{DbError, Session};
use domain::{
    actor::{Actor, Role},
    ledger::REGIONAL,
    policy::Mandate,
    territory::MunicipalityCode,
};

#[derive(FromQueryResult)]
struct Own {
    code: String,
    exists_today: bool,
}

#[derive(FromQueryResult)]
struct Member {
    municipality: String,
    period: Option<String>,
    has_mandated: bool,
}

/// Loads the mandate of a municipality, a region or an owner of actions; every other role needs
/// nothing from here.
pub(super) async fn load(session: &Session, actor: Actor) -> Result<Mandate, DbError> {
    let mut mandate = Mandate::of(actor);
    match mandate.actor.role.clone() {
        Role::Municipality(codes) => {
            for own in own(session, &codes).await? {
                let Some(code) = MunicipalityCode::parse(&own.code) else {
                    continue;
                };
                if own.exists_today && codes.contains(&code) {
                    mandate.writes_for.push(code.clone());
                }
                mandate.reads.push(code);
            }
        }
        Role::Region(area) => {
            mandate
                .subjects
                .push(format!("{}/{REGIONAL}", area.as_str()));
            for member in members(session, area.as_str()).await? {
                match member.period {
                    Some(period) => mandate
                        .subjects
                        .push(format!("{}/{period}", member.municipality)),
                    None => {
                        let code = MunicipalityCode::parse(&member.municipality);
                        if member.has_mandated {
                            mandate.submits_for.extend(code.clone());
                        }
                        mandate.writes_for.extend(code);
                    }
                }
            }
        }
        Role::Partner(_) | Role::Vng => {
            let partner = mandate.actor.role.partner().unwrap_or_default();
            let owned = owned(session, &partner).await?;
            mandate.owns.extend(owned.into_iter().map(|own| own.action));
            mandate.is_named = is_named(session, &partner).await?;
        }
        Role::Public | Role::Ministry | Role::System => {}
    }
    Ok(mandate)
}

#[derive(FromQueryResult)]
struct Owned {
    action: String,
}

/// The actions that a partner owns today, by the ministry's assignment.
async fn owned(session: &Session, partner: &str) -> Result<Vec<Owned>, DbError> {
    session
        .rows(
            "reading the actions of a partner",
            "select plan || '/' || number as action from known.action_partner
             where partner = $1 and role = 'OWNER'
               and (valid_from is null or valid_from <= $2) and (valid_to is null or valid_to > $2)
             order by plan, number",
            [Value::from(partner), Value::from(session.today())],
        )
        .await
}

#[derive(FromQueryResult)]
struct Named {
    is_named: bool,
}

/// Whether VNG has named a partner to record who fills a function, and the day is in that time.
async fn is_named(session: &Session, partner: &str) -> Result<bool, DbError> {
    let row: Option<Named> = session
        .row(
            "looking whether a partner is named",
            "select exists (
                select from known.function_registrar
                where partner = $1 and valid_from <= $2
                  and (valid_to is null or valid_to > $2)) as is_named",
            [Value::from(partner), Value::from(session.today())],
        )
        .await?;
    Ok(row.is_some_and(|row| row.is_named))
}

/// The municipalities themselves and all their predecessors, and which exist today.
async fn own(session: &Session, codes: &[MunicipalityCode]) -> Result<Vec<Own>, DbError> {
    let codes: Vec<String> = codes.iter().map(|code| code.as_str().to_owned()).collect();
    session
        .rows(
            "reading the predecessors of a municipality",
            "with recursive own (code) as (
                select distinct m.code from known.municipality m where m.code = any ($1)
                union
                select r.predecessor from known.reorganisation r join own on own.code = r.successor
                where r.effective_on <= $2)
             select own.code, exists (
                select from known.municipality m where m.code = own.code
                  and (m.valid_from is null or m.valid_from <= $2)
                  and (m.valid_to is null or m.valid_to > $2)
             ) as exists_today
             from own order by own.code",
            [Value::from(codes), Value::from(session.today())],
        )
        .await
}

/// The members of a registered reporting region: today's, to write for (without period), and those
/// of each period on the day that counts for it, to read (with period): its closing date, or today
/// while it is open. Of today's it tells which have given the region a mandate to submit for them.
async fn members(session: &Session, area: &str) -> Result<Vec<Member>, DbError> {
    session
        .rows(
            "reading the members of a region",
            "with days (period, day) as (
                select null::text, $2::date
                union all
                select p.key, least(p.closes_on, $2) from known.reporting_period p)
             select distinct m.municipality, d.period, d.period is null and exists (
                select from known.submission_mandate s
                where s.municipality = m.municipality and s.area = $1
                  and s.valid_from <= $2
                  and (s.valid_to is null or s.valid_to > $2)) as has_mandated
             from days d
             join known.area_membership m on m.area = $1
                and (m.valid_from is null or m.valid_from <= d.day)
                and (m.valid_to is null or m.valid_to > d.day)
             join known.reporting_region r on r.area = m.area
                and (r.valid_from is null or r.valid_from <= d.day)
                and (r.valid_to is null or r.valid_to > d.day)
             order by d.period nulls first, m.municipality",
            [Value::from(area), Value::from(session.today())],
        )
        .await
}
