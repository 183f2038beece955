//! Pictures as SVG: a bar of statuses and a map of tiles. Each has a title that tells what it shows, differs by pattern
//! and number and not by colour alone, and has its figures beside it as a table.

use std::{collections::HashMap, fmt::Write as _};

use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

use crate::{Page, figure::Square};

/// How many actions have a status.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct StatusCount {
    pub(crate) status: String,
    pub(crate) count: u32,
    pub(crate) label: String,
}

/// A part of a bar.
pub(crate) struct Part<'a> {
    pub(crate) class: &'static str,
    pub(crate) label: &'a str,
    pub(crate) count: u32,
}

/// Width of a bar in units of its own.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 32.0;

/// The class by which a status is filled, the same everywhere.
pub(crate) fn class_of(status: &str) -> &'static str {
    match status {
        "COMPLETED" => "completed",
        "IN_PROGRESS" => "in-progress",
        "IN_PROGRESS_DELAYED" => "delayed",
        "ONGOING" => "ongoing",
        "NOT_STARTED" => "not-started",
        _ => "outside",
    }
}

/// The parts of a bar of these counts, and of what stands outside the round.
pub(crate) fn parts<'a>(counts: &'a [StatusCount], outside: (&'a str, u32)) -> Vec<Part<'a>> {
    let statuses = counts.iter().map(|count| Part {
        class: class_of(&count.status),
        label: &count.label,
        count: count.count,
    });
    let (label, count) = outside;
    let outside = Part {
        class: "outside",
        label,
        count,
    };
    statuses
        .chain([outside])
        .filter(|part| part.count > 0)
        .collect()
}

/// Lines across a fill, so that it is told apart without its colour.
fn pattern(class: &str) -> Markup {
    let path = match class {
        "in-progress" => "M0 8 L8 0",
        "delayed" => "M0 0 L8 8 M0 8 L8 0",
        "ongoing" => "M0 4 H8",
        "not-started" => "M4 0 V8",
        _ => return html! {},
    };
    PreEscaped(format!(
        "<pattern id=\"lines-{class}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
         <path d=\"{path}\" stroke=\"#fff\" stroke-opacity=\".35\" stroke-width=\"1.5\"/></pattern>"
    ))
}

/// The patterns that the pictures of a page use; once on each page.
pub(crate) fn patterns() -> Markup {
    html! {
        svg width="0" height="0" aria-hidden="true" focusable="false" {
            defs { (patterns_of_all()) }
        }
    }
}

/// The patterns of all classes, without their place in a page.
pub(crate) fn patterns_of_all() -> Markup {
    html! {
        @for class in ["in-progress", "delayed", "ongoing", "not-started"] { (pattern(class)) }
    }
}

pub(crate) fn has_pattern(class: &str) -> bool {
    !matches!(class, "completed" | "outside")
}

/// A bar of parts, each as wide as its number.
pub(crate) fn bar(title: &str, parts: &[Part<'_>]) -> Markup {
    let all: u32 = parts.iter().map(|part| part.count).sum();
    let words: Vec<String> = parts
        .iter()
        .map(|part| format!("{} {}", part.count, part.label.to_lowercase()))
        .collect();
    let title = format!("{title}: {}", words.join("; "));
    let mut left = 0.0;
    html! {
        svg.stm-bar role="img" aria-label=(title) viewBox=(format!("0 0 {WIDTH} {HEIGHT}"))
            preserveAspectRatio="none" {
            @for part in parts {
                @let width = WIDTH * f64::from(part.count) / f64::from(all.max(1));
                @let x = { let x = left; left += width; x };
                rect class=(format!("stm-fill-{}", part.class)) x=(format!("{x:.1}")) y="0"
                    width=(format!("{width:.1}")) height=(HEIGHT) {}
                @if has_pattern(part.class) {
                    rect fill=(format!("url(#lines-{})", part.class)) x=(format!("{x:.1}")) y="0"
                        width=(format!("{width:.1}")) height=(HEIGHT) {}
                }
            }
        }
    }
}

/// What the fills of a bar mean, with their numbers.
pub(crate) fn legend(parts: &[Part<'_>]) -> Markup {
    html! {
        ul.stm-legend {
            @for part in parts {
                li {
                    svg aria-hidden="true" focusable="false" viewBox="0 0 16 16" {
                        rect class=(format!("stm-fill-{}", part.class)) width="16" height="16" {}
                        @if has_pattern(part.class) {
                            rect fill=(format!("url(#lines-{})", part.class)) width="16" height="16" {}
                        }
                    }
                    (part.label) ": " strong { (part.count) }
                }
            }
        }
    }
}

/// Where something stands on a map.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Tile {
    pub(crate) row: u16,
    pub(crate) column: u16,
}

/// How many are filled in each way, each with its class and label, in a fixed order.
pub(crate) fn counts<'a>(filled: &[(&'static str, &'a str)]) -> Vec<Part<'a>> {
    const ORDER: [&str; 5] = [
        "completed",
        "in-progress",
        "delayed",
        "not-started",
        "outside",
    ];
    let parts = ORDER.into_iter().filter_map(|class| {
        let mut labels = filled.iter().filter(|(of, _)| *of == class);
        let &(_, label) = labels.next()?;
        Some(Part {
            class,
            label,
            count: u32::try_from(1 + labels.count()).unwrap_or(u32::MAX),
        })
    });
    parts.collect()
}

/// Side of a tile in units of the map.
const SIDE: u16 = 10;
/// Columns that a map has room for at least, so that the squares of a region are not as wide as the page.
const COLUMNS: u16 = 12;

/// The first of the rows or columns that are used, and how many there are from it up to the last one.
fn room(used: impl Iterator<Item = u16> + Clone) -> (u16, u16) {
    let first = used.clone().min().unwrap_or_default();
    (first, used.max().unwrap_or_default() + 1 - first)
}

/// Lines between squares side by side of which the one is of another region than the other, as the path of a shape.
pub(crate) fn borders(placed: &[(&Square, Tile)], side: u16) -> String {
    let regions: HashMap<(u16, u16), &str> = placed
        .iter()
        .map(|(square, tile)| ((tile.row, tile.column), square.region.as_str()))
        .collect();
    let mut path = String::new();
    for (square, tile) in placed {
        let Tile { row, column } = *tile;
        let differs = |place: (u16, u16)| {
            let other = regions.get(&place);
            other.is_some_and(|region| *region != square.region)
        };
        let (left, top) = (column * side, row * side);
        if differs((row, column + 1)) {
            let _ = write!(path, "M{}.5 {top}v{side}", left + side - 1);
        }
        if differs((row + 1, column)) {
            let _ = write!(path, "M{left} {}.5h{side}", top + side - 1);
        }
    }
    path
}

/// A map in which every municipality is a square of the same size, roughly where it lies.
pub(crate) fn map(page: &Page, title: &str, squares: &[Square]) -> Markup {
    let placed: Vec<(&Square, Tile)> = squares
        .iter()
        .filter_map(|square| Some((square, square.tile?)))
        .collect();
    let (left, columns) = room(placed.iter().map(|(_, tile)| tile.column));
    let (top, rows) = room(placed.iter().map(|(_, tile)| tile.row));
    let columns = columns.max(COLUMNS);
    let borders = borders(&placed, SIDE);
    let hint = if borders.is_empty() {
        page.language.pick(
            "Elk vierkant is een gemeente; hieronder staan zij met hun naam.",
            "Each square is a municipality; below they are named.",
        )
    } else {
        page.language.pick(
            "Elk vierkant is een gemeente, een dikke lijn de grens van een veiligheidsregio. Hieronder staan alle gemeenten met hun naam.",
            "Each square is a municipality, a thick line the border of a safety region. Below all municipalities are named.",
        )
    };
    html! {
        svg.stm-map role="group" aria-label=(title)
            viewBox=(format!("{} {} {} {}", left * SIDE, top * SIDE, columns * SIDE, rows * SIDE)) {
            desc { (hint) }
            @for (square, tile) in &placed {
                a href=(page.to(&format!("/gemeenten/{}", square.code))) tabindex="-1" {
                    title { (square.name) ": " (square.label) }
                    rect class=(format!("stm-fill-{}", square.class)) x=(tile.column * SIDE)
                        y=(tile.row * SIDE) width=(SIDE - 1) height=(SIDE - 1) {}
                    @if has_pattern(square.class) {
                        rect fill=(format!("url(#lines-{})", square.class)) x=(tile.column * SIDE)
                            y=(tile.row * SIDE) width=(SIDE - 1) height=(SIDE - 1) {}
                    }
                }
            }
            @if !borders.is_empty() { path.stm-borders d=(borders) {} }
        }
        p.stm-source { (hint) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_parted_by_a_line() {
        let square = |code: &str, region: &str| Square {
            tile: None,
            code: code.to_owned(),
            name: code.to_owned(),
            region: region.to_owned(),
            label: String::new(),
            class: "outside",
        };
        let squares = [
            square("A", "Noord"),
            square("B", "Noord"),
            square("C", "Zuid"),
        ];
        let tiles = [(1, 1), (1, 2), (2, 1)];
        let placed: Vec<(&Square, Tile)> = squares
            .iter()
            .zip(tiles.map(|(row, column)| Tile { row, column }))
            .collect();
        assert_eq!(borders(&placed, 10), "M10 19.5h10");
    }

    #[test]
    fn a_bar_is_as_wide_as_its_numbers_and_says_them() {
        let parts = [
            Part {
                class: "completed",
                label: "Afgerond",
                count: 1,
            },
            Part {
                class: "delayed",
                label: "In uitvoering, vertraging",
                count: 3,
            },
        ];
        let svg = bar("Actielijn 1", &parts).into_string();
        assert!(
            svg.contains("Actielijn 1: 1 afgerond; 3 in uitvoering, vertraging"),
            "{svg}"
        );
        assert!(svg.contains("x=\"0.0\" y=\"0\" width=\"250.0\""), "{svg}");
        assert!(svg.contains("x=\"250.0\" y=\"0\" width=\"750.0\""), "{svg}");
        assert!(svg.contains("url(#lines-delayed)"), "{svg}");
        assert!(!svg.contains("style="), "{svg}");
    }
}
