//! What the viewer may do with assessments now: by the policy, the days of the period and the life
//! cycle that the mutations ask.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{Context, Result};
use chrono::NaiveDate;

use super::{
    extend::later_deadline,
    history::History,
    repo::{self, FillingRow, Subjects},
    schema::named_by,
    work,
};
use crate::framework::schema::ReportingPeriod;
use database::{DbError, Session};
use domain::{
    assessment::{
        life_cycle::{self, Event},
        rules::Days,
    },
    policy::{self, Mandate, Operation},
    territory::MunicipalityCode,
};
use graphql::{context::request, error::Failure};

/// An assessment as the viewer finds it.
struct Situation<'a> {
    mandate: &'a Mandate,
    municipality: &'a MunicipalityCode,
    /// The days of the period, for this municipality.
    days: Days,
    today: NaiveDate,
    history: &'a History,
    /// Whether the draft has an answer that counts.
    has_answers: bool,
    /// Whether VNG filled in answers that wait to be accepted.
    has_filling: bool,
    /// Whether the viewer filled in answers on behalf of the municipality.
    has_filled_in: bool,
}

impl Situation<'_> {
    /// Whether the life cycle lets an event happen.
    fn lets(&self, event: Event) -> bool {
        life_cycle::next(self.history.state(true), event).is_ok()
    }

    /// Whether a submission would be taken in; whoever corrects can give a reason.
    fn can_submit(&self, has_answers: bool) -> bool {
        self.days.accepts(self.today)
            && self.lets(Event::Submit {
                has_answers,
                has_reason: true,
            })
    }

    /// Whether a review event fits, for a reviewer.
    fn can_review(&self, event: Event) -> bool {
        policy::may_review(self.mandate, self.municipality).is_ok() && self.lets(event)
    }

    fn allows(&self, operation: Operation) -> bool {
        let (mandate, of) = (self.mandate, self.municipality);
        let is_open = self.days.accepts(self.today);
        let fills = || policy::may_fill_draft(mandate, of).is_ok();
        let submits = || policy::may_submit(mandate, of).is_ok();
        let claimant = self.history.claimant(&mandate.actor);
        match operation {
            Operation::StartDraft | Operation::SaveDraft | Operation::ImportAnswerSheet => {
                is_open && fills()
            }
            Operation::SubmitAssessment => {
                submits() && fills() && self.can_submit(self.has_answers)
            }
            Operation::AcceptOnBehalf => {
                policy::may_decide_for_itself(mandate, of).is_ok()
                    && fills()
                    && self.can_submit(self.has_filling)
            }
            Operation::WithdrawAssessment => is_open && submits() && self.lets(Event::Withdraw),
            Operation::AnswerQuestion => {
                let open = self.history.open_questions().count();
                submits()
                    && self.lets(Event::Reply {
                        left: open.saturating_sub(1),
                        in_hand: self.history.is_in_hand(),
                    })
            }
            Operation::ClaimReview => self.can_review(Event::Claim(claimant)),
            Operation::AskQuestions => self.can_review(Event::Ask(claimant)),
            Operation::ReturnAssessment => self.can_review(Event::Return(claimant)),
            Operation::ConfirmAssessment => self.can_review(Event::Confirm {
                claimant,
                has_filled_in: self.has_filled_in,
            }),
            Operation::ExtendDeadline => {
                policy::may_review(mandate, of).is_ok()
                    && later_deadline(self.days, self.today).is_some()
            }
            Operation::FillOnBehalf => is_open && policy::may_fill_on_behalf(mandate, of).is_ok(),
            _ => false,
        }
    }

    /// The mutations that the viewer may call.
    fn operations(&self) -> Vec<Operation> {
        let all = Operation::ALL.into_iter();
        all.filter(|operation| self.allows(*operation)).collect()
    }
}

/// An assessment as it was read for the viewer.
pub(super) struct AsRead<'a> {
    pub(super) municipality: &'a MunicipalityCode,
    pub(super) period: &'a ReportingPeriod,
    pub(super) history: &'a History,
    /// Whether the draft has an answer that counts.
    pub(super) has_answers: bool,
    /// What VNG filled in last on behalf of the municipality.
    pub(super) filling: Option<&'a FillingRow>,
}

