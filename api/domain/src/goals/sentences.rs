//! Targets and figures in words, with numbers as each language writes them.

use super::{
    codes::{FigureKind, FigureQualifier, TargetDirection, TargetKind, TrendDirection},
    rules::Target,
};
use crate::{
    dates::{en_date, nl_date},
    sources::rules::NOT_PRINTED,
    text::{Language, number, pick},
};
use chrono::NaiveDate;

/// A target in words, as in "minstens 10% meer meldingen van mensenhandel".
pub fn target(language: Language, target: &Target, unit: &str) -> String {
    let say = |nl, en| pick(language, (nl, en));
    let low = number(language, target.value);
    let value = match (target.direction, target.value_to) {
        (TargetDirection::AtLeast, _) => format!("{} {low}", say("minstens", "at least")),
        (TargetDirection::Between, Some(high)) => {
            let high = number(language, high);
            format!("{low} {} {high}", say("tot en met", "to"))
        }
        (TargetDirection::Between, None) => low,
        (TargetDirection::Exactly, _) => format!("{} {low}", say("precies", "exactly")),
    };
    match target.kind {
        TargetKind::PercentIncrease => format!("{value}% {} {unit}", say("meer", "more")),
        TargetKind::Count => format!("{value} {unit}"),
    }
}

/// A document as a sentence names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document<'a> {
    /// The title, in the language of the sentence.
    pub title: &'a str,
    /// The day that it prints; none when it prints none, or no whole day.
    pub dated_on: Option<NaiveDate>,
    /// The date as printed, as in "December 2022", or [`NOT_PRINTED`].
    pub date_text: &'a str,
}

impl Document<'_> {
    /// The title with its date, as in "Brief (23 april 2024)".
    fn named(&self, language: Language) -> String {
        let title = self.title;
        let date = match (self.dated_on, language) {
            (Some(day), Language::Nl) => nl_date(day),
            (Some(day), Language::En) => en_date(day),
            (None, _) if self.date_text == NOT_PRINTED => return title.to_owned(),
            (None, Language::Nl) => self.date_text.to_lowercase(),
            (None, Language::En) => self.date_text.to_owned(),
        };
        format!("{title} ({date})")
    }
}

/// A figure, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureFacts<'a> {
    /// What it is of, in the language of the sentence.
    pub title: &'a str,
    /// Whether it was counted, estimated, told as a trend, or is not known.
    pub kind: FigureKind,
    /// How the number is meant. NL: nauwkeurigheid.
    pub qualifier: FigureQualifier,
    /// Where a trend goes; none for any other figure.
    pub direction: Option<TrendDirection>,
    /// The number, in `unit`; none where the source has none.
    pub value: Option<i64>,
    /// The upper end of a range, the whole of a proportion; none for any other figure.
    pub value_to: Option<i64>,
    /// What the number counts, in the language of the sentence and in the plural.
    pub unit: Option<&'a str>,
    /// The first and the last year, both included; none where the source names none.
    pub years: (Option<i32>, Option<i32>),
    /// Who counted or estimated, as printed. NL: opgave van.
    pub stated_by: Option<&'a str>,
    /// The document that prints or quotes it. NL: bron.
    pub document: Option<Document<'a>>,
    /// Why there is no figure, as a sentence in the language of this one.
    pub reason: Option<&'a str>,
}

