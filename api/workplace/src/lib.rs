//! Pages for officers who are signed in: their tasks, the assessment of a municipality, and what is
//! done with it, in Dutch.
//!
//! A page is an answer of the API to one document, laid out, and a form on it is one mutation: so
//! nobody reads or changes here what they could not with the API, and the same policy decides. This
//! crate knows no HTTP and no session. [`find`] gives the document behind an address,
//! [`Page::lay_out`] makes HTML of what the service answers to whoever is signed in, and
//! [`Page::form`] says which mutation a form is and what its values become.
//!
//! Everything works without a script: what a form sends is answered by an address to go on with, or
//! by the same page with every mistake at its field, and what was typed still there.

mod action;
mod address;
mod ahead;
mod answers;
mod assessment;
mod consultation;
mod correction;
mod decision;
mod documents;
mod edition;
mod edition_book;
mod editions;
mod entrance;
mod evidence;
mod filling;
mod fillings;
mod form;
mod frame;
mod functions;
mod given;
mod home;
mod mailbox;
mod mandates;
mod narrow;
mod office;
mod on_behalf;
mod periods;
mod policy;
mod print;
mod publication;
mod publications;
mod queue;
mod region;
mod regional_review;
mod regional_reviews;
mod reminders;
mod responses;
mod review;
mod round;
mod round_sheet;
mod rounds;
mod row;
mod sheet;
mod table;
mod typed;
mod upload;
mod version;
mod view;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use self::frame::Body;
pub use self::{
    address::{find, is_place, place_of, within_address},
    ahead::Ahead,
    entrance::{Door, Entrance, Outside, Trial},
    form::{Form, Given},
    sheet::{FILE, IMPORT, Read, SheetPage, TRIAL},
    upload::{FileKind, Outcome, Upload, find_upload},
};

/// The first page.
pub const HOME: &str = "/werkplek";
/// The page to sign in at.
pub const ENTRANCE: &str = "/werkplek/aanmelden";
/// Sends a browser to an issuer.
pub const SIGN_IN: &str = "/werkplek/aanmelden/begin";
/// Where a browser comes back from an issuer.
pub const RETURN: &str = "/werkplek/aanmelden/terug";
/// Signs in as a role to try the service out, where it is not production.
pub const TRY_OUT: &str = "/werkplek/aanmelden/uitproberen";
/// Ends the session.
pub const SIGN_OUT: &str = "/werkplek/afmelden";

/// Behind the address of an assessment: its sheet, to fetch and to send back.
pub const SHEET_UPLOAD: &str = "/blad";

/// The field of a form that proves that it was sent from a page of this session.
pub const TOKEN: &str = "_token";
/// The field that says which form it is.
pub const FORM: &str = "_formulier";
/// The field with the key under which nothing happens twice.
pub const KEY: &str = "_sleutel";
/// The parameter of an address that says what was just done.
pub const DONE: &str = "gedaan";

/// Why a page cannot be made of an answer.
#[derive(Debug, thiserror::Error)]
pub enum Unmade {
    /// What the page is about is not there, or not for whoever asks.
    #[error("it is not there")]
    NotThere,
    /// The answer has another shape than the document asks for.
    #[error("the answer has another shape: {0}")]
    Shape(#[from] serde_json::Error),
}

/// Something that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The code, as the API gives it; none of what was noticed before it was called.
    pub code: Option<String>,
    /// The id of the field on the page; none where it is of no field there.
    pub field: Option<String>,
    /// What is wrong, in Dutch.
    pub text: String,
}

impl Mistake {
    /// Something that belongs to no field.
    #[must_use]
    pub fn of_no_field(text: String) -> Self {
        Self {
            code: None,
            field: None,
            text,
        }
    }
}

/// A form that was sent and refused, or that looks ahead.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Which form on the page.
    pub form: String,
    /// What was sent.
    pub given: Given,
    /// What was typed, as the form shows it: each label and what stands there.
    pub typed: Vec<(String, String)>,
    /// Why it was refused; empty where it looks ahead.
    pub mistakes: Vec<Mistake>,
    /// What it would do, as its query answered; none where it was sent to do it.
    pub ahead: Option<Value>,
}

impl Attempt {
    /// A form on a page that was sent.
    #[must_use]
    pub fn of(page: &Page, given: Given, mistakes: Vec<Mistake>) -> Self {
        Self {
            form: given.value(FORM).unwrap_or_default().to_owned(),
            typed: page.typed(&given),
            given,
            mistakes,
            ahead: None,
        }
    }
}

/// Who looks at a page, and what came before.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The code of the role.
    pub role_code: &'a str,
    /// The role in words.
    pub role: &'a str,
    /// The organisation, by its code; none where the role says it.
    pub organisation: Option<&'a str>,
    /// What stands in every form.
    pub form_token: &'a str,
    /// A key that no other page has, for the forms on this one.
    pub key: &'a str,
    /// When the session ends at the latest.
    pub until: Option<DateTime<Utc>>,
    /// Whether all about municipalities is invented.
    pub is_demo: bool,
    /// What was just done, in words.
    pub done: Option<&'a str>,
    /// What was sent and refused.
    pub attempt: Option<&'a Attempt>,
    /// What came of a file that was sent, to look at or with mistakes.
    pub outcome: Option<&'a Outcome>,
}

