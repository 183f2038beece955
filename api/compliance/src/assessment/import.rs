//! `importAnswerSheet`, `importAssessments`: answers come as tables. Everything is checked before
//! anything is kept; every mistake is told with its row and column; a dry run checks and keeps
//! nothing.
//!
//! A sheet is of one municipality and goes into its draft. A table of many goes where the caller
//! may fill in: VNG's into what is filled in on behalf, a region's into the drafts of its members.

use async_graphql::{Enum, InputObject, SimpleObject};
use graphql::{
    change::{Call, Change, Outcome, Stopped, read_outcome, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    text::LocalizedText,
};

use super::{
    append::{self, FillingFacts, NewFilling},
    repo,
    save::{self, ToCheck, Unfit},
    schema::Assessment,
    sheet::{self, Given, OfMunicipality, Placed, TableMistake},
    submit::LONGEST_REASON,
    target::{
        AnswerCodes, Target, answer_codes, municipality_of, named_period, not_open, target,
        target_codes, unknown_period,
    },
    work::{self, ToKeep},
};
use database::DbError;
use domain::{
    assessment::{
        codes::FillingChannel,
        rules::{self, GivenAnswer, Measure},
    },
    mistake::{Mistake, text_mistakes},
    policy::{self, MayFillDraft, MayFillOnBehalf},
    territory::MunicipalityCode,
    verdict::rules::Edition,
};

/// Makes the error type of a mutation that takes a table: of its own codes, with the row and the
/// column.
macro_rules! table_error {
    ($(#[$doc:meta])* $name:ident, $code:ty) => {
        $(#[$doc])*
        #[derive(SimpleObject, Debug, Clone)]
        pub struct $name {
            /// What is wrong, for programs. NL: foutcode.
            pub code: $code,
            /// What is wrong and what to do, for people. NL: melding.
            pub message: LocalizedText,
            /// The path of the input field that is wrong, from `input` down; in a table the row and
            /// the column. NL: veld.
            pub field: Vec<String>,
            /// The line of the table, its header being line 1; null when it is not about a line.
            /// NL: regel.
            pub row: Option<i32>,
            /// The name of the column; null when it is not about one. NL: kolom.
            pub column: Option<String>,
        }

        impl From<Mistake<$code>> for $name {
            fn from(mistake: Mistake<$code>) -> Self {
                let in_table = mistake.field.first().is_some_and(|field| field == TABLE);
                let place = mistake.field.iter().skip(1).filter(|_| in_table);
                let place: Vec<&String> = place.collect();
                Self {
                    row: place.first().and_then(|row| row.parse().ok()),
                    column: place.get(1).map(|column| (*column).clone()),
                    code: mistake.code,
                    message: mistake.message.into(),
                    field: mistake.field,
                }
            }
        }

        impl domain::mistake::MutationCode for $code {
            const KEY_REUSED: Self = Self::KeyReused;
        }
    };
}

/// The input field that holds a table.
const TABLE: &str = "table";

/// What can be wrong with an answer sheet. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportAnswerSheetErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open today. NL: periode niet open.
    PeriodNotOpen,
    /// From a line on it is no table. NL: onleesbaar.
    Unreadable,
    /// There are more than 1,000 rows. NL: te veel regels.
    TooManyRows,
    /// A column that is needed is missing. NL: kolom ontbreekt.
    MissingColumn,
    /// A cell is no answer. NL: onbekend antwoord.
    UnknownAnswer,
    /// A cell is no revision. NL: onbekende revisie.
    UnknownRevision,
    /// The edition of the period has no such criterion. NL: onbekend criterium.
    UnknownCriterion,
    /// The criterion is computed, or answered by the region. NL: niet aan u om te beantwoorden.
    NotYoursToAnswer,
    /// The criterion always applies. NL: altijd van toepassing.
    NotApplicableNotAllowed,
    /// The criterion stands twice in the sheet. NL: dubbel.
    AnsweredTwice,
    /// The explanation has more than 4,000 characters. NL: toelichting te lang.
    ExplanationTooLong,
    /// A text holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The answer was changed since the sheet was fetched. NL: verouderde revisie.
    StaleRevision,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

target_codes!(ImportAnswerSheetErrorCode);
answer_codes!(ImportAnswerSheetErrorCode: UnknownCriterion, NotYoursToAnswer, NotApplicableNotAllowed, AnsweredTwice,
    ExplanationTooLong, PersonalData, StaleRevision);

table_error! {
    /// A mistake in an answer sheet. NL: fout in een antwoordblad.
    ImportAnswerSheetError, ImportAnswerSheetErrorCode
}

/// An answer sheet to read back, as `/v1/assessments/{municipality}/{period}/answer-sheet.csv`
/// gives it out. NL: antwoordblad.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ImportAnswerSheetInput {
    /// The CBS code of the municipality that is filled in for. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The sheet as CSV, with commas or semicolons. Read are the columns `criterion`, `answer`,
    /// `explanation` and `revision`; a row without an answer says nothing. Evidence stays as it is.
    /// NL: tabel.
    table: String,
    /// Only check: nothing is kept. NL: proefdraaien.
    #[graphql(default = false)]
    dry_run: bool,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of an answer sheet. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct ImportAnswerSheetPayload {
    /// The assessment with its draft; null when there is none, as after a dry run. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// Answers that were kept, or would have been: those that say something else than the draft
    /// did; null when there are mistakes. NL: gewijzigde antwoorden.
    pub(super) changed: Option<i32>,
    /// What to repair, every mistake with its row and column; empty when all is well, and otherwise
    /// nothing was kept. NL: fouten.
    pub(super) errors: Vec<ImportAnswerSheetError>,
}

/// What can be wrong with a table of many municipalities. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportAssessmentsErrorCode {
    /// There is no such municipality today. NL: onbekende gemeente.
    UnknownMunicipality,
    /// You may not fill in for this municipality. NL: niet van u.
    NotYours,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open today. NL: periode niet open.
    PeriodNotOpen,
    /// No reason was given for filling in on behalf. NL: reden ontbreekt.
    ReasonMissing,
    /// The reason is empty or longer than 2,000 characters. NL: verkeerde lengte.
    ReasonLength,
    /// From a line on it is no table. NL: onleesbaar.
    Unreadable,
    /// There are more than 1,000 rows. NL: te veel regels.
    TooManyRows,
    /// A column that is needed is missing. NL: kolom ontbreekt.
    MissingColumn,
    /// A column is no criterion of the edition. NL: onbekende kolom.
    UnknownColumn,
    /// The municipality stands twice in the table. NL: dubbel.
    MunicipalityTwice,
    /// The row has no answer. NL: lege regel.
    NothingFilledIn,
    /// A cell is no answer. NL: onbekend antwoord.
    UnknownAnswer,
    /// The criterion is computed, or answered by the region. NL: niet aan de gemeente om te
    /// beantwoorden.
    NotYoursToAnswer,
    /// The criterion always applies. NL: altijd van toepassing.
    NotApplicableNotAllowed,
    /// The explanation has more than 4,000 characters. NL: toelichting te lang.
    ExplanationTooLong,
    /// A text holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The draft of the municipality has an answer already. NL: al beantwoord.
    AlreadyAnswered,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

table_error! {
    /// A mistake in a table of many municipalities. NL: fout in een tabel.
    ImportAssessmentsError, ImportAssessmentsErrorCode
}

/// A table of many municipalities to fill in. NL: in te vullen tabel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ImportAssessmentsInput {
    /// The key of the period. NL: periode.
    period: String,
    /// The table as CSV, with commas or semicolons, at most 1,000 rows: a column `municipality` of
    /// CBS codes, a column for each criterion called by its code, as in `BB-03`, and perhaps one of
    /// explanations, as in `BB-03:explanation`. Columns `name` and `municipality_name` are not
    /// read. NL: tabel.
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
#[derive(SimpleObject, Debug)]
pub(crate) struct ImportAssessmentsPayload {
    /// Municipalities that were filled in for, or would have been; null when there are mistakes.
    /// NL: gemeenten.
    pub(super) municipalities: Option<i32>,
    /// Answers that were kept, or would have been; null when there are mistakes. NL: antwoorden.
    pub(super) answers: Option<i32>,
    /// What to repair, every mistake with its row and column; empty when all is well, and otherwise
    /// nothing was kept. NL: fouten.
    pub(super) errors: Vec<ImportAssessmentsError>,
}

/// The codes that a mutation has for what is wrong with a table; none where that cannot be.
trait TableCodes: Copy {
    fn table(mistake: TableMistake) -> Option<Self>;
}

impl TableCodes for ImportAnswerSheetErrorCode {
    fn table(mistake: TableMistake) -> Option<Self> {
        match mistake {
            TableMistake::Unreadable => Some(Self::Unreadable),
            TableMistake::TooManyRows => Some(Self::TooManyRows),
            TableMistake::MissingColumn => Some(Self::MissingColumn),
            TableMistake::UnknownAnswer => Some(Self::UnknownAnswer),
            TableMistake::UnknownRevision => Some(Self::UnknownRevision),
            TableMistake::Answer(mistake) => Self::answer(mistake),
            TableMistake::UnknownColumn | TableMistake::MunicipalityTwice => None,
        }
    }
}

impl TableCodes for ImportAssessmentsErrorCode {
    fn table(mistake: TableMistake) -> Option<Self> {
        use rules::AnswerMistake as Of;
        match mistake {
            TableMistake::Unreadable => Some(Self::Unreadable),
            TableMistake::TooManyRows => Some(Self::TooManyRows),
            TableMistake::MissingColumn => Some(Self::MissingColumn),
            TableMistake::UnknownColumn => Some(Self::UnknownColumn),
            TableMistake::UnknownAnswer => Some(Self::UnknownAnswer),
            TableMistake::MunicipalityTwice => Some(Self::MunicipalityTwice),
            TableMistake::UnknownRevision => None,
            TableMistake::Answer(Of::NotYoursToAnswer) => Some(Self::NotYoursToAnswer),
            TableMistake::Answer(Of::NotApplicableNotAllowed) => {
                Some(Self::NotApplicableNotAllowed)
            }
            TableMistake::Answer(Of::ExplanationTooLong) => Some(Self::ExplanationTooLong),
            TableMistake::Answer(Of::PersonalData) => Some(Self::PersonalData),
            TableMistake::Answer(Of::StaleRevision) => Some(Self::AlreadyAnswered),
            TableMistake::Answer(_) => None,
        }
    }
}

/// Mistakes of a table as mistakes of the input field that holds it, row by row.
fn to_view<C: TableCodes>(mistakes: Vec<Placed<TableMistake>>) -> Result<Vec<Mistake<C>>, DbError> {
    let mut shown = Vec::with_capacity(mistakes.len());
    for placed in mistakes {
        let code = C::table(placed.code).ok_or_else(|| {
            let cannot = format!("{:?} cannot come of this mutation", placed.code);
            DbError::doing("reading a table")(sea_orm::DbErr::Custom(cannot))
        })?;
        shown.push(in_table(Placed {
            code,
            row: placed.row,
            column: placed.column,
            message: placed.message,
        }));
    }
    Ok(shown)
}

fn in_table<C>(placed: Placed<C>) -> Mistake<C> {
    let place = [TABLE.to_owned(), placed.row.to_string()].into_iter();
    Mistake {
        code: placed.code,
        field: place.chain(placed.column).collect(),
        message: placed.message,
    }
}

impl From<&Given> for ToCheck {
    fn from(given: &Given) -> Self {
        Self {
            criterion: given.criterion.clone(),
            answer: given.answer,
            explanation: given.explanation.clone(),
            evidence: None,
            revision: given.revision,
        }
    }
}

/// An answer sheet that was read: the subject, and how many answers changed.
pub(super) struct SheetRead {
    pub(super) subject: String,
    pub(super) changed: i32,
}

impl Outcome for SheetRead {
    fn read(kept: String) -> Option<Self> {
        let (subject, changed) = kept.split_once('#')?;
        Some(Self {
            subject: subject.to_owned(),
            changed: changed.parse().ok()?,
        })
    }
}

/// Reads an answer sheet back into the draft.
pub(super) async fn import_sheet(
    request: &RequestContext,
    input: &ImportAnswerSheetInput,
) -> Result<SheetRead, Stopped<ImportAnswerSheetErrorCode>> {
    use ImportAnswerSheetErrorCode as Code;
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("importAnswerSheet", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_fill_draft(mandate, &municipality);
    let opened = Change::open(request, call, may).await?;
    let (session, permit) = (opened.session(), opened.permit());
    let target: Target = target(session, municipality.clone(), &input.period).await?;
    let mut mistakes: Vec<Mistake<Code>> = target
        .not_open(session, Code::PeriodNotOpen)
        .into_iter()
        .collect();
    let given = match sheet::read_sheet(&input.table) {
        Ok(given) => given,
        Err(wrong) => {
            mistakes.extend(to_view(wrong)?);
            return Err(Stopped::Wrong(mistakes));
        }
    };
    let kept = work::draft_answers(session, permit, target.period.as_str()).await?;
    // What the sheet repeats is not saved again, so that nobody else's save goes stale by it.
    let says_the_same = |one: &Given| {
        kept.iter().any(|row| {
            row.criterion == one.criterion
                && row.answer == one.answer.code()
                && row.explanation == one.explanation
                && row.counts()
        })
    };
    let given: Vec<Given> = given
        .into_iter()
        .filter(|one| !says_the_same(one))
        .collect();
    let to_check: Vec<ToCheck> = given.iter().map(ToCheck::from).collect();
    if !to_check.is_empty()
        && let Err(Unfit {
            mistakes: wrong, ..
        }) = save::fill(session, permit, &target, &to_check).await?
    {
        let placed = wrong
            .into_iter()
            .map(|mistake| sheet::placed(mistake, &given, false));
        mistakes.extend(to_view(placed.collect())?);
    }
    stop_at(mistakes)?;
    let changed = i32::try_from(given.len()).unwrap_or(i32::MAX);
    let outcome = format!("{}#{changed}", target.subject());
    if input.dry_run {
        return Ok(read_outcome(outcome)?);
    }
    Ok(read_outcome(opened.seal(request, outcome).await?)?)
}

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
enum Into {
    OnBehalf(MayFillOnBehalf),
    Draft(MayFillDraft),
}

type Code = ImportAssessmentsErrorCode;

/// Fills in for many municipalities, all or none of them.
pub(super) async fn import_many(
    request: &RequestContext,
    input: &ImportAssessmentsInput,
) -> Result<TableRead, Stopped<Code>> {
    let call = Call::of("importAssessments", &input.idempotency_key, input);
    let opened = Change::open(request, call, policy::may_import_assessments).await?;
    let session = opened.session();
    let Some((period, days, edition)) = named_period(session, &input.period).await? else {
        return Err(Stopped::Wrong(vec![unknown_period(
            &input.period,
            Code::UnknownPeriod,
        )]));
    };
    let mut mistakes: Vec<Mistake<Code>> = not_open(days, session.today(), Code::PeriodNotOpen)
        .into_iter()
        .collect();
    let codes: Vec<&str> = edition
        .criteria
        .iter()
        .map(|rule| rule.code.as_str())
        .collect();
    let (rows, wrong) = match sheet::read_many(&input.table, &codes) {
        Ok(read) => read,
        Err(wrong) => {
            mistakes.extend(to_view(wrong)?);
            return Err(Stopped::Wrong(mistakes));
        }
    };
    mistakes.extend(to_view(wrong)?);
    let existing = repo::municipalities_today(session).await?;
    let mut filled: Vec<(Into, &OfMunicipality)> = Vec::with_capacity(rows.len());
    for row in &rows {
        match whose(session.mandate(), row, &existing) {
            Ok(goes) => filled.push((goes, row)),
            Err(placed) => mistakes.push(in_table(placed)),
        }
        if row.given.is_empty() {
            mistakes.push(in_table(Placed::at(
                Code::NothingFilledIn,
                row.line,
                "",
                "Deze regel heeft geen antwoord.",
                "This row has no answer.",
            )));
        }
        mistakes.extend(to_view(answer_mistakes(&edition, row, session.today()))?);
    }
    let on_behalf: Vec<(&MayFillOnBehalf, &OfMunicipality)> = filled
        .iter()
        .filter_map(|(goes, row)| match goes {
            Into::OnBehalf(permit) => Some((permit, *row)),
            Into::Draft(_) => None,
        })
        .collect();
    if !on_behalf.is_empty() {
        mistakes.extend(reason_mistakes(input.reason.as_deref()));
    }
    // Drafts are filled in only for a table without mistakes; what they hold already is then told
    // for all of them.
    let drafts: &[(Into, &OfMunicipality)] = if mistakes.is_empty() { &filled } else { &[] };
    for (goes, row) in drafts {
        if let Into::Draft(permit) = goes {
            let target = Target {
                municipality: permit.municipality().clone(),
                period: period.clone(),
                days,
                edition: edition.clone(),
            };
            let given: Vec<ToCheck> = row.given.iter().map(ToCheck::from).collect();
            if let Err(unfit) = save::fill(session, permit, &target, &given).await? {
                let placed = unfit
                    .mistakes
                    .into_iter()
                    .map(|mistake| sheet::placed(mistake, &row.given, true));
                mistakes.extend(to_view(placed.collect())?);
            }
        }
    }
    mistakes.sort_by_key(|mistake| mistake.field.get(1).and_then(|row| row.parse::<u64>().ok()));
    stop_at(mistakes)?;
    let answers: usize = rows.iter().map(|row| row.given.len()).sum();
    let outcome = format!("{}/{answers}", rows.len());
    if input.dry_run {
        return Ok(read_outcome(outcome)?);
    }
    if on_behalf.is_empty() {
        return Ok(read_outcome(opened.seal(request, outcome).await?)?);
    }
    let mut change = opened.lock().await?;
    let scope = policy::reviews(change.session().mandate());
    let numbers = repo::last_fillings(change.session(), &scope, period.as_str()).await?;
    let answers: Vec<Vec<ToKeep>> = on_behalf
        .iter()
        .map(|(_, row)| row.given.iter().map(ToKeep::from).collect())
        .collect();
    let fillings: Vec<NewFilling<'_>> = on_behalf
        .iter()
        .zip(&answers)
        .map(|((permit, _), answers)| NewFilling {
            permit,
            number: numbers
                .get(permit.municipality().as_str())
                .map_or(1, |last| last + 1),
            answers,
        })
        .collect();
    let shown = FillingFacts {
        period: &period,
        edition: &edition.code,
        reason: input.reason.as_deref().unwrap_or_default(),
        channel: FillingChannel::Table.code(),
    };
    append::fillings(&mut change.writer, shown, &fillings).await?;
    Ok(read_outcome(change.seal(request, outcome).await?)?)
}

impl From<&Given> for ToKeep {
    fn from(given: &Given) -> Self {
        Self {
            criterion: given.criterion.clone(),
            answer: given.answer,
            explanation: rules::explanation(given.explanation.as_deref()),
            evidence: Vec::new(),
        }
    }
}

/// Where the answers of a row go, or why nowhere.
fn whose(
    mandate: &policy::Mandate,
    row: &OfMunicipality,
    existing: &[String],
) -> Result<Into, Placed<Code>> {
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
        .map(Into::OnBehalf)
        .or_else(|_| policy::may_fill_draft(mandate, &code).map(Into::Draft))
        .map_err(|_| {
            Placed::at(
                Code::NotYours,
                row.line,
                "municipality",
                format!("Voor {} vult u niet in.", row.municipality),
                format!("You do not fill in for {}.", row.municipality),
            )
        })
}

/// What is wrong with the answers of a row, whatever the draft holds.
fn answer_mistakes(
    edition: &Edition,
    row: &OfMunicipality,
    today: chrono::NaiveDate,
) -> Vec<Placed<TableMistake>> {
    let requested: Vec<GivenAnswer<'_>> = row
        .given
        .iter()
        .map(|one| GivenAnswer {
            criterion: &one.criterion,
            answer: one.answer,
            explanation: one.explanation.as_deref(),
            evidence: None,
            revision: None,
            kept: None,
        })
        .collect();
    let measure = Measure {
        edition,
        kinds: &[],
        today,
    };
    let wrong = rules::check_answers(measure, &requested).into_iter();
    wrong
        .map(|mistake| sheet::placed(mistake, &row.given, true))
        .collect()
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
    let codes = (Code::ReasonLength, Code::PersonalData);
    text_mistakes(&["reason"], reason, LONGEST_REASON, codes)
}

#[cfg(test)]
mod tests {
    use async_graphql::{InputType as _, Value};
    use serde_json::json;

    use super::*;
    use graphql::change::Input as _;
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
        let to_contract_value = json!({ "period": "2026-2", "idempotencyKey": "één", "table": "municipality,BB-03\nGM0402,MET\n" });
        assert_eq!(canonical_form(to_contract_value), form);
        let written_out = json!({ "table": "municipality,BB-03\nGM0402,MET\n", "reason": null, "dryRun": false,
            "idempotencyKey": "e\u{301}e\u{301}n", "period": "2026-2" });
        assert_eq!(canonical_form(written_out), form);
        assert_eq!(
            hex::encode(canonical::sha256(&[form.as_bytes()])),
            "b49bcbfe30b96e48ea5fa833dac59d77ec763d330ccebb3d3b0d8ec5e3aaaf17"
        );
        let other = json!({ "period": "2026-2", "idempotencyKey": "één", "table": "municipality,BB-03\nGM0402,MET\n",
            "dryRun": true });
        assert_eq!(
            canonical_form(other),
            form.replace(r#""dryRun":false"#, r#""dryRun":true"#)
        );
    }
}
