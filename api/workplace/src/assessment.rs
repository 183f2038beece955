//! The assessment of a municipality in a period: how far it is, what is missing, handing in, the
//! questions of VNG, and what was handed in before.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, SHEET_UPLOAD, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    on_behalf::{self, Filling},
    region,
    view::{self, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    viewer: Viewer,
    reporting_periods: Option<Vec<OpenPeriod>>,
    assessment: Option<Assessment>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assessment {
    state: String,
    deadline_on: String,
    may: Vec<String>,
    municipality: Municipality,
    period: Period,
    draft: Option<Draft>,
    on_behalf: Option<Filling>,
    questions: Option<Vec<Question>>,
    versions: Vec<Version>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    acts_for: Vec<Municipality>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OpenPeriod {
    key: String,
    state: String,
    deadline_on: String,
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
    last_day: String,
}

#[derive(Debug, Deserialize)]
struct Draft {
    answers: Vec<Carried>,
    missing: Vec<Criterion>,
    preview: Option<Preview>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Carried {
    is_to_confirm: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Criterion {
    code: String,
    title: Text,
    #[serde(default)]
    answered_by: String,
}

/// The verdict that a draft would get, and why.
#[derive(Debug, Deserialize)]
pub(crate) struct Preview {
    pub(crate) label: String,
    pub(crate) grounds: Grounds,
}

/// The rule behind a verdict, and what would lead to the next one.
#[derive(Debug, Deserialize)]
pub(crate) struct Grounds {
    pub(crate) rule: Text,
    pub(crate) next: Option<Next>,
}

/// What would lead to another verdict.
#[derive(Debug, Deserialize)]
pub(crate) struct Next {
    pub(crate) sentence: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    number: u32,
    version_number: u32,
    question: Option<String>,
    asked_at: String,
    reply: Option<String>,
    replied_at: Option<String>,
    criterion: Option<Criterion>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    number: u32,
    submitted_at: String,
    on_time: bool,
    approved_by_function: Option<String>,
    approved_on: Option<String>,
    receipt: Option<String>,
    confirmed_at: Option<String>,
    returned_at: Option<String>,
    return_reason: Option<String>,
    withdrawn_at: Option<String>,
    withdrawal_reason: Option<String>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/assessment.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms,
        layout: body,
    }
}

fn forms() -> Vec<Form> {
    vec![
        starting(),
        submitting(),
        replying(),
        withdrawing(),
        on_behalf::accepting(),
        imported(),
    ]
}

/// What the page of the sheet did, for the page that follows it.
fn imported() -> Form {
    Form::new("importAnswerSheet", "", "Het antwoordblad is opgeslagen.")
}

/// The two values that say which assessment a form is about.
pub(crate) fn about() -> [Part; 2] {
    [Part::fixed("municipality"), Part::fixed("period")]
}

fn starting() -> Form {
    Form::new(
        "startDraft",
        "Begin een concept",
        "Het concept is begonnen; wat u de vorige keer antwoordde, staat erin om te bevestigen.",
    )
    .with(about())
}

fn submitting() -> Form {
    Form::new(
        "submitAssessment",
        "Indienen",
        "De beoordeling is ingediend. Het ontvangstbewijs staat bij de versie.",
    )
    .with(about())
    .with([
        Part::required("approvedByFunction", Kind::Line, "Functie die akkoord gaf")
            .hinted("Bijvoorbeeld: Portefeuillehouder veiligheid. Noem nooit een persoon."),
        Part::required("approvedOn", Kind::Day, "Dag van het akkoord"),
        Part::optional("reason", Kind::Text, "Reden")
            .hinted("Alleen nodig als u een bevestigde versie verbetert."),
    ])
}

fn replying() -> Form {
    Form::new(
        "answerQuestion",
        "Antwoord versturen",
        "Uw antwoord is naar VNG verstuurd.",
    )
    .with(about())
    .with([
        Part {
            kind: Kind::FixedNumber,
            ..Part::fixed("question")
        },
        Part::required("reply", Kind::Text, "Uw antwoord").hinted("Schrijf niet over personen."),
    ])
}

fn withdrawing() -> Form {
    Form::new(
        "withdrawAssessment",
        "Versie intrekken",
        "De versie is ingetrokken. U kunt opnieuw indienen.",
    )
    .with(about())
    .with([Part::required("reason", Kind::Text, "Reden van intrekken")])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let Some(one) = &answer.assessment else {
        return not_begun((page, visit), &answer);
    };
    let lists = &answer.code_lists;
    let state = view::label(lists, &one.state);
    let mut members = answer.viewer.acts_for.iter();
    let is_member = members.any(|own| own.code == one.municipality.code);
    let content = html! {
        @if is_member { (region::way_back(visit, &one.municipality.code)) }
        p.stm-lead { "Stand: " (state) ". Op tijd tot en met " (view::day(&one.deadline_on)) "." }
        p.utrecht-paragraph { "De periode sluit na " (view::day(&one.period.last_day)) "." }
        @if one.may("startDraft") && one.draft.is_none() {
            (starting().view((page, visit), "", &one.fixed(), &html! {}))
            p.utrecht-paragraph { a.utrecht-link href={ (page.path) "/besluit" } { "Leg het vaststellingsbesluit vast" } }
        }
        @if let Some(draft) = &one.draft { (drafted(page, one, draft, lists)) }
        @if one.may("submitAssessment") {
            h2.utrecht-heading-2 { "Indienen" }
            p.utrecht-paragraph {
                "Een ingediende versie verandert nooit meer. Antwoorden mogen ontbreken. Tot de sluiting kunt u een nieuwe versie indienen; de laatste telt."
            }
            (submitting().view((page, visit), "", &one.fixed(), &html! {}))
        }
        @if let Some(filling) = one.on_behalf.as_ref().filter(|_| one.may("acceptOnBehalf")) {
            (on_behalf::shown((page, visit), filling, one.fixed()))
        }
        (questions(page, visit, one))
        (versions(one))
        @if one.may("withdrawAssessment") {
            @let is_tried = visit.attempt.is_some_and(|attempt| attempt.form == withdrawing().id(""));
            details open[is_tried] {
                summary { "De laatste versie intrekken" }
                (withdrawing().view((page, visit), "", &one.fixed(), &html! {}))
            }
        }
    };
    Ok(Body {
        title: format!("Beoordeling {} {}", one.municipality.name, one.period.key),
        content,
    })
}

/// An assessment that nobody began: whoever may fill it in can begin, and for others it is not there.
fn not_begun((page, visit): (&Page, &Visit<'_>), answer: &Answer) -> Result<Body, Unmade> {
    let (code, key) = (page.variable("municipality"), page.variable("period"));
    let mut own = answer.viewer.acts_for.iter();
    let own = own.find(|one| one.code == code).ok_or(Unmade::NotThere)?;
    let mut periods = answer.reporting_periods.iter().flatten();
    let period = periods.find(|one| one.key == key && view::is_open(&one.state));
    let period = period.ok_or(Unmade::NotThere)?;
    let fixed = [("municipality", code), ("period", key)];
    let content = html! {
        (region::way_back(visit, code))
        p.stm-lead { "Nog niet begonnen. Op tijd tot en met " (view::day(&period.deadline_on)) "." }
        (starting().view((page, visit), "", &fixed, &html! {}))
        p.utrecht-paragraph { a.utrecht-link href={ (page.path) "/besluit" } { "Leg het vaststellingsbesluit vast" } }
    };
    Ok(Body {
        title: format!("Beoordeling {} {key}", own.name),
        content,
    })
}

impl Assessment {
    fn may(&self, operation: &str) -> bool {
        self.may.iter().any(|one| one == operation)
    }

    fn fixed(&self) -> [(&str, &str); 2] {
        [
            ("municipality", self.municipality.code.as_str()),
            ("period", self.period.key.as_str()),
        ]
    }
}

/// What is filled in, what is missing, and what the verdict would be.
fn drafted(page: &Page, one: &Assessment, draft: &Draft, lists: &[CodeList]) -> Markup {
    let to_confirm = draft.answers.iter().filter(|answer| answer.is_to_confirm);
    let to_confirm = to_confirm.count();
    html! {
        h2.utrecht-heading-2 { "Invullen" }
        p.utrecht-paragraph {
            a.utrecht-link href={ (page.path) "/antwoorden" } { "Vul de criteria in" }
            @if let Some(first) = draft.missing.first() {
                ", " a.utrecht-link href={ (page.path) "/antwoorden/" (first.code) } { "één voor één" }
            }
            " (" (draft.answers.len()) " beantwoord"
            @if to_confirm > 0 { ", waarvan " (to_confirm) " nog te bevestigen" }
            "), of gebruik het " a.utrecht-link href={ (page.path) (SHEET_UPLOAD) } { "antwoordblad" } "."
        }
        p.utrecht-paragraph {
            a.utrecht-link href={ (page.path) "/besluit" } { "Leg het vaststellingsbesluit vast" }
            ": het besluit van college of raad over uw beleid hoort bij het indienen."
        }
        p.utrecht-paragraph { a.utrecht-link href={ (page.path) "/afdruk" } { "Afdruk voor college en raad" } }
        @if draft.missing.is_empty() {
            p.utrecht-paragraph { "Er ontbreekt niets." }
        } @else {
            details {
                summary { "Wat nog ontbreekt: " (draft.missing.len()) }
                ul {
                    @for criterion in &draft.missing {
                        li {
                            @if criterion.answered_by == "COMPUTED" {
                                a.utrecht-link href={ (page.path) "/besluit" } { (criterion.code) }
                            } @else {
                                a.utrecht-link href={ (page.path) "/antwoorden#" (criterion.code) } { (criterion.code) }
                            }
                            " " (criterion.title.nl)
                            @if criterion.answered_by != "MUNICIPALITY" {
                                " (" (view::label(lists, &criterion.answered_by)) ")"
                            }
                        }
                    }
                }
            }
        }
        @if let Some(preview) = &draft.preview {
            h2.utrecht-heading-2 { "Het oordeel als u nu indient" }
            p.stm-lead { (preview.label) }
            p.utrecht-paragraph { (preview.grounds.rule.nl) }
            @if let Some(next) = &preview.grounds.next { p.utrecht-paragraph { (next.sentence.nl) } }
            p.stm-source { "Dit zien alleen " (one.municipality.name) " en de regio die voor haar rapporteert." }
        }
    }
}

fn questions(page: &Page, visit: &Visit<'_>, one: &Assessment) -> Markup {
    let all = one.questions.as_deref().unwrap_or_default();
    html! {
        @if !all.is_empty() {
            h2.utrecht-heading-2 { "Vragen van VNG" }
            @for question in all {
                section aria-label={ "Vraag " (question.number) } {
                    h3.utrecht-heading-3 {
                        "Vraag " (question.number) " over versie " (question.version_number)
                        @if let Some(criterion) = &question.criterion { ": " (criterion.code) " " (criterion.title.nl) }
                    }
                    p.utrecht-paragraph { (question.question.as_deref().unwrap_or("Deze tekst is verwijderd.")) }
                    p.stm-source { "Gesteld op " (view::day(&question.asked_at)) }
                    @match (&question.reply, &question.replied_at) {
                        (Some(reply), _) => { p.utrecht-paragraph { strong { "Uw antwoord: " } (reply) } }
                        (None, Some(_)) => { p.utrecht-paragraph { "Deze tekst is verwijderd." } }
                        (None, None) => {
                            @if one.may("answerQuestion") {
                                @let number = question.number.to_string();
                                @let [municipality, period] = one.fixed();
                                @let fixed = [municipality, period, ("question", number.as_str())];
                                (replying().view((page, visit), &number, &fixed, &html! {}))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn versions(one: &Assessment) -> Markup {
    html! {
        @if !one.versions.is_empty() {
            h2.utrecht-heading-2 { "Ingediende versies" }
            @for version in one.versions.iter().rev() {
                section aria-label={ "Versie " (version.number) } {
                    h3.utrecht-heading-3 { "Versie " (version.number) }
                    p.utrecht-paragraph {
                        "Ingediend op " (view::day(&version.submitted_at))
                        (if version.on_time { ", op tijd" } else { ", te laat" })
                        @if let Some(by) = &version.approved_by_function { "; akkoord: " (by) }
                        @if let Some(on) = &version.approved_on { ", " (view::day(on)) }
                        "."
                    }
                    (outcome(version))
                    @if let Some(receipt) = &version.receipt {
                        details {
                            summary { "Ontvangstbewijs" }
                            p.utrecht-paragraph { "Bewaar dit: wie het heeft, kan narekenen dat deze versie zo is ingediend." }
                            pre.stm-scroll tabindex="0" { (receipt) }
                            p.utrecht-paragraph {
                                a.utrecht-link href={ "/werkplek/ontvangstbewijzen/" (one.municipality.code) "/" (one.period.key) ".json?versie=" (version.number) } {
                                    "Bewaar het als bestand"
                                }
                                "; ieder die het heeft, kan het " a.utrecht-link href="/ontvangstbewijs" { "laten controleren" } "."
                            }
                        }
                    }
                    p.utrecht-paragraph {
                        a.utrecht-link href={ "/werkplek/beoordelingen/" (one.municipality.code) "/" (one.period.key) "/versies/" (version.number) } {
                            "De antwoorden van deze versie"
                        }
                        "; "
                        a.utrecht-link href={ "/werkplek/bladen/" (one.municipality.code) "/" (one.period.key) ".xlsx?versie=" (version.number) } {
                            "als antwoordblad (.xlsx)"
                        }
                    }
                }
            }
        }
    }
}

fn outcome(version: &Version) -> Markup {
    let with_reason = |what: &str, at: &str, reason: Option<&String>| {
        let reason = reason.map(|reason| format!(" Reden: {reason}"));
        format!("{what} op {}.{}", view::day(at), reason.unwrap_or_default())
    };
    let shown = match version {
        Version {
            withdrawn_at: Some(at),
            withdrawal_reason,
            ..
        } => with_reason("Ingetrokken", at, withdrawal_reason.as_ref()),
        Version {
            returned_at: Some(at),
            return_reason,
            ..
        } => with_reason("Door VNG teruggegeven", at, return_reason.as_ref()),
        Version {
            confirmed_at: Some(at),
            ..
        } => with_reason("Door VNG bevestigd", at, None),
        _ => "VNG heeft hierover nog niet beslist.".to_owned(),
    };
    html! { p.utrecht-paragraph { (shown) } }
}
