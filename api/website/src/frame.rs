//! The frame of every page: what stands above and below what it is about.

use maud::{DOCTYPE, Markup, html};

use crate::{
    Colophon, Language, Notice, Page, SHARE_ADDRESS, STYLE_ADDRESS, about, alternates, dataset,
    picture, search,
};

/// What a page is about.
pub(crate) struct Body {
    pub(crate) title: String,
    /// What a search engine shows.
    pub(crate) description: String,
    pub(crate) content: Markup,
}

/// The pages of the menu: the address, in Dutch, in English.
const MENU: [(&str, &str, &str); 10] = [
    ("/", "Voortgang", "Progress"),
    ("/doelen", "Doelen", "Goals"),
    ("/begroting", "Begroting", "Budget"),
    ("/partners", "Wie doet wat", "Who does what"),
    ("/regios", "Regio’s", "Regions"),
    ("/kader", "Kader", "Framework"),
    ("/publicaties", "Publicaties", "Publications"),
    ("/kwaliteit", "Kwaliteit", "Quality"),
    ("/bronnen", "Bronnen", "Sources"),
    ("/docs", "Voor programma’s", "For programs"),
];

const NAME: (&str, &str) = (
    "Samen tegen mensenhandel: monitor",
    "Together against Human Trafficking: monitor",
);

/// What the head of a page tells of it.
pub(crate) struct Head<'a> {
    pub(crate) language: Language,
    /// Where it is in Dutch.
    pub(crate) dutch: &'a str,
    /// Where it is in English.
    pub(crate) english: &'a str,
    /// The entry of the menu to which it belongs, by its Dutch address.
    pub(crate) entry: &'a str,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
}

impl Head<'_> {
    /// Where the page is in a language.
    fn address(&self, language: Language) -> &str {
        language.pick(self.dutch, self.english)
    }
}

/// A whole page.
pub(crate) fn lay_out(page: &Page, body: &Body, colophon: Colophon<'_>) -> String {
    let content = html! {
        h1.utrecht-heading-1 { (body.title) }
        (body.content)
        @if page.address == about::ADDRESS { (about::contact(page.language, colophon)) }
        @if let Some(feed) = alternates::feed_of(&page.address) {
            p.stm-source {
                a.utrecht-link href=(page.to(&feed)) { (page.language.pick("Wijzigingen volgen (Atom)", "Follow changes (Atom)")) }
            }
        }
        (query(page))
        @if page.address == "/" {
            (dataset::json_ld(page.language, (page.language.pick(NAME.0, NAME.1), &body.description), colophon))
        }
    };
    let head = Head {
        language: page.language,
        dutch: &page.address,
        english: &Language::English.address(&page.address),
        entry: page.address.split('?').next().unwrap_or_default(),
        title: &body.title,
        description: &body.description,
    };
    document(&head, &content, colophon)
}

/// The page that says why none is shown.
pub(crate) fn notice(notice: Notice, language: Language, colophon: Colophon<'_>) -> String {
    let (title, text) = reason(notice, language);
    let content = html! {
        h1.utrecht-heading-1 { (title) }
        p.utrecht-paragraph {
            (text) " "
            a.utrecht-link href=(language.address("/")) { (language.pick("Naar de voortgang", "To the progress")) } "."
        }
    };
    let head = Head {
        language,
        dutch: "/",
        english: "/en",
        entry: "",
        title,
        description: title,
    };
    document(&head, &content, colophon)
}

/// Why no page is shown: in two words, and in a sentence.
fn reason(notice: Notice, language: Language) -> (&'static str, &'static str) {
    match notice {
        Notice::NotFound => (
            language.pick("Niet gevonden", "Not found"),
            language.pick(
                "Op dit adres staat niets, of niets dat openbaar is.",
                "There is nothing at this address, or nothing that is public.",
            ),
        ),
        Notice::NothingToSearch => (
            language.pick("Geen woord om op te zoeken", "No word to look for"),
            language.pick(
                "Geef ten minste één heel woord. Leestekens, losse letters en woorden als “de” en “van” tellen niet.",
                "Give at least one whole word. Punctuation, single letters and words like “de” and “the” do not count.",
            ),
        ),
        Notice::TooOften => (
            language.pick("Te vaak gevraagd", "Too many requests"),
            language.pick(
                "Vanaf dit internetadres is in korte tijd te veel gevraagd. Probeer het over een minuut opnieuw.",
                "Too much was requested from this internet address in a short time. Try again in a minute.",
            ),
        ),
        Notice::Unavailable => (
            language.pick("Even niet bereikbaar", "Not available now"),
            language.pick(
                "De gegevens zijn nu niet te lezen. Probeer het over een minuut opnieuw.",
                "The data cannot be read now. Try again in a minute.",
            ),
        ),
    }
}

