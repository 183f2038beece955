//! The answer sheet of one municipality: the criteria of a period with what the draft says, or what
//! a submitted version said.

use super::{
    repo::{self, Earlier},
    sheet::{self, About, SheetRow},
    submitted,
    target::NamedPeriod,
    work,
};
use crate::{
    framework,
    table::{opened, outgoing::unwritten},
};
pub use crate::{
    table::outgoing::{Form, Sheet},
    workbook::NotOpened,
};
use database::{DbError, Session};
use domain::{
    assessment::{carry, evidence::Evidence},
    policy::{self, MayFillDraft, Reach, Rule},
    territory::MunicipalityCode,
    text::Text,
    verdict::rules::{ADOPTED_POLICY, AnswerValue},
};
use entity::criterion;
use ledger::judge::preview::policy_unknown;

/// Which sheet somebody wants.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The CBS code of the municipality.
    pub municipality: String,
    /// The key of the period.
    pub period: String,
    /// The number of a submitted version; none for the draft.
    pub version: Option<i32>,
    /// How it is written.
    pub form: Form,
}

/// The table that a workbook holds, as CSV, each row and column where it stood.
///
/// # Errors
/// When it cannot be opened, or holds no answer sheet.
pub fn table_of(bytes: &[u8]) -> Result<String, NotOpened> {
    opened::table_of(bytes, sheet::SHEET)
}

/// An answer that a sheet shows.
struct Shown {
    criterion: String,
    answer: String,
    explanation: Option<String>,
    evidence: Vec<Evidence>,
    revision: Option<i32>,
    carried_from: Option<String>,
}

/// The sheet of a municipality in a period.
pub async fn of(session: &Session, wanted: &Wanted) -> Result<Sheet, DbError> {
    let role = session.mandate().role().kind();
    if Rule::FillDraft.reach(role) == Reach::Nothing {
        return Ok(Sheet::NotForThisRole);
    }
    let permit = MunicipalityCode::parse(&wanted.municipality)
        .and_then(|code| policy::may_fill_draft(session.mandate(), &code).ok());
    let Some(permit) = permit else {
        return Ok(Sheet::NotFound);
    };
    let Some(period) = NamedPeriod::find(session, &wanted.period).await? else {
        return Ok(Sheet::NotFound);
    };
    let answers = match wanted.version {
        None => of_draft(session, &permit, period.key.as_str()).await?,
        Some(version) => of_version(session, &permit, period.key.as_str(), version).await?,
    };
    if wanted.version.is_some() && answers.is_empty() {
        return Ok(Sheet::NotFound);
    }
    let rows = rows(session, &permit, &period, answers).await?;
    let database = session.kind().code();
    let file = match wanted.form {
        Form::Csv => sheet::sheet(&rows, database).into_bytes(),
        Form::DutchCsv => sheet::sheet_in_dutch(&rows, database).into_bytes(),
        Form::Workbook => {
            let about = About {
                municipality: permit.municipality().as_str().to_owned(),
                period: period.key.as_str().to_owned(),
                version: wanted.version,
                database,
                made_on: session.today(),
            };
            sheet::workbook(&rows, &about).map_err(unwritten)?
        }
    };
    Ok(Sheet::File(file))
}

async fn of_draft(
    session: &Session,
    permit: &MayFillDraft,
    period: &str,
) -> Result<Vec<Shown>, DbError> {
    let rows = work::draft_answers(session, permit, period).await?;
    let shown = rows.into_iter().map(|row| {
        Ok(Shown {
            evidence: row.evidence()?,
            criterion: row.criterion,
            answer: row.answer,
            explanation: row.explanation,
            revision: Some(row.revision),
            carried_from: row.carried_from,
        })
    });
    shown.collect()
}

/// The answers of a submitted version, without revisions: read back, they change nothing that the
/// draft has, for nobody saw that there.
async fn of_version(
    session: &Session,
    permit: &MayFillDraft,
    period: &str,
    version: i32,
) -> Result<Vec<Shown>, DbError> {
    let scope = policy::answers(session.mandate());
    let version = Earlier {
        period: period.to_owned(),
        edition: String::new(),
        version,
    };
    let municipality = permit.municipality().as_str();
    let answers = submitted::carried(session, &scope, municipality, &version).await?;
    let shown = answers.into_iter().map(|one| Shown {
        criterion: one.criterion,
        answer: one.answer.code().to_owned(),
        explanation: one.explanation,
        evidence: one.evidence,
        revision: None,
        carried_from: None,
    });
    Ok(shown.collect())
}

/// A row for each criterion of the edition, with its answer.
async fn rows(
    session: &Session,
    permit: &MayFillDraft,
    period: &NamedPeriod,
    answers: Vec<Shown>,
) -> Result<Vec<SheetRow>, DbError> {
    let edition = &period.edition;
    let municipality = permit.municipality().as_str();
    let criteria = framework::repo::criteria(session, &edition.code).await?;
    let codes = vec![municipality.to_owned()];
    let without_policy = policy_unknown(session, codes, edition).await?;
    let scope = policy::answers(session.mandate());
    let earlier = repo::earlier(session, &scope, municipality, period.key.as_str()).await?;
    let lineage = match &earlier {
        Some(earlier) if earlier.edition != edition.code => repo::lineage(session).await?,
        Some(_) | None => Vec::new(),
    };
    let row = |criterion: criterion::Model| {
        let answer = answers.iter().find(|row| row.criterion == criterion.code);
        let is_changed = earlier.as_ref().map(|earlier| {
            carry::is_changed(&edition.code, &criterion.code, &earlier.edition, &lineage)
        });
        let is_policy = criterion.code == ADOPTED_POLICY;
        SheetRow {
            to_do: to_do(is_policy && !without_policy.is_empty()),
            is_changed,
            ..row_of(criterion, answer)
        }
    };
    Ok(criteria.into_iter().map(row).collect())
}

/// What is to be done elsewhere before the criterion can be met.
fn to_do(is_decision_missing: bool) -> Text {
    if !is_decision_missing {
        return Text::new("", "");
    }
    Text::new(
        "Leg het vaststellingsbesluit vast, met de datum ervan (recordAdoption); of geef op dat er \
         geen beleid is (declarePolicyState).",
        "Record the decision to adopt the policy, with its date (recordAdoption); or declare that \
         there is no policy (declarePolicyState).",
    )
}

fn row_of(criterion: criterion::Model, answer: Option<&Shown>) -> SheetRow {
    let text = |of: fn(&Shown) -> Option<&String>| {
        let text = answer.and_then(of);
        text.cloned().unwrap_or_default()
    };
    let evidence = answer.map(|row| row.evidence.as_slice());
    SheetRow {
        criterion: criterion.code,
        title: Text::new(criterion.title_nl, criterion.title_en),
        question: Text::new(criterion.text_nl, criterion.text_en),
        level: criterion.level,
        review_months: criterion.review_months,
        not_applicable_allowed: criterion.not_applicable_allowed,
        required: criterion.required,
        answered_by: criterion.answered_by,
        answer: answer.and_then(|row| AnswerValue::from_code(&row.answer)),
        explanation: text(|row| row.explanation.as_ref()),
        evidence: sheet::evidence_text(evidence.unwrap_or_default()),
        revision: answer.and_then(|row| row.revision),
        carried_from: text(|row| row.carried_from.as_ref()),
        is_changed: None,
        to_do: Text::new("", ""),
    }
}
