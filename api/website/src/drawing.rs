//! Pictures that stand alone as files of SVG: no stylesheet is needed, and each says of which day it is, according to which
//! source, under which licence, and where it comes from.

use maud::{Markup, PreEscaped, html};

use crate::{
    Colophon, Language,
    figure::Square,
    picture::{self, Part},
    xml,
};

const WIDTH: f64 = 1000.0;
const MARGIN: f64 = 20.0;
/// Height of a bar.
const BAR: f64 = 28.0;
/// Side of a tile of a map.
const TILE: f64 = 16.0;
/// The same of a map of a few.
const LARGE_TILE: f64 = 48.0;
/// Side of a tile in the shape of the borders between regions, which is drawn to scale.
const UNIT: u16 = 10;
/// The edge of a fill, as in the stylesheet of the pages.
pub(crate) const EDGE: &str = "#1b1b1b";
/// A letter of size 1 fits so often on a line.
const LETTERS: u16 = 1600;

/// The fill of a class, as in the stylesheet of the pages.
pub(crate) fn fill_of(class: &str) -> &'static str {
    match class {
        "completed" => "#154273",
        "in-progress" => "#2e7fb8",
        "delayed" => "#b8460e",
        "ongoing" => "#3c7a3b",
        "not-started" => "#6f6f6f",
        _ => "#d6d6d6",
    }
}

/// A picture under way: what stands on it already, from top to bottom.
pub(crate) struct Drawing<'a> {
    language: Language,
    title: &'a str,
    colophon: Colophon<'a>,
    parts: Vec<Markup>,
    height: f64,
}

impl<'a> Drawing<'a> {
    /// A picture with a title; that of a demo says so before all else.
    pub(crate) fn new(language: Language, title: &'a str, colophon: Colophon<'a>) -> Self {
        let mut drawing = Self {
            language,
            title,
            colophon,
            parts: Vec::new(),
            height: MARGIN,
        };
        if colophon.is_demo {
            let demo = language.pick(
                "DEMO: alles over gemeenten is hier verzonnen.",
                "DEMO: everything about municipalities is invented here.",
            );
            drawing.text(demo, 18);
        }
        drawing.text(title, 22);
        drawing
    }

    /// A text, on as many lines as it needs.
    fn text(&mut self, text: &str, size: u16) {
        for line in wrapped(text, usize::from(LETTERS / size)) {
            self.height += f64::from(size) * 1.35;
            let weight = if size > 16 { "700" } else { "400" };
            self.parts.push(html! {
                text x=(MARGIN) y=(format!("{:.1}", self.height)) font-size=(size) font-weight=(weight) { (line) }
            });
        }
    }

