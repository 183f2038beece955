//! `known.verdict_since` beside a naive reading: day by day, the span of the latest run that holds
//! one for the day, and back as long as the verdict is the same.

use std::collections::BTreeMap;

use acceptance::TestDatabase;
use chrono::{Days, NaiveDate};
use proptest::{
    collection::vec,
    strategy::{Strategy, ValueTree as _},
    test_runner::TestRunner,
};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::texts;

const STATUSES: [&str; 4] = [
    "NOT_ASSESSED",
    "NOT_COMPLIANT",
    "PARTLY_COMPLIANT",
    "COMPLIANT",
];
/// Days that are looked at, from the first on.
const DAYS: usize = 60;

/// A span of one run.
#[derive(Debug, Clone, PartialEq)]
struct Span {
    run: i64,
    from: NaiveDate,
    status: &'static str,
}

/// Runs on the same day or later ones, each with spans from its day on.
fn history() -> impl Strategy<Value = Vec<Span>> {
    let later = vec((1..12_u64, 0..4_usize), 0..4);
    vec((0..7_u64, 0..4_usize, later), 1..8).prop_map(|runs| {
        let mut spans = Vec::new();
        let mut day: NaiveDate = "2026-01-01".parse().unwrap();
        for (run, (gap, first, later)) in (1..).zip(runs) {
            day = day + Days::new(gap);
            let (mut from, mut status) = (day, first);
            spans.push(Span {
                run,
                from,
                status: STATUSES[status],
            });
            for (length, other) in later {
                (from, status) = (from + Days::new(length), other);
                spans.push(Span {
                    run,
                    from,
                    status: STATUSES[status],
                });
            }
        }
        spans
    })
}

fn on(spans: &[Span], day: NaiveDate) -> Option<&Span> {
    let reached = spans.iter().filter(|span| span.from <= day);
    reached.max_by_key(|span| (span.run, span.from))
}

fn since(spans: &[Span], day: NaiveDate) -> Option<NaiveDate> {
    let status = on(spans, day)?.status;
    let mut first = day;
    while let Some(before) = on(spans, first - Days::new(1)).filter(|one| one.status == status) {
        assert_eq!(before.status, status);
        first = first - Days::new(1);
    }
    Some(first)
}

fn rows(code: &str, spans: &[Span]) -> Vec<Value> {
    let row = |span: &Span| {
        json!({
            "id": database::ids::row_id(), "ledger_no": span.run, "withdrawn": false,
            "subject_key": format!("{code}/2026-2"), "municipality": code, "period": "2026-2",
            "basis": "CONFIRMED", "valid_from": span.from, "status": span.status,
            "version": (span.status != "NOT_ASSESSED").then_some(1), "grounds": {},
        })
    };
    spans.iter().map(row).collect()
}

#[tokio::test]
async fn since_is_the_first_day_of_the_unbroken_chain() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    let mut runner = TestRunner::deterministic();
    let mut invented: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for number in 0..400 {
        let spans = history().new_tree(&mut runner).unwrap().current();
        invented.insert(format!("GM{number:04}"), spans);
    }
    // The same in both tables: the runs after the closing are a chain of their own.
    let all: Vec<Value> = invented
        .iter()
        .flat_map(|(code, spans)| rows(code, spans))
        .collect();
    for table in ["verdict_span", "verdict_rerun"] {
        let all = Value::from(all.clone());
        superuser
            .execute_unprepared(&format!(
                "set session_replication_role = replica;
                 set app.ledger_no = '9223372036854775807';
                 insert into fact.{table}
                 select * from jsonb_populate_recordset(null::fact.{table}, '{all}')"
            ))
            .await
            .unwrap();
    }
    let kept = texts(
        &superuser,
        "select concat_ws(' ', municipality, is_rerun, ledger_no, valid_from, since)
         from known.verdict_since where period = '2026-2'",
    )
    .await;
    let kept: BTreeMap<String, NaiveDate> = kept
        .iter()
        .map(|row| {
            let (key, since) = row.rsplit_once(' ').unwrap();
            (key.to_owned(), since.parse().unwrap())
        })
        .collect();
    let mut moved = 0;
    for (code, spans) in &invented {
        let start = spans[0].from;
        for day in start.iter_days().take(DAYS) {
            let span = on(spans, day).unwrap();
            let naive = since(spans, day).unwrap();
            moved += usize::from(naive != span.from);
            for is_rerun in ["f", "t"] {
                let key = format!("{code} {is_rerun} {} {}", span.run, span.from);
                assert_eq!(kept.get(&key), Some(&naive), "{key} on {day}: {spans:#?}");
            }
        }
    }
    assert!(moved > 1000, "{moved}");
    superuser.close().await.unwrap();
}
