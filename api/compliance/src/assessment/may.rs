//! What the viewer may do with an assessment now: by the policy, the days of the period and the
//! life cycle that the mutations ask.

use chrono::NaiveDate;

use super::{extend::later_deadline, history::History};
use domain::{
    assessment::{
        life_cycle::{self, Event},
        rules::Days,
    },
    policy::{self, Mandate, Operation},
    territory::MunicipalityCode,
};

/// An assessment as the viewer finds it.
pub(super) struct Situation<'a> {
    pub(super) mandate: &'a Mandate,
    pub(super) municipality: &'a MunicipalityCode,
    /// The days of the period, for this municipality.
    pub(super) days: Days,
    pub(super) today: NaiveDate,
    pub(super) history: &'a History,
    /// Whether the draft has an answer that counts.
    pub(super) has_answers: bool,
    /// Whether VNG filled in answers that wait to be accepted.
    pub(super) has_filling: bool,
    /// Whether the viewer filled in answers on behalf of the municipality.
    pub(super) has_filled_in: bool,
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
    pub(super) fn operations(&self) -> Vec<Operation> {
        let all = Operation::ALL.into_iter();
        all.filter(|operation| self.allows(*operation)).collect()
    }
}
