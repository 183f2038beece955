//! The line of those who wait for a read that everybody shares.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use futures_util::{
    FutureExt as _,
    future::{BoxFuture, Shared},
};

/// A read that everybody shares who waits for it.
type SharedRead<T> = Shared<BoxFuture<'static, T>>;

/// The line of those who wait for a read.
pub(super) struct Line<T> {
    /// The read that has not begun: whoever comes waits for it.
    next: Mutex<Option<SharedRead<T>>>,
    /// Held by the read that is under way.
    turn: tokio::sync::Mutex<()>,
    /// How many reads have begun.
    pub(super) begun: AtomicU64,
    /// How many wait.
    pub(super) waiting: AtomicU64,
}

impl<T> Default for Line<T> {
    fn default() -> Self {
        Self {
            next: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            begun: AtomicU64::default(),
            waiting: AtomicU64::default(),
        }
    }
}

/// Somebody who waits until this is dropped.
struct Waiting<'a>(&'a AtomicU64);

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicU64) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl<T: Clone + Send + Sync + 'static> Line<T> {
    /// What a read finds that begins from here on. Each of those who wait drives the read, so one
    /// that leaves stops nobody; a read that all have left is given up.
    pub(super) async fn wait<R>(self: &Arc<Self>, read: impl FnOnce() -> R) -> T
    where
        R: Future<Output = T> + Send + 'static,
    {
        let _waiting = Waiting::begin(&self.waiting);
        let shared = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            next.get_or_insert_with(|| self.clone().in_turn(read()).boxed().shared())
                .clone()
        };
        shared.await
    }

    async fn in_turn(self: Arc<Self>, read: impl Future<Output = T> + Send) -> T {
        let _turn = self.turn.lock().await;
        // From here on whoever comes waits for the read after this one.
        let own = self
            .next
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        drop(own);
        self.begun.fetch_add(1, Ordering::Relaxed);
        read.await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicI64;

    use futures_util::future::join_all;
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn a_thousand_who_wait_share_the_read_that_begins_after_they_came() {
        let line: Arc<Line<i64>> = Arc::default();
        let head = Arc::new(AtomicI64::new(1));
        let (release, held) = oneshot::channel::<()>();
        let slow_head = head.clone();
        let mut first = Box::pin(line.wait(|| async move {
            let found = slow_head.load(Ordering::SeqCst);
            held.await.ok();
            found
        }));
        assert!(first.as_mut().now_or_never().is_none());
        // Acknowledged while the first read is under way: who comes now is told of it.
        head.store(2, Ordering::SeqCst);
        let read = || {
            let head = head.clone();
            async move { head.load(Ordering::SeqCst) }
        };
        let mut others: Vec<_> = (0..1_000).map(|_| Box::pin(line.wait(read))).collect();
        for other in &mut others {
            assert!(other.as_mut().now_or_never().is_none());
        }
        assert_eq!(line.begun.load(Ordering::Relaxed), 1);
        assert_eq!(line.waiting.load(Ordering::Relaxed), 1_001);
        release.send(()).unwrap();
        assert_eq!(first.await, 1);
        assert_eq!(join_all(others).await, [2; 1_000]);
        assert_eq!(line.begun.load(Ordering::Relaxed), 2);
        assert_eq!(line.waiting.load(Ordering::Relaxed), 0);
        // Who comes when nobody waits reads anew.
        head.store(3, Ordering::SeqCst);
        assert_eq!(line.wait(read).await, 3);
        assert_eq!(line.begun.load(Ordering::Relaxed), 3);
    }

    #[tokio::test]
    async fn who_leaves_stops_nobody() {
        let line: Arc<Line<i64>> = Arc::default();
        let (_never, held) = oneshot::channel::<()>();
        let mut first = Box::pin(line.wait(|| async move {
            held.await.ok();
            1
        }));
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = Box::pin(line.wait(|| async { 2 }));
        assert!(second.as_mut().now_or_never().is_none());
        let mut third = Box::pin(line.wait(|| async { 3 }));
        assert!(third.as_mut().now_or_never().is_none());
        drop(first);
        drop(second);
        // The third shares the read that the second had ordered.
        assert_eq!(third.as_mut().now_or_never(), Some(2));
    }
}
