//! Import: the same files add nothing, a mistake in any of them is told with file and line, and
//! whatever is refused changes nothing.

use acceptance::{DataFolder, TestDatabase};
use dataset::{DataError, ImportError, Imported};

/// The head of the ledger and what search knows: whatever an import changes, changes this.
async fn state(database: &TestDatabase) -> (i64, i64) {
    let head = database.count("select number from ledger_head").await;
    let found = database.count("select count(*) from search_document").await;
    (head, found)
}

fn changes(done: &Imported) -> (usize, usize, usize) {
    (done.added, done.corrected, done.withdrawn)
}

#[tokio::test]
async fn a_change_is_imported_once_and_can_be_taken_back() {
    let database = TestDatabase::with_data();
    let folder = DataFolder::copy();
    let before = state(&database).await;
    let (done, _) = folder.import(&database).await.unwrap();
    assert_eq!(changes(&done), (0, 0, 0));
    assert_eq!(state(&database).await, before);

    folder.change(
        "proposals.csv",
        "opvang,2024,Opvang,",
        "opvang,2024,Opvang en zorg,",
    );
    let (done, _) = folder.import(&database).await.unwrap();
    assert_eq!(changes(&done), (0, 1, 0));
    assert_eq!(state(&database).await, (before.0 + 1, before.1 + 1));
    let (done, _) = folder.import(&database).await.unwrap();
    assert_eq!(changes(&done), (0, 0, 0));
    let (done, _) = DataFolder::copy().import(&database).await.unwrap();
    assert_eq!(changes(&done), (0, 1, 0));
    assert_eq!(state(&database).await, (before.0 + 2, before.1 + 2));
}

/// A text whose first row lacks its first cell; a row without any cell for a file that has no row
/// yet.
fn with_a_cell_missing(text: &str) -> String {
    let (header, rows) = text.split_once('\n').unwrap();
    match rows.find(',') {
        Some(first) => format!("{header}\n{}", &rows[first..]),
        None => format!("{header}\n{}\n", ",".repeat(header.matches(',').count())),
    }
}

#[tokio::test]
async fn a_mistake_in_any_file_is_named_with_file_and_line_and_nothing_is_changed() {
    let database = TestDatabase::with_data();
    let before = state(&database).await;
    let folder = DataFolder::copy();
    let files = DataFolder::files();
    assert!(files.len() > 40, "{files:?}");
    for file in &files {
        let whole = folder.text(file);
        folder.write(file, &with_a_cell_missing(&whole));
        let Err(DataError(mistakes)) = folder.read() else {
            panic!("a missing cell of {file} goes unnoticed");
        };
        let shown = mistakes.iter().find(|mistake| mistake.file == *file);
        let shown = shown.unwrap_or_else(|| panic!("{file} is not named: {mistakes:#?}"));
        assert_eq!(shown.line, 2, "{file}: {shown}");
        assert!(shown.what.contains("is empty"), "{shown}");
        folder.write(file, &whole);
    }
    assert!(folder.read().is_ok());
    assert_eq!(state(&database).await, before);
}

#[tokio::test]
async fn a_difference_that_nobody_explained_is_refused_and_nothing_is_changed() {
    let database = TestDatabase::with_data();
    let before = state(&database).await;
    let folder = DataFolder::copy();
    folder.change(
        "status_reports.csv",
        "2025-1,2024,30,IN_PROGRESS,",
        "2025-1,2024,30,COMPLETED,",
    );
    let Err(ImportError::Unexpected(report)) = folder.import(&database).await else {
        panic!("four cells of the dashboard no longer fit");
    };
    let unexpected: Vec<String> = report
        .lines()
        .into_iter()
        .filter(|line| line.starts_with("UNEXPECTED"))
        .collect();
    assert_eq!(
        unexpected,
        [
            "UNEXPECTED  dashboard 2025-1/TOTAL/COMPLETED: published \"8\", computed \"9\"",
            "UNEXPECTED  dashboard 2025-1/TOTAL/IN_PROGRESS: published \"18\", computed \"17\"",
            "UNEXPECTED  dashboard 2025-1/4/COMPLETED: published \"1\", computed \"2\"",
            "UNEXPECTED  dashboard 2025-1/4/IN_PROGRESS: published \"5\", computed \"4\"",
        ]
    );
    assert_eq!(state(&database).await, before);
}
