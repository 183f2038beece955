//! Half years, how often a region meets, and the report composed from what was recorded. Pure.

use chrono::{Datelike as _, NaiveDate};

use super::codes::MeetingKind;
use crate::dates::nl_date;

/// Characters of a text at most.
pub const LONGEST_TEXT: usize = 4000;

/// A half year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Half {
    /// The first day, 1 January or 1 July.
    pub first: NaiveDate,
    /// The last day, 30 June or 31 December.
    pub last: NaiveDate,
}

impl Half {
    /// The half year of a key, as in `2026-2`.
    pub fn parse(key: &str) -> Option<Self> {
        let (year, half) = key.split_once('-')?;
        let year: i32 = (year.len() == 4).then(|| year.parse().ok())??;
        let (from, to) = match half {
            "1" => ((1, 1), (6, 30)),
            "2" => ((7, 1), (12, 31)),
            _ => return None,
        };
        Some(Self {
            first: NaiveDate::from_ymd_opt(year, from.0, from.1)?,
            last: NaiveDate::from_ymd_opt(year, to.0, to.1)?,
        })
    }

    /// The half year in which a day lies, with its key.
    pub fn of(day: NaiveDate) -> Option<(String, Self)> {
        let half = if day.month() <= 6 { 1 } else { 2 };
        let key = format!("{:04}-{half}", day.year());
        let found = Self::parse(&key)?;
        Some((key, found))
    }

