//! An edition as a workbook of Excel: out, changed by a program, tried, proposed, and once more as
//! it came; every mistake by its cell, and no word of it by silence.

use std::io::Cursor;

use acceptance::{App, Client, municipality, spawn_app, vng};
use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

const FIRST: &str = "/v1/editions/VOORSTEL-1.xlsx";
const SECOND: &str = "/v1/editions/VOORSTEL-2.xlsx";
const OF_WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const STANDS: &str = "{ framework(edition: \"VOORSTEL-2\") { title { nl } normMonths
    themes { code } criteria { code text { nl } }
    lineage { change criterion { code } from { code } } } }";

/// A workbook as its pages with their cells.
struct Book(Vec<(String, Vec<Vec<String>>)>);

impl Book {
    async fn of(client: &Client, address: &str) -> Self {
        let file = client.download(address).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
        let pages = book.sheet_names().into_iter().map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            let rows = range.rows();
            let rows = rows.map(|row| row.iter().map(Data::to_string).collect());
            (name, rows.collect())
        });
        Self(pages.collect())
    }

    fn page(&mut self, name: &str) -> &mut Vec<Vec<String>> {
        let mut pages = self.0.iter_mut();
        &mut pages.find(|(one, _)| one == name).unwrap().1
    }

    /// The row of a criterion.
    fn row(&mut self, code: &str) -> &mut Vec<String> {
        let mut rows = self.page("Criteria").iter_mut();
        rows.find(|row| row[0] == code).unwrap()
    }

    /// The bytes as another program writes them: all cells texts.
    fn written(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        for (name, rows) in &self.0 {
            let page = book.add_worksheet();
            page.set_name(name).unwrap();
            for (row, cells) in (0..).zip(rows) {
                for (column, cell) in (0..).zip(cells) {
                    page.write_string(row, column, cell.as_str()).unwrap();
                }
            }
        }
        book.save_to_buffer().unwrap()
    }
}

/// The second edition: SV-06 takes the place of SV-03, OH-05 goes, and OH-06 comes.
async fn second(client: &Client) -> Book {
    let mut book = Book::of(client, FIRST).await;
    book.page("Editie")[1][1] = "Tweede editie".to_owned();
    book.page("Editie")[2][1] = "Second edition".to_owned();
    let row = book.row("SV-03");
    row[0] = "SV-06".to_owned();
    row[1] = "Gewijzigd".to_owned();
    row[12] = "De meldroute is bekend bij alle medewerkers.".to_owned();
    let mut added = row.clone();
    book.row("OH-05")[1] = "Vervallen".to_owned();
    added[0] = "OH-06".to_owned();
    added[1] = "nieuw".to_owned();
    added[2] = String::new();
    added[3] = "OH".to_owned();
    book.page("Criteria").push(added);
    book
}

async fn sent(client: &Client, address: &str, key: &str, book: &Book) -> Value {
    let answer = client
        .send_file(address, OF_WORKBOOK, key, book.written())
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.data()["proposeEdition"].clone()
}

async fn entries(app: &App) -> i64 {
    app.database.count("select count(*) from ledger").await
}

