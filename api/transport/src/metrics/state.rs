//! What is found elsewhere in the service when the metrics are fetched.

use std::sync::atomic::Ordering;

use super::text::{Metric, Text, counter, gauge};
use crate::App;
use database::{Clocks, ReplicaReads, Turns};

/// The state of this instance.
#[derive(Debug, Default)]
pub(crate) struct State {
    database: DatabaseState,
    ledger: LedgerState,
    kept: KeptState,
    /// How many digests came to what.
    digests: Vec<(&'static str, u64)>,
}

/// The connections to Postgres, who waits for them, and its clock beside ours.
#[derive(Debug, Default)]
struct DatabaseState {
    idle: usize,
    connections: u32,
    turns: Option<Turns>,
    /// None without a replica.
    replica: Option<ReplicaReads>,
    clocks: Clocks,
    is_out_of_room: bool,
    snapshots: usize,
    snapshot_rows: usize,
}

/// The ledger as the listener knows it, and what is due in it.
#[derive(Debug, Default)]
struct LedgerState {
    number: i64,
    is_listening: bool,
    anchored_at: i64,
    looked_at: i64,
    next_release: i64,
}

/// The answers that are kept, and the reads of the head that they are checked against.
#[derive(Debug, Default)]
struct KeptState {
    hits: u64,
    misses: u64,
    bytes: usize,
    head_reads: u64,
    waiting: u64,
}

impl State {
    pub(super) fn of(app: &App) -> Self {
        let pool = app.db.pool().get_postgres_connection_pool();
        let (snapshots, snapshot_rows) = app.db.snapshot_size();
        Self {
            database: DatabaseState {
                idle: pool.num_idle(),
                connections: pool.size(),
                turns: Some(app.db.turns()),
                replica: app.db.replica_reads(),
                clocks: app.db.clocks(),
                is_out_of_room: app.db.is_out_of_room(),
                snapshots,
                snapshot_rows,
            },
            ledger: LedgerState {
                number: app.heads.now(),
                is_listening: app.heads.is_listening(),
                anchored_at: app.heads.anchored_at(),
                looked_at: app.timer.looked_at(),
                next_release: app.timer.next_release(),
            },
            kept: KeptState {
                hits: app.kept.hits.load(Ordering::Relaxed),
                misses: app.kept.misses.load(Ordering::Relaxed),
                bytes: app.kept.bytes(),
                head_reads: app.db.head_reads(),
                waiting: app.db.waiting_for_head(),
            },
            digests: app.digests.counts().to_vec(),
        }
    }

    pub(super) fn write_to(&self, text: &mut Text) {
        let metrics = self.database.metrics().into_iter();
        let metrics = metrics.chain(self.ledger.metrics());
        for metric in metrics.chain(self.kept.metrics()) {
            text.metric(&metric);
        }
        write_replica(self.database.replica.as_ref(), text);
        let name = "stm_digests_total";
        let help =
            "Digests by mail, by what became of them; one that was tried in vain is tried again.";
        text.family(name, "counter", help);
        for &(outcome, count) in &self.digests {
            text.line(name, &[("outcome", outcome)], count);
        }
    }
}

impl DatabaseState {
    fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![
            gauge(
                "stm_pool_connections",
                "Connections to Postgres.",
                self.connections,
            ),
            gauge(
                "stm_pool_idle",
                "Connections to Postgres that do nothing.",
                self.idle,
            ),
            gauge(
                "stm_clock_ahead_seconds",
                "How far this instance's clock is ahead of that of Postgres; negative when behind.",
                seconds(self.clocks.ahead_ms()),
            ),
            gauge(
                "stm_ledger_ahead_seconds",
                "How far the last entry of the ledger lies in the future.",
                seconds(self.clocks.head_ahead_ms()),
            ),
            gauge(
                "stm_database_out_of_room",
                "Whether a write was refused a short time ago because the disk of Postgres is full.",
                u8::from(self.is_out_of_room),
            ),
            gauge(
                "stm_snapshots",
                "Snapshots of public tables in memory, each of one state of the ledger.",
                self.snapshots,
            ),
            gauge(
                "stm_snapshot_rows",
                "Rows of these snapshots together.",
                self.snapshot_rows,
            ),
        ];
        if let Some(turns) = &self.turns {
            metrics.extend(of_turns(turns));
        }
        metrics
    }
}

fn of_turns(turns: &Turns) -> [Metric; 4] {
    [
        gauge(
            "stm_admission_waiting",
            "Requests that wait for their turn at a connection.",
            turns.waiting,
        ),
        gauge(
            "stm_admission_free",
            "Turns that can be given at once.",
            turns.free,
        ),
        counter(
            "stm_admissions_total",
            "Turns at a connection that were given.",
            turns.served,
        ),
        counter(
            "stm_admission_timeouts_total",
            "Requests whose turn did not come in time.",
            turns.in_vain,
        ),
    ]
}

