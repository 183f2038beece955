//! A country of four regions and thirty municipalities, and what is read of it.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{App, PERIOD, a_period, spawn_app, vng};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::counting_rule::adopts;

/// The four regions of the country, with what each of their members does: it hands in and complies
/// in part (`P`) or not (`N`), is reviewed only after the period has closed (`p`, `n`), or hands in
/// nothing (`.`).
pub(super) const REGIONS: [(&str, &str, &[&str]); 4] = [
    (
        "VR01",
        "PPPPNNNN..",
        &[
            "GM0014", "GM0037", "GM0047", "GM0765", "GM1895", "GM1950", "GM1952", "GM1966",
            "GM1969", "GM1979",
        ],
    ),
    (
        "VR25",
        "NNNNN.",
        &["GM0034", "GM0050", "GM0171", "GM0184", "GM0303", "GM0995"],
    ),
    (
        "VR19",
        "PPpNn...",
        &[
            "GM0654", "GM0664", "GM0677", "GM0678", "GM0687", "GM0703", "GM0715", "GM0716",
        ],
    ),
    (
        "VR03",
        "PNn...",
        &["GM0106", "GM0109", "GM0114", "GM0118", "GM0119", "GM1680"],
    ),
];

/// Seven criteria that a municipality answers itself: with an adopted policy they are half of all.
static SEVEN: [&str; 7] = [
    "BB-03", "BB-04", "BB-05", "BB-07", "SV-01", "SV-02", "SV-03",
];

/// A municipality of the small country.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) code: &'static str,
    pub(super) region: usize,
    pub(super) does: char,
}

impl Member {
    /// The verdict on what it handed in, as a position in the list of verdicts.
    pub(super) fn submitted(self) -> usize {
        match self.does {
            'P' | 'p' => 2,
            'N' | 'n' => 1,
            _ => 0,
        }
    }

    /// The verdict that the period closes with.
    pub(super) fn at_closing(self) -> usize {
        if self.does.is_lowercase() {
            0
        } else {
            self.submitted()
        }
    }

    pub(super) fn criteria(self) -> &'static [&'static str] {
        if self.submitted() == 2 {
            &SEVEN
        } else {
            &SEVEN[4..5]
        }
    }

    /// Its answer to a criterion as the period closes: not assessed, met, or unknown.
    pub(super) fn answer(self, criterion: &str) -> usize {
        let is_met =
            self.criteria().contains(&criterion) || ["BB-01", "BB-02"].contains(&criterion);
        match (self.at_closing(), is_met) {
            (0, _) => 0,
            (_, true) => 1,
            (_, false) => 5,
        }
    }
}

/// All of them, region by region.
pub(super) fn members() -> Vec<Member> {
    let mut members = Vec::new();
    for (region, (_, does, codes)) in REGIONS.iter().enumerate() {
        for (does, code) in does.chars().zip(codes.iter().copied()) {
            members.push(Member { code, region, does });
        }
    }
    members
}

/// The service with the small country: of the real one thirty municipalities are left, each with a
/// policy, so that nobody knows a verdict by what is missing.
pub(super) async fn spawn_small_country() -> App {
    let app = spawn_app();
    let codes: Vec<&str> = members().iter().map(|member| member.code).collect();
    let end_others = format!(
        "set session_replication_role = replica;
         update fact.municipality set valid_to = '2026-01-01'
         where (valid_to is null or valid_to > '2026-01-01') and code <> all ('{{{}}}')",
        codes.join(",")
    );
    let superuser = app.database.superuser().await;
    superuser.execute_unprepared(&end_others).await.unwrap();
    superuser.close().await.unwrap();
    a_period().sent_by(&app.with(&vng())).await;
    for code in codes {
        adopts(&app, code, "de-bilt-2024", "2024-06-01").await;
    }
    app
}

/// What was published: counts of verdicts by region, or of the country, and of answers by
/// criterion, who is not assessed first.
#[derive(Default)]
pub(super) struct Published {
    pub(super) verdicts: BTreeSet<(Option<usize>, Vec<usize>)>,
    /// By the counts, one criterion of them: what is counted alike follows alike.
    pub(super) answers: BTreeMap<Vec<usize>, String>,
}

impl Published {
    pub(super) fn add(&mut self, picture: &Value) {
        let regions = REGIONS.iter().enumerate();
        let of_regions = regions
            .filter_map(|(at, region)| Some((Some(at), of_group(picture, region.0, "counts")?)));
        let country = numbers(&picture["country"]["counts"]).map(|counts| (None, counts));
        self.verdicts.extend(of_regions.chain(country));
        let criteria = picture["country"]["criteria"].as_array();
        for criterion in criteria.into_iter().flatten() {
            let code = criterion["criterion"]["code"].as_str().unwrap().to_owned();
            let names = ["met", "partlyMet", "notMet", "notApplicable", "unknown"];
            let counts = names.map(|name| criterion[name].clone());
            if let Some(assessed) = numbers(&json!(counts)) {
                let not_assessed = members().len() - assessed.iter().sum::<usize>();
                let counts = [vec![not_assessed], assessed].concat();
                self.answers.entry(counts).or_insert(code);
            }
        }
    }
}

/// Counts, as numbers or as objects that hold one; none where any of them is not told.
pub(super) fn numbers(counts: &Value) -> Option<Vec<usize>> {
    let counts = counts.as_array()?.iter();
    counts
        .map(|count| {
            let number = count.as_u64().or_else(|| count["count"].as_u64())?;
            usize::try_from(number).ok()
        })
        .collect()
}

/// What a group of a picture is told, in the order of its values.
pub(super) fn of_group(picture: &Value, code: &str, field: &str) -> Option<Vec<usize>> {
    let mut groups = picture["groups"].as_array()?.iter();
    let shown = &groups.find(|group| group["code"] == code)?[field];
    match shown {
        Value::Object(of) => {
            let states = ["onTime", "late", "missing", "exempt"];
            numbers(&json!(states.map(|state| of[state].clone())))
        }
        _ => numbers(shown),
    }
}

/// What the ministry asks.
pub(super) fn totals(moment: &str) -> String {
    format!(
        "{{ compliancePicture(period: \"{PERIOD}\", basis: SUBMITTED, by: SAFETY_REGION{moment}) {{
            countsAsOf counts {{ count }} country {{ counts {{ count }} criteria {{ met }} }}
            groups {{ counts {{ count }} }} trend {{ counts {{ count }} }} }} }}"
    )
}

/// What a municipality asks.
pub(super) fn own_region(moment: &str) -> String {
    format!(
        "{{ compliancePicture(period: \"{PERIOD}\", by: SAFETY_REGION{moment}) {{
            groups {{ code submissions {{ onTime late missing exempt }} }} }} }}"
    )
}

/// What anybody asks.
pub(super) fn tables(moment: &str) -> String {
    format!(
        "{{ compliancePicture(period: \"{PERIOD}\", by: SAFETY_REGION{moment}) {{
            country {{ counts {{ count }}
                criteria {{ criterion {{ code }} met partlyMet notMet notApplicable unknown }} }}
            groups {{ code counts {{ count }} }} }} }}"
    )
}

/// In one order.
pub(super) fn sorted<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut texts: Vec<&str> = texts.into_iter().collect();
    texts.sort_unstable();
    texts
}
