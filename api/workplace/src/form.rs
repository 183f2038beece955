//! A form is a mutation: which values it asks for, and what they become.

use maud::{Markup, html};
use serde_json::{Map, Value};

pub use crate::given::Given;
use crate::{
    Attempt, FORM, KEY, Mistake, Page, TOKEN, Visit,
    row::{self, Row},
    view,
};
use domain::clock::{instant_in_amsterdam, read_day};

/// How a value is asked for, and what it becomes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Put in by the page: a text.
    Fixed,
    /// Put in by the page: a number.
    FixedNumber,
    /// A line.
    Line,
    /// A whole number.
    Number,
    /// Several lines.
    Text,
    /// A day.
    Day,
    /// A day and a time of Europe/Amsterdam, which becomes an instant.
    Moment,
    /// One of these: the code, and what people call it.
    Choice(&'static [(&'static str, &'static str)]),
    /// One of those that the page finds: see [`Form::choosing`].
    Pick,
}

/// One value of a form.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Where it stands in the input, with dots between the names.
    pub(crate) path: &'static str,
    pub(crate) kind: Kind,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) is_required: bool,
    /// Of [`Kind::Pick`]: the value, and what people call it.
    pub(crate) choices: Vec<(String, String)>,
}

impl Part {
    /// A value that the page puts in.
    pub(crate) fn fixed(path: &'static str) -> Self {
        Self {
            path,
            kind: Kind::Fixed,
            label: "",
            hint: "",
            is_required: true,
            choices: Vec::new(),
        }
    }

    /// A value that must be given.
    pub(crate) fn required(path: &'static str, kind: Kind, label: &'static str) -> Self {
        Self {
            kind,
            label,
            ..Self::fixed(path)
        }
    }

    /// A value that may be left out.
    pub(crate) fn optional(path: &'static str, kind: Kind, label: &'static str) -> Self {
        Self {
            is_required: false,
            ..Self::required(path, kind, label)
        }
    }

    /// The same with what helps to give it.
    pub(crate) fn hinted(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// The value for the input; none where it was left out.
    fn read(&self, given: &Given) -> Result<Option<Value>, String> {
        let Some(value) = given.value(self.path) else {
            return if self.is_required {
                Err(format!("Vul in: {}.", view::uncapitalised(self.label)))
            } else {
                Ok(None)
            };
        };
        let read = match self.kind {
            Kind::FixedNumber | Kind::Number => value.parse::<i32>().ok().map(Value::from),
            Kind::Day => read_day(value).map(|_| Value::from(value)),
            Kind::Moment => instant_in_amsterdam(value).map(|at| at.to_rfc3339().into()),
            Kind::Choice(codes) => {
                let is_code = codes.iter().any(|(code, _)| *code == value);
                is_code.then(|| Value::from(value))
            }
            // A browser sends the end of a line as two signs.
            Kind::Fixed | Kind::Line | Kind::Text | Kind::Pick => {
                Some(value.replace("\r\n", "\n").into())
            }
        };
        read.map(Some).ok_or_else(|| self.unread())
    }

    /// That a value cannot be read.
    fn unread(&self) -> String {
        let wanted = match self.kind {
            Kind::Number => "een geheel getal zijn, zoals 120",
            Kind::Day => "een dag zijn, zoals 2026-11-20",
            Kind::Moment => "een dag en tijd zijn, zoals 2026-11-20T10:00",
            Kind::Fixed
            | Kind::FixedNumber
            | Kind::Line
            | Kind::Text
            | Kind::Choice(_)
            | Kind::Pick => return format!("Kies opnieuw: {}.", view::uncapitalised(self.label)),
        };
        format!("{} moet {wanted}.", view::capitalised(self.label))
    }
}

/// A mutation that can be sent from a page.
#[derive(Debug, Clone)]
pub struct Form {
    /// The name of the mutation.
    pub mutation: &'static str,
    /// What is said when it was done.
    pub done: &'static str,
    pub(crate) button: &'static str,
    pub(crate) parts: Vec<Part>,
    /// What cannot be read of what [`Form::complete`] takes: nothing is sent then.
    pub(crate) check: fn(&Given) -> Vec<Mistake>,
    /// What is null in the input where it was left out or emptied: the service would leave it as it is.
    pub(crate) emptied: &'static [&'static str],
    /// Makes the input where more than the parts go into it.
    pub(crate) complete: fn(&Given, &mut Map<String, Value>),
    /// The page that it leads on to once it was accepted, where that is not its own.
    pub(crate) leads_to: fn(&Page, &Given) -> Option<String>,
    /// Whether it is sent under a key, so that nothing happens twice.
    pub(crate) has_key: bool,
    /// Whether it is about rows that are chosen: the items of the input.
    pub(crate) has_rows: bool,
    /// The field of a mistake in what [`Form::complete`] made, by its path in the input.
    pub(crate) place: fn(&Given, &[String]) -> Option<String>,
    /// How a field beyond the parts is shown again: its label, and what was typed or chosen there.
    pub(crate) shown: fn(&str, &str) -> Option<(String, String)>,
}

