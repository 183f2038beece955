//! `importAssessments`: a table of many municipalities. Everything is checked before anything is
//! kept; every mistake is told with its row and column; a dry run checks and keeps nothing.
//!
//! It goes where the caller may fill in: VNG's into what is filled in on behalf, a region's into
//! the drafts of its members.

use async_graphql::{InputObject, SimpleObject};
use graphql::{
    change::{Call, Change, Outcome, Stopped, read_outcome, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
};

use super::{
    append::{self, FillingFacts, NewFilling},
    errors::{AssessmentError, AssessmentErrorCode, in_table, text_mistakes},
    repo,
    save::{self, ToCheck},
    sheet::{self, Given, Layout, OfMunicipality},
    target::{NamedPeriod, Target, unknown_period},
    work::ToKeep,
};
use database::{DbError, Session};
use domain::{
    assessment::{
        codes::FillingChannel,
        rules::{self, GivenAnswer, Measure},
    },
    mistake::Mistake,
    policy::{self, Mandate, MayFillDraft, MayFillOnBehalf, MayImportAssessments},
    territory::MunicipalityCode,
};

/// A table of many municipalities to fill in. NL: in te vullen tabel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ImportAssessmentsInput {
    /// The key of the period. NL: periode.
    period: String,
    /// The table as CSV, with commas, semicolons or tabs, at most 1,000 rows: a column
    /// `municipality` of CBS codes, a column for each criterion called by its code, as in `BB-03`,
    /// and perhaps one of explanations, as in `BB-03:explanation`; in whatever case, or by Dutch
    /// names. Columns `name` and `municipality_name` are not read. NL: tabel.
    table: String,
    /// Why VNG fills in on behalf, 1 to 2,000 characters; a region needs none. NL: reden.
    reason: Option<String>,
    /// Only check: nothing is kept. NL: proefdraaien.
    #[graphql(default = false)]
    dry_run: bool,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a table. NL: resultaat.
#[derive(SimpleObject, Debug, Default)]
#[graphql(complex)]
pub(crate) struct ImportAssessmentsPayload {
    /// Municipalities that were filled in for, or would have been; null when there are mistakes.
    /// NL: gemeenten.
    pub(super) municipalities: Option<i32>,
    /// Answers that were kept, or would have been; null when there are mistakes. NL: antwoorden.
    pub(super) answers: Option<i32>,
    /// What to repair, every mistake with its row and column; empty when all is well, and otherwise
    /// nothing was kept. NL: fouten.
    pub(super) errors: Vec<AssessmentError>,
}

graphql::warned! { ImportAssessmentsPayload }

/// A table that was read: how many municipalities, and how many answers.
pub(super) struct TableRead {
    pub(super) municipalities: i32,
    pub(super) answers: i32,
}

impl Outcome for TableRead {
    fn read(kept: String) -> Option<Self> {
        let (municipalities, answers) = kept.split_once('/')?;
        Some(Self {
            municipalities: municipalities.parse().ok()?,
            answers: answers.parse().ok()?,
        })
    }
}

/// Where the answers of one municipality go, by what the caller may.
enum Destination {
    OnBehalf(MayFillOnBehalf),
    Draft(MayFillDraft),
}

/// A row of the table whose answers can go somewhere.
struct Placeable<'a> {
    destination: Destination,
    row: &'a OfMunicipality,
}

impl Placeable<'_> {
    fn on_behalf(&self) -> Option<OnBehalf<'_>> {
        match &self.destination {
            Destination::OnBehalf(permit) => Some(OnBehalf {
                permit,
                answers: self.row.given.iter().map(ToKeep::from).collect(),
            }),
            Destination::Draft(_) => None,
        }
    }
}

/// What is filled in on behalf of one municipality.
struct OnBehalf<'a> {
    permit: &'a MayFillOnBehalf,
    answers: Vec<ToKeep>,
}

type Code = AssessmentErrorCode;

