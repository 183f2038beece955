//! How far the plan is, in words: the round with its interval and age, the counts, and what the
//! round leaves out.

use chrono::{Datelike as _, NaiveDate};

use super::rules::{ActionStatus, Counts};
use crate::{
    dates::{MONTHS, en_date, nl_date},
    text::{Language, Text, pick},
};

/// A monitoring round, as a sentence names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundFacts<'a> {
    /// The title in Dutch.
    pub title_nl: &'a str,
    /// The title in English.
    pub title_en: &'a str,
    /// The first day that it may be of.
    pub first: NaiveDate,
    /// The last day that it may be of; its age counts from here.
    pub last: NaiveDate,
    /// Whole months between `last` and the day of the sentence.
    pub age_in_months: i32,
    /// Actions of the plan, inside and outside the round.
    pub in_plan: i32,
    /// The numbers of the actions that it leaves out and says so, in order.
    pub outside: &'a [i32],
    /// The year in which a source says that all of those begin; none where it does not.
    pub outside_begin_in: Option<i32>,
}

/// The dashboard in words.
pub fn statement(counts: &Counts, round: &RoundFacts<'_>) -> Text {
    let total = counts.total();
    let in_plan = round.in_plan;
    let [done, going, delayed, ongoing, waiting] = ActionStatus::ALL.map(|each| counts.get(each));
    let of = |language| {
        let interval = interval(language, round.first, round.last);
        format!("{interval}, {}", age(language, round.age_in_months))
    };
    let (title, interval) = (named_nl(round.title_nl), of(Language::Nl));
    let nl = format!(
        "Van de {in_plan} acties in het plan zijn er {total} opgenomen in {title} ({interval}): \
         {done} afgerond, {going} in uitvoering, {delayed} in uitvoering met vertraging, {ongoing} \
         doorlopend en {waiting} nog niet gestart.{}",
        outside(Language::Nl, round)
    );
    let (title, interval) = (round.title_en, of(Language::En));
    let en = format!(
        "Of the {in_plan} actions in the plan {total} are included in the {title} ({interval}): \
         {done} completed, {going} in progress, {delayed} in progress but delayed, {ongoing} \
         ongoing and {waiting} not started.{}",
        outside(Language::En, round)
    );
    Text { nl, en }
}

/// The title with the article of an overview; any other title as it is.
fn named_nl(title: &str) -> String {
    if title.starts_with("Monitoringsoverzicht") {
        format!("het {title}")
    } else {
        title.to_owned()
    }
}

/// What the round says of the actions that it leaves out, after a space.
fn outside(language: Language, round: &RoundFacts<'_>) -> String {
    let numbers: Vec<String> = round.outside.iter().map(i32::to_string).collect();
    let (and, is_nl) = match language {
        Language::Nl => ("en", true),
        Language::En => ("and", false),
    };
    let (listed, is_one) = match &numbers[..] {
        [] => return String::new(),
        [one] => (one.clone(), true),
        [first @ .., last] => (format!("{} {and} {last}", first.join(", ")), false),
    };
    let begin = round.outside_begin_in;
    let begin = match (is_nl, is_one, begin) {
        (_, _, None) => String::new(),
        (true, true, Some(year)) => format!(": volgens de bron begint zij in {year}"),
        (true, false, Some(year)) => format!(": volgens de bron beginnen zij in {year}"),
        (false, true, Some(year)) => format!(": by the source it starts in {year}"),
        (false, false, Some(year)) => format!(": by the source they start in {year}"),
    };
    match (is_nl, is_one) {
        (true, true) => format!(" Actie {listed} is er niet in opgenomen{begin}."),
        (true, false) => format!(" De acties {listed} zijn er niet in opgenomen{begin}."),
        (false, true) => format!(" Action {listed} is not included in it{begin}."),
        (false, false) => format!(" Actions {listed} are not included in it{begin}."),
    }
}

/// How old a round is.
fn age(language: Language, months: i32) -> String {
    let (nl, en) = match months {
        0 => (
            "minder dan een maand oud".to_owned(),
            "less than a month old".to_owned(),
        ),
        1 => ("1 maand oud".to_owned(), "1 month old".to_owned()),
        more => (format!("{more} maanden oud"), format!("{more} months old")),
    };
    pick(language, (&nl, &en))
}

/// Two days with all between them: whole months by their names, anything else by its days.
pub fn interval(language: Language, first: NaiveDate, last: NaiveDate) -> String {
    let day = |day| match language {
        Language::Nl => nl_date(day),
        Language::En => en_date(day),
    };
    if first == last {
        return day(first);
    }
    let to = pick(language, ("tot en met", "to"));
    let ends_month = last.succ_opt().is_some_and(|next| next.day() == 1);
    if first.day() != 1 || !ends_month {
        return format!("{} {to} {}", day(first), day(last));
    }
    let month = |day: NaiveDate| pick(language, MONTHS[day.month0() as usize]);
    let (from, until) = (month(first), month(last));
    if first.year() != last.year() {
        format!("{from} {} {to} {until} {}", first.year(), last.year())
    } else if first.month() == last.month() {
        format!("{until} {}", last.year())
    } else {
        format!("{from} {to} {until} {}", last.year())
    }
}

