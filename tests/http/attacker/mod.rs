//! An attacker on a small country: everything that the public, a municipality or two together, a
//! region and the ministry read at every ledger moment, put together exactly. No verdict and no
//! answer follows from it that is not theirs to see.
//!
//! A publication is of the verdicts that its period closed with, so every table of it is about the
//! same unknowns, whenever it is read. What this does not look at: guesses that are likely and not
//! certain, and what more than two municipalities know together.

mod country;
mod solver;

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{App, Client, PERIOD, a_publication, a_release, ministry, municipality};
use chrono::NaiveDate;
use domain::clock::day_of;
use serde_json::{Value, json};

use crate::{
    feeds::Read,
    verdicts::{confirm, submit},
};
use country::{
    Member, Published, REGIONS, members, numbers, of_group, own_region, sorted,
    spawn_small_country, tables, totals,
};
use solver::Knowledge;

/// The story of a period, and what everybody could see of it.
struct Story {
    app: App,
    members: Vec<Member>,
    /// The day on which each handed in: whoever sees totals knows it.
    handed_in: Vec<Option<NaiveDate>>,
    /// The ledger number at which nobody had handed in.
    began_at: i64,
    confirmed: BTreeSet<usize>,
}

impl Story {
    fn at(&self, instant: &str) {
        self.app.clock.set(instant.parse().unwrap());
    }

    fn today(&self) -> NaiveDate {
        day_of(self.app.clock.now())
    }

    /// Those of a region that do one of these, by position.
    fn those(&self, region: usize, does: &str) -> Vec<usize> {
        let fits = |at: &usize| {
            self.members[*at].region == region && does.contains(self.members[*at].does)
        };
        (0..self.members.len()).filter(fits).collect()
    }

    async fn hand_in(&mut self, who: impl IntoIterator<Item = usize>) {
        for at in who {
            let member = self.members[at];
            submit(&self.app, member.code, member.criteria()).await;
            self.handed_in[at] = Some(self.today());
        }
    }

    async fn confirm(&mut self, who: impl IntoIterator<Item = usize>) {
        for at in who {
            confirm(&self.app, self.members[at].code).await;
            self.confirmed.insert(at);
        }
    }

    /// The moments that can be asked for: now, each ledger number since the story began, and days.
    async fn moments(&self) -> Vec<String> {
        let numbers = "select number from ledger_instant order by number";
        let numbers = self.app.database.numbers(numbers).await;
        let numbers = numbers.iter().filter(|number| **number >= self.began_at);
        let numbers = numbers.map(|number| format!(", at: {{ ledger: {number} }}"));
        let first: NaiveDate = "2026-11-01".parse().unwrap();
        let days = first.iter_days().take(50).step_by(5);
        let days = days.map(|day| format!(", at: {{ day: \"{day}\" }}"));
        let now = std::iter::once(String::new());
        now.chain(numbers).chain(days).collect()
    }

    /// Nothing follows for the ministry from the totals of what is not confirmed; the days as of
    /// which they were given.
    async fn ministry_learns_nothing(&self) -> Vec<String> {
        let client = self.app.with(&ministry());
        let mut given: BTreeMap<String, Value> = BTreeMap::new();
        for moment in self.moments().await {
            let data = client.ask(&totals(&moment)).await.data()["compliancePicture"].clone();
            let day = data["countsAsOf"].as_str().unwrap().to_owned();
            assert_eq!(data["country"]["counts"], data["counts"], "{moment}");
            assert_eq!(data["country"]["criteria"], Value::Null, "{moment}");
            assert_eq!(data["groups"][0]["counts"], Value::Null, "{moment}");
            // Two moments within one step give the same answer, and the trend no other.
            let seen = given.entry(day).or_insert_with(|| data["counts"].clone());
            assert_eq!(*seen, data["counts"], "{moment}");
            for point in data["trend"].as_array().unwrap() {
                assert_eq!(point["counts"], data["counts"], "{moment}");
            }
        }
        let feed = client.get("/v1/feeds/total_compliance.csv").await;
        let feed = Read::csv(&feed.body);
        let bases = feed.column("basis").into_iter();
        let of_feed = bases
            .zip(feed.column("municipality_count"))
            .filter(|(basis, _)| *basis == "SUBMITTED")
            .map(|(_, count)| count);
        let last = given.values().next_back().map(numbers).unwrap().unwrap();
        let last: Vec<String> = last.iter().map(ToString::to_string).collect();
        assert_eq!(sorted(of_feed), sorted(last.iter().map(String::as_str)));

        let mut knowledge = Knowledge::none(self.members.len(), 4);
        for (at, member) in self.members.iter().enumerate() {
            match (self.handed_in[at], self.confirmed.contains(&at)) {
                (None, _) => knowledge.is(at, 0),
                (Some(_), true) => knowledge.is(at, member.submitted()),
                (Some(_), false) => knowledge.is_not(at, 0),
            }
        }
        for (day, counts) in &given {
            let day: NaiveDate = day.parse().unwrap();
            let counts = numbers(counts).unwrap();
            let counted: Vec<usize> = (0..self.members.len())
                .filter(|at| self.handed_in[*at].is_some_and(|on| on < day))
                .collect();
            assert_eq!(counts[0], self.members.len() - counted.len(), "{day}");
            knowledge.learn(counted, &[0, counts[1], counts[2], counts[3]]);
        }
        assert_eq!(self.names(&knowledge.follows()), [""; 0]);
        given.into_keys().collect()
    }