/// Everything around what a page is about.
pub(crate) fn document(head: &Head<'_>, content: &Markup, colophon: Colophon<'_>) -> String {
    let Head {
        language,
        title,
        description,
        ..
    } = *head;
    let name = language.pick(NAME.0, NAME.1);
    let other = language.other();
    let absolute = |language: Language| format!("{}{}", colophon.address, head.address(language));
    let markup = html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="description" content=(description);
                title { (title) " · " (name) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(STYLE_ADDRESS.as_str());
                link rel="canonical" href=(absolute(language));
                @for one in [language, other] {
                    link rel="alternate" hreflang=(one.tag()) href=(absolute(one));
                }
                @if let Some(feed) = alternates::feed_of(head.dutch) {
                    link rel="alternate" type="application/atom+xml" title=(language.pick("Wijzigingen", "Changes")) href=(language.address(&feed));
                }
                @for (kind, address) in alternates::tables_of(head.dutch) { link rel="alternate" type=(kind) href=(address); }
                meta property="og:type" content="website";
                meta property="og:title" content=(title);
                meta property="og:description" content=(description);
                meta property="og:url" content=(absolute(language));
                meta property="og:site_name" content=(name);
                meta property="og:image" content=(format!("{}{}", colophon.address, SHARE_ADDRESS.as_str()));
                meta property="og:image:width" content="1200";
                meta property="og:image:height" content="630";
                meta property="og:image:alt" content=(name);
                meta property="og:locale" content=(language.pick("nl_NL", "en_GB"));
            }
            body.utrecht-document {
                a.utrecht-skip-link."utrecht-skip-link--visible-on-focus".stm-skip href="#inhoud" {
                    (language.pick("Naar de inhoud", "Skip to content"))
                }
                header.stm-header {
                    @if colophon.is_demo {
                        p.stm-demo role="note" {
                            strong { "DEMO" }
                            (language.pick(": alles over gemeenten is hier verzonnen.", ": everything about municipalities is invented here."))
                        }
                    }
                    div.stm-frame {
                        a.stm-title href=(language.address("/")) { (name) }
                        a href=(head.address(other)) lang=(other.tag()) hreflang=(other.tag()) {
                            (other.pick("Nederlands", "English"))
                        }
                        @if !head.dutch.starts_with(search::ADDRESS) { (search::form(language, "")) }
                        nav aria-label=(language.pick("Hoofdmenu", "Main menu")) { (menu(language, head.entry)) }
                    }
                }
                (picture::patterns())
                main.stm-frame id="inhoud" { (content) }
                footer.stm-footer { div.stm-frame { (footer(language, head.address(language), colophon)) } }
            }
        }
    };
    markup.into_string()
}

fn menu(language: Language, current: &str) -> Markup {
    html! {
        ul.stm-menu {
            @for (address, dutch, english) in MENU {
                @let href = if address == "/docs" { language.pick("/docs", "/docs/en").to_owned() } else { language.address(address) };
                li { a href=(href) aria-current=[(address == current).then_some("page")] { (language.pick(dutch, english)) } }
            }
        }
    }
}

/// The query of which a page is made, so that whoever builds a page of their own sees how.
fn query(page: &Page) -> Markup {
    let variables = serde_json::Value::Object(page.variables.clone());
    html! {
        details.stm-query {
            summary { (page.language.pick("Toon de query achter deze pagina", "Show the query behind this page")) }
            p.utrecht-paragraph {
                (page.language.pick("Stel deze vraag zelf in de ", "Send this query yourself in the "))
                a.utrecht-link href=(page.language.pick("/explorer", "/explorer?language=en")) { (page.language.pick("verkenner", "explorer")) } ". "
                (page.language.pick("Variabelen: ", "Variables: ")) code { (variables) }
            }
            pre.stm-scroll tabindex="0" { code { (page.document) } }
        }
    }
}

fn footer(language: Language, path: &str, colophon: Colophon<'_>) -> Markup {
    let statement = language.address("/toegankelijkheid");
    html! {
        p {
            (language.pick(
                "Een stand is wat is gerapporteerd, en zegt niets over het effect. Bezoekers krijgen geen cookies en worden niet gevolgd.",
                "A status is what was reported, and says nothing of the effect. Visitors get no cookies and are not followed.",
            ))
        }
        ul.stm-menu {
            li { a.utrecht-link href=(language.address("/over")) { (language.pick("Over deze site en contact", "About this site and contact")) } }
            li { a.utrecht-link href=(about::mistake(language, path, colophon)) { (language.pick("Fout melden", "Report a mistake")) } }
            li { a.utrecht-link href=(language.address("/ontvangstbewijs")) { (language.pick("Ontvangstbewijs controleren", "Check a receipt")) } }
            @if let Some(address) = colophon.accessibility {
                li { a.utrecht-link href=(address) { (language.pick("Toegankelijkheidsverklaring", "Accessibility statement")) } }
            }
            li { a.utrecht-link href=(statement) { (language.pick("Hoe deze site is getoetst", "How this site was tested")) } }
            @if let Some(address) = colophon.privacy {
                li { a.utrecht-link href=(address) { (language.pick("Privacyverklaring", "Privacy statement")) } }
            }
            li { a.utrecht-link href=(language.pick("/explorer", "/explorer?language=en")) { (language.pick("Verkenner", "Explorer")) } }
            li { a.utrecht-link href="/werkplek" { (language.pick("Werkplek", "Workplace (in Dutch)")) } }
            li { a.utrecht-link href="/assets/LICENSES.txt" { (language.pick("Licenties", "Licences")) } }
        }
    }
}
