//! The budget as a sentence, from facts alone.

use super::rules::{Comparison, Figure};
use crate::text::{Language, number};

/// One year in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearFacts {
    /// The calendar year.
    pub year: i32,
    /// The printed total.
    pub total: Figure,
    /// The promised money of the programme, in whole euros. NL: toegezegd.
    pub promised: Figure,
}

/// The budget as one sentence.
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
    for shown in years.iter().filter(|shown| shown.total.euros.is_none()) {
        let Some(euros) = shown.promised.euros.map(amount) else {
            continue;
        };
        let year = shown.year;
        sentence += &if is_nl {
            format!("; voor {year} is {euros} euro toegezegd en staat de verdeling niet in de bron")
        } else {
            format!(
                "; for {year} {euros} euros are promised and the breakdown is not in the source"
            )
        };
    }
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
    sentence + "."
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
                promised: Figure::of(2_500_000),
            },
            YearFacts {
                year: 2027,
                total: Figure::NOT_IN_SOURCE,
                promised: Figure::of(2_500_000),
            },
        ];
        assert_eq!(
            statement(Language::Nl, "2024", &years, &[]),
            "De begroting bij planversie 2024 telt 2.500.000 euro in 2026; voor 2027 is 2.500.000 euro toegezegd en \
                staat de verdeling niet in de bron."
        );
        assert_eq!(
            statement(Language::En, "2023", &[], &[]),
            "The sources hold no budget of plan version 2023."
        );
    }
}