/// Fills in for many municipalities, all or none of them.
pub(super) async fn import(
    request: &RequestContext,
    input: &ImportAssessmentsInput,
) -> Result<TableRead, Stopped<Code>> {
    let call = Call::of("importAssessments", &input.idempotency_key, input);
    let opened = Change::open(request, call, policy::may_import_assessments).await?;
    let session = opened.session();
    let Some(period) = NamedPeriod::find(session, &input.period).await? else {
        return Err(Stopped::Wrong(vec![unknown_period(&input.period)]));
    };
    let mut mistakes = Vec::from_iter(period.not_open(session));
    let criteria = period.edition.criteria.iter();
    let criteria: Vec<&str> = criteria.map(|rule| rule.code.as_str()).collect();
    let table = match sheet::read_many(&input.table, &criteria) {
        Ok(table) => table,
        Err(wrong) => {
            mistakes.extend(wrong.into_iter().map(in_table));
            return Err(Stopped::Wrong(mistakes));
        }
    };
    mistakes.extend(table.mistakes.into_iter().map(in_table));
    let existing = repo::municipalities_today(session).await?;
    let mut placeable = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        match destination(session.mandate(), row, &existing) {
            Ok(destination) => placeable.push(Placeable { destination, row }),
            Err(wrong) => mistakes.push(in_table(table.layout.placed(wrong))),
        }
        let measure = Measure {
            edition: &period.edition,
            kinds: &[],
            today: session.today(),
        };
        mistakes.extend(row_mistakes(measure, &table.layout, row));
    }
    let on_behalf: Vec<OnBehalf<'_>> = placeable.iter().filter_map(Placeable::on_behalf).collect();
    if !on_behalf.is_empty() {
        mistakes.extend(reason_mistakes(input.reason.as_deref()));
    }
    // Drafts are filled in only for a table without mistakes; what they hold already is then told
    // for all of them.
    if mistakes.is_empty() {
        mistakes = fill_drafts(session, &period, &table.layout, &placeable).await?;
    }
    mistakes.sort_by_key(|mistake| mistake.field.get(1).and_then(|row| row.parse::<u64>().ok()));
    stop_at(mistakes)?;
    let given = table.rows.iter();
    request.warn(given.flat_map(|row| table.layout.warnings(&row.given)));
    let answers: usize = table.rows.iter().map(|row| row.given.len()).sum();
    let outcome = format!("{}/{answers}", table.rows.len());
    if input.dry_run {
        return Ok(read_outcome(outcome)?);
    }
    if on_behalf.is_empty() {
        return Ok(read_outcome(opened.seal(request, outcome).await?)?);
    }
    let mut change = opened.lock().await?;
    append_fillings(&mut change, &period, input.reason.as_deref(), &on_behalf).await?;
    Ok(read_outcome(change.seal(request, outcome).await?)?)
}

