//! `declarePolicyState`: how far a municipality is with its policy, in words that no date can tell.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    mistake::{Mistake, outdated},
    policies::{
        codes::DeclaredPolicyState,
        rules::{self, Dates},
    },
    policy,
    territory::MunicipalityCode,
};
use graphql::{
    change::{Call, Change, Stopped, seen_version, stop_at},
    coded::Coded,
    context::RequestContext,
    date::Date,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

use super::{
    adoption::{MunicipalPolicy, dates},
    errors::{PolicyError, PolicyErrorCode},
    repo::{self, NewDeclaration},
};
use crate::{
    sources::input::{SourceInput, source_mistakes},
    territory::{input::unknown_municipality, repo::municipality_exists},
};
use ledger::judge::{Concerned, judge_anew};

/// How far a municipality is with its policy. A decision taken later, or on the first day, takes
/// its place. NL: verklaring over het beleid.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct DeclarePolicyStateInput {
    /// The CBS code of the municipality, as in `GM0402`. NL: gemeente.
    municipality: String,
    /// What is so. NL: stand.
    state: Coded<DeclaredPolicyState>,
    /// The first day on which it is so, today or earlier; by default today. A word of the same day
    /// is replaced. From 1950-01-01 to 2099-12-31. NL: vanaf.
    from: Option<Date>,
    /// The first day on which it is no longer so; left out, that of the word that is replaced
    /// stays. From 1950-01-01 to 2099-12-31. NL: tot.
    until: Member<Date>,
    /// The document that says so; of the municipality itself its own word suffices. NL: bron.
    source: Option<SourceInput>,
    /// The `declarationLedger` that you saw last; null when you saw none. Left out, the last word
    /// wins. NL: verwachte versie.
    expected_version: Member<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a declaration. NL: resultaat.
    DeclarePolicyStatePayload {
        /// What is registered of the municipality's policy today; null when nothing was declared.
        /// NL: beleid van de gemeente.
        policy: MunicipalPolicy,
        /// What to repair; empty when it was declared. NL: fouten.
        errors: PolicyError,
    }
}

type Code = PolicyErrorCode;

/// Keeps a declaration and has the municipality judged anew, as its own word that it has no policy
/// counts in a verdict; gives the municipality.
pub(super) async fn declare(
    request: &RequestContext,
    input: &DeclarePolicyStateInput,
) -> Result<String, Stopped<Code>> {
    let unknown =
        || unknown_municipality(&["municipality"], &input.municipality, Code::UnknownPlace);
    let Some(municipality) = MunicipalityCode::parse(&input.municipality) else {
        return Err(Stopped::Wrong(vec![unknown()]));
    };
    let is_none = input.state.0 == DeclaredPolicyState::NoneDeclared;
    let call = Call::of("declarePolicyState", &input.idempotency_key, input);
    let may = |mandate: &policy::Mandate| {
        policy::may_declare_policy_state(mandate, &municipality, is_none)
    };
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let from = input.from.map_or(session.today(), NaiveDate::from);
    let words = repo::declarations_of(session, municipality.as_str()).await?;
    let replaced = words.iter().find(|word| word.valid_from == Some(from));
    let until = input
        .until
        .days()
        .or_kept(replaced.and_then(|word| word.valid_to));
    let mut mistakes = Vec::new();
    if !municipality_exists(session, &municipality, from).await? {
        mistakes.push(unknown());
    }
    mistakes.extend(days_mistakes(from, until, session.today()));
    let documents = repo::documents(session).await?;
    let own = repo::adoptions_of(session, municipality.as_str()).await?;
    let own = own.iter().map(|row| {
        let document = documents.iter().find(|document| document.key == row.policy);
        dates(row, document)
    });
    let own: Vec<Dates> = own.collect();
    mistakes.extend(state_mistake(input.state.0, &own, from));
    if input.source.is_none() && !policy::speaks_as_municipality(session.mandate()) {
        mistakes.push(Mistake::at(
            Code::SourceRequired,
            &["source"],
            "Wie dit namens een gemeente opgeeft, noemt de bron.",
            "Who speaks for a municipality names where this stands.",
        ));
    }
    mistakes.extend(source_mistakes(session, input.source.as_ref(), Code::UnknownSource).await?);
    let version = words.iter().map(|word| word.ledger_no).max();
    mistakes.extend(outdated(
        seen_version(&input.expected_version),
        version.unwrap_or_default(),
        Code::Conflict,
    ));
    stop_at(mistakes)?;
    let new = NewDeclaration {
        state: input.state.code(),
        from,
        until,
        source: input.source.as_ref().map(SourceInput::pair),
        corrects: replaced.map(|word| word.id),
    };
    repo::append_declaration(&mut change.writer, &change.permit, new).await?;
    let concerned = Concerned::municipalities([municipality.as_str()]);
    judge_anew(&mut change.writer, &concerned).await?;
    Ok(change.seal(request, municipality.as_str()).await?)
}

fn days_mistakes(
    from: NaiveDate,
    until: Option<NaiveDate>,
    today: NaiveDate,
) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if from > today {
        mistakes.push(Mistake::at(
            Code::DateInFuture,
            &["from"],
            "De opgave kan niet over een dag in de toekomst gaan.",
            "What is not so yet cannot be declared.",
        ));
    }
    if until.is_some_and(|until| until <= from) {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["until"],
            "De einddag moet na de eerste dag liggen.",
            "The end must be after the first day.",
        ));
    }
    mistakes
}

fn state_mistake(
    state: DeclaredPolicyState,
    own: &[Dates],
    from: NaiveDate,
) -> Option<Mistake<Code>> {
    let has_one = rules::has_current(own, from);
    let can_be_renewed = rules::has_adopted(own, from);
    match state {
        DeclaredPolicyState::NoneDeclared | DeclaredPolicyState::InDevelopment if has_one => {
            Some(Mistake::at(
                Code::PolicyIsAdopted,
                &["state"],
                "Er is op die dag vastgesteld beleid; het kan wel geactualiseerd worden \
                 (BEING_UPDATED).",
                "An adopted policy holds on that day; it can be renewed (BEING_UPDATED).",
            ))
        }
        DeclaredPolicyState::BeingUpdated if !can_be_renewed => Some(Mistake::at(
            Code::NothingToUpdate,
            &["state"],
            "Er is geen vastgesteld beleid bekend dat geactualiseerd kan worden.",
            "No adopted policy is known that could be renewed.",
        )),
        DeclaredPolicyState::NoneDeclared
        | DeclaredPolicyState::InDevelopment
        | DeclaredPolicyState::BeingUpdated => None,
    }
}
