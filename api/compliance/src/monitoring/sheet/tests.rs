//! The sheet of a round as it is written and read.

use chrono::NaiveDate;

use super::{
    columns::SHEET,
    read::{CellChange, SheetRead, read_sheet},
    shown::{Last, Shown},
    workbook::{About, workbook},
    write::{sheet, sheet_in_dutch},
};
use crate::{
    monitoring::errors::StatusReportErrorCode as Code,
    table::{opened::table_of, placed::Placed},
};
use domain::{
    monitoring::rules::{ReportedDelay, StatusReport},
    plan::rules::ActionStatus,
    text::Text,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn shown(action: i32, last: Option<StatusReport>) -> Shown {
    Shown {
        action,
        title: Text::new("Titel", "Title"),
        owners: String::new(),
        ended_on: None,
        last: last.map(|report| Last {
            round: "2025-1".to_owned(),
            reported_by: String::new(),
            report,
            version: 700,
        }),
    }
}

fn in_progress(explanation: &str) -> StatusReport {
    StatusReport {
        status: ActionStatus::InProgress,
        explanation: (!explanation.is_empty()).then(|| explanation.to_owned()),
        delay: None,
    }
}

/// Three actions: one in progress with a text that programs take for a formula, one delayed of
/// which the cause is not known, and one of which nothing is known.
fn known() -> Vec<Shown> {
    let delayed = StatusReport {
        status: ActionStatus::InProgressDelayed,
        explanation: None,
        delay: Some(ReportedDelay {
            amount: Some("3 maanden".to_owned()),
            cause: None,
            cause_is_unknown: true,
        }),
    };
    vec![
        shown(1, Some(in_progress("-5% minder; coördinatie\nen meer"))),
        shown(2, Some(delayed)),
        shown(3, None),
    ]
}

fn read(text: &str) -> SheetRead {
    read_sheet(text, "2024", &known()).unwrap()
}

fn codes(mistakes: &[Placed<Code>]) -> Vec<(Code, u64, &str)> {
    let of = |one: &Placed<Code>| one.cell.clone().unwrap_or_default();
    assert!(
        mistakes.iter().all(|one| !of(one).is_empty()),
        "{mistakes:?}"
    );
    mistakes
        .iter()
        .map(|one| (one.code, one.row, one.cell.as_deref().unwrap_or_default()))
        .collect()
}

#[test]
fn an_unchanged_sheet_reports_nothing_in_any_form() {
    let about = About {
        round: "2026-1".to_owned(),
        title: "Overzicht".to_owned(),
        last_day: day("2026-10-31"),
        database: "REAL",
        made_on: day("2026-06-01"),
    };
    let workbook = workbook(&known(), &about).unwrap();
    for text in [
        sheet(&known(), "REAL"),
        sheet_in_dutch(&known(), "REAL"),
        table_of(&workbook, SHEET).unwrap(),
    ] {
        let read = read(&text);
        assert_eq!(read.mistakes, [], "{text}");
        assert_eq!(read.given, [], "{text}");
        assert_eq!((read.unchanged, read.changes.len()), (2, 0), "{text}");
        assert!(read.warnings.is_empty(), "{text}");
    }
}

#[test]
fn a_row_that_was_changed_is_reported_as_it_stands() {
    let text = sheet_in_dutch(&known(), "REAL")
        .replace("3;Titel;;;;;", "3;Titel;;;;Doorlopend;")
        .replace("3 maanden;;ja;", "3 maanden;Wachten op cijfers;;");
    let read = read(&text);
    assert_eq!(read.mistakes, []);
    let given: Vec<(i32, u64)> = read
        .given
        .iter()
        .map(|one| (one.action, one.line))
        .collect();
    assert_eq!(given, [(2, 3), (3, 4)]);
    let delay = read.given[0].report.delay.as_ref().unwrap();
    assert_eq!(delay.cause.as_deref(), Some("Wachten op cijfers"));
    assert!(!delay.cause_is_unknown);
    let change =
        |(action, row): (i32, u64), column: &str, before: Option<&str>, after: Option<&str>| {
            let place = ["F", "I", "J"].into_iter().zip([
                "Stand",
                "Oorzaak vertraging",
                "Oorzaak onbekend",
            ]);
            let letter = place
                .filter(|(_, name)| *name == column)
                .map(|(letter, _)| letter)
                .next();
            CellChange {
                action,
                row,
                column: column.to_owned(),
                cell: letter.map(|letter| format!("{letter}{row}")),
                before: before.map(str::to_owned),
                after: after.map(str::to_owned),
            }
        };
    assert_eq!(
        read.changes,
        [
            change(
                (2, 3),
                "Oorzaak vertraging",
                None,
                Some("Wachten op cijfers")
            ),
            change((2, 3), "Oorzaak onbekend", Some("yes"), None),
            change((3, 4), "Stand", None, Some("ONGOING")),
        ]
    );
}

#[test]
fn to_report_what_is_known_again_is_an_act() {
    for header in ["report", "Rapporteren", "confirmed", "Bevestigd"] {
        let read = read(&format!("action,status,{header}\n1,IN_PROGRESS,ja\n2,,\n"));
        assert_eq!(read.mistakes, [], "{header}");
        assert_eq!(read.given.len(), 1, "{header}");
        let report = &read.given[0].report;
        // What the table has no column for stays.
        assert_eq!(*report, in_progress("-5% minder; coördinatie\nen meer"));
        assert_eq!(read.changes.len(), 1);
        assert_eq!(read.changes[0].cell.as_deref(), Some("C2"));
    }
    let read = read("action,status,report\n1,IN_PROGRESS,nee\n");
    assert_eq!((read.given.len(), read.unchanged), (0, 1));
}

#[test]
fn every_mistake_is_named_at_once_with_its_cell() {
    let text = "actie;stand;status;toelichting;omvang_vertraging;oorzaak_vertraging;\
                oorzaak_onbekend;rapporteren;versie\n\
                1;Afgerond;ONGOING;;;;;;700\n\
                2;Afgerond;;;3 maanden;;misschien;nee;699\n\
                3;In uitvoering, vertraging;;a@example.org;;;;;\n\
                9;Afgerond;;;;;;;\n\
                2024/3;Afgerond;;;;;;;\n";
    assert_eq!(
        codes(&read(text).mistakes),
        [
            (Code::StatusesContradict, 2, "B2"),
            (Code::UnknownConfirmation, 3, "G3"),
            (Code::ReportContradicts, 3, "H3"),
            (Code::DelayWithoutStatus, 3, "F3"),
            (Code::Conflict, 3, "I3"),
            (Code::PersonalData, 4, "D4"),
            (Code::DelayWithoutCause, 4, "F4"),
            (Code::UnknownAction, 5, "A5"),
            (Code::ReportedTwice, 6, "A6"),
        ]
    );
    assert!(read(text).given.is_empty());
}

#[test]
fn what_a_program_made_of_a_cell_is_read_rightly_or_refused() {
    // R writes NA for an empty cell, pandas decimals for a whole number.
    let read_by_programs = read("action,status,explanation,version\n3.0,COMPLETED,NA,NA\n");
    assert_eq!(read_by_programs.mistakes, []);
    assert_eq!(read_by_programs.given[0].report.explanation, None);
    let text = "action,status,explanation,source_document,source_place,version\n\
                1,#NAME?,WAAR,brief,,x\n\
                3,COMPLETED,co\u{c3}\u{b6}rdinatie,,,1.5\n\
                2,gereed,,,,\n";
    assert_eq!(
        codes(&read(text).mistakes),
        [
            (Code::SpoiltCell, 2, "B2"),
            (Code::SpoiltCell, 2, "C2"),
            (Code::UnknownSource, 2, "E2"),
            (Code::SpoiltCell, 3, "C3"),
            (Code::UnknownVersion, 3, "F3"),
            (Code::UnknownStatus, 4, "B4"),
        ]
    );
}

#[test]
fn a_table_that_is_none_is_refused_as_a_whole() {
    let of = |text: &str| {
        let wrong = read_sheet(text, "2024", &known()).unwrap_err();
        wrong.into_iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert_eq!(of("titel\nx\n"), [Code::MissingColumn, Code::MissingColumn]);
    assert_eq!(of("action\n1\n"), [Code::MissingColumn]);
    assert_eq!(of("action,Actie,status\n1,1,\n"), [Code::Unreadable]);
    assert_eq!(of("action,status\n1,\"x\n"), [Code::Unreadable]);
    let many = "action,status\n".to_owned() + &"1,COMPLETED\n".repeat(1001);
    assert_eq!(of(&many), [Code::TooManyRows]);
}

#[test]
fn an_action_that_had_ended_takes_no_report() {
    let mut known = known();
    known[0].ended_on = Some(day("2026-01-31"));
    let read = read_sheet("action,status\n1,COMPLETED\n", "2024", &known).unwrap();
    assert_eq!(codes(&read.mistakes), [(Code::ActionEnded, 2, "A2")]);
    // What is not reported is no mistake.
    let read = read_sheet("action,status\n1,IN_PROGRESS\n", "2024", &known).unwrap();
    assert_eq!((read.mistakes.len(), read.unchanged), (0, 1));
}