/// Where reads went that a replica could answer, and how that one is; without one there are names
/// and no figures.
fn write_replica(reads: Option<&ReplicaReads>, text: &mut Text) {
    let name = "stm_reads_total";
    let help = "Transactions that read, by the server that they began on or had to go on at.";
    text.family(name, "counter", help);
    if let Some(reads) = reads {
        text.line(name, &[("target", "primary")], reads.on_primary);
        text.line(name, &[("target", "replica")], reads.on_replica);
    }
    let name = "stm_replica_lacking_entries";
    let help = "Entries of the ledger that the replica lacked when it was last looked at.";
    text.family(name, "gauge", help);
    if let Some(reads) = reads {
        text.line(name, &[], reads.lacking);
    }
    let name = "stm_replica_reachable";
    let help = "Whether the replica could be read when it was last looked at.";
    text.family(name, "gauge", help);
    if let Some(reads) = reads {
        text.line(name, &[], u8::from(reads.is_reachable));
    }
}

impl LedgerState {
    fn metrics(&self) -> [Metric; 5] {
        [
            gauge(
                "stm_ledger_number",
                "The last entry of the ledger, as the listener knows it.",
                self.number,
            ),
            gauge(
                "stm_listener_connected",
                "Whether a connection hears at once what other instances record.",
                u8::from(self.is_listening),
            ),
            gauge(
                "stm_ledger_anchor_timestamp_seconds",
                "When this instance last logged number and hash of the ledger; 0 before the first.",
                self.anchored_at,
            ),
            gauge(
                "stm_embargo_look_timestamp_seconds",
                "When this instance last looked which embargoes are due; 0 before the first look.",
                self.looked_at,
            ),
            gauge(
                "stm_embargo_next_timestamp_seconds",
                "When the next embargo ends, by the last look; 0 where none runs.",
                self.next_release,
            ),
        ]
    }
}

impl KeptState {
    fn metrics(&self) -> [Metric; 5] {
        [
            counter(
                "stm_kept_hits_total",
                "Answers that were given as they were kept.",
                self.hits,
            ),
            counter(
                "stm_kept_misses_total",
                "Answers that may be kept and were computed.",
                self.misses,
            ),
            gauge(
                "stm_kept_bytes",
                "Bytes of answers that are kept.",
                self.bytes,
            ),
            counter(
                "stm_head_reads_total",
                "Statements that read the head, each for all requests that waited for it.",
                self.head_reads,
            ),
            gauge(
                "stm_head_waiting",
                "Requests that wait for the head to be read.",
                self.waiting,
            ),
        ]
    }
}

/// Seconds of whole milliseconds.
fn seconds(milliseconds: i64) -> f64 {
    // A double holds each whole number of milliseconds of 285,000 years.
    milliseconds as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_is_printed_in_base_units() {
        let state = State {
            database: DatabaseState {
                idle: 2,
                connections: 8,
                turns: Some(Turns {
                    waiting: 3,
                    free: 0,
                    served: 41,
                    in_vain: 1,
                }),
                replica: Some(ReplicaReads {
                    on_replica: 70,
                    on_primary: 6,
                    lacking: 2,
                    is_reachable: true,
                }),
                is_out_of_room: true,
                snapshots: 2,
                snapshot_rows: 900,
                ..DatabaseState::default()
            },
            ledger: LedgerState {
                number: 3,
                is_listening: true,
                anchored_at: 1_800_000_000,
                looked_at: 1_800_000_010,
                next_release: 1_800_003_600,
            },
            kept: KeptState {
                hits: 9,
                misses: 2,
                bytes: 4_096,
                head_reads: 5,
                waiting: 1,
            },
            digests: vec![("delivered", 7)],
        };
        let mut text = Text::default();
        state.write_to(&mut text);
        let text = text.finish();
        for expected in [
            "stm_ledger_number 3\n",
            "stm_pool_connections 8\n",
            "stm_pool_idle 2\n",
            "stm_clock_ahead_seconds 0\n",
            "stm_ledger_ahead_seconds 0\n",
            "stm_database_out_of_room 1\n",
            "stm_snapshots 2\n",
            "stm_snapshot_rows 900\n",
            "stm_admission_waiting 3\n",
            "stm_admission_free 0\n",
            "stm_admissions_total 41\n",
            "stm_admission_timeouts_total 1\n",
            "stm_listener_connected 1\n",
            "stm_ledger_anchor_timestamp_seconds 1800000000\n",
            "stm_embargo_look_timestamp_seconds 1800000010\n",
            "stm_embargo_next_timestamp_seconds 1800003600\n",
            "stm_kept_hits_total 9\n",
            "stm_kept_misses_total 2\n",
            "stm_kept_bytes 4096\n",
            "stm_head_reads_total 5\n",
            "stm_head_waiting 1\n",
            "stm_reads_total{target=\"primary\"} 6\n",
            "stm_reads_total{target=\"replica\"} 70\n",
            "stm_replica_lacking_entries 2\n",
            "stm_replica_reachable 1\n",
            "stm_digests_total{outcome=\"delivered\"} 7\n",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        let mut text = Text::default();
        State::default().write_to(&mut text);
        assert!(!text.finish().contains("\nstm_re"), "there is no replica");
        let shown = [250, -10_000, 3_600_000].map(|ms| seconds(ms).to_string());
        assert_eq!(shown, ["0.25", "-10", "3600"]);
    }
}
