//! The frame of every page of the workplace: who is signed in, and how that ends.

use maud::{DOCTYPE, Markup, html};

use crate::{HOME, Mistake, SIGN_OUT, TOKEN, Visit, view};

/// What a page is about.
pub(crate) struct Body {
    pub(crate) title: String,
    pub(crate) content: Markup,
}

/// A whole page of somebody who is signed in, where nothing is known of their organisation but its
/// code.
pub(crate) fn lay_out(body: &Body, visit: &Visit<'_>) -> String {
    lay_out_for(body, visit, None)
}

/// The same with what people call the organisation.
pub(crate) fn lay_out_for(body: &Body, visit: &Visit<'_>, name: Option<&str>) -> String {
    let content = html! {
        nav aria-label="Kruimelpad" { p { a.utrecht-link href=(HOME) { "Werkplek" } } }
        h1.utrecht-heading-1 { (body.title) }
        (summary(visit))
        @if let Some(done) = visit.done { p.stm-done role="status" { (done) } }
        (unplaced(body, visit))
        (body.content)
    };
    let account = html! {
        @let organisation = visit.organisation.filter(|organisation| ![visit.role, visit.role_code].contains(organisation));
        span { (visit.role) @if let Some(code) = organisation { " · " (name.unwrap_or(code)) } }
        form method="post" action=(SIGN_OUT) {
            input type="hidden" name=(TOKEN) value=(visit.form_token);
            button.stm-quiet type="submit" { "Afmelden" }
        }
    };
    let until = visit.until.map(view::moment_of);
    let shown = [account, content];
    document(&body.title, &shown, until.as_deref(), visit.is_demo)
}

/// A whole page of somebody who is not signed in.
pub(crate) fn lay_out_outside(body: &Body, is_demo: bool) -> String {
    let content = html! { h1.utrecht-heading-1 { (body.title) } (body.content) };
    document(&body.title, &[html! {}, content], None, is_demo)
}

/// What was refused, each with a link to its field: the pattern of NL Design System. It has the
/// focus, so that whoever sees no page hears it first.
fn summary(visit: &Visit<'_>) -> Markup {
    let mistakes: &[Mistake] = visit
        .attempt
        .map(|attempt| attempt.mistakes.as_slice())
        .unwrap_or_default();
    html! {
        @if !mistakes.is_empty() {
            div.stm-errors role="alert" tabindex="-1" autofocus {
                h2.utrecht-heading-2 { "Nog niet opgeslagen: " (count(mistakes.len())) }
                ul {
                    @for mistake in mistakes {
                        li {
                            @match &mistake.field {
                                Some(field) => { a.utrecht-link href={ "#" (field) } { (text(mistake)) } }
                                None => { (text(mistake)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A mistake in words. Of keys officers know nothing: a form whose key was used before was sent before,
/// as when somebody goes back and changes what they sent.
fn text(mistake: &Mistake) -> &str {
    if mistake.code.as_deref() == Some("KEY_REUSED") {
        "Dit formulier is al eerder verstuurd, met andere gegevens. Hieronder staat wat er nu geldt. Wilt u toch wijzigen, verstuur het dan nog een keer."
    } else {
        &mistake.text
    }
}

/// What was typed into a form that is not on the page any more, as a colleague took away what it was
/// about: so that it is not lost.
fn unplaced(body: &Body, visit: &Visit<'_>) -> Markup {
    let refused = visit
        .attempt
        .filter(|attempt| !attempt.mistakes.is_empty())
        .filter(|attempt| {
            !body
                .content
                .0
                .contains(&format!("value=\"{}\"", attempt.form))
        });
    let typed = refused.map(|attempt| attempt.typed.as_slice());
    view::typed(typed.unwrap_or_default())
}

fn count(mistakes: usize) -> String {
    if mistakes == 1 {
        "er is één punt te verbeteren".to_owned()
    } else {
        format!("er zijn {mistakes} punten te verbeteren")
    }
}

/// The whole text: who is signed in and until when, and what the page shows.
fn document(
    title: &str,
    [account, content]: &[Markup; 2],
    until: Option<&str>,
    is_demo: bool,
) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="nl" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) " · Werkplek" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(website::STYLE_ADDRESS.as_str());
            }
            body.utrecht-document {
                a.utrecht-skip-link."utrecht-skip-link--visible-on-focus".stm-skip href="#inhoud" { "Naar de inhoud" }
                header.stm-header {
                    @if is_demo {
                        p.stm-demo role="note" { strong { "DEMO" } ": alles over gemeenten is hier verzonnen." }
                    }
                    div.stm-frame {
                        a.stm-title href="/" { "Samen tegen mensenhandel: monitor" }
                        (account)
                    }
                }
                main.stm-frame id="inhoud" { (content) }
                footer.stm-footer {
                    div.stm-frame {
                        // Nothing on a page without scripts could say it when the time has come.
                        @if let Some(until) = until {
                            p.stm-screen { "U bent aangemeld tot " (until) ". Sla voor die tijd op wat u invult." }
                        }
                        p {
                            "De werkplek plaatst één cookie, alleen om u aangemeld te houden. Schrijf hier nooit over personen."
                        }
                        ul.stm-menu {
                            li { a.utrecht-link href="/docs" { "Handleidingen" } }
                            li { a.utrecht-link href="/" { "Openbare pagina’s" } }
                        }
                    }
                }
            }
        }
    };
    markup.into_string()
}