impl Form {
    pub(crate) fn new(mutation: &'static str, button: &'static str, done: &'static str) -> Self {
        Self {
            mutation,
            done,
            button,
            parts: Vec::new(),
            check: |_| Vec::new(),
            emptied: &[],
            complete: |_, _| {},
            leads_to: |_, _| None,
            has_key: true,
            has_rows: false,
            place: |_, _| None,
            shown: |_, _| None,
        }
    }

    pub(crate) fn with(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.parts.extend(parts);
        self
    }

    /// The same with what can be chosen for a part.
    pub(crate) fn choosing(mut self, path: &str, choices: Vec<(String, String)>) -> Self {
        if let Some(part) = self.parts.iter_mut().find(|part| part.path == path) {
            part.choices = choices;
        }
        self
    }

    /// The same with a part that the page puts in, where people choose it elsewhere.
    pub(crate) fn fixing(mut self, path: &str) -> Self {
        if let Some(part) = self.parts.iter_mut().find(|part| part.path == path) {
            part.label = "";
        }
        self
    }

    /// The document that is sent.
    #[must_use]
    pub fn document(&self) -> String {
        let name = self.mutation;
        let input = view::capitalised(name);
        format!(
            "mutation Workplace($input: {input}Input!) {{ {name}(input: $input) {{ \
             errors {{ code field message {{ nl }} }} }} }}"
        )
    }

    /// The id of a form on a page: there may be several of one mutation, each about something else.
    pub(crate) fn id(&self, about: &str) -> String {
        if about.is_empty() {
            self.mutation.to_owned()
        } else {
            format!("{}-{about}", self.mutation)
        }
    }

    /// The variables of the document.
    ///
    /// # Errors
    /// With each value that is missing or cannot be read.
    pub fn variables(&self, given: &Given) -> Result<Map<String, Value>, Vec<Mistake>> {
        let mut input = Map::new();
        let mut mistakes = Vec::new();
        for part in &self.parts {
            match part.read(given) {
                Ok(Some(value)) => put(&mut input, part.path, value),
                Ok(None) => {}
                Err(text) => mistakes.push(Mistake {
                    code: None,
                    field: Some(self.field_id(given, part.path)),
                    text,
                }),
            }
        }
        mistakes.extend((self.check)(given));
        for name in self.emptied {
            input.entry(*name).or_insert(Value::Null);
        }
        (self.complete)(given, &mut input);
        if self.has_key {
            // One form may have buttons for several mutations.
            let key = given.value(KEY).unwrap_or_default();
            let key = format!("{key}-{}", self.mutation);
            input.insert("idempotencyKey".to_owned(), key.into());
        }
        if mistakes.is_empty() {
            Ok(Map::from_iter([("input".to_owned(), input.into())]))
        } else {
            Err(mistakes)
        }
    }

    /// The mistakes in the payload of the mutation; none where it was accepted.
    ///
    /// # Errors
    /// When the payload has another shape.
    pub fn mistakes(&self, data: &Value, given: &Given) -> Result<Vec<Mistake>, serde_json::Error> {
        let errors = data[self.mutation]["errors"].clone();
        let errors: Vec<view::UserError> = serde_json::from_value(errors)?;
        let of = |error: view::UserError| {
            let (path, text) = (error.field.unwrap_or_default(), error.message.nl);
            let (field, text) = match self.row(given, &path) {
                Some(row) => (Some(row.id(given)), format!("{}: {text}", row.municipality)),
                None => (self.place_of(given, &path), text),
            };
            Mistake {
                code: Some(error.code),
                field,
                text,
            }
        };
        Ok(errors.into_iter().map(of).collect())
    }

    /// The field of the page that a mistake is at; none where the page shows no such.
    fn place_of(&self, given: &Given, path: &[String]) -> Option<String> {
        (self.place)(given, path).or_else(|| {
            let path = path.join(".");
            let mut shown = self.parts.iter().filter(|part| !part.label.is_empty());
            let is_shown = shown.any(|part| part.path == path);
            is_shown.then(|| self.field_id(given, &path))
        })
    }

