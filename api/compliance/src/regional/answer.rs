//! `submitRegionalAnswer`.

use async_graphql::InputObject;
use chrono::NaiveDate;

use super::{
    errors::{RegionalAnswerError, RegionalAnswerErrorCode as Code},
    repo::{self, AnswerRow, AnswersOf, NewAnswer},
    schema::RegionalAnswer,
};
use crate::{assessment::evidence_schema::EvidenceInput, framework};
use database::{DbError, Session};
use domain::{
    assessment::evidence::{self, Evidence, GivenEvidence},
    mistake::{Mistake, outdated},
    policy::{self, Denied, Mandate, MayKeepRegional, Rule},
    regional::rules::{self, RegionalStatement},
    territory::AreaCode,
    verdict::rules::{AnswerValue, CriterionRule, EditionState},
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
use ledger::judge::{Concerned, inputs, judge_anew};

/// An answer for all members of a region. What is left out stays as the version before has it, and
/// null clears it. NL: regionaal antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct SubmitRegionalAnswerInput {
    /// The code of the area that answers: your own. NL: gebiedscode.
    pub(super) area: String,
    /// The criterion, by its key, as in `VOORSTEL-1/OH-01`, or its code in the edition that is in
    /// use, as in `OH-01`. NL: criterium.
    pub(super) criterion: String,
    /// The answer. NL: antwoord.
    pub(super) answer: Coded<AnswerValue>,
    /// The explanation in Dutch, at most 4,000 characters; no names of people, no cases. NL:
    /// toelichting.
    explanation: Member<String>,
    /// The first day on which it counts. An earlier version counts until the day before. From
    /// 2018-01-01 to 2099-12-31. NL: vanaf.
    pub(super) from: Date,
    /// The first day on which it no longer counts; null for no end. Left out, an end that is still
    /// to come stays. From 2018-01-01 to 2099-12-31. NL: tot.
    pub(super) until: Member<Date>,
    /// All evidence of this version, at most 20 pieces. NL: bewijs.
    evidence: Member<Vec<EvidenceInput>>,
    /// The ledger number of the version that you saw last; null when you saw none. Left out, the
    /// last word wins. NL: verwachte versie.
    expected_version: Member<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a regional answer. NL: resultaat.
    SubmitRegionalAnswerPayload {
        /// The answer; null when it was not taken in. NL: antwoord.
        regional_answer: RegionalAnswer,
        /// What to repair; empty when it was taken in. NL: fouten.
        errors: RegionalAnswerError,
    }
}

/// The permit to keep the answers of the area that an input names. A code that is none is nobody's
/// own.
pub(crate) fn permit(mandate: &Mandate, area: &str) -> Result<MayKeepRegional, Denied> {
    let area = AreaCode::parse(area).ok_or(Denied(Rule::KeepRegional))?;
    policy::may_keep_regional(mandate, &area)
}

/// The key of a criterion that is named by its key, as in `VOORSTEL-1/OH-01`, or by its code in the
/// edition that is in use, as in `OH-01`.
pub(super) async fn criterion_key(session: &Session, named: &str) -> Result<String, DbError> {
    if named.contains('/') {
        return Ok(named.to_owned());
    }
    let edition = framework::repo::edition_in_use(session).await?;
    Ok(match edition {
        Some(edition) => format!("{}/{named}", edition.code),
        None => named.to_owned(),
    })
}

/// The edition and the criterion of a key, in an edition that is in use and whose rules are ours.
pub(super) async fn find_criterion(
    session: &Session,
    key: &str,
) -> Result<Option<(String, CriterionRule)>, DbError> {
    let key = criterion_key(session, key).await?;
    let Some((edition, code)) = key.split_once('/') else {
        return Ok(None);
    };
    let found = inputs::edition(session, edition).await?;
    Ok(found
        .filter(|edition| edition.state != EditionState::Retired)
        .and_then(|edition| {
            let rule = edition.criteria.into_iter().find(|rule| rule.code == code);
            rule.map(|rule| (edition.code, rule))
        }))
}

