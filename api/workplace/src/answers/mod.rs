//! All criteria on one page, or one on each: what the norm asks, who answers, what the region says, what was carried
//! over, and an answer that is saved by itself.
//!
//! Each answer goes with the revision that its writer saw. When a colleague saved another one
//! meanwhile, theirs is shown beside what was typed, and who saves again has seen both.

mod shape;
mod shown;

use maud::{Markup, html};
use serde_json::{Map, Value, json};

use self::{
    shape::{Answer, Assessment, Criterion, Drafted, Edition, Ground, Regional, Theme},
    shown::{of_region, shown, status},
};
use crate::{
    Page, Unmade, Visit,
    evidence::{self, OF_DRAFT},
    form::{Form, Given, Kind, Part},
    frame::Body,
    view::{self, ANSWERS, CodeList},
};

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../documents/answers.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![saving()],
        layout: body,
    }
}

/// One answer, with the revision that was seen.
fn saving() -> Form {
    let form = Form::new(
        "saveDraft",
        "Antwoord opslaan",
        "Het antwoord is opgeslagen.",
    )
    .with([
        Part::fixed("municipality"),
        Part::fixed("period"),
        Part::fixed("answers.0.criterion"),
        // None of an answer that nobody gave yet.
        Part::optional("answers.0.revision", Kind::FixedNumber, ""),
        Part::required("answers.0.answer", Kind::Choice(&ANSWERS), "Antwoord"),
        Part::optional("answers.0.explanation", Kind::Text, "Toelichting")
            .hinted("Schrijf niet over personen."),
    ])
    .with(evidence::parts(&OF_DRAFT));
    Form {
        has_key: false,
        complete,
        ..form
    }
}

/// Makes a list of the one answer and of its evidence: what was emptied on the page is taken back.
/// Evidence that the page did not show, because there is more of it, is left as it is.
fn complete(given: &Given, input: &mut Map<String, Value>) {
    let Some(Value::Object(answers)) = input.remove("answers") else {
        return;
    };
    let mut answers = answers.into_iter().map(|(_, answer)| answer);
    let Some(Value::Object(mut answer)) = answers.next() else {
        return;
    };
    answer.entry("explanation").or_insert(Value::Null);
    let evidence = answer.remove("evidence");
    if given.value("_bewijs") != Some("ongewijzigd") {
        let pieces = evidence::in_order(evidence);
        answer.insert("evidence".to_owned(), Value::Array(pieces));
    }
    input.insert("answers".to_owned(), json!([answer]));
}

