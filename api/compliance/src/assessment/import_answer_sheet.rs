//! `importAnswerSheet`: the sheet of one municipality comes back into its draft. Everything is
//! checked before anything is kept; every mistake is told with its row and column; a dry run checks
//! and keeps nothing.

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
    sheet::{self, Given},
    target::{Target, municipality_of},
    work::{self, DraftAnswer},
};
use domain::{assessment::rules, framework::key::code_in, policy};

/// An answer sheet to read back, as `/v1/assessments/{municipality}/{period}/answer-sheet.csv`
/// gives it out. NL: antwoordblad.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ImportAnswerSheetInput {
    /// The CBS code of the municipality that is filled in for. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// The sheet as CSV, with commas or semicolons. Read are the columns `criterion`, `answer`,
    /// `explanation` and `revision`; a row without an answer says nothing. Explanations stay as
    /// they are in a sheet without that column, and an empty cell clears one. Evidence stays as it
    /// is. NL: tabel.
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
    /// What to repair, every mistake with its row and column; empty when all is well, and otherwise
    /// nothing was kept. NL: fouten.
    pub(super) errors: Vec<AssessmentError>,
}

graphql::warned! { ImportAnswerSheetPayload }

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
    let mut given = match sheet::read_sheet(&input.table) {
        Ok(given) => given,
        Err(wrong) => {
            mistakes.extend(wrong.into_iter().map(in_table));
            return Err(Stopped::Wrong(mistakes));
        }
    };
    for one in &mut given {
        one.criterion = code_in(&target.period.edition.code, &one.criterion).to_owned();
    }
    // What the sheet repeats is not saved again, so that nobody else's save goes stale by it.
    let kept = work::draft_answers(session, permit, target.key()).await?;
    given.retain(|one| !kept.iter().any(|row| says_the_same(one, row)));
    let to_check: Vec<ToCheck> = given.iter().map(ToCheck::from).collect();
    if !to_check.is_empty()
        && let Err(unfit) = save::fill(session, permit, &target, &to_check).await?
    {
        let wrong = unfit.mistakes.into_iter();
        mistakes.extend(wrong.map(|mistake| in_table(sheet::placed(mistake, &given, false))));
    }
    stop_at(mistakes)?;
    request.warn(sheet::warnings(&given, false));
    let changed = i32::try_from(given.len()).unwrap_or(i32::MAX);
    let outcome = format!("{}#{changed}", target.subject());
    if input.dry_run {
        return Ok(read_outcome(outcome)?);
    }
    Ok(read_outcome(opened.seal(request, outcome).await?)?)
}

fn says_the_same(given: &Given, row: &DraftAnswer) -> bool {
    let stated = given.explanation.clone().or_kept(row.explanation.clone());
    row.criterion == given.criterion
        && row.answer == given.answer.code()
        && row.explanation == rules::explanation(stated.as_deref())
        && row.counts()
}
