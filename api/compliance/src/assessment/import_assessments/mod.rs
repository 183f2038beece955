//! `importAssessments`: a table of many municipalities. Everything is checked before anything is
//! kept; every mistake is told with its row and column; a dry run checks and keeps nothing.
//!
//! It goes where the caller may fill in: VNG's into what is filled in on behalf, a region's into
//! the drafts of its members. Whoever says `skipUnfit` has the rows with mistakes left out; a
//! mistake in what all rows have in common stops in any case.

use super::{
    append::{self, FillingFacts, NewFilling},
    errors::{AssessmentErrorCode, in_table, text_mistakes},
    history::{self, decided},
    repo::{self, Subjects},
    save::{self, ToCheck},
    sheet::{self, Given, Layout, OfMunicipality},
    target::{NamedPeriod, Target, unknown_period},
    work::ToKeep,
};
use crate::table::placed::Placed;
use database::{DbError, Session};
use domain::{
    assessment::{
        codes::FillingChannel,
        life_cycle::State,
        rules::{self, GivenAnswer, Measure},
    },
    mistake::Mistake,
    policy::{self, Mandate, MayFillDraft, MayFillOnBehalf, MayImportAssessments},
    territory::MunicipalityCode,
};
use graphql::{
    change::{Call, Change, Opened, Stopped},
    context::RequestContext,
};

mod contract;
mod sifted;

use contract::Filled;
pub(super) use contract::{ImportAssessmentsInput, ImportAssessmentsPayload, TableRead};
use sifted::Sifted;

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
    /// The code of its municipality.
    fn code(&self) -> &str {
        match &self.destination {
            Destination::OnBehalf(permit) => permit.municipality().as_str(),
            Destination::Draft(permit) => permit.municipality().as_str(),
        }
    }

    fn on_behalf(&self) -> Option<OnBehalf<'_>> {
        match &self.destination {
            Destination::OnBehalf(permit) => Some(OnBehalf {
                permit,
                answers: self.row.given.iter().map(ToKeep::from).collect(),
            }),
            Destination::Draft(_) => None,
        }
    }

    /// As it is kept under the key: the number of the filling and of its entry, where there are.
    fn filled(&self, entry: Option<(i32, i64)>) -> Filled {
        Filled {
            municipality: self.code().to_owned(),
            answers: i32::try_from(self.row.given.len()).unwrap_or(i32::MAX),
            filling: entry.map(|(number, _)| number),
            ledger: entry.map(|(_, ledger)| ledger),
        }
    }
}

/// What is filled in on behalf of one municipality.
struct OnBehalf<'a> {
    permit: &'a MayFillOnBehalf,
    answers: Vec<ToKeep>,
}

type Code = AssessmentErrorCode;

/// Fills in for many municipalities, all or none of them, or those that can be.
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
    let closed = period.not_open(session);
    let criteria = period.edition.criteria.iter();
    let criteria: Vec<&str> = criteria.map(|rule| rule.code.as_str()).collect();
    let table = match sheet::read_many(&input.table, &criteria) {
        Ok(table) => table,
        Err(wrong) => {
            let wrong = wrong.into_iter().map(in_table);
            return Err(Stopped::Wrong(closed.into_iter().chain(wrong).collect()));
        }
    };
    let mut sifted = Sifted::of(&table, input.skip_unfit.unwrap_or_default());
    sifted.extend(closed);
    sifted.extend(table.mistakes.iter().cloned().map(in_table));
    let existing = repo::municipalities_today(session).await?;
    let mut placeable = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        match destination(session.mandate(), row, &existing) {
            Ok(destination) => placeable.push(Placeable { destination, row }),
            Err(wrong) => sifted.extend([in_table(table.layout.placed(wrong))]),
        }
        let measure = Measure {
            edition: &period.edition,
            kinds: &[],
            today: session.today(),
        };
        sifted.extend(row_mistakes(measure, &table.layout, row));
    }
    let is_on_behalf = |one: &Placeable<'_>| matches!(one.destination, Destination::OnBehalf(_));
    let is_on_behalf = placeable.iter().any(is_on_behalf);
    if is_on_behalf {
        sifted.extend(reason_mistakes(input.reason.as_deref()));
    }
    let import = Import {
        request,
        input,
        period: &period,
        layout: &table.layout,
    };
    if is_on_behalf && !input.dry_run && sifted.goes_on() {
        return import.keep(opened, sifted, placeable).await;
    }
    let read = import.try_or_draft(opened.session(), sifted, placeable);
    let read = read.await?;
    if !input.dry_run {
        opened.seal(request, read.to_text()).await?;
    }
    Ok(read)
}

/// A table on its way in.
struct Import<'a> {
    request: &'a RequestContext,
    input: &'a ImportAssessmentsInput,
    period: &'a NamedPeriod,
    layout: &'a Layout,
}

