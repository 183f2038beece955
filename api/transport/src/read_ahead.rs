//! Pages of a feed that are read while the page before is on its way: Postgres works while we write
//! and the client takes. One page waits at most, so whoever reads slowly makes us hold two pages
//! and keeps nothing open.

use std::pin::pin;

use actix_web::Error;
use futures_util::{Stream, StreamExt as _, stream};
use tokio::sync::mpsc;

/// The same pages, of which the next is read as soon as nobody waits for the one before. What reads
/// them ends when nobody wants them any more.
pub(super) fn read_ahead<T: 'static>(
    pages: impl Stream<Item = Result<T, Error>> + 'static,
) -> impl Stream<Item = Result<T, Error>> {
    let (sender, receiver) = mpsc::channel(1);
    actix_web::rt::spawn(async move {
        let mut pages = pin!(pages);
        // Room comes first, so that no second page waits behind one that waits.
        while let Ok(room) = sender.reserve().await {
            let page = tokio::select! {
                biased;
                () = sender.closed() => return,
                page = pages.next() => page,
            };
            let is_last = page.is_none();
            // The end is said, for an end without it is a failure and not a shorter table.
            room.send(page);
            if is_last {
                return;
            }
        }
    });
    stream::unfold(Some(receiver), |receiver| async move {
        let mut receiver = receiver?;
        match receiver.recv().await {
            Some(Some(page)) => Some((page, Some(receiver))),
            Some(None) => None,
            None => Some((Err(broken_off()), None)),
        }
    })
}

/// The head has left: a cut connection is all that can still tell the client.
pub(super) fn broken_off() -> Error {
    actix_web::error::ErrorServiceUnavailable("the feed broke off")
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, rc::Rc};

    use futures_util::TryStreamExt as _;

    use super::*;

    /// Pages with the numbers up to this one, and how many of them were read.
    fn pages(last: u32) -> (impl Stream<Item = Result<u32, Error>>, Rc<Cell<u32>>) {
        let read = Rc::new(Cell::new(0));
        let counted = read.clone();
        let pages = stream::iter(1..=last).map(move |number| {
            counted.set(number);
            Ok(number)
        });
        (pages, read)
    }

    /// Lets whatever can go on do so.
    async fn others() {
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
    }

    #[actix_web::test]
    async fn pages_come_in_their_order_to_the_end() {
        let (pages, _) = pages(100);
        let all: Vec<u32> = read_ahead(pages).try_collect().await.unwrap();
        assert_eq!(all, (1..=100).collect::<Vec<_>>());
        let empty = stream::empty::<Result<u32, Error>>();
        let none: Vec<u32> = read_ahead(empty).try_collect().await.unwrap();
        assert!(none.is_empty());
    }

    #[actix_web::test]
    async fn one_page_is_read_ahead_and_no_more() {
        let (pages, read) = pages(100);
        let mut ahead = pin!(read_ahead(pages));
        for taken in 0..5 {
            others().await;
            assert_eq!(read.get(), taken + 1);
            assert_eq!(ahead.next().await.unwrap().unwrap(), taken + 1);
        }
    }

    #[actix_web::test]
    async fn nothing_is_read_for_whoever_went_away() {
        let (pages, read) = pages(100);
        let mut ahead = Box::pin(read_ahead(pages));
        assert_eq!(ahead.next().await.unwrap().unwrap(), 1);
        drop(ahead);
        let before = read.get();
        others().await;
        assert_eq!(read.get(), before);
        assert!(before <= 2, "{before}");
    }

    #[actix_web::test]
    async fn a_failure_is_handed_on_and_an_end_without_notice_is_one() {
        let failing = stream::iter([Ok(1), Err(broken_off())]);
        let mut ahead = pin!(read_ahead(failing));
        assert_eq!(ahead.next().await.unwrap().unwrap(), 1);
        assert!(ahead.next().await.unwrap().is_err());
        assert!(ahead.next().await.is_none());

        let (sender, receiver) = tokio::sync::oneshot::channel::<()>();
        let panicking = stream::once(async move {
            receiver.await.unwrap();
            Ok(1)
        });
        let mut ahead = pin!(read_ahead(panicking));
        drop(sender);
        assert!(ahead.next().await.unwrap().is_err());
        assert!(ahead.next().await.is_none());
    }
}
