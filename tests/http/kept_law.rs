//! The law of kept answers: one that is kept equals the one that is computed anew, for every role,
//! question and moment, on two instances, whatever is written, released or over meanwhile; nobody
//! is given what is older than what it was told or has written; and no role is given what another
//! reads.

use std::sync::atomic::{AtomicI64, Ordering};

use acceptance::{
    Answer, App, Client, Instance, a_draft, a_period, a_report, a_reporting_region, a_round,
    a_submission, met, ministry, municipality, noon, partner, region, spawn_app, vng,
};
use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::kept::{metric, without_statements};

/// Steps of a story, each followed by questions.
const STEPS: usize = 60;
/// Questions after a step.
const QUESTIONS: usize = 8;
/// Steps after which other questions are thrown; so most are asked again in a later state.
const SAME: usize = 10;
/// Questions that are thrown at once.
const THROWN: usize = 24;
/// A word that the ministry writes in the open round: it alone reads it there.
const CANARY: &str = "Kanariegeel";

/// Throws that are the same in every run (Knuth's linear congruence).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

fn tokens() -> [Option<String>; 8] {
    [
        None,
        Some(partner("comensha")),
        Some(partner("nidos")),
        Some(municipality("GM0402")),
        Some(municipality("GM0363")),
        Some(region("VR14")),
        Some(vng()),
        Some(ministry()),
    ]
}

/// Which of [`tokens`] is the ministry's.
const MINISTRY: usize = 7;
/// Which of [`tokens`] read no report in an open round.
const STRANGERS: [usize; 4] = [0, 3, 4, 5];

fn question(dice: &mut Dice, first: i64, head: i64) -> String {
    let known = first + i64::try_from(dice.below(8)).unwrap() * (head - first) / 7;
    let at = match dice.below(5) {
        0 => format!("at: {{ ledger: {known} }}"),
        1 => "at: { day: \"2026-06-01\" }".to_owned(),
        2 => "at: { instant: \"2026-11-23T10:00:00Z\" }".to_owned(),
        _ => String::new(),
    };
    let (alone, behind) = match at.as_str() {
        "" => (String::new(), String::new()),
        at => (format!("({at})"), format!(", {at}")),
    };
    match dice.below(7) {
        0 => format!("{{ dashboard{alone} {{ day actionsInPlan round {{ key }} }} }}"),
        1 => format!("{{ openRounds{alone} {{ nodes {{ key reports {{ explanation }} }} }} }}"),
        2 => format!("{{ action(number: 30{behind}) {{ status explanation }} }}"),
        3 => format!(
            "{{ verdict(municipality: \"GM0402\", period: \"2026-2\", basis: SUBMITTED{behind}) {{ \
             grounds {{ criteria {{ reasons {{ nl }} }} }} }} }}"
        ),
        4 => format!("{{ municipality(code: \"GM0402\"{behind}) {{ label region {{ code }} }} }}"),
        5 => format!("{{ changes(since: {{ ledger: {first} }}) {{ totalCount }} }}"),
        _ => "{ ledger(first: 5) { totalCount nodes { operation subjectKey } } }".to_owned(),
    }
}

/// A question, who asks it by [`tokens`], and on which instance.
struct Asks {
    question: String,
    who: usize,
    on: usize,
}

impl Asks {
    fn thrown(dice: &mut Dice, first: i64, head: i64) -> Self {
        Self {
            question: question(dice, first, head),
            who: dice.below(MINISTRY + 1),
            on: dice.below(2),
        }
    }
}

/// Both instances and whoever asks them.
struct Story<'a> {
    app: &'a App,
    /// By instance and by token.
    clients: [Vec<Client>; 2],
}

impl<'a> Story<'a> {
    fn of(app: &'a App, second: &'a Instance) -> Self {
        let tokens = tokens();
        let on = |make: &dyn Fn(Option<&str>) -> Client| -> Vec<Client> {
            tokens.iter().map(|token| make(token.as_deref())).collect()
        };
        let first = on(&|token| token.map_or_else(|| app.public(), |token| app.with(token)));
        let other = on(&|token| token.map_or_else(|| second.public(), |token| second.with(token)));
        Self {
            app,
            clients: [first, other],
        }
    }

    async fn head(&self) -> i64 {
        self.app
            .database
            .count("select number from ledger_head")
            .await
    }

    /// Writes something, or lets time pass; what the rules refuse changes nothing.
    async fn step(&self, dice: &mut Dice, step: usize) {
        let writers = &self.clients[dice.below(2)];
        let (hilversum, of_ministry) = (&writers[3], &writers[MINISTRY]);
        let deed = dice.below(6);
        match deed {
            _ if deed == 5 && step >= 40 => {
                let until = self.app.clock.now() + TimeDelta::hours(1);
                let input = json!({
                    "round": "2026-1", "actions": [30], "embargoUntil": until.to_rfc3339(),
                    "idempotencyKey": format!("closing {step}"),
                });
                of_ministry.call("closeMonitoringRound", "", input).await;
            }
            0 | 1 | 5 => {
                let status = *dice.pick(&["ONGOING", "COMPLETED"]);
                let explanation = format!("{CANARY} {step}.");
                let report = a_report(30, status).with("explanation", explanation);
                report.tried_by(of_ministry).await;
            }
            2 => {
                let draft = a_draft("GM0402", met(&["SV-01", "SV-02"]));
                draft.tried_by(hilversum).await;
            }
            3 => a_submission("GM0402").tried_by(hilversum).await,
            _ => {
                let hours = i64::try_from(dice.below(30)).unwrap();
                let now = self.app.clock.now();
                self.app.clock.set(now + TimeDelta::hours(hours));
            }
        }
    }

