//! What a `$filter` becomes.

use proptest::prelude::*;

use super::{super::WrongKind, *};
use crate::{filter::Sql, tables};

fn sql(text: &str) -> Result<String, String> {
    let table = tables::find("fact_verdict_current").unwrap();
    let filter = filter(table, text, &Aliases::default()).map_err(|wrong| wrong.en)?;
    let mut sql = Sql::default();
    sql.filter(&filter);
    Ok(sql.text)
}

#[test]
fn conditions_bind_as_the_standard_says() {
    assert_eq!(
        sql("status eq 'COMPLIANT' or basis eq 'CONFIRMED' and not is_provisional").unwrap(),
        "(coalesce(t.\"status\" = $1::text, false) or (coalesce(t.\"basis\" = $2::text, false) \
         and not (t.\"is_provisional\")))"
    );
    assert_eq!(
        sql("(status eq 'A' or status eq 'B') and assessment_version ge 2").unwrap(),
        "((coalesce(t.\"status\" = $1::text, false) or coalesce(t.\"status\" = $2::text, \
         false)) and coalesce(t.\"assessment_version\" >= $3::bigint, false))"
    );
    assert_eq!(
        sql("contains(tolower(municipality_name),'o''n') and verdict_from ne null").unwrap(),
        "(strpos(bi.lower_case(t.\"municipality_name\"), $1::text) > 0 and \
         (t.\"verdict_from\" is distinct from null))"
    );
    assert_eq!(
        sql("period_key in ('2026-1','2026-2') and recorded_at lt 2026-11-22").unwrap(),
        "(coalesce(t.\"period_key\" in ($1::text, $2::text), false) and \
         coalesce(t.\"recorded_at\" < $3::timestamptz, false))"
    );
}

