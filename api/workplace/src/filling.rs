//! Filling in on behalf of a municipality, as it told VNG: all answers at once, with why and how. And a
//! later deadline for it.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    HOME, Mistake, Page, Unmade, Visit,
    assessment::about,
    form::{Form, Given, Kind, Part},
    frame::Body,
    view::{self, ANSWERS, Code, Text},
};

/// How a municipality told it: the code, and what people call it.
const CHANNELS: [(&str, &str); 5] = [
    ("TELEPHONE", "Telefoon"),
    ("EMAIL", "E-mail"),
    ("LETTER", "Brief"),
    ("MEETING", "Overleg"),
    ("TABLE", "Tabel"),
];

/// What people call a channel.
pub(crate) fn channel(code: &str) -> &str {
    let found = CHANNELS.iter().find(|(own, _)| *own == code);
    found.map_or(code, |(_, label)| label)
}

/// What stands before the code of a criterion in the names of its two fields.
const ANSWER: &str = "antwoord.";
const EXPLANATION: &str = "toelichting.";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    municipality: Option<Municipality>,
    reporting_periods: Option<Vec<Period>>,
    /// None while there is nothing of it that VNG may see.
    assessment: Option<Assessment>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assessment {
    deadline_on: Option<String>,
    on_behalf: Option<Filling>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    key: String,
    state: String,
    deadline_on: String,
    edition: Option<Edition>,
}

#[derive(Debug, Deserialize)]
struct Edition {
    themes: Vec<Theme>,
}

#[derive(Debug, Deserialize)]
struct Theme {
    title: Text,
    criteria: Vec<Criterion>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Criterion {
    code: String,
    title: Text,
    text: Text,
    answered_by: String,
    not_applicable_allowed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Filling {
    number: u32,
    reason: Option<String>,
    channel: Option<String>,
    filled_at: String,
    answers: Vec<Filled>,
}

#[derive(Debug, Deserialize)]
struct Filled {
    answer: String,
    explanation: Option<String>,
    criterion: Option<Code>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/filling.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![filling(), extending()],
        layout: body,
    }
}

fn filling() -> Form {
    Form {
        complete: |given, input| {
            let answers = answered(given).map(|(code, answer)| {
                let explanation = given.value(&format!("{EXPLANATION}{code}"));
                json!({ "criterion": code, "answer": answer, "explanation": explanation })
            });
            input.insert("answers".to_owned(), answers.collect());
        },
        check: |given| {
            let explained = given
                .filled()
                .filter_map(|(name, _)| name.strip_prefix(EXPLANATION));
            let unanswered =
                explained.filter(|code| given.value(&format!("{ANSWER}{code}")).is_none());
            unanswered
                .map(|code| Mistake {
                    code: None,
                    field: Some(format!("{ANSWER}{code}")),
                    text: format!("{code}: kies ook een antwoord bij de toelichting."),
                })
                .collect()
        },
        shown: |name, value| {
            let answer = name.strip_prefix(ANSWER);
            let answer = answer.map(|code| (format!("{code}: antwoord"), view::answer(value)));
            let explanation = || {
                let code = name.strip_prefix(EXPLANATION)?;
                Some((format!("{code}: toelichting"), value))
            };
            let (label, value) = answer.or_else(explanation)?;
            Some((label, value.to_owned()))
        },
        // The input has the answers in the order in which they were sent.
        place: |given, path| match path {
            [answers, at, field] if answers == "answers" => {
                let (code, _) = answered(given).nth(at.parse().ok()?)?;
                let name = if field == "explanation" {
                    EXPLANATION
                } else {
                    ANSWER
                };
                Some(format!("{name}{code}"))
            }
            _ => None,
        },
        ..Form::new(
            "fillOnBehalf",
            "Namens de gemeente invullen",
            "De antwoorden zijn ingevuld. Zij tellen zodra de gemeente ze accepteert.",
        )
    }
    .with(about())
    .with([
        Part::required("reason", Kind::Text, "Reden")
            .hinted("Waarom VNG invult. Schrijf niet over personen."),
        Part::required("channel", Kind::Choice(&CHANNELS), "Kanaal")
            .hinted("Hoe de gemeente de antwoorden opgaf."),
    ])
}

/// The criteria that were answered, with their answers, in the order in which they were sent.
fn answered(given: &Given) -> impl Iterator<Item = (&str, &str)> {
    given
        .filled()
        .filter_map(|(name, value)| Some((name.strip_prefix(ANSWER)?, value)))
}

fn extending() -> Form {
    Form::new(
        "extendDeadline",
        "Uitstel verlenen",
        "De gemeente heeft uitstel tot en met de gekozen dag.",
    )
    .with(about())
    .with([
        Part::required("deadlineOn", Kind::Day, "Op tijd tot en met")
            .hinted("Uiterlijk de laatste dag van de periode."),
        Part::required("reason", Kind::Text, "Reden van uitstel")
            .hinted("Schrijf niet over personen."),
    ])
}

/// What the forms of a page are about.
#[derive(Clone, Copy)]
struct Place<'a> {
    municipality: &'a Municipality,
    period: &'a Period,
}

