//! Sheets and tables as they are written and read.

use super::{
    one::SheetRead,
    workbook::workbook,
    write::{About, SheetRow, sheet, sheet_in_dutch},
    *,
};
use crate::{table::opened, workbook::NotOpened};
use domain::text::Text;

fn table_of(bytes: &[u8]) -> Result<String, NotOpened> {
    opened::table_of(bytes, SHEET)
}

#[test]
fn a_table_of_many_is_found_by_its_column_of_municipalities() {
    use rust_xlsxwriter::Workbook;

    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.write_string(0, 0, "Uitvraag november").unwrap();
    page.write_string(1, 0, "Gemeente").unwrap();
    page.write_string(1, 1, "SV-01").unwrap();
    page.write_string(2, 0, "GM0402").unwrap();
    page.write_string(2, 1, "Voldaan").unwrap();
    let file = book.save_to_buffer().unwrap();
    let text = "\r\nGemeente,SV-01\r\nGM0402,Voldaan\r\n";
    assert_eq!(opened::table_of(&file, MANY).as_deref(), Ok(text));
    assert!(matches!(table_of(&file), Err(NotOpened::NoTable(..))));
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "Gemeente").unwrap();
    let alone = book.save_to_buffer().unwrap();
    let found = opened::table_of(&alone, MANY);
    assert!(matches!(found, Err(NotOpened::NoTable(..))));
}

fn row(criterion: &str, answer: Option<AnswerValue>) -> SheetRow {
    SheetRow {
        criterion: criterion.to_owned(),
        title: Text::new("Titel", "Title"),
        question: Text::new("Is het er?", "Is it there?"),
        level: "BASIC".to_owned(),
        review_months: 48,
        not_applicable_allowed: true,
        required: true,
        answered_by: "MUNICIPALITY".to_owned(),
        answer,
        explanation: answer.map_or("", |_| "=1+1").to_owned(),
        evidence: Text::new("", ""),
        revision: answer.map(|_| 3),
        carried_from: String::new(),
        is_changed: None,
        to_do: Text::new("", ""),
    }
}

fn kept(criterion: &str, answer: &str, explanation: &str) -> Kept {
    Kept {
        criterion: criterion.to_owned(),
        answer: answer.to_owned(),
        explanation: (!explanation.is_empty()).then(|| explanation.to_owned()),
        revision: 3,
        is_to_confirm: false,
        evidence: Text::new("", ""),
    }
}

fn read_beside(text: &str, kept: &[Kept]) -> SheetRead {
    read_sheet(text, "VOORSTEL-1", kept).unwrap()
}

fn given(text: &str) -> Vec<Given> {
    let read = read_beside(text, &[]);
    assert_eq!(read.mistakes, []);
    read.given
}

/// Each mistake with its cell.
fn codes(mistakes: &Mistakes) -> Vec<(TableMistake, u64, &str, &str)> {
    let shown = mistakes.iter();
    shown
        .map(|one| {
            (
                one.code,
                one.row,
                one.column.as_deref().unwrap_or_default(),
                one.cell.as_deref().unwrap_or_default(),
            )
        })
        .collect()
}

#[test]
fn a_sheet_is_read_back_in_every_form() {
    let rows = [
        row("BB-03", Some(AnswerValue::PartlyMet)),
        row("BB-04", None),
    ];
    let about = About {
        municipality: "GM0402".to_owned(),
        period: "2026-2".to_owned(),
        version: None,
        database: "DEMO",
        made_on: "2026-11-22".parse().unwrap(),
    };
    let book = table_of(&workbook(&rows, &about).unwrap()).unwrap();
    for text in [sheet(&rows, "DEMO"), sheet_in_dutch(&rows, "DEMO"), book] {
        let read = given(&text);
        assert_eq!(read.len(), 1, "{text}");
        assert_eq!(
            read[0],
            Given {
                line: 2,
                name: "BB-03 Titel".to_owned(),
                criterion: "BB-03".to_owned(),
                answer: AnswerValue::PartlyMet,
                explanation: Member::Value("=1+1".to_owned()),
                revision: Some(3),
                is_revision_unread: false,
            },
            "{text}"
        );
        // As it came, it changes nothing of what is there.
        let same = read_beside(&text, &[kept("BB-03", "PARTLY_MET", "=1+1")]);
        assert_eq!(
            (same.given, same.mistakes, same.changes),
            (vec![], vec![], vec![])
        );
    }
}

