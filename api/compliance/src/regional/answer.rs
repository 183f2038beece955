//! `submitRegionalAnswer`.

use async_graphql::InputObject;
use chrono::NaiveDate;

use super::{
    errors::{RegionalAnswerError, RegionalAnswerErrorCode as Code},
    repo::{self, AnswersOf, NewAnswer},
    schema::RegionalAnswer,
};
use crate::{
    assessment::evidence_schema::EvidenceInput,
    framework,
    verdict::{self},
};
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
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};
use ledger::judge::{Concerned, judge_anew};

/// An answer for all members of a region. NL: regionaal antwoord.
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
    explanation: Option<String>,
    /// The first day on which it counts. An earlier version counts until the day before. NL: vanaf.
    pub(super) from: NaiveDate,
    /// The first day on which it no longer counts; null for no end. NL: tot.
    pub(super) until: Option<NaiveDate>,
    /// The evidence of this version, at most 20 pieces. NL: bewijs.
    #[graphql(default)]
    evidence: Vec<EvidenceInput>,
    /// The ledger number of the version that you saw last; 0 when you saw none. Without it the last
    /// word wins. NL: verwachte versie.
    expected_version: Option<i64>,
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
    let found = verdict::repo::edition(session, edition).await?;
    Ok(found
        .filter(|edition| edition.state != EditionState::Retired)
        .and_then(|edition| {
            let rule = edition.criteria.into_iter().find(|rule| rule.code == code);
            rule.map(|rule| (edition.code, rule))
        }))
}

/// That no edition in use has the criterion.
pub(super) fn unknown_criterion(key: &str) -> Mistake<Code> {
    Mistake::at(
        Code::UnknownCriterion,
        &["criterion"],
        format!("Er is geen criterium {key:?} in een editie die in gebruik is."),
        format!("There is no criterion {key:?} in an edition that is in use."),
    )
}

/// What an input says.
pub(super) fn statement_of(input: &SubmitRegionalAnswerInput) -> RegionalStatement<'_> {
    RegionalStatement {
        answer: input.answer.0,
        explanation: input.explanation.as_deref(),
        from: input.from,
        until: input.until,
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
        return Err(Stopped::Wrong(vec![unknown_criterion(&input.criterion)]));
    };
    let stated = statement_of(input);
    let mut mistakes: Vec<Mistake<Code>> = rules::mistakes(&stated, &rule)
        .into_iter()
        .map(Mistake::into_code)
        .collect();
    let given: Vec<GivenEvidence> = input.evidence.iter().map(GivenEvidence::from).collect();
    let kinds = framework::repo::criteria(change.session(), &edition).await?;
    let kinds = kinds.into_iter().find(|row| row.code == rule.code);
    let kinds = kinds.map(|row| row.evidence_kinds).unwrap_or_default();
    let wrong = evidence::mistakes(&[], &given, &kinds, change.session().today());
    mistakes.extend(wrong.into_iter().map(Mistake::into_code));
    let area = change.permit.area().as_str().to_owned();
    let subject = repo::subject(&area, &edition, &rule.code);
    let scope = policy::regional(change.session().mandate());
    let of = AnswersOf::subject(&area, &subject);
    let versions = repo::answers(change.session(), &scope, of).await?;
    let latest = versions.first().map_or(0, |row| row.ledger_no);
    mistakes.extend(outdated(input.expected_version, latest, Code::Conflict));
    stop_at(mistakes)?;
    let kept = repo::evidence(change.session(), of).await?;
    let before = versions.first().map(|row| row.version);
    let kept: Vec<Evidence> = kept
        .into_iter()
        .filter(|row| Some(row.version) == before)
        .map(Evidence::from)
        .collect();
    let pieces = evidence::received(&given, &kept, change.writer.recorded_at());
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
