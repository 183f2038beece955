//! The answer sheet of one municipality: the criteria of a period with what the draft says.

use super::{
    sheet::{self, SheetRow},
    target::NamedPeriod,
    work,
};
use crate::framework;
use database::{DbError, Session};
use domain::{
    policy::{self, Reach, Rule},
    territory::MunicipalityCode,
    text::Text,
    verdict::rules::{ADOPTED_POLICY, AnswerValue},
};
use ledger::judge::preview::policy_unknown;

/// What there is for whoever asks for a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sheet {
    /// The sheet as CSV.
    Table(String),
    /// No such municipality or period, or no draft that the caller may fill in.
    NotFound,
    /// The role fills in no drafts at all.
    NotForThisRole,
}

/// The sheet of a municipality in a period.
pub async fn of(session: &Session, municipality: &str, period: &str) -> Result<Sheet, DbError> {
    let role = session.mandate().role().kind();
    if Rule::FillDraft.reach(role) == Reach::Nothing {
        return Ok(Sheet::NotForThisRole);
    }
    let permit = MunicipalityCode::parse(municipality)
        .and_then(|code| policy::may_fill_draft(session.mandate(), &code).ok());
    let Some(permit) = permit else {
        return Ok(Sheet::NotFound);
    };
    let Some(period) = NamedPeriod::find(session, period).await? else {
        return Ok(Sheet::NotFound);
    };
    let answers = work::draft_answers(session, &permit, period.key.as_str()).await?;
    let criteria = framework::repo::criteria(session, &period.edition.code).await?;
    let codes = vec![municipality.to_owned()];
    let without_policy = policy_unknown(session, codes, &period.edition).await?;
    let rows: Vec<SheetRow> = criteria
        .into_iter()
        .map(|criterion| {
            let answer = answers.iter().find(|row| row.criterion == criterion.code);
            let explanation = answer.and_then(|row| row.explanation.clone());
            let carried_from = answer.and_then(|row| row.carried_from.clone());
            let is_policy = criterion.code == ADOPTED_POLICY;
            let to_do = if is_policy && !without_policy.is_empty() {
                Text::new(
                    "Leg het vaststellingsbesluit vast, met de datum ervan (recordAdoption); of \
                     geef op dat er geen beleid is (declarePolicyState).",
                    "Record the decision to adopt the policy, with its date (recordAdoption); or \
                     declare that there is no policy (declarePolicyState).",
                )
            } else {
                Text::new("", "")
            };
            SheetRow {
                to_do,
                criterion: criterion.code,
                titles: [criterion.title_nl, criterion.title_en],
                required: criterion.required,
                answered_by: criterion.answered_by,
                answer: answer.and_then(|row| AnswerValue::from_code(&row.answer)),
                explanation: explanation.unwrap_or_default(),
                revision: answer.map(|row| row.revision),
                carried_from: carried_from.unwrap_or_default(),
            }
        })
        .collect();
    Ok(Sheet::Table(sheet::sheet(&rows, session.kind().code())))
}