impl<'a> Place<'a> {
    fn fixed(self) -> [(&'static str, &'a str); 2] {
        [
            ("municipality", self.municipality.code.as_str()),
            ("period", self.period.key.as_str()),
        ]
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let municipality = answer.municipality.as_ref().ok_or(Unmade::NotThere)?;
    let mut periods = answer.reporting_periods.iter().flatten();
    let period = periods.find(|period| period.key == page.variable("period"));
    let (Some(period), "VNG") = (period, answer.viewer.role.as_str()) else {
        return Err(Unmade::NotThere);
    };
    let place = Place {
        municipality,
        period,
    };
    let assessment = answer.assessment.as_ref();
    let before = assessment.and_then(|assessment| assessment.on_behalf.as_ref());
    // Of an assessment of which there is nothing yet an extension is not told.
    let deadline = assessment.and_then(|assessment| assessment.deadline_on.as_deref());
    let is_open = view::is_open(&period.state);
    let is_tried = visit
        .attempt
        .is_some_and(|attempt| attempt.form == "extendDeadline");
    let content = html! {
        p.utrecht-paragraph {
            a.utrecht-link href={ (HOME) "/namens" } { "Terug naar alle gemeenten" }
            @if assessment.is_some() {
                ", of " a.utrecht-link href={ (HOME) "/controle/" (period.key) "/" (municipality.code) } { "naar de controle van deze beoordeling" }
            }
        }
        p.utrecht-paragraph {
            @match deadline {
                Some(day) => { "Op tijd tot en met " (view::day(day)) "." }
                None => { "Voor wie geen uitstel heeft: op tijd tot en met " (view::day(&period.deadline_on)) "." }
            }
        }
        @if let Some(before) = before {
            p.utrecht-paragraph {
                "Op " (view::day(&before.filled_at)) " is al ingevuld (nummer " (before.number) "); dat wacht op de gemeente. Wat u nu invult, komt daar in zijn geheel voor in de plaats."
            }
        }
        @if is_open {
            details open[is_tried] {
                summary { "Uitstel verlenen" }
                (extending().view((page, visit), "", &place.fixed(), &html! {}))
            }
            h2.utrecht-heading-2 { "Invullen" }
            (form((page, visit), place, before))
        } @else {
            p.utrecht-paragraph { "De periode is niet open; namens deze gemeente kan niet worden ingevuld." }
        }
    };
    Ok(Body {
        title: format!("Namens {} invullen, {}", municipality.name, period.key),
        content,
    })
}

fn form(on: (&Page, &Visit<'_>), place: Place<'_>, before: Option<&Filling>) -> Markup {
    let (_, visit) = on;
    let form = filling();
    let attempt = visit
        .attempt
        .filter(|attempt| attempt.form == form.mutation);
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let reason = text(before.and_then(|before| before.reason.as_ref()));
    let channel = text(before.and_then(|before| before.channel.as_ref()));
    let [municipality, period] = place.fixed();
    let fixed = [
        municipality,
        period,
        ("reason", reason.as_str()),
        ("channel", channel.as_str()),
    ];
    let themes = place.period.edition.iter();
    let themes = themes.flat_map(|edition| &edition.themes);
    let criteria = html! {
        @for theme in themes {
            h3.utrecht-heading-3 { (theme.title.nl) }
            @for criterion in theme.criteria.iter().filter(|one| one.answered_by == "MUNICIPALITY") {
                @let filled = before.and_then(|before| before.of(&criterion.code));
                (fields(criterion, filled, attempt.map(|attempt| (&attempt.given, attempt.mistakes.as_slice()))))
            }
        }
    };
    form.view(on, "", &fixed, &criteria)
}

impl Filling {
    fn of(&self, code: &str) -> Option<&Filled> {
        let mut answers = self.answers.iter();
        answers.find(|one| one.criterion.as_ref().is_some_and(|own| own.code == code))
    }
}

/// What is asked of a criterion: its answer, and an explanation.
fn fields(
    criterion: &Criterion,
    filled: Option<&Filled>,
    attempt: Option<(&Given, &[Mistake])>,
) -> Markup {
    let names = [
        format!("{ANSWER}{}", criterion.code),
        format!("{EXPLANATION}{}", criterion.code),
    ];
    let [answer_id, explanation_id] = &names;
    let sent = |name: &str| attempt.map(|(given, _)| given.sent(name).unwrap_or_default());
    let answer = sent(answer_id).or_else(|| filled.map(|one| one.answer.as_str()));
    let explanation = sent(explanation_id).or_else(|| filled?.explanation.as_deref());
    let mistakes = attempt.map(|(_, mistakes)| mistakes).unwrap_or_default();
    let wrong = [answer_id, explanation_id].map(|id| view::wrong(id, mistakes));
    let [described, explained] = wrong.each_ref().map(|one| one.as_ref().map(|(id, _)| id));
    html! {
        fieldset.stm-field.stm-wrong[wrong.iter().any(Option::is_some)] {
            legend { (criterion.code) " " (criterion.title.nl) }
            p.stm-source { (criterion.text.nl) }
            @for (_, text) in wrong.iter().flatten() { (text) }
            label for=(answer_id) { "Antwoord" }
            select id=(answer_id) name=(answer_id) aria-describedby=[described] aria-invalid=[described.map(|_| "true")] {
                option value="" { "Niet opgegeven" }
                @for (code, label) in ANSWERS {
                    @if code != "NOT_APPLICABLE" || criterion.not_applicable_allowed {
                        option value=(code) selected[answer == Some(code)] { (label) }
                    }
                }
            }
            label for=(explanation_id) { "Toelichting (niet verplicht)" }
            textarea id=(explanation_id) name=(explanation_id) rows="2" aria-describedby=[explained] aria-invalid=[explained.map(|_| "true")] { (explanation.unwrap_or_default()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KEY;

    fn given() -> Given {
        let pairs = [
            (KEY, "k"),
            ("municipality", "GM0402"),
            ("period", "2026-2"),
            ("reason", "Op verzoek."),
            ("channel", "LETTER"),
            ("antwoord.SV-01", "MET"),
            ("toelichting.SV-01", ""),
            ("antwoord.SV-02", ""),
            ("antwoord.SV-03", "NOT_MET"),
            ("toelichting.SV-03", "Nog niet belegd."),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Given::new(pairs.into())
    }

    #[test]
    fn what_was_answered_becomes_the_answers() {
        assert_eq!(
            Value::from(filling().variables(&given()).unwrap()),
            json!({ "input": {
                "municipality": "GM0402", "period": "2026-2", "reason": "Op verzoek.",
                "channel": "LETTER", "idempotencyKey": "k-fillOnBehalf",
                "answers": [
                    { "criterion": "SV-01", "answer": "MET", "explanation": null },
                    { "criterion": "SV-03", "answer": "NOT_MET", "explanation": "Nog niet belegd." },
                ],
            } })
        );
    }

    #[test]
    fn an_explanation_is_of_an_answer() {
        let pairs = [
            ("channel", "LETTER"),
            ("reason", "Op verzoek."),
            ("municipality", "GM0402"),
            ("period", "2026-2"),
            ("antwoord.SV-01", "MET"),
            ("antwoord.SV-02", ""),
            ("toelichting.SV-02", "Nog niet belegd."),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mistakes = filling().variables(&Given::new(pairs.into())).unwrap_err();
        assert_eq!(
            mistakes,
            [Mistake {
                code: None,
                field: Some("antwoord.SV-02".to_owned()),
                text: "SV-02: kies ook een antwoord bij de toelichting.".to_owned(),
            }]
        );
    }

    #[test]
    fn a_mistake_stands_at_its_criterion() {
        let data = json!({ "fillOnBehalf": { "errors": [
            { "code": "X", "field": ["answers", "1", "explanation"], "message": { "nl": "Te lang." } },
            { "code": "X", "field": ["answers"], "message": { "nl": "Te veel." } },
        ] } });
        let mistakes = filling().mistakes(&data, &given()).unwrap();
        assert_eq!(mistakes[0].field.as_deref(), Some("toelichting.SV-03"));
        assert_eq!(mistakes[1].field, None);
    }
}