    /// Asks somebody something: what is kept of an earlier question, or computed where nothing is;
    /// what is computed; and what is kept of that.
    async fn compare(&self, asks: &Asks, written: i64) {
        let Asks { question, who, on } = asks;
        let client = &self.clients[*on][*who];
        let found = client.taking_kept().ask(question).await;
        let computed = client.ask(question).await;
        let kept = client.taking_kept().ask(question).await;
        let plain = |answer: &Answer| (answer.status, without_statements(answer.json()));
        assert_eq!(plain(&found), plain(&computed), "{question} of {who}");
        assert_eq!(plain(&kept), plain(&computed), "{question} of {who}");
        if !question.contains("at:") {
            assert!(found.ledger() >= written, "{question}: {}", found.body);
        }
        if question.contains("openRounds") && STRANGERS.contains(who) {
            assert!(!found.body.contains(CANARY), "{who}: {}", found.body);
        }
    }
}

#[tokio::test]
async fn a_kept_answer_equals_the_one_that_is_computed() {
    let app = spawn_app();
    let second = app.beside();
    let story = Story::of(&app, &second);
    let (of_vng, of_ministry) = (app.with(&vng()), app.with(&ministry()));
    a_period().sent_by(&of_vng).await;
    a_reporting_region("VR14").sent_by(&of_vng).await;
    a_round().sent_by(&of_ministry).await;
    let first = story.head().await;
    let mut dice = Dice(11);
    let mut thrown = Vec::new();
    for step in 0..STEPS {
        story.step(&mut dice, step).await;
        let written = story.head().await;
        if step % SAME == 0 {
            let throw = |_| Asks::thrown(&mut dice, first, written);
            thrown = (0..THROWN).map(throw).collect();
        }
        for _ in 0..QUESTIONS {
            story.compare(dice.pick(&thrown), written).await;
        }
    }
    // It was a story in which something happened, and answers were given as they were kept.
    assert!(story.head().await > first + 10);
    for client in [app.public(), second.public()] {
        let hits = metric(&client, "stm_kept_hits_total").await;
        assert!(hits > 100, "{hits}");
    }
    assert!(app.clock.now() > noon() + TimeDelta::days(3));
    let open = of_ministry.ask("{ openRounds { nodes { key } } }").await;
    assert_eq!(open.data()["openRounds"]["nodes"], json!([]));
}

const REPORTED: &str = "{ openRounds { nodes { reports { explanation } } } }";

/// Reports on an action so many times, one after another, and notes how far the ledger is known to
/// be whenever one is acknowledged.
async fn writes((app, client): (&App, &Client), action: i32, times: usize, known: &AtomicI64) {
    for time in 0..times {
        let report = a_report(action, "ONGOING").with("explanation", format!("Stand {time}."));
        report.sent_by(client).await;
        let head = app.database.count("select number from ledger_head").await;
        known.fetch_max(head, Ordering::SeqCst);
    }
}

/// Asks while others write, until all is written: nothing is older than what anybody was told
/// before the request was sent.
async fn reads(client: &Client, known: &AtomicI64, is_over: &AtomicI64) {
    let client = client.taking_kept();
    loop {
        let over = is_over.load(Ordering::SeqCst) == 0;
        let floor = known.load(Ordering::SeqCst);
        let answer = client.ask(REPORTED).await;
        let number = answer.ledger();
        assert!(number >= floor, "{number} after {floor}");
        known.fetch_max(number, Ordering::SeqCst);
        if over {
            return;
        }
    }
}

#[tokio::test]
async fn nobody_is_given_what_is_older_than_what_was_acknowledged() {
    let app = spawn_app();
    let second = app.beside();
    let [here, there] = [app.with(&ministry()), second.with(&ministry())];
    a_round().sent_by(&here).await;
    let (known, writing) = (AtomicI64::new(0), AtomicI64::new(2));
    let writer = async |client: &Client, action| {
        writes((&app, client), action, 15, &known).await;
        writing.fetch_sub(1, Ordering::SeqCst);
    };
    let readers = [&here, &there, &here, &there, &here, &there];
    let reading = join_all(readers.map(|client| reads(client, &known, &writing)));
    tokio::join!(writer(&here, 30), writer(&there, 31), reading);
    // At rest both instances tell the same, and it is kept.
    let last = here.ask(REPORTED).await;
    for client in [&here, &there] {
        client.taking_kept().ask(REPORTED).await;
        let kept = client.taking_kept().ask(REPORTED).await;
        assert_eq!(kept.statements(), 1);
        assert_eq!(
            without_statements(kept.json()),
            without_statements(last.json())
        );
    }
    let rounds = &last.data()["openRounds"]["nodes"][0]["reports"];
    let stand = json!({ "explanation": "Stand 14." });
    assert_eq!(rounds, &Value::Array(vec![stand.clone(), stand]));
}