    /// A bar under its title, which names its numbers.
    pub(crate) fn bar(&mut self, title: &str, parts: &[Part<'_>]) {
        let numbers: Vec<String> = parts
            .iter()
            .map(|part| format!("{} {}", part.count, part.label.to_lowercase()))
            .collect();
        self.height += 10.0;
        self.text(&format!("{title}: {}", numbers.join("; ")), 14);
        self.height += 6.0;
        let all: u32 = parts.iter().map(|part| part.count).sum();
        let inner = WIDTH - 2.0 * MARGIN;
        let mut left = MARGIN;
        for part in parts {
            let width = inner * f64::from(part.count) / f64::from(all.max(1));
            let place = (left, self.height);
            self.parts.push(rectangle(part.class, place, (width, BAR)));
            left += width;
        }
        self.height += BAR;
    }

    /// What the fills mean, with their numbers.
    pub(crate) fn legend(&mut self, parts: &[Part<'_>]) {
        self.height += 12.0;
        for part in parts {
            let place = (MARGIN, self.height);
            self.parts.push(rectangle(part.class, place, (TILE, TILE)));
            self.parts.push(html! {
                text x=(MARGIN + 26.0) y=(format!("{:.1}", self.height + 13.0)) font-size="14" {
                    (part.label) ": " (part.count)
                }
            });
            self.height += 22.0;
        }
    }

    /// A map in which every municipality is a square; of a few these are large.
    pub(crate) fn squares(&mut self, squares: &[Square], is_large: bool) {
        self.height += 12.0;
        let side = if is_large { LARGE_TILE } else { TILE };
        let tiles = || squares.iter().filter_map(|square| square.tile);
        let first_row = tiles().map(|tile| tile.row).min().unwrap_or_default();
        let first_column = tiles().map(|tile| tile.column).min().unwrap_or_default();
        for square in squares {
            let Some(tile) = square.tile else { continue };
            let left = MARGIN + side * f64::from(tile.column - first_column);
            let top = self.height + side * f64::from(tile.row - first_row);
            let shape = rectangle(square.class, (left, top), (side - 1.5, side - 1.5));
            self.parts.push(html! {
                g { title { (square.name) ": " (square.label) } (shape) }
            });
        }
        let placed = squares
            .iter()
            .filter_map(|square| Some((square, square.tile?)));
        let borders = picture::borders(&placed.collect::<Vec<_>>(), UNIT);
        if !borders.is_empty() {
            let scale = side / f64::from(UNIT);
            let left = MARGIN - side * f64::from(first_column);
            let top = self.height - side * f64::from(first_row);
            let transform = format!("translate({left:.1} {top:.1}) scale({scale:.2})");
            self.parts.push(html! {
                path d=(borders) transform=(transform) fill="none" stroke=(EDGE) stroke-width="1.5" {}
            });
        }
        let rows = tiles().map(|tile| tile.row + 1 - first_row).max();
        self.height += side * f64::from(rows.unwrap_or_default());
    }

    /// The names of municipalities, by what is known of them.
    pub(crate) fn list(&mut self, squares: &[Square]) {
        self.height += 8.0;
        for (label, names) in Square::by_label(squares) {
            self.text(&format!("{label}: {}", names.join(", ")), 14);
        }
    }

    /// The whole file, with what is said of its source at the end.
    pub(crate) fn finish(mut self, source: Option<&str>) -> String {
        self.height += 12.0;
        if let Some(source) = source {
            self.text(source, 13);
        }
        let language = self.language;
        let imprint = self.colophon.imprint(language);
        self.text(&imprint, 13);
        let height = self.height + MARGIN;
        let svg = html! {
            svg xmlns="http://www.w3.org/2000/svg" role="img" lang=(language.tag()) viewBox=(format!("0 0 {WIDTH} {height:.0}"))
                width=(WIDTH) height=(format!("{height:.0}")) font-family="system-ui, sans-serif" fill="#1b1b1b" {
                title { (self.title) }
                defs { (picture::patterns_of_all()) }
                rect width="100%" height="100%" fill="#ffffff" {}
                @for part in &self.parts { (part) }
            }
        };
        xml(&svg.into_string())
    }
}

impl Colophon<'_> {
    /// Of which day something is, under which licence, and where it comes from.
    pub(crate) fn imprint(&self, language: Language) -> String {
        let day = self.day.map(|day| language.day(day));
        let unknown = language.pick("onbekend", "unknown");
        format!(
            "{}{}. {}{}. {}",
            language.pick("Peildatum: ", "Reference date: "),
            day.as_deref().unwrap_or(unknown),
            language.pick("Licentie: ", "Licence: "),
            self.licence_code,
            self.address,
        )
    }
}

/// A rectangle that is filled by colour and pattern, with an edge that parts it from its neighbours.
fn rectangle(class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) -> Markup {
    let pattern = format!("url(#lines-{class})");
    let fills = [
        Some(fill_of(class)),
        picture::has_pattern(class).then_some(pattern.as_str()),
    ];
    let place = format!("x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"");
    let fills = fills.into_iter().flatten();
    let rectangles: Vec<String> = fills
        .map(|fill| format!("<rect {place} fill=\"{fill}\" stroke=\"{EDGE}\"/>"))
        .collect();
    PreEscaped(rectangles.concat())
}

/// A text on lines that fit on a picture, parted between its words.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < letters => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLOPHON: Colophon<'static> = Colophon {
        is_demo: true,
        day: Some("2026-12-01"),
        address: "https://example.nl",
        publisher: None,
        licence: None,
        licence_code: "CC0-1.0",
        accessibility: None,
        privacy: None,
        email: None,
        telephone: None,
    };

    #[test]
    fn a_picture_stands_alone_and_says_whence_it_comes() {
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
        let mut drawing = Drawing::new(Language::Dutch, "Voortgang", COLOPHON);
        drawing.bar("A & B", &parts);
        drawing.legend(&parts);
        let svg = drawing.finish(Some("Bron: het overzicht."));
        for text in [
            "xmlns=\"http://www.w3.org/2000/svg\"",
            "<title>Voortgang</title>",
            "A &amp; B: 1 afgerond; 3 in uitvoering, vertraging",
            "width=\"240.0\" height=\"28.0\" fill=\"#154273\"",
            "width=\"720.0\" height=\"28.0\" fill=\"url(#lines-delayed)\"",
            "DEMO: alles over gemeenten is hier verzonnen.",
            "Bron: het overzicht.",
            "Peildatum: 1 december 2026. Licentie: CC0-1.0. https://example.nl",
        ] {
            assert!(svg.contains(text), "{text} in {svg}");
        }
        for absent in ["style", "class=", "<script", "href"] {
            assert!(!svg.contains(absent), "{absent} in {svg}");
        }
    }

    #[test]
    fn fills_are_those_of_the_stylesheet() {
        for class in [
            "completed",
            "in-progress",
            "delayed",
            "ongoing",
            "not-started",
            "outside",
        ] {
            let token = format!("--stm-{class}:{}", fill_of(class));
            assert!(crate::STYLE.contains(&token), "{token}");
        }
    }

    #[test]
    fn long_texts_are_parted_between_words() {
        let text = "woord ".repeat(50);
        let lines = wrapped(&text, 120);
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.chars().count() <= 120));
        assert_eq!(lines.join(" "), text.trim());
    }
}
