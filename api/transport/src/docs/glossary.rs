//! The glossary: every type of the contract and the values of its enums, each with its Dutch term,
//! read from the descriptions of the schema, which all end in `NL: <term>.`.
//!
//! It is too long for one page: the first shows where to begin, and a letter or a text shows the rest.

use std::{collections::BTreeSet, fmt::Write as _, sync::LazyLock};

use actix_web::web::Query;
use async_graphql::{
    Positioned,
    parser::types::{EnumValueDefinition, TypeDefinition, TypeKind},
};

use super::page::{Language, anchor, escaped, sentence, table};
use crate::schema;

/// Signs of a text to look for, at most.
const LONGEST: usize = 80;

/// Where a newcomer begins: a type of the schema, and what it is in Dutch.
const FIRST: [(&str, &str); 16] = [
    (
        "PlanVersion",
        "Een versie van het actieplan, zoals die van 2024.",
    ),
    (
        "ActionLine",
        "Een groep van acties met een eigen nummer, titel en doelen.",
    ),
    (
        "Action",
        "Een maatregel uit het plan. Het nummer geldt binnen één versie van het plan.",
    ),
    ("OperationalGoal", "Wat een actielijn wil bereiken."),
    (
        "MonitoringRound",
        "Een moment waarop van de acties de stand wordt gerapporteerd.",
    ),
    (
        "StatusReport",
        "De stand van één actie in één ronde: wat is gerapporteerd, niet wat het effect is.",
    ),
    (
        "BudgetLine",
        "Een bedrag uit de begroting, in hele euro’s, zoals de bron het vermeldt.",
    ),
    (
        "Partner",
        "Een organisatie die bij een actie is genoemd of er actiehouder van is.",
    ),
    (
        "Area",
        "Een gebied van gemeenten, zoals een veiligheidsregio.",
    ),
    (
        "Municipality",
        "Een gemeente, met de code die het CBS haar geeft.",
    ),
    (
        "PolicyDocument",
        "Een beleidsstuk van een gemeente of regio, met wanneer het is vastgesteld.",
    ),
    (
        "FrameworkEdition",
        "Een editie van het VNG-kader: een voorstel, vastgesteld of vervallen.",
    ),
    ("Criterion", "Eén eis uit het kader."),
    (
        "ReportingPeriod",
        "De tijd waarin gemeenten hun beoordeling indienen.",
    ),
    (
        "Verdict",
        "Of een gemeente aan het kader voldoet, met de gronden daarvan.",
    ),
    (
        "Publication",
        "Een vastgelegd overzicht, met bestanden die daarna niet meer veranderen.",
    ),
];

/// A term of the contract.
#[derive(Debug)]
struct Term {
    dutch: String,
    name: String,
    english: String,
    /// The values of a list of codes; none of any other type.
    values: Vec<Value>,
}

/// A value of a list of codes.
#[derive(Debug)]
struct Value {
    code: String,
    dutch: String,
    english: String,
}

/// What a reader of the glossary looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Terms that begin with a letter.
    Letter(char),
    /// Terms and codes in which a text stands.
    Text(String),
}

impl Wanted {
    /// What the parameters of an address name: `letter` or `q`; none of others.
    pub(super) fn of(query: &str) -> Option<Self> {
        let parameters = Query::<Vec<(String, String)>>::from_query(query).ok()?;
        let mut parameters = parameters.into_inner().into_iter();
        parameters.find_map(|(name, value)| match name.as_str() {
            "letter" => {
                let letter = value.chars().next()?.to_uppercase().next()?;
                letter.is_alphabetic().then_some(Self::Letter(letter))
            }
            "q" => {
                let text: String = value.trim().chars().take(LONGEST).collect();
                (!text.is_empty()).then_some(Self::Text(text))
            }
            _ => None,
        })
    }

    fn letter(&self) -> Option<char> {
        match self {
            Self::Letter(letter) => Some(*letter),
            Self::Text(_) => None,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Letter(_) => "",
            Self::Text(text) => text,
        }
    }
}

impl Term {
    fn of(definition: &TypeDefinition) -> Self {
        let (english, dutch) = described(definition);
        let values = match &definition.kind {
            TypeKind::Enum(kind) => kind.values.iter().map(Value::of).collect(),
            _ => Vec::new(),
        };
        Self {
            dutch,
            name: definition.name.node.to_string(),
            english,
            values,
        }
    }

    /// By what the term is sorted in a language.
    fn head(&self, language: Language) -> &str {
        language.pick((self.dutch.as_str(), self.name.as_str()))
    }

    fn letter(&self, language: Language) -> Option<char> {
        self.head(language).chars().next()?.to_uppercase().next()
    }

