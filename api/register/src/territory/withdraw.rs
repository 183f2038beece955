//! `withdrawReorganisation`: takes back all that one call of `recordReorganisation` recorded.
//!
//! Every row of that call is taken back: what it ended goes on, what it began was never there. Rows
//! that somebody changed since are no longer of that call, and then nothing is withdrawn. Whoever
//! withdraws names the municipalities that exist again: where they are others, the mistake says
//! which they are, so nobody opens anything without knowing. To correct a reorganisation, withdraw
//! it and record it anew.

use std::collections::BTreeSet;

use async_graphql::{InputObject, SimpleObject};

use super::{
    errors::{ReorganisationError, ReorganisationErrorCode},
    reorganise::has_acted,
    schema::Municipality,
    undo::{self, Recorded, Undone},
};
use crate::sources::input::{SourceInput, source_mistakes};
use domain::{mistake::Mistake, policy};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
};
use ledger::judge::{Concerned, judge_anew};

/// A reorganisation to take back, with all that the same call recorded. NL: in te trekken
/// herindeling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawReorganisationInput {
    /// The CBS code of a municipality that went over. NL: voorganger.
    predecessor: String,
    /// The CBS code of the municipality that took it in. NL: opvolger.
    successor: String,
    /// The CBS codes of the municipalities that exist again by it. Leave it empty to be told: where
    /// it names others, nothing is withdrawn and the mistake says which they are. NL: heropende
    /// gemeenten.
    reopens: Vec<String>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a withdrawal. NL: resultaat.
#[derive(SimpleObject, Debug)]
#[graphql(complex)]
pub(crate) struct WithdrawReorganisationPayload {
    /// The municipalities that exist again; empty when nothing was withdrawn. NL: heropende
    /// gemeenten.
    pub(super) reopened: Vec<Municipality>,
    /// What to repair; empty when it was withdrawn. NL: fouten.
    pub(super) errors: Vec<ReorganisationError>,
}

graphql::warned! { WithdrawReorganisationPayload }

type Code = ReorganisationErrorCode;

fn written(code: &str) -> String {
    code.trim().to_ascii_uppercase()
}

/// Withdraws it and has judged anew whom it concerns; gives the codes of those that exist again,
/// with commas between them.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawReorganisationInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawReorganisation", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let session = change.session();
    stop_at(source_mistakes(session, Some(&input.source), Code::UnknownSource).await?)?;
    let (from, into) = (written(&input.predecessor), written(&input.successor));
    let Some(recorded) = undo::recorded(session, &from, &into).await? else {
        return Err(Stopped::Wrong(vec![unknown(&from, &into)]));
    };
    let rows = undo::rows(session, &recorded).await?;
    let begun: Vec<String> = rows.iter().filter_map(|row| row.begun.clone()).collect();
    let mut mistakes = mistakes(&recorded, &rows, input);
    let day = recorded.effective_on;
    mistakes.extend(has_acted(session, &change.permit, (&begun, day), "successor").await?);
    stop_at(mistakes)?;

    let (writer, permit) = (&mut change.writer, &change.permit);
    undo::append(writer, permit, &rows, &input.source.pair()).await?;
    let concerned: BTreeSet<String> = rows.iter().flat_map(Undone::municipalities).collect();
    judge_anew(writer, &Concerned::municipalities(&concerned)).await?;
    let reopened = Vec::from_iter(reopened(&rows)).join(",");
    Ok(change.seal(request, reopened).await?)
}

fn unknown(from: &str, into: &str) -> Mistake<Code> {
    Mistake::at(
        Code::UnknownReorganisation,
        &["predecessor"],
        format!("Er is geen herindeling vastgelegd van {from:?} naar {into:?}."),
        format!("No reorganisation of {from:?} into {into:?} is recorded."),
    )
}

/// The municipalities that exist again: those that the call ended.
fn reopened(rows: &[Undone]) -> BTreeSet<String> {
    rows.iter().filter_map(|row| row.ended.clone()).collect()
}

fn mistakes(
    recorded: &Recorded,
    rows: &[Undone],
    input: &WithdrawReorganisationInput,
) -> Vec<Mistake<Code>> {
    if !recorded.is_of_a_call() {
        return vec![Mistake::at(
            Code::ChangedSince,
            &["predecessor"],
            "Deze herindeling staat in de gegevensset; corrigeer haar daar en lees de set opnieuw \
             in.",
            "This reorganisation is of the data set; correct it there and import the set again.",
        )];
    }
    if rows.iter().any(|row| row.is_changed) {
        return vec![Mistake::at(
            Code::ChangedSince,
            &["predecessor"],
            "Een gemeente of lidmaatschap van deze herindeling is sindsdien gewijzigd; maak eerst \
             die wijziging ongedaan.",
            "A municipality or a membership of this reorganisation was changed since; undo that \
             change first.",
        )];
    }
    let given: BTreeSet<String> = input.reopens.iter().map(|code| written(code)).collect();
    let reopened = reopened(rows);
    if given == reopened {
        return Vec::new();
    }
    let codes = Vec::from_iter(reopened).join(", ");
    vec![Mistake::at(
        Code::ReopensOthers,
        &["reopens"],
        format!(
            "Door dit in te trekken bestaan weer: {codes}. Hun lidmaatschappen en oordelen \
             tellen dan weer apart, en hun opvolger ziet hun antwoorden niet meer. Noem precies deze codes."
        ),
        format!(
            "By this withdrawal these exist again: {codes}. Their memberships and verdicts count \
             apart again, and their successor no longer sees their answers. Name exactly these codes."
        ),
    )]
}