/// Who reported a status here, when, in which round, and why it was corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OriginFacts<'a> {
    /// The reporter in Dutch.
    pub reporter_nl: &'a str,
    /// The reporter in English.
    pub reporter_en: &'a str,
    /// The day on which it was recorded.
    pub on: NaiveDate,
    /// The title of the round in Dutch.
    pub round_nl: &'a str,
    /// The title of the round in English.
    pub round_en: &'a str,
    /// Why it was corrected, as written; none of a status that was not.
    pub correction: Option<&'a str>,
}

/// Where a status that was reported here comes from, in words.
pub fn origin(facts: &OriginFacts<'_>) -> Text {
    let (verb_nl, verb_en) = match facts.correction {
        Some(_) => ("Verbeterd", "Corrected"),
        None => ("Gemeld", "Reported"),
    };
    let (nl_day, en_day) = (nl_date(facts.on), en_date(facts.on));
    let reason = |word: &str| {
        facts
            .correction
            .map_or_else(String::new, |reason| format!(" {word}: {reason}"))
    };
    Text {
        nl: format!(
            "{verb_nl} door {} op {nl_day}, bij {}.{}",
            facts.reporter_nl,
            named_nl(facts.round_nl),
            reason("Reden")
        ),
        en: format!(
            "{verb_en} by {} on {en_day}, for the {}.{}",
            facts.reporter_en,
            facts.round_en,
            reason("Reason (in Dutch)")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_interval_is_named_by_months_where_it_is_of_whole_months() {
        for (first, last, nl, en) in [
            (
                "2025-04-01",
                "2025-06-30",
                "april tot en met juni 2025",
                "April to June 2025",
            ),
            ("2024-02-01", "2024-02-29", "februari 2024", "February 2024"),
            (
                "2025-12-01",
                "2026-01-31",
                "december 2025 tot en met januari 2026",
                "December 2025 to January 2026",
            ),
            (
                "2026-10-31",
                "2026-10-31",
                "31 oktober 2026",
                "31 October 2026",
            ),
            (
                "2026-05-01",
                "2026-10-30",
                "1 mei 2026 tot en met 30 oktober 2026",
                "1 May 2026 to 30 October 2026",
            ),
        ] {
            assert_eq!(interval(Language::Nl, day(first), day(last)), nl);
            assert_eq!(interval(Language::En, day(first), day(last)), en);
        }
    }

    #[test]
    fn the_statement_names_the_round_its_age_and_what_it_leaves_out() {
        let counts = Counts::of([ActionStatus::Completed].into_iter());
        let round = RoundFacts {
            title_nl: "Monitoringsoverzicht 2025",
            title_en: "Monitoring overview 2025",
            first: day("2025-04-01"),
            last: day("2025-06-30"),
            age_in_months: 1,
            in_plan: 2,
            outside: &[31],
            outside_begin_in: Some(2026),
        };
        assert_eq!(
            statement(&counts, &round),
            Text::new(
                "Van de 2 acties in het plan zijn er 1 opgenomen in het Monitoringsoverzicht 2025 \
                 (april tot en met juni 2025, 1 maand oud): 1 afgerond, 0 in uitvoering, 0 in \
                 uitvoering met vertraging, 0 doorlopend en 0 nog niet gestart. Actie 31 is er \
                 niet in opgenomen: volgens de bron begint zij in 2026.",
                "Of the 2 actions in the plan 1 are included in the Monitoring overview 2025 \
                 (April to June 2025, 1 month old): 1 completed, 0 in progress, 0 in progress but \
                 delayed, 0 ongoing and 0 not started. Action 31 is not included in it: by the \
                 source it starts in 2026.",
            )
        );
    }

    #[test]
    fn a_corrected_status_says_why() {
        let facts = OriginFacts {
            reporter_nl: "CoMensha",
            reporter_en: "CoMensha",
            on: day("2026-11-22"),
            round_nl: "Ronde najaar",
            round_en: "Autumn round",
            correction: Some("De toelichting meldt vertraging."),
        };
        assert_eq!(
            origin(&facts).nl,
            "Verbeterd door CoMensha op 22 november 2026, bij Ronde najaar. Reden: De toelichting \
             meldt vertraging."
        );
        let reported = OriginFacts {
            correction: None,
            ..facts
        };
        assert_eq!(
            origin(&reported).en,
            "Reported by CoMensha on 22 November 2026, for the Autumn round."
        );
    }
}
