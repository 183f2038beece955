//! Finds whom to remind, with the names that people know them by.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::repo::{self, Place, Unreported};
use crate::tasks::repo::{from_reviewer, to_hand_in};
use database::{DbError, Session};
use domain::{
    ledger::things::{Named, Thing, Titles},
    policy::{self, MayManagePlan, MayReviewAll, Reminders},
    tasks::rules::{Found, TaskKind},
    text::Text,
};

/// Which reminders are wanted; all where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only of this kind of task.
    pub kind: Option<TaskKind>,
    /// Only of this reporting period.
    pub period: Option<String>,
    /// Only of municipalities in this safety region.
    pub area: Option<String>,
    /// Only what is late, or only what is not.
    pub is_overdue: Option<bool>,
}

/// Somebody to remind of a task.
#[derive(Debug, Clone)]
pub(crate) struct Reminded {
    pub(super) found: Found,
    /// Whom: the code of a municipality or the key of a partner; none for an action without an
    /// owner.
    pub(super) organisation: Option<String>,
    /// Its name; empty for an action without an owner.
    pub(super) name: String,
    /// The safety region of a municipality, as its code and its name.
    pub(super) area: Option<(String, String)>,
    /// What it is about, in words.
    pub(super) title: Text,
}

impl Reminded {
    /// The reporting period that it is of; none of a report on an action.
    fn period(&self) -> Option<&str> {
        self.found.municipality.as_ref()?;
        self.found.subject.split('/').nth(1)
    }

    /// What no other reminder has.
    pub(super) fn key(&self) -> String {
        let organisation = self.organisation.as_deref().unwrap_or_default();
        format!(
            "{} {} {organisation}",
            self.found.kind.code(),
            self.found.subject
        )
    }
}

impl Filter {
    fn takes(&self, one: &Reminded, today: NaiveDate) -> bool {
        let area = one.area.as_ref().map(|(code, _)| code.as_str());
        self.kind.is_none_or(|kind| kind == one.found.kind)
            && (self.period.is_none() || self.period.as_deref() == one.period())
            && (self.area.is_none() || self.area.as_deref() == area)
            && self
                .is_overdue
                .is_none_or(|is| is == one.found.is_overdue(today))
    }
}

/// Whom somebody may remind, what is due first before the rest.
pub(super) async fn find(
    session: &Session,
    reminders: &Reminders,
    filter: &Filter,
) -> Result<Vec<Reminded>, DbError> {
    let mut found = match reminders {
        Reminders::Assessments(permit) => of_assessments(session, permit).await?,
        Reminders::Reports(permit) => of_reports(session, permit).await?,
    };
    let today = session.today();
    found.retain(|one| filter.takes(one, today));
    found.sort_by_cached_key(|one| {
        let due = one.found.due.unwrap_or(NaiveDate::MAX);
        (due, one.found.since, one.found.kind, one.key())
    });
    Ok(found)
}

async fn of_assessments(
    session: &Session,
    permit: &MayReviewAll,
) -> Result<Vec<Reminded>, DbError> {
    let places = repo::places(session, permit).await?;
    let codes = places.iter().map(|place| place.code.clone()).collect();
    let all = policy::reminded_municipalities(permit, codes);
    let mut tasks = to_hand_in(session, &all, TaskKind::SubmitAssessment).await?;
    tasks.extend(from_reviewer(session, &all).await?);
    let places: HashMap<&str, &Place> = places
        .iter()
        .map(|place| (place.code.as_str(), place))
        .collect();
    let reminders = tasks.into_iter().filter_map(|found| {
        let place = *places.get(found.municipality.as_deref()?)?;
        let name = Named::new(Thing::Municipality, &place.code);
        let label = Text::new(place.label.as_str(), place.label.as_str());
        Some(Reminded {
            organisation: Some(place.code.clone()),
            name: place.label.clone(),
            area: place.area.clone().zip(place.area_name.clone()),
            title: found.title(&Titles::from([(name, label)])),
            found,
        })
    });
    Ok(reminders.collect())
}

async fn of_reports(session: &Session, permit: &MayManagePlan) -> Result<Vec<Reminded>, DbError> {
    let rows = repo::unreported(session, permit).await?;
    Ok(rows.into_iter().map(of_report).collect())
}

fn of_report(row: Unreported) -> Reminded {
    let found = Found {
        kind: TaskKind::ReportStatus,
        subject: format!("{}/{}", row.round, row.action),
        municipality: None,
        since: row.since,
        due: Some(row.due),
    };
    let titles = Titles::from([
        (
            Named::new(Thing::Action, row.action),
            Text::new(row.action_nl, row.action_en),
        ),
        (
            Named::new(Thing::Round, row.round),
            Text::new(row.round_nl, row.round_en),
        ),
    ]);
    Reminded {
        organisation: row.partner,
        name: row.partner_name.unwrap_or_default(),
        area: None,
        title: found.title(&titles),
        found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reminded(municipality: Option<&str>, subject: &str, due: &str) -> Reminded {
        Reminded {
            found: Found {
                kind: if municipality.is_some() {
                    TaskKind::SubmitAssessment
                } else {
                    TaskKind::ReportStatus
                },
                subject: subject.to_owned(),
                municipality: municipality.map(str::to_owned),
                since: NaiveDate::MIN,
                due: due.parse().ok(),
            },
            organisation: municipality.map(str::to_owned),
            name: String::new(),
            area: municipality.map(|_| ("VR14".to_owned(), "Gooi en Vechtstreek".to_owned())),
            title: Text::new("", ""),
        }
    }

    #[test]
    fn a_filter_takes_what_fits_all_that_it_says() {
        let today = "2026-12-01".parse().unwrap();
        let of_hilversum = reminded(Some("GM0402"), "GM0402/2026-2", "2026-11-30");
        let of_action = reminded(None, "2026-1/2024/33", "2026-12-31");
        let takes =
            |filter: &Filter| [&of_hilversum, &of_action].map(|one| filter.takes(one, today));
        let all = Filter::default();
        assert_eq!(takes(&all), [true, true]);
        let kind = Some(TaskKind::ReportStatus);
        assert_eq!(
            takes(&Filter {
                kind,
                ..all.clone()
            }),
            [false, true]
        );
        for (period, taken) in [("2026-2", [true, false]), ("2024", [false, false])] {
            let period = Some(period.to_owned());
            assert_eq!(
                takes(&Filter {
                    period,
                    ..all.clone()
                }),
                taken
            );
        }
        for (area, taken) in [("VR14", [true, false]), ("VR13", [false, false])] {
            let area = Some(area.to_owned());
            assert_eq!(
                takes(&Filter {
                    area,
                    ..all.clone()
                }),
                taken
            );
        }
        for (late, taken) in [(true, [true, false]), (false, [false, true])] {
            let is_overdue = Some(late);
            assert_eq!(
                takes(&Filter {
                    is_overdue,
                    ..all.clone()
                }),
                taken
            );
        }
    }
}