/// Why no criterion of an edition in use was found under a key.
pub(super) async fn not_found(session: &Session, key: &str) -> Result<Mistake<Code>, DbError> {
    let wrong = |code, nl: String, en: String| Mistake::at(code, &["criterion"], nl, en);
    let key = criterion_key(session, key).await?;
    let Some((edition, code)) = key.split_once('/') else {
        return Ok(wrong(
            Code::EditionNotNamed,
            format!("Noem het criterium met zijn editie, zoals VOORSTEL-1/{key}."),
            format!("Name the criterion with its edition, as in VOORSTEL-1/{key}."),
        ));
    };
    let found = inputs::edition(session, edition).await?;
    Ok(match found {
        None => wrong(
            Code::UnknownCriterion,
            format!("Er is geen editie {edition:?} van het kader."),
            format!("There is no edition {edition:?} of the framework."),
        ),
        Some(found) if found.criteria.iter().any(|rule| rule.code == code) => wrong(
            Code::EditionRetired,
            format!("Criterium {code} hoort bij editie {edition}, die is vervallen."),
            format!("Criterion {code} belongs to edition {edition}, which has been retired."),
        ),
        Some(_) => wrong(
            Code::UnknownCriterion,
            format!("Editie {edition} heeft geen criterium {code:?}."),
            format!("Edition {edition} has no criterion {code:?}."),
        ),
    })
}

/// What an input says, with what it leaves out as the version before has it.
fn statement_beside<'a>(
    input: &'a SubmitRegionalAnswerInput,
    before: Option<&'a AnswerRow>,
) -> RegionalStatement<'a> {
    let ends_later = |day: &NaiveDate| *day > input.from.0;
    let until = before.and_then(|row| row.valid_to).filter(ends_later);
    RegionalStatement {
        answer: input.answer.0,
        explanation: match &input.explanation {
            Member::LeftOut => before.and_then(|row| row.explanation.as_deref()),
            given @ (Member::Null | Member::Value(_)) => given.text(),
        },
        from: input.from.0,
        until: input.until.days().or_kept(until),
    }
}

/// Takes in an answer and judges the members anew.
pub(super) async fn submit(
    request: &RequestContext,
    input: &SubmitRegionalAnswerInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("submitRegionalAnswer", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let Some((edition, rule)) = find_criterion(change.session(), &input.criterion).await? else {
        let mistake = not_found(change.session(), &input.criterion).await?;
        return Err(Stopped::Wrong(vec![mistake]));
    };
    let area = change.permit.area().as_str().to_owned();
    let subject = repo::subject(&area, &edition, &rule.code);
    let scope = policy::regional(change.session().mandate());
    let of = AnswersOf::subject(&area, &subject);
    let versions = repo::answers(change.session(), &scope, of).await?;
    let stated = statement_beside(input, versions.first());
    let mut mistakes: Vec<Mistake<Code>> = rules::mistakes(&stated, &rule)
        .into_iter()
        .map(Mistake::into_code)
        .collect();
    let given = input.evidence.value().into_iter().flatten();
    let given: Vec<GivenEvidence> = given.map(GivenEvidence::from).collect();
    let kinds = framework::repo::criteria(change.session(), &edition).await?;
    let kinds = kinds.into_iter().find(|row| row.code == rule.code);
    let kinds = kinds.map(|row| row.evidence_kinds).unwrap_or_default();
    let wrong = evidence::mistakes(&[], &given, &kinds, change.session().today());
    mistakes.extend(wrong.into_iter().map(Mistake::into_code));
    let latest = versions.first().map_or(0, |row| row.ledger_no);
    mistakes.extend(outdated(
        seen_version(&input.expected_version),
        latest,
        Code::Conflict,
    ));
    stop_at(mistakes)?;
    let kept = repo::evidence(change.session(), of).await?;
    let before = versions.first().map(|row| row.version);
    // A piece of which a text was taken away by law cannot be stated once more.
    let is_whole = |row: &repo::EvidenceRow| {
        row.title.is_some() && (row.address.is_some() || row.reference.is_some())
    };
    let kept: Vec<Evidence> = kept
        .into_iter()
        .filter(|row| Some(row.version) == before && is_whole(row))
        .map(Evidence::from)
        .collect();
    let pieces = if input.evidence.is_left_out() {
        kept
    } else {
        evidence::received(&given, &kept, change.writer.recorded_at())
    };
    let new = NewAnswer {
        evidence: &pieces,
        edition: &edition,
        criterion: &rule.code,
        version: 1 + repo::last_version(change.session(), &subject).await?,
        answer: stated.answer.code(),
        explanation: stated.explanation.map(str::trim),
        from: stated.from,
        until: stated.until,
    };
    repo::append_answer(&mut change.writer, &change.permit, &new).await?;
    let members = repo::members(change.session(), &area).await?;
    judge_anew(&mut change.writer, &Concerned::municipalities(members)).await?;
    Ok(change.seal(request, subject).await?)
}