    /// Nothing follows for one municipality or two of a region from what is told of it today.
    async fn neighbours_learn_nothing(&self) -> usize {
        let deadline: NaiveDate = "2026-11-30".parse().unwrap();
        let state = |at: usize| match self.handed_in[at] {
            Some(on) if on <= deadline => 0,
            Some(_) => 1,
            None => 2,
        };
        let mut counted: Vec<Option<Vec<usize>>> = Vec::new();
        for member in &self.members {
            let client = self.app.with(&municipality(member.code));
            let data = client.ask(&own_region("")).await.data()["compliancePicture"].clone();
            counted.push(of_group(&data, REGIONS[member.region].0, "submissions"));
        }
        for one in 0..self.members.len() {
            for other in one..self.members.len() {
                let region = self.members[one].region;
                if self.members[other].region != region {
                    continue;
                }
                let mut knowledge = Knowledge::none(self.members.len(), 4);
                for at in [one, other] {
                    knowledge.is(at, state(at));
                }
                for counts in [one, other].iter().filter_map(|at| counted[*at].as_ref()) {
                    knowledge.learn(self.those(region, "PNpn."), counts);
                }
                let found = self.names(&knowledge.follows());
                assert_eq!(found, [""; 0], "{one} and {other}");
            }
        }
        // And at no moment but the present one.
        let client = self.app.with(&municipality(self.members[0].code));
        let head = self
            .app
            .database
            .count("select number from ledger_head")
            .await;
        let present = [format!("ledger: {head} "), self.today().to_string()];
        for moment in self.moments().await {
            let is_present = moment.is_empty() || present.iter().any(|now| moment.contains(now));
            let data = client.ask(&own_region(&moment)).await.data()["compliancePicture"].clone();
            let shown = of_group(&data, REGIONS[0].0, "submissions");
            assert!(shown.is_none() || is_present, "{moment}");
        }
        counted.iter().flatten().count()
    }

    /// Every table of the period that the public reads at any moment.
    async fn published(&self) -> Published {
        let client = self.app.public();
        let mut published = Published::default();
        for moment in self.moments().await {
            let answer = client.ask(&tables(&moment)).await;
            let data = answer.data()["compliancePicture"].clone();
            published.add(&data);
        }
        published
    }

