//! `recordAdoption`: a plan counts for a municipality only from its own decision.

use async_graphql::InputObject;
use chrono::NaiveDate;
use database::{DbError, Session};
use domain::{
    code_list::from_code,
    mistake::{Mistake, text_mistakes, version_mistake},
    policies::codes::AdoptionBody,
    policy::{self, MayRecordAdoption},
    territory::MunicipalityCode,
};
use entity::policy_adoption;
use graphql::{
    change::{Call, Change, Stopped},
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
use ledger::{
    Writer,
    judge::{Concerned, judge_anew},
};

/// Characters of a reference at most.
const LONGEST_REFERENCE: usize = 200;

/// A decision of one municipality to adopt a policy: an optional member that is left out stays as
/// it is, and null says that it is not known. NL: vaststellingsbesluit.
#[derive(InputObject, Debug, Clone)]
pub struct AdoptionInput {
    /// The key of the policy document, as in `de-bilt-2024`. NL: beleidsdocument.
    policy: String,
    /// Who decided; NOT_IN_SOURCE when nobody says. NL: orgaan.
    body: Member<Coded<AdoptionBody>>,
    /// The day of the decision, today or earlier. Without it the framework cannot tell whether the
    /// policy is adopted. From 1950-01-01 to 2099-12-31. NL: vastgesteld op.
    adopted_on: Member<Date>,
    /// The first day on which it is in force. From 1950-01-01 to 2099-12-31. NL: inwerkingtreding.
    in_force_on: Member<Date>,
    /// The day of publication. From 1950-01-01 to 2099-12-31. NL: bekendmaking.
    published_on: Member<Date>,
    /// The first day on which the decision no longer holds, as when it was withdrawn. From
    /// 1950-01-01 to 2099-12-31. NL: ingetrokken per.
    until: Member<Date>,
    /// The official publication, as in `gmb-2024-84827`, at most 200 characters. NL: kenmerk.
    reference: Member<String>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the adoption that you saw last; null or left out when you saw none, for a
    /// new one. NL: verwachte versie.
    expected_version: Option<i64>,
}

/// The adoption of a policy by one municipality: an optional member that is left out stays as it
/// is, and null says that it is not known. NL: vast te leggen vaststelling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordAdoptionInput {
    /// The CBS code of the municipality that decided, as in `GM0402`. NL: gemeente.
    municipality: String,
    #[graphql(flatten)]
    adoption: AdoptionInput,
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

impl AdoptionInput {
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

/// What can be wrong with an adoption to record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdoptionMistake {
    /// There is no such municipality on the day of the decision.
    UnknownPlace,
    /// There is no policy document of that key.
    UnknownPolicy,
    /// The day of the decision is after today.
    DateInFuture,
    /// A day that follows on the decision is before it.
    DatesOutOfOrder,
    /// The reference is empty or too long.
    TextLength,
    /// There is no source document of that key, or the place in it is no place.
    UnknownSource,
    /// It is recorded already, or was changed since the version that was seen.
    Conflict,
}

impl From<AdoptionMistake> for PolicyErrorCode {
    fn from(mistake: AdoptionMistake) -> Self {
        match mistake {
            AdoptionMistake::UnknownPlace => Self::UnknownPlace,
            AdoptionMistake::UnknownPolicy => Self::UnknownPolicy,
            AdoptionMistake::DateInFuture => Self::DateInFuture,
            AdoptionMistake::DatesOutOfOrder => Self::DatesOutOfOrder,
            AdoptionMistake::TextLength => Self::TextLength,
            AdoptionMistake::UnknownSource => Self::UnknownSource,
            AdoptionMistake::Conflict => Self::Conflict,
        }
    }
}

/// An adoption in which nothing is wrong.
#[derive(Debug, Clone)]
pub struct Checked(NewAdoption);

/// Records an adoption and has judged anew whom it concerns; gives the subject, as in
/// `de-bilt-2024/GM0310`.
pub(super) async fn record(
    request: &RequestContext,
    input: &RecordAdoptionInput,
) -> Result<String, Stopped<Code>> {
    let Some(municipality) = MunicipalityCode::parse(&input.municipality) else {
        let unknown = unknown_place(&input.municipality).into_code();
        return Err(Stopped::Wrong(vec![unknown]));
    };
    let call = Call::of("recordAdoption", &input.idempotency_key, input);
    let may = |mandate: &policy::Mandate| policy::may_record_adoption(mandate, &municipality);
    let mut change = Change::begin(request, call, may).await?;
    let checked = match check(change.session(), &municipality, &input.adoption).await? {
        Ok(checked) => checked,
        Err(mistakes) => {
            let mistakes = mistakes.into_iter().map(Mistake::into_code);
            return Err(Stopped::Wrong(mistakes.collect()));
        }
    };
    let permit = &change.permit;
    let Appended { subject, concerned } = append(&mut change.writer, permit, checked).await?;
    judge_anew(&mut change.writer, &concerned).await?;
    Ok(change.seal(request, subject).await?)
}

fn unknown_place(municipality: &str) -> Mistake<AdoptionMistake> {
    unknown_municipality(
        &["municipality"],
        municipality,
        AdoptionMistake::UnknownPlace,
    )
}

/// Checks an adoption of a municipality, every mistake at once; their places are within the
/// adoption.
pub async fn check(
    session: &Session,
    municipality: &MunicipalityCode,
    input: &AdoptionInput,
) -> Result<Result<Checked, Vec<Mistake<AdoptionMistake>>>, DbError> {
    let own = repo::adoptions_of(session, municipality.as_str()).await?;
    let before = own.into_iter().find(|row| row.policy == input.policy);
    let input = &input.beside(before.as_ref());
    let mut mistakes = mistakes(input, session.today());
    let adopted_on = input.adopted_on.day();
    let day = adopted_on.unwrap_or(session.today());
    if !municipality_exists(session, municipality, day).await? {
        mistakes.push(unknown_place(municipality.as_str()));
    }
    if repo::find_document(session, &input.policy).await?.is_none() {
        mistakes.push(Mistake::at(
            AdoptionMistake::UnknownPolicy,
            &["policy"],
            "Dit beleidsdocument is niet bekend; leg het eerst vast met recordPolicy.",
            "This policy document is not known; record it first with recordPolicy.",
        ));
    }
    let unknown = AdoptionMistake::UnknownSource;
    mistakes.extend(source_mistakes(session, Some(&input.source), unknown).await?);
    let version = before.as_ref().map(|before| before.ledger_no);
    mistakes.extend(version_mistake(
        input.expected_version,
        version,
        AdoptionMistake::Conflict,
    ));
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    // The publication is kept as it is printed, which need not be a day.
    let published_on = input.published_on.day().map(|day| day.to_string());
    let printed = before.as_ref().filter(|_| input.published_on.is_left_out());
    let printed = printed.and_then(|row| row.published_on_text.clone());
    Ok(Ok(Checked(NewAdoption {
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
    })))
}

/// An adoption that was recorded.
#[derive(Debug)]
pub struct Appended {
    /// The subject, as in `de-bilt-2024/GM0310`.
    pub subject: String,
    /// Whom to judge anew.
    pub concerned: Concerned,
}

/// Records an adoption of the municipality of the permit, under an entry of its own.
pub async fn append(
    writer: &mut Writer,
    permit: &MayRecordAdoption,
    checked: Checked,
) -> Result<Appended, DbError> {
    let Checked(new) = checked;
    let policy = new.policy.clone();
    let subject = repo::append_adoption(writer, permit, new).await?;
    let of = Some(permit.municipality().as_str());
    let judged = repo::judged_by(writer.session(), &policy, of).await?;
    Ok(Appended {
        subject,
        concerned: Concerned::municipalities(judged),
    })
}

fn mistakes(input: &AdoptionInput, today: NaiveDate) -> Vec<Mistake<AdoptionMistake>> {
    let mut mistakes = Vec::new();
    let adopted_on = input.adopted_on.day();
    if adopted_on.is_some_and(|on| on > today) {
        mistakes.push(Mistake::at(
            AdoptionMistake::DateInFuture,
            &["adoptedOn"],
            "Een besluit kan niet in de toekomst genomen zijn.",
            "A decision cannot have been taken in the future.",
        ));
    }
    let decided_after = |day: NaiveDate| adopted_on.is_some_and(|on| day < on);
    let (in_force_on, until) = (input.in_force_on.day(), input.until.day());
    for (field, day) in [("inForceOn", in_force_on), ("until", until)] {
        if day.is_some_and(decided_after) {
            mistakes.push(Mistake::at(
                AdoptionMistake::DatesOutOfOrder,
                &[field],
                "Deze dag ligt voor het besluit.",
                "This day is before the decision.",
            ));
        }
    }
    let reference = input.reference.text();
    mistakes.extend(text_mistakes(
        &["reference"],
        reference,
        LONGEST_REFERENCE,
        AdoptionMistake::TextLength,
    ));
    mistakes
}