impl Visit<'_> {
    /// Whether this form about this was sent and is shown again: then it is not folded away.
    pub(crate) fn tries(&self, form: &Form, about: &str) -> bool {
        let id = form.id(about);
        self.attempt.is_some_and(|attempt| attempt.form == id)
    }
}

/// A page of the workplace.
#[derive(Debug, Clone)]
pub struct Page {
    /// The GraphQL document behind it.
    pub document: &'static str,
    /// The variables of that document.
    pub variables: Map<String, Value>,
    /// Where it is, from the root.
    pub path: String,
    forms: fn() -> Vec<Form>,
    layout: fn(&Page, Value, &Visit<'_>) -> Result<Body, Unmade>,
}

impl Page {
    /// The whole text, of the `data` of the answer to its document.
    ///
    /// # Errors
    /// When what it is about is not there, or when the answer is not of its document.
    pub fn lay_out(&self, data: Value, visit: &Visit<'_>) -> Result<String, Unmade> {
        let name = data["viewer"]["organisation"]["name"]["nl"].as_str();
        let name = name.map(str::to_owned);
        let body = (self.layout)(self, data, visit)?;
        Ok(frame::lay_out_for(&body, visit, name.as_deref()))
    }

    /// The form of this mutation on the page.
    #[must_use]
    pub fn form(&self, mutation: &str) -> Option<Form> {
        (self.forms)()
            .into_iter()
            .find(|form| form.mutation == mutation)
    }

    /// The page that a form leads on to once it was accepted; none where that is this page.
    #[must_use]
    pub fn leads_to(&self, given: &Given) -> Option<String> {
        let form = self.sent(given)?;
        (form.leads_to)(self, given)
    }

    /// What was typed into a form of the page, as it shows it: each label and what stands there. Of a
    /// form that the page does not have, each field.
    #[must_use]
    pub fn typed(&self, given: &Given) -> Vec<(String, String)> {
        let form = self.sent(given);
        form.map_or_else(|| given.by_name(), |form| form.typed(given))
    }

    /// The form of the page that was sent.
    fn sent(&self, given: &Given) -> Option<Form> {
        self.form(given.value(FORM)?.split('-').next()?)
    }

    fn variable(&self, name: &str) -> &str {
        self.variables
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

/// Why nothing can be shown to somebody who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// There is nothing, or nothing for this role.
    NotFound,
    /// The database cannot be asked now; what was sent is not kept.
    Unavailable,
    /// More than the service takes in was sent.
    TooLarge,
    /// More was sent in a minute than is taken in of one person.
    TooOften,
}

impl Notice {
    /// The page with what was typed, so that it is not lost.
    fn body(self, typed: &[(String, String)]) -> Body {
        let (title, text) = match self {
            Self::NotFound => (
                "Niet gevonden",
                "Op dit adres staat niets, of niets voor uw rol.",
            ),
            Self::Unavailable => (
                "Even niet bereikbaar",
                "De gegevens zijn nu niet te lezen of te bewaren. Probeer het over een minuut opnieuw.",
            ),
            Self::TooLarge => (
                "Te groot",
                "Dit is meer dan de dienst aanneemt: een bestand mag tot 2 MB zijn. Er is niets opgeslagen, ook niet wat u ernaast invulde. Ga met uw browser een pagina terug: meestal staat dat er nog.",
            ),
            Self::TooOften => (
                "Te vaak gevraagd",
                "U stuurde in korte tijd te veel aanvragen. Probeer het over een minuut opnieuw.",
            ),
        };
        Body {
            title: title.to_owned(),
            content: maud::html! { p.utrecht-paragraph { (text) } (view::typed(typed)) },
        }
    }
}

/// The page that says why, with what was typed.
#[must_use]
pub fn notice(notice: Notice, visit: &Visit<'_>) -> String {
    // Beside mistakes the frame shows it, as the form is not here.
    let typed = visit.attempt.filter(|attempt| attempt.mistakes.is_empty());
    let typed = typed.map(|attempt| attempt.typed.as_slice());
    frame::lay_out(&notice.body(typed.unwrap_or_default()), visit)
}

/// The same, where nobody knows yet who asks.
#[must_use]
pub fn outside(notice: Notice, typed: &[(String, String)], is_demo: bool) -> String {
    frame::lay_out_outside(&notice.body(typed), is_demo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_shown_once_beside_why_it_is_not_kept() {
        let attempt = |mistakes: Vec<Mistake>| Attempt {
            form: "reportStatus-32".to_owned(),
            given: Given::default(),
            typed: vec![("Toelichting".to_owned(), "Loopt.".to_owned())],
            mistakes,
            ahead: None,
        };
        let closed = "De ronde is gesloten.".to_owned();
        for attempt in [
            attempt(Vec::new()),
            attempt(vec![Mistake::of_no_field(closed)]),
        ] {
            let visit = Visit {
                role_code: "PARTNER",
                role: "Partner",
                organisation: Some("comensha"),
                form_token: "t",
                key: "k",
                until: None,
                is_demo: false,
                done: None,
                attempt: Some(&attempt),
                outcome: None,
            };
            let shown = notice(Notice::NotFound, &visit);
            let is_named = shown.contains("De ronde is gesloten.");
            assert_eq!(is_named, !attempt.mistakes.is_empty());
            assert_eq!(shown.matches("Loopt.").count(), 1, "{shown}");
        }
    }
}