#[test]
fn a_dutch_sheet_opens_in_dutch_excel() {
    let text = sheet_in_dutch(&[row("BB-03", Some(AnswerValue::NotMet))], "REAL");
    let mut lines = text.lines();
    assert_eq!(
        lines.next().unwrap(),
        "\u{feff}Criterium;Titel;Vraag;Norm;Telt mee;Wie antwoordt;Antwoord;Toelichting;Bewijs;\
         Overgenomen uit;Vraag gewijzigd;Bevestigd;Nog te doen;Revisie;Gegevensbank"
    );
    assert_eq!(
        lines.next().unwrap(),
        "BB-03;Titel;Is het er?;\"Basis; bewijs is 48 maanden actueel; mag niet van toepassing \
         zijn\";ja;Gemeente;Niet voldaan;'=1+1;;;;;;3;REAL"
    );
}

#[test]
fn a_column_that_is_missing_is_left_out_and_an_empty_cell_is_null() {
    let explanation = |text: &str| {
        let kept = [kept("BB-03", "NOT_MET", "Ja")];
        read_beside(text, &kept).given[0].explanation.clone()
    };
    let without = "criterion,answer,revision\nBB-03,MET,3\n";
    assert_eq!(explanation(without), Member::LeftOut);
    let empty = "criterion,answer,explanation,revision\nBB-03,MET,,3\n";
    assert_eq!(explanation(empty), Member::Null);
    let of_many = |text: &str| {
        let table = read_many(text, &["BB-03"]).unwrap();
        table.rows[0].given[0].explanation.clone()
    };
    assert_eq!(of_many("municipality,BB-03\nGM0402,MET\n"), Member::LeftOut);
    let empty = "municipality,BB-03,BB-03:explanation\nGM0402,MET,\n";
    assert_eq!(of_many(empty), Member::Null);
}

#[test]
fn every_mistake_of_a_sheet_has_its_place() {
    let text = "criterion;answer;revision\nBB-03;ja;1\nBB-04;Voldaan;een\nBB-05;;\n";
    let shown = read_beside(text, &[]);
    assert_eq!(
        codes(&shown.mistakes),
        [
            (TableMistake::UnknownAnswer, 2, "answer", "B2"),
            (TableMistake::UnknownRevision, 3, "revision", "C3"),
        ]
    );
    // What else is wrong with these rows is checked beside it.
    assert_eq!(shown.given.len(), 2);
    assert!(shown.given[1].is_revision_unread);
    assert_eq!(
        shown.mistakes[0].message.nl,
        "B2, BB-03: \"ja\" is geen antwoord; kies uit Voldaan, Deels voldaan, Niet voldaan, Niet \
         van toepassing, Onbekend."
    );
    let shown = read_sheet("code,value\nBB-03,MET\n", "VOORSTEL-1", &[]).unwrap_err();
    assert_eq!(
        codes(&shown),
        [
            (TableMistake::MissingColumn, 1, "criterion", ""),
            (TableMistake::MissingColumn, 1, "answer", ""),
        ]
    );
}

