//! `correctStatusReport`.

use async_graphql::{Enum, InputObject, SimpleObject};

use super::{
    repo,
    report::DelayInput,
    rules::{self, LONGEST_LINE, Said, SaidDelay, Wrong, text_mistakes},
};
use crate::{
    graphql::{
        context::Asking,
        error::Failure,
        payload::{IdempotencyKey, Mistake, key_reused, user_error},
    },
    ledger::{Key, Seen, Writer},
    plan::{rules::ActionStatus, schema::Action},
    policy,
};

/// What can be wrong with a correction. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CorrectStatusReportErrorCode {
    /// There is no closed round of that key. NL: onbekende ronde.
    UnknownRound,
    /// The round tells no status of that action. NL: geen stand.
    NoReport,
    /// A delay without the status IN_PROGRESS_DELAYED. NL: vertraging zonder status.
    DelayWithoutStatus,
    /// The status IN_PROGRESS_DELAYED without a cause, or the word that it is not known. NL: vertraging zonder oorzaak.
    DelayWithoutCause,
    /// A cause is given and called unknown. NL: oorzaak spreekt zichzelf tegen.
    CauseContradicts,
    /// A text is empty or too long. NL: verkeerde lengte.
    TextLength,
    /// A text holds a citizen service number or an e-mail address. NL: persoonsgegevens.
    PersonalData,
    /// The status was corrected since the version that you expected. NL: intussen gewijzigd.
    Conflict,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

impl From<Wrong> for CorrectStatusReportErrorCode {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::DelayWithoutStatus => Self::DelayWithoutStatus,
            Wrong::DelayWithoutCause => Self::DelayWithoutCause,
            Wrong::CauseContradicts => Self::CauseContradicts,
            Wrong::TextLength => Self::TextLength,
            Wrong::PersonalData => Self::PersonalData,
        }
    }
}

user_error! {
    /// A mistake in a correction. NL: fout bij het corrigeren.
    CorrectStatusReportError, CorrectStatusReportErrorCode
}

/// A correction of a status in a closed round: the earlier word stays readable at its own moment. NL: correctie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct CorrectStatusReportInput {
    /// The key of the closed round. NL: monitoringsronde.
    round: String,
    /// The number of the action in the plan of the round. NL: actienummer.
    action: i32,
    /// The status as it should have been. NL: status.
    status: ActionStatus,
    /// Another explanation, at most 4,000 characters; without it the old one stays. NL: toelichting.
    explanation: Option<String>,
    /// The delay; required with the status IN_PROGRESS_DELAYED, and only then. NL: vertraging.
    delay: Option<DelayInput>,
    /// Why it is corrected, at most 500 characters; it is told with the source. NL: reden.
    reason: String,
    /// The ledger number of the status that you saw last. Without it the last word wins. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a correction. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct CorrectStatusReportPayload {
    /// The action, as the corrected round tells of it; null when nothing was corrected. NL: actie.
    pub(super) action: Option<Action>,
    /// What to repair; empty when it was corrected. NL: fouten.
    pub(super) errors: Vec<CorrectStatusReportError>,
}

type Code = CorrectStatusReportErrorCode;

/// Corrects a status; gives the subject, as in `2025-1/2024/17`.
pub(super) async fn correct(
    asking: &Asking,
    input: &CorrectStatusReportInput,
) -> Result<Result<String, Vec<Mistake<Code>>>, Failure> {
    let session = asking.write().await?;
    let permit = policy::may_manage_plan(session.mandate())?;
    let said = Said {
        status: input.status,
        explanation: input.explanation.clone(),
        delay: input.delay.as_ref().map(SaidDelay::from),
    };
    let key = Key::new(
        "correctStatusReport",
        input.idempotency_key.0.clone(),
        &format!(
            "{} {} {said:?} {} {:?}",
            input.round, input.action, input.reason, input.expected_version
        ),
    );
    match key.take(&session).await? {
        Seen::Same(subject) => return Ok(Ok(subject)),
        Seen::Other => return Ok(Err(vec![key_reused(Code::KeyReused)])),
        Seen::New => {}
    }
    let mut writer = Writer::lock(session).await?;
    let mut wrong = rules::mistakes(&said);
    wrong.extend(text_mistakes(
        &["reason"],
        Some(&input.reason),
        LONGEST_LINE,
    ));
    let mut mistakes: Vec<Mistake<Code>> = wrong
        .into_iter()
        .map(|mistake| Mistake {
            code: mistake.code.into(),
            field: mistake.field,
            message: mistake.message,
        })
        .collect();
    let round = repo::find_round(writer.session(), &input.round).await?;
    let closed = round.filter(|round| round.state == "CLOSED");
    let before = match &closed {
        Some(round) => {
            repo::find_status(writer.session(), &round.key, &round.plan, input.action).await?
        }
        None => None,
    };
    match (&closed, &before) {
        (None, _) => mistakes.push(Mistake::at(
            Code::UnknownRound,
            &["round"],
            "Er is geen gesloten ronde met deze sleutel.",
            "There is no closed round of this key.",
        )),
        (Some(_), None) => mistakes.push(Mistake::at(
            Code::NoReport,
            &["action"],
            "Deze ronde meldt van deze actie geen stand.",
            "This round tells no status of this action.",
        )),
        (Some(_), Some(before)) => {
            let version = before.ledger_no;
            if input
                .expected_version
                .is_some_and(|expected| expected != version)
            {
                mistakes.push(Mistake::at(
                    Code::Conflict,
                    &["expectedVersion"],
                    "Deze stand is intussen gecorrigeerd.",
                    "This status was corrected in the meantime.",
                ));
            }
        }
    }
    let Some(before) = before.filter(|_| mistakes.is_empty()) else {
        return Ok(Err(mistakes));
    };
    let subject =
        repo::append_correction(&mut writer, &permit, &before, &said, &input.reason).await?;
    key.keep(writer.session(), &subject).await?;
    asking.count_written(writer.session().statements());
    writer.commit().await?;
    Ok(Ok(subject))
}