    fn holds(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

/// Whether a day lies in a year.
pub fn in_year(day: NaiveDate, year: i32) -> bool {
    day.year() == year
}

impl MeetingKind {
    /// The group under which a policy prints how often this table meets.
    pub fn group(self) -> &'static str {
        match self {
            Self::Official => "Ambtelijke borging",
            Self::Executive => "Bestuurlijke borging",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Official => "ambtelijk",
            Self::Executive => "bestuurlijk",
        }
    }

    /// So many meetings of this table, as a report writes it.
    fn counted(self, meetings: usize) -> String {
        match meetings {
            1 => format!("1 {} overleg", self.name()),
            several => format!("{several} {}e overleggen", self.name()),
        }
    }
}

/// What was recorded, as the report tells it.
#[derive(Debug, Clone, Default)]
pub struct Recorded {
    /// Days with the code of the table.
    pub meetings: Vec<(NaiveDate, String)>,
    /// How often each table is to meet in a year, where a policy prints it.
    pub agreed: Vec<(&'static str, i32)>,
    /// Number, text, since and resolved on.
    pub bottlenecks: Vec<(i32, String, NaiveDate, Option<NaiveDate>)>,
    /// Number, text, day, and whether it has to be ratified.
    pub decisions: Vec<(i32, String, NaiveDate, bool)>,
}

/// A report as it would stand, in Dutch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// How many meetings were held, per table, beside what was agreed. NL: voortgang.
    pub progress: String,
    /// The decisions of the half year. NL: bijzonderheden.
    pub particulars: String,
    /// The bottlenecks that were open on a day of the half year. NL: knelpunten.
    pub bottlenecks: String,
}

/// Composes the report of a half year from what was recorded of it.
pub fn compose(half: Half, recorded: &Recorded) -> Composed {
    let held = |table: MeetingKind| {
        let of_table = recorded
            .meetings
            .iter()
            .filter(|(day, code)| half.holds(*day) && code == table.code());
        let agreed = recorded
            .agreed
            .iter()
            .find(|(code, _)| *code == table.code());
        let agreed = agreed.map_or_else(String::new, |(_, times)| {
            format!("; de norm is {times} per jaar")
        });
        format!(
            "Geregistreerd: {}{agreed}.",
            table.counted(of_table.count())
        )
    };
    let tables: Vec<String> = MeetingKind::ALL.into_iter().map(held).collect();
    let decisions = recorded
        .decisions
        .iter()
        .filter(|(_, _, day, _)| half.holds(*day))
        .map(|(number, text, day, ratified)| {
            let ratified = if *ratified {
                " (ter bekrachtiging door de colleges)"
            } else {
                ""
            };
            format!("Besluit {number}, {}{ratified}: {text}", nl_date(*day))
        });
    let bottlenecks = recorded
        .bottlenecks
        .iter()
        .filter(|(_, _, since, resolved)| {
            *since <= half.last && resolved.is_none_or(|on| half.first <= on)
        })
        .map(|(number, text, since, resolved)| {
            let resolved = resolved
                .filter(|on| half.holds(*on))
                .map_or_else(String::new, |on| format!(", opgelost op {}", nl_date(on)));
            format!(
                "Knelpunt {number}, sinds {}{resolved}: {text}",
                nl_date(*since)
            )
        });
    Composed {
        progress: format!(
            "Halfjaar van {} tot en met {}.\n{}",
            nl_date(half.first),
            nl_date(half.last),
            tables.join("\n")
        ),
        particulars: lines(decisions, "Er zijn geen besluiten vastgelegd."),
        bottlenecks: lines(bottlenecks, "Er zijn geen knelpunten vastgelegd."),
    }
}

fn lines(lines: impl Iterator<Item = String>, none: &str) -> String {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        none.to_owned()
    } else {
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_half_year_has_its_first_and_last_day() {
        let half = Half::parse("2026-2").unwrap();
        assert_eq!(
            (half.first, half.last),
            (day("2026-07-01"), day("2026-12-31"))
        );
        assert_eq!(Half::parse("2026-1").unwrap().last, day("2026-06-30"));
        for wrong in ["2026-3", "2026", "26-1", "2026-01", "-2026-1"] {
            assert_eq!(Half::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_report_tells_what_was_recorded_of_its_half_year() {
        let half = Half::parse("2026-2").unwrap();
        let recorded = Recorded {
            meetings: vec![
                (day("2026-06-30"), "OFFICIAL".into()),
                (day("2026-07-01"), "OFFICIAL".into()),
                (day("2026-12-31"), "EXECUTIVE".into()),
            ],
            agreed: vec![("OFFICIAL", 4)],
            bottlenecks: vec![
                (
                    1,
                    "Geen opvang.".into(),
                    day("2026-01-01"),
                    Some(day("2026-06-30")),
                ),
                (
                    2,
                    "Geen tolk.".into(),
                    day("2026-02-01"),
                    Some(day("2026-09-01")),
                ),
                (3, "Geen plek.".into(), day("2026-12-31"), None),
                (4, "Later.".into(), day("2027-01-01"), None),
            ],
            decisions: vec![
                (1, "Eén meldpunt.".into(), day("2026-09-03"), true),
                (2, "Later.".into(), day("2027-01-01"), false),
            ],
        };
        assert_eq!(
            compose(half, &recorded),
            Composed {
                progress: "Halfjaar van 1 juli 2026 tot en met 31 december 2026.\n\
                           Geregistreerd: 1 ambtelijk overleg; de norm is 4 per jaar.\n\
                           Geregistreerd: 1 bestuurlijk overleg."
                    .into(),
                particulars:
                    "Besluit 1, 3 september 2026 (ter bekrachtiging door de colleges): Eén \
                     meldpunt."
                        .into(),
                bottlenecks: "Knelpunt 2, sinds 1 februari 2026, opgelost op 1 september 2026: \
                              Geen tolk.\n\
                              Knelpunt 3, sinds 31 december 2026: Geen plek."
                    .into(),
            }
        );
        let nothing = compose(half, &Recorded::default());
        assert_eq!(
            nothing.progress,
            "Halfjaar van 1 juli 2026 tot en met 31 december 2026.\n\
             Geregistreerd: 0 ambtelijke overleggen.\n\
             Geregistreerd: 0 bestuurlijke overleggen."
        );
        assert_eq!(nothing.particulars, "Er zijn geen besluiten vastgelegd.");
        assert_eq!(nothing.bottlenecks, "Er zijn geen knelpunten vastgelegd.");
    }
}