/// What a reviewer sees beside the assessments: later deadlines, and what it filled in itself.
#[derive(Default)]
pub(super) struct OfReviewer {
    extended: BTreeMap<String, NaiveDate>,
    filled_in: BTreeSet<String>,
}

impl OfReviewer {
    /// Reads it; nothing for who is no reviewer.
    pub(super) async fn read(session: &Session, of: &Subjects) -> Result<Self, DbError> {
        let Ok(permit) = policy::may_review_all(session.mandate()) else {
            return Ok(Self::default());
        };
        Ok(Self {
            extended: repo::extensions(session, of).await?,
            filled_in: repo::filled_in_by_caller(session, &permit, of).await?,
        })
    }

    /// The mutations that the viewer may call on one of them.
    pub(super) fn operations(&self, session: &Session, found: &AsRead<'_>) -> Vec<Operation> {
        let key = key_of(found.municipality, found.period);
        let mut days = found.period.days();
        if let Some(day) = self.extended.get(&key) {
            days.deadline_on = days.deadline_on.max(*day);
        }
        let latest = found.history.latest();
        let latest = latest.map_or(0, |version| version.ledger_no);
        let waits =
            |row: &FillingRow| row.ledger_no > latest && row.edition == found.period.edition_code();
        let situation = Situation {
            mandate: session.mandate(),
            municipality: found.municipality,
            days,
            today: session.today(),
            history: found.history,
            has_answers: found.has_answers,
            has_filling: found.filling.is_some_and(waits),
            has_filled_in: self.filled_in.contains(&key),
        };
        situation.operations()
    }
}

fn key_of(municipality: &MunicipalityCode, period: &ReportingPeriod) -> String {
    format!("{}/{}", municipality.as_str(), period.key())
}

/// The mutations that the viewer may call now on assessments, by their keys, also while nothing of
/// them is there: as many statements for one as for many.
pub(crate) async fn operations_on(
    ctx: &Context<'_>,
    keys: &BTreeSet<String>,
) -> Result<BTreeMap<String, Vec<Operation>>> {
    let request = request(ctx)?;
    let session = request.session().await.map_err(Failure::from)?;
    if let Some(rule) = policy::submissions(session.mandate()).hidden_by() {
        request.withhold(ctx, rule);
        return Ok(BTreeMap::new());
    }
    let mut named = Vec::new();
    for key in keys {
        if let Some((municipality, period)) = named_by(ctx, key).await?
            && let Some(code) = MunicipalityCode::parse(municipality.code_text())
        {
            named.push((code, period));
        }
    }
    Ok(of_named(session, &named).await.map_err(Failure::from)?)
}

async fn of_named(
    session: &Session,
    named: &[(MunicipalityCode, ReportingPeriod)],
) -> Result<BTreeMap<String, Vec<Operation>>, DbError> {
    let mandate = session.mandate();
    let of = named.iter();
    let of = Subjects::of(of.map(|(municipality, period)| (municipality.as_str(), period.key())));
    let histories = History::read_all(session, &of).await?;
    let of_reviewer = OfReviewer::read(session, &of).await?;
    let drafts = named.iter().filter_map(|(municipality, period)| {
        let permit = policy::may_fill_draft(mandate, municipality).ok()?;
        Some((permit, period.key()))
    });
    let drafts: Vec<_> = drafts.collect();
    let answered = if drafts.is_empty() {
        BTreeSet::new()
    } else {
        work::drafts_that_count(session, &drafts).await?
    };
    let reviews = policy::reviews(mandate);
    let fillings = if reviews.hidden_by().is_some() {
        Vec::new()
    } else {
        repo::last_filled_in(session, &reviews, &of).await?
    };
    let operations = named.iter().filter_map(|(municipality, period)| {
        let key = key_of(municipality, period);
        let found = AsRead {
            municipality,
            period,
            history: histories.get(&key)?,
            has_answers: answered.contains(&key),
            filling: fillings.iter().find(|row| row.subject == key),
        };
        let operations = of_reviewer.operations(session, &found);
        Some((key, operations))
    });
    Ok(operations.collect())
}
