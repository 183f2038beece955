//! The forms by which somebody records who fills a function, or that nobody does: for a municipality
//! or for an area.
//!
//! What is recorded stands in a document, so a document comes first: one that was named before, or
//! one that is registered here.

use maud::{Markup, html};

use super::shape::{Assignment, Vacancy};
use crate::{
    Page, Visit, documents,
    form::{Form, Kind, Part},
};

/// The functions: the code, and what people call it.
const ROLES: [(&str, &str); 3] = [
    ("CHAIN_COORDINATOR", "Ketenregisseur"),
    ("CARE_COORDINATOR", "Zorgcoördinator"),
    ("DESIGNATED_OFFICER", "Aandachtsfunctionaris"),
];

/// What a document says of training and of hours.
const ANSWERS: [(&str, &str); 3] = [("YES", "Ja"), ("NO", "Nee"), ("UNKNOWN", "Onbekend")];

/// The field of the input with the municipality of which a function is.
pub(crate) const OF_MUNICIPALITY: &str = "place.municipality";
/// The field of the input with the area of which a function is.
pub(crate) const OF_AREA: &str = "place.area";

/// Every form about functions of a place.
pub(crate) fn forms(place: &'static str) -> Vec<Form> {
    vec![
        assigning(place),
        declaring(place),
        documents::registering(),
        withdrawing(place),
    ]
}

/// What every form about a function has: its key, whose it is, and what its writer saw of it.
fn about(place: &'static str) -> [Part; 3] {
    [
        Part::fixed("key"),
        Part::fixed(place),
        // None of what is recorded for the first time.
        Part::optional("expectedVersion", Kind::FixedNumber, ""),
    ]
}

fn assigning(place: &'static str) -> Form {
    Form {
        // What is emptied is not known any more; left out it would stay.
        emptied: &["from", "until", "trained", "enoughTime", "expectedVersion"],
        ..Form::new(
            "assignFunction",
            "Invulling vastleggen",
            "Wie de functie vervult, is vastgelegd.",
        )
        .with(about(place))
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

fn declaring(place: &'static str) -> Form {
    Form {
        emptied: &["until", "expectedVersion"],
        ..Form::new(
            "declareFunctionVacancy",
            "Vastleggen dat niemand de functie vervult",
            "Vastgelegd is dat niemand de functie vervult.",
        )
        .with(about(place))
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

fn withdrawing(place: &'static str) -> Form {
    Form::new(
        "withdrawFunctionVacancy",
        "Melding intrekken",
        "De melding dat niemand de functie vervult, is ingetrokken.",
    )
    .with(about(place))
    .with(documents::required())
}

/// What the forms are shown with.
pub(crate) struct Recorder<'a> {
    pub(crate) on: (&'a Page, &'a Visit<'a>),
    /// The field of the input with the place, and its code.
    pub(crate) place: (&'static str, &'a str),
    /// The documents that can be chosen.
    pub(crate) choices: Vec<(String, String)>,
    /// The key of the document that the address names; empty where it names none.
    pub(crate) chosen: &'a str,
}

impl Recorder<'_> {
    /// The form to change who fills a function.
    pub(crate) fn assignment(&self, one: &Assignment, role: &str) -> Markup {
        let ledger = one.ledger.to_string();
        let source = documents::given(one.source.as_ref());
        let fixed = [
            ("key", one.key.as_str()),
            self.place,
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
        let (place, _) = self.place;
        let form = assigning(place).fixing("role");
        html! {
            details open[self.is_tried(&form, &one.key)] {
                summary { "Wijzigen of beëindigen" }
                (self.form(form, &one.key, &fixed))
            }
        }
    }

    /// The forms to end a declaration that nobody fills a function, and to take it back.
    pub(crate) fn vacancy(&self, one: &Vacancy) -> Markup {
        let ledger = one.ledger.to_string();
        let source = documents::given(one.source.as_ref());
        let fixed = [
            ("key", one.key.as_str()),
            self.place,
            ("expectedVersion", ledger.as_str()),
            ("role", one.role.as_str()),
            ("from", one.from.as_deref().unwrap_or_default()),
            ("until", one.until.as_deref().unwrap_or_default()),
            ("text", one.text.as_deref().unwrap_or_default()),
            source[0],
            source[1],
        ];
        let (place, _) = self.place;
        let changing = declaring(place).fixing("role");
        let is_tried =
            self.is_tried(&changing, &one.key) || self.is_tried(&withdrawing(place), &one.key);
        html! {
            details open[is_tried] {
                summary { "Beëindigen of intrekken" }
                p.utrecht-paragraph { "Is de functie intussen ingevuld, geef dan de dag op vanaf wanneer." }
                (self.form(changing, &one.key, &fixed))
                p.utrecht-paragraph { "Klopte de melding nooit, trek haar dan in." }
                (self.form(withdrawing(place), &one.key, &fixed))
            }
        }
    }

    /// What is recorded for the first time: a document, and then what stands in it.
    pub(crate) fn first_time(&self) -> Markup {
        let (_, visit) = self.on;
        let (place, code) = self.place;
        let key = |what: &str| format!("{what}-{code}-{}", visit.key).to_lowercase();
        let (assignment, vacancy, document) = (key("functie"), key("vacature"), key("document"));
        let fixed = |key: &str| {
            [
                ("key", key.to_owned()),
                (place, code.to_owned()),
                ("source.document", self.chosen.to_owned()),
            ]
        };
        let register = documents::registering();
        let of_document = [
            ("key", document.as_str()),
            ("kind", "ADMINISTRATIVE_DECISION"),
        ];
        html! {
            p.utrecht-paragraph { "Wat u vastlegt, staat in een document, zoals een aanwijzingsbesluit. Leg eerst dat document vast; daarna legt u vast wie de functie vervult." }
            @if !self.choices.is_empty() {
                @for (form, key, summary) in [
                    (assigning(place), &assignment, "Wie een functie vervult"),
                    (declaring(place), &vacancy, "Dat niemand een functie vervult"),
                ] {
                    @let fixed = fixed(key);
                    @let fixed: Vec<(&str, &str)> = fixed.iter().map(|(path, value)| (*path, value.as_str())).collect();
                    details open[self.is_tried(&form, "") || (!self.chosen.is_empty() && key == &assignment)] {
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
