//! Who fills each function in a municipality, an organisation or a team and never a person, and
//! which of them nobody fills.
//!
//! What is recorded stands in a document, so a document comes first: one that the municipality named
//! before, or one that is registered here.

mod shape;

use maud::{Markup, html};
use serde_json::{Map, Value};

use self::shape::{Answer, Assignment, Function, Vacancy};
use crate::{
    Page, Unmade, Visit, documents,
    form::{Form, Kind, Part},
    frame::Body,
    view,
};

/// The functions: the code, and what people call it.
const ROLES: [(&str, &str); 3] = [
    ("CHAIN_COORDINATOR", "Ketenregisseur"),
    ("CARE_COORDINATOR", "Zorgcoördinator"),
    ("DESIGNATED_OFFICER", "Aandachtsfunctionaris"),
];

/// What a document says of training and of hours.
const ANSWERS: [(&str, &str); 3] = [("YES", "Ja"), ("NO", "Nee"), ("UNKNOWN", "Onbekend")];

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../documents/functions.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || {
            vec![
                assigning(),
                declaring(),
                documents::registering(),
                withdrawing(),
            ]
        },
        layout: body,
    }
}

/// What every form about a function has: its key, whose it is, and what its writer saw of it.
fn about() -> [Part; 3] {
    [
        Part::fixed("key"),
        Part::fixed("place.municipality"),
        // None of what is recorded for the first time.
        Part::optional("expectedVersion", Kind::FixedNumber, ""),
    ]
}

fn assigning() -> Form {
    Form {
        // What is emptied is not known any more; left out it would stay.
        complete: |_, input| {
            for emptied in ["from", "until", "trained", "enoughTime", "expectedVersion"] {
                input.entry(emptied).or_insert(Value::Null);
            }
        },
        ..Form::new(
            "assignFunction",
            "Invulling vastleggen",
            "Wie de functie vervult, is vastgelegd.",
        )
        .with(about())
        .with([
            Part::required("role", Kind::Choice(&ROLES), "Functie"),
            Part::required("organisation", Kind::Line, "Organisatie of team")
                .hinted("Bijvoorbeeld: Team Veiligheid. Noem nooit een persoon."),
            Part::optional("from", Kind::Day, "Vanaf"),
            Part::optional("until", Kind::Day, "Tot")
                .hinted("De eerste dag waarop het niet meer zo is. Leeg: zonder einde."),
            Part::optional("trained", Kind::Choice(&ANSWERS), "Getraind"),
            Part::optional("enoughTime", Kind::Choice(&ANSWERS), "Voldoende uren"),
            Part::required("text", Kind::Text, "Wat het document zegt")
                .hinted("Schrijf niet over personen."),
        ])
        .with(documents::required())
    }
}

fn declaring() -> Form {
    Form {
        complete: |_, input| {
            for emptied in ["until", "expectedVersion"] {
                input.entry(emptied).or_insert(Value::Null);
            }
        },
        ..Form::new(
            "declareFunctionVacancy",
            "Vastleggen dat niemand de functie vervult",
            "Vastgelegd is dat niemand de functie vervult.",
        )
        .with(about())
        .with([
            Part::required("role", Kind::Choice(&ROLES), "Functie"),
            Part::required("from", Kind::Day, "Sinds"),
            Part::optional("until", Kind::Day, "Tot")
                .hinted("De eerste dag waarop de functie weer is ingevuld. Leeg: zonder einde."),
            Part::required("text", Kind::Text, "Wat het document zegt")
                .hinted("Schrijf niet over personen."),
        ])
        .with(documents::required())
    }
}

fn withdrawing() -> Form {
    Form::new(
        "withdrawFunctionVacancy",
        "Melding intrekken",
        "De melding dat niemand de functie vervult, is ingetrokken.",
    )
    .with(about())
    .with(documents::required())
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let code = page.variable("municipality");
    let one = answer.municipality.as_ref().ok_or(Unmade::NotThere)?;
    let mut own = answer.viewer.acts_for.iter();
    if !own.any(|own| own.code == code) {
        return Err(Unmade::NotThere);
    }
    let shown = Shown {
        on: (page, visit),
        answer: &answer,
        code,
        choices: documents::choices(answer.documents(code)),
    };
    let content = html! {
        p.utrecht-paragraph {
            "Hier staat wie de functies vandaag vervult. Wat later ingaat, staat hier vanaf die dag. Alles op deze pagina is openbaar."
        }
        @for function in answer.functions.iter().flat_map(|all| &all.nodes) { (shown.function(function)) }
        h2.utrecht-heading-2 { "Vastleggen" }
        (shown.first_time())
    };
    Ok(Body {
        title: format!("Functies van {}", one.name),
        content,
    })
}

/// What the functions are shown with.
struct Shown<'a> {
    on: (&'a Page, &'a Visit<'a>),
    answer: &'a Answer,
    code: &'a str,
    choices: Vec<(String, String)>,
}