    fn is_wanted(&self, language: Language, wanted: &Wanted) -> bool {
        match wanted {
            Wanted::Letter(letter) => self.letter(language) == Some(*letter),
            Wanted::Text(text) => {
                let text = text.to_lowercase();
                let holds = |texts: [&str; 3]| {
                    let mut texts = texts.iter();
                    texts.any(|one| one.to_lowercase().contains(&text))
                };
                let mut values = self.values.iter();
                holds([&self.dutch, &self.name, &self.english])
                    || values.any(|value| holds([&value.dutch, &value.code, &value.english]))
            }
        }
    }
}

impl Value {
    fn of(value: &Positioned<EnumValueDefinition>) -> Self {
        let description = value.node.description.as_ref();
        let (english, dutch) = parted(description.map_or("", |text| text.node.as_str()));
        Self {
            code: value.node.value.node.to_string(),
            dutch,
            english,
        }
    }
}

/// All terms of the field. Scalars of the library are no terms of ours.
static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    let types = schema::types();
    let terms = types
        .iter()
        .filter(|definition| !is_plumbing(&definition.name.node))
        .filter(|definition| {
            let name = definition.name.node.as_str();
            !matches!(name, "Query" | "Mutation" | "Subscription")
        })
        .map(Term::of);
    terms.filter(|term| !term.dutch.is_empty()).collect()
});

/// An English sentence and the Dutch term at its end.
pub(super) fn parted(description: &str) -> (String, String) {
    let text = description.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.rsplit_once("NL: ") {
        Some((english, dutch)) => (
            english.trim().to_owned(),
            dutch.trim_end_matches('.').trim().to_owned(),
        ),
        None => (text, String::new()),
    }
}

fn described(definition: &TypeDefinition) -> (String, String) {
    let description = definition.description.as_ref();
    parted(description.map_or("", |text| text.node.as_str()))
}