/// The page with one criterion.
pub(crate) fn single() -> Page {
    Page {
        layout: one_criterion,
        ..page()
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    with_sheet((page, visit), data, |sheet| Ok(sheet.all()))
}

fn one_criterion(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    with_sheet((page, visit), data, |sheet| {
        sheet
            .only(page.variable("criterion"))
            .ok_or(Unmade::NotThere)
    })
}

/// What is made of the criteria in the answer to the document.
fn with_sheet(
    (page, visit): (&Page, &Visit<'_>),
    data: Value,
    make: impl FnOnce(&Sheet<'_>) -> Result<Body, Unmade>,
) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let one = answer.assessment.ok_or(Unmade::NotThere)?;
    let edition = one.period.edition.as_ref().ok_or(Unmade::NotThere)?;
    make(&Sheet {
        page,
        visit,
        lists: &answer.code_lists,
        one: &one,
        edition,
    })
}

/// What the criteria are shown with.
struct Sheet<'a> {
    page: &'a Page,
    visit: &'a Visit<'a>,
    lists: &'a [CodeList],
    one: &'a Assessment,
    edition: &'a Edition,
}

impl Sheet<'_> {
    /// The address of the assessment.
    fn up(&self) -> &str {
        let path = self.page.path.as_str();
        let up = path.split_once("/antwoorden");
        up.map_or(path, |(up, _)| up)
    }

    /// All criteria, by theme.
    fn all(&self) -> Body {
        let themes = &self.edition.themes;
        let first = themes.iter().flat_map(|theme| &theme.criteria).next();
        let content = html! {
            p.utrecht-paragraph {
                a.utrecht-link href=(self.up()) { "Terug naar de beoordeling" }
                "."
                @if self.may_save() { " Elk antwoord slaat u apart op." }
                " Op tijd tot en met " (view::day(&self.one.deadline_on)) "."
                @if let Some(first) = first {
                    " Liever " a.utrecht-link href={ (self.up()) "/antwoorden/" (first.code) } { "één criterium per scherm" } "?"
                }
            }
            @for theme in themes {
                h2.utrecht-heading-2 { (theme.title.nl) }
                @for criterion in &theme.criteria { (self.criterion(criterion)) }
            }
        };
        Body {
            title: format!(
                "Criteria {} {}",
                self.one.municipality.name, self.one.period.key
            ),
            content,
        }
    }

    /// One criterion, with those before and after it; none where the edition has no such.
    fn only(&self, code: &str) -> Option<Body> {
        let themes = self.edition.themes.iter();
        let all: Vec<(&Theme, &Criterion)> = themes
            .flat_map(|theme| theme.criteria.iter().map(move |one| (theme, one)))
            .collect();
        let at = all.iter().position(|(_, one)| one.code == code)?;
        let (theme, criterion) = all.get(at)?;
        let before = at.checked_sub(1).and_then(|at| all.get(at));
        let after = all.get(at + 1);
        let list = format!("{}/antwoorden", self.up());
        let content = html! {
            p.utrecht-paragraph {
                a.utrecht-link href=(self.up()) { "Terug naar de beoordeling" }
                ". Criterium " (at + 1) " van " (all.len()) "; "
                a.utrecht-link href={ (list) "#" (code) } { "alle op één pagina" }
                ". Op tijd tot en met " (view::day(&self.one.deadline_on)) "."
            }
            h2.utrecht-heading-2 { (theme.title.nl) }
            (self.criterion(criterion))
            nav aria-label="Criteria" {
                @if let Some((_, one)) = before {
                    p { "Vorige: " a.utrecht-link href={ (list) "/" (one.code) } { (one.code) " " (one.title.nl) } }
                }
                @if let Some((_, one)) = after {
                    p { "Volgende: " a.utrecht-link href={ (list) "/" (one.code) } { (one.code) " " (one.title.nl) } }
                } @else {
                    p { "Dit was het laatste: " a.utrecht-link href=(self.up()) { "naar de beoordeling" } "." }
                }
            }
        };
        Some(Body {
            title: format!(
                "{code} {} {}",
                self.one.municipality.name, self.one.period.key
            ),
            content,
        })
    }

    fn criterion(&self, criterion: &Criterion) -> Markup {
        let code = criterion.code.as_str();
        let mut drafts = self.one.draft.iter().flat_map(|draft| &draft.answers);
        let drafted = drafts.find(|answer| {
            answer
                .criterion
                .as_ref()
                .is_some_and(|one| one.code == code)
        });
        let own = html! {
            @if criterion.answered_by == "MUNICIPALITY" && self.may_save() { (self.form(criterion, drafted)) }
            @else if let Some(drafted) = drafted { (shown(drafted)) }
        };
        html! {
            section id=(code) aria-labelledby={ (code) "-titel" } {
                h3.utrecht-heading-3 id={ (code) "-titel" } { (code) " " (criterion.title.nl) }
                p.utrecht-paragraph { (criterion.text.nl) }
                p.stm-source {
                    (if criterion.required { "Verplicht" } else { "Niet verplicht" })
                    "; niveau: " (view::label(self.lists, &criterion.level).to_lowercase())
                    @if criterion.answered_by == "COMPUTED" { "; volgt uit wat is vastgelegd." }
                    @else { "; beantwoord door: " (view::label(self.lists, &criterion.answered_by).to_lowercase()) "." }
                    @if let Some(note) = &criterion.basis_note { " " (note.nl) }
                }
                (self.changed(code))
                (self.ground(code))
                @if let Some(regional) = self.regional(code) {
                    div.stm-beside { div { (of_region(regional)) } div { (own) } }
                } @else { (own) }
            }
        }
    }

    /// What the region answers to a criterion.
    fn regional(&self, code: &str) -> Option<&Regional> {
        let answers = self
            .one
            .draft
            .iter()
            .flat_map(|draft| &draft.regional_answers);
        let mut own = answers.filter(|one| {
            let criterion = one.criterion.as_ref();
            criterion.is_some_and(|criterion| criterion.code == code)
        });
        own.next()
    }

    fn may_save(&self) -> bool {
        self.one.may.iter().any(|one| one == "saveDraft")
    }

    /// What the question was in the edition before, where it is another one now.
    fn changed(&self, code: &str) -> Markup {
        let lineage = self.edition.lineage.iter().find(|one| {
            one.change == "CHANGED" && one.criterion.as_ref().is_some_and(|own| own.code == code)
        });
        let former = lineage.and_then(|lineage| lineage.from.as_ref());
        html! {
            @if let Some(former) = former {
                details {
                    summary { "Deze vraag is gewijzigd" }
                    p.utrecht-paragraph { "Eerst stond er: " (former.text.nl) }
                }
            }
        }
    }

    /// What counts now and is not of the municipality itself: what the region or the service says.
    fn ground(&self, code: &str) -> Markup {
        let regional = self.regional(code);
        let is_beside = |ground: &Ground| regional.is_some_and(|one| one.answer == ground.answer);
        let preview = self
            .one
            .draft
            .as_ref()
            .and_then(|draft| draft.preview.as_ref());
        let grounds = preview.map(|preview| preview.grounds.criteria.as_slice());
        let ground = grounds.unwrap_or_default().iter().find(|ground| {
            let is_it = ground
                .criterion
                .as_ref()
                .is_some_and(|one| one.code == code);
            match ground.answered_by.as_str() {
                "COMPUTED" => is_it,
                // What the region answers stands beside one's own, unless another one counts today.
                "REGIONAL" => is_it && (!is_beside(ground) || !ground.reasons.is_empty()),
                _ => false,
            }
        });
        html! {
            @if let Some(ground) = ground {
                p.utrecht-paragraph {
                    (ground.area.as_ref().map_or("Vastgesteld", |area| area.name.as_str()))
                    ": " strong { (view::answer(&ground.answer)) } "."
                    @for reason in &ground.reasons { " " (reason.nl) }
                }
            }
        }
    }

    fn form(&self, criterion: &Criterion, drafted: Option<&Drafted>) -> Markup {
        let code = criterion.code.as_str();
        let form = saving();
        let id = form.id(code);
        let attempt = self.visit.attempt.filter(|attempt| attempt.form == id);
        let revision = drafted.map_or_else(String::new, |drafted| drafted.revision.to_string());
        let is_stale = attempt.is_some_and(|attempt| {
            let seen = attempt.given.value("answers.0.revision");
            seen.unwrap_or_default() != revision
        });
        let mut fixed = vec![
            ("municipality", self.page.variable("municipality")),
            ("period", self.page.variable("period")),
            ("answers.0.criterion", code),
            ("answers.0.revision", revision.as_str()),
        ];
        let pieces = drafted.map(|drafted| drafted.evidence.as_slice());
        let pieces = pieces.unwrap_or_default();
        let fits = pieces.len() <= evidence::MOST;
        if let Some(drafted) = drafted {
            fixed.push(("answers.0.answer", &drafted.answer));
            fixed.push((
                "answers.0.explanation",
                drafted.explanation.as_deref().unwrap_or_default(),
            ));
        }
        let room = if fits {
            fixed.extend(evidence::values(&OF_DRAFT, pieces));
            let typed = attempt.map(|attempt| &attempt.given);
            evidence::room(&OF_DRAFT, pieces.len(), typed)
        } else {
            0
        };
        let kinds = &criterion.evidence_kinds;
        let form = evidence::with_room(form, (&OF_DRAFT, room), kinds, pieces);
        let more = html! {
            @if !fits {
                input type="hidden" name="_bewijs" value="ongewijzigd";
                p.stm-source { "Er zijn " (pieces.len()) " bewijsstukken; hier blijven ze zoals ze zijn." }
            }
            @if !criterion.not_applicable_allowed {
                p.stm-source { "‘Niet van toepassing’ kan bij dit criterium niet." }
            }
        };
        html! {
            @if let Some(drafted) = drafted {
                @if is_stale {
                    div.stm-errors role="note" {
                        p { strong { "Een collega heeft dit antwoord intussen gewijzigd. Nu staat er:" } }
                        (shown(drafted))
                        p { "Hieronder staat wat u invulde. Slaat u dat op, dan vervangt het het antwoord van uw collega." }
                    }
                } @else { (status(drafted)) }
            }
            (form.view((self.page, self.visit), code, &fixed, &more))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Value {
        let own = [
            ("municipality", "GM0402"),
            ("period", "2026-2"),
            ("answers.0.criterion", "SV-01"),
            ("answers.0.revision", "2"),
            ("answers.0.answer", "MET"),
        ];
        let pairs = own.iter().chain(pairs);
        let given = Given::new(
            pairs
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        );
        let mut variables = saving().variables(&given).unwrap();
        variables["input"]["answers"][0].take()
    }

    #[test]
    fn an_answer_goes_with_the_revision_that_was_seen() {
        let plain = json!({
            "criterion": "SV-01", "revision": 2, "answer": "MET", "explanation": null,
            "evidence": [],
        });
        assert_eq!(sent(&[]), plain);
        let piece = sent(&[
            ("answers.0.explanation", "Belegd."),
            ("answers.0.evidence.1.kind", "DECISION"),
            ("answers.0.evidence.1.effectiveOn", "2026-03-01"),
        ]);
        assert_eq!(piece["explanation"], "Belegd.");
        let expected = json!([{ "kind": "DECISION", "effectiveOn": "2026-03-01" }]);
        assert_eq!(piece["evidence"], expected);
    }

    #[test]
    fn many_pieces_stay_in_their_order() {
        let kinds = OF_DRAFT.map(|[kind, ..]| kind);
        let pairs: Vec<(&str, &str)> = kinds.iter().map(|kind| (*kind, *kind)).collect();
        let pieces = sent(&pairs)["evidence"].take();
        let found = pieces.as_array().unwrap().iter();
        let found: Vec<&str> = found.map(|piece| piece["kind"].as_str().unwrap()).collect();
        assert_eq!(found, kinds);
    }

    #[test]
    fn evidence_that_is_not_shown_is_left_as_it_is() {
        let kept = sent(&[("_bewijs", "ongewijzigd")]);
        assert!(kept.get("evidence").is_none(), "{kept}");
    }
}
