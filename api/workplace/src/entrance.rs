//! The page to sign in at, and what is told to whoever could not be let in.

use maud::{Markup, html};

use crate::{
    SIGN_IN, TRY_OUT,
    frame::{self, Body},
    view, within_address,
};

/// Where somebody can sign in.
#[derive(Debug, Clone, Copy)]
pub struct Door<'a> {
    /// The name of the issuer.
    pub issuer: &'a str,
    /// What stands on the link.
    pub title: &'a str,
}

/// A role to try the service as, where it is not production.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'a> {
    /// The code of the role.
    pub role: &'a str,
    /// The role in words.
    pub label: &'a str,
    /// What people call the organisation; none where the role says it.
    pub organisation: Option<&'a str>,
}

/// Why somebody is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// Nothing happened yet.
    New,
    /// Signed out.
    SignedOut,
    /// The session is over.
    Ended,
    /// The sign-in was not begun here, took too long, or was finished before.
    NotBegun,
    /// The issuer let nobody in.
    Refused,
    /// The issuer cannot be reached, or does not answer as it should.
    Unavailable,
    /// Whoever signed in has no role here.
    NoRole,
    /// The issuer puts more into its token than the service takes in.
    TooLong,
    /// The form was not sent from a page of this session.
    Forged,
}

impl Outside {
    fn text(self) -> Option<&'static str> {
        match self {
            Self::New => None,
            Self::SignedOut => Some(
                "U bent afgemeld. Bij uw eigen aanmelddienst bent u misschien nog aangemeld: meld u daar ook af.",
            ),
            Self::Ended => {
                Some("Uw sessie is verlopen. Meld u opnieuw aan; wat is opgeslagen, staat er nog.")
            }
            Self::NotBegun => Some(
                "Deze aanmelding is hier niet begonnen, duurde te lang of is al gebruikt. Begin opnieuw.",
            ),
            Self::Refused => Some("De aanmelddienst heeft u niet toegelaten. Probeer het opnieuw."),
            Self::Unavailable => Some(
                "De aanmelddienst is nu niet te bereiken. Probeer het over een minuut opnieuw.",
            ),
            Self::NoRole => Some(
                "U bent aangemeld bij uw aanmelddienst, maar die geeft u geen rol bij deze dienst. Vraag de beheerder van uw organisatie daarom.",
            ),
            Self::TooLong => Some(
                "U bent aangemeld bij uw aanmelddienst, maar die geeft meer gegevens mee dan deze dienst aanneemt. Vraag uw beheerder om een token van ten hoogste 8.192 bytes.",
            ),
            Self::Forged => Some(
                "Dit formulier hoort niet bij uw sessie. Open de pagina opnieuw en probeer het nog eens.",
            ),
        }
    }
}

/// What the page to sign in shows.
#[derive(Debug)]
pub struct Entrance<'a> {
    /// Why somebody sees it.
    pub why: Outside,
    /// Where somebody can sign in.
    pub doors: &'a [Door<'a>],
    /// The roles to try the service as; none in production.
    pub trials: &'a [Trial<'a>],
    /// The page to go on with, from the root.
    pub return_to: &'a str,
    /// Whether a browser keeps the cookie of a session that comes from this address.
    pub is_safe: bool,
    /// Whether all about municipalities is invented.
    pub is_demo: bool,
    /// What was typed into a form that could not be sent, as the form shows it.
    pub typed: &'a [(String, String)],
}

impl Entrance<'_> {
    /// The whole page.
    #[must_use]
    pub fn lay_out(&self) -> String {
        let body = Body {
            title: "Aanmelden bij de werkplek".to_owned(),
            content: self.content(),
        };
        frame::lay_out_outside(&body, self.is_demo)
    }

    fn content(&self) -> Markup {
        html! {
            @if let Some(text) = self.why.text() { div.stm-errors role="alert" { p { (text) } } }
            p.utrecht-paragraph {
                "Voor medewerkers van gemeenten, regio’s, partners, VNG en het ministerie. Lezen wat openbaar is, kan zonder aanmelden."
            }
            @if !self.is_safe {
                p.utrecht-paragraph {
                    "Aanmelden kan alleen over https: op dit adres bewaart een browser uw aanmelding niet."
                }
            } @else {
                @if self.doors.is_empty() && self.trials.is_empty() {
                    p.utrecht-paragraph { "Bij deze dienst kan nog niemand zich met een browser aanmelden. Uw beheerder kan dat instellen." }
                }
                @for door in self.doors {
                    p {
                        a.stm-button href={
                            (SIGN_IN) "?uitgever=" (within_address(door.issuer)) "&naar=" (within_address(self.return_to))
                        } { "Aanmelden bij " (door.title) }
                    }
                }
                @if !self.trials.is_empty() { (self.trying()) }
            }
            (view::typed(self.typed))
        }
    }

    fn trying(&self) -> Markup {
        html! {
            h2.utrecht-heading-2 { "Uitproberen" }
            p.stm-demo { strong { "Geen productie." } " Kies een rol; er wordt niets van u gevraagd." }
            @for trial in self.trials {
                form method="post" action=(TRY_OUT) {
                    input type="hidden" name="rol" value=(trial.role);
                    input type="hidden" name="naar" value=(self.return_to);
                    button.stm-button type="submit" {
                        (trial.label)
                        @if let Some(organisation) = trial.organisation { " (" (organisation) ")" }
                    }
                }
            }
        }
    }
}
