use std::future::{pending, ready};

use futures_util::{FutureExt as _, future::join};

use super::*;

fn state(number: i64, hash: i64) -> Position {
    Position::of_stored(number, Some(hash))
}

/// The snapshot that somebody gets who opens a transaction now, alone.
fn open(snapshots: &Snapshots, state: Position, number: i64) -> Arc<Snapshot> {
    let arrival = snapshots.arrive();
    snapshots.at(arrival, state, number).unwrap()
}

fn is_same(a: &Arc<Snapshot>, b: &Arc<Snapshot>) -> bool {
    Arc::ptr_eq(a, b)
}

/// Puts in a number that was read from a table.
async fn put(cells: &Cells, table: &'static str, number: u8) -> u8 {
    *cells
        .once(table, ready(Ok::<_, DbError>((number, vec![table]))))
        .await
        .unwrap()
}

#[test]
fn a_snapshot_is_of_one_state_and_one_number() {
    let snapshots = Snapshots::default();
    let first = open(&snapshots, state(5, 50), 5);
    assert!(is_same(&first, &open(&snapshots, state(5, 50), 5)));
    let past = open(&snapshots, state(5, 50), 3);
    assert!(!is_same(&first, &past));
    assert!(is_same(&past, &open(&snapshots, state(5, 50), 3)));
    // An entry more ends both, also that of the past.
    let next = open(&snapshots, state(6, 60), 6);
    assert!(!is_same(&next, &first));
    assert!(!is_same(&past, &open(&snapshots, state(6, 60), 3)));
    // A database that was restored: a lower head, then the same number with another hash.
    let lower = open(&snapshots, state(5, 50), 5);
    assert!(!is_same(&lower, &first));
    assert!(!is_same(&open(&snapshots, state(6, 61), 6), &next));
    // Nothing is held of an empty ledger.
    assert!(snapshots.at(snapshots.arrive(), state(0, 0), 0).is_none());
}

#[test]
fn a_few_past_numbers_are_held_those_that_were_read_last() {
    let snapshots = Snapshots::default();
    let read = |number| open(&snapshots, state(9, 90), number);
    let past = [1, 2, 3, 4].map(read);
    assert!(is_same(&read(1), &past[0]));
    read(5);
    assert!(is_same(&read(1), &past[0]), "it was read since");
    assert!(!is_same(&read(2), &past[1]), "it was not");
    assert!(is_same(&read(9), &read(9)));
}

#[test]
fn whoever_opened_before_others_found_a_later_head_ends_nothing() {
    let snapshots = Snapshots::default();
    let early = snapshots.arrive();
    let head = open(&snapshots, state(6, 60), 6);
    assert!(snapshots.at(early, state(5, 50), 5).is_none());
    assert!(snapshots.at(early, state(6, 61), 6).is_none());
    assert!(is_same(&head, &open(&snapshots, state(6, 60), 6)));
    // A head that is later still is what others will find as well.
    let later = snapshots.at(early, state(7, 70), 7).unwrap();
    assert!(is_same(&later, &open(&snapshots, state(7, 70), 7)));
}

#[tokio::test]
async fn tables_that_did_not_change_go_over() {
    let snapshots = Snapshots::default();
    let first = open(&snapshots, state(5, 50), 5);
    assert!(first.to_take_over().is_none(), "it is empty");
    put(&first.cells, "area", 1).await;
    put(&first.cells, "action", 2).await;
    let of_both = ready(Ok::<_, DbError>((7_u16, vec!["action", "area"])));
    first.cells.once("both", of_both).await.unwrap();
    // Nobody read at the second state, so the third takes over from the first.
    let second = open(&snapshots, state(6, 60), 6);
    assert!(is_same(&second.to_take_over().unwrap(), &first));
    let third = open(&snapshots, state(7, 70), 7);
    assert!(is_same(&third.to_take_over().unwrap(), &first));
    third
        .cells
        .take_over(&first.cells, |table| table != "action");
    assert_eq!(third.cells.get::<u8>("area"), Some(&1));
    assert_eq!(third.cells.get::<u8>("action"), None);
    assert_eq!(third.cells.get::<u16>("both"), None);
    assert_eq!(put(&third.cells, "area", 8).await, 1);
    assert_eq!(put(&third.cells, "action", 9).await, 9);
    assert_eq!(first.cells.get::<u8>("action"), Some(&2));
}

#[tokio::test]
async fn all_who_wait_get_what_one_computes_and_who_gives_up_stops_nobody() {
    let cells = Cells::default();
    // Whoever computes is given up while another waits.
    let mut given_up = cells.once::<u8, DbError>("a", pending());
    assert!((&mut given_up).now_or_never().is_none());
    let mut waiting = Box::pin(put(&cells, "a", 2));
    assert!((&mut waiting).now_or_never().is_none());
    drop(given_up);
    let (waited, came_later) = join(waiting, put(&cells, "a", 3)).await;
    assert_eq!((waited, came_later), (2, 2));
    // A failure is not kept.
    let failed = ready(Err::<(u8, Names), _>("failed"));
    assert_eq!(cells.once("b", failed).await, Err("failed"));
    assert_eq!(put(&cells, "b", 4).await, 4);
    assert_eq!(cells.len(), 2);
}

#[tokio::test]
async fn where_one_fails_the_others_do_not_wait_for_one_another() {
    let cells = Cells::default();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let failing = async {
        ended.await.unwrap();
        Err::<(u8, Names), _>("failed")
    };
    let mut first = cells.once("a", failing);
    assert!((&mut first).now_or_never().is_none());
    let mut never = cells.once::<u8, &str>("a", pending());
    assert!((&mut never).now_or_never().is_none());
    let waiting = cells.once("a", ready(Ok::<_, &str>((2_u8, Names::new()))));
    end.send(()).unwrap();
    // The second does not end, and the third does not wait for it.
    let (failed, _, computed) = tokio::join!(first, async { (&mut never).now_or_never() }, waiting);
    assert_eq!((failed, computed), (Err("failed"), Ok(&2)));
}

#[test]
fn a_snapshot_is_full_one_day() {
    let snapshot = Snapshot::new(state(1, 1), 1, None);
    assert!(snapshot.has_room());
    snapshot.note_rows(MOST_ROWS - 1);
    assert!(snapshot.has_room());
    snapshot.note_rows(1);
    assert!(!snapshot.has_room());
    assert_eq!(format!("{snapshot:?}"), "Snapshot(1 of 1.0000000000000001)");
}
