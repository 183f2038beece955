//! What VNG fills in on behalf of municipalities.

use entity::{on_behalf_answer, on_behalf_filling};

use super::{Body, insert, maybe_texts, open};
use crate::assessment::work::ToKeep;
use database::DbError;
use domain::{framework::key::PeriodKey, policy::MayFillOnBehalf};
use ledger::{Head, Writer, fact};

/// What VNG fills in on behalf of one municipality.
#[derive(Debug)]
pub(crate) struct NewFilling<'a> {
    pub(crate) permit: &'a MayFillOnBehalf,
    pub(crate) number: i32,
    pub(crate) answers: &'a [ToKeep],
}

/// What all fillings of one call have in common.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FillingFacts<'a> {
    pub(crate) period: &'a PeriodKey,
    pub(crate) edition: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) channel: &'static str,
}

/// Appends fillings of one or many municipalities: an entry each, and a few statements however
/// many; gives the numbers of the entries.
pub(crate) async fn fillings(
    writer: &mut Writer,
    shown: FillingFacts<'_>,
    fillings: &[NewFilling<'_>],
) -> Result<Vec<i64>, DbError> {
    let heads: Vec<Head> = fillings
        .iter()
        .map(|one| {
            let municipality = one.permit.municipality();
            open(
                writer,
                "assessment.filledOnBehalf",
                municipality,
                shown.period,
            )
        })
        .collect();
    let filled_at = writer.recorded_at();
    let reasons = heads.iter();
    let reasons = reasons.map(|head| Body::of(head, Some(shown.reason.trim())));
    let reasons = maybe_texts(writer, reasons.collect()).await?;
    let rows = fillings.iter().zip(&heads).zip(reasons);
    let rows = rows.filter_map(|((one, head), reason)| {
        Some(fact!(on_behalf_filling, head.clone(), {
            municipality: one.permit.municipality().as_str().to_owned(),
            period: shown.period.as_str().to_owned(),
            number: one.number,
            edition: shown.edition.to_owned(),
            reason_text: reason?,
            channel: shown.channel.to_owned(),
            filled_at: filled_at,
        }))
    });
    insert(writer, "filling in on behalf", rows.collect()).await?;
    let answers: Vec<(&NewFilling<'_>, &Head, &ToKeep)> = fillings
        .iter()
        .zip(&heads)
        .flat_map(|(one, head)| one.answers.iter().map(move |answer| (one, head, answer)))
        .collect();
    let texts = answers.iter();
    let texts = texts.map(|(_, head, answer)| Body::of(head, answer.explanation.as_deref()));
    let texts = maybe_texts(writer, texts.collect()).await?;
    let rows = answers
        .into_iter()
        .zip(texts)
        .map(|((one, head, answer), text)| {
            fact!(on_behalf_answer, head.clone(), {
                municipality: one.permit.municipality().as_str().to_owned(),
                period: shown.period.as_str().to_owned(),
                filling: one.number,
                criterion: answer.criterion.clone(),
                answer: answer.answer.code().to_owned(),
                explanation_text: text,
            })
        });
    insert(writer, "filling in answers on behalf", rows.collect()).await?;
    Ok(heads.iter().map(|head| head.number).collect())
}
