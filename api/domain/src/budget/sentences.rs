//! The budget in words, from facts alone.

use super::rules::{Comparison, Figure};
use crate::text::{Language, number};

/// One year in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearFacts {
    /// The calendar year.
    pub year: i32,
    /// The printed total.
    pub total: Figure,
    /// The money that the source names for the year, in whole euros. NL: genoemd.
    pub named: Figure,
    /// Whether all of it is extra money.
    pub is_extra: bool,
    /// The money of which the source does not say whether it goes on in the year, in whole euros.
    pub undated: Figure,
}

impl YearFacts {
    /// What the source names for a year without a column, and what it leaves open.
    fn without_column(&self, language: Language) -> Option<String> {
        let year = self.year;
        let named = number(language, self.named.euros?);
        let open = self
            .undated
            .euros
            .map(|euros| round_number(language, euros));
        Some(match language {
            Language::Nl => {
                let extra = if self.is_extra { "de extra " } else { "" };
                let open = open.map_or_else(
                    || "hoe die worden verdeeld".to_owned(),
                    |open| format!("of de {open} doorloopt en hoe die wordt verdeeld"),
                );
                format!(
                    "Voor {year} noemt de brief alleen {extra}{named} euro; {open}, staat niet in \
                     de bron."
                )
            }
            Language::En => {
                let extra = if self.is_extra { "the extra " } else { "" };
                let open = open.map_or_else(
                    || "how they are divided".to_owned(),
                    |open| format!("whether the {open} goes on and how it is divided"),
                );
                format!(
                    "For {year} the letter names only {extra}{named} euros; {open} is not in the \
                     source."
                )
            }
        })
    }
}

/// Whole millions in words, as in "2 miljoen", and any other amount in euros.
fn round_number(language: Language, euros: i64) -> String {
    const MILLION: i64 = 1_000_000;
    let (million, euro) = match language {
        Language::Nl => ("miljoen", "euro"),
        Language::En => ("million", "euros"),
    };
    if euros >= MILLION && euros % MILLION == 0 {
        format!("{} {million}", number(language, euros / MILLION))
    } else {
        format!("{} {euro}", number(language, euros))
    }
}

/// The budget in a sentence, and one more for each year of which no table tells.
pub fn statement(
    language: Language,
    plan: &str,
    years: &[YearFacts],
    differences: &[Comparison<'_>],
) -> String {
    let is_nl = language == Language::Nl;
    let amount = |euros| number(language, euros);
    let totals: Vec<String> = years
        .iter()
        .filter_map(|shown| {
            let euros = amount(shown.total.euros?);
            let unit = if is_nl { "euro" } else { "euros" };
            Some(format!("{euros} {unit} in {}", shown.year))
        })
        .collect();
    if totals.is_empty() {
        return if is_nl {
            format!("Van planversie {plan} staat geen begroting in de bronnen.")
        } else {
            format!("The sources hold no budget of plan version {plan}.")
        };
    }
    let totals = listed(language, &totals);
    let mut sentence = if is_nl {
        format!("De begroting bij planversie {plan} telt {totals}")
    } else {
        format!("The budget of plan version {plan} comes to {totals}")
    };
    if !differences.is_empty() {
        let shown: Vec<String> = differences
            .iter()
            .map(|one| {
                let (nl, en) = one.subject();
                let [published, computed] =
                    [one.published, one.computed].map(|it| amount(it.euros.unwrap_or_default()));
                if is_nl {
                    format!("{nl} ({published} gedrukt, {computed} opgeteld)")
                } else {
                    format!("{en} ({published} printed, {computed} added up)")
                }
            })
            .collect();
        let shown = listed(language, &shown);
        sentence += &if is_nl {
            format!("; de tabellen verschillen bij {shown}")
        } else {
            format!("; the tables differ for {shown}")
        };
    }
    sentence.push('.');
    for shown in years.iter().filter(|shown| shown.total.euros.is_none()) {
        if let Some(without) = shown.without_column(language) {
            sentence = format!("{sentence} {without}");
        }
    }
    sentence
}

/// `a, b en c`.
fn listed(language: Language, parts: &[String]) -> String {
    let and = match language {
        Language::Nl => " en ",
        Language::En => " and ",
    };
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{}{and}{last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_what_is_not_known() {
        let years = [
            YearFacts {
                year: 2026,
                total: Figure::of(2_500_000),
                named: Figure::of(2_500_000),
                is_extra: false,
                undated: Figure::NOT_IN_SOURCE,
            },
            YearFacts {
                year: 2027,
                total: Figure::NOT_IN_SOURCE,
                named: Figure::of(500_000),
                is_extra: true,
                undated: Figure::of(2_000_000),
            },
        ];
        assert_eq!(
            statement(Language::Nl, "2024", &years, &[]),
            "De begroting bij planversie 2024 telt 2.500.000 euro in 2026. Voor 2027 noemt de \
             brief alleen de extra 500.000 euro; of de 2 miljoen doorloopt en hoe die wordt \
             verdeeld, staat niet in de bron."
        );
        assert_eq!(
            statement(Language::En, "2024", &years, &[]),
            "The budget of plan version 2024 comes to 2,500,000 euros in 2026. For 2027 the \
             letter names only the extra 500,000 euros; whether the 2 million goes on and how it \
             is divided is not in the source."
        );
        assert_eq!(
            statement(Language::En, "2023", &[], &[]),
            "The sources hold no budget of plan version 2023."
        );
    }
}
