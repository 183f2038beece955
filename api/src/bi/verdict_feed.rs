//! `fact_verdict.csv`: RFC 4180, UTF-8, a header line, and formulas made harmless for spreadsheets.

use sea_orm::DbErr;

use super::repo::{self, VerdictFact};
use crate::{
    db::{DbError, Session},
    policy,
    verdict::{
        label::full_label,
        rules::{Basis, VerdictStatus},
    },
};

/// The columns, in their order; columns are only ever appended.
const HEADER: [&str; 12] = [
    "municipality_code",
    "municipality_name",
    "period_key",
    "basis",
    "status",
    "status_label_nl",
    "status_label_en",
    "edition_code",
    "edition_state",
    "assessment_version",
    "verdict_from",
    "ledger_no",
];

/// The feed as CSV; none for a role that sees no verdicts.
pub(crate) async fn csv(session: &Session) -> Result<Option<Vec<u8>>, DbError> {
    let submitted = policy::verdicts(session.mandate(), Basis::Submitted);
    let confirmed = policy::verdicts(session.mandate(), Basis::Confirmed);
    if submitted.hidden_by().is_some() && confirmed.hidden_by().is_some() {
        return Ok(None);
    }
    let rows = repo::verdicts(session, &submitted, &confirmed).await?;
    let mut text = HEADER.join(",");
    text.push_str("\r\n");
    for row in &rows {
        let fields = fields(row)?.map(|field| quoted(&field));
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    Ok(Some(text.into_bytes()))
}

fn fields(row: &VerdictFact) -> Result<[String; 12], DbError> {
    let unreadable =
        || DbError::doing("writing the feed of verdicts")(DbErr::Type("a verdict".to_owned()));
    let status = VerdictStatus::parse(&row.status).ok_or_else(unreadable)?;
    let basis = Basis::parse(&row.basis).ok_or_else(unreadable)?;
    let (label_nl, label_en) = full_label(status, basis, row.edition_state != "ENDORSED");
    Ok([
        row.municipality_code.clone(),
        row.municipality_name.clone(),
        row.period_key.clone(),
        row.basis.clone(),
        row.status.clone(),
        label_nl,
        label_en,
        row.edition_code.clone(),
        row.edition_state.clone(),
        row.assessment_version
            .map(|version| version.to_string())
            .unwrap_or_default(),
        row.verdict_from
            .map(|day| day.to_string())
            .unwrap_or_default(),
        row.ledger_no.to_string(),
    ])
}

/// A field in quotes where RFC 4180 wants them; a text that a spreadsheet would run gets an apostrophe in front.
fn quoted(field: &str) -> String {
    let harmless = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if harmless.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", harmless.replace('"', "\"\""))
    } else {
        harmless
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_formulas_are_harmless() {
        assert_eq!(quoted("Hilversum"), "Hilversum");
        assert_eq!(quoted("a,b"), "\"a,b\"");
        assert_eq!(quoted("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("'s-Gravenhage"), "'s-Gravenhage");
    }
}
