//! Days as iCalendar (RFC 5545): each an event of a whole day. Pure.

use chrono::{DateTime, Days, NaiveDate, Utc};

/// Octets of a line at most, without its end.
const LONGEST: usize = 75;

/// The days are of this place. It stands in every file, for a calendar without any component is
/// none.
const ZONE: [&str; 15] = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Amsterdam",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19810329T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
];

/// An event of a whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// What calendars know it by: the same in every file, whatever day it is moved to.
    pub(super) uid: String,
    pub(super) day: NaiveDate,
    pub(super) summary: String,
    pub(super) description: String,
    /// When what it says was last changed.
    pub(super) changed_at: DateTime<Utc>,
}

/// A calendar with a name, as the text of a file.
pub(super) fn calendar(name: &str, events: &[Event]) -> String {
    let mut file = String::new();
    let mut add = |line: &str| fold(line, &mut file);
    add("BEGIN:VCALENDAR");
    add("VERSION:2.0");
    add("PRODID:-//stm//deadlines//NL");
    add("CALSCALE:GREGORIAN");
    add(&format!("X-WR-CALNAME:{}", escaped(name)));
    for line in ZONE {
        add(line);
    }
    for event in events {
        add("BEGIN:VEVENT");
        add(&format!("UID:{}", escaped(&event.uid)));
        add(&format!(
            "DTSTAMP:{}",
            event.changed_at.format("%Y%m%dT%H%M%SZ")
        ));
        add(&format!(
            "DTSTART;VALUE=DATE:{}",
            event.day.format("%Y%m%d")
        ));
        // The end is the first day that is no longer part of it.
        if let Some(end) = event.day.checked_add_days(Days::new(1)) {
            add(&format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")));
        }
        add(&format!("SUMMARY;LANGUAGE=nl:{}", escaped(&event.summary)));
        add(&format!(
            "DESCRIPTION;LANGUAGE=en:{}",
            escaped(&event.description)
        ));
        add("TRANSP:TRANSPARENT");
        add("END:VEVENT");
    }
    add("END:VCALENDAR");
    file
}

/// A text as a value: what parts values is escaped, and what no line may hold is left out.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                value.push('\\');
                value.push(letter);
            }
            '\n' => value.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => value.push(letter),
        }
    }
    value
}

/// Appends a line, parted where it would be too long and never within a letter; the next piece
/// begins with a blank, which counts.
fn fold(line: &str, file: &mut String) {
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > LONGEST {
            file.push_str("\r\n ");
            octets = 1;
        }
        file.push(letter);
        octets += letter.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_at_most_75_octets_and_never_parted_within_a_letter() {
        let mut file = String::new();
        fold(&format!("X:{}", "é".repeat(80)), &mut file);
        let lines: Vec<&str> = file.split_terminator("\r\n").collect();
        let octets: Vec<usize> = lines.iter().map(|line| line.len()).collect();
        assert_eq!(octets, [74, 75, 15]);
        assert_eq!(
            file.replace("\r\n ", ""),
            format!("X:{}\r\n", "é".repeat(80))
        );
        let mut file = String::new();
        fold(&"x".repeat(75), &mut file);
        assert_eq!(file, format!("{}\r\n", "x".repeat(75)));
    }

    #[test]
    fn what_parts_values_is_escaped() {
        assert_eq!(escaped("a;b, c\\d\r\ne\u{7}"), "a\\;b\\, c\\\\d\\ne");
    }

    #[test]
    fn a_day_is_an_event_until_the_next() {
        let event = Event {
            uid: "one@stm".to_owned(),
            day: "2026-12-31".parse().unwrap(),
            summary: "Sluiting".to_owned(),
            description: "Closing".to_owned(),
            changed_at: "2026-11-22T12:00:00.5Z".parse().unwrap(),
        };
        let file = calendar("Termijnen", &[event]);
        assert!(file.ends_with(
            "BEGIN:VEVENT\r\nUID:one@stm\r\nDTSTAMP:20261122T120000Z\r\n\
             DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n\
             SUMMARY;LANGUAGE=nl:Sluiting\r\nDESCRIPTION;LANGUAGE=en:Closing\r\n\
             TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        ));
    }
}
