//! A page of the history of answers, version by version.
//!
//! The 22 answers of a version have most of their cells in common. To write out each of them in
//! Postgres, and what is beside them once more for each, was two thirds of what a page cost. So
//! Postgres walks the same answers by the same index up to the same row, writes what a version says
//! once, with the codes of its criteria and its answers as two lists, and the rows are made of that
//! here. Labels are those of the code list, which is what the view reads them from.
//!
//! The view remains what the rows are: a test holds every cell of a page to it. Whoever asks for
//! other rows than those that follow a key, or for some columns only, gets them from the view.

use std::borrow::Cow;

use super::{
    filter::{Filter, Sql},
    records::{Cell, field, truth},
    selection::{Selection, Start},
    tables::{Column, DATABASE},
};
use domain::verdict::rules::AnswerValue;

/// The table.
const HISTORY: &str = "fact_answer_history";

/// What is read of the answers themselves, those that are known at the number of the session. As in
/// the view `+ 0` keeps the planner from the index of that number.
const ANSWERS: &str = "select a.municipality as municipality_code, a.period as period_key,
    a.version, a.criterion as criterion_code, a.answer, a.explanation_text
    from fact.answer a
    where a.ledger_no + 0 <= (select current_setting('app.ledger_no')::bigint)";

/// What stands around those of a page. A code has no space. An explanation stands with its
/// criterion, and with the number and the instant of the entry that blanked it.
const BEFORE: &str = "select coalesce(string_agg(p::text, ''), '') from (
    select h.municipality_code, h.period_key, h.version, v.edition, v.is_confirmed,
        to_char(v.recorded_at, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), v.ledger_no,
        h.criteria, h.answers, h.explanations
    from (
        select municipality_code, period_key, version,
            string_agg(criterion_code, ' ') as criteria, string_agg(answer, ' ') as answers,
            string_agg((
                select row(criterion_code, x.body, x.redacted_by,
                    case when x.redacted_by is not null then
                        to_char(bi.recorded_at(x.redacted_by), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')
                    end)::text
                from free_text x where x.id = explanation_text), '')
                filter (where explanation_text is not null) as explanations
        from (";
const BEHIND: &str = ") fact_answer_history
        group by municipality_code, period_key, version) h
    left join lateral (
        select max(v.edition) as edition,
            coalesce(max(d.outcome) = 'CONFIRMED', false) as is_confirmed,
            max(greatest(v.ledger_no, d.ledger_no)) as ledger_no,
            (select i.recorded_at from ledger_instant i
             where i.number >= max(greatest(v.ledger_no, d.ledger_no))
             order by i.number limit 1) as recorded_at
        from known.assessment_version v
        left join known.review_decision d
            on d.municipality = v.municipality and d.period = v.period and d.version = v.number
        where v.municipality = h.municipality_code and v.period = h.period_key
          and v.number = h.version) v on true
    order by h.municipality_code, h.period_key, h.version) p";

/// Where a cell of a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Municipality,
    Period,
    Version,
    Criterion,
    CriterionKey,
    Answer,
    LabelNl,
    LabelEn,
    Explanation,
    IsConfirmed,
    RecordedAt,
    LedgerNo,
    /// The same in each row, and not in the text.
    Database(&'static str),
}

impl Part {
    fn of(column: &Column, database: &'static str) -> Option<Self> {
        Some(match column.name {
            "municipality_code" => Self::Municipality,
            "period_key" => Self::Period,
            "version" => Self::Version,
            "criterion_code" => Self::Criterion,
            "criterion_key" => Self::CriterionKey,
            "answer" => Self::Answer,
            "answer_label_nl" => Self::LabelNl,
            "answer_label_en" => Self::LabelEn,
            "explanation_nl" => Self::Explanation,
            "is_confirmed" => Self::IsConfirmed,
            "recorded_at" => Self::RecordedAt,
            "ledger_no" => Self::LedgerNo,
            DATABASE => Self::Database(database),
            _ => return None,
        })
    }
}

/// Where the cells of a selection come from, when its page is read version by version; none when it
/// is read from the view.
pub(crate) fn parts(selection: &Selection, database: &'static str) -> Option<Vec<Part>> {
    let is_reach = |filter: &Filter| matches!(filter, Filter::Constant(true) | Filter::Own { .. });
    let is_walk = selection.table.name == HISTORY
        && selection.columns.len() == selection.table.columns.len()
        && selection.filters.iter().all(is_reach)
        && selection.since.is_none()
        && selection.order.is_empty()
        && selection.until.is_none()
        && matches!(selection.start, Start::After(_));
    if !is_walk {
        return None;
    }
    let read = selection.read().into_iter();
    read.map(|column| Part::of(column, database)).collect()
}

impl Selection {
    /// The statement that reads a page version by version.
    pub(crate) fn versions_sql(&self) -> Sql {
        let mut sql = Sql::default();
        sql.push(BEFORE).push("select * from (select t.* from (");
        sql.push(ANSWERS).push(") t where true");
        for filter in &self.filters {
            sql.push(" and ").filter(filter);
        }
        if let Start::After(key) = &self.start
            && !key.is_empty()
        {
            sql.push(" and ");
            self.beside_key(&mut sql, " > ", key);
        }
        sql.push(" order by ");
        self.push_key(&mut sql);
        sql.push(" limit ").push(&self.bound().to_string());
        // Said once more: what stands within alone is no order for the groups.
        sql.push(") t order by ");
        self.push_key(&mut sql);
        sql.push(" limit ").bind(self.limit, "bigint");
        sql.push(BEHIND);
        sql
    }
}

/// A version whose answers are read one after another.
#[derive(Debug)]
pub(crate) struct Version<'a> {
    municipality: Cell<'a>,
    period: Cell<'a>,
    number: Cell<'a>,
    edition: Cell<'a>,
    is_confirmed: &'static str,
    recorded_at: Cell<'a>,
    ledger_no: Cell<'a>,
    /// The codes of the criteria that follow, and the answers to them.
    criteria: &'a str,
    answers: &'a str,
    explanations: Vec<Explanation>,
}

