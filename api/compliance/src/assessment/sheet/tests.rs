//! Sheets and tables as they are written and read.

use super::*;

fn row(criterion: &str, answer: Option<AnswerValue>) -> SheetRow {
    SheetRow {
        criterion: criterion.to_owned(),
        titles: ["Titel".to_owned(), "Title".to_owned()],
        required: true,
        answered_by: "MUNICIPALITY".to_owned(),
        answer,
        explanation: "=1+1".to_owned(),
        revision: answer.map(|_| 3),
        carried_from: String::new(),
        to_do: Text::new("", ""),
    }
}

fn codes(mistakes: &Mistakes) -> Vec<(TableMistake, u64, &str)> {
    let shown = mistakes.iter();
    shown
        .map(|one| (one.code, one.row, one.column.as_deref().unwrap_or_default()))
        .collect()
}

#[test]
fn a_sheet_is_read_back() {
    let met = Some(AnswerValue::PartlyMet);
    let text = sheet(&[row("BB-03", met), row("BB-04", None)], "DEMO");
    assert!(
        text.contains("PARTLY_MET,Deels voldaan,Partly met,'=1+1,3,,,,DEMO\r\n"),
        "{text}"
    );
    assert_eq!(
        read_sheet(&text),
        Ok(vec![Given {
            line: 2,
            criterion: "BB-03".to_owned(),
            answer: AnswerValue::PartlyMet,
            explanation: Member::Value("=1+1".to_owned()),
            revision: Some(3),
        }])
    );
}

#[test]
fn a_column_that_is_missing_is_left_out_and_an_empty_cell_is_null() {
    let explanation = |text: &str| read_sheet(text).unwrap()[0].explanation.clone();
    let without = "criterion,answer\nBB-03,MET\n";
    assert_eq!(explanation(without), Member::LeftOut);
    let empty = "criterion,answer,explanation\nBB-03,MET,\n";
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
    let shown = read_sheet(text).unwrap_err();
    assert_eq!(
        codes(&shown),
        [
            (TableMistake::UnknownAnswer, 2, "answer"),
            (TableMistake::UnknownRevision, 3, "revision"),
        ]
    );
    let shown = read_sheet("code,value\nBB-03,MET\n").unwrap_err();
    assert_eq!(
        codes(&shown),
        [
            (TableMistake::MissingColumn, 1, "criterion"),
            (TableMistake::MissingColumn, 1, "answer"),
        ]
    );
}

#[test]
fn a_table_of_many_is_read_beside_its_mistakes() {
    let text = "municipality,name,BB-03,BB-03:explanation,XX-01\n\
                GM0402,Hilversum,MET,Ja,\nGM0402,Hilversum,perhaps,,\n";
    let TableOfMany { rows, mistakes } = read_many(text, &["BB-03", "BB-04"]).unwrap();
    assert_eq!(rows[0].given[0].explanation.text(), Some("Ja"));
    assert_eq!(rows[1].given, []);
    assert_eq!(
        codes(&mistakes),
        [
            (TableMistake::UnknownColumn, 1, "XX-01"),
            (TableMistake::MunicipalityTwice, 3, "municipality"),
            (TableMistake::UnknownAnswer, 3, "BB-03"),
        ]
    );
}
