//! `endorseEdition`: how an edition of the framework counts and goes.
//!
//! Endorsing an edition is VNG's decision; whether the term of months is endorsed with it is a
//! decision of its own, because only an endorsed term may be told in public. An edition that it
//! takes the place of retires with it, once no period under it is to come or open.

use async_graphql::InputObject;
use database::{DbError, Session};
use entity::framework_edition;

use super::{
    errors::{FrameworkEditionError, FrameworkEditionErrorCode as Code},
    repo::{self, NewState},
    schema::FrameworkEdition,
};
use domain::{mistake::Mistake, policy};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};
use ledger::judge::{Concerned, judge_anew};

/// An edition to endorse. NL: vast te stellen editie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct EndorseEditionInput {
    /// The code of the edition. NL: editie.
    edition: String,
    /// Whether the term of months after which a policy must be renewed is endorsed too; only then
    /// may a policy be called overdue by it in public. NL: termijn vastgesteld.
    norm_endorsed: bool,
    /// Codes of editions that retire with it. NL: vervallen edities.
    #[graphql(default)]
    retires: Vec<String>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of an endorsement. NL: resultaat.
    EndorseEditionPayload {
        /// The edition; null when it was not endorsed. NL: editie.
        edition: FrameworkEdition,
        /// What to repair; empty when it was endorsed. NL: fouten.
        errors: FrameworkEditionError,
    }
}

/// Why an edition cannot be endorsed as the input says.
fn edition_mistake(
    input: &EndorseEditionInput,
    edition: Option<&framework_edition::Model>,
) -> Option<Mistake<Code>> {
    let (code, field, nl, en) = match edition {
        None => (
            Code::UnknownEdition,
            "edition",
            "Deze editie is niet bekend.",
            "This edition is not known.",
        ),
        Some(row) if row.state == "RETIRED" => (
            Code::EditionRetired,
            "edition",
            "Deze editie is vervallen.",
            "This edition is retired.",
        ),
        Some(row) if row.norm_endorsed && !input.norm_endorsed => (
            Code::NormStaysEndorsed,
            "normEndorsed",
            "De termijn is al vastgesteld en blijft dat.",
            "The term is endorsed already and stays so.",
        ),
        Some(row) if row.state == "ENDORSED" && row.norm_endorsed == input.norm_endorsed => (
            Code::AlreadyEndorsed,
            "edition",
            "Deze editie is al vastgesteld.",
            "This edition is endorsed already.",
        ),
        Some(_) => return None,
    };
    Some(Mistake::at(code, &[field], nl, en))
}

/// The editions that retire with an endorsement; what speaks against it are mistakes.
async fn find_retiring(
    session: &Session,
    input: &EndorseEditionInput,
    mistakes: &mut Vec<Mistake<Code>>,
) -> Result<Vec<framework_edition::Model>, DbError> {
    let mut retiring = Vec::new();
    for (i, code) in input.retires.iter().enumerate() {
        let mut wrong = |error, nl: &str, en: &str| {
            mistakes.push(Mistake::at(error, &["retires", &i.to_string()], nl, en));
        };
        if *code == input.edition {
            wrong(
                Code::ReplacesItself,
                "Een editie komt niet in de plaats van zichzelf.",
                "An edition does not take the place of itself.",
            );
            continue;
        }
        match repo::find_edition(session, code).await? {
            None => wrong(
                Code::UnknownEdition,
                "Deze editie is niet bekend.",
                "This edition is not known.",
            ),
            Some(row) if row.state == "RETIRED" => wrong(
                Code::EditionRetired,
                "Deze editie is al vervallen.",
                "This edition is retired already.",
            ),
            Some(row) => {
                if repo::has_open_period(session, code, session.today()).await? {
                    wrong(
                        Code::PeriodNotClosed,
                        "Onder deze editie is nog een periode open of gepland.",
                        "A period under this edition is still open or to come.",
                    );
                }
                retiring.push(row);
            }
        }
    }
    Ok(retiring)
}

/// Endorses an edition; gives its code.
pub(super) async fn endorse(
    request: &RequestContext,
    input: &EndorseEditionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("endorseEdition", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let session = change.session();
    let edition = repo::find_edition(session, &input.edition).await?;
    let mut mistakes = Vec::from_iter(edition_mistake(input, edition.as_ref()));
    let retiring = find_retiring(session, input, &mut mistakes).await?;
    stop_at(mistakes)?;
    if let Some(row) = edition {
        let state = NewState::Endorsed {
            norm_endorsed: input.norm_endorsed,
        };
        repo::append_state(&mut change.writer, &change.permit, &row, state).await?;
    }
    for row in retiring {
        repo::append_state(&mut change.writer, &change.permit, &row, NewState::Retired).await?;
    }
    // Whether the criteria are provisional stands in the grounds of every verdict under them.
    judge_anew(&mut change.writer, &Concerned::everyone()).await?;
    Ok(change.seal(request, input.edition.as_str()).await?)
}