/// What explains an answer.
#[derive(Debug)]
struct Explanation {
    criterion: String,
    body: Option<String>,
    /// The number and the instant of the entry that blanked it.
    blanked: Option<(i64, Option<String>)>,
}

impl<'a> Version<'a> {
    /// The version that a text begins with, which is taken off; none when it is not in the form.
    pub(crate) fn read(rest: &mut &'a str) -> Option<Self> {
        let mut before = "(";
        let mut next = || {
            *rest = rest.strip_prefix(before)?;
            before = ",";
            field(rest)
        };
        let version = Self {
            municipality: next()?,
            period: next()?,
            number: next()?,
            edition: next()?,
            is_confirmed: truth(&next()??)?,
            recorded_at: next()?,
            ledger_no: next()?,
            criteria: as_written(next()?)?,
            answers: as_written(next()?)?,
            explanations: explanations(next()?.as_deref().unwrap_or_default())?,
        };
        *rest = rest.strip_prefix(')')?;
        Some(version)
    }

    /// Whether all of its answers were read.
    pub(crate) fn is_read(&self) -> bool {
        self.criteria.is_empty() && self.answers.is_empty()
    }

    /// The cells of its next answer; none when there is not one answer to each criterion.
    pub(crate) fn cells(&mut self, parts: &[Part], cells: &mut Vec<Cell<'a>>) -> Option<()> {
        let criterion = word(&mut self.criteria)?;
        let answer = word(&mut self.answers)?;
        let labels = AnswerValue::from_code(answer).map(AnswerValue::label);
        let mut explanations = self.explanations.iter();
        let explanation = explanations.find(|one| one.criterion == criterion);
        let blanked = explanation.and_then(|one| one.blanked.as_ref());
        let own = self.ledger_no.as_deref();
        let own: Option<i64> = own.and_then(|number| number.parse().ok());
        // What became of the version after that is later.
        let blanked = blanked.filter(|(number, _)| own.is_none_or(|own| own < *number));
        cells.extend(parts.iter().map(|part| match part {
            Part::Municipality => self.municipality.clone(),
            Part::Period => self.period.clone(),
            Part::Version => self.number.clone(),
            Part::Criterion => Some(Cow::Borrowed(criterion)),
            Part::CriterionKey => {
                let edition = self.edition.as_deref();
                edition.map(|edition| Cow::Owned([edition, "/", criterion].concat()))
            }
            Part::Answer => Some(Cow::Borrowed(answer)),
            Part::LabelNl => labels.map(|(nl, _)| Cow::Borrowed(nl)),
            Part::LabelEn => labels.map(|(_, en)| Cow::Borrowed(en)),
            Part::Explanation => {
                let body = explanation.and_then(|one| one.body.clone());
                body.map(Cow::Owned)
            }
            Part::IsConfirmed => Some(Cow::Borrowed(self.is_confirmed)),
            Part::RecordedAt => match blanked {
                Some((_, instant)) => instant.clone().map(Cow::Owned),
                None => self.recorded_at.clone(),
            },
            Part::LedgerNo => match blanked {
                Some((number, _)) => Some(Cow::Owned(number.to_string())),
                None => self.ledger_no.clone(),
            },
            Part::Database(kind) => Some(Cow::Borrowed(*kind)),
        }));
        Some(())
    }
}