impl Import<'_> {
    /// Fills in on behalf of the municipalities that fit once the ledger is locked.
    async fn keep(
        &self,
        opened: Opened<MayImportAssessments>,
        mut sifted: Sifted,
        mut placeable: Vec<Placeable<'_>>,
    ) -> Result<TableRead, Stopped<Code>> {
        let mut change = opened.lock().await?;
        sifted.extend(self.confirmed(change.session(), &placeable).await?);
        placeable.retain(|one| sifted.fits(one.row));
        let left_out = sifted.settle(placeable.len())?;
        self.warn(&placeable);
        let entries = self.append(&mut change, &placeable).await?;
        let filled = placeable.iter().zip(entries);
        let filled = filled.map(|(one, entry)| one.filled(Some(entry))).collect();
        let read = TableRead::of(self.period.key.as_str(), filled, left_out);
        change.seal(self.request, read.to_text()).await?;
        Ok(read)
    }

    /// Fills in the drafts of the municipalities that fit, or only looks for what stands in the way
    /// of filling in on behalf.
    async fn try_or_draft(
        &self,
        session: &Session,
        mut sifted: Sifted,
        mut placeable: Vec<Placeable<'_>>,
    ) -> Result<TableRead, Stopped<Code>> {
        sifted.extend(self.confirmed(session, &placeable).await?);
        // Drafts are filled in only where nothing else is wrong; what they hold already is then
        // told for all of them.
        if sifted.goes_on() {
            placeable.retain(|one| sifted.fits(one.row));
            sifted.extend(self.fill_drafts(session, &placeable).await?);
        }
        placeable.retain(|one| sifted.fits(one.row));
        let left_out = sifted.settle(placeable.len())?;
        self.warn(&placeable);
        let filled = placeable.iter().map(|one| one.filled(None)).collect();
        Ok(TableRead::of(self.period.key.as_str(), filled, left_out))
    }

    /// Warns of signs of a person in what is filled in.
    fn warn(&self, placeable: &[Placeable<'_>]) {
        let rows = placeable.iter().map(|one| one.row);
        self.request
            .warn(rows.flat_map(|row| self.layout.warnings(&row.given)));
    }

    /// The mistakes of rows whose municipality is confirmed and is not to be filled in again.
    async fn confirmed(
        &self,
        session: &Session,
        placeable: &[Placeable<'_>],
    ) -> Result<Vec<Mistake<Code>>, DbError> {
        let period = self.period.key.as_str();
        let first = placeable.iter().filter(|one| !one.row.again);
        let codes = first.clone().map(Placeable::code);
        let of = Subjects::of(codes.map(|code| (code, period)));
        let latest = history::latest(session, &of).await?;
        let is_confirmed = |one: &Placeable<'_>| {
            let subject = format!("{}/{period}", one.code());
            latest.get(&subject).and_then(decided) == Some(State::Confirmed)
        };
        let confirmed = first.filter(|one| is_confirmed(one));
        let mistakes = confirmed.map(|one| {
            in_table(self.layout.placed(Placed::at(
                Code::AlreadyConfirmed,
                one.row.line,
                "municipality",
                format!(
                    "{} is al bevestigd. Zet ja in de kolom opnieuw als u nogmaals wilt invullen.",
                    one.code()
                ),
                format!(
                    "{} is confirmed already. Write yes in the column again to fill in once more.",
                    one.code()
                ),
            )))
        });
        Ok(mistakes.collect())
    }

    /// Fills in the drafts among the rows; gives what is wrong beside what they hold. All that can be
    /// wrong in a row by itself was found before ([`row_mistakes`]), so a row is refused here only by
    /// what its draft holds already: no draft begins for a row that is left out.
    async fn fill_drafts(
        &self,
        session: &Session,
        placeable: &[Placeable<'_>],
    ) -> Result<Vec<Mistake<Code>>, DbError> {
        let mut mistakes = Vec::new();
        for Placeable { destination, row } in placeable {
            let Destination::Draft(permit) = destination else {
                continue;
            };
            let target = Target {
                municipality: permit.municipality().clone(),
                period: self.period.clone(),
            };
            let given: Vec<ToCheck> = row.given.iter().map(ToCheck::from).collect();
            if let Err(unfit) = save::fill(session, permit, &target, &given).await? {
                let wrong = unfit.mistakes.into_iter();
                let placed = wrong.filter_map(|mistake| self.layout.place(mistake, &row.given));
                mistakes.extend(placed.map(in_table));
            }
        }
        Ok(mistakes)
    }

    /// Appends what is filled in on behalf, each numbered after the last one of its municipality;
    /// gives these numbers with those of the entries.
    async fn append(
        &self,
        change: &mut Change<MayImportAssessments>,
        placeable: &[Placeable<'_>],
    ) -> Result<Vec<(i32, i64)>, DbError> {
        let scope = policy::reviews(change.session().mandate());
        let last = repo::last_fillings(change.session(), &scope, self.period.key.as_str()).await?;
        let number = |permit: &MayFillOnBehalf| {
            let last = last.get(permit.municipality().as_str());
            last.map_or(1, |last| last + 1)
        };
        let on_behalf: Vec<OnBehalf<'_>> =
            placeable.iter().filter_map(Placeable::on_behalf).collect();
        let fillings: Vec<NewFilling<'_>> = on_behalf
            .iter()
            .map(|one| NewFilling {
                permit: one.permit,
                number: number(one.permit),
                answers: &one.answers,
            })
            .collect();
        let shown = FillingFacts {
            period: &self.period.key,
            edition: &self.period.edition.code,
            reason: self.input.reason.as_deref().unwrap_or_default(),
            channel: FillingChannel::Table.code(),
        };
        let entries = append::fillings(&mut change.writer, shown, &fillings).await?;
        let numbers = fillings.iter().map(|one| one.number);
        Ok(numbers.zip(entries).collect())
    }
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
