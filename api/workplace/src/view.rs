//! What several pages show in the same way, and the parts of an answer that several read.

use chrono::{DateTime, Timelike as _, Utc};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    Mistake,
    form::{Kind, Part},
};
use domain::{
    clock::{day_of, read_day, read_instant, time_in_amsterdam},
    dates::nl_date,
};

/// A text of the API, of which the pages show the Dutch.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Text {
    pub(crate) nl: String,
}

/// What is named by its code.
#[derive(Debug, Deserialize)]
pub(crate) struct Code {
    pub(crate) code: String,
}

/// What is named by its key.
#[derive(Debug, Deserialize)]
pub(crate) struct Key {
    pub(crate) key: String,
}

/// The codes of one kind, with what people call them.
#[derive(Debug, Deserialize)]
pub(crate) struct CodeList {
    values: Vec<CodeLabel>,
}

#[derive(Debug, Deserialize)]
struct CodeLabel {
    code: String,
    label: Text,
}

/// What people call a code; the code itself where nobody does.
pub(crate) fn label<'a>(lists: &'a [CodeList], code: &'a str) -> &'a str {
    let mut codes = lists.iter().flat_map(|list| &list.values);
    let found = codes.find(|one| one.code == code);
    found.map_or(code, |one| one.label.nl.as_str())
}

/// A mistake in the payload of a mutation.
#[derive(Debug, Deserialize)]
pub(crate) struct UserError {
    pub(crate) code: String,
    pub(crate) field: Option<Vec<String>>,
    pub(crate) message: Text,
}

/// The answers that a criterion may have: the code, and what people call it.
pub(crate) const ANSWERS: [(&str, &str); 5] = [
    ("MET", "Voldaan"),
    ("PARTLY_MET", "Deels voldaan"),
    ("NOT_MET", "Niet voldaan"),
    ("NOT_APPLICABLE", "Niet van toepassing"),
    ("UNKNOWN", "Onbekend"),
];

/// Whether a period in this state takes in assessments, on time or late.
pub(crate) fn is_open(state: &str) -> bool {
    ["OPEN", "LATE"].contains(&state)
}

/// What people call an answer.
pub(crate) fn answer(code: &str) -> &str {
    let found = ANSWERS.iter().find(|(own, _)| *own == code);
    found.map_or(code, |(_, label)| label)
}

/// A text with its first letter as a capital.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A text with its first letter small, as within a sentence; a name further on keeps its capital.
pub(crate) fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A day as people write it, as in `20 november 2026`, and of an instant the day that clocks in
/// Europe/Amsterdam showed; what is neither stays.
pub(crate) fn day(text: &str) -> String {
    let date = read_instant(text).map(day_of).or_else(|| read_day(text));
    date.map_or_else(|| text.to_owned(), nl_date)
}

/// An instant as people write it, in Dutch time: `24 november 2026, 10.00 uur`; what is no instant
/// stays.
pub(crate) fn moment(text: &str) -> String {
    read_instant(text).map_or_else(|| text.to_owned(), moment_of)
}

/// An instant as people write it, in Dutch time.
pub(crate) fn moment_of(instant: DateTime<Utc>) -> String {
    let local = time_in_amsterdam(instant);
    let date = nl_date(local.date());
    format!("{date}, {:02}.{:02} uur", local.hour(), local.minute())
}

/// How many days, in words.
pub(crate) fn days(count: i64) -> String {
    if count == 1 {
        "1 dag".to_owned()
    } else {
        format!("{count} dagen")
    }
}

/// What is wrong with the field of this id: the id of the text that stands beside it, and that text;
/// none where nothing is.
pub(crate) fn wrong(id: &str, mistakes: &[Mistake]) -> Option<(String, Markup)> {
    let own = mistakes
        .iter()
        .filter(|one| one.field.as_deref() == Some(id));
    let texts: Vec<&str> = own.map(|one| one.text.as_str()).collect();
    let error = format!("{id}-fout");
    let shown = html! { p.stm-error id=(error) { (texts.join(" ")) } };
    (!texts.is_empty()).then_some((error, shown))
}

