//! `recordPolicy`.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    mistake::{Mistake, TextCodes, key_mistake, text_mistakes, version_mistake},
    policies::codes::PolicyLevel,
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
    document::PolicyDocument,
    errors::{PolicyError, PolicyErrorCode},
    repo::{self, NewPolicy},
};
use crate::{
    sources::input::{SourceInput, source_mistakes},
    territory::input::PlaceInput,
};
use ledger::judge::{Concerned, judge_anew};

/// Characters of a title at most.
const LONGEST_TITLE: usize = 500;
/// Characters of a name or a reference at most.
const LONGEST_NAME: usize = 200;

/// A policy document to record, whole: what is left out is not known. NL: vast te leggen beleid.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RecordPolicyInput {
    /// The key, a name and a year, as in `hilversum-2026`. NL: sleutel.
    key: String,
    /// Whose it is: the municipality, or the area of a regional plan. NL: van wie.
    place: PlaceInput,
    /// Whose plan it is: LOCAL of a municipality, REGIONAL of an area, JOINT of either. NL: niveau.
    level: Coded<PolicyLevel>,
    /// The title in Dutch, at most 500 characters. NL: titel.
    title: String,
    /// The area of a joint plan as printed, at most 200 characters; of an area its own name by
    /// default. NL: gebied zoals gedrukt.
    area_name: Option<String>,
    /// The last day by the end that the document prints; without it none is printed. NL: laatste
    /// dag.
    last_day: Option<Date>,
    /// The period or end as printed, as in `2023-2026`, at most 200 characters. NL: looptijd zoals
    /// gedrukt.
    period_text: Option<String>,
    /// The day of its last revision. NL: herzien op.
    revised_on: Option<Date>,
    /// The official publication, as in `CVDR716097`, at most 200 characters. NL: kenmerk.
    reference: Option<String>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `version` of the policy that you saw last; null or left out when you saw none, for a new
    /// one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a policy. NL: resultaat.
    RecordPolicyPayload {
        /// The policy; null when it was not recorded. NL: beleidsdocument.
        policy: PolicyDocument,
        /// What to repair; empty when it was recorded. NL: fouten.
        errors: PolicyError,
    }
}

type Code = PolicyErrorCode;

/// Records a policy; gives its key.
pub(super) async fn record(
    request: &RequestContext,
    input: &RecordPolicyInput,
) -> Result<String, Stopped<Code>> {
    let Some(place) = input.place.parse() else {
        return Err(Stopped::Wrong(vec![
            input.place.unknown(Code::UnknownPlace),
        ]));
    };
    let call = Call::of("recordPolicy", &input.idempotency_key, input);
    let may = |mandate: &policy::Mandate| policy::may_record_policy(mandate, &place);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let before = repo::find_document(session, &input.key).await?;
    if let Some(before) = &before {
        let of = Place::of_row(before.municipality.as_deref(), before.area.as_deref());
        policy::may_replace(session.mandate(), Rule::RecordPolicy, of.as_ref())?;
    }
    let mut mistakes = mistakes(input, session.today());
    mistakes.extend(
        input
            .place
            .mistakes(session, &place, session.today(), Code::UnknownPlace)
            .await?,
    );
    mistakes.extend(source_mistakes(session, Some(&input.source), Code::UnknownSource).await?);
    let version = before.as_ref().map(|before| before.ledger_no);
    mistakes.extend(version_mistake(
        input.expected_version,
        version,
        Code::Conflict,
    ));
    stop_at(mistakes)?;
    let area_name = match (&input.area_name, place.area()) {
        (Some(name), _) => Some(name.clone()),
        (None, Some(area)) => repo::area_name(session, area).await?,
        (None, None) => None,
    };
    let new = NewPolicy {
        key: input.key.clone(),
        title: input.title.clone(),
        level: input.level.code(),
        area_name,
        ends_on: input.last_day.map(NaiveDate::from),
        ends_on_text: input.period_text.clone(),
        revised_on: input.revised_on.map(NaiveDate::from),
        reference: input.reference.clone(),
        source: input.source.pair(),
        corrects: before.map(|before| before.id),
    };
    repo::append_policy(&mut change.writer, &change.permit, new).await?;
    let judged = repo::judged_by(change.session(), &input.key, None).await?;
    judge_anew(&mut change.writer, &Concerned::municipalities(judged)).await?;
    Ok(change.seal(request, &input.key).await?)
}

fn mistakes(input: &RecordPolicyInput, today: NaiveDate) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    mistakes.extend(key_mistake("key", &input.key, Code::InvalidKey));
    let fits = match (&input.place, input.level.0) {
        (PlaceInput::Municipality(_), PolicyLevel::Local | PolicyLevel::Joint)
        | (PlaceInput::Area(_), PolicyLevel::Joint | PolicyLevel::Regional) => true,
        (PlaceInput::Municipality(_), PolicyLevel::Regional)
        | (PlaceInput::Area(_), PolicyLevel::Local) => false,
    };
    if !fits {
        mistakes.push(Mistake::at(
            Code::LevelAndPlace,
            &["level"],
            "Lokaal beleid is van een gemeente, regionaal beleid van een gebied.",
            "A local policy is of a municipality, a regional one of an area.",
        ));
    }
    let codes = TextCodes::new(Code::TextLength, Code::PersonalData);
    for (field, text, longest) in [
        ("title", Some(&input.title), LONGEST_TITLE),
        ("areaName", input.area_name.as_ref(), LONGEST_NAME),
        ("periodText", input.period_text.as_ref(), LONGEST_NAME),
        ("reference", input.reference.as_ref(), LONGEST_NAME),
    ] {
        let text = text.map(String::as_str);
        mistakes.extend(text_mistakes(&[field], text, longest, codes));
    }
    if input.revised_on.is_some_and(|on| on > today) {
        mistakes.push(Mistake::at(
            Code::DateInFuture,
            &["revisedOn"],
            "De herziening ligt in de toekomst.",
            "The revision is after today.",
        ));
    }
    let days = input
        .revised_on
        .map(NaiveDate::from)
        .zip(input.last_day.map(NaiveDate::from));
    if days.is_some_and(|(revised_on, ends_on)| ends_on < revised_on) {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["revisedOn"],
            "De herziening ligt na de einddatum.",
            "The revision is after the end.",
        ));
    }
    mistakes
}
