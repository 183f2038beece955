//! The pages about the site itself: what it is, whom to turn to, how a mistake is reported, and what its own tests of
//! accessibility find and cannot find.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Colophon, Language, Page, Unmade, address, frame::Body, language::Text, shared::heading,
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/about.graphql");
pub(crate) const VERSION: &str = include_str!("../documents/version.graphql");

/// Where the page about the site stands, in Dutch.
pub(crate) const ADDRESS: &str = "/over";
/// The part of it that says how to report a mistake.
const MISTAKE: &str = "fout-melden";

#[derive(Debug, Deserialize)]
struct Answer {
    about: About,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct About {
    version: String,
    licence: String,
    data_set: DataSet,
    known_gaps: Vec<Gap>,
}

#[derive(Debug, Deserialize)]
struct DataSet {
    title: Text,
    ledger: u64,
}

#[derive(Debug, Deserialize)]
struct Gap {
    text: Text,
}

#[derive(Debug, Deserialize)]
struct Versioned {
    about: Version,
}

#[derive(Debug, Deserialize)]
struct Version {
    version: String,
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let Answer { about } = serde_json::from_value(data)?;
    let language = page.language;
    let description = language.pick(
        "Deze monitor laat zien hoe ver het actieplan Samen tegen mensenhandel is: wat is gerapporteerd, sinds wanneer en volgens welke bron.",
        "This monitor shows how far the action plan Together against Human Trafficking is: what was reported, since when and according to which source.",
    );
    let content = html! {
        p.stm-lead { (description) }
        p.utrecht-paragraph {
            (language.pick("De gegevens: ", "The data: ")) (language.of(&about.data_set.title)) ". "
            a.utrecht-link href=(page.to("/bronnen")) { (language.pick("Alle bronnen", "All sources")) } "; "
            a.utrecht-link href=(page.to("/kwaliteit")) { (language.pick("kwaliteit van de gegevens", "quality of the data")) } "."
        }
        p.utrecht-paragraph {
            (language.pick(
                "Bezoekers krijgen geen cookies en worden niet gevolgd; deze site laadt niets van andere websites. Alleen wie zich bij de werkplek aanmeldt, krijgt een cookie, zolang de sessie duurt. Alles is ook zonder JavaScript te lezen, en op te vragen door programma’s: ",
                "Whoever reads here gets no cookies and is not followed; nothing is loaded from other websites. Only those who sign in at the workplace get a cookie, for as long as the session lasts. All of it can be read without JavaScript, and requested by programs: ",
            ))
            a.utrecht-link href=(language.pick("/docs", "/docs/en")) { (language.pick("voor programma’s", "for programs")) } "."
        }
        @if !about.known_gaps.is_empty() {
            (heading(language.pick("Wat deze monitor niet weet", "What this monitor does not know")))
            ul.utrecht-unordered-list {
                @for gap in &about.known_gaps { li.utrecht-unordered-list__item { (language.of(&gap.text)) } }
            }
        }
        p.stm-source {
            (language.pick("Versie ", "Version ")) (about.version)
            (language.pick("; licentie van het programma ", "; licence of the program ")) (about.licence)
            (language.pick("; stand van het grootboek ", "; state of the ledger ")) (about.data_set.ledger) "."
        }
    };
    Ok(Body {
        title: language
            .pick("Over deze site", "About this site")
            .to_owned(),
        description: description.to_owned(),
        content,
    })
}

/// Who publishes, whom to turn to, and how a mistake is reported; a part of the page about the site.
pub(crate) fn contact(language: Language, colophon: Colophon<'_>) -> Markup {
    let is_unknown = colophon.email.is_none() && colophon.telephone.is_none();
    html! {
        (heading(language.pick("Contact", "Contact")))
        ul.utrecht-unordered-list {
            @if let Some(publisher) = colophon.publisher {
                li.utrecht-unordered-list__item { (language.pick("Uitgever: ", "Publisher: ")) (publisher) }
            }
            @if let Some(email) = colophon.email {
                li.utrecht-unordered-list__item { (language.pick("E-mail: ", "E-mail: ")) a.utrecht-link href=(format!("mailto:{email}")) { (email) } }
            }
            @if let Some(telephone) = colophon.telephone {
                li.utrecht-unordered-list__item { (language.pick("Telefoon: ", "Telephone: ")) (telephone) }
            }
            @if is_unknown {
                li.utrecht-unordered-list__item { (language.pick("De beheerder heeft nog geen contactgegevens opgegeven.", "The operator has not given contact details yet.")) }
            }
            li.utrecht-unordered-list__item { (language.pick("Licentie van de gegevens: ", "Licence of the data: ")) (colophon.licence_code) }
        }
        h2.utrecht-heading-2 id=(MISTAKE) { (language.pick("Fout melden", "Report a mistake")) }
        p.utrecht-paragraph {
            (language.pick(
                "Klopt er iets niet? Noem het adres van de pagina, wat er staat en wat er volgens u moet staan, met de bron. Wat is gerapporteerd, wordt nooit overschreven: een verbetering komt ernaast te staan, met de reden.",
                "Is something wrong? Name the address of the page, what it says and what it should say, with the source. What was reported is never overwritten: a correction is put beside it, with its reason.",
            ))
        }
        p.utrecht-paragraph {
            (language.pick(
                "Meld hier geen signalen van mensenhandel en stuur geen gegevens over personen. Bij direct gevaar: bel 112.",
                "Do not report signals of human trafficking here and send no data about persons. In immediate danger: call 112.",
            ))
        }
    }
}

/// Where a mistake on the page at a path is reported: by e-mail where there is an address for it.
pub(crate) fn mistake(language: Language, path: &str, colophon: Colophon<'_>) -> String {
    let Some(email) = colophon.email else {
        return format!("{}#{MISTAKE}", language.address(ADDRESS));
    };
    let path = path.split('?').next().unwrap_or_default();
    let subject = format!(
        "{} {}{path}",
        language.pick("Fout op", "Mistake on"),
        colophon.address
    );
    format!("mailto:{email}?subject={}", address::encoded(&subject))
}

/// What our own tests of accessibility find, and what no test of a program can find.
pub(crate) fn accessibility(page: &Page, data: Value) -> Result<Body, Unmade> {
    let Versioned { about } = serde_json::from_value(data)?;
    let language = page.language;
    let title = language.pick("Hoe deze site is getoetst", "How this site was tested");
    let content = html! {
        p.stm-lead {
            (language.pick(
                "Dit is wat onze eigen toetsen vinden en wat zij niet kunnen vinden. Het is geen toegankelijkheidsverklaring; die van de organisatie staat onderaan elke pagina, als zij is opgegeven.",
                "This is what our own tests find and what they cannot find. It is no accessibility statement; that of the organisation is at the foot of every page, where it was given.",
            ))
        }
        (tested(language))
        (not_tested(language))
        p.stm-source { (language.pick("Versie van het programma: ", "Version of the program: ")) (about.version) "." }
    };
    Ok(Body {
        title: title.to_owned(),
        description: title.to_owned(),
        content,
    })
}

fn tested(language: Language) -> Markup {
    html! {
        (heading(language.pick("Wat bij elke uitgave wordt getoetst", "What is tested with every release")))
        ul.utrecht-unordered-list {
            li.utrecht-unordered-list__item {
                (language.pick(
                    "Van elke soort pagina, in het Nederlands en het Engels, op een breed en een smal scherm, licht en donker: geen bevinding van axe-core (WCAG 2.2, niveau A en AA).",
                    "Of each kind of page, in Dutch and English, on a wide and a narrow screen, light and dark: no finding of axe-core (WCAG 2.2, levels A and AA).",
                ))
            }
            li.utrecht-unordered-list__item {
                (language.pick(
                    "Geen pagina is breder dan het scherm, vraagt iets van een andere website, of meldt een fout in de browser.",
                    "No page is wider than the screen, requests anything from another website, or reports an error in the browser.",
                ))
            }
            li.utrecht-unordered-list__item {
                (language.pick(
                    "Met het toetsenbord is alles te bereiken en is te zien waar u bent; bij een vergroting tot 200% valt niets weg; kleuren zijn ook voor wie kleurenblind is uit elkaar te houden, en nergens zegt alleen een kleur iets.",
                    "Everything is reached by keyboard, with a focus that is seen; enlarged to 200% nothing is lost; colours differ for those who are colour-blind too, and nowhere does a colour alone say something.",
                ))
            }
            li.utrecht-unordered-list__item {
                (language.pick(
                    "Elke pagina is compleet zonder JavaScript; elk cijfer in een afbeelding staat ook als tekst op de pagina.",
                    "Every page is complete without JavaScript; every figure in a picture is on the page as text too.",
                ))
            }
        }
    }
}

fn not_tested(language: Language) -> Markup {
    html! {
        (heading(language.pick("Wat een programma niet kan vinden", "What a program cannot find")))
        ul.utrecht-unordered-list {
            li.utrecht-unordered-list__item {
                (language.pick(
                    "Of de teksten te begrijpen zijn, en of een omschrijving bij een afbeelding zegt wat ertoe doet.",
                    "Whether the texts can be understood, and whether a description of a picture says what matters.",
                ))
            }
            li.utrecht-unordered-list__item {
                (language.pick(
                    "Hoe de pagina’s klinken in een schermlezer, en of de volgorde voor een luisteraar logisch is.",
                    "How the pages sound in a screen reader, and whether their order makes sense to a listener.",
                ))
            }
            li.utrecht-unordered-list__item {
                (language.pick(
                    "Wat mensen met een beperking bij het gebruik tegenkomen: daarvoor is onderzoek met hen nodig, en een onafhankelijke toetsing.",
                    "What people with a disability meet in use: that takes research with them, and an independent audit.",
                ))
            }
        }
        (heading(language.pick("Wat wij weten en nog niet hebben opgelost", "What we know and is not solved yet")))
        ul.utrecht-unordered-list {
            li.utrecht-unordered-list__item {
                (language.pick(
                    "De vierkanten van de kaart zijn niet met het toetsenbord te bereiken; de tabel eronder noemt dezelfde gemeenten met dezelfde links.",
                    "The squares of the map cannot be reached by keyboard; the table below it names the same municipalities with the same links.",
                ))
            }
            li.utrecht-unordered-list__item {
                (language.pick(
                    "Teksten uit de bronnen staan er letterlijk en in het Nederlands, ook op Engelse pagina’s; zij zijn als Nederlands gemarkeerd.",
                    "Texts of the sources are verbatim and in Dutch, on English pages too; they are marked as Dutch.",
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_reported_by_mail_where_there_is_an_address() {
        let colophon = Colophon {
            is_demo: false,
            day: None,
            address: "https://example.nl",
            publisher: None,
            licence_code: "CC0-1.0",
            licence: None,
            accessibility: None,
            privacy: None,
            email: None,
            telephone: None,
        };
        let path = "/zoeken?q=naam";
        assert_eq!(
            mistake(Language::English, "/en/regios", colophon),
            "/en/over#fout-melden"
        );
        let colophon = Colophon {
            email: Some("monitor@example.nl"),
            ..colophon
        };
        assert_eq!(
            mistake(Language::Dutch, path, colophon),
            "mailto:monitor@example.nl?subject=Fout%20op%20https%3A%2F%2Fexample.nl%2Fzoeken"
        );
    }
}
