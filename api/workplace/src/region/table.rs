//! The table of all members of a region in a period: to fetch, and to send back into their drafts,
//! with every mistake beside its row.

use maud::html;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Viewer, menu};
use crate::{
    HOME, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    table::{self, UNFIT},
    upload::{self, Upload},
    view,
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    reporting_periods: Option<Vec<Period>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    key: String,
    state: String,
    deadline_on: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../documents/region_table.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![importing()],
        layout: body,
    }
}

fn importing() -> Form {
    Form {
        complete: table::skip,
        ..Form::new(
            "importAssessments",
            "Invullen",
            "De tabel is ingevuld in de concepten van de gemeenten.",
        )
        .with([
            Part::fixed("period"),
            Part::required("skipUnfit", Kind::Choice(&UNFIT), "Bij fouten"),
        ])
    }
}

pub(crate) fn upload() -> Upload {
    Upload {
        form: importing(),
        ..table::upload()
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let area = answer.viewer.own_area(page)?;
    let key = page.variable("period");
    let mut periods = answer.reporting_periods.iter().flatten();
    let period = periods.find(|period| period.key == key && view::is_open(&period.state));
    let period = period.ok_or(Unmade::NotThere)?;
    let outcome = upload::outcome(visit, table::filled_in)?;
    let file = format!("{HOME}/invultabellen/{key}");
    let content = html! {
        (menu(page, area))
        (outcome)
        p.utrecht-paragraph {
            "Wat u hier invult, komt in de concepten van de gemeenten. Wat een gemeente zelf al antwoordde, blijft staan: de regel van die gemeente wordt geweigerd of overgeslagen, zoals u kiest. Indienen doet de gemeente, of u met een mandaat, op tijd tot en met "
            (view::day(&period.deadline_on)) "."
        }
        h2.utrecht-heading-2 { "Ophalen" }
        p.utrecht-paragraph { "Eén regel per gemeente, één kolom per criterium. Haal de regels weg die u niet invult." }
        ul {
            li { a.utrecht-link href={ (file) ".xlsx" } { "Voor Excel (.xlsx)" } }
            li { a.utrecht-link href={ (file) ".csv" } { "Als CSV, voor Nederlandstalig Excel" } }
        }
        h2.utrecht-heading-2 { "Terugsturen" }
        p.utrecht-paragraph { "Een proef laat eerst zien wat er zou worden ingevuld en bewaart niets." }
        (upload().view((page, visit), &[("period", key), ("skipUnfit", "nee")]))
    };
    Ok(Body {
        title: format!("Tabel van {}, periode {key}", answer.viewer.region()),
        content,
    })
}
