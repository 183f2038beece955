//! `answerQuestion`: the municipality, or its region with a mandate, replies to a question of VNG.

use async_graphql::InputObject;

use super::{
    append,
    errors::{AssessmentError, AssessmentErrorCode, text_mistakes},
    history::History,
    schema::Assessment,
    target::{Target, municipality_of, refused},
};
use domain::{
    assessment::life_cycle::{self, Event, Refused},
    policy,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};

/// A reply to a question of VNG. NL: antwoord op een vraag.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct AnswerQuestionInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The number of the question. NL: nummer van de vraag.
    question: i32,
    /// The reply, 1 to 2,000 characters and without personal data. NL: antwoord.
    reply: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a reply. NL: resultaat.
    AnswerQuestionPayload {
        /// The assessment; null when nothing was replied. NL: beoordeling.
        assessment: Assessment,
        /// What to repair; empty when the reply was taken in. NL: fouten.
        errors: AssessmentError,
    }
}

/// Takes in a reply; gives the subject.
pub(super) async fn reply(
    request: &RequestContext,
    input: &AnswerQuestionInput,
) -> Result<String, Stopped<AssessmentErrorCode>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("answerQuestion", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_submit(mandate, &municipality);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let target = Target::find(session, municipality, &input.period).await?;
    let history = History::read(session, target.code(), target.key()).await?;
    stop_at(text_mistakes(&["reply"], Some(&input.reply)))?;
    let open: Vec<i32> = history.open_questions().map(|one| one.number).collect();
    let event = Event::Reply {
        left: open.len().saturating_sub(1),
        in_hand: history.is_in_hand(),
    };
    life_cycle::next(history.state(true), event)
        .and_then(|state| {
            let is_open = open.contains(&input.question);
            is_open.then_some(state).ok_or(Refused::NoOpenQuestion)
        })
        .map_err(|why| Stopped::Wrong(vec![refused(why, &["question"])]))?;
    let (writer, permit, period) = (&mut change.writer, &change.permit, &target.period.key);
    append::reply(writer, permit, period, input.question, &input.reply).await?;
    Ok(change.seal(request, target.subject()).await?)
}
