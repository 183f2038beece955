//! `assignFunction`: who fills a function, an organisation or a team and never a person.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    guidance::{
        codes::{AssignmentAnswer, FunctionCode},
        rules::names_a_person,
    },
    mistake::{Mistake, TextCodes, key_mistake, text_mistakes, version_mistake},
    policy::{self, Place, Rule},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    date::Date,
    payload,
    payload::IdempotencyKey,
};

use super::{
    errors::{FunctionError, FunctionErrorCode},
    functions::FunctionAssignment,
    repo::{self, NewAssignment},
};
use crate::{
    sources::input::{SourceInput, source_mistakes},
    territory::input::PlaceInput,
};
use database::{DbError, Session};

/// Characters of the name of an organisation at most.
const LONGEST_NAME: usize = 200;
/// Characters of the words of the source at most.
const LONGEST_TEXT: usize = 1000;

/// Who fills a function, whole: what is left out is not known. NL: vast te leggen invulling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct AssignFunctionInput {
    /// The key of the assignment, as in `designated-officer-hilversum`. NL: sleutel.
    key: String,
    /// The function. NL: functie.
    role: Coded<FunctionCode>,
    /// For whom: a municipality, or an area and all its members. NL: voor wie.
    place: PlaceInput,
    /// The organisation or team that fills it, at most 200 characters; never a person. NL:
    /// organisatie.
    organisation: String,
    /// That organisation as a partner, by key. NL: partner.
    partner: Option<String>,
    /// The first day on which it holds; without it the source prints none. NL: vanaf.
    from: Option<Date>,
    /// The first day on which it no longer holds; without it no end is known. NL:
    /// tot.
    until: Option<Date>,
    /// Whether whoever fills it was trained. NL: getraind.
    #[graphql(default_with = "Coded(AssignmentAnswer::Unknown)")]
    trained: Coded<AssignmentAnswer>,
    /// Whether there are enough hours for it. NL: voldoende uren.
    #[graphql(default_with = "Coded(AssignmentAnswer::Unknown)")]
    enough_time: Coded<AssignmentAnswer>,
    /// The words of the source, in Dutch, at most 1,000 characters. NL: tekst van de bron.
    text: String,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `version` of the assignment that you saw last; null or left out when you saw none, for a
    /// new one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of an assignment. NL: resultaat.
    AssignFunctionPayload {
        /// The assignment; null when it was not recorded. NL: invulling.
        assignment: FunctionAssignment,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: FunctionError,
    }
}

type Code = FunctionErrorCode;

/// Records an assignment; gives its key.
pub(super) async fn assign(
    request: &RequestContext,
    input: &AssignFunctionInput,
) -> Result<String, Stopped<Code>> {
    let Some(place) = input.place.parse() else {
        return Err(Stopped::Wrong(vec![
            input.place.unknown(Code::UnknownPlace),
        ]));
    };
    let call = Call::of("assignFunction", &input.idempotency_key, input);
    let may = |mandate: &policy::Mandate| policy::may_assign_function(mandate, &place);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let before = repo::find_assignment(session, &input.key).await?;
    if let Some(before) = &before {
        let of = Place::of_row(before.municipality.as_deref(), before.area.as_deref());
        policy::may_replace(session.mandate(), Rule::AssignFunction, of.as_ref())?;
    }
    let mut mistakes = text_and_days(input);
    mistakes.extend(unknowns(session, input, &place).await?);
    let version = before.as_ref().map(|before| before.ledger_no);
    mistakes.extend(version_mistake(
        input.expected_version,
        version,
        Code::Conflict,
    ));
    stop_at(mistakes)?;
    let new = NewAssignment {
        key: input.key.clone(),
        role: input.role.code(),
        organisation: input.organisation.clone(),
        partner: input.partner.clone(),
        from: input.from.map(NaiveDate::from),
        until: input.until.map(NaiveDate::from),
        trained: input.trained.code(),
        enough_time: input.enough_time.code(),
        text: input.text.clone(),
        source: input.source.pair(),
        corrects: before.map(|before| before.id),
    };
    repo::append_assignment(&mut change.writer, &change.permit, new).await?;
    Ok(change.seal(request, &input.key).await?)
}

fn text_and_days(input: &AssignFunctionInput) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    mistakes.extend(key_mistake("key", &input.key, Code::InvalidKey));
    if names_a_person(&input.organisation) {
        mistakes.push(Mistake::at(
            Code::NamesAPerson,
            &["organisation"],
            "Noem de organisatie of het team, niet de persoon.",
            "Name the organisation or the team, not the person.",
        ));
    }
    let codes = TextCodes::new(Code::TextLength, Code::PersonalData);
    let organisation = Some(input.organisation.as_str());
    mistakes.extend(text_mistakes(
        &["organisation"],
        organisation,
        LONGEST_NAME,
        codes,
    ));
    let text = Some(input.text.as_str());
    mistakes.extend(text_mistakes(&["text"], text, LONGEST_TEXT, codes));
    let days = input
        .from
        .map(NaiveDate::from)
        .zip(input.until.map(NaiveDate::from));
    if days.is_some_and(|(from, until)| until <= from) {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["until"],
            "De einddag moet na de eerste dag liggen.",
            "The end must be after the first day.",
        ));
    }
    mistakes
}

async fn unknowns(
    session: &Session,
    input: &AssignFunctionInput,
    place: &Place,
) -> Result<Vec<Mistake<Code>>, DbError> {
    let day = input.from.map_or(session.today(), NaiveDate::from);
    let mut mistakes = Vec::new();
    mistakes.extend(
        input
            .place
            .mistakes(session, place, day, Code::UnknownPlace)
            .await?,
    );
    if let Some(partner) = &input.partner
        && !repo::partner_exists(session, partner).await?
    {
        mistakes.push(Mistake::at(
            Code::UnknownPartner,
            &["partner"],
            "Deze partner is niet bekend.",
            "This partner is not known.",
        ));
    }
    mistakes.extend(source_mistakes(session, Some(&input.source), Code::UnknownSource).await?);
    Ok(mistakes)
}