/// What is of one mutation alone is told with it, and is no term of the field.
fn is_plumbing(name: &str) -> bool {
    [
        "Payload",
        "Input",
        "Error",
        "ErrorCode",
        "Connection",
        "Edge",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

/// The page on which a reader begins.
pub(super) fn page(language: Language) -> String {
    let mut page = language
        .pick((
            "<p>Elk begrip met de naam die het in de API heeft. Zoek een woord of een code, of kies een letter. De \
             omschrijvingen van alle begrippen komen uit het schema en zijn in het Engels; die hieronder zijn in het \
             Nederlands.</p>\n",
            "<p>Every term with its name in the API. Look for a word or a code, or choose a letter. The same \
             descriptions stand in the schema itself.</p>\n",
        ))
        .to_owned();
    write_search(&mut page, language, None);
    let rows = FIRST.iter().filter_map(|(name, dutch)| {
        let term = TERMS.iter().find(|term| term.name == *name)?;
        let text = language.pick((escaped(dutch), sentence(&term.english)));
        Some(row(language, term, text))
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let name = language.pick(("Om mee te beginnen", "To begin with"));
    page.push_str(&table(name, &heads(language), &rows));
    page
}

/// The page with what a reader looks for.
pub(super) fn found(language: Language, wanted: &Wanted) -> String {
    let mut terms: Vec<&Term> = TERMS
        .iter()
        .filter(|term| term.is_wanted(language, wanted))
        .collect();
    terms.sort_by_key(|term| term.head(language).to_lowercase());
    let mut page = String::new();
    write_search(&mut page, language, Some(wanted));
    let title = match wanted {
        Wanted::Letter(letter) => letter.to_string(),
        Wanted::Text(text) => {
            language.pick((format!("Gevonden: {text}"), format!("Found: {text}")))
        }
    };
    let _ = writeln!(page, "<h2>{}</h2>", escaped(&title));
    if terms.is_empty() {
        page.push_str(language.pick((
            "<p>Niets gevonden. Probeer een korter woord, of het Engelse.</p>\n",
            "<p>Nothing found. Try a shorter word, or the Dutch one.</p>\n",
        )));
        return page;
    }
    let rows: Vec<Vec<String>> = terms
        .iter()
        .map(|term| {
            let text = format!("<span lang=\"en\">{}</span>", sentence(&term.english));
            row(language, term, text)
        })
        .collect();
    let name = language.pick(("Begrippen", "Terms"));
    page.push_str(&table(name, &heads(language), &rows));
    for term in terms.iter().filter(|term| !term.values.is_empty()) {
        write_values(&mut page, language, term);
    }
    page
}

fn heads(language: Language) -> [&'static str; 3] {
    language.pick((
        ["Begrip", "In de API", "Omschrijving"],
        ["In the API", "Dutch term", "Description"],
    ))
}

fn row(language: Language, term: &Term, text: String) -> Vec<String> {
    let name = format!("<code>{}</code>", term.name);
    let dutch = escaped(&term.dutch);
    match language {
        Language::Dutch => vec![dutch, name, text],
        Language::English => vec![name, format!("<span lang=\"nl\">{dutch}</span>"), text],
    }
}

/// The field to look for a text, and the letters with which terms begin.
fn write_search(page: &mut String, language: Language, wanted: Option<&Wanted>) {
    let address = language.pick(("/docs/begrippen", "/docs/en/glossary"));
    let text = escaped(wanted.map_or("", Wanted::text)).replace('"', "&quot;");
    let _ = writeln!(
        page,
        "<form class=\"stm-search\" role=\"search\" action=\"{address}\">\n<label for=\"q\">{}</label>\n\
         <input id=\"q\" name=\"q\" type=\"search\" maxlength=\"{LONGEST}\" value=\"{text}\">\n\
         <button type=\"submit\">{}</button>\n</form>",
        language.pick(("Begrip of code", "Term or code")),
        language.pick(("Zoek", "Search")),
    );
    let letters: BTreeSet<char> = TERMS
        .iter()
        .filter_map(|term| term.letter(language))
        .filter(|letter| letter.is_alphabetic())
        .collect();
    let _ = writeln!(
        page,
        "<nav aria-label=\"{}\"><ul class=\"stm-menu\">",
        language.pick(("Letters van de begrippenlijst", "Letters of the glossary"))
    );
    let chosen = wanted.and_then(Wanted::letter);
    for letter in letters {
        let current = if chosen == Some(letter) {
            " aria-current=\"page\""
        } else {
            ""
        };
        let _ = writeln!(
            page,
            "<li><a href=\"{address}?letter={letter}\"{current}>{letter}</a></li>"
        );
    }
    page.push_str("</ul></nav>\n");
}

fn write_values(page: &mut String, language: Language, term: &Term) {
    let name = &term.name;
    let _ = writeln!(
        page,
        "<h3 id=\"{}\"><code>{name}</code>: {}</h3>",
        anchor(name),
        escaped(&term.dutch),
    );
    let rows: Vec<Vec<String>> = term
        .values
        .iter()
        .map(|value| {
            vec![
                format!("<code>{}</code>", value.code),
                format!("<span lang=\"nl\">{}</span>", escaped(&value.dutch)),
                format!("<span lang=\"en\">{}</span>", sentence(&value.english)),
            ]
        })
        .collect();
    let heads = language.pick((
        ["Code", "Betekenis", "In het Engels"],
        ["Code", "Dutch term", "Meaning"],
    ));
    let caption = language.pick((format!("Codes van {name}"), format!("Codes of {name}")));
    page.push_str(&table(&caption, &heads, &rows));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dutch_term_stands_at_the_end() {
        assert_eq!(
            parted("A municipality.\nNot its people. NL: gemeente."),
            (
                "A municipality. Not its people.".to_owned(),
                "gemeente".to_owned()
            )
        );
    }

    #[test]
    fn an_address_names_a_letter_or_a_text() {
        assert_eq!(Wanted::of("letter=v"), Some(Wanted::Letter('V')));
        let text = Wanted::Text("wie & wat".to_owned());
        assert_eq!(Wanted::of("q=+wie+%26+wat"), Some(text));
        for nothing in ["", "q=", "letter=", "letter=1", "other=a"] {
            assert_eq!(Wanted::of(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn where_a_newcomer_begins_is_in_the_schema() {
        for (name, _) in FIRST {
            assert!(TERMS.iter().any(|term| term.name == name), "{name}");
            let row = format!("<td><code>{name}</code></td>");
            assert!(page(Language::Dutch).contains(&row), "{name}");
        }
    }

    #[test]
    fn a_letter_and_a_text_find_terms_with_their_codes() {
        let by_letter = found(Language::English, &Wanted::Letter('V'));
        assert!(by_letter.contains("<code>VerdictStatus</code>"));
        assert!(!by_letter.contains("<code>ActionStatus</code>"));
        let by_text = found(Language::Dutch, &Wanted::Text("not_compliant".to_owned()));
        assert!(by_text.contains("id=\"verdictstatus\""), "{by_text}");
        assert!(by_text.contains("<code>PARTLY_COMPLIANT</code>"));
        let nothing = found(Language::Dutch, &Wanted::Text("<b>\"x".to_owned()));
        assert!(nothing.contains("value=\"&lt;b&gt;&quot;x\""), "{nothing}");
        assert!(
            nothing.contains("<h2>Gevonden: &lt;b&gt;\"x</h2>"),
            "{nothing}"
        );
        assert!(nothing.contains("<p>Niets gevonden."));
    }
}
