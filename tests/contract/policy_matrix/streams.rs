//! Who is told what as it happens: every subscription × the six roles × own and other, over real
//! HTTP, as part of the matrix.
//!
//! Each role follows each subscription from the beginning of the ledger. Once everybody was told
//! what the mandate table says, the service is stopped in order, and whatever else it still tells
//! counts as well.

use std::collections::BTreeSet;

use acceptance::{App, Client, Events};
use serde_json::{Value, json};

use crate::policy_matrix::{OTHER, OWN, Outcome, Subject, Who, expected};

/// A subscription: how it is asked, and which entries of the ledger it tells of one subject.
pub(crate) struct Followed {
    pub(crate) name: &'static str,
    selection: &'static str,
    subjects: &'static [Subject],
    entries: &'static str,
}

pub(crate) const SUBSCRIPTIONS: &[Followed] = &[
    Followed {
        name: "assessmentChanged",
        selection: "ledger operation assessment { state municipality { code } latestVersion { answers { code answer } } }",
        subjects: &[Subject::Own, Subject::Other],
        entries: "select number from ledger where subject_kind = 'Assessment' and subject_key like 'CODE/%'",
    },
    Followed {
        name: "ledgerAdvanced",
        selection: "ledger recordedAt",
        subjects: &[Subject::Nobody],
        entries: "select number from ledger_instant",
    },
    Followed {
        name: "publicationReleased",
        selection: "ledger key publication { state manifest { ledger } }",
        subjects: &[Subject::Nobody],
        entries: "select number from ledger where operation = 'publication.released'",
    },
    Followed {
        name: "statusReported",
        selection: "ledger operation round action { key status }",
        subjects: &[Subject::Nobody],
        entries: "select number from ledger where subject_kind = 'StatusReport'",
    },
];

/// A row of the matrix: the subscription, the subject, and what each role was told.
pub(crate) type Row = (&'static str, Subject, Vec<Outcome>);

/// What one role is told of one subscription.
struct Stream {
    followed: &'static Followed,
    who: Who,
    events: Events,
    shown: Vec<Value>,
}

impl Stream {
    async fn open(followed: &'static Followed, who: Who, client: &Client) -> Self {
        let (name, selection) = (followed.name, followed.selection);
        let query = format!("subscription {{ {name}(since: 0) {{ {selection} }} }}");
        Self {
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

    /// Takes in events until these entries were told.
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

fn municipality(subject: Subject) -> &'static str {
    match subject {
        Subject::Own | Subject::Nobody => OWN,
        Subject::Other => OTHER,
    }
}

fn ledger(event: &Value) -> i64 {
    event["ledger"].as_i64().expect("a number")
}

async fn entries(app: &App, followed: &Followed, subject: Subject) -> BTreeSet<i64> {
    let query = followed.entries.replace("CODE", municipality(subject));
    let numbers = app.database.numbers(&format!("{query} order by 1")).await;
    numbers.into_iter().collect()
}

/// Follows every subscription as each role. Stops the service.
pub(crate) async fn measure(app: &App, clients: &[Client; 6]) -> Vec<Row> {
    let mut streams = Vec::new();
    for followed in SUBSCRIPTIONS {
        for (who, client) in Who::ALL.into_iter().zip(clients) {
            streams.push(Stream::open(followed, who, client).await);
        }
    }
    for stream in &mut streams {
        let mut due = BTreeSet::new();
        for &subject in stream.followed.subjects {
            if expected(stream.who, stream.followed.name, subject) == Some(Outcome::Allowed) {
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

    let mut rows = Vec::new();
    for followed in SUBSCRIPTIONS {
        for &subject in followed.subjects {
            let all = entries(app, followed, subject).await;
            assert!(!all.is_empty(), "nothing to tell: {}", followed.name);
            let of_this = |stream: &&Stream| stream.followed.name == followed.name;
            let outcomes = streams.iter().filter(of_this).map(|stream| {
                let numbers: Vec<i64> = stream.shown.iter().map(ledger).collect();
                assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
                let of_subject = numbers.into_iter().filter(|number| all.contains(number));
                if of_subject.eq(all.iter().copied()) {
                    Outcome::Allowed
                } else {
                    Outcome::Filtered
                }
            });
            rows.push((followed.name, subject, outcomes.collect()));
        }
    }
    rows
}
