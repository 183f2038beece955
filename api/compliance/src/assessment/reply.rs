//! `answerQuestion`: the municipality, or its region with a mandate, replies to a question of VNG.

use async_graphql::{Enum, InputObject, SimpleObject};

use super::{
    append,
    history::History,
    schema::Assessment,
    submit::LONGEST_REASON,
    target::{municipality_of, refusal_codes, refused, target, target_codes},
};
use domain::{
    assessment::life_cycle::{self, Event, Refused},
    mistake::text_mistakes,
    policy,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};

/// What can be wrong with a reply. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerQuestionErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// Nothing was submitted. NL: niets ingediend.
    NothingSubmitted,
    /// The latest version is decided. NL: al beslist.
    AlreadyDecided,
    /// The latest version is withdrawn. NL: ingetrokken.
    Withdrawn,
    /// No question of this number about the latest version is open. NL: geen open vraag.
    NoOpenQuestion,
    /// The reply is empty or longer than 2,000 characters. NL: verkeerde lengte.
    ReplyLength,
    /// The reply holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

target_codes!(AnswerQuestionErrorCode);
refusal_codes!(AnswerQuestionErrorCode: NothingSubmitted, AlreadyDecided, Withdrawn, NoOpenQuestion);

user_error! {
    /// A mistake in a reply. NL: fout bij het beantwoorden.
    AnswerQuestionError, AnswerQuestionErrorCode
}

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

/// What became of a reply. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct AnswerQuestionPayload {
    /// The assessment; null when nothing was replied. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// What to repair; empty when the reply was taken in. NL: fouten.
    pub(super) errors: Vec<AnswerQuestionError>,
}

type Code = AnswerQuestionErrorCode;

/// Takes in a reply; gives the subject.
pub(super) async fn reply(
    request: &RequestContext,
    input: &AnswerQuestionInput,
) -> Result<String, Stopped<Code>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("answerQuestion", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, |mandate| {
        policy::may_submit(mandate, &municipality)
    })
    .await?;
    let target = target(change.session(), municipality, &input.period).await?;
    let (code, period) = (target.municipality.as_str(), target.period.as_str());
    let history = History::read(change.session(), code, period).await?;
    let codes = (Code::ReplyLength, Code::PersonalData);
    let text = Some(input.reply.as_str());
    stop_at(text_mistakes(&["reply"], text, LONGEST_REASON, codes))?;
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
        .map_err(|why| refused(why, &["question"]))?;
    let question = (&target.period, input.question);
    append::reply(&mut change.writer, &change.permit, question, &input.reply).await?;
    Ok(change.seal(request, target.subject()).await?)
}
