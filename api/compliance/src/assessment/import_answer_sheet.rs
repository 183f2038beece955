//! `importAnswerSheet`: the sheet of one municipality comes back into its draft. Everything is
//! checked before anything is kept; every mistake is told with its row, column and cell; a dry run
//! checks, tells what would change, and keeps nothing.

use async_graphql::{InputObject, SimpleObject};
use graphql::{
    change::{Call, Change, Outcome, Stopped, read_outcome, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
};

use super::{
    errors::{AssessmentError, AssessmentErrorCode, in_table},
    save::{self, ToCheck},
    schema::Assessment,
    sheet::{self, CellChange, Kept},
    target::{Target, municipality_of},
    work::{self, DraftAnswer},
};
use database::DbError;
use domain::policy;

/// An answer sheet to read back, as `/v1/assessments/{municipality}/{period}/answer-sheet.csv`
/// gives it out. NL: antwoordblad.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ImportAnswerSheetInput {
    /// The CBS code of the municipality that is filled in for. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The sheet as CSV, with commas, semicolons or tabs. Read are the columns `criterion`,
    /// `answer`, `answer_nl` and `answer_en` (which must agree), `explanation`, `revision` and
    /// `confirmed`, by these names or the Dutch ones, in whatever case; a row without an answer
    /// says nothing. Explanations stay as they are in a sheet without that column, and an empty
    /// cell clears one. An answer that was carried over and that the sheet repeats stays to be
    /// confirmed, unless `confirmed` says yes. Evidence stays as it is. NL: tabel.
    table: String,
    /// Only check: nothing is kept. NL: proefdraaien.
    #[graphql(default = false)]
    dry_run: bool,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of an answer sheet. NL: resultaat.
#[derive(SimpleObject, Debug, Default)]
#[graphql(complex)]
pub(crate) struct ImportAnswerSheetPayload {
    /// The assessment with its draft; null when there is none, as after a dry run. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// Answers that were kept, or would have been: those that say something else than the draft
    /// did; null when there are mistakes. NL: gewijzigde antwoorden.
    pub(super) changed: Option<i32>,
    /// Answers that were carried over and that the sheet repeats without confirming them: they
    /// stay to be confirmed. Null when there are mistakes. NL: nog te bevestigen.
    pub(super) to_confirm: Option<i32>,
    /// Of a dry run, each cell that says something else than the draft; otherwise empty. NL:
    /// gewijzigde cellen.
    pub(super) changes: Vec<AnswerSheetChange>,
    /// What to repair, every mistake with its row, column and cell; empty when all is well, and
    /// otherwise nothing was kept. NL: fouten.
    pub(super) errors: Vec<AssessmentError>,
}

graphql::warned! { ImportAnswerSheetPayload }

/// A cell of an answer sheet that says something else than the draft. NL: gewijzigde cel.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct AnswerSheetChange {
    /// The criterion, by its code within the edition. NL: criterium.
    criterion: String,
    /// The row as a spreadsheet numbers it. NL: regel.
    row: i32,
    /// The name of the column, as it stands in the sheet. NL: kolom.
    column: String,
    /// The cell as a spreadsheet names it, as in `C7`; null when the sheet has no such column. NL:
    /// cel.
    cell: Option<String>,
    /// What the draft says: an answer by its code, an explanation as it stands; null when it says
    /// nothing. NL: voor.
    before: Option<String>,
    /// What it would say; null when it would say nothing. NL: na.
    after: Option<String>,
}

impl From<CellChange> for AnswerSheetChange {
    fn from(change: CellChange) -> Self {
        Self {
            criterion: change.criterion,
            row: i32::try_from(change.row).unwrap_or(i32::MAX),
            column: change.column,
            cell: change.cell,
            before: change.before,
            after: change.after,
        }
    }
}

/// An answer sheet that was read: the subject, how many answers changed, how many stay to be
/// confirmed, and of a dry run which cells would change.
pub(super) struct SheetRead {
    pub(super) subject: String,
    pub(super) changed: i32,
    pub(super) to_confirm: i32,
    pub(super) changes: Vec<AnswerSheetChange>,
}

impl Outcome for SheetRead {
    fn read(kept: String) -> Option<Self> {
        let mut parts = kept.split('#');
        let (subject, changed) = (parts.next()?, parts.next()?);
        Some(Self {
            subject: subject.to_owned(),
            changed: changed.parse().ok()?,
            // An outcome of before confirming was an act has no such number: all was confirmed.
            to_confirm: parts.next().map_or(Some(0), |number| number.parse().ok())?,
            changes: Vec::new(),
        })
    }
}

/// Reads an answer sheet back into the draft.
pub(super) async fn import(
    request: &RequestContext,
    input: &ImportAnswerSheetInput,
) -> Result<SheetRead, Stopped<AssessmentErrorCode>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("importAnswerSheet", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_fill_draft(mandate, &municipality);
    let opened = Change::open(request, call, may).await?;
    let (session, permit) = (opened.session(), opened.permit());
    let target = Target::find(session, municipality, &input.period).await?;
    let mut mistakes = Vec::from_iter(target.period.not_open(session));
    // What the sheet repeats is not saved again, so that nobody else's save goes stale by it, and
    // nothing that was carried over is confirmed by it.
    let kept = work::draft_answers(session, permit, target.key()).await?;
    let kept = kept.iter().map(to_kept).collect::<Result<Vec<_>, _>>()?;
    let edition = &target.period.edition.code;
    let read = match sheet::read_sheet(&input.table, edition, &kept) {
        Ok(read) => read,
        Err(wrong) => {
            mistakes.extend(wrong.into_iter().map(in_table));
            return Err(Stopped::Wrong(mistakes));
        }
    };
    let mut wrong = read.mistakes;
    let to_check: Vec<ToCheck> = read.given.iter().map(ToCheck::from).collect();
    if !to_check.is_empty()
        && let Err(unfit) = save::fill(session, permit, &target, &to_check).await?
    {
        let unfit = unfit.mistakes.into_iter();
        wrong.extend(unfit.filter_map(|mistake| read.layout.place(mistake, &read.given)));
    }
    wrong.sort_by_key(|mistake| mistake.row);
    mistakes.extend(wrong.into_iter().map(in_table));
    stop_at(mistakes)?;
    request.warn(read.warnings);
    request.warn(read.layout.warnings(&read.given));
    let outcome = format!(
        "{}#{}#{}",
        target.subject(),
        read.given.len(),
        read.to_confirm
    );
    if input.dry_run {
        let changes = read.changes.into_iter().map(AnswerSheetChange::from);
        return Ok(SheetRead {
            changes: changes.collect(),
            ..read_outcome(outcome)?
        });
    }
    Ok(read_outcome(opened.seal(request, outcome).await?)?)
}

fn to_kept(row: &DraftAnswer) -> Result<Kept, DbError> {
    Ok(Kept {
        criterion: row.criterion.clone(),
        answer: row.answer.clone(),
        explanation: row.explanation.clone(),
        revision: row.revision,
        is_to_confirm: !row.counts(),
        evidence: sheet::evidence_text(&row.evidence()?),
    })
}