    /// The row that a mistake is about: the input has them in the order in which they were sent.
    fn row<'a>(&self, given: &'a Given, field: &[String]) -> Option<Row<'a>> {
        match field {
            [items, at, ..] if self.has_rows && items == "items" => {
                row::rows(given).nth(at.parse().ok()?)
            }
            _ => None,
        }
    }

    fn field_id(&self, given: &Given, path: &str) -> String {
        let form = given.value(FORM).unwrap_or(self.mutation);
        format!("{form}.{path}")
    }

    /// Where each value is given: as it was sent, or as the page puts it in.
    pub(crate) fn fields(
        &self,
        id: &str,
        fixed: &[(&str, &str)],
        attempt: Option<&Attempt>,
    ) -> Markup {
        let mistakes = attempt.map(|attempt| attempt.mistakes.as_slice());
        html! {
            @for part in &self.parts {
                @let value = fixed.iter().find(|(path, _)| *path == part.path).map(|(_, value)| *value);
                @let is_fixed = part.label.is_empty();
                @let sent = attempt.and_then(|attempt| attempt.given.sent(part.path));
                @let shown = sent.filter(|_| !is_fixed).or(value);
                (view::field(id, part, shown.unwrap_or_default(), mistakes.unwrap_or_default()))
            }
        }
    }

    /// The form on a page, about something, with the values that the page puts in.
    pub(crate) fn view(
        &self,
        (page, visit): (&Page, &Visit<'_>),
        about: &str,
        fixed: &[(&str, &str)],
        more: &Markup,
    ) -> Markup {
        let id = self.id(about);
        let attempt = visit.attempt.filter(|attempt| attempt.form == id);
        html! {
            form.stm-form method="post" action=(page.path) id=(id) {
                input type="hidden" name=(TOKEN) value=(visit.form_token);
                input type="hidden" name=(FORM) value=(id);
                @if self.has_key {
                    input type="hidden" name=(KEY) value={ (visit.key) "-" (id) };
                }
                (self.fields(&id, fixed, attempt))
                (more)
                button.stm-button type="submit" { (self.button) }
            }
        }
    }
}

/// Puts a value where it stands in the input.
fn put(input: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => _ = input.insert(path.to_owned(), value),
        Some((first, rest)) => {
            let place = input
                .entry(first.to_owned())
                .or_insert_with(|| Map::new().into());
            if let Value::Object(inner) = place {
                put(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        Form::new("recordSomething", "Vastleggen", "Vastgelegd.").with([
            Part::fixed("municipality"),
            Part::required("decision.by", Kind::Line, "Functie"),
            Part::optional("decision.on", Kind::Day, "Dag"),
            Part::optional("count", Kind::Number, "Aantal"),
            Part::optional("kind", Kind::Choice(&[("A", "Een")]), "Soort"),
        ])
    }

    fn given(pairs: &[(&str, &str)]) -> Given {
        let pairs = pairs.iter();
        Given::new(
            pairs
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn values_stand_where_the_input_has_them() {
        let values = given(&[
            ("municipality", "GM0402"),
            ("decision.by", " Wethouder\r\nzorg "),
            ("decision.on", "2026-11-20"),
            ("count", " 12 "),
            ("kind", ""),
            (KEY, "k-1"),
            ("admin", "true"),
        ]);
        assert_eq!(
            Value::from(form().variables(&values).unwrap()),
            json!({ "input": {
                "municipality": "GM0402", "count": 12, "idempotencyKey": "k-1-recordSomething",
                "decision": { "by": "Wethouder\nzorg", "on": "2026-11-20" },
            } })
        );
        assert!(form().document().contains("$input: RecordSomethingInput!"));
        assert_eq!((values.sent("kind"), values.sent("no")), (Some(""), None));
    }

    #[test]
    fn every_wrong_value_stands_at_its_field() {
        let values = given(&[
            ("municipality", "GM0402"),
            ("decision.on", "gisteren"),
            ("count", "1.000"),
            ("kind", "B"),
            (FORM, "recordSomething-1"),
        ]);
        let mistakes = form().variables(&values).unwrap_err();
        let shown: Vec<(&str, &str)> = mistakes
            .iter()
            .map(|mistake| (mistake.field.as_deref().unwrap(), mistake.text.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("recordSomething-1.decision.by", "Vul in: functie."),
                (
                    "recordSomething-1.decision.on",
                    "Dag moet een dag zijn, zoals 2026-11-20."
                ),
                (
                    "recordSomething-1.count",
                    "Aantal moet een geheel getal zijn, zoals 120."
                ),
                ("recordSomething-1.kind", "Kies opnieuw: soort."),
            ]
        );
    }

    #[test]
    fn what_the_service_refuses_stands_at_its_field() {
        let data = json!({ "recordSomething": { "errors": [
            { "code": "X", "field": ["decision", "by"], "message": { "nl": "Noem geen persoon." } },
            { "code": "Y", "field": null, "message": { "nl": "Er is geen periode." } },
        ] } });
        let mistakes = form().mistakes(&data, &given(&[])).unwrap();
        assert_eq!(
            mistakes[0].field.as_deref(),
            Some("recordSomething.decision.by")
        );
        assert_eq!(
            (mistakes[1].code.as_deref(), &mistakes[1].field),
            (Some("Y"), &None)
        );
        assert!(form().mistakes(&json!({}), &given(&[])).is_err());
    }
}