/// The word that a text begins with, which is taken off; none when nothing is left.
fn word<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let (word, after) = rest.split_once(' ').unwrap_or((*rest, ""));
    *rest = after;
    (!word.is_empty()).then_some(word)
}

/// A list of codes, in which Postgres had nothing to double.
fn as_written<'a>(cell: Cell<'a>) -> Option<&'a str> {
    match cell? {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    }
}

fn explanations(mut rest: &str) -> Option<Vec<Explanation>> {
    let mut all = Vec::new();
    while !rest.is_empty() {
        let mut before = "(";
        let mut next = || {
            rest = rest.strip_prefix(before)?;
            before = ",";
            field(&mut rest)
        };
        let criterion = next()??.into_owned();
        let body = next()?.map(Cow::into_owned);
        let number = next()?.map(|number| number.parse::<i64>());
        let number = number.transpose().ok()?;
        let instant = next()?.map(Cow::into_owned);
        rest = rest.strip_prefix(')')?;
        all.push(Explanation {
            criterion,
            body,
            blanked: number.map(|number| (number, instant)),
        });
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        filter::{Comparison, Expr, Literal},
        records::Records,
        tables,
    };
    use database::DbError;

    fn selection() -> Selection {
        let table = tables::find(HISTORY).unwrap();
        Selection::of(table, Filter::Constant(true), 500)
    }

    fn rows(text: &str) -> Result<Vec<String>, DbError> {
        let parts = parts(&selection(), "DEMO").unwrap();
        let records = Records::by_version(text.to_owned(), parts);
        let (mut cursor, mut rows) = (records.cursor(), Vec::new());
        while cursor.advance()? {
            let cells = cursor.cells().iter();
            let cells: Vec<&str> = cells.map(|cell| cell.as_deref().unwrap_or("-")).collect();
            assert_eq!(
                cursor.is_last(),
                cells[0] == "GM0402" && cells[3] == "SV-02"
            );
            rows.push(cells.join("|"));
        }
        Ok(rows)
    }

    #[test]
    fn a_row_is_made_of_its_version_and_its_answer() {
        let text = "(GM0363,2026-1,2,VOORSTEL-1,f,2026-11-22T12:00:00.000000Z,41,BB-01,MET,)\
            (GM0402,2026-1,1,VOORSTEL-1,t,2026-11-22T12:00:00.500000Z,42,\
            \"BB-01 SV-01 SV-02\",\"PARTLY_MET UNKNOWN MET\",\
            \"(BB-01,\"\"zie \"\"\"\"besluit\"\"\"\", 2\"\",,)\
            (SV-01,,43,2026-11-23T12:00:00.000000Z)(SV-02,,40,)\")";
        let first = "GM0402|2026-1|1|BB-01|VOORSTEL-1/BB-01|PARTLY_MET|Deels voldaan|Partly met|\
            zie \"besluit\", 2|true|2026-11-22T12:00:00.500000Z|42|DEMO";
        // An explanation that was blanked is not told, and its row is as new as that; what became
        // of the version since is newer.
        let second = "GM0402|2026-1|1|SV-01|VOORSTEL-1/SV-01|UNKNOWN|Onbekend|Unknown|\
            -|true|2026-11-23T12:00:00.000000Z|43|DEMO";
        let third = "GM0402|2026-1|1|SV-02|VOORSTEL-1/SV-02|MET|Voldaan|Met|\
            -|true|2026-11-22T12:00:00.500000Z|42|DEMO";
        let other = "GM0363|2026-1|2|BB-01|VOORSTEL-1/BB-01|MET|Voldaan|Met|\
            -|false|2026-11-22T12:00:00.000000Z|41|DEMO";
        assert_eq!(rows(text).unwrap(), [other, first, second, third]);
        assert!(rows("").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for wrong in [
            "x",
            "(GM0363,2026-1,2,VOORSTEL-1,f,,41,BB-01,MET,",
            "(GM0363,2026-1,2,VOORSTEL-1,f,,41,BB-01,MET)",
            "(GM0363,2026-1,2,VOORSTEL-1,,,41,BB-01,MET,)",
            "(GM0363,2026-1,2,VOORSTEL-1,f,,41,,,)",
            "(GM0363,2026-1,2,VOORSTEL-1,f,,41,\"BB-01 BB-02\",MET,)",
            "(GM0363,2026-1,2,VOORSTEL-1,f,,41,BB-01,\"MET MET\",)",
            "(GM0363,2026-1,2,VOORSTEL-1,f,,41,BB-01,MET,BB-01)",
            "(GM0363,2026-1,2,VOORSTEL-1,f,,41,BB-01,MET,\"(BB-01,,x,)\")",
        ] {
            assert!(rows(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn other_rows_than_those_behind_a_key_come_from_the_view() {
        fn is_read(change: impl FnOnce(&mut Selection)) -> bool {
            let mut selection = selection();
            change(&mut selection);
            parts(&selection, "REAL").is_some()
        }
        assert!(is_read(|_| ()));
        assert!(is_read(|one| {
            one.start = Start::After(vec!["GM0402".to_owned()]);
            one.filters.push(Filter::Own {
                municipalities: Vec::new(),
                subjects: Vec::new(),
            });
        }));
        assert!(!is_read(|one| one.since = Some(1)));
        assert!(!is_read(|one| one.start = Start::Offset(1)));
        assert!(!is_read(|one| one.until = Some(Vec::new())));
        assert!(!is_read(|one| one.columns.truncate(3)));
        assert!(!is_read(|one| {
            let is_confirmed = one.table.column("is_confirmed").unwrap();
            one.filters.push(Filter::Holds(Expr::Column(is_confirmed)));
        }));
        assert!(!is_read(|one| {
            let met = Expr::Literal(Literal::Text("MET".to_owned()));
            let answer = Expr::Column(one.table.column("answer").unwrap());
            one.filters
                .push(Filter::Compare(Comparison::Equal, answer, met));
        }));
        assert!(!is_read(|one| {
            let answer = one.table.column("answer").unwrap();
            one.order
                .push((answer, crate::selection::Direction::Ascending));
        }));
        assert!(!is_read(|one| one.table = tables::find("dim_code").unwrap()));
    }
}
