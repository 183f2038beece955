//! The answers that a region gives for its members: what VNG says of them, another one, their end,
//! and what an answer or its end would do to the verdict of each member, before it is sent.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Viewer, menu};
use crate::{
    Page, Unmade, Visit, ahead,
    evidence::{self, OF_REGION, Piece},
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, ANSWERS, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    reporting_periods: Option<Vec<Reporting>>,
    framework: Option<Framework>,
    regional_answers: Option<Answers>,
}

#[derive(Debug, Deserialize)]
struct Reporting {
    state: String,
    edition: Option<Framework>,
}

#[derive(Debug, Deserialize)]
struct Framework {
    criteria: Vec<Criterion>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Criterion {
    key: String,
    code: String,
    title: Text,
    #[serde(default)]
    scope: String,
    evidence_kinds: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Answers {
    nodes: Vec<Given>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Given {
    answer: String,
    explanation: Option<String>,
    from: String,
    until: Option<String>,
    state: String,
    submitted_at: String,
    ledger: i64,
    criterion: Option<Criterion>,
    evidence: Vec<Piece>,
    remarks: Vec<Remark>,
    earlier: Vec<Earlier>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remark {
    text: Option<String>,
    decided_at: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Earlier {
    number: u32,
    answer: String,
    from: String,
    until: Option<String>,
    submitted_at: String,
}

/// What a query answers that looked ahead.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    preview_regional_answer: Effects,
}

#[derive(Debug, Deserialize)]
struct Effects {
    effects: Vec<Effect>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Effect {
    before: String,
    after: String,
    has_own_answer: bool,
    period: Option<Period>,
    municipality: Option<Member>,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
}

#[derive(Debug, Deserialize)]
struct Member {
    name: String,
}

/// What the answers are shown with.
struct Shown<'a> {
    page: &'a Page,
    visit: &'a Visit<'a>,
    lists: &'a [CodeList],
    area: &'a str,
    criteria: &'a [Criterion],
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../documents/region.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![submitting(), ending()],
        layout: body,
    }
}

fn submitting() -> Form {
    let form = Form::new(
        "submitRegionalAnswer",
        "Antwoord indienen",
        "Het regionale antwoord is ingediend; VNG controleert het.",
    )
    .with([
        Part::fixed("area"),
        // None of a criterion that the region did not answer yet.
        Part::optional("expectedVersion", Kind::FixedNumber, ""),
        Part::required("criterion", Kind::Pick, "Criterium"),
        Part::required("answer", Kind::Choice(&ANSWERS), "Antwoord"),
        Part::optional("explanation", Kind::Text, "Toelichting")
            .hinted("Schrijf niet over personen."),
        Part::required("from", Kind::Day, "Geldt vanaf"),
        Part::optional("until", Kind::Day, "Geldt tot")
            .hinted("De eerste dag waarop het niet meer geldt. Leeg: zonder einde."),
    ]);
    Form {
        // Who empties one of these takes it away, or saw none; left out it would stay, or replace
        // what somebody else answered meanwhile.
        emptied: &["explanation", "until", "expectedVersion"],
        complete: |_, input| {
            let pieces = evidence::in_order(input.remove("evidence"));
            input.insert("evidence".to_owned(), pieces.into());
        },
        ..form.with(evidence::parts(&OF_REGION))
    }
}

fn ending() -> Form {
    Form::new(
        "endRegionalAnswer",
        "Antwoord beëindigen",
        "Het einde van het antwoord is vastgelegd.",
    )
    .with([
        Part::fixed("area"),
        Part::fixed("criterion"),
        Part {
            kind: Kind::FixedNumber,
            ..Part::fixed("expectedVersion")
        },
        Part::required("until", Kind::Day, "Geldt tot")
            .hinted("De eerste dag waarop het niet meer geldt: vandaag of later."),
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let area = answer.viewer.own_area(page)?;
    let shown = Shown {
        page,
        visit,
        lists: &answer.code_lists,
        area,
        criteria: answer.criteria(),
    };
    let given = answer.regional_answers.iter();
    let given: Vec<&Given> = given.flat_map(|all| &all.nodes).collect();
    let content = html! {
        (menu(page, area))
        p.utrecht-paragraph {
            "Wat u hier antwoordt, telt voor elke gemeente van de regio die zelf niets antwoordde, als het criterium dat toelaat."
        }
        @for one in &given {
            @if let Some(criterion) = &one.criterion { (shown.answered(one, criterion)?) }
        }
        h2.utrecht-heading-2 { "Nog een criterium beantwoorden" }
        (shown.unanswered(&given)?)
    };
    Ok(Body {
        title: format!("Antwoorden van {}", answer.viewer.region()),
        content,
    })
}

impl Answer {
    /// The criteria by which members are judged now: of the latest period that is open, and where
    /// none is, of the latest edition, which may be a mere proposal.
    fn criteria(&self) -> &[Criterion] {
        let mut periods = self.reporting_periods.iter().flatten();
        let open = periods.rfind(|period| view::is_open(&period.state));
        let edition = open.and_then(|period| period.edition.as_ref());
        let edition = edition.or(self.framework.as_ref());
        let criteria = edition.map(|edition| edition.criteria.as_slice());
        criteria.unwrap_or_default()
    }
}

impl Shown<'_> {
    /// The form for a criterion that the region did not answer under this edition.
    fn unanswered(&self, given: &[&Given]) -> Result<Markup, Unmade> {
        let is_given = |criterion: &Criterion| {
            let mut given = given.iter().filter_map(|one| one.criterion.as_ref());
            given.any(|one| one.key == criterion.key)
        };
        let criteria = self.criteria.iter();
        let open: Vec<&Criterion> = criteria
            .filter(|one| one.scope != "LOCAL_ONLY" && !is_given(one))
            .collect();
        let kinds = open.iter().flat_map(|one| &one.evidence_kinds);
        let choices = open.iter().map(|one| choice(one)).collect();
        let form = submitting().choosing("criterion", choices);
        let room = evidence::room(&OF_REGION, 0, self.typed(&form.id("")));
        let form = evidence::with_room(form, (&OF_REGION, room), kinds, &[]);
        let fixed = [("area", self.area)];
        let more = ahead::button("Bekijk het effect");
        Ok(html! {
            (self.effects(&form.id(""))?)
            (form.view((self.page, self.visit), "", &fixed, &more))
        })
    }

    /// An answer of the region, the form to give another one, and the one to end it.
    fn answered(&self, one: &Given, criterion: &Criterion) -> Result<Markup, Unmade> {
        // Under an edition that is in use no more, an answer can only be ended.
        let is_in_use = self.criteria.iter().any(|own| own.key == criterion.key);
        let about = if is_in_use {
            criterion.code.as_str()
        } else {
            criterion.key.as_str()
        };
        let title_id = format!("{about}-titel");
        Ok(html! {
            section id=(about) aria-labelledby=(title_id) {
                h2.utrecht-heading-2 id=(title_id) {
                    (criterion.code) " " (criterion.title.nl)
                    @if !is_in_use { " (eerdere editie)" }
                    ": " (view::answer(&one.answer))
                }
                (standing(self.lists, one))
                @if is_in_use { (self.another(one, criterion)?) }
                (self.end(one, (about, &criterion.key))?)
            }
        })
    }

    fn another(&self, one: &Given, criterion: &Criterion) -> Result<Markup, Unmade> {
        let code = criterion.code.as_str();
        let ledger = one.ledger.to_string();
        let mut fixed = vec![
            ("area", self.area),
            ("expectedVersion", ledger.as_str()),
            ("criterion", criterion.key.as_str()),
            ("answer", one.answer.as_str()),
            (
                "explanation",
                one.explanation.as_deref().unwrap_or_default(),
            ),
            ("from", one.from.as_str()),
            ("until", one.until.as_deref().unwrap_or_default()),
        ];
        fixed.extend(evidence::values(&OF_REGION, &one.evidence));
        let form = submitting().choosing("criterion", vec![choice(criterion)]);
        let id = form.id(code);
        let room = evidence::room(&OF_REGION, one.evidence.len(), self.typed(&id));
        let kinds = &criterion.evidence_kinds;
        let form = evidence::with_room(form, (&OF_REGION, room), kinds, &one.evidence);
        let more = ahead::button("Bekijk het effect");
        Ok(html! {
            details open[self.is_tried(&id)] {
                summary { "Een ander antwoord geven" }
                (self.effects(&id)?)
                (form.view((self.page, self.visit), code, &fixed, &more))
            }
        })
    }

    fn end(&self, one: &Given, (about, key): (&str, &str)) -> Result<Markup, Unmade> {
        let form = ending();
        let id = form.id(about);
        let ledger = one.ledger.to_string();
        let fixed = [
            ("area", self.area),
            ("criterion", key),
            ("expectedVersion", ledger.as_str()),
        ];
        let more = ahead::button("Bekijk het effect van het einde");
        Ok(html! {
            details open[self.is_tried(&id)] {
                summary { "Het antwoord beëindigen" }
                (self.effects(&id)?)
                (form.view((self.page, self.visit), about, &fixed, &more))
            }
        })
    }

    fn is_tried(&self, form: &str) -> bool {
        let attempt = self.visit.attempt;
        attempt.is_some_and(|attempt| attempt.form == form)
    }

    /// What was typed in a form that was refused or looked ahead.
    fn typed(&self, form: &str) -> Option<&crate::form::Given> {
        let attempt = self.visit.attempt;
        let attempt = attempt.filter(|attempt| attempt.form == form);
        attempt.map(|attempt| &attempt.given)
    }

    /// What a form would do to the verdict of each member, where it looked ahead.
    fn effects(&self, form: &str) -> Result<Markup, Unmade> {
        let attempt = self.visit.attempt;
        let attempt = attempt.filter(|attempt| attempt.form == form);
        let Some(seen) = attempt.and_then(|attempt| attempt.ahead.as_ref()) else {
            return Ok(html! {});
        };
        let seen: Seen = Seen::deserialize(seen)?;
        Ok(effects(self.lists, &seen.preview_regional_answer.effects))
    }
}

fn choice(one: &Criterion) -> (String, String) {
    (one.key.clone(), format!("{} {}", one.code, one.title.nl))
}

/// How an answer stands: the days, the evidence, what VNG says of it, and what was answered before.
fn standing(lists: &[CodeList], one: &Given) -> Markup {
    html! {
        p.stm-source {
            (view::label(lists, &one.state)) "; ingediend op " (view::day(&one.submitted_at))
            "; geldt vanaf " (view::day(&one.from))
            @if let Some(until) = &one.until { " tot " (view::day(until)) }
            "."
        }
        @if let Some(explanation) = &one.explanation { p.utrecht-paragraph { (explanation) } }
        @for piece in &one.evidence {
            p.utrecht-paragraph {
                "Bewijs: " (piece.title.as_deref().unwrap_or("deze tekst is verwijderd"))
                " (" (evidence::label(&piece.kind).to_lowercase()) "), " (view::day(&piece.effective_on))
                @if piece.is_stale { " (verouderd)" }
            }
        }
        @for remark in &one.remarks {
            p.utrecht-paragraph {
                "VNG, " (view::day(&remark.decided_at)) ": "
                (remark.text.as_deref().unwrap_or("geen toelichting, of de toelichting is verwijderd"))
            }
        }
        @if !one.earlier.is_empty() {
            details {
                summary { "Eerdere versies: " (one.earlier.len()) }
                ul {
                    @for earlier in &one.earlier {
                        li {
                            "Versie " (earlier.number) ": " (view::answer(&earlier.answer))
                            ", ingediend op " (view::day(&earlier.submitted_at))
                            "; gold vanaf " (view::day(&earlier.from))
                            @if let Some(until) = &earlier.until { " tot " (view::day(until)) }
                        }
                    }
                }
            }
        }
    }
}

/// The verdict of each member now and then. It has the focus, so that whoever sees no page hears it
/// first.
fn effects(lists: &[CodeList], effects: &[Effect]) -> Markup {
    let changes = effects.iter().filter(|one| one.before != one.after).count();
    html! {
        div.stm-done role="status" tabindex="-1" autofocus {
            p { strong { "Vooruitblik: er is niets ingediend." } }
            @if effects.is_empty() {
                p {
                    "Er verandert nu niets: geen gemeente van de regio heeft in een open rapportageperiode een beoordeling ingediend."
                }
            } @else {
                p {
                    "Oordelen die veranderen: " (changes) " van " (effects.len())
                    ". Gemeenten die nog niets indienden, staan er niet bij."
                }
                ul { @for one in effects { (effect(lists, one)) } }
            }
        }
    }
}

fn effect(lists: &[CodeList], one: &Effect) -> Markup {
    let before = view::label(lists, &one.before);
    html! {
        @if let (Some(member), Some(period)) = (&one.municipality, &one.period) {
            li {
                (member.name) ", periode " (period.key) ": "
                @if one.before == one.after {
                    "blijft “" (before) "”"
                } @else {
                    strong { "van “" (before) "” naar “" (view::label(lists, &one.after)) "”" }
                }
                @if one.has_own_answer { " (de gemeente gaf zelf antwoord op dit criterium)" }
                "."
            }
        }
    }
}
