//! The page on which whoever holds a receipt of a submitted version has it checked, and what its file turned out to be.
//! It is made of no answer of the API: the file goes to the service and is not kept.

use domain::assessment::receipt::ReceiptOutcome;
use maud::{Markup, html};

use crate::{
    Colophon, Language,
    frame::{self, Head},
    shared::heading,
};

/// Where the page stands, in Dutch.
const ADDRESS: &str = "/ontvangstbewijs";

/// What is said of a receipt.
#[derive(Debug, Clone, Copy)]
pub enum Receipt<'a> {
    /// Nothing was sent yet.
    Form,
    /// What was sent holds no file.
    NoFile,
    /// A file was checked.
    Checked(CheckedReceipt<'a>),
}

/// What a file turned out to be.
#[derive(Debug, Clone, Copy)]
pub struct CheckedReceipt<'a> {
    /// What it is.
    pub outcome: ReceiptOutcome,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: &'a str,
    /// The version that it goes with; none where there is none.
    pub version: Option<ReceiptVersion<'a>>,
}

/// The version that a receipt is of.
#[derive(Debug, Clone, Copy)]
pub struct ReceiptVersion<'a> {
    /// The name of the receipt.
    pub receipt: &'a str,
    /// The CBS code of the municipality.
    pub municipality: &'a str,
    /// The key of the reporting period.
    pub period: &'a str,
    /// The number of the version.
    pub number: i32,
}

/// The whole page.
#[must_use]
pub fn receipt(language: Language, receipt: Receipt<'_>, colophon: Colophon<'_>) -> String {
    let title = language.pick("Ontvangstbewijs controleren", "Check a receipt");
    let english = Language::English.address(ADDRESS);
    let head = Head {
        language,
        dutch: ADDRESS,
        english: &english,
        entry: "",
        title,
        description: title,
    };
    let content = html! {
        h1.utrecht-heading-1 { (title) }
        @match receipt {
            Receipt::Form => {},
            Receipt::NoFile => p.stm-lead role="alert" { (language.pick("Kies eerst het bestand van het ontvangstbewijs.", "Choose the file of the receipt first.")) },
            Receipt::Checked(checked) => (outcome(language, checked)),
        }
        (form(language))
        (outcomes(language))
    };
    frame::document(&head, &content, colophon)
}

fn form(language: Language) -> Markup {
    html! {
        p.utrecht-paragraph {
            (language.pick(
                "Wie het ontvangstbewijs van een ingediende beoordeling bewaart, kan hier laten nagaan of het bestand nog gelijk is aan wat is afgegeven. Inloggen is niet nodig. Het bestand wordt niet bewaard.",
                "Whoever keeps the receipt of a submitted assessment can check here whether the file is still what was given out. No login is needed. The file is not kept.",
            ))
        }
        form.stm-search method="post" enctype="multipart/form-data" action=(language.address(ADDRESS)) {
            label for="bestand" { (language.pick("Bestand (JSON)", "File (JSON)")) }
            input id="bestand" name="file" type="file" accept=".json,application/json" required;
            button type="submit" { (language.pick("Controleer", "Check")) }
        }
    }
}

fn outcome(language: Language, checked: CheckedReceipt<'_>) -> Markup {
    let message = checked.outcome.message();
    html! {
        p.stm-lead role="status" { strong { (language.pick(&message.nl, &message.en)) } }
        ul.utrecht-unordered-list {
            @if let Some(version) = checked.version {
                li.utrecht-unordered-list__item { (language.pick("Ontvangstbewijs: ", "Receipt: ")) (version.receipt) }
                li.utrecht-unordered-list__item {
                    (language.pick("Gemeente: ", "Municipality: "))
                    a.utrecht-link href=(language.address(&format!("/gemeenten/{}", version.municipality))) { (version.municipality) }
                }
                li.utrecht-unordered-list__item { (language.pick("Periode: ", "Period: ")) (version.period) }
                li.utrecht-unordered-list__item { (language.pick("Versie: ", "Version: ")) (version.number) }
            }
            li.utrecht-unordered-list__item { (language.pick("Controlegetal van uw bestand (SHA-256): ", "Checksum of your file (SHA-256): ")) code { (checked.sha256) } }
        }
    }
}

/// All that a file can turn out to be, so that nobody has to guess what an answer rules out.
fn outcomes(language: Language) -> Markup {
    html! {
        (heading(language.pick("Wat de uitkomst kan zijn", "What the outcome can be")))
        ul.utrecht-unordered-list {
            @for outcome in ReceiptOutcome::ALL {
                @let message = outcome.message();
                li.utrecht-unordered-list__item { (language.pick(&message.nl, &message.en)) }
            }
        }
    }
}
