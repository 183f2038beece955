//! `respondToVerdict`: what a municipality says, to be printed beside its verdict.

use async_graphql::InputObject;

use super::{
    append,
    errors::{PublicationError, PublicationErrorCode as Code},
    may, repo,
    schema::Publication,
};
use domain::{
    mistake::{Mistake, text_mistakes},
    policy,
    territory::MunicipalityCode,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};

/// Characters that a response may have.
const LONGEST_RESPONSE: usize = 2000;

/// A response to a verdict that is to be published. NL: reactie op een te publiceren oordeel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RespondToVerdictInput {
    /// The key of the publication. NL: publicatie.
    publication: String,
    /// The CBS code of your municipality. NL: gemeentecode.
    municipality: String,
    /// What is printed beside the verdict, verbatim, at most 2,000 characters; no names of people.
    /// It takes the place of what you said before. NL: reactie.
    text: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a response. NL: resultaat.
    RespondToVerdictPayload {
        /// The publication with your verdict and your response; null when the response was not
        /// kept. NL: publicatie.
        publication: Publication,
        /// What to repair; empty when it was kept. NL: fouten.
        errors: PublicationError,
    }
}

/// Keeps a response; gives the key of the publication.
pub(super) async fn respond(
    request: &RequestContext,
    input: &RespondToVerdictInput,
) -> Result<String, Stopped<Code>> {
    let Some(municipality) = MunicipalityCode::parse(&input.municipality) else {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::UnknownMunicipality,
            &["municipality"],
            format!("Er is geen gemeente {:?}.", input.municipality),
            format!("There is no municipality {:?}.", input.municipality),
        )]));
    };
    let call = Call::of("respondToVerdict", &input.idempotency_key, input);
    let may = |mandate: &policy::Mandate| policy::may_respond(mandate, &municipality);
    let mut change = Change::begin(request, call, may).await?;
    let mut mistakes = text_mistakes(
        &["text"],
        Some(&input.text),
        LONGEST_RESPONSE,
        Code::TextLength,
    );
    let session = change.session();
    let scope = policy::publications(session.mandate());
    let found = repo::find(session, &scope, &input.publication).await?;
    let mut named = None;
    if let Some(row) = found {
        let verdicts = repo::verdicts(session, &scope, &row).await?;
        let is_named = verdicts
            .iter()
            .any(|verdict| verdict.municipality == municipality.as_str());
        named = Some(row).filter(|_| is_named);
    }
    let Some(row) = named else {
        mistakes.push(Mistake::at(
            Code::UnknownPublication,
            &["publication"],
            format!(
                "Er is geen publicatie {:?} waarin deze gemeente staat.",
                input.publication
            ),
            format!(
                "There is no publication {:?} that names this municipality.",
                input.publication
            ),
        ));
        return Err(Stopped::Wrong(mistakes));
    };
    if !may::takes_responses(&row, session.today()) {
        mistakes.push(Mistake::at(
            Code::ResponseTermOver,
            &["publication"],
            "De reactietermijn van deze publicatie is voorbij.",
            "The term to respond to this publication is over.",
        ));
    }
    stop_at(mistakes)?;
    append::append_response(&mut change.writer, &change.permit, &row, &input.text).await?;
    Ok(change.seal(request, row.key).await?)
}
