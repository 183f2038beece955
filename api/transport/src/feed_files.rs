//! Feeds that are written as a file before they are sent: workbooks and Parquet.
//!
//! Pages are read here and written by a thread of their own, which waits for them; one page waits
//! in between. Whatever does not fit is refused by a status before anything was sent, and says what
//! to take instead.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    body::SizedStream,
    http::{
        StatusCode,
        header::{self, HeaderMap},
    },
    web::{self, Bytes},
};
use futures_util::{Stream, stream};
use tokio::{sync::mpsc, task::spawn_blocking};

use super::{
    App,
    problem::{self, Reason},
};
use feeds::{
    feed::{Feed, NoFeed},
    file::{
        About, FileWriter, NoFile, Written,
        room::{Full, Reserved},
    },
    form::Form,
    rows::Rows,
};

/// Bytes that are read of a file at a time.
const CHUNK: usize = 64 * 1024;

/// The coding that is none.
const IDENTITY: &str = "identity";

/// Leaves out the header that kept a file from being compressed: to a client it says nothing (RFC
/// 9110, 8.4).
pub(super) fn forget_identity(headers: &mut HeaderMap) {
    let coding = headers.get(header::CONTENT_ENCODING);
    if coding.is_some_and(|coding| coding == IDENTITY) {
        headers.remove(header::CONTENT_ENCODING);
    }
}

/// The answer with a whole file.
///
/// # Errors
/// When the rows cannot be read.
pub(super) async fn answered(
    app: &App,
    (form, feed): (Form, Feed),
    source: String,
    mut response: HttpResponseBuilder,
) -> Result<HttpResponse, NoFeed> {
    let reserved = match app.room.reserve() {
        Ok(reserved) => reserved,
        Err(full) => return Ok(refused(&NoFile::Full(full), app)),
    };
    let about = About {
        table: feed.table(),
        columns: feed.columns().to_vec(),
        pin: feed.pin,
        database: app.db.kind().await?.code(),
        licence: (
            app.publisher.licence.clone(),
            app.publisher.licence_address(),
        ),
        publisher: app.publisher.name.clone(),
        source,
        sheet_rows: app.limits.sheet_rows,
    };
    let (pages, written) = mpsc::channel::<Rows>(1);
    let writing = spawn_blocking(move || write(form, about, reserved, written));
    let mut next = Some(Vec::new());
    while let Some(after) = next {
        let rows = feed.rows(after).await?;
        next = rows.next();
        if pages.send(rows).await.is_err() {
            // The writer has ended, and says why.
            break;
        }
    }
    drop(pages);
    let whole = match writing.await {
        Ok(written) => written,
        Err(error) => Err(NoFile::Failed(error.to_string())),
    };
    match whole {
        Ok(written) => {
            let length = written.length();
            Ok(response
                .content_type(form.content_type())
                // Both forms are compressed inside, and are not compressed once more.
                .insert_header((header::CONTENT_ENCODING, IDENTITY))
                .body(SizedStream::new(
                    length,
                    chunks(written, app.limits.file_within),
                )))
        }
        Err(no_file) => Ok(refused(&no_file, app)),
    }
}

/// Writes the pages that come, until no more do.
fn write(
    form: Form,
    about: About,
    reserved: Reserved,
    mut pages: mpsc::Receiver<Rows>,
) -> Result<Written, NoFile> {
    let mut writer = FileWriter::begin(form, about, reserved)?;
    while let Some(rows) = pages.blocking_recv() {
        writer.write(&rows)?;
    }
    writer.finish()
}

/// A file that is being sent; none when its time is over.
type Sent = Arc<Mutex<Option<Written>>>;

/// The bytes of a file. It is gone when they were all sent, when nobody wants them any more, and
/// when a client took longer than it may: who opens a file and reads none of it keeps its room from
/// others no longer than that.
fn chunks(
    written: Written,
    within: Duration,
) -> impl Stream<Item = Result<Bytes, actix_web::Error>> {
    let sent: Sent = Arc::new(Mutex::new(Some(written)));
    let watched = Arc::downgrade(&sent);
    actix_web::rt::spawn(async move {
        tokio::time::sleep(within).await;
        if let Some(sent) = watched.upgrade() {
            locked(&sent).take();
        }
    });
    stream::try_unfold(sent, |sent| async move {
        let reading = sent.clone();
        let bytes = web::block(move || next_bytes(&reading)).await??;
        Ok((!bytes.is_empty()).then(|| (Bytes::from(bytes), sent)))
    })
}

fn locked(sent: &Sent) -> MutexGuard<'_, Option<Written>> {
    sent.lock().unwrap_or_else(PoisonError::into_inner)
}

fn next_bytes(sent: &Sent) -> io::Result<Vec<u8>> {
    locked(sent)
        .as_mut()
        .ok_or_else(|| io::Error::from(io::ErrorKind::TimedOut))?
        .next_bytes(CHUNK)
}