#[test]
fn a_condition_is_a_value_and_a_function_of_null_is_null() {
    for (text, expected) in [
        (
            "contains(status,'A') eq true",
            "coalesce((strpos(t.\"status\", $1::text) > 0) = $2::boolean, false)",
        ),
        (
            "true eq contains(status,'A')",
            "coalesce($1::boolean = (strpos(t.\"status\", $2::text) > 0), false)",
        ),
        (
            "(status eq 'A') eq true",
            "coalesce((coalesce(t.\"status\" = $1::text, false)) = $2::boolean, false)",
        ),
        (
            "assessment_version gt 1 eq is_provisional",
            "coalesce((coalesce(t.\"assessment_version\" > $1::bigint, false)) = \
             t.\"is_provisional\", false)",
        ),
        (
            "not (status eq 'A') eq false",
            "coalesce((not (coalesce(t.\"status\" = $1::text, false))) = $2::boolean, false)",
        ),
        (
            "not status eq 'A'",
            "not (coalesce(t.\"status\" = $1::text, false))",
        ),
        (
            "not startswith(status,'A')",
            "not (starts_with(t.\"status\", $1::text))",
        ),
        (
            "not contains(null,'A')",
            "not (strpos(null::text, $1::text) > 0)",
        ),
        ("null", "null::boolean"),
        (
            "toLower(null) eq null",
            "(bi.lower_case(null::text) is not distinct from null)",
        ),
        (
            "DATE(recorded_at) EQ 2026-11-22 AND TRUE",
            "(coalesce((t.\"recorded_at\")::date = $1::date, false) and true)",
        ),
        (
            "status in ('A',null)",
            "coalesce(t.\"status\" in ($1::text), true)",
        ),
        ("status in (null)", "(t.\"status\" is null)"),
        (
            "contains(status,'A') in (true,null)",
            "coalesce((strpos(t.\"status\", $1::text) > 0) in ($2::boolean), true)",
        ),
        (
            "status lt 'B'",
            "coalesce(t.\"status\" < $1::text collate \"C\", false)",
        ),
        (
            "assessment_version eq 50000m",
            "coalesce(t.\"assessment_version\" = $1::bigint, false)",
        ),
    ] {
        assert_eq!(sql(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_more_than_this_service_does_is_refused_by_its_name() {
    let table = tables::find("fact_verdict_current").unwrap();
    for (text, name) in [
        ("recorded_at lt now()", "the function `now`"),
        ("substring(status,1) eq 'A'", "the function `substring`"),
        (
            "concat(status,basis,'x','y') eq 'A'",
            "the function `concat`",
        ),
        ("assessment_version add 1 eq 2", "`add`"),
        ("assessment_version Mod 2 eq 1", "`Mod`"),
        ("lines/any(line:line/x eq 1)", "`lines/any`"),
        ("status eq guid'1'", "`guid'…'`"),
        ("assessment_version eq NaN", "`NaN`"),
    ] {
        let wrong = filter(table, text, &Aliases::default()).unwrap_err();
        let expected = format!("This service does not know {name}.");
        assert_eq!(
            (wrong.kind, wrong.en),
            (WrongKind::NotImplemented, expected),
            "{text}"
        );
    }
}

#[test]
fn an_alias_is_a_value() {
    let table = tables::find("fact_verdict_current").unwrap();
    let mut aliases = Aliases::default();
    aliases.give("@p", "'A'").unwrap();
    let mut sql = Sql::default();
    sql.filter(&filter(table, "status eq @p or basis eq @q", &aliases).unwrap());
    assert_eq!(
        sql.text,
        "(coalesce(t.\"status\" = $1::text, false) or (t.\"basis\" is not distinct from null))"
    );
}

#[test]
fn nothing_of_a_client_becomes_sql() {
    let shown = sql("status eq '''; drop table fact.action; --'").unwrap();
    assert_eq!(shown, "coalesce(t.\"status\" = $1::text, false)");
    for wrong in [
        "status eq 'A'; drop table x",
        "1 eq 1) or (1 eq 1",
        "colour eq 'A'",
        "status eq 5",
        "verdict_from gt 'x'",
        "status",
        "'A'",
        "not status",
        "pg_sleep(5) eq 1",
        "contains(status)",
        "contains(assessment_version,'1')",
        "year(status) eq 2026",
        "status in ()",
        "status in ('A'",
        "status eq 'A",
        "status eq",
        "",
        "(",
        "status eq 'A' and",
        "municipality_code eq 'GM0402' or",
    ] {
        assert!(sql(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_wrong_value_is_refused_with_its_column_and_the_form_that_belongs_there() {
    let table = tables::find("fact_verdict_current").unwrap();
    let no_day = (
        "`verdict_from` in `$filter` is \"01-12-2026\"; hier hoort een datum zoals 2026-12-01.",
        "`verdict_from` in `$filter` is \"01-12-2026\"; a date like 2026-12-01 belongs here.",
    );
    for text in [
        "verdict_from ge 01-12-2026",
        "01-12-2026 le verdict_from",
        "verdict_from ge (01-12-2026)",
        "verdict_from ge '01-12-2026'",
        "verdict_from in (2026-12-01, 01-12-2026)",
        "basis eq 'CONFIRMED' and (verdict_from ne null and verdict_from ge 01-12-2026)",
    ] {
        let wrong = filter(table, text, &Aliases::default()).unwrap_err();
        assert_eq!((wrong.nl.as_str(), wrong.en.as_str()), no_day, "{text}");
    }
    for (text, en) in [
        (
            "recorded_at ge 2026-12-01T12:00:00",
            "`recorded_at` in `$filter` is \"2026-12-01T12:00:00\"; an instant like \
             2026-12-01T12:00:00Z belongs here.",
        ),
        (
            "year(verdict_from) eq '2026'",
            "`verdict_from` in `$filter` is \"2026\"; a number like 12 belongs here.",
        ),
        (
            "status eq 2026-12-01",
            "`status` in `$filter` is \"2026-12-01\"; a text like 'text' belongs here.",
        ),
        (
            "1-2 eq 3",
            "`$filter` has \"1-2\"; a number, a date like 2026-12-01 or an instant like \
             2026-12-01T12:00:00Z belongs here.",
        ),
        (
            "verdict_from eq status",
            "`$filter` compares values of different kinds; see $metadata for the types.",
        ),
    ] {
        assert_eq!(
            filter(table, text, &Aliases::default()).unwrap_err().en,
            en,
            "{text}"
        );
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = |n: usize| format!("{}is_provisional{}", "(".repeat(n), ")".repeat(n));
    assert!(sql(&deep(50)).is_ok());
    assert!(sql(&deep(51)).is_err());
    assert!(sql(&"(".repeat(7000)).is_err());
    assert!(sql(&format!("{}is_provisional", "not ".repeat(1900))).is_err());
    assert!(sql(&format!("status eq '{}'", "x".repeat(8001))).is_err());
    let chain = |n: usize| format!("is_provisional{}", " eq true".repeat(n));
    assert!(sql(&chain(51)).is_ok());
    assert!(sql(&chain(52)).is_err());
    // A list of lists is written as long as it is, and not once for each value.
    let lists = |n: usize| {
        let (open, close) = ("(".repeat(n), " in (true,false,null))".repeat(n));
        sql(&format!("{open}is_provisional{close}"))
    };
    assert!(lists(40).is_ok_and(|sql| sql.len() < 4000));
}

proptest! {
    /// Whatever is sent, it is read or refused, and the SQL holds words of ours alone.
    #[test]
    fn any_text_is_read_or_refused(text in "[a-z_ '(),0-9.:TZ-]{0,60}") {
        if let Ok(sql) = sql(&text) {
            prop_assert!(!sql.contains('\''));
        }
    }
}
