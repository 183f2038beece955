//! `assignFunction`: who fills a function, an organisation or a team and never a person.

use async_graphql::InputObject;
use domain::{
    code_list::from_code,
    guidance::codes::{AssignmentAnswer, FunctionCode},
    mistake::{Mistake, key_mistake, text_mistakes, version_mistake},
    personal_data::sign_of_a_person,
    policy::{self, Place, Rule},
};
use entity::function_assignment;
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    date::Date,
    member::Member,
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

/// Who fills a function: an optional member that is left out stays as it is, and null says that it
/// is not known. NL: vast te leggen invulling.
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
    partner: Member<String>,
    /// The first day on which it holds; null when the source prints none. From 1950-01-01 to
    /// 2099-12-31. NL: vanaf.
    from: Member<Date>,
    /// The first day on which it no longer holds; null when no end is known. From 1950-01-01 to
    /// 2099-12-31. NL: tot.
    until: Member<Date>,
    /// Whether whoever fills it was trained; UNKNOWN when nobody says. NL: getraind.
    trained: Member<Coded<AssignmentAnswer>>,
    /// Whether there are enough hours for it; UNKNOWN when nobody says. NL: voldoende uren.
    enough_time: Member<Coded<AssignmentAnswer>>,
    /// The words of the source, in Dutch, at most 1,000 characters. NL: tekst van de bron.
    text: String,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the assignment that you saw last; null or left out when you saw none, for a
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

impl AssignFunctionInput {
    /// The input with what it leaves out as the assignment has it.
    fn beside(&self, before: Option<&function_assignment::Model>) -> Self {
        let mut input = self.clone();
        if let Some(row) = before {
            input.partner.keep(row.partner.clone());
            input.from.keep(row.valid_from.map(Date));
            input.until.keep(row.valid_to.map(Date));
            input.trained.keep(from_code(&row.trained).map(Coded));
            input
                .enough_time
                .keep(from_code(&row.enough_time).map(Coded));
        }
        input
    }
}

/// The answer that was given or kept; nobody says when it is neither.
fn answer_code(member: &Member<Coded<AssignmentAnswer>>) -> &'static str {
    let answer = member.value().map(|answer| answer.0);
    answer.unwrap_or(AssignmentAnswer::Unknown).code()
}

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
    let input = &input.beside(before.as_ref());
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
        partner: input.partner.value().cloned(),
        from: input.from.day(),
        until: input.until.day(),
        trained: answer_code(&input.trained),
        enough_time: answer_code(&input.enough_time),
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
    if sign_of_a_person(&input.organisation).is_some() {
        mistakes.push(Mistake::at(
            Code::NamesAPerson,
            &["organisation"],
            "Noem de organisatie of het team, niet de persoon.",
            "Name the organisation or the team, not the person.",
        ));
    }
    let organisation = Some(input.organisation.as_str());
    mistakes.extend(text_mistakes(
        &["organisation"],
        organisation,
        LONGEST_NAME,
        Code::TextLength,
    ));
    let text = Some(input.text.as_str());
    mistakes.extend(text_mistakes(
        &["text"],
        text,
        LONGEST_TEXT,
        Code::TextLength,
    ));
    let days = input.from.day().zip(input.until.day());
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
    let day = input.from.day();
    let day = day.unwrap_or(session.today());
    let mut mistakes = Vec::new();
    mistakes.extend(
        input
            .place
            .mistakes(session, place, day, Code::UnknownPlace)
            .await?,
    );
    if let Some(partner) = input.partner.value()
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