#[test]
fn answers_in_two_columns_agree_or_are_refused() {
    let header = "criterion,answer,answer_nl,answer_en\n";
    for (cells, answer) in [
        ("MET,Voldaan,Met", AnswerValue::Met),
        (",Niet voldaan,", AnswerValue::NotMet),
        ("PARTLY_MET,,", AnswerValue::PartlyMet),
        ("NA,NA,Not met", AnswerValue::NotMet),
    ] {
        let read = given(&format!("{header}BB-03,{cells}\n"));
        assert_eq!(read[0].answer, answer, "{cells}");
    }
    let shown = read_beside(&format!("{header}BB-03,MET,Niet voldaan,Met\n"), &[]);
    assert_eq!(
        codes(&shown.mistakes),
        [(TableMistake::AnswersContradict, 2, "answer_nl", "C2")]
    );
}

#[test]
fn what_a_program_made_of_a_cell_is_never_kept_in_silence() {
    let header = "criterion,answer,explanation,revision\n";
    let read = given(&format!("{header}BB-03,MET,NA,1.0\nBB-04,MET,,NA\n"));
    assert_eq!(
        (read[0].revision, &read[0].explanation),
        (Some(1), &Member::LeftOut)
    );
    assert_eq!(read[1].revision, None);
    for (cells, column) in [
        ("MET,coÃ¶rdinatie,", "C2"),
        ("MET,co\u{fffd}rdinatie,", "C2"),
        ("MET,#NAME?,", "C2"),
        ("MET,WAAR,", "C2"),
        ("MET,1-feb,", "C2"),
        ("#DIV/0!,,", "B2"),
        ("WAAR,,", "B2"),
        ("2026-03-01,,", "B2"),
    ] {
        let shown = read_beside(&format!("{header}BB-03,{cells}\n"), &[]);
        let column_name = if column == "B2" {
            "answer"
        } else {
            "explanation"
        };
        assert_eq!(
            codes(&shown.mistakes),
            [(TableMistake::SpoiltCell, 2, column_name, column)],
            "{cells}"
        );
    }
    // What the draft has already was not made by a program now.
    let text = format!("{header}BB-03,MET,WAAR,3\n");
    let same = read_beside(&text, &[kept("BB-03", "MET", "WAAR")]);
    assert_eq!((same.given, same.mistakes), (vec![], vec![]));
}

#[test]
fn an_unchanged_sheet_confirms_nothing() {
    let carried = Kept {
        is_to_confirm: true,
        ..kept("BB-03", "MET", "Sinds januari.")
    };
    let header = "criterion,answer,explanation,revision,confirmed\n";
    let read = |cells: &str| {
        read_beside(
            &format!("{header}BB-03,{cells}\n"),
            std::slice::from_ref(&carried),
        )
    };
    for unchanged in ["MET,Sinds januari.,3,", "Voldaan,Sinds januari.,3,no"] {
        let shown = read(unchanged);
        assert_eq!(
            (shown.given, shown.mistakes, shown.to_confirm),
            (vec![], vec![], 1)
        );
    }
    let confirmed = read("MET,Sinds januari.,3,ja");
    assert_eq!((confirmed.given.len(), confirmed.to_confirm), (1, 0));
    assert_eq!(confirmed.given[0].explanation, Member::LeftOut);
    assert_eq!(confirmed.changes.len(), 1);
    assert_eq!(confirmed.changes[0].cell.as_deref(), Some("E2"));
    let other = read("NOT_MET,Sinds januari.,3,");
    assert_eq!((other.given.len(), other.to_confirm), (1, 0));
    let unclear = read("MET,Sinds januari.,3,misschien");
    assert_eq!(
        codes(&unclear.mistakes),
        [(TableMistake::UnknownConfirmation, 2, "confirmed", "E2")]
    );
}

