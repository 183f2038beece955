//! When a publication by name is incomplete, and the reason that it then needs.

use chrono::NaiveDate;

use super::errors::PublicationErrorCode as Code;
use domain::{
    mistake::{Mistake, text_mistakes},
    text::{Language, Text, day},
};

/// Characters that the reason of an incomplete publication may have.
const LONGEST_REASON: usize = 1000;

/// What makes a publication by name incomplete.
pub(super) struct Incomplete {
    /// The last day of the period, while it is open.
    open_until: Option<NaiveDate>,
    /// Municipalities that wait for a review.
    waiting: usize,
}

impl Incomplete {
    /// What is so of a period; none when it is over and nobody waits.
    pub(super) fn of(closes_on: NaiveDate, today: NaiveDate, waiting: usize) -> Option<Self> {
        let open_until = (today <= closes_on).then_some(closes_on);
        (open_until.is_some() || waiting > 0).then_some(Self {
            open_until,
            waiting,
        })
    }

    /// What is so, in words.
    fn text(&self) -> Text {
        let (mut nl, mut en) = (Vec::new(), Vec::new());
        if let Some(closes_on) = self.open_until {
            nl.push(format!(
                "de periode loopt tot en met {}",
                day(Language::Nl, closes_on)
            ));
            en.push(format!(
                "the period runs until {}, inclusive",
                day(Language::En, closes_on)
            ));
        }
        match self.waiting {
            0 => {}
            1 => {
                nl.push("1 gemeente wacht op controle door VNG".to_owned());
                en.push("1 municipality waits for review by VNG".to_owned());
            }
            more => {
                nl.push(format!("{more} gemeenten wachten op controle door VNG"));
                en.push(format!("{more} municipalities wait for review by VNG"));
            }
        }
        Text::new(nl.join(" en "), en.join(" and "))
    }
}

/// What is wrong with the reason of an incomplete publication. `incomplete` is what makes it so;
/// none of one that is complete, or tells nobody by name.
pub(super) fn mistakes(
    reason: Option<&str>,
    incomplete: Option<&Incomplete>,
) -> Vec<Mistake<Code>> {
    let at = ["incompleteBecause"];
    match (incomplete, reason) {
        (None, None) => Vec::new(),
        (Some(incomplete), None) => {
            let Text { nl, en } = incomplete.text();
            vec![Mistake::at(
                Code::Incomplete,
                &at,
                format!(
                    "Deze publicatie met naam is onvolledig: {nl}. Geef de reden om haar toch uit \
                     te brengen; die wordt erin afgedrukt."
                ),
                format!(
                    "This publication by name is incomplete: {en}. Give the reason to publish it \
                     all the same; it is printed in it."
                ),
            )]
        }
        (None, Some(_)) => vec![Mistake::at(
            Code::NotIncomplete,
            &at,
            "Deze publicatie is niet onvolledig: een reden hoort bij een publicatie met naam \
             zolang de periode loopt of er beoordelingen op controle wachten.",
            "This publication is not incomplete: a reason belongs to a publication by name while \
             the period is open or reviews wait.",
        )],
        (Some(_), Some(reason)) => {
            text_mistakes(&at, Some(reason), LONGEST_REASON, Code::TextLength)
        }
    }
}