/// A figure as one sentence: what it is of, when, the number with its qualifier, and who says so.
pub fn figure(language: Language, shown: &FigureFacts<'_>) -> String {
    let say = |nl, en| pick(language, (nl, en));
    let mut sentence = shown.title.to_owned();
    match shown.years {
        (Some(from), Some(to)) if from != to => sentence += &format!(", {from}–{to}"),
        (Some(year), _) => sentence += &format!(", {year}"),
        (None, _) => {}
    }
    sentence += ": ";
    let without = say("zonder getal in de bron", "without a number in the source");
    sentence += &match (shown.kind, amount(language, shown)) {
        (FigureKind::Count, Some(amount)) => amount,
        (FigureKind::Estimate, Some(amount)) => {
            format!("{} {amount}", say("naar schatting", "an estimated"))
        }
        (FigureKind::Count, None) => without,
        (FigureKind::Estimate, None) => {
            format!("{}, {without}", say("een schatting", "an estimate"))
        }
        (FigureKind::Trend | FigureKind::Visibility, _) => {
            format!("{}, {without}", direction(language, shown.direction))
        }
        (FigureKind::Unknown, _) => say("onbekend", "unknown"),
    };
    let document = shown.document.map(|document| document.named(language));
    let (according_to, quoted_in) = (
        say("volgens", "according to"),
        say("aangehaald in", "quoted in"),
    );
    sentence += &match (shown.stated_by, document) {
        _ if shown.kind == FigureKind::Unknown => String::new(),
        (Some(by), Some(document)) => format!(", {according_to} {by}, {quoted_in} {document}"),
        (Some(by), None) => format!(", {according_to} {by}"),
        (None, Some(document)) => format!(", {according_to} {document}"),
        (None, None) => String::new(),
    };
    sentence.push('.');
    if let Some(reason) = shown.reason {
        sentence += &format!(" {reason}");
    }
    sentence
}

/// Where a number or a view of something went, in the words of the source.
fn direction(language: Language, direction: Option<TrendDirection>) -> String {
    let words = match direction {
        Some(TrendDirection::Rise) => ("stijging", "a rise"),
        Some(TrendDirection::Fall) => ("daling", "a fall"),
        Some(TrendDirection::StrongFall) => ("aanzienlijke daling", "a considerable fall"),
        Some(TrendDirection::MoreVisible) => (
            "steeds nadrukkelijker in beeld",
            "more and more clearly in view",
        ),
        Some(TrendDirection::HardlyVisible) => {
            ("zo goed als uit beeld geraakt", "as good as out of view")
        }
        None => ("een trend", "a trend"),
    };
    pick(language, words)
}