#[test]
fn what_is_not_kept_is_noticed() {
    let text = "criterion,answer,explanaton\nBB-03,MET,Ja\n";
    let read = read_beside(text, &[]);
    assert_eq!(read.warnings.len(), 1);
    assert_eq!(read.warnings[0].field, ["table", "1", "explanaton"]);
    // The number of a row is no column of anybody.
    let text = "Unnamed: 0,criterion,answer\n0,BB-03,MET\n";
    assert_eq!(read_beside(text, &[]).warnings.len(), 0);
    let text = "criterion,answer,explanation\nBB-03,,Ja\n";
    assert_eq!(
        codes(&read_beside(text, &[]).mistakes),
        [(TableMistake::AnswerMissing, 2, "answer", "B2")]
    );
    let text = "criterion,answer,evidence,revision\nBB-03,MET,Besluit,3\n";
    assert_eq!(
        codes(&read_beside(text, &[kept("BB-03", "MET", "")]).mistakes),
        [(TableMistake::EvidenceNotRead, 2, "evidence", "C2")]
    );
    // What either sheet shows is no change.
    let with_evidence = [Kept {
        evidence: Text::new("Beleidsdocument: Nota", "POLICY_DOCUMENT: Nota"),
        ..kept("BB-03", "MET", "")
    }];
    for cell in ["Beleidsdocument: Nota", "POLICY_DOCUMENT: Nota"] {
        let text = format!("criterion,answer,evidence,revision\nBB-03,MET,{cell},3\n");
        let read = read_beside(&text, &with_evidence);
        assert_eq!(read.mistakes, [], "{cell}");
    }
}

#[test]
fn a_change_is_shown_before_and_after() {
    let text = "Criterium;Antwoord;Toelichting;Revisie\nBB-03;Niet voldaan;Nu wel;3\n";
    let read = read_beside(text, &[kept("BB-03", "MET", "Toen niet")]);
    let shown: Vec<_> = read
        .changes
        .iter()
        .map(|one| {
            (
                one.cell.as_deref(),
                one.before.as_deref(),
                one.after.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (Some("B2"), Some("MET"), Some("NOT_MET")),
            (Some("C2"), Some("Toen niet"), Some("Nu wel")),
        ]
    );
}

#[test]
fn a_table_of_many_is_read_beside_its_mistakes() {
    let text = "municipality,name,BB-03,BB-03:explanation,XX-01\n\
                GM0402,Hilversum,MET,Ja,\nGM0402,Hilversum,perhaps,,\n";
    let many::TableOfMany { rows, mistakes, .. } = read_many(text, &["BB-03", "BB-04"]).unwrap();
    assert_eq!(rows[0].given[0].explanation.text(), Some("Ja"));
    assert_eq!(rows[1].given, []);
    assert_eq!(
        codes(&mistakes),
        [
            (TableMistake::UnknownColumn, 1, "XX-01", "E1"),
            (TableMistake::MunicipalityTwice, 3, "municipality", "A3"),
            (TableMistake::UnknownAnswer, 3, "BB-03", "C3"),
        ]
    );
}

#[test]
fn headers_of_a_table_of_many_have_many_forms() {
    let text = "Gemeente;Naam;bb-03;BB-03:Toelichting\nGM0402;Hilversum;voldaan;Ja\n";
    let read = read_many(text, &["BB-03"]).unwrap();
    assert_eq!(read.mistakes, []);
    assert_eq!(read.rows[0].municipality, "GM0402");
    assert_eq!(read.rows[0].given[0].explanation.text(), Some("Ja"));
    let text = "municipality,BB-03,bb-03\nGM0402,MET,NOT_MET\n";
    let read = read_many(text, &["BB-03"]).unwrap();
    assert_eq!(
        codes(&read.mistakes),
        [(TableMistake::Unreadable, 1, "BB-03", "C1")]
    );
}

#[test]
fn a_row_says_whether_to_fill_in_again() {
    let text = "gemeente;BB-03;Bevestigd;Opnieuw\nGM0402;MET;ja;ja\nGM0376;MET;ja;\n\
                GM0406;MET;;nee\nGM0417;MET;;misschien\n";
    let read = read_many(text, &["BB-03"]).unwrap();
    let again: Vec<bool> = read.rows.iter().map(|row| row.again).collect();
    assert_eq!(again, [true, false, false, false]);
    assert_eq!(
        codes(&read.mistakes),
        [(TableMistake::UnknownConfirmation, 5, "again", "D5")]
    );
}
