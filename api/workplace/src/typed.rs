//! What was typed into a form, as that form shows it: by the labels of its parts, and what was chosen
//! by what people call it. It is shown again where it could not be kept, so that it is not lost.

use crate::{
    evidence,
    form::{Form, Given, Kind, Part},
    row::{ROW, Row},
    view,
};

impl Form {
    /// Each label with what was typed or chosen there, in the order in which it was sent. What a page
    /// puts in has no label, and is left out.
    #[must_use]
    pub fn typed(&self, given: &Given) -> Vec<(String, String)> {
        let shown = |(name, value): (&str, &str)| {
            if let Some(part) = self.parts.iter().find(|part| part.path == name) {
                let is_shown = !part.label.is_empty();
                return is_shown.then(|| (part.label.to_owned(), part.shown(value)));
            }
            if self.has_rows && name == ROW {
                let row = Row::parse(value).map(|row| row.to_string());
                return Some((
                    "Gekozen".to_owned(),
                    row.unwrap_or_else(|| value.to_owned()),
                ));
            }
            (self.shown)(name, value)
        };
        given.filled().filter_map(shown).collect()
    }
}

impl Part {
    /// A value as it stands in the field.
    fn shown(&self, value: &str) -> String {
        let value = match self.kind {
            Kind::Choice(choices) => {
                let chosen = choices.iter().find(|(code, _)| *code == value);
                chosen.map_or(value, |(_, label)| *label)
            }
            // What a page found to choose among is not known without it, but for kinds of evidence.
            Kind::Pick => evidence::label(value),
            Kind::Day => return view::day(value),
            Kind::Fixed
            | Kind::FixedNumber
            | Kind::Line
            | Kind::Number
            | Kind::Text
            | Kind::Moment => value,
        };
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FORM, KEY, TOKEN, find};

    fn typed(path: &str, pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let page = find(path, &|_| String::new()).unwrap();
        let pairs = pairs.iter();
        let pairs = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        page.typed(&Given::new(pairs.collect()))
    }

    fn rows(rows: &[(&str, &str)]) -> Vec<(String, String)> {
        let rows = rows.iter();
        rows.map(|(label, value)| ((*label).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn what_was_typed_is_shown_as_its_form_shows_it() {
        let sent = [
            (TOKEN, "x"),
            (KEY, "k"),
            (FORM, "saveDraft-SV-01"),
            ("municipality", "GM0402"),
            ("answers.0.criterion", "SV-01"),
            ("answers.0.revision", "3"),
            ("answers.0.answer", "PARTLY_MET"),
            ("answers.0.explanation", "Deels belegd."),
            ("answers.0.evidence.0.kind", "POLICY_DOCUMENT"),
            ("answers.0.evidence.0.title", " "),
            ("answers.0.evidence.0.effectiveOn", "2026-03-01"),
            ("geen.veld", "x"),
        ];
        assert_eq!(
            typed("/werkplek/beoordelingen/GM0402/2026-2/antwoorden", &sent),
            rows(&[
                ("Antwoord", "Deels voldaan"),
                ("Toelichting", "Deels belegd."),
                ("Bewijs 1: soort", "Beleidsdocument"),
                ("Bewijs 1: datum", "1 maart 2026"),
            ])
        );
        // Of a form that the page does not have the labels are not known.
        let fields = typed("/werkplek/perioden", &sent);
        assert_eq!(fields[0], ("municipality".to_owned(), "GM0402".to_owned()));
        assert_eq!(fields.len(), 8);
    }

    #[test]
    fn what_is_chosen_beyond_the_parts_is_shown_too() {
        let sent = [
            (FORM, "returnAssessments-2026-2"),
            ("period", "2026-2"),
            (ROW, "GM0402/2"),
            (ROW, "broken"),
            ("reason", "Bewijs ontbreekt."),
        ];
        assert_eq!(
            typed("/werkplek/controle", &sent),
            rows(&[
                ("Gekozen", "GM0402, versie 2"),
                ("Gekozen", "broken"),
                ("Reden van teruggave", "Bewijs ontbreekt."),
            ])
        );
        let sent = [
            (FORM, "fillOnBehalf"),
            ("channel", "LETTER"),
            ("antwoord.SV-01", "NOT_MET"),
            ("toelichting.SV-01", "Nog niet belegd."),
        ];
        assert_eq!(
            typed("/werkplek/namens/2026-2/GM0402", &sent)[1..],
            rows(&[
                ("SV-01: antwoord", "Niet voldaan"),
                ("SV-01: toelichting", "Nog niet belegd."),
            ])
        );
        let sent = [(FORM, "closeMonitoringRound"), ("buiten", "12")];
        assert_eq!(
            typed("/werkplek/rondes/2026-1", &sent),
            rows(&[("Actie die de ronde weglaat", "12")])
        );
    }
}