impl Shown<'_> {
    fn function(&self, function: &Function) -> Markup {
        let assignments: Vec<&Assignment> = function.assignments_of(self.code).collect();
        let vacancies = self.answer.vacancies_of(self.code);
        let vacancies: Vec<&Vacancy> = vacancies
            .filter(|vacancy| vacancy.role == function.code)
            .collect();
        let regional: Vec<&str> = self.answer.regional(&function.code).collect();
        let region = self.answer.region_name();
        html! {
            section aria-labelledby={ (function.code) "-titel" } {
                h2.utrecht-heading-2 id={ (function.code) "-titel" } { (function.title.nl) }
                details { summary { "Wat deze functie doet" } p.utrecht-paragraph { (function.does.nl) } }
                @if assignments.is_empty() && vacancies.is_empty() {
                    p.utrecht-paragraph { "Van uw gemeente is niet bekend wie deze functie vervult." }
                }
                @for one in assignments { (self.assignment(one, &function.code)) }
                @for one in vacancies { (self.vacancy(one)) }
                @for organisation in regional {
                    p.utrecht-paragraph { "In de regio " (region) ": " (organisation) "." }
                }
            }
        }
    }

    fn assignment(&self, one: &Assignment, role: &str) -> Markup {
        let lists = &self.answer.code_lists;
        let ledger = one.ledger.to_string();
        let source = documents::given(one.source.as_ref());
        let fixed = [
            ("key", one.key.as_str()),
            ("place.municipality", self.code),
            ("expectedVersion", ledger.as_str()),
            ("role", role),
            ("organisation", one.organisation.as_str()),
            ("from", one.from.as_deref().unwrap_or_default()),
            ("until", one.until.as_deref().unwrap_or_default()),
            ("trained", one.trained.as_str()),
            ("enoughTime", one.enough_time.as_str()),
            ("text", one.text.as_deref().unwrap_or_default()),
            source[0],
            source[1],
        ];
        let form = assigning().fixing("role");
        html! {
            div id=(one.key) {
                p.utrecht-paragraph {
                    strong { (one.organisation) }
                    (period(one.from.as_deref(), one.until.as_deref()))
                    "; getraind: " (view::label(lists, &one.trained).to_lowercase())
                    "; voldoende uren: " (view::label(lists, &one.enough_time).to_lowercase()) "."
                    @if let Some(text) = &one.text { " " (text) }
                }
                details open[self.is_tried(&form, &one.key)] {
                    summary { "Wijzigen of beëindigen" }
                    (self.form(form, &one.key, &fixed))
                }
            }
        }
    }

    fn vacancy(&self, one: &Vacancy) -> Markup {
        let ledger = one.ledger.to_string();
        let source = documents::given(one.source.as_ref());
        let fixed = [
            ("key", one.key.as_str()),
            ("place.municipality", self.code),
            ("expectedVersion", ledger.as_str()),
            ("role", one.role.as_str()),
            ("from", one.from.as_deref().unwrap_or_default()),
            ("until", one.until.as_deref().unwrap_or_default()),
            ("text", one.text.as_deref().unwrap_or_default()),
            source[0],
            source[1],
        ];
        let changing = declaring().fixing("role");
        let is_tried =
            self.is_tried(&changing, &one.key) || self.is_tried(&withdrawing(), &one.key);
        html! {
            div id=(one.key) {
                p.utrecht-paragraph {
                    strong { "Niemand vervult deze functie" }
                    (period(one.from.as_deref(), one.until.as_deref())) "."
                    @if let Some(text) = &one.text { " " (text) }
                }
                details open[is_tried] {
                    summary { "Beëindigen of intrekken" }
                    p.utrecht-paragraph { "Is de functie intussen ingevuld, geef dan de dag op vanaf wanneer." }
                    (self.form(changing, &one.key, &fixed))
                    p.utrecht-paragraph { "Klopte de melding nooit, trek haar dan in." }
                    (self.form(withdrawing(), &one.key, &fixed))
                }
            }
        }
    }

    /// What is recorded for the first time: a document, and then what stands in it.
    fn first_time(&self) -> Markup {
        let (_, visit) = self.on;
        let key = |what: &str| format!("{what}-{}-{}", self.code, visit.key).to_lowercase();
        let (assignment, vacancy, document) = (key("functie"), key("vacature"), key("document"));
        let chosen = self.answer.source_document.as_ref();
        let chosen = chosen.map_or("", |document| document.key.as_str());
        let fixed = |key: &str| {
            let own = self.code;
            [
                ("key", key.to_owned()),
                ("place.municipality", own.to_owned()),
                ("source.document", chosen.to_owned()),
            ]
        };
        let register = documents::registering();
        let of_document = [
            ("key", document.as_str()),
            ("kind", "ADMINISTRATIVE_DECISION"),
        ];
        html! {
            p.utrecht-paragraph { "Wat u vastlegt, staat in een document, zoals een aanwijzingsbesluit." }
            @if !self.choices.is_empty() {
                @for (form, key, summary) in [
                    (assigning(), &assignment, "Wie een functie vervult"),
                    (declaring(), &vacancy, "Dat niemand een functie vervult"),
                ] {
                    @let fixed = fixed(key);
                    @let fixed: Vec<(&str, &str)> = fixed.iter().map(|(path, value)| (*path, value.as_str())).collect();
                    details open[self.is_tried(&form, "") || (!chosen.is_empty() && key == &assignment)] {
                        summary { (summary) }
                        (self.form(form, "", &fixed))
                    }
                }
            }
            details open[self.is_tried(&register, "") || self.choices.is_empty()] {
                summary { "Een document vastleggen" }
                (register.view(self.on, "", &of_document, &html! {}))
            }
        }
    }

    fn is_tried(&self, form: &Form, about: &str) -> bool {
        let (_, visit) = self.on;
        let id = form.id(about);
        visit.attempt.is_some_and(|attempt| attempt.form == id)
    }

    /// A form with the documents to choose from.
    fn form(&self, form: Form, about: &str, fixed: &[(&str, &str)]) -> Markup {
        let form = form.choosing("source.document", self.choices.clone());
        form.view(self.on, about, fixed, &html! {})
    }
}

/// From when and until when, behind what it is of.
fn period(from: Option<&str>, until: Option<&str>) -> String {
    let from = from.map(|day| format!(", vanaf {}", view::day(day)));
    let until = until.map(|day| format!(", tot {}", view::day(day)));
    [from, until].into_iter().flatten().collect()
}