/// One value of a form: its label, what helps, what is wrong with it, and where it is given.
pub(crate) fn field(form: &str, part: &Part, value: &str, mistakes: &[Mistake]) -> Markup {
    if part.label.is_empty() {
        return html! { input type="hidden" name=(part.path) value=(value); };
    }
    let id = format!("{form}.{}", part.path);
    let wrong = wrong(&id, mistakes);
    let error = wrong.as_ref().map(|(error, _)| error);
    let hint = (!part.hint.is_empty()).then(|| format!("{id}-hulp"));
    let described: Vec<&str> = [hint.as_ref(), error]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = error.map(|_| "true");
    html! {
        div.stm-field.stm-wrong[error.is_some()] {
            label for=(id) { (part.label) @if !part.is_required { " (niet verplicht)" } }
            @if let Some(hint) = &hint { p.stm-source id=(hint) { (part.hint) } }
            @if let Some((_, text)) = &wrong { (text) }
            @match part.kind {
                Kind::Choice(codes) => {
                    select id=(id) name=(part.path) aria-describedby=[&described] aria-invalid=[invalid] {
                        option value="" { "Kies" }
                        @for (code, label) in codes {
                            option value=(code) selected[*code == value] { (label) }
                        }
                    }
                }
                Kind::Pick => {
                    select id=(id) name=(part.path) aria-describedby=[&described] aria-invalid=[invalid] {
                        option value="" { "Kies" }
                        @for (code, label) in &part.choices {
                            option value=(code) selected[code == value] { (label) }
                        }
                    }
                }
                Kind::Text => {
                    textarea id=(id) name=(part.path) rows="4" aria-describedby=[&described] aria-invalid=[invalid] { (value) }
                }
                Kind::Fixed | Kind::FixedNumber | Kind::Line => {
                    input type="text" id=(id) name=(part.path) value=(value) aria-describedby=[&described] aria-invalid=[invalid];
                }
                Kind::Number => {
                    input type="text" inputmode="numeric" id=(id) name=(part.path) value=(value) aria-describedby=[&described] aria-invalid=[invalid];
                }
                Kind::Moment => {
                    input type="datetime-local" id=(id) name=(part.path) value=(value) aria-describedby=[&described] aria-invalid=[invalid];
                }
                Kind::Day => {
                    input type="date" id=(id) name=(part.path) value=(value) aria-describedby=[&described] aria-invalid=[invalid];
                }
            }
        }
    }
}

/// A choice by which a page is narrowed, that may be left open: the parameter of the address, and
/// what stands before it.
pub(crate) fn chosen((name, label): (&str, &str), choices: &[(&str, &str)], value: &str) -> Markup {
    html! {
        div.stm-field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                option value="" { "Alle" }
                @for (code, label) in choices {
                    option value=(code) selected[*code == value] { (label) }
                }
            }
        }
    }
}

/// What was typed and could not be kept, so that it can be copied.
pub(crate) fn typed(rows: &[(String, String)]) -> Markup {
    html! {
        @if !rows.is_empty() {
            h2.utrecht-heading-2 { "Dit had u ingevuld; het is niet opgeslagen" }
            dl {
                @for (label, value) in rows {
                    dt { (label) }
                    dd { pre.stm-scroll tabindex="0" { (value) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_out() {
        assert_eq!(day("2026-11-03"), "3 november 2026");
        assert_eq!(day("2026-11-22T12:00:00Z"), "22 november 2026");
        // Half past midnight on the day after, and in summer.
        assert_eq!(day("2026-11-22T23:30:00Z"), "23 november 2026");
        assert_eq!(day("2026-06-30T22:00:00.5Z"), "1 juli 2026");
        assert_eq!(day("2026-13-03"), "2026-13-03");
        assert_eq!(day("morgen"), "morgen");
    }

    #[test]
    fn a_field_tells_what_is_wrong_with_it_to_everybody() {
        let part = Part::required("by", Kind::Line, "Functie").hinted("Geen naam");
        let mistake = Mistake {
            code: None,
            field: Some("f.by".to_owned()),
            text: "Vul in: functie.".to_owned(),
        };
        let html = field("f", &part, "<b>", &[mistake]).into_string();
        for found in [
            "<label for=\"f.by\">Functie</label>",
            "aria-describedby=\"f.by-hulp f.by-fout\"",
            "aria-invalid=\"true\"",
            "value=\"&lt;b&gt;\"",
        ] {
            assert!(html.contains(found), "{found} in {html}");
        }
        let html = field("f", &part, "", &[]).into_string();
        assert!(!html.contains("aria-invalid") && html.contains("aria-describedby=\"f.by-hulp\""));
    }
}
