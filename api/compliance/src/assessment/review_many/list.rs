//! A list of reviews under way: what still fits, and what stands in the way by its place.

use std::collections::{BTreeMap, BTreeSet};

use super::contract::{CarriedOut, Done};
use crate::assessment::{
    errors::AssessmentErrorCode,
    history::History,
    left_out::LeftOut,
    repo::{self, Subjects},
    review::not_the_latest,
    target::{NamedPeriod, refused, unknown_municipality, unknown_period},
    work::VersionOf,
};
use database::Session;
use domain::{
    actor::Actor,
    assessment::life_cycle::{self, Claimant, Event, Refused},
    mistake::Mistake,
    policy::{self, Mandate, MayReview},
    territory::MunicipalityCode,
};
use graphql::{change::Stopped, payload::MOST_ITEMS};

type Code = AssessmentErrorCode;

/// The input field that holds the list.
pub(super) const ITEMS: &str = "items";

/// An item as the input names it.
pub(super) struct Given<'a> {
    pub(super) municipality: &'a str,
    /// None where the latest is meant.
    pub(super) version: Option<i32>,
    pub(super) reason: Option<&'a str>,
}

/// An item in whose way nothing stands so far.
pub(super) struct Item<'a> {
    place: usize,
    pub(super) index: String,
    pub(super) permit: MayReview,
    version: Option<i32>,
    pub(super) reason: Option<&'a str>,
}

impl Item<'_> {
    /// The code of its municipality.
    pub(super) fn code(&self) -> &str {
        self.permit.municipality().as_str()
    }
}

/// A list under way: what still fits, and what stands in the way by its place.
pub(super) struct List<'a> {
    skip_unfit: bool,
    pub(super) fit: Vec<Item<'a>>,
    unfit: Vec<(usize, Mistake<Code>)>,
}

