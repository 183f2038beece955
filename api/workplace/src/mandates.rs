//! The mandates by which a municipality lets its region submit for it.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view,
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    regions: Option<Vec<Named>>,
    municipality: Option<Municipality>,
    submission_mandates: Option<Mandates>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    role: String,
    acts_for: Vec<Named>,
}

#[derive(Debug, Deserialize)]
struct Named {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    region: Option<Named>,
}

#[derive(Debug, Deserialize)]
struct Mandates {
    nodes: Vec<Mandate>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mandate {
    from: Option<String>,
    last_day: Option<String>,
    is_valid: bool,
    area: Option<Named>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/mandates.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![giving(), ending()],
        layout: body,
    }
}

fn giving() -> Form {
    Form::new(
        "giveSubmissionMandate",
        "Mandaat geven",
        "Het mandaat is gegeven.",
    )
    .with([
        Part::fixed("municipality"),
        Part::required("area", Kind::Pick, "Regio"),
        Part::required("from", Kind::Day, "Eerste dag")
            .hinted("Vandaag of later. Vanaf deze dag kan de regio voor u indienen."),
        Part::optional("lastDay", Kind::Day, "Laatste dag").hinted("Leeg: tot u het beëindigt."),
    ])
}

fn ending() -> Form {
    Form::new(
        "endSubmissionMandate",
        "Mandaat beëindigen",
        "Het mandaat is beëindigd. Wat de regio eerder indiende, blijft staan.",
    )
    .with([
        Part::fixed("municipality"),
        Part::fixed("area"),
        Part::required("lastDay", Kind::Day, "Laatste dag").hinted(
            "De laatste dag waarop de regio voor u kan indienen. Kiest u gisteren, dan eindigt het mandaat meteen.",
        ),
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let code = page.variable("municipality");
    let viewer = &answer.viewer;
    let mut own = viewer.acts_for.iter().filter(|own| own.code == code);
    // A region has mandates and gives none.
    let (Some(own), "MUNICIPALITY") = (own.next(), viewer.role.as_str()) else {
        return Err(Unmade::NotThere);
    };
    let given = answer.submission_mandates.iter();
    let given: Vec<&Mandate> = given.flat_map(|all| &all.nodes).collect();
    let region = answer.municipality.as_ref();
    let region = region.and_then(|municipality| municipality.region.as_ref());
    let fixed = [
        ("municipality", code),
        ("area", region.map_or("", |region| region.code.as_str())),
    ];
    let regions = answer.regions.iter().flatten();
    let choices = regions
        .map(|region| (region.code.clone(), region.name.clone()))
        .collect();
    let content = html! {
        p.utrecht-paragraph {
            "Uw regio kan uw beoordeling met u invullen. Indienen mag de regio alleen als u daarvoor een mandaat geeft. VNG moet het gebied eerst als rapporterende regio registreren."
        }
        @if given.is_empty() { p.utrecht-paragraph { "U hebt geen mandaat gegeven." } }
        @for mandate in given { (shown((page, visit), code, mandate)) }
        h2.utrecht-heading-2 { "Een mandaat geven" }
        (giving().choosing("area", choices).view((page, visit), "", &fixed, &html! {}))
    };
    Ok(Body {
        title: format!("Mandaten van {}", own.name),
        content,
    })
}

fn shown(on: (&Page, &Visit<'_>), code: &str, mandate: &Mandate) -> Markup {
    let (_, visit) = on;
    let area = mandate.area.as_ref();
    let (key, name) = area.map_or(("", ""), |area| (area.code.as_str(), area.name.as_str()));
    let from = mandate.from.as_deref().unwrap_or_default();
    // A region may have had several, one after the other.
    let about = format!("{key}-{from}");
    let form = ending();
    let is_tried = visit
        .attempt
        .is_some_and(|attempt| attempt.form == form.id(&about));
    let fixed = [("municipality", code), ("area", key)];
    html! {
        section id=(about) aria-labelledby={ (about) "-titel" } {
            h2.utrecht-heading-2 id={ (about) "-titel" } { (name) " (" (key) ")" }
            p.utrecht-paragraph {
                (if mandate.is_valid { "Geldt nu" } else { "Geldt nu niet" })
                "; vanaf " (view::day(from))
                @match &mandate.last_day {
                    Some(day) => { " tot en met " (view::day(day)) }
                    None => { ", zonder einde" }
                }
                "."
            }
            details open[is_tried] {
                summary { "Beëindigen" }
                (form.view(on, &about, &fixed, &html! {}))
            }
        }
    }
}