/// Why there is no file, and what to take instead.
fn refused(no_file: &NoFile, app: &App) -> HttpResponse {
    let megabytes = app.limits.tmp_bytes / (1024 * 1024);
    match no_file {
        NoFile::Full(Full::Files | Full::Bytes) => busy(),
        NoFile::Full(Full::Larger) => too_much(
            "FILE_SIZE",
            &format!(
                "Dit bestand wordt groter dan de {megabytes} megabyte die de dienst ervoor heeft. \
                 Neem .csv of .ndjson, of vraag minder met `columns` en `filter`."
            ),
            &format!(
                "This file gets larger than the {megabytes} megabytes that the service has for it. \
                 Take .csv or .ndjson, or ask for less by `columns` and `filter`."
            ),
        ),
        NoFile::TooManyRows(most) => too_much(
            "SHEET_ROWS",
            &format!(
                "De tabel heeft meer dan de {most} rijen die op een werkblad passen. Neem .csv, \
                 .ndjson of .parquet, of vraag minder rijen met `filter`."
            ),
            &format!(
                "The table has more than the {most} rows that a sheet holds. Take .csv, .ndjson or \
                 .parquet, or ask for fewer rows by `filter`."
            ),
        ),
        NoFile::LongText(column) => too_much(
            "SHEET_CELL",
            &format!(
                "Een tekst in de kolom `{column}` is langer dan de 32.767 tekens die in een cel van \
                 Excel passen. Neem .csv, .ndjson of .parquet, of laat de kolom weg met `columns`."
            ),
            &format!(
                "A text in the column `{column}` is longer than the 32,767 characters that a cell \
                 of Excel holds. Take .csv, .ndjson or .parquet, or leave the column out by \
                 `columns`."
            ),
        ),
        NoFile::Unreadable(column) => failed(&format!("a value of {column} is not of its kind")),
        NoFile::Streamed => failed("the form is not written as a file"),
        NoFile::Failed(cause) => failed(cause),
    }
}

/// A file that this form cannot be, whoever asks again.
fn too_much(rule: &str, nl: &str, en: &str) -> HttpResponse {
    problem::refusal(
        StatusCode::BAD_REQUEST,
        &Reason {
            code: "BAD_REQUEST",
            rule,
            nl,
            en,
        },
    )
}

/// Others have the room.
fn busy() -> HttpResponse {
    let mut response = problem::refusal(
        StatusCode::SERVICE_UNAVAILABLE,
        &Reason {
            code: "UNAVAILABLE",
            rule: "FILE_ROOM",
            nl: "Er worden nu te veel bestanden gemaakt. Vraag het over een paar seconden opnieuw, \
                 of neem .csv of .ndjson.",
            en: "Too many files are being made now. Ask again in a few seconds, or take .csv or \
                 .ndjson.",
        },
    );
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
    response
}

/// A failure of ours; the cause goes to the log.
fn failed(cause: &str) -> HttpResponse {
    tracing::error!(cause, "a file of a feed could not be written");
    problem::problem(
        StatusCode::INTERNAL_SERVER_ERROR,
        "INTERNAL",
        "Something went wrong on our side.",
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use futures_util::StreamExt as _;

    use super::*;
    use database::Pin;
    use domain::ledger::position::Position;
    use feeds::{file::room::Room, tables};

    /// A file without rows, in a room of one file.
    fn written(room: &Arc<Room>) -> Written {
        let table = tables::find("dim_round").unwrap();
        let about = About {
            table,
            columns: table.columns.iter().collect(),
            pin: Pin {
                at: Position::default(),
                day: chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
                scope: None,
            },
            database: "REAL",
            licence: ("CC0-1.0".to_owned(), None),
            publisher: None,
            source: "https://monitor.example.nl/v1/feeds/dim_round.parquet".to_owned(),
            sheet_rows: 2,
        };
        let reserved = room.reserve().unwrap();
        let writer = FileWriter::begin(Form::Parquet, about, reserved).unwrap();
        writer.finish().unwrap()
    }

    #[actix_web::test]
    async fn a_file_goes_when_it_was_sent_and_when_nobody_takes_it_in() {
        let room = Arc::new(Room::new(Path::new("/tmp"), 1, 1024 * 1024));
        let file = written(&room);
        let length = file.length();
        assert_eq!(room.in_use(), (1, length));
        let mut sent = Box::pin(chunks(file, Duration::from_secs(600)));
        let bytes = sent.next().await.unwrap().unwrap();
        assert_eq!(u64::try_from(bytes.len()).unwrap(), length);
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
        assert!(sent.next().await.is_none());
        assert_eq!(room.in_use(), (0, 0));

        let mut left = Box::pin(chunks(written(&room), Duration::ZERO));
        while room.in_use() != (0, 0) {
            tokio::task::yield_now().await;
        }
        assert!(left.next().await.unwrap().is_err());
    }
}
