//! The thread that starts PostgreSQL, waits for its end and passes on orders to stop.
//!
//! A thread of its own, because Linux ties "tell the child when its parent dies" to the *thread*
//! that started the child: one of a runtime's pool may end at any time. It also is the only one
//! that reaps the child, so a signal can never reach a stranger who got the same process id.

use std::{
    io,
    process::{Child, Command},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

/// How often the keeper looks whether PostgreSQL ended by itself; orders wake it at once.
const IDLE: Duration = Duration::from_millis(250);
/// The same while an end is expected.
const EAGER: Duration = Duration::from_millis(10);

enum Order {
    /// The server is ready: from now on an end without an order is an accident worth an error in
    /// the log.
    Guard,
    Stop(Signal),
}

/// A running PostgreSQL server.
#[derive(Debug)]
pub(super) struct Keeper {
    pub(super) pid: i32,
    orders: Sender<Order>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Starts the command from a thread that stays as long as the process does.
    pub(super) fn start(mut command: Command) -> io::Result<Keeper> {
        let (orders, ordered) = channel();
        let (report, started) = channel();
        let thread = thread::Builder::new()
            .name("postgres-keeper".to_owned())
            .spawn(move || match command.spawn() {
                Ok(child) => {
                    let pid = Pid::from_child(&child);
                    // The starter waits for this; were it gone, the closed channel of orders says
                    // so as well.
                    report.send(Ok(pid.as_raw_nonzero().get())).ok();
                    keep(child, &ordered);
                }
                Err(error) => {
                    report.send(Err(error)).ok();
                }
            })?;
        let pid = started.recv().map_err(io::Error::other)??;
        Ok(Keeper {
            pid,
            orders,
            thread,
        })
    }

    /// Whether the process has ended and been reaped.
    pub(super) fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }

    /// Tells that the server is ready.
    pub(super) fn guard(&self) {
        self.orders.send(Order::Guard).ok();
    }

    /// Asks for the end and waits for it; false when time ran out.
    pub(super) fn stop(&self, signal: Signal, patience: Duration) -> bool {
        // A closed channel means that the process has ended already.
        self.orders.send(Order::Stop(signal)).ok();
        let give_up = Instant::now() + patience;
        while !self.has_ended() && Instant::now() < give_up {
            thread::sleep(EAGER);
        }
        self.has_ended()
    }
}

fn keep(mut child: Child, ordered: &Receiver<Order>) {
    let mut guarded = false;
    let mut beat = IDLE;
    loop {
        match ordered.recv_timeout(beat) {
            Ok(Order::Guard) => guarded = true,
            Ok(Order::Stop(signal)) => {
                guarded = false;
                beat = EAGER;
                // It may just have ended; the wait below tells.
                kill_process(Pid::from_child(&child), signal).ok();
            }
            Err(RecvTimeoutError::Timeout) => {}
            // Nobody is left to wait for more than that.
            Err(RecvTimeoutError::Disconnected) => thread::sleep(beat),
        }
        match child.try_wait() {
            Ok(None) => {}
            Ok(Some(status)) if guarded => {
                tracing::error!(
                    %status,
                    "the private PostgreSQL server ended by itself; its log tells why"
                );
                return;
            }
            Ok(Some(_)) => return,
            Err(error) => {
                tracing::error!(%error, "cannot wait for the private PostgreSQL server");
                return;
            }
        }
    }
}
