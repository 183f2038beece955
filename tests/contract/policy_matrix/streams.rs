//! Who learns what as it happens: every subscription × the six roles × own and other, over real
//! HTTP, as part of the matrix.
//!
//! Each role follows each subscription from the beginning of the ledger. Once everybody got
//! what the mandate table says, the service is stopped in order, and whatever else it still tells
//! counts as well.

use std::collections::BTreeSet;

use acceptance::{App, Client, Events};
use serde_json::{Value, json};

use super::{
    Outcome, Subject, Who,
    mandate::{Kind, Row, rows},
};

/// A subscription: how it is called, and which entries of the ledger it sends of one subject.
struct Followed {
    name: &'static str,
    selection: &'static str,
    entries: &'static str,
}

const SUBSCRIPTIONS: &[Followed] = &[
    Followed {
        name: "assessmentChanged",
        selection: "ledger operation assessment { state municipality { code }
            latestVersion { answers { criterion { code } answer } } }",
        entries: "select number from ledger
            where subject_kind = 'Assessment' and subject_key like 'CODE/%'",
    },
    Followed {
        name: "ledgerAdvanced",
        selection: "ledger recordedAt",
        entries: "select number from ledger_instant",
    },
    Followed {
        name: "publicationReleased",
        selection: "ledger publication { key state manifest { ledger } }",
        entries: "select number from ledger where operation = 'publication.released'",
    },
    Followed {
        name: "statusReported",
        selection: "ledger operation round { key } action { key status }",
        entries: "select number from ledger where subject_kind = 'StatusReport'",
    },
];

/// What one role gets of one subscription.
struct Stream {
    row: &'static Row,
    followed: &'static Followed,
    who: Who,
    events: Events,
    shown: Vec<Value>,
}

impl Stream {
    async fn open(row: &'static Row, who: Who, client: &Client) -> Self {
        let followed = SUBSCRIPTIONS.iter().find(|one| one.name == row.operation);
        let followed = followed.unwrap_or_else(|| panic!("{} is not followed", row.operation));
        let (name, selection) = (followed.name, followed.selection);
        let query = format!("subscription {{ {name}(since: 0) {{ {selection} }} }}");
        Self {
            row,
            followed,
            who,
            events: client.follow(&query, json!({})).await,
            shown: Vec::new(),
        }
    }

    fn keep(&mut self, answer: &Value) {
        assert!(answer.get("errors").is_none(), "{answer}");
        self.shown.push(answer["data"][self.followed.name].clone());
    }

    /// Takes in events until these entries have come.
    async fn take(&mut self, mut entries: BTreeSet<i64>) {
        while !entries.is_empty() {
            let answer = self.events.answer().await;
            self.keep(&answer);
            entries.remove(&ledger(self.shown.last().expect("an event")));
        }
    }

    /// Takes in what else there is, until the service ends the stream.
    async fn take_the_rest(&mut self) {
        while let Some((name, data)) = self.events.next().await {
            assert_eq!(name, "next", "{data}");
            self.keep(&serde_json::from_str(&data).expect("JSON"));
        }
    }
}

fn ledger(event: &Value) -> i64 {
    event["ledger"].as_i64().expect("a number")
}

async fn entries(app: &App, followed: &Followed, subject: Subject) -> BTreeSet<i64> {
    let query = followed.entries.replace("CODE", subject.municipality());
    let numbers = app.database.numbers(&format!("{query} order by 1")).await;
    numbers.into_iter().collect()
}

/// Follows every subscription as each role. Stops the service.
pub(super) async fn measure(
    app: &App,
    clients: &[Client; 6],
) -> Vec<(&'static Row, Subject, Vec<Outcome>)> {
    let mut streams = Vec::new();
    for row in rows(Kind::Subscription) {
        for (who, client) in Who::ALL.into_iter().zip(clients) {
            streams.push(Stream::open(row, who, client).await);
        }
    }
    for stream in &mut streams {
        let mut due = BTreeSet::new();
        for &subject in stream.row.subjects {
            if stream.row.expected(stream.who, subject) == Outcome::Allowed {
                due.extend(entries(app, stream.followed, subject).await);
            }
        }
        stream.take(due).await;
    }
    let rests = async {
        for stream in &mut streams {
            stream.take_the_rest().await;
        }
    };
    tokio::join!(app.drain(), rests);

    let mut measured = Vec::new();
    for of_one in streams.chunk_by(|a, b| a.followed.name == b.followed.name) {
        let (row, followed) = (of_one[0].row, of_one[0].followed);
        for &subject in row.subjects {
            let all = entries(app, followed, subject).await;
            assert!(!all.is_empty(), "nothing to tell: {}", followed.name);
            let outcomes = of_one.iter().map(|stream| {
                let numbers: Vec<i64> = stream.shown.iter().map(ledger).collect();
                assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
                let of_subject = numbers.into_iter().filter(|number| all.contains(number));
                if of_subject.eq(all.iter().copied()) {
                    Outcome::Allowed
                } else {
                    Outcome::Filtered
                }
            });
            measured.push((row, subject, outcomes.collect()));
        }
    }
    measured
}
