//! `submitRegionalAnswer`.

use async_graphql::{Enum, InputObject, SimpleObject};
use chrono::NaiveDate;

use super::{
    repo::{self, NewAnswer},
    schema::RegionalAnswer,
};
use crate::{
    assessment::evidence_schema::EvidenceInput,
    framework,
    verdict::{self},
};
use database::{DbError, Session};
use domain::{
    assessment::evidence::{self, Evidence, EvidenceMistake, GivenEvidence},
    mistake::{Mistake, outdated},
    policy::{self, Denied, Mandate, MayKeepRegional, Rule},
    regional::rules::{self, RegionalStatement, Wrong},
    territory::AreaCode,
    verdict::rules::{AnswerValue, CriterionRule, EditionState},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};
use ledger::judge::{Concerned, judge_anew};

/// What can be wrong with a regional answer. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubmitRegionalAnswerErrorCode {
    /// There is no such criterion in an edition that is in use. NL: onbekend criterium.
    UnknownCriterion,
    /// Municipalities answer this criterion themselves, or it is computed. NL: geen regionaal
    /// criterium.
    NotForRegions,
    /// UNKNOWN is no answer; NOT_APPLICABLE is one only where the criterion allows it. NL: antwoord
    /// niet toegestaan.
    AnswerNotAllowed,
    /// The answer would hold on no day. NL: datums in de verkeerde volgorde.
    DatesOutOfOrder,
    /// A text is empty or too long. NL: verkeerde lengte.
    TextLength,
    /// A text holds a citizen service number or an e-mail address. NL: persoonsgegevens.
    PersonalData,
    /// There are more than 20 pieces of evidence. NL: te veel bewijsstukken.
    TooMuchEvidence,
    /// The criterion knows no evidence of this kind. NL: onbekende soort bewijs.
    UnknownEvidenceKind,
    /// A title or reference is empty or longer than 300 characters. NL: verkeerde lengte.
    EvidenceText,
    /// The address is not a whole address over https. NL: ongeldig adres.
    InvalidAddress,
    /// Neither an address nor a reference says where the evidence stands. NL: vindplaats ontbreekt.
    EvidenceNowhere,
    /// The date of the evidence lies in the future. NL: datum in de toekomst.
    EvidenceInTheFuture,
    /// There is a later version than the one that you expected. NL: intussen gewijzigd.
    Conflict,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

impl From<Wrong> for SubmitRegionalAnswerErrorCode {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::NotForRegions => Self::NotForRegions,
            Wrong::AnswerNotAllowed => Self::AnswerNotAllowed,
            Wrong::DatesOutOfOrder => Self::DatesOutOfOrder,
            Wrong::TextLength => Self::TextLength,
            Wrong::PersonalData => Self::PersonalData,
        }
    }
}

impl From<EvidenceMistake> for SubmitRegionalAnswerErrorCode {
    fn from(mistake: EvidenceMistake) -> Self {
        match mistake {
            EvidenceMistake::TooMuch => Self::TooMuchEvidence,
            EvidenceMistake::UnknownKind => Self::UnknownEvidenceKind,
            EvidenceMistake::Text => Self::EvidenceText,
            EvidenceMistake::PersonalData => Self::PersonalData,
            EvidenceMistake::InvalidAddress => Self::InvalidAddress,
            EvidenceMistake::Nowhere => Self::EvidenceNowhere,
            EvidenceMistake::InTheFuture => Self::EvidenceInTheFuture,
        }
    }
}

user_error! {
    /// A mistake in a regional answer. NL: fout in een regionaal antwoord.
    SubmitRegionalAnswerError, SubmitRegionalAnswerErrorCode
}

/// An answer for all members of a region. NL: regionaal antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct SubmitRegionalAnswerInput {
    /// The code of the area that answers: your own. NL: gebiedscode.
    pub(super) area: String,
    /// The key of the criterion, as in `VOORSTEL-1/OH-01`. NL: criterium.
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

/// What became of a regional answer. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct SubmitRegionalAnswerPayload {
    /// The answer; null when it was not taken in. NL: antwoord.
    pub(super) regional_answer: Option<RegionalAnswer>,
    /// What to repair; empty when it was taken in. NL: fouten.
    pub(super) errors: Vec<SubmitRegionalAnswerError>,
}

type Code = SubmitRegionalAnswerErrorCode;

/// The permit to keep the answers of the area that an input names. A code that is none is nobody's
/// own.
pub(crate) fn permit(mandate: &Mandate, area: &str) -> Result<MayKeepRegional, Denied> {
    let area = AreaCode::parse(area).ok_or(Denied(Rule::KeepRegional))?;
    policy::may_keep_regional(mandate, &area)
}

/// The edition and the criterion of a key, in an edition that is in use and whose rules are ours.
pub(super) async fn criterion(
    session: &Session,
    key: &str,
) -> Result<Option<(String, CriterionRule)>, DbError> {
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
    let Some((edition, rule)) = criterion(change.session(), &input.criterion).await? else {
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
    let versions = repo::answers(change.session(), &scope, (&area, Some(&subject))).await?;
    let latest = versions.first().map_or(0, |row| row.ledger_no);
    mistakes.extend(outdated(input.expected_version, latest, Code::Conflict));
    stop_at(mistakes)?;
    let kept = repo::evidence(change.session(), (&area, Some(&subject))).await?;
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
