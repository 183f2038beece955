//! `recordPolicy`.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    mistake::{Mistake, key_mistake, text_mistakes, version_mistake},
    policies::codes::PolicyLevel,
    policy::{self, Place, Rule},
};
use entity::policy_document;
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

/// A policy document to record: an optional member that is left out stays as it is, and null says
/// that it is not known. NL: vast te leggen beleid.
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
    area_name: Member<String>,
    /// The last day by the end that the document prints; null when none is printed. From 1950-01-01
    /// to 2099-12-31. NL: laatste dag.
    last_day: Member<Date>,
    /// The period or end as printed, as in `2023-2026`, at most 200 characters. NL: looptijd zoals
    /// gedrukt.
    period_text: Member<String>,
    /// The day of its last revision. From 1950-01-01 to 2099-12-31. NL: herzien op.
    revised_on: Member<Date>,
    /// The official publication, as in `CVDR716097`, at most 200 characters. NL: kenmerk.
    reference: Member<String>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the policy that you saw last; null or left out when you saw none, for a new
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

impl RecordPolicyInput {
    /// The input with what it leaves out as the policy has it. The name of the area belongs to the
    /// place, so it does not outlive a change of place.
    fn beside(&self, before: Option<&policy_document::Model>, place: &Place) -> Self {
        let mut input = self.clone();
        if let Some(row) = before {
            let is_same = row.municipality.as_deref() == place.municipality()
                && row.area.as_deref() == place.area();
            input
                .area_name
                .keep(row.area_name.clone().filter(|_| is_same));
            input.last_day.keep(row.ends_on.map(Date));
            input.period_text.keep(row.ends_on_text.clone());
            input.revised_on.keep(row.revised_on.map(Date));
            input.reference.keep(row.reference.clone());
        }
        input
    }
}

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
    let input = &input.beside(before.as_ref(), &place);
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
    let area_name = match (input.area_name.value(), place.area()) {
        (Some(name), _) => Some(name.clone()),
        (None, Some(area)) => repo::area_name(session, area).await?,
        (None, None) => None,
    };
    let new = NewPolicy {
        key: input.key.clone(),
        title: input.title.clone(),
        level: input.level.code(),
        area_name,
        ends_on: input.last_day.day(),
        ends_on_text: input.period_text.value().cloned(),
        revised_on: input.revised_on.day(),
        reference: input.reference.value().cloned(),
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
    for (field, text, longest) in [
        ("title", Some(input.title.as_str()), LONGEST_TITLE),
        ("areaName", input.area_name.text(), LONGEST_NAME),
        ("periodText", input.period_text.text(), LONGEST_NAME),
        ("reference", input.reference.text(), LONGEST_NAME),
    ] {
        mistakes.extend(text_mistakes(&[field], text, longest, Code::TextLength));
    }
    let (revised_on, ends_on) = (input.revised_on.value(), input.last_day.value());
    if revised_on.is_some_and(|on| *on > today) {
        mistakes.push(Mistake::at(
            Code::DateInFuture,
            &["revisedOn"],
            "De herziening ligt in de toekomst.",
            "The revision is after today.",
        ));
    }
    let days = revised_on.zip(ends_on);
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