#[tokio::test]
async fn an_edition_goes_out_is_changed_tried_and_proposed() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let mut first = Book::of(&app.public(), FIRST).await;
    let names: Vec<&str> = first.0.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Editie", "Thema's", "Criteria"]);
    assert_eq!(first.page("Editie")[0], ["Vorige editie", "VOORSTEL-1"]);
    assert_eq!(first.page("Criteria").len(), 26);
    assert_eq!(
        first.row("BB-01")[..6],
        ["BB-01", "Overgenomen", "BB-01", "BB", "Basis", "ja"]
    );

    let book = second(&reviewer).await;
    let before = entries(&app).await;
    let tried = sent(&reviewer, &format!("{SECOND}?dryRun=true"), "tried", &book).await;
    assert_eq!(tried["errors"], json!([]));
    assert_eq!(tried["edition"], Value::Null);
    let changes = tried["changes"].as_array().unwrap();
    let others: Vec<&Value> = changes
        .iter()
        .filter(|one| one["change"] != "CARRIED")
        .collect();
    assert_eq!(
        others,
        [
            &json!({ "change": "CHANGED", "criterion": "SV-06", "from": "SV-03" }),
            &json!({ "change": "ADDED", "criterion": "OH-06", "from": null }),
            &json!({ "change": "DROPPED", "criterion": null, "from": "OH-05" }),
        ]
    );
    assert_eq!(entries(&app).await, before);
    let proposed = sent(&reviewer, SECOND, "sent", &book).await;
    assert_eq!(proposed["errors"], json!([]));
    assert_eq!(proposed["edition"]["code"], "VOORSTEL-2");
    let after = entries(&app).await;
    let stands = reviewer.ask(STANDS).await.data();
    assert_eq!(stands["framework"]["title"]["nl"], "Tweede editie");
    assert_eq!(
        stands["framework"]["criteria"].as_array().unwrap().len(),
        25
    );
    // The same call again proposes nothing twice.
    sent(&reviewer, SECOND, "sent", &book).await;
    assert_eq!(entries(&app).await, after);

    // As it comes out again it can be proposed once more, and says the same; and never again after
    // that, for it names the version that somebody saw.
    let again = Book::of(&reviewer, SECOND).await;
    let once_more = sent(&reviewer, SECOND, "again", &again).await;
    assert_eq!(once_more["errors"], json!([]));
    assert_eq!(reviewer.ask(STANDS).await.data(), stands);
    let outdated = sent(&reviewer, SECOND, "outdated", &again).await;
    assert_eq!(outdated["errors"][0]["code"], "CONFLICT");
    // As the beginning of the next edition it carries all.
    let mut next = Book::of(&reviewer, &format!("{SECOND}?next=true")).await;
    assert_eq!(next.page("Editie")[0][1], "VOORSTEL-2");
    assert_eq!(next.row("SV-06")[1..3], ["Overgenomen", "SV-06"]);
}

#[tokio::test]
async fn every_mistake_names_its_cell_and_no_word_goes_by_silence() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let before = entries(&app).await;
    let mut book = second(&reviewer).await;
    book.page("Editie")[3][1] = "vier jaar".to_owned();
    book.row("BB-01")[12] = "Iets anders.".to_owned();
    book.row("BB-02")[1] = "misschien".to_owned();
    book.row("SV-06")[4] = "hoog".to_owned();
    let refused = reviewer
        .send_file(SECOND, OF_WORKBOOK, "wrong", book.written())
        .await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let message = refused.json()["errors"][0]["message"].to_string();
    for place in ["Editie!B4", "Criteria!M2", "Criteria!B3", "Criteria!E11"] {
        assert!(message.contains(place), "{place}: {message}");
    }
    let mut book = second(&reviewer).await;
    book.page("Editie")[0][1] = "VOORSTEL-9".to_owned();
    let unknown = reviewer
        .send_file(SECOND, OF_WORKBOOK, "unknown", book.written())
        .await;
    assert_eq!(unknown.status, 422);
    // What the mutation says of an edition that can be read is said as the mutation says it.
    let mut book = second(&reviewer).await;
    book.page("Criteria").retain(|row| row[0] != "BB-03");
    let lost = sent(&reviewer, SECOND, "lost", &book).await;
    assert_eq!(lost["errors"][0]["code"], "UNACCOUNTED_CRITERION");
    let empty = Book(vec![("Blad1".to_owned(), vec![vec!["iets".to_owned()]])]);
    let empty = reviewer
        .send_file(SECOND, OF_WORKBOOK, "empty", empty.written())
        .await;
    assert_eq!(empty.status, 422);
    let csv = reviewer.send_file(SECOND, "text/csv", "csv", "a,b").await;
    assert_eq!(csv.status, 415);
    assert_eq!(entries(&app).await, before);
}

#[tokio::test]
async fn everybody_fetches_an_edition_and_vng_alone_proposes_one() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let book = second(&reviewer).await;
    let before = entries(&app).await;
    let own = app.with(&municipality("GM0402"));
    let refused = own
        .send_file(SECOND, OF_WORKBOOK, "sent", book.written())
        .await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    assert!(!refused.body.contains("SV-06"), "{}", refused.body);
    let refused = app
        .public()
        .send_file(SECOND, OF_WORKBOOK, "sent", book.written())
        .await;
    assert_eq!(refused.status, 401);
    assert_eq!(entries(&app).await, before);
    assert_eq!(app.public().get(SECOND).await.status, 404);
    assert_eq!(
        app.public().get(&format!("{FIRST}?since=1")).await.status,
        400
    );
}