    /// Nothing follows from what is published for anybody who knows no more than these.
    fn public_learns_nothing(&self, published: &Published) {
        let alike = |at: usize| (self.members[at].region, self.members[at].at_closing());
        // Two of each kind: all others of it know and learn the same.
        let several = |at: &usize| (0..*at).filter(|other| alike(*other) == alike(*at)).count() < 2;
        let some: Vec<usize> = (0..self.members.len()).filter(several).collect();
        let one = some.iter().map(|at| vec![*at]);
        let two = some.iter().flat_map(|one| {
            let others = some.iter().filter(move |other| *other > one);
            others.map(move |other| vec![*one, *other])
        });
        let regions = (0..REGIONS.len()).map(|region| self.those(region, "PNpn."));
        let everybody = std::iter::once(Vec::new())
            .chain(one)
            .chain(two)
            .chain(regions);
        for own in everybody {
            let mut verdicts = Knowledge::none(self.members.len(), 4);
            for at in &own {
                verdicts.is(*at, self.members[*at].at_closing());
            }
            for (region, counts) in &published.verdicts {
                let of = match region {
                    Some(region) => self.those(*region, "PNpn."),
                    None => (0..self.members.len()).collect(),
                };
                verdicts.learn(of, counts);
            }
            assert_eq!(self.names(&verdicts.follows()), [""; 0], "{own:?}");
            for (counts, criterion) in &published.answers {
                let mut answers = Knowledge::none(self.members.len(), 6);
                for at in &own {
                    answers.is(*at, self.members[*at].answer(criterion));
                }
                answers.learn(0..self.members.len(), counts);
                let found = self.names(&answers.follows());
                assert_eq!(found, [""; 0], "{criterion} by {own:?}");
            }
        }
    }

    fn names(&self, found: &BTreeSet<usize>) -> Vec<&str> {
        found.iter().map(|at| self.members[*at].code).collect()
    }
}

/// Publishes the picture by region, and gives its key.
async fn publish(of_ministry: &Client) -> String {
    let prepared = a_publication("COMPLIANCE_PICTURE", PERIOD)
        .with("by", "SAFETY_REGION")
        .with("level", "AREA")
        .read_by(of_ministry, "publication { key }")
        .await;
    let key = prepared["publication"]["key"].as_str().unwrap().to_owned();
    a_release(&key).sent_by(of_ministry).await;
    key
}

#[tokio::test]
async fn nothing_follows_from_what_anybody_reads_over_time() {
    let app = spawn_small_country().await;
    let of_ministry = app.with(&ministry());
    let began_at = app.database.count("select number from ledger_head").await;
    let members = members();
    let mut story = Story {
        app,
        handed_in: vec![None; members.len()],
        began_at,
        members,
        confirmed: BTreeSet::new(),
    };

    // A wave, one alone, and a wave: two Mondays are given, the single one is not.
    story.hand_in(story.those(0, "PN")).await;
    story.at("2026-11-23T09:00:00Z");
    assert!(story.neighbours_learn_nothing().await > 0);
    story.at("2026-11-25T09:00:00Z");
    let of_vr19 = story.those(2, "PpNn");
    story.hand_in(of_vr19[..1].iter().copied()).await;
    story.at("2026-12-01T09:00:00Z");
    assert_eq!(
        story.ministry_learns_nothing().await,
        ["2026-11-01", "2026-11-23"]
    );
    story.hand_in(of_vr19[1..].iter().copied()).await;
    story.at("2026-12-08T09:00:00Z");
    // A wave that is almost uniform waits for others.
    story.hand_in(story.those(1, "N")).await;
    story.hand_in(story.those(3, "PNn")).await;
    assert!(story.neighbours_learn_nothing().await > 0);
    story.at("2026-12-14T09:00:00Z");
    let half: Vec<usize> = story.those(0, "PN").into_iter().step_by(2).collect();
    story.confirm(half).await;
    let given = ["2026-11-01", "2026-11-23", "2026-12-07"];
    assert_eq!(story.ministry_learns_nothing().await, given);
    let rest = (0..4).flat_map(|region| story.those(region, "PN"));
    let rest: Vec<usize> = rest.filter(|at| !story.confirmed.contains(at)).collect();
    story.confirm(rest).await;

    // The period is closed: published, withdrawn, published once more after another review, and so
    // a third time.
    story.at("2026-12-16T09:00:00Z");
    assert_eq!(story.ministry_learns_nothing().await, given);
    let mut published = Published::default();
    for review in [None, Some(2), Some(3)] {
        if let Some(region) = review {
            story.confirm(story.those(region, "pn")).await;
        }
        let key = publish(&of_ministry).await;
        let now = story.published().await;
        assert!(!now.verdicts.is_empty(), "something is told");
        published.verdicts.extend(now.verdicts);
        published.answers.extend(now.answers);
        let withdrawal = json!({
            "publication": key, "reason": "Er staat een fout in de tabel.",
            "idempotencyKey": format!("withdraw {key}"),
        });
        of_ministry.change("withdrawPublication", withdrawal).await;
    }
    story.public_learns_nothing(&published);
}
