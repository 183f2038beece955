//! The pages of a region: what it answers for its members, how far they are, its own duties and
//! functions, and what it remarks on a proposed framework.

pub(crate) mod answers;
pub(crate) mod duties;
pub(crate) mod functions;
pub(crate) mod member;
pub(crate) mod members;
pub(crate) mod policy;
mod policy_state;
pub(crate) mod report;
pub(crate) mod table;

use maud::{Markup, html};
use serde::Deserialize;

use crate::{HOME, Page, Unmade, Visit, view::Text};

/// Whoever looks.
#[derive(Debug, Deserialize)]
pub(crate) struct Viewer {
    role: String,
    organisation: Option<Organisation>,
}

#[derive(Debug, Deserialize)]
struct Organisation {
    code: String,
    name: Text,
}

impl Viewer {
    /// The code of the area of a page, for the region itself; for others there is no such page.
    pub(crate) fn own_area<'a>(&self, page: &'a Page) -> Result<&'a str, Unmade> {
        let area = page.variable("area");
        let own = self.organisation.as_ref();
        let is_own = self.role == "REGION" && own.is_some_and(|own| own.code == area);
        if is_own {
            Ok(area)
        } else {
            Err(Unmade::NotThere)
        }
    }

    /// What people call the region.
    pub(crate) fn region(&self) -> String {
        let own = self.organisation.as_ref();
        format!("regio {}", own.map_or("", |own| own.name.nl.as_str()))
    }
}

/// The pages of a region: what follows its address, and what stands on the link.
const PAGES: [(&str, &str); 5] = [
    ("", "Antwoorden"),
    ("/beleid", "Beleid"),
    ("/functies", "Functies"),
    ("/gemeenten", "Gemeenten"),
    ("/taken", "Eigen taken"),
];

/// The way back to what a region sees of one of its members; nothing for others.
pub(crate) fn way_back(visit: &Visit<'_>, municipality: &str) -> Markup {
    html! {
        @if let ("REGION", Some(area)) = (visit.role_code, visit.organisation) {
            p.utrecht-paragraph {
                a.utrecht-link href={ (HOME) "/regio/" (area) "/gemeenten/" (municipality) } { "Terug naar de gemeente" }
            }
        }
    }
}

/// The way to the other pages of a region.
pub(crate) fn menu(page: &Page, area: &str) -> Markup {
    html! {
        nav aria-label="Regio" {
            ul.stm-menu {
                @for (path, label) in PAGES {
                    @let address = format!("{HOME}/regio/{area}{path}");
                    @let here = (address == page.path).then_some("page");
                    li { a.utrecht-link href=(address) aria-current=[here] { (label) } }
                }
            }
        }
    }
}