/// Fills in the drafts among the rows; gives what is wrong beside what they hold.
async fn fill_drafts(
    session: &Session,
    period: &NamedPeriod,
    layout: &Layout,
    placeable: &[Placeable<'_>],
) -> Result<Vec<Mistake<Code>>, DbError> {
    let mut mistakes = Vec::new();
    for Placeable { destination, row } in placeable {
        let Destination::Draft(permit) = destination else {
            continue;
        };
        let target = Target {
            municipality: permit.municipality().clone(),
            period: period.clone(),
        };
        let given: Vec<ToCheck> = row.given.iter().map(ToCheck::from).collect();
        if let Err(unfit) = save::fill(session, permit, &target, &given).await? {
            let wrong = unfit.mistakes.into_iter();
            let placed = wrong.filter_map(|mistake| layout.place(mistake, &row.given));
            mistakes.extend(placed.map(in_table));
        }
    }
    Ok(mistakes)
}

/// Appends what is filled in on behalf, each numbered after the last one of its municipality.
async fn append_fillings(
    change: &mut Change<MayImportAssessments>,
    period: &NamedPeriod,
    reason: Option<&str>,
    on_behalf: &[OnBehalf<'_>],
) -> Result<(), DbError> {
    let scope = policy::reviews(change.session().mandate());
    let last = repo::last_fillings(change.session(), &scope, period.key.as_str()).await?;
    let number = |permit: &MayFillOnBehalf| {
        let last = last.get(permit.municipality().as_str());
        last.map_or(1, |last| last + 1)
    };
    let fillings: Vec<NewFilling<'_>> = on_behalf
        .iter()
        .map(|one| NewFilling {
            permit: one.permit,
            number: number(one.permit),
            answers: &one.answers,
        })
        .collect();
    let shown = FillingFacts {
        period: &period.key,
        edition: &period.edition.code,
        reason: reason.unwrap_or_default(),
        channel: FillingChannel::Table.code(),
    };
    append::fillings(&mut change.writer, shown, &fillings).await
}

impl From<&Given> for ToKeep {
    fn from(given: &Given) -> Self {
        Self {
            criterion: given.criterion.clone(),
            answer: given.answer,
            explanation: rules::explanation(given.explanation.text()),
            evidence: Vec::new(),
        }
    }
}

/// Where the answers of a row go, or why nowhere.
fn destination(
    mandate: &Mandate,
    row: &OfMunicipality,
    existing: &[String],
) -> Result<Destination, Placed<Code>> {
    let code = MunicipalityCode::parse(&row.municipality)
        .filter(|code| existing.iter().any(|known| known == code.as_str()));
    let Some(code) = code else {
        return Err(Placed::at(
            Code::UnknownMunicipality,
            row.line,
            "municipality",
            format!("Er is vandaag geen gemeente {:?}.", row.municipality),
            format!("There is no municipality {:?} today.", row.municipality),
        ));
    };
    policy::may_fill_on_behalf(mandate, &code)
        .map(Destination::OnBehalf)
        .or_else(|_| policy::may_fill_draft(mandate, &code).map(Destination::Draft))
        .map_err(|_| {
            Placed::at(
                Code::NotYours,
                row.line,
                "municipality",
                format!("Voor {} mag u niet invullen.", row.municipality),
                format!("You do not fill in for {}.", row.municipality),
            )
        })
}

/// What is wrong with the answers of a row, whatever the draft holds.
fn row_mistakes(measure: Measure<'_>, layout: &Layout, row: &OfMunicipality) -> Vec<Mistake<Code>> {
    if row.given.is_empty() {
        return vec![in_table(Placed::at(
            Code::NothingFilledIn,
            row.line,
            "",
            "Deze regel heeft geen antwoord.",
            "This row has no answer.",
        ))];
    }
    let requested: Vec<GivenAnswer<'_>> = row.given.iter().map(GivenAnswer::from).collect();
    let wrong = rules::check_answers(measure, &requested).into_iter();
    wrong
        .filter_map(|mistake| layout.place(mistake, &row.given))
        .map(in_table)
        .collect()
}

impl<'a> From<&'a Given> for GivenAnswer<'a> {
    fn from(given: &'a Given) -> Self {
        Self {
            criterion: &given.criterion,
            answer: given.answer,
            explanation: given.explanation.text(),
            evidence: None,
            revision: None,
            kept: None,
        }
    }
}

/// What is wrong with the reason for filling in on behalf.
fn reason_mistakes(reason: Option<&str>) -> Vec<Mistake<Code>> {
    if reason.is_none() {
        return vec![Mistake::at(
            Code::ReasonMissing,
            &["reason"],
            "Geef de reden waarom u namens de gemeenten invult.",
            "Give the reason why you fill in on behalf of the municipalities.",
        )];
    }
    text_mistakes(&["reason"], reason)
}

#[cfg(test)]
mod tests {
    use async_graphql::{InputType as _, Value};
    use serde_json::json;

    use super::*;
    use graphql::{change::Input as _, member::Member};
    use ledger::canonical;

    fn canonical_form(input: serde_json::Value) -> String {
        let input = ImportAssessmentsInput::parse(Some(Value::from_json(input).unwrap())).unwrap();
        canonical::text(&input.to_contract_value().into_json().unwrap())
    }

    /// What is hashed for an idempotency key. Keys of an earlier release were hashed so: when this
    /// changes, `INPUT_FORM` does.
    #[test]
    fn the_canonical_form_of_an_input_is_a_contract() {
        let form = concat!(
            r#"{"dryRun":false,"idempotencyKey":"één","period":"2026-2","#,
            r#""table":"municipality,BB-03\nGM0402,MET\n"}"#
        );
        let table = "municipality,BB-03\nGM0402,MET\n";
        let shortest = json!({ "period": "2026-2", "idempotencyKey": "één", "table": table });
        assert_eq!(canonical_form(shortest), form);
        let written_out = json!({ "table": table, "reason": null, "dryRun": false,
            "idempotencyKey": "e\u{301}e\u{301}n", "period": "2026-2" });
        assert_eq!(canonical_form(written_out), form);
        assert_eq!(
            hex::encode(canonical::sha256(&[form.as_bytes()])),
            "b49bcbfe30b96e48ea5fa833dac59d77ec763d330ccebb3d3b0d8ec5e3aaaf17"
        );
        let other = json!({ "period": "2026-2", "idempotencyKey": "één", "table": table,
            "dryRun": true });
        assert_eq!(
            canonical_form(other),
            form.replace(r#""dryRun":false"#, r#""dryRun":true"#)
        );
    }

    #[test]
    fn a_table_without_a_column_leaves_out_and_an_empty_cell_is_null() {
        let explanation = |column: &str, cell: &str| {
            let text = format!("municipality,BB-03{column}\nGM0402,MET{cell}\n");
            let table = sheet::read_many(&text, &["BB-03"]).unwrap();
            table.rows[0].given[0].explanation.clone()
        };
        assert_eq!(explanation("", ""), Member::LeftOut);
        assert_eq!(explanation(",BB-03:explanation", ","), Member::Null);
    }
}
