//! `claimReviews`, `confirmAssessments`, `returnAssessments`: what VNG does with the latest
//! versions of many municipalities in one period, in one transaction.
//!
//! All or nothing: every item that stands in the way is named by its place in the list. Whoever
//! says `skipUnfit` has those left out and the rest carried out. Each decision is an entry of its
//! own. The outcome under the key tells what was carried out and what was left out, so a repeat
//! tells the same.

use chrono::TimeDelta;

use super::{
    append::{self, Decision},
    errors::{AssessmentErrorCode, text_mistakes},
    repo::{self, Subjects},
    review::decided_in,
    target::refused,
    work::{self, ToClaim},
};
use domain::{
    assessment::life_cycle::{CLAIM_HOURS, Event, Refused},
    policy,
};
use graphql::{
    change::{Call, Change, Stopped},
    context::RequestContext,
};
use ledger::judge::{Concerned, judge_anew};

mod contract;
mod list;

use contract::CarriedOut;
pub(super) use contract::{
    ClaimReviewsInput, ClaimReviewsPayload, ConfirmAssessmentsInput, ConfirmAssessmentsPayload,
    ReturnAssessmentsInput, ReturnAssessmentsPayload,
};
use list::{Given, ITEMS, Item, List, Read};

type Code = AssessmentErrorCode;

/// Takes the latest versions in hand.
pub(super) async fn claim(
    request: &RequestContext,
    input: &ClaimReviewsInput,
) -> Result<CarriedOut, Stopped<Code>> {
    let call = Call::of("claimReviews", &input.idempotency_key, input);
    let opened = Change::open(request, call, policy::may_review_all).await?;
    let session = opened.session();
    let given = input.items.iter().map(|one| Given {
        municipality: &one.municipality,
        version: None,
        reason: None,
    });
    let mut list = List::read(session.mandate(), given.collect(), input.skip_unfit)?;
    let read = Read::of(session, &mut list, &input.period).await?;
    list.sift_by_event(&read, |_, history| Event::Claim(read.claimant(history)));
    list.stop()?;
    let expires_at = session.moment().instant + TimeDelta::hours(CLAIM_HOURS);
    let items = list.fit.iter();
    let to_claim = ToClaim {
        period: &read.period.key,
        versions: items
            .map(|item| (&item.permit, read.version(item)))
            .collect(),
        expires_at,
    };
    // A colleague may have been a moment earlier: the rows decide.
    let taken = work::claim(session, to_claim).await?;
    list.sift(|item| {
        let is_taken = taken.contains(item.code());
        let why = (!is_taken).then_some(Refused::ClaimedByAnother);
        Vec::from_iter(why.map(|why| refused(why, &[ITEMS, &item.index])))
    });
    list.stop()?;
    let outcome = CarriedOut {
        expires_at: Some(expires_at),
        ..read.outcome(&mut list, &[])
    };
    opened.seal(request, outcome.to_text()).await?;
    Ok(outcome)
}

/// A list of versions to decide on.
struct ToDecide<'a> {
    call: Call<'a>,
    period: &'a str,
    given: Vec<Given<'a>>,
    skip_unfit: bool,
}

/// Confirms the latest versions and has them judged.
pub(super) async fn confirm(
    request: &RequestContext,
    input: &ConfirmAssessmentsInput,
) -> Result<CarriedOut, Stopped<Code>> {
    let given = input.items.iter().map(|one| Given {
        municipality: &one.municipality,
        version: Some(one.version),
        reason: None,
    });
    let to_decide = ToDecide {
        call: Call::of("confirmAssessments", &input.idempotency_key, input),
        period: &input.period,
        given: given.collect(),
        skip_unfit: input.skip_unfit,
    };
    decide(request, to_decide).await
}

/// Returns the latest versions to their municipalities.
pub(super) async fn give_back(
    request: &RequestContext,
    input: &ReturnAssessmentsInput,
) -> Result<CarriedOut, Stopped<Code>> {
    let given = input.items.iter().map(|one| Given {
        municipality: &one.municipality,
        version: Some(one.version),
        reason: Some(&one.reason),
    });
    let to_decide = ToDecide {
        call: Call::of("returnAssessments", &input.idempotency_key, input),
        period: &input.period,
        given: given.collect(),
        skip_unfit: input.skip_unfit,
    };
    decide(request, to_decide).await
}

/// Decides on the latest versions: returns those with a reason, and confirms those without.
async fn decide(
    request: &RequestContext,
    to_decide: ToDecide<'_>,
) -> Result<CarriedOut, Stopped<Code>> {
    let ToDecide {
        call,
        period,
        given,
        skip_unfit,
    } = to_decide;
    let opened = Change::open(request, call, policy::may_review_all).await?;
    let mut list = List::read(opened.session().mandate(), given, skip_unfit)?;
    work::lock_claims(opened.session(), period, &list.named()).await?;
    let mut change = opened.lock().await?;
    let read = Read::of(change.session(), &mut list, period).await?;
    list.sift(|item| text_mistakes(&[ITEMS, &item.index, "reason"], item.reason));
    let codes = list.fit.iter().map(Item::code);
    let of = Subjects::of(codes.map(|code| (code, read.period.key.as_str())));
    let filled_in = repo::filled_in_by_caller(change.session(), &change.permit, &of).await?;
    list.sift_by_event(&read, |item, history| {
        let claimant = read.claimant(history);
        match item.reason {
            Some(_) => Event::Return(claimant),
            None => Event::Confirm {
                claimant,
                has_filled_in: filled_in.contains(&read.subject(item)),
            },
        }
    });
    list.stop()?;
    let items = list.fit.iter();
    let decisions: Vec<Decision<'_>> = items
        .map(|item| Decision {
            permit: &item.permit,
            version: read.version(item),
            returned_for: item.reason,
        })
        .collect();
    let shown = decided_in(&read.period, change.session());
    let entries = append::decisions(&mut change.writer, shown, &decisions).await?;
    let confirmed = list.fit.iter().filter(|item| item.reason.is_none());
    let confirmed: Vec<&str> = confirmed.map(Item::code).collect();
    if !confirmed.is_empty() {
        let concerned = Concerned::municipalities(confirmed).in_period(read.period.key.as_str());
        judge_anew(&mut change.writer, &concerned).await?;
    }
    let outcome = read.outcome(&mut list, &entries);
    change.seal(request, outcome.to_text()).await?;
    Ok(outcome)
}