/// The number with its qualifier and unit; none where there is no number.
fn amount(language: Language, shown: &FigureFacts<'_>) -> Option<String> {
    let say = |nl, en| pick(language, (nl, en));
    let low = number(language, shown.value?);
    let high = shown.value_to.map(|high| number(language, high));
    let amount = match (shown.qualifier, high) {
        (FigureQualifier::AtLeast, _) => format!("{} {low}", say("minstens", "at least")),
        (FigureQualifier::Range, Some(high)) => format!("{low} {} {high}", say("tot", "to")),
        (FigureQualifier::Proportion, Some(high)) => {
            format!("{low} {} {high}", say("op de", "in"))
        }
        (FigureQualifier::Exact | FigureQualifier::Range | FigureQualifier::Proportion, _) => low,
        (FigureQualifier::None, _) => return None,
    };
    // Units are in the plural, which does not go with a single one.
    let is_single = shown.value == Some(1) && shown.value_to.is_none();
    Some(match shown.unit {
        Some(unit) if is_single => format!("{amount} ({unit})"),
        Some(unit) => format!("{amount} {unit}"),
        None => amount,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIGURE: FigureFacts<'static> = FigureFacts {
        title: "Meldingen",
        kind: FigureKind::Count,
        qualifier: FigureQualifier::Exact,
        direction: None,
        value: Some(1334),
        value_to: None,
        unit: Some("mensen"),
        years: (Some(2019), Some(2019)),
        stated_by: Some("CoMensha"),
        document: None,
        reason: None,
    };

    #[test]
    fn numbers_and_qualifiers_are_written_rightly() {
        let nl = |shown: FigureFacts<'_>| figure(Language::Nl, &shown);
        assert_eq!(
            nl(FIGURE),
            "Meldingen, 2019: 1.334 mensen, volgens CoMensha."
        );
        assert_eq!(
            figure(Language::En, &FIGURE),
            "Meldingen, 2019: 1,334 mensen, according to CoMensha."
        );
        let bare = FigureFacts {
            years: (None, None),
            stated_by: None,
            ..FIGURE
        };
        let range = FigureFacts {
            kind: FigureKind::Estimate,
            qualifier: FigureQualifier::Range,
            value: Some(5000),
            value_to: Some(7500),
            ..bare
        };
        assert_eq!(
            nl(range),
            "Meldingen: naar schatting 5.000 tot 7.500 mensen."
        );
        let share = FigureFacts {
            qualifier: FigureQualifier::Proportion,
            value: Some(1),
            value_to: Some(5),
            ..bare
        };
        assert_eq!(nl(share), "Meldingen: 1 op de 5 mensen.");
        let least = FigureFacts {
            qualifier: FigureQualifier::AtLeast,
            value: Some(1),
            ..bare
        };
        assert_eq!(nl(least), "Meldingen: minstens 1 (mensen).");
    }

    #[test]
    fn a_quotation_names_the_document_and_its_date() {
        let policy = Document {
            title: "Beleid",
            dated_on: None,
            date_text: "December 2022",
        };
        let quoted = FigureFacts {
            document: Some(policy),
            ..FIGURE
        };
        assert_eq!(
            figure(Language::Nl, &quoted),
            "Meldingen, 2019: 1.334 mensen, volgens CoMensha, aangehaald in Beleid (december \
             2022)."
        );
        let letter = FigureFacts {
            stated_by: None,
            document: Some(Document {
                dated_on: NaiveDate::from_ymd_opt(2024, 4, 23),
                date_text: "23 april 2024",
                title: "Letter",
            }),
            ..FIGURE
        };
        assert_eq!(
            figure(Language::En, &letter),
            "Meldingen, 2019: 1,334 mensen, according to Letter (23 April 2024)."
        );
    }

    #[test]
    fn what_has_no_number_says_so() {
        let none = FigureFacts {
            qualifier: FigureQualifier::None,
            value: None,
            stated_by: None,
            years: (Some(2016), Some(2020)),
            ..FIGURE
        };
        let trend = FigureFacts {
            kind: FigureKind::Trend,
            direction: Some(TrendDirection::StrongFall),
            ..none
        };
        assert_eq!(
            figure(Language::Nl, &trend),
            "Meldingen, 2016–2020: aanzienlijke daling, zonder getal in de bron."
        );
        let visibility = FigureFacts {
            kind: FigureKind::Visibility,
            direction: Some(TrendDirection::MoreVisible),
            years: (None, None),
            ..none
        };
        assert_eq!(
            figure(Language::Nl, &visibility),
            "Meldingen: steeds nadrukkelijker in beeld, zonder getal in de bron."
        );
        let unknown = FigureFacts {
            kind: FigureKind::Unknown,
            years: (None, None),
            reason: Some("De bron noemt geen getal."),
            ..none
        };
        assert_eq!(
            figure(Language::Nl, &unknown),
            "Meldingen: onbekend. De bron noemt geen getal."
        );
    }

    #[test]
    fn targets_are_written_with_their_direction() {
        let of = |kind, direction, value_to| Target {
            number: 1,
            kind,
            direction,
            value: 3,
            value_to,
        };
        for (kind, direction, value_to, nl, en) in [
            (
                TargetKind::PercentIncrease,
                TargetDirection::AtLeast,
                None,
                "minstens 3% meer x",
                "at least 3% more x",
            ),
            (
                TargetKind::Count,
                TargetDirection::Between,
                Some(5),
                "3 tot en met 5 x",
                "3 to 5 x",
            ),
            (
                TargetKind::Count,
                TargetDirection::Exactly,
                None,
                "precies 3 x",
                "exactly 3 x",
            ),
        ] {
            let one = of(kind, direction, value_to);
            assert_eq!(target(Language::Nl, &one, "x"), nl);
            assert_eq!(target(Language::En, &one, "x"), en);
        }
    }
}
