//! `recordAdoption`: a plan counts for a municipality only from its own decision.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    code_list::from_code,
    mistake::{Mistake, TextCodes, text_mistakes, version_mistake},
    policies::codes::AdoptionBody,
    policy,
    territory::MunicipalityCode,
};
use entity::policy_adoption;
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
    adoption::PolicyAdoption,
    errors::{PolicyError, PolicyErrorCode},
    repo::{self, NewAdoption},
};
use crate::{
    sources::input::{SourceInput, source_mistakes},
    territory::{input::unknown_municipality, repo::municipality_exists},
};
use ledger::judge::{Concerned, judge_anew};

/// Characters of a reference at most.
const LONGEST_REFERENCE: usize = 200;

/// The adoption of a policy by one municipality: an optional member that is left out stays as it
/// is, and null says that it is not known. NL: vast te leggen vaststelling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordAdoptionInput {
    /// The key of the policy document, as in `de-bilt-2024`. NL: beleidsdocument.
    policy: String,
    /// The CBS code of the municipality that decided, as in `GM0402`. NL: gemeente.
    municipality: String,
    /// Who decided; NOT_IN_SOURCE when nobody says. NL: orgaan.
    body: Member<Coded<AdoptionBody>>,
    /// The day of the decision, today or earlier. Without it the framework does not count the
    /// policy as adopted. NL: vastgesteld op.
    adopted_on: Member<Date>,
    /// The first day on which it is in force. NL: inwerkingtreding.
    in_force_on: Member<Date>,
    /// The day of publication. NL: bekendmaking.
    published_on: Member<Date>,
    /// The first day on which the decision no longer holds, as when it was withdrawn. NL:
    /// ingetrokken per.
    until: Member<Date>,
    /// The official publication, as in `gmb-2024-84827`, at most 200 characters. NL: kenmerk.
    reference: Member<String>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `version` of the adoption that you saw last; null or left out when you saw none, for a
    /// new one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of an adoption. NL: resultaat.
    RecordAdoptionPayload {
        /// The adoption; null when it was not recorded. NL: vaststelling.
        adoption: PolicyAdoption,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: PolicyError,
    }
}

type Code = PolicyErrorCode;

impl RecordAdoptionInput {
    /// The input with what it leaves out as the adoption has it.
    fn beside(&self, before: Option<&policy_adoption::Model>) -> Self {
        let mut input = self.clone();
        if let Some(row) = before {
            let body = row.body.as_deref().and_then(from_code);
            input.body.keep(body.map(Coded));
            input.adopted_on.keep(row.adopted_on.map(Date));
            input.in_force_on.keep(row.in_force_on.map(Date));
            input.until.keep(row.valid_to.map(Date));
            input.reference.keep(row.reference.clone());
        }
        input
    }
}

/// Records an adoption and has judged anew whom it concerns; gives the subject, as in
/// `de-bilt-2024/GM0310`.
pub(super) async fn record(
    request: &RequestContext,
    input: &RecordAdoptionInput,
) -> Result<String, Stopped<Code>> {
    let unknown =
        || unknown_municipality(&["municipality"], &input.municipality, Code::UnknownPlace);
    let Some(municipality) = MunicipalityCode::parse(&input.municipality) else {
        return Err(Stopped::Wrong(vec![unknown()]));
    };
    let call = Call::of("recordAdoption", &input.idempotency_key, input);
    let may = |mandate: &policy::Mandate| policy::may_record_adoption(mandate, &municipality);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let own = repo::adoptions_of(session, municipality.as_str()).await?;
    let before = own.into_iter().find(|row| row.policy == input.policy);
    let input = &input.beside(before.as_ref());
    let mut mistakes = mistakes(input, session.today());
    let adopted_on = input.adopted_on.day();
    let day = adopted_on.unwrap_or(session.today());
    if !municipality_exists(session, &municipality, day).await? {
        mistakes.push(unknown());
    }
    if repo::find_document(session, &input.policy).await?.is_none() {
        mistakes.push(Mistake::at(
            Code::UnknownPolicy,
            &["policy"],
            "Dit beleidsdocument is niet bekend; leg het eerst vast met recordPolicy.",
            "This policy document is not known; record it first with recordPolicy.",
        ));
    }
    mistakes.extend(source_mistakes(session, Some(&input.source), Code::UnknownSource).await?);
    let version = before.as_ref().map(|before| before.ledger_no);
    mistakes.extend(version_mistake(
        input.expected_version,
        version,
        Code::Conflict,
    ));
    stop_at(mistakes)?;
    // The publication is kept as it is printed, which need not be a day.
    let published_on = input.published_on.day().map(|day| day.to_string());
    let printed = before.as_ref().filter(|_| input.published_on.is_left_out());
    let printed = printed.and_then(|row| row.published_on_text.clone());
    let new = NewAdoption {
        policy: input.policy.clone(),
        body: input
            .body
            .value()
            .filter(|body| body.0 != AdoptionBody::NotInSource)
            .map(|body| body.code()),
        adopted_on,
        in_force_on: input.in_force_on.day(),
        published_on: published_on.or(printed),
        until: input.until.day(),
        reference: input.reference.value().cloned(),
        source: input.source.pair(),
        corrects: before.map(|before| before.id),
    };
    let subject = repo::append_adoption(&mut change.writer, &change.permit, new).await?;
    let of = Some(municipality.as_str());
    let judged = repo::judged_by(change.session(), &input.policy, of).await?;
    judge_anew(&mut change.writer, &Concerned::municipalities(judged)).await?;
    Ok(change.seal(request, subject).await?)
}

fn mistakes(input: &RecordAdoptionInput, today: NaiveDate) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    let adopted_on = input.adopted_on.day();
    if adopted_on.is_some_and(|on| on > today) {
        mistakes.push(Mistake::at(
            Code::DateInFuture,
            &["adoptedOn"],
            "Een besluit kan niet in de toekomst genomen zijn.",
            "A decision cannot have been taken in the future.",
        ));
    }
    let decided_after = |day: NaiveDate| adopted_on.is_some_and(|on| day < on);
    for (field, day) in [
        ("inForceOn", input.in_force_on.day()),
        ("until", input.until.day()),
    ] {
        if day.is_some_and(decided_after) {
            mistakes.push(Mistake::at(
                Code::DatesOutOfOrder,
                &[field],
                "Deze dag ligt voor het besluit.",
                "This day is before the decision.",
            ));
        }
    }
    let codes = TextCodes::new(Code::TextLength, Code::PersonalData);
    let reference = input.reference.text();
    mistakes.extend(text_mistakes(
        &["reference"],
        reference,
        LONGEST_REFERENCE,
        codes,
    ));
    mistakes
}