impl<'a> List<'a> {
    /// Reads a list as it was given; a municipality stands in it once.
    pub(super) fn read(
        mandate: &Mandate,
        given: Vec<Given<'a>>,
        skip_unfit: bool,
    ) -> Result<Self, Stopped<Code>> {
        if given.is_empty() || given.len() > MOST_ITEMS {
            return Err(Stopped::Wrong(vec![Mistake::at(
                Code::ListLength,
                &[ITEMS],
                format!("Geef 1 tot {MOST_ITEMS} beoordelingen tegelijk."),
                format!("Give 1 to {MOST_ITEMS} assessments at once."),
            )]));
        }
        let mut list = Self {
            skip_unfit,
            fit: Vec::with_capacity(given.len()),
            unfit: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        for (place, one) in given.into_iter().enumerate() {
            let index = place.to_string();
            let Some(code) = MunicipalityCode::parse(one.municipality) else {
                list.unfit.push((place, unknown(one.municipality, &index)));
                continue;
            };
            if !seen.insert(code.clone()) {
                list.unfit.push((place, twice(&code, &index)));
                continue;
            }
            list.fit.push(Item {
                place,
                index,
                permit: policy::may_review(mandate, &code)?,
                version: one.version,
                reason: one.reason,
            });
        }
        Ok(list)
    }

    /// Sets aside the items with mistakes.
    pub(super) fn sift(&mut self, wrong: impl Fn(&Item<'a>) -> Vec<Mistake<Code>>) {
        let Self { fit, unfit, .. } = self;
        fit.retain(|item| {
            let mistakes = wrong(item);
            let is_fit = mistakes.is_empty();
            unfit.extend(mistakes.into_iter().map(|mistake| (item.place, mistake)));
            is_fit
        });
    }

    /// Sets aside the items for which an event does not fit.
    pub(super) fn sift_by_event(
        &mut self,
        read: &Read,
        event: impl Fn(&Item<'a>, &History) -> Event,
    ) {
        self.sift(|item| {
            let next = read
                .history(item)
                .map_or(Err(Refused::NothingSubmitted), |history| {
                    life_cycle::next(history.state(true), event(item, history))
                });
            let why = next.err();
            Vec::from_iter(why.map(|why| refused(why, &[ITEMS, &item.index])))
        });
    }

    /// Stops when something stands in the way and is not to be left out, or when nothing is left.
    pub(super) fn stop(&mut self) -> Result<(), Stopped<Code>> {
        if self.unfit.is_empty() || (self.skip_unfit && !self.fit.is_empty()) {
            return Ok(());
        }
        Err(Stopped::Wrong(self.mistakes().collect()))
    }

    /// What stands in the way, in the order of the list.
    fn mistakes(&mut self) -> impl Iterator<Item = Mistake<Code>> {
        let mut unfit = std::mem::take(&mut self.unfit);
        unfit.sort_by_key(|(place, _)| *place);
        unfit.into_iter().map(|(_, mistake)| mistake)
    }

    /// The versions that the items name.
    pub(super) fn named(&self) -> Vec<VersionOf<'_>> {
        let items = self.fit.iter();
        items
            .filter_map(|item| Some((item.code(), item.version?)))
            .collect()
    }
}

/// The mistake that an item names no municipality.
fn unknown(municipality: &str, index: &str) -> Mistake<Code> {
    let path = [ITEMS, index, "municipality"].map(str::to_owned);
    Mistake {
        field: path.to_vec(),
        ..unknown_municipality(municipality, Code::UnknownMunicipality)
    }
}

/// The mistake that an item names a municipality of an item before it.
fn twice(code: &MunicipalityCode, index: &str) -> Mistake<Code> {
    let code = code.as_str();
    Mistake::at(
        Code::MunicipalityTwice,
        &[ITEMS, index, "municipality"],
        format!("Gemeente {code} staat al eerder in de lijst."),
        format!("Municipality {code} stands in the list before."),
    )
}

/// What was read of the items of a list.
pub(super) struct Read {
    pub(super) period: NamedPeriod,
    histories: BTreeMap<String, History>,
    /// The reviewer.
    own: Actor,
}

impl Read {
    /// Reads period and histories, a few statements however many items; sets aside the items whose
    /// municipality never was, and those that name another version than the latest.
    pub(super) async fn of(
        session: &Session,
        list: &mut List<'_>,
        period: &str,
    ) -> Result<Self, Stopped<Code>> {
        let Some(period) = NamedPeriod::find(session, period).await? else {
            return Err(Stopped::Wrong(vec![unknown_period(period)]));
        };
        let codes = list.fit.iter().map(|item| item.code().to_owned());
        let known = repo::municipalities_that_were(session, codes.collect()).await?;
        list.sift(|item| {
            let is_known = known.contains(item.code());
            Vec::from_iter((!is_known).then(|| unknown(item.code(), &item.index)))
        });
        let codes = list.fit.iter().map(Item::code);
        let of = Subjects::of(codes.map(|code| (code, period.key.as_str())));
        let read = Self {
            histories: History::read_all(session, &of).await?,
            own: session.mandate().actor.clone(),
            period,
        };
        list.sift(|item| {
            let another = item
                .version
                .zip(read.history(item))
                .and_then(|(number, history)| {
                    not_the_latest(history, number, &[ITEMS, &item.index, "version"])
                });
            Vec::from_iter(another)
        });
        Ok(read)
    }

    fn history(&self, item: &Item<'_>) -> Option<&History> {
        self.histories.get(&self.subject(item))
    }

    /// The natural key of the assessment of an item.
    pub(super) fn subject(&self, item: &Item<'_>) -> String {
        format!("{}/{}", item.code(), self.period.key.as_str())
    }

    /// In whose hands an assessment is, as the reviewer sees it.
    pub(super) fn claimant(&self, history: &History) -> Claimant {
        history.claimant(&self.own)
    }

    /// The version that an item is about.
    pub(super) fn version(&self, item: &Item<'_>) -> i32 {
        let latest = || Some(self.history(item)?.latest()?.number);
        item.version.or_else(latest).unwrap_or_default()
    }

    /// What became of a list of which the rest was carried out, with the entries where there are
    /// any.
    pub(super) fn outcome(&self, list: &mut List<'_>, entries: &[i64]) -> CarriedOut {
        let mut entries = entries.iter().copied();
        let items = list.fit.iter();
        let done = items
            .map(|item| Done {
                municipality: item.code().to_owned(),
                version: self.version(item),
                ledger: entries.next(),
            })
            .collect();
        CarriedOut {
            period: self.period.key.as_str().to_owned(),
            done,
            left_out: list.mistakes().map(LeftOut::of).collect(),
            expires_at: None,
        }
    }
}
